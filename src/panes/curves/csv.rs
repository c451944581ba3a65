//! The points of the curves as CSV.

use std::fmt::Write as _;

use neurodial_core::insight::{CurveTable, Insight};
use neurodial_core::session::{Quantity, Session};

/// Returns the curves as CSV. The first column has the values of the swept knob or input, and each other
/// column has the values of one curve, with all digits that f64 needs. Headers are addresses counted from 1;
/// a value that is not finite is an empty cell.
pub(super) fn curves_to_csv(session: &Session, insight: &Insight) -> String {
    let sweep = insight.sweep();
    let table = CurveTable::new(session, insight);
    let letter = match sweep.quantity {
        Quantity::Output => "a",
        Quantity::WeightedSum => "z",
    };
    let mut text = format!("\"{}\"", sweep.swept);
    for curve in &sweep.curves {
        let _ = write!(
            text,
            ",\"{letter}[{},{}]\"",
            curve.at.layer + 1,
            curve.at.neuron + 1
        );
    }
    text.push('\n');
    for (row, place) in table.x_values.iter().enumerate() {
        let _ = write!(text, "{place}");
        for values in &table.values {
            text.push(',');
            if values[row].is_finite() {
                let _ = write!(text, "{}", values[row]);
            }
        }
        text.push('\n');
    }
    text
}
