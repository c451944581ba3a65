//! The content of a figure on the command line, the training before it is drawn, and the bytes of its file.

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use crate::figure_page::{FigureFormat, FigurePanel, FigureSpec, curves_csv};
use crate::panes::Pane;
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial_core::code::latex;
use neurodial_core::insight::{CurveTable, Insight};
use neurodial_core::session::{Document, Edit, Session};
use neurodial_core::text::shortened;

use super::training_args::{FigureTrainingArgs, TrainingResult};
use super::training_job::TrainingJob;
use super::window;

/// The content of a figure.
#[derive(Clone)]
pub(crate) enum FigureSubject {
    /// One or more panes.
    Panes(Box<FigureSpec>),
    /// The whole window.
    Window(Box<FigureSpec>),
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
    pub(crate) fn train(
        &self,
        figure_subject: &mut FigureSubject,
        session: &mut Session,
    ) -> anyhow::Result<()> {
        let (FigureSubject::Panes(spec) | FigureSubject::Window(spec)) = figure_subject;
        let TrainingResult { run, knobs, .. } = FigureTrainingArgs::train_all(session.document(), self.job)?;
        spec.run = Some(Arc::new(run));
        if self.shows_trained_network {
            session.apply(Edit::SetTrainedKnobs(knobs))?;
        }
        Ok(())
    }
}

/// The formats of the output file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OutputFormat {
    /// An image.
    Image(FigureFormat),
    /// The points of the curves, as CSV.
    Csv,
    /// The formula, as LaTeX.
    Latex,
}

/// The options of the output file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OutputOptions {
    /// The format.
    pub(crate) format: OutputFormat,
    /// Text with embedded fonts, or as outlines.
    pub(crate) text: TextMode,
    /// The resolution of a PNG in dots per inch; `None` for the default.
    pub(crate) dpi: Option<f32>,
}

/// Returns the bytes of the file.
///
/// # Errors
/// Returns an error if the format doesn’t fit the content or the figure can’t be drawn.
pub(crate) fn render(
    figure_subject: &FigureSubject,
    headless: &mut HeadlessContext,
    session: &Session,
    options: OutputOptions,
) -> anyhow::Result<Vec<u8>> {
    match (options.format, figure_subject) {
        (OutputFormat::Image(image_format), FigureSubject::Panes(spec)) => Ok(spec
            .draw(headless, session.document())?
            .to_bytes(image_format, options.text, options.dpi)?),
        (OutputFormat::Image(image_format), FigureSubject::Window(spec)) => Ok(window::draw(
            spec,
            session,
            headless.fallback_fonts(),
        )?
        .to_bytes(image_format, options.text, options.dpi)?),
        (format, FigureSubject::Panes(spec)) => {
            render_text(spec, session.document(), format).map(String::into_bytes)
        }
        (_, FigureSubject::Window(_)) => {
            bail!("the window is a picture: its file ends in .svg, .png or .pdf")
        }
    }
}

/// Returns the text of a CSV or LaTeX file.
fn render_text(spec: &FigureSpec, document: &Document, format: OutputFormat) -> anyhow::Result<String> {
    let session = spec.open_session(document)?;
    let insight = Insight::new(&session);
    match (format, spec.panels.as_slice()) {
        (OutputFormat::Csv, [FigurePanel::Pane(Pane::Curves)]) => Ok(curves_csv::curves_to_csv(
            insight.sweep(),
            &CurveTable::new(&session, &insight),
        )),
        (OutputFormat::Latex, [FigurePanel::Pane(Pane::Formula)]) => {
            let network = &session.document().network;
            Ok(latex::formula(
                network,
                insight.forward_pass(),
                session.view().selected,
                spec.decimals,
            ))
        }
        (OutputFormat::Csv, _) => bail!("a .csv file holds the points of the curves; ask for --pane curves"),
        (_, _) => bail!("a .tex file holds the formula; ask for --pane formula"),
    }
}

/// Returns the format for a file extension.
///
/// # Errors
/// Returns an error if the extension is none of svg, png, pdf, csv and tex.
pub(crate) fn format_from_path(path: &Path) -> anyhow::Result<OutputFormat> {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match extension.as_str() {
        "csv" => Ok(OutputFormat::Csv),
        "tex" => Ok(OutputFormat::Latex),
        other => match FigureFormat::from_extension(other) {
            Some(image_format) => Ok(OutputFormat::Image(image_format)),
            None => bail!(
                "“{}” has no ending that says the format: svg, png or pdf, csv for curves, tex for the formula",
                shortened(&path.to_string_lossy())
            ),
        },
    }
}
