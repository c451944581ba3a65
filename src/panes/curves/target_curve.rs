//! The samples that the curve of a network with one input is to fit, and the list to choose them from.

use std::sync::Arc;

use egui::{Painter, Stroke, Ui};

use crate::panes::PaneContext;
use crate::theme::ColorTheme;
use neurodial_core::data::{CustomPoints, DatasetGenerator};
use neurodial_core::session::{DataSource, Edit, TrainingConfig, TrainingSetup};

use super::controls::{combo_item_ui, combo_ui};
use super::geometry::PlotArea;

/// The radius of the circle of a sample, in points.
const SAMPLE_RADIUS: f32 = 2.2;

/// Paints the samples behind the curves.
pub(super) fn target_samples_ui(painter: &Painter, context: &PaneContext<'_>, plot_area: &PlotArea) {
    let Some(target_curve) = context.insight.target_curve() else {
        return;
    };
    let color = ColorTheme::mix(context.theme.card, context.theme.weak_text, 0.75);
    for &point in target_curve.points() {
        let center = plot_area.screen_from_plot(point);
        if plot_area.rect.contains(center) {
            painter.circle_stroke(center, SAMPLE_RADIUS, Stroke::new(1.0, color));
        }
    }
}

/// Draws the combo box of the target curves, if the network has one input that isn't a computed feature.
pub(super) fn target_combo_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let computed = context.session.document().features().computed().count();
    if context.session.architecture().input_count() - computed != 1 {
        return;
    }
    let current = context
        .session
        .setup()
        .map(|changed_setup| changed_setup.config());
    let text = current.map_or_else(
        || "no target".to_owned(),
        |choice| format!("target {}", choice.source.name()),
    );
    let mut chosen = None;
    combo_ui(ui, "target of the curve", text, |ui| {
        if combo_item_ui(ui, current.is_none(), "no target") {
            chosen = Some(None);
        }
        for generator in DatasetGenerator::ALL
            .into_iter()
            .filter(|made| made.input_count() == 1)
        {
            let source = DataSource::Generated(generator);
            let is_current = current.is_some_and(|choice| choice.source == source);
            if combo_item_ui(ui, is_current, generator.name()) {
                chosen = Some(Some(source));
            }
        }
        if combo_item_ui(ui, false, "own points, set in the Data pane") {
            chosen = Some(Some(DataSource::Custom(Arc::new(CustomPoints::for_regression(
                1,
            )))));
        }
    });
    match chosen {
        Some(None) => context.actions.push(Edit::SetTrainingSetup(None).into()),
        Some(Some(source)) => {
            let choice = match current {
                Some(choice) => choice.with_source(source),
                None => TrainingConfig::new(source),
            };
            let setup = TrainingSetup::new(choice).ok().map(Arc::new);
            context
                .actions
                .extend(setup.map(|changed_setup| Edit::SetTrainingSetup(Some(changed_setup)).into()));
        }
        None => {}
    }
}
