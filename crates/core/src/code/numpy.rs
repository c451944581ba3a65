//! The network in Python with NumPy.

use crate::network::{Activation, FunctionCode};
use crate::session::Document;

use super::SourceListing;
use super::python::MAX_COLUMNS;
use super::source_listing::{
    ListingWriter, format_exact, input_name, layer_text, needed_code, numbered_name, output_name,
    write_definitions,
};

/// Writes the document's network and inputs as a NumPy program.
pub fn write(document: &Document) -> SourceListing {
    let network = &document.network;
    let architecture = network.architecture();
    let mut writer = ListingWriter::new(format_exact, MAX_COLUMNS);
    writer.write_line(&format!("# {}", architecture.summary()));
    writer.write("\n");
    let code = needed_code(architecture, |info| info.numpy);
    if code.iter().any(|code| code.contains("math.")) {
        writer.write_line("import math");
        writer.write("\n");
    }
    writer.write("import numpy as np\n\ninputs = np.array(");
    writer.write_inputs(document, "#");
    writer.write(")\n");
    for (layer, plan) in architecture.layers().iter().enumerate() {
        writer.write("\n");
        if architecture.layers().len() > 1 {
            writer.write_line(&format!("# {}", layer_text(plan, layer)));
        }
        writer.write(&format!(
            "{} = np.array(",
            numbered_name("weights", architecture, layer)
        ));
        writer.write_weights(network, layer, 0, "#");
        writer.write(&format!(
            ")\n{} = np.array(",
            numbered_name("biases", architecture, layer)
        ));
        writer.write_biases(network, layer, 0);
        writer.write(")\n");
    }
    let has_definitions = code.iter().any(FunctionCode::has_definition);
    writer.write(if has_definitions { "\n\n" } else { "\n" });
    write_definitions(&mut writer, &code, "\n\n");
    for (layer, plan) in architecture.layers().iter().enumerate() {
        let sums = format!(
            "{} @ {} + {}",
            numbered_name("weights", architecture, layer),
            input_name(architecture, layer),
            numbered_name("biases", architecture, layer)
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(activation) => format!("{}({sums})", activation.info().numpy.expression),
            None => {
                let activations = numbered_name("activations", architecture, layer);
                writer.write(&format!("{activations} = "));
                writer.write_words(
                    plan.neurons
                        .iter()
                        .map(|neuron| neuron.activation.info().numpy.expression),
                );
                writer.write("\n");
                format!("np.array([f(z) for f, z in zip({activations}, {sums})])")
            }
        };
        writer.write_line(&format!("{} = {outputs}", output_name(architecture, layer)));
    }
    writer.write("\nprint(outputs.tolist())\n");
    writer.finish()
}
