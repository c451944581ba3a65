//! Share links: a document as text that stands behind the `#` of a web address, which browsers don't send to a
//! server.
//!
//! The text is the version `1` and the document as JSON without spaces, compressed as zlib (RFC 1950) and
//! written in the letters of base64url (RFC 4648) without padding. What follows behind an `&` is for the page.

use std::io::Read as _;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::session::Document;
use crate::text::{Localized, Messages};

use super::document_format::DocumentFormat;
use super::file::DocumentError;
use super::json;

/// The first letter of the text, which a later format would change.
const VERSION: char = '1';

/// The maximum size of the JSON in a link.
const MAX_JSON_BYTES: u64 = 64 << 20;

/// The entry in the registry of formats: a file that holds nothing but a link.
pub(super) const FORMAT: DocumentFormat = DocumentFormat {
    name: Messages::format_link,
    extensions: &[],
    recognizes: |bytes| bytes.is_ascii() && std::str::from_utf8(bytes).is_ok_and(is_link),
    read: |bytes| read(&String::from_utf8_lossy(bytes)),
    write: None,
};

/// The reason why a link can't be read.
#[derive(Debug)]
enum LinkError {
    /// Letters are missing or changed.
    Damaged,
    /// It was made by a newer program.
    NewerVersion,
    /// The document in it is too large.
    TooLarge,
}

impl Localized for LinkError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Damaged => messages.link_damaged(),
            Self::NewerVersion => messages.link_newer(),
            Self::TooLarge => messages.link_too_large(),
        }
        .to_owned()
    }
}

impl From<LinkError> for DocumentError {
    fn from(error: LinkError) -> Self {
        Self::new(error)
    }
}

/// Returns a document as a link, from the `#` on. The rows of a data file are not in it, only its name.
///
/// ```
/// use neurodial_core::formats::{Preset, link};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let document = Preset::DEFAULT.document()?;
/// let text = link::write(&document);
/// assert!(text.starts_with("#1") && text.len() < 400);
/// assert!(link::read(&format!("https://example.org/{text}"))?.is_bitwise_equal(&document));
/// # Ok(())
/// # }
/// ```
pub fn write(document: &Document) -> String {
    let json = json::write_compact(document);
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    // A vector can always be written.
    let _ = encoder.write_all(json.as_bytes());
    let compressed = encoder.finish().unwrap_or_default();
    format!("#{VERSION}{}", URL_SAFE_NO_PAD.encode(compressed))
}

/// True if the text is a whole web address with a link or the link alone, with spaces around it.
pub fn is_link(text: &str) -> bool {
    let text = text.trim();
    let has_address = ["http://", "https://", "file://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    // Every link goes on with the first byte of zlib, which tells it from a heading or a color.
    (text.starts_with('#') || has_address && !text.contains(char::is_whitespace))
        && text
            .split_once('#')
            .is_some_and(|(_, text)| text.starts_with("1e"))
}

/// Reads a document from a link: a whole web address, or the text from the `#` on. Line breaks within it, which
/// mail programs add, and a full stop after it are ignored.
///
/// # Errors
/// Returns an error if the link is cut or changed, was made by a newer program, or its document isn't valid.
pub fn read(text: &str) -> Result<Document, DocumentError> {
    let (_, fragment) = text.split_once('#').ok_or(LinkError::Damaged)?;
    let fragment = fragment.split('&').next().unwrap_or_default();
    let fragment: String = fragment.split_whitespace().collect();
    let fragment = fragment.trim_end_matches(['.', ',', ';', ')', '>', '"', '”', '。']);
    let encoded = match fragment.chars().next() {
        Some(VERSION) => &fragment[VERSION.len_utf8()..],
        Some('2'..='9') => return Err(LinkError::NewerVersion.into()),
        _ => return Err(LinkError::Damaged.into()),
    };
    let compressed = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| LinkError::Damaged)?;
    let mut decoder = ZlibDecoder::new(compressed.as_slice());
    let mut json = String::new();
    let read = (&mut decoder).take(MAX_JSON_BYTES + 1).read_to_string(&mut json);
    if json.len() as u64 > MAX_JSON_BYTES {
        return Err(LinkError::TooLarge.into());
    }
    // The checksum of zlib finds changed letters.
    if read.is_err() || decoder.total_in() != compressed.len() as u64 {
        return Err(LinkError::Damaged.into());
    }
    json::read(&json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Preset;
    use proptest::prelude::*;

    #[test]
    fn a_link_keeps_every_preset_to_the_last_bit() {
        for preset in Preset::ALL {
            let document = preset.document().unwrap();
            let link = write(&document);
            assert!(is_link(&link), "{link}");
            for text in [
                link.clone(),
                format!("https://example.org/a/index.html{link}&panes=knobs,curves\n"),
                format!("{}\n{}.", &link[..link.len() / 2], &link[link.len() / 2..]),
            ] {
                assert!(read(&text).unwrap().is_bitwise_equal(&document), "{text}");
            }
        }
    }

    #[test]
    fn other_text_is_no_link() {
        for text in [
            "",
            "#",
            "# Heading",
            "#1",
            "#123456",
            "https://example.org/#about",
            "a #1eNq",
        ] {
            assert!(!is_link(text), "{text}");
        }
    }

    #[test]
    fn a_link_of_a_newer_program_says_so() {
        let error = read("#2abc").unwrap_err().message(Messages::ENGLISH);
        assert_eq!(error, Messages::ENGLISH.link_newer());
    }

    proptest! {
        #[test]
        fn a_cut_or_changed_link_is_an_error_or_the_same_document(at in 0_usize..1000, letter in "[A-Za-z0-9_#& -]") {
            let document = Preset::DEFAULT.document().unwrap();
            let link = write(&document);
            let at = at % link.len();
            prop_assert!(read(&link[..at]).is_err());
            let changed = format!("{}{letter}{}", &link[..at], &link[at + 1..]);
            if let Ok(read) = read(&changed) {
                prop_assert!(read.is_bitwise_equal(&document));
            }
        }
    }
}
