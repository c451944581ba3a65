//! A waterfall chart: a sum as steps, each of which begins where the one before it ended.

use neurodial_core::insight::Formula;

/// A sum of products and a bias, as the partial sums between its terms.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Waterfall {
    /// The partial sums before and after each term, `[before, after]`; the bias is the last term.
    pub(crate) steps: Vec<[f64; 2]>,
}

impl Waterfall {
    /// Creates the steps of a neuron's weighted sum.
    pub(crate) fn from_formula(formula: &Formula) -> Self {
        let terms = formula.terms.iter().map(|term| term.product);
        let mut at = 0.0;
        let steps = terms.chain([formula.bias]).map(|term| {
            let from = at;
            at += term;
            [from, at]
        });
        Self {
            steps: steps.collect(),
        }
    }

    /// Returns the smallest and the largest partial sum, including 0.
    pub(crate) fn range(&self) -> [f64; 2] {
        let ends = self.steps.iter().flatten();
        ends.fold([0.0, 0.0], |[min, max]: [f64; 2], &end| {
            [min.min(end), max.max(end)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::formats::Preset;
    use neurodial_core::insight::Insight;
    use neurodial_core::session::{Origin, Session};

    #[test]
    fn the_steps_lead_from_0_to_the_sum() {
        let document = Preset::from_name("article").unwrap().document().unwrap();
        let session = Session::open(document, Origin::Untitled);
        let insight = Insight::new(&session);
        let waterfall = Waterfall::from_formula(insight.formula());
        assert_eq!(waterfall.steps.len(), 5);
        assert_eq!(waterfall.steps[0][0], 0.0);
        for pair in waterfall.steps.windows(2) {
            assert_eq!(pair[0][1], pair[1][0]);
        }
        let end = waterfall.steps[4][1];
        assert!((end - insight.formula().z).abs() < 1e-12);
        let [min, max] = waterfall.range();
        assert!(min <= 0.0 && max >= end);
    }
}
