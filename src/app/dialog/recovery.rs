//! The dialog about how the program ended last: unsaved documents, reports of internal errors, and recovery files that
//! can't be read.

use std::path::{Path, PathBuf};

use egui::Ui;

use crate::app::crash_report;
use crate::app::file_chooser::preset_title;
use neurodial_core::formats::recovery::{RecoveredDocument, UnreadableSlot, find_recovered};
use neurodial_core::session::Origin;
use neurodial_core::text::{Localized as _, Messages};

use super::closing_ui;
use super::outcome::{DialogOutcome, buttons_ui};

#[derive(Debug)]
pub(crate) struct RecoveryDialog {
    /// The unsaved documents, newest first.
    documents: Vec<RecoveredDocument>,
    unreadable: Vec<UnreadableSlot>,
    /// The reports of internal errors.
    reports: Vec<PathBuf>,
}

impl RecoveryDialog {
    /// Looks for what earlier processes have left; `None` if there is nothing to tell.
    pub(crate) fn find(folder: &Path) -> Option<Self> {
        let (documents, unreadable) = find_recovered(folder);
        let found = Self {
            documents,
            unreadable,
            reports: crash_report::take_new(folder),
        };
        let is_empty = found.documents.is_empty() && found.unreadable.is_empty() && found.reports.is_empty();
        (!is_empty).then_some(found)
    }

    /// True if there are documents, which must not be lost by accident.
    pub(crate) fn has_documents(&self) -> bool {
        !self.documents.is_empty()
    }

    pub(crate) fn title(&self, messages: Messages) -> &'static str {
        match self.has_documents() {
            true => messages.recovery_title(),
            false => messages.recovery_title_without_document(),
        }
    }

    pub(crate) fn show_ui(&mut self, ui: &mut Ui, messages: Messages) -> DialogOutcome {
        if let Some(report) = self.reports.last() {
            ui.label(messages.crash_report_written(report.display()));
        }
        for slot in &self.unreadable {
            ui.label(messages.recovery_unreadable(slot.source.message(messages)));
        }
        let Some(newest) = self.documents.first() else {
            return closing_ui(ui, messages.dialog_ok());
        };
        ui.label(match &newest.origin {
            Origin::File(path) => messages.recovered_network_of_document(path.display()),
            Origin::Preset(name) => messages.recovered_network_of_document(preset_title(name, messages)),
            Origin::Untitled => messages.recovered_network().to_owned(),
        });
        if self.documents.len() > 1 {
            ui.label(messages.recovered_network_of_several(self.documents.len()));
        }
        let buttons = [
            messages.recovery_open(),
            messages.recovery_discard(),
            messages.recovery_later(),
        ];
        match buttons_ui(ui, &buttons) {
            Some(0) => DialogOutcome::OpenRecovered(Box::new(self.documents.remove(0))),
            Some(1) => {
                self.documents.remove(0).discard();
                match self.has_documents() {
                    true => DialogOutcome::KeepOpen,
                    false => DialogOutcome::Close,
                }
            }
            Some(_) => DialogOutcome::Close,
            None => DialogOutcome::KeepOpen,
        }
    }
}
