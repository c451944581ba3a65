//! `neurodial animate`: an animation of panes while a knob or an input is swept, or while the network is
//! trained.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};

use crate::figure_page::{FigurePageError, FigureSpec, Length};
use crate::panes::Pane;
use crate::panes::pane_info::PlotKind;
use egui_figure::animation::{self, AnimationFormat};
use egui_figure::png::{self, Raster};
use egui_figure::svg::TextMode;
use neurodial_core::formats::frame_folder::replace_frame_folder;
use neurodial_core::insight::{Insight, fit_y_axis_tightly};
use neurodial_core::session::{Adjustable, Document, Edit, Session, TrainingRun, ViewChange};
use neurodial_core::text::{parse_number, shortened};

use super::document_arg::{self, DocumentArg};
use super::figure_args::{FigureStyleArgs, has_plot};
use super::figure_subject::FigureSubject;
use super::progress::Progress;
use super::training_args::FigureTrainingArgs;
use super::training_job::TrainingJob;
use super::values::{change_view, parse_adjustable};
use super::{font_args, output};

/// The highest number of frames of an animation.
const MAX_FRAMES: usize = 3_000;
/// The highest number of pixels of all frames together; they are in memory, 4 bytes each.
const MAX_PIXELS: u64 = 1_000_000_000;
/// True once Ctrl+C has been pressed.
static IS_STOPPED: AtomicBool = AtomicBool::new(false);

/// The arguments of `animate`.
#[derive(Debug, clap::Args)]
pub struct AnimateArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// The knob or input to sweep, such as 'b[1,1]', 'w[1,2,3]', or 'x[1]'
    #[arg(long, value_name = "PLACE", required_unless_present = "training", value_parser = parse_adjustable)]
    over: Option<Adjustable>,
    /// Animate training, from the current weights and biases to the last epoch
    #[arg(long, conflicts_with_all = ["over", "from", "to", "back"])]
    training: bool,
    /// The first value [default: the lower end of its range]
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = parse_number)]
    from: Option<f64>,
    /// The last value [default: the upper end of its range]
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = parse_number)]
    to: Option<f64>,
    /// The duration in seconds
    #[arg(long, value_name = "N", default_value_t = 4.0, allow_hyphen_values = true)]
    seconds: f64,
    /// The frames per second, from 1 to 50
    #[arg(long, value_name = "N", default_value_t = 25, allow_hyphen_values = true, value_parser = clap::value_parser!(u32).range(1..=50))]
    rate: u32,
    /// Play forward, then backward
    #[arg(long)]
    back: bool,
    /// The horizontal axis of curves, such as 'x[2]' [default: the first input]
    #[arg(long, value_name = "PLACE", value_parser = parse_adjustable)]
    axis: Option<Adjustable>,
    /// The file to write: .gif or .png (animated); or a folder for numbered frames, such as frames/
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    style: FigureStyleArgs,
    #[command(flatten, next_help_heading = "Data and training")]
    training_args: FigureTrainingArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AnimationOutput {
    File(AnimationFormat),
    /// A folder of numbered PNG files.
    Folder,
}

/// Draws all frames and then writes them.
///
/// # Errors
/// Returns an error if the options don’t fit together, a file can’t be written, or the animation is stopped;
/// then nothing is written.
pub(crate) fn run(arguments: &AnimateArgs) -> anyhow::Result<()> {
    let mut session = arguments.document.open_with_data()?;
    let fonts = arguments.style.fonts.load()?;
    let values = arguments
        .over
        .map(|over| arguments.sweep_values(session.document(), over))
        .transpose()?;
    let output = output_from_path(&arguments.output)?;
    let mut inputs = arguments.training_args.data.files().to_vec();
    inputs.push(("DOCUMENT", document_arg::file(&session)));
    output::check_not_an_input(("-o", &arguments.output), &inputs)?;
    let mut style = arguments.style.clone();
    style.width.get_or_insert(Length::pixels(800.0).into());
    let panels = style.panels()?;
    style.check_diagram_options(&panels, false)?;
    // If the handler can’t be set, Ctrl+C ends the program; that is fine, because nothing is written before
    // the end.
    let _ = ctrlc::set_handler(|| IS_STOPPED.store(true, Ordering::Relaxed));
    let job = arguments.training_job(&mut session, &panels)?;
    session.apply(ViewChange::ShowLogLoss(arguments.training_args.log_axis))?;
    style.change_view(&panels, &mut session)?;
    if let Some(axis) = arguments.axis {
        change_view(&mut session, "--axis", ViewChange::Sweep(axis))?;
    }
    let mut subject = style.subject(panels, &session, fonts.clone());
    let source = match (arguments.over, values, job) {
        (Some(adjustable), Some(values), job) => {
            let has_loss = has_plot(&subject.spec.panels, PlotKind::Losses);
            if let Some(option) = arguments.first_training_option()
                && !has_loss
            {
                bail!("{option} is for --training and for --pane training");
            }
            if let Some(job) = job.filter(|_| has_loss) {
                let trained = FigureTrainingArgs::train_all(session.document(), &job)?;
                subject.spec.run = Some(Arc::new(trained.run));
            }
            AnimationSource::Sweep { adjustable, values }
        }
        (.., Some(job)) => arguments.training_source(session.document(), &job)?,
        _ => bail!("--training needs a dataset; choose one with --data"),
    };
    let y_range = common_y_range(&subject.spec, &session, &source)?;
    subject.spec.view.curve_axes.y = Some(y_range);
    let frames = render_frames(&mut subject, &session, &source)?;
    font_args::report_installed_fonts(&fonts);
    let hundredths = (100.0 / f64::from(arguments.rate)).round() as u16;
    match output {
        AnimationOutput::File(format) => {
            let bytes = animation::encode(format, &frames, hundredths).map_err(FigurePageError::from)?;
            check_stopped()?;
            output::write_file(&arguments.output, &bytes)
        }
        AnimationOutput::Folder => {
            let files: Vec<(String, Vec<u8>)> = frames
                .iter()
                .enumerate()
                .map(|(index, frame)| Ok((format!("{:04}.png", index + 1), png::encode(frame, None, None)?)))
                .collect::<Result<_, FigurePageError>>()?;
            check_stopped()?;
            Ok(replace_frame_folder(&arguments.output, &files)?)
        }
    }
}

/// The change from frame to frame.
enum AnimationSource {
    /// A knob or an input is swept.
    Sweep {
        /// The knob or input.
        adjustable: Adjustable,
        /// Its value in each frame.
        values: Vec<f64>,
    },
    /// The network is trained.
    Training {
        run: TrainingRun,
        /// The epoch of each frame and its knobs; several frames may share them.
        frames: Vec<(usize, Rc<[f64]>)>,
    },
}

impl AnimationSource {
    fn frame_count(&self) -> usize {
        match self {
            Self::Sweep { values, .. } => values.len(),
            Self::Training { frames, .. } => frames.len(),
        }
    }

    /// Returns the session that a frame shows.
    fn session_at(&self, session: &Session, index: usize) -> anyhow::Result<Session> {
        let mut session = session.clone();
        match self {
            Self::Sweep { adjustable, values } => {
                session.apply(Edit::UnlockAll)?;
                let (target, value) = (*adjustable, values[index]);
                session.apply(Edit::Set { target, value })?;
            }
            Self::Training { frames, .. } => {
                session.apply(Edit::SetTrainedKnobs(frames[index].1.to_vec()))?;
            }
        }
        Ok(session)
    }

    /// Returns the run up to the epoch of a frame, if the network is trained.
    fn run_at(&self, index: usize) -> Option<TrainingRun> {
        match self {
            Self::Sweep { .. } => None,
            Self::Training { run, frames } => Some(TrainingRun {
                current_epoch: frames[index].0,
                ..run.clone()
            }),
        }
    }
}

impl AnimateArgs {
    fn frame_count(&self) -> anyhow::Result<usize> {
        let count = (self.seconds * f64::from(self.rate)).round();
        if !(count >= 2.0 && count <= MAX_FRAMES as f64) {
            bail!(
                "{} seconds at {} frames per second do not give 2 to {MAX_FRAMES} frames; change --seconds or --rate",
                self.seconds,
                self.rate
            );
        }
        Ok(count as usize)
    }

    /// Returns the data, if panes show it or the network is trained.
    fn training_job(&self, session: &mut Session, panels: &[Pane]) -> anyhow::Result<Option<TrainingJob>> {
        let profiles = self.style.has_loss_profiles().then_some("--profiles loss");
        let needed_by = self.training.then_some("--training").or(profiles);
        self.training_args.prepare(session, panels, needed_by)
    }

    /// Returns the name of the first given option that has no effect without training.
    fn first_training_option(&self) -> Option<&'static str> {
        let hyperparameters = &self.training_args.hyperparameters;
        let epochs = hyperparameters.epochs.map(|_| "--epochs");
        epochs.or_else(|| hyperparameters.first_training_option())
    }

    /// Trains the network and spreads the epochs evenly over the frames.
    fn training_source(&self, document: &Document, job: &TrainingJob) -> anyhow::Result<AnimationSource> {
        const MAX_NUMBERS: usize = 50_000_000;
        let count = self.frame_count()?;
        let epoch_of = |index: usize, epochs: usize| {
            // Integer division rounds to the nearest epoch exactly, so that it is the same on every machine.
            (2 * index * epochs + count - 1) / (2 * (count - 1))
        };
        let epochs = job.setup.config().epochs;
        let knobs = document.network.architecture().knob_count();
        if knobs.saturating_mul(count.min(epochs + 1)) > MAX_NUMBERS {
            bail!("{count} frames of {knobs} knobs need too much memory; use fewer seconds or a lower rate");
        }
        let needed_epochs: BTreeSet<usize> = (0..count).map(|index| epoch_of(index, epochs)).collect();
        let mut trained =
            FigureTrainingArgs::train(document, job, &IS_STOPPED, |epoch| needed_epochs.contains(&epoch))?;
        let end = trained.run.current_epoch;
        if end < epochs {
            // Training ended early; its epochs are spread over all frames.
            let needed_epochs: BTreeSet<usize> = (0..count).map(|index| epoch_of(index, end)).collect();
            trained = FigureTrainingArgs::train(document, job, &IS_STOPPED, |epoch| {
                needed_epochs.contains(&epoch)
            })?;
        }
        let knobs_by_epoch: BTreeMap<usize, Rc<[f64]>> = trained
            .kept_knobs
            .into_iter()
            .map(|(epoch, knobs)| (epoch, knobs.into()))
            .collect();
        let frames = (0..count).filter_map(|index| {
            let epoch = epoch_of(index, end);
            Some((epoch, Rc::clone(knobs_by_epoch.get(&epoch)?)))
        });
        Ok(AnimationSource::Training {
            run: trained.run,
            frames: frames.collect(),
        })
    }

    /// Returns the value of the swept knob or input in each frame.
    fn sweep_values(&self, document: &Document, over: Adjustable) -> anyhow::Result<Vec<f64>> {
        if document.value(over).is_none() {
            bail!("--over: this network has no {over}");
        };
        let range = document.range(over);
        let (from, to) = (self.from.unwrap_or(range.min), self.to.unwrap_or(range.max));
        let count = self.frame_count()?;
        let fraction = |index: usize| {
            let fraction = index as f64 / (count - 1) as f64;
            match self.back {
                true => 1.0 - (2.0 * fraction - 1.0).abs(),
                false => fraction,
            }
        };
        Ok((0..count)
            .map(|index| from + (to - from) * fraction(index))
            .collect())
    }
}

/// Returns the kind of output for a path’s extension.
fn output_from_path(path: &Path) -> anyhow::Result<AnimationOutput> {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    match extension.as_str() {
        "gif" => Ok(AnimationOutput::File(AnimationFormat::Gif)),
        "png" | "apng" => Ok(AnimationOutput::File(AnimationFormat::Apng)),
        "" => Ok(AnimationOutput::Folder),
        "mp4" | "webm" | "mov" | "mkv" | "avi" => bail!(
            "“{}” is a video, which is not written; use .gif, .png (animated), or a folder such as frames/, whose \
             pictures ffmpeg joins: ffmpeg -framerate 25 -i frames/%04d.png -pix_fmt yuv420p video.mp4",
            shortened(&path.to_string_lossy())
        ),
        _ => bail!(
            "“{}” has no known file extension; use .gif, .png (animated), or a folder such as frames/",
            shortened(&path.to_string_lossy())
        ),
    }
}

/// Returns a range of the vertical axis that contains the curves of all frames, so that the axis doesn’t
/// move.
fn common_y_range(
    spec: &FigureSpec,
    session: &Session,
    source: &AnimationSource,
) -> anyhow::Result<[f64; 2]> {
    const MAX_SAMPLED_FRAMES: usize = 32;
    let count = source.frame_count();
    let frame_step = count.div_ceil(MAX_SAMPLED_FRAMES).max(1);
    let mut axis: Option<[f64; 2]> = None;
    for index in (0..count).step_by(frame_step).chain(count.checked_sub(1)) {
        let changed = source.session_at(session, index)?;
        let shown = spec.open_panel_session(changed.document())?;
        let [low, high] = fit_y_axis_tightly(&Insight::new(&shown).sweep().curves);
        let [min, max] = axis.unwrap_or([low, high]);
        axis = Some([min.min(low), max.max(high)]);
    }
    axis.context("the animation has no frames")
}

fn render_frames(
    subject: &mut FigureSubject,
    session: &Session,
    source: &AnimationSource,
) -> anyhow::Result<Vec<Raster>> {
    let count = source.frame_count();
    let mut progress = Progress::for_terminal("frame", count);
    // An animation file has no place for a document, so frames don’t contain one.
    subject.spec.embeds_document = false;
    let mut headless = subject.headless_context();
    let mut frames = Vec::with_capacity(count);
    for index in 0..count {
        check_stopped()?;
        let session = source.session_at(session, index)?;
        if let Some(run) = source.run_at(index) {
            subject.spec.run = Some(Arc::new(run));
        }
        let figure = subject.draw(&mut headless, &session)?;
        let pixels = figure.pixel_size(None)?;
        if u64::from(pixels[0]) * u64::from(pixels[1]) * count as u64 > MAX_PIXELS {
            bail!("{count} frames of this size need too much memory; use a smaller width or fewer seconds");
        }
        // All frames get the height of the first.
        subject.spec.height = Some(figure.page[1]);
        subject.spec.allows_clipping = true;
        let svg = figure.to_svg(TextMode::EmbeddedFonts)?;
        frames.push(png::rasterize(&svg, pixels).map_err(FigurePageError::from)?);
        if let Some(progress) = &mut progress {
            progress.show(index + 1, |_| String::new());
        }
    }
    if let Some(progress) = &mut progress {
        progress.clear();
    }
    Ok(frames)
}

/// Returns an error if Ctrl+C has been pressed.
fn check_stopped() -> anyhow::Result<()> {
    if IS_STOPPED.load(Ordering::Relaxed) {
        bail!("stopped; nothing was written");
    }
    Ok(())
}
