//! What a drawn thing stands for.

use std::fmt;

use neurodial_core::network::{Knob, NeuronAt};
use neurodial_core::session::Target;

/// What a drawn thing stands for. The same part can be drawn in several panes: a weight is a slider here, an
/// edge there and a term in the formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A knob or an input, to be turned: slider, edge, rim, node.
    Target(Target),
    /// The written number of a knob or an input, to be typed.
    Number(Target),
    /// What keeps a knob from being turned.
    Lock(Knob),
    /// A neuron.
    Neuron(NeuronAt),
    /// One term of a neuron's sum.
    Term(Knob),
    /// A neuron's curve.
    Curve(NeuronAt),
    /// The present point on the curves, which moves along the swept number.
    Present(Target),
    /// The plane that the curves are drawn in.
    Plane,
    /// Where the selected neuron's sum is 0.
    Threshold,
    /// A point of the data that was set by hand, counted from 0.
    Sample(usize),
    /// The plane on which points are set by hand.
    Field,
    /// The present point of a map, which moves across and up.
    Point([Target; 2]),
    /// The epochs of a run: a hand goes back and forth in them.
    Timeline,
    /// A branch of a run that was left, counted from 0.
    Branch(usize),
    /// How often a class of the data is told as which, both counted from 0.
    Verdict {
        /// Whether among the samples that are held out.
        is_test: bool,
        /// What they are.
        class: usize,
        /// What they are told as.
        told: usize,
    },
}

impl Part {
    /// The address that a figure gives it, counted from 1: a number has that of what it tells, a neuron that of its
    /// output, `a[1,2]`.
    pub fn address(self) -> String {
        match self {
            Self::Target(target) | Self::Number(target) => target.to_string(),
            Self::Lock(knob) | Self::Term(knob) => Target::Knob(knob).to_string(),
            Self::Neuron(at) => format!("a[{},{}]", at.layer + 1, at.neuron + 1),
            Self::Curve(_)
            | Self::Present(_)
            | Self::Plane
            | Self::Threshold
            | Self::Point(_)
            | Self::Timeline
            | Self::Branch(_)
            | Self::Sample(_)
            | Self::Field
            | Self::Verdict { .. } => self.to_string(),
        }
    }
}

/// What parts are about: parts with the same topic light up together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A knob or an input.
    Target(Target),
    /// A neuron.
    Neuron(NeuronAt),
}

impl Part {
    /// What it is about, if it lights up with others.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Target(target) | Self::Number(target) | Self::Present(target) => {
                Some(Topic::Target(target))
            }
            Self::Lock(knob) | Self::Term(knob) => Some(Topic::Target(Target::Knob(knob))),
            Self::Neuron(at) | Self::Curve(at) => Some(Topic::Neuron(at)),
            Self::Plane
            | Self::Threshold
            | Self::Point(_)
            | Self::Timeline
            | Self::Branch(_)
            | Self::Sample(_)
            | Self::Field
            | Self::Verdict { .. } => None,
        }
    }
}

/// The address of what it stands for, counted from 1.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let neuron = |f: &mut fmt::Formatter<'_>, word: &str, at: NeuronAt| {
            write!(f, "{word}[{},{}]", at.layer + 1, at.neuron + 1)
        };
        match *self {
            Self::Target(target) => target.fmt(f),
            Self::Number(target) => write!(f, "number {target}"),
            Self::Lock(knob) => write!(f, "lock {knob}"),
            Self::Term(knob) => write!(f, "term {knob}"),
            Self::Neuron(at) => neuron(f, "neuron", at),
            Self::Curve(at) => neuron(f, "curve", at),
            Self::Present(target) => write!(f, "present {target}"),
            Self::Plane => f.write_str("plane"),
            Self::Threshold => f.write_str("threshold"),
            Self::Point([across, up]) => write!(f, "point {across} {up}"),
            Self::Sample(sample) => write!(f, "sample[{}]", sample + 1),
            Self::Field => f.write_str("field"),
            Self::Timeline => f.write_str("timeline"),
            Self::Branch(branch) => write!(f, "branch[{}]", branch + 1),
            Self::Verdict { is_test, class, told } => {
                let side = if is_test { "test" } else { "train" };
                write!(f, "{side}[{},{}]", class + 1, told + 1)
            }
        }
    }
}
