//! Actions on points that are set by hand.

use std::sync::Arc;

use crate::data::{OwnPoint, Points, PointsError};

use super::history::Piece;
use super::{Choice, Course, Gesture, Refusal, Session, Source};

pub(super) fn add(session: &mut Session, inputs: Vec<f64>, target: f64) -> Result<(), Refusal> {
    let point = OwnPoint { inputs, target };
    edit(session, "set a point", None, |points| points.added(point))
}

pub(super) fn change(
    session: &mut Session,
    index: usize,
    inputs: Vec<f64>,
    target: f64,
    gesture: Option<Gesture>,
) -> Result<(), Refusal> {
    let point = OwnPoint { inputs, target };
    edit(session, "move a point", gesture, |points| {
        points.replaced(index, point)
    })
}

pub(super) fn remove(session: &mut Session, index: usize) -> Result<(), Refusal> {
    edit(session, "remove a point", None, |points| points.removed(index))
}

fn edit(
    session: &mut Session,
    label: &str,
    gesture: Option<Gesture>,
    make: impl FnOnce(&Points) -> Result<Points, PointsError>,
) -> Result<(), Refusal> {
    let course = session.course();
    let Some((course, Source::Own(points))) = course.map(|course| (course, &course.choice().source)) else {
        return Err(Refusal::Data(
            "these points can’t be moved; edit a copy of them in the Data pane".to_owned(),
        ));
    };
    let points = make(points).map_err(|e| Refusal::Data(e.to_string()))?;
    let choice = Choice {
        source: Source::Own(Arc::new(points)),
        ..course.choice().clone()
    };
    let course = Course::new(choice).map_err(|e| Refusal::Data(e.to_string()))?;
    session.change(
        || label.to_owned(),
        gesture,
        vec![Piece::Course(Some(Arc::new(course)))],
    );
    Ok(())
}
