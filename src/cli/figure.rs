//! `neurodial figure`: panes of a document as SVG, PNG or PDF; curves as CSV; the formula as LaTeX.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use crate::panes::Pane;
use crate::panes::pane_info::PlotKind;
use neurodial_core::session::{Session, ViewChange};

use super::document_arg::{self, DocumentArg};
use super::figure_args::{AxisArgs, FigureStyleArgs, check_pane_option, has_plot};
use super::figure_rows::FigureRows;
use super::figure_subject::{FigureTraining, OutputFormat, OutputOptions};
use super::training_args::{self, FigureTrainingArgs};
use super::{font_args, output, values};

/// The arguments of `figure`.
#[derive(Debug, clap::Args)]
pub struct FigureArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// The file to write; its extension selects the format: .svg, .png, or .pdf; .csv for the curves, .tex for the
    /// network diagram (TikZ) or the formula. With --rows, the number of the row replaces {} in the name, or is added to its end
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    style: FigureStyleArgs,
    #[command(flatten)]
    axis: AxisArgs,
    /// Draw one figure per row of a table: each row sets the knobs and inputs that are named in the header, such as
    /// w[1,1,2]
    #[arg(long, value_name = "FILE.csv")]
    rows: Option<PathBuf>,
    /// The resolution of a PNG in dots per inch [default: 300, or 96 if the width is in pixels]
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = values::parse_dpi)]
    dpi: Option<f32>,
    /// Convert text to outlines, for programs without the fonts
    #[arg(long)]
    outline: bool,
    /// Do not embed the network in the file
    #[arg(long, alias = "no-state")]
    no_embed: bool,
    /// For --pane training: plot a log written by train --log instead of training
    #[arg(long, value_name = "FILE.csv")]
    log: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Data and training")]
    training_args: FigureTrainingArgs,
}

/// Draws the figure and writes the file.
///
/// # Errors
/// Returns an error if the options don’t fit together, or if the document can’t be opened or the file can’t
/// be written.
pub(crate) fn run(arguments: &FigureArgs) -> anyhow::Result<()> {
    let mut session = arguments.document.open_with_data()?;
    let fonts = arguments.style.fonts.load()?;
    let panels = arguments.style.panels()?;
    let format = OutputFormat::from_path(&arguments.output, &panels)?;
    let is_tikz = matches!(format, OutputFormat::Text(pane, _) if pane == Pane::default_figure());
    arguments.style.check_diagram_options(&panels, is_tikz)?;
    let mut training_args = arguments.training_args.clone();
    let mut rows = arguments.rows.clone();
    if rows.is_none() {
        rows = training_args.hyperparameters.take_row_file();
        if rows.is_some() {
            output::print_error_line(
                "note: --batch FILE.csv is now --rows FILE.csv; --batch is the batch size",
            );
        }
    }
    if rows.is_some() {
        training_args.data.has_rows = true;
    }
    arguments.check_output(&session, format, rows.as_deref())?;
    let has_loss = has_plot(&panels, PlotKind::Losses);
    let epochs = training_args.hyperparameters.epochs.map(|_| "--epochs");
    let mut logged_run = None;
    if let Some(log) = &arguments.log {
        check_pane_option("--log", &panels)?;
        if epochs.is_some() {
            bail!("--log plots a finished training run; leave out --epochs");
        }
        logged_run = Some(Arc::new(training_args::run_from_log(log)?));
    }
    let draws_losses = has_loss && arguments.log.is_none();
    if let Some(option) = training_args.hyperparameters.first_training_option()
        && !draws_losses
        && epochs.is_none()
    {
        bail!("{option} has no effect without training; add --epochs N or --pane training");
    }
    let panels_needing_data = panels
        .iter()
        .filter(|pane| !pane.has_plot(PlotKind::Losses) || draws_losses);
    let panels_needing_data: Vec<Pane> = panels_needing_data.copied().collect();
    let profiles = arguments.style.has_loss_profiles().then_some("--profiles loss");
    let job = training_args.prepare(&mut session, &panels_needing_data, epochs.or(profiles))?;
    let training = job
        .as_ref()
        .filter(|_| draws_losses || epochs.is_some())
        .map(|job| FigureTraining {
            job,
            shows_trained_network: epochs.is_some(),
        });
    session.apply(ViewChange::ShowLogLoss(training_args.log_axis))?;
    arguments.style.change_view(&panels, &mut session)?;
    arguments.axis.change_view(&panels, &mut session)?;
    let mut subject = arguments.style.subject(panels, &session, fonts.clone());
    subject.spec.run = logged_run;
    subject.spec.embeds_document = !arguments.no_embed;
    let options = OutputOptions {
        format,
        text: values::text_mode(arguments.outline),
        dpi: arguments.dpi,
    };
    if let Some(rows) = &rows {
        let figures = FigureRows {
            subject: &subject,
            table: &training_args.data.table,
            training,
            options,
        };
        figures.write(&session, rows, &arguments.output)?;
        font_args::report_installed_fonts(&fonts);
        return Ok(());
    }
    if let Some(training) = training {
        training.train(&mut subject, &mut session)?;
    }
    let bytes = subject.to_bytes(&mut subject.headless_context(), &session, options)?;
    output::write_file(&arguments.output, &bytes)?;
    font_args::report_installed_fonts(&fonts);
    Ok(())
}

impl FigureArgs {
    /// Checks that no file that is read is overwritten. A figure may be drawn anew from the document in it.
    fn check_output(
        &self,
        session: &Session,
        format: OutputFormat,
        rows: Option<&Path>,
    ) -> anyhow::Result<()> {
        let keeps_document = matches!(format, OutputFormat::Image(_)) && !self.no_embed;
        let mut inputs = self.training_args.data.files().to_vec();
        inputs.push(("--log", self.log.as_deref()));
        inputs.push(("--rows", rows));
        if !keeps_document {
            inputs.push(("DOCUMENT", document_arg::file(session)));
        }
        output::check_not_an_input(("-o", &self.output), &inputs)
    }
}
