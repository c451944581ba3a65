//! The loss over two knobs as a contour map: colors, contours with labels, the training path, the lowest
//! point, and the current point.

use egui::{
    Align2, ColorImage, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId, Ui, Vec2, pos2, vec2,
};

use crate::canvas::{Canvas, ElementInfo, Elements};
use crate::panes::context::PaneContext;
use crate::panes::curves::swept_name;
use crate::plot::contour_lines::contour_lines;
use crate::plot::label_placement::{LabeledMark, place_mark_labels};
use crate::plot::map_point::{MapPoint, POINT_RADIUS, paint_map_texture};
use crate::plot::{LabelObstacle, PlotArea, PlotFrame};
use crate::theme::type_scale;
use crate::widgets::cached_texture::cached_texture;
use crate::widgets::profile::{self, ProfileColormap};
use neurodial_core::insight::LossLandscape;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::session::Adjustable;
use neurodial_core::text::{Messages, format_adaptive, format_ascii};

/// The height above the plot area that the legend needs, in points.
const LEGEND_HEIGHT: f32 = 16.0;
/// The radius of the ring around the lowest point, in points.
const LOWEST_RADIUS: f32 = 5.5;

/// Draws the contour map into `rect`. The tuple has the axes of the knobs and the current loss.
pub(crate) fn contour_map_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    rect: Rect,
    landscape: &LossLandscape,
    (axes, current_loss): ([GridAxis; 2], f64),
) {
    let painter = ui.painter().clone();
    let names = axes.map(|axis| swept_name(&painter, context, axis.target));
    let frame = PlotFrame::new(axes.map(|axis| axis.range), names);
    let frame = frame.y_label(context.y_label()).with_top_row();
    let plot_area = frame.paint(&painter, context.theme, rect);
    let colormap = colormap(context, landscape);
    if plot_area.rect.top() - rect.top() >= LEGEND_HEIGHT {
        legend_ui(&painter, context, plot_area.rect, landscape, colormap);
    }
    let contour_map = ContourMap {
        context,
        plot_area,
        landscape,
        texture: landscape_texture(ui, context, landscape, colormap),
        over: axes.map(|axis| axis.target),
        current_loss,
    };
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    contour_map.draw_ui(&mut canvas);
}

/// The contour map in its plot area.
struct ContourMap<'a, 's> {
    context: &'a PaneContext<'s>,
    plot_area: PlotArea,
    landscape: &'a LossLandscape,
    texture: TextureId,
    over: [Adjustable; 2],
    current_loss: f64,
}

/// The radius of the mark at the start of the training path, in points.
const START_RADIUS: f32 = 4.0;

/// The path that training took in the plane of the two knobs.
#[derive(Debug, Clone, Default)]
struct TrainingPath {
    /// The path up to the current epoch.
    before: Vec<Pos2>,
    /// The path from the current epoch on, if the run is at an earlier epoch than its last.
    after: Vec<Pos2>,
}

impl TrainingPath {
    /// The lines that labels should not cover.
    fn obstacles(&self) -> [LabelObstacle; 2] {
        [(&self.before, 60.0), (&self.after, 20.0)].map(|(points, cost)| LabelObstacle::Line {
            points: points.clone(),
            cost,
        })
    }

    /// Returns small rectangles along the path, so that no contour label covers it.
    fn rects(&self) -> impl Iterator<Item = Rect> {
        const PIECE: f32 = 6.0;
        self.before.windows(2).flat_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let count = (from.distance(to) / PIECE).ceil().clamp(1.0, 200.0) as u16;
            (0..=count).map(move |step| {
                let at = from.lerp(to, f32::from(step) / f32::from(count));
                Rect::from_center_size(at, Vec2::splat(2.0))
            })
        })
    }
}

impl ContourMap<'_, '_> {
    fn draw_ui(&self, canvas: &mut Canvas<'_>) {
        let rect = self.plot_area.rect;
        let theme = self.context.theme;
        let painter = canvas.painter();
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        paint_map_texture(&painter, rect, self.landscape.size()[0], self.texture);
        let document = self.context.session.document();
        let values = self.over.map(|target| document.value(target).unwrap_or(0.0));
        let point = MapPoint::new(self.plot_area, self.over, values);
        let path = self.training_path();
        let lowest = self.landscape.lowest();
        let lowest = lowest.map(|(at, loss)| (self.plot_area.screen_from_plot(at), loss));
        // These labels are drawn last but placed first.
        let marks = self.marks(point.center, lowest, path.before.first().copied());
        let font = type_scale::strong();
        let labels = place_mark_labels(&painter, &font, rect.shrink(2.0), &marks, &path.obstacles());
        let mut taken: Vec<Rect> = marks.iter().map(|mark| mark.rect().expand(4.0)).collect();
        taken.extend(labels.iter().map(|label| label.rect));
        taken.extend(path.rects());
        self.contours_ui(&painter, &taken);
        self.training_path_ui(&painter, &path);
        if let Some((at, _)) = lowest {
            // At the edge the ring is clipped, so that it does not cover the numbers above and below the plot
            // area.
            let around = canvas.painter().with_clip_rect(rect.expand2(vec2(8.0, 2.0)));
            around.circle(
                at,
                LOWEST_RADIUS,
                theme.card.gamma_multiply(0.6),
                Stroke::new(2.25, theme.positive),
            );
        }
        for label in &labels {
            label.paint(&painter, theme.card.gamma_multiply(0.85));
        }
        let edge = Stroke::new(1.0, theme.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        canvas.begin_element(point.element());
        let is_under_pointer = canvas.is_under_pointer(point.element());
        point.paint(&painter, theme, theme.text, is_under_pointer);
        point.place(canvas, Some(|| self.point_description()));
        canvas.end_element();
    }

    /// Returns the marks of the current and the lowest point, each with its loss, and of the start of the
    /// path. If the lowest point is close to the current one, only the current one has a label.
    fn marks(&self, dot: Pos2, lowest: Option<(Pos2, f64)>, start: Option<Pos2>) -> Vec<LabeledMark> {
        let theme = self.context.theme;
        let mut marks = vec![LabeledMark {
            center: dot,
            radius: POINT_RADIUS + 2.5,
            text: Some((format_adaptive(self.current_loss, 3), theme.text)),
        }];
        if let Some((at, loss)) = lowest {
            let messages = self.context.messages;
            let text = messages.landscape_lowest(lowest_loss_text(self.landscape, loss, messages));
            marks.push(LabeledMark {
                center: at,
                radius: LOWEST_RADIUS + 2.0,
                text: (at.distance(dot) > POINT_RADIUS + LOWEST_RADIUS).then_some((text, theme.positive)),
            });
        }
        marks.extend(start.map(|at| LabeledMark {
            center: at,
            radius: START_RADIUS + 1.0,
            text: None,
        }));
        marks
    }

    /// Draws the contours, each with its label where there is room beside `taken`.
    fn contours_ui(&self, painter: &Painter, taken: &[Rect]) {
        let theme = self.context.theme;
        let map = self.landscape;
        let levels = map
            .levels()
            .map(|(level, contour)| (Some(level_text(level)), contour));
        let rect = self.plot_area.rect;
        let lines = contour_lines(painter, theme.text, rect, map.size()[0], levels, taken);
        for line in &lines {
            line.paint(painter, Stroke::new(0.9, theme.text.gamma_multiply(0.5)));
        }
        for line in &lines {
            line.paint_label(painter, theme.card);
        }
    }

    /// Returns the training path in the plane of these two knobs. It is empty before training has advanced.
    fn training_path(&self) -> TrainingPath {
        let run = self.context.session.run();
        let architecture = self.context.session.architecture();
        let index = |target: Adjustable| match target {
            Adjustable::Knob(knob) => architecture.index_of(knob),
            Adjustable::Input(_) | Adjustable::Hyperparameter(_) => None,
        };
        let ([Some(across), Some(up)], true) =
            (self.over.map(index), run.current_branch.checkpoints.len() > 1)
        else {
            return TrainingPath::default();
        };
        let at = |knobs: &[f64]| {
            Some(
                self.plot_area
                    .screen_from_plot([*knobs.get(across)?, *knobs.get(up)?]),
            )
        };
        let path = |is_shown: &dyn Fn(usize) -> bool| -> Vec<Pos2> {
            let checkpoints = run
                .current_branch
                .checkpoints
                .iter()
                .filter(|checkpoint| is_shown(checkpoint.epoch));
            checkpoints
                .filter_map(|checkpoint| at(&checkpoint.knobs))
                .collect()
        };
        let before = path(&|epoch| epoch <= run.current_epoch);
        // Figures show only the path up to the current epoch.
        let after = match self.context.options.is_none() && !before.is_empty() {
            true => path(&|epoch| epoch >= run.current_epoch),
            false => Vec::new(),
        };
        TrainingPath { before, after }
    }

    /// Draws the training path.
    fn training_path_ui(&self, painter: &Painter, path: &TrainingPath) {
        let theme = self.context.theme;
        let Some(&start) = path.before.first() else {
            return;
        };
        let pale = Stroke::new(1.5, theme.text.gamma_multiply(0.35));
        painter.add(Shape::line(path.after.clone(), pale));
        let band = Stroke::new(4.5, theme.card.gamma_multiply(0.75));
        painter.add(Shape::line(path.before.clone(), band));
        painter.add(Shape::line(path.before.clone(), Stroke::new(2.0, theme.negative)));
        painter.circle(start, START_RADIUS, theme.card, Stroke::new(2.0, theme.negative));
    }

    fn point_description(&self) -> ElementInfo {
        let architecture = self.context.session.architecture();
        let document = self.context.session.document();
        let messages = self.context.messages;
        let number = |value| self.context.format_number(value);
        let [across, up] = self.over.map(|target| target.symbol(architecture).to_unicode());
        let [x, y] = self
            .over
            .map(|target| number(document.value(target).unwrap_or(0.0)));
        let loss = format_adaptive(self.current_loss, 3);
        let value = match self.landscape.lowest() {
            None => messages.landscape_point_value(across, x, up, y, loss),
            Some((at, lowest)) => {
                let lowest = lowest_loss_text(self.landscape, lowest, messages);
                let [lowest_x, lowest_y] = at.map(number);
                messages.landscape_point_value_with_lowest(across, x, up, y, loss, lowest, lowest_x, lowest_y)
            }
        };
        ElementInfo::new(messages.landscape_point(), value)
    }
}

/// Returns the colormap of a landscape: low losses stand out, as in the loss profiles of knobs.
fn colormap(context: &PaneContext<'_>, landscape: &LossLandscape) -> ProfileColormap {
    let extent = landscape.extent().unwrap_or([0.0, 0.0]);
    ProfileColormap::for_loss(
        context.theme,
        context.theme.accent,
        extent,
        landscape.current_loss(),
    )
}

/// Returns the texture with the colors of a landscape.
fn landscape_texture(
    ui: &Ui,
    context: &PaneContext<'_>,
    landscape: &LossLandscape,
    colormap: ProfileColormap,
) -> TextureId {
    let id = context.canvas_id.with("picture");
    let key = (landscape.id().clone(), context.theme.mode);
    cached_texture(ui, id, key, || {
        let [columns, rows] = landscape.size();
        // The first row of an image is the upper one.
        let upwards = landscape.values().chunks_exact(columns.max(1)).rev();
        let pixels = upwards.flatten().map(|&loss| colormap.color(loss)).collect();
        ColorImage::new([columns, rows], pixels)
    })
}

/// Formats a round number with as many decimals as it needs: `1.5`, `0.02`, `5e−5`.
fn level_text(level: f64) -> String {
    const SMALL: f64 = 1e-3;
    let text = match level != 0.0 && level.abs() < SMALL * (1.0 - 1e-9) {
        true => format!("{level:.0e}"),
        false => format_ascii(level, 6),
    };
    text.replace('-', "−")
}

/// Draws the color legend, above the plot area on the right.
fn legend_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    plot_area: Rect,
    landscape: &LossLandscape,
    colormap: ProfileColormap,
) {
    const SAMPLE: f32 = 46.0;
    let theme = context.theme;
    let extent = colormap.range();
    let middle = plot_area.top() - 9.0;
    let text = |right: f32, text: String| {
        painter.text(
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            text,
            type_scale::small(),
            theme.weak_text,
        )
    };
    let max_rect = text(plot_area.right(), format_adaptive(extent[1], 1));
    let sample = Rect::from_center_size(
        pos2(max_rect.left() - 5.0 - SAMPLE / 2.0, middle),
        vec2(SAMPLE, 7.0),
    );
    profile::paint_along_rect(
        painter,
        sample,
        sample.left(),
        sample.right(),
        &colormap.color_samples(),
    );
    let min_rect = text(sample.left() - 5.0, format_adaptive(extent[0], 1));
    let evaluation = context.insight.loss_evaluation(context.session);
    let all = evaluation
        .as_ref()
        .and_then(|evaluation| evaluation.as_ref().ok())
        .map_or(0, |evaluation| evaluation.all_samples());
    // The name of the axis is to the left.
    let room = min_rect.left() - 6.0 - plot_area.left() - 34.0;
    let messages = context.messages;
    let full_text = match landscape.samples() {
        samples if samples < all => messages.landscape_loss_of_some(samples, all),
        _ => messages.landscape_loss().to_owned(),
    };
    for label in [full_text.as_str(), messages.landscape_loss()] {
        let width = |label: &str| {
            let galley = painter.layout_no_wrap(label.to_owned(), type_scale::small(), theme.weak_text);
            galley.size().x
        };
        if width(label) <= room {
            text(min_rect.left() - 6.0, label.to_owned());
            break;
        }
    }
}

/// Formats the lowest loss.
pub(super) fn lowest_loss_text(landscape: &LossLandscape, loss: f64, messages: Messages) -> String {
    match landscape.is_lowest_near_zero() {
        true => messages.landscape_almost_zero().to_owned(),
        false => format_adaptive(loss, 3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contours_of_different_levels_have_different_labels() {
        for (level, text) in [
            (1.5, "1.5"),
            (2.0, "2"),
            (3.0 * 0.1, "0.3"),
            (0.25, "0.25"),
            (0.001, "0.001"),
            (2e-4, "2e−4"),
            (300.0, "300"),
            (0.0, "0"),
            (-1.5, "−1.5"),
        ] {
            assert_eq!(level_text(level), text);
        }
    }
}
