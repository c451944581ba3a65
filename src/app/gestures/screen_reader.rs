//! Requests of screen readers to elements.

use egui::accesskit;
use egui::{Context, Event};

use crate::canvas::{Element, Elements};
use neurodial_core::session::{Action, Edit, Session};

use super::{GestureInput, adjustable_of, click, epochs, round_to_step, turn_action};

impl GestureInput {
    pub(super) fn handle_screen_reader(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
        actions: &mut Vec<Action>,
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
            let Some(placed) = elements
                .placed()
                .iter()
                .find(|placed| placed.id.accesskit_id() == node)
                .cloned()
            else {
                continue;
            };
            if placed.element == Element::LossCurve {
                actions.extend(epochs::screen_reader_action(&request, session));
            }
            let step = |direction: f64| {
                let adjustable = adjustable_of(placed.element)?;
                let step = session.document().range(adjustable).step;
                let value = session.document().value(adjustable)? + direction * step;
                Some(turn_action(adjustable, round_to_step(value, step), None))
            };
            match request.action {
                accesskit::Action::Increment => actions.extend(step(1.0)),
                accesskit::Action::Decrement => actions.extend(step(-1.0)),
                accesskit::Action::SetValue => {
                    let value = match request.data {
                        Some(accesskit::ActionData::NumericValue(value)) => Some(value),
                        Some(accesskit::ActionData::Value(text)) => {
                            neurodial_core::text::parse_number(&text).ok()
                        }
                        _ => None,
                    };
                    if let (Some(adjustable), Some(value)) = (adjustable_of(placed.element), value) {
                        actions.push(
                            Edit::Set {
                                target: adjustable,
                                value,
                            }
                            .into(),
                        );
                    }
                }
                accesskit::Action::Click => click(&placed, session, elements, actions),
                accesskit::Action::Focus => {
                    elements.focus_request = elements
                        .focus_target(&placed)
                        .map(|element| (placed.canvas, element));
                }
                _ => {}
            }
        }
    }
}
