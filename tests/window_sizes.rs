//! Small and large windows, and a larger interface: everything is there, and within the window.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::{Key, Vec2, vec2};
use neurodial::app::StoragePaths;
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::session::Preset;
use window::{Window, preset};

const SIZES: [Vec2; 3] = [vec2(640.0, 420.0), vec2(1280.0, 720.0), vec2(1920.0, 1080.0)];

fn window_of(name: &str, size: Vec2) -> Window {
    Window::with(preset(name), StoragePaths::default(), size)
}

/// Checks that knobs, diagram and formula are there and that the handles can be taken.
#[track_caller]
fn check_whole(window: &mut Window, what: &str) {
    window.rest();
    let screen = window.harness.ctx.content_rect();
    for pane in [Pane::Knobs, Pane::Diagram, Pane::Formula] {
        let parts = window.parts(pane);
        assert!(parts.len() >= 2, "{what}: {pane:?} has {} parts", parts.len());
        for placed in parts {
            let bounds = placed.hit_shape.bounds();
            assert!(
                bounds.is_finite() && bounds.width() >= 0.0,
                "{what}: {} at {bounds}",
                placed.element
            );
        }
    }
    let knobs = window.parts(Pane::Knobs).into_iter();
    let tracks: Vec<_> = knobs
        .filter(|placed| matches!(placed.element, Element::Adjustable(_)) && placed.handle.is_some())
        .collect();
    assert!(!tracks.is_empty(), "{what}");
    for track in tracks {
        let bounds = track.hit_shape.bounds();
        assert!(
            bounds.width() > 20.0,
            "{what}: a track of {} points",
            bounds.width()
        );
        assert!(
            screen.x_range().contains(bounds.left()) && screen.x_range().contains(bounds.right()),
            "{what}"
        );
    }
    let selected = window.session().view().selected;
    let disc = window.places(Pane::Diagram, Element::Neuron(selected))[0].bounds();
    assert!(
        screen.contains_rect(disc),
        "{what}: the selected neuron is at {disc}"
    );
}

#[test]
fn every_preset_is_whole_in_every_window() {
    for size in SIZES {
        for preset in Preset::ALL {
            let mut window = window_of(preset.name, size);
            check_whole(&mut window, &format!("{} in {size}", preset.name));
        }
    }
}

#[test]
fn a_larger_interface_is_whole() {
    // The smallest window has room for less than that; it must bear it all the same.
    let mut smallest = window_of("article", SIZES[0]);
    smallest.command(Key::Plus);
    smallest.command(Key::Plus);
    smallest.rest();
    assert!(!smallest.parts(Pane::Knobs).is_empty());
    for size in [SIZES[1], SIZES[2]] {
        for name in ["article", "deep"] {
            let mut window = window_of(name, size);
            window.command(Key::Plus);
            window.command(Key::Plus);
            assert_eq!(window.harness.ctx.zoom_factor(), 1.5);
            check_whole(&mut window, &format!("{name} in {size} at 150 %"));
        }
    }
}

#[test]
fn a_window_can_change_its_size_at_any_time() {
    let mut window = window_of("article", SIZES[1]);
    for size in [
        SIZES[0],
        vec2(1920.0, 420.0),
        vec2(640.0, 1080.0),
        SIZES[2],
        SIZES[1],
    ] {
        window.harness.set_size(size);
        check_whole(&mut window, &format!("{size}"));
    }
}
