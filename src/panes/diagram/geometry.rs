//! The layout of the diagram, computed from sizes alone.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use neurodial_core::network::{Architecture, NeuronAddress};

use super::sizes::{
    DiagramTextSizes, INPUT_NAME_WIDTH, OUTPUT_BIAS_GAP, OutputBiasPosition, RADIUS_RANGE, bias_ring_gap,
};

/// The height of the bias below a hidden neuron, in points.
pub(crate) const BIAS_LINE_HEIGHT: f32 = 16.0;
/// The distance between columns above which a bias below a neuron is written with its name, in points.
pub(crate) const MIN_NAMED_BIAS_SPACING: f32 = 110.0;
/// The minimum distance between two columns in the window, in points.
const MIN_COLUMN_SPACING: f32 = 96.0;
/// The maximum vertical distance between neighboring neurons, in points.
const MAX_PITCH: f32 = 112.0;
/// The height of the headers above the columns, in points.
const HEADER_HEIGHT: f32 = 24.0;
/// The margins to the left for the names of inputs and to the right for biases, in points.
const MARGINS: (f32, f32) = (58.0, 132.0);
/// The margins in a pane narrower than [`NARROW_PANE_WIDTH`], in points.
const NARROW_MARGINS: (f32, f32) = (54.0, 112.0);
/// The width below which a pane has [`NARROW_MARGINS`], in points.
const NARROW_PANE_WIDTH: f32 = 450.0;

/// One position in a column: an item, or a gap that stands for the items left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnSlot {
    /// An input, neuron or layer, counted from 0.
    Visible(usize),
    /// The number of items left out here.
    Gap(usize),
}

/// The minimum number of slots: the first item, a gap, and the last item.
const MIN_SLOTS: usize = 3;

/// Returns the slots of `count` items where only `capacity` fit: the first items, the item `keep`, and the
/// last one, with gaps between.
pub(super) fn compressed_slots(count: usize, capacity: usize, keep: Option<usize>) -> Vec<ColumnSlot> {
    let capacity = capacity.max(MIN_SLOTS);
    if count <= capacity {
        return (0..count).map(ColumnSlot::Visible).collect();
    }
    let last = count - 1;
    let required = keep.filter(|&index| index < count);
    // One slot is for a gap and one for the last item; if the item to keep is inside the gap, it needs two
    // more.
    let leading = capacity - 2;
    let is_inside = |index: usize| index >= leading && index < last;
    let mut shown: Vec<usize> = match required.filter(|&index| is_inside(index)) {
        Some(index) => (0..leading.saturating_sub(2).max(1))
            .chain([index, last])
            .collect(),
        None => (0..leading).chain([last]).collect(),
    };
    shown.dedup();
    let mut slots = Vec::with_capacity(capacity);
    let mut next = 0;
    for index in shown {
        if index > next {
            slots.push(ColumnSlot::Gap(index - next));
        }
        slots.push(ColumnSlot::Visible(index));
        next = index + 1;
    }
    slots
}

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnContent {
    /// The inputs of the network.
    Inputs,
    /// A layer, counted from 0.
    Layer(usize),
    /// The number of layers left out here.
    Gap(usize),
}

/// One column of the diagram.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DiagramColumn {
    /// The content of the column.
    pub(crate) content: ColumnContent,
    /// The x coordinate of its center.
    pub(crate) x: f32,
    /// Its slots from top to bottom, with their centers.
    pub(crate) slots: Vec<(ColumnSlot, Pos2)>,
}

/// The layout of the whole diagram, in points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DiagramGeometry {
    /// The columns from left to right: the inputs, then the layers.
    pub(crate) columns: Vec<DiagramColumn>,
    /// The radius of inputs and neurons.
    pub(crate) radius: f32,
    /// The distance from the center of a column to that of the next.
    pub(crate) spacing: f32,
    /// The y coordinate of the headers' centers.
    pub(crate) header_y: f32,
    /// The position of the output neurons' biases.
    pub(crate) output_bias_position: OutputBiasPosition,
    /// True if a bias below a neuron is written with its name.
    pub(crate) has_bias_names: bool,
    /// Half the width of a disc with its number.
    pub(crate) half_width: f32,
    /// True if the biases of hidden neurons are written below them; a very low pane has no space for them.
    pub(crate) has_bias_lines: bool,
    /// The approximate width of the line below a neuron.
    bias_line_width: f32,
}

impl DiagramGeometry {
    /// Lays out a network in `rect`. The `selected` neuron is never left out. In a figure, where `text_sizes`
    /// is given, the texts get the space that they need.
    pub(crate) fn new(
        architecture: &Architecture,
        rect: Rect,
        selected: NeuronAddress,
        text_sizes: Option<&DiagramTextSizes>,
    ) -> Self {
        let height = (rect.height() - HEADER_HEIGHT).max(1.0);
        let has_bias_lines =
            text_sizes.is_some() || height >= MIN_SLOTS as f32 * min_pitch(ColumnContent::Layer(0), true);
        let columns = |width: f32, min_spacing: f32, under: OutputBiasPosition| {
            visible_columns(
                architecture,
                (width / min_spacing).floor() as usize,
                height,
                selected,
                |content| has_bias_lines && has_bias_line(architecture, content, under),
            )
        };
        let (visible, output_bias_position, largest, margins) = match text_sizes {
            None => {
                let margins = match rect.width() < NARROW_PANE_WIDTH {
                    true => NARROW_MARGINS,
                    false => MARGINS,
                };
                let largest = (margins.0 - INPUT_NAME_WIDTH).min(*RADIUS_RANGE.end());
                let margins = (margins.0, margins.1.max(largest + OUTPUT_BIAS_GAP));
                let width = (rect.width() - margins.0 - margins.1).max(1.0);
                let bias = OutputBiasPosition::Beside;
                (columns(width, MIN_COLUMN_SPACING, bias), bias, largest, margins)
            }
            Some(needs) => {
                let (left, right) =
                    needs.margins(needs.min_radius(), OutputBiasPosition::Under, rect.width());
                let width = (rect.width() - left - right).max(1.0);
                let count = columns(width, needs.min_spacing(), OutputBiasPosition::Under).len();
                let bias = needs.output_bias_position(count, rect.width());
                let largest = needs.radius_in_pane(count, bias, rect.width());
                let margins = needs.margins(largest, bias, rect.width());
                (columns(width, needs.min_spacing(), bias), bias, largest, margins)
            }
        };
        let (left, right) = (rect.left() + margins.0, rect.right() - margins.1);
        let width = (right - left).max(1.0);
        let max_slots = visible
            .iter()
            .map(|(_, slots)| slots.len())
            .max()
            .unwrap_or(1)
            .max(1);
        let common_pitch = (height / max_slots as f32).min(MAX_PITCH);
        // In a figure, remaining height is left at the bottom, so that the headers and the pane's letter stay
        // near the columns.
        let height = match text_sizes {
            Some(_) => height.min(common_pitch * max_slots as f32),
            None => height,
        };
        let spacing = width / (visible.len().max(2) - 1) as f32;
        let has_line = |content: ColumnContent| {
            has_bias_lines && has_bias_line(architecture, content, output_bias_position)
        };
        let pitch_of = |content: ColumnContent| common_pitch.max(min_pitch(content, has_line(content)));
        let max_radius = match text_sizes {
            None => largest.min(spacing / 4.0),
            Some(_) => largest,
        };
        let radius = visible
            .iter()
            .map(|&(content, _)| fitting_radius(content, has_line(content), pitch_of(content)))
            .fold(max_radius, f32::min)
            .clamp(*RADIUS_RANGE.start(), *RADIUS_RANGE.end());
        let is_widely_spaced = spacing > MIN_NAMED_BIAS_SPACING;
        let has_name_room = |needs: &DiagramTextSizes| {
            needs.named_line_width + 8.0 <= spacing
                && (output_bias_position == OutputBiasPosition::Beside
                    || needs.named_line_width <= 2.0 * margins.1)
        };
        let has_bias_names = is_widely_spaced && text_sizes.is_none_or(has_name_room);
        let bias_line_width = match text_sizes {
            Some(needs) if has_bias_names => needs.named_line_width,
            Some(needs) => needs.line_width,
            None if is_widely_spaced => 88.0,
            None => 52.0,
        };
        let middle = rect.top() + HEADER_HEIGHT + height / 2.0;
        let columns = visible.into_iter().enumerate().map(|(index, (content, slots))| {
            let x = left + index as f32 * spacing;
            // A hidden neuron and the bias below it are centered together.
            let lift = if has_line(content) {
                BIAS_LINE_HEIGHT / 2.0
            } else {
                0.0
            };
            let pitch = pitch_of(content);
            let top = middle - lift - pitch * (slots.len() as f32 - 1.0) / 2.0;
            let slots = slots.into_iter().enumerate();
            DiagramColumn {
                content,
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
            header_y: rect.top() + HEADER_HEIGHT / 2.0,
            output_bias_position,
            has_bias_names,
            half_width: text_sizes.map_or(radius, |needs| needs.half_width(radius)),
            has_bias_lines,
            bias_line_width,
        }
    }

    /// Returns the distance from the disc of a neuron to its bias ring, in points.
    pub(crate) fn bias_ring_gap(&self) -> f32 {
        bias_ring_gap(self.radius)
    }

    /// Returns the centers and radii of circles that enclose the discs with their bias rings, and the texts
    /// of gaps.
    pub(crate) fn discs(&self) -> Vec<(Pos2, f32)> {
        const GAP_TEXT: (f32, f32) = (28.0, 24.0);
        let outer_radius = self.radius + self.bias_ring_gap();
        let slots = self.columns.iter().flat_map(|column| &column.slots);
        slots
            .map(|&(slot, center)| match slot {
                ColumnSlot::Gap(_) => (center + vec2(GAP_TEXT.0, 0.0), GAP_TEXT.1),
                ColumnSlot::Visible(_) => (center, outer_radius),
            })
            .collect()
    }

    /// Returns the rectangles of the texts below hidden neurons and of the texts of gaps. Their width is
    /// about that of numbers with three decimals.
    pub(crate) fn text_rects(&self, last_layer: usize) -> Vec<Rect> {
        let half = self.bias_line_width / 2.0;
        let mut text_rects = Vec::new();
        for column in &self.columns {
            let has_line = match column.content {
                ColumnContent::Layer(layer) => {
                    self.has_bias_lines
                        && (layer < last_layer || self.output_bias_position == OutputBiasPosition::Under)
                }
                _ => false,
            };
            for &(slot, center) in &column.slots {
                match slot {
                    ColumnSlot::Gap(_) => {
                        let middle = center + vec2(half / 2.0, 0.0);
                        text_rects.push(Rect::from_center_size(middle, vec2(half + 8.0, 18.0)));
                    }
                    ColumnSlot::Visible(_) if has_line => {
                        let middle = center + vec2(0.0, self.radius + 0.5 * (BIAS_LINE_HEIGHT + 6.0));
                        text_rects.push(Rect::from_center_size(
                            middle,
                            vec2(2.0 * half, BIAS_LINE_HEIGHT - 4.0),
                        ));
                    }
                    ColumnSlot::Visible(_) => {}
                }
            }
        }
        text_rects
    }

    /// Returns the end points of the edge between two discs with the centers `from` and `to`.
    pub(crate) fn edge_ends(&self, from: Pos2, to: Pos2) -> (Pos2, Pos2) {
        let direction = (to - from).normalized();
        (
            from + self.radius * direction,
            to - (self.radius + 1.0) * direction,
        )
    }

    /// Returns each column of a layer with the column before it and the layer's index, where no gap is
    /// between them.
    pub(crate) fn adjacent_columns(&self) -> impl Iterator<Item = (&DiagramColumn, &DiagramColumn, usize)> {
        self.columns
            .windows(2)
            .filter_map(|pair| match (pair[0].content, pair[1].content) {
                (ColumnContent::Gap(_), _) | (_, ColumnContent::Gap(_) | ColumnContent::Inputs) => None,
                (_, ColumnContent::Layer(layer)) => Some((&pair[0], &pair[1], layer)),
            })
    }
}

/// Returns the content and slots of the columns: the inputs and up to `max_layers` layers, with as many slots
/// as the height allows.
fn visible_columns(
    architecture: &Architecture,
    max_layers: usize,
    height: f32,
    selected: NeuronAddress,
    has_line: impl Fn(ColumnContent) -> bool,
) -> Vec<(ColumnContent, Vec<ColumnSlot>)> {
    let capacity = |content: ColumnContent| {
        let pitch = min_pitch(content, has_line(content));
        (height / pitch).floor() as usize
    };
    let inputs = compressed_slots(architecture.input_count(), capacity(ColumnContent::Inputs), None);
    let mut columns = vec![(ColumnContent::Inputs, inputs)];
    for slot in compressed_slots(architecture.layers().len(), max_layers, Some(selected.layer)) {
        match slot {
            ColumnSlot::Visible(layer) => {
                let content = ColumnContent::Layer(layer);
                let keep = (layer == selected.layer).then_some(selected.neuron);
                columns.push((
                    content,
                    compressed_slots(architecture.width(layer), capacity(content), keep),
                ));
            }
            ColumnSlot::Gap(layers) => {
                columns.push((ColumnContent::Gap(layers), vec![ColumnSlot::Gap(layers)]))
            }
        }
    }
    columns
}

/// Returns the number of columns when as many layers as possible are left out.
pub(crate) fn min_columns(architecture: &Architecture, selected: NeuronAddress) -> usize {
    1 + compressed_slots(architecture.layers().len(), 0, Some(selected.layer)).len()
}

/// Returns the minimum height in a figure, in points: up to `max_slots` neurons of each layer fit.
pub(crate) fn min_height(architecture: &Architecture, max_slots: usize) -> f32 {
    let layers = (0..architecture.layers().len()).map(|layer| {
        let shows = ColumnContent::Layer(layer);
        (architecture.width(layer), min_pitch(shows, true))
    });
    let inputs = (
        architecture.input_count(),
        min_pitch(ColumnContent::Inputs, false),
    );
    let heights = layers
        .chain([inputs])
        .map(|(count, pitch)| count.min(max_slots) as f32 * pitch);
    HEADER_HEIGHT + heights.fold(0.0, f32::max)
}

/// True if the biases are written below the neurons of a column.
fn has_bias_line(
    architecture: &Architecture,
    content: ColumnContent,
    output_bias: OutputBiasPosition,
) -> bool {
    match content {
        ColumnContent::Layer(layer) => {
            layer < architecture.last_layer() || output_bias == OutputBiasPosition::Under
        }
        _ => false,
    }
}

/// Returns the radius for which a disc, its bias ring and the line below it fit into a slot of height
/// `pitch`, in points.
fn fitting_radius(content: ColumnContent, has_line: bool, pitch: f32) -> f32 {
    match content {
        ColumnContent::Inputs | ColumnContent::Gap(_) => (pitch - 6.0) / 2.0,
        ColumnContent::Layer(_) => {
            let line = if has_line { BIAS_LINE_HEIGHT } else { 0.0 };
            // The first value is for a ring proportional to the radius, the second for a ring of minimum
            // size.
            ((pitch - line - 1.0) / 2.7).min((pitch - line - 12.0) / 2.0)
        }
    }
}

/// Returns the minimum height of a slot, in points.
fn min_pitch(content: ColumnContent, has_line: bool) -> f32 {
    let disc = 2.0 * RADIUS_RANGE.start();
    match content {
        ColumnContent::Inputs | ColumnContent::Gap(_) => disc + 6.0,
        ColumnContent::Layer(_) if has_line => disc + 12.0 + BIAS_LINE_HEIGHT,
        ColumnContent::Layer(_) => disc + 12.0,
    }
}

/// Returns the width of an edge, in points. It grows with the absolute weight, almost linearly at first and
/// then ever more slowly. It depends on no other weight, so that changing one weight changes no other edge.
pub(crate) fn edge_width(weight: f64) -> f32 {
    0.8 + 4.7 * (1.0 - (-weight.abs() as f32 * 0.8).exp())
}

/// Returns points on the bias ring between two fractions of it. The ring is open at the bottom: 0 is at the
/// lower left and 1 at the lower right.
pub(crate) fn dial_arc(center: Pos2, radius: f32, from: f64, to: f64) -> Vec<Pos2> {
    let steps = ((to - from).abs() * 40.0).ceil().max(1.0) as usize;
    (0..=steps)
        .map(|step| dial_point(center, radius, from + (to - from) * step as f64 / steps as f64))
        .collect()
}

/// Returns the point on the bias ring at a fraction of it.
pub(crate) fn dial_point(center: Pos2, radius: f32, fraction: f64) -> Pos2 {
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
            let architecture = Architecture::dense(4, &layers).unwrap();
            let selected = NeuronAddress { layer: 0, neuron: 1 };
            let geometry = DiagramGeometry::new(&architecture, rect, selected, None);
            for column in &geometry.columns {
                for (_, at) in &column.slots {
                    let disc = Rect::from_center_size(*at, Vec2::splat(2.0 * geometry.radius));
                    assert!(rect.contains_rect(disc), "{disc:?}");
                }
            }
        }
    }

    /// The size of the pane in a small window with enlarged contents.
    #[test]
    fn in_a_low_pane_discs_stay_inside_and_do_not_touch() {
        let rect = Rect::from_min_size(pos2(10.0, 20.0), vec2(290.0, 146.0));
        for widths in [&[4, 3][..], &[2, 4, 4, 1], &[9, 9]] {
            let layers: Vec<_> = widths[1..]
                .iter()
                .map(|&width| (width, Activation::Tanh))
                .collect();
            let architecture = Architecture::dense(widths[0], &layers).unwrap();
            let selected = NeuronAddress {
                layer: architecture.last_layer(),
                neuron: 0,
            };
            let geometry = DiagramGeometry::new(&architecture, rect, selected, None);
            assert!(!geometry.has_bias_lines);
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

    #[test]
    fn items_that_do_not_fit_are_omitted_except_the_selected_one() {
        for (count, capacity, keep) in [
            (4096, 8, 2000),
            (10, 3, 5),
            (10, 8, 9),
            (10, 8, 0),
            (9, 8, 7),
            (5, 5, 2),
        ] {
            let slots = compressed_slots(count, capacity, Some(keep));
            assert!(slots.contains(&ColumnSlot::Visible(keep)), "{slots:?}");
            assert!(
                slots.contains(&ColumnSlot::Visible(0)) && slots.contains(&ColumnSlot::Visible(count - 1))
            );
            let shown: usize = slots
                .iter()
                .map(|slot| match slot {
                    ColumnSlot::Visible(_) => 1,
                    ColumnSlot::Gap(left_out) => *left_out,
                })
                .sum();
            assert_eq!(shown, count, "{slots:?}");
            assert!(slots.len() <= capacity.max(5), "{slots:?}");
        }
    }
}
