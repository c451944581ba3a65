//! The command palette finds and runs commands.

use egui::Key;
use egui_kittest::kittest::NodeT;
use neurodial_core::text::{Locale, Messages};

use crate::support::{CTRL_SHIFT, TestWindow, W11};

const ENGLISH: Messages = Messages::ENGLISH;

fn open(window: &mut TestWindow) {
    window.press_key_with(CTRL_SHIFT, Key::P);
    window.settle();
    window.check_focus(window.messages.palette_hint());
}

#[test]
fn typing_words_and_enter_runs_a_command() {
    let mut window = TestWindow::with_preset("article");
    open(&mut window);
    window.type_text("snap TAKE");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.session().document().snapshots.len(), 1);
    assert!(!window.has_node(ENGLISH.palette_hint()), "it has closed");
}

#[test]
fn it_is_in_the_language_of_the_window_and_in_english() {
    let mut window = TestWindow::with_preset("article");
    window.choose_language(Locale::SimplifiedChinese);
    for (count, query) in [(1, "拍快照"), (2, "take snapshot")] {
        open(&mut window);
        window.type_text(query);
        window.press_key(Key::Enter);
        window.settle();
        assert_eq!(window.session().document().snapshots.len(), count);
    }
}

#[test]
fn arrow_keys_select_and_a_dialog_may_follow() {
    let mut window = TestWindow::with_preset("article");
    open(&mut window);
    window.type_text("add");
    window.press_key(Key::Backspace);
    window.press_key(Key::Backspace);
    window.press_key(Key::Backspace);
    window.press_key(Key::ArrowDown);
    window.press_key(Key::ArrowDown);
    window.press_key(Key::ArrowUp);
    window.press_key(Key::ArrowUp);
    window.press_key(Key::ArrowUp);
    window.settle();
    // The first command opens a dialog, which doesn't take the same Enter as an answer.
    window.press_key(Key::Enter);
    window.settle();
    assert!(window.has_node(ENGLISH.new_network_title()));
}

#[test]
fn a_disabled_command_says_why_and_does_not_run() {
    let mut window = TestWindow::with_preset("article");
    open(&mut window);
    window.type_text("undo");
    window.settle();
    let undo = window.button_named(ENGLISH.command_undo()).unwrap();
    let undo = undo.accesskit_node();
    assert!(undo.is_disabled());
    assert_eq!(
        undo.description().as_deref(),
        Some(ENGLISH.disabled_nothing_to_undo())
    );
    window.press_key(Key::Enter);
    window.settle();
    assert!(window.has_node(ENGLISH.palette_hint()), "it stays open");
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(ENGLISH.palette_hint()));
}

#[test]
fn it_opens_from_the_menu_and_a_click_runs_a_command() {
    let mut window = TestWindow::with_preset("article");
    window.choose(&[ENGLISH.menu_help(), ENGLISH.command_palette()]);
    window.type_text("maximize knobs");
    window.settle();
    let name = ENGLISH.command_maximize_pane(ENGLISH.pane_knobs());
    let rect = window.button_named(&name).unwrap().rect();
    window.click_at(rect.center());
    assert!(!window.has_node(ENGLISH.palette_hint()));
    assert!(window.has_node(W11));
    assert!(window.has_node(ENGLISH.header_show_all()));
    // Nothing matches, which is said.
    open(&mut window);
    window.type_text("xyzzy");
    window.settle();
    assert!(window.shows_text("xyzzy"));
}
