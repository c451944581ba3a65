//! The network in Python with NumPy.

use crate::network::Activation;
use crate::session::Document;

use super::SourceListing;
use super::python::MAX_COLUMNS;
use super::source_listing::{
    ListingWriter, format_exact, input_name, layer_text, needs_activation, numbered_name, output_name,
    write_definitions,
};

/// Writes the document's network and inputs as a NumPy program.
pub fn write(document: &Document) -> SourceListing {
    let network = &document.network;
    let architecture = network.architecture();
    let mut writer = ListingWriter::new(format_exact, MAX_COLUMNS);
    writer.write_line(&format!("# {}", architecture.summary()));
    writer.write("\n");
    if needs_activation(architecture, Activation::Gelu) {
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
    let has_definitions = Activation::ALL
        .into_iter()
        .any(|activation| needs_activation(architecture, activation) && !definition(activation).is_empty());
    writer.write(if has_definitions { "\n\n" } else { "\n" });
    write_definitions(&mut writer, architecture, "\n\n", definition);
    for (layer, plan) in architecture.layers().iter().enumerate() {
        let sums = format!(
            "{} @ {} + {}",
            numbered_name("weights", architecture, layer),
            input_name(architecture, layer),
            numbered_name("biases", architecture, layer)
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(activation) => format!("{}({sums})", function_name(activation)),
            None => {
                let activations = numbered_name("activations", architecture, layer);
                writer.write(&format!("{activations} = "));
                writer.write_words(plan.neurons.iter().map(|neuron| function_name(neuron.activation)));
                writer.write("\n");
                format!("np.array([f(z) for f, z in zip({activations}, {sums})])")
            }
        };
        writer.write_line(&format!("{} = {outputs}", output_name(architecture, layer)));
    }
    writer.write("\nprint(outputs.tolist())\n");
    writer.finish()
}

/// Returns the name by which the program calls an activation function.
fn function_name(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh => "np.tanh",
        Activation::Sine => "np.sin",
        other => other.name(),
    }
}

/// Returns the definition of an activation function; empty if NumPy has the function already.
fn definition(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh | Activation::Sine => "",
        Activation::Linear => "def linear(z):\n    return z\n",
        Activation::Step => "def step(z):\n    return np.where(z > 0.0, 1.0, 0.0)\n",
        Activation::Relu => "def relu(z):\n    return np.maximum(0.0, z)\n",
        Activation::LeakyRelu => "def leaky_relu(z):\n    return np.where(z > 0.0, z, 0.01 * z)\n",
        Activation::Elu => "def elu(z):\n    return np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))\n",
        Activation::Sigmoid => {
            "\
def sigmoid(z):
    e = np.exp(-np.abs(z))  # of a negative number, so that it cannot overflow
    return np.where(z >= 0.0, 1.0 / (1.0 + e), e / (1.0 + e))
"
        }
        Activation::Softplus => {
            "def softplus(z):\n    return np.maximum(0.0, z) + np.log1p(np.exp(-np.abs(z)))\n"
        }
        Activation::Silu => "def silu(z):\n    return z * sigmoid(z)\n",
        Activation::Gelu => {
            "\
def gelu(z):
    # erfc(-t) is 1 + erf(t), with all its digits also where t is negative.
    erfc = np.vectorize(math.erfc)
    return 0.5 * z * erfc(-z / np.sqrt(2.0))
"
        }
        Activation::Softmax => {
            "\
def softmax(z):
    e = np.exp(z - z.max())  # the largest taken off, so that nothing overflows
    return e / e.sum()
"
        }
    }
}
