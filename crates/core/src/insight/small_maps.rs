//! A small map for each neuron: its output over two numbers, as the output map shows it large.

use crate::network::{ForwardPass, Network, NeuronAddress};
use crate::session::{Adjustable, Quantity, Session};

use super::computation_id::ComputationId;
use super::data_plot::DataPlot;
use super::frame_budget;
use super::neuron_map::ColorScale;
use super::output_grid::{GridAxis, MappedNeurons, OutputGrid};

/// The maximum number of rows and columns of a small map.
const MAX_RESOLUTION: f64 = 32.0;
/// The minimum number of rows and columns of a small map.
const MIN_RESOLUTION: f64 = 8.0;

/// The outputs of all neurons over the view's axes of maps.
///
/// They are recomputed only if the network, the inputs or the axes have changed.
#[derive(Debug, Clone, Default)]
pub struct SmallMaps {
    key: Option<SmallMapsKey>,
    grid: OutputGrid,
    id: ComputationId,
}

/// Everything that the maps depend on.
#[derive(Debug, Clone)]
struct SmallMapsKey {
    network: Network,
    inputs: Vec<f64>,
    axes: [GridAxis; 2],
    output_scale: Option<ColorScale>,
}

/// The small map of one neuron.
#[derive(Debug, Clone, Copy)]
pub struct SmallMap<'a> {
    /// The outputs, `[row][column]`, with the lower ends of both axes first.
    pub values: &'a [f64],
    /// The number of rows, which is also the number of columns.
    pub grid_size: usize,
    /// The color scale of the outputs.
    pub scale: ColorScale,
}

impl SmallMaps {
    /// Brings the maps up to date. `forward_pass` is that of the session's inputs. Maps over the two inputs of a
    /// dataset have the axes of its plot, and that of the output has its color scale.
    pub(super) fn update(
        &mut self,
        session: &Session,
        forward_pass: &ForwardPass,
        data_plot: Option<&DataPlot>,
    ) {
        let document = session.document();
        let targets = session.view().map_axes;
        let mut axes = targets.map(|target| GridAxis::new(document, target));
        let mut output_scale = None;
        if let Some(DataPlot::Map(map)) = data_plot {
            if targets == [Adjustable::Input(0), Adjustable::Input(1)] {
                axes[0].range = map.x;
                axes[1].range = map.y;
            }
            output_scale = Some(map.scale).filter(|_| !map.has_classes && map.grid_size > 0);
        }
        let is_current = self.key.as_ref().is_some_and(|key| {
            key.axes == axes
                && key.output_scale == output_scale
                && key.inputs == document.inputs
                && key.network == document.network
        });
        if is_current {
            return;
        }
        let knobs = document.network.knobs().len() as f64;
        let resolution = libm::sqrt(frame_budget::SMALL_MAPS as f64 / knobs)
            .clamp(MIN_RESOLUTION, MAX_RESOLUTION) as usize;
        self.grid.run(
            document,
            forward_pass,
            axes,
            resolution,
            MappedNeurons::All,
            Quantity::Output,
        );
        self.key = Some(SmallMapsKey {
            network: document.network.clone(),
            inputs: document.inputs.clone(),
            axes,
            output_scale,
        });
        self.id = ComputationId::default();
    }

    /// Returns the id of the last computation.
    pub fn id(&self) -> &ComputationId {
        &self.id
    }

    /// Returns the map of a neuron, or `None` if the network lacks it.
    pub fn map(&self, at: NeuronAddress) -> Option<SmallMap<'_>> {
        let values = self.grid.neuron_values(at)?;
        let key = self.key.as_ref()?;
        let layers = key.network.architecture().layers();
        let activation = layers.get(at.layer)?.neurons.get(at.neuron)?.activation;
        Some(SmallMap {
            values,
            grid_size: self.grid.grid_size(),
            scale: key
                .output_scale
                .filter(|_| at.layer + 1 == layers.len())
                .unwrap_or_else(|| ColorScale::for_activation(activation, values)),
        })
    }
}
