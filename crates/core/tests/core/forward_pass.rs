//! The forward pass compared with reference values, and the definitions of the activation functions.

use neurodial_core::network::{Activation, Architecture, Knob, LayerPlan, Network};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::oracle::{self, columns, rows};
use crate::support::random_documents::{activation, neuron_activations};

const ORACLE: &str = include_str!("oracle/forward.json");

fn article_network() -> Network {
    oracle::network(&oracle::cases(ORACLE)[0])
}

fn assert_close(place: &str, found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-14 + 1e-12 * expected.abs(),
        "{place}: {found} is not {expected}"
    );
}

/// Checks the relative error only, for numbers far below the absolute tolerance of `assert_close`.
fn assert_relatively_close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 4e-15 * expected.abs(),
        "{found:e} is not {expected:e}"
    );
}

#[test]
fn single_samples_and_batches_agree_with_the_reference_values() {
    let cases = oracle::cases(ORACLE);
    assert_eq!(cases.len(), 35);
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let network = oracle::network(case);
        let x = rows(&case["x"]);
        let layers =
            |value: &Value| -> Vec<Vec<Vec<f64>>> { value.as_array().unwrap().iter().map(rows).collect() };
        let (z, a) = (layers(&case["z"]), layers(&case["a"]));
        let batch = network.forward_batch(&columns(&x), x.len());
        assert_eq!(batch.sample_count(), x.len());
        for (sample, inputs) in x.iter().enumerate() {
            let single = network.forward(inputs);
            for (layer, values) in single.layers().iter().enumerate() {
                assert_eq!(values.z.len(), z[layer][sample].len());
                for neuron in 0..values.z.len() {
                    let place = format!("{name}, layer {layer}, neuron {neuron}, sample {sample}");
                    assert_close(&place, values.z[neuron], z[layer][sample][neuron]);
                    assert_close(&place, values.a[neuron], a[layer][sample][neuron]);
                    assert_eq!(
                        batch.z(layer, neuron)[sample].to_bits(),
                        values.z[neuron].to_bits(),
                        "{place}"
                    );
                    assert_eq!(
                        batch.a(layer, neuron)[sample].to_bits(),
                        values.a[neuron].to_bits(),
                        "{place}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_layer_of_the_article_gives_4_8_and_1_21_and_2_385() {
    let forward_pass = article_network().forward(&[1.0, 2.0, 3.0, 2.5]);
    for (found, expected) in forward_pass.layers()[0].a.iter().zip([4.8, 1.21, 2.385]) {
        assert_close("article", *found, expected);
    }
}

#[test]
fn activation_functions_have_their_exact_values_at_special_points() {
    use Activation::*;
    for (activation, z, expected) in [
        (Linear, -3.5, -3.5),
        (Step, 0.0, 0.0),
        (Step, -0.0, 0.0),
        (Step, 5e-324, 1.0),
        (Step, -1.0, 0.0),
        (Relu, -2.0, 0.0),
        (Relu, 0.0, 0.0),
        (Relu, 2.0, 2.0),
        (LeakyRelu, -2.0, -0.02),
        (LeakyRelu, 3.0, 3.0),
        (Elu, 2.0, 2.0),
        (Elu, 0.0, 0.0),
        (Elu, -1000.0, -1.0),
        (Sigmoid, 0.0, 0.5),
        (Sigmoid, 1000.0, 1.0),
        (Sigmoid, -1000.0, 0.0),
        (Tanh, 0.0, 0.0),
        (Tanh, 1000.0, 1.0),
        (Softplus, 0.0, std::f64::consts::LN_2),
        (Softplus, 1e300, 1e300),
        (Softplus, -1e300, 0.0),
        (Silu, 0.0, 0.0),
        (Silu, 1000.0, 1000.0),
        (Gelu, 0.0, 0.0),
        (Gelu, 40.0, 40.0),
        (Sine, 0.0, 0.0),
    ] {
        assert_eq!(activation.apply(z), expected, "{activation}({z})");
    }
}

#[test]
fn activation_functions_keep_their_relative_accuracy_for_small_values() {
    use Activation::*;
    // The expected values were computed with 40 digits.
    for (activation, z, expected) in [
        (Gelu, 1.0, 0.841_344_746_068_542_9),
        (Gelu, 3.0, 2.995_950_305_905_11),
        (Gelu, -1.0, -0.158_655_253_931_457_05),
        (Gelu, -5.0, -1.433_257_859_395_969_6e-6),
        (Gelu, -10.0, -7.619_853_024_160_526e-23),
        (Sigmoid, -30.0, 9.357_622_968_839_299e-14),
        (Sigmoid, -700.0, 9.859_676_543_759_77e-305),
        (Softplus, -30.0, 9.357_622_968_839_737e-14),
        (Softplus, 30.0, 30.000_000_000_000_094),
        (Silu, -30.0, -2.807_286_890_651_79e-12),
        (Silu, -700.0, -6.901_773_580_631_84e-302),
        (Elu, -1e-10, -9.999_999_999_5e-11),
        (Elu, -2.0, -0.864_664_716_763_387_3),
        (Tanh, -1e-10, -1e-10),
        (Tanh, -2.0, -0.964_027_580_075_816_9),
    ] {
        assert_relatively_close(activation.apply(z), expected);
    }
}

#[test]
fn every_activation_function_but_step_returns_nan_for_nan() {
    for activation in neuron_activations() {
        if activation != Activation::Step {
            assert!(activation.apply(f64::NAN).is_nan(), "{activation}");
        }
    }
}

#[test]
fn softmax_outputs_add_up_to_1_and_never_overflow() {
    for biases in [
        [1e308, -1e308, 0.0],
        [1e308, 1e308, 1e308],
        [-1e308, -1e308, -1e308],
        [710.0, 709.0, -745.0],
        [0.1, 0.2, 0.3],
    ] {
        let architecture = Architecture::dense(1, &[(3, Activation::Softmax)]).unwrap();
        let mut network = Network::zeros(architecture);
        for (neuron, &bias) in biases.iter().enumerate() {
            network.set(Knob::bias(0, neuron), bias);
        }
        let forward_pass = network.forward(&[1.0]);
        let a = &forward_pass.layers()[0].a;
        assert!(a.iter().all(|a| (0.0..=1.0).contains(a)), "{a:?}");
        assert!((a.iter().sum::<f64>() - 1.0).abs() < 1e-15, "{a:?}");
    }
}

#[test]
fn names_of_activations_are_parsed_and_the_error_lists_them() {
    for activation in Activation::ALL {
        assert_eq!(activation.name().parse(), Ok(activation));
    }
    let error = "Relu".parse::<Activation>().unwrap_err().to_string();
    assert!(
        error.contains("“Relu”") && error.contains("leaky_relu"),
        "{error}"
    );
}

#[test]
fn one_neuron_can_have_another_activation_than_its_layer() {
    let mut network = article_network();
    network.set_activation(0, Some(1), Activation::Step).unwrap();
    let forward_pass = network.forward(&[1.0, 2.0, 3.0, 2.5]);
    assert_eq!(forward_pass.a(0, 1), [1.0]);
    assert_eq!(forward_pass.a(0, 0), forward_pass.z(0, 0));
    assert_eq!(network.architecture().layers()[0].activation(), None);
}

#[test]
fn the_first_neuron_that_is_not_finite_is_found() {
    let architecture = Architecture::dense(1, &[(2, Activation::Linear), (1, Activation::Tanh)]).unwrap();
    let network = Network::from_knobs(architecture, vec![1.0, 1e308, 0.0, 0.0, 1.0, 1.0, 0.0]).unwrap();
    assert_eq!(network.forward(&[1.0]).first_non_finite(), None);
    assert_eq!(network.forward(&[10.0]).first_non_finite(), Some((0, 1)));
}

prop_compose! {
    fn network()(inputs in 1..5_usize, layers in proptest::collection::vec((1..6_usize, activation()), 1..5))(
        knobs in proptest::collection::vec(
            -3.0..3.0_f64,
            Architecture::dense(inputs, &layers).unwrap().knob_count(),
        ),
        x in proptest::collection::vec(-3.0..3.0_f64, inputs),
        inputs in Just(inputs),
        layers in Just(layers),
    ) -> (Network, Vec<f64>) {
        (Network::from_knobs(Architecture::dense(inputs, &layers).unwrap(), knobs).unwrap(), x)
    }
}

proptest! {
    #[test]
    fn the_products_and_the_bias_add_up_to_the_weighted_sum((network, x) in network()) {
        let forward_pass = network.forward(&x);
        let architecture = network.architecture();
        for layer in 0..architecture.layers().len() {
            for neuron in 0..architecture.width(layer) {
                let products: Vec<f64> = architecture
                    .knobs_of_neuron(layer, neuron)
                    .map(|knob| forward_pass.product(&network, knob, 0).unwrap())
                    .collect();
                let magnitude: f64 = products.iter().map(|product| product.abs()).sum();
                let sum: f64 = products.iter().sum();
                prop_assert!((sum - forward_pass.z(layer, neuron)[0]).abs() <= 1e-14 * magnitude);
            }
        }
    }

    #[test]
    fn a_batch_has_the_same_bits_as_each_sample_alone((network, x) in network(), samples in 1..9_usize) {
        let sample = |s: usize| x.iter().map(|x| x * (s as f64 - 3.0)).collect::<Vec<_>>();
        let all: Vec<Vec<f64>> = (0..samples).map(sample).collect();
        let batch = network.forward_batch(&columns(&all), samples);
        for (s, inputs) in all.iter().enumerate() {
            let single = network.forward(inputs);
            for (layer, values) in single.layers().iter().enumerate() {
                for (neuron, a) in values.a.iter().enumerate() {
                    prop_assert_eq!(batch.a(layer, neuron)[s].to_bits(), a.to_bits());
                }
            }
        }
    }
}

#[test]
fn a_layer_plan_knows_the_activation_that_its_neurons_share() {
    let plan = LayerPlan::new(3, Activation::Softmax);
    assert_eq!(plan.activation(), Some(Activation::Softmax));
    assert!(plan.is_softmax());
}
