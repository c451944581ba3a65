//! The labels of the curves: the thresholds of the neuron, its output at the current point, and in a figure the
//! symbols of several curves.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::plot::label_placement::{best_label_rect, spread_apart};
use crate::plot::{LabelObstacle, PlacedLabel, PlotArea};
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::insight::{Crossing, Curve, Sweep};
use neurodial_core::network::{Activation, Threshold};
use neurodial_core::session::Quantity;
use neurodial_core::text::Messages;

/// The maximum number of thresholds inside the plot area that have a label.
const MAX_LABELS: usize = 3;
/// The minimum height of a plot area with labels of thresholds, in points; in a lower one they would cover
/// the curve.
const MIN_HEIGHT_WITH_LABELS: f32 = 48.0;
/// The minimum height of a plot area in which the number of the current point is named, in points.
const MIN_HEIGHT_WITH_WORDS: f32 = 84.0;
/// The radius of the current point, in points.
const DOT_RADIUS: f32 = 5.5;
/// The cost of a label that covers the curve.
const CURVE_COST: f32 = 300.0;
/// The width to the right of the plot area that the labels need, in points.
pub(crate) const CURVE_LABELS_WIDTH: f32 = 44.0;
/// The minimum distance from one label to the next, in points.
const CURVE_LABEL_PITCH: f32 = 17.0;
/// The maximum vertical distance from the end of a curve at which its label needs no leader line, in points.
const MAX_LEVEL_OFFSET: f32 = 4.0;
/// The maximum number of curves that are labeled one by one.
const MAX_CURVE_LABELS: usize = 16;

/// Describes a zero crossing of the weighted sum at `position`; `None` if that is no threshold of the
/// activation function.
fn threshold_text(
    activation: Activation,
    is_rising: bool,
    position: &str,
    messages: Messages,
) -> Option<String> {
    Some(match activation.info().threshold {
        Threshold::Switch | Threshold::LeakySwitch | Threshold::SoftSwitch if is_rising => {
            messages.curves_turns_on(position)
        }
        Threshold::Switch | Threshold::LeakySwitch | Threshold::SoftSwitch => {
            messages.curves_turns_off(position)
        }
        Threshold::OneHalf => messages.curves_half(position),
        Threshold::Sign | Threshold::None => return None,
    })
}

/// The label of a threshold.
struct ThresholdLabel {
    text: String,
    galley: Arc<Galley>,
    /// The position of its tick on the zero line; `None` if it is outside the plot area.
    tick: Option<Pos2>,
    /// The left top corners that it can have.
    corners: Vec<Pos2>,
}

/// Draws the thresholds of the selected neuron; returns what other labels should not cover: their labels and the
/// curve.
pub(crate) fn thresholds_ui(
    canvas: &mut Canvas<'_>,
    context: &PaneContext<'_>,
    plot_area: &PlotArea,
    line: &[Pos2],
) -> Vec<LabelObstacle> {
    let sweep = context.insight.sweep();
    let theme = context.theme;
    let mut obstacles = vec![LabelObstacle::Line {
        points: line.to_vec(),
        cost: CURVE_COST,
    }];
    if !context.insight.formula().activation.info().threshold.exists() {
        return obstacles;
    }
    let labels = threshold_labels(canvas, context, sweep, plot_area);
    let zero = plot_area.zero_line_y();
    for crossing in &sweep.crossings.inside {
        let x = plot_area.screen_from_x(crossing.x);
        let tick = zero - 6.0..=zero + 6.0;
        canvas.painter().vline(x, tick, Stroke::new(1.75, theme.text));
    }
    let texts: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
    let messages = context.messages;
    let description = texts.join(messages.clause_separator());
    let selected = context.session.view().selected;
    let name = messages.curves_threshold(context.session.architecture().describe_neuron(selected, messages));
    let bounds = plot_area.rect.shrink2(vec2(5.0, 2.0));
    let has_labels = plot_area.rect.height() >= MIN_HEIGHT_WITH_LABELS;
    for (index, label) in labels.iter().enumerate() {
        let size = label.galley.size();
        if size.x > bounds.width() {
            continue;
        }
        let rect = best_label_rect(size, &label.corners, bounds, &obstacles);
        if has_labels {
            let background = rect.expand2(vec2(3.0, 0.0));
            PlacedLabel::new(Arc::clone(&label.galley), theme.text, background)
                .paint(canvas.painter(), theme.card.gamma_multiply(0.85));
            obstacles.push(LabelObstacle::Rect(rect.expand(2.0)));
        }
        let hit_rect = match label.tick {
            Some(tick) => Rect::from_center_size(tick, vec2(8.0, 14.0)),
            None => rect,
        };
        let item = Placement::new(Element::Threshold, HitShape::Rect(hit_rect));
        if index == 0 {
            canvas.place(item, || ElementInfo::new(name.clone(), description.clone()));
        } else {
            canvas.place_again(item);
        }
    }
    obstacles
}

/// Returns labels for the crossings inside the plot area that are nearest to the current value, and for one
/// beyond each side.
fn threshold_labels(
    canvas: &Canvas<'_>,
    context: &PaneContext<'_>,
    sweep: &Sweep,
    plot_area: &PlotArea,
) -> Vec<ThresholdLabel> {
    let selected = context.session.view().selected;
    let architecture = context.session.architecture();
    let activation = context.insight.formula().activation;
    // Among several curves the label names its neuron.
    let is_alone = matches!(sweep.curves.as_slice(), [curve] if curve.at == selected);
    let messages = context.messages;
    let label_text = |crossing: &Crossing| {
        let position = context.format_number(crossing.x);
        let text = threshold_text(activation, crossing.is_rising, &position, messages)?;
        Some(match is_alone {
            true => text,
            false => messages.named_value(architecture.neuron_label_in(selected, messages), text),
        })
    };
    let layout = |text: &str| {
        canvas
            .painter()
            .layout_no_wrap(text.to_owned(), type_scale::body(), context.theme.text)
    };
    let zero = plot_area.zero_line_y();
    let mut inside: Vec<&Crossing> = sweep.crossings.inside.iter().collect();
    inside.sort_by(|a, b| {
        (a.x - sweep.current)
            .abs()
            .total_cmp(&(b.x - sweep.current).abs())
    });
    let mut labels: Vec<ThresholdLabel> = Vec::new();
    for crossing in inside.into_iter().take(MAX_LABELS) {
        let Some(text) = label_text(crossing) else {
            continue;
        };
        let galley = layout(&text);
        let size = galley.size();
        let tick = pos2(plot_area.screen_from_x(crossing.x), zero);
        let left = tick.x - size.x / 2.0;
        let (below, above) = (zero + 9.0, zero - 9.0 - size.y);
        labels.push(ThresholdLabel {
            corners: vec![
                pos2(left, below),
                pos2(tick.x + 8.0, below),
                pos2(tick.x - 8.0 - size.x, below),
                pos2(left, above),
                pos2(tick.x - 8.0 - size.x, above),
                pos2(tick.x + 8.0, above),
                pos2(left, below + 18.0),
                pos2(left, above - 18.0),
            ],
            tick: Some(tick),
            text,
            galley,
        });
    }
    // A crossing outside the plot area gets an arrow toward it, as close to the zero line as there is space.
    let edges = [(&sweep.crossings.below, true), (&sweep.crossings.above, false)];
    for (crossing, is_left) in edges {
        let Some(text) = crossing.as_ref().and_then(label_text) else {
            continue;
        };
        let text = if is_left {
            format!("← {text}")
        } else {
            format!("{text} →")
        };
        let galley = layout(&text);
        let size = galley.size();
        let x = if is_left {
            plot_area.rect.left() + 5.0
        } else {
            plot_area.rect.right() - 5.0 - size.x
        };
        let heights = [zero + 9.0, zero - 9.0 - size.y, zero + 27.0, zero - 27.0 - size.y];
        let ends = [plot_area.rect.top() + 4.0, plot_area.rect.bottom() - 4.0 - size.y];
        labels.push(ThresholdLabel {
            corners: heights.into_iter().chain(ends).map(|y| pos2(x, y)).collect(),
            tick: None,
            text,
            galley,
        });
    }
    labels
}

/// The current point of the main curve.
pub(crate) struct CurrentPoint<'a> {
    /// Its position on the screen, moved to the edge if it is outside the plot area.
    pub(crate) dot: Pos2,
    /// The color of its neuron.
    pub(crate) color: Color32,
    /// The curve.
    pub(crate) curve: &'a Curve,
}

impl CurrentPoint<'_> {
    /// Draws the point, a line to the zero line, and its number where it avoids the obstacles.
    pub(crate) fn draw_ui(
        &self,
        canvas: &Canvas<'_>,
        context: &PaneContext<'_>,
        plot_area: &PlotArea,
        mut obstacles: Vec<LabelObstacle>,
    ) {
        /// The distance beyond a corner, which the placement of labels counts as a cost.
        const FAR: Vec2 = vec2(16.0, 16.0);
        let theme = context.theme;
        let Self { dot, color, .. } = *self;
        let sweep = context.insight.sweep();
        let painter = canvas.painter();
        let element = Element::CurrentPoint(sweep.swept);
        let is_highlighted =
            canvas.is_highlighted(element) || canvas.is_highlighted(Element::Curve(self.curve.at));
        let [x, y] = self.curve.current;
        let is_inside = plot_area.contains_x(x) && plot_area.y.range[0] <= y && y <= plot_area.y.range[1];
        let zero = plot_area.zero_line_y();
        if is_inside {
            let dropline = [dot, pos2(dot.x, zero)];
            painter.extend(Shape::dashed_line(&dropline, Stroke::new(1.5, color), 2.0, 3.0));
            if is_highlighted {
                painter.circle_filled(dot, DOT_RADIUS + 6.0, color.gamma_multiply(0.18));
            }
            painter.circle_filled(dot, DOT_RADIUS + 2.0, theme.card);
            painter.circle_filled(dot, DOT_RADIUS, color);
        } else {
            let outward = outward(plot_area, [x, y]);
            painter.add(arrow_head(dot, outward, color));
        }
        let number = context.format_number(y);
        let is_low = plot_area.rect.height() < MIN_HEIGHT_WITH_WORDS;
        let text = if (context.options.is_some() || is_low) && plot_area.contains_x(x) {
            number
        } else if plot_area.contains_x(x) {
            context.messages.curves_current(number)
        } else {
            context
                .messages
                .curves_current_outside(number, context.format_number(x))
        };
        let galley = painter.layout_no_wrap(text.clone(), type_scale::strong(), color);
        let size = galley.size();
        let bounds = plot_area.rect.shrink2(vec2(5.0, 2.0));
        if size.x > bounds.width() || size.y > bounds.height() {
            return;
        }
        // The focus ring is wider than the point.
        let dot_extent = if canvas.has_focus(element) {
            15.0
        } else {
            DOT_RADIUS + 3.0
        };
        let around = Rect::from_center_size(dot, Vec2::splat(2.0 * dot_extent));
        obstacles.push(LabelObstacle::Rect(around));
        if is_inside {
            let dropline = Rect::from_two_pos(dot, pos2(dot.x, zero)).expand2(vec2(2.0, 0.0));
            obstacles.push(LabelObstacle::Rect(dropline));
        }
        let (right, left) = (dot.x + dot_extent + 4.0, dot.x - dot_extent - 4.0 - size.x);
        let (below, above) = (dot.y + 8.0, dot.y - 8.0 - size.y);
        let middle = dot.x - size.x / 2.0;
        let corners = [
            pos2(right, below),
            pos2(left, above),
            pos2(right, above),
            pos2(left, below),
            pos2(middle, above - 4.0),
            pos2(middle, below + 4.0),
            pos2(right, below + 18.0),
            pos2(left, above - 18.0),
            pos2(right, above - 18.0),
            pos2(left, below + 18.0),
            // In a low plot only the corners are free. Their distance makes them the last choice.
            bounds.right_bottom() + FAR,
            bounds.left_top() - FAR,
            bounds.right_top() + vec2(FAR.x, -FAR.y),
            bounds.left_bottom() + vec2(-FAR.x, FAR.y),
        ];
        let rect = best_label_rect(size, &corners, bounds, &obstacles);
        PlacedLabel::new(galley, color, rect.expand2(vec2(3.0, 0.0))).paint(painter, theme.card);
    }
}

/// Returns the direction, as a unit vector on the screen, in which a point outside the plot area lies.
fn outward(plot_area: &PlotArea, [x, y]: [f64; 2]) -> Vec2 {
    let side = |value: f64, ends: [f64; 2]| f32::from(i8::from(value > ends[1]) - i8::from(value < ends[0]));
    let direction = vec2(side(x, plot_area.x.range), -side(y, plot_area.y.range));
    if direction == Vec2::ZERO {
        vec2(0.0, -1.0)
    } else {
        direction.normalized()
    }
}

fn arrow_head(tip: Pos2, direction: Vec2, color: Color32) -> Shape {
    let back = tip - 10.0 * direction;
    let across = 5.5 * direction.rot90();
    Shape::convex_polygon(vec![tip, back + across, back - across], color, Stroke::NONE)
}

/// True if each of several curves has its symbol at its end, as in figures. In the window, colors and the pointer
/// identify the curves.
pub(crate) fn has_curve_labels(context: &PaneContext<'_>) -> bool {
    context.options.is_some() && (2..=MAX_CURVE_LABELS).contains(&context.insight.sweep().curves.len())
}

/// Draws the symbols of the curves to the right of the plot area, with a thin leader line from the end of the curve to a
/// label that is not level with it.
pub(crate) fn curve_labels_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>, plot_area: &PlotArea) {
    let architecture = context.session.architecture();
    let sweep = context.insight.sweep();
    // The labels are outside of the plot area, to which the canvas's own painter is clipped.
    let painter = canvas.ui().painter().clone();
    let mut curves: Vec<&Curve> = sweep
        .curves
        .iter()
        .filter(|curve| !curve.points.is_empty())
        .collect();
    let end = |curve: &Curve| {
        let last = curve.points.last().map_or(0.0, |point| point[1]);
        plot_area
            .screen_from_y(last)
            .clamp(plot_area.rect.top(), plot_area.rect.bottom())
    };
    curves.sort_by(|a, b| end(a).total_cmp(&end(b)));
    let ends: Vec<f32> = curves.iter().map(|curve| end(curve)).collect();
    let heights = spread_apart(
        &ends,
        CURVE_LABEL_PITCH,
        [plot_area.rect.top(), plot_area.rect.bottom()],
    );
    for ((curve, from), to) in curves.into_iter().zip(ends).zip(heights) {
        let color = context.neuron_color(curve.at);
        let symbol = match sweep.quantity {
            Quantity::Output => architecture.a_symbol(curve.at),
            Quantity::WeightedSum => architecture.z_symbol(curve.at),
        };
        let right = plot_area.rect.right();
        // A leader line beside a level label would look like a minus sign.
        if (to - from).abs() > MAX_LEVEL_OFFSET {
            let leader = [pos2(right, from), pos2(right + 11.0, to)];
            painter.line_segment(leader, Stroke::new(1.0, color));
        }
        MathBox::symbol(&painter, &symbol, context.symbol_scale(0.95), color).paint_centered(
            &painter,
            right + 14.0,
            to,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_thresholds_have_texts_that_say_when_the_neuron_turns_on_or_off() {
        let messages = Messages::ENGLISH;
        for (activation, is_rising, text) in [
            (Activation::Relu, true, Some(messages.curves_turns_on("2"))),
            (Activation::Step, false, Some(messages.curves_turns_off("2"))),
            (Activation::Sigmoid, true, Some(messages.curves_half("2"))),
            (Activation::Linear, true, None),
            (Activation::Tanh, true, None),
            (Activation::Sine, true, None),
            (Activation::Softmax, true, None),
        ] {
            assert_eq!(threshold_text(activation, is_rising, "2", messages), text);
            assert_eq!(activation.info().threshold.exists(), text.is_some());
        }
    }
}
