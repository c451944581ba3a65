//! The cases of training.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use neurodial_core::data::{Dataset, DatasetGenerator, GeneratorConfig, Targets};
use neurodial_core::network::Network;
use neurodial_core::training::{
    Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, StoppingCriteria, Trainer,
};

use super::{operations, tanh_network, wide_network};
use crate::clock::{time, time_some};
use crate::plain::Plain;
use crate::{Bound, Row};

fn trainer(network: &Network, data: &Dataset, loss: Loss, batch: usize) -> Trainer {
    let hyperparameters = Hyperparameters {
        loss,
        regularization: Regularization::default(),
        optimizer: Optimizer::Sgd,
        learning_rate: 1e-3,
        schedule: LearningRateSchedule::Constant,
        batch_size: Some(batch),
        epochs: 100_000_000,
        stopping: StoppingCriteria::default(),
        seed: 1,
    };
    Trainer::new(network, &BTreeSet::new(), (data, None), None, hyperparameters)
        .unwrap_or_else(|e| unreachable!("{e}"))
}

/// Returns a spiral dataset with two arms of 250 samples each.
fn spiral() -> Dataset {
    let config = GeneratorConfig {
        samples: 500,
        noise: 0.0,
        seed: 1,
    };
    DatasetGenerator::Spiral
        .dataset(config)
        .unwrap_or_else(|e| unreachable!("{e}"))
}

/// The updates of a trainer, except the last one of each epoch, which also evaluates the loss of all samples.
struct UpdateTimer {
    trainer: Trainer,
    /// The number of updates in an epoch.
    updates_per_epoch: usize,
    /// The number of updates since the start of the epoch.
    position: usize,
}

impl UpdateTimer {
    fn new(trainer: Trainer, updates_per_epoch: usize) -> Self {
        Self {
            trainer,
            updates_per_epoch,
            position: 0,
        }
    }

    /// Returns the time of `count` updates.
    fn time(&mut self, count: usize) -> Duration {
        let mut total = Duration::ZERO;
        let mut remaining = count;
        while remaining > 0 {
            let done = remaining.min(self.updates_per_epoch - 1 - self.position);
            let start = Instant::now();
            for _ in 0..done {
                black_box(self.trainer.step());
            }
            total += start.elapsed();
            remaining -= done;
            self.position += done;
            if self.position == self.updates_per_epoch - 1 {
                self.trainer.step();
                self.position = 0;
            }
        }
        total
    }
}

/// Measures an epoch of 500 samples, which ends with the evaluation of the loss of all samples.
pub fn epochs(name: &'static str, widths: &[usize]) -> Row {
    let network = tanh_network(widths);
    let data = spiral();
    let mut trainer = trainer(&network, &data, Loss::MeanSquaredError, 10);
    let core = time(|| {
        black_box(trainer.run_epoch());
    });
    let mut plain = Plain::new(&network);
    let samples = data.sample_count();
    let plain = time(|| {
        for sample in 0..samples {
            let x = [data.input(0)[sample], data.input(1)[sample]];
            plain.add_gradients(&x, &[f64::from(u8::from(sample % 2 == 0))]);
            if sample % 10 == 9 {
                plain.update(1e-3 / 10.0);
            }
        }
        for sample in 0..samples {
            black_box(plain.forward(&[data.input(0)[sample], data.input(1)[sample]]));
        }
    });
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: samples as f64,
        unit: Some(" samples"),
        // Two forward passes, and a backward pass that costs two more.
        bound: Bound::Operations(4.0 * operations(&network) * samples as f64),
    }
}

/// Measures as many updates, without the last one of each epoch and its evaluation of the loss.
pub fn steps(name: &'static str, widths: &[usize]) -> Row {
    let network = tanh_network(widths);
    let data = spiral();
    let trainer = trainer(&network, &data, Loss::MeanSquaredError, 10);
    let updates_per_epoch = data.sample_count() / 10;
    let mut timer = UpdateTimer::new(trainer, updates_per_epoch);
    let core = time_some(|count| timer.time(count as usize * updates_per_epoch));
    Row {
        name: name.to_owned(),
        core,
        plain: None,
        item_count: data.sample_count() as f64,
        unit: Some(" samples"),
        bound: Bound::Operations(3.0 * operations(&network) * data.sample_count() as f64),
    }
}

/// Measures one update with a random mini-batch out of sixteen times as many samples.
pub fn wide_step(name: &'static str) -> Row {
    const BATCH: usize = 256;
    const STEPS: usize = 16;
    let network = wide_network();
    let samples = BATCH * STEPS;
    let inputs = (0..784 * samples).map(|i| (i % 251) as f64 / 251.0).collect();
    let names = |count: usize| (0..count).map(|index| index.to_string()).collect::<Vec<_>>();
    let targets = Targets::Classes {
        names: names(10),
        labels: (0..samples).map(|sample| sample % 10).collect(),
    };
    let data = Dataset::new(names(784), inputs, targets).unwrap_or_else(|e| unreachable!("{e}"));
    let trainer = trainer(&network, &data, Loss::CategoricalCrossEntropy, BATCH);
    let mut timer = UpdateTimer::new(trainer, STEPS);
    let core = time_some(|count| timer.time(count as usize));
    let mut plain = Plain::new(&network);
    let x: Vec<f64> = (0..784 * BATCH).map(|i| (i % 251) as f64 / 251.0).collect();
    let plain = time(|| {
        for sample in 0..BATCH {
            let mut y = [0.0; 10];
            y[sample % 10] = 1.0;
            plain.add_gradients(&x[sample * 784..][..784], &y);
        }
        plain.update(1e-3 / BATCH as f64);
    });
    let first_layer = 2.0 * 784.0 * 128.0;
    Row {
        name: name.to_owned(),
        core,
        plain: Some(plain),
        item_count: 1.0,
        unit: None,
        // Three matrix products per layer; the first layer needs no derivatives of the inputs.
        bound: Bound::Operations((3.0 * operations(&network) - first_layer) * BATCH as f64),
    }
}
