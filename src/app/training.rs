//! Who trains, and what hands do meanwhile.

use crate::network::Knob;
use crate::session::{Action, Coaching, Refusal, Target};

use super::App;
use super::dialog::Then;

impl App {
    /// Brings the session to where training is.
    pub(super) fn take_lesson(&mut self) {
        if !self.hands.are_busy() {
            self.coach.let_go(&self.session);
        }
        if let Some(lesson) = self.coach.take(&self.session) {
            // It fits: all that could make it not fit has ended the run.
            let _ = self.session.apply(lesson);
        }
    }

    /// Does an action, and tells whoever trains of it.
    pub(super) fn carry_out(&mut self, action: Action) -> Result<(), Refusal> {
        if let Action::Coach(asked) = action {
            return self.coach(asked);
        }
        let effect = Effect::of(&action);
        let action = match (action, self.coach.gesture(&self.session)) {
            // What hands turn during a run belongs to its undo step.
            (Action::Turn { target, value, .. }, gesture @ Some(_)) => Action::Turn {
                target,
                value,
                gesture,
            },
            (action, _) => action,
        };
        let version = self.session.history().version();
        let locked = self.session.document().locked.clone();
        self.session.apply(action)?;
        if effect == Effect::Course {
            let ended = self.coach.end(&self.session);
            // New data has cleared the run, and then there is nothing to tell.
            if let Some(ended) = ended.filter(|_| !self.session.run().records.is_empty()) {
                self.session.apply(ended)?;
            }
        } else if self.session.history().version() != version {
            match effect {
                Effect::Knob(knob, is_held) => {
                    let value = self.session.document().value(knob.into()).unwrap_or(0.0);
                    self.coach.turn(knob, value, is_held);
                }
                Effect::Locks => self.coach.lock(&locked, &self.session),
                Effect::Beside => {}
                Effect::Course | Effect::Network => {
                    if let Some(ended) = self.coach.end(&self.session) {
                        self.session.apply(ended)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Does what is asked of training.
    fn coach(&mut self, asked: Coaching) -> Result<(), Refusal> {
        if asked == Coaching::NewNetwork {
            self.open_network_for_data();
        } else if let Some(action) = self.coach.coach(asked, &self.session) {
            self.session.apply(action)?;
        }
        Ok(())
    }

    /// Opens a network for the data, but asks first if the present one has unsaved changes.
    fn open_network_for_data(&mut self) {
        let document = self.session.course().and_then(|course| course.network());
        if let Some(document) = document {
            let ctx = self.coach.ctx().clone();
            self.leave_for(&ctx, Then::OpenNew(Box::new(document)));
        }
    }
}

/// What an action means for a run.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Effect {
    /// A hand turned a knob; whether it goes on.
    Knob(Knob, bool),
    /// Knobs were locked or unlocked.
    Locks,
    /// Nothing that is trained has changed.
    Beside,
    /// Other data or settings.
    Course,
    /// The network may be another one.
    Network,
}

impl Effect {
    fn of(action: &Action) -> Self {
        match action {
            Action::Turn {
                target: Target::Knob(knob),
                gesture,
                ..
            } => Self::Knob(*knob, gesture.is_some()),
            Action::Set {
                target: Target::Knob(knob),
                ..
            }
            | Action::Reset(Target::Knob(knob)) => Self::Knob(*knob, false),
            Action::SetLocked { .. } | Action::UnlockAll => Self::Locks,
            Action::SetCourse(_)
            | Action::DragCourse { .. }
            | Action::AddPoint { .. }
            | Action::MovePoint { .. }
            | Action::RemovePoint(_) => Self::Course,
            Action::Turn { .. }
            | Action::Set { .. }
            | Action::Reset(_)
            | Action::SetRange { .. }
            | Action::SetInputs(_)
            | Action::SetCases(_)
            | Action::SetCase { .. }
            | Action::Pin(_)
            | Action::RenamePin { .. }
            | Action::Unpin(_)
            | Action::Record(_)
            | Action::AnnotateRecord { .. }
            | Action::RemoveRecord(_)
            | Action::NameInput { .. }
            | Action::NameNeuron { .. } => Self::Beside,
            _ => Self::Network,
        }
    }
}
