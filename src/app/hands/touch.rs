//! A finger on a canvas that scrolls: it turns a handle, and scrolls everywhere else.

use egui::{Context, Id, Pos2};

use crate::canvas::Stage;
use neurodial_core::session::{Action, Session};

use super::Hands;
use super::pointer::CLICK_WAY;

/// A finger that may be scrolling, from press to release.
#[derive(Debug, Clone, Copy)]
pub(super) struct Swipe {
    canvas: Id,
    pressed_at: Pos2,
    has_moved: bool,
}

impl Hands {
    /// Whether a press is a finger's on a canvas that scrolls and not on a handle. Then egui scrolls with it.
    pub(super) fn begin_swipe(&mut self, ctx: &Context, stage: &Stage, canvas: Id, pos: Pos2) -> bool {
        let Some(area) = stage.scroll_area(canvas) else {
            return false;
        };
        let grip = stage.at(canvas, pos).and_then(|placed| placed.grip);
        if !ctx.input(|input| input.any_touches()) || grip.is_some_and(|grip| grip.motion.is_on_handle(pos)) {
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

    /// When the finger goes without having moved, it was a tap, and that is made a press.
    pub(super) fn end_swipe(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &mut Stage,
        pos: Option<Pos2>,
        actions: &mut Vec<Action>,
    ) {
        let Some(swipe) = &mut self.swipe else {
            return;
        };
        swipe.has_moved |= pos.is_some_and(|pos| pos.distance(swipe.pressed_at) >= CLICK_WAY);
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
            self.press(ctx, session, stage, (canvas, pressed_at), actions);
        }
    }
}
