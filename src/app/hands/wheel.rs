//! The wheel on a focused knob and on the plane of the curves.

use egui::{Context, Event};

use crate::canvas::{Grip, Motion, Stage};
use neurodial_core::session::{Action, Session};

use super::{FINE, Hands, Run, axes, canvas_under_pointer, target_of, tidy, turn};

/// How long wheel turns of one knob are one gesture, in seconds.
const WHEEL_PAUSE: f64 = 1.0;

impl Hands {
    /// The wheel turns only a focused knob, and zooms the plane; elsewhere it scrolls.
    pub(super) fn wheel(
        &mut self,
        ctx: &Context,
        session: &Session,
        stage: &Stage,
        actions: &mut Vec<Action>,
    ) {
        let (scroll, zoom, pos, time, shift) = ctx.input(|input| {
            let lines = wheel_lines(&input.events);
            (
                lines,
                input.zoom_delta(),
                input.pointer.hover_pos(),
                input.time,
                input.modifiers.shift,
            )
        });
        if scroll == 0.0 && zoom == 1.0 {
            self.swallow_rest(ctx);
            return;
        }
        self.is_swallowing = false;
        let Some((canvas, pos)) = canvas_under_pointer(ctx, stage).zip(pos) else {
            return;
        };
        let Some(placed) = stage.at(canvas, pos) else {
            return;
        };
        if let Some(Grip {
            turns: None,
            motion: Motion::Plane { rect, x, y },
        }) = placed.grip
        {
            let factor = if zoom == 1.0 {
                1.1f64.powf(scroll)
            } else {
                f64::from(zoom)
            };
            actions.push(Action::SetAxes(axes::zoomed(rect, x, y, pos, factor)));
            self.is_swallowing = true;
            self.swallow_rest(ctx);
            return;
        }
        let has_focus = ctx
            .memory(|memory| memory.focused())
            .and_then(|id| stage.focused(id));
        let Some((_, current)) = has_focus.filter(|(_, current)| current.part.topic() == placed.part.topic())
        else {
            return;
        };
        let Some(target) = target_of(current.part) else {
            return;
        };
        self.is_swallowing = true;
        self.swallow_rest(ctx);
        let run = match self.wheel {
            Some(run) if run.target == target && time - run.time <= WHEEL_PAUSE => Run { time, ..run },
            _ => Run {
                target,
                gesture: self.new_gesture(),
                time,
            },
        };
        self.wheel = Some(run);
        let step = session.document().range(target).step * if shift { FINE } else { 1.0 };
        let value = session.document().value(target).unwrap_or(0.0) + scroll * step;
        actions.push(turn(target, tidy(value, step), Some(run.gesture)));
    }

    /// What turned a knob or zoomed does not scroll as well. egui spreads one turn of the wheel over many frames.
    fn swallow_rest(&mut self, ctx: &Context) {
        if self.is_swallowing {
            self.is_swallowing = ctx.input_mut(|input| {
                let rest = std::mem::take(&mut input.smooth_scroll_delta);
                rest != egui::Vec2::ZERO
            });
        }
    }
}

/// The wheel's way in notches, up for more.
fn wheel_lines(events: &[Event]) -> f64 {
    let lines = events.iter().map(|event| match event {
        Event::MouseWheel {
            unit,
            delta,
            modifiers,
            ..
        } if !modifiers.command => {
            // Shift makes some systems turn the wheel sideways.
            let way = if delta.y == 0.0 { delta.x } else { delta.y };
            match unit {
                egui::MouseWheelUnit::Line => f64::from(way),
                egui::MouseWheelUnit::Point => f64::from(way) / 40.0,
                egui::MouseWheelUnit::Page => f64::from(way) * 10.0,
            }
        }
        _ => 0.0,
    });
    lines.sum()
}
