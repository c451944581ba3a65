//! The rows of the table.

use egui::{Align2, Color32, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;
use neurodial_core::session::Action;
use crate::widgets::maths::Piece;

use super::cell::{Cell, cell_ui, focus_ring, number_ui, remove_ui};
use super::geometry::{Column, GAP, columns};

/// The height of a row in points.
const ROW: f32 = 25.0;
/// The width of the row's number, and of what removes it, in points.
const ENDS: [f32; 2] = [30.0, 22.0];

/// The height of a table with so many rows, in points.
pub fn height(rows: usize) -> f32 {
    ROW * (rows + 1) as f32 + 8.0
}

/// What a hand did in the table.
pub enum Done {
    /// Chose a row.
    Choose(usize),
    /// Removed a row.
    Remove(usize),
    /// Opened an input of a row for typing.
    Type(usize, usize),
    /// Entered an input of a row.
    Enter(usize, usize, f64),
}

/// The table, laid out for its pane.
pub struct Table {
    columns: Vec<Column>,
    width: f32,
    last_layer: usize,
    /// Of so many rows the outputs are known.
    computed: usize,
}

impl Table {
    /// Chooses the columns.
    pub fn new(ui: &Ui, scene: &Scene<'_>) -> Self {
        let blueprint = scene.session.blueprint();
        let last_layer = blueprint.last_layer();
        let room = ui.available_width() - ENDS[0] - ENDS[1] - 6.0;
        let (columns, width) = columns(blueprint.inputs(), blueprint.width(last_layer), room);
        Self {
            columns,
            width,
            last_layer,
            computed: scene.insight.cases().samples(),
        }
    }

    /// Draws head and rows; says whether something in them has the focus.
    pub fn table_ui(&self, ui: &mut Ui, scene: &mut Scene<'_>, cell: &mut Option<Cell>) -> bool {
        let rows = scene.session.document().cases.len();
        *cell = cell.take().filter(|cell| cell.row() < rows);
        self.head_ui(ui, scene);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut done = None;
        let mut has_focus = false;
        ScrollArea::vertical()
            .id_salt("rows")
            .auto_shrink(false)
            .show_rows(ui, ROW, rows, |ui, visible| {
                for row in visible {
                    has_focus |= self.row_ui(ui, scene, cell, row, &mut done);
                }
            });
        if let Some(done) = done {
            act(done, scene, cell);
        }
        has_focus
    }

    /// The places of the columns in a row.
    fn places(&self, rect: Rect) -> impl Iterator<Item = (Column, Rect)> {
        let mut left = rect.left() + ENDS[0];
        let y_range = rect.y_range();
        self.columns.iter().map(move |&column| {
            let width = if column == Column::Gap { GAP } else { self.width };
            let place = Rect::from_x_y_ranges(left..=left + width, y_range);
            left += width;
            (column, place)
        })
    }

    fn head_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let look = scene.look;
        let blueprint = scene.session.blueprint();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        painter.hline(
            rect.x_range(),
            rect.bottom() - 1.0,
            Stroke::new(1.0, look.hairline),
        );
        for (column, place) in self.places(rect) {
            let (symbol, name, color) = match column {
                Column::Input(input) => {
                    let name = blueprint.input_names().get(input).cloned().flatten();
                    (blueprint.input_symbol(input), name, look.ink)
                }
                Column::Output(neuron) => {
                    let at = NeuronAt {
                        layer: self.last_layer,
                        neuron,
                    };
                    let name = blueprint.layers()[at.layer].neurons[neuron].name.clone();
                    (blueprint.a_symbol(at), name, scene.identity(at))
                }
                Column::Gap => {
                    let font = type_scale::body();
                    painter.text(place.center(), Align2::CENTER_CENTER, "…", font, look.ink_soft);
                    continue;
                }
            };
            let piece = match name {
                Some(name) => named_head(&painter, name, place.width() - 10.0, color),
                None => Piece::symbol(&painter, &symbol, 0.95, color),
            };
            let left = (place.right() - 8.0 - piece.width).max(place.left());
            piece.paint_centered(&painter, left, place.center().y + 1.0);
        }
    }

    fn row_ui(
        &self,
        ui: &mut Ui,
        scene: &Scene<'_>,
        cell: &mut Option<Cell>,
        row: usize,
        done: &mut Option<Done>,
    ) -> bool {
        let look = scene.look;
        let document = scene.session.document();
        let Some(case) = document.cases.get(row) else {
            return false;
        };
        let is_chosen = *case == document.inputs && scene.paper.is_none();
        let id = ui.scope_id().with(("case", row));
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let response = ui.interact(rect, id, Sense::click());
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, format!("case {}", row + 1)));
        if response.clicked() {
            *done = Some(Done::Choose(row));
        }
        let ground = rect.shrink2(vec2(0.0, 1.0));
        let painter = ui.painter().clone();
        if is_chosen {
            painter.rect_filled(ground, 4.0, look.selection_fill);
            let bar = Rect::from_min_size(ground.left_top(), vec2(3.0, ground.height()));
            painter.rect_filled(bar, 1.5, look.accent);
        } else if response.contains_pointer() {
            painter.rect_filled(ground, 4.0, ui.visuals().faint_bg_color);
        }
        focus_ring(ui, &response, ground);
        let number = if is_chosen { look.ink } else { look.ink_soft };
        let at = pos2(rect.left() + 9.0, rect.center().y);
        painter.text(at, Align2::LEFT_CENTER, row + 1, type_scale::small(), number);

        let mut has_focus = response.has_focus();
        for (column, place) in self.places(rect) {
            match column {
                Column::Input(input) => {
                    let value = case.get(input).copied().unwrap_or(0.0);
                    has_focus |= cell_ui(ui, scene, cell, (id, row, input), place, value, done);
                }
                Column::Output(neuron) => self.output_ui(ui, scene, row, neuron, place),
                Column::Gap => {
                    let font = type_scale::body();
                    painter.text(place.center(), Align2::CENTER_CENTER, "…", font, look.ink_soft);
                }
            }
        }
        let cross = rect.with_min_x(rect.right() - ENDS[1]);
        let name = format!("case {}", row + 1);
        let remove = remove_ui(ui, scene, id, cross, &name, response.contains_pointer());
        if remove.clicked() {
            *done = Some(Done::Remove(row));
        }
        has_focus | remove.has_focus()
    }

    fn output_ui(&self, ui: &Ui, scene: &Scene<'_>, row: usize, neuron: usize, place: Rect) {
        let at = NeuronAt {
            layer: self.last_layer,
            neuron,
        };
        if row < self.computed {
            let value = scene.insight.cases().a(at.layer, at.neuron)[row];
            number_ui(
                ui,
                place,
                scene.number(value),
                scene.identity(at),
                type_scale::strong(),
            );
        } else {
            number_ui(
                ui,
                place,
                "–".to_owned(),
                scene.look.ink_soft,
                type_scale::number(),
            );
        }
    }
}

fn act(done: Done, scene: &mut Scene<'_>, cell: &mut Option<Cell>) {
    let cases = &scene.session.document().cases;
    match done {
        Done::Choose(row) => {
            *cell = None;
            scene
                .outbox
                .extend(cases.get(row).cloned().map(Action::SetInputs));
        }
        Done::Remove(row) => {
            *cell = None;
            let mut cases = cases.clone();
            if row < cases.len() {
                cases.remove(row);
            }
            scene.outbox.push(Action::SetCases(cases));
        }
        Done::Type(row, input) => {
            let Some(case) = cases.get(row) else {
                return;
            };
            *cell = case.get(input).map(|&value| Cell::new(row, input, value));
            scene.outbox.push(Action::SetInputs(case.clone()));
        }
        Done::Enter(row, input, value) => {
            let present = cases.get(row).and_then(|case| case.get(input));
            if present.is_some_and(|&present| present != value) {
                scene.outbox.push(Action::SetCase { row, input, value });
            }
        }
    }
}

/// A name over a column, cut with an ellipsis where it has no room.
fn named_head(painter: &egui::Painter, name: String, room: f32, color: Color32) -> Piece {
    let full = Piece::text(painter, name.clone(), type_scale::body(), color);
    if full.width <= room {
        return full;
    }
    let fraction = room / full.width;
    let kept = (name.chars().count() as f32 * fraction) as usize;
    let short: String = name.chars().take(kept.saturating_sub(1)).chain(['…']).collect();
    Piece::text(painter, short, type_scale::body(), color)
}
