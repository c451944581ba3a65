//! The legend above the knobs: the quantity that the colors show, a sample of the colors with its range, and the
//! meaning of marks and arrows.

use egui::containers::menu::MenuButton;
use egui::{
    Align2, Button, Color32, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::menu::menu_contents_ui;
use crate::widgets::profile;
use crate::widgets::slider::{SensitivityArrow, paint_lowest_loss, paint_tick};
use crate::widgets::truncated_text;
use neurodial_core::network::{NeuronAddress, Threshold};
use neurodial_core::session::{Quantity, SensitivityTarget, ViewChange};
use neurodial_core::text::{Localized as _, format_fixed};

use super::annotations::{ProfileScale, target_color};

/// The height of a line of the legend, in points.
pub(crate) const LINE_HEIGHT: f32 = 20.0;
/// The height of the legend of profiles, in points: a line for the colors, and one for marks and arrows.
pub(crate) const HEIGHT: f32 = 2.0 * LINE_HEIGHT;
/// The width of the color sample, in points.
const SAMPLE_WIDTH: f32 = 36.0;
/// The width of the arrow that marks the text as a menu, in points.
const ARROW_WIDTH: f32 = 16.0;
/// The maximum number of outputs in the menu of sensitivity targets.
const MAX_LISTED_OUTPUTS: usize = 30;

/// Draws the legend of the profiles: the sensitivity target, which can be chosen in a menu there, the smallest
/// and largest value, and below these the marks and arrows. Without profiles, because the data doesn't fit the
/// network, it gives the reason.
pub(crate) fn profile_legend_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    rect: Rect,
    scale: Option<ProfileScale>,
) {
    let (rect, marks) = rect.split_top_bottom_at_y(rect.top() + LINE_HEIGHT);
    marks_legend_ui(ui, context, marks, false);
    let left = match scale {
        Some(ProfileScale { colormap, .. }) => color_sample_ui(
            ui.painter(),
            context,
            rect,
            colormap.range(),
            &colormap.color_samples(),
        ),
        None => rect.right(),
    };
    let max_width = left - rect.left() - 8.0;
    if max_width < 40.0 {
        return;
    }
    let text = target_text(context, scale);
    if context.options.is_some() {
        text_ui(ui.painter(), context, rect, &text, max_width);
        return;
    }
    let sample = rect.with_min_x(left);
    ui.interact(sample, ui.scope_id().with("color-sample"), Sense::hover())
        .on_hover_text(context.messages.legend_colors_tooltip(&text));
    let color = context.theme.weak_text;
    let job = truncated_text(text.clone(), type_scale::small(), color, max_width - ARROW_WIDTH);
    let text_rect = Rect::from_min_size(rect.min, vec2(max_width - ARROW_WIDTH, rect.height()));
    let mut child = ui.new_child(UiBuilder::new().max_rect(text_rect).id_salt("subject"));
    child.spacing_mut().button_padding = vec2(0.0, 0.0);
    let button = Button::new(job).frame(false).small().truncate();
    let (response, _) = MenuButton::from_button(button).ui(&mut child, |ui| {
        menu_contents_ui(ui, |ui| target_menu_ui(ui, context));
    });
    let hint = context.messages.sensitivity_target_tooltip(&text);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_label(context.messages.sensitivity_target())
    });
    let tip = response.rect.right_center() + vec2(9.0, 1.5);
    let arrow = vec![tip + vec2(-3.0, -3.0), tip, tip + vec2(3.0, -3.0)];
    ui.painter().line(arrow, Stroke::new(1.25, color));
    response.on_hover_text(hint);
}

/// Draws a line with the meaning of the marks, unless there are only arrows, and of the arrows, each with a
/// tooltip. What has no room is left out.
pub(crate) fn marks_legend_ui(ui: &mut Ui, context: &PaneContext<'_>, rect: Rect, has_only_arrows: bool) {
    type PaintIcon<'a> = &'a dyn Fn(&Painter, Pos2);
    const ICON_WIDTH: f32 = 14.0;
    const GAP: f32 = 12.0;
    let (theme, messages, view) = (context.theme, context.messages, context.session.view());
    let neuron = context
        .session
        .architecture()
        .describe_neuron(view.selected, messages);
    let paint_threshold = |painter: &Painter, center: Pos2| {
        paint_tick(painter, center + vec2(0.0, 3.0), Vec2::DOWN, theme.text);
    };
    let color = target_color(context);
    let paint_loss = |painter: &Painter, center: Pos2| paint_lowest_loss(painter, theme, center, color);
    let paint_arrow = |painter: &Painter, center: Pos2| {
        SensitivityArrow::Slope(1.0).paint(painter, theme, center, 18.0, color);
    };
    let threshold = match context.insight.formula().activation.info().threshold {
        _ if has_only_arrows => None,
        Threshold::OneHalf => Some((messages.legend_half(), messages.legend_half_tooltip(neuron))),
        threshold if threshold.exists() => Some((
            messages.legend_threshold(),
            messages.legend_threshold_tooltip(neuron),
        )),
        _ => None,
    };
    let is_loss = !has_only_arrows && view.sensitivity_target == SensitivityTarget::Loss;
    let lowest_loss = is_loss.then(|| {
        let tooltip = messages.legend_lowest_loss_tooltip().to_owned();
        (messages.legend_lowest_loss(), tooltip)
    });
    let target = target_name(context, view.sensitivity_target);
    let arrow = (messages.legend_arrow(), messages.legend_arrow_tooltip(target));
    let items: [(Option<_>, PaintIcon<'_>); 3] = [
        (threshold, &paint_threshold),
        (lowest_loss, &paint_loss),
        (Some(arrow), &paint_arrow),
    ];
    let mut left = rect.left();
    for (index, (item, paint)) in items.into_iter().enumerate() {
        let Some((text, tooltip)) = item else {
            continue;
        };
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), type_scale::small(), theme.weak_text);
        let size = galley.size();
        let at = pos2(left + ICON_WIDTH + 4.0, center_y(rect) - size.y / 2.0);
        if at.x + size.x > rect.right() {
            continue;
        }
        paint(ui.painter(), pos2(left + ICON_WIDTH / 2.0, center_y(rect)));
        ui.painter().galley(at, galley, theme.weak_text);
        if context.options.is_none() {
            let item_rect = rect.with_min_x(left).with_max_x(at.x + size.x);
            let response = ui.interact(item_rect, ui.scope_id().with(("mark", index)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
            response.on_hover_text(tooltip);
        }
        left = at.x + size.x + GAP;
    }
}

/// Returns the text of the legend: “Output of neuron 2”, “Loss (150 samples)”.
fn target_text(context: &PaneContext<'_>, scale: Option<ProfileScale>) -> String {
    let messages = context.messages;
    let target = context.session.view().sensitivity_target;
    match (target, scale.and_then(|scale| scale.measured)) {
        (SensitivityTarget::Loss, Some(measured)) if measured.samples < measured.all_samples => {
            messages.sensitivity_loss_of_some(measured.samples, measured.all_samples)
        }
        (SensitivityTarget::Loss, Some(measured)) => messages.sensitivity_loss_of_all(measured.all_samples),
        (SensitivityTarget::Loss, None) => match &*context.insight.loss_evaluation(context.session) {
            Some(Err(reason)) => messages.sensitivity_no_loss(reason.message(messages)),
            _ => messages.sensitivity_loss().to_owned(),
        },
        (target, _) => target_name(context, target),
    }
}

/// Returns the name of a sensitivity target.
fn target_name(context: &PaneContext<'_>, target: SensitivityTarget) -> String {
    let architecture = context.session.architecture();
    let view = context.session.view();
    let messages = context.messages;
    match target {
        SensitivityTarget::Selected => {
            let neuron = architecture.describe_neuron(view.selected, messages);
            match view.quantity {
                Quantity::Output => messages.sensitivity_output(neuron),
                Quantity::WeightedSum => messages.sensitivity_sum(neuron),
            }
        }
        SensitivityTarget::Output(neuron) => {
            let layer = architecture.last_layer();
            match &architecture.layers()[layer].neurons[neuron].name {
                Some(_) => {
                    let at = NeuronAddress { layer, neuron };
                    messages.sensitivity_output(architecture.describe_neuron(at, messages))
                }
                None => messages.sensitivity_output_number(neuron + 1),
            }
        }
        SensitivityTarget::Loss => messages.sensitivity_loss().to_owned(),
    }
}

/// Returns the text of a sensitivity target in the menu.
fn target_item(context: &PaneContext<'_>, target: SensitivityTarget) -> String {
    let view = context.session.view();
    let messages = context.messages;
    let selected = || {
        context
            .session
            .architecture()
            .describe_neuron(view.selected, messages)
    };
    match (target, view.quantity) {
        (SensitivityTarget::Selected, Quantity::Output) => messages.sensitivity_selected_output(selected()),
        (SensitivityTarget::Selected, Quantity::WeightedSum) => messages.sensitivity_selected_sum(selected()),
        _ => target_name(context, target),
    }
}

/// Draws the menu of sensitivity targets.
fn target_menu_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let architecture = context.session.architecture();
    let outputs = architecture.width(architecture.last_layer());
    let current = context.session.view().sensitivity_target;
    let has_data = context.session.setup().is_some();
    let outputs = (0..outputs.min(MAX_LISTED_OUTPUTS)).map(SensitivityTarget::Output);
    for target in [SensitivityTarget::Selected]
        .into_iter()
        .chain(outputs)
        .chain([SensitivityTarget::Loss])
    {
        let text = target_item(context, target);
        let is_enabled = target != SensitivityTarget::Loss || has_data;
        ui.add_enabled_ui(is_enabled, |ui| {
            let entry = ui
                .selectable_label(target == current, text)
                .on_disabled_hover_text(context.messages.sensitivity_no_data());
            if entry.clicked() {
                context
                    .actions
                    .push(ViewChange::SetSensitivityTarget(target).into());
                ui.close();
            }
        });
    }
}

/// Draws a line with a text on the left and, on the right, a color sample between the numbers of its ends.
pub(crate) fn legend_line_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    rect: Rect,
    text: &str,
    extent: [f64; 2],
    colors: &[Color32],
) {
    let left = color_sample_ui(painter, context, rect, extent, colors);
    let max_width = left - rect.left() - 8.0;
    if max_width > 40.0 {
        text_ui(painter, context, rect, text, max_width);
    }
}

fn text_ui(painter: &Painter, context: &PaneContext<'_>, rect: Rect, text: &str, max_width: f32) {
    let color = context.theme.weak_text;
    let job = truncated_text(text.to_owned(), type_scale::small(), color, max_width);
    let galley = painter.layout_job(job);
    let at = pos2(rect.left(), center_y(rect) - galley.size().y / 2.0);
    painter.galley(at, galley, color);
}

fn center_y(rect: Rect) -> f32 {
    rect.center().y - 2.0
}

/// Draws the color sample between its two numbers at the right end of `rect`. Returns the x coordinate where
/// the left number begins.
fn color_sample_ui(
    painter: &Painter,
    context: &PaneContext<'_>,
    rect: Rect,
    extent: [f64; 2],
    colors: &[Color32],
) -> f32 {
    let theme = context.theme;
    // The numbers need no more decimals than show their difference.
    let decimals = match extent[1] - extent[0] {
        span if span < 0.2 => 3,
        span if span < 2.0 => 2,
        span if span < 10.0 => 1,
        _ => 0,
    };
    let decimals = context.session.view().decimals.min(decimals);
    let middle = center_y(rect);
    let number = |x: f32, align: Align2, value: f64| {
        let number = format_fixed(value, decimals);
        painter.text(
            pos2(x, middle),
            align,
            number,
            type_scale::small(),
            theme.weak_text,
        )
    };
    let max_text = number(rect.right() - 2.0, Align2::RIGHT_CENTER, extent[1]);
    let sample = Rect::from_center_size(
        pos2(max_text.left() - 5.0 - SAMPLE_WIDTH / 2.0, middle),
        vec2(SAMPLE_WIDTH, 7.0),
    );
    profile::paint_along_rect(painter, sample, sample.left(), sample.right(), colors);
    number(sample.left() - 5.0, Align2::RIGHT_CENTER, extent[0]).left()
}
