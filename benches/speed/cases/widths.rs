//! The same cases at each SIMD width, as on other processors.

use std::hint::black_box;

use neurodial_core::network::kernel::SimdWidth;
use neurodial_core::network::{Activation, BackwardPass, ForwardPass, GradientSeed};

use super::{operations, wide_network};
use crate::clock::time;
use crate::{Bound, Row};

const SAMPLES: usize = 64;

pub fn tanh(name: String, width: SimdWidth) -> Row {
    let z: Vec<f64> = (0..1024).map(|i| f64::from(i) / 128.0 - 4.0).collect();
    let mut a = vec![0.0; z.len()];
    let core = time(|| Activation::Tanh.apply_each_with_width(width, black_box(&z), black_box(&mut a)));
    Row {
        name,
        core,
        plain: None,
        item_count: 1024.0,
        unit: None,
        bound: Bound::Operations(1024.0 * 36.0),
    }
}

fn inputs() -> Vec<f64> {
    (0..784 * SAMPLES).map(|i| (i % 251) as f64 / 251.0).collect()
}

pub fn forward(name: String, width: SimdWidth) -> Row {
    let network = wide_network();
    let mut forward_pass = ForwardPass::default();
    forward_pass.run(&network, &inputs(), SAMPLES);
    let core = time(|| {
        forward_pass.run_from_with_width(width, &network, 0);
        black_box(&forward_pass);
    });
    Row {
        name,
        core,
        plain: None,
        item_count: 1.0,
        unit: None,
        bound: Bound::Operations(operations(&network) * SAMPLES as f64),
    }
}

pub fn backward(name: String, width: SimdWidth) -> Row {
    let network = wide_network();
    let forward_pass = network.forward_batch(&inputs(), SAMPLES);
    let seed: Vec<f64> = (0..10 * SAMPLES).map(|i| (i % 97) as f64 / 97.0 - 0.5).collect();
    let mut backward = BackwardPass::default();
    let core = time(|| {
        backward.run_with_width(width, &network, &forward_pass, GradientSeed::WeightedSums(&seed));
        black_box(&backward);
    });
    let first_layer = 2.0 * 784.0 * 128.0;
    Row {
        name,
        core,
        plain: None,
        item_count: 1.0,
        unit: None,
        // Two matrix products per layer; the first layer needs no derivatives of the inputs.
        bound: Bound::Operations((2.0 * operations(&network) - first_layer) * SAMPLES as f64),
    }
}
