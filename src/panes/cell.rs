//! A natural neuron, live: the current into it, its membrane potential with the threshold and the impulses, its
//! picture, which lights up where something happens, and beside it an artificial neuron with the same input.
//!
//! | module | content |
//! | --- | --- |
//! | [`outline`] | outlines of shapes given by distance fields |
//! | [`shape`] | the shape of a nerve cell |
//! | [`drawing`] | the picture of a nerve cell with the parts that light up |

pub(crate) mod drawing;
pub(crate) mod outline;
pub(crate) mod shape;

use egui::{
    Align2, Color32, FontId, Id, Painter, Pos2, Rect, Shape, Slider, SliderClamping, Stroke, Ui, accesskit,
    pos2, vec2,
};

use crate::canvas::Elements;
use crate::plot::{PlotArea, PlotFrame};
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use crate::widgets::wrapped_text;
use egui::text::TextFormat;
use egui_figure::FigureMarker;
use neurodial_core::nerve_cell::{CellSetting, CellState, DURATION, NerveCell, PEAK, REST, THRESHOLD};
use neurodial_core::session::{Action, Edit, Gesture};
use neurodial_core::text::{Messages, format_ascii, format_fixed, parse_number};

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use drawing::{CellDrawing, CellLight};

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    is_closed_at_first: true,
    print_width: |_, _| SizeHint::new(330.0, 520.0),
    print_height: |_, _, width| Ok(SizeHint::fixed(if width < WIDE { 500.0 } else { 330.0 })),
    ..PaneInfo::new(&["cell", "nerve-cell"], Messages::pane_cell, cell_ui)
};

/// From this width on, the artificial neuron is beside the nerve cell instead of below it, in points.
const WIDE: f32 = 420.0;
/// The weight of the artificial neuron. Its bias is the negative of the current, in nA, that reaches the threshold.
const WEIGHT: f64 = 1.0;
const BIAS: f64 = -1.5;
/// The time that 100 ms take when they are played, in seconds.
const PLAY_SECONDS: f64 = 10.0;
/// The time in ms in which an impulse runs along the axon, and the time at which it has left the terminals.
const IMPULSE_TIMES: [f64; 2] = [2.0, 3.5];
/// The first number of the gestures of the sliders; other gestures have smaller numbers.
const FIRST_GESTURE: u64 = 1 << 62;
/// The distance between parts, in points.
const GAP: f32 = 8.0;

/// The moment that the pane shows, and whether it moves on. egui keeps it.
#[derive(Debug, Clone, Copy, Default)]
struct Moment {
    /// The time in ms; `None` for that of the first impulse.
    time: Option<f64>,
    is_playing: bool,
}

impl Moment {
    /// Returns the time in ms: the one that was chosen, or else a moment after the first impulse, or the end.
    fn time(self, cell: NerveCell) -> f64 {
        const AFTER_IMPULSE: f64 = 0.4;
        self.time.unwrap_or_else(|| {
            let first = cell.impulse_times().next();
            first.map_or(DURATION, |time| (time + AFTER_IMPULSE).min(DURATION))
        })
    }
}

/// Draws the pane.
pub(crate) fn cell_ui(ui: &mut Ui, context: &mut PaneContext<'_>, _elements: &mut Elements) {
    let cell = context.session.document().cell.unwrap_or_default();
    let id = context.canvas_id;
    let mut moment = Moment::default();
    if context.options.is_none() {
        moment = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        controls_ui(ui, context, cell, &mut moment);
        advance(ui, &mut moment, cell);
        ui.data_mut(|data| data.insert_temp(id, moment));
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < 80.0 || rect.height() < 80.0 {
        return;
    }
    let time = moment.time(cell);
    let mut rest = rect;
    // A figure has its settings in words, because it has no sliders.
    let mut summary = match context.options {
        Some(_) => vec![settings_text(context, cell)],
        None => Vec::new(),
    };
    summary.push(context.messages.cell_rate(format_fixed(cell.rate(), 1)));
    summary.push(context.messages.cell_impulses(cell.impulse_count()));
    let summary = summary.join(" · ");
    let strong = type_scale::strong();
    rest.min.y = paragraph_ui(
        ui,
        context,
        &summary,
        strong,
        context.theme.text,
        rest.min,
        rect.width(),
    ) + 2.0;
    status_node(ui, id.with("rate"), rect, &summary);
    rest.max.y -= note_ui(ui, context, rest);
    let is_wide = rest.width() >= WIDE;
    let parts = match is_wide {
        true => {
            let left = rest.with_max_x(rest.left() + 0.62 * rest.width() - GAP / 2.0);
            let right = rest.with_min_x(left.right() + GAP);
            let [trace, picture] = split(left, 0.58);
            [
                trace,
                picture,
                right.with_max_y(right.top() + right.height().min(300.0)),
            ]
        }
        false => {
            let [upper, artificial] = split(rest, 0.66);
            let [trace, picture] = split(upper, 0.58);
            [trace, picture, artificial]
        }
    };
    trace_ui(ui, context, cell, time, parts[0]);
    picture_ui(ui, context, cell, time, parts[1]);
    artificial_ui(ui, context, cell, parts[2]);
}

/// Divides a rectangle into an upper part with this share of the height and a lower one.
fn split(rect: Rect, share: f32) -> [Rect; 2] {
    let middle = rect.top() + share * rect.height();
    [
        rect.with_max_y(middle - GAP / 2.0),
        rect.with_min_y(middle + GAP / 2.0),
    ]
}

/// Returns both settings with their units.
fn settings_text(context: &PaneContext<'_>, cell: NerveCell) -> String {
    let [current, refractory] = CellSetting::ALL.map(|setting| format_ascii(cell.value(setting), 6));
    context.messages.cell_settings(current, refractory)
}

/// Draws the sliders with their numbers, the button that plays, and the time.
fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>, cell: NerveCell, moment: &mut Moment) {
    let messages = context.messages;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().slider_width = (0.16 * ui.available_width()).clamp(60.0, 160.0);
        for setting in CellSetting::ALL {
            setting_ui(ui, context, cell, setting);
        }
        let (text, name) = match moment.is_playing {
            true => (messages.cell_pause(), messages.cell_pause_name()),
            false => (messages.cell_play(), messages.cell_play_name()),
        };
        let button = ui.button(text).on_hover_text(messages.cell_play_tooltip());
        set_name(&button, name);
        if button.clicked() {
            moment.is_playing = !moment.is_playing;
            if moment.is_playing && moment.time.is_none_or(|time| time >= DURATION) {
                moment.time = Some(0.0);
            }
        }
        let mut time = moment.time(cell);
        let slider = Slider::new(&mut time, 0.0..=DURATION)
            .text(messages.cell_time())
            .suffix(" ms")
            .fixed_decimals(1)
            .custom_parser(|text| parse_number(text.trim_end_matches("ms")).ok());
        let response = ui.add(slider).on_hover_text(messages.cell_time_tooltip());
        set_name(&response, messages.cell_time_name());
        if response.changed() {
            *moment = Moment {
                time: Some(time),
                is_playing: false,
            };
        }
    });
    ui.add_space(4.0);
}

/// Draws the slider of a setting with its number.
fn setting_ui(ui: &mut Ui, context: &mut PaneContext<'_>, cell: NerveCell, setting: CellSetting) {
    let messages = context.messages;
    let mut value = cell.value(setting);
    let unit = setting.unit();
    let slider = Slider::new(&mut value, 0.0..=setting.max())
        .text(setting.label(messages))
        .suffix(format!(" {unit}"))
        .step_by(setting.step())
        .clamping(SliderClamping::Always)
        .custom_formatter(|value, _| format_ascii(value, 2))
        .custom_parser(move |text| parse_number(text.trim_end_matches(unit)).ok());
    let response = ui.add(slider).on_hover_text(setting.tooltip(messages));
    set_name(&response, setting.label(messages));
    let id = response.id.with("gesture");
    if response.drag_started() {
        let pass = ui.ctx().cumulative_pass_nr();
        ui.data_mut(|data| data.insert_temp(id, pass));
    }
    if response.changed() {
        let gesture = ui.data(|data| data.get_temp::<u64>(id));
        let gesture = gesture.filter(|_| response.dragged());
        // A multiple of the step, without the rounding errors of adding it.
        let value = libm::round(value / setting.step()) / libm::round(1.0 / setting.step());
        let edit = Edit::SetCell {
            setting,
            value,
            gesture: gesture.map(|pass| Gesture(FIRST_GESTURE + pass)),
        };
        context.actions.push(Action::from(edit));
    }
}

/// Gives a control a name for screen readers that says everything without the text around it.
fn set_name(response: &egui::Response, name: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// Moves the time on while it is played, until the end.
fn advance(ui: &Ui, moment: &mut Moment, cell: NerveCell) {
    if !moment.is_playing {
        return;
    }
    if ui.ctx().current_pass_index() == 0 {
        let seconds = f64::from(ui.input(|input| input.stable_dt)).min(0.1);
        let time = moment.time(cell) + DURATION * seconds / PLAY_SECONDS;
        moment.time = Some(time.min(DURATION));
        moment.is_playing = time < DURATION;
    }
    ui.ctx().request_repaint();
}

/// Draws a paragraph and returns its lower end.
fn paragraph_ui(
    ui: &Ui,
    context: &PaneContext<'_>,
    text: &str,
    font: FontId,
    color: Color32,
    at: Pos2,
    width: f32,
) -> f32 {
    let format = TextFormat::simple(context.font(font), color);
    let galley = wrapped_text(ui.painter(), text, format, width);
    let bottom = at.y + galley.size().y;
    ui.painter().galley(at, galley, color);
    bottom
}

/// Draws what is computed and what is drawn, at the bottom of the pane, if there is room. Returns the height.
fn note_ui(ui: &Ui, context: &PaneContext<'_>, rest: Rect) -> f32 {
    const MIN_REST: f32 = 200.0;
    let color = context.theme.weak_text;
    let format = TextFormat::simple(context.font(type_scale::small()), color);
    let text = context.messages.cell_computed();
    let galley = wrapped_text(ui.painter(), text, format, rest.width());
    let height = galley.size().y + 4.0;
    text_node(ui, context.canvas_id.with("note"), rest, text);
    if rest.height() - height < MIN_REST && context.options.is_none() {
        return 0.0;
    }
    ui.painter()
        .galley(pos2(rest.left(), rest.bottom() - height + 4.0), galley, color);
    height
}

/// Adds a text for screen readers.
fn text_node(ui: &Ui, id: Id, rect: Rect, text: &str) {
    ui.interact(rect, id, egui::Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::Label);
        node.set_value(text);
    });
}

/// Adds a text for screen readers that is announced when it changes.
fn status_node(ui: &Ui, id: Id, rect: Rect, text: &str) {
    ui.interact(rect, id, egui::Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::Status);
        node.set_label(text);
        node.set_live(accesskit::Live::Polite);
    });
}

/// Adds a picture with a name and a value for screen readers.
fn picture_node(ui: &Ui, id: Id, rect: Rect, name: &str, value: &str) {
    ui.interact(rect, id, egui::Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(accesskit::Role::GraphicsObject);
        node.set_label(name);
        node.set_value(value);
    });
}

/// Draws shapes as a group of a figure with a title.
fn group_ui(painter: &Painter, context: &PaneContext<'_>, name: &str, title: &str, draw: impl FnOnce()) {
    let is_figure = context.options.is_some();
    if is_figure {
        let name = name.to_owned();
        painter.add(FigureMarker::BeginGroup { name }.into_shape());
    }
    draw();
    if is_figure {
        painter.add(FigureMarker::Title(title.to_owned()).into_shape());
        painter.add(FigureMarker::EndGroup.into_shape());
    }
}

/// Draws the axes of a plot.
fn axes_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    ranges: [[f64; 2]; 2],
    names: [&str; 2],
    rect: Rect,
) -> PlotArea {
    let name = |text: &str| MathBox::text(painter, text, type_scale::small(), context.theme.weak_text);
    PlotFrame::new(ranges, names.map(name)).paint(painter, context.theme, rect)
}

/// Draws the membrane potential over time.
fn trace_ui(ui: &Ui, context: &PaneContext<'_>, cell: NerveCell, time: f64, rect: Rect) {
    let (theme, messages) = (context.theme, context.messages);
    let painter = ui.painter().clone();
    let ranges = [[0.0, DURATION], [REST - 10.0, PEAK + 10.0]];
    let names = [messages.cell_time_axis(), messages.cell_potential_axis()];
    let area = axes_ui(&painter, context, ranges, names, rect);
    let inside = painter.with_clip_rect(area.rect.intersect(painter.clip_rect()));
    let threshold = area.screen_from_y(THRESHOLD);
    let threshold_text = messages.cell_threshold(format_fixed(THRESHOLD, 0));
    group_ui(&inside, context, "threshold", &threshold_text, || {
        let ends = [
            pos2(area.rect.left(), threshold),
            pos2(area.rect.right(), threshold),
        ];
        inside.extend(Shape::dashed_line(
            &ends,
            Stroke::new(1.5, theme.negative),
            6.0,
            4.0,
        ));
    });
    let state = cell.state_at(time);
    let moment = moment_text(context, time, state);
    group_ui(&inside, context, "potential", messages.cell_trace(), || {
        let line = area.line(&cell.trace());
        inside.add(Shape::line(line, Stroke::new(1.75, theme.neuron_colors[1])));
    });
    let x = area.screen_from_x(time);
    inside.vline(x, area.rect.y_range(), Stroke::new(1.0, theme.axis));
    let at = pos2(x, area.screen_from_y(state.potential));
    inside.circle(at, 4.5, theme.neuron_colors[1], Stroke::new(1.5, theme.card));
    // Above the line of the threshold there are only impulses.
    let label_at = pos2(area.rect.right() - 4.0, threshold - 2.0);
    let font = context.font(type_scale::small());
    label_ui(
        &painter,
        context,
        Align2::RIGHT_BOTTOM,
        label_at,
        &threshold_text,
        font.clone(),
    );
    // Beside the name of the axis, where it covers no impulse; a screen reader gets it in any case.
    let width = |text: &str| {
        painter
            .layout_no_wrap(text.to_owned(), font.clone(), theme.text)
            .size()
            .x
    };
    if width(names[1]) + width(&moment) + 16.0 <= area.rect.width() {
        let above = area.rect.right_top() - vec2(4.0, 4.0);
        label_ui(&painter, context, Align2::RIGHT_BOTTOM, above, &moment, font);
    }
    picture_node(
        ui,
        context.canvas_id.with("trace"),
        rect,
        messages.cell_trace(),
        &moment,
    );
}

/// Draws a text on a plate that covers the lines behind it.
fn label_ui(painter: &Painter, context: &PaneContext<'_>, align: Align2, at: Pos2, text: &str, font: FontId) {
    let galley = painter.layout_no_wrap(text.to_owned(), font, context.theme.text);
    let rect = align.anchor_size(at, galley.size());
    painter.rect_filled(
        rect.expand2(vec2(3.0, 0.0)),
        2.0,
        context.theme.card.gamma_multiply(0.85),
    );
    painter.galley(rect.min, galley, context.theme.text);
}

/// Returns the time, the potential and the phase in words.
fn moment_text(context: &PaneContext<'_>, time: f64, state: CellState) -> String {
    let messages = context.messages;
    messages.cell_moment(
        format_fixed(time, 1),
        format_fixed(state.potential, 1),
        state.phase.label(messages),
    )
}

/// Draws the picture of the cell with its parts lit as they are at this time.
fn picture_ui(ui: &Ui, context: &PaneContext<'_>, cell: NerveCell, time: f64, rect: Rect) {
    let messages = context.messages;
    let state = cell.state_at(time);
    let picture =
        CellDrawing::printed(context.theme).with_light(light(cell, state), context.options.is_none());
    let painter = ui.painter().clone();
    group_ui(&painter, context, "cell", messages.cell_neuron(), || {
        painter.extend(picture.fitted(rect));
    });
    let value = moment_text(context, time, state);
    picture_node(
        ui,
        context.canvas_id.with("picture"),
        rect,
        messages.cell_neuron(),
        &value,
    );
}

/// Returns the light of the parts in a state: the dendrites by the current, the body by its charge, and the axon
/// where the impulse is.
fn light(cell: NerveCell, state: CellState) -> CellLight {
    let [run, end] = IMPULSE_TIMES;
    let impulse = state.since_impulse.filter(|&since| since < end);
    CellLight {
        dendrites: (cell.value(CellSetting::Current) / CellSetting::Current.max()) as f32,
        body: state.charge() as f32,
        impulse: impulse.map(|since| (since / run).min(1.0) as f32),
    }
}

/// Draws the artificial neuron with the same input: its step function and the current point on it.
fn artificial_ui(ui: &Ui, context: &PaneContext<'_>, cell: NerveCell, rect: Rect) {
    let (theme, messages) = (context.theme, context.messages);
    let input = cell.value(CellSetting::Current);
    let output = step_output(input);
    let color = theme.neuron_colors[0];
    let strong = type_scale::strong();
    let title = messages.cell_artificial();
    let top = paragraph_ui(ui, context, title, strong, color, rect.min, rect.width());
    let format = |value| format_ascii(value, 6);
    let value = messages.cell_artificial_name_value(format(input), format(output));
    let body = type_scale::body();
    let top = paragraph_ui(
        ui,
        context,
        &value,
        body,
        theme.text,
        pos2(rect.left(), top + 2.0),
        rect.width(),
    );
    let painter = ui.painter().clone();
    let ranges = [[0.0, CellSetting::Current.max()], [-0.15, 1.25]];
    let names = [messages.cell_input_axis(), messages.cell_output_axis()];
    let plot_rect = rect.with_min_y(top + 2.0);
    if plot_rect.height() > 40.0 {
        let area = axes_ui(&painter, context, ranges, names, plot_rect);
        let edge = -BIAS / WEIGHT;
        let points = [
            [0.0, 0.0],
            [edge, 0.0],
            [edge.next_up(), 1.0],
            [ranges[0][1], 1.0],
        ];
        group_ui(&painter, context, "step", title, || {
            painter.add(Shape::line(area.line(&points), Stroke::new(2.25, color)));
        });
        let at = area.screen_from_plot([input, output]);
        painter.vline(at.x, area.rect.y_range(), Stroke::new(1.0, theme.axis));
        painter.circle(at, 5.5, color, Stroke::new(1.5, theme.card));
    }
    let name = messages.cell_artificial_name();
    picture_node(ui, context.canvas_id.with("artificial"), rect, name, &value);
}

/// Returns the output of the artificial neuron.
fn step_output(input: f64) -> f64 {
    f64::from(WEIGHT * input + BIAS > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(current: f64) -> NerveCell {
        NerveCell::default().with(CellSetting::Current, current).unwrap()
    }

    #[test]
    fn the_artificial_neuron_switches_where_the_cell_begins_to_fire() {
        for tenths in 0..=100_u32 {
            let current = f64::from(tenths) / 10.0;
            assert_eq!(
                step_output(current) > 0.0,
                cell(current).rate() > 0.0,
                "{current}"
            );
        }
    }

    #[test]
    fn the_cell_lights_up_where_it_happens() {
        let cell = cell(2.0);
        let first = cell.impulse_times().next().unwrap();
        let at = |time| light(cell, cell.state_at(time));
        assert_eq!(at(0.0).body, 0.0);
        assert!(at(first - 0.1).body > 0.95 && at(first - 0.1).impulse.is_none());
        assert!(
            at(first + 1.0)
                .impulse
                .is_some_and(|way| (0.4..0.6).contains(&way))
        );
        assert_eq!(at(first + 2.5).impulse, Some(1.0));
        assert_eq!(at(first + 5.0).impulse, None);
        assert!(at(0.0).dendrites > 0.0);
    }
}
