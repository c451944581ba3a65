//! Modal dialogs, one at a time, over everything else.
//!
//! A dialog knows nothing of the window: it pushes actions to the outbox, and returns as a `DialogOutcome` what
//! the window has to do.

mod changed_file;
mod command_palette;
mod data;
mod export;
mod import_weights;
mod new_network;
mod outcome;
mod path;
mod range_and_name;
mod recovery;
mod start_screen;

use std::path::PathBuf;

use egui::{Context, Grid, RichText, ScrollArea, Ui, Vec2, WidgetText};

use crate::theme::{ColorTheme, type_scale};
use neurodial_core::session::{Action, Session};
use neurodial_core::text::Messages;

use super::command::{Command, shortcut_text};
use super::file_chooser::{LeaveAction, document_name};

pub(crate) use changed_file::ChangedFileDialog;
pub(crate) use command_palette::CommandPalette;
pub(crate) use data::DataDialog;
pub(crate) use export::ExportSettings;
pub(crate) use import_weights::ImportWeightsDialog;
pub(crate) use new_network::{InitializeDialog, NewNetworkDialog};
use outcome::buttons_ui;
pub(crate) use outcome::{DialogOutcome, FileResolution};
pub(crate) use path::PathDialog;
pub(crate) use range_and_name::{NameDialog, NamedItem, RangeDialog};
pub(crate) use recovery::RecoveryDialog;
pub(crate) use start_screen::StartScreen;

#[derive(Debug)]
pub(crate) enum Dialog {
    /// Offers what to do at the start.
    Start(StartScreen),
    /// Asks whether to save or discard changes, or to cancel.
    UnsavedChanges(LeaveAction),
    /// Asks what becomes of a file that another program has changed.
    ChangedFile(ChangedFileDialog),
    /// Offers documents that were not saved when the program ended, and tells of its errors.
    Recovery(RecoveryDialog),
    /// Shows what could not be done, and the reason.
    Problem {
        title: String,
        text: String,
    },
    /// Asks for the path of a file.
    Path(PathDialog),
    /// Asks for the range of a knob or an input.
    Range(RangeDialog),
    /// Asks for the name of an input, a neuron or a snapshot.
    Name(NameDialog),
    /// Asks for the architecture of a new network.
    New(NewNetworkDialog),
    /// Asks for the matrices of a network.
    ImportWeights(ImportWeightsDialog),
    /// Asks how to initialize the knobs.
    InitializeKnobs(InitializeDialog),
    /// Asks whether the document may read these data files outside of its folder.
    OutsideData(Vec<PathBuf>),
    /// Asks which columns of a table are inputs and target.
    Data(Box<DataDialog>),
    Export,
    /// Finds and runs a command.
    CommandPalette(CommandPalette),
    KeyboardShortcuts,
    /// Shows information about the program.
    About,
}

impl Dialog {
    /// The margin between the frame and the contents, in points.
    pub(crate) const MARGIN: f32 = 18.0;

    pub(crate) fn show_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        theme: &ColorTheme,
        messages: Messages,
        export: &mut ExportSettings,
        outbox: &mut Vec<Action>,
    ) -> DialogOutcome {
        let is_enlarged = matches!(self, Self::Export) && export.is_preview_enlarged();
        let width = if is_enlarged {
            Self::max_size(ui.ctx()).x
        } else {
            self.width(ui.ctx())
        };
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.label(RichText::new(self.title(messages)).font(type_scale::title()));
        match self {
            Self::Start(start) => start.show_ui(ui, theme, messages),
            Self::UnsavedChanges(leave_action) => unsaved_changes_ui(ui, session, messages, leave_action),
            Self::ChangedFile(changed_file) => changed_file.show_ui(ui, session, theme, messages),
            Self::OutsideData(paths) => outside_data_ui(ui, paths, messages),
            Self::Recovery(recovery) => recovery.show_ui(ui, messages),
            Self::Problem { text, .. } => {
                ui.label(text.as_str());
                closing_ui(ui, messages.dialog_ok())
            }
            Self::Path(path) => path.show_ui(ui, messages),
            Self::Range(range) => range.show_ui(ui, session.architecture(), theme, messages, outbox),
            Self::Name(name) => name.show_ui(ui, messages, outbox),
            Self::New(new) => new.show_ui(ui, theme, messages),
            Self::ImportWeights(import_weights) => {
                import_weights.show_ui(ui, theme, messages, session.architecture())
            }
            Self::InitializeKnobs(initialize) => initialize.show_ui(ui, theme, messages, outbox),
            Self::Data(data) => data.show_ui(ui, theme, messages, outbox),
            Self::Export => export.show_ui(ui, theme, session, messages),
            Self::CommandPalette(palette) => palette.show_ui(ui, theme, messages),
            Self::KeyboardShortcuts => {
                shortcuts_ui(ui, messages);
                closing_ui(ui, messages.dialog_close())
            }
            Self::About => {
                about_ui(ui, messages);
                closing_ui(ui, messages.dialog_close())
            }
        }
    }

    fn title(&self, messages: Messages) -> &str {
        match self {
            Self::Start(_) => messages.start_title(),
            Self::UnsavedChanges(_) => messages.unsaved_changes_title(),
            Self::ChangedFile(changed_file) => changed_file.title(messages),
            Self::OutsideData(_) => messages.outside_data_title(),
            Self::Recovery(recovery) => recovery.title(messages),
            Self::Problem { title, .. } => title,
            Self::Path(path) => path.title(messages),
            Self::Range(_) => messages.range_title(),
            Self::Name(_) => messages.rename_title(),
            Self::New(_) => messages.new_network_title(),
            Self::ImportWeights(_) => messages.import_weights_title(),
            Self::InitializeKnobs(_) => messages.initialize_title(),
            Self::Data(_) => messages.import_data_title(),
            Self::Export => messages.export_figure_title(),
            Self::CommandPalette(_) => messages.command_palette(),
            Self::KeyboardShortcuts => messages.shortcuts_title(),
            Self::About => messages.about_title(),
        }
    }

    /// Returns the width; a dialog whose parts can't be narrower scrolls instead.
    fn width(&self, ctx: &Context) -> f32 {
        let width: f32 = match self {
            Self::ChangedFile(_)
            | Self::OutsideData(_)
            | Self::Start(_)
            | Self::CommandPalette(_)
            | Self::KeyboardShortcuts
            | Self::ImportWeights(_) => 560.0,
            Self::Export | Self::Data(_) => return 700.0,
            _ => 400.0,
        };
        width.min(Self::max_size(ctx).x)
    }

    /// Returns the size of the window without the margins around a dialog.
    pub(crate) fn max_size(ctx: &Context) -> Vec2 {
        ctx.content_rect().size() - Vec2::splat(2.0 * (Self::MARGIN + 8.0))
    }
}

/// Draws a single button, which closes the dialog.
fn closing_ui(ui: &mut Ui, text: &str) -> DialogOutcome {
    match buttons_ui(ui, &[text]) {
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen,
    }
}

/// Asks for data files outside of the document's folder, with their full paths.
fn outside_data_ui(ui: &mut Ui, paths: &[PathBuf], messages: Messages) -> DialogOutcome {
    ui.label(messages.outside_data_question());
    for path in paths {
        let path = path.display().to_string();
        ui.add(egui::Label::new(RichText::new(path).font(type_scale::code())).wrap());
    }
    ui.label(messages.outside_data_hint());
    match buttons_ui(ui, &[messages.outside_data_leave(), messages.outside_data_read()]) {
        Some(answer) => DialogOutcome::OutsideData(answer == 1),
        None => DialogOutcome::KeepOpen,
    }
}

fn unsaved_changes_ui(
    ui: &mut Ui,
    session: &Session,
    messages: Messages,
    leave_action: &LeaveAction,
) -> DialogOutcome {
    ui.label(messages.unsaved_changes_question(document_name(session, messages)));
    let buttons = [
        messages.unsaved_changes_save(),
        messages.unsaved_changes_discard(),
        messages.dialog_cancel(),
    ];
    match buttons_ui(ui, &buttons) {
        Some(0) => DialogOutcome::SaveAndLeave(leave_action.clone()),
        Some(1) => DialogOutcome::Leave(leave_action.clone()),
        Some(_) => DialogOutcome::Close,
        None => DialogOutcome::KeepOpen,
    }
}

fn shortcuts_ui(ui: &mut Ui, messages: Messages) {
    let knob_keys = [
        (messages.shortcut_tab(), messages.shortcut_tab_effect()),
        (messages.shortcut_up_down(), messages.shortcut_up_down_effect()),
        (
            messages.shortcut_shift_up_down(),
            messages.shortcut_shift_up_down_effect(),
        ),
        (
            messages.shortcut_left_right(),
            messages.shortcut_left_right_effect(),
        ),
        (
            messages.shortcut_shift_left_right(),
            messages.shortcut_shift_left_right_effect(),
        ),
        (
            messages.shortcut_page_down_up(),
            messages.shortcut_page_down_up_effect(),
        ),
        (messages.shortcut_home_end(), messages.shortcut_home_end_effect()),
        (messages.shortcut_digits(), messages.shortcut_digits_effect()),
        (messages.shortcut_enter(), messages.shortcut_enter_effect()),
        (messages.shortcut_delete(), messages.shortcut_delete_effect()),
        (messages.shortcut_play(), messages.shortcut_play_effect()),
        (messages.shortcut_lock(), messages.shortcut_lock_effect()),
        (messages.shortcut_axis(), messages.shortcut_axis_effect()),
        (messages.shortcut_menu(), messages.shortcut_menu_effect()),
        (messages.shortcut_escape(), messages.shortcut_escape_effect()),
        (messages.shortcut_settings(), messages.shortcut_settings_effect()),
    ];
    let mouse_gestures = [
        (messages.gesture_drag(), messages.gesture_drag_effect()),
        (messages.gesture_dial(), messages.gesture_dial_effect()),
        (
            messages.gesture_double_click(),
            messages.gesture_double_click_effect(),
        ),
        (messages.gesture_number(), messages.gesture_number_effect()),
        (
            messages.gesture_right_click(),
            messages.gesture_right_click_effect(),
        ),
        (messages.gesture_wheel(), messages.gesture_wheel_effect()),
    ];
    let shortcuts: Vec<(String, String)> = Command::with_shortcut()
        .map(|(shortcut, command)| {
            (
                shortcut_text(ui.ctx(), shortcut),
                command.text(messages).into_owned(),
            )
        })
        .collect();
    let height = (ui.ctx().content_rect().height() - 180.0).max(160.0);
    ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            section_ui(ui, messages.shortcuts_knobs(), knob_keys);
            section_ui(ui, messages.shortcuts_mouse(), mouse_gestures);
            section_ui(ui, messages.shortcuts_everywhere(), shortcuts);
        });
}

fn section_ui<T: Into<WidgetText>>(
    ui: &mut Ui,
    title: &str,
    rows: impl IntoIterator<Item = (impl Into<String>, T)>,
) {
    ui.label(RichText::new(title).font(type_scale::strong()));
    Grid::new(title)
        .num_columns(2)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (keys, description) in rows {
                ui.label(RichText::new(keys).font(type_scale::code()));
                ui.label(description);
                ui.end_row();
            }
        });
    ui.add_space(10.0);
}

fn about_ui(ui: &mut Ui, messages: Messages) {
    ui.label(messages.about_version(env!("CARGO_PKG_VERSION")));
    ui.label(messages.about_program());
    ui.label(messages.about_license());
}
