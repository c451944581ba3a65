//! Changes to hyperparameters and knobs during training.

use crate::data::Dataset;
use crate::network::Knob;
use crate::training::optimizer::OptimizerState;
use crate::training::stopping_rule::untrained_loss;
use crate::training::{EncodedDataset, FoldedScaling, Hyperparameters};

use super::{Trainer, TrainerError};

impl Trainer {
    /// Replaces the hyperparameters and continues from the current knobs. `train` and `test` are the datasets
    /// that the run began with.
    ///
    /// Another optimizer begins with a new state; with another loss the metrics are measured again.
    ///
    /// # Errors
    ///
    /// Returns an error in the same cases as [`Trainer::new`]; then nothing has changed.
    pub fn set_hyperparameters(
        &mut self,
        (train, test): (&Dataset, Option<&Dataset>),
        hyperparameters: Hyperparameters,
    ) -> Result<(), TrainerError> {
        hyperparameters.check()?;
        let architecture = self.network.architecture();
        if hyperparameters.loss != self.hyperparameters.loss {
            let plan = &architecture.layers()[architecture.last_layer()];
            hyperparameters.loss.check(plan)?;
            let scaling = self.folded_scaling.as_ref().map(FoldedScaling::scaling);
            let train = EncodedDataset::with_scaling(train, architecture, hyperparameters.loss, scaling)?;
            let test = test
                .map(|test| EncodedDataset::with_scaling(test, architecture, hyperparameters.loss, scaling))
                .transpose()?;
            self.batches.set_targets(&train);
            self.stopping_rule
                .set_untrained_loss(untrained_loss(hyperparameters.loss, &train));
            (self.training_set, self.test_set) = (train, test);
        }
        let previous = std::mem::replace(&mut self.hyperparameters, hyperparameters);
        if previous.optimizer != self.hyperparameters.optimizer {
            self.optimizer_state =
                OptimizerState::new(self.hyperparameters.optimizer, self.network.knobs().len());
        }
        if previous.seed != self.hyperparameters.seed {
            self.batches.set_seed(self.hyperparameters.seed);
        }
        if previous.loss != self.hyperparameters.loss {
            self.metrics = self.measure(self.metrics.epoch);
            self.stopping_rule.reset(self.metrics, self.network.knobs());
        }
        self.update_status();
        self.allocate_buffers();
        Ok(())
    }

    /// Sets the raw value of a knob during training and keeps all other raw values. A knob that the network
    /// doesn't have is ignored.
    pub fn set_knob(&mut self, knob: Knob, value: f64) {
        let Some(index) = self.network.architecture().index_of(knob) else {
            return;
        };
        self.initial_knobs = None;
        self.knob_locks.set_raw_value(knob, value);
        match &self.folded_scaling {
            Some(folded_scaling) => folded_scaling.set_raw(self.network.knobs_mut(), knob, index, value),
            None => self.network.knobs_mut()[index] = value,
        }
    }

    /// Locks a knob at its current raw value, or unlocks it. A knob that the network doesn't have is ignored.
    pub fn set_locked(&mut self, knob: Knob, is_locked: bool) {
        let Some(index) = self.network.architecture().index_of(knob) else {
            return;
        };
        let mut raw = self.network.knobs().to_vec();
        self.copy_raw_knobs_to(&mut raw);
        let raw = is_locked.then(|| raw[index]);
        self.knob_locks.set(self.network.architecture(), knob, raw);
    }
}
