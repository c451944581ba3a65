//! The data as a curve that the output of a network with one input is to meet.

use crate::data::Targets;
use crate::session::{Quantity, CurveScope, Session, Adjustable};

use super::Curve;

/// The most samples that are shown; of more of them some, evenly.
const MAX_POINTS: usize = 600;

/// What the curve over the only input that is not computed is to meet.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetCurve {
    /// The samples as points, ascending; its present point is one of them.
    curves: [Curve; 1],
}

impl TargetCurve {
    /// The samples to train with, if the curves are those of the output over the only input.
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
        // Inputs that are computed from the only one go along with it.
        if setup.raw_inputs() != 1 || data.feature_names().len() != architecture.input_count() {
            return None;
        }
        let samples = data.sample_count();
        let step = samples.div_ceil(MAX_POINTS);
        let target = |sample: usize| match data.targets() {
            Targets::Numbers { values, .. } => values[sample],
            Targets::Classes { labels, .. } => labels[sample] as f64,
        };
        let places = (0..samples).step_by(step);
        let mut points: Vec<[f64; 2]> = places
            .map(|sample| [data.input(0)[sample], target(sample)])
            .collect();
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let now = *points.first()?;
        Some(Self {
            curves: [Curve {
                at: view.selected,
                points,
                current: now,
            }],
        })
    }

    /// The samples, each its input and its target.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.curves[0].points
    }

    pub(super) fn curves(&self) -> &[Curve] {
        &self.curves
    }
}
