//! How a part can be taken, and how distance becomes value.

use std::f64::consts::PI;

use egui::{CursorIcon, Pos2, Rect};

use neurodial_core::session::{ValueRange, Adjustable};

/// How a part can be taken by a hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handle {
    /// What it turns; `None` for the axes of the plane.
    pub adjusts: Option<Adjustable>,
    /// How distance becomes value.
    pub mapping: DragMapping,
}

/// How the pointer's way becomes a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DragMapping {
    /// Along a track: where the pointer is says the value.
    Track {
        /// The point of the range's lower end.
        from: Pos2,
        /// The point of the range's upper end.
        to: Pos2,
        /// The values of the two ends.
        range: ValueRange,
        /// Where the handle is now; pressing on it takes it, pressing elsewhere moves it there.
        handle_pos: Pos2,
    },
    /// Up for more, down for less, from wherever it is taken.
    VerticalDrag {
        /// The value of one point of height.
        per_point: f64,
    },
    /// Anywhere on a rectangle: where the pointer is says two values at once.
    XyPad {
        /// The rectangle on the screen.
        rect: Rect,
        /// What the ways across and up turn, and the values of the ends.
        axes: [(Adjustable, [f64; 2]); 2],
        /// Where the present point is; pressing on it takes it, pressing elsewhere moves it there.
        handle_pos: Pos2,
    },
    /// Around the middle of a dial, from wherever it is taken, clockwise for more.
    DialDrag {
        /// The middle.
        center: Pos2,
        /// The value of one radian.
        per_radian: f64,
    },
    /// A curve goes with the pointer: the value is the one that puts it there.
    CurveDrag {
        /// The plane of the curve on the screen.
        rect: Rect,
        /// The axis along the width.
        x: [f64; 2],
        /// The axis along the height.
        y: [f64; 2],
    },
    /// Back and forth in the epochs of a run: where the pointer is says the epoch.
    EpochDrag {
        /// The plane of the plot on the screen.
        rect: Rect,
        /// The epochs of its left and its right end.
        epochs: [f64; 2],
        /// Whether a press goes there at once; if not, only a drag does.
        moves_on_press: bool,
    },
    /// A point of the data goes with the pointer, or is set where it is.
    PointDrag {
        /// The plane on the screen.
        rect: Rect,
        /// The axis along the width.
        x: [f64; 2],
        /// The axis along the height.
        y: [f64; 2],
    },
    /// The plane moves with the pointer.
    PlotPan {
        /// The plane on the screen.
        rect: Rect,
        /// The axis along the width.
        x: [f64; 2],
        /// The axis along the height.
        y: [f64; 2],
    },
}

/// The height over which a lever turns through its whole range, in points.
const VERTICAL_DRAG_HEIGHT: f64 = 240.0;
/// How near to a handle a press takes it instead of moving it, in points.
const HANDLE_HIT_RADIUS: f32 = 10.0;

impl Handle {
    /// A grip on a track.
    pub fn track(target: Adjustable, from: Pos2, to: Pos2, range: ValueRange, value: f64) -> Self {
        Self {
            adjusts: Some(target),
            mapping: DragMapping::track(from, to, range, value),
        }
    }

    /// A grip that turns by going up and down.
    pub fn vertical_drag(target: Adjustable, range: ValueRange) -> Self {
        Self {
            adjusts: Some(target),
            mapping: DragMapping::vertical_drag(range),
        }
    }

    /// A grip that turns around `center`; the whole range is `sweep` radians.
    pub fn dial_drag(target: Adjustable, center: Pos2, sweep: f64, range: ValueRange) -> Self {
        let per_radian = (range.max - range.min) / sweep;
        Self {
            adjusts: Some(target),
            mapping: DragMapping::DialDrag { center, per_radian },
        }
    }

    /// A grip on the plane of the curves.
    pub fn plot_pan(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::PlotPan { rect, x, y },
        }
    }

    /// A grip on a point that was set by hand, or on the plane where one can be set.
    pub fn point_drag(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::PointDrag { rect, x, y },
        }
    }

    /// A grip on the point of a map.
    pub fn xy_pad(rect: Rect, axes: [(Adjustable, [f64; 2]); 2], handle_pos: Pos2) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::XyPad { rect, axes, handle_pos },
        }
    }

    /// A grip on the epochs of a run.
    pub fn epoch_drag(rect: Rect, epochs: [f64; 2], moves_on_press: bool) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::EpochDrag {
                rect,
                epochs,
                moves_on_press,
            },
        }
    }

    /// A grip on a curve of that plane.
    pub fn curve_drag(target: Adjustable, rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            adjusts: Some(target),
            mapping: DragMapping::CurveDrag { rect, x, y },
        }
    }

    /// The pointer that says what a drag will do.
    pub fn cursor(&self) -> CursorIcon {
        match self.mapping {
            DragMapping::Track { from, to, .. } if (to - from).y.abs() > (to - from).x.abs() => {
                CursorIcon::ResizeVertical
            }
            DragMapping::Track { .. } | DragMapping::EpochDrag { .. } => CursorIcon::ResizeHorizontal,
            DragMapping::VerticalDrag { .. } => CursorIcon::ResizeVertical,
            DragMapping::DialDrag { .. } | DragMapping::CurveDrag { .. } => CursorIcon::Grab,
            DragMapping::PlotPan { .. } => CursorIcon::Move,
            DragMapping::XyPad { .. } | DragMapping::PointDrag { .. } => CursorIcon::Crosshair,
        }
    }
}

impl DragMapping {
    /// The same motion after its number was set to `value`, which may have widened the range that it had.
    #[must_use]
    pub fn with_value(self, value: f64, range_before: ValueRange) -> Self {
        let widened = range_before.including(value);
        match self {
            // The present point on the curves goes along their axis, whatever the range is.
            Self::Track { from, to, range, .. } if range != range_before => {
                Self::track(from, to, range, value)
            }
            Self::Track { from, to, .. } => Self::track(from, to, widened, value),
            Self::VerticalDrag { .. } => Self::vertical_drag(widened),
            Self::DialDrag { center, per_radian } => {
                let wider = (widened.max - widened.min) / (range_before.max - range_before.min);
                Self::DialDrag {
                    center,
                    per_radian: per_radian * wider,
                }
            }
            Self::CurveDrag { .. }
            | Self::PlotPan { .. }
            | Self::XyPad { .. }
            | Self::PointDrag { .. }
            | Self::EpochDrag { .. } => self,
        }
    }

    fn track(from: Pos2, to: Pos2, range: ValueRange, value: f64) -> Self {
        Self::Track {
            from,
            to,
            range,
            handle_pos: from + range.fraction_of(value) as f32 * (to - from),
        }
    }

    fn vertical_drag(range: ValueRange) -> Self {
        Self::VerticalDrag {
            per_point: (range.max - range.min) / VERTICAL_DRAG_HEIGHT,
        }
    }

    /// The value right after a press at `pos`, `value` being the present one. Taking a handle keeps it.
    pub fn value_after_press(&self, pos: Pos2, value: f64) -> f64 {
        match *self {
            Self::Track { from, to, range, .. } if !self.is_on_handle(pos) => {
                range.value_at(track_fraction(from, to, from, pos))
            }
            _ => value,
        }
    }

    /// Whether a press at `pos` takes a handle.
    pub fn is_on_handle(&self, pos: Pos2) -> bool {
        match self {
            Self::Track { handle_pos: handle, .. } | Self::XyPad { handle_pos: handle, .. } => pos.distance(*handle) <= HANDLE_HIT_RADIUS,
            // All of a dial's rim is there to be turned.
            Self::DialDrag { .. } => true,
            Self::VerticalDrag { .. }
            | Self::CurveDrag { .. }
            | Self::PlotPan { .. }
            | Self::PointDrag { .. }
            | Self::EpochDrag { .. } => false,
        }
    }

    /// The point of the plane that is at `pos`, for motions that have a plane.
    pub fn point_at(&self, pos: Pos2) -> Option<[f64; 2]> {
        let (Self::CurveDrag { rect, x, y } | Self::PlotPan { rect, x, y } | Self::PointDrag { rect, x, y }) = *self
        else {
            return None;
        };
        let [width, height] = [rect.width(), rect.height()].map(|side| f64::from(side.max(1.0)));
        let across = (f64::from(pos.x) - f64::from(rect.left())) / width;
        let up = (f64::from(rect.bottom()) - f64::from(pos.y)) / height;
        Some([x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])])
    }

    /// The epoch at `pos`, for a timeline.
    pub fn epoch_at(&self, pos: Pos2) -> Option<usize> {
        let Self::EpochDrag { rect, epochs, .. } = *self else {
            return None;
        };
        let along = track_fraction(rect.left_top(), rect.right_top(), rect.left_top(), pos);
        let epoch = epochs[0] + along * (epochs[1] - epochs[0]);
        Some((epoch + 0.5).max(0.0) as usize)
    }

    /// What the pointer's way from one point to another adds to the value.
    pub fn value_change(&self, before: Pos2, now: Pos2) -> f64 {
        match *self {
            Self::Track { from, to, range, .. } => track_fraction(from, to, before, now) * (range.max - range.min),
            Self::VerticalDrag { per_point } => (f64::from(before.y) - f64::from(now.y)) * per_point,
            Self::DialDrag { center, per_radian } => (angle(center, now) - angle(center, before)) * per_radian,
            Self::CurveDrag { .. }
            | Self::PlotPan { .. }
            | Self::XyPad { .. }
            | Self::PointDrag { .. }
            | Self::EpochDrag { .. } => 0.0,
        }
    }

    /// What the pointer's way from one point of a pad to another adds to its two values.
    pub fn xy_changes(&self, before: Pos2, now: Pos2) -> [f64; 2] {
        let Self::XyPad { rect, axes: turns, .. } = self else {
            return [0.0; 2];
        };
        let corners = [
            (rect.left_bottom(), rect.right_bottom()),
            (rect.left_bottom(), rect.left_top()),
        ];
        [0, 1].map(|axis| {
            let (from, to) = corners[axis];
            let (_, [low, high]) = turns[axis];
            track_fraction(from, to, before, now) * (high - low)
        })
    }

    /// How often a short way of the pointer goes through where the angle around a dial begins anew: 1 clockwise, −1
    /// the other way. Added up from press to release it says how often the hand went round.
    pub fn full_turns(&self, before: Pos2, now: Pos2) -> i32 {
        let Self::DialDrag { center, .. } = *self else {
            return 0;
        };
        let swept = angle(center, now) - angle(center, before);
        if swept < -PI {
            1
        } else if swept > PI {
            -1
        } else {
            0
        }
    }

    /// What going round once adds to the value.
    pub fn value_per_turn(&self) -> f64 {
        match *self {
            Self::DialDrag { per_radian, .. } => 2.0 * PI * per_radian,
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
fn track_fraction(from: Pos2, to: Pos2, before: Pos2, now: Pos2) -> f64 {
    let way = |a: Pos2, b: Pos2| {
        let axis = |a: f32, b: f32| f64::from(b) - f64::from(a);
        [axis(a.x, b.x), axis(a.y, b.y)]
    };
    let (along, moved) = (way(from, to), way(before, now));
    let length_sq = along[0] * along[0] + along[1] * along[1];
    (moved[0] * along[0] + moved[1] * along[1]) / length_sq.max(1e-6)
}
