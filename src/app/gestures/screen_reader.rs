//! Requests of screen readers to elements.

use egui::accesskit::{self, ActionData};
use egui::{Context, Event};

use crate::canvas::{DragTarget, Element, Elements};
use neurodial_core::session::{Action, Edit, Gesture, Session};
use neurodial_core::text::parse_number;

use super::click::{click, edit_number};
use super::drag::{self, Step};

/// Handles the requests of this frame. `new_gesture` gives each step its own undo step.
pub(super) fn handle_requests(
    ctx: &Context,
    session: &Session,
    elements: &mut Elements,
    actions: &mut Vec<Action>,
    mut new_gesture: impl FnMut() -> Gesture,
) {
    let requests: Vec<accesskit::ActionRequest> = ctx.input(|input| {
        let requests = input.events.iter().filter_map(|event| match event {
            Event::AccessKitActionRequest(request) => Some(request.clone()),
            _ => None,
        });
        requests.collect()
    });
    for request in requests {
        let node = request.target_node;
        let mut all = elements.placed().iter();
        let Some(placed) = all.find(|placed| placed.id.accesskit_id() == node).cloned() else {
            continue;
        };
        let mut step = |is_up: bool| {
            let target = drag::target_of(&placed)?;
            let mut values = drag::values_of(target, session);
            Some(Step::increment(is_up).apply(target, &mut values, new_gesture(), session))
        };
        match request.action {
            accesskit::Action::Increment => actions.extend(step(true).unwrap_or_default()),
            accesskit::Action::Decrement => actions.extend(step(false).unwrap_or_default()),
            accesskit::Action::SetValue => {
                let target = drag::target_of(&placed);
                actions.extend(target.and_then(|target| set_action(target, request.data, session)));
            }
            accesskit::Action::Click => match placed.element {
                Element::Adjustable(adjustable) => edit_number(&placed, adjustable, session, elements),
                _ => click(&placed, session, elements, actions),
            },
            accesskit::Action::Focus => {
                elements.focus_request = elements
                    .focus_target(&placed)
                    .map(|element| (placed.canvas, element));
            }
            _ => {}
        }
    }
}

/// Returns the action that sets a value.
fn set_action(target: DragTarget, data: Option<ActionData>, session: &Session) -> Option<Action> {
    match (target, data?) {
        (DragTarget::Adjustable(target), ActionData::NumericValue(value)) => {
            Some(Edit::Set { target, value }.into())
        }
        (DragTarget::Adjustable(target), ActionData::Value(text)) => {
            Some(Edit::from_entry(session.document(), target, &text).ok()??.into())
        }
        (DragTarget::Epoch, ActionData::NumericValue(epoch)) => Some(drag::go_to_epoch(epoch.floor())),
        (DragTarget::Epoch, ActionData::Value(text)) => {
            Some(drag::go_to_epoch(parse_number(&text).ok()?.floor()))
        }
        _ => None,
    }
}
