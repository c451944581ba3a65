//! The controls for data and training settings: a table of small cells, each with the name of its setting.

pub(crate) mod list;
pub(crate) mod source;

use std::sync::Arc;

use egui::{Button, FontSelection, Id, Rect, RichText, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::number_entry::field_ui;
use crate::theme::type_scale;
use crate::widgets::compact_slider::{self, CompactSliderGeometry, CompactSliderState, HEIGHT};
use neurodial_core::data::ComputedFeature;
use neurodial_core::session::{Adjustable, Edit, Hyperparameter, TrainingConfig, TrainingSetup};

use list::ListSetting;
use source::DataChoice;

/// The minimum width of a cell, and the gap between two, in points.
const MIN_CELL_WIDTH: f32 = 120.0;
const GAP: f32 = 5.0;
/// The width of the list of datasets, if nothing is beside it, in points.
pub(crate) const LIST_WIDTH: f32 = 220.0;
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
    const ALL: [Self; 18] = [
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
        Self::Number(Hyperparameter::TargetLoss),
        Self::Number(Hyperparameter::TargetAccuracy),
        Self::Number(Hyperparameter::Patience),
        Self::Number(Hyperparameter::TestPatience),
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

/// Draws the controls, with the list of datasets or without it.
pub(crate) fn controls_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    has_dataset_list: bool,
) {
    let Some(setup) = context.session.setup().cloned() else {
        dataset_list_ui(ui, context, LIST_WIDTH);
        return;
    };
    let config = setup.config();
    let available = ui.available_width() - SCROLL_BAR_WIDTH;
    let columns = (((available + GAP) / (MIN_CELL_WIDTH + GAP)) as usize).clamp(1, 7);
    let width = (available + GAP) / columns as f32 - GAP;
    let mut chosen = None;
    let mut cells = ControlCell::ALL
        .into_iter()
        .filter(|&cell| cell.applies_to(config) && (has_dataset_list || cell != ControlCell::Data))
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
    features_ui(ui, context, &setup);
    if let Some(chosen) = chosen {
        apply_choice(context, Some(&setup), chosen);
    }
}

/// Draws the list of datasets alone, `width` points wide.
pub(crate) fn dataset_list_ui(ui: &mut Ui, context: &mut PaneContext<'_>, width: f32) {
    let setup = context.session.setup().cloned();
    let list = ui.scope(|ui| source::source_ui(ui, context.theme, context.messages, setup.as_deref(), width));
    if let Some(chosen) = list.inner {
        apply_choice(context, setup.as_ref(), chosen);
    }
}

/// Draws all choices of data, without a list that has to be opened.
pub(crate) fn data_choices_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let setup = context.session.setup().cloned();
    let (theme, messages) = (context.theme, context.messages);
    let width = ui.available_width() - SCROLL_BAR_WIDTH;
    if let Some(chosen) = source::data_choices_ui(ui, theme, messages, setup.as_deref(), width) {
        apply_choice(context, setup.as_ref(), chosen);
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
        ControlCell::Data => {
            return source::source_ui(&mut child_ui, context.theme, context.messages, Some(setup), width);
        }
        ControlCell::Number(hyperparameter) => {
            slider_ui(&mut child_ui, context, elements, hyperparameter, rect);
            None
        }
        ControlCell::List(list) => list::list_ui(&mut child_ui, context, setup, list, width),
    };
    config.map(|choice| DataChoice::Config(Box::new(choice)))
}

/// Draws a hyperparameter into `rect`: its slider with the number above the track, or the text field while it
/// is entered.
fn slider_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    hyperparameter: Hyperparameter,
    rect: Rect,
) {
    let id = Id::unique(("setting", hyperparameter));
    let target = Adjustable::Hyperparameter(hyperparameter);
    let element = Element::Adjustable(target);
    let document = context.session.document();
    let Some(value) = document.value(target) else {
        return;
    };
    let (text, scale, range) = (
        document.entry_text(target, context.messages),
        document.slider_scale(target),
        document.range(target),
    );
    let font = FontSelection::Default.resolve(ui.style());
    let mut canvas = Canvas::new(ui, elements, rect, id);
    let is_edited = canvas.elements().is_editing(id, target);
    let geometry = CompactSliderGeometry::from_rect(rect);
    let handle = (!is_edited).then(|| Handle::track(target, geometry.from, geometry.to, scale, value));
    let placement = Placement::new(element, HitShape::Rect(rect))
        .handle(handle)
        .focusable(FocusLinks::default());
    if is_edited {
        canvas.place(placement, || {
            ElementInfo::new(hyperparameter.label(context.messages), text)
        });
        // The field is wider and higher than the number in a list.
        field_ui(&mut canvas, context, target, rect.shrink2(vec2(6.0, 4.0)), font);
        return;
    }
    let state = CompactSliderState {
        name: hyperparameter.short_label(context.messages),
        value: &text,
        fraction: scale.fraction_of(value),
        is_highlighted: canvas.is_highlighted(element),
    };
    compact_slider::paint(canvas.painter(), context.theme, geometry, state, font);
    canvas.place(placement, || ElementInfo {
        numeric_value: Some((value.min(scale.max), range)),
        is_button: true,
        ..ElementInfo::new(hyperparameter.label(context.messages), text.clone())
    });
    canvas.place_again(
        Placement::new(Element::Number(target), HitShape::Rect(geometry.number_rect()))
            .handle(handle.map(Handle::beside_track))
            .rank(1),
    );
    if let Some(response) = canvas.ctx().read_response(id) {
        response.on_hover_text(hyperparameter.tooltip(context.messages));
    }
}

/// Draws a switch for each feature that can be computed from the data's inputs.
fn features_ui(ui: &mut Ui, context: &mut PaneContext<'_>, setup: &TrainingSetup) {
    let all: &[ComputedFeature] = match (setup.raw_inputs(), &setup.config().source) {
        (2, _) => &ComputedFeature::FOR_TWO_INPUTS,
        (1, _) => &ComputedFeature::FOR_ONE_INPUT,
        (0, source) if source.generated_input_count() == Some(2) => &ComputedFeature::FOR_TWO_INPUTS,
        _ => return,
    };
    let features = &setup.config().features;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let text = RichText::new(context.messages.computed_features())
            .font(type_scale::small())
            .color(context.theme.weak_text);
        ui.label(text);
        for &feature in all {
            let is_on = features.contains(&feature);
            let symbol = if setup.raw_inputs() == 1 {
                feature.symbol().replace('₁', "")
            } else {
                feature.symbol()
            };
            let response = ui.add(Button::selectable(is_on, symbol));
            let name = context.messages.computed_feature_name(feature);
            response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_on, &name));
            if response.on_hover_text(&name).clicked() {
                let mut new_features = features.clone();
                match is_on {
                    true => new_features.retain(|other| *other != feature),
                    false => new_features.push(feature),
                }
                context.actions.push(Edit::SetFeatures(new_features).into());
            }
        }
    });
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
