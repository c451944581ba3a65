//! One neuron's map in its plot area.

use egui::{Painter, Pos2, Rect, Stroke, StrokeKind, TextureId, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo};
use crate::panes::context::PaneContext;
use crate::panes::data;
use crate::plot::contour_lines::{ContourLine, contour_lines};
use crate::plot::map_point::{MapPoint, POINT_RADIUS, paint_map_texture};
use crate::plot::{PlacedLabel, PlotArea};
use crate::theme::type_scale;
use neurodial_core::insight::NeuronMap;
use neurodial_core::insight::data_plot::DataPoint;
use neurodial_core::network::NeuronAddress;
use neurodial_core::text::format_ascii;

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
        let document = context.session.document();
        let over = context.session.view().map_axes;
        let values = over.map(|target| document.value(target).unwrap_or(0.0));
        let point = MapPoint::new(self.plot_area, over, values);
        canvas.begin_element(Element::Neuron(self.at));
        canvas.set_figure_title(|| {
            let architecture = context.session.architecture();
            let neuron = architecture.describe_neuron(self.at, context.messages);
            context.messages.output_map_of(neuron)
        });
        let painter = canvas
            .painter()
            .with_clip_rect(rect.intersect(canvas.painter().clip_rect()));
        paint_map_texture(&painter, rect, self.neuron_map.grid_size(), self.texture);
        let around = Rect::from_center_size(point.center, Vec2::splat(2.0 * POINT_RADIUS + 3.0));
        let value_label = self.value_label(&painter, context, point.center);
        let mut taken = vec![around];
        taken.extend(value_label.as_ref().map(|label| label.rect));
        let lines = self.contours_ui(&painter, context, &taken);
        data::points_ui(&painter, context, &self.plot_area, points);
        for line in lines {
            line.paint_label(&painter, theme.card);
        }
        canvas.end_element();
        let edge = Stroke::new(1.0, theme.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        canvas.begin_element(point.element());
        let is_under_pointer = canvas.is_under_pointer(point.element());
        let painter = canvas.painter();
        point.paint(painter, theme, context.neuron_color(self.at), is_under_pointer);
        if let Some(label) = value_label {
            label.paint(painter, theme.card.gamma_multiply(0.85));
        }
        point.place(canvas, is_first.then_some(|| self.point_description(context)));
        canvas.end_element();
    }

    /// Draws the contours; returns them, for their labels.
    fn contours_ui(&self, painter: &Painter, context: &PaneContext<'_>, taken: &[Rect]) -> Vec<ContourLine> {
        let theme = context.theme;
        let map = self.neuron_map;
        let boundary = (map.boundary_level(), map.boundary());
        let levels = map.levels().map(|(level, contour)| (Some(level), contour));
        let with_texts = levels.chain([boundary]).map(|(level, contour)| {
            let text = level.map(|level| format_ascii(level, 9).replace('-', "−"));
            (text, contour)
        });
        let rect = self.plot_area.rect;
        let lines = contour_lines(painter, theme.text, rect, map.grid_size(), with_texts, taken);
        // The lines of the boundary come last: they are drawn over the others.
        let (fine, bold) = lines.split_at(lines.len() - map.boundary().lines().count());
        for line in fine {
            line.paint(painter, Stroke::new(0.75, theme.text.gamma_multiply(0.35)));
        }
        // On a band of its own the line is visible on every color.
        for stroke in [
            Stroke::new(4.0, theme.card.gamma_multiply(0.7)),
            Stroke::new(1.75, theme.text),
        ] {
            for line in bold {
                line.paint(painter, stroke);
            }
        }
        lines
    }

    /// Returns the label with the output at the current point, beside it on the side where there is room, or
    /// `None` if there is none.
    fn value_label(&self, painter: &Painter, context: &PaneContext<'_>, dot: Pos2) -> Option<PlacedLabel> {
        let color = context.theme.text;
        let text = context.format_number(context.output(self.at));
        let galley = painter.layout_no_wrap(text, type_scale::strong(), color);
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
        let label_rect = Rect::from_min_size(pos2(left, top), size);
        Some(PlacedLabel::new(galley, color, label_rect))
    }

    fn point_description(&self, context: &PaneContext<'_>) -> ElementInfo {
        let over = context.session.view().map_axes;
        let architecture = context.session.architecture();
        let document = context.session.document();
        let symbols = over.map(|target| target.symbol(architecture).to_unicode());
        let values = over.map(|target| context.format_number(document.value(target).unwrap_or(0.0)));
        let messages = context.messages;
        ElementInfo::new(
            messages.output_map_point(),
            messages.output_map_point_value(
                &symbols[0],
                &values[0],
                &symbols[1],
                &values[1],
                architecture.describe_neuron(self.at, messages),
                context.format_number(context.output(self.at)),
            ),
        )
    }
}
