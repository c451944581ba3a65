//! How a curve changes while another number is varied: all in one plane with a scale of colours, or side by side.
//! Only on paper.

use egui::{Align2, Color32, Id, Painter, Pos2, Rangef, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use neurodial_core::insight::{Curve, Family};
use crate::look::{Look, Mode, type_scale};
use neurodial_core::network::Symbol;
use neurodial_core::session::Quantity;
use crate::widgets::maths::Piece;
use neurodial_core::words::fixed;

use super::Scene;
use super::curves::frame::{Frame, Sides, swept_name, symbol_name};
use super::curves::geometry::Plane;
use super::plate::Side;

/// The room to the right of the plane for the scale of colours, in points.
const SCALE_ROOM: f32 = 82.0;
/// From one line of the scale to the next at most, in points.
const SCALE_PITCH: f32 = 24.0;
/// The length of a line of the scale, in points.
const SCALE_LINE: f32 = 18.0;
/// From one number beside the scale to the next at least, in points.
const LABEL_PITCH: f32 = 14.0;
/// The height of the name of what is varied, over the scale, in points.
const SCALE_NAME: f32 = 22.0;
/// The least width of one of several small planes, in points.
const SMALL: f32 = 120.0;
/// The width of such a plane by its height, at least and at most.
const ASPECT: [f32; 2] = [1.3, 1.75];
/// From one small plane to the next, in points.
const GUTTER: f32 = 16.0;
/// The height of the line that says the value over a small plane, in points.
const CAPTION: f32 = 21.0;
/// What the numbers and the name of the axis under the lowest planes need, in points.
const FOOT: f32 = 36.0;

/// A family on paper, and what its numbers are called there.
pub struct FamilyOn<'a, 's> {
    /// What it is drawn from.
    pub scene: &'a Scene<'s>,
    family: &'a Family,
    x_name: Piece,
    y_name: Piece,
    varied: Symbol,
}

/// All curves in one plane.
pub fn family_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, family: &Family) {
    let rect = ui.available_rect_before_wrap();
    let shown = FamilyOn::new(ui.painter(), scene, family);
    let plane = shown.plane_ui(ui, stage, rect, SCALE_ROOM, "family");
    let left = plane.rect.right() + 16.0;
    shown.scale_ui(ui.painter(), left, plane.rect.y_range());
}

/// Each curve in a plane of its own, the others faint behind it.
pub fn multiples_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, family: &Family) {
    let painter = ui.painter().clone();
    let rect = ui.available_rect_before_wrap();
    let mut shown = FamilyOn::new(&painter, scene, family);
    // A small plane has no room for a name of its own.
    let over = scene.session.view().over.symbol(scene.session.blueprint());
    shown.x_name = symbol_name(&painter, scene, &over);
    let columns = columns(rect.width(), family.values.len());
    let rows = family.values.len().div_ceil(columns);
    // The numbers beside the planes stand once, at the left and under the lowest.
    let numbers = shown.numbers_width(&painter, rect.height() / rows as f32 - CAPTION);
    let width = (rect.width() - numbers - GUTTER * (columns as f32 - 1.0)) / columns as f32;
    let height = (rect.height() - FOOT) / rows as f32;
    for (index, (own, &value)) in family.curves.iter().zip(&family.values).enumerate() {
        let (column, row) = (index % columns, index / columns);
        let left = rect.left() + numbers + column as f32 * (width + GUTTER);
        let top = rect.top() + row as f32 * height;
        let below = Rect::from_min_size(pos2(left, top + CAPTION), vec2(width, height - CAPTION - 8.0));
        let caption = Piece::row([
            Piece::symbol(&painter, &shown.varied, 0.9, scene.look.ink),
            Piece::text(
                &painter,
                format!(" = {}", shown.number(value)),
                type_scale::body(),
                scene.look.ink,
            ),
        ]);
        let start = below.center().x - caption.width / 2.0;
        caption.paint_centered(&painter, start, top + CAPTION / 2.0);
        if index == 0 {
            let base = below.top() - 6.0;
            shown.y_name.paint(&painter, pos2(below.left() + 3.0, base));
        }
        let sides = Sides {
            is_left: column == 0,
            // The last of its column, where the last row is short.
            is_foot: index + columns >= family.values.len(),
        };
        let child = egui::UiBuilder::new()
            .max_rect(below)
            .id_salt(("multiple", index));
        let mut child = ui.new_child(child);
        let plane = shown.frame(0.0).show_in(&mut child, scene, below, sides);
        let id = Id::unique(("multiple", index));
        let mut canvas = Canvas::new(&mut child, stage, plane.rect, id);
        for other in &family.curves {
            let line = plane.line(&other.points);
            let stroke = Stroke::new(0.9, Look::mix(scene.look.grid, scene.look.axis, 0.15));
            canvas.painter().add(Shape::line(line, stroke));
        }
        shown.curve_ui(&mut canvas, &plane, own, value);
    }
}

/// The height on paper of all curves in one plane, beside which all numbers of the scale have room.
pub fn height(width: f32, count: usize) -> Side {
    const AROUND: f32 = 60.0;
    let least = SCALE_NAME + LABEL_PITCH * count.min(9) as f32 + AROUND;
    Side::new(least, (0.64 * width).clamp(150.0, 420.0))
}

/// The height on paper of several small planes.
pub fn multiples_height(width: f32, count: usize) -> Side {
    const LEAST: f32 = 52.0;
    let columns = columns(width, count);
    let rows = count.div_ceil(columns);
    // The more rows, the flatter.
    let aspect = if rows > 2 { ASPECT[1] } else { ASPECT[0] };
    let height = |plane: f32| rows as f32 * (plane + CAPTION) + FOOT;
    Side::new(height(LEAST), height(width / columns as f32 / aspect))
}

/// How many planes stand in a row: as many as fit, or somewhat fewer where that leaves no gap in the last row.
fn columns(width: f32, count: usize) -> usize {
    let count = count.max(1);
    let most = ((width / SMALL) as usize).clamp(1, count);
    let least = most.div_ceil(2);
    let is_even = |columns: &usize| count.is_multiple_of(*columns);
    (least..=most)
        .rev()
        .find(is_even)
        .unwrap_or_else(|| count.div_ceil(count.div_ceil(most)))
}

impl<'a, 's> FamilyOn<'a, 's> {
    /// A family with the names of its network.
    pub fn new(painter: &Painter, scene: &'a Scene<'s>, family: &'a Family) -> Self {
        let blueprint = scene.session.blueprint();
        let at = family
            .curves
            .first()
            .map_or(scene.session.view().selected, |curve| curve.at);
        let symbol = match scene.session.view().quantity {
            Quantity::Output => blueprint.a_symbol(at),
            Quantity::PreActivation => blueprint.z_symbol(at),
        };
        let names = [
            swept_name(painter, scene, scene.session.view().over),
            symbol_name(painter, scene, &symbol),
        ];
        Self::named(scene, family, names, family.varied.symbol(blueprint))
    }

    /// A family with other names: of the axis along the width, of that along the height, and of what is varied.
    pub fn named(
        scene: &'a Scene<'s>,
        family: &'a Family,
        [x_name, y_name]: [Piece; 2],
        varied: Symbol,
    ) -> Self {
        Self {
            scene,
            family,
            x_name,
            y_name,
            varied,
        }
    }

    /// All curves in one plane within `rect`, with room to its right; gives back the plane.
    pub fn plane_ui(&self, ui: &mut Ui, stage: &mut Stage, rect: Rect, room: f32, id: &str) -> Plane {
        let plane = self.frame(room).show(ui, self.scene, rect);
        let mut canvas = Canvas::new(ui, stage, plane.rect, Id::unique(id));
        for (curve, &value) in self.family.curves.iter().zip(&self.family.values) {
            self.curve_ui(&mut canvas, &plane, curve, value);
        }
        plane
    }

    fn frame(&self, margin: f32) -> Frame {
        Frame {
            x: self.family.x,
            y: self.family.y,
            x_name: self.x_name.clone(),
            y_name: self.y_name.clone(),
            margin,
        }
    }

    /// The room that the numbers to the left of a plane of this height need.
    fn numbers_width(&self, painter: &Painter, height: f32) -> f32 {
        self.frame(0.0).numbers_width(painter, self.scene, height)
    }

    fn curve_ui(&self, canvas: &mut Canvas<'_>, plane: &Plane, curve: &Curve, value: f64) {
        let part = Part::Curve(curve.at);
        let line = plane.line(&curve.points);
        canvas.begin(part);
        self.line_ui(canvas.painter(), &line, value);
        let place = Place::Polyline {
            points: line,
            reach: 0.0,
        };
        canvas.place(Item::new(part, place), || {
            let neuron = self.scene.session.blueprint().neuron_words(curve.at);
            let varied = self.varied.plain();
            Description::of(format!("curve of {neuron} where {varied} is"), self.number(value))
        });
        canvas.end();
    }

    /// A line in the colour of a value, dashed where that is negative; without colour it is the thicker, the farther the
    /// value is from 0.
    fn line_ui(&self, painter: &Painter, line: &[Pos2], value: f64) {
        let share = self.share(value);
        let color = self.color(value);
        let width = match self.scene.look.mode {
            Mode::Gray => 1.1 + 1.3 * share,
            _ => 1.9,
        };
        let stroke = Stroke::new(width, color);
        if value < 0.0 {
            painter.extend(Shape::dashed_line(line, stroke, 6.0, 3.0));
        } else {
            painter.add(Shape::line(line.to_vec(), stroke));
        }
    }

    /// The colour of a value: by its sign, the stronger the farther from 0 among all.
    fn color(&self, value: f64) -> Color32 {
        let look = self.scene.look;
        let neutral = Look::mix(look.card, look.ink, 0.42);
        Look::mix(neutral, look.sign(value), self.share(value).sqrt())
    }

    /// How far from 0 a value is, as a part of the farthest.
    fn share(&self, value: f64) -> f32 {
        let values = self.family.values.iter();
        let most = values.fold(0.0, |most: f64, value| most.max(value.abs()));
        if most > 0.0 {
            (value.abs() / most) as f32
        } else {
            0.0
        }
    }

    fn number(&self, value: f64) -> String {
        trimmed(value, self.scene.session.view().decimals)
    }

    /// The scale of colours, within `heights` and to the right of `left`: a line a curve, the largest value on top,
    /// the numbers beside it with their decimal points under each other.
    pub fn scale_ui(&self, painter: &Painter, left: f32, heights: Rangef) {
        let look = self.scene.look;
        let mut values = self.family.values.clone();
        values.sort_by(|a, b| b.total_cmp(a));
        let count = values.len().max(1) as f32;
        let room = (heights.span() - SCALE_NAME).max(1.0);
        let pitch = (room / count).min(SCALE_PITCH);
        let top = heights.center() + 0.5 * (SCALE_NAME - count * pitch);
        let name = Piece::symbol(painter, &self.varied, 0.95, look.ink);
        let font = type_scale::small();
        let every = (LABEL_PITCH / pitch).ceil().max(1.0) as usize;
        let layout = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), look.ink);
        let whole = |text: &str| text.split('.').next().unwrap_or_default().to_owned();
        let widest = values
            .iter()
            .map(|&value| layout(&whole(&self.number(value))).size().x)
            .fold(0.0, f32::max);
        let point = left + SCALE_LINE + 8.0 + widest;
        name.paint(painter, pos2(left, top - 9.0));
        for (index, &value) in values.iter().enumerate() {
            let middle = top + pitch * (index as f32 + 0.5);
            if pitch < 6.0 {
                let block =
                    Rect::from_center_size(pos2(left + SCALE_LINE / 2.0, middle), vec2(SCALE_LINE, pitch));
                painter.rect_filled(block, 0.0, self.color(value));
            } else {
                let ends = [pos2(left, middle), pos2(left + SCALE_LINE, middle)];
                self.line_ui(painter, &ends, value);
            }
            if index % every == 0 {
                let text = self.number(value);
                let start = point - layout(&whole(&text)).size().x;
                painter.text(
                    pos2(start, middle),
                    Align2::LEFT_CENTER,
                    text,
                    font.clone(),
                    look.ink,
                );
            }
        }
    }
}

/// A number without decimals that are only zeros.
fn trimmed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') && !text.contains('e') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_beside_the_scale_have_no_needless_digits() {
        let numbers = [4.0, 0.5, -2.0, 0.125, -0.0001, 1e9].map(|value| trimmed(value, 3));
        assert_eq!(numbers, ["4", "0.5", "−2", "0.125", "0", "1.000e9"]);
        assert_eq!(trimmed(20.0, 0), "20");
    }

    #[test]
    fn small_planes_stand_in_full_rows_where_that_is_possible() {
        assert_eq!(columns(640.0, 9), 3);
        assert_eq!(columns(640.0, 8), 4);
        assert_eq!(columns(640.0, 5), 5);
        assert_eq!(columns(640.0, 7), 4);
        assert_eq!(columns(300.0, 4), 2);
        assert_eq!(columns(50.0, 4), 1);
        assert_eq!(columns(640.0, 0), 1);
    }
}
