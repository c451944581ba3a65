//! Back and forth in the epochs of a run.

use egui::accesskit::{self, ActionData, ActionRequest};
use egui::{Key, Pos2};

use crate::canvas::{Motion, Part};
use neurodial_core::session::{Action, Coaching, Session};

/// How many moments Page Up and Page Down go.
const PAGE: isize = 10;

/// To the epoch where the pointer is.
pub(super) fn go_to(motion: Motion, pos: Pos2) -> Option<Action> {
    Some(Action::Coach(Coaching::GoTo(motion.epoch(pos)?)))
}

/// What a key does on the timeline; `epoch` is where it is, and where it is then.
pub(super) fn key(part: Part, key: Key, session: &Session, epoch: &mut usize) -> Option<Action> {
    if part != Part::Timeline {
        return None;
    }
    let line = &session.run().line;
    let beside = |steps| line.moment_beside(*epoch, steps).map(|moment| moment.epoch);
    *epoch = match key {
        Key::ArrowLeft => beside(-1)?,
        Key::ArrowRight => beside(1)?,
        Key::PageDown => beside(-PAGE)?,
        Key::PageUp => beside(PAGE)?,
        Key::Home => 0,
        Key::End => line.end(),
        Key::Space | Key::Enter => return Some(Action::Coach(Coaching::PlayPause)),
        _ => return None,
    };
    Some(Action::Coach(Coaching::GoTo(*epoch)))
}

/// What a screen reader asks of the timeline.
pub(super) fn asked(request: &ActionRequest, session: &Session) -> Option<Action> {
    let run = session.run();
    let beside = |steps| run.line.moment_beside(run.at, steps).map(|moment| moment.epoch);
    let epoch = match (request.action, &request.data) {
        (accesskit::Action::Increment, _) => beside(1)?,
        (accesskit::Action::Decrement, _) => beside(-1)?,
        (accesskit::Action::SetValue, Some(ActionData::NumericValue(value))) => value.max(0.0) as usize,
        (accesskit::Action::SetValue, Some(ActionData::Value(text))) => {
            neurodial_core::words::parse_number(text).ok()?.max(0.0) as usize
        }
        _ => return None,
    };
    Some(Action::Coach(Coaching::GoTo(epoch)))
}
