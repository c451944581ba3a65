//! Keys on a focused knob, and moving the focus.

use egui::accesskit::Action;
use egui::{Key, Modifiers};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::formats::Preset;
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

use crate::support::{TestWindow, W11, b, network, preset, w};

/// Opens `article` with the focus on the control of that name.
fn window_with_focus(name: &str) -> TestWindow {
    let mut window = TestWindow::with_preset("article");
    window.focus(name);
    window.check_focus(name);
    window
}

/// Returns the names of all controls that Tab reaches, once around.
fn tab_stops(window: &mut TestWindow, modifiers: Modifiers) -> Vec<String> {
    let mut stops = Vec::new();
    for _ in 0..400 {
        window.press_key_with(modifiers, Key::Tab);
        window.settle();
        let Some(name) = window.focused_name() else {
            let id = window.harness.ctx.memory(egui::Memory::focused);
            // The borders between panes belong to egui_tiles and have no name.
            let is_border = id.is_none_or(|id| format!("{id:?}").contains("resize"));
            assert!(
                is_border,
                "a tab stop without a name after {:?}: {id:?}",
                stops.last()
            );
            continue;
        };
        if stops.first() == Some(&name) {
            return stops;
        }
        stops.push(name);
    }
    panic!("Tab does not return to the first stop: {stops:?}");
}

#[test]
fn the_knob_list_is_a_single_tab_stop() {
    for preset in Preset::ALL {
        let mut window = TestWindow::with_preset(preset.name);
        let stops = tab_stops(&mut window, Modifiers::NONE);
        let elements = window.elements_in(Pane::Knobs);
        assert!(elements.iter().filter(|placed| placed.is_focusable).count() >= 2);
        let is_knob = |name: &&String| name.starts_with("weight ") || name.starts_with("bias of ");
        let is_in_formula = |name: &&String| name.ends_with("in the sum");
        let list_stops = stops
            .iter()
            .filter(|name| is_knob(name) && !is_in_formula(name))
            .count();
        assert_eq!(list_stops, 1, "{}: {stops:?}", preset.name);
        let diagram_stops = stops
            .iter()
            .filter(|name| {
                name.starts_with("connection: ")
                    || name.starts_with("bias ring ")
                    || name.contains("in the diagram")
            })
            .count();
        assert!(diagram_stops <= 1, "{}: {stops:?}", preset.name);
        assert!(stops.iter().any(|name| name == "File"), "{stops:?}");
        let backwards = tab_stops(&mut window, Modifiers::SHIFT);
        assert_eq!(backwards.len(), stops.len(), "{stops:?} {backwards:?}");
    }
}

#[test]
fn arrow_keys_change_by_the_increment_and_values_stay_round() {
    let mut window = window_with_focus(W11);
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
        window.press_key_with(modifiers, key);
        assert_eq!(window.value(w(1, 1)), value, "{modifiers:?} {key:?}");
        assert_eq!(window.text_value(W11), window.formatted(value));
        window.check_one_pass();
    }
    assert!(window.has_focus(W11));
}

#[test]
fn arrow_keys_keep_further_digits_of_a_value() {
    let mut window = window_with_focus(W11);
    window.request_action(
        W11,
        Action::SetValue,
        Some(egui::accesskit::ActionData::NumericValue(1.0 / 3.0)),
    );
    window.press_key(Key::ArrowRight);
    assert_eq!(window.value(w(1, 1)), 1.0 / 3.0 + 0.1);
}

#[test]
fn up_and_down_move_to_the_previous_and_next_knob() {
    let mut window = window_with_focus(W11);
    let names: Vec<String> = {
        let session = window.session();
        let architecture = session.architecture();
        let mut rows = Vec::new();
        for neuron in 1..=3 {
            rows.extend((1..=4).map(|input| w(neuron, input).describe(architecture)));
            rows.push(b(neuron).describe(architecture));
        }
        rows
    };
    for name in &names[1..] {
        window.press_key(Key::ArrowDown);
        window.settle();
        window.check_focus(name);
    }
    window.press_key(Key::ArrowDown);
    window.settle();
    assert!(window.has_focus(&names[14]), "the focus stays on the last one");
    for name in names.iter().rev().skip(1) {
        window.press_key(Key::ArrowUp);
        window.settle();
        window.check_focus(name);
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn down_scrolls_the_list_to_rows_out_of_view() {
    let mut window = TestWindow::with_session(network(&[784, 128, 64, 10]));
    let first = "weight from input 1 to neuron 1 of layer 1";
    window.focus(first);
    for input in 2..=60 {
        window.press_key(Key::ArrowDown);
        window.settle();
        let name = format!("weight from input {input} to neuron 1 of layer 1");
        window.check_focus(&name);
        let row = window.node(&name).rect();
        assert!(
            row.top() > 60.0 && row.bottom() < 790.0,
            "{name} is in view: {row:?}"
        );
    }
    for input in (30..60).rev() {
        window.press_key(Key::ArrowUp);
        window.settle();
        let name = format!("weight from input {input} to neuron 1 of layer 1");
        let row = window.node(&name).rect();
        assert!(window.has_focus(&name) && row.top() > 60.0 && row.bottom() < 790.0);
    }
}

#[test]
fn the_focus_stays_in_the_list_when_its_row_is_scrolled_away() {
    let mut window = TestWindow::with_session(network(&[200, 3]));
    let first = "weight from input 1 to neuron 1";
    window.request_action(first, Action::Focus, None);
    let list_pos = window.slider_track(w(1, 9)).center();
    window.move_to(list_pos);
    for _ in 0..10 {
        window.scroll(-10.0);
        window.settle();
    }
    assert!(
        window
            .hit_shapes(Pane::Knobs, Element::Adjustable(w(1, 1)))
            .is_empty(),
        "scrolled away"
    );
    assert!(
        window.focused_name().unwrap().contains("out of view"),
        "{:?}",
        window.focused_name()
    );
    let before = window.value(w(1, 1));
    window.press_key(Key::ArrowRight);
    assert!((window.value(w(1, 1)) - before - 0.1).abs() < 1e-9);
    window.press_key(Key::ArrowDown);
    window.settle();
    window.check_focus("weight from input 2 to neuron 1");
}

#[test]
fn a_held_key_is_one_undo_step_and_two_presses_are_two() {
    let mut window = window_with_focus(W11);
    for _ in 0..6 {
        window.send_key(Key::ArrowRight, Modifiers::NONE, true);
    }
    window.send_key(Key::ArrowRight, Modifiers::NONE, false);
    assert_eq!(window.value(w(1, 1)), 0.8);
    assert_eq!(window.undo_count(), 1);
    window.press_key(Key::ArrowRight);
    window.press_key(Key::ArrowRight);
    assert_eq!(window.undo_count(), 3);
    window.press_ctrl(Key::Z);
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.8);
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(1, 1)), 0.2);
}

#[test]
fn keys_lock_reset_and_set_the_horizontal_axis() {
    let mut window = window_with_focus(W11);
    window.press_key(Key::End);
    window.press_key(Key::Delete);
    assert_eq!(window.value(w(1, 1)), 0.2);
    window.press_key(Key::C);
    assert_eq!(window.session().view().swept, w(1, 1));
    window.press_key(Key::L);
    assert!(window.session().document().is_locked(w(1, 1)));
    window.press_key(Key::ArrowRight);
    assert_eq!(window.value(w(1, 1)), 0.2);
    assert!(window.shows_text("is locked; unlock it first"));
    window.press_key(Key::Delete);
    assert_eq!(window.value(w(1, 1)), 0.2);
    window.press_key(Key::L);
    assert!(!window.session().document().is_locked(w(1, 1)));
}

#[test]
fn arrow_keys_and_enter_navigate_the_diagram() {
    let mut window = TestWindow::with_preset("article");
    window.focus("input 1");
    window.press_key(Key::ArrowRight);
    assert_eq!(window.value(Adjustable::Input(0)), 1.1);
    for name in ["input 2", "input 3", "input 4", "neuron 1 in the diagram"] {
        window.press_key(Key::ArrowDown);
        window.settle();
        window.check_focus(name);
    }
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.session().view().selected.neuron, 0);
    for name in [
        "connection: weight from input 1 to neuron 1",
        "connection: weight from input 2 to neuron 1",
    ] {
        window.press_key(Key::ArrowDown);
        window.settle();
        window.check_focus(name);
    }
    window.press_key(Key::PageUp);
    assert_eq!(window.value(w(1, 2)), 1.8);
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!(window.focused_name(), None);
}

#[test]
fn the_menu_of_a_focused_knob_works_with_the_keyboard_alone() {
    let mut window = window_with_focus(W11);
    window.press_key(Key::End);
    window.press_key(Key::M);
    window.settle();
    assert!(window.has_node("Use w₁₁ as horizontal axis"));
    window.press_key(Key::ArrowDown);
    window.settle();
    assert_eq!(window.value(w(1, 1)), 5.0, "the arrow keys belong to the menu");
    window.check_focus(Messages::ENGLISH.element_menu_reset());
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(1, 1)), 0.2);
    assert!(!window.has_node("Use w₁₁ as horizontal axis"), "closed");
    window.check_focus(W11);
    window.press_key(Key::M);
    window.settle();
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node("Use w₁₁ as horizontal axis"), "canceled");
    assert_eq!(window.undo_count(), 2);
}

#[test]
fn keyboard_navigation_works_after_opening_another_document() {
    let mut window = window_with_focus(W11);
    window.press_key(Key::ArrowRight);
    window.press_ctrl(Key::Z);
    window.open_preset("neuron");
    assert_eq!(window.session().architecture().knob_count(), 2);
    let stops = tab_stops(&mut window, Modifiers::NONE);
    assert!(stops.iter().any(|name| name == W11), "{stops:?}");
    assert_eq!(
        preset("neuron").document().value(w(1, 1)),
        Some(window.value(w(1, 1)))
    );
}

#[test]
fn the_first_tab_leads_to_the_first_knob_of_the_selected_neuron() {
    let mut window = TestWindow::with_preset("article");
    let selected = window.session().view().selected;
    let first = w(selected.neuron + 1, 1).describe(window.session().architecture());
    window.press_key(Key::Tab);
    window.settle();
    window.check_focus(&first);
    window.press_key(Key::ArrowRight);
    assert_eq!(window.undo_count(), 1, "the knob can be changed at once");
    // From there, Tab goes on as usual.
    window.press_key(Key::Tab);
    window.settle();
    assert_ne!(window.focused_name().as_deref(), Some(first.as_str()));
    // The row scrolls into view.
    let mut window = TestWindow::with_session(network(&[60, 3]));
    window.press_ctrl(Key::ArrowDown);
    window.press_ctrl(Key::ArrowDown);
    let neuron = window.session().view().selected.neuron + 1;
    let first = w(neuron, 1).describe(window.session().architecture());
    window.press_key(Key::Tab);
    window.settle();
    window.check_focus(&first);
    let row = window.node(&first).rect();
    assert!(row.top() > 60.0 && row.bottom() < 790.0, "{row}");
}

#[test]
fn escape_restores_a_maximized_pane_unless_something_else_takes_it() {
    let messages = Messages::ENGLISH;
    let mut window = TestWindow::with_preset("article");
    let is_maximized = |window: &TestWindow| window.has_node(messages.header_show_all());
    window.press_ctrl(Key::Num1);
    assert!(is_maximized(&window));
    // A number field, a menu, a dialog, stepping and a drag come first.
    window.focus(W11);
    window.press_key(Key::Enter);
    window.settle();
    window.press_key(Key::Escape);
    window.settle();
    assert!(is_maximized(&window), "the field has closed");
    window.choose(&[messages.menu_help()]);
    window.press_key(Key::Escape);
    window.settle();
    assert!(is_maximized(&window), "the menu has closed");
    window.press_key(Key::F1);
    window.settle();
    window.press_key(Key::Escape);
    window.settle();
    assert!(is_maximized(&window), "the dialog has closed");
    window.press_key(Key::N);
    window.settle();
    window.press_key(Key::Escape);
    window.settle();
    assert!(window.session().view().forward_step.is_none());
    assert!(is_maximized(&window), "stepping has ended");
    let (handle, _) = window.slider_handle(w(2, 2));
    window.press_at(handle);
    window.move_to(handle + egui::vec2(20.0, 0.0));
    window.press_key(Key::Escape);
    window.release();
    window.settle();
    assert_eq!(window.undo_count(), 0, "the drag was canceled");
    assert!(is_maximized(&window));
    window.press_key(Key::Escape);
    window.settle();
    assert!(!is_maximized(&window));
}

#[test]
fn undo_and_redo_with_nothing_left_say_nothing() {
    let mut window = TestWindow::with_preset("article");
    let messages = Messages::ENGLISH;
    window.press_ctrl(Key::Z);
    window.press_ctrl(Key::Y);
    assert!(!window.shows_text(messages.disabled_nothing_to_undo()));
    assert!(!window.shows_text(messages.disabled_nothing_to_redo()));
    assert!(
        window.shows_text(messages.status_help()),
        "the status line is as before"
    );
}
