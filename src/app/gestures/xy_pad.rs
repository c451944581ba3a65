//! A point that is dragged in two directions at once and so sets two numbers.

use egui::{Key, Modifiers, Pos2};

use crate::canvas::{DragMapping, Element};
use neurodial_core::session::{Action, Adjustable, Gesture, Session};

use super::turn_action;

/// The two numbers of a dragged point, not yet clamped. The adjustable is `None` where it is locked.
#[derive(Debug, Clone, Copy)]
pub(super) struct XyPadDrag {
    adjustables: [Option<Adjustable>; 2],
    before: [f64; 2],
    /// The values where this part of the drag began.
    anchor: [f64; 2],
    values: [f64; 2],
}

impl XyPadDrag {
    /// Starts a drag with a press at `pos`: pressed on the handle, the values stay; elsewhere, the point
    /// moves there. Returns `None` if the mapping is no xy pad, and `Err` with one of its adjustables if both
    /// are locked.
    pub(super) fn begin(
        mapping: DragMapping,
        pos: Pos2,
        session: &Session,
    ) -> Option<Result<Self, Adjustable>> {
        let DragMapping::XyPad { axes, handle_pos, .. } = mapping else {
            return None;
        };
        let document = session.document();
        let adjustables = axes.map(|(adjustable, _)| (!document.is_locked(adjustable)).then_some(adjustable));
        if adjustables == [None; 2] {
            return Some(Err(axes[0].0));
        }
        let before = axes.map(|(adjustable, _)| document.value(adjustable).unwrap_or(0.0));
        let distance = if mapping.is_on_handle(pos) {
            [0.0; 2]
        } else {
            mapping.xy_changes(handle_pos, pos)
        };
        let values = [before[0] + distance[0], before[1] + distance[1]];
        Some(Ok(Self {
            adjustables,
            before,
            anchor: values,
            values,
        }))
    }

    /// True if the values differ from those at the press.
    pub(super) fn has_moved(&self) -> bool {
        self.values != self.before
    }

    /// Measures distances from the current values from now on.
    pub(super) fn reset_anchor(&mut self) {
        self.anchor = self.values;
    }

    /// Moves by a distance from where this part of the drag began.
    pub(super) fn move_by(&mut self, distance: [f64; 2], scale: f64) {
        for (axis, distance) in distance.into_iter().enumerate() {
            self.values[axis] = self.anchor[axis] + scale * distance;
        }
    }

    /// Returns the actions that set both numbers, in one gesture.
    pub(super) fn actions(&self, gesture: Gesture) -> impl Iterator<Item = Action> {
        Self::actions_for(self.adjustables, self.values, gesture)
    }

    /// Returns the actions that restore both numbers.
    pub(super) fn revert_actions(&self, gesture: Gesture) -> impl Iterator<Item = Action> {
        Self::actions_for(self.adjustables, self.before, gesture)
    }

    fn actions_for(
        adjustables: [Option<Adjustable>; 2],
        values: [f64; 2],
        gesture: Gesture,
    ) -> impl Iterator<Item = Action> {
        let values_by_adjustable = adjustables.into_iter().zip(values);
        values_by_adjustable
            .filter_map(move |(adjustable, value)| Some(turn_action(adjustable?, value, Some(gesture))))
    }
}

/// Returns the adjustable that a key changes on such a point, and the key that has the same effect on an
/// element with one number: ← and → change the horizontal number, ↑ and ↓ the vertical one.
pub(super) fn key_adjustable(element: Element, key: Key, modifiers: Modifiers) -> Option<(Adjustable, Key)> {
    let Element::MapPoint([across, up]) = element else {
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
