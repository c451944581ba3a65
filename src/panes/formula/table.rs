//! The table of the products: each row has symbols, numbers that can be dragged and typed, and the product.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, FocusLinks, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::number_entry::number_entry_ui;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::insight::{Formula, FormulaTerm};
use neurodial_core::network::{Knob, KnobKind, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::geometry::{ROW_HEIGHT, STACKED_LINE_HEIGHT, STACKED_ROW_HEIGHT, TermColumns};

/// The distance by which symbols are lower here than beside a slider, so that they share the baseline of the
/// numbers, in points.
const SYMBOL_DROP: f32 = 2.0;

/// The table, with one row for each product and one for the bias.
pub(crate) struct TermTable<'a> {
    formula: &'a Formula,
    columns: TermColumns,
    has_short_symbols: bool,
    font: FontId,
}

/// The horizontal margin around the columns, in points.
const MARGIN: f32 = 8.0;

/// Returns the widths of the weights, the inputs and the products at full size, in points. If they are `tight`, they
/// have room for the shown decimals only, else for all.
fn number_widths(
    painter: &Painter,
    context: &PaneContext<'_>,
    formula: &Formula,
    is_tight: bool,
) -> [f32; 3] {
    let digit = painter
        .layout_no_wrap(
            "0".to_owned(),
            context.font(type_scale::number()),
            context.theme.text,
        )
        .size()
        .x;
    // The width is that of the longest number in any row, in whole digits, so that nothing jitters while a
    // value changes.
    let format = |value: f64, is_adjustable: bool| match (is_tight, is_adjustable) {
        (false, _) => context.format_number(value),
        (true, true) => context.format_adjustable(value),
        (true, false) => context.format_value(value),
    };
    let column_width = |is_adjustable: bool, values: &mut dyn Iterator<Item = f64>| -> f32 {
        const MIN_CHARACTERS: usize = 4;
        let min_characters = match is_tight {
            true => MIN_CHARACTERS,
            false => context.session.view().decimals + 3,
        };
        let characters = |value: f64| format(value, is_adjustable).chars().count();
        let max_characters = values.map(characters).fold(min_characters, usize::max);
        max_characters as f32 * digit
    };
    // Measuring more rows than are ever in view together would take time in a wide layer.
    const MAX_MEASURED_TERMS: usize = 64;
    let terms = || formula.terms.iter().take(MAX_MEASURED_TERMS);
    let weight = column_width(true, &mut terms().map(|term| term.weight));
    let source = column_width(formula.at.layer == 0, &mut terms().map(|term| term.source));
    let product = column_width(false, &mut terms().map(|term| term.product).chain([formula.bias]));
    [weight, source, product]
}

impl<'a> TermTable<'a> {
    /// Lays out the table for a pane of `width` points.
    pub(crate) fn new(
        painter: &Painter,
        context: &PaneContext<'_>,
        formula: &'a Formula,
        width: f32,
    ) -> Self {
        let available_width = width - MARGIN;
        let symbol = |is_short: bool| {
            formula.terms.last().map_or(0.0, |term| {
                let symbols = term_symbols(painter, context, formula.at.layer, term.knob, is_short);
                symbols.width + 10.0
            })
        };
        let scale = context.scale;
        let columns_with =
            |layout: fn(f32, f32, f32, f32, f32) -> TermColumns, symbol: f32, is_tight: bool| {
                let [weight, source, product] = number_widths(painter, context, formula, is_tight);
                let width = match context.options {
                    Some(_) => available_width.min(TermColumns::preferred_print_width(
                        symbol, weight, source, product,
                    )),
                    None => available_width,
                };
                let [width, symbol, weight, source, product] =
                    [width, symbol, weight, source, product].map(|width| width / scale);
                layout(width, symbol, weight, source, product).scaled(scale)
            };
        // Shows the symbols of the whole product if they fit, otherwise that of the weight. Before symbols are left
        // out in the window, the numbers lose the room for more decimals, and then the products get lines of
        // their own.
        let mut has_short_symbols = false;
        let mut columns = columns_with(TermColumns::new, symbol(false), false);
        if !columns.has_symbols {
            has_short_symbols = true;
            columns = columns_with(TermColumns::new, symbol(true), false);
        }
        if !columns.has_symbols && context.options.is_none() {
            columns = columns_with(TermColumns::new, symbol(true), true);
        }
        if !columns.has_symbols && context.options.is_none() {
            has_short_symbols = false;
            columns = columns_with(TermColumns::stacked, symbol(false), true);
            if !columns.has_symbols {
                has_short_symbols = true;
                columns = columns_with(TermColumns::stacked, symbol(true), true);
            }
        }
        let number = context.font(type_scale::number());
        Self {
            formula,
            columns,
            has_short_symbols,
            font: FontId::new(number.size * columns.scale, number.family),
        }
    }

    /// True if the products are below their factors.
    pub(crate) fn is_stacked(&self) -> bool {
        self.columns.is_stacked
    }

    /// Returns the height of a row, in points, at this scale of the pane.
    pub(crate) fn row_height(&self, scale: f32) -> f32 {
        let height = match self.columns.is_stacked {
            true => STACKED_ROW_HEIGHT,
            false => ROW_HEIGHT,
        };
        scale * height
    }

    /// Returns the minimum width in a figure, in points.
    pub(crate) fn min_print_width(painter: &Painter, context: &PaneContext<'_>, formula: &Formula) -> f32 {
        let [weight, source, product] = number_widths(painter, context, formula, false);
        TermColumns::min_print_width(weight, source, product) + MARGIN
    }

    /// Returns the width of the columns with the margin, in points.
    pub(crate) fn width(&self) -> f32 {
        self.columns.product[1] + MARGIN
    }

    /// Draws the rows in view; `rect` is that of the whole table.
    pub(crate) fn rows_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        rect: Rect,
        visible: Rect,
    ) {
        let table = rect.intersect(visible);
        let table_top = rect.top();
        let row_height = self.row_height(context.scale);
        let first = ((table.top() - table_top) / row_height).floor().max(0.0) as usize;
        let mut row = first;
        while let Some(knob) = knob_of_row(self.formula, row) {
            let top = table_top + row as f32 * row_height;
            if top >= table.bottom() {
                break;
            }
            let rect = Rect::from_x_y_ranges(table.x_range(), top..=top + row_height);
            self.row_ui(canvas, context, (rect, rect.intersect(table)), row, knob);
            row += 1;
        }
    }

    fn row_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        (rect, visible_rect): (Rect, Rect),
        row: usize,
        knob: Knob,
    ) {
        let theme = context.theme;
        let element = Element::Term(knob);
        canvas.begin_element(element);
        if canvas.is_highlighted(element)
            || context.session.view().highlighted == Some(Adjustable::Knob(knob))
        {
            let background = rect.shrink2(vec2(0.0, 1.0));
            let tint = theme.highlighted(context.neuron_color(self.formula.at));
            canvas.painter().rect_filled(background, 4.0, tint);
        }
        let links = FocusLinks {
            before: row
                .checked_sub(1)
                .and_then(|row| knob_of_row(self.formula, row))
                .map(Element::Term),
            after: knob_of_row(self.formula, row + 1).map(Element::Term),
        };
        // The part of a row that is below the result can't be hit.
        let item = Placement::new(element, HitShape::Rect(visible_rect))
            .rank(1)
            .focusable(links);
        let term = self.formula.terms.get(row);
        let addend = term.map_or(self.formula.bias, |term| term.product);
        let (session, messages) = (context.session, context.messages);
        canvas.place(item, || {
            let architecture = session.architecture();
            let document = session.document();
            let description = architecture.describe_knob(knob, messages);
            let name = match term {
                Some(_) => messages.formula_product(description),
                None => messages.formula_bias(description),
            };
            let target = Adjustable::Knob(knob);
            ElementInfo {
                name,
                value: Some(neurodial_core::text::format_fixed(
                    addend,
                    session.view().decimals,
                )),
                numeric_value: document
                    .value(target)
                    .map(|value| (value, document.range(target))),
                is_disabled: document.is_locked(target),
                ..ElementInfo::default()
            }
        });
        let origin = pos2(rect.left() + 4.0, rect.center().y);
        if self.columns.has_symbols || term.is_none() {
            let is_short = self.has_short_symbols;
            let symbols = term_symbols(canvas.painter(), context, self.formula.at.layer, knob, is_short);
            let scale = context.scale;
            let line = if term.is_some() {
                self.line_offset(scale)
            } else {
                0.0
            };
            let y = origin.y - line + scale * SYMBOL_DROP;
            symbols.paint_scaled(canvas.painter(), origin.x, y, scale);
        }
        match term {
            Some(term) => self.term_ui(canvas, context, origin, term),
            None => self.entry_ui(canvas, context, origin, self.columns.product, knob.into()),
        }
        let step = context
            .session
            .view()
            .forward_step
            .filter(|step| step.neuron_at() == self.formula.at);
        if step.is_some_and(|step| row > step.product) {
            // The product is added later while stepping through the sum.
            let overlay_color = theme.card.gamma_multiply(0.7);
            canvas.painter().rect_filled(rect, 0.0, overlay_color);
        }
        canvas.end_element();
    }

    /// Draws `weight × input = product`. `origin` is the center of the row's left end.
    fn term_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        origin: Pos2,
        term: &FormulaTerm,
    ) {
        const CENTER: Align2 = Align2::CENTER_CENTER;
        const RIGHT: Align2 = Align2::RIGHT_CENTER;
        let theme = context.theme;
        let columns = &self.columns;
        let line = vec2(0.0, self.line_offset(context.scale));
        let (origin, product_origin) = (origin - line, origin + line);
        self.entry_ui(canvas, context, origin, columns.weight, term.knob.into());
        if self.formula.at.layer == 0 {
            self.entry_ui(
                canvas,
                context,
                origin,
                columns.input,
                Adjustable::Input(term.input),
            );
        }
        let painter = canvas.painter();
        let text_at = |pos: Pos2, align: Align2, text: &str, color: Color32| {
            painter.text(pos, align, text, self.font.clone(), color);
        };
        let text = |x: f32, align: Align2, text: &str, color: Color32| {
            text_at(origin + vec2(x, 0.0), align, text, color);
        };
        text(columns.times, CENTER, "×", theme.weak_text);
        let sign = context.product_sign(term, self.formula.at.layer);
        let equals = product_origin + vec2(columns.equals, 0.0);
        text_at(equals, CENTER, sign, theme.weak_text);
        text_at(
            product_origin + vec2(columns.product[1], 0.0),
            RIGHT,
            &context.format_value(term.product),
            theme.sign_color(term.product),
        );
        let source = context.format_value(term.source);
        if source.starts_with('−') {
            // A negative number after an operator is put in parentheses.
            let galley = painter.layout_no_wrap(source.clone(), self.font.clone(), theme.text);
            let start = columns.input[1] - galley.size().x;
            text(start - 1.0, RIGHT, "(", theme.weak_text);
            text(columns.input[1] + 1.0, Align2::LEFT_CENTER, ")", theme.weak_text);
        }
        if self.formula.at.layer > 0 {
            text(columns.input[1], RIGHT, &source, theme.text);
        }
    }

    /// Returns the distance from the middle of a row to each of its two lines, in points; 0 if it has one line.
    fn line_offset(&self, scale: f32) -> f32 {
        match self.columns.is_stacked {
            true => 0.5 * scale * STACKED_LINE_HEIGHT,
            false => 0.0,
        }
    }

    /// Draws a number that can be dragged and typed in a column with the given left and right end.
    fn entry_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &mut PaneContext<'_>,
        origin: Pos2,
        [from, to]: [f32; 2],
        target: Adjustable,
    ) {
        let half_height = 10.0 * context.scale;
        // The margin of the number itself extends into that of the column.
        let x_range = origin.x + from - 2.0..=origin.x + to + 2.0;
        let rect = Rect::from_x_y_ranges(x_range, origin.y - half_height..=origin.y + half_height);
        number_entry_ui(
            canvas,
            context,
            target,
            rect,
            self.font.clone(),
            Align2::RIGHT_CENTER,
        );
    }
}

/// Returns the knob of a row, or `None` after the last row.
fn knob_of_row(formula: &Formula, row: usize) -> Option<Knob> {
    let NeuronAddress { layer, neuron } = formula.at;
    match formula.terms.get(row) {
        Some(term) => Some(term.knob),
        None => (row == formula.terms.len()).then(|| Knob::bias(layer, neuron)),
    }
}

/// Returns `w₂₁·x₁` (only `w₂₁` if `is_short`), or `b₂` for a bias. The weight has the color of its sign.
fn term_symbols(
    painter: &Painter,
    context: &PaneContext<'_>,
    layer: usize,
    knob: Knob,
    is_short: bool,
) -> MathBox {
    let theme = context.theme;
    let architecture = context.session.architecture();
    let KnobKind::Weight { input } = knob.kind else {
        return MathBox::symbol(
            painter,
            &architecture.symbol(knob),
            context.symbol_scale(1.0),
            theme.text,
        );
    };
    let value = context.session.document().value(knob.into()).unwrap_or(0.0);
    let weight = MathBox::symbol(
        painter,
        &architecture.symbol(knob),
        context.symbol_scale(1.0),
        theme.sign_color(value),
    );
    if is_short {
        return weight;
    }
    MathBox::row([
        weight,
        MathBox::space(1.5),
        MathBox::text(
            painter,
            "·",
            context.font(type_scale::math_upright()),
            theme.weak_text,
        ),
        MathBox::space(1.0),
        MathBox::symbol(
            painter,
            &architecture.layer_input_symbol(layer, input),
            context.symbol_scale(1.0),
            theme.weak_text,
        ),
    ])
}
