//! The same computations with plain loops: one sample at a time, with functions of the `libm` crate.

use neurodial_core::network::{Activation, Network};

pub fn activate(activation: Activation, z: f64) -> f64 {
    match activation {
        Activation::Tanh => libm::tanh(z),
        Activation::Relu => z.max(0.0),
        Activation::Softmax => libm::exp(z),
        _ => z,
    }
}

fn slope(activation: Activation, z: f64, a: f64) -> f64 {
    match activation {
        Activation::Tanh => 1.0 - a * a,
        Activation::Relu => f64::from(z > 0.0),
        _ => 1.0,
    }
}

/// A network with the weighted sums, outputs and derivatives of all layers for one sample.
pub struct Plain {
    network: Network,
    z: Vec<Vec<f64>>,
    a: Vec<Vec<f64>>,
    d: Vec<Vec<f64>>,
    gradients: Vec<f64>,
}

impl Plain {
    pub fn new(network: &Network) -> Self {
        let layers = network.architecture().layers();
        let rows = || layers.iter().map(|plan| vec![0.0; plan.neurons.len()]).collect();
        Self {
            network: network.clone(),
            z: rows(),
            a: rows(),
            d: rows(),
            gradients: vec![0.0; network.knobs().len()],
        }
    }

    /// Runs the forward pass of one sample.
    pub fn forward(&mut self, x: &[f64]) -> &[f64] {
        let layers = self.network.architecture().layers();
        for (layer, plan) in layers.iter().enumerate() {
            let (before, rest) = self.a.split_at_mut(layer);
            let inputs = before.last().map_or(x, |a| a);
            let view = self.network.layer(layer);
            let rows = self.z[layer].iter_mut().zip(rest[0].iter_mut());
            for (neuron, (z, a)) in rows.enumerate() {
                let mut sum = 0.0;
                for (weight, input) in view.weights_of(neuron).iter().zip(inputs) {
                    sum += weight * input;
                }
                sum += view.biases[neuron];
                *z = sum;
                *a = activate(plan.neurons[neuron].activation, sum);
            }
            if plan.is_softmax() {
                let sum: f64 = rest[0].iter().sum();
                rest[0].iter_mut().for_each(|a| *a /= sum);
            }
        }
        self.a.last().map_or(&[], |a| a)
    }

    /// Runs the forward and backward pass of one sample with the targets `y`. The loss is the cross-entropy for
    /// softmax, otherwise the squared error.
    pub fn add_gradients(&mut self, x: &[f64], y: &[f64]) {
        self.forward(x);
        let layers = self.network.architecture().layers();
        let last = layers.len() - 1;
        for (neuron, y) in y.iter().enumerate() {
            let a = self.a[last][neuron];
            let activation = layers[last].neurons[neuron].activation;
            self.d[last][neuron] = 2.0 * (a - y) * slope(activation, self.z[last][neuron], a);
        }
        for layer in (0..=last).rev() {
            let view = self.network.layer(layer);
            let start = self.network.architecture().knob_range(layer).start;
            let (before, rest) = self.d.split_at_mut(layer);
            let inputs = if layer == 0 { x } else { &self.a[layer - 1] };
            for (neuron, &d) in rest[0].iter().enumerate() {
                let gradients = &mut self.gradients[start + neuron * view.fan_in..];
                for (gradient, input) in gradients.iter_mut().zip(inputs) {
                    *gradient += d * input;
                }
                self.gradients[start + view.weights.len() + neuron] += d;
            }
            if let Some(into) = before.last_mut() {
                into.fill(0.0);
                for (neuron, &d) in rest[0].iter().enumerate() {
                    for (into, weight) in into.iter_mut().zip(view.weights_of(neuron)) {
                        *into += d * weight;
                    }
                }
                for (input, into) in into.iter_mut().enumerate() {
                    let activation = layers[layer - 1].neurons[input].activation;
                    *into *= slope(activation, self.z[layer - 1][input], self.a[layer - 1][input]);
                }
            }
        }
    }

    /// Updates all knobs by gradient descent and clears the gradients.
    pub fn update(&mut self, learning_rate: f64) {
        for (knob, gradient) in self.network.knobs_mut().iter_mut().zip(&mut self.gradients) {
            *knob -= learning_rate * *gradient;
            *gradient = 0.0;
        }
    }
}
