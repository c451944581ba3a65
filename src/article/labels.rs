//! The parts that several figures of the article share: their symbols, the callouts that name parts, and the roles of a
//! neuron's parts.
//!
//! Both neurons have their parts colored by role and the roles written below them, so that the two figures can
//! be compared.

use egui::epaint::PathShape;
use egui::{Align2, FontId, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::panes::cell::drawing::LabelRole;
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::network::MathSymbol;

/// The width of figures that use the window's font sizes, in points.
pub(crate) const NARROW_WIDTH: f32 = 424.0;

/// Returns a symbol with the number of its input as index, or without an index.
pub(crate) fn symbol(letter: char, index: Option<usize>) -> MathSymbol {
    MathSymbol {
        letter,
        subscript: index.map(|index| index.to_string()).unwrap_or_default(),
        superscript: None,
    }
}

/// Draws an arrow between two points. `head` is the length and half the width of its head, in points.
pub(crate) fn arrow_ui(painter: &Painter, [from, to]: [Pos2; 2], stroke: Stroke, head: Vec2) {
    let direction = (to - from).normalized();
    let back = to - head.x * direction;
    painter.line_segment([from, back], stroke);
    let across = head.y * direction.rot90();
    let head = vec![to, back + across, back - across];
    painter.add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
}

/// The distance from the center of a name to the center of the detail below it, in points.
const LINE_HEIGHT: f32 = 21.0;
/// The gap between the text and the start of the line, in points.
const GAP: f32 = 4.0;

/// A name with a few words of detail below it, and a line to the part that it names.
pub(crate) struct Callout {
    pub(crate) name: &'static str,
    /// The function of the part in a few words; may be empty.
    pub(crate) detail: &'static str,
    /// The center of the name, in points.
    pub(crate) name_center: (f32, f32),
    /// The end of the line on the named part, in points; `None` for a text without a line.
    pub(crate) line_end: Option<(f32, f32)>,
}

/// Returns the font of a name. It can be read if the figure is one column wide.
fn name_font() -> FontId {
    FontId::new(18.5, type_scale::strong().family)
}

/// Returns the font of the detail below a name.
fn detail_font() -> FontId {
    FontId::new(17.5, type_scale::body().family)
}

impl Callout {
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

/// The height of the row of arrows, in points.
const ROW_HEIGHT: f32 = 34.0;
/// The length by which an arrow's point overlaps the next arrow, in points.
const ARROW_POINT: f32 = 12.0;

/// Draws the roles as a row of arrows from left to right, in the order of the signal. `texts` are the roles in
/// words; `ends` are the x coordinates of the three starts and of the end of the last arrow, in points.
pub(crate) fn role_row_ui(painter: &Painter, theme: &ColorTheme, texts: [&str; 3], top: f32, ends: [f32; 4]) {
    for (index, (role, text)) in LabelRole::ALL.into_iter().zip(texts).enumerate() {
        let (left, right) = (ends[index], ends[index + 1] - 3.0);
        let notch = if index == 0 { 0.0 } else { ARROW_POINT };
        let (middle, bottom) = (top + ROW_HEIGHT / 2.0, top + ROW_HEIGHT);
        let points = vec![
            pos2(left, top),
            pos2(right, top),
            pos2(right + ARROW_POINT, middle),
            pos2(right, bottom),
            pos2(left, bottom),
            pos2(left + notch, middle),
        ];
        painter.add(Shape::Path(PathShape {
            points,
            closed: true,
            fill: role.fill_color(theme),
            stroke: Stroke::NONE.into(),
        }));
        let at = pos2(0.5 * (left + notch + right + ARROW_POINT), middle);
        painter.text(at, Align2::CENTER_CENTER, text, name_font(), theme.text);
    }
}
