//! Curves of the outputs of neurons over an input or a knob, with the current point on them.
//!
//! | module | content |
//! | --- | --- |
//! | [`annotations`] | the labels of thresholds, of the current point and of the curves |
//! | [`controls`] | the row of controls above the curves |
//! | [`snapshot_curves`] | the curves of the snapshot |

pub(crate) mod annotations;
pub(crate) mod controls;
pub(crate) mod snapshot_curves;

use std::fmt::Write as _;

use egui::{Align2, Context, Painter, Pos2, Shape, Stroke, Ui, pos2, vec2};

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, PlotKind, SnapshotSample, TextExport, TextPage};
use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::plot::{PlotArea, PlotFrame};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::insight::{Curve, CurveDrag, CurveTable, Sweep};
use neurodial_core::network::{Knob, MathSymbol};
use neurodial_core::session::{Adjustable, CurveScope, Quantity, ValueRange, WindowLayout};
use neurodial_core::text::Messages;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    other_places: &[PanePlace::new(WindowLayout::Present, LayoutRegion::RightTop)],
    shortcut: Some(egui::Key::Num3),
    heading: Some(heading),
    plot: Some(PlotKind::Curves),
    figure_options: &["--y-label"],
    text_export: Some(TextExport {
        extension: "csv",
        content: Messages::ENGLISH.curves_export(),
        to_text: curves_to_csv,
    }),
    snapshot_sample: Some(SnapshotSample::Line),
    ..PaneInfo::new(&["curves"], Messages::pane_curves, curves_ui)
};

/// The minimum width and height at which anything is drawn, in points.
const MIN_SIZE: f32 = 36.0;
/// The minimum height of the curves below the row of controls, in points. A lower pane has no controls; the menu and
/// the maximized pane have them.
const MIN_HEIGHT_BELOW_CONTROLS: f32 = 72.0;
/// The maximum number of curves that have a current point.
const MAX_POINTS: usize = 16;
/// The radius of the circle of a sample of the target curve, in points.
const SAMPLE_RADIUS: f32 = 2.2;

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let view = context.session.view();
    let architecture = context.session.architecture();
    let messages = context.messages;
    let neuron = || architecture.describe_neuron(view.selected, messages);
    let layer = view.selected.layer + 1;
    match (view.curve_scope, view.quantity) {
        (CurveScope::Neuron, Quantity::Output) => messages.curves_output_of(neuron()),
        (CurveScope::Neuron, Quantity::WeightedSum) => messages.curves_sum_of(neuron()),
        (CurveScope::Layer, Quantity::Output) => messages.curves_outputs_of_layer(layer),
        (CurveScope::Layer, Quantity::WeightedSum) => messages.curves_sums_of_layer(layer),
        (CurveScope::Network, Quantity::Output) => messages.curves_outputs_of_network().to_owned(),
        (CurveScope::Network, Quantity::WeightedSum) => messages.curves_sums_of_network().to_owned(),
    }
}

/// Returns the curves as CSV. The first column has the values of the swept knob or input, and each other
/// column has the values of one curve, with all digits that f64 needs. Headers are addresses counted from 1;
/// a value that is not finite is an empty cell.
fn curves_to_csv(context: &PaneContext<'_>, _: TextPage) -> String {
    let (session, insight) = (context.session, context.insight);
    let sweep = insight.sweep();
    let table = CurveTable::new(session, insight);
    let letter = match sweep.quantity {
        Quantity::Output => "a",
        Quantity::WeightedSum => "z",
    };
    let mut text = format!("\"{}\"", sweep.swept);
    for curve in &sweep.curves {
        let _ = write!(
            text,
            ",\"{letter}[{},{}]\"",
            curve.at.layer + 1,
            curve.at.neuron + 1
        );
    }
    text.push('\n');
    for (row, place) in table.x_values.iter().enumerate() {
        let _ = write!(text, "{place}");
        for values in &table.values {
            text.push(',');
            if values[row].is_finite() {
                let _ = write!(text, "{}", values[row]);
            }
        }
        text.push('\n');
    }
    text
}

/// Draws the curves pane.
pub(crate) fn curves_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.has_controls() && controls::has_room(ui, MIN_HEIGHT_BELOW_CONTROLS) {
        controls::controls_ui(ui, context);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let y_range = shown_y_range(ui.ctx(), context);
    let plot_area = plot_frame(ui.painter(), context, y_range).paint(ui.painter(), context.theme, rect);
    let mut canvas = Canvas::new(ui, elements, plot_area.rect, context.canvas_id);
    CurvesPlot { context, plot_area }.draw_ui(&mut canvas);
}

/// Returns the vertical axis. If the curve leaves it, it becomes longer smoothly.
fn shown_y_range(ctx: &Context, context: &PaneContext<'_>) -> [f64; 2] {
    /// The time in which the axis becomes longer, in seconds.
    const DURATION: f32 = 0.25;
    /// The largest absolute value that is animated, in single precision.
    const MAX_ANIMATED: f64 = 1e6;
    let (sweep, view) = (context.insight.sweep(), context.session.view());
    let is_animated = context.options.is_none()
        && !context.has_reduced_motion
        && view.curve_axes.y.is_none()
        && sweep.y.iter().all(|end| end.abs() < MAX_ANIMATED);
    if !is_animated {
        return sweep.y;
    }
    // Other curves have another id, so their axis is there at once.
    let id = context.canvas_id.with((
        view.selected,
        view.swept,
        (view.quantity, view.curve_scope),
        (view.snapshot, view.axes_revision),
    ));
    [0, 1].map(|end| {
        let target = sweep.y[end] as f32;
        let shown = ctx.animate_value_with_time(id.with(end), target, DURATION);
        if shown == target {
            sweep.y[end]
        } else {
            f64::from(shown)
        }
    })
}

/// Returns the axes of the current curves.
fn plot_frame(painter: &Painter, context: &PaneContext<'_>, y_range: [f64; 2]) -> PlotFrame {
    let sweep = context.insight.sweep();
    let architecture = context.session.architecture();
    let selected = context.session.view().selected;
    let selected_symbol = match sweep.quantity {
        Quantity::Output => architecture.a_symbol(selected),
        Quantity::WeightedSum => architecture.z_symbol(selected),
    };
    let symbol = match sweep.curves.as_slice() {
        [curve] if curve.at == selected => selected_symbol,
        _ => MathSymbol {
            subscript: String::new(),
            superscript: None,
            ..selected_symbol
        },
    };
    let names = [
        swept_name(painter, context, sweep.swept),
        symbol_name(painter, context, &symbol),
    ];
    let frame = PlotFrame::new([sweep.x, y_range], names).y_label(context.y_label());
    match annotations::has_curve_labels(context) {
        true => frame.right_margin(annotations::CURVE_LABELS_WIDTH),
        false => frame,
    }
}

/// Lays out a symbol as the name of an axis.
pub(crate) fn symbol_name(painter: &Painter, context: &PaneContext<'_>, symbol: &MathSymbol) -> MathBox {
    MathBox::symbol(
        painter,
        symbol,
        context.symbol_scale(0.9),
        context.theme.weak_text,
    )
}

/// Lays out the name of the swept number: its symbol, and the name that the user gave it.
pub(crate) fn swept_name(painter: &Painter, context: &PaneContext<'_>, over: Adjustable) -> MathBox {
    let architecture = context.session.architecture();
    let symbol = symbol_name(painter, context, &over.symbol(architecture));
    let name = match over {
        Adjustable::Input(input) => architecture.input_names().get(input).and_then(Option::as_ref),
        Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => None,
    };
    match name {
        Some(name) => {
            let text = format!("  {name}");
            let name = MathBox::text(painter, text, type_scale::small(), context.theme.weak_text);
            MathBox::row([symbol, name])
        }
        None => symbol,
    }
}

/// The curves in their plot area.
struct CurvesPlot<'a, 's> {
    context: &'a PaneContext<'s>,
    plot_area: PlotArea,
}

impl CurvesPlot<'_, '_> {
    fn draw_ui(&self, canvas: &mut Canvas<'_>) {
        let sweep = self.context.insight.sweep();
        let selected = self.context.session.view().selected;
        let lines: Vec<Vec<Pos2>> = sweep
            .curves
            .iter()
            .map(|curve| self.plot_area.line(&curve.points))
            .collect();
        // The selected neuron's curve is drawn last, above the others.
        let is_main = |curve: &Curve| curve.at == selected;
        let main = sweep.curves.iter().position(is_main).unwrap_or(0);
        let Some(main_curve) = sweep.curves.get(main) else {
            return;
        };
        let main_line = lines.get(main).cloned().unwrap_or_default();
        // The element that is placed first is the one that Tab focuses; the pointer goes by rank instead.
        let dot = self.dot(main_curve);
        self.place_current_point(canvas, sweep, main_curve, dot);
        target_samples_ui(canvas.painter(), self.context, &self.plot_area);
        snapshot_curves::snapshot_curves_ui(canvas, self.context, &self.plot_area);
        self.family_ui(canvas.painter());
        self.curves_before_gesture_ui(canvas);
        let order = (0..lines.len()).filter(|&index| index != main).chain([main]);
        let mut lines = lines;
        for index in order {
            let line = std::mem::take(&mut lines[index]);
            self.curve_ui(canvas, &sweep.curves[index], line, index == main);
        }
        self.place_plot_area(canvas);
        if annotations::has_curve_labels(self.context) {
            annotations::curve_labels_ui(canvas, self.context, &self.plot_area);
        }
        if !self.context.is_selected(selected) && sweep.curves.len() > 1 {
            self.points_ui(canvas, sweep, None);
            return;
        }
        let obstacles = annotations::thresholds_ui(canvas, self.context, &self.plot_area, &main_line);
        self.points_ui(canvas, sweep, Some(main));
        let color = self.context.neuron_color(main_curve.at);
        annotations::CurrentPoint {
            dot,
            color,
            curve: main_curve,
        }
        .draw_ui(canvas, self.context, &self.plot_area, obstacles);
    }

    /// Draws the curves for nine values of the knob that was changed last: the smaller the value, the fainter its
    /// curve. The curves of both ends have their value at the right.
    fn family_ui(&self, painter: &Painter) {
        let Some(family) = self.context.insight.curve_family(self.context.session) else {
            return;
        };
        let theme = self.context.theme;
        let last = family.curves.len().saturating_sub(1);
        for (index, (curve, &value)) in family.curves.iter().zip(&family.values).enumerate() {
            let strength = 0.2 + 0.5 * index as f32 / last.max(1) as f32;
            let color = ColorTheme::mix(theme.card, self.context.neuron_color(curve.at), strength);
            let line = self.plot_area.line(&curve.points);
            let end = line
                .iter()
                .rev()
                .find(|&&point| self.plot_area.rect.contains(point));
            if let Some(&end) = end.filter(|_| index == 0 || index == last) {
                let symbol = family
                    .varied
                    .symbol(self.context.session.architecture())
                    .to_unicode();
                let text = format!("{symbol} = {}", self.context.format_adjustable(value));
                let corner = end - vec2(4.0, 2.0);
                painter.text(
                    corner,
                    Align2::RIGHT_BOTTOM,
                    text,
                    type_scale::small(),
                    theme.weak_text,
                );
            }
            painter.add(Shape::line(line, Stroke::new(1.25, color)));
        }
    }

    /// Draws the curves as they were when the gesture began, faint.
    fn curves_before_gesture_ui(&self, canvas: &Canvas<'_>) {
        /// The strength of their color in front of the card, from 0 to 1.
        const STRENGTH: f32 = 0.4;
        if self.context.options.is_some() {
            return;
        }
        let before = self.context.insight.curves_before_gesture();
        let current = &self.context.insight.sweep().curves;
        for (curve, _) in before
            .iter()
            .zip(current)
            .filter(|(curve, now)| curve.points != now.points)
        {
            let color = self.context.neuron_color(curve.at);
            let stroke = Stroke::new(2.0, ColorTheme::mix(self.context.theme.card, color, STRENGTH));
            let line = self.plot_area.line(&curve.points);
            canvas.painter().add(Shape::line(line, stroke));
        }
    }

    /// Returns the current point of a curve, moved to the nearest edge if it is outside the plot area.
    fn dot(&self, curve: &Curve) -> Pos2 {
        self.plot_area.clamped_screen_from_plot(curve.current)
    }

    fn curve_ui(&self, canvas: &mut Canvas<'_>, curve: &Curve, line: Vec<Pos2>, is_main: bool) {
        let PaneContext {
            session, messages, ..
        } = *self.context;
        let element = Element::Curve(curve.at);
        let identity = self.context.neuron_color(curve.at);
        canvas.begin_element(element);
        // In a figure without a selection, no curve is emphasized.
        let is_emphasized =
            is_main || canvas.is_highlighted(element) || !self.context.is_selected(session.view().selected);
        let color = if is_emphasized {
            identity
        } else {
            ColorTheme::mix(self.context.theme.card, identity, 0.45)
        };
        let width = match (is_main && is_emphasized, self.context.options) {
            (true, None) => 2.5,
            (_, Some(_)) if is_emphasized => 2.0,
            _ => 1.5,
        };
        let stroke = Stroke::new(width, color);
        match self
            .context
            .theme
            .dash_pattern(self.context.neuron_index(curve.at))
        {
            Some([dash, gap]) => canvas
                .painter()
                .extend(Shape::dashed_line(&line, stroke, dash, gap)),
            None => {
                canvas.painter().add(Shape::line(line.clone(), stroke));
            }
        }
        let drag_points = if self.context.options.is_none() {
            line.clone()
        } else {
            Vec::new()
        };
        let item = Placement::new(
            element,
            HitShape::Polyline {
                points: line,
                tolerance: 7.0,
            },
        )
        .rank(1);
        canvas.place(item, || ElementInfo {
            name: messages.curve_of(session.architecture().describe_neuron(curve.at, messages)),
            value: Some(self.context.format_number(curve.current[1])),
            is_button: true,
            is_selected: Some(session.view().selected == curve.at),
            ..ElementInfo::default()
        });
        if self.context.options.is_none() {
            self.place_curve_drags(canvas, curve, &drag_points);
        }
        canvas.end_element();
    }

    /// Adds the pieces of a curve as elements, each with the knob that a drag there changes.
    fn place_curve_drags(&self, canvas: &mut Canvas<'_>, curve: &Curve, line: &[Pos2]) {
        let PlotArea { rect, x, y } = self.plot_area;
        let Some(curve_drag) = CurveDrag::new(
            self.context.session,
            self.context.insight.forward_pass(),
            curve.at,
            x.range,
        ) else {
            return;
        };
        let knob_at = |screen_x: f32| {
            let across = f64::from((screen_x - rect.left()) / rect.width().max(1.0));
            curve_drag.knob(x.range[0] + across * (x.range[1] - x.range[0]))
        };
        for (knob, points) in segments_by_knob(line, knob_at) {
            let hit_shape = HitShape::Polyline {
                points,
                tolerance: 7.0,
            };
            let handle = Handle::curve_drag(knob, rect, x.range, y.range);
            canvas.place_again(
                Placement::new(Element::Curve(curve.at), hit_shape)
                    .handle(Some(handle))
                    .rank(1),
            );
        }
    }

    fn place_plot_area(&self, canvas: &mut Canvas<'_>) {
        let PlotArea { rect, x, y } = self.plot_area;
        let over = Element::CurrentPoint(self.context.insight.sweep().swept);
        let item = Placement::new(Element::PlotArea, HitShape::Rect(rect))
            .handle(Some(Handle::plot_pan(rect, x.range, y.range)))
            .focusable(FocusLinks {
                before: Some(over),
                after: None,
            });
        canvas.place(item, || {
            let number = |value| self.context.format_number(value);
            let [left, right, low, high] = [x.range[0], x.range[1], y.range[0], y.range[1]].map(number);
            let messages = self.context.messages;
            ElementInfo::new(
                messages.curves_plot_area(),
                messages.curves_plot_area_value(left, right, low, high),
            )
        });
    }

    fn place_current_point(&self, canvas: &mut Canvas<'_>, sweep: &Sweep, curve: &Curve, dot: Pos2) {
        let PaneContext {
            session, messages, ..
        } = *self.context;
        let document = session.document();
        let range = document.range(sweep.swept);
        let element = Element::CurrentPoint(sweep.swept);
        let hit_shape = HitShape::Circle {
            center: dot,
            radius: 12.0,
        };
        let item = Placement::new(element, hit_shape)
            .handle(Some(self.current_point_handle(sweep, dot.y)))
            .rank(3)
            .focusable(FocusLinks {
                before: None,
                after: Some(Element::PlotArea),
            });
        canvas.place(item, || {
            let architecture = session.architecture();
            let neuron = architecture.describe_neuron(curve.at, messages);
            ElementInfo {
                name: messages.curves_current_point(neuron, sweep.swept.symbol(architecture).to_unicode()),
                value: Some(self.context.format_number(curve.current[1])),
                numeric_value: Some((sweep.current, range)),
                is_disabled: document.is_locked(sweep.swept),
                ..ElementInfo::default()
            }
        });
    }

    /// Returns the handle of the current point: a track along the plot area at the height of the point, so
    /// that the point itself is dragged.
    fn current_point_handle(&self, sweep: &Sweep, y: f32) -> Handle {
        let rect = self.plot_area.rect;
        let range = ValueRange {
            min: sweep.x[0],
            max: sweep.x[1],
            step: self.context.session.document().range(sweep.swept).step,
        };
        Handle::track(
            sweep.swept,
            pos2(rect.left(), y),
            pos2(rect.right(), y),
            range,
            sweep.current,
        )
    }

    /// Draws the current points of the curves other than the main one.
    fn points_ui(&self, canvas: &mut Canvas<'_>, sweep: &Sweep, main: Option<usize>) {
        let theme = self.context.theme;
        let others = sweep
            .curves
            .iter()
            .enumerate()
            .filter(|&(index, _)| Some(index) != main);
        for (_, curve) in others.take(MAX_POINTS) {
            let center = self.plot_area.screen_from_plot(curve.current);
            if !self.plot_area.rect.expand(1.0).contains(center) || !curve.current[1].is_finite() {
                continue;
            }
            canvas.painter().circle(
                center,
                3.5,
                self.context.neuron_color(curve.at),
                Stroke::new(1.0, theme.card),
            );
        }
    }
}

/// Paints the samples of the target curve behind the curves.
fn target_samples_ui(painter: &Painter, context: &PaneContext<'_>, plot_area: &PlotArea) {
    let Some(target_curve) = context.insight.target_curve() else {
        return;
    };
    let color = ColorTheme::mix(context.theme.card, context.theme.weak_text, 0.75);
    for &point in target_curve.points() {
        let center = plot_area.screen_from_plot(point);
        if plot_area.rect.contains(center) {
            painter.circle_stroke(center, SAMPLE_RADIUS, Stroke::new(1.0, color));
        }
    }
}

/// Divides a line into pieces along which a drag changes the same knob. Neighboring pieces share their end
/// points.
fn segments_by_knob(line: &[Pos2], knob_at: impl Fn(f32) -> Knob) -> Vec<(Knob, Vec<Pos2>)> {
    // The maximum length of a segment along the x axis, in points. A long straight line may have only two
    // points, and its knob can change between them.
    const MAX_SEGMENT: f32 = 8.0;
    let mut segments: Vec<(Knob, Vec<Pos2>)> = Vec::new();
    for pair in line.windows(2) {
        let parts = ((pair[1].x - pair[0].x).abs() / MAX_SEGMENT).ceil().max(1.0) as usize;
        let at = |part: usize| pair[0].lerp(pair[1], part as f32 / parts as f32);
        for part in 0..parts {
            let (from, to) = (at(part), at(part + 1));
            let knob = knob_at(0.5 * (from.x + to.x));
            match segments.last_mut() {
                Some((last, points)) if *last == knob => points.push(to),
                _ => segments.push((knob, vec![from, to])),
            }
        }
    }
    segments
}
