//! Training in the window without a screen.

#![allow(dead_code, reason = "not every test file needs all of it")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::{Action, ActionData};
use neurodial::panes::Pane;
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{RunState, Session, TrainingConfig};

use crate::window::{COMMAND, Window};

/// More than any machine takes for what is waited for.
const DEADLINE: Duration = Duration::from_secs(60);

/// The window with the pane Training in full, and data chosen.
pub fn on_data(session: Session, data: &str) -> Window {
    let mut window = Window::open(session);
    window.switch_alone(Pane::Training);
    choose_data(&mut window, data);
    window.rest();
    window
}

/// The same in the middle of a run that has come some epochs far.
pub fn playing(session: Session, data: &str, epochs: usize) -> Window {
    let mut window = on_data(session, data);
    play(&mut window, epochs);
    window
}

/// Chooses an entry of the list of data.
#[track_caller]
pub fn choose_data(window: &mut Window, entry: &str) {
    window.click("data");
    window.choose(&[entry]);
}

/// Frames until something holds.
#[track_caller]
pub fn until(window: &mut Window, what: &str, holds: impl Fn(&Window) -> bool) {
    let end = Instant::now() + DEADLINE;
    while !holds(window) {
        assert!(
            Instant::now() < end,
            "{what} did not come: {:?}",
            window.session().run().state
        );
        window.harness.step();
        std::thread::yield_now();
    }
}

pub fn knobs(window: &Window) -> Vec<u64> {
    let session = window.session();
    let knobs = session.document().network.knobs().iter();
    knobs.map(|knob| knob.to_bits()).collect()
}

/// The last epoch of the present line.
pub fn epoch(window: &Window) -> usize {
    window.session().run().current_branch.last_epoch()
}

/// The undo steps after that of choosing the data.
pub fn run_steps(window: &Window) -> usize {
    window.steps() - 1
}

pub fn is_over(window: &Window) -> bool {
    window.session().run().state != RunState::Running
}

pub fn play_pause(window: &mut Window) {
    window.key_with(COMMAND, Key::Space);
}

/// Plays until an epoch, and goes on.
#[track_caller]
pub fn play(window: &mut Window, epochs: usize) {
    play_pause(window);
    until(window, "epochs", |window| epoch(window) >= epochs);
}

/// Pauses what plays.
#[track_caller]
pub fn pause(window: &mut Window) {
    play_pause(window);
    until(window, "a pause", is_over);
    window.rest();
}

/// What was chosen to learn from, and how.
pub fn choice(window: &Window) -> TrainingConfig {
    window.session().setup().unwrap().config().clone()
}

/// The samples that are learned from.
pub fn material(window: &Window) -> Arc<TrainTestSplit> {
    let session = window.session();
    Arc::clone(session.setup().unwrap().split().unwrap())
}

/// The loss of the present knobs on the present data.
pub fn loss(window: &Window) -> f64 {
    let (insight, session) = (window.insight(), window.session());
    let score = insight.metrics(&session).unwrap();
    score.as_ref().unwrap().train.loss
}

/// Trains until an epoch and pauses.
#[track_caller]
pub fn train(window: &mut Window, epochs: usize) {
    play(window, epochs);
    pause(window);
}

/// Sets a number of the settings, as a screen reader does.
pub fn set(window: &mut Window, setting: &str, value: &str) {
    window.ask(setting, Action::SetValue, Some(ActionData::Value(value.into())));
}

/// Presses the things with these names one after the other, while the window does not come to rest.
#[track_caller]
pub fn press(window: &mut Window, names: &[&str]) {
    for name in names {
        let pos = match window.button_named(name) {
            Some(node) => node.rect().center(),
            None => window.node(name).rect().center(),
        };
        window.press_at(pos);
        window.release();
        window.wait(0.1);
    }
}
