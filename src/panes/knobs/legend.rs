//! What the colours mean: one line over the knobs.

use egui::{Align2, Color32, Painter, Rect, pos2, vec2};

use crate::look::type_scale;
use crate::network::NeuronAt;
use crate::panes::Scene;
use crate::session::Quantity;
use crate::widgets::strip::{self, Ramp};
use crate::words::fixed;

/// Its height in points.
pub const HEIGHT: f32 = 20.0;
/// How long the sample of the colours is, in points.
const SAMPLE: f32 = 36.0;

/// The line for strips: whose number it is, the least and the most.
pub fn strips_ui(painter: &Painter, scene: &Scene<'_>, rect: Rect, ramp: Ramp) {
    let extent = ramp.extent();
    let colors = [ramp.color(extent[0]), ramp.color(extent[1])];
    let at: NeuronAt = scene.session.view().selected;
    let neuron = scene.session.blueprint().neuron_words(at);
    let text = match scene.session.view().quantity {
        Quantity::Output => format!("output of {neuron}"),
        Quantity::PreActivation => format!("sum of {neuron}"),
    };
    line(painter, scene, rect, &text, extent, &colors);
}

/// A line with a text to the left, and a sample between two numbers to the right.
pub fn line(
    painter: &Painter,
    scene: &Scene<'_>,
    rect: Rect,
    text: &str,
    extent: [f64; 2],
    colors: &[Color32],
) {
    let look = scene.look;
    // The ends need no more digits than tell them apart.
    let decimals = if extent[1] - extent[0] < 10.0 { 1 } else { 0 };
    let decimals = scene.session.view().decimals.min(decimals);
    let middle = rect.center().y - 2.0;
    let number = |x: f32, align: Align2, value: f64| {
        let number = fixed(value, decimals);
        painter.text(pos2(x, middle), align, number, type_scale::small(), look.ink_soft)
    };
    let most = number(rect.right() - 2.0, Align2::RIGHT_CENTER, extent[1]);
    let sample = Rect::from_center_size(pos2(most.left() - 5.0 - SAMPLE / 2.0, middle), vec2(SAMPLE, 7.0));
    strip::along_rect(painter, sample, sample.left(), sample.right(), colors);
    let least = number(sample.left() - 5.0, Align2::RIGHT_CENTER, extent[0]);
    let room = least.left() - rect.left() - 8.0;
    if room > 40.0 {
        let job = super::cut(text.to_owned(), type_scale::small(), look.ink_soft, room);
        let galley = painter.layout_job(job);
        let at = pos2(rect.left(), middle - galley.size().y / 2.0);
        painter.galley(at, galley, look.ink_soft);
    }
}
