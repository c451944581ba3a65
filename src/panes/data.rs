//! x
use super::Scene;
use egui::Ui;
/// x
pub fn data_ui(_ui: &mut Ui, _scene: &mut Scene<'_>) {}
