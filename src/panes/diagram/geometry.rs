//! Where inputs, neurons and edges are, from sizes alone.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::canvas::place::crosses;
use crate::network::{Blueprint, NeuronAt};

/// The height of the bias that stands under a hidden neuron, in points.
pub const BIAS_LINE: f32 = 16.0;
/// With columns further apart than this, the bias under a neuron has its name.
pub const ROOMY: f32 = 110.0;
/// The least distance of two columns, in points.
const LEAST_COLUMN: f32 = 96.0;
/// The radius of a neuron, in points.
const RADII: std::ops::RangeInclusive<f32> = 11.0..=31.0;
/// The most height of a neuron's place, in points.
const MOST_PITCH: f32 = 112.0;
/// Room above for the heads of the columns.
const HEAD: f32 = 24.0;
/// Room to the left for the names of inputs, to the right for biases.
const MARGINS: (f32, f32) = (58.0, 132.0);
/// The same in a pane narrower than [`NARROW`].
const NARROW_MARGINS: (f32, f32) = (54.0, 112.0);
/// What the name of an input needs beside its disc.
const INPUT_NAME: f32 = 27.0;
/// From the disc of an output to its bias.
pub const BESIDE: f32 = 18.0;
const NARROW: f32 = 450.0;

/// One place of a column, or what stands for many that have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// One input or neuron, counted from 0.
    One(usize),
    /// As many as are left out here.
    Gap(usize),
}

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The inputs of the network.
    Inputs,
    /// A layer.
    Layer(usize),
    /// As many layers as are left out here.
    Gap(usize),
}

/// One column of the diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What it shows.
    pub shows: Shows,
    /// Its middle.
    pub x: f32,
    /// Its places from top to bottom, with their middles.
    pub slots: Vec<(Slot, Pos2)>,
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq)]
pub struct Geometry {
    /// The columns from left to right: the inputs, then the layers.
    pub columns: Vec<Column>,
    /// The radius of inputs and neurons.
    pub radius: f32,
    /// From the middle of a column to that of the next.
    pub spacing: f32,
    /// The height of the heads' middle.
    pub head_y: f32,
}

/// The places of `count` things where only `capacity` fit: the first ones, the one to `keep`, and the last.
pub fn compressed(count: usize, capacity: usize, keep: Option<usize>) -> Vec<Slot> {
    let capacity = capacity.max(3);
    if count <= capacity {
        return (0..count).map(Slot::One).collect();
    }
    let last = count - 1;
    let kept = keep.filter(|&index| index < count);
    // A place for the gap and one for the last; if what must be seen is inside the gap, two more for it.
    let firsts = capacity - 2;
    let is_inside = |index: usize| index >= firsts && index < last;
    let mut shown: Vec<usize> = match kept.filter(|&index| is_inside(index)) {
        Some(index) => (0..firsts.saturating_sub(2).max(1))
            .chain([index, last])
            .collect(),
        None => (0..firsts).chain([last]).collect(),
    };
    shown.dedup();
    let mut slots = Vec::with_capacity(capacity);
    let mut next = 0;
    for index in shown {
        if index > next {
            slots.push(Slot::Gap(index - next));
        }
        slots.push(Slot::One(index));
        next = index + 1;
    }
    slots
}

impl Geometry {
    /// Lays out a network in `rect`; the `selected` neuron always has a place, and what stands beside the outputs is
    /// `beside` points wide.
    pub fn new(blueprint: &Blueprint, rect: Rect, selected: NeuronAt, beside: f32) -> Self {
        let margins = if rect.width() < NARROW {
            NARROW_MARGINS
        } else {
            MARGINS
        };
        let largest = (margins.0 - INPUT_NAME).min(*RADII.end());
        let (left, right) = (
            rect.left() + margins.0,
            rect.right() - margins.1.max(largest + BESIDE + beside),
        );
        let width = (right - left).max(1.0);
        let height = (rect.height() - HEAD).max(1.0);
        let shown = shown_columns(blueprint, width, height, selected);
        let most = shown
            .iter()
            .map(|(_, slots)| slots.len())
            .max()
            .unwrap_or(1)
            .max(1);
        let common = (height / most as f32).min(MOST_PITCH);
        let spacing = width / (shown.len().max(2) - 1) as f32;
        let pitch_of = |shows: Shows| common.max(least_pitch(blueprint, shows));
        let radius = shown
            .iter()
            .map(|&(shows, _)| radius_within(blueprint, shows, pitch_of(shows)))
            .fold((spacing / 4.0).min(largest), f32::min)
            .clamp(*RADII.start(), *RADII.end());
        let middle = rect.top() + HEAD + height / 2.0;
        let columns = shown.into_iter().enumerate().map(|(index, (shows, slots))| {
            let x = left + index as f32 * spacing;
            // A hidden neuron and the bias under it are in the middle together.
            let lift = if is_hidden(blueprint, shows) {
                BIAS_LINE / 2.0
            } else {
                0.0
            };
            let pitch = pitch_of(shows);
            let top = middle - lift - pitch * (slots.len() as f32 - 1.0) / 2.0;
            let slots = slots.into_iter().enumerate();
            Column {
                shows,
                x,
                slots: slots
                    .map(|(row, slot)| (slot, pos2(x, top + row as f32 * pitch)))
                    .collect(),
            }
        });
        Self {
            columns: columns.collect(),
            radius,
            spacing,
            head_y: rect.top() + HEAD / 2.0,
        }
    }

    /// From the disc of a neuron to its rim, in points.
    pub fn rim_gap(&self) -> f32 {
        rim_gap(self.radius)
    }

    /// The discs of inputs and neurons with all that is around them, and of the words for those that are left out.
    pub fn discs(&self) -> Vec<(Pos2, f32)> {
        const WORDS: (f32, f32) = (28.0, 24.0);
        let reach = self.radius + self.rim_gap();
        let slots = self.columns.iter().flat_map(|column| &column.slots);
        slots
            .map(|&(slot, center)| match slot {
                Slot::Gap(_) => (center + vec2(WORDS.0, 0.0), WORDS.1),
                Slot::One(_) => (center, reach),
            })
            .collect()
    }

    /// Where the words under the neurons of hidden layers stand, and those for neurons that are left out: about as wide as
    /// they are at three decimals.
    pub fn words(&self, last_layer: usize) -> Vec<Rect> {
        let half = if self.spacing > ROOMY { 44.0 } else { 26.0 };
        let mut words = Vec::new();
        for column in &self.columns {
            let is_hidden = matches!(column.shows, Shows::Layer(layer) if layer < last_layer);
            for &(slot, center) in &column.slots {
                match slot {
                    Slot::Gap(_) => {
                        let middle = center + vec2(half / 2.0, 0.0);
                        words.push(Rect::from_center_size(middle, vec2(half + 8.0, 18.0)));
                    }
                    Slot::One(_) if is_hidden => {
                        let middle = center + vec2(0.0, self.radius + 0.5 * (BIAS_LINE + 6.0));
                        words.push(Rect::from_center_size(middle, vec2(2.0 * half, BIAS_LINE - 4.0)));
                    }
                    Slot::One(_) => {}
                }
            }
        }
        words
    }

    /// Where an edge leaves one disc and reaches another.
    pub fn edge_ends(&self, from: Pos2, to: Pos2) -> (Pos2, Pos2) {
        let way = (to - from).normalized();
        (from + self.radius * way, to - (self.radius + 1.0) * way)
    }

    /// The columns of layers with the column before them, where both are shown side by side.
    pub fn neighbours(&self) -> impl Iterator<Item = (&Column, &Column, usize)> {
        self.columns
            .windows(2)
            .filter_map(|pair| match (pair[0].shows, pair[1].shows) {
                (Shows::Gap(_), _) | (_, Shows::Gap(_) | Shows::Inputs) => None,
                (_, Shows::Layer(layer)) => Some((&pair[0], &pair[1], layer)),
            })
    }
}

/// What the columns show: inputs and layers, with as many places as there is room for.
fn shown_columns(
    blueprint: &Blueprint,
    width: f32,
    height: f32,
    selected: NeuronAt,
) -> Vec<(Shows, Vec<Slot>)> {
    let capacity = |shows: Shows| (height / least_pitch(blueprint, shows)).floor() as usize;
    let inputs = compressed(blueprint.inputs(), capacity(Shows::Inputs), None);
    let mut columns = vec![(Shows::Inputs, inputs)];
    let most_layers = (width / LEAST_COLUMN).floor() as usize;
    for slot in compressed(blueprint.layers().len(), most_layers, Some(selected.layer)) {
        match slot {
            Slot::One(layer) => {
                let shows = Shows::Layer(layer);
                let keep = (layer == selected.layer).then_some(selected.neuron);
                columns.push((shows, compressed(blueprint.width(layer), capacity(shows), keep)));
            }
            Slot::Gap(layers) => columns.push((Shows::Gap(layers), vec![Slot::Gap(layers)])),
        }
    }
    columns
}

fn is_hidden(blueprint: &Blueprint, shows: Shows) -> bool {
    matches!(shows, Shows::Layer(layer) if layer < blueprint.last_layer())
}

/// From a disc of this radius to its rim, in points.
fn rim_gap(radius: f32) -> f32 {
    (0.2 * radius).clamp(3.0, 6.0)
}

/// The radius of the dot on the rim of a disc, in points.
pub fn rim_dot(radius: f32) -> f32 {
    (0.14 * radius).clamp(2.5, 4.25)
}

/// The radius for which a disc, its rim, and the line under it fit into a place of this height.
fn radius_within(blueprint: &Blueprint, shows: Shows, pitch: f32) -> f32 {
    match shows {
        Shows::Inputs | Shows::Gap(_) => (pitch - 6.0) / 2.0,
        Shows::Layer(_) => {
            let line = if is_hidden(blueprint, shows) {
                BIAS_LINE
            } else {
                0.0
            };
            // The smaller of what rims in proportion and rims of the least size leave.
            ((pitch - line - 1.0) / 2.7).min((pitch - line - 12.0) / 2.0)
        }
    }
}

/// The least height of a place.
fn least_pitch(blueprint: &Blueprint, shows: Shows) -> f32 {
    let disc = 2.0 * RADII.start();
    match shows {
        Shows::Inputs | Shows::Gap(_) => disc + 6.0,
        Shows::Layer(_) if is_hidden(blueprint, shows) => disc + 12.0 + BIAS_LINE,
        Shows::Layer(_) => disc + 12.0,
    }
}

/// How thick an edge is in points: it grows with the weight, evenly at first and ever less, so that turning
/// one weight changes no other edge.
pub fn edge_width(weight: f64) -> f32 {
    0.8 + 4.7 * (1.0 - (-weight.abs() as f32 * 0.8).exp())
}

/// Points on the rim of a disc from one fraction of the dial to another; the dial is open at the bottom, 0 at
/// the lower left and 1 at the lower right.
pub fn dial_arc(center: Pos2, radius: f32, from: f64, to: f64) -> Vec<Pos2> {
    let steps = ((to - from).abs() * 40.0).ceil().max(1.0) as usize;
    (0..=steps)
        .map(|step| dial_point(center, radius, from + (to - from) * step as f64 / steps as f64))
        .collect()
}

/// The point on the dial at a fraction.
pub fn dial_point(center: Pos2, radius: f32, fraction: f64) -> Pos2 {
    let angle = (135.0 + 270.0 * fraction as f32).to_radians();
    center + radius * Vec2::angled(angle)
}

/// Places of labels along edges, so that none lies on another or on `words`: tries several spots along each edge and
/// takes the first that is free, or else the first that only words stand on, or the first of all.
pub fn label_places(edges: &[(Pos2, Pos2)], size: Vec2, words: &[Rect]) -> Vec<Rect> {
    const SPOTS: [f32; 11] = [0.42, 0.3, 0.54, 0.36, 0.48, 0.24, 0.6, 0.66, 0.72, 0.78, 0.18];
    let mut taken: Vec<Rect> = Vec::new();
    for &(from, to) in edges {
        let at = |t: f32| Rect::from_center_size(from + t * (to - from), size);
        let is_off = |others: &[Rect], rect: &Rect| {
            let with_room = |other: &Rect| other.expand2(vec2(1.0, 1.0));
            others.iter().all(|other| !with_room(other).intersects(*rect))
        };
        let mut spots = SPOTS.into_iter().map(at);
        let free = spots
            .clone()
            .find(|rect| is_off(&taken, rect) && is_off(words, rect))
            .or_else(|| spots.find(|rect| is_off(&taken, rect)));
        taken.push(free.unwrap_or_else(|| at(SPOTS[0])));
    }
    taken
}

/// Places of labels along many edges: each goes where it covers least of the other labels, discs and edges, near the
/// first third of its edge where it can choose.
pub fn spread_labels(edges: &[(Pos2, Pos2)], sizes: &[Vec2], discs: &[(Pos2, f32)]) -> Vec<Rect> {
    const SPOTS: usize = 33;
    const ROUNDS: usize = 3;
    const WANTED: f32 = 0.34;
    let spot = |index: usize, spot: usize| {
        let (from, to) = edges[index];
        let t = 0.1 + 0.8 * spot as f32 / (SPOTS - 1) as f32;
        (t, Rect::from_center_size(from + t * (to - from), sizes[index]))
    };
    let crossed = |index: usize, rect: Rect| {
        let others = edges.iter().enumerate().filter(|&(other, _)| other != index);
        others.filter(|(_, (from, to))| crosses(rect, *from, *to)).count() as f32
    };
    let is_on_disc = |rect: Rect| {
        let covers = |(center, radius): &(Pos2, f32)| rect.distance_to_pos(*center) < radius + 3.0;
        f32::from(u8::from(discs.iter().any(covers)))
    };
    // What a spot costs by itself does not change; how labels cover each other does, so all choose a few times.
    let own: Vec<Vec<f32>> = (0..edges.len())
        .map(|index| {
            let cost = |(t, rect): (f32, Rect)| {
                6.0 * crossed(index, rect) + 20.0 * (t - WANTED).abs() + 300.0 * is_on_disc(rect)
            };
            (0..SPOTS).map(|at| cost(spot(index, at))).collect()
        })
        .collect();
    let mut places: Vec<Option<Rect>> = vec![None; edges.len()];
    for _ in 0..ROUNDS {
        for index in 0..edges.len() {
            let cost = |at: usize| {
                let rect = spot(index, at).1.expand(2.0);
                let others = places.iter().enumerate().filter(|&(other, _)| other != index);
                let covered: f32 = others
                    .filter_map(|(_, place)| *place)
                    .map(|place| rect.intersect(place))
                    .filter(|common| common.is_positive())
                    .map(|common| 100.0 + common.area())
                    .sum();
                own[index][at] + covered
            };
            let best = (0..SPOTS).min_by(|&a, &b| cost(a).total_cmp(&cost(b)));
            places[index] = best.map(|at| spot(index, at).1);
        }
    }
    places.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Activation;

    #[test]
    fn what_does_not_fit_is_left_out_but_never_the_selected_one() {
        for (count, capacity, keep) in [
            (4096, 8, 2000),
            (10, 3, 5),
            (10, 8, 9),
            (10, 8, 0),
            (9, 8, 7),
            (5, 5, 2),
        ] {
            let slots = compressed(count, capacity, Some(keep));
            assert!(slots.contains(&Slot::One(keep)), "{slots:?}");
            assert!(slots.contains(&Slot::One(0)) && slots.contains(&Slot::One(count - 1)));
            let shown: usize = slots
                .iter()
                .map(|slot| match slot {
                    Slot::One(_) => 1,
                    Slot::Gap(left_out) => *left_out,
                })
                .sum();
            assert_eq!(shown, count, "{slots:?}");
            assert!(slots.len() <= capacity.max(5), "{slots:?}");
        }
    }

    #[test]
    fn everything_lies_within_the_pane() {
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(620.0, 360.0));
        for layers in [
            vec![(3, Activation::Relu)],
            vec![(4, Activation::Tanh); 3],
            vec![(4096, Activation::Relu); 1],
        ] {
            let blueprint = Blueprint::dense(4, &layers).unwrap();
            let selected = NeuronAt { layer: 0, neuron: 1 };
            let geometry = Geometry::new(&blueprint, rect, selected, 0.0);
            for column in &geometry.columns {
                for (_, at) in &column.slots {
                    let disc = Rect::from_center_size(*at, Vec2::splat(2.0 * geometry.radius));
                    assert!(rect.contains_rect(disc), "{disc:?}");
                }
            }
        }
    }

    #[test]
    fn labels_of_one_neurons_edges_do_not_overlap() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(660.0, 380.0));
        let blueprint = Blueprint::dense(4, &[(3, Activation::Relu)]).unwrap();
        for neuron in 0..3 {
            let geometry = Geometry::new(&blueprint, rect, NeuronAt { layer: 0, neuron }, 0.0);
            let to = geometry.columns[1].slots[neuron].1;
            let sources = geometry.columns[0].slots.iter();
            let edges: Vec<_> = sources.map(|&(_, from)| geometry.edge_ends(from, to)).collect();
            let places = label_places(&edges, vec2(54.0, 20.0), &[]);
            for (index, place) in places.iter().enumerate() {
                assert!(places[..index].iter().all(|other| !other.intersects(*place)));
            }
        }
    }

    #[test]
    fn a_larger_weight_is_a_thicker_edge() {
        let widths: Vec<f32> = [0.0, 0.26, -0.5, 0.91, 5.0].map(edge_width).to_vec();
        assert!(widths.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
