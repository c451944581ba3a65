//! Every weight and bias, to be turned: as a list of sliders, as a desk of dials, or as a heat map. Only what is in
//! view is laid out.
//!
//! | file | noun |
//! | --- | --- |
//! | [`faces`] | the buttons that choose how the knobs are laid out |
//! | [`list`] | a slider a row |
//! | [`desk`] | round dials as the matrix of the weights |
//! | [`heat`] | the same matrix as cells of colour |
//! | [`matrix`] | where rows and columns of such a matrix are |
//! | [`told`] | what is told of each knob: strips, flip points, sensitivities |
//! | [`legend`] | what the colours mean |
//! | [`plane`] | that matrix in a view that scrolls both ways |
//! | [`rows`], [`scroll`] | which row of the list is what, and which ones are seen |

pub mod desk;
pub mod faces;
pub mod heat;
pub mod legend;
pub mod list;
pub mod matrix;
pub mod plane;
pub mod rows;
pub mod scroll;
pub mod told;

use egui::{Painter, Rect, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use neurodial_core::network::Knob;
use neurodial_core::session::{Face, Target};

use super::plate::{PlateError, Side};
use super::{Pane, Scene};
use rows::Rows;

/// The height on paper, where every knob has its place, in points.
///
/// # Errors
/// If there are more rows than a figure can hold, or more dials side by side than there is room for.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> Result<f32, PlateError> {
    match scene.face() {
        Face::List => list_height(scene),
        Face::Desk => Ok(desk::paper_height(painter, scene, width)),
        Face::HeatMap => Ok(heat::form::paper_height(painter, scene, width)),
    }
}

/// The width on paper, in points.
pub fn paper_width(painter: &Painter, scene: &Scene<'_>) -> Side {
    match scene.face() {
        Face::List => Side::new(170.0, 210.0),
        Face::Desk => Side::fixed(desk::paper_width(painter, scene)),
        Face::HeatMap => Side::new(130.0, 210.0),
    }
}

fn list_height(scene: &Scene<'_>) -> Result<f32, PlateError> {
    const MOST_ROWS: usize = 2_000;
    /// As the style has it between any two things, in points.
    const UNDER_LEGEND: f32 = 6.0;
    let rows = Rows::new(scene.session.blueprint()).count();
    if rows > MOST_ROWS {
        return Err(PlateError::Rows(rows));
    }
    let legend = if told::has_strips(scene) {
        legend::HEIGHT + UNDER_LEGEND
    } else {
        0.0
    };
    Ok(legend + rows as f32 * list::ROWS.start())
}

/// Draws the pane.
pub fn knobs_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let blueprint = scene.session.blueprint();
    let canvas_id = Pane::Knobs.canvas_id();
    if let Some(current) = stage.current(canvas_id)
        && !matches!(current.part, Part::Target(Target::Knob(knob)) if blueprint.contains(knob))
    {
        stage.forget_current(canvas_id);
    }
    match scene.face() {
        Face::List => list::list_ui(ui, scene, stage),
        Face::Desk => desk::desk_ui(ui, scene, stage),
        Face::HeatMap => heat::heat_ui(ui, scene, stage),
    }
}

/// The knob that shall have the focus and be in view, if it is one of this pane.
fn wanted(scene: &Scene<'_>, stage: &Stage) -> Option<Knob> {
    match stage.wanted {
        Some((id, Part::Target(Target::Knob(knob))))
            if id == Pane::Knobs.canvas_id() && scene.session.blueprint().contains(knob) =>
        {
            Some(knob)
        }
        _ => None,
    }
}

/// What a screen reader says of a knob, whatever it looks like.
fn describe(scene: &Scene<'_>, knob: Knob) -> Description {
    let document = scene.session.document();
    let target = Target::Knob(knob);
    let value = document.value(target).unwrap_or(0.0);
    Description {
        name: scene.session.blueprint().knob_words(knob),
        value: Some(scene.number(value)),
        more: Some(told::words(scene.session, scene.insight, target)),
        number: Some((value, document.range(target))),
        is_disabled: document.is_locked(target),
        ..Description::default()
    }
}

/// The lock of a knob in the middle of `rect`: there when it is closed, or when the knob is lit.
fn lock_ui(canvas: &mut Canvas<'_>, scene: &Scene<'_>, rect: Rect, knob: Knob, is_lit: bool) {
    let Scene { look, session, .. } = *scene;
    let is_locked = session.document().locked.contains(&knob);
    if is_locked || is_lit {
        let color = if is_locked { look.ink } else { look.ink_faint };
        paint_lock(canvas.painter(), rect.center(), is_locked, color);
    }
    canvas.place(Item::new(Part::Lock(knob), Place::Rect(rect)).rank(2), || {
        Description {
            name: format!("lock {}", session.blueprint().knob_words(knob)),
            is_button: true,
            is_selected: Some(is_locked),
            ..Description::default()
        }
    });
}

/// A line of text that ends with … where the room ends.
fn cut(text: String, font: egui::FontId, color: egui::Color32, room: f32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::simple_singleline(text, font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(8.0));
    job
}

/// A padlock, closed or open.
fn paint_lock(painter: &egui::Painter, center: egui::Pos2, is_closed: bool, color: egui::Color32) {
    let body = Rect::from_center_size(center + vec2(0.0, 2.5), vec2(9.0, 7.0));
    painter.rect_filled(body, 1.5, color);
    let (left, right, top) = (center.x - 2.8, center.x + 2.8, center.y - 5.0);
    let open_side = if is_closed { body.top() } else { top + 2.5 };
    let shackle = vec![
        pos2(left, body.top()),
        pos2(left, top + 1.8),
        pos2(left + 1.8, top),
        pos2(right - 1.8, top),
        pos2(right, top + 1.8),
        pos2(right, open_side),
    ];
    painter.add(egui::Shape::line(shackle, egui::Stroke::new(1.5, color)));
}

/// The title of a layer.
fn layer_title(scene: &Scene<'_>, layer: usize) -> String {
    let last = scene.session.blueprint().last_layer();
    if layer == last {
        format!("Layer {}, the output", layer + 1)
    } else {
        format!("Layer {}, hidden", layer + 1)
    }
}
