//! A small map in each neuron: its output over two numbers, as the output map pane shows it large.

use std::collections::HashMap;

use egui::{ColorImage, Context, TextureHandle, TextureId, TextureOptions};

use crate::panes::PaneContext;
use crate::panes::output_map::texture::scale_color;
use crate::theme::ThemeMode;
use neurodial_core::insight::OutputGrid;
use neurodial_core::insight::neuron_map::ColorScale;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::network::{Network, NeuronAddress};
use neurodial_core::session::Quantity;

/// The maximum number of rows and columns of a small map.
const MAX_RESOLUTION: f64 = 32.0;
/// The minimum number of rows and columns of a small map.
const MIN_RESOLUTION: f64 = 8.0;
/// The approximate number of multiply-adds that all small maps together may take.
const MAX_MULTIPLY_ADDS: f64 = 3e6;

/// The small maps of the neurons in view, recomputed only when the network, the inputs, the axes or the color
/// theme change.
#[derive(Default)]
pub(crate) struct SmallMaps {
    cache_key: Option<(Network, Vec<f64>, [GridAxis; 2], ThemeMode)>,
    output_grid: OutputGrid,
    textures: HashMap<NeuronAddress, TextureHandle>,
}

/// True if small maps are switched on and the network has at least two inputs.
pub(crate) fn is_enabled(context: &PaneContext<'_>) -> bool {
    context.session.view().has_small_maps && context.session.architecture().input_count() > 1
}

impl SmallMaps {
    /// Updates the maps of `neurons` and returns their textures.
    pub(crate) fn update(
        &mut self,
        ctx: &Context,
        context: &PaneContext<'_>,
        neurons: &[NeuronAddress],
    ) -> HashMap<NeuronAddress, TextureId> {
        let document = context.session.document();
        let axes = context
            .session
            .view()
            .map_axes
            .map(|target| GridAxis::new(document, target));
        let is_current = self
            .cache_key
            .as_ref()
            .is_some_and(|(network, inputs, over, mode)| {
                (*over, *mode) == (axes, context.theme.mode)
                    && *inputs == document.inputs
                    && *network == document.network
            });
        if !is_current {
            let knobs = document.network.knobs().len() as f64;
            let resolution = (MAX_MULTIPLY_ADDS / knobs)
                .sqrt()
                .clamp(MIN_RESOLUTION, MAX_RESOLUTION) as usize;
            let forward_pass = context.insight.forward_pass();
            self.output_grid.run(
                document,
                forward_pass,
                axes,
                resolution,
                MappedNeurons::All,
                Quantity::Output,
            );
            self.textures.retain(|at, _| neurons.contains(at));
            self.cache_key = Some((
                document.network.clone(),
                document.inputs.clone(),
                axes,
                context.theme.mode,
            ));
        }
        let mut texture_ids = HashMap::new();
        for &at in neurons {
            if is_current && let Some(texture) = self.textures.get(&at) {
                texture_ids.insert(at, texture.id());
                continue;
            }
            let Some(image) = self.image(context, at) else {
                continue;
            };
            let texture = match self.textures.remove(&at) {
                Some(mut texture) => {
                    texture.set(image, TextureOptions::LINEAR);
                    texture
                }
                None => ctx.load_texture("small map", image, TextureOptions::LINEAR),
            };
            texture_ids.insert(at, texture.id());
            self.textures.insert(at, texture);
        }
        texture_ids
    }

    fn image(&self, context: &PaneContext<'_>, at: NeuronAddress) -> Option<ColorImage> {
        let values = self.output_grid.neuron_values(at)?;
        let resolution = self.output_grid.grid_size();
        let layer = context.session.architecture().layers().get(at.layer)?;
        let scale = ColorScale::for_activation(layer.neurons.get(at.neuron)?.activation, values);
        let identity = context.neuron_color(at);
        let rows = values.chunks_exact(resolution.max(1)).rev();
        let pixels = rows
            .flatten()
            .map(|&value| scale_color(context.theme, identity, scale.normalized(value)));
        Some(ColorImage::new([resolution; 2], pixels.collect()))
    }
}
