//! Every text that people read is in the message catalog.

use crate::source::Source;
use crate::sources;

/// The files whose texts people don't read as sentences of the program, with the reason.
const NOT_FOR_PEOPLE: &str = include_str!("not_for_people.txt");

fn is_for_people(path: &str) -> bool {
    let mut exceptions = NOT_FOR_PEOPLE.lines().filter_map(|line| line.split_once(": "));
    !exceptions.any(|(start, _)| path.starts_with(start))
}

#[test]
fn every_text_that_people_read_is_in_the_catalog() {
    for (path, code) in sources().into_iter().filter(|(path, _)| is_for_people(path)) {
        let texts = Source::read(&code).texts;
        assert!(
            texts.is_empty(),
            "move these texts of {path} into assets/locales (see CONTRIBUTING.md):\n{}",
            texts.join("\n")
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
