//! Text fields for numbers and other values: on a canvas, and in dialogs.

use egui::text::{CCursor, CCursorRange};
use egui::{
    Align2, Button, FontId, Id, Key, Modifiers, Rect, Response, Role, TextEdit, Ui, WidgetInfo, accesskit,
};

use neurodial_core::text::{FieldDraft, InitialCursor, Messages, parse_integer};

/// The outcome of a frame of a text field for a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum FieldOutcome<T = f64> {
    /// The value is still being typed, or is invalid.
    Pending,
    /// Typing has ended: the value was entered or discarded.
    Ended {
        /// The value; `None` if it was discarded or the field is empty.
        value: Option<T>,
        /// True if a key ended it after which the focus returns to where it was before.
        returns_focus: bool,
    },
}

/// Adds a text field over `rect` for a number.
///
/// Enter, Tab and losing the focus enter the number; Escape discards it. If the text is not a number, Enter
/// and Tab keep the focus in the field, and screen readers get the reason; losing the focus discards it.
pub(crate) fn number_field_ui(
    ui: &mut Ui,
    (rect, id): (Rect, Id),
    (name, font): (&str, FontId),
    draft: &mut FieldDraft,
    messages: Messages,
) -> FieldOutcome {
    let error = draft.error_message(messages);
    let read = |draft: &FieldDraft| draft.parse().ok();
    value_field_ui(ui, (rect, id), (name, font), draft, error, read)
}

/// Adds a text field for a value of any type, with the keys of [`number_field_ui`].
///
/// `read` returns the value, `Some(None)` if nothing was typed, and `None` if the text is not a valid value;
/// `error` is then the reason for screen readers.
pub(crate) fn value_field_ui<T>(
    ui: &mut Ui,
    (rect, id): (Rect, Id),
    (name, font): (&str, FontId),
    draft: &mut FieldDraft,
    error: Option<String>,
    read: impl Fn(&FieldDraft) -> Option<Option<T>>,
) -> FieldOutcome<T> {
    let edit = TextEdit::singleline(&mut draft.text)
        .id(id)
        .font(font)
        .align(Align2::CENTER_CENTER)
        .margin(egui::Margin::symmetric(3, 1));
    let response = ui.put(rect, edit);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(name);
        if let Some(error) = error {
            node.set_description(error);
            node.set_invalid(accesskit::Invalid::True);
        }
    });
    if let Some(cursor) = draft.pending_focus.take() {
        response.request_focus();
        let end = draft.text.chars().count();
        let start = match cursor {
            InitialCursor::SelectAll => 0,
            InitialCursor::AtEnd => end,
        };
        select(ui, id, start..end);
        return FieldOutcome::Pending;
    }
    let (escape, returns_focus, tab) = ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        (pressed(Key::Escape), pressed(Key::Enter), pressed(Key::Tab))
    });
    if !escape && !response.lost_focus() {
        return FieldOutcome::Pending;
    }
    ui.ctx().request_discard("a number was typed");
    match read(draft) {
        _ if escape => FieldOutcome::Ended {
            value: None,
            returns_focus: true,
        },
        Some(value) => FieldOutcome::Ended { value, returns_focus },
        None if returns_focus || tab => {
            draft.pending_focus = Some(InitialCursor::SelectAll);
            FieldOutcome::Pending
        }
        None => FieldOutcome::Ended {
            value: None,
            returns_focus: false,
        },
    }
}

/// Selects a range of characters of a text field.
fn select(ui: &Ui, id: Id, range: std::ops::Range<usize>) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
}

/// Selects all of the text of a field that has just got the focus, so that typing replaces it.
pub(crate) fn select_all_on_focus(ui: &Ui, field: &Response, text: &str) {
    if field.gained_focus() {
        select(ui, field.id, 0..text.chars().count());
    }
}

/// Draws a label, a text field for an integer and buttons that decrease and increase it, as the arrow keys do.
pub(crate) fn integer_field_ui(
    ui: &mut Ui,
    name: &str,
    text: &mut String,
    width: f32,
    range: std::ops::RangeInclusive<u64>,
    messages: Messages,
) {
    ui.scope(|ui| {
        let (min, max) = range.into_inner();
        let label = ui.label(name);
        let id = ui.next_auto_id().with("field");
        let mut step = 0_i64;
        if ui.memory(|memory| memory.has_focus(id)) {
            ui.input_mut(|input| {
                let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key) as i64;
                step += count(Key::ArrowUp) - count(Key::ArrowDown);
            });
        }
        ui.spacing_mut().item_spacing.x = 4.0;
        let field = ui.add(TextEdit::singleline(text).id(id).desired_width(width));
        select_all_on_focus(ui, &field, text);
        field.labelled_by(label.id);
        let value = parse_integer::<u64>(text).ok();
        let decrease = messages.stepper_decrease(name);
        let increase = messages.stepper_increase(name);
        for (sign, name, change, is_enabled) in [
            ("−", decrease, -1, value.is_some_and(|value| value > min)),
            ("+", increase, 1, value.is_some_and(|value| value < max)),
        ] {
            let button = Button::new(sign).min_size(egui::vec2(24.0, 0.0));
            let response = ui.add_enabled(is_enabled, button);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, &name));
            if response.on_hover_text(&name).clicked() {
                step += change;
            }
        }
        if step != 0
            && let Some(value) = value
        {
            *text = value.saturating_add_signed(step).clamp(min, max).to_string();
        }
    });
}
