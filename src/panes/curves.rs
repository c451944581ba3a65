//! What neurons make of one number: curves over an input or a knob, with the present point on them.
//!
//! | file | what |
//! | --- | --- |
//! | [`geometry`] | where things are on the plane |
//! | [`controls`] | the row of controls over it |
//! | [`names`] | on paper, whose curve is whose |
//! | [`notes`] | the words on it: thresholds and the present point |

pub mod controls;
pub mod geometry;
pub mod names;
pub mod notes;

use egui::{Align2, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2b, pos2, vec2};
use egui_plot::{GridMark, HLine, Plot, VLine};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::insight::{Curve, Sweep};
use crate::look::type_scale;
use crate::network::Symbol;
use crate::session::{Quantity, Range, Scope, Target};
use crate::widgets::maths::Piece;

use super::{Pane, Scene};
use geometry::{Marks, Plane};

/// The height of the row of numbers under the plane, and of each row with the name of an axis, in points.
const TEXT_ROW: f32 = 17.0;
/// Below this height there is no room for the names of the axes, in points.
const LOW: f32 = 130.0;
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
    if scene.paper.is_none() {
        controls::controls_ui(ui, scene);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < LEAST || rect.height() < LEAST {
        return;
    }
    let plane = frame_ui(ui, scene, rect);
    let mut canvas = Canvas::new(ui, stage, plane.rect, Pane::Curves.canvas_id());
    CurvesOn { scene, plane }.draw_ui(&mut canvas);
}

/// Draws the axes and the empty plane between them.
fn frame_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) -> Plane {
    let look = scene.look;
    let sweep = scene.insight.sweep();
    let font = type_scale::small();
    let painter = ui.painter().clone();
    let name_row = if rect.height() < LOW { 0.0 } else { TEXT_ROW };
    let tall = rect.top() + 8.0f32.max(name_row)..=rect.bottom() - TEXT_ROW - name_row;
    let height = (tall.end() - tall.start()).max(1.0);
    let y_marks = Marks::new(sweep.y, height, 34.0);
    let y_texts: Vec<_> = y_marks
        .values
        .iter()
        .map(|&value| (value, y_marks.text(value)))
        .collect();
    let layout = |text: String| painter.layout_no_wrap(text, font.clone(), look.ink_soft);
    let y_galleys: Vec<_> = y_texts
        .into_iter()
        .map(|(value, text)| (value, layout(text)))
        .collect();
    let widest = y_galleys
        .iter()
        .map(|(_, galley)| galley.size().x)
        .fold(0.0, f32::max);
    let left = rect.left() + widest.min(rect.width() / 3.0) + 8.0;
    let margin = if names::are_shown(scene) {
        names::ROOM
    } else {
        10.0
    };
    let plane = Plane {
        rect: Rect::from_x_y_ranges(left..=(rect.right() - margin).max(left + 1.0), tall),
        x: sweep.x,
        y: sweep.y,
    };
    let x_marks = Marks::new(sweep.x, plane.rect.width(), 44.0);
    plane_ui(ui, scene, &plane, [&x_marks, &y_marks]);

    for (value, galley) in y_galleys {
        let size = galley.size();
        let at = pos2(left - 7.0 - size.x, plane.screen_y(value) - size.y / 2.0);
        painter.galley(at, galley, look.ink_soft);
    }
    let mut free_from = f32::NEG_INFINITY;
    for &value in &x_marks.values {
        let galley = layout(x_marks.text(value));
        let width = galley.size().x;
        let start = plane.screen_x(value) - width / 2.0;
        if start > free_from
            && start + width < rect.right() + 10.0
            && (scene.paper.is_none() || start + width <= rect.right())
        {
            painter.galley(pos2(start, plane.rect.bottom() + 4.0), galley, look.ink_soft);
            free_from = start + width + 6.0;
        }
    }
    if name_row > 0.0 {
        axis_names_ui(&painter, scene, &plane, rect);
    }
    plane
}

fn axis_names_ui(painter: &Painter, scene: &Scene<'_>, plane: &Plane, rect: Rect) {
    let look = scene.look;
    let sweep = scene.insight.sweep();
    let blueprint = scene.session.blueprint();
    let symbol = |symbol: &Symbol| Piece::symbol(painter, symbol, 0.9, look.ink_soft);
    let mut pieces = vec![symbol(&sweep.over.symbol(blueprint))];
    if let Target::Input(input) = sweep.over
        && let Some(Some(name)) = blueprint.input_names().get(input)
    {
        pieces.push(Piece::text(
            painter,
            format!("  {name}"),
            type_scale::small(),
            look.ink_soft,
        ));
    }
    let name = Piece::row(pieces);
    let base = rect.bottom() - name.descent.min(4.0) - 1.0;
    name.paint(painter, pos2(plane.rect.center().x - name.width / 2.0, base));

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
    let name = symbol(&shown);
    name.paint(painter, pos2(plane.rect.left() + 3.0, plane.rect.top() - 6.0));
}

/// The grid and the zero lines. What a hand does here is worked out elsewhere, so the plot itself only draws.
fn plane_ui(ui: &mut Ui, scene: &Scene<'_>, plane: &Plane, marks: [&Marks; 2]) {
    let look = scene.look;
    let [x_grid, y_grid] = marks.map(|marks| {
        let step_size = marks.step;
        let marks = marks
            .values
            .iter()
            .map(move |&value| GridMark { value, step_size });
        marks.collect::<Vec<_>>()
    });
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(plane.rect));
    let axis = Stroke::new(1.25, look.axis);
    Plot::new("plane")
        .width(plane.rect.width())
        .height(plane.rect.height())
        .min_size(vec2(1.0, 1.0))
        .sense(Sense::hover())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_axes(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .cursor_color(egui::Color32::TRANSPARENT)
        .grid_color(look.grid)
        .grid_spacing(0.0..=0.5)
        .x_grid_spacer(move |_| x_grid.clone())
        .y_grid_spacer(move |_| y_grid.clone())
        .auto_bounds(Vec2b::FALSE)
        .show(&mut inner, |plot| {
            plot.set_plot_bounds_x(plane.x[0]..=plane.x[1]);
            plot.set_plot_bounds_y(plane.y[0]..=plane.y[1]);
            plot.hline(HLine::new("y = 0", 0.0).stroke(axis).allow_hover(false));
            plot.vline(VLine::new("x = 0", 0.0).stroke(axis).allow_hover(false));
        });
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
        canvas.end();
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
