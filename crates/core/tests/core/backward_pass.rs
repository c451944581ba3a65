//! The backward pass compared with reference values and with finite differences.

use neurodial_core::network::{
    Activation, Architecture, BackwardPass, ForwardPass, GradientFlow, GradientFlows, GradientSeed, Knob,
    LayerPlan, Network, NeuronAddress, NeuronPlan,
};
use proptest::prelude::*;

use crate::support::oracle::{self, columns, flat_knobs, rows};
use crate::support::{bits, preset};

const ORACLE: &str = include_str!("oracle/gradients.json");

/// Returns a layer with one neuron for each activation.
fn layer_plan(activations: &[Activation]) -> LayerPlan {
    let neuron = |&activation| NeuronPlan {
        name: None,
        activation,
    };
    LayerPlan {
        neurons: activations.iter().map(neuron).collect(),
    }
}

/// Returns numbers between −1 and 1 that look random and are the same every time.
fn pseudo_random(count: usize) -> Vec<f64> {
    (0..count)
        .map(|i| ((i * 37 + 11) % 101) as f64 / 50.0 - 1.0)
        .collect()
}

fn network(inputs: usize, layers: &[LayerPlan]) -> Network {
    let architecture = Architecture::new(vec![None; inputs], layers.to_vec()).unwrap();
    let knobs = pseudo_random(architecture.knob_count());
    Network::from_knobs(architecture, knobs).unwrap()
}

/// Returns `dL/da` of a mean loss, as `oracle/README.md` defines it.
fn loss_gradient(loss: &str, a: f64, y: f64, count: f64, samples: f64) -> f64 {
    let error = a - y;
    match loss {
        "mean_squared_error" => 2.0 * error / count,
        "mean_absolute_error" => error.signum() / count,
        "huber" => error.clamp(-1.0, 1.0) / count,
        "binary_cross_entropy" => (error / (a * (1.0 - a))) / count,
        "hinge" if y * a < 1.0 => -y / count,
        "hinge" => 0.0,
        "categorical_cross_entropy" => -y / a / samples,
        other => unreachable!("{other}"),
    }
}

#[test]
fn gradients_of_losses_agree_with_the_reference_values() {
    let mut backward_pass = BackwardPass::default();
    let mut compared = 0;
    for case in &oracle::cases(ORACLE) {
        let name = case["name"].as_str().unwrap();
        let network = oracle::network(case);
        let (x, y) = (rows(&case["x"]), rows(&case["y"]));
        let (samples, outputs) = (x.len(), y[0].len());
        let forward_pass = network.forward_batch(&columns(&x), samples);
        let y = columns(&y);
        let last = network.architecture().last_layer();
        let loss = case["loss"].as_str().unwrap();
        let count = (samples * outputs) as f64;
        let seed: Vec<f64> = forward_pass.layers()[last]
            .a
            .iter()
            .zip(&y)
            .map(|(&a, &y)| loss_gradient(loss, a, y, count, samples as f64))
            .collect();
        backward_pass.run(&network, &forward_pass, GradientSeed::Outputs(&seed));
        let expected = flat_knobs(&case["weights"], &case["biases"]);
        let (l1, l2) = (case["l1"].as_f64().unwrap(), case["l2"].as_f64().unwrap());
        assert_eq!(expected.len(), network.knobs().len());
        for (index, knob) in network.architecture().knobs().enumerate() {
            let value = network.knobs()[index];
            let penalty = if knob.is_bias() {
                0.0
            } else {
                l1 * value.signum() + l2 * value
            };
            let found = backward_pass.gradients()[index] + penalty;
            let expected = expected[index];
            assert!(
                (found - expected).abs() <= 1e-14 + 1e-10 * expected.abs(),
                "{name}, {knob}: {found} is not {expected}"
            );
            compared += 1;
        }
        let output = NeuronAddress {
            layer: last,
            neuron: 0,
        };
        backward_pass.run(&network, &forward_pass, GradientSeed::Output(output));
        let expected = columns(&rows(&case["input_gradient_of_output_0"]));
        for (found, expected) in backward_pass.input_gradients(&network).iter().zip(&expected) {
            // The reference values of these have 12 decimals.
            assert!(
                (found - expected).abs() <= 2e-12,
                "{name}: {found} is not {expected}"
            );
        }
    }
    assert!(compared > 1000, "only {compared} gradients were compared");
}

/// Returns the number that the seed differentiates, for one sample.
fn value(network: &Network, inputs: &[f64], seed: GradientSeed<'_>) -> f64 {
    let forward_pass = network.forward(inputs);
    match seed {
        GradientSeed::Output(at) => forward_pass.a(at.layer, at.neuron)[0],
        GradientSeed::WeightedSum(at) => forward_pass.z(at.layer, at.neuron)[0],
        _ => unreachable!("the seed is not one neuron"),
    }
}

/// Compares each derivative with a central difference of fourth order, whose error is below the tolerance.
fn assert_derivatives(network: &Network, inputs: &[f64], seed: GradientSeed<'_>) {
    let mut backward_pass = BackwardPass::default();
    backward_pass.run(network, &network.forward(inputs), seed);
    let h = 1e-3;
    let difference =
        |at: &dyn Fn(f64) -> f64| (8.0 * (at(h) - at(-h)) - (at(2.0 * h) - at(-2.0 * h))) / (12.0 * h);
    let check = |name: &str, found: f64, expected: f64| {
        assert!(
            (found - expected).abs() <= 1e-8 * (1.0 + expected.abs()),
            "{name} of {seed:?}: {found} is not {expected}"
        );
    };
    for (index, &found) in backward_pass.gradients().iter().enumerate() {
        let expected = difference(&|shift| {
            let mut changed = network.clone();
            changed.knobs_mut()[index] += shift;
            value(&changed, inputs, seed)
        });
        let knob = network.architecture().knob_at(index).unwrap();
        check(&knob.to_string(), found, expected);
        assert_eq!(backward_pass.gradient(network, knob), Some(found));
    }
    let by_input = backward_pass.input_gradients(network).to_vec();
    for (input, found) in by_input.into_iter().enumerate() {
        let expected = difference(&|shift| {
            let mut changed = inputs.to_vec();
            changed[input] += shift;
            value(network, &changed, seed)
        });
        check(&format!("x[{}]", input + 1), found, expected);
    }
}

#[test]
fn derivatives_of_every_activation_agree_with_finite_differences() {
    for activation in Activation::ALL {
        let network = network(
            3,
            &[
                layer_plan(&[Activation::Tanh; 4]),
                layer_plan(&[activation; 3]),
                layer_plan(&[Activation::Linear, Activation::Sine]),
            ],
        );
        for layer in 0..3 {
            for neuron in 0..2 {
                let at = NeuronAddress { layer, neuron };
                assert_derivatives(&network, &[0.3, -0.7, 0.45], GradientSeed::Output(at));
                assert_derivatives(&network, &[0.3, -0.7, 0.45], GradientSeed::WeightedSum(at));
            }
        }
    }
}

#[test]
fn derivatives_through_mixed_layers_and_two_softmax_layers_agree_with_finite_differences() {
    let mixed = layer_plan(&[
        Activation::Gelu,
        Activation::Elu,
        Activation::Silu,
        Activation::Softplus,
    ]);
    let network = network(
        2,
        &[
            mixed,
            layer_plan(&[Activation::Softmax; 3]),
            layer_plan(&[Activation::Softmax; 4]),
        ],
    );
    for layer in 1..3 {
        for neuron in 0..3 {
            assert_derivatives(
                &network,
                &[0.9, -0.4],
                GradientSeed::Output(NeuronAddress { layer, neuron }),
            );
        }
    }
}

#[test]
fn derivatives_keep_their_relative_accuracy_where_a_function_is_nearly_flat() {
    // 1 − tanh², s (1 − s) and a (1 − a) of softmax would be 0 or lose most digits here.
    let expected = 4.0 * (-40.0_f64).exp();
    assert!((Activation::Tanh.derivative(20.0) / expected - 1.0).abs() < 1e-12);
    let expected = (-40.0_f64).exp();
    assert!((Activation::Sigmoid.derivative(40.0) / expected - 1.0).abs() < 1e-12);
    let network = Network::from_knobs(
        Architecture::dense(1, &[(2, Activation::Softmax)]).unwrap(),
        vec![40.0, 0.0, 0.0, 0.0],
    )
    .unwrap();
    let mut backward_pass = BackwardPass::default();
    let at = NeuronAddress { layer: 0, neuron: 0 };
    backward_pass.run(&network, &network.forward(&[1.0]), GradientSeed::Output(at));
    assert!((backward_pass.gradients()[0] / expected - 1.0).abs() < 1e-12);
}

#[test]
fn the_derivative_at_a_kink_is_the_slope_to_its_left() {
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
fn a_step_has_no_slope_and_blocks_the_gradient_of_everything_before_it() {
    let network = network(
        2,
        &[
            layer_plan(&[Activation::Tanh; 2]),
            layer_plan(&[Activation::Step, Activation::Tanh]),
            layer_plan(&[Activation::Linear; 2]),
        ],
    );
    let forward_pass = network.forward(&[0.2, 0.6]);
    let at = |layer, neuron| NeuronAddress { layer, neuron };
    let mut backward_pass = BackwardPass::default();
    let seed = GradientSeed::Output(at(2, 1));
    backward_pass.run(&network, &forward_pass, seed);
    let flows = GradientFlows::new(network.architecture(), seed);
    assert_eq!(flows.of_neuron(at(2, 1)), GradientFlow::Smooth);
    assert_eq!(flows.of_neuron(at(2, 0)), GradientFlow::Independent);
    assert_eq!(flows.of_neuron(at(1, 0)), GradientFlow::BlockedByStep);
    assert_eq!(flows.of_neuron(at(1, 1)), GradientFlow::Smooth);
    assert_eq!(
        flows.of_neuron(at(0, 0)),
        GradientFlow::Smooth,
        "a path leads around the step"
    );
    assert_eq!(flows.of_knob(Knob::bias(1, 0)), GradientFlow::BlockedByStep);
    assert_eq!(flows.of_knob(Knob::weight(1, 1, 0)), GradientFlow::Smooth);
    assert_eq!(backward_pass.gradient(&network, Knob::bias(1, 0)), Some(0.0));
    assert_eq!(backward_pass.gradient(&network, Knob::bias(2, 0)), Some(0.0));

    let seed = GradientSeed::Output(at(1, 0));
    backward_pass.run(&network, &forward_pass, seed);
    let flows = GradientFlows::new(network.architecture(), seed);
    assert_eq!(flows.of_neuron(at(1, 0)), GradientFlow::BlockedByStep);
    assert_eq!(flows.of_neuron(at(0, 1)), GradientFlow::BlockedByStep);
    assert_eq!(flows.of_inputs(), GradientFlow::BlockedByStep);
    assert_eq!(flows.of_neuron(at(2, 0)), GradientFlow::Independent);
    assert!(backward_pass.gradients().iter().all(|&gradient| gradient == 0.0));

    // Its weighted sum has a slope.
    let seed = GradientSeed::WeightedSum(at(1, 0));
    backward_pass.run(&network, &forward_pass, seed);
    assert_eq!(
        GradientFlows::new(network.architecture(), seed).of_neuron(at(1, 0)),
        GradientFlow::Smooth
    );
    assert_eq!(backward_pass.gradient(&network, Knob::bias(1, 0)), Some(1.0));
}

#[test]
fn the_slope_of_output_2_along_w23_of_the_article_is_3() {
    let document = preset("article");
    let forward_pass = document.network.forward(&document.inputs);
    let mut backward_pass = BackwardPass::default();
    let second = NeuronAddress { layer: 0, neuron: 1 };
    backward_pass.run(&document.network, &forward_pass, GradientSeed::Output(second));
    let slope = |knob| backward_pass.gradient(&document.network, knob).unwrap();
    assert_eq!(slope(Knob::weight(0, 1, 2)), 3.0);
    assert_eq!(slope(Knob::bias(0, 1)), 1.0);
    assert_eq!(slope(Knob::weight(0, 0, 2)), 0.0);
    assert_eq!(backward_pass.gradient(&document.network, Knob::bias(7, 0)), None);
}

proptest! {
    #[test]
    fn the_gradient_of_a_batch_is_the_sum_over_its_samples(
        samples in 1_usize..40,
        x in prop::collection::vec(-2.0..2.0_f64, 120),
        seeds in prop::collection::vec(-2.0..2.0_f64, 80),
        is_softmax: bool,
    ) {
        let last = if is_softmax { Activation::Softmax } else { Activation::Sigmoid };
        let network = network(3, &[layer_plan(&[Activation::Silu; 5]), layer_plan(&[last; 2])]);
        let (x, seeds) = (&x[..3 * samples], &seeds[..2 * samples]);
        let mut backward_pass = BackwardPass::default();
        for by_z in [false, true] {
            fn seed(by_z: bool, values: &[f64]) -> GradientSeed<'_> {
                if by_z { GradientSeed::WeightedSums(values) } else { GradientSeed::Outputs(values) }
            }
            let mut expected = vec![0.0; network.architecture().knob_count()];
            for sample in 0..samples {
                let sample_inputs: Vec<f64> = x.iter().skip(sample).step_by(samples).copied().collect();
                let one_seed: Vec<f64> = seeds.iter().skip(sample).step_by(samples).copied().collect();
                backward_pass.run(&network, &network.forward(&sample_inputs), seed(by_z, &one_seed));
                expected.iter_mut().zip(backward_pass.gradients()).for_each(|(sum, g)| *sum += g);
            }
            backward_pass.run(&network, &network.forward_batch(x, samples), seed(by_z, seeds));
            for (found, expected) in backward_pass.gradients().iter().zip(&expected) {
                prop_assert!((found - expected).abs() <= 1e-12 * (1.0 + expected.abs()));
            }
        }
    }

    #[test]
    fn stored_slopes_give_the_same_bits_as_recomputed_ones(samples in 1_usize..40, index in 0..Activation::ALL.len(), is_mixed: bool) {
        let activation = Activation::ALL[index];
        let first = if is_mixed && activation != Activation::Softmax { Activation::Sine } else { activation };
        let network = network(2, &[layer_plan(&[Activation::Gelu; 3]), layer_plan(&[first, activation, activation])]);
        let x = pseudo_random(2 * samples);
        let mut with_slopes = ForwardPass::with_slopes();
        with_slopes.run(&network, &x, samples);
        let seeds = pseudo_random(3 * samples);
        let gradients = |forward_pass: &ForwardPass| {
            let mut backward_pass = BackwardPass::default();
            backward_pass.run(&network, forward_pass, GradientSeed::Outputs(&seeds));
            bits(backward_pass.gradients())
        };
        prop_assert_eq!(gradients(&with_slopes), gradients(&network.forward_batch(&x, samples)));
    }

    #[test]
    fn a_reused_backward_pass_gives_the_same_bits_as_a_new_one(layer in 0_usize..3, neuron in 0_usize..2) {
        let network = network(2, &[layer_plan(&[Activation::Tanh; 3]), layer_plan(&[Activation::Softmax; 3]), layer_plan(&[Activation::Gelu; 2])]);
        let forward_pass = network.forward(&[0.5, -0.25]);
        let at = NeuronAddress { layer, neuron };
        let mut fresh = BackwardPass::default();
        fresh.run(&network, &forward_pass, GradientSeed::Output(at));
        let mut reused = BackwardPass::default();
        reused.run(&network, &network.forward_batch(&pseudo_random(20), 10), GradientSeed::Outputs(&pseudo_random(20)));
        reused.run(&network, &forward_pass, GradientSeed::Output(at));
        prop_assert_eq!(reused.gradients(), fresh.gradients());
        prop_assert_eq!(reused.input_gradients(&network), fresh.input_gradients(&network));
        let mut reused = GradientFlows::new(network.architecture(), GradientSeed::Outputs(&[]));
        reused.update(network.architecture(), GradientSeed::Output(at));
        prop_assert_eq!(reused, GradientFlows::new(network.architecture(), GradientSeed::Output(at)));
    }
}
