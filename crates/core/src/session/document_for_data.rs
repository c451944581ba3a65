//! A new document for a training setup.

use std::sync::Arc;

use crate::data::{BundledDataset, ComputedFeature, Dataset, DatasetGenerator, Targets};
use crate::network::{Activation, Architecture, Initialization, Initializer, Network};
use crate::training::FoldedScaling;

use super::adjustable::{Adjustable, ValueRange};
use super::document::{Document, non_empty_name};
use super::training_config::DataSource;
use super::training_setup::TrainingSetup;

impl TrainingSetup {
    /// Returns a new document with a network that fits the data, with random initial values; `None` without
    /// data, or if there are more inputs or classes than a network can have.
    pub fn new_document(&self) -> Option<Document> {
        let split = self.split().ok()?;
        let data = &split.train;
        let layers = self.suggested_layers(data);
        let mut architecture = Architecture::dense(data.feature_names().len(), &layers).ok()?;
        let needs_he = layers
            .iter()
            .any(|(_, activation)| activation.info().initializer == Initializer::He);
        let initialization = Initialization {
            initializer: if needs_he {
                Initializer::He
            } else {
                Initializer::Xavier
            },
            seed: self.config().seed,
            has_random_biases: false,
        };
        name_inputs_and_outputs(&mut architecture, data, &self.config().features)?;
        let mut knobs = initialization.values(&architecture);
        if let Some(scaling) = &split.scaling {
            // Initial values suit standardized inputs; convert them for inputs that are not standardized.
            FoldedScaling::new(scaling.clone(), &architecture).unscale(&mut knobs);
        }
        let network = Network::from_knobs(architecture, knobs)?;
        let mut document = Document::new(network);
        document.training_setup = Some(Arc::new(self.clone()));
        if self.config().source.is_standardized_by_default() {
            set_inputs_to_first_sample(&mut document, data);
        }
        Some(document)
    }

    /// Returns the number of inputs and the widths of the layers of [`Self::new_document`]: “2-6-4-1”.
    pub fn matching_shape(&self) -> Option<String> {
        let split = self.split().ok()?;
        let inputs = split.train.feature_names().len();
        let layers = self.suggested_layers(&split.train);
        Architecture::dense(inputs, &layers).ok()?;
        let widths = layers.iter().map(|(width, _)| width);
        let shape: Vec<String> = std::iter::once(&inputs)
            .chain(widths)
            .map(usize::to_string)
            .collect();
        Some(shape.join("-"))
    }

    /// Returns widths and activations of a network that is just large enough for the data.
    fn suggested_layers(&self, data: &Dataset) -> Vec<(usize, Activation)> {
        let inputs = data.feature_names().len();
        match (&self.config().source, data.targets()) {
            (DataSource::Bundled(BundledDataset::Iris), _) => vec![(3, Activation::Softmax)],
            (DataSource::Generated(DatasetGenerator::Spiral), _) => vec![
                (8, Activation::Tanh),
                (8, Activation::Tanh),
                (1, Activation::Sigmoid),
            ],
            (_, Targets::Classes { names, .. }) if inputs > 2 => {
                let hidden = (inputs / 2).clamp(8, 32);
                let last = match names.len() {
                    0..=2 => (1, Activation::Sigmoid),
                    classes => (classes, Activation::Softmax),
                };
                vec![(hidden, Activation::Relu), last]
            }
            (_, Targets::Classes { names, .. }) if names.len() > 2 => {
                vec![(8, Activation::Tanh), (names.len(), Activation::Softmax)]
            }
            (_, Targets::Classes { .. }) => vec![
                (6, Activation::Tanh),
                (4, Activation::Tanh),
                (1, Activation::Sigmoid),
            ],
            (_, Targets::Numbers { names, .. }) => {
                let hidden = (inputs / 2).clamp(8, 32);
                vec![(hidden, Activation::Tanh), (names.len(), Activation::Linear)]
            }
        }
    }
}

/// Names the inputs like the data's columns, except for default names like `x1`, and the outputs like the
/// classes or targets.
fn name_inputs_and_outputs(
    architecture: &mut Architecture,
    data: &Dataset,
    features: &[ComputedFeature],
) -> Option<()> {
    let raw = data.feature_names().len() - features.len().min(data.feature_names().len());
    let inputs = data
        .feature_names()
        .iter()
        .take(raw)
        .enumerate()
        .map(|(index, name)| {
            let is_default = *name == "x" || *name == format!("x{}", index + 1);
            non_empty_name(name).filter(|_| !is_default)
        });
    let inputs: Vec<Option<String>> = inputs
        .chain(features.iter().map(|feature| Some(feature.symbol())))
        .collect();
    let mut plans = architecture.layers().to_vec();
    let last = plans.last_mut()?;
    let outputs: &[String] = match data.targets() {
        Targets::Classes { names, .. } => names,
        Targets::Numbers { names, .. } => names,
    };
    if outputs.len() == last.neurons.len() {
        let is_default = |name: &String| name == "y" || name.starts_with("output ");
        for (neuron, name) in last.neurons.iter_mut().zip(outputs) {
            neuron.name = non_empty_name(name).filter(|_| !is_default(name));
        }
    }
    *architecture = Architecture::new(inputs, plans).ok()?;
    Some(())
}

/// Sets the inputs to the first sample, and their ranges to those of the data.
fn set_inputs_to_first_sample(document: &mut Document, data: &Dataset) {
    let ends: Vec<[f64; 2]> = (0..data.feature_names().len())
        .map(|input| {
            let values = data.input(input);
            let extreme = |choose: fn(f64, f64) -> f64| values.iter().copied().fold(values[0], choose);
            [extreme(f64::min), extreme(f64::max)]
        })
        .collect();
    // All pixels of an image are between the same black and white.
    let common = data.image_shape().and_then(|_| {
        let both = |a: [f64; 2], b: [f64; 2]| [a[0].min(b[0]), a[1].max(b[1])];
        ends.iter().copied().reduce(both)
    });
    for (input, &own) in ends.iter().enumerate() {
        let [low, high] = common.unwrap_or(own);
        document.inputs[input] = data.input(input)[0];
        if let Some(range) = round_range(low, high) {
            document.ranges.insert(Adjustable::Input(input), range);
        }
    }
}

/// Returns a range with round ends that contains both values, divided into at most about a hundred
/// increments; `None` if the values are equal or the range is invalid.
fn round_range(low: f64, high: f64) -> Option<ValueRange> {
    let width = high - low;
    if !(width.is_finite() && width > 0.0) {
        return None;
    }
    let decade = libm::pow(10.0, libm::floor(libm::log10(width)) - 1.0);
    let step = match width / decade {
        ratio if ratio > 50.0 => 10.0 * decade,
        ratio if ratio > 20.0 => 5.0 * decade,
        _ => 2.0 * decade,
    };
    let range = ValueRange {
        min: step * libm::floor(low / step),
        max: step * libm::ceil(high / step),
        step: step / 10.0,
    };
    // Sums of decimal numbers have rounding errors in their last digits.
    let without_float_noise = |value: f64| format!("{value:.12e}").parse().unwrap_or(value);
    let range = ValueRange {
        min: without_float_noise(range.min),
        max: without_float_noise(range.max),
        step: without_float_noise(range.step),
    };
    (range.is_valid() && range.min <= low && range.max >= high).then_some(range)
}
