//! Which classes are told as which: a row for each class, a column for what it was told as. The diagonal is right.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, Galley, Painter, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::sync::Arc;

use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use neurodial_core::insight::Verdicts;
use neurodial_core::insight::verdicts::Verdict;
use crate::look::{Look, type_scale};
use neurodial_core::words::fixed;

use super::training::sentence_ui;
use super::{Pane, Scene};

/// The height of the line over a table, and of the names over its columns, in points.
const TITLE: f32 = 26.0;
const HEAD: f32 = 38.0;
/// The room for the part of each class that is right, to the right of its row, in points.
const RIGHT: f32 = 54.0;
/// The sides of a cell, in points.
const CELL: std::ops::RangeInclusive<f32> = 4.0..=84.0;
/// In the window both tables are shown only if their cells have sides of this at least, in points.
const LEAST_OF_BOTH: f32 = 20.0;
/// The height of a cell by its width.
const FLAT: f32 = 0.6;
/// From this width on a cell has its number in it, in points.
const LEAST_FOR_NUMBER: f32 = 17.0;
/// From this height on a row has its name and its part beside it, in points.
const LEAST_FOR_NAME: f32 = 11.0;
/// The widest name beside a row, as a part of the whole width.
const WIDEST: f32 = 0.3;
/// Between two tables, in points.
const GAP: f32 = 22.0;
/// How strong the strongest colour is under a number.
const STRENGTH: f32 = 0.55;

/// Draws the pane.
pub fn confusion_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if let Some(Err(reason)) = scene.insight.score(scene.session) {
        sentence_ui(ui, scene, reason);
        return;
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    match scene.insight.verdicts(scene.session) {
        Some(verdicts) => tables_ui(ui, scene, stage, verdicts, rect),
        None => {
            let hint = match scene.session.course() {
                Some(_) => "This data has numbers to be met, not classes to be told apart.",
                None => "Choose data with classes under Training; here is shown which are told as which.",
            };
            ui.label(egui::RichText::new(hint).color(scene.look.ink_soft));
        }
    }
}

/// The height on paper at this width, both in points.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> f32 {
    match scene.insight.verdicts(scene.session) {
        Some(verdicts) => {
            let room = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, f32::INFINITY));
            let tables = Tables::new(painter, scene, verdicts, verdicts.sides.len(), room);
            tables.rects.last().map_or(0.0, |last| last.bottom())
        }
        None => 40.0,
    }
}

/// Draws a table for the samples to train with, and one for those held out.
pub fn tables_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, verdicts: &Verdicts, rect: Rect) {
    let mut sides: Vec<&Verdict> = verdicts.sides.iter().collect();
    let mut rect = rect;
    let mut tables = Tables::new(ui.painter(), scene, verdicts, sides.len(), rect);
    if scene.paper.is_none() && sides.len() > 1 && tables.cell.min_elem() < LEAST_OF_BOTH {
        // In a small pane only the held out samples have a table, and the others a line.
        let line = words(sides.remove(0));
        let at = rect.left_top() + vec2(0.0, 8.0);
        let painter = ui.painter();
        let name = painter.text(
            at,
            Align2::LEFT_CENTER,
            line.0,
            type_scale::strong(),
            scene.look.ink,
        );
        let place = pos2(name.right() + 10.0, at.y);
        painter.text(
            place,
            Align2::LEFT_CENTER,
            line.1,
            type_scale::small(),
            scene.look.ink_soft,
        );
        rect.min.y += TITLE;
        tables = Tables::new(painter, scene, verdicts, 1, rect);
    }
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Confusion.canvas_id());
    for (verdict, &at) in sides.into_iter().zip(&tables.rects) {
        let table = Table {
            scene,
            verdict,
            names: &verdicts.names,
            tables: &tables,
            at,
        };
        table.show(&mut canvas);
    }
}

/// Where the tables are.
struct Tables {
    rects: Vec<Rect>,
    /// The width of the names beside the rows.
    label: f32,
    cell: egui::Vec2,
}

impl Tables {
    /// Side by side or under each other, whatever leaves larger cells.
    fn new(painter: &Painter, scene: &Scene<'_>, verdicts: &Verdicts, count: usize, rect: Rect) -> Self {
        let count = count.max(1);
        let classes = verdicts.names.len().max(1) as f32;
        let widths = verdicts
            .names
            .iter()
            .map(|name| cut(painter, name, scene.look.ink, f32::INFINITY).size().x);
        let widest = widths.fold(0.0, f32::max) + 8.0;
        let is_paper = scene.paper.is_some();
        let arranged = |columns: usize| {
            let rows = count.div_ceil(columns);
            let width = (rect.width() - GAP * (columns as f32 - 1.0)) / columns as f32;
            let label = widest.min(WIDEST * width);
            let wide = (width - label - RIGHT) / classes;
            let wide = wide.clamp(*CELL.start(), *CELL.end());
            // Many classes need no high rows to be read; few look better with flat ones.
            let high = (FLAT * wide).max(wide.min(22.0));
            let room = (rect.height() - GAP * (rows as f32 - 1.0)) / rows as f32 - TITLE - HEAD;
            let high = if is_paper {
                high
            } else {
                high.min(room / classes).max(*CELL.start())
            };
            let wide = if is_paper {
                wide
            } else {
                wide.min((high / FLAT * 1.6).max(LEAST_FOR_NUMBER))
            };
            (vec2(wide, high), label, width)
        };
        let (beside, under) = (arranged(count), arranged(1));
        let fits = |cell: egui::Vec2| cell.x >= widest.min(*CELL.end()) - 4.0;
        let area = |cell: egui::Vec2| cell.x * cell.y;
        // On paper there is always room below.
        let is_beside = match is_paper {
            true => fits(beside.0) || !fits(under.0) && beside.0.x >= 0.6 * under.0.x,
            false => area(beside.0) >= area(under.0),
        };
        let (cell, label, width) = if is_beside { beside } else { under };
        let size = vec2(width, TITLE + HEAD + classes * cell.y);
        let rects = (0..count).map(|index| {
            let by = if is_beside {
                vec2(index as f32 * (width + GAP), 0.0)
            } else {
                vec2(0.0, index as f32 * (size.y + GAP))
            };
            Rect::from_min_size(rect.min + by, size)
        });
        Self {
            rects: rects.collect(),
            label,
            cell,
        }
    }
}

/// One table.
struct Table<'a, 's> {
    scene: &'a Scene<'s>,
    verdict: &'a Verdict,
    names: &'a [String],
    tables: &'a Tables,
    at: Rect,
}

impl Table<'_, '_> {
    fn corner(&self) -> egui::Pos2 {
        self.at.min + vec2(self.tables.label, TITLE + HEAD)
    }

    fn cell(&self, class: usize, told: usize) -> Rect {
        let size = self.tables.cell;
        let at = self.corner() + vec2(told as f32 * size.x, class as f32 * size.y);
        let gap = if size.min_elem() > 8.0 { 1.0 } else { 0.0 };
        Rect::from_min_size(at, size).shrink(gap)
    }

    fn show(&self, canvas: &mut Canvas<'_>) {
        self.title_ui(canvas.painter());
        self.columns_ui(canvas.painter());
        for class in 0..self.names.len() {
            if self.tables.cell.y >= LEAST_FOR_NAME {
                self.row_ui(canvas.painter(), class);
            }
            for told in 0..self.names.len() {
                self.cell_ui(canvas, class, told);
            }
        }
    }

    /// Whose samples, and how many of them are told right.
    fn title_ui(&self, painter: &Painter) {
        let look = self.scene.look;
        let (right, samples) = (self.verdict.confusion.right(), self.verdict.samples());
        let some = if self.verdict.is_of_some { " looked at" } else { "" };
        let (whose, part) = words(self.verdict);
        let at = self.at.min + vec2(0.0, 8.0);
        let name = painter.text(at, Align2::LEFT_CENTER, whose, type_scale::strong(), look.ink);
        let room = self.at.right() - name.right() - 10.0;
        let whole = format!("{part}, {right} of {samples}{some}");
        let mut galley = cut(painter, &whole, look.ink_soft, f32::INFINITY);
        if galley.size().x > room {
            galley = cut(painter, &part, look.ink_soft, room);
        }
        painter.galley(
            pos2(name.right() + 10.0, at.y - galley.size().y / 2.0),
            galley,
            look.ink_soft,
        );
    }

    /// What the columns are.
    fn columns_ui(&self, painter: &Painter) {
        let look = self.scene.look;
        let corner = self.corner();
        let size = self.tables.cell;
        let width = size.x * self.names.len() as f32;
        let galley = cut(painter, "told as", look.ink_soft, f32::INFINITY);
        let left = (corner.x + 0.5 * (width - galley.size().x)).max(self.at.left());
        let top = self.at.top() + TITLE;
        painter.galley(pos2(left, top - 2.0), galley, look.ink_soft);
        // Names that do not fit over their columns are numbers, as the rows stand in the same order.
        let galleys: Vec<Arc<Galley>> = self
            .names
            .iter()
            .map(|name| cut(painter, name, look.ink, f32::INFINITY))
            .collect();
        let fit = galleys.iter().all(|galley| galley.size().x <= size.x - 4.0);
        for (class, galley) in galleys.into_iter().enumerate() {
            let middle = corner.x + (class as f32 + 0.5) * size.x;
            let galley = match fit {
                true => galley,
                false => cut(painter, &self.names[class], look.ink, size.x - 4.0),
            };
            if size.x >= LEAST_FOR_NUMBER {
                let at = pos2(middle - galley.size().x / 2.0, corner.y - 4.0 - galley.size().y);
                painter.galley(at, galley, look.ink);
            }
        }
    }

    /// The name of a class, and the part of it that is told right.
    fn row_ui(&self, painter: &Painter, class: usize) {
        let look = self.scene.look;
        let row = self.cell(class, 0);
        let middle = row.center().y;
        let name = cut(painter, &self.names[class], look.ink, self.tables.label - 8.0);
        let at = pos2(
            self.corner().x - 8.0 - name.size().x,
            middle - name.size().y / 2.0,
        );
        painter.galley(at, name, look.ink);
        let part = self.verdict.right_of(class);
        let text = part.map_or_else(|| "–".to_owned(), |part| format!("{} %", fixed(100.0 * part, 0)));
        let right = self.cell(class, self.names.len().saturating_sub(1)).right();
        let at = pos2(right + 10.0, middle);
        painter.text(at, Align2::LEFT_CENTER, text, type_scale::small(), look.ink_soft);
    }

    fn cell_ui(&self, canvas: &mut Canvas<'_>, class: usize, told: usize) {
        let look = self.scene.look;
        let count = self.verdict.confusion.count(class, told);
        let square = self.cell(class, told);
        let part = Part::Verdict {
            is_test: self.verdict.is_test,
            class,
            told,
        };
        canvas.begin(part);
        let painter = canvas.painter();
        let share = count as f32 / self.verdict.of_class(class).max(1) as f32;
        let radius = if square.height() > 12.0 { 2.0 } else { 0.0 };
        painter.rect_filled(square, radius, ground(look, count, share, class == told));
        if class == told {
            // What is right is told apart from what is wrong without colour too.
            let stroke = Stroke::new(1.25, look.positive);
            painter.rect_stroke(square, radius, stroke, StrokeKind::Inside);
        }
        let text = count.to_string();
        let font = type_scale::number();
        let wide = painter.layout_no_wrap(text, font, if count == 0 { look.ink_soft } else { look.ink });
        if square.width() >= wide.size().x.max(LEAST_FOR_NUMBER - 2.0) && square.height() >= 13.0 {
            let at = square.center() - wide.size() / 2.0;
            painter.galley(at, wide, look.ink);
        }
        canvas.place(Item::new(part, Place::Rect(square)), || Description {
            name: format!("{} told as {}", self.names[class], self.names[told]),
            value: Some(count.to_string()),
            ..Description::default()
        });
        canvas.end();
    }
}

/// Whose samples, and which part of them is told right.
fn words(verdict: &Verdict) -> (&'static str, String) {
    let whose = if verdict.is_test { "test" } else { "train" };
    let part = 100.0 * verdict.confusion.right() as f64 / verdict.samples().max(1) as f64;
    (whose, format!("{} % right", fixed(part, 1)))
}

/// The colour of a cell: the stronger, the more of its class.
fn ground(look: &Look, count: usize, share: f32, is_right: bool) -> Color32 {
    let color = if is_right { look.positive } else { look.negative };
    let strength = if count == 0 {
        0.0
    } else {
        0.1 + (STRENGTH - 0.1) * share
    };
    Look::mix(Look::mix(look.card, look.track, 0.5), color, strength)
}

/// A line of text that ends with … where the room ends.
fn cut(painter: &Painter, text: &str, color: Color32, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), type_scale::small(), color);
    if room.is_finite() {
        job.wrap = TextWrapping::truncate_at_width(room.max(8.0));
    }
    painter.layout_job(job)
}
