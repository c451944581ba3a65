//! Words and numbers as people read and write them.

pub mod draft;
pub mod number;

pub use draft::{FieldDraft, InitialCursor};
pub use number::{NumberError, format_adaptive, format_fixed, parse_number, format_ascii};

/// A piece of somebody's text, short enough to be quoted in a message.
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
