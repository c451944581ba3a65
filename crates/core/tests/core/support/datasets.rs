//! Generated data sets and their targets.

use neurodial_core::data::{Dataset, DatasetGenerator, GeneratorConfig, Targets};

pub fn generated(generator: DatasetGenerator, samples: usize, noise: f64, seed: u64) -> Dataset {
    let config = GeneratorConfig { samples, noise, seed };
    generator.dataset(config).unwrap()
}

pub fn labels(data: &Dataset) -> &[usize] {
    match data.targets() {
        Targets::Classes { labels, .. } => labels,
        Targets::Numbers { .. } => unreachable!("the targets are numbers"),
    }
}

pub fn numbers(data: &Dataset) -> &[f64] {
    match data.targets() {
        Targets::Numbers { values, .. } => values,
        Targets::Classes { .. } => unreachable!("the targets are classes"),
    }
}

/// Returns the names of the classes, none if the targets are numbers.
pub fn class_names(data: &Dataset) -> Vec<&str> {
    match data.targets() {
        Targets::Classes { names, .. } => names.iter().map(String::as_str).collect(),
        Targets::Numbers { .. } => Vec::new(),
    }
}
