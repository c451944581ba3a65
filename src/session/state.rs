//! Document, history and view together.
//!
//! | file | noun |
//! | --- | --- |
//! | `turn` | actions that give numbers other values |
//! | `checks` | whether an action can be done |

mod checks;
mod turn;

use std::path::PathBuf;
use std::sync::Arc;

use crate::network::{Blueprint, Follow, Knob};

use super::course::Material;
use super::history::Piece;
use super::{
    Action, Course, Document, Duel, Gesture, History, Refusal, Run, RunState, Subject, Target, View,
    document, features, keep, own_points, step,
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
            } => {
                self.check_target(target)?;
                if value.is_nan() {
                    return Err(Refusal::Unsound(value.to_string()));
                }
                let value = self.document.range(target).clamp(value);
                self.set_value("turn", target, value, gesture)?;
            }
            Action::Set { target, value } => self.set_value("set", target, value, None)?,
            Action::SetMany(values) => self.set_many(&values)?,
            Action::Reset(target) => {
                let value = self.opened.value(target).unwrap_or(0.0);
                self.set_value("reset", target, value, None)?;
            }
            Action::SetRange { target, range } => {
                self.check_target(target)?;
                if !range.is_sound() {
                    return Err(Refusal::Unsound(format!("{} to {}", range.min, range.max)));
                }
                let symbol = self.plain(target);
                let range = range.including(self.document.value(target).unwrap_or(0.0));
                let label = || format!("range of {symbol}");
                self.change(label, None, vec![Piece::Range(target, Some(range))]);
            }
            Action::SetLocked { knob, locked } => {
                self.check_target(knob.into())?;
                let mut all = self.document.locked.clone();
                if locked {
                    all.insert(knob);
                } else {
                    all.remove(&knob);
                }
                let verb = if locked { "lock" } else { "unlock" };
                let symbol = self.plain(knob.into());
                self.change(|| format!("{verb} {symbol}"), None, vec![Piece::Locked(all)]);
            }
            Action::UnlockAll => {
                self.change(
                    || "unlock all".into(),
                    None,
                    vec![Piece::Locked(Default::default())],
                );
            }
            Action::Initialise(how) => {
                keep::check_all_free(self)?;
                let blueprint = self.document.network.blueprint();
                let mut values = how.values(blueprint);
                for &knob in &self.document.locked {
                    if let (Some(index), Some(value)) =
                        (blueprint.index_of(knob), self.document.network.get(knob))
                    {
                        values[index] = value;
                    }
                }
                let label = || format!("initialise, {}", how.scheme);
                self.change(label, None, vec![Piece::Knobs(values)]);
            }
            Action::RecallKnobs(values) => {
                self.check_knobs(&values)?;
                self.change(|| "back to your best".into(), None, vec![Piece::Knobs(values)]);
            }
            Action::SetKnobs(values) => {
                self.check_knobs(&values)?;
                self.change(|| "train".into(), None, vec![Piece::Knobs(values)]);
            }
            Action::SetCourse(course) => {
                let label = course_label(self.course(), course.as_ref());
                self.change(|| label, None, vec![Piece::Course(course)]);
            }
            Action::DragCourse { course, gesture } => {
                let label = course_label(self.course(), Some(&course));
                self.change(|| label, Some(gesture), vec![Piece::Course(Some(course))]);
            }
            Action::NetworkForData => {
                let course = self.course().ok_or(Refusal::NoData)?;
                let reason = course.material().err().map(str::to_owned);
                let network = course.network().ok_or_else(|| {
                    Refusal::Data(reason.unwrap_or_else(|| "this data is too large for a network".to_owned()))
                })?;
                let label = || "a network for this data".into();
                self.change(label, None, vec![Piece::Document(Box::new(network))]);
                // What was selected and swept belonged to the network before.
                let fresh = View::of(self.blueprint());
                self.view.selected = fresh.selected;
                self.view.over = fresh.over;
                self.view.axes = fresh.axes;
            }
            Action::SetFeatures(wanted) => features::set(self, wanted)?,
            Action::AddPoint { inputs, target } => own_points::add(self, inputs, target)?,
            Action::MovePoint {
                point,
                inputs,
                target,
                gesture,
            } => own_points::change(self, point, inputs, target, gesture)?,
            Action::RemovePoint(point) => own_points::remove(self, point)?,
            Action::Coach(_) => {}
            Action::TakeLesson(lesson) => {
                if let Some(knobs) = lesson.knobs {
                    self.check_knobs(&knobs)?;
                    self.change(|| "train".into(), Some(lesson.gesture), vec![Piece::Knobs(knobs)]);
                }
                self.run = lesson.run;
                self.lessons += 1;
            }
            Action::TakeDuel(duel) => {
                self.duel = duel;
                self.lessons += 1;
            }
            Action::SetInputs(inputs) => {
                self.check_rows(std::slice::from_ref(&inputs))?;
                self.change(|| "choose inputs".into(), None, vec![Piece::Inputs(inputs)]);
            }
            Action::SetCases(cases) => {
                self.check_rows(&cases)?;
                let mut cases = cases;
                let features = self.document.features();
                cases.iter_mut().for_each(|case| features.follow(case));
                self.change(|| "change cases".into(), None, vec![Piece::Cases(cases)]);
            }
            Action::SetCase { row, input, value } => self.set_case(row, input, value)?,
            Action::Pin(name) => keep::pin(self, name)?,
            Action::RenamePin { pin, name } => keep::rename_pin(self, pin, &name)?,
            Action::Unpin(pin) => keep::unpin(self, pin)?,
            Action::GoToPin(pin) => keep::go_to_pin(self, pin)?,
            Action::SwapPin(pin) => keep::swap_pin(self, pin)?,
            Action::Record(note) => keep::record(self, note)?,
            Action::AnnotateRecord { record, note } => keep::annotate(self, record, &note)?,
            Action::RemoveRecord(record) => keep::remove_record(self, record)?,
            Action::GoToRecord(record) => keep::go_to_record(self, record)?,
            Action::NameInput { input, name } => {
                self.check_target(Target::Input(input))?;
                let mut network = self.document.network.clone();
                network.set_input_name(input, tidy_name(name));
                self.change_network(|| format!("name input {}", input + 1), network);
            }
            Action::NameNeuron { at, name } => {
                self.check_neuron(at.layer, at.neuron)?;
                let mut network = self.document.network.clone();
                network.set_neuron_name(at.layer, at.neuron, tidy_name(name));
                self.change_network(|| format!("name neuron {}", at.neuron + 1), network);
            }
            Action::SetActivation {
                layer,
                neuron,
                activation,
            } => {
                self.check_neuron(layer, neuron.unwrap_or(0))?;
                let mut network = self.document.network.clone();
                network.set_activation(layer, neuron, activation)?;
                self.change_network(|| format!("activation {activation}"), network);
            }
            Action::Operate(surgery) => {
                self.check_surgery(surgery)?;
                let operated = self.document.operated(surgery)?;
                self.change(
                    || surgery.to_string(),
                    None,
                    vec![Piece::Document(Box::new(operated))],
                );
            }
            Action::StartOver => {
                if !self.document.is_same_to_the_bit(&self.opened) {
                    let opened = Box::new((*self.opened).clone());
                    self.change(|| "start over".into(), None, vec![Piece::Document(opened)]);
                }
            }
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
            Action::Select(at) => {
                self.check_neuron(at.layer, at.neuron)?;
                self.view.selected = at;
                if self.view.step.is_some_and(|step| step.at() != at) {
                    step::go_to(self, Some(step::StepAt::of(at)))?;
                }
            }
            Action::Hold(target) => self.view.held = target,
            Action::Sweep(target) => {
                self.check_target(target)?;
                if self.view.over != target {
                    self.view.over = target;
                    self.view.axes.x = None;
                    self.view.axes.y = None;
                }
            }
            Action::ShowQuantity(quantity) => {
                self.view.quantity = quantity;
                self.view.axes.y = None;
            }
            Action::ShowScope(scope) => {
                self.view.scope = scope;
                self.view.axes.y = None;
            }
            Action::SetAxes(axes) => {
                let sound = |ends: Option<[f64; 2]>| {
                    ends.is_none_or(|[from, to]| {
                        from.is_finite() && to.is_finite() && from < to && (to - from).is_finite()
                    })
                };
                if !sound(axes.x) || !sound(axes.y) {
                    return Err(Refusal::Unsound("These axes".into()));
                }
                self.view.axes = axes;
            }
            Action::ShowPin(pin) => keep::show_pin(self, pin)?,
            Action::SetGuard(is_on) => keep::set_guard(self, is_on)?,
            Action::Step(at) => step::go_to(self, at)?,
            Action::Plot(columns) => self.view.plotted = columns,
            Action::SetDecimals(decimals) => self.view.decimals = decimals.min(MAX_DECIMALS),
            Action::MapOver(over) => {
                for target in over {
                    self.check_target(target)?;
                }
                if over[0] == over[1] {
                    return Err(Refusal::SameTwice);
                }
                self.view.map_over = over;
            }
            Action::MapWhose(whose) => self.view.map_whose = whose,
            Action::ShowSmallMaps(shown) => self.view.has_small_maps = shown,
            Action::ShowFace(face) => self.view.face = face,
            Action::SetBrush(brush) if brush.is_finite() => self.view.brush = brush,
            Action::SetBrush(brush) => return Err(Refusal::Unsound(brush.to_string())),
            Action::SetPace(pace) => self.view.pace = pace,
            Action::ShowStrips(shown) => self.view.strips = shown,
            Action::LandscapeOver(across, up) => {
                for knob in std::iter::once(across).chain(up) {
                    self.check_target(knob.into())?;
                }
                if up == Some(across) {
                    return Err(Refusal::SameTwice);
                }
                self.view.landscape_over = (across, up);
            }
            Action::ShowLogLoss(is_log) => self.view.log_loss = is_log,
            Action::ShowDuelByTurns(by_turns) => self.view.duel_by_turns = by_turns,
            Action::TellOf(subject) => {
                match subject {
                    Subject::Selected => {}
                    Subject::Output(output) => self.check_neuron(self.blueprint().last_layer(), output)?,
                    Subject::Loss if self.document.course.is_none() => return Err(Refusal::NoData),
                    Subject::Loss => {}
                }
                self.view.subject = subject;
            }
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

    /// With the inputs that follow from what the pieces change.
    fn followed(&self, mut pieces: Vec<Piece>) -> Vec<Piece> {
        let document = &self.document;
        let mut inputs = document.inputs.clone();
        let mut course = document.course.as_ref();
        let mut is_concerned = false;
        for piece in &mut pieces {
            match piece {
                Piece::Value(Target::Input(input), value) => {
                    is_concerned = true;
                    if let Some(slot) = inputs.get_mut(*input) {
                        *slot = *value;
                    }
                }
                Piece::Inputs(values) => {
                    is_concerned = true;
                    inputs.clone_from(values);
                }
                Piece::Course(other) => {
                    is_concerned = true;
                    course = other.as_ref();
                }
                Piece::Document(other) => other.follow(),
                _ => {}
            }
        }
        if !is_concerned {
            return pieces;
        }
        let before = inputs.clone();
        document.features_with(course).follow(&mut inputs);
        let follow: Vec<Piece> = before
            .iter()
            .zip(&inputs)
            .enumerate()
            .filter(|(_, (before, now))| before.to_bits() != now.to_bits())
            .map(|(input, (_, &now))| Piece::Value(Target::Input(input), now))
            .collect();
        for piece in &mut pieces {
            if let Piece::Inputs(values) = piece {
                values.clone_from(&inputs);
                return pieces;
            }
        }
        pieces.extend(follow);
        pieces
    }

    fn change_network(&mut self, label: impl FnOnce() -> String, network: crate::network::Network) {
        self.change(label, None, vec![Piece::Network(Box::new(network))]);
    }

    fn plain(&self, target: Target) -> String {
        target.symbol(self.blueprint()).plain()
    }

    /// Whether a knob still has the value with which it was opened.
    pub fn is_as_opened(&self, knob: Knob) -> bool {
        self.opened.value(knob.into()) == self.document.value(knob.into())
    }
}

/// What a change of the course is called in the menu of undo.
fn course_label(before: Option<&Arc<Course>>, now: Option<&Arc<Course>>) -> String {
    match now {
        Some(now) => now.choice().difference(before.map(|before| before.choice())),
        None => "no data".to_owned(),
    }
}

fn tidy_name(name: Option<String>) -> Option<String> {
    let name: String = name?
        .chars()
        .filter(|c| !c.is_control())
        .take(document::MAX_NAME)
        .collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
