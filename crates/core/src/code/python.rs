//! The network in plain Python, like the code in the article: lists, and a loop over neurons and inputs.

use crate::network::{Activation, Architecture, FunctionCode};
use crate::session::Document;

use super::SourceListing;
use super::source_listing::{
    ListingWriter, format_exact, input_name, layer_text, needed_code, numbered_name, output_name,
    write_definitions,
};

/// The longest line before a list is wrapped.
pub(super) const MAX_COLUMNS: usize = 88;

const DENSE: &str = "\
def dense(inputs, weights, biases):
    sums = []
    for neuron_weights, bias in zip(weights, biases):
        total = 0.0
        for value, weight in zip(inputs, neuron_weights):
            total += value * weight
        sums.append(total + bias)
    return sums
";

/// Writes the document's network and inputs as a Python program.
pub fn write(document: &Document) -> SourceListing {
    let network = &document.network;
    let architecture = network.architecture();
    let mut writer = ListingWriter::new(format_exact, MAX_COLUMNS);
    writer.write_line(&format!("# {}", architecture.summary()));
    let code = needed_code(architecture, |info| info.python);
    if code.iter().any(|code| code.contains("math.")) {
        writer.write("\nimport math\n");
    }
    writer.write("\ninputs = ");
    writer.write_inputs(document, "#");
    writer.write("\n");
    for (layer, plan) in architecture.layers().iter().enumerate() {
        writer.write("\n");
        if architecture.layers().len() > 1 {
            writer.write_line(&format!("# {}", layer_text(plan, layer)));
        }
        writer.write(&format!("{} = ", numbered_name("weights", architecture, layer)));
        writer.write_weights(network, layer, 0, "#");
        writer.write(&format!("\n{} = ", numbered_name("biases", architecture, layer)));
        writer.write_biases(network, layer, 0);
        writer.write("\n");
    }
    let has_definitions = architecture.layers().len() > 1 || code.iter().any(FunctionCode::has_definition);
    writer.write(if has_definitions { "\n\n" } else { "\n" });
    if architecture.layers().len() == 1 {
        write_definitions(&mut writer, &code, "\n\n");
        write_loop(&mut writer, architecture);
    } else {
        writer.write(DENSE);
        writer.write("\n\n");
        write_definitions(&mut writer, &code, "\n\n");
        write_layers(&mut writer, architecture);
    }
    writer.write("\nprint(outputs)\n");
    writer.finish()
}

/// Writes a single layer as a loop, without a function.
fn write_loop(writer: &mut ListingWriter, architecture: &Architecture) {
    let plan = &architecture.layers()[0];
    let activation = plan.activation();
    if activation.is_none() {
        writer.write("activations = ");
        writer.write_words(
            plan.neurons
                .iter()
                .map(|neuron| neuron.activation.info().python.expression),
        );
        writer.write("\n\n");
    }
    let list = if plan.is_softmax() { "sums" } else { "outputs" };
    writer.write_line(&format!("{list} = []"));
    writer.write_line(match activation {
        Some(_) => "for neuron_weights, bias in zip(weights, biases):",
        None => "for neuron_weights, bias, activation in zip(weights, biases, activations):",
    });
    writer.write_line("    total = 0.0");
    writer.write_line("    for value, weight in zip(inputs, neuron_weights):");
    writer.write_line("        total += value * weight");
    let output = match activation {
        Some(Activation::Linear) => "total + bias".to_owned(),
        Some(activation) if activation.is_per_layer() => "total + bias".to_owned(),
        Some(activation) => format!("{}(total + bias)", activation.info().python.expression),
        None => "activation(total + bias)".to_owned(),
    };
    writer.write_line(&format!("    {list}.append({output})"));
    if plan.is_softmax() {
        writer.write_line("outputs = softmax(sums)");
    }
}

fn write_layers(writer: &mut ListingWriter, architecture: &Architecture) {
    for (layer, plan) in architecture.layers().iter().enumerate() {
        if plan.activation().is_none() {
            writer.write(&format!("activations_{} = ", layer + 1));
            writer.write_words(
                plan.neurons
                    .iter()
                    .map(|neuron| neuron.activation.info().python.expression),
            );
            writer.write("\n");
        }
        let sums = format!(
            "dense({}, weights_{n}, biases_{n})",
            input_name(architecture, layer),
            n = layer + 1
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(activation) => {
                let function = activation.info().python.expression;
                if activation.is_per_layer() {
                    format!("{function}({sums})")
                } else {
                    format!("[{function}(z) for z in {sums}]")
                }
            }
            None => format!("[f(z) for f, z in zip(activations_{}, {sums})]", layer + 1),
        };
        writer.write_line(&format!("{} = {outputs}", output_name(architecture, layer)));
    }
}
