//! The network as a Rust program that needs nothing but the standard library.

use crate::network::Activation;
use crate::session::Document;

use super::Listing;
use super::listing::{Pen, define, exact, inputs_of, layer_words, needs, numbered, outputs_of};

/// The longest line before a list is broken.
const COLUMNS: usize = 100;

const DENSE: &str = "\
/// Every neuron adds up its inputs times its weights, and then its bias.
fn dense<const I: usize, const N: usize>(
    inputs: &[f64; I],
    weights: &[[f64; I]; N],
    biases: &[f64; N],
) -> [f64; N] {
    std::array::from_fn(|neuron| {
        let mut total = 0.0;
        for (value, weight) in inputs.iter().zip(&weights[neuron]) {
            total += value * weight;
        }
        total + biases[neuron]
    })
}
";

const ERFC: &str = "\
/// 1 - erf(x): a series near 0, a continued fraction beyond (Abramowitz and Stegun 7.1.6, 7.1.14).
fn erfc(x: f64) -> f64 {
    if x < 0.0 {
        return 2.0 - erfc(-x);
    }
    let bell = (-x * x).exp() / std::f64::consts::PI.sqrt();
    if x < 2.0 {
        let mut term = 2.0 * x * bell;
        let mut sum = term;
        for n in 1..60 {
            term *= 2.0 * x * x / (2 * n + 1) as f64;
            sum += term;
        }
        1.0 - sum
    } else {
        let mut fraction = x;
        for n in (1..=100).rev() {
            fraction = x + 0.5 * n as f64 / fraction;
        }
        bell / fraction
    }
}
";

/// Writes it.
pub fn write(document: &Document) -> Listing {
    let network = &document.network;
    let blueprint = network.blueprint();
    let mut pen = Pen::new(exact, COLUMNS);
    pen.line(&format!("//! {}", blueprint.shape_words()));
    pen.write(&format!("\nstatic INPUTS: [f64; {}] = ", blueprint.inputs()));
    pen.inputs(document, "//");
    pen.write(";\n");
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        let (width, fan_in) = (blueprint.width(layer), blueprint.fan_in(layer));
        pen.write("\n");
        if blueprint.layers().len() > 1 {
            pen.line(&format!("// {}", layer_words(plan, layer)));
        }
        let weights = numbered("WEIGHTS", blueprint, layer);
        pen.write(&format!("static {weights}: [[f64; {fan_in}]; {width}] = "));
        pen.weights(network, layer, 0, "//");
        let biases = numbered("BIASES", blueprint, layer);
        pen.write(&format!(";\nstatic {biases}: [f64; {width}] = "));
        pen.biases(network, layer, 0);
        pen.write(";\n");
        if plan.activation().is_none() {
            let activations = numbered("ACTIVATIONS", blueprint, layer);
            pen.write(&format!("static {activations}: [fn(f64) -> f64; {width}] = "));
            pen.words(plan.neurons.iter().map(|neuron| name(neuron.activation)));
            pen.write(";\n");
        }
    }
    pen.write("\n");
    pen.write(DENSE);
    pen.write("\n");
    define(&mut pen, blueprint, "\n", definition);
    if needs(blueprint, Activation::Gelu) {
        pen.write(ERFC);
        pen.write("\n");
    }
    pen.line("fn main() {");
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        let inputs = match layer {
            0 => "INPUTS".to_owned(),
            _ => inputs_of(blueprint, layer),
        };
        let sums = format!(
            "dense(&{inputs}, &{}, &{})",
            numbered("WEIGHTS", blueprint, layer),
            numbered("BIASES", blueprint, layer)
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(Activation::Softmax) => format!("softmax({sums})"),
            Some(activation) => format!("{sums}.map({})", name(activation)),
            None => {
                let z = numbered("sums", blueprint, layer);
                let activations = numbered("ACTIVATIONS", blueprint, layer);
                pen.line(&format!("    let {z} = {sums};"));
                let width = plan.neurons.len();
                pen.line(&format!(
                    "    let {}: [f64; {width}] = std::array::from_fn(|n| {activations}[n]({z}[n]));",
                    outputs_of(blueprint, layer)
                ));
                continue;
            }
        };
        pen.line(&format!("    let {} = {outputs};", outputs_of(blueprint, layer)));
    }
    pen.write("    println!(\"{outputs:?}\");\n}\n");
    pen.finish()
}

/// What is called for an activation.
fn name(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh => "f64::tanh",
        Activation::Sine => "f64::sin",
        other => other.name(),
    }
}

/// Nothing for what the standard library has.
fn definition(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh | Activation::Sine => "",
        Activation::Linear => "fn linear(z: f64) -> f64 {\n    z\n}\n",
        Activation::Step => "fn step(z: f64) -> f64 {\n    if z > 0.0 { 1.0 } else { 0.0 }\n}\n",
        Activation::Relu => "fn relu(z: f64) -> f64 {\n    z.max(0.0)\n}\n",
        Activation::LeakyRelu => {
            "fn leaky_relu(z: f64) -> f64 {\n    if z > 0.0 { z } else { 0.01 * z }\n}\n"
        }
        Activation::Elu => "fn elu(z: f64) -> f64 {\n    if z > 0.0 { z } else { z.exp_m1() }\n}\n",
        Activation::Sigmoid => {
            "\
fn sigmoid(z: f64) -> f64 {
    let e = (-z.abs()).exp(); // of a negative number, so that it cannot overflow
    if z >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}
"
        }
        Activation::Softplus => {
            "fn softplus(z: f64) -> f64 {\n    z.max(0.0) + (-z.abs()).exp().ln_1p()\n}\n"
        }
        Activation::Silu => "fn silu(z: f64) -> f64 {\n    z * sigmoid(z)\n}\n",
        Activation::Gelu => {
            "\
fn gelu(z: f64) -> f64 {
    // erfc(-t) is 1 + erf(t), with all its digits also where t is negative.
    0.5 * z * erfc(-z / 2.0_f64.sqrt())
}
"
        }
        Activation::Softmax => {
            "\
fn softmax<const N: usize>(sums: [f64; N]) -> [f64; N] {
    let largest = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials = sums.map(|z| (z - largest).exp()); // none overflows
    let total: f64 = exponentials.iter().sum();
    exponentials.map(|e| e / total)
}
"
        }
    }
}
