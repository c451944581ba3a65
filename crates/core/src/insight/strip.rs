//! Dial strips: what a neuron's number, or the loss, would be over the whole range of each of many knobs.

use crate::network::{NeuronAt, Trace};
use crate::session::{Document, Quantity, Range, Target};

use super::Exam;
use super::downstream::{Downstream, Row};
use super::loss_cost;
use super::loss_row::LossRow;
use super::past::Past;

/// At so many places a strip is sampled, evenly from the lower to the upper end of the range, ends included.
pub const PLACES: usize = 64;
/// Of a brief strip only every so many-th place is computed, both ends included; a smooth curve goes through the others.
const STRIDE: usize = 3;
const _: () = assert!((PLACES - 1).is_multiple_of(STRIDE), "both ends are computed");

/// The most numbers that are kept for the next run.
const KEPT: usize = 3_000_000;

/// The strips of a list of knobs and inputs. They can be run again and then allocate nothing.
///
/// Only what depends on a knob is computed for its strip, and of a neuron’s strips only what is downstream of the knobs
/// that have been turned since the last run. (Of the loss each strip is of all samples: to keep them would take far more
/// memory than there are knobs.) The numbers are for colours: they agree with a forward
/// pass to about 1e-12, those of a loss to about 1e-6 of the largest, and have not its bits.
#[derive(Debug, Clone, Default)]
pub struct Strips {
    /// `[strip][place]`.
    values: Vec<f64>,
    places: Vec<f64>,
    /// Of a brief strip, what was computed.
    computed: Vec<f64>,
    /// What each strip computed, if that is kept for the next run; else one for all of them.
    kept: Vec<Downstream>,
    known: Option<(Question, Past)>,
    loss_row: LossRow,
    measured: Option<Measured>,
    is_brief: bool,
}

/// What the strips of a neuron are of, but for the network and its inputs.
#[derive(Debug, Clone, PartialEq)]
struct Question {
    at: NeuronAt,
    targets: Vec<Target>,
    ranges: Vec<Range>,
}

/// What a strip of the loss was measured with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The present loss.
    pub now: f64,
    /// The samples that count in the strips.
    pub samples: usize,
    /// All samples to train with.
    pub all: usize,
}

impl Strips {
    /// Samples the chosen number of `at` over the range of each of `targets`, all else as it is; `trace` is the
    /// forward pass of the document's inputs.
    ///
    /// # Panics
    /// If the network has no such neuron, knob or input.
    pub fn run(
        &mut self,
        document: &Document,
        trace: &Trace,
        at: NeuronAt,
        quantity: Quantity,
        targets: &[Target],
    ) {
        self.measured = None;
        let now = match quantity {
            Quantity::PreActivation => trace.z(at.layer, at.neuron)[0],
            Quantity::Output => trace.a(at.layer, at.neuron)[0],
        };
        self.values.clear();
        self.values.resize(targets.len() * PLACES, now);
        let network = &document.network;
        let neurons: usize = (0..=at.layer).map(|layer| network.blueprint().width(layer)).sum();
        let is_kept = 2 * neurons * self.values.len() <= KEPT;
        self.kept
            .resize_with(if is_kept { targets.len() } else { 1 }, Downstream::default);
        let is_same = |before: &Question| {
            let ranges = targets.iter().map(|&target| document.range(target));
            before.at == at && before.targets == targets && ranges.eq(before.ranges.iter().copied())
        };
        let mut known = self.known.take().filter(|(before, _)| is_kept && is_same(before));
        let turned = known
            .as_mut()
            .and_then(|(_, past)| past.turned(network, &document.inputs, document.features()));
        if known.is_none() {
            self.places.clear();
            for &target in targets {
                place(document.range(target), &mut self.places);
            }
        }
        let strips = self.values.chunks_exact_mut(PLACES);
        let strips = strips.zip(self.places.chunks_exact(PLACES));
        for (index, ((strip, places), &target)) in strips.zip(targets).enumerate() {
            let row = Row {
                network,
                features: document.features(),
                now: trace,
                along: (target, places),
                across: None,
                last_layer: at.layer,
                only: Some(at.neuron),
            };
            let downstream = &mut self.kept[if is_kept { index } else { 0 }];
            match &turned {
                Some(turned) => {
                    if let Some(change) = turned.change() {
                        downstream.run_again(&row, change);
                    }
                }
                None => downstream.run(&row),
            }
            // What does not depend on the knob stays as it is.
            if let Some(row) = downstream.row(at, quantity) {
                strip.copy_from_slice(row);
            }
        }
        self.known = is_kept.then(|| {
            known.unwrap_or_else(|| {
                let question = Question {
                    at,
                    targets: targets.to_vec(),
                    ranges: targets.iter().map(|&target| document.range(target)).collect(),
                };
                (question, Past::of(network, &document.inputs, document.features()))
            })
        });
    }

    /// Says whether a loss that is sampled from now on is to be brief: of fewer samples and at fewer places, for frames
    /// of which each has other strips.
    pub fn be_brief(&mut self, is_brief: bool) {
        self.is_brief = is_brief;
    }

    /// Samples the loss over the range of each of `targets`; `exam` is that of the document's network. Of many samples
    /// and knobs only some samples count, evenly, so that a frame is not held up: [`Strips::measured`] says how many.
    ///
    /// # Panics
    /// If the network has no such knob, or the exam is not for it.
    pub fn run_loss(&mut self, document: &Document, exam: &Exam, targets: &[Target]) {
        // The places of a neuron’s strips are lost.
        self.known = None;
        let network = &document.network;
        let knobs = targets.iter().filter_map(|target| match target {
            Target::Knob(knob) => Some(*knob),
            Target::Input(_) => None,
        });
        let samples = loss_cost::affordable(network.blueprint(), knobs, exam.samples(), self.is_brief);
        self.measured = Some(Measured {
            now: exam.loss(),
            samples,
            all: exam.all_samples(),
        });
        self.loss_row.prepare(network, exam, samples);
        self.values.clear();
        self.values.resize(targets.len() * PLACES, exam.loss());
        for (strip, &target) in self.values.chunks_exact_mut(PLACES).zip(targets) {
            // The examples have inputs of their own.
            let Target::Knob(knob) = target else { continue };
            self.places.clear();
            place(document.range(target), &mut self.places);
            if !self.is_brief {
                self.loss_row
                    .along(network, exam.measured(), knob, &self.places, strip);
                continue;
            }
            let mut index = 0;
            self.places.retain(|_| {
                index += 1;
                (index - 1) % STRIDE == 0
            });
            self.computed.resize(self.places.len(), 0.0);
            self.loss_row
                .along(network, exam.measured(), knob, &self.places, &mut self.computed);
            fill_between(&self.computed, strip);
        }
    }

    /// What a loss was measured with; `None` for a neuron.
    pub fn measured(&self) -> Option<Measured> {
        self.measured
    }

    /// The fraction of the way along a strip at which it is lowest; the middle of the lowest stretch if that is flat.
    /// `None` if it is the same all along, or no number.
    pub fn lowest(&self, index: usize) -> Option<f64> {
        let strip = self.strip(index);
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
        if from == to && from > 0 && to + 1 < PLACES {
            // Between places: the vertex of the parabola through three of them.
            let [before, at, after] = [-1, 0, 1].map(|step| strip[from.saturating_add_signed(step)]);
            let bend = before - 2.0 * at + after;
            if bend > 0.0 && bend.is_finite() {
                lowest += (0.5 * (before - after) / bend).clamp(-0.5, 0.5);
            }
        }
        Some(lowest / (PLACES - 1) as f64)
    }

    /// One strip, [`PLACES`] values from the lower end of its range to the upper; in the order of the targets.
    pub fn strip(&self, index: usize) -> &[f64] {
        &self.values[index * PLACES..][..PLACES]
    }

    /// The least and the largest finite value of all strips, for a common scale of colours; `None` if there is none.
    pub fn extent(&self) -> Option<[f64; 2]> {
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        finite.fold(None, |extent, value| match extent {
            None => Some([value, value]),
            Some([least, most]) => Some([least.min(value), most.max(value)]),
        })
    }
}

/// Puts a smooth curve through every [`STRIDE`]-th place (Catmull and Rom, 1974), as if it went straight on before the
/// first and after the last. Where it would go beyond its neighbours, as beside a step, it stays within them.
fn fill_between(computed: &[f64], strip: &mut [f64]) {
    let last = computed.len() - 1;
    for (place, value) in strip.iter_mut().enumerate() {
        let (index, part) = (place / STRIDE, place % STRIDE);
        let b = computed[index];
        if part == 0 {
            *value = b;
            continue;
        }
        let c = computed[index + 1];
        let before = index.checked_sub(1).map(|before| computed[before]);
        let after = computed.get(index + 2).copied();
        let (a, d) = (before.unwrap_or(2.0 * b - c), after.unwrap_or(2.0 * c - b));
        let t = part as f64 / STRIDE as f64;
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
fn place(range: Range, places: &mut Vec<f64>) {
    places.extend((0..PLACES).map(|place| range.value_at(place as f64 / (PLACES - 1) as f64)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_is_near_to_the_curve() {
        let curve =
            |place: usize| libm::tanh((place as f64 - 25.0) / 6.0) + 0.001 * place as f64 * place as f64;
        let computed: Vec<f64> = (0..PLACES).step_by(STRIDE).map(curve).collect();
        let mut strip = [0.0; PLACES];
        fill_between(&computed, &mut strip);
        for (place, value) in strip.iter().enumerate() {
            // Of what goes from −1 to 4.
            assert!((value - curve(place)).abs() < 0.02, "at {place}: {value}");
        }
        for step in [f64::NAN, f64::INFINITY, 7.0] {
            let computed: Vec<f64> = (0..22).map(|index| if index < 9 { 1.0 } else { step }).collect();
            fill_between(&computed, &mut strip);
            assert!(
                strip
                    .iter()
                    .all(|&value| value == 1.0 || !value.is_finite() || (1.0..=7.0).contains(&value))
            );
            assert_eq!((strip[0], strip[21]), (1.0, 1.0));
        }
    }
}
