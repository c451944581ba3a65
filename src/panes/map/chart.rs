//! One neuron's map on its plane.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place};
use neurodial_core::insight::Contour;
use neurodial_core::insight::picture::Point;
use crate::look::{Look, type_scale};
use neurodial_core::network::NeuronAt;
use crate::panes::curves::geometry::Plane;
use crate::panes::{Scene, data};

use super::heights;
use super::shade::Picture;

/// The radius of the present point, in points.
const DOT: f32 = 5.5;
/// A map narrower or lower than this has no room for the numbers of its lines, in points.
const LEAST_FOR_NUMBERS: f32 = 80.0;

/// One neuron's map on its plane.
pub struct Chart<'a> {
    /// Whose map.
    pub at: NeuronAt,
    /// Where it is.
    pub plane: Plane,
    /// Its colours and lines.
    pub picture: &'a Picture,
}

impl Chart<'_> {
    /// Draws it with the samples of the data; the first one's point is the one that the keyboard and a screen reader find.
    pub fn draw_ui(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>, points: &[Point], is_first: bool) {
        let rect = self.plane.rect;
        let look = scene.look;
        let part = Part::Point(scene.session.view().map_over);
        canvas.begin(Part::Neuron(self.at));
        canvas.title(|| format!("map of {}", scene.session.blueprint().neuron_words(self.at)));
        let painter = canvas
            .painter()
            .with_clip_rect(rect.intersect(canvas.painter().clip_rect()));
        self.picture_ui(&painter);
        let dot = self.dot(scene);
        let around = Rect::from_center_size(dot, egui::Vec2::splat(2.0 * DOT + 3.0));
        let number = self.number_rect(&painter, scene, dot).map(|(rect, _)| rect);
        let taken: Vec<Rect> = [Some(around), number].into_iter().flatten().collect();
        let numbers = self.lines_ui(&painter, scene, &taken);
        data::points_ui(&painter, scene, &self.plane, points);
        for (number, place) in numbers {
            number_ui(&painter, look, number, place);
        }
        canvas.end();
        let edge = Stroke::new(1.0, look.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        canvas.begin(part);
        self.point_ui(canvas, scene, dot);
        self.place(canvas, scene, dot, is_first);
        canvas.end();
    }

    /// Each number of the grid is the middle of its pixel, so the picture reaches half a pixel over the plane.
    fn picture_ui(&self, painter: &Painter) {
        let Some(texture) = self.picture.texture() else {
            return;
        };
        let rect = self.plane.rect;
        let cells = (self.picture.landscape().places().max(2) - 1) as f32;
        let over = rect.expand2(vec2(rect.width(), rect.height()) / (2.0 * cells));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, over, whole, Color32::WHITE);
    }

    /// Draws the contour lines; gives back the numbers that belong on them, clear of `taken`.
    fn lines_ui(&self, painter: &Painter, scene: &Scene<'_>, taken: &[Rect]) -> Vec<(Arc<Galley>, Rect)> {
        let look = scene.look;
        let landscape = self.picture.landscape();
        let boundary = (landscape.boundary_level(), landscape.boundary());
        let levels = landscape.levels().map(|(level, contour)| (Some(level), contour));
        let mut lines: Vec<Vec<Pos2>> = Vec::new();
        let mut numbers: Vec<Option<Arc<Galley>>> = Vec::new();
        for (level, contour) in levels.chain([boundary]) {
            let galley = level.map(|level| {
                let text = neurodial_core::words::plain(level, 9).replace('-', "−");
                painter.layout_no_wrap(text, type_scale::small(), look.ink)
            });
            let own = self.lines(contour);
            numbers.extend(std::iter::repeat_n(galley, own.len()));
            lines.extend(own);
        }
        // Lines of the boundary come last: they lie over the others.
        let fine = lines.len() - landscape.boundary().lines().count();
        let places = self.number_places(&lines, &numbers, taken);
        let stroke = Stroke::new(0.75, look.ink.gamma_multiply(0.35));
        for (line, place) in lines.iter().zip(&places).take(fine) {
            draw(painter, line, *place, stroke);
        }
        // On a band of its own the line is seen on every colour.
        for stroke in [
            Stroke::new(4.0, look.card.gamma_multiply(0.7)),
            Stroke::new(1.75, look.ink),
        ] {
            for (line, place) in lines.iter().zip(&places).skip(fine) {
                draw(painter, line, *place, stroke);
            }
        }
        let numbers = numbers.into_iter().zip(places);
        numbers
            .filter_map(|(number, place)| Some((number?, place?)))
            .collect()
    }

    /// A place on each line for its number; none on a small map.
    fn number_places(
        &self,
        lines: &[Vec<Pos2>],
        numbers: &[Option<Arc<Galley>>],
        taken: &[Rect],
    ) -> Vec<Option<Rect>> {
        let rect = self.plane.rect;
        if rect.width().min(rect.height()) < LEAST_FOR_NUMBERS {
            return vec![None; lines.len()];
        }
        // What has no number needs more room than any line has.
        let sizes = numbers.iter().map(|galley| match galley {
            Some(galley) => galley.size() + vec2(6.0, 0.0),
            None => vec2(f32::INFINITY, 1.0),
        });
        heights::places(lines, &sizes.collect::<Vec<_>>(), rect, taken)
    }

    /// The lines of a contour on the screen.
    fn lines(&self, contour: &Contour) -> Vec<Vec<Pos2>> {
        heights::on_screen(contour, self.picture.landscape().places(), self.plane.rect)
    }

    /// Where the present point is.
    fn dot(&self, scene: &Scene<'_>) -> Pos2 {
        let document = scene.session.document();
        let now = scene
            .session
            .view()
            .map_over
            .map(|target| document.value(target).unwrap_or(0.0));
        self.plane
            .screen(now)
            .clamp(self.plane.rect.min, self.plane.rect.max)
    }

    fn point_ui(&self, canvas: &Canvas<'_>, scene: &Scene<'_>, dot: Pos2) {
        let look = scene.look;
        let painter = canvas.painter();
        let color = scene.identity(self.at);
        let part = Part::Point(scene.session.view().map_over);
        if canvas.is_under_hand(part) {
            painter.circle_filled(dot, DOT + 6.0, color.gamma_multiply(0.25));
        }
        painter.circle(dot, DOT + 1.5, look.card, Stroke::new(1.0, look.ink));
        painter.circle_filled(dot, DOT - 0.5, look.ink);
        if let Some((ground, galley)) = self.number_rect(painter, scene, dot) {
            painter.rect_filled(ground, 4.0, look.card.gamma_multiply(0.85));
            let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), ground);
            painter.galley(at.min, galley, look.ink);
        }
    }

    /// The output at the present point, beside it on the side where there is room, if there is any.
    fn number_rect(&self, painter: &Painter, scene: &Scene<'_>, dot: Pos2) -> Option<(Rect, Arc<Galley>)> {
        let text = scene.number(scene.output(self.at));
        let galley = painter.layout_no_wrap(text, type_scale::strong(), scene.look.ink);
        let size = galley.size() + vec2(8.0, 2.0);
        let rect = self.plane.rect.shrink(3.0);
        if size.x > rect.width() || size.y > rect.height() {
            return None;
        }
        let left = if dot.x + 12.0 + size.x <= rect.right() {
            dot.x + 12.0
        } else {
            dot.x - 12.0 - size.x
        };
        let top = (dot.y - size.y / 2.0).clamp(rect.top(), rect.bottom() - size.y);
        Some((Rect::from_min_size(pos2(left, top), size), galley))
    }

    fn place(&self, canvas: &mut Canvas<'_>, scene: &Scene<'_>, dot: Pos2, is_first: bool) {
        let over = scene.session.view().map_over;
        let Plane { rect, x, y } = self.plane;
        let part = Part::Point(over);
        let grip = Grip::pad(rect, [(over[0], x), (over[1], y)], dot);
        let plane = Item::new(part, Place::Rect(rect)).grip(Some(grip));
        if !is_first {
            canvas.place_more(plane);
            return;
        }
        let circle = Place::Circle {
            center: dot,
            radius: DOT + 4.0,
        };
        let item = Item::new(part, circle)
            .grip(Some(grip))
            .rank(1)
            .focusable(FocusLinks::default());
        canvas.place(item, || {
            let blueprint = scene.session.blueprint();
            let document = scene.session.document();
            let symbols = over.map(|target| target.symbol(blueprint).plain());
            let values = over.map(|target| scene.number(document.value(target).unwrap_or(0.0)));
            Description::of(
                "point of the map",
                format!(
                    "{} {}, {} {}; output of {} {}",
                    symbols[0],
                    values[0],
                    symbols[1],
                    values[1],
                    blueprint.neuron_words(self.at),
                    scene.number(scene.output(self.at))
                ),
            )
        });
        canvas.place_more(plane);
    }
}

/// Paints a line, and leaves room for its number.
pub(in crate::panes) fn draw(painter: &Painter, line: &[Pos2], place: Option<Rect>, stroke: Stroke) {
    for part in heights::gaps(line, place) {
        painter.add(Shape::line(part, stroke));
    }
}

/// A number on its line, on a ground that lets it be read on every colour.
pub(in crate::panes) fn number_ui(painter: &Painter, look: &Look, galley: Arc<Galley>, place: Rect) {
    painter.rect_filled(place, 3.0, look.card);
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), place);
    painter.galley(at.min, galley, look.ink);
}
