//! The network core against numbers that it did not compute, and the definitions of the activations.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use neurodial_core::network::{
    Activation, Architecture, ForwardPass, ForwardSweep, ForwardSweepResult, Knob, LayerPlan, Network,
    NeuronAddress, SweepVariable,
};
use proptest::prelude::*;
use serde_json::Value;

/// One case of the oracle: a network, its inputs `[sample][input]`, and `z` and `a` as `[layer][sample][neuron]`.
struct Case {
    name: String,
    network: Network,
    x: Vec<Vec<f64>>,
    z: Vec<Vec<Vec<f64>>>,
    a: Vec<Vec<Vec<f64>>>,
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_f64().unwrap())
        .collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

fn cases() -> Vec<Case> {
    let oracle: Value = serde_json::from_str(include_str!("oracle/forward.json")).unwrap();
    let case = |case: &Value| {
        let mut layers = Vec::new();
        let mut knobs = Vec::new();
        let x = rows(&case["x"]);
        for layer in case["layers"].as_array().unwrap() {
            let (weights, biases) = (rows(&layer["weights"]), numbers(&layer["biases"]));
            layers.push((
                biases.len(),
                layer["activation"].as_str().unwrap().parse().unwrap(),
            ));
            knobs.extend(weights.concat());
            knobs.extend(biases);
        }
        let blueprint = Architecture::dense(x[0].len(), &layers).unwrap();
        let deep = |value: &Value| value.as_array().unwrap().iter().map(rows).collect();
        Case {
            name: case["name"].as_str().unwrap().to_owned(),
            network: Network::from_knobs(blueprint, knobs).unwrap(),
            x,
            z: deep(&case["z"]),
            a: deep(&case["a"]),
        }
    };
    oracle.as_array().unwrap().iter().map(case).collect()
}

fn columns(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len())
        .flat_map(|input| rows.iter().map(move |row| row[input]))
        .collect()
}

fn assert_close(what: &str, seen: f64, expected: f64) {
    let off = (seen - expected).abs();
    assert!(
        off <= 1e-14 + 1e-12 * expected.abs(),
        "{what}: {seen} is not {expected}"
    );
}

/// Relative agreement only, for numbers that are far below the absolute tolerance.
fn assert_relative(seen: f64, expected: f64) {
    assert!(
        (seen - expected).abs() <= 4e-15 * expected.abs(),
        "{seen:e} is not {expected:e}"
    );
}

#[test]
fn every_case_of_the_oracle_agrees_one_by_one_and_as_a_batch() {
    let cases = cases();
    assert_eq!(cases.len(), 35);
    for Case {
        name,
        network,
        x,
        z,
        a,
    } in cases
    {
        let batch = network.forward_batch(&columns(&x), x.len());
        assert_eq!(batch.sample_count(), x.len());
        for (sample, inputs) in x.iter().enumerate() {
            let single = network.forward(inputs);
            for (layer, trace) in single.layers().iter().enumerate() {
                assert_eq!(trace.z.len(), z[layer][sample].len());
                for neuron in 0..trace.z.len() {
                    let what = format!("{name}, layer {layer}, neuron {neuron}, sample {sample}");
                    assert_close(&what, trace.z[neuron], z[layer][sample][neuron]);
                    assert_close(&what, trace.a[neuron], a[layer][sample][neuron]);
                    assert_eq!(
                        batch.z(layer, neuron)[sample].to_bits(),
                        trace.z[neuron].to_bits(),
                        "{what}"
                    );
                    assert_eq!(
                        batch.a(layer, neuron)[sample].to_bits(),
                        trace.a[neuron].to_bits(),
                        "{what}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_articles_layer_gives_4_8_and_1_21_and_2_385() {
    let network = &cases()[0].network;
    let trace = network.forward(&[1.0, 2.0, 3.0, 2.5]);
    for (seen, expected) in trace.layers()[0].a.iter().zip([4.8, 1.21, 2.385]) {
        assert_close("article", *seen, expected);
    }
}

#[test]
fn activations_are_what_they_are_called_at_special_points() {
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
fn small_values_of_activations_keep_their_digits() {
    use Activation::*;
    // Computed with 40 digits.
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
        assert_relative(activation.apply(z), expected);
    }
}

#[test]
fn a_nan_stays_visible_in_every_activation_of_a_neuron() {
    for activation in Activation::ALL
        .into_iter()
        .filter(|&a| a != Activation::Softmax && a != Activation::Step)
    {
        assert!(activation.apply(f64::NAN).is_nan(), "{activation}");
    }
}

#[test]
fn softmax_sums_to_1_and_never_overflows() {
    for biases in [
        [1e308, -1e308, 0.0],
        [1e308, 1e308, 1e308],
        [-1e308, -1e308, -1e308],
        [710.0, 709.0, -745.0],
        [0.1, 0.2, 0.3],
    ] {
        let blueprint = Architecture::dense(1, &[(3, Activation::Softmax)]).unwrap();
        let mut network = Network::zeros(blueprint);
        for (neuron, &bias) in biases.iter().enumerate() {
            network.set(Knob::bias(0, neuron), bias);
        }
        let trace = network.forward(&[1.0]);
        let a = &trace.layers()[0].a;
        assert!(a.iter().all(|a| (0.0..=1.0).contains(a)), "{a:?}");
        assert!((a.iter().sum::<f64>() - 1.0).abs() < 1e-15, "{a:?}");
    }
}

#[test]
fn activations_are_parsed_by_their_names_and_others_are_refused_by_name() {
    for activation in Activation::ALL {
        assert_eq!(activation.name().parse(), Ok(activation));
    }
    let refusal = "Relu".parse::<Activation>().unwrap_err().to_string();
    assert!(
        refusal.contains("“Relu”") && refusal.contains("leaky_relu"),
        "{refusal}"
    );
}

#[test]
fn a_neuron_can_override_its_layers_activation() {
    let mut network = cases()[0].network.clone();
    network.set_activation(0, Some(1), Activation::Step).unwrap();
    let trace = network.forward(&[1.0, 2.0, 3.0, 2.5]);
    assert_eq!(trace.a(0, 1), [1.0]);
    assert_eq!(trace.a(0, 0), trace.z(0, 0));
    assert_eq!(network.architecture().layers()[0].activation(), None);
}

#[test]
fn what_is_not_finite_is_found() {
    let blueprint = Architecture::dense(1, &[(2, Activation::Linear), (1, Activation::Tanh)]).unwrap();
    let network = Network::from_knobs(blueprint, vec![1.0, 1e308, 0.0, 0.0, 1.0, 1.0, 0.0]).unwrap();
    assert_eq!(network.forward(&[1.0]).first_non_finite(), None);
    assert_eq!(network.forward(&[10.0]).first_non_finite(), Some((0, 1)));
}

fn activation() -> impl Strategy<Value = Activation> {
    proptest::sample::select(Activation::ALL.to_vec())
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
    fn the_products_and_the_bias_add_up_to_z((network, x) in network()) {
        let trace = network.forward(&x);
        let blueprint = network.architecture();
        for layer in 0..blueprint.layers().len() {
            for neuron in 0..blueprint.width(layer) {
                let products: Vec<f64> = blueprint
                    .knobs_of_neuron(layer, neuron)
                    .map(|knob| trace.product(&network, knob, 0).unwrap())
                    .collect();
                let size: f64 = products.iter().map(|product| product.abs()).sum();
                let sum: f64 = products.iter().sum();
                prop_assert!((sum - trace.z(layer, neuron)[0]).abs() <= 1e-14 * size);
            }
        }
    }

    #[test]
    fn a_batch_has_the_bits_of_its_samples_alone((network, x) in network(), samples in 1..9_usize) {
        let sample = |s: usize| x.iter().map(|x| x * (s as f64 - 3.0)).collect::<Vec<_>>();
        let all: Vec<Vec<f64>> = (0..samples).map(sample).collect();
        let batch = network.forward_batch(&columns(&all), samples);
        for (s, inputs) in all.iter().enumerate() {
            let single = network.forward(inputs);
            for (layer, trace) in single.layers().iter().enumerate() {
                for (neuron, a) in trace.a.iter().enumerate() {
                    prop_assert_eq!(batch.a(layer, neuron)[s].to_bits(), a.to_bits());
                }
            }
        }
    }

    #[test]
    fn a_variation_has_the_bits_of_the_changed_network((network, x) in network(), place in 0..1000_usize) {
        let blueprint = network.architecture().clone();
        let now = network.forward(&x);
        let varied = match blueprint.knob_at(place % (blueprint.knob_count() + x.len())) {
            Some(knob) => SweepVariable::Knob(knob),
            None => SweepVariable::Input(place % x.len()),
        };
        let variation = ForwardSweep::new(&network, &now, varied);
        let values = [-2.5, variation.current_value(), 0.0, 1e3];
        let last = blueprint.last_layer();
        let wanted: Vec<usize> = (0..blueprint.width(last)).collect();
        let mut run = ForwardSweepResult::default();
        variation.run(&values, last, &wanted, &mut run);
        for (sample, &value) in values.iter().enumerate() {
            let (mut changed, mut inputs) = (network.clone(), x.clone());
            match varied {
                SweepVariable::Knob(knob) => { changed.set(knob, value); }
                SweepVariable::Input(input) => inputs[input] = value,
            }
            let plain: ForwardPass = changed.forward(&inputs);
            for layer in 0..=last {
                for neuron in 0..blueprint.width(layer) {
                    let at = NeuronAddress { layer, neuron };
                    let z = run.z(at).map_or(now.z(layer, neuron)[0], |row| row[sample]);
                    let a = run.a(at).map_or(now.a(layer, neuron)[0], |row| row[sample]);
                    prop_assert_eq!(z.to_bits(), plain.z(layer, neuron)[0].to_bits());
                    prop_assert_eq!(a.to_bits(), plain.a(layer, neuron)[0].to_bits());
                }
            }
        }
    }
}

#[test]
fn a_layer_plan_knows_what_its_neurons_share() {
    let plan = LayerPlan::new(3, Activation::Softmax);
    assert_eq!(plan.activation(), Some(Activation::Softmax));
    assert!(plan.is_softmax());
}
