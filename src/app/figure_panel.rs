//! The panel of the layout Figure: the preview and the settings of the figure, beside the panes.

use egui::{Frame, Margin, Panel, RichText, ScrollArea, Ui};

use crate::panes::Pane;
use crate::theme::{style, type_scale};
use neurodial_core::session::WindowLayout;

use super::command::Command;
use super::dialog::{DialogOutcome, ExportSettings};
use super::file_chooser::FilePurpose;
use super::layout;
use super::state::App;

/// The width of the panel, in points.
const WIDTH: f32 = ExportSettings::PREVIEW_WIDTH + 52.0;
/// In a window narrower than this, in points, there is only the dialog.
const MIN_WINDOW_WIDTH: f32 = 800.0;

/// Draws the panel if the layout has it and the window is wide enough. A figure of a single pane shows the pane whose
/// tab is in front.
pub(crate) fn figure_panel_ui(app: &mut App, ui: &mut Ui) {
    let is_shown = app.layout == WindowLayout::Figure
        && app.maximized_pane.is_none()
        && ui.available_width() >= MIN_WINDOW_WIDTH;
    if !is_shown {
        return;
    }
    let pane = Pane::in_window().find(|&pane| layout::is_shown(&app.tree, pane));
    if app.figure_pane != pane {
        app.figure_pane = pane;
        app.export.follow(pane);
    }
    let (theme, messages, is_dialog_open) = (app.theme(), app.messages, app.dialog.is_some());
    let frame = Frame::new().fill(theme.background).inner_margin(Margin {
        left: 0,
        right: 10,
        top: 10,
        bottom: 8,
    });
    let panel = Panel::right("figure")
        .frame(frame)
        .resizable(false)
        .exact_size(WIDTH)
        .show_separator_line(false);
    let panel = panel.show(ui, |ui| {
        let card = style::card_frame(theme).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let title = Command::ExportFigure.text(messages);
            ui.label(RichText::new(title.trim_end_matches('…')).font(type_scale::title()));
            ui.add_space(4.0);
            let area = ScrollArea::vertical().id_salt("figure").auto_shrink(false);
            let area = area.show(ui, |ui| {
                app.export
                    .panel_ui(ui, theme, &app.session, messages, is_dialog_open)
            });
            area.inner
        });
        card.inner
    });
    let ctx = ui.ctx().clone();
    match panel.inner {
        DialogOutcome::ExportFigure(format) => app.choose_file(&ctx, FilePurpose::Export(format), None),
        DialogOutcome::CopyFigure => app.copy_figure(&ctx),
        DialogOutcome::RunCommand(command) if app.dialog.is_none() => {
            app.run_command(&ctx, command);
            app.export.set_preview_enlarged(true);
        }
        _ => {}
    }
}
