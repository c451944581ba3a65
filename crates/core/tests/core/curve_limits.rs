//! Curves that are constant, infinite, rapidly oscillating or expensive, the fitted y axis, and random
//! networks.

use neurodial_core::insight::{Curve, Insight, fit_y_axis};
use neurodial_core::network::{Activation, Architecture, Initializer, NeuronAddress};
use neurodial_core::session::{Adjustable, CurveAxes, CurveScope, Document, Quantity, ViewChange};
use proptest::prelude::*;

use crate::support::random_documents::activation;
use crate::support::{apply_all, dense_session, neuron_value, open, random_network, with_value};

/// Returns a curve through these values.
fn curve(values: &[f64]) -> Curve {
    let points = values.iter().enumerate().map(|(x, &y)| [x as f64, y]);
    Curve {
        at: NeuronAddress { layer: 0, neuron: 0 },
        points: points.collect(),
        current: [0.0, values[0]],
    }
}

#[test]
fn a_constant_curve_has_few_points() {
    let insight = Insight::new(&dense_session(&[1.0], &[(1, Activation::Linear)], &[0.0, 2.0]));
    let curve = &insight.sweep().curves[0];
    assert!(curve.points.iter().all(|point| point[1] == 2.0));
    assert!(curve.points.len() <= 131, "{}", curve.points.len());
    assert_eq!(insight.sweep().crossings, Default::default());
}

#[test]
fn points_that_are_not_finite_are_left_out_and_the_edge_is_found() {
    // 1e308 x is infinite beyond |x| = 1.797…
    let insight = Insight::new(&dense_session(&[1.0], &[(1, Activation::Linear)], &[1e308, 0.0]));
    let curve = &insight.sweep().curves[0];
    assert!(curve.points.iter().flatten().all(|value| value.is_finite()));
    let last = curve.points.last().unwrap()[0];
    assert!((last - f64::MAX / 1e308).abs() < 1e-9, "{last}");
    assert!(insight.sweep().y.iter().all(|end| end.is_finite()));
    // No value is finite.
    let layers = [(1, Activation::Linear), (1, Activation::Linear)];
    let insight = Insight::new(&dense_session(&[1e300], &layers, &[0.0, 1e308, 1e308, 0.0]));
    assert!(insight.sweep().curves[0].points.is_empty());
    assert_eq!(insight.sweep().y, [-1.0, 1.0]);
}

#[test]
fn a_rapidly_oscillating_curve_has_a_bounded_number_of_points() {
    // Sampled at exactly even distances this sine would look like a slow one.
    let insight = Insight::new(&dense_session(&[1.0], &[(1, Activation::Sine)], &[1e6, 0.0]));
    let points = &insight.sweep().curves[0].points;
    assert!((500..=4_000).contains(&points.len()), "{}", points.len());
    for start in [-5.0, -5.0 / 3.0, 5.0 / 3.0] {
        let third = start..start + 10.0 / 3.0;
        let count = points.iter().filter(|point| third.contains(&point[0])).count();
        assert!(count > points.len() / 6, "{count} points from {start}");
    }
}

#[test]
fn the_curve_of_a_large_network_has_fewer_points() {
    let architecture = Architecture::dense(500, &[(800, Activation::Relu), (300, Activation::Relu)]).unwrap();
    let network = random_network(architecture, Initializer::He, 1);
    let insight = Insight::new(&open(Document::new(network)));
    let points = insight.sweep().curves[0].points.len();
    assert!((4..=20).contains(&points), "{points}");
}

#[test]
fn curves_are_within_the_tolerance_of_straight_lines_between_their_points() {
    for activation in Activation::ALL {
        let session = dense_session(&[1.0], &[(2, activation)], &[3.0, -1.0, 0.5, 0.0]);
        let insight = Insight::new(&session);
        let sweep = insight.sweep();
        let curve = &sweep.curves[0];
        for pair in curve.points.windows(2) {
            let middle = pair[0][0] + 0.5 * (pair[1][0] - pair[0][0]);
            let value = session
                .document()
                .network
                .forward(&[middle])
                .a(0, curve.at.neuron)[0];
            let is_jump = middle == pair[0][0] || middle == pair[1][0] || pair[1][0] - pair[0][0] < 1e-15;
            let error = (value - 0.5 * (pair[0][1] + pair[1][1])).abs();
            assert!(
                is_jump || error < 0.005 * (sweep.y[1] - sweep.y[0]),
                "{activation} at {middle}"
            );
        }
    }
}

#[test]
fn the_fitted_axis_has_round_ends_and_contains_all_values_and_0() {
    for (values, expected) in [
        (vec![0.0, 0.0], [-1.0, 1.0]),
        (vec![0.0, 1.0], [-0.2, 1.2]),
        (vec![2.0, 2.0], [-0.5, 2.5]),
        (vec![-3.0, 4.0], [-4.0, 6.0]),
        (vec![f64::NAN, f64::INFINITY], [-1.0, 1.0]),
        (vec![0.0, 1e-320], [-1.0, 1.0]),
    ] {
        assert_eq!(fit_y_axis(&[curve(&values)]), expected, "{values:?}");
    }
    assert_eq!(fit_y_axis(&[]), [-1.0, 1.0]);
    let [low, high] = fit_y_axis(&[curve(&[-1e300, 1e300])]);
    assert!(low <= -1e300 && high >= 1e300 && (high - low).is_finite());
    let [low, high] = fit_y_axis(&[curve(&[f64::MIN, f64::MAX])]);
    assert!(low < high && (high - low).is_finite());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_fitted_axis_contains_any_values(values in proptest::collection::vec(-1e12..1e12_f64, 1..6), scale in -30..30) {
        let values: Vec<f64> = values.iter().map(|value| value * 10f64.powi(scale)).collect();
        let [low, high] = fit_y_axis(&[curve(&values)]);
        prop_assert!(low < high && low <= 0.0 && 0.0 <= high);
        for value in &values {
            prop_assert!(low <= *value && *value <= high);
        }
        let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        prop_assert!(largest < 1e-280 || high - low <= 4.0 * largest, "{low} {high} {largest}");
    }

    #[test]
    fn curves_of_random_networks_are_finite_and_have_the_bits_of_forward_passes(
        inputs in 1..4_usize,
        layers in proptest::collection::vec((1..6_usize, activation()), 1..5),
        seed in 0..1000_u64,
        scale in -3..5_i32,
        swept in 0..100_usize,
        selected in (0..5_usize, 0..6_usize),
        variant in 0..6_usize,
        exponent in -2..3_i32,
    ) {
        let architecture = Architecture::dense(inputs, &layers).unwrap();
        let mut network = random_network(architecture.clone(), Initializer::Normal, seed);
        network.knobs_mut().iter_mut().for_each(|knob| *knob *= 10f64.powi(scale));
        let mut document = Document::new(network);
        document.inputs.fill(0.75);
        let target = match architecture.knob_at(swept % (architecture.knob_count() + inputs)) {
            Some(knob) => Adjustable::Knob(knob),
            None => Adjustable::Input(swept % inputs),
        };
        let layer = selected.0 % layers.len();
        let at = NeuronAddress { layer, neuron: selected.1 % layers[layer].0 };
        let scope = [CurveScope::Neuron, CurveScope::Layer, CurveScope::Network][variant % 3];
        let quantity = [Quantity::WeightedSum, Quantity::Output][variant / 3];
        let axes = CurveAxes { x: Some([-10f64.powi(exponent), 10f64.powi(exponent + 1)]), y: None };
        let session = apply_all(open(document), &[
            ViewChange::Sweep(target).into(), ViewChange::Select(at).into(), ViewChange::SetCurveScope(scope).into(),
            ViewChange::SetQuantity(quantity).into(), ViewChange::SetAxes(axes).into(),
        ]);
        let insight = Insight::new(&session);
        let sweep = insight.sweep();
        prop_assert!(sweep.y[0] < sweep.y[1]);
        for curve in &sweep.curves {
            prop_assert!(!curve.points.is_empty() && curve.points.len() <= 4_000);
            for &[x, y] in curve.points.iter().step_by(7) {
                let expected = neuron_value(&with_value(session.document(), target, x), curve.at, quantity);
                prop_assert_eq!(y.to_bits(), expected.to_bits());
            }
        }
        let crossings = &sweep.crossings;
        for crossing in crossings.inside.iter().chain(&crossings.below).chain(&crossings.above) {
            prop_assert!(crossing.x.is_finite());
        }
        for pair in crossings.inside.windows(2) {
            prop_assert!(pair[0].x <= pair[1].x && pair[0].is_rising != pair[1].is_rising);
        }
    }
}
