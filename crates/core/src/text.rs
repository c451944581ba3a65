//! Everything that people read and type: the message catalog, and the formatting and parsing of numbers and
//! short texts.

pub(crate) mod field_draft;
pub(crate) mod locale;
pub(crate) mod messages;
pub(crate) mod named_enum;
pub(crate) mod number;
mod phrase;
pub(crate) mod round_number;

pub use field_draft::{FieldDraft, InitialCursor};
pub use locale::{Locale, UnknownLocale};
pub use messages::{Localized, Messages, SharedText, format_count};
pub(crate) use number::parse_decimal;
pub use number::{
    DecimalSign, NumberError, format_adaptive, format_ascii, format_fixed, parse_integer, parse_number,
    to_half_width,
};
pub(crate) use phrase::uncapitalized;
pub use phrase::{capitalized, count_with_noun, shortened};
pub(crate) use round_number::round_up;
pub use round_number::{multiple_of_step, next_round_number};

// The code of `build.rs`, for its tests.
#[cfg(test)]
#[path = "../build/catalog.rs"]
mod catalog;
