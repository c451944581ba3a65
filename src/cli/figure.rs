//! `neurodial figure`: panes of a document as SVG, PNG or PDF; curves as CSV; the formula as LaTeX.
//!
//! | file | noun |
//! | --- | --- |
//! | `axis` | what curves, maps and landscapes are drawn over |
//! | [`Style`] | how a figure looks and what it shows |
//! | [`values`] | what the options may be |

mod axis;
mod style;
pub mod values;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use neurodial_core::code::latex;
use egui_figure::Studio;
use egui_figure::svg::Text;
use neurodial_core::insight::{Insight, Tabulated};
use crate::panes::Pane;
use crate::panes::plate::{Exhibit, Kind, Plate, table};
use neurodial_core::session::file::write_atomically;
use neurodial_core::session::{Action, Document, Session};
use neurodial_core::words::shortened;

use super::lesson::Lesson;
use super::tuition::{self, Trained, Tuition};
use super::{batch, source, window};
use axis::Axis;
pub use style::Style;

/// What `figure` is told.
#[derive(Debug, clap::Args)]
#[command(mut_arg("batch", |arg| arg.value_name("FILE.csv|NUMBER|all").help(
    "One figure a row of FILE.csv: each column, such as w[1,1,2], is set to the row’s number. While training: the \
     samples of a step, or all [default: 10]"
)))]
pub struct Arguments {
    /// A preset’s name or a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// The file to write; its ending says the format: svg, png or pdf; csv for curves, tex for the formula. With
    /// --batch the row’s number goes where the name has {}, or else before the ending
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    style: Style,
    #[command(flatten)]
    axis: Axis,
    /// Dots per inch of a png; 300 for a width on paper, 96 for one in pixels
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    dpi: Option<String>,
    /// Text as outlines, for programs without the fonts
    #[arg(long)]
    outline: bool,
    /// Leave the document out of the file
    #[arg(long)]
    no_state: bool,
    /// For --pane loss: draw what train --log wrote, instead of training
    #[arg(long, value_name = "FILE.csv")]
    log: Option<PathBuf>,
    #[command(flatten)]
    tuition: Tuition,
}

/// What is to be drawn.
#[derive(Clone)]
pub enum Subject {
    /// Panes on paper.
    Plate(Box<Plate>),
    /// The whole window.
    Window(Box<Plate>),
}

/// What is trained before anything is drawn.
#[derive(Clone, Copy)]
pub struct Learning<'a> {
    lesson: &'a Lesson,
    /// Whether the figure is of the trained network, as `--epochs` asks; without, the document only gets its losses.
    is_shown: bool,
}

impl Learning<'_> {
    /// Trains a copy of the network; then the subject has its losses, and the session is of what came of it if that is
    /// asked for.
    ///
    /// # Errors
    /// One sentence: settings that make no sense.
    pub fn learn(&self, subject: &mut Subject, session: &mut Session) -> anyhow::Result<()> {
        let (Subject::Plate(plate) | Subject::Window(plate)) = subject;
        let Trained { run, knobs, .. } = Tuition::train_all(session.document(), self.lesson)?;
        plate.run = Some(Arc::new(run));
        if self.is_shown {
            session.apply(Action::SetKnobs(knobs))?;
        }
        Ok(())
    }
}

/// The formats of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A picture.
    Picture(Kind),
    /// The points of the curves.
    Csv,
    /// The formula.
    Latex,
}

/// How a picture is written.
#[derive(Debug, Clone, Copy)]
pub struct Writing {
    /// The format.
    pub format: Format,
    /// How text is written.
    pub text: Text,
    /// Dots per inch.
    pub dpi: Option<f32>,
}

/// Draws and writes.
///
/// # Errors
/// A request that makes no sense, a document that can’t be opened, or a file that can’t be written: one sentence.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut session = source::open(&arguments.document)?;
    let mut subject = arguments.style.subject()?;
    let mut tuition = arguments.tuition.clone();
    let rows = tuition.settings.take_rows();
    let (Subject::Plate(plate) | Subject::Window(plate)) = &mut subject;
    let loss = Exhibit::from(Pane::Training);
    let has_loss = plate.exhibits.contains(&loss);
    let epochs = tuition.settings.epochs.map(|_| "--epochs");
    if let Some(log) = &arguments.log {
        if !has_loss {
            bail!("--log is for --pane loss");
        }
        if epochs.is_some() {
            bail!("--log draws a training that is over, so --epochs has no place beside it");
        }
        plate.run = Some(Arc::new(tuition::run_from_log(log)?));
    }
    let draws_losses = has_loss && arguments.log.is_none();
    if let Some(option) = tuition.settings.for_training()
        && !draws_losses
        && epochs.is_none()
    {
        bail!("{option} is for training: say with --epochs how long, or ask for --pane loss");
    }
    let is_others = |exhibit: &&Exhibit| **exhibit != loss;
    let needing = plate
        .exhibits
        .iter()
        .filter(|exhibit| is_others(exhibit) || draws_losses);
    let needing: Vec<Exhibit> = needing.copied().collect();
    let strips = arguments.style.has_loss_strips().then_some("--strips loss");
    let lesson = tuition.prepare(&mut session, &needing, epochs.or(strips))?;
    let learning = lesson
        .as_ref()
        .filter(|_| draws_losses || epochs.is_some())
        .map(|lesson| Learning {
            lesson,
            is_shown: epochs.is_some(),
        });
    plate.log_loss = tuition.log_axis;
    plate.has_state = !arguments.no_state;
    arguments.axis.set(plate, session.blueprint())?;
    arguments.style.check(plate, session.blueprint())?;
    plate.pin = arguments.style.pin(session.document())?;
    // What the network lacks is told before anything is drawn.
    let _checked: Session = plate.session(session.document())?;
    let writing = Writing {
        format: format_of(&arguments.output)?,
        text: if arguments.outline {
            Text::Outlined
        } else {
            Text::Embedded
        },
        dpi: arguments.dpi.as_deref().map(values::dpi).transpose()?,
    };
    if let Some(rows) = &rows {
        let order = batch::Order {
            style: &arguments.style,
            subject: &subject,
            learning,
            writing,
        };
        return batch::run(&session, &order, rows, &arguments.output);
    }
    if let Some(learning) = learning {
        learning.learn(&mut subject, &mut session)?;
    }
    let mut studio = arguments.style.studio();
    let bytes = bytes(&subject, &mut studio, &session, writing)?;
    Ok(write_atomically(&arguments.output, &bytes)?)
}

/// The file’s bytes.
pub fn bytes(
    subject: &Subject,
    studio: &mut Studio,
    session: &Session,
    writing: Writing,
) -> anyhow::Result<Vec<u8>> {
    match (writing.format, subject) {
        (Format::Picture(kind), Subject::Plate(plate)) => {
            Ok(plate
                .draw(studio, session.document())?
                .file(kind, writing.text, writing.dpi)?)
        }
        (Format::Picture(kind), Subject::Window(plate)) => {
            Ok(window::draw(plate, session)?.file(kind, writing.text, writing.dpi)?)
        }
        (format, Subject::Plate(plate)) => text(plate, session.document(), format).map(String::into_bytes),
        (_, Subject::Window(_)) => bail!("the window is a picture: its file ends in .svg, .png or .pdf"),
    }
}

fn text(plate: &Plate, document: &Document, format: Format) -> anyhow::Result<String> {
    let session = plate.session(document)?;
    let insight = Insight::new(&session);
    match (format, plate.exhibits.as_slice()) {
        (Format::Csv, [Exhibit::Pane(Pane::Curves)]) => {
            Ok(table::csv(insight.sweep(), &Tabulated::new(&session, &insight)))
        }
        (Format::Latex, [Exhibit::Pane(Pane::Formula)]) => {
            let network = &session.document().network;
            Ok(latex::formula(
                network,
                insight.trace(),
                session.view().selected,
                plate.decimals,
            ))
        }
        (Format::Csv, _) => bail!("a .csv file holds the points of the curves; ask for --pane curves"),
        (_, _) => bail!("a .tex file holds the formula; ask for --pane formula"),
    }
}

/// The format that a file’s ending asks for.
///
/// # Errors
/// If it is no known one.
pub fn format_of(path: &Path) -> anyhow::Result<Format> {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match ending.as_str() {
        "csv" => Ok(Format::Csv),
        "tex" => Ok(Format::Latex),
        other => match Kind::of_ending(other) {
            Some(kind) => Ok(Format::Picture(kind)),
            None => bail!(
                "“{}” has no ending that says the format: svg, png or pdf, csv for curves, tex for the formula",
                shortened(&path.to_string_lossy())
            ),
        },
    }
}
