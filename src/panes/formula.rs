//! stub
use super::Scene;
use crate::canvas::Stage;
/// stub
pub fn heading(_: &Scene<'_>) -> String {
    "stub".into()
}
/// stub
pub fn formula_ui(_ui: &mut egui::Ui, _scene: &mut Scene<'_>, _stage: &mut Stage) {}
