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
    let mut together = 1_u32;
    loop {
        let start = Instant::now();
        (0..together).for_each(|_| run());
        if start.elapsed() >= LEAST || together > 1 << 24 {
            break;
        }
        together *= 2;
    }
    let mut samples: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let start = Instant::now();
            (0..together).for_each(|_| run());
            start.elapsed().as_secs_f64() / f64::from(together)
        })
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
