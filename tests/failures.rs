//! What keeps a network from learning is told in one sentence with what to try: in the window and by `train`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;
#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use std::fs;

use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Origin, RunState, Session, file};
use neurodial_core::training::Divergence;

use command::neurodial_in;
use lessons::{play_pause, until};
use window::Window;

/// A document with two inputs, a hidden layer of two neurons and one output.
fn document(hidden: &str, weights: &str, biases: &str, output: &str, data: &str, training: &str) -> String {
    format!(
        r#"{{"neurodial":1,"inputs":[1,1],"layers":[
            {{"activation":"{hidden}","weights":{weights},"biases":{biases}}},
            {{"activation":"{output}","weights":[[0.7,-0.4]],"biases":[0.1]}}],
            "data":{{"set":"{data}"}},"training":{{"epochs":8,{training}}}}}"#
    )
}

const ORDINARY: &str = "[[0.5,-0.3],[0.2,0.8]]";
const BCE: &str = r#""loss":"binary_cross_entropy""#;

/// Name, document, and how the sentence begins and goes on.
fn failures() -> Vec<(&'static str, String, [&'static str; 2])> {
    vec![
        (
            "step",
            document("step", ORDINARY, "[0,0]", "sigmoid", "xor", BCE),
            ["ayer 1 has a step", "try sigmoid or tanh"],
        ),
        (
            "dead",
            document("relu", ORDINARY, "[-90,0.5]", "sigmoid", "xor", BCE),
            [
                "euron 1 of layer 1 is 0 for every sample (dead ReLU)",
                "try leaky_relu",
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
            ["euron 1 of layer 1 is saturated", "try smaller weights"],
        ),
        (
            "equal",
            document("tanh", "[[0.5,0.5],[0.5,0.5]]", "[0,0]", "sigmoid", "xor", BCE)
                .replace("[[0.7,-0.4]]", "[[0.7,0.7]]"),
            ["ll neurons of layer 1 are equal", "try random starting values"],
        ),
        (
            "sigmoid",
            document(
                "tanh",
                ORDINARY,
                "[0,0]",
                "sigmoid",
                "xor",
                r#""loss":"mean_squared_error""#,
            ),
            [
                "ean_squared_error does not go well with sigmoid",
                "try binary_cross_entropy",
            ],
        ),
        (
            "softmax",
            document(
                "tanh",
                ORDINARY,
                "[0,0]",
                "softmax",
                "xor",
                r#""loss":"mean_squared_error""#,
            )
            .replace("[[0.7,-0.4]]", "[[0.7,-0.4],[0.1,0.2]]")
            .replace("[0.1]}", "[0.1,0]}"),
            [
                "ean_squared_error does not go well with softmax",
                "try categorical_cross_entropy",
            ],
        ),
    ]
}

/// One whose learning rate is far too high.
fn hasty(rate: &str) -> String {
    let training = format!(r#""optimizer":"sgd","learning_rate":{rate}"#);
    document("relu", ORDINARY, "[0,0]", "linear", "plane", &training)
}

fn open(name: &str, text: &str) -> Window {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{name}.json"));
    fs::write(&path, text).unwrap();
    let document = file::open(&path).unwrap();
    let mut window = Window::open(Session::open(document, Origin::Untitled));
    window.click("Training");
    window.rest();
    window
}

/// What `train` tells besides its result.
fn trained(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.json"), text).unwrap();
    let output = neurodial_in(folder.path(), &["train", "./in.json", "-o", "out.json"]);
    assert!(output.status.success(), "{output:?}");
    assert!(folder.path().join("out.json").is_file());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_window_says_what_is_in_the_way_before_a_step_is_made() {
    for (name, text, [what, instead]) in failures() {
        let window = open(name, &text);
        assert!(window.says(what), "{name}: {}", window.tree());
        assert!(window.says(instead), "{name}");
    }
}

#[test]
fn train_says_so_too() {
    for (name, text, [what, instead]) in failures() {
        // What learns nothing is the same after training.
        let told = trained(&text);
        let note = told
            .lines()
            .find(|line| line.starts_with("note: ") && line.contains(what));
        assert!(note.is_some_and(|note| note.contains(instead)), "{name}: {told}");
    }
}

#[test]
fn what_is_well_is_not_found_fault_with() {
    let text = document("tanh", ORDINARY, "[0,0]", "sigmoid", "circle", BCE);
    let window = open("well", &text);
    assert!(!window.says("; try "), "{}", window.tree());
    let told = trained(&text);
    assert!(!told.contains("note: "), "{told}");
}

#[test]
fn a_dead_neuron_is_marked_in_the_diagram() {
    let (name, text, _) = failures().swap_remove(1);
    let mut window = open(name, &text);
    assert!(
        window.has("neuron 1 of layer 1 in the diagram, dead"),
        "{}",
        window.tree()
    );
    assert!(window.has("neuron 2 of layer 1 in the diagram"));
    let part = Element::Neuron(NeuronAddress { layer: 0, neuron: 0 });
    let place = window.places(Pane::Diagram, part).remove(0);
    window.move_to(place.bounds().center());
    window.rest();
    assert!(window.says("it is dead: its ReLU is 0 for every sample"));
    // It comes back to life when its bias is raised.
    window.ask(
        "rim of neuron 1 of layer 1, its bias",
        egui::accesskit::Action::SetValue,
        Some(egui::accesskit::ActionData::NumericValue(0.5)),
    );
    window.rest();
    assert!(
        window.has("neuron 1 of layer 1 in the diagram"),
        "{}",
        window.tree()
    );
}

#[test]
fn too_high_a_rate_is_stopped_and_rolled_back_to_the_best_epoch() {
    for rate in ["3.0", "1e6", "1e300"] {
        let mut window = open("hasty", &hasty(rate));
        play_pause(&mut window);
        until(&mut window, "the stop", |window| {
            matches!(window.session().run().state, RunState::Diverged(_))
        });
        window.rest();
        assert!(
            window.says("The loss rose beyond all bounds"),
            "{rate}: {}",
            window.tree()
        );
        assert!(window.says("try a smaller learning rate"));
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
            let score = window
                .insight()
                .metrics(&session)
                .unwrap()
                .as_ref()
                .unwrap()
                .train
                .loss;
            assert!(
                (score - best.train.loss).abs() <= 1e-12 * score,
                "{score} {}",
                best.train.loss
            );
            assert!(matches!(
                run.state,
                RunState::Diverged(Divergence::Rising | Divergence::NotFinite)
            ));
        }
        let told = trained(&hasty(rate));
        assert!(told.contains("note: the loss rose beyond all bounds"), "{told}");
        assert!(told.contains("went back to epoch"), "{told}");
    }
}
