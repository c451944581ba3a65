//! Computes the article's network, four inputs and three ReLU neurons, and prints every product.
//!
//! ```text
//! cargo run -p neurodial-core --example forward
//! ```

use neurodial_core::network::{Activation, Architecture, Knob, Network};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut network = Network::zeros(Architecture::dense(4, &[(3, Activation::Relu)])?);
    network.knobs_mut().copy_from_slice(&[
        0.2, 0.8, -0.5, 1.0, // the weights of neuron 1
        0.5, -0.91, 0.26, -0.5, // the weights of neuron 2
        -0.26, -0.27, 0.17, 0.87, // the weights of neuron 3
        2.0, 3.0, 0.5, // the biases
    ]);
    let forward = network.forward(&[1.0, 2.0, 3.0, 2.5]);

    let architecture = network.architecture();
    for neuron in 0..architecture.width(0) {
        println!("Neuron {}", neuron + 1);
        for knob in architecture.knobs_of_neuron(0, neuron) {
            let symbol = architecture.symbol(knob).to_unicode();
            let product = forward.product(&network, knob, 0).unwrap_or(f64::NAN);
            let value = network.get(knob).unwrap_or(f64::NAN);
            println!("  {symbol} = {value:5.2}  adds {product:6.3}");
        }
        let (z, a) = (forward.z(0, neuron)[0], forward.a(0, neuron)[0]);
        println!("  z = {z:.3}, relu(z) = {a:.3}\n");
    }

    // A lower bias turns neuron 2 off.
    network.set(Knob::bias(0, 1), 1.0);
    let forward = network.forward(&[1.0, 2.0, 3.0, 2.5]);
    println!(
        "With b₂ = 1: z₂ = {:.3}, a₂ = {:.3}",
        forward.z(0, 1)[0],
        forward.a(0, 1)[0]
    );
    Ok(())
}
