//! Taking the time.

use std::time::{Duration, Instant};

/// How long one run took, in seconds.
#[derive(Clone, Copy)]
pub struct Timing {
    pub median: f64,
    /// The ends of the middle half of all runs.
    pub middle: [f64; 2],
}

/// Runs are timed together until they last this long.
const LEAST: Duration = Duration::from_millis(4);
const SAMPLES: usize = 41;

/// Times a run, many times.
pub fn time(mut run: impl FnMut()) -> Timing {
    time_some(|together| {
        let start = Instant::now();
        (0..together).for_each(|_| run());
        start.elapsed()
    })
}

/// The same for something that takes its time itself, of so many runs one after another.
pub fn time_some(mut run: impl FnMut(u32) -> Duration) -> Timing {
    // The first one meets cold caches and buffers that have to grow.
    run(1);
    let mut together = 1_u32;
    while run(together) < LEAST && together <= 1 << 24 {
        together *= 2;
    }
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| run(together).as_secs_f64() / f64::from(together))
        .collect();
    samples.sort_by(f64::total_cmp);
    Timing {
        median: samples[SAMPLES / 2],
        middle: [samples[SAMPLES / 4], samples[SAMPLES * 3 / 4]],
    }
}

/// A time as people write it.
pub fn told(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} µs", s * 1e6),
        s => format!("{:.3} ms", s * 1e3),
    }
}
