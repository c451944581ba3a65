//! Data to train with, from names and options.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::data::{BadRow, Bundled, Choice, Dataset, Feature, Generator, Loaded, Recipe, Targets, table};
use crate::network::Blueprint;
use crate::session::file;
use crate::words::{parse_number, shortened};

use super::counted;
use super::samples::Samples;

const SAMPLES: usize = 500;

/// Where data comes from.
#[derive(Debug, clap::Args)]
pub struct DataArguments {
    /// iris, digits; circle, xor, gaussians, spiral, moons; plane, bumps; line, parabola, sine, step, bump,
    /// noisy-sine; or a CSV file with a header
    #[arg(long, value_name = "NAME|FILE", required_unless_present = "inputs")]
    data: Option<PathBuf>,
    /// A file of inputs, numbers only, one sample a row
    #[arg(long, value_name = "FILE", requires = "targets", conflicts_with = "data")]
    inputs: Option<PathBuf>,
    /// A file of what the outputs should be, one sample a row
    #[arg(long, value_name = "FILE", requires = "inputs")]
    targets: Option<PathBuf>,
    /// Of a CSV file: the column to be learned, by name or number; otherwise the last one
    #[arg(long, value_name = "COLUMN")]
    target: Option<String>,
    /// Of a CSV file: the columns to learn from; otherwise all others
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    columns: Option<Vec<String>>,
    /// Of a CSV file: leave rows out that can’t be read, instead of refusing the file
    #[arg(long)]
    skip_bad_rows: bool,
    /// Of data that is made: how many samples [default: 500]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    samples: Option<String>,
    /// Of data that is made: the standard deviation of what is added [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    noise: Option<String>,
    /// More inputs, computed from the others: x1^2, x1*x2, sin(x1)
    #[arg(long, value_name = "FEATURE,…", value_delimiter = ',')]
    features: Vec<Feature>,
    /// standard: train as if each input had mean 0 and deviation 1, and fold that into the first layer, so that the
    /// network takes the numbers as they are; none: don’t. Iris, digits and CSV files are standardised by default
    #[arg(long, value_name = "standard|none", value_parser = ["standard", "none"], hide_possible_values = true)]
    scale: Option<String>,
}

/// Data, and how to take it.
pub struct Lesson {
    /// All samples.
    pub data: Dataset,
    /// Whether to standardise the inputs.
    pub is_scaled: bool,
    /// What is to be told about rows that were left out.
    pub notes: Vec<String>,
}

impl DataArguments {
    /// Makes or reads the data for a network.
    ///
    /// # Errors
    /// One sentence: a name, a file or an option that makes no sense.
    pub fn lesson(&self, blueprint: &Blueprint, seed: u64) -> anyhow::Result<Lesson> {
        let mut lesson = match (&self.data, &self.inputs, &self.targets) {
            (Some(data), ..) => self.named(data, seed)?,
            (None, Some(inputs), Some(targets)) => {
                self.check_options(false, false)?;
                unscaled(pair(inputs, targets, blueprint)?)
            }
            _ => bail!("say with --data what to learn, or with --inputs and --targets"),
        };
        if !self.features.is_empty() {
            lesson.data = lesson
                .data
                .with_features(&self.features)
                .map_err(|e| anyhow!("--features: {e}"))?;
        }
        if let Some(scale) = &self.scale {
            lesson.is_scaled = scale == "standard";
        }
        Ok(lesson)
    }

    fn named(&self, data: &Path, seed: u64) -> anyhow::Result<Lesson> {
        let name = data.to_str().unwrap_or_default();
        if let Some(bundled) = Bundled::ALL.into_iter().find(|bundled| bundled.name() == name) {
            self.check_options(false, false)?;
            return Ok(Lesson {
                data: bundled.dataset()?,
                is_scaled: true,
                notes: Vec::new(),
            });
        }
        if let Ok(generator) = name.parse::<Generator>() {
            self.check_options(false, true)?;
            let made = generator.dataset(Recipe {
                samples: self.samples.as_deref().map_or(Ok(SAMPLES), whole)?,
                noise: self.noise.as_deref().map_or(Ok(0.0), noise)?,
                seed,
            });
            return Ok(unscaled(made.map_err(|e| anyhow!("--data {generator}: {e}"))?));
        }
        let is_bare = data.components().count() <= 1 && data.extension().is_none();
        if is_bare && !data.exists() {
            let all = Bundled::ALL.map(Bundled::name).into_iter();
            let all: Vec<_> = all.chain(Generator::ALL.map(Generator::name)).collect();
            bail!(
                "--data: there is no data set and no file named “{}”; the data sets are {}",
                shortened(&data.to_string_lossy()),
                all.join(", ")
            );
        }
        self.check_options(true, false)?;
        self.file(data)
    }

    fn file(&self, path: &Path) -> anyhow::Result<Lesson> {
        let choice = Choice {
            target: self.target.clone(),
            inputs: self.columns.clone(),
        };
        let read = table::read(&file::read_text(path)?, &choice);
        let Loaded {
            dataset,
            bad,
            bad_count,
        } = read.map_err(|e| anyhow!("{}: {e}", path.display()))?;
        let mut notes = Vec::new();
        if let Some(BadRow { line, fault }) = bad.first() {
            if !self.skip_bad_rows {
                let more = match bad_count {
                    1 => "--skip-bad-rows leaves it out".to_owned(),
                    2 => "there is another such row; --skip-bad-rows leaves them out".to_owned(),
                    count => format!(
                        "there are {} more such rows; --skip-bad-rows leaves them out",
                        count - 1
                    ),
                };
                bail!("{}, line {line}, {fault} ({more})", path.display());
            }
            let rows = counted(bad_count, "row");
            notes.push(format!("{}: {rows} left out", path.display()));
            notes.extend(
                bad.iter()
                    .map(|BadRow { line, fault }| format!("line {line}, {fault}")),
            );
            if bad_count > bad.len() {
                notes.push(format!("and {} more", bad_count - bad.len()));
            }
        }
        Ok(Lesson {
            data: dataset,
            is_scaled: true,
            notes,
        })
    }

    /// Refuses options that belong to another kind of data.
    fn check_options(&self, is_file: bool, is_made: bool) -> anyhow::Result<()> {
        let of_files = [
            ("--target", self.target.is_some()),
            ("--columns", self.columns.is_some()),
            ("--skip-bad-rows", self.skip_bad_rows),
        ];
        let of_made = [
            ("--samples", self.samples.is_some()),
            ("--noise", self.noise.is_some()),
        ];
        let given =
            |options: &[(&'static str, bool)]| options.iter().find(|(_, is)| *is).map(|(name, _)| *name);
        if let Some(name) = given(&of_files).filter(|_| !is_file) {
            bail!("{name} is for data from a CSV file, as in --data FILE.csv");
        }
        if let Some(name) = given(&of_made).filter(|_| !is_made) {
            bail!("{name} is for data that is made, such as --data spiral");
        }
        Ok(())
    }
}

fn unscaled(data: Dataset) -> Lesson {
    Lesson {
        data,
        is_scaled: false,
        notes: Vec::new(),
    }
}

/// Inputs and targets from a file each.
///
/// # Errors
/// One sentence: a file that can’t be read, or another number of rows.
pub fn pair(inputs: &Path, targets: &Path, blueprint: &Blueprint) -> anyhow::Result<Dataset> {
    let outputs = blueprint.width(blueprint.last_layer());
    let x = Samples::from_csv_of(inputs, blueprint.inputs(), "input")?;
    let y = Samples::from_csv_of(targets, outputs, "output")?;
    if x.len() != y.len() {
        bail!(
            "{} has {} and {} has {}; give one of each a sample",
            inputs.display(),
            counted(x.len(), "row"),
            targets.display(),
            counted(y.len(), "row")
        );
    }
    let named = |count: usize, noun: &str| (1..=count).map(|index| format!("{noun} {index}")).collect();
    let targets = Targets::Numbers {
        names: named(outputs, "output"),
        values: y.columns(),
    };
    Ok(Dataset::new(
        named(blueprint.inputs(), "input"),
        x.columns(),
        targets,
    )?)
}

fn whole(text: &str) -> anyhow::Result<usize> {
    let refused = |_| anyhow!("--samples: “{}” is not a whole number", shortened(text));
    text.trim().parse().map_err(refused)
}

fn noise(text: &str) -> anyhow::Result<f64> {
    parse_number(text).map_err(|e| anyhow!("--noise: {e}"))
}
