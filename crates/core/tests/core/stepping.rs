//! The numbers of the steps of a backward pass, compared with whole backward passes.

use neurodial_core::data::BundledDataset;
use neurodial_core::insight::stepping::{BackwardNumbers, activation_slope, backward_target};
use neurodial_core::insight::{Insight, LossEvaluation, Sensitivity};
use neurodial_core::network::{Activation, Architecture, Initializer, Knob, NeuronAddress};
use neurodial_core::session::{
    Adjustable, BackwardStep, BackwardTarget, DataSource, Document, Edit, ForwardStride, Quantity, Session,
    TrainingConfig, ViewChange,
};
use neurodial_core::text::Messages;
use neurodial_core::training::Loss;
use proptest::prelude::*;

use crate::support::random_documents::moderate_document;
use crate::support::{apply_all, knobs, neurons, open, random_network, training_setup};

/// True if two numbers are equal except for rounding.
fn is_close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

/// Checks that the numbers of every step follow from those of the steps before.
fn assert_chain_rule(session: &Session, numbers: &BackwardNumbers) {
    let forward_pass = session.document().network.forward(&session.document().inputs);
    for at in neurons(session.architecture()) {
        let NeuronAddress { layer, neuron } = at;
        let activation = session.architecture().layers()[layer].neurons[neuron].activation;
        let dz = numbers.weighted_sum(session, at);
        let slope = activation_slope(activation, forward_pass.z(layer, neuron)[0]);
        if let (Some(da), Some(slope)) = (numbers.output(session, at), slope) {
            assert!(is_close(da * slope, dz), "{at:?}: {da} · {slope} is not {dz}");
        }
        for (input, source) in forward_pass.layer_inputs(layer).iter().enumerate() {
            let dw = numbers.knob(session, Knob::weight(layer, neuron, input));
            assert!(is_close(dz * source, dw), "{at:?}: {dz} · {source} is not {dw}");
        }
    }
}

proptest! {
    #[test]
    fn the_steps_of_an_output_follow_the_chain_rule(document in moderate_document(), output in 0_usize..9) {
        let session = open(document);
        let layer = session.architecture().last_layer();
        let neuron = output % session.architecture().width(layer);
        let forward_pass = session.document().network.forward(&session.document().inputs);
        let numbers = BackwardNumbers::new(&session, &forward_pass, BackwardTarget::Output(neuron)).unwrap();
        assert_chain_rule(&session, &numbers);
        let at = NeuronAddress { layer, neuron };
        let set = [ViewChange::Select(at).into(), ViewChange::SetQuantity(Quantity::Output).into()];
        let session = apply_all(session, &set);
        let sensitivity = Sensitivity::from_session(&session, &forward_pass);
        for knob in session.architecture().knobs() {
            let expected = sensitivity.derivative(session.architecture(), knob.into()).unwrap();
            prop_assert!(is_close(numbers.knob(&session, knob), expected));
        }
    }
}

fn iris_session(activation: Activation, loss: Loss) -> Session {
    let setup = training_setup(TrainingConfig {
        loss: Some(loss),
        ..TrainingConfig::new(DataSource::Bundled(BundledDataset::Iris))
    });
    let architecture = Architecture::dense(4, &[(5, Activation::Tanh), (3, activation)]).unwrap();
    let document = Document::new(random_network(architecture, Initializer::Xavier, 3));
    apply_all(open(document), &[Edit::SetTrainingSetup(Some(setup)).into()])
}

#[test]
fn the_derivatives_of_all_samples_have_the_gradient_of_the_loss_as_their_mean() {
    for (activation, loss) in [
        (Activation::Softmax, Loss::CategoricalCrossEntropy),
        (Activation::Softmax, Loss::MeanSquaredError),
        (Activation::Sigmoid, Loss::BinaryCrossEntropy),
        (Activation::Sigmoid, Loss::MeanSquaredError),
        (Activation::Linear, Loss::Huber),
        (Activation::Tanh, Loss::Hinge),
    ] {
        let mut session = iris_session(activation, loss);
        let setup = session.setup().unwrap().clone();
        let train = setup.split().unwrap().train.clone();
        let mut sums = vec![0.0; session.architecture().knob_count()];
        for sample in 0..train.sample_count() {
            let inputs = (0..4).map(|input| train.input(input)[sample]).collect();
            session = apply_all(session, &[Edit::SetInputs(inputs).into()]);
            let forward_pass = session.document().network.forward(&session.document().inputs);
            let target = BackwardTarget::Loss { sample };
            let numbers = BackwardNumbers::new(&session, &forward_pass, target).unwrap();
            assert_chain_rule(&session, &numbers);
            let knobs = session.architecture().knobs();
            for (sum, knob) in sums.iter_mut().zip(knobs) {
                *sum += numbers.knob(&session, knob);
            }
        }
        let evaluation = LossEvaluation::new(session.document(), &setup).unwrap();
        let sensitivity = Sensitivity::from_loss(&session.document().network, &evaluation);
        for (sum, expected) in sums.iter().zip(sensitivity.knob_derivatives()) {
            let mean = sum / train.sample_count() as f64;
            assert!(is_close(mean, *expected), "{loss:?}: {mean} is not {expected}");
        }
    }
}

#[test]
fn a_backward_pass_starts_from_the_nearest_sample_or_from_an_output() {
    let session = iris_session(Activation::Softmax, Loss::CategoricalCrossEntropy);
    let train = session.setup().unwrap().split().unwrap().train.clone();
    let inputs: Vec<f64> = (0..4).map(|input| train.input(input)[7]).collect();
    let nearby = inputs.iter().map(|value| value + 1e-3).collect();
    let session = apply_all(session, &[Edit::SetInputs(nearby).into()]);
    let (target, sample_inputs) = backward_target(&session);
    assert_eq!(sample_inputs, Some(inputs));
    assert!(matches!(target, BackwardTarget::Loss { .. }));
    let session = apply_all(session, &[Edit::SetTrainingSetup(None).into()]);
    assert_eq!(backward_target(&session), (BackwardTarget::Output(1), None));
}

#[test]
fn every_step_has_a_sentence_and_highlights_its_knob() {
    let sessions = [
        iris_session(Activation::Softmax, Loss::CategoricalCrossEntropy),
        iris_session(Activation::Sigmoid, Loss::MeanSquaredError),
    ];
    for mut session in sessions {
        let (target, _) = backward_target(&session);
        let architecture = session.architecture().clone();
        let first = BackwardStep::first(&architecture, target);
        let mut highlighted = Vec::new();
        let next = |step: &BackwardStep| step.next(&architecture, ForwardStride::Product);
        for step in std::iter::successors(Some(first), next) {
            session = apply_all(session, &[ViewChange::StepBackwardTo(Some(step)).into()]);
            assert_eq!(session.view().selected, step.at);
            let text = Insight::new(&session)
                .describe_step(&session, Messages::ENGLISH)
                .unwrap();
            assert!(!text.contains("NaN"), "{text}");
            highlighted.extend(session.view().highlighted);
        }
        highlighted.sort();
        let mut expected = knobs(&architecture);
        expected.sort();
        assert_eq!(highlighted, expected);
        let end = [ViewChange::StepBackwardTo(None).into()];
        assert_eq!(apply_all(session, &end).view().highlighted, None::<Adjustable>);
    }
}
