//! Data and training settings in a document: saved, opened, undone, and written by `train`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use command::{neurodial_in, printed, refusal_in};
use neurodial_core::data::{ComputedFeature, CustomPoint, CustomPoints, DatasetGenerator, PointTarget};
use neurodial_core::network::{Activation, Architecture, Network};
use neurodial_core::session::{
    Action, DataSource, Document, Gesture, Origin, Session, TrainingConfig, TrainingSetup, file, format,
};
use neurodial_core::training::{LearningRateSchedule, Loss, Optimizer, Regularization};

fn blank(inputs: usize, outputs: usize) -> Document {
    let blueprint = Architecture::dense(inputs, &[(outputs, Activation::Tanh)]).unwrap();
    Document::new(Network::zeros(blueprint))
}

fn with(choice: TrainingConfig) -> Document {
    let mut document = blank(2, 1);
    document.training_setup = Some(Arc::new(TrainingSetup::new(choice).unwrap()));
    document
}

fn read_again(document: &Document) -> Document {
    format::read(&format::write(document)).unwrap()
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
        ..TrainingConfig::new(DataSource::Generated(DatasetGenerator::Moons))
    }
}

fn own() -> CustomPoints {
    let classes = PointTarget::Classes(vec!["no".into(), "yes, “perhaps”".into()]);
    let point = |x: f64, y: f64, target: f64| CustomPoint {
        inputs: vec![x, y],
        target,
    };
    let points = vec![point(0.1, -2.0, 0.0), point(1.0 / 3.0, 5e-300, 1.0)];
    CustomPoints::new(vec!["x1".into(), "x2".into()], classes, points).unwrap()
}

#[test]
fn a_choice_comes_back_to_the_last_bit() {
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
                own(),
                line.unwrap(),
                CustomPoints::for_classification(),
                CustomPoints::for_regression(1),
                CustomPoints::for_regression(2),
            ]
            .map(|points| DataSource::Custom(Arc::new(points))),
        )
        .collect();
    for source in sources {
        let document = with(TrainingConfig::new(source));
        let again = read_again(&document);
        assert_eq!(again, document);
        assert_eq!(format::write(&again), format::write(&document));
    }
    let document = with(moons());
    let again = read_again(&document);
    let (before, after) = (document.training_setup.unwrap(), again.training_setup.unwrap());
    assert_eq!(after.config(), before.config());
    assert_eq!(after.split().unwrap(), before.split().unwrap());
}

#[test]
fn a_document_without_data_is_written_as_ever() {
    let text = format::write(&blank(2, 1));
    assert!(!text.contains("data") && !text.contains("training"), "{text}");
}

#[test]
fn keys_have_defaults() {
    let read = |data: &str| {
        let text = format!(
            "{{\"neurodial\":1,\"layers\":[{{\"activation\":\"tanh\",\"weights\":[[1,2]],\"biases\":[0]}}],{data}}}"
        );
        format::read(&text)
    };
    let choice = |data: &str| read(data).unwrap().training_setup.unwrap().config().clone();
    assert_eq!(
        choice("\"data\":{\"set\":\"xor\"}"),
        TrainingConfig::new(DataSource::Generated(DatasetGenerator::Xor))
    );
    let sgd = choice(
        "\"data\":{\"set\":\"xor\"},\"training\":{\"optimizer\":\"sgd\",\"batch\":\"all\",\"schedule\":0.5}",
    );
    assert_eq!(
        (sgd.optimizer, sgd.learning_rate, sgd.batch_size, sgd.schedule),
        (Optimizer::Sgd, 0.1, None, LearningRateSchedule::Exponential(0.5))
    );
    for (data, sentence) in [
        (
            "\"data\":{\"set\":\"xxor\"}",
            "\"data\": there is no set “xxor”; the sets are iris, digits, circle",
        ),
        ("\"data\":{}", "\"data\" says with \"set\", \"file\", \"points\""),
        (
            "\"data\":{\"set\":\"xor\",\"file\":\"a.csv\"}",
            "exclude each other",
        ),
        (
            "\"data\":{\"set\":\"iris\",\"noise\":1}",
            "\"noise\" belongs to another kind of data",
        ),
        ("\"data\":{\"set\":\"xor\",\"noize\":1}", "unknown field `noize`"),
        (
            "\"data\":{\"set\":\"xor\",\"samples\":1}",
            "2 to 1000000 samples, not 1",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"samples\":\"a\"}",
            "\"samples\": invalid type: string \"a\", expected a whole number",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"test\":1}",
            "from 0 to below 1, not 1",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"features\":[\"cos(x1)\"]}",
            "\"features\": “cos(x1)” is no feature",
        ),
        (
            "\"data\":{\"set\":\"line\",\"features\":[\"x2^2\"]}",
            "x2^2 can’t be added: the data has 1 inputs",
        ),
        (
            "\"data\":{\"set\":\"xor\",\"targets\":\"words\"}",
            "neither numbers nor classes",
        ),
        (
            "\"data\":{\"points\":[[1,2,\"a\"]],\"classes\":[\"b\"]}",
            "\"points\", entry 1: its last entry is none",
        ),
        ("\"data\":{\"points\":[[1,2,3],[1,2]]}", "point 2"),
        (
            "\"data\":{\"points\":[],\"classes\":[]}",
            "1 to 10 different classes",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"loss\":\"big\"}",
            "\"training\", \"loss\": ",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"optimizer\":\"big\"}",
            "\"training\", \"optimizer\": ",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"learning_rate\":-1}",
            "a number above 0, not -1",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"batch\":\"some\"}",
            "neither a whole number nor all",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"batch\":-1}",
            "expected a whole number or \"all\"",
        ),
        (
            "\"data\":{\"set\":\"xor\"},\"training\":{\"schedule\":2}",
            "“2” is no schedule",
        ),
        ("\"training\":{}", "\"training\" has no \"data\" beside it"),
        ("\"data\":[]", "an object in braces"),
    ] {
        let told = read(data).unwrap_err().to_string();
        assert!(told.contains(sentence), "{data}: {told}");
        assert!(!told.contains('\n'));
    }
}

#[test]
fn choosing_data_is_an_undo_step_and_so_is_a_dragged_setting() {
    let mut session = Session::open(blank(2, 1), Origin::Untitled);
    let course = |choice| Arc::new(TrainingSetup::new(choice).unwrap());
    let xor = TrainingConfig::new(DataSource::Generated(DatasetGenerator::Xor));
    session
        .apply(Action::SetTrainingSetup(Some(course(xor.clone()))))
        .unwrap();
    assert_eq!(session.history().undo_label(), Some("choose xor"));
    assert!(session.is_unsaved());
    for noise in [0.1, 0.2, 0.3] {
        let course = course(TrainingConfig { noise, ..xor.clone() });
        let gesture = Gesture(9);
        session
            .apply(Action::DragTrainingSetup {
                setup: course,
                gesture,
            })
            .unwrap();
    }
    assert_eq!(session.history().undo_label(), Some("noise"));
    assert_eq!(session.history().len(), 2);
    let noise = |session: &Session| session.setup().map(|course| course.config().noise);
    assert_eq!(noise(&session), Some(0.3));
    session.apply(Action::Undo).unwrap();
    assert_eq!(noise(&session), Some(0.0));
    session.apply(Action::Undo).unwrap();
    assert_eq!(noise(&session), None);
    session.apply(Action::Redo).unwrap();
    session.apply(Action::Redo).unwrap();
    assert_eq!(noise(&session), Some(0.3));
    session.apply(Action::StartOver).unwrap();
    assert_eq!(noise(&session), None);
}

#[test]
fn points_are_set_moved_and_taken_away() {
    let mut session = Session::open(blank(2, 1), Origin::Untitled);
    let add = |inputs: &[f64], target: f64| Action::AddPoint {
        inputs: inputs.to_vec(),
        target,
    };
    let refused = session.apply(add(&[0.0, 1.0], 0.0)).unwrap_err().to_string();
    assert!(refused.contains("edit a copy"), "{refused}");
    let choice = TrainingConfig::new(DataSource::Custom(Arc::new(CustomPoints::for_classification())));
    let course = TrainingSetup::new(choice).unwrap();
    assert!(course.split().unwrap_err().contains("no points yet"));
    session
        .apply(Action::SetTrainingSetup(Some(Arc::new(course))))
        .unwrap();
    session.apply(add(&[1.0, 2.0], 0.0)).unwrap();
    session.apply(add(&[-1.0, 2.5], 1.0)).unwrap();
    let samples = |session: &Session| {
        let material = session.setup().unwrap().split().map(Arc::clone);
        material.map_or(0, |material| material.train.sample_count())
    };
    assert_eq!(samples(&session), 2);
    for x in [0.1, 0.2] {
        let action = Action::MovePoint {
            point: 1,
            inputs: vec![x, 0.0],
            target: 1.0,
            gesture: Some(Gesture(4)),
        };
        session.apply(action).unwrap();
    }
    assert_eq!(session.history().len(), 4);
    session.apply(Action::RemovePoint(0)).unwrap();
    let material = session.setup().unwrap().split().unwrap().clone();
    assert_eq!(material.train.inputs(), [0.2, 0.0]);
    for action in [
        Action::RemovePoint(1),
        add(&[f64::NAN, 0.0], 0.0),
        add(&[0.0], 0.0),
        add(&[0.0, 0.0], 2.0),
        add(&[0.0, 0.0], 0.5),
    ] {
        assert!(session.apply(action).is_err());
    }
    for _ in 0..3 {
        session.apply(Action::Undo).unwrap();
    }
    assert_eq!(samples(&session), 1);
    assert_eq!(read_again(session.document()), *session.document());
}

/// Runs a command that must succeed.
fn run(folder: &Path, line: &str) {
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let output = neurodial_in(folder, &arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{line}: {told}");
}

#[test]
fn what_was_trained_with_is_in_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run(folder, "new --layers 4,4,1 --activations tanh,sigmoid -o n.json");
    run(
        folder,
        "train n.json --data circle --samples 80 --noise 0.1 --seed 3 --test 0.25 --features x1^2,sin(x2) \
         --l1 0.001 --optimizer momentum --learning-rate 0.05 --schedule cosine --batch all --epochs 7 -o a.json",
    );
    let text = fs::read_to_string(folder.join("a.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let data = serde_json::json!({"set": "circle", "samples": 80, "noise": 0.1, "seed": 3, "test": 0.25,
        "features": ["x1^2", "sin(x2)"], "standardise": false});
    assert_eq!(json["data"], data);
    let training = serde_json::json!({"l1": 0.001, "l2": 0.0, "optimizer": "momentum", "learning_rate": 0.05,
        "schedule": "cosine", "batch": "all", "epochs": 7});
    assert_eq!(json["training"], training);
    // The document says all that is needed to train again; options come first.
    run(folder, "train a.json -o again.json");
    run(
        folder,
        "train a.json --data circle --samples 80 --noise 0.1 --seed 3 --test 0.25 --features x1^2,sin(x2) -o same.json",
    );
    let file = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(file("again.json"), file("same.json"));
    assert_ne!(file("again.json"), text);
    let words = printed(folder, &["show", "a.json"]);
    for part in [
        "circle: 4 inputs, 60 samples to train with and 20 to test with",
        "noise 0.1, seed 3, inputs as they are",
        "features x1^2, sin(x2)",
        "momentum at learning rate 0.05 (cosine), all samples a step, 7 epochs",
    ] {
        assert!(words.contains(part), "{words}");
    }
    let refusal = refusal_in(folder, &["train", "n.json", "-o", "b.json"]);
    assert!(refusal.contains("--data"), "{refusal}");
}

#[test]
fn a_file_is_named_from_the_documents_folder_and_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("out/deep")).unwrap();
    fs::create_dir_all(folder.join("data")).unwrap();
    let csv = folder.join("data/größe.csv");
    fs::write(&csv, "a;b;kind\n1;2;no\n3;1;yes\n2;2;no\n4;0;yes\n").unwrap();
    run(folder, "new --layers 2,1 --activations sigmoid -o n.json");
    run(
        folder,
        "train n.json --data data/größe.csv --target kind --epochs 2 -o out/deep/o.json",
    );
    let path = folder.join("out/deep/o.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"file\": \"../../data/größe.csv\""), "{text}");
    let open = || file::open(&path).unwrap().training_setup.unwrap();
    let course = open();
    assert_eq!(course.split().unwrap().train.sample_count(), 4);
    assert_eq!(course.problem(), None);
    assert_eq!(printed(folder, &["show", "out/deep/o.json", "--json"]), text);
    // Saved elsewhere, it is named from there.
    let elsewhere = folder.join("data/o.json");
    file::save(&file::open(&path).unwrap(), &elsewhere).unwrap();
    assert!(
        fs::read_to_string(&elsewhere)
            .unwrap()
            .contains("\"file\": \"größe.csv\"")
    );
    assert_eq!(
        file::open(&elsewhere).unwrap().training_setup.unwrap().problem(),
        None
    );

    fs::write(&csv, "a;b;kind\n1;2;no\n3;1;yes\n2;2;no\n").unwrap();
    let course = open();
    assert!(
        course.problem().unwrap().contains("has changed"),
        "{:?}",
        course.problem()
    );
    assert_eq!(course.split().unwrap().train.sample_count(), 3);
    fs::write(&csv, "a;b;kind\n1;2;no\n3;;yes\n").unwrap();
    assert!(open().problem().unwrap().contains("line 3, column “b”"));
    fs::remove_file(&csv).unwrap();
    let complaint = open().problem().unwrap().to_owned();
    assert!(
        complaint.contains("größe.csv: there is no such file"),
        "{complaint}"
    );
    // The document opens nonetheless, and keeps its choice.
    assert!(printed(folder, &["show", "out/deep/o.json"]).contains("but "));
    assert_eq!(printed(folder, &["show", "out/deep/o.json", "--json"]), text);
    printed(folder, &["forward", "out/deep/o.json"]);
    let refusal = refusal_in(folder, &["train", "out/deep/o.json", "-o", "x.json"]);
    assert!(refusal.contains("no such file"), "{refusal}");
}

#[test]
fn two_files_of_numbers_are_named_too() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("x.csv"), "1,2\n3,4\n").unwrap();
    fs::write(folder.join("y.csv"), "1\n0\n").unwrap();
    run(folder, "new --layers 2,1 --activations linear -o n.json");
    run(
        folder,
        "train n.json --inputs x.csv --targets y.csv --epochs 3 -o o.json",
    );
    let text = fs::read_to_string(folder.join("o.json")).unwrap();
    assert!(
        text.contains("\"inputs_file\": \"x.csv\", \"targets_file\": \"y.csv\""),
        "{text}"
    );
    let course = file::open(&folder.join("o.json"))
        .unwrap()
        .training_setup
        .unwrap();
    assert_eq!(course.split().unwrap().train.inputs(), [1.0, 3.0, 2.0, 4.0]);
    run(folder, "train o.json -o p.json");
}
