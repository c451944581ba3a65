//! Handles for dragging elements, and the conversion of pointer movement to values.

use std::f64::consts::PI;

use egui::{CursorIcon, Pos2, Rect};

use neurodial_core::session::{Adjustable, ValueRange};

/// A way to drag an element: the number that it changes, and the conversion of pointer movement to a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handle {
    /// The knob or input that it changes; `None` for a plot area, a map, an epoch or a data point.
    pub adjusts: Option<Adjustable>,
    /// The conversion of pointer movement to a value.
    pub mapping: DragMapping,
}

/// A conversion of pointer movement to values. Positions are in points on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DragMapping {
    /// A slider track: the pointer's position gives the value.
    Track {
        /// The position of the range's lower end.
        from: Pos2,
        /// The position of the range's upper end.
        to: Pos2,
        /// The values at the two ends.
        range: ValueRange,
        /// The current position of the slider's handle. Pressing there grabs it; pressing elsewhere moves it
        /// there.
        handle_pos: Pos2,
    },
    /// Up for more and down for less, relative to the start of the drag.
    VerticalDrag {
        /// The change of the value per point of height.
        per_point: f64,
    },
    /// An area in which the pointer's position gives two values at once.
    XyPad {
        /// The area on the screen.
        rect: Rect,
        /// The knob or input of the horizontal and of the vertical axis, and the values at the axis ends.
        axes: [(Adjustable, [f64; 2]); 2],
        /// The position of the current point. Pressing there grabs it; pressing elsewhere moves it there.
        handle_pos: Pos2,
    },
    /// Around the center of a dial, clockwise for more, relative to the start of the drag.
    DialDrag {
        /// The center.
        center: Pos2,
        /// The change of the value per radian.
        per_radian: f64,
    },
    /// A curve follows the pointer: the value is the one that puts the curve there.
    CurveDrag {
        /// The plot area on the screen.
        rect: Rect,
        /// The values at the left and right end of the horizontal axis.
        x: [f64; 2],
        /// The values at the bottom and top of the vertical axis.
        y: [f64; 2],
    },
    /// Along the epochs of a run: the pointer's position gives the epoch.
    EpochDrag {
        /// The plot area on the screen.
        rect: Rect,
        /// The epochs at the left and right end.
        epochs: [f64; 2],
        /// True if a press selects the epoch at once, false if only a drag does.
        moves_on_press: bool,
    },
    /// A data point follows the pointer, or is created at its position.
    PointDrag {
        /// The plot area on the screen.
        rect: Rect,
        /// The values at the left and right end of the horizontal axis.
        x: [f64; 2],
        /// The values at the bottom and top of the vertical axis.
        y: [f64; 2],
    },
    /// The axes of a plot move with the pointer.
    PlotPan {
        /// The plot area on the screen.
        rect: Rect,
        /// The values at the left and right end of the horizontal axis.
        x: [f64; 2],
        /// The values at the bottom and top of the vertical axis.
        y: [f64; 2],
    },
}

/// The height in points over which a vertical drag covers the whole range.
const VERTICAL_DRAG_HEIGHT: f64 = 240.0;
/// The distance in points within which a press grabs a slider's handle instead of moving it.
const HANDLE_HIT_RADIUS: f32 = 10.0;

impl Handle {
    /// Creates the handle of a slider track from `from` to `to`.
    pub(crate) fn track(target: Adjustable, from: Pos2, to: Pos2, range: ValueRange, value: f64) -> Self {
        Self {
            adjusts: Some(target),
            mapping: DragMapping::track(from, to, range, value),
        }
    }

    /// Creates a handle that is dragged up and down.
    pub(crate) fn vertical_drag(target: Adjustable, range: ValueRange) -> Self {
        Self {
            adjusts: Some(target),
            mapping: DragMapping::vertical_drag(range),
        }
    }

    /// Creates the handle of a dial around `center`; the whole range takes `sweep` radians.
    pub(crate) fn dial_drag(target: Adjustable, center: Pos2, sweep: f64, range: ValueRange) -> Self {
        let per_radian = (range.max - range.min) / sweep;
        Self {
            adjusts: Some(target),
            mapping: DragMapping::DialDrag { center, per_radian },
        }
    }

    /// Creates a handle that moves the axes of a plot.
    pub(crate) fn plot_pan(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::PlotPan { rect, x, y },
        }
    }

    /// Creates the handle of a custom data point, or of the area in which one can be created.
    pub(crate) fn point_drag(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::PointDrag { rect, x, y },
        }
    }

    /// Creates the handle of a map's current point.
    pub(crate) fn xy_pad(rect: Rect, axes: [(Adjustable, [f64; 2]); 2], handle_pos: Pos2) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::XyPad {
                rect,
                axes,
                handle_pos,
            },
        }
    }

    /// Creates a handle that selects an epoch of a run.
    pub(crate) fn epoch_drag(rect: Rect, epochs: [f64; 2], moves_on_press: bool) -> Self {
        Self {
            adjusts: None,
            mapping: DragMapping::EpochDrag {
                rect,
                epochs,
                moves_on_press,
            },
        }
    }

    /// Creates the handle of a curve in that plot area.
    pub(crate) fn curve_drag(target: Adjustable, rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self {
            adjusts: Some(target),
            mapping: DragMapping::CurveDrag { rect, x, y },
        }
    }

    /// Returns the mouse cursor that shows what a drag will do.
    pub(crate) fn cursor(&self) -> CursorIcon {
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
    /// Returns the mapping after the value was set to `value`, which may have widened the range
    /// `range_before`.
    #[must_use]
    pub(crate) fn with_value(self, value: f64, range_before: ValueRange) -> Self {
        let widened = range_before.including(value);
        match self {
            // The current point on the curves moves along their axis, whose range is independent of the
            // knob's.
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

    /// Returns the value right after a press at `pos`, where `value` is the current one. Grabbing a handle
    /// doesn't change it.
    pub(crate) fn value_after_press(&self, pos: Pos2, value: f64) -> f64 {
        match *self {
            Self::Track { from, to, range, .. } if !self.is_on_handle(pos) => {
                range.value_at(track_fraction(from, to, from, pos))
            }
            _ => value,
        }
    }

    /// True if a press at `pos` grabs the handle.
    pub(crate) fn is_on_handle(&self, pos: Pos2) -> bool {
        match self {
            Self::Track { handle_pos, .. } | Self::XyPad { handle_pos, .. } => {
                pos.distance(*handle_pos) <= HANDLE_HIT_RADIUS
            }
            // A dial can be grabbed anywhere on its ring.
            Self::DialDrag { .. } => true,
            Self::VerticalDrag { .. }
            | Self::CurveDrag { .. }
            | Self::PlotPan { .. }
            | Self::PointDrag { .. }
            | Self::EpochDrag { .. } => false,
        }
    }

    /// Returns the plot coordinates at `pos`, or `None` for other mappings than [`Self::CurveDrag`],
    /// [`Self::PlotPan`] and [`Self::PointDrag`].
    pub(crate) fn point_at(&self, pos: Pos2) -> Option<[f64; 2]> {
        let (Self::CurveDrag { rect, x, y } | Self::PlotPan { rect, x, y } | Self::PointDrag { rect, x, y }) =
            *self
        else {
            return None;
        };
        let [width, height] = [rect.width(), rect.height()].map(|side| f64::from(side.max(1.0)));
        let across = (f64::from(pos.x) - f64::from(rect.left())) / width;
        let up = (f64::from(rect.bottom()) - f64::from(pos.y)) / height;
        Some([x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])])
    }

    /// Returns the epoch at `pos`, or `None` for other mappings than [`Self::EpochDrag`].
    pub(crate) fn epoch_at(&self, pos: Pos2) -> Option<usize> {
        let Self::EpochDrag { rect, epochs, .. } = *self else {
            return None;
        };
        let along = track_fraction(rect.left_top(), rect.right_top(), rect.left_top(), pos);
        let epoch = epochs[0] + along * (epochs[1] - epochs[0]);
        Some((epoch + 0.5).max(0.0) as usize)
    }

    /// Returns the change of the value when the pointer moves from `before` to `now`.
    pub(crate) fn value_change(&self, before: Pos2, now: Pos2) -> f64 {
        match *self {
            Self::Track { from, to, range, .. } => {
                track_fraction(from, to, before, now) * (range.max - range.min)
            }
            Self::VerticalDrag { per_point } => (f64::from(before.y) - f64::from(now.y)) * per_point,
            Self::DialDrag { center, per_radian } => {
                (angle(center, now) - angle(center, before)) * per_radian
            }
            Self::CurveDrag { .. }
            | Self::PlotPan { .. }
            | Self::XyPad { .. }
            | Self::PointDrag { .. }
            | Self::EpochDrag { .. } => 0.0,
        }
    }

    /// Returns the changes of the two values of an [`Self::XyPad`] when the pointer moves from `before` to
    /// `now`.
    pub(crate) fn xy_changes(&self, before: Pos2, now: Pos2) -> [f64; 2] {
        let Self::XyPad { rect, axes, .. } = self else {
            return [0.0; 2];
        };
        let corners = [
            (rect.left_bottom(), rect.right_bottom()),
            (rect.left_bottom(), rect.left_top()),
        ];
        [0, 1].map(|axis| {
            let (from, to) = corners[axis];
            let (_, [low, high]) = axes[axis];
            track_fraction(from, to, before, now) * (high - low)
        })
    }

    /// Returns 1 if a short movement crosses the bottom of a dial, where the angle jumps, clockwise, −1 if
    /// counterclockwise, else 0. The sum from press to release is the number of full turns.
    pub(crate) fn full_turns(&self, before: Pos2, now: Pos2) -> i32 {
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

    /// Returns the change of the value for one full turn of a dial.
    pub fn value_per_turn(&self) -> f64 {
        match *self {
            Self::DialDrag { per_radian, .. } => 2.0 * PI * per_radian,
            _ => 0.0,
        }
    }
}

/// Returns the angle of a point around a center in radians, clockwise from the top. It jumps at the bottom,
/// where a dial is open.
fn angle(center: Pos2, pos: Pos2) -> f64 {
    let (x, y) = (
        f64::from(pos.x) - f64::from(center.x),
        f64::from(pos.y) - f64::from(center.y),
    );
    libm::atan2(x, -y)
}

/// Returns the fraction of the track that the pointer covered, in double precision: single precision would
/// show in the sixth digit of the value.
fn track_fraction(from: Pos2, to: Pos2, before: Pos2, now: Pos2) -> f64 {
    let delta = |a: Pos2, b: Pos2| {
        let axis = |a: f32, b: f32| f64::from(b) - f64::from(a);
        [axis(a.x, b.x), axis(a.y, b.y)]
    };
    let (along, moved) = (delta(from, to), delta(before, now));
    let length_sq = along[0] * along[0] + along[1] * along[1];
    (moved[0] * along[0] + moved[1] * along[1]) / length_sq.max(1e-6)
}
