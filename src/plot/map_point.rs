//! The texture of a map and the point on it that can be dragged.

use egui::{Color32, Painter, Pos2, Rect, Stroke, TextureId, pos2};

use crate::canvas::{Canvas, Element, ElementInfo, FocusLinks, Handle, HitShape, Placement};
use crate::theme::ColorTheme;
use neurodial_core::session::Adjustable;

use super::PlotArea;

/// The radius of the point, in points.
pub(crate) const POINT_RADIUS: f32 = 5.5;

/// Paints a texture of `columns` by `columns` values over a plot area. Each value is at the center of its pixel,
/// so the texture extends half a pixel beyond the plot area.
pub(crate) fn paint_map_texture(painter: &Painter, rect: Rect, columns: usize, texture: TextureId) {
    let cells = (columns.max(2) - 1) as f32;
    let over = rect.expand2(rect.size() / (2.0 * cells));
    let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    painter.image(texture, over, uv, Color32::WHITE);
}

/// The current point of a map over two knobs or inputs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MapPoint {
    /// The plot area of the map.
    pub(crate) plot_area: PlotArea,
    /// The knobs or inputs of its horizontal and vertical axis.
    pub(crate) over: [Adjustable; 2],
    /// The position on the screen.
    pub(crate) center: Pos2,
}

impl MapPoint {
    /// Creates the point at the values of the two knobs or inputs, moved to the nearest edge if it is outside.
    pub(crate) fn new(plot_area: PlotArea, over: [Adjustable; 2], values: [f64; 2]) -> Self {
        Self {
            plot_area,
            over,
            center: plot_area.clamped_screen_from_plot(values),
        }
    }

    /// Returns the element.
    pub(crate) fn element(&self) -> Element {
        Element::MapPoint(self.over)
    }

    /// Paints the point; the pointer lights it up in `color`.
    pub(crate) fn paint(
        &self,
        painter: &Painter,
        theme: &ColorTheme,
        color: Color32,
        is_under_pointer: bool,
    ) {
        if is_under_pointer {
            painter.circle_filled(self.center, POINT_RADIUS + 6.0, color.gamma_multiply(0.25));
        }
        painter.circle(
            self.center,
            POINT_RADIUS + 1.5,
            theme.card,
            Stroke::new(1.0, theme.text),
        );
        painter.circle_filled(self.center, POINT_RADIUS - 0.5, theme.text);
    }

    /// Places the point on a canvas, with the whole plot area, in which it can be dragged too. Without a
    /// description it can't be reached by keyboard and screen reader.
    pub(crate) fn place(&self, canvas: &mut Canvas<'_>, describe: Option<impl FnOnce() -> ElementInfo>) {
        let PlotArea { rect, x, y } = self.plot_area;
        let axes = [(self.over[0], x.range), (self.over[1], y.range)];
        let handle = Handle::xy_pad(rect, axes, self.center);
        if let Some(describe) = describe {
            let circle = HitShape::Circle {
                center: self.center,
                radius: POINT_RADIUS + 4.0,
            };
            let item = Placement::new(self.element(), circle)
                .handle(Some(handle))
                .rank(1)
                .focusable(FocusLinks::default());
            canvas.place(item, describe);
        }
        let area = Placement::new(self.element(), HitShape::Rect(rect));
        canvas.place_again(area.handle(Some(handle)));
    }
}
