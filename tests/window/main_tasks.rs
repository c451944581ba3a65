//! The main tasks by their accessible names, in every language.

use egui::Key;
use egui::accesskit::{Action, Role};
use egui_kittest::kittest::Queryable;
use neurodial::panes::Pane;
use neurodial_core::insight::description;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;
use neurodial_core::text::{Locale, capitalized};

use crate::support::training::{choose_dataset, last_epoch, pause_training, start_training};
use crate::support::{TestWindow, network, preset, w};

/// Opens a window in each language and does the task there.
fn in_every_language(preset_name: &str, task: impl Fn(&mut TestWindow)) {
    for locale in Locale::ALL {
        let mut window = TestWindow::with_session(preset(preset_name));
        if locale != Locale::English {
            window.choose_language(locale);
        }
        task(&mut window);
    }
}

fn name_of(window: &TestWindow, target: Adjustable) -> String {
    target.describe_in(window.session().architecture(), window.messages)
}

#[test]
fn a_knob_is_turned_typed_locked_and_undone() {
    in_every_language("article", |window| {
        let messages = window.messages;
        let name = name_of(window, w(2, 2));
        window.request_action(&name, Action::Increment, None);
        window.settle();
        assert!((window.value(w(2, 2)) + 0.81).abs() < 1e-9);

        window.focus(&name);
        window.press_key(Key::Enter);
        window.settle();
        assert!(
            window.has_node(&messages.new_value_of(&name)),
            "{}",
            window.accessibility_tree()
        );
        window.type_text("１．５");
        window.press_key(Key::Enter);
        assert_eq!(window.value(w(2, 2)), 1.5);

        window.click(&messages.knob_lock(&name));
        assert!(window.session().document().is_locked(w(2, 2)));

        let undo = {
            let session = window.session();
            let label = session.history().undo_label().unwrap().clone();
            messages.command_undo_action(neurodial_core::text::Localized::message(&label, messages))
        };
        window.choose(&[messages.menu_edit(), &undo]);
        assert!(!window.session().document().is_locked(w(2, 2)));
    });
}

#[test]
fn a_neuron_is_selected_renamed_and_described() {
    in_every_language("article", |window| {
        let messages = window.messages;
        let at = NeuronAddress { layer: 0, neuron: 2 };
        let neuron = window.session().architecture().describe_neuron(at, messages);
        window.click(&messages.diagram_neuron(&neuron));
        window.settle();
        assert_eq!(window.session().view().selected, at);

        window.choose(&[messages.menu_network(), &messages.menu_rename_neuron(&neuron)]);
        window.settle();
        window.type_text("门");
        window.press_key(Key::Enter);
        window.settle();
        let name = window.session().architecture().layers()[0].neurons[2]
            .name
            .clone();
        assert_eq!(name.as_deref(), Some("门"));

        window.toggle_maximized(Pane::Words);
        window.settle();
        let text = description::describe(&window.session(), &window.insight(), messages);
        assert!(text.contains("门"));
        assert_eq!(window.text_value(messages.description_of_network()), text);
    });
}

#[test]
fn a_dataset_is_chosen_and_learned() {
    for locale in Locale::ALL {
        let mut window = TestWindow::with_session(network(&[2, 4, 1]));
        if locale != Locale::English {
            window.choose_language(locale);
        }
        window.toggle_maximized(Pane::Training);
        choose_dataset(&mut window, "circle");
        window.settle();
        assert_eq!(window.session().setup().unwrap().config().source.name(), "circle");
        start_training(&mut window, 3);
        pause_training(&mut window);
        assert!(last_epoch(&window) >= 3);
    }
}

#[test]
fn a_refusal_names_the_place_and_the_remedy() {
    in_every_language("article", |window| {
        let name = name_of(window, w(2, 2));
        window.click(&window.messages.knob_lock(&name));
        window.drag_slider(w(2, 2), 1.0);
        window.settle();
        let refusal = capitalized(&window.messages.action_locked(&name));
        assert!(
            window.shows_text(&refusal),
            "{refusal}: {}",
            window.accessibility_tree()
        );
    });
}

#[test]
fn curves_are_drawn_over_a_chosen_knob() {
    in_every_language("article", |window| {
        let symbol = w(2, 3).symbol(window.session().architecture()).to_unicode();
        // In Chinese the text beside the list is the same as its name.
        let name = window.messages.axis_horizontal_name();
        let list = window.harness.get_by_role_and_label(Role::ComboBox, name).rect();
        window.click_at(list.center());
        window.choose(&[&symbol]);
        window.settle();
        assert_eq!(window.session().view().swept, Knob::weight(0, 1, 2).into());
    });
}
