//! `neurodial figure`: panes of a document as SVG, PNG or PDF; curves as CSV; the formula as LaTeX.
//!
//! | file | contents |
//! | --- | --- |
//! | `axis_args` | the options for the axes of curves, maps and loss landscapes |
//! | [`FigureStyleArgs`] | the options for the style and content of a figure |
//! | [`values`] | parsers for the values of options |

mod axis_args;
mod style_args;
pub(crate) mod values;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use crate::figure_page::{FigureFormat, FigurePanel, FigureSpec, curves_csv};
use crate::panes::Pane;
use egui_figure::HeadlessContext;
use egui_figure::svg::TextMode;
use neurodial_core::code::latex;
use neurodial_core::insight::{CurveTable, Insight};
use neurodial_core::session::file::write_atomically;
use neurodial_core::session::{Document, Edit, Session};
use neurodial_core::text::shortened;

use super::training_args::{self, FigureTrainingArgs, TrainingResult};
use super::training_job::TrainingJob;
use super::{document_arg, figure_batch, window};
use axis_args::AxisArgs;
pub(crate) use style_args::FigureStyleArgs;

/// The arguments of `figure`.
#[derive(Debug, clap::Args)]
#[command(mut_arg("batch", |arg| arg.value_name("FILE.csv|NUMBER|all").help(
    "Draw one figure for each row of FILE.csv: each column, such as w[1,1,2], is set to the number in the row. With \
     training: the number of samples in a mini-batch, or all [default: 10]"
)))]
pub struct FigureArgs {
    /// The name of a preset, or a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// The file to write; its extension selects the format: svg, png or pdf; csv for curves, tex for the formula. With
    /// --batch the number of the row replaces {} in the name, or else precedes the extension
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    style: FigureStyleArgs,
    #[command(flatten)]
    axis: AxisArgs,
    /// The resolution of a png in dots per inch; by default 300 for a width on paper, 96 for one in pixels
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    dpi: Option<String>,
    /// Convert text to outlines, for programs without the fonts
    #[arg(long)]
    outline: bool,
    /// Leave the document out of the file
    #[arg(long)]
    no_state: bool,
    /// For --pane loss: draw the log that train --log wrote, instead of training
    #[arg(long, value_name = "FILE.csv")]
    log: Option<PathBuf>,
    #[command(flatten)]
    training_args: FigureTrainingArgs,
}

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
    job: &'a TrainingJob,
    /// True if the figure shows the trained network, as `--epochs` asks for; otherwise it shows the
    /// document’s network and only the losses come from training.
    shows_trained_network: bool,
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

/// Draws the figure and writes the file.
///
/// # Errors
/// Returns an error if the options don’t fit together, or if the document can’t be opened or the file can’t
/// be written.
pub(crate) fn run(arguments: &FigureArgs) -> anyhow::Result<()> {
    let mut session = document_arg::open(&arguments.document)?;
    let mut figure_subject = arguments.style.figure_subject()?;
    let mut training_args = arguments.training_args.clone();
    let rows = training_args.hyperparameters.take_row_file();
    let (FigureSubject::Panes(spec) | FigureSubject::Window(spec)) = &mut figure_subject;
    let loss_panel = FigurePanel::from(Pane::Training);
    let has_loss = spec.panels.contains(&loss_panel);
    let epochs = training_args.hyperparameters.epochs.map(|_| "--epochs");
    if let Some(log) = &arguments.log {
        if !has_loss {
            bail!("--log is for --pane loss");
        }
        if epochs.is_some() {
            bail!("--log draws a training that is over, so --epochs has no place beside it");
        }
        spec.run = Some(Arc::new(training_args::run_from_log(log)?));
    }
    let draws_losses = has_loss && arguments.log.is_none();
    if let Some(option) = training_args.hyperparameters.first_training_option()
        && !draws_losses
        && epochs.is_none()
    {
        bail!("{option} is for training: say with --epochs how long, or ask for --pane loss");
    }
    let is_other_panel = |panel: &&FigurePanel| **panel != loss_panel;
    let panels_needing_data = spec
        .panels
        .iter()
        .filter(|panel| is_other_panel(panel) || draws_losses);
    let panels_needing_data: Vec<FigurePanel> = panels_needing_data.copied().collect();
    let profiles = arguments.style.has_loss_profiles().then_some("--strips loss");
    let job = training_args.prepare(&mut session, &panels_needing_data, epochs.or(profiles))?;
    let training = job
        .as_ref()
        .filter(|_| draws_losses || epochs.is_some())
        .map(|job| FigureTraining {
            job,
            shows_trained_network: epochs.is_some(),
        });
    spec.has_log_loss_axis = training_args.log_axis;
    spec.embeds_document = !arguments.no_state;
    arguments.axis.apply(spec, session.architecture())?;
    arguments.style.check(spec, session.architecture())?;
    spec.snapshot = arguments.style.snapshot_index(session.document())?;
    // A network that lacks something the figure needs is reported before anything is drawn.
    let _checked: Session = spec.open_session(session.document())?;
    let options = OutputOptions {
        format: format_from_path(&arguments.output)?,
        text: if arguments.outline {
            TextMode::Outlines
        } else {
            TextMode::EmbeddedFonts
        },
        dpi: arguments.dpi.as_deref().map(values::parse_dpi).transpose()?,
    };
    if let Some(rows) = &rows {
        let batch = figure_batch::FigureBatch {
            style: &arguments.style,
            subject: &figure_subject,
            training,
            options,
        };
        return figure_batch::run(&session, &batch, rows, &arguments.output);
    }
    if let Some(training) = training {
        training.train(&mut figure_subject, &mut session)?;
    }
    let mut headless = arguments.style.headless_context();
    let bytes = render(&figure_subject, &mut headless, &session, options)?;
    Ok(write_atomically(&arguments.output, &bytes)?)
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
        (OutputFormat::Image(image_format), FigureSubject::Window(spec)) => {
            Ok(window::draw(spec, session)?.to_bytes(image_format, options.text, options.dpi)?)
        }
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
