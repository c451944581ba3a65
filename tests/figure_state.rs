//! The figure is the state: what a picture carries comes back exactly, and a broken picture is one sentence.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/gallery.rs"]
mod gallery;

use std::path::Path;

use egui::vec2;
use egui_figure::{FigureError, embedded_text, pdf, png, svg};
use gallery::{RED, draw, options};
use proptest::prelude::*;

/// What the PDF files in `tests/pictures` carry: pages of `figure::pdf` after `qpdf --object-streams=generate`,
/// `--linearize` and `--qdf`.
const CARRIED: &str = "{\n  \"note\": \"βίας & <σ> ≥ \\\"1\\\"\",\n  \"w\": [0.1, -2.5e-7]\n}\n";

fn as_svg(state: Option<&str>) -> Vec<u8> {
    let drawing = draw(vec2(40.0, 30.0), |painter| {
        painter.circle_filled(egui::pos2(20.0, 15.0), 5.0, RED);
    });
    let options = svg::SvgOptions {
        embedded_text: state.map(str::to_owned),
        ..options()
    };
    svg::from_drawing(&drawing, &options).unwrap().into_bytes()
}

fn svg_text() -> String {
    String::from_utf8(as_svg(None)).unwrap()
}

fn as_png(state: Option<&str>) -> Vec<u8> {
    png::from_svg(&svg_text(), [40, 30], Some(11811), state).unwrap()
}

fn as_pdf(state: Option<&str>) -> Vec<u8> {
    pdf::from_svg(&svg_text(), state, "A title", "Words", [30.0, 22.5]).unwrap()
}

fn all(state: Option<&str>) -> [Vec<u8>; 3] {
    [as_svg(state), as_png(state), as_pdf(state)]
}

#[test]
fn every_picture_gives_back_what_it_carries() {
    let long = format!("{{\"weights\": [{}]}}", "0.123456789, ".repeat(50_000));
    for text in [
        CARRIED,
        "{}",
        "",
        " \r\n\t{}\r\n ",
        "{\"a\": \"]]> -- &amp; \u{1f600} \u{7f}\"}",
        long.as_str(),
    ] {
        for picture in all(Some(text)) {
            assert_eq!(embedded_text::extract(&picture).unwrap().unwrap(), text);
        }
    }
}

#[test]
fn what_xml_cannot_hold_is_written_as_json_writes_it() {
    let picture = as_svg(Some("{\"a\": \"\u{ffff}\"}"));
    assert_eq!(
        embedded_text::extract(&picture).unwrap().unwrap(),
        "{\"a\": \"\\uffff\"}"
    );
}

#[test]
fn a_picture_without_a_state_says_so() {
    for picture in all(None) {
        let error = embedded_text::extract(&picture).unwrap().unwrap_err();
        assert!(matches!(error, FigureError::NoEmbeddedText(_)), "{error}");
    }
    for bytes in [
        &b""[..],
        b"{\"format\": \"neurodial\"}",
        b"<html></html>",
        b"\xff\xd8\xff\xe0 jpeg",
        b"word",
    ] {
        assert_eq!(embedded_text::extract(bytes), None);
    }
}

#[test]
fn a_pdf_that_qpdf_rewrote_still_carries_it() {
    for name in ["objects.pdf", "linear.pdf", "qdf.pdf"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/pictures")
            .join(name);
        let bytes = std::fs::read(path).unwrap();
        assert_eq!(
            embedded_text::extract(&bytes).unwrap().unwrap(),
            CARRIED,
            "{name}"
        );
    }
}

#[test]
fn an_svg_that_another_program_saved_still_carries_it() {
    let saved = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Created with a program -->\n<s:svg \
        xmlns:s=\"http://www.w3.org/2000/svg\" xmlns:n=\"urn:neurodial:state\"><s:metadata id=\"m\"><other/>\
        <n:state>{&#x22;a&quot;:<![CDATA[ \"<b>\"]]> }</n:state></s:metadata></s:svg>";
    assert_eq!(
        embedded_text::extract(saved.as_bytes()).unwrap().unwrap(),
        "{\"a\": \"<b>\" }"
    );
}

/// The PNG with its text chunk behind the pixels, or as another kind of text.
fn chunks(png: &[u8]) -> Vec<&[u8]> {
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
fn the_chunks_of_a_png_may_stand_in_any_order() {
    let picture = as_png(Some(CARRIED));
    let mut chunks = chunks(&picture);
    let text = chunks.iter().position(|chunk| &chunk[4..8] == b"iTXt").unwrap();
    let text = chunks.remove(text);
    chunks.insert(chunks.len() - 1, text);
    let moved = [&picture[..8], &chunks.concat()].concat();
    assert_eq!(embedded_text::extract(&moved).unwrap().unwrap(), CARRIED);
}

#[test]
fn other_kinds_of_text_in_a_png_count_too() {
    for is_packed in [true, false] {
        let mut bytes = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut bytes, 1, 1);
        encoder.set_color(::png::ColorType::Grayscale);
        let latin: String = CARRIED.bytes().map(char::from).collect();
        if is_packed {
            encoder.add_ztxt_chunk("neurodial".to_owned(), latin).unwrap();
        } else {
            encoder.add_text_chunk("neurodial".to_owned(), latin).unwrap();
        }
        encoder.write_header().unwrap().write_image_data(&[0]).unwrap();
        assert_eq!(embedded_text::extract(&bytes).unwrap().unwrap(), CARRIED);
    }
}

fn refused(bytes: &[u8]) -> String {
    let error = embedded_text::extract(bytes).unwrap().unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, FigureError::InvalidEmbeddedText(..)), "{text}");
    assert!(!text.contains('\n'), "{text}");
    text
}

#[test]
fn a_cut_off_picture_is_one_sentence() {
    for picture in all(Some(CARRIED)) {
        for share in [0.2, 0.5, 0.9] {
            let cut = &picture[..(picture.len() as f64 * share) as usize];
            if let Some(found) = embedded_text::extract(cut) {
                let text = found.unwrap_or_else(|error| error.to_string());
                assert!(text == CARRIED || text.contains("this "), "{text}");
            }
        }
    }
}

#[test]
fn a_document_type_is_refused() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&b;</svg>";
    assert!(
        refused(bomb.as_bytes()).contains("DTD"),
        "{}",
        refused(bomb.as_bytes())
    );
}

#[test]
fn what_lies_deep_in_each_other_is_an_error() {
    let deep = "<svg>".repeat(200_000) + &"</svg>".repeat(200_000);
    assert!(embedded_text::extract(deep.as_bytes()).unwrap().is_err());
    for open in ["[", "<</A "] {
        let mut file = b"%PDF-1.7\n1 0 obj\n".to_vec();
        file.extend(open.repeat(4_000).bytes());
        file.extend(b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
        refused(&file);
    }
}

/// Spaces, packed.
fn packed(count: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..count / 1024 {
        encoder.write_all(&[b' '; 1024]).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn what_unpacks_to_more_than_64_mb_is_refused() {
    let bomb = packed(200 << 20);
    let mut file = Vec::new();
    let encoder = ::png::Encoder::new(&mut file, 1, 1);
    let mut writer = encoder.write_header().unwrap();
    let mut chunk = b"neurodial\0\x01\0\0\0".to_vec();
    chunk.extend(&bomb);
    writer.write_chunk(::png::chunk::iTXt, &chunk).unwrap();
    writer.write_image_data(&[0]).unwrap();
    drop(writer);
    assert!(refused(&file).contains("64 MB"), "{}", refused(&file));

    let mut file = b"%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ".to_vec();
    file.extend(format!("{}>>\nstream\n", bomb.len()).bytes());
    file.extend(&bomb);
    file.extend(b"\nendstream\nendobj\ntrailer\n<</Root 2 0 R>>\n%%EOF\n");
    assert!(refused(&file).contains("64 MB"), "{}", refused(&file));
}

#[test]
fn a_state_that_could_not_be_read_again_is_not_written() {
    let large = " ".repeat((64 << 20) + 1);
    let drawing = draw(vec2(40.0, 30.0), |_| {});
    let with_state = svg::SvgOptions {
        embedded_text: Some(large.clone()),
        ..options()
    };
    assert!(svg::from_drawing(&drawing, &with_state).is_err());
    assert!(png::from_svg(&svg_text(), [4, 3], None, Some(&large)).is_err());
    assert!(pdf::from_svg(&svg_text(), Some(&large), "", "", [30.0, 20.0]).is_err());
}

#[test]
fn what_a_damaged_svg_stumbles_over_is_told_in_one_line() {
    let svg = all(Some(CARRIED))[0].clone();
    let mut refusals = 0;
    for at in 0..svg.len() {
        let mut damaged = svg.clone();
        damaged.remove(at);
        if let Some(Err(error)) = embedded_text::extract(&damaged) {
            assert!(!error.to_string().contains('\n'), "without byte {at}: {error}");
            refusals += 1;
        }
    }
    assert!(refusals > 50, "{refusals}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_picture_never_breaks_the_reader(
        kind in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        static PICTURES: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
        let pictures = PICTURES.get_or_init(|| {
            let fixture = |name: &str| {
                std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name)).unwrap()
            };
            let files = ["objects.pdf", "linear.pdf", "qdf.pdf"].map(fixture);
            all(Some(CARRIED)).into_iter().chain(files).collect()
        });
        let mut picture = pictures[kind].clone();
        for (at, byte, action) in changes {
            let at = at.index(picture.len());
            match action {
                0 => picture[at] = byte,
                1 => picture.insert(at, byte),
                _ => {
                    picture.remove(at);
                }
            }
        }
        if let Some(Err(error)) = embedded_text::extract(&picture) {
            prop_assert!(!error.to_string().contains('\n'));
        }
    }

    #[test]
    fn noise_behind_a_head_never_breaks_the_reader(head in 0_usize..3, noise in prop::collection::vec(any::<u8>(), 0..400)) {
        let heads = [&b"\x89PNG\r\n\x1a\n"[..], b"%PDF-1.7\n", b"<svg "];
        let _ = embedded_text::extract(&[heads[head], &noise].concat());
    }
}
