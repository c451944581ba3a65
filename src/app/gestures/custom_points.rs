//! Adding, moving and removing custom data points.

use egui::{Key, Modifiers, Pos2};

use crate::canvas::{DragMapping, Element, PlacedElement};
use neurodial_core::data::{CustomPoint, CustomPoints, PointTarget};
use neurodial_core::session::{Action, DataSource, Edit, Gesture, Session};

use super::FINE_FACTOR;

/// The distance by which an arrow key moves a point, as a fraction of the axis.
const KEY_STEP: f64 = 0.02;

/// A custom point that is being dragged.
#[derive(Debug, Clone)]
pub(super) struct CustomPointDrag {
    index: usize,
    before: CustomPoint,
    /// The point where this part of the drag began.
    anchor: CustomPoint,
    current: CustomPoint,
}

/// Returns the session's points, if its data are custom points.
fn session_points(session: &Session) -> Option<&CustomPoints> {
    match &session.setup()?.config().source {
        DataSource::Custom(points) => Some(points),
        _ => None,
    }
}

impl CustomPointDrag {
    /// Starts dragging the point that was pressed, if it is one.
    pub(super) fn begin(placed: &PlacedElement, session: &Session) -> Option<Self> {
        let Element::CustomPoint(index) = placed.element else {
            return None;
        };
        let point = session_points(session)?.points().get(index)?.clone();
        Some(Self {
            index,
            before: point.clone(),
            anchor: point.clone(),
            current: point,
        })
    }

    /// Measures distances from the current position from now on.
    pub(super) fn reset_anchor(&mut self) {
        self.anchor = self.current.clone();
    }

    /// Moves by the pointer's distance from `from` to `to`, within the plot area. Returns `None` if there are
    /// no custom points or the handle has no plot area.
    pub(super) fn move_by(
        &mut self,
        mapping: DragMapping,
        [from, to]: [Pos2; 2],
        is_fine: bool,
        session: &Session,
    ) -> Option<()> {
        let points = session_points(session)?;
        let ([x0, y0], [x1, y1]) = (mapping.point_at(from)?, mapping.point_at(to)?);
        let scale = if is_fine { FINE_FACTOR } else { 1.0 };
        let distance = [scale * (x1 - x0), scale * (y1 - y0)];
        self.current = moved_point(points, &self.anchor, mapping, distance);
        Some(())
    }

    pub(super) fn action(&self, gesture: Gesture) -> Action {
        move_to(self.index, &self.current, Some(gesture))
    }

    pub(super) fn revert_action(&self, gesture: Gesture) -> Action {
        move_to(self.index, &self.before, Some(gesture))
    }
}

fn move_to(point: usize, to: &CustomPoint, gesture: Option<Gesture>) -> Action {
    Edit::MovePoint {
        point,
        inputs: to.inputs.clone(),
        target: to.target,
        gesture,
    }
    .into()
}

/// Returns a point moved by a distance, within the plot area. The axes are its two inputs, or its input and
/// its target value.
fn moved_point(
    points: &CustomPoints,
    from: &CustomPoint,
    mapping: DragMapping,
    distance: [f64; 2],
) -> CustomPoint {
    let DragMapping::PointDrag { x, y, .. } = mapping else {
        return from.clone();
    };
    let mut point = from.clone();
    let across = &mut point.inputs[0];
    *across = round_to_axis(*across + distance[0], x);
    let up = match points.input_names().len() {
        1 => &mut point.target,
        _ => &mut point.inputs[1],
    };
    *up = round_to_axis(*up + distance[1], y);
    point
}

/// Clamps a value to an axis and rounds it to about three digits of the axis length.
fn round_to_axis(value: f64, [low, high]: [f64; 2]) -> f64 {
    let digits = (3.0 - libm::floor(libm::log10((high - low).abs()))).clamp(0.0, 15.0) as usize;
    let value = value.clamp(low.min(high), high.max(low));
    format!("{value:.digits$}").parse::<f64>().unwrap_or(value) + 0.0
}

/// Returns the action that adds a point where the user clicked.
pub(super) fn add_point(placed: &PlacedElement, pos: Pos2, session: &Session) -> Option<Action> {
    let (Element::CustomPointArea, Some(mapping)) =
        (placed.element, placed.handle.map(|handle| handle.mapping))
    else {
        return None;
    };
    add_point_at(mapping, mapping.point_at(pos)?, session)
}

fn add_point_at(mapping: DragMapping, [across, up]: [f64; 2], session: &Session) -> Option<Action> {
    let points = session_points(session)?;
    let new_point_label = session.view().new_point_label;
    let target = match points.target() {
        PointTarget::Number(_) => new_point_label,
        PointTarget::Classes(classes) => libm::floor(new_point_label).clamp(0.0, (classes.len() - 1) as f64),
    };
    let inputs = vec![0.0; points.input_names().len()];
    let target = if inputs.len() == 1 { 0.0 } else { target };
    let point = moved_point(points, &CustomPoint { inputs, target }, mapping, [across, up]);
    Some(
        Edit::AddPoint {
            inputs: point.inputs,
            target: point.target,
        }
        .into(),
    )
}

/// Returns the action of a right-click on a point: it is removed.
pub(super) fn remove_point(element: Element, session: &Session) -> Option<Action> {
    match element {
        Element::CustomPoint(index) if session_points(session).is_some() => {
            Some(Edit::RemovePoint(index).into())
        }
        _ => None,
    }
}

/// Returns the action of a key on a point or on the plot area.
pub(super) fn key_action(
    placed: &PlacedElement,
    key: Key,
    modifiers: Modifiers,
    session: &Session,
    gesture: Gesture,
) -> Option<Action> {
    let mapping = placed.handle?.mapping;
    let DragMapping::PointDrag { x, y, .. } = mapping else {
        return None;
    };
    let points = session_points(session)?;
    let index = match placed.element {
        Element::CustomPoint(index) => index,
        Element::CustomPointArea if matches!(key, Key::Enter | Key::Space) => {
            return add_point_at(mapping, [0.5 * (x[0] + x[1]), 0.5 * (y[0] + y[1])], session);
        }
        _ => return None,
    };
    let point = points.points().get(index)?;
    let step =
        |[from, to]: [f64; 2]| (to - from) * KEY_STEP * if modifiers.shift { FINE_FACTOR } else { 1.0 };
    let distance = match key {
        Key::ArrowLeft => [-step(x), 0.0],
        Key::ArrowRight => [step(x), 0.0],
        Key::ArrowUp => [0.0, step(y)],
        Key::ArrowDown => [0.0, -step(y)],
        Key::Delete | Key::Backspace => return Some(Edit::RemovePoint(index).into()),
        _ => {
            // A digit sets the class, counted from 1.
            let PointTarget::Classes(classes) = points.target() else {
                return None;
            };
            let digit = key.name().parse::<usize>().ok()?.checked_sub(1)?;
            let other = CustomPoint {
                target: digit as f64,
                ..point.clone()
            };
            return (digit < classes.len()).then(|| move_to(index, &other, None));
        }
    };
    Some(move_to(
        index,
        &moved_point(points, point, mapping, distance),
        Some(gesture),
    ))
}
