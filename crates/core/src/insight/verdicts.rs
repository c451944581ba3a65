//! How the network tells the classes of the data: right or wrong, and as which.

use crate::data::{Dataset, Targets};
use crate::learning::{ConfusionMatrix, EncodedDataset};
use crate::session::{TrainingSetup, Document};

use super::score::{affordable_samples, subsample};

/// How the network tells the classes of the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// What the classes are called.
    pub class_names: Vec<String>,
    /// Of the data to train with, and of the data held out, if there is some.
    pub sets: Vec<SetPredictions>,
}

/// How the classes of some samples are told.
#[derive(Debug, Clone, PartialEq)]
pub struct SetPredictions {
    /// Whether the samples are held out.
    pub is_test: bool,
    /// How often each class was told as each.
    pub confusion: ConfusionMatrix,
    /// Whether only some samples were told, as all of them would hold up the frame.
    pub is_subset: bool,
}

impl Predictions {
    /// Of a course whose data fits the document; `None` if it does not, or has no classes.
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
            let dataset = EncodedDataset::new(&subsample(data, max_samples), architecture.input_count(), plan, loss).ok()?;
            let run = document.network.forward_batch(&dataset.inputs, dataset.samples);
            let outputs = run.layers().last()?.a.clone();
            classes = classes.max(dataset.labels.as_ref()?.iter().max()? + 1);
            outputs_of_sets.push((is_test, dataset, outputs, data.sample_count() > max_samples));
        }
        let names = class_names(&split.train, classes);
        let sets = outputs_of_sets
            .into_iter()
            .filter_map(|(is_test, dataset, outputs, is_of_some)| {
                Some(SetPredictions {
                    is_test,
                    confusion: ConfusionMatrix::from_outputs(&outputs, &dataset.labels?, dataset.decision_threshold, names.len()),
                    is_subset: is_of_some,
                })
            });
        let sides = sets.collect();
        Some(Self { class_names: names, sets: sides })
    }
}

/// What classes are called: by the data, or by their numbers from 0 on.
fn class_names(data: &Dataset, classes: usize) -> Vec<String> {
    match data.targets() {
        Targets::Classes { names, .. } => names.clone(),
        Targets::Numbers { .. } => (0..classes).map(|class| class.to_string()).collect(),
    }
}

impl SetPredictions {
    /// How many samples of a class there are.
    pub fn class_count(&self, class: usize) -> usize {
        (0..self.confusion.classes())
            .map(|predicted| self.confusion.count(class, predicted))
            .sum()
    }

    /// The part of a class that is told right, 0 to 1; `None` without samples of it.
    pub fn recall(&self, class: usize) -> Option<f64> {
        let of_class = self.class_count(class);
        (of_class > 0).then(|| self.confusion.count(class, class) as f64 / of_class as f64)
    }

    /// How many samples there are.
    pub fn samples(&self) -> usize {
        (0..self.confusion.classes())
            .map(|class| self.class_count(class))
            .sum()
    }
}
