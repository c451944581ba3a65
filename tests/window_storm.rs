//! Whatever a person does at whatever moment of training: nothing breaks and nothing is lost.

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
use egui::{Key, vec2};
use neurodial::canvas::{DragMapping, Element};
use neurodial::panes::Pane;
use neurodial::widgets::compact_slider::CompactSliderGeometry;
use neurodial_core::session::{Document, Hyperparameter};

use lessons::{choose_data, knobs, press};
use window::{COMMAND, SHIFT, Window, network};

/// A simple generator, so that a failure can be had again by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    fn part(&mut self) -> f32 {
        self.below(1000) as f32 / 1000.0
    }
}

fn ask(window: &mut Window, name: &str) -> bool {
    let is_there = window.has(name);
    if is_there {
        window.ask(name, Action::Click, None);
    }
    is_there
}

/// Chooses from a list if it is there, at some place of it.
fn choose(window: &mut Window, name: &str, choices: &[&str], dice: &mut Dice) {
    if window.has(name) {
        press(window, &[name]);
        let choice = choices[dice.below(choices.len())];
        let is_there = window.button_named(choice).is_some();
        if is_there {
            press(window, &[choice]);
        } else {
            window.key(Key::Escape);
        }
    }
}

/// Something that a person may do, in words.
fn act(window: &mut Window, dice: &mut Dice) -> &'static str {
    match dice.below(24) {
        0..=3 => {
            window.key_with(COMMAND, Key::Space);
            "play or pause"
        }
        4 => {
            window.key_with(COMMAND, Key::Enter);
            "an epoch"
        }
        5 => {
            window.key_with(SHIFT, Key::Enter);
            "a step"
        }
        6 => {
            window.key_with(COMMAND, Key::Backspace);
            "back to the start"
        }
        7 => {
            window.key_with(COMMAND, Key::Z);
            "undo"
        }
        8 => {
            window.key_with(SHIFT, Key::Z);
            "redo"
        }
        9 => {
            window.key_with(COMMAND, Key::R);
            "random weights"
        }
        10 => {
            choose(window, "optimiser", &["sgd", "adam", "momentum"], dice);
            "another optimiser"
        }
        11 => {
            choose(window, "pace", &["full speed", "1 epoch/s", "120 epochs/s"], dice);
            "another pace"
        }
        12 => {
            choose(
                window,
                "loss",
                &["mean squared error", "hinge", "binary cross entropy"],
                dice,
            );
            "another loss"
        }
        13 => {
            choose(window, "data", &["xor", "moons", "line", "iris", "spiral"], dice);
            "other data"
        }
        14 => {
            let entries = [
                "Add a neuron to layer 1",
                "Add a neuron to layer 2",
                "Add an input",
            ];
            press(window, &["Network"]);
            let entry = entries[dice.below(entries.len())];
            match window.button_named(entry).is_some() {
                true => press(window, &[entry]),
                false => window.key(Key::Escape),
            }
            "another architecture"
        }
        15..=17 => {
            scrub(window, dice);
            "back and forth"
        }
        18 => {
            if !ask(window, "branch 1 of training") {
                return "no branch";
            }
            "a branch"
        }
        19 | 20 => {
            turn(window, dice);
            "a knob by hand"
        }
        21 | 22 => {
            drag_setting(window, dice);
            "a setting"
        }
        _ => {
            let names = [
                "duel with gradient descent",
                "end the duel",
                "back to your best",
                "let gradient descent go on from here",
                "close the duel",
            ];
            let there: Vec<&str> = names.into_iter().filter(|name| window.has(name)).collect();
            if let Some(name) = there.get(dice.below(there.len().max(1))) {
                press(window, &[*name]);
            }
            "the duel"
        }
    }
}

fn scrub(window: &mut Window, dice: &mut Dice) {
    let grip = window
        .parts(Pane::Training)
        .into_iter()
        .find(|placed| placed.element == Element::LossCurve);
    let Some(DragMapping::EpochDrag { rect, .. }) =
        grip.and_then(|placed| placed.handle).map(|grip| grip.mapping)
    else {
        return;
    };
    let at = |part: f32| rect.left_center() + vec2(part * rect.width(), 0.0);
    window.press_at(at(dice.part()));
    for _ in 0..dice.below(3) {
        window.move_to(at(dice.part()));
    }
    if dice.below(4) == 0 {
        window.key(Key::Escape);
    }
    window.release();
}

/// Takes a knob and turns it while frames go by, or has a screen reader set it.
fn turn(window: &mut Window, dice: &mut Dice) {
    let tracks: Vec<_> = window
        .parts(Pane::Knobs)
        .into_iter()
        .filter_map(|placed| match placed.handle.map(|grip| grip.mapping) {
            Some(DragMapping::Track {
                handle_pos: handle, ..
            }) => Some(handle),
            _ => None,
        })
        .collect();
    if tracks.is_empty() {
        return;
    }
    let handle = tracks[dice.below(tracks.len())];
    window.press_at(handle);
    for _ in 0..3 {
        window.move_to(handle + vec2(60.0 * (dice.part() - 0.5), 0.0));
    }
    if dice.below(3) == 0 {
        // In the middle of it somebody plays.
        window.key_with(COMMAND, Key::Space);
    }
    window.release();
    if window.has("timeline of training") && dice.below(3) == 0 {
        let value = Some(ActionData::NumericValue(f64::from(dice.part()) * 20.0));
        window.ask("timeline of training", Action::SetValue, value);
    }
}

/// Drags a setting of training, or presses keys on it.
fn drag_setting(window: &mut Window, dice: &mut Dice) {
    let all = Hyperparameter::ALL.map(Hyperparameter::name);
    let there: Vec<&str> = all.into_iter().filter(|name| window.has(name)).collect();
    let Some(name) = there.get(dice.below(there.len().max(1))) else {
        return;
    };
    let geometry = CompactSliderGeometry::from_rect(window.node(name).rect());
    window.press_at(geometry.pos_at(f64::from(dice.part())));
    for _ in 0..dice.below(3) {
        window.move_to(geometry.pos_at(f64::from(dice.part())));
    }
    match dice.below(4) {
        0 => window.key(Key::Escape),
        1 => window.key_with(COMMAND, Key::Space),
        2 => window.key(Key::ArrowLeft),
        _ => {}
    }
    window.release();
}

#[track_caller]
fn check(window: &Window, what: &str) {
    let session = window.session();
    let (network, run) = (&session.document().network, session.run());
    assert!(network.knobs().iter().all(|knob| knob.is_finite()), "{what}");
    assert!(
        run.current_epoch <= run.current_branch.last_epoch(),
        "{what}: epoch {} of {}",
        run.current_epoch,
        run.current_branch.last_epoch()
    );
    for line in std::iter::once(&run.current_branch).chain(run.other_branches.iter()) {
        for moment in line.checkpoints.iter() {
            assert_eq!(
                moment.knobs.len(),
                network.knobs().len(),
                "{what}: a line of another network"
            );
        }
        let epochs: Vec<usize> = line.metrics.iter().map(|record| record.epoch).collect();
        assert!(epochs.is_sorted(), "{what}: {epochs:?}");
    }
    if let Some(duel) = session.challenge() {
        assert_eq!(duel.knob_count, network.knobs().len(), "{what}");
    }
}

fn storm(seed: u64) {
    let mut dice = Dice(seed);
    let mut window = Window::open(network(&[2, 3, 1]));
    let start: Document = window.session().document().clone();
    window.click("Training");
    choose_data(&mut window, "circle");
    press(&mut window, &["data and settings of training"]);
    if !window.has("optimiser") {
        press(&mut window, &["data and settings of training"]);
    }
    let mut way = Vec::new();
    for _ in 0..45 {
        way.push(act(&mut window, &mut dice));
        for _ in 0..dice.below(5) {
            window.harness.step();
        }
        check(&window, &format!("seed {seed}: {way:?}"));
    }
    // Nobody trains any more, and what there is stays.
    window.key(Key::Escape);
    if window.has("close the duel") {
        press(&mut window, &["close the duel"]);
    }
    if window.session().run().state == neurodial_core::session::RunState::Running {
        window.key_with(COMMAND, Key::Space);
        window.wait(0.5);
    }
    let end = (knobs(&window), window.session().document().clone());
    let mut undone = 0;
    while window.steps() > 0 {
        window.key_with(COMMAND, Key::Z);
        undone += 1;
        assert!(undone < 1000, "seed {seed}: undo comes to an end");
    }
    let at_start = window.session().document().clone();
    assert!(at_start.is_bitwise_equal(&start), "seed {seed}: {way:?}");
    for _ in 0..undone {
        window.key_with(SHIFT, Key::Z);
    }
    assert_eq!(knobs(&window), end.0, "seed {seed}: {way:?}");
    assert!(
        window.session().document().is_bitwise_equal(&end.1),
        "seed {seed}: {way:?}"
    );
    // It may be closed in the middle of a run.
    window.key_with(COMMAND, Key::Space);
    window.harness.step();
}

#[test]
fn a_storm_of_doings_breaks_nothing_and_undo_brings_back_the_start() {
    storm(1);
}

#[test]
fn another_storm() {
    storm(11);
}
