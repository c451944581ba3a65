//! Training in the window.

use std::sync::Arc;

use egui::Key;
use egui::accesskit::{Action, ActionData};
use neurodial::panes::Pane;
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{DataSource, Hyperparameter, RunState, Session, TrainingConfig};
use neurodial_core::text::Messages;

use super::{CTRL, TestWindow, bits};

/// Opens a window with the Training pane maximized, and chooses a dataset.
pub fn window_with_data(session: Session, dataset: &str) -> TestWindow {
    let mut window = TestWindow::with_session(session);
    window.toggle_maximized(Pane::Training);
    choose_dataset(&mut window, dataset);
    window.settle();
    window
}

/// Opens such a window and trains until an epoch; training continues.
pub fn window_during_training(session: Session, dataset: &str, epoch: usize) -> TestWindow {
    let mut window = window_with_data(session, dataset);
    start_training(&mut window, epoch);
    window
}

/// Returns the name that people read of a hyperparameter.
pub fn label(hyperparameter: Hyperparameter) -> &'static str {
    hyperparameter.label(Messages::ENGLISH)
}

/// Returns the entry of a dataset in the list of datasets; other entries stay as they are.
pub fn dataset_label(entry: &str, messages: Messages) -> String {
    let source = DataSource::from_name(entry);
    source.map_or_else(|| entry.to_owned(), |source| source.label(messages))
}

/// Chooses an entry of the list of datasets.
#[track_caller]
pub fn choose_dataset(window: &mut TestWindow, entry: &str) {
    window.click(window.messages.dataset_name());
    window.choose(&[&dataset_label(entry, window.messages)]);
}

/// Returns the bits of all knobs.
pub fn knob_bits(window: &TestWindow) -> Vec<u64> {
    bits(window.session().document().network.knobs())
}

/// Returns the last epoch of the current branch.
pub fn last_epoch(window: &TestWindow) -> usize {
    window.session().run().current_branch.last_epoch()
}

/// Returns the number of undo steps after the one that chose the dataset.
pub fn undo_count_after_data(window: &TestWindow) -> usize {
    window.undo_count() - 1
}

/// True if training is not running.
pub fn has_stopped(window: &TestWindow) -> bool {
    window.session().run().state != RunState::Running
}

/// Starts or pauses training.
pub fn toggle_training(window: &mut TestWindow) {
    window.press_key_with(CTRL, Key::Space);
}

/// Starts training and runs frames until an epoch; training continues.
#[track_caller]
pub fn start_training(window: &mut TestWindow, epoch: usize) {
    toggle_training(window);
    step_until_epoch(window, epoch);
}

/// Runs frames until training has reached an epoch.
#[track_caller]
pub fn step_until_epoch(window: &mut TestWindow, epoch: usize) {
    window.step_until(&format!("epoch {epoch}"), |window| last_epoch(window) >= epoch);
}

/// Pauses training.
#[track_caller]
pub fn pause_training(window: &mut TestWindow) {
    toggle_training(window);
    window.step_until("a pause", has_stopped);
    window.settle();
}

/// Trains until an epoch, and pauses.
#[track_caller]
pub fn train(window: &mut TestWindow, epoch: usize) {
    start_training(window, epoch);
    pause_training(window);
}

/// Returns the current configuration of training.
pub fn training_config(window: &TestWindow) -> TrainingConfig {
    window.session().setup().unwrap().config().clone()
}

/// Returns the samples of training set and test set.
pub fn train_test_split(window: &TestWindow) -> Arc<TrainTestSplit> {
    let session = window.session();
    Arc::clone(session.setup().unwrap().split().unwrap())
}

/// Returns the loss of the current knobs on the training set.
pub fn train_loss(window: &TestWindow) -> f64 {
    let (insight, session) = (window.insight(), window.session());
    let metrics = insight.metrics(&session).unwrap();
    metrics.as_ref().unwrap().train.loss
}

/// Sets the value of a control to a text, as a screen reader does.
#[track_caller]
pub fn set_text_value(window: &mut TestWindow, name: &str, value: &str) {
    window.request_action(name, Action::SetValue, Some(ActionData::Value(value.into())));
}

/// Clicks controls one after another without settling, because during training a window never settles.
#[track_caller]
pub fn click_without_settling(window: &mut TestWindow, names: &[&str]) {
    for name in names {
        let pos = match window.button_named(name) {
            Some(node) => node.rect().center(),
            None => window.node(name).rect().center(),
        };
        window.press_at(pos);
        window.release();
        window.run_for(0.1);
    }
}
