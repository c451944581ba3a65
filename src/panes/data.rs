//! The dataset and the network's predictions for it: an area plot for two inputs, a curve for one input,
//! otherwise a confusion matrix or the outputs over the targets.
//!
//! | file | content |
//! | --- | --- |
//! | [`custom_points`] | points that are added, moved and removed by hand |

pub(crate) mod custom_points;

use std::cell::Ref;

use egui::{
    Align2, Color32, ColorImage, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};

use crate::canvas::{Element, Elements};
use crate::plot::map_point::paint_map_texture;
use crate::plot::{PlotArea, PlotFrame};
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use crate::widgets::cached_texture::cached_texture;
use crate::widgets::math::MathBox;
use neurodial_core::data::Targets;
use neurodial_core::insight::data_plot::{DataMap, DataPoint, PlotValue};
use neurodial_core::insight::{ComputationId, DataPlot, NeuronMap};

use super::confusion;
use super::context::PaneContext;
use super::curves::swept_name;
use super::dataset_gallery;
use super::output_map::map_colors;
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, SizeHint, data_remedy};
use super::training::{mismatch_ui, no_data_ui, warning_ui};
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Adjustable, DataSource, WindowLayout};
use neurodial_core::text::{Localized as _, Messages};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    other_places: &[PanePlace::new(WindowLayout::Train, LayoutRegion::RightTop).in_front()],
    needs_data: true,
    figure_options: &["--y-label"],
    figure_remedy: |session, _| data_remedy(session),
    print_height: |painter, context, width| Ok(print_height(painter, context, width)),
    ..PaneInfo::new(&["data"], Messages::pane_data, data_ui)
};

/// The minimum height and width of a plot that is drawn, in points.
const MIN_SIZE: f32 = 48.0;

/// Returns the height in a figure of this width, both in points.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> SizeHint {
    match context.data_plot() {
        Some(DataPlot::ConfusionMatrix) => SizeHint::fixed(confusion::print_height(painter, context, width)),
        Some(DataPlot::Map(_)) => SizeHint::new(120.0, width.clamp(150.0, 420.0)),
        _ => SizeHint::new(120.0, (0.85 * width).clamp(150.0, 420.0)),
    }
}

/// Draws the pane.
pub(crate) fn data_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.options.is_none() {
        custom_points::controls_ui(ui, context);
    }
    if let Some(notice) = context.session.setup().and_then(|setup| setup.notice()) {
        warning_ui(ui, context, &notice.message(context.messages));
    }
    if let Some(Err(reason)) = context.insight.metrics(context.session) {
        mismatch_ui(ui, context, reason);
    }
    let Some((data_plot, id)) = context.identified_data_plot() else {
        match context.session.setup() {
            None => {
                let hint = context.messages.data_no_data();
                no_data_ui(ui, context, hint);
            }
            Some(setup) => preview_ui(ui, context.theme, &setup.config().source),
        }
        return;
    };
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let messages = context.messages;
    let painter = ui.painter().clone();
    let rect = match data_plot {
        DataPlot::Map(DataMap { points, .. })
        | DataPlot::Curve { points, .. }
        | DataPlot::Scatter { points, .. } => legend_ui(&painter, context, points, rect),
        DataPlot::ConfusionMatrix => rect,
    };
    let text = |text: &str| MathBox::text(&painter, text, type_scale::small(), context.theme.weak_text);
    let input = |input: usize| match custom_points::custom_points(context) {
        // The points name their inputs even while the network has other inputs.
        Some(points) => text(&points.input_names()[input]),
        None => swept_name(&painter, context, Adjustable::Input(input)),
    };
    let frame = |ranges, names| {
        let frame = PlotFrame::new(ranges, names).y_label(context.y_label());
        frame.paint(&painter, context.theme, rect)
    };
    match data_plot {
        DataPlot::Map(map) => {
            let has_legend = !map.has_classes && rect.width() - rect.height() > map_colors::LEGEND_WIDTH;
            let right_margin = if has_legend {
                map_colors::LEGEND_WIDTH
            } else {
                10.0
            };
            let plot_area = PlotFrame::new([map.x, map.y], [input(0), input(1)])
                .y_label(context.y_label())
                .right_margin(right_margin)
                .square()
                .paint(&painter, context.theme, rect);
            map_ui(ui, context, elements, &plot_area, (map, id));
            if context.options.is_none() {
                let picture = ui.interact(plot_area.rect, context.canvas_id.with("picture"), Sense::hover());
                picture.widget_info(|| WidgetInfo::labeled(Role::Image, true, messages.data_predictions()));
            }
            if has_legend {
                let bar = map_colors::legend_rect(plot_area.rect);
                map_colors::legend_ui(&painter, context.theme, bar, map.scale);
            }
            custom_points::points_canvas_ui(ui, context, elements, &plot_area, &map.points);
        }
        DataPlot::Curve { x, y, line, points } => {
            let plot_area = frame([*x, *y], [input(0), text(messages.data_target_and_output())]);
            let clipped = painter.with_clip_rect(plot_area.rect);
            points_ui(&clipped, context, &plot_area, points);
            let stroke = Stroke::new(2.5, context.theme.text);
            clipped.add(Shape::line(plot_area.line(line), stroke));
            custom_points::points_canvas_ui(ui, context, elements, &plot_area, points);
        }
        DataPlot::Scatter { ends, points } => {
            let plot_area = frame(
                [*ends, *ends],
                [text(messages.data_target()), text(messages.data_output())],
            );
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

/// Draws the picture of a dataset that doesn't fit the network, as large as the thumbnails allow.
fn preview_ui(ui: &mut Ui, theme: &ColorTheme, source: &DataSource) {
    /// The maximum size, in points.
    const MAX_SIZE: Vec2 = vec2(300.0, 200.0);
    let scale = (ui.available_size() / MAX_SIZE).min_elem().min(1.0);
    // Tables and custom points may change while their picture is kept.
    let is_fixed = !matches!(source, DataSource::Table(_) | DataSource::Custom(_));
    if scale < 0.2 || !is_fixed {
        return;
    }
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(scale * MAX_SIZE, Sense::hover());
    if let Ok(thumbnail) = dataset_gallery::cached_thumbnail(ui, source) {
        dataset_gallery::paint(ui, theme, &thumbnail, rect);
    }
}

/// Draws the predictions over the plot area as colors, the decision boundaries as lines, and the samples. While the
/// pointer is on a neuron with a small map, the map of that neuron takes the place of the predictions.
fn map_ui(
    ui: &Ui,
    context: &PaneContext<'_>,
    elements: &Elements,
    plot_area: &PlotArea,
    (map, id): (&DataMap, &ComputationId),
) {
    let theme = context.theme;
    let rect = plot_area.rect;
    let clipped = ui
        .painter()
        .with_clip_rect(rect.intersect(ui.painter().clip_rect()));
    let last = (map.grid_size.max(2) - 1) as f64;
    let screen_pos = |&[column, row]: &[f64; 2]| {
        plot_area.screen_from_plot([
            map.x[0] + (map.x[1] - map.x[0]) * column / last,
            map.y[0] + (map.y[1] - map.y[0]) * row / last,
        ])
    };
    let screen_line = |line: &[[f64; 2]]| line.iter().map(screen_pos).collect::<Vec<Pos2>>();
    let mut boundaries: Vec<Vec<Pos2>> = Vec::new();
    if let Some((at, neuron_map)) = pointed_neuron_map(context, elements) {
        let texture = map_colors::map_texture(ui, context, 0, &neuron_map);
        paint_map_texture(&clipped, rect, neuron_map.grid_size(), texture);
        boundaries.extend(neuron_map.boundary().lines().map(screen_line));
        let architecture = context.session.architecture();
        let name = architecture.describe_neuron(at, context.messages);
        let corner = rect.right_top() - vec2(0.0, 2.0);
        let color = context.neuron_color(at);
        ui.painter()
            .text(corner, Align2::RIGHT_BOTTOM, name, type_scale::strong(), color);
    } else if map.grid_size > 0 {
        let texture_id = context.canvas_id.with("predictions");
        let key = (id.clone(), theme.mode);
        let texture = cached_texture(ui, texture_id, key, || map_image(theme, map));
        paint_map_texture(&clipped, rect, map.grid_size, texture);
        boundaries.extend(map.decision_boundaries.iter().map(|line| screen_line(line)));
    }
    // On a band of its own the line is visible on every color.
    for stroke in [
        Stroke::new(3.5, theme.card.gamma_multiply(0.7)),
        Stroke::new(1.5, theme.text),
    ] {
        clipped.extend(boundaries.iter().map(|line| Shape::line(line.clone(), stroke)));
    }
    points_ui(&clipped, context, plot_area, &map.points);
    let edge = Stroke::new(1.0, theme.track_edge);
    ui.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
}

/// Returns the map of the neuron that the pointer is on, if the neurons have small maps and it is not the only output.
fn pointed_neuron_map<'a>(
    context: &PaneContext<'a>,
    elements: &Elements,
) -> Option<(NeuronAddress, Ref<'a, NeuronMap>)> {
    let Some(Element::Neuron(at)) = elements.highlighted else {
        return None;
    };
    let architecture = context.session.architecture();
    let is_only_output = at.layer == architecture.last_layer() && architecture.width(at.layer) == 1;
    if !context.session.view().has_small_maps || is_only_output || context.options.is_some() {
        return None;
    }
    let neuron_map = context.insight.neuron_map_over_data(context.session, at)?;
    Some((at, neuron_map))
}

/// Returns the image of the predictions.
fn map_image(theme: &ColorTheme, map: &DataMap) -> ColorImage {
    let class_colors: [Color32; 8] = std::array::from_fn(|class| {
        ColorTheme::mix(theme.card, theme.neuron_color(class), class_share(theme, class))
    });
    let colors: Vec<Color32> = map
        .values
        .iter()
        .map(|&value| match value {
            PlotValue::Class(class) => class_colors[class % class_colors.len()],
            PlotValue::Scaled(position) => theme.diverging_color(position),
        })
        .collect();
    map_colors::image_of_rows(map.grid_size, &colors)
}

/// Returns the share of a class's color in the area where it is predicted. In themes for print some classes are
/// lighter than others, so that they differ without color too.
fn class_share(theme: &ColorTheme, class: usize) -> f32 {
    const MAX_SHARE: f32 = 0.42;
    let shares: [f32; 4] = match theme.mode {
        ThemeMode::Grayscale => [0.2, 1.0, 0.55, 0.8],
        ThemeMode::Print => [0.55, 1.0, 0.75, 0.9],
        ThemeMode::Light | ThemeMode::Dark | ThemeMode::HighContrast | ThemeMode::HighContrastDark => {
            [1.0; 4]
        }
    };
    MAX_SHARE * shares[class % shares.len()]
}

/// In a figure, draws the legend of the classes and of the training and test set above the plot; returns the space below
/// it.
fn legend_ui(painter: &Painter, context: &PaneContext<'_>, points: &[DataPoint], rect: Rect) -> Rect {
    const HEIGHT: f32 = 20.0;
    const RADIUS: f32 = 3.2;
    const TEXT_GAP: f32 = 7.0;
    const GAP: f32 = 14.0;
    if !context.options.is_some_and(|options| options.has_legend) {
        return rect;
    }
    let messages = context.messages;
    let sample = |value: PlotValue| DataPoint {
        x: 0.0,
        y: 0.0,
        value,
        is_test: false,
        custom_index: None,
    };
    let class_names = context.session.setup().and_then(|setup| {
        let split = setup.split().ok()?;
        match split.train.targets() {
            Targets::Classes { names, .. } => Some(names.clone()),
            Targets::Numbers { .. } => None,
        }
    });
    let has_classes = points
        .iter()
        .any(|point| matches!(point.value, PlotValue::Class(_)));
    // Samples of both sets in a neutral color; those of classes in their own.
    let mut items: Vec<(Option<PlotValue>, bool, String)> = Vec::new();
    for (class, name) in class_names.unwrap_or_default().into_iter().enumerate() {
        let value = match has_classes {
            true => PlotValue::Class(class),
            // Two classes are shown by two signs.
            false => PlotValue::Scaled(2.0 * class as f64 - 1.0),
        };
        items.push((Some(value), false, name));
    }
    if points.iter().any(|point| point.is_test) {
        items.push((None, false, messages.confusion_training_set().to_owned()));
        items.push((None, true, messages.confusion_test_set().to_owned()));
    }
    let theme = context.theme;
    let mut x = rect.left() + 4.0;
    let mut is_empty = true;
    for (value, is_test, text) in items {
        let galley = painter.layout_no_wrap(text, type_scale::small(), theme.text);
        let end = x + TEXT_GAP + galley.size().x;
        // What doesn't fit is left out.
        if end > rect.right() {
            break;
        }
        let middle = rect.top() + 0.4 * HEIGHT;
        let at = pos2(x, middle);
        match value {
            Some(value) => point_ui(painter, context, at, RADIUS, &sample(value)),
            None => {
                let fill = if is_test { theme.card } else { theme.text };
                painter.circle(at, RADIUS, fill, Stroke::new(1.3, theme.text));
            }
        }
        painter.galley(
            pos2(x + TEXT_GAP, middle - 0.5 * galley.size().y),
            galley,
            theme.text,
        );
        x = end + GAP;
        is_empty = false;
    }
    if is_empty {
        return rect;
    }
    rect.with_min_y(rect.top() + HEIGHT)
}

/// Draws the samples: classes with odd indices and numbers above 0 as squares, all others as discs. Samples
/// of the test set are hollow.
pub(super) fn points_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    plot_area: &PlotArea,
    points: &[DataPoint],
) {
    let base = (plot_area.rect.size().min_elem() / 130.0).clamp(2.0, 3.6);
    let size = if points.len() > 400 { base } else { 1.25 * base };
    let is_own = points.iter().any(|point| point.custom_index.is_some());
    // Custom points are larger, as they can be dragged.
    let size = if is_own { 4.0 } else { size };
    for point in points {
        let at = plot_area.screen_from_plot([point.x, point.y]);
        point_ui(painter, context, at, size, point);
    }
}

/// Draws one sample.
fn point_ui(painter: &Painter, context: &PaneContext<'_>, at: Pos2, size: f32, point: &DataPoint) {
    let theme = context.theme;
    let (fill, stroke) = if point.is_test {
        let color = custom_points::sign_color(theme, point.value);
        (theme.card, Stroke::new(1.3, color))
    } else {
        let outline = custom_points::outline_color(theme, point.value);
        (
            custom_points::point_color(theme, point.value),
            Stroke::new(1.0, outline),
        )
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
