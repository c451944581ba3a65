//! A grid of numbers as a picture with a square for each number.

use egui::epaint::RectShape;
use egui::{Color32, ColorImage, CornerRadius, Id, Pos2, Rect, Ui, pos2};

use crate::theme::{ColorTheme, ThemeMode};

use super::cached_texture::cached_texture;

/// The colors of the numbers in a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PixelColors {
    /// Ink on paper: from the background at the first number to the color of text at the second.
    Ink([f64; 2]),
    /// The diverging scale of all maps, with 0 in the middle. The number is the absolute value at its ends.
    Diverging(f64),
}

impl PixelColors {
    fn color(self, theme: &ColorTheme, value: f64) -> Color32 {
        match self {
            _ if value.is_nan() => theme.track,
            Self::Ink([low, high]) => {
                let share = if high > low {
                    (value - low) / (high - low)
                } else {
                    0.0
                };
                ColorTheme::mix(theme.card, theme.text, share as f32)
            }
            Self::Diverging(max) => theme.diverging_color(if max > 0.0 { value / max } else { 0.0 }),
        }
    }
}

/// A picture of numbers, row by row from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct PixelImage {
    /// The number of columns, at least 1.
    pub columns: usize,
    /// The numbers; as many as fill all rows.
    pub values: Vec<f64>,
    /// The colors.
    pub colors: PixelColors,
}

impl PixelImage {
    /// Returns the picture with several points for each number, so that its squares stay sharp.
    pub fn image(&self, theme: &ColorTheme) -> ColorImage {
        const MIN_SIDE: usize = 128;
        let columns = self.columns.max(1);
        let rows = self.values.len() / columns;
        let points = MIN_SIDE.div_ceil(columns.max(rows).max(1)).max(2);
        let colors: Vec<Color32> = self
            .values
            .iter()
            .map(|&value| self.colors.color(theme, value))
            .collect();
        let mut pixels = Vec::with_capacity(points * points * colors.len());
        for row in colors.chunks_exact(columns) {
            for _ in 0..points {
                pixels.extend(row.iter().flat_map(|&color| std::iter::repeat_n(color, points)));
            }
        }
        ColorImage::new([columns * points, rows * points], pixels)
    }

    /// Paints the picture into `rect`. `id` must be unique among pictures; the picture is kept until its numbers
    /// change.
    pub fn paint(self, ui: &Ui, theme: &ColorTheme, id: Id, rect: Rect, corner: CornerRadius) {
        if self.values.is_empty() || self.columns == 0 {
            return;
        }
        let key: (Self, ThemeMode) = (self.clone(), theme.mode);
        let texture = cached_texture(ui, id, key, || self.image(theme));
        let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        ui.painter()
            .add(RectShape::filled(rect, corner, Color32::WHITE).with_texture(texture, uv));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_a_square_of_its_color() {
        let theme = ColorTheme::from_mode(ThemeMode::Light);
        let image = PixelImage {
            columns: 3,
            values: vec![-2.0, 0.0, 1.0, 2.0, f64::NAN, 5.0],
            colors: PixelColors::Diverging(2.0),
        };
        let picture = image.image(theme);
        let points = picture.width() / 3;
        assert_eq!(picture.height(), 2 * points);
        let at = |column: usize, row: usize| picture[(column * points + points / 2, row * points)];
        assert_eq!(at(0, 0), theme.diverging_color(-1.0));
        assert_eq!(at(1, 0), theme.card);
        assert_eq!(at(0, 1), theme.diverging_color(1.0));
        assert_eq!(at(1, 1), theme.track);
        assert_eq!(
            at(2, 1),
            theme.diverging_color(1.0),
            "beyond the end of the scale"
        );
    }

    #[test]
    fn ink_goes_from_the_background_to_the_color_of_text() {
        let theme = ColorTheme::from_mode(ThemeMode::Dark);
        let ink = PixelColors::Ink([0.0, 16.0]);
        assert_eq!(ink.color(theme, 0.0), theme.card);
        assert_eq!(ink.color(theme, 16.0), theme.text);
        assert_eq!(PixelColors::Ink([1.0, 1.0]).color(theme, 1.0), theme.card);
    }
}
