//! What settings and hands change while a run goes on.

use crate::data::Dataset;
use crate::learning::optimizer::Memory;
use crate::learning::watch::typical_loss;
use crate::learning::{Examples, Folding, Settings};
use crate::network::Knob;

use super::{Trainer, TrainerError};

impl Trainer {
    /// Goes on with other settings, from where it is. `data` are the samples that it began with.
    ///
    /// Another optimiser begins without memory, and with another loss all is measured anew.
    ///
    /// # Errors
    /// As [`Trainer::new`]; then nothing has changed.
    pub fn change(
        &mut self,
        (train, test): (&Dataset, Option<&Dataset>),
        settings: Settings,
    ) -> Result<(), TrainerError> {
        settings.check()?;
        let blueprint = self.network.blueprint();
        if settings.loss != self.settings.loss {
            let plan = &blueprint.layers()[blueprint.last_layer()];
            settings.loss.check(plan)?;
            let scaling = self.folding.as_ref().map(Folding::scaling);
            let train = Examples::scaled(train, blueprint, settings.loss, scaling)?;
            let test = test
                .map(|test| Examples::scaled(test, blueprint, settings.loss, scaling))
                .transpose()?;
            self.batches.set_targets(&train);
            self.watch.set_typical_loss(typical_loss(settings.loss, &train));
            (self.train, self.test) = (train, test);
        }
        let before = std::mem::replace(&mut self.settings, settings);
        if before.optimizer != self.settings.optimizer {
            self.memory = Memory::new(self.settings.optimizer, self.network.knobs().len());
        }
        if before.seed != self.settings.seed {
            self.batches.set_seed(self.settings.seed);
        }
        if before.loss != self.settings.loss {
            self.record = self.measured(self.record.epoch);
            self.watch.begin(self.record, self.network.knobs());
        }
        self.settle_status();
        self.warm_up();
        Ok(())
    }

    /// Turns a knob to a value for raw inputs, as a hand does while training goes on. Other raw knobs stay.
    pub fn turn(&mut self, knob: Knob, value: f64) {
        let Some(index) = self.network.blueprint().index_of(knob) else {
            return;
        };
        self.start = None;
        self.locks.move_to(knob, value);
        match &self.folding {
            Some(folding) => folding.set_raw(self.network.knobs_mut(), knob, index, value),
            None => self.network.knobs_mut()[index] = value,
        }
    }

    /// Holds a knob where it is, or lets it go.
    pub fn set_locked(&mut self, knob: Knob, is_locked: bool) {
        let Some(index) = self.network.blueprint().index_of(knob) else {
            return;
        };
        let mut raw = self.network.knobs().to_vec();
        self.knobs_into(&mut raw);
        let raw = is_locked.then(|| raw[index]);
        self.locks.set(self.network.blueprint(), knob, raw);
    }
}
