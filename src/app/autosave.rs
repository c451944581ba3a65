//! Saves unsaved documents to a recovery file, in a background thread.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use neurodial_core::formats::recovery::RecoverySlot;
use neurodial_core::session::{Document, Origin, Session};

/// A message to the background thread.
enum AutosaveMessage {
    Save(Box<Document>, Origin),
    Clear,
}

/// A thread that writes unsaved documents to the recovery slot of this process.
#[derive(Debug)]
pub(crate) struct Autosave {
    sender: Option<Sender<AutosaveMessage>>,
    thread: Option<JoinHandle<()>>,
    /// The version of the document that was saved last.
    saved_version: u64,
    /// True if the recovery slot holds no document.
    is_clear: bool,
}

impl Autosave {
    /// Starts the thread with a recovery slot in `folder`. Without a folder, or if the slot can't be created,
    /// nothing is saved.
    pub(crate) fn start(folder: Option<&Path>) -> Self {
        let slot = folder.and_then(|folder| RecoverySlot::create(folder).ok());
        let (sender, receiver) = channel();
        let thread = slot.map(|slot| {
            std::thread::spawn(move || {
                while let Ok(mut message) = receiver.recv() {
                    // Only the newest state counts.
                    while let Ok(newer) = receiver.try_recv() {
                        message = newer;
                    }
                    match message {
                        // A full disk shows when the user saves; nothing more can be done here.
                        AutosaveMessage::Save(document, origin) => drop(slot.store(&document, &origin)),
                        AutosaveMessage::Clear => slot.clear(),
                    }
                }
                slot.release();
            })
        });
        Self {
            sender: thread.is_some().then_some(sender),
            thread,
            saved_version: 0,
            is_clear: true,
        }
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
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
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

/// Returns the path of the preferences file.
pub(crate) fn preferences_file() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "neurodial")?;
    Some(folders.config_dir().join("preferences.json"))
}
