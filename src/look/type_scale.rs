//! The few sizes of type. All in points at a zoom of 1; a larger zoom (projector) scales them together.

use egui::{FontFamily, FontId};

use egui_figure::fonts;

/// Running text, labels and buttons.
pub fn body() -> FontId {
    FontId::new(13.0, FontFamily::Proportional)
}

/// Hints, axis numbers and other secondary text.
pub fn small() -> FontId {
    FontId::new(11.5, FontFamily::Proportional)
}

/// The name of a neuron, the chosen tab, a word that counts.
pub fn strong() -> FontId {
    FontId::new(13.0, fonts::semibold())
}

/// The title of a pane.
pub fn title() -> FontId {
    FontId::new(15.0, fonts::semibold())
}

/// A number: the digits of the sans are all of one width, so that columns align.
pub fn number() -> FontId {
    FontId::new(13.0, FontFamily::Proportional)
}

/// The number in a neuron.
pub fn big_number() -> FontId {
    FontId::new(16.0, fonts::semibold())
}

/// A mathematical name, such as the *w* of a weight.
pub fn math() -> FontId {
    FontId::new(16.0, fonts::serif_italic())
}

/// Sub- and superscripts beside [`maths`], upright as numbers are.
pub fn math_small() -> FontId {
    FontId::new(11.0, fonts::serif())
}

/// Numbers, operators and the names of functions beside [`maths`].
pub fn math_upright() -> FontId {
    FontId::new(16.0, fonts::serif())
}

/// Program text.
pub fn code() -> FontId {
    FontId::new(13.0, FontFamily::Monospace)
}
