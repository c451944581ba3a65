//! Moving through the epochs of a run.

use egui::accesskit::{self, ActionData, ActionRequest};
use egui::{Key, Pos2};

use crate::canvas::{DragMapping, Element};
use neurodial_core::session::{Action, Session, TrainingCommand};

/// The number of checkpoints that Page Up and Page Down move.
const PAGE_CHECKPOINTS: isize = 10;

/// Returns the action that goes to the epoch at the pointer.
pub(super) fn go_to_epoch_at(mapping: DragMapping, pos: Pos2) -> Option<Action> {
    Some(TrainingCommand::GoToEpoch(mapping.epoch_at(pos)?).into())
}

/// Returns the action of a key on the loss curve. `epoch` is the current epoch and becomes the new one.
pub(super) fn key_action(element: Element, key: Key, session: &Session, epoch: &mut usize) -> Option<Action> {
    if element != Element::LossCurve {
        return None;
    }
    let branch = &session.run().current_branch;
    let checkpoint_beside = |steps| {
        branch
            .checkpoint_at_offset(*epoch, steps)
            .map(|checkpoint| checkpoint.epoch)
    };
    *epoch = match key {
        Key::ArrowLeft => checkpoint_beside(-1)?,
        Key::ArrowRight => checkpoint_beside(1)?,
        Key::PageDown => checkpoint_beside(-PAGE_CHECKPOINTS)?,
        Key::PageUp => checkpoint_beside(PAGE_CHECKPOINTS)?,
        Key::Home => 0,
        Key::End => branch.last_epoch(),
        Key::Space | Key::Enter => return Some(TrainingCommand::TrainOrPause.into()),
        _ => return None,
    };
    Some(TrainingCommand::GoToEpoch(*epoch).into())
}

/// Returns the action that a screen reader requests on the loss curve.
pub(super) fn screen_reader_action(request: &ActionRequest, session: &Session) -> Option<Action> {
    let run = session.run();
    let checkpoint_beside = |steps| {
        run.current_branch
            .checkpoint_at_offset(run.current_epoch, steps)
            .map(|checkpoint| checkpoint.epoch)
    };
    let epoch = match (request.action, &request.data) {
        (accesskit::Action::Increment, _) => checkpoint_beside(1)?,
        (accesskit::Action::Decrement, _) => checkpoint_beside(-1)?,
        (accesskit::Action::SetValue, Some(ActionData::NumericValue(value))) => value.max(0.0) as usize,
        (accesskit::Action::SetValue, Some(ActionData::Value(text))) => {
            neurodial_core::text::parse_number(text).ok()?.max(0.0) as usize
        }
        _ => return None,
    };
    Some(TrainingCommand::GoToEpoch(epoch).into())
}
