//! The article's own figures: each is written, the same every time, and fit to be printed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails; clippy does not see that helpers of a test are tests"
)]

#[path = "support/command.rs"]
mod command;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use egui_figure::svg::TextMode;
use egui_figure::{HeadlessContext, bundled_fonts};
use neurodial::article::ArticleFigure;
use neurodial::figure_page::FigureFormat;
use neurodial::theme::{ColorTheme, ThemeMode};
use resvg::tiny_skia::{Pixmap, Rect, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Group, Node, Options, Paint, Tree};
use roxmltree::Document;

/// Every figure as SVG in the colours of a look; drawn once for all tests.
fn drawn(mode: ThemeMode) -> &'static [(ArticleFigure, String)] {
    static DRAWN: [OnceLock<Vec<(ArticleFigure, String)>>; ThemeMode::ALL.len()] =
        [const { OnceLock::new() }; ThemeMode::ALL.len()];
    DRAWN[mode as usize].get_or_init(|| {
        let mut studio = HeadlessContext::new();
        let draw = |figure: ArticleFigure| {
            let printed = figure.draw(&mut studio, mode).unwrap();
            let bytes = printed
                .to_bytes(FigureFormat::Svg, TextMode::EmbeddedFonts, None)
                .unwrap();
            (figure, String::from_utf8(bytes).unwrap())
        };
        ArticleFigure::ALL.into_iter().map(draw).collect()
    })
}

/// One unit of it is a point of the drawing, whatever its size on the page.
fn tree(svg: &str) -> Tree {
    let document = Document::parse(svg).unwrap();
    let [width, height] = ["width", "height"].map(|side| {
        let value = document.root_element().attribute(side).unwrap();
        format!(r#"{side}="{value}""#)
    });
    let svg = svg.replacen(&width, "", 1).replacen(&height, "", 1);
    let mut fonts = Database::new();
    for face in bundled_fonts::ALL {
        fonts.load_font_source(Source::Binary(Arc::new(face.bytes)));
    }
    let options = Options {
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    Tree::from_str(&svg, &options).unwrap()
}

/// A line of text as it is drawn.
struct Line {
    text: String,
    /// What its letters cover.
    covers: Rect,
    /// Red, green and blue.
    color: [u8; 3],
}

fn lines(tree: &Tree) -> Vec<Line> {
    fn of_group(group: &Group, found: &mut Vec<Line>) {
        for node in group.children() {
            match node {
                Node::Group(group) => of_group(group, found),
                Node::Text(text) => {
                    let chunks = text.chunks().iter();
                    let fill = text.chunks()[0].spans()[0].fill().unwrap();
                    let Paint::Color(color) = fill.paint() else {
                        panic!("text is painted in one colour");
                    };
                    found.push(Line {
                        text: chunks.map(|chunk| chunk.text()).collect(),
                        covers: text.flattened().abs_bounding_box(),
                        color: [color.red, color.green, color.blue],
                    });
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    of_group(tree.root(), &mut found);
    found
}

/// All its words, in the order in which they are drawn.
fn words(svg: &str) -> String {
    let lines: Vec<String> = lines(&tree(svg)).into_iter().map(|line| line.text).collect();
    let all = lines.join(" ");
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_command_writes_all_seven_and_the_same_bytes_every_time() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one", "two"] {
        assert_eq!(
            command::printed(folder.path(), &["article-figures", "-o", name]),
            ""
        );
    }
    let names = command::names_in(&folder.path().join("one"));
    let wanted = [
        "artificial-neuron.svg",
        "bias-family.svg",
        "natural-neuron.svg",
        "network.svg",
        "output.svg",
        "step.svg",
        "weight-family.svg",
    ];
    assert_eq!(names, wanted);
    for name in names {
        let [one, two] =
            ["one", "two"].map(|run| std::fs::read(folder.path().join(run).join(&name)).unwrap());
        assert_eq!(one, two, "{name}");
    }
}

#[test]
fn each_is_well_formed_and_says_what_it_shows_and_stays_small() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let name = figure.name();
        let document = Document::parse(svg).unwrap();
        let said = |tag: &str| {
            let of_root = document.root_element().children();
            let mut found = of_root.filter(|node| node.has_tag_name(tag));
            found
                .next()
                .and_then(|node| node.text())
                .unwrap_or_default()
                .to_owned()
        };
        assert!(said("title").len() > 10, "{name}");
        assert!(said("desc").len() > 100, "{name}: {}", said("desc"));
        assert!(svg.len() < 60_000, "{name} has {} bytes", svg.len());
    }
}

#[test]
fn no_words_leave_the_page_or_touch_each_other() {
    for mode in [ThemeMode::Print, ThemeMode::Grayscale, ThemeMode::Dark] {
        for (figure, svg) in drawn(mode) {
            let name = figure.name();
            let tree = tree(svg);
            let lines = lines(&tree);
            assert!(lines.len() >= 5, "{name}");
            for (index, line) in lines.iter().enumerate() {
                let (text, covers) = (&line.text, line.covers);
                let is_inside = covers.left() >= 0.0
                    && covers.top() >= 0.0
                    && covers.right() <= tree.size().width()
                    && covers.bottom() <= tree.size().height();
                assert!(
                    is_inside,
                    "{name}, {mode:?}: “{text}” leaves the page: {covers:?}"
                );
                for other in &lines[index + 1..] {
                    // An index stands close to its letter, and an italic letter leans.
                    let touch = 0.6;
                    let wide =
                        covers.right().min(other.covers.right()) - covers.left().max(other.covers.left());
                    let high =
                        covers.bottom().min(other.covers.bottom()) - covers.top().max(other.covers.top());
                    let overlaps = wide > touch && high > touch;
                    assert!(
                        !overlaps,
                        "{name}, {mode:?}: “{text}” and “{}” overlap",
                        other.text
                    );
                }
            }
        }
    }
}

/// How large the type of a figure is where it is printed 85 mm wide, in points of 1/72 inch; indices are left out, which
/// the smallest size of the serif is for.
fn sizes_in_a_column(svg: &str) -> Vec<(f64, String)> {
    let document = Document::parse(svg).unwrap();
    let view = document.root_element().attribute("viewBox").unwrap();
    let width: f64 = view.split(' ').nth(2).unwrap().parse().unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|text| {
            let inherited = |name: &str| text.ancestors().find_map(|node| node.attribute(name));
            let size: f64 = inherited("font-size").unwrap().parse().unwrap();
            let words: String = text.descendants().filter_map(|node| node.text()).collect();
            let is_index = inherited("font-family").unwrap().contains("Serif")
                && words.chars().all(|c| c.is_ascii_digit());
            let least_of_all = if is_index { 6.5 / 5.2 } else { 1.0 };
            (size * least_of_all / width * 85.0 / 25.4 * 72.0, words)
        })
        .collect()
}

#[test]
fn all_words_can_be_read_in_a_column_of_85_mm() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        for (size, words) in sizes_in_a_column(svg) {
            assert!(size > 6.49, "{}: “{words}” has {size:.2} points", figure.name());
        }
    }
}

/// The same figure without its words.
fn without_words(svg: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let mut rest = String::with_capacity(svg.len());
    let mut end = 0;
    for text in document.descendants().filter(|node| node.has_tag_name("text")) {
        rest.push_str(&svg[end..text.range().start]);
        end = text.range().end;
    }
    rest + &svg[end..]
}

fn luminance(color: [u8; 3]) -> f64 {
    let [r, g, b] = color.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn all_words_can_be_read_on_what_lies_under_them() {
    for mode in [ThemeMode::Print, ThemeMode::Grayscale, ThemeMode::Dark] {
        for (figure, svg) in drawn(mode) {
            let with_words = tree(svg);
            let tree = tree(&without_words(svg));
            let size = tree.size().to_int_size();
            let mut ground = Pixmap::new(size.width(), size.height()).unwrap();
            resvg::render(&tree, Transform::identity(), &mut ground.as_mut());
            for line in lines(&with_words) {
                let (left, right) = (line.covers.left() as u32, line.covers.right() as u32);
                let (top, bottom) = (line.covers.top() as u32, line.covers.bottom() as u32);
                let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
                for y in top..=bottom.min(size.height() - 1) {
                    for x in left..=right.min(size.width() - 1) {
                        let pixel = ground.pixel(x, y).unwrap();
                        *counts
                            .entry([pixel.red(), pixel.green(), pixel.blue()])
                            .or_default() += 1;
                    }
                }
                let (&under, _) = counts.iter().max_by_key(|(_, count)| **count).unwrap();
                let contrast = contrast(line.color, under);
                let (name, text) = (figure.name(), &line.text);
                assert!(
                    contrast >= 4.5,
                    "{name}, {mode:?}: “{text}” has a contrast of {contrast:.2}"
                );
            }
        }
    }
}

#[test]
fn everything_is_labelled() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let wanted: &[&str] = match figure {
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
                "Sum",
                "Activation",
                "Output",
                "receive",
                "add up",
            ],
            ArticleFigure::WeightFamily => &[
                "(a)",
                "(b)",
                "bias fixed",
                "tilts",
                "steepens",
                "sigmoid(",
                "−0.5",
            ],
            ArticleFigure::BiasFamily => &["(a)", "(b)", "weight fixed", "lifts", "shifts", "sigmoid(", "−3"],
            ArticleFigure::Step => &["step(", "0 if x ≤ 0", "1 if x > 0"],
            ArticleFigure::Network => &["4.800", "1.210", "2.385", "−0.910", "inputs"],
            ArticleFigure::Output => &["4.800", "1.210", "2.385", "−1.820", "input", "weight", "sum"],
        };
        let words = words(svg);
        for label in wanted {
            assert!(words.contains(label), "{}: “{label}” in “{words}”", figure.name());
        }
    }
}

#[test]
fn the_parts_of_a_network_are_groups_that_can_be_found() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let document = Document::parse(svg).unwrap();
        let parts: Vec<&str> = document
            .descendants()
            .filter_map(|node| node.attribute("data-part"))
            .collect();
        let count = |start: &str| parts.iter().filter(|part| part.starts_with(start)).count();
        match figure {
            ArticleFigure::BiologicalNeuron => assert_eq!(parts, ["cell", "nucleus", "myelin"]),
            ArticleFigure::ArtificialNeuron => {
                assert_eq!([count("x["), count("w["), count("b["), count("a[")], [4, 4, 1, 1]);
            }
            ArticleFigure::WeightFamily | ArticleFigure::BiasFamily => assert_eq!(count("curve["), 18),
            ArticleFigure::Step => assert_eq!(count("curve["), 1),
            ArticleFigure::Network => assert!(count("w[") >= 12 && count("a[") >= 3, "{parts:?}"),
            ArticleFigure::Output => assert_eq!([count("w["), count("b["), count("a[")], [12, 3, 3]),
        }
    }
}

#[test]
fn the_output_of_the_whole_network_is_told_in_words_too() {
    let svg = &drawn(ThemeMode::Print)[6].1;
    for words in [
        "neuron 1: 1.000 · (0.200) + 2.000 · (0.800) + 3.000 · (−0.500) + 2.500 · (1.000) + 2.000 = 4.800; relu gives 4.800.",
        "= 1.210; relu gives 1.210.",
        "= 2.385; relu gives 2.385.",
    ] {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn a_document_goes_with_what_shows_one() {
    for (figure, svg) in drawn(ThemeMode::Print) {
        let is_anatomy = matches!(
            figure,
            ArticleFigure::BiologicalNeuron | ArticleFigure::ArtificialNeuron
        );
        assert_eq!(svg.contains("<metadata>"), !is_anatomy, "{}", figure.name());
    }
}

#[test]
fn the_ground_is_that_of_the_look() {
    for mode in ThemeMode::ALL {
        let [r, g, b, _] = ColorTheme::from_mode(mode).card.to_array();
        for (figure, svg) in drawn(mode) {
            let document = Document::parse(svg).unwrap();
            let mut rectangles = document
                .root_element()
                .children()
                .filter(|node| node.has_tag_name("rect"));
            let fill = rectangles.next().and_then(|node| node.attribute("fill"));
            let wanted = [
                format!("#{r:02x}{g:02x}{b:02x}"),
                format!("#{:x}{:x}{:x}", r >> 4, g >> 4, b >> 4),
            ];
            assert!(
                wanted.iter().any(|color| Some(color.as_str()) == fill),
                "{}: {fill:?}",
                figure.name()
            );
        }
    }
}
