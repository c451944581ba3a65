//! The anatomy of a biological neuron: dendrites, cell body, axon with its myelin sheath, axon terminals.

use egui::epaint::PathShape;
use egui::{Color32, Painter, Pos2, Shape, Stroke, Ui, vec2};

use super::labels::{Callout, LabelRole, role_row_ui};
use super::nerve_cell::{self, BAND_DISTANCES, CELL_OUTLINES, NUCLEUS_CENTER, axon_boundary, axon_center};
use crate::theme::{ColorTheme, ThemeMode};
use egui_figure::FigureMarker;
use neurodial_core::text::Messages;

/// The height of the drawing, in points.
pub(crate) const HEIGHT: f32 = 392.0;
/// The width of outlines, in points.
const LINE_WIDTH: f32 = 1.6;

pub(crate) fn biological_neuron_ui(ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
    let painter = ui.painter().clone();
    group_ui(&painter, "cell", messages.article_cell(), || {
        fills_ui(&painter, theme);
        outlines_ui(&painter, theme);
    });
    group_ui(&painter, "nucleus", messages.article_nucleus(), || {
        nucleus_ui(&painter, theme)
    });
    group_ui(&painter, "myelin", messages.article_myelin(), || {
        myelin_ui(&painter, theme)
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

/// Fills the whole cell with the dendrites' color and the axon with its own, and paints bands over both that
/// lead to the body's color.
fn fills_ui(painter: &Painter, theme: &ColorTheme) {
    let [receive, add, pass] = LabelRole::ALL.map(|role| role.fill_color(theme));
    fill_ui(painter, &CELL_OUTLINES.whole, receive);
    fill_ui(painter, &CELL_OUTLINES.axon, pass);
    for (index, sides) in CELL_OUTLINES.bands.iter().enumerate() {
        let share = (index + 1) as f32 / BAND_DISTANCES.len() as f32;
        for (points, other) in sides.iter().zip([receive, pass]) {
            fill_ui(painter, points, ColorTheme::mix(other, add, share));
        }
    }
}

fn fill_ui(painter: &Painter, points: &[Pos2], fill: Color32) {
    painter.add(Shape::Path(PathShape {
        points: points.to_vec(),
        closed: true,
        fill,
        stroke: Stroke::NONE.into(),
    }));
}

/// Draws the outline of the cell, in the color of each part that it goes around.
fn outlines_ui(painter: &Painter, theme: &ColorTheme) {
    let role = |at: Pos2| {
        if nerve_cell::body_distance(at) < BAND_DISTANCES[2] {
            LabelRole::AddUp
        } else if axon_boundary(at) < 0.0 {
            LabelRole::PassOn
        } else {
            LabelRole::Receive
        }
    };
    let Some(&start) = CELL_OUTLINES.whole.first() else {
        return;
    };
    let mut run: Vec<Pos2> = Vec::new();
    let mut current_role = role(start);
    for &point in CELL_OUTLINES.whole.iter().chain([&start]) {
        run.push(point);
        let next = role(point);
        if next != current_role {
            let stroke = Stroke::new(LINE_WIDTH, current_role.outline_color(theme));
            painter.add(Shape::line(std::mem::replace(&mut run, vec![point]), stroke));
            current_role = next;
        }
    }
    painter.add(Shape::line(
        run,
        Stroke::new(LINE_WIDTH, current_role.outline_color(theme)),
    ));
}

fn nucleus_ui(painter: &Painter, theme: &ColorTheme) {
    let color = LabelRole::AddUp.color(theme);
    let fill = ColorTheme::mix(
        theme.card,
        color,
        if theme.mode == ThemeMode::Grayscale {
            0.1
        } else {
            0.5
        },
    );
    let stroke = Stroke::new(1.2, LabelRole::AddUp.outline_color(theme));
    painter.add(egui::epaint::EllipseShape {
        center: NUCLEUS_CENTER,
        radius: vec2(14.0, 12.5),
        fill,
        stroke,
        angle: -0.3,
    });
    painter.circle_filled(
        NUCLEUS_CENTER + vec2(3.0, -2.5),
        3.6,
        LabelRole::AddUp.outline_color(theme),
    );
}

/// The starts and ends of the myelin segments along the axon, as x coordinates in points.
const MYELIN_SEGMENTS: [[f32; 2]; 4] = [[256.0, 312.0], [320.0, 376.0], [384.0, 440.0], [448.0, 490.0]];

/// Draws the myelin segments around the axon, with bare nodes between them.
fn myelin_ui(painter: &Painter, theme: &ColorTheme) {
    let color = LabelRole::PassOn.color(theme);
    let (fill, line_color) = if theme.mode == ThemeMode::Grayscale {
        (theme.card, ColorTheme::mix(theme.card, theme.text, 0.3))
    } else {
        (
            ColorTheme::mix(theme.card, color, 0.12),
            ColorTheme::mix(theme.card, color, 0.5),
        )
    };
    let line = Stroke::new(LINE_WIDTH, LabelRole::PassOn.outline_color(theme));
    for ends in MYELIN_SEGMENTS {
        painter.add(Shape::Path(PathShape {
            points: capsule(ends),
            closed: true,
            fill,
            stroke: line.into(),
        }));
        // Lines that suggest the layers of the myelin.
        for aside in [-5.4, 5.4] {
            let inner = [ends[0] + 7.0, ends[1] - 7.0];
            let way = (0..=8).map(|step| beside_axon(inner, step as f32 / 8.0, aside));
            painter.add(Shape::line(way.collect(), Stroke::new(1.0, line_color)));
        }
    }
}

/// Returns the point beside the axon at a fraction of the way from `from` to `to`, `aside` points away from
/// the axon.
fn beside_axon([from, to]: [f32; 2], share: f32, aside: f32) -> Pos2 {
    let x = from + share * (to - from);
    let along = (axon_center(x + 1.0) - axon_center(x - 1.0)).normalized();
    axon_center(x) + aside * along.rot90()
}

/// Returns the outline of a capsule that follows the axon.
fn capsule(ends: [f32; 2]) -> Vec<Pos2> {
    const HALF_HEIGHT: f32 = 10.5;
    const END_LENGTH: f32 = 8.0;
    /// The number of points of each end and of each side.
    const STEPS: usize = 7;
    let length = ends[1] - ends[0];
    // Fractions of the length with their fractions of the half height, along one side.
    let quarter = |step: usize| libm::sincosf(std::f32::consts::FRAC_PI_2 * step as f32 / STEPS as f32);
    let start = (0..=STEPS).map(|step| {
        let (sin, cos) = quarter(step);
        (
            END_LENGTH / length * (1.0 - cos),
            (HALF_HEIGHT - END_LENGTH + END_LENGTH * sin) / HALF_HEIGHT,
        )
    });
    let side: Vec<(f32, f32)> = start
        .clone()
        .chain(
            (1..STEPS)
                .map(|step| (step as f32 / STEPS as f32, 1.0))
                .filter(|(share, _)| (END_LENGTH / length..1.0 - END_LENGTH / length).contains(share)),
        )
        .chain(start.rev().map(|(share, thick)| (1.0 - share, thick)))
        .collect();
    let there = side
        .iter()
        .map(|&(share, thick)| beside_axon(ends, share, -HALF_HEIGHT * thick));
    let back = side
        .iter()
        .rev()
        .map(|&(share, thick)| beside_axon(ends, share, HALF_HEIGHT * thick));
    there.chain(back).collect()
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
