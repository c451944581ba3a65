//! The loss over two knobs: colours, lines of one height with their numbers, the way that training took, the lowest
//! place, and the present point.

use std::sync::Arc;

use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use neurodial_core::insight::decision::Axis;
use crate::look::type_scale;
use crate::panes::curves::frame::{Frame, swept_name};
use crate::panes::curves::geometry::Plane;
use crate::panes::map::{chart, heights};
use crate::panes::{Pane, Scene};
use neurodial_core::session::Target;
use crate::widgets::strip;
use neurodial_core::words::{fine, plain};

use super::curve::lowest_text;
use super::labels::{Line, Mark, labels};
use super::samples_words;
use super::shade::Picture;

/// The room over the plane for what the colours mean, in points.
const LEGEND: f32 = 16.0;
/// The radius of the present point, in points.
const DOT: f32 = 5.5;
/// The radius of the ring around the lowest place, in points.
const RING: f32 = 5.5;

/// Draws it into `rect`; with its axes comes the present loss.
pub fn relief_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    stage: &mut Stage,
    rect: Rect,
    picture: &Picture,
    (axes, now): ([Axis; 2], f64),
) {
    let painter = ui.painter().clone();
    let frame = Frame {
        x: axes[0].ends,
        y: axes[1].ends,
        x_name: swept_name(&painter, scene, axes[0].target),
        y_name: swept_name(&painter, scene, axes[1].target),
        margin: 10.0,
    };
    let plane = frame.show(ui, scene, rect);
    if plane.rect.top() - rect.top() >= LEGEND {
        legend_ui(&painter, scene, plane.rect, picture);
    }
    let relief = Relief {
        scene,
        plane,
        picture,
        over: axes.map(|axis| axis.target),
        now,
    };
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Landscape.canvas_id());
    relief.draw_ui(&mut canvas);
}

struct Relief<'a, 's> {
    scene: &'a Scene<'s>,
    plane: Plane,
    picture: &'a Picture,
    over: [Target; 2],
    now: f64,
}

/// The radius of the place where the way begins, in points.
const START: f32 = 4.0;

/// The way that training took.
#[derive(Debug, Clone, Default)]
struct Way {
    /// Up to the present epoch.
    before: Vec<Pos2>,
    /// From there on, where a hand has gone back.
    after: Vec<Pos2>,
}

impl Way {
    /// What words had better not cover.
    fn lines(&self) -> [Line; 2] {
        [(&self.before, 60.0), (&self.after, 20.0)].map(|(points, cost)| Line {
            points: points.clone(),
            cost,
        })
    }

    /// What lies under it, piece by piece, so that no number of a line covers it.
    fn ground(&self) -> impl Iterator<Item = Rect> {
        const PIECE: f32 = 6.0;
        self.before.windows(2).flat_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            let count = (from.distance(to) / PIECE).ceil().clamp(1.0, 200.0) as u16;
            (0..=count).map(move |piece| {
                let at = from.lerp(to, f32::from(piece) / f32::from(count));
                Rect::from_center_size(at, Vec2::splat(2.0))
            })
        })
    }
}

impl Relief<'_, '_> {
    fn draw_ui(&self, canvas: &mut Canvas<'_>) {
        let rect = self.plane.rect;
        let look = self.scene.look;
        let painter = canvas.painter();
        let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        self.picture_ui(&painter);
        let dot = self.dot();
        let way = self.way();
        let lowest = self.picture.map().lowest();
        let lowest = lowest.map(|(at, loss)| (self.plane.screen(at), loss));
        // Words are written last, but have the first choice of a place.
        let marks = self.marks(dot, lowest, way.before.first().copied());
        let labels = labels(&painter, rect.shrink(2.0), &marks, &way.lines());
        let mut taken: Vec<Rect> = marks.iter().map(|mark| mark.rect().expand(4.0)).collect();
        taken.extend(labels.iter().map(|label| label.place));
        taken.extend(way.ground());
        self.lines_ui(&painter, &taken);
        self.way_ui(&painter, &way);
        if let Some((at, _)) = lowest {
            // At the edge it is cut before it covers the numbers over and under the plane.
            let around = canvas.painter().with_clip_rect(rect.expand2(vec2(8.0, 2.0)));
            around.circle(
                at,
                RING,
                look.card.gamma_multiply(0.6),
                Stroke::new(2.25, look.positive),
            );
        }
        for label in &labels {
            label.paint(&painter, look);
        }
        let edge = Stroke::new(1.0, look.track_edge);
        canvas.painter().rect_stroke(rect, 0.0, edge, StrokeKind::Inside);
        let part = Part::Point(self.over);
        canvas.begin(part);
        self.point_ui(canvas, &painter, dot);
        self.place(canvas, dot);
        canvas.end();
    }

    /// The present and the lowest point, each with its loss; where the one lies on the other, only the present one speaks.
    fn marks(&self, dot: Pos2, lowest: Option<(Pos2, f64)>, start: Option<Pos2>) -> Vec<Mark> {
        let look = self.scene.look;
        let mut marks = vec![Mark {
            at: dot,
            radius: DOT + 2.5,
            words: Some((fine(self.now, 3), look.ink)),
        }];
        if let Some((at, loss)) = lowest {
            let text = format!("lowest {}", lowest_text(self.picture.map(), loss));
            marks.push(Mark {
                at,
                radius: RING + 2.0,
                words: (at.distance(dot) > DOT + RING).then_some((text, look.positive)),
            });
        }
        marks.extend(start.map(|at| Mark {
            at,
            radius: START + 1.0,
            words: None,
        }));
        marks
    }

    /// Each number of the grid is the middle of its pixel, so the picture reaches half a pixel over the plane.
    fn picture_ui(&self, painter: &Painter) {
        let Some(texture) = self.picture.texture() else {
            return;
        };
        let rect = self.plane.rect;
        let cells = (self.picture.map().size()[0].max(2) - 1) as f32;
        let over = rect.expand2(vec2(rect.width(), rect.height()) / (2.0 * cells));
        let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        painter.image(texture, over, whole, Color32::WHITE);
    }

    /// Lines of one height, each with its number where there is room beside what is taken.
    fn lines_ui(&self, painter: &Painter, taken: &[Rect]) {
        let look = self.scene.look;
        let map = self.picture.map();
        let mut lines: Vec<Vec<Pos2>> = Vec::new();
        let mut numbers: Vec<Arc<Galley>> = Vec::new();
        for (level, contour) in map.levels() {
            let galley = painter.layout_no_wrap(level_text(level), type_scale::small(), look.ink);
            let own = heights::on_screen(contour, map.size()[0], self.plane.rect);
            numbers.extend(std::iter::repeat_n(galley, own.len()));
            lines.extend(own);
        }
        let sizes: Vec<Vec2> = numbers
            .iter()
            .map(|galley| galley.size() + vec2(6.0, 0.0))
            .collect();
        let places = heights::places(&lines, &sizes, self.plane.rect, taken);
        let stroke = Stroke::new(0.9, look.ink.gamma_multiply(0.5));
        for (line, place) in lines.iter().zip(&places) {
            chart::draw(painter, line, *place, stroke);
        }
        for (galley, place) in numbers.into_iter().zip(places) {
            if let Some(place) = place {
                chart::number_ui(painter, look, galley, place);
            }
        }
    }

    /// The way that training took, seen along these two knobs; nothing before it has gone anywhere.
    fn way(&self) -> Way {
        let run = self.scene.session.run();
        let blueprint = self.scene.session.blueprint();
        let index = |target: Target| match target {
            Target::Knob(knob) => blueprint.index_of(knob),
            Target::Input(_) => None,
        };
        let ([Some(across), Some(up)], true) = (self.over.map(index), run.line.moments.len() > 1) else {
            return Way::default();
        };
        let at = |knobs: &[f64]| Some(self.plane.screen([*knobs.get(across)?, *knobs.get(up)?]));
        let way = |is_shown: &dyn Fn(usize) -> bool| -> Vec<Pos2> {
            let moments = run.line.moments.iter().filter(|moment| is_shown(moment.epoch));
            moments.filter_map(|moment| at(&moment.knobs)).collect()
        };
        let before = way(&|epoch| epoch <= run.at);
        // On paper there is only what was; the way grows.
        let after = match self.scene.paper.is_none() && !before.is_empty() {
            true => way(&|epoch| epoch >= run.at),
            false => Vec::new(),
        };
        Way { before, after }
    }

    fn way_ui(&self, painter: &Painter, way: &Way) {
        let look = self.scene.look;
        let Some(&start) = way.before.first() else {
            return;
        };
        let pale = Stroke::new(1.5, look.ink.gamma_multiply(0.35));
        painter.add(Shape::line(way.after.clone(), pale));
        let band = Stroke::new(4.5, look.card.gamma_multiply(0.75));
        painter.add(Shape::line(way.before.clone(), band));
        painter.add(Shape::line(way.before.clone(), Stroke::new(2.0, look.negative)));
        painter.circle(start, START, look.card, Stroke::new(2.0, look.negative));
    }

    /// Where the present point is.
    fn dot(&self) -> Pos2 {
        let document = self.scene.session.document();
        let now = self.over.map(|target| document.value(target).unwrap_or(0.0));
        let rect = self.plane.rect;
        self.plane.screen(now).clamp(rect.min, rect.max)
    }

    fn point_ui(&self, canvas: &Canvas<'_>, painter: &Painter, dot: Pos2) {
        let look = self.scene.look;
        if canvas.is_under_hand(Part::Point(self.over)) {
            painter.circle_filled(dot, DOT + 6.0, look.ink.gamma_multiply(0.25));
        }
        painter.circle(dot, DOT + 1.5, look.card, Stroke::new(1.0, look.ink));
        painter.circle_filled(dot, DOT - 0.5, look.ink);
    }

    fn place(&self, canvas: &mut Canvas<'_>, dot: Pos2) {
        let Plane { rect, x, y } = self.plane;
        let part = Part::Point(self.over);
        let grip = Grip::pad(rect, [(self.over[0], x), (self.over[1], y)], dot);
        let circle = Place::Circle {
            center: dot,
            radius: DOT + 4.0,
        };
        let item = Item::new(part, circle).grip(Some(grip)).rank(1);
        canvas.place(item.focusable(FocusLinks::default()), || {
            let blueprint = self.scene.session.blueprint();
            let document = self.scene.session.document();
            let value = |target: Target| {
                let number = self.scene.number(document.value(target).unwrap_or(0.0));
                format!("{} {number}", target.symbol(blueprint).plain())
            };
            let lowest = self.picture.map().lowest().map(|(at, loss)| {
                let [across, up] = at.map(|value| self.scene.number(value));
                let loss = lowest_text(self.picture.map(), loss);
                format!("; lowest is {loss} at {across}, {up}")
            });
            Description::of(
                "point of the loss landscape",
                format!(
                    "{}, {}; loss {}{}",
                    value(self.over[0]),
                    value(self.over[1]),
                    fine(self.now, 3),
                    lowest.unwrap_or_default()
                ),
            )
        });
        canvas.place_more(Item::new(part, Place::Rect(rect)).grip(Some(grip)));
    }
}

/// A round number with as many decimals as it needs: `1.5`, `0.02`, `5e−5`.
fn level_text(level: f64) -> String {
    const SMALL: f64 = 1e-3;
    let text = match level != 0.0 && level.abs() < SMALL * (1.0 - 1e-9) {
        true => format!("{level:.0e}"),
        false => plain(level, 6),
    };
    text.replace('-', "−")
}

/// What the colours mean, over the plane to the right.
fn legend_ui(painter: &Painter, scene: &Scene<'_>, plane: Rect, picture: &Picture) {
    const SAMPLE: f32 = 46.0;
    let (Some(ramp), look) = (picture.ramp(), scene.look) else {
        return;
    };
    let extent = ramp.extent();
    let middle = plane.top() - 9.0;
    let text = |right: f32, text: String| {
        painter.text(
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            text,
            type_scale::small(),
            look.ink_soft,
        )
    };
    let most = text(plane.right(), fine(extent[1], 1));
    let sample = Rect::from_center_size(pos2(most.left() - 5.0 - SAMPLE / 2.0, middle), vec2(SAMPLE, 7.0));
    strip::along_rect(painter, sample, sample.left(), sample.right(), &ramp.sample());
    let least = text(sample.left() - 5.0, fine(extent[0], 1));
    let exam = scene.insight.exam(scene.session);
    let all = exam
        .as_ref()
        .and_then(|exam| exam.as_ref().ok())
        .map_or(0, |exam| exam.all_samples());
    // To the left there is the name of the axis.
    let room = least.left() - 6.0 - plane.left() - 34.0;
    let all_words = format!("loss {}", samples_words(picture.map(), all));
    for words in [all_words.trim_end(), "loss"] {
        let width = |words: &str| {
            let galley = painter.layout_no_wrap(words.to_owned(), type_scale::small(), look.ink_soft);
            galley.size().x
        };
        if width(words) <= room {
            text(least.left() - 6.0, words.to_owned());
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_different_heights_have_different_numbers() {
        for (level, text) in [
            (1.5, "1.5"),
            (2.0, "2"),
            (3.0 * 0.1, "0.3"),
            (0.25, "0.25"),
            (0.001, "0.001"),
            (2e-4, "2e−4"),
            (300.0, "300"),
            (0.0, "0"),
            (-1.5, "−1.5"),
        ] {
            assert_eq!(level_text(level), text);
        }
    }
}
