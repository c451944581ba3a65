//! Saves unsaved documents to a recovery file, in a background thread.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use egui::Context;

use neurodial_core::formats::FileError;
use neurodial_core::formats::recovery::RecoverySlot;
use neurodial_core::session::{Document, Origin, Session};

/// A message to the background thread.
enum AutosaveMessage {
    Save(Box<Document>, Origin),
    Clear,
    /// Clears and ends.
    Finish,
}

/// A thread that writes unsaved documents to the recovery slot of this process.
#[derive(Debug)]
pub(crate) struct Autosave {
    sender: Option<Sender<AutosaveMessage>>,
    thread: Option<JoinHandle<()>>,
    /// The reasons why a document could not be saved.
    problems: Receiver<FileError>,
    /// The version of the document that was saved last.
    saved_version: u64,
    /// True if the recovery slot holds no document.
    is_clear: bool,
}

impl Autosave {
    /// Starts the thread with a recovery slot in `folder`. Without a folder, or if the slot can't be created,
    /// nothing is saved; the reason is a problem of [`Autosave::take_problem`].
    pub(crate) fn start(ctx: &Context, folder: Option<&Path>) -> Self {
        let (problem_sender, problems) = channel();
        let slot = folder.and_then(|folder| match RecoverySlot::create(folder) {
            Ok(slot) => Some((slot, folder.to_owned())),
            Err(e) => {
                let _ = problem_sender.send(e);
                None
            }
        });
        let (sender, receiver) = channel();
        let ctx = ctx.clone();
        let thread = slot.map(|(slot, folder)| {
            std::thread::spawn(move || {
                let report = |problem| {
                    if problem_sender.send(problem).is_ok() {
                        ctx.request_repaint();
                    }
                };
                save_documents(slot, &folder, &receiver, report);
            })
        });
        Self {
            sender: thread.is_some().then_some(sender),
            thread,
            problems,
            saved_version: 0,
            is_clear: true,
        }
    }

    /// Returns the reason why unsaved documents can't be kept, once.
    pub(crate) fn take_problem(&mut self) -> Option<FileError> {
        self.problems.try_iter().last()
    }

    /// Saves the document if it has changed since the last call, and clears the recovery file once the
    /// document is saved. Call it only between gestures.
    pub(crate) fn update(&mut self, session: &Session) {
        let Some(sender) = &self.sender else {
            return;
        };
        let version = session.history().version();
        if !session.is_unsaved() {
            if !self.is_clear {
                self.is_clear = true;
                let _ = sender.send(AutosaveMessage::Clear);
            }
        } else if self.is_clear || self.saved_version != version {
            self.is_clear = false;
            self.saved_version = version;
            let document = Box::new(session.document().clone());
            let _ = sender.send(AutosaveMessage::Save(document, session.origin().clone()));
        }
    }

    /// Stops the thread and clears the recovery file, because the document was saved or discarded.
    pub(crate) fn finish(&mut self) {
        if let Some(sender) = &self.sender {
            let _ = sender.send(AutosaveMessage::Finish);
        }
        self.stop();
    }

    /// Saves the document and stops the thread. The recovery file remains for the next start.
    pub(crate) fn keep(&mut self, session: &Session) {
        self.update(session);
        self.stop();
    }

    fn stop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Autosave {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Does what the messages say until there can't be any more.
fn save_documents(
    mut slot: RecoverySlot,
    folder: &Path,
    receiver: &Receiver<AutosaveMessage>,
    report: impl Fn(FileError),
) {
    let mut has_failed = false;
    while let Ok(mut message) = receiver.recv() {
        // Only the newest state counts.
        while let Ok(newer) = receiver.try_recv() {
            message = newer;
        }
        match message {
            AutosaveMessage::Save(document, origin) => {
                if slot.is_deleted()
                    && let Ok(new) = RecoverySlot::create(folder)
                {
                    slot = new;
                }
                let outcome = slot.store(&document, &origin);
                let had_failed = std::mem::replace(&mut has_failed, outcome.is_err());
                if let Err(e) = outcome
                    && !had_failed
                {
                    report(e);
                }
            }
            AutosaveMessage::Clear => slot.clear(),
            AutosaveMessage::Finish => return slot.release(),
        }
    }
    // The window is gone without having said that the document may be lost: it crashes, or the system ends.
    if slot.is_empty() {
        slot.release();
    }
}

/// Returns the folder for recovery files, or `None` if the system has no place for a program's state.
pub(crate) fn recovery_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "neurodial")?;
    Some(
        folders
            .state_dir()
            .unwrap_or_else(|| folders.data_local_dir())
            .join("unsaved"),
    )
}

pub(crate) fn preferences_file() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "neurodial")?;
    Some(folders.config_dir().join("preferences.json"))
}
