//! The menus of the bar above.

use egui::{Button, Ui};

use neurodial_core::network::{Activation, Surgery};
use crate::panes::Pane;
use neurodial_core::session::{Action, Coaching, Preset, Stride};

use super::dialog::{Dialog, NameDialog, Named, Then};
use super::{App, Command, layout};

/// Draws the buttons that open them.
pub fn menus_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    ui.menu_button("File", |ui| file_menu(app, ui, commands));
    ui.menu_button("Edit", |ui| edit_menu(app, ui, outbox, commands));
    ui.menu_button("Network", |ui| network_menu(app, ui, outbox, commands));
    ui.menu_button("Learning", |ui| learning_menu(app, ui, commands));
    ui.menu_button("View", |ui| view_menu(app, ui, commands));
    ui.menu_button("Help", |ui| {
        entry(ui, commands, Command::Keys, true);
        entry(ui, commands, Command::About, true);
    });
}

/// An entry of a menu for a command.
fn entry(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, is_enabled: bool) {
    named_entry(ui, commands, command, &command.text(), is_enabled);
}

fn named_entry(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, text: &str, is_enabled: bool) {
    let mut button = Button::new(text);
    if let Some(keys) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&keys));
    }
    if ui.add_enabled(is_enabled, button).clicked() {
        commands.push(command);
        ui.close();
    }
}

fn file_menu(app: &mut App, ui: &mut Ui, commands: &mut Vec<Command>) {
    entry(ui, commands, Command::New, true);
    ui.menu_button("Open preset", |ui| {
        for preset in Preset::ALL {
            entry(ui, commands, Command::OpenPreset(preset), true);
        }
    });
    entry(ui, commands, Command::Open, true);
    let recent = app.preferences.recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                if ui.button(path.display().to_string()).clicked() {
                    let ctx = ui.ctx().clone();
                    app.leave_for(&ctx, Then::Open(path));
                    ui.close();
                }
            }
        });
    });
    entry(ui, commands, Command::PasteNetwork, true);
    entry(ui, commands, Command::Coach(Coaching::OpenData), true);
    ui.separator();
    entry(ui, commands, Command::Save, app.session.is_unsaved());
    entry(ui, commands, Command::SaveAs, true);
    ui.separator();
    entry(ui, commands, Command::ExportFigure, true);
    entry(ui, commands, Command::CopyFigure, true);
    let has_rows = !app.session.document().records.is_empty();
    entry(ui, commands, Command::ExportRows, has_rows);
    ui.separator();
    entry(ui, commands, Command::Quit, true);
}

fn edit_menu(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let history = app.session.history();
    let undo = history
        .undo_label()
        .map_or("Undo".to_owned(), |label| format!("Undo {label}"));
    let redo = history
        .redo_label()
        .map_or("Redo".to_owned(), |label| format!("Redo {label}"));
    named_entry(ui, commands, Command::Undo, &undo, history.undo_label().is_some());
    named_entry(ui, commands, Command::Redo, &redo, history.redo_label().is_some());
    entry(ui, commands, Command::StartOver, !history.is_empty());
    ui.separator();
    entry(ui, commands, Command::Randomise, true);
    entry(
        ui,
        commands,
        Command::UnlockAll,
        !app.session.document().locked.is_empty(),
    );
    ui.separator();
    entry(ui, commands, Command::AddCase, true);
    entry(ui, commands, Command::Record, true);
    ui.separator();
    entry(ui, commands, Command::Pin, true);
    let pins = &app.session.document().pins;
    ui.add_enabled_ui(!pins.is_empty(), |ui| {
        ui.menu_button("Show pin", |ui| {
            let shown = app.session.view().pin;
            for (index, pin) in pins.iter().enumerate() {
                if ui.selectable_label(shown == Some(index), &pin.name).clicked() {
                    outbox.push(Action::ShowPin(Some(index)));
                    ui.close();
                }
            }
            ui.separator();
            if ui.selectable_label(shown.is_none(), "None").clicked() {
                outbox.push(Action::ShowPin(None));
                ui.close();
            }
        });
    });
}

fn network_menu(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let blueprint = app.session.blueprint().clone();
    let selected = app.session.view().selected;
    let mut operate = |ui: &mut Ui, text: String, surgery: Surgery, is_enabled: bool| {
        if ui.add_enabled(is_enabled, Button::new(text)).clicked() {
            outbox.push(Action::Operate(surgery));
            ui.close();
        }
    };
    let here = blueprint.neuron_words(selected);
    let layer = selected.layer;
    operate(ui, "Add an input".into(), Surgery::AddInput, true);
    let inputs = blueprint.inputs();
    ui.add_enabled_ui(inputs > 1, |ui| {
        ui.menu_button("Remove an input", |ui| {
            // A long list would not fit a screen; the part menu of an input removes any of them.
            for input in 0..inputs.min(30) {
                operate(
                    ui,
                    blueprint.input_words(input),
                    Surgery::RemoveInput(input),
                    true,
                );
            }
        });
    });
    ui.separator();
    let in_layer = format!("Add a neuron to layer {}", layer + 1);
    operate(ui, in_layer, Surgery::AddNeuron { layer }, true);
    let is_removable = blueprint.width(layer) > 1;
    operate(
        ui,
        format!("Remove {here}"),
        Surgery::RemoveNeuron(selected),
        is_removable,
    );
    ui.separator();
    let before = format!("Add a layer before layer {}", layer + 1);
    operate(ui, before, Surgery::AddLayer { before: layer }, true);
    let after = format!("Add a layer after layer {}", layer + 1);
    operate(ui, after, Surgery::AddLayer { before: layer + 1 }, true);
    let is_removable = blueprint.layers().len() > 1;
    let text = format!("Remove layer {}", layer + 1);
    operate(ui, text, Surgery::RemoveLayer(layer), is_removable);
    ui.separator();
    let of_layer = format!("Activation of layer {}", layer + 1);
    ui.menu_button(of_layer, |ui| activation_choice(ui, app, layer, None, outbox));
    let is_free = !blueprint.layers()[layer].is_softmax();
    ui.add_enabled_ui(is_free, |ui| {
        let neuron = Some(selected.neuron);
        ui.menu_button(format!("Activation of {here}"), |ui| {
            activation_choice(ui, app, layer, neuron, outbox);
        });
    });
    if ui.button(format!("Name {here}…")).clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(
            Named::Neuron(selected),
            &app.session,
        )));
        ui.close();
    }
    ui.separator();
    entry(ui, commands, Command::Initialise, true);
    ui.separator();
    ui.menu_button("Step through", |ui| {
        let is_stepping = app.session.view().step.is_some();
        entry(ui, commands, Command::Step(Stride::Term), true);
        entry(ui, commands, Command::Step(Stride::Neuron), true);
        entry(ui, commands, Command::Step(Stride::Layer), true);
        entry(ui, commands, Command::StepBack, is_stepping);
        let play = if app.is_playing() {
            "Stop".to_owned()
        } else {
            Command::Play.text()
        };
        named_entry(ui, commands, Command::Play, &play, true);
        entry(ui, commands, Command::StopStepping, is_stepping);
    });
}

fn learning_menu(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    let has_course = app.session.course().is_some();
    for asked in [Coaching::PlayPause, Coaching::Epoch, Coaching::Step] {
        entry(ui, commands, Command::Coach(asked), has_course);
    }
    entry(
        ui,
        commands,
        Command::Coach(Coaching::Back),
        app.coach.has_start(&app.session),
    );
    ui.separator();
    entry(ui, commands, Command::Coach(Coaching::Duel), has_course);
    entry(ui, commands, Command::Coach(Coaching::NewNetwork), has_course);
}

/// The activations as entries of a menu; the present one is marked.
pub fn activation_choice(
    ui: &mut Ui,
    app: &App,
    layer: usize,
    neuron: Option<usize>,
    outbox: &mut Vec<Action>,
) {
    let plan = &app.session.blueprint().layers()[layer];
    let present = match neuron {
        Some(neuron) => Some(plan.neurons[neuron].activation),
        None => plan.activation(),
    };
    for activation in Activation::ALL {
        if neuron.is_some() && activation == Activation::Softmax {
            continue;
        }
        if ui
            .selectable_label(present == Some(activation), activation.name())
            .clicked()
        {
            outbox.push(Action::SetActivation {
                layer,
                neuron,
                activation,
            });
            ui.close();
        }
    }
}

fn view_menu(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    // All of it fits a window of 720 points.
    ui.spacing_mut().item_spacing.y = 2.0;
    for pane in Pane::ALL {
        let is_shown = layout::is_shown(&app.tree, pane);
        if ui.selectable_label(is_shown, pane.title()).clicked() {
            commands.push(Command::Toggle(pane));
            ui.close();
        }
    }
    ui.separator();
    ui.menu_button("One pane alone", |ui| {
        for pane in Pane::ALL {
            entry(ui, commands, Command::Fill(pane), true);
        }
    });
    entry(ui, commands, Command::ResetLayout, true);
    ui.separator();
    entry(ui, commands, Command::SwitchMode, true);
    let scale = format!("Interface at {} %", app.preferences.scale);
    ui.menu_button(scale, |ui| {
        for command in [Command::Larger, Command::Smaller, Command::NormalSize] {
            entry(ui, commands, command, true);
        }
    });
    let decimals = format!("{} decimals", app.session.view().decimals);
    ui.menu_button(decimals, |ui| {
        entry(ui, commands, Command::MoreDecimals, true);
        entry(ui, commands, Command::FewerDecimals, true);
    });
    ui.separator();
    let has_maps = app.session.view().has_small_maps;
    let maps = Command::SwitchSmallMaps;
    ui.add_enabled_ui(app.session.blueprint().inputs() > 1, |ui| {
        if ui.selectable_label(has_maps, maps.text()).clicked() {
            commands.push(maps);
            ui.close();
        }
    });
    entry(ui, commands, Command::SwitchFace, true);
    let has_strips = app.session.view().strips;
    if ui
        .selectable_label(has_strips, Command::SwitchStrips.text())
        .on_hover_text("Colours along each knob: what a neuron, or the loss, would be there")
        .clicked()
    {
        commands.push(Command::SwitchStrips);
        ui.close();
    }
    entry(ui, commands, Command::SwitchSubject, true);
    ui.separator();
    ui.menu_button("Curves", |ui| {
        for command in [
            Command::SwitchQuantity,
            Command::SwitchScope,
            Command::FitAxes,
            Command::ZoomIn,
            Command::ZoomOut,
        ] {
            entry(ui, commands, command, true);
        }
    });
    entry(ui, commands, Command::NextNeuron, true);
    entry(ui, commands, Command::PreviousNeuron, true);
}
