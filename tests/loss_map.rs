//! The loss landscape against plain forward passes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::sync::Arc;

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Knob, Network};
use neurodial_core::session::{Adjustable, DataSource, Document, TrainingConfig, TrainingSetup};
use neurodial_core::training::Loss;

fn document(layers: &[(usize, Activation)]) -> Document {
    let blueprint = Architecture::dense(2, layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed: 3,
        has_random_biases: true,
    };
    let values = how.values(&blueprint);
    Document::new(Network::from_knobs(blueprint, values).unwrap())
}

fn exam(document: &Document, loss: Loss, generator: DatasetGenerator) -> LossEvaluation {
    let choice = TrainingConfig {
        loss: Some(loss),
        ..TrainingConfig::new(DataSource::Generated(generator))
    };
    let course = Arc::new(TrainingSetup::new(choice).unwrap());
    LossEvaluation::new(document, &course).unwrap()
}

/// The loss with two knobs turned, by a plain forward pass.
fn plain(document: &Document, exam: &LossEvaluation, knobs: [(Adjustable, f64); 2]) -> f64 {
    let mut network = document.network.clone();
    for (target, value) in knobs {
        let Adjustable::Knob(knob) = target else { panic!() };
        assert!(network.set(knob, value));
    }
    let mut exam = exam.clone();
    exam.update(&network);
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
        let exam = exam(&document, loss, DatasetGenerator::Gaussians);
        let blueprint = document.network.architecture();
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
            let axes = [knobs[across], knobs[up]].map(|knob| GridAxis::new(&document, knob.into()));
            let mut map = LossLandscape::default();
            assert!(map.update_grid(&document, &exam, axes, 9));
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
    let exam = exam(&document, Loss::BinaryCrossEntropy, DatasetGenerator::Xor);
    let [one, two, three] = [Knob::weight(0, 0, 0), Knob::weight(0, 0, 1), Knob::bias(1, 0)];
    let axes = [one, two].map(|knob| GridAxis::new(&document, knob.into()));
    let mut map = LossLandscape::default();
    assert!(map.update_grid(&document, &exam, axes, 12));
    assert!(!map.update_grid(&document, &exam, axes, 8));
    document.network.set(one, 0.25);
    document.network.set(two, -0.5);
    assert!(!map.update_grid(&document, &exam, axes, 12));
    assert!(map.update_grid(&document, &exam, axes, 16), "a finer one");
    document.network.set(three, 1.5);
    let mut turned = exam.clone();
    turned.update(&document.network);
    assert!(map.update_grid(&document, &turned, axes, 8));
    assert!(map.update_grid(&document, &turned, [axes[1], axes[0]], 8));
    assert!(
        !map.update_grid(&document, &turned, [axes[0], axes[0]], 8),
        "the same knob twice"
    );
    assert!(map.update_curve(&document, &turned, axes[0], 33));
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
    let exam = exam(&document, Loss::MeanSquaredError, DatasetGenerator::Circle);
    let axes =
        [Knob::weight(0, 0, 0), Knob::weight(0, 1, 0)].map(|knob| GridAxis::new(&document, knob.into()));
    let mut map = LossLandscape::default();
    assert!(map.update_grid(&document, &exam, axes, 32));
    assert!(map.samples() >= 16 && map.samples() < exam.samples());
    assert!(map.values().iter().all(|loss| loss.is_finite()));
}
