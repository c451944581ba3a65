//! Figures of the panes Code, Description and Map.

use std::collections::BTreeSet;

use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::figure_page::{FigureFormat, FigureSpec, Length};
use neurodial::panes::Pane;
use neurodial_core::code::Language;
use neurodial_core::formats::Preset;
use neurodial_core::insight::{Insight, description};
use neurodial_core::session::{Origin, Session};
use neurodial_core::text::Messages;

use crate::support::documents::preset;

/// Draws panes of a preset.
fn figure_svg(panes: &[Pane], name: &str) -> String {
    let document = preset(name);
    let spec = FigureSpec {
        panels: panes.to_vec(),
        ..FigureSpec::for_document(&document)
    };
    let figure = spec.draw(&mut HeadlessContext::new(), &document).unwrap();
    figure.to_svg(TextMode::EmbeddedFonts).unwrap()
}

#[test]
fn a_map_contains_an_image_and_is_the_same_every_time() {
    for preset in Preset::ALL {
        let first = figure_svg(&[Pane::Map], preset.name);
        assert!(first.contains("<image"), "{}", preset.name);
        assert!(
            first.contains("current point of the output map"),
            "{}",
            preset.name
        );
        assert_eq!(first, figure_svg(&[Pane::Map], preset.name), "{}", preset.name);
    }
}

/// Returns all text of a figure, joined.
fn joined_text(svg: &str) -> String {
    let tree = roxmltree::Document::parse(svg).unwrap();
    let texts = tree.descendants().filter(|node| node.is_text());
    texts.filter_map(|node| node.text()).collect::<Vec<_>>().join("")
}

#[test]
fn a_map_states_the_values_of_the_other_inputs() {
    let article = joined_text(&figure_svg(&[Pane::Map], "article"));
    assert!(without_spaces(&article).contains("a2,withx3=3.000,x4=2.500"));
    assert!(!joined_text(&figure_svg(&[Pane::Map], "xor")).contains(", with "));
}

#[test]
fn a_figure_has_no_highlight_and_no_small_maps() {
    let document = preset("xor");
    let default = FigureSpec::for_document(&document);
    let mut view = default.view.clone();
    view.highlighted = Some(view.swept);
    view.has_small_maps = true;
    assert_eq!(FigureSpec::new(view.clone()), default);
    view.decimals += 1;
    assert_ne!(FigureSpec::new(view), default);
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_title_of_every_number_in_the_code_names_it() {
    let svg = figure_svg(&[Pane::Code], "article");
    for words in [
        "weight from input 2 to neuron 2, in the code: -0.91",
        "input 4, in the code: 2.5",
    ] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(
        !svg.contains("Copy") && !svg.contains("Edit"),
        "a figure has no buttons"
    );
}

#[test]
fn long_lines_of_code_are_wrapped_and_complete() {
    let mut context = HeadlessContext::new();
    let mut added_rows = 0;
    for preset in Preset::ALL {
        for language in Language::ALL {
            let document = preset.document().unwrap();
            let spec = |width| {
                let mut spec = FigureSpec {
                    panels: vec![Pane::Code],
                    width: Length::millimeters(width),
                    ..FigureSpec::for_document(&document)
                };
                spec.view.code_language = language;
                spec
            };
            let code = language.write(&document).text;
            let mut row_count = |width| {
                let figure = spec(width).draw(&mut context, &document).unwrap();
                let svg = figure.to_svg(TextMode::EmbeddedFonts).unwrap();
                let tree = roxmltree::Document::parse(&svg).unwrap();
                let texts = || tree.descendants().filter(|node| node.has_tag_name("text"));
                let pieces = texts().flat_map(|text| text.descendants().filter(|node| node.is_text()));
                let shown: String = pieces.filter_map(|piece| piece.text()).collect();
                let name = format!("{} {language} {width} mm", preset.name);
                assert_eq!(without_spaces(&shown), without_spaces(&code), "{name}");
                let baselines: BTreeSet<_> = texts().filter_map(|text| text.attribute("y")).collect();
                baselines.len()
            };
            added_rows += row_count(85.0) - row_count(170.0);
        }
    }
    assert!(added_rows > 50, "{added_rows} rows more in a column");
}

#[test]
fn the_description_equals_that_of_the_window() {
    let session = Session::open(preset("xor"), Origin::Untitled);
    let paragraphs = description::paragraphs(&session, &Insight::new(&session), Messages::ENGLISH);
    let svg = figure_svg(&[Pane::Words], "xor");
    let first = paragraphs[0].split_whitespace().next().unwrap();
    assert!(svg.contains(first));
    assert!(!svg.contains("Copy as alt text"));
}

#[test]
fn panes_are_side_by_side_if_the_page_is_wide_and_below_each_other_if_it_is_narrow() {
    let document = preset("deep");
    let spec = FigureSpec {
        panels: [Pane::Diagram, Pane::Map, Pane::Code, Pane::Words].to_vec(),
        width: Length::millimeters(420.0),
        ..FigureSpec::for_document(&document)
    };
    let draw = |spec: &FigureSpec| spec.draw(&mut HeadlessContext::new(), &document);
    let wide = draw(&spec).unwrap();
    let [width, height] = wide.page.map(|side| side.points());
    assert!(height < 0.5 * width, "{width} × {height}: not side by side");
    let narrow = FigureSpec {
        width: Length::millimeters(170.0),
        ..spec.clone()
    };
    let [width, height] = draw(&narrow).unwrap().page.map(|side| side.points());
    assert!(height > width, "{width} × {height}: not below each other");
    let too_narrow = FigureSpec {
        width: Length::millimeters(45.0),
        panels: vec![Pane::Code],
        ..spec
    };
    let error = draw(&too_narrow).err().unwrap();
    assert!(error.to_string().contains("the pane Code"), "{error}");
    for format in [FigureFormat::Png, FigureFormat::Pdf] {
        let bytes = wide
            .to_bytes(format, TextMode::EmbeddedFonts, Some(72.0))
            .unwrap();
        assert!(bytes.len() > 1000);
    }
}
