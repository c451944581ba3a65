//! The output maps: one map for each shown neuron, all over the same two knobs or inputs.

use crate::network::{ForwardPass, NeuronAddress};
use crate::session::{Adjustable, Session};

use super::data_plot::DataPoint;
use super::data_points::DataPoints;
use super::neuron_map::NeuronMap;
use super::output_grid::{GridAxis, GridDetail};

/// The number of rows and columns of a single map.
const FINE_GRID: usize = 128;
/// The number of rows and columns while a value is dragged.
const COARSE_GRID: usize = 64;
/// The number of rows and columns during training, when all knobs change: nothing of the previous map can be
/// reused.
const COARSEST_GRID: usize = 40;

/// The maps of the neurons that [`View::mapped_neurons`](crate::session::View::mapped_neurons) returns, over
/// the axes of the view, with the samples of the dataset.
///
/// A map is recomputed only if something that it depends on has changed or a finer one is requested.
#[derive(Debug, Clone)]
pub struct OutputMaps {
    axes: [GridAxis; 2],
    points: Vec<DataPoint>,
    neurons: Vec<NeuronAddress>,
    maps: Vec<NeuronMap>,
}

/// The request for output maps, apart from the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputMapsRequest {
    /// The detail of the maps.
    pub detail: GridDetail,
    /// True if the axes cover only the samples and the current point, if there are samples; otherwise they
    /// are the ranges of the two knobs or inputs, extended to the samples.
    pub is_fitted_to_data: bool,
}

impl OutputMaps {
    /// Creates maps of no neurons.
    pub(super) fn empty() -> Self {
        let axis = GridAxis {
            target: Adjustable::Input(0),
            range: [0.0, 1.0],
        };
        Self {
            axes: [axis; 2],
            points: Vec::new(),
            neurons: Vec::new(),
            maps: Vec::new(),
        }
    }

    /// Brings the maps up to date. `forward_pass` is that of the session's inputs; `data_points` returns the samples of
    /// the dataset.
    pub(super) fn update<'a>(
        &mut self,
        session: &Session,
        forward_pass: &ForwardPass,
        data_points: impl FnOnce() -> Option<&'a DataPoints>,
        request: OutputMapsRequest,
    ) {
        let data_points = data_points();
        self.points = match session.view().map_axes {
            [Adjustable::Input(across), Adjustable::Input(up)] => {
                data_points.map_or_else(Vec::new, |samples| samples.for_inputs([across, up]))
            }
            _ => Vec::new(),
        };
        // An output has the color scale of its targets.
        let last_layer = session.architecture().last_layer();
        let output_scale = data_points.and_then(DataPoints::scale);
        self.axes = axes(session, &self.points, request.is_fitted_to_data);
        self.neurons = session.view().mapped_neurons(session.architecture());
        self.maps.resize_with(self.neurons.len(), NeuronMap::default);
        let max_columns = match request.detail {
            GridDetail::Coarsest => COARSEST_GRID,
            GridDetail::Coarse => COARSE_GRID,
            GridDetail::Fine | GridDetail::Print => FINE_GRID,
        };
        let grid_size = match self.neurons.len() {
            1 => max_columns,
            2..=4 => max_columns / 2,
            _ => 3 * max_columns / 8,
        };
        for (map, &at) in self.maps.iter_mut().zip(&self.neurons) {
            let scale = output_scale.filter(|_| at.layer == last_layer);
            map.update(
                session.document(),
                forward_pass,
                self.axes,
                (at, scale),
                grid_size,
            );
        }
    }

    /// Returns the horizontal and the vertical axis.
    pub fn axes(&self) -> [GridAxis; 2] {
        self.axes
    }

    /// Returns the samples of the dataset if the maps are over two inputs, otherwise none.
    pub fn points(&self) -> &[DataPoint] {
        &self.points
    }

    /// Returns the neurons, each with its map.
    pub fn maps(&self) -> impl ExactSizeIterator<Item = (NeuronAddress, &NeuronMap)> {
        self.neurons.iter().copied().zip(&self.maps)
    }
}

fn axes(session: &Session, points: &[DataPoint], is_fitted_to_data: bool) -> [GridAxis; 2] {
    let document = session.document();
    let mut axes = session
        .view()
        .map_axes
        .map(|target| GridAxis::new(document, target));
    let columns: [Vec<f64>; 2] = [
        points.iter().map(|point| point.x).collect(),
        points.iter().map(|point| point.y).collect(),
    ];
    for (axis, column) in axes.iter_mut().zip(&columns) {
        let current = document.value(axis.target).unwrap_or(0.0);
        let ends = if is_fitted_to_data {
            extended_range(column, [current; 2]).map(|[low, high]| {
                let room = if high > low { 0.06 * (high - low) } else { 1.0 };
                [low - room, high + room]
            })
        } else {
            extended_range(column, axis.range)
        };
        axis.range = ends.unwrap_or(axis.range);
    }
    axes
}

/// Returns the interval that contains the values and `ends`, or `None` without values.
fn extended_range(values: &[f64], ends: [f64; 2]) -> Option<[f64; 2]> {
    (!values.is_empty()).then(|| {
        values
            .iter()
            .fold(ends, |[low, high], &value| [low.min(value), high.max(value)])
    })
}
