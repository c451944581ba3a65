//! The picture is the figure: egui's shapes as SVG, and from there PNG and PDF, without a window; and the state that
//! such a picture carries.
//!
//! | file | noun |
//! | --- | --- |
//! | [`studio`] | [`Studio`]: a headless egui; [`Drawing`]: the shapes that it drew |
//! | [`svg`] | shapes to SVG |
//! | [`png`] | SVG to pixels |
//! | [`pdf`] | SVG to a page |
//! | [`animation`] | pictures one after the other |
//! | [`state`] | the document in a picture |
//! | [`typeface`] | the bundled faces as files |
//! | `face` | the bundled faces, opened: characters, widths, outlines |
//! | `subset` | a font file with only the characters of a figure |
//! | [`error`] | [`FigureError`]: why a figure can't be drawn or read |

pub mod animation;
pub mod error;
mod face;
pub mod fonts;
mod mark;
pub mod pdf;
pub mod png;
pub mod state;
pub mod studio;
mod subset;
pub mod svg;
pub mod typeface;

pub use error::FigureError;
pub use mark::FigureMarker;
pub use studio::{Drawing, HeadlessContext, Texture, Textures};
