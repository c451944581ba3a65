//! Random actions at random moments of training: nothing breaks, and undo restores the start.

use egui::accesskit::{Action, ActionData};
use egui::{Key, vec2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial::widgets::compact_slider::CompactSliderGeometry;
use neurodial_core::session::{Document, Hyperparameter, RunState};
use neurodial_core::text::Messages;
use neurodial_core::training::{Loss, Optimizer};

use crate::support::training::{choose_dataset, click_without_settling, dataset_label, knob_bits, label};
use crate::support::{CTRL, CTRL_SHIFT, Rng, TestWindow, network};

/// Chooses a random entry from a list if the list is there.
fn choose(window: &mut TestWindow, name: &str, choices: &[&str], rng: &mut Rng) {
    if window.has_node(name) {
        click_without_settling(window, &[name]);
        let choice = choices[rng.below(choices.len())];
        let is_there = window.button_named(choice).is_some();
        if is_there {
            click_without_settling(window, &[choice]);
        } else {
            window.press_key(Key::Escape);
        }
    }
}

/// Performs a random action and returns its description.
fn act(window: &mut TestWindow, rng: &mut Rng) -> &'static str {
    match rng.below(24) {
        0..=3 => {
            window.press_key_with(CTRL, Key::Space);
            "train or pause"
        }
        4 => {
            window.press_key_with(CTRL, Key::Enter);
            "train one epoch"
        }
        5 => {
            window.press_key_with(CTRL_SHIFT, Key::Enter);
            "train one batch"
        }
        6 => {
            window.press_key_with(CTRL, Key::Backspace);
            "go back to the start"
        }
        7 => {
            window.press_key_with(CTRL, Key::Z);
            "undo"
        }
        8 => {
            window.press_key_with(CTRL_SHIFT, Key::Z);
            "redo"
        }
        9 => {
            window.press_key_with(CTRL, Key::R);
            "randomize"
        }
        10 => {
            choose(
                window,
                Messages::ENGLISH.optimizer_name(),
                &[Optimizer::Sgd, Optimizer::Adam, Optimizer::Momentum]
                    .map(|optimizer| optimizer.label(Messages::ENGLISH)),
                rng,
            );
            "change the optimizer"
        }
        11 => {
            choose(
                window,
                Messages::ENGLISH.training_speed(),
                &[
                    Messages::ENGLISH.training_speed_max(),
                    &Messages::ENGLISH.epochs_per_second(1),
                    &Messages::ENGLISH.epochs_per_second(120),
                ],
                rng,
            );
            "change the speed"
        }
        12 => {
            choose(
                window,
                Messages::ENGLISH.loss_function_name(),
                &[Loss::MeanSquaredError, Loss::Hinge, Loss::BinaryCrossEntropy]
                    .map(|loss| loss.label(Messages::ENGLISH)),
                rng,
            );
            "change the loss function"
        }
        13 => {
            let labels =
                ["xor", "moons", "line", "iris", "spiral"].map(|name| dataset_label(name, Messages::ENGLISH));
            choose(
                window,
                Messages::ENGLISH.dataset_name(),
                &labels.each_ref().map(String::as_str),
                rng,
            );
            "change the dataset"
        }
        14 => {
            let entries = ["Add neuron to layer 1", "Add neuron to layer 2", "Add input"];
            click_without_settling(window, &["Network"]);
            let entry = entries[rng.below(entries.len())];
            match window.button_named(entry).is_some() {
                true => click_without_settling(window, &[entry]),
                false => window.press_key(Key::Escape),
            }
            "change the architecture"
        }
        15..=17 => {
            drag_loss_curve(window, rng);
            "drag along the loss curve"
        }
        18 => {
            if !window.has_node(&Messages::ENGLISH.branch_name(1)) {
                return "no branch";
            }
            window.request_action(&Messages::ENGLISH.branch_name(1), Action::Click, None);
            "select a branch"
        }
        19 | 20 => {
            drag_slider(window, rng);
            "change a knob"
        }
        21 | 22 => {
            drag_hyperparameter(window, rng);
            "change a hyperparameter"
        }
        _ => {
            let names = [
                Messages::ENGLISH.training_challenge_name(),
                Messages::ENGLISH.challenge_stop_name(),
                Messages::ENGLISH.challenge_restore_best(),
                Messages::ENGLISH.challenge_continue(),
                Messages::ENGLISH.challenge_close_name(),
            ];
            let visible: Vec<&str> = names.into_iter().filter(|name| window.has_node(name)).collect();
            if let Some(name) = visible.get(rng.below(visible.len().max(1))) {
                click_without_settling(window, &[*name]);
            }
            "use the challenge"
        }
    }
}

/// Drags along the loss curve.
fn drag_loss_curve(window: &mut TestWindow, rng: &mut Rng) {
    let Some(DragMapping::XyPad { rect, .. }) = window.drag_mapping(Pane::Training, Element::LossCurve)
    else {
        return;
    };
    let pos = |fraction: f32| rect.left_center() + vec2(fraction * rect.width(), 0.0);
    window.press_at(pos(rng.fraction()));
    for _ in 0..rng.below(3) {
        window.move_to(pos(rng.fraction()));
    }
    if rng.below(4) == 0 {
        window.press_key(Key::Escape);
    }
    window.release();
}

/// Drags the slider of a random knob, and sometimes sets the epoch as a screen reader does.
fn drag_slider(window: &mut TestWindow, rng: &mut Rng) {
    let handles: Vec<_> = window
        .elements_in(Pane::Knobs)
        .into_iter()
        .filter_map(|placed| match placed.handle.map(|handle| handle.mapping) {
            Some(DragMapping::Track { handle_pos, .. }) => handle_pos,
            _ => None,
        })
        .collect();
    if handles.is_empty() {
        return;
    }
    let handle = handles[rng.below(handles.len())];
    window.press_at(handle);
    for _ in 0..3 {
        window.move_to(handle + vec2(60.0 * (rng.fraction() - 0.5), 0.0));
    }
    if rng.below(3) == 0 {
        // Training starts or pauses during the drag.
        window.press_key_with(CTRL, Key::Space);
    }
    window.release();
    if window.has_node(Messages::ENGLISH.loss_curve_name()) && rng.below(3) == 0 {
        let value = Some(ActionData::NumericValue(f64::from(rng.fraction()) * 20.0));
        window.request_action(Messages::ENGLISH.loss_curve_name(), Action::SetValue, value);
    }
}

/// Drags a random hyperparameter, and sometimes presses a key during the drag.
fn drag_hyperparameter(window: &mut TestWindow, rng: &mut Rng) {
    let all = Hyperparameter::ALL.map(label);
    let visible: Vec<&str> = all.into_iter().filter(|name| window.has_node(name)).collect();
    let Some(name) = visible.get(rng.below(visible.len().max(1))) else {
        return;
    };
    let geometry = CompactSliderGeometry::from_rect(window.node(name).rect());
    window.press_at(geometry.pos_at(f64::from(rng.fraction())));
    for _ in 0..rng.below(3) {
        window.move_to(geometry.pos_at(f64::from(rng.fraction())));
    }
    match rng.below(4) {
        0 => window.press_key(Key::Escape),
        1 => window.press_key_with(CTRL, Key::Space),
        2 => window.press_key(Key::ArrowLeft),
        _ => {}
    }
    window.release();
}

#[track_caller]
fn check_consistency(window: &TestWindow, situation: &str) {
    let session = window.session();
    let (network, run) = (&session.document().network, session.run());
    assert!(network.knobs().iter().all(|knob| knob.is_finite()), "{situation}");
    assert!(
        run.current_epoch <= run.current_branch.last_epoch(),
        "{situation}: epoch {} of {}",
        run.current_epoch,
        run.current_branch.last_epoch()
    );
    for branch in std::iter::once(&run.current_branch).chain(run.other_branches.iter()) {
        for checkpoint in branch.checkpoints.iter() {
            assert_eq!(
                checkpoint.knobs.len(),
                network.knobs().len(),
                "{situation}: a branch of another network"
            );
        }
        let epochs: Vec<usize> = branch.metrics.iter().map(|metrics| metrics.epoch).collect();
        assert!(epochs.is_sorted(), "{situation}: {epochs:?}");
    }
    if let Some(challenge) = session.challenge() {
        assert_eq!(challenge.knob_count, network.knobs().len(), "{situation}");
    }
}

fn check_random_actions(seed: u64) {
    let mut rng = Rng(seed);
    let mut window = TestWindow::with_session(network(&[2, 3, 1]));
    let start: Document = window.session().document().clone();
    window.click("Training");
    choose_dataset(&mut window, "circle");
    click_without_settling(&mut window, &[Messages::ENGLISH.training_settings_name()]);
    if !window.has_node(Messages::ENGLISH.optimizer_name()) {
        click_without_settling(&mut window, &[Messages::ENGLISH.training_settings_name()]);
    }
    let mut actions = Vec::new();
    for _ in 0..45 {
        actions.push(act(&mut window, &mut rng));
        for _ in 0..rng.below(5) {
            window.harness.step();
        }
        check_consistency(&window, &format!("seed {seed}: {actions:?}"));
    }
    // From here on training does not run, and nothing changes by itself.
    window.press_key(Key::Escape);
    if window.has_node(Messages::ENGLISH.challenge_close_name()) {
        click_without_settling(&mut window, &[Messages::ENGLISH.challenge_close_name()]);
    }
    if window.session().run().state == RunState::Running {
        window.press_key_with(CTRL, Key::Space);
        window.run_for(0.5);
    }
    let end_bits = knob_bits(&window);
    let end = window.session().document().clone();
    let mut undone = 0;
    while window.undo_count() > 0 {
        window.press_key_with(CTRL, Key::Z);
        undone += 1;
        assert!(undone < 1000, "seed {seed}: undo ends");
    }
    let at_start = window.session().document().clone();
    assert!(at_start.is_bitwise_equal(&start), "seed {seed}: {actions:?}");
    for _ in 0..undone {
        window.press_key_with(CTRL_SHIFT, Key::Z);
    }
    assert_eq!(knob_bits(&window), end_bits, "seed {seed}: {actions:?}");
    assert!(
        window.session().document().is_bitwise_equal(&end),
        "seed {seed}: {actions:?}"
    );
    // The window can be closed during training.
    window.press_key_with(CTRL, Key::Space);
    window.harness.step();
}

#[test]
fn random_actions_break_nothing_and_undo_restores_the_start() {
    check_random_actions(1);
}

#[test]
fn random_actions_with_another_seed_break_nothing() {
    check_random_actions(11);
}
