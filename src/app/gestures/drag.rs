//! The one way in which numbers are dragged, and moved by keys and screen readers: a [`Drag`] follows the
//! pointer with one value or two, and the [`DragTarget`] says which actions set them.

use egui::emath::smart_aim::best_in_range_f64;
use egui::{Key, Modifiers, Pos2, vec2};

use crate::canvas::{DragTarget, Element, Elements, FINE_FACTOR, Handle, PlacedElement};
use neurodial_core::insight::curve_drag::knob_value_through;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::slider_scale::{KeyStride, Spacing};
use neurodial_core::session::{
    Action, Adjustable, CurveAxes, Edit, Gesture, Session, TrainingCommand, ViewChange,
};

use super::custom_points;

/// A press that moves less than this, in points, is a click.
pub(super) const CLICK_DISTANCE: f32 = 4.0;
/// The distance by which an arrow key moves a custom point, as a fraction of the axis.
const POINT_STEP: f64 = 0.02;
/// The distance by which an arrow key moves a plot, as a fraction of its width.
const PAN_STEP: f64 = 0.1;
/// The number of checkpoints that Page Up and Page Down move.
const PAGE_CHECKPOINTS: isize = 10;

/// A drag of an element, from press to release. It continues even if its row has scrolled out of view.
#[derive(Debug, Clone)]
pub(super) struct Drag {
    /// The element that was pressed.
    pub(super) placed: PlacedElement,
    gesture: Gesture,
    /// The distance in points within which the pointer picks the roundest value.
    aim_radius: f32,
    /// The values at the press. A pointer that comes back to them restores them with all digits.
    initial_values: [f64; 2],
    /// The values so far, not clamped: a pointer that goes beyond the end of the range and comes back has the
    /// same values again.
    values: [f64; 2],
    /// The actions that restore the values at the press.
    restore: Vec<Action>,
    pressed_at: Pos2,
    last_pos: Pos2,
    /// The pointer position where this part of the drag began; `anchor_values` are the values there. The
    /// values are computed from the distance since then instead of a sum of small ones, so that a pointer
    /// that comes back finds the very same values.
    anchor: Pos2,
    anchor_values: [f64; 2],
    /// The number of full turns around a dial since the anchor.
    full_turns: i32,
    /// True if Shift was held during this part of the drag.
    is_fine: bool,
    /// True once the press has become a drag.
    pub(super) has_moved: bool,
}

impl Drag {
    /// Starts a drag with a press at `pos`, and adds the actions of the press. `aim_radius` is the size of a
    /// pixel in points. `typed` is a number that is applied before the press. Returns `None` if nothing of it can be changed; the refusal of the added
    /// action tells the user why.
    pub(super) fn begin(
        mut placed: PlacedElement,
        (pos, aim_radius): (Pos2, f32),
        gesture: Gesture,
        typed: Option<(Adjustable, f64)>,
        session: &Session,
        actions: &mut Vec<Action>,
    ) -> Option<Self> {
        let document = session.document();
        let mut values = [0.0; 2];
        let mut initial_values = values;
        let mut restore = Vec::new();
        let mut has_moved = false;
        if let Some(handle) = &mut placed.handle {
            let adjustables = adjustables_of(handle.target);
            if let Some(&first) = adjustables.first()
                && adjustables
                    .iter()
                    .all(|&adjustable| document.is_locked(adjustable))
            {
                actions.push(turn_action(first, 0.0, None));
                return None;
            }
            let mut current = values_of(handle.target, session);
            if let (DragTarget::Adjustable(adjustable), Some((typed_adjustable, value))) =
                (handle.target, typed)
                && adjustable == typed_adjustable
            {
                // The drag starts where the handle would be drawn with the typed number.
                current[0] = value;
                handle.mapping = handle.mapping.with_value(value, document.range(adjustable));
            }
            restore = restore_actions(handle.target, current, gesture, session);
            let is_followed = handle.moves_at(pos) || handle.target == DragTarget::Epoch;
            initial_values = current;
            values = current;
            if is_followed {
                let value_at = |pos| handle.mapping.values_at(pos);
                values = aimed(*handle, (pos, aim_radius), current, session, value_at).unwrap_or(current);
            }
            // A click on a curve only selects its neuron.
            if let DragTarget::Adjustable(adjustable) = handle.target {
                actions.extend(follow_actions(adjustable));
            }
            if handle.moves_at(pos) && values != current {
                has_moved = true;
                actions.extend(unlocked_set_actions(handle.target, values, gesture, session));
            }
        }
        Some(Self {
            placed,
            gesture,
            aim_radius,
            initial_values,
            values,
            restore,
            pressed_at: pos,
            last_pos: pos,
            anchor: pos,
            anchor_values: values,
            full_turns: 0,
            is_fine: false,
            has_moved,
        })
    }

    /// Follows the pointer to `pos`, ten times as slowly if `is_fine`.
    pub(super) fn move_to(&mut self, pos: Pos2, is_fine: bool, session: &Session, actions: &mut Vec<Action>) {
        if !self.has_moved && pos.distance(self.pressed_at) < CLICK_DISTANCE {
            return;
        }
        let is_first = !std::mem::replace(&mut self.has_moved, true);
        let Some(handle) = self.placed.handle else {
            return;
        };
        if is_fine != self.is_fine {
            self.is_fine = is_fine;
            self.anchor = self.last_pos;
            self.anchor_values = self.values;
            self.full_turns = 0;
        }
        if pos == self.last_pos {
            return;
        }
        self.full_turns += handle.mapping.full_turns(self.last_pos, pos);
        self.last_pos = pos;
        if is_first && let DragTarget::Curve(knob) = handle.target {
            actions.extend(follow_actions(knob.into()));
        }
        let value_at = |pos| self.values_at(handle, pos, session);
        let aim = (pos, self.aim_radius);
        if let Some(values) = aimed(handle, aim, self.initial_values, session, value_at) {
            self.values = values;
            actions.extend(unlocked_set_actions(handle.target, values, self.gesture, session));
        }
    }

    /// Returns the values for a position of the pointer; `None` if the curve can't go there.
    fn values_at(&self, handle: Handle, pos: Pos2, session: &Session) -> Option<[f64; 2]> {
        let DragTarget::Curve(knob) = handle.target else {
            let positions = [self.anchor, pos];
            let moved = handle
                .mapping
                .moved(self.anchor_values, positions, self.full_turns, self.is_fine);
            return Some(moved);
        };
        // The curve is not linear in the knob, so it follows the pointer itself instead of its distance.
        let value_through = |pos| curve_knob_value(knob, handle.mapping.values_at(pos)?, session);
        let value = value_through(pos)?;
        if !self.is_fine {
            return Some([value, 0.0]);
        }
        let before = value_through(self.anchor).unwrap_or(value);
        Some([self.anchor_values[0] + FINE_FACTOR * (value - before), 0.0])
    }

    /// Returns the actions that restore everything as it was at the press.
    pub(super) fn cancel(self) -> Vec<Action> {
        if self.has_moved { self.restore } else { Vec::new() }
    }
}

/// Returns the roundest values within a pixel of the pointer, or `initial_values` if they are there. Values
/// that their scale rounds already are returned as they are, and so are those that aren't numbers of the
/// session.
fn aimed(
    handle: Handle,
    (pos, radius): (Pos2, f32),
    initial_values: [f64; 2],
    session: &Session,
    values_at: impl Fn(Pos2) -> Option<[f64; 2]>,
) -> Option<[f64; 2]> {
    let values = values_at(pos)?;
    let is_continuous = match handle.target {
        DragTarget::Adjustable(adjustable) => matches!(
            session.document().slider_scale(adjustable).spacing,
            Spacing::Continuous { .. }
        ),
        DragTarget::Pair(_) | DragTarget::Curve(_) => true,
        DragTarget::Point { .. } | DragTarget::NewPoint(_) | DragTarget::Epoch | DragTarget::Axes(_) => false,
    };
    if !is_continuous {
        return Some(values);
    }
    let corners = [(-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0)]
        .map(|(x, y)| values_at(pos + radius * vec2(x, y)).unwrap_or(values));
    // At the bottom of a dial the angle jumps between the corners.
    let turn = handle.mapping.value_per_turn().abs();
    let is_past_jump = |extent: f64| turn > 0.0 && extent > 0.5 * turn;
    Some([0, 1].map(|axis| {
        let at_corners = corners.map(|corner| corner[axis]);
        let low = at_corners.into_iter().fold(values[axis], f64::min);
        let high = at_corners.into_iter().fold(values[axis], f64::max);
        if (low..=high).contains(&initial_values[axis]) {
            initial_values[axis]
        } else if is_past_jump(high - low) {
            values[axis]
        } else {
            best_in_range_f64(low, high)
        }
    }))
}

/// A movement along an axis by a key or a screen reader.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// 0 for the horizontal axis, or the only one; 1 for the vertical axis.
    axis: usize,
    is_up: bool,
    /// The distance, or `None` to the end of the axis.
    stride: Option<KeyStride>,
}

impl Step {
    /// The step of a screen reader.
    pub(super) fn increment(is_up: bool) -> Self {
        Self {
            axis: 0,
            is_up,
            stride: Some(KeyStride::Increment),
        }
    }

    /// Returns the step of a key; `None` for any other key. Where two numbers change, ← and → change the
    /// horizontal one, and ↑ and ↓ the vertical one.
    pub(super) fn from_key(target: DragTarget, key: Key, modifiers: Modifiers) -> Option<Self> {
        let has_two_axes = matches!(target, DragTarget::Pair(_) | DragTarget::Point { .. });
        // The ends of a plot are no ends, and Page Up and Page Down lead from point to point.
        let has_ends = !matches!(
            target,
            DragTarget::Point { .. } | DragTarget::Axes(_) | DragTarget::NewPoint(_)
        );
        let is_pair = matches!(target, DragTarget::Pair(_));
        let arrow = Some(if modifiers.shift {
            KeyStride::Fine
        } else {
            KeyStride::Increment
        });
        let (axis, is_up, stride) = match key {
            Key::ArrowLeft => (0, false, arrow),
            Key::ArrowRight => (0, true, arrow),
            Key::ArrowDown if has_two_axes => (1, false, arrow),
            Key::ArrowUp if has_two_axes => (1, true, arrow),
            Key::PageDown if has_ends => (usize::from(is_pair), false, Some(KeyStride::Page)),
            Key::PageUp if has_ends => (usize::from(is_pair), true, Some(KeyStride::Page)),
            Key::Home if has_ends => (usize::from(is_pair && modifiers.shift), false, None),
            Key::End if has_ends => (usize::from(is_pair && modifiers.shift), true, None),
            _ => return None,
        };
        Some(Self { axis, is_up, stride })
    }

    /// Moves the values and returns the actions that set them.
    pub(super) fn apply(
        self,
        target: DragTarget,
        values: &mut [f64; 2],
        gesture: Gesture,
        session: &Session,
    ) -> Vec<Action> {
        let Some(value) = self.moved_value(target, values[self.axis], session) else {
            return Vec::new();
        };
        values[self.axis] = value;
        match adjustables_of(target).get(self.axis) {
            Some(&adjustable) => {
                let turn = turn_action(adjustable, value, Some(gesture));
                match target {
                    // A map shows the selected neuron over both numbers, so it stays selected.
                    DragTarget::Pair(_) => vec![ViewChange::Highlight(Some(adjustable)).into(), turn],
                    _ => follow_actions(adjustable).chain([turn]).collect(),
                }
            }
            None => set_actions(target, *values, gesture, session),
        }
    }

    fn moved_value(self, target: DragTarget, value: f64, session: &Session) -> Option<f64> {
        let sign = if self.is_up { 1.0 } else { -1.0 };
        match target {
            DragTarget::Adjustable(_) | DragTarget::Pair(_) => {
                let scale = session
                    .document()
                    .slider_scale(*adjustables_of(target).get(self.axis)?);
                Some(match self.stride {
                    Some(stride) => scale.stepped(value, stride, self.is_up),
                    None => scale.end(self.is_up),
                })
            }
            DragTarget::Point { axes, .. } => {
                let [from, to] = axes[self.axis];
                let factor = if self.stride == Some(KeyStride::Fine) {
                    FINE_FACTOR
                } else {
                    1.0
                };
                Some(value + sign * (to - from) * POINT_STEP * factor)
            }
            DragTarget::Epoch => {
                let branch = &session.run().current_branch;
                let count = match (self.stride, self.is_up) {
                    (None, false) => return Some(0.0),
                    (None, true) => return Some(branch.last_epoch() as f64),
                    (Some(KeyStride::Page), _) => PAGE_CHECKPOINTS,
                    (Some(KeyStride::Fine | KeyStride::Increment), _) => 1,
                };
                let offset = if self.is_up { count } else { -count };
                let checkpoint = branch.checkpoint_at_offset(value as usize, offset)?;
                Some(checkpoint.epoch as f64)
            }
            // To the right means a look to the right, so the plot moves to the left.
            DragTarget::Axes([[from, to], _]) => Some(value - sign * PAN_STEP * (to - from)),
            DragTarget::Curve(_) | DragTarget::NewPoint(_) => None,
        }
    }
}

/// Returns what keys change on a focused element, if anything.
pub(super) fn target_of(placed: &PlacedElement) -> Option<DragTarget> {
    match placed.element {
        Element::MapPoint(axes) => Some(DragTarget::Pair(axes)),
        Element::LossCurve => Some(DragTarget::Epoch),
        Element::CustomPoint(_) | Element::CustomPointArea | Element::PlotArea => {
            placed.handle.map(|handle| handle.target)
        }
        element => adjustable_of(element).map(DragTarget::Adjustable),
    }
}

/// Returns the adjustable that an element changes.
pub(super) fn adjustable_of(element: Element) -> Option<Adjustable> {
    match element {
        Element::Adjustable(adjustable) | Element::Number(adjustable) | Element::CurrentPoint(adjustable) => {
            Some(adjustable)
        }
        Element::Term(knob) => Some(Adjustable::Knob(knob)),
        _ => None,
    }
}

/// Returns an element of a canvas as it was placed last, with its handle if it has one.
pub(super) fn find_placed(elements: &Elements, canvas: egui::Id, element: Element) -> Option<&PlacedElement> {
    let same = |placed: &&PlacedElement| placed.canvas == canvas && placed.element == element;
    let mut placed = elements.placed().iter().filter(same);
    let first = placed.next()?;
    let with_handle = std::iter::once(first)
        .chain(placed)
        .find(|placed| placed.handle.is_some());
    Some(with_handle.unwrap_or(first))
}

/// Returns the actions that highlight a number that is being turned and show the neuron of a knob.
pub(super) fn follow_actions(adjustable: Adjustable) -> impl Iterator<Item = Action> {
    let follow = match adjustable {
        Adjustable::Knob(knob) => Some(ViewChange::Follow(knob)),
        Adjustable::Input(_) | Adjustable::Hyperparameter(_) => None,
    };
    std::iter::once(ViewChange::Highlight(Some(adjustable)))
        .chain(follow)
        .map(Action::from)
}

pub(super) fn turn_action(adjustable: Adjustable, value: f64, gesture: Option<Gesture>) -> Action {
    Edit::Turn {
        target: adjustable,
        value,
        gesture,
    }
    .into()
}

fn adjustables_of(target: DragTarget) -> Vec<Adjustable> {
    match target {
        DragTarget::Adjustable(adjustable) => vec![adjustable],
        DragTarget::Pair(pair) => pair.to_vec(),
        DragTarget::Curve(knob) => vec![knob.into()],
        DragTarget::Point { .. } | DragTarget::NewPoint(_) | DragTarget::Epoch | DragTarget::Axes(_) => {
            Vec::new()
        }
    }
}

pub(super) fn values_of(target: DragTarget, session: &Session) -> [f64; 2] {
    match target {
        DragTarget::Adjustable(_) | DragTarget::Pair(_) | DragTarget::Curve(_) => {
            let mut values = [0.0; 2];
            for (value, adjustable) in values.iter_mut().zip(adjustables_of(target)) {
                *value = session.document().value(adjustable).unwrap_or(0.0);
            }
            values
        }
        DragTarget::Point { index, .. } => custom_points::coordinates(index, session).unwrap_or_default(),
        DragTarget::Epoch => [session.run().current_epoch as f64, 0.0],
        DragTarget::NewPoint(_) | DragTarget::Axes(_) => [0.0; 2],
    }
}

fn set_actions(target: DragTarget, values: [f64; 2], gesture: Gesture, session: &Session) -> Vec<Action> {
    match target {
        DragTarget::Adjustable(_) | DragTarget::Pair(_) | DragTarget::Curve(_) => {
            let pairs = adjustables_of(target).into_iter().zip(values);
            pairs
                .map(|(adjustable, value)| turn_action(adjustable, value, Some(gesture)))
                .collect()
        }
        DragTarget::Point { index, axes } => {
            custom_points::move_action(index, axes, values, gesture, session)
                .into_iter()
                .collect()
        }
        DragTarget::Epoch => vec![go_to_epoch(values[0])],
        DragTarget::Axes(axes) => {
            let [x, y] = [0, 1].map(|axis| Some(axes[axis].map(|end| end - values[axis])));
            vec![ViewChange::SetAxes(CurveAxes { x, y }).into()]
        }
        DragTarget::NewPoint(_) => Vec::new(),
    }
}

/// Returns the actions that set the values, except of locked numbers.
fn unlocked_set_actions(
    target: DragTarget,
    values: [f64; 2],
    gesture: Gesture,
    session: &Session,
) -> Vec<Action> {
    let mut actions = set_actions(target, values, gesture, session);
    actions.retain(|action| {
        !matches!(action, Action::Edit(Edit::Turn { target, .. }) if session.document().is_locked(*target))
    });
    actions
}

/// Returns the actions that restore what is there now, with these values.
fn restore_actions(target: DragTarget, values: [f64; 2], gesture: Gesture, session: &Session) -> Vec<Action> {
    match target {
        // Its numbers can have more digits than dragging gives.
        DragTarget::Point { index, .. } => custom_points::restore_action(index, gesture, session)
            .into_iter()
            .collect(),
        // The axes can follow the curves.
        DragTarget::Axes(_) => vec![ViewChange::SetAxes(session.view().curve_axes).into()],
        _ => unlocked_set_actions(target, values, gesture, session),
    }
}

/// Returns the action that goes to the nearest epoch.
pub(super) fn go_to_epoch(epoch: f64) -> Action {
    TrainingCommand::GoToEpoch((epoch + 0.5).max(0.0) as usize).into()
}

/// Returns the value of a neuron's knob with which its curve passes through a point of the plot.
fn curve_knob_value(knob: Knob, point: [f64; 2], session: &Session) -> Option<f64> {
    let Knob { layer, neuron, .. } = knob;
    let (document, view) = (session.document(), session.view());
    let at = NeuronAddress { layer, neuron };
    knob_value_through(document, view.swept, at, knob, view.quantity, point)
}
