//! The controls for data and training settings: a table of small cells, each with the name of its setting.

pub(crate) mod features;
pub(crate) mod list;
pub(crate) mod slider;
pub(crate) mod source;

use std::sync::Arc;

use egui::{Sense, Ui, UiBuilder, vec2};

use crate::canvas::Elements;
use crate::panes::context::PaneContext;
use crate::widgets::compact_slider::HEIGHT;
use neurodial_core::session::{Edit, Hyperparameter, TrainingConfig, TrainingSetup};

use list::ListSetting;
use source::DataChoice;

/// The minimum width of a cell, and the gap between two, in points.
const MIN_CELL_WIDTH: f32 = 120.0;
const GAP: f32 = 5.0;
/// The space for the pane's scroll bar to the right of the cells, in points.
const SCROLL_BAR_WIDTH: f32 = 9.0;

/// A cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ControlCell {
    Data,
    Number(Hyperparameter),
    List(ListSetting),
}

impl ControlCell {
    /// All cells in their order: first the data settings, then those of training.
    const ALL: [Self; 14] = [
        Self::Data,
        Self::Number(Hyperparameter::Samples),
        Self::Number(Hyperparameter::Noise),
        Self::Number(Hyperparameter::TestFraction),
        Self::Number(Hyperparameter::Seed),
        Self::List(ListSetting::Standardization),
        Self::List(ListSetting::Loss),
        Self::List(ListSetting::Optimizer),
        Self::Number(Hyperparameter::LearningRate),
        Self::List(ListSetting::Schedule),
        Self::Number(Hyperparameter::BatchSize),
        Self::Number(Hyperparameter::Epochs),
        Self::Number(Hyperparameter::L1),
        Self::Number(Hyperparameter::L2),
    ];

    const fn applies_to(self, config: &TrainingConfig) -> bool {
        match self {
            Self::Number(hyperparameter) => hyperparameter.applies_to(config),
            Self::Data | Self::List(_) => true,
        }
    }

    /// Returns the number of columns that the cell takes at this column width: a loss function has a long
    /// name.
    fn column_span(self, width: f32) -> usize {
        const LONG: f32 = 160.0;
        match self {
            Self::List(ListSetting::Loss) if width < LONG => 2,
            _ => 1,
        }
    }
}

/// Draws the controls.
pub(crate) fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let Some(setup) = context.session.setup().cloned() else {
        let chosen = ui
            .scope(|ui| source::source_ui(ui, context.messages, None, 220.0))
            .inner;
        if let Some(chosen) = chosen {
            apply_choice(context, None, chosen);
        }
        return;
    };
    let config = setup.config();
    let available = ui.available_width() - SCROLL_BAR_WIDTH;
    let columns = (((available + GAP) / (MIN_CELL_WIDTH + GAP)) as usize).clamp(1, 7);
    let width = (available + GAP) / columns as f32 - GAP;
    let mut chosen = None;
    let mut cells = ControlCell::ALL
        .into_iter()
        .filter(|cell| cell.applies_to(config))
        .peekable();
    ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
    while cells.peek().is_some() {
        ui.horizontal(|ui| {
            let mut free = columns;
            let span_of = |cell: ControlCell| cell.column_span(width).min(columns);
            while let Some(cell) = cells.next_if(|&cell| span_of(cell) <= free) {
                let span = span_of(cell);
                free -= span;
                let width = width * span as f32 + GAP * (span - 1) as f32;
                chosen = cell_ui(ui, context, elements, &setup, cell, width).or(chosen.take());
            }
        });
    }
    features::features_ui(ui, context, &setup);
    if let Some(chosen) = chosen {
        apply_choice(context, Some(&setup), chosen);
    }
}

/// Draws a cell of the table. Its size doesn't depend on its content.
fn cell_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    setup: &Arc<TrainingSetup>,
    cell: ControlCell,
    width: f32,
) -> Option<DataChoice> {
    let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let mut child_ui = ui.new_child(UiBuilder::new().max_rect(rect));
    let spacing = child_ui.spacing_mut();
    spacing.interact_size.y = HEIGHT;
    spacing.button_padding.x = 5.0;
    spacing.icon_width = 10.0;
    spacing.icon_spacing = 2.0;
    let config = match cell {
        ControlCell::Data => return source::source_ui(&mut child_ui, context.messages, Some(setup), width),
        ControlCell::Number(hyperparameter) => {
            slider::slider_ui(&mut child_ui, context, elements, hyperparameter, rect);
            None
        }
        ControlCell::List(list) => list::list_ui(&mut child_ui, context, setup, list, width),
    };
    config.map(|choice| DataChoice::Config(Box::new(choice)))
}

/// Sends a choice: a request for a dialog, or the changed training setup.
fn apply_choice(context: &mut PaneContext<'_>, setup: Option<&Arc<TrainingSetup>>, chosen: DataChoice) {
    let config = match chosen {
        DataChoice::Request(request) => return context.requests.push(request),
        DataChoice::Config(choice) => *choice,
    };
    let changed = match setup {
        Some(setup) => setup.with_config(config),
        None => TrainingSetup::new(config),
    };
    // Every offered setting is valid, except a test fraction for very few samples; then nothing changes.
    if let Ok(changed) = changed {
        context
            .actions
            .push(Edit::SetTrainingSetup(Some(Arc::new(changed))).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::data::DatasetGenerator;
    use neurodial_core::session::DataSource;

    #[test]
    fn every_hyperparameter_has_one_cell() {
        let made = TrainingConfig::new(DataSource::Generated(DatasetGenerator::Xor));
        assert!(ControlCell::ALL.iter().all(|cell| cell.applies_to(&made)));
        for hyperparameter in Hyperparameter::ALL {
            let count = ControlCell::ALL
                .iter()
                .filter(|&&cell| cell == ControlCell::Number(hyperparameter))
                .count();
            assert_eq!(count, 1, "{}", hyperparameter.name());
        }
    }
}
