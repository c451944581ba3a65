//! The menus of the top bar.

use egui::{Button, Ui};

use crate::panes::Pane;
use neurodial_core::formats::Preset;
use neurodial_core::network::{Activation, ArchitectureEdit};
use neurodial_core::session::{Action, Edit, ForwardStride, TrainingCommand, ViewChange};
use neurodial_core::text::{Locale, Localized as _};

use super::command::Command;
use super::dialog::{Dialog, NameDialog, NamedItem};
use super::file_chooser::LeaveAction;
use super::layout;
use super::state::App;

pub(crate) fn menus_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    ui.menu_button("File", |ui| file_menu_ui(app, ui, commands));
    ui.menu_button("Edit", |ui| edit_menu_ui(app, ui, outbox, commands));
    ui.menu_button("Network", |ui| network_menu_ui(app, ui, outbox, commands));
    ui.menu_button("Learning", |ui| training_menu_ui(app, ui, commands));
    ui.menu_button("View", |ui| view_menu_ui(app, ui, commands));
    ui.menu_button("Help", |ui| {
        entry_ui(ui, commands, Command::KeyboardShortcuts, true);
        entry_ui(ui, commands, Command::About, true);
    });
}

/// Draws a menu entry for a command.
fn entry_ui(ui: &mut Ui, commands: &mut Vec<Command>, command: Command, is_enabled: bool) {
    entry_with_text_ui(ui, commands, command, &command.text(), is_enabled);
}

/// Draws a menu entry for a command, with another text than the command's own.
fn entry_with_text_ui(
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    command: Command,
    text: &str,
    is_enabled: bool,
) {
    let mut button = Button::new(text);
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    if ui.add_enabled(is_enabled, button).clicked() {
        commands.push(command);
        ui.close();
    }
}

fn file_menu_ui(app: &mut App, ui: &mut Ui, commands: &mut Vec<Command>) {
    entry_ui(ui, commands, Command::New, true);
    ui.menu_button("Open preset", |ui| {
        for preset in Preset::ALL {
            entry_ui(ui, commands, Command::OpenPreset(preset), true);
        }
    });
    entry_ui(ui, commands, Command::Open, true);
    let recent = app.preferences.recent.clone();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                if ui.button(path.display().to_string()).clicked() {
                    let ctx = ui.ctx().clone();
                    app.request_leave(&ctx, LeaveAction::Open(path));
                    ui.close();
                }
            }
        });
    });
    entry_ui(ui, commands, Command::ImportWeights, true);
    entry_ui(ui, commands, Command::OpenDataFile, true);
    ui.separator();
    entry_ui(ui, commands, Command::Save, app.session.is_unsaved());
    entry_ui(ui, commands, Command::SaveAs, true);
    ui.separator();
    entry_ui(ui, commands, Command::ExportFigure, true);
    entry_ui(ui, commands, Command::CopyFigure, true);
    let has_experiments = !app.session.document().experiment_rows.is_empty();
    entry_ui(ui, commands, Command::ExportExperiments, has_experiments);
    ui.separator();
    entry_ui(ui, commands, Command::Quit, true);
}

fn edit_menu_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let history = app.session.history();
    let undo = history.undo_label().map_or("Undo".to_owned(), |label| {
        format!("Undo {}", label.message(app.messages))
    });
    let redo = history.redo_label().map_or("Redo".to_owned(), |label| {
        format!("Redo {}", label.message(app.messages))
    });
    entry_with_text_ui(ui, commands, Command::Undo, &undo, history.undo_label().is_some());
    entry_with_text_ui(ui, commands, Command::Redo, &redo, history.redo_label().is_some());
    entry_ui(ui, commands, Command::RevertToOpened, !history.is_empty());
    ui.separator();
    entry_ui(ui, commands, Command::RandomizeKnobs, true);
    entry_ui(
        ui,
        commands,
        Command::UnlockAll,
        !app.session.document().locked.is_empty(),
    );
    ui.separator();
    entry_ui(ui, commands, Command::AddSavedInput, true);
    entry_ui(ui, commands, Command::RecordExperiment, true);
    ui.separator();
    entry_ui(ui, commands, Command::TakeSnapshot, true);
    let snapshots = &app.session.document().snapshots;
    ui.add_enabled_ui(!snapshots.is_empty(), |ui| {
        ui.menu_button("Show pin", |ui| {
            let shown = app.session.view().snapshot;
            for (index, snapshot) in snapshots.iter().enumerate() {
                if ui
                    .selectable_label(shown == Some(index), &snapshot.name)
                    .clicked()
                {
                    outbox.push(ViewChange::ShowSnapshot(Some(index)).into());
                    ui.close();
                }
            }
            ui.separator();
            if ui.selectable_label(shown.is_none(), "None").clicked() {
                outbox.push(ViewChange::ShowSnapshot(None).into());
                ui.close();
            }
        });
    });
}

fn network_menu_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let architecture = app.session.architecture().clone();
    let selected = app.session.view().selected;
    let mut edit_entry_ui = |ui: &mut Ui, text: String, edit: ArchitectureEdit, is_enabled: bool| {
        if ui.add_enabled(is_enabled, Button::new(text)).clicked() {
            outbox.push(Edit::EditArchitecture(edit).into());
            ui.close();
        }
    };
    let neuron_name = architecture.describe_neuron(selected);
    let layer = selected.layer;
    edit_entry_ui(ui, "Add an input".into(), ArchitectureEdit::AddInput, true);
    let inputs = architecture.input_count();
    ui.add_enabled_ui(inputs > 1, |ui| {
        ui.menu_button("Remove an input", |ui| {
            // A long list would not fit the screen; the menu of an input removes any of them.
            for input in 0..inputs.min(30) {
                edit_entry_ui(
                    ui,
                    architecture.describe_input(input),
                    ArchitectureEdit::RemoveInput(input),
                    true,
                );
            }
        });
    });
    ui.separator();
    let text = format!("Add a neuron to layer {}", layer + 1);
    edit_entry_ui(ui, text, ArchitectureEdit::AddNeuron { layer }, true);
    let is_removable = architecture.width(layer) > 1;
    edit_entry_ui(
        ui,
        format!("Remove {neuron_name}"),
        ArchitectureEdit::RemoveNeuron(selected),
        is_removable,
    );
    ui.separator();
    let text = format!("Add a layer before layer {}", layer + 1);
    edit_entry_ui(ui, text, ArchitectureEdit::AddLayer { before: layer }, true);
    let text = format!("Add a layer after layer {}", layer + 1);
    edit_entry_ui(ui, text, ArchitectureEdit::AddLayer { before: layer + 1 }, true);
    let is_removable = architecture.layers().len() > 1;
    let text = format!("Remove layer {}", layer + 1);
    edit_entry_ui(ui, text, ArchitectureEdit::RemoveLayer(layer), is_removable);
    ui.separator();
    let text = format!("Activation of layer {}", layer + 1);
    ui.menu_button(text, |ui| activation_menu_ui(ui, app, layer, None, outbox));
    let can_differ = !architecture.layers()[layer].is_softmax();
    ui.add_enabled_ui(can_differ, |ui| {
        let neuron = Some(selected.neuron);
        ui.menu_button(format!("Activation of {neuron_name}"), |ui| {
            activation_menu_ui(ui, app, layer, neuron, outbox);
        });
    });
    if ui.button(format!("Name {neuron_name}…")).clicked() {
        app.dialog = Some(Dialog::Name(NameDialog::new(
            NamedItem::Neuron(selected),
            &app.session,
        )));
        ui.close();
    }
    ui.separator();
    entry_ui(ui, commands, Command::InitializeKnobs, true);
    ui.separator();
    ui.menu_button("Step through", |ui| {
        let is_stepping = app.session.view().forward_step.is_some();
        entry_ui(ui, commands, Command::StepForward(ForwardStride::Product), true);
        entry_ui(ui, commands, Command::StepForward(ForwardStride::Neuron), true);
        entry_ui(ui, commands, Command::StepForward(ForwardStride::Layer), true);
        entry_ui(ui, commands, Command::StepBack, is_stepping);
        let text = if app.next_auto_step.is_some() {
            "Stop".to_owned()
        } else {
            Command::ToggleAutoStep.text()
        };
        entry_with_text_ui(ui, commands, Command::ToggleAutoStep, &text, true);
        entry_ui(ui, commands, Command::StopStepping, is_stepping);
    });
}

fn training_menu_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    let has_setup = app.session.setup().is_some();
    for command in [
        TrainingCommand::TrainOrPause,
        TrainingCommand::TrainEpoch,
        TrainingCommand::TrainBatch,
    ] {
        entry_ui(ui, commands, Command::Training(command), has_setup);
    }
    entry_ui(
        ui,
        commands,
        Command::Training(TrainingCommand::BackToStart),
        app.training_controller.has_start(&app.session),
    );
    ui.separator();
    entry_ui(
        ui,
        commands,
        Command::Training(TrainingCommand::StartOrEndChallenge),
        has_setup,
    );
    entry_ui(ui, commands, Command::NewNetworkForData, has_setup);
}

/// Draws the activation functions as menu entries; the current one is selected.
pub(crate) fn activation_menu_ui(
    ui: &mut Ui,
    app: &App,
    layer: usize,
    neuron: Option<usize>,
    outbox: &mut Vec<Action>,
) {
    let plan = &app.session.architecture().layers()[layer];
    let current = match neuron {
        Some(neuron) => Some(plan.neurons[neuron].activation),
        None => plan.activation(),
    };
    for activation in Activation::ALL {
        if neuron.is_some() && activation.is_per_layer() {
            continue;
        }
        if ui
            .selectable_label(current == Some(activation), activation.name())
            .clicked()
        {
            outbox.push(
                Edit::SetActivation {
                    layer,
                    neuron,
                    activation,
                }
                .into(),
            );
            ui.close();
        }
    }
}

fn view_menu_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    // All entries have to fit a window of 720 points.
    ui.spacing_mut().item_spacing.y = 2.0;
    for pane in Pane::in_window() {
        let is_shown = layout::is_shown(&app.tree, pane);
        if ui.selectable_label(is_shown, pane.title(app.messages)).clicked() {
            commands.push(Command::TogglePane(pane));
            ui.close();
        }
    }
    ui.separator();
    ui.menu_button("One pane alone", |ui| {
        for pane in Pane::in_window() {
            entry_ui(ui, commands, Command::MaximizePane(pane), true);
        }
    });
    entry_ui(ui, commands, Command::ResetLayout, true);
    ui.separator();
    entry_ui(ui, commands, Command::ToggleDarkMode, true);
    ui.menu_button(app.messages.menu_language(), |ui| {
        for locale in Locale::ALL {
            let is_current = app.messages.locale == locale;
            if ui.selectable_label(is_current, locale.own_name()).clicked() {
                commands.push(Command::SetLanguage(locale));
                ui.close();
            }
        }
    });
    let text = format!("Interface at {} %", app.preferences.scale);
    ui.menu_button(text, |ui| {
        for command in [
            Command::IncreaseScale,
            Command::DecreaseScale,
            Command::ResetScale,
        ] {
            entry_ui(ui, commands, command, true);
        }
    });
    let text = format!("{} decimals", app.session.view().decimals);
    ui.menu_button(text, |ui| {
        entry_ui(ui, commands, Command::MoreDecimals, true);
        entry_ui(ui, commands, Command::FewerDecimals, true);
    });
    ui.separator();
    let has_neuron_maps = app.session.view().has_small_maps;
    let command = Command::ToggleNeuronMaps;
    ui.add_enabled_ui(app.session.architecture().input_count() > 1, |ui| {
        if ui.selectable_label(has_neuron_maps, command.text()).clicked() {
            commands.push(command);
            ui.close();
        }
    });
    entry_ui(ui, commands, Command::NextKnobLayout, true);
    let has_profiles = app.session.view().has_knob_profiles;
    if ui
        .selectable_label(has_profiles, Command::ToggleKnobProfiles.text())
        .on_hover_text("Colours along each knob: what a neuron, or the loss, would be there")
        .clicked()
    {
        commands.push(Command::ToggleKnobProfiles);
        ui.close();
    }
    entry_ui(ui, commands, Command::NextSensitivityTarget, true);
    ui.separator();
    ui.menu_button("Curves", |ui| {
        for command in [
            Command::ToggleCurveQuantity,
            Command::NextCurveScope,
            Command::FitAxes,
            Command::ZoomCurvesIn,
            Command::ZoomCurvesOut,
        ] {
            entry_ui(ui, commands, command, true);
        }
    });
    entry_ui(ui, commands, Command::NextNeuron, true);
    entry_ui(ui, commands, Command::PreviousNeuron, true);
}
