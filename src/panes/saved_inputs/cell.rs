//! One number of the saved inputs: shown, and edited in place.

use egui::{Align2, Color32, FontId, Id, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::number_field::{FieldOutcome, number_field_ui};
use neurodial_core::text::{FieldDraft, Messages};

/// An action of the user in the table.
pub(crate) enum TableAction {
    /// Selects a row.
    SelectRow(usize),
    /// Removes a row.
    RemoveRow(usize),
    /// Starts editing an input of a row: `(row, input)`.
    EditInput(usize, usize),
    /// Sets an input of a row: `(row, input, value)`.
    SetInput(usize, usize, f64),
}

/// A number that is being edited.
#[derive(Debug, Clone)]
pub(crate) struct CellEditor {
    row: usize,
    input: usize,
    draft: FieldDraft,
}

impl CellEditor {
    /// Starts editing a number.
    pub(crate) fn new(row: usize, input: usize, value: f64) -> Self {
        Self {
            row,
            input,
            draft: FieldDraft::from_number(value),
        }
    }

    /// The index of the row.
    pub(crate) fn row(&self) -> usize {
        self.row
    }

    /// Returns the reason why the typed text isn't a valid number, or `None` if it is.
    pub(crate) fn error(&self, messages: Messages) -> Option<String> {
        self.draft.error_message(messages)
    }
}

/// Draws a number right-aligned in `rect`, smaller if it doesn't fit. Returns the rectangle that it covers.
pub(crate) fn number_ui(
    ui: &Ui,
    context: &PaneContext<'_>,
    rect: Rect,
    text: String,
    color: Color32,
    font: FontId,
) -> Rect {
    let painter = ui.painter();
    let available_width = rect.width() - 10.0;
    let mut galley = painter.layout_no_wrap(text.clone(), font.clone(), color);
    if galley.size().x > available_width {
        let min_size = match context.is_presented {
            true => type_scale::small().size,
            false => 0.5 * font.size,
        };
        let size = (font.size * available_width / galley.size().x).max(min_size);
        galley = painter.layout_no_wrap(text, FontId::new(size, font.family), color);
    }
    let at = Align2::RIGHT_CENTER.align_size_within_rect(galley.size(), rect.with_max_x(rect.right() - 8.0));
    painter.galley(at.min, galley, color);
    at
}

/// Draws an input of a row; a click on it selects the row and starts editing the number. Returns true if it
/// has the focus.
pub(crate) fn cell_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    editor: &mut Option<CellEditor>,
    (id, row, input): (Id, usize, usize),
    rect: Rect,
    value: f64,
    action: &mut Option<TableAction>,
) -> bool {
    let name = || context.messages.saved_inputs_row_input(row + 1, input + 1);
    let id = id.with(("input", input));
    if editor
        .as_ref()
        .is_some_and(|cell| (cell.row, cell.input) == (row, input))
    {
        return field_ui(ui, context, editor, id, &name(), rect, action);
    }
    let text = context.format_number(value);
    let at = number_ui(
        ui,
        context,
        rect,
        text.clone(),
        context.theme.text,
        type_scale::number(),
    );
    let response = ui.interact(at.expand2(vec2(5.0, 3.0)), id, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::Button, true, name());
        info.current_text_value = Some(text.clone());
        info
    });
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_value(text.clone()));
    if response.hovered() {
        ui.set_cursor_icon(egui::CursorIcon::Text);
        ui.painter().hline(
            at.x_range(),
            at.bottom() + 1.0,
            Stroke::new(1.0, context.theme.track_edge),
        );
    }
    focus_ring_ui(ui, &response, at.expand2(vec2(5.0, 2.0)));
    if response.clicked() {
        *action = Some(TableAction::EditInput(row, input));
    }
    response.has_focus()
}

fn field_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    editor: &mut Option<CellEditor>,
    id: Id,
    name: &str,
    rect: Rect,
    action: &mut Option<TableAction>,
) -> bool {
    let Some(mut typed) = editor.take() else {
        return false;
    };
    let field = rect.shrink2(vec2(2.0, 1.0));
    let font = type_scale::number();
    let messages = context.messages;
    match number_field_ui(
        ui,
        (field, id.with("field")),
        (name, font),
        &mut typed.draft,
        messages,
    ) {
        FieldOutcome::Pending => {
            if let Some(problem) = typed.error(context.messages) {
                let below = field.left_bottom() + vec2(0.0, 3.0);
                error_popup_ui(ui, context, below, &problem);
            }
            *editor = Some(typed);
            true
        }
        FieldOutcome::Ended {
            value: number,
            returns_focus,
        } => {
            if let Some(value) = number {
                *action = Some(TableAction::SetInput(typed.row, typed.input, value));
            }
            if returns_focus {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            returns_focus
        }
    }
}

/// Draws the focus ring if `response` has the focus.
pub(crate) fn focus_ring_ui(ui: &Ui, response: &Response, rect: Rect) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, ui.visuals().widgets.active.bg_stroke.color);
        ui.painter()
            .rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Inside);
    }
}

/// Draws the button that removes a row, with its accessible name. It is visible while the pointer is on the row or the
/// button, or the button has the focus.
pub(crate) fn remove_button_ui(
    ui: &Ui,
    context: &PaneContext<'_>,
    id: Id,
    rect: Rect,
    name: &str,
    is_row_hovered: bool,
) -> Response {
    let response = ui.interact(rect, id.with("remove"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if is_row_hovered || response.has_focus() || response.hovered() {
        let color = if response.hovered() {
            context.theme.text
        } else {
            context.theme.faint_text
        };
        let font = type_scale::small();
        ui.painter()
            .text(rect.center(), Align2::CENTER_CENTER, "✕", font, color);
    }
    focus_ring_ui(ui, &response, rect.shrink(2.0));
    response.on_hover_text(name)
}

/// Shows the reason why the typed text isn't a valid number, as a popup at a position.
pub(crate) fn error_popup_ui(ui: &Ui, context: &PaneContext<'_>, at: egui::Pos2, reason: &str) {
    egui::Area::new(ui.scope_id().with("reason"))
        .order(egui::Order::Tooltip)
        .fixed_pos(at)
        .constrain(true)
        .interactable(false)
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width(240.0);
                ui.label(
                    egui::RichText::new(reason)
                        .font(type_scale::small())
                        .color(context.theme.warning),
                );
            });
        });
}
