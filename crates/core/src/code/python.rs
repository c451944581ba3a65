//! The network in plain Python, like the code in the article: lists, and a loop over neurons and inputs.

use crate::network::{Activation, Architecture};
use crate::session::Document;

use super::SourceListing;
use super::source_listing::{
    ListingWriter, format_exact, input_name, layer_text, needs_activation, numbered_name, output_name,
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
    if needs_math(architecture) {
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
    let has_definitions = architecture.layers().len() > 1 || has_definition(architecture);
    writer.write(if has_definitions { "\n\n" } else { "\n" });
    if architecture.layers().len() == 1 {
        write_definitions(&mut writer, architecture, "\n\n", definition);
        write_loop(&mut writer, architecture);
    } else {
        writer.write(DENSE);
        writer.write("\n\n");
        write_definitions(&mut writer, architecture, "\n\n", definition);
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
        writer.write_words(plan.neurons.iter().map(|neuron| function_name(neuron.activation)));
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
        Some(Activation::Linear | Activation::Softmax) => "total + bias".to_owned(),
        Some(activation) => format!("{}(total + bias)", function_name(activation)),
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
            writer.write_words(plan.neurons.iter().map(|neuron| function_name(neuron.activation)));
            writer.write("\n");
        }
        let sums = format!(
            "dense({}, weights_{n}, biases_{n})",
            input_name(architecture, layer),
            n = layer + 1
        );
        let outputs = match plan.activation() {
            Some(Activation::Linear) => sums,
            Some(Activation::Softmax) => format!("softmax({sums})"),
            Some(activation) => format!("[{}(z) for z in {sums}]", function_name(activation)),
            None => format!("[f(z) for f, z in zip(activations_{}, {sums})]", layer + 1),
        };
        writer.write_line(&format!("{} = {outputs}", output_name(architecture, layer)));
    }
}

fn needs_math(architecture: &Architecture) -> bool {
    use Activation::{Elu, Gelu, Sigmoid, Sine, Softmax, Softplus, Tanh};
    [Elu, Sigmoid, Tanh, Softplus, Gelu, Sine, Softmax]
        .into_iter()
        .any(|activation| needs_activation(architecture, activation))
}

fn has_definition(architecture: &Architecture) -> bool {
    let mut all = Activation::ALL.into_iter();
    all.any(|activation| needs_activation(architecture, activation) && !definition(activation).is_empty())
}

/// Returns the name by which the program calls an activation function.
fn function_name(activation: Activation) -> &'static str {
    match activation {
        Activation::Tanh => "math.tanh",
        Activation::Sine => "math.sin",
        other => other.name(),
    }
}

/// Returns the definition of an activation function; empty if Python has the function already.
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
