//! The network in Python with PyTorch, in double precision.

use crate::network::Activation;
use crate::session::Document;

use super::SourceListing;
use super::python::MAX_COLUMNS;
use super::source_listing::{ListingWriter, format_exact, needs_activation, write_definitions};

/// The module for a layer whose neurons have different activations.
const EACH: &str = "\
class Each(nn.Module):
    \"\"\"Each neuron of the layer has its own activation.\"\"\"

    def __init__(self, *activations):
        super().__init__()
        self.activations = nn.ModuleList(activations)

    def forward(self, z):
        outputs = [f(z) for f, z in zip(self.activations, z.unbind(-1))]
        return torch.stack(outputs, dim=-1)
";

/// Writes the document's network and inputs as a PyTorch program.
pub fn write(document: &Document) -> SourceListing {
    let network = &document.network;
    let architecture = network.architecture();
    let mut writer = ListingWriter::new(format_exact, MAX_COLUMNS);
    writer.write_line(&format!("# {}", architecture.summary()));
    writer.write("\nimport torch\nfrom torch import nn\n\n");
    writer.write("torch.set_default_dtype(torch.float64)\n\ninputs = torch.tensor(");
    writer.write_inputs(document, "#");
    writer.write(")\n\n");
    let is_mixed = architecture
        .layers()
        .iter()
        .any(|plan| plan.activation().is_none());
    let has_definitions = Activation::ALL
        .into_iter()
        .any(|activation| needs_activation(architecture, activation) && !definition(activation).is_empty());
    if is_mixed || has_definitions {
        writer.write("\n");
    }
    write_definitions(&mut writer, architecture, "\n\n", definition);
    if is_mixed {
        writer.write(EACH);
        writer.write("\n\n");
    }
    writer.write_line("model = nn.Sequential(");
    // The index of each linear layer within the model.
    let mut module_indices = Vec::new();
    let mut module_index = 0;
    for (layer, plan) in architecture.layers().iter().enumerate() {
        module_indices.push(module_index);
        let (inputs, width) = (architecture.fan_in(layer), architecture.width(layer));
        writer.write_line(&format!("    nn.Linear({inputs}, {width}),"));
        module_index += 1;
        match plan.activation() {
            Some(Activation::Linear) => continue,
            Some(activation) => writer.write_line(&format!("    {},", module(activation))),
            None => {
                writer.write_line("    Each(");
                for neuron in &plan.neurons {
                    writer.write_line(&format!("        {},", module(neuron.activation)));
                }
                writer.write_line("    ),");
            }
        }
        module_index += 1;
    }
    writer.write(")\n\nwith torch.no_grad():\n");
    for (layer, module_index) in module_indices.into_iter().enumerate() {
        writer.write(&format!("    model[{module_index}].weight.copy_(torch.tensor("));
        writer.write_weights(network, layer, 4, "#");
        writer.write(&format!("))\n    model[{module_index}].bias.copy_(torch.tensor("));
        writer.write_biases(network, layer, 4);
        writer.write("))\n");
    }
    writer.write("    outputs = model(inputs)\n\nprint(outputs.tolist())\n");
    writer.finish()
}

/// Returns the constructor call of an activation's module.
fn module(activation: Activation) -> &'static str {
    match activation {
        Activation::Linear => "nn.Identity()",
        Activation::Step => "Step()",
        Activation::Relu => "nn.ReLU()",
        Activation::LeakyRelu => "nn.LeakyReLU(0.01)",
        Activation::Elu => "nn.ELU()",
        Activation::Sigmoid => "nn.Sigmoid()",
        Activation::Tanh => "nn.Tanh()",
        // PyTorch's default threshold of 20 would cost the digits from the ninth on.
        Activation::Softplus => "nn.Softplus(threshold=40.0)",
        Activation::Silu => "nn.SiLU()",
        Activation::Gelu => "nn.GELU()",
        Activation::Sine => "Sine()",
        Activation::Softmax => "nn.Softmax(dim=-1)",
    }
}

/// Returns the definition of an activation's module; empty if PyTorch has one.
fn definition(activation: Activation) -> &'static str {
    match activation {
        Activation::Step => {
            "class Step(nn.Module):\n    def forward(self, z):\n        return (z > 0.0).to(z.dtype)\n"
        }
        Activation::Sine => {
            "class Sine(nn.Module):\n    def forward(self, z):\n        return torch.sin(z)\n"
        }
        _ => "",
    }
}
