//! The colours of the map, and the picture that they make: what is looked for stands out, as on the knobs' tracks.

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use neurodial_core::insight::decision::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use crate::look::ThemeMode;
use crate::panes::PaneContext;
use crate::widgets::strip::ProfileColormap;

/// The map as a picture, made anew only when it looks different.
#[derive(Default)]
pub struct LossLandscapeTexture {
    landscape: LossLandscape,
    texture: Option<TextureHandle>,
    /// What the colours were made for.
    colors: Option<(ThemeMode, ProfileColormap)>,
}

impl LossLandscapeTexture {
    /// See [`LossMap::be_brief`].
    pub fn set_coarse(&mut self, is_coarse: bool) {
        self.landscape.set_coarse(is_coarse);
    }

    /// Brings it up to date, with at least `places` rows and columns.
    pub fn update(&mut self, ctx: &Context, context: &PaneContext<'_>, evaluation: &LossEvaluation, axes: [GridAxis; 2], grid_size: usize) {
        let has_changed = self.landscape.update_grid(context.session.document(), evaluation, axes, grid_size);
        if !has_changed
            && self.texture.is_some()
            && self.colors.map(|(mode, _)| mode) == Some(context.theme.mode)
        {
            return;
        }
        let extent = self.landscape.extent().unwrap_or([0.0, 0.0]);
        let ramp = ProfileColormap::for_loss(context.theme, context.theme.accent, extent, evaluation.loss());
        self.colors = Some((context.theme.mode, ramp));
        let image = self.image(ramp);
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ctx.load_texture("landscape", image, TextureOptions::LINEAR)),
        }
    }

    fn image(&self, ramp: ProfileColormap) -> ColorImage {
        let [columns, rows] = self.landscape.size();
        // A picture's first row is its upper one.
        let upwards = self.landscape.values().chunks_exact(columns.max(1)).rev();
        let pixels = upwards.flatten().map(|&loss| ramp.color(loss)).collect();
        ColorImage::new([columns, rows], pixels)
    }

    /// The numbers and lines.
    pub fn landscape(&self) -> &LossLandscape {
        &self.landscape
    }

    /// What the colours mean.
    pub fn ramp(&self) -> Option<ProfileColormap> {
        self.colors.map(|(_, ramp)| ramp)
    }

    /// The picture for egui.
    pub fn texture(&self) -> Option<TextureId> {
        self.texture.as_ref().map(TextureHandle::id)
    }
}
