//! The data and configuration to train with, from options or from the document.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};

use neurodial_core::data::{ComputedFeature, Dataset, DatasetError, LoadedTable, TableOptions, Targets};
use neurodial_core::formats::data_files::{self, PairOptions};
use neurodial_core::formats::file;
use neurodial_core::session::training_config::{PairFile, TableFile, targets_are_classes};
use neurodial_core::session::{DataSource, Document, TrainingConfig, TrainingSetup, TrainingSetupError};
use neurodial_core::text::{parse_integer, parse_number, shortened};
use neurodial_core::training::{EncodedDataset, Loss};

use super::hyperparameter_args::{DEFAULT_EPOCHS, HyperparameterArgs};
use super::table_args::{TableArgs, table_notes};
use super::values::Choices;

const DEFAULT_SAMPLES: usize = 500;

/// The options for the data.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DataArgs {
    #[arg(long, value_name = "NAME|FILE", help = data_help())]
    data: Option<PathBuf>,
    /// A file with the inputs as numbers, one sample per row
    #[arg(long, value_name = "FILE", requires = "targets", conflicts_with = "data")]
    inputs: Option<PathBuf>,
    /// A file with the targets, one sample per row
    #[arg(long, value_name = "FILE", requires = "inputs")]
    targets: Option<PathBuf>,
    #[command(flatten)]
    pub(super) table: TableArgs,
    /// True if the options of tables belong to the rows of figures.
    #[arg(skip)]
    pub(super) has_rows: bool,
    /// Generated data only: the number of samples [default: 500]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_sample_count)]
    samples: Option<usize>,
    /// Generated data only: the standard deviation of the noise [default: 0]
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    noise: Option<f64>,
    /// Computed features, added to the inputs: x1^2, x1*x2, sin(x1)
    #[arg(long, value_name = "FEATURE,…", value_delimiter = ',')]
    features: Vec<ComputedFeature>,
    /// Standardize the inputs for training (mean 0, standard deviation 1); the scaling is then folded into layer 1, so
    /// that the saved network takes the original inputs [default: standard for iris, digits, and CSV files, otherwise
    /// none]
    #[arg(long = "scale", value_name = "standard|none", value_parser = Choices::new([("standard", true), ("none", false)]), hide_possible_values = true)]
    is_standardized: Option<bool>,
}

impl DataArgs {
    /// Returns the options that name files, and the files.
    pub(crate) fn files(&self) -> [(&'static str, Option<&Path>); 3] {
        [
            ("--data", self.data.as_deref()),
            ("--inputs", self.inputs.as_deref()),
            ("--targets", self.targets.as_deref()),
        ]
    }
}

/// The data and configuration of one training run.
pub(crate) struct TrainingJob {
    /// The dataset, with the configuration of training.
    pub(crate) setup: Arc<TrainingSetup>,
    /// The loss function.
    pub(crate) loss: Loss,
    /// Notes for the user about skipped rows and about classes.
    pub(crate) notes: Vec<String>,
}

impl DataArgs {
    /// True if an option names the data.
    pub(crate) fn is_given(&self) -> bool {
        self.data.is_some() || self.inputs.is_some()
    }

    /// Generates or reads the data for a document’s network and combines all options.
    ///
    /// # Errors
    /// Returns an error if a name is unknown, a file can’t be read, or an option is invalid.
    pub(crate) fn training_job(
        &self,
        document: &Document,
        hyperparameters: &HyperparameterArgs,
    ) -> anyhow::Result<TrainingJob> {
        let architecture = document.network.architecture();
        let mut config = self.training_config(document)?;
        hyperparameters.apply(&mut config)?;
        self.apply(&mut config)?;
        if !(0.0..1.0).contains(&config.test_fraction) {
            bail!(
                "--test must be at least 0 and below 1, not {}",
                config.test_fraction
            );
        }
        config.check().map_err(|e| match &config.source {
            source if source.is_generated() => anyhow!("--data {}: {e}", source.name()),
            _ => anyhow!(e),
        })?;
        let (dataset, mut notes) = self.load(&mut config, document)?;
        let plan = &architecture.layers()[architecture.last_layer()];
        let default_loss = Loss::default_for(plan, config.has_class_targets || targets_are_classes(&dataset));
        let loss = config.loss.unwrap_or(default_loss);
        config.has_class_targets |= EncodedDataset::treats_numbers_as_classes(&dataset, plan, loss);
        let setup = training_setup(config, dataset)?;
        if let Ok(split) = setup.split() {
            notes.extend(classes_note(&split.train));
        }
        Ok(TrainingJob {
            setup: Arc::new(setup),
            loss,
            notes,
        })
    }

    /// Returns the configuration with the data that the options name and the document’s hyperparameters, if
    /// it has any; without such options that of the document.
    fn training_config(&self, document: &Document) -> anyhow::Result<TrainingConfig> {
        let document_config = document.training_setup.as_ref().map(|setup| setup.config());
        let source = match (&self.data, &self.inputs, &self.targets) {
            (Some(data), ..) => self.parse_source(data)?,
            (None, Some(inputs), Some(targets)) => DataSource::Pair(PairFile {
                inputs: data_files::data_path(inputs)?,
                targets: data_files::data_path(targets)?,
                checksum: 0,
            }),
            _ => match document_config {
                Some(config) => {
                    self.check_options(&config.source)?;
                    let setup = document.training_setup.as_ref();
                    // Another document than that of a command, as in a figure of training.
                    if let Some(setup) = setup.filter(|setup| setup.unread().is_some())
                        && let Err(reason) = setup.split()
                    {
                        bail!("{reason} (option --allow-outside-data)");
                    }
                    return Ok(config.clone());
                }
                None => bail!(
                    "the document has no dataset; choose one with --data, or with --inputs and --targets"
                ),
            },
        };
        self.check_options(&source)?;
        let new_config = TrainingConfig {
            samples: DEFAULT_SAMPLES,
            seed: 0,
            test_fraction: 0.0,
            epochs: DEFAULT_EPOCHS,
            ..TrainingConfig::new(source)
        };
        Ok(match document_config {
            Some(config) => TrainingConfig {
                loss: config.loss,
                regularization: config.regularization,
                optimizer: config.optimizer,
                learning_rate: config.learning_rate,
                schedule: config.schedule,
                batch_size: config.batch_size,
                epochs: config.epochs,
                stopping: config.stopping,
                ..new_config
            },
            None => new_config,
        })
    }

    fn parse_source(&self, data: &Path) -> anyhow::Result<DataSource> {
        if let Some(source) = data.to_str().and_then(DataSource::from_name) {
            return Ok(source);
        }
        let is_comparison = data
            .to_str()
            .is_some_and(|text| text.contains(['<', '>', '≤', '≥']));
        if is_comparison && !data.exists() {
            let text = data.to_string_lossy();
            let condition = text
                .parse()
                .map_err(|e| anyhow!("--data “{}”: {e}", shortened(&text)))?;
            return Ok(DataSource::Condition(Arc::new(condition)));
        }
        let is_bare = data.components().count() <= 1 && data.extension().is_none();
        if is_bare && !data.exists() {
            bail!(
                "--data: there is no dataset and no file named “{}”; the datasets are {}, \
                 or a condition such as “x2 > sin(x1)”",
                shortened(&data.to_string_lossy()),
                dataset_names()
            );
        }
        Ok(DataSource::Table(TableFile {
            file: data_files::data_path(data)?,
            target: None,
            columns: None,
            options: TableOptions::default(),
            skips_unreadable_rows: false,
            checksum: 0,
        }))
    }

    /// Writes the given options into a configuration.
    fn apply(&self, config: &mut TrainingConfig) -> anyhow::Result<()> {
        if let DataSource::Table(table) = &mut config.source {
            table.target = self.table.target.clone().or(table.target.take());
            table.columns = self.table.columns.clone().or(table.columns.take());
            table.options = self.table.options(&table.options)?;
            table.skips_unreadable_rows |= self.table.skip_bad_rows;
        }
        config.samples = self.samples.unwrap_or(config.samples);
        config.noise = self.noise.unwrap_or(config.noise);
        if !self.features.is_empty() {
            config.features = self.features.clone();
        }
        if let Some(is_standardized) = self.is_standardized {
            config.is_standardized = is_standardized;
        }
        Ok(())
    }

    /// Loads all samples, before any split, and stores the checksums of files in the configuration. Returns
    /// notes for the user too.
    fn load(
        &self,
        config: &mut TrainingConfig,
        document: &Document,
    ) -> anyhow::Result<(Dataset, Vec<String>)> {
        let mut notes = Vec::new();
        let features = config.features.len();
        let dataset = match &mut config.source {
            DataSource::Table(table) => {
                // Errors show the path as given on the command line, if it is given there.
                let display_path = self.data.clone().unwrap_or(table.file.path.clone());
                let architecture = document.network.architecture();
                let inputs = architecture.input_count().saturating_sub(features);
                if self.data.is_none() {
                    file::open_regular(&display_path)?;
                }
                // The columns of a document's own table are chosen already.
                let names = match self.data {
                    Some(_) => data_files::input_names(architecture, inputs),
                    None => Vec::new(),
                };
                let (loaded, checksum) = data_files::read_table_at(&display_path, table, names)?;
                table.checksum = checksum;
                if loaded.inputs_by_name.is_some() {
                    table.columns.clone_from(&loaded.inputs_by_name);
                }
                notes = skipped_row_notes(&display_path, &loaded, table.skips_unreadable_rows)?;
                loaded.dataset
            }
            DataSource::Pair(pair) => {
                let display_path = match (&self.inputs, &self.targets) {
                    (Some(inputs), Some(targets)) => [inputs, targets],
                    _ => [&pair.inputs.path, &pair.targets.path],
                };
                let architecture = document.network.architecture();
                // The choices aren’t kept in the document, so the files have to be read alike without them.
                let options = PairOptions {
                    table: &TableOptions::default(),
                    columns: None,
                };
                let paths = display_path.map(PathBuf::as_path);
                let (data, checksum, pair_notes) = data_files::read_pair_at(paths, architecture, options)?;
                notes = table_notes(paths[0], &pair_notes, &[], 0);
                pair.checksum = checksum;
                data
            }
            _ => config.dataset()?,
        };
        Ok((dataset, notes))
    }

    /// Returns an error for options that belong to another kind of data.
    fn check_options(&self, source: &DataSource) -> anyhow::Result<()> {
        let is_file = matches!(source, DataSource::Table(_));
        let is_generated = source.is_generated();
        let generated_options = [
            ("--samples", self.samples.is_some()),
            ("--noise", self.noise.is_some()),
        ];
        let given =
            |options: &[(&'static str, bool)]| options.iter().find(|(_, is)| *is).map(|(name, _)| *name);
        if let Some(name) = self.table.first_given().filter(|_| !is_file && !self.has_rows) {
            bail!("{name} is for tables, as in --data FILE.csv");
        }
        if let Some(name) = given(&generated_options).filter(|_| !is_generated) {
            bail!("{name} is for generated data, such as --data spiral");
        }
        Ok(())
    }
}

/// Returns the names of all datasets.
fn dataset_names() -> String {
    let names: Vec<String> = DataSource::all().map(|source| source.name()).collect();
    names.join(", ")
}

/// Returns the help of `--data`.
fn data_help() -> String {
    let names = dataset_names();
    format!(
        "The dataset: {names}; a condition, such as “x2 > sin(x1)”, that is true for one of two classes; or a table: CSV or another text, .xlsx, or .ods [default: that of the document]"
    )
}

fn training_setup(config: TrainingConfig, dataset: Dataset) -> anyhow::Result<TrainingSetup> {
    let setup = match config.source.is_file() {
        true => TrainingSetup::from_file_data(config.clone(), Arc::new(dataset)),
        false => TrainingSetup::new(config.clone()),
    };
    setup.map_err(|e| match e {
        TrainingSetupError::Dataset(DatasetError::Split { .. }) => anyhow!("--test: {e}"),
        TrainingSetupError::Dataset(DatasetError::Feature { .. }) => anyhow!("--features: {e}"),
        TrainingSetupError::Scaling(_) => anyhow!("{e}; --scale none leaves them as they are"),
        e => anyhow!(e),
    })
}

/// Returns notes about skipped rows, or an error if there are bad rows and they must not be skipped.
fn skipped_row_notes(path: &Path, loaded: &LoadedTable, is_skipping: bool) -> anyhow::Result<Vec<String>> {
    let LoadedTable {
        skipped,
        skipped_count,
        ..
    } = loaded;
    if let Some(row) = skipped.first().filter(|_| !is_skipping) {
        let more = match skipped_count {
            1 => "--skip-bad-rows skips it".to_owned(),
            2 => "1 more such row; --skip-bad-rows skips both".to_owned(),
            count => format!("{} more such rows; --skip-bad-rows skips all", count - 1),
        };
        bail!("{}, {row} ({more})", path.display());
    }
    Ok(table_notes(path, &loaded.notes, skipped, *skipped_count))
}

/// Returns a note that lists the classes, if there are several.
fn classes_note(data: &Dataset) -> Option<String> {
    const MAX_NAMES: usize = 20;
    let Targets::Classes { names, .. } = data.targets() else {
        return None;
    };
    let shown: Vec<_> = names.iter().take(MAX_NAMES).map(|name| shortened(name)).collect();
    let dots = if names.len() > MAX_NAMES { ", …" } else { "" };
    (names.len() > 1).then(|| format!("classes: {}{dots}", shown.join(", ")))
}

fn parse_sample_count(text: &str) -> Result<usize, String> {
    let error = |_| {
        format!(
            "“{}” is not a number of samples; write an integer such as 500",
            shortened(text)
        )
    };
    parse_integer(text).map_err(error)
}
