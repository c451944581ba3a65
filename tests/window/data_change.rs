//! Another dataset chosen during training: the run continues with it, or ends with a message.

use egui::Key;
use neurodial::panes::Pane;
use neurodial_core::session::{Branch, Origin, RunState};
use neurodial_core::text::{Localized as _, Messages};
use neurodial_core::training::Loss;

use crate::support::training::{
    choose_dataset, click_without_settling, dataset_label, has_stopped, knob_bits, last_epoch,
    pause_training, set_text_value, step_until_epoch, toggle_training, train_loss, training_config,
    window_during_training, window_with_data,
};
use crate::support::{CTRL, TestWindow, network};

fn current_branch(window: &TestWindow) -> Branch {
    window.session().run().current_branch.clone()
}

fn source_name(window: &TestWindow) -> String {
    training_config(window).source.name()
}

/// Returns epochs and descriptions of the changes during the current branch.
fn changes(window: &TestWindow) -> Vec<(usize, String)> {
    let changes = current_branch(window).changes;
    changes
        .iter()
        .map(|change| (change.epoch, change.message(Messages::ENGLISH)))
        .collect()
}

#[test]
fn training_continues_on_another_dataset_from_the_same_epoch_and_knobs() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 4);
    let start = current_branch(&window).checkpoints[0].knobs.to_vec();
    click_without_settling(&mut window, &[Messages::ENGLISH.dataset_name()]);
    let before = last_epoch(&window);
    click_without_settling(&mut window, &[&dataset_label("xor", Messages::ENGLISH)]);
    assert_eq!(window.session().run().state, RunState::Running);
    window.step_until("the change", |window| !changes(window).is_empty());
    let (change_epoch, description) = changes(&window)[0].clone();
    assert!(change_epoch >= before, "{change_epoch} after {before}");
    assert_eq!(description, "dataset Circle in a ring → XOR");
    step_until_epoch(&mut window, change_epoch + 5);
    pause_training(&mut window);
    // From there on the loss is of the new dataset, and each segment is a curve of its own.
    let branch = current_branch(&window);
    let segments: Vec<_> = branch.segments().collect();
    assert_eq!(segments.len(), 2);
    assert_eq!(segments[0][0].epoch, 0);
    assert_eq!(segments[1][0].epoch, change_epoch);
    assert!(branch.best_metrics().unwrap().epoch >= change_epoch);
    let last = branch.metrics.last().unwrap();
    assert!((last.train.loss - train_loss(&window)).abs() < 1e-12);
    // Both halves of the run and the choice between them are undone one by one.
    assert_eq!(window.undo_count(), 4);
    window.press_ctrl(Key::Z);
    let checkpoint = branch
        .checkpoints
        .iter()
        .find(|checkpoint| checkpoint.epoch == change_epoch)
        .unwrap();
    assert_eq!(window.session().document().network.knobs(), &*checkpoint.knobs);
    assert_eq!(source_name(&window), "xor");
    window.press_ctrl(Key::Z);
    assert_eq!(source_name(&window), "circle");
    window.press_ctrl(Key::Z);
    assert_eq!(window.session().document().network.knobs(), start);
}

#[test]
fn a_dataset_with_another_kind_of_target_changes_the_loss_function() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 4);
    click_without_settling(
        &mut window,
        &[
            Messages::ENGLISH.dataset_name(),
            &dataset_label("plane", Messages::ENGLISH),
        ],
    );
    window.step_until("the change", |window| !changes(window).is_empty());
    let (change_epoch, description) = changes(&window)[0].clone();
    assert!(
        description.contains("dataset Circle in a ring → Plane"),
        "{description}"
    );
    step_until_epoch(&mut window, change_epoch + 3);
    pause_training(&mut window);
    let branch = current_branch(&window);
    assert_eq!(branch.loss, Some(Loss::MeanSquaredError));
    let last = branch.metrics.last().unwrap();
    assert!((last.train.loss - train_loss(&window)).abs() < 1e-12);
}

#[test]
fn an_incompatible_dataset_ends_training_with_a_message() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 4);
    click_without_settling(
        &mut window,
        &[
            Messages::ENGLISH.dataset_name(),
            &dataset_label("iris", Messages::ENGLISH),
        ],
    );
    assert!(has_stopped(&window));
    window.settle();
    assert!(
        window.shows_text("The dataset has 4 inputs"),
        "{}",
        window.accessibility_tree()
    );
    let trained = knob_bits(&window);
    window.run_for(0.2);
    assert_eq!(knob_bits(&window), trained, "training has ended");
    window.press_ctrl(Key::Z);
    assert_eq!(
        (source_name(&window).as_str(), knob_bits(&window)),
        ("circle", trained)
    );
}

#[test]
fn resuming_from_an_epoch_on_the_previous_dataset_uses_the_current_dataset() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 4);
    click_without_settling(
        &mut window,
        &[
            Messages::ENGLISH.dataset_name(),
            &dataset_label("moons", Messages::ENGLISH),
        ],
    );
    window.step_until("the change", |window| !changes(window).is_empty());
    let change_epoch = changes(&window)[0].0;
    step_until_epoch(&mut window, change_epoch + 3);
    pause_training(&mut window);
    set_text_value(&mut window, Messages::ENGLISH.loss_curve_name(), "2");
    let resumed_epoch = window.session().run().current_epoch;
    assert!(resumed_epoch < change_epoch, "{resumed_epoch} of {change_epoch}");
    toggle_training(&mut window);
    window.step_until("epochs", |window| {
        last_epoch(window) >= resumed_epoch + 3 && window.session().run().other_branches.len() == 1
    });
    pause_training(&mut window);
    assert_eq!(
        changes(&window),
        [(resumed_epoch, "dataset Circle in a ring → Two moons".to_owned())]
    );
    let branch = current_branch(&window);
    assert_eq!(branch.segments().nth(1).unwrap()[0].epoch, resumed_epoch);
    let last = branch.metrics.last().unwrap();
    assert!((last.train.loss - train_loss(&window)).abs() < 1e-12);
    // The other branch ends with the same dataset, so the two can be compared.
    assert_eq!(window.session().run().comparable_branches().count(), 1);
}

#[test]
fn undoing_a_dataset_change_stops_training() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 4);
    click_without_settling(
        &mut window,
        &[
            Messages::ENGLISH.dataset_name(),
            &dataset_label("xor", Messages::ENGLISH),
        ],
    );
    window.step_until("the change", |window| !changes(window).is_empty());
    window.press_key_with(CTRL, Key::Z);
    window.press_key_with(CTRL, Key::Z);
    let knobs_after_undo = knob_bits(&window);
    window.run_for(0.2);
    assert!(has_stopped(&window));
    assert_eq!(
        (source_name(&window).as_str(), knob_bits(&window)),
        ("circle", knobs_after_undo)
    );
}

#[test]
fn a_dataset_that_does_not_fit_offers_its_network_in_one_click_and_names_the_document() {
    let mut window = TestWindow::with_preset("article");
    window.toggle_maximized(Pane::Training);
    choose_dataset(&mut window, "spiral");
    window.settle();
    let offer = Messages::ENGLISH.use_matching_network("2-8-8-1");
    window.click(&offer);
    window.settle();
    assert_eq!(window.session().architecture().input_count(), 2);
    assert_eq!(window.session().origin(), &Origin::Untitled);
    assert!(
        window.shows_text("Two spirals"),
        "{}",
        window.accessibility_tree()
    );
    // The learning rate suits the data until a person sets it.
    assert_eq!(training_config(&window).learning_rate, 0.005);
    choose_dataset(&mut window, "digits");
    window.settle();
    assert_eq!(training_config(&window).learning_rate, 0.002);
}

#[test]
fn a_condition_is_typed_with_a_message_and_a_live_picture() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let field = Messages::ENGLISH.dataset_condition_text();
    let picture = Messages::ENGLISH.dataset_condition_use();
    window.click(Messages::ENGLISH.dataset_name());
    set_text_value(&mut window, field, "x2 > sni(x1)");
    window.settle();
    assert!(
        window.shows_text("“sni” at character 6 is unknown"),
        "{}",
        window.accessibility_tree()
    );
    set_text_value(&mut window, field, "x2 > 9");
    window.settle();
    assert!(
        window.shows_text("is true for no point"),
        "{}",
        window.accessibility_tree()
    );
    set_text_value(&mut window, field, "x2 > x1^2 / 4");
    window.settle();
    window.click(picture);
    window.settle();
    assert_eq!(source_name(&window), "x2 > x1^2 / 4");
    assert!(window.session().setup().unwrap().split().is_ok());
}
