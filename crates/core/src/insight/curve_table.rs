//! The curves' values as a table, equal to the forward pass to the last bit.

use crate::session::Session;

use super::cache::Insight;
use super::partial_forward::{PartialForward, PartialRequest, PartialValues};

/// The number of even intervals along the axis. The table also has the positions at which the curves have
/// points.
const EVEN_INTERVALS: usize = 200;

/// The curves as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveTable {
    /// Values of the swept number, ascending: evenly along the axis, and at the points of the drawn curves.
    pub x_values: Vec<f64>,
    /// `[curve][x value]`, with the curves in the order of the sweep.
    pub values: Vec<Vec<f64>>,
}

impl CurveTable {
    /// Computes the curves of the session's sweep.
    pub fn new(session: &Session, insight: &Insight) -> Self {
        let sweep = insight.sweep();
        let [from, to] = sweep.x;
        let even = (0..=EVEN_INTERVALS).map(|index| match index {
            EVEN_INTERVALS => to,
            _ => from + (to - from) * (index as f64 / EVEN_INTERVALS as f64),
        });
        let drawn = sweep
            .curves
            .iter()
            .flat_map(|curve| curve.points.iter().map(|point| point[0]));
        let mut x_values: Vec<f64> = even.chain(drawn).filter(|x| (from..=to).contains(x)).collect();
        x_values.sort_by(f64::total_cmp);
        x_values.dedup();

        let document = session.document();
        let numbers = [sweep.swept];
        let partial_forward = PartialForward::new(
            &document.network,
            insight.forward_pass(),
            document.features(),
            &numbers,
        );
        let layer = sweep.curves.first().map_or(0, |curve| curve.at.layer);
        let neurons: Vec<usize> = sweep.curves.iter().map(|curve| curve.at.neuron).collect();
        let mut result = PartialValues::default();
        partial_forward.run(
            &[&x_values],
            PartialRequest::all(layer).only(&neurons),
            &mut result,
        );
        let values = sweep.curves.iter().map(|curve| {
            let computed = result.quantity(curve.at, sweep.quantity);
            // A value that does not depend on the swept number is the same everywhere.
            computed.map_or_else(|| vec![curve.current[1]; x_values.len()], <[f64]>::to_vec)
        });
        Self {
            values: values.collect(),
            x_values,
        }
    }
}
