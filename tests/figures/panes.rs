//! Figures of the panes Code, Description and Map.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Pos2, Rect, pos2};
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::figure_page::{FigureFormat, FigureSpec, Length};
use neurodial::panes::{EdgeLabels, Pane, YLabel};
use neurodial_core::code::Language;
use neurodial_core::formats::Preset;
use neurodial_core::insight::{Insight, description};
use neurodial_core::session::{Adjustable, Document, Origin, Session};
use neurodial_core::text::{Messages, format_fixed};

use crate::support::documents::{filled, preset, training_config, training_run, with_data};
use crate::support::parsed_figure::{ElementGroup, ParsedFigure, Word};

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

/// Draws a pane of a document with some settings.
fn parsed(document: &Document, panel: Pane, change: impl Fn(&mut FigureSpec)) -> ParsedFigure {
    let mut spec = FigureSpec {
        panels: vec![panel],
        ..FigureSpec::for_document(document)
    };
    change(&mut spec);
    ParsedFigure::from_rendered(&spec.draw(&mut HeadlessContext::new(), document).unwrap())
}

/// The edges of other weights end before they reach the label of a weight.
#[test]
fn no_edge_crosses_the_label_of_another_edge() {
    for width in [85.0, 120.0, 170.0] {
        let figure = parsed(&preset("article"), Pane::Diagram, |spec| {
            spec.width = Length::millimeters(width);
            spec.edge_labels = Some(EdgeLabels::All);
        });
        let elements = figure.elements();
        let is_weight = |element: &&ElementGroup| element.address.starts_with("w[");
        let weights = elements
            .iter()
            .filter(is_weight)
            .map(|element| formatted(&element.address));
        let weights: BTreeSet<String> = weights.collect();
        let words = figure.words.iter().filter(|word| weights.contains(&word.text));
        let words: Vec<&Word> = words.collect();
        assert!(words.len() >= 12, "{width}: {} labels", words.len());
        for element in elements.iter().filter(is_weight) {
            let own = formatted(&element.address);
            for (d, _) in &element.strokes {
                for [from, to] in segments(d) {
                    let near = words.iter().filter(|word| {
                        let inside = (0..=20_u8).map(|step| from.lerp(to, f32::from(step) / 20.0));
                        inside.into_iter().any(|at| word.bounds.contains(at))
                    });
                    let texts: Vec<&str> = near.map(|word| word.text.as_str()).collect();
                    assert!(
                        texts.iter().all(|text| *text == own),
                        "{width}: {own} runs through {texts:?}"
                    );
                }
            }
        }
    }
}

/// Returns the weight of the article's network with an address, as it is written.
fn formatted(address: &str) -> String {
    let target = Adjustable::parse(address).unwrap();
    format_fixed(preset("article").value(target).unwrap(), 3)
}

/// Returns the segments of a path that has only absolute moves and lines.
fn segments(d: &str) -> Vec<[Pos2; 2]> {
    let numbers = d.replace(['M', 'L', 'H', 'V', ','], " ");
    let numbers: Vec<f32> = numbers
        .split_whitespace()
        .filter_map(|text| text.parse().ok())
        .collect();
    let points: Vec<Pos2> = numbers
        .chunks_exact(2)
        .map(|pair| pos2(pair[0], pair[1]))
        .collect();
    points.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

#[test]
fn the_name_of_the_vertical_axis_is_above_it_or_turned_beside_it() {
    let run = Arc::new(training_run(false));
    for (panel, document) in [
        (Pane::Curves, preset("article")),
        (Pane::Family, preset("article")),
        (Pane::SmallMultiples, preset("article")),
        (Pane::Map, preset("xor")),
        (Pane::Training, with_data(training_config("moons"))),
        (Pane::Landscape, with_data(training_config("moons"))),
    ] {
        let turned = |y_label: YLabel| {
            let figure = parsed(&document, panel, |spec| {
                spec.y_label = y_label;
                if panel == Pane::Training {
                    spec.run = Some(Arc::clone(&run));
                }
            });
            let words = figure.words.iter().filter(|word| word.is_rotated);
            let bounds: Vec<Rect> = words.map(|word| word.bounds).collect();
            (bounds, figure.page)
        };
        assert!(turned(YLabel::Above).0.is_empty(), "{}", panel.name());
        let (words, page) = turned(YLabel::Beside);
        assert!(!words.is_empty(), "{}", panel.name());
        for word in words {
            assert!(page.contains_rect(word), "{}", panel.name());
            assert!(word.right() < 0.2 * page.width(), "{}: {word}", panel.name());
            let distance = (word.center().y - page.center().y).abs();
            assert!(distance < 0.2 * page.height(), "{}: {word}", panel.name());
        }
    }
}

#[test]
fn a_diagram_draws_pixels_as_a_picture_and_weights_as_pictures() {
    let digits = with_data(training_config("digits"));
    let hidden = digits.network.architecture().width(0);
    for width in [85.0, 170.0] {
        let figure = parsed(&digits, Pane::Diagram, |spec| {
            spec.width = Length::millimeters(width);
        });
        let images = figure.svg.matches("<image").count();
        assert!(
            (2..=hidden + 1).contains(&images),
            "{width}: {images} pictures, {hidden} hidden neurons"
        );
        assert!(!figure.elements().iter().any(|element| element.address == "x[1]"));
        // The names of the classes are beside the outputs.
        for class in ["0", "9"] {
            assert!(
                figure.words.iter().any(|word| word.text == class),
                "{width} {class}"
            );
        }
    }
}

#[test]
fn a_single_confusion_matrix_is_as_wide_as_the_page() {
    for source in ["iris", "moons"] {
        let figure = parsed(
            &filled(with_data(training_config(source))),
            Pane::Confusion,
            |_| {},
        );
        let right = figure.shapes.iter().map(|shape| shape.bounds.right());
        let right = right.fold(0.0, f32::max);
        assert!(right > 0.85 * figure.page.right(), "{source}: {right}");
    }
}

#[test]
fn a_confusion_matrix_shows_numbers_with_many_digits() {
    let mut config = training_config("digits");
    config.test_fraction = 0.2;
    for width in [85.0, 170.0] {
        let figure = parsed(&with_data(config.clone()), Pane::Confusion, |spec| {
            spec.width = Length::millimeters(width);
        });
        let cells = figure.elements();
        let cells = cells.iter().filter(|element| element.title.is_some());
        let empty: Vec<&str> = cells
            .filter(|element| element.text.is_empty())
            .map(|element| element.address.as_str())
            .collect();
        assert!(empty.is_empty(), "{width}: {empty:?}");
    }
}
