//! Dial strips: what a neuron's number would be over the whole range of each of many knobs.

use crate::network::{NeuronAt, Trace};
use crate::session::{Document, Quantity, Target};

use super::downstream::{Downstream, Row};

/// At so many places a strip is sampled, evenly from the lower to the upper end of the range, ends included.
pub const PLACES: usize = 64;

/// The strips of a list of knobs and inputs. They can be run again and then allocate nothing.
///
/// Only what depends on a knob is computed for its strip. The numbers are for colours: they agree with a forward
/// pass to about 1e-12 and have not its bits.
#[derive(Debug, Clone, Default)]
pub struct Strips {
    /// `[strip][place]`.
    values: Vec<f64>,
    places: Vec<f64>,
    downstream: Downstream,
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
        let now = match quantity {
            Quantity::PreActivation => trace.z(at.layer, at.neuron)[0],
            Quantity::Output => trace.a(at.layer, at.neuron)[0],
        };
        self.values.clear();
        self.values.resize(targets.len() * PLACES, now);
        for (strip, &target) in self.values.chunks_exact_mut(PLACES).zip(targets) {
            let range = document.range(target);
            self.places.clear();
            self.places
                .extend((0..PLACES).map(|place| range.value_at(place as f64 / (PLACES - 1) as f64)));
            self.downstream.run(&Row {
                network: &document.network,
                now: trace,
                along: (target, &self.places),
                across: None,
                last_layer: at.layer,
                only: Some(at.neuron),
            });
            // What does not depend on the knob stays as it is.
            if let Some(row) = self.downstream.row(at, quantity) {
                strip.copy_from_slice(row);
            }
        }
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
