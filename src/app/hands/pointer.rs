//! Press, drag, release, and what the pointer is on.

use egui::{Context, Event, Id, Key, Modifiers, PointerButton, Pos2};

use crate::canvas::{Handle, HoveredHandle, ElementMenu, DragMapping, Element, PlacedElement, Elements};
use neurodial_core::insight::bend::knob_value_through;
use neurodial_core::session::{Action, CurveAxes, TrainingCommand, Gesture, Session, Adjustable};

use super::pad::XyPadDrag;
use super::points::{self, CustomPointDrag};
use super::{FINE_FACTOR, GestureInput, axes, canvas_under_pointer, click, timeline, turn_action, typing};

/// Two presses within this time, in seconds, and …
const DOUBLE_PRESS_TIME: f64 = 0.35;
/// … this distance, in points, are a double press.
const DOUBLE_PRESS_DISTANCE: f32 = 6.0;
/// A press that moved less than this, in points, is a click.
pub(super) const CLICK_DISTANCE: f32 = 4.0;

/// A grip in a hand, from press to release. Holds also when its row has scrolled away.
#[derive(Debug, Clone)]
pub(super) struct Drag {
    placed: PlacedElement,
    gesture: Gesture,
    /// The value so far, not yet clamped: so a hand that overshoots comes back to the same place.
    value: f64,
    /// The value at the press, to which Escape goes back.
    value_before: f64,
    pressed_at: Pos2,
    last_pos: Pos2,
    /// Where this stretch of the drag began, and the value there. The value follows from the way since then, not
    /// from a sum of small ways: so a hand that comes back comes back to the very same value.
    anchor: Pos2,
    anchor_value: f64,
    /// How often this stretch went round a dial.
    revolutions: i32,
    /// Whether this stretch is turned with Shift.
    is_fine: bool,
    has_moved: bool,
    /// The numbers of a point that turns two of them.
    xy_pad_drag: Option<XyPadDrag>,
    /// The point of the data, if it is one.
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
            actions.extend(element.and_then(|element| points::remove_point(element, session)));
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
        // The pointer may have gone on in the frame of the release.
        let released = ctx.input(|input| primary_button_pos(&input.events, false));
        if let Some(pos) = released.or(pos) {
            self.drag(pos, ctx.input(|input| input.modifiers), session, actions);
        }
        if ctx.input(|input| !input.pointer.primary_down())
            && let Some(drag) = self.drag.take()
        {
            elements.dragged = None;
            if !drag.has_moved {
                let add_point = pos.and_then(|pos| points::add_point(&drag.placed, pos, session));
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
        let typed = typing::commit(elements, actions);
        let Some(placed) = elements.hit_test(canvas, pos).cloned() else {
            actions.push(Action::Highlight(None));
            return;
        };
        let time = ctx.input(|input| input.time);
        // Points are set and taken one after the other, as quickly as a hand likes.
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
            mapping: motion,
        }) = drag.placed.handle
        {
            if session.document().is_locked(adjustable) {
                // The refusal says why nothing moves.
                actions.push(turn_action(adjustable, 0.0, None));
                return;
            }
            let mut current = session.document().value(adjustable).unwrap_or(0.0);
            let mut motion = motion;
            if let Some((typed_adjustable, value)) = typed
                && typed_adjustable == adjustable
            {
                // What was typed is entered before the press, which then takes hold where it would be drawn.
                current = value;
                motion = motion.with_value(value, session.document().range(adjustable));
                drag.placed.handle = Some(Handle {
                    adjusts: Some(adjustable),
                    mapping: motion,
                });
            }
            drag.value = motion.value_after_press(pos, current);
            drag.anchor_value = drag.value;
            drag.value_before = current;
            // A click on a curve only selects its neuron.
            if !matches!(motion, DragMapping::CurveDrag { .. }) {
                actions.push(Action::Highlight(Some(adjustable)));
            }
            if drag.value != current {
                drag.has_moved = true;
                actions.push(turn_action(adjustable, drag.value, Some(drag.gesture)));
            }
        }
        let motion = drag.placed.handle.map(|grip| grip.mapping);
        match motion.and_then(|motion| XyPadDrag::begin(motion, pos, session)) {
            Some(Ok(xy_pad_drag)) => {
                if xy_pad_drag.has_moved() {
                    drag.has_moved = true;
                    actions.extend(xy_pad_drag.actions(drag.gesture));
                }
                drag.xy_pad_drag = Some(xy_pad_drag);
            }
            Some(Err(locked)) => {
                actions.push(turn_action(locked, 0.0, None));
                return;
            }
            None => {}
        }
        if let Some(motion @ DragMapping::EpochDrag { moves_on_press: is_pressed, .. }) = motion {
            // Where Escape goes back to.
            drag.value_before = session.run().current_epoch as f64;
            if is_pressed {
                drag.has_moved = true;
                actions.extend(timeline::go_to_epoch_at(motion, pos));
            }
        }
        if drag.placed.handle.is_some() {
            elements.dragged = Some(drag.placed.element);
            // Otherwise a finger would scroll as well.
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
                    actions.push(Action::Highlight(Some(adjustable)));
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
            (Some(adjustable), motion) => {
                let scale = if drag.is_fine { FINE_FACTOR } else { 1.0 };
                let full_turns = f64::from(drag.revolutions) * motion.value_per_turn();
                let distance = motion.value_change(drag.anchor, pos) + full_turns;
                drag.value = drag.anchor_value + scale * distance;
                actions.push(turn_action(adjustable, drag.value, Some(drag.gesture)));
            }
            (None, DragMapping::PlotPan { rect, x, y }) => {
                let total = pos - drag.pressed_at;
                actions.push(Action::SetAxes(axes::panned(rect, x, y, total)));
            }
            (None, motion @ DragMapping::PointDrag { .. }) => {
                if let Some(custom_point_drag) = &mut drag.custom_point_drag
                    && custom_point_drag
                        .move_by(motion, [drag.anchor, pos], drag.is_fine, session)
                        .is_some()
                {
                    actions.push(custom_point_drag.action(drag.gesture));
                }
            }
            (None, motion @ DragMapping::EpochDrag { .. }) => actions.extend(timeline::go_to_epoch_at(motion, pos)),
            (None, motion) => {
                if let Some(xy_pad_drag) = &mut drag.xy_pad_drag {
                    let scale = if drag.is_fine { FINE_FACTOR } else { 1.0 };
                    xy_pad_drag.move_by(motion.xy_changes(drag.anchor, pos), scale);
                    actions.extend(xy_pad_drag.actions(drag.gesture));
                }
            }
        }
    }

    /// Escape in the middle of a drag takes it back.
    fn cancel_drag(&mut self, elements: &mut Elements, actions: &mut Vec<Action>) {
        if let Some(drag) = self.drag.take() {
            elements.dragged = None;
            if let Some(adjustable) = drag.placed.handle.and_then(|grip| grip.adjusts) {
                actions.push(turn_action(adjustable, drag.value_before, Some(drag.gesture)));
            }
            actions.extend(
                drag
                    .custom_point_drag
                    .iter()
                    .filter(|_| drag.has_moved)
                    .map(|point| point.revert_action(drag.gesture)),
            );
            actions.extend(drag.xy_pad_drag.iter().flat_map(|pair| pair.revert_actions(drag.gesture)));
            if let (Some(DragMapping::EpochDrag { .. }), true) =
                (drag.placed.handle.map(|grip| grip.mapping), drag.has_moved)
            {
                let epoch = drag.value_before as usize;
                actions.push(Action::Training(TrainingCommand::GoToEpoch(epoch)));
            }
        }
    }

    /// What the pointer is on lights up; while something is turned, that alone.
    fn update_hover(&self, ctx: &Context, elements: &mut Elements, canvas: Option<Id>, pos: Option<Pos2>) {
        if let Some(drag) = &self.drag {
            elements.highlighted = Some(drag.placed.element);
            elements.hovered = None;
            if let Some(handle) = drag.placed.handle {
                // A curve that goes with the hand lights up what makes it go.
                if let (DragMapping::CurveDrag { .. }, Some(adjustable), true) = (handle.mapping, handle.adjusts, drag.has_moved)
                {
                    elements.highlighted = Some(Element::Adjustable(adjustable));
                }
                ctx.set_cursor_icon(match handle.mapping {
                    DragMapping::PlotPan { .. } | DragMapping::DialDrag { .. } | DragMapping::CurveDrag { .. } => {
                        egui::CursorIcon::Grabbing
                    }
                    _ => handle.cursor(),
                });
            }
            return;
        }
        let hovered = canvas.zip(pos).and_then(|(canvas, pos)| elements.hit_test(canvas, pos));
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
        let lit = hovered.map(|placed| placed.element);
        let hovered_handle = hovered.and_then(|placed| {
            Some(HoveredHandle {
                canvas: placed.canvas,
                element: placed.element,
                handle: placed.handle?,
                pos: pos?,
            })
        });
        elements.highlighted = lit;
        elements.hovered = hovered_handle;
    }
}

/// The value that puts a curve through the pointer.
fn value_on_curve(placed: &PlacedElement, pos: Pos2, session: &Session) -> Option<f64> {
    let handle = placed.handle?;
    let (Element::Curve(at), Some(Adjustable::Knob(knob))) = (placed.element, handle.adjusts) else {
        return None;
    };
    let (document, view) = (session.document(), session.view());
    let point = handle.mapping.point_at(pos)?;
    knob_value_through(document, view.swept, at, knob, view.quantity, point)
}

/// Where the primary button was pressed, or released.
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
        Element::Adjustable(target) => actions.push(Action::Reset(target)),
        Element::PlotArea => actions.push(Action::SetAxes(CurveAxes { x: None, y: None })),
        _ => {}
    }
}
