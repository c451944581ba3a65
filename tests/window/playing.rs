//! Playing a knob or an input: it moves through its range and back, by button, key or menu.

use egui::{Key, Pos2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, Edit, Session};
use neurodial_core::text::Messages;

use crate::support::training::{pause_training, start_training, toggle_training, window_with_data};
use crate::support::{CTRL, TestWindow, b, network, preset, w};

const MESSAGES: Messages = Messages::ENGLISH;
/// The time from one end of the range to the other at normal speed, in seconds.
const SECONDS: f32 = 5.0;

/// The accessible name of the slider of w₂₂.
const NAME: &str = "weight from input 2 to neuron 2";

/// Returns the center of the button that plays a knob.
fn play_button(window: &TestWindow, knob: Knob) -> Pos2 {
    window
        .hit_shapes(Pane::Knobs, Element::Play(knob))
        .remove(0)
        .bounds()
        .center()
}

/// Presses the button that plays a knob; a window that plays doesn't settle.
fn press_play(window: &mut TestWindow, knob: Knob) {
    let pos = play_button(window, knob);
    window.press_at(pos);
    window.release();
}

fn is_playing(window: &mut TestWindow, target: Adjustable) -> bool {
    let before = window.value(target);
    window.run_for(0.2);
    window.value(target) != before
}

#[test]
fn a_played_knob_moves_through_its_range_and_back_in_one_undo_step() {
    let mut window = TestWindow::with_preset("article");
    let knob = Knob::weight(0, 1, 1);
    let start = window.value(knob.into());
    let range = window.session().document().range(knob.into());
    let undo_count = window.undo_count();
    let sum_before = window.insight().formula().z;
    press_play(&mut window, knob);
    let (mut values, frames) = (Vec::new(), (2.5 * SECONDS * 60.0) as usize);
    for _ in 0..frames {
        window.run_for(0.01);
        window.check_one_pass();
        values.push(window.value(knob.into()));
    }
    assert!(values.contains(&range.max) && values.contains(&range.min));
    let turns = values
        .windows(3)
        .filter(|three| (three[1] > three[0]) != (three[2] > three[1]));
    assert!(turns.count() >= 2, "it turns around at both ends");
    let largest_step = values
        .windows(2)
        .map(|two| (two[1] - two[0]).abs())
        .fold(0.0, f64::max);
    let expected_step = (range.max - range.min) / f64::from(SECONDS * 60.0);
    assert!(
        (largest_step - expected_step).abs() < 0.5 * expected_step,
        "{largest_step}"
    );
    // What is shown follows in the same frame.
    assert_eq!(window.session().view().selected.neuron, 1);
    assert_ne!(window.insight().formula().z, sum_before);
    let shown = window.numeric_value(NAME);
    assert_eq!(shown, window.value(knob.into()));
    assert_eq!(window.undo_count(), undo_count + 1);
    // A second press stops it, and the window is idle again.
    press_play(&mut window, knob);
    assert!(!is_playing(&mut window, knob.into()));
    window.run_for(1.5);
    window.check_no_repaint_requested("after playing");
    assert_eq!(window.undo_count(), undo_count + 1);
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(knob.into()), start);
}

#[test]
fn the_space_key_plays_and_escape_stops() {
    let mut window = TestWindow::with_preset("article");
    let target = b(1);
    window.focus("bias of neuron 1");
    window.press_key(Key::Space);
    assert!(is_playing(&mut window, target));
    window.press_key(Key::Escape);
    assert!(!is_playing(&mut window, target));
    window.settle();
    window.focus("bias of neuron 1");
    window.press_key(Key::Space);
    assert!(is_playing(&mut window, target));
    window.press_key(Key::Space);
    assert!(!is_playing(&mut window, target));
    window.settle();
    assert!(window.has_focus("bias of neuron 1"));
}

#[test]
fn a_change_by_hand_stops_it() {
    let mut window = TestWindow::with_preset("article");
    let knob = Knob::weight(0, 1, 1);
    let target = w(2, 2);
    // By dragging the slider.
    press_play(&mut window, knob);
    assert!(is_playing(&mut window, target));
    let (handle, _) = window.slider_handle(target);
    window.press_at(handle);
    assert!(!is_playing(&mut window, target));
    window.release();
    window.settle();
    // By an arrow key.
    window.focus(NAME);
    window.press_key(Key::Space);
    assert!(is_playing(&mut window, target));
    window.press_key(Key::ArrowLeft);
    assert!(!is_playing(&mut window, target));
    window.settle();
    // By undo.
    window.press_key(Key::Space);
    assert!(is_playing(&mut window, target));
    window.press_key_with(CTRL, Key::Z);
    assert!(!is_playing(&mut window, target));
    window.settle();
    // Another knob is played instead.
    window.press_key(Key::Space);
    let other = Knob::bias(0, 2);
    press_play(&mut window, other);
    assert!(!is_playing(&mut window, target));
    assert!(is_playing(&mut window, other.into()));
    window.press_key(Key::Escape);
    window.settle();
}

#[test]
fn a_locked_knob_says_why_it_is_not_played() {
    let mut session: Session = preset("article");
    let knob = Knob::weight(0, 1, 1);
    session
        .apply(Edit::SetLocked {
            knob,
            is_locked: true,
        })
        .unwrap();
    let mut window = TestWindow::with_session(session);
    press_play(&mut window, knob);
    assert!(window.shows_text(MESSAGES.disabled_locked()));
    assert!(!is_playing(&mut window, knob.into()));
    window.run_for(1.5);
    window.check_no_repaint_requested("a locked knob");
}

#[test]
fn a_knob_is_not_played_during_training() {
    let mut window = window_with_data(network(&[2, 4, 1]), "circle");
    window.toggle_maximized(Pane::Knobs);
    start_training(&mut window, 2);
    press_play(&mut window, Knob::bias(0, 0));
    assert!(window.shows_text(MESSAGES.disabled_during_training()));
    pause_training(&mut window);
    press_play(&mut window, Knob::bias(0, 0));
    assert!(is_playing(&mut window, b(1)));
    // Training takes over.
    toggle_training(&mut window);
    window.run_for(0.1);
    pause_training(&mut window);
    assert!(!is_playing(&mut window, b(1)));
}

#[test]
fn the_menu_plays_inputs_too_and_chooses_the_speed() {
    let mut window = TestWindow::with_preset("article");
    let distance_in = |window: &mut TestWindow, speed: &str| {
        let name = "bias of neuron 1";
        let pos = window.node(name).rect().center();
        window.right_click_at(pos);
        window.choose(&[MESSAGES.element_menu_play_speed(), speed]);
        window.settle();
        window.press_key(Key::Escape);
        window.settle();
        window.focus(name);
        window.press_key(Key::Home);
        window.press_key(Key::Space);
        let before = window.value(b(1));
        window.run_for(1.0);
        let distance = window.value(b(1)) - before;
        window.press_key(Key::Escape);
        window.settle();
        distance
    };
    let slow = distance_in(&mut window, MESSAGES.play_speed_slow());
    let normal = distance_in(&mut window, MESSAGES.play_speed_normal());
    let fast = distance_in(&mut window, MESSAGES.play_speed_fast());
    assert!((normal / slow - 2.0).abs() < 0.2, "{slow} {normal}");
    assert!((fast / normal - 2.5).abs() < 0.2, "{normal} {fast}");
    // An input, from the menu of its node in the diagram.
    let input = Element::Adjustable(Adjustable::Input(0));
    let pos = window.element_rect(Pane::Diagram, input).center();
    window.right_click_at(pos);
    let entry = window.button_named(MESSAGES.element_menu_play()).unwrap();
    let pos = entry.rect().center();
    window.press_at(pos);
    window.release();
    assert!(is_playing(&mut window, Adjustable::Input(0)));
    window.press_key(Key::Escape);
    window.settle();
    assert!(!is_playing(&mut window, Adjustable::Input(0)));
}
