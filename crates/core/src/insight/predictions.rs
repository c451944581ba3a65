//! The predicted classes of the training set and the test set, compared with the true ones.

use crate::data::{Dataset, Targets};
use crate::session::{Document, TrainingSetup};
use crate::training::{ConfusionMatrix, EncodedDataset, classification};

use super::loss_evaluation::{affordable_samples, subsample};

/// The confusion matrices of the training set and the test set.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// The names of the classes.
    pub class_names: Vec<String>,
    /// The predictions for the training set, and for the test set if there is one.
    pub sets: Vec<SetPredictions>,
}

/// The predictions for one set of samples.
#[derive(Debug, Clone, PartialEq)]
pub struct SetPredictions {
    /// True for the test set.
    pub is_test: bool,
    /// The numbers of samples by true class and predicted class.
    pub confusion: ConfusionMatrix,
    /// True if only some samples were used, because all of them would delay the frame.
    pub is_subset: bool,
    /// The inputs, `[input][sample]`.
    inputs: Vec<f64>,
    /// The true class and the predicted class of each sample.
    classes: Vec<[usize; 2]>,
}

impl Predictions {
    /// Computes the predictions for the data of a training setup, or returns `None` if the data does not fit
    /// the document or has no classes.
    pub fn new(document: &Document, setup: &TrainingSetup) -> Option<Self> {
        let architecture = document.network.architecture();
        let plan = &architecture.layers()[architecture.last_layer()];
        let split = setup.split().ok()?;
        let loss = setup.loss(plan);
        let max_samples = affordable_samples(document);
        let mut classes = 2;
        let mut outputs_of_sets = Vec::new();
        for (is_test, data) in [(false, Some(&split.train)), (true, split.test.as_ref())] {
            let Some(data) = data else { continue };
            let dataset = EncodedDataset::new(
                &subsample(data, max_samples),
                architecture.input_count(),
                plan,
                loss,
            )
            .ok()?;
            let forward_pass = document.network.forward_batch(&dataset.inputs, dataset.samples);
            let outputs = forward_pass.layers().last()?.a.clone();
            classes = classes.max(dataset.labels.as_ref()?.iter().max()? + 1);
            outputs_of_sets.push((is_test, dataset, outputs, data.sample_count() > max_samples));
        }
        let names = class_names(&split.train, classes);
        let sets = outputs_of_sets
            .into_iter()
            .filter_map(|(is_test, dataset, outputs, is_subset)| {
                let labels = dataset.labels?;
                let threshold = dataset.decision_threshold;
                let predicted =
                    |sample| classification::predicted_class(&outputs, labels.len(), sample, threshold);
                let classes = labels.iter().enumerate();
                Some(SetPredictions {
                    is_test,
                    confusion: ConfusionMatrix::from_outputs(&outputs, &labels, threshold, names.len()),
                    is_subset,
                    classes: classes
                        .map(|(sample, &label)| [label, predicted(sample)])
                        .collect(),
                    inputs: dataset.inputs,
                })
            });
        Some(Self {
            sets: sets.collect(),
            class_names: names,
        })
    }
}

/// Returns the names of the classes: those of the dataset, or numbers from 0.
fn class_names(data: &Dataset, classes: usize) -> Vec<String> {
    match data.targets() {
        Targets::Classes { names, .. } => names.clone(),
        Targets::Numbers { .. } => (0..classes).map(|class| class.to_string()).collect(),
    }
}

impl SetPredictions {
    /// Returns the number of samples of a class.
    pub fn samples_of_class(&self, class: usize) -> usize {
        (0..self.confusion.class_count())
            .map(|predicted| self.confusion.count(class, predicted))
            .sum()
    }

    /// Returns the recall of a class: the fraction of its samples that are predicted correctly, 0 to 1.
    /// Returns `None` if there are no samples of it.
    pub fn recall(&self, class: usize) -> Option<f64> {
        let samples = self.samples_of_class(class);
        (samples > 0).then(|| self.confusion.count(class, class) as f64 / samples as f64)
    }

    /// Returns the indices of the samples of a class that are predicted as a class.
    pub fn samples_in(&self, class: usize, predicted: usize) -> Vec<usize> {
        let samples = self.classes.iter().enumerate();
        samples
            .filter(|(_, classes)| **classes == [class, predicted])
            .map(|(sample, _)| sample)
            .collect()
    }

    /// Returns the inputs of a sample.
    pub fn inputs_of(&self, sample: usize) -> Vec<f64> {
        let values = self.inputs.iter().skip(sample);
        values.step_by(self.classes.len().max(1)).copied().collect()
    }

    /// Returns the number of samples.
    pub fn samples(&self) -> usize {
        (0..self.confusion.class_count())
            .map(|class| self.samples_of_class(class))
            .sum()
    }
}
