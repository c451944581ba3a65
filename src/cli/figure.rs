//! `neurodial figure`: panes of a document as SVG, PNG or PDF; curves as CSV; the formula as LaTeX.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};

use crate::code::latex;
use crate::figure::Studio;
use crate::figure::svg::Text;
use crate::insight::{Insight, Tabulated};
use crate::look::Mode;
use crate::network::{Blueprint, NeuronAt};
use crate::panes::plate::{Exhibit, Kind, Length, Plate, table};
use crate::panes::{Labels, Pane};
use crate::session::file::write_atomically;
use crate::session::target::address;
use crate::session::{Document, Quantity, Scope, Session, Target, View, Whose};
use crate::words::{parse_number, shortened};

use super::lesson::Lesson;
use super::tuition::{self, Tuition};
use super::{batch, source, window};

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
    #[arg(long, value_name = "N")]
    dpi: Option<f32>,
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

/// How a figure looks and what it shows; common to all commands that draw.
#[derive(Debug, Clone, clap::Args)]
pub struct Style {
    #[arg(long, value_name = "PANE,…", default_value = "diagram", help = panes_help())]
    pane: String,
    /// The colours: print, light, dark or gray
    #[arg(long, value_name = "LOOK", default_value = "print")]
    look: String,
    /// The width: 85mm, 12cm, 3.5in, 240pt or 600px; 170mm if not told
    #[arg(long, value_name = "LENGTH")]
    pub(super) width: Option<String>,
    /// The height; by default what the panes need
    #[arg(long, value_name = "LENGTH")]
    height: Option<String>,
    /// The size of running text in points, such as 8pt
    #[arg(long, value_name = "SIZE")]
    font_size: Option<String>,
    /// Text with serifs, for a paper that is set so
    #[arg(long)]
    serif: bool,
    /// How many decimals numbers have, 0 to 12
    #[arg(long, value_name = "N", default_value_t = 3, allow_hyphen_values = true)]
    decimals: i64,
    /// Which weights stand on their edges: all, selected or none
    #[arg(long, value_name = "WHICH")]
    labels: Option<String>,
    /// No ground under the figure
    #[arg(long)]
    transparent: bool,
    /// The neuron that stands out, such as 'neuron[1,2]' (layer, neuron)
    #[arg(long, value_name = "NEURON")]
    select: Option<String>,
    /// The pin whose state is shown as a ghost beside the present one, by name or number
    #[arg(long, value_name = "PIN")]
    pin: Option<String>,
    /// What a family varies, such as 'b[1,2]'; by default the bias of the neuron
    #[arg(long, value_name = "PLACE")]
    vary: Option<String>,
    /// The values of a family, such as -2,-1,0,1,2; by default nine over the range
    #[arg(long, value_name = "N,N,…", allow_hyphen_values = true)]
    values: Option<String>,
    /// What the curves show: output or sum
    #[arg(long, value_name = "WHICH", default_value = "output")]
    quantity: String,
    /// Whose curves: neuron, layer or network; by default the selected neuron’s, or all outputs
    #[arg(long, value_name = "WHICH")]
    curves: Option<String>,
}

/// What curves, maps and landscapes are drawn over.
#[derive(Debug, Clone, clap::Args)]
struct Axis {
    /// What the curves are drawn over, such as 'x[1]', 'w[1,2,3]' or 'b[1,2]'; for a map and a landscape across
    #[arg(long, value_name = "PLACE")]
    over: Option<String>,
    /// What a map and a landscape are drawn over upwards; a landscape over one knob is a curve
    #[arg(long, value_name = "PLACE")]
    up: Option<String>,
    /// The lower end of that axis
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    from: Option<String>,
    /// The upper end of that axis
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    to: Option<String>,
}

impl Axis {
    /// Gives it to a figure of a network.
    fn set(&self, plate: &mut Plate, blueprint: &Blueprint) -> anyhow::Result<()> {
        plate.over = self.over.as_deref().map(place).transpose()?;
        let up = self.up.as_deref().map(place).transpose()?;
        let shows = |pane: Pane| plate.exhibits.contains(&pane.into());
        let [has_map, has_landscape] = [Pane::Map, Pane::Landscape].map(shows);
        if up.is_some() && !has_map && !has_landscape {
            bail!("--up is for --pane map and --pane landscape");
        }
        let is_told = plate.over.is_some() || up.is_some();
        if has_map && is_told {
            let [first, second] = View::of(blueprint).map_over;
            let across = plate
                .over
                .unwrap_or(if up == Some(first) { second } else { first });
            let other = if across == second { first } else { second };
            plate.map_over = Some([across, up.unwrap_or(other)]);
        }
        if has_landscape && is_told {
            let knob = |target: Target| match target {
                Target::Knob(knob) => Ok(knob),
                Target::Input(_) => {
                    bail!("a landscape of the loss is over weights and biases, not over {target}")
                }
            };
            let first = View::of(blueprint).landscape_over.0;
            let across = plate.over.map_or(Ok(first), knob)?;
            plate.landscape_over = Some((across, up.map(knob).transpose()?));
        }
        plate.from = self
            .from
            .as_deref()
            .map(parse_number)
            .transpose()
            .context_of("--from")?;
        plate.to = self
            .to
            .as_deref()
            .map(parse_number)
            .transpose()
            .context_of("--to")?;
        Ok(())
    }
}

/// What is to be drawn.
#[derive(Clone)]
pub enum Subject {
    /// Panes on paper.
    Plate(Box<Plate>),
    /// The whole window.
    Window(Box<Plate>),
}

impl Subject {
    /// Trains a copy of the network, so that the losses can be drawn.
    ///
    /// # Errors
    /// One sentence: settings that make no sense.
    pub fn learn(&mut self, document: &Document, lesson: &Lesson) -> anyhow::Result<()> {
        let (Self::Plate(plate) | Self::Window(plate)) = self;
        Tuition::draw_losses(plate, document, lesson)
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
    if let Some(log) = &arguments.log {
        if !has_loss {
            bail!("--log is for --pane loss");
        }
        plate.run = Some(Arc::new(tuition::run_from_log(log)?));
    }
    let needing: Vec<Exhibit> = plate.exhibits.clone();
    let needing = needing
        .into_iter()
        .filter(|exhibit| *exhibit != loss || arguments.log.is_none());
    let lesson = tuition.prepare(&mut session, &needing.collect::<Vec<_>>(), false)?;
    let to_learn = lesson.as_ref().filter(|_| has_loss && arguments.log.is_none());
    plate.log_loss = tuition.log_axis;
    plate.has_state = !arguments.no_state;
    arguments.axis.set(plate, session.blueprint())?;
    plate.pin = arguments.style.pin(session.document())?;
    // What the network lacks is told before anything is drawn.
    let _checked: Session = plate.session(session.document())?;
    if let Some(dpi) = arguments.dpi
        && !(1.0..=10_000.0).contains(&dpi)
    {
        bail!("--dpi is 1 to 10000, not {dpi}");
    }
    let writing = Writing {
        format: format_of(&arguments.output)?,
        text: if arguments.outline {
            Text::Outlined
        } else {
            Text::Embedded
        },
        dpi: arguments.dpi,
    };
    if let Some(rows) = &rows {
        let order = batch::Order {
            style: &arguments.style,
            subject: &subject,
            to_learn,
            writing,
        };
        return batch::run(&session, &order, rows, &arguments.output);
    }
    if let Some(lesson) = to_learn {
        subject.learn(session.document(), lesson)?;
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

impl Style {
    /// A studio with the wanted type.
    pub fn studio(&self) -> Studio {
        if self.serif {
            Studio::with_serifs()
        } else {
            Studio::new()
        }
    }

    /// Whether the window can be drawn so.
    fn check_window(&self) -> anyhow::Result<()> {
        let refused = [
            (self.serif, "--serif"),
            (self.font_size.is_some(), "--font-size"),
            (self.labels.is_some(), "--labels"),
            (self.transparent, "--transparent"),
            (matches!(self.look.as_str(), "gray" | "grey"), "--look gray"),
        ];
        match refused.into_iter().find(|(is_given, _)| *is_given) {
            Some((_, option)) => bail!("the window is drawn as it is on a screen, without {option}"),
            None => Ok(()),
        }
    }

    /// The pin that is asked for, counted from 0.
    ///
    /// # Errors
    /// One sentence that says which pins there are.
    pub fn pin(&self, document: &Document) -> anyhow::Result<Option<usize>> {
        let Some(wanted) = self.pin.as_deref().map(str::trim) else {
            return Ok(None);
        };
        let pins = &document.pins;
        let named = pins.iter().position(|pin| pin.name == wanted);
        let numbered = || {
            wanted
                .parse::<usize>()
                .ok()?
                .checked_sub(1)
                .filter(|&pin| pin < pins.len())
        };
        if let Some(pin) = named.or_else(numbered) {
            return Ok(Some(pin));
        }
        if pins.is_empty() {
            bail!("--pin: this document has no pins; P in the window keeps its state as one");
        }
        let names: Vec<_> = pins
            .iter()
            .map(|pin| format!("“{}”", shortened(&pin.name)))
            .collect();
        bail!(
            "--pin: there is no pin “{}”; the pins are {}, or 1 to {}",
            shortened(wanted),
            names.join(", "),
            pins.len()
        );
    }

    /// What is asked for.
    ///
    /// # Errors
    /// One sentence that names the option and what it may be.
    pub fn subject(&self) -> anyhow::Result<Subject> {
        let names: Vec<&str> = self.pane.split(',').map(str::trim).collect();
        let is_window = names == ["window"];
        if is_window {
            self.check_window()?;
        }
        let width = match &self.width {
            Some(text) => text.parse().context_of("--width")?,
            None if is_window => window::WIDTH,
            None => Length::millimetres(170.0),
        };
        let plate = Plate {
            exhibits: if is_window { Vec::new() } else { exhibits(&names)? },
            mode: match mode(&self.look)? {
                Mode::Print if is_window => Mode::Light,
                mode => mode,
            },
            width,
            height: self
                .height
                .as_deref()
                .map(str::parse)
                .transpose()
                .context_of("--height")?,
            type_size: self.font_size.as_deref().map(type_size).transpose()?,
            labels: self.labels.as_deref().map(labels).transpose()?,
            decimals: match self.decimals {
                decimals @ 0..=12 => decimals as usize,
                other => bail!("--decimals is 0 to 12, not {other}"),
            },
            selected: self.select.as_deref().map(neuron).transpose()?,
            pin: None,
            run: None,
            log_loss: false,
            map_over: None,
            map_whose: Whose::Selected,
            landscape_over: None,
            over: None,
            from: None,
            to: None,
            y: None,
            varied: self.vary.as_deref().map(place).transpose()?,
            values: self
                .values
                .as_deref()
                .map(numbers)
                .transpose()?
                .unwrap_or_default(),
            quantity: match self.quantity.as_str() {
                "output" => Quantity::Output,
                "sum" => Quantity::PreActivation,
                other => bail!("--quantity is output or sum, not “{}”", shortened(other)),
            },
            scope: self.curves.as_deref().map(scope).transpose()?,
            is_transparent: self.transparent,
            has_state: true,
        };
        Ok(if is_window {
            Subject::Window(Box::new(plate))
        } else {
            Subject::Plate(Box::new(plate))
        })
    }
}

fn panes_help() -> String {
    let names = Exhibit::names().join(", ");
    format!("What is shown: {names}, or window; several side by side with commas")
}

/// Puts the option in front of what is wrong with it.
trait ContextOf<T> {
    fn context_of(self, option: &'static str) -> anyhow::Result<T>;
}

impl<T, E: std::fmt::Display> ContextOf<T> for Result<T, E> {
    fn context_of(self, option: &'static str) -> anyhow::Result<T> {
        self.map_err(|e| anyhow::anyhow!("{option}: {e}"))
    }
}

fn exhibits(names: &[&str]) -> anyhow::Result<Vec<Exhibit>> {
    const MOST: usize = 6;
    if names.len() > MOST {
        bail!("a figure has at most {MOST} panes side by side");
    }
    let exhibit = |&name: &&str| {
        Exhibit::named(name).with_context(|| match name {
            "window" => "the window stands alone: --pane window".to_owned(),
            _ => format!(
                "there is no pane “{}”; the panes are {} and window",
                shortened(name),
                Exhibit::names().join(", ")
            ),
        })
    };
    names.iter().map(exhibit).collect()
}

fn numbers(text: &str) -> anyhow::Result<Vec<f64>> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator)
        .map(parse_number)
        .collect::<Result<_, _>>()
        .context_of("--values")
}

fn type_size(text: &str) -> anyhow::Result<f32> {
    const SIZES: std::ops::RangeInclusive<f32> = 2.0..=200.0;
    let number = text.trim().trim_end_matches("pt").trim();
    match number.parse::<f32>() {
        Ok(size) if SIZES.contains(&size) => Ok(size),
        _ => bail!("--font-size is 2pt to 200pt, not “{}”", shortened(text)),
    }
}

/// The colours that a look means.
pub(super) fn mode(look: &str) -> anyhow::Result<Mode> {
    match look {
        "print" => Ok(Mode::Print),
        "light" => Ok(Mode::Light),
        "dark" => Ok(Mode::Dark),
        "gray" | "grey" => Ok(Mode::Gray),
        other => bail!("--look is print, light, dark or gray, not “{}”", shortened(other)),
    }
}

fn labels(text: &str) -> anyhow::Result<Labels> {
    match text {
        "all" => Ok(Labels::All),
        "selected" => Ok(Labels::Selected),
        "none" => Ok(Labels::None),
        other => bail!("--labels is all, selected or none, not “{}”", shortened(other)),
    }
}

fn scope(text: &str) -> anyhow::Result<Scope> {
    match text {
        "neuron" => Ok(Scope::Neuron),
        "layer" => Ok(Scope::Layer),
        "network" => Ok(Scope::Network),
        other => bail!("--curves is neuron, layer or network, not “{}”", shortened(other)),
    }
}

/// A neuron's address, counted from 1.
pub(super) fn neuron(text: &str) -> anyhow::Result<NeuronAt> {
    match address(text) {
        Some(("neuron", at)) if at.len() == 2 => Ok(NeuronAt {
            layer: at[0],
            neuron: at[1],
        }),
        _ => bail!(
            "“{}” is no neuron; write it like neuron[1,2]: layer and neuron, counted from 1",
            shortened(text)
        ),
    }
}

/// The place of something that can be swept.
pub(super) fn place(text: &str) -> anyhow::Result<Target> {
    Target::parse(text).with_context(|| {
        format!(
            "“{}” can’t be swept; write it like x[1], w[1,2,3] or b[1,2], counted from 1",
            shortened(text)
        )
    })
}
