//! The anatomy of a biological neuron: dendrites, cell body, axon with its myelin sheath, axon terminals.

use egui::{Painter, Ui, vec2};

use super::labels::{Callout, role_row_ui};
use crate::panes::cell::drawing::CellDrawing;
use crate::panes::cell::shape::axon_center;
use crate::theme::ColorTheme;
use egui_figure::FigureMarker;
use neurodial_core::text::Messages;

/// The height of the drawing, in points.
pub(crate) const HEIGHT: f32 = 392.0;

pub(crate) fn biological_neuron_ui(ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
    let painter = ui.painter().clone();
    let drawing = CellDrawing::printed(theme);
    group_ui(&painter, "cell", messages.article_cell(), || {
        painter.extend(drawing.membrane());
    });
    group_ui(&painter, "nucleus", messages.article_nucleus(), || {
        painter.extend(drawing.nucleus());
    });
    group_ui(&painter, "myelin", messages.article_myelin(), || {
        painter.extend(drawing.myelin());
    });
    for label in callouts(messages) {
        label.paint(&painter, theme);
    }
    let roles = [
        messages.article_receive(),
        messages.article_add_up(),
        messages.article_transmit(),
    ];
    role_row_ui(&painter, theme, roles, 350.0, [8.0, 138.0, 240.0, 623.0]);
}

/// Draws a part as its own group.
fn group_ui(painter: &Painter, address: &str, title: &str, draw: impl FnOnce()) {
    painter.add(
        FigureMarker::BeginGroup {
            name: address.to_owned(),
        }
        .into_shape(),
    );
    draw();
    painter.add(FigureMarker::Title(title.to_owned()).into_shape());
    painter.add(FigureMarker::EndGroup.into_shape());
}

/// Returns the end of a callout's line on the axon.
fn on_axon(x: f32, aside: f32) -> Option<(f32, f32)> {
    let at = axon_center(x) + vec2(0.0, aside);
    Some((at.x, at.y))
}

fn callouts(messages: Messages) -> [Callout; 8] {
    [
        Callout {
            name: messages.article_dendrites(),
            detail: messages.article_dendrites_detail(),
            name_center: (68.0, 16.0),
            line_end: Some((92.0, 129.0)),
        },
        Callout {
            name: messages.article_nucleus(),
            detail: "",
            name_center: (282.0, 62.0),
            line_end: Some((182.0, 189.5)),
        },
        Callout {
            name: messages.article_cell_body(),
            detail: messages.article_cell_body_detail(),
            name_center: (278.0, 300.0),
            line_end: Some((194.0, 204.0)),
        },
        Callout {
            name: messages.article_axon_hillock(),
            detail: messages.article_axon_hillock_detail(),
            name_center: (339.0, 240.0),
            line_end: on_axon(226.0, 3.0),
        },
        Callout {
            name: messages.article_myelin(),
            detail: messages.article_myelin_detail(),
            name_center: (336.0, 106.0),
            line_end: on_axon(344.0, -6.0),
        },
        Callout {
            name: messages.article_node(),
            detail: messages.article_node_detail(),
            name_center: (458.0, 300.0),
            line_end: on_axon(444.0, 1.0),
        },
        Callout {
            name: messages.article_axon(),
            detail: messages.article_axon_detail(),
            name_center: (484.0, 106.0),
            line_end: on_axon(498.0, 0.0),
        },
        Callout {
            name: messages.article_terminals(),
            detail: messages.article_terminals_detail(),
            name_center: (538.0, 18.0),
            line_end: Some((574.5, 103.5)),
        },
    ]
}
