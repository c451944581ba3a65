//! The colors of a map, and the texture with them.

use egui::{Color32, ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use crate::panes::PaneContext;
use crate::theme::{ColorTheme, ThemeMode};
use neurodial_core::insight::NeuronMap;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::network::NeuronAddress;

/// The number of color steps between the two ends.
const COLOR_STEPS: usize = 255;

/// Returns the color at a position on the scale, −1 to 1: gray below, white in the middle, the neuron's own
/// color above. In the grayscale theme it goes from white to dark.
pub(crate) fn scale_color(theme: &ColorTheme, neuron_color: Color32, position: f64) -> Color32 {
    let place = position as f32;
    if theme.mode == ThemeMode::Grayscale {
        return ColorTheme::mix(theme.card, theme.text, 0.35 * (place + 1.0));
    }
    if place < 0.0 {
        ColorTheme::mix(theme.card, theme.weak_text, -0.6 * place)
    } else {
        ColorTheme::mix(theme.card, neuron_color, 0.85 * place)
    }
}

/// A neuron's map as a texture, updated only if its colors or values change.
#[derive(Default)]
pub(crate) struct NeuronMapTexture {
    neuron_map: NeuronMap,
    texture: Option<TextureHandle>,
    colors: Option<(ThemeMode, Color32)>,
}

impl NeuronMapTexture {
    /// Brings the texture up to date, with at least `grid_size` rows and columns. Returns true if it changed.
    pub(crate) fn update(
        &mut self,
        ctx: &Context,
        context: &PaneContext<'_>,
        axes: [GridAxis; 2],
        at: NeuronAddress,
        grid_size: usize,
    ) -> bool {
        let document = context.session.document();
        let has_changed =
            self.neuron_map
                .update(document, context.insight.forward_pass(), axes, at, grid_size);
        let colors = Some((context.theme.mode, context.neuron_color(at)));
        if !has_changed && self.colors == colors && self.texture.is_some() {
            return false;
        }
        self.colors = colors;
        let image = self.image(context.theme, context.neuron_color(at));
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ctx.load_texture("map", image, TextureOptions::LINEAR)),
        }
        true
    }

    /// Returns the image of the current values.
    fn image(&self, theme: &ColorTheme, neuron_color: Color32) -> ColorImage {
        let all: Vec<Color32> = (0..=COLOR_STEPS)
            .map(|step| scale_color(theme, neuron_color, 2.0 * step as f64 / COLOR_STEPS as f64 - 1.0))
            .collect();
        let columns_and_rows = self.neuron_map.grid_size();
        let scale = self.neuron_map.scale();
        let color = |&value: &f64| {
            let step = (scale.normalized(value) + 1.0) / 2.0 * COLOR_STEPS as f64 + 0.5;
            // NaN has no color of the scale.
            if value.is_nan() {
                theme.track
            } else {
                all[step as usize]
            }
        };
        // The first row of an image is the upper one.
        let rows = self
            .neuron_map
            .values()
            .chunks_exact(columns_and_rows.max(1))
            .rev();
        let pixels: Vec<Color32> = rows.flatten().map(color).collect();
        ColorImage::new([columns_and_rows; 2], pixels)
    }

    /// The values and contours.
    pub(crate) fn neuron_map(&self) -> &NeuronMap {
        &self.neuron_map
    }

    /// The texture's id for egui; `None` before the first update.
    pub(crate) fn texture(&self) -> Option<TextureId> {
        self.texture.as_ref().map(TextureHandle::id)
    }
}
