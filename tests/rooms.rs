//! Who may know whom: the source is read, and the rules of the house are held.

#![allow(
    clippy::unwrap_used,
    reason = "clippy does not see that helpers of a test are tests"
)]

#[path = "support/source.rs"]
mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source::{paths, tokens};

/// A room and what it may know.
struct Room {
    name: &'static str,
    /// The rooms that it may import; all of them stand above it.
    knows: &'static [&'static str],
    draws: bool,
    /// Whether it reads and writes files; of `session` only [`FILES`] does.
    has_files: bool,
    /// Whether it may look at a clock, start a thread, or take chance from the system.
    has_clock: bool,
}

const fn pure(name: &'static str, knows: &'static [&'static str]) -> Room {
    Room {
        name,
        knows,
        draws: false,
        has_files: false,
        has_clock: false,
    }
}

const fn drawing(name: &'static str, knows: &'static [&'static str]) -> Room {
    Room {
        draws: true,
        has_clock: true,
        ..pure(name, knows)
    }
}

const fn with_files(room: Room) -> Room {
    Room {
        has_files: true,
        has_clock: true,
        ..room
    }
}

/// The house from top to bottom, rooms that are still to come included. A new room is a line here.
const ROOMS: [Room; 16] = [
    pure("words", &[]),
    pure("network", &["words"]),
    pure("data", &["words"]),
    pure("learning", &["words", "network", "data"]),
    pure("session", &["words", "network", "data", "learning"]),
    pure("insight", &["words", "network", "data", "learning", "session"]),
    pure("code", &["words", "network", "session"]),
    with_files(pure("exchange", &["words", "network", "data", "session"])),
    drawing("look", &[]),
    drawing("canvas", &["words", "network", "session", "look"]),
    with_files(drawing("figure", &["words", "look", "canvas"])),
    drawing("widgets", &["words", "network", "look"]),
    drawing(
        "panes",
        &[
            "words", "network", "data", "learning", "session", "insight", "code", "look", "canvas", "figure",
            "widgets",
        ],
    ),
    drawing(
        "app",
        &[
            "words", "network", "data", "learning", "session", "insight", "code", "exchange", "look",
            "canvas", "figure", "widgets", "panes",
        ],
    ),
    with_files(pure(
        "cli",
        &[
            "words", "network", "data", "learning", "session", "insight", "code", "exchange", "look",
            "figure", "panes", "app",
        ],
    )),
    // `main.rs`.
    drawing("main", &["app", "cli"]),
];

/// The only module of `session` that touches files.
const FILES: [&str; 2] = ["session", "file"];
const MOST_LINES: usize = 700;

fn room(name: &str) -> Option<&'static Room> {
    ROOMS.iter().find(|room| room.name == name)
}

/// What a source at `module` does that its room may not, a sentence each.
fn faults(module: &[&str], text: &str) -> Vec<String> {
    let place = module.join("::");
    let Some(room) = module.first().and_then(|name| room(name)) else {
        return vec![format!("{place} is in no room of the list")];
    };
    // `main` is a crate of its own.
    let (home, root) = match room.name {
        "main" => (&module[1..], "neurodial"),
        _ => (module, "crate"),
    };
    let mut faults = BTreeSet::new();
    for path in paths(text, home) {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let wrong = match names[..] {
            [first, other, ..] if first == root => other != room.name && !room.knows.contains(&other),
            [first, ..] if first.starts_with("egui") || first == "eframe" => !room.draws,
            ["std", "fs", ..] => !room.has_files && !module.starts_with(&FILES),
            ["std", "time" | "thread", ..] => !room.has_clock,
            ["rand", "rng" | "random" | "rngs", ..] | ["getrandom", ..] => !room.has_clock,
            [only] => match only {
                "unsafe" => true,
                "Instant" | "SystemTime" => !room.has_clock,
                _ => false,
            },
            _ => false,
        };
        if wrong {
            faults.insert(format!("{place} names {}", path.join("::")));
        }
    }
    let tokens = tokens(text);
    for triple in tokens.windows(3) {
        if let [root, word, _] = triple
            && word == "as"
            && ["crate", "neurodial", "std"].contains(&root.as_str())
        {
            faults.insert(format!("{place} gives {root} another name"));
        }
    }
    faults.into_iter().collect()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The module that a file of `src` holds: `src/session/file.rs` is `["session", "file"]`.
fn module_of(file: &Path) -> Vec<String> {
    let inside = file.strip_prefix(folder("src")).unwrap().with_extension("");
    let mut names: Vec<String> = inside
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    if names.last().is_some_and(|name| name == "mod") {
        names.pop();
    }
    names
}

/// The rooms that are there.
fn rooms_there() -> BTreeSet<String> {
    let modules = rust_files(&folder("src"))
        .into_iter()
        .map(|file| module_of(&file).swap_remove(0));
    modules.filter(|name| name != "lib" && name != "main").collect()
}

#[test]
fn a_room_knows_only_rooms_above_it() {
    for (index, room) in ROOMS.iter().enumerate() {
        for known in room.knows {
            let above = ROOMS[..index].iter().any(|other| other.name == *known);
            assert!(above, "{} may know {known}, which is not above it", room.name);
        }
    }
}

#[test]
fn the_source_keeps_the_rules() {
    let mut faults_found = Vec::new();
    let mut files = 0;
    for file in rust_files(&folder("src")) {
        let module = module_of(&file);
        let module: Vec<&str> = module.iter().map(String::as_str).collect();
        if module == ["lib"] {
            continue;
        }
        files += 1;
        faults_found.extend(faults(&module, &fs::read_to_string(&file).unwrap()));
    }
    assert!(files > 20, "only {files} files were found");
    assert!(faults_found.is_empty(), "{}", faults_found.join("\n"));
}

#[test]
fn no_file_is_longer_than_700_lines() {
    for name in ["src", "tests", "benches"] {
        for file in rust_files(&folder(name)) {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= MOST_LINES, "{} has {lines} lines", file.display());
        }
    }
}

#[test]
fn the_map_in_lib_rs_names_every_room_in_order_and_who_draws() {
    let text = fs::read_to_string(folder("src/lib.rs")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | [`"));
    let listed: Vec<(&str, bool)> = rows
        .map(|row| {
            let (name, rest) = row.split_once("`]").unwrap();
            (name, rest.trim_end().ends_with("| yes |"))
        })
        .collect();
    let there = rooms_there();
    let expected: Vec<(&str, bool)> = ROOMS
        .iter()
        .filter(|room| there.contains(room.name))
        .map(|room| (room.name, room.draws))
        .collect();
    assert_eq!(listed, expected);
    assert_eq!(
        there.len(),
        expected.len(),
        "a room is not in the list: {there:?}"
    );
    for name in &there {
        assert!(
            text.contains(&format!("\npub mod {name};\n")),
            "lib.rs has no {name}"
        );
    }
}

#[test]
fn a_lower_room_is_seen_however_it_is_written() {
    for text in [
        "use crate::app;",
        "use crate::app::Command;",
        "pub(crate) use crate::{network::Knob, app::{self, Command}};",
        "use crate::{network as n, app as a};",
        "use super::app::Command;",
        "fn f() { super::app::run() }",
        "fn f() { let x = crate::app::run::<u8>(); }",
        "fn f(x: Option<&'static crate::app::App>) {}",
        "mod tests { use super::super::app; }",
        "mod a { mod b { fn f() { super::super::super::app::run() } } }",
        "use crate::*;",
        "use crate as house;",
        "const A: char = '\"'; use crate::app; const B: char = '\"';",
        "const A: &str = \"\\\"\"; use crate::app; // \"",
        "const A: &str = r#\"\"\"#; use crate::app;",
        "/* /* */ */ use crate::app;",
    ] {
        assert!(!faults(&["insight"], text).is_empty(), "{text}");
    }
    assert_eq!(
        faults(&["insight", "sweep"], "use super::super::app;"),
        ["insight::sweep names crate::app"]
    );
}

#[test]
fn a_room_of_its_own_and_one_above_are_no_fault() {
    for text in [
        "use crate::network::{Knob, Network};",
        "use crate::insight::Sweep;",
        "use super::network::Knob;",
        "mod tests { use super::*; }",
        "// use crate::app;",
        "/// See [`crate::app`] and `unsafe`.\nfn f() {}",
        "/* use crate::app; /* unsafe */ use egui; */",
        "const A: &str = \"use crate::app; unsafe\";",
        "const A: &str = r##\"\" use crate::app; \"#\"##;",
        "#![forbid(unsafe_code)]",
        "fn f(x: X) { x.app(); x.egui; x.fs.thread }",
    ] {
        assert_eq!(faults(&["insight"], text), Vec::<String>::new(), "{text}");
    }
    assert!(faults(&["insight", "sweep"], "use super::{Curve, app};").is_empty());
    assert!(
        faults(
            &["main"],
            "use neurodial::app; use neurodial::cli::{self, Request};"
        )
        .is_empty()
    );
}

#[test]
fn each_rule_can_be_broken() {
    for (module, text) in [
        ("network", "use egui::Pos2;"),
        ("cli", "fn f(ui: &mut eframe::egui::Ui) {}"),
        ("session", "use egui_plot::Plot;"),
        ("session", "use std::fs;"),
        ("app", "fn f() { let _ = std::fs::create_dir_all(\"a\"); }"),
        ("panes", "use std::{fs::File, io};"),
        ("network", "use std::time::Instant;"),
        ("insight", "fn f() { std::thread::spawn(|| {}); }"),
        ("session", "use ::std::thread;"),
        ("words", "use std as s;"),
        ("network", "fn f() { rand::random::<f64>(); }"),
        ("app", "fn f() { unsafe { g() } }"),
        ("widgets", "use crate::session::Target;"),
        ("look", "use crate::words;"),
        ("insight", "use crate::look::Look;"),
        ("cli", "use crate::canvas::Stage;"),
        ("cli", "use crate::widgets::maths;"),
        ("main", "use neurodial::session::Session;"),
        ("attic", "fn f() {}"),
    ] {
        assert!(!faults(&[module], text).is_empty(), "{module}: {text}");
    }
    assert!(faults(&["session", "file", "recovery"], "use std::fs;").is_empty());
    assert!(faults(&["exchange"], "use std::fs::File;").is_empty());
    assert!(faults(&["app", "files"], "use std::time::Instant;").is_empty());
}
