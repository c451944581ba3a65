//! Computes the derivatives of a loss by all knobs with backpropagation, and compares each with a difference
//! quotient.
//!
//! ```text
//! cargo run -p neurodial-core --example gradients
//! ```

use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::training::objective::Gradient;
use neurodial_core::training::{Loss, Objective, Regularization};

/// Three samples of two inputs, `[input][sample]`.
const INPUTS: [f64; 6] = [0.5, -1.0, 2.0, 1.5, 0.0, -0.5];
/// The targets, `[output][sample]`.
const TARGETS: [f64; 3] = [1.0, 0.0, 1.0];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let layers = [(3, Activation::Tanh), (1, Activation::Sigmoid)];
    let initialization = Initialization {
        initializer: Initializer::Xavier,
        seed: 7,
        has_random_biases: false,
    };
    let mut network = initialization.network(Architecture::dense(2, &layers)?);

    let objective = Objective {
        loss: Loss::BinaryCrossEntropy,
        regularization: Regularization::default(),
    };
    let loss = |network: &Network| objective.value(network, &network.forward_batch(&INPUTS, 3), &TARGETS);
    println!("Loss: {:.6}\n", loss(&network));

    let mut gradient = Gradient::default();
    let forward = network.forward_batch(&INPUTS, 3);
    objective.compute_gradient(&network, &forward, &TARGETS, &mut gradient);

    println!(
        "{:<9} {:>9} {:>10} {:>11}",
        "knob", "value", "dL/dknob", "difference"
    );
    let step = 1e-6;
    let knobs: Vec<_> = network.architecture().knobs().collect();
    for (index, knob) in knobs.into_iter().enumerate() {
        let value = network.knobs()[index];
        network.knobs_mut()[index] = value + step;
        let above = loss(&network);
        network.knobs_mut()[index] = value - step;
        let below = loss(&network);
        network.knobs_mut()[index] = value;
        let difference = (above - below) / (2.0 * step);
        let exact = gradient.values()[index];
        println!(
            "{:<9} {value:>9.4} {exact:>10.6} {difference:>11.6}",
            knob.to_string()
        );
    }
    Ok(())
}
