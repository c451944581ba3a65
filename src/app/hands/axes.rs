//! The axes of the plane after it was moved or zoomed.

use egui::{Pos2, Rect, Vec2};

use neurodial_core::session::Axes;

/// The axes after the plane went a way with the pointer.
pub(super) fn moved(rect: Rect, x: [f64; 2], y: [f64; 2], way: Vec2) -> Axes {
    let dx = -f64::from(way.x / rect.width().max(1.0)) * (x[1] - x[0]);
    let dy = f64::from(way.y / rect.height().max(1.0)) * (y[1] - y[0]);
    Axes {
        x: Some([x[0] + dx, x[1] + dx]),
        y: Some([y[0] + dy, y[1] + dy]),
    }
}

/// The axes after zooming by `factor`; what is at `pos` stays there.
pub(super) fn zoomed(rect: Rect, x: [f64; 2], y: [f64; 2], pos: Pos2, factor: f64) -> Axes {
    let zoomed = |ends: [f64; 2], fraction: f32| {
        let middle = ends[0] + f64::from(fraction) * (ends[1] - ends[0]);
        [
            middle - (middle - ends[0]) / factor,
            middle + (ends[1] - middle) / factor,
        ]
    };
    let across = (pos.x - rect.left()) / rect.width().max(1.0);
    let up = (rect.bottom() - pos.y) / rect.height().max(1.0);
    Axes {
        x: Some(zoomed(x, across)),
        y: Some(zoomed(y, up)),
    }
}
