//! A whole session at the state of a snapshot, to compare with the current one.

use crate::session::{SavedState, Session, View};

use super::Insight;

/// A session at the state of a snapshot, with the current view, and everything that is derived from it.
#[derive(Debug, Clone)]
pub struct SnapshotSession {
    saved: SavedState,
    view: View,
    session: Session,
    insight: Insight,
}

impl SnapshotSession {
    /// Creates the session of the shown snapshot, or returns `None` if no snapshot is shown.
    pub fn from_session(session: &Session) -> Option<Self> {
        let snapshot = session.view().snapshot?;
        let saved = session.document().snapshots.get(snapshot)?.clone();
        let snapshot_session = session.at_snapshot(snapshot)?;
        Some(Self {
            saved,
            view: session.view().clone(),
            insight: Insight::new(&snapshot_session),
            session: snapshot_session,
        })
    }

    /// True if the session is still the one that [`SnapshotSession::from_session`] would return.
    pub(crate) fn is_current(&self, session: &Session) -> bool {
        let view = session.view();
        let snapshot = view
            .snapshot
            .and_then(|index| session.document().snapshots.get(index));
        // Highlighting and stepping through the forward pass change no value.
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

    /// Returns the session at the state of the snapshot.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Returns everything that is derived from the session at the state of the snapshot.
    pub fn insight(&self) -> &Insight {
        &self.insight
    }
}
