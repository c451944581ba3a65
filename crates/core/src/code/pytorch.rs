//! The network in Python with PyTorch, in double precision.

use crate::network::{Activation, FunctionCode};
use crate::session::Document;

use super::SourceListing;
use super::python::MAX_COLUMNS;
use super::source_listing::{ListingWriter, format_exact, needed_code, write_definitions};

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
    let code = needed_code(architecture, |info| info.pytorch);
    let has_definitions = code.iter().any(FunctionCode::has_definition);
    if is_mixed || has_definitions {
        writer.write("\n");
    }
    write_definitions(&mut writer, &code, "\n\n");
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
            Some(activation) => writer.write_line(&format!("    {},", activation.info().pytorch.expression)),
            None => {
                writer.write_line("    Each(");
                for neuron in &plan.neurons {
                    writer.write_line(&format!(
                        "        {},",
                        neuron.activation.info().pytorch.expression
                    ));
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
