//! How the network tells the classes of the data: right or wrong, and as which.

use crate::data::{Dataset, Targets};
use crate::learning::{Confusion, Examples};
use crate::session::{Course, Document};

use super::score::{affordable, spread};

/// How the network tells the classes of the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdicts {
    /// What the classes are called.
    pub names: Vec<String>,
    /// Of the data to train with, and of the data held out, if there is some.
    pub sides: Vec<Verdict>,
}

/// How the classes of some samples are told.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Whether the samples are held out.
    pub is_test: bool,
    /// How often each class was told as each.
    pub confusion: Confusion,
    /// Whether only some samples were told, as all of them would hold up the frame.
    pub is_of_some: bool,
}

impl Verdicts {
    /// Of a course whose data fits the document; `None` if it does not, or has no classes.
    pub fn new(document: &Document, course: &Course) -> Option<Self> {
        let blueprint = document.network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let material = course.material().ok()?;
        let loss = course.loss(plan);
        let most = affordable(document);
        let mut classes = 2;
        let mut told = Vec::new();
        for (is_test, data) in [(false, Some(&material.train)), (true, material.test.as_ref())] {
            let Some(data) = data else { continue };
            let examples = Examples::new(&spread(data, most), blueprint.inputs(), plan, loss).ok()?;
            let run = document.network.forward_batch(&examples.inputs, examples.samples);
            let outputs = run.layers().last()?.a.clone();
            classes = classes.max(examples.labels.as_ref()?.iter().max()? + 1);
            told.push((is_test, examples, outputs, data.samples() > most));
        }
        let names = names(&material.train, classes);
        let sides = told
            .into_iter()
            .filter_map(|(is_test, examples, outputs, is_of_some)| {
                Some(Verdict {
                    is_test,
                    confusion: Confusion::of(&outputs, &examples.labels?, examples.middle, names.len()),
                    is_of_some,
                })
            });
        let sides = sides.collect();
        Some(Self { names, sides })
    }
}

/// What classes are called: by the data, or by their numbers from 0 on.
fn names(data: &Dataset, classes: usize) -> Vec<String> {
    match data.targets() {
        Targets::Classes { names, .. } => names.clone(),
        Targets::Numbers { .. } => (0..classes).map(|class| class.to_string()).collect(),
    }
}

impl Verdict {
    /// How many samples of a class there are.
    pub fn of_class(&self, class: usize) -> usize {
        (0..self.confusion.classes())
            .map(|told| self.confusion.count(class, told))
            .sum()
    }

    /// The part of a class that is told right, 0 to 1; `None` without samples of it.
    pub fn right_of(&self, class: usize) -> Option<f64> {
        let of_class = self.of_class(class);
        (of_class > 0).then(|| self.confusion.count(class, class) as f64 / of_class as f64)
    }

    /// How many samples there are.
    pub fn samples(&self) -> usize {
        (0..self.confusion.classes())
            .map(|class| self.of_class(class))
            .sum()
    }
}
