//! Formatting and parsing of the numbers and short texts that people read and type.

pub mod field_draft;
pub mod number;

pub use field_draft::{FieldDraft, InitialCursor};
pub use number::{NumberError, format_adaptive, format_ascii, format_fixed, parse_number};

/// Returns the beginning of a text for quoting it in a message: at most 40 characters, without control
/// characters, followed by “…” if the text is longer.
pub fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut characters = text.chars();
    let start: String = characters
        .by_ref()
        .take(MAX_CHARS)
        .filter(|c| !c.is_control())
        .collect();
    if characters.next().is_some() {
        start + "…"
    } else {
        start
    }
}
