//! Modal dialogs, one at a time, over everything else.

mod data;
mod export;
mod help;
mod import_weights;
mod new_network;
mod path;
mod range_and_name;

use std::path::PathBuf;

use egui::{Context, Id, Modal, RichText, Ui};

use crate::theme::type_scale;
use neurodial_core::formats::Preset;
use neurodial_core::formats::recovery::RecoveredDocument;
use neurodial_core::session::{Action, Document};

use super::App;

pub(crate) use data::DataDialog;
pub(crate) use export::ExportSettings;
pub(crate) use import_weights::ImportWeightsDialog;
pub(crate) use new_network::{InitializeDialog, NewNetworkDialog};
pub(crate) use path::{FilePurpose, PathDialog};
pub(crate) use range_and_name::{NameDialog, NamedItem, RangeDialog};

/// An action that leaves the current document, run once unsaved changes are saved or discarded.
#[derive(Debug, Clone)]
pub(crate) enum LeaveAction {
    /// Quits the program.
    Quit,
    /// Chooses a file to open.
    ChooseFile,
    /// Opens a file.
    Open(PathBuf),
    /// Opens a preset.
    OpenPreset(Preset),
    /// Opens a new document.
    OpenNew(Box<Document>),
}

/// An open dialog.
#[derive(Debug)]
pub(crate) enum Dialog {
    /// Asks whether to save or discard changes, or to cancel.
    UnsavedChanges(LeaveAction),
    /// Offers documents that were not saved when the program ended.
    Recovery(Vec<RecoveredDocument>),
    /// Shows an error.
    Problem(String),
    /// Asks for the path of a file.
    Path(PathDialog),
    /// Asks for the range of a knob or an input.
    Range(RangeDialog),
    /// Asks for the name of an input, a neuron or a snapshot.
    Name(NameDialog),
    /// Asks for the architecture of a new network.
    New(NewNetworkDialog),
    /// Asks for the matrices of a network.
    ImportWeights(ImportWeightsDialog),
    /// Asks how to initialize the knobs.
    InitializeKnobs(InitializeDialog),
    /// Asks which columns of a table are inputs and target.
    Data(Box<DataDialog>),
    /// Exports a figure.
    Export,
    /// Lists the keyboard shortcuts.
    KeyboardShortcuts,
    /// Shows information about the program.
    About,
}

/// The outcome of drawing a dialog.
enum DialogOutcome {
    /// The dialog stays open.
    KeepOpen(Dialog),
    /// The dialog closes.
    Close,
}

/// Draws the open dialog, if there is one.
pub(crate) fn dialog_ui(app: &mut App, ctx: &Context, outbox: &mut Vec<Action>) {
    let Some(dialog) = app.dialog.take() else {
        return;
    };
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(18);
    let modal = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
        ui.set_width(dialog.width());
        ui.spacing_mut().item_spacing.y = 8.0;
        heading_ui(ui, dialog.title());
        match dialog {
            Dialog::UnsavedChanges(leave_action) => unsaved_changes_ui(app, ui, leave_action),
            Dialog::Recovery(recovered) => recovery_ui(app, ui, recovered),
            Dialog::Problem(text) => problem_ui(ui, text),
            Dialog::Path(path) => path.show_ui(app, ui),
            Dialog::Range(range) => range.show_ui(app, ui, outbox),
            Dialog::Name(name) => name.show_ui(ui, outbox),
            Dialog::New(new) => new.show_ui(app, ui),
            Dialog::ImportWeights(import_weights) => import_weights.show_ui(app, ui),
            Dialog::InitializeKnobs(initialize) => initialize.show_ui(ui, outbox),
            Dialog::Data(data) => data.show_ui(app, ui),
            Dialog::Export => export::export_ui(app, ui),
            Dialog::KeyboardShortcuts => help::keys_ui(ui),
            Dialog::About => help::about_ui(ui),
        }
    });
    let is_dismissed = modal.should_close();
    match modal.inner {
        // Recovered documents are never discarded by accident.
        DialogOutcome::KeepOpen(recovery @ Dialog::Recovery(_)) => app.dialog = Some(recovery),
        DialogOutcome::KeepOpen(dialog) if !is_dismissed && app.dialog.is_none() => app.dialog = Some(dialog),
        DialogOutcome::KeepOpen(_) => {}
        // A dialog can open another one, which is set already.
        DialogOutcome::Close => ctx.request_discard("a dialog was answered"),
    }
}

impl Dialog {
    fn title(&self) -> &'static str {
        match self {
            Self::UnsavedChanges(_) => "Unsaved changes",
            Self::Recovery(_) => "Unsaved work was kept",
            Self::Problem(_) => "That did not work",
            Self::Path(path) => path.title(),
            Self::Range(_) => "Range and step",
            Self::Name(_) => "Name",
            Self::New(_) => "New network",
            Self::ImportWeights(_) => "Paste a network",
            Self::InitializeKnobs(_) => "Initialise",
            Self::Data(_) => "Data from a file",
            Self::Export => "Export figure",
            Self::KeyboardShortcuts => "Keys",
            Self::About => "neurodial",
        }
    }

    fn width(&self) -> f32 {
        match self {
            Self::KeyboardShortcuts | Self::ImportWeights(_) => 560.0,
            Self::Export | Self::Data(_) => 700.0,
            _ => 400.0,
        }
    }
}

fn heading_ui(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(type_scale::title()));
}

/// Draws a row of buttons at the right end. Returns the index of the one pressed; Enter presses the first.
fn buttons_ui(ui: &mut Ui, texts: &[&str]) -> Option<usize> {
    let mut pressed = ui.input(|input| input.key_pressed(egui::Key::Enter)).then_some(0);
    ui.add_space(4.0);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        for (index, text) in texts.iter().enumerate() {
            let rich = if index == 0 {
                RichText::new(*text).font(type_scale::strong())
            } else {
                RichText::new(*text)
            };
            if ui.button(rich).clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}

fn unsaved_changes_ui(app: &mut App, ui: &mut Ui, leave_action: LeaveAction) -> DialogOutcome {
    ui.label(format!("{} has changes that no file has.", app.document_name()));
    let ctx = ui.ctx().clone();
    match buttons_ui(ui, &["Save", "Don’t save", "Cancel"]) {
        Some(0) => {
            if app.save(&ctx, Some(leave_action.clone())) {
                app.leave(&ctx, leave_action);
            }
            DialogOutcome::Close
        }
        Some(1) => {
            app.leave(&ctx, leave_action);
            DialogOutcome::Close
        }
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen(Dialog::UnsavedChanges(leave_action)),
    }
}

fn recovery_ui(app: &mut App, ui: &mut Ui, mut recovered: Vec<RecoveredDocument>) -> DialogOutcome {
    use neurodial_core::session::Origin;
    let Some(newest) = recovered.first() else {
        return DialogOutcome::Close;
    };
    let document_name = match &newest.origin {
        Origin::File(path) => path.display().to_string(),
        Origin::Preset(name) => (*name).to_owned(),
        Origin::Untitled => "An untitled network".to_owned(),
    };
    ui.label(format!(
        "{document_name} was open when neurodial ended, with changes that no file has."
    ));
    if recovered.len() > 1 {
        ui.label(format!(
            "There are {} such documents; this is the newest.",
            recovered.len()
        ));
    }
    match buttons_ui(ui, &["Open it", "Throw it away", "Ask me next time"]) {
        Some(0) => {
            let newest = recovered.remove(0);
            app.open_recovered(newest.document.clone(), newest.origin.clone());
            // From now on this window's autosave keeps the document.
            app.autosave.update(&app.session);
            newest.discard();
            DialogOutcome::Close
        }
        Some(1) => {
            recovered.remove(0).discard();
            if recovered.is_empty() {
                DialogOutcome::Close
            } else {
                DialogOutcome::KeepOpen(Dialog::Recovery(recovered))
            }
        }
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen(Dialog::Recovery(recovered)),
    }
}

fn problem_ui(ui: &mut Ui, text: String) -> DialogOutcome {
    ui.label(&text);
    match buttons_ui(ui, &["OK"]) {
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen(Dialog::Problem(text)),
    }
}
