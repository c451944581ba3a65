//! Where the numbers, the steps and the outputs stand.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::DECIMALS;
use super::bar::{self, THICKNESS as BAR};
use super::waterfall::Waterfall;
use crate::canvas::{Canvas, Description, Item, Part, Place, Stage};
use neurodial_core::insight::Formula;
use crate::look::{Look, type_scale};
use neurodial_core::network::{Blueprint, Knob};
use crate::panes::curves::geometry::Marks;
use crate::panes::formula::words::activation_words;
use crate::widgets::maths::Piece;
use neurodial_core::words::fixed;

/// The height of the formula on top and of the names of the columns, in points.
const HEAD: f32 = 88.0;
/// From one term to the next, in points.
const ROW: f32 = 18.0;
/// Between the rule under the terms and the sum, in points.
const SUM_ROW: f32 = 23.0;
/// From one neuron to the next, in points.
const GAP: f32 = 12.0;
/// What the numbers under the steps need, in points.
const FOOT: f32 = 24.0;
/// Where the columns are, in points: left ends of the symbols and of the steps; right ends of input, weight, product
/// and steps; the middle of the outputs.
const SYMBOLS: f32 = 16.0;
const INPUT: f32 = 113.0;
const WEIGHT: f32 = 174.0;
const PRODUCT: f32 = 235.0;
const STEPS: [f32; 2] = [248.0, 350.0];
const OUTPUT: f32 = 386.0;

/// Between two numbers of the axis at least, in points.
const TICKS: f32 = 24.0;

/// What is drawn, and where.
pub struct Sheet<'a> {
    look: &'a Look,
    blueprint: &'a Blueprint,
    formulas: &'a [Formula],
    falls: Vec<Waterfall>,
    /// The axis of the steps.
    marks: Marks,
    ends: [f64; 2],
}

/// What a row of numbers says.
struct Row {
    /// Its middle.
    y: f32,
    /// The product or the bias.
    value: f64,
    step: [f64; 2],
    color: Color32,
    /// How far below its middle what follows begins.
    next: f32,
}

impl<'a> Sheet<'a> {
    /// A sheet for the sums of one layer.
    pub fn new(look: &'a Look, blueprint: &'a Blueprint, formulas: &'a [Formula]) -> Self {
        let falls: Vec<Waterfall> = formulas.iter().map(Waterfall::of).collect();
        let reach = falls.iter().map(Waterfall::reach);
        let [least, most] = reach.fold([0.0, 0.0], |[a, b]: [f64; 2], [c, d]| [a.min(c), b.max(d)]);
        let step = Marks::new([least, most], STEPS[1] - STEPS[0], TICKS).step;
        let ends = [libm::floor(least / step) * step, libm::ceil(most / step) * step];
        Self {
            look,
            blueprint,
            formulas,
            falls,
            marks: Marks::new(ends, STEPS[1] - STEPS[0], TICKS),
            ends,
        }
    }

    fn block_height(&self, formula: &Formula) -> f32 {
        ROW * (formula.terms.len() + 1) as f32 + SUM_ROW
    }

    /// The height that it needs.
    pub fn height(&self) -> f32 {
        let blocks: f32 = self
            .formulas
            .iter()
            .map(|formula| self.block_height(formula))
            .sum();
        HEAD + blocks + GAP * (self.formulas.len() as f32 - 1.0) + FOOT
    }

    fn x(&self, value: f64) -> f32 {
        let share = (value - self.ends[0]) / (self.ends[1] - self.ends[0]);
        STEPS[0] + share as f32 * (STEPS[1] - STEPS[0])
    }

    /// Draws it into the whole of `ui`.
    pub fn show(&self, ui: &mut Ui) {
        let mut stage = Stage::of_figure();
        let rect = ui.max_rect();
        let mut canvas = Canvas::new(ui, &mut stage, rect, egui::Id::unique("output"));
        self.head(canvas.painter());
        self.axis(canvas.painter());
        let mut top = HEAD;
        for (formula, fall) in self.formulas.iter().zip(&self.falls) {
            self.block(&mut canvas, formula, fall, top);
            top += self.block_height(formula) + GAP;
        }
    }

    /// The formula, and what the columns are.
    fn head(&self, painter: &Painter) {
        let look = self.look;
        let strong = |text: &str| Piece::text(painter, text, type_scale::strong(), look.ink);
        let activation = self
            .formulas
            .first()
            .map_or_else(String::new, |formula| formula.activation.to_string());
        let row = Piece::row([
            strong("output"),
            strong("  =  "),
            strong(&activation),
            strong(" ( sum ( input × weight )  +  bias )"),
        ]);
        row.paint(painter, pos2(8.0, 18.0));
        bar::key(painter, self.look, 40.0);
        let column = |at: f32, align: Align2, words: &str| {
            let font = type_scale::small();
            painter.text(pos2(at, HEAD - 14.0), align, words, font, look.ink_soft);
        };
        column(INPUT, Align2::RIGHT_CENTER, "input");
        column(WEIGHT, Align2::RIGHT_CENTER, "weight");
        column(PRODUCT, Align2::RIGHT_CENTER, "product");
        let middle = 0.5 * (STEPS[0] + STEPS[1]);
        column(middle, Align2::CENTER_CENTER, "added up");
        column(OUTPUT, Align2::CENTER_CENTER, "output");
    }

    fn axis(&self, painter: &Painter) {
        let look = self.look;
        let ends = HEAD..=self.height() - FOOT + 4.0;
        for &value in &self.marks.values {
            let x = self.x(value);
            let stroke = if value == 0.0 {
                Stroke::new(1.25, look.axis)
            } else {
                Stroke::new(1.0, look.grid)
            };
            painter.vline(x, *ends.start()..=*ends.end(), stroke);
            let at = pos2(x, *ends.end() + 9.0);
            let text = self.marks.text(value);
            painter.text(
                at,
                Align2::CENTER_CENTER,
                text,
                type_scale::small(),
                look.ink_soft,
            );
        }
    }

    fn block(&self, canvas: &mut Canvas<'_>, formula: &Formula, fall: &Waterfall, top: f32) {
        let look = self.look;
        let color = look.identity(formula.at.neuron);
        let bottom = top + self.block_height(formula);
        let side = Rect::from_min_max(pos2(8.0, top + 2.0), pos2(11.0, bottom - 3.0));
        canvas.painter().rect_filled(side, 1.5, color);
        for (index, term) in formula.terms.iter().enumerate() {
            let row = Row {
                y: top + ROW * (index as f32 + 0.5),
                value: term.product,
                step: fall.steps[index],
                color: look.sign(term.product),
                next: ROW - BAR / 2.0,
            };
            let name = format!("product of {}", self.blueprint.knob_words(term.knob));
            self.row(canvas, Part::Term(term.knob), name, &row, |painter| {
                let source = self.blueprint.source_symbol(formula.at.layer, term.input);
                let pieces = [
                    Piece::symbol(painter, &source, 0.9, look.ink),
                    Piece::text(painter, " × ", type_scale::small(), look.ink_soft),
                    Piece::symbol(
                        painter,
                        &self.blueprint.symbol(term.knob),
                        0.9,
                        look.sign(term.weight),
                    ),
                ];
                Piece::row(pieces).paint_centered(painter, SYMBOLS, row.y);
                self.number(painter, INPUT, row.y, term.source, look.ink);
                self.sign(painter, 0.5 * (INPUT + WEIGHT - 47.0), row.y, "×");
                self.number(painter, WEIGHT, row.y, term.weight, look.sign(term.weight));
                self.sign(painter, 0.5 * (WEIGHT + PRODUCT - 47.0), row.y, "=");
            });
        }
        let count = formula.terms.len();
        let bias = Row {
            y: top + ROW * (count as f32 + 0.5),
            value: formula.bias,
            step: fall.steps[count],
            color: look.ink_soft,
            next: 0.5 * (ROW + SUM_ROW) + 1.0 - BAR / 2.0,
        };
        let knob = Knob::bias(formula.at.layer, formula.at.neuron);
        let name = self.blueprint.knob_words(knob);
        self.row(canvas, Part::Term(knob), name, &bias, |painter| {
            let symbol = Piece::symbol(painter, &self.blueprint.symbol(knob), 0.9, look.ink);
            symbol.paint_centered(painter, SYMBOLS, bias.y);
            let at = pos2(WEIGHT + 7.0, bias.y);
            painter.text(
                at,
                Align2::RIGHT_CENTER,
                "+ bias",
                type_scale::small(),
                look.ink_soft,
            );
        });
        self.sum(canvas, formula, bottom);
    }

    /// One term: what is special of it, its number, and its step with a line down to where the next begins.
    fn row(&self, canvas: &mut Canvas<'_>, part: Part, name: String, row: &Row, own: impl FnOnce(&Painter)) {
        canvas.begin(part);
        let painter = canvas.painter();
        own(painter);
        self.number(painter, PRODUCT, row.y, row.value, row.color);
        let [from, to] = row.step.map(|end| self.x(end));
        let bar = Rect::from_x_y_ranges(from.min(to)..=from.max(to), row.y - BAR / 2.0..=row.y + BAR / 2.0);
        painter.vline(
            to,
            row.y + BAR / 2.0..=row.y + row.next,
            Stroke::new(1.0, self.look.ink_soft),
        );
        bar::bar(painter, self.look, bar, row.color, row.value < 0.0);
        canvas.place(Item::new(part, Place::Rect(bar)), || {
            Description::of(name, fixed(row.value, DECIMALS))
        });
        canvas.end();
    }

    /// The sum under its rule, and what the activation makes of it.
    fn sum(&self, canvas: &mut Canvas<'_>, formula: &Formula, bottom: f32) {
        let look = self.look;
        let color = look.identity(formula.at.neuron);
        let part = Part::Neuron(formula.at);
        canvas.begin(part);
        let painter = canvas.painter();
        let rule = bottom - SUM_ROW + 1.5;
        painter.hline(SYMBOLS..=PRODUCT + 2.0, rule, Stroke::new(1.0, look.ink));
        let y = bottom - SUM_ROW / 2.0 + 1.5;
        let z = Piece::symbol(painter, &self.blueprint.z_symbol(formula.at), 1.0, color);
        z.paint_centered(painter, SYMBOLS, y);
        let at = pos2(WEIGHT + 7.0, y);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            "sum",
            type_scale::small(),
            look.ink_soft,
        );
        self.strong_number(painter, pos2(PRODUCT, y), formula.z, color);
        let (zero, end) = (self.x(0.0), self.x(formula.z));
        let bar = Rect::from_x_y_ranges(
            zero.min(end)..=zero.max(end),
            y - BAR / 2.0 - 0.5..=y + BAR / 2.0 + 0.5,
        );
        bar::bar(painter, self.look, bar, color, formula.z < 0.0);
        self.result(painter, formula, bottom, color);
        canvas.place(Item::new(part, Place::Rect(bar)), || {
            Description::of(
                self.blueprint.neuron_words(formula.at),
                fixed(formula.output, DECIMALS),
            )
        });
        canvas.end();
    }

    fn result(&self, painter: &Painter, formula: &Formula, bottom: f32, color: Color32) {
        let look = self.look;
        let middle = bottom - 0.5 * self.block_height(formula);
        let symbol = Piece::symbol(painter, &self.blueprint.a_symbol(formula.at), 1.0, color);
        let equals = Piece::text(painter, " =", type_scale::maths_upright(), look.ink_soft);
        let name = Piece::row([symbol, equals]);
        name.paint(painter, pos2(OUTPUT - name.width / 2.0, middle - 18.0));
        let font = FontId::new(19.0, type_scale::strong().family);
        let text = fixed(formula.output, DECIMALS);
        painter.text(pos2(OUTPUT, middle), Align2::CENTER_CENTER, text, font, color);
        let words = activation_words(formula.activation, formula.z);
        let at = pos2(OUTPUT, middle + 22.0);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            words,
            type_scale::small(),
            look.ink_soft,
        );
        let y = bottom - SUM_ROW / 2.0 + 1.5;
        let from = self.x(formula.z.max(0.0)) + 5.0;
        let corner = pos2(OUTPUT, y);
        if from + 20.0 < corner.x {
            let tip = pos2(OUTPUT, middle + 31.0);
            let stroke = Stroke::new(1.1, color);
            painter.line_segment([pos2(from, y), corner], stroke);
            painter.line_segment([corner, tip + vec2(0.0, 6.0)], stroke);
            let head = vec![tip, tip + vec2(3.4, 7.0), tip + vec2(-3.4, 7.0)];
            painter.add(Shape::convex_polygon(head, color, Stroke::NONE));
        }
    }

    fn number(&self, painter: &Painter, right: f32, y: f32, value: f64, color: Color32) {
        let text = fixed(value, DECIMALS);
        painter.text(
            pos2(right, y),
            Align2::RIGHT_CENTER,
            text,
            type_scale::number(),
            color,
        );
    }

    fn strong_number(&self, painter: &Painter, at: Pos2, value: f64, color: Color32) {
        let text = fixed(value, DECIMALS);
        painter.text(at, Align2::RIGHT_CENTER, text, type_scale::strong(), color);
    }

    fn sign(&self, painter: &Painter, middle: f32, y: f32, sign: &str) {
        let at = pos2(middle, y);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            sign,
            type_scale::small(),
            self.look.ink_soft,
        );
    }
}
