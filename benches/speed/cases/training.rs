//! Training.

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use neurodial_core::data::{Dataset, DatasetGenerator, GeneratorConfig, Targets};
use neurodial_core::network::Network;
use neurodial_core::training::{
    Hyperparameters, LearningRateSchedule, Loss, Optimizer, Regularization, Trainer,
};

use super::{operations, tanh_network, wide_network};
use crate::clock::{time, time_some};
use crate::plain::Plain;
use crate::{Bound, Row};

fn trainer(network: &Network, data: &Dataset, loss: Loss, batch: usize) -> Trainer {
    let settings = Hyperparameters {
        loss,
        regularization: Regularization::default(),
        optimizer: Optimizer::Sgd,
        learning_rate: 1e-3,
        schedule: LearningRateSchedule::Constant,
        batch_size: Some(batch),
        epochs: 100_000_000,
        seed: 1,
    };
    Trainer::new(network, &BTreeSet::new(), (data, None), None, settings)
        .unwrap_or_else(|e| unreachable!("{e}"))
}

/// Two arms of 250 samples each.
fn spiral() -> Dataset {
    let recipe = GeneratorConfig {
        samples: 500,
        noise: 0.0,
        seed: 1,
    };
    DatasetGenerator::Spiral
        .dataset(recipe)
        .unwrap_or_else(|e| unreachable!("{e}"))
}

/// Steps but for the last one of each epoch: that measures the loss of all samples.
struct Steps {
    trainer: Trainer,
    /// How many an epoch has.
    each: usize,
    at: usize,
}

impl Steps {
    fn new(trainer: Trainer, each: usize) -> Self {
        Self { trainer, each, at: 0 }
    }

    /// How long so many of them take.
    fn time(&mut self, together: usize) -> Duration {
        let mut taken = Duration::ZERO;
        let mut left = together;
        while left > 0 {
            let count = left.min(self.each - 1 - self.at);
            let start = Instant::now();
            for _ in 0..count {
                black_box(self.trainer.step());
            }
            taken += start.elapsed();
            left -= count;
            self.at += count;
            if self.at == self.each - 1 {
                self.trainer.step();
                self.at = 0;
            }
        }
        taken
    }
}

/// An epoch of 500 samples, at the end of which the loss of all is measured.
pub fn epochs(name: &'static str, widths: &[usize]) -> Row {
    let network = tanh_network(widths);
    let data = spiral();
    let mut trainer = trainer(&network, &data, Loss::MeanSquaredError, 10);
    let ours = time(|| {
        black_box(trainer.run_epoch());
    });
    let mut plain = Plain::new(&network);
    let samples = data.sample_count();
    let plain = time(|| {
        for sample in 0..samples {
            let x = [data.input(0)[sample], data.input(1)[sample]];
            plain.learn(&x, &[f64::from(u8::from(sample % 2 == 0))]);
            if sample % 10 == 9 {
                plain.turn(1e-3 / 10.0);
            }
        }
        for sample in 0..samples {
            black_box(plain.forward(&[data.input(0)[sample], data.input(1)[sample]]));
        }
    });
    Row {
        name: name.to_owned(),
        ours,
        plain: Some(plain),
        things: samples as f64,
        unit: Some(" samples"),
        // Forward twice, and back twice as much.
        bound: Bound::Operations(4.0 * operations(&network) * samples as f64),
    }
}

/// As many steps, without the last one of each epoch and without the loss that is measured then.
pub fn steps(name: &'static str, widths: &[usize]) -> Row {
    let network = tanh_network(widths);
    let data = spiral();
    let trainer = trainer(&network, &data, Loss::MeanSquaredError, 10);
    let each = data.sample_count() / 10;
    let mut steps = Steps::new(trainer, each);
    let ours = time_some(|together| steps.time(together as usize * each));
    Row {
        name: name.to_owned(),
        ours,
        plain: None,
        things: data.sample_count() as f64,
        unit: Some(" samples"),
        bound: Bound::Operations(3.0 * operations(&network) * data.sample_count() as f64),
    }
}

/// One step, chosen at random and gathered from sixteen times as many samples.
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
    let mut steps = Steps::new(trainer, STEPS);
    let ours = time_some(|together| steps.time(together as usize));
    let mut plain = Plain::new(&network);
    let x: Vec<f64> = (0..784 * BATCH).map(|i| (i % 251) as f64 / 251.0).collect();
    let plain = time(|| {
        for sample in 0..BATCH {
            let mut y = [0.0; 10];
            y[sample % 10] = 1.0;
            plain.learn(&x[sample * 784..][..784], &y);
        }
        plain.turn(1e-3 / BATCH as f64);
    });
    let first = 2.0 * 784.0 * 128.0;
    Row {
        name: name.to_owned(),
        ours,
        plain: Some(plain),
        things: 1.0,
        unit: None,
        // Three products a layer; the first has none to the inputs.
        bound: Bound::Operations((3.0 * operations(&network) - first) * BATCH as f64),
    }
}
