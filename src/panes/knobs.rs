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

use crate::canvas::{Canvas, ElementInfo, Placement, Element, HitShape, Elements};
use neurodial_core::network::Knob;
use neurodial_core::session::{KnobLayout, Adjustable};

use super::plate::{FigurePageError, SizeHint};
use super::{Pane, PaneContext};
use rows::KnobListRows;

/// The height on paper, where every knob has its place, in points.
///
/// # Errors
/// If there are more rows than a figure can hold, or more dials side by side than there is room for.
pub fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> Result<f32, FigurePageError> {
    match context.knob_layout() {
        KnobLayout::List => list_height(context),
        KnobLayout::Desk => Ok(desk::print_height(painter, context, width)),
        KnobLayout::HeatMap => Ok(heat::form::print_height(painter, context, width)),
    }
}

/// The width on paper, in points.
pub fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    match context.knob_layout() {
        KnobLayout::List => SizeHint::new(170.0, 210.0),
        KnobLayout::Desk => SizeHint::fixed(desk::print_width(painter, context)),
        KnobLayout::HeatMap => SizeHint::new(130.0, 210.0),
    }
}

fn list_height(context: &PaneContext<'_>) -> Result<f32, FigurePageError> {
    const MAX_ROWS: usize = 2_000;
    /// As the style has it between any two things, in points.
    const LEGEND_GAP: f32 = 6.0;
    let rows = KnobListRows::new(context.session.architecture()).count();
    if rows > MAX_ROWS {
        return Err(FigurePageError::TooManyRows(rows));
    }
    let legend = if told::shows_profiles(context) {
        legend::HEIGHT + LEGEND_GAP
    } else {
        0.0
    };
    Ok(legend + rows as f32 * list::ROW_HEIGHT.start())
}

/// Draws the pane.
pub fn knobs_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let architecture = context.session.architecture();
    let canvas_id = Pane::Knobs.canvas_id();
    if let Some(current) = elements.tab_stop(canvas_id)
        && !matches!(current.element, Element::Adjustable(Adjustable::Knob(knob)) if architecture.contains(knob))
    {
        elements.remove_tab_stop(canvas_id);
    }
    match context.knob_layout() {
        KnobLayout::List => list::list_ui(ui, context, elements),
        KnobLayout::Desk => desk::dials_ui(ui, context, elements),
        KnobLayout::HeatMap => heat::heat_map_ui(ui, context, elements),
    }
}

/// The knob that shall have the focus and be in view, if it is one of this pane.
fn knob_to_focus(context: &PaneContext<'_>, elements: &Elements) -> Option<Knob> {
    match elements.focus_request {
        Some((id, Element::Adjustable(Adjustable::Knob(knob))))
            if id == Pane::Knobs.canvas_id() && context.session.architecture().contains(knob) =>
        {
            Some(knob)
        }
        _ => None,
    }
}

/// What a screen reader says of a knob, whatever it looks like.
fn knob_description(context: &PaneContext<'_>, knob: Knob) -> ElementInfo {
    let document = context.session.document();
    let target = Adjustable::Knob(knob);
    let value = document.value(target).unwrap_or(0.0);
    ElementInfo {
        name: context.session.architecture().describe_knob(knob),
        value: Some(context.format_number(value)),
        description: Some(told::sensitivity_text(context.session, context.insight, target)),
        numeric_value: Some((value, document.range(target))),
        is_disabled: document.is_locked(target),
        ..ElementInfo::default()
    }
}

/// The lock of a knob in the middle of `rect`: there when it is closed, or when the knob is lit.
fn lock_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>, rect: Rect, knob: Knob, is_highlighted: bool) {
    let PaneContext { theme, session, .. } = *context;
    let is_locked = session.document().locked.contains(&knob);
    if is_locked || is_highlighted {
        let color = if is_locked { theme.text } else { theme.faint_text };
        paint_lock(canvas.painter(), rect.center(), is_locked, color);
    }
    canvas.place(Placement::new(Element::Lock(knob), HitShape::Rect(rect)).rank(2), || {
        ElementInfo {
            name: format!("lock {}", session.architecture().describe_knob(knob)),
            is_button: true,
            is_selected: Some(is_locked),
            ..ElementInfo::default()
        }
    });
}

/// A line of text that ends with … where the room ends.
fn truncated_text(text: String, font: egui::FontId, color: egui::Color32, max_width: f32) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::simple_singleline(text, font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(max_width.max(8.0));
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
fn layer_title(context: &PaneContext<'_>, layer: usize) -> String {
    let last = context.session.architecture().last_layer();
    if layer == last {
        format!("Layer {}, the output", layer + 1)
    } else {
        format!("Layer {}, hidden", layer + 1)
    }
}
