//! The hand against gradient descent, from the same knobs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use egui::{Key, vec2};
use neurodial_core::network::Knob;
use neurodial_core::session::challenge::{Challenge, ChallengeLeader};
use neurodial_core::session::{Adjustable, RunState};

use lessons::{epoch, knobs, loss, on_data, pause, press, run_steps, until};
use window::{Window, network};

/// The window with all panes, and a duel that goes on.
fn duel() -> Window {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    press(&mut window, &["duel with gradient descent"]);
    // While it goes on the window does not come to rest.
    press(
        &mut window,
        &["View", "One pane alone", "Training fills the window"],
    );
    press(&mut window, &["Training"]);
    window
}

fn turn(window: &mut Window, target: Adjustable, by: f32) {
    let (handle, per_one) = window.handle(target);
    window.drag(handle, handle + vec2(by * per_one, 0.0));
    // Two presses at once would be a double press.
    window.wait(0.5);
}

fn stands(window: &Window) -> Challenge {
    window.session().challenge().unwrap().as_ref().clone()
}

#[test]
fn both_begin_at_the_same_loss_and_only_the_hand_turns_the_knobs() {
    let mut window = duel();
    let start = knobs(&window);
    until(&mut window, "gradient descent", |window| {
        stands(window).gradient_descent.last().unwrap().turns >= 20
    });
    assert_eq!(knobs(&window), start);
    assert_eq!(run_steps(&window), 0);
    let target: Adjustable = Knob::weight(0, 0, 0).into();
    turn(&mut window, target, 0.6);
    turn(&mut window, target, -0.9);
    let duel = stands(&window);
    assert_eq!(
        duel.user[0].loss.to_bits(),
        duel.gradient_descent[0].loss.to_bits()
    );
    assert_eq!(duel.user.last().unwrap().turns, 2, "a drag is one turn");
    assert!(
        duel.user
            .windows(2)
            .all(|pair| pair[0].seconds <= pair[1].seconds)
    );
    assert!(
        duel.gradient_descent
            .windows(2)
            .all(|pair| pair[0].turns <= pair[1].turns)
    );
    assert_eq!(run_steps(&window), 2);
    // What is told is the loss of the present knobs.
    let now = loss(&window);
    assert_eq!(duel.current_losses()[0].to_bits(), now.to_bits());
    assert_eq!(
        Challenge::leader(duel.current_losses()),
        ChallengeLeader::GradientDescent
    );
    assert!(
        window.says("you, loss") && window.says("it leads"),
        "{}",
        window.tree()
    );
}

#[test]
fn the_best_of_the_hand_comes_back() {
    let mut window = duel();
    let target: Adjustable = Knob::weight(0, 0, 0).into();
    for by in [0.4, -0.9, 1.3, -2.0, 3.0, -2.5] {
        turn(&mut window, target, by);
    }
    let duel = stands(&window);
    let best = duel.lowest_losses()[0];
    assert!(duel.user.iter().all(|shot| shot.loss >= best));
    // The status line and the pane speak of the same.
    let told = format!("your best {}", neurodial_core::text::format_adaptive(best, 3));
    assert!(window.says(&told), "{told}: {}", window.tree());
    let last = knobs(&window);
    press(&mut window, &["end the duel"]);
    press(&mut window, &["back to your best"]);
    assert_ne!(knobs(&window), last);
    let kept = knobs(&window);
    window.command(Key::Z);
    press(&mut window, &["back to your best knobs"]);
    assert_eq!(knobs(&window), kept);
    let now = loss(&window);
    assert_eq!(now.to_bits(), best.to_bits());
}

#[test]
fn gradient_descent_goes_on_from_the_hand() {
    let mut window = duel();
    turn(&mut window, Knob::weight(0, 0, 0).into(), 1.0);
    let hand = knobs(&window);
    press(&mut window, &["let gradient descent go on from here"]);
    until(&mut window, "epochs", |window| epoch(window) >= 3);
    assert!(window.session().challenge().is_none());
    pause(&mut window);
    let first = {
        let session = window.session();
        session.run().current_branch.checkpoints[0]
            .knobs
            .iter()
            .map(|knob| knob.to_bits())
            .collect::<Vec<_>>()
    };
    assert_eq!(first, hand);
    assert_eq!(run_steps(&window), 2);
    window.command(Key::Z);
    assert_eq!(knobs(&window), hand);
}

#[test]
fn it_ends_with_its_network_and_its_data() {
    let mut window = duel();
    press(&mut window, &["Network", "Add a neuron to layer 2"]);
    assert!(window.session().challenge().is_none());
    window.rest();
    press(&mut window, &["duel with gradient descent"]);
    assert!(window.session().challenge().is_some());
    press(&mut window, &["end the duel"]);
    assert!(!stands(&window).is_running);
    let shots = stands(&window).gradient_descent.len();
    window.wait(0.5);
    assert_eq!(stands(&window).gradient_descent.len(), shots, "nobody goes on");
    press(&mut window, &["close the duel"]);
    assert!(window.session().challenge().is_none());
    assert_eq!(window.session().run().state, RunState::NotStarted);
}
