//! Loss landscapes compared with plain forward passes.

use neurodial_core::data::DatasetGenerator;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::insight::{LossEvaluation, LossLandscape};
use neurodial_core::network::{Activation, Architecture, Initializer, Knob};
use neurodial_core::session::{DataSource, Document, TrainingConfig};
use neurodial_core::training::Loss;

use crate::support::{random_network, training_setup, with_value};

fn document(layers: &[(usize, Activation)]) -> Document {
    let architecture = Architecture::dense(2, layers).unwrap();
    Document::new(random_network(architecture, Initializer::Xavier, 3))
}

fn evaluation(document: &Document, loss: Loss, generator: DatasetGenerator) -> LossEvaluation {
    let setup = training_setup(TrainingConfig {
        loss: Some(loss),
        ..TrainingConfig::new(DataSource::Generated(generator))
    });
    LossEvaluation::new(document, &setup).unwrap()
}

/// Computes the loss at a point of the landscape with a plain forward pass.
fn loss_at(document: &Document, evaluation: &LossEvaluation, axes: [GridAxis; 2], point: [f64; 2]) -> f64 {
    let document = with_value(document, axes[0].target, point[0]);
    let document = with_value(&document, axes[1].target, point[1]);
    let mut evaluation = evaluation.clone();
    evaluation.update(&document.network);
    evaluation.loss()
}

#[test]
fn every_point_has_the_loss_of_a_forward_pass() {
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
        let evaluation = evaluation(&document, loss, DatasetGenerator::Gaussians);
        let architecture = document.network.architecture();
        let count = architecture.knob_count();
        let knobs: Vec<Knob> = architecture.knobs().collect();
        let pairs = [
            (0, 1),
            (1, 0),
            (0, count - 1),
            (count - 1, 0),
            (count / 2, 2),
            (count - 2, count - 1),
        ];
        for (x, y) in pairs {
            if x == y {
                continue;
            }
            let axes = [knobs[x], knobs[y]].map(|knob| GridAxis::new(&document, knob.into()));
            let mut landscape = LossLandscape::default();
            assert!(landscape.update_grid(&document, &evaluation, axes, 9));
            let largest = landscape.extent().unwrap()[1];
            for row in 0..9 {
                for column in 0..9 {
                    let at = [
                        axes[0].value_at(column as f64, 9),
                        axes[1].value_at(row as f64, 9),
                    ];
                    let expected = loss_at(&document, &evaluation, axes, at);
                    let found = landscape.values()[row * 9 + column];
                    assert!(
                        (found - expected).abs() <= 3e-6 * largest.max(1.0),
                        "{layers:?} {loss} {x} {y} at {at:?}: {found} is not {expected}"
                    );
                }
            }
            let (at, lowest) = landscape.lowest().unwrap();
            let expected = loss_at(&document, &evaluation, axes, at);
            assert!((lowest - expected).abs() <= 3e-6 * largest.max(1.0));
        }
    }
}

#[test]
fn only_changes_of_other_knobs_or_of_the_grid_recompute_the_landscape() {
    let mut document = document(&[(4, Activation::Tanh), (1, Activation::Sigmoid)]);
    let evaluation = evaluation(&document, Loss::BinaryCrossEntropy, DatasetGenerator::Xor);
    let [x, y, other] = [Knob::weight(0, 0, 0), Knob::weight(0, 0, 1), Knob::bias(1, 0)];
    let axes = [x, y].map(|knob| GridAxis::new(&document, knob.into()));
    let mut landscape = LossLandscape::default();
    assert!(landscape.update_grid(&document, &evaluation, axes, 12));
    assert!(!landscape.update_grid(&document, &evaluation, axes, 8));
    document.network.set(x, 0.25);
    document.network.set(y, -0.5);
    assert!(!landscape.update_grid(&document, &evaluation, axes, 12));
    assert!(
        landscape.update_grid(&document, &evaluation, axes, 16),
        "a finer grid"
    );
    document.network.set(other, 1.5);
    let mut changed = evaluation.clone();
    changed.update(&document.network);
    assert!(landscape.update_grid(&document, &changed, axes, 8));
    assert!(landscape.update_grid(&document, &changed, [axes[1], axes[0]], 8));
    assert!(
        !landscape.update_grid(&document, &changed, [axes[0], axes[0]], 8),
        "the same knob twice"
    );
    assert!(landscape.update_curve(&document, &changed, axes[0], 33));
    assert_eq!(landscape.size(), [33, 1]);
    let middle = landscape.values()[16];
    let expected = loss_at(&document, &changed, axes, [0.0, -0.5]);
    assert!((middle - expected).abs() < 1e-5);
}

#[test]
fn with_much_data_and_a_wide_network_only_some_samples_are_evaluated() {
    let document = document(&[
        (64, Activation::Relu),
        (64, Activation::Relu),
        (1, Activation::Linear),
    ]);
    let evaluation = evaluation(&document, Loss::MeanSquaredError, DatasetGenerator::Circle);
    let axes =
        [Knob::weight(0, 0, 0), Knob::weight(0, 1, 0)].map(|knob| GridAxis::new(&document, knob.into()));
    let mut landscape = LossLandscape::default();
    assert!(landscape.update_grid(&document, &evaluation, axes, 32));
    assert!(landscape.samples() >= 16 && landscape.samples() < evaluation.samples());
    assert!(landscape.values().iter().all(|loss| loss.is_finite()));
}
