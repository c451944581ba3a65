//! The menu of a part: what can be done with a knob, an input or a neuron besides turning it.

use egui::{Button, Context, Id, LayerId, Order, Popup, PopupCloseBehavior};

use crate::canvas::Topic;
use crate::network::{NeuronAt, Surgery};
use crate::session::{Action, Target};

use super::App;
use super::bars::activation_choice;
use super::dialog::{Dialog, NameDialog, Named, RangeDialog};

/// Draws the menu of the part that asked for it.
pub fn part_menu_ui(app: &mut App, ctx: &Context, outbox: &mut Vec<Action>) {
    let Some((part, pos)) = app.stage.menu else {
        return;
    };
    let Some(topic) = part.topic() else {
        app.stage.menu = None;
        return;
    };
    let mut is_open = true;
    let layer = LayerId::new(Order::Foreground, Id::unique("part menu"));
    Popup::new(Id::unique("part menu"), ctx.clone(), pos, layer)
        .open_bool(&mut is_open)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| {
            egui::containers::menu::menu_style(ui.style_mut());
            match topic {
                Topic::Target(target) => target_menu(app, ui, target, outbox),
                Topic::Neuron(at) => neuron_menu(app, ui, at, outbox),
            }
        });
    // The menu stays as long as it is the same one that is open.
    if !is_open && app.stage.menu == Some((part, pos)) {
        app.stage.menu = None;
    }
}

fn target_menu(app: &mut App, ui: &mut egui::Ui, target: Target, outbox: &mut Vec<Action>) {
    let blueprint = app.session.blueprint();
    let words = target.words(blueprint);
    let symbol = target.symbol(blueprint).plain();
    ui.label(egui::RichText::new(&words).color(app.look().ink_soft));
    if ui.button(format!("Curves over {symbol}")).clicked() {
        outbox.push(Action::Sweep(target));
    }
    if ui.button("Reset").clicked() {
        outbox.push(Action::Reset(target));
    }
    if let Target::Knob(knob) = target {
        let locked = app.session.document().locked.contains(&knob);
        if ui.button(if locked { "Unlock" } else { "Lock" }).clicked() {
            outbox.push(Action::SetLocked {
                knob,
                locked: !locked,
            });
        }
    }
    if ui.button("Range and step…").clicked() {
        app.dialog = Some(Dialog::Range(RangeDialog::new(target, &app.session)));
    }
    if let Target::Input(input) = target {
        if ui.button("Name…").clicked() {
            app.dialog = Some(Dialog::Name(NameDialog::new(Named::Input(input), &app.session)));
        }
        let is_removable = app.session.blueprint().inputs() > 1;
        if ui.add_enabled(is_removable, Button::new("Remove")).clicked() {
            outbox.push(Action::Operate(Surgery::RemoveInput(input)));
        }
    }
}

fn neuron_menu(app: &mut App, ui: &mut egui::Ui, at: NeuronAt, outbox: &mut Vec<Action>) {
    let words = app.session.blueprint().neuron_words(at);
    ui.label(egui::RichText::new(&words).color(app.look().ink_soft));
    if ui.button("Look into it").clicked() {
        outbox.push(Action::Select(at));
    }
    let bias = Target::Knob(crate::network::Knob::bias(at.layer, at.neuron));
    if ui.button("Curves over its bias").clicked() {
        outbox.push(Action::Select(at));
        outbox.push(Action::Sweep(bias));
    }
    ui.menu_button("Activation", |ui| {
        let plan = &app.session.blueprint().layers()[at.layer];
        let neuron = (!plan.is_softmax()).then_some(at.neuron);
        activation_choice(ui, app, at.layer, neuron, outbox);
    });
    if ui.button("Name…").clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(Named::Neuron(at), &app.session)));
    }
    let is_removable = app.session.blueprint().width(at.layer) > 1;
    if ui.add_enabled(is_removable, Button::new("Remove")).clicked() {
        outbox.push(Action::Operate(Surgery::RemoveNeuron(at)));
    }
}
