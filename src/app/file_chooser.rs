//! Choosing a file with the system's dialog: for which purpose, and what follows.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::Context;

use crate::document_formats::DOCUMENT_FORMATS;
use crate::figure_page::FigureFormat;
use neurodial_core::formats::Preset;
use neurodial_core::formats::data_files::TABLE_EXTENSIONS;
use neurodial_core::session::{Document, Origin, Session};
use neurodial_core::text::Messages;

/// If a file dialog returns without a path sooner than this, the system has no file dialog.
pub(super) const MIN_ANSWER_TIME: Duration = Duration::from_millis(700);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FilePurpose {
    Open,
    /// Saving the document.
    Save,
    /// Writing a figure.
    Export(FigureFormat),
    /// Training on a data table.
    Data,
    /// Writing the experiment log: as Markdown if the name ends in `.md`, otherwise as CSV.
    Experiments,
    /// Writing a new lesson.
    NewLesson,
    /// Writing the answers to lessons as CSV.
    Answers,
}

impl FilePurpose {
    /// Returns the title of a dialog that asks for the file.
    pub(crate) const fn title(self, messages: Messages) -> &'static str {
        match self {
            Self::Open => messages.file_open(),
            Self::Save => messages.file_save_as(),
            Self::Export(_) => messages.export_figure_title(),
            Self::Data => messages.import_data_title(),
            Self::Experiments => messages.file_export_experiments(),
            Self::NewLesson => messages.file_new_lesson(),
            Self::Answers => messages.file_export_answers(),
        }
    }
}

/// An action that leaves the current document, run once unsaved changes are saved or discarded.
#[derive(Debug, Clone)]
pub(crate) enum LeaveAction {
    Quit,
    ChooseFile,
    Open(PathBuf),
    OpenPreset(Preset),
    OpenNew(Box<Document>),
}

/// The system's file dialog, open in another thread so that the window keeps running.
#[derive(Debug)]
pub(crate) struct FileChooser {
    pub(super) purpose: FilePurpose,
    pub(super) answer: Receiver<Option<PathBuf>>,
    pub(super) opened_at: Instant,
    /// The action that follows once the file is written.
    pub(super) leave_action: Option<LeaveAction>,
}

impl FileChooser {
    /// Opens the dialog; it suggests a name for a new file.
    pub(crate) fn open(
        ctx: &Context,
        session: &Session,
        messages: Messages,
        purpose: FilePurpose,
        leave_action: Option<LeaveAction>,
    ) -> Self {
        let name = match session.origin() {
            Origin::Preset(name) => (*name).to_owned(),
            Origin::File(_) | Origin::Untitled => document_name(session, messages),
        };
        let stem = name.trim_end_matches(".json");
        let name = match (purpose, session.origin()) {
            (FilePurpose::Export(format), _) => format!("{stem}.{}", format.extension()),
            (FilePurpose::Experiments, _) => format!("{stem}.csv"),
            (FilePurpose::NewLesson, _) => format!("{}.md", messages.lesson_file_name()),
            (FilePurpose::Answers, _) => format!("{}.csv", messages.lesson_answers_file_name()),
            (_, Origin::File(_)) => name,
            (_, Origin::Preset(_) | Origin::Untitled) => format!("{name}.json"),
        };
        let (sender, answer) = channel();
        let ctx = ctx.clone();
        std::thread::spawn(move || {
            let dialog = rfd::FileDialog::new().set_title(purpose.title(messages));
            let path = match purpose {
                FilePurpose::Open => dialog
                    .add_filter(
                        messages.file_filter_documents(),
                        &DOCUMENT_FORMATS.readable_extensions(),
                    )
                    .add_filter(messages.file_filter_lessons(), &["md"])
                    .pick_file(),
                FilePurpose::Save => DOCUMENT_FORMATS
                    .writable()
                    .fold(dialog, |dialog, format| {
                        dialog.add_filter((format.name)(messages), format.extensions)
                    })
                    .set_file_name(name)
                    .save_file(),
                FilePurpose::Data => dialog
                    .add_filter(messages.file_filter_tables(), &TABLE_EXTENSIONS)
                    .add_filter(messages.file_filter_all(), &["*"])
                    .pick_file(),
                FilePurpose::Experiments => dialog
                    .add_filter(messages.file_filter_experiments(), &["csv", "md"])
                    .set_file_name(name)
                    .save_file(),
                FilePurpose::NewLesson => dialog
                    .add_filter(messages.file_filter_lessons(), &["md"])
                    .set_file_name(name)
                    .save_file(),
                FilePurpose::Answers => dialog
                    .add_filter(messages.file_filter_answers(), &["csv"])
                    .set_file_name(name)
                    .save_file(),
                FilePurpose::Export(format) => dialog
                    .add_filter(
                        messages.file_filter_figure(format.extension().to_uppercase()),
                        &[format.extension()],
                    )
                    .set_file_name(name)
                    .save_file(),
            };
            // The window has closed.
            let _ = sender.send(path);
            ctx.request_repaint();
        });
        Self {
            purpose,
            answer,
            opened_at: Instant::now(),
            leave_action,
        }
    }
}

/// Returns the last part of a path, or the path itself if it has no such part.
pub(crate) fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Returns the title of the preset with that name; the name itself if there is no such preset.
pub(crate) fn preset_title(name: &str, messages: Messages) -> &str {
    Preset::from_name(name).map_or(name, |preset| preset.title(messages))
}

/// Returns the document's name: that of its preset or its file, or else of its dataset, or “Untitled”.
pub(crate) fn document_name(session: &Session, messages: Messages) -> String {
    match session.origin() {
        Origin::Preset(name) => preset_title(name, messages).to_owned(),
        Origin::File(path) => file_name(path),
        Origin::Untitled => match session.setup() {
            Some(setup) => setup.config().source.label(messages),
            None => messages.document_untitled().to_owned(),
        },
    }
}
