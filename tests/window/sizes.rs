//! Small, large and zoomed windows show all panes within the window.

use egui::{Key, Vec2, vec2};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::formats::Preset;

use crate::support::{TestWindow, preset};

const SIZES: [Vec2; 3] = [vec2(640.0, 420.0), vec2(1280.0, 720.0), vec2(1920.0, 1080.0)];

/// Checks that knobs, diagram and formula are shown and that the sliders can be dragged.
#[track_caller]
fn check_panes(window: &mut TestWindow, situation: &str) {
    window.settle();
    let screen = window.harness.ctx.content_rect();
    for pane in [Pane::Knobs, Pane::Diagram, Pane::Formula] {
        let elements = window.elements_in(pane);
        assert!(
            elements.len() >= 2,
            "{situation}: {pane:?} has {} elements",
            elements.len()
        );
        for placed in elements {
            let bounds = placed.hit_shape.bounds();
            assert!(
                bounds.is_finite() && bounds.width() >= 0.0,
                "{situation}: {} at {bounds}",
                placed.element
            );
        }
    }
    let knobs = window.elements_in(Pane::Knobs).into_iter();
    let tracks: Vec<_> = knobs
        .filter(|placed| matches!(placed.element, Element::Adjustable(_)) && placed.handle.is_some())
        .collect();
    assert!(!tracks.is_empty(), "{situation}");
    for track in tracks {
        let bounds = track.hit_shape.bounds();
        assert!(
            bounds.width() > 20.0,
            "{situation}: a track of {} points",
            bounds.width()
        );
        assert!(
            screen.x_range().contains(bounds.left()) && screen.x_range().contains(bounds.right()),
            "{situation}"
        );
    }
    let selected = window.session().view().selected;
    let circle = window.element_rect(Pane::Diagram, Element::Neuron(selected));
    assert!(
        screen.contains_rect(circle),
        "{situation}: the selected neuron is at {circle}"
    );
}

#[test]
fn every_preset_fits_every_window_size() {
    for size in SIZES {
        for Preset { name, .. } in Preset::ALL {
            let mut window = TestWindow::with_size(preset(name), size);
            check_panes(&mut window, &format!("{name} in {size}"));
        }
    }
}

#[test]
fn a_zoomed_interface_fits_the_window() {
    // The smallest window has no room for all panes, but it has to show the knobs.
    let mut smallest = TestWindow::with_size(preset("article"), SIZES[0]);
    smallest.press_ctrl(Key::Plus);
    smallest.press_ctrl(Key::Plus);
    smallest.settle();
    assert!(!smallest.elements_in(Pane::Knobs).is_empty());
    for size in [SIZES[1], SIZES[2]] {
        for name in ["article", "deep"] {
            let mut window = TestWindow::with_size(preset(name), size);
            window.press_ctrl(Key::Plus);
            window.press_ctrl(Key::Plus);
            assert_eq!(window.harness.ctx.zoom_factor(), 1.5);
            check_panes(&mut window, &format!("{name} in {size} at 150 %"));
        }
    }
}

#[test]
fn the_window_can_be_resized_at_any_time() {
    let mut window = TestWindow::with_size(preset("article"), SIZES[1]);
    for size in [
        SIZES[0],
        vec2(1920.0, 420.0),
        vec2(640.0, 1080.0),
        SIZES[2],
        SIZES[1],
    ] {
        window.harness.set_size(size);
        check_panes(&mut window, &format!("{size}"));
    }
}
