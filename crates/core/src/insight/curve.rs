//! A neuron's curve, and the vertical axis that is fitted to curves.

use crate::network::NeuronAddress;
use crate::text::{multiple_of_step, next_round_number};

/// The maximum absolute value of an axis, so that differences stay finite.
const MAX_ABS: f64 = 1e307;
/// An extent below this counts as none.
const MIN_EXTENT: f64 = 1e-290;

/// One neuron's curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The neuron.
    pub at: NeuronAddress,
    /// `[x, value]`, with `x` ascending. A jump consists of two points with adjacent `x`. Points that are not
    /// finite are left out.
    pub points: Vec<[f64; 2]>,
    /// The current point, with the value of the forward pass itself. It may lie outside of the axis.
    pub current: [f64; 2],
}

/// Returns an axis `[from, to]` that contains all finite values of the curves and 0, with a margin.
///
/// Both ends are multiples of 1, 2 or 5 times a power of ten. There are about six steps between them, so that
/// the axis does not move while the curves change a little. The axis is never degenerate: a curve that is 0
/// everywhere gets −1 to 1.
pub fn fit_y_axis<'a>(curves: impl IntoIterator<Item = &'a Curve>) -> [f64; 2] {
    let [low, high] = curves_extent(curves);
    rounded_range(low, high, 6.0, 0.05)
}

/// Returns an axis as [`fit_y_axis`] does but with finer steps, so that less of it is empty. It is meant for
/// print, where nothing moves.
pub fn fit_y_axis_tightly<'a>(curves: impl IntoIterator<Item = &'a Curve>) -> [f64; 2] {
    let [low, high] = curves_extent(curves);
    rounded_range(low, high, 24.0, 0.1)
}

/// Returns the smallest and the largest of all values of the curves and 0.
fn curves_extent<'a>(curves: impl IntoIterator<Item = &'a Curve>) -> [f64; 2] {
    let all = |curve: &Curve| -> [f64; 2] {
        let values = curve.points.iter().chain([&curve.current]).map(|point| point[1]);
        extent(values.filter(|value| value.is_finite()))
    };
    curves
        .into_iter()
        .map(all)
        .fold([0.0_f64, 0.0_f64], |extent_so_far, curve_extent| {
            [
                extent_so_far[0].min(curve_extent[0]),
                extent_so_far[1].max(curve_extent[1]),
            ]
        })
}

/// Returns the smallest and the largest of the values and 0.
fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([0.0, 0.0], |[low, high]: [f64; 2], value| {
        [low.min(value), high.max(value)]
    })
}

/// Returns an axis around `low` and `high`. `margin` is a fraction of their distance. Its ends are multiples
/// of a round step; there are about `steps` of them in between.
fn rounded_range(low: f64, high: f64, steps: f64, margin: f64) -> [f64; 2] {
    let (low, high) = (low.max(-MAX_ABS), high.min(MAX_ABS));
    let size = high - low;
    if size < MIN_EXTENT {
        return [-1.0, 1.0];
    }
    let (low, high) = (low - margin * size, high + margin * size);
    let step = next_round_number((high - low) / steps);
    [
        multiple_of_step(step, libm::floor(low / step)),
        multiple_of_step(step, libm::ceil(high / step)),
    ]
}
