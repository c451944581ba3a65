//! A neuron's curve, and the vertical axis that is fitted to curves.

use crate::network::NeuronAddress;

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
    let step = nice_step((high - low) / steps);
    [
        multiple(step, libm::floor(low / step)),
        multiple(step, libm::ceil(high / step)),
    ]
}

/// Returns the smallest of 1, 2 and 5 times a power of ten that is at least `least`, which must be above 0.
fn nice_step(min: f64) -> f64 {
    let exponent = libm::floor(libm::log10(min)) as i32;
    let candidates = [
        (1.0, exponent),
        (2.0, exponent),
        (5.0, exponent),
        (1.0, exponent + 1),
    ];
    candidates
        .into_iter()
        .map(|(digit, exponent)| digit * power_of_ten(exponent))
        .find(|&step| step >= min)
        .unwrap_or(min)
}

/// Returns `count · step` without the rounding error that a step below 1 would cause.
fn multiple(step: f64, count: f64) -> f64 {
    let inverse = (1.0 / step).round();
    if step < 1.0 && inverse < 1e15 {
        count / inverse
    } else {
        count * step
    }
}

/// Returns a power of ten. Those below 1 are computed by a division, which is correctly rounded.
fn power_of_ten(exponent: i32) -> f64 {
    if exponent >= 0 {
        libm::pow(10.0, f64::from(exponent))
    } else {
        1.0 / libm::pow(10.0, f64::from(-exponent))
    }
}
