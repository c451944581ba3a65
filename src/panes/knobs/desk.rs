//! The mixing desk: round dials laid out as the matrix that the weights are. Only dials in view are laid out.

use egui::{Align2, FontId, Painter, Rect, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use crate::look::type_scale;
use neurodial_core::network::{Knob, NeuronAt};
use crate::panes::Scene;
use crate::panes::number_entry::number_entry;
use neurodial_core::session::Target;
use crate::widgets::dial::{self, DialGeometry, DialState};
use crate::widgets::maths::Piece;

use super::legend;
use super::matrix::{Form, Matrix};
use super::plane::plane_ui;
use super::rows::Rows;
use super::told::{self, Told};

/// The width of a dial with its number: as many as there are share the room.
const CELL: std::ops::RangeInclusive<f32> = 48.0..=84.0;
/// The widest of them on paper, in points.
const ON_PAPER: f32 = 110.0;
/// The radius of the largest dial, in points.
const LARGEST: f32 = 24.0;
/// The height of the number under a dial, in points.
const NUMBER: f32 = 19.0;
/// The height of what has been added since the pin, under the number, in points.
const DELTA: f32 = 14.0;
/// Between the last weight and the bias, in points.
const BIAS_GAP: f32 = 6.0;
/// Dials smaller than this have no room for a name in the middle, in points.
const LEAST_FOR_NAME: f32 = 15.0;

/// Draws the desk.
pub fn desk_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let blueprint = scene.session.blueprint();
    let most = if scene.paper.is_some() {
        ON_PAPER
    } else {
        *CELL.end()
    };
    let form = form(scene, ui.available_width(), *CELL.start()..=most);
    let matrix = Matrix::new(blueprint, form);
    let delta = delta_height(scene);
    let legend = legend_height(scene);
    let has_strips = told::has_strips(scene);
    plane_ui(
        ui,
        scene,
        stage,
        &matrix,
        "desk",
        legend,
        |canvas, scene, origin, view| {
            let told = Told::new(scene, matrix.knobs(view).map(Target::Knob));
            let scale = told.scale();
            let mut desk = Desk {
                scene,
                matrix: &matrix,
                told,
                origin,
                delta,
            };
            for layer in matrix.layers(view) {
                desk.head_ui(canvas, layer, view);
                for neuron in matrix.rows(layer, view) {
                    desk.neuron_ui(canvas, NeuronAt { layer, neuron });
                }
            }
            for knob in matrix.knobs(view) {
                desk.dial_ui(canvas, knob);
            }
            has_strips.then_some(scale)
        },
    );
}

/// The sizes of everything in a room of this width; a dial with its number is so wide.
fn form(scene: &Scene<'_>, room: f32, widths: std::ops::RangeInclusive<f32>) -> Form {
    let blueprint = scene.session.blueprint();
    let columns = Matrix::most_columns(blueprint) as f32;
    let width = ((room - BIAS_GAP) / columns)
        .min(*widths.end())
        .max(*widths.start())
        .floor();
    let sample = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, 100.0));
    let radius = DialGeometry::within(sample, LARGEST).radius;
    Form {
        cell: vec2(width, DialGeometry::height(radius) + NUMBER + delta_height(scene)),
        gutter: 0.0,
        row_head: 26.0,
        title: if blueprint.layers().len() > 1 { 22.0 } else { 0.0 },
        column_head: 18.0,
        bias_gap: BIAS_GAP,
    }
}

/// All dials have room for what has been added, so that they stay where they are while one is turned.
fn delta_height(scene: &Scene<'_>) -> f32 {
    if scene.insight.ghost().is_some() {
        DELTA
    } else {
        0.0
    }
}

/// On paper there is no empty line where no neuron is the selected one.
fn legend_height(scene: &Scene<'_>) -> f32 {
    match scene.paper {
        Some(_) if !told::has_strips(scene) => 0.0,
        _ => legend::HEIGHT,
    }
}

/// The least width of a dial with its number on paper, in points.
fn least_cell(painter: &Painter, scene: &Scene<'_>) -> f32 {
    let knobs = scene.session.document().network.knobs();
    let numbers = knobs.iter().map(|&knob| scene.number(knob));
    let longest = numbers
        .max_by_key(|text| text.chars().count())
        .unwrap_or_default();
    let galley = painter.layout_no_wrap(longest, number_font(), scene.look.ink);
    CELL.start().max(galley.size().x + 8.0).floor()
}

/// The width that all dials of a neuron need side by side on paper, in points.
pub fn paper_width(painter: &Painter, scene: &Scene<'_>) -> f32 {
    let columns = Matrix::most_columns(scene.session.blueprint());
    columns as f32 * least_cell(painter, scene) + BIAS_GAP
}

/// The height on paper at this width, both in points.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> f32 {
    let form = form(scene, width, least_cell(painter, scene)..=ON_PAPER);
    legend_height(scene) + Matrix::new(scene.session.blueprint(), form).size().y + 2.0
}

struct Desk<'a, 's> {
    scene: &'a mut Scene<'s>,
    matrix: &'a Matrix<'a>,
    told: Told,
    origin: egui::Vec2,
    /// The room under a number for what has been added since the pin.
    delta: f32,
}

impl Desk<'_, '_> {
    /// The title of a layer, and what comes in along each column.
    fn head_ui(&self, canvas: &Canvas<'_>, layer: usize, view: Rect) {
        let look = self.scene.look;
        let blueprint = self.scene.session.blueprint();
        let painter = canvas.painter();
        if blueprint.layers().len() > 1 {
            let at = self.matrix.title(layer) + self.origin - vec2(0.0, 3.0);
            let title = super::layer_title(self.scene, layer);
            painter.text(at, Align2::LEFT_BOTTOM, title, type_scale::small(), look.ink_soft);
        }
        for column in self.matrix.columns(layer, view) {
            let head = self.matrix.column_head(layer, column).translate(self.origin);
            if column == blueprint.fan_in(layer) {
                let font = type_scale::small();
                painter.text(head.center(), Align2::CENTER_CENTER, "bias", font, look.ink_soft);
            } else {
                let symbol = blueprint.source_symbol(layer, column);
                let piece = Piece::symbol(painter, &symbol, 0.85, look.ink_soft);
                piece.paint_centered(painter, head.center().x - piece.width / 2.0, head.center().y);
            }
        }
    }

    fn neuron_ui(&self, canvas: &mut Canvas<'_>, at: NeuronAt) {
        let Scene { look, session, .. } = *self.scene;
        let row = self.matrix.row(at).translate(self.origin);
        let row = Rect::from_min_size(row.min, vec2(row.width(), 24.0));
        // What is scrolled sideways keeps its name in view.
        let shown = row.intersect(canvas.rect());
        let color = self.scene.identity(at);
        let part = Part::Neuron(at);
        let is_selected = self.scene.is_selected(at);
        canvas.begin(part);
        let painter = canvas.painter();
        if canvas.is_lit(part) {
            painter.rect_filled(shown.shrink2(vec2(0.0, 2.0)), 4.0, look.tint(color));
        }
        let middle = row.center().y;
        let bar = Rect::from_center_size(pos2(shown.left() + 1.75, middle), vec2(3.5, 15.0));
        painter.rect_filled(bar, 1.5, color);
        let font = if is_selected {
            type_scale::strong()
        } else {
            type_scale::body()
        };
        let output = self.scene.number(self.scene.output(at));
        let right = pos2(shown.right() - 4.0, middle);
        let end = painter.text(right, Align2::RIGHT_CENTER, &output, type_scale::strong(), color);
        let left = shown.left() + 11.0;
        let label = session.blueprint().neuron_label(at);
        let name = painter.layout_job(super::cut(label, font, look.ink, end.left() - left - 8.0));
        painter.galley(pos2(left, middle - name.size().y / 2.0), name, look.ink);
        canvas.place(Item::new(part, Place::Rect(row)), || Description {
            name: session.blueprint().neuron_words(at),
            value: Some(format!("output {output}")),
            is_button: true,
            is_selected: Some(is_selected),
            ..Description::default()
        });
        canvas.end();
    }

    fn dial_ui(&mut self, canvas: &mut Canvas<'_>, knob: Knob) {
        let Scene { look, session, .. } = *self.scene;
        let (document, blueprint) = (session.document(), session.blueprint());
        let target = Target::Knob(knob);
        let part = Part::Target(target);
        let cell = self.matrix.cell(knob).translate(self.origin);
        let value = document.value(target).unwrap_or(0.0);
        let range = document.range(target);
        let is_locked = document.is_locked(target);
        let is_lit = canvas.is_lit(part) || session.view().held == Some(target);
        let color = self.scene.identity(NeuronAt {
            layer: knob.layer,
            neuron: knob.neuron,
        });
        let geometry = DialGeometry::within(cell, LARGEST);
        let was = self.scene.was(target);
        let marks = self.told.marks(self.scene, target);
        canvas.begin(part);
        if is_lit {
            canvas
                .painter()
                .rect_filled(cell.shrink(1.0), 6.0, look.tint(color));
        }
        let state = DialState {
            fraction: range.fraction_of(value),
            zero: (range.min..=range.max)
                .contains(&0.0)
                .then(|| range.fraction_of(0.0)),
            color,
            is_lit,
            is_locked,
            strip: self.told.strip(target),
            is_filled: !self.told.has_strips(),
            flip: marks.flip,
            best: marks.best.map(|best| (best, self.told.color())),
            was: was.map(|was| range.fraction_of(was)),
        };
        dial::paint(canvas.painter(), look, geometry, state);
        if geometry.radius >= LEAST_FOR_NAME {
            let name_color = if knob.is_bias() {
                look.ink
            } else {
                look.sign(value)
            };
            let symbol = Piece::symbol(canvas.painter(), &blueprint.symbol(knob), 0.85, name_color);
            // Its corners too lie within the ring; between layers it has an index above and one below.
            let half = if blueprint.layers().len() > 1 { 9.0 } else { 6.0 };
            if (0.5 * symbol.width).hypot(half) < geometry.cap() {
                let left = geometry.center.x - symbol.width / 2.0;
                symbol.paint_centered(canvas.painter(), left, geometry.center.y - 1.0);
            }
        }
        if let Some(arrow) = marks.arrow {
            let room = 0.8 * geometry.radius;
            arrow.paint(canvas.painter(), look, geometry.gap(), room, self.told.color());
        }
        let rows = Rows::new(blueprint);
        let neighbour = |step| rows.neighbour(knob, step).map(|knob| Part::Target(knob.into()));
        let links = FocusLinks {
            before: neighbour(-1),
            after: neighbour(1),
        };
        let item = Item::new(part, Place::Rect(cell)).focusable(links);
        canvas.place(item, || super::describe(self.scene, knob));
        let disc = |radius| Place::Circle {
            center: geometry.center,
            radius,
        };
        let rim = Grip::round(target, geometry.center, dial::SWEEP, range);
        let rim = Item::new(part, disc(geometry.reach())).grip(Some(rim)).rank(1);
        canvas.place_more(rim);
        let cap = Grip::lever(target, range);
        canvas.place_more(Item::new(part, disc(geometry.cap())).grip(Some(cap)).rank(2));
        let corner = pos2(cell.right() - 7.0, cell.top() + 6.0);
        let lock = Rect::from_center_size(corner, vec2(15.0, 16.0));
        super::lock_ui(canvas, self.scene, lock, knob, is_lit);
        if let Some(was) = was {
            let text = self.scene.delta(was, value);
            let at = pos2(cell.center().x, cell.bottom() - 0.5 * DELTA - 1.0);
            let font = type_scale::small();
            let painter = canvas.painter();
            painter.text(at, Align2::CENTER_CENTER, text, font, look.ink_soft);
        }
        let bottom = cell.bottom() - self.delta;
        let number = Rect::from_min_max(
            pos2(cell.left() + 2.0, bottom - NUMBER),
            pos2(cell.right() - 2.0, bottom - 1.0),
        );
        number_entry(
            canvas,
            self.scene,
            target,
            number,
            number_font(),
            Align2::CENTER_CENTER,
        );
        canvas.end();
    }
}

fn number_font() -> FontId {
    type_scale::number()
}
