//! Maps: what neurons make of two numbers that vary at once.

use crate::network::{NeuronAt, Trace};
use crate::session::{Document, Quantity, Target};

use super::downstream::{Downstream, Row};
use super::past::Past;

/// One of the two numbers, and how far it varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// What varies.
    pub target: Target,
    /// The lower and the upper end.
    pub ends: [f64; 2],
}

/// Which neurons are mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapped {
    /// One.
    Neuron(NeuronAt),
    /// All of the network.
    All,
}

/// A number of neurons over a grid of values of two knobs or inputs, all else as it is.
///
/// It can be run again; where only knobs have changed since, only what is downstream of them is computed. Its numbers
/// are for colours and lines: they agree with a forward pass to about 1e-12 and have not its bits.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    places: usize,
    /// `[neuron][row][column]`, neurons of all layers in order, or one.
    values: Vec<f64>,
    /// Where each layer's neurons start in `values`, in maps; for one neuron `None`.
    starts: Option<Vec<usize>>,
    only: Option<NeuronAt>,
    columns: Vec<f64>,
    along: Vec<f64>,
    across: Vec<f64>,
    /// What each block of rows computed, if that is kept for the next run; else one for all of them.
    blocks: Vec<Downstream>,
    known: Option<(Question, Past)>,
}

/// About how many samples are worked on together.
const BLOCK: usize = 512;
/// The most numbers that are kept for the next run.
const KEPT: usize = 1_000_000;

/// What a map is of, but for the network and its inputs.
type Question = ([Axis; 2], usize, Mapped);

impl Axis {
    /// The axis over the target's own range.
    pub fn of(document: &Document, target: Target) -> Self {
        let range = document.range(target);
        Self {
            target,
            ends: [range.min, range.max],
        }
    }

    /// The value at a place along the axis, counted in steps of the grid; fractions lie between.
    pub fn value_at(&self, place: f64, places: usize) -> f64 {
        let [from, to] = self.ends;
        from + (to - from) * (place / (places.max(2) - 1) as f64)
    }
}

impl Decision {
    /// Maps `quantity` over `places` columns along `x` and as many rows along `y`, the ends of both included;
    /// `trace` is the forward pass of the document's inputs.
    ///
    /// # Panics
    /// If `x` and `y` are the same number, or the network has not what they or `mapped` name.
    pub fn run(
        &mut self,
        document: &Document,
        trace: &Trace,
        [x, y]: [Axis; 2],
        places: usize,
        mapped: Mapped,
        quantity: Quantity,
    ) {
        assert!(x.target != y.target, "a map is over two different numbers");
        let blueprint = document.network.blueprint();
        let size = places * places;
        self.places = places;
        self.columns.clear();
        self.columns
            .extend((0..places).map(|place| x.value_at(place as f64, places)));
        self.place_maps(document, mapped);
        let (last_layer, only) = match mapped {
            Mapped::Neuron(at) => (at.layer, Some(at.neuron)),
            Mapped::All => (blueprint.last_layer(), None),
        };
        let neurons: usize = (0..=last_layer).map(|layer| blueprint.width(layer)).sum();
        let question = ([x, y], places, mapped);
        let known = self.known.take().filter(|(before, _)| *before == question);
        let (mut past, is_known) = match known {
            Some((_, past)) => (past, true),
            None => (
                Past::of(&document.network, &document.inputs, document.features()),
                false,
            ),
        };
        let turned = past.turned(&document.network, &document.inputs, document.features());
        let turned = turned.filter(|_| is_known);
        self.known = Some((question, past));
        let is_kept = 2 * neurons * size <= KEPT;
        let block_rows = (BLOCK / places.max(1)).max(1);
        let blocks = if is_kept { places.div_ceil(block_rows) } else { 1 };
        self.blocks.resize_with(blocks, Downstream::default);
        for (block, first) in (0..places).step_by(block_rows).enumerate() {
            let rows = block_rows.min(places - first);
            self.along.clear();
            self.across.clear();
            for row in first..first + rows {
                self.along.extend_from_slice(&self.columns);
                let value = y.value_at(row as f64, places);
                self.across.extend(std::iter::repeat_n(value, places));
            }
            let row = Row {
                network: &document.network,
                features: document.features(),
                now: trace,
                along: (x.target, &self.along),
                across: Some((y.target, &self.across)),
                last_layer,
                only,
            };
            let downstream = &mut self.blocks[if is_kept { block } else { 0 }];
            match &turned {
                Some(turned) if is_kept => {
                    if let Some(change) = turned.change() {
                        downstream.run_again(&row, change);
                    }
                }
                _ => downstream.run(&row),
            }
            let mut map = 0;
            let mut copy = |at: NeuronAt| {
                let into = &mut self.values[map * size + first * places..][..rows * places];
                match downstream.row(at, quantity) {
                    Some(values) => into.copy_from_slice(values),
                    None => into.fill(match quantity {
                        Quantity::PreActivation => trace.z(at.layer, at.neuron)[0],
                        Quantity::Output => trace.a(at.layer, at.neuron)[0],
                    }),
                }
                map += 1;
            };
            match mapped {
                Mapped::Neuron(at) => copy(at),
                Mapped::All => {
                    for layer in 0..=last_layer {
                        (0..blueprint.width(layer)).for_each(|neuron| copy(NeuronAt { layer, neuron }));
                    }
                }
            }
        }
    }

    fn place_maps(&mut self, document: &Document, mapped: Mapped) {
        let size = self.places * self.places;
        match mapped {
            Mapped::Neuron(at) => {
                self.only = Some(at);
                self.values.resize(size, 0.0);
            }
            Mapped::All => {
                self.only = None;
                let starts = self.starts.get_or_insert_default();
                starts.clear();
                let mut maps = 0;
                for plan in document.network.blueprint().layers() {
                    starts.push(maps);
                    maps += plan.neurons.len();
                }
                self.values.resize(maps * size, 0.0);
            }
        }
    }

    /// The number of rows, and of columns.
    pub fn places(&self) -> usize {
        self.places
    }

    /// The map of a neuron, `[row][column]`, lower ends of both axes first; `None` if it was not mapped.
    pub fn map(&self, at: NeuronAt) -> Option<&[f64]> {
        let map = match (self.only, &self.starts) {
            (Some(only), _) => (only == at).then_some(0)?,
            (None, Some(starts)) => {
                let start = *starts.get(at.layer)?;
                let is_in_layer = starts
                    .get(at.layer + 1)
                    .is_none_or(|&next| start + at.neuron < next);
                is_in_layer.then_some(start + at.neuron)?
            }
            (None, None) => return None,
        };
        let size = self.places * self.places;
        self.values.get(map * size..(map + 1) * size)
    }
}
