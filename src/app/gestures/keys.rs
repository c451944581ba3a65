//! Keys on the focused element, and requests of screen readers.

use egui::accesskit::{self, ActionData};
use egui::{Context, Event, FocusDirection, Id, Key, Popup};

use crate::canvas::{DragTarget, Element, ElementMenu, Elements, FocusLinks};
use crate::panes::Pane;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{Action, Adjustable, Edit, Gesture, Session, TrainingCommand, ViewChange};
use neurodial_core::text::{FieldDraft, parse_number};

use super::drag::{Step, adjustable_of, find_placed, go_to_epoch, target_of, values_of};
use super::{click, custom_points};

/// The state of the keyboard.
#[derive(Debug, Default)]
pub(super) struct KeyInput {
    /// The key that changes the values of an element, and its gesture: a held key is one undo step.
    held_key: Option<(Key, Element, Gesture)>,
}

impl KeyInput {
    /// True while a key that changes a value is held.
    pub(super) fn is_held(&self) -> bool {
        self.held_key.is_some()
    }

    /// Handles the keys that were pressed on the focused element.
    pub(super) fn handle(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
        actions: &mut Vec<Action>,
        mut new_gesture: impl FnMut() -> Gesture,
    ) {
        if let Some((key, ..)) = self.held_key
            && !ctx.input(|input| input.key_down(key))
        {
            self.held_key = None;
        }
        let focused = ctx.memory(|memory| memory.focused());
        if focused.is_none() {
            focus_first_knob(ctx, session, elements);
        }
        let Some((canvas, current)) = focused.and_then(|id| elements.focused(id)) else {
            return;
        };
        let element = current.element;
        let target = find_placed(elements, canvas, element)
            .and_then(target_of)
            .or(adjustable_of(element).map(DragTarget::Adjustable));
        // One frame can contain several key presses; each continues from the one before.
        let mut values = target
            .map(|target| values_of(target, session))
            .unwrap_or_default();
        let events = ctx.input(|input| input.events.clone());
        for event in events {
            if click::handle_field_key(&event, session, elements, actions) {
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
                    if let Some(target) = target
                        && let Some(step) = Step::from_key(target, key, modifiers)
                    {
                        let gesture = match self.held_key {
                            Some((held_key, held_element, gesture))
                                if repeat && (held_key, held_element) == (key, element) =>
                            {
                                gesture
                            }
                            _ => new_gesture(),
                        };
                        self.held_key = Some((key, element, gesture));
                        actions.extend(step.apply(target, &mut values, gesture, session));
                        continue;
                    }
                    if let Some(target) = target
                        && let Some(action) = custom_points::key_action(target, key, session)
                    {
                        actions.push(action);
                        continue;
                    }
                    // A held key would start and stop playing in turn.
                    if key == Key::Space && repeat {
                        continue;
                    }
                    // F10 without Shift belongs to the system.
                    if key == Key::F10 && !modifiers.shift {
                        continue;
                    }
                    let is_point = matches!(element, Element::CustomPoint(_) | Element::CustomPointArea);
                    let next_element = match key {
                        Key::ArrowUp if modifiers.shift => same_input_knob(element, -1, session),
                        Key::ArrowDown if modifiers.shift => same_input_knob(element, 1, session),
                        Key::PageUp if is_point => current.links.before,
                        Key::PageDown if is_point => current.links.after,
                        Key::ArrowUp => current.links.before,
                        Key::ArrowDown => current.links.after,
                        _ => None,
                    };
                    if let Some(element) = next_element {
                        elements.focus_request = Some((canvas, element));
                        elements.highlighted = Some(element);
                    } else if let Key::ArrowUp | Key::ArrowDown = key
                        && current.links == FocusLinks::default()
                    {
                        // It is alone on its canvas, like any other control of its pane.
                        let is_up = key == Key::ArrowUp;
                        let direction = if is_up {
                            FocusDirection::Up
                        } else {
                            FocusDirection::Down
                        };
                        ctx.memory_mut(|memory| memory.move_focus(direction));
                    } else {
                        press_key(key, canvas, element, session, elements, actions);
                    }
                }
                Event::Text(text) => {
                    if let Some(editing) = &mut elements.number_edit {
                        // The number field opens in this frame, so it has not seen this text.
                        editing.draft.push_str(&text);
                    } else if let Some(adjustable) = adjustable_of(element)
                        && adjustable.can_begin_with(&text)
                    {
                        let draft = FieldDraft::from_typed(text);
                        let return_focus = Some((canvas, element));
                        click::open_field(canvas, adjustable, return_focus, draft, elements);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Moves the focus to the first knob of the selected neuron if Tab is pressed, so that the keyboard begins where
/// there is something to change instead of at the menus.
fn focus_first_knob(ctx: &Context, session: &Session, elements: &mut Elements) {
    let is_tab = ctx.input(|input| input.key_pressed(Key::Tab) && !input.modifiers.any());
    if !is_tab || Popup::is_any_open(ctx) {
        return;
    }
    let canvases = elements.canvases();
    let mut lists = Pane::in_window().filter(|pane| pane.info().lists_knobs);
    let Some(list) = lists.find(|pane| canvases.contains(&pane.canvas_id())) else {
        return;
    };
    let NeuronAddress { layer, neuron } = session.view().selected;
    let first = Adjustable::Knob(Knob::weight(layer, neuron, 0));
    elements.focus_request = Some((list.canvas_id(), Element::Adjustable(first)));
    ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
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

/// Handles a key that neither changes a value nor moves the focus.
fn press_key(
    key: Key,
    canvas: Id,
    element: Element,
    session: &Session,
    elements: &mut Elements,
    actions: &mut Vec<Action>,
) {
    let adjustable = adjustable_of(element);
    match (key, element) {
        (Key::Enter | Key::Space, Element::Branch(branch)) => {
            actions.push(TrainingCommand::SwitchToBranch(branch).into());
        }
        (Key::Enter | Key::Space, Element::ConfusionCell(cell)) => {
            let is_shown = session.view().confusion_cell == Some(cell);
            actions.push(ViewChange::ShowSamples(Some(cell).filter(|_| !is_shown)).into());
        }
        (Key::Enter | Key::Space, Element::LossCurve) => actions.push(TrainingCommand::TrainOrPause.into()),
        (Key::Enter | Key::Space, Element::Neuron(at) | Element::Curve(at)) => {
            actions.push(ViewChange::Select(at).into())
        }
        (Key::Enter | Key::F2, _) => {
            if let Some(adjustable) = adjustable {
                let draft =
                    FieldDraft::from_text(session.document().entry_text(adjustable, elements.messages));
                click::open_field(canvas, adjustable, Some((canvas, element)), draft, elements);
            }
        }
        (Key::Delete | Key::Backspace, _) => {
            actions.extend(adjustable.map(|chosen| Edit::Reset(chosen).into()))
        }
        (Key::L, _) => {
            if let Some(Adjustable::Knob(knob)) = adjustable {
                let is_locked = !session.document().locked.contains(&knob);
                actions.push(Edit::SetLocked { knob, is_locked }.into());
            }
        }
        (Key::Space, _) => {
            elements.play_request = adjustable.filter(|chosen| chosen.is_in(session.architecture()));
        }
        (Key::C, _) => {
            let chosen = adjustable.filter(|chosen| chosen.is_in(session.architecture()));
            actions.extend(chosen.map(|chosen| ViewChange::Sweep(chosen).into()))
        }
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

/// Handles the requests of screen readers in this frame. `new_gesture` gives each step its own undo step.
pub(super) fn handle_screen_reader_requests(
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
            let target = target_of(&placed)?;
            let mut values = values_of(target, session);
            Some(Step::increment(is_up).apply(target, &mut values, new_gesture(), session))
        };
        match request.action {
            accesskit::Action::Increment => actions.extend(step(true).unwrap_or_default()),
            accesskit::Action::Decrement => actions.extend(step(false).unwrap_or_default()),
            accesskit::Action::SetValue => {
                let target = target_of(&placed);
                actions.extend(target.and_then(|target| set_action(target, request.data, session)));
            }
            accesskit::Action::Click => match placed.element {
                Element::Adjustable(adjustable) => click::edit_number(&placed, adjustable, session, elements),
                _ => click::click(&placed, session, elements, actions),
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

fn set_action(target: DragTarget, data: Option<ActionData>, session: &Session) -> Option<Action> {
    match (target, data?) {
        (DragTarget::Adjustable(target), ActionData::NumericValue(value)) => {
            Some(Edit::Set { target, value }.into())
        }
        (DragTarget::Adjustable(target), ActionData::Value(text)) => {
            Some(Edit::from_entry(session.document(), target, &text).ok()??.into())
        }
        (DragTarget::Epoch, ActionData::NumericValue(epoch)) => Some(go_to_epoch(epoch.floor())),
        (DragTarget::Epoch, ActionData::Value(text)) => Some(go_to_epoch(parse_number(&text).ok()?.floor())),
        _ => None,
    }
}
