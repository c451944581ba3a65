//! Modal dialogs, one at a time, over everything else.
//!
//! A dialog knows nothing of the window: it pushes actions to the outbox, and returns as a `DialogOutcome` what
//! the window has to do.

mod data;
mod export;
mod import_weights;
mod new_network;
mod outcome;
mod path;
mod range_and_name;

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::theme::{ColorTheme, type_scale};
use neurodial_core::formats::recovery::RecoveredDocument;
use neurodial_core::session::{Action, Origin, Session};
use neurodial_core::text::Messages;

use super::command::{Command, shortcut_text};
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
        messages: Messages,
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
            Self::Export => export.show_ui(ui, theme, session, messages),
            Self::KeyboardShortcuts => {
                keys_ui(ui);
                closing_ui(ui, "Close")
            }
            Self::About => {
                about_ui(ui);
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

/// The keys on a focused knob, input or neuron, with their effects.
const KNOB_KEYS: [(&str, &str); 15] = [
    ("Tab", "the next pane or control"),
    ("Up, Down", "the knob before, the next knob"),
    (
        "Shift + Up, Down",
        "the same input’s knob of the neuron before, the next neuron",
    ),
    ("Left, Right", "less, more by the step (0.1)"),
    ("Shift + Left, Right", "by a tenth of the step (0.01)"),
    ("Page Down, Page Up", "less, more by ten steps (1)"),
    ("Home, End", "the ends of the range"),
    ("0 to 9, −", "type the number"),
    ("Enter, F2", "edit the number; on a neuron: look into it"),
    ("Delete", "back to the value when opened"),
    ("L", "lock or unlock"),
    ("C", "draw the curves over it"),
    ("M, Menu, Shift + F10", "its menu"),
    ("Esc", "leave"),
    ("A setting of training", "the same keys; Delete: its usual value"),
];

/// Mouse gestures with their effects.
const MOUSE_GESTURES: [(&str, &str); 6] = [
    ("Drag", "turn; with Shift ten times finer"),
    ("Drag a dial", "its rim round its middle; its middle up and down"),
    ("Double click", "back to the value when opened"),
    ("Click a number", "type it"),
    ("Right click", "the menu of a knob, an input or a neuron"),
    ("Wheel", "turn the knob that has the focus; zoom the curves"),
];

fn keys_ui(ui: &mut Ui) {
    let height = (ui.ctx().content_rect().height() - 180.0).max(160.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.set_width(ui.available_width());
        section_ui(
            ui,
            "Knobs, inputs and neurons",
            &KNOB_KEYS.map(|(keys, description)| (keys.to_owned(), description.to_owned())),
        );
        section_ui(
            ui,
            "Mouse",
            &MOUSE_GESTURES.map(|(keys, description)| (keys.to_owned(), description.to_owned())),
        );
        let shortcuts: Vec<(String, String)> = Command::with_shortcut()
            .map(|(shortcut, command)| {
                (
                    shortcut_text(ui.ctx(), shortcut),
                    command.text(Messages::ENGLISH).into_owned(),
                )
            })
            .collect();
        section_ui(ui, "Everywhere", &shortcuts);
    });
}

fn section_ui(ui: &mut Ui, title: &str, rows: &[(String, String)]) {
    ui.label(RichText::new(title).font(type_scale::strong()));
    Grid::new(title)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (keys, description) in rows {
                ui.label(RichText::new(keys).font(type_scale::code()));
                ui.label(description);
                ui.end_row();
            }
        });
    ui.add_space(10.0);
}

fn about_ui(ui: &mut Ui) {
    ui.label(format!("Version {}", env!("CARGO_PKG_VERSION")));
    ui.label(
        "A desktop instrument that makes a small neural network something you can hold: every weight and every \
         bias is a knob, and the diagram, the curves and the formula follow.",
    );
    ui.label(
        "Licensed under MIT or Apache-2.0, at your choice. The fonts are under the SIL Open Font License.",
    );
}
