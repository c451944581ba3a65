//! Nothing is drawn while nothing changes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use std::time::Duration;

use egui::ViewportId;
use egui::accesskit::Action;
use neurodial_core::session::Preset;
use window::{Window, b, network, w};

#[track_caller]
fn check_idle(window: &mut Window, when: &str) {
    window.rest();
    // Scroll bars fade, and the wheel's turn is smoothed.
    window.wait(1.0);
    let delay = window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    assert!(delay > Duration::from_secs(3600), "{when}: {delay:?}");
    window.check_one_pass();
}

#[test]
fn a_window_at_rest_asks_for_no_frame() {
    for preset in Preset::ALL {
        let mut window = Window::on(preset.name);
        check_idle(&mut window, preset.name);
    }
    check_idle(&mut Window::open(network(&[784, 128, 10])), "a large network");
}

#[test]
fn a_window_comes_to_rest_after_each_gesture() {
    let mut window = Window::on("article");
    let (handle, per_one) = window.handle(w(2, 2));
    window.move_to(handle);
    check_idle(&mut window, "hovering");
    window.drag(handle, handle + egui::vec2(per_one, 0.0));
    check_idle(&mut window, "after a drag");
    window.ask("bias of neuron 1", Action::Focus, None);
    check_idle(&mut window, "with a focus");
    window.key(egui::Key::ArrowRight);
    check_idle(&mut window, "after a key");
    let pos = window.track(b(1)).center();
    window.move_to(pos);
    window.wheel(1.0);
    check_idle(&mut window, "after the wheel");
    window.press_at(handle);
    check_idle(&mut window, "while a handle is held still");
    window.release();
    window.command(egui::Key::D);
    check_idle(&mut window, "after a command");
    window.key(egui::Key::F1);
    check_idle(&mut window, "with a dialog");
}
