//! Contrast and distance of colors, for normal vision and for color vision deficiencies.

use egui::Color32;

/// Returns linear RGB from 0 to 1, by the sRGB transfer function (IEC 61966-2-1).
pub fn linear(color: Color32) -> [f64; 3] {
    [color.r(), color.g(), color.b()].map(|byte| {
        let c = f64::from(byte) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Returns the sum of the products of two vectors.
pub fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The share of each linear component in the luminance of sRGB.
const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];

/// Returns the relative luminance, from 0 for black to 1 for white.
pub fn luminance(color: Color32) -> f64 {
    dot(linear(color), LUMINANCE)
}

/// Returns the relative luminance of a color as it is seen with the color vision of `matrix`.
pub fn luminance_seen(color: Color32, matrix: [[f64; 3]; 3]) -> f64 {
    dot(seen(color, matrix), LUMINANCE)
}

/// Returns linear RGB as it is seen with the color vision of `matrix`.
fn seen(color: Color32, matrix: [[f64; 3]; 3]) -> [f64; 3] {
    let rgb = linear(color);
    matrix.map(|row| dot(row, rgb))
}

/// Returns the contrast ratio of WCAG 2.2, from 1 to 21.
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

/// Returns CIELAB (D65) from linear RGB.
pub fn lab(rgb: [f64; 3]) -> [f64; 3] {
    let rgb = rgb.map(|c| c.clamp(0.0, 1.0));
    let f = |t: f64| {
        if t > 216.0 / 24389.0 {
            t.cbrt()
        } else {
            (24389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let x = f(dot(rgb, [0.4124564, 0.3575761, 0.1804375]) / 0.95047);
    let y = f(dot(rgb, [0.2126729, 0.7151522, 0.0721750]));
    let z = f(dot(rgb, [0.0193339, 0.1191920, 0.9503041]) / 1.08883);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Normal vision and the three color vision deficiencies, as matrices on linear RGB: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
/// Simulation of Color Vision Deficiency" (IEEE TVCG 15(6), 2009), severity 1.0.
pub const COLOR_VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

/// Returns the CIELAB distance (1976) of two colors as they are seen with the color vision of `matrix`.
pub fn distance(a: Color32, b: Color32, matrix: [[f64; 3]; 3]) -> f64 {
    let [a, b] = [a, b].map(|color| lab(seen(color, matrix)));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// Returns the smallest distance of two colors over all `COLOR_VISIONS`, and the name of that color vision.
pub fn min_distance(a: Color32, b: Color32) -> (f64, &'static str) {
    COLOR_VISIONS
        .map(|(name, matrix)| (distance(a, b, matrix), name))
        .into_iter()
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap()
}
