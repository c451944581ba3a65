//! Work that no file has, after the window is gone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/window.rs"]
mod window;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::{Key, Vec2, ViewportCommand};
use neurodial::app::StoragePaths;
use neurodial_core::session::file::recovery::RecoverySlot;
use neurodial_core::session::{Action, Origin};
use window::{Window, preset, w};

const TITLE: &str = "Unsaved work was kept";

/// A folder of a test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("neurodial-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn window_in(folder: &Path) -> Window {
    let places = StoragePaths {
        recovery: Some(folder.to_owned()),
        ..StoragePaths::default()
    };
    Window::with(preset("article"), places, Vec2::new(1280.0, 800.0))
}

/// Leaves unsaved work in a folder, as a process does that was killed.
fn leave_work(folder: &Path, value: f64) {
    let mut session = preset("article-quiet");
    let target = w(2, 2);
    session.apply(Action::Set { target, value }).unwrap();
    let slot = RecoverySlot::create(folder).unwrap();
    slot.store(session.document(), &Origin::Preset("article-quiet"))
        .unwrap();
}

/// The names of the files in a folder with that ending.
fn kept(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|end| end == ending))
        .collect()
}

/// Waits for what is done off the frame.
#[track_caller]
fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn what_was_left_is_offered_and_opens_unsaved() {
    let folder = Folder::new("offered");
    leave_work(&folder.0, 0.125);
    let mut window = window_in(&folder.0);
    window.rest();
    assert!(window.has(TITLE));
    window.click("Open it");
    assert!(!window.has(TITLE));
    assert_eq!(window.value(w(2, 2)), 0.125);
    assert!(window.session().is_unsaved());
    assert_eq!(window.session().origin(), &Origin::Preset("article-quiet"));
    assert_eq!(window.steps(), 0);
    wait_for("this window keeps it now", || kept(&folder.0, "json").len() == 1);
}

#[test]
fn what_was_left_is_not_thrown_away_by_a_slip() {
    let folder = Folder::new("slip");
    leave_work(&folder.0, 0.125);
    let mut window = window_in(&folder.0);
    window.rest();
    window.key(Key::Escape);
    window.rest();
    assert!(window.has(TITLE), "only a button answers");
    window.click("Ask me next time");
    assert!(!window.has(TITLE));
    assert_eq!(window.value(w(2, 2)), -0.91);
    drop(window);
    let mut window = window_in(&folder.0);
    window.rest();
    assert!(window.has(TITLE), "it is asked again");
    window.click("Throw it away");
    assert!(!window.has(TITLE));
    drop(window);
    let mut window = window_in(&folder.0);
    window.rest();
    assert!(!window.has(TITLE), "it is gone");
}

#[test]
fn each_of_several_documents_is_offered() {
    let folder = Folder::new("several");
    for value in [0.5, 0.75] {
        leave_work(&folder.0, value);
    }
    let mut window = window_in(&folder.0);
    window.rest();
    assert!(window.says("There are 2 such documents"));
    window.click("Throw it away");
    assert!(window.has(TITLE), "the other one");
    window.click("Open it");
    assert!([0.5, 0.75].contains(&window.value(w(2, 2))));
}

#[test]
fn a_gesture_is_kept_when_it_ends_and_offered_after_a_crash() {
    let folder = Folder::new("crash");
    let mut window = window_in(&folder.0);
    let (handle, per_one) = window.handle(w(2, 2));
    window.drag(handle, handle + egui::vec2(per_one, 0.0));
    window.rest();
    let value = window.value(w(2, 2));
    wait_for("kept", || kept(&folder.0, "json").len() == 1);
    // A copy of what lies there at this moment is what a crash leaves.
    let after = Folder::new("crash-after");
    for path in kept(&folder.0, "json").iter().chain(&kept(&folder.0, "lock")) {
        fs::copy(path, after.0.join(path.file_name().unwrap())).unwrap();
    }
    let mut next = window_in(&after.0);
    next.rest();
    assert!(next.has(TITLE));
    next.key(Key::Enter);
    next.rest();
    assert_eq!(next.value(w(2, 2)), value);
    assert!(next.commands().is_empty() || next.session().is_unsaved());
}

#[test]
fn work_that_is_given_up_on_purpose_is_not_offered() {
    let folder = Folder::new("given-up");
    let mut window = window_in(&folder.0);
    let (handle, per_one) = window.handle(w(2, 2));
    window.drag(handle, handle + egui::vec2(per_one, 0.0));
    window.rest();
    wait_for("kept", || kept(&folder.0, "json").len() == 1);
    window.command(Key::Z);
    wait_for("taken back, so there is nothing to keep", || {
        kept(&folder.0, "json").is_empty()
    });
    window.key_with(window::COMMAND, Key::Q);
    assert!(window.commands().contains(&ViewportCommand::Close) || !window.session().is_unsaved());
}
