//! The challenge: the user against gradient descent from the same knobs.

use egui::Key;
use neurodial_core::network::Knob;
use neurodial_core::session::challenge::{Challenge, ChallengeLeader};
use neurodial_core::session::{Adjustable, RunState};
use neurodial_core::text::{Messages, format_adaptive};

use crate::support::training::{
    click_without_settling, knob_bits, pause_training, step_until_epoch, train_loss, undo_count_after_data,
    window_with_data,
};
use crate::support::{TestWindow, bits, network, w};

/// Opens a window with all panes and a running challenge.
fn running_challenge() -> TestWindow {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    click_without_settling(&mut window, &[Messages::ENGLISH.training_challenge_name()]);
    click_without_settling(&mut window, &["View", "Maximize pane", "Maximize Training"]);
    click_without_settling(&mut window, &["Training"]);
    window
}

fn drag_slider(window: &mut TestWindow, target: Adjustable, change: f32) {
    window.drag_slider(target, change);
    // Two presses in quick succession would be a double click.
    window.run_for(0.5);
}

fn challenge(window: &TestWindow) -> Challenge {
    window.session().challenge().unwrap().as_ref().clone()
}

#[test]
fn both_start_at_the_same_loss_and_only_the_user_changes_the_knobs() {
    let mut window = running_challenge();
    let start = knob_bits(&window);
    window.step_until("gradient descent", |window| {
        challenge(window).gradient_descent.last().unwrap().turns >= 20
    });
    assert_eq!(knob_bits(&window), start);
    assert_eq!(undo_count_after_data(&window), 0);
    let target = w(1, 1);
    drag_slider(&mut window, target, 0.6);
    drag_slider(&mut window, target, -0.9);
    let challenge = challenge(&window);
    assert_eq!(
        challenge.user[0].loss.to_bits(),
        challenge.gradient_descent[0].loss.to_bits()
    );
    assert_eq!(challenge.user.last().unwrap().turns, 2, "a drag is one turn");
    assert!(
        challenge
            .user
            .windows(2)
            .all(|pair| pair[0].seconds <= pair[1].seconds)
    );
    assert!(
        challenge
            .gradient_descent
            .windows(2)
            .all(|pair| pair[0].turns <= pair[1].turns)
    );
    assert_eq!(undo_count_after_data(&window), 2);
    // The user's current loss is the loss of the current knobs.
    let current_loss = train_loss(&window);
    assert_eq!(challenge.current_losses()[0].to_bits(), current_loss.to_bits());
    assert_eq!(
        Challenge::leader(challenge.current_losses()),
        ChallengeLeader::GradientDescent
    );
    assert!(
        window.shows_text(Messages::ENGLISH.challenge_your_loss())
            && window.shows_text(Messages::ENGLISH.challenge_ahead()),
        "{}",
        window.accessibility_tree()
    );
}

#[test]
fn the_users_best_knobs_can_be_restored() {
    let mut window = running_challenge();
    let target: Adjustable = Knob::weight(0, 0, 0).into();
    for change in [0.4, -0.9, 1.3, -2.0, 3.0, -2.5] {
        drag_slider(&mut window, target, change);
    }
    let challenge = challenge(&window);
    let best = challenge.lowest_losses()[0];
    assert!(challenge.user.iter().all(|score| score.loss >= best));
    let messages = Messages::ENGLISH;
    let text = messages.readout(messages.challenge_your_best(), format_adaptive(best, 3));
    assert!(
        window.shows_text(&text),
        "{text}: {}",
        window.accessibility_tree()
    );
    let last = knob_bits(&window);
    click_without_settling(&mut window, &[Messages::ENGLISH.challenge_stop_name()]);
    click_without_settling(&mut window, &[Messages::ENGLISH.challenge_restore_best()]);
    assert_ne!(knob_bits(&window), last);
    let restored = knob_bits(&window);
    window.press_ctrl(Key::Z);
    click_without_settling(&mut window, &[Messages::ENGLISH.status_best_loss_name()]);
    assert_eq!(knob_bits(&window), restored);
    assert_eq!(train_loss(&window).to_bits(), best.to_bits());
}

#[test]
fn gradient_descent_continues_from_the_users_knobs() {
    let mut window = running_challenge();
    drag_slider(&mut window, w(1, 1), 1.0);
    let users_knobs = knob_bits(&window);
    click_without_settling(&mut window, &[Messages::ENGLISH.challenge_continue()]);
    step_until_epoch(&mut window, 3);
    assert!(window.session().challenge().is_none());
    pause_training(&mut window);
    let first = bits(&window.session().run().current_branch.checkpoints[0].knobs);
    assert_eq!(first, users_knobs);
    assert_eq!(undo_count_after_data(&window), 2);
    window.press_ctrl(Key::Z);
    assert_eq!(knob_bits(&window), users_knobs);
}

#[test]
fn a_challenge_ends_when_the_architecture_changes_or_on_request() {
    let mut window = running_challenge();
    click_without_settling(&mut window, &["Network", "Add neuron to layer 2"]);
    assert!(window.session().challenge().is_none());
    window.settle();
    // In a low pane, the button is with the settings.
    let path = [
        Messages::ENGLISH.training_settings_name(),
        Messages::ENGLISH.training_challenge_name(),
    ];
    click_without_settling(&mut window, &path);
    assert!(window.session().challenge().is_some());
    click_without_settling(&mut window, &[Messages::ENGLISH.challenge_stop_name()]);
    assert!(!challenge(&window).is_running);
    let score_count = challenge(&window).gradient_descent.len();
    window.run_for(0.5);
    assert_eq!(
        challenge(&window).gradient_descent.len(),
        score_count,
        "gradient descent has stopped"
    );
    click_without_settling(&mut window, &[Messages::ENGLISH.challenge_close_name()]);
    assert!(window.session().challenge().is_none());
    assert_eq!(window.session().run().state, RunState::NotStarted);
}
