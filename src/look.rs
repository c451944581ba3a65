//! How everything looks: colours, type and the egui style that follows from them.
//!
//! Two colour meanings are never mixed. The *sign* of a number is [`Look::positive`] or [`Look::negative`]; the
//! *identity* of a neuron is one of [`Look::identity`]. `tests/look.rs` holds that both can be read, and told apart
//! with normal and with colour-blind eyes.

pub mod palette;
pub mod style;
pub mod type_scale;

pub use palette::{ColorTheme, ThemeMode};
