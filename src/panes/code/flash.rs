//! Digits that have just changed are marked, softly and for a moment.

use std::time::Duration;

use egui::Ui;

use neurodial_core::code::live::NumberChange;
use neurodial_core::session::Adjustable;

/// How long a change is marked, in seconds.
const HIGHLIGHT_SECONDS: f64 = 0.6;
/// How often the mark is drawn fainter, in seconds.
const REPAINT_SECONDS: f64 = 0.06;
/// When all knobs change, marks say nothing.
const MAX_CHANGES: usize = 64;

/// The changes that are marked now.
#[derive(Debug, Clone, Default)]
pub struct ChangeHighlights {
    changes: Vec<(NumberChange, f64)>,
}

impl ChangeHighlights {
    /// Takes in what changed in this frame and forgets what is over; asks for the next frame as long as there is a
    /// mark.
    pub fn add(&mut self, ui: &Ui, changes: Vec<NumberChange>) {
        let now = ui.input(|input| input.time);
        self.changes.retain(|(known, since)| {
            now - since < HIGHLIGHT_SECONDS && !changes.iter().any(|new| new.adjustable == known.adjustable)
        });
        if changes.len() <= MAX_CHANGES {
            self.changes.extend(changes.into_iter().map(|change| (change, now)));
        }
        if !self.changes.is_empty() {
            ui.request_repaint_after(Duration::from_secs_f64(REPAINT_SECONDS));
        }
    }

    /// The first changed byte of a target's number, and how strong its mark is, 0 to 1.
    pub fn get(&self, target: Adjustable, now: f64) -> Option<(usize, f32)> {
        let (change, since) = self.changes.iter().find(|(change, _)| change.adjustable == target)?;
        let left = (1.0 - (now - since) / HIGHLIGHT_SECONDS).clamp(0.0, 1.0);
        Some((change.first_changed_byte, left as f32))
    }
}
