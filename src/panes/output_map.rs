//! The output map: one neuron's output over two knobs or inputs, as colors, contours and its threshold line,
//! with the current point, which can be dragged.
//!
//! | module | content |
//! | --- | --- |
//! | [`map_colors`] | the colors of a map, their legend, and the texture with them |
//! | [`neuron_map_chart`] | one neuron's map in its plot area |

pub(crate) mod map_colors;
pub(crate) mod neuron_map_chart;

use egui::{Painter, Pos2, Rect, RichText, Ui, UiBuilder, vec2};

use crate::canvas::{Canvas, Elements};
use crate::plot::PlotFrame;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use crate::widgets::menu::scrolling_row_ui;
use neurodial_core::insight::output_maps::OutputMapsRequest;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Adjustable, MapScope, ViewChange, WindowLayout};
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::curves::controls::{adjustable_combo_ui, combo_item_ui, combo_ui, has_room};
use super::curves::swept_name;
use super::pane_info::{LayoutRegion, PaneInfo, PanePlace, PlotKind, SizeHint};
use neuron_map_chart::NeuronMapChart;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    other_places: &[PanePlace::new(WindowLayout::Train, LayoutRegion::RightTop)],
    shortcut: Some(egui::Key::Num8),
    heading: Some(heading),
    plot: Some(PlotKind::OutputMap),
    figure_options: &["--up", "--y-label"],
    print_width: |_, _| SizeHint::new(170.0, 210.0),
    print_height: |_, context, width| {
        Ok(SizeHint::new(
            SizeHint::MIN_PLOT_HEIGHT,
            print_height(context, width),
        ))
    },
    ..PaneInfo::new(&["output-map", "map"], Messages::pane_output_map, output_map_ui)
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

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let view = context.session.view();
    let architecture = context.session.architecture();
    let messages = context.messages;
    match view.map_scope {
        MapScope::Selected => messages.output_map_of(architecture.describe_neuron(view.selected, messages)),
        MapScope::Outputs => messages.output_maps_of_outputs().to_owned(),
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

/// Draws the pane.
pub(crate) fn output_map_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.has_controls() && has_room(ui, MIN_SIZE) {
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
        let texture = map_colors::map_texture(ui, context, index, neuron_map);
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let corner = rect.min + vec2(column * (size.x + GAP), row * (size.y + GAP));
        let mut cell = Rect::from_min_size(corner, size);
        if map_count > 1 {
            let name = context
                .session
                .architecture()
                .describe_neuron(at, context.messages);
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
        let frame = frame.y_label(context.y_label()).with_top_row();
        let frame = frame.right_margin(if has_legend { map_colors::LEGEND_WIDTH } else { 6.0 });
        let name_width = frame.y_name_width() + GAP;
        let plot_area = frame.paint(&painter, context.theme, cell);
        if plot_area.rect.top() - cell.top() >= HELD_INPUTS_HEIGHT {
            let right = plot_area.rect.right_top() - vec2(0.0, 6.0);
            held_inputs_ui(&painter, context, at, right, plot_area.rect.width() - name_width);
        }
        if has_legend {
            let scale = neuron_map.scale();
            let bar = map_colors::legend_rect(plot_area.rect);
            map_colors::legend_ui(ui.painter(), context.theme, bar, scale);
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
        let messages = context.messages;
        ui.label(weak(messages.axis_horizontal()));
        let new_across = adjustable_combo_ui(ui, context, messages.output_map_horizontal(), across);
        ui.label(weak(messages.axis_vertical()));
        let new_up = adjustable_combo_ui(ui, context, messages.output_map_vertical(), up);
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
        scrolling_row_ui(ui, |ui| row(ui, context));
    } else {
        ui.horizontal_wrapped(|ui| row(ui, context));
    }
}

/// Draws the selection between the selected neuron and all outputs.
fn scope_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let scope = context.session.view().map_scope;
    let messages = context.messages;
    let text = |scope| match scope {
        MapScope::Selected => messages.output_map_scope_neuron(),
        MapScope::Outputs => messages.output_map_scope_outputs(),
    };
    let mut chosen = None;
    combo_ui(ui, messages.output_map_scope(), text(scope), |ui| {
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
/// `a₂, with x₃ = 0, x₄ = 1`, ending at `right` on the baseline, in the longest form that is at
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
        MathBox::symbol(
            painter,
            &symbol,
            context.symbol_scale(0.9),
            context.neuron_color(at),
        )
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
            0 => context.messages.output_map_held(),
            _ => context.messages.list_separator(),
        };
        let symbol = context.session.architecture().input_symbol(input);
        let value = context.session.document().inputs[input];
        boxes.push(text(before.to_owned()));
        boxes.push(MathBox::symbol(
            painter,
            &symbol,
            context.symbol_scale(0.9),
            color,
        ));
        boxes.push(text(format!(" = {}", context.format_number(value))));
    }
    Some(MathBox::row(boxes))
}

/// Lays out the number of held inputs, or returns `None` if there are none.
fn input_count_text(painter: &Painter, context: &PaneContext<'_>) -> Option<MathBox> {
    let held = held_inputs(context).len();
    let text = match held {
        0 => return None,
        _ => context.messages.output_map_other_inputs(held),
    };
    Some(MathBox::text(
        painter,
        text,
        type_scale::small(),
        context.theme.weak_text,
    ))
}
