//! The computation of the whole network: the weighted sum of each neuron, product by product, as numbers and
//! as a waterfall chart, and its output.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::labels::NARROW_WIDTH;
use crate::canvas::{Canvas, Element, ElementInfo, Elements, HitShape, Placement};
use crate::figure_page::FigurePageError;
use crate::plot::Axis;
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use egui_figure::{Drawing, HeadlessContext};
use neurodial_core::insight::{Formula, Insight};
use neurodial_core::network::{Architecture, Knob, NeuronAddress};
use neurodial_core::session::{Document, Origin, Session, ViewChange};
use neurodial_core::text::Messages;
use neurodial_core::text::{format_fixed, next_round_number};

/// The number of decimals in the figure.
const DECIMALS: usize = 3;
/// The height of the formula and the column names at the top, in points.
const HEADER_HEIGHT: f32 = 88.0;
/// The height of a term's row, in points.
const ROW_HEIGHT: f32 = 18.0;
/// The height of the sum's row, below the rule under the terms, in points.
const SUM_ROW_HEIGHT: f32 = 23.0;
/// The gap between two neurons, in points.
const NEURON_GAP: f32 = 12.0;
/// The height of the axis labels below the chart, in points.
const FOOTER_HEIGHT: f32 = 24.0;
/// The x coordinates of the columns, in points: left ends of the symbols and the chart; right ends of input,
/// weight, product and chart; the center of the outputs.
const SYMBOLS_LEFT: f32 = 16.0;
const INPUT_RIGHT: f32 = 113.0;
const WEIGHT_RIGHT: f32 = 174.0;
const PRODUCT_RIGHT: f32 = 235.0;
const STEPS_RANGE: [f32; 2] = [248.0, 350.0];
const OUTPUT_CENTER: f32 = 386.0;

/// The minimum distance between two axis labels, in points.
const MIN_TICK_DISTANCE: f32 = 24.0;
/// The thickness of a bar, in points.
const BAR_THICKNESS: f32 = 10.0;

/// Returns the formulas of the output layer's neurons, and the session that they belong to.
fn formulas(document: &Document) -> Result<(Session, Vec<Formula>), FigurePageError> {
    let mut session = Session::open(document.clone(), Origin::Untitled);
    let layer = session.architecture().last_layer();
    let mut formulas = Vec::new();
    for neuron in 0..session.architecture().width(layer) {
        session.apply(ViewChange::Select(NeuronAddress { layer, neuron }))?;
        formulas.push(Insight::new(&session).formula().clone());
    }
    Ok((session, formulas))
}

/// Draws the figure.
///
/// # Errors
/// Returns an error if something in the figure can't be drawn.
pub(crate) fn draw(
    headless: &mut HeadlessContext,
    (theme, messages): (&ColorTheme, Messages),
    document: &Document,
) -> Result<Drawing, FigurePageError> {
    let (session, formulas) = formulas(document)?;
    let sheet = OutputFigure::new(theme, messages, session.architecture(), &formulas);
    Ok(headless.draw(vec2(NARROW_WIDTH, sheet.height()), |ui| sheet.figure_ui(ui))?)
}

/// Returns the alt text of the figure.
///
/// # Errors
/// Returns an error if a neuron of the output layer can't be selected.
pub(crate) fn description(document: &Document, messages: Messages) -> Result<String, FigurePageError> {
    let (session, formulas) = formulas(document)?;
    let number = |value: f64| format_fixed(value, DECIMALS);
    let mut sentences = vec![messages.article_output_description().to_owned()];
    for formula in &formulas {
        let products = formula.terms.iter().map(|term| {
            let (source, weight) = (number(term.source), number(term.weight));
            format!("{source} · ({weight})")
        });
        let terms: Vec<String> = products.chain([number(formula.bias)]).collect();
        sentences.push(messages.article_output_neuron(
            session.architecture().describe_neuron(formula.at, messages),
            terms.join(" + "),
            number(formula.z),
            formula.activation.label(messages),
            number(formula.output),
        ));
    }
    Ok(sentences.join(messages.sentence_separator()))
}

/// The figure: formulas of one layer's neurons with their waterfall charts.
struct OutputFigure<'a> {
    theme: &'a ColorTheme,
    messages: Messages,
    architecture: &'a Architecture,
    formulas: &'a [Formula],
    waterfalls: Vec<Waterfall>,
    /// The chart's axis.
    axis: Axis,
}

struct TermRow {
    /// The y coordinate of the row's center, in points.
    y: f32,
    /// The product or the bias.
    value: f64,
    step: [f64; 2],
    color: Color32,
    /// The distance from the row's center to the top of the next bar, in points.
    next_offset: f32,
}

impl<'a> OutputFigure<'a> {
    /// Creates the figure for the neurons of one layer.
    fn new(
        theme: &'a ColorTheme,
        messages: Messages,
        architecture: &'a Architecture,
        formulas: &'a [Formula],
    ) -> Self {
        let waterfalls: Vec<Waterfall> = formulas.iter().map(Waterfall::from_formula).collect();
        let reach = waterfalls.iter().map(Waterfall::range);
        let [min, max] = reach.fold([0.0, 0.0], |[a, b]: [f64; 2], [c, d]| [a.min(c), b.max(d)]);
        let min_step = (max - min) * f64::from(MIN_TICK_DISTANCE / (STEPS_RANGE[1] - STEPS_RANGE[0]));
        let step = next_round_number(min_step.max(f64::MIN_POSITIVE));
        let range = [libm::floor(min / step) * step, libm::ceil(max / step) * step];
        Self {
            theme,
            messages,
            architecture,
            formulas,
            waterfalls,
            axis: Axis::linear(range),
        }
    }

    fn block_height(&self, formula: &Formula) -> f32 {
        ROW_HEIGHT * (formula.terms.len() + 1) as f32 + SUM_ROW_HEIGHT
    }

    /// Returns the height of the figure, in points.
    fn height(&self) -> f32 {
        let blocks: f32 = self
            .formulas
            .iter()
            .map(|formula| self.block_height(formula))
            .sum();
        HEADER_HEIGHT + blocks + NEURON_GAP * (self.formulas.len() as f32 - 1.0) + FOOTER_HEIGHT
    }

    fn x(&self, value: f64) -> f32 {
        STEPS_RANGE[0] + self.axis.fraction(value) as f32 * (STEPS_RANGE[1] - STEPS_RANGE[0])
    }

    /// Draws the figure into the whole of `ui`.
    fn figure_ui(&self, ui: &mut Ui) {
        let mut elements = Elements::for_figure();
        let rect = ui.max_rect();
        let mut canvas = Canvas::new(ui, &mut elements, rect, egui::Id::unique("output"));
        self.header_ui(canvas.painter());
        self.axis_ui(canvas.painter());
        let mut top = HEADER_HEIGHT;
        for (formula, waterfall) in self.formulas.iter().zip(&self.waterfalls) {
            self.neuron_ui(&mut canvas, formula, waterfall, top);
            top += self.block_height(formula) + NEURON_GAP;
        }
    }

    /// Draws the formula, the legend and the names of the columns.
    fn header_ui(&self, painter: &Painter) {
        let theme = self.theme;
        let messages = self.messages;
        let activation = self.formulas.first().map(|formula| formula.activation);
        let activation = activation.map_or("", |activation| activation.label(messages));
        painter.text(
            pos2(8.0, 14.0),
            Align2::LEFT_CENTER,
            messages.article_formula(activation),
            type_scale::strong(),
            theme.text,
        );
        bar_legend_ui(painter, theme, messages, 40.0);
        let column = |at: f32, align: Align2, label: &str| {
            let font = type_scale::small();
            painter.text(
                pos2(at, HEADER_HEIGHT - 14.0),
                align,
                label,
                font,
                theme.weak_text,
            );
        };
        column(INPUT_RIGHT, Align2::RIGHT_CENTER, messages.article_input_column());
        column(
            WEIGHT_RIGHT,
            Align2::RIGHT_CENTER,
            messages.article_weight_column(),
        );
        column(
            PRODUCT_RIGHT,
            Align2::RIGHT_CENTER,
            messages.article_product_column(),
        );
        let middle = 0.5 * (STEPS_RANGE[0] + STEPS_RANGE[1]);
        column(middle, Align2::CENTER_CENTER, messages.formula_running_sum());
        column(
            OUTPUT_CENTER,
            Align2::CENTER_CENTER,
            messages.curves_quantity_output(),
        );
    }

    fn axis_ui(&self, painter: &Painter) {
        let theme = self.theme;
        let ends = HEADER_HEIGHT..=self.height() - FOOTER_HEIGHT + 4.0;
        for tick in self
            .axis
            .ticks(STEPS_RANGE[1] - STEPS_RANGE[0], MIN_TICK_DISTANCE)
        {
            let x = self.x(tick.value);
            let stroke = if tick.value == 0.0 {
                Stroke::new(1.25, theme.axis)
            } else {
                Stroke::new(1.0, theme.grid)
            };
            painter.vline(x, *ends.start()..=*ends.end(), stroke);
            let at = pos2(x, *ends.end() + 9.0);
            painter.text(
                at,
                Align2::CENTER_CENTER,
                tick.text,
                type_scale::small(),
                theme.weak_text,
            );
        }
    }

    fn neuron_ui(&self, canvas: &mut Canvas<'_>, formula: &Formula, waterfall: &Waterfall, top: f32) {
        let theme = self.theme;
        let color = theme.neuron_color(formula.at.neuron);
        let bottom = top + self.block_height(formula);
        let side = Rect::from_min_max(pos2(8.0, top + 2.0), pos2(11.0, bottom - 3.0));
        canvas.painter().rect_filled(side, 1.5, color);
        for (index, term) in formula.terms.iter().enumerate() {
            let row = TermRow {
                y: top + ROW_HEIGHT * (index as f32 + 0.5),
                value: term.product,
                step: waterfall.steps[index],
                color: theme.sign_color(term.product),
                next_offset: ROW_HEIGHT - BAR_THICKNESS / 2.0,
            };
            let name = self
                .messages
                .article_product_of(self.architecture.describe_knob(term.knob, self.messages));
            self.term_ui(canvas, Element::Term(term.knob), name, &row, |painter| {
                let source = self.architecture.layer_input_symbol(formula.at.layer, term.input);
                let boxes = [
                    MathBox::symbol(painter, &source, 0.9, theme.text),
                    MathBox::text(painter, " × ", type_scale::small(), theme.weak_text),
                    MathBox::symbol(
                        painter,
                        &self.architecture.symbol(term.knob),
                        0.9,
                        theme.sign_color(term.weight),
                    ),
                ];
                MathBox::row(boxes).paint_centered(painter, SYMBOLS_LEFT, row.y);
                self.number_ui(painter, INPUT_RIGHT, row.y, term.source, theme.text);
                self.sign_ui(painter, 0.5 * (INPUT_RIGHT + WEIGHT_RIGHT - 47.0), row.y, "×");
                self.number_ui(
                    painter,
                    WEIGHT_RIGHT,
                    row.y,
                    term.weight,
                    theme.sign_color(term.weight),
                );
                self.sign_ui(painter, 0.5 * (WEIGHT_RIGHT + PRODUCT_RIGHT - 47.0), row.y, "=");
            });
        }
        let count = formula.terms.len();
        let bias = TermRow {
            y: top + ROW_HEIGHT * (count as f32 + 0.5),
            value: formula.bias,
            step: waterfall.steps[count],
            color: theme.weak_text,
            next_offset: 0.5 * (ROW_HEIGHT + SUM_ROW_HEIGHT) + 1.0 - BAR_THICKNESS / 2.0,
        };
        let knob = Knob::bias(formula.at.layer, formula.at.neuron);
        let name = self.architecture.describe_knob(knob, self.messages);
        self.term_ui(canvas, Element::Term(knob), name, &bias, |painter| {
            let symbol = MathBox::symbol(painter, &self.architecture.symbol(knob), 0.9, theme.text);
            symbol.paint_centered(painter, SYMBOLS_LEFT, bias.y);
            let at = pos2(WEIGHT_RIGHT + 7.0, bias.y);
            painter.text(
                at,
                Align2::RIGHT_CENTER,
                self.messages.article_plus_bias(),
                type_scale::small(),
                theme.weak_text,
            );
        });
        self.sum_ui(canvas, formula, bottom);
    }

    /// Draws one term: its own texts by `texts_ui`, its value, and its bar with a line down to the start of
    /// the next.
    fn term_ui(
        &self,
        canvas: &mut Canvas<'_>,
        element: Element,
        name: String,
        row: &TermRow,
        texts_ui: impl FnOnce(&Painter),
    ) {
        canvas.begin_element(element);
        let painter = canvas.painter();
        texts_ui(painter);
        self.number_ui(painter, PRODUCT_RIGHT, row.y, row.value, row.color);
        let [from, to] = row.step.map(|end| self.x(end));
        let bar = Rect::from_x_y_ranges(
            from.min(to)..=from.max(to),
            row.y - BAR_THICKNESS / 2.0..=row.y + BAR_THICKNESS / 2.0,
        );
        painter.vline(
            to,
            row.y + BAR_THICKNESS / 2.0..=row.y + row.next_offset,
            Stroke::new(1.0, self.theme.weak_text),
        );
        bar_ui(painter, self.theme, bar, row.color, row.value < 0.0);
        canvas.place(Placement::new(element, HitShape::Rect(bar)), || {
            ElementInfo::new(name, format_fixed(row.value, DECIMALS))
        });
        canvas.end_element();
    }

    /// Draws the weighted sum below its rule, and the output of the activation function.
    fn sum_ui(&self, canvas: &mut Canvas<'_>, formula: &Formula, bottom: f32) {
        let theme = self.theme;
        let color = theme.neuron_color(formula.at.neuron);
        let element = Element::Neuron(formula.at);
        canvas.begin_element(element);
        let painter = canvas.painter();
        let rule = bottom - SUM_ROW_HEIGHT + 1.5;
        painter.hline(
            SYMBOLS_LEFT..=PRODUCT_RIGHT + 2.0,
            rule,
            Stroke::new(1.0, theme.text),
        );
        let y = bottom - SUM_ROW_HEIGHT / 2.0 + 1.5;
        let z = MathBox::symbol(painter, &self.architecture.z_symbol(formula.at), 1.0, color);
        z.paint_centered(painter, SYMBOLS_LEFT, y);
        let at = pos2(WEIGHT_RIGHT + 7.0, y);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            self.messages.curves_quantity_sum(),
            type_scale::small(),
            theme.weak_text,
        );
        self.strong_number_ui(painter, pos2(PRODUCT_RIGHT, y), formula.z, color);
        let (zero, end) = (self.x(0.0), self.x(formula.z));
        let bar = Rect::from_x_y_ranges(
            zero.min(end)..=zero.max(end),
            y - BAR_THICKNESS / 2.0 - 0.5..=y + BAR_THICKNESS / 2.0 + 0.5,
        );
        bar_ui(painter, self.theme, bar, color, formula.z < 0.0);
        self.output_ui(painter, formula, bottom, color);
        canvas.place(Placement::new(element, HitShape::Rect(bar)), || {
            ElementInfo::new(
                self.architecture.describe_neuron(formula.at, self.messages),
                format_fixed(formula.output, DECIMALS),
            )
        });
        canvas.end_element();
    }

    fn output_ui(&self, painter: &Painter, formula: &Formula, bottom: f32, color: Color32) {
        let theme = self.theme;
        let middle = bottom - 0.5 * self.block_height(formula);
        let symbol = MathBox::symbol(painter, &self.architecture.a_symbol(formula.at), 1.0, color);
        let equals = MathBox::text(painter, " =", type_scale::math_upright(), theme.weak_text);
        let name = MathBox::row([symbol, equals]);
        name.paint(painter, pos2(OUTPUT_CENTER - name.width / 2.0, middle - 18.0));
        let font = FontId::new(19.0, type_scale::strong().family);
        let text = format_fixed(formula.output, DECIMALS);
        painter.text(
            pos2(OUTPUT_CENTER, middle),
            Align2::CENTER_CENTER,
            text,
            font,
            color,
        );
        let label = formula.activation.note(formula.z, self.messages);
        let at = pos2(OUTPUT_CENTER, middle + 22.0);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            label,
            type_scale::small(),
            theme.weak_text,
        );
        let y = bottom - SUM_ROW_HEIGHT / 2.0 + 1.5;
        let from = self.x(formula.z.max(0.0)) + 5.0;
        let corner = pos2(OUTPUT_CENTER, y);
        if from + 20.0 < corner.x {
            let tip = pos2(OUTPUT_CENTER, middle + 31.0);
            let stroke = Stroke::new(1.1, color);
            painter.line_segment([pos2(from, y), corner], stroke);
            painter.line_segment([corner, tip + vec2(0.0, 6.0)], stroke);
            let head = vec![tip, tip + vec2(3.4, 7.0), tip + vec2(-3.4, 7.0)];
            painter.add(Shape::convex_polygon(head, color, Stroke::NONE));
        }
    }

    fn number_ui(&self, painter: &Painter, right: f32, y: f32, value: f64, color: Color32) {
        let text = format_fixed(value, DECIMALS);
        painter.text(
            pos2(right, y),
            Align2::RIGHT_CENTER,
            text,
            type_scale::number(),
            color,
        );
    }

    fn strong_number_ui(&self, painter: &Painter, at: Pos2, value: f64, color: Color32) {
        let text = format_fixed(value, DECIMALS);
        painter.text(at, Align2::RIGHT_CENTER, text, type_scale::strong(), color);
    }

    fn sign_ui(&self, painter: &Painter, middle: f32, y: f32, sign: &str) {
        let at = pos2(middle, y);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            sign,
            type_scale::small(),
            self.theme.weak_text,
        );
    }
}

/// Draws the legend of the bars in a line with its center at `middle`.
fn bar_legend_ui(painter: &Painter, theme: &ColorTheme, messages: Messages, middle: f32) {
    let entries = [
        (messages.article_positive(), theme.positive, false),
        (messages.article_negative(), theme.negative, true),
        (messages.knob_bias(), theme.weak_text, false),
    ];
    let mut left = 8.0;
    for (label, color, is_hatched) in entries {
        let bar = Rect::from_min_size(
            pos2(left, middle - BAR_THICKNESS / 2.0),
            vec2(20.0, BAR_THICKNESS),
        );
        bar_ui(painter, theme, bar, color, is_hatched);
        let at = pos2(bar.right() + 5.0, middle);
        let text = painter.text(at, Align2::LEFT_CENTER, label, type_scale::small(), theme.text);
        left = text.right() + 16.0;
    }
}

/// Draws a bar. Bars of negative numbers are hatched, so that they differ without color.
fn bar_ui(painter: &Painter, theme: &ColorTheme, bar: Rect, color: Color32, is_hatched: bool) {
    if !is_hatched {
        painter.rect_filled(bar, 0.0, color);
        return;
    }
    let inner = bar.shrink(0.6);
    painter.rect(bar, 0.0, theme.card, Stroke::new(1.2, color), StrokeKind::Inside);
    const PITCH: f32 = 4.5;
    let height = inner.height();
    let mut start = inner.left() - height + PITCH / 2.0;
    while start < inner.right() {
        // From the lower left to the upper right, cut off at both sides.
        let from = start.max(inner.left());
        let to = (start + height).min(inner.right());
        if to > from {
            let ends = [
                pos2(from, inner.bottom() - (from - start)),
                pos2(to, inner.bottom() - (to - start)),
            ];
            painter.line_segment(ends, Stroke::new(1.1, color));
        }
        start += PITCH;
    }
}

/// A waterfall chart: a sum of products and a bias, as steps each of which begins where the one before it
/// ended.
#[derive(Debug, Clone, PartialEq)]
struct Waterfall {
    /// The partial sums before and after each term, `[before, after]`; the bias is the last term.
    steps: Vec<[f64; 2]>,
}

impl Waterfall {
    /// Creates the steps of a neuron's weighted sum.
    fn from_formula(formula: &Formula) -> Self {
        let terms = formula.terms.iter().map(|term| term.product);
        let mut at = 0.0;
        let steps = terms.chain([formula.bias]).map(|term| {
            let from = at;
            at += term;
            [from, at]
        });
        Self {
            steps: steps.collect(),
        }
    }

    /// Returns the smallest and the largest partial sum, including 0.
    fn range(&self) -> [f64; 2] {
        let ends = self.steps.iter().flatten();
        ends.fold([0.0, 0.0], |[min, max]: [f64; 2], &end| {
            [min.min(end), max.max(end)]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::formats::Preset;

    #[test]
    fn the_steps_lead_from_0_to_the_sum() {
        let document = Preset::from_name("article").unwrap().document().unwrap();
        let session = Session::open(document, Origin::Untitled);
        let insight = Insight::new(&session);
        let waterfall = Waterfall::from_formula(insight.formula());
        assert_eq!(waterfall.steps.len(), 5);
        assert_eq!(waterfall.steps[0][0], 0.0);
        for pair in waterfall.steps.windows(2) {
            assert_eq!(pair[0][1], pair[1][0]);
        }
        let end = waterfall.steps[4][1];
        assert!((end - insight.formula().z).abs() < 1e-12);
        let [min, max] = waterfall.range();
        assert!(min <= 0.0 && max >= end);
    }
}
