//! Inputs computed from the others: they follow them, and are chosen for data and network at once.

use std::sync::Arc;

use crate::data::ComputedFeature;
use crate::network::{DependentInputs, ArchitectureEdit};

use super::history::UndoChange;
use super::{TrainingConfig, TrainingSetup, Document, ActionError, Session};

/// The inputs of a network that are computed from the others, which come before them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ComputedFeatures<'a> {
    /// How many inputs are not computed.
    raw: usize,
    features: &'a [ComputedFeature],
}

impl<'a> ComputedFeatures<'a> {
    /// What an input is computed by; `None` if it is not.
    pub fn feature(&self, input: usize) -> Option<ComputedFeature> {
        self.features.get(input.checked_sub(self.raw)?).copied()
    }

    /// The inputs that are computed, ascending, and by what.
    pub fn computed(&self) -> impl Iterator<Item = (usize, ComputedFeature)> + use<'a> {
        let raw = self.raw;
        self.features
            .iter()
            .enumerate()
            .map(move |(index, &feature)| (raw + index, feature))
    }

    /// They as they can be kept.
    pub fn to_parts(&self) -> (usize, Vec<ComputedFeature>) {
        (self.raw, self.features.to_vec())
    }

    /// Whether they are those that were kept.
    pub fn equals_parts(&self, (raw, all): &(usize, Vec<ComputedFeature>)) -> bool {
        (self.raw, self.features) == (*raw, all.as_slice())
    }
}

impl DependentInputs for ComputedFeatures<'_> {
    fn has_dependents(&self, input: usize) -> bool {
        self.features.iter().any(|feature| feature.inputs().contains(&input))
    }

    fn update(&self, inputs: &mut [f64]) {
        for (input, feature) in self.computed() {
            // What has become too large for a number stays one.
            let value = feature.value(|index| inputs[index]).clamp(-f64::MAX, f64::MAX);
            if let Some(slot) = inputs.get_mut(input) {
                *slot = value;
            }
        }
    }
}

impl Document {
    /// The inputs that are computed from the others: none if the network has not the inputs of the data.
    pub fn features(&self) -> ComputedFeatures<'_> {
        self.features_for(self.training_setup.as_ref())
    }

    /// The same with other data.
    pub(super) fn features_for<'a>(&self, setup: Option<&'a Arc<TrainingSetup>>) -> ComputedFeatures<'a> {
        let Some(setup) = setup else {
            return ComputedFeatures::default();
        };
        let features = setup.config().features.as_slice();
        let Some(raw) = self.inputs.len().checked_sub(features.len()) else {
            return ComputedFeatures::default();
        };
        // Where the data is not there, they are what they were when it was.
        let fits = match setup.split() {
            Ok(_) => setup.raw_inputs() == raw,
            Err(_) => features
                .iter()
                .all(|feature| feature.inputs().iter().all(|&index| index < raw)),
        };
        if fits {
            ComputedFeatures { raw, features }
        } else {
            ComputedFeatures::default()
        }
    }

    /// Makes the inputs that are computed what the others say.
    pub(super) fn update_computed_inputs(&mut self) {
        let mut inputs = std::mem::take(&mut self.inputs);
        let mut cases = std::mem::take(&mut self.saved_inputs);
        self.inputs.clone_from(&inputs);
        let features = self.features();
        features.update(&mut inputs);
        cases.iter_mut().for_each(|case| features.update(case));
        (self.inputs, self.saved_inputs) = (inputs, cases);
    }
}

/// Chooses the features. A network that fits the data gets and loses inputs with them; a new one changes nothing until
/// its weights are turned.
pub(super) fn set_features(session: &mut Session, wanted: Vec<ComputedFeature>) -> Result<(), ActionError> {
    let setup = session.setup().ok_or(ActionError::NoData)?;
    let before = setup.config().features.clone();
    // Those that stay keep their place, so that their weights stay theirs.
    let kept = before.iter().filter(|feature| wanted.contains(feature));
    let added = wanted.iter().filter(|feature| !before.contains(feature));
    let features: Vec<ComputedFeature> = kept.chain(added).copied().collect();
    let config = TrainingConfig {
        features: features.clone(),
        ..setup.config().clone()
    };
    let raw = setup.raw_inputs();
    let changed = setup.with_config(config).map_err(|e| ActionError::Data(e.to_string()))?;
    let mut document = session.document().clone();
    if document.inputs.len() == raw + before.len() {
        for (index, _) in before
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, feature)| !features.contains(feature))
        {
            document = document.with_edit(ArchitectureEdit::RemoveInput(raw + index))?;
        }
        for &feature in features.iter().filter(|feature| !before.contains(feature)) {
            document = document.with_edit(ArchitectureEdit::AddInput)?;
            let last = document.inputs.len() - 1;
            document.network.set_input_name(last, Some(feature.symbol()));
        }
    }
    document.training_setup = Some(Arc::new(changed));
    document.update_computed_inputs();
    session.apply_changes(
        || "features".into(),
        None,
        vec![UndoChange::Document(Box::new(document))],
    );
    Ok(())
}

fn finite_value(inputs: &[f64], feature: ComputedFeature) -> Option<f64> {
    let value = *feature.values(inputs, 1)?.first()?;
    value.is_finite().then_some(value)
}

impl TrainingSetup {
    /// The inputs of a network for one sample whose raw inputs these are: the features follow them. `None` if there are
    /// fewer than the data has.
    pub fn with_features(&self, raw: &[f64]) -> Option<Vec<f64>> {
        let mut inputs = raw.get(..self.raw_inputs())?.to_vec();
        for &feature in &self.config().features {
            inputs.push(finite_value(raw, feature)?);
        }
        Some(inputs)
    }
}
