//! The loss landscape against plain forward passes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::sync::Arc;

use neurodial_core::data::Generator;
use neurodial_core::insight::decision::Axis;
use neurodial_core::insight::{Exam, LossMap};
use neurodial_core::learning::Loss;
use neurodial_core::network::{Activation, Blueprint, Initialisation, Knob, Network, Scheme};
use neurodial_core::session::{Choice, Course, Document, Source, Target};

fn document(layers: &[(usize, Activation)]) -> Document {
    let blueprint = Blueprint::dense(2, layers).unwrap();
    let how = Initialisation {
        scheme: Scheme::Xavier,
        seed: 3,
        biases: true,
    };
    let values = how.values(&blueprint);
    Document::new(Network::from_knobs(blueprint, values).unwrap())
}

fn exam(document: &Document, loss: Loss, generator: Generator) -> Exam {
    let choice = Choice {
        loss: Some(loss),
        ..Choice::of(Source::Made(generator))
    };
    let course = Arc::new(Course::new(choice).unwrap());
    Exam::new(document, &course).unwrap()
}

/// The loss with two knobs turned, by a plain forward pass.
fn plain(document: &Document, exam: &Exam, knobs: [(Target, f64); 2]) -> f64 {
    let mut network = document.network.clone();
    for (target, value) in knobs {
        let Target::Knob(knob) = target else { panic!() };
        assert!(network.set(knob, value));
    }
    let mut exam = exam.clone();
    exam.run(&network);
    exam.loss()
}

#[test]
fn every_place_has_the_loss_of_a_forward_pass() {
    use Activation::{Linear, Relu, Sigmoid, Softmax, Softplus, Tanh};
    let cases = [
        (vec![(4, Tanh), (1, Sigmoid)], Loss::BinaryCrossEntropy),
        (
            vec![(3, Relu), (3, Softplus), (1, Linear)],
            Loss::MeanSquaredError,
        ),
        (vec![(4, Tanh), (2, Softmax)], Loss::CategoricalCrossEntropy),
        (vec![(3, Softmax), (1, Tanh)], Loss::Hinge),
        (vec![(1, Tanh)], Loss::MeanAbsoluteError),
    ];
    for (layers, loss) in cases {
        let document = document(&layers);
        let exam = exam(&document, loss, Generator::Gaussians);
        let blueprint = document.network.blueprint();
        let count = blueprint.knob_count();
        let knobs: Vec<Knob> = (0..count)
            .map(|index| blueprint.knob_at(index).unwrap())
            .collect();
        let pairs = [
            (0, 1),
            (1, 0),
            (0, count - 1),
            (count - 1, 0),
            (count / 2, 2),
            (count - 2, count - 1),
        ];
        for (across, up) in pairs {
            if across == up {
                continue;
            }
            let axes = [knobs[across], knobs[up]].map(|knob| Axis::of(&document, knob.into()));
            let mut map = LossMap::default();
            assert!(map.update(&document, &exam, axes, 9));
            let largest = map.extent().unwrap()[1];
            for row in 0..9 {
                for column in 0..9 {
                    let at = [
                        axes[0].value_at(column as f64, 9),
                        axes[1].value_at(row as f64, 9),
                    ];
                    let wanted = plain(
                        &document,
                        &exam,
                        [(axes[0].target, at[0]), (axes[1].target, at[1])],
                    );
                    let found = map.values()[row * 9 + column];
                    assert!(
                        (found - wanted).abs() <= 3e-6 * largest.max(1.0),
                        "{layers:?} {loss} {across} {up} at {at:?}: {found} is not {wanted}"
                    );
                }
            }
            let (at, least) = map.lowest().unwrap();
            let wanted = plain(
                &document,
                &exam,
                [(axes[0].target, at[0]), (axes[1].target, at[1])],
            );
            assert!((least - wanted).abs() <= 3e-6 * largest.max(1.0));
        }
    }
}

#[test]
fn turning_its_own_knobs_computes_nothing_and_any_other_does() {
    let mut document = document(&[(4, Activation::Tanh), (1, Activation::Sigmoid)]);
    let exam = exam(&document, Loss::BinaryCrossEntropy, Generator::Xor);
    let [one, two, three] = [Knob::weight(0, 0, 0), Knob::weight(0, 0, 1), Knob::bias(1, 0)];
    let axes = [one, two].map(|knob| Axis::of(&document, knob.into()));
    let mut map = LossMap::default();
    assert!(map.update(&document, &exam, axes, 12));
    assert!(!map.update(&document, &exam, axes, 8));
    document.network.set(one, 0.25);
    document.network.set(two, -0.5);
    assert!(!map.update(&document, &exam, axes, 12));
    assert!(map.update(&document, &exam, axes, 16), "a finer one");
    document.network.set(three, 1.5);
    let mut turned = exam.clone();
    turned.run(&document.network);
    assert!(map.update(&document, &turned, axes, 8));
    assert!(map.update(&document, &turned, [axes[1], axes[0]], 8));
    assert!(
        !map.update(&document, &turned, [axes[0], axes[0]], 8),
        "the same knob twice"
    );
    assert!(map.update_along(&document, &turned, axes[0], 33));
    assert_eq!(map.size(), [33, 1]);
    let middle = map.values()[16];
    let wanted = plain(
        &document,
        &turned,
        [(axes[0].target, 0.0), (axes[1].target, -0.5)],
    );
    assert!((middle - wanted).abs() < 1e-5);
}

#[test]
fn much_data_and_wide_networks_stay_affordable() {
    let document = document(&[
        (64, Activation::Relu),
        (64, Activation::Relu),
        (1, Activation::Linear),
    ]);
    let exam = exam(&document, Loss::MeanSquaredError, Generator::Circle);
    let axes = [Knob::weight(0, 0, 0), Knob::weight(0, 1, 0)].map(|knob| Axis::of(&document, knob.into()));
    let mut map = LossMap::default();
    assert!(map.update(&document, &exam, axes, 32));
    assert!(map.samples() >= 16 && map.samples() < exam.samples());
    assert!(map.values().iter().all(|loss| loss.is_finite()));
}
