//! The sizes of the diagram's discs, and of its texts in a figure, from which the layout follows.

use egui::{Vec2, vec2};

use neurodial_core::network::ImageShape;

/// The maximum number of edges that are all drawn. Beyond it the drawing would be unreadable: only the edges
/// of the selected and the highlighted neuron are drawn, and the largest weights of the others.
pub(crate) const MAX_EDGES: usize = 150;
/// The minimum and maximum radius of a neuron, in points.
pub(super) const RADIUS_RANGE: std::ops::RangeInclusive<f32> = 11.0..=31.0;
/// The minimum radius of a disc in the window where more would leave neurons out, in points. Such a disc has no number.
pub(super) const MIN_WINDOW_RADIUS: f32 = 6.0;
/// The width that the name of an input needs beside its disc in the window, in points.
pub(super) const INPUT_NAME_WIDTH: f32 = 27.0;
/// The distance from the disc of an output neuron to its bias, in points.
pub(crate) const OUTPUT_BIAS_GAP: f32 = 18.0;
/// The distance from the name of an input to its disc, including the overhang of italic letters, in points.
pub(super) const NAME_GAP: f32 = 10.0;
/// The minimum distance between what is drawn in neighboring columns (disc, number or line of text) in a
/// figure, in points.
const MIN_DISC_GAP: f32 = 14.0;
/// The radius as a fraction of the distance between columns in a figure without labels.
const RADIUS_PER_SPACING: f32 = 0.3;
/// The distance from a label on an edge to the discs on both sides together, in a figure, in points.
const LABEL_MARGIN: f32 = 16.0;
/// The maximum fraction of the width for the names of inputs in a figure.
const MAX_NAME_FRACTION: f32 = 0.25;
/// The gap between the picture of the inputs and the first layer, in points.
pub(super) const IMAGE_GAP: f32 = 62.0;
/// The maximum fractions of the width and of the height for the picture of the inputs.
pub(super) const MAX_IMAGE_FRACTION: f32 = 0.3;
pub(super) const MAX_IMAGE_HEIGHT_FRACTION: f32 = 0.86;
/// The minimum and maximum width of the picture of the inputs, in points.
pub(super) const IMAGE_WIDTHS: [f32; 2] = [48.0, 165.0];
/// The width of the border of that picture, in points.
const IMAGE_BORDER: f32 = 2.0;

/// The sizes of the texts of a diagram in a figure, in points. They are not used in the window, where the
/// layout must not move while a value changes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct DiagramTextSizes {
    /// The width of the widest name of an input.
    pub(crate) input_name_width: f32,
    /// The width of the widest number in a disc, at the minimum font size.
    pub(crate) number_width: f32,
    /// The width of the widest line centered on a column: its header, or a bias below a neuron.
    pub(crate) line_width: f32,
    /// The width of the widest such line if each bias is written with its name.
    pub(crate) named_line_width: f32,
    /// The width of the widest text beside an output neuron.
    pub(crate) output_text_width: f32,
    /// The width of the widest name of an output neuron; 0 without names.
    pub(crate) output_name_width: f32,
    /// The width of the widest label of an edge; 0 without labels.
    pub(crate) label_width: f32,
    /// The largest number of labels between two columns.
    pub(crate) label_count: usize,
    /// The size of the image that the inputs are, if they are one. It takes the place of their column.
    pub(crate) image: Option<ImageShape>,
}

/// The position of the bias of an output neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputBiasPosition {
    /// At the right of the disc, together with the state of the activation function.
    Beside,
    /// Below the disc, as for hidden neurons.
    Under,
}

impl DiagramTextSizes {
    /// Returns the minimum radius of a disc, in points. A longer number extends beyond the edge of its disc.
    pub(super) fn min_radius(&self) -> f32 {
        const MAX_RADIUS: f32 = 22.0;
        (self.number_width / 2.0 + 3.0).clamp(*RADIUS_RANGE.start(), MAX_RADIUS)
    }

    /// Returns half the width of a disc of `radius` with its number, in points.
    pub(super) fn half_width(&self, radius: f32) -> f32 {
        /// The margin of the background of a number, in points.
        const BACKGROUND_MARGIN: f32 = 2.0;
        radius.max(self.number_width / 2.0 + BACKGROUND_MARGIN)
    }

    /// Returns the minimum distance from one column to the next, in points.
    pub(super) fn min_spacing(&self) -> f32 {
        let disc = 2.0 * (self.min_radius() + bias_ring_gap(self.min_radius()));
        disc.max(self.number_width).max(self.line_width) + MIN_DISC_GAP
    }

    /// Returns the distance from one column to the next at which labels fit, in points.
    fn preferred_spacing(&self) -> f32 {
        const MAX_SINGLE_LABELS: usize = 4;
        let beside_each_other = if self.label_count > MAX_SINGLE_LABELS {
            2.0
        } else {
            1.0
        };
        let with_labels = 2.0 * self.min_radius() + beside_each_other * self.label_width + LABEL_MARGIN;
        self.min_spacing().max(with_labels)
    }

    /// Returns the size of the picture that the inputs are in a pane of this size, in points; `None` if they are none.
    pub(super) fn image_size(&self, pane: Vec2) -> Option<Vec2> {
        let shape = self.image?;
        let pixels = vec2(shape.columns as f32, shape.rows as f32);
        let room = vec2(self.image_width(pane.x), MAX_IMAGE_HEIGHT_FRACTION * pane.y);
        Some((room / pixels).min_elem() * pixels)
    }

    /// Returns the width for the picture of the inputs in a pane of `width` points.
    fn image_width(&self, width: f32) -> f32 {
        (MAX_IMAGE_FRACTION * width).clamp(IMAGE_WIDTHS[0], IMAGE_WIDTHS[1])
    }

    /// Returns the number of gaps between `columns` columns; that after a picture of the inputs belongs to the margin.
    pub(super) fn gap_count(&self, columns: usize) -> usize {
        let columns = columns - usize::from(self.image.is_some());
        columns.max(2) - 1
    }

    /// Returns the distances from the left edge of the pane to the first column and from the last column to
    /// the right edge, for discs of `radius`, in points. With a picture of the inputs, the first column is that of the
    /// first layer.
    pub(super) fn margins(&self, radius: f32, bias: OutputBiasPosition, width: f32) -> (f32, f32) {
        let name = self
            .input_name_width
            .min((MAX_NAME_FRACTION * width).max(INPUT_NAME_WIDTH));
        let ring_radius = radius + bias_ring_gap(radius) + bias_ring_dot(radius);
        let half_width = self.half_width(radius);
        let output_name = self
            .output_name_width
            .min((MAX_NAME_FRACTION * width).max(INPUT_NAME_WIDTH));
        let right = match bias {
            OutputBiasPosition::Beside => {
                half_width + OUTPUT_BIAS_GAP + self.output_text_width.max(output_name)
            }
            OutputBiasPosition::Under if output_name > 0.0 => half_width + NAME_GAP + output_name,
            OutputBiasPosition::Under => ring_radius,
        };
        let half = (self.line_width / 2.0).max(half_width);
        let left = match self.image {
            Some(_) => self.image_width(width) + 2.0 * IMAGE_BORDER + IMAGE_GAP,
            None => (half_width + NAME_GAP + name).max(half),
        };
        (left, right.max(half))
    }

    /// Returns the minimum width of a pane with `min_columns` columns and the preferred width of one with
    /// `columns` columns, in points.
    pub(crate) fn pane_widths(&self, min_columns: usize, columns: usize) -> [f32; 2] {
        let width = |columns: usize, spacing: f32, bias: OutputBiasPosition| {
            // The space for names depends on the width, but is never more than they need, so the margins are
            // computed for an unlimited width.
            let (left, right) = self.margins(self.min_radius(), bias, f32::INFINITY);
            let excess = |name: f32| name - name.min(INPUT_NAME_WIDTH);
            let cut_left = match self.image {
                Some(_) => IMAGE_WIDTHS[1] - IMAGE_WIDTHS[0],
                None => excess(self.input_name_width),
            };
            let cut = match bias {
                OutputBiasPosition::Beside => 0.0,
                OutputBiasPosition::Under => cut_left + excess(self.output_name_width),
            };
            left - cut + right + spacing * self.gap_count(columns) as f32
        };
        [
            width(min_columns, self.min_spacing(), OutputBiasPosition::Under),
            width(columns, self.preferred_spacing(), OutputBiasPosition::Under),
        ]
    }

    /// Returns the position of the output neurons' biases in a pane of `width` points: beside the discs if
    /// they fit there.
    pub(super) fn output_bias_position(&self, columns: usize, width: f32) -> OutputBiasPosition {
        /// The distance between columns that matters more than biases beside the outputs, as a multiple of the
        /// minimum distance.
        const ROOMY: f32 = 1.6;
        let (left, right) = self.margins(self.min_radius(), OutputBiasPosition::Beside, width);
        let spacing = self.preferred_spacing().max(ROOMY * self.min_spacing());
        let needed = left + right + spacing * self.gap_count(columns) as f32;
        if needed <= width {
            OutputBiasPosition::Beside
        } else {
            OutputBiasPosition::Under
        }
    }

    /// Returns the radius of discs that leaves space for labels and margins in a pane of `width` points.
    pub(super) fn radius_in_pane(&self, columns: usize, bias: OutputBiasPosition, width: f32) -> f32 {
        let (left, right) = self.margins(0.0, bias, width);
        let gaps = self.gap_count(columns) as f32;
        let room = width - left - right;
        let radius = if self.label_width > 0.0 {
            (room - gaps * (self.label_width + LABEL_MARGIN)) / (2.0 + 2.0 * gaps)
        } else {
            room / (2.0 + gaps / RADIUS_PER_SPACING)
        };
        radius.clamp(self.min_radius(), *RADIUS_RANGE.end())
    }
}

/// Returns the distance from a disc of `radius` to its bias ring, in points.
pub(super) fn bias_ring_gap(radius: f32) -> f32 {
    (0.2 * radius).clamp(3.0, 6.0)
}

/// Returns the radius of the dot on the bias ring of a disc of `radius`, in points.
pub(crate) fn bias_ring_dot(radius: f32) -> f32 {
    (0.14 * radius).clamp(2.5, 4.25)
}
