//! The font sizes, in points at a zoom of 1. The zoom (larger for a projector) scales them all.

use egui::{FontFamily, FontId};

use egui_figure::fonts;

/// Returns the font of body text, labels and buttons.
pub fn body() -> FontId {
    FontId::new(13.0, FontFamily::Proportional)
}

/// Returns the font of hints, axis numbers and other secondary text.
pub(crate) fn small() -> FontId {
    FontId::new(11.5, FontFamily::Proportional)
}

/// Returns the font of neuron names, the selected tab and emphasized words.
pub fn strong() -> FontId {
    FontId::new(13.0, fonts::semibold())
}

/// Returns the font of pane titles.
pub(crate) fn title() -> FontId {
    FontId::new(15.0, fonts::semibold())
}

/// Returns the font of numbers. Its digits have equal widths, so that columns align.
pub fn number() -> FontId {
    FontId::new(13.0, FontFamily::Proportional)
}

/// Returns the font of the number in a neuron.
pub fn big_number() -> FontId {
    FontId::new(16.0, fonts::semibold())
}

/// Returns the font of mathematical symbols, such as the *w* of a weight.
pub(crate) fn math() -> FontId {
    FontId::new(16.0, fonts::serif_italic())
}

/// Returns the font of sub- and superscripts beside [`math`]; upright like numbers.
pub(crate) fn math_small() -> FontId {
    FontId::new(11.0, fonts::serif())
}

/// Returns the font of numbers, operators and function names beside [`math`].
pub(crate) fn math_upright() -> FontId {
    FontId::new(16.0, fonts::serif())
}

pub(crate) fn code() -> FontId {
    FontId::new(13.0, FontFamily::Monospace)
}
