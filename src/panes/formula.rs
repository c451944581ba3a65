//! The selected neuron's sum: in symbols, then with its numbers, term by term, and what the activation makes of it.
//!
//! | file | what |
//! | --- | --- |
//! | [`geometry`] | columns and lines |
//! | [`paint`] | the sum in symbols, and the result |
//! | [`words`] | what an activation does |

pub mod geometry;
pub mod paint;
pub mod words;

use egui::{Align2, FontId, IdSalt, Painter, Rect, ScrollArea, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Item, Part, Place, Stage};
use crate::insight::Formula;
use crate::look::type_scale;
use crate::network::{Knob, NeuronAt, Term};
use crate::session::Target;
use crate::widgets::maths::Piece;

use super::number_entry::number_entry;
use super::{Pane, Scene};
use geometry::Columns;
use paint::{Lines, Outcome};

/// The height of a row of the table, in points.
const ROW: f32 = 25.0;
/// With fewer rows than this in view beside it, the result scrolls with them.
const LEAST_ROWS: f32 = 2.0;
/// The room for the bar of a list that scrolls, in points.
const SCROLL_BAR: f32 = 8.0;
/// How much lower than beside a slider symbols stand, so that they share the base line of the numbers, in points.
const SYMBOL_DROP: f32 = 2.0;

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
    let layout = Layout {
        rows_top: symbolic.height() + 8.0,
        rows: formula.terms.len() + 1,
        result: result.height(),
    };
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

/// The heights of the parts of the pane, in points from its top.
#[derive(Debug, Clone, Copy)]
struct Layout {
    rows_top: f32,
    rows: usize,
    result: f32,
}

impl Layout {
    fn rows_bottom(self) -> f32 {
        self.rows_top + self.rows as f32 * ROW
    }

    fn height(self) -> f32 {
        self.rows_bottom() + self.result
    }

    /// Where the result is: under the rows, or at the bottom of the view while there are more of them.
    fn result_top(self, offset: f32, view: f32) -> f32 {
        let natural = self.rows_bottom();
        if view < self.result + LEAST_ROWS * ROW {
            return natural;
        }
        natural.min(offset + view - self.result)
    }

    /// How far to scroll so that a row is seen, if it is not.
    fn offset_for(self, row: usize, offset: f32, view: f32) -> Option<f32> {
        let top = self.rows_top + row as f32 * ROW;
        let bottom = self.result_top(offset, view).min(offset + view);
        if top < offset {
            Some(if row == 0 { 0.0 } else { (top - ROW).max(0.0) })
        } else if top + ROW > bottom {
            Some(offset + top + ROW - bottom)
        } else {
            None
        }
    }
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

/// The knob of a row; `None` past the end.
fn knob_of(formula: &Formula, row: usize) -> Option<Knob> {
    let NeuronAt { layer, neuron } = formula.at;
    match formula.terms.get(row) {
        Some(term) => Some(term.knob),
        None => (row == formula.terms.len()).then(|| Knob::bias(layer, neuron)),
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

/// One row a term, and one for the bias.
struct Table<'a> {
    formula: &'a Formula,
    rect: Rect,
    columns: Columns,
    has_short_symbols: bool,
    font: FontId,
}

impl<'a> Table<'a> {
    fn new(canvas: &Canvas<'_>, scene: &Scene<'_>, formula: &'a Formula, rect: Rect) -> Self {
        let painter = canvas.painter();
        let digit = painter
            .layout_no_wrap("0".to_owned(), type_scale::number(), scene.look.ink)
            .size()
            .x;
        // Wide enough for the longest number of any row in steps of whole digits, so that nothing jitters.
        let characters = |value: f64| scene.number(value).chars().count();
        let shown = |values: &mut dyn Iterator<Item = f64>| -> f32 {
            let least = scene.session.view().decimals + 3;
            let most = values.map(characters).fold(least, usize::max);
            most as f32 * digit
        };
        // Looking at more rows than are ever in view together would cost time in a wide layer.
        const LOOKED_AT: usize = 64;
        let terms = || formula.terms.iter().take(LOOKED_AT);
        let weight = shown(&mut terms().map(|term| term.weight));
        let source = shown(&mut terms().map(|term| term.source));
        let product = shown(&mut terms().map(|term| term.product).chain([formula.bias]));
        let room = rect.width() - 8.0;
        let symbol = |is_short: bool| {
            formula.terms.last().map_or(0.0, |term| {
                let piece = term_symbols(painter, scene, formula.at.layer, term.knob, is_short);
                piece.width + 10.0
            })
        };
        // The symbol of the product, else that of the weight, else none.
        let full = Columns::new(room, symbol(false), weight, source, product);
        let has_short_symbols = !full.has_symbols;
        let columns = if has_short_symbols {
            Columns::new(room, symbol(true), weight, source, product)
        } else {
            full
        };
        let number = type_scale::number();
        Self {
            formula,
            rect,
            columns,
            has_short_symbols,
            font: FontId::new(number.size * columns.scale, number.family),
        }
    }

    fn rows_ui(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, visible: Rect) {
        let table = self.rect.intersect(visible);
        let first = ((table.top() - self.rect.top()) / ROW).floor().max(0.0) as usize;
        let mut row = first;
        while let Some(knob) = knob_of(self.formula, row) {
            let top = self.rect.top() + row as f32 * ROW;
            if top >= table.bottom() {
                break;
            }
            let rect = Rect::from_x_y_ranges(table.x_range(), top..=top + ROW);
            self.row_ui(canvas, scene, rect, row, knob);
            row += 1;
        }
    }

    fn row_ui(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, rect: Rect, row: usize, knob: Knob) {
        let look = scene.look;
        let part = Part::Term(knob);
        if canvas.is_lit(part) || scene.session.view().held == Some(Target::Knob(knob)) {
            let ground = rect.shrink2(vec2(0.0, 1.0));
            let tint = look.tint(scene.identity(self.formula.at));
            canvas.painter().rect_filled(ground, 4.0, tint);
        }
        let links = FocusLinks {
            before: row
                .checked_sub(1)
                .and_then(|row| knob_of(self.formula, row))
                .map(Part::Term),
            after: knob_of(self.formula, row + 1).map(Part::Term),
        };
        // Under the result a row is out of reach.
        let reachable = rect.intersect(self.rect);
        let item = Item::new(part, Place::Rect(reachable)).rank(1).focusable(links);
        let term = self.formula.terms.get(row);
        let addend = term.map_or(self.formula.bias, |term| term.product);
        let session = scene.session;
        canvas.place(item, || {
            let blueprint = session.blueprint();
            let document = session.document();
            let name = match term {
                Some(_) => format!("term of the {}", blueprint.knob_words(knob)),
                None => blueprint.knob_words(knob),
            };
            let target = Target::Knob(knob);
            Description {
                name: format!("{name}, in the sum"),
                value: Some(crate::words::fixed(addend, session.view().decimals)),
                number: document
                    .value(target)
                    .map(|value| (value, document.range(target))),
                is_disabled: document.is_locked(target),
                ..Description::default()
            }
        });
        let left = rect.left() + 4.0;
        let middle = rect.center().y;
        let at = |[from, to]: [f32; 2]| {
            Rect::from_x_y_ranges(left + from - 2.0..=left + to + 2.0, middle - 10.0..=middle + 10.0)
        };
        if self.columns.has_symbols || term.is_none() {
            let is_short = self.has_short_symbols;
            let symbols = term_symbols(canvas.painter(), scene, self.formula.at.layer, knob, is_short);
            symbols.paint_centered(canvas.painter(), left, middle + SYMBOL_DROP);
        }
        let align = Align2::RIGHT_CENTER;
        let Some(term) = term else {
            number_entry(
                canvas,
                scene,
                knob.into(),
                at(self.columns.product),
                self.font.clone(),
                align,
            );
            return;
        };
        number_entry(
            canvas,
            scene,
            knob.into(),
            at(self.columns.weight),
            self.font.clone(),
            align,
        );
        let text = |canvas: &Canvas<'_>, x: f32, align: Align2, text: &str, color: egui::Color32| {
            let pos = pos2(left + x, middle);
            canvas.painter().text(pos, align, text, self.font.clone(), color)
        };
        text(
            canvas,
            self.columns.times,
            Align2::CENTER_CENTER,
            "×",
            look.ink_soft,
        );
        let source = at(self.columns.source);
        if self.formula.at.layer == 0 {
            number_entry(
                canvas,
                scene,
                Target::Input(term.input),
                source,
                self.font.clone(),
                align,
            );
        } else {
            text(
                canvas,
                self.columns.source[1],
                align,
                &scene.number(term.source),
                look.ink,
            );
        }
        if term.source < 0.0 {
            let number = scene.number(term.source);
            let size = canvas
                .painter()
                .layout_no_wrap(number, self.font.clone(), look.ink_soft)
                .size();
            text(
                canvas,
                self.columns.source[1] - size.x - 1.0,
                Align2::RIGHT_CENTER,
                "(",
                look.ink_soft,
            );
            text(
                canvas,
                self.columns.source[1] + 1.0,
                Align2::LEFT_CENTER,
                ")",
                look.ink_soft,
            );
        }
        text(
            canvas,
            self.columns.equals,
            Align2::CENTER_CENTER,
            "=",
            look.ink_soft,
        );
        let product = scene.number(term.product);
        text(
            canvas,
            self.columns.product[1],
            align,
            &product,
            look.sign(term.product),
        );
    }
}

/// `w₂₁·x₁`, or only `w₂₁` if it shall be short, or `b₂`: the weight in the colour of its sign.
fn term_symbols(painter: &Painter, scene: &Scene<'_>, layer: usize, knob: Knob, is_short: bool) -> Piece {
    let look = scene.look;
    let blueprint = scene.session.blueprint();
    let Term::Weight { input } = knob.term else {
        return Piece::symbol(painter, &blueprint.symbol(knob), 1.0, look.ink);
    };
    let value = scene.session.document().value(knob.into()).unwrap_or(0.0);
    let weight = Piece::symbol(painter, &blueprint.symbol(knob), 1.0, look.sign(value));
    if is_short {
        return weight;
    }
    Piece::row([
        weight,
        Piece::space(1.5),
        Piece::text(painter, "·", type_scale::maths_upright(), look.ink_soft),
        Piece::space(1.0),
        Piece::symbol(
            painter,
            &blueprint.source_symbol(layer, input),
            1.0,
            look.ink_soft,
        ),
    ])
}
