//! Where figures are drawn beside the window, in a thread of their own.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use egui::Context;

use egui_figure::png::{self, Raster};
use egui_figure::svg::TextMode;
use egui_figure::{FigureError, HeadlessContext};
use crate::panes::plate::{FigureFormat, FigureSpec, FigurePageError, RenderedFigure};
use neurodial_core::session::Document;
use neurodial_core::session::file::{FileError, write_atomically};

/// What is to become of a figure.
#[derive(Debug, Clone)]
pub enum RenderJob {
    /// It is shown, so many pixels wide.
    Preview(u32),
    /// It is put on the clipboard.
    Copy,
    /// It is written to a file.
    Write {
        /// The file.
        path: PathBuf,
        /// Its format.
        kind: FigureFormat,
        /// How its text is written.
        text: TextMode,
    },
}

/// What became of it.
#[derive(Debug)]
pub enum RenderResult {
    /// To be shown.
    Preview(Raster),
    /// There is nothing to show, and why: one sentence.
    PreviewFailed(String),
    /// To be put on the clipboard.
    Copy(Raster),
    /// The file is written.
    Written(PathBuf),
}

/// Why nothing became of it: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// It can't be drawn.
    #[error(transparent)]
    Spec(#[from] FigurePageError),
    /// It can't be made a picture.
    #[error(transparent)]
    Figure(#[from] FigureError),
    /// The file can't be written.
    #[error(transparent)]
    File(#[from] FileError),
}

struct RenderRequest {
    spec: FigureSpec,
    document: Document,
    job: RenderJob,
}

/// A thread that draws figures, one after the other; of several previews only the last asked for is drawn.
#[derive(Debug)]
pub struct FigureRenderer {
    requests: Sender<RenderRequest>,
    results: Receiver<Result<RenderResult, RenderError>>,
}

impl FigureRenderer {
    /// Starts the thread; it wakes the window when a figure is done, and ends with the window.
    pub fn start(ctx: &Context) -> Self {
        let (requests, receiver) = channel::<RenderRequest>();
        let (result_sender, results) = channel();
        let ctx = ctx.clone();
        thread::spawn(move || {
            let mut studio = HeadlessContext::new();
            while let Ok(mut request) = receiver.recv() {
                while matches!(request.job, RenderJob::Preview(_))
                    && let Ok(newer) = receiver.try_recv()
                {
                    request = newer;
                }
                // If the window is gone there is nobody to tell.
                if result_sender.send(request.run(&mut studio)).is_err() {
                    return;
                }
                ctx.request_repaint();
            }
        });
        Self { requests, results }
    }

    /// Asks for a figure of the document as it is now.
    pub fn request(&self, spec: &FigureSpec, document: &Document, job: RenderJob) {
        let request = RenderRequest {
            spec: spec.clone(),
            document: document.clone(),
            job: job,
        };
        // The thread lives as long as this does.
        let _ = self.requests.send(request);
    }

    /// The next result, if one is there.
    pub fn next_result(&self) -> Option<Result<RenderResult, RenderError>> {
        self.results.try_recv().ok()
    }
}

impl RenderRequest {
    fn run(self, studio: &mut HeadlessContext) -> Result<RenderResult, RenderError> {
        let is_preview = matches!(self.job, RenderJob::Preview(_));
        match self.render(studio) {
            Err(error) if is_preview => Ok(RenderResult::PreviewFailed(error.to_string())),
            result => result,
        }
    }

    fn render(self, studio: &mut HeadlessContext) -> Result<RenderResult, RenderError> {
        let figure = self.spec.draw(studio, &self.document)?;
        match self.job {
            RenderJob::Preview(width) => {
                let [page_width, page_height] = figure.page.map(|side| side.points());
                let height = (width as f32 * page_height / page_width).round().max(1.0);
                Ok(RenderResult::Preview(rasterize(&figure, [width, height as u32])?))
            }
            RenderJob::Copy => Ok(RenderResult::Copy(rasterize(&figure, figure.pixel_size(None)?)?)),
            RenderJob::Write { path, kind, text } => {
                write_atomically(&path, &figure.to_bytes(kind, text, None)?)?;
                Ok(RenderResult::Written(path))
            }
        }
    }
}

fn rasterize(figure: &RenderedFigure, size: [u32; 2]) -> Result<Raster, FigureError> {
    png::rasterize(&figure.to_svg(TextMode::EmbeddedFonts)?, size)
}
