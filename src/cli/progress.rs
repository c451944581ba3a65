//! What is told while training goes on.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use neurodial_core::learning::{Measured, Record};
use neurodial_core::words::plain;

/// How often a terminal’s line is drawn anew.
const EVERY: Duration = Duration::from_millis(100);
/// How many lines are written where there is no terminal.
const LINES: usize = 10;
const WIDTH: usize = 20;

/// Progress on stderr: on a terminal one line with a bar that is drawn anew, elsewhere a plain line now and then.
pub struct Progress {
    epochs: usize,
    start: Instant,
    drawn: Option<Instant>,
    is_terminal: bool,
}

impl Progress {
    /// At the start of a run.
    pub fn new(epochs: usize) -> Self {
        Self {
            epochs,
            start: Instant::now(),
            drawn: None,
            is_terminal: io::stderr().is_terminal(),
        }
    }

    /// After an epoch.
    pub fn show(&mut self, record: Record, rate: f64) {
        let Record { epoch, .. } = record;
        if self.is_terminal {
            let is_due = self.drawn.is_none_or(|drawn| drawn.elapsed() >= EVERY);
            if is_due && epoch < self.epochs {
                self.drawn = Some(Instant::now());
                let filled = WIDTH * epoch / self.epochs.max(1);
                let bar = "█".repeat(filled) + &"░".repeat(WIDTH - filled);
                let loss = number(record.train.loss);
                let rate = number(rate);
                let left = self.left(epoch);
                say(&format!(
                    "\r\x1b[K{bar} epoch {epoch} of {}, loss {loss}, learning rate {rate}, {left}",
                    self.epochs
                ));
            }
            return;
        }
        let step = self.epochs.div_ceil(LINES).max(1);
        if epoch.is_multiple_of(step) && epoch < self.epochs {
            say(&format!(
                "epoch {epoch} of {}: {}, learning rate {}, {}\n",
                self.epochs,
                measured(record),
                number(rate),
                self.left(epoch)
            ));
        }
    }

    /// At the end: how it went.
    pub fn end(&self, text: &str) {
        let clear = if self.drawn.is_some() { "\r\x1b[K" } else { "" };
        say(&format!("{clear}{text}\n"));
    }

    fn left(&self, epoch: usize) -> String {
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

/// Loss and accuracy of a record in words.
pub fn measured(record: Record) -> String {
    let one = |name: &str, measured: Measured| {
        let accuracy = measured
            .accuracy
            .map(|part| format!(", {name}accuracy {} %", plain(100.0 * part, 2)));
        format!(
            "{name}loss {}{}",
            number(measured.loss),
            accuracy.unwrap_or_default()
        )
    };
    let test = record.test.map(|test| format!(", {}", one("test ", test)));
    one("", record.train) + &test.unwrap_or_default()
}

/// Nobody is left to be told if stderr is closed.
fn say(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Four digits.
fn number(value: f64) -> String {
    if value == 0.0 || (0.001..1e5).contains(&value.abs()) {
        plain(value, 4)
    } else {
        format!("{value:.3e}")
    }
}
