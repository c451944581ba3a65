//! Inputs that are the pixels of an image.

use super::Architecture;

/// The size of the image whose pixels are the inputs, row by row from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ImageShape {
    /// The number of rows, at least 2.
    pub rows: usize,
    /// The number of columns, at least 2.
    pub columns: usize,
}

impl ImageShape {
    /// Returns the size of an image from the names of all its pixels: `r0c0`, `r0c1`, … or `pixel_0_0`, … with
    /// row and column, counted from 0 or 1; `1x1`, `1x2`, …; or `pixel0`, `pixel1`, … of a square image.
    /// Returns `None` if the names say anything else. The number of inputs alone says nothing.
    ///
    /// ```
    /// use neurodial_core::network::ImageShape;
    ///
    /// let names = ["r0c0", "r0c1", "r1c0", "r1c1"];
    /// assert_eq!(ImageShape::from_names(names), Some(ImageShape { rows: 2, columns: 2 }));
    /// assert_eq!(ImageShape::from_names(["height", "width"]), None);
    /// ```
    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let pixels: Option<Vec<PixelName>> = names.into_iter().map(PixelName::parse).collect();
        let pixels = pixels?;
        let shape = match (pixels.first()?, pixels.last()?) {
            (PixelName::Position(first), PixelName::Position(last)) => Self {
                rows: (last[0] + 1).checked_sub(first[0])?,
                columns: (last[1] + 1).checked_sub(first[1])?,
            },
            (PixelName::Index(_), PixelName::Index(_)) => {
                let side = pixels.len().isqrt();
                Self {
                    rows: side,
                    columns: side,
                }
            }
            _ => return None,
        };
        if shape.rows < 2 || shape.columns < 2 || shape.rows.checked_mul(shape.columns)? != pixels.len() {
            return None;
        }
        let first = pixels.first()?.first_number();
        let is_in_order = pixels.iter().enumerate().all(|(index, pixel)| match pixel {
            PixelName::Position(position) => {
                *position == [first + index / shape.columns, first + index % shape.columns]
            }
            PixelName::Index(number) => *number == first + index,
        });
        (first <= 1 && is_in_order).then_some(shape)
    }
}

/// The name of a pixel.
enum PixelName {
    /// Row and column.
    Position([usize; 2]),
    /// The index among all pixels.
    Index(usize),
}

impl PixelName {
    fn parse(name: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<usize>().ok().filter(|&number| number < 10_000);
        let position = |parts: (&str, &str)| Some(Self::Position([number(parts.0)?, number(parts.1)?]));
        if let Some(rest) = name.strip_prefix('r') {
            return position(rest.split_once('c')?);
        }
        if let Some(rest) = name.strip_prefix("pixel") {
            let rest = rest.strip_prefix('_').unwrap_or(rest);
            return match rest.split_once('_') {
                Some(parts) => position(parts),
                None => Some(Self::Index(rest.parse().ok()?)),
            };
        }
        position(name.split_once('x')?)
    }

    /// Returns the row or the index.
    fn first_number(&self) -> usize {
        match self {
            Self::Position([row, _]) => *row,
            Self::Index(index) => *index,
        }
    }
}

impl Architecture {
    /// Returns the size of the image that the inputs are, as their names say; see [`ImageShape::from_names`].
    pub fn image_shape(&self) -> Option<ImageShape> {
        let names: Option<Vec<&str>> = self.input_names().iter().map(Option::as_deref).collect();
        ImageShape::from_names(names?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape_of(names: impl Iterator<Item = String>) -> Option<[usize; 2]> {
        let names: Vec<String> = names.collect();
        let shape = ImageShape::from_names(names.iter().map(String::as_str))?;
        Some([shape.rows, shape.columns])
    }

    #[test]
    fn the_names_of_common_files_are_recognized() {
        assert_eq!(
            shape_of((0..64).map(|i| format!("r{}c{}", i / 8, i % 8))),
            Some([8, 8])
        );
        assert_eq!(
            shape_of((0..64).map(|i| format!("pixel_{}_{}", i / 8, i % 8))),
            Some([8, 8])
        );
        let mnist = (0..784).map(|i| format!("{}x{}", i / 28 + 1, i % 28 + 1));
        assert_eq!(shape_of(mnist), Some([28, 28]));
        assert_eq!(shape_of((0..784).map(|i| format!("pixel{i}"))), Some([28, 28]));
        assert_eq!(
            shape_of((0..6).map(|i| format!("r{}c{}", i / 3, i % 3))),
            Some([2, 3])
        );
    }

    #[test]
    fn other_names_are_no_image() {
        assert_eq!(shape_of((0..64).map(|i| format!("x{}", i + 1))), None);
        assert_eq!(shape_of((0..63).map(|i| format!("r{}c{}", i / 8, i % 8))), None);
        assert_eq!(
            shape_of((0..64).map(|i| format!("r{}c{}", i % 8, i / 8))),
            None,
            "by columns"
        );
        assert_eq!(shape_of((0..10).map(|i| format!("pixel{i}"))), None, "no square");
        let huge = format!("r{}c0", usize::MAX);
        assert_eq!(ImageShape::from_names(["r0c0", huge.as_str()]), None);
        assert_eq!(ImageShape::from_names([]), None);
    }
}
