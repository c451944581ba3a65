//! The text of a table in a file: its encoding, and what the file is if it is no text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::text::{Localized, Messages};

use super::table_options::TableOptions;

/// The number of bytes from which an encoding is guessed.
const GUESSED_BYTES: usize = 1 << 20;

/// The text of a table, without a byte order mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableText {
    /// The text.
    pub text: String,
    /// The name of the encoding, such as `UTF-8` or `windows-1252`; for a spreadsheet its kind.
    pub encoding: &'static str,
    /// The sheets of a spreadsheet; empty for a text file.
    pub sheets: Vec<String>,
}

/// The reason why a file is not a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableTextError {
    /// The file is something else.
    OtherContent(OtherContent),
    /// The text has bytes that are not possible in the chosen encoding.
    InvalidBytes {
        /// The encoding.
        encoding: String,
        /// The line, counted from 1.
        line: usize,
    },
}

/// A kind of file that is not a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherContent {
    /// A picture.
    Picture,
    /// A PDF document.
    Pdf,
    /// A ZIP archive that is not a spreadsheet.
    Archive,
    /// A workbook of Excel before 2007.
    OldWorkbook,
    /// An array of NumPy.
    NumpyArray,
    /// A file of HDF5.
    Hdf5,
    /// A file of Parquet.
    Parquet,
    /// A database of SQLite.
    Database,
    /// A web page or another markup.
    Markup,
    /// A file of JSON.
    Json,
    /// A file of Weka: a header of attributes above the rows.
    Arff,
    /// Rows of `number:value`, as LIBSVM and SVMlight write them.
    SparseRows,
    /// Bytes that are no text.
    Binary,
}

impl Localized for TableTextError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::OtherContent(content) => match content {
                OtherContent::Picture => messages.not_a_table_picture(),
                OtherContent::Pdf => messages.not_a_table_pdf(),
                OtherContent::Archive => messages.not_a_table_archive(),
                OtherContent::OldWorkbook => messages.not_a_table_old_workbook(),
                OtherContent::NumpyArray => messages.not_a_table_numpy(),
                OtherContent::Hdf5 => messages.not_a_table_hdf5(),
                OtherContent::Parquet => messages.not_a_table_parquet(),
                OtherContent::Database => messages.not_a_table_database(),
                OtherContent::Markup => messages.not_a_table_markup(),
                OtherContent::Json => messages.not_a_table_json(),
                OtherContent::Arff => messages.not_a_table_arff(),
                OtherContent::SparseRows => messages.not_a_table_sparse(),
                OtherContent::Binary => messages.not_a_table_binary(),
            }
            .to_owned(),
            Self::InvalidBytes { encoding, line } => messages.invalid_bytes(line, encoding),
        }
    }
}

crate::localized_errors!(TableTextError);

impl OtherContent {
    /// Returns the kind of content that begins like this, if it is not a table.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let signatures: [(&[u8], Self); 18] = [
            (b"\x89PNG", Self::Picture),
            (b"\xff\xd8\xff", Self::Picture),
            (b"GIF8", Self::Picture),
            (b"BM\0", Self::Picture),
            (b"II*\0", Self::Picture),
            (b"%PDF", Self::Pdf),
            (b"PK\x03\x04", Self::Archive),
            (b"\x1f\x8b", Self::Archive),
            (b"7z\xbc\xaf", Self::Archive),
            (b"\xd0\xcf\x11\xe0", Self::OldWorkbook),
            (b"\x93NUMPY", Self::NumpyArray),
            (b"\x89HDF", Self::Hdf5),
            (b"PAR1", Self::Parquet),
            (b"SQLite format 3\0", Self::Database),
            (b"\x7fELF", Self::Binary),
            (b"\x80\x04\x95", Self::Binary),
            (b"{\\rtf", Self::Binary),
            (b"RIFF", Self::Binary),
        ];
        let found = signatures.iter().find(|(start, _)| bytes.starts_with(start));
        if let Some((_, content)) = found {
            return Some(*content);
        }
        let start: Vec<u8> = bytes.iter().take(512).copied().collect();
        let start = start.trim_ascii_start().to_ascii_lowercase();
        let is_markup = [&b"<!doctype"[..], b"<html", b"<?xml", b"<svg"]
            .iter()
            .any(|tag| start.starts_with(tag));
        if is_markup {
            return Some(Self::Markup);
        }
        if is_json(bytes) {
            return Some(Self::Json);
        }
        if start.starts_with(b"@relation") {
            return Some(Self::Arff);
        }
        is_sparse(bytes).then_some(Self::SparseRows)
    }
}

/// True if a text is JSON, or if its first line is.
fn is_json(bytes: &[u8]) -> bool {
    const MAX_LINE: usize = 1 << 16;
    let bytes = bytes.trim_ascii_start();
    let line = bytes.iter().take(MAX_LINE).position(|&byte| byte == b'\n');
    let is_value = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
    match bytes.first() {
        Some(b'{' | b'[') => line.is_some_and(|end| is_value(&bytes[..end])) || is_value(bytes),
        _ => false,
    }
}

/// True if the first lines are a number and then pairs such as `3:0.5`.
fn is_sparse(bytes: &[u8]) -> bool {
    const MAX_LINES: usize = 5;
    let lines = bytes[..bytes.len().min(1 << 14)].split(|&byte| byte == b'\n');
    let mut judged = 0;
    // A time of day has minutes of two digits.
    let mut are_times = true;
    for line in lines.take(MAX_LINES) {
        let line = String::from_utf8_lossy(line);
        let mut words = line.split_whitespace();
        let Some(first) = words.next() else { continue };
        let is_pair = |word: &str| {
            word.split_once(':')
                .is_some_and(|(index, value)| index.parse::<u32>().is_ok() && value.parse::<f64>().is_ok())
        };
        are_times &= words
            .clone()
            .all(|word| word.split_once(':').is_none_or(|(_, minutes)| minutes.len() == 2));
        if first.parse::<f64>().is_err() || words.clone().next().is_none() || !words.all(is_pair) {
            return false;
        }
        judged += 1;
    }
    judged > 0 && !are_times
}

/// Decodes the bytes of a text file.
///
/// # Errors
///
/// Returns an error if the file is no text, or not in the chosen encoding.
pub fn decode(bytes: Vec<u8>, options: &TableOptions) -> Result<TableText, TableTextError> {
    if let Some(content) = OtherContent::from_bytes(&bytes) {
        return Err(TableTextError::OtherContent(content));
    }
    let chosen = options
        .encoding
        .as_ref()
        .and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = chosen.or_else(|| Encoding::for_bom(&bytes).map(|(encoding, _)| encoding));
    match encoding {
        Some(encoding) if encoding != UTF_8 => decode_with(&bytes, encoding, true),
        _ => match String::from_utf8(bytes) {
            Ok(mut text) => {
                let has_zeros = text.as_bytes().iter().take(GUESSED_BYTES).any(|&byte| byte == 0);
                match utf16_without_mark(text.as_bytes()).filter(|_| has_zeros && encoding.is_none()) {
                    Some(encoding) => decode_with(text.as_bytes(), encoding, true),
                    None if has_zeros => Err(TableTextError::OtherContent(OtherContent::Binary)),
                    None => {
                        if text.starts_with('\u{feff}') {
                            text.drain(..'\u{feff}'.len_utf8());
                        }
                        Ok(TableText {
                            text,
                            encoding: UTF_8.name(),
                            sheets: Vec::new(),
                        })
                    }
                }
            }
            Err(e) => {
                let position = e.utf8_error().valid_up_to();
                let bytes = e.into_bytes();
                if encoding.is_some() {
                    return Err(invalid_bytes(&bytes, position, UTF_8));
                }
                if let Some(encoding) = utf16_without_mark(&bytes) {
                    return decode_with(&bytes, encoding, true);
                }
                if bytes.contains(&0) {
                    return Err(TableTextError::OtherContent(OtherContent::Binary));
                }
                let guessed = guess(&bytes);
                decode_with(&bytes, guessed, true).or_else(|_| decode_with(&bytes, WINDOWS_1252, false))
            }
        },
    }
}

fn invalid_bytes(bytes: &[u8], position: usize, encoding: &'static Encoding) -> TableTextError {
    let lines = bytes[..position.min(bytes.len())]
        .iter()
        .filter(|&&byte| byte == b'\n')
        .count();
    TableTextError::InvalidBytes {
        encoding: encoding.name().to_owned(),
        line: lines + 1,
    }
}

/// Guesses the encoding of bytes that are not UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // The bytes around the first that is not ASCII say most.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(GUESSED_BYTES / 2);
    let end = bytes.len().min(start + GUESSED_BYTES);
    detector.feed(&bytes[start..end], end == bytes.len());
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed.is_single_byte() && is_japanese(&bytes[start..end]) {
        return encoding_rs::SHIFT_JIS;
    }
    // GB 18030 has all characters of GBK.
    if guessed == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        guessed
    }
}

/// True if bytes are Shift JIS with some kana or kanji, and without the half-width kana that many bytes could be.
fn is_japanese(bytes: &[u8]) -> bool {
    let text = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
    text.is_some_and(|text| {
        let is_wide = |c: &char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
        let others =
            |c: &char| !c.is_ascii() && !matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}');
        text.chars().filter(is_wide).count() >= 2 && !text.chars().any(|c| others(&c))
    })
}

/// Returns the encoding of a text in UTF-16 without a byte order mark: most characters of a table are ASCII, so
/// every other byte is 0.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(1 << 16) / 2 * 2];
    let zeros = |parity: usize| {
        start
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let half = start.len() / 2;
    let is_mostly =
        |many: usize, few: usize| bytes.len().is_multiple_of(2) && 5 * many > half && 50 * few <= half;
    // A few zeros are an accident.
    match even.max(odd) >= 3 && start.len() >= 6 {
        true if is_mostly(odd, even) => Some(UTF_16LE),
        true if is_mostly(even, odd) => Some(UTF_16BE),
        _ => None,
    }
}

/// Decodes all bytes; a byte order mark is dropped.
fn decode_with(
    bytes: &[u8],
    encoding: &'static Encoding,
    is_strict: bool,
) -> Result<TableText, TableTextError> {
    let bytes = match Encoding::for_bom(bytes) {
        Some((_, length)) => &bytes[length..],
        None => bytes,
    };
    let text = match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None if is_strict => {
            // The position of the first character that can't be decoded.
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            let before = text.find('\u{fffd}').unwrap_or_default();
            return Err(TableTextError::InvalidBytes {
                encoding: encoding.name().to_owned(),
                line: 1 + text[..before].matches('\n').count(),
            });
        }
        None => encoding.decode_without_bom_handling(bytes).0.into_owned(),
    };
    if text.contains('\0') {
        return Err(TableTextError::OtherContent(OtherContent::Binary));
    }
    Ok(TableText {
        text,
        encoding: encoding.name(),
        sheets: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, &'static str) {
        let text = decode(bytes.to_vec(), &TableOptions::default());
        let text = text.unwrap_or_else(|e| panic!("{e}"));
        (text.text, text.encoding)
    }

    #[test]
    fn the_encoding_of_a_table_is_recognized() {
        let utf16 = |text: &str, mark: bool, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let mark = mark.then_some(0xfeff);
            mark.into_iter()
                .chain(text.encode_utf16())
                .flat_map(to_bytes)
                .collect()
        };
        let german = "Größe,Art\n1,schön\n2,häßlich\n";
        for (bytes, name) in [
            (german.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", german.as_bytes()].concat(), "UTF-8"),
            (utf16(german, true, u16::to_le_bytes), "UTF-16LE"),
            (utf16(german, false, u16::to_le_bytes), "UTF-16LE"),
            (utf16(german, true, u16::to_be_bytes), "UTF-16BE"),
            (utf16(german, false, u16::to_be_bytes), "UTF-16BE"),
            (WINDOWS_1252.encode(german).0.into_owned(), "windows-1252"),
        ] {
            assert_eq!(decoded(&bytes), (german.to_owned(), name));
        }
        let chinese = "名称,数量\n苹果,三\n香蕉,五\n葡萄,七\n";
        let bytes = encoding_rs::GB18030.encode(chinese).0.into_owned();
        assert_eq!(decoded(&bytes), (chinese.to_owned(), "gb18030"));
        let japanese = "名前,種類\n猫,動物です\n犬,ペットのなかま\n";
        let bytes = encoding_rs::SHIFT_JIS.encode(japanese).0.into_owned();
        assert_eq!(decoded(&bytes), (japanese.to_owned(), "Shift_JIS"));
    }

    #[test]
    fn other_files_are_named() {
        for (bytes, content) in [
            (&b"\x89PNG\r\n\x1a\n\0"[..], OtherContent::Picture),
            (b"{\"a\": [1, 2]}", OtherContent::Json),
            (b"\n<!DOCTYPE html><p>", OtherContent::Markup),
            (b"a,b\n\0\x01\x02\x03,5\n", OtherContent::Binary),
            (b"\x93NUMPY\x01\0", OtherContent::NumpyArray),
        ] {
            let error = decode(bytes.to_vec(), &TableOptions::default()).unwrap_err();
            assert_eq!(error, TableTextError::OtherContent(content));
        }
        let options = TableOptions {
            encoding: Some("utf-8".to_owned()),
            ..TableOptions::default()
        };
        let error = decode(b"a,b\n1,\xe9\n".to_vec(), &options).unwrap_err();
        assert!(matches!(error, TableTextError::InvalidBytes { line: 2, .. }));
    }
}
