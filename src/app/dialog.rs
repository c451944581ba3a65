//! Modal dialogs, one at a time, over everything else.
//!
//! A dialog knows nothing of the window: it pushes actions to the outbox, and returns as a `DialogOutcome` what
//! the window has to do.

mod data;
mod export;
mod help;
mod import_weights;
mod new_network;
mod outcome;
mod path;
mod range_and_name;

use egui::{RichText, Ui};

use crate::theme::{ColorTheme, type_scale};
use neurodial_core::formats::recovery::RecoveredDocument;
use neurodial_core::session::{Action, Origin, Session};

use super::file_chooser::{LeaveAction, document_name};

pub(crate) use data::DataDialog;
pub(crate) use export::ExportSettings;
pub(crate) use import_weights::ImportWeightsDialog;
pub(crate) use new_network::{InitializeDialog, NewNetworkDialog};
pub(crate) use outcome::DialogOutcome;
use outcome::buttons_ui;
pub(crate) use path::PathDialog;
pub(crate) use range_and_name::{NameDialog, NamedItem, RangeDialog};

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
    Export,
    KeyboardShortcuts,
    /// Shows information about the program.
    About,
}

impl Dialog {
    pub(crate) fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        theme: &ColorTheme,
        export: &mut ExportSettings,
        outbox: &mut Vec<Action>,
    ) -> DialogOutcome {
        ui.set_width(self.width());
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.label(RichText::new(self.title()).font(type_scale::title()));
        match self {
            Self::UnsavedChanges(leave_action) => unsaved_changes_ui(ui, session, leave_action),
            Self::Recovery(recovered) => recovery_ui(ui, recovered),
            Self::Problem(text) => {
                ui.label(text.as_str());
                closing_ui(ui, "OK")
            }
            Self::Path(path) => path.show_ui(ui),
            Self::Range(range) => range.show_ui(ui, theme, outbox),
            Self::Name(name) => name.show_ui(ui, outbox),
            Self::New(new) => new.show_ui(ui, theme),
            Self::ImportWeights(import_weights) => import_weights.show_ui(ui, theme, session.architecture()),
            Self::InitializeKnobs(initialize) => initialize.show_ui(ui, outbox),
            Self::Data(data) => data.show_ui(ui, theme, outbox),
            Self::Export => export.show_ui(ui, theme, session),
            Self::KeyboardShortcuts => {
                help::keys_ui(ui);
                closing_ui(ui, "Close")
            }
            Self::About => {
                help::about_ui(ui);
                closing_ui(ui, "Close")
            }
        }
    }

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

/// Draws a single button, which closes the dialog.
fn closing_ui(ui: &mut Ui, text: &str) -> DialogOutcome {
    match buttons_ui(ui, &[text]) {
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen,
    }
}

fn unsaved_changes_ui(ui: &mut Ui, session: &Session, leave_action: &LeaveAction) -> DialogOutcome {
    ui.label(format!(
        "{} has changes that no file has.",
        document_name(session)
    ));
    match buttons_ui(ui, &["Save", "Don’t save", "Cancel"]) {
        Some(0) => DialogOutcome::SaveAndLeave(leave_action.clone()),
        Some(1) => DialogOutcome::Leave(leave_action.clone()),
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen,
    }
}

fn recovery_ui(ui: &mut Ui, recovered: &mut Vec<RecoveredDocument>) -> DialogOutcome {
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
        Some(0) => DialogOutcome::OpenRecovered(Box::new(recovered.remove(0))),
        Some(1) => {
            recovered.remove(0).discard();
            match recovered.is_empty() {
                true => DialogOutcome::Close,
                false => DialogOutcome::KeepOpen,
            }
        }
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen,
    }
}
