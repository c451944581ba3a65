//! The vertical axis that shows all of some curves.

use super::Curve;

/// Values are drawn in at most this distance from 0, so that differences stay finite.
const MAX_ABS: f64 = 1e307;
/// An extent below this is as good as none.
const MIN_EXTENT: f64 = 1e-290;

/// An axis `[from, to]` that holds all finite values of the curves and 0, with a margin.
///
/// Both ends are multiples of 1, 2 or 5 times a power of ten, with room for about six of them, so that the axis
/// stands still while the curves move a little. Never degenerate: a curve that is 0 everywhere gets −1 to 1.
pub fn fit_y_axis<'a>(curves: impl IntoIterator<Item = &'a Curve>) -> [f64; 2] {
    let [low, high] = curves_extent(curves);
    rounded_range(low, high, 6.0, 0.05)
}

/// The same for paper, where nothing moves: with finer steps it holds less that is empty.
pub fn fit_y_axis_tightly<'a>(curves: impl IntoIterator<Item = &'a Curve>) -> [f64; 2] {
    let [low, high] = curves_extent(curves);
    rounded_range(low, high, 24.0, 0.1)
}

/// The least and the greatest of all values and 0.
fn curves_extent<'a>(curves: impl IntoIterator<Item = &'a Curve>) -> [f64; 2] {
    let all = |curve: &Curve| -> [f64; 2] {
        let values = curve.points.iter().chain([&curve.current]).map(|point| point[1]);
        extent(values.filter(|value| value.is_finite()))
    };
    curves.into_iter().map(all).fold([0.0_f64, 0.0_f64], |sum, one| {
        [sum[0].min(one[0]), sum[1].max(one[1])]
    })
}

/// The least and the greatest of the values and 0.
fn extent(values: impl Iterator<Item = f64>) -> [f64; 2] {
    values.fold([0.0, 0.0], |[low, high]: [f64; 2], value| {
        [low.min(value), high.max(value)]
    })
}

/// An axis around them with a margin, a share of their distance; its ends are multiples of a round step, of which
/// there are about `steps`.
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

/// The smallest of 1, 2, 5 times a power of ten that is not below `least`, which is above 0.
fn nice_step(least: f64) -> f64 {
    let exponent = libm::floor(libm::log10(least)) as i32;
    let candidates = [
        (1.0, exponent),
        (2.0, exponent),
        (5.0, exponent),
        (1.0, exponent + 1),
    ];
    candidates
        .into_iter()
        .map(|(digit, exponent)| digit * power_of_ten(exponent))
        .find(|&step| step >= least)
        .unwrap_or(least)
}

/// `count · step` without the tail of digits that a step below 1 would leave.
fn multiple(step: f64, count: f64) -> f64 {
    let inverse = (1.0 / step).round();
    if step < 1.0 && inverse < 1e15 {
        count / inverse
    } else {
        count * step
    }
}

/// Powers below one come from a division, so that they are as round as can be.
fn power_of_ten(exponent: i32) -> f64 {
    if exponent >= 0 {
        libm::pow(10.0, f64::from(exponent))
    } else {
        1.0 / libm::pow(10.0, f64::from(-exponent))
    }
}
