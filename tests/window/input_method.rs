//! Composing Chinese text with an input method.

use egui::{Event, ImeEvent, Key, Modifiers};
use neurodial::panes::Pane;
use neurodial_core::session::Edit;
use neurodial_core::text::Messages;

use crate::support::{CTRL, TestWindow, b, preset};

/// Opens the dialog for the name of input 2. Returns the window and the name of the field.
fn window_with_rename_dialog() -> (TestWindow, String) {
    let mut window = TestWindow::with_preset("article");
    window.focus("input 2");
    window.press_key(Key::Menu);
    window.settle();
    window.choose(&[Messages::ENGLISH.element_menu_rename()]);
    let field = Messages::ENGLISH.rename_input(2);
    window.check_focus(&field);
    (window, field)
}

/// Runs frames with the composed text, as the input method reports it after each key.
fn compose(window: &mut TestWindow, texts: &[&str]) {
    for text in texts {
        window.send(Event::Ime(ImeEvent::Preedit {
            text: (*text).to_owned(),
            active_range_chars: None,
        }));
        window.settle();
    }
}

fn commit(window: &mut TestWindow, text: &str) {
    window.send(Event::Ime(ImeEvent::Commit(text.to_owned())));
    window.settle();
}

/// Returns the name of the second input in the document.
fn input_name(window: &TestWindow) -> Option<String> {
    window.session().architecture().input_names()[1].clone()
}

#[test]
fn a_composed_name_is_shown_in_the_field_and_saved_once_it_is_committed() {
    let (mut window, field) = window_with_rename_dialog();
    compose(&mut window, &["h", "hua'ban", "花瓣'chang", "花瓣长"]);
    assert_eq!(window.text_value(&field), "花瓣长");
    let output = &window.harness.output().platform_output;
    let cursor = output.ime.as_ref().map(|ime| ime.cursor_rect);
    assert!(cursor.is_some_and(|cursor| window.node(&field).rect().contains(cursor.center())));
    assert_eq!(input_name(&window), None, "nothing is saved yet");
    commit(&mut window, "花瓣长度");
    assert_eq!(window.text_value(&field), "花瓣长度");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(input_name(&window).as_deref(), Some("花瓣长度"));
    assert_eq!(window.undo_count(), 1);
}

#[test]
fn keys_of_a_composition_neither_answer_a_dialog_nor_run_commands() {
    let (mut window, field) = window_with_rename_dialog();
    compose(&mut window, &["ni'hao"]);
    for (modifiers, key) in [
        (Modifiers::NONE, Key::Enter),
        (Modifiers::NONE, Key::Escape),
        (Modifiers::NONE, Key::Tab),
        (Modifiers::NONE, Key::ArrowDown),
        (Modifiers::NONE, Key::Backspace),
        (CTRL, Key::Z),
    ] {
        window.press_key_with(modifiers, key);
        window.settle();
        window.check_focus(&field);
        assert_eq!(window.text_value(&field), "ni'hao", "{key:?}");
    }
    // An empty text ends the composition without a result.
    compose(&mut window, &[""]);
    assert_eq!(window.text_value(&field), "");
    window.press_key(Key::Escape);
    window.settle();
    assert!(!window.has_node(&field));
}

#[test]
fn keys_work_again_when_a_composition_is_left_with_the_mouse() {
    let (mut window, field) = window_with_rename_dialog();
    compose(&mut window, &["ni'hao"]);
    window.click(Messages::ENGLISH.dialog_cancel());
    assert!(!window.has_node(&field));
    window.focus("bias of neuron 1");
    let before = window.value(b(1));
    window.press_key(Key::ArrowRight);
    window.settle();
    assert!(window.value(b(1)) > before);
}

#[test]
fn notes_and_names_of_snapshots_are_composed_in_their_fields() {
    let mut session = preset("article");
    session.apply(Edit::TakeSnapshot(String::new())).unwrap();
    session.apply(Edit::RecordExperiment(String::new())).unwrap();
    let snapshot = session.document().snapshots[0].name.clone();
    let mut window = TestWindow::with_session(session);
    window.toggle_maximized(Pane::Experiments);
    let note = Messages::ENGLISH.experiments_row_note(1);
    window.click(&note);
    compose(&mut window, &["bei'zhu", "备注"]);
    assert_eq!(window.text_value(&note), "备注");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(
        window.text_value(&note),
        "备注",
        "Enter belongs to the composition"
    );
    assert_eq!(window.session().document().experiment_rows[0].name, "");
    commit(&mut window, "备注");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.session().document().experiment_rows[0].name, "备注");
    let name = Messages::ENGLISH.experiments_snapshot_note(&snapshot);
    window.click(&name);
    window.press_key_with(CTRL, Key::A);
    compose(&mut window, &["kuai'zhao"]);
    commit(&mut window, "快照甲");
    window.press_key(Key::Enter);
    window.settle();
    assert_eq!(window.session().document().snapshots[0].name, "快照甲");
}
