//! The title of the window, and the question before it closes.

use egui::{Context, ViewportCommand};

use neurodial_core::session::Origin;

use super::App;
use super::dialog::{self, Dialog};

impl App {
    /// Asks before unsaved changes are lost when the window is about to close.
    pub(super) fn handle_close_request(&mut self, ctx: &Context) {
        if !ctx.input(|input| input.viewport().close_requested()) || self.may_close {
            return;
        }
        if self.session.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::UnsavedChanges(dialog::LeaveAction::Quit));
        } else {
            self.autosave.finish();
        }
    }

    /// Returns the document's name: that of its preset or its file, or “untitled”.
    pub(super) fn document_name(&self) -> String {
        match self.session.origin() {
            Origin::Preset(name) => (*name).to_owned(),
            Origin::File(path) => path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            Origin::Untitled => "untitled".to_owned(),
        }
    }

    /// Updates the title of the window.
    pub(super) fn update_title(&mut self, ctx: &Context) {
        let unsaved = if self.session.is_unsaved() {
            " (unsaved)"
        } else {
            ""
        };
        let title = format!("{}{unsaved} — neurodial", self.document_name());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}
