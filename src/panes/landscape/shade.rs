//! The colours of the map, and the picture that they make: what is looked for stands out, as on the knobs' tracks.

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use neurodial_core::insight::decision::Axis;
use neurodial_core::insight::{Exam, LossMap};
use crate::look::Mode;
use crate::panes::Scene;
use crate::widgets::strip::Ramp;

/// The map as a picture, made anew only when it looks different.
#[derive(Default)]
pub struct Picture {
    map: LossMap,
    texture: Option<TextureHandle>,
    /// What the colours were made for.
    colors: Option<(Mode, Ramp)>,
}

impl Picture {
    /// See [`LossMap::be_brief`].
    pub fn be_brief(&mut self, is_brief: bool) {
        self.map.be_brief(is_brief);
    }

    /// Brings it up to date, with at least `places` rows and columns.
    pub fn update(&mut self, ctx: &Context, scene: &Scene<'_>, exam: &Exam, axes: [Axis; 2], places: usize) {
        let has_changed = self.map.update(scene.session.document(), exam, axes, places);
        if !has_changed
            && self.texture.is_some()
            && self.colors.map(|(mode, _)| mode) == Some(scene.look.mode)
        {
            return;
        }
        let extent = self.map.extent().unwrap_or([0.0, 0.0]);
        let ramp = Ramp::of_loss(scene.look, scene.look.accent, extent, exam.loss());
        self.colors = Some((scene.look.mode, ramp));
        let image = self.image(ramp);
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ctx.load_texture("landscape", image, TextureOptions::LINEAR)),
        }
    }

    fn image(&self, ramp: Ramp) -> ColorImage {
        let [columns, rows] = self.map.size();
        // A picture's first row is its upper one.
        let upwards = self.map.values().chunks_exact(columns.max(1)).rev();
        let pixels = upwards.flatten().map(|&loss| ramp.color(loss)).collect();
        ColorImage::new([columns, rows], pixels)
    }

    /// The numbers and lines.
    pub fn map(&self) -> &LossMap {
        &self.map
    }

    /// What the colours mean.
    pub fn ramp(&self) -> Option<Ramp> {
        self.colors.map(|(_, ramp)| ramp)
    }

    /// The picture for egui.
    pub fn texture(&self) -> Option<TextureId> {
        self.texture.as_ref().map(TextureHandle::id)
    }
}
