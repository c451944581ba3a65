//! Training as a part of a sample solution: at once, with the same result as in the window.

use std::sync::Arc;

use crate::session::{
    ActionError, Edit, Gesture, RunRecorder, RunState, Session, TrainingRun, TrainingUpdate,
};
use crate::text::SharedText;
use crate::training::{Trainer, TrainingStatus};

/// The largest number of multiply-adds of all training from the start of a lesson, approximately: some seconds.
const MAX_WORK: f64 = 1e10;
/// The gesture of the changes, which is none of the window's.
const GESTURE: Gesture = Gesture(u64::MAX - 1);

/// The end of training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrainingGoal {
    /// After a number of epochs.
    Epochs(usize),
    /// After a number of mini-batches.
    Batches(usize),
}

/// The reason why an instruction can't train.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TrainingRefusal {
    /// It would take too long.
    TooLong,
    /// Training can't begin, for this reason.
    Failed(SharedText),
}

/// Trains the session's network. A run continues if its knobs are still the current ones. `work` is what was trained
/// before, and grows.
pub(super) fn train(
    session: &mut Session,
    goal: TrainingGoal,
    work: &mut f64,
) -> Result<(), TrainingRefusal> {
    let failed = |reason: SharedText| TrainingRefusal::Failed(reason);
    let setup = session.setup().cloned();
    let setup = setup.ok_or_else(|| failed(SharedText::new(ActionError::NoData)))?;
    let split = setup.split().map_err(|reason| failed(reason.clone()))?;
    let document = session.document();
    let architecture = document.network.architecture();
    let mut hyperparameters = setup.hyperparameters(&architecture.layers()[architecture.last_layer()]);
    let samples = split.train.sample_count();
    let batch = hyperparameters.batch_size.unwrap_or(samples).min(samples);
    let trained = match goal {
        TrainingGoal::Epochs(epochs) => epochs as f64 * samples as f64,
        TrainingGoal::Batches(batches) => batches as f64 * batch as f64,
    };
    *work += 3.0 * trained * architecture.knob_count() as f64;
    if *work > MAX_WORK {
        return Err(TrainingRefusal::TooLong);
    }

    let mut run = session.run().clone();
    let state =
        trainer_state(session, &run).filter(|_| run.current_branch.loss == Some(hyperparameters.loss));
    if state.is_some() {
        run.branch_off();
    } else {
        run = TrainingRun::default();
    }
    let first_epoch = run.current_epoch;
    let last_epoch = match goal {
        TrainingGoal::Epochs(epochs) => first_epoch.saturating_add(epochs),
        TrainingGoal::Batches(_) => usize::MAX,
    };
    // The config's number of epochs shapes a learning-rate schedule.
    let needed = match goal {
        TrainingGoal::Epochs(_) => last_epoch,
        TrainingGoal::Batches(batches) => first_epoch + batches.div_ceil(samples.div_ceil(batch).max(1)),
    };
    hyperparameters.epochs = hyperparameters.epochs.max(needed);
    let mut trainer = Trainer::new(
        &document.network,
        &document.locked,
        (&split.train, split.test.as_ref()),
        split.scaling.clone(),
        hyperparameters,
    )
    .map_err(|error| failed(SharedText::new(error)))?;
    trainer.set_epoch(first_epoch);
    if let Some(state) = &state {
        trainer.resume(state);
    }

    let mut recorder = RunRecorder::new(&trainer, std::mem::take(&mut run.current_branch));
    let mut batches = 0;
    let mut epoch = first_epoch;
    while trainer.status() == TrainingStatus::Running
        && epoch < last_epoch
        && !matches!(goal, TrainingGoal::Batches(limit) if batches >= limit)
    {
        trainer.step();
        batches += 1;
        if trainer.is_between_epochs() {
            epoch = trainer.metrics().epoch;
            recorder.record_epoch(&trainer);
        }
    }
    run.state = match trainer.status() {
        TrainingStatus::Running => RunState::Paused,
        TrainingStatus::Done => RunState::Done,
        TrainingStatus::Stopped(reason) => RunState::Stopped(reason),
        TrainingStatus::Diverged(divergence) => RunState::Diverged(divergence),
    };
    run.current_branch = recorder.branch(trainer.state());
    run.current_epoch = trainer.metrics().epoch;
    apply(session, Some(RunRecorder::knobs_of(&trainer)), run)
}

/// Goes to the checkpoint nearest to an epoch.
pub(super) fn go_to_epoch(session: &mut Session, epoch: usize) -> Result<(), TrainingRefusal> {
    let mut run = session.run().clone();
    let Some(checkpoint) = run.current_branch.nearest_checkpoint(epoch) else {
        return Err(TrainingRefusal::Failed(SharedText::new(ActionError::NoData)));
    };
    let knobs = checkpoint.knobs.to_vec();
    run.current_epoch = checkpoint.epoch;
    run.state = RunState::Paused;
    apply(session, Some(knobs), run)
}

/// Gives the session a run of training, with its knobs or without.
pub(super) fn apply(
    session: &mut Session,
    knobs: Option<Vec<f64>>,
    run: TrainingRun,
) -> Result<(), TrainingRefusal> {
    let update = TrainingUpdate {
        knobs,
        gesture: GESTURE,
        run: Arc::new(run),
    };
    let applied = session.apply(Edit::ApplyTraining(update));
    applied.map_err(|refusal| TrainingRefusal::Failed(SharedText::new(refusal)))
}

/// Returns the state with which training continues bit for bit from the current knobs.
fn trainer_state(session: &Session, run: &TrainingRun) -> Option<Arc<crate::training::TrainerState>> {
    let knobs = session.document().network.knobs();
    let mut checkpoints = run.current_branch.checkpoints.iter();
    let checkpoint = checkpoints.find(|checkpoint| checkpoint.epoch == run.current_epoch)?;
    let same = checkpoint.knobs.iter().zip(knobs);
    let is_same = checkpoint.knobs.len() == knobs.len()
        && same
            .into_iter()
            .all(|(saved, now)| saved.to_bits() == now.to_bits());
    checkpoint.trainer_state.clone().filter(|_| is_same)
}
