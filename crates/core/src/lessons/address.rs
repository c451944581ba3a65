//! Checks that the network has what an address names.

use crate::network::{Architecture, KnobKind};
use crate::session::{Adjustable, Session};

use super::problem::ProblemKind;

/// Checks that the session's network has a knob or an input.
pub(super) fn check(target: Adjustable, session: &Session) -> Result<(), ProblemKind> {
    let architecture = session.architecture();
    match target {
        Adjustable::Knob(knob) => {
            let address = knob.to_string();
            match knob.kind {
                KnobKind::Bias => check_neuron(architecture, &address, "b", knob.layer, knob.neuron),
                KnobKind::Weight { input } => {
                    check_neuron(architecture, &address, "w", knob.layer, knob.neuron)?;
                    match input < architecture.fan_in(knob.layer) {
                        true => Ok(()),
                        false => Err(ProblemKind::NoWeight {
                            start: format!("w[{},{},", knob.layer + 1, knob.neuron + 1),
                            inputs: architecture.fan_in(knob.layer),
                            address,
                        }),
                    }
                }
            }
        }
        Adjustable::Input(input) if input >= architecture.input_count() => Err(ProblemKind::NoInput {
            address: target.to_string(),
            inputs: architecture.input_count(),
        }),
        Adjustable::Input(_) | Adjustable::Hyperparameter(_) => Ok(()),
    }
}

/// Checks that the network has the neuron of an address that begins with a letter.
pub(super) fn check_neuron(
    architecture: &Architecture,
    address: &str,
    letter: &str,
    layer: usize,
    neuron: usize,
) -> Result<(), ProblemKind> {
    check_layer(architecture, address, layer)?;
    let neurons = architecture.width(layer);
    if neuron < neurons {
        return Ok(());
    }
    let address = address.to_owned();
    let layer = layer + 1;
    Err(match letter {
        "b" => ProblemKind::NoBias {
            address,
            layer,
            neurons,
        },
        letter => {
            let end = if letter == "w" { ",1]" } else { "]" };
            let example = |neuron: usize| format!("{letter}[{layer},{neuron}{end}");
            ProblemKind::NoNeuron {
                address,
                layer,
                neurons,
                examples: [example(1), example(neurons)],
            }
        }
    })
}

/// Checks that the network has a layer.
pub(super) fn check_layer(
    architecture: &Architecture,
    address: &str,
    layer: usize,
) -> Result<(), ProblemKind> {
    let layers = architecture.layers().len();
    match layer < layers {
        true => Ok(()),
        false => Err(ProblemKind::NoLayer {
            address: address.to_owned(),
            layers,
        }),
    }
}
