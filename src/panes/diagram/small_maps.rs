//! A small map in each neuron: its output over two numbers, as the output map pane shows it large.

use std::collections::HashMap;

use egui::{ColorImage, TextureId, Ui};

use crate::panes::PaneContext;
use crate::panes::output_map::map_colors::scale_color;
use crate::widgets::cached_texture::cached_texture;
use neurodial_core::insight::small_maps::SmallMap;
use neurodial_core::network::NeuronAddress;

/// True if small maps are switched on and the network has at least two inputs.
pub(crate) fn is_enabled(context: &PaneContext<'_>) -> bool {
    context.session.view().has_small_maps && context.session.architecture().input_count() > 1
}

/// Returns the textures of the small maps of `neurons`.
pub(crate) fn small_map_textures(
    ui: &Ui,
    context: &PaneContext<'_>,
    neurons: &[NeuronAddress],
) -> HashMap<NeuronAddress, TextureId> {
    let small_maps = context.insight.small_maps(context.session);
    let textures = neurons.iter().enumerate().filter_map(|(index, &at)| {
        let small_map = small_maps.map(at)?;
        // Several diagrams can be drawn in one frame.
        let id = ui.scope_id().with(("small map", index));
        let key = (small_maps.id().clone(), context.theme.mode, at);
        Some((at, cached_texture(ui, id, key, || image(context, at, small_map))))
    });
    textures.collect()
}

fn image(context: &PaneContext<'_>, at: NeuronAddress, small_map: SmallMap<'_>) -> ColorImage {
    let neuron_color = context.neuron_color(at);
    let rows = small_map.values.chunks_exact(small_map.grid_size.max(1)).rev();
    let pixels = rows
        .flatten()
        .map(|&value| scale_color(context.theme, neuron_color, small_map.scale.normalized(value)));
    ColorImage::new([small_map.grid_size; 2], pixels.collect())
}
