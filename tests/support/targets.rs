//! What a data set is to be learned, for the tests of data.

use neurodial_core::data::{Dataset, Targets};

pub fn labels(data: &Dataset) -> &[usize] {
    match data.targets() {
        Targets::Classes { labels, .. } => labels,
        Targets::Numbers { .. } => unreachable!("no classes"),
    }
}

pub fn numbers(data: &Dataset) -> &[f64] {
    match data.targets() {
        Targets::Numbers { values, .. } => values,
        Targets::Classes { .. } => unreachable!("no numbers"),
    }
}

pub fn class_names(data: &Dataset) -> Vec<&str> {
    match data.targets() {
        Targets::Classes { names, .. } => names.iter().map(String::as_str).collect(),
        Targets::Numbers { .. } => Vec::new(),
    }
}
