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

use crate::canvas::{Canvas, Part, Stage};
use neurodial_core::insight::Formula;
use neurodial_core::network::{Knob, Term};
use neurodial_core::session::Target;

use super::plate::Side;
use super::{Pane, Scene};
use geometry::Layout;
use paint::{Lines, Outcome};
use table::Table;

/// The room for the bar of a list that scrolls, in points.
const SCROLL_BAR: f32 = 8.0;

/// What stands over the pane.
pub fn heading(scene: &Scene<'_>) -> String {
    let at = scene.session.view().selected;
    let words = scene.session.blueprint().neuron_words(at);
    // A name is left as its person wrote it.
    match words.strip_prefix("neuron ") {
        Some(rest) => format!("Neuron {rest}, in numbers"),
        None => format!("{words}, in numbers"),
    }
}

/// The height on paper in a pane of `width` points: every term has its row.
pub fn paper_height(painter: &Painter, scene: &Scene<'_>, width: f32) -> f32 {
    let formula = scene.insight.formula();
    let symbolic = Lines::of_sum(painter, scene, formula, width);
    let result = Outcome::new(painter, scene, formula, width);
    layout(&symbolic, formula, &result).height()
}

/// The width on paper in points: a row of the table has room in type that can be read.
pub fn paper_width(painter: &Painter, scene: &Scene<'_>) -> Side {
    let formula = scene.insight.formula();
    let result = Outcome::new(painter, scene, formula, f32::INFINITY).least_width(painter);
    let least = result.max(Table::least_width(painter, scene, formula));
    Side::new(least, (1.2 * least).max(200.0))
}

fn layout(symbolic: &Lines, formula: &Formula, result: &Outcome) -> Layout {
    Layout {
        rows_top: symbolic.height() + 8.0,
        rows: formula.terms.len() + 1,
        result: result.height(),
        sticks: !result.has_table(),
    }
}

/// Draws the pane.
pub fn formula_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    let canvas_id = Pane::Formula.canvas_id();
    let insight = scene.insight;
    let formula = insight.formula();
    let rect = ui.available_rect_before_wrap();
    let width = rect.width();
    if width < 20.0 || rect.height() < 8.0 {
        return;
    }
    let symbolic = Lines::of_sum(ui.painter(), scene, formula, width);
    let result = Outcome::new(ui.painter(), scene, formula, width);
    let layout = layout(&symbolic, formula, &result);
    settle_focus(stage, formula);
    let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("terms");
    if let Some((id, Part::Term(knob))) = stage.wanted
        && id == canvas_id
        && let Some(row) = row_of(formula, knob)
    {
        let state_id = ui.make_persistent_id(IdSalt::new("terms"));
        let state = egui::scroll_area::State::load(ui.ctx(), state_id);
        let offset = state.map_or(0.0, |state| state.unclamped_offset().y);
        if let Some(offset) = layout.offset_for(row, offset, rect.height()) {
            area = area.vertical_scroll_offset(offset);
        }
    }
    area.show_viewport(ui, |ui, viewport| {
        ui.set_height(layout.height());
        let origin = ui.max_rect().left_top();
        let visible = Rect::from_min_size(origin + viewport.min.to_vec2(), rect.size());
        let mut canvas = Canvas::new(ui, stage, visible, canvas_id);
        let result_top = origin.y + layout.result_top(viewport.top(), rect.height());
        // The scroll bar lies over the right edge.
        let bar = if layout.height() > rect.height() {
            SCROLL_BAR
        } else {
            0.0
        };
        let right = visible.right() - bar;
        symbolic.paint_ui(&mut canvas, scene, origin);
        let table = Rect::from_x_y_ranges(visible.left()..=right, origin.y + layout.rows_top..=result_top);
        Table::new(&canvas, scene, formula, table).rows_ui(&mut canvas, scene, visible);
        let ground = Rect::from_min_size(pos2(visible.left(), result_top), vec2(width - bar, layout.result));
        result.paint_ui(&mut canvas, scene, formula, ground);
    });
}

/// The row of a knob, if it is one of the neuron's.
fn row_of(formula: &Formula, knob: Knob) -> Option<usize> {
    if (knob.layer, knob.neuron) != (formula.at.layer, formula.at.neuron) {
        return None;
    }
    match knob.term {
        Term::Weight { input } => (input < formula.terms.len()).then_some(input),
        Term::Bias => Some(formula.terms.len()),
    }
}

/// The focus belongs to a term of this neuron; a number that was typed gives it back to its term.
fn settle_focus(stage: &mut Stage, formula: &Formula) {
    let canvas_id = Pane::Formula.canvas_id();
    if let Some(current) = stage.current(canvas_id)
        && !matches!(current.part, Part::Term(knob) if row_of(formula, knob).is_some())
    {
        stage.forget_current(canvas_id);
    }
    if let Some((id, Part::Target(target))) = stage.wanted
        && id == canvas_id
    {
        let knob = match target {
            Target::Knob(knob) => Some(knob),
            Target::Input(input) => formula.terms.get(input).map(|term| term.knob),
        };
        stage.wanted = knob.map(|knob| (canvas_id, Part::Term(knob)));
    }
}
