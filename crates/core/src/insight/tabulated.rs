//! The curves' values at places of one's own choice, to the last bit.

use crate::network::{Variation, Varied, VariedTrace};
use crate::session::{Quantity, Session, Target};

use super::Insight;

/// How many places evenly along the axis there are besides those where a curve bends.
const EVEN: usize = 200;

/// The curves as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabulated {
    /// Values of the swept number, ascending: evenly along the axis, and where the drawn curves have points.
    pub places: Vec<f64>,
    /// `[curve][place]`, curves in the order of the sweep.
    pub values: Vec<Vec<f64>>,
}

impl Tabulated {
    /// Computes the curves of the session's sweep.
    pub fn new(session: &Session, insight: &Insight) -> Self {
        let sweep = insight.sweep();
        let [from, to] = sweep.x;
        let even = (0..=EVEN).map(|index| match index {
            EVEN => to,
            _ => from + (to - from) * (index as f64 / EVEN as f64),
        });
        let drawn = sweep
            .curves
            .iter()
            .flat_map(|curve| curve.points.iter().map(|point| point[0]));
        let mut places: Vec<f64> = even
            .chain(drawn)
            .filter(|place| (from..=to).contains(place))
            .collect();
        places.sort_by(f64::total_cmp);
        places.dedup();

        let varied = match sweep.over {
            Target::Knob(knob) => Varied::Knob(knob),
            Target::Input(input) => Varied::Input(input),
        };
        let network = &session.document().network;
        let features = session.document().features();
        let variation = Variation::new(network, insight.trace(), varied).followed(&features);
        let layer = sweep.curves.first().map_or(0, |curve| curve.at.layer);
        let wanted: Vec<usize> = sweep.curves.iter().map(|curve| curve.at.neuron).collect();
        let mut trace = VariedTrace::default();
        variation.run(&places, layer, &wanted, &mut trace);
        let values = sweep.curves.iter().map(|curve| {
            let computed = match sweep.quantity {
                Quantity::Output => trace.a(curve.at),
                Quantity::PreActivation => trace.z(curve.at),
            };
            // What does not depend on the swept number is the same everywhere.
            computed.map_or_else(|| vec![curve.now[1]; places.len()], <[f64]>::to_vec)
        });
        Self {
            values: values.collect(),
            places,
        }
    }
}
