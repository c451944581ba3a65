//! Training in the window: it changes the knobs, is one undo step, and can be stopped at any moment.

use std::collections::BTreeSet;

use egui::{Key, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::insight::DataPlot;
use neurodial_core::insight::data_plot::PlotValue;
use neurodial_core::network::Knob;
use neurodial_core::session::{Hyperparameter, RunState};
use neurodial_core::text::Messages;
use neurodial_core::training::{StoppingReason, Trainer, TrainingStatus};

use crate::support::training::{
    choose_dataset, click_without_settling, has_stopped, knob_bits, label, last_epoch, pause_training,
    set_text_value, start_training, step_until_epoch, toggle_training, train, training_config,
    undo_count_after_data, window_during_training, window_with_data,
};
use crate::support::{CTRL, CTRL_SHIFT, TestWindow, bits, network, w};

#[test]
fn training_changes_the_knobs_and_is_one_undo_step() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let start = knob_bits(&window);
    train(&mut window, 5);
    let trained = knob_bits(&window);
    assert_ne!(trained, start);
    assert_eq!(undo_count_after_data(&window), 1);
    assert!(window.shows_text(Messages::ENGLISH.readout_training_loss()));
    // Further training belongs to the same run.
    let end = last_epoch(&window) + 3;
    train(&mut window, end);
    assert_eq!(undo_count_after_data(&window), 1);
    let trained = knob_bits(&window);
    window.press_ctrl(Key::Z);
    assert_eq!(knob_bits(&window), start);
    assert_eq!(undo_count_after_data(&window), 0);
    assert_eq!(window.session().run().state, RunState::Interrupted);
    window.press_key_with(CTRL_SHIFT, Key::Z);
    window.settle();
    assert_eq!(knob_bits(&window), trained);
}

#[test]
fn plots_during_training_show_the_current_knobs() {
    let mut window = window_with_data(network(&[2, 4, 1]), "circle");
    window.toggle_maximized(Pane::Data);
    window.settle();
    let check_plots = |window: &TestWindow| {
        let (insight, session) = (window.insight(), window.session());
        let Some(DataPlot::Map(map)) = insight.data_plot(&session) else {
            panic!("no map");
        };
        let network = &session.document().network;
        let value_at =
            |[from, to]: [f64; 2], cell: usize| from + (to - from) * cell as f64 / (map.grid_size - 1) as f64;
        for (row, column) in [(0, 0), (5, 11), (map.grid_size - 1, 3)] {
            let forward_pass = network.forward_batch(&[value_at(map.x, column), value_at(map.y, row)], 1);
            let output = forward_pass.layers().last().unwrap().a[0];
            let PlotValue::Scaled(value) = map.values[row * map.grid_size + column] else {
                panic!("two classes are drawn as scaled values");
            };
            // With tanh the targets of two classes are −1 and 1.
            assert!((value - output).abs() < 1e-9, "{value} {output}");
        }
        let evaluation = insight.loss_evaluation(&session);
        let evaluation = evaluation.as_ref().unwrap().as_ref().unwrap();
        let outputs = &evaluation.forward_pass().layers().last().unwrap().a;
        let expected = network.forward_batch(evaluation.forward_pass().layer_inputs(0), evaluation.samples());
        assert_eq!(outputs, &expected.layers().last().unwrap().a);
        map.grid_size
    };
    let at_rest = check_plots(&window);
    toggle_training(&mut window);
    let mut seen = Vec::new();
    for epoch in [2, 5, 9, 14] {
        step_until_epoch(&mut window, epoch);
        assert_eq!(window.session().run().state, RunState::Running);
        assert!(check_plots(&window) < at_rest, "coarser during training");
        seen.push(knob_bits(&window));
    }
    seen.dedup();
    assert!(seen.len() > 1, "the knobs changed");
    pause_training(&mut window);
    assert_eq!(check_plots(&window), at_rest, "fine again");
}

#[test]
fn undo_during_training_restores_the_start() {
    let mut window = window_with_data(network(&[2, 4, 1]), "circle");
    let start = knob_bits(&window);
    start_training(&mut window, 3);
    window.press_key_with(CTRL, Key::Z);
    assert_eq!(knob_bits(&window), start);
    // No late update arrives.
    window.settle();
    window.run_for(0.2);
    assert_eq!(knob_bits(&window), start);
    assert!(has_stopped(&window));
}

#[test]
fn training_leaves_a_locked_knob_unchanged() {
    let mut window = TestWindow::with_session(network(&[2, 4, 1]));
    let knob = Knob::weight(0, 1, 0);
    let lock = window.hit_shapes(Pane::Knobs, Element::Lock(knob)).remove(0);
    window.click_at(lock.bounds().center());
    assert!(window.session().document().locked.contains(&knob));
    let before = window.value(knob.into()).to_bits();
    window.toggle_maximized(Pane::Training);
    choose_dataset(&mut window, "moons");
    let start = knob_bits(&window);
    train(&mut window, 4);
    assert_eq!(window.value(knob.into()).to_bits(), before);
    let changed = knob_bits(&window)
        .iter()
        .zip(&start)
        .filter(|(current, before)| current != before)
        .count();
    assert_eq!(changed, start.len() - 1);
}

#[test]
fn training_again_from_the_start_gives_the_same_knobs() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    let start = knob_bits(&window);
    let mut trained = Vec::new();
    for _ in 0..2 {
        window.click(Messages::ENGLISH.training_one_epoch_name());
        window.step_until("an epoch", |window| {
            last_epoch(window) == 1 && has_stopped(window)
        });
        trained.push(knob_bits(&window));
        window.click(Messages::ENGLISH.training_reset_name());
        assert_eq!(knob_bits(&window), start);
        assert_eq!(undo_count_after_data(&window), 0);
    }
    assert_eq!(trained[0], trained[1]);
    assert_ne!(trained[0], start);
    window.click(Messages::ENGLISH.training_one_update_name());
    window.step_until("an update", |window| {
        has_stopped(window) && knob_bits(window) != start
    });
    assert_ne!(knob_bits(&window), trained[0]);
}

#[test]
fn pausing_within_an_epoch_does_not_change_the_result() {
    let mut window = window_with_data(network(&[2, 8, 8, 1]), "spiral");
    for (name, value) in [
        (Hyperparameter::Samples, "800"),
        (Hyperparameter::BatchSize, "1"),
        (Hyperparameter::Epochs, "2"),
    ] {
        set_text_value(&mut window, label(name), value);
    }
    click_without_settling(
        &mut window,
        &[
            Messages::ENGLISH.training_speed(),
            Messages::ENGLISH.training_speed_max(),
        ],
    );
    toggle_training(&mut window);
    window.step_until("the end", has_stopped);
    assert_eq!(window.session().run().state, RunState::Done);
    let whole = knob_bits(&window);
    window.click(Messages::ENGLISH.training_reset_name());
    let mut has_paused_within_epoch = false;
    for _ in 0..3 {
        toggle_training(&mut window);
        let before = knob_bits(&window);
        window.step_until("a change of the knobs", |window| knob_bits(window) != before);
        pause_training(&mut window);
        let is_paused = window.session().run().state == RunState::Paused;
        has_paused_within_epoch |= is_paused && knob_bits(&window) != last_checkpoint_bits(&window);
    }
    assert!(
        has_paused_within_epoch,
        "a pause does not wait for the end of an epoch"
    );
    while window.session().run().state == RunState::Paused {
        toggle_training(&mut window);
        window.step_until("the end", has_stopped);
    }
    assert_eq!(knob_bits(&window), whole);
}

/// Returns the bits of the knobs at the last checkpoint.
fn last_checkpoint_bits(window: &TestWindow) -> Vec<u64> {
    let session = window.session();
    let last = session.run().current_branch.checkpoints.last().unwrap();
    bits(&last.knobs)
}

#[test]
fn changing_the_architecture_ends_training() {
    let mut window = window_during_training(network(&[2, 4, 1]), "xor", 2);
    click_without_settling(&mut window, &["Network", "Add neuron to layer 2"]);
    assert!(has_stopped(&window));
    assert_eq!(window.session().architecture().width(1), 2);
    // With two outputs there is a neuron for each class, so a new run begins.
    train(&mut window, 2);
    assert_eq!(window.session().architecture().width(1), 2);
}

#[test]
fn a_knob_dragged_during_training_is_trained_from_its_new_value() {
    let mut window = TestWindow::with_session(network(&[2, 4, 1]));
    window.toggle_maximized(Pane::Training);
    choose_dataset(&mut window, "gaussians");
    window.toggle_maximized(Pane::Training);
    let target = w(1, 1);
    start_training(&mut window, 1);
    let (handle, points_per_unit) = window.slider_handle(target);
    window.press_at(handle);
    window.move_to(handle + vec2(0.5 * points_per_unit, 0.0));
    let dragged_bits = window.value(target).to_bits();
    let epoch_before = last_epoch(&window);
    step_until_epoch(&mut window, epoch_before + 3);
    assert_eq!(window.value(target).to_bits(), dragged_bits);
    window.release();
    window.step_until("training of the knob", |window| {
        window.value(target).to_bits() != dragged_bits
    });
    pause_training(&mut window);
    assert_eq!(undo_count_after_data(&window), 1);
}

#[test]
fn a_matching_network_can_be_created_for_incompatible_data() {
    let mut window = window_with_data(network(&[2, 4, 1]), "iris");
    let reason = "The dataset has 4 inputs";
    assert!(window.shows_text(reason), "{}", window.accessibility_tree());
    window.click(&Messages::ENGLISH.use_matching_network("4-3"));
    window.settle();
    assert_eq!(window.session().architecture().input_count(), 4);
    assert!(window.shows_text(Messages::ENGLISH.readout_training_loss()));
    assert!(!window.shows_text(reason));
    train(&mut window, 3);
    // The Data pane draws its confusion matrix.
    window.toggle_maximized(Pane::Data);
    assert!(window.session().setup().is_some());
}

#[test]
fn a_step_activation_shows_a_warning() {
    let mut window = window_with_data(network(&[2, 4, 1]), "xor");
    window.choose(&["Network", "Activation function of layer 2", "step"]);
    assert!(window.shows_text("Layer 2 uses the step function"));
}

#[test]
fn the_training_and_data_panes_are_shown_at_first() {
    let window = TestWindow::with_preset("article");
    for pane in [Pane::Training, Pane::Data] {
        assert!(
            window.shows_text(pane.title(Messages::ENGLISH)),
            "{}",
            pane.title(Messages::ENGLISH)
        );
    }
}

#[test]
fn training_stops_by_itself_says_why_and_can_go_on() {
    let mut window = window_with_data(network(&[2, 4, 1]), "circle");
    for (name, value) in [
        (Hyperparameter::TargetAccuracy, "60%"),
        (Hyperparameter::Patience, "500"),
        (Hyperparameter::TestPatience, "500"),
    ] {
        assert_eq!(window.text_value(label(name)), "off");
        set_text_value(&mut window, label(name), value);
    }
    let stopping = training_config(&window).stopping;
    assert_eq!(stopping.target_accuracy, Some(0.6));
    assert_eq!(
        (stopping.patience, stopping.test_patience),
        (Some(500), Some(500))
    );
    click_without_settling(
        &mut window,
        &[
            Messages::ENGLISH.training_speed(),
            Messages::ENGLISH.training_speed_max(),
        ],
    );
    let start = window.session().document().network.clone();
    toggle_training(&mut window);
    window.step_until("the end", has_stopped);
    window.settle();
    assert_eq!(
        window.session().run().state,
        RunState::Stopped(StoppingReason::TargetAccuracy)
    );
    let epoch = window.session().run().current_epoch;
    let reason = Messages::ENGLISH.stopped_at_target_accuracy();
    assert!(window.shows_text(&Messages::ENGLISH.training_stopped(epoch, reason)));
    // A run without a window, as the command line has it, ends at the same numbers.
    let setup = window.session().setup().unwrap().clone();
    let split = setup.split().unwrap().clone();
    let architecture = start.architecture();
    let hyperparameters = setup.hyperparameters(&architecture.layers()[architecture.last_layer()]);
    let mut trainer = Trainer::new(
        &start,
        &BTreeSet::new(),
        (&split.train, split.test.as_ref()),
        split.scaling.clone(),
        hyperparameters,
    )
    .unwrap();
    while trainer.run_epoch() == TrainingStatus::Running {}
    assert_eq!(trainer.metrics().epoch, epoch);
    let mut knobs = start.knobs().to_vec();
    trainer.copy_raw_knobs_to(&mut knobs);
    let bits: Vec<u64> = knobs.iter().map(|knob| knob.to_bits()).collect();
    assert_eq!(knob_bits(&window), bits);
    // Without the criterion it goes on to the last epoch.
    set_text_value(&mut window, label(Hyperparameter::TargetAccuracy), "off");
    assert_eq!(training_config(&window).stopping.target_accuracy, None);
    toggle_training(&mut window);
    window.step_until("further epochs", |window| last_epoch(window) > epoch + 5);
    pause_training(&mut window);
}

#[test]
fn a_stopping_criterion_that_cannot_be_met_is_refused_with_the_reason() {
    let mut window = window_with_data(network(&[2, 4, 1]), "plane");
    set_text_value(&mut window, label(Hyperparameter::TargetAccuracy), "0.9");
    toggle_training(&mut window);
    window.step_until("the refusal", |window| {
        matches!(window.session().run().state, RunState::FailedToStart(_))
    });
    window.settle();
    assert!(window.shows_text("the data has no classes"));
}
