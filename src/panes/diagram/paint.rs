//! Painting of inputs, neurons and edges.

use std::sync::Arc;

use egui::epaint::RectShape;
use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextureId,
    pos2, vec2,
};

use crate::panes::context::PaneContext;
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use crate::widgets::truncated_text;
use neurodial_core::network::{Activation, MathSymbol, Threshold};
use neurodial_core::session::ValueRange;
use neurodial_core::text::Messages;

use super::geometry::{dial_arc, dial_point, edge_width};
use super::sizes::bias_ring_dot;

/// The radius from which a disc has space for a name above the number, in points.
const MIN_NAME_RADIUS: f32 = 19.0;

/// The emphasis of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EdgeEmphasis {
    /// The edge leads to another neuron than the selected one.
    Faint,
    /// The edge leads to the selected or the highlighted neuron, or no neuron is selected.
    Full,
    /// The edge itself is highlighted: the pointer is on it or on another element of its weight.
    Highlighted,
}

/// The style of an edge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EdgeStyle {
    /// The weight: its absolute value sets the width, its sign the color and the dashes.
    pub(crate) weight: f64,
    /// The emphasis of the edge.
    pub(crate) emphasis: EdgeEmphasis,
    /// The opacity, from 0 to 1.
    pub(crate) opacity: f32,
    /// The scale of the width.
    pub(crate) scale: f32,
    /// The color theme.
    pub(crate) theme: &'static ColorTheme,
}

impl EdgeStyle {
    /// Returns the width of an edge with this weight, in points.
    fn width_of(&self, weight: f64) -> f32 {
        self.scale * edge_width(weight)
    }
}

/// Paints an edge: solid for a positive weight, dashed for a negative one, dotted for 0.
pub(crate) fn edge(painter: &Painter, from: Pos2, to: Pos2, style: EdgeStyle) {
    let EdgeStyle {
        weight,
        emphasis,
        opacity,
        scale,
        theme,
    } = style;
    let color = theme.sign_color(weight).gamma_multiply(opacity);
    let color = if emphasis == EdgeEmphasis::Faint {
        theme.faded(color)
    } else {
        color
    };
    let width = style.width_of(weight)
        + if emphasis == EdgeEmphasis::Highlighted {
            scale * 1.5
        } else {
            0.0
        };
    if emphasis == EdgeEmphasis::Highlighted {
        painter.line_segment(
            [from, to],
            Stroke::new(width + scale * 7.0, theme.highlighted(color)),
        );
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

/// Returns the color for the weight of an edge in the snapshot.
pub(crate) fn snapshot_color(theme: &ColorTheme) -> Color32 {
    ColorTheme::mix(theme.card, theme.weak_text, 0.3)
}

/// Paints a pale band below an edge that was wider in the snapshot or had the other sign.
pub(crate) fn snapshot_edge_below(
    painter: &Painter,
    [from, to]: [Pos2; 2],
    snapshot_weight: f64,
    style: EdgeStyle,
) {
    let (snapshot_width, width) = (style.width_of(snapshot_weight), style.width_of(style.weight));
    if snapshot_width > width || (snapshot_weight < 0.0) != (style.weight < 0.0) {
        let color = snapshot_color(style.theme);
        painter.line_segment([from, to], Stroke::new(snapshot_width.max(width) + 2.0, color));
    }
}

/// Paints a pale line on an edge that was thinner in the snapshot.
pub(crate) fn snapshot_edge_above(
    painter: &Painter,
    [from, to]: [Pos2; 2],
    snapshot_weight: f64,
    style: EdgeStyle,
) {
    let (snapshot_width, width) = (style.width_of(snapshot_weight), style.width_of(style.weight));
    if snapshot_width + 1.0 < width && (snapshot_weight < 0.0) == (style.weight < 0.0) {
        let color = style.theme.card.gamma_multiply(0.6);
        painter.line_segment([from, to], Stroke::new(snapshot_width, color));
    }
}

/// Paints the disc of an input.
pub(crate) fn input(
    painter: &Painter,
    context: &PaneContext<'_>,
    center: Pos2,
    radius: f32,
    is_highlighted: bool,
) {
    let (theme, scale) = (context.theme, context.scale);
    if is_highlighted {
        painter.circle_filled(center, radius + scale * 6.0, theme.highlighted(theme.accent));
    }
    let width = scale * if is_highlighted { 2.5 } else { 1.75 };
    painter.circle(center, radius, theme.card, Stroke::new(width, theme.text));
}

/// Paints the name of an input, or its symbol if it has no name, with its right end at `right`. Returns the
/// rectangle of a name that is shortened.
pub(crate) fn input_name(
    painter: &Painter,
    context: &PaneContext<'_>,
    input: usize,
    right: Pos2,
) -> Option<Rect> {
    let architecture = context.session.architecture();
    let theme = context.theme;
    match &architecture.input_names()[input] {
        Some(name) => {
            let room = (right.x - painter.clip_rect().left()).max(24.0);
            let font = context.font(type_scale::body());
            let galley = painter.layout_job(truncated_text(name, font, theme.text, room));
            let at = Align2::RIGHT_CENTER.anchor_size(right, galley.size());
            let is_shortened = galley.elided;
            painter.galley(at.min, galley, theme.text);
            is_shortened.then_some(at)
        }
        None => {
            let symbol = architecture.input_symbol(input);
            let symbol = MathBox::symbol(painter, &symbol, context.symbol_scale(1.0), theme.text);
            symbol.paint_scaled(painter, right.x - symbol.width, right.y, context.scale);
            None
        }
    }
}

/// The style of a neuron.
#[derive(Debug, Clone)]
pub(crate) struct NeuronStyle {
    /// The color that identifies the neuron.
    pub(crate) color: Color32,
    /// True if the neuron is selected, so that curves and formula show it.
    pub(crate) is_selected: bool,
    /// True if the neuron is highlighted.
    pub(crate) is_highlighted: bool,
    /// True if the bias of the neuron is highlighted.
    pub(crate) is_bias_highlighted: bool,
    /// The output as text.
    pub(crate) output_text: String,
    /// The name that the user gave the neuron, if any.
    pub(crate) name: Option<String>,
    /// The texture of the small map, if small maps are shown.
    pub(crate) small_map: Option<TextureId>,
    /// The word for a dead ReLU, whose output is 0 for every sample of the data, if it is one.
    pub(crate) dead_text: Option<&'static str>,
    /// The minimum font size of the number, in points. A longer number extends beyond the edge of the disc.
    pub(crate) min_number_size: f32,
    /// True if the disc has room for its number.
    pub(crate) has_number: bool,
}

/// Paints the disc of a neuron with its output.
pub(crate) fn neuron(
    painter: &Painter,
    context: &PaneContext<'_>,
    center: Pos2,
    radius: f32,
    style: &NeuronStyle,
) {
    let (theme, scale) = (context.theme, context.scale);
    let width = scale
        * match (style.is_selected, style.is_highlighted) {
            (true, _) => 3.25,
            (false, true) => 2.75,
            (false, false) => 1.75,
        };
    match style.small_map {
        Some(small_map) => paint_small_map(
            painter,
            center,
            radius,
            small_map,
            Stroke::new(width, style.color),
        ),
        None => {
            painter.circle(center, radius, theme.card, Stroke::new(width, style.color));
        }
    }
    if style.dead_text.is_some() {
        dead_ring(painter, context, center, radius);
    }
    // A number would cover the small map.
    match (style.small_map, &style.name) {
        (None, _) if style.has_number => output_number(painter, context, center, radius, style),
        (Some(_), Some(name)) if radius >= scale * MIN_NAME_RADIUS => {
            let background = Rect::from_center_size(center, vec2(1.6 * radius, scale * 16.0));
            painter.rect_filled(background, 4.0, theme.card.gamma_multiply(0.85));
            text_within(painter, context, center, 1.5 * radius, name, style.color);
        }
        (None | Some(_), _) => {}
    }
    if let Some(text) = style.dead_text {
        dead_badge(painter, context, text, center, radius);
    }
}

/// Paints the small map of a neuron as a square with round corners, as large as the bias ring.
fn paint_small_map(painter: &Painter, center: Pos2, radius: f32, small_map: TextureId, outline: Stroke) {
    let square = Rect::from_center_size(center, egui::Vec2::splat(2.4 * radius));
    let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    let corner = CornerRadius::same((0.3 * radius).min(255.0) as u8);
    painter.add(RectShape::filled(square, corner, Color32::WHITE).with_texture(small_map, uv));
    painter.rect_stroke(square, corner, outline, StrokeKind::Middle);
}

/// Paints the output of a neuron in its disc, below its name if it has one.
fn output_number(
    painter: &Painter,
    context: &PaneContext<'_>,
    center: Pos2,
    radius: f32,
    style: &NeuronStyle,
) {
    let (theme, scale) = (context.theme, context.scale);
    let mut font = number_font(radius, style.min_number_size, scale);
    font.family = type_scale::strong().family;
    let mut galley = painter.layout_no_wrap(style.output_text.clone(), font.clone(), style.color);
    let room = 2.0 * radius - scale * 5.0;
    if galley.size().x > room {
        let min_size = (0.5 * font.size).max(style.min_number_size.min(font.size));
        font.size = (font.size * room / galley.size().x).max(min_size);
        galley = painter.layout_no_wrap(style.output_text.clone(), font, style.color);
    }
    let is_wider_than_disc = galley.size().x > room + 0.01;
    let mut middle = center;
    if let Some(name) = &style.name
        && radius >= scale * MIN_NAME_RADIUS
    {
        middle.y += 0.24 * radius;
        let at = center - vec2(0.0, 0.36 * radius);
        text_within(painter, context, at, 1.6 * radius, name, style.color);
    }
    let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    if is_wider_than_disc && style.min_number_size > 0.0 {
        number_background(painter, theme, at);
    }
    painter.galley(at.min, galley, style.color);
}

/// Paints the background of a number that extends beyond the edge of its disc.
pub(crate) fn number_background(painter: &Painter, theme: &ColorTheme, number: Rect) {
    let rect = number.expand2(vec2(2.0, -1.0));
    painter.rect_filled(rect, rect.height() / 2.0, theme.card);
}

/// Paints the dashed ring of a dead neuron.
fn dead_ring(painter: &Painter, context: &PaneContext<'_>, center: Pos2, radius: f32) {
    const STEPS: u8 = 48;
    let (theme, scale) = (context.theme, context.scale);
    let ring: Vec<Pos2> = (0..=STEPS)
        .map(|step| {
            let angle = std::f32::consts::TAU * f32::from(step) / f32::from(STEPS);
            center + (radius - scale) * egui::Vec2::angled(angle)
        })
        .collect();
    painter.circle_stroke(center, radius - scale, Stroke::new(scale * 4.0, theme.card));
    painter.extend(Shape::dashed_line(
        &ring,
        Stroke::new(scale * 3.0, theme.warning),
        scale * 5.0,
        scale * 4.0,
    ));
}

fn dead_badge_galley(painter: &Painter, context: &PaneContext<'_>, text: &str) -> Arc<Galley> {
    let font = context.font(type_scale::strong());
    painter.layout_no_wrap(text.to_owned(), font, context.theme.warning)
}

/// Returns the rectangle of the word "dead": at the upper right of the disc, where neither its number nor its
/// edges are.
pub(crate) fn dead_badge_rect(
    painter: &Painter,
    context: &PaneContext<'_>,
    text: &str,
    center: Pos2,
    radius: f32,
) -> Rect {
    let middle = center + 0.75 * radius * vec2(1.0, -1.0) + context.scale * vec2(6.0, -4.0);
    Rect::from_center_size(
        middle,
        dead_badge_galley(painter, context, text).size() + context.scale * vec2(8.0, 0.0),
    )
}

/// Paints the word "dead" at a dead neuron.
fn dead_badge(painter: &Painter, context: &PaneContext<'_>, text: &str, center: Pos2, radius: f32) {
    let theme = context.theme;
    let galley = dead_badge_galley(painter, context, text);
    let rect = dead_badge_rect(painter, context, text, center, radius);
    let edge = Stroke::new(1.0, theme.warning);
    painter.rect(rect, rect.height() / 2.0, theme.card, edge, StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    painter.galley(at.min, galley, theme.warning);
}

/// Paints the bias ring of a neuron: its bias as a dial, with 0 at the top if the range is symmetric.
pub(crate) fn bias_ring(
    painter: &Painter,
    context: &PaneContext<'_>,
    center: Pos2,
    ring_radius: f32,
    range: ValueRange,
    bias: f64,
    style: &NeuronStyle,
) {
    let (theme, scale) = (context.theme, context.scale);
    if style.is_bias_highlighted {
        painter.circle_filled(center, 1.2 * ring_radius, theme.highlighted(style.color));
    } else if style.is_selected || style.is_highlighted {
        painter.circle_filled(center, 1.2 * ring_radius, theme.tinted(style.color));
    }
    let track = Stroke::new(scale * 2.0, theme.track_edge);
    painter.add(Shape::line(dial_arc(center, ring_radius, 0.0, 1.0), track));
    let (zero, now) = (range.fraction_of(0.0), range.fraction_of(bias));
    let color = if style.is_selected || style.is_bias_highlighted {
        style.color
    } else {
        ColorTheme::mix(theme.card, style.color, 0.55)
    };
    let dot = scale * bias_ring_dot(ring_radius / scale);
    let width = dot * if style.is_bias_highlighted { 1.2 } else { 0.8 };
    painter.add(Shape::line(
        dial_arc(center, ring_radius, zero, now),
        Stroke::new(width, color),
    ));
    let dot = dot
        + if style.is_bias_highlighted {
            scale * 1.25
        } else {
            0.0
        };
    painter.circle_filled(dial_point(center, ring_radius, now), dot, style.color);
}

/// The minimum font size of a number in a diagram, in points: 6 pt of print where running text has 8 pt. A
/// longer number extends beyond the edge of its disc.
pub(crate) const MIN_NUMBER_SIZE: f32 = 9.75;

/// Returns the font of a number in a disc of `radius`, with at least `min_size` points.
pub(crate) fn number_font(radius: f32, min_size: f32, scale: f32) -> FontId {
    let font = type_scale::big_number();
    let size = (radius * 0.56).clamp(min_size.max(8.0), scale * font.size);
    FontId::new(size, type_scale::number().family)
}

/// Paints three dots in place of what is left out. For neurons or inputs their number follows, in a shorter
/// form where the next column is near: `spacing` points away.
pub(crate) fn gap(
    painter: &Painter,
    context: &PaneContext<'_>,
    at: Pos2,
    left_out: Option<usize>,
    spacing: f32,
) {
    const MIN_LONG_TEXT_SPACING: f32 = 110.0;
    let (theme, scale) = (context.theme, context.scale);
    for step in [-7.0 * scale, 0.0, 7.0 * scale] {
        let offset = if left_out.is_some() {
            vec2(0.0, step)
        } else {
            vec2(step, 0.0)
        };
        painter.circle_filled(at + offset, scale * 1.75, theme.weak_text);
    }
    if let Some(left_out) = left_out {
        let text = match spacing > scale * MIN_LONG_TEXT_SPACING {
            true => context.messages.diagram_more(left_out),
            false => format!("+{left_out}"),
        };
        let galley = painter.layout_no_wrap(text, context.font(type_scale::small()), theme.weak_text);
        let left = at + vec2(scale * 9.0, -galley.size().y / 2.0);
        // Edges pass behind the text.
        let background = Rect::from_min_size(left, galley.size()).expand2(vec2(3.0, 0.0));
        painter.rect_filled(background, 4.0, theme.card);
        painter.galley(left, galley, theme.weak_text);
    }
}

/// Paints `b₂ =` from `left` on; returns the x coordinate of its right end.
pub(crate) fn bias_name(
    painter: &Painter,
    context: &PaneContext<'_>,
    symbol: &MathSymbol,
    left: Pos2,
) -> f32 {
    bias_piece(painter, context, symbol)
        .paint_scaled(painter, left.x, left.y, context.scale)
        .right()
}

fn bias_piece(painter: &Painter, context: &PaneContext<'_>, symbol: &MathSymbol) -> MathBox {
    let theme = context.theme;
    let name = MathBox::symbol(painter, symbol, context.symbol_scale(0.85), theme.text);
    let equals = MathBox::text(painter, " = ", context.font(type_scale::small()), theme.weak_text);
    MathBox::row([name, equals])
}

/// Returns the width of `b₂ = 0.5`, in points.
pub(crate) fn bias_width(
    painter: &Painter,
    context: &PaneContext<'_>,
    symbol: &MathSymbol,
    number: &str,
) -> f32 {
    /// The margins around the number that [`number_entry_ui`](crate::panes::number_entry::number_entry_ui)
    /// leaves, in points.
    const MARGIN: f32 = 8.0;
    let number = MathBox::text(
        painter,
        number,
        context.font(type_scale::small()),
        context.theme.text,
    );
    bias_piece(painter, context, symbol).width + number.width + MARGIN
}

/// Paints a small line of text centered on `middle`, truncated to `width` points.
fn text_within(
    painter: &Painter,
    context: &PaneContext<'_>,
    middle: Pos2,
    width: f32,
    text: &str,
    color: Color32,
) {
    let small = type_scale::small();
    let size = if context.is_presented {
        small.size
    } else {
        small.size - 1.0
    };
    let font = context.font(FontId::new(size, small.family));
    let galley = painter.layout_job(truncated_text(text, font, color, width));
    let at = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    painter.galley(at.min, galley, color);
}

/// Paints a line of text from `left` on, truncated at the x coordinate `right`. Returns the rectangle of a text that
/// is shortened.
pub(crate) fn text_line(
    painter: &Painter,
    left: Pos2,
    right: f32,
    text: &str,
    font: FontId,
    color: Color32,
) -> Option<Rect> {
    let room = (right - left.x).max(24.0);
    let galley = painter.layout_job(truncated_text(text, font, color, room));
    let at = Align2::LEFT_CENTER.anchor_size(left, galley.size());
    let is_shortened = galley.elided;
    painter.galley(at.min, galley, color);
    is_shortened.then_some(at)
}

/// Returns the name of the activation function and, for ReLU and step, whether the weighted sum turns it on.
pub(crate) fn activation_state_text(
    activation: Activation,
    sum: f64,
    width: usize,
    messages: Messages,
) -> String {
    let label = activation.label(messages);
    if activation.is_per_layer() {
        messages.activation_over_layer(label, width)
    } else if activation.info().threshold != Threshold::Switch {
        label.to_owned()
    } else if sum > 0.0 {
        messages.activation_on(label)
    } else {
        messages.activation_off(label)
    }
}

/// Paints the background of the number on an edge.
pub(crate) fn label_background(
    painter: &Painter,
    theme: &ColorTheme,
    rect: Rect,
    weight: f64,
    is_highlighted: bool,
) {
    let edge = if is_highlighted {
        theme.sign_color(weight)
    } else {
        theme.border
    };
    let (fill, width) = match is_highlighted {
        true => (theme.highlighted(edge), 1.5),
        false => (theme.card, 1.0),
    };
    let stroke = Stroke::new(width, edge);
    painter.rect(rect, rect.height() / 2.0, fill, stroke, StrokeKind::Inside);
}
