//! The network as source code. Its numbers can be dragged in place, and the whole text can be edited.
//!
//! | module | content |
//! | --- | --- |
//! | [`lines`] | the lines in view, with their numbers and the highlights of digits that have just changed |
//! | [`printed`] | all lines, in a figure, wrapped where they are too long |

pub(crate) mod lines;
pub(crate) mod printed;

use egui::text::{CCursor, CCursorRange};
use egui::{Button, FontSelection, Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::canvas::Elements;
use crate::theme::type_scale;
use neurodial_core::code::edit::{EditError, changes};
use neurodial_core::code::{Language, SourceListing};
use neurodial_core::session::{Edit, ViewChange};

use super::context::{PaneContext, PaneRequest};
use super::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use lines::ChangeHighlights;
use printed::PrintedCode;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    // The saved inputs are empty at first, and the code is not.
    is_in_front: true,
    shortcut: Some(egui::Key::Num6),
    heading: Some(|_| "As code".to_owned()),
    heading_button: Some(("Paste…", PaneRequest::ImportWeights)),
    figure_options: &["--as"],
    width_share: 1.4,
    print_width: printed::print_width,
    print_height: |painter, context, width| {
        Ok(SizeHint::fixed(
            PrintedCode::new(painter, context, width).height(painter),
        ))
    },
    ..PaneInfo::new(&["code"], "Code", code_ui)
};

/// The length above which the text can't be edited as a whole, in bytes: it would be laid out as one text
/// field.
const MAX_EDIT_BYTES: usize = 60_000;

pub(crate) fn code_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if ui.available_width() < 20.0 || ui.available_height() < 8.0 {
        return;
    }
    if context.options.is_some() {
        PrintedCode::new(ui.painter(), context, ui.available_width()).rows_ui(ui, context, elements);
        return;
    }
    // While a value is being dragged, the lines stay where they are.
    let keeps_lines = elements.dragged.is_some();
    let (live_listing, changes) = context.insight.code_listing(context.session, keeps_lines);
    let highlights_id = context.canvas_id.with("highlights");
    let mut highlights: ChangeHighlights =
        ui.data_mut(|data| data.remove_temp(highlights_id).unwrap_or_default());
    highlights.add(ui, changes);
    let editor_id = context.canvas_id.with("editor");
    let mut editor: Option<CodeEditor> = ui.data_mut(|data| data.remove_temp(editor_id).unwrap_or_default());
    if editor.is_none() {
        editor = controls_ui(ui, context, live_listing.listing());
    }
    match &mut editor {
        Some(edit) => {
            if edit.edit_ui(ui, context) {
                editor = None;
            }
        }
        None => lines::lines_ui(ui, context, elements, &live_listing, &highlights),
    }
    ui.data_mut(|data| {
        data.insert_temp(highlights_id, highlights);
        data.insert_temp(editor_id, editor);
    });
}

/// Draws the row of controls above the text. Returns an editor if the text becomes a field.
fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>, listing: &SourceListing) -> Option<CodeEditor> {
    let mut editor = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let current = context.session.view().code_language;
        let mut chosen = None;
        combo_ui(ui, "language of the code", current.title(), |ui| {
            for language in Language::ALL {
                if combo_item_ui(ui, language == current, language.title()) {
                    chosen = Some(language);
                }
            }
        });
        context
            .actions
            .extend(chosen.map(|language| ViewChange::SetCodeLanguage(language).into()));
        let text = &listing.text;
        if ui.button("Copy").on_hover_text("Copy the program").clicked() {
            ui.copy_text(text.clone());
        }
        let is_short = text.len() <= MAX_EDIT_BYTES;
        let edit = ui
            .add_enabled(is_short, Button::new("Edit"))
            .on_hover_text("Change numbers by typing in the text")
            .on_disabled_hover_text(
                "This text is too long for a field; drag its numbers, or click one to type it",
            );
        set_accessible_name(ui, &edit, "edit the code");
        if edit.clicked() {
            editor = Some(CodeEditor::new(listing.clone()));
            ui.ctx().request_discard("the text becomes a field");
        }
    });
    editor
}

/// Source code that is being edited.
#[derive(Debug, Clone)]
struct CodeEditor {
    /// The listing when editing began: only numbers that differ from it are set.
    original: SourceListing,
    text: String,
    error: Option<EditError>,
    /// True if the text field requests the focus when it is drawn next.
    needs_focus: bool,
}

impl CodeEditor {
    /// Starts editing a listing.
    fn new(original: SourceListing) -> Self {
        Self {
            text: original.text.clone(),
            original,
            error: None,
            needs_focus: true,
        }
    }

    /// Draws the editor; returns true if editing is finished.
    fn edit_ui(&mut self, ui: &mut Ui, context: &mut PaneContext<'_>) -> bool {
        let id = Id::unique("edited code");
        let enter = |input: &mut egui::InputState| input.consume_key(Modifiers::COMMAND, Key::Enter);
        let mut is_applied = ui.input_mut(enter);
        let mut is_done = ui.input(|input| input.key_pressed(Key::Escape));
        ui.horizontal_wrapped(|ui| {
            let button_text = RichText::new("Apply").font(type_scale::strong());
            is_applied |= ui.button(button_text).on_hover_text("Ctrl+Enter").clicked();
            is_done |= ui.button("Cancel").clicked();
            let hint = RichText::new("only its numbers").color(context.theme.weak_text);
            ui.label(hint)
                .on_hover_text("Numbers that are changed here turn their knobs, in one step");
        });
        if is_applied {
            is_done |= self.apply(ui, context, id);
        }
        if let Some(problem) = &self.error {
            let label = ui.label(RichText::new(error_text(problem)).color(context.theme.warning));
            ui.ctx()
                .accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        }
        let room = ui.available_size();
        // The text field is wide enough that no line is wrapped.
        let digit = ui
            .painter()
            .layout_no_wrap("0".into(), type_scale::code(), context.theme.text);
        let columns = self.text.lines().map(|line| line.chars().count()).max();
        let longest = (columns.unwrap_or(0) + 3) as f32 * digit.size().x;
        ScrollArea::both()
            .id_salt("edited")
            .auto_shrink(false)
            .max_height(room.y)
            .show(ui, |ui| {
                ui.set_width(room.x.max(longest));
                let edit = TextEdit::multiline(&mut self.text)
                    .id(id)
                    .font(FontSelection::FontId(type_scale::code()))
                    .code_editor()
                    .desired_width(room.x.max(longest))
                    .min_size(vec2(room.x, room.y - 2.0));
                let response = ui.add(edit);
                ui.ctx()
                    .accesskit_node_builder(response.id, |node| node.set_label("the code, to be edited"));
                if std::mem::take(&mut self.needs_focus) {
                    response.request_focus();
                }
                if response.changed() {
                    self.error = None;
                }
            });
        if is_done {
            ui.ctx().request_discard("editing is over");
        }
        is_done
    }

    /// Sends the changed values; returns true if the text could be read.
    fn apply(&mut self, ui: &Ui, context: &mut PaneContext<'_>, id: Id) -> bool {
        match changes(&self.original, &self.text) {
            Ok(values) => {
                if !values.is_empty() {
                    context.actions.push(Edit::SetMany(values).into());
                }
                true
            }
            Err(problem) => {
                self.select_line(ui, error_line(&problem), id);
                self.error = Some(problem);
                false
            }
        }
    }

    /// Selects a line, counted from 1, which scrolls it into view.
    fn select_line(&mut self, ui: &Ui, line: usize, id: Id) {
        let before = self.text.lines().take(line.saturating_sub(1));
        let start: usize = before.map(|line| line.chars().count() + 1).sum();
        let length = self
            .text
            .lines()
            .nth(line.saturating_sub(1))
            .map_or(0, |line| line.chars().count());
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        let range = CCursorRange::two(CCursor::new(start), CCursor::new(start + length));
        state.cursor.set_char_range(Some(range));
        state.store(ui.ctx(), id);
        // The click on "Apply" took the focus away; the text field requests it again when it is drawn.
        self.needs_focus = true;
    }
}

fn error_line(problem: &EditError) -> usize {
    match problem {
        EditError::Text { line, .. }
        | EditError::NotANumber { line, .. }
        | EditError::TooLarge { line, .. } => *line,
    }
}

/// Returns the message of the error, beginning with a capital letter: “Line 3: …”.
fn error_text(problem: &EditError) -> String {
    problem.to_string().replacen("line", "Line", 1)
}
