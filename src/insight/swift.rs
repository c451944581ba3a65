//! Activations of many sums at once, for pictures: written so that the compiler turns the loops into vectors.
//!
//! They agree with [`Activation::of`] to 1e-15 absolutely or relatively, whichever is more, and are several times as
//! fast; but they have not its bits, so no number that is shown comes from here.

use crate::network::Activation;

/// The outputs for a row of sums; for a softmax see [`softmax`].
pub(super) fn activate(activation: Activation, z: &[f64], a: &mut [f64]) {
    let each = |a: &mut [f64], f: fn(f64) -> f64| {
        for (a, &z) in a.iter_mut().zip(z) {
            *a = f(z);
        }
    };
    match activation {
        Activation::Tanh => {
            for (a, &z) in a.iter_mut().zip(z) {
                let e = exp(-2.0 * z.abs());
                *a = ((1.0 - e) / (1.0 + e)).copysign(z);
            }
        }
        Activation::Sigmoid => {
            for (a, &z) in a.iter_mut().zip(z) {
                *a = 1.0 / (1.0 + exp(-z));
            }
        }
        Activation::Silu => {
            for (a, &z) in a.iter_mut().zip(z) {
                *a = z / (1.0 + exp(-z));
            }
        }
        Activation::Elu => {
            for (a, &z) in a.iter_mut().zip(z) {
                let below = exp(z.min(0.0)) - 1.0;
                *a = if z > 0.0 { z } else { below };
            }
        }
        Activation::Linear => a.copy_from_slice(z),
        Activation::Relu => each(a, |z| if z <= 0.0 { 0.0 } else { z }),
        Activation::LeakyRelu => each(a, |z| if z <= 0.0 { 0.01 * z } else { z }),
        Activation::Step => each(a, |z| if z > 0.0 { 1.0 } else { 0.0 }),
        Activation::Softplus | Activation::Gelu | Activation::Sine | Activation::Softmax => {
            activation.of_each(z, a);
        }
    }
}

/// Softmax over a layer, `[neuron][sample]`, as [`crate::network::activation::softmax`]; `scratch` is kept.
pub(super) fn softmax(z: &[f64], samples: usize, a: &mut [f64], scratch: &mut Vec<f64>) {
    scratch.clear();
    scratch.resize(2 * samples, f64::NEG_INFINITY);
    let (largest, sum) = scratch.split_at_mut(samples);
    sum.fill(0.0);
    for row in z.chunks_exact(samples) {
        for (largest, &z) in largest.iter_mut().zip(row) {
            *largest = largest.max(z);
        }
    }
    for (row, a) in z.chunks_exact(samples).zip(a.chunks_exact_mut(samples)) {
        for (((a, &z), &largest), sum) in a.iter_mut().zip(row).zip(&*largest).zip(&mut *sum) {
            *a = exp(z - largest);
            *sum += *a;
        }
    }
    for a in a.chunks_exact_mut(samples) {
        for (a, &sum) in a.iter_mut().zip(&*sum) {
            *a /= sum;
        }
    }
}

/// `exp(x)`, without branches: `2^n · exp(r)` with `|r| ≤ ln 2 / 2`, and Taylor's series for the latter
/// (Cody and Waite, 1980). Below −708 it is 0, above 709 infinite.
#[inline(always)]
fn exp(x: f64) -> f64 {
    // Added to a number, it leaves the nearest whole one in the last bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    let within = x.clamp(-708.0, 709.0);
    let shifted = within * std::f64::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (within - n * LN_2_HIGH) - n * LN_2_LOW;
    // By halves, so that fewer operations wait for one another.
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    let high = (1.0 / 40320.0 + r * (1.0 / 362_880.0)) + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let top = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let series = low + r4 * (middle + r4 * (high + r4 * top));
    let power = (shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits());
    let value = series * f64::from_bits(power);
    let value = if x < -708.0 { 0.0 } else { value };
    if x > 709.0 { f64::INFINITY } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_agree_with_the_exact_ones() {
        let z: Vec<f64> = (-40_000..=40_000)
            .map(|i| f64::from(i) / 1000.0)
            .chain([-1e4, 1e4, 0.0, -1e300])
            .collect();
        let mut a = vec![0.0; z.len()];
        for activation in Activation::ALL {
            activate(activation, &z, &mut a);
            for (&z, &a) in z.iter().zip(&a) {
                let expected = activation.of(z);
                let off = (a - expected).abs();
                assert!(
                    off <= 1e-15 * expected.abs().max(1.0),
                    "{activation}({z}) is {expected}, not {a}"
                );
            }
        }
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn softmax_agrees_with_the_exact_one() {
        let z: Vec<f64> = (0..60).map(|i| f64::from(i * 37 % 101) - 50.0).collect();
        let (mut a, mut expected) = (vec![0.0; 60], vec![0.0; 60]);
        softmax(&z, 12, &mut a, &mut Vec::new());
        crate::network::activation::softmax(&z, 12, &mut expected);
        for (a, expected) in a.iter().zip(&expected) {
            assert!((a - expected).abs() <= 1e-15);
        }
    }
}
