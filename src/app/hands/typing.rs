//! A number is opened for typing, and entered by a press elsewhere.

use egui::{Event, Id, Key};

use crate::canvas::{Editing, Part, Stage};
use crate::panes::Pane;
use neurodial_core::session::{Action, Session, Target};
use neurodial_core::words::Draft;

/// Opens a present number, all of it selected.
pub(super) fn change(
    canvas: Id,
    target: Target,
    back: Option<(Id, Part)>,
    session: &Session,
    stage: &mut Stage,
) {
    let value = session.document().value(target).unwrap_or(0.0);
    open(canvas, target, back, Draft::of(value), stage);
}

/// Begins a number with the text that was typed on a part that had the focus.
pub(super) fn begin(canvas: Id, target: Target, back: (Id, Part), text: String, stage: &mut Stage) {
    open(canvas, target, Some(back), Draft::begun(text), stage);
}

fn open(canvas: Id, target: Target, back: Option<(Id, Part)>, draft: Draft, stage: &mut Stage) {
    let Some(canvas) = field_canvas(canvas, target, stage) else {
        return;
    };
    if !has_number(canvas, target, stage) {
        // The list scrolls to the row that gets the focus; the field is in it.
        stage.wanted = Some((canvas, Part::Target(target)));
    }
    stage.editing = Some(Editing {
        canvas,
        target,
        draft,
        back,
        field: None,
    });
}

/// The canvas on which a number can be typed: its own; where there is no room for it, another one that shows it,
/// or the list of all knobs, which can scroll to it.
fn field_canvas(canvas: Id, target: Target, stage: &Stage) -> Option<Id> {
    let canvases = stage.canvases();
    let mut choices = std::iter::once(canvas).chain(canvases.iter().copied());
    choices.find(|&id| has_number(id, target, stage)).or_else(|| {
        let list = Pane::Knobs.canvas_id();
        (matches!(target, Target::Knob(_)) && canvases.contains(&list)).then_some(list)
    })
}

fn has_number(canvas: Id, target: Target, stage: &Stage) -> bool {
    let mut placed = stage.placed().iter();
    placed.any(|placed| placed.canvas == canvas && placed.part == Part::Number(target))
}

/// Enters what is being typed, as going elsewhere does. Gives back what was entered.
pub(super) fn enter(stage: &mut Stage, actions: &mut Vec<Action>) -> Option<(Target, f64)> {
    let editing = stage.editing.take()?;
    let value = editing.draft.number().ok().flatten()?;
    let target = editing.target;
    actions.push(Action::Set { target, value });
    Some((target, value))
}

/// A key in the same frame in which a field opens is the field's, which has not seen it. Says whether it was.
pub(super) fn take_key(event: &Event, stage: &mut Stage, actions: &mut Vec<Action>) -> bool {
    let Event::Key {
        key, pressed: true, ..
    } = event
    else {
        return false;
    };
    match (&mut stage.editing, key) {
        (None, _) => return false,
        (Some(_), Key::Enter) => {
            enter(stage, actions);
        }
        (Some(_), Key::Escape) => stage.editing = None,
        (Some(editing), Key::Backspace) => editing.draft.take_back(),
        (Some(_), _) => {}
    }
    true
}
