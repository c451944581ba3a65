//! Requests of a screen reader to knobs, bias rings, edges, inputs and neurons.

use egui::Key;
use egui::accesskit::{Action, ActionData};
use egui_kittest::kittest::Queryable;
use neurodial::panes::Pane;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;

use crate::support::{TestWindow, action_request, b, w};

/// The names of sliders, and the numbers they change.
fn sliders() -> [(&'static str, Adjustable); 5] {
    [
        ("weight from input 3 to neuron 2", w(2, 3)),
        ("bias of neuron 2", b(2)),
        ("connection: weight from input 3 to neuron 2", w(2, 3)),
        ("bias ring of neuron 2", b(2)),
        ("input 3", Adjustable::Input(2)),
    ]
}

#[test]
fn a_value_can_be_set_as_a_number_or_as_text() {
    for (name, target) in sliders() {
        let mut window = TestWindow::with_preset("article");
        let before = window.value(target);
        window.request_action(name, Action::SetValue, Some(ActionData::NumericValue(1.25)));
        assert_eq!(window.value(target), 1.25, "{name}");
        assert_eq!(window.text_value(name), "1.250", "in the same frame");
        assert_eq!(window.numeric_value(name), 1.25);
        window.check_one_pass();
        window.request_action(name, Action::SetValue, Some(ActionData::Value("−1/4".into())));
        assert_eq!(window.value(target), -0.25, "{name}");
        window.request_action(name, Action::SetValue, Some(ActionData::Value("much".into())));
        window.request_action(name, Action::SetValue, Some(ActionData::NumericValue(f64::NAN)));
        assert_eq!(window.value(target), -0.25, "an invalid number changes nothing");
        assert_eq!(window.undo_count(), 2);
        window.press_ctrl(Key::Z);
        window.press_ctrl(Key::Z);
        assert_eq!(window.value(target), before);
    }
}

#[test]
fn increment_and_decrement_actions_are_one_undo_step_each() {
    for (name, target) in sliders() {
        let mut window = TestWindow::with_preset("article");
        window.request_action(name, Action::SetValue, Some(ActionData::NumericValue(0.7)));
        window.request_action(name, Action::Increment, None);
        assert_eq!(window.value(target), 0.8, "{name}");
        window.check_one_pass();
        window.request_action(name, Action::Decrement, None);
        window.request_action(name, Action::Decrement, None);
        assert_eq!(window.value(target), 0.6, "{name}");
        assert_eq!(window.undo_count(), 4, "each is an undo step");
    }
}

#[test]
fn the_focus_moves_where_it_is_requested() {
    let names = sliders().map(|(name, _)| name);
    let others = ["neuron 1 in the diagram", "neuron 3 in the diagram"];
    let mut window = TestWindow::with_preset("article");
    for name in names.into_iter().chain(others) {
        window.focus(name);
        window.check_focus(name);
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn keys_act_on_the_control_whose_focus_was_requested() {
    for (name, target) in sliders() {
        let mut window = TestWindow::with_preset("article");
        window.focus(name);
        let before = window.value(target);
        window.press_key(Key::ArrowRight);
        assert!((window.value(target) - before - 0.1).abs() < 1e-12, "{name}");
    }
}

#[test]
fn a_click_action_selects_a_neuron() {
    let mut window = TestWindow::with_preset("article");
    for (name, neuron) in [
        ("neuron 1 in the diagram", 0),
        ("neuron 3", 2),
        ("curve of neuron 3", 2),
    ] {
        window.request_action(name, Action::Click, None);
        assert_eq!(
            window.session().view().selected,
            NeuronAddress { layer: 0, neuron },
            "{name}"
        );
        window.settle();
    }
    assert_eq!(window.undo_count(), 0);
}

#[test]
fn a_click_action_toggles_a_lock_that_prevents_changes() {
    let mut window = TestWindow::with_preset("article");
    let (name, target) = sliders()[0];
    let before = window.value(target);
    window.request_action(&format!("lock {name}"), Action::Click, None);
    assert!(window.session().document().is_locked(target));
    for (action, data) in [
        (Action::SetValue, Some(ActionData::NumericValue(1.0))),
        (Action::Increment, None),
        (Action::Decrement, None),
    ] {
        window.request_action(name, action, data);
        assert_eq!(window.value(target), before);
        assert!(window.shows_text("is locked; unlock it first"));
    }
    window.request_action(&format!("lock {name}"), Action::Click, None);
    assert!(!window.session().document().is_locked(target));
}

#[test]
fn a_click_action_opens_a_number_for_typing() {
    let mut window = TestWindow::with_preset("article");
    let name = "weight from input 3 to neuron 2";
    let number = format!("value of {name}");
    assert!(window.elements_in(Pane::Knobs).len() > 15);
    let node = window.harness.get_all_by_label(&number).next().unwrap();
    let request = action_request(&node, Action::Click, None);
    window.send(request);
    window.settle();
    window.check_focus(&format!("new value of {name}"));
    window.type_text("2");
    window.press_key(Key::Enter);
    assert_eq!(window.value(w(2, 3)), 2.0);
}
