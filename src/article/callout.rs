//! Callouts: labels with a thin line to the part that they name.

use egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, pos2, vec2};

use crate::theme::{ColorTheme, type_scale};

/// The distance from the center of a name to the center of the detail below it, in points.
const LINE_HEIGHT: f32 = 21.0;
/// The gap between the text and the start of the line, in points.
const GAP: f32 = 4.0;

/// A name with a few words of detail below it, and a line to the part that it names.
pub(crate) struct Callout<'a> {
    /// The name.
    pub(crate) name: &'a str,
    /// The function of the part in a few words; may be empty.
    pub(crate) detail: &'a str,
    /// The center of the name, in points.
    pub(crate) name_center: (f32, f32),
    /// The end of the line on the named part, in points; `None` for a text without a line.
    pub(crate) line_end: Option<(f32, f32)>,
}

/// Returns the font of a name. It can be read if the figure is one column wide.
pub(crate) fn name_font() -> FontId {
    FontId::new(18.5, type_scale::strong().family)
}

/// Returns the font of the detail below a name.
pub(crate) fn detail_font() -> FontId {
    FontId::new(17.5, type_scale::body().family)
}

impl Callout<'_> {
    /// Paints the callout, with the detail centered below the name.
    pub(crate) fn paint(&self, painter: &Painter, theme: &ColorTheme) {
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

/// Returns the start of a line to `to`: on the side of the text that faces it.
fn line_start(block: Rect, to: Pos2) -> Pos2 {
    let block = block.expand2(vec2(GAP, 0.0));
    if to.y > block.bottom() || to.y < block.top() {
        // The line starts away from the corners, so that it seems to come from the text.
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
