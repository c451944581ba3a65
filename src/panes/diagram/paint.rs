//! How inputs, neurons and edges are drawn.

use std::sync::Arc;

use egui::epaint::RectShape;
use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId,
    pos2, vec2,
};

use crate::look::{ColorTheme, type_scale};
use neurodial_core::network::{Activation, Architecture, MathSymbol};
use neurodial_core::session::ValueRange;
use crate::widgets::maths::MathBox;

use super::geometry::{dial_arc, dial_point, edge_width, bias_ring_dot};

/// A disc of this radius has room for a name over the number.
const MIN_NAME_RADIUS: f32 = 19.0;

/// How much an edge stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeEmphasis {
    /// It is about another neuron.
    Faint,
    /// It belongs to the selected or the lit neuron.
    Full,
    /// The pointer is on it or on what is about the same.
    Highlighted,
}

/// How an edge looks.
#[derive(Debug, Clone, Copy)]
pub struct EdgeStyle {
    /// Its weight: the size is the width, the sign is colour and dash.
    pub weight: f64,
    /// How much it stands out.
    pub emphasis: EdgeEmphasis,
    /// Colours.
    pub theme: &'static ColorTheme,
}

/// An edge: solid for a positive weight, dashed for a negative one, dotted for none.
pub fn edge(painter: &Painter, from: Pos2, to: Pos2, style: EdgeStyle) {
    let EdgeStyle {
        weight,
        emphasis: strength,
        theme: look,
    } = style;
    let color = look.sign_color(weight);
    let color = if strength == EdgeEmphasis::Faint {
        look.faded(color)
    } else {
        color
    };
    let width = edge_width(weight) + if strength == EdgeEmphasis::Highlighted { 1.5 } else { 0.0 };
    if strength == EdgeEmphasis::Highlighted {
        painter.line_segment([from, to], Stroke::new(width + 7.0, look.tinted(color)));
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
pub fn snapshot_color(theme: &ColorTheme) -> Color32 {
    ColorTheme::mix(theme.card, theme.weak_text, 0.3)
}

/// As wide as the edge was at the pin, where that was wider: a pale band that looks out from under it.
pub fn snapshot_edge_below(painter: &Painter, [from, to]: [Pos2; 2], snapshot_weight: f64, style: EdgeStyle) {
    let (snapshot_width, width) = (edge_width(snapshot_weight), edge_width(style.weight));
    if snapshot_width > width || (snapshot_weight < 0.0) != (style.weight < 0.0) {
        let color = snapshot_color(style.theme);
        painter.line_segment([from, to], Stroke::new(snapshot_width.max(width) + 2.0, color));
    }
}

/// As wide as the edge was at the pin, where that was thinner: a pale line on it.
pub fn snapshot_edge_above(painter: &Painter, [from, to]: [Pos2; 2], snapshot_weight: f64, style: EdgeStyle) {
    let (snapshot_width, width) = (edge_width(snapshot_weight), edge_width(style.weight));
    if snapshot_width + 1.0 < width && (snapshot_weight < 0.0) == (style.weight < 0.0) {
        let color = style.theme.card.gamma_multiply(0.6);
        painter.line_segment([from, to], Stroke::new(snapshot_width, color));
    }
}

/// The disc of an input.
pub fn input(painter: &Painter, theme: &ColorTheme, center: Pos2, radius: f32, is_highlighted: bool) {
    if is_highlighted {
        painter.circle_filled(center, radius + 6.0, theme.track);
    }
    let width = if is_highlighted { 2.5 } else { 1.75 };
    painter.circle(center, radius, theme.card, Stroke::new(width, theme.text));
}

/// The symbol or the name of an input, ending at `right`.
pub fn input_name(painter: &Painter, theme: &ColorTheme, architecture: &Architecture, input: usize, right: Pos2) {
    match &architecture.input_names()[input] {
        Some(name) => {
            let mut job =
                egui::text::LayoutJob::simple_singleline(name.clone(), type_scale::body(), theme.text);
            job.wrap =
                egui::text::TextWrapping::truncate_at_width((right.x - painter.clip_rect().left()).max(24.0));
            let galley = painter.layout_job(job);
            let at = Align2::RIGHT_CENTER.anchor_size(right, galley.size());
            painter.galley(at.min, galley, theme.text);
        }
        None => {
            let piece = MathBox::symbol(painter, &architecture.input_symbol(input), 1.0, theme.text);
            piece.paint_centered(painter, right.x - piece.width, right.y);
        }
    }
}

/// How a neuron looks now.
#[derive(Debug, Clone)]
pub struct NeuronStyle {
    /// The colour that identifies it.
    pub color: Color32,
    /// Curve and formula speak of it.
    pub is_selected: bool,
    /// The pointer is on it.
    pub is_highlighted: bool,
    /// The pointer is on its bias.
    pub is_bias_highlighted: bool,
    /// Its output.
    pub output_text: String,
    /// Its name, if a person gave it one.
    pub name: Option<String>,
    /// Its small map, if it has one.
    pub small_map: Option<TextureId>,
    /// Its ReLU is 0 for every sample of the data.
    pub is_dead: bool,
    /// The least size of its number, in points: one that does not fit lies over the edge of the disc.
    pub min_number_size: f32,
}

/// What is said of a neuron whose ReLU is dead.
pub const DEAD_NEURON_TEXT: &str = "it is dead: its ReLU is 0 for every sample, so it learns nothing";

/// The disc of a neuron with its output.
pub fn neuron(painter: &Painter, theme: &ColorTheme, center: Pos2, radius: f32, style: &NeuronStyle) {
    let width = match (style.is_selected, style.is_highlighted) {
        (true, _) => 3.25,
        (false, true) => 2.75,
        (false, false) => 1.75,
    };
    painter.circle(center, radius, theme.card, Stroke::new(width, style.color));
    if let Some(picture) = style.small_map {
        let disc = Rect::from_center_size(center, egui::Vec2::splat(2.0 * radius - width));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        let corner = CornerRadius::same((disc.width() / 2.0).min(255.0) as u8);
        painter.add(RectShape::filled(disc, corner, Color32::WHITE).with_texture(picture, whole));
        painter.circle_stroke(center, radius, Stroke::new(width, style.color));
    }
    if style.is_dead {
        dead_ring(painter, theme, center, radius);
    }
    let mut font = number_font(radius, style.min_number_size);
    font.family = type_scale::strong().family;
    let mut galley = painter.layout_no_wrap(style.output_text.clone(), font.clone(), style.color);
    let room = 2.0 * radius - 5.0;
    if galley.size().x > room {
        let min_size = (0.5 * font.size).max(style.min_number_size.min(font.size));
        font.size = (font.size * room / galley.size().x).max(min_size);
        galley = painter.layout_no_wrap(style.output_text.clone(), font, style.color);
    }
    let is_wider_than_disc = galley.size().x > room + 0.01;
    let mut middle = center;
    if let Some(name) = &style.name
        && radius >= MIN_NAME_RADIUS
    {
        middle.y += 0.24 * radius;
        let at = center - vec2(0.0, 0.36 * radius);
        text_within(painter, at, 1.6 * radius, name, style.color);
    }
    let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    if is_wider_than_disc && style.min_number_size > 0.0 {
        number_background(painter, theme, at);
    } else if style.small_map.is_some() {
        painter.rect_filled(at.expand2(vec2(2.0, -1.0)), 4.0, theme.card.gamma_multiply(0.85));
    }
    painter.galley(at.min, galley, style.color);
    if style.is_dead {
        dead_badge(painter, theme, center, radius);
    }
}

/// The ground of a number that lies over the edge of its disc.
pub fn number_background(painter: &Painter, theme: &ColorTheme, number: Rect) {
    let place = number.expand2(vec2(2.0, -1.0));
    painter.rect_filled(place, place.height() / 2.0, theme.card);
}

/// The dashed ring of a neuron that is dead.
fn dead_ring(painter: &Painter, theme: &ColorTheme, center: Pos2, radius: f32) {
    const STEPS: u8 = 48;
    let ring: Vec<Pos2> = (0..=STEPS)
        .map(|step| {
            let angle = std::f32::consts::TAU * f32::from(step) / f32::from(STEPS);
            center + (radius - 1.0) * egui::Vec2::angled(angle)
        })
        .collect();
    painter.circle_stroke(center, radius - 1.0, Stroke::new(4.0, theme.card));
    painter.extend(Shape::dashed_line(&ring, Stroke::new(3.0, theme.warning), 5.0, 4.0));
}

fn dead_badge_galley(painter: &Painter, theme: &ColorTheme) -> Arc<Galley> {
    painter.layout_no_wrap("dead".to_owned(), type_scale::strong(), theme.warning)
}

/// Where the word over a dead neuron stands: over the upper right of the disc, where neither its number nor its edges are.
pub fn dead_badge_rect(painter: &Painter, theme: &ColorTheme, center: Pos2, radius: f32) -> Rect {
    let middle = center + 0.75 * radius * vec2(1.0, -1.0) + vec2(6.0, -4.0);
    Rect::from_center_size(middle, dead_badge_galley(painter, theme).size() + vec2(8.0, 0.0))
}

/// The word over a dead neuron.
fn dead_badge(painter: &Painter, theme: &ColorTheme, center: Pos2, radius: f32) {
    let galley = dead_badge_galley(painter, theme);
    let place = dead_badge_rect(painter, theme, center, radius);
    let edge = Stroke::new(1.0, theme.warning);
    painter.rect(place, place.height() / 2.0, theme.card, edge, StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), place);
    painter.galley(at.min, galley, theme.warning);
}

/// The rim of a neuron: its bias as a dial, with zero on top where the range is even.
pub fn bias_ring(
    painter: &Painter,
    theme: &ColorTheme,
    center: Pos2,
    ring_radius: f32,
    range: ValueRange,
    bias: f64,
    style: &NeuronStyle,
) {
    if style.is_selected || style.is_highlighted {
        painter.circle_filled(center, 1.2 * ring_radius, theme.tinted(style.color));
    }
    let track = Stroke::new(2.0, theme.track_edge);
    painter.add(Shape::line(dial_arc(center, ring_radius, 0.0, 1.0), track));
    let (zero, now) = (range.fraction_of(0.0), range.fraction_of(bias));
    let color = if style.is_selected || style.is_bias_highlighted {
        style.color
    } else {
        ColorTheme::mix(theme.card, style.color, 0.55)
    };
    let width = bias_ring_dot(ring_radius) * if style.is_bias_highlighted { 1.2 } else { 0.8 };
    painter.add(Shape::line(
        dial_arc(center, ring_radius, zero, now),
        Stroke::new(width, color),
    ));
    let dot = bias_ring_dot(ring_radius) + if style.is_bias_highlighted { 1.25 } else { 0.0 };
    painter.circle_filled(dial_point(center, ring_radius, now), dot, style.color);
}

/// The least size of a number in a diagram, in points: 6 of 1/72 inch where running text has 8. A longer one lies over the
/// edge of its disc.
pub const MIN_NUMBER_SIZE: f32 = 9.75;

/// The size of a number in a disc, and no less than `least` points.
pub fn number_font(radius: f32, min_size: f32) -> FontId {
    let font = type_scale::big_number();
    let size = (radius * 0.56).clamp(min_size.max(8.0), font.size);
    FontId::new(size, type_scale::number().family)
}

/// What stands for things that are left out, with their number; shorter where the next column is near, `spacing` points
/// away.
pub fn gap(painter: &Painter, theme: &ColorTheme, at: Pos2, left_out: Option<usize>, spacing: f32) {
    const MIN_LONG_TEXT_SPACING: f32 = 110.0;
    for step in [-7.0, 0.0, 7.0] {
        let offset = if left_out.is_some() {
            vec2(0.0, step)
        } else {
            vec2(step, 0.0)
        };
        painter.circle_filled(at + offset, 1.75, theme.weak_text);
    }
    if let Some(left_out) = left_out {
        let text = match spacing > MIN_LONG_TEXT_SPACING {
            true => format!("{left_out} more"),
            false => format!("+{left_out}"),
        };
        let galley = painter.layout_no_wrap(text, type_scale::small(), theme.weak_text);
        let left = at + vec2(9.0, -galley.size().y / 2.0);
        // Edges pass behind it.
        let background = Rect::from_min_size(left, galley.size()).expand2(vec2(3.0, 0.0));
        painter.rect_filled(background, 4.0, theme.card);
        painter.galley(left, galley, theme.weak_text);
    }
}

/// `b₂ =`; gives back where its right end is.
pub fn bias_name(painter: &Painter, theme: &ColorTheme, symbol: &MathSymbol, left: Pos2) -> f32 {
    bias_piece(painter, theme, symbol)
        .paint_centered(painter, left.x, left.y)
        .right()
}

fn bias_piece(painter: &Painter, theme: &ColorTheme, symbol: &MathSymbol) -> MathBox {
    let name = MathBox::symbol(painter, symbol, 0.85, theme.text);
    let equals = MathBox::text(painter, " = ", type_scale::small(), theme.weak_text);
    MathBox::row([name, equals])
}

/// How wide `b₂ = 0.5` is.
pub fn bias_width(painter: &Painter, theme: &ColorTheme, symbol: &MathSymbol, number: &str) -> f32 {
    /// Around the number, as [`number_entry`](crate::panes::number_entry::number_entry) leaves it.
    const MARGIN: f32 = 8.0;
    let number = MathBox::text(painter, number, type_scale::small(), theme.text);
    bias_piece(painter, theme, symbol).width + number.width + MARGIN
}

/// A small line of words around a middle, cut where the room ends.
fn text_within(painter: &Painter, middle: Pos2, width: f32, text: &str, color: Color32) {
    let font = FontId::new(type_scale::small().size - 1.0, type_scale::small().family);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = painter.layout_job(job);
    let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    painter.galley(at.min, galley, color);
}

/// A line of words, cut where the room ends.
pub fn text_line(painter: &Painter, left: Pos2, right: f32, text: &str, color: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), type_scale::small(), color);
    job.wrap = egui::text::TextWrapping::truncate_at_width((right - left.x).max(24.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(left.x, left.y - galley.size().y / 2.0), galley, color);
}

/// What an activation does to a sum, in a word or two.
pub fn activation_state_text(activation: Activation, sum: f64, width: usize) -> String {
    match activation {
        Activation::Step | Activation::Relu => {
            format!("{activation}: {}", if sum > 0.0 { "on" } else { "off" })
        }
        Activation::Softmax => format!("softmax of {width}"),
        _ => activation.to_string(),
    }
}

/// What lies under the number on an edge.
pub fn label_background(painter: &Painter, theme: &ColorTheme, place: Rect, weight: f64, is_highlighted: bool) {
    let edge = if is_highlighted { theme.sign_color(weight) } else { theme.border };
    let stroke = Stroke::new(1.0, edge);
    painter.rect(place, place.height() / 2.0, theme.card, stroke, StrokeKind::Inside);
}
