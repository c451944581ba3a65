//! The dialog for a file that another program has changed since it was opened or saved here.

use std::path::PathBuf;

use egui::{Grid, RichText, ScrollArea, Ui};

use crate::app::file_chooser::{LeaveAction, file_name};
use crate::document_formats::DOCUMENT_FORMATS;
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::formats::file_version::FileChange;
use neurodial_core::session::{Adjustable, Document, Session};
use neurodial_core::text::{Localized as _, Messages, capitalized};

use super::outcome::{DialogOutcome, FileResolution, buttons_ui};

/// The maximum number of rows of the comparison.
const MAX_ROWS: usize = 200;

#[derive(Debug)]
pub(crate) struct ChangedFileDialog {
    path: PathBuf,
    change: FileChange,
    /// True if the document was about to be saved.
    is_saving: bool,
    /// The action after saving.
    leave_action: Option<LeaveAction>,
    /// The differences between the document and the file, or the reason why the file can't be opened.
    comparison: Option<Result<Vec<[String; 3]>, String>>,
}

impl ChangedFileDialog {
    pub(crate) fn new(
        path: PathBuf,
        change: FileChange,
        is_saving: bool,
        leave_action: Option<LeaveAction>,
    ) -> Self {
        Self {
            path,
            change,
            is_saving,
            leave_action,
            comparison: None,
        }
    }

    pub(crate) fn title(&self, messages: Messages) -> &'static str {
        match self.change {
            FileChange::Changed => messages.changed_file_title(),
            FileChange::Removed => messages.removed_file_title(),
        }
    }

    pub(crate) fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        theme: &ColorTheme,
        messages: Messages,
    ) -> DialogOutcome {
        let name = file_name(&self.path);
        ui.label(match self.change {
            FileChange::Changed => messages.changed_file_explanation(name),
            FileChange::Removed => messages.removed_file_explanation(name),
        });
        if let Some(comparison) = &self.comparison {
            comparison_ui(ui, comparison, theme, messages);
        }
        let (keep, keep_resolution) = match self.is_saving {
            true => (messages.changed_file_overwrite(), FileResolution::Overwrite),
            false => (messages.changed_file_keep(), FileResolution::Keep),
        };
        let resolve = |resolution| DialogOutcome::ResolveFile(resolution, self.leave_action.clone());
        // Enter presses the first button, so that is one that overwrites nothing.
        if self.change == FileChange::Removed {
            let buttons = [messages.changed_file_save_as(), keep, messages.dialog_cancel()];
            return match buttons_ui(ui, &buttons) {
                Some(0) => resolve(FileResolution::SaveAs),
                Some(1) => resolve(keep_resolution),
                Some(_) => DialogOutcome::Close,
                None => DialogOutcome::KeepOpen,
            };
        }
        let buttons = [
            messages.changed_file_save_as(),
            keep,
            messages.changed_file_load(),
            messages.changed_file_compare(),
            messages.dialog_cancel(),
        ];
        match buttons_ui(ui, &buttons) {
            Some(0) => resolve(FileResolution::SaveAs),
            Some(1) => resolve(keep_resolution),
            Some(2) => resolve(FileResolution::Load),
            Some(3) => {
                self.comparison = Some(match DOCUMENT_FORMATS.open_without_data(&self.path) {
                    Ok(theirs) => Ok(differences(session.document(), theirs.document(), messages)),
                    Err(e) => Err(capitalized(&e.message(messages))),
                });
                DialogOutcome::KeepOpen
            }
            Some(_) => DialogOutcome::Close,
            None => DialogOutcome::KeepOpen,
        }
    }
}

fn comparison_ui(
    ui: &mut Ui,
    comparison: &Result<Vec<[String; 3]>, String>,
    theme: &ColorTheme,
    messages: Messages,
) {
    let rows = match comparison {
        Ok(rows) if rows.is_empty() => {
            ui.label(messages.changed_file_same());
            return;
        }
        Ok(rows) => rows,
        Err(reason) => {
            ui.label(RichText::new(reason).color(theme.warning));
            return;
        }
    };
    ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let table = Grid::new("differences")
            .num_columns(3)
            .spacing([24.0, 4.0])
            .striped(true);
        table.show(ui, |ui| {
            for title in [
                messages.changed_file_item(),
                messages.changed_file_mine(),
                messages.changed_file_theirs(),
            ] {
                ui.label(RichText::new(title).font(type_scale::strong()));
            }
            ui.end_row();
            for row in rows.iter().take(MAX_ROWS) {
                for cell in row {
                    ui.label(cell);
                }
                ui.end_row();
            }
        });
        if rows.len() > MAX_ROWS {
            ui.label(messages.changed_file_more(rows.len() - MAX_ROWS));
        }
    });
}

/// Returns the differences between two documents: the name of a part, and its text in each of them.
fn differences(mine: &Document, theirs: &Document, messages: Messages) -> Vec<[String; 3]> {
    let both = [mine, theirs];
    let architecture = mine.network.architecture();
    let mut rows = Vec::new();
    if architecture == theirs.network.architecture() {
        let knobs = architecture.knobs().map(Adjustable::Knob);
        let inputs = (0..architecture.input_count()).map(Adjustable::Input);
        for target in inputs.chain(knobs) {
            let values = both.map(|document| document.value(target).unwrap_or_default());
            if values[0].to_bits() != values[1].to_bits() {
                let [mine, theirs] = values.map(|value| format!("{value:?}"));
                rows.push([target.symbol(architecture).to_unicode(), mine, theirs]);
            }
        }
    } else {
        let [mine, theirs] = both.map(|document| document.network.architecture().summary_in(messages));
        rows.push([messages.changed_file_network().to_owned(), mine, theirs]);
    }
    if mine.note != theirs.note {
        let [mine, theirs] = both.map(|document| document.note.clone());
        rows.push([messages.changed_file_note().to_owned(), mine, theirs]);
    }
    let mut add_counts = |name: &str, is_same: bool, counts: [usize; 2]| {
        if !is_same {
            let [mine, theirs] = counts.map(|count| messages.changed_file_entries(count));
            rows.push([name.to_owned(), mine, theirs]);
        }
    };
    add_counts(
        messages.changed_file_ranges(),
        mine.ranges == theirs.ranges,
        both.map(|document| document.ranges.len()),
    );
    add_counts(
        messages.changed_file_locks(),
        mine.locked == theirs.locked,
        both.map(|document| document.locked.len()),
    );
    add_counts(
        messages.changed_file_saved_inputs(),
        mine.saved_inputs == theirs.saved_inputs,
        both.map(|document| document.saved_inputs.len()),
    );
    add_counts(
        messages.changed_file_snapshots(),
        mine.snapshots == theirs.snapshots,
        both.map(|document| document.snapshots.len()),
    );
    add_counts(
        messages.changed_file_experiments(),
        mine.experiment_rows == theirs.experiment_rows,
        both.map(|document| document.experiment_rows.len()),
    );
    if mine.training_setup != theirs.training_setup {
        let [mine, theirs] = both.map(|document| match &document.training_setup {
            Some(setup) => setup.config().source.label(messages),
            None => "–".to_owned(),
        });
        rows.push([messages.changed_file_training().to_owned(), mine, theirs]);
    }
    rows
}
