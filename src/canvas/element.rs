//! The meaning of a drawn thing.

use std::fmt;

use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::{Adjustable, ConfusionCell};

/// The meaning of a drawn thing. The same element can be drawn in several panes: a weight is a slider, an
/// edge of the diagram and a term of the formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// A knob, an input or a hyperparameter that can be changed by dragging: its slider, edge, bias ring or node.
    Adjustable(Adjustable),
    /// The number of an adjustable that can be edited by typing.
    Number(Adjustable),
    /// The lock that protects a knob from changes.
    Lock(Knob),
    /// The button that plays a knob: moves it through its range and back.
    Play(Knob),
    /// A neuron.
    Neuron(NeuronAddress),
    /// One term of a neuron's weighted sum.
    Term(Knob),
    /// The curve of a neuron.
    Curve(NeuronAddress),
    /// The current point on the curves, which moves along their horizontal axis.
    CurrentPoint(Adjustable),
    /// The plot area of the curves.
    PlotArea,
    /// The point at which the selected neuron's weighted sum is 0.
    Threshold,
    /// A custom data point, counted from 0.
    CustomPoint(usize),
    /// The plot area in which custom data points are set.
    CustomPointArea,
    /// The current point of a map, which moves horizontally and vertically.
    MapPoint([Adjustable; 2]),
    /// The picture of the inputs, which can be drawn into.
    InputImage,
    /// The loss curve of a run, along which an epoch can be selected.
    LossCurve,
    /// An abandoned branch of a run, counted from 0.
    Branch(usize),
    /// A cell of the confusion matrix; classes are counted from 0.
    ConfusionCell(ConfusionCell),
}

impl Element {
    /// Returns the element's name in a figure, counted from 1: for a number the name of its knob or input,
    /// for a neuron that of its output, `a[1,2]`.
    pub(crate) fn address(self) -> String {
        match self {
            Self::Adjustable(target) | Self::Number(target) => target.to_string(),
            Self::Lock(knob) | Self::Play(knob) | Self::Term(knob) => Adjustable::Knob(knob).to_string(),
            Self::Neuron(at) => format!("a[{},{}]", at.layer + 1, at.neuron + 1),
            Self::Curve(_)
            | Self::CurrentPoint(_)
            | Self::PlotArea
            | Self::Threshold
            | Self::MapPoint(_)
            | Self::InputImage
            | Self::LossCurve
            | Self::Branch(_)
            | Self::CustomPoint(_)
            | Self::CustomPointArea
            | Self::ConfusionCell(_) => self.to_string(),
        }
    }
}

/// A group of elements that are highlighted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum HighlightGroup {
    /// The elements of a knob or an input.
    Adjustable(Adjustable),
    /// The elements of a neuron.
    Neuron(NeuronAddress),
}

impl Element {
    /// Returns the group of elements that are highlighted together with this one, if any.
    pub(crate) fn highlight_group(self) -> Option<HighlightGroup> {
        match self {
            Self::Adjustable(target) | Self::Number(target) | Self::CurrentPoint(target) => {
                Some(HighlightGroup::Adjustable(target))
            }
            Self::Lock(knob) | Self::Play(knob) | Self::Term(knob) => {
                Some(HighlightGroup::Adjustable(Adjustable::Knob(knob)))
            }
            Self::Neuron(at) | Self::Curve(at) => Some(HighlightGroup::Neuron(at)),
            Self::PlotArea
            | Self::Threshold
            | Self::MapPoint(_)
            | Self::InputImage
            | Self::LossCurve
            | Self::Branch(_)
            | Self::CustomPoint(_)
            | Self::CustomPointArea
            | Self::ConfusionCell(_) => None,
        }
    }
}

/// Writes the element's name, counted from 1.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let neuron = |f: &mut fmt::Formatter<'_>, word: &str, at: NeuronAddress| {
            write!(f, "{word}[{},{}]", at.layer + 1, at.neuron + 1)
        };
        match *self {
            Self::Adjustable(target) => target.fmt(f),
            Self::Number(target) => write!(f, "number {target}"),
            Self::Lock(knob) => write!(f, "lock {knob}"),
            Self::Play(knob) => write!(f, "play {knob}"),
            Self::Term(knob) => write!(f, "term {knob}"),
            Self::Neuron(at) => neuron(f, "neuron", at),
            Self::Curve(at) => neuron(f, "curve", at),
            Self::CurrentPoint(target) => write!(f, "present {target}"),
            Self::PlotArea => f.write_str("plane"),
            Self::Threshold => f.write_str("threshold"),
            Self::MapPoint([across, up]) => write!(f, "point {across} {up}"),
            Self::CustomPoint(sample) => write!(f, "sample[{}]", sample + 1),
            Self::CustomPointArea => f.write_str("field"),
            Self::InputImage => f.write_str("image"),
            Self::LossCurve => f.write_str("timeline"),
            Self::Branch(branch) => write!(f, "branch[{}]", branch + 1),
            Self::ConfusionCell(ConfusionCell {
                is_test,
                class,
                predicted,
            }) => {
                let side = if is_test { "test" } else { "train" };
                write!(f, "{side}[{},{}]", class + 1, predicted + 1)
            }
        }
    }
}
