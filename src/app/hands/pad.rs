//! A point that is moved across and up at once, and so turns two numbers.

use egui::{Key, Modifiers, Pos2};

use crate::canvas::{Motion, Part};
use neurodial_core::session::{Action, Gesture, Session, Target};

use super::turn;

/// The two numbers of a point in a hand, not yet clamped; `None` for one that is locked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    targets: [Option<Target>; 2],
    before: [f64; 2],
    /// The values where this stretch of the drag began.
    anchor: [f64; 2],
    values: [f64; 2],
}

impl Pair {
    /// The values right after a press at `pos`: taking the point keeps them, elsewhere it comes there. `Err` with
    /// one of its targets if both are locked.
    pub(super) fn pressed(motion: Motion, pos: Pos2, session: &Session) -> Option<Result<Self, Target>> {
        let Motion::Pad { turns, handle, .. } = motion else {
            return None;
        };
        let document = session.document();
        let targets = turns.map(|(target, _)| (!document.is_locked(target)).then_some(target));
        if targets == [None; 2] {
            return Some(Err(turns[0].0));
        }
        let before = turns.map(|(target, _)| document.value(target).unwrap_or(0.0));
        let way = if motion.is_on_handle(pos) {
            [0.0; 2]
        } else {
            motion.differences(handle, pos)
        };
        let values = [before[0] + way[0], before[1] + way[1]];
        Some(Ok(Self {
            targets,
            before,
            anchor: values,
            values,
        }))
    }

    pub(super) fn has_moved(&self) -> bool {
        self.values != self.before
    }

    /// From here on the way is counted anew.
    pub(super) fn drop_anchor(&mut self) {
        self.anchor = self.values;
    }

    /// Goes a way from where this stretch began.
    pub(super) fn go(&mut self, way: [f64; 2], scale: f64) {
        for (axis, way) in way.into_iter().enumerate() {
            self.values[axis] = self.anchor[axis] + scale * way;
        }
    }

    /// What makes the numbers what the hand says, in one gesture.
    pub(super) fn turns(&self, gesture: Gesture) -> impl Iterator<Item = Action> {
        Self::all(self.targets, self.values, gesture)
    }

    /// What takes all of it back.
    pub(super) fn turns_back(&self, gesture: Gesture) -> impl Iterator<Item = Action> {
        Self::all(self.targets, self.before, gesture)
    }

    fn all(targets: [Option<Target>; 2], values: [f64; 2], gesture: Gesture) -> impl Iterator<Item = Action> {
        let pairs = targets.into_iter().zip(values);
        pairs.filter_map(move |(target, value)| Some(turn(target?, value, Some(gesture))))
    }
}

/// What a key turns on a point, and the key that does so on a part with one number: ← → turn what goes across, and
/// ↑ ↓ what goes up.
pub(super) fn key_target(part: Part, key: Key, modifiers: Modifiers) -> Option<(Target, Key)> {
    let Part::Point([across, up]) = part else {
        return None;
    };
    match key {
        Key::ArrowLeft | Key::ArrowRight => Some((across, key)),
        Key::ArrowUp => Some((up, Key::ArrowRight)),
        Key::ArrowDown => Some((up, Key::ArrowLeft)),
        Key::Home | Key::End if modifiers.shift => Some((up, key)),
        Key::Home | Key::End => Some((across, key)),
        Key::PageUp | Key::PageDown => Some((up, key)),
        _ => None,
    }
}
