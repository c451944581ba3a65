//! What a screen reader asks of a part.

use egui::accesskit;
use egui::{Context, Event};

use crate::canvas::{Part, Stage};
use neurodial_core::session::{Action, Session};

use super::{Hands, click, target_of, tidy, timeline, turn};

impl Hands {
    pub(super) fn screen_reader(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
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
            let Some(placed) = stage
                .placed()
                .iter()
                .find(|placed| placed.id.accesskit_id() == node)
                .cloned()
            else {
                continue;
            };
            if placed.part == Part::Timeline {
                actions.extend(timeline::asked(&request, session));
            }
            let step = |direction: f64| {
                let target = target_of(placed.part)?;
                let step = session.document().range(target).step;
                let value = session.document().value(target)? + direction * step;
                Some(turn(target, tidy(value, step), None))
            };
            match request.action {
                accesskit::Action::Increment => actions.extend(step(1.0)),
                accesskit::Action::Decrement => actions.extend(step(-1.0)),
                accesskit::Action::SetValue => {
                    let value = match request.data {
                        Some(accesskit::ActionData::NumericValue(value)) => Some(value),
                        Some(accesskit::ActionData::Value(text)) => neurodial_core::words::parse_number(&text).ok(),
                        _ => None,
                    };
                    if let (Some(target), Some(value)) = (target_of(placed.part), value) {
                        actions.push(Action::Set { target, value });
                    }
                }
                accesskit::Action::Click => click(&placed, session, stage, actions),
                accesskit::Action::Focus => {
                    stage.wanted = stage.focus_of(&placed).map(|part| (placed.canvas, part));
                }
                _ => {}
            }
        }
    }
}
