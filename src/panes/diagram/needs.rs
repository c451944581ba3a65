//! What the words and numbers of a diagram need on paper, and what follows from it.

use super::geometry::{BESIDE, INPUT_NAME, RADII, rim_dot, rim_gap};

/// From the name of an input to its disc, and what slanted letters reach over their box, in points.
const BEFORE: f32 = 10.0;
/// On paper: from a disc, or from what is written on it, to that of the next column at least, in points.
const APART: f32 = 14.0;
/// On paper without labels: a radius as a part of the distance of columns.
const AIRY: f32 = 0.3;
/// On paper: from a label on an edge to the discs on both sides, together, in points.
const AROUND_LABEL: f32 = 16.0;
/// On paper: the most part of the width for the names of inputs.
const MOST_NAME: f32 = 0.25;

/// What the words and numbers of a diagram on paper need, in points. In the window nothing is asked of them: the drawing
/// must not move while a number is turned.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Needs {
    /// The widest name of an input.
    pub name: f32,
    /// The widest number in a disc, in the least type.
    pub number: f32,
    /// The widest line around the middle of a column: its head, or a bias under a neuron.
    pub line: f32,
    /// The same, where each bias has its name.
    pub named_line: f32,
    /// The widest words beside an output.
    pub beside: f32,
    /// The widest label of an edge; 0 without labels.
    pub label: f32,
    /// The most labels between two columns.
    pub labels: usize,
}

/// Where the biases of the outputs stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputBias {
    /// To the right of the disc, with what the activation does.
    Beside,
    /// Under the disc, as those of hidden neurons.
    Under,
}

impl Needs {
    /// The least radius of a disc that a number fits into; longer ones lie over its edge.
    pub(super) fn radius(&self) -> f32 {
        const MOST: f32 = 22.0;
        (self.number / 2.0 + 3.0).clamp(*RADII.start(), MOST)
    }

    /// How far a disc of a radius, or the number that lies over it, reaches to the sides.
    pub(super) fn reach(&self, radius: f32) -> f32 {
        /// Of the ground of a number.
        const EDGE: f32 = 2.0;
        radius.max(self.number / 2.0 + EDGE)
    }

    /// From one column to the next at least.
    pub(super) fn spacing(&self) -> f32 {
        let disc = 2.0 * (self.radius() + rim_gap(self.radius()));
        disc.max(self.number).max(self.line) + APART
    }

    /// The same where labels have room.
    fn wanted_spacing(&self) -> f32 {
        const FEW: usize = 4;
        let beside_each_other = if self.labels > FEW { 2.0 } else { 1.0 };
        let with_labels = 2.0 * self.radius() + beside_each_other * self.label + AROUND_LABEL;
        self.spacing().max(with_labels)
    }

    /// From the edges of the pane to the first and the last column, for discs of a radius.
    pub(super) fn margins(&self, radius: f32, bias: OutputBias, width: f32) -> (f32, f32) {
        let name = self.name.min((MOST_NAME * width).max(INPUT_NAME));
        let rim = radius + rim_gap(radius) + rim_dot(radius);
        let reach = self.reach(radius);
        let right = match bias {
            OutputBias::Beside => reach + BESIDE + self.beside,
            OutputBias::Under => rim,
        };
        let half = (self.line / 2.0).max(reach);
        ((reach + BEFORE + name).max(half), right.max(half))
    }

    /// The width of a pane with so many columns: at least, and as it is good to have.
    pub fn widths(&self, least: usize, columns: usize) -> [f32; 2] {
        let width = |columns: usize, spacing: f32, bias: OutputBias| {
            // The room for names depends on the width, but is never more than they need.
            let (left, right) = self.margins(self.radius(), bias, f32::INFINITY);
            let name = self.name - self.name.min(INPUT_NAME);
            let cut = if bias == OutputBias::Under { name } else { 0.0 };
            left - cut + right + spacing * (columns.max(2) - 1) as f32
        };
        [
            width(least, self.spacing(), OutputBias::Under),
            width(columns, self.wanted_spacing(), OutputBias::Under),
        ]
    }

    /// Where the biases of the outputs have room, in a pane of this width.
    pub(super) fn output_bias(&self, columns: usize, width: f32) -> OutputBias {
        let (left, right) = self.margins(self.radius(), OutputBias::Beside, width);
        let needed = left + right + self.wanted_spacing() * (columns.max(2) - 1) as f32;
        if needed <= width {
            OutputBias::Beside
        } else {
            OutputBias::Under
        }
    }

    /// The radius of discs that leaves room for the rest, in a pane of this width.
    pub(super) fn radius_in(&self, columns: usize, bias: OutputBias, width: f32) -> f32 {
        let (left, right) = self.margins(0.0, bias, width);
        let gaps = (columns.max(2) - 1) as f32;
        let room = width - left - right;
        let radius = if self.label > 0.0 {
            (room - gaps * (self.label + AROUND_LABEL)) / (2.0 + 2.0 * gaps)
        } else {
            room / (2.0 + gaps / AIRY)
        };
        radius.clamp(self.radius(), *RADII.end())
    }
}
