//! The network in plain Python, as the article writes it: lists, and a loop over neurons and inputs.

use crate::network::{Activation, Blueprint};
use crate::session::Document;

use super::Listing;
use super::listing::{Pen, define, exact, inputs_of, layer_words, needs, numbered, outputs_of};

/// The longest line before a list is broken.
pub(super) const COLUMNS: usize = 88;

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

/// Writes it.
pub fn write(document: &Document) -> Listing {
    let network = &document.network;
    let blueprint = network.blueprint();
    let mut pen = Pen::new(exact, COLUMNS);
    pen.line(&format!("# {}", blueprint.shape_words()));
    if needs_math(blueprint) {
        pen.write("\nimport math\n");
    }
    pen.write("\ninputs = ");
    pen.inputs(document, "#");
    pen.write("\n");
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        pen.write("\n");
        if blueprint.layers().len() > 1 {
            pen.line(&format!("# {}", layer_words(plan, layer)));
        }
        pen.write(&format!("{} = ", numbered("weights", blueprint, layer)));
        pen.weights(network, layer, 0, "#");
        pen.write(&format!("\n{} = ", numbered("biases", blueprint, layer)));
        pen.biases(network, layer, 0);
        pen.write("\n");
    }
    let has_definitions = blueprint.layers().len() > 1 || has_definition(blueprint);
    pen.write(if has_definitions { "\n\n" } else { "\n" });
    if blueprint.layers().len() == 1 {
        define(&mut pen, blueprint, "\n\n", definition);
        write_loop(&mut pen, blueprint);
    } else {
        pen.write(DENSE);
        pen.write("\n\n");
        define(&mut pen, blueprint, "\n\n", definition);
        write_layers(&mut pen, blueprint);
    }
    pen.write("\nprint(outputs)\n");
    pen.finish()
}

/// A single layer is a loop that stands for itself.
fn write_loop(pen: &mut Pen, blueprint: &Blueprint) {
    let plan = &blueprint.layers()[0];
    let activation = plan.activation();
    if activation.is_none() {
        pen.write("activations = ");
        pen.words(plan.neurons.iter().map(|neuron| name(neuron.activation)));
        pen.write("\n\n");
    }
    let list = if plan.is_softmax() { "sums" } else { "outputs" };
    pen.line(&format!("{list} = []"));
    pen.line(match activation {
        Some(_) => "for neuron_weights, bias in zip(weights, biases):",
        None => "for neuron_weights, bias, activation in zip(weights, biases, activations):",
    });
    pen.line("    total = 0.0");
    pen.line("    for value, weight in zip(inputs, neuron_weights):");
    pen.line("        total += value * weight");
    let output = match activation {
        Some(Activation::Linear | Activation::Softmax) => "total + bias".to_owned(),
        Some(activation) => format!("{}(total + bias)", name(activation)),
        None => "activation(total + bias)".to_owned(),
    };
    pen.line(&format!("    {list}.append({output})"));
    if plan.is_softmax() {
        pen.line("outputs = softmax(sums)");
    }
}

fn write_layers(pen: &mut Pen, blueprint: &Blueprint) {
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        if plan.activation().is_none() {
            pen.write(&format!("activations_{} = ", layer + 1));
            pen.words(plan.neurons.iter().map(|neuron| name(neuron.activation)));
            pen.write("\n");
        }
        let sums = format!(
            "dense({}, weights_{n}, biases_{n})",
            inputs_of(blueprint, layer),
            n = layer + 1
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(Activation::Softmax) => format!("softmax({sums})"),
            Some(activation) => format!("[{}(z) for z in {sums}]", name(activation)),
            None => format!("[f(z) for f, z in zip(activations_{}, {sums})]", layer + 1),
        };
        pen.line(&format!("{} = {outputs}", outputs_of(blueprint, layer)));
    }
}

fn needs_math(blueprint: &Blueprint) -> bool {
    use Activation::{Elu, Gelu, Sigmoid, Sine, Softmax, Softplus, Tanh};
    [Elu, Sigmoid, Tanh, Softplus, Gelu, Sine, Softmax]
        .into_iter()
        .any(|activation| needs(blueprint, activation))
}

fn has_definition(blueprint: &Blueprint) -> bool {
    let mut all = Activation::ALL.into_iter();
    all.any(|activation| needs(blueprint, activation) && !definition(activation).is_empty())
}

/// What is called for an activation.
fn name(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh => "math.tanh",
        Activation::Sine => "math.sin",
        other => other.name(),
    }
}

/// Nothing for what Python has itself.
fn definition(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh | Activation::Sine => "",
        Activation::Linear => "def linear(z):\n    return z\n",
        Activation::Step => "def step(z):\n    return 1.0 if z > 0.0 else 0.0\n",
        Activation::Relu => "def relu(z):\n    return max(0.0, z)\n",
        Activation::LeakyRelu => "def leaky_relu(z):\n    return z if z > 0.0 else 0.01 * z\n",
        Activation::Elu => "def elu(z):\n    return z if z > 0.0 else math.expm1(z)\n",
        Activation::Sigmoid => {
            "\
def sigmoid(z):
    e = math.exp(-abs(z))  # of a negative number, so that it cannot overflow
    return 1.0 / (1.0 + e) if z >= 0.0 else e / (1.0 + e)
"
        }
        Activation::Softplus => "def softplus(z):\n    return max(0.0, z) + math.log1p(math.exp(-abs(z)))\n",
        Activation::Silu => "def silu(z):\n    return z * sigmoid(z)\n",
        Activation::Gelu => {
            "\
def gelu(z):
    # erfc(-t) is 1 + erf(t), with all its digits also where t is negative.
    return 0.5 * z * math.erfc(-z / math.sqrt(2.0))
"
        }
        Activation::Softmax => {
            "\
def softmax(sums):
    largest = max(sums)  # taken off first, so that no exponential overflows
    exponentials = [math.exp(z - largest) for z in sums]
    total = sum(exponentials)
    return [e / total for e in exponentials]
"
        }
    }
}
