//! Tapering branches, as nerve cells have them: dendrites, the axon and its terminals.

use egui::{Pos2, Rect, Vec2, vec2};

/// The spacing of the points along a dendrite, in points.
const POINT_SPACING: f32 = 2.5;

/// The parameters from which a dendrite grows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DendriteBranch {
    /// The start of the branch: a position, or a point on another dendrite of the same list.
    pub(crate) start: BranchStart,
    /// The length, in points.
    pub(crate) length: f32,
    /// The total turn along the length, in degrees, clockwise.
    pub(crate) bend: f32,
    /// The amplitude of the swing to both sides of that direction, in degrees.
    pub(crate) sway: f32,
    /// The radii at the start and at the tip, in points. A branch is at most as wide at its start as the
    /// dendrite that it starts on.
    pub(crate) radii: [f32; 2],
}

/// The start of a branch.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BranchStart {
    /// A position in points, and a direction in degrees, clockwise from the right.
    AtPoint(f32, f32, f32),
    /// A point on an earlier dendrite: its index, the fraction of its length, and the turn away from its
    /// direction in degrees.
    OnDendrite(usize, f32, f32),
}

/// A grown dendrite.
#[derive(Debug, Clone)]
pub(crate) struct Dendrite {
    /// The points along the center line, each with the radius in points and the direction in degrees.
    points: Vec<(Pos2, f32, f32)>,
    bounds: Rect,
}

/// Grows dendrites in the order of the list.
pub(crate) fn grow(branches: &[DendriteBranch]) -> Vec<Dendrite> {
    let mut dendrites: Vec<Dendrite> = Vec::with_capacity(branches.len());
    for branch in branches {
        let (start, widest, heading) = match branch.start {
            BranchStart::AtPoint(x, y, heading) => (Pos2::new(x, y), f32::INFINITY, heading),
            BranchStart::OnDendrite(parent, share, turn) => {
                let (at, radius, heading) = dendrites[parent].at(share);
                (at, radius, heading + turn)
            }
        };
        dendrites.push(Dendrite::new(branch, start, widest, heading));
    }
    dendrites
}

impl Dendrite {
    fn new(branch: &DendriteBranch, start: Pos2, widest: f32, heading: f32) -> Self {
        let steps = (branch.length / POINT_SPACING).ceil().max(1.0);
        let [root, tip] = branch.radii;
        let root = root.min(widest);
        let mut at = start;
        let mut points = Vec::with_capacity(steps as usize + 1);
        for step in 0..=steps as usize {
            let share = step as f32 / steps;
            // One and a half swings, shifted by the length, so that branches of different lengths look
            // different.
            let sway = branch.sway * libm::sinf(std::f32::consts::TAU * (1.5 * share + 0.02 * branch.length));
            let heading = heading + branch.bend * share + sway;
            let radius = tip + (root - tip) * libm::powf(1.0 - share, 1.25);
            points.push((at, radius, heading));
            at += branch.length / steps * direction(heading);
        }
        Self::with_points(points)
    }

    /// Creates a dendrite through given points, each with its radius.
    pub(crate) fn from_points(way: impl IntoIterator<Item = (Pos2, f32)>) -> Self {
        Self::with_points(way.into_iter().map(|(at, radius)| (at, radius, 0.0)).collect())
    }

    fn with_points(points: Vec<(Pos2, f32, f32)>) -> Self {
        let bounds = points.iter().fold(Rect::NOTHING, |bounds, &(at, radius, _)| {
            bounds | Rect::from_center_size(at, Vec2::splat(2.0 * radius))
        });
        Self { points, bounds }
    }

    /// Returns position, radius and direction at a fraction of the length.
    pub(crate) fn at(&self, share: f32) -> (Pos2, f32, f32) {
        let index = ((self.points.len() - 1) as f32 * share).round() as usize;
        self.points[index]
    }

    /// Returns the last point.
    pub(crate) fn tip(&self) -> Pos2 {
        self.at(1.0).0
    }

    /// Returns the distance of a point from the dendrite's edge, negative inside; `far` if the distance is
    /// larger than that.
    pub(crate) fn distance(&self, place: Pos2, far: f32) -> f32 {
        if self.bounds.distance_to_pos(place) > far {
            return far;
        }
        let pieces = self.points.windows(2).map(|pair| {
            let ((from, start, _), (to, end, _)) = (pair[0], pair[1]);
            let along = to - from;
            let share = ((place - from).dot(along) / along.length_sq().max(1e-9)).clamp(0.0, 1.0);
            place.distance(from + share * along) - (start + share * (end - start))
        });
        pieces.fold(far, f32::min)
    }
}

fn direction(degrees: f32) -> Vec2 {
    let (sin, cos) = libm::sincosf(degrees.to_radians());
    vec2(cos, sin)
}
