//! Dial strips: what a neuron's number, or the loss, would be over the whole range of each of many knobs.

use crate::network::{NeuronAddress, ForwardPass};
use crate::session::{Document, Quantity, ValueRange, Adjustable};

use super::LossEvaluation;
use super::downstream::{IncrementalForward, IncrementalForwardRequest};
use super::loss_cost;
use super::loss_row::LossSweep;
use super::past::Baseline;

/// At so many places a strip is sampled, evenly from the lower to the upper end of the range, ends included.
pub const PROFILE_POINTS: usize = 64;
/// Of a brief strip only every so many-th place is computed, both ends included; a smooth curve goes through the others.
const COARSE_STRIDE: usize = 3;
const _: () = assert!((PROFILE_POINTS - 1).is_multiple_of(COARSE_STRIDE), "both ends are computed");

/// The most numbers that are kept for the next run.
const MAX_CACHED_VALUES: usize = 3_000_000;

/// The strips of a list of knobs and inputs. They can be run again and then allocate nothing.
///
/// Only what depends on a knob is computed for its strip, and of a neuron’s strips only what is downstream of the knobs
/// that have been turned since the last run. (Of the loss each strip is of all samples: to keep them would take far more
/// memory than there are knobs.) The numbers are for colours: they agree with a forward
/// pass to about 1e-12, those of a loss to about 1e-6 of the largest, and have not its bits.
#[derive(Debug, Clone, Default)]
pub struct KnobProfiles {
    /// `[strip][place]`.
    values: Vec<f64>,
    knob_values: Vec<f64>,
    /// Of a brief strip, what was computed.
    computed: Vec<f64>,
    /// What each strip computed, if that is kept for the next run; else one for all of them.
    incremental_forwards: Vec<IncrementalForward>,
    cached: Option<(KnobProfilesKey, Baseline)>,
    loss_sweep: LossSweep,
    loss_info: Option<LossProfileInfo>,
    is_coarse: bool,
}

/// What the strips of a neuron are of, but for the network and its inputs.
#[derive(Debug, Clone, PartialEq)]
struct KnobProfilesKey {
    at: NeuronAddress,
    targets: Vec<Adjustable>,
    ranges: Vec<ValueRange>,
}

/// What a strip of the loss was measured with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossProfileInfo {
    /// The present loss.
    pub current_loss: f64,
    /// The samples that count in the strips.
    pub samples: usize,
    /// All samples to train with.
    pub all_samples: usize,
}

impl KnobProfiles {
    /// Samples the chosen number of `at` over the range of each of `targets`, all else as it is; `trace` is the
    /// forward pass of the document's inputs.
    ///
    /// # Panics
    /// If the network has no such neuron, knob or input.
    pub fn update(
        &mut self,
        document: &Document,
        forward_pass: &ForwardPass,
        at: NeuronAddress,
        quantity: Quantity,
        targets: &[Adjustable],
    ) {
        self.loss_info = None;
        let now = match quantity {
            Quantity::WeightedSum => forward_pass.z(at.layer, at.neuron)[0],
            Quantity::Output => forward_pass.a(at.layer, at.neuron)[0],
        };
        self.values.clear();
        self.values.resize(targets.len() * PROFILE_POINTS, now);
        let network = &document.network;
        let neurons: usize = (0..=at.layer).map(|layer| network.architecture().width(layer)).sum();
        let is_kept = 2 * neurons * self.values.len() <= MAX_CACHED_VALUES;
        self.incremental_forwards
            .resize_with(if is_kept { targets.len() } else { 1 }, IncrementalForward::default);
        let is_same = |before: &KnobProfilesKey| {
            let ranges = targets.iter().map(|&target| document.range(target));
            before.at == at && before.targets == targets && ranges.eq(before.ranges.iter().copied())
        };
        let mut known = self.cached.take().filter(|(before, _)| is_kept && is_same(before));
        let knob_change = known
            .as_mut()
            .and_then(|(_, baseline)| baseline.update(network, &document.inputs, document.features()));
        if known.is_none() {
            self.knob_values.clear();
            for &target in targets {
                push_knob_values(document.range(target), &mut self.knob_values);
            }
        }
        let strips = self.values.chunks_exact_mut(PROFILE_POINTS);
        let strips = strips.zip(self.knob_values.chunks_exact(PROFILE_POINTS));
        for (index, ((strip, places), &target)) in strips.zip(targets).enumerate() {
            let request = IncrementalForwardRequest {
                network,
                features: document.features(),
                current: forward_pass,
                along: (target, places),
                across: None,
                last_layer: at.layer,
                only_neuron: Some(at.neuron),
            };
            let incremental_forward = &mut self.incremental_forwards[if is_kept { index } else { 0 }];
            match &knob_change {
                Some(knob_change) => {
                    if let Some(change) = knob_change.change() {
                        incremental_forward.update(&request, change);
                    }
                }
                None => incremental_forward.run(&request),
            }
            // What does not depend on the knob stays as it is.
            if let Some(row) = incremental_forward.neuron_row(at, quantity) {
                strip.copy_from_slice(row);
            }
        }
        self.cached = is_kept.then(|| {
            known.unwrap_or_else(|| {
                let key = KnobProfilesKey {
                    at,
                    targets: targets.to_vec(),
                    ranges: targets.iter().map(|&target| document.range(target)).collect(),
                };
                (key, Baseline::new(network, &document.inputs, document.features()))
            })
        });
    }

    /// Says whether a loss that is sampled from now on is to be brief: of fewer samples and at fewer places, for frames
    /// of which each has other strips.
    pub fn set_coarse(&mut self, is_coarse: bool) {
        self.is_coarse = is_coarse;
    }

    /// Samples the loss over the range of each of `targets`; `exam` is that of the document's network. Of many samples
    /// and knobs only some samples count, evenly, so that a frame is not held up: [`Strips::measured`] says how many.
    ///
    /// # Panics
    /// If the network has no such knob, or the exam is not for it.
    pub fn update_loss(&mut self, document: &Document, evaluation: &LossEvaluation, targets: &[Adjustable]) {
        // The places of a neuron’s strips are lost.
        self.cached = None;
        let network = &document.network;
        let knobs = targets.iter().filter_map(|target| match target {
            Adjustable::Knob(knob) => Some(*knob),
            Adjustable::Input(_) => None,
        });
        let samples = loss_cost::affordable_samples(network.architecture(), knobs, evaluation.samples(), self.is_coarse);
        self.loss_info = Some(LossProfileInfo {
            current_loss: evaluation.loss(),
            samples,
            all_samples: evaluation.all_samples(),
        });
        self.loss_sweep.prepare(network, evaluation, samples);
        self.values.clear();
        self.values.resize(targets.len() * PROFILE_POINTS, evaluation.loss());
        for (strip, &target) in self.values.chunks_exact_mut(PROFILE_POINTS).zip(targets) {
            // The examples have inputs of their own.
            let Adjustable::Knob(knob) = target else { continue };
            self.knob_values.clear();
            push_knob_values(document.range(target), &mut self.knob_values);
            if !self.is_coarse {
                self.loss_sweep
                    .sweep_knob(network, evaluation.loss_function(), knob, &self.knob_values, strip);
                continue;
            }
            let mut index = 0;
            self.knob_values.retain(|_| {
                index += 1;
                (index - 1) % COARSE_STRIDE == 0
            });
            self.computed.resize(self.knob_values.len(), 0.0);
            self.loss_sweep
                .sweep_knob(network, evaluation.loss_function(), knob, &self.knob_values, &mut self.computed);
            interpolate(&self.computed, strip);
        }
    }

    /// What a loss was measured with; `None` for a neuron.
    pub fn loss_info(&self) -> Option<LossProfileInfo> {
        self.loss_info
    }

    /// The fraction of the way along a strip at which it is lowest; the middle of the lowest stretch if that is flat.
    /// `None` if it is the same all along, or no number.
    pub fn lowest_fraction(&self, index: usize) -> Option<f64> {
        let strip = self.profile(index);
        let finite = || strip.iter().copied().filter(|value| value.is_finite());
        let least = finite().fold(f64::INFINITY, f64::min);
        let most = finite().fold(f64::NEG_INFINITY, f64::max);
        // Differences of roundings tell nothing.
        let noise = 2e-6 * most.abs().max(least.abs());
        if !least.is_finite() || most - least <= noise {
            return None;
        }
        let is_lowest = |&value: &f64| value <= least + noise;
        let first = strip.iter().position(|&value| value == least)?;
        let from = first
            - strip[..first]
                .iter()
                .rev()
                .take_while(|value| is_lowest(value))
                .count();
        let to = first + strip[first..].iter().take_while(|value| is_lowest(value)).count() - 1;
        let mut lowest = (from + to) as f64 / 2.0;
        if from == to && from > 0 && to + 1 < PROFILE_POINTS {
            // Between places: the vertex of the parabola through three of them.
            let [before, at, after] = [-1, 0, 1].map(|step| strip[from.saturating_add_signed(step)]);
            let bend = before - 2.0 * at + after;
            if bend > 0.0 && bend.is_finite() {
                lowest += (0.5 * (before - after) / bend).clamp(-0.5, 0.5);
            }
        }
        Some(lowest / (PROFILE_POINTS - 1) as f64)
    }

    /// One strip, [`PLACES`] values from the lower end of its range to the upper; in the order of the targets.
    pub fn profile(&self, index: usize) -> &[f64] {
        &self.values[index * PROFILE_POINTS..][..PROFILE_POINTS]
    }

    /// The least and the largest finite value of all strips, for a common scale of colours; `None` if there is none.
    pub fn value_range(&self) -> Option<[f64; 2]> {
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        finite.fold(None, |extent, value| match extent {
            None => Some([value, value]),
            Some([least, most]) => Some([least.min(value), most.max(value)]),
        })
    }
}

/// Puts a smooth curve through every [`STRIDE`]-th place (Catmull and Rom, 1974), as if it went straight on before the
/// first and after the last. Where it would go beyond its neighbours, as beside a step, it stays within them.
fn interpolate(computed: &[f64], profile: &mut [f64]) {
    let last = computed.len() - 1;
    for (place, value) in profile.iter_mut().enumerate() {
        let (index, part) = (place / COARSE_STRIDE, place % COARSE_STRIDE);
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
        let neighbours = &computed[index.saturating_sub(1)..=(index + 2).min(last)];
        let least = neighbours.iter().copied().fold(f64::INFINITY, f64::min);
        let most = neighbours.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        *value = if least <= most && smooth.is_finite() {
            smooth.clamp(least, most)
        } else {
            b
        };
    }
}

/// Adds the values at which a strip is sampled.
fn push_knob_values(range: ValueRange, places: &mut Vec<f64>) {
    places.extend((0..PROFILE_POINTS).map(|place| range.value_at(place as f64 / (PROFILE_POINTS - 1) as f64)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_is_near_to_the_curve() {
        let curve =
            |place: usize| libm::tanh((place as f64 - 25.0) / 6.0) + 0.001 * place as f64 * place as f64;
        let computed: Vec<f64> = (0..PROFILE_POINTS).step_by(COARSE_STRIDE).map(curve).collect();
        let mut strip = [0.0; PROFILE_POINTS];
        interpolate(&computed, &mut strip);
        for (place, value) in strip.iter().enumerate() {
            // Of what goes from −1 to 4.
            assert!((value - curve(place)).abs() < 0.02, "at {place}: {value}");
        }
        for step in [f64::NAN, f64::INFINITY, 7.0] {
            let computed: Vec<f64> = (0..22).map(|index| if index < 9 { 1.0 } else { step }).collect();
            interpolate(&computed, &mut strip);
            assert!(
                strip
                    .iter()
                    .all(|&value| value == 1.0 || !value.is_finite() || (1.0..=7.0).contains(&value))
            );
            assert_eq!((strip[0], strip[21]), (1.0, 1.0));
        }
    }
}
