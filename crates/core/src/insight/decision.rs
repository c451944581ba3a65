//! Maps: what neurons make of two numbers that vary at once.

use crate::network::{NeuronAddress, ForwardPass};
use crate::session::{Document, Quantity, Adjustable};

use super::downstream::{IncrementalForward, IncrementalForwardRequest};
use super::past::Baseline;

/// One of the two numbers, and how far it varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridAxis {
    /// What varies.
    pub target: Adjustable,
    /// The lower and the upper end.
    pub range: [f64; 2],
}

/// Which neurons are mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappedNeurons {
    /// One.
    Neuron(NeuronAddress),
    /// All of the network.
    All,
}

/// A number of neurons over a grid of values of two knobs or inputs, all else as it is.
///
/// It can be run again; where only knobs have changed since, only what is downstream of them is computed. Its numbers
/// are for colours and lines: they agree with a forward pass to about 1e-12 and have not its bits.
#[derive(Debug, Clone, Default)]
pub struct OutputGrid {
    grid_size: usize,
    /// `[neuron][row][column]`, neurons of all layers in order, or one.
    values: Vec<f64>,
    /// Where each layer's neurons start in `values`, in maps; for one neuron `None`.
    layer_starts: Option<Vec<usize>>,
    only_neuron: Option<NeuronAddress>,
    columns: Vec<f64>,
    along: Vec<f64>,
    across: Vec<f64>,
    /// What each block of rows computed, if that is kept for the next run; else one for all of them.
    blocks: Vec<IncrementalForward>,
    cached: Option<(OutputGridKey, Baseline)>,
}

/// About how many samples are worked on together.
const BLOCK_SAMPLES: usize = 512;
/// The most numbers that are kept for the next run.
const MAX_CACHED_VALUES: usize = 1_000_000;

/// What a map is of, but for the network and its inputs.
type OutputGridKey = ([GridAxis; 2], usize, MappedNeurons);

impl GridAxis {
    /// The axis over the target's own range.
    pub fn new(document: &Document, target: Adjustable) -> Self {
        let range = document.range(target);
        Self {
            target,
            range: [range.min, range.max],
        }
    }

    /// The value at a place along the axis, counted in steps of the grid; fractions lie between.
    pub fn value_at(&self, position: f64, grid_size: usize) -> f64 {
        let [from, to] = self.range;
        from + (to - from) * (position / (grid_size.max(2) - 1) as f64)
    }
}

impl OutputGrid {
    /// Maps `quantity` over `places` columns along `x` and as many rows along `y`, the ends of both included;
    /// `trace` is the forward pass of the document's inputs.
    ///
    /// # Panics
    /// If `x` and `y` are the same number, or the network has not what they or `mapped` name.
    pub fn run(
        &mut self,
        document: &Document,
        forward_pass: &ForwardPass,
        [x, y]: [GridAxis; 2],
        grid_size: usize,
        mapped: MappedNeurons,
        quantity: Quantity,
    ) {
        assert!(x.target != y.target, "a map is over two different numbers");
        let architecture = document.network.architecture();
        let size = grid_size * grid_size;
        self.grid_size = grid_size;
        self.columns.clear();
        self.columns
            .extend((0..grid_size).map(|place| x.value_at(place as f64, grid_size)));
        self.allocate_values(document, mapped);
        let (last_layer, only) = match mapped {
            MappedNeurons::Neuron(at) => (at.layer, Some(at.neuron)),
            MappedNeurons::All => (architecture.last_layer(), None),
        };
        let neurons: usize = (0..=last_layer).map(|layer| architecture.width(layer)).sum();
        let key = ([x, y], grid_size, mapped);
        let known = self.cached.take().filter(|(before, _)| *before == key);
        let (mut baseline, is_known) = match known {
            Some((_, past)) => (past, true),
            None => (
                Baseline::new(&document.network, &document.inputs, document.features()),
                false,
            ),
        };
        let knob_change = baseline.update(&document.network, &document.inputs, document.features());
        let knob_change = knob_change.filter(|_| is_known);
        self.cached = Some((key, baseline));
        let is_kept = 2 * neurons * size <= MAX_CACHED_VALUES;
        let block_rows = (BLOCK_SAMPLES / grid_size.max(1)).max(1);
        let blocks = if is_kept { grid_size.div_ceil(block_rows) } else { 1 };
        self.blocks.resize_with(blocks, IncrementalForward::default);
        for (block, first) in (0..grid_size).step_by(block_rows).enumerate() {
            let rows = block_rows.min(grid_size - first);
            self.along.clear();
            self.across.clear();
            for row in first..first + rows {
                self.along.extend_from_slice(&self.columns);
                let value = y.value_at(row as f64, grid_size);
                self.across.extend(std::iter::repeat_n(value, grid_size));
            }
            let request = IncrementalForwardRequest {
                network: &document.network,
                features: document.features(),
                current: forward_pass,
                along: (x.target, &self.along),
                across: Some((y.target, &self.across)),
                last_layer,
                only_neuron: only,
            };
            let incremental_forward = &mut self.blocks[if is_kept { block } else { 0 }];
            match &knob_change {
                Some(knob_change) if is_kept => {
                    if let Some(change) = knob_change.change() {
                        incremental_forward.update(&request, change);
                    }
                }
                _ => incremental_forward.run(&request),
            }
            let mut map = 0;
            let mut copy = |at: NeuronAddress| {
                let into = &mut self.values[map * size + first * grid_size..][..rows * grid_size];
                match incremental_forward.neuron_row(at, quantity) {
                    Some(values) => into.copy_from_slice(values),
                    None => into.fill(match quantity {
                        Quantity::WeightedSum => forward_pass.z(at.layer, at.neuron)[0],
                        Quantity::Output => forward_pass.a(at.layer, at.neuron)[0],
                    }),
                }
                map += 1;
            };
            match mapped {
                MappedNeurons::Neuron(at) => copy(at),
                MappedNeurons::All => {
                    for layer in 0..=last_layer {
                        (0..architecture.width(layer)).for_each(|neuron| copy(NeuronAddress { layer, neuron }));
                    }
                }
            }
        }
    }

    fn allocate_values(&mut self, document: &Document, mapped: MappedNeurons) {
        let size = self.grid_size * self.grid_size;
        match mapped {
            MappedNeurons::Neuron(at) => {
                self.only_neuron = Some(at);
                self.values.resize(size, 0.0);
            }
            MappedNeurons::All => {
                self.only_neuron = None;
                let starts = self.layer_starts.get_or_insert_default();
                starts.clear();
                let mut maps = 0;
                for plan in document.network.architecture().layers() {
                    starts.push(maps);
                    maps += plan.neurons.len();
                }
                self.values.resize(maps * size, 0.0);
            }
        }
    }

    /// The number of rows, and of columns.
    pub fn grid_size(&self) -> usize {
        self.grid_size
    }

    /// The map of a neuron, `[row][column]`, lower ends of both axes first; `None` if it was not mapped.
    pub fn neuron_values(&self, at: NeuronAddress) -> Option<&[f64]> {
        let map = match (self.only_neuron, &self.layer_starts) {
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
        let size = self.grid_size * self.grid_size;
        self.values.get(map * size..(map + 1) * size)
    }
}
