//! The menu of a part: what can be done with a knob, an input or a neuron besides turning it.

use egui::{Button, Context, Id, LayerId, Order, Popup, PopupCloseBehavior, PopupKind, Response, Ui};

use crate::canvas::Topic;
use neurodial_core::network::{Knob, NeuronAt, Surgery};
use neurodial_core::session::{Action, Target};

use super::App;
use super::dialog::{Dialog, NameDialog, Named, RangeDialog};
use super::menus::activation_choice;

/// Draws the menu of the part that asked for it.
///
/// Opened with a key, its first entry has the focus, and the focus goes back when a key closes it.
pub fn part_menu_ui(app: &mut App, ctx: &Context, outbox: &mut Vec<Action>) {
    let Some(menu) = app.stage.menu else {
        return;
    };
    let Some(topic) = menu.part.topic() else {
        app.stage.menu = None;
        return;
    };
    let mut is_open = true;
    let layer = LayerId::new(Order::Foreground, Id::unique("part menu"));
    let shown = Popup::new(Id::unique("part menu"), ctx.clone(), menu.at, layer)
        .kind(PopupKind::Menu)
        .open_bool(&mut is_open)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            egui::containers::menu::menu_style(ui.style_mut());
            let first = match topic {
                Topic::Target(target) => target_menu(app, ui, target, outbox),
                Topic::Neuron(at) => neuron_menu(app, ui, at, outbox),
            };
            // In the pass that only measures, nothing can have the focus.
            (!ui.is_sizing_pass()).then_some(first)
        });
    if let Some(first) = shown.and_then(|shown| shown.inner)
        && menu.is_new
    {
        first.request_focus();
        if let Some(menu) = &mut app.stage.menu {
            menu.is_new = false;
        }
    }
    // It stays as long as it is the same one that is open.
    if !is_open
        && app
            .stage
            .menu
            .is_some_and(|now| now.at == menu.at && now.part == menu.part)
    {
        app.stage.menu = None;
        // A click has its own idea of where the focus goes, and so has a dialog.
        if app.dialog.is_none() && ctx.input(|input| !input.pointer.any_click()) {
            app.stage.wanted_next = menu.back;
        }
    }
}

/// An entry; whether it was chosen.
fn entry(ui: &mut Ui, text: impl Into<String>) -> bool {
    chosen(ui, true, text).1
}

fn chosen(ui: &mut Ui, is_enabled: bool, text: impl Into<String>) -> (Response, bool) {
    let response = ui.add_enabled(is_enabled, Button::new(text.into()));
    let is_chosen = response.clicked();
    if is_chosen {
        ui.close();
    }
    (response, is_chosen)
}

/// Draws the entries for a knob or an input; gives back the first one.
fn target_menu(app: &mut App, ui: &mut Ui, target: Target, outbox: &mut Vec<Action>) -> Response {
    let blueprint = app.session.blueprint();
    let words = target.words(blueprint);
    let symbol = target.symbol(blueprint).plain();
    ui.label(egui::RichText::new(&words).color(app.look().ink_soft));
    let (first, is_chosen) = chosen(ui, true, format!("Curves over {symbol}"));
    if is_chosen {
        outbox.push(Action::Sweep(target));
    }
    if entry(ui, "Reset") {
        outbox.push(Action::Reset(target));
    }
    if entry(ui, "Set to 0") {
        outbox.push(Action::Set { target, value: 0.0 });
    }
    if entry(ui, "Copy the number") {
        let value = app.session.document().value(target).unwrap_or(0.0);
        ui.ctx().copy_text(value.to_string());
    }
    if let Target::Knob(knob) = target {
        let locked = app.session.document().locked.contains(&knob);
        if entry(ui, if locked { "Unlock" } else { "Lock" }) {
            outbox.push(Action::SetLocked {
                knob,
                locked: !locked,
            });
        }
    }
    if entry(ui, "Range and step…") {
        app.dialog = Some(Dialog::Range(RangeDialog::new(target, &app.session)));
    }
    if let Target::Input(input) = target {
        if entry(ui, "Name…") {
            app.dialog = Some(Dialog::Name(NameDialog::new(Named::Input(input), &app.session)));
        }
        let is_removable = app.session.blueprint().inputs() > 1;
        if chosen(ui, is_removable, "Remove").1 {
            outbox.push(Action::Operate(Surgery::RemoveInput(input)));
        }
    }
    first
}

/// Draws the entries for a neuron; gives back the first one.
fn neuron_menu(app: &mut App, ui: &mut Ui, at: NeuronAt, outbox: &mut Vec<Action>) -> Response {
    let words = app.session.blueprint().neuron_words(at);
    ui.label(egui::RichText::new(&words).color(app.look().ink_soft));
    let (first, is_chosen) = chosen(ui, true, "Look into it");
    if is_chosen {
        outbox.push(Action::Select(at));
    }
    if entry(ui, "Curves over its bias") {
        outbox.push(Action::Select(at));
        outbox.push(Action::Sweep(Knob::bias(at.layer, at.neuron).into()));
    }
    ui.menu_button("Activation", |ui| {
        let plan = &app.session.blueprint().layers()[at.layer];
        let neuron = (!plan.is_softmax()).then_some(at.neuron);
        activation_choice(ui, app, at.layer, neuron, outbox);
    });
    if entry(ui, "Name…") {
        app.dialog = Some(Dialog::Name(NameDialog::new(Named::Neuron(at), &app.session)));
    }
    let is_removable = app.session.blueprint().width(at.layer) > 1;
    if chosen(ui, is_removable, "Remove").1 {
        outbox.push(Action::Operate(Surgery::RemoveNeuron(at)));
    }
    first
}
