//! Actions on custom points.

use std::sync::Arc;

use crate::data::{CustomPoint, CustomPoints, CustomPointsError};

use super::history::UndoChange;
use super::{ActionError, DataSource, Gesture, Session, TrainingConfig, TrainingSetup};

pub(super) fn add(session: &mut Session, inputs: Vec<f64>, target: f64) -> Result<(), ActionError> {
    let point = CustomPoint { inputs, target };
    edit(session, "set a point", None, |points| points.with_point(point))
}

pub(super) fn replace(
    session: &mut Session,
    index: usize,
    inputs: Vec<f64>,
    target: f64,
    gesture: Option<Gesture>,
) -> Result<(), ActionError> {
    let point = CustomPoint { inputs, target };
    edit(session, "move a point", gesture, |points| {
        points.with_point_replaced(index, point)
    })
}

pub(super) fn remove(session: &mut Session, index: usize) -> Result<(), ActionError> {
    edit(session, "remove a point", None, |points| {
        points.without_point(index)
    })
}

/// Replaces the custom points of the current setup by those that `edit_points` returns.
fn edit(
    session: &mut Session,
    label: &str,
    gesture: Option<Gesture>,
    edit_points: impl FnOnce(&CustomPoints) -> Result<CustomPoints, CustomPointsError>,
) -> Result<(), ActionError> {
    let Some((setup, DataSource::Custom(points))) =
        session.setup().map(|setup| (setup, &setup.config().source))
    else {
        return Err(ActionError::Data(
            "these points can’t be moved; edit a copy of them in the Data pane".to_owned(),
        ));
    };
    let points = edit_points(points).map_err(|e| ActionError::Data(e.to_string()))?;
    let config = TrainingConfig {
        source: DataSource::Custom(Arc::new(points)),
        ..setup.config().clone()
    };
    let setup = TrainingSetup::new(config).map_err(|e| ActionError::Data(e.to_string()))?;
    session.apply_changes(
        || label.to_owned(),
        gesture,
        vec![UndoChange::TrainingSetup(Some(Arc::new(setup)))],
    );
    Ok(())
}
