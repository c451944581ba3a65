//! The layout of the diagrams and the table, computed from sizes alone.

use egui::{Rect, pos2, vec2};

/// The height of the title above each diagram, in points.
pub(crate) const TITLE_HEIGHT: f32 = 20.0;
/// The height of a row of the table, in points.
pub(crate) const ROW_HEIGHT: f32 = 20.0;
/// The distance between the diagrams, and between the diagrams and the table, in points.
pub(crate) const GAP: f32 = 10.0;
/// The minimum height of a diagram, in points.
const MIN_DIAGRAM_HEIGHT: f32 = 90.0;
/// The minimum height of a pane with the table below the diagrams, in points.
const MIN_STACKED_HEIGHT: f32 = 320.0;
/// The fraction of such a height for the diagrams.
const DIAGRAMS_FRACTION: f32 = 0.62;
/// The minimum width of a lower pane with the table beside the diagrams, in points.
const MIN_SIDE_BY_SIDE_WIDTH: f32 = 520.0;
/// The fraction of such a width for the table, and the minimum width of the table, in points.
const SIDE_TABLE_WIDTH: (f32, f32) = (0.42, 250.0);
/// The distance by which the titles of diagrams beside a table extend into the gap above the pane's content,
/// in points.
const TITLE_LIFT: f32 = 4.0;
/// The maximum width of a table, in points; in a wider one the numbers would be too far from their names.
const MAX_TABLE_WIDTH: f32 = 640.0;

/// The rectangles of the diagrams and the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CompareLayout {
    /// The rectangle of both diagrams with their titles; `None` if they don't fit.
    pub(crate) diagrams: Option<Rect>,
    /// The rectangle of the table with its header.
    pub(crate) table: Rect,
    /// True if the whole content scrolls, instead of the table alone.
    pub(crate) is_scrolled: bool,
}

impl CompareLayout {
    /// Returns the layout in a figure: diagrams of `diagram_height` points above the table.
    pub(crate) fn for_print(rect: Rect, diagram_height: f32) -> Self {
        Self::stacked(rect, diagram_height)
    }

    /// Returns the layout in a pane of the window, for a table of `rows` rows without its header.
    pub(crate) fn new(rect: Rect, rows: usize) -> Self {
        let max_diagram_height = rect.height() - TITLE_HEIGHT;
        if rect.height() >= MIN_STACKED_HEIGHT {
            return Self::stacked(rect, DIAGRAMS_FRACTION * rect.height() - TITLE_HEIGHT);
        }
        if max_diagram_height >= MIN_DIAGRAM_HEIGHT && rect.width() >= MIN_SIDE_BY_SIDE_WIDTH {
            let (share, min_width) = SIDE_TABLE_WIDTH;
            let split = rect.right() - (share * rect.width()).clamp(min_width, MAX_TABLE_WIDTH);
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
        // Half a row of the table is visible below its header, to show that there is more to scroll to.
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

    /// Returns the bounding rectangle of the diagrams and the table.
    pub(crate) fn bounds(&self) -> Rect {
        self.diagrams
            .map_or(self.table, |diagrams| diagrams.union(self.table))
    }
}

/// Returns the left and right half of the rectangle of the diagrams.
pub(crate) fn diagram_halves(rect: Rect) -> [Rect; 2] {
    let width = (rect.width() - GAP) / 2.0;
    let left = Rect::from_min_size(rect.min, vec2(width, rect.height()));
    [left, left.translate(vec2(width + GAP, 0.0))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_every_pane_size_the_rows_fit_or_scroll() {
        for width in [160.0, 300.0, 519.0, 520.0, 900.0, 1400.0] {
            for height in [60.0, 109.0, 110.0, 150.0, 200.0, 319.0, 320.0, 700.0] {
                let rect = Rect::from_min_size(pos2(30.0, 40.0), vec2(width, height));
                let layout = CompareLayout::new(rect, 7);
                let name = format!("{width} × {height}: {layout:?}");
                assert!(layout.table.height() >= 2.5 * ROW_HEIGHT, "{name}");
                assert!(layout.table.width() >= 150.0, "{name}");
                if layout.is_scrolled {
                    assert!(layout.table.height() >= 8.0 * ROW_HEIGHT, "{name}");
                    assert!(
                        layout.table.top() + ROW_HEIGHT <= rect.bottom() || height < 180.0,
                        "{name}"
                    );
                } else {
                    let around = rect.with_min_y(rect.top() - TITLE_LIFT).expand(0.01);
                    assert!(around.contains_rect(layout.bounds()), "{name}");
                }
                if let Some(diagrams) = layout.diagrams {
                    assert!(!diagrams.intersects(layout.table), "{name}");
                    assert!(diagrams.height() - TITLE_HEIGHT >= MIN_DIAGRAM_HEIGHT, "{name}");
                }
                assert_eq!(
                    layout.diagrams.is_some(),
                    height - TITLE_HEIGHT >= MIN_DIAGRAM_HEIGHT,
                    "{name}"
                );
            }
        }
    }
}
