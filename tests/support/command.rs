//! Runs the program in a folder, without a display.

#![allow(dead_code, reason = "not every test file needs all of it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;

pub fn neurodial_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(cargo_bin!("neurodial"));
    command.current_dir(folder).args(arguments);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command.output().unwrap()
}

pub fn output_of(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    printed(folder.path(), arguments)
}

pub fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = neurodial_in(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    assert!(output.stderr.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The sentence of a refusal; checks that it is one, that the code is 2 and that nothing was written.
pub fn refusal_in(folder: &Path, arguments: &[&str]) -> String {
    let before: Vec<_> = names_in(folder)
        .into_iter()
        .map(|name| (fs::read(folder.join(&name)).ok(), name))
        .collect();
    let output = neurodial_in(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
    assert!(stderr.starts_with("neurodial: "), "{arguments:?}: {stderr}");
    assert!(
        !stderr.contains("panicked") && !stderr.contains("error:"),
        "{arguments:?}: {stderr}"
    );
    let after: Vec<_> = names_in(folder)
        .into_iter()
        .map(|name| (fs::read(folder.join(&name)).ok(), name))
        .collect();
    assert_eq!(before, after, "{arguments:?} wrote something");
    stderr
}

pub fn refusal(arguments: &[&str]) -> String {
    refusal_in(tempfile::tempdir().unwrap().path(), arguments)
}
