//! The experiment log: a row for each snapshot and each recorded state, and a plot of one column over
//! another. Only rows in view are laid out.
//!
//! | file | content |
//! | --- | --- |
//! | [`table`] | the table of the rows |

pub(crate) mod table;

use egui::{Align, Button, Layout, RichText, Sense, Shape, Stroke, Ui, UiBuilder};

use crate::plot::PlotFrame;
use crate::widgets::menu::menu_button_ui;
use neurodial_core::insight::experiment_table::{MAX_KNOB_COLUMNS, column_name};
use neurodial_core::session::{Edit, ExperimentColumn, ViewChange};
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::curves::controls::{combo_item_ui, combo_ui};
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint};
use super::training::hint_ui;
use table::column_symbol;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::CenterBottom),
    shortcut: Some(egui::Key::Num9),
    figure_options: &["--y-label"],
    figure_remedy: |session, _| {
        let document = session.document();
        let is_empty = document.experiment_rows.is_empty() && document.snapshots.is_empty();
        is_empty.then_some(Messages::figure_remedy_experiments)
    },
    print_width: |_, _| SizeHint::new(230.0, 300.0),
    print_height: |_, context, width| Ok(SizeHint::fixed(print_height(context, width))),
    ..PaneInfo::new(&["experiments"], Messages::pane_experiments, |ui, context, _| {
        experiments_ui(ui, context)
    })
};

/// The minimum width of a pane with the plot beside the table, in points.
const MIN_WIDTH_FOR_BOTH: f32 = 640.0;
/// The gap between table and plot, in points.
const GAP: f32 = 16.0;
/// The minimum height and width of a plot that is drawn, in points.
const MIN_PLOT_SIZE: f32 = 60.0;

/// Returns the height in a figure of this width, both in points: all rows, up to the maximum for a page, and
/// a plot if there are enough rows.
pub(crate) fn print_height(context: &PaneContext<'_>, width: f32) -> f32 {
    const MAX_ROWS: usize = 200;
    let document = context.session.document();
    let rows = (document.snapshots.len() + document.experiment_rows.len()).min(MAX_ROWS);
    table::height(rows)
        + if has_plot(context) {
            print_plot_height(width)
        } else {
            0.0
        }
}

fn print_plot_height(width: f32) -> f32 {
    (0.55 * width).clamp(130.0, 320.0)
}

/// True if there are the two rows that a line needs.
fn has_plot(context: &PaneContext<'_>) -> bool {
    context.session.document().experiment_rows.len() >= 2
}

/// Draws the pane.
pub(crate) fn experiments_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    if ui.available_width() < 20.0 {
        return;
    }
    if context.options.is_some() {
        print_ui(ui, context);
        return;
    }
    let is_plot = context.session.view().is_experiment_plot_shown;
    let is_wide = ui.available_width() >= MIN_WIDTH_FOR_BOTH;
    buttons_ui(ui, context, (!is_wide).then_some(is_plot));
    let document = context.session.document();
    if document.experiment_rows.is_empty() && document.snapshots.is_empty() {
        let hint = context.messages.experiments_empty();
        hint_ui(ui, context, hint);
        return;
    }
    let rect = ui.available_rect_before_wrap();
    if !is_wide {
        if is_plot {
            plot_ui(ui, context);
        } else {
            table::table_ui(ui, context);
        }
        return;
    }
    let (left, right) = rect.split_left_right_at_fraction(0.62);
    let left = left.with_max_x(left.right() - GAP / 2.0);
    let right = right.with_min_x(right.left() + GAP / 2.0);
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("table"), |ui| {
        table::table_ui(ui, context);
    });
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("plot"), |ui| {
        plot_ui(ui, context);
    });
}

fn print_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let rect = ui.available_rect_before_wrap();
    let plot = if has_plot(context) {
        print_plot_height(rect.width())
    } else {
        0.0
    };
    let (above, below) = rect.split_top_bottom_at_y(rect.bottom() - plot);
    ui.scope_builder(UiBuilder::new().max_rect(above), |ui| {
        table::table_ui(ui, context)
    });
    if plot > 0.0 {
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| plot_ui(ui, context));
    }
}

/// Draws the buttons. A narrow pane passes `is_plot`, and gets a button that switches between table and plot.
fn buttons_ui(ui: &mut Ui, context: &mut PaneContext<'_>, is_plot: Option<bool>) {
    let messages = context.messages;
    let has_rows = !context.session.document().experiment_rows.is_empty();
    let layout = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.with_layout(layout, |ui| {
        ui.set_max_height(24.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        let record_button = ui
            .button(messages.experiments_record())
            .on_hover_text(messages.experiments_record_tooltip());
        if record_button.clicked() {
            context.actions.push(Edit::RecordExperiment(String::new()).into());
        }
        ui.add_enabled_ui(has_rows, |ui| {
            menu_button_ui(ui, messages.experiments_copy(), |ui| {
                let experiments = context.insight.experiments();
                if ui.button(messages.copy_as_csv()).clicked() {
                    ui.ctx().copy_text(experiments.to_csv(context.session));
                    ui.close();
                }
                if ui.button(messages.copy_as_markdown()).clicked() {
                    ui.ctx().copy_text(experiments.to_markdown(context.session));
                    ui.close();
                }
            });
        });
        if let Some(is_plot) = is_plot {
            let text = if is_plot {
                messages.experiments_table()
            } else {
                messages.experiments_plot()
            };
            if ui.add_enabled(has_rows || is_plot, Button::new(text)).clicked() {
                context
                    .actions
                    .push(ViewChange::ShowExperimentPlot(!is_plot).into());
            }
        }
    });
}

/// Draws the menus of the columns, and the plot of one over the other: points and a line, in the order of the
/// rows.
fn plot_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let experiments = context.insight.experiments();
    let [x, y] = experiments.plotted_columns(context.session);
    if context.options.is_none() {
        columns_ui(ui, context, [x, y]);
    }
    let rect = ui.available_rect_before_wrap();
    if rect.width() < MIN_PLOT_SIZE || rect.height() < MIN_PLOT_SIZE {
        return;
    }
    let ranges = [x, y].map(|column| experiments.axis_range(context.session, column));
    let names = [x, y].map(|column| column_symbol(ui, context, column));
    let frame = PlotFrame::new(ranges, names).y_label(context.y_label());
    let plot_area = frame.paint(ui.painter(), context.theme, rect);
    let points: Vec<_> = experiments
        .points(context.session, [x, y])
        .map(|point| plot_area.screen_from_plot(point))
        .collect();
    let theme = context.theme;
    let painter = ui.painter();
    painter.add(Shape::line(
        points.clone(),
        Stroke::new(1.25, theme.accent.gamma_multiply(0.5)),
    ));
    for point in &points {
        painter.circle(*point, 4.0, theme.accent, Stroke::new(1.0, theme.card));
    }
    let id = ui.scope_id().with("points");
    ui.interact(plot_area.rect, id, Sense::hover());
    let [x, y] = [x, y].map(|column| column_text(context, column));
    let label = context.messages.experiments_plot_name(y, x, points.len());
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(label));
}

fn columns_ui(ui: &mut Ui, context: &mut PaneContext<'_>, [x, y]: [ExperimentColumn; 2]) {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some(column) = column_ui(ui, context, context.messages.plotted_column(), y) {
            chosen = Some([Some(x), Some(column)]);
        }
        ui.label(RichText::new(context.messages.experiments_over()).color(context.theme.weak_text));
        if let Some(column) = column_ui(ui, context, context.messages.axis_column(), x) {
            chosen = Some([Some(column), Some(y)]);
        }
    });
    context
        .actions
        .extend(chosen.map(|chosen| ViewChange::PlotColumns(chosen).into()));
}

/// Returns the name of a column in the menus of the plot.
fn column_text(context: &PaneContext<'_>, column: ExperimentColumn) -> String {
    match column {
        ExperimentColumn::Row => context.messages.experiments_row().to_owned(),
        _ => column_name(context.session, column),
    }
}

fn column_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    label: &'static str,
    current: ExperimentColumn,
) -> Option<ExperimentColumn> {
    let mut chosen = None;
    let columns = context
        .insight
        .experiments()
        .columns(context.session, MAX_KNOB_COLUMNS);
    combo_ui(ui, label, column_text(context, current), |ui| {
        for column in std::iter::once(ExperimentColumn::Row).chain(columns) {
            if combo_item_ui(ui, column == current, column_text(context, column)) {
                chosen = Some(column);
            }
        }
    });
    chosen
}
