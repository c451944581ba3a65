//! Training gives the same bits on every machine.
//!
//! The expected numbers change only with a kernel that rounds differently. They were confirmed on x86-64 with
//! AVX-512, AVX2 and SSE2, and on aarch64 with NEON.

use std::collections::BTreeSet;

use neurodial_core::data::{BundledDataset, Dataset, DatasetGenerator, Scaling};
use neurodial_core::network::{Activation, Architecture, Initializer, Network};
use neurodial_core::training::{
    Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, StoppingCriteria, Trainer,
    TrainingStatus,
};

use crate::support::datasets::generated;
use crate::support::random_documents::neuron_activations;
use crate::support::random_network;

/// Returns a network in which every activation occurs.
fn network(inputs: usize, outputs: usize, last: Activation) -> Network {
    let layers = [
        (12, Activation::Tanh),
        (12, Activation::Gelu),
        (9, Activation::Silu),
        (outputs, last),
    ];
    let mut architecture = Architecture::dense(inputs, &layers).unwrap();
    for (neuron, activation) in neuron_activations().into_iter().enumerate() {
        architecture.set_activation(1, Some(neuron), activation).unwrap();
    }
    random_network(architecture, Initializer::Xavier, 7)
}

/// Combines the bits of all knobs and of the loss after six epochs with each optimizer.
fn digest(network: &Network, data: &Dataset, loss: Loss) -> u64 {
    let mut digest = 0_u64;
    for optimizer in Optimizer::ALL {
        let hyperparameters = Hyperparameters {
            loss,
            regularization: Regularization { l1: 1e-5, l2: 1e-4 },
            optimizer,
            learning_rate: 1e-3,
            schedule: LearningRateSchedule::Cosine,
            batch_size: Some(13),
            epochs: 6,
            stopping: StoppingCriteria::default(),
            seed: 1,
        };
        let scaling = Some(Scaling::fit(data).unwrap());
        let mut trainer =
            Trainer::new(network, &BTreeSet::new(), (data, None), scaling, hyperparameters).unwrap();
        while trainer.run_epoch() == TrainingStatus::Running {}
        let loss = trainer.metrics().train.loss;
        for number in trainer.network().knobs().iter().chain([&loss]) {
            digest = digest.rotate_left(7) ^ number.to_bits();
        }
    }
    digest
}

#[test]
fn training_gives_the_same_bits_on_every_machine() {
    let spiral = generated(DatasetGenerator::Spiral, 151, 0.1, 1);
    let iris = BundledDataset::Iris.dataset().unwrap();
    let digests = [
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
        digests,
        [
            1_300_823_958_892_433_889,
            12_334_610_991_245_559_679,
            15_827_268_348_269_245_912,
            2_821_034_261_237_895_332,
        ]
    );
}
