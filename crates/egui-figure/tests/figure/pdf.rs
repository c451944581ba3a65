//! PDF files: page size, fonts, the same bytes each time.

use egui::vec2;
use egui_figure::embedded_text::EmbeddedText;
use egui_figure::pdf::PdfOptions;
use egui_figure::{FigureError, pdf, svg};
use hayro_syntax::Pdf;

use crate::gallery::{self, draw, options, outline_options};

/// Returns a PDF of the gallery with a page of 300 × 225 pt.
fn gallery_pdf(options: &svg::SvgOptions) -> Vec<u8> {
    let drawing = draw(vec2(400.0, 300.0), |painter| {
        gallery::shapes(painter);
        gallery::texts(painter);
    });
    let svg = svg::from_drawing(&drawing, options).unwrap();
    let options = PdfOptions {
        title: "Shape “1”".to_owned(),
        description: "Shapes and texts".to_owned(),
        creator: "a program".to_owned(),
        embedded_text: Some(EmbeddedText {
            name: "test",
            description: "An empty object",
            text: "{}".to_owned(),
        }),
        ..PdfOptions::new(drawing.size)
    };
    pdf::from_svg(&svg, &options).unwrap()
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn has_one_page_of_the_given_size() {
    let pdf = Pdf::new(gallery_pdf(&options())).unwrap();
    let pages = pdf.pages();
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].base_dimensions(), (300.0, 225.0));
}

#[test]
fn embeds_font_subsets_for_text_and_none_for_outlines() {
    let bytes = gallery_pdf(&options());
    for font in [
        "NeurodialSans-Regular",
        "NeurodialSans-SemiBold",
        "NeurodialSerif-Italic",
        "NeurodialMono-Regular",
    ] {
        assert!(contains(&bytes, &format!("+{font}")), "{font}");
    }
    assert!(contains(&bytes, "ToUnicode"));
    assert!(bytes.len() < 150_000, "{}", bytes.len());
    assert!(!contains(&gallery_pdf(&outline_options()), "ToUnicode"));
}

#[test]
fn gives_the_same_bytes_each_time_and_holds_no_date() {
    let first = gallery_pdf(&options());
    assert!(first == gallery_pdf(&options()));
    for key in ["CreationDate", "ModDate", "CreateDate"] {
        assert!(!contains(&first, key), "{key}");
    }
}

#[test]
fn rejects_a_page_without_area_and_invalid_svg() {
    let with_size = |size_in_pt: [f32; 2]| PdfOptions {
        size_in_pt,
        ..PdfOptions::new(vec2(40.0, 30.0))
    };
    for size in [[0.0, 10.0], [-5.0, 10.0], [f32::NAN, 10.0], [f32::INFINITY, 10.0]] {
        let drawing = draw(vec2(40.0, 30.0), |_| {});
        let svg = svg::from_drawing(&drawing, &options()).unwrap();
        let error = pdf::from_svg(&svg, &with_size(size)).unwrap_err();
        assert!(matches!(error, FigureError::InvalidPageSize(_)), "{error}");
    }
    assert!(pdf::from_svg("not an SVG", &with_size([10.0, 10.0])).is_err());
}
