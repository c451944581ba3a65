//! A figure that has been drawn, and the files that it can be written as.

use egui::Color32;

use egui_figure::svg::{Options, Text};
use egui_figure::{Drawing, FigureError, pdf, png, svg};

use super::Length;

/// A figure that has been drawn.
#[derive(Clone)]
pub struct Printed {
    /// Its shapes.
    pub drawing: Drawing,
    /// Width and height of the page.
    pub page: [Length; 2],
    /// What lies under the shapes.
    pub ground: Option<Color32>,
    /// What it is called.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// The document that its file carries.
    pub state: Option<String>,
}

/// A kind of file for pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Shapes and text.
    Svg,
    /// Pixels.
    Png,
    /// A page.
    Pdf,
}

/// Dots per inch where a length on paper is asked for and no resolution.
pub const PAPER_DPI: f32 = 300.0;
/// Dots per inch of a pixel.
pub const SCREEN_DPI: f32 = 96.0;
/// The most pixels of a picture.
const MOST_PIXELS: u64 = 100_000_000;

impl Kind {
    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// The kind of a file with this ending, which is lower case and without its dot.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "svg" => Some(Self::Svg),
            "png" => Some(Self::Png),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

impl Printed {
    /// The bytes of a file; `dpi` counts for pixels only.
    ///
    /// # Errors
    /// If something in it can't be drawn, or it has too many pixels.
    pub fn file(&self, kind: Kind, text: Text, dpi: Option<f32>) -> Result<Vec<u8>, FigureError> {
        match kind {
            Kind::Svg => self.svg(text).map(String::into_bytes),
            Kind::Png => self.png(text, dpi),
            Kind::Pdf => self.pdf(text),
        }
    }

    /// The figure as SVG.
    ///
    /// # Errors
    /// If something in it can't be drawn.
    pub fn svg(&self, text: Text) -> Result<String, FigureError> {
        svg::write(&self.drawing, &self.options(text, self.state.clone()))
    }

    fn options(&self, text: Text, state: Option<String>) -> Options {
        let [width, height] = self.page.map(Length::css);
        Options {
            width,
            height,
            ground: self.ground,
            text,
            title: self.title.clone(),
            description: self.description.clone(),
            state,
        }
    }

    /// How many pixels it has.
    ///
    /// # Errors
    /// If there are none, or too many.
    pub fn pixels(&self, dpi: Option<f32>) -> Result<[u32; 2], FigureError> {
        let dpi = dpi.unwrap_or(self.default_dpi());
        let pixels = self.page.map(|side| side.pixels_at(dpi));
        let [width, height] = pixels;
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(FigureError::Size(format!(
                "drawn with {width} × {height} pixels; it needs 1 to {} million",
                MOST_PIXELS / 1_000_000
            )));
        }
        Ok(pixels)
    }

    fn default_dpi(&self) -> f32 {
        if self.page[0].is_in_pixels() {
            SCREEN_DPI
        } else {
            PAPER_DPI
        }
    }

    fn png(&self, text: Text, dpi: Option<f32>) -> Result<Vec<u8>, FigureError> {
        let pixels = self.pixels(dpi)?;
        let svg = svg::write(&self.drawing, &self.options(text, None))?;
        let dots_per_metre = (dpi.unwrap_or(self.default_dpi()) / 0.0254).round() as u32;
        png::write(&svg, pixels, Some(dots_per_metre), self.state.as_deref())
    }

    fn pdf(&self, text: Text) -> Result<Vec<u8>, FigureError> {
        let svg = svg::write(&self.drawing, &self.options(text, None))?;
        let size = self.page.map(|side| side.points() * 72.0 / 96.0);
        pdf::write(&svg, self.state.as_deref(), &self.title, &self.description, size)
    }
}
