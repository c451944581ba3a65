//! Standardized inputs, folded into the knobs of the first layer.

use crate::data::Scaling;
use crate::network::{Architecture, Knob};

/// Converts the knobs of the first layer between two equivalent forms: *raw* knobs for the inputs as they
/// are, and *scaled* knobs for standardized inputs `(x − μ) / σ`.
///
/// With raw `w` and `b`, the scaled knobs are `u = w σ` and `c = b + Σ w μ`; conversely `w = u / σ` and
/// `b = c − Σ u μ / σ`. The document, its sliders, code and figures contain raw knobs only. All knob slices
/// are in the flat order.
#[derive(Debug, Clone)]
pub(crate) struct FoldedScaling {
    scaling: Scaling,
    /// The number of neurons of the first layer.
    width: usize,
}

impl FoldedScaling {
    /// Creates the conversion for the first layer of an architecture.
    pub(crate) fn new(scaling: Scaling, architecture: &Architecture) -> Self {
        Self {
            scaling,
            width: architecture.width(0),
        }
    }

    /// Returns the means and standard deviations that the inputs are standardized with.
    pub(crate) fn scaling(&self) -> &Scaling {
        &self.scaling
    }

    /// Returns the number of inputs.
    fn fan_in(&self) -> usize {
        self.scaling.mean.len()
    }

    /// Returns `μ / σ` of an input.
    fn mean_over_deviation(&self, input: usize) -> f64 {
        self.scaling.mean[input] / self.scaling.std_dev[input]
    }

    /// Returns the index of a neuron's bias in the flat order.
    fn bias_index(&self, neuron: usize) -> usize {
        self.width * self.fan_in() + neuron
    }

    /// Returns `Σ u μ / σ` of a neuron, which is its scaled bias minus its raw bias.
    fn bias_difference(&self, scaled: &[f64], neuron: usize) -> f64 {
        let weights = &scaled[neuron * self.fan_in()..][..self.fan_in()];
        let terms = weights.iter().enumerate();
        terms.map(|(input, u)| u * self.mean_over_deviation(input)).sum()
    }

    /// Converts raw knobs to scaled knobs, in place.
    pub(crate) fn scale(&self, knobs: &mut [f64]) {
        for neuron in 0..self.width {
            let weights = &mut knobs[neuron * self.fan_in()..][..self.fan_in()];
            for (weight, deviation) in weights.iter_mut().zip(&self.scaling.std_dev) {
                *weight *= deviation;
            }
            let difference = self.bias_difference(knobs, neuron);
            knobs[self.bias_index(neuron)] += difference;
        }
    }

    /// Converts scaled knobs to raw knobs, in place.
    pub(crate) fn unscale(&self, knobs: &mut [f64]) {
        for neuron in 0..self.width {
            let difference = self.bias_difference(knobs, neuron);
            knobs[self.bias_index(neuron)] -= difference;
            let weights = &mut knobs[neuron * self.fan_in()..][..self.fan_in()];
            for (weight, deviation) in weights.iter_mut().zip(&self.scaling.std_dev) {
                *weight /= deviation;
            }
        }
    }

    /// Sets the raw value of one knob and keeps all other raw values. `scaled` are the scaled knobs of the
    /// whole network, `index` is the knob's index among them.
    pub(crate) fn set_raw(&self, scaled: &mut [f64], knob: Knob, index: usize, value: f64) {
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

    /// Sets the scaled bias of a neuron so that its raw bias is `raw`.
    pub(crate) fn set_raw_bias(&self, scaled: &mut [f64], neuron: usize, raw: f64) {
        scaled[self.bias_index(neuron)] = raw + self.bias_difference(scaled, neuron);
    }

    /// Adds the gradient of a neuron's scaled bias to those of its weights. A locked raw bias makes the
    /// scaled bias a function of the weights, so `dL/du` grows by `dL/dc · μ / σ`.
    pub(crate) fn add_tied_bias_gradient(&self, gradient: &mut [f64], neuron: usize) {
        let bias_gradient = gradient[self.bias_index(neuron)];
        let fan_in = self.fan_in();
        for (input, gradient) in gradient[neuron * fan_in..][..fan_in].iter_mut().enumerate() {
            *gradient += bias_gradient * self.mean_over_deviation(input);
        }
    }
}
