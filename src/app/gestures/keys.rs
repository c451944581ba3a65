//! Keys on the focused element.

use egui::{Context, Event, Id, Key, Modifiers};

use crate::canvas::{DragMapping, Element, ElementMenu, Elements};
use neurodial_core::network::Knob;
use neurodial_core::session::{Action, Adjustable, Edit, Session, TrainingCommand, ViewChange};

use super::{
    FINE_FACTOR, GestureInput, RepeatGesture, adjustable_of, axes, custom_points, epochs, number_edit,
    round_to_step, turn_action, xy_pad,
};

/// The distance by which an arrow key moves the plot area, as a fraction of its width.
const PAN_FRACTION: f32 = 0.1;

impl GestureInput {
    pub(super) fn handle_keys(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
        actions: &mut Vec<Action>,
    ) {
        if let Some((key, _)) = self.held_key
            && !ctx.input(|input| input.key_down(key))
        {
            self.held_key = None;
        }
        let Some((canvas, current)) = ctx
            .memory(|memory| memory.focused())
            .and_then(|id| elements.focused(id))
        else {
            return;
        };
        let events = ctx.input(|input| input.events.clone());
        // One frame can contain several key presses; each continues from the one before.
        let mut pending: Option<(Adjustable, f64)> = None;
        let mut epoch = session.run().current_epoch;
        for event in events {
            if number_edit::handle_key(&event, elements, actions) {
                continue;
            }
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    repeat,
                    modifiers,
                    ..
                } if !modifiers.command && !modifiers.alt => {
                    if let Some(action) = epochs::key_action(current.element, key, session, &mut epoch) {
                        actions.push(action);
                        continue;
                    }
                    let turned_adjustable = xy_pad::key_adjustable(current.element, key, modifiers);
                    let turned_adjustable = turned_adjustable
                        .or(adjustable_of(current.element).map(|adjustable| (adjustable, key)));
                    if let Some((adjustable, effective_key)) = turned_adjustable
                        && let Some(value) =
                            value_after_key(effective_key, modifiers, adjustable, session, pending)
                    {
                        let time = 0.0;
                        let repeat_gesture = match self.held_key {
                            Some((held_key, repeat_gesture))
                                if held_key == key && repeat && repeat_gesture.adjustable == adjustable =>
                            {
                                repeat_gesture
                            }
                            _ => RepeatGesture {
                                adjustable,
                                gesture: self.new_gesture(),
                                time,
                            },
                        };
                        self.held_key = Some((key, repeat_gesture));
                        pending = Some((adjustable, value));
                        actions.push(ViewChange::Highlight(Some(adjustable)).into());
                        actions.push(turn_action(adjustable, value, Some(repeat_gesture.gesture)));
                        continue;
                    }
                    if let Some(action) = self.handle_point_key(
                        canvas,
                        current.element,
                        key,
                        (modifiers, repeat),
                        session,
                        elements,
                    ) {
                        actions.push(action);
                        continue;
                    }
                    // F10 without Shift belongs to the system.
                    if key == Key::F10 && !modifiers.shift {
                        continue;
                    }
                    let next_element = match key {
                        Key::ArrowUp if modifiers.shift => same_input_knob(current.element, -1, session),
                        Key::ArrowDown if modifiers.shift => same_input_knob(current.element, 1, session),
                        Key::PageUp
                            if matches!(
                                current.element,
                                Element::CustomPoint(_) | Element::CustomPointArea
                            ) =>
                        {
                            current.links.before
                        }
                        Key::PageDown
                            if matches!(
                                current.element,
                                Element::CustomPoint(_) | Element::CustomPointArea
                            ) =>
                        {
                            current.links.after
                        }
                        Key::ArrowUp => current.links.before,
                        Key::ArrowDown => current.links.after,
                        _ => None,
                    };
                    if let Some(element) = next_element {
                        elements.focus_request = Some((canvas, element));
                        elements.highlighted = Some(element);
                    } else {
                        press_key(key, canvas, current.element, session, elements, actions);
                    }
                }
                Event::Text(text) => {
                    if let Some(editing) = &mut elements.number_edit {
                        // The number field opens in this frame, so it has not seen this text.
                        editing.draft.push_str(&text);
                    } else if let Some(adjustable) = adjustable_of(current.element)
                        && text
                            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | ',' | '−'))
                    {
                        number_edit::edit_text(canvas, adjustable, (canvas, current.element), text, elements);
                    }
                }
                _ => {}
            }
        }
    }
}

impl GestureInput {
    /// Handles a key on a custom point. A held key is one gesture.
    fn handle_point_key(
        &mut self,
        canvas: Id,
        element: Element,
        key: Key,
        (modifiers, repeat): (Modifiers, bool),
        session: &Session,
        elements: &Elements,
    ) -> Option<Action> {
        let mut placed = elements.placed().iter();
        let placed = placed.find(|placed| placed.canvas == canvas && placed.element == element)?;
        let gesture = match self.point_key {
            Some((held_key, gesture)) if held_key == key && repeat => gesture,
            _ => self.new_gesture(),
        };
        let action = custom_points::key_action(placed, key, modifiers, session, gesture)?;
        self.point_key = Some((key, gesture));
        Some(action)
    }
}

/// Returns the knob of the same input in the neuron before or after, like the row above or below in a matrix.
fn same_input_knob(element: Element, step: isize, session: &Session) -> Option<Element> {
    let Some(Adjustable::Knob(knob)) = adjustable_of(element) else {
        return None;
    };
    let neuron = knob.neuron.checked_add_signed(step)?;
    let neighbor = Knob { neuron, ..knob };
    session
        .architecture()
        .contains(neighbor)
        .then_some(Element::Adjustable(neighbor.into()))
}

/// Returns the value that a key gives an adjustable, or `None` if the key changes nothing.
fn value_after_key(
    key: Key,
    modifiers: Modifiers,
    adjustable: Adjustable,
    session: &Session,
    pending: Option<(Adjustable, f64)>,
) -> Option<f64> {
    let range = session.document().range(adjustable);
    let value = match pending {
        Some((_, value)) => value,
        None => session.document().value(adjustable)?,
    };
    let step = range.step * if modifiers.shift { FINE_FACTOR } else { 1.0 };
    let page = 10.0 * range.step;
    Some(match key {
        Key::ArrowLeft => range.clamp(round_to_step(value - step, step)),
        Key::ArrowRight => range.clamp(round_to_step(value + step, step)),
        Key::PageDown => range.clamp(round_to_step(value - page, page)),
        Key::PageUp => range.clamp(round_to_step(value + page, page)),
        Key::Home => range.min,
        Key::End => range.max,
        _ => return None,
    })
}

fn press_key(
    key: Key,
    canvas: Id,
    element: Element,
    session: &Session,
    elements: &mut Elements,
    actions: &mut Vec<Action>,
) {
    match (key, element) {
        (Key::Enter | Key::Space, Element::Branch(branch)) => {
            actions.push(TrainingCommand::SwitchToBranch(branch).into());
        }
        (Key::Enter | Key::Space, Element::Neuron(at) | Element::Curve(at)) => {
            actions.push(ViewChange::Select(at).into())
        }
        (Key::ArrowLeft | Key::ArrowRight, Element::PlotArea) => {
            let placed = elements.placed().iter().find(|placed| placed.element == element);
            if let Some(DragMapping::PlotPan { rect, x, y }) = placed
                .and_then(|placed| placed.handle)
                .map(|handle| handle.mapping)
            {
                let distance = if key == Key::ArrowLeft {
                    PAN_FRACTION
                } else {
                    -PAN_FRACTION
                };
                actions.push(
                    ViewChange::SetAxes(axes::panned(rect, x, y, egui::vec2(distance * rect.width(), 0.0)))
                        .into(),
                );
            }
        }
        (Key::Enter | Key::F2, _) => {
            if let Some(adjustable) = adjustable_of(element) {
                number_edit::edit_current(canvas, adjustable, Some((canvas, element)), session, elements);
            }
        }
        (Key::Delete | Key::Backspace, _) => {
            actions.extend(adjustable_of(element).map(|chosen| Edit::Reset(chosen).into()))
        }
        (Key::L, _) => {
            if let Some(Adjustable::Knob(knob)) = adjustable_of(element) {
                let is_locked = !session.document().locked.contains(&knob);
                actions.push(Edit::SetLocked { knob, is_locked }.into());
            }
        }
        (Key::C, _) => actions.extend(adjustable_of(element).map(|chosen| ViewChange::Sweep(chosen).into())),
        (Key::M | Key::Menu | Key::F10, _) => open_menu(canvas, element, elements),
        _ => {}
    }
}

fn open_menu(canvas: Id, element: Element, elements: &mut Elements) {
    let mut placed = elements.placed().iter();
    if let Some(placed) = placed.find(|placed| placed.canvas == canvas && placed.element == element) {
        elements.menu = Some(ElementMenu {
            element,
            pos: placed.hit_shape.bounds().center_bottom(),
            return_focus: Some((canvas, element)),
            needs_focus: true,
        });
    }
}
