//! The weighted sum of the selected neuron: in symbols, then product by product with its numbers, and the
//! output of the activation function.
//!
//! | module | content |
//! | --- | --- |
//! | [`geometry`] | the layout of the table and the pane |
//! | [`paint`] | the sum in symbols, and the result |
//! | [`softmax_table`] | the layer of a softmax: weighted sums, exponentials and probabilities |
//! | [`table`] | one row for each product and one for the bias |

pub(crate) mod geometry;
pub(crate) mod paint;
pub(crate) mod softmax_table;
pub(crate) mod table;

use egui::{Id, IdSalt, Painter, Rect, ScrollArea, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, Elements};
use neurodial_core::code::latex;
use neurodial_core::insight::Formula;
use neurodial_core::network::{Knob, KnobKind};
use neurodial_core::session::Adjustable;
use neurodial_core::text::Messages;

use super::context::PaneContext;
use super::pane_info::{LayoutRegion, PaneInfo, SizeHint, TextExport, TextPage};
use geometry::FormulaLayout;
use paint::{FormulaLines, FormulaResult};
use table::TermTable;

/// The properties of the pane.
pub(crate) static PANE: PaneInfo = PaneInfo {
    region: Some(LayoutRegion::RightTop),
    shortcut: Some(egui::Key::Num4),
    heading: Some(heading),
    text_export: Some(TextExport {
        extension: "tex",
        content: Messages::ENGLISH.formula_export(),
        to_text: latex_formula,
    }),
    print_width,
    print_height: |painter, context, width| Ok(SizeHint::fixed(print_height(painter, context, width))),
    ..PaneInfo::new(&["formula"], Messages::pane_formula, formula_ui)
};

/// The width reserved for the scroll bar, in points.
const SCROLL_BAR_WIDTH: f32 = 8.0;

/// Returns the heading of the pane.
pub(crate) fn heading(context: &PaneContext<'_>) -> String {
    let at = context.session.view().selected;
    let messages = context.messages;
    messages.formula_of(context.session.architecture().describe_neuron(at, messages))
}

/// Returns the height in a figure in a pane of `width` points: every product has a row.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    let formula = context.insight.formula();
    let symbolic = FormulaLines::from_formula(painter, context, formula, width);
    let result = FormulaResult::new(painter, context, formula, width);
    layout(&symbolic, formula, &result, geometry::ROW_HEIGHT).height()
}

/// Returns the minimum and preferred width in a figure, in points: a row of the table fits at a readable font
/// size.
pub(crate) fn print_width(painter: &Painter, context: &PaneContext<'_>) -> SizeHint {
    let formula = context.insight.formula();
    let result = FormulaResult::new(painter, context, formula, f32::INFINITY).min_width(painter);
    let min_width = result.max(TermTable::min_print_width(painter, context, formula));
    SizeHint::new(min_width, (1.2 * min_width).max(200.0))
}

/// Returns the formula as LaTeX.
fn latex_formula(context: &PaneContext<'_>, _: TextPage) -> String {
    let view = context.session.view();
    let network = &context.session.document().network;
    latex::formula(
        network,
        context.insight.forward_pass(),
        view.selected,
        view.decimals,
    )
}

/// Returns the layout of the pane, from the heights of its parts.
fn layout(
    symbolic: &FormulaLines,
    formula: &Formula,
    result: &FormulaResult,
    row_height: f32,
) -> FormulaLayout {
    FormulaLayout {
        rows_top: symbolic.height() + 8.0,
        row_count: formula.terms.len() + 1,
        result_height: result.height(),
        is_result_sticky: !result.has_table(),
        row_height,
    }
}

/// Draws the formula pane.
pub(crate) fn formula_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let canvas_id = context.canvas_id;
    let insight = context.insight;
    let formula = insight.formula();
    let rect = ui.available_rect_before_wrap();
    let width = rect.width();
    if width < 20.0 || rect.height() < 8.0 {
        return;
    }
    context.scale = content_scale(ui.painter(), context, formula, rect.size());
    let symbolic = FormulaLines::from_formula(ui.painter(), context, formula, width);
    let result = FormulaResult::new(ui.painter(), context, formula, width);
    // The scroll bar covers the right edge.
    let table = TermTable::new(ui.painter(), context, formula, width - SCROLL_BAR_WIDTH);
    let layout = layout(&symbolic, formula, &result, table.row_height(context.scale));
    let has_scroll_bar = layout.height() > rect.height();
    let table = match has_scroll_bar || table.is_stacked() {
        true => table,
        false => TermTable::new(ui.painter(), context, formula, width),
    };
    validate_focus(elements, canvas_id, formula);
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
        let bar_width = if has_scroll_bar { SCROLL_BAR_WIDTH } else { 0.0 };
        let right = visible.right() - bar_width;
        symbolic.paint_ui(&mut canvas, context, origin);
        let rows = Rect::from_x_y_ranges(visible.left()..=right, origin.y + layout.rows_top..=result_top);
        table.rows_ui(&mut canvas, context, rows, visible);
        // In a figure the result is below the products, not at the right end of the page.
        let result_width = match context.options {
            Some(_) => table.width().max(result.min_width(canvas.painter())),
            None => f32::INFINITY,
        };
        let background = Rect::from_min_size(
            pos2(visible.left(), result_top),
            vec2((width - bar_width).min(result_width), layout.result_height),
        );
        result.paint_ui(&mut canvas, context, formula, background);
    });
    context.scale = 1.0;
}

/// Returns the largest scale at which all of the formula is in view in a pane of this size in the window; at least 1.
fn content_scale(
    painter: &Painter,
    context: &mut PaneContext<'_>,
    formula: &Formula,
    size: egui::Vec2,
) -> f32 {
    const UNSCALED_SIZE: egui::Vec2 = vec2(310.0, 290.0);
    const MAX_SCALE: f32 = 2.5;
    const STEP: f32 = 0.15;
    if context.options.is_some() {
        return 1.0;
    }
    let mut scale = (size / UNSCALED_SIZE).min_elem().clamp(1.0, MAX_SCALE);
    while scale > 1.0 {
        context.scale = scale;
        let symbolic = FormulaLines::from_formula(painter, context, formula, size.x);
        let result = FormulaResult::new(painter, context, formula, size.x);
        let row_height = scale * geometry::ROW_HEIGHT;
        if layout(&symbolic, formula, &result, row_height).height() <= size.y {
            return scale;
        }
        scale -= STEP;
    }
    context.scale = 1.0;
    1.0
}

/// Returns the row of a knob, or `None` if the knob isn't one of the neuron's.
fn row_of_knob(formula: &Formula, knob: Knob) -> Option<usize> {
    if (knob.layer, knob.neuron) != (formula.at.layer, formula.at.neuron) {
        return None;
    }
    match knob.kind {
        KnobKind::Weight { input } => (input < formula.terms.len()).then_some(input),
        KnobKind::Bias => Some(formula.terms.len()),
    }
}

/// Keeps the focus on a row of this neuron: removes it from the knobs of other neurons, and moves it from a
/// typed number to the row of that number.
fn validate_focus(elements: &mut Elements, canvas_id: Id, formula: &Formula) {
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
            Adjustable::Hyperparameter(_) => None,
        };
        elements.focus_request = knob.map(|knob| (canvas_id, Element::Term(knob)));
    }
}
