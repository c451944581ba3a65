//! The whole session as it was at a pin, to stand beside the present one.

use crate::session::{Kept, Session, View};

use super::Insight;

/// A session at the state of a pin, under the present view, and all that is derived from it.
#[derive(Debug, Clone)]
pub struct Beside {
    kept: Kept,
    view: View,
    session: Session,
    insight: Insight,
}

impl Beside {
    /// That of the pin that the view shows, if it shows one.
    pub fn of(session: &Session) -> Option<Self> {
        let pin = session.view().pin?;
        let kept = session.document().pins.get(pin)?.clone();
        let there = session.at_pin(pin)?;
        Some(Self {
            kept,
            view: session.view().clone(),
            insight: Insight::new(&there),
            session: there,
        })
    }

    /// Whether it is still what [`Beside::of`] would give.
    pub fn is_of(&self, session: &Session) -> bool {
        let view = session.view();
        let pin = view.pin.and_then(|pin| session.document().pins.get(pin));
        // What is lit or stepped through moves nothing.
        let is_same_view = self.view == *view
            || View {
                held: None,
                step: None,
                ..self.view.clone()
            } == View {
                held: None,
                step: None,
                ..view.clone()
            };
        pin == Some(&self.kept) && is_same_view && self.session.blueprint() == session.blueprint()
    }

    /// The session as it was.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What is derived from it.
    pub fn insight(&self) -> &Insight {
        &self.insight
    }
}
