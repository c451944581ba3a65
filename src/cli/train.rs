//! `neurodial train`: trains a network on data.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::bail;

use crate::document_formats::DOCUMENT_FORMATS;
use neurodial_core::formats::file;
use neurodial_core::network::{Initialization, Initializer};
use neurodial_core::session::{DataSource, Edit, Session};
use neurodial_core::text::{Localized, Messages};
use neurodial_core::training::{Diagnosis, EpochMetrics, Metrics, Trainer, TrainingStatus};

use super::document_arg::{self, DocumentArg};
use super::hyperparameter_args::HyperparameterArgs;
use super::progress::{Progress, metrics_text, training_details};
use super::training_job::DataArgs;
use super::values::Choices;
use super::{output, training_args};

/// The examples shown below the options.
pub(crate) const EXAMPLES: &str = "\
The same document, data, and options give the same bits of OUT on every machine.

Examples:
  iris, with the architecture of the article’s network (at least 146 of 150 correct)
    neurodial new --layers 4,3 --activations softmax --seed 1 -o iris.json
    neurodial train iris.json --data iris --seed 1 -o trained.json
  handwritten digits (accuracy about 97% on a test set of one fifth)
    neurodial new --layers 64,32,10 --activations relu,softmax --init he --seed 1 -o digits.json
    neurodial train digits.json --data digits --test 0.2 --seed 1 -o trained.json
  two spirals, with the sines of both inputs as computed features (test loss about 0.02)
    neurodial new --layers 4,8,8,1 --activations tanh --seed 1 -o spiral.json
    neurodial train spiral.json --data spiral --features 'sin(x1),sin(x2)' --test 0.5 --seed 1 -o trained.json";

/// The arguments of `train`.
#[derive(Debug, clap::Args)]
pub struct TrainArgs {
    #[command(flatten)]
    document: DocumentArg,
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    hyperparameters: HyperparameterArgs,
    /// Initialize the weights first, with the seed and for the standardized inputs; biases become 0
    #[arg(long, value_name = "SCHEME", value_parser = Choices::named(Initializer::ALL, Initializer::name))]
    init: Option<Initializer>,
    /// Write the metrics of every epoch as CSV: epoch,train_loss,test_loss,train_accuracy,test_accuracy; epoch 0 is the
    /// start
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// The file to write; - for standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

/// Trains the network and writes the document. Ctrl+C ends training; the knobs trained until then are
/// written.
///
/// # Errors
/// Returns an error if the data or a hyperparameter is invalid, or if a file can’t be written.
pub(crate) fn run(arguments: &TrainArgs) -> anyhow::Result<()> {
    let mut session = arguments.document.open()?;
    check_outputs(arguments, &session)?;
    let document = session.document();
    let job = arguments
        .data
        .training_job(document, &arguments.hyperparameters)?;
    let config = job.setup.config();
    let mut trainer = training_args::new_trainer(document, &job)?;
    if let Some(initializer) = arguments.init {
        trainer.initialize(Initialization {
            initializer,
            seed: config.seed,
            has_random_biases: false,
        })?;
    }
    let mut progress = Progress::new("epoch", config.epochs);
    for note in &job.notes {
        progress.finish(note);
    }
    let log = train_all_epochs(&mut trainer, &mut progress, arguments.log.is_some());
    let mut knobs = session.document().network.knobs().to_vec();
    trainer.copy_raw_knobs_to(&mut knobs);
    session.apply(Edit::SetTrainedKnobs(knobs))?;
    session.apply(Edit::SetTrainingSetup(Some(job.setup)))?;
    if let Some(path) = &arguments.log {
        output::write_file(path, log.as_bytes())?;
    }
    output::write_document(session.document(), &arguments.output)?;
    for diagnosis in Diagnosis::from_trainer(&trainer) {
        progress.finish(&format!("note: {}", diagnosis.message(Messages::ENGLISH)));
    }
    Ok(())
}

/// Trains through all epochs, or until Ctrl+C; returns the log.
fn train_all_epochs(trainer: &mut Trainer, progress: &mut Progress, is_logged: bool) -> String {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_stopped);
    // If the handler can’t be set, Ctrl+C ends the program and nothing is written.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    let mut log = format!("{}\n", training_args::LOG_HEADER);
    training_args::run_epochs(trainer, &is_stopped, |trainer| {
        let metrics = trainer.metrics();
        if is_logged {
            write_log_line(&mut log, metrics);
        }
        if metrics.epoch > 0 {
            progress.show(metrics.epoch, |is_short| {
                training_details(metrics, trainer.learning_rate(), is_short)
            });
        }
    });
    let was_running = trainer.status() == TrainingStatus::Running;
    trainer.stop();
    let metrics = trainer.metrics();
    let epochs = trainer.hyperparameters().epochs;
    let so_far = match trainer.status() {
        TrainingStatus::Stopped(reason) => {
            let reason = reason.message(Messages::ENGLISH);
            format!("stopped at epoch {} of {epochs}, because {reason}", metrics.epoch)
        }
        TrainingStatus::Diverged(_) => format!("restored epoch {}", metrics.epoch),
        _ if was_running => format!("stopped at epoch {} of {epochs}", metrics.epoch),
        _ => format!("epoch {} of {epochs}", metrics.epoch),
    };
    progress.finish(&format!("{so_far}: {}", metrics_text(metrics)));
    log
}

fn write_log_line(log: &mut String, metrics: EpochMetrics) {
    let number = |value: f64| serde_json::to_string(&value).unwrap_or_default();
    let cell = |value: Option<f64>| value.map_or_else(String::new, number);
    let loss = |measured: Option<Metrics>| cell(measured.map(|measured| measured.loss));
    let accuracy = |measured: Option<Metrics>| cell(measured.and_then(|measured| measured.accuracy));
    let EpochMetrics { epoch, train, test } = metrics;
    let train = Some(train);
    let [a, b, c, d] = [loss(train), loss(test), accuracy(train), accuracy(test)];
    // Writing to a String can’t fail.
    let _ = writeln!(log, "{epoch},{a},{b},{c},{d}");
}

/// Checks that the output files can be written, so that long training isn’t lost.
fn check_outputs(arguments: &TrainArgs, session: &Session) -> anyhow::Result<()> {
    let (output, log) = (arguments.output.as_path(), arguments.log.as_deref());
    let document_data = session.setup().and_then(|setup| match &setup.config().source {
        DataSource::Table(table) => Some(table.file.path.as_path()),
        _ => None,
    });
    let mut inputs = arguments.data.files().to_vec();
    inputs.push(("the document", document_data));
    inputs.push(("DOCUMENT", document_arg::file(session)));
    output::check_not_an_input(("-o", output), &inputs)?;
    if output != Path::new("-") {
        DOCUMENT_FORMATS.check_writable(output)?;
    }
    if let Some(log) = log {
        output::check_not_an_input(("--log", log), &inputs)?;
        if file::is_same_file(log, output) {
            bail!("--log and -o name the same file; use two");
        }
        file::check_writable(log)?;
    }
    Ok(())
}
