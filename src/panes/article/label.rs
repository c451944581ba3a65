//! Words with a thin line to what they name.

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

use crate::look::{ColorTheme, type_scale};

/// From the middle of a name to that of the words under it, in points.
const LINE_HEIGHT: f32 = 21.0;
/// From the words to where the line starts, in points.
const GAP: f32 = 4.0;

/// A name, and a few words under it.
pub struct Callout<'a> {
    /// The name.
    pub name: &'a str,
    /// What it does, in a few words; may be empty.
    pub detail: &'a str,
    /// The middle of the name.
    pub name_center: (f32, f32),
    /// Where the line ends, on what is named; without one the words stand beside it.
    pub line_end: Option<(f32, f32)>,
}

/// The type of a name: large enough to be read where the figure is one column wide.
pub fn name_font() -> FontId {
    FontId::new(18.5, type_scale::strong().family)
}

/// The type of the words under a name.
pub fn detail_font() -> FontId {
    FontId::new(17.5, type_scale::body().family)
}

impl Callout<'_> {
    /// Draws it, the words centred under the name.
    pub fn paint(&self, painter: &Painter, theme: &ColorTheme) {
        let at = Pos2::from(self.name_center);
        let mut block = painter.text(at, Align2::CENTER_CENTER, self.name, name_font(), theme.text);
        if !self.detail.is_empty() {
            let below = at + vec2(0.0, LINE_HEIGHT);
            block |= painter.text(
                below,
                Align2::CENTER_CENTER,
                self.detail,
                detail_font(),
                theme.weak_text,
            );
        }
        if let Some(to) = self.line_end {
            let to = Pos2::from(to);
            painter.line_segment([line_start(block, to), to], Stroke::new(1.2, theme.text));
            painter.circle_filled(to, 2.6, theme.text);
        }
    }
}

/// Where a line to `to` starts: on the side of the words that faces it.
fn line_start(block: Rect, to: Pos2) -> Pos2 {
    let block = block.expand2(vec2(GAP, 0.0));
    if to.y > block.bottom() || to.y < block.top() {
        // Not from a corner, so that the line seems to come from the words.
        let x = to.x.clamp(
            block.left() + 0.2 * block.width(),
            block.right() - 0.2 * block.width(),
        );
        let y = if to.y > block.bottom() {
            block.bottom()
        } else {
            block.top()
        };
        pos2(x, y)
    } else if to.x > block.right() {
        block.right_center()
    } else {
        block.left_center()
    }
}
