//! What each knob is good for: sensitivities, flip points, strips, maps and contours.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[allow(dead_code, reason = "not every test file needs all of it")]
mod support;

use neurodial_core::insight::knob_profile::PROFILE_POINTS;
use neurodial_core::insight::output_grid::{GridAxis, MappedNeurons};
use neurodial_core::insight::{
    Contour, Insight, KnobProfiles, OutputGrid, Sensitivity, SwitchPoint, SwitchPoints,
};
use neurodial_core::network::{Activation, Architecture, GradientFlow, Knob, Network, NeuronAddress};
use neurodial_core::session::{Action, Adjustable, Document, Origin, Preset, Quantity, Session};
use proptest::prelude::*;

const QUANTITIES: [Quantity; 2] = [Quantity::Output, Quantity::WeightedSum];

fn preset(name: &str) -> Session {
    let document = Preset::from_name(name).unwrap().document().unwrap();
    Session::open(document, Origin::Untitled)
}

fn target(place: &str) -> Adjustable {
    Adjustable::parse(place).unwrap()
}

/// Moderate numbers, so that a difference of roundings stays small.
fn moderate(mut document: Document) -> Document {
    let tame = |value: f64| if value.abs() < 6.0 { value } else { 1.5 };
    document
        .network
        .knobs_mut()
        .iter_mut()
        .for_each(|knob| *knob = tame(*knob));
    document.inputs.iter_mut().for_each(|input| *input = tame(*input));
    document.ranges.clear();
    document
}

fn neurons(blueprint: &Architecture) -> Vec<NeuronAddress> {
    let layers = blueprint.layers().iter().enumerate();
    layers
        .flat_map(|(layer, plan)| (0..plan.neurons.len()).map(move |neuron| NeuronAddress { layer, neuron }))
        .collect()
}

fn targets(blueprint: &Architecture) -> Vec<Adjustable> {
    let inputs = (0..blueprint.input_count()).map(Adjustable::Input);
    blueprint.knobs().map(Adjustable::Knob).chain(inputs).collect()
}

fn with(document: &Document, target: Adjustable, value: f64) -> Document {
    let mut document = document.clone();
    match target {
        Adjustable::Knob(knob) => assert!(document.network.set(knob, value)),
        Adjustable::Input(input) => document.inputs[input] = value,
    }
    document
}

fn number(document: &Document, at: NeuronAddress, quantity: Quantity) -> f64 {
    let trace = document.network.forward(&document.inputs);
    match quantity {
        Quantity::WeightedSum => trace.z(at.layer, at.neuron)[0],
        Quantity::Output => trace.a(at.layer, at.neuron)[0],
    }
}

/// Equal but for roundings; a step may have jumped where its sum is 0 but for roundings.
fn is_near(document: &Document, found: f64, expected: f64) -> bool {
    let has_steps = document.network.architecture().layers().iter().any(|plan| {
        let mut neurons = plan.neurons.iter();
        neurons.any(|neuron| neuron.activation == Activation::Step)
    });
    let scale = 1e3_f64.max(expected.abs());
    (found - expected).abs() <= 1e-11 * scale || has_steps && is_at_a_threshold(document)
}

fn is_at_a_threshold(document: &Document) -> bool {
    let trace = document.network.forward(&document.inputs);
    let mut layers = trace.layers().iter();
    layers.any(|layer| layer.z.iter().any(|z| z.abs() < 1e-9))
}

#[test]
fn flip_points_of_the_article() {
    let session = preset("article");
    let insight = Insight::new(&session);
    let flips = SwitchPoints::from_formula(insight.formula());
    let near = |flip: Option<SwitchPoint>, value: f64| {
        let found = flip.unwrap().value().unwrap();
        assert!((found - value).abs() < 1e-12, "{found} is not {value}");
    };
    near(flips.for_knob(Knob::bias(0, 1)), 1.79);
    near(flips.for_knob(Knob::weight(0, 1, 0)), 0.5 - 1.21);
    near(flips.for_source(1), 2.0 + 1.21 / 0.91);
    assert_eq!(flips.for_knob(Knob::bias(0, 0)), None);
    assert_eq!(flips.for_knob(Knob::weight(0, 1, 4)), None);
    assert_eq!(flips.for_source(4), None);
}

#[test]
fn what_is_multiplied_with_zero_never_flips() {
    let mut session = preset("xor");
    session
        .apply(Action::Select(NeuronAddress { layer: 0, neuron: 0 }))
        .unwrap();
    let flips = SwitchPoints::from_formula(Insight::new(&session).formula());
    assert_eq!(
        flips.for_knob(Knob::weight(0, 0, 1)),
        Some(SwitchPoint::Never),
        "its input is 0"
    );
    assert_eq!(flips.for_knob(Knob::weight(0, 0, 0)), Some(SwitchPoint::At(0.5)));
    session
        .apply(Action::Set {
            target: target("b[1,1]"),
            value: -1.0,
        })
        .unwrap();
    let flips = SwitchPoints::from_formula(Insight::new(&session).formula());
    assert_eq!(
        flips.for_knob(Knob::weight(0, 0, 1)),
        Some(SwitchPoint::Always),
        "z is 0"
    );
    assert_eq!(flips.for_knob(Knob::bias(0, 0)), Some(SwitchPoint::At(-1.0)));
}

#[test]
fn sensitivity_in_words() {
    let session = preset("article");
    let trace = session.document().network.forward(&session.document().inputs);
    let sensitivity = Sensitivity::from_session(&session, &trace);
    let words = |place: &str| sensitivity.describe(&session, &trace, target(place));
    assert_eq!(words("w[1,2,3]"), "raise w₂₃ by 0.1 and output 2 rises by 0.30");
    assert_eq!(words("x[2]"), "raise x₂ by 0.1 and output 2 falls by 0.091");
    assert_eq!(words("w[1,1,3]"), "output 2 does not depend on w₁₃");
    assert_eq!(
        sensitivity.derivative(session.architecture(), target("w[1,2,3]")),
        Some(3.0)
    );
    assert_eq!(
        sensitivity.derivative(session.architecture(), target("w[1,9,3]")),
        None
    );

    let quiet = preset("article-quiet");
    let trace = quiet.document().network.forward(&quiet.document().inputs);
    let words = Sensitivity::from_session(&quiet, &trace).describe(&quiet, &trace, target("w[1,2,3]"));
    assert_eq!(
        words,
        "here output 2 has slope 0 along w₂₃: a small turn changes nothing"
    );

    let xor = preset("xor");
    let trace = xor.document().network.forward(&xor.document().inputs);
    let sensitivity = Sensitivity::from_session(&xor, &trace);
    for place in ["w[1,1,2]", "b[2,1]", "x[1]"] {
        assert_eq!(
            sensitivity.gradient_flow(target(place)),
            GradientFlow::BlockedByStep
        );
        let words = sensitivity.describe(&xor, &trace, target(place));
        assert!(words.starts_with("a step function has no slope: "), "{words}");
    }
}

proptest! {
    #[test]
    fn words_of_a_raise_are_what_a_raise_does(document in support::document().prop_map(moderate), at in 0_usize..9) {
        let session = Session::open(document, Origin::Untitled);
        let (document, blueprint) = (session.document(), session.architecture());
        let trace = document.network.forward(&document.inputs);
        let sensitivity = Sensitivity::from_session(&session, &trace);
        let all = targets(blueprint);
        let target = all[at % all.len()];
        let words = sensitivity.describe(&session, &trace, target);
        let selected = session.view().selected;
        let value = document.value(target).unwrap();
        let raised = number(&with(document, target, value + 0.1), selected, Quantity::Output)
            - number(document, selected, Quantity::Output);
        if words.starts_with("raise") && words.contains(" by 0.1 and ") {
            let said: f64 = words.rsplit(' ').next().unwrap().replace('−', "-").parse().unwrap();
            prop_assert!((said - raised.abs()).abs() <= 0.06 * said, "{}: {}", words, raised);
            prop_assert_eq!(words.contains(" rises "), raised > 0.0, "{}: {}", words, raised);
        }
        if sensitivity.gradient_flow(target) == GradientFlow::Independent {
            prop_assert_eq!(raised, 0.0);
        }
    }

    #[test]
    fn strips_are_forward_passes(document in support::document().prop_map(moderate), at in 0_usize..9) {
        let blueprint = document.network.architecture();
        let trace = document.network.forward(&document.inputs);
        let all = neurons(blueprint);
        let at = all[at % all.len()];
        let targets = targets(blueprint);
        let mut strips = KnobProfiles::default();
        for quantity in QUANTITIES {
            strips.update(&document, &trace, at, quantity, &targets);
            for (index, &target) in targets.iter().enumerate() {
                let range = document.range(target);
                for place in (0..PROFILE_POINTS).step_by(7).chain([PROFILE_POINTS - 1]) {
                    let value = range.value_at(place as f64 / (PROFILE_POINTS - 1) as f64);
                    let changed = with(&document, target, value);
                    let expected = number(&changed, at, quantity);
                    let found = strips.profile(index)[place];
                    prop_assert!(is_near(&changed, found, expected), "{target} at {value}: {found}, {expected}");
                }
            }
        }
    }

    #[test]
    fn maps_are_forward_passes(
        document in support::document().prop_map(moderate),
        x in 0_usize..99,
        y in 1_usize..99,
        one in any::<bool>(),
    ) {
        let blueprint = document.network.architecture();
        let trace = document.network.forward(&document.inputs);
        let targets = targets(blueprint);
        let (x, y) = (x % targets.len(), y % targets.len());
        prop_assume!(x != y);
        let axes = [GridAxis::new(&document, targets[x]), GridAxis { target: targets[y], range: [-1.25, 2.0] }];
        let places = 5;
        let all = neurons(blueprint);
        let mut decision = OutputGrid::default();
        for quantity in QUANTITIES {
            for &at in &all {
                let mapped = if one { MappedNeurons::Neuron(at) } else { MappedNeurons::All };
                decision.run(&document, &trace, axes, places, mapped, quantity);
                let map = decision.neuron_values(at).unwrap();
                prop_assert_eq!(map.len(), places * places);
                for (index, &found) in map.iter().enumerate() {
                    let (row, column) = (index / places, index % places);
                    let changed = with(&document, axes[0].target, axes[0].value_at(column as f64, places));
                    let changed = with(&changed, axes[1].target, axes[1].value_at(row as f64, places));
                    let expected = number(&changed, at, quantity);
                    prop_assert!(is_near(&changed, found, expected), "{at:?}: {found}, {expected}");
                }
                prop_assert_eq!(decision.neuron_values(NeuronAddress { layer: 9, neuron: 0 }), None);
                prop_assert_eq!(decision.neuron_values(NeuronAddress { neuron: 99, ..at }), None);
                if one {
                    prop_assert!(all.iter().all(|&other| decision.neuron_values(other).is_some() == (other == at)));
                }
            }
        }
    }
}

#[test]
fn a_strip_of_the_article_rises_from_the_flip_point_on() {
    let session = preset("article");
    let document = session.document();
    let trace = document.network.forward(&document.inputs);
    let mut strips = KnobProfiles::default();
    let second = NeuronAddress { layer: 0, neuron: 1 };
    let knobs = [target("b[1,2]"), target("b[1,1]")];
    strips.update(document, &trace, second, Quantity::Output, &knobs);
    let range = document.range(knobs[0]);
    for (place, &value) in strips.profile(0).iter().enumerate() {
        let bias = range.value_at(place as f64 / 63.0);
        assert_eq!(value > 0.0, bias > 1.79, "{bias}");
    }
    assert!(
        strips.profile(1).iter().all(|&value| value == trace.a(0, 1)[0]),
        "another neuron's bias"
    );
    let [least, most] = strips.value_range().unwrap();
    assert!(least == 0.0 && (most - 3.21).abs() < 1e-12);
    strips.update(document, &trace, second, Quantity::Output, &[]);
    assert_eq!(strips.value_range(), None);
}

/// The values of a function over a grid.
fn grid(columns: usize, rows: usize, f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| f(column as f64, row as f64))
        .collect()
}

fn lines(values: &[f64], columns: usize, level: f64) -> Vec<Vec<[f64; 2]>> {
    let mut contour = Contour::default();
    contour.trace(values, columns, level);
    contour.lines().map(<[[f64; 2]]>::to_vec).collect()
}

#[test]
fn a_straight_line_is_one_contour() {
    let values = grid(9, 7, |x, y| 2.0 * x + y);
    let found = lines(&values, 9, 7.5);
    assert_eq!(found.len(), 1);
    for [x, y] in &found[0] {
        assert!((2.0 * x + y - 7.5).abs() < 1e-12);
    }
    let ends = [found[0][0], *found[0].last().unwrap()];
    assert!(
        ends.iter().any(|end| end[1] == 0.0) && ends.iter().any(|end| end[1] == 6.0),
        "{ends:?}"
    );
}

#[test]
fn a_circle_is_one_closed_contour() {
    let values = grid(41, 41, |x, y| (x - 20.0).hypot(y - 20.0));
    let found = lines(&values, 41, 11.3);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0][0], *found[0].last().unwrap());
    assert!(found[0].len() > 60);
    for [x, y] in &found[0] {
        assert!(((x - 20.0).hypot(y - 20.0) - 11.3).abs() < 0.02);
    }
    let two = lines(
        &grid(41, 41, |x, y| {
            (x - 10.0).hypot(y - 20.0).min((x - 30.0).hypot(y - 20.0))
        }),
        41,
        5.0,
    );
    assert_eq!(two.len(), 2);
}

#[test]
fn saddles_and_holes_and_flats_have_contours_too() {
    let saddle = lines(&[1.0, 0.0, 0.0, 1.0], 2, 0.4);
    assert_eq!(
        saddle.len(),
        2,
        "the middle is above, so it is two corners that are cut off"
    );
    assert!(saddle.iter().all(|line| line.len() == 2));
    assert!(
        lines(&grid(5, 5, |_, _| 1.0), 5, 1.0).is_empty(),
        "what is at the level is below it"
    );
    assert!(lines(&[], 0, 0.0).is_empty() && lines(&[1.0, 2.0], 2, 1.5).is_empty());
    let mut holed = grid(9, 9, |x, _| x);
    holed[9 * 4 + 4] = f64::NAN;
    let found = lines(&holed, 9, 4.5);
    assert_eq!(found.len(), 2, "the hole cuts the line");
    assert!(found.iter().flatten().all(|point| point[0] == 4.5));
}

proptest! {
    #[test]
    fn each_crossed_edge_is_in_one_line_once(values in prop::collection::vec(-1.0..1.0_f64, 42)) {
        let crossed = {
            let above = |index: usize| values[index] > 0.0;
            let right = (0..42).filter(|i| i % 7 < 6 && above(*i) != above(i + 1)).count();
            let up = (0..35).filter(|&i| above(i) != above(i + 7)).count();
            right + up
        };
        let found = lines(&values, 7, 0.0);
        let closed = found.iter().filter(|line| line[0] == line[line.len() - 1] && line.len() > 2).count();
        let points: usize = found.iter().map(Vec::len).sum();
        prop_assert_eq!(points - closed, crossed);
        for line in &found {
            let is_closed = line[0] == line[line.len() - 1];
            let is_outer = |[x, y]: [f64; 2]| x == 0.0 || y == 0.0 || x == 6.0 || y == 5.0;
            prop_assert!(is_closed || is_outer(line[0]) && is_outer(line[line.len() - 1]));
            for pair in line.windows(2) {
                prop_assert!((pair[0][0] - pair[1][0]).abs() <= 1.0 && (pair[0][1] - pair[1][1]).abs() <= 1.0);
            }
        }
    }
}

#[test]
fn a_map_that_was_known_before_a_turn_is_the_map_of_the_turned_network() {
    let mut blueprint = Architecture::dense(
        3,
        &[
            (4, Activation::Tanh),
            (3, Activation::Sine),
            (2, Activation::Softmax),
            (1, Activation::Gelu),
        ],
    )
    .unwrap();
    blueprint.set_activation(1, Some(2), Activation::Step).unwrap();
    let knobs = (0..blueprint.knob_count())
        .map(|i| (i as f64 * 0.618).fract() * 2.0 - 1.0)
        .collect();
    let mut document = Document::new(Network::from_knobs(blueprint, knobs).unwrap());
    document.inputs = vec![0.3, -0.7, 0.2];
    for over in [["x[1]", "x[3]"], ["x[2]", "w[2,1,2]"], ["b[1,2]", "w[3,1,1]"]] {
        let axes = over.map(|place| GridAxis::new(&document, target(place)));
        for mapped in [
            MappedNeurons::All,
            MappedNeurons::Neuron(NeuronAddress { layer: 2, neuron: 1 }),
        ] {
            let run = |decision: &mut OutputGrid, document: &Document| {
                let trace = document.network.forward(&document.inputs);
                decision.run(document, &trace, axes, 21, mapped, Quantity::Output);
            };
            let mut known = OutputGrid::default();
            run(&mut known, &document);
            for place in [
                "w[1,2,1]", "b[1,4]", "w[2,3,2]", "w[2,1,2]", "b[3,2]", "w[4,1,1]", "w[1,1,3]",
            ] {
                let knob = target(place);
                document = with(&document, knob, document.value(knob).unwrap() + 0.4);
                run(&mut known, &document);
                let mut fresh = OutputGrid::default();
                run(&mut fresh, &document);
                for at in neurons(document.network.architecture()) {
                    let bits = |decision: &OutputGrid| -> Option<Vec<u64>> {
                        Some(
                            decision
                                .neuron_values(at)?
                                .iter()
                                .map(|value| value.to_bits())
                                .collect(),
                        )
                    };
                    assert_eq!(bits(&known), bits(&fresh), "{place} over {over:?}, {at:?}");
                }
            }
        }
    }
}

#[test]
fn xor_is_a_band_between_two_lines() {
    let session = preset("xor");
    let document = session.document();
    let trace = document.network.forward(&document.inputs);
    let axis = |input| GridAxis {
        target: Adjustable::Input(input),
        range: [-1.0, 2.0],
    };
    let mut decision = OutputGrid::default();
    decision.run(
        document,
        &trace,
        [axis(0), axis(1)],
        64,
        MappedNeurons::All,
        Quantity::Output,
    );
    let output = decision
        .neuron_values(NeuronAddress { layer: 1, neuron: 0 })
        .unwrap();
    assert_eq!(lines(output, 64, 0.5).len(), 2);
    assert_eq!(
        lines(
            decision
                .neuron_values(NeuronAddress { layer: 0, neuron: 0 })
                .unwrap(),
            64,
            0.5
        )
        .len(),
        1
    );
    // The sum of a first-layer neuron is a plane, and its zero line is straight: x₁ + x₂ = 0.5.
    decision.run(
        document,
        &trace,
        [axis(0), axis(1)],
        64,
        MappedNeurons::All,
        Quantity::WeightedSum,
    );
    let sums = lines(
        decision
            .neuron_values(NeuronAddress { layer: 0, neuron: 0 })
            .unwrap(),
        64,
        0.0,
    );
    for point in &sums[0] {
        let x = axis(0).value_at(point[0], 64) + axis(1).value_at(point[1], 64);
        assert!((x - 0.5).abs() < 1e-12);
    }
}
