//! Where inputs, neurons and edges are, from sizes alone.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use neurodial_core::network::{Blueprint, NeuronAt};

use super::needs::{Needs, OutputBias};
use super::slots::{FEWEST, Slot, compressed};

/// The height of the bias that stands under a hidden neuron, in points.
pub const BIAS_LINE: f32 = 16.0;
/// With columns further apart than this, the bias under a neuron has its name.
pub const ROOMY: f32 = 110.0;
/// The least distance of two columns, in points.
const LEAST_COLUMN: f32 = 96.0;
/// The radius of a neuron, in points.
pub(super) const RADII: std::ops::RangeInclusive<f32> = 11.0..=31.0;
/// The most height of a neuron's place, in points.
const MOST_PITCH: f32 = 112.0;
/// Room above for the heads of the columns.
const HEAD: f32 = 24.0;
/// Room to the left for the names of inputs, to the right for biases.
const MARGINS: (f32, f32) = (58.0, 132.0);
/// The same in a pane narrower than [`NARROW`].
const NARROW_MARGINS: (f32, f32) = (54.0, 112.0);
/// What the name of an input needs beside its disc.
pub(super) const INPUT_NAME: f32 = 27.0;
/// From the disc of an output to its bias.
pub const BESIDE: f32 = 18.0;
const NARROW: f32 = 450.0;

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
    /// Where the biases of the outputs stand.
    pub output_bias: OutputBias,
    /// Whether a bias under a neuron has its name.
    pub has_bias_names: bool,
    /// How far discs and their numbers reach to the sides of their middle.
    pub reach: f32,
    /// Whether the biases of hidden neurons stand under them: in a pane that is very low there is no room.
    pub has_lines: bool,
    /// How wide the line under a neuron is, about.
    line: f32,
}

impl Geometry {
    /// Lays out a network in `rect`; the `selected` neuron always has a place. On paper its words have the room that they
    /// need.
    pub fn new(blueprint: &Blueprint, rect: Rect, selected: NeuronAt, needs: Option<&Needs>) -> Self {
        let height = (rect.height() - HEAD).max(1.0);
        let has_lines = needs.is_some() || height >= FEWEST as f32 * least_pitch(Shows::Layer(0), true);
        let columns = |width: f32, least: f32, under: OutputBias| {
            shown_columns(
                blueprint,
                (width / least).floor() as usize,
                height,
                selected,
                |shows| has_lines && has_line(blueprint, shows, under),
            )
        };
        let (shown, output_bias, largest, margins) = match needs {
            None => {
                let margins = match rect.width() < NARROW {
                    true => NARROW_MARGINS,
                    false => MARGINS,
                };
                let largest = (margins.0 - INPUT_NAME).min(*RADII.end());
                let margins = (margins.0, margins.1.max(largest + BESIDE));
                let width = (rect.width() - margins.0 - margins.1).max(1.0);
                let bias = OutputBias::Beside;
                (columns(width, LEAST_COLUMN, bias), bias, largest, margins)
            }
            Some(needs) => {
                let (left, right) = needs.margins(needs.radius(), OutputBias::Under, rect.width());
                let width = (rect.width() - left - right).max(1.0);
                let count = columns(width, needs.spacing(), OutputBias::Under).len();
                let bias = needs.output_bias(count, rect.width());
                let largest = needs.radius_in(count, bias, rect.width());
                let margins = needs.margins(largest, bias, rect.width());
                (columns(width, needs.spacing(), bias), bias, largest, margins)
            }
        };
        let (left, right) = (rect.left() + margins.0, rect.right() - margins.1);
        let width = (right - left).max(1.0);
        let most = shown
            .iter()
            .map(|(_, slots)| slots.len())
            .max()
            .unwrap_or(1)
            .max(1);
        let common = (height / most as f32).min(MOST_PITCH);
        // On paper what is left over is at the foot: the heads stay near their columns, and the letter of the pane too.
        let height = match needs {
            Some(_) => height.min(common * most as f32),
            None => height,
        };
        let spacing = width / (shown.len().max(2) - 1) as f32;
        let has_line = |shows: Shows| has_lines && has_line(blueprint, shows, output_bias);
        let pitch_of = |shows: Shows| common.max(least_pitch(shows, has_line(shows)));
        let largest = match needs {
            None => largest.min(spacing / 4.0),
            Some(_) => largest,
        };
        let radius = shown
            .iter()
            .map(|&(shows, _)| radius_within(shows, has_line(shows), pitch_of(shows)))
            .fold(largest, f32::min)
            .clamp(*RADII.start(), *RADII.end());
        let is_roomy = spacing > ROOMY;
        let has_room = |needs: &Needs| {
            needs.named_line + 8.0 <= spacing
                && (output_bias == OutputBias::Beside || needs.named_line <= 2.0 * margins.1)
        };
        let has_bias_names = is_roomy && needs.is_none_or(has_room);
        let line = match needs {
            Some(needs) if has_bias_names => needs.named_line,
            Some(needs) => needs.line,
            None if is_roomy => 88.0,
            None => 52.0,
        };
        let middle = rect.top() + HEAD + height / 2.0;
        let columns = shown.into_iter().enumerate().map(|(index, (shows, slots))| {
            let x = left + index as f32 * spacing;
            // A hidden neuron and the bias under it are in the middle together.
            let lift = if has_line(shows) { BIAS_LINE / 2.0 } else { 0.0 };
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
            output_bias,
            has_bias_names,
            reach: needs.map_or(radius, |needs| needs.reach(radius)),
            has_lines,
            line,
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
        let half = self.line / 2.0;
        let mut words = Vec::new();
        for column in &self.columns {
            let has_line = match column.shows {
                Shows::Layer(layer) => {
                    self.has_lines && (layer < last_layer || self.output_bias == OutputBias::Under)
                }
                _ => false,
            };
            for &(slot, center) in &column.slots {
                match slot {
                    Slot::Gap(_) => {
                        let middle = center + vec2(half / 2.0, 0.0);
                        words.push(Rect::from_center_size(middle, vec2(half + 8.0, 18.0)));
                    }
                    Slot::One(_) if has_line => {
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

/// What the columns show: inputs and `most_layers` layers, with as many places as there is room for.
fn shown_columns(
    blueprint: &Blueprint,
    most_layers: usize,
    height: f32,
    selected: NeuronAt,
    has_line: impl Fn(Shows) -> bool,
) -> Vec<(Shows, Vec<Slot>)> {
    let capacity = |shows: Shows| {
        let pitch = least_pitch(shows, has_line(shows));
        (height / pitch).floor() as usize
    };
    let inputs = compressed(blueprint.inputs(), capacity(Shows::Inputs), None);
    let mut columns = vec![(Shows::Inputs, inputs)];
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

/// How many columns there are where all but the fewest layers are left out.
pub fn fewest_columns(blueprint: &Blueprint, selected: NeuronAt) -> usize {
    1 + compressed(blueprint.layers().len(), 0, Some(selected.layer)).len()
}

/// The least height on paper, in points: so many places a column have room, where there are so many.
pub fn least_height(blueprint: &Blueprint, most: usize) -> f32 {
    let layers = (0..blueprint.layers().len()).map(|layer| {
        let shows = Shows::Layer(layer);
        (blueprint.width(layer), least_pitch(shows, true))
    });
    let inputs = (blueprint.inputs(), least_pitch(Shows::Inputs, false));
    let heights = layers
        .chain([inputs])
        .map(|(count, pitch)| count.min(most) as f32 * pitch);
    HEAD + heights.fold(0.0, f32::max)
}

/// Whether the biases stand under the neurons of a column.
fn has_line(blueprint: &Blueprint, shows: Shows, output_bias: OutputBias) -> bool {
    match shows {
        Shows::Layer(layer) => layer < blueprint.last_layer() || output_bias == OutputBias::Under,
        _ => false,
    }
}

/// From a disc of this radius to its rim, in points.
pub(super) fn rim_gap(radius: f32) -> f32 {
    (0.2 * radius).clamp(3.0, 6.0)
}

/// The radius of the dot on the rim of a disc, in points.
pub fn rim_dot(radius: f32) -> f32 {
    (0.14 * radius).clamp(2.5, 4.25)
}

/// The radius for which a disc, its rim, and the line under it fit into a place of this height.
fn radius_within(shows: Shows, has_line: bool, pitch: f32) -> f32 {
    match shows {
        Shows::Inputs | Shows::Gap(_) => (pitch - 6.0) / 2.0,
        Shows::Layer(_) => {
            let line = if has_line { BIAS_LINE } else { 0.0 };
            // The smaller of what rims in proportion and rims of the least size leave.
            ((pitch - line - 1.0) / 2.7).min((pitch - line - 12.0) / 2.0)
        }
    }
}

/// The least height of a place.
fn least_pitch(shows: Shows, has_line: bool) -> f32 {
    let disc = 2.0 * RADII.start();
    match shows {
        Shows::Inputs | Shows::Gap(_) => disc + 6.0,
        Shows::Layer(_) if has_line => disc + 12.0 + BIAS_LINE,
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

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::network::Activation;

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
            let geometry = Geometry::new(&blueprint, rect, selected, None);
            for column in &geometry.columns {
                for (_, at) in &column.slots {
                    let disc = Rect::from_center_size(*at, Vec2::splat(2.0 * geometry.radius));
                    assert!(rect.contains_rect(disc), "{disc:?}");
                }
            }
        }
    }

    /// As in a small window, enlarged.
    #[test]
    fn in_a_low_pane_discs_stay_inside_and_apart() {
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(290.0, 146.0));
        for widths in [&[4, 3][..], &[2, 4, 4, 1], &[9, 9]] {
            let layers: Vec<_> = widths[1..]
                .iter()
                .map(|&width| (width, Activation::Tanh))
                .collect();
            let blueprint = Blueprint::dense(widths[0], &layers).unwrap();
            let selected = NeuronAt {
                layer: blueprint.last_layer(),
                neuron: 0,
            };
            let geometry = Geometry::new(&blueprint, rect, selected, None);
            assert!(!geometry.has_lines);
            for column in &geometry.columns {
                for (_, at) in &column.slots {
                    let disc = Rect::from_center_size(*at, Vec2::splat(2.0 * geometry.radius));
                    assert!(rect.contains_rect(disc), "{widths:?}: {disc:?}");
                }
                let pairs = column.slots.windows(2);
                assert!(
                    pairs
                        .into_iter()
                        .all(|pair| pair[1].1.y - pair[0].1.y >= 2.0 * geometry.radius)
                );
            }
        }
    }

    #[test]
    fn a_larger_weight_is_a_thicker_edge() {
        let widths: Vec<f32> = [0.0, 0.26, -0.5, 0.91, 5.0].map(edge_width).to_vec();
        assert!(widths.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
