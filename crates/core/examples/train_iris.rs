//! Trains a network on the Iris dataset and prints its loss, its accuracy and the confusion matrix.
//!
//! ```text
//! cargo run --release -p neurodial-core --example train_iris
//! ```

use std::collections::BTreeSet;

use neurodial_core::data::{BundledDataset, Scaling, Targets};
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::training::{
    ConfusionMatrix, Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization,
    StoppingCriteria, Trainer, TrainingStatus,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let iris = BundledDataset::Iris.dataset()?;
    let (train, test) = iris.split(0.2, 1)?;
    let layers = [(8, Activation::Tanh), (3, Activation::Softmax)];
    let mut network = Network::zeros(Architecture::dense(4, &layers)?);

    let hyperparameters = Hyperparameters {
        loss: Loss::CategoricalCrossEntropy,
        regularization: Regularization { l1: 0.0, l2: 1e-4 },
        optimizer: Optimizer::Adam,
        learning_rate: 0.01,
        schedule: LearningRateSchedule::Cosine,
        batch_size: Some(10),
        epochs: 100,
        stopping: StoppingCriteria::default(),
        seed: 1,
    };
    let scaling = Some(Scaling::fit(&train)?);
    let no_locked_knobs = BTreeSet::new();
    let mut trainer = Trainer::new(
        &network,
        &no_locked_knobs,
        (&train, Some(&test)),
        scaling,
        hyperparameters,
    )?;
    trainer.initialize(Initialization {
        initializer: Initializer::Xavier,
        seed: 1,
        has_random_biases: false,
    })?;

    println!("epoch   loss  accuracy  accuracy on the test set");
    loop {
        let metrics = trainer.metrics();
        if metrics.epoch % 10 == 0 {
            let train_accuracy = 100.0 * metrics.train.accuracy.unwrap_or(f64::NAN);
            let test_accuracy = 100.0 * metrics.test.and_then(|test| test.accuracy).unwrap_or(f64::NAN);
            println!(
                "{:>5} {:>6.3} {train_accuracy:>8.1}% {test_accuracy:>8.1}%",
                metrics.epoch, metrics.train.loss
            );
        }
        if trainer.status() != TrainingStatus::Running {
            break;
        }
        trainer.run_epoch();
    }

    // The trained knobs are for raw inputs, in cm: the standardization is folded into the first layer.
    trainer.copy_raw_knobs_to(network.knobs_mut());
    if let Targets::Classes { names, labels } = test.targets() {
        let forward = network.forward_batch(test.inputs(), test.sample_count());
        let outputs = &forward.layers()[network.architecture().last_layer()].a;
        let confusion = ConfusionMatrix::from_outputs(outputs, labels, 0.5, names.len());
        println!("\nThe test set: true class (rows), predicted class (columns)");
        for (label, name) in names.iter().enumerate() {
            let counts = (0..names.len()).map(|predicted| format!("{:4}", confusion.count(label, predicted)));
            println!("{name:>16}{}", counts.collect::<String>());
        }
        let correct: usize = (0..names.len()).map(|class| confusion.count(class, class)).sum();
        println!("{correct} of {} correct", test.sample_count());
    }
    Ok(())
}
