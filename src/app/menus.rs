//! The menus of the top bar.

use egui::{Button, Response, Ui};

use crate::lessons;
use crate::panes::Pane;
use crate::widgets::menu::menu_button_ui;
use neurodial_core::formats::Preset;
use neurodial_core::network::Activation;
use neurodial_core::session::{
    Action, Edit, ForwardStride, SavedState, TrainingCommand, ViewChange, WindowLayout,
};
use neurodial_core::text::{Locale, Localized as _, Messages};

use super::command::{Command, shortcut_text};
use super::file_chooser::LeaveAction;
use super::layout;
use super::state::App;
use super::structure::StructureCommand;

pub(crate) fn menus_ui(app: &mut App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let messages = app.messages;
    menu_button_ui(ui, messages.menu_file(), |ui| file_menu_ui(app, ui, commands));
    menu_button_ui(ui, messages.menu_edit(), |ui| {
        edit_menu_ui(app, ui, outbox, commands)
    });
    menu_button_ui(ui, messages.menu_network(), |ui| {
        network_menu_ui(app, ui, outbox, commands);
    });
    menu_button_ui(ui, messages.menu_train(), |ui| {
        training_menu_ui(app, ui, commands)
    });
    menu_button_ui(ui, messages.menu_lessons(), |ui| {
        lessons_menu_ui(app, ui, commands)
    });
    menu_button_ui(ui, messages.menu_view(), |ui| view_menu_ui(app, ui, commands));
    menu_button_ui(ui, messages.menu_help(), |ui| {
        entry_ui(app, ui, commands, Command::SearchCommands);
        entry_ui(app, ui, commands, Command::KeyboardShortcuts);
        entry_ui(app, ui, commands, Command::StartScreen);
        entry_ui(app, ui, commands, Command::About);
    });
}

fn lessons_menu_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    for (index, id) in lessons::bundled_ids().into_iter().enumerate() {
        let command = Command::StartLesson(id);
        let text = app.messages.menu_lesson(index + 1, command.text(app.messages));
        entry_with_text_ui(app, ui, commands, command, &text);
    }
    ui.separator();
    entry_ui(app, ui, commands, Command::ContinueLesson);
    entry_ui(app, ui, commands, Command::NewLesson);
    entry_ui(app, ui, commands, Command::ExportAnswers);
    entry_ui(app, ui, commands, Command::ClearAnswers);
    ui.separator();
    entry_ui(app, ui, commands, Command::LeaveLesson);
}

/// Draws a menu entry for a command.
fn entry_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>, command: Command) {
    entry_with_text_ui(app, ui, commands, command, &command.text(app.messages));
}

/// Draws a menu entry for a command, with another text than the command's own.
fn entry_with_text_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>, command: Command, text: &str) {
    button_entry_ui(app, ui, commands, command, Button::new(text));
}

/// Draws a menu entry for a command that turns something on or off.
fn toggle_entry_ui(
    app: &App,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    command: Command,
    is_on: bool,
) -> Response {
    let button = Button::selectable(is_on, command.text(app.messages));
    button_entry_ui(app, ui, commands, command, button)
}

/// Draws a button for a command, with its shortcut and the reason why it is disabled.
fn button_entry_ui(
    app: &App,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    command: Command,
    mut button: Button<'_>,
) -> Response {
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(shortcut_text(ui.ctx(), shortcut));
    }
    let response = enabled_ui(ui, button, app.disabled_reason(command));
    if response.clicked() {
        commands.push(command);
        ui.close();
    }
    response
}

/// Draws a button, which is disabled if there is a reason for it; its tooltip says the reason.
pub(crate) fn enabled_ui(ui: &mut Ui, button: Button<'_>, disabled_reason: Option<&str>) -> Response {
    let response = ui.add_enabled(disabled_reason.is_none(), button);
    match disabled_reason {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response,
    }
}

/// Draws a submenu, which is disabled if there is a reason for it; its tooltip says the reason.
fn submenu_ui(ui: &mut Ui, text: String, disabled_reason: Option<&str>, contents_ui: impl FnOnce(&mut Ui)) {
    ui.add_enabled_ui(disabled_reason.is_none(), |ui| {
        let response = menu_button_ui(ui, text, contents_ui);
        if let Some(reason) = disabled_reason {
            response.on_disabled_hover_text(reason);
        }
    });
}

/// Returns the name of a snapshot, or its number if it has none.
pub(crate) fn snapshot_name(messages: Messages, index: usize, snapshot: &SavedState) -> String {
    match snapshot.name.trim() {
        "" => messages.menu_snapshot_unnamed(index + 1),
        name => name.to_owned(),
    }
}

fn file_menu_ui(app: &mut App, ui: &mut Ui, commands: &mut Vec<Command>) {
    let messages = app.messages;
    entry_ui(app, ui, commands, Command::New);
    menu_button_ui(ui, messages.menu_open_preset(), |ui| {
        for preset in Preset::ALL {
            entry_ui(app, ui, commands, Command::OpenPreset(preset));
        }
    });
    entry_ui(app, ui, commands, Command::Open);
    let recent = app.preferences.recent.clone();
    let disabled_reason = recent.is_empty().then(|| messages.disabled_no_recent_files());
    submenu_ui(
        ui,
        messages.menu_open_recent().to_owned(),
        disabled_reason,
        |ui| {
            for path in recent {
                if ui.button(path.display().to_string()).clicked() {
                    let ctx = ui.ctx().clone();
                    app.request_leave(&ctx, LeaveAction::Open(path));
                    ui.close();
                }
            }
        },
    );
    entry_ui(app, ui, commands, Command::ImportWeights);
    entry_ui(app, ui, commands, Command::OpenDataFile);
    ui.separator();
    entry_ui(app, ui, commands, Command::Save);
    entry_ui(app, ui, commands, Command::SaveAs);
    entry_ui(app, ui, commands, Command::CopyLink);
    ui.separator();
    entry_ui(app, ui, commands, Command::ExportFigure);
    entry_ui(app, ui, commands, Command::CopyFigure);
    entry_ui(app, ui, commands, Command::ExportExperiments);
    ui.separator();
    entry_ui(app, ui, commands, Command::Quit);
}

fn edit_menu_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let messages = app.messages;
    let history = app.session.history();
    let undo = history.undo_label().map_or_else(
        || messages.command_undo().to_owned(),
        |label| messages.command_undo_action(label.message(messages)),
    );
    let redo = history.redo_label().map_or_else(
        || messages.command_redo().to_owned(),
        |label| messages.command_redo_action(label.message(messages)),
    );
    entry_with_text_ui(app, ui, commands, Command::Undo, &undo);
    entry_with_text_ui(app, ui, commands, Command::Redo, &redo);
    entry_ui(app, ui, commands, Command::RevertToOpened);
    ui.separator();
    entry_ui(app, ui, commands, Command::RandomizeKnobs);
    entry_ui(app, ui, commands, Command::UnlockAll);
    ui.separator();
    entry_ui(app, ui, commands, Command::AddSavedInput);
    entry_ui(app, ui, commands, Command::RecordExperiment);
    ui.separator();
    entry_ui(app, ui, commands, Command::TakeSnapshot);
    let snapshots = &app.session.document().snapshots;
    let disabled_reason = snapshots.is_empty().then(|| messages.disabled_no_snapshots());
    submenu_ui(
        ui,
        messages.menu_show_snapshot().to_owned(),
        disabled_reason,
        |ui| {
            let shown = app.session.view().snapshot;
            let names = snapshots.iter().enumerate();
            let entries =
                names.map(|(index, snapshot)| (Some(index), snapshot_name(messages, index, snapshot)));
            let none = (None, messages.menu_no_snapshot().to_owned());
            for (snapshot, text) in entries.chain([none]) {
                if snapshot.is_none() {
                    ui.separator();
                }
                if ui.selectable_label(shown == snapshot, text).clicked() {
                    outbox.push(ViewChange::ShowSnapshot(snapshot).into());
                    ui.close();
                }
            }
        },
    );
}

fn network_menu_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>, commands: &mut Vec<Command>) {
    let messages = app.messages;
    let architecture = app.session.architecture().clone();
    let selected = app.session.view().selected;
    let session = &app.session;
    let mut structure_entry_ui = |ui: &mut Ui, command: StructureCommand| {
        let button = Button::new(command.text(session, messages));
        if enabled_ui(ui, button, command.disabled_reason(session, messages)).clicked() {
            outbox.push(command.edit(session).into());
            ui.close();
        }
    };
    let neuron_name = architecture.describe_neuron(selected, messages);
    let (layer, layer_number) = (selected.layer, selected.layer + 1);
    structure_entry_ui(ui, StructureCommand::AddInput);
    let disabled_reason = StructureCommand::RemoveInput(0).disabled_reason(session, messages);
    submenu_ui(
        ui,
        messages.menu_remove_input().to_owned(),
        disabled_reason,
        |ui| {
            for command in StructureCommand::input_removals(session) {
                structure_entry_ui(ui, command);
            }
        },
    );
    ui.separator();
    structure_entry_ui(ui, StructureCommand::AddNeuron);
    structure_entry_ui(ui, StructureCommand::RemoveNeuron);
    ui.separator();
    structure_entry_ui(ui, StructureCommand::InsertLayerBefore);
    structure_entry_ui(ui, StructureCommand::InsertLayerAfter);
    structure_entry_ui(ui, StructureCommand::RemoveLayer);
    ui.separator();
    menu_button_ui(ui, messages.menu_activation_of_layer(layer_number), |ui| {
        activation_menu_ui(ui, app, layer, None, outbox);
    });
    let text = messages.menu_activation_of_neuron(&neuron_name);
    let disabled_reason = architecture.layers()[layer]
        .is_softmax()
        .then(|| messages.disabled_softmax());
    submenu_ui(ui, text, disabled_reason, |ui| {
        activation_menu_ui(ui, app, layer, Some(selected.neuron), outbox);
    });
    let rename = messages.menu_rename_neuron(&neuron_name);
    entry_with_text_ui(app, ui, commands, Command::RenameNeuron, &rename);
    ui.separator();
    entry_ui(app, ui, commands, Command::InitializeKnobs);
    ui.separator();
    entry_ui(app, ui, commands, Command::NextNeuron);
    entry_ui(app, ui, commands, Command::PreviousNeuron);
    menu_button_ui(ui, messages.menu_step_through(), |ui| {
        entry_ui(app, ui, commands, Command::StepForward(ForwardStride::Product));
        entry_ui(app, ui, commands, Command::StepForward(ForwardStride::Neuron));
        entry_ui(app, ui, commands, Command::StepForward(ForwardStride::Layer));
        entry_ui(app, ui, commands, Command::StepBack);
        let text = match app.next_auto_step {
            Some(_) => messages.command_auto_step_stop(),
            None => messages.command_auto_step(),
        };
        entry_with_text_ui(app, ui, commands, Command::ToggleAutoStep, text);
        entry_ui(app, ui, commands, Command::StopStepping);
        ui.separator();
        entry_ui(app, ui, commands, Command::StartBackwardPass);
    });
}

fn training_menu_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    for command in [
        TrainingCommand::TrainOrPause,
        TrainingCommand::TrainEpoch,
        TrainingCommand::TrainBatch,
        TrainingCommand::BackToStart,
    ] {
        entry_ui(app, ui, commands, Command::Training(command));
    }
    ui.separator();
    let challenge = Command::Training(TrainingCommand::StartOrEndChallenge);
    entry_ui(app, ui, commands, challenge);
    entry_ui(app, ui, commands, Command::NewNetworkForData);
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
            .selectable_label(current == Some(activation), activation.label(app.messages))
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

/// Draws the layouts of the window as menu entries; the current one is selected.
pub(crate) fn layout_entries_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    for layout in WindowLayout::ALL {
        let command = Command::ChooseLayout(layout);
        toggle_entry_ui(app, ui, commands, command, layout == app.layout)
            .on_hover_text(layout.description(app.messages));
    }
}

fn view_menu_ui(app: &App, ui: &mut Ui, commands: &mut Vec<Command>) {
    let messages = app.messages;
    let view = app.session.view();
    // All entries have to fit below the bar in a window of 720 points.
    ui.spacing_mut().item_spacing.y = 2.0;
    for pane in Pane::in_window() {
        let is_shown = layout::is_shown(&app.tree, pane);
        toggle_entry_ui(app, ui, commands, Command::TogglePane(pane), is_shown);
    }
    ui.separator();
    menu_button_ui(ui, messages.menu_maximize_pane(), |ui| {
        for pane in Pane::in_window() {
            entry_ui(app, ui, commands, Command::MaximizePane(pane));
        }
    });
    menu_button_ui(ui, messages.layout_list_name(), |ui| {
        layout_entries_ui(app, ui, commands);
        ui.separator();
        toggle_entry_ui(app, ui, commands, Command::KeepLayout, app.is_layout_kept())
            .on_hover_text(messages.command_keep_layout_tooltip());
        entry_ui(app, ui, commands, Command::ResetLayout);
    });
    entry_ui(app, ui, commands, Command::TogglePresentation);
    ui.separator();
    menu_button_ui(ui, messages.menu_theme(), |ui| {
        for (command, is_on) in [
            (Command::ToggleDarkMode, app.preferences.dark),
            (Command::ToggleHighContrast, app.has_high_contrast()),
            (Command::ToggleReducedMotion, app.has_reduced_motion()),
        ] {
            toggle_entry_ui(app, ui, commands, command, is_on);
        }
    });
    menu_button_ui(ui, messages.menu_language(), |ui| {
        for locale in Locale::ALL {
            let is_current = messages.locale == locale;
            toggle_entry_ui(app, ui, commands, Command::SetLanguage(locale), is_current);
        }
    });
    menu_button_ui(ui, messages.menu_zoom(app.scale()), |ui| {
        for command in [
            Command::IncreaseScale,
            Command::DecreaseScale,
            Command::ResetScale,
        ] {
            entry_ui(app, ui, commands, command);
        }
    });
    menu_button_ui(ui, messages.menu_decimals(view.decimals), |ui| {
        entry_ui(app, ui, commands, Command::MoreDecimals);
        entry_ui(app, ui, commands, Command::FewerDecimals);
    });
    ui.separator();
    toggle_entry_ui(app, ui, commands, Command::ToggleNeuronMaps, view.has_small_maps);
    menu_button_ui(ui, messages.menu_knob_display(), |ui| {
        entry_ui(app, ui, commands, Command::NextKnobLayout);
        toggle_entry_ui(
            app,
            ui,
            commands,
            Command::ToggleKnobProfiles,
            view.has_knob_profiles,
        )
        .on_hover_text(messages.command_knob_profiles_tooltip());
        entry_ui(app, ui, commands, Command::NextSensitivityTarget);
    });
    menu_button_ui(ui, messages.menu_curve_display(), |ui| {
        for command in [
            Command::ToggleCurveQuantity,
            Command::NextCurveScope,
            Command::FitAxes,
            Command::ZoomCurvesIn,
            Command::ZoomCurvesOut,
        ] {
            entry_ui(app, ui, commands, command);
        }
    });
}
