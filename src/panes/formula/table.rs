//! One row a term: symbols, numbers that can be turned and typed, and the product.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Item, Part, Place};
use neurodial_core::insight::{Formula, FormulaTerm};
use crate::look::type_scale;
use neurodial_core::network::{Knob, NeuronAt, Term};
use crate::panes::Scene;
use crate::panes::number_entry::number_entry;
use neurodial_core::session::Target;
use crate::widgets::maths::Piece;

use super::geometry::{Columns, ROW};

/// How much lower than beside a slider symbols stand, so that they share the base line of the numbers, in points.
const SYMBOL_DROP: f32 = 2.0;

/// One row a term, and one for the bias.
pub struct Table<'a> {
    formula: &'a Formula,
    rect: Rect,
    columns: Columns,
    has_short_symbols: bool,
    font: FontId,
}

/// Beside the columns, in points.
const AROUND: f32 = 8.0;

/// The widths of the weights, of what comes in and of the products at full size, in points.
fn widths(painter: &Painter, scene: &Scene<'_>, formula: &Formula) -> [f32; 3] {
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
    [weight, source, product]
}

impl<'a> Table<'a> {
    /// Chooses the columns.
    pub fn new(canvas: &Canvas<'_>, scene: &Scene<'_>, formula: &'a Formula, rect: Rect) -> Self {
        let painter = canvas.painter();
        let [weight, source, product] = widths(painter, scene, formula);
        let room = rect.width() - AROUND;
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

    /// Its least width on paper, in points.
    pub fn least_width(painter: &Painter, scene: &Scene<'_>, formula: &Formula) -> f32 {
        let [weight, source, product] = widths(painter, scene, formula);
        Columns::least_width(weight, source, product) + AROUND
    }

    /// Draws the rows in view.
    pub fn rows_ui(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, visible: Rect) {
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
        canvas.begin(part);
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
                value: Some(neurodial_core::words::fixed(addend, session.view().decimals)),
                number: document
                    .value(target)
                    .map(|value| (value, document.range(target))),
                is_disabled: document.is_locked(target),
                ..Description::default()
            }
        });
        let origin = pos2(rect.left() + 4.0, rect.center().y);
        if self.columns.has_symbols || term.is_none() {
            let is_short = self.has_short_symbols;
            let symbols = term_symbols(canvas.painter(), scene, self.formula.at.layer, knob, is_short);
            symbols.paint_centered(canvas.painter(), origin.x, origin.y + SYMBOL_DROP);
        }
        match term {
            Some(term) => self.term_ui(canvas, scene, origin, term),
            None => self.entry_ui(canvas, scene, origin, self.columns.product, knob.into()),
        }
        let step = scene
            .session
            .view()
            .step
            .filter(|step| step.at() == self.formula.at);
        if step.is_some_and(|step| row > step.term) {
            // It is added later.
            let veil = look.card.gamma_multiply(0.7);
            canvas.painter().rect_filled(rect, 0.0, veil);
        }
        canvas.end();
    }

    /// `weight × source = product`; `origin` is the middle of the row's left end.
    fn term_ui(&self, canvas: &mut Canvas<'_>, scene: &mut Scene<'_>, origin: Pos2, term: &FormulaTerm) {
        const CENTER: Align2 = Align2::CENTER_CENTER;
        const RIGHT: Align2 = Align2::RIGHT_CENTER;
        let look = scene.look;
        let columns = &self.columns;
        self.entry_ui(canvas, scene, origin, columns.weight, term.knob.into());
        if self.formula.at.layer == 0 {
            self.entry_ui(canvas, scene, origin, columns.source, Target::Input(term.input));
        }
        let painter = canvas.painter();
        let text = |x: f32, align: Align2, text: &str, color: Color32| {
            painter.text(origin + vec2(x, 0.0), align, text, self.font.clone(), color)
        };
        text(columns.times, CENTER, "×", look.ink_soft);
        text(columns.equals, CENTER, "=", look.ink_soft);
        text(
            columns.product[1],
            RIGHT,
            &scene.number(term.product),
            look.sign(term.product),
        );
        let source = scene.number(term.source);
        if source.starts_with('−') {
            // A negative number that follows an operator.
            let galley = painter.layout_no_wrap(source.clone(), self.font.clone(), look.ink);
            let start = columns.source[1] - galley.size().x;
            text(start - 1.0, RIGHT, "(", look.ink_soft);
            text(columns.source[1] + 1.0, Align2::LEFT_CENTER, ")", look.ink_soft);
        }
        if self.formula.at.layer > 0 {
            text(columns.source[1], RIGHT, &source, look.ink);
        }
    }

    /// A number that can be turned and typed, in a column.
    fn entry_ui(
        &self,
        canvas: &mut Canvas<'_>,
        scene: &mut Scene<'_>,
        origin: Pos2,
        [from, to]: [f32; 2],
        target: Target,
    ) {
        const HALF: f32 = 10.0;
        // The number's own margin is within the column's.
        let x_range = origin.x + from - 2.0..=origin.x + to + 2.0;
        let rect = Rect::from_x_y_ranges(x_range, origin.y - HALF..=origin.y + HALF);
        number_entry(
            canvas,
            scene,
            target,
            rect,
            self.font.clone(),
            Align2::RIGHT_CENTER,
        );
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
