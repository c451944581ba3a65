//! The Knobs pane: every weight and bias as a list of sliders, as a matrix of dials, or as a heat map. Only
//! what is in view is laid out.
//!
//! | file | content |
//! | --- | --- |
//! | [`layout_buttons`] | the buttons that choose the layout of the knobs |
//! | [`list`] | a list with one slider per row |
//! | [`dials`] | round dials in the form of the weight matrix |
//! | [`heat_map`] | the weight matrix as colored cells |
//! | [`matrix`] | the positions of rows and columns of such a matrix |
//! | [`annotations`] | the annotations of each knob besides its value: profile, switch point, sensitivity |
//! | [`legend`] | the legend of the colors |
//! | [`matrix_view`] | a matrix in a view that scrolls both ways |
//! | [`list_rows`], [`list_scroll`] | the row of each knob in the list, and the rows in view |

pub(crate) mod annotations;
pub(crate) mod dials;
pub(crate) mod heat_map;
pub(crate) mod layout_buttons;
pub(crate) mod legend;
pub(crate) mod list;
pub(crate) mod list_rows;
pub(crate) mod list_scroll;
pub(crate) mod matrix;
pub(crate) mod matrix_view;

use egui::{Painter, Rect, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, HitShape, Placement};
use crate::widgets::truncated_text;
use neurodial_core::network::Knob;
use neurodial_core::session::{Adjustable, KnobLayout};

use super::{Pane, PaneContext, SizeHint};
use list_rows::KnobListRows;

/// The error for a list of knobs with more rows than a figure can hold.
#[derive(Debug, thiserror::Error)]
#[error("the list of knobs has {0} rows, which is more than a figure can hold; choose another pane")]
pub struct TooManyRowsError(usize);

/// Returns the height in a figure of this width, both in points. A figure shows every knob.
///
/// # Errors
/// Returns an error if the list has more rows than a figure can hold.
pub(crate) fn print_height(
    painter: &Painter,
    context: &PaneContext<'_>,
    width: f32,
) -> Result<f32, TooManyRowsError> {
    match context.knob_layout() {
        KnobLayout::List => list_height(context),
        KnobLayout::Desk => Ok(dials::print_height(painter, context, width)),
        KnobLayout::HeatMap => Ok(heat_map::sizes::print_height(painter, context, width)),
    }
}

/// Returns the width in a figure, in points.
pub(crate) fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    match context.knob_layout() {
        KnobLayout::List => SizeHint::new(170.0, 210.0),
        KnobLayout::Desk => SizeHint::fixed(dials::print_width(painter, context)),
        KnobLayout::HeatMap => SizeHint::new(130.0, 210.0),
    }
}

fn list_height(context: &PaneContext<'_>) -> Result<f32, TooManyRowsError> {
    const MAX_ROWS: usize = 2_000;
    /// The gap below the legend, in points; the style has the same gap between any two widgets.
    const LEGEND_GAP: f32 = 6.0;
    let rows = KnobListRows::new(context.session.architecture()).count();
    if rows > MAX_ROWS {
        return Err(TooManyRowsError(rows));
    }
    let legend = if annotations::shows_profiles(context) {
        legend::HEIGHT + LEGEND_GAP
    } else {
        0.0
    };
    Ok(legend + rows as f32 * list::ROW_HEIGHT.start())
}

/// Draws the pane.
pub(crate) fn knobs_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let architecture = context.session.architecture();
    let canvas_id = Pane::Knobs.canvas_id();
    if let Some(current) = elements.tab_stop(canvas_id)
        && !matches!(current.element, Element::Adjustable(Adjustable::Knob(knob)) if architecture.contains(knob))
    {
        elements.remove_tab_stop(canvas_id);
    }
    match context.knob_layout() {
        KnobLayout::List => list::list_ui(ui, context, elements),
        KnobLayout::Desk => dials::dials_ui(ui, context, elements),
        KnobLayout::HeatMap => heat_map::heat_map_ui(ui, context, elements),
    }
}

/// Returns the knob that is to get the focus and be scrolled into view, if it belongs to this pane.
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

/// Returns the accessible description of a knob, the same in every layout.
fn knob_description(context: &PaneContext<'_>, knob: Knob) -> ElementInfo {
    let document = context.session.document();
    let target = Adjustable::Knob(knob);
    let value = document.value(target).unwrap_or(0.0);
    ElementInfo {
        name: context.session.architecture().describe_knob(knob),
        value: Some(context.format_number(value)),
        description: Some(annotations::sensitivity_text(
            context.session,
            context.insight,
            target,
        )),
        numeric_value: Some((value, document.range(target))),
        is_disabled: document.is_locked(target),
        ..ElementInfo::default()
    }
}

/// Draws the lock of a knob in the middle of `rect`, if the knob is locked or highlighted.
fn lock_ui(canvas: &mut Canvas<'_>, context: &PaneContext<'_>, rect: Rect, knob: Knob, is_highlighted: bool) {
    let PaneContext { theme, session, .. } = *context;
    let is_locked = session.document().locked.contains(&knob);
    if is_locked || is_highlighted {
        let color = if is_locked { theme.text } else { theme.faint_text };
        paint_lock(canvas.painter(), rect.center(), is_locked, color);
    }
    canvas.place(
        Placement::new(Element::Lock(knob), HitShape::Rect(rect)).rank(2),
        || ElementInfo {
            name: format!("lock {}", session.architecture().describe_knob(knob)),
            is_button: true,
            is_selected: Some(is_locked),
            ..ElementInfo::default()
        },
    );
}

/// Paints a padlock, closed or open.
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

/// Returns the title of a layer, counted from 1.
fn layer_title(context: &PaneContext<'_>, layer: usize) -> String {
    let last = context.session.architecture().last_layer();
    if layer == last {
        format!("Layer {}, the output", layer + 1)
    } else {
        format!("Layer {}, hidden", layer + 1)
    }
}
