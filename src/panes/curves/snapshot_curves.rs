//! The curves of the snapshot: thin, gray and dashed, below the current ones.

use egui::{Pos2, Rect, Shape, Stroke, vec2};

use crate::canvas::Canvas;
use crate::panes::context::PaneContext;
use crate::plot::label_placement::best_label_rect;
use crate::plot::{LabelObstacle, PlotArea};
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::insight::Curve;

/// The length of the dashes, in points.
pub(crate) const DASH_LENGTH: f32 = 5.0;
/// The length of the gaps between the dashes, in points.
pub(crate) const DASH_GAP: f32 = 3.5;

/// Returns the stroke of the snapshot's curves.
pub(crate) fn snapshot_stroke(theme: &ColorTheme) -> Stroke {
    Stroke::new(1.25, ColorTheme::mix(theme.card, theme.weak_text, 0.7))
}

/// Draws the snapshot's curves that differ from the current ones. The selected neuron's has the snapshot's
/// name.
pub(crate) fn snapshot_curves_ui(canvas: &Canvas<'_>, context: &PaneContext<'_>, plot_area: &PlotArea) {
    let Some(overlay) = context.insight.snapshot_overlay() else {
        return;
    };
    let theme = context.theme;
    let painter = canvas.painter();
    let current_curves = &context.insight.sweep().curves;
    for (curve, now) in overlay.curves().iter().zip(current_curves) {
        if curve.points == now.points {
            continue;
        }
        let line = plot_area.line(&curve.points);
        painter.extend(Shape::dashed_line(
            &line,
            snapshot_stroke(theme),
            DASH_LENGTH,
            DASH_GAP,
        ));
        if curve.at == context.session.view().selected {
            snapshot_point_ui(canvas, context, plot_area, curve);
            // A figure explains the dashes below its panes.
            if context.options.is_some() {
                continue;
            }
            let name =
                painter.layout_no_wrap(overlay.name().to_owned(), type_scale::small(), theme.weak_text);
            let curve_now = LabelObstacle::Line {
                points: plot_area.line(&now.points),
                cost: 300.0,
            };
            let bounds = plot_area.rect.shrink2(vec2(6.0, 3.0));
            if name.size().x > bounds.width() {
                continue;
            }
            let at = best_label_rect(
                name.size(),
                &label_candidates(&line, name.size(), bounds),
                bounds,
                &[curve_now],
            );
            painter.galley(at.min, name, theme.weak_text);
        }
    }
}

/// Returns positions for a label of `size` above and below the line, first near its right end.
fn label_candidates(line: &[Pos2], size: egui::Vec2, bounds: Rect) -> Vec<Pos2> {
    let near = |fraction: f32| {
        let x = bounds.left() + fraction * bounds.width();
        line.iter().copied().find(|point| point.x >= x)
    };
    let points = [0.92, 0.8, 0.65, 0.1, 0.25].into_iter().filter_map(near);
    points
        .flat_map(|point| {
            let left = point.x - size.x;
            [vec2(0.0, -5.0 - size.y), vec2(0.0, 5.0)].map(|offset| Pos2::new(left, point.y) + offset)
        })
        .collect()
}

/// Draws the current point of the snapshot.
fn snapshot_point_ui(canvas: &Canvas<'_>, context: &PaneContext<'_>, plot_area: &PlotArea, curve: &Curve) {
    let center = plot_area.screen_from_plot(curve.current);
    if plot_area.rect.contains(center) && curve.current[1].is_finite() {
        let stroke = Stroke::new(1.5, context.theme.weak_text);
        canvas.painter().circle(center, 4.0, context.theme.card, stroke);
    }
}
