//! The loss landscape: the loss over the range of one knob as a curve, or over the ranges of two as a contour
//! map, with the training path and the current point, which can be dragged.

pub(crate) mod contour_map;

use egui::{Pos2, Rect, RichText, Shape, Stroke, Ui, pos2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::plot::label_placement::{LabeledMark, place_mark_labels};
use crate::plot::{Axis, LabelObstacle, PlotFrame};
use crate::theme::type_scale;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use neurodial_core::network::{Knob, KnobKind};
use neurodial_core::session::{Adjustable, ValueRange, ViewChange};
use neurodial_core::text::format_adaptive;

use super::context::PaneContext;
use super::curves::controls::{combo_item_ui, combo_ui, has_room, set_accessible_name};
use super::curves::swept_name;
use super::pane_info::{LayoutRegion, PaneInfo, PlotKind, SizeHint};
use contour_map::lowest_loss_text;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    heading: Some(heading),
    needs_data: true,
    plot: Some(PlotKind::LossLandscape),
    figure_options: &["--up"],
    print_height: |_, _, width| Ok(SizeHint::plot_height(0.8, width)),
    ..PaneInfo::new(&["landscape"], "Landscape", loss_landscape_ui)
};

/// The minimum height and width at which the pane is drawn, in points.
const MIN_SIZE: f32 = 60.0;
/// A network with more knobs than this lists only those of the selected neuron.
const MAX_KNOBS: usize = 150;
/// The maximum number of weights of a neuron that are listed.
const MAX_LISTED: usize = 200;

pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let architecture = context.session.architecture();
    let symbol = |knob| Adjustable::Knob(knob).symbol(architecture).to_unicode();
    match context.session.view().landscape_knobs {
        (across, Some(up)) => format!("Loss over {} and {}", symbol(across), symbol(up)),
        (across, None) => format!("Loss over {}", symbol(across)),
    }
}

pub(crate) fn loss_landscape_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.options.is_none() && has_room(ui, MIN_SIZE) {
        controls_ui(ui, context);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let evaluation = context.insight.loss_evaluation(context.session);
    let evaluation: &LossEvaluation = match &*evaluation {
        Some(Ok(evaluation)) => evaluation,
        Some(Err(reason)) => {
            super::training::warning_ui(ui, context, reason);
            return;
        }
        None => {
            let hint = "There is no loss without data: choose some in Training.";
            ui.label(RichText::new(hint).color(context.theme.weak_text));
            return;
        }
    };
    let detail = context.grid_detail(elements);
    let Some(landscape) = context.insight.loss_landscape(context.session, detail) else {
        return;
    };
    let document = context.session.document();
    let axis = |knob| GridAxis::new(document, Adjustable::Knob(knob));
    let current_loss = evaluation.loss();
    match context.session.view().landscape_knobs {
        (across, None) => {
            let axis = axis(across);
            curve_ui(ui, context, elements, rect, &landscape, (axis, current_loss));
        }
        (across, Some(up)) => {
            let axes = [axis(across), axis(up)];
            contour_map::contour_map_ui(ui, context, elements, rect, &landscape, (axes, current_loss));
        }
    }
}

/// Draws the row of controls.
fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let weak = |text: &str| RichText::new(text).color(context.theme.weak_text);
        let (across, up) = context.session.view().landscape_knobs;
        ui.label(weak("over"));
        let new_across = knob_ui(ui, context, "across the landscape", Some(across), false);
        ui.label(weak("and"));
        let new_up = knob_ui(ui, context, "up the landscape", up, true);
        if new_across.is_some() || new_up.is_some() {
            let new_across = new_across.flatten().unwrap_or(across);
            let new_up = new_up.unwrap_or(up);
            // Choosing the same knob for both axes swaps them.
            let (new_across, new_up) = match new_up == Some(new_across) {
                true if new_across == across => (up.unwrap_or(across), Some(across).filter(|_| up.is_some())),
                true => (new_across, Some(across)),
                false => (new_across, new_up),
            };
            context
                .actions
                .push(ViewChange::SetLandscapeKnobs(new_across, new_up).into());
        }
        if up.is_none() {
            let mut is_log = context.session.view().has_log_loss_axis;
            let response = ui
                .checkbox(&mut is_log, "log")
                .on_hover_text("Logarithmic axis of the loss");
            set_accessible_name(ui, &response, "logarithmic axis of the landscape");
            if response.changed() {
                context.actions.push(ViewChange::ShowLogLoss(is_log).into());
            }
        }
    });
}

/// Draws a combo box that lists knobs. Returns the choice, a knob or none, if one was made.
fn knob_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    name: &str,
    current: Option<Knob>,
    has_none: bool,
) -> Option<Option<Knob>> {
    let architecture = context.session.architecture();
    let text = |knob: Option<Knob>| match knob {
        Some(knob) => Adjustable::Knob(knob).symbol(architecture).to_unicode(),
        None => "nothing else".to_owned(),
    };
    let mut chosen = None;
    combo_ui(ui, name, text(current), |ui| {
        let mut entry = |ui: &mut Ui, knob: Option<Knob>| {
            let detail = match knob.map(|knob| knob.kind) {
                Some(KnobKind::Bias) => "  bias",
                _ => "",
            };
            if combo_item_ui(ui, knob == current, format!("{}{detail}", text(knob))) {
                chosen = Some(knob);
            }
        };
        if has_none {
            entry(ui, None);
            ui.separator();
        }
        if architecture.knob_count() <= MAX_KNOBS {
            for index in 0..architecture.knob_count() {
                entry(ui, architecture.knob_at(index));
            }
        } else {
            let at = context.session.view().selected;
            if let Some(knob) = current.filter(|knob| (knob.layer, knob.neuron) != (at.layer, at.neuron)) {
                entry(ui, Some(knob));
                ui.separator();
            }
            for input in 0..architecture.fan_in(at.layer).min(MAX_LISTED) {
                entry(ui, Some(Knob::weight(at.layer, at.neuron, input)));
            }
            entry(ui, Some(Knob::bias(at.layer, at.neuron)));
            ui.weak("For any other, select its neuron");
        }
    });
    chosen
}

/// Draws the curve into `rect`. The tuple has the axis of the knob and the current loss.
fn curve_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    rect: Rect,
    landscape: &LossLandscape,
    (axis, current_loss): (GridAxis, f64),
) {
    let theme = context.theme;
    let target = axis.target;
    let architecture = context.session.architecture();
    let document = context.session.document();
    let value = document.value(target).unwrap_or(0.0);
    let losses = landscape.values().iter().copied().chain([current_loss]);
    let losses = Axis::for_losses(losses, context.session.view().has_log_loss_axis);
    let name = swept_name(ui.painter(), context, target);
    let frame = PlotFrame::for_losses(ui.painter(), theme, Axis::linear(axis.range), name, losses);
    let plot_area = frame.paint(ui.painter(), theme, rect);
    let plot_rect = plot_area.rect;
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    let element = Element::CurrentPoint(target);
    let painter = canvas.painter().clone();
    let inside = painter.with_clip_rect(plot_rect.expand(6.0).intersect(painter.clip_rect()));
    let columns = landscape.size()[0];
    let losses = landscape
        .values()
        .iter()
        .enumerate()
        .filter(|(_, loss)| loss.is_finite());
    let points =
        losses.map(|(index, &loss)| plot_area.screen_from_plot([axis.value_at(index as f64, columns), loss]));
    let points: Vec<Pos2> = points.collect();
    inside.add(Shape::line(points.clone(), Stroke::new(2.25, theme.text)));
    let dot = plot_area.screen_from_plot([value, current_loss]);
    let mut marks = vec![LabeledMark {
        center: dot,
        radius: 7.5,
        text: Some((format!("now {}", format_adaptive(current_loss, 3)), theme.text)),
    }];
    let mut lines = vec![
        LabelObstacle::Line { points, cost: 60.0 },
        LabelObstacle::Line {
            points: vec![pos2(dot.x, plot_rect.top()), pos2(dot.x, plot_rect.bottom())],
            cost: 20.0,
        },
    ];
    if let Some(([lowest, _], loss)) = landscape.lowest() {
        let at = plot_area.screen_from_plot([lowest, loss]);
        let foot = vec![at, pos2(at.x, plot_rect.bottom())];
        inside.extend(Shape::dashed_line(
            &foot,
            Stroke::new(1.25, theme.positive),
            4.0,
            3.0,
        ));
        inside.circle(at, 5.0, theme.card, Stroke::new(2.0, theme.positive));
        let text = format!(
            "lowest {} at {}",
            lowest_loss_text(landscape, loss),
            context.format_number(lowest)
        );
        marks.push(LabeledMark {
            center: at,
            radius: 7.0,
            text: Some((text, theme.positive)),
        });
        lines.push(LabelObstacle::Line {
            points: foot,
            cost: 20.0,
        });
    }
    let font = type_scale::strong();
    for label in place_mark_labels(&inside, &font, plot_rect.shrink(2.0), &marks, &lines) {
        label.paint(&inside, theme.card.gamma_multiply(0.85));
    }
    canvas.begin_element(element);
    inside.vline(dot.x, plot_rect.y_range(), Stroke::new(1.0, theme.axis));
    if canvas.is_under_pointer(element) {
        inside.circle_filled(dot, 11.0, theme.text.gamma_multiply(0.2));
    }
    inside.circle(dot, 5.5, theme.text, Stroke::new(1.5, theme.card));

    let [min, max] = axis.range;
    let range = ValueRange {
        min,
        max,
        ..document.range(target)
    };
    let handle = Handle::track(
        target,
        plot_rect.left_bottom(),
        plot_rect.right_bottom(),
        range,
        value,
    );
    let item = Placement::new(element, HitShape::Rect(plot_rect)).handle(Some(handle));
    canvas.place(item.focusable(FocusLinks::default()), || ElementInfo {
        name: format!("{} on the loss landscape", target.describe(architecture)),
        value: Some(format!(
            "{}, loss {}",
            context.format_number(value),
            format_adaptive(current_loss, 3)
        )),
        description: landscape.lowest().map(|([at, _], loss)| {
            format!(
                "lowest is {} at {}",
                lowest_loss_text(landscape, loss),
                context.format_number(at)
            )
        }),
        numeric_value: Some((value, range)),
        is_disabled: document.is_locked(target),
        ..ElementInfo::default()
    });
    canvas.end_element();
}
