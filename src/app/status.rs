//! The status line: the last message or a hint for the element under the pointer, loss and accuracy, and the
//! size of the network. Also the hint beside the pointer: the effect of a drag before it begins.

use egui::{
    Align, Button, Context, Frame, Id, Label, LayerId, Layout, Margin, Order, Panel, Pos2, Rect, RichText,
    Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::canvas::{DragMapping, DragTarget, Element, Handle, HighlightGroup, HoveredHandle};
use crate::panes::Pane;
use crate::panes::knobs::annotations;
use crate::theme::type_scale;
use neurodial_core::session::{Action, Adjustable, Session, TrainingCommand};
use neurodial_core::text::{Localized as _, Messages, format_adaptive, format_fixed};

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
                let summary = app.messages.status_network(
                    architecture.input_count(),
                    architecture.layers().len(),
                    architecture.knob_count(),
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
    match hovered.and_then(|hovered| drag_text(&app.session, hovered.handle, app.messages)) {
        Some(drag_text) => format!("{element_text} · {drag_text}"),
        None => element_text,
    }
}

/// Describes another branch of training: its end, its loss and its changes.
fn branch_text(app: &App, index: usize) -> String {
    let Some(branch) = app.session.run().other_branches.get(index) else {
        return String::new();
    };
    let loss = branch
        .metrics
        .last()
        .map_or(f64::NAN, |metrics| metrics.train.loss);
    let (epoch, loss) = (
        branch.last_epoch(),
        format_adaptive(loss, app.session.view().decimals),
    );
    let changes = branch.changes.iter().map(|change| change.message(app.messages));
    match branch.changes.is_empty() {
        true => app.messages.status_branch(epoch, loss),
        false => app
            .messages
            .status_branch_with_changes(epoch, loss, app.messages.list(changes)),
    }
}

/// Returns the text for the highlighted element, or general help if there is none.
fn element_text(app: &App) -> String {
    let messages = app.messages;
    let architecture = app.session.architecture();
    let document = app.session.document();
    let symbol = |adjustable: Adjustable| adjustable.symbol(architecture).to_unicode();
    let Some(highlighted) = app.elements.highlighted else {
        return messages.status_help().to_owned();
    };
    match (highlighted, highlighted.highlight_group()) {
        (Element::PlotArea, _) => messages.status_plot_area().to_owned(),
        (Element::InputImage, _) => messages.diagram_picture_description().to_owned(),
        (Element::CustomPointArea, _) => messages.status_point_area().to_owned(),
        (Element::CustomPoint(sample), _) => messages.status_point(sample + 1),
        (Element::LossCurve, _) => messages.status_loss_curve().to_owned(),
        (Element::Branch(branch), _) => branch_text(app, branch),
        (Element::MapPoint([across, up]), _) => messages.status_map_point(symbol(across), symbol(up)),
        (Element::Lock(knob), _) => messages.status_lock(architecture.describe_knob(knob, messages)),
        (Element::Play(knob), _) => messages.status_play(architecture.describe_knob(knob, messages)),
        (Element::Number(adjustable), _) => {
            messages.status_number(adjustable.describe_in(architecture, messages))
        }
        (_, Some(HighlightGroup::Adjustable(adjustable @ Adjustable::Hyperparameter(hyperparameter)))) => {
            messages.named_value(
                hyperparameter.label(messages),
                document.entry_text(adjustable, messages),
            )
        }
        (_, Some(HighlightGroup::Adjustable(adjustable))) => {
            let range = document.range(adjustable);
            let number = |value: f64| format_fixed(value, app.session.view().decimals);
            let name = adjustable.describe_in(architecture, messages);
            let value = number(document.value(adjustable).unwrap_or(0.0));
            let (min, max) = (number(range.min), number(range.max));
            match adjustable {
                Adjustable::Input(_) if document.is_locked(adjustable) => {
                    messages.status_value_computed(name, value, min, max)
                }
                Adjustable::Input(_) | Adjustable::Hyperparameter(_) => {
                    messages.status_value(name, value, min, max)
                }
                Adjustable::Knob(_) => {
                    let text = match document.is_locked(adjustable) {
                        true => messages.status_value_locked(name, value, min, max),
                        false => messages.status_value(name, value, min, max),
                    };
                    let sensitivity =
                        annotations::sensitivity_text(&app.session, &app.insight, adjustable, messages);
                    [text, sensitivity].join(messages.clause_separator())
                }
            }
        }
        (_, Some(HighlightGroup::Neuron(at))) => {
            let metrics = app.insight.metrics(&app.session);
            let is_dead = metrics.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)));
            let name = architecture.describe_neuron(at, messages);
            match is_dead {
                true => messages.status_neuron_dead(name),
                false => messages.status_neuron(name),
            }
        }
        (_, None) => String::new(),
    }
}

/// Draws, from right to left, the button that restores the best knobs, then loss and accuracy.
fn loss_status_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let (theme, messages) = (app.theme(), app.messages);
    let small = |text: String| RichText::new(text).font(type_scale::small());
    let metrics = match app.insight.metrics(&app.session) {
        None => return,
        Some(Err(_)) => {
            ui.separator();
            let has_data = app.session.setup().is_some_and(|setup| setup.split().is_ok());
            // Another network is offered for data that doesn't fit, so that is no error.
            let (text, color) = match has_data {
                true => (messages.status_mismatch(), theme.weak_text),
                false => (messages.status_no_dataset(), theme.warning),
            };
            ui.label(small(text.to_owned()).color(color));
            return;
        }
        Some(Ok(metrics)) => metrics,
    };
    let decimals = app.session.view().decimals.clamp(MIN_DECIMALS, 5);
    ui.separator();
    if let Some(best_loss) = app.best_loss.as_ref().filter(|best| best.is_by_hand) {
        let has_best_knobs = best_loss.knobs == app.session.document().network.knobs();
        let text = small(messages.status_best_loss(format_adaptive(best_loss.loss, decimals)));
        let button = ui.add_enabled(!has_best_knobs, Button::new(text).frame(false));
        button.widget_info(|| {
            WidgetInfo::labeled(
                egui::Role::Button,
                !has_best_knobs,
                messages.status_best_loss_name(),
            )
        });
        if button
            .on_hover_text(messages.challenge_restore_best_tooltip())
            .clicked()
        {
            outbox.push(TrainingCommand::RestoreBest.into());
        }
    }
    let loss = format_adaptive(metrics.train.loss, decimals);
    let text = match metrics.train.accuracy {
        Some(fraction) => messages.status_loss_with_accuracy(loss, format_fixed(100.0 * fraction, 1)),
        None => messages.status_loss(loss),
    };
    let label = ui.label(small(text).color(theme.text));
    if let Some(setup) = app.session.setup() {
        let dataset = setup.config().source.label(messages);
        label.on_hover_text(messages.status_loss_tooltip(metrics.loss.label(messages), dataset));
    }
}

/// Returns the effect of dragging a handle: “Drag up or down to change w₂₃”. Returns `None` if it sets no
/// number.
fn drag_text(session: &Session, handle: Handle, messages: Messages) -> Option<String> {
    let symbol = |adjustable: Adjustable| adjustable.symbol(session.architecture()).to_unicode();
    let adjustable = match handle.target {
        DragTarget::Adjustable(adjustable) => adjustable,
        DragTarget::Curve(knob) => knob.into(),
        DragTarget::Pair([across, up]) => return Some(messages.drag_two(symbol(across), symbol(up))),
        DragTarget::Point { .. } | DragTarget::NewPoint(_) | DragTarget::Epoch | DragTarget::Axes(_) => {
            return None;
        }
    };
    let name = match adjustable {
        Adjustable::Hyperparameter(hyperparameter) => hyperparameter.label(messages).to_owned(),
        Adjustable::Knob(_) | Adjustable::Input(_) => symbol(adjustable),
    };
    if let Adjustable::Input(input) = adjustable
        && session.document().features().feature(input).is_some()
    {
        return Some(messages.drag_computed(name));
    }
    if session.document().is_locked(adjustable) {
        return Some(messages.drag_locked(name));
    }
    Some(match handle.mapping {
        DragMapping::Track { .. } => messages.drag_track(name),
        DragMapping::VerticalDrag { .. } => messages.drag_vertical(name),
        DragMapping::DialDrag { .. } => messages.drag_dial(name),
        DragMapping::XyPad { .. } => messages.drag_curve(name),
    })
}

/// Returns the text that is written beside the pointer, and the position of the pointer: the effect of a click on a
/// lock, or the effect of dragging where the element itself doesn't show it.
fn pointer_hint(app: &App, ctx: &Context) -> Option<(String, Pos2)> {
    if app.dialog.is_some() || app.elements.menu.is_some() {
        return None;
    }
    if let Some(Element::Lock(knob)) = app.elements.highlighted {
        let name = app.session.architecture().describe_knob(knob, app.messages);
        return Some((app.messages.status_lock(name), ctx.pointer_hover_pos()?));
    }
    let HoveredHandle {
        canvas,
        element,
        handle,
        pos,
    } = app.elements.hovered?;
    let is_number = matches!(element, Element::Number(_));
    // The effect of a slider and of the number beside it is obvious.
    let is_obvious = matches!(handle.mapping, DragMapping::Track { .. }) || is_number;
    let is_list = Pane::in_window().any(|pane| pane.info().lists_knobs && pane.canvas_id() == canvas);
    // A hyperparameter has a tooltip there.
    let has_tooltip = matches!(
        element.highlight_group(),
        Some(HighlightGroup::Adjustable(Adjustable::Hyperparameter(_)))
    );
    if is_list && is_obvious || has_tooltip {
        return None;
    }
    let text = drag_text(&app.session, handle, app.messages)?;
    let text = match is_number {
        true => app.messages.drag_or_type(text),
        false => text,
    };
    Some((text, pos))
}

/// Writes the hint beside the pointer.
pub(crate) fn pointer_hint_ui(app: &App, ctx: &Context) {
    let Some((text, pos)) = pointer_hint(app, ctx) else {
        return;
    };
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
