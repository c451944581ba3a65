//! The axes of the plot area after panning or zooming.

use egui::{Pos2, Rect, Vec2};

use neurodial_core::session::CurveAxes;

/// Returns the axes after the plot moved by `offset` (in points) with the pointer.
pub(super) fn panned(rect: Rect, x: [f64; 2], y: [f64; 2], offset: Vec2) -> CurveAxes {
    let dx = -f64::from(offset.x / rect.width().max(1.0)) * (x[1] - x[0]);
    let dy = f64::from(offset.y / rect.height().max(1.0)) * (y[1] - y[0]);
    CurveAxes {
        x: Some([x[0] + dx, x[1] + dx]),
        y: Some([y[0] + dy, y[1] + dy]),
    }
}

/// Returns the axes after zooming by `factor`; the point at `pos` stays where it is.
pub(super) fn zoomed(rect: Rect, x: [f64; 2], y: [f64; 2], pos: Pos2, factor: f64) -> CurveAxes {
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
