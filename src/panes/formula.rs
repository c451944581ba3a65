//! The selected neuron's sum: in symbols, then with its numbers, term by term, and what the activation makes of it.
//!
//! | file | what |
//! | --- | --- |
//! | [`coupling`] | what a softmax does to its layer |
//! | [`geometry`] | columns and lines |
//! | [`paint`] | the sum in symbols, and the result |
//! | [`table`] | one row a term |
//! | [`words`] | what an activation does |

pub mod coupling;
pub mod geometry;
pub mod paint;
pub mod table;
pub mod words;

use egui::{IdSalt, Painter, Rect, ScrollArea, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, Elements};
use neurodial_core::insight::Formula;
use neurodial_core::network::{Knob, KnobKind};
use neurodial_core::session::Adjustable;

use super::plate::SizeHint;
use super::{Pane, PaneContext};
use geometry::FormulaLayout;
use paint::{FormulaLines, FormulaResult};
use table::TermTable;

/// The room for the bar of a list that scrolls, in points.
const SCROLL_BAR_WIDTH: f32 = 8.0;

/// What stands over the pane.
pub fn heading(context: &PaneContext<'_>) -> String {
    let at = context.session.view().selected;
    let words = context.session.architecture().describe_neuron(at);
    // A name is left as its person wrote it.
    match words.strip_prefix("neuron ") {
        Some(rest) => format!("Neuron {rest}, in numbers"),
        None => format!("{words}, in numbers"),
    }
}

/// The height on paper in a pane of `width` points: every term has its row.
pub fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    let formula = context.insight.formula();
    let symbolic = FormulaLines::from_formula(painter, context, formula, width);
    let result = FormulaResult::new(painter, context, formula, width);
    layout(&symbolic, formula, &result).height()
}

/// The width on paper in points: a row of the table has room in type that can be read.
pub fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    let formula = context.insight.formula();
    let result = FormulaResult::new(painter, context, formula, f32::INFINITY).min_width(painter);
    let min_width = result.max(TermTable::min_print_width(painter, context, formula));
    SizeHint::new(min_width, (1.2 * min_width).max(200.0))
}

fn layout(symbolic: &FormulaLines, formula: &Formula, result: &FormulaResult) -> FormulaLayout {
    FormulaLayout {
        rows_top: symbolic.height() + 8.0,
        row_count: formula.terms.len() + 1,
        result_height: result.height(),
        is_result_sticky: !result.has_table(),
    }
}

/// Draws the pane.
pub fn formula_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let canvas_id = Pane::Formula.canvas_id();
    let insight = context.insight;
    let formula = insight.formula();
    let rect = ui.available_rect_before_wrap();
    let width = rect.width();
    if width < 20.0 || rect.height() < 8.0 {
        return;
    }
    let symbolic = FormulaLines::from_formula(ui.painter(), context, formula, width);
    let result = FormulaResult::new(ui.painter(), context, formula, width);
    let layout = layout(&symbolic, formula, &result);
    validate_focus(elements, formula);
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("terms");
    if let Some((id, Element::Term(knob))) = elements.focus_request
        && id == canvas_id
        && let Some(row) = row_of_knob(formula, knob)
    {
        let state_id = ui.make_persistent_id(IdSalt::new("terms"));
        let state = egui::scroll_area::State::load(ui.ctx(), state_id);
        let offset = state.map_or(0.0, |state| state.unclamped_offset().y);
        if let Some(offset) = layout.scroll_offset_for(row, offset, rect.height()) {
            area = area.vertical_scroll_offset(offset);
        }
    }
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(layout.height());
        let origin = ui.max_rect().left_top();
        let visible = Rect::from_min_size(origin + viewport.min.to_vec2(), rect.size());
        let mut canvas = Canvas::new(ui, elements, visible, canvas_id);
        let result_top = origin.y + layout.result_top(viewport.top(), rect.height());
        // The scroll bar lies over the right edge.
        let bar_width = if layout.height() > rect.height() {
            SCROLL_BAR_WIDTH
        } else {
            0.0
        };
        let right = visible.right() - bar_width;
        symbolic.paint_ui(&mut canvas, context, origin);
        let table = Rect::from_x_y_ranges(visible.left()..=right, origin.y + layout.rows_top..=result_top);
        TermTable::new(&canvas, context, formula, table).rows_ui(&mut canvas, context, visible);
        let background = Rect::from_min_size(pos2(visible.left(), result_top), vec2(width - bar_width, layout.result_height));
        result.paint_ui(&mut canvas, context, formula, background);
    });
}

/// The row of a knob, if it is one of the neuron's.
fn row_of_knob(formula: &Formula, knob: Knob) -> Option<usize> {
    if (knob.layer, knob.neuron) != (formula.at.layer, formula.at.neuron) {
        return None;
    }
    match knob.kind {
        KnobKind::Weight { input } => (input < formula.terms.len()).then_some(input),
        KnobKind::Bias => Some(formula.terms.len()),
    }
}

/// The focus belongs to a term of this neuron; a number that was typed gives it back to its term.
fn validate_focus(elements: &mut Elements, formula: &Formula) {
    let canvas_id = Pane::Formula.canvas_id();
    if let Some(current) = elements.tab_stop(canvas_id)
        && !matches!(current.element, Element::Term(knob) if row_of_knob(formula, knob).is_some())
    {
        elements.remove_tab_stop(canvas_id);
    }
    if let Some((id, Element::Adjustable(target))) = elements.focus_request
        && id == canvas_id
    {
        let knob = match target {
            Adjustable::Knob(knob) => Some(knob),
            Adjustable::Input(input) => formula.terms.get(input).map(|term| term.knob),
        };
        elements.focus_request = knob.map(|knob| (canvas_id, Element::Term(knob)));
    }
}
