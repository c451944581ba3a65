//! The speed of the core, compared with a plain loop and with the peak of the processor.
//!
//!     cargo bench --bench speed            a table, and target/speed.svg: cost over width and depth
//!     benches/peers.sh                     the same compared with NumPy and brain.js
//!
//! Everything runs in one thread. Each number is the median of many runs, with the interquartile range as the
//! spread.

mod cases;
mod chart;
mod clock;
mod peak;
mod plain;

use std::collections::BTreeMap;

use clock::Timing;
use fearless_simd::Level;
use neurodial_core::network::kernel::SimdWidth;

/// The same allocator as in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One row of the table.
pub struct Row {
    /// The name of the case.
    name: String,
    /// The time of the core.
    core: Timing,
    /// The time of a plain loop that does the same, or of the whole computation without reuse.
    plain: Option<Timing>,
    /// The number of items in one run.
    item_count: f64,
    /// The plural name of an item, if the row shows a rate instead of a time.
    unit: Option<&'static str>,
    /// The minimum number of floating-point operations of one run, or of bytes to be read.
    bound: Bound,
}

/// The resource that limits a run.
#[derive(Clone, Copy)]
pub enum Bound {
    /// Arithmetic: the number of operations; a multiply-add counts as two.
    Operations(f64),
    /// Memory: the number of bytes.
    Bytes(f64),
    /// Neither.
    None,
}

fn main() {
    // Ignores the options that cargo and test runners pass.
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
        println!("{}", row.line(&peak));
        medians.insert(row.name, row.core.median);
    }
    if is_wanted("width") {
        println!("\nThe same bits at each width; as a part of what is possible there");
        let widths = peak::by_width();
        for (name, case) in cases::AT_WIDTHS {
            for (width, peak) in &widths {
                println!("{}", case(format!("{width}: {name}"), *width).line(peak));
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
    /// Returns the row as a line of the table.
    fn line(&self, peak: &peak::Peak) -> String {
        let value = |seconds: f64| match self.unit {
            Some(unit) => format!("{:.2} M{unit}/s", self.item_count / seconds / 1e6),
            None => clock::format_time(seconds / self.item_count),
        };
        let [low, high] = self.core.quartiles;
        let spread = match self.unit {
            Some(_) => format!(
                "{:.2} to {:.2}",
                self.item_count / high / 1e6,
                self.item_count / low / 1e6
            ),
            None => format!(
                "{} to {}",
                clock::format_time(low / self.item_count),
                clock::format_time(high / self.item_count)
            ),
        };
        let (plain, faster) = match &self.plain {
            Some(plain) => (
                value(plain.median),
                format!("{:.1} ×", plain.median / self.core.median),
            ),
            None => Default::default(),
        };
        let share_of_peak = match self.bound {
            Bound::Operations(count) => {
                format!("{:.0} %", 100.0 * count / self.core.median / peak.operations)
            }
            Bound::Bytes(bytes) => format!("{:.0} % m", 100.0 * bytes / self.core.median / peak.cache),
            Bound::None => String::new(),
        };
        format!(
            "{:<42} {:>12} {spread:>18} {plain:>14} {faster:>7} {share_of_peak:>9}",
            self.name,
            value(self.core.median),
        )
    }
}
