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
    /// The stamp of the change that the user knows.
    known_change: Option<FileStamp>,
    /// The thread ends once this is dropped.
    _is_alive: Arc<()>,
}

impl FileWatch {
    /// Starts to watch a file that has just been opened or saved.
    pub(super) fn start(ctx: &Context, path: &Path) -> Self {
        Self::start_from(ctx, FileVersion::read(path))
    }

    /// Starts to watch the file of a recovered document, which another program has changed before.
    pub(super) fn start_outdated(ctx: &Context, path: &Path) -> Self {
        Self {
            is_check_due: true,
            ..Self::start_from(ctx, FileVersion::outdated(path))
        }
    }

    fn start_from(ctx: &Context, version: FileVersion) -> Self {
        let path = version.path();
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
            version,
            signals,
            is_check_due: false,
            known_change: None,
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

    /// Returns the change of the file if there was a reason to look at it and the user doesn't know it yet.
    pub(super) fn noticed_change(&mut self) -> Option<FileChange> {
        if !std::mem::take(&mut self.is_check_due) {
            return None;
        }
        let stamp = FileStamp::read(self.path());
        if self.known_change == Some(stamp) {
            return None;
        }
        let change = self.version.quick_change();
        self.known_change = change.map(|_| stamp);
        change
    }

    /// Returns the change of the file, which is read for that.
    pub(super) fn change(&mut self) -> Option<FileChange> {
        let stamp = FileStamp::read(self.path());
        let change = self.version.change();
        self.known_change = change.map(|_| stamp);
        change
    }
}
