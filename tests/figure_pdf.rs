//! A figure as a page of PDF: its size, its text as text, the same bytes each time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "support/gallery.rs"]
mod gallery;

use egui::vec2;
use egui_figure::{FigureError, pdf, svg};
use gallery::{draw, options, outlined};
use hayro_syntax::Pdf;

fn page(options: &svg::SvgOptions) -> Vec<u8> {
    let drawing = draw(vec2(400.0, 300.0), |painter| {
        gallery::shapes(painter);
        gallery::texts(painter);
    });
    let svg = svg::from_drawing(&drawing, options).unwrap();
    pdf::from_svg(&svg, Some("{}"), "Neuron “1”", "What it shows", [300.0, 225.0]).unwrap()
}

fn holds(bytes: &[u8], wanted: &str) -> bool {
    bytes
        .windows(wanted.len())
        .any(|window| window == wanted.as_bytes())
}

#[test]
fn there_is_one_page_of_exactly_the_size() {
    let pdf = Pdf::new(page(&options())).unwrap();
    let pages = pdf.pages();
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].base_dimensions(), (300.0, 225.0));
}

#[test]
fn text_is_in_embedded_subsets_of_the_faces() {
    let text = page(&options());
    for face in [
        "NeurodialSans-Regular",
        "NeurodialSans-SemiBold",
        "NeurodialSerif-Italic",
        "NeurodialMono-Regular",
    ] {
        assert!(holds(&text, &format!("+{face}")), "{face}");
    }
    assert!(holds(&text, "ToUnicode"));
    assert!(text.len() < 150_000, "{}", text.len());
    assert!(!holds(&page(&outlined()), "ToUnicode"));
}

#[test]
fn the_same_figure_is_the_same_bytes_and_knows_no_time() {
    let first = page(&options());
    assert!(first == page(&options()));
    assert!(!holds(&first, "CreationDate") && !holds(&first, "ModDate") && !holds(&first, "CreateDate"));
}

#[test]
fn an_impossible_page_is_one_sentence() {
    for size in [[0.0, 10.0], [-5.0, 10.0], [f32::NAN, 10.0], [f32::INFINITY, 10.0]] {
        let drawing = draw(vec2(40.0, 30.0), |_| {});
        let svg = svg::from_drawing(&drawing, &options()).unwrap();
        let error = pdf::from_svg(&svg, None, "", "", size).unwrap_err();
        assert!(matches!(error, FigureError::InvalidSize(_)), "{error}");
    }
    assert!(pdf::from_svg("no picture", None, "", "", [10.0, 10.0]).is_err());
}
