//! What is wrong with a figure's sheet: each measure gives a sentence a fault.

#![allow(clippy::unwrap_used, reason = "a figure that cannot be read fails its test")]

use std::collections::{BTreeSet, HashMap};

use egui::{Color32, Rect};

use super::eyes::contrast;
use super::sheet::{Pixels, Sheet, Word, mixed};

/// Ids that are not unique, and what has no title.
pub fn names(sheet: &Sheet) -> Vec<String> {
    let document = roxmltree::Document::parse(&sheet.svg).unwrap();
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id} is there twice"));
        }
    }
    let root = document.root_element();
    for name in ["title", "desc"] {
        let first = root.children().find(|node| node.has_tag_name(name));
        if first
            .and_then(|node| node.text())
            .is_none_or(|text| text.len() < 10)
        {
            faults.push(format!("the figure has no {name}"));
        }
    }
    let parts = sheet.parts();
    let untitled = parts.iter().filter(|part| part.title.is_none());
    faults.extend(untitled.map(|part| format!("{} has no title", part.address)));
    faults
}

/// What sticks out of the page, or out of the clip around it if it is a word.
pub fn cuts(sheet: &Sheet) -> Vec<String> {
    let page = sheet.page.expand(0.05);
    let is_cut =
        |word: &&Word| !page.contains_rect(word.bounds) || !word.clip.expand(0.3).contains_rect(word.bounds);
    let words = sheet.words.iter().filter(is_cut);
    let mut faults: Vec<String> = words
        .map(|word| format!("“{}” sticks out: {:?}", word.text, word.bounds))
        .collect();
    let shapes = sheet.shapes.iter().filter(|shape| {
        let shown = shape.bounds.intersect(shape.clip);
        shown.is_positive() && !page.contains_rect(shown)
    });
    faults.extend(shapes.map(|shape| format!("a shape sticks out: {:?}", shape.bounds)));
    faults
}

/// How far two boxes of letters reach into each other, in each direction; negative if they don't.
fn overlap(a: Rect, b: Rect) -> f32 {
    let common = a.intersect(b);
    common.width().min(common.height())
}

/// Words in smaller type than 6 points where running text has 8; only indices may be a little smaller.
pub fn tiny_words(sheet: &Sheet) -> Vec<String> {
    const RUNNING: f32 = 13.0;
    let least = |word: &Word| {
        let is_index = word.text.chars().all(|c| c.is_ascii_digit() || "(),".contains(c));
        RUNNING / 8.0 * if is_index { 5.7 } else { 5.99 }
    };
    let words = sheet.words.iter().filter(|word| word.size < least(word));
    words
        .map(|word| format!("“{}” is {:.2} points large", word.text, word.size / RUNNING * 8.0))
        .collect()
}

/// Words that reach into each other.
pub fn overlaps(words: &[Word]) -> Vec<String> {
    /// A slanted letter may reach over its index's box without touching it.
    const LEAST: f32 = 0.6;
    let mut faults = Vec::new();
    for (index, a) in words.iter().enumerate() {
        for b in &words[index + 1..] {
            let deep = overlap(a.bounds, b.bounds);
            if deep > LEAST {
                faults.push(format!("“{}” and “{}” overlap by {deep:.2}", a.text, b.text));
            }
        }
    }
    faults
}

/// The least contrast of a word that all but a tenth of what lies under it has.
fn contrast_of(word: &Word, ground: &Pixels) -> f64 {
    let with = |under: Color32| {
        let [r, g, b] =
            [0, 1, 2].map(|part| mixed(word.color.to_array()[part], under.to_array()[part], word.opacity));
        contrast(Color32::from_rgb(r, g, b), under)
    };
    // A ground has few colours.
    let mut known: HashMap<Color32, f64> = HashMap::new();
    let grounds = ground.within(word.bounds).into_iter();
    let mut found: Vec<f64> = grounds
        .map(|under| *known.entry(under).or_insert_with(|| with(under)))
        .collect();
    found.sort_by(f64::total_cmp);
    // Around what is turned there is more than what lies under it.
    let left_out = if word.is_turned {
        found.len() * 2 / 5
    } else {
        found.len() / 10
    };
    found.get(left_out).copied().unwrap_or(0.0)
}

/// Words that hardly stand out from their ground.
pub fn faint_words(sheet: &Sheet) -> Vec<String> {
    let ground = sheet.ground(1);
    let words = sheet.words.iter();
    words
        .filter_map(|word| {
            let found = contrast_of(word, &ground);
            (found < 4.5).then(|| format!("“{}” has a contrast of {found:.2}", word.text))
        })
        .collect()
}

/// Words that leave no trace, because something was painted over them.
pub fn covered_words(sheet: &Sheet) -> Vec<String> {
    let (with, without) = (sheet.pixels(2), sheet.ground(2));
    let is_covered = |word: &&Word| {
        let pairs = with
            .within(word.bounds)
            .into_iter()
            .zip(without.within(word.bounds));
        let differ = |(a, b): (Color32, Color32)| {
            if a == b {
                return false;
            }
            let parts = a.to_array().into_iter().zip(b.to_array());
            parts.map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>() > 60
        };
        !pairs.into_iter().any(differ)
    };
    let words = sheet.words.iter().filter(is_covered);
    words.map(|word| format!("“{}” is covered", word.text)).collect()
}
