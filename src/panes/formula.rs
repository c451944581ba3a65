//! stub
use crate::canvas::Stage;
use super::Scene;
/// stub
pub fn heading(_: &Scene<'_>) -> String { "stub".into() }
/// stub
pub fn formula_ui(_ui: &mut egui::Ui, _scene: &mut Scene<'_>, _stage: &mut Stage) {}
