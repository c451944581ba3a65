//! The data as a picture, with what the network makes of it.

use crate::data::{Dataset, Points, Targets};
use crate::learning::Examples;
use crate::network::{NeuronAt, Trace};
use crate::session::{Course, Document, Quantity, Source, Target};

use super::decision::{Axis, Mapped};
use super::score::spread;
use super::{Contour, Decision};

/// The most points of each part of the data that are shown.
const MOST_POINTS: usize = 1_000;
/// The rows and columns of a map, at least and at most.
const PLACES: [usize; 2] = [9, 49];
/// The most of them while training goes on and every frame has another map.
const COARSE: usize = 29;
/// About how many multiply-adds a map may cost.
const BUDGET: usize = 4_000_000;
/// The points of a curve.
const CURVE: usize = 257;
/// What is shown at least of the plane on which points are set by hand: to both sides of 0, and up and down for numbers.
const OWN_ROOM: f64 = 6.0;
const OWN_HEIGHT: f64 = 2.0;

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
    /// Which of the points it is that were set by hand, if it is one.
    pub own: Option<usize>,
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
    /// The rows, and the columns; 0 if the network does not fit the data.
    pub places: usize,
    /// Whether the samples are told by classes: by the colours of the classes, else by the two of signs.
    pub has_classes: bool,
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
        /// The network’s output; nothing if it does not fit the data.
        line: Vec<[f64; 2]>,
        /// The samples.
        points: Vec<Point>,
    },
    /// For more inputs and classes: see [`super::Verdicts`].
    Classes,
    /// For more inputs and numbers: what the network says over what it should say.
    Scatter {
        /// The ends of both axes.
        ends: [f64; 2],
        /// A point for each sample.
        points: Vec<Point>,
    },
}

/// A part of the data as numbers.
pub(super) struct Side {
    pub is_test: bool,
    pub examples: Examples,
    /// Where the samples are among the points that were set by hand.
    pub own: Option<Vec<usize>>,
}

impl Picture {
    /// The picture of a course whose data fits the document, and of points that are set by hand, whether they do or not;
    /// a map is coarser while training goes on.
    ///
    /// `decision` is what the last picture was made with: of a map only what is downstream of the knobs that have been
    /// turned since is computed.
    pub fn new(
        document: &Document,
        course: &Course,
        (trace, decision): (&Trace, &mut Decision),
        is_playing: bool,
    ) -> Option<Self> {
        let most = if is_playing { COARSE } else { PLACES[1] };
        let blueprint = document.network.blueprint();
        let plan = &blueprint.layers()[blueprint.last_layer()];
        let loss = course.loss(plan);
        if let Source::Own(points) = &course.choice().source {
            return Some(own(document, course, (trace, decision, most), points));
        }
        let material = course.material().ok()?;
        let encoded = |data: &Dataset, most: usize| {
            Examples::new(&spread(data, most), blueprint.inputs(), plan, loss).ok()
        };
        let sides: Vec<Side> = [(false, Some(&material.train)), (true, material.test.as_ref())]
            .into_iter()
            .filter_map(|(is_test, data)| {
                let examples = encoded(data?, MOST_POINTS)?;
                Some(Side {
                    is_test,
                    examples,
                    own: None,
                })
            })
            .collect();
        if sides.is_empty() {
            return None;
        }
        match (course.raw_inputs(), material.train.targets()) {
            (2, _) => Some(Self::Map(map(
                document,
                course,
                (Some((trace, decision)), most),
                &sides,
            ))),
            (1, _) if plan.neurons.len() == 1 => Some(curve(document, course, true, &sides)),
            (_, Targets::Classes { .. }) => Some(Self::Classes),
            _ => Some(scatter(document, &sides)),
        }
    }
}

/// Points that are set by hand: none at first, and shown also while the network does not fit them.
fn own(
    document: &Document,
    course: &Course,
    (trace, decision, most): (&Trace, &mut Decision, usize),
    points: &Points,
) -> Picture {
    let blueprint = document.network.blueprint();
    let plan = &blueprint.layers()[blueprint.last_layer()];
    let loss = course.loss(plan);
    let whole = points.dataset();
    let mut fits = false;
    let mut sides = Vec::new();
    if let (Ok(material), Ok(whole)) = (course.material(), &whole) {
        let choice = course.choice();
        let all = [(0..whole.samples()).collect(), Vec::new()];
        let places = match &material.test {
            Some(_) => whole.split_places(choice.test, choice.seed).unwrap_or(all),
            None => all,
        };
        let parts = [(false, Some(&material.train)), (true, material.test.as_ref())];
        for ((is_test, data), own) in parts.into_iter().zip(places) {
            let Some(data) = data else { continue };
            let examples = Examples::new(data, blueprint.inputs(), plan, loss);
            fits = examples.is_ok();
            sides.push(Side {
                is_test,
                examples: examples.unwrap_or_else(|_| as_they_are(data)),
                own: Some(own),
            });
        }
    }
    match points.names().len() {
        1 => curve(document, course, fits, &sides),
        _ => Picture::Map(map(
            document,
            course,
            (fits.then_some((trace, decision)), most),
            &sides,
        )),
    }
}

/// Samples that no network learns: classes are their numbers.
fn as_they_are(data: &Dataset) -> Examples {
    let (targets, labels) = match data.targets() {
        Targets::Numbers { values, .. } => (values.clone(), None),
        Targets::Classes { labels, .. } => {
            let values = labels.iter().map(|&label| label as f64).collect();
            (values, Some(labels.clone()))
        }
    };
    Examples {
        inputs: data.inputs().to_vec(),
        targets,
        labels,
        middle: 0.5,
        samples: data.samples(),
    }
}

/// What is shown of a plane on which points are set by hand, even if there are none.
fn with_room([from, to]: [f64; 2], least: f64) -> [f64; 2] {
    [from.min(-least), to.max(least)]
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
pub(super) fn scale_of(sides: &[Side]) -> (f64, f64) {
    let Some(Side { examples, .. }) = sides.first() else {
        return (0.0, 1.0);
    };
    if examples.labels.is_some() {
        return (examples.middle, (1.0 - examples.middle).max(f64::MIN_POSITIVE));
    }
    let targets = sides.iter().flat_map(|side| &side.examples.targets);
    let largest = targets.fold(0.0f64, |largest, target| largest.max(target.abs()));
    (0.0, if largest > 0.0 { largest } else { 1.0 })
}

/// The values of an input in all samples.
fn column(sides: &[Side], input: usize) -> impl Iterator<Item = f64> {
    sides.iter().flat_map(move |Side { examples, .. }| {
        examples.inputs[input * examples.samples..][..examples.samples]
            .iter()
            .copied()
    })
}

fn is_own(course: &Course) -> bool {
    matches!(course.choice().source, Source::Own(_))
}

/// With `most` rows and columns at most.
fn map(
    document: &Document,
    course: &Course,
    (made, most): (Option<(&Trace, &mut Decision)>, usize),
    sides: &[Side],
) -> Map {
    let blueprint = document.network.blueprint();
    let last = blueprint.last_layer();
    let outputs = blueprint.width(last);
    let (middle, scale) = scale_of(sides);
    let axis = |input: usize| {
        let ends = ends(column(sides, input));
        if is_own(course) {
            with_room(ends, OWN_ROOM)
        } else {
            ends
        }
    };
    let [x, y] = [axis(0), axis(1)];
    let affordable = libm::sqrt(BUDGET as f64 / blueprint.knob_count() as f64) as usize;
    let places = match &made {
        Some(_) => affordable.clamp(PLACES[0], most),
        None => 0,
    };
    let fits = made.is_some();
    let maps = made.map_or_else(Vec::new, |made| {
        outputs_over(document, course, made, [x, y], places)
    });
    let kinds = (0..places * places).map(|place| match maps.as_slice() {
        [] => Kind::Degree(0.0),
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
    let is_classes = sides.iter().any(|side| side.examples.labels.is_some());
    let borders = match maps.as_slice() {
        [only] if is_classes => {
            let mut contour = Contour::default();
            contour.trace(only, places, middle);
            contour.lines().map(<[_]>::to_vec).collect()
        }
        _ => Vec::new(),
    };
    // Two classes are told by two signs, more of them by their colours.
    let has_many = sides.iter().any(|side| {
        let labels = side.examples.labels.as_ref();
        labels.is_some_and(|labels| labels.iter().any(|&label| label > 1))
    });
    let has_classes = is_classes && (has_many || (fits && outputs > 1));
    let points = sides.iter().flat_map(|side| {
        let Side {
            is_test,
            examples,
            own,
        } = side;
        (0..examples.samples).map(move |sample| Point {
            x: examples.inputs[sample],
            y: examples.inputs[examples.samples + sample],
            kind: match &examples.labels {
                Some(labels) if has_classes => Kind::Class(labels[sample]),
                _ => Kind::Degree((examples.targets[sample] - middle) / scale),
            },
            is_test: *is_test,
            own: own.as_ref().map(|own| own[sample]),
        })
    });
    Map {
        x,
        y,
        places,
        has_classes,
        kinds: kinds.collect(),
        borders,
        points: points.collect(),
    }
}

/// The outputs of the network over a plane of the two raw inputs, `[output][row][column]`; what is computed from them
/// goes along.
fn outputs_over(
    document: &Document,
    course: &Course,
    (trace, decision): (&Trace, &mut Decision),
    [x, y]: [[f64; 2]; 2],
    places: usize,
) -> Vec<Vec<f64>> {
    let blueprint = document.network.blueprint();
    let last = blueprint.last_layer();
    let outputs = blueprint.width(last);
    if course.choice().features.is_empty() {
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
        decision.run(document, trace, axes, places, mapped, Quantity::Output);
        return (0..outputs)
            .filter_map(|neuron| decision.map(NeuronAt { layer: last, neuron }))
            .map(<[f64]>::to_vec)
            .collect();
    }
    let steps = (places.max(2) - 1) as f64;
    let along = |[from, to]: [f64; 2], place: usize| from + (to - from) * place as f64 / steps;
    let plane = (0..places * places).map(|place| vec![along(x, place % places), along(y, place / places)]);
    run_over(document, course, plane.collect())
}

/// The outputs of the network, `[output][sample]`, for samples of raw inputs.
fn run_over(document: &Document, course: &Course, raw: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let inputs = document.inputs.len();
    let samples = raw.len();
    let mut columns = vec![0.0; inputs * samples];
    for (sample, raw) in raw.iter().enumerate() {
        let Some(all) = course.with_features(raw).filter(|all| all.len() == inputs) else {
            continue;
        };
        for (input, value) in all.into_iter().enumerate() {
            columns[input * samples + sample] = value;
        }
    }
    let run = document.network.forward_batch(&columns, samples);
    let outputs = run.layers().last().map_or(&[][..], |layer| &layer.a);
    outputs
        .chunks_exact(samples.max(1))
        .map(<[f64]>::to_vec)
        .collect()
}

fn curve(document: &Document, course: &Course, fits: bool, sides: &[Side]) -> Picture {
    let (middle, scale) = scale_of(sides);
    let points: Vec<Point> = sides
        .iter()
        .flat_map(|side| {
            let examples = &side.examples;
            (0..examples.samples).map(move |sample| Point {
                x: examples.inputs[sample],
                y: examples.targets[sample],
                kind: Kind::Degree((examples.targets[sample] - middle) / scale),
                is_test: side.is_test,
                own: side.own.as_ref().map(|own| own[sample]),
            })
        })
        .collect();
    let mut x = ends(points.iter().map(|point| point.x));
    // The axis is of the data alone, so that it stays while the curve moves.
    let [low, high] = ends(points.iter().map(|point| point.y));
    let room = 0.25 * (high - low);
    let mut y = [low - room, high + room];
    if is_own(course) {
        x = with_room(x, OWN_ROOM);
        y = with_room(ends(points.iter().map(|point| point.y)), OWN_HEIGHT);
    }
    let inputs: Vec<f64> = (0..CURVE)
        .map(|place| x[0] + (x[1] - x[0]) * place as f64 / (CURVE - 1) as f64)
        .collect();
    let line = match fits {
        true => {
            let raw = inputs.iter().map(|&x| vec![x]).collect();
            let outputs = run_over(document, course, raw);
            let outputs = outputs.into_iter().next().unwrap_or_default();
            inputs.iter().zip(outputs).map(|(&x, y)| [x, y]).collect()
        }
        false => Vec::new(),
    };
    Picture::Curve { x, y, line, points }
}

fn scatter(document: &Document, sides: &[Side]) -> Picture {
    let (middle, scale) = scale_of(sides);
    let mut points = Vec::new();
    for Side {
        is_test, examples, ..
    } in sides
    {
        let run = document.network.forward_batch(&examples.inputs, examples.samples);
        let outputs = run.layers().last().map_or(&[][..], |layer| &layer.a);
        points.extend(examples.targets.iter().zip(outputs).map(|(&x, &y)| Point {
            x,
            y,
            kind: Kind::Degree((x - middle) / scale),
            is_test: *is_test,
            own: None,
        }));
    }
    points.truncate(2 * MOST_POINTS);
    let ends = ends(points.iter().map(|point| point.x));
    Picture::Scatter { ends, points }
}
