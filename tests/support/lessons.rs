//! Training in the window without a screen.

#![allow(dead_code, reason = "not every test file needs all of it")]

use std::time::{Duration, Instant};

use egui::Key;
use egui::accesskit::{Action, ActionData};
use neurodial::session::{RunState, Session};

use crate::window::{COMMAND, Window};

/// More than any machine takes for what is waited for.
const DEADLINE: Duration = Duration::from_secs(60);

/// The window with the pane Training in full, and data chosen.
pub fn on_data(session: Session, data: &str) -> Window {
    let mut window = Window::open(session);
    window.choose(&["View", "One pane alone", "Training fills the window"]);
    window.click("data");
    window.choose(&[data]);
    window.rest();
    window
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
    window.session().run().line.end()
}

/// The undo steps after that of choosing the data.
pub fn run_steps(window: &Window) -> usize {
    window.steps() - 1
}

pub fn is_over(window: &Window) -> bool {
    window.session().run().state != RunState::Playing
}

pub fn play_pause(window: &mut Window) {
    window.key_with(COMMAND, Key::Space);
}

/// Trains until an epoch and pauses.
#[track_caller]
pub fn train(window: &mut Window, epochs: usize) {
    play_pause(window);
    until(window, "epochs", |window| epoch(window) >= epochs);
    play_pause(window);
    until(window, "a pause", is_over);
    window.rest();
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
