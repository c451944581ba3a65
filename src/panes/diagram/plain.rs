//! The layout of the plain diagram: circles and edges as in a textbook, for figures. It is computed from sizes alone,
//! so that a picture and TikZ code have the same one.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::canvas::Element;
use neurodial_core::network::{Architecture, Knob, Network, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::geometry::{ColumnContent, ColumnSlot, compressed_slots};

/// The largest number of slots of a column; larger layers are shown with an ellipsis.
const MAX_SLOTS: usize = 12;
/// The smallest number of slots of a column.
const MIN_SLOTS: usize = 5;
/// The smallest distance between two columns, in points.
const MIN_SPACING: f32 = 74.0;
/// The distances between two neurons of a column, in points.
const PITCHES: [f32; 2] = [20.0, 58.0];
/// The preferred distance between two neurons of a column, in points.
const PREFERRED_PITCH: f32 = 36.0;
/// The radii of circles, in points.
const RADII: [f32; 2] = [4.0, 17.0];
/// The smallest radius of a circle with a symbol inside, in points.
pub(super) const MIN_SYMBOL_RADIUS: f32 = 10.0;
/// The space above the circles for the names of layers and the bracket, in points.
const HEADER_HEIGHT: f32 = 36.0;
/// The height of a line of text below the circles, in points.
const LINE_HEIGHT: f32 = 16.0;
/// The height of the legend with the gap above it, in points.
const LEGEND_HEIGHT: f32 = 26.0;
/// The half of the width that the name of a layer needs, in points.
const HALF_HEADER: f32 = 40.0;
/// The distance from a circle to its name, in points.
pub(super) const NAME_GAP: f32 = 7.0;
/// The largest number of edges that have arrowheads.
const MAX_ARROWS: usize = 40;

/// The content of a plain diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlainOptions {
    /// True if numbers are written: of neurons, and in symbols.
    pub(crate) has_numbers: bool,
    /// True if weights are written on their edges, which need room.
    pub(crate) has_labels: bool,
    /// True if each bias is an edge from a circle of its own.
    pub(crate) has_bias_nodes: bool,
    /// True if there is a legend of the edges.
    pub(crate) has_legend: bool,
    /// The neuron whose edges stand out, if there is one.
    pub(crate) selected: Option<NeuronAddress>,
}

/// The meaning of a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CircleKind {
    /// An input.
    Input(usize),
    /// A neuron.
    Neuron(NeuronAddress),
    /// The constant 1, whose edges are the biases of a layer.
    Bias(usize),
}

/// A circle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlainCircle {
    pub(crate) kind: CircleKind,
    pub(crate) center: Pos2,
    /// The index of its layer, with 0 for the inputs.
    pub(crate) level: usize,
}

/// An edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlainEdge {
    /// The weight or bias.
    pub(crate) knob: Knob,
    /// Its value.
    pub(crate) value: f64,
    /// The indices of the circles that it connects.
    pub(crate) ends: [usize; 2],
    /// The absolute value as a fraction of the largest, from 0 to 1; less if another neuron is selected.
    pub(crate) strength: f32,
}

/// A column of circles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlainColumn {
    pub(crate) content: ColumnContent,
    pub(crate) x: f32,
}

/// The plain diagram, in points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlainDiagram {
    pub(crate) columns: Vec<PlainColumn>,
    pub(crate) circles: Vec<PlainCircle>,
    /// The edges, the strongest last.
    pub(crate) edges: Vec<PlainEdge>,
    /// The centers of three dots in place of what is left out, and the direction from dot to dot.
    pub(crate) ellipses: Vec<(Pos2, Vec2)>,
    pub(crate) radius: f32,
    /// The y coordinate of the centers of the layers' names.
    pub(crate) header_y: f32,
    /// The tops and bottoms of the bracket over several hidden layers, and its ends.
    pub(crate) bracket: Option<Rect>,
    /// The y coordinate of the first line below the circles.
    pub(crate) caption_y: f32,
    /// The y coordinate of the legend; `None` without one.
    pub(crate) legend_y: Option<f32>,
    /// True if edges have arrowheads.
    pub(crate) has_arrows: bool,
    /// The diagram's rectangle.
    pub(crate) rect: Rect,
}

impl CircleKind {
    /// Returns the element that it shows; `None` for the constant 1.
    pub(crate) fn element(self) -> Option<Element> {
        match self {
            Self::Input(input) => Some(Element::Adjustable(Adjustable::Input(input))),
            Self::Neuron(at) => Some(Element::Neuron(at)),
            Self::Bias(_) => None,
        }
    }
}

/// Returns the height of everything but the circles, in points.
fn fixed_height(options: PlainOptions) -> f32 {
    let captions = if options.has_numbers { 2.0 } else { 1.0 };
    let legend = if options.has_legend { LEGEND_HEIGHT } else { 0.0 };
    HEADER_HEIGHT + captions * LINE_HEIGHT + legend
}

/// Returns the minimum and the preferred height of the diagram, in points.
pub(crate) fn heights(architecture: &Architecture, options: PlainOptions) -> [f32; 2] {
    let slots = (0..architecture.layers().len()).map(|layer| architecture.width(layer));
    let slots = slots.fold(architecture.input_count(), usize::max);
    let bias = usize::from(options.has_bias_nodes);
    let height = |slots: usize, pitch: f32| fixed_height(options) + (slots + bias) as f32 * pitch;
    // A few neurons get more space each.
    let pitch = match options.has_labels {
        true => PITCHES[1],
        false => PREFERRED_PITCH + (PITCHES[1] - PREFERRED_PITCH) / slots.max(1) as f32,
    };
    [
        height(slots.min(MIN_SLOTS), PITCHES[0]),
        height(slots.clamp(3, MAX_SLOTS), pitch),
    ]
}

/// Returns the minimum and the preferred width of the diagram, in points. `name_widths` are those of the widest name of
/// an input and of an output.
pub(crate) fn widths(architecture: &Architecture, name_widths: [f32; 2]) -> [f32; 2] {
    let margins: f32 = name_widths
        .iter()
        .map(|width| margin(*width, f32::INFINITY))
        .sum();
    let width = |columns: usize| margins.min(240.0) + columns.saturating_sub(1) as f32 * MIN_SPACING;
    let columns = 1 + architecture.layers().len();
    [width(columns.min(4)), width(columns.clamp(3, 6))]
}

/// Returns the space from a side of the diagram to the centers of the nearest circles.
fn margin(name_width: f32, width: f32) -> f32 {
    /// The largest fraction of the width for names.
    const MAX_FRACTION: f32 = 0.25;
    let name = if name_width > 0.0 {
        name_width + NAME_GAP
    } else {
        0.0
    };
    (RADII[1] + name.min(MAX_FRACTION * width)).max(HALF_HEADER)
}

/// Returns the slots of a column: all items, or as many from both ends as fit with an ellipsis between them. A selected
/// neuron is always shown.
fn slots(count: usize, capacity: usize, keep: Option<usize>) -> Vec<ColumnSlot> {
    let capacity = capacity.clamp(MIN_SLOTS, MAX_SLOTS);
    if count <= capacity || keep.is_some() {
        return compressed_slots(count, capacity, keep);
    }
    let (first, last) = (capacity / 2, (capacity - 1) / 2);
    (0..first)
        .map(ColumnSlot::Visible)
        .chain([ColumnSlot::Gap(count - first - last)])
        .chain((count - last..count).map(ColumnSlot::Visible))
        .collect()
}

impl PlainDiagram {
    /// Lays out a network in `rect`. `name_widths` are those of the widest name of an input and of an output, in points.
    pub(crate) fn new(network: &Network, rect: Rect, name_widths: [f32; 2], options: PlainOptions) -> Self {
        let architecture = network.architecture();
        let [left, right] = name_widths.map(|width| margin(width, rect.width()));
        let inner_width = (rect.width() - left - right).max(1.0);
        let bias_slots = usize::from(options.has_bias_nodes);
        let circles_height = (rect.height() - fixed_height(options)).max(1.0);
        let capacity = ((circles_height / PITCHES[0]).floor() as usize).saturating_sub(bias_slots);
        let keep = |layer: usize| {
            let selected = options.selected.filter(|selected| selected.layer == layer);
            selected.map(|selected| selected.neuron)
        };
        let mut contents = vec![(
            ColumnContent::Inputs,
            slots(architecture.input_count(), capacity, None),
        )];
        let max_layers = (inner_width / MIN_SPACING).floor() as usize;
        let selected_layer = options.selected.map(|selected| selected.layer);
        for slot in compressed_slots(architecture.layers().len(), max_layers, selected_layer) {
            contents.push(match slot {
                ColumnSlot::Visible(layer) => (
                    ColumnContent::Layer(layer),
                    slots(architecture.width(layer), capacity, keep(layer)),
                ),
                ColumnSlot::Gap(layers) => (ColumnContent::Gap(layers), Vec::new()),
            });
        }
        let max_slots = contents.iter().map(|(_, slots)| slots.len()).max().unwrap_or(1) + bias_slots;
        let pitch = (circles_height / max_slots as f32).min(PITCHES[1]);
        let spacing = inner_width / (contents.len().max(2) - 1) as f32;
        let radius = (0.38 * pitch).min(0.2 * spacing).clamp(RADII[0], RADII[1]);
        let circles_height = pitch * max_slots as f32;
        let middle = rect.top() + HEADER_HEIGHT + 0.5 * circles_height;

        let mut diagram = Self {
            columns: Vec::new(),
            circles: Vec::new(),
            edges: Vec::new(),
            ellipses: Vec::new(),
            radius,
            header_y: rect.top() + 9.0,
            bracket: None,
            caption_y: middle + 0.5 * circles_height + 0.5 * LINE_HEIGHT,
            legend_y: None,
            has_arrows: false,
            rect,
        };
        let last = architecture.last_layer();
        for (index, (content, slots)) in contents.iter().enumerate() {
            let x = rect.left() + left + index as f32 * spacing;
            diagram.columns.push(PlainColumn { content: *content, x });
            let level = match content {
                ColumnContent::Inputs => 0,
                ColumnContent::Layer(layer) => layer + 1,
                ColumnContent::Gap(_) => {
                    diagram.ellipses.push((pos2(x, middle), vec2(7.0, 0.0)));
                    continue;
                }
            };
            let has_bias = options.has_bias_nodes
                && level <= last
                && matches!(contents.get(index + 1), Some((ColumnContent::Layer(_), _)));
            let count = slots.len() + usize::from(has_bias);
            let y = |slot: usize| middle + pitch * (slot as f32 - 0.5 * (count as f32 - 1.0));
            for (slot, &shown) in slots.iter().enumerate() {
                let center = pos2(x, y(slot + usize::from(has_bias)));
                let kind = match (shown, content) {
                    (ColumnSlot::Gap(_), _) => {
                        diagram
                            .ellipses
                            .push((center, vec2(0.0, (0.22 * pitch).min(7.0))));
                        continue;
                    }
                    (ColumnSlot::Visible(neuron), ColumnContent::Layer(layer)) => {
                        CircleKind::Neuron(NeuronAddress {
                            layer: *layer,
                            neuron,
                        })
                    }
                    (ColumnSlot::Visible(input), _) => CircleKind::Input(input),
                };
                diagram.circles.push(PlainCircle { kind, center, level });
            }
            if has_bias {
                diagram.circles.push(PlainCircle {
                    kind: CircleKind::Bias(level),
                    center: pos2(x, y(0)),
                    level,
                });
            }
        }
        diagram.connect(network, options.selected);
        diagram.add_bracket(last);
        let caption_count = if options.has_numbers { 2.0 } else { 1.0 };
        let legend_y = diagram.caption_y + (caption_count - 0.5) * LINE_HEIGHT + LEGEND_HEIGHT - 9.0;
        diagram.legend_y = options.has_legend.then_some(legend_y);
        diagram
    }

    /// Adds the edges between neighboring layers.
    fn connect(&mut self, network: &Network, selected: Option<NeuronAddress>) {
        let mut max = 0.0_f64;
        for (to, target) in self.circles.iter().enumerate() {
            let CircleKind::Neuron(at) = target.kind else {
                continue;
            };
            for (from, source) in self.circles.iter().enumerate() {
                if source.level + 1 != target.level {
                    continue;
                }
                let knob = match source.kind {
                    CircleKind::Input(input) => Knob::weight(at.layer, at.neuron, input),
                    CircleKind::Neuron(source) => Knob::weight(at.layer, at.neuron, source.neuron),
                    CircleKind::Bias(_) => Knob::bias(at.layer, at.neuron),
                };
                let value = network.get(knob).unwrap_or(0.0);
                max = max.max(value.abs());
                let ends = [from, to];
                self.edges.push(PlainEdge {
                    knob,
                    value,
                    ends,
                    strength: 0.0,
                });
            }
        }
        for edge in &mut self.edges {
            /// The strength of edges of neurons that are not selected.
            const FAINT: f32 = 0.25;
            edge.strength = if max > 0.0 {
                (edge.value.abs() / max) as f32
            } else {
                0.0
            };
            if selected.is_some_and(|at| at != edge.knob.neuron_address()) {
                edge.strength *= FAINT;
            }
        }
        self.has_arrows = self.edges.len() <= MAX_ARROWS;
        self.edges.sort_by(|a, b| a.strength.total_cmp(&b.strength));
    }

    /// Adds a bracket over the hidden layers if there are several.
    fn add_bracket(&mut self, last_layer: usize) {
        let is_hidden = |column: &&PlainColumn| matches!(column.content, ColumnContent::Layer(layer) if layer < last_layer);
        let mut hidden = self.columns.iter().filter(is_hidden).map(|column| column.x);
        if let (Some(first), Some(last)) = (hidden.next(), hidden.next_back()) {
            let (top, bottom) = (self.header_y + 9.0, self.header_y + 16.0);
            let reach = self.radius + 4.0;
            self.bracket = Some(Rect::from_min_max(
                pos2(first - reach, top),
                pos2(last + reach, bottom),
            ));
        }
    }

    /// Returns the end points of an edge, on the rims of its circles.
    pub(crate) fn edge_points(&self, edge: &PlainEdge) -> [Pos2; 2] {
        let [from, to] = edge.ends.map(|index| self.circles[index].center);
        let direction = (to - from).normalized();
        [from + self.radius * direction, to - self.radius * direction]
    }

    /// Returns the x coordinate at which the name of the hidden layers is centered; `None` without hidden layers.
    pub(crate) fn hidden_header_x(&self, last_layer: usize) -> Option<f32> {
        if let Some(bracket) = self.bracket {
            return Some(bracket.center().x);
        }
        let mut columns = self.columns.iter();
        let hidden = columns
            .find(|column| matches!(column.content, ColumnContent::Layer(layer) if layer < last_layer));
        hidden.map(|column| column.x)
    }

    /// Returns the width of an edge, in points.
    pub(crate) fn edge_width(&self, edge: &PlainEdge) -> f32 {
        let max = if self.edges.len() > 150 { 1.5 } else { 2.4 };
        0.5 + (max - 0.5) * edge.strength
    }
}

impl PlainEdge {
    /// Returns the opacity, from 0 to 1.
    pub(crate) fn opacity(&self) -> f32 {
        0.12 + 0.88 * self.strength
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::network::Activation;

    const OPTIONS: PlainOptions = PlainOptions {
        has_numbers: true,
        has_labels: false,
        has_bias_nodes: false,
        has_legend: true,
        selected: None,
    };

    fn network(widths: &[usize]) -> Network {
        let layers: Vec<_> = widths[1..]
            .iter()
            .map(|&width| (width, Activation::Relu))
            .collect();
        Network::zeros(Architecture::dense(widths[0], &layers).unwrap())
    }

    fn diagram(widths: &[usize], width: f32, options: PlainOptions) -> PlainDiagram {
        let network = network(widths);
        let [_, height] = heights(network.architecture(), options);
        let rect = Rect::from_min_size(pos2(5.0, 7.0), vec2(width, height));
        PlainDiagram::new(&network, rect, [30.0, 0.0], options)
    }

    #[test]
    fn circles_stay_inside_and_apart() {
        for widths in [&[2, 8, 8, 1][..], &[784, 128, 64, 10], &[1, 1], &[3; 20]] {
            for width in [300.0, 640.0] {
                for has_bias_nodes in [false, true] {
                    let options = PlainOptions {
                        has_bias_nodes,
                        ..OPTIONS
                    };
                    let diagram = diagram(widths, width, options);
                    for (index, circle) in diagram.circles.iter().enumerate() {
                        let disc = Rect::from_center_size(circle.center, Vec2::splat(2.0 * diagram.radius));
                        assert!(diagram.rect.contains_rect(disc), "{widths:?} {disc:?}");
                        let others = &diagram.circles[..index];
                        let is_apart =
                            |other: &PlainCircle| other.center.distance(circle.center) > 2.0 * diagram.radius;
                        assert!(others.iter().all(is_apart), "{widths:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn large_layers_have_an_ellipsis_between_their_ends() {
        let diagram = diagram(&[784, 128, 64, 10], 640.0, OPTIONS);
        assert_eq!(diagram.ellipses.len(), 3);
        for input in [0, 1, 782, 783] {
            let is_shown = |circle: &PlainCircle| circle.kind == CircleKind::Input(input);
            assert!(diagram.circles.iter().any(is_shown), "{input}");
        }
        let outputs = diagram.circles.iter().filter(|circle| circle.level == 3);
        assert_eq!(outputs.count(), 10);
    }

    #[test]
    fn all_neurons_of_small_layers_are_connected() {
        let edges = |has_bias_nodes| {
            let options = PlainOptions {
                has_bias_nodes,
                ..OPTIONS
            };
            diagram(&[2, 8, 8, 1], 640.0, options).edges.len()
        };
        assert_eq!(edges(false), 2 * 8 + 8 * 8 + 8);
        assert_eq!(edges(true), edges(false) + 8 + 8 + 1);
    }
}
