//! Words with a thin line to what they name.

use egui::{Align2, Painter, Pos2, Stroke, vec2};

use crate::look::{Look, type_scale};

/// A name, and a few words under it.
pub struct Label<'a> {
    /// The name.
    pub name: &'a str,
    /// What it does, in a few words; may be empty.
    pub words: &'a str,
    /// The middle of the name.
    pub at: (f32, f32),
    /// Where the line ends; on what is named.
    pub to: (f32, f32),
}

impl Label<'_> {
    /// Draws it, the words centred under the name.
    pub fn paint(&self, painter: &Painter, look: &Look) {
        let at = Pos2::from(self.at);
        let to = Pos2::from(self.to);
        let name = painter.text(
            at,
            Align2::CENTER_CENTER,
            self.name,
            type_scale::strong(),
            look.ink,
        );
        let mut block = name;
        if !self.words.is_empty() {
            let below = at + vec2(0.0, 16.0);
            let font = type_scale::small();
            block |= painter.text(below, Align2::CENTER_CENTER, self.words, font, look.ink_soft);
        }
        // From the side of the words that faces what they name.
        let from = if to.y > block.bottom() {
            egui::pos2(at.x, block.bottom() + 3.0)
        } else if to.y < block.top() {
            egui::pos2(at.x, block.top() - 3.0)
        } else if to.x > at.x {
            block.right_center() + vec2(5.0, 0.0)
        } else {
            block.left_center() - vec2(5.0, 0.0)
        };
        painter.line_segment([from, to], Stroke::new(0.9, look.ink_soft));
        painter.circle_filled(to, 1.8, look.ink_soft);
    }
}
