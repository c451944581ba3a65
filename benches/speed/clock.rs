//! Time measurement.

use std::time::{Duration, Instant};

/// The time of one run, in seconds.
#[derive(Clone, Copy)]
pub struct Timing {
    /// The median of all samples.
    pub median: f64,
    /// The lower and upper quartile.
    pub quartiles: [f64; 2],
}

/// The minimum duration of a sample. A sample consists of as many runs as it takes to reach it.
const MIN_DURATION: Duration = Duration::from_millis(4);
/// The number of samples.
const SAMPLES: usize = 41;

/// Measures the time of `run`.
pub fn time(mut run: impl FnMut()) -> Timing {
    time_some(|count| {
        let start = Instant::now();
        (0..count).for_each(|_| run());
        start.elapsed()
    })
}

/// Measures a function that runs the given number of times and returns the total time.
pub fn time_some(mut run: impl FnMut(u32) -> Duration) -> Timing {
    // The first run has cold caches, and its buffers have to grow.
    run(1);
    let mut count = 1_u32;
    while run(count) < MIN_DURATION && count <= 1 << 24 {
        count *= 2;
    }
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| run(count).as_secs_f64() / f64::from(count))
        .collect();
    samples.sort_by(f64::total_cmp);
    Timing {
        median: samples[SAMPLES / 2],
        quartiles: [samples[SAMPLES / 4], samples[SAMPLES * 3 / 4]],
    }
}

/// Formats a time with its unit.
pub fn format_time(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s => format!("{:.3} ms", s * 1e3),
    }
}
