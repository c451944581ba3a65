//! What settings and hands change while a run goes on.

use crate::data::Dataset;
use crate::learning::optimizer::OptimizerState;
use crate::learning::watch::untrained_loss;
use crate::learning::{EncodedDataset, FoldedScaling, Hyperparameters};
use crate::network::Knob;

use super::{Trainer, TrainerError};

impl Trainer {
    /// Goes on with other settings, from where it is. `data` are the samples that it began with.
    ///
    /// Another optimiser begins without memory, and with another loss all is measured anew.
    ///
    /// # Errors
    /// As [`Trainer::new`]; then nothing has changed.
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
            self.stopping_rule.set_untrained_loss(untrained_loss(hyperparameters.loss, &train));
            (self.training_set, self.test_set) = (train, test);
        }
        let previous = std::mem::replace(&mut self.hyperparameters, hyperparameters);
        if previous.optimizer != self.hyperparameters.optimizer {
            self.optimizer_state = OptimizerState::new(self.hyperparameters.optimizer, self.network.knobs().len());
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

    /// Turns a knob to a value for raw inputs, as a hand does while training goes on. Other raw knobs stay.
    pub fn set_knob(&mut self, knob: Knob, value: f64) {
        let Some(index) = self.network.architecture().index_of(knob) else {
            return;
        };
        self.initial_knobs = None;
        self.knob_locks.set_raw_value(knob, value);
        match &self.folded_scaling {
            Some(folding) => folding.set_raw(self.network.knobs_mut(), knob, index, value),
            None => self.network.knobs_mut()[index] = value,
        }
    }

    /// Holds a knob where it is, or lets it go.
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
