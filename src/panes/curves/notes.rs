//! The words on the plane: where the neuron switches, and what it makes of the present number.

use egui::{Align2, Color32, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Description, Item, Part, Place};
use neurodial_core::insight::{Crossing, Curve, Sweep};
use crate::look::type_scale;
use neurodial_core::network::Activation;
use crate::panes::Scene;
use neurodial_core::session::Quantity;

use super::geometry::{Plane, label_place};
use super::label_ui;

/// The most thresholds that are written out.
const MOST_LABELS: usize = 3;
/// On a plane lower than this words would cover the curve, in points.
const LEAST_FOR_WORDS: f32 = 48.0;
/// The radius of the present point, in points.
const DOT: f32 = 5.5;

/// What happens at a crossing of 0, to be followed by its place.
pub fn threshold_words(activation: Activation, quantity: Quantity, is_rising: bool) -> &'static str {
    use Activation::{Elu, Gelu, LeakyRelu, Relu, Sigmoid, Silu, Step};
    match (activation, is_rising) {
        (Relu | Step | LeakyRelu | Elu | Silu | Gelu, true) => "switches on at",
        (Relu | Step | LeakyRelu | Elu | Silu | Gelu, false) => "switches off at",
        (Sigmoid, _) if quantity == Quantity::Output => "is one half at",
        _ => "sum is 0 at",
    }
}

/// A threshold with its words laid out.
struct Note {
    text: String,
    /// The tick on the zero line, where it is on the plane.
    tick: Option<Pos2>,
    candidates: Vec<Pos2>,
    size: Vec2,
}

/// Draws the thresholds of the selected neuron; gives back what their words cover.
pub fn thresholds_ui(canvas: &mut Canvas<'_>, scene: &Scene<'_>, plane: &Plane, line: &[Pos2]) -> Vec<Rect> {
    let sweep = scene.insight.sweep();
    let notes = notes(canvas, scene, sweep, plane);
    let look = scene.look;
    let zero = plane.zero_y();
    for crossing in &sweep.crossings.inside {
        let x = plane.screen_x(crossing.x);
        let tick = zero - 6.0..=zero + 6.0;
        canvas.painter().vline(x, tick, Stroke::new(1.75, look.ink));
    }
    let mut taken: Vec<Rect> = Vec::new();
    let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    let described = texts.join("; ");
    let name = format!(
        "threshold of {}",
        scene
            .session
            .blueprint()
            .neuron_words(scene.session.view().selected)
    );
    let bounds = plane.rect.shrink2(vec2(5.0, 2.0));
    let has_words = plane.rect.height() >= LEAST_FOR_WORDS;
    for (index, note) in notes.iter().enumerate() {
        if note.size.x > bounds.width() {
            continue;
        }
        let at = label_place(note.size, &note.candidates, bounds, &taken, line);
        if has_words {
            label_ui(canvas.painter(), at, &note.text, look.ink, look.card, false);
            taken.push(at.expand(2.0));
        }
        let place = match note.tick {
            Some(tick) => Rect::from_center_size(tick, vec2(8.0, 14.0)),
            None => at,
        };
        let item = Item::new(Part::Threshold, Place::Rect(place));
        if index == 0 {
            canvas.place(item, || Description::of(name.clone(), described.clone()));
        } else {
            canvas.place_more(item);
        }
    }
    taken
}

/// The crossings that get words: the nearest to the present on the plane, and one beyond each side.
fn notes(canvas: &Canvas<'_>, scene: &Scene<'_>, sweep: &Sweep, plane: &Plane) -> Vec<Note> {
    let selected = scene.session.view().selected;
    let blueprint = scene.session.blueprint();
    let activation = blueprint.layers()[selected.layer].neurons[selected.neuron].activation;
    // Among several curves it is said whose threshold it is.
    let is_alone = matches!(sweep.curves.as_slice(), [curve] if curve.at == selected);
    let whose = if is_alone {
        String::new()
    } else {
        format!("{}: ", blueprint.neuron_label(selected))
    };
    let words = |crossing: &Crossing| {
        let what = threshold_words(activation, sweep.quantity, crossing.rising);
        format!("{whose}{what} {}", scene.number(crossing.x))
    };
    let size = |text: &str| {
        let galley = canvas
            .painter()
            .layout_no_wrap(text.to_owned(), type_scale::body(), scene.look.ink);
        galley.size()
    };
    let zero = plane.zero_y();
    let mut inside: Vec<&Crossing> = sweep.crossings.inside.iter().collect();
    inside.sort_by(|a, b| (a.x - sweep.now).abs().total_cmp(&(b.x - sweep.now).abs()));
    let mut notes: Vec<Note> = Vec::new();
    for crossing in inside.into_iter().take(MOST_LABELS) {
        let text = words(crossing);
        let size = size(&text);
        let tick = pos2(plane.screen_x(crossing.x), zero);
        let beside = |x: f32, y: f32| pos2(x, y);
        let left = tick.x - size.x / 2.0;
        let (below, above) = (zero + 9.0, zero - 9.0 - size.y);
        notes.push(Note {
            candidates: vec![
                beside(left, below),
                beside(tick.x + 8.0, below),
                beside(tick.x - 8.0 - size.x, below),
                beside(left, above),
                beside(tick.x - 8.0 - size.x, above),
                beside(tick.x + 8.0, above),
                beside(left, below + 18.0),
                beside(left, above - 18.0),
            ],
            tick: Some(tick),
            text,
            size,
        });
    }
    // Beyond an edge: with an arrow to it, as near to the zero line as there is room.
    let edges = [(&sweep.crossings.below, true), (&sweep.crossings.above, false)];
    for (crossing, is_left) in edges {
        let Some(crossing) = crossing else {
            continue;
        };
        let text = words(crossing);
        let text = if is_left {
            format!("← {text}")
        } else {
            format!("{text} →")
        };
        let size = size(&text);
        let x = if is_left {
            plane.rect.left() + 5.0
        } else {
            plane.rect.right() - 5.0 - size.x
        };
        let heights = [zero + 9.0, zero - 9.0 - size.y, zero + 27.0, zero - 27.0 - size.y];
        let ends = [plane.rect.top() + 4.0, plane.rect.bottom() - 4.0 - size.y];
        notes.push(Note {
            candidates: heights.into_iter().chain(ends).map(|y| pos2(x, y)).collect(),
            tick: None,
            text,
            size,
        });
    }
    notes
}

/// The present point of the main curve.
pub struct Now<'a> {
    /// Where it is, brought to the edge where it lies outside.
    pub dot: Pos2,
    /// The colour of its neuron.
    pub color: Color32,
    /// The curve.
    pub curve: &'a Curve,
    /// The curve as it is drawn.
    pub line: &'a [Pos2],
}

impl Now<'_> {
    /// Draws the point, a line down to zero, and its number where there is room beside `taken`.
    pub fn draw_ui(&self, canvas: &Canvas<'_>, scene: &Scene<'_>, plane: &Plane, taken: &[Rect]) {
        let look = scene.look;
        let Self { dot, color, .. } = *self;
        let sweep = scene.insight.sweep();
        let painter = canvas.painter();
        let part = Part::Present(sweep.over);
        let is_lit = canvas.is_lit(part) || canvas.is_lit(Part::Curve(self.curve.at));
        let [x, y] = self.curve.now;
        let is_on_plane = plane.has_x(x) && plane.y[0] <= y && y <= plane.y[1];
        let zero = plane.zero_y();
        if is_on_plane {
            let way = [dot, pos2(dot.x, zero)];
            painter.extend(Shape::dashed_line(&way, Stroke::new(1.5, color), 2.0, 3.0));
            if is_lit {
                painter.circle_filled(dot, DOT + 6.0, color.gamma_multiply(0.18));
            }
            painter.circle_filled(dot, DOT + 2.0, look.card);
            painter.circle_filled(dot, DOT, color);
        } else {
            let outward = outward(plane, [x, y]);
            painter.add(arrow_head(dot, outward, color));
        }
        let number = scene.number(y);
        let text = if scene.paper.is_some() && plane.has_x(x) {
            number
        } else if plane.has_x(x) {
            format!("now {number}")
        } else {
            format!("now {number} at {}", scene.number(x))
        };
        let galley = painter.layout_no_wrap(text.clone(), type_scale::strong(), color);
        let size = galley.size();
        let bounds = plane.rect.shrink2(vec2(5.0, 2.0));
        if size.x > bounds.width() || size.y > bounds.height() {
            return;
        }
        let mut taken = taken.to_vec();
        // The ring of the focus is wider than the point.
        let reach = if canvas.has_focus(part) { 15.0 } else { DOT + 3.0 };
        taken.push(Rect::from_center_size(dot, Vec2::splat(2.0 * reach)));
        if is_on_plane {
            taken.push(Rect::from_two_pos(dot, pos2(dot.x, zero)).expand2(vec2(2.0, 0.0)));
        }
        let (right, left) = (dot.x + reach + 4.0, dot.x - reach - 4.0 - size.x);
        let (below, above) = (dot.y + 8.0, dot.y - 8.0 - size.y);
        let middle = dot.x - size.x / 2.0;
        let candidates = [
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
        ];
        let at = label_place(size, &candidates, bounds, &taken, self.line);
        painter.rect_filled(at.expand2(vec2(3.0, 0.0)), 3.0, look.card);
        painter.galley(
            Align2::CENTER_CENTER.align_size_within_rect(size, at).min,
            galley,
            color,
        );
    }
}

/// Which way a point lies that is not on the plane.
fn outward(plane: &Plane, [x, y]: [f64; 2]) -> Vec2 {
    let side = |value: f64, ends: [f64; 2]| f32::from(i8::from(value > ends[1]) - i8::from(value < ends[0]));
    let way = vec2(side(x, plane.x), -side(y, plane.y));
    if way == Vec2::ZERO {
        vec2(0.0, -1.0)
    } else {
        way.normalized()
    }
}

fn arrow_head(tip: Pos2, way: Vec2, color: Color32) -> Shape {
    let back = tip - 10.0 * way;
    let across = 5.5 * way.rot90();
    Shape::convex_polygon(vec![tip, back + across, back - across], color, Stroke::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_told_in_plain_words() {
        let words = |activation, rising| threshold_words(activation, Quantity::Output, rising);
        assert_eq!(words(Activation::Relu, true), "switches on at");
        assert_eq!(words(Activation::Step, false), "switches off at");
        assert_eq!(words(Activation::Linear, true), "sum is 0 at");
        assert_eq!(words(Activation::Sigmoid, true), "is one half at");
        assert_eq!(
            threshold_words(Activation::Sigmoid, Quantity::PreActivation, true),
            "sum is 0 at"
        );
    }
}
