//! Press, drag and release with mouse or finger, and what is under the pointer. On a canvas that scrolls, a
//! finger drags handles, and scrolls everywhere else.

use egui::{Context, Event, Id, Key, PointerButton, Pos2};

use crate::canvas::{DragTarget, Element, ElementMenu, Elements, HoveredHandle};
use neurodial_core::session::{Action, Gesture, Session, ViewChange};

use super::drag::{CLICK_DISTANCE, Drag};
use super::{click, custom_points};

/// The longest time between the two presses of a double click, in seconds.
const DOUBLE_PRESS_TIME: f64 = 0.35;
/// The longest distance between them, in points.
const DOUBLE_PRESS_DISTANCE: f32 = 6.0;

/// The time after which a touch that stays where it is opens a menu, in seconds.
const LONG_PRESS_TIME: f64 = 0.5;

/// A touch that becomes a long press unless it moves or ends before.
#[derive(Debug, Clone, Copy)]
struct HeldTouch {
    canvas: Id,
    pressed_at: Pos2,
    time: f64,
}

/// A touch that may be scrolling, from press to release.
#[derive(Debug, Clone, Copy)]
struct Swipe {
    canvas: Id,
    pressed_at: Pos2,
    has_moved: bool,
}

#[derive(Debug, Default)]
pub(super) struct PointerInput {
    drag: Option<Drag>,
    swipe: Option<Swipe>,
    touch: Option<HeldTouch>,
    last_press: Option<(f64, Pos2, Element)>,
}

/// The context of a press: the window's state and the list that receives the actions.
pub(super) struct PointerContext<'a> {
    pub(super) ctx: &'a Context,
    pub(super) session: &'a Session,
    pub(super) elements: &'a mut Elements,
    pub(super) actions: &'a mut Vec<Action>,
}

impl PointerInput {
    /// True while something is being dragged.
    pub(super) fn is_dragging(&self) -> bool {
        self.drag.is_some()
    }

    /// Handles the pointer. `canvas` is the one under it.
    pub(super) fn handle(
        &mut self,
        context: &mut PointerContext<'_>,
        canvas: Option<Id>,
        mut new_gesture: impl FnMut() -> Gesture,
    ) {
        let ctx = context.ctx;
        let pos = ctx.input(|input| input.pointer.interact_pos());
        if let Some(pos) = ctx.input(|input| primary_button_pos(&input.events, true))
            && let Some(canvas) = canvas
        {
            self.touch = context.elements.is_touch.then(|| HeldTouch {
                canvas,
                pressed_at: pos,
                time: ctx.input(|input| input.time),
            });
            if !self.begin_swipe(context, canvas, pos) {
                self.press(context, (canvas, pos), new_gesture());
            }
        }
        self.update_long_press(context, pos);
        self.end_swipe(context, pos, new_gesture);
        if ctx.input(|input| input.pointer.button_pressed(PointerButton::Secondary))
            && let (Some(canvas), Some(pos)) = (canvas, pos)
        {
            open_menu(context, canvas, pos);
        }
        if ctx.input(|input| input.key_pressed(Key::Escape))
            && let Some(drag) = self.drag.take()
        {
            context.elements.dragged = None;
            context.actions.extend(drag.cancel());
        }
        // The pointer may have moved in the frame of the release.
        let released = ctx.input(|input| primary_button_pos(&input.events, false));
        if let (Some(drag), Some(pos)) = (&mut self.drag, released.or(pos)) {
            let is_fine = ctx.input(|input| input.modifiers.shift);
            drag.move_to(pos, is_fine, context.session, context.actions);
        }
        if ctx.input(|input| !input.pointer.primary_down())
            && let Some(drag) = self.drag.take()
        {
            context.elements.dragged = None;
            if !drag.has_moved {
                let add_point =
                    pos.and_then(|pos| custom_points::add_point(&drag.placed, pos, context.session));
                context.actions.extend(add_point);
                click::click(&drag.placed, context.session, context.elements, context.actions);
            }
        }
        self.update_hover(ctx, context.elements, canvas, pos);
    }

    fn press(&mut self, context: &mut PointerContext<'_>, (canvas, pos): (Id, Pos2), gesture: Gesture) {
        let PointerContext {
            ctx,
            session,
            elements,
            actions,
        } = context;
        let typed = click::commit(session, elements, actions);
        let Some(mut placed) = elements.hit_test(canvas, pos).cloned() else {
            actions.push(ViewChange::Highlight(None).into());
            return;
        };
        let time = ctx.input(|input| input.time);
        // Custom points can be added and dragged, and buttons pressed, in quick succession without a double click.
        let has_no_double_click = matches!(
            placed.element,
            Element::CustomPoint(_)
                | Element::CustomPointArea
                | Element::Lock(_)
                | Element::Play(_)
                | Element::InputImage
        );
        let is_double = self.last_press.is_some_and(|(last_time, last_pos, element)| {
            !has_no_double_click
                && element == placed.element
                && time - last_time < DOUBLE_PRESS_TIME
                && last_pos.distance(pos) < DOUBLE_PRESS_DISTANCE
        });
        self.last_press = (!is_double).then_some((time, pos, placed.element));
        elements.focus_request = elements.focus_target(&placed).map(|element| (canvas, element));
        if is_double {
            actions.extend(click::double_click_action(placed.element));
            return;
        }
        if elements.is_touch
            && let Some(handle) = &mut placed.handle
            && handle.mapping.is_handle_touched(pos)
        {
            handle.moves_on_press = false;
        }
        let aim = (pos, ctx.input(|input| input.aim_radius()));
        let drag = Drag::begin(placed, aim, gesture, typed, session, actions);
        if let Some(drag) = &drag
            && drag.placed.handle.is_some()
        {
            elements.dragged = Some(drag.placed.element);
            // Otherwise touch would scroll as well.
            ctx.set_dragged_id(canvas);
        }
        self.drag = drag;
    }

    /// Starts a swipe if a press is a touch on a scrolling canvas, but not on a handle. egui then scrolls
    /// with it. Returns true if so.
    fn begin_swipe(&mut self, context: &PointerContext<'_>, canvas: Id, pos: Pos2) -> bool {
        let PointerContext { ctx, elements, .. } = context;
        let Some(area) = elements.scroll_area(canvas) else {
            return false;
        };
        let handle = elements.hit_test(canvas, pos).and_then(|placed| placed.handle);
        if !ctx.input(|input| input.any_touches())
            || handle.is_some_and(|handle| handle.mapping.is_handle_touched(pos))
        {
            return false;
        }
        ctx.set_dragged_id(area);
        self.swipe = Some(Swipe {
            canvas,
            pressed_at: pos,
            has_moved: false,
        });
        true
    }

    /// Opens the menu of an element that was touched for a while without movement, as a right-click does. The
    /// drag or swipe that the touch has begun is canceled.
    fn update_long_press(&mut self, context: &mut PointerContext<'_>, pos: Option<Pos2>) {
        let Some(touch) = self.touch else {
            return;
        };
        let ctx = context.ctx;
        let has_moved = pos.is_none_or(|pos| pos.distance(touch.pressed_at) >= CLICK_DISTANCE);
        let is_down = ctx.input(|input| input.pointer.primary_down() && input.multi_touch().is_none());
        let element = context
            .elements
            .hit_test(touch.canvas, touch.pressed_at)
            .map(|placed| placed.element);
        let has_menu = element.is_some_and(|element| {
            element.highlight_group().is_some() || matches!(element, Element::CustomPoint(_))
        });
        if has_moved || !is_down || !has_menu {
            self.touch = None;
            return;
        }
        let remaining = touch.time + LONG_PRESS_TIME - ctx.input(|input| input.time);
        if remaining > 0.0 {
            ctx.request_repaint_after_secs(remaining as f32);
            return;
        }
        self.touch = None;
        self.swipe = None;
        self.last_press = None;
        if let Some(drag) = self.drag.take() {
            context.elements.dragged = None;
            context.actions.extend(drag.cancel());
        }
        ctx.stop_dragging();
        open_menu(context, touch.canvas, touch.pressed_at);
    }

    /// Ends the swipe when the finger is lifted. If it has not moved it was a tap, which is handled as a
    /// press.
    fn end_swipe(
        &mut self,
        context: &mut PointerContext<'_>,
        pos: Option<Pos2>,
        new_gesture: impl FnOnce() -> Gesture,
    ) {
        let Some(swipe) = &mut self.swipe else {
            return;
        };
        swipe.has_moved |= pos.is_some_and(|pos| pos.distance(swipe.pressed_at) >= CLICK_DISTANCE);
        if context.ctx.input(|input| input.pointer.primary_down()) {
            return;
        }
        let Swipe {
            canvas,
            pressed_at,
            has_moved,
        } = *swipe;
        self.swipe = None;
        if !has_moved {
            self.press(context, (canvas, pressed_at), new_gesture());
        }
    }

    /// Highlights the element under the pointer, or only the dragged one during a drag.
    fn update_hover(&self, ctx: &Context, elements: &mut Elements, canvas: Option<Id>, pos: Option<Pos2>) {
        if let Some(drag) = &self.drag {
            elements.highlighted = Some(drag.placed.element);
            elements.hovered = None;
            if let Some(handle) = drag.placed.handle {
                // Dragging a curve highlights the knob that it changes.
                if let (DragTarget::Curve(knob), true) = (handle.target, drag.has_moved) {
                    elements.highlighted = Some(Element::Adjustable(knob.into()));
                }
                ctx.set_cursor_icon(handle.cursor(true));
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
                (Element::InputImage, _) => ctx.set_cursor_icon(egui::CursorIcon::Crosshair),
                (Element::Branch(_), _) => ctx.set_cursor_icon(egui::CursorIcon::PointingHand),
                (_, Some(handle)) => ctx.set_cursor_icon(handle.cursor(false)),
                (Element::Neuron(_) | Element::Lock(_) | Element::Play(_), None) => {
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

/// Handles a right-click: it opens the menu of the element, and removes a custom point.
fn open_menu(context: &mut PointerContext<'_>, canvas: Id, pos: Pos2) {
    let element = context
        .elements
        .hit_test(canvas, pos)
        .map(|placed| placed.element);
    // The secondary button erases there.
    let element = element.filter(|&element| element != Element::InputImage);
    let removal = element.and_then(|element| custom_points::remove_point(element, context.session));
    context.actions.extend(removal);
    context.elements.menu = element.map(|element| ElementMenu {
        element,
        pos,
        return_focus: None,
        needs_focus: false,
    });
}

/// Returns the position where the primary button was pressed or released.
fn primary_button_pos(events: &[Event], is_press: bool) -> Option<Pos2> {
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
