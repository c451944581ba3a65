//! Draws egui UIs to SVG, PNG, PDF, GIF and animated PNG files without a window or GPU, with bundled fonts. A
//! text, such as the document that a figure shows, can be embedded in SVG, PNG and PDF files and extracted
//! again.
//!
//! [`HeadlessContext::draw`] runs a UI and returns its shapes as a [`Drawing`]; [`svg::from_drawing`] writes
//! them as SVG; [`png::from_svg`] and [`pdf::from_svg`] convert that. The same input gives the same bytes on
//! every machine.
//!
//! | module | contents |
//! | --- | --- |
//! | [`headless`] | [`HeadlessContext`], an egui context without a window, and [`Drawing`], its shapes |
//! | [`svg`] | converts shapes to SVG |
//! | [`png`] | converts SVG to pixels and PNG |
//! | [`pdf`] | converts SVG to a one-page PDF |
//! | [`animation`] | encodes frames as GIF or animated PNG |
//! | [`embedded_text`] | embeds a text in an SVG, PNG or PDF file and extracts it |
//! | [`bundled_fonts`] | the bundled font files |
//! | `fonts` | the definitions of the bundled fonts and font families for egui |
//! | `figure_marker` | marker shapes around the shapes that become one SVG group |
//! | `loaded_face` | the parsed bundled fonts: characters, widths, outlines |
//! | `subset` | font files that hold only the characters of a figure |
//! | [`error`] | [`FigureError`]: a figure can't be drawn, encoded or read |

pub mod animation;
pub mod bundled_fonts;
pub mod embedded_text;
pub mod error;
mod figure_marker;
pub mod fonts;
pub mod headless;
mod loaded_face;
pub mod pdf;
pub mod png;
mod subset;
pub mod svg;

pub use error::FigureError;
pub use figure_marker::FigureMarker;
pub use headless::{Drawing, HeadlessContext, Texture, Textures};
