//! The loss along each knob and its slope, compared with plain forward passes.

use std::sync::Arc;

use neurodial_core::data::{BundledDataset, DatasetGenerator};
use neurodial_core::insight::knob_profile::PROFILE_POINTS;
use neurodial_core::insight::{Insight, KnobProfiles, LossEvaluation, Sensitivity};
use neurodial_core::network::{Activation, Architecture, GradientFlow, Initializer, Knob, Network};
use neurodial_core::session::{
    Action, ActionError, Adjustable, DataSource, Document, Edit, HistoryCommand, SensitivityTarget,
    TrainingConfig, TrainingSetup, ViewChange,
};
use neurodial_core::text::Messages;
use neurodial_core::training::{EncodedDataset, Loss, Objective, Regularization};
use proptest::prelude::*;

use crate::support::{knobs, open, random_network, training_setup};

/// Returns the training set as this network is trained with it, and the objective.
fn training_set(document: &Document, setup: &TrainingSetup) -> (EncodedDataset, Objective) {
    let architecture = document.network.architecture();
    let plan = &architecture.layers()[architecture.last_layer()];
    let loss = setup.loss(plan);
    let data = &setup.split().unwrap().train;
    let encoded = EncodedDataset::new(data, architecture.input_count(), plan, loss).unwrap();
    let regularization = Regularization::default();
    (encoded, Objective { loss, regularization })
}

fn loss_of(network: &Network, encoded: &EncodedDataset, objective: Objective) -> f64 {
    let forward_pass = network.forward_batch(&encoded.inputs, encoded.samples);
    objective.loss(network, &forward_pass, &encoded.targets)
}

fn setup(source: DataSource, loss: Option<Loss>) -> Arc<TrainingSetup> {
    training_setup(TrainingConfig {
        loss,
        samples: 60,
        ..TrainingConfig::new(source)
    })
}

fn document(inputs: usize, layers: &[(usize, Activation)], seed: u64, gain: f64) -> Document {
    let architecture = Architecture::dense(inputs, layers).unwrap();
    let mut network = random_network(architecture, Initializer::Xavier, seed);
    network.knobs_mut().iter_mut().for_each(|knob| *knob *= gain);
    Document::new(network)
}

/// Compares some points of every profile with forward passes of all samples.
fn assert_profiles(document: &Document, setup: &Arc<TrainingSetup>) {
    let (encoded, objective) = training_set(document, setup);
    let evaluation = LossEvaluation::new(document, setup).unwrap();
    assert_eq!(evaluation.samples(), encoded.samples);
    let adjustables = knobs(document.network.architecture());
    let mut profiles = KnobProfiles::default();
    profiles.update_loss(document, &evaluation, &adjustables);
    let info = profiles.loss_info().unwrap();
    assert_eq!(info.samples, encoded.samples, "few enough to evaluate all");
    let current = loss_of(&document.network, &encoded, objective);
    assert!((info.current_loss - current).abs() <= 1e-12 * current.abs().max(1.0));
    for (profile, &target) in adjustables.iter().enumerate() {
        let Adjustable::Knob(knob) = target else {
            unreachable!()
        };
        let range = document.range(target);
        let values = profiles.profile(profile);
        for index in [0, 9, 31, 32, 40, PROFILE_POINTS - 1] {
            let mut network = document.network.clone();
            assert!(network.set(knob, range.value_at(index as f64 / (PROFILE_POINTS - 1) as f64)));
            let expected = loss_of(&network, &encoded, objective);
            let error = (values[index] - expected).abs();
            // 1 − a of a softmax output has few digits where a is almost 1.
            let tolerance = if objective.loss == Loss::BinaryCrossEntropy {
                1e-4
            } else {
                2e-5
            };
            assert!(
                error <= tolerance * expected.abs().max(1.0),
                "{} of {knob} at {index}: {expected}, not {}",
                objective.loss,
                values[index]
            );
        }
        if let Some(lowest) = profiles.lowest_fraction(profile) {
            let min = values.iter().copied().fold(f64::INFINITY, f64::min);
            let near = values[(lowest * (PROFILE_POINTS - 1) as f64).round() as usize];
            let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            assert!(
                near - min <= 0.1 * (max - min),
                "{knob}: {near} is not near {min}"
            );
        }
    }
}

#[test]
fn profiles_of_every_loss_function_agree_with_forward_passes() {
    use Activation::{Linear, Sigmoid, Softmax, Tanh};
    let iris = DataSource::Bundled(BundledDataset::Iris);
    for loss in Loss::ALL {
        for (last, width) in [(Linear, 3), (Tanh, 3), (Sigmoid, 3), (Softmax, 3)] {
            let document = document(4, &[(5, Tanh), (width, last)], 3, 1.0);
            let plan = &document.network.architecture().layers()[1];
            if loss.check(plan).is_ok() {
                assert_profiles(&document, &setup(iris.clone(), Some(loss)));
                // A single layer is the first and the last one.
                assert_profiles(
                    &self::document(4, &[(3, last)], 4, 0.5),
                    &setup(iris.clone(), Some(loss)),
                );
            }
        }
    }
}

#[test]
fn profiles_agree_with_forward_passes_for_every_hidden_activation() {
    use Activation::{Gelu, LeakyRelu, Relu, Sigmoid, Silu, Sine, Softmax, Softplus, Step, Tanh};
    let spiral = DataSource::Generated(DatasetGenerator::Spiral);
    for hidden in [
        Relu,
        LeakyRelu,
        Sigmoid,
        Softplus,
        Silu,
        Gelu,
        Sine,
        Softmax,
        Step,
        Activation::Elu,
    ] {
        let layers = [(4, hidden), (3, Tanh), (1, Sigmoid)];
        assert_profiles(&document(2, &layers, 5, 1.3), &setup(spiral.clone(), None));
        let layers = [(3, Tanh), (4, hidden), (3, hidden), (1, Sigmoid)];
        assert_profiles(&document(2, &layers, 6, 1.3), &setup(spiral.clone(), None));
    }
}

#[test]
fn with_much_data_only_some_samples_are_evaluated_and_counted() {
    let digits = setup(DataSource::Bundled(BundledDataset::Digits), None);
    let layers = [(32, Activation::Relu), (10, Activation::Softmax)];
    let document = document(64, &layers, 1, 1.0);
    let evaluation = LossEvaluation::new(&document, &digits).unwrap();
    let mut profiles = KnobProfiles::default();
    profiles.update_loss(
        &document,
        &evaluation,
        &knobs(document.network.architecture())[..40],
    );
    let info = profiles.loss_info().unwrap();
    assert!(info.samples < info.all_samples, "{info:?}");
    assert!(info.samples >= 16);
    assert_eq!(info.all_samples, digits.split().unwrap().train.sample_count());
}

#[test]
fn coarse_profiles_are_close_to_fine_ones() {
    use Activation::{Relu, Sigmoid, Softmax, Tanh};
    let spiral = DataSource::Generated(DatasetGenerator::Spiral);
    let iris = DataSource::Bundled(BundledDataset::Iris);
    for (inputs, layers, source) in [
        (2, vec![(8, Tanh), (8, Tanh), (1, Tanh)], &spiral),
        (2, vec![(6, Relu), (1, Sigmoid)], &spiral),
        (4, vec![(5, Tanh), (3, Softmax)], &iris),
    ] {
        for gain in [1.0, 2.0] {
            let document = document(inputs, &layers, 7, gain);
            let evaluation = LossEvaluation::new(&document, &setup(source.clone(), None)).unwrap();
            let adjustables = knobs(document.network.architecture());
            let [fine, coarse] = [false, true].map(|is_coarse| {
                let mut profiles = KnobProfiles::default();
                profiles.set_coarse(is_coarse);
                profiles.update_loss(&document, &evaluation, &adjustables);
                profiles
            });
            assert_eq!(fine.loss_info(), coarse.loss_info(), "both evaluate all samples");
            let [min, max] = fine.value_range().unwrap();
            for (index, target) in adjustables.iter().enumerate() {
                let pairs = fine.profile(index).iter().zip(coarse.profile(index));
                let errors: Vec<f64> = pairs.map(|(a, b)| (a - b).abs() / (max - min)).collect();
                // As fractions of the color scale: at the steepest point, and on average.
                let largest = errors.iter().copied().fold(0.0, f64::max);
                let mean = errors.iter().sum::<f64>() / errors.len() as f64;
                assert!(largest < 0.07 && mean < 0.005, "{target}: {largest}, {mean}");
                let ends =
                    [0, PROFILE_POINTS - 1].map(|end| coarse.profile(index)[end] - fine.profile(index)[end]);
                assert!(ends.iter().all(|error| error.abs() < 1e-5 * max), "{ends:?}");
            }
        }
    }
}

#[test]
fn the_loss_is_a_sensitivity_target_only_with_data() {
    let iris = setup(DataSource::Bundled(BundledDataset::Iris), None);
    let mut session = open(iris.new_document().unwrap());
    session.apply(Edit::SetTrainingSetup(None)).unwrap();
    assert_eq!(
        session.apply(ViewChange::SetSensitivityTarget(SensitivityTarget::Loss)),
        Err(ActionError::NoData)
    );
    assert!(
        session
            .apply(ViewChange::SetSensitivityTarget(SensitivityTarget::Output(3)))
            .is_err()
    );
    session
        .apply(Edit::SetTrainingSetup(Some(Arc::clone(&iris))))
        .unwrap();
    session
        .apply(ViewChange::SetSensitivityTarget(SensitivityTarget::Loss))
        .unwrap();
    let insight = Insight::new(&session);
    let knob = Adjustable::Knob(Knob::weight(0, 1, 2));
    let description = insight.describe_sensitivity(&session, knob, Messages::ENGLISH);
    assert_eq!(description, "the slope of the loss along w₂₃ is −0.34");
    let description = insight.describe_sensitivity(&session, Adjustable::Input(0), Messages::ENGLISH);
    assert_eq!(description, "the loss does not depend on x₁");
    session.apply(Edit::SetTrainingSetup(None)).unwrap();
    assert_eq!(session.view().sensitivity_target, SensitivityTarget::Selected);
}

#[test]
fn data_that_does_not_fit_the_network_is_reported() {
    let iris = setup(DataSource::Bundled(BundledDataset::Iris), None);
    let mut session = open(document(2, &[(1, Activation::Sigmoid)], 1, 1.0));
    session.apply(Edit::SetTrainingSetup(Some(iris))).unwrap();
    session
        .apply(ViewChange::SetSensitivityTarget(SensitivityTarget::Loss))
        .unwrap();
    let insight = Insight::new(&session);
    let target = Adjustable::Knob(Knob::bias(0, 0));
    assert!(insight.knob_profiles(&session, &[target]).is_none());
    assert!(insight.sensitivity(&session).is_none());
    let description = insight.describe_sensitivity(&session, target, Messages::ENGLISH);
    assert!(
        description.starts_with("the loss is not available: the dataset has 4 inputs"),
        "{description}"
    );
}

#[test]
fn profiles_and_slopes_follow_changes_of_a_knob_and_of_the_sensitivity_target() {
    let iris = setup(DataSource::Bundled(BundledDataset::Iris), None);
    let mut session = open(iris.new_document().unwrap());
    session.apply(Edit::SetTrainingSetup(Some(iris))).unwrap();
    let mut insight = Insight::new(&session);
    let target = Adjustable::Knob(Knob::weight(0, 1, 2));
    let mut after = |action: Action| {
        session.apply(action).unwrap();
        insight.update(&session);
        let values = insight
            .knob_profiles(&session, &[target])
            .unwrap()
            .profile(0)
            .to_vec();
        let sensitivity = insight.sensitivity(&session).unwrap();
        (
            values,
            sensitivity.derivative(session.architecture(), target).unwrap(),
        )
    };
    let of_output = after(ViewChange::SetSensitivityTarget(SensitivityTarget::Output(1)).into());
    let of_loss = after(ViewChange::SetSensitivityTarget(SensitivityTarget::Loss).into());
    let other = Adjustable::Knob(Knob::weight(0, 0, 0));
    let changed = after(
        Edit::Set {
            target: other,
            value: 2.0,
        }
        .into(),
    );
    assert!(of_output != of_loss && of_loss.0 != changed.0 && of_loss.1 != changed.1);
    assert_eq!(after(HistoryCommand::Undo.into()), of_loss);
    assert_eq!(
        after(ViewChange::SetSensitivityTarget(SensitivityTarget::Output(1)).into()),
        of_output
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn slopes_of_the_loss_agree_with_finite_differences(
        seed in 0_u64..1000,
        loss in prop::sample::select(&[
            Loss::MeanSquaredError, Loss::BinaryCrossEntropy, Loss::CategoricalCrossEntropy,
        ][..]),
        is_softmax in any::<bool>(),
    ) {
        let last = if is_softmax { Activation::Softmax } else { Activation::Sigmoid };
        let document = document(4, &[(4, Activation::Tanh), (3, last)], seed, 0.7);
        let setup = setup(DataSource::Bundled(BundledDataset::Iris), Some(loss));
        let (encoded, objective) = training_set(&document, &setup);
        let evaluation = LossEvaluation::new(&document, &setup).unwrap();
        let sensitivity = Sensitivity::from_loss(&document.network, &evaluation);
        let architecture = document.network.architecture();
        for knob in architecture.knobs() {
            let loss_at = |shift: f64| {
                let mut network = document.network.clone();
                network.set(knob, network.get(knob).unwrap() + shift);
                loss_of(&network, &encoded, objective)
            };
            let shift = 1e-5;
            let expected = (loss_at(shift) - loss_at(-shift)) / (2.0 * shift);
            let found = sensitivity.derivative(architecture, knob.into()).unwrap();
            prop_assert!((found - expected).abs() <= 1e-7 * (1.0 + expected.abs()), "{knob}: {found} {expected}");
            prop_assert_eq!(sensitivity.gradient_flow(knob.into()), GradientFlow::Smooth);
        }
    }
}
