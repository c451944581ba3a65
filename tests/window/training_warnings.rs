//! Warnings about what keeps a network from learning, in the window and by `train`.

use std::fs;

use egui::accesskit::{Action, ActionData};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::formats;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Origin, RunState, Session};
use neurodial_core::training::Divergence;

use crate::command::neurodial_in;
use crate::support::TestWindow;
use crate::support::training::toggle_training;

/// Returns a document with two inputs, a hidden layer of two neurons and one output.
fn document(hidden: &str, weights: &str, biases: &str, output: &str, data: &str, training: &str) -> String {
    format!(
        r#"{{"neurodial":1,"inputs":[1,1],"layers":[
            {{"activation":"{hidden}","weights":{weights},"biases":{biases}}},
            {{"activation":"{output}","weights":[[0.7,-0.4]],"biases":[0.1]}}],
            "data":{{"set":"{data}"}},"training":{{"epochs":8,{training}}}}}"#
    )
}

const ORDINARY_WEIGHTS: &str = "[[0.5,-0.3],[0.2,0.8]]";
const BCE: &str = r#""loss":"binary_cross_entropy""#;

/// Documents with a problem: name, text, and two parts of the warning.
fn problems() -> Vec<(&'static str, String, [&'static str; 2])> {
    vec![
        (
            "step",
            document("step", ORDINARY_WEIGHTS, "[0,0]", "sigmoid", "xor", BCE),
            ["Layer 1 uses the step function", "try sigmoid or tanh"],
        ),
        (
            "dead",
            document("relu", ORDINARY_WEIGHTS, "[-90,0.5]", "sigmoid", "xor", BCE),
            [
                "Neuron 1 of layer 1 outputs 0 for every sample (dead ReLU)",
                "try new initial values",
            ],
        ),
        (
            "saturated",
            document(
                "sigmoid",
                "[[900,-700],[0.2,0.8]]",
                "[50,0]",
                "sigmoid",
                "xor",
                BCE,
            ),
            ["Neuron 1 of layer 1 is saturated", "try smaller weights"],
        ),
        (
            "equal",
            document("tanh", "[[0.5,0.5],[0.5,0.5]]", "[0,0]", "sigmoid", "xor", BCE)
                .replace("[[0.7,-0.4]]", "[[0.7,0.7]]"),
            [
                "All neurons of layer 1 have equal knobs",
                "try random initial values",
            ],
        ),
        (
            "sigmoid",
            document(
                "tanh",
                ORDINARY_WEIGHTS,
                "[0,0]",
                "sigmoid",
                "xor",
                r#""loss":"mean_squared_error""#,
            ),
            [
                "Mean squared error (MSE) is a poor match for sigmoid",
                "try binary cross-entropy",
            ],
        ),
        (
            "softmax",
            document(
                "tanh",
                ORDINARY_WEIGHTS,
                "[0,0]",
                "softmax",
                "xor",
                r#""loss":"mean_squared_error""#,
            )
            .replace("[[0.7,-0.4]]", "[[0.7,-0.4],[0.1,0.2]]")
            .replace("[0.1]}", "[0.1,0]}"),
            [
                "Mean squared error (MSE) is a poor match for softmax",
                "try categorical cross-entropy",
            ],
        ),
    ]
}

/// Returns a document whose learning rate is far too high.
fn diverging_document(rate: &str) -> String {
    let training = format!(r#""optimizer":"sgd","learning_rate":{rate}"#);
    document("relu", ORDINARY_WEIGHTS, "[0,0]", "linear", "plane", &training)
}

fn open(name: &str, text: &str) -> TestWindow {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{name}.json"));
    fs::write(&path, text).unwrap();
    let document = formats::open(&path).unwrap();
    let mut window = TestWindow::with_session(Session::open(document, Origin::Untitled));
    window.click("Training");
    window.settle();
    window
}

/// Runs `train` and returns its messages.
fn messages_of_train(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.json"), text).unwrap();
    let output = neurodial_in(folder.path(), &["train", "./in.json", "-o", "out.json"]);
    assert!(output.status.success(), "{output:?}");
    assert!(folder.path().join("out.json").is_file());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_window_shows_warnings_before_training() {
    for (name, text, [problem, advice]) in problems() {
        let window = open(name, &text);
        assert!(
            window.shows_text(problem),
            "{name}: {}",
            window.accessibility_tree()
        );
        assert!(window.shows_text(advice), "{name}");
    }
}

#[test]
fn the_train_command_reports_the_same_warnings() {
    for (name, text, [problem, advice]) in problems() {
        // A network that learns nothing has the same problem after training.
        let messages = messages_of_train(&text);
        let note = messages
            .lines()
            .find(|line| line.starts_with("note: ") && line.contains(problem));
        assert!(
            note.is_some_and(|note| note.contains(advice)),
            "{name}: {messages}"
        );
    }
}

#[test]
fn a_suitable_network_gets_no_warning() {
    let text = document("tanh", ORDINARY_WEIGHTS, "[0,0]", "sigmoid", "circle", BCE);
    let window = open("well", &text);
    assert!(!window.shows_text("; try "), "{}", window.accessibility_tree());
    let messages = messages_of_train(&text);
    assert!(!messages.contains("note: "), "{messages}");
}

#[test]
fn a_dead_neuron_is_marked_in_the_diagram() {
    let (name, text, _) = problems().swap_remove(1);
    let mut window = open(name, &text);
    assert!(
        window.has_node("neuron 1 of layer 1 in the diagram, dead"),
        "{}",
        window.accessibility_tree()
    );
    assert!(window.has_node("neuron 2 of layer 1 in the diagram"));
    let neuron = Element::Neuron(NeuronAddress { layer: 0, neuron: 0 });
    window.move_to(window.element_rect(Pane::Diagram, neuron).center());
    window.settle();
    assert!(window.shows_text("dead ReLU: its output is 0 for every sample"));
    // Raising its bias makes it active.
    window.request_action(
        "bias ring of neuron 1 of layer 1",
        Action::SetValue,
        Some(ActionData::NumericValue(0.5)),
    );
    window.settle();
    assert!(
        window.has_node("neuron 1 of layer 1 in the diagram"),
        "{}",
        window.accessibility_tree()
    );
}

#[test]
fn divergence_stops_training_and_restores_the_best_epoch() {
    for rate in ["3.0", "1e6", "1e300"] {
        let mut window = open("diverging", &diverging_document(rate));
        toggle_training(&mut window);
        window.step_until("the stop", |window| {
            matches!(window.session().run().state, RunState::Diverged(_))
        });
        window.settle();
        assert!(
            window.shows_text("Training diverged"),
            "{rate}: {}",
            window.accessibility_tree()
        );
        assert!(window.shows_text("try a smaller learning rate"));
        {
            let session = window.session();
            let run = session.run();
            assert!(
                session
                    .document()
                    .network
                    .knobs()
                    .iter()
                    .all(|knob| knob.is_finite())
            );
            let best = run.current_branch.best_metrics().unwrap();
            assert_eq!(run.current_epoch, best.epoch, "{rate}");
            let loss = window
                .insight()
                .metrics(&session)
                .unwrap()
                .as_ref()
                .unwrap()
                .train
                .loss;
            assert!(
                (loss - best.train.loss).abs() <= 1e-12 * loss,
                "{loss} {}",
                best.train.loss
            );
            assert!(matches!(
                run.state,
                RunState::Diverged(Divergence::Rising | Divergence::NotFinite)
            ));
        }
        let messages = messages_of_train(&diverging_document(rate));
        assert!(messages.contains("note: Training diverged"), "{messages}");
        assert!(messages.contains("restored epoch"), "{messages}");
    }
}
