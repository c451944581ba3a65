//! One neuron's map on its plane.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::canvas::{Canvas, ElementInfo, FocusLinks, Handle, Placement, Element, HitShape};
use neurodial_core::insight::Contour;
use neurodial_core::insight::picture::DataPoint;
use crate::look::{ColorTheme, type_scale};
use neurodial_core::network::NeuronAddress;
use crate::panes::curves::geometry::PlotArea;
use crate::panes::{PaneContext, data};

use super::heights;
use super::shade::NeuronMapTexture;

/// The radius of the present point, in points.
const POINT_RADIUS: f32 = 5.5;
/// A map narrower or lower than this has no room for the numbers of its lines, in points.
const MIN_SIZE_FOR_LABELS: f32 = 80.0;

/// One neuron's map on its plane.
pub struct NeuronMapChart<'a> {
    /// Whose map.
    pub at: NeuronAddress,
    /// Where it is.
    pub plane: PlotArea,
    /// Its colours and lines.
    pub texture: &'a NeuronMapTexture,
}

impl NeuronMapChart<'_> {
    /// Draws it with the samples of the data; the first one's point is the one that the keyboard and a screen reader find.
    pub fn draw_ui(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, points: &[DataPoint], is_first: bool) {
        let rect = self.plane.rect;
        let theme = context.theme;
        let part = Element::MapPoint(context.session.view().map_axes);
        canvas.begin_element(Element::Neuron(self.at));
        canvas.set_figure_title(|| format!("map of {}", context.session.architecture().describe_neuron(self.at)));
        let painter = canvas
            .painter()
            .with_clip_rect(rect.intersect(canvas.painter().clip_rect()));
        self.texture_ui(&painter);
        let dot = self.point_position(context);
        let around = Rect::from_center_size(dot, egui::Vec2::splat(2.0 * POINT_RADIUS + 3.0));
        let number = self.value_label(&painter, context, dot).map(|(rect, _)| rect);
        let taken: Vec<Rect> = [Some(around), number].into_iter().flatten().collect();
        let numbers = self.contours_ui(&painter, context, &taken);
        data::points_ui(&painter, context, &self.plane, points);
        for (number, place) in numbers {
            contour_label_ui(&painter, theme, number, place);
        }
        canvas.end_element();
        let edge = Stroke::new(1.0, theme.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        canvas.begin_element(part);
        self.point_ui(canvas, context, dot);
        self.add_elements(canvas, context, dot, is_first);
        canvas.end_element();
    }

    /// Each number of the grid is the middle of its pixel, so the picture reaches half a pixel over the plane.
    fn texture_ui(&self, painter: &Painter) {
        let Some(texture) = self.texture.texture() else {
            return;
        };
        let rect = self.plane.rect;
        let cells = (self.texture.neuron_map().grid_size().max(2) - 1) as f32;
        let over = rect.expand2(vec2(rect.width(), rect.height()) / (2.0 * cells));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, over, whole, Color32::WHITE);
    }

    /// Draws the contour lines; gives back the numbers that belong on them, clear of `taken`.
    fn contours_ui(&self, painter: &Painter, context: &PaneContext<'_>, taken: &[Rect]) -> Vec<(Arc<Galley>, Rect)> {
        let theme = context.theme;
        let landscape = self.texture.neuron_map();
        let boundary = (landscape.boundary_level(), landscape.boundary());
        let levels = landscape.levels().map(|(level, contour)| (Some(level), contour));
        let mut lines: Vec<Vec<Pos2>> = Vec::new();
        let mut numbers: Vec<Option<Arc<Galley>>> = Vec::new();
        for (level, contour) in levels.chain([boundary]) {
            let galley = level.map(|level| {
                let text = neurodial_core::words::format_ascii(level, 9).replace('-', "−");
                painter.layout_no_wrap(text, type_scale::small(), theme.text)
            });
            let own = self.screen_lines(contour);
            numbers.extend(std::iter::repeat_n(galley, own.len()));
            lines.extend(own);
        }
        // Lines of the boundary come last: they lie over the others.
        let fine = lines.len() - landscape.boundary().lines().count();
        let places = self.label_rects(&lines, &numbers, taken);
        let stroke = Stroke::new(0.75, theme.text.gamma_multiply(0.35));
        for (line, place) in lines.iter().zip(&places).take(fine) {
            line_ui(painter, line, *place, stroke);
        }
        // On a band of its own the line is seen on every colour.
        for stroke in [
            Stroke::new(4.0, theme.card.gamma_multiply(0.7)),
            Stroke::new(1.75, theme.text),
        ] {
            for (line, place) in lines.iter().zip(&places).skip(fine) {
                line_ui(painter, line, *place, stroke);
            }
        }
        let numbers = numbers.into_iter().zip(places);
        numbers
            .filter_map(|(number, place)| Some((number?, place?)))
            .collect()
    }

    /// A place on each line for its number; none on a small map.
    fn label_rects(
        &self,
        lines: &[Vec<Pos2>],
        numbers: &[Option<Arc<Galley>>],
        taken: &[Rect],
    ) -> Vec<Option<Rect>> {
        let rect = self.plane.rect;
        if rect.width().min(rect.height()) < MIN_SIZE_FOR_LABELS {
            return vec![None; lines.len()];
        }
        // What has no number needs more room than any line has.
        let sizes = numbers.iter().map(|galley| match galley {
            Some(galley) => galley.size() + vec2(6.0, 0.0),
            None => vec2(f32::INFINITY, 1.0),
        });
        heights::label_rects(lines, &sizes.collect::<Vec<_>>(), rect, taken)
    }

    /// The lines of a contour on the screen.
    fn screen_lines(&self, contour: &Contour) -> Vec<Vec<Pos2>> {
        heights::screen_lines(contour, self.texture.neuron_map().grid_size(), self.plane.rect)
    }

    /// Where the present point is.
    fn point_position(&self, context: &PaneContext<'_>) -> Pos2 {
        let document = context.session.document();
        let now = context
            .session
            .view()
            .map_axes
            .map(|target| document.value(target).unwrap_or(0.0));
        self.plane
            .screen_from_plot(now)
            .clamp(self.plane.rect.min, self.plane.rect.max)
    }

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
        if let Some((ground, galley)) = self.value_label(painter, context, dot) {
            painter.rect_filled(ground, 4.0, theme.card.gamma_multiply(0.85));
            let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), ground);
            painter.galley(at.min, galley, theme.text);
        }
    }

    /// The output at the present point, beside it on the side where there is room, if there is any.
    fn value_label(&self, painter: &Painter, context: &PaneContext<'_>, dot: Pos2) -> Option<(Rect, Arc<Galley>)> {
        let text = context.format_number(context.output(self.at));
        let galley = painter.layout_no_wrap(text, type_scale::strong(), context.theme.text);
        let size = galley.size() + vec2(8.0, 2.0);
        let rect = self.plane.rect.shrink(3.0);
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

    fn add_elements(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, dot: Pos2, is_first: bool) {
        let over = context.session.view().map_axes;
        let PlotArea { rect, x_range: x, y_range: y } = self.plane;
        let part = Element::MapPoint(over);
        let handle = Handle::xy_pad(rect, [(over[0], x), (over[1], y)], dot);
        let plane = Placement::new(part, HitShape::Rect(rect)).handle(Some(handle));
        if !is_first {
            canvas.place_again(plane);
            return;
        }
        let circle = HitShape::Circle {
            center: dot,
            radius: POINT_RADIUS + 4.0,
        };
        let item = Placement::new(part, circle)
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
        canvas.place_again(plane);
    }
}

/// Paints a line, and leaves room for its number.
pub(in crate::panes) fn line_ui(painter: &Painter, line: &[Pos2], place: Option<Rect>, stroke: Stroke) {
    for part in heights::split_around(line, place) {
        painter.add(Shape::line(part, stroke));
    }
}

/// A number on its line, on a ground that lets it be read on every colour.
pub(in crate::panes) fn contour_label_ui(painter: &Painter, theme: &ColorTheme, galley: Arc<Galley>, place: Rect) {
    painter.rect_filled(place, 3.0, theme.card);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), place);
    painter.galley(at.min, galley, theme.text);
}
