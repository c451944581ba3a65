//! Highlights of digits that have just changed, which fade out.

use std::time::Duration;

use egui::Ui;

use neurodial_core::code::live_listing::NumberChange;
use neurodial_core::session::Adjustable;

/// The duration of a highlight, in seconds.
const HIGHLIGHT_SECONDS: f64 = 0.6;
/// The interval at which a highlight is drawn fainter, in seconds.
const REPAINT_SECONDS: f64 = 0.06;
/// The maximum number of changes in a frame that are highlighted; when all knobs change, highlights have no
/// meaning.
const MAX_CHANGES: usize = 64;

/// The changes that are highlighted now, with the times when they happened, in seconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChangeHighlights {
    changes: Vec<(NumberChange, f64)>,
}

impl ChangeHighlights {
    /// Adds the changes of this frame and removes those that have faded out. Requests a repaint as long as
    /// there is a highlight.
    pub(crate) fn add(&mut self, ui: &Ui, changes: Vec<NumberChange>) {
        let now = ui.input(|input| input.time);
        self.changes.retain(|(known, since)| {
            now - since < HIGHLIGHT_SECONDS && !changes.iter().any(|new| new.adjustable == known.adjustable)
        });
        if changes.len() <= MAX_CHANGES {
            self.changes
                .extend(changes.into_iter().map(|change| (change, now)));
        }
        if !self.changes.is_empty() {
            ui.request_repaint_after(Duration::from_secs_f64(REPAINT_SECONDS));
        }
    }

    /// Returns the first changed byte of a number and the strength of its highlight, 0 to 1, or `None` if the
    /// number isn't highlighted.
    pub(crate) fn get(&self, target: Adjustable, now: f64) -> Option<(usize, f32)> {
        let (change, since) = self
            .changes
            .iter()
            .find(|(change, _)| change.adjustable == target)?;
        let left = (1.0 - (now - since) / HIGHLIGHT_SECONDS).clamp(0.0, 1.0);
        Some((change.first_changed_byte, left as f32))
    }
}
