//! Texts of a window that overlap.

use egui::{Rect, Shape};

use super::TestWindow;

/// Returns the texts in view that overlap another one, with the place of the overlap. What an opaque rectangle covers is
/// not in view.
pub fn overlapping_texts(window: &TestWindow) -> Vec<(String, Rect)> {
    const TOLERANCE: f32 = 2.5;
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
                shapes[other..index].iter().any(|between| match &between.shape {
                    Shape::Rect(cover) => {
                        cover.fill.a() > 200 && cover.rect.expand(1.0).contains_rect(common)
                    }
                    _ => false,
                })
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
