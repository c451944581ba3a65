//! Draws any egui `Ui` to SVG, PNG, PDF, GIF or animated PNG files, without a window or a GPU.
//!
//! [`HeadlessContext::draw`] runs a UI and returns its shapes as a [`Drawing`]; [`svg::from_drawing`] writes
//! them as SVG; [`png::from_svg`] and [`pdf::from_svg`] convert that. The fonts are bundled, so the same input
//! gives the same bytes on every machine. Other scripts need [`FallbackFonts`].
//!
//! ```
//! use egui_figure::{HeadlessContext, pdf, png, svg};
//!
//! # fn main() -> Result<(), egui_figure::FigureError> {
//! let mut headless = HeadlessContext::new();
//! headless.context().set_theme(egui::Theme::Light);
//! let drawing = headless.draw(egui::vec2(200.0, 60.0), |ui| {
//!     ui.heading("Hello");
//!     ui.label("This is an egui Ui.");
//! })?;
//! let svg = svg::from_drawing(&drawing, &svg::SvgOptions::new(drawing.size))?;
//! assert!(svg.contains(">Hello</text>"));
//!
//! let png = png::from_svg(&svg, [400, 120], None, None)?;
//! let pdf = pdf::from_svg(&svg, &pdf::PdfOptions::new(drawing.size))?;
//! # assert!(png.starts_with(b"\x89PNG") && pdf.starts_with(b"%PDF"));
//! # Ok(())
//! # }
//! ```
//!
//! Sizes are in egui's points. A figure shows one point as 1/96 inch unless its options say otherwise.
//!
//! A figure can carry a text, such as the document that it shows: see [`embedded_text`]. A [`FigureMarker`]
//! groups shapes under a name. The fonts are those of [`bundled_fonts`]; [`fonts`] has their families, for a
//! window that shall look like its figures.
//!
//! | module | contents |
//! | --- | --- |
//! | `headless` | [`HeadlessContext`], an egui context without a window, and [`Drawing`], its shapes |
//! | [`svg`] | converts shapes to SVG |
//! | [`png`] | converts SVG to pixels and PNG |
//! | [`pdf`] | converts SVG to a one-page PDF |
//! | [`animation`] | encodes frames as GIF or animated PNG |
//! | [`embedded_text`] | embeds a text in an SVG, PNG or PDF file and extracts it |
//! | [`bundled_fonts`] | the bundled font files |
//! | `fallback_fonts` | [`FallbackFonts`]: fonts from files and installed ones, for other characters |
//! | `text_order` | text from right to left, and line breaks in Chinese |
//! | [`fonts`] | the definitions of the bundled fonts and font families for egui; adds fonts for missing characters |
//! | `figure_marker` | [`FigureMarker`], which groups the shapes of an SVG |
//! | `color_glyph` | glyphs in color, such as emoji, as images |
//! | `loaded_face` | parsed fonts: characters, widths, outlines |
//! | `subset` | font files that hold only the characters of a figure |
//! | `error` | [`FigureError`]: a figure can't be drawn, encoded or read |

pub mod animation;
pub mod bundled_fonts;
mod color_glyph;
pub mod embedded_text;
mod error;
mod fallback_fonts;
mod figure_marker;
pub mod fonts;
mod headless;
mod loaded_face;
pub mod pdf;
pub mod png;
mod subset;
pub mod svg;
mod text_order;

pub use error::{EmbeddedTextProblem, FigureError, FontProblem, UnsupportedShape};
pub use fallback_fonts::FallbackFonts;
pub use figure_marker::FigureMarker;
pub use headless::Textures;
pub use headless::{Drawing, HeadlessContext};

/// Runs the example in `README.md` as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctest;
