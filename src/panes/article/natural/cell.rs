//! The form of a natural neuron: where its cell body, its dendrites and its axon are.

use std::sync::LazyLock;

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::limb::{Limb, Root, Sprout, grown};
use crate::panes::article::outline::{Field, blended};

/// The middle of the cell body.
pub const BODY: Pos2 = pos2(178.0, 186.0);
/// The middle of the nucleus.
pub const NUCLEUS: Pos2 = pos2(173.0, 186.0);
/// How far around the body its colour goes over into those of what leaves it, in points.
pub const BANDS: [f32; 5] = [13.0, 10.0, 7.0, 4.0, 1.0];
/// The radius of the knobs at the ends of the axon, in points.
const BOUTON: f32 = 5.6;
/// Where the axon divides.
pub const AXON_END: f32 = 508.0;
/// The grid that the outline is worked out on, in points.
const GRID: f32 = 1.0;
/// Farther than this from the edge of a part it makes no difference, in points.
const FAR: f32 = 30.0;

/// The outlines of the cell and of its parts.
pub struct Form {
    /// The whole cell; one line, for it is one.
    pub whole: Vec<Pos2>,
    /// The axon and its terminals.
    pub axon: Vec<Pos2>,
    /// Around the body, from the widest to the narrowest: the part on the side of the dendrites and that on the side
    /// of the axon of all that is within the distance of [`BANDS`].
    pub bands: [[Vec<Pos2>; 2]; BANDS.len()],
}

/// Worked out once: it is the same in every figure.
pub static FORM: LazyLock<Form> = LazyLock::new(|| {
    let cell = cell();
    let near = Rect::from_center_size(BODY, Vec2::splat(130.0));
    let band = |reach: f32, side: f32| {
        longest(&cell.within(near, |at| (body(at) - reach).max(side * before_axon(at))))
    };
    Form {
        whole: longest(&cell),
        axon: longest(&cell.within(Rect::EVERYTHING, before_axon)),
        bands: BANDS.map(|reach| [band(reach, -1.0), band(reach, 1.0)]),
    }
});

fn longest(field: &Field) -> Vec<Pos2> {
    let outlines = field.outlines().into_iter();
    outlines.max_by_key(Vec::len).unwrap_or_default()
}

/// The whole cell as distances.
fn cell() -> Field {
    let area = Rect::from_min_max(pos2(2.0, 2.0), pos2(638.0, 336.0));
    let (dendrites, axon, terminals) = (grown(&dendrites()), axon(), grown(&terminals()));
    Field::new(area, GRID, |at| {
        let fork = |limbs: &[Limb], reach: f32| {
            let distances = limbs.iter().map(|limb| limb.distance(at, FAR));
            distances.fold(FAR, |whole, limb| blended(whole, limb, reach))
        };
        let boutons = terminals.iter().map(|limb| at.distance(limb.tip()) - BOUTON);
        let end = boutons.fold(fork(&terminals, 3.5), |whole, bouton| blended(whole, bouton, 3.0));
        let tree = blended(body(at), fork(&dendrites, 4.5), 11.0);
        blended(blended(tree, axon.distance(at, FAR), 12.0), end, 4.0)
    })
}

/// How far a place is from the edge of the cell body alone.
pub fn body(at: Pos2) -> f32 {
    // Three discs make it a little uneven, as a cell is.
    let discs = [(0.0, 0.0, 29.0), (8.0, 5.0, 26.0), (-7.0, -5.0, 25.0)];
    let discs = discs.map(|(x, y, radius)| at.distance(BODY + vec2(x, y)) - radius);
    blended(blended(discs[0], discs[1], 8.0), discs[2], 8.0)
}

/// Negative where a place belongs to the axon, positive where it belongs to the dendrites.
pub fn before_axon(at: Pos2) -> f32 {
    // A wedge that opens to the right, so that the dendrites above and below stay whole.
    let aside = (at.y - BODY.y - 4.0).abs();
    190.0 + 0.9 * (aside - 20.0).max(0.0) - at.x
}

/// The dendrites: trunks first, then branches on them, then twigs.
fn dendrites() -> Vec<Sprout> {
    let trunk = |heading: f32, length: f32, bend: f32, width: f32| {
        let from = BODY + 16.0 * vec2(libm::cosf(heading.to_radians()), libm::sinf(heading.to_radians()));
        Sprout {
            root: Root::At(from.x, from.y, heading),
            length,
            bend,
            sway: 7.0,
            radii: [width, 1.1],
        }
    };
    let branch = |limb: usize, share: f32, turn: f32, length: f32, bend: f32| Sprout {
        root: Root::On(limb, share, turn),
        length,
        bend,
        sway: 6.0,
        radii: [3.4, 1.05],
    };
    let twig = |limb: usize, share: f32, turn: f32, length: f32| Sprout {
        root: Root::On(limb, share, turn),
        length,
        bend: -0.4 * turn,
        sway: 5.0,
        radii: [1.9, 1.0],
    };
    vec![
        // Up to the left, to the left, down to the left; up, down, and up to the right.
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

/// The middle of the axon at a distance to the right, from the body to where it divides.
pub fn axon_at(x: f32) -> Pos2 {
    let share = (x - BODY.x) / (AXON_END - BODY.x);
    let wave = libm::sinf(std::f32::consts::TAU * (0.92 * share - 0.04));
    pos2(x, BODY.y + 1.5 - 9.0 * wave * (share * 3.0).clamp(0.0, 1.0))
}

/// The axon: wide where it leaves the body (the hillock), then even.
fn axon() -> Limb {
    let steps = ((AXON_END - BODY.x) / 4.0) as usize;
    Limb::along((0..=steps).map(|step| {
        let at = axon_at(BODY.x + 4.0 * step as f32);
        let narrow = ((at.x - BODY.x - 14.0) / 56.0).clamp(0.0, 1.0);
        let share = (1.0 - narrow) * (1.0 - narrow);
        (at, 3.6 + 17.0 * share)
    }))
}

/// Where the axon divides: stems, then branches on them.
fn terminals() -> Vec<Sprout> {
    let root = axon_at(AXON_END - 6.0);
    let stem = |heading: f32, length: f32, bend: f32| Sprout {
        root: Root::At(root.x, root.y, heading),
        length,
        bend,
        sway: 4.0,
        radii: [3.0, 1.5],
    };
    let branch = |limb: usize, share: f32, turn: f32, length: f32, bend: f32| Sprout {
        root: Root::On(limb, share, turn),
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
