//! One neuron's map in its plot area.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::curves::geometry::PlotArea;
use crate::panes::data;
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::insight::data_plot::DataPoint;
use neurodial_core::insight::{Contour, NeuronMap};
use neurodial_core::network::NeuronAddress;

use super::contour_labels;

/// The radius of the current point, in points.
const POINT_RADIUS: f32 = 5.5;
/// The minimum width and height of a map with labels on its contours, in points.
const MIN_SIZE_FOR_LABELS: f32 = 80.0;

/// One neuron's map in its plot area.
pub(crate) struct NeuronMapChart<'a> {
    /// The neuron.
    pub(crate) at: NeuronAddress,
    /// The plot area.
    pub(crate) plot_area: PlotArea,
    /// Its values and contours.
    pub(crate) neuron_map: &'a NeuronMap,
    /// The texture with its colors.
    pub(crate) texture: TextureId,
}

impl NeuronMapChart<'_> {
    /// Draws the map with the samples of the dataset. Only the point of the first map can be reached by
    /// keyboard and screen reader.
    pub(crate) fn draw_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &PaneContext<'_>,
        points: &[DataPoint],
        is_first: bool,
    ) {
        let rect = self.plot_area.rect;
        let theme = context.theme;
        let part = Element::MapPoint(context.session.view().map_axes);
        canvas.begin_element(Element::Neuron(self.at));
        canvas.set_figure_title(|| {
            format!(
                "map of {}",
                context.session.architecture().describe_neuron(self.at)
            )
        });
        let painter = canvas
            .painter()
            .with_clip_rect(rect.intersect(canvas.painter().clip_rect()));
        self.texture_ui(&painter);
        let dot = self.point_position(context);
        let around = Rect::from_center_size(dot, egui::Vec2::splat(2.0 * POINT_RADIUS + 3.0));
        let number = self.value_label(&painter, context, dot).map(|(rect, _)| rect);
        let taken: Vec<Rect> = [Some(around), number].into_iter().flatten().collect();
        let numbers = self.contours_ui(&painter, context, &taken);
        data::points_ui(&painter, context, &self.plot_area, points);
        for (number, label_rect) in numbers {
            contour_label_ui(&painter, theme, number, label_rect);
        }
        canvas.end_element();
        let edge = Stroke::new(1.0, theme.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        canvas.begin_element(part);
        self.point_ui(canvas, context, dot);
        self.add_elements(canvas, context, dot, is_first);
        canvas.end_element();
    }

    /// Draws the texture. Each grid value is the center of its pixel, so the texture extends half a pixel
    /// beyond the plot area.
    fn texture_ui(&self, painter: &Painter) {
        let rect = self.plot_area.rect;
        let cells = (self.neuron_map.grid_size().max(2) - 1) as f32;
        let over = rect.expand2(vec2(rect.width(), rect.height()) / (2.0 * cells));
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(self.texture, over, uv, Color32::WHITE);
    }

    /// Draws the contours. Returns the labels that belong on them, with rectangles that do not overlap
    /// `taken`.
    fn contours_ui(
        &self,
        painter: &Painter,
        context: &PaneContext<'_>,
        taken: &[Rect],
    ) -> Vec<(Arc<Galley>, Rect)> {
        let theme = context.theme;
        let landscape = self.neuron_map;
        let boundary = (landscape.boundary_level(), landscape.boundary());
        let levels = landscape.levels().map(|(level, contour)| (Some(level), contour));
        let mut lines: Vec<Vec<Pos2>> = Vec::new();
        let mut numbers: Vec<Option<Arc<Galley>>> = Vec::new();
        for (level, contour) in levels.chain([boundary]) {
            let galley = level.map(|level| {
                let text = neurodial_core::text::format_ascii(level, 9).replace('-', "−");
                painter.layout_no_wrap(text, type_scale::small(), theme.text)
            });
            let screen_lines = self.screen_lines(contour);
            numbers.extend(std::iter::repeat_n(galley, screen_lines.len()));
            lines.extend(screen_lines);
        }
        // The lines of the boundary come last: they are drawn over the others.
        let fine = lines.len() - landscape.boundary().lines().count();
        let rects = self.label_rects(&lines, &numbers, taken);
        let stroke = Stroke::new(0.75, theme.text.gamma_multiply(0.35));
        for (line, rect) in lines.iter().zip(&rects).take(fine) {
            line_ui(painter, line, *rect, stroke);
        }
        // On a band of its own the line is visible on every color.
        for stroke in [
            Stroke::new(4.0, theme.card.gamma_multiply(0.7)),
            Stroke::new(1.75, theme.text),
        ] {
            for (line, rect) in lines.iter().zip(&rects).skip(fine) {
                line_ui(painter, line, *rect, stroke);
            }
        }
        let numbers = numbers.into_iter().zip(rects);
        numbers
            .filter_map(|(number, rect)| Some((number?, rect?)))
            .collect()
    }

    /// Returns the rectangle of each line's label; there are none on a small map.
    fn label_rects(
        &self,
        lines: &[Vec<Pos2>],
        numbers: &[Option<Arc<Galley>>],
        taken: &[Rect],
    ) -> Vec<Option<Rect>> {
        let rect = self.plot_area.rect;
        if rect.width().min(rect.height()) < MIN_SIZE_FOR_LABELS {
            return vec![None; lines.len()];
        }
        // A line without a label gets a size for which no line has room.
        let sizes = numbers.iter().map(|galley| match galley {
            Some(galley) => galley.size() + vec2(6.0, 0.0),
            None => vec2(f32::INFINITY, 1.0),
        });
        contour_labels::label_rects(lines, &sizes.collect::<Vec<_>>(), rect, taken)
    }

    /// Converts the lines of a contour to screen positions.
    fn screen_lines(&self, contour: &Contour) -> Vec<Vec<Pos2>> {
        contour_labels::screen_lines(contour, self.neuron_map.grid_size(), self.plot_area.rect)
    }

    /// Returns the position of the current point on the screen, clamped to the plot area.
    fn point_position(&self, context: &PaneContext<'_>) -> Pos2 {
        let document = context.session.document();
        let now = context
            .session
            .view()
            .map_axes
            .map(|target| document.value(target).unwrap_or(0.0));
        self.plot_area
            .screen_from_plot(now)
            .clamp(self.plot_area.rect.min, self.plot_area.rect.max)
    }

    /// Draws the current point with its label.
    fn point_ui(&self, canvas: &Canvas<'_>, context: &PaneContext<'_>, dot: Pos2) {
        let theme = context.theme;
        let painter = canvas.painter();
        let color = context.neuron_color(self.at);
        let part = Element::MapPoint(context.session.view().map_axes);
        if canvas.is_under_pointer(part) {
            painter.circle_filled(dot, POINT_RADIUS + 6.0, color.gamma_multiply(0.25));
        }
        painter.circle(dot, POINT_RADIUS + 1.5, theme.card, Stroke::new(1.0, theme.text));
        painter.circle_filled(dot, POINT_RADIUS - 0.5, theme.text);
        if let Some((background, galley)) = self.value_label(painter, context, dot) {
            painter.rect_filled(background, 4.0, theme.card.gamma_multiply(0.85));
            let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), background);
            painter.galley(at.min, galley, theme.text);
        }
    }

    /// Returns the label with the output at the current point, beside it on the side where there is room, or
    /// `None` if there is none.
    fn value_label(
        &self,
        painter: &Painter,
        context: &PaneContext<'_>,
        dot: Pos2,
    ) -> Option<(Rect, Arc<Galley>)> {
        let text = context.format_number(context.output(self.at));
        let galley = painter.layout_no_wrap(text, type_scale::strong(), context.theme.text);
        let size = galley.size() + vec2(8.0, 2.0);
        let rect = self.plot_area.rect.shrink(3.0);
        if size.x > rect.width() || size.y > rect.height() {
            return None;
        }
        let left = if dot.x + 12.0 + size.x <= rect.right() {
            dot.x + 12.0
        } else {
            dot.x - 12.0 - size.x
        };
        let top = (dot.y - size.y / 2.0).clamp(rect.top(), rect.bottom() - size.y);
        Some((Rect::from_min_size(pos2(left, top), size), galley))
    }

    /// Adds the point and the plot area to the canvas, so that the point can be dragged in both.
    fn add_elements(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, dot: Pos2, is_first: bool) {
        let over = context.session.view().map_axes;
        let PlotArea {
            rect,
            x_range,
            y_range,
        } = self.plot_area;
        let element = Element::MapPoint(over);
        let handle = Handle::xy_pad(rect, [(over[0], x_range), (over[1], y_range)], dot);
        let placement = Placement::new(element, HitShape::Rect(rect)).handle(Some(handle));
        if !is_first {
            canvas.place_again(placement);
            return;
        }
        let circle = HitShape::Circle {
            center: dot,
            radius: POINT_RADIUS + 4.0,
        };
        let item = Placement::new(element, circle)
            .handle(Some(handle))
            .rank(1)
            .focusable(FocusLinks::default());
        canvas.place(item, || {
            let architecture = context.session.architecture();
            let document = context.session.document();
            let symbols = over.map(|target| target.symbol(architecture).to_unicode());
            let values = over.map(|target| context.format_number(document.value(target).unwrap_or(0.0)));
            ElementInfo::new(
                "point of the map",
                format!(
                    "{} {}, {} {}; output of {} {}",
                    symbols[0],
                    values[0],
                    symbols[1],
                    values[1],
                    architecture.describe_neuron(self.at),
                    context.format_number(context.output(self.at))
                ),
            )
        });
        canvas.place_again(placement);
    }
}

/// Draws a line with a gap for its label.
pub(in crate::panes) fn line_ui(painter: &Painter, line: &[Pos2], label_rect: Option<Rect>, stroke: Stroke) {
    for part in contour_labels::split_around(line, label_rect) {
        painter.add(Shape::line(part, stroke));
    }
}

/// Draws a contour label, on a background that makes it readable on every color.
pub(in crate::panes) fn contour_label_ui(
    painter: &Painter,
    theme: &ColorTheme,
    galley: Arc<Galley>,
    rect: Rect,
) {
    painter.rect_filled(rect, 3.0, theme.card);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    painter.galley(at.min, galley, theme.text);
}
