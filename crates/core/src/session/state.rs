//! Document, history and view together.
//!
//! | file | noun |
//! | --- | --- |
//! | `turn` | actions that give numbers other values |
//! | `learn` | actions of what is learned from, and of how training stands |
//! | `shape` | actions that give the network another shape, or its parts other names |
//! | `show` | actions that change what is looked at |
//! | `follow` | inputs that follow from others |
//! | `checks` | whether an action can be done |

mod checks;
mod follow;
mod learn;
mod shape;
mod show;
mod turn;

use std::path::PathBuf;
use std::sync::Arc;

use crate::network::{Blueprint, Knob};

use super::course::Material;
use super::history::Piece;
use super::{
    Action, Course, Document, Duel, Gesture, History, Refusal, Run, RunState, Target, View, features, keep,
    own_points, step,
};

/// The most decimals that numbers are shown with.
pub const MAX_DECIMALS: usize = 12;

/// Where a document came from, and so where saving writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A bundled preset; saving asks for a file.
    Preset(&'static str),
    /// A file; saving writes it.
    File(PathBuf),
    /// Made here, or rescued; saving asks for a file.
    Untitled,
}

/// What a person works on. [`Session::apply`] is the only thing that changes it.
#[derive(Debug, Clone)]
pub struct Session {
    document: Document,
    opened: Arc<Document>,
    history: History,
    view: View,
    origin: Origin,
    /// The version that is on disk; `None` if none is.
    saved_version: Option<u64>,
    run: Arc<Run>,
    duel: Option<Arc<Duel>>,
    /// Grows whenever run or duel change.
    lessons: u64,
    revision: u64,
    kept_revision: u64,
}

impl Session {
    /// A session that has just opened a document.
    pub fn open(mut document: Document, origin: Origin) -> Self {
        document.follow();
        let history = History::default();
        let saved_version = (origin != Origin::Untitled).then(|| history.version());
        Self {
            view: View::of(document.network.blueprint()),
            opened: Arc::new(document.clone()),
            document,
            history,
            origin,
            saved_version,
            run: Arc::default(),
            duel: None,
            lessons: 0,
            revision: 0,
            kept_revision: 0,
        }
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The document as it was opened.
    pub fn opened(&self) -> &Document {
        &self.opened
    }

    /// The architecture.
    pub fn blueprint(&self) -> &Blueprint {
        self.document.network.blueprint()
    }

    /// What can be undone and redone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What is selected and shown.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The data and the settings to train with, if any were chosen.
    pub fn course(&self) -> Option<&Arc<Course>> {
        self.document.course.as_ref()
    }

    fn material(&self) -> Option<Arc<Material>> {
        let material = self.course().and_then(|course| course.material().ok());
        material.map(Arc::clone)
    }

    /// How training stands.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// The same, to be kept.
    pub fn shared_run(&self) -> &Arc<Run> {
        &self.run
    }

    /// The duel of a hand against gradient descent, if there is one.
    pub fn duel(&self) -> Option<&Arc<Duel>> {
        self.duel.as_ref()
    }

    /// Where the document came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Grows whenever document or view change: whatever is derived from them is computed once a revision.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever pins, experiments or the architecture may have changed; stays while a number is turned.
    pub fn kept_revision(&self) -> u64 {
        self.kept_revision
    }

    /// Whether there are changes that no file has.
    pub fn is_unsaved(&self) -> bool {
        self.saved_version != Some(self.history.version())
    }

    /// Remembers that the state of `version` is now in `origin`. Changes made since then stay unsaved.
    pub fn mark_saved(&mut self, version: u64, origin: Origin) {
        self.saved_version = Some(version);
        self.origin = origin;
    }

    /// Says where the document came from, but that no file has its present state: it was rescued.
    pub fn mark_unsaved(&mut self, origin: Origin) {
        self.saved_version = None;
        self.origin = origin;
    }

    /// The one way to change anything.
    ///
    /// # Errors
    /// A [`Refusal`], one sentence; then nothing has changed.
    pub fn apply(&mut self, action: Action) -> Result<(), Refusal> {
        let before = (self.history.version(), self.lessons, self.view.clone());
        let is_about_numbers = matches!(
            action,
            Action::Turn { .. }
                | Action::Set { .. }
                | Action::Reset(_)
                | Action::SetKnobs(_)
                | Action::RecallKnobs(_)
                | Action::SetInputs(_)
        );
        let is_about_data = matches!(
            action,
            Action::SetCourse(_)
                | Action::DragCourse { .. }
                | Action::AddPoint { .. }
                | Action::MovePoint { .. }
                | Action::RemovePoint(_)
        );
        let material = self.material();
        self.carry_out(action)?;
        let is_same_material = match (&material, self.material()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, &now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same_material && (*self.run != Run::default() || self.duel.is_some()) {
            // What was learned was about other data, but what goes on goes on with that.
            let fits = |course: &Arc<Course>| course.fits(&self.document.network);
            if !(is_about_data && self.run.state == RunState::Playing && self.course().is_some_and(fits)) {
                self.run = Arc::default();
            }
            self.duel = None;
            self.lessons += 1;
        }
        if before.0 != self.history.version() && !is_about_numbers {
            self.kept_revision += 1;
        }
        self.view.settle(&self.document, self.document.course.is_some());
        if before != (self.history.version(), self.lessons, self.view.clone()) {
            self.revision += 1;
        }
        Ok(())
    }

    fn carry_out(&mut self, action: Action) -> Result<(), Refusal> {
        match action {
            Action::Turn {
                target,
                value,
                gesture,
            } => self.turn(target, value, gesture)?,
            Action::Set { target, value } => self.set_value("set", target, value, None)?,
            Action::SetMany(values) => self.set_many(&values)?,
            Action::Reset(target) => {
                let value = self.opened.value(target).unwrap_or(0.0);
                self.set_value("reset", target, value, None)?;
            }
            Action::SetRange { target, range } => self.set_range(target, range)?,
            Action::SetLocked { knob, locked } => self.set_locked(knob, locked)?,
            Action::UnlockAll => {
                let none = Piece::Locked(Default::default());
                self.change(|| "unlock all".into(), None, vec![none]);
            }
            Action::Initialise(how) => self.initialise(how)?,
            Action::RecallKnobs(values) => self.set_knobs("back to your best", values, None)?,
            Action::SetKnobs(values) => self.set_knobs("train", values, None)?,
            Action::SetInputs(inputs) => self.set_inputs(inputs)?,
            Action::SetCases(cases) => self.set_cases(cases)?,
            Action::SetCase { row, input, value } => self.set_case(row, input, value)?,

            Action::SetCourse(course) => self.set_course(course, None),
            Action::DragCourse { course, gesture } => self.set_course(Some(course), Some(gesture)),
            Action::NetworkForData => self.take_network_for_data()?,
            Action::SetFeatures(wanted) => features::set(self, wanted)?,
            Action::AddPoint { inputs, target } => own_points::add(self, inputs, target)?,
            Action::MovePoint {
                point,
                inputs,
                target,
                gesture,
            } => own_points::change(self, point, inputs, target, gesture)?,
            Action::RemovePoint(point) => own_points::remove(self, point)?,
            // Whoever trains is not here.
            Action::Coach(_) => {}
            Action::TakeLesson(lesson) => self.take_lesson(lesson)?,
            Action::TakeDuel(duel) => {
                self.duel = duel;
                self.lessons += 1;
            }

            Action::Pin(name) => keep::pin(self, name)?,
            Action::RenamePin { pin, name } => keep::rename_pin(self, pin, &name)?,
            Action::Unpin(pin) => keep::unpin(self, pin)?,
            Action::GoToPin(pin) => keep::go_to_pin(self, pin)?,
            Action::SwapPin(pin) => keep::swap_pin(self, pin)?,
            Action::Record(note) => keep::record(self, note)?,
            Action::AnnotateRecord { record, note } => keep::annotate(self, record, &note)?,
            Action::RemoveRecord(record) => keep::remove_record(self, record)?,
            Action::GoToRecord(record) => keep::go_to_record(self, record)?,

            Action::NameInput { input, name } => self.name_input(input, name)?,
            Action::NameNeuron { at, name } => self.name_neuron(at, name)?,
            Action::SetActivation {
                layer,
                neuron,
                activation,
            } => self.set_activation(layer, neuron, activation)?,
            Action::Operate(surgery) => self.operate(surgery)?,

            Action::StartOver => self.start_over(),
            Action::Undo => {
                if !self.history.undo(&mut self.document) {
                    return Err(Refusal::NothingToUndo);
                }
            }
            Action::Redo => {
                if !self.history.redo(&mut self.document) {
                    return Err(Refusal::NothingToRedo);
                }
            }

            Action::Select(at) => self.select(at)?,
            Action::Hold(target) => self.view.held = target,
            Action::Sweep(target) => self.sweep(target)?,
            Action::ShowQuantity(quantity) => {
                self.view.quantity = quantity;
                self.view.axes.y = None;
            }
            Action::ShowScope(scope) => {
                self.view.scope = scope;
                self.view.axes.y = None;
            }
            Action::SetAxes(axes) => self.set_axes(axes)?,
            Action::ShowPin(pin) => keep::show_pin(self, pin)?,
            Action::SetGuard(is_on) => keep::set_guard(self, is_on)?,
            Action::Step(at) => step::go_to(self, at)?,
            Action::Plot(columns) => self.view.plotted = columns,
            Action::SetDecimals(decimals) => self.view.decimals = decimals.min(MAX_DECIMALS),
            Action::MapOver(over) => self.map_over(over)?,
            Action::MapWhose(whose) => self.view.map_whose = whose,
            Action::ShowSmallMaps(shown) => self.view.has_small_maps = shown,
            Action::ShowFace(face) => self.view.face = face,
            Action::SetBrush(brush) if brush.is_finite() => self.view.brush = brush,
            Action::SetBrush(brush) => return Err(Refusal::Unsound(brush.to_string())),
            Action::SetPace(pace) => self.view.pace = pace,
            Action::ShowStrips(shown) => self.view.strips = shown,
            Action::LandscapeOver(across, up) => self.landscape_over(across, up)?,
            Action::ShowLogLoss(is_log) => self.view.log_loss = is_log,
            Action::ShowDuelByTurns(by_turns) => self.view.duel_by_turns = by_turns,
            Action::TellOf(subject) => self.tell_of(subject)?,
        }
        Ok(())
    }

    pub(super) fn view_mut(&mut self) -> &mut View {
        &mut self.view
    }

    pub(super) fn change(
        &mut self,
        label: impl FnOnce() -> String,
        gesture: Option<Gesture>,
        pieces: Vec<Piece>,
    ) {
        let pieces = self.followed(pieces);
        self.history.change(&mut self.document, label, gesture, pieces);
    }

    fn plain(&self, target: Target) -> String {
        target.symbol(self.blueprint()).plain()
    }

    /// Whether a knob still has the value with which it was opened.
    pub fn is_as_opened(&self, knob: Knob) -> bool {
        self.opened.value(knob.into()) == self.document.value(knob.into())
    }
}
