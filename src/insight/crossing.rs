//! Where the selected neuron's pre-activation changes sign along the swept axis.

use crate::network::NeuronAt;

use super::sampler::{Question, Sampler};

/// The most crossings that are looked for inside the axis.
pub const MOST_INSIDE: usize = 64;
/// The places at which each side beyond the axis is looked at, the distances growing from [`NEAREST`] widths of
/// the axis by [`GROWTH`] each: up to 1,000 widths.
const PLACES_BEYOND: usize = 24;
const NEAREST: f64 = 0.02;
/// The 23rd root of 50,000.
const GROWTH: f64 = 1.600_8;
/// Halvings that take any interval down to neighbouring numbers.
const MOST_HALVINGS: usize = 80;
/// About how many multiply-adds looking at one side beyond the axis may cost.
const BUDGET_BEYOND: usize = 500_000;
/// About how many multiply-adds all halvings may cost.
const BUDGET_HALVING: usize = 2_000_000;

/// Where the selected neuron's pre-activation changes sign along the swept axis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crossings {
    /// Those on the axis, from left to right, at most [`MOST_INSIDE`].
    pub inside: Vec<Crossing>,
    /// The nearest one left of the axis.
    pub below: Option<Crossing>,
    /// The nearest one right of the axis.
    pub above: Option<Crossing>,
}

/// A place where `z` changes sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// The value of what is swept.
    pub x: f64,
    /// Whether `z` goes from ≤ 0 to > 0 as `x` increases.
    pub rising: bool,
}

/// Neighbouring numbers between which `z` changes sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub before: f64,
    pub after: f64,
    rising: bool,
    /// Whether `z` is nearer to 0 after than before.
    is_after: bool,
}

impl Root {
    fn crossing(self) -> Crossing {
        Crossing {
            x: if self.is_after { self.after } else { self.before },
            rising: self.rising,
        }
    }
}

/// The side of 0 that decides what a step does.
pub(super) fn is_above(z: f64) -> bool {
    z > 0.0
}

/// Where the `z` of a neuron that depends on the swept number directly changes sign, to the last bit. `None` if
/// it never does, or beyond all numbers.
pub(super) fn settle_root(question: &Question<'_>, at: NeuronAt) -> Option<Root> {
    const FARTHEST_STEP: f64 = 1e-9;
    let variation = &question.variation;
    let slope = variation.slope(at).filter(|&slope| slope != 0.0)?;
    let z = |x: f64| variation.first_z(at.neuron, x);
    let root = -z(0.0) / slope;
    if !root.is_finite() {
        return None;
    }
    let rising = slope > 0.0;
    let is_after = |x: f64| is_above(z(x)) == rising;
    // Rounding may put the change of sign a little beside the quotient: steps that double find it.
    let (mut before, mut after) = (root, root);
    let least = f64::max(root.abs() * f64::EPSILON / 2.0, question.width() * 1e-18);
    let mut step = least;
    while is_after(before) || !is_after(after) {
        if step > FARTHEST_STEP * f64::max(root.abs(), question.width()) {
            break;
        }
        if is_after(before) {
            before = (root - step).min(root.next_down());
        }
        if !is_after(after) {
            after = (root + step).max(root.next_up());
        }
        step *= 2.0;
    }
    while !question.is_adjacent(before, after) {
        let middle = before + 0.5 * (after - before);
        if is_after(middle) {
            after = middle;
        } else {
            before = middle;
        }
    }
    Some(Root {
        before,
        after,
        rising,
        is_after: z(after).abs() < z(before).abs(),
    })
}

/// Two places between which `z` changes sign, as `[x, z]` from left to right.
type Bracket = [[f64; 2]; 2];

/// Finds crossings. Keeps its buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct Finder {
    brackets: Vec<Bracket>,
    open: Vec<usize>,
    places: Vec<f64>,
    z: Vec<f64>,
}

impl Finder {
    /// Finds the crossings on the axis and the nearest one on each side of it. The sampler has looked at the axis.
    pub(super) fn find(&mut self, question: &Question<'_>, sampler: &mut Sampler, crossings: &mut Crossings) {
        crossings.inside.clear();
        crossings.below = None;
        crossings.above = None;
        let mut sort_in = |crossing: Crossing| {
            if crossing.x < question.x[0] {
                crossings.below = Some(crossing);
            } else if crossing.x > question.x[1] {
                crossings.above = Some(crossing);
            } else {
                crossings.inside.push(crossing);
            }
        };
        match question.variation.slope(question.selected) {
            Some(_) => {
                let root = settle_root(question, question.selected);
                root.into_iter().map(Root::crossing).for_each(&mut sort_in);
            }
            None => {
                self.bracket(question, sampler);
                self.halve(question, sampler);
                self.brackets.iter().map(crossing_of).for_each(&mut sort_in);
            }
        }
    }

    /// Where the selected neuron's `z` changes sign between two places that were looked at.
    fn bracket(&mut self, question: &Question<'_>, sampler: &mut Sampler) {
        self.brackets.clear();
        self.brackets
            .extend(changes(sampler.selected()).take(MOST_INSIDE));
        let affordable = (BUDGET_BEYOND / question.cost_of_selected()).min(PLACES_BEYOND);
        if affordable == 0 {
            return;
        }
        for (edge, width) in [
            (question.x[0], -question.width()),
            (question.x[1], question.width()),
        ] {
            self.places.clear();
            self.places.push(edge);
            let distances = std::iter::successors(Some(NEAREST), |&distance| Some(distance * GROWTH));
            let places = distances.map(|distance| edge + distance * width);
            self.places
                .extend(places.take(affordable).filter(|x| x.is_finite()));
            sampler.look_at_selected(question, &self.places, &mut self.z);
            let seen = self.places.iter().zip(&self.z).map(|(&x, &z)| [x, z]);
            self.brackets.extend(changes(seen).next().map(|[near, far]| {
                if near[0] < far[0] {
                    [near, far]
                } else {
                    [far, near]
                }
            }));
        }
    }

    /// Halves all brackets together until each is between neighbouring numbers.
    fn halve(&mut self, question: &Question<'_>, sampler: &mut Sampler) {
        let cost = question.cost_of_selected() * self.brackets.len().max(1);
        for _ in 0..(BUDGET_HALVING / cost).min(MOST_HALVINGS) {
            self.open.clear();
            self.places.clear();
            for (index, &[[left, _], [right, _]]) in self.brackets.iter().enumerate() {
                if !question.is_adjacent(left, right) {
                    self.open.push(index);
                    self.places.push(left + 0.5 * (right - left));
                }
            }
            if self.open.is_empty() {
                return;
            }
            sampler.look_at_selected(question, &self.places, &mut self.z);
            for ((&index, &x), &z) in self.open.iter().zip(&self.places).zip(&self.z) {
                let bracket = &mut self.brackets[index];
                let side = usize::from(is_above(z) != is_above(bracket[0][1]));
                bracket[side] = [x, z];
            }
        }
    }
}

/// The changes of sign between places that follow each other, both finite.
fn changes(places: impl Iterator<Item = [f64; 2]>) -> impl Iterator<Item = Bracket> {
    let mut before: Option<[f64; 2]> = None;
    places.filter_map(move |place| {
        let bracket = [before.replace(place)?, place];
        let [from, to] = bracket.map(|[_, z]| z);
        (from.is_finite() && to.is_finite() && is_above(from) != is_above(to)).then_some(bracket)
    })
}

/// The end of a bracket where `z` is nearer to 0.
fn crossing_of(&[left, right]: &Bracket) -> Crossing {
    Crossing {
        x: if right[1].abs() < left[1].abs() {
            right[0]
        } else {
            left[0]
        },
        rising: is_above(right[1]),
    }
}
