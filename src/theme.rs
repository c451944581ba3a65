//! The appearance of the program: colors, text sizes, and the egui style made from them.
//!
//! Colors have two separate meanings: the *sign* of a number ([`ColorTheme::positive`],
//! [`ColorTheme::negative`]) and the *identity* of a neuron ([`ColorTheme::neuron_color`]). `tests/figures/theme.rs`
//! checks that both are readable and can be distinguished with normal and with color-blind vision.

pub(crate) mod color_theme;
pub mod style;
pub mod type_scale;

pub use color_theme::{ColorTheme, ThemeMode};
