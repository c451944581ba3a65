//! How inputs, neurons and edges are drawn.

use std::sync::Arc;

use egui::epaint::RectShape;
use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId,
    pos2, vec2,
};

use crate::look::{Look, type_scale};
use neurodial_core::network::{Activation, Blueprint, Symbol};
use neurodial_core::session::Range;
use crate::widgets::maths::Piece;

use super::geometry::{dial_arc, dial_point, edge_width, rim_dot};

/// A disc of this radius has room for a name over the number.
const ROOMY: f32 = 19.0;

/// How much an edge stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It is about another neuron.
    Faint,
    /// It belongs to the selected or the lit neuron.
    Full,
    /// The pointer is on it or on what is about the same.
    Lit,
}

/// How an edge looks.
#[derive(Debug, Clone, Copy)]
pub struct EdgeStyle {
    /// Its weight: the size is the width, the sign is colour and dash.
    pub weight: f64,
    /// How much it stands out.
    pub strength: Strength,
    /// Colours.
    pub look: &'static Look,
}

/// An edge: solid for a positive weight, dashed for a negative one, dotted for none.
pub fn edge(painter: &Painter, from: Pos2, to: Pos2, style: EdgeStyle) {
    let EdgeStyle {
        weight,
        strength,
        look,
    } = style;
    let color = look.sign(weight);
    let color = if strength == Strength::Faint {
        look.faint(color)
    } else {
        color
    };
    let width = edge_width(weight) + if strength == Strength::Lit { 1.5 } else { 0.0 };
    if strength == Strength::Lit {
        painter.line_segment([from, to], Stroke::new(width + 7.0, look.tint(color)));
    }
    let stroke = Stroke::new(width, color);
    if weight > 0.0 {
        painter.line_segment([from, to], stroke);
    } else if weight < 0.0 {
        let dash = 5.0 + 1.3 * width;
        painter.extend(Shape::dashed_line(&[from, to], stroke, dash, 0.6 * dash));
    } else {
        painter.extend(Shape::dotted_line(&[from, to], color, 6.0, 1.0));
    }
}

/// The colour of what an edge was.
pub fn ghost_color(look: &Look) -> Color32 {
    Look::mix(look.card, look.ink_soft, 0.3)
}

/// As wide as the edge was at the pin, where that was wider: a pale band that looks out from under it.
pub fn ghost_under(painter: &Painter, [from, to]: [Pos2; 2], was: f64, style: EdgeStyle) {
    let (was_width, width) = (edge_width(was), edge_width(style.weight));
    if was_width > width || (was < 0.0) != (style.weight < 0.0) {
        let color = ghost_color(style.look);
        painter.line_segment([from, to], Stroke::new(was_width.max(width) + 2.0, color));
    }
}

/// As wide as the edge was at the pin, where that was thinner: a pale line on it.
pub fn ghost_over(painter: &Painter, [from, to]: [Pos2; 2], was: f64, style: EdgeStyle) {
    let (was_width, width) = (edge_width(was), edge_width(style.weight));
    if was_width + 1.0 < width && (was < 0.0) == (style.weight < 0.0) {
        let color = style.look.card.gamma_multiply(0.6);
        painter.line_segment([from, to], Stroke::new(was_width, color));
    }
}

/// The disc of an input.
pub fn input(painter: &Painter, look: &Look, center: Pos2, radius: f32, is_lit: bool) {
    if is_lit {
        painter.circle_filled(center, radius + 6.0, look.track);
    }
    let width = if is_lit { 2.5 } else { 1.75 };
    painter.circle(center, radius, look.card, Stroke::new(width, look.ink));
}

/// The symbol or the name of an input, ending at `right`.
pub fn input_name(painter: &Painter, look: &Look, blueprint: &Blueprint, input: usize, right: Pos2) {
    match &blueprint.input_names()[input] {
        Some(name) => {
            let mut job =
                egui::text::LayoutJob::simple_singleline(name.clone(), type_scale::body(), look.ink);
            job.wrap =
                egui::text::TextWrapping::truncate_at_width((right.x - painter.clip_rect().left()).max(24.0));
            let galley = painter.layout_job(job);
            let at = Align2::RIGHT_CENTER.anchor_size(right, galley.size());
            painter.galley(at.min, galley, look.ink);
        }
        None => {
            let piece = Piece::symbol(painter, &blueprint.input_symbol(input), 1.0, look.ink);
            piece.paint_centered(painter, right.x - piece.width, right.y);
        }
    }
}

/// How a neuron looks now.
#[derive(Debug, Clone)]
pub struct NeuronState {
    /// The colour that identifies it.
    pub color: Color32,
    /// Curve and formula speak of it.
    pub is_selected: bool,
    /// The pointer is on it.
    pub is_lit: bool,
    /// The pointer is on its bias.
    pub is_bias_lit: bool,
    /// Its output.
    pub text: String,
    /// Its name, if a person gave it one.
    pub name: Option<String>,
    /// Its small map, if it has one.
    pub picture: Option<TextureId>,
    /// Its ReLU is 0 for every sample of the data.
    pub is_dead: bool,
    /// The least size of its number, in points: one that does not fit lies over the edge of the disc.
    pub least_number: f32,
}

/// What is said of a neuron whose ReLU is dead.
pub const DEAD: &str = "it is dead: its ReLU is 0 for every sample, so it learns nothing";

/// The disc of a neuron with its output.
pub fn neuron(painter: &Painter, look: &Look, center: Pos2, radius: f32, state: &NeuronState) {
    let width = match (state.is_selected, state.is_lit) {
        (true, _) => 3.25,
        (false, true) => 2.75,
        (false, false) => 1.75,
    };
    painter.circle(center, radius, look.card, Stroke::new(width, state.color));
    if let Some(picture) = state.picture {
        let disc = Rect::from_center_size(center, egui::Vec2::splat(2.0 * radius - width));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        let corner = CornerRadius::same((disc.width() / 2.0).min(255.0) as u8);
        painter.add(RectShape::filled(disc, corner, Color32::WHITE).with_texture(picture, whole));
        painter.circle_stroke(center, radius, Stroke::new(width, state.color));
    }
    if state.is_dead {
        dead_ring(painter, look, center, radius);
    }
    let mut font = number_font(radius, state.least_number);
    font.family = type_scale::strong().family;
    let mut galley = painter.layout_no_wrap(state.text.clone(), font.clone(), state.color);
    let room = 2.0 * radius - 5.0;
    if galley.size().x > room {
        let least = (0.5 * font.size).max(state.least_number.min(font.size));
        font.size = (font.size * room / galley.size().x).max(least);
        galley = painter.layout_no_wrap(state.text.clone(), font, state.color);
    }
    let is_beyond = galley.size().x > room + 0.01;
    let mut middle = center;
    if let Some(name) = &state.name
        && radius >= ROOMY
    {
        middle.y += 0.24 * radius;
        let at = center - vec2(0.0, 0.36 * radius);
        words_within(painter, at, 1.6 * radius, name, state.color);
    }
    let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    if is_beyond && state.least_number > 0.0 {
        plate(painter, look, at);
    } else if state.picture.is_some() {
        painter.rect_filled(at.expand2(vec2(2.0, -1.0)), 4.0, look.card.gamma_multiply(0.85));
    }
    painter.galley(at.min, galley, state.color);
    if state.is_dead {
        dead(painter, look, center, radius);
    }
}

/// The ground of a number that lies over the edge of its disc.
pub fn plate(painter: &Painter, look: &Look, number: Rect) {
    let place = number.expand2(vec2(2.0, -1.0));
    painter.rect_filled(place, place.height() / 2.0, look.card);
}

/// The dashed ring of a neuron that is dead.
fn dead_ring(painter: &Painter, look: &Look, center: Pos2, radius: f32) {
    const STEPS: u8 = 48;
    let ring: Vec<Pos2> = (0..=STEPS)
        .map(|step| {
            let angle = std::f32::consts::TAU * f32::from(step) / f32::from(STEPS);
            center + (radius - 1.0) * egui::Vec2::angled(angle)
        })
        .collect();
    painter.circle_stroke(center, radius - 1.0, Stroke::new(4.0, look.card));
    painter.extend(Shape::dashed_line(&ring, Stroke::new(3.0, look.warn), 5.0, 4.0));
}

fn dead_word(painter: &Painter, look: &Look) -> Arc<Galley> {
    painter.layout_no_wrap("dead".to_owned(), type_scale::strong(), look.warn)
}

/// Where the word over a dead neuron stands: over the upper right of the disc, where neither its number nor its edges are.
pub fn dead_place(painter: &Painter, look: &Look, center: Pos2, radius: f32) -> Rect {
    let middle = center + 0.75 * radius * vec2(1.0, -1.0) + vec2(6.0, -4.0);
    Rect::from_center_size(middle, dead_word(painter, look).size() + vec2(8.0, 0.0))
}

/// The word over a dead neuron.
fn dead(painter: &Painter, look: &Look, center: Pos2, radius: f32) {
    let galley = dead_word(painter, look);
    let place = dead_place(painter, look, center, radius);
    let edge = Stroke::new(1.0, look.warn);
    painter.rect(place, place.height() / 2.0, look.card, edge, StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), place);
    painter.galley(at.min, galley, look.warn);
}

/// The rim of a neuron: its bias as a dial, with zero on top where the range is even.
pub fn rim(
    painter: &Painter,
    look: &Look,
    center: Pos2,
    rim: f32,
    range: Range,
    bias: f64,
    state: &NeuronState,
) {
    if state.is_selected || state.is_lit {
        painter.circle_filled(center, 1.2 * rim, look.tint(state.color));
    }
    let groove = Stroke::new(2.0, look.track_edge);
    painter.add(Shape::line(dial_arc(center, rim, 0.0, 1.0), groove));
    let (zero, now) = (range.fraction_of(0.0), range.fraction_of(bias));
    let color = if state.is_selected || state.is_bias_lit {
        state.color
    } else {
        Look::mix(look.card, state.color, 0.55)
    };
    let width = rim_dot(rim) * if state.is_bias_lit { 1.2 } else { 0.8 };
    painter.add(Shape::line(
        dial_arc(center, rim, zero, now),
        Stroke::new(width, color),
    ));
    let dot = rim_dot(rim) + if state.is_bias_lit { 1.25 } else { 0.0 };
    painter.circle_filled(dial_point(center, rim, now), dot, state.color);
}

/// The least size of a number in a diagram, in points: 6 of 1/72 inch where running text has 8. A longer one lies over the
/// edge of its disc.
pub const LEAST_NUMBER: f32 = 9.75;

/// The size of a number in a disc, and no less than `least` points.
pub fn number_font(radius: f32, least: f32) -> FontId {
    let font = type_scale::big_number();
    let size = (radius * 0.56).clamp(least.max(8.0), font.size);
    FontId::new(size, type_scale::number().family)
}

/// What stands for things that are left out, with their number; shorter where the next column is near, `spacing` points
/// away.
pub fn gap(painter: &Painter, look: &Look, at: Pos2, left_out: Option<usize>, spacing: f32) {
    const ROOMY: f32 = 110.0;
    for step in [-7.0, 0.0, 7.0] {
        let offset = if left_out.is_some() {
            vec2(0.0, step)
        } else {
            vec2(step, 0.0)
        };
        painter.circle_filled(at + offset, 1.75, look.ink_soft);
    }
    if let Some(left_out) = left_out {
        let text = match spacing > ROOMY {
            true => format!("{left_out} more"),
            false => format!("+{left_out}"),
        };
        let galley = painter.layout_no_wrap(text, type_scale::small(), look.ink_soft);
        let left = at + vec2(9.0, -galley.size().y / 2.0);
        // Edges pass behind it.
        let ground = Rect::from_min_size(left, galley.size()).expand2(vec2(3.0, 0.0));
        painter.rect_filled(ground, 4.0, look.card);
        painter.galley(left, galley, look.ink_soft);
    }
}

/// `b₂ =`; gives back where its right end is.
pub fn bias_name(painter: &Painter, look: &Look, symbol: &Symbol, left: Pos2) -> f32 {
    bias_piece(painter, look, symbol)
        .paint_centered(painter, left.x, left.y)
        .right()
}

fn bias_piece(painter: &Painter, look: &Look, symbol: &Symbol) -> Piece {
    let name = Piece::symbol(painter, symbol, 0.85, look.ink);
    let equals = Piece::text(painter, " = ", type_scale::small(), look.ink_soft);
    Piece::row([name, equals])
}

/// How wide `b₂ = 0.5` is.
pub fn bias_width(painter: &Painter, look: &Look, symbol: &Symbol, number: &str) -> f32 {
    /// Around the number, as [`number_entry`](crate::panes::number_entry::number_entry) leaves it.
    const AROUND: f32 = 8.0;
    let number = Piece::text(painter, number, type_scale::small(), look.ink);
    bias_piece(painter, look, symbol).width + number.width + AROUND
}

/// A small line of words around a middle, cut where the room ends.
fn words_within(painter: &Painter, middle: Pos2, width: f32, text: &str, color: Color32) {
    let font = FontId::new(type_scale::small().size - 1.0, type_scale::small().family);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = painter.layout_job(job);
    let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    painter.galley(at.min, galley, color);
}

/// A line of words, cut where the room ends.
pub fn words(painter: &Painter, left: Pos2, right: f32, text: &str, color: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), type_scale::small(), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left.x).max(24.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(left.x, left.y - galley.size().y / 2.0), galley, color);
}

/// What an activation does to a sum, in a word or two.
pub fn activation_words(activation: Activation, sum: f64, width: usize) -> String {
    match activation {
        Activation::Step | Activation::Relu => {
            format!("{activation}: {}", if sum > 0.0 { "on" } else { "off" })
        }
        Activation::Softmax => format!("softmax of {width}"),
        _ => activation.to_string(),
    }
}

/// What lies under the number on an edge.
pub fn label_ground(painter: &Painter, look: &Look, place: Rect, weight: f64, is_lit: bool) {
    let edge = if is_lit { look.sign(weight) } else { look.hairline };
    let stroke = Stroke::new(1.0, edge);
    painter.rect(place, place.height() / 2.0, look.card, stroke, StrokeKind::Inside);
}
