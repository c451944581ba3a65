//! The data as a curve that the output of a network with one input is to meet.

use crate::data::Targets;
use crate::session::{Quantity, Scope, Session, Target};

use super::Curve;

/// The most samples that are shown; of more of them some, evenly.
const MOST: usize = 600;

/// What the curve over the only input that is not computed is to meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The samples as points, ascending; its present point is one of them.
    curves: [Curve; 1],
}

impl Aim {
    /// The samples to train with, if the curves are those of the output over the only input.
    pub fn of(session: &Session) -> Option<Self> {
        let (view, blueprint) = (session.view(), session.blueprint());
        let is_output = match view.scope {
            Scope::Network => true,
            Scope::Neuron | Scope::Layer => view.selected.layer == blueprint.last_layer(),
        };
        let is_shown = is_output && view.quantity == Quantity::Output && view.over == Target::Input(0);
        if blueprint.width(blueprint.last_layer()) != 1 || !is_shown {
            return None;
        }
        let course = session.course()?;
        let data = &course.material().ok()?.train;
        // Inputs that are computed from the only one go along with it.
        if course.raw_inputs() != 1 || data.names().len() != blueprint.inputs() {
            return None;
        }
        let samples = data.samples();
        let step = samples.div_ceil(MOST);
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
                now,
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
