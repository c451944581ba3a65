//! Gradients, and strokes whose color changes along the path.

use egui::{Color32, Pos2, Rect, Stroke};

use super::element::SvgElement;
use super::format::{format_fine, hex_color, rgb_and_opacity};
use super::shapes::path_data;
use super::writer::SvgWriter;

impl SvgWriter<'_> {
    /// Draws a stroke whose color changes along the path, with one gradient per segment.
    pub(crate) fn gradient_stroke(
        &mut self,
        points: &[Pos2],
        closed: bool,
        width: f32,
        color_at: impl Fn(Pos2) -> Color32,
    ) {
        /// The number of color intervals per segment.
        const STOPS_PER_SEGMENT: u8 = 4;
        let count = points.len();
        let at = |index: usize| points.get(if closed { index % count } else { index }).copied();
        for index in 0..count {
            let (Some(from), Some(to)) = (at(index), at(index + 1)) else {
                continue;
            };
            let bounds = Rect::from_two_pos(from, to).expand(2.0 * width);
            if from == to || !self.is_visible(bounds) {
                continue;
            }
            // Extend the path a little into the next segment, so that this segment draws the corner.
            let lead_out = at(index + 2).map(|next| to + 0.02 * (next - to).normalized());
            let ends: Vec<Pos2> = [from, to].into_iter().chain(lead_out).collect();
            let stops = (0..=STOPS_PER_SEGMENT).map(|step| {
                let fraction = f32::from(step) / f32::from(STOPS_PER_SEGMENT);
                (fraction, color_at(from.lerp(to, fraction)))
            });
            let stops: Vec<(f32, Color32)> = stops.collect();
            let element = SvgElement::new("path")
                .with("d", path_data(&ends, false))
                .with("fill", "none");
            let has_one_color = stops.windows(2).all(|pair| pair[0].1 == pair[1].1);
            let element = if has_one_color {
                let color = stops.first().map_or(Color32::TRANSPARENT, |stop| stop.1);
                if rgb_and_opacity(color).is_none() {
                    continue;
                }
                element.with_stroke(Stroke::new(width, color))
            } else {
                let paint = self.linear_gradient(from, to, &stops);
                element
                    .with("stroke", paint)
                    .with("stroke-width", format_fine(width))
            };
            self.push(bounds, &element);
        }
    }

    /// Defines a linear gradient and returns the paint that refers to it. Each stop is a fraction of the way
    /// from `from` to `to` and the color there.
    pub(crate) fn linear_gradient(&mut self, from: Pos2, to: Pos2, stops: &[(f32, Color32)]) -> String {
        let mut attributes = r#" gradientUnits="userSpaceOnUse""#.to_owned();
        for (key, value) in [("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)] {
            attributes.push_str(&format!(r#" {key}="{}""#, format_fine(value)));
        }
        let mut content = String::new();
        for (index, &(fraction, color)) in stops.iter().enumerate() {
            // A transparent stop takes its neighbor's color; otherwise the fade to it would be gray.
            let color_of =
                |index: Option<usize>| index.and_then(|index| rgb_and_opacity(stops.get(index)?.1));
            let (rgb, opacity) = rgb_and_opacity(color).unwrap_or_else(|| {
                let rgb = color_of(index.checked_sub(1)).or_else(|| color_of(index.checked_add(1)));
                (rgb.map_or([0; 3], |(rgb, _)| rgb), 0.0)
            });
            let mut stop = SvgElement::new("stop")
                .with("offset", format_fine(fraction))
                .with("stop-color", hex_color(rgb));
            if opacity < 1.0 {
                stop = stop.with("stop-opacity", format_fine(opacity));
            }
            stop.write_to(&mut content, None);
        }
        let content: String = content.lines().collect();
        let id = self.define("linearGradient", &attributes, &content);
        format!("url(#{id})")
    }
}
