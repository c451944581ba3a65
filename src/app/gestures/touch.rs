//! Touch on a canvas that scrolls: it drags a handle, and scrolls everywhere else.

use egui::{Context, Id, Pos2};

use crate::canvas::Elements;
use neurodial_core::session::{Action, Session};

use super::GestureInput;
use super::pointer::CLICK_DISTANCE;

/// A touch that may be scrolling, from press to release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swipe {
    canvas: Id,
    pressed_at: Pos2,
    has_moved: bool,
}

impl GestureInput {
    /// Starts a swipe if a press is a touch on a scrolling canvas, but not on a handle. egui then scrolls
    /// with it. Returns true if so.
    pub(super) fn begin_swipe(&mut self, ctx: &Context, elements: &Elements, canvas: Id, pos: Pos2) -> bool {
        let Some(area) = elements.scroll_area(canvas) else {
            return false;
        };
        let handle = elements.hit_test(canvas, pos).and_then(|placed| placed.handle);
        if !ctx.input(|input| input.any_touches())
            || handle.is_some_and(|handle| handle.mapping.is_on_handle(pos))
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

    /// Ends the swipe when the finger is lifted. If it has not moved it was a tap, which is handled as a
    /// press.
    pub(super) fn end_swipe(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &mut Elements,
        pos: Option<Pos2>,
        actions: &mut Vec<Action>,
    ) {
        let Some(swipe) = &mut self.swipe else {
            return;
        };
        swipe.has_moved |= pos.is_some_and(|pos| pos.distance(swipe.pressed_at) >= CLICK_DISTANCE);
        if ctx.input(|input| input.pointer.primary_down()) {
            return;
        }
        let Swipe {
            canvas,
            pressed_at,
            has_moved,
        } = *swipe;
        self.swipe = None;
        if !has_moved {
            self.press(ctx, session, elements, (canvas, pressed_at), actions);
        }
    }
}
