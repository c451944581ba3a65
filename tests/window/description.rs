//! The Description pane: the network in sentences.

use egui::accesskit::{Action, Live};
use egui::vec2;
use egui_kittest::kittest::NodeT;
use neurodial_core::formats::Preset;
use neurodial_core::insight::description;
use neurodial_core::text::Messages;

use crate::support::{TestWindow, b, w};

const NAME: &str = "Description of the network";

fn window_with_description(preset: &str) -> TestWindow {
    let mut window = TestWindow::with_preset(preset);
    window.choose(&["View", "Description"]);
    window
}

fn expected_description(window: &TestWindow) -> String {
    description::describe(&window.session(), &window.insight(), Messages::ENGLISH)
}

/// Returns if and how a screen reader announces changes of the description.
fn live(window: &TestWindow) -> Live {
    window.node(NAME).accesskit_node().live()
}

#[test]
fn the_description_names_every_output_in_the_frame_of_a_change() {
    for preset in Preset::ALL {
        let mut window = window_with_description(preset.name);
        let knob = window.session().architecture().knob_at(0).unwrap();
        let (handle, _) = window.slider_handle(knob.into());
        window.press_at(handle);
        for step in 1..=5u8 {
            window.move_to(handle + vec2(5.0 * f32::from(step), 0.0));
            let text = window.text_value(NAME);
            assert_eq!(text, expected_description(&window), "{}", preset.name);
            let last = window.session().architecture().last_layer();
            for &output in &window.insight().forward_pass().layers()[last].a {
                assert!(
                    text.contains(&window.formatted(output)),
                    "{}: {text}",
                    preset.name
                );
            }
        }
        window.release();
    }
}

#[test]
fn the_description_is_announced_only_after_a_change_has_ended() {
    let mut window = window_with_description("article");
    assert_eq!(live(&window), Live::Polite);
    let (handle, _) = window.slider_handle(w(2, 2));
    window.press_at(handle);
    for step in 1..=5u8 {
        window.move_to(handle + vec2(5.0 * f32::from(step), 0.0));
        assert_eq!(live(&window), Live::Off);
    }
    window.release();
    window.run_for(1.0);
    assert_eq!(live(&window), Live::Polite);
    window.request_action("bias of neuron 1", Action::Increment, None);
    assert_eq!(live(&window), Live::Off);
    window.run_for(1.0);
    assert_eq!(live(&window), Live::Polite);
    assert_ne!(window.value(b(1)), 2.0);
}

#[test]
fn the_description_can_be_copied() {
    let mut window = window_with_description("article");
    let button = window.node("Copy as alt text").rect().center();
    window.press_at(button);
    window.release();
    assert_eq!(window.copied_text(), Some(expected_description(&window)));
}
