//! The table of the saved inputs.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use crate::widgets::truncated_text;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::Edit;

use super::cell::{CellEditor, TableAction, cell_ui, focus_ring_ui, number_ui, remove_button_ui};
use super::geometry::{GAP_WIDTH, SavedInputsColumn, visible_columns};

/// The height of a row, in points.
const ROW_HEIGHT: f32 = 25.0;
/// The widths of the row number and of the button that removes the row, in points.
const SIDE_WIDTHS: [f32; 2] = [30.0, 22.0];

/// Returns the height of a table with `rows` rows, in points.
pub(crate) fn table_height(rows: usize) -> f32 {
    ROW_HEIGHT * (rows + 1) as f32 + 8.0
}

/// The table, laid out for its pane.
pub(crate) struct SavedInputsTable {
    columns: Vec<SavedInputsColumn>,
    column_width: f32,
    last_layer: usize,
    /// The number of rows whose outputs are computed.
    computed_rows: usize,
}

impl SavedInputsTable {
    /// Chooses the columns that fit in `ui`.
    pub(crate) fn new(ui: &Ui, context: &PaneContext<'_>) -> Self {
        let architecture = context.session.architecture();
        let last_layer = architecture.last_layer();
        let room = ui.available_width() - SIDE_WIDTHS[0] - SIDE_WIDTHS[1] - 6.0;
        let (columns, column_width) =
            visible_columns(architecture.input_count(), architecture.width(last_layer), room);
        Self {
            columns,
            column_width,
            last_layer,
            computed_rows: context.insight.saved_inputs_forward_pass().sample_count(),
        }
    }

    /// Draws the header and the rows; returns true if one of their controls has the focus.
    pub(crate) fn table_ui(
        &self,
        ui: &mut Ui,
        context: &mut PaneContext<'_>,
        editor: &mut Option<CellEditor>,
    ) -> bool {
        let rows = context.session.document().saved_inputs.len();
        *editor = editor.take().filter(|cell| cell.row() < rows);
        self.header_ui(ui, context);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut action = None;
        let mut has_focus = false;
        ScrollArea::vertical()
            .id_salt("rows")
            .auto_shrink(false)
            .show_rows(ui, ROW_HEIGHT, rows, |ui, visible| {
                for row in visible {
                    has_focus |= self.row_ui(ui, context, editor, row, &mut action);
                }
            });
        if let Some(done) = action {
            apply(done, context, editor);
        }
        has_focus
    }

    /// Returns the columns with their rectangles in a row.
    fn column_rects(&self, rect: Rect) -> impl Iterator<Item = (SavedInputsColumn, Rect)> {
        let mut left = rect.left() + SIDE_WIDTHS[0];
        let y_range = rect.y_range();
        self.columns.iter().map(move |&column| {
            let width = if column == SavedInputsColumn::Gap {
                GAP_WIDTH
            } else {
                self.column_width
            };
            let cell_rect = Rect::from_x_y_ranges(left..=left + width, y_range);
            left += width;
            (column, cell_rect)
        })
    }

    fn header_ui(&self, ui: &mut Ui, context: &PaneContext<'_>) {
        let theme = context.theme;
        let architecture = context.session.architecture();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        painter.hline(
            rect.x_range(),
            rect.bottom() - 1.0,
            Stroke::new(1.0, theme.border),
        );
        for (column, cell_rect) in self.column_rects(rect) {
            let (symbol, name, color) = match column {
                SavedInputsColumn::Input(input) => {
                    let name = architecture.input_names().get(input).cloned().flatten();
                    (architecture.input_symbol(input), name, theme.text)
                }
                SavedInputsColumn::Output(neuron) => {
                    let at = NeuronAddress {
                        layer: self.last_layer,
                        neuron,
                    };
                    let name = architecture.layers()[at.layer].neurons[neuron].name.clone();
                    (architecture.a_symbol(at), name, context.neuron_color(at))
                }
                SavedInputsColumn::Gap => {
                    let font = type_scale::body();
                    painter.text(
                        cell_rect.center(),
                        Align2::CENTER_CENTER,
                        "…",
                        font,
                        theme.weak_text,
                    );
                    continue;
                }
            };
            let symbol_box = match name {
                Some(name) => {
                    let job = truncated_text(name, type_scale::body(), color, cell_rect.width() - 10.0);
                    MathBox::from_galley(painter.layout_job(job), color)
                }
                None => MathBox::symbol(&painter, &symbol, context.symbol_scale(0.95), color),
            };
            let left = (cell_rect.right() - 8.0 - symbol_box.width).max(cell_rect.left());
            symbol_box.paint_centered(&painter, left, cell_rect.center().y + 1.0);
        }
    }

    fn row_ui(
        &self,
        ui: &mut Ui,
        context: &PaneContext<'_>,
        editor: &mut Option<CellEditor>,
        row: usize,
        action: &mut Option<TableAction>,
    ) -> bool {
        let theme = context.theme;
        let document = context.session.document();
        let Some(saved_input) = document.saved_inputs.get(row) else {
            return false;
        };
        let is_selected = *saved_input == document.inputs && context.options.is_none();
        let id = ui.scope_id().with(("case", row));
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::hover());
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let name = context.messages.saved_inputs_row(row + 1);
            WidgetInfo::selected(Role::Button, true, is_selected, name)
        });
        if response.clicked() {
            *action = Some(TableAction::SelectRow(row));
        }
        let background = rect.shrink2(vec2(0.0, 1.0));
        let painter = ui.painter().clone();
        if is_selected {
            painter.rect_filled(background, 4.0, theme.selection_fill);
            let bar = Rect::from_min_size(background.left_top(), vec2(3.0, background.height()));
            painter.rect_filled(bar, 1.5, theme.accent);
        } else if response.contains_pointer() {
            painter.rect_filled(background, 4.0, ui.visuals().faint_bg_color);
        }
        focus_ring_ui(ui, &response, background);
        let number = if is_selected { theme.text } else { theme.weak_text };
        let at = pos2(rect.left() + 9.0, rect.center().y);
        painter.text(at, Align2::LEFT_CENTER, row + 1, type_scale::small(), number);

        let mut has_focus = response.has_focus();
        for (column, cell_rect) in self.column_rects(rect) {
            match column {
                SavedInputsColumn::Input(input) => {
                    let value = saved_input.get(input).copied().unwrap_or(0.0);
                    has_focus |= cell_ui(ui, context, editor, (id, row, input), cell_rect, value, action);
                }
                SavedInputsColumn::Output(neuron) => self.output_ui(ui, context, row, neuron, cell_rect),
                SavedInputsColumn::Gap => {
                    let font = type_scale::body();
                    painter.text(
                        cell_rect.center(),
                        Align2::CENTER_CENTER,
                        "…",
                        font,
                        theme.weak_text,
                    );
                }
            }
        }
        let cross = rect.with_min_x(rect.right() - SIDE_WIDTHS[1]);
        let name = context.messages.saved_inputs_row_remove(row + 1);
        let remove = remove_button_ui(ui, context, id, cross, &name, response.contains_pointer());
        if remove.clicked() {
            *action = Some(TableAction::RemoveRow(row));
        }
        has_focus | remove.has_focus()
    }

    fn output_ui(&self, ui: &Ui, context: &PaneContext<'_>, row: usize, neuron: usize, cell_rect: Rect) {
        let at = NeuronAddress {
            layer: self.last_layer,
            neuron,
        };
        if row < self.computed_rows {
            let value = context.insight.saved_inputs_forward_pass().a(at.layer, at.neuron)[row];
            number_ui(
                ui,
                context,
                cell_rect,
                context.format_number(value),
                context.neuron_color(at),
                type_scale::strong(),
            );
        } else {
            number_ui(
                ui,
                context,
                cell_rect,
                "–".to_owned(),
                context.theme.weak_text,
                type_scale::number(),
            );
        }
    }
}

fn apply(action: TableAction, context: &mut PaneContext<'_>, editor: &mut Option<CellEditor>) {
    let saved_inputs = &context.session.document().saved_inputs;
    match action {
        TableAction::SelectRow(row) => {
            *editor = None;
            context.actions.extend(
                saved_inputs
                    .get(row)
                    .cloned()
                    .map(|chosen| Edit::SetInputs(chosen).into()),
            );
        }
        TableAction::RemoveRow(row) => {
            *editor = None;
            let mut saved_inputs = saved_inputs.clone();
            if row < saved_inputs.len() {
                saved_inputs.remove(row);
            }
            context.actions.push(Edit::SetSavedInputs(saved_inputs).into());
        }
        TableAction::EditInput(row, input) => {
            let Some(saved_input) = saved_inputs.get(row) else {
                return;
            };
            *editor = saved_input
                .get(input)
                .map(|&value| CellEditor::new(row, input, value));
            context.actions.push(Edit::SetInputs(saved_input.clone()).into());
        }
        TableAction::SetInput(row, input, value) => {
            let current = saved_inputs.get(row).and_then(|case| case.get(input));
            if current.is_some_and(|&current_value| current_value != value) {
                context
                    .actions
                    .push(Edit::SetSavedInput { row, input, value }.into());
            }
        }
    }
}
