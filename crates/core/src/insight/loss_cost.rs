//! What strips of the loss cost, and how many samples can be afforded.

use crate::network::{Blueprint, Knob};

/// About how many operations all strips of a frame may take; of more samples only some count, evenly.
const BUDGET: usize = 36_000_000;
/// The same while every frame has other strips.
const BRIEF_BUDGET: usize = 18_000_000;
/// The fewest samples that count, if there are as many.
const LEAST_SAMPLES: usize = 16;
/// What an exponential counts.
const EXPONENTIAL: usize = 8;

/// How many of `all` samples can count for the strips of these knobs; fewer if they are to be brief.
pub(super) fn affordable(
    blueprint: &Blueprint,
    knobs: impl Iterator<Item = Knob>,
    all: usize,
    is_brief: bool,
) -> usize {
    let budget = if is_brief { BRIEF_BUDGET } else { BUDGET };
    let each = super::strip::PLACES * knobs.map(|knob| cost(blueprint, knob)).sum::<usize>();
    (budget / each.max(1)).max(LEAST_SAMPLES).min(all)
}

/// About how many operations one sample takes for one value of a knob.
pub(super) fn cost(blueprint: &Blueprint, knob: Knob) -> usize {
    let last = blueprint.last_layer();
    let mut cost = EXPONENTIAL * (1 + blueprint.width(last));
    for layer in knob.layer + 1..=last {
        let sources = if layer == knob.layer + 1 {
            1
        } else {
            blueprint.fan_in(layer)
        };
        cost += blueprint.width(layer) * (sources + EXPONENTIAL);
    }
    cost
}
