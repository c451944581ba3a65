//! A text embedded in a file comes back exactly; damaged and malicious files give a message of one line.

use std::path::Path;

use egui::vec2;
use egui_figure::embedded_text::EmbeddedText;
use egui_figure::pdf::PdfOptions;
use egui_figure::svg::SvgOptions;
use egui_figure::{FigureError, pdf, png, svg};
use proptest::prelude::*;

use crate::gallery::{RED, draw, options};

/// The name under which the PDF files in `files` hold their text.
const NAME: &str = "neurodial";

/// The text in the PDF files in `files`, which are files of `pdf::from_svg` rewritten with
/// `qpdf --object-streams=generate`, `--linearize` and `--qdf`.
const TEXT: &str = "{\n  \"note\": \"βίας & <σ> ≥ \\\"1\\\"\",\n  \"w\": [0.1, -2.5e-7]\n}\n";

fn embedded(text: &str) -> EmbeddedText {
    EmbeddedText {
        name: NAME,
        description: "A text",
        text: text.to_owned(),
    }
}

fn extract(bytes: &[u8]) -> Option<Result<String, FigureError>> {
    egui_figure::embedded_text::extract(bytes, NAME)
}

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/figure/files");
    std::fs::read(folder.join(name)).unwrap()
}

fn to_svg(text: Option<&str>) -> Vec<u8> {
    let drawing = draw(vec2(40.0, 30.0), |painter| {
        painter.circle_filled(egui::pos2(20.0, 15.0), 5.0, RED);
    });
    let options = SvgOptions {
        embedded_text: text.map(embedded),
        ..options()
    };
    svg::from_drawing(&drawing, &options).unwrap().into_bytes()
}

fn svg_text() -> String {
    String::from_utf8(to_svg(None)).unwrap()
}

fn to_png(text: Option<&str>) -> Vec<u8> {
    let embedded_text = text.map(embedded);
    png::from_svg(&svg_text(), [40, 30], Some(11811), embedded_text.as_ref()).unwrap()
}

fn pdf_options(text: Option<&str>) -> PdfOptions {
    PdfOptions {
        title: "A title".to_owned(),
        description: "A description".to_owned(),
        embedded_text: text.map(embedded),
        ..PdfOptions::new(vec2(40.0, 30.0))
    }
}

fn to_pdf(text: Option<&str>) -> Vec<u8> {
    pdf::from_svg(&svg_text(), &pdf_options(text)).unwrap()
}

/// Returns a file of each format.
fn all_formats(text: Option<&str>) -> [Vec<u8>; 3] {
    [to_svg(text), to_png(text), to_pdf(text)]
}

#[test]
fn every_format_returns_the_text_unchanged() {
    let long = format!("{{\"weights\": [{}]}}", "0.123456789, ".repeat(50_000));
    for text in [
        TEXT,
        "{}",
        "",
        " \r\n\t{}\r\n ",
        "{\"a\": \"]]> -- &amp; \u{1f600} \u{7f}\"}",
        long.as_str(),
    ] {
        for bytes in all_formats(Some(text)) {
            assert_eq!(extract(&bytes).unwrap().unwrap(), text);
        }
    }
}

#[test]
fn svg_escapes_characters_that_xml_lacks_as_json_does() {
    let bytes = to_svg(Some("{\"a\": \"\u{ffff}\"}"));
    assert_eq!(extract(&bytes).unwrap().unwrap(), "{\"a\": \"\\uffff\"}");
}

#[test]
fn a_file_without_text_is_an_error_and_other_formats_are_none() {
    for bytes in all_formats(None) {
        let error = extract(&bytes).unwrap().unwrap_err();
        assert!(matches!(error, FigureError::NoEmbeddedText(_)), "{error}");
    }
    for bytes in [
        &b""[..],
        b"{\"format\": \"neurodial\"}",
        b"<html></html>",
        b"\xff\xd8\xff\xe0 jpeg",
        b"word",
    ] {
        assert_eq!(extract(bytes), None);
    }
}

#[test]
fn a_text_with_another_name_is_not_found() {
    for bytes in all_formats(Some(TEXT)) {
        let error = egui_figure::embedded_text::extract(&bytes, "other")
            .unwrap()
            .unwrap_err();
        assert!(matches!(error, FigureError::NoEmbeddedText(_)), "{error}");
    }
}

#[test]
fn rejects_writing_a_text_with_an_invalid_name() {
    for name in ["", "1st", "a b", "a:b", "é", &"n".repeat(80)] {
        let name: &'static str = name.to_owned().leak();
        let invalid = EmbeddedText {
            name,
            ..embedded("{}")
        };
        let error = png::from_svg(&svg_text(), [4, 3], None, Some(&invalid)).unwrap_err();
        assert_eq!(error, FigureError::InvalidTextName(name.to_owned()));
    }
}

#[test]
fn a_pdf_rewritten_by_qpdf_keeps_the_text() {
    for name in ["objects.pdf", "linear.pdf", "qdf.pdf"] {
        assert_eq!(extract(&file(name)).unwrap().unwrap(), TEXT, "{name}");
    }
}

#[test]
fn an_svg_rewritten_by_another_program_keeps_the_text() {
    let saved = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Created with a program -->\n<s:svg \
        xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:n=\"urn:neurodial:state\"><s:metadata id=\"m\"><other/>\
        <n:state>{&#x22;a&quot;:<![CDATA[ \"<b>\"]]> }</n:state></s:metadata></s:svg>";
    assert_eq!(extract(saved.as_bytes()).unwrap().unwrap(), "{\"a\": \"<b>\" }");
}

/// Splits a PNG file into its chunks.
fn split_chunks(png: &[u8]) -> Vec<&[u8]> {
    let mut chunks = Vec::new();
    let mut rest = &png[8..];
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let (chunk, others) = rest.split_at(12 + length);
        chunks.push(chunk);
        rest = others;
    }
    chunks
}

#[test]
fn the_text_chunk_of_a_png_may_follow_the_pixels() {
    let bytes = to_png(Some(TEXT));
    let mut chunks = split_chunks(&bytes);
    let index = chunks.iter().position(|chunk| &chunk[4..8] == b"iTXt").unwrap();
    let text_chunk = chunks.remove(index);
    chunks.insert(chunks.len() - 1, text_chunk);
    let moved = [&bytes[..8], &chunks.concat()].concat();
    assert_eq!(extract(&moved).unwrap().unwrap(), TEXT);
}

#[test]
fn the_text_chunk_of_a_png_may_be_ztxt_or_text() {
    for is_compressed in [true, false] {
        let mut bytes = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut bytes, 1, 1);
        encoder.set_color(::png::ColorType::Grayscale);
        // The UTF-8 bytes read as Latin-1.
        let latin1: String = TEXT.bytes().map(char::from).collect();
        if is_compressed {
            encoder.add_ztxt_chunk(NAME.to_owned(), latin1).unwrap();
        } else {
            encoder.add_text_chunk(NAME.to_owned(), latin1).unwrap();
        }
        encoder.write_header().unwrap().write_image_data(&[0]).unwrap();
        assert_eq!(extract(&bytes).unwrap().unwrap(), TEXT);
    }
}

/// Returns the message of the error that a file gives.
fn error_message(bytes: &[u8]) -> String {
    let error = extract(bytes).unwrap().unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, FigureError::InvalidEmbeddedText { .. }), "{text}");
    assert!(!text.contains('\n'), "{text}");
    text
}

#[test]
fn a_truncated_file_gives_the_text_or_an_error() {
    for bytes in all_formats(Some(TEXT)) {
        for fraction in [0.2, 0.5, 0.9] {
            let truncated = &bytes[..(bytes.len() as f64 * fraction) as usize];
            if let Some(extracted) = extract(truncated) {
                let text = extracted.unwrap_or_else(|error| error.to_string());
                assert!(text == TEXT || text.contains("this "), "{text}");
            }
        }
    }
}

#[test]
fn rejects_an_svg_with_a_document_type() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&b;</svg>";
    assert!(
        error_message(bomb.as_bytes()).contains("DTD"),
        "{}",
        error_message(bomb.as_bytes())
    );
}

#[test]
fn rejects_deep_nesting() {
    let deep = "<svg>".repeat(200_000) + &"</svg>".repeat(200_000);
    assert!(extract(deep.as_bytes()).unwrap().is_err());
    for open in ["[", "<</A "] {
        let mut file = b"%PDF-1.7\n1 0 obj\n".to_vec();
        file.extend(open.repeat(4_000).bytes());
        file.extend(b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
        error_message(&file);
    }
}

#[test]
fn extracts_the_text_among_many_attributes_and_namespaces() {
    let svg = String::from_utf8(to_svg(Some(TEXT))).unwrap();
    let attributes: String = (0..20_000).map(|index| format!(" a{index}=\"\"")).collect();
    let nested: String = (0..3_000)
        .map(|index| format!("<g xmlns:n{index}=\"urn:{index}\">"))
        .collect();
    let nodes = "<n1:a/>".repeat(30_000);
    let more = format!("<g{attributes}/>{nested}{nodes}{}</svg>", "</g>".repeat(3_000));
    let extracted = extract(svg.replace("</svg>", &more).as_bytes());
    assert_eq!(extracted, Some(Ok(TEXT.to_owned())));
}

#[test]
fn rejects_a_pdf_with_very_many_streams() {
    let mut file = b"%PDF-1.7\n".to_vec();
    file.extend(b"stream\nendstream\n".repeat(20_000));
    assert!(
        error_message(&file).contains("10000 streams"),
        "{}",
        error_message(&file)
    );
}

/// Returns compressed spaces.
fn compressed_spaces(count: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..count / 1024 {
        encoder.write_all(&[b' '; 1024]).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn rejects_data_that_decompresses_to_more_than_64_mb() {
    let bomb = compressed_spaces(200 << 20);
    let mut file = Vec::new();
    let encoder = ::png::Encoder::new(&mut file, 1, 1);
    let mut writer = encoder.write_header().unwrap();
    let mut chunk = b"neurodial\0\x01\0\0\0".to_vec();
    chunk.extend(&bomb);
    writer.write_chunk(::png::chunk::iTXt, &chunk).unwrap();
    writer.write_image_data(&[0]).unwrap();
    drop(writer);
    assert!(error_message(&file).contains("64 MB"), "{}", error_message(&file));

    let mut file = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ".to_vec();
    file.extend(format!("{}>>\nstream\n", bomb.len()).bytes());
    file.extend(&bomb);
    file.extend(b"\nendstream\nendobj\ntrailer\n<</Root 2 0 R>>\n%%EOF\n");
    assert!(error_message(&file).contains("64 MB"), "{}", error_message(&file));
}

#[test]
fn rejects_writing_a_text_over_64_mb() {
    let large = " ".repeat((64 << 20) + 1);
    let drawing = draw(vec2(40.0, 30.0), |_| {});
    let options = SvgOptions {
        embedded_text: Some(embedded(&large)),
        ..options()
    };
    let errors = [
        svg::from_drawing(&drawing, &options).unwrap_err(),
        png::from_svg(&svg_text(), [4, 3], None, Some(&embedded(&large))).unwrap_err(),
        pdf::from_svg(&svg_text(), &pdf_options(Some(&large))).unwrap_err(),
    ];
    assert_eq!(
        errors,
        ["SVG", "PNG", "PDF"].map(FigureError::EmbeddedTextTooLarge)
    );
}

#[test]
fn messages_about_a_damaged_svg_have_one_line() {
    let svg = to_svg(Some(TEXT));
    let mut error_count = 0;
    for index in 0..svg.len() {
        let mut damaged = svg.clone();
        damaged.remove(index);
        if let Some(Err(error)) = extract(&damaged) {
            assert!(!error.to_string().contains('\n'), "without byte {index}: {error}");
            error_count += 1;
        }
    }
    assert!(error_count > 50, "{error_count}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_file_never_panics_and_its_message_has_one_line(
        file_index in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        static FILES: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
        let files = FILES.get_or_init(|| {
            let rewritten = ["objects.pdf", "linear.pdf", "qdf.pdf"].map(file);
            all_formats(Some(TEXT)).into_iter().chain(rewritten).collect()
        });
        let mut bytes = files[file_index].clone();
        for (index, byte, change) in changes {
            let index = index.index(bytes.len());
            match change {
                0 => bytes[index] = byte,
                1 => bytes.insert(index, byte),
                _ => {
                    bytes.remove(index);
                }
            }
        }
        if let Some(Err(error)) = extract(&bytes) {
            prop_assert!(!error.to_string().contains('\n'));
        }
    }

    #[test]
    fn random_bytes_after_a_file_signature_never_panic(index in 0_usize..3, noise in prop::collection::vec(any::<u8>(), 0..400)) {
        let signatures = [&b"\x89PNG\r\n\x1a\n"[..], b"%PDF-1.7\n", b"<svg "];
        let _ = extract(&[signatures[index], &noise].concat());
    }
}
