//! What a drag would do, said before it begins.

use egui::{Context, Id, LayerId, Order, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::canvas::{Grip, Hovered, Motion, Part};
use crate::look::type_scale;
use crate::panes::Pane;
use neurodial_core::session::{Session, Target};

use super::App;

/// What a drag of a grip would do: “drag up or down: turns w₂₃”. `None` where nothing turns.
pub fn words(session: &Session, grip: Grip) -> Option<String> {
    if let Motion::Pad { turns, .. } = grip.motion {
        let [across, up] = turns.map(|(target, _)| target.symbol(session.blueprint()).plain());
        return Some(format!("drag: turns {across} and {up} together"));
    }
    let target = grip.turns?;
    let symbol = target.symbol(session.blueprint()).plain();
    if let Target::Input(input) = target
        && session.document().features().feature(input).is_some()
    {
        return Some(format!("{symbol} is computed from other inputs"));
    }
    if session.document().is_locked(target) {
        return Some(format!("{symbol} is locked"));
    }
    Some(match grip.motion {
        Motion::Track { .. } => format!("drag sideways: turns {symbol}"),
        Motion::Lever { .. } => format!("drag up or down: turns {symbol}"),
        Motion::Round { .. } => format!("drag round or up and down: turns {symbol}"),
        Motion::Curve { .. } => format!("drag: turns {symbol}, the curve follows"),
        Motion::Pad { .. } | Motion::Plane { .. } | Motion::Spot { .. } | Motion::Timeline { .. } => {
            return None;
        }
    })
}

/// Writes it beside the pointer, where the thing itself does not say how it is taken.
pub fn hint_ui(app: &App, ctx: &Context) {
    let Some(Hovered {
        canvas,
        part,
        grip,
        at,
    }) = app.stage.hovered
    else {
        return;
    };
    let is_number = matches!(part, Part::Number(_));
    // A slider, and the number beside it, say it by themselves.
    let is_plain = matches!(grip.motion, Motion::Track { .. }) || is_number;
    let is_silent = canvas == Pane::Knobs.canvas_id() && is_plain;
    if is_silent || app.dialog.is_some() || app.stage.menu.is_some() {
        return;
    }
    let Some(mut text) = words(&app.session, grip) else {
        return;
    };
    if is_number {
        text += "; click to type it";
    }
    let look = app.look();
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("hint")));
    let galley = painter.layout_no_wrap(text, type_scale::small(), look.ink_soft);
    let size = galley.size() + vec2(12.0, 6.0);
    let screen = ctx.content_rect().shrink(4.0);
    // Under the pointer, or over it where the window ends.
    let top = if at.y + 20.0 + size.y <= screen.bottom() {
        at.y + 20.0
    } else {
        at.y - 10.0 - size.y
    };
    let left = (at.x + 12.0).min(screen.right() - size.x);
    let place = Rect::from_min_size(pos2(left, top), size);
    let stroke = Stroke::new(1.0, look.hairline);
    painter.rect(place, 5.0, look.card_raised, stroke, StrokeKind::Outside);
    painter.galley(place.min + vec2(6.0, 3.0), galley, look.ink_soft);
}
