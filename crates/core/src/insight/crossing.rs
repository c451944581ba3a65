//! Finds the values along the swept axis at which the selected neuron's weighted sum `z` changes sign.

use super::curve_request::{CurveRequest, SignChange, find_sign_change, is_positive};
use super::curve_sampler::CurveSampler;
use super::frame_budget;

/// The maximum number of crossings that are searched within the axis.
pub(crate) const MAX_INSIDE: usize = 64;
/// The number of positions that are evaluated on each side beyond the axis. Their distances from its end grow
/// from [`FIRST_DISTANCE_BEYOND`] widths of the axis by a factor of [`DISTANCE_FACTOR`] each, up to 1,000
/// widths.
const SAMPLES_BEYOND: usize = 24;
const FIRST_DISTANCE_BEYOND: f64 = 0.02;
/// The 23rd root of 50,000.
const DISTANCE_FACTOR: f64 = 1.600_8;
/// The number of bisections that narrow any interval down to adjacent floating-point numbers.
const MAX_HALVINGS: usize = 80;

/// The positions along the swept axis at which the selected neuron's weighted sum changes sign.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crossings {
    /// The crossings on the axis, from left to right, at most [`MAX_INSIDE`].
    pub inside: Vec<Crossing>,
    /// The nearest crossing to the left of the axis.
    pub below: Option<Crossing>,
    /// The nearest crossing to the right of the axis.
    pub above: Option<Crossing>,
}

/// A position at which `z` changes sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The value of the swept knob or input.
    pub x: f64,
    /// True if `z` goes from ≤ 0 to > 0 as `x` increases.
    pub is_rising: bool,
}

impl From<SignChange> for Crossing {
    fn from(change: SignChange) -> Self {
        Self {
            x: if change.is_after_closer {
                change.after
            } else {
                change.before
            },
            is_rising: change.is_rising,
        }
    }
}

/// Two positions between which `z` changes sign, as `[x, z]` from left to right.
type Bracket = [[f64; 2]; 2];

/// Finds crossings. The buffers are kept from one search to the next.
#[derive(Debug, Clone, Default)]
pub(super) struct CrossingFinder {
    brackets: Vec<Bracket>,
    open: Vec<usize>,
    x_values: Vec<f64>,
    z: Vec<f64>,
}

impl CrossingFinder {
    /// Finds the crossings on the axis and the nearest one on each side of it. The sampler must have sampled
    /// the axis.
    pub(super) fn find(
        &mut self,
        request: &CurveRequest<'_>,
        sampler: &mut CurveSampler,
        crossings: &mut Crossings,
    ) {
        crossings.inside.clear();
        crossings.below = None;
        crossings.above = None;
        let mut add_crossing = |crossing: Crossing| {
            if crossing.x < request.x[0] {
                crossings.below = Some(crossing);
            } else if crossing.x > request.x[1] {
                crossings.above = Some(crossing);
            } else {
                crossings.inside.push(crossing);
            }
        };
        match request.partial_forward.slope(request.selected) {
            Some(_) => {
                let root = find_sign_change(request, request.selected);
                root.into_iter().map(Crossing::from).for_each(&mut add_crossing);
            }
            None => {
                self.find_brackets(request, sampler);
                self.narrow_brackets(request, sampler);
                self.brackets
                    .iter()
                    .map(crossing_in_bracket)
                    .for_each(&mut add_crossing);
            }
        }
    }

    /// Finds the pairs of adjacent sampled positions between which the selected neuron's `z` changes sign.
    fn find_brackets(&mut self, request: &CurveRequest<'_>, sampler: &mut CurveSampler) {
        self.brackets.clear();
        self.brackets
            .extend(sign_changes(sampler.selected_points()).take(MAX_INSIDE));
        let affordable = (frame_budget::CROSSINGS_BEYOND / request.cost_of_selected()).min(SAMPLES_BEYOND);
        if affordable == 0 {
            return;
        }
        for (edge, width) in [(request.x[0], -request.width()), (request.x[1], request.width())] {
            self.x_values.clear();
            self.x_values.push(edge);
            let distances = std::iter::successors(Some(FIRST_DISTANCE_BEYOND), |&distance| {
                Some(distance * DISTANCE_FACTOR)
            });
            let x_values = distances.map(|distance| edge + distance * width);
            self.x_values
                .extend(x_values.take(affordable).filter(|x| x.is_finite()));
            sampler.evaluate_selected(request, &self.x_values, &mut self.z);
            let points = self.x_values.iter().zip(&self.z).map(|(&x, &z)| [x, z]);
            self.brackets
                .extend(sign_changes(points).next().map(|[near, far]| {
                    if near[0] < far[0] {
                        [near, far]
                    } else {
                        [far, near]
                    }
                }));
        }
    }

    /// Narrows all brackets together until the ends of each are adjacent numbers.
    fn narrow_brackets(&mut self, request: &CurveRequest<'_>, sampler: &mut CurveSampler) {
        let cost = request.cost_of_selected() * self.brackets.len().max(1);
        for _ in 0..(frame_budget::CROSSINGS / cost).min(MAX_HALVINGS) {
            let brackets = self.brackets.iter().enumerate();
            let open = brackets.filter(|(_, [left, right])| !request.is_adjacent(left[0], right[0]));
            self.open.clear();
            self.open.extend(open.map(|(index, _)| index));
            if self.open.is_empty() {
                return;
            }
            let parts = part_count(self.open.len());
            self.x_values.clear();
            for &index in &self.open {
                let [[left, _], [right, _]] = self.brackets[index];
                let x = |i: usize| left + i as f64 / parts as f64 * (right - left);
                self.x_values.extend((1..parts).map(x));
            }
            sampler.evaluate_selected(request, &self.x_values, &mut self.z);
            let x_values = self.x_values.chunks_exact(parts - 1);
            let points = x_values.zip(self.z.chunks_exact(parts - 1));
            for (&index, (x_values, z)) in self.open.iter().zip(points) {
                let [left, right] = self.brackets[index];
                let inside = x_values.iter().zip(z).map(|(&x, &z)| [x, z]);
                let mut points = std::iter::once(left).chain(inside).chain([right]);
                let mut before = left;
                let changed = points.find(|&point| {
                    let has_changed = is_positive(point[1]) != is_positive(left[1]);
                    if !has_changed {
                        before = point;
                    }
                    has_changed
                });
                self.brackets[index] = [before, changed.unwrap_or(right)];
            }
        }
    }
}

/// Returns the number of parts that a bracket is divided into at once if `open` brackets are left: evaluating
/// eight positions costs little more than one. The numbers are powers of two, so that the midpoint is always
/// among the positions and differs from both ends.
fn part_count(open: usize) -> usize {
    match open {
        0..=2 => 8,
        3..=5 => 4,
        _ => 2,
    }
}

/// Returns the pairs of consecutive positions between which `z` changes sign, if both values are finite.
fn sign_changes(points: impl Iterator<Item = [f64; 2]>) -> impl Iterator<Item = Bracket> {
    let mut before: Option<[f64; 2]> = None;
    points.filter_map(move |point| {
        let bracket = [before.replace(point)?, point];
        let [from, to] = bracket.map(|[_, z]| z);
        (from.is_finite() && to.is_finite() && is_positive(from) != is_positive(to)).then_some(bracket)
    })
}

/// Returns the crossing at the end of a bracket where `z` is closer to 0.
fn crossing_in_bracket(&[left, right]: &Bracket) -> Crossing {
    Crossing {
        x: if right[1].abs() < left[1].abs() {
            right[0]
        } else {
            left[0]
        },
        is_rising: is_positive(right[1]),
    }
}
