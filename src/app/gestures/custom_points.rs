//! Adding, moving and removing custom data points.

use egui::{Key, Pos2};

use crate::canvas::{DragTarget, Element, PlacedElement};
use neurodial_core::data::{CustomPoint, CustomPoints, PointTarget};
use neurodial_core::session::{Action, DataSource, Edit, Gesture, Session};

/// Returns the session's points, if its data are custom points.
fn session_points(session: &Session) -> Option<&CustomPoints> {
    match &session.setup()?.config().source {
        DataSource::Custom(points) => Some(points),
        _ => None,
    }
}

/// Returns the coordinates of a point: its two inputs, or its input and its target value.
pub(super) fn coordinates(index: usize, session: &Session) -> Option<[f64; 2]> {
    let point = session_points(session)?.points().get(index)?;
    let up = point.inputs.get(1).copied().unwrap_or(point.target);
    Some([*point.inputs.first()?, up])
}

/// Returns the action that moves a point to coordinates, within the plot area.
pub(super) fn move_action(
    index: usize,
    axes: [[f64; 2]; 2],
    coordinates: [f64; 2],
    gesture: Gesture,
    session: &Session,
) -> Option<Action> {
    let point = session_points(session)?.points().get(index)?;
    let moved = with_coordinates(point.clone(), axes, coordinates)?;
    Some(replace_action(index, moved, Some(gesture)))
}

/// Returns the action that restores a point as it is now.
pub(super) fn restore_action(index: usize, gesture: Gesture, session: &Session) -> Option<Action> {
    let point = session_points(session)?.points().get(index)?;
    Some(replace_action(index, point.clone(), Some(gesture)))
}

fn replace_action(point: usize, to: CustomPoint, gesture: Option<Gesture>) -> Action {
    Edit::MovePoint {
        point,
        inputs: to.inputs,
        target: to.target,
        gesture,
    }
    .into()
}

/// Returns a point with other coordinates, rounded and within the plot area.
fn with_coordinates(
    mut point: CustomPoint,
    axes: [[f64; 2]; 2],
    coordinates: [f64; 2],
) -> Option<CustomPoint> {
    let [across, up] = [0, 1].map(|axis| round_to_axis(coordinates[axis], axes[axis]));
    *point.inputs.first_mut()? = across;
    *point.inputs.get_mut(1).unwrap_or(&mut point.target) = up;
    Some(point)
}

/// Clamps a value to an axis and rounds it to about three digits of the axis length.
fn round_to_axis(value: f64, [low, high]: [f64; 2]) -> f64 {
    let digits = (3.0 - libm::floor(libm::log10((high - low).abs()))).clamp(0.0, 15.0) as usize;
    let value = value.clamp(low.min(high), high.max(low));
    format!("{value:.digits$}").parse::<f64>().unwrap_or(value) + 0.0
}

/// Returns the action that adds a point where the user clicked.
pub(super) fn add_point(placed: &PlacedElement, pos: Pos2, session: &Session) -> Option<Action> {
    let handle = placed.handle?;
    match handle.target {
        DragTarget::NewPoint(axes) => add_point_at(axes, handle.mapping.values_at(pos)?, session),
        _ => None,
    }
}

fn add_point_at(axes: [[f64; 2]; 2], coordinates: [f64; 2], session: &Session) -> Option<Action> {
    let points = session_points(session)?;
    let new_point_label = session.view().new_point_label;
    let target = match points.target() {
        PointTarget::Number(_) => new_point_label,
        PointTarget::Classes(classes) => libm::floor(new_point_label).clamp(0.0, (classes.len() - 1) as f64),
    };
    let inputs = vec![0.0; points.input_names().len()];
    let point = with_coordinates(CustomPoint { inputs, target }, axes, coordinates)?;
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

/// Returns the action of a key on a point or on the plot area, besides moving the point.
pub(super) fn key_action(target: DragTarget, key: Key, session: &Session) -> Option<Action> {
    match (target, key) {
        (DragTarget::NewPoint(axes), Key::Enter | Key::Space) => {
            add_point_at(axes, axes.map(|[from, to]| 0.5 * (from + to)), session)
        }
        (DragTarget::Point { index, .. }, Key::Delete | Key::Backspace) => {
            remove_point(Element::CustomPoint(index), session)
        }
        (DragTarget::Point { index, .. }, _) => {
            // A digit sets the class, counted from 1.
            let points = session_points(session)?;
            let PointTarget::Classes(classes) = points.target() else {
                return None;
            };
            let class = key.name().parse::<usize>().ok()?.checked_sub(1)?;
            let point = CustomPoint {
                target: class as f64,
                ..points.points().get(index)?.clone()
            };
            (class < classes.len()).then(|| replace_action(index, point, None))
        }
        _ => None,
    }
}
