//! Who trains, and what hands do meanwhile.

use std::sync::Arc;

use egui::Context;

use neurodial_core::network::Knob;
use neurodial_core::session::course::Material;
use neurodial_core::session::{Action, Coaching, Course, Duel, Gesture, Refusal, RunState, Subject, Target};

use super::App;
use super::duel::Rival;
use super::files::Purpose;

/// While nothing else happens the clock of a duel is seen to go on this often.
const TICK: std::time::Duration = std::time::Duration::from_millis(100);

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
            // And so do settings that are changed meanwhile; other data is a step of its own.
            (Action::SetCourse(Some(course)) | Action::DragCourse { course, .. }, Some(gesture))
                if self.is_of_same_data(&course) =>
            {
                Action::DragCourse { course, gesture }
            }
            (action, _) => action,
        };
        let version = self.session.history().version();
        let locked = self.session.document().locked.clone();
        let material = self.material();
        self.session.apply(action)?;
        let is_same_material = match (&material, &self.material()) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        if !is_same_material {
            self.rival = None;
            // The session has kept a run that goes on with other data, and cleared any other.
            match self.session.run().state {
                RunState::Playing => self.coach.leave(),
                _ => self.coach.forget(),
            }
        } else if effect == Effect::Course {
            if let Some(course) = self.session.course() {
                self.coach.change(course, &self.session);
            }
        } else if let Effect::Pace(pace) = effect {
            self.coach.set_pace(pace);
        } else if self.session.history().version() != version {
            match effect {
                Effect::Knob(knob, gesture) => {
                    if let Some(rival) = &mut self.rival {
                        rival.count_turn(gesture);
                    }
                    let value = self.session.document().value(knob.into()).unwrap_or(0.0);
                    self.coach.turn(knob, value, gesture.is_some());
                }
                Effect::Locks => self.coach.lock(&locked, &self.session),
                Effect::Beside | Effect::Pace(_) => {}
                Effect::Course | Effect::Network => {
                    if let Some(ended) = self.coach.end(&self.session) {
                        self.session.apply(ended)?;
                    }
                    self.check_duel()?;
                }
            }
        }
        Ok(())
    }

    /// Whether a run waits until nobody changes its data any more.
    fn waits_for_hands(&self) -> bool {
        self.session.run().state == RunState::Playing && !self.coach.is_playing(&self.session)
    }

    /// Goes on with data that was changed while training went on, when nobody is changing it any more.
    pub(super) fn resume(&mut self) {
        if self.waits_for_hands() && !self.hands.are_busy() {
            // A refusal would be told by the run itself.
            let _ = self.train(Coaching::PlayPause);
        }
    }

    fn is_of_same_data(&self, course: &Course) -> bool {
        match (self.material(), course.material()) {
            (Some(before), Ok(now)) => Arc::ptr_eq(&before, now),
            _ => false,
        }
    }

    fn material(&self) -> Option<Arc<Material>> {
        self.session.course()?.material().ok().map(Arc::clone)
    }

    /// Does what is asked of training.
    fn coach(&mut self, asked: Coaching) -> Result<(), Refusal> {
        match asked {
            Coaching::PlayPause if self.waits_for_hands() => {
                if let Some(paused) = self.coach.pause(&self.session) {
                    self.session.apply(paused)?;
                }
            }
            Coaching::OpenData => {
                let ctx = self.coach.ctx().clone();
                self.choose_file(&ctx, Purpose::Data, None);
            }
            Coaching::EditData => {
                let ctx = self.coach.ctx().clone();
                self.edit_data(&ctx);
            }
            Coaching::NewNetwork => self.carry_out(Action::NetworkForData)?,
            Coaching::Duel if self.rival.is_some() => self.end_duel()?,
            Coaching::Duel => self.begin_duel()?,
            Coaching::HandsBest => self.go_to_hands_best()?,
            Coaching::CloseDuel => self.close_duel()?,
            Coaching::PlayPause | Coaching::Epoch | Coaching::Step | Coaching::GoOnFromHand => {
                // Gradient descent goes on from where the hand is.
                self.close_duel()?;
                let asked = match asked {
                    Coaching::GoOnFromHand => Coaching::PlayPause,
                    asked => asked,
                };
                self.train(asked)?;
            }
            Coaching::Back | Coaching::GoTo(_) | Coaching::TakeUp(_) => self.train(asked)?,
        }
        Ok(())
    }

    fn train(&mut self, asked: Coaching) -> Result<(), Refusal> {
        let runs = self.coach.runs();
        if let Some(action) = self.coach.coach(asked, &self.session) {
            self.session.apply(action)?;
        }
        if self.coach.runs() > runs {
            // What a new run follows is the gradient of the loss: every knob shows its own.
            self.session.apply(Action::TellOf(Subject::Loss))?;
        }
        Ok(())
    }

    /// The hand and gradient descent begin at the present knobs.
    fn begin_duel(&mut self) -> Result<(), Refusal> {
        let ctx = self.coach.ctx().clone();
        self.insight.update(&self.session);
        let loss = match self.insight.score(&self.session) {
            Some(Ok(score)) if score.train.loss.is_finite() => score.train.loss,
            _ => return Ok(()),
        };
        if let Some(ended) = self.coach.end(&self.session) {
            self.session.apply(ended)?;
        }
        let Some(course) = self.session.course().cloned() else {
            return Ok(());
        };
        // It is a contest of its own: your best is the best in it.
        self.best = None;
        self.follow_best();
        let duel = Duel::new(loss, self.session.document().network.knobs().len());
        let now = ctx.input(|input| input.time);
        self.rival = Rival::new(&ctx, &self.session, &course, now);
        self.session.apply(Action::TakeDuel(Some(Arc::new(duel))))
    }

    /// Brings the duel to where both sides are.
    pub(super) fn follow_duel(&mut self, ctx: &Context) {
        if self.rival.is_none() {
            return;
        }
        self.insight.update(&self.session);
        let loss = match self.insight.score(&self.session) {
            Some(Ok(score)) => score.train.loss,
            // Data or network have gone.
            _ => f64::NAN,
        };
        let now = ctx.input(|input| input.time);
        if let Some(rival) = &mut self.rival
            && let Some(action) = rival.follow(&self.session, loss, now)
        {
            let _ = self.session.apply(action);
        }
        // The clock goes on also while nothing happens.
        ctx.request_repaint_after(TICK);
    }

    fn end_duel(&mut self) -> Result<(), Refusal> {
        let now = self.coach.ctx().input(|input| input.time);
        let ended = self.rival.take().and_then(|rival| rival.end(&self.session, now));
        ended.map_or(Ok(()), |ended| self.session.apply(ended))
    }

    fn close_duel(&mut self) -> Result<(), Refusal> {
        self.rival = None;
        match self.session.duel() {
            Some(_) => self.session.apply(Action::TakeDuel(None)),
            None => Ok(()),
        }
    }

    /// A duel of another architecture is over.
    fn check_duel(&mut self) -> Result<(), Refusal> {
        let knobs = self.session.document().network.knobs().len();
        let is_of_another = match (&self.rival, self.session.duel()) {
            (Some(rival), _) => !rival.is_of(&self.session),
            (None, Some(duel)) => duel.knobs != knobs,
            (None, None) => false,
        };
        if is_of_another { self.close_duel() } else { Ok(()) }
    }

    /// Back to the knobs of the hand’s least loss.
    fn go_to_hands_best(&mut self) -> Result<(), Refusal> {
        match &self.best {
            Some(best) => self.carry_out(Action::RecallKnobs(best.knobs_for(&self.session))),
            None => Ok(()),
        }
    }
}

/// What an action means for a run.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Effect {
    /// A hand turned a knob, in a gesture if it goes on.
    Knob(Knob, Option<Gesture>),
    /// Knobs were locked or unlocked.
    Locks,
    /// It goes on at another pace.
    Pace(Option<u32>),
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
            } => Self::Knob(*knob, *gesture),
            Action::Set {
                target: Target::Knob(knob),
                ..
            }
            | Action::Reset(Target::Knob(knob)) => Self::Knob(*knob, None),
            Action::SetLocked { .. } | Action::UnlockAll => Self::Locks,
            Action::SetPace(pace) => Self::Pace(*pace),
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
