//! A small map in each neuron: what it makes of two numbers, as the map pane shows it large.

use std::collections::HashMap;

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use neurodial_core::insight::Decision;
use neurodial_core::insight::decision::{Axis, Mapped};
use neurodial_core::insight::landscape::Scale;
use crate::look::Mode;
use neurodial_core::network::{Network, NeuronAt};
use crate::panes::Scene;
use crate::panes::map::shade::color;
use neurodial_core::session::Quantity;

/// The most rows and columns of a small map.
const MOST_PLACES: f64 = 32.0;
/// The fewest.
const LEAST_PLACES: f64 = 8.0;
/// About how many multiply-adds all of them together may cost.
const BUDGET: f64 = 3e6;

/// The maps of all neurons in view, made anew only when something that they show has changed.
#[derive(Default)]
pub struct SmallMaps {
    source: Option<(Network, Vec<f64>, [Axis; 2], Mode)>,
    decision: Decision,
    textures: HashMap<NeuronAt, TextureHandle>,
}

/// Whether a document's neurons can have them.
pub fn are_shown(scene: &Scene<'_>) -> bool {
    scene.session.view().has_small_maps && scene.session.blueprint().inputs() > 1
}

impl SmallMaps {
    /// Brings the maps of these neurons up to date; gives them back as pictures.
    pub fn pictures(
        &mut self,
        ctx: &Context,
        scene: &Scene<'_>,
        shown: &[NeuronAt],
    ) -> HashMap<NeuronAt, TextureId> {
        let document = scene.session.document();
        let axes = scene
            .session
            .view()
            .map_over
            .map(|target| Axis::of(document, target));
        let is_same = self.source.as_ref().is_some_and(|(network, inputs, over, mode)| {
            (*over, *mode) == (axes, scene.look.mode)
                && *inputs == document.inputs
                && *network == document.network
        });
        if !is_same {
            let knobs = document.network.knobs().len() as f64;
            let places = (BUDGET / knobs).sqrt().clamp(LEAST_PLACES, MOST_PLACES) as usize;
            let trace = scene.insight.trace();
            self.decision
                .run(document, trace, axes, places, Mapped::All, Quantity::Output);
            self.textures.retain(|at, _| shown.contains(at));
            self.source = Some((
                document.network.clone(),
                document.inputs.clone(),
                axes,
                scene.look.mode,
            ));
        }
        let mut pictures = HashMap::new();
        for &at in shown {
            if is_same && let Some(texture) = self.textures.get(&at) {
                pictures.insert(at, texture.id());
                continue;
            }
            let Some(image) = self.image(scene, at) else {
                continue;
            };
            let texture = match self.textures.remove(&at) {
                Some(mut texture) => {
                    texture.set(image, TextureOptions::LINEAR);
                    texture
                }
                None => ctx.load_texture("small map", image, TextureOptions::LINEAR),
            };
            pictures.insert(at, texture.id());
            self.textures.insert(at, texture);
        }
        pictures
    }

    fn image(&self, scene: &Scene<'_>, at: NeuronAt) -> Option<ColorImage> {
        let values = self.decision.map(at)?;
        let places = self.decision.places();
        let plan = scene.session.blueprint().layers().get(at.layer)?;
        let scale = Scale::of(plan.neurons.get(at.neuron)?.activation, values);
        let identity = scene.identity(at);
        let rows = values.chunks_exact(places.max(1)).rev();
        let pixels = rows
            .flatten()
            .map(|&value| color(scene.look, identity, scale.place_of(value)));
        Some(ColorImage::new([places; 2], pixels.collect()))
    }
}
