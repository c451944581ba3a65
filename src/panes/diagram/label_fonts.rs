//! The fonts and sizes of the labels of the diagram.

use egui::{Color32, FontId, Painter, Vec2, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use neurodial_core::network::Activation;
use neurodial_core::text::Messages;

use super::paint;

/// Returns the text for the activation function of a layer, or for several different ones.
pub(crate) fn activation_label(activation: Option<Activation>, messages: Messages) -> &'static str {
    activation.map_or(messages.diagram_mixed(), |activation| activation.label(messages))
}

/// Returns the minimum font size of a number in a disc, in points.
pub(crate) fn min_number_size(context: &PaneContext<'_>) -> f32 {
    match context.options {
        Some(options) => options.min_number_size,
        None if context.is_presented => context.scale * type_scale::small().size,
        None => context.scale * paint::MIN_NUMBER_SIZE,
    }
}

/// Returns the font of the labels on edges.
pub(crate) fn label_font(context: &PaneContext<'_>) -> FontId {
    let small = type_scale::small();
    FontId::new(small.size.max(min_number_size(context)), small.family)
}

/// Returns the size of a label with `text`, in points.
pub(crate) fn label_size(painter: &Painter, text: String, font: &FontId) -> Vec2 {
    let galley = painter.layout_no_wrap(text, font.clone(), Color32::BLACK);
    vec2(galley.size().x + 9.0, 1.4 * font.size)
}
