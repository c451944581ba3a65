//! How a curve changes while another number is varied: all in one plane with a scale of colours, or side by side.
//! Only on paper.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use crate::insight::{Curve, Family};
use crate::look::{Look, Mode, type_scale};
use crate::session::Quantity;
use crate::widgets::maths::Piece;

use super::Scene;
use super::curves::frame::{Frame, swept_name, symbol_name};
use super::curves::geometry::Plane;

/// The room to the right of the plane for the scale of colours, in points.
const SCALE_ROOM: f32 = 74.0;
/// The width of the scale, in points.
const SCALE_WIDTH: f32 = 11.0;
/// From one number beside the scale to the next at least, in points.
const LABEL_PITCH: f32 = 14.0;
/// The least width of one of several small planes, in points.
const SMALL: f32 = 150.0;
/// The width of such a plane by its height.
const SMALL_ASPECT: f32 = 1.25;
/// The height of the line that says the value over a small plane, in points.
const CAPTION: f32 = 20.0;

/// All curves in one plane.
pub fn family_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, family: &Family) {
    let rect = ui.available_rect_before_wrap();
    let frame = frame(ui.painter(), scene, family, SCALE_ROOM);
    let plane = frame.show(ui, scene, rect);
    let painter = ui.painter().clone();
    let mut canvas = Canvas::new(ui, stage, plane.rect, egui::Id::unique("family"));
    for (curve, &value) in family.curves.iter().zip(&family.values) {
        curve_ui(&mut canvas, scene, family, &plane, curve, value);
    }
    scale_ui(&painter, scene, family, &plane);
}

/// Each curve in a plane of its own, the others faint behind it.
pub fn multiples_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, family: &Family) {
    let rect = ui.available_rect_before_wrap();
    let columns = columns(rect.width(), family.values.len());
    let rows = family.values.len().div_ceil(columns);
    let size = vec2(rect.width() / columns as f32, rect.height() / rows as f32);
    let blueprint = scene.session.blueprint();
    for (index, (own, &value)) in family.curves.iter().zip(&family.values).enumerate() {
        let corner = rect.min
            + vec2(
                (index % columns) as f32 * size.x,
                (index / columns) as f32 * size.y,
            );
        let place = Rect::from_min_size(corner, size).shrink(4.0);
        let painter = ui.painter().clone();
        let symbol = Piece::symbol(&painter, &family.varied.symbol(blueprint), 0.9, scene.look.ink);
        let text = format!(" = {}", scene.number(value));
        let caption = Piece::row([
            symbol,
            Piece::text(&painter, text, type_scale::body(), scene.look.ink),
        ]);
        caption.paint_centered(
            &painter,
            place.center().x - caption.width / 2.0,
            place.top() + 8.0,
        );
        let below = Rect::from_min_max(place.min + vec2(0.0, CAPTION), place.max);
        let child = egui::UiBuilder::new()
            .max_rect(below)
            .id_salt(("multiple", index));
        let mut child = ui.new_child(child);
        let plane = frame(&painter, scene, family, 10.0).show(&mut child, scene, below);
        let mut canvas = Canvas::new(
            &mut child,
            stage,
            plane.rect,
            egui::Id::unique(("multiple", index)),
        );
        for other in &family.curves {
            let line = plane.line(&other.points);
            canvas
                .painter()
                .add(Shape::line(line, Stroke::new(1.0, scene.look.grid)));
        }
        curve_ui(&mut canvas, scene, family, &plane, own, value);
    }
}

/// The height on paper of several small planes.
pub fn multiples_height(width: f32, count: usize) -> f32 {
    let columns = columns(width, count);
    let rows = count.div_ceil(columns);
    rows as f32 * (width / columns as f32 / SMALL_ASPECT + CAPTION)
}

fn columns(width: f32, count: usize) -> usize {
    let most = ((width / SMALL) as usize).clamp(1, count.max(1));
    // Rows of one length, where the count allows.
    let rows = count.div_ceil(most).max(1);
    count.div_ceil(rows).max(1)
}

fn frame(painter: &Painter, scene: &Scene<'_>, family: &Family, margin: f32) -> Frame {
    let blueprint = scene.session.blueprint();
    let at = family
        .curves
        .first()
        .map_or(scene.session.view().selected, |curve| curve.at);
    let symbol = match scene.session.view().quantity {
        Quantity::Output => blueprint.a_symbol(at),
        Quantity::PreActivation => blueprint.z_symbol(at),
    };
    Frame {
        x: family.x,
        y: family.y,
        x_name: swept_name(painter, scene, scene.session.view().over),
        y_name: symbol_name(painter, scene, &symbol),
        margin,
    }
}

fn curve_ui(
    canvas: &mut Canvas<'_>,
    scene: &Scene<'_>,
    family: &Family,
    plane: &Plane,
    curve: &Curve,
    value: f64,
) {
    let part = Part::Curve(curve.at);
    let line = plane.line(&curve.points);
    let color = color(scene.look, family, value);
    canvas.begin(part);
    paint_line(canvas.painter(), scene.look, &line, value, color);
    let item = Item::new(
        part,
        Place::Polyline {
            points: line,
            reach: 0.0,
        },
    );
    canvas.place(item, || {
        let blueprint = scene.session.blueprint();
        let neuron = blueprint.neuron_words(curve.at);
        let varied = family.varied.symbol(blueprint).plain();
        Description::of(
            format!("curve of {neuron} where {varied} is"),
            scene.number(value),
        )
    });
    canvas.end();
}

/// A curve in the colour of its value; without colour, a negative value is dashed.
fn paint_line(painter: &Painter, look: &Look, line: &[Pos2], value: f64, color: Color32) {
    let stroke = Stroke::new(1.9, color);
    if look.mode == Mode::Gray && value < 0.0 {
        painter.extend(Shape::dashed_line(line, stroke, 6.0, 3.0));
    } else {
        painter.add(Shape::line(line.to_vec(), stroke));
    }
}

/// The colour of a value: by its sign, the stronger the farther from 0 among all.
fn color(look: &Look, family: &Family, value: f64) -> Color32 {
    let most = family
        .values
        .iter()
        .fold(0.0, |most: f64, value| most.max(value.abs()));
    let share = if most > 0.0 {
        (value.abs() / most) as f32
    } else {
        0.0
    };
    let neutral = Look::mix(look.card, look.ink, 0.42);
    Look::mix(neutral, look.sign(value), share.sqrt())
}

/// The scale of colours: a block a curve, in the order of the values, the numbers beside it.
fn scale_ui(painter: &Painter, scene: &Scene<'_>, family: &Family, plane: &Plane) {
    let look = scene.look;
    let mut values = family.values.clone();
    values.sort_by(f64::total_cmp);
    let count = values.len().max(1) as f32;
    let symbol = Piece::symbol(
        painter,
        &family.varied.symbol(scene.session.blueprint()),
        0.95,
        look.ink,
    );
    let height = plane.rect.height().min(26.0 * count);
    let left = plane.rect.right() + 16.0;
    let top = plane.rect.center().y - height / 2.0;
    let block = height / count;
    symbol.paint(painter, pos2(left, plane.rect.top() - 6.0));
    let font: FontId = type_scale::small();
    let every = (LABEL_PITCH / block).ceil().max(1.0) as usize;
    let marks = crate::panes::curves::geometry::Marks::new(
        [
            values.first().copied().unwrap_or(0.0),
            values.last().copied().unwrap_or(1.0),
        ],
        height,
        LABEL_PITCH,
    );
    for (index, &value) in values.iter().rev().enumerate() {
        let rect = Rect::from_min_size(pos2(left, top + block * index as f32), vec2(SCALE_WIDTH, block));
        let middle = rect.center();
        let ends = [pos2(rect.left(), middle.y), pos2(rect.right() + 6.0, middle.y)];
        if block < 9.0 {
            painter.rect_filled(rect, 0.0, color(look, family, value));
        } else {
            // As the line that it stands for.
            let line = [ends[0] - vec2(2.0, 0.0), ends[1]];
            paint_line(painter, look, &line, value, color(look, family, value));
        }
        if index % every == 0 {
            let is_round = marks
                .values
                .iter()
                .any(|mark| (mark - value).abs() < 1e-9 * marks.step);
            let text = if is_round {
                marks.text(value)
            } else {
                scene.number(value)
            };
            let at = pos2(rect.right() + 11.0, middle.y);
            painter.text(at, Align2::LEFT_CENTER, text, font.clone(), look.ink);
        }
    }
}
