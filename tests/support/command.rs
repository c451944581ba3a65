//! Runs the built command in a folder, without a display.

#![allow(dead_code, reason = "the tests of the window use only some of the functions")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;

/// Returns a command that runs neurodial in a folder without a display.
pub fn command_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("neurodial"));
    command.current_dir(folder).args(arguments);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// Runs neurodial in a folder.
pub fn neurodial_in(folder: &Path, arguments: &[&str]) -> Output {
    command_in(folder, arguments).output().unwrap()
}

/// Runs neurodial in an empty folder and returns its stdout, like [`stdout_in`].
pub fn stdout_of(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    stdout_in(folder.path(), arguments)
}

/// Runs neurodial in a folder and returns its stdout.
///
/// # Panics
/// Panics if the command fails or writes to stderr.
pub fn stdout_in(folder: &Path, arguments: &[&str]) -> String {
    let output = neurodial_in(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    assert!(output.stderr.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the sorted names of the files and folders in a folder.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Returns the names and contents of the files in a folder; the content of a folder or a pipe is `None`.
fn files_in(folder: &Path) -> Vec<(String, Option<Vec<u8>>)> {
    names_in(folder)
        .into_iter()
        .map(|name| {
            let path = folder.join(&name);
            // Reading a pipe would never end.
            let bytes = path.is_file().then(|| fs::read(path).unwrap());
            (name, bytes)
        })
        .collect()
}

/// Runs neurodial in a folder with arguments that it must reject and returns the error message.
///
/// # Panics
/// Panics unless the exit code is 2, stderr is a single line of the program’s own and no file was changed.
pub fn error_in(folder: &Path, arguments: &[&str]) -> String {
    let before = files_in(folder);
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
    assert_eq!(before, files_in(folder), "{arguments:?} changed files");
    stderr
}

/// Runs neurodial in an empty folder and returns the error message, like [`error_in`].
pub fn error_of(arguments: &[&str]) -> String {
    error_in(tempfile::tempdir().unwrap().path(), arguments)
}
