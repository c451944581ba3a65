//! The weights as a heat map: a cell of colour for each, which is a knob too. All cells are one shape. [`form`] says how
//! large they are.

pub mod form;

use egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::look::{Look, Mode, type_scale};
use neurodial_core::network::{Knob, NeuronAt};
use crate::panes::Scene;
use crate::panes::number_entry::number_entry;
use neurodial_core::session::Target;
use crate::widgets::marks::Arrow;
use crate::widgets::maths::Piece;

use super::legend;
use super::matrix::{Form, Matrix};
use super::plane::plane_ui;
use super::rows::Rows;
use super::told::Told;
use form::{LEAST_FOR_DELTA, name_of, names_width, number_font};

/// From this size on, cells have a gap between them, in points.
const LEAST_FOR_GAP: f32 = 6.0;
/// The width that the words and the sample over the map need, in points.
const LEAST_FOR_LEGEND: f32 = 330.0;
/// Each of so many cells in view is told to a screen reader; of more of them only those that somebody is at.
const MOST_TOLD: usize = 600;
/// From this size on, a cell has an arrow, in points; …
const LEAST_FOR_ARROW: f32 = 14.0;
/// … and one with a number from this height on.
const LEAST_FOR_BOTH: f32 = 26.0;
/// How strong the strongest colour is where a number stands on it.
const UNDER_NUMBER: f32 = 0.4;

/// Draws the heat map.
pub fn heat_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let blueprint = scene.session.blueprint();
    let names = names_width(ui.painter(), scene);
    let form = form::form(scene, ui.available_size(), names);
    let matrix = Matrix::new(blueprint, form);
    let knobs = scene.session.document().network.knobs();
    let most = knobs.iter().fold(0.0_f64, |most, knob| most.max(knob.abs()));
    // On a wide page the legend keeps to the map.
    let across = match scene.paper {
        Some(_) => matrix.size().x.max(LEAST_FOR_LEGEND).min(ui.available_width()),
        None => ui.available_width(),
    };
    let legend = Rect::from_min_size(ui.cursor().min, vec2(across, legend::HEIGHT));
    let mut colors = [Color32::TRANSPARENT; 3];
    let mut text = "weights and biases";
    plane_ui(
        ui,
        scene,
        stage,
        &matrix,
        "heat map",
        legend::HEIGHT,
        |canvas, scene, origin, view| {
            let font = number_font(canvas.painter(), scene, form.cell);
            let has_numbers = font.is_some();
            let mut heat = Heat {
                scene,
                matrix: &matrix,
                form,
                origin,
                most,
                has_numbers,
                font: font.unwrap_or_else(type_scale::number),
            };
            colors = [-most, 0.0, most].map(|value| heat.color(value));
            for layer in matrix.layers(view) {
                heat.head_ui(canvas, layer, view);
                for neuron in matrix.rows(layer, view) {
                    heat.neuron_ui(canvas, NeuronAt { layer, neuron });
                }
            }
            heat.cells_ui(canvas, view);
            if heat.tells_sign_by_stroke() {
                text = "weights and biases; a stroke: negative";
            }
            None
        },
    );
    legend::line(ui.painter(), scene, legend, text, [-most, most], &colors);
}

/// The corner of a cell whose knob differs from the pin.
pub fn corner_ui(painter: &Painter, look: &Look, cell: Rect) {
    let size = corner_size(cell);
    let corner = cell.right_bottom() - Vec2::splat(0.5);
    let corners = vec![corner, corner - vec2(size, 0.0), corner - vec2(0.0, size)];
    painter.add(Shape::convex_polygon(corners, look.ink, Stroke::NONE));
}

fn corner_size(cell: Rect) -> f32 {
    (0.4 * cell.size().min_elem()).clamp(2.5, 8.0)
}

struct Heat<'a, 's> {
    scene: &'a mut Scene<'s>,
    matrix: &'a Matrix<'a>,
    form: Form,
    origin: Vec2,
    /// The largest knob of the network: the strongest colour.
    most: f64,
    has_numbers: bool,
    /// Of those numbers.
    font: FontId,
}

impl Heat<'_, '_> {
    fn color(&self, value: f64) -> Color32 {
        let look = self.scene.look;
        let strongest = if self.has_numbers { UNDER_NUMBER } else { 1.0 };
        let share = (value.abs() / self.most.max(f64::MIN_POSITIVE)) as f32;
        if look.mode == Mode::Gray && !self.has_numbers {
            // Without colour and without a number the sign is told by light and dark.
            let middle = Look::mix(look.card, look.ink, 0.4);
            let end = if value < 0.0 { look.card } else { look.ink };
            return Look::mix(middle, end, share);
        }
        Look::mix(look.track, look.sign(value), strongest * share)
    }

    /// Whether a stroke through a cell says that its knob is negative: on paper, where the cell has no number, whatever
    /// colours a reader or a copier sees.
    fn tells_sign_by_stroke(&self) -> bool {
        self.scene.paper.is_some() && !self.has_numbers && self.scene.look.mode != Mode::Gray
    }

    fn head_ui(&self, canvas: &Canvas<'_>, layer: usize, view: Rect) {
        let look = self.scene.look;
        let blueprint = self.scene.session.blueprint();
        let painter = canvas.painter();
        if self.form.title > 0.0 {
            let at = self.matrix.title(layer) + self.origin;
            let at = pos2(at.x.max(canvas.rect().left()), at.y - 3.0);
            let title = super::layer_title(self.scene, layer);
            painter.text(at, Align2::LEFT_BOTTOM, title, type_scale::small(), look.ink_soft);
        }
        if self.form.column_head < 12.0 {
            return;
        }
        for column in self.matrix.columns(layer, view) {
            let head = self.matrix.column_head(layer, column).translate(self.origin);
            let piece = if column == blueprint.fan_in(layer) {
                let text = if head.width() >= 28.0 { "bias" } else { "b" };
                Piece::text(painter, text, type_scale::small(), look.ink_soft)
            } else {
                let symbol = blueprint.source_symbol(layer, column);
                Piece::symbol(painter, &symbol, 0.85, look.ink_soft)
            };
            piece.paint_centered(painter, head.center().x - piece.width / 2.0, head.center().y);
        }
    }

    /// The bar to the left of a neuron's row.
    fn neuron_ui(&self, canvas: &mut Canvas<'_>, at: NeuronAt) {
        let Scene { look, session, .. } = *self.scene;
        let row = self.matrix.row(at).translate(self.origin);
        let left = row.left().max(canvas.rect().left());
        let gutter = Rect::from_min_max(pos2(left, row.top()), pos2(left + self.form.gutter, row.bottom()));
        let part = Part::Neuron(at);
        let is_selected = self.scene.is_selected(at);
        let color = self.scene.identity(at);
        canvas.begin(part);
        let painter = canvas.painter();
        if canvas.is_lit(part) {
            painter.rect_filled(gutter, 3.0, look.tint(color));
        }
        let width = if is_selected { 6.0 } else { 3.5 };
        let gap = if row.height() >= 12.0 { 2.0 } else { 0.5 };
        let bar = Rect::from_min_max(
            pos2(gutter.left() + 1.0, gutter.top() + gap),
            pos2(gutter.left() + 1.0 + width, gutter.bottom() - gap),
        );
        painter.rect_filled(bar, 1.5, color);
        let room = self.form.gutter - 18.0;
        if room > 0.0 {
            let name = name_of(painter, self.scene, at, room);
            let left = gutter.left() + 12.0;
            painter.galley(pos2(left, row.center().y - name.size().y / 2.0), name, color);
        }
        let output = self.scene.number(self.scene.output(at));
        canvas.place(Item::new(part, Place::Rect(gutter)).rank(1), || Description {
            name: session.blueprint().neuron_words(at),
            value: Some(format!("output {output}")),
            is_button: true,
            is_selected: Some(is_selected),
            ..Description::default()
        });
        canvas.end();
    }

    fn cells_ui(&mut self, canvas: &mut Canvas<'_>, view: Rect) {
        let session = self.scene.session;
        let blueprint = session.blueprint();
        let document = session.document();
        let knobs: Vec<Knob> = self.matrix.knobs(view).collect();
        let gap = if self.form.cell.min_elem() >= LEAST_FOR_GAP {
            0.5
        } else {
            0.0
        };
        let mut mesh = Mesh::default();
        for &knob in &knobs {
            let cell = self.cell(knob);
            let value = document.network.get(knob).unwrap_or(0.0);
            mesh.add_colored_rect(cell.shrink(gap), self.color(value));
        }
        canvas.painter().add(Shape::mesh(mesh));
        if self.scene.look.mode == Mode::Gray && !self.has_numbers && knobs.len() <= MOST_TOLD {
            // The lightest cells would be holes in the paper.
            let edge = Stroke::new(0.75, self.scene.look.axis);
            for &knob in &knobs {
                let cell = self.cell(knob).shrink(gap);
                canvas.painter().rect_stroke(cell, 0.0, edge, StrokeKind::Inside);
            }
        }
        if self.tells_sign_by_stroke() && knobs.len() <= MOST_TOLD {
            let stroke = Stroke::new(0.75, self.scene.look.ink);
            for &knob in &knobs {
                let cell = self.cell(knob).shrink(gap);
                if document.network.get(knob).is_some_and(|value| value < 0.0) {
                    canvas
                        .painter()
                        .line_segment([cell.left_bottom(), cell.right_top()], stroke);
                }
            }
        }
        let id = canvas.id();
        let wanted = canvas.stage().wanted;
        let current = canvas.stage().current(id).map(|current| current.part);
        let rows = Rows::new(blueprint);
        let has_locks = !document.locked.is_empty();
        let mut near = None;
        let has_arrows = self.scene.paper.is_none() && self.form.cell.min_elem() >= LEAST_FOR_ARROW;
        let in_view = || knobs.iter().map(|&knob| Target::Knob(knob));
        let told = has_arrows.then(|| Told::arrows(self.scene, in_view()));
        for &knob in &knobs {
            let target = Target::Knob(knob);
            let part = Part::Target(target);
            let cell = self.cell(knob);
            let is_at_hand = canvas.is_lit(part) || session.view().held == Some(target);
            let is_told =
                knobs.len() <= MOST_TOLD || is_at_hand || current == Some(part) || wanted == Some((id, part));
            let neighbour = |step| rows.neighbour(knob, step).map(|knob| Part::Target(knob.into()));
            // Who moves over thousands of cells needs no neighbours of all of them.
            let links = if is_told {
                FocusLinks {
                    before: neighbour(-1),
                    after: neighbour(1),
                }
            } else {
                FocusLinks::default()
            };
            let grip = Grip::lever(target, document.range(target));
            let item = Item::new(part, Place::Rect(cell))
                .grip(Some(grip))
                .focusable(links);
            if is_told {
                canvas.place(item, || super::describe(self.scene, knob));
            } else {
                canvas.place_more(item);
            }
            if is_at_hand || canvas.stage().is_editing(id, target) {
                // What the pointer is on comes before what was held last.
                if near.is_none() || canvas.is_lit(part) {
                    near = Some((knob, cell));
                }
                self.frame_ui(canvas, cell);
            }
            let was = self.scene.was(target);
            let has_delta = was.is_some_and(|was| {
                self.differs_ui(canvas.painter(), cell, was, document.value(target).unwrap_or(0.0))
            });
            if has_locks && document.locked.contains(&knob) {
                let size = (0.3 * cell.size().min_elem()).clamp(2.0, 6.0);
                let mark = Rect::from_center_size(cell.center(), Vec2::splat(size));
                let mark = mark.translate(if self.has_numbers {
                    vec2(0.5 * cell.width() - 6.0, -0.5 * cell.height() + 6.0)
                } else {
                    Vec2::ZERO
                });
                canvas.painter().rect_filled(mark, 1.0, self.scene.look.ink);
            }
            let arrow = told
                .as_ref()
                .and_then(|told| told.marks(self.scene, target).arrow);
            if let Some(arrow) = arrow.filter(|_| !has_delta) {
                self.arrow_ui(canvas.painter(), cell, arrow);
            }
            if self.has_numbers {
                let mut room = cell.shrink2(vec2(1.0, 3.0));
                if arrow.is_some() && !has_delta && cell.height() >= LEAST_FOR_BOTH {
                    room.max.y -= 7.0;
                }
                if has_delta {
                    room.max.y -= 12.0;
                }
                number_entry(
                    canvas,
                    self.scene,
                    target,
                    room,
                    self.font.clone(),
                    Align2::CENTER_CENTER,
                );
            }
        }
        if let Some((knob, cell)) = near.filter(|_| !self.has_numbers) {
            self.number_ui(canvas, knob, cell);
        }
    }

    /// A knob that differs from the pin: its corner, and where there is room what has been added; says whether that is
    /// there. In a cell without room for both, the number says it all.
    fn differs_ui(&self, painter: &Painter, cell: Rect, was: f64, now: f64) -> bool {
        let look = self.scene.look;
        if !self.has_numbers || cell.height() < LEAST_FOR_DELTA {
            corner_ui(painter, look, cell);
            return false;
        }
        let galley = painter.layout_no_wrap(self.scene.delta(was, now), type_scale::small(), look.ink);
        let half = galley.size().x / 2.0;
        let has_delta = 2.0 * half <= cell.width();
        // In the middle, or as far to the left of it as the corner needs.
        let beside = cell.center().x.min(cell.right() - corner_size(cell) - 1.5 - half);
        let has_both = beside - half >= cell.left();
        if !has_delta || has_both {
            corner_ui(painter, look, cell);
        }
        if has_delta {
            let middle = if has_both { beside } else { cell.center().x };
            let top = cell.bottom() - 9.0 - galley.size().y / 2.0;
            painter.galley(pos2(middle - half, top), galley, look.ink);
        }
        has_delta
    }

    /// Which way the number that knobs are told of goes when this one is raised.
    fn arrow_ui(&self, painter: &Painter, cell: Rect, arrow: Arrow) {
        let look = self.scene.look;
        let ink = look.ink.gamma_multiply(0.8);
        let center = match self.has_numbers {
            true if cell.height() < LEAST_FOR_BOTH => return,
            true => pos2(cell.center().x, cell.bottom() - 6.0),
            false => cell.center(),
        };
        arrow.paint(painter, look, center, (cell.width() - 6.0).min(22.0), ink);
    }

    fn cell(&self, knob: Knob) -> Rect {
        self.matrix.cell(knob).translate(self.origin)
    }

    /// What is lit has a frame that stands out from every colour.
    fn frame_ui(&self, canvas: &Canvas<'_>, cell: Rect) {
        let look = self.scene.look;
        let painter = canvas.painter();
        painter.rect_stroke(cell, 1.0, Stroke::new(1.0, look.card), StrokeKind::Inside);
        painter.rect_stroke(cell, 2.0, Stroke::new(2.0, look.ink), StrokeKind::Outside);
    }
    /// The number of the cell that somebody is at, over it; the field while it is typed.
    fn number_ui(&mut self, canvas: &mut Canvas<'_>, knob: Knob, cell: Rect) {
        let Scene { look, session, .. } = *self.scene;
        let target = Target::Knob(knob);
        let value = session.document().value(target).unwrap_or(0.0);
        let mut text = self.scene.number(value);
        let mut size = vec2(96.0, 24.0);
        if let Some(was) = self.scene.was(target) {
            text += &format!(" ({})", self.scene.delta(was, value));
            size.x += 54.0;
        }
        let around = canvas.rect();
        let mut at = Rect::from_min_size(cell.left_top() - vec2(0.0, size.y + 6.0), size);
        if at.top() < around.top() {
            at = at.translate(vec2(0.0, cell.bottom() + 6.0 - at.top()));
        }
        let least = Pos2::new(around.left() + 2.0, around.top());
        let left = at.left().min(around.right() - size.x - 2.0).max(least.x);
        let at = Rect::from_min_size(pos2(left, at.top()), size);
        let stroke = Stroke::new(1.0, look.hairline);
        let painter = canvas.painter();
        painter.rect(at, 5.0, look.card_raised, stroke, StrokeKind::Inside);
        let symbol = session.blueprint().symbol(knob);
        let symbol = Piece::symbol(painter, &symbol, 0.85, look.sign(value));
        symbol.paint_centered(painter, at.left() + 7.0, at.center().y);
        let id = canvas.id();
        if canvas.stage().is_editing(id, target) {
            let field = Rect::from_min_max(
                pos2(at.center().x, at.top() + 3.0),
                at.right_bottom() - vec2(8.0, 3.0),
            );
            number_entry(
                canvas,
                self.scene,
                target,
                field,
                type_scale::number(),
                Align2::RIGHT_CENTER,
            );
        } else {
            let right = at.right_center() - vec2(8.0, 0.0);
            let painter = canvas.painter();
            painter.text(right, Align2::RIGHT_CENTER, text, type_scale::number(), look.ink);
        }
    }
}
