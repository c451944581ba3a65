//! Texts of a window that overlap.

use egui::{Rect, Shape};

use super::TestWindow;

/// True if a shape has an opaque rectangle that covers `rect`.
fn covers(shape: &Shape, rect: Rect) -> bool {
    match shape {
        Shape::Rect(cover) => cover.fill.a() > 200 && cover.rect.expand(1.0).contains_rect(rect),
        Shape::Vec(shapes) => shapes.iter().any(|shape| covers(shape, rect)),
        _ => false,
    }
}

/// Returns the texts in view that overlap another one, with the place of the overlap. What an opaque rectangle covers is
/// not in view.
pub fn overlapping_texts(window: &TestWindow) -> Vec<(String, Rect)> {
    /// The common width or height of texts that only touch, such as superscript and subscript, in points.
    const TOLERANCE: f32 = 3.5;
    let shapes = &window.harness.output().shapes;
    let mut texts: Vec<(usize, Rect, &str)> = Vec::new();
    let mut overlapping = Vec::new();
    for (index, clipped) in shapes.iter().enumerate() {
        let Shape::Text(text) = &clipped.shape else {
            continue;
        };
        let rect = text.visual_bounding_rect().intersect(clipped.clip_rect);
        if !rect.is_positive() || text.galley.text().trim().is_empty() {
            continue;
        }
        for &(other, other_rect, other_text) in &texts {
            let common = rect.intersect(other_rect);
            let is_covered = || {
                let between = shapes[other..index].iter();
                between
                    .filter(|between| between.clip_rect.expand(1.0).contains_rect(common))
                    .any(|between| covers(&between.shape, common))
            };
            if common.width() >= TOLERANCE && common.height() >= TOLERANCE && !is_covered() {
                let text = text.galley.text();
                let sentence = format!("“{text}” at {rect} overlaps “{other_text}” at {other_rect}");
                overlapping.push((sentence, common));
            }
        }
        texts.push((index, rect, text.galley.text()));
    }
    overlapping
}
