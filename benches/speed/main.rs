//! How fast the core is: beside a straightforward loop, and as a part of what the processor can do.
//!
//!     cargo bench --bench speed            a table, and target/speed.svg: cost over width and depth
//!     benches/peers.sh                     the same beside NumPy and brain.js
//!
//! One thread. Each number is the median of many runs, with the middle half of them as the spread.

mod cases;
mod chart;
mod clock;
mod peak;
mod plain;

use std::collections::BTreeMap;

use clock::Timing;
use fearless_simd::Level;
use neurodial_core::network::kernel::SimdWidth;

/// The program’s own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What one row of the table tells.
pub struct Row {
    /// What was done.
    name: String,
    ours: Timing,
    /// The same by a straightforward loop.
    plain: Option<Timing>,
    /// So many things were done in one run.
    things: f64,
    /// What a thing is, if a rate is told in place of a time.
    unit: Option<&'static str>,
    /// The floating-point operations of one run that cannot be avoided, or the bytes that have to be read.
    bound: Bound,
}

/// What a run is bound by.
#[derive(Clone, Copy)]
pub enum Bound {
    /// By arithmetic: operations, a multiply-add being two.
    Operations(f64),
    /// By memory: bytes.
    Bytes(f64),
    /// By neither.
    None,
}

fn main() {
    // What cargo and test runners pass.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let is_wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|a| name.contains(a.as_str()));
    let peak = peak::measure(Level::new());
    println!(
        "{}: {:.1} billion operations a second at most in one thread; memory gives {:.1} GB a second, the caches {:.0}\n",
        SimdWidth::best(),
        peak.operations / 1e9,
        peak.memory / 1e9,
        peak.cache / 1e9,
    );
    println!(
        "{:<42} {:>12} {:>18} {:>14} {:>7} {:>9}",
        "", "ours", "middle half", "plain loop", "faster", "of peak"
    );
    let mut medians = BTreeMap::new();
    for case in cases::ALL {
        if !is_wanted(case.0) {
            continue;
        }
        let row = (case.1)(case.0);
        println!("{}", row.told(&peak));
        medians.insert(row.name, row.ours.median);
    }
    if is_wanted("width") {
        println!("\nThe same bits at each width; as a part of what is possible there");
        let widths = peak::by_width();
        for (name, case) in cases::AT_WIDTHS {
            for (width, peak) in &widths {
                println!("{}", case(format!("{width}: {name}"), *width).told(peak));
            }
        }
    }
    if is_wanted("curve") {
        let path = chart::draw();
        println!("\nThe cost of a forward pass over width and depth: {path}");
    }
    if let Ok(path) = std::env::var("NEURODIAL_MEDIANS") {
        let text: String = medians
            .iter()
            .map(|(name, median)| format!("{name}\t{median}\n"))
            .collect();
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("{path}: {error}");
        }
    }
}

impl Row {
    fn told(&self, peak: &peak::Peak) -> String {
        let value = |seconds: f64| match self.unit {
            Some(unit) => format!("{:.2} M{unit}/s", self.things / seconds / 1e6),
            None => clock::told(seconds / self.things),
        };
        let [low, high] = self.ours.middle;
        let spread = match self.unit {
            Some(_) => format!(
                "{:.2} to {:.2}",
                self.things / high / 1e6,
                self.things / low / 1e6
            ),
            None => format!(
                "{} to {}",
                clock::told(low / self.things),
                clock::told(high / self.things)
            ),
        };
        let (plain, faster) = match &self.plain {
            Some(plain) => (
                value(plain.median),
                format!("{:.1} ×", plain.median / self.ours.median),
            ),
            None => Default::default(),
        };
        let part = match self.bound {
            Bound::Operations(count) => {
                format!("{:.0} %", 100.0 * count / self.ours.median / peak.operations)
            }
            Bound::Bytes(bytes) => format!("{:.0} % m", 100.0 * bytes / self.ours.median / peak.cache),
            Bound::None => String::new(),
        };
        format!(
            "{:<42} {:>12} {spread:>18} {plain:>14} {faster:>7} {part:>9}",
            self.name,
            value(self.ours.median),
        )
    }
}
