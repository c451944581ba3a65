//! Other data, chosen while it trains: the run goes on with that, or ends with a sentence.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use egui::Key;
use neurodial_core::session::{Branch, RunState};
use neurodial_core::training::Loss;

use lessons::{choice, epoch, is_over, knobs, loss, pause, play_pause, playing, press, until};
use window::{COMMAND, Window, network};

fn line(window: &Window) -> Branch {
    window.session().run().current_branch.clone()
}

fn source(window: &Window) -> String {
    choice(window).source.name()
}

/// What the marks on the line say.
fn marks(window: &Window) -> Vec<(usize, String)> {
    let changes = line(window).changes;
    changes
        .iter()
        .map(|change| (change.epoch, change.description.clone()))
        .collect()
}

#[test]
fn a_run_goes_on_with_another_data_set_from_its_epoch_and_its_knobs() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 4);
    let start = line(&window).checkpoints[0].knobs.to_vec();
    press(&mut window, &["data"]);
    let before = epoch(&window);
    press(&mut window, &["xor"]);
    assert_eq!(window.session().run().state, RunState::Running);
    until(&mut window, "the mark", |window| !marks(window).is_empty());
    let (at, words) = marks(&window)[0].clone();
    assert!(at >= before, "{at} after {before}");
    assert_eq!(words, "data circle → xor");
    until(&mut window, "epochs", |window| epoch(window) >= at + 5);
    pause(&mut window);
    // The loss is measured anew from there on, and each stretch is a curve of its own.
    let line = line(&window);
    let stretches: Vec<_> = line.segments().collect();
    assert_eq!(stretches.len(), 2);
    assert_eq!(stretches[0][0].epoch, 0);
    assert_eq!(stretches[1][0].epoch, at);
    assert!(line.best_metrics().unwrap().epoch >= at);
    let last = line.metrics.last().unwrap();
    assert!((last.train.loss - loss(&window)).abs() < 1e-12);
    // Both halves and the choice between them are undone one by one.
    assert_eq!(window.steps(), 4);
    window.command(Key::Z);
    let changed = line.checkpoints.iter().find(|moment| moment.epoch == at).unwrap();
    assert_eq!(window.session().document().network.knobs(), &*changed.knobs);
    assert_eq!(source(&window), "xor");
    window.command(Key::Z);
    assert_eq!(source(&window), "circle");
    window.command(Key::Z);
    assert_eq!(window.session().document().network.knobs(), start);
}

#[test]
fn another_kind_of_target_has_another_loss() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 4);
    press(&mut window, &["data", "plane"]);
    until(&mut window, "the mark", |window| !marks(window).is_empty());
    let (at, words) = marks(&window)[0].clone();
    assert!(words.contains("data circle → plane"), "{words}");
    until(&mut window, "epochs", |window| epoch(window) >= at + 3);
    pause(&mut window);
    let line = line(&window);
    assert_eq!(line.loss, Some(Loss::MeanSquaredError));
    let last = line.metrics.last().unwrap();
    assert!((last.train.loss - loss(&window)).abs() < 1e-12);
}

#[test]
fn data_that_the_network_is_not_for_ends_it_with_a_sentence() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 4);
    press(&mut window, &["data", "iris"]);
    assert!(is_over(&window));
    window.rest();
    assert!(
        window.says("The data has 4 inputs and the network has 2"),
        "{}",
        window.tree()
    );
    let trained = knobs(&window);
    window.wait(0.2);
    assert_eq!(knobs(&window), trained, "nobody trains");
    window.command(Key::Z);
    assert_eq!((source(&window).as_str(), knobs(&window)), ("circle", trained));
}

#[test]
fn from_an_epoch_of_the_data_before_it_goes_on_with_the_present_data() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 4);
    press(&mut window, &["data", "moons"]);
    until(&mut window, "the mark", |window| !marks(window).is_empty());
    let at = marks(&window)[0].0;
    until(&mut window, "epochs", |window| epoch(window) >= at + 3);
    pause(&mut window);
    lessons::set(&mut window, "timeline of training", "2");
    let went = window.session().run().current_epoch;
    assert!(went < at, "{went} of {at}");
    play_pause(&mut window);
    until(&mut window, "epochs", |window| {
        epoch(window) >= went + 3 && window.session().run().other_branches.len() == 1
    });
    pause(&mut window);
    assert_eq!(marks(&window), [(went, "data circle → moons".to_owned())]);
    let line = line(&window);
    assert_eq!(line.segments().nth(1).unwrap()[0].epoch, went);
    let last = line.metrics.last().unwrap();
    assert!((last.train.loss - loss(&window)).abs() < 1e-12);
    // What was left is of the same data in the end, and can be compared.
    assert_eq!(window.session().run().comparable_branches().count(), 1);
}

#[test]
fn undo_in_the_middle_of_the_new_data_ends_it_for_good() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 4);
    press(&mut window, &["data", "xor"]);
    until(&mut window, "the mark", |window| !marks(window).is_empty());
    window.key_with(COMMAND, Key::Z);
    window.key_with(COMMAND, Key::Z);
    let still = knobs(&window);
    window.wait(0.2);
    assert!(is_over(&window));
    assert_eq!((source(&window).as_str(), knobs(&window)), ("circle", still));
}
