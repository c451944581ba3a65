//! Where the diagrams and the table are, from sizes alone.

use egui::{Rect, pos2, vec2};

/// Over each diagram, in points.
pub const TITLE_HEIGHT: f32 = 20.0;
/// The height of a row of the table, in points.
pub const ROW_HEIGHT: f32 = 20.0;
/// Between the diagrams, and between them and the table, in points.
pub const GAP: f32 = 10.0;
/// A diagram lower than this tells nothing, in points.
const MIN_DIAGRAM_HEIGHT: f32 = 90.0;
/// In a pane at least so high the table is under the diagrams, in points.
const MIN_STACKED_HEIGHT: f32 = 320.0;
/// The part of such a height that the diagrams have.
const DIAGRAMS_FRACTION: f32 = 0.62;
/// In a lower pane that is at least so wide the table is beside the diagrams, in points.
const MIN_SIDE_BY_SIDE_WIDTH: f32 = 520.0;
/// The part of such a width that the table has, and its least, in points.
const SIDE_TABLE_WIDTH: (f32, f32) = (0.42, 250.0);
/// There the titles of the diagrams reach into the gap over the pane's content, in points.
const TITLE_LIFT: f32 = 4.0;
/// In a table wider than this, numbers are too far from what they are of, in points.
const MAX_TABLE_WIDTH: f32 = 640.0;

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompareLayout {
    /// Both diagrams with their titles; `None` where they have no room.
    pub diagrams: Option<Rect>,
    /// The table with its head.
    pub table: Rect,
    /// Whether all of it scrolls, and not the table alone.
    pub is_scrolled: bool,
}

impl CompareLayout {
    /// On paper: the diagrams as high as they need, over the table.
    pub fn for_print(rect: Rect, diagram_height: f32) -> Self {
        Self::stacked(rect, diagram_height)
    }

    /// In a pane of the window with `rows` in its table, its head not counted.
    pub fn new(rect: Rect, rows: usize) -> Self {
        let max_diagram_height = rect.height() - TITLE_HEIGHT;
        if rect.height() >= MIN_STACKED_HEIGHT {
            return Self::stacked(rect, DIAGRAMS_FRACTION * rect.height() - TITLE_HEIGHT);
        }
        if max_diagram_height >= MIN_DIAGRAM_HEIGHT && rect.width() >= MIN_SIDE_BY_SIDE_WIDTH {
            let (share, least) = SIDE_TABLE_WIDTH;
            let split = rect.right() - (share * rect.width()).clamp(least, MAX_TABLE_WIDTH);
            return Self {
                diagrams: Some(rect.with_max_x(split - GAP).with_min_y(rect.top() - TITLE_LIFT)),
                table: rect.with_min_x(split + GAP),
                is_scrolled: false,
            };
        }
        if max_diagram_height < MIN_DIAGRAM_HEIGHT {
            return Self {
                diagrams: None,
                table: rect.with_max_x(rect.right().min(rect.left() + MAX_TABLE_WIDTH)),
                is_scrolled: false,
            };
        }
        // The head of the table peeps out under the diagrams, so that one sees that there is more.
        let diagram_height = (max_diagram_height - GAP - 1.5 * ROW_HEIGHT).max(MIN_DIAGRAM_HEIGHT);
        let total_height = TITLE_HEIGHT + diagram_height + GAP + (rows + 1) as f32 * ROW_HEIGHT;
        let content_rect = Rect::from_min_size(rect.min, vec2(rect.width(), total_height.max(rect.height())));
        Self {
            is_scrolled: true,
            ..Self::stacked(content_rect, diagram_height)
        }
    }

    fn stacked(rect: Rect, diagram_height: f32) -> Self {
        let bottom = rect.top() + TITLE_HEIGHT + diagram_height;
        let right = rect.right().min(rect.left() + MAX_TABLE_WIDTH);
        Self {
            diagrams: Some(rect.with_max_y(bottom)),
            table: Rect::from_min_max(pos2(rect.left(), bottom + GAP), pos2(right, rect.bottom())),
            is_scrolled: false,
        }
    }

    /// Around all of it.
    pub fn bounds(&self) -> Rect {
        self.diagrams
            .map_or(self.table, |diagrams| diagrams.union(self.table))
    }
}

/// The two halves of the place of the diagrams.
pub fn diagram_halves(rect: Rect) -> [Rect; 2] {
    let width = (rect.width() - GAP) / 2.0;
    let left = Rect::from_min_size(rect.min, vec2(width, rect.height()));
    [left, left.translate(vec2(width + GAP, 0.0))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_every_pane_rows_of_the_table_are_seen_or_scrolled_to() {
        for width in [160.0, 300.0, 519.0, 520.0, 900.0, 1400.0] {
            for height in [60.0, 109.0, 110.0, 150.0, 200.0, 319.0, 320.0, 700.0] {
                let rect = Rect::from_min_size(pos2(30.0, 40.0), vec2(width, height));
                let places = CompareLayout::new(rect, 7);
                let name = format!("{width} × {height}: {places:?}");
                assert!(places.table.height() >= 2.5 * ROW_HEIGHT, "{name}");
                assert!(places.table.width() >= 150.0, "{name}");
                if places.is_scrolled {
                    assert!(places.table.height() >= 8.0 * ROW_HEIGHT, "{name}");
                    assert!(
                        places.table.top() + ROW_HEIGHT <= rect.bottom() || height < 180.0,
                        "{name}"
                    );
                } else {
                    let around = rect.with_min_y(rect.top() - TITLE_LIFT).expand(0.01);
                    assert!(around.contains_rect(places.bounds()), "{name}");
                }
                if let Some(diagrams) = places.diagrams {
                    assert!(!diagrams.intersects(places.table), "{name}");
                    assert!(diagrams.height() - TITLE_HEIGHT >= MIN_DIAGRAM_HEIGHT, "{name}");
                }
                assert_eq!(places.diagrams.is_some(), height - TITLE_HEIGHT >= MIN_DIAGRAM_HEIGHT, "{name}");
            }
        }
    }
}
