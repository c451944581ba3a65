//! The loss curve: going back and forth through the epochs of a run, and its branches.

use egui::accesskit::{Action, ActionData};
use egui::{Key, Modifiers, Pos2, pos2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::session::{Hyperparameter, RunState};
use neurodial_core::text::{Localized as _, Messages};

use crate::support::training::{
    click_without_settling, has_stopped, knob_bits, label, last_epoch, pause_training, set_text_value,
    start_training, step_until_epoch, train, undo_count_after_data, window_with_data,
};
use crate::support::{CTRL, TestWindow, bits, network};

/// Returns the position of an epoch on the plot.
fn epoch_pos(window: &TestWindow, epoch: f64) -> Pos2 {
    match window.drag_mapping(Pane::Training, Element::LossCurve) {
        Some(DragMapping::XyPad {
            rect,
            axes: [epochs, _],
            ..
        }) => {
            let fraction = (epoch - epochs[0]) / (epochs[1] - epochs[0]);
            pos2(rect.left() + fraction as f32 * rect.width(), rect.center().y)
        }
        other => panic!("no loss curve: {other:?}"),
    }
}

/// Returns the height of the track of the current epoch, at the foot of the plot.
fn track_y(window: &TestWindow) -> f32 {
    match window.drag_mapping(Pane::Training, Element::LossCurve) {
        Some(DragMapping::XyPad { rect, .. }) => rect.bottom(),
        other => panic!("no loss curve: {other:?}"),
    }
}

/// Returns the bits of the knobs at an epoch's checkpoint.
fn checkpoint_bits(window: &TestWindow, epoch: usize) -> Vec<u64> {
    let session = window.session();
    let mut checkpoints = session.run().current_branch.checkpoints.iter();
    bits(
        &checkpoints
            .find(|checkpoint| checkpoint.epoch == epoch)
            .unwrap()
            .knobs,
    )
}

#[test]
fn dragging_along_the_loss_curve_restores_the_knobs_of_that_epoch_in_the_same_frame() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let start = knob_bits(&window);
    train(&mut window, 12);
    let end = last_epoch(&window);
    let trained = knob_bits(&window);
    window.press_at(epoch_pos(&window, 6.0));
    assert_eq!(knob_bits(&window), checkpoint_bits(&window, 6));
    window.check_one_pass();
    window.move_to(epoch_pos(&window, 3.0));
    assert_eq!(knob_bits(&window), checkpoint_bits(&window, 3));
    assert_eq!(window.session().run().current_epoch, 3);
    window.check_one_pass();
    window.move_to(epoch_pos(&window, -4.0));
    assert_eq!(knob_bits(&window), start);
    window.move_to(epoch_pos(&window, 5.0 * end as f64));
    assert_eq!(knob_bits(&window), trained);
    window.move_to(epoch_pos(&window, 2.0));
    window.release();
    assert_eq!(window.session().run().current_epoch, 2);
    assert_eq!(undo_count_after_data(&window), 1);
    window.press_ctrl(Key::Z);
    assert_eq!(knob_bits(&window), start);
    assert_eq!(undo_count_after_data(&window), 0);
}

#[test]
fn escape_during_a_drag_returns_to_the_epoch_before_it() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    train(&mut window, 8);
    let trained = knob_bits(&window);
    window.press_at(epoch_pos(&window, 2.0));
    window.move_to(epoch_pos(&window, 4.0));
    assert_ne!(knob_bits(&window), trained);
    window.press_key(Key::Escape);
    assert_eq!(knob_bits(&window), trained);
    window.release();
    assert_eq!(knob_bits(&window), trained);
}

#[test]
fn training_from_an_earlier_epoch_creates_a_branch_and_the_other_can_be_selected() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let start = knob_bits(&window);
    train(&mut window, 10);
    let (end, trained) = (last_epoch(&window), knob_bits(&window));
    window.click_at(epoch_pos(&window, 4.0));
    let branching = knob_bits(&window);
    set_text_value(&mut window, label(Hyperparameter::LearningRate), "0.1");
    train(&mut window, 8);
    {
        let session = window.session();
        let run = session.run();
        assert_eq!(run.other_branches.len(), 1);
        assert_eq!(run.other_branches[0].last_epoch(), end);
        assert!(run.current_branch.last_epoch() >= 8);
        let changes: Vec<String> = run
            .current_branch
            .changes
            .iter()
            .map(|change| change.message(Messages::ENGLISH))
            .collect();
        assert_eq!(changes, ["learning rate 0.005 → 0.1"]);
        assert_eq!(run.current_branch.changes[0].epoch, 4);
        let shared = run
            .current_branch
            .checkpoints
            .iter()
            .zip(run.other_branches[0].checkpoints.iter());
        assert!(shared.take(5).all(|(one, other)| one == other));
    }
    let other = (last_epoch(&window), knob_bits(&window));
    assert_ne!(other.1, trained);
    window.request_action(&Messages::ENGLISH.branch_name(1), Action::Click, None);
    assert_eq!(knob_bits(&window), trained);
    assert_eq!(last_epoch(&window), end);
    assert_eq!(window.session().run().other_branches[0].last_epoch(), other.0);
    // At the foot of the plot, where no branch is in the way.
    let on_track = pos2(epoch_pos(&window, 4.0).x, track_y(&window));
    window.click_at(on_track);
    assert_eq!(knob_bits(&window), branching);
    window.request_action(&Messages::ENGLISH.branch_name(1), Action::Click, None);
    assert_eq!(knob_bits(&window), other.1);
    while undo_count_after_data(&window) > 0 {
        window.press_ctrl(Key::Z);
    }
    assert_eq!(knob_bits(&window), start);
}

#[test]
fn training_again_from_the_start_gives_the_same_branch() {
    let mut window = window_with_data(network(&[2, 4, 1]), "moons");
    train(&mut window, 6);
    let first = (0..6)
        .map(|epoch| checkpoint_bits(&window, epoch))
        .collect::<Vec<_>>();
    window.click(Messages::ENGLISH.training_reset_name());
    train(&mut window, 6);
    let second = (0..6)
        .map(|epoch| checkpoint_bits(&window, epoch))
        .collect::<Vec<_>>();
    assert_eq!(first, second);
    assert_eq!(window.session().run().other_branches.len(), 1);
}

#[test]
fn keys_and_a_screen_reader_move_through_the_epochs() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    train(&mut window, 30);
    let end = last_epoch(&window);
    window.click_at(epoch_pos(&window, 15.0));
    window.check_focus(Messages::ENGLISH.loss_curve_name());
    let at = |window: &TestWindow| window.session().run().current_epoch;
    for (key, epoch) in [
        (Key::ArrowLeft, 14),
        (Key::ArrowLeft, 13),
        (Key::ArrowRight, 14),
        (Key::PageDown, 4),
        (Key::PageDown, 0),
        (Key::PageUp, 10),
        (Key::End, end),
        (Key::Home, 0),
    ] {
        window.press_key(key);
        assert_eq!(at(&window), epoch, "{key:?}");
        assert_eq!(knob_bits(&window), checkpoint_bits(&window, epoch));
    }
    window.request_action(Messages::ENGLISH.loss_curve_name(), Action::Increment, None);
    assert_eq!(at(&window), 1);
    window.request_action(
        Messages::ENGLISH.loss_curve_name(),
        Action::SetValue,
        Some(ActionData::NumericValue(7.0)),
    );
    assert_eq!(at(&window), 7);
    window.request_action(Messages::ENGLISH.loss_curve_name(), Action::Decrement, None);
    assert_eq!(at(&window), 6);
    let value = window.text_value(Messages::ENGLISH.loss_curve_name());
    assert!(
        value.starts_with(&format!("Epoch 6 of {end}, training loss ")),
        "{value}"
    );
    // Space continues training from there.
    window.press_key(Key::Space);
    step_until_epoch(&mut window, 9);
    window.press_key_with(Modifiers::NONE, Key::Space);
    window.step_until("a pause", has_stopped);
    assert_eq!(window.session().run().other_branches.len(), 1);
}

#[test]
fn training_again_from_an_earlier_epoch_gives_the_same_knobs() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    train(&mut window, 12);
    let first = all_checkpoint_bits(&window);
    window.click_at(epoch_pos(&window, 5.0));
    train(&mut window, 12);
    let again = all_checkpoint_bits(&window);
    let shared = first.len().min(again.len());
    assert!(shared > 12);
    assert_eq!(
        first[..shared],
        again[..shared],
        "the state of the optimizer and the order of the samples are restored"
    );
}

/// Returns the epochs of all checkpoints and the bits of their knobs.
fn all_checkpoint_bits(window: &TestWindow) -> Vec<(usize, Vec<u64>)> {
    let session = window.session();
    let checkpoints = session.run().current_branch.checkpoints.iter();
    // The last checkpoint may be within an epoch.
    checkpoints
        .filter(|checkpoint| checkpoint.trainer_state.is_some())
        .map(|checkpoint| (checkpoint.epoch, bits(&checkpoint.knobs)))
        .collect()
}

#[test]
fn changed_hyperparameters_do_not_end_training() {
    let mut window = window_with_data(network(&[2, 4, 1]), "circle");
    let start = knob_bits(&window);
    start_training(&mut window, 3);
    let messages = Messages::ENGLISH;
    for (hyperparameter, choice) in [
        (label(Hyperparameter::LearningRate), "0.05"),
        (messages.optimizer_name(), messages.optimizer_sgd()),
        (label(Hyperparameter::BatchSize), "30"),
        (messages.loss_function_name(), messages.loss_mean_absolute_error()),
        (messages.training_speed(), messages.training_speed_max()),
    ] {
        match choice.starts_with(char::is_numeric) {
            true => set_text_value(&mut window, hyperparameter, choice),
            false => click_without_settling(&mut window, &[hyperparameter, choice]),
        }
        assert_eq!(
            window.session().run().state,
            RunState::Running,
            "{hyperparameter}"
        );
        let epoch_before = last_epoch(&window);
        window.step_until(hyperparameter, |window| last_epoch(window) > epoch_before + 1);
    }
    pause_training(&mut window);
    {
        let session = window.session();
        let branch = &session.run().current_branch;
        let descriptions: Vec<String> = branch
            .changes
            .iter()
            .map(|change| change.message(Messages::ENGLISH))
            .collect();
        let all = descriptions.join("; ");
        for change in [
            "learning rate 0.005 → 0.05",
            "optimizer Adam → SGD",
            "batch size 10 → 30",
            "loss function Mean squared error (MSE) → Mean absolute error (MAE)",
        ] {
            assert!(all.contains(change), "{all}");
        }
        assert_eq!(branch.checkpoints[0].epoch, 0);
        // All metrics of the branch are of the same loss function.
        assert!(branch.metrics[0].epoch > 0 && branch.loss.unwrap().name() == "mean_absolute_error");
    }
    while undo_count_after_data(&window) > 0 {
        window.press_ctrl(Key::Z);
    }
    assert_eq!(knob_bits(&window), start);
}

#[test]
fn training_can_continue_after_undo() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let start = knob_bits(&window);
    train(&mut window, 6);
    window.press_ctrl(Key::Z);
    assert_eq!(window.session().run().current_epoch, 0);
    assert_eq!(knob_bits(&window), start);
    train(&mut window, 3);
    assert_eq!(window.session().run().other_branches.len(), 1);
    window.press_key_with(CTRL, Key::Z);
    assert_eq!(knob_bits(&window), start);
}
