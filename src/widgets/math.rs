//! Mathematical symbols with sub- and superscripts, and rows of them.

use std::sync::Arc;

use egui::epaint::TextShape;
use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Vec2, pos2, vec2};

use crate::theme::type_scale;
use neurodial_core::network::MathSymbol;

/// The drop of a subscript below the baseline, as a fraction of the letter's font size.
const SUBSCRIPT_DROP: f32 = 0.22;
/// The rise of a superscript above the baseline, as a fraction of the letter's font size.
const SUPERSCRIPT_RISE: f32 = 0.36;

/// A laid-out part of a formula with its size, which can be painted anywhere.
#[derive(Debug, Clone)]
pub(crate) struct MathBox {
    /// The galleys, each with the offset of its left end and baseline, and its color.
    galleys: Vec<(Vec2, Arc<Galley>, Color32)>,
    pub(crate) width: f32,
    /// The height above the baseline, in points.
    pub(crate) ascent: f32,
    /// The depth below the baseline, in points.
    pub(crate) descent: f32,
}

fn ascent_of(galley: &Galley) -> f32 {
    galley
        .rows
        .first()
        .and_then(|row| row.glyphs.first())
        .map_or(galley.size().y * 0.8, |glyph| glyph.font_ascent)
}

impl MathBox {
    /// Creates a box with text in one font.
    pub(crate) fn text(painter: &Painter, text: impl Into<String>, font: FontId, color: Color32) -> Self {
        Self::from_galley(painter.layout_no_wrap(text.into(), font, color), color)
    }

    /// Creates a box with text that is already laid out.
    pub(crate) fn from_galley(galley: Arc<Galley>, color: Color32) -> Self {
        let ascent = ascent_of(&galley);
        Self {
            width: galley.size().x,
            ascent,
            descent: galley.size().y - ascent,
            galleys: vec![(Vec2::ZERO, galley, color)],
        }
    }

    /// Creates a box with a symbol: an italic letter with its sub- and superscript one above the other. The
    /// scale 1 is the size of [`type_scale::math`].
    pub(crate) fn symbol(painter: &Painter, symbol: &MathSymbol, scale: f32, color: Color32) -> Self {
        let scaled = |font: FontId| FontId::new(font.size * scale, font.family);
        let letter_font = scaled(type_scale::math());
        let index_font = scaled(type_scale::math_small());
        let mut math_box = Self::text(painter, symbol.letter, letter_font.clone(), color);
        let letter_width = math_box.width;
        let mut index = |text: &str, shift: f32| {
            let index = Self::text(painter, text, index_font.clone(), color);
            let offset = vec2(letter_width + 0.5, shift * letter_font.size);
            math_box.width = math_box.width.max(offset.x + index.width);
            math_box.ascent = math_box.ascent.max(index.ascent - offset.y);
            math_box.descent = math_box.descent.max(index.descent + offset.y);
            let galleys = index.galleys.into_iter();
            math_box
                .galleys
                .extend(galleys.map(|(at, galley, color)| (at + offset, galley, color)));
        };
        // Empty text has no bounds.
        if !symbol.subscript.is_empty() {
            index(&symbol.subscript, SUBSCRIPT_DROP);
        }
        if let Some(layer) = &symbol.superscript {
            index(&format!("({layer})"), -SUPERSCRIPT_RISE);
        }
        math_box
    }

    /// Creates an empty box of this width in points.
    pub(crate) fn space(width: f32) -> Self {
        Self {
            galleys: Vec::new(),
            width,
            ascent: 0.0,
            descent: 0.0,
        }
    }

    /// Returns the box raised by `rise` points, such as an exponent.
    #[must_use]
    pub(crate) fn raised(mut self, rise: f32) -> Self {
        for (offset, _, _) in &mut self.galleys {
            offset.y -= rise;
        }
        self.ascent += rise;
        self.descent -= rise;
        self
    }

    /// Returns the largest rise of a part above the baseline in points: 0 without a superscript.
    pub(crate) fn max_rise(&self) -> f32 {
        let rises = self.galleys.iter().map(|(offset, ..)| -offset.y);
        rises.fold(0.0, f32::max)
    }

    /// Returns the largest drop of a part below the baseline in points: 0 without a subscript.
    pub(crate) fn max_drop(&self) -> f32 {
        let drops = self.galleys.iter().map(|(offset, ..)| offset.y);
        drops.fold(0.0, f32::max)
    }

    /// Returns a row of boxes as one box.
    pub(crate) fn row(boxes: impl IntoIterator<Item = Self>) -> Self {
        let mut row = Self::space(0.0);
        for math_box in boxes {
            let offset = vec2(row.width, 0.0);
            row.width += math_box.width;
            row.ascent = row.ascent.max(math_box.ascent);
            row.descent = row.descent.max(math_box.descent);
            let galleys = math_box.galleys.into_iter();
            row.galleys
                .extend(galleys.map(|(at, galley, color)| (at + offset, galley, color)));
        }
        row
    }

    /// Paints the box with its left end and baseline at `base`, and returns the rectangle that it covers.
    pub(crate) fn paint(&self, painter: &Painter, base: Pos2) -> Rect {
        for (offset, galley, color) in &self.galleys {
            let top = base + *offset - vec2(0.0, ascent_of(galley));
            painter.galley(top, Arc::clone(galley), *color);
        }
        self.rect_at(base)
    }

    /// Paints the box turned counterclockwise by 90 degrees, so that it runs upward from `base`, the left end of its
    /// baseline.
    pub(crate) fn paint_turned(&self, painter: &Painter, base: Pos2) {
        for (offset, galley, color) in &self.galleys {
            let upright = *offset - vec2(0.0, ascent_of(galley));
            let top = base + vec2(upright.y, -upright.x);
            let text = TextShape::new(top, Arc::clone(galley), *color);
            painter.add(text.with_angle(-std::f32::consts::FRAC_PI_2));
        }
    }

    /// Paints the box vertically centered at `middle`, as beside a slider, and returns the rectangle that it
    /// covers.
    pub(crate) fn paint_centered(&self, painter: &Painter, left: f32, middle: f32) -> Rect {
        self.paint_scaled(painter, left, middle, 1.0)
    }

    /// Paints a box that was laid out with a scale vertically centered at `middle`, and returns the rectangle that it
    /// covers.
    pub(crate) fn paint_scaled(&self, painter: &Painter, left: f32, middle: f32, scale: f32) -> Rect {
        // The middle of a lowercase letter, not of the line with its sub- and superscripts.
        let x_height = scale * 0.26 * type_scale::math().size;
        self.paint(painter, pos2(left, middle + x_height))
    }

    /// Returns the rectangle that the box covers with its left end and baseline at `base`.
    pub(crate) fn rect_at(&self, base: Pos2) -> Rect {
        Rect::from_min_max(
            pos2(base.x, base.y - self.ascent),
            pos2(base.x + self.width, base.y + self.descent),
        )
    }
}
