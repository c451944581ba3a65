//! The screen area in which an element can be hit.

use egui::{Pos2, Rect, Vec2};

/// The smallest width and height of a target for a finger, in points.
pub(crate) const TOUCH_SIZE: f32 = 44.0;

/// The screen area in which an element can be hit, in points.
#[derive(Debug, Clone, PartialEq)]
pub enum HitShape {
    /// A rectangle.
    Rect(Rect),
    /// A disc.
    Circle {
        /// The center.
        center: Pos2,
        /// The radius.
        radius: f32,
    },
    /// A ring, such as the bias ring of a neuron.
    Ring {
        /// The center.
        center: Pos2,
        /// The distance from the center to the middle of the ring.
        radius: f32,
        /// The maximum distance of the pointer from the ring's middle line.
        tolerance: f32,
    },
    /// A line between two points.
    Segment {
        /// One end.
        from: Pos2,
        /// The other end.
        to: Pos2,
        /// The maximum distance of the pointer from the line.
        tolerance: f32,
    },
    /// A line through several points.
    Polyline {
        /// The points, in order.
        points: Vec<Pos2>,
        /// The maximum distance of the pointer from the line.
        tolerance: f32,
    },
}

impl HitShape {
    /// Returns the distance of `pos` from the element in points: 0 inside, `None` if `pos` is too far away to
    /// hit it.
    pub fn distance(&self, pos: Pos2) -> Option<f32> {
        let (distance, tolerance) = self.distance_and_tolerance(pos);
        (distance <= tolerance).then_some(distance)
    }

    /// Returns the distance of `pos` from the element in points; `None` if a finger at `pos` doesn't cover it.
    /// The area is at least [`TOUCH_SIZE`] points wide and high for a finger.
    pub(crate) fn distance_from_finger(&self, pos: Pos2) -> Option<f32> {
        let (distance, tolerance) = self.distance_and_tolerance(pos);
        let size = match self {
            Self::Rect(rect) => rect.size(),
            Self::Circle { radius, .. } => Vec2::splat(2.0 * radius),
            Self::Ring { .. } | Self::Segment { .. } | Self::Polyline { .. } => Vec2::ZERO,
        };
        let margin = (0.5 * (TOUCH_SIZE - size.min_elem())).max(tolerance);
        (distance <= margin).then_some(distance)
    }

    /// Returns the distance of `pos` from the element, and the distance within which it is hit.
    fn distance_and_tolerance(&self, pos: Pos2) -> (f32, f32) {
        match self {
            Self::Rect(rect) => (rect.distance_to_pos(pos), 0.0),
            Self::Circle { center, radius } => ((pos.distance(*center) - radius).max(0.0), 0.0),
            Self::Ring {
                center,
                radius,
                tolerance,
            } => ((pos.distance(*center) - radius).abs(), *tolerance),
            Self::Segment { from, to, tolerance } => (distance_to_segment(pos, *from, *to), *tolerance),
            Self::Polyline { points, tolerance } => {
                let near = points
                    .windows(2)
                    .map(|pair| distance_to_segment(pos, pair[0], pair[1]))
                    .fold(f32::INFINITY, f32::min);
                (near, *tolerance)
            }
        }
    }

    /// Returns the smallest axis-aligned rectangle around the area.
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Rect(rect) => *rect,
            Self::Circle { center, radius } => Rect::from_center_size(*center, Vec2::splat(2.0 * radius)),
            Self::Ring {
                center,
                radius,
                tolerance,
            } => Rect::from_center_size(*center, Vec2::splat(2.0 * (radius + tolerance))),
            Self::Segment { from, to, .. } => Rect::from_two_pos(*from, *to),
            Self::Polyline { points, .. } => Rect::from_points(points),
        }
    }
}

fn distance_to_segment(pos: Pos2, from: Pos2, to: Pos2) -> f32 {
    let along = to - from;
    let length_sq = along.length_sq();
    if length_sq == 0.0 {
        return pos.distance(from);
    }
    let t = ((pos - from).dot(along) / length_sq).clamp(0.0, 1.0);
    pos.distance(from + t * along)
}

/// True if the segment between two points intersects a rectangle.
pub(crate) fn rect_intersects_segment(rect: Rect, from: Pos2, to: Pos2) -> bool {
    segment_inside(rect, from, to).is_some()
}

/// Returns where the segment between two points enters and leaves a rectangle, as fractions of its length from 0 to 1;
/// `None` if it doesn't intersect it.
pub(crate) fn segment_inside(rect: Rect, from: Pos2, to: Pos2) -> Option<[f32; 2]> {
    let delta = to - from;
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for axis in 0..2 {
        if delta[axis] == 0.0 {
            if from[axis] < rect.min[axis] || from[axis] > rect.max[axis] {
                return None;
            }
            continue;
        }
        let near = (rect.min[axis] - from[axis]) / delta[axis];
        let far = (rect.max[axis] - from[axis]) / delta[axis];
        enter = enter.max(near.min(far));
        leave = leave.min(near.max(far));
    }
    (enter <= leave).then_some([enter, leave])
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn of_crossing_edges_the_nearer_one_is_hit() {
        let falling = HitShape::Segment {
            from: pos2(0.0, 0.0),
            to: pos2(100.0, 100.0),
            tolerance: 8.0,
        };
        let rising = HitShape::Segment {
            from: pos2(0.0, 100.0),
            to: pos2(100.0, 0.0),
            tolerance: 8.0,
        };
        let pos = pos2(21.0, 20.0);
        assert!(falling.distance(pos).is_some());
        assert_eq!(rising.distance(pos), None);
        let near_crossing = pos2(52.0, 51.0);
        assert!(falling.distance(near_crossing) < rising.distance(near_crossing));
    }

    #[test]
    fn a_disc_and_its_ring_are_hit_separately() {
        let (center, radius) = (pos2(50.0, 50.0), 20.0);
        let disc = HitShape::Circle { center, radius };
        let ring = HitShape::Ring {
            center,
            radius: 26.0,
            tolerance: 5.0,
        };
        assert_eq!(disc.distance(pos2(55.0, 50.0)), Some(0.0));
        assert_eq!(ring.distance(pos2(55.0, 50.0)), None);
        assert_eq!(disc.distance(pos2(50.0, 77.0)), None);
        assert!(ring.distance(pos2(50.0, 77.0)).is_some());
    }

    #[test]
    fn a_finger_hits_at_least_44_points() {
        let line = HitShape::Segment {
            from: pos2(0.0, 0.0),
            to: pos2(100.0, 0.0),
            tolerance: 8.0,
        };
        assert_eq!(line.distance(pos2(50.0, 21.0)), None);
        assert_eq!(line.distance_from_finger(pos2(50.0, 21.0)), Some(21.0));
        assert_eq!(line.distance_from_finger(pos2(50.0, 23.0)), None);
        let (center, radius) = (pos2(50.0, 50.0), 10.0);
        let small = HitShape::Circle { center, radius };
        assert_eq!(small.distance_from_finger(pos2(71.0, 50.0)), Some(11.0));
        assert_eq!(small.distance_from_finger(pos2(73.0, 50.0)), None);
        let large = HitShape::Rect(Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 60.0)));
        assert_eq!(large.distance_from_finger(pos2(101.0, 30.0)), None);
    }
}
