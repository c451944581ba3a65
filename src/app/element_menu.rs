//! The menu of a knob, an input or a neuron: the actions besides turning it.

use egui::{Button, Context, Id, LayerId, Order, Popup, PopupCloseBehavior, PopupKind, Response, Ui};

use crate::canvas::HighlightGroup;
use crate::widgets::menu::{menu_button_ui, menu_contents_ui};
use neurodial_core::network::{ArchitectureEdit, Knob, NeuronAddress};
use neurodial_core::session::{Action, Adjustable, Edit, ViewChange};

use super::dialog::{Dialog, NameDialog, NamedItem, RangeDialog};
use super::menus::{activation_menu_ui, enabled_ui};
use super::preferences::PlaySpeed;
use super::state::App;

/// Draws the menu of the element that was right-clicked or whose menu key was pressed.
///
/// If it was opened with a key, its first entry gets the focus, and the focus returns when a key closes the
/// menu.
pub(crate) fn element_menu_ui(app: &mut App, ctx: &Context, outbox: &mut Vec<Action>) {
    let Some(menu) = app.elements.menu else {
        return;
    };
    let Some(group) = menu.element.highlight_group() else {
        app.elements.menu = None;
        return;
    };
    let mut is_open = true;
    let layer = LayerId::new(Order::Foreground, Id::unique("element-menu"));
    let response = Popup::new(Id::unique("element-menu"), ctx.clone(), menu.pos, layer)
        .kind(PopupKind::Menu)
        .open_bool(&mut is_open)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            egui::containers::menu::menu_style(ui.style_mut());
            let first = menu_contents_ui(ui, |ui| match group {
                HighlightGroup::Adjustable(adjustable) => adjustable_menu_ui(app, ui, adjustable, outbox),
                HighlightGroup::Neuron(at) => neuron_menu_ui(app, ui, at, outbox),
            });
            // In a sizing pass, nothing can have the focus.
            (!ui.is_sizing_pass()).then_some(first)
        });
    if let Some(first) = response.and_then(|shown| shown.inner)
        && menu.needs_focus
    {
        first.request_focus();
        if let Some(menu) = &mut app.elements.menu {
            menu.needs_focus = false;
        }
    }
    // The menu stays open as long as no other one has replaced it.
    if !is_open
        && app
            .elements
            .menu
            .is_some_and(|now| now.pos == menu.pos && now.element == menu.element)
    {
        app.elements.menu = None;
        // A click sets the focus itself, and so does a dialog.
        if app.dialog.is_none() && ctx.input(|input| !input.pointer.any_click()) {
            app.elements.next_focus_request = menu.return_focus;
        }
    }
}

/// Draws an entry. Returns its response, and true if it was clicked.
fn entry_ui(ui: &mut Ui, text: &str, disabled_reason: Option<&str>) -> (Response, bool) {
    let response = enabled_ui(ui, Button::new(text), disabled_reason);
    let is_chosen = response.clicked();
    if is_chosen {
        ui.close();
    }
    (response, is_chosen)
}

/// Draws the entries for a knob or an input. Returns the response of the first one.
fn adjustable_menu_ui(
    app: &mut App,
    ui: &mut Ui,
    adjustable: Adjustable,
    outbox: &mut Vec<Action>,
) -> Response {
    let messages = app.messages;
    let architecture = app.session.architecture();
    let text = adjustable.describe_in(architecture, messages);
    let symbol = adjustable.symbol(architecture).to_unicode();
    ui.label(egui::RichText::new(&text).color(app.theme().weak_text));
    let is_in_network = adjustable.is_in(architecture);
    let sweep = is_in_network.then(|| entry_ui(ui, &messages.element_menu_axis(symbol), None));
    if sweep.as_ref().is_some_and(|(_, is_chosen)| *is_chosen) {
        outbox.push(ViewChange::Sweep(adjustable).into());
    }
    let (reset, is_chosen) = entry_ui(ui, messages.element_menu_reset(), None);
    if is_chosen {
        outbox.push(Edit::Reset(adjustable).into());
    }
    let first = sweep.map_or(reset, |(sweep, _)| sweep);
    if is_in_network {
        play_entries_ui(app, ui, adjustable);
    }
    if is_in_network && entry_ui(ui, messages.element_menu_set_to_zero(), None).1 {
        outbox.push(
            Edit::Set {
                target: adjustable,
                value: 0.0,
            }
            .into(),
        );
    }
    if entry_ui(ui, messages.element_menu_copy_value(), None).1 {
        let value = app.session.document().value(adjustable).unwrap_or(0.0);
        ui.ctx().copy_text(value.to_string());
    }
    if let Adjustable::Knob(knob) = adjustable {
        let locked = app.session.document().locked.contains(&knob);
        let text = match locked {
            true => messages.element_menu_unlock(),
            false => messages.element_menu_lock(),
        };
        if entry_ui(ui, text, None).1 {
            outbox.push(
                Edit::SetLocked {
                    knob,
                    is_locked: !locked,
                }
                .into(),
            );
        }
    }
    if is_in_network && entry_ui(ui, messages.element_menu_range(), None).1 {
        app.dialog = Some(Dialog::Range(RangeDialog::new(adjustable, &app.session)));
    }
    if let Adjustable::Input(input) = adjustable {
        if entry_ui(ui, messages.element_menu_rename(), None).1 {
            app.dialog = Some(Dialog::Name(NameDialog::new(
                NamedItem::Input(input),
                &app.session,
            )));
        }
        let is_only = app.session.architecture().input_count() == 1;
        let disabled_reason = is_only.then(|| messages.disabled_only_input());
        if entry_ui(ui, messages.element_menu_remove(), disabled_reason).1 {
            outbox.push(Edit::EditArchitecture(ArchitectureEdit::RemoveInput(input)).into());
        }
    }
    first
}

/// Draws the entries that play a knob or an input, and choose the speed.
fn play_entries_ui(app: &mut App, ui: &mut Ui, adjustable: Adjustable) {
    let messages = app.messages;
    let text = match app.elements.played == Some(adjustable) {
        true => messages.element_menu_stop(),
        false => messages.element_menu_play(),
    };
    if entry_ui(ui, text, app.play_disabled_reason(adjustable)).1 {
        app.elements.play_request = Some(adjustable);
    }
    ui.menu_button(messages.element_menu_play_speed(), |ui| {
        for speed in PlaySpeed::ALL {
            let is_current = app.preferences.play_speed == speed;
            if ui.selectable_label(is_current, speed.label(messages)).clicked() {
                app.set_play_speed(speed);
                ui.close();
            }
        }
    });
}

/// Draws the entries for a neuron. Returns the response of the first one.
fn neuron_menu_ui(app: &mut App, ui: &mut Ui, at: NeuronAddress, outbox: &mut Vec<Action>) -> Response {
    let messages = app.messages;
    let text = app.session.architecture().describe_neuron(at, messages);
    ui.label(egui::RichText::new(&text).color(app.theme().weak_text));
    let (first, is_chosen) = entry_ui(ui, messages.element_menu_select(), None);
    if is_chosen {
        outbox.push(ViewChange::Select(at).into());
    }
    if entry_ui(ui, messages.element_menu_bias_axis(), None).1 {
        outbox.push(ViewChange::Select(at).into());
        outbox.push(ViewChange::Sweep(Knob::bias(at.layer, at.neuron).into()).into());
    }
    menu_button_ui(ui, messages.element_menu_activation(), |ui| {
        let plan = &app.session.architecture().layers()[at.layer];
        let neuron = (!plan.is_softmax()).then_some(at.neuron);
        activation_menu_ui(ui, app, at.layer, neuron, outbox);
    });
    if entry_ui(ui, messages.element_menu_rename(), None).1 {
        app.dialog = Some(Dialog::Name(NameDialog::new(NamedItem::Neuron(at), &app.session)));
    }
    let is_only = app.session.architecture().width(at.layer) == 1;
    let disabled_reason = is_only.then(|| messages.disabled_only_neuron());
    if entry_ui(ui, messages.element_menu_remove(), disabled_reason).1 {
        outbox.push(Edit::EditArchitecture(ArchitectureEdit::RemoveNeuron(at)).into());
    }
    first
}
