//! Progress messages of commands that take long, and the metrics of training in words.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use neurodial_core::text::format_ascii;
use neurodial_core::training::{EpochMetrics, Metrics};

use super::output::safe_text;

/// The time after which a terminal’s line is drawn again.
const REDRAW_INTERVAL: Duration = Duration::from_millis(100);
/// The number of lines that are written if stderr is no terminal.
const MAX_LINES: usize = 10;
/// The width of the progress bar in characters.
const BAR_WIDTH: usize = 20;

/// Reports progress on stderr: on a terminal as one line with a bar that is redrawn, elsewhere as plain lines
/// at intervals.
pub(crate) struct Progress {
    /// The word for a part of the work: `epoch` or `frame`.
    unit: &'static str,
    total: usize,
    start: Instant,
    /// The time of the last redraw, or `None` before the first one.
    last_drawn: Option<Instant>,
    is_terminal: bool,
}

impl Progress {
    /// Creates a progress report at the start of the work.
    pub(crate) fn new(unit: &'static str, total: usize) -> Self {
        Self {
            unit,
            total,
            start: Instant::now(),
            last_drawn: None,
            is_terminal: io::stderr().is_terminal(),
        }
    }

    /// Creates a progress report that is shown on a terminal only.
    pub(crate) fn for_terminal(unit: &'static str, total: usize) -> Option<Self> {
        Some(Self::new(unit, total)).filter(|progress| progress.is_terminal)
    }

    /// Shows that `done` parts are done, if an update is due, with details in the same line. The argument of
    /// `details` is true if they have to be short, beside a bar.
    pub(crate) fn show(&mut self, done: usize, details: impl FnOnce(bool) -> String) {
        if done >= self.total {
            return;
        }
        let line = |progress: &Self| {
            let (details, left) = (details(progress.is_terminal), progress.time_left(done));
            format!("{} {done} of {}{details}, {left}", progress.unit, progress.total)
        };
        if self.is_terminal {
            let is_due = self
                .last_drawn
                .is_none_or(|drawn| drawn.elapsed() >= REDRAW_INTERVAL);
            if is_due {
                self.last_drawn = Some(Instant::now());
                let filled = BAR_WIDTH * done / self.total;
                let bar = "█".repeat(filled) + &"░".repeat(BAR_WIDTH - filled);
                write_stderr(&format!("\r\x1b[K{bar} {}", line(self)));
            }
        } else if done.is_multiple_of(self.total.div_ceil(MAX_LINES)) {
            write_stderr(&format!("{}\n", line(self)));
        }
    }

    /// Clears the bar.
    pub(crate) fn clear(&mut self) {
        if self.last_drawn.take().is_some() {
            write_stderr("\r\x1b[K");
        }
    }

    /// Clears the bar and writes a line.
    pub(crate) fn finish(&mut self, text: &str) {
        self.clear();
        write_stderr(&format!("{}\n", safe_text(text)));
    }

    /// Returns the estimated time left, in words.
    fn time_left(&self, done: usize) -> String {
        let elapsed = self.start.elapsed().as_secs_f64();
        let left = elapsed * self.total.saturating_sub(done) as f64 / done.max(1) as f64;
        match left.round() {
            seconds if done == 0 || seconds.is_nan() => "time left unknown".to_owned(),
            seconds if seconds < 1.0 => "less than 1 s left".to_owned(),
            seconds if seconds < 120.0 => format!("{seconds} s left"),
            seconds => format!("{} min left", (seconds / 60.0).round()),
        }
    }
}

/// Returns the loss and accuracy in words.
pub(crate) fn metrics_text(metrics: EpochMetrics) -> String {
    let text = |name: &str, measured: Metrics| {
        let accuracy = measured
            .accuracy
            .map(|fraction| format!(", {name}accuracy {}%", format_ascii(100.0 * fraction, 2)));
        format!(
            "{name}loss {}{}",
            format_number(measured.loss),
            accuracy.unwrap_or_default()
        )
    };
    let test = metrics.test.map(|test| format!(", {}", text("test ", test)));
    text("", metrics.train) + &test.unwrap_or_default()
}

/// Writes to stderr. Errors are ignored, because stderr is closed then.
fn write_stderr(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Returns the metrics and the learning rate as details of progress.
pub(crate) fn training_details(metrics: EpochMetrics, learning_rate: f64, is_short: bool) -> String {
    let metrics = match is_short {
        true => format!("loss {}", format_number(metrics.train.loss)),
        false => metrics_text(metrics),
    };
    format!(": {metrics}, learning rate {}", format_number(learning_rate))
}

/// Formats a number with about four digits.
fn format_number(value: f64) -> String {
    if value == 0.0 || (0.001..1e5).contains(&value.abs()) {
        format_ascii(value, 4)
    } else {
        format!("{value:.3e}")
    }
}
