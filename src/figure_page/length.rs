//! Lengths as authors write them.

use std::fmt;
use std::str::FromStr;

use neurodial_core::text::{Localized, Messages, parse_number, shortened};

/// A length on the page: a number and its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    value: f32,
    unit: LengthUnit,
}

neurodial_core::named_enum! {
    enum LengthUnit {
        Millimeters = "mm",
        Centimeters = "cm",
        Inches = "in",
        /// Points of 1/72 inch.
        Points = "pt",
        /// Pixels of 1/96 inch.
        Pixels = "px",
    }
}

impl LengthUnit {
    const fn per_inch(self) -> f32 {
        match self {
            Self::Millimeters => 25.4,
            Self::Centimeters => 2.54,
            Self::Inches => 1.0,
            Self::Points => 72.0,
            Self::Pixels => 96.0,
        }
    }
}

impl Length {
    /// Returns a length of `value` millimeters.
    pub const fn millimeters(value: f32) -> Self {
        Self {
            value,
            unit: LengthUnit::Millimeters,
        }
    }

    /// Returns a length of `value` pixels of 1/96 inch.
    pub const fn pixels(value: f32) -> Self {
        Self {
            value,
            unit: LengthUnit::Pixels,
        }
    }

    /// Returns the length in egui's points, of 1/96 inch.
    pub fn points(self) -> f32 {
        self.value * 96.0 / self.unit.per_inch()
    }

    /// True if the unit is pixels.
    pub(crate) fn is_in_pixels(self) -> bool {
        self.unit == LengthUnit::Pixels
    }

    /// Returns the length multiplied by `factor`.
    #[must_use]
    pub(crate) fn scaled(self, factor: f32) -> Self {
        Self {
            value: self.value * factor,
            ..self
        }
    }

    /// Returns `points` of egui's points as a length in this unit, rounded up to a tenth of a millimeter, a
    /// hundredth of a centimeter or inch, or a whole pixel or point.
    #[must_use]
    pub(crate) fn in_same_unit(self, points: f32) -> Self {
        let value = points * self.unit.per_inch() / 96.0;
        let steps = match self.unit {
            LengthUnit::Pixels | LengthUnit::Points => 1.0,
            LengthUnit::Millimeters => 10.0,
            LengthUnit::Centimeters | LengthUnit::Inches => 100.0,
        };
        Self {
            value: (value * steps).ceil() / steps,
            ..self
        }
    }

    /// Returns the length in pixels at a resolution in dots per inch.
    pub(crate) fn pixels_at(self, dots_per_inch: f32) -> u32 {
        (self.value / self.unit.per_inch() * dots_per_inch).round() as u32
    }

    /// Formats the length for CSS and SVG. Pixels have no unit.
    pub(crate) fn to_css(self) -> String {
        let mut text = format!("{:.3}", self.value);
        while text.ends_with('0') {
            text.pop();
        }
        let number = text.trim_end_matches('.');
        match self.unit {
            LengthUnit::Pixels => number.to_owned(),
            unit => format!("{number}{}", unit.name()),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit.name())
    }
}

neurodial_core::named_enum! {
    /// The width of the text or of a column in a journal or at a conference, with the font size that fits it.
    pub(crate) enum WidthPreset {
        /// The text of NeurIPS.
        Neurips = "neurips",
        /// The text of ICLR.
        Iclr = "iclr",
        /// A column of ICML.
        Icml = "icml",
        /// Both columns of ICML.
        IcmlWide = "icml-wide",
        /// A column of ACL.
        Acl = "acl",
        /// Both columns of ACL.
        AclWide = "acl-wide",
        /// A column of IEEE.
        Ieee = "ieee",
        /// Both columns of IEEE.
        IeeeWide = "ieee-wide",
        /// A column of Nature.
        Nature = "nature",
        /// Both columns of Nature.
        NatureWide = "nature-wide",
    }
}

impl WidthPreset {
    const fn inches(self) -> f32 {
        match self {
            Self::Neurips | Self::Iclr => 5.5,
            Self::Icml => 3.25,
            Self::IcmlWide => 6.75,
            Self::Acl => 3.03,
            Self::AclWide => 6.3,
            Self::Ieee => 3.5,
            Self::IeeeWide => 7.16,
            Self::Nature => 89.0 / 25.4,
            Self::NatureWide => 183.0 / 25.4,
        }
    }

    /// Returns the font size in points of 1/72 inch: that of captions, or the largest that is allowed.
    const fn font_size(self) -> f32 {
        match self {
            Self::Neurips | Self::Iclr | Self::Icml | Self::IcmlWide | Self::Acl | Self::AclWide => 9.0,
            Self::Ieee | Self::IeeeWide => 8.0,
            Self::Nature | Self::NatureWide => 7.0,
        }
    }
}

/// The width of a page: a length, or a preset that also has a font size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PageWidth {
    pub(crate) length: Length,
    /// The font size in points of 1/72 inch, if the width is a preset.
    pub(crate) font_size: Option<f32>,
}

impl From<Length> for PageWidth {
    fn from(length: Length) -> Self {
        Self {
            length,
            font_size: None,
        }
    }
}

impl FromStr for PageWidth {
    type Err = ParseWidthError;

    fn from_str(text: &str) -> Result<Self, ParseWidthError> {
        let name = text.trim();
        let preset = WidthPreset::ALL
            .into_iter()
            .find(|preset| preset.name().eq_ignore_ascii_case(name));
        match preset {
            Some(preset) => Ok(Self {
                length: Length {
                    value: preset.inches(),
                    unit: LengthUnit::Inches,
                },
                font_size: Some(preset.font_size()),
            }),
            None => name
                .parse()
                .map(Length::into)
                .map_err(|_| ParseWidthError(shortened(text))),
        }
    }
}

/// The error of a text that is neither a length nor a preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParseWidthError(String);

impl Localized for ParseWidthError {
    fn message(&self, messages: Messages) -> String {
        let presets = WidthPreset::ALL.map(WidthPreset::name).join(", ");
        messages.width_invalid(&self.0, presets)
    }
}

/// Parses a font size in points (1/72 inch), with or without “pt”.
///
/// # Errors
/// Returns an error if it isn't from 2 to 200.
pub(crate) fn parse_font_size(text: &str) -> Result<f32, ParseFontSizeError> {
    let number = text.trim().trim_end_matches("pt").trim();
    match parse_number(number) {
        Ok(size) if (2.0..=200.0).contains(&size) => Ok(size as f32),
        _ => Err(ParseFontSizeError(shortened(text))),
    }
}

/// The error of a text that is not a font size from 2 to 200 points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParseFontSizeError(String);

impl Localized for ParseFontSizeError {
    fn message(&self, messages: Messages) -> String {
        messages.font_size_invalid(&self.0)
    }
}

/// The error of a text that is not a length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseLengthError(String);

impl Localized for ParseLengthError {
    fn message(&self, messages: Messages) -> String {
        messages.length_invalid(&self.0)
    }
}

neurodial_core::localized_errors!(ParseFontSizeError, ParseLengthError, ParseWidthError);

impl FromStr for Length {
    type Err = ParseLengthError;

    fn from_str(text: &str) -> Result<Self, ParseLengthError> {
        let refused = || ParseLengthError(shortened(text));
        let trimmed = text.trim();
        let unit = LengthUnit::ALL
            .into_iter()
            .find(|unit| trimmed.ends_with(unit.name()));
        let (number, unit) = match unit {
            Some(unit) => (&trimmed[..trimmed.len() - unit.name().len()], unit),
            None => (trimmed, LengthUnit::Pixels),
        };
        let value = parse_number(number).map_err(|_| refused())? as f32;
        if !(value.is_finite() && value > 0.0) {
            return Err(refused());
        }
        Ok(Self { value, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_parsed_with_its_unit() {
        let points = |text: &str| text.parse::<Length>().unwrap().points();
        assert!((points("25.4mm") - 96.0).abs() < 1e-4);
        assert!((points("2.54 cm") - 96.0).abs() < 1e-4);
        assert!((points("1in") - 96.0).abs() < 1e-4);
        assert!((points("72pt") - 96.0).abs() < 1e-4);
        assert_eq!(points("600px"), 600.0);
        assert_eq!(points("600"), 600.0);
        for text in ["", "mm", "0mm", "-3cm", "NaN", "inf px", "85 m", "1e99mm"] {
            assert!(text.parse::<Length>().is_err(), "{text}");
        }
        let nature: PageWidth = "Nature".parse().unwrap();
        assert_eq!(nature.font_size, Some(7.0));
        assert!((nature.length.points() - 89.0 / 25.4 * 96.0).abs() < 1e-3);
        assert_eq!("85mm".parse(), Ok(PageWidth::from(Length::millimeters(85.0))));
        assert!("science".parse::<PageWidth>().is_err());
        assert_eq!("85mm".parse::<Length>().unwrap().to_css(), "85mm");
        assert_eq!(Length::pixels(600.0).to_css(), "600");
        assert_eq!("85mm".parse::<Length>().unwrap().pixels_at(300.0), 1004);
    }
}
