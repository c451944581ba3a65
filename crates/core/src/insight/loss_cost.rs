//! What strips of the loss cost, and how many samples can be afforded.

use crate::network::{Architecture, Knob};

/// About how many operations all strips of a frame may take; of more samples only some count, evenly.
const BUDGET: usize = 36_000_000;
/// The same while every frame has other strips.
const COARSE_BUDGET: usize = 18_000_000;
/// The fewest samples that count, if there are as many.
const MIN_SAMPLES: usize = 16;
/// What an exponential counts.
const EXP_COST: usize = 8;

/// How many of `all` samples can count for the strips of these knobs; fewer if they are to be brief.
pub(super) fn affordable_samples(
    architecture: &Architecture,
    knobs: impl Iterator<Item = Knob>,
    all: usize,
    is_coarse: bool,
) -> usize {
    let budget = if is_coarse { COARSE_BUDGET } else { BUDGET };
    let each = super::strip::PROFILE_POINTS * knobs.map(|knob| cost_per_sample(architecture, knob)).sum::<usize>();
    (budget / each.max(1)).max(MIN_SAMPLES).min(all)
}

/// About how many operations one sample takes for one value of a knob.
pub(super) fn cost_per_sample(architecture: &Architecture, knob: Knob) -> usize {
    let last = architecture.last_layer();
    let mut cost = EXP_COST * (1 + architecture.width(last));
    for layer in knob.layer + 1..=last {
        let sources = if layer == knob.layer + 1 {
            1
        } else {
            architecture.fan_in(layer)
        };
        cost += architecture.width(layer) * (sources + EXP_COST);
    }
    cost
}
