//! Standardised inputs, folded into the first layer.

use crate::data::Scaling;
use crate::network::{Architecture, Knob};

/// The first layer’s knobs in two forms that compute the same: *raw* ones for the inputs as they are, and *scaled*
/// ones for standardised inputs `(x − μ) / σ`.
///
/// With raw `w` and `b`, scaled are `u = w σ` and `c = b + Σ w μ`; and back `w = u / σ` and `b = c − Σ u μ / σ`. The
/// document, its sliders, code and figures know raw ones only.
#[derive(Debug, Clone)]
pub struct FoldedScaling {
    scaling: Scaling,
    width: usize,
}

impl FoldedScaling {
    /// For the first layer of an architecture.
    pub fn new(scaling: Scaling, architecture: &Architecture) -> Self {
        Self {
            scaling,
            width: architecture.width(0),
        }
    }

    /// How the inputs are standardised.
    pub fn scaling(&self) -> &Scaling {
        &self.scaling
    }

    fn fan_in(&self) -> usize {
        self.scaling.mean.len()
    }

    /// `μ / σ` of an input.
    fn mean_over_deviation(&self, input: usize) -> f64 {
        self.scaling.mean[input] / self.scaling.std_dev[input]
    }

    /// Where a neuron’s bias is in the flat order.
    fn bias_index(&self, neuron: usize) -> usize {
        self.width * self.fan_in() + neuron
    }

    /// `Σ u μ / σ` of a neuron: what its scaled bias has more than the raw one.
    fn bias_difference(&self, scaled: &[f64], neuron: usize) -> f64 {
        let weights = &scaled[neuron * self.fan_in()..][..self.fan_in()];
        let terms = weights.iter().enumerate();
        terms.map(|(input, u)| u * self.mean_over_deviation(input)).sum()
    }

    /// From raw to scaled, in place; the knobs are in the flat order.
    pub fn scale(&self, knobs: &mut [f64]) {
        for neuron in 0..self.width {
            let weights = &mut knobs[neuron * self.fan_in()..][..self.fan_in()];
            for (weight, deviation) in weights.iter_mut().zip(&self.scaling.std_dev) {
                *weight *= deviation;
            }
            let difference = self.bias_difference(knobs, neuron);
            knobs[self.bias_index(neuron)] += difference;
        }
    }

    /// From scaled to raw, in place.
    pub fn unscale(&self, knobs: &mut [f64]) {
        for neuron in 0..self.width {
            let difference = self.bias_difference(knobs, neuron);
            knobs[self.bias_index(neuron)] -= difference;
            let weights = &mut knobs[neuron * self.fan_in()..][..self.fan_in()];
            for (weight, deviation) in weights.iter_mut().zip(&self.scaling.std_dev) {
                *weight /= deviation;
            }
        }
    }

    /// Gives one raw knob another value and leaves the other raw ones as they are; `scaled` are all knobs.
    pub fn set_raw(&self, scaled: &mut [f64], knob: Knob, index: usize, value: f64) {
        if knob.layer > 0 {
            scaled[index] = value;
            return;
        }
        let before = self.bias_difference(scaled, knob.neuron);
        let bias_index = self.bias_index(knob.neuron);
        if knob.is_bias() {
            scaled[bias_index] = value + before;
        } else {
            let input = index - knob.neuron * self.fan_in();
            scaled[index] = value * self.scaling.std_dev[input];
            scaled[bias_index] += self.bias_difference(scaled, knob.neuron) - before;
        }
    }

    /// The scaled bias that goes with a raw one.
    pub fn set_raw_bias(&self, scaled: &mut [f64], neuron: usize, raw: f64) {
        scaled[self.bias_index(neuron)] = raw + self.bias_difference(scaled, neuron);
    }

    /// Where a raw bias is to stay, its scaled one follows the weights: `dL/du` grows by `dL/dc · μ / σ`.
    pub fn add_tied_bias_gradient(&self, gradient: &mut [f64], neuron: usize) {
        let bias_gradient = gradient[self.bias_index(neuron)];
        let fan_in = self.fan_in();
        for (input, gradient) in gradient[neuron * fan_in..][..fan_in].iter_mut().enumerate() {
            *gradient += bias_gradient * self.mean_over_deviation(input);
        }
    }
}
