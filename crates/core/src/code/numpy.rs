//! The network in Python with NumPy.

use crate::network::Activation;
use crate::session::Document;

use super::Listing;
use super::listing::{Pen, define, exact, inputs_of, layer_words, needs, numbered, outputs_of};
use super::python::COLUMNS;

/// Writes it.
pub fn write(document: &Document) -> Listing {
    let network = &document.network;
    let blueprint = network.blueprint();
    let mut pen = Pen::new(exact, COLUMNS);
    pen.line(&format!("# {}", blueprint.shape_words()));
    pen.write("\n");
    if needs(blueprint, Activation::Gelu) {
        pen.line("import math");
        pen.write("\n");
    }
    pen.write("import numpy as np\n\ninputs = np.array(");
    pen.inputs(document, "#");
    pen.write(")\n");
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        pen.write("\n");
        if blueprint.layers().len() > 1 {
            pen.line(&format!("# {}", layer_words(plan, layer)));
        }
        pen.write(&format!("{} = np.array(", numbered("weights", blueprint, layer)));
        pen.weights(network, layer, 0, "#");
        pen.write(&format!(
            ")\n{} = np.array(",
            numbered("biases", blueprint, layer)
        ));
        pen.biases(network, layer, 0);
        pen.write(")\n");
    }
    let defined = Activation::ALL
        .into_iter()
        .any(|activation| needs(blueprint, activation) && !definition(activation).is_empty());
    pen.write(if defined { "\n\n" } else { "\n" });
    define(&mut pen, blueprint, "\n\n", definition);
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        let sums = format!(
            "{} @ {} + {}",
            numbered("weights", blueprint, layer),
            inputs_of(blueprint, layer),
            numbered("biases", blueprint, layer)
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(activation) => format!("{}({sums})", name(activation)),
            None => {
                let activations = numbered("activations", blueprint, layer);
                pen.write(&format!("{activations} = "));
                pen.words(plan.neurons.iter().map(|neuron| name(neuron.activation)));
                pen.write("\n");
                format!("np.array([f(z) for f, z in zip({activations}, {sums})])")
            }
        };
        pen.line(&format!("{} = {outputs}", outputs_of(blueprint, layer)));
    }
    pen.write("\nprint(outputs.tolist())\n");
    pen.finish()
}

/// What is called for an activation.
fn name(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh => "np.tanh",
        Activation::Sine => "np.sin",
        other => other.name(),
    }
}

/// Nothing for what NumPy has itself.
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
