//! The state in which a lesson plays: its documents, and the instructions that change it.

use std::collections::BTreeSet;

use crate::formats::{Preset, json};
use crate::network::{Initialization, Knob};
use crate::session::{
    Adjustable, Document, Edit, ForwardStep, ForwardStride, Origin, SensitivityTarget, Session,
    TrainingConfig, ValueRange, View, ViewChange,
};
use crate::text::SharedText;

use super::instruction::{Change, Instruction};
use super::lesson::{Display, Lesson, LessonStep, Located, StartDocument, Tracks};
use super::problem::ProblemKind;
use super::source::{FolderError, LessonFolder};
use super::training::{TrainingGoal, TrainingRefusal, go_to_epoch, train};

/// A session in which a lesson plays.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) session: Session,
    /// The locks of the document that was loaded last, without those of a step.
    own_locks: BTreeSet<Knob>,
    /// The multiply-adds of all training so far, approximately.
    work: f64,
}

/// A problem of carrying something out, with its line and the setting it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StageProblem {
    pub(super) line: usize,
    pub(super) key: Option<&'static str>,
    pub(super) kind: ProblemKind,
}

impl Stage {
    /// Creates the state that a lesson starts with, before its first step.
    pub(super) fn new(lesson: &Lesson) -> Result<Self, StageProblem> {
        let head = &lesson.head;
        let folder = &lesson.source.folder;
        let line = head.start.line;
        let problem = |kind| StageProblem {
            line,
            key: Some("start"),
            kind,
        };
        let document = match &head.start.value {
            StartDocument::Preset(name) => preset(name),
            StartDocument::File(name) => document_file(name, folder),
            StartDocument::Here(text) => json::read(text)
                .map_err(|error| ProblemKind::Document(SharedText::new(error)))
                .and_then(|document| checked(document, "json")),
        };
        let mut stage = Self::of_document(document.map_err(problem)?, None);
        stage.carry_out_all(&head.set, "set", folder)?;
        stage.display(&head.display)?;
        stage.begin();
        Ok(stage)
    }

    fn of_document(document: Document, view: Option<&View>) -> Self {
        let own_locks = document.locked.clone();
        let mut session = Session::open(document, Origin::Untitled);
        if let Some(view) = view {
            let fresh = session.view().clone();
            let kept = View {
                decimals: view.decimals,
                knob_layout: view.knob_layout,
                code_language: view.code_language,
                epochs_per_second: view.epochs_per_second,
                has_knob_profiles: view.has_knob_profiles,
                has_log_loss_axis: view.has_log_loss_axis,
                ..fresh
            };
            session = Session::open_with_view(session.document().clone(), Origin::Untitled, kept);
        }
        Self {
            session,
            own_locks,
            work: 0.0,
        }
    }

    /// Begins the undo history anew, so that undo doesn't leave the step and reverting goes to its start.
    fn begin(&mut self) {
        let run = self.session.run().clone();
        let document = self.session.document().clone();
        let view = self.session.view().clone();
        self.session = Session::open_with_view(document, Origin::Untitled, view);
        if run != Default::default() {
            // It has no knobs of its own, so it is never refused.
            let _ = super::training::apply(&mut self.session, None, run);
        }
        let version = self.session.history().version();
        self.session.mark_saved(version, Origin::Untitled);
    }

    /// Returns the start of a step that follows this state.
    pub(super) fn enter(&self, step: &LessonStep, folder: &LessonFolder) -> Result<Self, StageProblem> {
        let setup = &step.setup;
        let mut stage = match &setup.document {
            Some(Located { line, value }) => {
                let document = named_document(value, folder).map_err(|kind| StageProblem {
                    line: *line,
                    key: Some("document"),
                    kind,
                })?;
                Self {
                    work: self.work,
                    ..Self::of_document(document, Some(self.session.view()))
                }
            }
            None => self.clone(),
        };
        stage.unlock();
        stage.carry_out_all(&setup.set, "set", folder)?;
        stage.display(&setup.display)?;
        if let Some(overlay) = &setup.overlay {
            stage.overlay(overlay, folder)?;
        }
        let architecture = stage.session.architecture();
        let locks = match &setup.free {
            None => stage.own_locks.clone(),
            Some(free) => architecture
                .knobs()
                .filter(|knob| !free.iter().any(|free| free.value.contains(*knob)))
                .collect(),
        };
        stage.set_locks(&locks);
        stage.begin();
        Ok(stage)
    }

    /// Unlocks all knobs.
    pub(super) fn unlock(&mut self) {
        self.set_locks(&BTreeSet::new());
    }

    fn set_locks(&mut self, locks: &BTreeSet<Knob>) {
        let mut document = self.session.document().clone();
        let has = |knob: &&Knob| document.network.architecture().contains(**knob);
        document.locked = locks.iter().filter(has).copied().collect();
        if document.locked != self.session.document().locked {
            let run = self.session.run().clone();
            // Replacing the document is never refused.
            let _ = self.session.apply(Edit::LoadDocument(Box::new(document)));
            if run != *self.session.run() {
                let _ = super::training::apply(&mut self.session, None, run);
            }
        }
    }

    /// Applies display settings.
    fn display(&mut self, display: &Display) -> Result<(), StageProblem> {
        let view = |session: &mut Session, line: usize, key: &'static str, change: ViewChange| {
            let text = key.to_owned();
            session.apply(change).map_err(|refusal| StageProblem {
                line,
                key: Some(key),
                kind: ProblemKind::Refused(text, SharedText::new(refusal)),
            })
        };
        let session = &mut self.session;
        if let Some(select) = display.select {
            view(session, select.line, "select", ViewChange::Select(select.value))?;
        }
        if let Some(axis) = display.axis {
            view(session, axis.line, "axis", ViewChange::Sweep(axis.value))?;
        }
        if let Some(tracks) = display.tracks {
            let Located { line, value: tracks } = tracks;
            let target = match tracks {
                Tracks::Output | Tracks::Nothing => SensitivityTarget::Selected,
                Tracks::Loss => SensitivityTarget::Loss,
            };
            let is_shown = tracks != Tracks::Nothing;
            view(session, line, "tracks", ViewChange::SetSensitivityTarget(target))?;
            view(session, line, "tracks", ViewChange::ShowKnobProfiles(is_shown))?;
        }
        Ok(())
    }

    /// Shows the step's start with some changes behind the current state.
    fn overlay(
        &mut self,
        overlay: &[Located<Instruction>],
        folder: &LessonFolder,
    ) -> Result<(), StageProblem> {
        let mut other = self.clone();
        other.carry_out_all(overlay, "overlay", folder)?;
        let mut document = self.session.document().clone();
        if other.session.document().network.knobs().len() != document.network.knobs().len() {
            return Ok(());
        }
        let state = crate::session::SavedState::from_document(other.session.document(), String::new());
        document.snapshots = vec![state];
        let run = self.session.run().clone();
        let _ = self.session.apply(Edit::LoadDocument(Box::new(document)));
        if run != *self.session.run() {
            let _ = super::training::apply(&mut self.session, None, run);
        }
        let _ = self.session.apply(ViewChange::ShowSnapshot(Some(0)));
        Ok(())
    }

    /// Carries out instructions in order.
    pub(super) fn carry_out_all(
        &mut self,
        instructions: &[Located<Instruction>],
        key: &'static str,
        folder: &LessonFolder,
    ) -> Result<(), StageProblem> {
        for Located { line, value } in instructions {
            self.carry_out(value, folder).map_err(|kind| StageProblem {
                line: *line,
                key: Some(key),
                kind,
            })?;
        }
        Ok(())
    }

    /// Carries out an instruction.
    pub(super) fn carry_out(
        &mut self,
        instruction: &Instruction,
        folder: &LessonFolder,
    ) -> Result<(), ProblemKind> {
        let text = instruction.text();
        let refused = |reason: SharedText| ProblemKind::Refused(text.to_owned(), reason);
        let trained = |result: Result<(), TrainingRefusal>| {
            result.map_err(|refusal| match refusal {
                TrainingRefusal::TooLong => ProblemKind::TooMuchTraining(text.to_owned()),
                TrainingRefusal::Failed(reason) => refused(reason),
            })
        };
        let session = &mut self.session;
        let action = match &instruction.change {
            Change::Value(target, value) => {
                super::address::check(*target, session)?;
                if let Adjustable::Knob(knob) = target
                    && session.document().locked.contains(knob)
                {
                    return Err(ProblemKind::LockedKnob(text.to_owned(), knob.to_string()));
                }
                Edit::Set {
                    target: *target,
                    value: *value,
                }
            }
            Change::Hyperparameter(hyperparameter, value) => Edit::from_entry(
                session.document(),
                Adjustable::Hyperparameter(*hyperparameter),
                value,
            )
            .map_err(|error| refused(SharedText::new(error)))?
            .ok_or_else(|| refused(SharedText::new(crate::session::ActionError::NoData)))?,
            Change::Optimizer(optimizer) => {
                let no_data = || refused(SharedText::new(crate::session::ActionError::NoData));
                let setup = session.setup().ok_or_else(no_data)?;
                let config = TrainingConfig {
                    optimizer: *optimizer,
                    ..setup.config().clone()
                };
                let setup = setup.with_config(config);
                let setup = setup.map_err(|error| refused(SharedText::new(error)))?;
                Edit::SetTrainingSetup(Some(std::sync::Arc::new(setup)))
            }
            Change::Activation {
                layer,
                neuron,
                activation,
            } => Edit::SetActivation {
                layer: *layer,
                neuron: *neuron,
                activation: *activation,
            },
            Change::Cell(setting, value) => Edit::SetCell {
                setting: *setting,
                value: *value,
                gesture: None,
            },
            Change::Range { target, ends } => {
                super::address::check(*target, session)?;
                let range = ValueRange {
                    min: ends[0],
                    max: ends[1],
                    step: session.document().range(*target).step,
                };
                Edit::SetRange {
                    target: *target,
                    range,
                }
            }
            Change::Document(name) => {
                let document = named_document(name, folder)?;
                *self = Self {
                    work: self.work,
                    ..Self::of_document(document, Some(self.session.view()))
                };
                return Ok(());
            }
            Change::Initialize { initializer, seed } => Edit::Initialize(Initialization {
                initializer: *initializer,
                seed: *seed,
                has_random_biases: false,
            }),
            Change::Train(epochs) => {
                return trained(train(session, TrainingGoal::Epochs(*epochs), &mut self.work));
            }
            Change::Update(batches) => {
                return trained(train(session, TrainingGoal::Batches(*batches), &mut self.work));
            }
            Change::GoToEpoch(epoch) => return trained(go_to_epoch(session, *epoch)),
            Change::Forward(steps) => {
                let step = forward_step(session, *steps);
                let applied = session.apply(ViewChange::StepTo(Some(step)));
                return applied.map_err(|refusal| refused(SharedText::new(refusal)));
            }
        };
        session
            .apply(action)
            .map_err(|refusal| refused(SharedText::new(refusal)))
    }
}

/// Returns the position after some steps; the first one goes to the first product.
fn forward_step(session: &Session, steps: usize) -> ForwardStep {
    let (mut step, remaining) = match session.view().forward_step {
        Some(step) => (step, steps),
        None => (ForwardStep::FIRST, steps.saturating_sub(1)),
    };
    for _ in 0..remaining {
        match step.next(session.architecture(), ForwardStride::Product) {
            Some(next) => step = next,
            None => break,
        }
    }
    step
}

/// Returns a document by its name in `document`: a preset, or a file of the folder.
pub(super) fn named_document(name: &str, folder: &LessonFolder) -> Result<Document, ProblemKind> {
    if Preset::from_name(name).is_some() {
        return preset(name);
    }
    let file = match name.ends_with(".json") {
        true => name.to_owned(),
        false => format!("{name}.json"),
    };
    match document_file(&file, folder) {
        Err(ProblemKind::MissingFile(_)) => Err(ProblemKind::MissingDocument(
            name.trim_end_matches(".json").to_owned(),
        )),
        result => result,
    }
}

fn preset(name: &str) -> Result<Document, ProblemKind> {
    let Some(preset) = Preset::from_name(name) else {
        let names = Preset::ALL.map(|preset| preset.name).to_vec();
        return Err(ProblemKind::UnknownPreset(name.to_owned(), names));
    };
    preset
        .document()
        .map_err(|error| ProblemKind::Document(SharedText::new(error)))
}

fn document_file(name: &str, folder: &LessonFolder) -> Result<Document, ProblemKind> {
    let bytes = folder.read(name).map_err(|error| match error {
        FolderError::Outside => ProblemKind::OutsideFolder(name.to_owned()),
        FolderError::Missing => ProblemKind::MissingFile(name.to_owned()),
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let document = json::read(text).map_err(|error| ProblemKind::Document(SharedText::new(error)))?;
    checked(document, name)
}

/// Refuses a document whose data is in a file.
fn checked(document: Document, name: &str) -> Result<Document, ProblemKind> {
    let setup = document.training_setup.as_ref();
    match setup.is_some_and(|setup| setup.config().source.is_file()) {
        true => Err(ProblemKind::DocumentWithDataFile(name.to_owned())),
        false => Ok(document),
    }
}
