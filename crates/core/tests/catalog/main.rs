//! The message catalog and the source code agree: every message is used, and every text that people read is a
//! message. `build.rs` already checks that both languages have the same messages.

#![expect(
    clippy::disallowed_methods,
    reason = "the tests read the sources and the catalog"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail by panicking"
)]

mod literals;
mod source;
mod style;
mod used;

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns all files below a folder with the extension, in the order of their names.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Returns the path and the text of every source file of the program, without files of unit tests.
fn sources() -> Vec<(String, String)> {
    let root = root();
    let mut folders = vec![root.join("src")];
    folders.extend(
        fs::read_dir(root.join("crates"))
            .unwrap()
            .map(|entry| entry.unwrap().path().join("src")),
    );
    folders
        .iter()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|path| path.file_name().is_some_and(|name| name != "tests.rs"))
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// Returns the key and the text of every message of a language, attributes included, with `{ }` around
/// variables. Texts of several lines are joined by spaces.
fn messages(language: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/locales")
        .join(language);
    let mut messages: Vec<(String, String)> = Vec::new();
    for path in files(&folder, "ftl") {
        let mut message = String::new();
        for line in fs::read_to_string(path).unwrap().lines() {
            let is_key = |text: &str| {
                text.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            };
            match line.split_once(" =") {
                _ if line.starts_with('#') || line.is_empty() => {}
                Some((key, text)) if is_key(key) => {
                    key.clone_into(&mut message);
                    messages.push((message.clone(), text.trim().to_owned()));
                }
                Some((key, text)) if key.trim().strip_prefix('.').is_some_and(is_key) => {
                    messages.push((format!("{message}{}", key.trim()), text.trim().to_owned()));
                }
                _ => {
                    let (_, text) = messages.last_mut().unwrap();
                    *text = format!("{text} {}", line.trim()).trim().to_owned();
                }
            }
        }
    }
    assert!(!messages.is_empty(), "{language}");
    messages
}

/// Returns the text with a mark in place of every variable.
fn without_variables(text: &str) -> String {
    let mut result = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '{' => {
                depth += 1;
                result.push('\u{1}');
            }
            '}' => depth -= 1,
            c if depth == 0 => result.push(c),
            _ => {}
        }
    }
    result
}
