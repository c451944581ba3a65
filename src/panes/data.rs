//! The dataset and the network's predictions for it: an area plot for two inputs, a curve for one input,
//! otherwise a confusion matrix or the outputs over the targets. Custom points are added,
//! moved and removed by hand.

use std::sync::Arc;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Button, Color32, Painter, Pos2, Rect, RichText, Shape, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::plot::{PlotArea, PlotFrame};
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::data::{CustomPoints, PointTarget};
use neurodial_core::insight::DataPlot;
use neurodial_core::insight::data_plot::{DataMap, DataPoint, PlotValue};
use neurodial_core::session::{Adjustable, DataSource, Edit, TrainingConfig, ViewChange};
use neurodial_core::text::format_ascii;

use super::confusion;
use super::context::PaneContext;
use super::curves::swept_name;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use super::training::{misfit_ui, warning_ui};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    needs_data: true,
    print_height: |painter, context, width| Ok(print_height(painter, context, width)),
    ..PaneInfo::new(&["data"], "Data", data_ui)
};

/// The minimum height and width of a plot that is drawn, in points.
const MIN_SIZE: f32 = 48.0;
/// The maximum strength of the colors of the plot's area, 0 to 1.
const MAX_COLOR_STRENGTH: f32 = 0.42;

/// Returns the height in a figure of this width, both in points.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> SizeHint {
    match context.insight.data_plot(context.session) {
        Some(DataPlot::ConfusionMatrix) => SizeHint::fixed(confusion::print_height(painter, context, width)),
        _ => SizeHint::new(120.0, (0.85 * width).clamp(150.0, 420.0)),
    }
}

pub(crate) fn data_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.options.is_none() {
        controls_ui(ui, context);
    }
    if let Some(notice) = context.session.setup().and_then(|setup| setup.notice()) {
        warning_ui(ui, context, notice);
    }
    if let Some(Err(reason)) = context.insight.metrics(context.session) {
        misfit_ui(ui, context, reason);
    }
    let Some(data_plot) = context.insight.data_plot(context.session) else {
        if context.session.setup().is_none() {
            let hint = "Choose data under Training; here it is shown with what the network makes of it.";
            ui.label(egui::RichText::new(hint).color(context.theme.weak_text));
        }
        return;
    };
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let painter = ui.painter().clone();
    let text = |text: &str| MathBox::text(&painter, text, type_scale::small(), context.theme.weak_text);
    let input = |input: usize| match custom_points(context) {
        // The points name their inputs even while the network has other inputs.
        Some(points) => text(&points.input_names()[input]),
        None => swept_name(&painter, context, Adjustable::Input(input)),
    };
    let frame = |ranges, names| PlotFrame::new(ranges, names).paint(&painter, context.theme, rect);
    match data_plot {
        DataPlot::Map(map) => {
            let plot_area = frame([map.x, map.y], [input(0), input(1)]);
            map_ui(&painter, context, &plot_area, map);
            points_canvas_ui(ui, context, elements, &plot_area, &map.points);
        }
        DataPlot::Curve { x, y, line, points } => {
            let plot_area = frame([*x, *y], [input(0), text("target and output")]);
            let clipped = painter.with_clip_rect(plot_area.rect);
            points_ui(&clipped, context, &plot_area, points);
            let stroke = Stroke::new(2.5, context.theme.text);
            clipped.add(Shape::line(plot_area.line(line), stroke));
            points_canvas_ui(ui, context, elements, &plot_area, points);
        }
        DataPlot::Scatter { ends, points } => {
            let plot_area = frame([*ends, *ends], [text("target"), text("output")]);
            let clipped = painter.with_clip_rect(plot_area.rect);
            let diagonal = [ends[0], ends[1]].map(|value| plot_area.screen_from_plot([value, value]));
            clipped.line_segment(diagonal, Stroke::new(1.0, context.theme.axis));
            points_ui(&clipped, context, &plot_area, points);
        }
        DataPlot::ConfusionMatrix => {
            if let Some(predictions) = context.insight.predictions(context.session) {
                confusion::tables_ui(ui, context, elements, predictions, rect);
            }
        }
    }
}

fn point_color(theme: &ColorTheme, kind: PlotValue) -> Color32 {
    match kind {
        PlotValue::Class(class) => theme.neuron_color(class),
        PlotValue::Scaled(degree) if degree > 0.0 => theme.positive,
        PlotValue::Scaled(_) => theme.negative,
    }
}

/// Draws the predictions over the plot area as colors, the decision boundaries as lines, and the samples.
fn map_ui(painter: &Painter, context: &PaneContext<'_>, plot_area: &PlotArea, map: &DataMap) {
    let theme = context.theme;
    let clipped = painter.with_clip_rect(plot_area.rect);
    let last = (map.grid_size.max(2) - 1) as f64;
    let screen_pos = |[column, row]: [f64; 2]| {
        plot_area.screen_from_plot([
            map.x[0] + (map.x[1] - map.x[0]) * column / last,
            map.y[0] + (map.y[1] - map.y[0]) * row / last,
        ])
    };
    let mut mesh = Mesh::default();
    for (index, &kind) in map.values.iter().enumerate() {
        let strength = MAX_COLOR_STRENGTH * relative_strength(theme, kind);
        mesh.vertices.push(Vertex {
            pos: screen_pos([(index % map.grid_size) as f64, (index / map.grid_size) as f64]),
            uv: WHITE_UV,
            color: ColorTheme::mix(theme.card, point_color(theme, kind), strength),
        });
    }
    let columns = map.grid_size as u32;
    for row in 0..columns.saturating_sub(1) {
        for column in 0..columns.saturating_sub(1) {
            let corner = row * columns + column;
            mesh.add_triangle(corner, corner + 1, corner + columns);
            mesh.add_triangle(corner + 1, corner + columns, corner + columns + 1);
        }
    }
    clipped.add(Shape::mesh(mesh));
    for border in &map.decision_boundaries {
        let line: Vec<Pos2> = border.iter().map(|&point| screen_pos(point)).collect();
        clipped.add(Shape::line(line, Stroke::new(1.5, theme.weak_text)));
    }
    points_ui(&clipped, context, plot_area, &map.points);
}

/// Returns the strength of the color of a value, as a fraction of the maximum. In themes for print some
/// values are lighter than others, so that they differ without color too.
fn relative_strength(theme: &ColorTheme, kind: PlotValue) -> f32 {
    const EVEN: ([f32; 4], f32) = ([1.0; 4], 1.0);
    const PRINT: ([f32; 4], f32) = ([0.55, 1.0, 0.75, 0.9], 0.55);
    const GRAY: ([f32; 4], f32) = ([0.2, 1.0, 0.55, 0.8], 0.3);
    let (classes, below) = match theme.mode {
        ThemeMode::Grayscale => GRAY,
        ThemeMode::Print => PRINT,
        ThemeMode::Light | ThemeMode::Dark => EVEN,
    };
    match kind {
        PlotValue::Class(class) => classes[class % classes.len()],
        PlotValue::Scaled(degree) if !degree.is_finite() => 0.0,
        PlotValue::Scaled(degree) if degree < 0.0 => below * degree.abs().min(1.0) as f32,
        PlotValue::Scaled(degree) => degree.min(1.0) as f32,
    }
}

/// Draws the samples: classes with odd indices and numbers above 0 as squares, all others as discs. Samples
/// of the test set are hollow.
pub(super) fn points_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    plot_area: &PlotArea,
    points: &[DataPoint],
) {
    let theme = context.theme;
    let size = if points.len() > 400 { 2.0 } else { 2.8 };
    let is_own = points.iter().any(|point| point.custom_index.is_some());
    // Custom points are larger, as they can be dragged.
    let size = if is_own { 4.0 } else { size };
    for point in points {
        let at = plot_area.screen_from_plot([point.x, point.y]);
        let color = point_color(theme, point.value);
        let (fill, stroke) = if point.is_test {
            (theme.card, Stroke::new(1.3, color))
        } else {
            (color, Stroke::new(0.8, theme.card))
        };
        let is_square = match point.value {
            PlotValue::Class(class) => class % 2 == 1,
            PlotValue::Scaled(degree) => degree > 0.0,
        };
        if is_square {
            let square = Rect::from_center_size(at, vec2(1.8 * size, 1.8 * size));
            painter.rect(square, 0.0, fill, stroke, StrokeKind::Middle);
        } else {
            disc_ui(painter, at, size, (fill, stroke), context.options.is_some());
        }
    }
}

/// Draws a disc with an outline. On a screen it is two discs, one on the other: there can be hundreds in
/// every frame, and discs are far cheaper than outlines. In a figure it is one shape.
fn disc_ui(painter: &Painter, at: Pos2, radius: f32, (fill, outline): (Color32, Stroke), is_print: bool) {
    if is_print {
        painter.circle(at, radius, fill, outline);
        return;
    }
    painter.circle_filled(at, radius + outline.width / 2.0, outline.color);
    painter.circle_filled(at, radius - outline.width / 2.0, fill);
}

/// The radius around a point within which a press takes it, in points.
const GRAB_RADIUS: f32 = 9.0;
/// The rank of points, above that of the plot area.
const POINT_RANK: u8 = 2;
/// The targets that a new point with two inputs can have.
const NEW_POINT_VALUES: [f64; 5] = [-1.0, -0.5, 0.0, 0.5, 1.0];

/// Returns the custom points; `None` if the dataset is of another kind.
pub(super) fn custom_points<'a>(context: &PaneContext<'a>) -> Option<&'a CustomPoints> {
    match &context.session.setup()?.config().source {
        DataSource::Custom(points) => Some(points),
        _ => None,
    }
}

/// Draws the choice of a new point's target; for another dataset, the button that converts it into custom
/// points.
pub(super) fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let Some(points) = custom_points(context) else {
        edit_copy_ui(ui, context);
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let weak = |text: &str| {
            RichText::new(text)
                .font(type_scale::small())
                .color(context.theme.weak_text)
        };
        match points.target() {
            PointTarget::Classes(classes) => {
                ui.label(weak("New points are"));
                for (class, name) in classes.iter().enumerate() {
                    let name = neurodial_core::text::shortened(name);
                    new_point_button_ui(ui, context, class as f64, &name, class_color(context, class));
                }
                let more = ui.add(Button::new("+").min_size(vec2(24.0, 0.0)));
                more.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "another class"));
                if more.on_hover_text("Another class").clicked()
                    && let Ok(with_more) = points.with_new_class()
                {
                    context
                        .actions
                        .push(ViewChange::SetNewPointLabel(classes.len() as f64).into());
                    set_points(context, with_more);
                }
            }
            PointTarget::Number(_) if points.input_names().len() == 2 => {
                ui.label(weak("New points are"));
                for number in NEW_POINT_VALUES {
                    let color = match number > 0.0 {
                        true => context.theme.positive,
                        false => context.theme.negative,
                    };
                    new_point_button_ui(ui, context, number, &format_ascii(number, 1), color);
                }
            }
            PointTarget::Number(_) => {
                ui.label(weak("Click where the curve is to go"));
            }
        }
        let is_any = !points.points().is_empty();
        let clear = ui.add_enabled(is_any, Button::new("Clear"));
        clear.widget_info(|| WidgetInfo::labeled(egui::Role::Button, is_any, "take all points away"));
        if clear.on_hover_text("Take all points away").clicked() {
            set_points(context, points.without_points());
        }
    });
}

/// Draws the button that converts generated or loaded data with one or two features into custom points.
fn edit_copy_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let Some(setup) = context.session.setup() else {
        return;
    };
    if !(1..=2).contains(&setup.raw_inputs()) {
        return;
    }
    let button = ui.add(Button::new("Edit the points"));
    let hint = "A copy of the data, whose points can be set, moved and taken away by hand";
    if button.on_hover_text(hint).clicked()
        && let Ok(points) = setup.to_points()
    {
        set_points(context, points);
    }
}

fn set_points(context: &mut PaneContext<'_>, points: CustomPoints) {
    let Some(setup) = context.session.setup() else {
        return;
    };
    let source = DataSource::Custom(Arc::new(points));
    let before = setup.config();
    // A converted dataset keeps the training settings.
    let choice = TrainingConfig {
        source,
        has_class_targets: false,
        ..before.clone()
    };
    if let Ok(changed) = setup.with_config(choice) {
        context
            .actions
            .push(Edit::SetTrainingSetup(Some(Arc::new(changed))).into());
    }
}

/// Returns the color of a class as in the plot.
fn class_color(context: &PaneContext<'_>, class: usize) -> Color32 {
    let has_classes = match context.insight.data_plot(context.session) {
        Some(DataPlot::Map(map)) => map.has_classes,
        _ => false,
    };
    point_color(
        context.theme,
        match (has_classes, class) {
            (false, 0) => PlotValue::Scaled(-1.0),
            (false, 1) => PlotValue::Scaled(1.0),
            _ => PlotValue::Class(class),
        },
    )
}

fn new_point_button_ui(ui: &mut Ui, context: &mut PaneContext<'_>, label: f64, text: &str, color: Color32) {
    let is_chosen = context.session.view().new_point_label == label;
    let rich = RichText::new(text).color(color).font(type_scale::strong());
    let response = ui.add(Button::selectable(is_chosen, rich).min_size(vec2(28.0, 0.0)));
    let name = format!("new points are {text}");
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, is_chosen, &name));
    if response.clicked() {
        context.actions.push(ViewChange::SetNewPointLabel(label).into());
    }
}

/// Places the plot area and the custom points on a canvas, where they can be dragged and focused.
pub(super) fn points_canvas_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    plot_area: &PlotArea,
    drawn: &[DataPoint],
) {
    let Some(points) = custom_points(context).filter(|_| context.options.is_none()) else {
        return;
    };
    let id = context.canvas_id;
    let count = points.points().len();
    if let Some(current) = elements.tab_stop(id)
        && matches!(current.element, Element::CustomPoint(sample) if sample >= count)
    {
        elements.remove_tab_stop(id);
    }
    let mut canvas = Canvas::new(ui, elements, plot_area.rect, id);
    let handle = |index| {
        Some(Handle::point_drag(
            index,
            plot_area.rect,
            plot_area.x.range,
            plot_area.y.range,
        ))
    };
    let sample = |index: usize| (index < count).then_some(Element::CustomPoint(index));
    let links = FocusLinks {
        before: count.checked_sub(1).and_then(sample),
        after: sample(0),
    };
    let field = Placement::new(Element::CustomPointArea, HitShape::Rect(plot_area.rect)).focusable(links);
    canvas.place(field.handle(handle(None)), || ElementInfo {
        name: "plane of points".to_owned(),
        value: Some(format!("{count} points")),
        description: Some("Enter sets a point in the middle; Page Down goes to the first one".to_owned()),
        is_button: true,
        ..ElementInfo::default()
    });
    for point in drawn {
        let Some(index) = point.custom_index else { continue };
        let center = plot_area.screen_from_plot([point.x, point.y]);
        let hit_shape = HitShape::Circle {
            center,
            radius: GRAB_RADIUS,
        };
        let links = FocusLinks {
            before: index
                .checked_sub(1)
                .map_or(Some(Element::CustomPointArea), sample),
            after: sample(index + 1).or(Some(Element::CustomPointArea)),
        };
        let element = Element::CustomPoint(index);
        let item = Placement::new(element, hit_shape)
            .rank(POINT_RANK)
            .handle(handle(Some(index)))
            .focusable(links);
        canvas.place(item, || point_description(points, index));
        if canvas.is_under_pointer(element) && !canvas.has_focus(element) {
            let stroke = egui::Stroke::new(1.5, context.theme.accent);
            canvas.painter().circle_stroke(center, 8.0, stroke);
        }
    }
}

fn point_description(points: &CustomPoints, index: usize) -> ElementInfo {
    let point = &points.points()[index];
    let inputs = points.input_names().iter().zip(&point.inputs);
    let inputs = inputs.map(|(name, value)| format!("{name} {}", format_ascii(*value, 3)));
    let target = match points.target() {
        PointTarget::Number(name) => format!("{name} {}", format_ascii(point.target, 3)),
        PointTarget::Classes(classes) => format!("class {}", classes[point.target as usize]),
    };
    ElementInfo {
        description: Some("Arrow keys move it, a digit is its class, Delete takes it away".to_owned()),
        ..ElementInfo::new(
            format!("point {}", index + 1),
            inputs.chain([target]).collect::<Vec<_>>().join(", "),
        )
    }
}
