//! What was tried and what came of it: a row for every state that was recorded, beside the pins, and one column
//! drawn over another. Only rows in view are laid out.
//!
//! | file | what |
//! | --- | --- |
//! | [`plot`] | one column over another |
//! | [`table`] | the rows |

pub mod plot;
pub mod table;

use egui::{Align, Button, Layout, RichText, Ui, UiBuilder};

use neurodial_core::session::Action;

use super::Scene;
use super::cases::paste::remembered;

/// In a pane wider than this, in points, the plot is beside the table.
const WIDE: f32 = 640.0;
/// The gap between table and plot, in points.
const GAP: f32 = 16.0;

/// The height on paper: every row has its own, up to what a page holds, and a plot where there is something to see.
pub fn paper_height(scene: &Scene<'_>, width: f32) -> f32 {
    const MOST_ROWS: usize = 200;
    let document = scene.session.document();
    let rows = (document.pins.len() + document.records.len()).min(MOST_ROWS);
    table::height(rows) + if has_plot(scene) { paper_plot(width) } else { 0.0 }
}

fn paper_plot(width: f32) -> f32 {
    (0.55 * width).clamp(130.0, 320.0)
}

/// Two points are the least that a line can be drawn through.
fn has_plot(scene: &Scene<'_>) -> bool {
    scene.session.document().records.len() >= 2
}

/// Draws the pane.
pub fn experiments_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    if ui.available_width() < 20.0 {
        return;
    }
    if scene.paper.is_some() {
        paper_ui(ui, scene);
        return;
    }
    let plot_id = ui.scope_id().with("plot");
    let mut is_plot: bool = remembered(ui, plot_id);
    let is_wide = ui.available_width() >= WIDE;
    buttons_ui(ui, scene, (!is_wide).then_some(&mut is_plot));
    ui.data_mut(|data| data.insert_temp(plot_id, is_plot));
    let document = scene.session.document();
    if document.records.is_empty() && document.pins.is_empty() {
        let hint = "Nothing recorded yet. Turn something, press R, and the state becomes a row; click a row to go \
                    back to it.";
        ui.label(RichText::new(hint).color(scene.look.ink_soft));
        return;
    }
    let room = ui.available_rect_before_wrap();
    if !is_wide {
        if is_plot {
            plot::plot_ui(ui, scene);
        } else {
            table::table_ui(ui, scene);
        }
        return;
    }
    let (left, right) = room.split_left_right_at_fraction(0.62);
    let left = left.with_max_x(left.right() - GAP / 2.0);
    let right = right.with_min_x(right.left() + GAP / 2.0);
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("table"), |ui| {
        table::table_ui(ui, scene);
    });
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("plot"), |ui| {
        plot::plot_ui(ui, scene);
    });
}

fn paper_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let room = ui.available_rect_before_wrap();
    let plot = if has_plot(scene) {
        paper_plot(room.width())
    } else {
        0.0
    };
    let (above, below) = room.split_top_bottom_at_y(room.bottom() - plot);
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| table::table_ui(ui, scene));
    if plot > 0.0 {
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| plot::plot_ui(ui, scene));
    }
}

/// Draws the buttons; where there is room for one of the two alone, also the choice between table and plot.
fn buttons_ui(ui: &mut Ui, scene: &mut Scene<'_>, is_plot: Option<&mut bool>) {
    let has_rows = !scene.session.document().records.is_empty();
    let layout = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.with_layout(layout, |ui| {
        ui.set_max_height(24.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        let record = ui
            .button("Record")
            .on_hover_text("Write the present state down as a row (R)");
        if record.clicked() {
            scene.outbox.push(Action::Record(String::new()));
        }
        ui.add_enabled_ui(has_rows, |ui| {
            ui.menu_button("Copy ⏷", |ui| {
                let experiments = scene.insight.experiments();
                if ui.button("Copy as CSV").clicked() {
                    ui.ctx().copy_text(experiments.csv(scene.session));
                    ui.close();
                }
                if ui.button("Copy as Markdown").clicked() {
                    ui.ctx().copy_text(experiments.markdown(scene.session));
                    ui.close();
                }
            });
        });
        if let Some(is_plot) = is_plot {
            let text = if *is_plot { "Table" } else { "Plot" };
            if ui.add_enabled(has_rows || *is_plot, Button::new(text)).clicked() {
                *is_plot = !*is_plot;
            }
        }
    });
}
