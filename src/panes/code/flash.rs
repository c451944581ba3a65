//! Digits that have just changed are marked, softly and for a moment.

use std::time::Duration;

use egui::Ui;

use neurodial_core::code::live::Change;
use neurodial_core::session::Target;

/// How long a change is marked, in seconds.
const TIME: f64 = 0.6;
/// How often the mark is drawn fainter, in seconds.
const STEP: f64 = 0.06;
/// When all knobs change, marks say nothing.
const MOST: usize = 64;

/// The changes that are marked now.
#[derive(Debug, Clone, Default)]
pub struct Flashes {
    all: Vec<(Change, f64)>,
}

impl Flashes {
    /// Takes in what changed in this frame and forgets what is over; asks for the next frame as long as there is a
    /// mark.
    pub fn add(&mut self, ui: &Ui, changes: Vec<Change>) {
        let now = ui.input(|input| input.time);
        self.all.retain(|(known, since)| {
            now - since < TIME && !changes.iter().any(|new| new.target == known.target)
        });
        if changes.len() <= MOST {
            self.all.extend(changes.into_iter().map(|change| (change, now)));
        }
        if !self.all.is_empty() {
            ui.request_repaint_after(Duration::from_secs_f64(STEP));
        }
    }

    /// The first changed byte of a target's number, and how strong its mark is, 0 to 1.
    pub fn of(&self, target: Target, now: f64) -> Option<(usize, f32)> {
        let (change, since) = self.all.iter().find(|(change, _)| change.target == target)?;
        let left = (1.0 - (now - since) / TIME).clamp(0.0, 1.0);
        Some((change.from, left as f32))
    }
}
