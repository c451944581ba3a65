//! A chart of the time of a forward pass over width and depth.

use std::fmt::Write as _;
use std::fs;

use neurodial_core::network::{Activation, ForwardPass, Initializer, Network};

use crate::cases::network;
use crate::clock::{self, time};

const SAMPLES: usize = 256;
const SIZE: [f64; 2] = [420.0, 300.0];

/// Draws `target/speed.svg` and returns its path.
pub fn draw() -> String {
    let inputs: Vec<f64> = (0..2 * SAMPLES).map(|i| (i % 97) as f64 / 48.5 - 1.0).collect();
    let cost = |network: &Network| {
        let mut forward_pass = ForwardPass::default();
        // The lower quartile, because other programs only make runs slower.
        time(|| forward_pass.run(network, &inputs, SAMPLES)).quartiles[0] / SAMPLES as f64
    };
    let cost_of = |width: usize, depth: usize| {
        let mut layers = vec![(width, Activation::Tanh); depth];
        layers.push((1, Activation::Tanh));
        cost(&network(2, &layers, Initializer::Xavier))
    };
    let by_width: Vec<[f64; 2]> = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]
        .map(|width| [width as f64, cost_of(width, 2)])
        .to_vec();
    let by_depth: Vec<[f64; 2]> = [1, 2, 4, 8, 16, 32]
        .map(|depth| [depth as f64, cost_of(8, depth)])
        .to_vec();
    for (name, points) in [
        ("width of two hidden layers", &by_width),
        ("depth at a width of 8", &by_depth),
    ] {
        let texts: Vec<String> = points
            .iter()
            .map(|[x, seconds]| format!("{x}: {}", clock::format_time(*seconds)))
            .collect();
        println!("\nA sample over the {name}: {}", texts.join(", "));
    }
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}' font-family='sans-serif' font-size='11'>\n\
         <rect width='100%' height='100%' fill='white'/>\n",
        2.0 * SIZE[0],
        SIZE[1]
    );
    panel(&mut svg, 0.0, "neurons in each of two hidden layers", &by_width);
    panel(&mut svg, SIZE[0], "hidden layers of 8 neurons", &by_depth);
    svg.push_str("</svg>\n");
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let path = format!("{target}/speed.svg");
    match fs::write(&path, svg) {
        Ok(()) => path,
        Err(error) => format!("{path}: {error}"),
    }
}

/// Draws one curve with two logarithmic axes.
fn panel(svg: &mut String, left: f64, name: &str, points: &[[f64; 2]]) {
    let [width, height] = SIZE;
    let (first, last) = (points[0], points[points.len() - 1]);
    let costs = points.iter().map(|point| point[1]);
    let lowest = costs.clone().fold(f64::INFINITY, f64::min);
    let highest = costs.fold(0.0, f64::max);
    let fraction = |value: f64, low: f64, high: f64| (value / low).ln() / (high / low).ln();
    let [low, high] = [
        10_f64.powf(lowest.log10().floor()),
        10_f64.powf(highest.log10().ceil()),
    ];
    let position = |[x, y]: [f64; 2]| {
        [
            left + 60.0 + (width - 90.0) * fraction(x, first[0], last[0]),
            height - 45.0 - (height - 70.0) * fraction(y, low, high),
        ]
    };
    let mut decade = low;
    while decade <= high * 1.001 {
        let [x, y] = position([first[0], decade]);
        let [end, _] = position([last[0], decade]);
        let text = match decade * 1.000_001 {
            second if second < 1e-6 => format!("{:.0} ns", second * 1e9),
            second => format!("{:.0} µs", second * 1e6),
        };
        let _ = writeln!(
            svg,
            "<path d='M{x:.1} {y:.1}H{end:.1}' stroke='#ddd'/><text x='{:.1}' y='{:.1}' text-anchor='end'>{text}</text>",
            x - 6.0,
            y + 4.0
        );
        decade *= 10.0;
    }
    let line: Vec<String> = points
        .iter()
        .map(|&point| position(point).map(|c| format!("{c:.1}")).join(","))
        .collect();
    let _ = writeln!(
        svg,
        "<polyline points='{}' fill='none' stroke='#0072b2' stroke-width='2'/>",
        line.join(" ")
    );
    for &point in points {
        let [x, y] = position(point);
        let _ = writeln!(
            svg,
            "<circle cx='{x:.1}' cy='{y:.1}' r='3' fill='#0072b2'/>\
             <text x='{x:.1}' y='{:.1}' text-anchor='middle'>{}</text>",
            height - 28.0,
            point[0]
        );
    }
    let _ = writeln!(
        svg,
        "<text x='{:.1}' y='{:.1}' text-anchor='middle'>{name}</text><text x='{:.1}' y='16'>time a sample, forward</text>",
        left + 60.0 + (width - 90.0) / 2.0,
        height - 10.0,
        left + 20.0
    );
}
