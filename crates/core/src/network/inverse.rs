//! Inverse activation functions: from an output to a weighted sum.

/// The smallest distance from an output to a limit that the function never attains, such as 1 for sigmoid.
/// Closer outputs are treated as if they had this distance.
pub(super) const EPSILON: f64 = 1e-6;

/// Returns the logit whose softmax is `y`, given the other logits of its layer; `None` if there are no
/// others.
pub(crate) fn softmax_inverse(y: f64, z: f64, others: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let largest = others.clone().fold(f64::NEG_INFINITY, f64::max);
    if !largest.is_finite() {
        return None;
    }
    let sum: f64 = others.map(|other| libm::exp(other - largest)).sum();
    let offset = largest + libm::log(sum);
    Some(offset + sigmoid_inverse(y, z - offset))
}

/// Returns the weighted sum nearest to `z` whose sigmoid is `y`.
pub(super) fn sigmoid_inverse(y: f64, z: f64) -> f64 {
    inverse_between(y, 0.0, 1.0, z, |y| libm::log(y / (1.0 - y)))
}

/// Returns the inverse of a function that falls to its minimum at `minimum_z` and then rises, and comes close
/// to 0 on the falling side and to the identity on the rising one.
pub(super) fn inverse_around_minimum(y: f64, z: f64, minimum_z: f64, f: impl Fn(f64) -> f64) -> f64 {
    if y <= f(minimum_z) {
        return minimum_z;
    }
    // On the falling side the outputs are negative; at a distance of 60 from the minimum they are
    // practically 0.
    if z < minimum_z && y < 0.0 {
        return bisect(minimum_z, minimum_z - 60.0, |z| f(z) < y);
    }
    bisect(minimum_z, y.max(0.0) + 2.0, |z| f(z) < y)
}

/// Returns the inverse of a function that rises from `low` to `high` and attains neither.
pub(super) fn inverse_between(y: f64, low: f64, high: f64, z: f64, inverse: impl Fn(f64) -> f64) -> f64 {
    if y > high - EPSILON {
        z.max(inverse(high - EPSILON))
    } else if y < low + EPSILON {
        z.min(inverse(low + EPSILON))
    } else {
        inverse(y)
    }
}

/// Finds the position between `from`, where `is_below` is true, and `to`, where it is false, at which it
/// changes.
fn bisect(from: f64, to: f64, is_below: impl Fn(f64) -> bool) -> f64 {
    let (mut from, mut to) = (from, to);
    for _ in 0..100 {
        let middle = 0.5 * (from + to);
        if is_below(middle) {
            from = middle;
        } else {
            to = middle;
        }
    }
    0.5 * (from + to)
}

/// Returns the argument nearest to `z` whose sine is `y`.
pub(super) fn nearest_asin(y: f64, z: f64) -> f64 {
    use std::f64::consts::{PI, TAU};
    let base = libm::asin(y);
    let nearest_to_z = |start: f64| start + TAU * libm::round((z - start) / TAU);
    let (rising, falling) = (nearest_to_z(base), nearest_to_z(PI - base));
    if (rising - z).abs() <= (falling - z).abs() {
        rising
    } else {
        falling
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Activation;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_inverse_of_an_output_is_a_sum_with_that_output(z in -6.0..6.0, near in -6.0..6.0) {
            for activation in Activation::ALL {
                if matches!(activation, Activation::Step | Activation::Softmax) {
                    continue;
                }
                let y = activation.apply(z);
                let back = activation.apply(activation.inverse_near(y, near));
                prop_assert!((back - y).abs() < 1e-5, "{activation}: {y} {back}");
            }
        }

        #[test]
        fn the_inverse_of_a_softmax_output_is_its_logit(z in -5.0..5.0, others in prop::collection::vec(-5.0..5.0, 1..5)) {
            let sum: f64 = others.iter().map(|&other| libm::exp(other)).sum();
            let y = libm::exp(z) / (libm::exp(z) + sum);
            let back = softmax_inverse(y, 0.0, others.iter().copied()).unwrap();
            prop_assert!((back - z).abs() < 1e-3, "{back} {z}");
        }
    }

    #[test]
    fn an_unreachable_output_gives_the_sum_with_the_nearest_output() {
        assert_eq!(Activation::Relu.inverse_near(-1.0, -3.0), -3.0);
        assert_eq!(Activation::Relu.inverse_near(-1.0, 3.0), 0.0);
        assert!(Activation::Sigmoid.inverse_near(2.0, 0.0) > 10.0);
        assert_eq!(Activation::Sigmoid.inverse_near(2.0, 30.0), 30.0);
    }
}
