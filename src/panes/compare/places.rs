//! Where the diagrams and the table are, from sizes alone.

use egui::{Rect, pos2, vec2};

/// Over each diagram, in points.
pub const TITLE: f32 = 20.0;
/// The height of a row of the table, in points.
pub const ROW: f32 = 20.0;
/// Between the diagrams, and between them and the table, in points.
pub const GAP: f32 = 10.0;
/// A diagram lower than this tells nothing, in points.
const LEAST: f32 = 90.0;
/// In a pane at least so high the table is under the diagrams, in points.
const HIGH: f32 = 320.0;
/// The part of such a height that the diagrams have.
const SHARE: f32 = 0.62;
/// In a lower pane that is at least so wide the table is beside the diagrams, in points.
const WIDE: f32 = 520.0;
/// The part of such a width that the table has, and its least, in points.
const BESIDE: (f32, f32) = (0.42, 250.0);
/// There the titles of the diagrams reach into the gap over the pane's content, in points.
const LIFT: f32 = 4.0;
/// In a table wider than this, numbers are too far from what they are of, in points.
const WIDEST_TABLE: f32 = 640.0;

/// Where everything is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Places {
    /// Both diagrams with their titles; `None` where they have no room.
    pub diagrams: Option<Rect>,
    /// The table with its head.
    pub table: Rect,
    /// Whether all of it scrolls, and not the table alone.
    pub is_scrolled: bool,
}

impl Places {
    /// On paper: the diagrams as high as they need, over the table.
    pub fn on_paper(rect: Rect, diagram: f32) -> Self {
        Self::over_each_other(rect, diagram)
    }

    /// In a pane of the window with `rows` in its table, its head not counted.
    pub fn new(rect: Rect, rows: usize) -> Self {
        let low = rect.height() - TITLE;
        if rect.height() >= HIGH {
            return Self::over_each_other(rect, SHARE * rect.height() - TITLE);
        }
        if low >= LEAST && rect.width() >= WIDE {
            let (share, least) = BESIDE;
            let split = rect.right() - (share * rect.width()).clamp(least, WIDEST_TABLE);
            return Self {
                diagrams: Some(rect.with_max_x(split - GAP).with_min_y(rect.top() - LIFT)),
                table: rect.with_min_x(split + GAP),
                is_scrolled: false,
            };
        }
        if low < LEAST {
            return Self {
                diagrams: None,
                table: rect.with_max_x(rect.right().min(rect.left() + WIDEST_TABLE)),
                is_scrolled: false,
            };
        }
        // The head of the table peeps out under the diagrams, so that one sees that there is more.
        let diagram = (low - GAP - 1.5 * ROW).max(LEAST);
        let whole = TITLE + diagram + GAP + (rows + 1) as f32 * ROW;
        let whole = Rect::from_min_size(rect.min, vec2(rect.width(), whole.max(rect.height())));
        Self {
            is_scrolled: true,
            ..Self::over_each_other(whole, diagram)
        }
    }

    fn over_each_other(rect: Rect, diagram: f32) -> Self {
        let bottom = rect.top() + TITLE + diagram;
        let right = rect.right().min(rect.left() + WIDEST_TABLE);
        Self {
            diagrams: Some(rect.with_max_y(bottom)),
            table: Rect::from_min_max(pos2(rect.left(), bottom + GAP), pos2(right, rect.bottom())),
            is_scrolled: false,
        }
    }

    /// Around all of it.
    pub fn whole(&self) -> Rect {
        self.diagrams
            .map_or(self.table, |diagrams| diagrams.union(self.table))
    }
}

/// The two halves of the place of the diagrams.
pub fn halves(rect: Rect) -> [Rect; 2] {
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
                let places = Places::new(rect, 7);
                let name = format!("{width} × {height}: {places:?}");
                assert!(places.table.height() >= 2.5 * ROW, "{name}");
                assert!(places.table.width() >= 150.0, "{name}");
                if places.is_scrolled {
                    assert!(places.table.height() >= 8.0 * ROW, "{name}");
                    assert!(
                        places.table.top() + ROW <= rect.bottom() || height < 180.0,
                        "{name}"
                    );
                } else {
                    let around = rect.with_min_y(rect.top() - LIFT).expand(0.01);
                    assert!(around.contains_rect(places.whole()), "{name}");
                }
                if let Some(diagrams) = places.diagrams {
                    assert!(!diagrams.intersects(places.table), "{name}");
                    assert!(diagrams.height() - TITLE >= LEAST, "{name}");
                }
                assert_eq!(places.diagrams.is_some(), height - TITLE >= LEAST, "{name}");
            }
        }
    }
}
