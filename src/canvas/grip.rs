//! How a part can be taken, and how distance becomes value.

use std::f64::consts::PI;

use egui::{CursorIcon, Pos2, Rect};

use neurodial_core::session::{Range, Target};

/// How a part can be taken by a hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grip {
    /// What it turns; `None` for the axes of the plane.
    pub turns: Option<Target>,
    /// How distance becomes value.
    pub motion: Motion,
}

/// How the pointer's way becomes a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Motion {
    /// Along a track: where the pointer is says the value.
    Track {
        /// The point of the range's lower end.
        from: Pos2,
        /// The point of the range's upper end.
        to: Pos2,
        /// The values of the two ends.
        range: Range,
        /// Where the handle is now; pressing on it takes it, pressing elsewhere moves it there.
        handle: Pos2,
    },
    /// Up for more, down for less, from wherever it is taken.
    Lever {
        /// The value of one point of height.
        per_point: f64,
    },
    /// Anywhere on a rectangle: where the pointer is says two values at once.
    Pad {
        /// The rectangle on the screen.
        rect: Rect,
        /// What the ways across and up turn, and the values of the ends.
        turns: [(Target, [f64; 2]); 2],
        /// Where the present point is; pressing on it takes it, pressing elsewhere moves it there.
        handle: Pos2,
    },
    /// Around the middle of a dial, from wherever it is taken, clockwise for more.
    Round {
        /// The middle.
        center: Pos2,
        /// The value of one radian.
        per_radian: f64,
    },
    /// A curve goes with the pointer: the value is the one that puts it there.
    Curve {
        /// The plane of the curve on the screen.
        rect: Rect,
        /// The axis along the width.
        x: [f64; 2],
        /// The axis along the height.
        y: [f64; 2],
    },
    /// Back and forth in the epochs of a run: where the pointer is says the epoch.
    Timeline {
        /// The plane of the plot on the screen.
        rect: Rect,
        /// The epochs of its left and its right end.
        epochs: [f64; 2],
        /// Whether a press goes there at once; if not, only a drag does.
        is_pressed: bool,
    },
    /// A point of the data goes with the pointer, or is set where it is.
    Spot {
        /// The plane on the screen.
        rect: Rect,
        /// The axis along the width.
        x: [f64; 2],
        /// The axis along the height.
        y: [f64; 2],
    },
    /// The plane moves with the pointer.
    Plane {
        /// The plane on the screen.
        rect: Rect,
        /// The axis along the width.
        x: [f64; 2],
        /// The axis along the height.
        y: [f64; 2],
    },
}

/// The height over which a lever turns through its whole range, in points.
const LEVER_HEIGHT: f64 = 240.0;
/// How near to a handle a press takes it instead of moving it, in points.
const HANDLE_REACH: f32 = 10.0;

impl Grip {
    /// A grip on a track.
    pub fn track(target: Target, from: Pos2, to: Pos2, range: Range, value: f64) -> Self {
        Self {
            turns: Some(target),
            motion: Motion::track(from, to, range, value),
        }
    }

    /// A grip that turns by going up and down.
    pub fn lever(target: Target, range: Range) -> Self {
        Self {
            turns: Some(target),
            motion: Motion::lever(range),
        }
    }

    /// A grip that turns around `center`; the whole range is `sweep` radians.
    pub fn round(target: Target, center: Pos2, sweep: f64, range: Range) -> Self {
        let per_radian = (range.max - range.min) / sweep;
        Self {
            turns: Some(target),
            motion: Motion::Round { center, per_radian },
        }
    }

    /// A grip on the plane of the curves.
    pub fn plane(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            turns: None,
            motion: Motion::Plane { rect, x, y },
        }
    }

    /// A grip on a point that was set by hand, or on the plane where one can be set.
    pub fn spot(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            turns: None,
            motion: Motion::Spot { rect, x, y },
        }
    }

    /// A grip on the point of a map.
    pub fn pad(rect: Rect, turns: [(Target, [f64; 2]); 2], handle: Pos2) -> Self {
        Self {
            turns: None,
            motion: Motion::Pad { rect, turns, handle },
        }
    }

    /// A grip on the epochs of a run.
    pub fn timeline(rect: Rect, epochs: [f64; 2], is_pressed: bool) -> Self {
        Self {
            turns: None,
            motion: Motion::Timeline {
                rect,
                epochs,
                is_pressed,
            },
        }
    }

    /// A grip on a curve of that plane.
    pub fn curve(target: Target, rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            turns: Some(target),
            motion: Motion::Curve { rect, x, y },
        }
    }

    /// The pointer that says what a drag will do.
    pub fn cursor(&self) -> CursorIcon {
        match self.motion {
            Motion::Track { from, to, .. } if (to - from).y.abs() > (to - from).x.abs() => {
                CursorIcon::ResizeVertical
            }
            Motion::Track { .. } | Motion::Timeline { .. } => CursorIcon::ResizeHorizontal,
            Motion::Lever { .. } => CursorIcon::ResizeVertical,
            Motion::Round { .. } | Motion::Curve { .. } => CursorIcon::Grab,
            Motion::Plane { .. } => CursorIcon::Move,
            Motion::Pad { .. } | Motion::Spot { .. } => CursorIcon::Crosshair,
        }
    }
}

impl Motion {
    /// The same motion after its number was set to `value`, which may have widened the range that it had.
    #[must_use]
    pub fn after(self, value: f64, range_before: Range) -> Self {
        let widened = range_before.including(value);
        match self {
            // The present point on the curves goes along their axis, whatever the range is.
            Self::Track { from, to, range, .. } if range != range_before => {
                Self::track(from, to, range, value)
            }
            Self::Track { from, to, .. } => Self::track(from, to, widened, value),
            Self::Lever { .. } => Self::lever(widened),
            Self::Round { center, per_radian } => {
                let wider = (widened.max - widened.min) / (range_before.max - range_before.min);
                Self::Round {
                    center,
                    per_radian: per_radian * wider,
                }
            }
            Self::Curve { .. }
            | Self::Plane { .. }
            | Self::Pad { .. }
            | Self::Spot { .. }
            | Self::Timeline { .. } => self,
        }
    }

    fn track(from: Pos2, to: Pos2, range: Range, value: f64) -> Self {
        Self::Track {
            from,
            to,
            range,
            handle: from + range.fraction_of(value) as f32 * (to - from),
        }
    }

    fn lever(range: Range) -> Self {
        Self::Lever {
            per_point: (range.max - range.min) / LEVER_HEIGHT,
        }
    }

    /// The value right after a press at `pos`, `value` being the present one. Taking a handle keeps it.
    pub fn pressed(&self, pos: Pos2, value: f64) -> f64 {
        match *self {
            Self::Track { from, to, range, .. } if !self.is_on_handle(pos) => {
                range.value_at(fraction(from, to, from, pos))
            }
            _ => value,
        }
    }

    /// Whether a press at `pos` takes a handle.
    pub fn is_on_handle(&self, pos: Pos2) -> bool {
        match self {
            Self::Track { handle, .. } | Self::Pad { handle, .. } => pos.distance(*handle) <= HANDLE_REACH,
            // All of a dial's rim is there to be turned.
            Self::Round { .. } => true,
            Self::Lever { .. }
            | Self::Curve { .. }
            | Self::Plane { .. }
            | Self::Spot { .. }
            | Self::Timeline { .. } => false,
        }
    }

    /// The point of the plane that is at `pos`, for motions that have a plane.
    pub fn point(&self, pos: Pos2) -> Option<[f64; 2]> {
        let (Self::Curve { rect, x, y } | Self::Plane { rect, x, y } | Self::Spot { rect, x, y }) = *self
        else {
            return None;
        };
        let [width, height] = [rect.width(), rect.height()].map(|side| f64::from(side.max(1.0)));
        let across = (f64::from(pos.x) - f64::from(rect.left())) / width;
        let up = (f64::from(rect.bottom()) - f64::from(pos.y)) / height;
        Some([x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])])
    }

    /// The epoch at `pos`, for a timeline.
    pub fn epoch(&self, pos: Pos2) -> Option<usize> {
        let Self::Timeline { rect, epochs, .. } = *self else {
            return None;
        };
        let along = fraction(rect.left_top(), rect.right_top(), rect.left_top(), pos);
        let epoch = epochs[0] + along * (epochs[1] - epochs[0]);
        Some((epoch + 0.5).max(0.0) as usize)
    }

    /// What the pointer's way from one point to another adds to the value.
    pub fn difference(&self, before: Pos2, now: Pos2) -> f64 {
        match *self {
            Self::Track { from, to, range, .. } => fraction(from, to, before, now) * (range.max - range.min),
            Self::Lever { per_point } => (f64::from(before.y) - f64::from(now.y)) * per_point,
            Self::Round { center, per_radian } => (angle(center, now) - angle(center, before)) * per_radian,
            Self::Curve { .. }
            | Self::Plane { .. }
            | Self::Pad { .. }
            | Self::Spot { .. }
            | Self::Timeline { .. } => 0.0,
        }
    }

    /// What the pointer's way from one point of a pad to another adds to its two values.
    pub fn differences(&self, before: Pos2, now: Pos2) -> [f64; 2] {
        let Self::Pad { rect, turns, .. } = self else {
            return [0.0; 2];
        };
        let corners = [
            (rect.left_bottom(), rect.right_bottom()),
            (rect.left_bottom(), rect.left_top()),
        ];
        [0, 1].map(|axis| {
            let (from, to) = corners[axis];
            let (_, [low, high]) = turns[axis];
            fraction(from, to, before, now) * (high - low)
        })
    }

    /// How often a short way of the pointer goes through where the angle around a dial begins anew: 1 clockwise, −1
    /// the other way. Added up from press to release it says how often the hand went round.
    pub fn rounds(&self, before: Pos2, now: Pos2) -> i32 {
        let Self::Round { center, .. } = *self else {
            return 0;
        };
        let way = angle(center, now) - angle(center, before);
        if way < -PI {
            1
        } else if way > PI {
            -1
        } else {
            0
        }
    }

    /// What going round once adds to the value.
    pub fn value_of_round(&self) -> f64 {
        match *self {
            Self::Round { per_radian, .. } => 2.0 * PI * per_radian,
            _ => 0.0,
        }
    }
}

/// The angle of a point around a middle in radians, clockwise from the top; it begins anew below, where a dial is
/// open.
fn angle(center: Pos2, pos: Pos2) -> f64 {
    let (x, y) = (
        f64::from(pos.x) - f64::from(center.x),
        f64::from(pos.y) - f64::from(center.y),
    );
    libm::atan2(x, -y)
}

/// How much of the way between the ends of a track the pointer went, in double precision: single would show in
/// the sixth digit of the value.
fn fraction(from: Pos2, to: Pos2, before: Pos2, now: Pos2) -> f64 {
    let way = |a: Pos2, b: Pos2| {
        let axis = |a: f32, b: f32| f64::from(b) - f64::from(a);
        [axis(a.x, b.x), axis(a.y, b.y)]
    };
    let (along, moved) = (way(from, to), way(before, now));
    let length_sq = along[0] * along[0] + along[1] * along[1];
    (moved[0] * along[0] + moved[1] * along[1]) / length_sq.max(1e-6)
}
