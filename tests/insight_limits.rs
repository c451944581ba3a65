//! Curves at the limits: constant, infinite, wild and large ones, the fitted axis, and networks at random.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use neurodial_core::insight::{Curve, Insight, fit_y_axis};
use neurodial_core::network::{
    Activation, Architecture, Initialization, Initializer, Network, NeuronAddress,
};
use neurodial_core::session::{
    Action, Adjustable, CurveAxes, CurveScope, Document, Origin, Quantity, Session,
};
use proptest::prelude::*;

fn session(inputs: &[f64], layers: &[(usize, Activation)], knobs: &[f64]) -> Session {
    let blueprint = Architecture::dense(inputs.len(), layers).unwrap();
    let mut document = Document::new(Network::from_knobs(blueprint, knobs.to_vec()).unwrap());
    document.inputs = inputs.to_vec();
    Session::open(document, Origin::Untitled)
}

fn curve(values: &[f64]) -> Curve {
    let points = values.iter().enumerate().map(|(x, &y)| [x as f64, y]);
    Curve {
        at: NeuronAddress { layer: 0, neuron: 0 },
        points: points.collect(),
        current: [0.0, values[0]],
    }
}

#[test]
fn a_constant_curve_needs_no_more_than_the_even_places() {
    let insight = Insight::new(&session(&[1.0], &[(1, Activation::Linear)], &[0.0, 2.0]));
    let curve = &insight.sweep().curves[0];
    assert!(curve.points.iter().all(|point| point[1] == 2.0));
    assert!(curve.points.len() <= 131, "{}", curve.points.len());
    assert_eq!(insight.sweep().crossings, Default::default());
}

#[test]
fn points_that_are_not_finite_are_left_out_and_the_edge_is_found() {
    // 1e308 x leaves the numbers at |x| = 1.797…
    let insight = Insight::new(&session(&[1.0], &[(1, Activation::Linear)], &[1e308, 0.0]));
    let curve = &insight.sweep().curves[0];
    assert!(curve.points.iter().flatten().all(|value| value.is_finite()));
    let last = curve.points.last().unwrap()[0];
    assert!((last - f64::MAX / 1e308).abs() < 1e-9, "{last}");
    assert!(insight.sweep().y.iter().all(|end| end.is_finite()));
    // Nothing is finite at all.
    let layers = [(1, Activation::Linear), (1, Activation::Linear)];
    let insight = Insight::new(&session(&[1e300], &layers, &[0.0, 1e308, 1e308, 0.0]));
    assert!(insight.sweep().curves[0].points.is_empty());
    assert_eq!(insight.sweep().y, [-1.0, 1.0]);
}

#[test]
fn a_wild_curve_is_bounded_work() {
    // At places that are exactly even this sine would look like a slow one.
    let insight = Insight::new(&session(&[1.0], &[(1, Activation::Sine)], &[1e6, 0.0]));
    let points = &insight.sweep().curves[0].points;
    assert!((500..=4_000).contains(&points.len()), "{}", points.len());
    let third = |from: f64| {
        points
            .iter()
            .filter(|point| (from..from + 10.0 / 3.0).contains(&point[0]))
            .count()
    };
    assert!(
        third(-5.0).min(third(-5.0 / 3.0)).min(third(5.0 / 3.0)) > points.len() / 6,
        "spread evenly"
    );
}

#[test]
fn a_large_network_gets_fewer_points_but_gets_them() {
    let blueprint = Architecture::dense(500, &[(800, Activation::Relu), (300, Activation::Relu)]).unwrap();
    let how = Initialization {
        initializer: Initializer::He,
        seed: 1,
        has_random_biases: true,
    };
    let network = Network::from_knobs(blueprint.clone(), how.values(&blueprint)).unwrap();
    let insight = Insight::new(&Session::open(Document::new(network), Origin::Untitled));
    let points = insight.sweep().curves[0].points.len();
    assert!((4..=20).contains(&points), "{points}");
}

#[test]
fn smooth_curves_are_within_the_tolerance_of_their_chords() {
    for activation in Activation::ALL {
        let session = session(&[1.0], &[(2, activation)], &[3.0, -1.0, 0.5, 0.0]);
        let insight = Insight::new(&session);
        let sweep = insight.sweep();
        let curve = &sweep.curves[0];
        for pair in curve.points.windows(2) {
            let middle = pair[0][0] + 0.5 * (pair[1][0] - pair[0][0]);
            let seen = session
                .document()
                .network
                .forward(&[middle])
                .a(0, curve.at.neuron)[0];
            let is_jump = middle == pair[0][0] || middle == pair[1][0] || pair[1][0] - pair[0][0] < 1e-15;
            let off = (seen - 0.5 * (pair[0][1] + pair[1][1])).abs();
            assert!(
                is_jump || off < 0.005 * (sweep.y[1] - sweep.y[0]),
                "{activation} at {middle}"
            );
        }
    }
}

#[test]
fn the_fitted_axis_has_round_ends_and_holds_everything_and_0() {
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

fn activation() -> impl Strategy<Value = Activation> {
    proptest::sample::select(Activation::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_fitted_axis_holds_any_values(values in proptest::collection::vec(-1e12..1e12_f64, 1..6), scale in -30..30) {
        let values: Vec<f64> = values.iter().map(|value| value * 10f64.powi(scale)).collect();
        let [low, high] = fit_y_axis(&[curve(&values)]);
        prop_assert!(low < high && low <= 0.0 && 0.0 <= high);
        for value in &values {
            prop_assert!(low <= *value && *value <= high);
        }
        let most = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        prop_assert!(most < 1e-280 || high - low <= 4.0 * most, "{low} {high} {most}");
    }

    #[test]
    fn any_network_gives_finite_curves_that_agree_with_it(
        inputs in 1..4_usize,
        layers in proptest::collection::vec((1..6_usize, activation()), 1..5),
        seed in 0..1000_u64,
        scale in -3..5_i32,
        over in 0..100_usize,
        selected in (0..5_usize, 0..6_usize),
        choice in 0..6_usize,
        reach in -2..3_i32,
    ) {
        let blueprint = Architecture::dense(inputs, &layers).unwrap();
        let how = Initialization { initializer: Initializer::Normal, seed, has_random_biases: true };
        let mut knobs = how.values(&blueprint);
        knobs.iter_mut().for_each(|knob| *knob *= 10f64.powi(scale));
        let mut document = Document::new(Network::from_knobs(blueprint.clone(), knobs).unwrap());
        document.inputs.fill(0.75);
        let mut session = Session::open(document, Origin::Untitled);
        let target = match blueprint.knob_at(over % (blueprint.knob_count() + inputs)) {
            Some(knob) => Adjustable::Knob(knob),
            None => Adjustable::Input(over % inputs),
        };
        let layer = selected.0 % layers.len();
        let at = NeuronAddress { layer, neuron: selected.1 % layers[layer].0 };
        let scope = [CurveScope::Neuron, CurveScope::Layer, CurveScope::Network][choice % 3];
        let quantity = [Quantity::WeightedSum, Quantity::Output][choice / 3];
        let axes = CurveAxes { x: Some([-10f64.powi(reach), 10f64.powi(reach + 1)]), y: None };
        for action in [
            Action::Sweep(target), Action::Select(at), Action::SetCurveScope(scope),
            Action::SetQuantity(quantity), Action::SetAxes(axes),
        ] {
            session.apply(action).unwrap();
        }
        let insight = Insight::new(&session);
        let sweep = insight.sweep();
        prop_assert!(sweep.y[0] < sweep.y[1]);
        for curve in &sweep.curves {
            prop_assert!(!curve.points.is_empty() && curve.points.len() <= 4_000);
            for &[x, y] in curve.points.iter().step_by(7) {
                let (mut network, mut inputs) = (session.document().network.clone(), session.document().inputs.clone());
                match target {
                    Adjustable::Knob(knob) => { network.set(knob, x); }
                    Adjustable::Input(input) => inputs[input] = x,
                }
                let trace = network.forward(&inputs);
                let plain = match quantity {
                    Quantity::WeightedSum => trace.z(curve.at.layer, curve.at.neuron)[0],
                    Quantity::Output => trace.a(curve.at.layer, curve.at.neuron)[0],
                };
                prop_assert_eq!(y.to_bits(), plain.to_bits());
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
