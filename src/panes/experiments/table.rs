//! The rows: first the pins, then what was recorded.

use egui::{
    Align, Align2, Key, Layout, Rect, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use neurodial_core::insight::experiments::{MAX_KNOBS, value_of};
use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::Scene;
use crate::panes::cases::cell::{focus_ring, number_ui, remove_ui};
use crate::panes::cases::paste::remembered;
use neurodial_core::session::{Action, Column, Kept, Target};
use crate::widgets::maths::Piece;

/// The height of a row in points.
const ROW: f32 = 25.0;
/// The width of the row's number or the pin's name, and of what removes it, in points.
const ENDS: [f32; 2] = [52.0, 22.0];
/// The least width of a note, in points.
const NOTE: f32 = 120.0;

/// The height of a table with so many rows, in points.
pub fn height(rows: usize) -> f32 {
    ROW * (rows + 1) as f32 + 8.0
}

/// Which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowAt {
    Pin(usize),
    Record(usize),
}

impl RowAt {
    fn of(scene: &Scene<'_>, index: usize) -> Self {
        let pins = scene.session.document().pins.len();
        match index.checked_sub(pins) {
            None => Self::Pin(index),
            Some(record) => Self::Record(record),
        }
    }

    fn kept<'a>(self, scene: &Scene<'a>) -> Option<&'a Kept> {
        let document = scene.session.document();
        match self {
            Self::Pin(pin) => document.pins.get(pin),
            Self::Record(record) => document.records.get(record),
        }
    }

    fn name(self, kept: &Kept) -> String {
        match self {
            Self::Pin(_) => kept.name.clone(),
            Self::Record(record) => format!("row {}", record + 1),
        }
    }

    fn go_back(self) -> Action {
        match self {
            Self::Pin(pin) => Action::GoToPin(pin),
            Self::Record(record) => Action::GoToRecord(record),
        }
    }

    fn remove(self) -> Action {
        match self {
            Self::Pin(pin) => Action::Unpin(pin),
            Self::Record(record) => Action::RemoveRecord(record),
        }
    }

    fn annotate(self, text: String) -> Action {
        match self {
            Self::Pin(pin) => Action::RenamePin { pin, name: text },
            Self::Record(record) => Action::AnnotateRecord { record, note: text },
        }
    }
}

/// A note that is being typed.
#[derive(Debug, Clone)]
struct Note {
    index: usize,
    text: String,
}

struct Table {
    columns: Vec<Column>,
    width: f32,
    total: f32,
}

/// Draws head and rows.
pub fn table_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let document = scene.session.document();
    let mut columns = scene.insight.experiments().columns(scene.session, MAX_KNOBS);
    // A sign, a digit, a point and the decimals.
    let width = 8.5 * (scene.session.view().decimals + 3) as f32 + 14.0;
    if scene.paper.is_some() {
        // What does not fit on the page is left out, and the head says so.
        let room = ui.available_width() - ENDS[0] - ENDS[1] - NOTE;
        columns.truncate((room / width).max(1.0) as usize);
    }
    let least = ENDS[0] + ENDS[1] + NOTE + width * columns.len() as f32;
    let table = Table {
        columns,
        width,
        total: least.max(ui.available_width()),
    };
    let rows = document.pins.len() + document.records.len();
    let note_id = ui.scope_id().with("note");
    let mut note: Option<Note> = remembered(ui, note_id);
    note = note.filter(|note| note.index < rows);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::horizontal()
        .id_salt("columns")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_width(table.total);
            table.head_ui(ui, scene);
            ScrollArea::vertical()
                .id_salt("rows")
                .auto_shrink(false)
                .stick_to_bottom(true)
                .show_rows(ui, ROW, rows, |ui, visible| {
                    for index in visible {
                        table.row_ui(ui, scene, &mut note, index);
                    }
                });
        });
    ui.data_mut(|data| data.insert_temp(note_id, note));
}

impl Table {
    fn places(&self, rect: Rect) -> impl Iterator<Item = (Column, Rect)> {
        let (left, width, y_range) = (rect.left() + ENDS[0], self.width, rect.y_range());
        self.columns.iter().enumerate().map(move |(index, &column)| {
            let left = left + width * index as f32;
            (column, Rect::from_x_y_ranges(left..=left + width, y_range))
        })
    }

    fn note_place(&self, rect: Rect) -> Rect {
        let left = rect.left() + ENDS[0] + self.width * self.columns.len() as f32 + 8.0;
        rect.with_min_x(left).with_max_x(rect.right() - ENDS[1])
    }

    fn head_ui(&self, ui: &mut Ui, scene: &Scene<'_>) {
        let look = scene.look;
        let (rect, _) = ui.allocate_exact_size(vec2(self.total, ROW), Sense::hover());
        let painter = ui.painter();
        let line = Stroke::new(1.0, look.hairline);
        painter.hline(rect.x_range(), rect.bottom() - 1.0, line);
        for (column, place) in self.places(rect) {
            let piece = column_name(ui, scene, column);
            let left = (place.right() - 8.0 - piece.width).max(place.left());
            piece.paint_centered(painter, left, place.center().y + 1.0);
        }
        let all = scene
            .insight
            .experiments()
            .columns(scene.session, usize::MAX)
            .len();
        let text = match all.saturating_sub(self.columns.len()) {
            0 => "note".to_owned(),
            more => format!("note · {more} more"),
        };
        let at = self.note_place(rect).left_center();
        painter.text(at, Align2::LEFT_CENTER, text, type_scale::small(), look.ink_soft);
    }

    fn row_ui(&self, ui: &mut Ui, scene: &mut Scene<'_>, note: &mut Option<Note>, index: usize) {
        let look = scene.look;
        let row = RowAt::of(scene, index);
        let Some(kept) = row.kept(scene) else {
            return;
        };
        let document = scene.session.document();
        let is_present =
            scene.paper.is_none() && kept.inputs == document.inputs && kept.knobs == document.network.knobs();
        let id = ui.scope_id().with(("row", index));
        let name = row.name(kept);
        let (rect, _) = ui.allocate_exact_size(vec2(self.total, ROW), Sense::hover());
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_present, &name));
        let ground = rect.shrink2(vec2(0.0, 1.0));
        if is_present {
            ui.painter().rect_filled(ground, 4.0, look.selection_fill);
            let bar = Rect::from_min_size(ground.left_top(), vec2(3.0, ground.height()));
            ui.painter().rect_filled(bar, 1.5, look.accent);
        } else if response.contains_pointer() {
            let hovered = ui.visuals().faint_bg_color;
            ui.painter().rect_filled(ground, 4.0, hovered);
        }
        focus_ring(ui, &response, ground);
        self.name_ui(ui, scene, row, kept, rect);
        for (column, place) in self.places(rect) {
            self.number_ui(ui, scene, row, kept, column, place);
        }
        if scene.paper.is_some() {
            let at = self.note_place(rect).left_center();
            let font = type_scale::small();
            ui.painter()
                .text(at, Align2::LEFT_CENTER, note_of(row, kept), font, look.ink);
            return;
        }
        if response.clicked() {
            scene.outbox.push(row.go_back());
        } else if response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
            scene.outbox.push(row.remove());
        }
        let is_hovered = response.contains_pointer();
        self.note_ui(ui, scene, note, (index, row), kept, rect);
        let cross = rect.with_min_x(rect.right() - ENDS[1]);
        if remove_ui(ui, scene, id, cross, &name, is_hovered).clicked() {
            scene.outbox.push(row.remove());
        }
    }

    /// The number of a row, or the name of a pin.
    fn name_ui(&self, ui: &Ui, scene: &Scene<'_>, row: RowAt, kept: &Kept, rect: Rect) {
        let look = scene.look;
        let (text, color) = match row {
            RowAt::Pin(pin) => {
                let is_shown = scene.session.view().pin == Some(pin);
                (
                    format!("● {}", kept.name),
                    if is_shown { look.ink } else { look.ink_soft },
                )
            }
            RowAt::Record(record) => ((record + 1).to_string(), look.ink_soft),
        };
        let mut job = egui::text::LayoutJob::simple_singleline(text, type_scale::small(), color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(ENDS[0] - 10.0);
        let galley = ui.painter().layout_job(job);
        let at = pos2(rect.left() + 9.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, color);
    }

    fn number_ui(&self, ui: &Ui, scene: &Scene<'_>, row: RowAt, kept: &Kept, column: Column, place: Rect) {
        let look = scene.look;
        let experiments = scene.insight.experiments();
        let (value, color) = match column {
            Column::Row => (None, look.ink),
            Column::Target(target) => {
                let value = value_of(scene.session, kept, target);
                let sign = value.map_or(look.ink, |value| look.sign(value));
                let is_weight = matches!(target, Target::Knob(knob) if !knob.is_bias());
                (value, if is_weight { sign } else { look.ink })
            }
            Column::Output(output) => {
                let outputs = match row {
                    RowAt::Pin(pin) => experiments.pin_outputs.get(pin),
                    RowAt::Record(record) => experiments.outputs.get(record),
                };
                let value = outputs.and_then(|outputs| outputs.get(output)).copied();
                (value, scene.identity(last(scene, output)))
            }
        };
        let font = if matches!(column, Column::Output(_)) {
            type_scale::strong()
        } else {
            type_scale::number()
        };
        let text = value.map_or_else(|| "–".to_owned(), |value| scene.number(value));
        number_ui(ui, place, text, color, font);
    }

    fn note_ui(
        &self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        note: &mut Option<Note>,
        (index, row): (usize, RowAt),
        kept: &Kept,
        rect: Rect,
    ) {
        let typed = note.as_ref().filter(|note| note.index == index);
        let mut text = typed.map_or_else(|| kept.name.clone(), |note| note.text.clone());
        let is_typed = typed.is_some();
        let edit = TextEdit::singleline(&mut text)
            .id_salt(("note", index))
            .font(type_scale::small())
            .frame(egui::Frame::NONE)
            .margin(egui::Margin::ZERO)
            .hint_text("note…");
        // In a `Ui` of its own, so that the rows stay as far from each other as they are.
        let place = self.note_place(rect);
        let layout = Layout::left_to_right(Align::Center);
        let mut field = ui.new_child(UiBuilder::new().max_rect(place).layout(layout));
        let response = field.add(edit.desired_width(place.width()));
        let name = format!("note of {}", row.name(kept));
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(name));
        if response.changed() {
            *note = Some(Note { index, text });
        } else if response.lost_focus() && is_typed {
            *note = None;
            if text != kept.name && !ui.input(|input| input.key_pressed(Key::Escape)) {
                scene.outbox.push(row.annotate(text));
            }
        }
    }
}

fn note_of(row: RowAt, kept: &Kept) -> &str {
    match row {
        RowAt::Pin(_) => "",
        RowAt::Record(_) => &kept.name,
    }
}

/// A neuron of the last layer.
fn last(scene: &Scene<'_>, neuron: usize) -> NeuronAt {
    NeuronAt {
        layer: scene.session.blueprint().last_layer(),
        neuron,
    }
}

/// The symbol over a column.
pub fn column_name(ui: &Ui, scene: &Scene<'_>, column: Column) -> Piece {
    let blueprint = scene.session.blueprint();
    let (symbol, color) = match column {
        Column::Row => return Piece::text(ui.painter(), "row", type_scale::small(), scene.look.ink_soft),
        Column::Target(target) => (target.symbol(blueprint), scene.look.ink),
        Column::Output(neuron) => {
            let at = last(scene, neuron);
            (blueprint.a_symbol(at), scene.identity(at))
        }
    };
    Piece::symbol(ui.painter(), &symbol, 0.95, color)
}
