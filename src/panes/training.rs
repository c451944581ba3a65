//! x
use super::Scene;
use egui::Ui;
/// x
pub fn training_ui(_ui: &mut Ui, _scene: &mut Scene<'_>) {}
