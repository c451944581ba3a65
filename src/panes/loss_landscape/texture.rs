//! The colors of the contour map, and the texture with them: low losses stand out, as in the loss profiles of
//! knobs.

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use crate::panes::PaneContext;
use crate::theme::ThemeMode;
use crate::widgets::profile::ProfileColormap;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};

/// The contour map as a texture, updated only if its colors or values change.
#[derive(Default)]
pub(crate) struct LossLandscapeTexture {
    landscape: LossLandscape,
    texture: Option<TextureHandle>,
    /// The theme and the colormap of the current texture.
    colors: Option<(ThemeMode, ProfileColormap)>,
}

impl LossLandscapeTexture {
    /// Sets whether the landscape is coarse: see [`LossLandscape::set_coarse`].
    pub(crate) fn set_coarse(&mut self, is_coarse: bool) {
        self.landscape.set_coarse(is_coarse);
    }

    /// Brings the texture up to date, with at least `grid_size` rows and columns.
    pub(crate) fn update(
        &mut self,
        ctx: &Context,
        context: &PaneContext<'_>,
        evaluation: &LossEvaluation,
        axes: [GridAxis; 2],
        grid_size: usize,
    ) {
        let has_changed = self
            .landscape
            .update_grid(context.session.document(), evaluation, axes, grid_size);
        if !has_changed
            && self.texture.is_some()
            && self.colors.map(|(mode, _)| mode) == Some(context.theme.mode)
        {
            return;
        }
        let extent = self.landscape.extent().unwrap_or([0.0, 0.0]);
        let colormap =
            ProfileColormap::for_loss(context.theme, context.theme.accent, extent, evaluation.loss());
        self.colors = Some((context.theme.mode, colormap));
        let image = self.image(colormap);
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ctx.load_texture("landscape", image, TextureOptions::LINEAR)),
        }
    }

    /// Returns the image of the current losses.
    fn image(&self, colormap: ProfileColormap) -> ColorImage {
        let [columns, rows] = self.landscape.size();
        // The first row of an image is the upper one.
        let upwards = self.landscape.values().chunks_exact(columns.max(1)).rev();
        let pixels = upwards.flatten().map(|&loss| colormap.color(loss)).collect();
        ColorImage::new([columns, rows], pixels)
    }

    /// The values and contours.
    pub(crate) fn landscape(&self) -> &LossLandscape {
        &self.landscape
    }

    /// The colormap; `None` before the first update.
    pub(crate) fn colormap(&self) -> Option<ProfileColormap> {
        self.colors.map(|(_, colormap)| colormap)
    }

    /// The texture's id for egui; `None` before the first update.
    pub(crate) fn texture(&self) -> Option<TextureId> {
        self.texture.as_ref().map(TextureHandle::id)
    }
}
