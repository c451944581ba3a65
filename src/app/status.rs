//! The status line: the last message or a hint for the element under the pointer, loss and accuracy, and the
//! size of the network.

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use crate::canvas::{Element, HighlightGroup};
use crate::panes::knobs::annotations;
use crate::theme::type_scale;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Action, Adjustable};
use neurodial_core::text::count_with_noun;

use super::{App, loss_status};

/// Draws the status line.
pub(crate) fn status_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let theme = app.theme();
    let frame = Frame::new().fill(theme.background).inner_margin(Margin {
        left: 16,
        right: 16,
        top: 0,
        bottom: 6,
    });
    Panel::bottom("status")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let architecture = app.session.architecture();
                let summary = format!(
                    "{}, {}, {} knobs",
                    count_with_noun(architecture.input_count(), "input"),
                    count_with_noun(architecture.layers().len(), "layer"),
                    architecture.knob_count()
                );
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(
                        RichText::new(summary)
                            .font(type_scale::small())
                            .color(theme.weak_text),
                    );
                    loss_status::loss_status_ui(app, ui, outbox);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let has_message = app.elements.number_error.is_some() || !app.message.text.is_empty();
                        let (text, color) = if let Some(reason) = &app.elements.number_error {
                            (reason.clone(), theme.warning)
                        } else if app.message.text.is_empty() {
                            (status_text(app), theme.weak_text)
                        } else if app.message.is_problem {
                            (app.message.text.clone(), theme.warning)
                        } else {
                            (app.message.text.clone(), theme.text)
                        };
                        let text = RichText::new(text).font(type_scale::small()).color(color);
                        let label = ui.add(Label::new(text).truncate());
                        if has_message {
                            // Makes screen readers announce the message.
                            ui.ctx().accesskit_node_builder(label.id, |node| {
                                node.set_live(egui::accesskit::Live::Polite);
                            });
                        }
                    });
                });
            });
        });
}

/// Returns the text for the element under the pointer, and the effect of dragging it.
fn status_text(app: &App) -> String {
    if app.elements.highlighted.is_none()
        && let Some(words) = app.step_text()
    {
        return words;
    }
    let element_text = element_text(app);
    let hovered = app
        .elements
        .hovered
        .filter(|hovered| !matches!(hovered.element, Element::Number(_) | Element::MapPoint(_)));
    match hovered.and_then(|hovered| super::drag_hint::drag_text(&app.session, hovered.handle)) {
        Some(drag_text) => format!("{element_text} · {drag_text}"),
        None => element_text,
    }
}

/// Describes another branch of training: its end, its loss and its changes.
fn branch_text(app: &App, index: usize) -> String {
    let Some(branch) = app.session.run().other_branches.get(index) else {
        return String::new();
    };
    let changes: Vec<&str> = branch
        .changes
        .iter()
        .map(|change| change.description.as_str())
        .collect();
    let changed = if changes.is_empty() {
        String::new()
    } else {
        format!(", with {}", changes.join(", then "))
    };
    let loss = branch
        .metrics
        .last()
        .map_or(f64::NAN, |metrics| metrics.train.loss);
    format!(
        "Another branch, to epoch {} and a loss of {}{changed}: click to take it up again",
        branch.last_epoch(),
        neurodial_core::text::format_adaptive(loss, app.session.view().decimals)
    )
}

/// Returns the text for the highlighted element, or general help if there is none.
fn element_text(app: &App) -> String {
    let architecture = app.session.architecture();
    let Some(highlighted) = app.elements.highlighted else {
        return "Drag a slider, an edge, a rim or a number; click a neuron to look into it. F1 lists the keys."
            .to_owned();
    };
    match (highlighted, highlighted.highlight_group()) {
        (Element::PlotArea, _) => {
            "Drag to move the view, turn the wheel to zoom, double click to fit".to_owned()
        }
        (Element::CustomPointArea, _) => "Click to set a point".to_owned(),
        (Element::CustomPoint(sample), _) => format!(
            "Point {}: drag to move it, right click or Delete to take it away",
            sample + 1
        ),
        (Element::LossCurve, _) => {
            "Drag back and forth through the epochs; play then goes on from there as a branch".to_owned()
        }
        (Element::Branch(branch), _) => branch_text(app, branch),
        (Element::MapPoint([across, up]), _) => format!(
            "Drag to turn {} and {} together; the arrow keys turn them one by one",
            across.symbol(architecture).to_unicode(),
            up.symbol(architecture).to_unicode()
        ),
        (Element::Lock(knob), _) => {
            format!("Click to lock or unlock the {}", architecture.describe_knob(knob))
        }
        (Element::Number(adjustable), _) => {
            format!(
                "Click to type the {}, drag to turn it",
                adjustable.describe(architecture)
            )
        }
        (_, Some(HighlightGroup::Adjustable(adjustable @ Adjustable::Hyperparameter(_)))) => {
            format!("{adjustable}: {}", app.session.document().entry_text(adjustable))
        }
        (_, Some(HighlightGroup::Adjustable(adjustable))) => {
            let range = app.session.document().range(adjustable);
            let locked = match (app.session.document().is_locked(adjustable), adjustable) {
                (true, Adjustable::Knob(_)) => ", locked",
                (true, Adjustable::Input(_)) => ", computed from other inputs",
                (true, Adjustable::Hyperparameter(_)) | (false, _) => "",
            };
            let number = |value: f64| neurodial_core::text::format_fixed(value, app.session.view().decimals);
            let influence = match adjustable {
                Adjustable::Knob(_) => format!(
                    "; {}",
                    annotations::sensitivity_text(&app.session, &app.insight, adjustable, app.messages)
                ),
                Adjustable::Input(_) | Adjustable::Hyperparameter(_) => String::new(),
            };
            format!(
                "{} = {}, from {} to {}{locked}{influence}",
                adjustable.describe(architecture),
                number(app.session.document().value(adjustable).unwrap_or(0.0)),
                number(range.min),
                number(range.max)
            )
        }
        (_, Some(HighlightGroup::Neuron(NeuronAddress { layer, neuron }))) => {
            let at = NeuronAddress { layer, neuron };
            let metrics = app.insight.metrics(&app.session);
            let is_dead = metrics.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)));
            let dead = if is_dead {
                format!("; {}", app.messages.diagram_dead_description())
            } else {
                String::new()
            };
            format!("Click to look into {}{dead}", architecture.describe_neuron(at))
        }
        (_, None) => String::new(),
    }
}
