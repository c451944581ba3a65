//! From an output back to a pre-activation.

use super::Activation;

/// How near to an end that is never reached an output is taken to be, at most.
const EPSILON: f64 = 1e-6;
/// Where silu and gelu are least: they fall before it and rise after it.
const MIN_Z_OF_SILU: f64 = -1.278_464_542_761_074;
const MIN_Z_OF_GELU: f64 = -0.751_791_524_693_564_5;

impl Activation {
    /// The pre-activation nearest to `z` whose output is `y`, or comes nearest to `y` where none is. Of a step it is 0,
    /// where it jumps; a softmax is taken as alone in its layer with the logit 0, see [`softmax_inverse`].
    pub fn inverse_near(self, y: f64, z: f64) -> f64 {
        match self {
            Self::Linear => y,
            Self::Step => 0.0,
            Self::Relu if y > 0.0 => y,
            Self::Relu => z.min(0.0),
            Self::LeakyRelu => {
                if y > 0.0 {
                    y
                } else {
                    y / 0.01
                }
            }
            Self::Elu if y > 0.0 => y,
            Self::Elu if y < EPSILON - 1.0 => z.min(libm::log(EPSILON)),
            Self::Elu => libm::log1p(y),
            Self::Sigmoid | Self::Softmax => inverse_between(y, 0.0, 1.0, z, |y| libm::log(y / (1.0 - y))),
            Self::Tanh => inverse_between(y, -1.0, 1.0, z, libm::atanh),
            Self::Softplus if y < EPSILON => z.min(libm::log(EPSILON)),
            // ln(exp(y) − 1), which would overflow as it stands.
            Self::Softplus => y + libm::log(-libm::expm1(-y)),
            Self::Silu => self.inverse_around_minimum(y, z, MIN_Z_OF_SILU),
            Self::Gelu => self.inverse_around_minimum(y, z, MIN_Z_OF_GELU),
            Self::Sine => nearest_asin(y.clamp(-1.0, 1.0), z),
        }
    }

    /// The inverse of what falls to its least value and then rises.
    fn inverse_around_minimum(self, y: f64, z: f64, minimum_z: f64) -> f64 {
        if y <= self.apply(minimum_z) {
            return minimum_z;
        }
        // On the falling side the outputs are below 0, and 60 from the least they are as good as 0.
        if z < minimum_z && y < 0.0 {
            return bisect(minimum_z, minimum_z - 60.0, |z| self.apply(z) < y);
        }
        bisect(minimum_z, y.max(0.0) + 2.0, |z| self.apply(z) < y)
    }
}

/// The logit whose softmax is `y` beside the other logits of its layer; `None` if there are no others.
pub fn softmax_inverse(y: f64, z: f64, others: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let largest = others.clone().fold(f64::NEG_INFINITY, f64::max);
    if !largest.is_finite() {
        return None;
    }
    let sum: f64 = others.map(|other| libm::exp(other - largest)).sum();
    let offset = largest + libm::log(sum);
    Some(offset + Activation::Sigmoid.inverse_near(y, z - offset))
}

/// The inverse of what rises from `low` to `high` and reaches neither.
fn inverse_between(y: f64, low: f64, high: f64, z: f64, inverse: impl Fn(f64) -> f64) -> f64 {
    if y > high - EPSILON {
        z.max(inverse(high - EPSILON))
    } else if y < low + EPSILON {
        z.min(inverse(low + EPSILON))
    } else {
        inverse(y)
    }
}

/// Between `from`, where it is not yet so, and `to`, where it is no longer: the last place where `is_before` holds.
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

fn nearest_asin(y: f64, z: f64) -> f64 {
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
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_output_leads_back_to_a_place_that_has_it(z in -6.0..6.0, near in -6.0..6.0) {
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
        fn a_softmax_output_leads_back_to_its_logit(z in -5.0..5.0, others in prop::collection::vec(-5.0..5.0, 1..5)) {
            let sum: f64 = others.iter().map(|&other| libm::exp(other)).sum();
            let y = libm::exp(z) / (libm::exp(z) + sum);
            let back = softmax_inverse(y, 0.0, others.iter().copied()).unwrap();
            prop_assert!((back - z).abs() < 1e-3, "{back} {z}");
        }
    }

    #[test]
    fn what_can_not_be_reached_is_come_near_to() {
        assert_eq!(Activation::Relu.inverse_near(-1.0, -3.0), -3.0);
        assert_eq!(Activation::Relu.inverse_near(-1.0, 3.0), 0.0);
        assert!(Activation::Sigmoid.inverse_near(2.0, 0.0) > 10.0);
        assert_eq!(Activation::Sigmoid.inverse_near(2.0, 30.0), 30.0);
    }
}
