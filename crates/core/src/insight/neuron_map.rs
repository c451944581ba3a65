//! One neuron's outputs over a grid of two knobs or inputs, with contours and a color scale.

use crate::network::{Activation, ForwardPass, Network, NeuronAddress};
use crate::session::{Document, Quantity};
use crate::text::{multiple_of_step, next_round_number};

use super::computation_id::ComputationId;
use super::contour::Contour;
use super::output_grid::{GridAxis, MappedNeurons, OutputGrid};

/// The approximate number of contour levels.
const CONTOUR_LEVELS: f64 = 7.0;

/// A color scale: the values of its two ends and of its neutral middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColorScale {
    /// The value of the lower end.
    pub low: f64,
    /// The value of the neutral middle: the output at the neuron's threshold.
    pub middle: f64,
    /// The value of the upper end.
    pub high: f64,
}

/// Everything that a map depends on.
#[derive(Debug, Clone, PartialEq)]
struct NeuronMapKey {
    network: Network,
    inputs: Vec<f64>,
    axes: [GridAxis; 2],
    at: NeuronAddress,
    scale: Option<ColorScale>,
}

/// The outputs of one neuron over two knobs or inputs, as a grid with contours.
///
/// It is recomputed only if the network, the inputs, the axes or the neuron have changed, or if a finer grid
/// is requested.
#[derive(Debug, Clone, Default)]
pub struct NeuronMap {
    key: Option<NeuronMapKey>,
    grid: OutputGrid,
    values: Vec<f64>,
    grid_size: usize,
    levels: Vec<(f64, Contour)>,
    boundary: Contour,
    /// The output at the neuron's threshold, if it is one number.
    boundary_level: Option<f64>,
    scale: ColorScale,
    id: ComputationId,
}

impl Default for ColorScale {
    fn default() -> Self {
        Self {
            low: 0.0,
            middle: 0.5,
            high: 1.0,
        }
    }
}

impl ColorScale {
    /// Returns the position of a value on the scale: −1 at the lower end, 0 in the middle, 1 at the upper
    /// end. Values beyond the ends are clamped.
    pub fn normalized(&self, value: f64) -> f64 {
        let extent = if value < self.middle {
            self.middle - self.low
        } else {
            self.high - self.middle
        };
        if extent > 0.0 {
            ((value - self.middle) / extent).clamp(-1.0, 1.0)
        } else {
            0.0
        }
    }

    /// Returns the scale for a neuron with these output values. If the activation function is bounded, the
    /// scale has its bounds, so that colors stay the same while knobs change.
    pub(crate) fn for_activation(activation: Activation, values: &[f64]) -> Self {
        let between = |low, middle, high| Self { low, middle, high };
        let [low, high] = activation.info().output_range;
        if low.is_finite() && high.is_finite() {
            return between(low, 0.5 * (low + high), high);
        }
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let largest = finite().fold(0.0, |largest, value| f64::max(largest, value.abs()));
        let largest = if largest == 0.0 {
            1.0
        } else {
            next_round_number(largest)
        };
        let is_below = finite().any(|value| value < -1e-3 * largest);
        between(if is_below { -largest } else { 0.0 }, 0.0, largest)
    }
}

impl NeuronMap {
    /// Brings the map up to date, with at least `grid_size` rows and columns. `forward_pass` is that of the
    /// document's inputs. The color scale is that of the neuron's activation function, unless one is given. Returns
    /// true if anything was computed.
    ///
    /// # Panics
    ///
    /// Panics as [`OutputGrid::run`] does.
    pub(crate) fn update(
        &mut self,
        document: &Document,
        forward_pass: &ForwardPass,
        axes: [GridAxis; 2],
        (at, scale): (NeuronAddress, Option<ColorScale>),
        grid_size: usize,
    ) -> bool {
        if self.is_current(document, axes, (at, scale)) && self.grid_size >= grid_size {
            return false;
        }
        let activation = document.network.architecture().layers()[at.layer].neurons[at.neuron].activation;
        // The threshold is sharper in the weighted sum than in the output. The output of a softmax does not
        // depend on a single sum alone.
        let (quantity, level) = if activation.is_per_layer() {
            (Quantity::Output, 0.5)
        } else {
            (Quantity::WeightedSum, 0.0)
        };
        self.grid.run(
            document,
            forward_pass,
            axes,
            grid_size,
            MappedNeurons::Neuron(at),
            quantity,
        );
        let grid_values = self.grid.neuron_values(at).unwrap_or_default();
        self.boundary.trace(grid_values, grid_size, level);
        self.boundary_level = match quantity {
            _ if activation.info().is_piecewise_constant => None,
            Quantity::Output => Some(level),
            Quantity::WeightedSum => Some(activation.apply(level)),
        };
        self.values.clear();
        match quantity {
            Quantity::Output => self.values.extend_from_slice(grid_values),
            Quantity::WeightedSum => self
                .values
                .extend(grid_values.iter().map(|&z| activation.apply(z))),
        }
        self.grid_size = grid_size;
        self.scale = scale.unwrap_or_else(|| ColorScale::for_activation(activation, &self.values));
        self.trace_levels(activation);
        self.id = ComputationId::default();
        self.key = Some(NeuronMapKey {
            network: document.network.clone(),
            inputs: document.inputs.clone(),
            axes,
            at,
            scale,
        });
        true
    }

    /// True if nothing that the map depends on has changed.
    fn is_current(
        &self,
        document: &Document,
        axes: [GridAxis; 2],
        (at, scale): (NeuronAddress, Option<ColorScale>),
    ) -> bool {
        self.key.as_ref().is_some_and(|key| {
            key.axes == axes
                && key.at == at
                && key.scale == scale
                && key.inputs == document.inputs
                && key.network == document.network
        })
    }

    /// Traces contours at round levels, except at the level of the boundary, which is traced already.
    fn trace_levels(&mut self, activation: Activation) {
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
            [low.min(value), high.max(value)]
        });
        let mut used = 0;
        let step = next_round_number((high - low) / CONTOUR_LEVELS);
        let is_continuous = !activation.info().is_piecewise_constant;
        if is_continuous && step.is_finite() && step > 1e-9 * high.abs().max(low.abs()) {
            let mut index = libm::ceil(low / step + 1e-6);
            while index * step < high - 1e-6 * step && used < 3 * CONTOUR_LEVELS as usize {
                let level = multiple_of_step(step, index);
                index += 1.0;
                if self
                    .boundary_level
                    .is_some_and(|boundary_level| (level - boundary_level).abs() < 1e-6 * step)
                {
                    continue;
                }
                if used == self.levels.len() {
                    self.levels.push((level, Contour::default()));
                }
                self.levels[used].0 = level;
                self.levels[used].1.trace(&self.values, self.grid_size, level);
                used += 1;
            }
        }
        self.levels.truncate(used);
    }

    /// Returns the id of the last computation.
    pub fn id(&self) -> &ComputationId {
        &self.id
    }

    /// Returns the number of rows of the grid, which is also the number of columns.
    pub fn grid_size(&self) -> usize {
        self.grid_size
    }

    /// Returns the outputs, `[row][column]`, with the lower ends of both axes first.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Returns the color scale of the outputs.
    pub fn scale(&self) -> ColorScale {
        self.scale
    }

    /// Returns the levels of the contours and the contours.
    pub fn levels(&self) -> impl Iterator<Item = (f64, &Contour)> {
        self.levels.iter().map(|(level, contour)| (*level, contour))
    }

    /// Returns the output along [`NeuronMap::boundary`]; `None` if the output jumps there.
    pub fn boundary_level(&self) -> Option<f64> {
        self.boundary_level
    }

    /// Returns the line at the neuron's threshold: its weighted sum is 0, or its softmax output is 0.5.
    pub fn boundary(&self) -> &Contour {
        &self.boundary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Preset;
    use crate::session::{Adjustable, Edit, Origin, Session};

    #[test]
    fn a_map_is_recomputed_after_changes_and_for_a_finer_grid() {
        let document = Preset::from_name("xor").and_then(|preset| preset.document().ok());
        let mut session = Session::open(document.expect("a bundled preset"), Origin::Untitled);
        let mut neuron_map = NeuronMap::default();
        let at = NeuronAddress { layer: 1, neuron: 0 };
        let mut update = |session: &Session, grid_size| {
            let document = session.document();
            let forward_pass = document.network.forward(&document.inputs);
            let axes = [0, 1].map(|input| GridAxis::new(document, Adjustable::Input(input)));
            neuron_map.update(document, &forward_pass, axes, (at, None), grid_size)
        };
        assert!(update(&session, 16));
        assert!(!update(&session, 16));
        assert!(!update(&session, 8));
        assert!(update(&session, 32));
        let target = Adjustable::parse("b[1,1]").expect("an address");
        let set = Edit::Set { target, value: 0.25 };
        session.apply(set).expect("it can be set");
        assert!(update(&session, 8));
        assert!(update(&session, 32), "fine again at rest");
        assert!(neuron_map.boundary().lines().count() > 0);
        assert_eq!(neuron_map.levels().count(), 0, "a step has no slope");
    }

    #[test]
    fn a_color_scale_has_round_ends_and_the_threshold_in_the_middle() {
        let scale = ColorScale::for_activation(Activation::Relu, &[0.0, 3.1]);
        assert_eq!((scale.low, scale.middle, scale.high), (0.0, 0.0, 5.0));
        let scale = ColorScale::for_activation(Activation::Linear, &[-0.3, 0.1, f64::NAN]);
        assert_eq!((scale.low, scale.high), (-0.5, 0.5));
        assert_eq!(scale.normalized(0.25), 0.5);
        assert_eq!(scale.normalized(-7.0), -1.0);
        assert_eq!(
            ColorScale::for_activation(Activation::Linear, &[0.0]).normalized(0.0),
            0.0
        );
    }
}
