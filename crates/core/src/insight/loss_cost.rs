//! The cost of loss profiles, and the number of samples that fits into a frame.

use crate::network::{Architecture, Knob};

/// The approximate number of operations that all profiles of a frame may take. With more samples only some of
/// them are used, evenly spaced.
const BUDGET: usize = 36_000_000;
/// The approximate number of operations for coarse profiles, which change in every frame.
const COARSE_BUDGET: usize = 18_000_000;
/// The minimum number of samples that are used, if there are as many.
const MIN_SAMPLES: usize = 16;
/// The number of operations that an exponential counts as.
const EXP_COST: usize = 8;

/// Returns the number of samples, of `all`, on which the profiles of these knobs can be computed. It is lower
/// for coarse profiles.
pub(super) fn affordable_samples(
    architecture: &Architecture,
    knobs: impl Iterator<Item = Knob>,
    all: usize,
    is_coarse: bool,
) -> usize {
    let budget = if is_coarse { COARSE_BUDGET } else { BUDGET };
    let cost_of_one_sample = super::knob_profile::PROFILE_POINTS
        * knobs
            .map(|knob| cost_per_sample(architecture, knob))
            .sum::<usize>();
    (budget / cost_of_one_sample.max(1)).max(MIN_SAMPLES).min(all)
}

/// Returns the approximate number of operations for one sample and one value of a knob.
pub(super) fn cost_per_sample(architecture: &Architecture, knob: Knob) -> usize {
    let last = architecture.last_layer();
    let mut cost = EXP_COST * (1 + architecture.width(last));
    for layer in knob.layer + 1..=last {
        let inputs = if layer == knob.layer + 1 {
            1
        } else {
            architecture.fan_in(layer)
        };
        cost += architecture.width(layer) * (inputs + EXP_COST);
    }
    cost
}
