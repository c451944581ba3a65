//! Every text that people read is in the message catalog.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::source::Source;
use crate::{files, root, sources};

/// The folder with the lists of the files whose texts are still to be moved into the catalog, a list for each
/// folder of sources.
fn lists() -> PathBuf {
    root().join("crates/core/tests/catalog/untranslated")
}

/// The files whose texts people don't read as sentences of the program, with the reason.
const NOT_FOR_PEOPLE: &str = include_str!("not_for_people.txt");

fn is_for_people(path: &str) -> bool {
    let mut exceptions = NOT_FOR_PEOPLE.lines().filter_map(|line| line.split_once(": "));
    !exceptions.any(|(start, _)| path.starts_with(start))
}

/// Returns the texts of each source file that are not in the catalog.
fn untranslated() -> BTreeMap<String, Vec<String>> {
    sources()
        .into_iter()
        .filter(|(path, _)| is_for_people(path))
        .map(|(path, code)| (path, Source::read(&code).texts))
        .filter(|(_, texts)| !texts.is_empty())
        .collect()
}

/// Returns the name of the list that a source file belongs to: `core-session`, `panes`, `cli`.
fn list_name(path: &str) -> String {
    let folders: Vec<&str> = path.split('/').collect();
    match folders.as_slice() {
        ["crates", "core", "src", folder, ..] => format!("core-{}", folder.trim_end_matches(".rs")),
        ["crates", name, ..] => (*name).to_owned(),
        ["src", folder, ..] => folder.trim_end_matches(".rs").to_owned(),
        _ => panic!("{path}"),
    }
}

#[test]
fn every_text_that_people_read_is_in_the_catalog() {
    let found = untranslated();
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    for (path, texts) in &found {
        println!("{path}\n    {}", texts.join("\n    "));
        *expected.entry(list_name(path)).or_default() += &format!("{path}\n");
    }
    if std::env::var_os("UPDATE_UNTRANSLATED").is_some() {
        for path in files(&lists(), "txt") {
            fs::remove_file(path).unwrap();
        }
        for (name, text) in &expected {
            fs::write(lists().join(format!("{name}.txt")), text).unwrap();
        }
        return;
    }
    let listed: BTreeSet<String> = files(&lists(), "txt")
        .iter()
        .flat_map(|path| {
            fs::read_to_string(path)
                .unwrap()
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect();
    for (path, texts) in &found {
        assert!(
            listed.contains(path),
            "move these texts of {path} into assets/locales (see CONTRIBUTING.md):\n{}",
            texts.join("\n")
        );
    }
    for path in &listed {
        assert!(
            found.contains_key(path),
            "{path} has no text any more; remove it from its list, or set UPDATE_UNTRANSLATED=1"
        );
    }
}

#[test]
fn every_exception_is_needed() {
    let sources = sources();
    for line in NOT_FOR_PEOPLE.lines() {
        let (start, reason) = line.split_once(": ").unwrap();
        assert!(!reason.is_empty(), "{line}");
        let has_text =
            |(path, code): &(String, String)| path.starts_with(start) && !Source::read(code).texts.is_empty();
        assert!(sources.iter().any(has_text), "{start} needs no exception");
    }
}
