//! The network as a Rust program that needs nothing but the standard library.

use crate::network::Activation;
use crate::session::Document;

use super::SourceListing;
use super::source_listing::{
    ListingWriter, format_exact, input_name, layer_text, needed_code, numbered_name, output_name,
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
            writer.write_words(
                plan.neurons
                    .iter()
                    .map(|neuron| neuron.activation.info().rust.expression),
            );
            writer.write(";\n");
        }
    }
    writer.write("\n");
    writer.write(DENSE);
    writer.write("\n");
    let code = needed_code(architecture, |info| info.rust);
    write_definitions(&mut writer, &code, "\n");
    if code.iter().any(|code| code.contains("erfc(")) {
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
            Some(activation) => {
                let function = activation.info().rust.expression;
                if activation.is_per_layer() {
                    format!("{function}({sums})")
                } else {
                    format!("{sums}.map({function})")
                }
            }
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
