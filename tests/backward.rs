//! The backward pass against numbers that it did not compute, and against finite differences.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

use neurodial_core::network::{
    Activation, Architecture, BackwardPass, ForwardPass, GradientFlow, GradientFlows, GradientSeed, Knob,
    LayerPlan, Network, NeuronAddress, NeuronPlan,
};
use proptest::prelude::*;
use serde_json::Value;

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_f64().unwrap())
        .collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

fn columns(rows: &[Vec<f64>]) -> Vec<f64> {
    (0..rows[0].len())
        .flat_map(|column| rows.iter().map(move |row| row[column]))
        .collect()
}

/// A layer of `activations`, one a neuron.
fn plan(activations: &[Activation]) -> LayerPlan {
    let neuron = |&activation| NeuronPlan {
        name: None,
        activation,
    };
    LayerPlan {
        neurons: activations.iter().map(neuron).collect(),
    }
}

/// Knobs that look like chance and are the same every time.
fn scattered(count: usize) -> Vec<f64> {
    (0..count)
        .map(|i| ((i * 37 + 11) % 101) as f64 / 50.0 - 1.0)
        .collect()
}

fn network(inputs: usize, layers: &[LayerPlan]) -> Network {
    let blueprint = Architecture::new(vec![None; inputs], layers.to_vec()).unwrap();
    let knobs = scattered(blueprint.knob_count());
    Network::from_knobs(blueprint, knobs).unwrap()
}

/// `dL/da` of a mean loss, written as the oracle's README defines it.
fn loss_gradient(loss: &str, a: f64, y: f64, count: f64, samples: f64) -> f64 {
    let off = a - y;
    match loss {
        "mean_squared_error" => 2.0 * off / count,
        "mean_absolute_error" => off.signum() / count,
        "huber" => off.clamp(-1.0, 1.0) / count,
        "binary_cross_entropy" => (off / (a * (1.0 - a))) / count,
        "hinge" if y * a < 1.0 => -y / count,
        "hinge" => 0.0,
        "categorical_cross_entropy" => -y / a / samples,
        other => unreachable!("{other}"),
    }
}

#[test]
fn gradients_of_losses_agree_with_the_oracle() {
    let oracle: Value = serde_json::from_str(include_str!("oracle/gradients.json")).unwrap();
    let mut backward = BackwardPass::default();
    let mut compared = 0;
    for case in oracle.as_array().unwrap() {
        let (x, y) = (rows(&case["x"]), rows(&case["y"]));
        let (samples, outputs) = (x.len(), y[0].len());
        let mut plans = Vec::new();
        let mut knobs = Vec::new();
        let mut expected = Vec::new();
        let (l1, l2) = (case["l1"].as_f64().unwrap(), case["l2"].as_f64().unwrap());
        let mut penalty = Vec::new();
        for (index, layer) in case["layers"].as_array().unwrap().iter().enumerate() {
            let (weights, biases) = (rows(&layer["weights"]).concat(), numbers(&layer["biases"]));
            plans.push((
                biases.len(),
                layer["activation"].as_str().unwrap().parse().unwrap(),
            ));
            penalty.extend(weights.iter().map(|w| l1 * w.signum() + l2 * w));
            penalty.extend(vec![0.0; biases.len()]);
            knobs.extend(weights);
            knobs.extend(biases);
            expected.extend(rows(&case["weights"][index]).concat());
            expected.extend(numbers(&case["biases"][index]));
        }
        let network = Network::from_knobs(Architecture::dense(x[0].len(), &plans).unwrap(), knobs).unwrap();
        let trace = network.forward_batch(&columns(&x), samples);
        let y = columns(&y);
        let last = network.architecture().last_layer();
        let loss = case["loss"].as_str().unwrap();
        let count = (samples * outputs) as f64;
        let seed: Vec<f64> = trace.layers()[last]
            .a
            .iter()
            .zip(&y)
            .map(|(&a, &y)| loss_gradient(loss, a, y, count, samples as f64))
            .collect();
        backward.run(&network, &trace, GradientSeed::Outputs(&seed));
        let name = case["name"].as_str().unwrap();
        let found = backward.gradients().iter().zip(&penalty).map(|(g, p)| g + p);
        for (place, (found, expected)) in found.zip(&expected).enumerate() {
            let off = (found - expected).abs();
            assert!(
                off <= 1e-14 + 1e-10 * expected.abs(),
                "{name}, knob {place}: {found} is not {expected}"
            );
            compared += 1;
        }
        let output = NeuronAddress {
            layer: last,
            neuron: 0,
        };
        backward.run(&network, &trace, GradientSeed::Output(output));
        let by_input = columns(&rows(&case["input_gradient_of_output_0"]));
        for (found, expected) in backward.input_gradients(&network).iter().zip(&by_input) {
            // The oracle prints these with 12 decimals.
            assert!(
                (found - expected).abs() <= 2e-12,
                "{name}: {found} is not {expected}"
            );
        }
    }
    assert!(compared > 1000, "only {compared} gradients were compared");
}

/// The seed's number for one input.
fn value(network: &Network, inputs: &[f64], seed: GradientSeed<'_>) -> f64 {
    let trace = network.forward(inputs);
    match seed {
        GradientSeed::Output(at) => trace.a(at.layer, at.neuron)[0],
        GradientSeed::WeightedSum(at) => trace.z(at.layer, at.neuron)[0],
        _ => unreachable!("not of a neuron"),
    }
}

/// Each derivative against the slope of a chord: fourth order, so that the chord is as good as its digits.
fn assert_derives(network: &Network, inputs: &[f64], seed: GradientSeed<'_>) {
    let mut backward = BackwardPass::default();
    backward.run(network, &network.forward(inputs), seed);
    let h = 1e-3;
    let chord =
        |at: &dyn Fn(f64) -> f64| (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h);
    let check = |what: &str, found: f64, slope: f64| {
        assert!(
            (found - slope).abs() <= 1e-8 * (1.0 + slope.abs()),
            "{what} of {seed:?}: {found} is not {slope}"
        );
    };
    for (index, &found) in backward.gradients().iter().enumerate() {
        let slope = chord(&|off| {
            let mut turned = network.clone();
            turned.knobs_mut()[index] += off;
            value(&turned, inputs, seed)
        });
        let knob = network.architecture().knob_at(index).unwrap();
        check(&knob.to_string(), found, slope);
        assert_eq!(backward.gradient(network, knob), Some(found));
    }
    let by_input = backward.input_gradients(network).to_vec();
    for (input, found) in by_input.into_iter().enumerate() {
        let slope = chord(&|off| {
            let mut turned = inputs.to_vec();
            turned[input] += off;
            value(network, &turned, seed)
        });
        check(&format!("x[{}]", input + 1), found, slope);
    }
}

#[test]
fn every_activation_derives_as_chords_do() {
    for activation in Activation::ALL {
        let network = network(
            3,
            &[
                plan(&[Activation::Tanh; 4]),
                plan(&[activation; 3]),
                plan(&[Activation::Linear, Activation::Sine]),
            ],
        );
        for layer in 0..3 {
            for neuron in 0..2 {
                let at = NeuronAddress { layer, neuron };
                assert_derives(&network, &[0.3, -0.7, 0.45], GradientSeed::Output(at));
                assert_derives(&network, &[0.3, -0.7, 0.45], GradientSeed::WeightedSum(at));
            }
        }
    }
}

#[test]
fn a_softmax_after_a_softmax_and_mixed_layers_derive_as_chords_do() {
    let mixed = plan(&[
        Activation::Gelu,
        Activation::Elu,
        Activation::Silu,
        Activation::Softplus,
    ]);
    let network = network(
        2,
        &[
            mixed,
            plan(&[Activation::Softmax; 3]),
            plan(&[Activation::Softmax; 4]),
        ],
    );
    for layer in 1..3 {
        for neuron in 0..3 {
            assert_derives(
                &network,
                &[0.9, -0.4],
                GradientSeed::Output(NeuronAddress { layer, neuron }),
            );
        }
    }
}

#[test]
fn derivatives_keep_their_digits_where_a_function_is_flat() {
    // 1 − tanh², s (1 − s) and softmax's a (1 − a) would be 0 or lose most digits here.
    let tanh = Activation::Tanh;
    let expected = 4.0 * platform_exp(-40.0);
    assert!((tanh.derivative(20.0) / expected - 1.0).abs() < 1e-12);
    let sigmoid = Activation::Sigmoid;
    assert!((sigmoid.derivative(40.0) / platform_exp(-40.0) - 1.0).abs() < 1e-12);
    let network = Network::from_knobs(
        Architecture::dense(1, &[(2, Activation::Softmax)]).unwrap(),
        vec![40.0, 0.0, 0.0, 0.0],
    );
    let network = network.unwrap();
    let mut backward = BackwardPass::default();
    let at = NeuronAddress { layer: 0, neuron: 0 };
    backward.run(&network, &network.forward(&[1.0]), GradientSeed::Output(at));
    assert!((backward.gradients()[0] / platform_exp(-40.0) - 1.0).abs() < 1e-12);
}

fn platform_exp(x: f64) -> f64 {
    x.exp()
}

#[test]
fn a_kink_has_the_slope_to_its_left() {
    for (activation, slope) in [
        (Activation::Relu, 0.0),
        (Activation::LeakyRelu, 0.01),
        (Activation::Elu, 1.0),
        (Activation::Step, 0.0),
    ] {
        assert_eq!(activation.derivative(0.0), slope, "{activation}");
    }
}

#[test]
fn a_step_has_no_slope_and_hides_what_is_before_it() {
    let network = network(
        2,
        &[
            plan(&[Activation::Tanh; 2]),
            plan(&[Activation::Step, Activation::Tanh]),
            plan(&[Activation::Linear; 2]),
        ],
    );
    let trace = network.forward(&[0.2, 0.6]);
    let at = |layer, neuron| NeuronAddress { layer, neuron };
    let mut backward = BackwardPass::default();
    let seed = GradientSeed::Output(at(2, 1));
    backward.run(&network, &trace, seed);
    let slopes = GradientFlows::new(network.architecture(), seed);
    assert_eq!(slopes.of_neuron(at(2, 1)), GradientFlow::Smooth);
    assert_eq!(slopes.of_neuron(at(2, 0)), GradientFlow::Independent);
    assert_eq!(slopes.of_neuron(at(1, 0)), GradientFlow::BlockedByStep);
    assert_eq!(slopes.of_neuron(at(1, 1)), GradientFlow::Smooth);
    assert_eq!(
        slopes.of_neuron(at(0, 0)),
        GradientFlow::Smooth,
        "there is a way around the step"
    );
    assert_eq!(slopes.of_knob(Knob::bias(1, 0)), GradientFlow::BlockedByStep);
    assert_eq!(slopes.of_knob(Knob::weight(1, 1, 0)), GradientFlow::Smooth);
    assert_eq!(backward.gradient(&network, Knob::bias(1, 0)), Some(0.0));
    assert_eq!(backward.gradient(&network, Knob::bias(2, 0)), Some(0.0));

    let seed = GradientSeed::Output(at(1, 0));
    backward.run(&network, &trace, seed);
    let slopes = GradientFlows::new(network.architecture(), seed);
    assert_eq!(slopes.of_neuron(at(1, 0)), GradientFlow::BlockedByStep);
    assert_eq!(slopes.of_neuron(at(0, 1)), GradientFlow::BlockedByStep);
    assert_eq!(slopes.of_inputs(), GradientFlow::BlockedByStep);
    assert_eq!(slopes.of_neuron(at(2, 0)), GradientFlow::Independent);
    assert!(backward.gradients().iter().all(|&gradient| gradient == 0.0));

    // Its sum is no step.
    let seed = GradientSeed::WeightedSum(at(1, 0));
    backward.run(&network, &trace, seed);
    assert_eq!(
        GradientFlows::new(network.architecture(), seed).of_neuron(at(1, 0)),
        GradientFlow::Smooth
    );
    assert_eq!(backward.gradient(&network, Knob::bias(1, 0)), Some(1.0));
}

#[test]
fn raising_w23_in_article_by_a_tenth_raises_output_2_by_three_tenths() {
    let document = neurodial_core::session::Preset::from_name("article")
        .unwrap()
        .document()
        .unwrap();
    let trace = document.network.forward(&document.inputs);
    let mut backward = BackwardPass::default();
    let second = NeuronAddress { layer: 0, neuron: 1 };
    backward.run(&document.network, &trace, GradientSeed::Output(second));
    let slope = |knob| backward.gradient(&document.network, knob).unwrap();
    assert_eq!(slope(Knob::weight(0, 1, 2)), 3.0);
    assert_eq!(slope(Knob::bias(0, 1)), 1.0);
    assert_eq!(slope(Knob::weight(0, 0, 2)), 0.0);
    assert_eq!(backward.gradient(&document.network, Knob::bias(7, 0)), None);
}

proptest! {
    #[test]
    fn a_batch_derives_as_the_sum_of_its_samples(
        samples in 1_usize..40,
        x in prop::collection::vec(-2.0..2.0_f64, 120),
        seeds in prop::collection::vec(-2.0..2.0_f64, 80),
        is_softmax: bool,
    ) {
        let last = if is_softmax { Activation::Softmax } else { Activation::Sigmoid };
        let network = network(3, &[plan(&[Activation::Silu; 5]), plan(&[last; 2])]);
        let (x, seeds) = (&x[..3 * samples], &seeds[..2 * samples]);
        let mut backward = BackwardPass::default();
        for by_z in [false, true] {
            fn seed(by_z: bool, values: &[f64]) -> GradientSeed<'_> {
                if by_z { GradientSeed::WeightedSums(values) } else { GradientSeed::Outputs(values) }
            }
            let mut expected = vec![0.0; network.architecture().knob_count()];
            for sample in 0..samples {
                let one: Vec<f64> = x.iter().skip(sample).step_by(samples).copied().collect();
                let part: Vec<f64> = seeds.iter().skip(sample).step_by(samples).copied().collect();
                backward.run(&network, &network.forward(&one), seed(by_z, &part));
                expected.iter_mut().zip(backward.gradients()).for_each(|(sum, g)| *sum += g);
            }
            backward.run(&network, &network.forward_batch(x, samples), seed(by_z, seeds));
            for (found, expected) in backward.gradients().iter().zip(&expected) {
                prop_assert!((found - expected).abs() <= 1e-12 * (1.0 + expected.abs()));
            }
        }
    }

    #[test]
    fn with_kept_slopes_the_bits_are_the_same(samples in 1_usize..40, index in 0..Activation::ALL.len(), is_mixed: bool) {
        let activation = Activation::ALL[index];
        let first = if is_mixed && activation != Activation::Softmax { Activation::Sine } else { activation };
        let network = network(2, &[plan(&[Activation::Gelu; 3]), plan(&[first, activation, activation])]);
        let x = scattered(2 * samples);
        let mut kept = ForwardPass::with_slopes();
        kept.run(&network, &x, samples);
        let seeds = scattered(3 * samples);
        let gradients = |trace: &ForwardPass| {
            let mut backward = BackwardPass::default();
            backward.run(&network, trace, GradientSeed::Outputs(&seeds));
            backward.gradients().iter().map(|gradient| gradient.to_bits()).collect::<Vec<_>>()
        };
        prop_assert_eq!(gradients(&kept), gradients(&network.forward_batch(&x, samples)));
    }

    #[test]
    fn run_again_it_gives_the_same_bits_whatever_it_derived_before(layer in 0_usize..3, neuron in 0_usize..2) {
        let network = network(2, &[plan(&[Activation::Tanh; 3]), plan(&[Activation::Softmax; 3]), plan(&[Activation::Gelu; 2])]);
        let trace = network.forward(&[0.5, -0.25]);
        let at = NeuronAddress { layer, neuron };
        let mut fresh = BackwardPass::default();
        fresh.run(&network, &trace, GradientSeed::Output(at));
        let mut used = BackwardPass::default();
        used.run(&network, &network.forward_batch(&scattered(20), 10), GradientSeed::Outputs(&scattered(20)));
        used.run(&network, &trace, GradientSeed::Output(at));
        prop_assert_eq!(used.gradients(), fresh.gradients());
        prop_assert_eq!(used.input_gradients(&network), fresh.input_gradients(&network));
        let mut used = GradientFlows::new(network.architecture(), GradientSeed::Outputs(&[]));
        used.update(network.architecture(), GradientSeed::Output(at));
        prop_assert_eq!(used, GradientFlows::new(network.architecture(), GradientSeed::Output(at)));
    }
}
