//! Data to train with, from names and options, or from the document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use neurodial_core::data::{BadRow, Bundled, Dataset, Feature, Generator, Loaded, Targets};
use neurodial_core::learning::{Examples, Loss};
use neurodial_core::network::Blueprint;
use neurodial_core::session::choice::{PairFile, TableFile, has_classes};
use neurodial_core::session::file::data;
use neurodial_core::session::{Choice, Course, Document, Source};
use neurodial_core::words::{parse_number, shortened};

use super::counted;
use super::settings::{EPOCHS, SettingsArguments};

const SAMPLES: usize = 500;

/// Where data comes from.
#[derive(Debug, Clone, clap::Args)]
pub struct DataArguments {
    /// iris, digits; circle, xor, gaussians, spiral, moons; plane, bumps; line, parabola, sine, step, bump,
    /// noisy-sine; or a CSV file with a header. Otherwise what the document has
    #[arg(long, value_name = "NAME|FILE")]
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

/// Data and settings for a network.
pub struct Lesson {
    /// The data, and how to learn.
    pub course: Arc<Course>,
    /// What is made small.
    pub loss: Loss,
    /// What is to be told about rows that were left out and about classes.
    pub notes: Vec<String>,
}

/// Data that is there, all of it.
struct Found {
    whole: Dataset,
    notes: Vec<String>,
}

impl DataArguments {
    /// Whether the line says where data comes from.
    pub fn is_given(&self) -> bool {
        self.data.is_some() || self.inputs.is_some()
    }

    /// Makes or reads the data for a document’s network, with all settings.
    ///
    /// # Errors
    /// One sentence: a name, a file or an option that makes no sense.
    pub fn lesson(&self, document: &Document, settings: &SettingsArguments) -> anyhow::Result<Lesson> {
        let blueprint = document.network.blueprint();
        let mut choice = self.choice(document)?;
        settings.apply(&mut choice)?;
        self.apply(&mut choice)?;
        if !(0.0..1.0).contains(&choice.test) {
            bail!("--test is a part from 0 to below 1, not {}", choice.test);
        }
        choice.check().map_err(|e| match choice.source {
            Source::Made(generator) => anyhow!("--data {generator}: {e}"),
            _ => anyhow!(e),
        })?;
        let Found { whole, mut notes } = self.found(&mut choice, document)?;
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let usual = Loss::usual(plan, choice.has_classes || has_classes(&whole));
        let loss = choice.loss.unwrap_or(usual);
        choice.has_classes |= Examples::takes_numbers_for_classes(&whole, plan, loss);
        let course = course(choice, whole)?;
        if let Ok(material) = course.material() {
            notes.extend(classes(&material.train));
        }
        Ok(Lesson {
            course: Arc::new(course),
            loss,
            notes,
        })
    }

    /// The data that is named, with the settings of the document if it has any; without a name that of the document.
    fn choice(&self, document: &Document) -> anyhow::Result<Choice> {
        let known = document.course.as_ref().map(|course| course.choice());
        let source = match (&self.data, &self.inputs, &self.targets) {
            (Some(data), ..) => self.named(data)?,
            (None, Some(inputs), Some(targets)) => Source::Pair(PairFile {
                inputs: data::data_path(inputs)?,
                targets: data::data_path(targets)?,
                checksum: 0,
            }),
            _ => match known {
                Some(known) => {
                    self.check_options(&known.source)?;
                    return Ok(known.clone());
                }
                None => bail!(
                    "--data, or --inputs and --targets, is required: the document has no data of its own"
                ),
            },
        };
        self.check_options(&source)?;
        let fresh = Choice {
            samples: SAMPLES,
            seed: 0,
            test: 0.0,
            epochs: EPOCHS,
            ..Choice::of(source)
        };
        Ok(match known {
            Some(known) => Choice {
                loss: known.loss,
                penalty: known.penalty,
                optimizer: known.optimizer,
                learning_rate: known.learning_rate,
                schedule: known.schedule,
                batch: known.batch,
                epochs: known.epochs,
                ..fresh
            },
            None => fresh,
        })
    }

    fn named(&self, data: &Path) -> anyhow::Result<Source> {
        if let Some(source) = data.to_str().and_then(Source::named) {
            return Ok(source);
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
        Ok(Source::Table(TableFile {
            file: data::data_path(data)?,
            target: None,
            columns: None,
            skips_bad_rows: false,
            checksum: 0,
        }))
    }

    /// Writes what is given into a choice.
    fn apply(&self, choice: &mut Choice) -> anyhow::Result<()> {
        if let Source::Table(table) = &mut choice.source {
            table.target = self.target.clone().or(table.target.take());
            table.columns = self.columns.clone().or(table.columns.take());
            table.skips_bad_rows |= self.skip_bad_rows;
        }
        if let Some(samples) = &self.samples {
            choice.samples = whole(samples)?;
        }
        if let Some(text) = &self.noise {
            choice.noise = noise(text)?;
        }
        if !self.features.is_empty() {
            choice.features = self.features.clone();
        }
        if let Some(scale) = &self.scale {
            choice.is_standardised = scale == "standard";
        }
        Ok(())
    }

    /// All samples; a checksum of files goes into the choice.
    fn found(&self, choice: &mut Choice, document: &Document) -> anyhow::Result<Found> {
        let mut notes = Vec::new();
        let whole = match &mut choice.source {
            Source::Table(table) => {
                // What is wrong with it is told by the name on the line, if it has one there.
                let shown = self.data.clone().unwrap_or(table.file.path.clone());
                let (loaded, checksum) = data::read_table_at(&shown, table)?;
                table.checksum = checksum;
                notes = bad_rows(&shown, &loaded, table.skips_bad_rows)?;
                loaded.dataset
            }
            Source::Pair(pair) => {
                let shown = match (&self.inputs, &self.targets) {
                    (Some(inputs), Some(targets)) => [inputs, targets],
                    _ => [&pair.inputs.path, &pair.targets.path],
                };
                let blueprint = document.network.blueprint();
                let (data, checksum) = data::read_pair_at(shown.map(PathBuf::as_path), blueprint)?;
                pair.checksum = checksum;
                data
            }
            _ => choice.dataset()?,
        };
        Ok(Found { whole, notes })
    }

    /// Refuses options that belong to another kind of data.
    fn check_options(&self, source: &Source) -> anyhow::Result<()> {
        let is_file = matches!(source, Source::Table(_));
        let is_made = matches!(source, Source::Made(_));
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

fn course(choice: Choice, whole: Dataset) -> anyhow::Result<Course> {
    let made = match choice.source.is_file() {
        true => Course::of_file(choice.clone(), Arc::new(whole)),
        false => Course::new(choice.clone()),
    };
    use neurodial_core::data::DatasetError;
    use neurodial_core::session::CourseError;
    made.map_err(|e| match e {
        CourseError::Dataset(DatasetError::Split { .. }) => anyhow!("--test: {e}"),
        CourseError::Dataset(DatasetError::Feature { .. }) => anyhow!("--features: {e}"),
        CourseError::Scaling(_) => anyhow!("{e}; --scale none takes them as they are"),
        e => anyhow!(e),
    })
}

/// What is to be told about rows that were left out.
fn bad_rows(path: &Path, loaded: &Loaded, is_skipping: bool) -> anyhow::Result<Vec<String>> {
    let Loaded { bad, bad_count, .. } = loaded;
    let Some(BadRow { line, fault }) = bad.first() else {
        return Ok(Vec::new());
    };
    if !is_skipping {
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
    let rows = counted(*bad_count, "row");
    let mut notes = vec![format!("{}: {rows} left out", path.display())];
    notes.extend(
        bad.iter()
            .map(|BadRow { line, fault }| format!("line {line}, {fault}")),
    );
    if *bad_count > bad.len() {
        notes.push(format!("and {} more", bad_count - bad.len()));
    }
    Ok(notes)
}

/// Which classes there are, if there are several.
fn classes(data: &Dataset) -> Option<String> {
    const MOST: usize = 20;
    let Targets::Classes { names, .. } = data.targets() else {
        return None;
    };
    let shown: Vec<_> = names.iter().take(MOST).map(|name| shortened(name)).collect();
    let dots = if names.len() > MOST { ", …" } else { "" };
    (names.len() > 1).then(|| format!("classes: {}{dots}", shown.join(", ")))
}

/// Inputs and targets from a file each.
///
/// # Errors
/// One sentence: a file that can’t be read, or another number of rows.
pub fn pair(inputs: &Path, targets: &Path, blueprint: &Blueprint) -> anyhow::Result<Dataset> {
    Ok(data::read_pair_at([inputs, targets], blueprint)?.0)
}

fn whole(text: &str) -> anyhow::Result<usize> {
    let refused = |_| anyhow!("--samples: “{}” is not a whole number", shortened(text));
    text.trim().parse().map_err(refused)
}

fn noise(text: &str) -> anyhow::Result<f64> {
    parse_number(text).map_err(|e| anyhow!("--noise: {e}"))
}
