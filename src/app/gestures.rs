//! Gesture input: gestures on the elements of the last frame become actions before anything is drawn.
//!
//! | module | content |
//! | --- | --- |
//! | `custom_points` | adding, moving and removing custom data points |
//! | `drag` | the one way in which numbers are dragged, and moved by keys and screen readers |
//! | `click` | clicks, and typing a number |
//! | `pointer` | press, drag and release with mouse or finger, and what is under the pointer |
//! | `pixels` | drawing into the picture of the inputs |
//! | `wheel` | the scroll wheel on a focused number and on the plot area |
//! | `keys` | keys on the focused element, and requests of screen readers |
//!
//! A module uses only modules above it in this table; [`GestureInput`] uses all of them.

mod click;
mod custom_points;
mod drag;
mod keys;
mod pixels;
mod pointer;
mod wheel;

use egui::{Context, Event, Id};

use crate::canvas::Elements;
use crate::widgets::menu::set_touch_mode;
use neurodial_core::session::{Action, Gesture, Session};

use keys::KeyInput;
use pixels::PixelInput;
use pointer::{PointerContext, PointerInput};
use wheel::WheelInput;

/// Turns mouse, touch, wheel, key and screen reader input into actions.
#[derive(Debug, Default)]
pub(crate) struct GestureInput {
    pointer: PointerInput,
    pixels: PixelInput,
    wheel: WheelInput,
    keys: KeyInput,
    gesture_count: u64,
}

impl GestureInput {
    /// True while something is being dragged or a key is held: not the time to save a document or fit axes.
    pub(crate) fn is_busy(&self) -> bool {
        self.pointer.is_dragging() || self.pixels.is_drawing() || self.keys.is_held()
    }

    /// Returns a gesture that no other input has.
    pub(crate) fn new_gesture(&mut self) -> Gesture {
        self.gesture_count += 1;
        Gesture(self.gesture_count)
    }

    /// Returns the actions of all input since the last frame, in order.
    pub(crate) fn process(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let gesture_count = &mut self.gesture_count;
        let mut new_gesture = || {
            *gesture_count += 1;
            Gesture(*gesture_count)
        };
        update_touch(ctx, elements);
        let canvas = canvas_under_pointer(ctx, elements);
        let mut context = PointerContext {
            ctx,
            session,
            elements,
            actions: &mut actions,
        };
        self.pointer.handle(&mut context, canvas, &mut new_gesture);
        actions.extend(
            self.pixels
                .handle(ctx, session, elements, canvas, &mut new_gesture),
        );
        actions.extend(
            self.wheel
                .handle(ctx, session, elements, canvas, &mut new_gesture),
        );
        self.keys
            .handle(ctx, session, elements, &mut actions, &mut new_gesture);
        keys::handle_screen_reader_requests(ctx, session, elements, &mut actions, &mut new_gesture);
        actions
    }
}

/// Notes whether a finger or a mouse was used last. Rows change their height only between two touches, so that
/// nothing moves below a finger.
fn update_touch(ctx: &Context, elements: &mut Elements) {
    let is_of_mouse = |event: &Event| {
        matches!(
            event,
            Event::PointerMoved(_) | Event::PointerButton { .. } | Event::MouseWheel { .. }
        )
    };
    let is_of_finger = |event: &Event| matches!(event, Event::Touch { .. });
    let (is_down, has_touch, has_mouse) = ctx.input(|input| {
        (
            input.any_touches(),
            input.events.iter().any(is_of_finger),
            input.events.iter().any(is_of_mouse),
        )
    });
    if is_down || has_touch {
        elements.is_touch = true;
    } else if has_mouse {
        elements.is_touch = false;
    }
    if !is_down {
        set_touch_mode(ctx, elements.is_touch);
    }
}

/// Returns the canvas under the pointer, unless something covers it or the pointer is on a number field.
fn canvas_under_pointer(ctx: &Context, elements: &Elements) -> Option<Id> {
    let is_in_field = ctx.input(|input| {
        let pos = input.pointer.interact_pos();
        pos.is_some_and(|pos| elements.is_in_number_field(pos))
    });
    if is_in_field {
        return None;
    }
    elements.canvases().into_iter().find(|&id| {
        ctx.read_response(id)
            .is_some_and(|response| response.contains_pointer())
    })
}
