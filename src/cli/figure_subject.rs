//! The content of a figure on the command line, the training before it is drawn, and the bytes of its file.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::app::App;
use crate::figure_page::{FigureFormat, FigurePageError, FigureSpec, Length, RenderedFigure};
use crate::panes::Pane;
use crate::panes::pane_info::TextExport;
use crate::theme::ThemeMode;
use egui_figure::svg::TextMode;
use egui_figure::{FallbackFonts, HeadlessContext};
use neurodial_core::formats::json;
use neurodial_core::insight::description;
use neurodial_core::session::{Edit, Session};
use neurodial_core::text::{Messages, shortened};

use super::training_args::{FigureTrainingArgs, TrainingResult};
use super::training_job::TrainingJob;

/// The width of the window as a figure if none is given, and the width of the window that is scaled to a width
/// that isn’t in pixels.
pub(crate) const WINDOW_WIDTH: Length = Length::pixels(1280.0);
/// The ratio of height to width of the window if no height is given.
const WINDOW_ASPECT: f32 = 800.0 / 1280.0;

/// The content of a figure: panes of a document, or the window.
#[derive(Clone)]
pub(crate) struct FigureSubject {
    /// The panes and the settings of the page.
    pub(crate) spec: FigureSpec,
    /// True if the whole window is drawn instead of panes.
    pub(crate) is_window: bool,
    pub(crate) has_serif_text: bool,
    /// The fonts for characters that the bundled fonts lack.
    pub(crate) fonts: FallbackFonts,
}

/// The training that runs before a figure is drawn.
#[derive(Clone, Copy)]
pub(crate) struct FigureTraining<'a> {
    pub(crate) job: &'a TrainingJob,
    /// True if the figure shows the trained network, as `--epochs` asks for; otherwise it shows the
    /// document’s network and only the losses come from training.
    pub(crate) shows_trained_network: bool,
}

impl FigureTraining<'_> {
    /// Trains a copy of the network and gives the figure its losses. The session gets the trained knobs if
    /// they are to be shown.
    ///
    /// # Errors
    /// Returns an error if a hyperparameter is invalid or the data doesn’t fit the network.
    pub(crate) fn train(&self, subject: &mut FigureSubject, session: &mut Session) -> anyhow::Result<()> {
        let TrainingResult { run, knobs, .. } = FigureTrainingArgs::train_all(session.document(), self.job)?;
        subject.spec.run = Some(Arc::new(run));
        if self.shows_trained_network {
            session.apply(Edit::SetTrainedKnobs(knobs))?;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum OutputFormat {
    Image(FigureFormat),
    Text(Pane, TextExport),
}

impl OutputFormat {
    /// Returns the format for the extension of a path and these panes.
    ///
    /// # Errors
    /// Returns an error if the extension is none of svg, png, pdf, csv and tex.
    pub(crate) fn from_path(path: &Path, panels: &[Pane]) -> anyhow::Result<Self> {
        if let Some(image_format) = FigureFormat::from_path(path) {
            return Ok(Self::Image(image_format));
        }
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let extension = extension.to_lowercase();
        let exports = text_exports(&extension);
        let chosen = exports.iter().find(|(pane, _)| panels == [*pane]);
        let text = chosen
            .or(exports.first())
            .map(|&(pane, export)| Self::Text(pane, export));
        text.with_context(|| {
            format!(
                "“{}” has no known file extension; use .svg, .png, or .pdf, .csv for curves, or .tex for the network diagram or the \
                 formula",
                shortened(&path.to_string_lossy())
            )
        })
    }
}

/// Returns the panes that can be saved as text with this extension.
fn text_exports(extension: &str) -> Vec<(Pane, TextExport)> {
    let exports = Pane::ALL.into_iter().filter_map(|pane| {
        let export = pane.info().text_export?;
        (export.extension == extension).then_some((pane, export))
    });
    exports.collect()
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct OutputOptions {
    pub(crate) format: OutputFormat,
    /// Text with embedded fonts, or as outlines.
    pub(crate) text: TextMode,
    /// The resolution of a PNG in dots per inch; `None` for the default.
    pub(crate) dpi: Option<f32>,
}

impl FigureSubject {
    /// Creates the headless context that draws the figure, with the chosen fonts.
    pub(crate) fn headless_context(&self) -> HeadlessContext {
        let mut headless = if self.has_serif_text {
            HeadlessContext::with_serif_text()
        } else {
            HeadlessContext::new()
        };
        headless.set_fallback_fonts(self.fonts.clone());
        headless
    }

    /// Draws the figure of a session’s document.
    ///
    /// # Errors
    /// Returns an error if the network lacks a part of the figure, or if the size or a character can’t be
    /// drawn.
    pub(crate) fn draw(
        &self,
        headless: &mut HeadlessContext,
        session: &Session,
    ) -> anyhow::Result<RenderedFigure> {
        if self.is_window {
            self.draw_window(session)
        } else {
            Ok(self.spec.draw(headless, session.document())?)
        }
    }

    /// Draws the window with a session’s document. A width in pixels is the width of the window; for other
    /// units the window is scaled to the width.
    fn draw_window(&self, session: &Session) -> anyhow::Result<RenderedFigure> {
        let spec = &self.spec;
        let mut headless = HeadlessContext::new();
        headless.set_fallback_fonts(self.fonts.clone());
        let page = [
            spec.width,
            spec.height.unwrap_or(spec.width.scaled(WINDOW_ASPECT)),
        ];
        let width = if spec.width.is_in_pixels() {
            spec.width.points()
        } else {
            WINDOW_WIDTH.points()
        };
        let size = [width, width * page[1].points() / page[0].points()];
        let document = session.document();
        let mut app = App::for_figure(
            headless.context(),
            spec.open_session(document, session.origin().clone())?,
            spec,
        );
        let drawing = headless
            .draw(size.into(), |ui| app.pass_ui(ui))
            .map_err(FigurePageError::from)?;
        let messages = Messages::new(spec.locale);
        Ok(RenderedFigure {
            drawing,
            page,
            background: None,
            is_grayscale: spec.mode == ThemeMode::Grayscale,
            locale: spec.locale,
            title: messages.figure_window().to_owned(),
            description: description::describe(app.session(), app.insight(), messages),
            document: spec.embeds_document.then(|| json::write(document)),
        })
    }

    /// Returns the bytes of the file.
    ///
    /// # Errors
    /// Returns an error if the format doesn’t fit the content or the figure can’t be drawn.
    pub(crate) fn to_bytes(
        &self,
        headless: &mut HeadlessContext,
        session: &Session,
        options: OutputOptions,
    ) -> anyhow::Result<Vec<u8>> {
        let OutputOptions { format, text, dpi } = options;
        match format {
            OutputFormat::Image(format) => Ok(self.draw(headless, session)?.to_bytes(format, text, dpi)?),
            _ if self.is_window => {
                bail!("the window can only be drawn as an image; use a file extension of .svg, .png, or .pdf")
            }
            OutputFormat::Text(pane, export) => {
                if self.spec.panels != [pane] {
                    let extension = export.extension;
                    let exports = text_exports(extension);
                    let contents: Vec<&str> = exports.iter().map(|(_, export)| export.content).collect();
                    let options: Vec<String> = exports
                        .iter()
                        .map(|(pane, _)| format!("--pane {}", pane.name()))
                        .collect();
                    bail!(
                        "a .{extension} file contains {}; use {}",
                        contents.join(" or "),
                        options.join(" or ")
                    );
                }
                Ok(self.spec.text(session.document(), export)?.into_bytes())
            }
        }
    }
}
