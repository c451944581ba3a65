//! The colors of the contour map, and the texture with them: low losses stand out, as in the loss profiles of
//! knobs.

use egui::{ColorImage, TextureId, Ui};

use crate::panes::context::PaneContext;
use crate::widgets::cached_texture::cached_texture;
use crate::widgets::profile::ProfileColormap;
use neurodial_core::insight::LossLandscape;

/// Returns the colormap of a landscape.
pub(crate) fn colormap(context: &PaneContext<'_>, landscape: &LossLandscape) -> ProfileColormap {
    let extent = landscape.extent().unwrap_or([0.0, 0.0]);
    ProfileColormap::for_loss(
        context.theme,
        context.theme.accent,
        extent,
        landscape.current_loss(),
    )
}

/// Returns the texture with the colors of a landscape.
pub(crate) fn landscape_texture(
    ui: &Ui,
    context: &PaneContext<'_>,
    landscape: &LossLandscape,
    colormap: ProfileColormap,
) -> TextureId {
    let id = context.canvas_id.with("picture");
    let key = (landscape.id().clone(), context.theme.mode);
    cached_texture(ui, id, key, || {
        let [columns, rows] = landscape.size();
        // The first row of an image is the upper one.
        let upwards = landscape.values().chunks_exact(columns.max(1)).rev();
        let pixels = upwards.flatten().map(|&loss| colormap.color(loss)).collect();
        ColorImage::new([columns, rows], pixels)
    })
}
