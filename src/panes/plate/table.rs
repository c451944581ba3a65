//! The curves' points as CSV.

use std::fmt::Write as _;

use neurodial_core::insight::{Sweep, CurveTable};
use neurodial_core::session::Quantity;

/// The curves as CSV: a first column with the swept number, and one a curve with its values to the last bit. Columns
/// are headed by addresses counted from 1; a value that is not finite is an empty cell.
pub fn curves_to_csv(sweep: &Sweep, table: &CurveTable) -> String {
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
