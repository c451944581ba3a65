//! The samples of the dataset as points over any two inputs.

use crate::session::{Document, TrainingSetup};
use crate::training::EncodedDataset;

use super::data_plot::{self, DataPoint, PlotValue, target_scale};
use super::loss_evaluation::subsample;
use super::neuron_map::ColorScale;

/// The maximum number of samples of each set that are shown.
const MAX_POINTS: usize = 500;

/// The training and test samples of a dataset that fits the document.
#[derive(Debug, Clone, PartialEq)]
pub struct DataPoints {
    sets: Vec<DataPointSet>,
    scale: Option<ColorScale>,
}

#[derive(Debug, Clone, PartialEq)]
struct DataPointSet {
    is_test: bool,
    /// `[input][sample]`.
    inputs: Vec<f64>,
    values: Vec<PlotValue>,
}

impl DataPoints {
    /// Takes samples, evenly spaced, or returns `None` if the data does not fit the document.
    pub fn new(document: &Document, setup: &TrainingSetup) -> Option<Self> {
        let architecture = document.network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        let split = setup.split().ok()?;
        let loss = setup.loss(plan);
        let mut sets = Vec::new();
        for (is_test, data) in [(false, Some(&split.train)), (true, split.test.as_ref())] {
            let Some(data) = data else { continue };
            let data = subsample(data, MAX_POINTS);
            sets.push(data_plot::PlottedSet {
                is_test,
                dataset: EncodedDataset::new(&data, architecture.input_count(), plan, loss).ok()?,
                custom_indices: None,
            });
        }
        let (middle, scale) = target_scale(&sets);
        let has_several = plan.neurons.len() > 1;
        let sets = sets
            .into_iter()
            .map(|data_plot::PlottedSet { is_test, dataset, .. }| DataPointSet {
                is_test,
                values: (0..dataset.samples)
                    .map(|sample| match &dataset.labels {
                        Some(labels) if has_several => PlotValue::Class(labels[sample]),
                        _ => PlotValue::Scaled((dataset.targets[sample] - middle) / scale),
                    })
                    .collect(),
                inputs: dataset.inputs,
            });
        Some(Self {
            sets: sets.collect(),
            scale: (!has_several).then_some(ColorScale {
                low: middle - scale,
                middle,
                high: middle + scale,
            }),
        })
    }

    /// Returns the color scale of the targets, which is that of the output too; `None` for several outputs.
    pub(super) fn scale(&self) -> Option<ColorScale> {
        self.scale
    }

    /// Returns the samples as points over two inputs, counted from 0: the horizontal one and the vertical
    /// one. Returns no points if the data lacks one of them.
    pub fn for_inputs(&self, [across, up]: [usize; 2]) -> Vec<DataPoint> {
        let mut points = Vec::new();
        for set in &self.sets {
            let count = set.values.len();
            let column = |input: usize| set.inputs.get(input * count..(input + 1) * count);
            let (Some(xs), Some(ys)) = (column(across), column(up)) else {
                continue;
            };
            let pairs = xs.iter().zip(ys).zip(&set.values);
            points.extend(pairs.map(|((&x, &y), &value)| DataPoint {
                x,
                y,
                value,
                is_test: set.is_test,
                custom_index: None,
            }));
        }
        points
    }
}
