//! The number of decimals without trailing zeros.

use crate::network::ForwardPass;
use crate::session::{Document, View};

use super::formula::Formula;
use super::snapshot_overlay::SnapshotOverlay;

/// The numbers of decimals that are shown: at most that of the view, and as few as all numbers of a list need, so that
/// `0.500` and `2.000` are `0.5` and `2.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ShownDecimals {
    /// The decimals of knobs and inputs.
    pub adjustables: usize,
    /// The decimals of weighted sums and outputs, and of the products in the formula.
    pub values: usize,
}

impl ShownDecimals {
    pub(super) fn new(
        document: &Document,
        view: &View,
        forward_pass: &ForwardPass,
        formula: &Formula,
        overlay: Option<&SnapshotOverlay>,
    ) -> Self {
        let max = view.decimals;
        let snapshot = overlay.map(SnapshotOverlay::adjustables);
        let (knobs, inputs) = snapshot.unwrap_or_default();
        let network = &document.network;
        let adjustables = network
            .knobs()
            .iter()
            .chain(&document.inputs)
            .chain(knobs)
            .chain(inputs);
        let architecture = network.architecture();
        let neurons = architecture.layers().iter().enumerate();
        let values = neurons
            .flat_map(|(layer, plan)| (0..plan.neurons.len()).map(move |neuron| (layer, neuron)))
            .flat_map(|(layer, neuron)| [forward_pass.z(layer, neuron)[0], forward_pass.a(layer, neuron)[0]]);
        let terms = formula.terms.iter().flat_map(|term| [term.product, term.source]);
        Self {
            adjustables: needed_decimals(adjustables.copied(), max),
            values: needed_decimals(values.chain(terms).chain([formula.bias]), max),
        }
    }

    /// Returns the larger number of decimals for each list.
    #[must_use]
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            adjustables: self.adjustables.max(other.adjustables),
            values: self.values.max(other.values),
        }
    }
}

/// Returns the number of decimals, at most `max`, without which a number would be shown with another value than with
/// `max` decimals.
fn needed_decimals(numbers: impl IntoIterator<Item = f64>, max: usize) -> usize {
    let mut needed = 0;
    for number in numbers {
        if needed == max {
            break;
        }
        needed = needed.max(decimals_of(number, max));
    }
    needed
}

/// Returns the number of decimals of a number that is rounded to `max` decimals.
fn decimals_of(number: f64, max: usize) -> usize {
    /// From here on numbers are shown with an exponent and all digits.
    const MIN_WITH_EXPONENT: f64 = 1e7;
    /// Up to here the rounding error of the product is far below the distance to a tie that is kept.
    const MAX_PRECISE: f64 = 1e12;
    let magnitude = number.abs();
    if !number.is_finite() {
        return 0;
    }
    if magnitude >= MIN_WITH_EXPONENT {
        return max;
    }
    let scaled = magnitude * libm::pow(10.0, max as f64);
    let is_near_tie = (scaled - libm::floor(scaled) - 0.5).abs() < 1e-3;
    if scaled > MAX_PRECISE || is_near_tie {
        let text = format!("{magnitude:.max$}");
        let decimals = text.split_once('.').map_or("", |(_, decimals)| decimals);
        return decimals.trim_end_matches('0').len();
    }
    let mut digits = libm::round(scaled) as u64;
    let mut decimals = max;
    while decimals > 0 && digits.is_multiple_of(10) {
        digits /= 10;
        decimals -= 1;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format_fixed;

    #[test]
    fn trailing_zeros_are_dropped_if_no_number_needs_them() {
        for (numbers, max, expected) in [
            (&[1.0, -2.0, 0.0][..], 3, 0),
            (&[0.5, 2.0], 3, 1),
            (&[0.26, -0.5], 3, 2),
            (&[0.1234, 1.0], 3, 3),
            (&[0.000_1, 1.0], 3, 0),
            (&[0.1 + 0.2], 3, 1),
            (&[f64::NAN, f64::INFINITY, 0.5], 3, 1),
            (&[1e300], 3, 3),
            (&[0.5], 0, 0),
            (&[12_345_678.0], 3, 3),
            // The nearest binary number is below the tie.
            (&[1.0005], 3, 0),
        ] {
            assert_eq!(
                needed_decimals(numbers.iter().copied(), max),
                expected,
                "{numbers:?}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn dropped_decimals_are_zeros(number in -1e5..1e5f64, max in 0usize..10) {
            let rounded: f64 = format!("{number:.2}").parse().unwrap();
            for number in [number, rounded] {
                let short = format_fixed(number, decimals_of(number, max));
                let long = format_fixed(number, max);
                let zeros = long.strip_prefix(short.as_str());
                proptest::prop_assert!(zeros.is_some_and(|rest| rest.chars().all(|c| c == '0' || c == '.')), "{short} {long}");
            }
        }
    }
}
