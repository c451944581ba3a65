//! The duel of the hand against gradient descent: who has the clock, and the rival’s thread.

use std::sync::Arc;

use egui::Context;

use neurodial_core::session::duel::Shot;
use neurodial_core::session::run::Line;
use neurodial_core::session::{Action, Course, Gesture, RunState, Session};

use super::coach::{Architecture, Order, Post, Room, architecture, settings};

/// The other side of a duel: gradient descent from the same start, in a thread of its own.
#[derive(Debug)]
pub struct Rival {
    post: Post,
    /// In seconds of the window’s clock.
    began: f64,
    /// The document’s version that was measured last.
    version: u64,
    architecture: Architecture,
    turns: usize,
    /// The gesture of the turn that was counted last.
    gesture: Option<Gesture>,
}

impl Rival {
    /// Gradient descent begins at the session’s knobs, at a time of the window’s clock.
    /// `None` without data.
    pub fn new(ctx: &Context, session: &Session, course: &Course, now: f64) -> Option<Self> {
        let material = course.material().ok()?;
        let room = Room::new(session, material, settings(course, session), Line::default(), 0);
        let mut post = room.open(ctx);
        post.send(Order::Play);
        Some(Self {
            post,
            began: now,
            version: session.history().version(),
            architecture: architecture(session),
            turns: 0,
            gesture: None,
        })
    }

    /// Whether both still turn the same knobs.
    pub fn is_of(&self, session: &Session) -> bool {
        self.architecture == architecture(session)
    }

    /// A hand has turned a knob.
    pub fn count_turn(&mut self, gesture: Option<Gesture>) {
        if gesture.is_none() || gesture != self.gesture {
            self.turns += 1;
        }
        self.gesture = gesture;
    }

    /// The duel as it stands at a time of the window’s clock; `loss` is the hand’s now.
    pub fn follow(&mut self, session: &Session, loss: f64, now: f64) -> Option<Action> {
        let mut duel = session.duel()?.as_ref().clone();
        let seconds = now - self.began;
        let version = session.history().version();
        if version != self.version {
            self.version = version;
            let shot = Shot {
                seconds,
                turns: self.turns,
                loss,
            };
            duel.hand_is_at(shot);
        }
        if let Some(news) = self.post.take() {
            let record = news.line.record_at(news.at);
            if let Some(record) = record.filter(|record| record.train.loss.is_finite()) {
                duel.machine_is_at(Shot {
                    seconds,
                    turns: record.epoch,
                    loss: record.train.loss,
                });
            }
            if let RunState::Refused(_) = news.state {
                duel.is_on = false;
            }
        }
        let is_news = duel != **session.duel()?;
        is_news.then(|| Action::TakeDuel(Some(Arc::new(duel))))
    }

    /// The time of the duel, at a time of the window’s clock.
    pub fn end(self, session: &Session, now: f64) -> Option<Action> {
        let mut duel = session.duel()?.as_ref().clone();
        let seconds = now - self.began;
        duel.is_on = false;
        // Both curves end together.
        let [hand, machine] = [&duel.hand, &duel.machine].map(|shots| shots.last().copied());
        if let (Some(hand), Some(machine)) = (hand, machine) {
            duel.hand_is_at(Shot { seconds, ..hand });
            duel.machine_is_at(Shot { seconds, ..machine });
        }
        Some(Action::TakeDuel(Some(Arc::new(duel))))
    }
}
