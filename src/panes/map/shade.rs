//! The colours of a map, and the picture that they make.

use egui::{Color32, ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use neurodial_core::insight::Landscape;
use neurodial_core::insight::decision::Axis;
use crate::look::{Look, Mode};
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;

/// How many colours lie between the two ends.
const STEPS: usize = 255;

/// The colour at a place of the scale, −1 to 1: grey below, white in the middle, the neuron's own above. Without
/// colours from white to dark.
pub fn color(look: &Look, identity: Color32, place: f64) -> Color32 {
    let place = place as f32;
    if look.mode == Mode::Gray {
        return Look::mix(look.card, look.ink, 0.35 * (place + 1.0));
    }
    if place < 0.0 {
        Look::mix(look.card, look.ink_soft, -0.6 * place)
    } else {
        Look::mix(look.card, identity, 0.85 * place)
    }
}

/// A neuron's map as a picture, made anew only when it looks different.
#[derive(Default)]
pub struct Picture {
    landscape: Landscape,
    texture: Option<TextureHandle>,
    colors: Option<(Mode, Color32)>,
}

impl Picture {
    /// Brings it up to date, with at least `places` rows and columns. Says whether it changed.
    pub fn update(
        &mut self,
        ctx: &Context,
        scene: &Scene<'_>,
        axes: [Axis; 2],
        at: NeuronAt,
        places: usize,
    ) -> bool {
        let document = scene.session.document();
        let has_changed = self
            .landscape
            .update(document, scene.insight.trace(), axes, at, places);
        let colors = Some((scene.look.mode, scene.identity(at)));
        if !has_changed && self.colors == colors && self.texture.is_some() {
            return false;
        }
        self.colors = colors;
        let image = self.image(scene.look, scene.identity(at));
        match &mut self.texture {
            Some(texture) => texture.set(image, TextureOptions::LINEAR),
            None => self.texture = Some(ctx.load_texture("map", image, TextureOptions::LINEAR)),
        }
        true
    }

    fn image(&self, look: &Look, identity: Color32) -> ColorImage {
        let all: Vec<Color32> = (0..=STEPS)
            .map(|step| color(look, identity, 2.0 * step as f64 / STEPS as f64 - 1.0))
            .collect();
        let places = self.landscape.places();
        let scale = self.landscape.scale();
        let shade = |&value: &f64| {
            let step = (scale.place_of(value) + 1.0) / 2.0 * STEPS as f64 + 0.5;
            // What is not a number has no colour.
            if value.is_nan() {
                look.track
            } else {
                all[step as usize]
            }
        };
        // A picture's first row is its upper one.
        let rows = self.landscape.values().chunks_exact(places.max(1)).rev();
        let pixels: Vec<Color32> = rows.flatten().map(shade).collect();
        ColorImage::new([places; 2], pixels)
    }

    /// The numbers and lines.
    pub fn landscape(&self) -> &Landscape {
        &self.landscape
    }

    /// The picture for egui.
    pub fn texture(&self) -> Option<TextureId> {
        self.texture.as_ref().map(TextureHandle::id)
    }
}
