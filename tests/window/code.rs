//! The Code pane: numbers that follow the knobs and can be dragged, edited code, and pasted networks.

use egui::accesskit::{Action, Role};
use egui::{Key, vec2};
use egui_kittest::kittest::Queryable;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::code::Language;
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

use crate::support::{TestWindow, b, network, w};

/// Opens a preset with the Code pane in view.
fn window_with_preset(name: &str) -> TestWindow {
    show_code(TestWindow::with_preset(name))
}

fn show_code(mut window: TestWindow) -> TestWindow {
    window.choose(&["View", "Code"]);
    assert!(window.has_node(Messages::ENGLISH.code_language()));
    window
}

/// Returns a value as it is written in the code.
fn value_in_code(window: &TestWindow, target: Adjustable) -> String {
    let name = target.describe(window.session().architecture());
    window.text_value(&Messages::ENGLISH.code_number(name))
}

/// Replaces the text of the focused field.
fn replace_all(window: &mut TestWindow, text: &str) {
    window.press_ctrl(Key::A);
    window.send(egui::Event::Paste(text.to_owned()));
    window.settle();
}

#[test]
fn dragging_a_slider_updates_the_number_in_the_code_in_the_same_frame() {
    let mut window = window_with_preset("article");
    assert_eq!(value_in_code(&window, w(2, 2)), "-0.91");
    let (handle, _) = window.slider_handle(w(2, 2));
    window.press_at(handle);
    for step in 1..=10u8 {
        window.move_to(handle + vec2(3.3 * f32::from(step), 0.0));
        assert_eq!(
            value_in_code(&window, w(2, 2)),
            format!("{:?}", window.value(w(2, 2)))
        );
        window.check_one_pass();
    }
    window.release();
    assert_eq!(
        value_in_code(&window, w(2, 2)),
        format!("{:?}", window.value(w(2, 2)))
    );
}

#[test]
fn dragging_a_number_in_the_code_is_one_undo_step() {
    let mut window = window_with_preset("article");
    for target in [w(2, 3), b(1), Adjustable::Input(0)] {
        let steps = window.undo_count();
        let before = window.value(target);
        let start = window.element_rect(Pane::Code, Element::Number(target)).center();
        window.press_at(start);
        for step in 1..=6u8 {
            window.move_to(start - vec2(0.0, 4.0 * f32::from(step)));
            assert_eq!(
                value_in_code(&window, target),
                format!("{:?}", window.value(target))
            );
        }
        window.release();
        assert!(window.value(target) > before, "dragging up increases");
        assert_eq!(window.undo_count(), steps + 1);
    }
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(Adjustable::Input(0)), 1.0);
}

#[test]
fn clicking_a_number_in_the_code_lets_it_be_typed() {
    let mut window = window_with_preset("article");
    let number = window.element_rect(Pane::Code, Element::Number(w(1, 4)));
    window.click_at(number.center());
    window.type_text("-2.5");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.value(w(1, 4)), -2.5);
    assert_eq!(value_in_code(&window, w(1, 4)), "-2.5");
}

#[test]
fn arrow_keys_move_between_numbers_in_the_code_and_change_them() {
    let mut window = window_with_preset("article");
    window.focus("weight from input 1 to neuron 1, in the code");
    window.press_key(Key::ArrowDown);
    window.settle();
    assert!(window.has_focus("weight from input 2 to neuron 1, in the code"));
    window.press_key(Key::ArrowRight);
    assert_eq!(window.value(w(1, 2)), 0.9);
    for _ in 0..200 {
        window.press_key(Key::ArrowDown);
    }
    assert!(window.has_focus("bias of neuron 3, in the code"));
}

#[test]
fn every_language_can_be_chosen() {
    let mut window = window_with_preset("article");
    window.press_ctrl(Key::Num6);
    for language in [
        Language::NumPy,
        Language::PyTorch,
        Language::Rust,
        Language::Latex,
    ] {
        window.click(Messages::ENGLISH.code_language());
        window.choose(&[language.title()]);
        assert_eq!(value_in_code(&window, w(2, 2)), "-0.91", "{language}");
    }
}

#[test]
fn applying_edited_code_is_one_undo_step() {
    let mut window = window_with_preset("article");
    window.click(Messages::ENGLISH.code_edit_name());
    let text = Language::Python.write(window.session().document()).text;
    let edited = text
        .replace("-0.91", "0.75")
        .replace("[2.0, 3.0, 0.5]", "[2, -7.25, 0.5]");
    replace_all(&mut window, &edited);
    window.click(Messages::ENGLISH.code_apply());
    assert_eq!(window.value(w(2, 2)), 0.75);
    assert_eq!(window.value(b(2)), -7.25);
    assert_eq!(window.undo_count(), 1);
    assert_eq!(value_in_code(&window, b(2)), "-7.25");
    window.press_ctrl(Key::Z);
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert_eq!(window.value(b(2)), 3.0);
}

#[test]
fn invalid_code_is_refused_with_an_explanation() {
    let mut window = window_with_preset("article");
    window.click(Messages::ENGLISH.code_edit_name());
    let text = Language::Python.write(window.session().document()).text;
    for (code, explanation) in [
        (text.replace("-0.91", "minus"), "is not a number"),
        (
            text.replace("outputs = []", "outputs = [1]"),
            "only numbers can be edited",
        ),
    ] {
        replace_all(&mut window, &code);
        window.click(Messages::ENGLISH.code_apply());
        assert!(window.shows_text("Line "), "{explanation}");
        assert!(
            window.shows_text(explanation),
            "{explanation}:\n{}",
            window.accessibility_tree()
        );
        assert_eq!(window.undo_count(), 0);
    }
    window.click("Cancel");
    assert_eq!(value_in_code(&window, w(2, 2)), "-0.91");
}

#[test]
fn pasted_matrices_become_a_network() {
    let mut window = window_with_preset("article");
    window.click(Messages::ENGLISH.command_import_weights());
    window.type_text("W1 = [[1, 2], [3, 4], [5, ");
    assert!(window.shows_text("Line "));
    replace_all(
        &mut window,
        "W1 = [[1, 2], [3, 4], [5, 6]]\nb1 = [0.5, 0, -1]\nW2 = [[1, -1, 0.25]]",
    );
    assert!(window.shows_text("2 inputs, then 3 neurons"));
    window.click(Messages::ENGLISH.import_weights_create());
    assert_eq!(window.session().architecture().input_count(), 2);
    assert_eq!(window.session().architecture().knob_count(), 13);
    assert_eq!(window.value(w(3, 2)), 6.0);
}

#[test]
fn pasting_a_network_asks_before_discarding_unsaved_changes() {
    let mut window = window_with_preset("article");
    window.request_action("bias of neuron 1", Action::Increment, None);
    window.settle();
    window.choose(&["File", Messages::ENGLISH.command_import_weights()]);
    replace_all(&mut window, "[[1, 2]]");
    window.click(Messages::ENGLISH.import_weights_create());
    assert!(window.has_node(Messages::ENGLISH.unsaved_changes_discard()));
    assert_eq!(window.session().architecture().input_count(), 4);
    window.click(Messages::ENGLISH.unsaved_changes_discard());
    assert_eq!(window.session().architecture().input_count(), 2);
}

#[test]
fn the_window_becomes_idle_after_a_number_in_the_code_changed() {
    let mut window = window_with_preset("article");
    window.request_action("bias of neuron 1", Action::Increment, None);
    window.run_for(1.5);
    window.check_no_repaint_requested("after a change");
}

#[test]
fn only_visible_lines_are_laid_out() {
    let window = show_code(TestWindow::with_session(network(&[40, 40, 40])));
    let placed = window.elements_in(Pane::Code).len();
    assert!(placed > 10 && placed < 400, "{placed} of 3280 knobs");
}

#[test]
fn an_exported_figure_uses_the_language_shown_in_the_pane() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_with_preset("article");
    for (language, code) in [(Language::Rust, "fnmain()"), (Language::NumPy, "importnumpyasnp")] {
        window.click(Messages::ENGLISH.code_language());
        window.choose(&[language.title()]);
        window.settle();
        let path = folder.path().join(format!("{language}.svg"));
        window.choose(&["File", "Export figure…"]);
        window.settle();
        if language == Language::Rust {
            let checkbox = window.harness.get_by_role_and_label(Role::CheckBox, "Code");
            checkbox.click_accesskit();
            window.settle();
        }
        window.choose(&["Export…"]);
        window.step_until("the field for the path", |window| {
            window.has_node(Messages::ENGLISH.file_path())
        });
        window.settle();
        window.type_text(&path.display().to_string());
        window.choose(&["Export figure"]);
        window.step_until("the file", |_| path.exists());
        let svg = std::fs::read_to_string(&path).unwrap();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let texts = tree.descendants().filter(|node| node.is_text());
        let text: String = texts
            .filter_map(|node| node.text())
            .flat_map(str::split_whitespace)
            .collect();
        assert!(text.contains(code), "{language}: {text}");
    }
}
