//! The quantities of the nerve cell in conditions.

use crate::nerve_cell::CellSetting;
use crate::session::Document;

use super::function::Function;

/// Returns a quantity of the document's nerve cell; `None` for a function that is none.
pub(super) fn value(document: &Document, function: Function) -> Option<f64> {
    let cell = document.cell.unwrap_or_default();
    match function {
        Function::CellCurrent => Some(cell.value(CellSetting::Current)),
        Function::CellRefractory => Some(cell.value(CellSetting::Refractory)),
        Function::CellImpulses => Some(cell.impulse_count() as f64),
        Function::CellRate => Some(cell.rate()),
        _ => None,
    }
}
