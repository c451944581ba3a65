//! A plot of one column of the experiment log over another: points and a line, in the order of the rows.

use egui::{RichText, Sense, Shape, Stroke, Ui};

use crate::panes::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, combo_ui};
use crate::plot::PlotFrame;
use neurodial_core::insight::experiment_table::{MAX_KNOB_COLUMNS, column_name};
use neurodial_core::session::{ExperimentColumn, ViewChange};

use super::table::column_symbol;

/// The minimum height and width of a plot that is drawn, in points.
const MIN_SIZE: f32 = 60.0;

/// Draws the menus of the columns, and the plot.
pub(crate) fn plot_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let experiments = context.insight.experiments();
    let [x, y] = experiments.plotted_columns(context.session);
    if context.options.is_none() {
        columns_ui(ui, context, [x, y]);
    }
    let rect = ui.available_rect_before_wrap();
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let ranges = [x, y].map(|column| experiments.axis_range(context.session, column));
    let names = [x, y].map(|column| column_symbol(ui, context, column));
    let plot_area = PlotFrame::new(ranges, names).paint(ui.painter(), context.theme, rect);
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
    let (x, y) = (column_name(context.session, x), column_name(context.session, y));
    let label = format!("{y} over {x}, {} points", points.len());
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(label));
}

fn columns_ui(ui: &mut Ui, context: &mut PaneContext<'_>, [x, y]: [ExperimentColumn; 2]) {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some(column) = column_ui(ui, context, "plotted column", y) {
            chosen = Some([Some(x), Some(column)]);
        }
        ui.label(RichText::new("over").color(context.theme.weak_text));
        if let Some(column) = column_ui(ui, context, "column along the axis", x) {
            chosen = Some([Some(column), Some(y)]);
        }
    });
    context
        .actions
        .extend(chosen.map(|chosen| ViewChange::PlotColumns(chosen).into()));
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
    combo_ui(ui, label, column_name(context.session, current), |ui| {
        for column in std::iter::once(ExperimentColumn::Row).chain(columns) {
            if combo_item_ui(ui, column == current, column_name(context.session, column)) {
                chosen = Some(column);
            }
        }
    });
    chosen
}
