//! Keeps unsaved work safe, off the frame.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use neurodial_core::session::file::recovery::RecoverySlot;
use neurodial_core::session::{Document, Origin, Session};

enum AutosaveMessage {
    Save(Box<Document>, Origin),
    Clear,
}

/// A thread that writes unsaved work into this process's recovery slot.
#[derive(Debug)]
pub struct Autosave {
    sender: Option<Sender<AutosaveMessage>>,
    thread: Option<JoinHandle<()>>,
    saved_version: u64,
    is_clear: bool,
}

impl Autosave {
    /// Starts it in `folder`; without a folder, or where none can be made, nothing is kept.
    pub fn start(folder: Option<&Path>) -> Self {
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
                        // A full disk shows when the person saves; there is nothing better to do here.
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

    /// Keeps the document if a gesture has ended since the last time, and forgets it once it is saved.
    pub fn update(&mut self, session: &Session) {
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

    /// Ends on purpose: what was kept is forgotten, for it was saved or thrown away.
    pub fn finish(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The folder for unsaved work, if the system has one for a program's state.
pub fn recovery_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "neurodial")?;
    Some(
        folders
            .state_dir()
            .unwrap_or_else(|| folders.data_local_dir())
            .join("unsaved"),
    )
}

/// The file of the preferences.
pub fn preferences_file() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "neurodial")?;
    Some(folders.config_dir().join("preferences.json"))
}
