//! The samples of a cell of the confusion matrix: as pictures if the inputs are pixels, otherwise as their numbers.

use egui::{
    Button, CornerRadius, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::pixel_image::{PixelColors, PixelImage};
use crate::widgets::wrapped_label_ui;
use neurodial_core::insight::Predictions;
use neurodial_core::insight::predictions::SetPredictions;
use neurodial_core::session::{Edit, ViewChange};
use neurodial_core::text::format_ascii;

/// The largest number of samples that are shown.
const MAX_SAMPLES: usize = 200;
/// The largest number of inputs whose values are shown.
const MAX_INPUTS: usize = 4;
/// The side of a picture, in points.
const PICTURE_SIZE: f32 = 44.0;
/// The share of the height for the samples, and the limits of that height, in points.
const HEIGHT_SHARE: f32 = 0.4;
const HEIGHT_RANGE: [f32; 2] = [84.0, 220.0];

/// Draws the samples of the chosen cell at the bottom of `rect`; returns the space above, which is all of `rect` if
/// no cell is chosen.
pub(super) fn samples_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    predictions: &Predictions,
    rect: Rect,
) -> Rect {
    let Some(cell) = context.session.view().confusion_cell else {
        return rect;
    };
    let set = predictions.sets.iter().find(|set| set.is_test == cell.is_test);
    let names = (
        predictions.class_names.get(cell.class),
        predictions.class_names.get(cell.predicted),
    );
    let (Some(set), (Some(class), Some(predicted))) = (set, names) else {
        return rect;
    };
    let height = (HEIGHT_SHARE * rect.height()).clamp(HEIGHT_RANGE[0], HEIGHT_RANGE[1]);
    let (above, below) = rect.split_top_bottom_at_y(rect.bottom() - height);
    let samples = set.samples_in(cell.class, cell.predicted);
    let mut samples_ui = ui.new_child(UiBuilder::new().max_rect(below).id_salt("samples"));
    let ui = &mut samples_ui;
    ui.set_clip_rect(below.intersect(ui.clip_rect()));
    ui.horizontal(|ui| {
        let messages = context.messages;
        let close = ui.add(Button::new("✕").frame(false));
        let name = messages.confusion_samples_close();
        close.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if close.on_hover_text(name).clicked() {
            context.actions.push(ViewChange::ShowSamples(None).into());
        }
        let title = messages.confusion_samples(samples.len(), class, predicted);
        wrapped_label_ui(ui, &title, type_scale::strong(), context.theme.text);
    });
    ScrollArea::vertical()
        .id_salt("samples")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
                for &sample in samples.iter().take(MAX_SAMPLES) {
                    sample_ui(ui, context, set, sample);
                }
            });
        });
    above
}

/// Draws a sample as a button that makes its inputs the current ones.
fn sample_ui(ui: &mut Ui, context: &mut PaneContext<'_>, set: &SetPredictions, sample: usize) {
    let inputs = set.inputs_of(sample);
    let is_current = context.session.document().inputs == inputs;
    let messages = context.messages;
    let architecture = context.session.architecture();
    let split = context.session.setup().and_then(|setup| setup.split().ok());
    let response = match split.and_then(|split| split.train.image_shape()) {
        Some(shape) => {
            let size = vec2(
                PICTURE_SIZE * shape.columns as f32 / shape.rows as f32,
                PICTURE_SIZE,
            );
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            let theme = context.theme;
            let max = inputs.iter().copied().fold(0.0, f64::max);
            let picture = PixelImage {
                columns: shape.columns,
                values: inputs.clone(),
                colors: PixelColors::Ink([0.0, max]),
            };
            let id = context.canvas_id.with(("sample", set.is_test, sample));
            picture.paint(ui, theme, id, rect, CornerRadius::ZERO);
            let stroke = match is_current || response.hovered() || response.has_focus() {
                true => Stroke::new(2.0, theme.accent),
                false => Stroke::new(1.0, theme.border),
            };
            ui.painter().rect_stroke(rect, 0.0, stroke, StrokeKind::Inside);
            response
        }
        None => {
            let names = (0..inputs.len()).map(|input| match &architecture.input_names()[input] {
                Some(name) => name.clone(),
                None => architecture.input_symbol(input).to_unicode(),
            });
            let mut numbers: Vec<String> = names
                .zip(&inputs)
                .take(MAX_INPUTS)
                .map(|(name, &value)| messages.point_number(name, format_ascii(value, 3)))
                .collect();
            if inputs.len() > MAX_INPUTS {
                numbers.push("…".to_owned());
            }
            let text = numbers.join(messages.list_separator());
            ui.add(Button::selectable(is_current, text))
        }
    };
    let name = messages.confusion_sample(sample + 1);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_current, &name));
    if response
        .on_hover_text(messages.confusion_sample_tooltip(sample + 1))
        .clicked()
    {
        context.actions.push(Edit::SetInputs(inputs).into());
    }
}
