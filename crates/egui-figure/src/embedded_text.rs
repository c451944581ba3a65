//! Embeds a text, such as the document that a figure shows, in SVG, PNG and PDF files, and extracts it.
//!
//! An SVG holds it as text in `<metadata>`, a PNG as a compressed text chunk, a PDF as an attached file; all
//! three survive programs that keep what they don't know. The text should be JSON: a PDF names that as its
//! media type, and an SVG holds the characters U+FFFE and U+FFFF, which XML lacks, as the escapes of JSON.
//!
//! Files are untrusted input: the size of decompressed data is limited, and unusual encodings are rejected.
//!
//! ```
//! # fn main() -> Result<(), egui_figure::FigureError> {
//! use egui_figure::embedded_text::{self, EmbeddedText};
//! use egui_figure::{HeadlessContext, svg};
//!
//! let size = egui::vec2(80.0, 30.0);
//! let drawing = HeadlessContext::new().draw(size, |ui| {
//!     ui.label("x = 1");
//! })?;
//! let options = svg::SvgOptions {
//!     embedded_text: Some(EmbeddedText {
//!         name: "my-program",
//!         description: "The values that the figure shows",
//!         text: r#"{"x": 1}"#.to_owned(),
//!     }),
//!     ..svg::SvgOptions::new(size)
//! };
//! let file = svg::from_drawing(&drawing, &options)?;
//! let text = embedded_text::extract(file.as_bytes(), "my-program");
//! assert_eq!(text, Some(Ok(r#"{"x": 1}"#.to_owned())));
//! # Ok(())
//! # }
//! ```

use std::io::{Cursor, Read as _, Write};

use flate2::read::ZlibDecoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};
use quick_xml::NsReader;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::error::{EmbeddedTextProblem, FigureError};
use super::svg::format::escape_xml;

/// The maximum size of the text in bytes, both compressed and decompressed.
const MAX_BYTES: usize = 64 << 20;
/// The maximum depth of nested elements of an SVG; figures written by this module have far less.
const MAX_XML_DEPTH: usize = 10_000;
/// The maximum number of streams of a PDF; figures written by this module have far fewer.
const MAX_PDF_STREAMS: usize = 10_000;

/// A text to embed in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedText {
    /// The name under which [`extract`] finds the text, usually that of the program: 1 to 79 ASCII letters,
    /// digits, “-” or “_”, the first a letter.
    ///
    /// The name is the keyword of the text chunk in a PNG, the attached file in a PDF is `NAME.json`, and the
    /// element in an SVG is `<NAME:state xmlns:NAME="urn:NAME:state">`.
    pub name: &'static str,
    /// The description of the file that is attached to a PDF.
    pub description: &'static str,
    /// The text, at most 64 MiB.
    pub text: String,
}

/// Extracts the embedded text named `name` of a file in one format: `Ok(None)` if there is none, `Err` with
/// the reason if the file or the text can't be read.
type ExtractFn = fn(bytes: &[u8], name: &str) -> Result<Option<String>, EmbeddedTextProblem>;

/// Extracts the text that is embedded under `name` in an SVG, PNG or PDF file; the format is detected from
/// the first bytes. Returns `None` if `bytes` is in none of these formats.
///
/// # Errors
/// Returns `Some(Err(_))` if the file has no embedded text, the file or the text can't be read, the file is
/// over 128 MiB, or the text is over 64 MiB.
pub fn extract(bytes: &[u8], name: &str) -> Option<Result<String, FigureError>> {
    let (format, extract_fn): (_, ExtractFn) = if is_png(bytes) {
        ("PNG", from_png)
    } else if is_pdf(bytes) {
        ("PDF", from_pdf)
    } else if is_svg(bytes) {
        ("SVG", from_svg)
    } else {
        return None;
    };
    let extracted = if bytes.len() > 2 * MAX_BYTES {
        Err(EmbeddedTextProblem::FileTooLarge)
    } else {
        extract_fn(bytes, name)
    };
    Some(match extracted {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(FigureError::NoEmbeddedText(format)),
        Err(reason) => Err(FigureError::InvalidEmbeddedText { format, reason }),
    })
}

impl EmbeddedText {
    /// Checks that the text can be extracted again from a file of this format.
    ///
    /// # Errors
    /// Returns an error if the name is invalid or the text is over 64 MiB.
    pub(super) fn check(&self, format: &'static str) -> Result<(), FigureError> {
        let is_valid = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let begins_with_letter = self.name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins_with_letter || !self.name.chars().all(is_valid) || self.name.len() > 79 {
            return Err(FigureError::InvalidTextName(self.name.to_owned()));
        }
        if self.text.len() > MAX_BYTES {
            return Err(FigureError::EmbeddedTextTooLarge(format));
        }
        Ok(())
    }

    /// Returns the name of the file attached to a PDF.
    pub(super) fn file_name(&self) -> String {
        attachment_name(self.name)
    }

    /// Returns the XML element that holds the text in an SVG's `<metadata>`.
    pub(super) fn to_svg_metadata(&self) -> String {
        // XML can't contain these two characters. In JSON they occur only within strings, where an escape means
        // the same.
        let text = self
            .text
            .replace('\u{fffe}', "\\ufffe")
            .replace('\u{ffff}', "\\uffff");
        let (name, namespace, text) = (self.name, xml_namespace(self.name), escape_xml(&text));
        format!(r#"<{name}:state xmlns:{name}="{namespace}">{text}</{name}:state>"#)
    }

    /// Writes the text as a compressed text chunk. It must come before the pixels.
    pub(super) fn add_to_png<W: Write>(&self, writer: &mut png::Writer<W>) -> Result<(), png::EncodingError> {
        let mut chunk = png::text_metadata::ITXtChunk::new(self.name, self.text.as_str());
        chunk.compressed = true;
        writer.write_text_chunk(&chunk)
    }
}

/// Returns the name of the file attached to a PDF.
fn attachment_name(name: &str) -> String {
    format!("{name}.json")
}

/// Returns the XML namespace of the element in an SVG's `<metadata>`.
fn xml_namespace(name: &str) -> String {
    format!("urn:{name}:state")
}

/// Returns the position of the first occurrence of `pattern`.
fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

/// Decompresses zlib data to at most `max_bytes` bytes.
fn decompress(compressed: &[u8], max_bytes: usize) -> Result<Vec<u8>, EmbeddedTextProblem> {
    let mut bytes = Vec::new();
    let mut reader = ZlibDecoder::new(compressed).take(max_bytes as u64 + 1);
    reader
        .read_to_end(&mut bytes)
        .map_err(|_| EmbeddedTextProblem::Damaged)?;
    if bytes.len() > max_bytes {
        return Err(EmbeddedTextProblem::TextTooLarge);
    }
    Ok(bytes)
}

// SVG

/// True if the file looks like an SVG.
pub fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    bytes.starts_with(b"<") && (find(bytes, b"<svg").is_some() || find(bytes, b":svg").is_some())
}

/// Escapes control characters: the XML parser's message quotes the input, which may contain line breaks.
fn escape_control_characters(message: &str) -> String {
    let escape = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    message.chars().map(escape).collect()
}

/// Reads the file as a stream, so that its time and memory don't depend on what other programs wrote into it: not on
/// the number of attributes, nor on how deeply elements are nested.
fn from_svg(bytes: &[u8], name: &str) -> Result<Option<String>, EmbeddedTextProblem> {
    let file = std::str::from_utf8(bytes).map_err(|_| EmbeddedTextProblem::NotUtf8)?;
    let problem =
        |error: quick_xml::Error| EmbeddedTextProblem::Syntax(escape_control_characters(&error.to_string()));
    let namespace = xml_namespace(name);
    let mut reader = NsReader::from_str(file);
    let mut text: Option<String> = None;
    let mut depth = 0_usize;
    // The depth within the element, as long as it is open.
    let mut open_depth = None;
    loop {
        let event = reader.read_event().map_err(problem)?;
        match &event {
            Event::Start(element) | Event::Empty(element)
                if text.is_none() && element.local_name().as_ref() == b"state" =>
            {
                let (resolved, _) = reader.resolver().resolve_element(element.name());
                if resolved == ResolveResult::Bound(Namespace(namespace.as_bytes())) {
                    text = Some(String::new());
                    open_depth = matches!(event, Event::Start(_)).then_some(depth);
                }
            }
            Event::DocType(definition) if definition.contains(&b'[') => {
                return Err(EmbeddedTextProblem::Syntax(
                    "its DTD declares entities, which is not supported".to_owned(),
                ));
            }
            Event::Start(_) if depth == MAX_XML_DEPTH => return Err(EmbeddedTextProblem::TooDeep),
            Event::Eof if depth > 0 => return Err(EmbeddedTextProblem::Damaged),
            Event::Eof => return Ok(text),
            _ => {}
        }
        if let (Some(text), Some(_)) = (&mut text, open_depth) {
            let decoded = match &event {
                Event::Text(part) => part.xml10_content(),
                Event::CData(part) => part.xml10_content(),
                _ => Ok("".into()),
            };
            text.push_str(&decoded.map_err(|_| EmbeddedTextProblem::NotUtf8)?);
            if let Event::GeneralRef(reference) = &event {
                text.push_str(&resolved_reference(reference).map_err(problem)?);
            }
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                open_depth = open_depth.filter(|&opened| depth > opened);
            }
            _ => {}
        }
    }
}

/// Returns the text of a reference such as `&lt;` or `&#x2212;`.
fn resolved_reference(reference: &BytesRef<'_>) -> Result<String, quick_xml::Error> {
    if let Some(character) = reference.resolve_char_ref()? {
        return Ok(character.to_string());
    }
    let name = reference.decode()?;
    let text = quick_xml::escape::resolve_xml_entity(&name);
    text.map(str::to_owned)
        .ok_or_else(|| quick_xml::escape::EscapeError::UnrecognizedEntity(0..0, name.into_owned()).into())
}

// PNG

/// True if the file looks like a PNG.
pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n")
}

fn from_png(bytes: &[u8], name: &str) -> Result<Option<String>, EmbeddedTextProblem> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MAX_BYTES });
    decoder.set_ignore_iccp_chunk(true);
    let reason = |error: png::DecodingError| match error {
        png::DecodingError::LimitsExceeded => EmbeddedTextProblem::TextTooLarge,
        other => EmbeddedTextProblem::Syntax(other.to_string()),
    };
    let mut reader = decoder.read_info().map_err(reason)?;
    if let Some(text) = text_from_info(reader.info(), name)? {
        return Ok(Some(text));
    }
    // The chunk may come after the pixels.
    reader.finish().map_err(reason)?;
    text_from_info(reader.info(), name)
}

fn text_from_info(info: &png::Info<'_>, name: &str) -> Result<Option<String>, EmbeddedTextProblem> {
    let reason = |_| EmbeddedTextProblem::Damaged;
    if let Some(chunk) = info.utf8_text.iter().find(|chunk| chunk.keyword == name) {
        let mut chunk = chunk.clone();
        chunk.decompress_text_with_limit(MAX_BYTES).map_err(reason)?;
        return chunk.get_text().map(Some).map_err(reason);
    }
    // Other programs turn an iTXt chunk into a tEXt or zTXt chunk, where the UTF-8 bytes are read as Latin-1.
    let as_utf8 = |text: String| {
        let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        let utf8 = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        utf8.unwrap_or(text)
    };
    let mut compressed = info.compressed_latin1_text.iter();
    if let Some(chunk) = compressed.find(|chunk| chunk.keyword == name) {
        let mut chunk = chunk.clone();
        chunk.decompress_text_with_limit(MAX_BYTES).map_err(reason)?;
        return chunk.get_text().map(as_utf8).map(Some).map_err(reason);
    }
    let mut uncompressed = info.uncompressed_latin1_text.iter();
    let chunk = uncompressed.find(|chunk| chunk.keyword == name);
    Ok(chunk.map(|chunk| as_utf8(chunk.text.clone())))
}

// PDF

/// True if the file looks like a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    find(start, b"%PDF-").is_some()
}

fn from_pdf(bytes: &[u8], name: &str) -> Result<Option<String>, EmbeddedTextProblem> {
    check_decompressed_size(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| EmbeddedTextProblem::Damaged)?;
    for object in pdf.objects() {
        let Some(specification) = object.into_dict() else {
            continue;
        };
        let is_named = |key: &str| {
            let file_name = specification.get::<PdfString<'_>>(key);
            file_name.is_some_and(|file_name| is_attachment_name(file_name.as_bytes(), name))
        };
        if !is_named("UF") && !is_named("F") {
            continue;
        }
        let Some(files) = specification.get::<Dict<'_>>("EF") else {
            continue;
        };
        let file = files
            .get::<Stream<'_>>("F")
            .or_else(|| files.get::<Stream<'_>>("UF"));
        let Some(file) = file else {
            return Err(EmbeddedTextProblem::MissingAttachment);
        };
        let bytes = attachment_bytes(&file)?;
        let text = String::from_utf8(bytes).map_err(|_| EmbeddedTextProblem::NotUtf8);
        return text.map(Some);
    }
    Ok(None)
}

/// True if a PDF string, in either of its two encodings, is the name of the file that holds the text `name`.
fn is_attachment_name(file_name: &[u8], name: &str) -> bool {
    let expected = attachment_name(name);
    let utf16: Vec<u8> = expected.encode_utf16().flat_map(u16::to_be_bytes).collect();
    file_name == expected.as_bytes() || file_name.strip_prefix(b"\xfe\xff") == Some(&utf16)
}

/// Returns the decompressed bytes of the attached file.
fn attachment_bytes(file: &Stream<'_>) -> Result<Vec<u8>, EmbeddedTextProblem> {
    let compressed = file.raw_data();
    let dict = file.dict();
    let filters: Vec<Name<'_>> = match dict.get::<Array<'_>>("Filter") {
        Some(filters) => filters.iter::<Name<'_>>().collect(),
        None => dict.get::<Name<'_>>("Filter").into_iter().collect(),
    };
    match filters.as_slice() {
        [] if compressed.len() > MAX_BYTES => Err(EmbeddedTextProblem::TextTooLarge),
        [] => Ok(compressed.into_owned()),
        [only] if only.as_str() == "FlateDecode" && !dict.contains_key("DecodeParms") => {
            decompress(&compressed, MAX_BYTES)
        }
        _ => Err(EmbeddedTextProblem::UnsupportedCompression),
    }
}

/// Rejects a PDF with too many streams, whose streams decompress to more than 128 MiB in all, or that uses other
/// compression than deflate.
/// (hayro-syntax itself limits how deeply objects are nested.)
fn check_decompressed_size(bytes: &[u8]) -> Result<(), EmbeddedTextProblem> {
    const UNSUPPORTED_FILTERS: [&[u8]; 2] = [b"/LZWDecode", b"/RunLengthDecode"];
    let reason = || EmbeddedTextProblem::UnsupportedCompression;
    if UNSUPPORTED_FILTERS.iter().any(|name| find(bytes, name).is_some()) {
        return Err(reason());
    }
    let mut bytes_left = 2 * MAX_BYTES;
    let mut streams_left = MAX_PDF_STREAMS;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = rest.get(at + b"stream".len()..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(data) = data.strip_prefix(b"\n") else {
            continue;
        };
        streams_left = streams_left
            .checked_sub(1)
            .ok_or(EmbeddedTextProblem::TooManyStreams(MAX_PDF_STREAMS))?;
        // Data that is not compressed, or damaged, can't grow.
        let mut reader = ZlibDecoder::new(data).take(bytes_left as u64 + 1);
        let mut buffer = [0; 1 << 14];
        let mut is_first = true;
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let part = buffer.get(..count).unwrap_or_default();
            bytes_left = bytes_left
                .checked_sub(count)
                .ok_or(EmbeddedTextProblem::TextTooLarge)?;
            if is_first && matches!(part, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]) {
                return Err(reason());
            }
            is_first = false;
        }
    }
    Ok(())
}
