//! Chooses the positions at which curves are sampled: evenly first, then more where a curve bends or jumps.

use crate::network::NeuronAddress;
use crate::session::Quantity;

use super::curve_request::{CurveRequest, SignChange, find_sign_change};
use super::frame_budget;
use super::partial_forward::{PartialRequest, PartialValues};
use super::prefix_cache::PrefixCache;

/// The number of even intervals that a sweep begins with, if the budget allows it.
const INTERVALS: usize = 128;
/// The minimum number of even intervals, regardless of cost.
const MIN_INTERVALS: usize = 2;
/// The maximum number of positions at which curves are sampled.
const MAX_SAMPLES: usize = 4_000;
/// The approximate number of times that `z` is evaluated to find a sign change, at a few positions each.
const EVALUATIONS_PER_ROOT: usize = 3;
/// The maximum distance of a curve from its chord, as a fraction of the height of the axis.
const TOLERANCE: f64 = 0.002;
/// Returns the offset of the `i`th position from an exactly even one, −0.25 to 0.25 intervals. Exactly even
/// positions can make a fast oscillation look like a slow one (aliasing).
fn jitter(i: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let turns = i as f64 * GOLDEN;
    0.5 * (turns - libm::floor(turns)) - 0.25
}

/// The positions at which curves were sampled, and the values there. The buffers are kept. At positions that
/// were sampled before, only neurons that depend on changed knobs are recomputed.
#[derive(Debug, Clone, Default)]
pub(super) struct CurveSampler {
    run: PartialValues,
    prefix_cache: PrefixCache,
    /// The sign changes of the neurons that depend directly on the swept number, as far as they are known, and the
    /// axis that they were found for.
    sign_changes: Vec<Option<Option<SignChange>>>,
    sign_change_axis: [f64; 2],
    neurons: Vec<usize>,
    /// Positions that are not evaluated yet.
    batch: Vec<f64>,
    x: Vec<f64>,
    /// The values of the curves, `[position][curve]`.
    values: Vec<f64>,
    /// The selected neuron's `z`, one for each position.
    z: Vec<f64>,
    curves: usize,
    /// The indices of the positions from left to right.
    order: Vec<u32>,
    intervals: Vec<Interval>,
    next_intervals: Vec<Interval>,
}

/// An interval between two positions, and the deviation of a curve from the chord that the interval is a part
/// of.
#[derive(Debug, Clone, Copy)]
struct Interval {
    left: u32,
    right: u32,
    deviation: f64,
}

impl CurveSampler {
    /// Samples the curves along the axis.
    pub(super) fn sample(&mut self, request: &CurveRequest<'_>) {
        self.x.clear();
        self.values.clear();
        self.z.clear();
        self.curves = request.curves.len();
        self.neurons.clear();
        self.neurons
            .extend(request.curves.iter().map(|curve| curve.at.neuron));

        self.forget_sign_changes(request);
        let cost = request.partial_forward.cost(request.layer, self.curves) + self.curves;
        let max_samples = (frame_budget::CURVES / cost).clamp(MIN_INTERVALS + 2, MAX_SAMPLES);
        self.add_initial_points(request, max_samples);
        self.evaluate_batch(request);
        self.sort();

        let mut tolerance = self.tolerance(request);
        self.find_bent_intervals(request, tolerance);
        while !self.intervals.is_empty() && self.x.len() < max_samples {
            self.bisect_intervals(request, tolerance, max_samples - self.x.len());
            tolerance = self.tolerance(request).max(tolerance);
        }
        self.sort();
    }

    /// Prepares the caches for a sweep and forgets the sign changes that may be others now.
    fn forget_sign_changes(&mut self, request: &CurveRequest<'_>) {
        let changed = self.prefix_cache.begin(request);
        let changed = changed.filter(|_| self.sign_change_axis == request.x);
        match changed {
            Some(neurons) => neurons.iter().for_each(|&neuron| {
                if let Some(known) = self.sign_changes.get_mut(neuron) {
                    *known = None;
                }
            }),
            None => self.sign_changes.clear(),
        }
        self.sign_change_axis = request.x;
    }

    /// Returns the points of a curve from left to right, including those that are not finite.
    pub(super) fn points(&self, curve: usize) -> impl Iterator<Item = [f64; 2]> {
        let value = move |index: usize| self.values[index * self.curves + curve];
        let indices = self.order.iter().map(|&index| index as usize);
        indices.map(move |index| [self.x[index], value(index)])
    }

    /// Returns the selected neuron's `[x, z]` from left to right.
    pub(super) fn selected_points(&self) -> impl Iterator<Item = [f64; 2]> {
        let indices = self.order.iter().map(|&index| index as usize);
        indices.map(|index| [self.x[index], self.z[index]])
    }

    /// Evaluates the selected neuron's `z` at other positions. The samples along the axis are kept.
    pub(super) fn evaluate_selected(
        &mut self,
        request: &CurveRequest<'_>,
        x_values: &[f64],
        z: &mut Vec<f64>,
    ) {
        let NeuronAddress { layer, neuron } = request.selected;
        let neurons = [neuron];
        let selected = PartialRequest::all(layer)
            .only(&neurons)
            .with_quantity(Quantity::WeightedSum);
        self.prefix_cache
            .run(&request.partial_forward, x_values, selected, &mut self.run);
        z.clear();
        match self.run.z(request.selected) {
            Some(row) => z.extend_from_slice(row),
            None => z.resize(
                x_values.len(),
                request.partial_forward.baseline().z(layer, neuron)[0],
            ),
        }
    }

    /// Adds even positions, the current one, and both sides of every kink or jump that is known exactly: the
    /// sign changes of the neurons that depend directly on the swept number.
    fn add_initial_points(&mut self, request: &CurveRequest<'_>, max_samples: usize) {
        let [from, to] = request.x;
        let is_inside = |x: f64| from <= x && x <= to;
        let intervals = INTERVALS.min(max_samples / 3).max(MIN_INTERVALS);
        let part = |i: usize| (i as f64 + jitter(i)) / intervals as f64;
        self.batch.clear();
        self.batch
            .extend((1..intervals).map(|i| from + part(i) * request.width()));
        self.batch.extend([from, to]);
        let current = request.partial_forward.current_value();
        if is_inside(current) {
            self.batch.push(current);
        }
        let layer = request.partial_forward.first_layer();
        let baseline = request.partial_forward.baseline();
        if layer <= request.layer {
            let cost = EVALUATIONS_PER_ROOT * baseline.layer_inputs(layer).len();
            let affordable = frame_budget::SIGN_CHANGES / cost;
            let neurons = baseline.layers()[layer].z.len();
            self.sign_changes.resize(neurons, None);
            for neuron in (0..neurons).take(affordable) {
                if self.batch.len() + 3 > max_samples {
                    break;
                }
                let find = || find_sign_change(request, NeuronAddress { layer, neuron });
                let Some(root) = *self.sign_changes[neuron].get_or_insert_with(find) else {
                    continue;
                };
                if is_inside(root.before) {
                    self.batch.push(root.before);
                    self.batch.push(root.after.min(to));
                }
            }
        }
        self.batch.sort_unstable_by(f64::total_cmp);
        self.batch.dedup();
    }

    /// Evaluates the curves at all positions of the batch.
    fn evaluate_batch(&mut self, request: &CurveRequest<'_>) {
        let Self {
            run,
            neurons,
            prefix_cache,
            batch,
            values,
            ..
        } = self;
        let curves = PartialRequest::all(request.layer)
            .only(neurons)
            .with_quantity(request.quantity);
        prefix_cache.run(&request.partial_forward, batch, curves, run);
        let first = values.len();
        values.resize(first + batch.len() * self.curves, 0.0);
        for (index, curve) in request.curves.iter().enumerate() {
            let row = run.quantity(curve.at, request.quantity);
            let column = values[first + index..].iter_mut().step_by(self.curves);
            match row {
                Some(row) => column.zip(row).for_each(|(value, &computed)| *value = computed),
                None => column.for_each(|value| *value = curve.current[1]),
            }
        }
        match run.z(request.selected) {
            Some(row) => self.z.extend_from_slice(row),
            None => {
                let NeuronAddress { layer, neuron } = request.selected;
                let constant = request.partial_forward.baseline().z(layer, neuron)[0];
                self.z.extend(std::iter::repeat_n(constant, batch.len()));
            }
        }
        self.x.append(batch);
    }

    /// Sorts the positions from left to right.
    fn sort(&mut self) {
        self.order.clear();
        self.order.extend(0..self.x.len() as u32);
        let x = &self.x;
        self.order
            .sort_unstable_by(|&a, &b| x[a as usize].total_cmp(&x[b as usize]));
    }

    /// Returns the maximum deviation of a curve from a chord, in units of the vertical axis.
    fn tolerance(&self, request: &CurveRequest<'_>) -> f64 {
        let [low, high] = request.y.unwrap_or_else(|| {
            let finite = self.values.iter().filter(|value| value.is_finite());
            finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], &value| {
                [low.min(value), high.max(value)]
            })
        });
        // Each end is multiplied separately, so that the largest numbers don't overflow.
        (TOLERANCE * high - TOLERANCE * low).max(0.0)
    }

    /// Returns the values of all curves at a position.
    fn values_at(&self, index: u32) -> &[f64] {
        &self.values[index as usize * self.curves..][..self.curves]
    }

    /// Returns the largest deviation of a curve from its chord at `middle`, or infinity if some of the three
    /// values of a curve are finite and some are not.
    fn deviation(&self, request: &CurveRequest<'_>, left: u32, middle: u32, right: u32) -> f64 {
        let x = |index: u32| self.x[index as usize];
        let fraction = (x(middle) - x(left)) / (x(right) - x(left));
        let rows = self
            .values_at(left)
            .iter()
            .zip(self.values_at(middle))
            .zip(self.values_at(right));
        let mut largest = 0.0_f64;
        for ((&from, &value), &to) in rows {
            let finite = [from, value, to].map(f64::is_finite);
            if finite == [true; 3] {
                let is_out_of_view = request.y.is_some_and(|[low, high]| {
                    [from, value, to].iter().all(|&y| y < low) || [from, value, to].iter().all(|&y| y > high)
                });
                let chord = (1.0 - fraction) * from + fraction * to;
                if !is_out_of_view {
                    largest = largest.max((value - chord).abs());
                }
            } else if finite != [false; 3] {
                return f64::INFINITY;
            }
        }
        largest
    }

    /// Collects the intervals next to every position at which a curve bends or jumps.
    fn find_bent_intervals(&mut self, request: &CurveRequest<'_>, tolerance: f64) {
        self.intervals.clear();
        let mut before = 0.0;
        for at in 1..self.order.len() {
            let [left, right] = [self.order[at - 1], self.order[at]];
            let after = match self.order.get(at + 1) {
                Some(&next) => self.deviation(request, left, right, next),
                None => 0.0,
            };
            let deviation = f64::max(before, after);
            self.push_if_bent(request, tolerance, [left, right], deviation);
            before = after;
        }
        std::mem::swap(&mut self.intervals, &mut self.next_intervals);
        self.next_intervals.clear();
    }

    /// Adds an interval to those that are refined next, if the curves bend in it and it can be divided.
    fn push_if_bent(
        &mut self,
        request: &CurveRequest<'_>,
        tolerance: f64,
        [left, right]: [u32; 2],
        deviation: f64,
    ) {
        if deviation > tolerance && !request.is_adjacent(self.x[left as usize], self.x[right as usize]) {
            self.next_intervals.push(Interval {
                left,
                right,
                deviation,
            });
        }
    }

    /// Samples the middle of every interval and keeps the halves of those in which a curve bends. If the
    /// budget does not allow all of them, those with the largest deviation are sampled.
    fn bisect_intervals(&mut self, request: &CurveRequest<'_>, tolerance: f64, affordable: usize) {
        if self.intervals.len() > affordable {
            self.intervals
                .sort_unstable_by(|a, b| b.deviation.total_cmp(&a.deviation));
            self.intervals.truncate(affordable);
        }
        let first = self.x.len() as u32;
        let x = &self.x;
        let middle = |interval: &Interval| {
            let [left, right] = [interval.left, interval.right].map(|index| x[index as usize]);
            left + 0.5 * (right - left)
        };
        self.batch.extend(self.intervals.iter().map(middle));
        self.evaluate_batch(request);
        let intervals = std::mem::take(&mut self.intervals);
        for (middle, &Interval { left, right, .. }) in (first..).zip(&intervals) {
            let deviation = self.deviation(request, left, middle, right);
            for [left, right] in [[left, middle], [middle, right]] {
                self.push_if_bent(request, tolerance, [left, right], deviation);
            }
        }
        self.intervals = std::mem::replace(&mut self.next_intervals, intervals);
        self.next_intervals.clear();
    }
}
