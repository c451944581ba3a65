//! The hyperparameters: numbers are dragged or typed, the others are config from lists.

use egui::accesskit::Action;
use egui::{Key, Modifiers, Pos2, pos2, vec2};
use neurodial::widgets::compact_slider::CompactSliderGeometry;
use neurodial_core::session::{DataSource, Hyperparameter, RunState, TrainingConfig};
use neurodial_core::text::{Localized as _, Messages};
use neurodial_core::training::{LearningRateSchedule, Loss, Optimizer};

use crate::support::training::{
    knob_bits, label, last_epoch, pause_training, set_text_value, training_config, window_during_training,
    window_with_data,
};
use crate::support::{TestWindow, network};

fn geometry(window: &TestWindow, hyperparameter: &str) -> CompactSliderGeometry {
    CompactSliderGeometry::from_rect(window.node(hyperparameter).rect())
}

/// Returns the position of the handle of a hyperparameter's slider.
fn handle(window: &TestWindow, hyperparameter: Hyperparameter) -> Pos2 {
    let session = window.session();
    let setup = session.setup().unwrap();
    let fraction = setup
        .slider_scale(hyperparameter)
        .fraction_of(hyperparameter.value(setup.config()));
    geometry(window, label(hyperparameter)).pos_at(fraction)
}

fn type_in(window: &mut TestWindow, hyperparameter: &str, text: &str) {
    window.click(hyperparameter);
    window.settle();
    window.type_text(text);
    window.press_key(Key::Enter);
    window.settle();
}

#[test]
fn hyperparameters_are_chosen_from_lists_or_typed() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    for (list, entry) in [
        (
            Messages::ENGLISH.standardization_name(),
            Messages::ENGLISH.standardize_inputs(),
        ),
        (
            Messages::ENGLISH.loss_function_name(),
            Loss::Huber.label(Messages::ENGLISH),
        ),
        (
            Messages::ENGLISH.optimizer_name(),
            Optimizer::Sgd.label(Messages::ENGLISH),
        ),
        (
            Messages::ENGLISH.schedule_name(),
            Messages::ENGLISH.schedule_cosine(),
        ),
    ] {
        window.click(list);
        window.settle();
        window.choose(&[entry]);
        window.settle();
    }
    for (hyperparameter, text) in [
        (label(Hyperparameter::Samples), "５００"),
        (label(Hyperparameter::Noise), "0,2"),
        (label(Hyperparameter::TestFraction), "５０％"),
        (label(Hyperparameter::Seed), "7"),
        (label(Hyperparameter::LearningRate), "１／４"),
        (label(Hyperparameter::BatchSize), "all"),
        (label(Hyperparameter::Epochs), "200"),
        (label(Hyperparameter::L1), "3e-3"),
        (label(Hyperparameter::L2), "0.01"),
    ] {
        type_in(&mut window, hyperparameter, text);
    }
    let config = training_config(&window);
    assert_eq!(
        (config.samples, config.noise, config.test_fraction, config.seed),
        (500, 0.2, 0.5, 7)
    );
    assert!(config.is_standardized);
    assert_eq!(
        (config.loss, config.optimizer),
        (Some(Loss::Huber), Optimizer::Sgd)
    );
    assert_eq!(
        (config.learning_rate, config.schedule),
        (0.25, LearningRateSchedule::Cosine)
    );
    assert_eq!((config.batch_size, config.epochs), (None, 200));
    assert_eq!(
        (config.regularization.l1, config.regularization.l2),
        (0.003, 0.01)
    );
    assert_eq!(window.undo_count(), 14);
    // An invalid value is refused with a reason.
    for (hyperparameter, text, reason) in [
        (label(Hyperparameter::Samples), "1", "2 to 1,000,000 samples"),
        (label(Hyperparameter::Noise), "lots", "“lots” is not a number"),
        (
            label(Hyperparameter::BatchSize),
            "half",
            "“half” is not a batch size",
        ),
        (
            label(Hyperparameter::LearningRate),
            "0",
            "the learning rate is a number above 0",
        ),
    ] {
        type_in(&mut window, hyperparameter, text);
        assert!(
            window.shows_text(reason),
            "{hyperparameter}: {}",
            window.accessibility_tree()
        );
        window.press_key(Key::Escape);
        window.settle();
        assert!(!window.shows_text(reason));
    }
    assert_eq!((training_config(&window), window.undo_count()), (config, 14));
    for _ in 0..13 {
        window.press_ctrl(Key::Z);
    }
    assert_eq!(
        training_config(&window),
        TrainingConfig::suggested(DataSource::from_name("xor").unwrap())
    );
}

#[test]
fn dragging_a_hyperparameter_is_one_undo_step_and_one_pass_per_frame() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let undo_count = window.undo_count();
    let from = handle(&window, Hyperparameter::LearningRate);
    window.press_at(from);
    assert_eq!(
        training_config(&window).learning_rate,
        0.005,
        "pressing the handle changes nothing"
    );
    let mut before = 0.005;
    for step in 1..=4_u8 {
        window.move_to(from + vec2(5.0 * f32::from(step), 0.0));
        window.check_one_pass();
        let rate = training_config(&window).learning_rate;
        assert!(rate > before, "{rate} after {before}");
        assert_eq!(
            window.text_value(label(Hyperparameter::LearningRate)),
            rate.to_string()
        );
        before = rate;
    }
    // A drag back to its start restores the exact number.
    window.move_to(from);
    assert_eq!(training_config(&window).learning_rate, 0.005);
    window.move_to(from + vec2(-10.0, 0.0));
    window.release();
    window.settle();
    assert!(training_config(&window).learning_rate < 0.005);
    assert_eq!(window.undo_count(), undo_count + 1);
    window.press_ctrl(Key::Z);
    assert_eq!(training_config(&window).learning_rate, 0.005);
    // A press beside the handle moves it there; Escape cancels a drag.
    let end = geometry(&window, label(Hyperparameter::BatchSize)).to;
    window.press_at(end);
    assert_eq!(training_config(&window).batch_size, None);
    window.press_key(Key::Escape);
    assert_eq!(training_config(&window).batch_size, Some(10));
    window.move_to(end + vec2(-30.0, 0.0));
    assert_eq!(
        training_config(&window).batch_size,
        Some(10),
        "the drag has ended"
    );
    window.release();
    // The number above the track can be dragged too, and more finely with Shift.
    let text = geometry(&window, label(Hyperparameter::Noise)).text.center();
    window.press_at(text);
    window.move_to(text + vec2(30.0, 0.0));
    let coarse = training_config(&window).noise;
    assert!(coarse > 0.05);
    window.set_modifiers(Modifiers::SHIFT);
    window.move_to(text + vec2(40.0, 0.0));
    window.move_to(text + vec2(50.0, 0.0));
    let fine = training_config(&window).noise;
    assert!(fine > coarse && fine < coarse + 0.05, "{fine} after {coarse}");
    window.set_modifiers(Modifiers::NONE);
    window.release();
}

#[test]
fn the_keyboard_and_a_screen_reader_change_a_hyperparameter() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    window.focus(label(Hyperparameter::LearningRate));
    assert!(window.has_focus(label(Hyperparameter::LearningRate)));
    let mut expect = |key: Key, modifiers: Modifiers, rate: f64| {
        window.press_key_with(modifiers, key);
        window.settle();
        assert_eq!(training_config(&window).learning_rate, rate, "{key:?}");
        assert!(window.has_focus(label(Hyperparameter::LearningRate)));
    };
    expect(Key::ArrowRight, Modifiers::NONE, 0.01);
    expect(Key::ArrowRight, Modifiers::NONE, 0.02);
    expect(Key::ArrowLeft, Modifiers::NONE, 0.01);
    expect(Key::ArrowLeft, Modifiers::SHIFT, 0.009);
    expect(Key::PageUp, Modifiers::NONE, 0.09);
    expect(Key::End, Modifiers::NONE, 10.0);
    expect(Key::Home, Modifiers::NONE, 1e-5);
    expect(Key::Delete, Modifiers::NONE, 0.005);
    let undo_count = window.undo_count();
    window.type_text("0.5");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(
        (training_config(&window).learning_rate, window.undo_count()),
        (0.5, undo_count + 1)
    );
    assert!(window.has_focus(label(Hyperparameter::LearningRate)));
    window.request_action(label(Hyperparameter::BatchSize), Action::Increment, None);
    assert_eq!(training_config(&window).batch_size, Some(20));
    set_text_value(&mut window, label(Hyperparameter::BatchSize), "all");
    assert_eq!(training_config(&window).batch_size, None);
    assert_eq!(window.text_value(label(Hyperparameter::BatchSize)), "all");
    set_text_value(&mut window, label(Hyperparameter::Samples), "nonsense");
    assert_eq!(training_config(&window).samples, 200);
    // The wheel moves it by whole steps while it has the focus and the pointer.
    window.focus(label(Hyperparameter::LearningRate));
    let pos = window.node(label(Hyperparameter::LearningRate)).rect().center();
    window.move_to(pos);
    let undo_count = window.undo_count();
    for rate in [0.5, 1.0, 1.0, 2.0] {
        window.scroll(0.5);
        assert_eq!(training_config(&window).learning_rate, rate);
    }
    assert_eq!(window.undo_count(), undo_count + 1);
    // Down leads to a control below it.
    window.press_key(Key::ArrowDown);
    window.settle();
    assert!(!window.has_focus(label(Hyperparameter::LearningRate)) && window.focused_name().is_some());
    // Tab moves on to the next control.
    window.focus(label(Hyperparameter::LearningRate));
    window.press_key(Key::Tab);
    window.settle();
    window.check_focus(Messages::ENGLISH.schedule_name());
}

#[test]
fn training_continues_on_changed_data_when_the_drag_ends() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 2);
    let from = handle(&window, Hyperparameter::Noise);
    window.press_at(from);
    window.move_to(pos2(from.x + 40.0, from.y));
    let noise = training_config(&window).noise;
    assert!(noise > 0.0);
    let (epoch_before, knobs_before) = (last_epoch(&window), knob_bits(&window));
    window.run_for(0.2);
    assert_eq!(
        knob_bits(&window),
        knobs_before,
        "training waits for the end of the drag"
    );
    window.move_to(pos2(from.x + 50.0, from.y));
    window.release();
    assert_eq!(window.session().run().state, RunState::Running);
    window.step_until("epochs of the new data", |window| {
        last_epoch(window) >= epoch_before + 3
    });
    assert_ne!(knob_bits(&window), knobs_before);
    pause_training(&mut window);
    // Training before the drag, the drag, and training after it are one undo step each.
    assert_eq!(window.undo_count(), 4);
    window.press_ctrl(Key::Z);
    window.press_ctrl(Key::Z);
    assert_eq!(training_config(&window).noise, 0.0);
}

#[test]
fn a_hyperparameter_changed_during_training_takes_effect_immediately() {
    let mut window = window_during_training(network(&[2, 4, 1]), "circle", 2);
    let from = handle(&window, Hyperparameter::L2);
    window.press_at(from);
    window.move_to(pos2(from.x + 30.0, from.y));
    window.release();
    let l2 = training_config(&window).regularization.l2;
    assert!(l2 > 0.0);
    assert_eq!(window.session().run().state, RunState::Running);
    window.step_until("the change", |window| {
        let session = window.session();
        let changes = &session.run().current_branch.changes;
        changes
            .last()
            .is_some_and(|change| change.message(Messages::ENGLISH).ends_with(&format!("→ {l2}")))
    });
    // The whole run, changed hyperparameters included, is one undo step.
    pause_training(&mut window);
    window.press_ctrl(Key::Z);
    assert_eq!(training_config(&window).regularization.l2, 0.0);
}
