//! `neurodial figure`: panes of a document as SVG, PNG or PDF; curves as CSV; the formula as LaTeX.
//!
//! | file | contents |
//! | --- | --- |
//! | `axis_args` | the options for the axes of curves, maps and loss landscapes |
//! | `style_args` | the options for the style and content of a figure |
//! | [`values`] | parsers for the values of options |

mod axis_args;
pub(crate) mod style_args;
pub(crate) mod values;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;

use crate::figure_page::FigurePanel;
use crate::panes::Pane;
use egui_figure::svg::TextMode;
use neurodial_core::session::Session;
use neurodial_core::session::file::write_atomically;

use super::figure_subject::{FigureSubject, FigureTraining, OutputOptions, format_from_path, render};
use super::training_args::{self, FigureTrainingArgs};
use super::{document_arg, figure_batch, font_args};
use axis_args::AxisArgs;
use style_args::FigureStyleArgs;

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

/// Draws the figure and writes the file.
///
/// # Errors
/// Returns an error if the options don’t fit together, or if the document can’t be opened or the file can’t
/// be written.
pub(crate) fn run(arguments: &FigureArgs) -> anyhow::Result<()> {
    let mut session = document_arg::open(&arguments.document)?;
    let fonts = arguments.style.fonts.load()?;
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
            fonts: &fonts,
            subject: &figure_subject,
            training,
            options,
        };
        figure_batch::run(&session, &batch, rows, &arguments.output)?;
        font_args::report_installed_fonts(&fonts);
        return Ok(());
    }
    if let Some(training) = training {
        training.train(&mut figure_subject, &mut session)?;
    }
    let mut headless = arguments.style.headless_context(&fonts);
    let bytes = render(&figure_subject, &mut headless, &session, options)?;
    write_atomically(&arguments.output, &bytes)?;
    font_args::report_installed_fonts(&fonts);
    Ok(())
}
