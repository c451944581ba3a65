//! A figure that has been drawn, and its conversion to files.

use std::path::Path;

use egui::Color32;

use egui_figure::embedded_text::EmbeddedText;
use egui_figure::pdf::PdfOptions;
use egui_figure::svg::{SvgOptions, TextMode};
use egui_figure::{Drawing, pdf, png, svg};

use super::error::FigurePageError;
use super::length::Length;

/// A figure that has been drawn.
#[derive(Clone)]
pub struct RenderedFigure {
    /// The shapes.
    pub(crate) drawing: Drawing,
    /// The width and the height of the page.
    pub page: [Length; 2],
    /// The color of the background; `None` for a transparent one.
    pub(crate) background: Option<Color32>,
    /// The title.
    pub(crate) title: String,
    /// The alt text.
    pub(crate) description: String,
    /// The document that is embedded in the file, as JSON.
    pub(crate) document: Option<String>,
}

neurodial_core::named_enum! {
    /// A file format of figures, named by its extension.
    pub enum FigureFormat {
        /// SVG: vector graphics and text.
        Svg = "svg",
        /// PNG: pixels.
        Png = "png",
        /// PDF: one page of vector graphics and text.
        Pdf = "pdf",
    }
}

/// The name of the program, under which the document is embedded in a file.
pub(crate) const PROGRAM_NAME: &str = "neurodial";
/// The default resolution of a figure whose width is not given in pixels, in dots per inch.
pub(crate) const PRINT_DPI: f32 = 300.0;
/// The resolution of a screen, in dots per inch.
pub(crate) const SCREEN_DPI: f32 = 96.0;
/// The maximum number of pixels of a PNG.
const MAX_PIXELS: u64 = 100_000_000;

impl FigureFormat {
    /// Returns the file extension.
    pub(crate) const fn extension(self) -> &'static str {
        self.name()
    }

    /// Returns the format for the extension of a path; `None` if it is unknown.
    pub(crate) fn from_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::ALL
            .into_iter()
            .find(|format| extension.eq_ignore_ascii_case(format.name()))
    }
}

impl RenderedFigure {
    /// Returns the bytes of a file. `dpi` is the resolution of a PNG, and is ignored for other formats.
    ///
    /// # Errors
    /// Returns an error if something in the figure can't be drawn, or if it has too many pixels.
    pub fn to_bytes(
        &self,
        kind: FigureFormat,
        text: TextMode,
        dpi: Option<f32>,
    ) -> Result<Vec<u8>, FigurePageError> {
        match kind {
            FigureFormat::Svg => self.to_svg(text).map(String::into_bytes),
            FigureFormat::Png => self.to_png(text, dpi),
            FigureFormat::Pdf => self.to_pdf(text),
        }
    }

    /// Returns the figure as SVG.
    ///
    /// # Errors
    /// Returns an error if something in the figure can't be drawn.
    pub fn to_svg(&self, text: TextMode) -> Result<String, FigurePageError> {
        let options = self.svg_options(text, self.embedded_document());
        Ok(svg::from_drawing(&self.drawing, &options)?)
    }

    fn embedded_document(&self) -> Option<EmbeddedText> {
        self.document.clone().map(|text| EmbeddedText {
            name: PROGRAM_NAME,
            description: "The network that the figure shows",
            text,
        })
    }

    fn svg_options(&self, text: TextMode, embedded_text: Option<EmbeddedText>) -> SvgOptions {
        let [width, height] = self.page.map(Length::to_css);
        SvgOptions {
            width,
            height,
            background: self.background,
            text_mode: text,
            title: self.title.clone(),
            description: self.description.clone(),
            group_name_attribute: "data-part",
            embedded_text,
        }
    }

    /// Returns the width and the height in pixels at a resolution of `dpi`, or at the default resolution.
    ///
    /// # Errors
    /// Returns an error if there are no pixels, or too many.
    pub fn pixel_size(&self, dpi: Option<f32>) -> Result<[u32; 2], FigurePageError> {
        let dpi = dpi.unwrap_or(self.default_dpi());
        let pixels = self.page.map(|side| side.pixels_at(dpi));
        let [width, height] = pixels;
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(FigurePageError::Invalid(format!(
                "the figure can't be drawn with {width} × {height} pixels; it needs 1 to {} million",
                MAX_PIXELS / 1_000_000
            )));
        }
        Ok(pixels)
    }

    fn default_dpi(&self) -> f32 {
        if self.page[0].is_in_pixels() {
            SCREEN_DPI
        } else {
            PRINT_DPI
        }
    }

    fn to_png(&self, text: TextMode, dpi: Option<f32>) -> Result<Vec<u8>, FigurePageError> {
        let pixels = self.pixel_size(dpi)?;
        let svg = svg::from_drawing(&self.drawing, &self.svg_options(text, None))?;
        let dots_per_meter = (dpi.unwrap_or(self.default_dpi()) / 0.0254).round() as u32;
        let document = self.embedded_document();
        Ok(png::from_svg(
            &svg,
            pixels,
            Some(dots_per_meter),
            document.as_ref(),
        )?)
    }

    fn to_pdf(&self, text: TextMode) -> Result<Vec<u8>, FigurePageError> {
        let svg = svg::from_drawing(&self.drawing, &self.svg_options(text, None))?;
        let options = PdfOptions {
            size_in_pt: self.page.map(|side| side.points() * 72.0 / 96.0),
            title: self.title.clone(),
            description: self.description.clone(),
            creator: PROGRAM_NAME.to_owned(),
            language: "en".to_owned(),
            embedded_text: self.embedded_document(),
        };
        Ok(pdf::from_svg(&svg, &options)?)
    }
}
