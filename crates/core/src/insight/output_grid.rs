//! Computes the values of neurons over a grid of two varying knobs or inputs.

use crate::network::{ForwardPass, NeuronAddress};
use crate::session::{Adjustable, Document, Quantity};

use super::baseline::Baseline;
use super::partial_forward::{PartialForward, PartialRequest, PartialValues};

/// One axis of the grid: a knob or input and the interval over which it varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridAxis {
    /// The knob or input that varies.
    pub target: Adjustable,
    /// The lower and the upper end.
    pub range: [f64; 2],
}

/// The detail of a grid, from the coarsest to the finest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridDetail {
    /// During training, when everything changes in every frame.
    Coarsest,
    /// While a value is dragged.
    Coarse,
    /// While nothing changes.
    Fine,
    /// In figures, which may take longer than a frame.
    Print,
}

/// The neurons whose values are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappedNeurons {
    /// One neuron.
    Neuron(NeuronAddress),
    /// All neurons of the network.
    All,
}

/// The values of neurons over a grid of two knobs or inputs, while everything else stays the same.
///
/// It can be run again. If only knobs have changed since, only the neurons that depend on them are
/// recomputed. The values are meant for colors and contours: they agree with a forward pass to about 1e-12
/// but not to the last bit.
#[derive(Debug, Clone, Default)]
pub struct OutputGrid {
    grid_size: usize,
    /// `[neuron][row][column]`, with the neurons of all layers in order, or a single neuron.
    values: Vec<f64>,
    /// The index of each layer's first neuron in `values`; `None` for a single neuron.
    layer_starts: Option<Vec<usize>>,
    only_neuron: Option<NeuronAddress>,
    columns: Vec<f64>,
    along: Vec<f64>,
    across: Vec<f64>,
    /// The computed values of each block of rows, if they are cached for the next run; otherwise one block
    /// that is reused for all of them.
    blocks: Vec<PartialValues>,
    cached: Option<(OutputGridKey, Baseline)>,
}

/// The approximate number of samples that are computed together.
const BLOCK_SAMPLES: usize = 512;
/// The maximum number of values that are cached for the next run.
const MAX_CACHED_VALUES: usize = 1_000_000;

/// The axes, the grid size, the neurons and the quantity of a grid: everything that it depends on except the network and
/// its inputs.
type OutputGridKey = ([GridAxis; 2], usize, MappedNeurons, Quantity);

impl GridAxis {
    /// Creates an axis over the range of a knob or input.
    pub fn new(document: &Document, target: Adjustable) -> Self {
        let range = document.range(target);
        Self {
            target,
            range: [range.min, range.max],
        }
    }

    /// Returns the value at a position along the axis, counted in grid steps. Fractions lie between grid
    /// points.
    pub fn value_at(&self, position: f64, grid_size: usize) -> f64 {
        let [from, to] = self.range;
        from + (to - from) * (position / (grid_size.max(2) - 1) as f64)
    }
}

impl OutputGrid {
    /// Computes `quantity` on a grid of `grid_size` columns along `x` and as many rows along `y`, with the
    /// ends of both axes included. `forward_pass` is that of the document's inputs.
    ///
    /// # Panics
    ///
    /// Panics if both axes vary the same knob or input, or if the network lacks it or a neuron of `mapped`.
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
            .extend((0..grid_size).map(|column| x.value_at(column as f64, grid_size)));
        self.allocate_values(document, mapped);
        let (last_layer, only) = match mapped {
            MappedNeurons::Neuron(at) => (at.layer, Some(at.neuron)),
            MappedNeurons::All => (architecture.last_layer(), None),
        };
        let neurons: usize = (0..=last_layer).map(|layer| architecture.width(layer)).sum();
        let key = ([x, y], grid_size, mapped, quantity);
        let cached = self.cached.take().filter(|(before, _)| *before == key);
        let (mut baseline, is_cache_valid) = match cached {
            Some((_, baseline)) => (baseline, true),
            None => (
                Baseline::new(&document.network, &document.inputs, document.features()),
                false,
            ),
        };
        let knob_change = baseline.update(&document.network, &document.inputs, document.features());
        let knob_change = knob_change.filter(|_| is_cache_valid);
        self.cached = Some((key, baseline));
        let is_cached = 2 * neurons * size <= MAX_CACHED_VALUES;
        let block_rows = (BLOCK_SAMPLES / grid_size.max(1)).max(1);
        let blocks = if is_cached {
            grid_size.div_ceil(block_rows)
        } else {
            1
        };
        self.blocks.resize_with(blocks, PartialValues::default);
        let numbers = [x.target, y.target];
        let features = document.features();
        let partial_forward = PartialForward::new(&document.network, forward_pass, features, &numbers);
        let request = match &only {
            Some(neuron) => PartialRequest::all(last_layer)
                .only(std::slice::from_ref(neuron))
                .with_quantity(quantity),
            None => PartialRequest::all(last_layer),
        };
        for (block, first) in (0..grid_size).step_by(block_rows).enumerate() {
            let rows = block_rows.min(grid_size - first);
            self.along.clear();
            self.across.clear();
            for row in first..first + rows {
                self.along.extend_from_slice(&self.columns);
                let value = y.value_at(row as f64, grid_size);
                self.across.extend(std::iter::repeat_n(value, grid_size));
            }
            let values = &mut self.blocks[if is_cached { block } else { 0 }];
            match &knob_change {
                Some(knob_change) if is_cached => {
                    if let Some(change) = knob_change.change() {
                        partial_forward.update(change, request, values);
                    }
                }
                _ => partial_forward.run(&[&self.along, &self.across], request, values),
            }
            let mut map = 0;
            let mut copy = |at: NeuronAddress| {
                let into = &mut self.values[map * size + first * grid_size..][..rows * grid_size];
                match values.quantity(at, quantity) {
                    Some(values) => into.copy_from_slice(values),
                    None => into.fill(quantity.of(forward_pass, at)[0]),
                }
                map += 1;
            };
            match mapped {
                MappedNeurons::Neuron(at) => copy(at),
                MappedNeurons::All => {
                    for layer in 0..=last_layer {
                        (0..architecture.width(layer))
                            .for_each(|neuron| copy(NeuronAddress { layer, neuron }));
                    }
                }
            }
        }
    }

    /// Allocates the values of the requested neurons.
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

    /// Returns the number of rows, which is also the number of columns.
    pub fn grid_size(&self) -> usize {
        self.grid_size
    }

    /// Returns the values of a neuron, `[row][column]`, with the lower ends of both axes first, or `None` if
    /// the neuron was not computed.
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
