//! A track bent round, as on a radio: open at the bottom, the lower end to the left.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2};

use crate::look::Look;

use super::marks::{self, Spot};
use super::strip;

/// How far the whole range goes round, in radians.
pub const SWEEP: f64 = 1.5 * std::f64::consts::PI;
/// How thick the groove is, in points.
const GROOVE: f32 = 4.5;
/// The radius of the handle, in points.
const HANDLE: f32 = 5.0;
/// How much room there is around the groove for handle and ticks, in points.
const MARGIN: f32 = 8.0;

/// Where the parts of a dial are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DialGeometry {
    /// The middle.
    pub center: Pos2,
    /// From there to the middle of the groove.
    pub radius: f32,
}

impl DialGeometry {
    /// The largest dial at the top of `rect`, with room for its handle and ticks.
    pub fn within(rect: Rect, largest: f32) -> Self {
        let radius = (rect.width() / 2.0 - MARGIN).clamp(6.0, largest);
        Self {
            center: pos2(rect.center().x, rect.top() + MARGIN + radius),
            radius,
        }
    }

    /// How high a dial of this radius is with all its ticks, in points.
    pub fn height(radius: f32) -> f32 {
        // The lower end of an open circle is that much higher than that of a closed one.
        MARGIN + radius + 0.71 * radius + HANDLE + 2.0
    }

    /// The point of the groove at a fraction of the way.
    pub fn at(&self, fraction: f64) -> Pos2 {
        self.center + self.radius * Self::way(fraction)
    }

    /// The direction from the middle at a fraction of the way.
    fn way(fraction: f64) -> Vec2 {
        Vec2::angled((0.75 * std::f64::consts::PI + SWEEP * fraction) as f32)
    }

    /// Within this distance of the middle a hand turns it by going up and down.
    pub fn cap(&self) -> f32 {
        (self.radius - HANDLE - 1.0).max(2.0)
    }

    /// Within this distance, and outside of the cap, a hand turns it round.
    pub fn reach(&self) -> f32 {
        self.radius + HANDLE + 1.0
    }

    /// The middle of the gap at the bottom.
    pub fn gap(&self) -> Pos2 {
        self.center + Vec2::new(0.0, 0.76 * self.radius)
    }

    fn arc(&self, radius: f32, from: f64, to: f64) -> Vec<Pos2> {
        let steps = ((to - from).abs() * 36.0).ceil().max(1.0);
        let places = (0..=steps as usize).map(|step| from + (to - from) * step as f64 / steps);
        places
            .map(|place| self.center + radius * Self::way(place))
            .collect()
    }
}

/// How a dial looks now.
#[derive(Debug, Clone, Copy)]
pub struct DialState<'a> {
    /// Where its handle is, 0 to 1.
    pub fraction: f64,
    /// Where zero is, if it is within the range.
    pub zero: Option<f64>,
    /// The colour of its neuron.
    pub color: Color32,
    /// The pointer is on it or on something about the same.
    pub is_lit: bool,
    /// It can't be turned.
    pub is_locked: bool,
    /// Colours from the lower to the upper end.
    pub strip: Option<&'a [Color32]>,
    /// Whether the way from zero to the handle is filled.
    pub is_filled: bool,
    /// Where its neuron switches.
    pub flip: Option<Spot>,
    /// Where the loss is least, 0 to 1, and the colour of that mark.
    pub best: Option<(f64, Color32)>,
    /// Where its handle was at the pin, 0 to 1, if it is elsewhere now.
    pub was: Option<f64>,
}

/// Paints a dial.
pub fn paint(painter: &Painter, look: &Look, geometry: DialGeometry, state: DialState<'_>) {
    let DialGeometry { center, radius } = geometry;
    match state.strip {
        Some(colors) => {
            strip::along_arc(painter, center, GROOVE, |place| geometry.at(place), colors);
            // Colours have hard edges; these soften them.
            for edge in [radius - GROOVE / 2.0, radius + GROOVE / 2.0] {
                let stroke = Stroke::new(0.75, look.track_edge);
                painter.add(Shape::line(geometry.arc(edge, 0.0, 1.0), stroke));
            }
        }
        None => {
            let groove = Stroke::new(GROOVE, look.track);
            painter.add(Shape::line(geometry.arc(radius, 0.0, 1.0), groove));
        }
    }
    if let Some(zero) = state.zero {
        if state.is_filled && (state.fraction - zero).abs() > 1e-3 {
            let strength = if state.is_lit { 0.75 } else { 0.45 };
            let stroke = Stroke::new(GROOVE - 1.0, Look::mix(look.track, state.color, strength));
            painter.add(Shape::line(geometry.arc(radius, zero, state.fraction), stroke));
        }
        let way = DialGeometry::way(zero);
        let ends = [radius - GROOVE / 2.0 - 2.0, radius + GROOVE / 2.0 + 2.0];
        let tick = ends.map(|end| center + end * way);
        painter.line_segment(tick, Stroke::new(1.0, look.axis));
    }
    if let Some(flip) = state.flip {
        let outside = radius + GROOVE / 2.0 - 0.5;
        match flip {
            Spot::Within(fraction) => {
                let way = DialGeometry::way(fraction);
                marks::tick(painter, center + outside * way, -way, look.ink);
            }
            Spot::Below => paint_beyond(painter, look, geometry, 0.0, -1.0),
            Spot::Above => paint_beyond(painter, look, geometry, 1.0, 1.0),
        }
    }
    if let Some((fraction, color)) = state.best {
        let inside = radius - GROOVE / 2.0 - 3.0;
        marks::best(
            painter,
            look,
            center + inside * DialGeometry::way(fraction),
            color,
        );
    }
    if let Some(was) = state.was {
        let stroke = Stroke::new(1.5, look.ink_soft);
        painter.circle(geometry.at(was), 3.0, look.card, stroke);
    }
    let handle = geometry.at(state.fraction);
    if state.is_lit {
        painter.circle_filled(handle, HANDLE + 3.0, look.tint(state.color));
    }
    if state.is_locked {
        let square = Rect::from_center_size(handle, Vec2::splat(2.0 * HANDLE - 2.0));
        let stroke = Stroke::new(2.0, look.ink_faint);
        painter.rect(square, 2.0, look.card, stroke, StrokeKind::Inside);
    } else {
        let width = if state.is_lit { 2.75 } else { 2.0 };
        painter.circle(handle, HANDLE - 1.0, look.card, Stroke::new(width, state.color));
    }
}

/// A tick beyond an end of the dial, pointing on along the way round.
fn paint_beyond(painter: &Painter, look: &Look, geometry: DialGeometry, end: f64, sense: f32) {
    let way = DialGeometry::way(end);
    let outside = geometry.radius + GROOVE / 2.0 + 4.0;
    let on = -sense * way.rot90();
    marks::tick(
        painter,
        geometry.center + outside * way + 2.0 * on,
        on,
        look.ink_soft,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_goes_from_the_lower_left_over_the_top_to_the_lower_right() {
        let dial = DialGeometry {
            center: pos2(50.0, 50.0),
            radius: 20.0,
        };
        let (least, middle, most) = (dial.at(0.0), dial.at(0.5), dial.at(1.0));
        assert!(least.x < 50.0 && least.y > 50.0);
        assert!((middle - pos2(50.0, 30.0)).length() < 1e-3);
        assert!(most.x > 50.0 && (most.y - least.y).abs() < 1e-3);
    }
}
