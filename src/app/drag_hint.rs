//! The effect of a drag, shown beside the pointer before the drag begins.

use egui::{Context, Id, LayerId, Order, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::canvas::{DragMapping, DragTarget, Element, Handle, HighlightGroup, HoveredHandle};
use crate::panes::Pane;
use crate::theme::type_scale;
use neurodial_core::session::{Adjustable, Session};

use super::App;

/// Returns the effect of dragging a handle: “drag up or down: turns w₂₃”. Returns `None` if it sets no
/// number.
pub(crate) fn drag_text(session: &Session, handle: Handle) -> Option<String> {
    let adjustable = match handle.target {
        DragTarget::Adjustable(adjustable) => adjustable,
        DragTarget::Curve(knob) => knob.into(),
        DragTarget::Pair(pair) => {
            let [across, up] = pair.map(|adjustable| adjustable.symbol(session.architecture()).to_unicode());
            return Some(format!("drag: turns {across} and {up} together"));
        }
        DragTarget::Point { .. } | DragTarget::NewPoint(_) | DragTarget::Epoch | DragTarget::Axes(_) => {
            return None;
        }
    };
    let symbol = match adjustable {
        Adjustable::Hyperparameter(hyperparameter) => format!("the {hyperparameter}"),
        Adjustable::Knob(_) | Adjustable::Input(_) => adjustable.symbol(session.architecture()).to_unicode(),
    };
    if let Adjustable::Input(input) = adjustable
        && session.document().features().feature(input).is_some()
    {
        return Some(format!("{symbol} is computed from other inputs"));
    }
    if session.document().is_locked(adjustable) {
        return Some(format!("{symbol} is locked"));
    }
    Some(match handle.mapping {
        DragMapping::Track { .. } => format!("drag sideways: turns {symbol}"),
        DragMapping::VerticalDrag { .. } => format!("drag up or down: turns {symbol}"),
        DragMapping::DialDrag { .. } => format!("drag round or up and down: turns {symbol}"),
        DragMapping::XyPad { .. } => format!("drag: turns {symbol}, the curve follows"),
    })
}

/// Writes the effect beside the pointer, where the element itself doesn't show it.
pub(crate) fn drag_hint_ui(app: &App, ctx: &Context) {
    let Some(HoveredHandle {
        canvas,
        element,
        handle,
        pos,
    }) = app.elements.hovered
    else {
        return;
    };
    let is_number = matches!(element, Element::Number(_));
    // The effect of a slider and of the number beside it is obvious.
    let is_obvious = matches!(handle.mapping, DragMapping::Track { .. }) || is_number;
    let is_list = Pane::in_window().any(|pane| pane.info().lists_knobs && pane.canvas_id() == canvas);
    // A hyperparameter has a tooltip there.
    let has_tooltip = matches!(
        element.highlight_group(),
        Some(HighlightGroup::Adjustable(Adjustable::Hyperparameter(_)))
    );
    let is_hidden = is_list && is_obvious || has_tooltip;
    if is_hidden || app.dialog.is_some() || app.elements.menu.is_some() {
        return;
    }
    let Some(mut text) = drag_text(&app.session, handle) else {
        return;
    };
    if is_number {
        text += "; click to type it";
    }
    let theme = app.theme();
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("hint")));
    let galley = painter.layout_no_wrap(text, type_scale::small(), theme.weak_text);
    let size = galley.size() + vec2(12.0, 6.0);
    let screen = ctx.content_rect().shrink(4.0);
    // Below the pointer, or above it at the end of the window.
    let top = if pos.y + 20.0 + size.y <= screen.bottom() {
        pos.y + 20.0
    } else {
        pos.y - 10.0 - size.y
    };
    let left = (pos.x + 12.0).min(screen.right() - size.x);
    let rect = Rect::from_min_size(pos2(left, top), size);
    let stroke = Stroke::new(1.0, theme.border);
    painter.rect(rect, 5.0, theme.card_raised, stroke, StrokeKind::Outside);
    painter.galley(rect.min + vec2(6.0, 3.0), galley, theme.weak_text);
}
