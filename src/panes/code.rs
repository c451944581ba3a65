//! The network as source code. Its numbers can be dragged in place, and the whole text can be edited.
//!
//! | module | content |
//! | --- | --- |
//! | [`edit`] | the editor of the whole text |
//! | `line_style` | colors and sizes of lines |
//! | [`lines`] | the lines in view, with their numbers and the highlights of digits that have just changed |
//! | [`printed`] | all lines, in a figure, wrapped where they are too long |

pub(crate) mod edit;
mod line_style;
pub(crate) mod lines;
pub(crate) mod printed;

use egui::{Button, Ui};

use crate::canvas::Elements;
use neurodial_core::code::{Language, LiveListing};
use neurodial_core::session::ViewChange;
use neurodial_core::text::Messages;

use super::context::{PaneContext, PaneRequest};
use super::curves::controls::{combo_item_ui, combo_ui, set_accessible_name};
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use edit::CodeEditor;
use lines::ChangeHighlights;
use printed::PrintedCode;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightBottom),
    // The saved inputs are empty at first, and the code is not.
    is_in_front: true,
    shortcut: Some(egui::Key::Num6),
    heading: Some(|context| context.messages.pane_code().to_owned()),
    heading_button: Some((Messages::code_paste, PaneRequest::ImportWeights)),
    figure_options: &["--as"],
    width_share: 1.4,
    print_width: printed::print_width,
    print_height: |painter, context, width| {
        Ok(SizeHint::fixed(
            PrintedCode::new(painter, context, width).height(painter),
        ))
    },
    ..PaneInfo::new(&["code"], Messages::pane_code, code_ui)
};

/// The length above which the text can't be edited as a whole, in bytes: it would be laid out as one text
/// field.
const MAX_EDIT_BYTES: usize = 60_000;

/// Draws the code pane.
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
        editor = controls_ui(ui, context, &live_listing);
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
fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>, live_listing: &LiveListing) -> Option<CodeEditor> {
    let mut editor = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let messages = context.messages;
        let current = context.session.view().code_language;
        let mut chosen = None;
        combo_ui(ui, messages.code_language(), current.title(), |ui| {
            for language in Language::ALL {
                if combo_item_ui(ui, language == current, language.title()) {
                    chosen = Some(language);
                }
            }
        });
        context
            .actions
            .extend(chosen.map(|language| ViewChange::SetCodeLanguage(language).into()));
        let text = live_listing.text();
        let copy = ui
            .button(messages.code_copy())
            .on_hover_text(messages.code_copy_tooltip());
        if copy.clicked() {
            ui.copy_text(text.to_owned());
        }
        let is_short = text.len() <= MAX_EDIT_BYTES;
        let edit = ui
            .add_enabled(is_short, Button::new(messages.code_edit()))
            .on_hover_text(messages.code_edit_tooltip())
            .on_disabled_hover_text(messages.code_edit_too_long());
        set_accessible_name(ui, &edit, messages.code_edit_name());
        if edit.clicked() {
            editor = Some(CodeEditor::new(live_listing.to_listing()));
            ui.ctx().request_discard("the text becomes a field");
        }
    });
    editor
}
