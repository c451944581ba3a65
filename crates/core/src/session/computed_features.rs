//! Inputs computed from other inputs.

use crate::data::ComputedFeature;

/// The computed inputs of a network. They come after the inputs that they are computed from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ComputedFeatures<'a> {
    /// The number of inputs that are not computed.
    raw: usize,
    features: &'a [ComputedFeature],
}

impl<'a> ComputedFeatures<'a> {
    /// Creates features that come after `raw` inputs.
    pub(super) fn new(raw: usize, features: &'a [ComputedFeature]) -> Self {
        Self { raw, features }
    }

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
