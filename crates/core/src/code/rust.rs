//! The network as a Rust program that needs nothing but the standard library.

use crate::network::Activation;
use crate::session::Document;

use super::SourceListing;
use super::source_listing::{
    ListingWriter, format_exact, input_name, layer_text, needs_activation, numbered_name, output_name,
    write_definitions,
};

/// The longest line before a list is wrapped.
const MAX_COLUMNS: usize = 100;

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

/// Writes the document's network and inputs as a Rust program.
pub fn write(document: &Document) -> SourceListing {
    let network = &document.network;
    let architecture = network.architecture();
    let mut writer = ListingWriter::new(format_exact, MAX_COLUMNS);
    writer.write_line(&format!("//! {}", architecture.summary()));
    writer.write(&format!(
        "\nstatic INPUTS: [f64; {}] = ",
        architecture.input_count()
    ));
    writer.write_inputs(document, "//");
    writer.write(";\n");
    for (layer, plan) in architecture.layers().iter().enumerate() {
        let (width, fan_in) = (architecture.width(layer), architecture.fan_in(layer));
        writer.write("\n");
        if architecture.layers().len() > 1 {
            writer.write_line(&format!("// {}", layer_text(plan, layer)));
        }
        let weights = numbered_name("WEIGHTS", architecture, layer);
        writer.write(&format!("static {weights}: [[f64; {fan_in}]; {width}] = "));
        writer.write_weights(network, layer, 0, "//");
        let biases = numbered_name("BIASES", architecture, layer);
        writer.write(&format!(";\nstatic {biases}: [f64; {width}] = "));
        writer.write_biases(network, layer, 0);
        writer.write(";\n");
        if plan.activation().is_none() {
            let activations = numbered_name("ACTIVATIONS", architecture, layer);
            writer.write(&format!("static {activations}: [fn(f64) -> f64; {width}] = "));
            writer.write_words(plan.neurons.iter().map(|neuron| function_name(neuron.activation)));
            writer.write(";\n");
        }
    }
    writer.write("\n");
    writer.write(DENSE);
    writer.write("\n");
    write_definitions(&mut writer, architecture, "\n", definition);
    if needs_activation(architecture, Activation::Gelu) {
        writer.write(ERFC);
        writer.write("\n");
    }
    writer.write_line("fn main() {");
    for (layer, plan) in architecture.layers().iter().enumerate() {
        let inputs = match layer {
            0 => "INPUTS".to_owned(),
            _ => input_name(architecture, layer),
        };
        let sums = format!(
            "dense(&{inputs}, &{}, &{})",
            numbered_name("WEIGHTS", architecture, layer),
            numbered_name("BIASES", architecture, layer)
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(Activation::Softmax) => format!("softmax({sums})"),
            Some(activation) => format!("{sums}.map({})", function_name(activation)),
            None => {
                let z = numbered_name("sums", architecture, layer);
                let activations = numbered_name("ACTIVATIONS", architecture, layer);
                writer.write_line(&format!("    let {z} = {sums};"));
                let width = plan.neurons.len();
                writer.write_line(&format!(
                    "    let {}: [f64; {width}] = std::array::from_fn(|n| {activations}[n]({z}[n]));",
                    output_name(architecture, layer)
                ));
                continue;
            }
        };
        writer.write_line(&format!(
            "    let {} = {outputs};",
            output_name(architecture, layer)
        ));
    }
    writer.write("    println!(\"{outputs:?}\");\n}\n");
    writer.finish()
}

/// Returns the name by which the program calls an activation function.
fn function_name(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh => "f64::tanh",
        Activation::Sine => "f64::sin",
        other => other.name(),
    }
}

/// Returns the definition of an activation function; empty if the standard library has it already.
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
