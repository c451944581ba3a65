//! Reads the data files of an opened document in a thread, so that neither a large nor a slow file holds up the window.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::Context;

use neurodial_core::formats::data_files::{self, OutsideFiles};
use neurodial_core::network::Architecture;
use neurodial_core::session::TrainingSetup;

/// Reads the data files of the document, one document at a time.
#[derive(Debug, Default)]
pub(super) struct DataLoader {
    /// True if all files outside of the document's folder may be read.
    allows_all: bool,
    /// The setup whose data is read.
    reading: Option<(Arc<TrainingSetup>, Receiver<TrainingSetup>)>,
}

impl DataLoader {
    /// Sets the files outside of the document's folder that may be read, besides those that are confirmed.
    pub(super) fn set_outside(&mut self, outside: OutsideFiles) {
        self.allows_all = outside == OutsideFiles::All;
    }

    /// Reads the data of a setup, unless it is being read. Returns the setup with its data once that is done.
    /// `confirmed` are the files outside of the document's folder that may be read.
    pub(super) fn update(
        &mut self,
        ctx: &Context,
        setup: &Arc<TrainingSetup>,
        architecture: &Architecture,
        confirmed: &[PathBuf],
    ) -> Option<TrainingSetup> {
        match &self.reading {
            Some((before, receiver)) if Arc::ptr_eq(before, setup) => {
                let answer = receiver.try_recv();
                if answer != Err(TryRecvError::Empty) {
                    self.reading = None;
                }
                return answer.ok();
            }
            _ => {}
        }
        let outside = match self.allows_all {
            true => OutsideFiles::All,
            false => OutsideFiles::Confirmed(confirmed.to_vec()),
        };
        let (sender, receiver) = channel();
        let (unread, architecture, ctx) = (Arc::clone(setup), architecture.clone(), ctx.clone());
        thread::spawn(move || {
            // Another document may be open by now.
            let _ = sender.send(data_files::load_setup(&unread, &architecture, &outside));
            ctx.request_repaint();
        });
        self.reading = Some((Arc::clone(setup), receiver));
        None
    }
}
