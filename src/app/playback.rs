//! The state of a knob or an input that is being played.

use neurodial_core::session::{Adjustable, Gesture};

/// A knob or an input that is being played.
#[derive(Debug, Clone, Copy)]
pub(super) struct Playback {
    pub(super) target: Adjustable,
    /// The gesture of all changes, which makes them one undo step.
    pub(super) gesture: Gesture,
    /// The position in the range, from 0 to 1.
    pub(super) fraction: f64,
    pub(super) is_rising: bool,
    /// The value that the last frame set. Another one shows that something else has changed it.
    pub(super) value: f64,
    /// The time of the last frame, in seconds of egui's clock.
    pub(super) last_time: f64,
}

impl Playback {
    /// Moves the position by a fraction of the range. At an end it stays for this frame and turns around.
    pub(super) fn advance(&mut self, distance: f64) {
        let change = if self.is_rising { distance } else { -distance };
        self.fraction = (self.fraction + change).clamp(0.0, 1.0);
        if self.fraction == if self.is_rising { 1.0 } else { 0.0 } {
            self.is_rising = !self.is_rising;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_turns_around_at_both_ends() {
        let mut playback = Playback {
            target: Adjustable::Input(0),
            gesture: Gesture(1),
            fraction: 0.75,
            is_rising: true,
            value: 0.0,
            last_time: 0.0,
        };
        let positions = [0.5; 6].map(|distance| {
            playback.advance(distance);
            playback.fraction
        });
        assert_eq!(positions, [1.0, 0.5, 0.0, 0.5, 1.0, 0.5]);
    }
}
