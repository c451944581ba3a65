//! No frame is drawn while nothing changes.

use egui::Key;
use neurodial_core::formats::Preset;

use crate::support::{TestWindow, b, network, w};

#[track_caller]
fn check_idle(window: &mut TestWindow, situation: &str) {
    window.settle();
    // Scroll bars fade out, scrolling is smoothed, and the curves from before a gesture disappear.
    window.run_for(1.5);
    window.check_no_repaint_requested(situation);
    window.check_one_pass();
}

#[test]
fn an_idle_window_requests_no_frames() {
    for preset in Preset::ALL {
        let mut window = TestWindow::with_preset(preset.name);
        check_idle(&mut window, preset.name);
    }
    let mut window = TestWindow::with_session(network(&[784, 128, 10]));
    check_idle(&mut window, "a large network");
}

#[test]
fn a_window_becomes_idle_after_each_gesture() {
    let mut window = TestWindow::with_preset("article");
    let (handle, _) = window.slider_handle(w(2, 2));
    window.move_to(handle);
    check_idle(&mut window, "hovering");
    window.drag_slider(w(2, 2), 1.0);
    check_idle(&mut window, "after a drag");
    window.focus("bias of neuron 1");
    check_idle(&mut window, "with the focus on a slider");
    window.press_key(Key::ArrowRight);
    check_idle(&mut window, "after a key");
    let pos = window.slider_track(b(1)).center();
    window.move_to(pos);
    window.scroll(1.0);
    check_idle(&mut window, "after scrolling");
    window.press_at(handle);
    check_idle(&mut window, "while a handle is held still");
    window.release();
    window.press_ctrl(Key::D);
    check_idle(&mut window, "after a command");
    window.press_key(Key::F1);
    check_idle(&mut window, "with a dialog");
}
