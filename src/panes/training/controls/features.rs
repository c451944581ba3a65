//! Controls for the computed features.

use egui::{Button, RichText, Ui, WidgetInfo, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::data::ComputedFeature;
use neurodial_core::session::{DataSource, Edit, TrainingSetup};

/// Draws a switch for each feature that can be computed from the data's inputs.
pub(crate) fn features_ui(ui: &mut Ui, context: &mut PaneContext<'_>, setup: &TrainingSetup) {
    let all: &[ComputedFeature] = match (setup.raw_inputs(), &setup.config().source) {
        (2, _) => &ComputedFeature::FOR_TWO_INPUTS,
        (1, _) => &ComputedFeature::FOR_ONE_INPUT,
        (0, DataSource::Generated(made)) if made.input_count() == 2 => &ComputedFeature::FOR_TWO_INPUTS,
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
