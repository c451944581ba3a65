//! Back and forth in the epochs of a run.

use egui::accesskit::{self, ActionData, ActionRequest};
use egui::{Key, Pos2};

use crate::canvas::{DragMapping, Element};
use neurodial_core::session::{Action, TrainingCommand, Session};

/// How many moments Page Up and Page Down go.
const PAGE_CHECKPOINTS: isize = 10;

/// To the epoch where the pointer is.
pub(super) fn go_to_epoch_at(motion: DragMapping, pos: Pos2) -> Option<Action> {
    Some(Action::Training(TrainingCommand::GoToEpoch(motion.epoch_at(pos)?)))
}

/// What a key does on the timeline; `epoch` is where it is, and where it is then.
pub(super) fn key_action(element: Element, key: Key, session: &Session, epoch: &mut usize) -> Option<Action> {
    if element != Element::LossCurve {
        return None;
    }
    let branch = &session.run().current_branch;
    let checkpoint_beside = |steps| branch.checkpoint_at_offset(*epoch, steps).map(|checkpoint| checkpoint.epoch);
    *epoch = match key {
        Key::ArrowLeft => checkpoint_beside(-1)?,
        Key::ArrowRight => checkpoint_beside(1)?,
        Key::PageDown => checkpoint_beside(-PAGE_CHECKPOINTS)?,
        Key::PageUp => checkpoint_beside(PAGE_CHECKPOINTS)?,
        Key::Home => 0,
        Key::End => branch.last_epoch(),
        Key::Space | Key::Enter => return Some(Action::Training(TrainingCommand::TrainOrPause)),
        _ => return None,
    };
    Some(Action::Training(TrainingCommand::GoToEpoch(*epoch)))
}

/// What a screen reader asks of the timeline.
pub(super) fn screen_reader_action(request: &ActionRequest, session: &Session) -> Option<Action> {
    let run = session.run();
    let checkpoint_beside = |steps| run.current_branch.checkpoint_at_offset(run.current_epoch, steps).map(|checkpoint| checkpoint.epoch);
    let epoch = match (request.action, &request.data) {
        (accesskit::Action::Increment, _) => checkpoint_beside(1)?,
        (accesskit::Action::Decrement, _) => checkpoint_beside(-1)?,
        (accesskit::Action::SetValue, Some(ActionData::NumericValue(value))) => value.max(0.0) as usize,
        (accesskit::Action::SetValue, Some(ActionData::Value(text))) => {
            neurodial_core::words::parse_number(text).ok()?.max(0.0) as usize
        }
        _ => return None,
    };
    Some(Action::Training(TrainingCommand::GoToEpoch(epoch)))
}
