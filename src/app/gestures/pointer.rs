//! Press, drag and release, and what is under the pointer.

use egui::{Context, Event, Id, Key, Modifiers, PointerButton, Pos2};

use crate::canvas::{DragMapping, Element, ElementMenu, Elements, Handle, HoveredHandle, PlacedElement};
use neurodial_core::insight::curve_drag::knob_value_through;
use neurodial_core::session::{
    Action, Adjustable, CurveAxes, Edit, Gesture, Session, TrainingCommand, ViewChange,
};

use super::custom_points::{self, CustomPointDrag};
use super::xy_pad::XyPadDrag;
use super::{FINE_FACTOR, GestureInput, axes, canvas_under_pointer, click, epochs, number_edit, turn_action};

/// The longest time between the two presses of a double click, in seconds.
const DOUBLE_PRESS_TIME: f64 = 0.35;
/// The longest distance between them, in points.
const DOUBLE_PRESS_DISTANCE: f32 = 6.0;
/// A press that moves less than this, in points, is a click.
pub(super) const CLICK_DISTANCE: f32 = 4.0;

/// A drag of a handle, from press to release. It continues even if its row has scrolled out of view.
#[derive(Debug, Clone)]
pub(super) struct Drag {
    placed: PlacedElement,
    gesture: Gesture,
    /// The value so far, not clamped: a pointer that goes beyond the end of the range and comes back has the
    /// same value again.
    value: f64,
    /// The value at the press, which Escape restores.
    value_before: f64,
    pressed_at: Pos2,
    last_pos: Pos2,
    /// The pointer position where this part of the drag began; `anchor_value` is the value there. The value
    /// is computed from the distance since then instead of a sum of small ones, so that a pointer that comes
    /// back finds the very same value.
    anchor: Pos2,
    anchor_value: f64,
    /// The number of full turns around a dial since the anchor.
    revolutions: i32,
    /// True if Shift was held during this part of the drag.
    is_fine: bool,
    has_moved: bool,
    /// The two numbers of an xy pad, if the element is one.
    xy_pad_drag: Option<XyPadDrag>,
    /// The custom data point, if the element is one.
    custom_point_drag: Option<CustomPointDrag>,
}

impl GestureInput {
    pub(super) fn handle_pointer(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
        actions: &mut Vec<Action>,
    ) {
        let pos = ctx.input(|input| input.pointer.interact_pos());
        let canvas = canvas_under_pointer(ctx, elements);
        if let Some(pos) = ctx.input(|input| primary_button_pos(&input.events, true))
            && let Some(canvas) = canvas
            && !self.begin_swipe(ctx, elements, canvas, pos)
        {
            self.press(ctx, session, elements, (canvas, pos), actions);
        }
        self.end_swipe(ctx, session, elements, pos, actions);
        if ctx.input(|input| input.pointer.button_pressed(PointerButton::Secondary))
            && let (Some(canvas), Some(pos)) = (canvas, pos)
        {
            let element = elements.hit_test(canvas, pos).map(|placed| placed.element);
            actions.extend(element.and_then(|element| custom_points::remove_point(element, session)));
            elements.menu = elements.hit_test(canvas, pos).map(|placed| ElementMenu {
                element: placed.element,
                pos,
                return_focus: None,
                needs_focus: false,
            });
        }
        if ctx.input(|input| input.key_pressed(Key::Escape)) {
            self.cancel_drag(elements, actions);
        }
        // The pointer may have moved in the frame of the release.
        let released = ctx.input(|input| primary_button_pos(&input.events, false));
        if let Some(pos) = released.or(pos) {
            self.drag(pos, ctx.input(|input| input.modifiers), session, actions);
        }
        if ctx.input(|input| !input.pointer.primary_down())
            && let Some(drag) = self.drag.take()
        {
            elements.dragged = None;
            if !drag.has_moved {
                let add_point = pos.and_then(|pos| custom_points::add_point(&drag.placed, pos, session));
                actions.extend(add_point);
                click(&drag.placed, session, elements, actions);
            }
        }
        self.update_hover(ctx, elements, canvas, pos);
    }

    pub(super) fn press(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
        (canvas, pos): (Id, Pos2),
        actions: &mut Vec<Action>,
    ) {
        let typed = number_edit::commit(elements, actions);
        let Some(placed) = elements.hit_test(canvas, pos).cloned() else {
            actions.push(ViewChange::Highlight(None).into());
            return;
        };
        let time = ctx.input(|input| input.time);
        // Custom points can be added and dragged in quick succession without a double click.
        let is_point = matches!(placed.element, Element::CustomPoint(_) | Element::CustomPointArea);
        let is_double = self.last_press.is_some_and(|(last_time, last_pos, element)| {
            !is_point
                && element == placed.element
                && time - last_time < DOUBLE_PRESS_TIME
                && last_pos.distance(pos) < DOUBLE_PRESS_DISTANCE
        });
        self.last_press = (!is_double).then_some((time, pos, placed.element));
        elements.focus_request = elements.focus_target(&placed).map(|element| (canvas, element));
        if is_double {
            double_click(&placed, actions);
            return;
        }
        let mut drag = Drag {
            gesture: self.new_gesture(),
            value: 0.0,
            value_before: 0.0,
            pressed_at: pos,
            last_pos: pos,
            anchor: pos,
            anchor_value: 0.0,
            revolutions: 0,
            is_fine: false,
            has_moved: false,
            xy_pad_drag: None,
            custom_point_drag: CustomPointDrag::begin(&placed, session),
            placed,
        };
        if let Some(Handle {
            adjusts: Some(adjustable),
            mapping,
        }) = drag.placed.handle
        {
            if session.document().is_locked(adjustable) {
                // The refusal tells the user why nothing moves.
                actions.push(turn_action(adjustable, 0.0, None));
                return;
            }
            let mut current = session.document().value(adjustable).unwrap_or(0.0);
            let mut mapping = mapping;
            if let Some((typed_adjustable, value)) = typed
                && typed_adjustable == adjustable
            {
                // A typed number is applied before the press, so the drag starts where the handle would be
                // drawn then.
                current = value;
                mapping = mapping.with_value(value, session.document().range(adjustable));
                drag.placed.handle = Some(Handle {
                    adjusts: Some(adjustable),
                    mapping,
                });
            }
            drag.value = mapping.value_after_press(pos, current);
            drag.anchor_value = drag.value;
            drag.value_before = current;
            // A click on a curve only selects its neuron.
            if !matches!(mapping, DragMapping::CurveDrag { .. }) {
                actions.push(ViewChange::Highlight(Some(adjustable)).into());
            }
            if drag.value != current {
                drag.has_moved = true;
                actions.push(turn_action(adjustable, drag.value, Some(drag.gesture)));
            }
        }
        let mapping = drag.placed.handle.map(|handle| handle.mapping);
        match mapping.and_then(|mapping| XyPadDrag::begin(mapping, pos, session)) {
            Some(Ok(xy_pad_drag)) => {
                if xy_pad_drag.has_moved() {
                    drag.has_moved = true;
                    actions.extend(xy_pad_drag.actions(drag.gesture));
                }
                drag.xy_pad_drag = Some(xy_pad_drag);
            }
            Some(Err(locked_adjustable)) => {
                actions.push(turn_action(locked_adjustable, 0.0, None));
                return;
            }
            None => {}
        }
        if let Some(
            mapping @ DragMapping::EpochDrag {
                moves_on_press: is_pressed,
                ..
            },
        ) = mapping
        {
            // The epoch that Escape restores.
            drag.value_before = session.run().current_epoch as f64;
            if is_pressed {
                drag.has_moved = true;
                actions.extend(epochs::go_to_epoch_at(mapping, pos));
            }
        }
        if drag.placed.handle.is_some() {
            elements.dragged = Some(drag.placed.element);
            // Otherwise touch would scroll as well.
            ctx.set_dragged_id(canvas);
        }
        self.drag = Some(drag);
    }

    fn drag(&mut self, pos: Pos2, modifiers: Modifiers, session: &Session, actions: &mut Vec<Action>) {
        let Some(drag) = &mut self.drag else {
            return;
        };
        if !drag.has_moved && pos.distance(drag.pressed_at) < CLICK_DISTANCE {
            return;
        }
        let is_first = !std::mem::replace(&mut drag.has_moved, true);
        let Some(handle) = drag.placed.handle else {
            return;
        };
        if modifiers.shift != drag.is_fine {
            drag.is_fine = modifiers.shift;
            drag.anchor = drag.last_pos;
            drag.anchor_value = drag.value;
            if let Some(xy_pad_drag) = &mut drag.xy_pad_drag {
                xy_pad_drag.reset_anchor();
            }
            if let Some(custom_point_drag) = &mut drag.custom_point_drag {
                custom_point_drag.reset_anchor();
            }
            drag.revolutions = 0;
        }
        if pos == drag.last_pos {
            return;
        }
        drag.revolutions += handle.mapping.full_turns(drag.last_pos, pos);
        drag.last_pos = pos;
        match (handle.adjusts, handle.mapping) {
            (Some(adjustable), DragMapping::CurveDrag { .. }) => {
                if is_first {
                    actions.push(ViewChange::Highlight(Some(adjustable)).into());
                }
                if let Some(value) = value_on_curve(&drag.placed, pos, session) {
                    let before = value_on_curve(&drag.placed, drag.anchor, session).unwrap_or(value);
                    drag.value = if drag.is_fine {
                        drag.anchor_value + FINE_FACTOR * (value - before)
                    } else {
                        value
                    };
                    actions.push(turn_action(adjustable, drag.value, Some(drag.gesture)));
                }
            }
            (Some(adjustable), mapping) => {
                let scale = if drag.is_fine { FINE_FACTOR } else { 1.0 };
                let full_turns = f64::from(drag.revolutions) * mapping.value_per_turn();
                let distance = mapping.value_change(drag.anchor, pos) + full_turns;
                drag.value = drag.anchor_value + scale * distance;
                actions.push(turn_action(adjustable, drag.value, Some(drag.gesture)));
            }
            (None, DragMapping::PlotPan { rect, x, y }) => {
                let total = pos - drag.pressed_at;
                actions.push(ViewChange::SetAxes(axes::panned(rect, x, y, total)).into());
            }
            (None, mapping @ DragMapping::PointDrag { .. }) => {
                if let Some(custom_point_drag) = &mut drag.custom_point_drag
                    && custom_point_drag
                        .move_by(mapping, [drag.anchor, pos], drag.is_fine, session)
                        .is_some()
                {
                    actions.push(custom_point_drag.action(drag.gesture));
                }
            }
            (None, mapping @ DragMapping::EpochDrag { .. }) => {
                actions.extend(epochs::go_to_epoch_at(mapping, pos))
            }
            (None, mapping) => {
                if let Some(xy_pad_drag) = &mut drag.xy_pad_drag {
                    let scale = if drag.is_fine { FINE_FACTOR } else { 1.0 };
                    xy_pad_drag.move_by(mapping.xy_changes(drag.anchor, pos), scale);
                    actions.extend(xy_pad_drag.actions(drag.gesture));
                }
            }
        }
    }

    /// Cancels a drag when Escape is pressed.
    fn cancel_drag(&mut self, elements: &mut Elements, actions: &mut Vec<Action>) {
        if let Some(drag) = self.drag.take() {
            elements.dragged = None;
            if let Some(adjustable) = drag.placed.handle.and_then(|handle| handle.adjusts) {
                actions.push(turn_action(adjustable, drag.value_before, Some(drag.gesture)));
            }
            actions.extend(
                drag.custom_point_drag
                    .iter()
                    .filter(|_| drag.has_moved)
                    .map(|point| point.revert_action(drag.gesture)),
            );
            actions.extend(
                drag.xy_pad_drag
                    .iter()
                    .flat_map(|pair| pair.revert_actions(drag.gesture)),
            );
            if let (Some(DragMapping::EpochDrag { .. }), true) =
                (drag.placed.handle.map(|handle| handle.mapping), drag.has_moved)
            {
                let epoch = drag.value_before as usize;
                actions.push(TrainingCommand::GoToEpoch(epoch).into());
            }
        }
    }

    /// Highlights the element under the pointer, or only the dragged one during a drag.
    fn update_hover(&self, ctx: &Context, elements: &mut Elements, canvas: Option<Id>, pos: Option<Pos2>) {
        if let Some(drag) = &self.drag {
            elements.highlighted = Some(drag.placed.element);
            elements.hovered = None;
            if let Some(handle) = drag.placed.handle {
                // Dragging a curve highlights the knob that it changes.
                if let (DragMapping::CurveDrag { .. }, Some(adjustable), true) =
                    (handle.mapping, handle.adjusts, drag.has_moved)
                {
                    elements.highlighted = Some(Element::Adjustable(adjustable));
                }
                ctx.set_cursor_icon(match handle.mapping {
                    DragMapping::PlotPan { .. }
                    | DragMapping::DialDrag { .. }
                    | DragMapping::CurveDrag { .. } => egui::CursorIcon::Grabbing,
                    _ => handle.cursor(),
                });
            }
            return;
        }
        let hovered = canvas
            .zip(pos)
            .and_then(|(canvas, pos)| elements.hit_test(canvas, pos));
        if let Some(placed) = hovered {
            match (placed.element, placed.handle) {
                (Element::Number(_), _) => ctx.set_cursor_icon(egui::CursorIcon::Text),
                (Element::PlotArea, _) => {}
                (Element::Branch(_), _) => ctx.set_cursor_icon(egui::CursorIcon::PointingHand),
                (_, Some(handle)) => ctx.set_cursor_icon(handle.cursor()),
                (Element::Neuron(_) | Element::Lock(_), None) => {
                    ctx.set_cursor_icon(egui::CursorIcon::PointingHand)
                }
                _ => {}
            }
        }
        let highlighted = hovered.map(|placed| placed.element);
        let hovered_handle = hovered.and_then(|placed| {
            Some(HoveredHandle {
                canvas: placed.canvas,
                element: placed.element,
                handle: placed.handle?,
                pos: pos?,
            })
        });
        elements.highlighted = highlighted;
        elements.hovered = hovered_handle;
    }
}

/// Returns the knob value for which the curve passes through the pointer.
fn value_on_curve(placed: &PlacedElement, pos: Pos2, session: &Session) -> Option<f64> {
    let handle = placed.handle?;
    let (Element::Curve(at), Some(Adjustable::Knob(knob))) = (placed.element, handle.adjusts) else {
        return None;
    };
    let (document, view) = (session.document(), session.view());
    let point = handle.mapping.point_at(pos)?;
    knob_value_through(document, view.swept, at, knob, view.quantity, point)
}

/// Returns the position where the primary button was pressed or released.
pub(super) fn primary_button_pos(events: &[Event], is_press: bool) -> Option<Pos2> {
    events.iter().find_map(|event| match event {
        Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            ..
        } if *pressed == is_press => Some(*pos),
        _ => None,
    })
}

fn double_click(placed: &PlacedElement, actions: &mut Vec<Action>) {
    match placed.element {
        Element::Adjustable(target) => actions.push(Edit::Reset(target).into()),
        Element::PlotArea => actions.push(ViewChange::SetAxes(CurveAxes { x: None, y: None }).into()),
        _ => {}
    }
}
