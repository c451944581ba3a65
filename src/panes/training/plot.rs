//! The plot of the loss over the epochs: the current branch, other branches, and a slider for the current
//! epoch.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::plot::plot_area::spaced_points;
use crate::plot::{Axis, PlotArea, PlotFrame};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::session::ValueRange;
use neurodial_core::session::{Branch, RunState, TrainingRun};
use neurodial_core::text::{Localized as _, format_adaptive, format_fixed, next_round_number};
use neurodial_core::training::{EpochMetrics, Metrics};

use super::readout::loss_text;

/// The distance within which the pointer hits a branch, in points.
const BRANCH_HIT_RADIUS: f32 = 5.0;
/// Points of a curve that are nearer to the previous one than this, in points, are skipped.
const MIN_POINT_DISTANCE: f32 = 0.75;
/// On the screen, a curve goes up and down at most once in each column of this width, in points.
const COLUMN_WIDTH: f32 = 2.0;
/// The height of a line of the legend in a figure, and the space below all lines, in points.
const LEGEND_LINE_HEIGHT: f32 = 17.0;
const LEGEND_BOTTOM_MARGIN: f32 = 5.0;
/// The width that is left for the name of the vertical axis beside the legend, in points.
const Y_NAME_WIDTH: f32 = 72.0;
/// The length of a sample line, in points.
const SAMPLE_WIDTH: f32 = 24.0;

/// Draws the plot into `rect`.
pub(crate) fn plot_ui(ui: &mut Ui, context: &PaneContext<'_>, elements: &mut Elements, rect: Rect) {
    let run = context.session.run();
    let [epochs, losses] = axes(context, run);
    let messages = context.messages;
    let x_name = messages.loss_curve_epoch();
    let plot_area = loss_frame(ui.painter(), context, epochs, x_name, losses, rect);
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    let painter = canvas.painter().clone();
    let painter = painter.with_clip_rect(plot_area.rect.expand(5.0).intersect(painter.clip_rect()));
    let branch_lines: Vec<(usize, Vec<Pos2>)> = run
        .comparable_branches()
        .map(|(branch, line)| {
            (
                branch,
                polyline(&plot_area, &line.metrics, |metrics| Some(metrics.train)),
            )
        })
        .collect();
    for (branch, points) in &branch_lines {
        let is_lit =
            canvas.is_under_pointer(Element::Branch(*branch)) || canvas.has_focus(Element::Branch(*branch));
        let (width, color) = match is_lit {
            true => (2.25, context.theme.weak_text),
            false => (1.25, context.theme.faint_text),
        };
        painter.add(Shape::line(points.clone(), Stroke::new(width, color)));
    }
    // In print, the current branch ends at the current epoch, but the axes cover all of it.
    let printed_branch = (context.options.is_some() && run.current_epoch < run.current_branch.last_epoch())
        .then(|| run.current_branch.truncated_after(run.current_epoch));
    let line = printed_branch.as_ref().unwrap_or(&run.current_branch);
    paint_changes(&painter, context, &plot_area, line);
    paint_losses(&painter, context, &plot_area, line);
    match (&printed_branch, line.metrics_at(run.current_epoch)) {
        (Some(_), Some(metrics)) => {
            let at = plot_area.screen_from_plot([metrics.epoch as f64, metrics.train.loss]);
            painter.circle_filled(at, 4.5, context.theme.text);
        }
        _ => paint_best(&painter, context.theme, &plot_area, line),
    }
    if context.options.is_none() {
        paint_legend(
            canvas.painter(),
            context,
            &plot_area,
            &run.current_branch,
            !branch_lines.is_empty(),
        );
    }
    if context.options.is_some() || run.current_branch.checkpoints.is_empty() {
        if run.current_branch.checkpoints.is_empty() {
            let hint = match context.options {
                None => messages.training_press_train(),
                Some(_) => "",
            };
            let at = plot_area.rect.center();
            painter.text(
                at,
                Align2::CENTER_CENTER,
                hint,
                type_scale::small(),
                context.theme.weak_text,
            );
        }
        return;
    }
    epoch_slider_ui(&mut canvas, context, &plot_area, branch_lines);
}

/// Draws the axes of losses into `rect`; returns the plot area between them.
pub(super) fn loss_frame(
    painter: &Painter,
    context: &PaneContext<'_>,
    x: Axis,
    x_name: &str,
    losses: Axis,
    rect: Rect,
) -> PlotArea {
    let theme = context.theme;
    let x_name = MathBox::text(painter, x_name, type_scale::small(), theme.weak_text);
    let frame = PlotFrame::for_losses(painter, theme, x, x_name, losses, context.messages);
    frame.y_label(context.y_label()).paint(painter, theme, rect)
}

/// Returns the axes of epochs and losses, which cover all branches that can be compared.
fn axes(context: &PaneContext<'_>, run: &TrainingRun) -> [Axis; 2] {
    let lines =
        || std::iter::once(&run.current_branch).chain(run.comparable_branches().map(|(_, line)| line));
    let losses = lines()
        .flat_map(|line| line.metrics.iter())
        .flat_map(|metrics| [Some(metrics.train.loss), metrics.test.map(|test| test.loss)]);
    let end = lines().map(Branch::last_epoch).max().unwrap_or(0);
    // In print, the axis ends at the last epoch.
    let end = match context.options {
        Some(_) => end.max(1) as f64,
        None => round_axis_end(end as f64),
    };
    let has_log_loss_axis = context.session.view().has_log_loss_axis;
    [
        Axis::integer([0.0, end]),
        Axis::for_losses(losses.flatten(), has_log_loss_axis),
    ]
}

/// Returns a round axis end that is at least `max`: 10, 20, 50, 100 and so on, so that it doesn't change with
/// every epoch.
pub(super) fn round_axis_end(max: f64) -> f64 {
    next_round_number(max.max(10.0))
}

/// Returns the polyline of a loss over the epochs. Non-finite losses and points closer than
/// [`MIN_POINT_DISTANCE`] are skipped.
fn polyline(
    plot_area: &PlotArea,
    records: &[EpochMetrics],
    measured_of: impl Fn(&EpochMetrics) -> Option<Metrics>,
) -> Vec<Pos2> {
    let points = records.iter().filter_map(|metrics| {
        let loss = measured_of(metrics)?.loss;
        let point = [metrics.epoch as f64, loss];
        loss.is_finite().then(|| plot_area.screen_from_plot(point))
    });
    spaced_points(points, MIN_POINT_DISTANCE)
}

/// Returns a polyline that looks the same with fewer points: the first, highest, lowest and last point of
/// each column.
fn thin_columns(points: &[Pos2]) -> Vec<Pos2> {
    let column = |point: &Pos2| (point.x / COLUMN_WIDTH).floor();
    let mut thinned = Vec::with_capacity(points.len());
    for points in points.chunk_by(|a, b| column(a) == column(b)) {
        if points.len() <= 4 {
            thinned.extend_from_slice(points);
            continue;
        }
        let by_height = |a: &usize, b: &usize| points[*a].y.total_cmp(&points[*b].y);
        let highest = (0..points.len()).min_by(by_height).unwrap_or(0);
        let lowest = (0..points.len()).max_by(by_height).unwrap_or(0);
        let mut kept = [0, highest.min(lowest), highest.max(lowest), points.len() - 1].to_vec();
        kept.dedup();
        thinned.extend(kept.into_iter().map(|index| points[index]));
    }
    thinned
}

/// Returns the stroke of the training loss.
fn train_stroke(theme: &ColorTheme) -> Stroke {
    Stroke::new(2.25, theme.text)
}

/// Returns the dashed line of the test loss.
fn test_line_shapes(theme: &ColorTheme, points: &[Pos2]) -> Vec<Shape> {
    Shape::dashed_line(points, Stroke::new(2.0, theme.accent), 6.0, 4.0)
}

fn paint_losses(painter: &Painter, context: &PaneContext<'_>, plot_area: &PlotArea, line: &Branch) {
    let theme = context.theme;
    for records in line.segments() {
        let mut train = polyline(plot_area, records, |metrics| Some(metrics.train));
        let mut test = polyline(plot_area, records, |metrics| metrics.test);
        if context.options.is_none() {
            (train, test) = (thin_columns(&train), thin_columns(&test));
        }
        painter.extend(test_line_shapes(theme, &test));
        painter.add(Shape::line(train, train_stroke(theme)));
    }
}

/// Marks where settings or data were changed.
fn paint_changes(painter: &Painter, context: &PaneContext<'_>, plot_area: &PlotArea, line: &Branch) {
    let theme = context.theme;
    let mut free_from = f32::NEG_INFINITY;
    for change in line.changes.iter() {
        let x = plot_area.screen_from_x(change.epoch as f64);
        let stroke = Stroke::new(1.0, theme.faint_text);
        let ends = [pos2(x, plot_area.rect.top()), pos2(x, plot_area.rect.bottom())];
        painter.extend(Shape::dotted_line(&ends, stroke.color, 4.0, 0.75));
        let galley = painter.layout_no_wrap(
            change.message(context.messages),
            type_scale::small(),
            theme.weak_text,
        );
        let left = (x + 4.0).min(plot_area.rect.right() - galley.size().x);
        if left > free_from {
            free_from = left + galley.size().x + 8.0;
            let at = pos2(left, plot_area.rect.bottom() - galley.size().y - 3.0);
            let background = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
            painter.rect_filled(background, 2.0, theme.card.gamma_multiply(0.8));
            painter.galley(at, galley, theme.weak_text);
        }
    }
}

/// Marks the lowest training loss.
fn paint_best(painter: &Painter, theme: &ColorTheme, plot_area: &PlotArea, line: &Branch) {
    if let Some(best) = line.best_metrics().filter(|_| line.last_epoch() > 0) {
        let at = plot_area.screen_from_plot([best.epoch as f64, best.train.loss]);
        painter.circle(at, 3.5, theme.card, Stroke::new(1.5, theme.text));
    }
}

/// Draws the legend of the curves above the plot area, at its right end, as far as there is room.
fn paint_legend(
    painter: &Painter,
    context: &PaneContext<'_>,
    plot_area: &PlotArea,
    line: &Branch,
    has_branches: bool,
) {
    let has_test = line.metrics.iter().any(|metrics| metrics.test.is_some());
    if line.metrics.is_empty() {
        return;
    }
    let mut right = plot_area.rect.right() - 6.0;
    let (theme, messages) = (context.theme, context.messages);
    let branches = Stroke::new(1.25, theme.faint_text);
    // The line of the test loss is dashed.
    let names = [
        (messages.loss_curve_test(), None, has_test),
        (messages.loss_curve_training(), Some(train_stroke(theme)), true),
        (messages.loss_curve_branches(), Some(branches), has_branches),
    ];
    for (name, stroke, _) in names.into_iter().filter(|(.., is_there)| *is_there) {
        let at = pos2(right, plot_area.rect.top() - 9.0);
        let galley = painter.layout_no_wrap(name.to_owned(), type_scale::small(), theme.weak_text);
        let legend_rect = Align2::RIGHT_CENTER.anchor_size(at, galley.size());
        if legend_rect.left() - SAMPLE_WIDTH < plot_area.rect.left() + Y_NAME_WIDTH {
            return;
        }
        painter.galley(legend_rect.min, galley, theme.weak_text);
        let sample = [
            pos2(legend_rect.left() - 24.0, at.y),
            pos2(legend_rect.left() - 5.0, at.y),
        ];
        match stroke {
            None => painter.extend(test_line_shapes(theme, &sample)),
            Some(stroke) => {
                painter.line_segment(sample, stroke);
            }
        }
        right = legend_rect.left() - 34.0;
    }
}

/// Draws the legend of a figure, with the metrics at the current epoch, at the top of `rect`; returns its height,
/// in points.
pub(crate) fn print_legend_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    metrics: &EpochMetrics,
    rect: Rect,
) -> f32 {
    let theme = context.theme;
    let middle = |line: usize| rect.top() + (line as f32 + 0.5) * LEGEND_LINE_HEIGHT;
    let paint_text = |at, align, text: String| painter.text(at, align, text, type_scale::small(), theme.text);
    let curves = [(false, Some(metrics.train)), (true, metrics.test)];
    let mut lines = 0;
    let mut right = rect.left();
    for (is_test, measured) in curves {
        let Some(measured) = measured else {
            continue;
        };
        let y = middle(lines);
        let sample = [pos2(rect.left(), y), pos2(rect.left() + SAMPLE_WIDTH, y)];
        if is_test {
            painter.extend(test_line_shapes(theme, &sample));
        } else {
            painter.line_segment(sample, train_stroke(theme));
        }
        let at = pos2(sample[1].x + 6.0, y);
        let [text, short] = legend_texts(context, is_test, measured);
        let galley = painter.layout_no_wrap(text.clone(), type_scale::small(), theme.text);
        let text = if at.x + galley.size().x <= rect.right() {
            text
        } else {
            short
        };
        let text_rect = paint_text(at, Align2::LEFT_CENTER, text);
        right = right.max(text_rect.right());
        lines += 1;
    }
    let epoch = context.messages.loss_curve_at_epoch(metrics.epoch);
    let galley = painter.layout_no_wrap(epoch.clone(), type_scale::small(), theme.text);
    // If there is no space beside the other lines, the epoch has its own line.
    if right + 16.0 + galley.size().x > rect.right() {
        paint_text(pos2(rect.left(), middle(lines)), Align2::LEFT_CENTER, epoch);
        lines += 1;
    } else {
        paint_text(pos2(rect.right(), middle(0)), Align2::RIGHT_CENTER, epoch);
    }
    lines as f32 * LEGEND_LINE_HEIGHT + LEGEND_BOTTOM_MARGIN
}

/// Returns the text of a line of the legend in a figure, and a shorter one.
fn legend_texts(context: &PaneContext<'_>, is_test: bool, measured: Metrics) -> [String; 2] {
    let messages = context.messages;
    let loss = loss_text(context, measured.loss);
    let accuracy = measured
        .accuracy
        .map(|fraction| format_fixed(100.0 * fraction, 1));
    match (accuracy, is_test) {
        (None, false) => std::array::from_fn(|_| messages.loss_curve_training_loss(&loss)),
        (None, true) => std::array::from_fn(|_| messages.loss_curve_test_loss(&loss)),
        (Some(accuracy), false) => [
            messages.loss_curve_training_loss_with_accuracy(&loss, &accuracy),
            messages.loss_curve_training_loss_short(&loss, &accuracy),
        ],
        (Some(accuracy), true) => [
            messages.loss_curve_test_loss_with_accuracy(&loss, &accuracy),
            messages.loss_curve_test_loss_short(&loss, &accuracy),
        ],
    }
}

/// Draws the current epoch, and places the handles that move it and that switch to another branch.
fn epoch_slider_ui(
    canvas: &mut Canvas<'_>,
    context: &PaneContext<'_>,
    plot_area: &PlotArea,
    branch_lines: Vec<(usize, Vec<Pos2>)>,
) {
    let run = context.session.run();
    let theme = context.theme;
    let x = plot_area.screen_from_x(run.current_epoch as f64);
    let handle = pos2(x, plot_area.rect.bottom());
    let is_under_hand = canvas.is_under_pointer(Element::LossCurve);
    let painter = canvas.painter();
    let is_still = run.state != RunState::Running;
    if is_still || is_under_hand {
        painter.vline(x, plot_area.rect.y_range(), Stroke::new(1.25, theme.accent));
    }
    if let Some(metrics) = run.current_branch.metrics_at(run.current_epoch) {
        let at = plot_area.screen_from_plot([run.current_epoch as f64, metrics.train.loss]);
        painter.circle(at, 4.5, theme.accent, Stroke::new(1.5, theme.card));
    }
    let radius = if is_under_hand { 7.0 } else { 6.0 };
    painter.circle(handle, radius, theme.card, Stroke::new(2.0, theme.accent));
    let grip = Handle::epoch_drag(plot_area.rect, plot_area.x.range, true);
    let links = FocusLinks {
        before: None,
        after: branch_lines.first().map(|&(branch, _)| Element::Branch(branch)),
    };
    // The foot of the plot area is the slider's track.
    let track = Rect::from_min_max(
        pos2(plot_area.rect.left(), plot_area.rect.bottom() - 7.0),
        pos2(plot_area.rect.right(), plot_area.rect.bottom() + 7.0),
    );
    // The whole plot area takes the focus, because egui removes it when the user clicks elsewhere.
    let placement = Placement::new(Element::LossCurve, HitShape::Rect(plot_area.rect)).handle(Some(grip));
    canvas.place(placement.focusable(links), || epoch_slider_description(context));
    let item = Placement::new(Element::LossCurve, HitShape::Rect(track))
        .handle(Some(grip))
        .rank(3);
    canvas.place_again(item.focusable(links));
    let order: Vec<usize> = branch_lines.iter().map(|&(branch, _)| branch).collect();
    for (index, (branch, points)) in branch_lines.into_iter().enumerate() {
        let element = Element::Branch(branch);
        let links = FocusLinks {
            before: Some(
                index
                    .checked_sub(1)
                    .map_or(Element::LossCurve, |before| Element::Branch(order[before])),
            ),
            after: order.get(index + 1).map(|&after| Element::Branch(after)),
        };
        let legend_rect = HitShape::Polyline {
            points: at_least_two_points(points, plot_area),
            tolerance: BRANCH_HIT_RADIUS,
        };
        let grip = Handle::epoch_drag(plot_area.rect, plot_area.x.range, false);
        let item = Placement::new(element, legend_rect)
            .handle(Some(grip))
            .rank(1)
            .focusable(links);
        canvas.place(item, || branch_description(context, branch));
    }
}

/// Returns at least two points, as a polyline needs them.
fn at_least_two_points(mut points: Vec<Pos2>, plot_area: &PlotArea) -> Vec<Pos2> {
    if points.len() < 2 {
        let at = points.first().copied().unwrap_or(plot_area.rect.min);
        points = vec![at, at];
    }
    points
}

fn epoch_slider_description(context: &PaneContext<'_>) -> ElementInfo {
    let run = context.session.run();
    let end = run.current_branch.last_epoch();
    let loss = |measured: Metrics| format_adaptive(measured.loss, 3);
    let (messages, epoch) = (context.messages, run.current_epoch);
    let value = match run.current_branch.metrics_at(epoch) {
        None => messages.loss_curve_value(epoch, end),
        Some(metrics) => {
            let train = loss(metrics.train);
            match metrics.test {
                None => messages.loss_curve_value_with_training(epoch, end, train),
                Some(test) => messages.loss_curve_value_with_test(epoch, end, train, loss(test)),
            }
        }
    };
    let range = ValueRange {
        min: 0.0,
        max: end.max(1) as f64,
        step: 1.0,
    };
    ElementInfo {
        name: messages.loss_curve_name().to_owned(),
        value: Some(value),
        description: Some(messages.loss_curve_description().to_owned()),
        numeric_value: Some((run.current_epoch as f64, range)),
        ..ElementInfo::default()
    }
}

fn branch_description(context: &PaneContext<'_>, branch: usize) -> ElementInfo {
    let line = context.session.run().other_branches.get(branch);
    let end = line.map_or(0, Branch::last_epoch);
    let loss = line
        .and_then(|line| line.metrics.last())
        .map_or(f64::NAN, |last| last.train.loss);
    ElementInfo {
        name: context.messages.branch_name(branch + 1),
        value: Some(context.messages.branch_value(end, format_adaptive(loss, 3))),
        is_button: true,
        ..ElementInfo::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number() {
        for (max, end) in [
            (0.0, 10.0),
            (11.0, 20.0),
            (21.0, 50.0),
            (51.0, 100.0),
            (1000.0, 1000.0),
            (1001.0, 2000.0),
        ] {
            assert_eq!(round_axis_end(max), end);
        }
    }

    #[test]
    fn a_thinned_line_keeps_its_ends_and_extremes() {
        let noise = |i: u32| f32::from((i.wrapping_mul(2_654_435_761) >> 20) as u16 % 100);
        let points: Vec<Pos2> = (0..2_000).map(|i| pos2(i as f32 * 0.1, noise(i))).collect();
        let thinned = thin_columns(&points);
        assert!(thinned.len() <= 4 * 101, "{}", thinned.len());
        assert_eq!((thinned.first(), thinned.last()), (points.first(), points.last()));
        for column in 0..100_u16 {
            let heights = |points: &[Pos2]| {
                let inside = points
                    .iter()
                    .filter(|point| (point.x / COLUMN_WIDTH).floor() == f32::from(column));
                inside.fold([f32::MAX, f32::MIN], |[low, high], point| {
                    [low.min(point.y), high.max(point.y)]
                })
            };
            assert_eq!(heights(&thinned), heights(&points), "column {column}");
        }
        assert_eq!(thin_columns(&points[..3]), points[..3]);
    }
}
