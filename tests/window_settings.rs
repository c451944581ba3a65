//! The settings of training: numbers are turned or typed, the rest is chosen from lists.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use egui::accesskit::Action;
use egui::{Key, Modifiers, Pos2, pos2};
use neurodial::widgets::compact_slider::CompactSliderGeometry;
use neurodial_core::session::{DataSource, Hyperparameter, RunState, TrainingConfig};
use neurodial_core::training::{LearningRateSchedule, Loss, Optimizer};

use lessons::{choice, epoch, knobs, on_data, pause, playing, set, until};
use window::{Window, network};

fn geometry(window: &Window, setting: &str) -> CompactSliderGeometry {
    CompactSliderGeometry::from_rect(window.node(setting).rect())
}

/// The handle of a setting's gauge.
fn handle(window: &Window, setting: Hyperparameter) -> Pos2 {
    let session = window.session();
    let course = session.setup().unwrap();
    let fraction = setting
        .slider_scale(course)
        .fraction_of(setting.value(course.config()));
    geometry(window, setting.name()).pos_at(fraction)
}

fn type_in(window: &mut Window, setting: &str, text: &str) {
    window.click(setting);
    window.rest();
    window.type_text(text);
    window.key(Key::Enter);
    window.rest();
}

#[test]
fn settings_are_chosen_from_lists_or_typed() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    for (list, entry) in [
        (
            "standardised inputs",
            "scaled: mean 0, deviation 1 while training",
        ),
        ("loss", "huber"),
        ("optimiser", "sgd"),
        ("schedule of the learning rate", "cosine to 0"),
    ] {
        window.click(list);
        window.rest();
        window.choose(&[entry]);
        window.rest();
    }
    for (setting, text) in [
        ("samples", "500"),
        ("noise", "0,2"),
        ("test part", "50 %"),
        ("seed of the data", "7"),
        ("learning rate", "1/4"),
        ("batch", "all"),
        ("epochs", "200"),
        ("L1 regularisation", "3e-3"),
        ("L2 regularisation", "0.01"),
    ] {
        type_in(&mut window, setting, text);
    }
    let chosen = choice(&window);
    assert_eq!(
        (chosen.samples, chosen.noise, chosen.test_fraction, chosen.seed),
        (500, 0.2, 0.5, 7)
    );
    assert!(chosen.is_standardized);
    assert_eq!(
        (chosen.loss, chosen.optimizer),
        (Some(Loss::Huber), Optimizer::Sgd)
    );
    assert_eq!(
        (chosen.learning_rate, chosen.schedule),
        (0.25, LearningRateSchedule::Cosine)
    );
    assert_eq!((chosen.batch_size, chosen.epochs), (None, 200));
    assert_eq!(
        (chosen.regularization.l1, chosen.regularization.l2),
        (0.003, 0.01)
    );
    assert_eq!(window.steps(), 14);
    // What can’t be is not taken, and it is said why.
    for (setting, text, reason) in [
        ("samples", "1", "2 to 1000000 samples"),
        ("noise", "lots", "“lots” is not a number"),
        ("batch", "half", "“half” is not a whole number"),
        ("learning rate", "0", "the learning rate is a number above 0"),
    ] {
        type_in(&mut window, setting, text);
        assert!(window.says(reason), "{setting}: {}", window.tree());
        window.key(Key::Escape);
        window.rest();
        assert!(!window.says(reason));
    }
    assert_eq!((choice(&window), window.steps()), (chosen, 14));
    for _ in 0..13 {
        window.command(Key::Z);
    }
    assert_eq!(
        choice(&window),
        TrainingConfig::new(DataSource::from_name("xor").unwrap())
    );
}

#[test]
fn a_number_is_dragged_in_one_step_and_one_pass_a_frame() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let steps = window.steps();
    let from = handle(&window, Hyperparameter::LearningRate);
    window.press_at(from);
    assert_eq!(
        choice(&window).learning_rate,
        0.02,
        "taking the handle turns nothing"
    );
    let mut before = 0.02;
    for way in 1..=4_u8 {
        window.move_to(from + egui::vec2(5.0 * f32::from(way), 0.0));
        window.check_one_pass();
        let rate = choice(&window).learning_rate;
        assert!(rate > before, "{rate} after {before}");
        assert_eq!(window.told("learning rate"), rate.to_string());
        before = rate;
    }
    // What comes back comes back to the same number.
    window.move_to(from);
    assert_eq!(choice(&window).learning_rate, 0.02);
    window.move_to(from + egui::vec2(-10.0, 0.0));
    window.release();
    window.rest();
    assert!(choice(&window).learning_rate < 0.02);
    assert_eq!(window.steps(), steps + 1);
    window.command(Key::Z);
    assert_eq!(choice(&window).learning_rate, 0.02);
    // A press beside the handle puts it there; Escape takes a drag back.
    let end = geometry(&window, "batch").to;
    window.press_at(end);
    assert_eq!(choice(&window).batch_size, None);
    window.key(Key::Escape);
    assert_eq!(choice(&window).batch_size, Some(10));
    window.move_to(end + egui::vec2(-30.0, 0.0));
    assert_eq!(choice(&window).batch_size, Some(10), "it is no longer held");
    window.release();
    // The number over the rail is dragged too, and more finely with Shift.
    let text = geometry(&window, "noise").text.center();
    window.press_at(text);
    window.move_to(text + egui::vec2(30.0, 0.0));
    let coarse = choice(&window).noise;
    assert!(coarse > 0.05);
    window.hold(Modifiers::SHIFT);
    window.move_to(text + egui::vec2(40.0, 0.0));
    window.move_to(text + egui::vec2(50.0, 0.0));
    let fine = choice(&window).noise;
    assert!(fine > coarse && fine < coarse + 0.05, "{fine} after {coarse}");
    window.hold(Modifiers::NONE);
    window.release();
}

#[test]
fn the_keyboard_and_a_screen_reader_turn_a_number() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    window.ask("learning rate", Action::Focus, None);
    window.rest();
    assert!(window.has_focus("learning rate"));
    let mut expect = |key: Key, modifiers: Modifiers, rate: f64| {
        window.key_with(modifiers, key);
        window.rest();
        assert_eq!(choice(&window).learning_rate, rate, "{key:?}");
        assert!(window.has_focus("learning rate"));
    };
    expect(Key::ArrowRight, Modifiers::NONE, 0.03);
    expect(Key::ArrowRight, Modifiers::NONE, 0.05);
    expect(Key::ArrowLeft, Modifiers::NONE, 0.03);
    expect(Key::ArrowLeft, Modifiers::SHIFT, 0.029);
    expect(Key::PageUp, Modifiers::NONE, 0.29);
    expect(Key::End, Modifiers::NONE, 10.0);
    expect(Key::Home, Modifiers::NONE, 1e-5);
    expect(Key::Delete, Modifiers::NONE, 0.02);
    let steps = window.steps();
    window.type_text("0.5");
    window.key(Key::Enter);
    window.rest();
    assert_eq!((choice(&window).learning_rate, window.steps()), (0.5, steps + 1));
    assert!(window.has_focus("learning rate"));
    window.ask("batch", Action::Increment, None);
    assert_eq!(choice(&window).batch_size, Some(20));
    set(&mut window, "batch", "all");
    assert_eq!(choice(&window).batch_size, None);
    assert_eq!(window.told("batch"), "all");
    set(&mut window, "samples", "nonsense");
    assert_eq!(choice(&window).samples, 200);
    // Tab goes on to the next box.
    window.ask("learning rate", Action::Focus, None);
    window.rest();
    window.key(Key::Tab);
    window.rest();
    assert!(
        window.has_focus("schedule of the learning rate"),
        "{:?}",
        window.focus()
    );
}

#[test]
fn data_that_is_changed_while_it_trains_is_trained_on_with_when_the_hand_lets_go() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 2);
    let from = handle(&window, Hyperparameter::Noise);
    window.press_at(from);
    window.move_to(pos2(from.x + 40.0, from.y));
    let noise = choice(&window).noise;
    assert!(noise > 0.0);
    let (so_far, held) = (epoch(&window), knobs(&window));
    window.wait(0.2);
    assert_eq!(knobs(&window), held, "while the hand turns it nobody trains");
    window.move_to(pos2(from.x + 50.0, from.y));
    window.release();
    assert_eq!(window.session().run().state, RunState::Running);
    until(&mut window, "epochs of the new data", |window| {
        epoch(window) >= so_far + 3
    });
    assert_ne!(knobs(&window), held);
    pause(&mut window);
    // Training before it, the drag and training after it are a step each.
    assert_eq!(window.steps(), 4);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(choice(&window).noise, 0.0);
}

#[test]
fn what_is_turned_while_it_trains_takes_effect_at_once() {
    let mut window = playing(network(&[2, 4, 1]), "circle", 2);
    let from = handle(&window, Hyperparameter::L2);
    window.press_at(from);
    window.move_to(pos2(from.x + 30.0, from.y));
    window.release();
    let l2 = choice(&window).regularization.l2;
    assert!(l2 > 0.0);
    assert_eq!(window.session().run().state, RunState::Running);
    until(&mut window, "the change", |window| {
        let session = window.session();
        let changes = &session.run().current_branch.changes;
        changes
            .last()
            .is_some_and(|change| change.description.ends_with(&format!("→ {l2}")))
    });
    // All of the run, settings included, is one step.
    pause(&mut window);
    window.command(Key::Z);
    assert_eq!(choice(&window).regularization.l2, 0.0);
}
