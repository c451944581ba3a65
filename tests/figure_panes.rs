//! Code, words and map on paper.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "clippy does not see that helpers of a test are tests"
)]

use std::collections::BTreeSet;

use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::figure_page::{FigureFormat, FigurePanel, FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial_core::code::Language;
use neurodial_core::insight::{Insight, description};
use neurodial_core::session::{Document, Origin, Preset, Session};

fn document(name: &str) -> Document {
    Preset::from_name(name).unwrap().document().unwrap()
}

fn svg(panes: &[Pane], name: &str) -> String {
    let plate = FigureSpec {
        panels: panes.iter().copied().map(FigurePanel::Pane).collect(),
        ..FigureSpec::default()
    };
    let printed = plate.draw(&mut HeadlessContext::new(), &document(name)).unwrap();
    let bytes = printed
        .to_bytes(FigureFormat::Svg, TextMode::EmbeddedFonts, None)
        .unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_map_is_a_picture_with_lines_and_always_the_same() {
    for preset in Preset::ALL {
        let first = svg(&[Pane::Map], preset.name);
        assert!(first.contains("<image"), "{}", preset.name);
        assert!(first.contains("point of the map"), "{}", preset.name);
        assert_eq!(first, svg(&[Pane::Map], preset.name), "{}", preset.name);
    }
}

/// All text of a figure in its order.
fn texts(svg: &str) -> String {
    let tree = roxmltree::Document::parse(svg).unwrap();
    let texts = tree.descendants().filter(|node| node.is_text());
    texts.filter_map(|node| node.text()).collect::<Vec<_>>().join("")
}

#[test]
fn a_map_says_at_which_inputs_the_others_are_held() {
    let article = texts(&svg(&[Pane::Map], "article"));
    let kept: String = article.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(kept.contains("a2,wherex3=3.000andx4=2.500"));
    assert!(!texts(&svg(&[Pane::Map], "xor")).contains("where"));
}

#[test]
fn every_number_of_the_code_is_named_in_the_file() {
    let svg = svg(&[Pane::Code], "article");
    for words in [
        "weight from input 2 to neuron 2, in the code: -0.91",
        "input 4, in the code: 2.5",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(
        !svg.contains("Copy") && !svg.contains("Edit"),
        "no controls on paper"
    );
}

#[test]
fn in_a_column_long_lines_of_code_go_on_in_the_next_row_and_nothing_is_lost() {
    let mut studio = HeadlessContext::new();
    let kept = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let mut rows_more = 0;
    for preset in Preset::ALL {
        for language in Language::ALL {
            let plate = |width| FigureSpec {
                panels: vec![Pane::Code.into()],
                width: Length::millimeters(width),
                language,
                ..FigureSpec::default()
            };
            let document = document(preset.name);
            let program = language.write(&document).text;
            let mut rows = |width| {
                let printed = plate(width).draw(&mut studio, &document).unwrap();
                let svg = printed.to_svg(TextMode::EmbeddedFonts).unwrap();
                let tree = roxmltree::Document::parse(&svg).unwrap();
                let texts = tree.descendants().filter(|node| node.has_tag_name("text"));
                let pieces = texts.flat_map(|text| text.descendants().filter(|node| node.is_text()));
                let shown: String = pieces.filter_map(|piece| piece.text()).collect();
                let name = format!("{} {language} {width} mm", preset.name);
                assert_eq!(kept(&shown), kept(&program), "{name}");
                let heights = tree.descendants().filter(|node| node.has_tag_name("text"));
                let heights: BTreeSet<_> = heights.filter_map(|text| text.attribute("y")).collect();
                heights.len()
            };
            rows_more += rows(85.0) - rows(170.0);
        }
    }
    assert!(rows_more > 50, "{rows_more} rows more in a column");
}

#[test]
fn the_words_of_a_figure_are_those_of_the_window() {
    let session = Session::open(document("xor"), Origin::Untitled);
    let words = description::paragraphs(&session, &Insight::new(&session));
    let svg = svg(&[Pane::Words], "xor");
    let first = words[0].split_whitespace().next().unwrap();
    assert!(svg.contains(first));
    assert!(!svg.contains("Copy as alt text"));
}

#[test]
fn they_stand_beside_other_panes_and_as_pixels() {
    let plate = FigureSpec {
        panels: [Pane::Diagram, Pane::Map, Pane::Code, Pane::Words]
            .map(FigurePanel::Pane)
            .to_vec(),
        width: Length::millimeters(420.0),
        ..FigureSpec::default()
    };
    let printed = plate
        .draw(&mut HeadlessContext::new(), &document("deep"))
        .unwrap();
    let wide = printed.page.map(|side| side.points());
    assert!(wide[1] < 0.5 * wide[0], "{wide:?}: all side by side");
    let narrow = FigureSpec {
        width: Length::millimeters(170.0),
        ..plate.clone()
    };
    let under = narrow
        .draw(&mut HeadlessContext::new(), &document("deep"))
        .unwrap();
    let under = under.page.map(|side| side.points());
    assert!(under[1] > under[0], "{under:?}: under each other");
    let slim = FigureSpec {
        width: Length::millimeters(45.0),
        panels: vec![Pane::Code.into()],
        ..plate
    };
    let refused = slim
        .draw(&mut HeadlessContext::new(), &document("deep"))
        .err()
        .unwrap();
    assert!(refused.to_string().contains("pane code"), "{refused}");
    for kind in [FigureFormat::Png, FigureFormat::Pdf] {
        assert!(
            printed
                .to_bytes(kind, TextMode::EmbeddedFonts, Some(72.0))
                .unwrap()
                .len()
                > 1000
        );
    }
}
