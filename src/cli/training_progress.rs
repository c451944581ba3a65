//! Progress messages during training.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use neurodial_core::text::format_ascii;
use neurodial_core::training::{EpochMetrics, Metrics};

/// The time after which a terminal’s line is drawn again.
const REDRAW_INTERVAL: Duration = Duration::from_millis(100);
/// The number of lines that are written if stderr is no terminal.
const MAX_LINES: usize = 10;
/// The width of the progress bar in characters.
const BAR_WIDTH: usize = 20;

/// Reports progress on stderr: on a terminal as one line with a bar that is redrawn, elsewhere as plain lines
/// at intervals.
pub(crate) struct TrainingProgress {
    epochs: usize,
    start: Instant,
    /// The time of the last redraw, or `None` before the first one.
    last_drawn: Option<Instant>,
    is_terminal: bool,
}

impl TrainingProgress {
    /// Creates a progress report at the start of training.
    pub(crate) fn new(epochs: usize) -> Self {
        Self {
            epochs,
            start: Instant::now(),
            last_drawn: None,
            is_terminal: io::stderr().is_terminal(),
        }
    }

    /// Shows the metrics at the end of an epoch and the learning rate, if an update is due.
    pub(crate) fn show(&mut self, metrics: EpochMetrics, learning_rate: f64) {
        let EpochMetrics { epoch, .. } = metrics;
        if self.is_terminal {
            let is_due = self
                .last_drawn
                .is_none_or(|drawn| drawn.elapsed() >= REDRAW_INTERVAL);
            if is_due && epoch < self.epochs {
                self.last_drawn = Some(Instant::now());
                let filled = BAR_WIDTH * epoch / self.epochs.max(1);
                let bar = "█".repeat(filled) + &"░".repeat(BAR_WIDTH - filled);
                let loss = format_number(metrics.train.loss);
                let rate = format_number(learning_rate);
                let left = self.time_left(epoch);
                write_stderr(&format!(
                    "\r\x1b[K{bar} epoch {epoch} of {}, loss {loss}, learning rate {rate}, {left}",
                    self.epochs
                ));
            }
            return;
        }
        let step = self.epochs.div_ceil(MAX_LINES).max(1);
        if epoch.is_multiple_of(step) && epoch < self.epochs {
            write_stderr(&format!(
                "epoch {epoch} of {}: {}, learning rate {}, {}\n",
                self.epochs,
                metrics_text(metrics),
                format_number(learning_rate),
                self.time_left(epoch)
            ));
        }
    }

    /// Clears the bar and writes a final line.
    pub(crate) fn finish(&self, text: &str) {
        let clear = if self.last_drawn.is_some() { "\r\x1b[K" } else { "" };
        write_stderr(&format!("{clear}{text}\n"));
    }

    /// Returns the estimated time left, in words.
    fn time_left(&self, epoch: usize) -> String {
        let elapsed = self.start.elapsed().as_secs_f64();
        let left = elapsed * (self.epochs - epoch.min(self.epochs)) as f64 / epoch.max(1) as f64;
        match left.round() {
            seconds if epoch == 0 || seconds.is_nan() => "time left unknown".to_owned(),
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

/// Formats a number with about four digits.
fn format_number(value: f64) -> String {
    if value == 0.0 || (0.001..1e5).contains(&value.abs()) {
        format_ascii(value, 4)
    } else {
        format!("{value:.3e}")
    }
}
