//! Tapering limbs that branch, as nerve cells have them.

use egui::{Pos2, Rect, Vec2, vec2};

/// From one point of a limb to the next, in points.
const POINT_SPACING: f32 = 2.5;

/// How a limb grows.
#[derive(Debug, Clone, Copy)]
pub struct DendriteBranch {
    /// Where it starts: at a place, or on another limb of the same list.
    pub start: BranchStart,
    /// How long it is, in points.
    pub length: f32,
    /// How far it turns on its way, in degrees, clockwise.
    pub bend: f32,
    /// How far it swings to both sides of that, in degrees.
    pub sway: f32,
    /// Its radius at the start and at the tip, in points; the start of one on another limb is at most as wide as that.
    pub radii: [f32; 2],
}

/// Where a limb starts.
#[derive(Debug, Clone, Copy)]
pub enum BranchStart {
    /// At a place, in a direction in degrees, clockwise from the right.
    AtPoint(f32, f32, f32),
    /// On an earlier limb: its index, the share of its length, and how far it turns away from it in degrees.
    OnDendrite(usize, f32, f32),
}

/// A limb that has grown.
#[derive(Debug, Clone)]
pub struct Dendrite {
    /// Where it goes, with its radius there and its direction in degrees.
    points: Vec<(Pos2, f32, f32)>,
    bounds: Rect,
}

/// Grows limbs in their order.
pub fn grow(branches: &[DendriteBranch]) -> Vec<Dendrite> {
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
            // A swing and a half, so that no two limbs of different length are alike.
            let sway = branch.sway * libm::sinf(std::f32::consts::TAU * (1.5 * share + 0.02 * branch.length));
            let heading = heading + branch.bend * share + sway;
            let radius = tip + (root - tip) * libm::powf(1.0 - share, 1.25);
            points.push((at, radius, heading));
            at += branch.length / steps * direction(heading);
        }
        Self::with_points(points)
    }

    /// A limb through given points, each with its radius.
    pub fn from_points(way: impl IntoIterator<Item = (Pos2, f32)>) -> Self {
        Self::with_points(way.into_iter().map(|(at, radius)| (at, radius, 0.0)).collect())
    }

    fn with_points(points: Vec<(Pos2, f32, f32)>) -> Self {
        let bounds = points.iter().fold(Rect::NOTHING, |bounds, &(at, radius, _)| {
            bounds | Rect::from_center_size(at, Vec2::splat(2.0 * radius))
        });
        Self { points, bounds }
    }

    /// Place, radius and direction at a share of the length.
    pub fn at(&self, share: f32) -> (Pos2, f32, f32) {
        let index = ((self.points.len() - 1) as f32 * share).round() as usize;
        self.points[index]
    }

    /// Its last point.
    pub fn tip(&self) -> Pos2 {
        self.at(1.0).0
    }

    /// How far a place is from its edge, negative inside; farther than `far` it is not worked out.
    pub fn distance(&self, place: Pos2, far: f32) -> f32 {
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
