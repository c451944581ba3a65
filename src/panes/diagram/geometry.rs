//! The layout of the diagram, computed from sizes alone.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use neurodial_core::network::{Architecture, ImageShape, NeuronAddress};

use super::sizes::{
    DiagramTextSizes, IMAGE_GAP, IMAGE_WIDTHS, INPUT_NAME_WIDTH, MAX_IMAGE_FRACTION,
    MAX_IMAGE_HEIGHT_FRACTION, MIN_WINDOW_RADIUS, NAME_GAP, OUTPUT_BIAS_GAP, OutputBiasPosition,
    RADIUS_RANGE, bias_ring_gap,
};

/// The height of the bias below a hidden neuron, in points.
pub(crate) const BIAS_LINE_HEIGHT: f32 = 16.0;
/// The distance between columns above which a bias below a neuron is written with its name, in points.
pub(crate) const MIN_NAMED_BIAS_SPACING: f32 = 110.0;
/// The maximum vertical distance between neighboring neurons, in points.
const MAX_PITCH: f32 = 112.0;
/// The height of the headers above the columns, in points.
const HEADER_HEIGHT: f32 = 24.0;
/// The margins to the left for the symbols of inputs and to the right for biases, in points.
const MARGINS: (f32, f32) = (58.0, 132.0);
/// The margins in a pane narrower than [`NARROW_PANE_WIDTH`], in points.
const NARROW_MARGINS: (f32, f32) = (54.0, 112.0);
/// The width below which a pane has [`NARROW_MARGINS`], in points.
const NARROW_PANE_WIDTH: f32 = 450.0;
/// The size of a pane from which on discs and texts grow with it, in points.
const UNSCALED_SIZE: Vec2 = vec2(600.0, 330.0);
/// The maximum scale of discs and texts.
const MAX_SCALE: f32 = 3.0;

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

/// The parts of the diagram that the window leaves out where there is no room, so that no neuron is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct WindowDetail {
    /// The position of the output neurons' biases.
    output_bias_position: OutputBiasPosition,
    /// True if biases may be written below neurons.
    has_bias_lines: bool,
    /// The minimum distance between two columns, in points.
    min_spacing: f32,
    /// The minimum radius of a disc, in points.
    min_radius: f32,
    /// The maximum fraction of the width for the names on each side.
    max_name_fraction: f32,
}

/// The choices, from that with most details to that with least.
const WINDOW_DETAILS: [WindowDetail; 5] = {
    let most = WindowDetail {
        output_bias_position: OutputBiasPosition::Beside,
        has_bias_lines: true,
        min_spacing: 96.0,
        min_radius: *RADIUS_RANGE.start(),
        max_name_fraction: 0.26,
    };
    let no_lines = WindowDetail {
        has_bias_lines: false,
        ..most
    };
    let narrow = WindowDetail {
        output_bias_position: OutputBiasPosition::Under,
        min_spacing: 80.0,
        ..most
    };
    let narrow_without_lines = WindowDetail {
        has_bias_lines: false,
        min_spacing: 56.0,
        max_name_fraction: 0.16,
        ..narrow
    };
    let least = WindowDetail {
        min_spacing: 34.0,
        min_radius: MIN_WINDOW_RADIUS,
        max_name_fraction: 0.1,
        ..narrow_without_lines
    };
    [most, no_lines, narrow, narrow_without_lines, least]
};

/// The widths of the names beside the discs in the window.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct WindowNames {
    /// The width of the widest name of an input, in points; 0 if there is none.
    pub(crate) input: f32,
    /// The width of the widest name of an output neuron, in points; 0 if there is none.
    pub(crate) output: f32,
    /// The size of the image that the inputs are, if they are one.
    pub(crate) image: Option<ImageShape>,
}

/// The parts of a layout that differ between the window and a figure.
struct ColumnLayout {
    /// The columns with their slots.
    visible: Vec<(ColumnContent, Vec<ColumnSlot>)>,
    output_bias_position: OutputBiasPosition,
    has_bias_lines: bool,
    /// The range of the radius, in points.
    min_radius: f32,
    max_radius: f32,
    /// The distances from the first column to the left edge of the pane, and from the last one to the right edge.
    margins: (f32, f32),
    /// The size of the picture that the inputs are, if they are one.
    image_size: Option<Vec2>,
    /// True if neighboring columns have at least the minimum distance.
    has_room_between_columns: bool,
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
    /// The scale of discs, texts and lines: 1 unless the pane is large.
    pub(crate) scale: f32,
    /// The picture that the inputs are, if they are one. It takes the place of their discs.
    pub(crate) image: Option<Rect>,
    /// The maximum width of a name to the left of an input and to the right of an output neuron.
    pub(crate) name_widths: [f32; 2],
}

impl DiagramGeometry {
    /// Lays out a network in `rect` for a figure. The `selected` neuron is never left out, and the texts get the
    /// space that they need.
    pub(crate) fn for_figure(
        architecture: &Architecture,
        rect: Rect,
        selected: NeuronAddress,
        needs: &DiagramTextSizes,
    ) -> Self {
        let height = (rect.height() - HEADER_HEIGHT).max(1.0);
        let image_size = needs.image_size(vec2(rect.width(), height));
        // Biases below neurons are left out before the neurons are too small for their numbers.
        let layers = 0..architecture.layers().len();
        let max_neurons = layers.map(|layer| architecture.width(layer)).max().unwrap_or(1);
        let pitch = height / max_neurons as f32;
        let has_bias_lines = image_size.is_none()
            && fitting_radius(ColumnContent::Layer(0), true, pitch) >= *RADIUS_RANGE.start();
        let columns = |width: f32, min_spacing: f32, under: OutputBiasPosition| {
            visible_columns(
                architecture,
                (width / min_spacing).floor() as usize + usize::from(image_size.is_some()),
                height,
                selected,
                *RADIUS_RANGE.start(),
                image_size.is_some(),
                |content| has_bias_lines && has_bias_line(architecture, content, under),
            )
        };
        let (left, right) = needs.margins(needs.min_radius(), OutputBiasPosition::Under, rect.width());
        let width = (rect.width() - left - right).max(1.0);
        let count = columns(width, needs.min_spacing(), OutputBiasPosition::Under).len();
        let output_bias_position = needs.output_bias_position(count, rect.width());
        let max_radius = needs.radius_in_pane(count, output_bias_position, rect.width());
        let (left, right) = needs.margins(max_radius, output_bias_position, rect.width());
        let layout = ColumnLayout {
            visible: columns(width, needs.min_spacing(), output_bias_position),
            output_bias_position,
            has_bias_lines,
            min_radius: *RADIUS_RANGE.start(),
            max_radius,
            margins: match image_size {
                Some(size) => (left - IMAGE_GAP - 0.5 * size.x, right),
                None => (left, right),
            },
            image_size,
            has_room_between_columns: true,
        };
        Self::from_columns(architecture, rect, layout, Some(needs))
    }

    /// Lays out a network in `rect` in the window. The `selected` neuron is never left out; others are only if not
    /// even their discs alone fit. In a large pane everything is larger, but nothing is left out for that. With small
    /// maps, which need the room, no biases are below neurons.
    pub(crate) fn for_window(
        architecture: &Architecture,
        rect: Rect,
        selected: NeuronAddress,
        names: WindowNames,
        has_small_maps: bool,
    ) -> Self {
        const SCALE_STEP: f32 = 0.1;
        // The number of complete columns, and the number of slots.
        let shown_parts = |scale: f32, detail: WindowDetail| {
            let size = rect.size() / scale;
            let layout = window_columns(architecture, size, selected, names, detail);
            if !layout.has_room_between_columns {
                return (0, 0);
            }
            let columns = layout.visible;
            let is_complete =
                |slots: &[ColumnSlot]| !slots.iter().any(|slot| matches!(slot, ColumnSlot::Gap(_)));
            let complete = columns.iter().filter(|(_, slots)| is_complete(slots)).count();
            (
                complete,
                columns.iter().map(|(_, slots)| slots.len()).sum::<usize>(),
            )
        };
        let details = WINDOW_DETAILS.map(|detail| WindowDetail {
            has_bias_lines: detail.has_bias_lines && !has_small_maps,
            ..detail
        });
        let counts = details.map(|detail| shown_parts(1.0, detail));
        let last = details.len() - 1;
        // Labels are left out rather than neurons. The smallest discs are only for columns that they complete.
        let rank = |index: usize| match counts[index] {
            (complete, _) if index == last => (complete, 0),
            count => count,
        };
        let choice = (0..last).fold(
            0,
            |best, index| if rank(index) > rank(best) { index } else { best },
        );
        let choice = if rank(last).0 > rank(choice).0 || rank(choice).0 == 0 {
            last
        } else {
            choice
        };
        let (detail, (complete, _)) = (details[choice], counts[choice]);
        let max_scale = (rect.size() / UNSCALED_SIZE).min_elem().clamp(1.0, MAX_SCALE);
        let steps = ((max_scale - 1.0) / SCALE_STEP).ceil() as usize;
        let scale = (0..=steps)
            .map(|step| (max_scale - step as f32 * SCALE_STEP).max(1.0))
            .find(|&scale| shown_parts(scale, detail).0 == complete)
            .unwrap_or(1.0);
        let unscaled = Rect::from_min_size(rect.min, rect.size() / scale);
        let layout = window_columns(architecture, unscaled.size(), selected, names, detail);
        Self::from_columns(architecture, unscaled, layout, None).scaled(rect.min, scale)
    }

    /// Lays out columns in `rect`.
    fn from_columns(
        architecture: &Architecture,
        rect: Rect,
        layout: ColumnLayout,
        text_sizes: Option<&DiagramTextSizes>,
    ) -> Self {
        let ColumnLayout {
            visible,
            output_bias_position,
            has_bias_lines,
            margins,
            image_size,
            ..
        } = layout;
        let height = (rect.height() - HEADER_HEIGHT).max(1.0);
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
        // The first layer keeps off the picture of the inputs.
        let (first_layer_x, gaps) = match image_size {
            Some(size) => (left + 0.5 * size.x + IMAGE_GAP, visible.len().max(3) - 2),
            None => (left, visible.len().max(2) - 1),
        };
        let spacing = match image_size {
            Some(_) if visible.len() <= 2 => width,
            Some(_) => (right - first_layer_x).max(1.0) / gaps as f32,
            None => width / gaps as f32,
        };
        let has_line = |content: ColumnContent| {
            has_bias_lines && has_bias_line(architecture, content, output_bias_position)
        };
        let pitch_of = |content: ColumnContent| {
            common_pitch.max(min_pitch(content, has_line(content), layout.min_radius))
        };
        let max_radius = match text_sizes {
            None => layout.max_radius.min(spacing / 4.0),
            Some(_) => layout.max_radius,
        };
        let radius = visible
            .iter()
            .map(|&(content, _)| fitting_radius(content, has_line(content), pitch_of(content)))
            .fold(max_radius, f32::min)
            .clamp(layout.min_radius, *RADIUS_RANGE.end());
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
            let x = match (index, image_size) {
                (0, _) | (_, None) => left + index as f32 * spacing,
                (1, Some(_)) if spacing == width => right,
                (index, Some(_)) => first_layer_x + (index - 1) as f32 * spacing,
            };
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
        let half_width = text_sizes.map_or(radius, |needs| needs.half_width(radius));
        Self {
            columns: columns.collect(),
            radius,
            spacing,
            header_y: rect.top() + HEADER_HEIGHT / 2.0,
            output_bias_position,
            has_bias_names,
            half_width,
            has_bias_lines,
            bias_line_width,
            scale: 1.0,
            image: image_size.map(|size| Rect::from_center_size(pos2(left, middle), size)),
            name_widths: [
                margins.0 - half_width - NAME_GAP,
                margins.1 - half_width - NAME_GAP,
            ],
        }
    }

    /// Returns the layout with all sizes multiplied by `scale`; `origin` stays in place.
    fn scaled(mut self, origin: Pos2, scale: f32) -> Self {
        let scaled = |pos: Pos2| origin + scale * (pos - origin);
        for column in &mut self.columns {
            column.x = origin.x + scale * (column.x - origin.x);
            for (_, center) in &mut column.slots {
                *center = scaled(*center);
            }
        }
        self.header_y = origin.y + scale * (self.header_y - origin.y);
        for size in [
            &mut self.radius,
            &mut self.spacing,
            &mut self.half_width,
            &mut self.bias_line_width,
        ] {
            *size *= scale;
        }
        self.name_widths = self.name_widths.map(|width| scale * width);
        self.image = self
            .image
            .map(|image| Rect::from_min_max(scaled(image.min), scaled(image.max)));
        self.scale = scale;
        self
    }

    /// True if a disc has room for its number.
    pub(crate) fn has_numbers(&self) -> bool {
        self.radius >= *RADIUS_RANGE.start() * self.scale - 0.01
    }

    /// Returns the distance from the disc of a neuron to its bias ring, in points.
    pub(crate) fn bias_ring_gap(&self) -> f32 {
        self.scale * bias_ring_gap(self.radius / self.scale)
    }

    /// Returns the centers and radii of circles that enclose the discs with their bias rings, and the texts
    /// of gaps.
    pub(crate) fn discs(&self) -> Vec<(Pos2, f32)> {
        const GAP_TEXT: (f32, f32) = (28.0, 24.0);
        let outer_radius = self.radius + self.bias_ring_gap();
        let slots = self.columns.iter().flat_map(|column| &column.slots);
        slots
            .map(|&(slot, center)| match slot {
                ColumnSlot::Gap(_) => (
                    center + vec2(self.scale * GAP_TEXT.0, 0.0),
                    self.scale * GAP_TEXT.1,
                ),
                ColumnSlot::Visible(_) => (center, outer_radius),
            })
            .collect()
    }

    /// Returns the rectangles of the texts below hidden neurons and of the texts of gaps. Their width is
    /// about that of numbers with three decimals.
    pub(crate) fn text_rects(&self, last_layer: usize) -> Vec<Rect> {
        let half = self.bias_line_width / 2.0;
        let scale = self.scale;
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
                        text_rects.push(Rect::from_center_size(middle, vec2(half + 8.0, scale * 18.0)));
                    }
                    ColumnSlot::Visible(_) if has_line => {
                        let middle = center + vec2(0.0, self.radius + scale * 0.5 * (BIAS_LINE_HEIGHT + 6.0));
                        text_rects.push(Rect::from_center_size(
                            middle,
                            vec2(2.0 * half, scale * (BIAS_LINE_HEIGHT - 4.0)),
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

/// Returns the columns in a pane of the window of this size, with some details.
fn window_columns(
    architecture: &Architecture,
    size: Vec2,
    selected: NeuronAddress,
    names: WindowNames,
    detail: WindowDetail,
) -> ColumnLayout {
    let height = (size.y - HEADER_HEIGHT).max(1.0);
    let min_pitch_with_line = min_pitch(ColumnContent::Layer(0), true, detail.min_radius);
    let has_bias_lines = detail.has_bias_lines && height >= MIN_SLOTS as f32 * min_pitch_with_line;
    let base = match size.x < NARROW_PANE_WIDTH {
        true => NARROW_MARGINS,
        false => MARGINS,
    };
    let max_radius = (base.0 - INPUT_NAME_WIDTH).min(*RADIUS_RANGE.end());
    let name_width = |width: f32| width.min(detail.max_name_fraction * size.x);
    let image_size = names.image.map(|shape| {
        let max_size = vec2(MAX_IMAGE_FRACTION * size.x, MAX_IMAGE_HEIGHT_FRACTION * height);
        let max_size = max_size.min(Vec2::splat(IMAGE_WIDTHS[1]));
        let pixel = (max_size / vec2(shape.columns as f32, shape.rows as f32)).min_elem();
        pixel * vec2(shape.columns as f32, shape.rows as f32)
    });
    let is_beside = detail.output_bias_position == OutputBiasPosition::Beside;
    let is_tight = detail.min_radius < *RADIUS_RANGE.start();
    let left = match image_size {
        Some(size) => 0.5 * size.x + 4.0,
        None if is_tight => detail.min_radius + NAME_GAP + name_width(names.input).max(16.0),
        None => base.0.max(max_radius + NAME_GAP + name_width(names.input)),
    };
    let right = match is_beside {
        true => base
            .1
            .max(max_radius + OUTPUT_BIAS_GAP + name_width(names.output)),
        // A disc without a number has it beside it.
        false if is_tight => {
            const NUMBER_WIDTH: f32 = 44.0;
            let name = name_width(names.output);
            detail.min_radius + NAME_GAP + name + NUMBER_WIDTH
        }
        false if names.output > 0.0 => max_radius + NAME_GAP + name_width(names.output),
        false => max_radius + bias_ring_gap(max_radius) + 8.0,
    };
    let (room_left, extra_columns) = match image_size {
        Some(size) => (left + 0.5 * size.x + IMAGE_GAP, 1),
        None => (left, 0),
    };
    let width = (size.x - room_left - right).max(1.0);
    let visible = visible_columns(
        architecture,
        (width / detail.min_spacing).floor() as usize + extra_columns,
        height,
        selected,
        detail.min_radius,
        image_size.is_some(),
        |content| has_bias_lines && has_bias_line(architecture, content, detail.output_bias_position),
    );
    let gaps = visible.len().saturating_sub(1 + extra_columns);
    ColumnLayout {
        has_room_between_columns: gaps as f32 * detail.min_spacing <= width,
        visible,
        output_bias_position: detail.output_bias_position,
        has_bias_lines,
        min_radius: detail.min_radius,
        max_radius,
        margins: (left, right),
        image_size,
    }
}

/// Returns the content and slots of the columns: the inputs and up to `max_layers` layers, with as many slots
/// as the height allows.
fn visible_columns(
    architecture: &Architecture,
    max_layers: usize,
    height: f32,
    selected: NeuronAddress,
    min_radius: f32,
    has_image: bool,
    has_line: impl Fn(ColumnContent) -> bool,
) -> Vec<(ColumnContent, Vec<ColumnSlot>)> {
    let capacity = |content: ColumnContent| {
        let pitch = min_pitch(content, has_line(content), min_radius);
        (height / pitch).floor() as usize
    };
    let inputs = match has_image {
        true => Vec::new(),
        false => compressed_slots(architecture.input_count(), capacity(ColumnContent::Inputs), None),
    };
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
        (
            architecture.width(layer),
            min_pitch(shows, true, *RADIUS_RANGE.start()),
        )
    });
    let inputs = (
        architecture.input_count(),
        min_pitch(ColumnContent::Inputs, false, *RADIUS_RANGE.start()),
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

/// Returns the minimum height of a slot with a disc of `min_radius`, in points.
fn min_pitch(content: ColumnContent, has_line: bool, min_radius: f32) -> f32 {
    let disc = 2.0 * min_radius;
    match content {
        ColumnContent::Inputs | ColumnContent::Gap(_) => disc + 6.0,
        ColumnContent::Layer(_) if min_radius < *RADIUS_RANGE.start() => disc + 11.0,
        ColumnContent::Layer(_) if has_line => disc + 12.0 + BIAS_LINE_HEIGHT,
        // Rings may just touch each other.
        ColumnContent::Layer(_) => disc + 9.5,
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
            let geometry =
                DiagramGeometry::for_window(&architecture, rect, selected, WindowNames::default(), false);
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
            let geometry =
                DiagramGeometry::for_window(&architecture, rect, selected, WindowNames::default(), false);
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

    fn neurons_shown(geometry: &DiagramGeometry) -> usize {
        let slots = geometry.columns.iter().flat_map(|column| &column.slots);
        slots
            .filter(|(slot, _)| matches!(slot, ColumnSlot::Visible(_)))
            .count()
    }

    #[test]
    fn labels_are_left_out_before_neurons() {
        let layers = [
            (8, Activation::Tanh),
            (8, Activation::Tanh),
            (1, Activation::Sigmoid),
        ];
        let architecture = Architecture::dense(2, &layers).unwrap();
        let selected = NeuronAddress { layer: 2, neuron: 0 };
        for size in [vec2(582.0, 280.0), vec2(400.0, 260.0), vec2(260.0, 222.0)] {
            let rect = Rect::from_min_size(Pos2::ZERO, size);
            let geometry =
                DiagramGeometry::for_window(&architecture, rect, selected, WindowNames::default(), false);
            assert_eq!(neurons_shown(&geometry), 2 + 8 + 8 + 1, "{size}");
        }
    }

    #[test]
    fn a_large_pane_enlarges_the_discs_and_hides_no_neuron() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(1230.0, 580.0));
        for widths in [&[4, 3][..], &[2, 8, 8, 1], &[4, 12, 3]] {
            let layers: Vec<_> = widths[1..]
                .iter()
                .map(|&width| (width, Activation::Tanh))
                .collect();
            let architecture = Architecture::dense(widths[0], &layers).unwrap();
            let selected = NeuronAddress { layer: 0, neuron: 0 };
            let geometry =
                DiagramGeometry::for_window(&architecture, rect, selected, WindowNames::default(), false);
            assert_eq!(
                neurons_shown(&geometry),
                widths.iter().sum::<usize>(),
                "{widths:?}"
            );
            let discs = geometry.columns.iter().flat_map(|column| &column.slots);
            for (_, center) in discs {
                let disc = Rect::from_center_size(*center, Vec2::splat(2.0 * geometry.radius));
                assert!(rect.contains_rect(disc), "{widths:?}: {disc:?}");
            }
            assert!(geometry.scale > 1.05, "{widths:?}: {}", geometry.scale);
        }
    }

    #[test]
    fn the_picture_of_the_inputs_keeps_off_the_first_layer() {
        let layers = [(16, Activation::Relu), (10, Activation::Softmax)];
        let architecture = Architecture::dense(64, &layers).unwrap();
        let names = WindowNames {
            image: Some(ImageShape { rows: 8, columns: 8 }),
            ..WindowNames::default()
        };
        for size in [vec2(582.0, 280.0), vec2(300.0, 280.0), vec2(1230.0, 580.0)] {
            let rect = Rect::from_min_size(Pos2::ZERO, size);
            let geometry = DiagramGeometry::for_window(
                &architecture,
                rect,
                NeuronAddress { layer: 1, neuron: 0 },
                names,
                false,
            );
            let image = geometry.image.unwrap();
            assert!(rect.contains_rect(image), "{size}: {image}");
            let first_layer = &geometry.columns[1];
            assert!(first_layer.x - geometry.radius > image.right(), "{size}: {image}");
            assert!(
                (image.width() - image.height()).abs() < 0.01,
                "pixels are squares"
            );
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
