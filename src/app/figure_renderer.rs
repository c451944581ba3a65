//! Rendering figures in a background thread.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use egui::Context;

use crate::figure_page::length::{ParseFontSizeError, ParseLengthError, ParseWidthError};
use crate::figure_page::{FigureFormat, FigurePageError, FigureSpec, RenderedFigure};
use egui_figure::png::{self, Raster};
use egui_figure::svg::TextMode;
use egui_figure::{FallbackFonts, HeadlessContext, fonts};
use neurodial_core::formats::file::replace;
use neurodial_core::formats::{FileError, LostAttributes};
use neurodial_core::session::Document;
use neurodial_core::text::{Localized, Messages, NumberError, capitalized};

/// The purpose of a rendered figure.
#[derive(Debug, Clone)]
pub(crate) enum RenderJob {
    /// A preview of this width in pixels.
    Preview(u32),
    /// A picture for the clipboard.
    Copy,
    Write {
        path: PathBuf,
        format: FigureFormat,
        /// The way text is written: as text or as outlines.
        text: TextMode,
        /// The resolution of a PNG in dots per inch; `None` for the default.
        dpi: Option<f32>,
    },
}

#[derive(Debug)]
pub(crate) enum RenderResult {
    Preview(Raster),
    /// The reason why the figure can't be shown.
    PreviewFailed(RenderError),
    /// The picture for the clipboard.
    Copy(Raster),
    /// The file that was written, and what it could not keep.
    Written(PathBuf, Option<LostAttributes>),
}

/// The reason why a figure can't be rendered.
#[derive(Debug)]
pub(crate) enum RenderError {
    /// The width is neither a length nor a preset.
    Width(ParseWidthError),
    /// The height is not a length.
    Length(ParseLengthError),
    /// An end of the horizontal axis is not a number.
    Number(NumberError),
    /// The axis ends where it begins, or before.
    EmptyAxis,
    /// The font size is not valid.
    FontSize(ParseFontSizeError),
    /// The figure can't be drawn or converted.
    Figure(FigurePageError),
    /// The file can't be written.
    File(FileError),
}

impl Localized for RenderError {
    fn message(&self, messages: Messages) -> String {
        capitalized(&match self {
            Self::Width(error) => error.message(messages),
            Self::Length(error) => error.message(messages),
            Self::Number(error) => error.message(messages),
            Self::EmptyAxis => messages.export_axis_empty().to_owned(),
            Self::FontSize(error) => error.message(messages),
            Self::Figure(error) => error.message(messages),
            Self::File(error) => error.message(messages),
        })
    }
}

impl From<FigurePageError> for RenderError {
    fn from(error: FigurePageError) -> Self {
        Self::Figure(error)
    }
}

/// A figure to render: its specification, its document and its purpose.
struct RenderRequest {
    spec: FigureSpec,
    has_serif_text: bool,
    document: Document,
    job: RenderJob,
}

/// A thread that renders figures one after the other. A preview is skipped if another request follows.
#[derive(Debug)]
pub(crate) struct FigureRenderer {
    requests: Sender<RenderRequest>,
    results: Receiver<Result<RenderResult, RenderError>>,
    fonts: FallbackFonts,
}

impl FigureRenderer {
    /// Starts the thread. It repaints the window when a figure is done, and stops when the renderer is
    /// dropped.
    pub(crate) fn start(ctx: &Context) -> Self {
        let (requests, receiver) = channel::<RenderRequest>();
        let (result_sender, results) = channel();
        let ctx = ctx.clone();
        let fonts = fonts::fallback_fonts(&ctx).unused();
        let headless_fonts = fonts.clone();
        thread::spawn(move || {
            let mut contexts = [HeadlessContext::new(), HeadlessContext::with_serif_text()];
            for headless in &mut contexts {
                headless.set_fallback_fonts(headless_fonts.clone());
            }
            while let Ok(mut request) = receiver.recv() {
                while matches!(request.job, RenderJob::Preview(_))
                    && let Ok(newer) = receiver.try_recv()
                {
                    request = newer;
                }
                let headless = &mut contexts[usize::from(request.has_serif_text)];
                // The window has closed.
                if result_sender.send(request.run(headless)).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        });
        Self {
            requests,
            results,
            fonts,
        }
    }

    /// Returns the names of the installed fonts that figures needed so far.
    pub(crate) fn installed_fonts(&self) -> Vec<&'static str> {
        self.fonts.used_installed_fonts()
    }

    /// Requests a figure of the document as it is now.
    pub(crate) fn request(
        &self,
        spec: &FigureSpec,
        has_serif_text: bool,
        document: &Document,
        job: RenderJob,
    ) {
        let request = RenderRequest {
            spec: spec.clone(),
            has_serif_text,
            document: document.clone(),
            job,
        };
        // This can't fail: the thread lives as long as the sender.
        let _ = self.requests.send(request);
    }

    /// Returns the next result, if there is one.
    pub(crate) fn next_result(&self) -> Option<Result<RenderResult, RenderError>> {
        self.results.try_recv().ok()
    }
}

impl RenderRequest {
    /// Renders the figure. An error in a preview becomes its result.
    fn run(self, headless: &mut HeadlessContext) -> Result<RenderResult, RenderError> {
        let is_preview = matches!(self.job, RenderJob::Preview(_));
        match self.render(headless) {
            Err(error) if is_preview => Ok(RenderResult::PreviewFailed(error)),
            result => result,
        }
    }

    fn render(self, headless: &mut HeadlessContext) -> Result<RenderResult, RenderError> {
        let figure = self.spec.draw(headless, &self.document)?;
        match self.job {
            RenderJob::Preview(width) => {
                let [page_width, page_height] = figure.page.map(|side| side.points());
                let height = (width as f32 * page_height / page_width).round().max(1.0);
                Ok(RenderResult::Preview(rasterize(&figure, [width, height as u32])?))
            }
            RenderJob::Copy => Ok(RenderResult::Copy(rasterize(&figure, figure.pixel_size(None)?)?)),
            RenderJob::Write {
                path,
                format,
                text,
                dpi,
            } => {
                let bytes = figure.to_bytes(format, text, dpi)?;
                let lost = replace(&path, &bytes).map_err(RenderError::File)?;
                Ok(RenderResult::Written(path, lost))
            }
        }
    }
}

/// Renders a figure as an image of `[width, height]` pixels.
fn rasterize(figure: &RenderedFigure, size: [u32; 2]) -> Result<Raster, FigurePageError> {
    Ok(png::rasterize(&figure.to_svg(TextMode::EmbeddedFonts)?, size)?)
}
