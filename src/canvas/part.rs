//! What a drawn thing stands for.

use std::fmt;

use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

/// What a drawn thing stands for. The same part can be drawn in several panes: a weight is a slider here, an
/// edge there and a term in the formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// A knob or an input, to be turned: slider, edge, rim, node.
    Adjustable(Adjustable),
    /// The written number of a knob or an input, to be typed.
    Number(Adjustable),
    /// What keeps a knob from being turned.
    Lock(Knob),
    /// A neuron.
    Neuron(NeuronAddress),
    /// One term of a neuron's sum.
    Term(Knob),
    /// A neuron's curve.
    Curve(NeuronAddress),
    /// The present point on the curves, which moves along the swept number.
    CurrentPoint(Adjustable),
    /// The plane that the curves are drawn in.
    PlotArea,
    /// Where the selected neuron's sum is 0.
    Threshold,
    /// A point of the data that was set by hand, counted from 0.
    CustomPoint(usize),
    /// The plane on which points are set by hand.
    CustomPointArea,
    /// The present point of a map, which moves across and up.
    MapPoint([Adjustable; 2]),
    /// The epochs of a run: a hand goes back and forth in them.
    LossCurve,
    /// A branch of a run that was left, counted from 0.
    Branch(usize),
    /// How often a class of the data is told as which, both counted from 0.
    ConfusionCell {
        /// Whether among the samples that are held out.
        is_test: bool,
        /// What they are.
        class: usize,
        /// What they are told as.
        predicted: usize,
    },
}

impl Element {
    /// The address that a figure gives it, counted from 1: a number has that of what it tells, a neuron that of its
    /// output, `a[1,2]`.
    pub fn address(self) -> String {
        match self {
            Self::Adjustable(target) | Self::Number(target) => target.to_string(),
            Self::Lock(knob) | Self::Term(knob) => Adjustable::Knob(knob).to_string(),
            Self::Neuron(at) => format!("a[{},{}]", at.layer + 1, at.neuron + 1),
            Self::Curve(_)
            | Self::CurrentPoint(_)
            | Self::PlotArea
            | Self::Threshold
            | Self::MapPoint(_)
            | Self::LossCurve
            | Self::Branch(_)
            | Self::CustomPoint(_)
            | Self::CustomPointArea
            | Self::ConfusionCell { .. } => self.to_string(),
        }
    }
}

/// What parts are about: parts with the same topic light up together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HighlightGroup {
    /// A knob or an input.
    Adjustable(Adjustable),
    /// A neuron.
    Neuron(NeuronAddress),
}

impl Element {
    /// What it is about, if it lights up with others.
    pub fn highlight_group(self) -> Option<HighlightGroup> {
        match self {
            Self::Adjustable(target) | Self::Number(target) | Self::CurrentPoint(target) => {
                Some(HighlightGroup::Adjustable(target))
            }
            Self::Lock(knob) | Self::Term(knob) => Some(HighlightGroup::Adjustable(Adjustable::Knob(knob))),
            Self::Neuron(at) | Self::Curve(at) => Some(HighlightGroup::Neuron(at)),
            Self::PlotArea
            | Self::Threshold
            | Self::MapPoint(_)
            | Self::LossCurve
            | Self::Branch(_)
            | Self::CustomPoint(_)
            | Self::CustomPointArea
            | Self::ConfusionCell { .. } => None,
        }
    }
}

/// The address of what it stands for, counted from 1.
impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let neuron = |f: &mut fmt::Formatter<'_>, word: &str, at: NeuronAddress| {
            write!(f, "{word}[{},{}]", at.layer + 1, at.neuron + 1)
        };
        match *self {
            Self::Adjustable(target) => target.fmt(f),
            Self::Number(target) => write!(f, "number {target}"),
            Self::Lock(knob) => write!(f, "lock {knob}"),
            Self::Term(knob) => write!(f, "term {knob}"),
            Self::Neuron(at) => neuron(f, "neuron", at),
            Self::Curve(at) => neuron(f, "curve", at),
            Self::CurrentPoint(target) => write!(f, "present {target}"),
            Self::PlotArea => f.write_str("plane"),
            Self::Threshold => f.write_str("threshold"),
            Self::MapPoint([across, up]) => write!(f, "point {across} {up}"),
            Self::CustomPoint(sample) => write!(f, "sample[{}]", sample + 1),
            Self::CustomPointArea => f.write_str("field"),
            Self::LossCurve => f.write_str("timeline"),
            Self::Branch(branch) => write!(f, "branch[{}]", branch + 1),
            Self::ConfusionCell { is_test, class, predicted: told } => {
                let side = if is_test { "test" } else { "train" };
                write!(f, "{side}[{},{}]", class + 1, told + 1)
            }
        }
    }
}
