//! The dataset as a plot, with the network's predictions.

use crate::data::{CustomPoints, Dataset, Targets};
use crate::network::{Activation, ForwardPass, NeuronAddress, Threshold};
use crate::session::{Adjustable, DataSource, Document, Quantity, TrainingSetup};
use crate::training::EncodedDataset;

use super::contour::Contour;
use super::frame_budget;
use super::loss_evaluation::subsample;
use super::neuron_map::ColorScale;
use super::output_grid::{GridAxis, GridDetail, MappedNeurons, OutputGrid};

/// The maximum number of points of each set that are shown.
const MAX_POINTS: usize = 1_000;
/// The minimum number of rows and columns of a grid.
const MIN_GRID_SIZE: usize = 9;
/// The maximum number of rows and columns of a grid: in general, during a gesture, during training, when the grid
/// changes in every frame, and in a figure.
const MAX_GRID_SIZE: usize = 128;
const MAX_GRID_SIZE_IN_GESTURE: usize = 80;
const MAX_GRID_SIZE_IN_TRAINING: usize = 64;
const MAX_PRINTED_GRID_SIZE: usize = 161;
/// The ranges of two inputs have the same scale, so that circles look round, unless one is longer than the other
/// by more than this factor: then they are quantities of different kinds.
const MAX_RANGE_RATIO: f64 = 4.0;
/// The number of points of a curve.
const CURVE_POINTS: usize = 257;
/// The minimum extent of the plot area for custom points: to both sides of 0, and up and down for numeric
/// targets.
const MIN_CUSTOM_EXTENT: f64 = 6.0;
const MIN_CUSTOM_TARGET_EXTENT: f64 = 2.0;

/// A sample as it is plotted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DataPoint {
    /// The horizontal coordinate.
    pub x: f64,
    /// The vertical coordinate.
    pub y: f64,
    /// The class, or the target scaled to −1 to 1.
    pub value: PlotValue,
    /// True if the sample belongs to the test set.
    pub is_test: bool,
    /// The index of the custom point, if it is one.
    pub custom_index: Option<usize>,
}

/// The value of a point or of a grid cell, which determines its color.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PlotValue {
    /// One of several classes.
    Class(usize),
    /// A value from −1 to 1: a number relative to the largest one, or the confidence for the second of two
    /// classes.
    Scaled(f64),
}

/// The dataset over two inputs, with the network's outputs as a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct DataMap {
    /// The horizontal axis.
    pub x: [f64; 2],
    /// The vertical axis.
    pub y: [f64; 2],
    /// The number of rows and of columns of the grid; 0 if the network does not fit the data.
    pub grid_size: usize,
    /// True if colors stand for classes, false if they stand for signs.
    pub has_classes: bool,
    /// `[row][column]`, with the lower ends of both axes first.
    pub values: Vec<PlotValue>,
    /// The scale of the values, if they are those of a single output.
    pub scale: ColorScale,
    /// The decision boundaries between classes, in grid steps.
    pub decision_boundaries: Vec<Vec<[f64; 2]>>,
    /// The samples.
    pub points: Vec<DataPoint>,
}

/// A plot of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub enum DataPlot {
    /// A map, for two inputs.
    Map(DataMap),
    /// A curve, for one input.
    Curve {
        /// The horizontal axis.
        x: [f64; 2],
        /// The vertical axis.
        y: [f64; 2],
        /// The network's output; empty if the network does not fit the data.
        line: Vec<[f64; 2]>,
        /// The samples.
        points: Vec<DataPoint>,
    },
    /// The confusion matrix, for classes and more inputs: see [`super::Predictions`].
    ConfusionMatrix,
    /// A scatter plot of predictions over targets, for numeric targets and more inputs.
    Scatter {
        /// Both axes.
        ends: [f64; 2],
        /// A point for each sample.
        points: Vec<DataPoint>,
    },
}

/// The fineness of a grid.
#[derive(Debug, Clone, Copy)]
struct GridLimits {
    /// The largest number of rows and columns.
    max_size: usize,
    /// The number of multiply-adds for computing it.
    budget: usize,
    /// The number of steps into which each step of the grid is divided where it shows classes, so that their edges are
    /// smooth.
    class_steps: usize,
}

impl GridLimits {
    fn for_detail(detail: GridDetail) -> Self {
        let in_window = |max_size: usize| Self {
            max_size,
            budget: frame_budget::DATA_PLOT,
            class_steps: 1,
        };
        match detail {
            GridDetail::Coarsest => in_window(MAX_GRID_SIZE_IN_TRAINING),
            GridDetail::Coarse => in_window(MAX_GRID_SIZE_IN_GESTURE),
            GridDetail::Fine => in_window(MAX_GRID_SIZE),
            GridDetail::Print => Self {
                max_size: MAX_PRINTED_GRID_SIZE,
                budget: frame_budget::PRINTED_DATA_PLOT,
                class_steps: 8,
            },
        }
    }
}

/// An encoded training or test set.
pub(super) struct PlottedSet {
    pub(crate) is_test: bool,
    pub(crate) dataset: EncodedDataset,
    /// The indices of the samples among the custom points.
    pub(crate) custom_indices: Option<Vec<usize>>,
}

impl DataPlot {
    /// Creates the plot of a training setup whose data fits the document, or of custom points even if they
    /// don't fit. Returns `None` if the data does not fit.
    ///
    /// `grid` is the grid of the last plot: of a map only the neurons that depend on changed knobs are
    /// recomputed.
    pub fn new(
        document: &Document,
        setup: &TrainingSetup,
        (forward_pass, grid): (&ForwardPass, &mut OutputGrid),
        detail: GridDetail,
    ) -> Option<Self> {
        let grid_limits = GridLimits::for_detail(detail);
        let architecture = document.network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        let loss = setup.loss(plan);
        if let DataSource::Custom(points) = &setup.config().source {
            return Some(custom_points_plot(
                document,
                setup,
                (forward_pass, grid, grid_limits),
                points,
            ));
        }
        let split = setup.split().ok()?;
        let encoded = |data: &Dataset, max_samples: usize| {
            EncodedDataset::new(
                &subsample(data, max_samples),
                architecture.input_count(),
                plan,
                loss,
            )
            .ok()
        };
        let sets: Vec<PlottedSet> = [(false, Some(&split.train)), (true, split.test.as_ref())]
            .into_iter()
            .filter_map(|(is_test, data)| {
                let dataset = encoded(data?, MAX_POINTS)?;
                Some(PlottedSet {
                    is_test,
                    dataset,
                    custom_indices: None,
                })
            })
            .collect();
        if sets.is_empty() {
            return None;
        }
        match (setup.raw_inputs(), split.train.targets()) {
            (2, _) => Some(Self::Map(data_map(
                document,
                setup,
                (Some((forward_pass, grid)), grid_limits),
                &sets,
            ))),
            (1, _) if plan.neurons.len() == 1 => Some(curve_plot(document, setup, true, &sets)),
            (_, Targets::Classes { .. }) => Some(Self::ConfusionMatrix),
            _ => Some(scatter_plot(document, &sets)),
        }
    }
}

/// Creates the plot of custom points. At first there are none, and they are shown even if the network does
/// not fit them.
fn custom_points_plot(
    document: &Document,
    setup: &TrainingSetup,
    (forward_pass, grid, grid_limits): (&ForwardPass, &mut OutputGrid, GridLimits),
    points: &CustomPoints,
) -> DataPlot {
    let architecture = document.network.architecture();
    let plan = &architecture.layers()[architecture.last_layer()];
    let loss = setup.loss(plan);
    let all_samples = points.to_dataset();
    let mut fits = false;
    let mut sets = Vec::new();
    if let (Ok(split), Ok(all_samples)) = (setup.split(), &all_samples) {
        let config = setup.config();
        let all = [(0..all_samples.sample_count()).collect(), Vec::new()];
        let indices = match &split.test {
            Some(_) => all_samples
                .split_indices(config.test_fraction, config.seed)
                .unwrap_or(all),
            None => all,
        };
        let parts = [(false, Some(&split.train)), (true, split.test.as_ref())];
        for ((is_test, data), custom_indices) in parts.into_iter().zip(indices) {
            let Some(data) = data else { continue };
            let dataset = EncodedDataset::new(data, architecture.input_count(), plan, loss);
            fits = dataset.is_ok();
            sets.push(PlottedSet {
                is_test,
                dataset: dataset.unwrap_or_else(|_| encode_unfitting(data)),
                custom_indices: Some(custom_indices),
            });
        }
    }
    match points.input_names().len() {
        1 => curve_plot(document, setup, fits, &sets),
        _ => DataPlot::Map(data_map(
            document,
            setup,
            (fits.then_some((forward_pass, grid)), grid_limits),
            &sets,
        )),
    }
}

/// Encodes samples that the network can't learn: classes become their numbers.
fn encode_unfitting(data: &Dataset) -> EncodedDataset {
    let (targets, labels) = match data.targets() {
        Targets::Numbers { values, .. } => (values.clone(), None),
        Targets::Classes { labels, .. } => {
            let values = labels.iter().map(|&label| label as f64).collect();
            (values, Some(labels.clone()))
        }
    };
    EncodedDataset {
        inputs: data.inputs().to_vec(),
        targets,
        labels,
        decision_threshold: 0.5,
        samples: data.sample_count(),
    }
}

/// Widens an interval to at least −`min_extent` to `min_extent`, so that custom points can be placed even if
/// there are none yet.
fn widen_to([from, to]: [f64; 2], min_extent: f64) -> [f64; 2] {
    [from.min(-min_extent), to.max(min_extent)]
}

/// Returns the interval of some values with a margin.
fn padded_range(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let finite = values.filter(|value| value.is_finite());
    let [from, to] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[from, to], value| {
        [from.min(value), to.max(value)]
    });
    if from > to {
        return [-1.0, 1.0];
    }
    let margin = if to > from { 0.06 * (to - from) } else { 1.0 };
    [from - margin, to + margin]
}

/// Returns the middle and the scale of the targets, which map them to −1 to 1: two classes to −1 and 1,
/// numbers relative to the largest.
pub(super) fn target_scale(sets: &[PlottedSet]) -> (f64, f64) {
    let Some(PlottedSet { dataset, .. }) = sets.first() else {
        return (0.0, 1.0);
    };
    if dataset.labels.is_some() {
        return (
            dataset.decision_threshold,
            (1.0 - dataset.decision_threshold).max(f64::MIN_POSITIVE),
        );
    }
    let targets = sets.iter().flat_map(|set| &set.dataset.targets);
    let largest = targets.fold(0.0f64, |largest, target| largest.max(target.abs()));
    (0.0, if largest > 0.0 { largest } else { 1.0 })
}

/// Returns the values of an input in all samples.
fn input_values(sets: &[PlottedSet], input: usize) -> impl Iterator<Item = f64> {
    sets.iter().flat_map(move |PlottedSet { dataset, .. }| {
        dataset.inputs[input * dataset.samples..][..dataset.samples]
            .iter()
            .copied()
    })
}

/// True if the dataset consists of custom points.
fn has_custom_points(setup: &TrainingSetup) -> bool {
    matches!(setup.config().source, DataSource::Custom(_))
}

/// Returns the values of a finer grid by linear interpolation: each step is divided into `steps`.
fn refined(values: &[f64], grid_size: usize, steps: usize) -> Vec<f64> {
    let size = (grid_size - 1) * steps + 1;
    let mut fine = Vec::with_capacity(size * size);
    for row in 0..size {
        let (y, y_part) = (row / steps, (row % steps) as f64 / steps as f64);
        let at = |y: usize, x: usize| values[y.min(grid_size - 1) * grid_size + x.min(grid_size - 1)];
        for column in 0..size {
            let (x, x_part) = (column / steps, (column % steps) as f64 / steps as f64);
            let along = |y: usize| at(y, x) + x_part * (at(y, x + 1) - at(y, x));
            fine.push(along(y) + y_part * (along(y + 1) - along(y)));
        }
    }
    fine
}

/// Creates a map whose grid is as fine as the limits allow.
fn data_map(
    document: &Document,
    setup: &TrainingSetup,
    (grid_inputs, limits): (Option<(&ForwardPass, &mut OutputGrid)>, GridLimits),
    sets: &[PlottedSet],
) -> DataMap {
    let architecture = document.network.architecture();
    let last = architecture.last_layer();
    let outputs = architecture.width(last);
    let (middle, scale) = target_scale(sets);
    let axis = |input: usize| {
        let ends = padded_range(input_values(sets, input));
        if has_custom_points(setup) {
            widen_to(ends, MIN_CUSTOM_EXTENT)
        } else {
            ends
        }
    };
    let [x, y] = same_scale([axis(0), axis(1)]);
    let affordable = libm::sqrt(limits.budget as f64 / architecture.knob_count() as f64) as usize;
    let mut grid_size = match &grid_inputs {
        Some(_) => affordable.clamp(MIN_GRID_SIZE, limits.max_size),
        None => 0,
    };
    let fits = grid_inputs.is_some();
    let activation = architecture.layers()[last].neurons[0].activation;
    // Near a decision boundary the weighted sum is straighter than the output.
    let quantity = match outputs == 1 && !activation.is_per_layer() {
        true => Quantity::WeightedSum,
        false => Quantity::Output,
    };
    let computed = grid_inputs.map_or_else(Vec::new, |grid_inputs| {
        outputs_on_grid(document, setup, grid_inputs, [x, y], grid_size, quantity)
    });
    let mut maps: Vec<Vec<f64>> = match quantity {
        Quantity::Output => computed.clone(),
        Quantity::WeightedSum => computed
            .iter()
            .map(|sums| sums.iter().map(|&z| activation.apply(z)).collect())
            .collect(),
    };
    if maps.len() > 1 {
        for map in &mut maps {
            if activation.is_per_layer() {
                // The logarithms of softmax outputs differ as much as the weighted sums.
                map.iter_mut()
                    .for_each(|output| *output = libm::log(output.max(f64::MIN_POSITIVE)));
            }
            *map = refined(map, grid_size, limits.class_steps);
        }
        grid_size = (grid_size - 1) * limits.class_steps + 1;
    }
    let values = (0..grid_size * grid_size).map(|index| match maps.as_slice() {
        [] => PlotValue::Scaled(0.0),
        [only] => PlotValue::Scaled((only[index] - middle) / scale),
        several => {
            let mut best = 0;
            for (output, map) in several.iter().enumerate() {
                if map[index] > several[best][index] {
                    best = output;
                }
            }
            PlotValue::Class(best)
        }
    });
    let is_classes = sets.iter().any(|set| set.dataset.labels.is_some());
    let decision_boundaries = match (is_classes, maps.as_slice(), quantity) {
        (false, ..) => Vec::new(),
        (true, [_], Quantity::WeightedSum) if is_threshold_at_zero(activation, middle) => {
            contour_lines(&computed[0], grid_size, 0.0)
        }
        (true, [only], _) => contour_lines(only, grid_size, middle),
        (true, several, _) => boundaries_between(several, grid_size),
    };
    // Two classes are shown by two signs, more of them by colors.
    let has_many = sets.iter().any(|set| {
        let labels = set.dataset.labels.as_ref();
        labels.is_some_and(|labels| labels.iter().any(|&label| label > 1))
    });
    let has_classes = is_classes && (has_many || (fits && outputs > 1));
    let points = sets.iter().flat_map(|set| {
        let PlottedSet {
            is_test,
            dataset,
            custom_indices,
        } = set;
        (0..dataset.samples).map(move |sample| DataPoint {
            x: dataset.inputs[sample],
            y: dataset.inputs[dataset.samples + sample],
            value: match &dataset.labels {
                Some(labels) if has_classes => PlotValue::Class(labels[sample]),
                _ => PlotValue::Scaled((dataset.targets[sample] - middle) / scale),
            },
            is_test: *is_test,
            custom_index: custom_indices
                .as_ref()
                .map(|custom_indices| custom_indices[sample]),
        })
    });
    DataMap {
        x,
        y,
        grid_size,
        has_classes,
        values: values.collect(),
        scale: ColorScale {
            low: middle - scale,
            middle,
            high: middle + scale,
        },
        decision_boundaries,
        points: points.collect(),
    }
}

/// Extends the shorter of two ranges, so that both axes of a square have the same scale.
fn same_scale(ranges: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let lengths = ranges.map(|[from, to]| to - from);
    let longest = lengths[0].max(lengths[1]);
    if longest > MAX_RANGE_RATIO * lengths[0].min(lengths[1]) {
        return ranges;
    }
    ranges.map(|[from, to]| {
        let margin = 0.5 * (longest - (to - from));
        [from - margin, to + margin]
    })
}

/// True if the output of an activation function reaches `threshold` where its weighted sum crosses 0, and nowhere
/// else.
fn is_threshold_at_zero(activation: Activation, threshold: f64) -> bool {
    let info = activation.info();
    info.is_piecewise_constant || (info.threshold != Threshold::None && activation.apply(0.0) == threshold)
}

/// Returns the contour lines of a grid at a level.
fn contour_lines(values: &[f64], grid_size: usize, level: f64) -> Vec<Vec<[f64; 2]>> {
    let mut contour = Contour::default();
    contour.trace(values, grid_size, level);
    contour.lines().map(<[_]>::to_vec).collect()
}

/// Returns the lines at which another one of several outputs becomes the largest.
fn boundaries_between(maps: &[Vec<f64>], grid_size: usize) -> Vec<Vec<[f64; 2]>> {
    let mut lines = Vec::new();
    let mut leads = vec![0.0; grid_size * grid_size];
    // The lines around the last output are also those around the others.
    for output in 0..maps.len().saturating_sub(1) {
        for (index, lead) in leads.iter_mut().enumerate() {
            let others = maps.iter().enumerate().filter(|(other, _)| *other != output);
            let largest = others
                .map(|(_, map)| map[index])
                .fold(f64::NEG_INFINITY, f64::max);
            *lead = maps[output][index] - largest;
        }
        lines.extend(contour_lines(&leads, grid_size, 0.0));
    }
    lines
}

/// Returns a quantity of the network's outputs over a grid of the two raw inputs, `[output][row][column]`. Computed
/// features follow them.
fn outputs_on_grid(
    document: &Document,
    setup: &TrainingSetup,
    (forward_pass, grid): (&ForwardPass, &mut OutputGrid),
    [x, y]: [[f64; 2]; 2],
    grid_size: usize,
    quantity: Quantity,
) -> Vec<Vec<f64>> {
    let architecture = document.network.architecture();
    let last = architecture.last_layer();
    let outputs = architecture.width(last);
    if setup.config().features.is_empty() {
        let mapped = match outputs {
            1 => MappedNeurons::Neuron(NeuronAddress {
                layer: last,
                neuron: 0,
            }),
            _ => MappedNeurons::All,
        };
        let axes = [(0, x), (1, y)].map(|(input, ends)| GridAxis {
            target: Adjustable::Input(input),
            range: ends,
        });
        grid.run(document, forward_pass, axes, grid_size, mapped, quantity);
        return (0..outputs)
            .filter_map(|neuron| grid.neuron_values(NeuronAddress { layer: last, neuron }))
            .map(<[f64]>::to_vec)
            .collect();
    }
    let steps = (grid_size.max(2) - 1) as f64;
    let coordinate = |[from, to]: [f64; 2], index: usize| from + (to - from) * index as f64 / steps;
    let plane = (0..grid_size * grid_size)
        .map(|index| vec![coordinate(x, index % grid_size), coordinate(y, index / grid_size)]);
    outputs_for(document, setup, plane.collect(), quantity)
}

/// Returns a quantity of the network's outputs, `[output][sample]`, for samples of raw inputs.
fn outputs_for(
    document: &Document,
    setup: &TrainingSetup,
    raw: Vec<Vec<f64>>,
    quantity: Quantity,
) -> Vec<Vec<f64>> {
    let inputs = document.inputs.len();
    let samples = raw.len();
    let mut columns = vec![0.0; inputs * samples];
    for (sample, raw) in raw.iter().enumerate() {
        let Some(all) = setup.with_features(raw).filter(|all| all.len() == inputs) else {
            continue;
        };
        for (input, value) in all.into_iter().enumerate() {
            columns[input * samples + sample] = value;
        }
    }
    let forward_pass = document.network.forward_batch(&columns, samples);
    let outputs = forward_pass.layers().last();
    let outputs = outputs.map_or(&[][..], |layer| match quantity {
        Quantity::WeightedSum => &layer.z,
        Quantity::Output => &layer.a,
    });
    outputs
        .chunks_exact(samples.max(1))
        .map(<[f64]>::to_vec)
        .collect()
}

/// Creates the plot for one input: the samples and, if the network fits them, its output as a curve.
fn curve_plot(document: &Document, setup: &TrainingSetup, fits: bool, sets: &[PlottedSet]) -> DataPlot {
    let (middle, scale) = target_scale(sets);
    let points: Vec<DataPoint> = sets
        .iter()
        .flat_map(|set| {
            let dataset = &set.dataset;
            (0..dataset.samples).map(move |sample| DataPoint {
                x: dataset.inputs[sample],
                y: dataset.targets[sample],
                value: PlotValue::Scaled((dataset.targets[sample] - middle) / scale),
                is_test: set.is_test,
                custom_index: set
                    .custom_indices
                    .as_ref()
                    .map(|custom_indices| custom_indices[sample]),
            })
        })
        .collect();
    let mut x = padded_range(points.iter().map(|point| point.x));
    // The axis depends on the data alone, so that it does not change while the curve moves.
    let [low, high] = padded_range(points.iter().map(|point| point.y));
    let margin = 0.25 * (high - low);
    let mut y = [low - margin, high + margin];
    if has_custom_points(setup) {
        x = widen_to(x, MIN_CUSTOM_EXTENT);
        y = widen_to(
            padded_range(points.iter().map(|point| point.y)),
            MIN_CUSTOM_TARGET_EXTENT,
        );
    }
    let inputs: Vec<f64> = (0..CURVE_POINTS)
        .map(|index| x[0] + (x[1] - x[0]) * index as f64 / (CURVE_POINTS - 1) as f64)
        .collect();
    let line = match fits {
        true => {
            let raw = inputs.iter().map(|&x| vec![x]).collect();
            let outputs = outputs_for(document, setup, raw, Quantity::Output);
            let outputs = outputs.into_iter().next().unwrap_or_default();
            inputs.iter().zip(outputs).map(|(&x, y)| [x, y]).collect()
        }
        false => Vec::new(),
    };
    DataPlot::Curve { x, y, line, points }
}

/// Creates the plot of predictions over targets.
fn scatter_plot(document: &Document, sets: &[PlottedSet]) -> DataPlot {
    let (middle, scale) = target_scale(sets);
    let mut points = Vec::new();
    for PlottedSet { is_test, dataset, .. } in sets {
        let forward_pass = document.network.forward_batch(&dataset.inputs, dataset.samples);
        let outputs = forward_pass.layers().last().map_or(&[][..], |layer| &layer.a);
        points.extend(dataset.targets.iter().zip(outputs).map(|(&x, &y)| DataPoint {
            x,
            y,
            value: PlotValue::Scaled((x - middle) / scale),
            is_test: *is_test,
            custom_index: None,
        }));
    }
    points.truncate(2 * MAX_POINTS);
    let ends = padded_range(points.iter().map(|point| point.x));
    DataPlot::Scatter { ends, points }
}
