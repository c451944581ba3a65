//! Data for figures, and what training makes of it: the same options as those of `train`.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{anyhow, bail};

use neurodial_core::insight::Insight;
use neurodial_core::learning::{Diagnosis, Measured, Record, Status, Trainer};
use crate::panes::plate::Exhibit;
use neurodial_core::session::run::{Line, Moment};
use neurodial_core::session::{Action, Document, Run, RunState, Session, file};
use neurodial_core::words::{parse_number, shortened};

use super::lesson::{DataArguments, Lesson};
use super::progress::Progress;
use super::settings::SettingsArguments;

/// The first line of a log of training.
pub const LOG_HEAD: &str = "epoch,train_loss,test_loss,train_accuracy,test_accuracy";

/// The most knobs of a network whose way is kept, and the most places on it.
const MOST_KNOBS: usize = 100_000;
const MOST_MOMENTS: usize = 200;

/// What a figure shows data of, and how it is learned.
#[derive(Debug, Clone, clap::Args)]
pub struct Tuition {
    #[command(flatten)]
    data: DataArguments,
    #[command(flatten)]
    pub(super) settings: SettingsArguments,
    /// The axis of the loss is logarithmic
    #[arg(long)]
    pub(super) log_axis: bool,
}

/// A run of training, and the knobs at the epochs that were asked for.
pub struct Trained {
    /// All its epochs.
    pub run: Run,
    /// The knobs at the end of each kept epoch, in their order.
    pub kept: Vec<(usize, Vec<f64>)>,
    /// The knobs at the end of it.
    pub knobs: Vec<f64>,
}

/// A trainer for a document’s network.
///
/// # Errors
/// One sentence: data that is not there or does not fit, or settings that make no sense.
pub fn trainer(document: &Document, lesson: &Lesson) -> anyhow::Result<Trainer> {
    let material = lesson.course.material().map_err(|reason| anyhow!("{reason}"))?;
    Ok(Trainer::new(
        &document.network,
        &document.locked,
        (&material.train, material.test.as_ref()),
        material.scaling.clone(),
        lesson.course.choice().settings(lesson.loss),
    )?)
}

/// Steps through all epochs, or until it is stopped; `each` is called before the first one and after each.
pub fn through(trainer: &mut Trainer, is_stopped: &AtomicBool, mut each: impl FnMut(&Trainer)) {
    each(trainer);
    let mut epoch = 0;
    while trainer.status() == Status::Running && !is_stopped.load(Ordering::Relaxed) {
        let status = trainer.step();
        let record = trainer.record();
        if record.epoch > epoch && !matches!(status, Status::Diverged(_)) {
            epoch = record.epoch;
            each(trainer);
        }
    }
}

impl Tuition {
    /// Gives the document the data that is named; where exhibits or an option need data, there must be some, and it
    /// must fit.
    ///
    /// # Errors
    /// One sentence: there is no data, it can’t be read, or the network is not for it.
    pub fn prepare(
        &self,
        session: &mut Session,
        exhibits: &[Exhibit],
        needed_by: Option<&str>,
    ) -> anyhow::Result<Option<Lesson>> {
        let needing = exhibits
            .iter()
            .find(|exhibit| needed_by.is_none() && exhibit.needs_data());
        if needing.is_none() && needed_by.is_none() && !self.data.is_given() {
            return Ok(None);
        }
        let lesson = self
            .data
            .lesson(session.document(), &self.settings)
            .map_err(|e| match (needing, needed_by) {
                _ if self.data.is_given() => e,
                (Some(exhibit), _) => anyhow!("--pane {}: {e}", exhibit.name()),
                (None, Some(option)) => anyhow!("{option}: {e}"),
                (None, None) => e,
            })?;
        session.apply(Action::SetCourse(Some(Arc::clone(&lesson.course))))?;
        if let Some(Err(reason)) = Insight::new(session).score(session) {
            bail!("{reason}");
        }
        Ok(Some(lesson))
    }

    /// Trains a copy of the document’s network, and keeps the knobs of some epochs.
    ///
    /// # Errors
    /// As [`trainer`]; and if it is stopped.
    pub fn train(
        document: &Document,
        lesson: &Lesson,
        is_stopped: &AtomicBool,
        is_kept: impl Fn(usize) -> bool,
    ) -> anyhow::Result<Trained> {
        let mut trainer = trainer(document, lesson)?;
        let all = lesson.course.choice().epochs;
        let mut progress = io::stderr().is_terminal().then(|| Progress::new(all));
        let mut records = Vec::new();
        let mut kept = Vec::new();
        // The way through the landscape of the loss.
        let every = all.div_ceil(MOST_MOMENTS).max(1);
        let mut moments = Vec::new();
        let has_room = document.network.blueprint().knob_count() <= MOST_KNOBS;
        through(&mut trainer, is_stopped, |trainer| {
            let record = trainer.record();
            records.push(record);
            let is_moment = has_room && record.epoch.is_multiple_of(every);
            if is_moment || is_kept(record.epoch) {
                let mut knobs = document.network.knobs().to_vec();
                trainer.knobs_into(&mut knobs);
                if is_moment {
                    moments.push(Moment {
                        epoch: record.epoch,
                        knobs: knobs.as_slice().into(),
                        mark: None,
                    });
                }
                if is_kept(record.epoch) {
                    kept.push((record.epoch, knobs));
                }
            }
            if let Some(progress) = &mut progress {
                progress.show(record, trainer.learning_rate());
            }
        });
        if is_stopped.load(Ordering::Relaxed) {
            bail!("stopped; nothing was written");
        }
        if let Some(progress) = &progress {
            progress.end("");
        }
        let state = match trainer.status() {
            Status::Diverged(divergence) => RunState::Diverged(divergence),
            _ => RunState::Done,
        };
        for diagnosis in Diagnosis::of_run(&trainer) {
            eprintln!("note: {diagnosis}");
        }
        let mut run = run_of(records);
        run.state = state;
        run.line.loss = Some(lesson.loss);
        run.line.moments = Arc::new(moments);
        let mut knobs = document.network.knobs().to_vec();
        trainer.knobs_into(&mut knobs);
        Ok(Trained { run, kept, knobs })
    }

    /// Trains a copy of the document’s network from its knobs on, and keeps what it ends with.
    ///
    /// # Errors
    /// As [`Self::train`].
    pub fn train_all(document: &Document, lesson: &Lesson) -> anyhow::Result<Trained> {
        Self::train(document, lesson, &AtomicBool::new(false), |_| false)
    }
}

/// A run that is over.
fn run_of(records: Vec<Record>) -> Run {
    Run {
        state: RunState::Done,
        at: records.last().map_or(0, |record| record.epoch),
        line: Line {
            records: Arc::new(records),
            ..Line::default()
        },
        ..Run::default()
    }
}

/// The run that a log tells of, as `train --log` writes it.
///
/// # Errors
/// One sentence with the file, the line and the column.
pub fn run_from_log(path: &Path) -> anyhow::Result<Run> {
    let text = file::read_text(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim()));
    if lines.next().map(|(_, head)| head) != Some(LOG_HEAD) {
        bail!(
            "{}, line 1: this is no log of training, which begins with {LOG_HEAD}",
            path.display()
        );
    }
    let mut records: Vec<Record> = Vec::new();
    for (line, cells) in lines.filter(|(_, line)| !line.is_empty()) {
        let record = record(cells).map_err(|e| anyhow!("{}, line {line}{e}", path.display()))?;
        if records.last().is_some_and(|before| before.epoch >= record.epoch) {
            bail!("{}, line {line}: the epochs do not go on", path.display());
        }
        records.push(record);
    }
    if records.is_empty() {
        bail!("{}: there is no epoch in it", path.display());
    }
    Ok(run_of(records))
}

/// A line of a log. The message begins with the place within the line.
fn record(cells: &str) -> anyhow::Result<Record> {
    let cells: Vec<&str> = cells.split(',').map(str::trim).collect();
    let [epoch, ref numbers @ ..] = cells[..] else {
        bail!(": there is nothing in it");
    };
    let &[train, test, train_accuracy, test_accuracy] = numbers else {
        bail!(": it has {} columns and not 5", cells.len());
    };
    let epoch = epoch
        .parse()
        .map_err(|_| anyhow!(", column 1: “{}” is no epoch", shortened(epoch)))?;
    let number = |cell: &str, column: usize| match cell {
        "" => Ok(None),
        cell => parse_number(cell)
            .map(Some)
            .map_err(|e| anyhow!(", column {column}: {e}")),
    };
    let Some(loss) = number(train, 2)? else {
        bail!(", column 2: there is no loss");
    };
    let test_accuracy = number(test_accuracy, 5)?;
    Ok(Record {
        epoch,
        train: Measured {
            loss,
            accuracy: number(train_accuracy, 4)?,
        },
        test: number(test, 3)?.map(|loss| Measured {
            loss,
            accuracy: test_accuracy,
        }),
    })
}
