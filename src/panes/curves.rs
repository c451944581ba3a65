//! What neurons make of one number: curves over an input or a knob, with the present point on them.
//!
//! | file | what |
//! | --- | --- |
//! | [`frame`] | the axes and the empty plane between them |
//! | [`geometry`] | where things are on the plane |
//! | `aims` | the data that the curve of a network with one input is to meet |
//! | [`ghosts`] | the curves of the pin |
//! | [`controls`] | the row of controls over it |
//! | [`names`] | on paper, whose curve is whose |
//! | [`notes`] | the words on it: thresholds and the present point |

mod aims;
pub mod controls;
pub mod frame;
pub mod geometry;
pub mod ghosts;
pub mod names;
pub mod notes;

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use neurodial_core::insight::{Bend, Curve, Sweep};
use crate::look::type_scale;
use neurodial_core::network::{Knob, Symbol};
use neurodial_core::session::{Quantity, Range, Scope};

use super::{Pane, Scene};
use frame::Frame;
use geometry::Plane;

/// Below this height or width nothing is drawn, in points.
const LEAST: f32 = 36.0;
/// Of so many curves each has its present point.
const MOST_POINTS: usize = 16;

/// What stands over the pane.
pub fn heading(scene: &Scene<'_>) -> String {
    let view = scene.session.view();
    let blueprint = scene.session.blueprint();
    let (one, many) = match view.quantity {
        Quantity::Output => ("Output", "Outputs"),
        Quantity::PreActivation => ("Sum", "Sums"),
    };
    match view.scope {
        Scope::Neuron => format!("{one} of {}", blueprint.neuron_words(view.selected)),
        Scope::Layer => format!("{many} of layer {}", view.selected.layer + 1),
        Scope::Network => format!("{many} of the network"),
    }
}

/// Draws the pane.
pub fn curves_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if scene.paper.is_none() && controls::have_room(ui, LEAST) {
        controls::controls_ui(ui, scene);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < LEAST || rect.height() < LEAST {
        return;
    }
    let plane = frame(ui.painter(), scene).show(ui, scene, rect);
    let mut canvas = Canvas::new(ui, stage, plane.rect, Pane::Curves.canvas_id());
    CurvesOn { scene, plane }.draw_ui(&mut canvas);
}

/// The axes of the curves as they are now.
fn frame(painter: &Painter, scene: &Scene<'_>) -> Frame {
    let sweep = scene.insight.sweep();
    let blueprint = scene.session.blueprint();
    let selected = scene.session.view().selected;
    let of_selected = match sweep.quantity {
        Quantity::Output => blueprint.a_symbol(selected),
        Quantity::PreActivation => blueprint.z_symbol(selected),
    };
    let shown = match sweep.curves.as_slice() {
        [curve] if curve.at == selected => of_selected,
        _ => Symbol {
            subscript: String::new(),
            superscript: None,
            ..of_selected
        },
    };
    Frame {
        x: sweep.x,
        y: sweep.y,
        x_name: frame::swept_name(painter, scene, sweep.over),
        y_name: frame::symbol_name(painter, scene, &shown),
        margin: if names::are_shown(scene) {
            names::ROOM
        } else {
            10.0
        },
    }
}

/// The curves on their plane.
struct CurvesOn<'a, 's> {
    scene: &'a Scene<'s>,
    plane: Plane,
}

impl CurvesOn<'_, '_> {
    fn draw_ui(&self, canvas: &mut Canvas<'_>) {
        let sweep = self.scene.insight.sweep();
        let selected = self.scene.session.view().selected;
        let lines: Vec<Vec<Pos2>> = sweep
            .curves
            .iter()
            .map(|curve| self.plane.line(&curve.points))
            .collect();
        // The selected one is drawn last, so over the others.
        let is_main = |curve: &Curve| curve.at == selected;
        let main = sweep.curves.iter().position(is_main).unwrap_or(0);
        let Some(main_curve) = sweep.curves.get(main) else {
            return;
        };
        let main_line = lines.get(main).cloned().unwrap_or_default();
        // The first one placed is the one that Tab leads to; what a hand means is a matter of rank.
        let dot = self.dot(main_curve);
        self.place_present(canvas, sweep, main_curve, dot);
        aims::aims_ui(canvas.painter(), self.scene, &self.plane);
        ghosts::ghosts_ui(canvas, self.scene, &self.plane);
        let order = (0..lines.len()).filter(|&index| index != main).chain([main]);
        let mut lines = lines;
        for index in order {
            let line = std::mem::take(&mut lines[index]);
            self.curve_ui(canvas, &sweep.curves[index], line, index == main);
        }
        self.place_plane(canvas);
        if names::are_shown(self.scene) {
            names::names_ui(canvas, self.scene, &self.plane);
        }
        if !self.scene.is_selected(selected) && sweep.curves.len() > 1 {
            self.points_ui(canvas, sweep, None);
            return;
        }
        let labels = notes::thresholds_ui(canvas, self.scene, &self.plane, &main_line);
        self.points_ui(canvas, sweep, Some(main));
        let color = self.scene.identity(main_curve.at);
        notes::Now {
            dot,
            color,
            curve: main_curve,
            line: &main_line,
        }
        .draw_ui(canvas, self.scene, &self.plane, &labels);
    }

    /// The present point, brought to the nearest edge where it lies outside.
    fn dot(&self, curve: &Curve) -> Pos2 {
        let rect = self.plane.rect;
        self.plane.screen(curve.now).clamp(rect.min, rect.max)
    }

    fn curve_ui(&self, canvas: &mut Canvas<'_>, curve: &Curve, line: Vec<Pos2>, is_main: bool) {
        let Scene { session, .. } = *self.scene;
        let part = Part::Curve(curve.at);
        let identity = self.scene.identity(curve.at);
        canvas.begin(part);
        // On paper without a selection no curve stands out.
        let is_full = is_main || canvas.is_lit(part) || !self.scene.is_selected(session.view().selected);
        let color = if is_full {
            identity
        } else {
            crate::look::Look::mix(self.scene.look.card, identity, 0.45)
        };
        let width = match (is_main && is_full, self.scene.paper) {
            (true, None) => 2.5,
            (_, Some(_)) if is_full => 2.0,
            _ => 1.5,
        };
        let stroke = Stroke::new(width, color);
        match self.scene.look.dash(self.scene.ordinal(curve.at)) {
            Some([dash, gap]) => canvas
                .painter()
                .extend(Shape::dashed_line(&line, stroke, dash, gap)),
            None => {
                canvas.painter().add(Shape::line(line.clone(), stroke));
            }
        }
        let grips = if self.scene.paper.is_none() {
            line.clone()
        } else {
            Vec::new()
        };
        let item = Item::new(
            part,
            Place::Polyline {
                points: line,
                reach: 7.0,
            },
        )
        .rank(1);
        canvas.place(item, || Description {
            name: format!("curve of {}", session.blueprint().neuron_words(curve.at)),
            value: Some(self.scene.number(curve.now[1])),
            is_button: true,
            is_selected: Some(session.view().selected == curve.at),
            ..Description::default()
        });
        if self.scene.paper.is_none() {
            self.place_bends(canvas, curve, &grips);
        }
        canvas.end();
    }

    /// The pieces of a curve, each with the knob that follows a hand there.
    fn place_bends(&self, canvas: &mut Canvas<'_>, curve: &Curve, line: &[Pos2]) {
        let Plane { rect, x, y } = self.plane;
        let Some(bend) = Bend::new(self.scene.session, self.scene.insight.trace(), curve.at, x) else {
            return;
        };
        let knob_at = |screen_x: f32| {
            let across = f64::from((screen_x - rect.left()) / rect.width().max(1.0));
            bend.knob(x[0] + across * (x[1] - x[0]))
        };
        for (knob, points) in pieces(line, knob_at) {
            let place = Place::Polyline { points, reach: 7.0 };
            let grip = Grip::curve(knob.into(), rect, x, y);
            canvas.place_more(Item::new(Part::Curve(curve.at), place).grip(Some(grip)).rank(1));
        }
    }

    fn place_plane(&self, canvas: &mut Canvas<'_>) {
        let Plane { rect, x, y } = self.plane;
        let over = Part::Present(self.scene.insight.sweep().over);
        let item = Item::new(Part::Plane, Place::Rect(rect))
            .grip(Some(Grip::plane(rect, x, y)))
            .focusable(FocusLinks {
                before: Some(over),
                after: None,
            });
        canvas.place(item, || {
            let number = |value| self.scene.number(value);
            let [left, right, low, high] = [x[0], x[1], y[0], y[1]].map(number);
            Description::of(
                "plane of the curves",
                format!("{left} to {right} across, {low} to {high} up"),
            )
        });
    }

    fn place_present(&self, canvas: &mut Canvas<'_>, sweep: &Sweep, curve: &Curve, dot: Pos2) {
        let Scene { session, .. } = *self.scene;
        let document = session.document();
        let range = document.range(sweep.over);
        let part = Part::Present(sweep.over);
        let place = Place::Circle {
            center: dot,
            radius: 12.0,
        };
        let item = Item::new(part, place)
            .grip(Some(self.track(sweep, dot.y)))
            .rank(3)
            .focusable(FocusLinks {
                before: None,
                after: Some(Part::Plane),
            });
        canvas.place(item, || {
            let blueprint = session.blueprint();
            let neuron = blueprint.neuron_words(curve.at);
            Description {
                name: format!(
                    "present point of {neuron} over {}",
                    sweep.over.symbol(blueprint).plain()
                ),
                value: Some(self.scene.number(curve.now[1])),
                number: Some((sweep.now, range)),
                is_disabled: document.is_locked(sweep.over),
                ..Description::default()
            }
        });
    }

    /// Along the plane at the height of a point, so that the point is the handle.
    fn track(&self, sweep: &Sweep, y: f32) -> Grip {
        let rect = self.plane.rect;
        let range = Range {
            min: sweep.x[0],
            max: sweep.x[1],
            step: self.scene.session.document().range(sweep.over).step,
        };
        Grip::track(
            sweep.over,
            pos2(rect.left(), y),
            pos2(rect.right(), y),
            range,
            sweep.now,
        )
    }

    /// The present points of the curves other than the main one.
    fn points_ui(&self, canvas: &mut Canvas<'_>, sweep: &Sweep, main: Option<usize>) {
        let look = self.scene.look;
        let others = sweep
            .curves
            .iter()
            .enumerate()
            .filter(|&(index, _)| Some(index) != main);
        for (_, curve) in others.take(MOST_POINTS) {
            let center = self.plane.screen(curve.now);
            if !self.plane.rect.expand(1.0).contains(center) || !curve.now[1].is_finite() {
                continue;
            }
            canvas.painter().circle(
                center,
                3.5,
                self.scene.identity(curve.at),
                Stroke::new(1.0, look.card),
            );
        }
    }
}

/// A line in pieces along which the same knob follows; neighbours share their points.
fn pieces(line: &[Pos2], knob_at: impl Fn(f32) -> Knob) -> Vec<(Knob, Vec<Pos2>)> {
    // A long straight stretch may be two points: it is cut finely enough for a hand, in points.
    const FINE: f32 = 8.0;
    let mut pieces: Vec<(Knob, Vec<Pos2>)> = Vec::new();
    for pair in line.windows(2) {
        let parts = ((pair[1].x - pair[0].x).abs() / FINE).ceil().max(1.0) as usize;
        let at = |part: usize| pair[0].lerp(pair[1], part as f32 / parts as f32);
        for part in 0..parts {
            let (from, to) = (at(part), at(part + 1));
            let knob = knob_at(0.5 * (from.x + to.x));
            match pieces.last_mut() {
                Some((last, points)) if *last == knob => points.push(to),
                _ => pieces.push((knob, vec![from, to])),
            }
        }
    }
    pieces
}

/// Text as large as it is, for labels on the plane.
fn label_ui(
    painter: &Painter,
    at: Rect,
    text: &str,
    color: egui::Color32,
    ground: egui::Color32,
    is_strong: bool,
) {
    painter.rect_filled(at.expand2(vec2(3.0, 0.0)), 3.0, ground.gamma_multiply(0.85));
    let font = if is_strong {
        type_scale::strong()
    } else {
        type_scale::body()
    };
    painter.text(at.center(), Align2::CENTER_CENTER, text, font, color);
}
