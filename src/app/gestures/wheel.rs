//! The scroll wheel on a focused knob and on the plot area of the curves.

use egui::{Context, Event};

use crate::canvas::{DragMapping, Elements, Handle};
use neurodial_core::session::{Action, Session, ViewChange};

use super::{
    FINE_FACTOR, GestureInput, RepeatGesture, adjustable_of, axes, canvas_under_pointer, round_to_step,
    turn_action,
};

/// The longest time between two wheel movements of one gesture, in seconds.
const WHEEL_GESTURE_TIMEOUT: f64 = 1.0;

impl GestureInput {
    /// Handles the wheel: it changes a focused knob and zooms the plot area; elsewhere it scrolls.
    pub(super) fn handle_wheel(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &Elements,
        actions: &mut Vec<Action>,
    ) {
        let (scroll, zoom, pos, time, shift) = ctx.input(|input| {
            let lines = wheel_notches(&input.events);
            (
                lines,
                input.zoom_delta(),
                input.pointer.hover_pos(),
                input.time,
                input.modifiers.shift,
            )
        });
        if scroll == 0.0 && zoom == 1.0 {
            self.consume_remaining_scroll(ctx);
            return;
        }
        self.is_consuming_scroll = false;
        let Some((canvas, pos)) = canvas_under_pointer(ctx, elements).zip(pos) else {
            return;
        };
        let Some(placed) = elements.hit_test(canvas, pos) else {
            return;
        };
        if let Some(Handle {
            adjusts: None,
            mapping: DragMapping::PlotPan { rect, x, y },
        }) = placed.handle
        {
            let factor = if zoom == 1.0 {
                1.1f64.powf(scroll)
            } else {
                f64::from(zoom)
            };
            actions.push(ViewChange::SetAxes(axes::zoomed(rect, x, y, pos, factor)).into());
            self.is_consuming_scroll = true;
            self.consume_remaining_scroll(ctx);
            return;
        }
        let focused = ctx
            .memory(|memory| memory.focused())
            .and_then(|id| elements.focused(id));
        let Some((_, current)) = focused
            .filter(|(_, current)| current.element.highlight_group() == placed.element.highlight_group())
        else {
            return;
        };
        let Some(adjustable) = adjustable_of(current.element) else {
            return;
        };
        self.is_consuming_scroll = true;
        self.consume_remaining_scroll(ctx);
        let repeat_gesture = match self.wheel {
            Some(repeat_gesture)
                if repeat_gesture.adjustable == adjustable
                    && time - repeat_gesture.time <= WHEEL_GESTURE_TIMEOUT =>
            {
                RepeatGesture {
                    time,
                    ..repeat_gesture
                }
            }
            _ => RepeatGesture {
                adjustable,
                gesture: self.new_gesture(),
                time,
            },
        };
        self.wheel = Some(repeat_gesture);
        let step = session.document().range(adjustable).step * if shift { FINE_FACTOR } else { 1.0 };
        let value = session.document().value(adjustable).unwrap_or(0.0) + scroll * step;
        actions.push(turn_action(
            adjustable,
            round_to_step(value, step),
            Some(repeat_gesture.gesture),
        ));
    }

    /// Keeps a wheel movement that changed a knob or zoomed from scrolling as well. egui spreads one movement
    /// over many frames.
    fn consume_remaining_scroll(&mut self, ctx: &Context) {
        if self.is_consuming_scroll {
            self.is_consuming_scroll = ctx.input_mut(|input| {
                let remaining = std::mem::take(&mut input.smooth_scroll_delta);
                remaining != egui::Vec2::ZERO
            });
        }
    }
}

/// Returns the wheel movement in notches, positive when scrolled up.
fn wheel_notches(events: &[Event]) -> f64 {
    let lines = events.iter().map(|event| match event {
        Event::MouseWheel {
            unit,
            delta,
            modifiers,
            ..
        } if !modifiers.command => {
            // With Shift held, some systems report horizontal scrolling.
            let distance = if delta.y == 0.0 { delta.x } else { delta.y };
            match unit {
                egui::MouseWheelUnit::Line => f64::from(distance),
                egui::MouseWheelUnit::Point => f64::from(distance) / 40.0,
                egui::MouseWheelUnit::Page => f64::from(distance) * 10.0,
            }
        }
        _ => 0.0,
    });
    lines.sum()
}
