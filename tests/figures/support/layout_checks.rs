//! Checks of a figure: each returns one sentence per problem.

use std::collections::{BTreeSet, HashMap};

use egui::{Color32, Rect};

use super::color_vision::contrast;
use super::parsed_figure::{ParsedFigure, Pixels, Word, mixed};

/// Finds ids that are not unique, and missing titles.
pub fn id_and_title_problems(figure: &ParsedFigure) -> Vec<String> {
    let document = roxmltree::Document::parse(&figure.svg).unwrap();
    let mut problems = Vec::new();
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        if !ids.insert(id) {
            problems.push(format!("the id {id} is used twice"));
        }
    }
    let root = document.root_element();
    for name in ["title", "desc"] {
        let first = root.children().find(|node| node.has_tag_name(name));
        if first
            .and_then(|node| node.text())
            .is_none_or(|text| text.len() < 10)
        {
            problems.push(format!("the figure has no {name}"));
        }
    }
    let elements = figure.elements();
    let untitled = elements.iter().filter(|element| element.title.is_none());
    problems.extend(untitled.map(|element| format!("{} has no title", element.address)));
    problems
}

/// Finds words and shapes outside of the page, and words outside of their clip rectangle.
pub fn outside_of_page(figure: &ParsedFigure) -> Vec<String> {
    let page = figure.page.expand(0.05);
    let is_outside =
        |word: &&Word| !page.contains_rect(word.bounds) || !word.clip.expand(0.3).contains_rect(word.bounds);
    let words = figure.words.iter().filter(is_outside);
    let mut problems: Vec<String> = words
        .map(|word| format!("“{}” is outside: {:?}", word.text, word.bounds))
        .collect();
    let shapes = figure.shapes.iter().filter(|shape| {
        let visible = shape.bounds.intersect(shape.clip);
        visible.is_positive() && !page.contains_rect(visible)
    });
    problems.extend(shapes.map(|shape| format!("a shape is outside: {:?}", shape.bounds)));
    problems
}

/// Returns the smaller side of the common rectangle; negative if the rectangles do not overlap.
fn overlap(a: Rect, b: Rect) -> f32 {
    let common = a.intersect(b);
    common.width().min(common.height())
}

/// Finds words that are smaller than 6 points where body text has 8 points; indices may be a little smaller.
pub fn small_words(figure: &ParsedFigure) -> Vec<String> {
    const BODY_SIZE: f32 = 13.0;
    let min_size = |word: &Word| {
        let is_index = word.text.chars().all(|c| c.is_ascii_digit() || "(),".contains(c));
        BODY_SIZE / 8.0 * if is_index { 5.7 } else { 5.99 }
    };
    let words = figure.words.iter().filter(|word| word.size < min_size(word));
    words
        .map(|word| format!("“{}” has {:.2} points", word.text, word.size / BODY_SIZE * 8.0))
        .collect()
}

/// Finds pairs of words that overlap.
pub fn overlaps(words: &[Word]) -> Vec<String> {
    /// An italic letter may reach into the rectangle of its index without touching it.
    const TOLERANCE: f32 = 0.6;
    let mut problems = Vec::new();
    for (index, a) in words.iter().enumerate() {
        for b in &words[index + 1..] {
            // The parts of one text follow each other.
            let is_one_text = a.text_start == b.text_start;
            let depth = overlap(a.bounds, b.bounds);
            if !is_one_text && depth > TOLERANCE {
                problems.push(format!("“{}” and “{}” overlap by {depth:.2}", a.text, b.text));
            }
        }
    }
    problems
}

/// Returns the contrast of a word that is exceeded over all but a tenth of the background pixels.
fn contrast_of(word: &Word, background: &Pixels) -> f64 {
    let contrast_over = |under: Color32| {
        let mixed_channel = |channel: usize| {
            mixed(
                word.color.to_array()[channel],
                under.to_array()[channel],
                word.opacity,
            )
        };
        let [r, g, b] = [0, 1, 2].map(mixed_channel);
        contrast(Color32::from_rgb(r, g, b), under)
    };
    // A background has few colors.
    let mut known: HashMap<Color32, f64> = HashMap::new();
    let mut contrasts: Vec<f64> = background
        .within(word.bounds)
        .into_iter()
        .map(|under| *known.entry(under).or_insert_with(|| contrast_over(under)))
        .collect();
    contrasts.sort_by(f64::total_cmp);
    // The bounds of a rotated word contain much that is not under it.
    let ignored = if word.is_rotated {
        contrasts.len() * 2 / 5
    } else {
        contrasts.len() / 10
    };
    contrasts.get(ignored).copied().unwrap_or(0.0)
}

/// Finds words with a contrast below 4.5 to their background.
pub fn low_contrast_words(figure: &ParsedFigure) -> Vec<String> {
    let background = figure.background(1);
    let words = figure.words.iter();
    words
        .filter_map(|word| {
            let contrast = contrast_of(word, &background);
            (contrast < 4.5).then(|| format!("“{}” has a contrast of {contrast:.2}", word.text))
        })
        .collect()
}

/// Finds words that change no pixel, because something is painted over them.
pub fn covered_words(figure: &ParsedFigure) -> Vec<String> {
    let (with, without) = (figure.pixels(2), figure.background(2));
    let is_covered = |word: &&Word| {
        let pairs = with
            .within(word.bounds)
            .into_iter()
            .zip(without.within(word.bounds));
        let differ = |(a, b): (Color32, Color32)| {
            if a == b {
                return false;
            }
            let channels = a.to_array().into_iter().zip(b.to_array());
            channels.map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>() > 60
        };
        !pairs.into_iter().any(differ)
    };
    let words = figure.words.iter().filter(is_covered);
    words.map(|word| format!("“{}” is covered", word.text)).collect()
}
