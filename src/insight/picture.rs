//! The data as a picture, with what the network makes of it.

use crate::data::{Dataset, Targets};
use crate::learning::{Confusion, Examples};
use crate::network::{NeuronAt, Trace};
use crate::session::{Course, Document, Quantity, Target};

use super::decision::{Axis, Mapped};
use super::score::{affordable, spread};
use super::{Contour, Decision};

/// The most points of each part of the data that are shown.
const MOST_POINTS: usize = 1_000;
/// The rows and columns of a map, at least and at most.
const PLACES: [usize; 2] = [9, 49];
/// About how many multiply-adds a map may cost.
const BUDGET: usize = 4_000_000;
/// The points of a curve.
const CURVE: usize = 257;

/// A sample as it is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Along the width.
    pub x: f64,
    /// Along the height.
    pub y: f64,
    /// Its class, or what its number is from −1 to 1.
    pub kind: Kind,
    /// Whether it is held out.
    pub is_test: bool,
}

/// What a point or a place of a map stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// One of several classes.
    Class(usize),
    /// From −1 to 1: a number by the largest one, or how sure the second of two classes is.
    Degree(f64),
}

/// A network over the plane of two inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// The ends of the plane along the width.
    pub x: [f64; 2],
    /// The ends along the height.
    pub y: [f64; 2],
    /// The rows, and the columns.
    pub places: usize,
    /// `[row][column]`, the lower ends of both axes first.
    pub kinds: Vec<Kind>,
    /// Where the network changes its mind between two classes, in steps of the grid.
    pub borders: Vec<Vec<[f64; 2]>>,
    /// The samples.
    pub points: Vec<Point>,
}

/// What is shown of data.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// For two inputs.
    Map(Map),
    /// For one input.
    Curve {
        /// The ends of the plane along the width.
        x: [f64; 2],
        /// The ends along the height.
        y: [f64; 2],
        /// The network’s output.
        line: Vec<[f64; 2]>,
        /// The samples.
        points: Vec<Point>,
    },
    /// For more inputs and classes.
    Confusion {
        /// How often each class was told as each.
        confusion: Confusion,
        /// The classes.
        names: Vec<String>,
    },
    /// For more inputs and numbers: what the network says over what it should say.
    Scatter {
        /// The ends of both axes.
        ends: [f64; 2],
        /// A point for each sample.
        points: Vec<Point>,
    },
}

impl Picture {
    /// The picture of a course whose data fits the document.
    pub fn new(document: &Document, course: &Course, trace: &Trace) -> Option<Self> {
        let blueprint = document.network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let material = course.material().ok()?;
        let loss = course.loss(plan);
        let encoded = |data: &Dataset, most: usize| {
            let data = spread(data, most);
            let examples = Examples::new(&data, blueprint.inputs(), plan, loss).ok()?;
            Some((data, examples))
        };
        let sides: Vec<(bool, Examples)> = [(false, Some(&material.train)), (true, material.test.as_ref())]
            .into_iter()
            .filter_map(|(is_test, data)| Some((is_test, encoded(data?, MOST_POINTS)?.1)))
            .collect();
        if sides.is_empty() {
            return None;
        }
        match (blueprint.inputs(), material.train.targets()) {
            (2, _) => map(document, trace, &sides).map(Self::Map),
            (1, _) if plan.neurons.len() == 1 => Some(curve(document, &sides)),
            (_, Targets::Classes { names, .. }) => {
                let (_, examples) = encoded(&material.train, affordable(document))?;
                let labels = examples.labels.as_ref()?;
                let run = document.network.forward_batch(&examples.inputs, examples.samples);
                let outputs = &run.layers().last()?.a;
                let confusion = Confusion::of(outputs, labels, examples.middle, names.len());
                let names = names.clone();
                Some(Self::Confusion { confusion, names })
            }
            _ => Some(scatter(document, &sides)),
        }
    }
}

/// The ends of some values with a little room around them.
fn ends(values: impl Iterator<Item = f64>) -> [f64; 2] {
    let finite = values.filter(|value| value.is_finite());
    let [from, to] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[from, to], value| {
        [from.min(value), to.max(value)]
    });
    if from > to {
        return [-1.0, 1.0];
    }
    let room = if to > from { 0.06 * (to - from) } else { 1.0 };
    [from - room, to + room]
}

/// Targets as degrees: of two classes −1 and 1, of numbers by the largest.
fn scale_of(sides: &[(bool, Examples)]) -> (f64, f64) {
    let is_classes = sides
        .first()
        .is_some_and(|(_, examples)| examples.labels.is_some());
    if is_classes {
        let middle = sides.first().map_or(0.5, |(_, examples)| examples.middle);
        return (middle, (1.0 - middle).max(f64::MIN_POSITIVE));
    }
    let targets = sides.iter().flat_map(|(_, examples)| &examples.targets);
    let largest = targets.fold(0.0f64, |largest, target| largest.max(target.abs()));
    (0.0, if largest > 0.0 { largest } else { 1.0 })
}

fn map(document: &Document, trace: &Trace, sides: &[(bool, Examples)]) -> Option<Map> {
    let blueprint = document.network.blueprint();
    let last = blueprint.last_layer();
    let outputs = blueprint.width(last);
    let (middle, scale) = scale_of(sides);
    let axis = |input: usize| {
        let values = sides.iter().flat_map(move |(_, examples)| {
            examples.inputs[input * examples.samples..][..examples.samples]
                .iter()
                .copied()
        });
        ends(values)
    };
    let [x, y] = [axis(0), axis(1)];
    let affordable = libm::sqrt(BUDGET as f64 / blueprint.knob_count() as f64) as usize;
    let places = affordable.clamp(PLACES[0], PLACES[1]);
    let mapped = match outputs {
        1 => Mapped::Neuron(NeuronAt {
            layer: last,
            neuron: 0,
        }),
        _ => Mapped::All,
    };
    let axes = [(0, x), (1, y)].map(|(input, ends)| Axis {
        target: Target::Input(input),
        ends,
    });
    let mut decision = Decision::default();
    decision.run(document, trace, axes, places, mapped, Quantity::Output);
    let maps: Vec<&[f64]> = (0..outputs)
        .filter_map(|neuron| decision.map(NeuronAt { layer: last, neuron }))
        .collect();
    let first = *maps.first()?;
    let kinds = (0..places * places).map(|place| match maps.as_slice() {
        [only] => Kind::Degree((only[place] - middle) / scale),
        several => {
            let mut best = 0;
            for (output, map) in several.iter().enumerate() {
                if map[place] > several[best][place] {
                    best = output;
                }
            }
            Kind::Class(best)
        }
    });
    let is_classes = sides.iter().any(|(_, examples)| examples.labels.is_some());
    let borders = match outputs {
        1 if is_classes => {
            let mut contour = Contour::default();
            contour.trace(first, places, middle);
            contour.lines().map(<[_]>::to_vec).collect()
        }
        _ => Vec::new(),
    };
    let points = sides.iter().flat_map(|(is_test, examples)| {
        (0..examples.samples).map(move |sample| Point {
            x: examples.inputs[sample],
            y: examples.inputs[examples.samples + sample],
            kind: match (&examples.labels, outputs) {
                (Some(labels), 2..) => Kind::Class(labels[sample]),
                _ => Kind::Degree((examples.targets[sample] - middle) / scale),
            },
            is_test: *is_test,
        })
    });
    Some(Map {
        x,
        y,
        places,
        kinds: kinds.collect(),
        borders,
        points: points.collect(),
    })
}

fn curve(document: &Document, sides: &[(bool, Examples)]) -> Picture {
    let (middle, scale) = scale_of(sides);
    let all = |examples: &Examples| {
        (0..examples.samples)
            .map(|sample| [examples.inputs[sample], examples.targets[sample]])
            .collect::<Vec<_>>()
    };
    let points: Vec<Point> = sides
        .iter()
        .flat_map(|(is_test, examples)| {
            all(examples).into_iter().map(move |[x, y]| Point {
                x,
                y,
                kind: Kind::Degree((y - middle) / scale),
                is_test: *is_test,
            })
        })
        .collect();
    let x = ends(points.iter().map(|point| point.x));
    let inputs: Vec<f64> = (0..CURVE)
        .map(|place| x[0] + (x[1] - x[0]) * place as f64 / (CURVE - 1) as f64)
        .collect();
    let run = document.network.forward_batch(&inputs, CURVE);
    let outputs = run.layers().last().map_or(&[][..], |layer| &layer.a);
    let line: Vec<[f64; 2]> = inputs.iter().zip(outputs).map(|(&x, &y)| [x, y]).collect();
    // The axis is of the data alone, so that it stays while the curve moves.
    let [low, high] = ends(points.iter().map(|point| point.y));
    let room = 0.25 * (high - low);
    Picture::Curve {
        x,
        y: [low - room, high + room],
        line,
        points,
    }
}

fn scatter(document: &Document, sides: &[(bool, Examples)]) -> Picture {
    let (middle, scale) = scale_of(sides);
    let mut points = Vec::new();
    for (is_test, examples) in sides {
        let run = document.network.forward_batch(&examples.inputs, examples.samples);
        let outputs = run.layers().last().map_or(&[][..], |layer| &layer.a);
        points.extend(examples.targets.iter().zip(outputs).map(|(&x, &y)| Point {
            x,
            y,
            kind: Kind::Degree((x - middle) / scale),
            is_test: *is_test,
        }));
    }
    points.truncate(2 * MOST_POINTS);
    let ends = ends(points.iter().map(|point| point.x));
    Picture::Scatter { ends, points }
}
