//! The table of the experiment log: first the snapshots, then the recorded rows.

use egui::{
    Align, Align2, Color32, Key, Layout, Painter, Rect, Role, ScrollArea, Sense, Stroke, TextEdit, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::panes::context::PaneContext;
use crate::panes::saved_inputs::cell::{focus_ring_ui, number_ui, remove_button_ui};
use crate::panes::saved_inputs::paste::load_temp;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use crate::widgets::truncated_text;
use neurodial_core::insight::experiment_table::{MAX_KNOB_COLUMNS, saved_value};
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Action, Adjustable, Document, Edit, ExperimentColumn, SavedState};
use neurodial_core::text::Messages;

/// The height of a row, in points.
const ROW_HEIGHT: f32 = 25.0;
/// The widths of the row's number or the snapshot's name, and of the remove button, in points.
const END_WIDTHS: [f32; 2] = [52.0, 22.0];
/// The minimum width of a note, in points.
const MIN_NOTE_WIDTH: f32 = 120.0;

/// Returns the height of a table with this number of rows, in points.
pub(crate) fn height(rows: usize) -> f32 {
    ROW_HEIGHT * (rows + 1) as f32 + 8.0
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExperimentTableRow {
    Snapshot(usize),
    Experiment(usize),
}

impl ExperimentTableRow {
    fn from_index(context: &PaneContext<'_>, index: usize) -> Self {
        let snapshots = context.session.document().snapshots.len();
        match index.checked_sub(snapshots) {
            None => Self::Snapshot(index),
            Some(row) => Self::Experiment(row),
        }
    }

    fn saved_state<'a>(self, context: &PaneContext<'a>) -> Option<&'a SavedState> {
        let document = context.session.document();
        match self {
            Self::Snapshot(index) => document.snapshots.get(index),
            Self::Experiment(row) => document.experiment_rows.get(row),
        }
    }

    fn name(self, messages: Messages, saved: &SavedState) -> String {
        match self {
            Self::Snapshot(_) => messages.experiments_snapshot(&saved.name),
            Self::Experiment(row) => messages.experiments_row_name(row + 1),
        }
    }

    /// Returns the accessible name of the remove button.
    fn remove_name(self, messages: Messages, saved: &SavedState) -> String {
        match self {
            Self::Snapshot(_) => messages.experiments_snapshot_remove(&saved.name),
            Self::Experiment(row) => messages.experiments_row_remove(row + 1),
        }
    }

    /// Returns the accessible name of the note.
    fn note_name(self, messages: Messages, saved: &SavedState) -> String {
        match self {
            Self::Snapshot(_) => messages.experiments_snapshot_note(&saved.name),
            Self::Experiment(row) => messages.experiments_row_note(row + 1),
        }
    }

    fn restore_action(self) -> Action {
        match self {
            Self::Snapshot(index) => Edit::RestoreSnapshot(index).into(),
            Self::Experiment(row) => Edit::RestoreExperimentRow(row).into(),
        }
    }

    fn remove_action(self) -> Action {
        match self {
            Self::Snapshot(index) => Edit::RemoveSnapshot(index).into(),
            Self::Experiment(row) => Edit::RemoveExperimentRow(row).into(),
        }
    }

    fn annotate_action(self, text: String) -> Action {
        match self {
            Self::Snapshot(snapshot) => Edit::RenameSnapshot { snapshot, name: text }.into(),
            Self::Experiment(row) => Edit::AnnotateExperimentRow { row, note: text }.into(),
        }
    }
}

/// A note that is being edited.
#[derive(Debug, Clone)]
struct NoteDraft {
    index: usize,
    text: String,
}

struct ExperimentTableLayout {
    columns: Vec<ExperimentColumn>,
    column_width: f32,
    total_width: f32,
    /// The widths of the row's number or the snapshot's name, and of the remove button, in points.
    end_widths: [f32; 2],
}

/// Returns the widths of the names and of the notes in a figure, where there is no remove button, in points.
fn printed_widths(painter: &Painter, document: &Document) -> [f32; 2] {
    const MAX_NAME_WIDTH: f32 = 120.0;
    /// The dot before a name, and the distance to the next column.
    const MARGIN: f32 = 36.0;
    let widest = |states: &[SavedState]| {
        let widths = states.iter().map(|saved| {
            let name = saved.name.clone();
            let galley = painter.layout_no_wrap(name, type_scale::small(), Color32::PLACEHOLDER);
            galley.size().x + MARGIN
        });
        widths.fold(0.0, f32::max)
    };
    let [name, note] = [widest(&document.snapshots), widest(&document.experiment_rows)];
    // The header above the notes has the number of columns that are left out.
    const HEADER_WIDTH: f32 = 80.0;
    [
        name.clamp(END_WIDTHS[0], MAX_NAME_WIDTH),
        note.clamp(HEADER_WIDTH, MIN_NOTE_WIDTH),
    ]
}

/// Draws the header and the rows.
pub(crate) fn table_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let document = context.session.document();
    let mut columns = context
        .insight
        .experiments()
        .columns(context.session, MAX_KNOB_COLUMNS);
    // The width of a sign, a digit, a decimal point and the decimals.
    let column_width = 8.5 * (context.session.view().decimals + 3) as f32 + 14.0;
    let (mut end_widths, mut note_width) = (END_WIDTHS, MIN_NOTE_WIDTH);
    if context.options.is_some() {
        let [name, note] = printed_widths(ui.painter(), document);
        (end_widths, note_width) = ([name, 0.0], note);
        // Columns that don't fit on the page are left out; the header gives their number. The inputs are the first to
        // be left out, because rows mostly differ in other columns.
        let available_width = ui.available_width() - name - note;
        let capacity = (available_width / column_width).max(1.0) as usize;
        let is_input =
            |column: &ExperimentColumn| matches!(column, ExperimentColumn::Adjustable(Adjustable::Input(_)));
        while columns.len() > capacity
            && let Some(last_input) = columns.iter().rposition(is_input)
        {
            columns.remove(last_input);
        }
        columns.truncate(capacity);
    }
    let min_width = end_widths[0] + end_widths[1] + note_width + column_width * columns.len() as f32;
    let table = ExperimentTableLayout {
        columns,
        column_width,
        total_width: min_width.max(ui.available_width()),
        end_widths,
    };
    let rows = document.snapshots.len() + document.experiment_rows.len();
    let note_id = ui.scope_id().with("note");
    let mut note: Option<NoteDraft> = load_temp(ui, note_id);
    note = note.filter(|note| note.index < rows);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::horizontal()
        .id_salt("columns")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.set_width(table.total_width);
            table.header_ui(ui, context);
            ScrollArea::vertical()
                .id_salt("rows")
                .auto_shrink(false)
                .stick_to_bottom(true)
                .show_rows(ui, ROW_HEIGHT, rows, |ui, visible| {
                    for index in visible {
                        table.row_ui(ui, context, &mut note, index);
                    }
                });
        });
    ui.data_mut(|data| data.insert_temp(note_id, note));
}

impl ExperimentTableLayout {
    fn cell_rects(&self, rect: Rect) -> impl Iterator<Item = (ExperimentColumn, Rect)> {
        let (left, width, y_range) = (
            rect.left() + self.end_widths[0],
            self.column_width,
            rect.y_range(),
        );
        self.columns.iter().enumerate().map(move |(index, &column)| {
            let left = left + width * index as f32;
            (column, Rect::from_x_y_ranges(left..=left + width, y_range))
        })
    }

    fn note_rect(&self, rect: Rect) -> Rect {
        let left = rect.left() + self.end_widths[0] + self.column_width * self.columns.len() as f32 + 8.0;
        rect.with_min_x(left)
            .with_max_x(rect.right() - self.end_widths[1])
    }

    fn header_ui(&self, ui: &mut Ui, context: &PaneContext<'_>) {
        let theme = context.theme;
        let (rect, _) = ui.allocate_exact_size(vec2(self.total_width, ROW_HEIGHT), Sense::hover());
        let painter = ui.painter();
        let line = Stroke::new(1.0, theme.border);
        painter.hline(rect.x_range(), rect.bottom() - 1.0, line);
        for (column, cell_rect) in self.cell_rects(rect) {
            let symbol = column_symbol(ui, context, column);
            let left = (cell_rect.right() - 8.0 - symbol.width).max(cell_rect.left());
            symbol.paint_centered(painter, left, cell_rect.center().y + 1.0);
        }
        let all = context
            .insight
            .experiments()
            .columns(context.session, usize::MAX)
            .len();
        let text = match all.saturating_sub(self.columns.len()) {
            0 => context.messages.experiments_note().to_owned(),
            more => context.messages.experiments_note_more_columns(more),
        };
        let at = self.note_rect(rect).left_center();
        painter.text(
            at,
            Align2::LEFT_CENTER,
            text,
            type_scale::small(),
            theme.weak_text,
        );
    }

    fn row_ui(&self, ui: &mut Ui, context: &mut PaneContext<'_>, note: &mut Option<NoteDraft>, index: usize) {
        let theme = context.theme;
        let row = ExperimentTableRow::from_index(context, index);
        let Some(saved) = row.saved_state(context) else {
            return;
        };
        let document = context.session.document();
        let is_present = context.options.is_none()
            && saved.inputs == document.inputs
            && saved.knobs == document.network.knobs();
        let id = ui.scope_id().with(("row", index));
        let name = row.name(context.messages, saved);
        let (rect, _) = ui.allocate_exact_size(vec2(self.total_width, ROW_HEIGHT), Sense::hover());
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_present, &name));
        let background = rect.shrink2(vec2(0.0, 1.0));
        if is_present {
            ui.painter().rect_filled(background, 4.0, theme.selection_fill);
            let bar = Rect::from_min_size(background.left_top(), vec2(3.0, background.height()));
            ui.painter().rect_filled(bar, 1.5, theme.accent);
        } else if response.contains_pointer() {
            let hovered = ui.visuals().faint_bg_color;
            ui.painter().rect_filled(background, 4.0, hovered);
        }
        focus_ring_ui(ui, &response, background);
        self.name_ui(ui, context, row, saved, rect);
        for (column, cell_rect) in self.cell_rects(rect) {
            self.number_ui(ui, context, row, saved, column, cell_rect);
        }
        if context.options.is_some() {
            let at = self.note_rect(rect).left_center();
            let font = type_scale::small();
            ui.painter()
                .text(at, Align2::LEFT_CENTER, note_text(row, saved), font, theme.text);
            return;
        }
        if response.clicked() {
            context.actions.push(row.restore_action());
        } else if response.has_focus() && ui.input(|input| input.key_pressed(Key::Delete)) {
            context.actions.push(row.remove_action());
        }
        let is_hovered = response.contains_pointer();
        self.note_ui(ui, context, note, (index, row), saved, rect);
        let cross = rect.with_min_x(rect.right() - self.end_widths[1]);
        let name = row.remove_name(context.messages, saved);
        if remove_button_ui(ui, context, id, cross, &name, is_hovered).clicked() {
            context.actions.push(row.remove_action());
        }
    }

    /// Draws the number of a row, or the name of a snapshot.
    fn name_ui(
        &self,
        ui: &Ui,
        context: &PaneContext<'_>,
        row: ExperimentTableRow,
        saved: &SavedState,
        rect: Rect,
    ) {
        let theme = context.theme;
        let (text, color) = match row {
            ExperimentTableRow::Snapshot(index) => {
                let is_shown = context.session.view().snapshot == Some(index);
                (
                    format!("● {}", saved.name),
                    if is_shown { theme.text } else { theme.weak_text },
                )
            }
            ExperimentTableRow::Experiment(row) => ((row + 1).to_string(), theme.weak_text),
        };
        let job = truncated_text(text, type_scale::small(), color, self.end_widths[0] - 10.0);
        let galley = ui.painter().layout_job(job);
        let at = pos2(rect.left() + 9.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, color);
    }

    fn number_ui(
        &self,
        ui: &Ui,
        context: &PaneContext<'_>,
        row: ExperimentTableRow,
        saved: &SavedState,
        column: ExperimentColumn,
        cell_rect: Rect,
    ) {
        let theme = context.theme;
        let experiments = context.insight.experiments();
        let (value, color) = match column {
            ExperimentColumn::Row => (None, theme.text),
            ExperimentColumn::Adjustable(target) => {
                let value = saved_value(context.session, saved, target);
                let sign = value.map_or(theme.text, |value| theme.sign_color(value));
                let is_weight = matches!(target, Adjustable::Knob(knob) if !knob.is_bias());
                (value, if is_weight { sign } else { theme.text })
            }
            ExperimentColumn::Output(output) => {
                let outputs = match row {
                    ExperimentTableRow::Snapshot(index) => experiments.snapshot_outputs.get(index),
                    ExperimentTableRow::Experiment(row) => experiments.row_outputs.get(row),
                };
                let value = outputs.and_then(|outputs| outputs.get(output)).copied();
                (value, context.neuron_color(output_neuron(context, output)))
            }
        };
        let font = if matches!(column, ExperimentColumn::Output(_)) {
            type_scale::strong()
        } else {
            type_scale::number()
        };
        let text = value.map_or_else(|| "–".to_owned(), |value| context.format_number(value));
        number_ui(ui, context, cell_rect, text, color, font);
    }

    fn note_ui(
        &self,
        ui: &mut Ui,
        context: &mut PaneContext<'_>,
        note: &mut Option<NoteDraft>,
        (index, row): (usize, ExperimentTableRow),
        saved: &SavedState,
        rect: Rect,
    ) {
        let typed = note.as_ref().filter(|note| note.index == index);
        let mut text = typed.map_or_else(|| saved.name.clone(), |note| note.text.clone());
        let is_typed = typed.is_some();
        let edit = TextEdit::singleline(&mut text)
            .id_salt(("note", index))
            .font(type_scale::small())
            .frame(egui::Frame::NONE)
            .margin(egui::Margin::ZERO)
            .hint_text(context.messages.experiments_note());
        // The text field has its own `Ui`, so that it doesn't change the spacing of the rows.
        let cell_rect = self.note_rect(rect);
        let layout = Layout::left_to_right(Align::Center);
        let mut field = ui.new_child(UiBuilder::new().max_rect(cell_rect).layout(layout));
        let response = field.add(edit.desired_width(cell_rect.width()));
        let name = row.note_name(context.messages, saved);
        ui.ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(name));
        if response.changed() {
            *note = Some(NoteDraft { index, text });
        } else if response.lost_focus() && is_typed {
            *note = None;
            if text != saved.name && !ui.input(|input| input.key_pressed(Key::Escape)) {
                context.actions.push(row.annotate_action(text));
            }
        }
    }
}

fn note_text(row: ExperimentTableRow, saved: &SavedState) -> &str {
    match row {
        ExperimentTableRow::Snapshot(_) => "",
        ExperimentTableRow::Experiment(_) => &saved.name,
    }
}

/// Returns the address of a neuron of the output layer.
fn output_neuron(context: &PaneContext<'_>, neuron: usize) -> NeuronAddress {
    NeuronAddress {
        layer: context.session.architecture().last_layer(),
        neuron,
    }
}

/// Returns the symbol of a column for the header and the axis.
pub(crate) fn column_symbol(ui: &Ui, context: &PaneContext<'_>, column: ExperimentColumn) -> MathBox {
    let architecture = context.session.architecture();
    let (symbol, color) = match column {
        ExperimentColumn::Row => {
            let text = context.messages.experiments_row();
            return MathBox::text(ui.painter(), text, type_scale::small(), context.theme.weak_text);
        }
        ExperimentColumn::Adjustable(target) => (target.symbol(architecture), context.theme.text),
        ExperimentColumn::Output(neuron) => {
            let at = output_neuron(context, neuron);
            (architecture.a_symbol(at), context.neuron_color(at))
        }
    };
    MathBox::symbol(ui.painter(), &symbol, context.symbol_scale(0.95), color)
}
