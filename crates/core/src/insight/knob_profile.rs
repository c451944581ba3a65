//! Knob profiles: a neuron's value, or the loss, over the whole range of each of many knobs.

use crate::network::{ForwardPass, NeuronAddress};
use crate::session::{Adjustable, Document, Quantity, ValueRange};

use super::baseline::Baseline;
use super::frame_budget;
use super::loss_evaluation::LossEvaluation;
use super::loss_sweep::{LossSweep, cost_per_sample};
use super::partial_forward::{PartialForward, PartialRequest, PartialValues};

/// The number of points of a profile, evenly from the lower to the upper end of the range, ends included.
pub const PROFILE_POINTS: usize = 64;
/// In a coarse profile only every third point is computed, both ends included; the others are interpolated.
const COARSE_STRIDE: usize = 3;
const _: () = assert!(
    (PROFILE_POINTS - 1).is_multiple_of(COARSE_STRIDE),
    "both ends are computed"
);

/// The maximum number of values that are cached for the next run.
const MAX_CACHED_VALUES: usize = 3_000_000;

/// The profiles of a list of knobs and inputs. The buffers are kept from one update to the next.
///
/// Only neurons that depend on a knob are computed for its profile, and for a neuron's profiles only those
/// that depend on the knobs that have changed since the last run. (A profile of the loss runs over all
/// samples: caching it would take far more memory than the knobs themselves.) The values are meant for
/// colors: they agree with a forward pass to about 1e-12, those of a loss to about 1e-6 of the largest, but
/// not to the last bit.
#[derive(Debug, Clone, Default)]
pub struct KnobProfiles {
    /// `[profile][point]`.
    values: Vec<f64>,
    knob_values: Vec<f64>,
    /// The computed points of a coarse profile.
    computed: Vec<f64>,
    /// The computed values of each profile, if they are cached for the next run; otherwise one buffer for all
    /// of them.
    results: Vec<PartialValues>,
    cached: Option<(KnobProfilesKey, Baseline)>,
    loss_sweep: LossSweep,
    loss_info: Option<LossProfileInfo>,
    is_coarse: bool,
}

/// Everything that a neuron's profiles depend on except the network and its inputs.
#[derive(Debug, Clone, PartialEq)]
struct KnobProfilesKey {
    at: NeuronAddress,
    quantity: Quantity,
    targets: Vec<Adjustable>,
    ranges: Vec<ValueRange>,
}

/// The loss and the samples that profiles of the loss were computed with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossProfileInfo {
    /// The current loss.
    pub current_loss: f64,
    /// The number of samples that the profiles were computed on.
    pub samples: usize,
    /// The number of all training samples.
    pub all_samples: usize,
}

impl KnobProfiles {
    /// Computes the given quantity of `at` over the range of each of `targets`, while everything else stays
    /// the same. `forward_pass` is that of the document's inputs.
    ///
    /// # Panics
    ///
    /// Panics if the network has no such neuron, knob or input.
    pub fn update(
        &mut self,
        document: &Document,
        forward_pass: &ForwardPass,
        at: NeuronAddress,
        quantity: Quantity,
        targets: &[Adjustable],
    ) {
        self.loss_info = None;
        self.values.clear();
        self.values
            .resize(targets.len() * PROFILE_POINTS, quantity.of(forward_pass, at)[0]);
        let network = &document.network;
        let neurons: usize = (0..=at.layer)
            .map(|layer| network.architecture().width(layer))
            .sum();
        let is_cached = 2 * neurons * self.values.len() <= MAX_CACHED_VALUES;
        self.results
            .resize_with(if is_cached { targets.len() } else { 1 }, PartialValues::default);
        let is_same = |before: &KnobProfilesKey| {
            let ranges = targets.iter().map(|&target| document.range(target));
            (before.at, before.quantity) == (at, quantity)
                && before.targets == targets
                && ranges.eq(before.ranges.iter().copied())
        };
        let mut cached = self
            .cached
            .take()
            .filter(|(before, _)| is_cached && is_same(before));
        let knob_change = cached
            .as_mut()
            .and_then(|(_, baseline)| baseline.update(network, &document.inputs, document.features()));
        if cached.is_none() {
            self.knob_values.clear();
            for &target in targets {
                push_knob_values(document.range(target), &mut self.knob_values);
            }
        }
        let neurons = [at.neuron];
        let request = PartialRequest::all(at.layer)
            .only(&neurons)
            .with_quantity(quantity);
        let profiles = self.values.chunks_exact_mut(PROFILE_POINTS);
        let profiles = profiles.zip(self.knob_values.chunks_exact(PROFILE_POINTS));
        for (index, ((profile, knob_values), &target)) in profiles.zip(targets).enumerate() {
            let numbers = [target];
            let partial_forward = PartialForward::new(network, forward_pass, document.features(), &numbers);
            let partial_forward = partial_forward.incremental();
            let result = &mut self.results[if is_cached { index } else { 0 }];
            match &knob_change {
                Some(knob_change) => {
                    if let Some(change) = knob_change.change() {
                        partial_forward.update(change, request, result);
                    }
                }
                None => partial_forward.run(&[knob_values], request, result),
            }
            // A value that does not depend on the knob stays the same.
            if let Some(row) = result.quantity(at, quantity) {
                profile.copy_from_slice(row);
            }
        }
        self.cached = is_cached.then(|| {
            cached.unwrap_or_else(|| {
                let key = KnobProfilesKey {
                    at,
                    quantity,
                    targets: targets.to_vec(),
                    ranges: targets.iter().map(|&target| document.range(target)).collect(),
                };
                (key, Baseline::new(network, &document.inputs, document.features()))
            })
        });
    }

    /// Makes profiles of the loss coarse, that is of fewer samples and at fewer points, or fine. During
    /// training, when they change in every frame, they should be coarse.
    pub fn set_coarse(&mut self, is_coarse: bool) {
        self.is_coarse = is_coarse;
    }

    /// Computes the loss over the range of each of `targets`. `evaluation` must belong to the document's
    /// network. With many samples and knobs only some samples are used, evenly spaced, so that the frame is
    /// not delayed: see [`KnobProfiles::loss_info`].
    ///
    /// # Panics
    ///
    /// Panics if the network has no such knob, or if `evaluation` belongs to another network.
    pub fn update_loss(&mut self, document: &Document, evaluation: &LossEvaluation, targets: &[Adjustable]) {
        // This invalidates the knob values of a neuron's profiles.
        self.cached = None;
        let network = &document.network;
        let knobs = targets.iter().filter_map(|target| match target {
            Adjustable::Knob(knob) => Some(*knob),
            Adjustable::Input(_) | Adjustable::Hyperparameter(_) => None,
        });
        let costs = knobs.map(|knob| cost_per_sample(network.architecture(), knob));
        let budget = if self.is_coarse {
            frame_budget::COARSE_LOSS_PROFILES
        } else {
            frame_budget::LOSS_PROFILES
        };
        let samples = evaluation.affordable_samples(budget, PROFILE_POINTS * costs.sum::<usize>());
        self.loss_info = Some(LossProfileInfo {
            current_loss: evaluation.loss(),
            samples,
            all_samples: evaluation.all_samples(),
        });
        self.loss_sweep.prepare(network, evaluation, samples);
        self.values.clear();
        self.values
            .resize(targets.len() * PROFILE_POINTS, evaluation.loss());
        for (profile, &target) in self.values.chunks_exact_mut(PROFILE_POINTS).zip(targets) {
            // The training samples have inputs of their own.
            let Adjustable::Knob(knob) = target else { continue };
            self.knob_values.clear();
            push_knob_values(document.range(target), &mut self.knob_values);
            if !self.is_coarse {
                self.loss_sweep.sweep_knob(
                    network,
                    evaluation.loss_function(),
                    knob,
                    &self.knob_values,
                    profile,
                );
                continue;
            }
            let mut index = 0;
            self.knob_values.retain(|_| {
                index += 1;
                (index - 1) % COARSE_STRIDE == 0
            });
            self.computed.resize(self.knob_values.len(), 0.0);
            self.loss_sweep.sweep_knob(
                network,
                evaluation.loss_function(),
                knob,
                &self.knob_values,
                &mut self.computed,
            );
            interpolate(&self.computed, profile);
        }
    }

    /// Returns the loss and samples that profiles of the loss were computed with; `None` for profiles of a
    /// neuron.
    pub fn loss_info(&self) -> Option<LossProfileInfo> {
        self.loss_info
    }

    /// Returns the position of the minimum of a profile as a fraction of the range, 0 to 1. If the minimum is
    /// flat, it is the middle of the flat part. Returns `None` if the profile is constant or has no finite
    /// value.
    pub fn lowest_fraction(&self, index: usize) -> Option<f64> {
        let profile = self.profile(index);
        let finite = || profile.iter().copied().filter(|value| value.is_finite());
        let lowest = finite().fold(f64::INFINITY, f64::min);
        let highest = finite().fold(f64::NEG_INFINITY, f64::max);
        // Differences below this are rounding errors.
        let tolerance = 2e-6 * highest.abs().max(lowest.abs());
        if !lowest.is_finite() || highest - lowest <= tolerance {
            return None;
        }
        let is_lowest = |&value: &f64| value <= lowest + tolerance;
        let first = profile.iter().position(|&value| value == lowest)?;
        let from = first
            - profile[..first]
                .iter()
                .rev()
                .take_while(|value| is_lowest(value))
                .count();
        let to = first
            + profile[first..]
                .iter()
                .take_while(|value| is_lowest(value))
                .count()
            - 1;
        let mut lowest = (from + to) as f64 / 2.0;
        if from == to && from > 0 && to + 1 < PROFILE_POINTS {
            // Between the points: the vertex of the parabola through three of them.
            let [before, at, after] = [-1, 0, 1].map(|step| profile[from.saturating_add_signed(step)]);
            let curvature = before - 2.0 * at + after;
            if curvature > 0.0 && curvature.is_finite() {
                lowest += (0.5 * (before - after) / curvature).clamp(-0.5, 0.5);
            }
        }
        Some(lowest / (PROFILE_POINTS - 1) as f64)
    }

    /// Returns one profile, [`PROFILE_POINTS`] values from the lower end of its range to the upper, in the
    /// order of the targets.
    pub fn profile(&self, index: usize) -> &[f64] {
        &self.values[index * PROFILE_POINTS..][..PROFILE_POINTS]
    }

    /// Returns the smallest and the largest finite value of all profiles, for a common color scale; `None` if
    /// there is none.
    pub fn value_range(&self) -> Option<[f64; 2]> {
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        finite.fold(None, |extent, value| match extent {
            None => Some([value, value]),
            Some([lowest, highest]) => Some([lowest.min(value), highest.max(value)]),
        })
    }
}

/// Interpolates between every [`COARSE_STRIDE`]-th point with a smooth curve (Catmull and Rom, 1974),
/// extrapolated linearly beyond the first and the last point. If the curve would overshoot its neighbors, for
/// example next to a jump, it is clamped to them.
fn interpolate(computed: &[f64], profile: &mut [f64]) {
    let last = computed.len() - 1;
    for (index, value) in profile.iter_mut().enumerate() {
        let (index, part) = (index / COARSE_STRIDE, index % COARSE_STRIDE);
        let b = computed[index];
        if part == 0 {
            *value = b;
            continue;
        }
        let c = computed[index + 1];
        let before = index.checked_sub(1).map(|before| computed[before]);
        let after = computed.get(index + 2).copied();
        let (a, d) = (before.unwrap_or(2.0 * b - c), after.unwrap_or(2.0 * c - b));
        let t = part as f64 / COARSE_STRIDE as f64;
        let smooth =
            b + 0.5 * t * ((c - a) + t * ((2.0 * a - 5.0 * b + 4.0 * c - d) + t * (3.0 * (b - c) + d - a)));
        let neighbors = &computed[index.saturating_sub(1)..=(index + 2).min(last)];
        let lowest = neighbors.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = neighbors.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        *value = if lowest <= highest && smooth.is_finite() {
            smooth.clamp(lowest, highest)
        } else {
            b
        };
    }
}

/// Appends the values of the knob at the points of a profile.
fn push_knob_values(range: ValueRange, knob_values: &mut Vec<f64>) {
    knob_values
        .extend((0..PROFILE_POINTS).map(|index| range.value_at(index as f64 / (PROFILE_POINTS - 1) as f64)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interpolated_points_are_close_to_the_curve() {
        let curve =
            |index: usize| libm::tanh((index as f64 - 25.0) / 6.0) + 0.001 * index as f64 * index as f64;
        let computed: Vec<f64> = (0..PROFILE_POINTS).step_by(COARSE_STRIDE).map(curve).collect();
        let mut profile = [0.0; PROFILE_POINTS];
        interpolate(&computed, &mut profile);
        for (index, value) in profile.iter().enumerate() {
            // The curve has values from −1 to 4.
            assert!((value - curve(index)).abs() < 0.02, "at {index}: {value}");
        }
        for step in [f64::NAN, f64::INFINITY, 7.0] {
            let computed: Vec<f64> = (0..22).map(|index| if index < 9 { 1.0 } else { step }).collect();
            interpolate(&computed, &mut profile);
            assert!(
                profile
                    .iter()
                    .all(|&value| value == 1.0 || !value.is_finite() || (1.0..=7.0).contains(&value))
            );
            assert_eq!((profile[0], profile[21]), (1.0, 1.0));
        }
    }
}
