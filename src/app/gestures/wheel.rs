//! The scroll wheel on a focused number and on the plot area of the curves.

use egui::{Context, Event, Id, Pos2, Rect};

use crate::canvas::{DragMapping, DragTarget, Elements, Handle};
use neurodial_core::session::{Action, Adjustable, CurveAxes, Gesture, Session, ViewChange};

use super::drag::{adjustable_of, follow_actions, turn_action};

/// The longest time between two wheel movements of one gesture, in seconds.
const GESTURE_TIMEOUT: f64 = 1.0;

/// Several wheel movements that make one undo step.
#[derive(Debug, Clone, Copy)]
struct WheelGesture {
    adjustable: Adjustable,
    gesture: Gesture,
    /// The time of the last movement, in seconds.
    time: f64,
    /// The part of a notch that has had no effect yet.
    remaining_notches: f64,
}

/// The state of the scroll wheel.
#[derive(Debug, Default)]
pub(super) struct WheelInput {
    gesture: Option<WheelGesture>,
    /// True while the rest of a wheel movement is kept from scrolling.
    is_consuming_scroll: bool,
}

impl WheelInput {
    /// Handles the wheel: it changes a focused number and zooms the plot area; elsewhere it scrolls. `canvas`
    /// is the one under the pointer.
    pub(super) fn handle(
        &mut self,
        ctx: &Context,
        session: &Session,
        elements: &Elements,
        canvas: Option<Id>,
        new_gesture: impl FnOnce() -> Gesture,
    ) -> Vec<Action> {
        let (scroll, zoom, pos, time, is_fine) = ctx.input(|input| {
            (
                wheel_notches(&input.events),
                input.zoom_delta(),
                input.pointer.hover_pos(),
                input.time,
                input.modifiers.shift,
            )
        });
        if scroll == 0.0 && zoom == 1.0 {
            self.consume_remaining_scroll(ctx);
            return Vec::new();
        }
        self.is_consuming_scroll = false;
        let Some((placed, pos)) = canvas
            .zip(pos)
            .and_then(|(canvas, pos)| Some((elements.hit_test(canvas, pos)?, pos)))
        else {
            return Vec::new();
        };
        if let Some(Handle {
            target: DragTarget::Axes(axes),
            mapping: DragMapping::XyPad { rect, .. },
            ..
        }) = placed.handle
        {
            let factor = if zoom == 1.0 {
                1.1f64.powf(scroll)
            } else {
                f64::from(zoom)
            };
            self.is_consuming_scroll = true;
            self.consume_remaining_scroll(ctx);
            return vec![ViewChange::SetAxes(zoomed(rect, axes, pos, factor)).into()];
        }
        let focused = ctx
            .memory(|memory| memory.focused())
            .and_then(|id| elements.focused(id))
            .filter(|(_, current)| current.element.highlight_group() == placed.element.highlight_group())
            .and_then(|(_, current)| adjustable_of(current.element));
        let Some((adjustable, value)) =
            focused.and_then(|adjustable| Some((adjustable, session.document().value(adjustable)?)))
        else {
            return Vec::new();
        };
        self.is_consuming_scroll = true;
        self.consume_remaining_scroll(ctx);
        let mut wheel_gesture = self
            .gesture
            .filter(|last| last.adjustable == adjustable && time - last.time <= GESTURE_TIMEOUT)
            .unwrap_or_else(|| WheelGesture {
                adjustable,
                gesture: new_gesture(),
                time,
                remaining_notches: 0.0,
            });
        wheel_gesture.time = time;
        let scale = session.document().slider_scale(adjustable);
        let mut notches = wheel_gesture.remaining_notches + scroll;
        wheel_gesture.remaining_notches = 0.0;
        if scale.has_whole_steps() {
            wheel_gesture.remaining_notches = notches.fract();
            notches = notches.trunc();
        }
        self.gesture = Some(wheel_gesture);
        let value = scale.scrolled(value, notches, is_fine);
        let turn = turn_action(adjustable, value, Some(wheel_gesture.gesture));
        follow_actions(adjustable).chain([turn]).collect()
    }

    /// Keeps a wheel movement that changed a number or zoomed from scrolling as well. egui spreads one
    /// movement over many frames.
    fn consume_remaining_scroll(&mut self, ctx: &Context) {
        if self.is_consuming_scroll {
            self.is_consuming_scroll = ctx.input_mut(|input| {
                let remaining = std::mem::take(&mut input.smooth_scroll_delta);
                remaining != egui::Vec2::ZERO
            });
        }
    }
}

/// Returns the axes after zooming by `factor`; the point at `pos` stays where it is.
fn zoomed(rect: Rect, [x, y]: [[f64; 2]; 2], pos: Pos2, factor: f64) -> CurveAxes {
    let zoomed = |ends: [f64; 2], fraction: f32| {
        let pivot = ends[0] + f64::from(fraction) * (ends[1] - ends[0]);
        [
            pivot - (pivot - ends[0]) / factor,
            pivot + (ends[1] - pivot) / factor,
        ]
    };
    let x_fraction = (pos.x - rect.left()) / rect.width().max(1.0);
    let y_fraction = (rect.bottom() - pos.y) / rect.height().max(1.0);
    CurveAxes {
        x: Some(zoomed(x, x_fraction)),
        y: Some(zoomed(y, y_fraction)),
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
