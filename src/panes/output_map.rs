//! The output map: one neuron's output over two knobs or inputs, as colors, contours and its threshold line,
//! with the current point, which can be dragged.
//!
//! | module | content |
//! | --- | --- |
//! | [`map_colors`] | the colors of a map, their legend, and the texture with them |

pub(crate) mod map_colors;

use egui::{
    Painter, Pos2, Rect, RichText, ScrollArea, Stroke, StrokeKind, TextureId, Ui, UiBuilder, Vec2, pos2, vec2,
};

use crate::canvas::{Canvas, Element, ElementInfo, Elements};
use crate::plot::contour_lines::{ContourLine, contour_lines};
use crate::plot::map_point::{MapPoint, POINT_RADIUS, paint_map_texture};
use crate::plot::{PlacedLabel, PlotArea, PlotFrame};
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::insight::NeuronMap;
use neurodial_core::insight::data_plot::DataPoint;
use neurodial_core::insight::output_maps::OutputMapsRequest;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Adjustable, MapScope, ViewChange};
use neurodial_core::text::format_ascii;

use super::context::PaneContext;
use super::curves::controls::{adjustable_combo_ui, combo_item_ui, combo_ui, has_room};
use super::curves::swept_name;
use super::data;
use super::pane_info::{LayoutRegion, PaneInfo, PlotKind, SizeHint};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    shortcut: Some(egui::Key::Num8),
    heading: Some(heading),
    plot: Some(PlotKind::OutputMap),
    figure_options: &["--up"],
    print_width: |_, _| SizeHint::new(170.0, 210.0),
    print_height: |_, context, width| {
        Ok(SizeHint::new(
            SizeHint::MIN_PLOT_HEIGHT,
            print_height(context, width),
        ))
    },
    ..PaneInfo::new(&["map"], "Map", output_map_ui)
};

/// The minimum height and width at which the pane is drawn, in points.
const MIN_SIZE: f32 = 60.0;
/// Below this width the row of controls scrolls instead of wrapping, in points.
const NARROW_WIDTH: f32 = 300.0;
/// The height of the name above each of several maps, in points.
const NAME_HEIGHT: f32 = 18.0;
/// The gap between maps, in points.
const GAP: f32 = 14.0;
/// The minimum width of a map with a legend, in points.
const MIN_WIDTH_FOR_LEGEND: f32 = 190.0;
/// The height of the line with the held inputs above a plot area, in points.
const HELD_INPUTS_HEIGHT: f32 = 15.0;
/// The maximum number of held inputs that are listed with their values; more of them are counted.
const MAX_HELD_VALUES: usize = 4;

pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let view = context.session.view();
    let architecture = context.session.architecture();
    match view.map_scope {
        MapScope::Selected => format!("Map of {}", architecture.describe_neuron(view.selected)),
        MapScope::Outputs => "Maps of the outputs".to_owned(),
    }
}

/// Returns the height in print, in points, of a pane that is `width` points wide.
pub(crate) fn print_height(context: &PaneContext<'_>, width: f32) -> f32 {
    let maps = context
        .session
        .view()
        .mapped_neurons(context.session.architecture())
        .len();
    let (columns, rows) = grid_shape(maps, width, width);
    let cell = (width - GAP * (columns as f32 - 1.0)) / columns as f32;
    let name = if maps > 1 { NAME_HEIGHT } else { 0.0 };
    (0.86 * cell + name) * rows as f32 + GAP * (rows as f32 - 1.0)
}

/// Returns the number of columns and rows for `count` maps that are about as wide as high.
fn grid_shape(count: usize, width: f32, height: f32) -> (usize, usize) {
    let best = (count as f32 * width / height.max(1.0)).sqrt().round() as usize;
    let columns = best.clamp(1, count.max(1));
    (columns, count.div_ceil(columns).max(1))
}

pub(crate) fn output_map_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.options.is_none() && has_room(ui, MIN_SIZE) {
        controls_ui(ui, context);
    }
    let mut rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if context.options.is_some() {
        // In print next to a tall pane, a map is not stretched.
        let height = print_height(context, rect.width());
        rect.set_height(rect.height().min(height));
    }
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let request = OutputMapsRequest {
        detail: context.grid_detail(elements),
        // In print, where nothing can be dragged, the axes cover no more than what is shown.
        is_fitted_to_data: context.options.is_some(),
    };
    let output_maps = context.insight.output_maps(context.session, request);
    let axes = output_maps.axes();
    let map_count = output_maps.maps().len();
    let (columns, rows) = grid_shape(map_count, rect.width(), rect.height());
    let size = vec2(
        (rect.width() - GAP * (columns as f32 - 1.0)) / columns as f32,
        (rect.height() - GAP * (rows as f32 - 1.0)) / rows as f32,
    );
    let mut charts = Vec::new();
    for (index, (at, neuron_map)) in output_maps.maps().enumerate() {
        let texture = map_colors::map_texture(ui, context, index, at, neuron_map);
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let corner = rect.min + vec2(column * (size.x + GAP), row * (size.y + GAP));
        let mut cell = Rect::from_min_size(corner, size);
        if map_count > 1 {
            let name = context.session.architecture().describe_neuron(at);
            let text = RichText::new(name)
                .font(type_scale::strong())
                .color(context.neuron_color(at));
            let line = Rect::from_min_size(corner, vec2(size.x, NAME_HEIGHT));
            let mut line_ui = ui.new_child(UiBuilder::new().max_rect(line).id_salt(("name", index)));
            line_ui.add(egui::Label::new(text).truncate());
            cell.min.y += NAME_HEIGHT;
        }
        let has_legend = cell.width() >= MIN_WIDTH_FOR_LEGEND;
        let painter = ui.painter().clone();
        let names = axes.map(|axis| swept_name(&painter, context, axis.target));
        let frame = PlotFrame::new(axes.map(|axis| axis.range), names);
        let frame = frame.right_margin(if has_legend { map_colors::LEGEND_WIDTH } else { 6.0 });
        let name_width = frame.y_name_width() + GAP;
        let plot_area = frame.paint(&painter, context.theme, cell);
        if plot_area.rect.top() - cell.top() >= HELD_INPUTS_HEIGHT {
            let right = plot_area.rect.right_top() - vec2(0.0, 6.0);
            held_inputs_ui(&painter, context, at, right, plot_area.rect.width() - name_width);
        }
        if has_legend {
            let scale = neuron_map.scale();
            let bar = Rect::from_min_max(
                pos2(plot_area.rect.right() + 12.0, plot_area.rect.top()),
                pos2(plot_area.rect.right() + 22.0, plot_area.rect.bottom()),
            );
            map_colors::legend_ui(ui.painter(), context, bar, scale, context.neuron_color(at));
        }
        charts.push(NeuronMapChart {
            at,
            plot_area,
            neuron_map,
            texture,
        });
    }
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    for (index, chart) in charts.iter().enumerate() {
        chart.draw_ui(&mut canvas, context, output_maps.points(), index == 0);
    }
}

/// Draws the row of controls above the map.
fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let row = |ui: &mut Ui, context: &mut PaneContext<'_>| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let weak = |text: &str| RichText::new(text).color(context.theme.weak_text);
        let [across, up] = context.session.view().map_axes;
        ui.label(weak("over"));
        let new_across = adjustable_combo_ui(ui, context, "across the map", across);
        ui.label(weak("and"));
        let new_up = adjustable_combo_ui(ui, context, "up the map", up);
        if new_across.is_some() || new_up.is_some() {
            let (new_across, new_up) = (new_across.unwrap_or(across), new_up.unwrap_or(up));
            // Choosing the same knob or input for both axes swaps them.
            let over = match new_across == new_up {
                true => [up, across],
                false => [new_across, new_up],
            };
            context.actions.push(ViewChange::SetMapAxes(over).into());
        }
        scope_ui(ui, context);
    };
    if ui.available_width() < NARROW_WIDTH {
        ScrollArea::horizontal()
            .id_salt("controls")
            .show(ui, |ui| ui.horizontal(|ui| row(ui, context)));
    } else {
        ui.horizontal_wrapped(|ui| row(ui, context));
    }
}

/// Draws the selection between the selected neuron and all outputs.
fn scope_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let scope = context.session.view().map_scope;
    let text = |scope| match scope {
        MapScope::Selected => "this neuron",
        MapScope::Outputs => "each output",
    };
    let mut chosen = None;
    combo_ui(ui, "shown maps", text(scope), |ui| {
        for other in [MapScope::Selected, MapScope::Outputs] {
            if combo_item_ui(ui, other == scope, text(other)) {
                chosen = Some(other);
            }
        }
    });
    context
        .actions
        .extend(chosen.map(|chosen| ViewChange::SetMapScope(chosen).into()));
}

/// Draws the output of a map and the values of the inputs that are held constant while its two numbers vary:
/// `a₂, where x₃ = 0 and x₄ = 1`, ending at `right` on the baseline, in the longest form that is at
/// most `room` points wide: otherwise only the number of held inputs, or the output alone. Without held
/// inputs the window draws nothing, because the heading is sufficient.
fn held_inputs_ui(painter: &Painter, context: &PaneContext<'_>, at: NeuronAddress, right: Pos2, room: f32) {
    let forms = [
        inputs_with_values(painter, context),
        input_count_text(painter, context),
    ];
    let has_held = !held_inputs(context).is_empty();
    if context.options.is_none() && !has_held {
        return;
    }
    let output = || {
        let symbol = context.session.architecture().a_symbol(at);
        MathBox::symbol(painter, &symbol, 0.9, context.neuron_color(at))
    };
    let mut boxes = forms.into_iter().flatten();
    let math_box = boxes.find_map(|values| {
        let math_box = MathBox::row([output(), values]);
        (math_box.width <= room).then_some(math_box)
    });
    let math_box = math_box.unwrap_or_else(output);
    if math_box.width <= room {
        math_box.paint(painter, Pos2::new(right.x - math_box.width, right.y));
    }
}

/// Returns the inputs that the map is not over. Computed inputs are not among them, because they follow the
/// others.
fn held_inputs(context: &PaneContext<'_>) -> Vec<usize> {
    let over = context.session.view().map_axes;
    let features = context.session.document().features();
    let inputs = 0..context.session.architecture().input_count();
    inputs
        .filter(|&input| !over.contains(&Adjustable::Input(input)) && features.feature(input).is_none())
        .collect()
}

/// Lays out each held input with its value, or returns `None` if there are none or too many.
fn inputs_with_values(painter: &Painter, context: &PaneContext<'_>) -> Option<MathBox> {
    let held = held_inputs(context);
    if !(1..=MAX_HELD_VALUES).contains(&held.len()) {
        return None;
    }
    let color = context.theme.weak_text;
    let text = |text: String| MathBox::text(painter, text, type_scale::small(), color);
    let mut boxes = Vec::new();
    for (position, &input) in held.iter().enumerate() {
        let before = match position {
            0 => ", where ",
            _ if position + 1 == held.len() => " and ",
            _ => ", ",
        };
        let symbol = context.session.architecture().input_symbol(input);
        let value = context.session.document().inputs[input];
        boxes.push(text(before.to_owned()));
        boxes.push(MathBox::symbol(painter, &symbol, 0.9, color));
        boxes.push(text(format!(" = {}", context.format_number(value))));
    }
    Some(MathBox::row(boxes))
}

/// Lays out the number of held inputs, or returns `None` if there are none.
fn input_count_text(painter: &Painter, context: &PaneContext<'_>) -> Option<MathBox> {
    let held = held_inputs(context).len();
    let text = match held {
        0 => return None,
        1 => ", the other input as it is".to_owned(),
        _ => format!(", the other {held} inputs as they are"),
    };
    Some(MathBox::text(
        painter,
        text,
        type_scale::small(),
        context.theme.weak_text,
    ))
}

/// One neuron's map in its plot area.
struct NeuronMapChart<'a> {
    at: NeuronAddress,
    plot_area: PlotArea,
    /// Its values and contours.
    neuron_map: &'a NeuronMap,
    /// The texture with its colors.
    texture: TextureId,
}

impl NeuronMapChart<'_> {
    /// Draws the map with the samples of the dataset. Only the point of the first map can be reached by
    /// keyboard and screen reader.
    fn draw_ui(
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
            format!(
                "map of {}",
                context.session.architecture().describe_neuron(self.at)
            )
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
    }
}
