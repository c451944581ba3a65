//! The status line: the last message or a hint for the element under the pointer, loss and accuracy, and the
//! size of the network. Also the hint beside the pointer: the effect of a drag before it begins.

use egui::{
    Align, Button, Context, Frame, Id, Label, LayerId, Layout, Margin, Order, Panel, Rect, RichText, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::canvas::{DragMapping, DragTarget, Element, Handle, HighlightGroup, HoveredHandle};
use crate::panes::Pane;
use crate::panes::knobs::annotations;
use crate::theme::type_scale;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Action, Adjustable, Session, TrainingCommand};
use neurodial_core::text::{Localized as _, count_with_noun, format_adaptive, format_fixed};

use super::state::App;

/// The smallest number of decimals of a loss.
const MIN_DECIMALS: usize = 3;

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
                    loss_status_ui(app, ui, outbox);
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
    match hovered.and_then(|hovered| drag_text(&app.session, hovered.handle)) {
        Some(drag_text) => format!("{element_text} · {drag_text}"),
        None => element_text,
    }
}

/// Describes another branch of training: its end, its loss and its changes.
fn branch_text(app: &App, index: usize) -> String {
    let Some(branch) = app.session.run().other_branches.get(index) else {
        return String::new();
    };
    let changes: Vec<String> = branch
        .changes
        .iter()
        .map(|change| change.message(app.messages))
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
        format_adaptive(loss, app.session.view().decimals)
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
            format!(
                "{}: {}",
                adjustable.describe_in(architecture, app.messages),
                app.session.document().entry_text(adjustable)
            )
        }
        (_, Some(HighlightGroup::Adjustable(adjustable))) => {
            let range = app.session.document().range(adjustable);
            let locked = match (app.session.document().is_locked(adjustable), adjustable) {
                (true, Adjustable::Knob(_)) => ", locked",
                (true, Adjustable::Input(_)) => ", computed from other inputs",
                (true, Adjustable::Hyperparameter(_)) | (false, _) => "",
            };
            let number = |value: f64| format_fixed(value, app.session.view().decimals);
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

/// Draws, from right to left, the button that restores the best knobs, then loss and accuracy.
fn loss_status_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let theme = app.theme();
    let small = |text: String| RichText::new(text).font(type_scale::small());
    let metrics = match app.insight.metrics(&app.session) {
        None => return,
        Some(Err(_)) => {
            ui.separator();
            let has_data = app.session.setup().is_some_and(|setup| setup.split().is_ok());
            let text = if has_data {
                "the data does not fit"
            } else {
                "no data yet"
            };
            ui.label(small(text.to_owned()).color(theme.warning));
            return;
        }
        Some(Ok(metrics)) => metrics,
    };
    let decimals = app.session.view().decimals.clamp(MIN_DECIMALS, 5);
    ui.separator();
    if let Some(best_loss) = app.best_loss.as_ref().filter(|best| best.is_by_hand) {
        let has_best_knobs = best_loss.knobs == app.session.document().network.knobs();
        let text = small(format!("your best {}", format_adaptive(best_loss.loss, decimals)));
        let button = ui.add_enabled(!has_best_knobs, Button::new(text).frame(false));
        button.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, !has_best_knobs, "back to your best knobs")
        });
        if button
            .on_hover_text("Back to the knobs of your least loss")
            .clicked()
        {
            outbox.push(TrainingCommand::RestoreBest.into());
        }
    }
    let accuracy = metrics.train.accuracy.map_or_else(String::new, |fraction| {
        format!(" · {} % right", format_fixed(100.0 * fraction, 1))
    });
    let text = format!("loss {}{accuracy}", format_adaptive(metrics.train.loss, decimals));
    let label = ui.label(small(text).color(theme.text));
    label.on_hover_text(format!(
        "{} of the present knobs on {}",
        metrics.loss.name().replace('_', " "),
        app.session
            .setup()
            .map_or_else(String::new, |setup| setup.config().source.name())
    ));
}

/// Returns the effect of dragging a handle: “drag up or down: turns w₂₃”. Returns `None` if it sets no
/// number.
fn drag_text(session: &Session, handle: Handle) -> Option<String> {
    let adjustable = match handle.target {
        DragTarget::Adjustable(adjustable) => adjustable,
        DragTarget::Curve(knob) => knob.into(),
        DragTarget::Pair(pair) => {
            let [across, up] = pair.map(|adjustable| adjustable.symbol(session.architecture()).to_unicode());
            return Some(format!("drag: turns {across} and {up} together"));
        }
        DragTarget::Point { .. } | DragTarget::NewPoint(_) | DragTarget::Epoch | DragTarget::Axes(_) => {
            return None;
        }
    };
    let symbol = match adjustable {
        Adjustable::Hyperparameter(_) => format!("the {}", adjustable.describe(session.architecture())),
        Adjustable::Knob(_) | Adjustable::Input(_) => adjustable.symbol(session.architecture()).to_unicode(),
    };
    if let Adjustable::Input(input) = adjustable
        && session.document().features().feature(input).is_some()
    {
        return Some(format!("{symbol} is computed from other inputs"));
    }
    if session.document().is_locked(adjustable) {
        return Some(format!("{symbol} is locked"));
    }
    Some(match handle.mapping {
        DragMapping::Track { .. } => format!("drag sideways: turns {symbol}"),
        DragMapping::VerticalDrag { .. } => format!("drag up or down: turns {symbol}"),
        DragMapping::DialDrag { .. } => format!("drag round or up and down: turns {symbol}"),
        DragMapping::XyPad { .. } => format!("drag: turns {symbol}, the curve follows"),
    })
}

/// Writes the effect beside the pointer, where the element itself doesn't show it.
pub(crate) fn drag_hint_ui(app: &App, ctx: &Context) {
    let Some(HoveredHandle {
        canvas,
        element,
        handle,
        pos,
    }) = app.elements.hovered
    else {
        return;
    };
    let is_number = matches!(element, Element::Number(_));
    // The effect of a slider and of the number beside it is obvious.
    let is_obvious = matches!(handle.mapping, DragMapping::Track { .. }) || is_number;
    let is_list = Pane::in_window().any(|pane| pane.info().lists_knobs && pane.canvas_id() == canvas);
    // A hyperparameter has a tooltip there.
    let has_tooltip = matches!(
        element.highlight_group(),
        Some(HighlightGroup::Adjustable(Adjustable::Hyperparameter(_)))
    );
    let is_hidden = is_list && is_obvious || has_tooltip;
    if is_hidden || app.dialog.is_some() || app.elements.menu.is_some() {
        return;
    }
    let Some(mut text) = drag_text(&app.session, handle) else {
        return;
    };
    if is_number {
        text += "; click to type it";
    }
    let theme = app.theme();
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("hint")));
    let galley = painter.layout_no_wrap(text, type_scale::small(), theme.weak_text);
    let size = galley.size() + vec2(12.0, 6.0);
    let screen = ctx.content_rect().shrink(4.0);
    // Below the pointer, or above it at the end of the window.
    let top = if pos.y + 20.0 + size.y <= screen.bottom() {
        pos.y + 20.0
    } else {
        pos.y - 10.0 - size.y
    };
    let left = (pos.x + 12.0).min(screen.right() - size.x);
    let rect = Rect::from_min_size(pos2(left, top), size);
    let stroke = Stroke::new(1.0, theme.border);
    painter.rect(rect, 5.0, theme.card_raised, stroke, StrokeKind::Outside);
    painter.galley(rect.min + vec2(6.0, 3.0), galley, theme.weak_text);
}
