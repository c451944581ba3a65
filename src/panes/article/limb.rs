//! Tapering lines through a few points, as a hand would draw them.

use egui::epaint::PathShape;
use egui::{Color32, Pos2, Shape, Stroke, Vec2};

/// Points of a curve between two of its own points.
const STEPS: usize = 14;

/// A line that gets thinner: through points, from one width to another.
#[derive(Debug, Clone)]
pub struct Limb {
    /// The points that it passes through.
    pub points: Vec<Pos2>,
    /// Its width at the first point and at the last, in points.
    pub widths: [f32; 2],
}

impl Limb {
    /// A limb through `points`.
    pub fn new(points: impl IntoIterator<Item = (f32, f32)>, widths: [f32; 2]) -> Self {
        Self {
            points: points.into_iter().map(Pos2::from).collect(),
            widths,
        }
    }

    /// Its outline, filled. The polygon need not be convex: it is for figures, which fill any.
    pub fn shape(&self, fill: Color32, stroke: Stroke) -> Shape {
        Shape::Path(PathShape {
            points: self.outline(),
            closed: true,
            fill,
            stroke: stroke.into(),
        })
    }

    fn outline(&self) -> Vec<Pos2> {
        let middle = smooth(&self.points);
        let last = middle.len() - 1;
        let [from, to] = self.widths;
        let side = |index: usize, sign: f32| {
            let ahead = middle[(index + 1).min(last)] - middle[index.saturating_sub(1)];
            let share = index as f32 / last as f32;
            let half = 0.5 * (from + (to - from) * share);
            middle[index] + sign * half * ahead.normalized().rot90()
        };
        let left = (0..=last).map(|index| side(index, 1.0));
        let right = (0..=last).rev().map(|index| side(index, -1.0));
        // A round tip.
        let tip = middle[last];
        let way = (middle[last] - middle[last.saturating_sub(1)]).normalized();
        let round = [-45.0_f32, 0.0, 45.0].map(|angle| {
            let turned = Vec2::angled(way.angle() - angle.to_radians());
            tip + 0.5 * to * turned
        });
        left.chain(round.into_iter().rev()).chain(right).collect()
    }
}

/// A smooth curve through points (Catmull-Rom, each point's tangent along its neighbours).
pub fn smooth(points: &[Pos2]) -> Vec<Pos2> {
    let last = points.len() - 1;
    let mut curve = Vec::with_capacity(points.len() * STEPS);
    for index in 0..last {
        let [before, from, to, after] = [
            points[index.saturating_sub(1)],
            points[index],
            points[index + 1],
            points[(index + 2).min(last)],
        ];
        let (leave, reach) = (0.5 * (to - before), 0.5 * (after - from));
        for step in 0..STEPS {
            let t = step as f32 / STEPS as f32;
            let (t2, t3) = (t * t, t * t * t);
            let at = (2.0 * t3 - 3.0 * t2 + 1.0) * from.to_vec2()
                + (t3 - 2.0 * t2 + t) * leave
                + (3.0 * t2 - 2.0 * t3) * to.to_vec2()
                + (t3 - t2) * reach;
            curve.push(at.to_pos2());
        }
    }
    curve.push(points[last]);
    curve
}
