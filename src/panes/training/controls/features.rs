//! Inputs that are computed from the others.

use egui::{Button, RichText, Ui, WidgetInfo, vec2};

use neurodial_core::data::Feature;
use crate::look::type_scale;
use crate::panes::Scene;
use neurodial_core::session::{Action, Course, Source};

/// A switch for each input that can be computed from the others.
pub fn features_ui(ui: &mut Ui, scene: &mut Scene<'_>, course: &Course) {
    let all: &[Feature] = match (course.raw_inputs(), &course.choice().source) {
        (2, _) => &Feature::OF_TWO,
        (1, _) => &Feature::OF_ONE,
        (0, Source::Made(made)) if made.inputs() == 2 => &Feature::OF_TWO,
        _ => return,
    };
    let features = &course.choice().features;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let text = RichText::new("More inputs")
            .font(type_scale::small())
            .color(scene.look.ink_soft);
        ui.label(text);
        for &feature in all {
            let is_on = features.contains(&feature);
            let symbol = if course.raw_inputs() == 1 {
                feature.symbol().replace('₁', "")
            } else {
                feature.symbol()
            };
            let response = ui.add(Button::selectable(is_on, symbol));
            let name = format!("feature {feature}");
            response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_on, &name));
            if response.on_hover_text(&name).clicked() {
                let mut wanted = features.clone();
                match is_on {
                    true => wanted.retain(|other| *other != feature),
                    false => wanted.push(feature),
                }
                scene.outbox.push(Action::SetFeatures(wanted));
            }
        }
    });
}
