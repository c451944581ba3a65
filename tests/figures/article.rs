//! The figures of the article: their labels, groups and descriptions, and that they can be printed.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use egui::Color32;
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial::article::ArticleFigure;
use neurodial::figure_page::FigureFormat;
use neurodial::theme::{ColorTheme, ThemeMode};
use neurodial_core::text::{Locale, Messages};
use roxmltree::Document;

use crate::support::color_vision::contrast;
use crate::support::layout_checks::overlaps;
use crate::support::parsed_figure::ParsedFigure;

/// Returns the SVG of every figure in English in a color theme; it is drawn once for all tests.
fn drawn(mode: ThemeMode) -> &'static [(ArticleFigure, String)] {
    drawn_in(mode, Locale::English)
}

/// Returns the SVG of every figure in a language.
fn drawn_in(mode: ThemeMode, locale: Locale) -> &'static [(ArticleFigure, String)] {
    const COUNT: usize = ThemeMode::ALL.len() * Locale::ALL.len();
    static DRAWN: [OnceLock<Vec<(ArticleFigure, String)>>; COUNT] = [const { OnceLock::new() }; COUNT];
    DRAWN[mode as usize + ThemeMode::ALL.len() * locale as usize].get_or_init(|| {
        let mut context = HeadlessContext::new();
        let draw = |figure: ArticleFigure| {
            let bytes = figure
                .draw(&mut context, mode, Messages::new(locale))
                .unwrap()
                .to_bytes(FigureFormat::Svg, TextMode::EmbeddedFonts, None)
                .unwrap();
            (figure, String::from_utf8(bytes).unwrap())
        };
        ArticleFigure::ALL.into_iter().map(draw).collect()
    })
}

/// Returns all words in the order in which they are drawn.
fn all_words(svg: &str) -> String {
    let words = ParsedFigure::from_svg(svg).words;
    let texts: Vec<&str> = words
        .iter()
        .flat_map(|word| word.text.split_whitespace())
        .collect();
    texts.join(" ")
}

#[test]
fn every_figure_has_a_title_and_a_description_and_is_small() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let name = figure.name();
        let document = Document::parse(svg).unwrap();
        let text_of = |tag: &str| {
            let mut children = document.root_element().children();
            let child = children.find(|node| node.has_tag_name(tag));
            child.and_then(|node| node.text()).unwrap_or_default()
        };
        assert!(text_of("title").len() > 10, "{name}");
        assert!(text_of("desc").len() > 100, "{name}: {}", text_of("desc"));
        assert!(svg.len() < 60_000, "{name} has {} bytes", svg.len());
    }
}

#[test]
fn all_words_are_on_the_page_and_do_not_overlap() {
    for (mode, locale) in [
        (ThemeMode::Print, Locale::English),
        (ThemeMode::Print, Locale::SimplifiedChinese),
        (ThemeMode::Grayscale, Locale::English),
        (ThemeMode::Dark, Locale::English),
    ] {
        for (figure, svg) in drawn_in(mode, locale) {
            let name = figure.name();
            let parsed = ParsedFigure::from_svg(svg);
            assert!(parsed.words.len() >= 5, "{name}");
            for word in &parsed.words {
                assert!(
                    parsed.page.contains_rect(word.bounds),
                    "{name}, {mode:?}, {locale:?}: “{}” is outside of the page: {:?}",
                    word.text,
                    word.bounds
                );
            }
            let problems = overlaps(&parsed.words);
            assert!(problems.is_empty(), "{name}, {mode:?}, {locale:?}: {problems:?}");
        }
    }
}

/// Returns every text with its font size in points (1/72 inch) where the figure is printed 85 mm wide. The size of an
/// index is scaled so that one minimum holds for all texts.
fn font_sizes_in_a_column(svg: &str) -> Vec<(f64, String)> {
    let document = Document::parse(svg).unwrap();
    let view = document.root_element().attribute("viewBox").unwrap();
    let width: f64 = view.split(' ').nth(2).unwrap().parse().unwrap();
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text") || node.has_tag_name("tspan"));
    texts
        .map(|text| {
            let inherited = |name: &str| text.ancestors().find_map(|node| node.attribute(name));
            let size: f64 = inherited("font-size").unwrap().parse().unwrap();
            let words = text.text().unwrap_or_default().to_owned();
            let is_index = inherited("font-family").unwrap().contains("Serif")
                && words.chars().all(|c| c.is_ascii_digit());
            // The minimum is 6.5 points for words and 5.2 points for indices.
            let factor = if is_index { 6.5 / 5.2 } else { 1.0 };
            (size * factor / width * 85.0 / 25.4 * 72.0, words)
        })
        .collect()
}

#[test]
fn all_words_are_large_enough_in_a_column_of_85_mm() {
    for (figure, svg) in Locale::ALL
        .into_iter()
        .flat_map(|locale| drawn_in(ThemeMode::Print, locale))
    {
        for (size, words) in font_sizes_in_a_column(svg) {
            assert!(size > 6.49, "{}: “{words}” has {size:.2} points", figure.name());
        }
    }
}

#[test]
fn all_words_contrast_with_their_background() {
    for mode in [ThemeMode::Print, ThemeMode::Grayscale, ThemeMode::Dark] {
        for (figure, svg) in drawn(mode) {
            let parsed = ParsedFigure::from_svg(svg);
            let background = parsed.background(1);
            for word in &parsed.words {
                let mut counts: BTreeMap<[u8; 4], usize> = BTreeMap::new();
                for color in background.within(word.bounds) {
                    *counts.entry(color.to_array()).or_default() += 1;
                }
                let (&[r, g, b, _], _) = counts.iter().max_by_key(|(_, count)| **count).unwrap();
                let contrast = contrast(word.color, Color32::from_rgb(r, g, b));
                let (name, text) = (figure.name(), &word.text);
                assert!(
                    contrast >= 4.5,
                    "{name}, {mode:?}: “{text}” has a contrast of {contrast:.2}"
                );
            }
        }
    }
}

#[test]
fn every_figure_has_its_labels() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let labels: &[&str] = match figure {
            ArticleFigure::BiologicalNeuron => &[
                "Dendrites",
                "Cell body (soma)",
                "Nucleus",
                "Axon hillock",
                "Axon",
                "Myelin sheath",
                "Node of Ranvier",
                "Axon terminals",
                "receive",
                "add up",
            ],
            ArticleFigure::ArtificialNeuron => &[
                "Inputs",
                "Weights",
                "Bias",
                "Weighted sum",
                "Activation function",
                "Output",
                "receive",
                "add up",
            ],
            ArticleFigure::WeightFamily => &[
                "(a)",
                "(b)",
                "bias fixed",
                "sets the slope",
                "the steepness",
                "sigmoid(",
                "−0.5",
            ],
            ArticleFigure::BiasFamily => &[
                "(a)",
                "(b)",
                "weight fixed",
                "shifts the line",
                "sideways",
                "sigmoid(",
                "−3",
            ],
            ArticleFigure::Step => &["step(", "0 if x ≤ 0", "1 if x > 0"],
            ArticleFigure::Network => &["4.800", "1.210", "2.385", "−0.910", "inputs"],
            ArticleFigure::Output => &[
                "4.800",
                "1.210",
                "2.385",
                "−1.820",
                "input",
                "weight",
                "weighted sum",
            ],
        };
        let words = all_words(svg);
        for label in labels {
            assert!(words.contains(label), "{}: “{label}” in “{words}”", figure.name());
        }
    }
}

#[test]
fn figures_in_chinese_have_no_english_words() {
    for (figure, svg) in drawn_in(ThemeMode::Print, Locale::SimplifiedChinese) {
        let words = all_words(svg);
        let is_name = |word: &str| ["ReLU", "sigmoid(", "step(", "f(z)"].contains(&word);
        let is_english = |word: &&str| word.chars().filter(char::is_ascii_alphabetic).count() > 1;
        let english: Vec<&str> = words
            .split_whitespace()
            .filter(is_english)
            .filter(|word| !is_name(word))
            .collect();
        assert!(english.is_empty(), "{}: {english:?}", figure.name());
    }
}

#[test]
fn the_elements_of_a_network_are_groups() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let document = Document::parse(svg).unwrap();
        let addresses: Vec<&str> = document
            .descendants()
            .filter_map(|node| node.attribute("data-part"))
            .collect();
        let count = |start: &str| {
            addresses
                .iter()
                .filter(|address| address.starts_with(start))
                .count()
        };
        match figure {
            ArticleFigure::BiologicalNeuron => assert_eq!(addresses, ["cell", "nucleus", "myelin"]),
            ArticleFigure::ArtificialNeuron => {
                assert_eq!([count("x["), count("w["), count("b["), count("a[")], [4, 4, 1, 1]);
            }
            ArticleFigure::WeightFamily | ArticleFigure::BiasFamily => assert_eq!(count("curve["), 18),
            ArticleFigure::Step => assert_eq!(count("curve["), 1),
            ArticleFigure::Network => assert!(count("w[") >= 12 && count("a[") >= 3, "{addresses:?}"),
            ArticleFigure::Output => assert_eq!([count("w["), count("b["), count("a[")], [12, 3, 3]),
        }
    }
}

#[test]
fn the_figure_of_the_output_describes_the_calculation_of_every_neuron() {
    let (_, svg) = &drawn(ThemeMode::Print)[6];
    for words in [
        "For neuron 1, 1.000 · (0.200) + 2.000 · (0.800) + 3.000 · (−0.500) + 2.500 · (1.000) + 2.000 = 4.800; ReLU gives 4.800.",
        "= 1.210; ReLU gives 1.210.",
        "= 2.385; ReLU gives 2.385.",
    ] {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn figures_of_a_network_contain_its_document() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let is_anatomy = matches!(
            figure,
            ArticleFigure::BiologicalNeuron | ArticleFigure::ArtificialNeuron
        );
        assert_eq!(svg.contains("<metadata>"), !is_anatomy, "{}", figure.name());
    }
}

#[test]
fn the_background_has_the_color_of_the_theme() {
    for mode in ThemeMode::ALL {
        let [r, g, b, _] = ColorTheme::from_mode(mode).card.to_array();
        for (figure, svg) in drawn(mode) {
            let document = Document::parse(svg).unwrap();
            let mut rectangles = document
                .root_element()
                .children()
                .filter(|node| node.has_tag_name("rect"));
            let fill = rectangles.next().and_then(|node| node.attribute("fill"));
            let expected = [
                format!("#{r:02x}{g:02x}{b:02x}"),
                format!("#{:x}{:x}{:x}", r >> 4, g >> 4, b >> 4),
            ];
            assert!(
                expected.iter().any(|color| Some(color.as_str()) == fill),
                "{}: {fill:?}",
                figure.name()
            );
        }
    }
}
