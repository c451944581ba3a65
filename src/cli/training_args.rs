//! The training options of commands that draw figures, and the training itself. The options are those of
//! `train`.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{anyhow, bail};

use crate::panes::Pane;
use neurodial_core::formats::file;
use neurodial_core::insight::Insight;
use neurodial_core::session::training_run::{Branch, Checkpoint};
use neurodial_core::session::{Document, Edit, RunState, Session, TrainingRun};
use neurodial_core::text::{Localized, Messages, parse_number, shortened};
use neurodial_core::training::{Diagnosis, EpochMetrics, Metrics, Trainer, TrainingStatus};

use super::hyperparameter_args::HyperparameterArgs;
use super::output;
use super::progress::{Progress, training_details};
use super::training_job::{DataArgs, TrainingJob};

/// The first line of a training log.
pub(crate) const LOG_HEADER: &str = "epoch,train_loss,test_loss,train_accuracy,test_accuracy";

/// The highest number of knobs for which checkpoints are kept, and the highest number of checkpoints.
const MAX_CHECKPOINT_KNOBS: usize = 100_000;
const MAX_CHECKPOINTS: usize = 200;

/// The options for the data and the training of a figure.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FigureTrainingArgs {
    #[command(flatten)]
    pub(super) data: DataArgs,
    #[command(flatten)]
    pub(super) hyperparameters: HyperparameterArgs,
    /// Use a logarithmic axis for the loss
    #[arg(long)]
    pub(super) log_axis: bool,
}

/// The result of training, with the knobs at the requested epochs.
pub(crate) struct TrainingResult {
    pub(crate) run: TrainingRun,
    /// The knobs at the end of each requested epoch, in order.
    pub(crate) kept_knobs: Vec<(usize, Vec<f64>)>,
    /// The knobs at the end of training.
    pub(crate) knobs: Vec<f64>,
}

/// Creates a trainer for a document’s network.
///
/// # Errors
/// Returns an error if the data is missing or doesn’t fit the network, or if a hyperparameter is invalid.
pub(crate) fn new_trainer(document: &Document, job: &TrainingJob) -> anyhow::Result<Trainer> {
    let split = job.setup.split().map_err(|reason| anyhow!("{reason}"))?;
    Ok(Trainer::new(
        &document.network,
        &document.locked,
        (&split.train, split.test.as_ref()),
        split.scaling.clone(),
        job.setup.config().hyperparameters(job.loss),
    )?)
}

/// Trains through all epochs, or until `is_stopped` is set. Calls `after_epoch` before the first epoch and
/// after each.
pub(crate) fn run_epochs(
    trainer: &mut Trainer,
    is_stopped: &AtomicBool,
    mut after_epoch: impl FnMut(&Trainer),
) {
    after_epoch(trainer);
    let mut epoch = 0;
    while trainer.status() == TrainingStatus::Running && !is_stopped.load(Ordering::Relaxed) {
        let status = trainer.step();
        let metrics = trainer.metrics();
        if metrics.epoch > epoch && !matches!(status, TrainingStatus::Diverged(_)) {
            epoch = metrics.epoch;
            after_epoch(trainer);
        }
    }
}

impl FigureTrainingArgs {
    /// Gives the document the data that the options name. Data is required if a panel or the option
    /// `needed_by` needs it; it must fit the network.
    ///
    /// # Errors
    /// Returns an error if required data is missing, the data can’t be read, or the network doesn’t fit it.
    pub(crate) fn prepare(
        &self,
        session: &mut Session,
        panels: &[Pane],
        needed_by: Option<&str>,
    ) -> anyhow::Result<Option<TrainingJob>> {
        let panel_needing_data = panels
            .iter()
            .find(|panel| needed_by.is_none() && panel.needs_data());
        if panel_needing_data.is_none() && needed_by.is_none() && !self.data.is_given() {
            if let Some(option) = self.data.table.first_given().filter(|_| !self.data.has_rows) {
                bail!("{option} is for tables, as in --data FILE.csv");
            }
            return Ok(None);
        }
        let job = self
            .data
            .training_job(session.document(), &self.hyperparameters)
            .map_err(|e| match (panel_needing_data, needed_by) {
                _ if self.data.is_given() => e,
                (Some(panel), _) => anyhow!("--pane {}: {e}", panel.name()),
                (None, Some(option)) => anyhow!("{option}: {e}"),
                (None, None) => e,
            })?;
        session.apply(Edit::SetTrainingSetup(Some(Arc::clone(&job.setup))))?;
        if let Some(Err(reason)) = Insight::new(session).metrics(session) {
            bail!("{reason}");
        }
        Ok(Some(job))
    }

    /// Trains a copy of the document’s network and keeps the knobs at the epochs for which `is_kept` is true.
    ///
    /// # Errors
    /// Returns an error in the same cases as [`new_trainer`], and if training is stopped.
    pub(crate) fn train(
        document: &Document,
        job: &TrainingJob,
        is_stopped: &AtomicBool,
        is_kept: impl Fn(usize) -> bool,
    ) -> anyhow::Result<TrainingResult> {
        let mut trainer = new_trainer(document, job)?;
        let epochs = job.setup.config().epochs;
        let mut progress = Progress::for_terminal("epoch", epochs);
        let mut all_metrics = Vec::new();
        let mut kept_knobs = Vec::new();
        // The checkpoints form the path through the loss landscape.
        let checkpoint_interval = epochs.div_ceil(MAX_CHECKPOINTS).max(1);
        let mut checkpoints = Vec::new();
        let keeps_checkpoints = document.network.architecture().knob_count() <= MAX_CHECKPOINT_KNOBS;
        run_epochs(&mut trainer, is_stopped, |trainer| {
            let metrics = trainer.metrics();
            all_metrics.push(metrics);
            let is_checkpoint = keeps_checkpoints && metrics.epoch.is_multiple_of(checkpoint_interval);
            if is_checkpoint || is_kept(metrics.epoch) {
                let mut knobs = document.network.knobs().to_vec();
                trainer.copy_raw_knobs_to(&mut knobs);
                if is_checkpoint {
                    checkpoints.push(Checkpoint {
                        epoch: metrics.epoch,
                        knobs: knobs.as_slice().into(),
                        trainer_state: None,
                    });
                }
                if is_kept(metrics.epoch) {
                    kept_knobs.push((metrics.epoch, knobs));
                }
            }
            if let Some(progress) = &mut progress {
                progress.show(metrics.epoch, |is_short| {
                    training_details(metrics, trainer.learning_rate(), is_short)
                });
            }
        });
        if is_stopped.load(Ordering::Relaxed) {
            bail!("stopped; nothing was written");
        }
        if let Some(progress) = &mut progress {
            progress.clear();
        }
        let state = match trainer.status() {
            TrainingStatus::Diverged(divergence) => RunState::Diverged(divergence),
            TrainingStatus::Stopped(reason) => RunState::Stopped(reason),
            _ => RunState::Done,
        };
        for diagnosis in Diagnosis::from_trainer(&trainer) {
            output::print_error_line(&format!("note: {}", diagnosis.message(Messages::ENGLISH)));
        }
        let mut run = finished_run(all_metrics);
        run.state = state;
        run.current_branch.loss = Some(job.loss);
        run.current_branch.checkpoints = Arc::new(checkpoints);
        let mut knobs = document.network.knobs().to_vec();
        trainer.copy_raw_knobs_to(&mut knobs);
        Ok(TrainingResult {
            run,
            kept_knobs,
            knobs,
        })
    }

    /// Trains a copy of the document’s network to the end, without keeping knobs of earlier epochs.
    ///
    /// # Errors
    /// Returns an error in the same cases as [`Self::train`].
    pub(crate) fn train_all(document: &Document, job: &TrainingJob) -> anyhow::Result<TrainingResult> {
        Self::train(document, job, &AtomicBool::new(false), |_| false)
    }
}

/// Returns a finished run with these metrics.
fn finished_run(all_metrics: Vec<EpochMetrics>) -> TrainingRun {
    TrainingRun {
        state: RunState::Done,
        current_epoch: all_metrics.last().map_or(0, |metrics| metrics.epoch),
        current_branch: Branch {
            metrics: Arc::new(all_metrics),
            ..Branch::default()
        },
        ..TrainingRun::default()
    }
}

/// Reads a run from a log that `train --log` wrote.
///
/// # Errors
/// Returns an error with the file, the line and the column if the file can’t be read or is no training log.
pub(crate) fn run_from_log(path: &Path) -> anyhow::Result<TrainingRun> {
    let text = file::read_text(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()));
    if lines.next().map(|(_, header)| header) != Some(LOG_HEADER) {
        bail!(
            "{}, line 1: this is not a training log, which begins with {LOG_HEADER}; write one with train --log",
            path.display()
        );
    }
    let mut all_metrics: Vec<EpochMetrics> = Vec::new();
    for (line, cells) in lines.filter(|(_, line)| !line.is_empty()) {
        let metrics = parse_log_line(cells).map_err(|e| anyhow!("{}, line {line}{e}", path.display()))?;
        if all_metrics
            .last()
            .is_some_and(|before| before.epoch >= metrics.epoch)
        {
            bail!(
                "{}, line {line}: epoch {} does not come after the epoch before; sort the rows",
                path.display(),
                metrics.epoch
            );
        }
        all_metrics.push(metrics);
    }
    if all_metrics.is_empty() {
        bail!(
            "{}: the log has no epochs; write one with train --log",
            path.display()
        );
    }
    Ok(finished_run(all_metrics))
}

/// Parses a line of a log. An error begins with its position within the line.
fn parse_log_line(cells: &str) -> anyhow::Result<EpochMetrics> {
    let cells: Vec<&str> = cells.split(',').map(str::trim).collect();
    let [epoch, ref numbers @ ..] = cells[..] else {
        bail!(": the line is empty; remove it");
    };
    let &[train, test, train_accuracy, accuracy] = numbers else {
        bail!(": the row has {} columns instead of 5", cells.len());
    };
    let epoch = epoch.parse().map_err(|_| {
        anyhow!(
            ", column 1: “{}” is not an epoch; write an integer ≥ 0",
            shortened(epoch)
        )
    })?;
    let number = |cell: &str, column: usize| match cell {
        "" => Ok(None),
        cell => parse_number(cell)
            .map(Some)
            .map_err(|e| anyhow!(", column {column}: {e}")),
    };
    let Some(loss) = number(train, 2)? else {
        bail!(", column 2: the loss is missing");
    };
    let accuracy = number(accuracy, 5)?;
    Ok(EpochMetrics {
        epoch,
        train: Metrics {
            loss,
            accuracy: number(train_accuracy, 4)?,
        },
        test: number(test, 3)?.map(|loss| Metrics { loss, accuracy }),
    })
}
