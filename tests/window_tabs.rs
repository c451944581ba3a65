//! Panes that share a place, layouts from before, and the words.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::accesskit::{Action, Live};
use egui::{Vec2, vec2};
use egui_kittest::kittest::NodeT;
use neurodial::app::StoragePaths;
use neurodial_core::insight::description;
use neurodial_core::session::Preset;
use window::{Window, b, preset, w};

/// A layout as it was written before there were code, words and map.
const OLD: &str = r#"{
  "dark": false, "scale": 100, "decimals": 3, "recent": [],
  "layout": {
    "id": 7, "root": 7,
    "tiles": {
      "next_tile_id": 8,
      "tiles": {
        "1": { "Pane": "knobs" }, "2": { "Pane": "diagram" }, "3": { "Pane": "curves" },
        "4": { "Pane": "formula" }, "5": { "Pane": "cases" },
        "6": { "Container": { "Linear": {
          "children": [2, 3], "dir": "Vertical", "shares": { "shares": {} } } } },
        "7": { "Container": { "Linear": {
          "children": [1, 6, 4, 5], "dir": "Horizontal", "shares": { "shares": {} } } } }
      },
      "invisible": []
    },
    "height": null, "width": null
  }
}"#;

fn words_of(window: &Window) -> String {
    description::describe(&window.session(), &window.insight())
}

fn live(window: &Window) -> Live {
    window.node("the network in words").accesskit_node().live()
}

#[test]
fn a_layout_from_before_still_opens_and_takes_in_the_new_panes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("preferences.json");
    std::fs::write(&file, OLD).unwrap();
    let places = StoragePaths {
        preferences: Some(file),
        recovery: None,
    };
    let mut window = Window::with(preset("xor"), places, Vec2::new(1280.0, 800.0));
    window.rest();
    assert!(window.has("Hide Cases") && window.has("Hide Curves"));
    assert!(!window.has("Hide Code") && !window.has("Hide Map"));
    for (pane, neighbour) in [("Code", "Cases"), ("Words", "Cases"), ("Map", "Curves")] {
        window.choose(&["View", pane]);
        assert!(window.has(&format!("Hide {pane}")), "{pane}");
        assert!(!window.has(&format!("Hide {neighbour}")), "under {pane}");
    }
    window.choose(&["View", "Cases"]);
    assert!(window.has("Hide Cases") && !window.has("Hide Words"));
    assert!(window.has("Hide Knobs") && window.has("Hide Formula"));
}

#[test]
fn a_hidden_tab_comes_back() {
    let mut window = Window::on("xor");
    for pane in ["Code", "Words", "Map"] {
        window.choose(&[pane]);
        assert!(window.has(&format!("Hide {pane}")));
        window.click(&format!("Hide {pane}"));
        assert!(!window.has(&format!("Hide {pane}")));
        window.choose(&["View", pane]);
        assert!(window.has(&format!("Hide {pane}")), "{pane} again");
    }
}

#[test]
fn the_words_name_every_output_in_the_frame_of_a_turn() {
    for preset in Preset::ALL {
        let mut window = Window::on(preset.name);
        window.choose(&["View", "Words"]);
        let (handle, _) = {
            let session = window.session();
            let knob = session.architecture().knob_at(0).unwrap();
            drop(session);
            window.handle(knob.into())
        };
        window.press_at(handle);
        for step in 1..=5u8 {
            window.move_to(handle + vec2(5.0 * f32::from(step), 0.0));
            let told = window.told("the network in words");
            assert_eq!(told, words_of(&window), "{}", preset.name);
            let session = window.session();
            let last = session.architecture().last_layer();
            for &output in &window.insight().forward_pass().layers()[last].a {
                assert!(told.contains(&window.shown(output)), "{}: {told}", preset.name);
            }
        }
        window.release();
    }
}

#[test]
fn a_screen_reader_is_told_when_the_hand_rests() {
    let mut window = Window::on("article");
    window.choose(&["View", "Words"]);
    assert_eq!(live(&window), Live::Polite);
    let (handle, _) = window.handle(w(2, 2));
    window.press_at(handle);
    for step in 1..=5u8 {
        window.move_to(handle + vec2(5.0 * f32::from(step), 0.0));
        assert_eq!(live(&window), Live::Off);
    }
    window.release();
    window.wait(1.0);
    assert_eq!(live(&window), Live::Polite);
    window.ask("bias of neuron 1", Action::Increment, None);
    assert_eq!(live(&window), Live::Off);
    window.wait(1.0);
    assert_eq!(live(&window), Live::Polite);
    assert_ne!(window.value(b(1)), 2.0);
}

#[test]
fn the_words_can_be_copied() {
    let mut window = Window::on("article");
    window.choose(&["View", "Words"]);
    let at = window.node("Copy as alt text").rect().center();
    window.press_at(at);
    window.release();
    let copied = window.harness.output().platform_output.commands.clone();
    let words = words_of(&window);
    assert!(
        copied
            .iter()
            .any(|command| *command == egui::OutputCommand::CopyText(words.clone())),
        "{copied:?}"
    );
}
