//! One column of the experiments over another: points in the order in which they were recorded, and a line.

use egui::{RichText, Sense, Shape, Stroke, Ui};

use neurodial_core::insight::experiments::{MAX_KNOBS, name};
use crate::panes::Scene;
use crate::panes::curves::controls::{choice_ui, combo_ui};
use crate::panes::curves::frame::Frame;
use neurodial_core::session::{Action, Column};

use super::table::column_name;

/// Below this height or width nothing is drawn, in points.
const LEAST: f32 = 60.0;

/// Draws the choice of the columns, and the plot.
pub fn plot_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let experiments = scene.insight.experiments();
    let [x, y] = experiments.plotted(scene.session);
    if scene.paper.is_none() {
        columns_ui(ui, scene, [x, y]);
    }
    let rect = ui.available_rect_before_wrap();
    if rect.width() < LEAST || rect.height() < LEAST {
        return;
    }
    let frame = Frame {
        x: experiments.extent(scene.session, x),
        y: experiments.extent(scene.session, y),
        x_name: column_name(ui, scene, x),
        y_name: column_name(ui, scene, y),
        margin: 10.0,
    };
    let plane = frame.show(ui, scene, rect);
    let points: Vec<_> = experiments
        .points(scene.session, [x, y])
        .map(|point| plane.screen(point))
        .collect();
    let look = scene.look;
    let painter = ui.painter();
    painter.add(Shape::line(
        points.clone(),
        Stroke::new(1.25, look.accent.gamma_multiply(0.5)),
    ));
    for point in &points {
        painter.circle(*point, 4.0, look.accent, Stroke::new(1.0, look.card));
    }
    let id = ui.scope_id().with("points");
    ui.interact(plane.rect, id, Sense::hover());
    let (x, y) = (name(scene.session, x), name(scene.session, y));
    let label = format!("{y} over {x}, {} points", points.len());
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(label));
}

fn columns_ui(ui: &mut Ui, scene: &mut Scene<'_>, [x, y]: [Column; 2]) {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some(column) = column_ui(ui, scene, "plotted column", y) {
            chosen = Some([Some(x), Some(column)]);
        }
        ui.label(RichText::new("over").color(scene.look.ink_soft));
        if let Some(column) = column_ui(ui, scene, "column along the axis", x) {
            chosen = Some([Some(column), Some(y)]);
        }
    });
    scene.outbox.extend(chosen.map(Action::Plot));
}

fn column_ui(ui: &mut Ui, scene: &Scene<'_>, label: &'static str, present: Column) -> Option<Column> {
    let mut chosen = None;
    let columns = scene.insight.experiments().columns(scene.session, MAX_KNOBS);
    combo_ui(ui, label, name(scene.session, present), |ui| {
        for column in std::iter::once(Column::Row).chain(columns) {
            if choice_ui(ui, column == present, name(scene.session, column)) {
                chosen = Some(column);
            }
        }
    });
    chosen
}
