//! Switch points: the value of each knob and input of a neuron at which its weighted sum `z` is 0.

use crate::network::{Knob, KnobKind, NeuronAddress};

use super::formula::Formula;

/// The value of one knob or input at which `z = 0`, while everything else stays the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SwitchPoint {
    /// At this value, which may lie outside of every range.
    At(f64),
    /// At no value: its factor in the sum is 0 or so small that no finite value is large enough.
    Never,
    /// At every value: its factor is 0, and so is `z`.
    Always,
}

/// The switch points of one neuron, from `z = Σ weight · source + bias`. They can be updated without new
/// allocations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SwitchPoints {
    at: Option<NeuronAddress>,
    weights: Vec<SwitchPoint>,
    sources: Vec<SwitchPoint>,
    bias: Option<SwitchPoint>,
}

impl SwitchPoint {
    /// Returns the value, if there is exactly one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::At(value) => Some(value),
            Self::Never | Self::Always => None,
        }
    }

    /// Solves `z + t · factor = 0` and returns the switch point `current + t`.
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
    /// Computes the switch points of the neuron that a formula belongs to.
    pub fn from_formula(formula: &Formula) -> Self {
        let mut switch_points = Self::default();
        switch_points.update(formula);
        switch_points
    }

    /// Recomputes the switch points.
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

    /// Returns the switch point of a knob, or `None` if the knob does not belong to this neuron.
    pub fn for_knob(&self, knob: Knob) -> Option<SwitchPoint> {
        let at = knob.neuron_address();
        if self.at != Some(at) {
            return None;
        }
        match knob.kind {
            KnobKind::Weight { input } => self.weights.get(input).copied(),
            KnobKind::Bias => self.bias,
        }
    }

    /// Returns the switch point of the value that enters at `input`, counted from 0: an input of the network
    /// or an output of the previous layer. Returns `None` if there is no such input.
    pub fn for_source(&self, input: usize) -> Option<SwitchPoint> {
        self.sources.get(input).copied()
    }
}
