//! Trains a network to separate two spirals and prints its output as a map.
//!
//! ```text
//! cargo run --release -p neurodial-core --example train_spiral
//! ```

use std::collections::BTreeSet;

use neurodial_core::data::{DatasetGenerator, GeneratorConfig};
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::training::{
    Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, StoppingCriteria, Trainer,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let spiral = DatasetGenerator::Spiral.dataset(GeneratorConfig {
        samples: 200,
        noise: 0.1,
        seed: 1,
    })?;
    let layers = [
        (12, Activation::Tanh),
        (12, Activation::Tanh),
        (1, Activation::Sigmoid),
    ];
    let mut network = Network::zeros(Architecture::dense(2, &layers)?);

    let hyperparameters = Hyperparameters {
        loss: Loss::BinaryCrossEntropy,
        regularization: Regularization::default(),
        optimizer: Optimizer::Adam,
        learning_rate: 0.01,
        schedule: LearningRateSchedule::Constant,
        batch_size: Some(20),
        epochs: 500,
        stopping: StoppingCriteria::default(),
        seed: 1,
    };
    let mut trainer = Trainer::new(&network, &BTreeSet::new(), (&spiral, None), None, hyperparameters)?;
    trainer.initialize(Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: false,
    })?;
    for _ in 0..500 {
        trainer.run_epoch();
    }
    trainer.copy_raw_knobs_to(network.knobs_mut());
    print_map(&network);

    let metrics = trainer.metrics();
    let accuracy = 100.0 * metrics.train.accuracy.unwrap_or(f64::NAN);
    println!(
        "After {} epochs: loss {:.4}, accuracy {accuracy:.1}%",
        metrics.epoch, metrics.train.loss
    );
    Ok(())
}

/// Prints the output of a network with two inputs over the square from −6 to 6.
fn print_map(network: &Network) {
    const COLUMNS: usize = 64;
    const ROWS: usize = 32;
    for row in 0..ROWS {
        let x1 = (0..COLUMNS).map(|column| -6.0 + 12.0 * column as f64 / (COLUMNS - 1) as f64);
        let x2 = 6.0 - 12.0 * row as f64 / (ROWS - 1) as f64;
        let inputs: Vec<f64> = x1.chain([x2; COLUMNS]).collect();
        let forward = network.forward_batch(&inputs, COLUMNS);
        let outputs = forward.a(network.architecture().last_layer(), 0);
        let shade = |&output: &f64| [' ', '.', ':', '+', '#'][((output * 5.0) as usize).min(4)];
        println!("{}", outputs.iter().map(shade).collect::<String>());
    }
}
