//! The samples of the data as points over any two inputs.

use crate::learning::Examples;
use crate::session::{Course, Document};

use super::picture::{self, Kind, Point, scale_of};
use super::score::spread;

/// The most samples of each part of the data that are shown.
const MOST: usize = 500;

/// The samples of the data that fits a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    sides: Vec<Side>,
}

#[derive(Debug, Clone, PartialEq)]
struct Side {
    is_test: bool,
    /// `[input][sample]`.
    inputs: Vec<f64>,
    kinds: Vec<Kind>,
}

impl Samples {
    /// Some of the samples, evenly; `None` if the data does not fit the document.
    pub fn new(document: &Document, course: &Course) -> Option<Self> {
        let blueprint = document.network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let material = course.material().ok()?;
        let loss = course.loss(plan);
        let mut sides = Vec::new();
        for (is_test, data) in [(false, Some(&material.train)), (true, material.test.as_ref())] {
            let Some(data) = data else { continue };
            let data = spread(data, MOST);
            sides.push(picture::Side {
                is_test,
                examples: Examples::new(&data, blueprint.inputs(), plan, loss).ok()?,
                own: None,
            });
        }
        let (middle, scale) = scale_of(&sides);
        let has_several = plan.neurons.len() > 1;
        let sides = sides.into_iter().map(
            |picture::Side {
                 is_test, examples, ..
             }| Side {
                is_test,
                kinds: (0..examples.samples)
                    .map(|sample| match &examples.labels {
                        Some(labels) if has_several => Kind::Class(labels[sample]),
                        _ => Kind::Degree((examples.targets[sample] - middle) / scale),
                    })
                    .collect(),
                inputs: examples.inputs,
            },
        );
        Some(Self {
            sides: sides.collect(),
        })
    }

    /// The samples over two inputs, counted from 0, across and up; none if the data lacks one of them.
    pub fn over(&self, [across, up]: [usize; 2]) -> Vec<Point> {
        let mut points = Vec::new();
        for side in &self.sides {
            let count = side.kinds.len();
            let column = |input: usize| side.inputs.get(input * count..(input + 1) * count);
            let (Some(xs), Some(ys)) = (column(across), column(up)) else {
                continue;
            };
            let pairs = xs.iter().zip(ys).zip(&side.kinds);
            points.extend(pairs.map(|((&x, &y), &kind)| Point {
                x,
                y,
                kind,
                is_test: side.is_test,
                own: None,
            }));
        }
        points
    }
}
