//! Where a neuron would switch: the value at which its pre-activation is 0, for each of its knobs and sources.

use crate::network::{Knob, NeuronAddress, KnobKind};

use super::Formula;

/// The value of one number at which `z = 0`, all else as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SwitchPoint {
    /// At this value; it may lie outside of every range.
    At(f64),
    /// At none: what it is multiplied with is 0 (or so small that no finite value would do).
    Never,
    /// At every value: it is multiplied with 0, and `z` is 0.
    Always,
}

/// The flip points of one neuron, by `z = Σ weight · source + bias`. It can be written anew and keeps its buffers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SwitchPoints {
    at: Option<NeuronAddress>,
    weights: Vec<SwitchPoint>,
    sources: Vec<SwitchPoint>,
    bias: Option<SwitchPoint>,
}

impl SwitchPoint {
    /// The value, if there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::At(value) => Some(value),
            Self::Never | Self::Always => None,
        }
    }

    /// Where `now + t` makes `z + t · factor` 0.
    fn new(current: f64, factor: f64, z: f64) -> Self {
        let value = current - z / factor;
        match factor == 0.0 {
            true if z == 0.0 => Self::Always,
            false if value.is_finite() => Self::At(value),
            _ => Self::Never,
        }
    }
}

impl SwitchPoints {
    /// Those of the neuron that a formula is about.
    pub fn from_formula(formula: &Formula) -> Self {
        let mut switch_points = Self::default();
        switch_points.update(formula);
        switch_points
    }

    /// Writes them anew.
    pub fn update(&mut self, formula: &Formula) {
        let z = formula.z;
        self.at = Some(formula.at);
        self.weights.clear();
        self.sources.clear();
        for term in &formula.terms {
            self.weights.push(SwitchPoint::new(term.weight, term.source, z));
            self.sources.push(SwitchPoint::new(term.source, term.weight, z));
        }
        self.bias = Some(SwitchPoint::new(formula.bias, 1.0, z));
    }

    /// The flip point of a knob; `None` if it is no knob of this neuron.
    pub fn for_knob(&self, knob: Knob) -> Option<SwitchPoint> {
        let at = NeuronAddress {
            layer: knob.layer,
            neuron: knob.neuron,
        };
        if self.at != Some(at) {
            return None;
        }
        match knob.kind {
            KnobKind::Weight { input } => self.weights.get(input).copied(),
            KnobKind::Bias => self.bias,
        }
    }

    /// The flip point of what comes in on `input`, counted from 0: an input of the network, or an output of the
    /// layer before. `None` if there is no such input.
    pub fn for_source(&self, input: usize) -> Option<SwitchPoint> {
        self.sources.get(input).copied()
    }
}
