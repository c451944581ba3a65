//! Copying a link and opening one that is pasted.

use egui::{Event, Key};
use neurodial_core::formats::{Preset, link};
use neurodial_core::text::Messages;

use crate::support::{TestWindow, w};

const MESSAGES: Messages = Messages::ENGLISH;

#[test]
fn a_copied_link_opens_where_it_is_pasted() {
    let mut window = TestWindow::with_preset("xor");
    window.choose(&[MESSAGES.menu_file()]);
    let entry = window.node(MESSAGES.command_copy_link()).rect().center();
    window.press_at(entry);
    window.release();
    let text = window.copied_text().unwrap();
    assert!(window.shows_text(MESSAGES.link_copied()));
    let mut other = TestWindow::with_preset("article");
    other.send(Event::Paste(text));
    other.settle();
    let document = Preset::from_name("xor").unwrap().document().unwrap();
    assert!(other.session().document().is_bitwise_equal(&document));
}

#[test]
fn a_pasted_link_asks_before_unsaved_changes_are_lost() {
    let mut window = TestWindow::with_preset("article");
    window.drag_slider(w(1, 1), 20.0);
    let value = window.value(w(1, 1));
    let document = Preset::from_name("xor").unwrap().document().unwrap();
    window.send(Event::Paste(link::write(&document)));
    window.settle();
    assert!(window.shows_text(MESSAGES.unsaved_changes_title()));
    window.press_key(Key::Escape);
    window.settle();
    assert_eq!(window.value(w(1, 1)), value);
}

#[test]
fn a_damaged_link_is_explained() {
    let mut window = TestWindow::with_preset("article");
    window.send(Event::Paste("#1eNqabc".to_owned()));
    window.settle();
    assert!(window.shows_text("The link is damaged or cut; copy all of it again"));
}
