//! `neurodial animate`: a knob or an input is swept, or all knobs are trained, and panes move with it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};

use egui_figure::Studio;
use egui_figure::animation::{self, Movie};
use egui_figure::png::{Raster, raster};
use egui_figure::svg::Text;
use neurodial_core::insight::{Insight, tight_fit_y};
use crate::panes::Pane;
use crate::panes::plate::{Length, Plate, Printed};
use neurodial_core::session::file::{replace_folder, write_atomically};
use neurodial_core::session::{Action, Document, Run, Session, Target};
use neurodial_core::words::{parse_number, shortened};

use super::figure::values::place;
use super::figure::{Style, Subject};
use super::lesson::Lesson;
use super::tuition::Tuition;
use super::{source, window};

/// The most pictures of an animation.
const MOST_FRAMES: usize = 3_000;
/// The most pixels of all pictures together; they are in memory, 4 bytes each.
const MOST_PIXELS: u64 = 1_000_000_000;
/// Set when the person asks to stop.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// What `animate` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A preset’s name or a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// What moves, such as 'b[1,1]', 'w[1,2,3]' or 'x[1]'
    #[arg(long, value_name = "PLACE", required_unless_present = "training")]
    over: Option<String>,
    /// Training moves, from the document’s knobs to the end of all epochs
    #[arg(long, conflicts_with_all = ["over", "from", "to", "back"])]
    training: bool,
    #[command(flatten)]
    tuition: Tuition,
    /// Where it starts; by default the lower end of its range
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    from: Option<String>,
    /// Where it ends; by default the upper end of its range
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    to: Option<String>,
    /// How long it takes
    #[arg(long, value_name = "N", default_value_t = 4.0, allow_hyphen_values = true)]
    seconds: f64,
    /// Pictures a second, 1 to 50
    #[arg(long, value_name = "N", default_value_t = 25, allow_hyphen_values = true)]
    rate: u32,
    /// There and back again
    #[arg(long)]
    back: bool,
    /// What curves are drawn over, such as 'x[2]'; by default the first input
    #[arg(long, value_name = "PLACE")]
    axis: Option<String>,
    /// The file to write: .gif, .png (animated), or a folder for numbered pictures, such as frames/
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    style: Style,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    File(Movie),
    Folder,
}

/// Draws all pictures, and then writes.
///
/// # Errors
/// A request that makes no sense, or a file that can’t be written. If it is stopped, nothing is written.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let mut session = source::open(&arguments.document)?;
    let over = arguments.over.as_deref().map(place).transpose()?;
    let values = over
        .map(|over| arguments.values(session.document(), over))
        .transpose()?;
    let output = output_of(&arguments.output)?;
    let mut style = arguments.style.clone();
    style.width.get_or_insert_with(|| "800px".to_owned());
    let mut subject = style.subject()?;
    // If the handler can’t be set, the program ends at once as usual; and nothing is written before the end.
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
    let motion = {
        let (Subject::Plate(plate) | Subject::Window(plate)) = &mut subject;
        let lesson = arguments.lesson(&mut session, plate)?;
        plate.log_loss = arguments.tuition.log_axis;
        plate.pin = style.pin(session.document())?;
        style.check(plate, session.blueprint())?;
        plate.over = arguments.axis.as_deref().map(place).transpose()?;
        let motion = match (over, values, lesson) {
            (Some(over), Some(values), lesson) => {
                let has_loss = plate.exhibits.contains(&Pane::Training.into());
                if let Some(option) = arguments.for_training()
                    && !has_loss
                {
                    bail!("{option} is for --training and for --pane loss");
                }
                if let Some(lesson) = lesson.filter(|_| has_loss) {
                    let trained = Tuition::train_all(session.document(), &lesson)?;
                    plate.run = Some(Arc::new(trained.run));
                }
                Motion::Sweep { over, values }
            }
            (.., Some(lesson)) => arguments.trained(session.document(), &lesson)?,
            _ => bail!("--training needs data; say with --data what to learn"),
        };
        plate.y = Some(common_axis(plate, &session, &motion)?);
        motion
    };
    let frames = frames(&mut subject, &style, &session, &motion)?;
    let hundredths = (100.0 / f64::from(arguments.rate)).round() as u16;
    match output {
        Output::File(movie) => {
            let bytes = animation::write(movie, &frames, hundredths)?;
            stop_if_asked()?;
            Ok(write_atomically(&arguments.output, &bytes)?)
        }
        Output::Folder => {
            let files: Vec<(String, Vec<u8>)> = frames
                .iter()
                .enumerate()
                .map(|(index, frame)| Ok((format!("{:04}.png", index + 1), animation::still(frame)?)))
                .collect::<anyhow::Result<_>>()?;
            stop_if_asked()?;
            Ok(replace_folder(&arguments.output, &files)?)
        }
    }
}

/// What moves from picture to picture.
enum Motion {
    /// A number.
    Sweep {
        /// Which.
        over: Target,
        /// Its value in each picture.
        values: Vec<f64>,
    },
    /// All knobs, while they are trained.
    Training {
        /// All of the training.
        run: Run,
        /// The epoch of each picture and its knobs, which several pictures may share.
        pictures: Vec<(usize, Rc<[f64]>)>,
    },
}

impl Motion {
    fn count(&self) -> usize {
        match self {
            Self::Sweep { values, .. } => values.len(),
            Self::Training { pictures, .. } => pictures.len(),
        }
    }

    /// The session of a picture.
    fn session(&self, session: &Session, index: usize) -> anyhow::Result<Session> {
        let mut session = session.clone();
        match self {
            Self::Sweep { over, values } => {
                session.apply(Action::UnlockAll)?;
                let (target, value) = (*over, values[index]);
                session.apply(Action::Set { target, value })?;
            }
            Self::Training { pictures, .. } => {
                session.apply(Action::SetKnobs(pictures[index].1.to_vec()))?;
            }
        }
        Ok(session)
    }

    /// How far training has come in a picture.
    fn run(&self, index: usize) -> Option<Run> {
        match self {
            Self::Sweep { .. } => None,
            Self::Training { run, pictures } => Some(Run {
                at: pictures[index].0,
                ..run.clone()
            }),
        }
    }
}

impl Arguments {
    /// The number of pictures.
    fn count(&self) -> anyhow::Result<usize> {
        if !(1..=50).contains(&self.rate) {
            bail!("--rate is 1 to 50 pictures a second, not {}", self.rate);
        }
        let count = (self.seconds * f64::from(self.rate)).round();
        if !(count >= 2.0 && count <= MOST_FRAMES as f64) {
            bail!(
                "{} seconds at {} pictures a second are no 2 to {MOST_FRAMES} pictures",
                self.seconds,
                self.rate
            );
        }
        Ok(count as usize)
    }

    /// The data, where panes show some or training moves.
    fn lesson(&self, session: &mut Session, plate: &Plate) -> anyhow::Result<Option<Lesson>> {
        let strips = self.style.has_loss_strips().then_some("--strips loss");
        let needed_by = self.training.then_some("--training").or(strips);
        self.tuition.prepare(session, &plate.exhibits, needed_by)
    }

    /// The first option that is given and has no effect without training.
    fn for_training(&self) -> Option<&'static str> {
        let settings = &self.tuition.settings;
        let epochs = settings.epochs.map(|_| "--epochs");
        epochs.or_else(|| settings.for_training())
    }

    /// Trains, and spreads the epochs evenly over the pictures.
    fn trained(&self, document: &Document, lesson: &Lesson) -> anyhow::Result<Motion> {
        const MOST_NUMBERS: usize = 50_000_000;
        let count = self.count()?;
        let epoch_of = |index: usize, epochs: usize| {
            // To the nearest; exact, so that it is the same on every machine.
            (2 * index * epochs + count - 1) / (2 * (count - 1))
        };
        let epochs = lesson.course.choice().epochs;
        let knobs = document.network.blueprint().knob_count();
        if knobs.saturating_mul(count.min(epochs + 1)) > MOST_NUMBERS {
            bail!("{count} pictures of {knobs} knobs are too much; ask for fewer seconds or a lower rate");
        }
        let wanted: BTreeSet<usize> = (0..count).map(|index| epoch_of(index, epochs)).collect();
        let mut trained = Tuition::train(document, lesson, &STOPPED, |epoch| wanted.contains(&epoch))?;
        let end = trained.run.at;
        if end < epochs {
            // It has ended early; what there is fills all pictures.
            let wanted: BTreeSet<usize> = (0..count).map(|index| epoch_of(index, end)).collect();
            trained = Tuition::train(document, lesson, &STOPPED, |epoch| wanted.contains(&epoch))?;
        }
        let kept: BTreeMap<usize, Rc<[f64]>> = trained
            .kept
            .into_iter()
            .map(|(epoch, knobs)| (epoch, knobs.into()))
            .collect();
        let pictures = (0..count).filter_map(|index| {
            let epoch = epoch_of(index, end);
            Some((epoch, Rc::clone(kept.get(&epoch)?)))
        });
        Ok(Motion::Training {
            run: trained.run,
            pictures: pictures.collect(),
        })
    }

    /// The value in each picture.
    fn values(&self, document: &Document, over: Target) -> anyhow::Result<Vec<f64>> {
        let Some(_present) = document.value(over) else {
            bail!("this network has no {over}");
        };
        let range = document.range(over);
        let end = |text: &Option<String>, option: &str, other: f64| match text {
            Some(text) => parse_number(text).with_context(|| format!("{option}: “{}”", shortened(text))),
            None => Ok(other),
        };
        let from = end(&self.from, "--from", range.min)?;
        let to = end(&self.to, "--to", range.max)?;
        let count = self.count()?;
        let share = |index: usize| {
            let share = index as f64 / (count - 1) as f64;
            match self.back {
                true => 1.0 - (2.0 * share - 1.0).abs(),
                false => share,
            }
        };
        Ok((0..count)
            .map(|index| from + (to - from) * share(index))
            .collect())
    }
}

fn output_of(path: &Path) -> anyhow::Result<Output> {
    let ending = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match ending.as_str() {
        "gif" => Ok(Output::File(Movie::Gif)),
        "png" | "apng" => Ok(Output::File(Movie::Apng)),
        "" => Ok(Output::Folder),
        _ => bail!(
            "“{}” has no ending that says the format: .gif, .png (animated), or a folder such as frames/",
            shortened(&path.to_string_lossy())
        ),
    }
}

/// An axis of the values that holds the curves of all pictures, so that it stands still.
fn common_axis(plate: &Plate, session: &Session, motion: &Motion) -> anyhow::Result<[f64; 2]> {
    const LOOKS: usize = 32;
    let count = motion.count();
    let every = count.div_ceil(LOOKS).max(1);
    let mut axis: Option<[f64; 2]> = None;
    for index in (0..count).step_by(every).chain(count.checked_sub(1)) {
        let changed = motion.session(session, index)?;
        let shown = plate.session(changed.document())?;
        let [low, high] = tight_fit_y(&Insight::new(&shown).sweep().curves);
        let [least, most] = axis.unwrap_or([low, high]);
        axis = Some([least.min(low), most.max(high)]);
    }
    axis.context("there is no picture to draw")
}

fn frames(
    subject: &mut Subject,
    style: &Style,
    session: &Session,
    motion: &Motion,
) -> anyhow::Result<Vec<Raster>> {
    let count = motion.count();
    let progress = ProgressBar::new(count as u64);
    if let Ok(look) = ProgressStyle::with_template("{bar:30} picture {pos} of {len}, {eta} left") {
        progress.set_style(look);
    }
    let mut studio = style.studio();
    let mut frames = Vec::with_capacity(count);
    for index in 0..count {
        stop_if_asked()?;
        let session = motion.session(session, index)?;
        if let Some(run) = motion.run(index) {
            let (Subject::Plate(plate) | Subject::Window(plate)) = &mut *subject;
            plate.run = Some(Arc::new(run));
        }
        let printed = draw(subject, &mut studio, &session)?;
        let pixels = printed.pixels(None)?;
        if u64::from(pixels[0]) * u64::from(pixels[1]) * count as u64 > MOST_PIXELS {
            bail!("{count} pictures of this size are too much; ask for a smaller width or fewer seconds");
        }
        // All pictures have the size of the first.
        keep_height(subject, printed.page[1]);
        frames.push(raster(&printed.svg(Text::Embedded)?, pixels)?);
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(frames)
}

fn draw(subject: &Subject, studio: &mut Studio, session: &Session) -> anyhow::Result<Printed> {
    match subject {
        Subject::Plate(plate) => Ok(plate.draw(studio, session.document())?),
        Subject::Window(plate) => window::draw(plate, session),
    }
}

fn keep_height(subject: &mut Subject, height: Length) {
    let (Subject::Plate(plate) | Subject::Window(plate)) = subject;
    plate.height = Some(height);
    plate.may_cut = true;
    // What is drawn carries no document: a moving picture has none of its own.
    plate.has_state = false;
}

fn stop_if_asked() -> anyhow::Result<()> {
    if STOPPED.load(Ordering::Relaxed) {
        bail!("stopped; nothing was written");
    }
    Ok(())
}
