//! A run has the same bits on every machine, whatever processor it has: these.
//!
//! They are renewed only with a kernel that rounds otherwise. x86-64 with AVX-512, AVX2 and SSE2, and aarch64 with NEON have
//! given them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use neurodial_core::data::{BundledDataset, Dataset, DatasetGenerator, GeneratorConfig, Scaling};
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::training::{
    Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, Trainer, TrainingStatus,
};

/// A network in which every activation has a part.
fn network(inputs: usize, outputs: usize, last: Activation) -> Network {
    let layers = [
        (12, Activation::Tanh),
        (12, Activation::Gelu),
        (9, Activation::Silu),
        (outputs, last),
    ];
    let mut blueprint = Architecture::dense(inputs, &layers).unwrap();
    let alone = Activation::ALL
        .into_iter()
        .filter(|&activation| activation != Activation::Softmax);
    for (neuron, activation) in alone.enumerate() {
        blueprint.set_activation(1, Some(neuron), activation).unwrap();
    }
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 7,
        has_random_biases: true,
    };
    let knobs = how.values(&blueprint);
    Network::from_knobs(blueprint, knobs).unwrap()
}

/// The bits of all knobs and of the loss after some epochs, with each optimiser in turn.
fn digest(network: &Network, data: &Dataset, loss: Loss) -> u64 {
    let mut digest = 0_u64;
    for optimizer in Optimizer::ALL {
        let settings = Hyperparameters {
            loss,
            regularization: Regularization { l1: 1e-5, l2: 1e-4 },
            optimizer,
            learning_rate: 1e-3,
            schedule: LearningRateSchedule::Cosine,
            batch_size: Some(13),
            epochs: 6,
            seed: 1,
        };
        let scaling = Some(Scaling::fit(data).unwrap());
        let mut trainer = Trainer::new(network, &BTreeSet::new(), (data, None), scaling, settings).unwrap();
        while trainer.run_epoch() == TrainingStatus::Running {}
        let loss = trainer.metrics().train.loss;
        for number in trainer.network().knobs().iter().chain([&loss]) {
            digest = digest.rotate_left(7) ^ number.to_bits();
        }
    }
    digest
}

#[test]
fn a_run_has_these_bits_on_every_machine() {
    let recipe = GeneratorConfig {
        samples: 151,
        noise: 0.1,
        seed: 1,
    };
    let spiral = DatasetGenerator::Spiral.dataset(recipe).unwrap();
    let iris = BundledDataset::Iris.dataset().unwrap();
    let found = [
        digest(&network(2, 1, Activation::Tanh), &spiral, Loss::MeanSquaredError),
        digest(
            &network(2, 1, Activation::Sigmoid),
            &spiral,
            Loss::BinaryCrossEntropy,
        ),
        digest(&network(2, 1, Activation::Linear), &spiral, Loss::Huber),
        digest(
            &network(4, 3, Activation::Softmax),
            &iris,
            Loss::CategoricalCrossEntropy,
        ),
    ];
    assert_eq!(
        found,
        [
            1_300_823_958_892_433_889,
            12_334_610_991_245_559_679,
            15_827_268_348_269_245_912,
            2_821_034_261_237_895_332,
        ]
    );
}
