//! The table of saved inputs: selecting a row and typing.

use egui::Key;
use egui_kittest::kittest::NodeT;
use neurodial_core::text::Messages;

use crate::support::TestWindow;

const CELL: &str = "Saved inputs, row 1, input 2";

#[test]
fn typing_a_number_in_the_selected_row_is_one_undo_step() {
    let mut window = TestWindow::with_preset("xor");
    window.choose(&["View", "Saved inputs"]);
    window.click(&Messages::ENGLISH.saved_inputs_row(1));
    let undo_count = window.undo_count();
    let saved_inputs = window.session().document().saved_inputs.clone();
    window.click(CELL);
    window.check_focus(CELL);
    window.type_text("0,5");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.session().document().saved_inputs[0], [0.0, 0.5]);
    assert_eq!(
        window.session().document().inputs,
        [0.0, 0.5],
        "the inputs follow the row"
    );
    assert_eq!(window.undo_count(), undo_count + 1);
    window.check_focus(CELL);
    window.press_ctrl(Key::Z);
    assert_eq!(window.session().document().saved_inputs, saved_inputs);
    assert_eq!(window.session().document().inputs, saved_inputs[0]);
}

#[test]
fn invalid_text_in_a_cell_stays_with_an_explanation() {
    let mut window = TestWindow::with_preset("xor");
    window.choose(&["View", "Saved inputs"]);
    window.click(CELL);
    window.type_text("one");
    window.press_key(Key::Enter);
    window.settle();
    window.check_focus(CELL);
    assert_eq!(window.text_value(CELL), "one");
    let reason = "“one” is not a number; write it like 0.5, 0,5, 1/3 or -2e-3";
    assert!(window.shows_text(reason));
    assert_eq!(
        window.node(CELL).accesskit_node().data().description().unwrap(),
        reason
    );
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.shows_text(reason));
    assert_eq!(window.text_value(CELL), "0.000");
    window.check_focus(CELL);
}
