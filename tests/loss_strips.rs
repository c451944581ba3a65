//! What the loss would be along each knob, and its slope there: compared with plain forward passes.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::sync::Arc;

use neurodial_core::data::{BundledDataset, DatasetGenerator};
use neurodial_core::insight::knob_profile::PROFILE_POINTS;
use neurodial_core::insight::{Insight, KnobProfiles, LossEvaluation, Sensitivity};
use neurodial_core::network::{
    Activation, Architecture, GradientFlow, Initialization, Initializer, Knob, Network,
};
use neurodial_core::session::{
    Action, ActionError, Adjustable, DataSource, Document, Origin, SensitivityTarget, Session,
    TrainingConfig, TrainingSetup,
};
use neurodial_core::training::{EncodedDataset, Loss, Objective, Regularization};
use proptest::prelude::*;

/// The data to train with as this network learns it, by the road that training takes.
fn examples(document: &Document, course: &TrainingSetup) -> (EncodedDataset, Objective) {
    let blueprint = document.network.architecture();
    let plan = &blueprint.layers()[blueprint.last_layer()];
    let loss = course.loss(plan);
    let examples = EncodedDataset::new(
        &course.split().unwrap().train,
        blueprint.input_count(),
        plan,
        loss,
    )
    .unwrap();
    let penalty = Regularization::default();
    (
        examples,
        Objective {
            loss,
            regularization: penalty,
        },
    )
}

fn loss_of(network: &Network, examples: &EncodedDataset, objective: Objective) -> f64 {
    let trace = network.forward_batch(&examples.inputs, examples.samples);
    objective.loss(network, &trace, &examples.targets)
}

fn course(source: DataSource, loss: Option<Loss>) -> Arc<TrainingSetup> {
    let choice = TrainingConfig {
        loss,
        samples: 60,
        ..TrainingConfig::new(source)
    };
    Arc::new(TrainingSetup::new(choice).unwrap())
}

fn document(inputs: usize, layers: &[(usize, Activation)], seed: u64, gain: f64) -> Document {
    let blueprint = Architecture::dense(inputs, layers).unwrap();
    let how = Initialization {
        initializer: Initializer::Xavier,
        seed,
        has_random_biases: true,
    };
    let values = how
        .values(&blueprint)
        .into_iter()
        .map(|value| gain * value)
        .collect();
    Document::new(Network::from_knobs(blueprint, values).unwrap())
}

fn targets(document: &Document) -> Vec<Adjustable> {
    document
        .network
        .architecture()
        .knobs()
        .map(Adjustable::Knob)
        .collect()
}

/// Compares every strip with forward passes of all samples at some of its places.
fn check(document: &Document, course: &Arc<TrainingSetup>) {
    let (examples, objective) = examples(document, course);
    let exam = LossEvaluation::new(document, course).unwrap();
    assert_eq!(exam.samples(), examples.samples);
    let targets = targets(document);
    let mut strips = KnobProfiles::default();
    strips.update_loss(document, &exam, &targets);
    let measured = strips.loss_info().unwrap();
    assert_eq!(measured.samples, examples.samples, "few enough for all to count");
    let now = loss_of(&document.network, &examples, objective);
    assert!((measured.current_loss - now).abs() <= 1e-12 * now.abs().max(1.0));
    for (index, &target) in targets.iter().enumerate() {
        let Adjustable::Knob(knob) = target else {
            unreachable!()
        };
        let range = document.range(target);
        let strip = strips.profile(index);
        for place in [0, 9, 31, 32, 40, PROFILE_POINTS - 1] {
            let mut network = document.network.clone();
            assert!(network.set(knob, range.value_at(place as f64 / (PROFILE_POINTS - 1) as f64)));
            let expected = loss_of(&network, &examples, objective);
            let off = (strip[place] - expected).abs();
            // 1 − a of a softmax has few digits left where a is almost 1.
            let exact = if objective.loss == Loss::BinaryCrossEntropy {
                1e-4
            } else {
                2e-5
            };
            assert!(
                off <= exact * expected.abs().max(1.0),
                "{} of {knob} at {place}: {expected}, not {}",
                objective.loss,
                strip[place]
            );
        }
        if let Some(lowest) = strips.lowest_fraction(index) {
            let least = strip.iter().copied().fold(f64::INFINITY, f64::min);
            let near = strip[(lowest * (PROFILE_POINTS - 1) as f64).round() as usize];
            let most = strip.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            assert!(
                near - least <= 0.1 * (most - least),
                "{knob}: {near} is not near {least}"
            );
        }
    }
}

#[test]
fn strips_of_every_loss_agree_with_forward_passes() {
    use Activation::{Linear, Sigmoid, Softmax, Tanh};
    let iris = DataSource::Bundled(BundledDataset::Iris);
    for loss in Loss::ALL {
        for (last, width) in [(Linear, 3), (Tanh, 3), (Sigmoid, 3), (Softmax, 3)] {
            let document = document(4, &[(5, Tanh), (width, last)], 3, 1.0);
            let plan = &document.network.architecture().layers()[1];
            if loss.check(plan).is_ok() {
                check(&document, &course(iris.clone(), Some(loss)));
                // The only layer is first and last.
                check(
                    &self::document(4, &[(3, last)], 4, 0.5),
                    &course(iris.clone(), Some(loss)),
                );
            }
        }
    }
}

#[test]
fn strips_pass_on_through_softmax_and_deep_layers() {
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
        check(&document(2, &layers, 5, 1.3), &course(spiral.clone(), None));
        let layers = [(3, Tanh), (4, hidden), (3, hidden), (1, Sigmoid)];
        check(&document(2, &layers, 6, 1.3), &course(spiral.clone(), None));
    }
}

#[test]
fn of_much_data_some_samples_count_and_it_is_said_how_many() {
    let digits = course(DataSource::Bundled(BundledDataset::Digits), None);
    let layers = [(32, Activation::Relu), (10, Activation::Softmax)];
    let document = document(64, &layers, 1, 1.0);
    let exam = LossEvaluation::new(&document, &digits).unwrap();
    let mut strips = KnobProfiles::default();
    strips.update_loss(&document, &exam, &targets(&document)[..40]);
    let measured = strips.loss_info().unwrap();
    assert!(measured.samples < measured.all_samples, "{measured:?}");
    assert!(measured.samples >= 16);
    assert_eq!(measured.all_samples, digits.split().unwrap().train.sample_count());
}

#[test]
fn brief_strips_look_like_whole_ones() {
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
            let exam = LossEvaluation::new(&document, &course(source.clone(), None)).unwrap();
            let targets = targets(&document);
            let [whole, brief] = [false, true].map(|is_brief| {
                let mut strips = KnobProfiles::default();
                strips.set_coarse(is_brief);
                strips.update_loss(&document, &exam, &targets);
                strips
            });
            assert_eq!(whole.loss_info(), brief.loss_info(), "all samples count in both");
            let [least, most] = whole.value_range().unwrap();
            for (index, target) in targets.iter().enumerate() {
                let places = whole.profile(index).iter().zip(brief.profile(index));
                let off: Vec<f64> = places.map(|(a, b)| (a - b).abs() / (most - least)).collect();
                // Of the scale of colours: at the steepest place, and everywhere else.
                let largest = off.iter().copied().fold(0.0, f64::max);
                let mean = off.iter().sum::<f64>() / off.len() as f64;
                assert!(largest < 0.07 && mean < 0.005, "{target}: {largest}, {mean}");
                let ends = [0, PROFILE_POINTS - 1]
                    .map(|place| brief.profile(index)[place] - whole.profile(index)[place]);
                assert!(ends.iter().all(|off| off.abs() < 1e-5 * most), "{ends:?}");
            }
        }
    }
}

#[test]
fn the_loss_is_the_subject_only_where_there_is_data() {
    let iris = course(DataSource::Bundled(BundledDataset::Iris), None);
    let mut session = Session::open(iris.new_document().unwrap(), Origin::Untitled);
    session.apply(Action::SetTrainingSetup(None)).unwrap();
    assert_eq!(
        session.apply(Action::SetSensitivityTarget(SensitivityTarget::Loss)),
        Err(ActionError::NoData)
    );
    assert!(
        session
            .apply(Action::SetSensitivityTarget(SensitivityTarget::Output(3)))
            .is_err()
    );
    session
        .apply(Action::SetTrainingSetup(Some(Arc::clone(&iris))))
        .unwrap();
    session
        .apply(Action::SetSensitivityTarget(SensitivityTarget::Loss))
        .unwrap();
    let insight = Insight::new(&session);
    let knob = Adjustable::Knob(Knob::weight(0, 1, 2));
    let words = insight.describe_sensitivity(&session, knob);
    assert_eq!(words, "raise w₂₃ a little and the loss falls 0.34 times as much");
    let input = insight.describe_sensitivity(&session, Adjustable::Input(0));
    assert_eq!(input, "the loss does not depend on x₁");
    session.apply(Action::SetTrainingSetup(None)).unwrap();
    assert_eq!(session.view().sensitivity_target, SensitivityTarget::Selected);
}

#[test]
fn data_that_does_not_fit_is_told_in_words() {
    let iris = course(DataSource::Bundled(BundledDataset::Iris), None);
    let mut session = Session::open(document(2, &[(1, Activation::Sigmoid)], 1, 1.0), Origin::Untitled);
    session.apply(Action::SetTrainingSetup(Some(iris))).unwrap();
    session
        .apply(Action::SetSensitivityTarget(SensitivityTarget::Loss))
        .unwrap();
    let insight = Insight::new(&session);
    let target = Adjustable::Knob(Knob::bias(0, 0));
    assert!(insight.knob_profiles(&session, &[target]).is_none());
    assert!(insight.sensitivity(&session).is_none());
    let words = insight.describe_sensitivity(&session, target);
    assert!(
        words.starts_with("there is no loss: the data has 4 inputs"),
        "{words}"
    );
}

#[test]
fn strips_and_slopes_follow_a_turn_and_a_change_of_the_subject() {
    let iris = course(DataSource::Bundled(BundledDataset::Iris), None);
    let mut session = Session::open(iris.new_document().unwrap(), Origin::Untitled);
    session.apply(Action::SetTrainingSetup(Some(iris))).unwrap();
    let mut insight = Insight::new(&session);
    let target = Adjustable::Knob(Knob::weight(0, 1, 2));
    let mut look = |action: Action| {
        session.apply(action).unwrap();
        insight.update(&session);
        let strip = insight
            .knob_profiles(&session, &[target])
            .unwrap()
            .profile(0)
            .to_vec();
        let sensitivity = insight.sensitivity(&session).unwrap();
        (
            strip,
            sensitivity.derivative(session.architecture(), target).unwrap(),
        )
    };
    let of_output = look(Action::SetSensitivityTarget(SensitivityTarget::Output(1)));
    let of_loss = look(Action::SetSensitivityTarget(SensitivityTarget::Loss));
    let other = Adjustable::Knob(Knob::weight(0, 0, 0));
    let turned = look(Action::Set {
        target: other,
        value: 2.0,
    });
    assert!(of_output != of_loss && of_loss.0 != turned.0 && of_loss.1 != turned.1);
    assert_eq!(look(Action::Undo), of_loss);
    assert_eq!(
        look(Action::SetSensitivityTarget(SensitivityTarget::Output(1))),
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
        softmax in any::<bool>(),
    ) {
        let last = if softmax { Activation::Softmax } else { Activation::Sigmoid };
        let document = document(4, &[(4, Activation::Tanh), (3, last)], seed, 0.7);
        let course = course(DataSource::Bundled(BundledDataset::Iris), Some(loss));
        let (examples, objective) = examples(&document, &course);
        let exam = LossEvaluation::new(&document, &course).unwrap();
        let sensitivity = Sensitivity::from_loss(&document.network, &exam);
        let blueprint = document.network.architecture();
        for knob in blueprint.knobs() {
            let at = |turn: f64| {
                let mut network = document.network.clone();
                network.set(knob, network.get(knob).unwrap() + turn);
                loss_of(&network, &examples, objective)
            };
            let step = 1e-5;
            let expected = (at(step) - at(-step)) / (2.0 * step);
            let found = sensitivity.derivative(blueprint, knob.into()).unwrap();
            prop_assert!((found - expected).abs() <= 1e-7 * (1.0 + expected.abs()), "{knob}: {found} {expected}");
            prop_assert_eq!(sensitivity.gradient_flow(knob.into()), GradientFlow::Smooth);
        }
    }
}
