//! The readers of the program, each as a function that takes any bytes. What it accepts must be consistent: a document
//! reads as the same document after it is written, and a number is finite.
//!
//! A new reader is a function, its line in [`TARGETS`], a folder of inputs in `seeds` and a file in `fuzz_targets`.

use std::sync::OnceLock;

use egui_figure::embedded_text;
use neurodial_core::code::{edit, latex, parsed_network};
use neurodial_core::data::expression::Expression;
use neurodial_core::data::{ColumnSelection, ComputedFeature, TableOptions, table, table_text};
use neurodial_core::formats::{Preset, json, link, spreadsheet};
use neurodial_core::lessons::{LessonSource, check, log};
use neurodial_core::session::Document;
use neurodial_core::text::{parse_integer, parse_number};

/// A reader, with the name of its folder of inputs.
pub type Target = (&'static str, fn(&[u8]));

/// All readers.
pub const TARGETS: &[Target] = &[
    ("document", document),
    ("svg", figure),
    ("png", figure),
    ("pdf", figure),
    ("table", table),
    ("spreadsheet", spreadsheet),
    ("pasted_code", pasted_code),
    ("typed_number", typed_number),
    ("link", link),
    ("lesson", lesson),
];

/// Reads a document.
pub fn document(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(document) = json::read(text) {
        let written = json::write(&document);
        let again = json::read(&written).expect("a written document can be read");
        assert!(again.is_bitwise_equal(&document), "it is the same document");
        assert_eq!(json::write(&again), written, "it is written the same");
    }
}

/// Reads the document in an SVG, PNG or PDF figure.
pub fn figure(bytes: &[u8]) {
    for recognizes in [
        embedded_text::is_svg,
        embedded_text::is_png,
        embedded_text::is_pdf,
    ] {
        let _ = recognizes(bytes);
    }
    if let Some(Ok(text)) = embedded_text::extract(bytes, "neurodial") {
        document(text.as_bytes());
    }
}

/// Reads a table of data in any encoding.
pub fn table(bytes: &[u8]) {
    let options = TableOptions::default();
    if let Ok(source) = table_text::decode(bytes.to_vec(), &options) {
        let _ = table::read_with(&source, &options, &ColumnSelection::default());
    }
}

/// Reads a spreadsheet.
pub fn spreadsheet(bytes: &[u8]) {
    let options = TableOptions::default();
    if let Ok(source) = spreadsheet::read(bytes, &options) {
        let _ = table::read_with(&source, &options, &ColumnSelection::default());
    }
}

/// Reads code with matrices, and as an edited listing.
pub fn pasted_code(bytes: &[u8]) {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    let text = String::from_utf8_lossy(bytes);
    for template in [None, Some(())] {
        let document = DOCUMENT.get_or_init(|| {
            let preset = Preset::from_name("article").expect("a preset");
            preset.document().expect("its document")
        });
        let template = template.map(|()| document.network.architecture());
        if let Ok(parsed) = parsed_network::parse(&text, template) {
            let knobs = parsed.network.knobs();
            assert!(knobs.iter().all(|knob| knob.is_finite()), "a knob is not finite");
        }
        if let Ok(changes) = edit::changes(&latex::write(document), &text) {
            assert!(
                changes.iter().all(|(_, value)| value.is_finite()),
                "a value is not finite"
            );
        }
    }
}

/// Reads what is typed into fields: numbers, conditions and computed features.
pub fn typed_number(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(number) = parse_number(&text) {
        assert!(number.is_finite(), "{text} is {number}");
    }
    let _ = parse_integer::<u32>(&text);
    if let Ok(condition) = Expression::parse_condition(&text) {
        let _ = condition.holds(&[0.5, -1.0, 2.0]);
    }
    let _ = text.parse::<ComputedFeature>();
}

/// Reads a share link.
pub fn link(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = link::is_link(&text);
    if let Ok(shared) = link::read(&text) {
        document(json::write(&shared).as_bytes());
    }
}

/// Reads a lesson, also as its own translation, and an answer log.
pub fn lesson(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let source = LessonSource::from_text("a.md", &*text);
    if let Some(lesson) = check(&source, &["knobs"]).original {
        let _ = lesson.translated(&source);
    }
    let _ = log::read(&text);
}
