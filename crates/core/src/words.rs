//! Words and numbers as people read and write them.

pub mod draft;
pub mod number;

pub use draft::{Draft, Opens};
pub use number::{NumberError, fine, fixed, parse_number, plain};

/// A piece of somebody's text, short enough to be quoted in a message.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let mut characters = text.chars();
    let start: String = characters
        .by_ref()
        .take(MOST)
        .filter(|c| !c.is_control())
        .collect();
    if characters.next().is_some() {
        start + "…"
    } else {
        start
    }
}
