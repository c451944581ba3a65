//! A typed path, where the system has no file dialog.

use std::path::Path;

use egui::{TextEdit, Ui};

use super::{After, Dialog, Then, buttons};
use crate::app::App;
use crate::app::files::Purpose;

/// Asks for a path.
#[derive(Debug)]
pub struct PathDialog {
    purpose: Purpose,
    text: String,
    then: Option<Then>,
    is_new: bool,
}

impl PathDialog {
    /// An empty field.
    pub fn new(purpose: Purpose, then: Option<Then>) -> Self {
        Self {
            purpose,
            text: String::new(),
            then,
            is_new: true,
        }
    }

    pub(super) fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::Open => "Open",
            Purpose::Save => "Save as",
            Purpose::Export(_) => "Export figure",
            Purpose::Rows => "Export experiments",
            Purpose::Data => "Open data",
        }
    }

    fn hint(&self) -> String {
        match self.purpose {
            Purpose::Export(kind) => format!("figure.{}", kind.ending()),
            Purpose::Rows => "experiments.csv".to_owned(),
            Purpose::Data => "flowers.csv".to_owned(),
            Purpose::Open | Purpose::Save => "network.json".to_owned(),
        }
    }

    pub(super) fn show(mut self, app: &mut App, ui: &mut Ui) -> After {
        let label = ui.label("Path of the file");
        let hint = self.hint();
        let edit = TextEdit::singleline(&mut self.text)
            .desired_width(f32::INFINITY)
            .hint_text(hint);
        let response = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            response.request_focus();
        }
        if !matches!(self.purpose, Purpose::Open | Purpose::Data) && Path::new(self.text.trim()).exists() {
            ui.label("There is a file of that name; it will be replaced.");
        }
        match buttons(ui, &[self.title(), "Cancel"]) {
            Some(0) if self.text.trim().is_empty() => After::Stay(Dialog::Path(self)),
            Some(0) => {
                let ctx = ui.ctx().clone();
                app.chosen(&ctx, self.purpose, Path::new(self.text.trim()), self.then);
                After::Close
            }
            Some(_) => After::Close,
            None => After::Stay(Dialog::Path(self)),
        }
    }
}
