//! The loss landscape: the loss over the range of one knob, or over the ranges of two.

use std::sync::Arc;

use crate::network::{Architecture, Knob};
use crate::session::{Adjustable, Document, TrainingSetup};
use crate::text::{multiple_of_step, next_round_number};

use super::computation_id::ComputationId;
use super::contour::Contour;
use super::frame_budget;
use super::loss_evaluation::LossEvaluation;
use super::loss_sweep::{LossSweep, cost_per_sample};
use super::output_grid::{GridAxis, GridDetail};

/// Losses smaller than this, relative to the largest one, can't be distinguished from 0.
const MIN_RELATIVE_LOSS: f64 = 1e-5;
/// The maximum number of contour levels.
const MAX_LEVELS: usize = 9;

/// The number of rows and columns of a grid while nothing changes.
const FINE_GRID: usize = 56;
/// The number of rows and columns while a value is dragged.
const COARSE_GRID: usize = 32;
/// The number of rows and columns during training.
const COARSEST_GRID: usize = 24;
/// The number of points of a curve.
const CURVE_POINTS: usize = 193;

/// Everything that a landscape depends on, except the values of its own knobs: changing them recomputes
/// nothing.
#[derive(Debug, Clone)]
struct LossLandscapeKey {
    setup: Arc<TrainingSetup>,
    architecture: Architecture,
    knobs: Vec<f64>,
    knob_indices: [usize; 2],
    axes: [GridAxis; 2],
    is_coarse: bool,
}

/// The loss over the ranges of two knobs as a grid, or of one knob as a row, while all other knobs stay the
/// same.
///
/// It is recomputed only if something that it depends on has changed or a finer one is requested. The values
/// are meant for colors and contours: they agree with a forward pass to about 1e-6 of the largest.
#[derive(Debug, Clone, Default)]
pub struct LossLandscape {
    key: Option<LossLandscapeKey>,
    /// `[row][column]`, with the lower ends of both axes first. For one knob it is a single row.
    values: Vec<f64>,
    columns: usize,
    rows: usize,
    samples: usize,
    current_loss: f64,
    levels: Vec<(f64, Contour)>,
    extent: Option<[f64; 2]>,
    sweep: LossSweep,
    /// True if it may take longer than a frame.
    is_for_print: bool,
    is_coarse: bool,
    id: ComputationId,
}

impl LossLandscape {
    /// Brings the landscape up to date: the grid over two knobs, or the curve over the first. `evaluation`
    /// must belong to the document.
    pub(super) fn update(
        &mut self,
        document: &Document,
        evaluation: &LossEvaluation,
        (across, up): (Knob, Option<Knob>),
        detail: GridDetail,
    ) {
        self.set_coarse(detail == GridDetail::Coarsest);
        self.is_for_print = detail == GridDetail::Print;
        let axis = |knob| GridAxis::new(document, Adjustable::Knob(knob));
        let Some(up) = up else {
            self.update_curve(document, evaluation, axis(across), CURVE_POINTS);
            return;
        };
        let grid_size = match detail {
            GridDetail::Coarsest => COARSEST_GRID,
            GridDetail::Coarse => COARSE_GRID,
            GridDetail::Fine | GridDetail::Print => FINE_GRID,
        };
        self.update_grid(document, evaluation, [axis(across), axis(up)], grid_size);
    }

    /// Makes the landscape coarse, that is of fewer samples, or fine. During training, when it changes in
    /// every frame, it should be coarse. A coarse landscape is recomputed as soon as it is no longer
    /// requested to be coarse.
    pub fn set_coarse(&mut self, is_coarse: bool) {
        self.is_coarse = is_coarse;
    }

    /// Returns the number of samples that fits into the budget, given the number of operations for one
    /// sample.
    fn affordable_samples(&self, cost: usize, evaluation: &LossEvaluation) -> usize {
        let budget = match (self.is_for_print, self.is_coarse) {
            (true, _) => frame_budget::PRINTED_LANDSCAPE,
            (false, true) => frame_budget::COARSE_LANDSCAPE,
            (false, false) => frame_budget::LANDSCAPE,
        };
        evaluation.affordable_samples(budget, cost)
    }

    /// Computes the loss over one knob at `columns` positions. `evaluation` must belong to the document.
    /// Returns true if anything was computed.
    pub fn update_curve(
        &mut self,
        document: &Document,
        evaluation: &LossEvaluation,
        x: GridAxis,
        columns: usize,
    ) -> bool {
        let Adjustable::Knob(knob) = x.target else {
            return false;
        };
        if self.is_current(document, evaluation, [x, x]) && self.rows == 1 && self.columns >= columns {
            return false;
        }
        let network = &document.network;
        let cost = cost_per_sample(network.architecture(), knob) * columns;
        let samples = self.affordable_samples(cost, evaluation);
        self.reset(document, evaluation, [x, x], [columns, 1], samples);
        self.sweep.prepare(network, evaluation, samples);
        let x_values: Vec<f64> = (0..columns)
            .map(|column| x.value_at(column as f64, columns))
            .collect();
        self.sweep.sweep_knob(
            network,
            evaluation.loss_function(),
            knob,
            &x_values,
            &mut self.values,
        );
        self.update_extent();
        true
    }

    /// Computes the loss over two knobs with `grid_size` rows and columns. `evaluation` must belong to the
    /// document. Returns true if anything was computed.
    pub fn update_grid(
        &mut self,
        document: &Document,
        evaluation: &LossEvaluation,
        axes: [GridAxis; 2],
        grid_size: usize,
    ) -> bool {
        let (Adjustable::Knob(across), Adjustable::Knob(up)) = (axes[0].target, axes[1].target) else {
            return false;
        };
        if across == up
            || self.is_current(document, evaluation, axes) && self.rows > 1 && self.columns >= grid_size
        {
            return false;
        }
        let architecture = document.network.architecture();
        // The knob that varies within a row is computed most often: it is the cheaper one.
        let is_transposed = cost_per_sample(architecture, up) < cost_per_sample(architecture, across);
        let (inner, outer) = if is_transposed {
            ([up, across], [1, 0])
        } else {
            ([across, up], [0, 1])
        };
        let cost = cost_per_sample(architecture, inner[0]) * grid_size * grid_size
            + (cost_per_sample(architecture, inner[1]) + architecture.knob_count()) * grid_size;
        let samples = self.affordable_samples(cost, evaluation);
        self.reset(document, evaluation, axes, [grid_size, grid_size], samples);
        self.sweep.prepare(&document.network, evaluation, samples);
        let base = self.sweep.save_state();
        let value_at = |axis: usize, index: usize| axes[axis].value_at(index as f64, grid_size);
        let along: Vec<f64> = (0..grid_size).map(|index| value_at(outer[0], index)).collect();
        let mut network = document.network.clone();
        let current_value = network.get(inner[1]).unwrap_or(0.0);
        let mut losses = vec![0.0; grid_size];
        for index in 0..grid_size {
            let value = value_at(outer[1], index);
            self.sweep.restore_state(&base);
            self.sweep.set_knob(
                &document.network,
                evaluation.loss_function(),
                inner[1],
                [current_value, value],
            );
            network.set(inner[1], value);
            self.sweep.sweep_knob(
                &network,
                evaluation.loss_function(),
                inner[0],
                &along,
                &mut losses,
            );
            for (inner_index, &loss) in losses.iter().enumerate() {
                let (row, column) = if is_transposed {
                    (inner_index, index)
                } else {
                    (index, inner_index)
                };
                self.values[row * grid_size + column] = loss;
            }
        }
        self.update_extent();
        self.trace_levels();
        true
    }

    /// Resets the landscape before it is recomputed.
    fn reset(
        &mut self,
        document: &Document,
        evaluation: &LossEvaluation,
        axes: [GridAxis; 2],
        [columns, rows]: [usize; 2],
        samples: usize,
    ) {
        let network = &document.network;
        let architecture = network.architecture();
        let index = |axis: GridAxis| match axis.target {
            Adjustable::Knob(knob) => architecture.index_of(knob),
            Adjustable::Input(_) | Adjustable::Hyperparameter(_) => None,
        };
        let knob_indices = axes.map(|axis| index(axis).unwrap_or(0));
        self.key = Some(LossLandscapeKey {
            setup: Arc::clone(evaluation.setup()),
            architecture: architecture.clone(),
            knobs: network.knobs().to_vec(),
            knob_indices,
            axes,
            is_coarse: self.is_coarse,
        });
        self.id = ComputationId::default();
        self.current_loss = evaluation.loss();
        (self.columns, self.rows, self.samples) = (columns, rows, samples);
        self.values.clear();
        self.values.resize(columns * rows, f64::NAN);
        self.levels.clear();
    }

    /// True if nothing that the landscape depends on has changed.
    fn is_current(&self, document: &Document, evaluation: &LossEvaluation, axes: [GridAxis; 2]) -> bool {
        let network = &document.network;
        self.key.as_ref().is_some_and(|key| {
            let knobs = key.knobs.iter().zip(network.knobs()).enumerate();
            key.axes == axes
                && (self.is_coarse || !key.is_coarse)
                && Arc::ptr_eq(&key.setup, evaluation.setup())
                && key.architecture == *network.architecture()
                && knobs
                    .into_iter()
                    .all(|(index, (before, now))| before == now || key.knob_indices.contains(&index))
        })
    }

    /// Updates the smallest and the largest loss.
    fn update_extent(&mut self) {
        let finite = self.values.iter().copied().filter(|value| value.is_finite());
        self.extent = finite.fold(None, |extent, value| match extent {
            None => Some([value, value]),
            Some([lowest, highest]) => Some([f64::min(lowest, value), f64::max(highest, value)]),
        });
    }

    /// Traces contours at round levels: evenly spaced, or at multiples of powers of ten if the loss spans
    /// several of them. Then the logarithm of the loss is interpolated: a small loss beside a much larger one would
    /// otherwise draw every contour to itself, in steps as large as the grid.
    fn trace_levels(&mut self) {
        let Some([lowest, highest]) = self.extent else {
            return;
        };
        let floor = MIN_RELATIVE_LOSS * highest;
        let is_logarithmic = spans_powers_of_ten(lowest, highest);
        let scaled = |loss: f64| match is_logarithmic && loss.is_finite() {
            true => libm::log10(loss.max(floor)),
            false => loss,
        };
        let values: Vec<f64> = self.values.iter().map(|&loss| scaled(loss)).collect();
        for level in levels(lowest, highest) {
            let mut contour = Contour::default();
            contour.trace(&values, self.columns, scaled(level));
            self.levels.push((level, contour));
        }
    }

    /// Returns the id of the last computation.
    pub fn id(&self) -> &ComputationId {
        &self.id
    }

    /// Returns the number of columns and of rows.
    pub fn size(&self) -> [usize; 2] {
        [self.columns, self.rows]
    }

    /// Returns the losses, `[row][column]`.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Returns the number of samples that were used.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Returns the network's loss when the landscape was computed.
    pub fn current_loss(&self) -> f64 {
        self.current_loss
    }

    /// Returns the smallest and the largest loss; `None` if no loss is finite.
    pub fn extent(&self) -> Option<[f64; 2]> {
        self.extent
    }

    /// Returns the levels of the contours and the contours.
    pub fn levels(&self) -> impl Iterator<Item = (f64, &Contour)> {
        self.levels.iter().map(|(level, contour)| (*level, contour))
    }

    /// True if the smallest loss can't be distinguished from 0, relative to the largest one.
    pub fn is_lowest_near_zero(&self) -> bool {
        self.extent
            .is_some_and(|[lowest, highest]| lowest >= 0.0 && lowest < MIN_RELATIVE_LOSS * highest)
    }

    /// Returns the values of the knobs at which the loss is lowest, and that loss. Returns `None` if the
    /// losses are all the same or not finite.
    pub fn lowest(&self) -> Option<([f64; 2], f64)> {
        let [lowest, highest] = self.extent?;
        let key = self.key.as_ref()?;
        // Differences below this are rounding errors.
        if highest - lowest <= MIN_RELATIVE_LOSS * highest.abs() {
            return None;
        }
        let index = self.values.iter().position(|&value| value == lowest)?;
        let (row, column) = (index / self.columns, index % self.columns);
        let [x, y] = key.axes;
        let across = x.value_at(column as f64, self.columns);
        Some(([across, y.value_at(row as f64, self.rows)], lowest))
    }
}

/// True if losses from `lowest` to `highest` differ so much that their contours are at multiples of powers of ten.
fn spans_powers_of_ten(lowest: f64, highest: f64) -> bool {
    const WIDE: f64 = 20.0;
    lowest >= 0.0 && highest > WIDE * lowest.max(MIN_RELATIVE_LOSS * highest)
}

/// Returns round levels between two losses.
fn levels(lowest: f64, highest: f64) -> Vec<f64> {
    if !(highest > lowest && (highest - lowest).is_finite()) {
        return Vec::new();
    }
    let power = |exponent: i32| libm::pow(10.0, f64::from(exponent));
    // Smaller losses are lost in rounding errors.
    let floor = lowest.max(MIN_RELATIVE_LOSS * highest);
    let is_inside = |level: &f64| *level > floor && *level < highest;
    if spans_powers_of_ten(lowest, highest) {
        let low = libm::floor(libm::log10(floor)) as i32;
        let high = libm::ceil(libm::log10(highest)) as i32;
        let all = |digits: &[f64]| -> Vec<f64> {
            let levels =
                (low..=high).flat_map(|exponent| digits.iter().map(move |digit| digit * power(exponent)));
            levels.filter(is_inside).collect()
        };
        let candidates = [all(&[1.0, 2.0, 5.0]), all(&[1.0, 3.0]), all(&[1.0])];
        let fitting = candidates.iter().find(|levels| levels.len() <= MAX_LEVELS);
        return fitting.or(candidates.last()).cloned().unwrap_or_default();
    }
    let min_step = (highest - lowest) / (MAX_LEVELS - 1) as f64;
    let step = next_round_number(min_step);
    let first = libm::ceil(lowest / step) as i64;
    let all = (first..)
        .map(|index| multiple_of_step(step, index as f64))
        .take(MAX_LEVELS + 2);
    all.filter(|level| *level > lowest && *level < highest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contour_levels_are_round_and_within_the_losses() {
        for (lowest, highest) in [(0.0, 1.0), (0.2, 0.9), (1e-4, 300.0), (0.5, 0.5001), (3.0, 1e9)] {
            let levels = levels(lowest, highest);
            assert!(!levels.is_empty() && levels.len() <= MAX_LEVELS + 2, "{levels:?}");
            assert!(
                levels.iter().all(|level| (lowest..=highest).contains(level)),
                "{levels:?}"
            );
        }
        assert_eq!(levels(0.2, 0.9), [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);
        for (lowest, highest) in [(1.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(levels(lowest, highest).is_empty());
        }
    }

    #[test]
    fn contours_between_losses_of_different_magnitude_are_placed_by_the_logarithm() {
        let mut landscape = LossLandscape {
            values: vec![1e-4, 1.0, 1e-4, 1.0],
            columns: 2,
            rows: 2,
            ..LossLandscape::default()
        };
        landscape.update_extent();
        landscape.trace_levels();
        let (_, contour) = landscape
            .levels()
            .find(|(level, _)| (level - 0.01).abs() < 1e-9)
            .unwrap();
        for [column, _] in contour.lines().flatten() {
            assert!((column - 0.5).abs() < 1e-9, "{column}");
        }
        assert!(contour.lines().count() > 0);
    }
}
