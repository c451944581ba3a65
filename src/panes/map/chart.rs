//! One neuron's map on its plane.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place};
use crate::insight::Contour;
use crate::insight::picture::Point;
use crate::look::{Look, type_scale};
use crate::network::NeuronAt;
use crate::panes::curves::geometry::Plane;
use crate::panes::{Scene, data};

use super::shade::Picture;

/// The radius of the present point, in points.
const DOT: f32 = 5.5;

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
        self.lines_ui(&painter, look);
        data::points_ui(&painter, scene, &self.plane, points);
        canvas.end();
        let edge = Stroke::new(1.0, look.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        canvas.begin(part);
        let dot = self.dot(scene);
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

    fn lines_ui(&self, painter: &Painter, look: &Look) {
        let landscape = self.picture.landscape();
        let fine = Stroke::new(0.75, look.ink.gamma_multiply(0.35));
        for (_, contour) in landscape.levels() {
            self.contour_ui(painter, contour, fine);
        }
        // On a band of its own the line is seen on every colour.
        self.contour_ui(
            painter,
            landscape.boundary(),
            Stroke::new(4.0, look.card.gamma_multiply(0.7)),
        );
        self.contour_ui(painter, landscape.boundary(), Stroke::new(1.75, look.ink));
    }

    fn contour_ui(&self, painter: &Painter, contour: &Contour, stroke: Stroke) {
        /// Points nearer to a line than this, in points, are left out.
        const FINEST: f32 = 0.75;
        let cells = (self.picture.landscape().places().max(2) - 1) as f64;
        let rect = self.plane.rect;
        let screen = |point: &[f64; 2]| {
            let [across, up] = point.map(|place| (place / cells) as f32);
            pos2(
                rect.left() + across * rect.width(),
                rect.bottom() - up * rect.height(),
            )
        };
        for line in contour.lines() {
            let mut points: Vec<Pos2> = Vec::with_capacity(line.len());
            for (index, point) in line.iter().enumerate() {
                let at = screen(point);
                let is_end = index + 1 == line.len();
                if is_end || points.last().is_none_or(|last| last.distance(at) > FINEST) {
                    points.push(at);
                }
            }
            painter.add(Shape::line(points, stroke));
        }
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
        let text = scene.number(scene.output(self.at));
        let galley = painter.layout_no_wrap(text, type_scale::strong(), look.ink);
        let size = galley.size() + vec2(8.0, 2.0);
        let rect = self.plane.rect.shrink(3.0);
        if size.x > rect.width() || size.y > rect.height() {
            return;
        }
        // Beside the point, on the side where there is room.
        let left = if dot.x + 12.0 + size.x <= rect.right() {
            dot.x + 12.0
        } else {
            dot.x - 12.0 - size.x
        };
        let top = (dot.y - size.y / 2.0).clamp(rect.top(), rect.bottom() - size.y);
        let ground = Rect::from_min_size(pos2(left, top), size);
        painter.rect_filled(ground, 4.0, look.card.gamma_multiply(0.85));
        let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), ground);
        painter.galley(at.min, galley, look.ink);
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
