//! Data and training settings of a document: saved, opened and undone.

use std::sync::Arc;

use neurodial_core::data::{ComputedFeature, CustomPoint, CustomPoints, DatasetGenerator, PointTarget};
use neurodial_core::formats::json;
use neurodial_core::network::{Activation, Architecture, Network};
use neurodial_core::session::{DataSource, Document, Edit, Gesture, HistoryCommand, Session, TrainingConfig};
use neurodial_core::text::Localized as _;
use neurodial_core::text::Messages;
use neurodial_core::training::{LearningRateSchedule, Loss, Optimizer, Regularization, StoppingCriteria};

use crate::support::{open, training_setup};

/// Returns a document with two inputs, one neuron and no data.
fn blank_document() -> Document {
    let architecture = Architecture::dense(2, &[(1, Activation::Tanh)]).unwrap();
    Document::new(Network::zeros(architecture))
}

fn document_with(config: TrainingConfig) -> Document {
    let mut document = blank_document();
    document.training_setup = Some(training_setup(config));
    document
}

fn written_and_read(document: &Document) -> Document {
    json::read(&json::write(document)).unwrap()
}

fn moons() -> TrainingConfig {
    TrainingConfig {
        samples: 60,
        noise: 0.25,
        seed: 7,
        test_fraction: 0.5,
        features: vec![ComputedFeature::Square(0), ComputedFeature::Sine(1)],
        is_standardized: true,
        loss: Some(Loss::Hinge),
        regularization: Regularization { l1: 0.1, l2: 0.001 },
        optimizer: Optimizer::RmsProp,
        learning_rate: 0.3,
        schedule: LearningRateSchedule::Exponential(0.99),
        batch_size: None,
        epochs: 12,
        stopping: StoppingCriteria {
            target_loss: Some(0.1 + 0.2),
            target_accuracy: Some(0.97),
            patience: Some(30),
            test_patience: Some(40),
        },
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Moons))
    }
}

fn custom_points() -> CustomPoints {
    let classes = PointTarget::Classes(vec!["no".into(), "yes, “perhaps”".into()]);
    let point = |x: f64, y: f64, target: f64| CustomPoint {
        inputs: vec![x, y],
        target,
    };
    let points = vec![point(0.1, -2.0, 0.0), point(1.0 / 3.0, 5e-300, 1.0)];
    CustomPoints::new(vec!["x1".into(), "x2".into()], classes, points).unwrap()
}

#[test]
fn every_training_setup_is_written_and_read_to_the_last_bit() {
    let line = CustomPoints::new(
        vec!["x".into()],
        PointTarget::Number("y".into()),
        vec![CustomPoint {
            inputs: vec![0.5],
            target: -1.25,
        }],
    );
    let sources: Vec<DataSource> = DataSource::all()
        .chain(
            [
                custom_points(),
                line.unwrap(),
                CustomPoints::for_classification(),
                CustomPoints::for_regression(1),
                CustomPoints::for_regression(2),
            ]
            .map(|points| DataSource::Custom(Arc::new(points))),
        )
        .collect();
    for source in sources {
        let document = document_with(TrainingConfig::new(source));
        let again = written_and_read(&document);
        assert_eq!(again, document);
        assert_eq!(json::write(&again), json::write(&document));
    }
    let document = document_with(moons());
    let again = written_and_read(&document);
    let (before, after) = (document.training_setup.unwrap(), again.training_setup.unwrap());
    assert_eq!(after.config(), before.config());
    assert_eq!(after.split().unwrap(), before.split().unwrap());
}

#[test]
fn a_document_without_data_has_no_keys_for_data_and_training() {
    let text = json::write(&blank_document());
    assert!(!text.contains("data") && !text.contains("training"), "{text}");
}

#[test]
fn missing_keys_have_defaults_and_wrong_values_are_refused() {
    let read = |data: &str| {
        let text = format!(
            "{{\"neurodial\":1,\"layers\":[{{\"activation\":\"tanh\",\"weights\":[[1,2]],\"biases\":[0]}}],{data}}}"
        );
        json::read(&text)
    };
    let config = |data: &str| read(data).unwrap().training_setup.unwrap().config().clone();
    assert_eq!(
        config("\"data\":{\"set\":\"xor\"}"),
        TrainingConfig::new(DataSource::Generated(DatasetGenerator::Xor))
    );
    let sgd = config(
        "\"data\":{\"set\":\"xor\"},\"training\":{\"optimizer\":\"sgd\",\"batch\":\"all\",\"schedule\":0.5}",
    );
    assert_eq!(
        (sgd.optimizer, sgd.learning_rate, sgd.batch_size, sgd.schedule),
        (Optimizer::Sgd, 0.1, None, LearningRateSchedule::Exponential(0.5))
    );
    for (data, expected) in [
        (
            "\"data\":{\"set\":\"xxor\"}",
            "“data”: there is no dataset “xxor”; use one of iris, digits, circle",
        ),
        ("\"data\":{}", "“data” needs one of “set”, “file”, “points”"),
        (
            "\"data\":{\"set\":\"xor\",\"file\":\"a.csv\"}",
            "exclude each other",
        ),
        (
            "\"data\":{\"set\":\"iris\",\"noise\":1}",
            "“noise” belongs to another kind of data",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"noize\":1}",
            "“noize” is unknown here",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"samples\":1}",
            "2 to 1,000,000 samples can be generated, not 1",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"samples\":\"a\"}",
            "“data”, “samples” (line 1, column 112): an integer from 0 on is needed here, not “a”",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"test\":1}",
            "1 is not a valid test set fraction",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"features\":[\"cos(x1)\"]}",
            "“data”, “features”: “cos(x1)” is not a valid computed feature",
        ),
        (
            "\"data\":{\"set\":\"line\",\"features\":[\"x2^2\"]}",
            "x2^2 needs more inputs than the 1 that the dataset has",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"targets\":\"words\"}",
            "“words” is not a kind of target",
        ),
        (
            "\"data\":{\"points\":[[1,2,\"a\"]],\"classes\":[\"b\"]}",
            "“points”, entry 1: the last value is not one of “classes”",
        ),
        ("\"data\":{\"points\":[[1,2,3],[1,2]]}", "point 2"),
        (
            "\"data\":{\"points\":[],\"classes\":[]}",
            "1 to 10 classes with different names",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"loss\":\"big\"}",
            "“training”, “loss”: ",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"optimizer\":\"big\"}",
            "“training”, “optimizer”: ",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"learning_rate\":-1}",
            "a number above 0, not −1",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"batch\":\"some\"}",
            "“some” is not a batch size",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"batch\":-1}",
            "an integer or “all” is needed here",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"schedule\":2}",
            "“2” is not a valid learning-rate schedule",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"stop_at_loss\":0}",
            "the target loss is a number above 0, not 0",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"stop_at_accuracy\":95}",
            "above 0 and up to 1, not 95",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"test_patience\":0}",
            "at least 1 epoch without progress",
        ),
        ("\"training\":{}", "“training” needs “data” beside it"),
        ("\"data\":[]", "an object in braces"),
    ] {
        let error = read(data).unwrap_err().to_string();
        assert!(error.contains(expected), "{data}: {error}");
        assert!(!error.contains('\n'));
    }
}

/// Returns the label of the step that undo would revert.
fn undo_text(session: &Session) -> String {
    session.history().undo_label().unwrap().message(Messages::ENGLISH)
}

#[test]
fn choosing_data_and_dragging_a_setting_are_one_undo_step_each() {
    let mut session = open(blank_document());
    let xor = TrainingConfig::new(DataSource::Generated(DatasetGenerator::Xor));
    session
        .apply(Edit::SetTrainingSetup(Some(training_setup(xor.clone()))))
        .unwrap();
    assert_eq!(undo_text(&session), "choose dataset XOR");
    assert!(session.is_unsaved());
    for noise in [0.1, 0.2, 0.3] {
        let setup = training_setup(TrainingConfig { noise, ..xor.clone() });
        let gesture = Gesture(9);
        session.apply(Edit::DragTrainingSetup { setup, gesture }).unwrap();
    }
    assert_eq!(undo_text(&session), "change noise of the data");
    assert_eq!(session.history().len(), 2);
    let noise = |session: &Session| session.setup().map(|setup| setup.config().noise);
    assert_eq!(noise(&session), Some(0.3));
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(noise(&session), Some(0.0));
    session.apply(HistoryCommand::Undo).unwrap();
    assert_eq!(noise(&session), None);
    session.apply(HistoryCommand::Redo).unwrap();
    session.apply(HistoryCommand::Redo).unwrap();
    assert_eq!(noise(&session), Some(0.3));
    session.apply(HistoryCommand::StartOver).unwrap();
    assert_eq!(noise(&session), None);
}

#[test]
fn custom_points_are_added_moved_and_removed() {
    let mut session = open(blank_document());
    let add = |inputs: &[f64], target: f64| Edit::AddPoint {
        inputs: inputs.to_vec(),
        target,
    };
    let error = session.apply(add(&[0.0, 1.0], 0.0)).unwrap_err().to_string();
    assert!(error.contains("edit a copy"), "{error}");
    let config = TrainingConfig::new(DataSource::Custom(Arc::new(CustomPoints::for_classification())));
    let setup = training_setup(config);
    assert!(setup.split().unwrap_err().to_string().contains("no points yet"));
    session.apply(Edit::SetTrainingSetup(Some(setup))).unwrap();
    session.apply(add(&[1.0, 2.0], 0.0)).unwrap();
    session.apply(add(&[-1.0, 2.5], 1.0)).unwrap();
    let samples = |session: &Session| {
        let split = session.setup().unwrap().split().map(Arc::clone);
        split.map_or(0, |split| split.train.sample_count())
    };
    assert_eq!(samples(&session), 2);
    for x in [0.1, 0.2] {
        let action = Edit::MovePoint {
            point: 1,
            inputs: vec![x, 0.0],
            target: 1.0,
            gesture: Some(Gesture(4)),
        };
        session.apply(action).unwrap();
    }
    assert_eq!(session.history().len(), 4);
    session.apply(Edit::RemovePoint(0)).unwrap();
    let split = session.setup().unwrap().split().unwrap().clone();
    assert_eq!(split.train.inputs(), [0.2, 0.0]);
    for action in [
        Edit::RemovePoint(1),
        add(&[f64::NAN, 0.0], 0.0),
        add(&[0.0], 0.0),
        add(&[0.0, 0.0], 2.0),
        add(&[0.0, 0.0], 0.5),
    ] {
        assert!(session.apply(action).is_err());
    }
    for _ in 0..3 {
        session.apply(HistoryCommand::Undo).unwrap();
    }
    assert_eq!(samples(&session), 1);
    assert_eq!(written_and_read(session.document()), *session.document());
}
