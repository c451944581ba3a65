//! Points of the data that a hand sets, moves and takes away.

use egui::{Key, Modifiers, Pos2};

use crate::canvas::{Motion, Part, Placed};
use neurodial_core::data::{OwnPoint, PointTarget, Points};
use neurodial_core::session::{Action, Gesture, Session, Source};

use super::FINE;

/// How far an arrow key moves a point, as a part of the axis.
const STEP: f64 = 0.02;

/// A point in a hand.
#[derive(Debug, Clone)]
pub(super) struct Carried {
    index: usize,
    before: OwnPoint,
    /// The point where this stretch of the drag began.
    anchor: OwnPoint,
    now: OwnPoint,
}

/// The points of the session, if they are set by hand.
fn own(session: &Session) -> Option<&Points> {
    match &session.course()?.choice().source {
        Source::Own(points) => Some(points),
        _ => None,
    }
}

impl Carried {
    /// The point that a press takes, if it takes one.
    pub(super) fn pressed(placed: &Placed, session: &Session) -> Option<Self> {
        let Part::Sample(index) = placed.part else {
            return None;
        };
        let point = own(session)?.points().get(index)?.clone();
        Some(Self {
            index,
            before: point.clone(),
            anchor: point.clone(),
            now: point,
        })
    }

    /// From here on the way is counted anew.
    pub(super) fn drop_anchor(&mut self) {
        self.anchor = self.now.clone();
    }

    /// Goes the pointer's way since this stretch began, within the plane.
    pub(super) fn go(
        &mut self,
        motion: Motion,
        [from, to]: [Pos2; 2],
        is_fine: bool,
        session: &Session,
    ) -> Option<()> {
        let points = own(session)?;
        let ([x0, y0], [x1, y1]) = (motion.point(from)?, motion.point(to)?);
        let scale = if is_fine { FINE } else { 1.0 };
        let way = [scale * (x1 - x0), scale * (y1 - y0)];
        self.now = moved(points, &self.anchor, motion, way);
        Some(())
    }

    pub(super) fn turn(&self, gesture: Gesture) -> Action {
        move_to(self.index, &self.now, Some(gesture))
    }

    pub(super) fn turn_back(&self, gesture: Gesture) -> Action {
        move_to(self.index, &self.before, Some(gesture))
    }
}

fn move_to(point: usize, to: &OwnPoint, gesture: Option<Gesture>) -> Action {
    Action::MovePoint {
        point,
        inputs: to.inputs.clone(),
        target: to.target,
        gesture,
    }
}

/// A point some way off, within the plane: across and up are its two inputs, or its input and its number.
fn moved(points: &Points, from: &OwnPoint, motion: Motion, way: [f64; 2]) -> OwnPoint {
    let Motion::Spot { x, y, .. } = motion else {
        return from.clone();
    };
    let mut point = from.clone();
    let across = &mut point.inputs[0];
    *across = tidy(*across + way[0], x);
    let up = match points.names().len() {
        1 => &mut point.target,
        _ => &mut point.inputs[1],
    };
    *up = tidy(*up + way[1], y);
    point
}

/// Within the ends of an axis, and without more digits than a hand can mean.
fn tidy(value: f64, [low, high]: [f64; 2]) -> f64 {
    let digits = (3.0 - libm::floor(libm::log10((high - low).abs()))).clamp(0.0, 15.0) as usize;
    let value = value.clamp(low.min(high), high.max(low));
    format!("{value:.digits$}").parse::<f64>().unwrap_or(value) + 0.0
}

/// A new point where a click was.
pub(super) fn set(placed: &Placed, pos: Pos2, session: &Session) -> Option<Action> {
    let (Part::Field, Some(motion)) = (placed.part, placed.grip.map(|grip| grip.motion)) else {
        return None;
    };
    set_at(motion, motion.point(pos)?, session)
}

fn set_at(motion: Motion, [across, up]: [f64; 2], session: &Session) -> Option<Action> {
    let points = own(session)?;
    let brush = session.view().brush;
    let target = match points.target() {
        PointTarget::Number(_) => brush,
        PointTarget::Classes(classes) => libm::floor(brush).clamp(0.0, (classes.len() - 1) as f64),
    };
    let inputs = vec![0.0; points.names().len()];
    let target = if inputs.len() == 1 { 0.0 } else { target };
    let point = moved(points, &OwnPoint { inputs, target }, motion, [across, up]);
    Some(Action::AddPoint {
        inputs: point.inputs,
        target: point.target,
    })
}

/// What a secondary click does: it takes a point away.
pub(super) fn taken_away(part: Part, session: &Session) -> Option<Action> {
    match part {
        Part::Sample(index) if own(session).is_some() => Some(Action::RemovePoint(index)),
        _ => None,
    }
}

/// What a key does on a point, or on the plane.
pub(super) fn key(
    placed: &Placed,
    key: Key,
    modifiers: Modifiers,
    session: &Session,
    gesture: Gesture,
) -> Option<Action> {
    let motion = placed.grip?.motion;
    let Motion::Spot { x, y, .. } = motion else {
        return None;
    };
    let points = own(session)?;
    let index = match placed.part {
        Part::Sample(index) => index,
        Part::Field if matches!(key, Key::Enter | Key::Space) => {
            return set_at(motion, [0.5 * (x[0] + x[1]), 0.5 * (y[0] + y[1])], session);
        }
        _ => return None,
    };
    let point = points.points().get(index)?;
    let step = |[from, to]: [f64; 2]| (to - from) * STEP * if modifiers.shift { FINE } else { 1.0 };
    let way = match key {
        Key::ArrowLeft => [-step(x), 0.0],
        Key::ArrowRight => [step(x), 0.0],
        Key::ArrowUp => [0.0, step(y)],
        Key::ArrowDown => [0.0, -step(y)],
        Key::Delete | Key::Backspace => return Some(Action::RemovePoint(index)),
        _ => {
            // A digit is the class, counted from 1.
            let PointTarget::Classes(classes) = points.target() else {
                return None;
            };
            let digit = key.name().parse::<usize>().ok()?.checked_sub(1)?;
            let other = OwnPoint {
                target: digit as f64,
                ..point.clone()
            };
            return (digit < classes.len()).then(|| move_to(index, &other, None));
        }
    };
    Some(move_to(index, &moved(points, point, motion, way), Some(gesture)))
}
