//! The shape of a biological neuron: its cell body, and the tapering branches that grow from it: dendrites, the
//! axon and its terminals.

use std::sync::LazyLock;

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::outline::{DistanceField, smooth_min};

/// The center of the cell body.
const BODY_CENTER: Pos2 = pos2(178.0, 186.0);
/// The center of the nucleus.
pub(crate) const NUCLEUS_CENTER: Pos2 = pos2(173.0, 186.0);
/// The distances from the cell body at which its color blends into that of the dendrites and the axon, in
/// points.
pub(crate) const BAND_DISTANCES: [f32; 5] = [13.0, 10.0, 7.0, 4.0, 1.0];
/// The radius of the boutons at the ends of the axon, in points.
const BOUTON_RADIUS: f32 = 5.6;
/// The x coordinate at which the axon divides, in points.
const AXON_END_X: f32 = 508.0;
/// The spacing of the grid for computing the outline, in points.
const GRID_SPACING: f32 = 1.0;
/// The distance from the edge of a part beyond which the part has no effect, in points.
const MAX_DISTANCE: f32 = 30.0;

pub(crate) struct CellOutlines {
    /// The whole cell, as one closed line.
    pub(crate) whole: Vec<Pos2>,
    /// The axon and its terminals.
    pub(crate) axon: Vec<Pos2>,
    /// The areas within each of [`BAND_DISTANCES`] of the cell body, from the widest to the narrowest: the
    /// part on the side of the dendrites, and the part on the side of the axon.
    pub(crate) bands: [[Vec<Pos2>; 2]; BAND_DISTANCES.len()],
}

/// The outlines are computed once, as they are the same in every figure.
pub(crate) static CELL_OUTLINES: LazyLock<CellOutlines> = LazyLock::new(|| {
    let cell = cell_field();
    let near = Rect::from_center_size(BODY_CENTER, Vec2::splat(130.0));
    let band = |distance: f32, side: f32| {
        longest_outline(&cell.intersection(near, |at| {
            (body_distance(at) - distance).max(side * axon_boundary(at))
        }))
    };
    CellOutlines {
        whole: longest_outline(&cell),
        axon: longest_outline(&cell.intersection(Rect::EVERYTHING, axon_boundary)),
        bands: BAND_DISTANCES.map(|distance| [band(distance, -1.0), band(distance, 1.0)]),
    }
});

fn longest_outline(field: &DistanceField) -> Vec<Pos2> {
    let outlines = field.outlines().into_iter();
    outlines.max_by_key(Vec::len).unwrap_or_default()
}

/// Returns the distance field of the whole cell.
fn cell_field() -> DistanceField {
    let area = Rect::from_min_max(pos2(2.0, 2.0), pos2(638.0, 336.0));
    let (dendrites, axon, terminals) = (grow(&dendrites()), axon(), grow(&terminals()));
    DistanceField::new(area, GRID_SPACING, |at| {
        let blended_branches = |dendrites: &[Dendrite], radius: f32| {
            let distances = dendrites
                .iter()
                .map(|dendrite| dendrite.distance(at, MAX_DISTANCE));
            distances.fold(MAX_DISTANCE, |whole, dendrite| {
                smooth_min(whole, dendrite, radius)
            })
        };
        let boutons = terminals
            .iter()
            .map(|dendrite| at.distance(dendrite.tip()) - BOUTON_RADIUS);
        let end = boutons.fold(blended_branches(&terminals, 3.5), |whole, bouton| {
            smooth_min(whole, bouton, 3.0)
        });
        let tree = smooth_min(body_distance(at), blended_branches(&dendrites, 4.5), 11.0);
        smooth_min(smooth_min(tree, axon.distance(at, MAX_DISTANCE), 12.0), end, 4.0)
    })
}

/// Returns the distance of a point from the edge of the cell body alone, negative inside.
pub(crate) fn body_distance(at: Pos2) -> f32 {
    // Three discs make the body a little uneven, as a cell is.
    let discs = [(0.0, 0.0, 29.0), (8.0, 5.0, 26.0), (-7.0, -5.0, 25.0)];
    let discs = discs.map(|(x, y, radius)| at.distance(BODY_CENTER + vec2(x, y)) - radius);
    smooth_min(smooth_min(discs[0], discs[1], 8.0), discs[2], 8.0)
}

/// Returns a negative number for points that belong to the axon, and a positive one for points that belong to
/// the dendrites.
pub(crate) fn axon_boundary(at: Pos2) -> f32 {
    // The axon's area is a wedge that opens to the right, so that the dendrites above and below stay whole.
    let aside = (at.y - BODY_CENTER.y - 4.0).abs();
    190.0 + 0.9 * (aside - 20.0).max(0.0) - at.x
}

/// Returns the dendrites: trunks first, then their branches, then twigs.
fn dendrites() -> Vec<DendriteBranch> {
    let trunk = |heading: f32, length: f32, bend: f32, width: f32| {
        let from =
            BODY_CENTER + 16.0 * vec2(libm::cosf(heading.to_radians()), libm::sinf(heading.to_radians()));
        DendriteBranch {
            start: BranchStart::AtPoint(from.x, from.y, heading),
            length,
            bend,
            sway: 7.0,
            radii: [width, 1.1],
        }
    };
    let branch = |parent: usize, share: f32, turn: f32, length: f32, bend: f32| DendriteBranch {
        start: BranchStart::OnDendrite(parent, share, turn),
        length,
        bend,
        sway: 6.0,
        radii: [3.4, 1.05],
    };
    let twig = |parent: usize, share: f32, turn: f32, length: f32| DendriteBranch {
        start: BranchStart::OnDendrite(parent, share, turn),
        length,
        bend: -0.4 * turn,
        sway: 5.0,
        radii: [1.9, 1.0],
    };
    vec![
        // The trunks: up left, left, down left; up, down, and up right.
        trunk(-142.0, 126.0, -12.0, 9.0),
        trunk(179.0, 142.0, 8.0, 9.5),
        trunk(141.0, 128.0, 14.0, 9.0),
        trunk(-109.0, 112.0, -8.0, 7.5),
        trunk(97.0, 108.0, 12.0, 7.5),
        trunk(-73.0, 92.0, 16.0, 6.5),
        branch(0, 0.4, 42.0, 64.0, -18.0),
        branch(0, 0.62, -30.0, 46.0, 20.0),
        branch(1, 0.46, 30.0, 58.0, -28.0),
        branch(1, 0.56, -32.0, 58.0, 28.0),
        branch(2, 0.54, 34.0, 48.0, -20.0),
        branch(2, 0.4, -42.0, 62.0, 18.0),
        branch(3, 0.46, 36.0, 50.0, -24.0),
        branch(3, 0.6, -38.0, 42.0, 18.0),
        branch(4, 0.46, -38.0, 50.0, 26.0),
        branch(4, 0.58, 36.0, 44.0, -14.0),
        branch(5, 0.56, -36.0, 36.0, 22.0),
        twig(1, 0.78, 30.0, 28.0),
        twig(2, 0.78, -32.0, 28.0),
        twig(6, 0.5, -36.0, 28.0),
        twig(8, 0.56, 34.0, 22.0),
        twig(9, 0.56, -34.0, 22.0),
        twig(11, 0.5, 36.0, 28.0),
        twig(3, 0.8, 34.0, 20.0),
        twig(4, 0.8, -34.0, 20.0),
        twig(5, 0.76, 32.0, 22.0),
    ]
}

/// Returns the center of the axon at an x coordinate, from the body to the point where the axon divides.
pub(crate) fn axon_center(x: f32) -> Pos2 {
    let share = (x - BODY_CENTER.x) / (AXON_END_X - BODY_CENTER.x);
    let wave = libm::sinf(std::f32::consts::TAU * (0.92 * share - 0.04));
    pos2(
        x,
        BODY_CENTER.y + 1.5 - 9.0 * wave * (share * 3.0).clamp(0.0, 1.0),
    )
}

/// Returns the axon: wide at the axon hillock, then of even width.
fn axon() -> Dendrite {
    let steps = ((AXON_END_X - BODY_CENTER.x) / 4.0) as usize;
    Dendrite::from_points((0..=steps).map(|step| {
        let at = axon_center(BODY_CENTER.x + 4.0 * step as f32);
        let narrow = ((at.x - BODY_CENTER.x - 14.0) / 56.0).clamp(0.0, 1.0);
        let share = (1.0 - narrow) * (1.0 - narrow);
        (at, 3.6 + 17.0 * share)
    }))
}

/// Returns the axon terminals: stems first, then their branches.
fn terminals() -> Vec<DendriteBranch> {
    let root = axon_center(AXON_END_X - 6.0);
    let stem = |heading: f32, length: f32, bend: f32| DendriteBranch {
        start: BranchStart::AtPoint(root.x, root.y, heading),
        length,
        bend,
        sway: 4.0,
        radii: [3.0, 1.5],
    };
    let branch = |parent: usize, share: f32, turn: f32, length: f32, bend: f32| DendriteBranch {
        start: BranchStart::OnDendrite(parent, share, turn),
        length,
        bend,
        sway: 3.0,
        radii: [2.2, 1.4],
    };
    vec![
        stem(-50.0, 128.0, 26.0),
        stem(-2.0, 112.0, 8.0),
        stem(48.0, 124.0, -22.0),
        branch(0, 0.42, -32.0, 62.0, 20.0),
        branch(0, 0.5, 34.0, 58.0, -18.0),
        branch(1, 0.44, -30.0, 58.0, 26.0),
        branch(1, 0.52, 34.0, 52.0, -22.0),
        branch(2, 0.5, -34.0, 56.0, 22.0),
        branch(2, 0.42, 34.0, 62.0, -16.0),
    ]
}

/// The spacing of the points along a dendrite, in points.
const POINT_SPACING: f32 = 2.5;

/// The parameters from which a dendrite grows.
#[derive(Debug, Clone, Copy)]
struct DendriteBranch {
    /// The start of the branch: a position, or a point on another dendrite of the same list.
    start: BranchStart,
    /// The length, in points.
    length: f32,
    /// The total turn along the length, in degrees, clockwise.
    bend: f32,
    /// The amplitude of the swing to both sides of that direction, in degrees.
    sway: f32,
    /// The radii at the start and at the tip, in points. A branch is at most as wide at its start as the
    /// dendrite that it starts on.
    radii: [f32; 2],
}

#[derive(Debug, Clone, Copy)]
enum BranchStart {
    /// A position in points, and a direction in degrees, clockwise from the right.
    AtPoint(f32, f32, f32),
    /// A point on an earlier dendrite: its index, the fraction of its length, and the turn away from its
    /// direction in degrees.
    OnDendrite(usize, f32, f32),
}

#[derive(Debug, Clone)]
struct Dendrite {
    /// The points along the center line, each with the radius in points and the direction in degrees.
    points: Vec<(Pos2, f32, f32)>,
    bounds: Rect,
}

/// Grows dendrites in the order of the list.
fn grow(branches: &[DendriteBranch]) -> Vec<Dendrite> {
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
    fn from_points(way: impl IntoIterator<Item = (Pos2, f32)>) -> Self {
        Self::with_points(way.into_iter().map(|(at, radius)| (at, radius, 0.0)).collect())
    }

    fn with_points(points: Vec<(Pos2, f32, f32)>) -> Self {
        let bounds = points.iter().fold(Rect::NOTHING, |bounds, &(at, radius, _)| {
            bounds | Rect::from_center_size(at, Vec2::splat(2.0 * radius))
        });
        Self { points, bounds }
    }

    /// Returns position, radius and direction at a fraction of the length.
    fn at(&self, share: f32) -> (Pos2, f32, f32) {
        let index = ((self.points.len() - 1) as f32 * share).round() as usize;
        self.points[index]
    }

    /// Returns the last point.
    fn tip(&self) -> Pos2 {
        self.at(1.0).0
    }

    /// Returns the distance of a point from the dendrite's edge, negative inside; `far` if the distance is
    /// larger than that.
    fn distance(&self, place: Pos2, far: f32) -> f32 {
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
