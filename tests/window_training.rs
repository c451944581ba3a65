//! Training in the window: it moves the knobs, is one undo step, and can be ended at any moment.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/lessons.rs"]
mod lessons;
#[path = "support/window.rs"]
mod window;

use egui::Key;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::insight::DataPlot;
use neurodial_core::insight::data_plot::PlotValue;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, RunState};

use lessons::{
    choose_data, epoch, is_over, knobs, on_data, pause, play, play_pause, playing, press, run_steps, set,
    train, until,
};
use window::{COMMAND, SHIFT, Window, network};

#[test]
fn a_run_moves_the_knobs_and_is_one_undo_step() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let start = knobs(&window);
    train(&mut window, 5);
    let trained = knobs(&window);
    assert_ne!(trained, start);
    assert_eq!(run_steps(&window), 1);
    assert!(window.says("train loss"));
    // It goes on as the same run.
    let more = epoch(&window) + 3;
    train(&mut window, more);
    assert_eq!(run_steps(&window), 1);
    let trained = knobs(&window);
    window.command(Key::Z);
    assert_eq!(knobs(&window), start);
    assert_eq!(run_steps(&window), 0);
    assert_eq!(window.session().run().state, RunState::Interrupted);
    window.key_with(SHIFT, Key::Z);
    window.rest();
    assert_eq!(knobs(&window), trained);
}

#[test]
fn what_is_drawn_while_it_plays_is_of_the_present_knobs() {
    let mut window = on_data(network(&[2, 4, 1]), "circle");
    window.switch_alone(Pane::Data);
    window.rest();
    let check = |window: &Window| {
        let (insight, session) = (window.insight(), window.session());
        let Some(DataPlot::Map(map)) = insight.data_plot(&session) else {
            panic!("no map");
        };
        let network = &session.document().network;
        let value = |[from, to]: [f64; 2], place: usize| {
            from + (to - from) * place as f64 / (map.grid_size - 1) as f64
        };
        for (row, column) in [(0, 0), (5, 11), (map.grid_size - 1, 3)] {
            let run = network.forward_batch(&[value(map.x, column), value(map.y, row)], 1);
            let output = run.layers().last().unwrap().a[0];
            let PlotValue::Scaled(degree) = map.values[row * map.grid_size + column] else {
                panic!("two classes are degrees");
            };
            // Of two classes that tanh tells the targets are −1 and 1.
            assert!((degree - output).abs() < 1e-9, "{degree} {output}");
        }
        let exam = insight.loss_evaluation(&session);
        let exam = exam.as_ref().unwrap().as_ref().unwrap();
        let out = &exam.forward_pass().layers().last().unwrap().a;
        let again = network.forward_batch(exam.forward_pass().layer_inputs(0), exam.samples());
        assert_eq!(out, &again.layers().last().unwrap().a);
        map.grid_size
    };
    let at_rest = check(&window);
    play_pause(&mut window);
    let mut seen = Vec::new();
    for wanted in [2, 5, 9, 14] {
        until(&mut window, "epochs", |window| epoch(window) >= wanted);
        assert_eq!(window.session().run().state, RunState::Running);
        assert!(check(&window) < at_rest, "coarser");
        seen.push(knobs(&window));
    }
    seen.dedup();
    assert!(seen.len() > 1, "they moved");
    pause(&mut window);
    assert_eq!(check(&window), at_rest, "fine again");
}

#[test]
fn undo_in_the_middle_of_a_run_takes_all_of_it_back() {
    let mut window = on_data(network(&[2, 4, 1]), "circle");
    let start = knobs(&window);
    play(&mut window, 3);
    window.key_with(COMMAND, Key::Z);
    assert_eq!(knobs(&window), start);
    // No late news comes.
    window.rest();
    window.wait(0.2);
    assert_eq!(knobs(&window), start);
    assert!(is_over(&window));
}

#[test]
fn a_locked_knob_stays() {
    let mut window = Window::open(network(&[2, 4, 1]));
    let knob = Knob::weight(0, 1, 0);
    let lock = window.places(Pane::Knobs, Element::Lock(knob)).remove(0);
    window.click_at(lock.bounds().center());
    assert!(window.session().document().locked.contains(&knob));
    let before = window.value(knob.into()).to_bits();
    window.switch_alone(Pane::Training);
    choose_data(&mut window, "moons");
    let start = knobs(&window);
    train(&mut window, 4);
    assert_eq!(window.value(knob.into()).to_bits(), before);
    let moved = knobs(&window)
        .iter()
        .zip(&start)
        .filter(|(now, then)| now != then)
        .count();
    assert_eq!(moved, start.len() - 1);
}

#[test]
fn back_to_the_start_gives_the_same_start_and_the_same_run() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    let start = knobs(&window);
    let mut trained = Vec::new();
    for _ in 0..2 {
        window.click("one epoch");
        until(&mut window, "an epoch", |window| {
            epoch(window) == 1 && is_over(window)
        });
        trained.push(knobs(&window));
        window.click("back to the start of training");
        assert_eq!(knobs(&window), start);
        assert_eq!(run_steps(&window), 0);
    }
    assert_eq!(trained[0], trained[1]);
    assert_ne!(trained[0], start);
    window.click("one step");
    until(&mut window, "a step", |window| {
        is_over(window) && knobs(window) != start
    });
    assert_ne!(knobs(&window), trained[0]);
}

#[test]
fn a_pause_in_the_middle_of_an_epoch_changes_nothing() {
    let mut window = on_data(network(&[2, 8, 8, 1]), "spiral");
    for (setting, value) in [("samples", "800"), ("batch", "1"), ("epochs", "2")] {
        set(&mut window, setting, value);
    }
    press(&mut window, &["pace", "full speed"]);
    play_pause(&mut window);
    until(&mut window, "the end", is_over);
    assert_eq!(window.session().run().state, RunState::Done);
    let whole = knobs(&window);
    window.click("back to the start of training");
    let mut has_waited_inside = false;
    for _ in 0..3 {
        play_pause(&mut window);
        let before = knobs(&window);
        until(&mut window, "a turn of the knobs", |window| {
            knobs(window) != before
        });
        pause(&mut window);
        let waits = window.session().run().state == RunState::Paused;
        has_waited_inside |= waits && knobs(&window) != moment(&window);
    }
    assert!(has_waited_inside, "an epoch is longer than a pause waits for");
    while window.session().run().state == RunState::Paused {
        play_pause(&mut window);
        until(&mut window, "the end", is_over);
    }
    assert_eq!(knobs(&window), whole);
}

/// The bits of the knobs at the last kept moment.
fn moment(window: &Window) -> Vec<u64> {
    let session = window.session();
    let last = session.run().current_branch.checkpoints.last().unwrap();
    last.knobs.iter().map(|knob| knob.to_bits()).collect()
}

#[test]
fn another_architecture_ends_a_run() {
    let mut window = playing(network(&[2, 4, 1]), "xor", 2);
    // While it plays the window does not come to rest.
    press(&mut window, &["Network", "Add a neuron to layer 2"]);
    assert!(is_over(&window));
    assert_eq!(window.session().architecture().width(1), 2);
    // Two outputs are a neuron for each class: a new run begins, with the new shape.
    train(&mut window, 2);
    assert_eq!(window.session().architecture().width(1), 2);
}

#[test]
fn a_knob_turned_meanwhile_is_trained_on_from_there() {
    let mut window = Window::open(network(&[2, 4, 1]));
    window.switch_alone(Pane::Training);
    choose_data(&mut window, "gaussians");
    window.switch_alone(Pane::Training);
    let target: Adjustable = Knob::weight(0, 0, 0).into();
    play(&mut window, 1);
    let (handle, per_one) = window.handle(target);
    window.press_at(handle);
    window.move_to(handle + egui::vec2(0.5 * per_one, 0.0));
    let held = window.value(target).to_bits();
    let so_far = epoch(&window);
    until(&mut window, "more epochs", |window| epoch(window) >= so_far + 3);
    assert_eq!(window.value(target).to_bits(), held);
    window.release();
    until(&mut window, "training of the knob", |window| {
        window.value(target).to_bits() != held
    });
    pause(&mut window);
    assert_eq!(run_steps(&window), 1);
}

#[test]
fn data_that_does_not_fit_is_told_and_helped() {
    let mut window = on_data(network(&[2, 4, 1]), "iris");
    let reason = "The data has 4 inputs and the network has 2";
    assert!(window.says(reason), "{}", window.tree());
    window.click("A network for this data");
    window.rest();
    assert_eq!(window.session().architecture().input_count(), 4);
    assert!(window.says("train loss"));
    assert!(!window.says("The data has"));
    train(&mut window, 3);
    // The confusion matrix is drawn for it.
    window.switch_alone(Pane::Data);
    assert!(window.session().setup().is_some());
}

#[test]
fn a_step_network_is_told_why_it_learns_nothing() {
    let mut window = on_data(network(&[2, 4, 1]), "xor");
    window.choose(&["Network", "Activation of layer 2", "step"]);
    assert!(window.says("Layer 2 has a step"));
}

#[test]
fn both_panes_are_there_at_first() {
    let window = Window::on("article");
    for pane in [Pane::Training, Pane::Data] {
        assert!(window.says(pane.title()), "{}", pane.title());
    }
}
