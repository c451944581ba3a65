//! `neurodial train`: turns the knobs until the outputs fit.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{anyhow, bail};

use crate::data::{Dataset, Scaling, Targets};
use crate::learning::{
    Diagnosis, Loss, Measured, Optimizer, Penalty, Record, Schedule, Settings, Status, Trainer,
};
use crate::network::{Initialisation, LayerPlan, Scheme};
use crate::session::{Action, file};
use crate::words::{parse_number, shortened};

use super::lesson::DataArguments;
use super::progress::{Progress, measured};
use super::{new, source};

/// Shown under the options.
pub const EXAMPLES: &str = "\
The same document, data and options give the same bits of OUT on every machine.

Examples:
  the flowers, with the article’s own shape (146 or more of 150 right)
    neurodial new --layers 4,3 --activations softmax --seed 1 -o iris.json
    neurodial train iris.json --data iris --seed 1 -o trained.json
  the handwritten digits (about 97 % of a held-out fifth right)
    neurodial new --layers 64,32,10 --activations relu,softmax --init he --seed 1 -o digits.json
    neurodial train digits.json --data digits --test 0.2 --seed 1 -o trained.json
  two spirals, seen as x and sin x (test loss about 0.02)
    neurodial new --layers 4,8,8,1 --activations tanh --seed 1 -o spiral.json
    neurodial train spiral.json --data spiral --features 'sin(x1),sin(x2)' --test 0.5 --seed 1 -o trained.json";

/// What `train` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A preset’s name or a file; training begins at its weights and biases, and locked ones stay
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    #[command(flatten)]
    data: DataArguments,
    /// mean_squared_error, mean_absolute_error, huber, binary_cross_entropy, categorical_cross_entropy, hinge;
    /// otherwise the one that goes with the last layer
    #[arg(long, value_name = "NAME")]
    loss: Option<Loss>,
    /// l1 · Σ|w| is added to the loss
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = parse_number)]
    l1: f64,
    /// l2/2 · Σw² is added to the loss
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = parse_number)]
    l2: f64,
    /// sgd, momentum, nesterov, adagrad, rmsprop, adam
    #[arg(long, value_name = "NAME", default_value = "adam")]
    optimizer: Optimizer,
    /// Otherwise adam 0.02, sgd 0.1, adagrad 0.05, the others 0.01
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true, value_parser = parse_number)]
    learning_rate: Option<f64>,
    /// How the learning rate changes: constant, linear or cosine (down to 0 at the end), or a factor for each epoch,
    /// such as 0.99
    #[arg(
        long,
        value_name = "NAME",
        default_value = "constant",
        allow_hyphen_values = true
    )]
    schedule: Schedule,
    /// How often each sample is seen
    #[arg(long, value_name = "NUMBER", default_value = "100", allow_hyphen_values = true, value_parser = epochs)]
    epochs: usize,
    /// The samples of a step, or all
    #[arg(long, value_name = "NUMBER|all", default_value = "10", allow_hyphen_values = true, value_parser = batch)]
    batch: Batch,
    /// Makes the data, holds samples out, and orders them; the same seed gives the same result
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = new::seed)]
    seed: u64,
    /// The part of the samples to hold out for testing, such as 0.2
    #[arg(long, value_name = "PART", default_value = "0", allow_hyphen_values = true, value_parser = parse_number)]
    test: f64,
    /// Draw new weights first (zeros, uniform, normal, xavier, he), with the seed, for the standardised inputs; biases
    /// become 0
    #[arg(long, value_name = "SCHEME")]
    init: Option<Scheme>,
    /// A CSV file of epoch,train_loss,test_loss,train_accuracy,test_accuracy; epoch 0 is the start
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// The file to write; - is the standard output
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
}

/// The samples of a step; `None` for all.
#[derive(Debug, Clone, Copy)]
struct Batch(Option<usize>);

/// Trains and writes the document. Ctrl-C ends the training, and what there is by then is written.
///
/// # Errors
/// One sentence: data or settings that make no sense, or a file that can’t be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut session = source::open(&arguments.document)?;
    check_outputs(&arguments.output, arguments.log.as_deref())?;
    let lesson = arguments.data.lesson(session.blueprint(), arguments.seed)?;
    let blueprint = session.blueprint();
    let plan = &blueprint.layers()[blueprint.last_layer()];
    let loss = arguments
        .loss
        .unwrap_or_else(|| Loss::usual(plan, has_classes(&lesson.data)));
    let data = with_classes(lesson.data, plan, loss)?;
    let classes = match data.targets() {
        Targets::Classes { names, .. } => Some(names.clone()),
        Targets::Numbers { .. } => None,
    };
    let (train, test) = split(data, arguments.test, arguments.seed)?;
    let scaling = lesson.is_scaled.then(|| Scaling::of(&train)).transpose();
    let scaling = scaling.map_err(|e| anyhow!("{e}; --scale none takes them as they are"))?;
    let document = session.document();
    let mut trainer = Trainer::new(
        &document.network,
        &document.locked,
        (&train, test.as_ref()),
        scaling,
        arguments.settings(loss),
    )?;
    drop((train, test));
    if let Some(scheme) = arguments.init {
        trainer.initialise(Initialisation {
            scheme,
            seed: arguments.seed,
            biases: false,
        })?;
    }
    let mut progress = Progress::new(arguments.epochs);
    for note in &lesson.notes {
        progress.end(note);
    }
    if let Some(names) = classes.filter(|names| names.len() > 1) {
        const MOST: usize = 20;
        let shown: Vec<_> = names.iter().take(MOST).map(|name| shortened(name)).collect();
        let dots = if names.len() > MOST { ", …" } else { "" };
        progress.end(&format!("classes: {}{dots}", shown.join(", ")));
    }
    let log = train_through(&mut trainer, &mut progress, arguments.log.is_some());
    let mut knobs = session.document().network.knobs().to_vec();
    trainer.knobs_into(&mut knobs);
    session.apply(Action::SetKnobs(knobs))?;
    if let Some(path) = &arguments.log {
        file::write_atomically(path, log.as_bytes())?;
    }
    super::write_document(session.document(), &arguments.output)?;
    for diagnosis in Diagnosis::of_run(&trainer) {
        progress.end(&format!("note: {diagnosis}"));
    }
    Ok(())
}

impl Arguments {
    fn settings(&self, loss: Loss) -> Settings {
        Settings {
            loss,
            penalty: Penalty {
                l1: self.l1,
                l2: self.l2,
            },
            optimizer: self.optimizer,
            learning_rate: self.learning_rate.unwrap_or(self.optimizer.usual_rate()),
            schedule: self.schedule,
            batch: self.batch.0,
            epochs: self.epochs,
            seed: self.seed,
        }
    }
}

/// Steps through all epochs, or until Ctrl-C; returns the log.
fn train_through(trainer: &mut Trainer, progress: &mut Progress, is_logged: bool) -> String {
    let is_stopped = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&is_stopped);
    // Without a handler Ctrl-C just ends the program, and nothing is written.
    let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
    let mut log = String::from("epoch,train_loss,test_loss,train_accuracy,test_accuracy\n");
    log_line(&mut log, trainer.record());
    let mut epoch = 0;
    while trainer.status() == Status::Running && !is_stopped.load(Ordering::Relaxed) {
        let status = trainer.step();
        let record = trainer.record();
        if record.epoch > epoch && !matches!(status, Status::Diverged(_)) {
            epoch = record.epoch;
            if is_logged {
                log_line(&mut log, record);
            }
            progress.show(record, trainer.learning_rate());
        }
    }
    let was_running = trainer.status() == Status::Running;
    trainer.stop();
    let record = trainer.record();
    let all = trainer.settings().epochs;
    let so_far = match trainer.status() {
        Status::Diverged(_) => format!("went back to epoch {}", record.epoch),
        _ if was_running => format!("stopped after epoch {} of {all}", record.epoch),
        _ => format!("epoch {} of {all}", record.epoch),
    };
    progress.end(&format!("{so_far}: {}", measured(record)));
    log
}

fn log_line(log: &mut String, record: Record) {
    let number = |value: f64| serde_json::to_string(&value).unwrap_or_default();
    let cell = |value: Option<f64>| value.map_or_else(String::new, number);
    let loss = |measured: Option<Measured>| cell(measured.map(|measured| measured.loss));
    let accuracy = |measured: Option<Measured>| cell(measured.and_then(|measured| measured.accuracy));
    let Record { epoch, train, test } = record;
    let train = Some(train);
    let [a, b, c, d] = [loss(train), loss(test), accuracy(train), accuracy(test)];
    // Writing to a String cannot fail.
    let _ = writeln!(log, "{epoch},{a},{b},{c},{d}");
}

/// Long work must not end in a file that can’t be written.
fn check_outputs(output: &Path, log: Option<&Path>) -> anyhow::Result<()> {
    if output != Path::new("-") {
        file::check_writable(output)?;
    }
    if let Some(log) = log {
        if log == output {
            bail!("--log and -o name the same file");
        }
        file::check_writable(log)?;
    }
    Ok(())
}

/// Whether targets tell classes: by name, or as 0 and 1.
fn has_classes(data: &Dataset) -> bool {
    match data.targets() {
        Targets::Classes { .. } => true,
        Targets::Numbers { values, .. } => values.iter().all(|&value| value == 0.0 || value == 1.0),
    }
}

/// Numbers are classes where the loss is for classes: for several outputs, or if there are only two.
fn with_classes(data: Dataset, plan: &LayerPlan, loss: Loss) -> anyhow::Result<Dataset> {
    let is_class = match data.targets() {
        Targets::Numbers { names, values } if names.len() == 1 && loss.is_for_classes() => {
            let other = values.iter().find(|&value| value != &values[0]);
            let are_two = other.is_some()
                && values
                    .iter()
                    .all(|value| value == &values[0] || Some(value) == other);
            plan.neurons.len() > 1 || are_two
        }
        _ => false,
    };
    Ok(if is_class { data.as_classes()? } else { data })
}

fn split(data: Dataset, test: f64, seed: u64) -> anyhow::Result<(Dataset, Option<Dataset>)> {
    if !(0.0..1.0).contains(&test) {
        bail!("--test is a part from 0 to below 1, not {test}");
    }
    if test == 0.0 {
        return Ok((data, None));
    }
    let (train, test) = data.split(test, seed).map_err(|e| anyhow!("--test: {e}"))?;
    Ok((train, Some(test)))
}

fn epochs(text: &str) -> Result<usize, String> {
    let refused = |_| format!("“{}” is not a whole number from 0 on", shortened(text));
    text.trim().parse().map_err(refused)
}

fn batch(text: &str) -> Result<Batch, String> {
    match text.trim() {
        "all" => Ok(Batch(None)),
        text => match text.parse() {
            Ok(samples) if samples > 0 => Ok(Batch(Some(samples))),
            _ => Err(format!(
                "“{}” is neither a whole number from 1 on nor all",
                shortened(text)
            )),
        },
    }
}
