//! The training samples as a target curve for the output of a network with one input.

use crate::data::Targets;
use crate::session::{Adjustable, CurveScope, Quantity, Session};

use super::curve::Curve;

/// The maximum number of samples that are shown. If there are more, every k-th of them is shown.
const MAX_POINTS: usize = 600;

/// The training samples that the output over the only raw input should match.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetCurve {
    /// The samples as points, ascending by input. Its current point is the first of them.
    curves: [Curve; 1],
}

impl TargetCurve {
    /// Returns the training samples, or `None` unless the curves show the only output over the only raw input
    /// and there is data that fits.
    pub fn from_session(session: &Session) -> Option<Self> {
        let (view, architecture) = (session.view(), session.architecture());
        let is_output = match view.curve_scope {
            CurveScope::Network => true,
            CurveScope::Neuron | CurveScope::Layer => view.selected.layer == architecture.last_layer(),
        };
        let is_shown = is_output && view.quantity == Quantity::Output && view.swept == Adjustable::Input(0);
        if architecture.width(architecture.last_layer()) != 1 || !is_shown {
            return None;
        }
        let setup = session.setup()?;
        let data = &setup.split().ok()?.train;
        // Inputs that are computed from the only raw input are allowed.
        if setup.raw_inputs() != 1 || data.feature_names().len() != architecture.input_count() {
            return None;
        }
        let samples = data.sample_count();
        let step = samples.div_ceil(MAX_POINTS);
        let target = |sample: usize| match data.targets() {
            Targets::Numbers { values, .. } => values[sample],
            Targets::Classes { labels, .. } => labels[sample] as f64,
        };
        let samples_shown = (0..samples).step_by(step);
        let mut points: Vec<[f64; 2]> = samples_shown
            .map(|sample| [data.input(0)[sample], target(sample)])
            .collect();
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let current = *points.first()?;
        Some(Self {
            curves: [Curve {
                at: view.selected,
                points,
                current,
            }],
        })
    }

    /// Returns the samples as `[input, target]`, ascending by input.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.curves[0].points
    }

    pub(super) fn curves(&self) -> &[Curve] {
        &self.curves
    }
}
