//! How large everything in the heat map is, from the room that it has.

use std::sync::Arc;

use egui::{FontId, Galley, Painter, Vec2, vec2};

use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;
use crate::panes::knobs::matrix::{Form, LAYER_GAP, Matrix};
use crate::panes::knobs::{cut, legend};

/// The sides of a cell in points: as many as there are share the room.
const WIDTH: std::ops::RangeInclusive<f32> = 8.0..=64.0;
const HEIGHT: std::ops::RangeInclusive<f32> = 8.0..=34.0;
/// On paper all are shown, as small as that makes them.
const ON_PAPER: std::ops::RangeInclusive<f32> = 0.1..=110.0;
/// Rows at least this high have the names of their neurons beside them on paper, in points.
const LEAST_FOR_NAME: f32 = 12.0;
/// Between the last weight and the bias, in points.
const BIAS_GAP: f32 = 4.0;
/// From this size on, a cell has its number in it, in points.
const LEAST_FOR_NUMBER: Vec2 = vec2(40.0, 20.0);
/// From this height on, there is room under it for what has been added since the pin, in points.
pub const LEAST_FOR_DELTA: f32 = 32.0;
/// So many knobs are asked how wide their numbers are; more have no cells that large.
const MOST_MEASURED: usize = 2_000;

/// The type in which the widest number of all fits a cell; `None` if it fits in none.
pub fn number_font(painter: &Painter, scene: &Scene<'_>, cell: Vec2) -> Option<FontId> {
    if cell.x < LEAST_FOR_NUMBER.x || cell.y < LEAST_FOR_NUMBER.y {
        return None;
    }
    let fits = |font: &FontId| {
        let knobs = scene.session.document().network.knobs().iter();
        knobs.take(MOST_MEASURED).all(|&knob| {
            let galley = painter.layout_no_wrap(scene.number(knob), font.clone(), scene.look.ink);
            galley.size().x + 3.0 <= cell.x
        })
    };
    [type_scale::number(), type_scale::small()].into_iter().find(fits)
}

/// The sizes of everything in a room of this size: in the window no smaller than a hand can take, on paper as small as
/// needed to show all.
///
/// `names` is the width of the neurons' names, which stand beside their rows on paper where the rows are high enough.
pub fn form(scene: &Scene<'_>, room: Vec2, names: f32) -> Form {
    const GUTTER: f32 = 18.0;
    let blueprint = scene.session.blueprint();
    let layers = blueprint.layers().len();
    let is_paper = scene.paper.is_some();
    let columns = Matrix::most_columns(blueprint) as f32;
    let rows: usize = (0..layers).map(|layer| blueprint.width(layer)).sum();
    let title = if layers > 1 { 22.0 } else { 0.0 };
    let gutter = if is_paper { GUTTER + names } else { GUTTER };
    let widths = if is_paper { ON_PAPER } else { WIDTH };
    let width = (room.x - gutter - BIAS_GAP - 4.0) / columns;
    let width = width.clamp(*widths.start(), *widths.end());
    let column_head = if width >= 22.0 { 18.0 } else { 4.0 };
    let heads = layers as f32 * (title + column_head + LAYER_GAP) - LAYER_GAP;
    let height = (room.y - legend::HEIGHT - heads) / rows as f32;
    let least = if is_paper {
        *ON_PAPER.start()
    } else {
        *HEIGHT.start()
    };
    let height = height.clamp(least, *HEIGHT.end()).min(1.2 * width);
    if is_paper && names > 0.0 && height < LEAST_FOR_NAME {
        return form(scene, room, 0.0);
    }
    let whole = |side: f32| if is_paper { side } else { side.floor() };
    Form {
        cell: vec2(whole(width), whole(height)),
        gutter,
        row_head: 0.0,
        title,
        column_head,
        bias_gap: BIAS_GAP,
    }
}

/// The height on paper at this width, both in points: as high as needed, but no higher than a page would be.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> f32 {
    let room = vec2(width, (1.5 * width).max(200.0));
    let form = form(scene, room, names_width(painter, scene));
    legend::HEIGHT + Matrix::new(scene.session.blueprint(), form).size().y + 0.5
}

/// How wide the widest name of a neuron is with the gap after it, in points; 0 in the window, where it is told elsewhere.
pub fn names_width(painter: &Painter, scene: &Scene<'_>) -> f32 {
    const MOST: f32 = 110.0;
    if scene.paper.is_none() {
        return 0.0;
    }
    let blueprint = scene.session.blueprint();
    let ats = (0..blueprint.layers().len())
        .flat_map(|layer| (0..blueprint.width(layer)).map(move |neuron| NeuronAt { layer, neuron }));
    let widths = ats.map(|at| name_of(painter, scene, at, MOST).size().x);
    widths.fold(0.0, f32::max) + 6.0
}

/// A neuron's name in at most `room` points.
pub fn name_of(painter: &Painter, scene: &Scene<'_>, at: NeuronAt, room: f32) -> Arc<Galley> {
    let name = scene.session.blueprint().neuron_label(at);
    let color = scene.identity(at);
    painter.layout_job(cut(name, type_scale::small(), color, room))
}

/// Whether the cells in a room of this size have a second number: what has been added since the pin.
pub fn has_deltas(painter: &Painter, scene: &Scene<'_>, room: Vec2) -> bool {
    let cell = form(scene, room, names_width(painter, scene)).cell;
    cell.y >= LEAST_FOR_DELTA && number_font(painter, scene, cell).is_some()
}
