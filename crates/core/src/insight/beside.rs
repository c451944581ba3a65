//! The whole session as it was at a pin, to stand beside the present one.

use crate::session::{SavedState, Session, View};

use super::Insight;

/// A session at the state of a pin, under the present view, and all that is derived from it.
#[derive(Debug, Clone)]
pub struct SnapshotSession {
    saved: SavedState,
    view: View,
    session: Session,
    insight: Insight,
}

impl SnapshotSession {
    /// That of the pin that the view shows, if it shows one.
    pub fn from_session(session: &Session) -> Option<Self> {
        let snapshot = session.view().snapshot?;
        let saved = session.document().snapshots.get(snapshot)?.clone();
        let there = session.at_snapshot(snapshot)?;
        Some(Self {
            saved,
            view: session.view().clone(),
            insight: Insight::new(&there),
            session: there,
        })
    }

    /// Whether it is still what [`Beside::of`] would give.
    pub fn is_current(&self, session: &Session) -> bool {
        let view = session.view();
        let snapshot = view.snapshot.and_then(|pin| session.document().snapshots.get(pin));
        // What is lit or stepped through moves nothing.
        let is_same_view = self.view == *view
            || View {
                highlighted: None,
                forward_step: None,
                ..self.view.clone()
            } == View {
                highlighted: None,
                forward_step: None,
                ..view.clone()
            };
        snapshot == Some(&self.saved) && is_same_view && self.session.architecture() == session.architecture()
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
