//! Embeds a text, such as the document that a figure shows, in SVG, PNG and PDF files, and extracts it.
//!
//! An SVG holds it as text in `<metadata>`, a PNG as a compressed text chunk, a PDF as an attached file; all
//! three survive programs that keep what they don't know. Files are untrusted input: the size of decompressed
//! data is limited, and unusual encodings are rejected.

use std::io::{Cursor, Read as _, Write};

use flate2::read::ZlibDecoder;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};

use super::FigureError;
use super::svg::escape_xml;

/// The keyword of the PNG text chunk.
const PNG_KEYWORD: &str = "neurodial";
/// The name of the file attached to a PDF.
pub(super) const ATTACHMENT_NAME: &str = "neurodial.json";
/// The XML namespace of the element in an SVG's `<metadata>`.
const XML_NAMESPACE: &str = "urn:neurodial:state";
/// The maximum size of the text in bytes, both compressed and decompressed.
const MAX_BYTES: usize = 64 << 20;
/// The maximum number of XML nodes of an SVG; figures written by this module have far fewer.
const MAX_XML_NODES: u32 = 1_000_000;

/// Extracts the embedded text of a file in one format: `Ok(None)` if there is none, `Err` with the reason if
/// the file or the text can't be read.
type ExtractFn = fn(&[u8]) -> Result<Option<String>, String>;

/// Extracts the text embedded in an SVG, PNG or PDF file; the format is detected from the first bytes.
/// Returns `None` if `bytes` is in none of these formats.
///
/// # Errors
/// Returns `Some(Err(_))` if the file has no embedded text, the file or the text can't be read, the file is
/// over 128 MiB, or the text is over 64 MiB.
pub fn extract(bytes: &[u8]) -> Option<Result<String, FigureError>> {
    let start = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let (format, extract_fn): (_, ExtractFn) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        ("PNG", from_png)
    } else if find(start, b"%PDF-").is_some() {
        ("PDF", from_pdf)
    } else if is_svg(bytes) {
        ("SVG", from_svg)
    } else {
        return None;
    };
    let found = if bytes.len() > 2 * MAX_BYTES {
        Err("it is larger than 128 MB".to_owned())
    } else {
        extract_fn(bytes)
    };
    Some(match found {
        Ok(Some(state)) => Ok(state),
        Ok(None) => Err(FigureError::NoEmbeddedText(format)),
        Err(reason) => Err(FigureError::InvalidEmbeddedText(format, reason)),
    })
}

/// Returns `text` unchanged if it is small enough to be extracted again.
///
/// # Errors
/// Returns an error that names `format` if `text` is over 64 MiB.
pub(super) fn check_size<'a>(text: &'a str, format: &'static str) -> Result<&'a str, FigureError> {
    if text.len() > MAX_BYTES {
        let reason = "its network takes more than 64 MB; leave it out with --no-state";
        return Err(FigureError::Encode(format, reason.to_owned()));
    }
    Ok(text)
}

/// Returns the position of the first occurrence of `pattern`.
fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window == pattern)
}

fn too_large_message() -> String {
    "it is larger than 64 MB".to_owned()
}

/// Decompresses zlib data to at most `max_bytes` bytes.
fn decompress(compressed: &[u8], max_bytes: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut reader = ZlibDecoder::new(compressed).take(max_bytes as u64 + 1);
    reader
        .read_to_end(&mut bytes)
        .map_err(|_| "its packed data is damaged".to_owned())?;
    if bytes.len() > max_bytes {
        return Err(too_large_message());
    }
    Ok(bytes)
}

// SVG

/// Returns the XML element that holds the text in `<metadata>`.
pub(super) fn to_svg_metadata(embedded_text: &str) -> String {
    // XML can't contain these two characters. In JSON they occur only within strings, where an escape means
    // the same.
    let text = embedded_text
        .replace('\u{fffe}', "\\ufffe")
        .replace('\u{ffff}', "\\uffff");
    let text = escape_xml(&text);
    format!(r#"<neurodial:state xmlns:neurodial="{XML_NAMESPACE}">{text}</neurodial:state>"#)
}

fn is_svg(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    bytes.starts_with(b"<") && (find(bytes, b"<svg").is_some() || find(bytes, b":svg").is_some())
}

/// Escapes control characters: the XML parser's message quotes the input, which may contain line breaks.
fn escape_control_characters(message: &str) -> String {
    let escaped = |c: char| match c.is_control() {
        true => c.escape_default().to_string(),
        false => c.to_string(),
    };
    message.chars().map(escaped).collect()
}

fn from_svg(bytes: &[u8]) -> Result<Option<String>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no UTF-8 text".to_owned())?;
    let options = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_XML_NODES,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, options)
        .map_err(|error| escape_control_characters(&error.to_string()))?;
    let is_embedded_text = |node: &roxmltree::Node<'_, '_>| node.has_tag_name((XML_NAMESPACE, "state"));
    let node = document.descendants().find(is_embedded_text);
    let text = |node: roxmltree::Node<'_, '_>| {
        let parts = node.descendants().filter(roxmltree::Node::is_text);
        parts.filter_map(|part| part.text()).collect::<String>()
    };
    Ok(node.map(text))
}

// PNG

/// Writes the text as a compressed text chunk before the pixels.
pub(super) fn add_to_png<W: Write>(
    writer: &mut png::Writer<W>,
    text: &str,
) -> Result<(), png::EncodingError> {
    let mut chunk = png::text_metadata::ITXtChunk::new(PNG_KEYWORD, text);
    chunk.compressed = true;
    writer.write_text_chunk(&chunk)
}

fn from_png(bytes: &[u8]) -> Result<Option<String>, String> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MAX_BYTES });
    decoder.set_ignore_iccp_chunk(true);
    let fault = |error: png::DecodingError| match error {
        png::DecodingError::LimitsExceeded => too_large_message(),
        other => other.to_string(),
    };
    let mut reader = decoder.read_info().map_err(fault)?;
    if let Some(state) = text_from_info(reader.info())? {
        return Ok(Some(state));
    }
    // The chunk may come after the pixels.
    reader.finish().map_err(fault)?;
    text_from_info(reader.info())
}

fn text_from_info(info: &png::Info<'_>) -> Result<Option<String>, String> {
    let damaged = |_| "its text is damaged or larger than 64 MB".to_owned();
    if let Some(chunk) = info.utf8_text.iter().find(|chunk| chunk.keyword == PNG_KEYWORD) {
        let mut chunk = chunk.clone();
        chunk.decompress_text_with_limit(MAX_BYTES).map_err(damaged)?;
        return chunk.get_text().map(Some).map_err(damaged);
    }
    // Other programs turn an iTXt chunk into a tEXt or zTXt chunk, where the UTF-8 bytes are read as Latin-1.
    let as_utf8 = |text: String| {
        let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
        let utf8 = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        utf8.unwrap_or(text)
    };
    let compressed = info.compressed_latin1_text.iter();
    if let Some(chunk) = compressed.clone().find(|chunk| chunk.keyword == PNG_KEYWORD) {
        let mut chunk = chunk.clone();
        chunk.decompress_text_with_limit(MAX_BYTES).map_err(damaged)?;
        return chunk.get_text().map(as_utf8).map(Some).map_err(damaged);
    }
    let mut plain = info.uncompressed_latin1_text.iter();
    let chunk = plain.find(|chunk| chunk.keyword == PNG_KEYWORD);
    Ok(chunk.map(|chunk| as_utf8(chunk.text.clone())))
}

// PDF

fn from_pdf(bytes: &[u8]) -> Result<Option<String>, String> {
    check_decompressed_size(bytes)?;
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| "it is damaged or locked".to_owned())?;
    for object in pdf.objects() {
        let Some(specification) = object.into_dict() else {
            continue;
        };
        let is_named = |key: &str| {
            let name = specification.get::<PdfString<'_>>(key);
            name.is_some_and(|name| is_attachment_name(name.as_bytes()))
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
            return Err("its attached file is missing".to_owned());
        };
        let bytes = attachment_bytes(&file)?;
        let text = String::from_utf8(bytes).map_err(|_| "its attached file is no UTF-8 text".to_owned());
        return text.map(Some);
    }
    Ok(None)
}

/// True if a PDF string, in either of its two encodings, is the name of the attached file.
fn is_attachment_name(name: &[u8]) -> bool {
    let utf16: Vec<u8> = ATTACHMENT_NAME
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    name == ATTACHMENT_NAME.as_bytes() || name.strip_prefix(b"\xfe\xff") == Some(&utf16)
}

/// Returns the decompressed bytes of the attached file.
fn attachment_bytes(file: &Stream<'_>) -> Result<Vec<u8>, String> {
    let compressed = file.raw_data();
    let dict = file.dict();
    let unusual = || Err("its attached file is packed in an unusual way".to_owned());
    let filters: Vec<Name<'_>> = match dict.get::<Array<'_>>("Filter") {
        Some(filters) => filters.iter::<Name<'_>>().collect(),
        None => dict.get::<Name<'_>>("Filter").into_iter().collect(),
    };
    match filters.as_slice() {
        [] if compressed.len() > MAX_BYTES => Err(too_large_message()),
        [] => Ok(compressed.into_owned()),
        [only] if only.as_str() == "FlateDecode" && !dict.contains_key("DecodeParms") => {
            decompress(&compressed, MAX_BYTES)
        }
        _ => unusual(),
    }
}

/// Rejects a PDF whose streams decompress to more than 128 MiB in all, or use other compression than deflate.
/// (hayro-syntax itself limits how deeply objects are nested.)
fn check_decompressed_size(bytes: &[u8]) -> Result<(), String> {
    const UNUSUAL: [&[u8]; 2] = [b"/LZWDecode", b"/RunLengthDecode"];
    let unusual = || "its data is packed in an unusual way".to_owned();
    if UNUSUAL.iter().any(|name| find(bytes, name).is_some()) {
        return Err(unusual());
    }
    let mut bytes_left = 2 * MAX_BYTES;
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = rest.get(at + b"stream".len()..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r").unwrap_or(rest);
        let Some(data) = data.strip_prefix(b"\n") else {
            continue;
        };
        // Data that is not compressed, or damaged, can't grow.
        let mut reader = ZlibDecoder::new(data).take(bytes_left as u64 + 1);
        let mut buffer = [0; 1 << 14];
        let mut is_first = true;
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            let part = buffer.get(..count).unwrap_or_default();
            bytes_left = bytes_left.checked_sub(count).ok_or_else(too_large_message)?;
            if is_first && matches!(part, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]) {
                return Err(unusual());
            }
            is_first = false;
        }
    }
    Ok(())
}
