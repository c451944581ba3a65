//! What a screen reader asks for is done: on knobs, rims, edges, inputs and neurons.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::Key;
use egui::accesskit::{Action, ActionData};
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Adjustable;
use window::{Window, b, w};

/// A name, and what it turns.
fn sliders() -> [(&'static str, Adjustable); 5] {
    [
        ("weight from input 3 to neuron 2", w(2, 3)),
        ("bias of neuron 2", b(2)),
        ("edge from input 3 to neuron 2", w(2, 3)),
        ("rim of neuron 2, its bias", b(2)),
        ("input 3", Adjustable::Input(2)),
    ]
}

#[test]
fn a_value_is_set_in_numbers_and_in_words() {
    for (name, target) in sliders() {
        let mut window = Window::on("article");
        let before = window.value(target);
        window.ask(name, Action::SetValue, Some(ActionData::NumericValue(1.25)));
        assert_eq!(window.value(target), 1.25, "{name}");
        assert_eq!(window.told(name), "1.250", "in the same frame");
        assert_eq!(window.told_number(name), 1.25);
        window.check_one_pass();
        window.ask(name, Action::SetValue, Some(ActionData::Value("−1/4".into())));
        assert_eq!(window.value(target), -0.25, "{name}");
        window.ask(name, Action::SetValue, Some(ActionData::Value("much".into())));
        window.ask(name, Action::SetValue, Some(ActionData::NumericValue(f64::NAN)));
        assert_eq!(window.value(target), -0.25, "what is no number changes nothing");
        assert_eq!(window.steps(), 2);
        window.command(Key::Z);
        window.command(Key::Z);
        assert_eq!(window.value(target), before);
    }
}

#[test]
fn a_step_up_and_a_step_down() {
    for (name, target) in sliders() {
        let mut window = Window::on("article");
        window.ask(name, Action::SetValue, Some(ActionData::NumericValue(0.7)));
        window.ask(name, Action::Increment, None);
        assert_eq!(window.value(target), 0.8, "{name}");
        window.check_one_pass();
        window.ask(name, Action::Decrement, None);
        window.ask(name, Action::Decrement, None);
        assert_eq!(window.value(target), 0.6, "{name}");
        assert_eq!(window.steps(), 4, "each is a step");
    }
}

#[test]
fn the_focus_goes_where_it_is_asked_for() {
    let names = sliders().map(|(name, _)| name);
    let others = ["neuron 1 in the diagram", "neuron 3 in the diagram"];
    let mut window = Window::on("article");
    for name in names.into_iter().chain(others) {
        window.ask(name, Action::Focus, None);
        window.rest();
        assert!(window.has_focus(name), "{:?} instead of {name}", window.focus());
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn the_keys_go_on_where_the_focus_was_asked_for() {
    for (name, target) in sliders() {
        let mut window = Window::on("article");
        window.ask(name, Action::Focus, None);
        window.rest();
        let before = window.value(target);
        window.key(Key::ArrowRight);
        assert!((window.value(target) - before - 0.1).abs() < 1e-12, "{name}");
    }
}

#[test]
fn a_neuron_is_chosen_by_a_click() {
    let mut window = Window::on("article");
    for (name, neuron) in [
        ("neuron 1 in the diagram", 0),
        ("neuron 3", 2),
        ("curve of neuron 3", 2),
    ] {
        window.ask(name, Action::Click, None);
        assert_eq!(
            window.session().view().selected,
            NeuronAddress { layer: 0, neuron },
            "{name}"
        );
        window.rest();
    }
    assert_eq!(window.steps(), 0);
}

#[test]
fn a_lock_is_turned_by_a_click_and_then_holds() {
    let mut window = Window::on("article");
    let (name, target) = sliders()[0];
    let before = window.value(target);
    window.ask(&format!("lock {name}"), Action::Click, None);
    assert!(window.session().document().is_locked(target));
    for (action, data) in [
        (Action::SetValue, Some(ActionData::NumericValue(1.0))),
        (Action::Increment, None),
        (Action::Decrement, None),
    ] {
        window.ask(name, action, data);
        assert_eq!(window.value(target), before);
        assert!(window.says("is locked; unlock it first"));
    }
    window.ask(&format!("lock {name}"), Action::Click, None);
    assert!(!window.session().document().is_locked(target));
}

#[test]
fn a_number_is_opened_by_a_click() {
    let mut window = Window::on("article");
    let name = "weight from input 3 to neuron 2";
    let number = format!("number of {name}");
    let count = window.parts(neurodial::panes::Pane::Knobs).len();
    assert!(count > 15);
    let target_node = {
        use egui_kittest::kittest::{NodeT, Queryable};
        let mut nodes = window.harness.get_all_by_label(&number);
        nodes.next().unwrap().accesskit_node().locate().0
    };
    window.send(egui::Event::AccessKitActionRequest(
        egui::accesskit::ActionRequest {
            action: Action::Click,
            target_tree: egui::accesskit::TreeId::ROOT,
            target_node,
            data: None,
        },
    ));
    window.rest();
    assert!(window.has_focus(&format!("type {name}")), "{:?}", window.focus());
    window.type_text("2");
    window.key(Key::Enter);
    assert_eq!(window.value(w(2, 3)), 2.0);
}
