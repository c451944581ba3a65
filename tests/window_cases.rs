//! The table of cases: choosing and typing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use egui::Key;
use egui_kittest::kittest::NodeT;
use window::Window;

const CELL: &str = "case 1, input 2";

#[test]
fn typing_a_number_of_the_chosen_case_is_one_step() {
    let mut window = Window::on("xor");
    window.choose(&["View", "Cases"]);
    window.click("case 1");
    let before = (window.steps(), window.session().document().saved_inputs.clone());
    window.click(CELL);
    assert!(window.has_focus(CELL), "{:?}", window.focus());
    window.type_text("0,5");
    window.key(Key::Enter);
    window.rest();
    assert_eq!(window.session().document().saved_inputs[0], [0.0, 0.5]);
    assert_eq!(window.session().document().inputs, [0.0, 0.5], "they follow");
    assert_eq!(window.steps(), before.0 + 1);
    assert!(window.has_focus(CELL), "{:?}", window.focus());
    window.command(Key::Z);
    assert_eq!(window.session().document().saved_inputs, before.1);
    assert_eq!(window.session().document().inputs, before.1[0]);
}

#[test]
fn nonsense_in_a_case_stays_with_its_reason() {
    let mut window = Window::on("xor");
    window.choose(&["View", "Cases"]);
    window.click(CELL);
    window.type_text("one");
    window.key(Key::Enter);
    window.rest();
    assert!(window.has_focus(CELL), "{:?}", window.focus());
    assert_eq!(window.told(CELL), "one");
    let reason = "“one” is not a number; write it like 0.5, 0,5, 1/3 or -2e-3";
    assert!(window.says(reason));
    assert_eq!(
        window.node(CELL).accesskit_node().data().description().unwrap(),
        reason
    );
    window.key(Key::Escape);
    window.rest();
    assert!(!window.says(reason));
    assert_eq!(window.told(CELL), "0.000");
    assert!(window.has_focus(CELL), "{:?}", window.focus());
}
