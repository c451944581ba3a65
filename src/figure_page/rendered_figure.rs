//! A figure that has been drawn, its conversion to files, and the reasons why it can't be drawn.

use std::path::Path;

use egui::Color32;

use crate::panes::Pane;
use crate::panes::pane_info::{TextFunction, TooManyRowsError};
use egui_figure::embedded_text::EmbeddedText;
use egui_figure::pdf::PdfOptions;
use egui_figure::svg::{SvgOptions, TextMode};
use egui_figure::{Drawing, EmbeddedTextProblem, FigureError, FontProblem, pdf, png, svg};
use neurodial_core::formats::DocumentError;
use neurodial_core::session::ActionError;
use neurodial_core::text::{Locale, Localized, Messages};

use super::length::Length;

/// A figure that has been drawn.
#[derive(Clone)]
pub struct RenderedFigure {
    pub(crate) drawing: Drawing,
    /// The width and the height of the page.
    pub page: [Length; 2],
    /// The color of the background; `None` for a transparent one.
    pub(crate) background: Option<Color32>,
    /// True if emoji are drawn in gray.
    pub(crate) is_grayscale: bool,
    /// The language of the texts.
    pub(crate) locale: Locale,
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
const MAX_PIXELS: usize = 100_000_000;

impl FigureFormat {
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
            description: Messages::new(self.locale).figure_embedded_network(),
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
            is_grayscale: self.is_grayscale,
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
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MAX_PIXELS as u64 {
            return Err(FigurePageError::InvalidPixels(pixels));
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
            language: self.locale.name().to_owned(),
            embedded_text: self.embedded_document(),
        };
        Ok(pdf::from_svg(&svg, &options)?)
    }
}

/// The maximum length of a figure's side, in pixels of 1/96 inch.
pub(super) const MAX_SIDE: usize = 20_000;
/// The maximum number of curves of a curve family.
pub(super) const MAX_CURVES: usize = 64;

/// The reason why a figure can't be drawn.
#[derive(Debug)]
pub enum FigurePageError {
    /// The network lacks a part that the specification names.
    Refused(ActionError),
    /// The figure can't be drawn or encoded.
    Figure(FigureError),
    /// The list of knobs has more rows than a figure can hold.
    TooManyRows(TooManyRowsError),
    /// The width in pixels of 1/96 inch is not from 1 to 20,000.
    InvalidWidth(f32),
    /// The height in pixels of 1/96 inch is not from 1 to 20,000.
    InvalidHeight(f32),
    /// The page is too narrow for a pane.
    TooNarrow {
        /// The widest pane.
        pane: Pane,
        /// The width of the page.
        width: Length,
        /// The width that it needs.
        min_width: Length,
    },
    /// The page is too low for its panes.
    TooLow {
        /// All panes.
        panes: Vec<Pane>,
        /// The height of the page.
        height: Length,
        /// The height that it needs.
        min_height: Length,
    },
    /// The figure would have no pixels, or more than 100 million: its width and height.
    InvalidPixels([u32; 2]),
    /// A curve family has more than 64 values: their number.
    TooManyCurves(usize),
    /// A pane would be empty: the pane, and the function that says what to do first.
    EmptyPane(Pane, TextFunction),
    /// A bundled document is broken.
    Document(DocumentError),
}

impl From<ActionError> for FigurePageError {
    fn from(error: ActionError) -> Self {
        Self::Refused(error)
    }
}

impl From<FigureError> for FigurePageError {
    fn from(error: FigureError) -> Self {
        Self::Figure(error)
    }
}

impl From<TooManyRowsError> for FigurePageError {
    fn from(error: TooManyRowsError) -> Self {
        Self::TooManyRows(error)
    }
}

impl From<DocumentError> for FigurePageError {
    fn from(error: DocumentError) -> Self {
        Self::Document(error)
    }
}

impl Localized for FigurePageError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Refused(error) => error.message(messages),
            Self::Figure(error) => figure_error_message(error, messages),
            Self::TooManyRows(error) => error.message(messages),
            Self::InvalidWidth(width) => messages.figure_width_invalid(MAX_SIDE, format_args!("{width:.0}")),
            Self::InvalidHeight(height) => {
                messages.figure_height_invalid(MAX_SIDE, format_args!("{height:.0}"))
            }
            Self::TooNarrow {
                pane,
                width,
                min_width,
            } => messages.figure_too_narrow(width, pane.title(messages), min_width),
            Self::TooLow {
                panes,
                height,
                min_height,
            } => {
                let titles = messages.list(panes.iter().map(|pane| pane.title(messages)));
                messages.figure_too_low(height, titles, min_height)
            }
            Self::InvalidPixels([width, height]) => messages.figure_pixels_invalid(width, height, MAX_PIXELS),
            Self::TooManyCurves(count) => messages.figure_too_many_curves(MAX_CURVES, *count),
            Self::EmptyPane(pane, remedy) => {
                messages.figure_pane_empty(pane.title(messages), remedy(messages))
            }
            Self::Document(error) => error.message(messages),
        }
    }
}

neurodial_core::localized_errors!(FigurePageError);

/// Returns the sentence about an error of `egui-figure` for the user.
pub(crate) fn figure_error_message(error: &FigureError, messages: Messages) -> String {
    let size = |[width, height]: [f32; 2]| messages.figure_size_invalid(width, height);
    match error {
        FigureError::UnsupportedShape(_) => messages.figure_shape_unsupported().to_owned(),
        FigureError::MissingCharacter(character) => {
            let code = u32::from(*character);
            messages.figure_character_missing(character, format_args!("U+{code:04X}"))
        }
        FigureError::InvalidDrawingSize(points) => size([points.x, points.y]),
        FigureError::InvalidImageSize(pixels) => size(pixels.map(|side| side as f32)),
        FigureError::InvalidPageSize(points) => size(*points),
        FigureError::InvalidGifSize(side) => messages.figure_gif_too_large(side),
        FigureError::NoFrames => messages.figure_no_frames().to_owned(),
        FigureError::DifferentFrameSizes => messages.figure_frames_differ().to_owned(),
        FigureError::InvalidFont { name, reason } => {
            messages.figure_font_invalid(name, font_problem_message(reason, messages))
        }
        FigureError::Encode { format, reason } => messages.figure_not_encoded(format, reason),
        FigureError::InvalidTextName(_) => error.to_string(),
        FigureError::EmbeddedTextTooLarge(format) => messages.figure_too_large_to_embed(format),
        FigureError::NoEmbeddedText(format) => messages.figure_not_embedded(format),
        FigureError::InvalidEmbeddedText { format, reason } => {
            messages.figure_embedded_unreadable(format, embedded_text_problem_message(reason, messages))
        }
    }
}

fn font_problem_message(problem: &FontProblem, messages: Messages) -> String {
    match problem {
        FontProblem::NotAFile => messages.font_not_a_file().to_owned(),
        FontProblem::Unreadable(reason) => reason.clone(),
        FontProblem::TooLarge(size) => messages.font_too_large(size),
        FontProblem::NotAFont => messages.font_not_a_font().to_owned(),
        FontProblem::Damaged => messages.font_damaged().to_owned(),
    }
}

fn embedded_text_problem_message(problem: &EmbeddedTextProblem, messages: Messages) -> String {
    match problem {
        EmbeddedTextProblem::Syntax(reason) => return reason.clone(),
        EmbeddedTextProblem::FileTooLarge => messages.embedded_file_too_large(),
        EmbeddedTextProblem::TextTooLarge => messages.embedded_text_too_large(),
        EmbeddedTextProblem::Damaged => messages.embedded_damaged(),
        EmbeddedTextProblem::NotUtf8 => messages.embedded_not_utf8(),
        EmbeddedTextProblem::MissingAttachment => messages.embedded_missing(),
        EmbeddedTextProblem::TooManyStreams(limit) => return messages.embedded_streams(*limit),
        EmbeddedTextProblem::TooDeep => messages.embedded_too_deep(),
        EmbeddedTextProblem::UnsupportedCompression => messages.embedded_compression(),
    }
    .to_owned()
}
