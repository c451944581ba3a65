//! An evaluation of networks that shares no code with the program.

use neurodial_core::session::Document;

/// The outputs and weighted sums of a layer.
pub struct LayerOutputs {
    pub z: Vec<f64>,
    pub a: Vec<f64>,
    /// The sums of the absolute values of all terms of `z`, on which the possible rounding error depends.
    pub scale: Vec<f64>,
}

/// Evaluates the network of a document at its inputs, up to a layer with an activation that isn't known here.
pub fn evaluate(document: &Document) -> Vec<LayerOutputs> {
    let network = &document.network;
    let mut inputs = document.inputs.clone();
    let mut scales: Vec<f64> = inputs.iter().map(|x| x.abs()).collect();
    let mut outputs = Vec::new();
    for (layer, plan) in network.architecture().layers().iter().enumerate() {
        let values = network.layer(layer);
        let mut sums = Vec::new();
        let mut sum_scales = Vec::new();
        for neuron in 0..plan.neurons.len() {
            let weights = values.weights_of(neuron);
            let (mut sum, mut scale) = (values.biases[neuron], values.biases[neuron].abs());
            for (weight, (input, input_scale)) in weights.iter().zip(inputs.iter().zip(&scales)) {
                sum += weight * input;
                scale += weight.abs() * input_scale;
            }
            sums.push(sum);
            sum_scales.push(scale);
        }
        let names: Vec<String> = plan
            .neurons
            .iter()
            .map(|neuron| neuron.activation.to_string())
            .collect();
        // A rounding error decides which side of a step it is.
        let is_undecided =
            |(name, (z, scale)): (&String, (&f64, &f64))| name == "step" && z.abs() < 1e-9 * scale;
        if names.iter().zip(sums.iter().zip(&sum_scales)).any(is_undecided) {
            break;
        }
        let activated: Option<Vec<f64>> = match names.iter().all(|name| name == "softmax") {
            true => Some(softmax(&sums)),
            false => names
                .iter()
                .zip(&sums)
                .map(|(name, &z)| activate(name, z))
                .collect(),
        };
        let Some(activated) = activated else {
            break;
        };
        // Softmax and the others have slopes of little more than 1, so the scales remain bounds.
        scales = activated
            .iter()
            .zip(&sum_scales)
            .map(|(a, scale)| 2.0 * a.abs().max(*scale))
            .collect();
        inputs.clone_from(&activated);
        outputs.push(LayerOutputs {
            z: sums,
            a: activated,
            scale: sum_scales,
        });
    }
    outputs
}

fn softmax(sums: &[f64]) -> Vec<f64> {
    let max = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = sums.iter().map(|z| (z - max).exp()).collect();
    let total: f64 = powers.iter().sum();
    powers.iter().map(|power| power / total).collect()
}

/// Returns the output of an activation function; `None` if it isn't known here.
fn activate(name: &str, z: f64) -> Option<f64> {
    Some(match name {
        "linear" => z,
        "step" => f64::from(u8::from(z > 0.0)),
        "relu" if z > 0.0 => z,
        "relu" => 0.0,
        "leaky_relu" if z > 0.0 => z,
        "leaky_relu" => 0.01 * z,
        "elu" if z > 0.0 => z,
        "elu" => z.exp_m1(),
        "sigmoid" => 1.0 / (1.0 + (-z).exp()),
        "tanh" => z.tanh(),
        "softplus" => z.max(0.0) + (-z.abs()).exp().ln_1p(),
        "silu" => z / (1.0 + (-z).exp()),
        "gelu" => z * normal_distribution(z),
        // Its value depends on all digits of a large sum.
        "sine" if z.abs() < 1e3 => z.sin(),
        _ => return None,
    })
}

/// Returns the integral of the normal distribution from −∞ to `z`, by Simpson's rule.
fn normal_distribution(z: f64) -> f64 {
    const STEPS: u32 = 600;
    let density = |t: f64| (-0.5 * t * t).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let end = z.abs().min(9.0);
    let step = end / f64::from(STEPS);
    let mut sum = density(0.0) + density(end);
    for index in 1..STEPS {
        let weight = if index % 2 == 1 { 4.0 } else { 2.0 };
        sum += weight * density(f64::from(index) * step);
    }
    let half = sum * step / 3.0;
    if z > 0.0 { 0.5 + half } else { 0.5 - half }
}
