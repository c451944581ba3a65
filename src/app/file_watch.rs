//! Notices that another program has changed the file of the document.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use egui::{Context, Event};

use neurodial_core::formats::file_version::{FileChange, FileStamp, FileVersion};

/// The time between two looks at the file.
const INTERVAL: Duration = Duration::from_secs(2);

/// The file of the document as the window knows it, and a thread that looks at its time and size.
#[derive(Debug)]
pub(super) struct FileWatch {
    version: FileVersion,
    /// Has a value after each change of the time or the size.
    signals: Receiver<()>,
    is_check_due: bool,
    /// The thread ends once this is dropped.
    _is_alive: Arc<()>,
}

impl FileWatch {
    /// Starts to watch a file that has just been opened or saved.
    pub(super) fn start(ctx: &Context, path: &Path) -> Self {
        let (sender, signals) = channel();
        let is_alive = Arc::new(());
        let watched = Arc::downgrade(&is_alive);
        let (ctx, watched_path) = (ctx.clone(), path.to_owned());
        let mut seen = FileStamp::read(path);
        let watch = move || {
            while Weak::strong_count(&watched) > 0 {
                thread::sleep(INTERVAL);
                let now = FileStamp::read(&watched_path);
                if now != seen {
                    seen = now;
                    if sender.send(()).is_err() {
                        return;
                    }
                    ctx.request_repaint();
                }
            }
        };
        // Without the thread, changes are still noticed when the window gets the focus and before saving.
        let _ = thread::Builder::new().name("file_watch".to_owned()).spawn(watch);
        Self {
            version: FileVersion::read(path),
            signals,
            is_check_due: false,
            _is_alive: is_alive,
        }
    }

    /// Returns the file.
    pub(super) fn path(&self) -> &Path {
        self.version.path()
    }

    /// Records whether there is a reason to look at the file: the thread has seen a change, or the window has got
    /// the focus.
    pub(super) fn receive(&mut self, ctx: &Context) {
        let has_focus = |event: &Event| matches!(event, Event::WindowFocused(true));
        let is_focused = ctx.input(|input| input.events.iter().any(has_focus));
        self.is_check_due |= self.signals.try_iter().count() > 0 || is_focused;
    }

    /// Returns the change of the file if there was a reason to look at it.
    pub(super) fn noticed_change(&mut self) -> Option<FileChange> {
        std::mem::take(&mut self.is_check_due)
            .then(|| self.version.quick_change())
            .flatten()
    }

    /// Returns the change of the file, which is read for that.
    pub(super) fn change(&self) -> Option<FileChange> {
        self.version.change()
    }
}
