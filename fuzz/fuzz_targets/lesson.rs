//! Reads any text as a lesson, as its own translation and as an answer log, and plays it: `cargo +nightly fuzz run
//! lesson`, with the files of `assets/lessons` as the corpus.

#![no_main]

use libfuzzer_sys::fuzz_target;
use neurodial_core::lessons::{LessonSource, check, log};

fuzz_target!(|text: &str| {
    let source = LessonSource::from_text("a.md", text);
    if let Some(lesson) = check(&source, &["knobs"]).original {
        let _ = lesson.translated(&source);
    }
    let _ = log::read(text);
});
