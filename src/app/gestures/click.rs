//! Clicks on elements, and the text field of a number: opening it, and applying it on a press elsewhere.

use egui::{Event, Id, Key};

use crate::canvas::{Element, Elements, NumberEdit, PlacedElement};
use crate::panes::Pane;
use neurodial_core::session::{Action, Adjustable, CurveAxes, Edit, Session, TrainingCommand, ViewChange};
use neurodial_core::text::FieldDraft;

/// Handles a click on an element.
pub(super) fn click(
    placed: &PlacedElement,
    session: &Session,
    elements: &mut Elements,
    actions: &mut Vec<Action>,
) {
    match placed.element {
        Element::Neuron(at) | Element::Curve(at) => actions.push(ViewChange::Select(at).into()),
        Element::Number(adjustable) => edit_number(placed, adjustable, session, elements),
        Element::Lock(knob) => {
            let is_locked = !session.document().locked.contains(&knob);
            actions.push(Edit::SetLocked { knob, is_locked }.into());
        }
        Element::Play(knob) => elements.play_request = Some(knob.into()),
        Element::Term(knob) => actions.push(ViewChange::Highlight(Some(Adjustable::Knob(knob))).into()),
        Element::PlotArea => actions.push(ViewChange::Highlight(None).into()),
        Element::Branch(branch) => actions.push(TrainingCommand::SwitchToBranch(branch).into()),
        Element::ConfusionCell(cell) => {
            let is_shown = session.view().confusion_cell == Some(cell);
            actions.push(ViewChange::ShowSamples(Some(cell).filter(|_| !is_shown)).into());
        }
        Element::Adjustable(_)
        | Element::CurrentPoint(_)
        | Element::Threshold
        | Element::MapPoint(_)
        | Element::InputImage
        | Element::LossCurve
        | Element::CustomPoint(_)
        | Element::CustomPointArea => {}
    }
}

pub(super) fn double_click_action(element: Element) -> Option<Action> {
    match element {
        Element::Adjustable(target) => Some(Edit::Reset(target).into()),
        Element::PlotArea => Some(ViewChange::SetAxes(CurveAxes { x: None, y: None }).into()),
        _ => None,
    }
}

/// Opens the text field of an element's number with its current value, all selected.
pub(super) fn edit_number(
    placed: &PlacedElement,
    adjustable: Adjustable,
    session: &Session,
    elements: &mut Elements,
) {
    let return_focus = elements
        .focus_target(placed)
        .map(|element| (placed.canvas, element));
    let draft = FieldDraft::from_text(session.document().entry_text(adjustable, elements.messages));
    open_field(placed.canvas, adjustable, return_focus, draft, elements);
}

/// Opens the text field of a number, with its current value or with text that was typed on the focused
/// element.
pub(super) fn open_field(
    canvas: Id,
    adjustable: Adjustable,
    return_focus: Option<(Id, Element)>,
    draft: FieldDraft,
    elements: &mut Elements,
) {
    let Some(canvas) = field_canvas(canvas, adjustable, elements) else {
        return;
    };
    if !shows_number(canvas, adjustable, elements) {
        // The list scrolls to the row that has the focus, and the text field is in that row.
        elements.focus_request = Some((canvas, Element::Adjustable(adjustable)));
    }
    elements.number_edit = Some(NumberEdit {
        canvas,
        adjustable,
        draft,
        return_focus,
        field_rect: None,
    });
}

/// Returns the canvas on which a number can be typed: its own; if that doesn't show the number, another one
/// that does, or the list of all knobs, which can scroll to it.
fn field_canvas(canvas: Id, adjustable: Adjustable, elements: &Elements) -> Option<Id> {
    let canvases = elements.canvases();
    let mut choices = std::iter::once(canvas).chain(canvases.iter().copied());
    choices
        .find(|&id| shows_number(id, adjustable, elements))
        .or_else(|| {
            let lists = Pane::in_window().filter(|pane| pane.info().lists_knobs);
            let mut lists = lists.map(Pane::canvas_id);
            lists.find(|list| matches!(adjustable, Adjustable::Knob(_)) && canvases.contains(list))
        })
}

fn shows_number(canvas: Id, adjustable: Adjustable, elements: &Elements) -> bool {
    let mut placed = elements.placed().iter();
    placed.any(|placed| placed.canvas == canvas && placed.element == Element::Number(adjustable))
}

/// Applies the number that is being typed, if it is valid, and closes its field. Returns the value that a knob
/// or an input gets.
pub(super) fn commit(
    session: &Session,
    elements: &mut Elements,
    actions: &mut Vec<Action>,
) -> Option<(Adjustable, f64)> {
    let editing = elements.number_edit.take()?;
    let edit = Edit::from_entry(session.document(), editing.adjustable, &editing.draft.text).ok()??;
    let typed = match edit {
        Edit::Set { target, value } => Some((target, value)),
        _ => None,
    };
    actions.push(edit.into());
    typed
}

/// Handles a key pressed in the frame in which a text field opens: it is meant for the field, which has not
/// seen it. Returns true if so.
pub(super) fn handle_field_key(
    event: &Event,
    session: &Session,
    elements: &mut Elements,
    actions: &mut Vec<Action>,
) -> bool {
    let Event::Key {
        key, pressed: true, ..
    } = event
    else {
        return false;
    };
    match (&mut elements.number_edit, key) {
        (None, _) => return false,
        (Some(_), Key::Enter) => {
            commit(session, elements, actions);
        }
        (Some(_), Key::Escape) => elements.number_edit = None,
        (Some(editing), Key::Backspace) => editing.draft.backspace(),
        (Some(_), _) => {}
    }
    true
}
