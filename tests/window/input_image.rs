//! Digits as pictures: drawing into the inputs of a network.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect};
use neurodial::canvas::Element;
use neurodial::panes::Pane;
use neurodial_core::data::BundledDataset;
use neurodial_core::session::{DataSource, Origin, Session, TrainingConfig, TrainingSetup};

use crate::support::TestWindow;

/// Opens the network for the digits with cleared inputs.
fn digits_window() -> TestWindow {
    let config = TrainingConfig::new(DataSource::Bundled(BundledDataset::Digits));
    let mut document = TrainingSetup::new(config).unwrap().new_document().unwrap();
    document.inputs.fill(0.0);
    let mut window = TestWindow::with_session(Session::open(document, Origin::Untitled));
    window.settle();
    window
}

fn picture(window: &TestWindow) -> Rect {
    window.element_rect(Pane::Diagram, Element::InputImage)
}

/// Returns the middle of a pixel.
fn pixel(window: &TestWindow, column: usize, row: usize) -> Pos2 {
    let rect = picture(window);
    rect.min + egui::vec2(column as f32 + 0.5, row as f32 + 0.5) * rect.size() / 8.0
}

fn ink(window: &TestWindow, column: usize, row: usize) -> f64 {
    window.session().document().inputs[8 * row + column]
}

#[test]
fn a_stroke_sets_the_pixels_under_it_and_is_one_undo_step() {
    let mut window = digits_window();
    let (from, to) = (pixel(&window, 2, 1), pixel(&window, 2, 6));
    window.drag(from, to);
    window.settle();
    for row in 1..=6 {
        assert_eq!(ink(&window, 2, row), 16.0, "{row}");
    }
    assert_eq!((ink(&window, 5, 3), ink(&window, 2, 7)), (0.0, 0.0));
    assert_eq!(window.undo_count(), 1);
    window.press_ctrl(Key::Z);
    assert!(
        window
            .session()
            .document()
            .inputs
            .iter()
            .all(|&value| value == 0.0)
    );
}

#[test]
fn shift_and_the_right_button_erase_and_escape_restores() {
    let mut window = digits_window();
    let (from, to) = (pixel(&window, 1, 3), pixel(&window, 6, 3));
    window.drag(from, to);
    window.set_modifiers(Modifiers::SHIFT);
    window.drag(from, pixel(&window, 3, 3));
    window.set_modifiers(Modifiers::NONE);
    assert_eq!((ink(&window, 2, 3), ink(&window, 5, 3)), (0.0, 16.0));
    let secondary = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Secondary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.move_to(to);
    window.send(secondary(to, true));
    window.send(secondary(to, false));
    window.settle();
    assert_eq!(ink(&window, 6, 3), 0.0);
    let before = window.session().document().inputs.clone();
    window.press_at(pixel(&window, 4, 0));
    window.move_to(pixel(&window, 4, 7));
    assert_ne!(window.session().document().inputs, before);
    window.press_key(Key::Escape);
    assert_eq!(window.session().document().inputs, before);
    window.release();
}

#[test]
fn the_picture_is_described_and_cleared_by_a_button() {
    let mut window = digits_window();
    let messages = window.messages;
    assert!(window.has_node(&messages.diagram_picture(8, 8)));
    let (from, to) = (pixel(&window, 2, 1), pixel(&window, 5, 6));
    window.drag(from, to);
    window.settle();
    window.click(messages.diagram_clear());
    assert!(
        window
            .session()
            .document()
            .inputs
            .iter()
            .all(|&value| value == 0.0)
    );
    assert_eq!(window.undo_count(), 2);
}

#[test]
fn drawing_a_digit_moves_the_outputs_in_the_same_frame() {
    let mut window = digits_window();
    let before = window.insight().forward_pass().a(1, 0)[0];
    window.press_at(pixel(&window, 4, 4));
    assert_ne!(window.insight().forward_pass().a(1, 0)[0], before);
    window.release();
}
