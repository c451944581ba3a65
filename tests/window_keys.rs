//! Keys on a focused knob, and the way of the focus.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::Action;
use egui::{Key, Modifiers};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::{Adjustable, Preset};
use window::{Window, b, network, preset, w};

const W11: &str = "weight from input 1 to neuron 1";

fn focused(name: &str) -> Window {
    let mut window = Window::on("article");
    window.ask(name, Action::Focus, None);
    window.rest();
    assert!(window.has_focus(name), "{:?}", window.focus());
    window
}

/// The names on the way of Tab, once around.
fn tab_stops(window: &mut Window, modifiers: Modifiers) -> Vec<String> {
    let mut stops = Vec::new();
    for _ in 0..400 {
        window.key_with(modifiers, Key::Tab);
        window.rest();
        let Some(name) = window.focus() else {
            let id = window.harness.ctx.memory(egui::Memory::focused);
            // The borders between panes are egui_tiles's own.
            let is_border = id.is_none_or(|id| format!("{id:?}").contains("resize"));
            assert!(
                is_border,
                "a stop without a name after {:?}: {id:?}",
                stops.last()
            );
            continue;
        };
        if stops.first() == Some(&name) {
            return stops;
        }
        stops.push(name);
    }
    panic!("no way around: {stops:?}");
}

#[test]
fn the_knob_list_is_one_stop_of_the_way_around() {
    for preset in Preset::ALL {
        let mut window = Window::on(preset.name);
        let stops = tab_stops(&mut window, Modifiers::NONE);
        let of = |pane: Pane| {
            let names: Vec<String> = window
                .parts(pane)
                .iter()
                .filter(|placed| placed.is_focusable)
                .map(|placed| format!("{:?}", placed.id))
                .collect();
            names.len()
        };
        assert!(of(Pane::Knobs) >= 2);
        let is_knob = |name: &&String| name.starts_with("weight ") || name.starts_with("bias ");
        let in_sum = |name: &&String| name.ends_with("in the sum");
        let in_list = stops.iter().filter(|name| is_knob(name) && !in_sum(name)).count();
        assert_eq!(in_list, 1, "{}: {stops:?}", preset.name);
        let in_diagram = stops
            .iter()
            .filter(|name| {
                name.starts_with("edge ") || name.starts_with("rim ") || name.contains("in the diagram")
            })
            .count();
        assert!(in_diagram <= 1, "{}: {stops:?}", preset.name);
        assert!(stops.iter().any(|name| name == "File"), "{stops:?}");
        let backwards = tab_stops(&mut window, Modifiers::SHIFT);
        assert_eq!(backwards.len(), stops.len(), "{stops:?} {backwards:?}");
    }
}

#[test]
fn arrows_turn_by_the_step_and_values_stay_tidy() {
    let mut window = focused(W11);
    for (modifiers, key, value) in [
        (Modifiers::NONE, Key::ArrowRight, 0.3),
        (Modifiers::NONE, Key::ArrowRight, 0.4),
        (Modifiers::SHIFT, Key::ArrowRight, 0.41),
        (Modifiers::SHIFT, Key::ArrowLeft, 0.4),
        (Modifiers::NONE, Key::ArrowLeft, 0.3),
        (Modifiers::NONE, Key::PageUp, 1.3),
        (Modifiers::NONE, Key::PageDown, 0.3),
        (Modifiers::NONE, Key::PageDown, -0.7),
        (Modifiers::NONE, Key::End, 5.0),
        (Modifiers::NONE, Key::ArrowRight, 5.0),
        (Modifiers::NONE, Key::Home, -5.0),
        (Modifiers::NONE, Key::ArrowLeft, -5.0),
        (Modifiers::SHIFT, Key::ArrowRight, -4.99),
    ] {
        window.key_with(modifiers, key);
        assert_eq!(window.value(w(1, 1)), value, "{modifiers:?} {key:?}");
        assert_eq!(window.told(W11), window.shown(value));
        window.check_one_pass();
    }
    assert!(window.has_focus(W11));
}

#[test]
fn fine_digits_that_somebody_chose_are_kept_by_the_arrows() {
    let mut window = focused(W11);
    window.ask(
        W11,
        Action::SetValue,
        Some(egui::accesskit::ActionData::NumericValue(1.0 / 3.0)),
    );
    window.key(Key::ArrowRight);
    assert_eq!(window.value(w(1, 1)), 1.0 / 3.0 + 0.1);
}

#[test]
fn up_and_down_go_to_the_knob_before_and_the_next_one() {
    let mut window = focused(W11);
    let names: Vec<String> = {
        let session = window.session();
        let blueprint = session.architecture();
        let mut rows = Vec::new();
        for neuron in 1..=3 {
            rows.extend((1..=4).map(|input| w(neuron, input).describe(blueprint)));
            rows.push(b(neuron).describe(blueprint));
        }
        rows
    };
    for name in &names[1..] {
        window.key(Key::ArrowDown);
        window.rest();
        assert!(window.has_focus(name), "{:?} instead of {name}", window.focus());
    }
    window.key(Key::ArrowDown);
    window.rest();
    assert!(window.has_focus(&names[14]), "the last one is the end");
    for name in names.iter().rev().skip(1) {
        window.key(Key::ArrowUp);
        window.rest();
        assert!(window.has_focus(name), "{:?} instead of {name}", window.focus());
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn down_goes_on_to_rows_out_of_view_and_the_list_follows() {
    let mut window = Window::open(network(&[784, 128, 64, 10]));
    let first = "weight from input 1 to neuron 1 of layer 1";
    window.ask(first, Action::Focus, None);
    window.rest();
    for input in 2..=60 {
        window.key(Key::ArrowDown);
        window.rest();
        let name = format!("weight from input {input} to neuron 1 of layer 1");
        assert!(window.has_focus(&name), "{:?} instead of {name}", window.focus());
        let row = window.node(&name).rect();
        assert!(
            row.top() > 60.0 && row.bottom() < 790.0,
            "{name} is in view: {row:?}"
        );
    }
    for input in (30..60).rev() {
        window.key(Key::ArrowUp);
        window.rest();
        let name = format!("weight from input {input} to neuron 1 of layer 1");
        let row = window.node(&name).rect();
        assert!(window.has_focus(&name) && row.top() > 60.0 && row.bottom() < 790.0);
    }
}

#[test]
fn the_focus_stays_in_the_list_when_its_row_is_scrolled_away() {
    let mut window = Window::open(network(&[200, 3]));
    let first = "weight from input 1 to neuron 1";
    window.ask(first, Action::Focus, None);
    let over_list = window.track(w(1, 9)).center();
    window.move_to(over_list);
    for _ in 0..10 {
        window.wheel(-10.0);
        window.rest();
    }
    assert!(
        window
            .places(Pane::Knobs, Element::Adjustable(w(1, 1)))
            .is_empty(),
        "scrolled away"
    );
    assert!(
        window.focus().unwrap().contains("out of view"),
        "{:?}",
        window.focus()
    );
    let before = window.value(w(1, 1));
    window.key(Key::ArrowRight);
    assert!((window.value(w(1, 1)) - before - 0.1).abs() < 1e-9);
    window.key(Key::ArrowDown);
    window.rest();
    assert!(
        window.has_focus("weight from input 2 to neuron 1"),
        "{:?}",
        window.focus()
    );
}

#[test]
fn a_held_key_is_one_step_and_two_presses_are_two() {
    let mut window = focused(W11);
    for _ in 0..6 {
        window.key_event(Key::ArrowRight, Modifiers::NONE, true);
    }
    window.key_event(Key::ArrowRight, Modifiers::NONE, false);
    assert_eq!(window.value(w(1, 1)), 0.8);
    assert_eq!(window.steps(), 1);
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    assert_eq!(window.steps(), 3);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.8);
    window.command(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.2);
}

#[test]
fn letters_lock_reset_and_sweep() {
    let mut window = focused(W11);
    window.key(Key::End);
    window.key(Key::Delete);
    assert_eq!(window.value(w(1, 1)), 0.2);
    window.key(Key::C);
    assert_eq!(window.session().view().swept, w(1, 1));
    window.key(Key::L);
    assert!(window.session().document().is_locked(w(1, 1)));
    window.key(Key::ArrowRight);
    assert_eq!(window.value(w(1, 1)), 0.2);
    assert!(window.says("is locked; unlock it first"));
    window.key(Key::Delete);
    assert_eq!(window.value(w(1, 1)), 0.2);
    window.key(Key::L);
    assert!(!window.session().document().is_locked(w(1, 1)));
}

#[test]
fn arrows_and_enter_find_their_way_through_the_diagram() {
    let mut window = Window::on("article");
    window.ask("input 1", Action::Focus, None);
    window.rest();
    window.key(Key::ArrowRight);
    assert_eq!(window.value(Adjustable::Input(0)), 1.1);
    for name in ["input 2", "input 3", "input 4", "neuron 1 in the diagram"] {
        window.key(Key::ArrowDown);
        window.rest();
        assert!(window.has_focus(name), "{:?} instead of {name}", window.focus());
    }
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.session().view().selected.neuron, 0);
    for name in ["edge from input 1 to neuron 1", "edge from input 2 to neuron 1"] {
        window.key(Key::ArrowDown);
        window.rest();
        assert!(window.has_focus(name), "{:?} instead of {name}", window.focus());
    }
    window.key(Key::PageUp);
    assert_eq!(window.value(w(1, 2)), 1.8);
    window.key(Key::Escape);
    window.rest();
    assert_eq!(window.focus(), None);
}

#[test]
fn the_menu_of_a_focused_knob_is_used_with_the_keyboard_alone() {
    let mut window = focused(W11);
    window.key(Key::End);
    window.key(Key::M);
    window.rest();
    assert!(window.has("Curves over w₁₁"));
    window.key(Key::ArrowDown);
    window.rest();
    assert_eq!(window.value(w(1, 1)), 5.0, "arrows are the menu's now");
    assert!(window.has_focus("Reset"), "{:?}", window.focus());
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(1, 1)), 0.2);
    assert!(!window.has("Curves over w₁₁"), "closed");
    assert!(window.has_focus(W11), "{:?}", window.focus());
    window.key(Key::M);
    window.rest();
    window.key(Key::Escape);
    window.rest();
    assert!(!window.has("Curves over w₁₁"), "given up");
    assert_eq!(window.steps(), 2);
}

#[test]
fn keys_turn_what_is_focused_also_after_another_document_is_opened() {
    let mut window = focused(W11);
    window.key(Key::ArrowRight);
    window.command(Key::Z);
    window.choose(&["File", "Open preset", "neuron"]);
    assert_eq!(window.session().architecture().knob_count(), 2);
    let stops = tab_stops(&mut window, Modifiers::NONE);
    assert!(stops.iter().any(|name| name == W11), "{stops:?}");
    assert_eq!(
        preset("neuron").document().value(w(1, 1)),
        Some(window.value(w(1, 1)))
    );
}
