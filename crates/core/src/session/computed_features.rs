//! Inputs computed from other inputs. Setting them changes the data and the network together.

use std::sync::Arc;

use crate::data::ComputedFeature;
use crate::network::ArchitectureEdit;

use super::history::UndoChange;
use super::{ActionError, Document, Session, TrainingConfig, TrainingSetup};

/// The computed inputs of a network. They come after the inputs that they are computed from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ComputedFeatures<'a> {
    /// The number of inputs that are not computed.
    raw: usize,
    features: &'a [ComputedFeature],
}

impl<'a> ComputedFeatures<'a> {
    /// Returns the feature that computes an input, or `None` if the input is not computed.
    pub fn feature(&self, input: usize) -> Option<ComputedFeature> {
        self.features.get(input.checked_sub(self.raw)?).copied()
    }

    /// Returns the computed inputs in ascending order, each with its feature.
    pub fn computed(&self) -> impl Iterator<Item = (usize, ComputedFeature)> + use<'a> {
        let raw = self.raw;
        self.features
            .iter()
            .enumerate()
            .map(move |(index, &feature)| (raw + index, feature))
    }

    /// Returns the number of inputs that are not computed and the features, as owned values.
    pub(crate) fn to_parts(self) -> (usize, Vec<ComputedFeature>) {
        (self.raw, self.features.to_vec())
    }

    /// True if these are the features that [`Self::to_parts`] returned.
    pub(crate) fn equals_parts(&self, (raw, all): &(usize, Vec<ComputedFeature>)) -> bool {
        (self.raw, self.features) == (*raw, all.as_slice())
    }

    /// True if any feature is computed from this input.
    pub(crate) fn has_dependents(&self, input: usize) -> bool {
        self.features
            .iter()
            .any(|feature| feature.inputs().contains(&input))
    }

    /// Computes all features from the other inputs, in place: `inputs[input]`.
    pub(crate) fn update(&self, inputs: &mut [f64]) {
        for (input, feature) in self.computed() {
            let value = Self::value(feature, |index| inputs[index]);
            if let Some(slot) = inputs.get_mut(input) {
                *slot = value;
            }
        }
    }

    /// Returns the value of a feature as an input of the network: a value too large for a finite number becomes the
    /// largest finite one.
    pub(crate) fn value(feature: ComputedFeature, input: impl Fn(usize) -> f64) -> f64 {
        feature.value(input).clamp(-f64::MAX, f64::MAX)
    }
}

impl Document {
    /// Returns the computed inputs; none if the number of the network's inputs doesn't fit the data.
    pub fn features(&self) -> ComputedFeatures<'_> {
        self.features_for(self.training_setup.as_ref())
    }

    /// Returns the computed inputs that the document would have with another training setup; none if the
    /// number of its inputs doesn't fit.
    pub(super) fn features_for<'a>(&self, setup: Option<&'a Arc<TrainingSetup>>) -> ComputedFeatures<'a> {
        let Some(setup) = setup else {
            return ComputedFeatures::default();
        };
        let features = setup.config().features.as_slice();
        let Some(raw) = self.inputs.len().checked_sub(features.len()) else {
            return ComputedFeatures::default();
        };
        // If the data couldn't be loaded, its number of inputs is unknown; the features fit if their source
        // inputs exist.
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

    /// Recomputes the computed inputs, in the current inputs and in all saved input rows.
    pub(super) fn update_computed_inputs(&mut self) {
        let mut inputs = std::mem::take(&mut self.inputs);
        let mut saved_inputs = std::mem::take(&mut self.saved_inputs);
        self.inputs.clone_from(&inputs);
        let features = self.features();
        features.update(&mut inputs);
        saved_inputs.iter_mut().for_each(|row| features.update(row));
        (self.inputs, self.saved_inputs) = (inputs, saved_inputs);
    }
}

/// Sets the features. If the network fits the data, its inputs are added and removed accordingly; the weights
/// on a new input are 0, so the outputs stay the same at first.
pub(super) fn set_features(
    session: &mut Session,
    requested: Vec<ComputedFeature>,
) -> Result<(), ActionError> {
    let setup = session.setup().ok_or(ActionError::NoData)?;
    let before = setup.config().features.clone();
    // Remaining features keep their order, so that their weights stay with them.
    let remaining = before.iter().filter(|feature| requested.contains(feature));
    let added = requested.iter().filter(|feature| !before.contains(feature));
    let features: Vec<ComputedFeature> = remaining.chain(added).copied().collect();
    let config = TrainingConfig {
        features: features.clone(),
        ..setup.config().clone()
    };
    let raw = setup.raw_inputs();
    let changed = setup
        .with_config(config)
        .map_err(|e| ActionError::Data(e.to_string()))?;
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
    /// Returns the network's inputs for a sample: the first of the `raw` values, as many as the data has, and
    /// then the features. Returns `None` if there are fewer values than the data has, or if a feature is not
    /// finite.
    pub(crate) fn with_features(&self, raw: &[f64]) -> Option<Vec<f64>> {
        let mut inputs = raw.get(..self.raw_inputs())?.to_vec();
        for &feature in &self.config().features {
            inputs.push(finite_value(raw, feature)?);
        }
        Some(inputs)
    }
}
