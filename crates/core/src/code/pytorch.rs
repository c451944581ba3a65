//! The network in Python with PyTorch, in double precision.

use crate::network::Activation;
use crate::session::Document;

use super::Listing;
use super::listing::{Pen, define, exact, needs};
use super::python::COLUMNS;

/// A layer whose neurons differ.
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

/// Writes it.
pub fn write(document: &Document) -> Listing {
    let network = &document.network;
    let blueprint = network.blueprint();
    let mut pen = Pen::new(exact, COLUMNS);
    pen.line(&format!("# {}", blueprint.shape_words()));
    pen.write("\nimport torch\nfrom torch import nn\n\n");
    pen.write("torch.set_default_dtype(torch.float64)\n\ninputs = torch.tensor(");
    pen.inputs(document, "#");
    pen.write(")\n\n");
    let is_mixed = blueprint.layers().iter().any(|plan| plan.activation().is_none());
    let defined = Activation::ALL
        .into_iter()
        .any(|activation| needs(blueprint, activation) && !definition(activation).is_empty());
    if is_mixed || defined {
        pen.write("\n");
    }
    define(&mut pen, blueprint, "\n\n", definition);
    if is_mixed {
        pen.write(EACH);
        pen.write("\n\n");
    }
    pen.line("model = nn.Sequential(");
    // The place of each layer within the model.
    let mut places = Vec::new();
    let mut place = 0;
    for (layer, plan) in blueprint.layers().iter().enumerate() {
        places.push(place);
        let (inputs, width) = (blueprint.fan_in(layer), blueprint.width(layer));
        pen.line(&format!("    nn.Linear({inputs}, {width}),"));
        place += 1;
        match plan.activation() {
            Some(Activation::Linear) => continue,
            Some(activation) => pen.line(&format!("    {},", module(activation))),
            None => {
                pen.line("    Each(");
                for neuron in &plan.neurons {
                    pen.line(&format!("        {},", module(neuron.activation)));
                }
                pen.line("    ),");
            }
        }
        place += 1;
    }
    pen.write(")\n\nwith torch.no_grad():\n");
    for (layer, place) in places.into_iter().enumerate() {
        pen.write(&format!("    model[{place}].weight.copy_(torch.tensor("));
        pen.weights(network, layer, 4, "#");
        pen.write(&format!("))\n    model[{place}].bias.copy_(torch.tensor("));
        pen.biases(network, layer, 4);
        pen.write("))\n");
    }
    pen.write("    outputs = model(inputs)\n\nprint(outputs.tolist())\n");
    pen.finish()
}

fn module(activation: Activation) -> &'static str {
    match activation {
        Activation::Linear => "nn.Identity()",
        Activation::Step => "Step()",
        Activation::Relu => "nn.ReLU()",
        Activation::LeakyRelu => "nn.LeakyReLU(0.01)",
        Activation::Elu => "nn.ELU()",
        Activation::Sigmoid => "nn.Sigmoid()",
        Activation::Tanh => "nn.Tanh()",
        // PyTorch's own threshold of 20 would cost the digits from the ninth on.
        Activation::Softplus => "nn.Softplus(threshold=40.0)",
        Activation::Silu => "nn.SiLU()",
        Activation::Gelu => "nn.GELU()",
        Activation::Sine => "Sine()",
        Activation::Softmax => "nn.Softmax(dim=-1)",
    }
}

/// Only for what PyTorch has no module of.
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
