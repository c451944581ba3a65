//! A typed path, for systems without a file dialog.

use std::path::Path;

use egui::{TextEdit, Ui};

use super::outcome::{DialogOutcome, buttons_ui};
use crate::app::file_chooser::{FilePurpose, LeaveAction};
use neurodial_core::text::Messages;

#[derive(Debug)]
pub(crate) struct PathDialog {
    purpose: FilePurpose,
    text: String,
    leave_action: Option<LeaveAction>,
    is_new: bool,
}

impl PathDialog {
    /// Creates the dialog with an empty field.
    pub(crate) fn new(purpose: FilePurpose, leave_action: Option<LeaveAction>) -> Self {
        Self {
            purpose,
            text: String::new(),
            leave_action,
            is_new: true,
        }
    }

    pub(super) fn title(&self, messages: Messages) -> &'static str {
        self.purpose.title(messages)
    }

    fn hint(&self) -> String {
        match self.purpose {
            FilePurpose::Export(kind) => format!("figure.{}", kind.extension()),
            FilePurpose::Experiments => "experiments.csv".to_owned(),
            FilePurpose::NewLesson => "lesson.md".to_owned(),
            FilePurpose::Answers => "answers.csv".to_owned(),
            FilePurpose::Data => "flowers.csv".to_owned(),
            FilePurpose::Open | FilePurpose::Save => "network.json".to_owned(),
        }
    }

    pub(super) fn show_ui(&mut self, ui: &mut Ui, messages: Messages) -> DialogOutcome {
        let label = ui.label(messages.file_path());
        let hint = self.hint();
        let edit = TextEdit::singleline(&mut self.text)
            .desired_width(f32::INFINITY)
            .hint_text(hint);
        let response = ui.add(edit).labelled_by(label.id);
        if std::mem::take(&mut self.is_new) {
            response.request_focus();
        }
        if !matches!(self.purpose, FilePurpose::Open | FilePurpose::Data)
            && Path::new(self.text.trim()).exists()
        {
            ui.label(messages.file_will_be_replaced());
        }
        match buttons_ui(ui, &[self.title(messages), messages.dialog_cancel()]) {
            Some(0) if self.text.trim().is_empty() => DialogOutcome::KeepOpen,
            Some(0) => {
                DialogOutcome::UsePath(self.purpose, self.text.trim().into(), self.leave_action.take())
            }
            Some(_) => DialogOutcome::Close,
            None => DialogOutcome::KeepOpen,
        }
    }
}
