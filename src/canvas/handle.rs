//! Handles for dragging elements, and the conversion of pointer movement to values.

use std::f64::consts::PI;

use egui::{CursorIcon, Pos2, Rect};

use neurodial_core::network::Knob;
use neurodial_core::session::slider_scale::SliderScale;
use neurodial_core::session::{Adjustable, ValueRange};

use super::hit_shape::TOUCH_SIZE;

/// A way to drag an element: what it changes, and the conversion of pointer movement to values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Handle {
    /// The target of a drag.
    pub target: DragTarget,
    /// The conversion of pointer movement to values.
    pub mapping: DragMapping,
    /// True if a press beside the handle moves the values to the pointer at once.
    pub moves_on_press: bool,
}

/// The target of a drag: one number or two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DragTarget {
    /// A number of the session.
    Adjustable(Adjustable),
    /// The numbers of the horizontal and of the vertical axis of a map.
    Pair([Adjustable; 2]),
    /// The knob of a neuron by which its curve follows the pointer.
    Curve(Knob),
    /// The coordinates of a custom data point.
    Point {
        /// The point, counted from 0.
        index: usize,
        /// The values at the ends of the horizontal and of the vertical axis.
        axes: [[f64; 2]; 2],
    },
    /// The area in which a click adds a custom data point. A drag has no effect.
    NewPoint([[f64; 2]; 2]),
    /// The current epoch of a run.
    Epoch,
    /// The distance by which the axes of a plot have moved from these ends.
    Axes([[f64; 2]; 2]),
}

/// A conversion of pointer movement to values. Positions are in points on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DragMapping {
    /// A slider track: the pointer's position gives the value.
    Track {
        /// The position of the lower end.
        from: Pos2,
        /// The position of the upper end.
        to: Pos2,
        /// The values along the track.
        scale: SliderScale,
        /// The current position of the slider's handle, if a press grabs it only there.
        handle_pos: Option<Pos2>,
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
        /// The values at the ends of the horizontal and of the vertical axis.
        axes: [[f64; 2]; 2],
        /// The position of the current point, if a press grabs it only there.
        handle_pos: Option<Pos2>,
    },
    /// Around the center of a dial, clockwise for more, relative to the start of the drag.
    DialDrag {
        /// The center.
        center: Pos2,
        /// The change of the value per radian.
        per_radian: f64,
    },
}

/// The factor by which Shift slows a change.
pub(crate) const FINE_FACTOR: f64 = 0.1;
/// The height in points over which a vertical drag covers the whole range.
const VERTICAL_DRAG_HEIGHT: f64 = 240.0;
/// The distance in points within which a press grabs a slider's handle instead of moving it.
const HANDLE_HIT_RADIUS: f32 = 10.0;

impl Handle {
    fn new(target: DragTarget, mapping: DragMapping) -> Self {
        Self {
            target,
            mapping,
            moves_on_press: false,
        }
    }

    /// Creates the handle of a slider track from `from` to `to`.
    pub(crate) fn track(
        target: Adjustable,
        from: Pos2,
        to: Pos2,
        scale: impl Into<SliderScale>,
        value: f64,
    ) -> Self {
        Self {
            moves_on_press: true,
            ..Self::new(
                DragTarget::Adjustable(target),
                DragMapping::track(from, to, scale.into(), value),
            )
        }
    }

    /// Returns the handle for dragging a track from elsewhere: a press doesn't move the value.
    #[must_use]
    pub(crate) fn beside_track(mut self) -> Self {
        self.moves_on_press = false;
        self
    }

    /// Creates a handle that is dragged up and down.
    pub(crate) fn vertical_drag(target: Adjustable, range: ValueRange) -> Self {
        Self::new(DragTarget::Adjustable(target), DragMapping::vertical_drag(range))
    }

    /// Creates the handle of a dial around `center`; the whole range takes `sweep` radians.
    pub(crate) fn dial_drag(target: Adjustable, center: Pos2, sweep: f64, range: ValueRange) -> Self {
        let per_radian = (range.max - range.min) / sweep;
        Self::new(
            DragTarget::Adjustable(target),
            DragMapping::DialDrag { center, per_radian },
        )
    }

    /// Creates a handle that moves the axes of a plot.
    pub(crate) fn plot_pan(rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self::new(DragTarget::Axes([x, y]), DragMapping::xy_pad(rect, [x, y]))
    }

    /// Creates the handle of a custom data point, or, without an index, of the area in which one can be
    /// created.
    pub(crate) fn point_drag(index: Option<usize>, rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        let axes = [x, y];
        let target = match index {
            Some(index) => DragTarget::Point { index, axes },
            None => DragTarget::NewPoint(axes),
        };
        Self::new(target, DragMapping::xy_pad(rect, axes))
    }

    /// Creates the handle of a map's current point.
    pub(crate) fn xy_pad(rect: Rect, axes: [(Adjustable, [f64; 2]); 2], handle_pos: Pos2) -> Self {
        Self {
            target: DragTarget::Pair(axes.map(|(target, _)| target)),
            mapping: DragMapping::XyPad {
                rect,
                axes: axes.map(|(_, ends)| ends),
                handle_pos: Some(handle_pos),
            },
            moves_on_press: true,
        }
    }

    /// Creates a handle that selects an epoch of a run.
    pub(crate) fn epoch_drag(rect: Rect, epochs: [f64; 2], moves_on_press: bool) -> Self {
        Self {
            moves_on_press,
            ..Self::new(DragTarget::Epoch, DragMapping::xy_pad(rect, [epochs, [0.0, 1.0]]))
        }
    }

    /// Creates the handle of a curve in that plot area.
    pub(crate) fn curve_drag(knob: Knob, rect: Rect, x: [f64; 2], y: [f64; 2]) -> Self {
        Self::new(DragTarget::Curve(knob), DragMapping::xy_pad(rect, [x, y]))
    }

    /// True if a press at `pos` moves the values there at once.
    pub(crate) fn moves_at(&self, pos: Pos2) -> bool {
        self.moves_on_press && !self.mapping.is_on_handle(pos)
    }

    /// Returns the mouse cursor that shows what a drag will do, or does.
    pub(crate) fn cursor(&self, is_dragged: bool) -> CursorIcon {
        let grab = if is_dragged {
            CursorIcon::Grabbing
        } else {
            CursorIcon::Grab
        };
        match (self.target, self.mapping) {
            (_, DragMapping::Track { from, to, .. }) if (to - from).y.abs() > (to - from).x.abs() => {
                CursorIcon::ResizeVertical
            }
            (_, DragMapping::Track { .. }) | (DragTarget::Epoch, _) => CursorIcon::ResizeHorizontal,
            (_, DragMapping::VerticalDrag { .. }) => CursorIcon::ResizeVertical,
            (_, DragMapping::DialDrag { .. }) | (DragTarget::Curve(_), _) => grab,
            (DragTarget::Axes(_), _) if is_dragged => CursorIcon::Grabbing,
            (DragTarget::Axes(_), _) => CursorIcon::Move,
            (
                DragTarget::Adjustable(_)
                | DragTarget::Pair(_)
                | DragTarget::Point { .. }
                | DragTarget::NewPoint(_),
                DragMapping::XyPad { .. },
            ) => CursorIcon::Crosshair,
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
            Self::Track { from, to, scale, .. } if scale != SliderScale::from(range_before) => {
                Self::track(from, to, scale, value)
            }
            Self::Track { from, to, .. } => Self::track(from, to, widened.into(), value),
            Self::VerticalDrag { .. } => Self::vertical_drag(widened),
            Self::DialDrag { center, per_radian } => {
                let wider = (widened.max - widened.min) / (range_before.max - range_before.min);
                Self::DialDrag {
                    center,
                    per_radian: per_radian * wider,
                }
            }
            Self::XyPad { .. } => self,
        }
    }

    fn track(from: Pos2, to: Pos2, scale: SliderScale, value: f64) -> Self {
        Self::Track {
            from,
            to,
            scale,
            handle_pos: Some(from + scale.fraction_of(value) as f32 * (to - from)),
        }
    }

    fn vertical_drag(range: ValueRange) -> Self {
        Self::VerticalDrag {
            per_point: (range.max - range.min) / VERTICAL_DRAG_HEIGHT,
        }
    }

    fn xy_pad(rect: Rect, axes: [[f64; 2]; 2]) -> Self {
        Self::XyPad {
            rect,
            axes,
            handle_pos: None,
        }
    }

    /// True if the press of a mouse at `pos` grabs the handle.
    pub(crate) fn is_on_handle(&self, pos: Pos2) -> bool {
        self.is_near_handle(pos, HANDLE_HIT_RADIUS)
    }

    /// True if a finger at `pos` grabs the handle.
    pub(crate) fn is_handle_touched(&self, pos: Pos2) -> bool {
        self.is_near_handle(pos, 0.5 * TOUCH_SIZE)
    }

    fn is_near_handle(&self, pos: Pos2, radius: f32) -> bool {
        match self {
            Self::Track { handle_pos, .. } | Self::XyPad { handle_pos, .. } => {
                handle_pos.is_some_and(|handle_pos| pos.distance(handle_pos) <= radius)
            }
            // A dial can be grabbed anywhere on its ring.
            Self::DialDrag { .. } => true,
            Self::VerticalDrag { .. } => false,
        }
    }

    /// Returns the values at a position; `None` if only movement changes them.
    pub(crate) fn values_at(&self, pos: Pos2) -> Option<[f64; 2]> {
        match *self {
            Self::Track { from, to, scale, .. } => {
                Some([scale.value_at(track_fraction(from, to, from, pos), false), 0.0])
            }
            Self::XyPad { rect, axes, .. } => {
                let start = axes.map(|[low, _]| low);
                Some(self.moved(start, [rect.left_bottom(), pos], 0, false))
            }
            Self::VerticalDrag { .. } | Self::DialDrag { .. } => None,
        }
    }

    /// Returns the values after the pointer has moved from one position to another and, around a dial, has
    /// made a number of full turns.
    pub(crate) fn moved(
        &self,
        [first, second]: [f64; 2],
        [before, now]: [Pos2; 2],
        full_turns: i32,
        is_fine: bool,
    ) -> [f64; 2] {
        let factor = if is_fine { FINE_FACTOR } else { 1.0 };
        match *self {
            Self::Track { from, to, scale, .. } => {
                let fraction = factor * track_fraction(from, to, before, now);
                [scale.moved(first, fraction, is_fine), second]
            }
            Self::VerticalDrag { per_point } => {
                let change = (f64::from(before.y) - f64::from(now.y)) * per_point;
                [first + factor * change, second]
            }
            Self::DialDrag { center, per_radian } => {
                let swept = (angle(center, now) - angle(center, before)) * per_radian;
                let change = swept + f64::from(full_turns) * self.value_per_turn();
                [first + factor * change, second]
            }
            Self::XyPad { rect, axes, .. } => {
                let along = |from: Pos2, to: Pos2, [low, high]: [f64; 2]| {
                    factor * (track_fraction(from, to, before, now) * (high - low))
                };
                [
                    first + along(rect.left_bottom(), rect.right_bottom(), axes[0]),
                    second + along(rect.left_bottom(), rect.left_top(), axes[1]),
                ]
            }
        }
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
