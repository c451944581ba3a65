//! The picture is the figure: egui's shapes as SVG, and from there PNG and PDF, without a window; and the state that
//! such a picture carries.
//!
//! | file | noun |
//! | --- | --- |
//! | [`studio`] | [`Studio`]: a headless egui; [`Drawing`]: the shapes that it drew |
//! | [`svg`] | shapes to SVG |
//! | [`png`] | SVG to pixels |
//! | [`pdf`] | SVG to a page |
//! | [`state`] | the document in a picture |
//! | [`typeface`] | the bundled faces as files, and the subset of one that a figure needs |
//! | [`error`] | [`FigureError`]: why a figure can't be drawn or read |

pub mod error;
pub mod pdf;
pub mod png;
pub mod state;
pub mod studio;
pub mod svg;
pub mod typeface;

pub use error::FigureError;
pub use studio::{Drawing, Studio};
