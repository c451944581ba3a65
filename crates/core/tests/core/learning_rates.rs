//! The learning rates for the datasets that people choose: the loss falls visibly and its curve is smooth.

use std::sync::Arc;

use neurodial_core::data::{BundledDataset, Condition};
use neurodial_core::session::{DataSource, TrainingConfig};
use neurodial_core::training::{EpochMetrics, Optimizer, Trainer};

use crate::support::training_setup;

/// Trains a matching network; returns the metrics of every epoch.
fn train(config: &TrainingConfig, epochs: usize) -> Vec<EpochMetrics> {
    let setup = training_setup(config.clone());
    let document = setup.new_document().unwrap();
    let architecture = document.network.architecture();
    let loss = setup.loss(&architecture.layers()[architecture.last_layer()]);
    let split = setup.split().unwrap();
    let sets = (&split.train, split.test.as_ref());
    let hyperparameters = config.hyperparameters(loss);
    let mut trainer = Trainer::new(
        &document.network,
        &document.locked,
        sets,
        split.scaling.clone(),
        hyperparameters,
    )
    .unwrap();
    let mut all = vec![trainer.initial_metrics()];
    for _ in 0..epochs {
        trainer.run_epoch();
        all.push(trainer.metrics());
    }
    all
}

/// Returns the training losses.
fn training_losses(metrics: &[EpochMetrics]) -> Vec<f64> {
    metrics.iter().map(|epoch| epoch.train.loss).collect()
}

/// Returns the sum of all rises of the loss as a fraction of its fall.
fn roughness(losses: &[f64]) -> f64 {
    let rises: f64 = losses.windows(2).map(|pair| (pair[1] - pair[0]).max(0.0)).sum();
    let lowest = losses.iter().copied().fold(f64::INFINITY, f64::min);
    rises / (losses[0] - lowest)
}

#[test]
fn the_loss_of_every_dataset_falls_smoothly() {
    const EPOCHS: usize = 40;
    let condition = DataSource::Condition(Arc::new("x2 > sin(x1)".parse::<Condition>().unwrap()));
    let is_small = |source: &DataSource| source.name() != "digits";
    for source in DataSource::all().chain([condition]).filter(is_small) {
        let losses = training_losses(&train(&TrainingConfig::suggested(source.clone()), EPOCHS));
        let last = losses[EPOCHS];
        // Two spirals take longer to be told apart.
        let share = if source.name() == "spiral" { 0.97 } else { 0.3 };
        assert!(
            last < share * losses[0],
            "{}: {} to {last}",
            source.name(),
            losses[0]
        );
        let limit = if source.name() == "spiral" { 0.25 } else { 0.02 };
        assert!(
            roughness(&losses) < limit,
            "{}: {}",
            source.name(),
            roughness(&losses)
        );
    }
}

#[test]
fn digits_do_not_get_worse_after_a_few_epochs() {
    let config = TrainingConfig::suggested(DataSource::Bundled(BundledDataset::Digits));
    let metrics = train(&config, 6);
    let test: Vec<f64> = metrics.iter().map(|epoch| epoch.test.unwrap().loss).collect();
    assert!(test.windows(2).all(|pair| pair[1] < pair[0]), "{test:?}");
    assert!(test[6] < 0.4, "{test:?}");
}

#[test]
fn a_learning_rate_that_a_person_has_set_stays() {
    let config = |name: &str| TrainingConfig::suggested(DataSource::from_name(name).unwrap());
    let digits = DataSource::from_name("digits").unwrap();
    assert_eq!(
        config("iris").with_source(digits.clone()).learning_rate,
        config("digits").learning_rate
    );
    let by_hand = TrainingConfig {
        learning_rate: 0.3,
        ..config("iris")
    };
    assert_eq!(by_hand.with_source(digits.clone()).learning_rate, 0.3);
    // Documents keep their default, so that they train as before.
    assert_eq!(
        TrainingConfig::new(digits.clone()).learning_rate,
        Optimizer::Adam.default_learning_rate()
    );
    let default = TrainingConfig::new(DataSource::from_name("iris").unwrap());
    assert_eq!(
        default.with_source(digits).learning_rate,
        config("digits").learning_rate
    );
}
