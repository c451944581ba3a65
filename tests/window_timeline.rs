//! Back and forth in the epochs of a run, and its branches.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use egui::accesskit::{Action, ActionData};
use egui::{Key, Modifiers, Pos2, pos2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial_core::session::RunState;

use lessons::{epoch, is_over, knobs, on_data, pause, play, press, run_steps, set, train, until};
use window::{COMMAND, Window, network};

/// Where an epoch is on the plot.
fn place(window: &Window, epoch: f64) -> Pos2 {
    let parts = window.parts(Pane::Training);
    let grips = parts.iter().filter(|placed| placed.element == Element::LossCurve);
    match grips
        .filter_map(|placed| placed.handle)
        .map(|grip| grip.mapping)
        .next_back()
    {
        Some(DragMapping::EpochDrag { rect, epochs, .. }) => {
            let along = (epoch - epochs[0]) / (epochs[1] - epochs[0]);
            pos2(rect.left() + along as f32 * rect.width(), rect.center().y)
        }
        other => panic!("no timeline: {other:?}"),
    }
}

/// The kept knobs of an epoch.
fn moment(window: &Window, epoch: usize) -> Vec<u64> {
    let session = window.session();
    let moments = session.run().current_branch.checkpoints.iter();
    let mut found = moments.filter(|moment| moment.epoch == epoch);
    found
        .next()
        .unwrap()
        .knobs
        .iter()
        .map(|knob| knob.to_bits())
        .collect()
}

#[test]
fn dragging_on_the_plot_brings_every_knob_back_to_that_epoch_in_the_same_frame() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let start = knobs(&window);
    train(&mut window, 12);
    let end = epoch(&window);
    let trained = knobs(&window);
    window.press_at(place(&window, 6.0));
    assert_eq!(knobs(&window), moment(&window, 6));
    window.check_one_pass();
    window.move_to(place(&window, 3.0));
    assert_eq!(knobs(&window), moment(&window, 3));
    assert_eq!(window.session().run().current_epoch, 3);
    window.check_one_pass();
    window.move_to(place(&window, -4.0));
    assert_eq!(knobs(&window), start);
    window.move_to(place(&window, 5.0 * end as f64));
    assert_eq!(knobs(&window), trained);
    window.move_to(place(&window, 2.0));
    window.release();
    assert_eq!(window.session().run().current_epoch, 2);
    assert_eq!(run_steps(&window), 1);
    window.command(Key::Z);
    assert_eq!(knobs(&window), start);
    assert_eq!(run_steps(&window), 0);
}

#[test]
fn escape_in_the_middle_of_a_drag_goes_back_to_where_it_was() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    train(&mut window, 8);
    let trained = knobs(&window);
    window.press_at(place(&window, 2.0));
    window.move_to(place(&window, 4.0));
    assert_ne!(knobs(&window), trained);
    window.key(Key::Escape);
    assert_eq!(knobs(&window), trained);
    window.release();
    assert_eq!(knobs(&window), trained);
}

#[test]
fn it_goes_on_as_a_branch_and_the_other_one_can_be_taken_up_again() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let start = knobs(&window);
    train(&mut window, 10);
    let (end, trained) = (epoch(&window), knobs(&window));
    window.click_at(place(&window, 4.0));
    let branching = knobs(&window);
    set(&mut window, "learning rate", "0.1");
    train(&mut window, 8);
    {
        let session = window.session();
        let run = session.run();
        assert_eq!(run.other_branches.len(), 1);
        assert_eq!(run.other_branches[0].last_epoch(), end);
        assert!(run.current_branch.last_epoch() >= 8);
        let changes: Vec<&str> = run
            .current_branch
            .changes
            .iter()
            .map(|change| change.description.as_str())
            .collect();
        assert_eq!(changes, ["rate 0.02 → 0.1"]);
        assert_eq!(run.current_branch.changes[0].epoch, 4);
        let shared = run
            .current_branch
            .checkpoints
            .iter()
            .zip(run.other_branches[0].checkpoints.iter());
        assert!(shared.take(5).all(|(one, other)| one == other));
    }
    let other = (epoch(&window), knobs(&window));
    assert_ne!(other.1, trained);
    window.ask("branch 1 of training", Action::Click, None);
    assert_eq!(knobs(&window), trained);
    assert_eq!(epoch(&window), end);
    assert_eq!(window.session().run().other_branches[0].last_epoch(), other.0);
    window.click_at(place(&window, 4.0));
    assert_eq!(knobs(&window), branching);
    window.ask("branch 1 of training", Action::Click, None);
    assert_eq!(knobs(&window), other.1);
    while run_steps(&window) > 0 {
        window.command(Key::Z);
    }
    assert_eq!(knobs(&window), start);
}

#[test]
fn from_the_start_the_same_settings_give_the_same_line() {
    let mut window = on_data(network(&[2, 4, 1]), "moons");
    train(&mut window, 6);
    let first = (0..6).map(|epoch| moment(&window, epoch)).collect::<Vec<_>>();
    window.click("back to the start of training");
    train(&mut window, 6);
    let second = (0..6).map(|epoch| moment(&window, epoch)).collect::<Vec<_>>();
    assert_eq!(first, second);
    assert_eq!(window.session().run().other_branches.len(), 1);
}

#[test]
fn keys_and_a_screen_reader_go_through_the_epochs() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    train(&mut window, 30);
    let end = epoch(&window);
    window.click_at(place(&window, 15.0));
    assert!(window.has_focus("timeline of training"), "{:?}", window.focus());
    let at = |window: &Window| window.session().run().current_epoch;
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
        window.key(key);
        assert_eq!(at(&window), epoch, "{key:?}");
        assert_eq!(knobs(&window), moment(&window, epoch));
    }
    window.ask("timeline of training", Action::Increment, None);
    assert_eq!(at(&window), 1);
    window.ask(
        "timeline of training",
        Action::SetValue,
        Some(ActionData::NumericValue(7.0)),
    );
    assert_eq!(at(&window), 7);
    window.ask("timeline of training", Action::Decrement, None);
    assert_eq!(at(&window), 6);
    let value = window.told("timeline of training");
    assert!(
        value.starts_with(&format!("epoch 6 of {end}, train loss ")),
        "{value}"
    );
    // Space plays on from there.
    window.key(Key::Space);
    until(&mut window, "epochs", |window| epoch(window) >= 9);
    window.key_with(Modifiers::NONE, Key::Space);
    until(&mut window, "a pause", is_over);
    assert_eq!(window.session().run().other_branches.len(), 1);
}

#[test]
fn from_an_earlier_epoch_it_goes_the_same_way_again() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    train(&mut window, 12);
    let first = moments(&window);
    window.click_at(place(&window, 5.0));
    train(&mut window, 12);
    let again = moments(&window);
    let shared = first.len().min(again.len());
    assert!(shared > 12);
    assert_eq!(
        first[..shared],
        again[..shared],
        "the optimiser remembers, and the order is the same"
    );
}

/// The bits of the knobs at the kept moments.
fn moments(window: &Window) -> Vec<(usize, Vec<u64>)> {
    let session = window.session();
    let moments = session.run().current_branch.checkpoints.iter();
    let bits = |knobs: &[f64]| knobs.iter().map(|knob| knob.to_bits()).collect();
    // The last one may be in the middle of an epoch.
    let whole = moments.filter(|moment| moment.trainer_state.is_some());
    whole.map(|moment| (moment.epoch, bits(&moment.knobs))).collect()
}

#[test]
fn other_settings_do_not_end_a_run() {
    let mut window = on_data(network(&[2, 4, 1]), "circle");
    let start = knobs(&window);
    play(&mut window, 3);
    for (setting, choice) in [
        ("learning rate", "0.05"),
        ("optimiser", "sgd"),
        ("batch", "30"),
        ("loss", "mean absolute error"),
        ("pace", "full speed"),
    ] {
        match setting {
            "learning rate" | "batch" => set(&mut window, setting, choice),
            _ => press(&mut window, &[setting, choice]),
        }
        assert_eq!(window.session().run().state, RunState::Running, "{setting}");
        let so_far = epoch(&window);
        until(&mut window, setting, |window| epoch(window) > so_far + 1);
    }
    pause(&mut window);
    {
        let session = window.session();
        let line = &session.run().current_branch;
        let words: Vec<&str> = line
            .changes
            .iter()
            .map(|change| change.description.as_str())
            .collect();
        let all = words.join("; ");
        for change in [
            "rate 0.02 → 0.05",
            "adam → sgd",
            "batch 10 → 30",
            "mean squared error → mean absolute error",
        ] {
            assert!(all.contains(change), "{all}");
        }
        assert_eq!(line.checkpoints[0].epoch, 0);
        // What is measured is one thing all along the line.
        assert!(line.metrics[0].epoch > 0 && line.loss.unwrap().name() == "mean_absolute_error");
    }
    while run_steps(&window) > 0 {
        window.command(Key::Z);
    }
    assert_eq!(knobs(&window), start);
}

#[test]
fn undo_comes_back_to_a_moment_from_which_it_goes_on() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let start = knobs(&window);
    train(&mut window, 6);
    window.command(Key::Z);
    assert_eq!(window.session().run().current_epoch, 0);
    assert_eq!(knobs(&window), start);
    train(&mut window, 3);
    assert_eq!(window.session().run().other_branches.len(), 1);
    window.key_with(COMMAND, Key::Z);
    assert_eq!(knobs(&window), start);
}
