//! What the words and numbers of a diagram need on paper, and what follows from it.

use super::geometry::{OUTPUT_BIAS_GAP, INPUT_NAME_WIDTH, RADIUS_RANGE, bias_ring_dot, bias_ring_gap};

/// From the name of an input to its disc, and what slanted letters reach over their box, in points.
const NAME_GAP: f32 = 10.0;
/// On paper: from a disc, or from what is written on it, to that of the next column at least, in points.
const MIN_DISC_GAP: f32 = 14.0;
/// On paper without labels: a radius as a part of the distance of columns.
const RADIUS_PER_SPACING: f32 = 0.3;
/// On paper: from a label on an edge to the discs on both sides, together, in points.
const LABEL_MARGIN: f32 = 16.0;
/// On paper: the most part of the width for the names of inputs.
const MAX_NAME_FRACTION: f32 = 0.25;

/// What the words and numbers of a diagram on paper need, in points. In the window nothing is asked of them: the drawing
/// must not move while a number is turned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DiagramTextSizes {
    /// The widest name of an input.
    pub input_name_width: f32,
    /// The widest number in a disc, in the least type.
    pub number_width: f32,
    /// The widest line around the middle of a column: its head, or a bias under a neuron.
    pub line_width: f32,
    /// The same, where each bias has its name.
    pub named_line_width: f32,
    /// The widest words beside an output.
    pub output_text_width: f32,
    /// The widest label of an edge; 0 without labels.
    pub label_width: f32,
    /// The most labels between two columns.
    pub label_count: usize,
}

/// Where the biases of the outputs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputBiasPosition {
    /// To the right of the disc, with what the activation does.
    Beside,
    /// Under the disc, as those of hidden neurons.
    Under,
}

impl DiagramTextSizes {
    /// The least radius of a disc that a number fits into; longer ones lie over its edge.
    pub(super) fn min_radius(&self) -> f32 {
        const MAX_RADIUS: f32 = 22.0;
        (self.number_width / 2.0 + 3.0).clamp(*RADIUS_RANGE.start(), MAX_RADIUS)
    }

    /// How far a disc of a radius, or the number that lies over it, reaches to the sides.
    pub(super) fn half_width(&self, radius: f32) -> f32 {
        /// Of the ground of a number.
        const BACKGROUND_MARGIN: f32 = 2.0;
        radius.max(self.number_width / 2.0 + BACKGROUND_MARGIN)
    }

    /// From one column to the next at least.
    pub(super) fn min_spacing(&self) -> f32 {
        let disc = 2.0 * (self.min_radius() + bias_ring_gap(self.min_radius()));
        disc.max(self.number_width).max(self.line_width) + MIN_DISC_GAP
    }

    /// The same where labels have room.
    fn preferred_spacing(&self) -> f32 {
        const MAX_SINGLE_LABELS: usize = 4;
        let beside_each_other = if self.label_count > MAX_SINGLE_LABELS { 2.0 } else { 1.0 };
        let with_labels = 2.0 * self.min_radius() + beside_each_other * self.label_width + LABEL_MARGIN;
        self.min_spacing().max(with_labels)
    }

    /// From the edges of the pane to the first and the last column, for discs of a radius.
    pub(super) fn margins(&self, radius: f32, bias: OutputBiasPosition, width: f32) -> (f32, f32) {
        let name = self.input_name_width.min((MAX_NAME_FRACTION * width).max(INPUT_NAME_WIDTH));
        let ring_radius = radius + bias_ring_gap(radius) + bias_ring_dot(radius);
        let half_width = self.half_width(radius);
        let right = match bias {
            OutputBiasPosition::Beside => half_width + OUTPUT_BIAS_GAP + self.output_text_width,
            OutputBiasPosition::Under => ring_radius,
        };
        let half = (self.line_width / 2.0).max(half_width);
        ((half_width + NAME_GAP + name).max(half), right.max(half))
    }

    /// The width of a pane with so many columns: at least, and as it is good to have.
    pub fn pane_widths(&self, min_columns: usize, columns: usize) -> [f32; 2] {
        let width = |columns: usize, spacing: f32, bias: OutputBiasPosition| {
            // The room for names depends on the width, but is never more than they need.
            let (left, right) = self.margins(self.min_radius(), bias, f32::INFINITY);
            let name = self.input_name_width - self.input_name_width.min(INPUT_NAME_WIDTH);
            let cut = if bias == OutputBiasPosition::Under { name } else { 0.0 };
            left - cut + right + spacing * (columns.max(2) - 1) as f32
        };
        [
            width(min_columns, self.min_spacing(), OutputBiasPosition::Under),
            width(columns, self.preferred_spacing(), OutputBiasPosition::Under),
        ]
    }

    /// Where the biases of the outputs have room, in a pane of this width.
    pub(super) fn output_bias_position(&self, columns: usize, width: f32) -> OutputBiasPosition {
        let (left, right) = self.margins(self.min_radius(), OutputBiasPosition::Beside, width);
        let needed = left + right + self.preferred_spacing() * (columns.max(2) - 1) as f32;
        if needed <= width {
            OutputBiasPosition::Beside
        } else {
            OutputBiasPosition::Under
        }
    }

    /// The radius of discs that leaves room for the rest, in a pane of this width.
    pub(super) fn radius_in_pane(&self, columns: usize, bias: OutputBiasPosition, width: f32) -> f32 {
        let (left, right) = self.margins(0.0, bias, width);
        let gaps = (columns.max(2) - 1) as f32;
        let room = width - left - right;
        let radius = if self.label_width > 0.0 {
            (room - gaps * (self.label_width + LABEL_MARGIN)) / (2.0 + 2.0 * gaps)
        } else {
            room / (2.0 + gaps / RADIUS_PER_SPACING)
        };
        radius.clamp(self.min_radius(), *RADIUS_RANGE.end())
    }
}
