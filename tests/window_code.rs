//! The code in the window: live, turned where it stands, edited and pasted.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use std::time::{Duration, Instant};

use egui::accesskit::{Action, Role};
use egui::{Key, vec2};
use egui_kittest::kittest::Queryable;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::code::Language;
use neurodial_core::session::Adjustable;
use window::{Window, b, network, w};

/// The window with the code in view.
fn window_on(name: &str) -> Window {
    with_code(Window::on(name))
}

fn with_code(mut window: Window) -> Window {
    window.choose(&["View", "Code"]);
    assert!(window.has("language of the code"));
    window
}

fn in_code(window: &Window, target: Adjustable) -> String {
    let name = target.describe(window.session().architecture());
    window.told(&format!("{name}, in the code"))
}

/// Puts another text into the field that has the focus.
fn replace_all(window: &mut Window, text: &str) {
    window.command(Key::A);
    window.send(egui::Event::Paste(text.to_owned()));
    window.rest();
}

#[test]
fn a_knob_that_is_turned_elsewhere_changes_its_number_in_the_same_frame() {
    let mut window = window_on("article");
    assert_eq!(in_code(&window, w(2, 2)), "-0.91");
    let (handle, _) = window.handle(w(2, 2));
    window.press_at(handle);
    for step in 1..=10u8 {
        window.move_to(handle + vec2(3.3 * f32::from(step), 0.0));
        assert_eq!(in_code(&window, w(2, 2)), format!("{:?}", window.value(w(2, 2))));
        window.check_one_pass();
    }
    window.release();
    assert_eq!(in_code(&window, w(2, 2)), format!("{:?}", window.value(w(2, 2))));
}

#[test]
fn a_number_is_dragged_as_it_stands_in_one_step() {
    let mut window = window_on("article");
    for target in [w(2, 3), b(1), Adjustable::Input(0)] {
        let steps = window.steps();
        let before = window.value(target);
        let start = window.places(Pane::Code, Element::Number(target))[0]
            .bounds()
            .center();
        window.press_at(start);
        for step in 1..=6u8 {
            window.move_to(start - vec2(0.0, 4.0 * f32::from(step)));
            assert_eq!(in_code(&window, target), format!("{:?}", window.value(target)));
        }
        window.release();
        assert!(window.value(target) > before, "up is more");
        assert_eq!(window.steps(), steps + 1);
    }
    window.command(Key::Z);
    assert_eq!(window.value(Adjustable::Input(0)), 1.0);
}

#[test]
fn a_click_on_a_number_types_it() {
    let mut window = window_on("article");
    let place = window.places(Pane::Code, Element::Number(w(1, 4)))[0].bounds();
    window.click_at(place.center());
    window.type_text("-2.5");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.value(w(1, 4)), -2.5);
    assert_eq!(in_code(&window, w(1, 4)), "-2.5");
}

#[test]
fn the_keyboard_goes_through_the_numbers_and_turns_them() {
    let mut window = window_on("article");
    window.ask(
        "weight from input 1 to neuron 1, in the code",
        Action::Focus,
        None,
    );
    window.rest();
    window.key(Key::ArrowDown);
    window.rest();
    assert!(window.has_focus("weight from input 2 to neuron 1, in the code"));
    window.key(Key::ArrowRight);
    assert_eq!(window.value(w(1, 2)), 0.9);
    for _ in 0..200 {
        window.key(Key::ArrowDown);
    }
    assert!(window.has_focus("bias of neuron 3, in the code"));
}

#[test]
fn every_language_can_be_chosen() {
    let mut window = window_on("article");
    window.command(Key::Num6);
    for language in [
        Language::NumPy,
        Language::PyTorch,
        Language::Rust,
        Language::Latex,
    ] {
        window.click("language of the code");
        window.choose(&[language.title()]);
        assert_eq!(in_code(&window, w(2, 2)), "-0.91", "{language}");
    }
}

#[test]
fn what_is_edited_is_set_in_one_step() {
    let mut window = window_on("article");
    window.click("edit the code");
    let text = Language::Python.write(window.session().document()).text;
    let edited = text
        .replace("-0.91", "0.75")
        .replace("[2.0, 3.0, 0.5]", "[2, -7.25, 0.5]");
    replace_all(&mut window, &edited);
    window.click("Apply");
    assert_eq!(window.value(w(2, 2)), 0.75);
    assert_eq!(window.value(b(2)), -7.25);
    assert_eq!(window.steps(), 1);
    assert_eq!(in_code(&window, b(2)), "-7.25");
    window.command(Key::Z);
    assert_eq!(window.value(w(2, 2)), -0.91);
    assert_eq!(window.value(b(2)), 3.0);
}

#[test]
fn what_is_no_number_is_refused_in_one_sentence() {
    let mut window = window_on("article");
    window.click("edit the code");
    let text = Language::Python.write(window.session().document()).text;
    for (wrong, words) in [
        (text.replace("-0.91", "minus"), "is not a number"),
        (
            text.replace("outputs = []", "outputs = [1]"),
            "only numbers can be changed here",
        ),
    ] {
        replace_all(&mut window, &wrong);
        window.click("Apply");
        assert!(window.says("Line "), "{words}");
        assert!(window.says(words), "{words}:\n{}", window.tree());
        assert_eq!(window.steps(), 0);
    }
    window.click("Cancel");
    assert_eq!(in_code(&window, w(2, 2)), "-0.91");
}

#[test]
fn pasted_matrices_become_a_network() {
    let mut window = window_on("article");
    window.click("Paste a network…");
    window.type_text("W1 = [[1, 2], [3, 4], [5, ");
    assert!(window.says("Line "));
    replace_all(
        &mut window,
        "W1 = [[1, 2], [3, 4], [5, 6]]\nb1 = [0.5, 0, -1]\nW2 = [[1, -1, 0.25]]",
    );
    assert!(window.says("2 inputs, then 3 neurons"));
    window.click("Open it");
    let session = window.session();
    assert_eq!(session.architecture().input_count(), 2);
    assert_eq!(session.document().network.knobs().len(), 13);
    drop(session);
    assert_eq!(window.value(w(3, 2)), 6.0);
}

#[test]
fn pasting_asks_before_work_is_lost() {
    let mut window = window_on("article");
    window.ask("bias of neuron 1", Action::Increment, None);
    window.rest();
    window.choose(&["File", "Paste a network…"]);
    replace_all(&mut window, "[[1, 2]]");
    window.click("Open it");
    assert!(window.has("Don’t save"));
    assert_eq!(window.session().architecture().input_count(), 4);
    window.click("Don’t save");
    assert_eq!(window.session().architecture().input_count(), 2);
}

#[test]
fn a_flash_ends() {
    let mut window = window_on("article");
    window.ask("bias of neuron 1", Action::Increment, None);
    window.wait(1.5);
    let delay = window.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(delay > std::time::Duration::from_secs(3600), "{delay:?}");
}

#[test]
fn only_lines_in_view_are_laid_out() {
    let window = with_code(Window::open(network(&[40, 40, 40])));
    let placed = window.parts(Pane::Code).len();
    assert!(placed > 10 && placed < 400, "{placed} of 3280 knobs");
}

#[test]
fn an_exported_figure_has_the_language_that_the_pane_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_on("article");
    for (language, word) in [(Language::Rust, "fnmain()"), (Language::NumPy, "importnumpyasnp")] {
        window.click("language of the code");
        window.choose(&[language.title()]);
        window.rest();
        let path = folder.path().join(format!("{language}.svg"));
        window.choose(&["File", "Export figure…"]);
        window.rest();
        if language == Language::Rust {
            let boxes = window.harness.get_by_role_and_label(Role::CheckBox, "Code");
            boxes.click_accesskit();
            window.rest();
        }
        window.choose(&["Export…"]);
        until(&mut window, |window| window.has("Path of the file"));
        window.type_text(&path.display().to_string());
        window.choose(&["Export figure"]);
        until(&mut window, |_| path.exists());
        let svg = std::fs::read_to_string(&path).unwrap();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let pieces = tree.descendants().filter(|node| node.is_text());
        let words = pieces.filter_map(|piece| piece.text());
        let text: String = words.flat_map(str::split_whitespace).collect();
        assert!(text.contains(word), "{language}: {text}");
    }
}

/// Frames until something holds.
#[track_caller]
fn until(window: &mut Window, holds: impl Fn(&Window) -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !holds(window) {
        assert!(Instant::now() < end, "it did not come");
        window.harness.step();
        std::thread::yield_now();
    }
    window.rest();
}
