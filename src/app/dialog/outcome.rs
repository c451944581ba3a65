//! The outcome of drawing a dialog, and its row of buttons.

use std::path::PathBuf;

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::app::command::Command;
use crate::app::file_chooser::{FilePurpose, LeaveAction};
use crate::figure_page::FigureFormat;
use crate::theme::type_scale;
use neurodial_core::formats::recovery::RecoveredDocument;
use neurodial_core::session::Document;

/// The outcome of drawing a dialog: it stays open, or closes and asks the window for something.
#[derive(Debug)]
pub(crate) enum DialogOutcome {
    KeepOpen,
    Close,
    /// Saves the document, then leaves it.
    SaveAndLeave(LeaveAction),
    /// Leaves the document without saving it.
    Leave(LeaveAction),
    /// Opens a new document, after a question if the current one has unsaved changes.
    OpenNew(Box<Document>),
    /// Opens a document that was not saved when the program ended.
    OpenRecovered(Box<RecoveredDocument>),
    /// Reads or writes the file of a typed path, then runs an action.
    UsePath(FilePurpose, PathBuf, Option<LeaveAction>),
    /// Asks for the file of a figure.
    ExportFigure(FigureFormat),
    /// Resolves the conflict with another program's change of the file; `LeaveAction` follows saving.
    ResolveFile(FileResolution, Option<LeaveAction>),
    /// Reads the document's data files outside of its folder, or leaves them unread.
    OutsideData(bool),
    /// Runs a command.
    RunCommand(Command),
    /// Copies the figure; the dialog stays open.
    CopyFigure,
}

/// The answer to a conflict between the document and its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileResolution {
    /// The document stays, without being saved.
    Keep,
    /// The document is saved over the file.
    Overwrite,
    /// The document becomes that of the file.
    Load,
    /// The document is saved in another file.
    SaveAs,
}

/// Draws a row that begins at the right end, as high as a button.
pub(super) fn button_row_ui(ui: &mut Ui, buttons_ui: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    let layout = Layout::right_to_left(Align::Center).with_main_wrap(true);
    ui.allocate_ui_with_layout(size, layout, buttons_ui);
}

/// Draws a row of buttons at the right end. Returns the index of the one pressed; Enter presses the first.
pub(super) fn buttons_ui(ui: &mut Ui, texts: &[&str]) -> Option<usize> {
    let mut pressed = ui.input(|input| input.key_pressed(egui::Key::Enter)).then_some(0);
    ui.add_space(4.0);
    button_row_ui(ui, |ui| {
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
