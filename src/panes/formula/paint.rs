//! Painting of the sum in symbols above the table and of the result below it.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::insight::Formula;
use neurodial_core::network::{Activation, Knob};
use neurodial_core::session::Adjustable;

use super::geometry::{wrapped_positions, written_terms};
use super::softmax_table::{SoftmaxTable, softmax_fraction};

/// The height of a line of mathematics, in points.
const LINE_HEIGHT: f32 = 24.0;
/// The distance from the top of a line to its baseline, in points.
const BASELINE: f32 = 17.0;

/// A formula that is broken into lines between its boxes.
pub(crate) struct FormulaLines {
    boxes: Vec<(MathBox, Option<Knob>)>,
    positions: Vec<(f32, usize)>,
    /// The scale of the pane.
    scale: f32,
}

impl FormulaLines {
    fn new(boxes: Vec<(MathBox, Option<Knob>)>, width: f32, indent: f32, scale: f32) -> Self {
        let widths: Vec<f32> = boxes.iter().map(|(math_box, _)| math_box.width).collect();
        Self {
            positions: wrapped_positions(&widths, width, indent),
            boxes,
            scale,
        }
    }

    /// Returns `z₂ = w₂₁x₁ + … + b₂`, abbreviated if there are many products, in lines of `width` points.
    pub(crate) fn from_formula(
        painter: &Painter,
        context: &PaneContext<'_>,
        formula: &Formula,
        width: f32,
    ) -> Self {
        let theme = context.theme;
        let architecture = context.session.architecture();
        let at = formula.at;
        let upright = |text: &str| {
            MathBox::text(
                painter,
                text,
                context.font(type_scale::math_upright()),
                theme.weak_text,
            )
        };
        let left_side = MathBox::row([
            MathBox::symbol(
                painter,
                &architecture.z_symbol(at),
                context.symbol_scale(1.0),
                context.neuron_color(at),
            ),
            upright(" = "),
        ]);
        let indent = left_side.width;
        let mut boxes: Vec<(MathBox, Option<Knob>)> = Vec::new();
        let mut lead = left_side;
        for written in written_terms(formula.terms.len()) {
            let Some(term) = written.and_then(|index| formula.terms.get(index)) else {
                boxes.push((MathBox::row([lead, upright("…")]), None));
                lead = upright(" + ");
                continue;
            };
            let weight = MathBox::symbol(
                painter,
                &architecture.symbol(term.knob),
                context.symbol_scale(1.0),
                theme.sign_color(term.weight),
            );
            let source = architecture.layer_input_symbol(at.layer, term.input);
            let source = MathBox::symbol(painter, &source, context.symbol_scale(1.0), theme.text);
            boxes.push((
                MathBox::row([lead, weight, MathBox::space(1.0), source]),
                Some(term.knob),
            ));
            lead = upright(" + ");
        }
        let bias = Knob::bias(at.layer, at.neuron);
        let symbol = MathBox::symbol(
            painter,
            &architecture.symbol(bias),
            context.symbol_scale(1.0),
            theme.text,
        );
        boxes.push((MathBox::row([lead, symbol]), Some(bias)));
        Self::new(boxes, width, indent, context.scale)
    }

    /// Returns the height of the lines, in points.
    pub(crate) fn height(&self) -> f32 {
        let lines = self.positions.last().map_or(0, |&(_, line)| line + 1);
        lines as f32 * self.scale * LINE_HEIGHT
    }

    /// Paints the lines with their left top corner at `origin`. Each product is an element that can be
    /// hovered.
    pub(crate) fn paint_ui(&self, canvas: &mut Canvas<'_>, context: &PaneContext<'_>, origin: Pos2) {
        for ((math_box, knob), &(left, line)) in self.boxes.iter().zip(&self.positions) {
            let line_height = self.scale * LINE_HEIGHT;
            let top_left = origin + vec2(left, line as f32 * line_height);
            let rect = Rect::from_min_size(top_left, vec2(math_box.width, line_height));
            if let Some(knob) = *knob {
                let element = Element::Term(knob);
                if canvas.is_highlighted(element)
                    || context.session.view().highlighted == Some(Adjustable::Knob(knob))
                {
                    let at = knob.neuron_address();
                    let tint = context.theme.highlighted(context.neuron_color(at));
                    canvas
                        .painter()
                        .rect_filled(rect.shrink2(vec2(0.0, 1.0)), 4.0, tint);
                }
                canvas.place_again(Placement::new(element, HitShape::Rect(rect)));
            }
            math_box.paint(canvas.painter(), top_left + vec2(0.0, self.scale * BASELINE));
        }
    }
}

/// The weighted sum and the output of the activation function.
pub(crate) struct FormulaResult {
    sum: [MathBox; 2],
    activation: FormulaLines,
    activation_text: Arc<Galley>,
    /// The table of a softmax layer.
    softmax_table: Option<SoftmaxTable>,
    /// The output in the snapshot and its difference to the current one.
    snapshot_text: Option<Arc<Galley>>,
}

impl FormulaResult {
    /// Lays out the result for a pane of `width` points.
    pub(crate) fn new(painter: &Painter, context: &PaneContext<'_>, formula: &Formula, width: f32) -> Self {
        let identity = context.neuron_color(formula.at);
        let theme = context.theme;
        let architecture = context.session.architecture();
        let big = context.font(type_scale::big_number());
        let running_sum = running_sum(context, formula);
        let z = context.format_value(running_sum.unwrap_or(formula.z));
        let upright = |text: &str| {
            MathBox::text(
                painter,
                text,
                context.font(type_scale::math_upright()),
                theme.weak_text,
            )
        };
        let sum = [
            MathBox::row([
                match running_sum {
                    Some(_) => MathBox::text(
                        painter,
                        context.messages.formula_running_sum(),
                        context.font(type_scale::body()),
                        identity,
                    ),
                    None => MathBox::symbol(
                        painter,
                        &architecture.z_symbol(formula.at),
                        context.symbol_scale(1.1),
                        identity,
                    ),
                },
                upright(&match running_sum {
                    Some(_) => " =".to_owned(),
                    None => format!(" {}", context.sum_sign(formula)),
                }),
            ]),
            MathBox::text(painter, z.clone(), big, identity),
        ];
        let number = |text: String, color: Color32| {
            MathBox::text(painter, text, context.font(type_scale::number()), color)
        };
        let name = |text: &str| MathBox::text(painter, text, context.font(type_scale::body()), theme.text);
        let mut boxes = vec![MathBox::symbol(
            painter,
            &architecture.a_symbol(formula.at),
            context.symbol_scale(1.0),
            identity,
        )];
        match formula.activation {
            // While stepping through the sum, the activation function isn't applied yet.
            _ if running_sum.is_some() => {}
            activation if activation.is_per_layer() => {
                let power = |exponent: MathBox| {
                    let e = MathBox::text(painter, "e", context.font(type_scale::math()), theme.weak_text);
                    MathBox::row([e, exponent.raised(context.scale * 6.0)])
                };
                let small =
                    |text: String| MathBox::text(painter, text, small_number(context), theme.weak_text);
                let z_small = MathBox::text(
                    painter,
                    "z",
                    smaller(context.font(type_scale::math()), context),
                    theme.weak_text,
                );
                boxes.push(MathBox::row([
                    upright(" = "),
                    power(small(z)),
                    upright(" / Σ "),
                    power(z_small),
                ]));
                if let Some((exponential, sum)) = softmax_fraction(formula.z, &formula.layer_z) {
                    let exponential = number(context.format_value(exponential), theme.text);
                    let sum = number(context.format_value(sum), theme.text);
                    boxes.push(MathBox::row([upright(" = "), exponential, upright(" / "), sum]));
                }
            }
            Activation::Linear => boxes.push(MathBox::row([
                upright(" = "),
                MathBox::symbol(
                    painter,
                    &architecture.z_symbol(formula.at),
                    context.symbol_scale(1.0),
                    theme.weak_text,
                ),
            ])),
            other => boxes.push(MathBox::row([
                upright(" = "),
                name(other.label(context.messages)),
                upright("("),
                number(z, theme.text),
                upright(")"),
            ])),
        }
        let output = if running_sum.is_some() {
            "…".to_owned()
        } else {
            context.format_value(formula.output)
        };
        let output = MathBox::text(painter, output, context.font(type_scale::strong()), identity);
        boxes.push(MathBox::row([upright(" = "), output]));
        let indent = boxes[0].width;
        let boxes = boxes.into_iter().map(|math_box| (math_box, None)).collect();
        let messages = context.messages;
        let activation_text = painter.layout(
            match running_sum {
                Some(_) => messages.formula_activation_later(formula.activation.label(messages)),
                None => formula.activation.note(formula.z, messages).to_owned(),
            },
            context.font(type_scale::small()),
            theme.weak_text,
            width - 8.0,
        );
        let snapshot_output = context.snapshot_output(formula.at);
        let snapshot_text = snapshot_output.map(|was| {
            let delta = context.format_difference(was, formula.output);
            let text = messages.formula_snapshot(delta, context.format_value(was));
            painter.layout(text, context.font(type_scale::small()), theme.text, width - 8.0)
        });
        Self {
            softmax_table: running_sum
                .is_none()
                .then(|| SoftmaxTable::new(context, formula))
                .flatten(),
            snapshot_text,
            sum,
            activation: FormulaLines::new(boxes, width - 8.0, indent, context.scale),
            activation_text,
        }
    }

    /// Returns the minimum width, in points.
    pub(crate) fn min_width(&self, painter: &Painter) -> f32 {
        const SPACING: f32 = 20.0;
        let table_width = self
            .softmax_table
            .as_ref()
            .map_or(0.0, |coupling| coupling.min_width(painter));
        table_width.max(self.sum[0].width + self.sum[1].width + SPACING)
    }

    /// True if the result contains the table of a softmax layer.
    pub(crate) fn has_table(&self) -> bool {
        self.softmax_table.is_some()
    }

    /// Returns the height of the result, in points.
    pub(crate) fn height(&self) -> f32 {
        let snapshot_height = self.snapshot_text.as_ref().map_or(0.0, |galley| galley.size().y);
        let table_height = self.softmax_table.as_ref().map_or(0.0, SoftmaxTable::height);
        self.activation.scale * SUM_HEIGHT
            + self.activation.height()
            + self.activation_text.size().y
            + snapshot_height
            + table_height
            + 4.0
    }

    /// Paints the result into `rect`. Its background hides the rows that scroll below it.
    pub(crate) fn paint_ui(
        &self,
        canvas: &mut Canvas<'_>,
        context: &PaneContext<'_>,
        formula: &Formula,
        rect: Rect,
    ) {
        let theme = context.theme;
        let element = Element::Neuron(formula.at);
        canvas.begin_element(element);
        let painter = canvas.painter();
        if context.options.is_none() {
            painter.rect_filled(rect, 0.0, theme.card);
        }
        painter.hline(rect.x_range(), rect.top() + 1.0, Stroke::new(1.5, theme.axis));
        let [left, right] = [rect.left() + 4.0, rect.right() - 4.0];
        let scale = context.scale;
        let base = rect.top() + scale * (SUM_HEIGHT - 10.0);
        self.sum[0].paint(painter, pos2(left, base));
        self.sum[1].paint(painter, pos2(right - self.sum[1].width, base));
        let top = rect.top() + scale * SUM_HEIGHT;
        let line = Rect::from_x_y_ranges(rect.x_range(), top - 2.0..=top + self.activation.height());
        if canvas.is_highlighted(element) {
            let tint = theme.tinted(context.neuron_color(formula.at));
            canvas.painter().rect_filled(line, 4.0, tint);
        }
        self.activation.paint_ui(canvas, context, pos2(left, top));
        let text_position = pos2(left, top + self.activation.height());
        let painter = canvas.painter();
        // Empty text has no bounds.
        if !self.activation_text.text().is_empty() {
            painter.galley(text_position, Arc::clone(&self.activation_text), theme.weak_text);
        }
        if let Some(coupling) = &self.softmax_table {
            let band_rect = rect.with_min_y(rect.bottom() - coupling.height() - 2.0);
            coupling.paint_ui(canvas, context, formula, band_rect);
        }
        let painter = canvas.painter();
        if let Some(snapshot_text) = &self.snapshot_text {
            let under = text_position + vec2(0.0, self.activation_text.size().y);
            painter.galley(under, Arc::clone(snapshot_text), theme.text);
        }
        let session = context.session;
        // The result is hit before the rows that scroll below it.
        canvas.place(Placement::new(element, HitShape::Rect(rect)).rank(3), || {
            let messages = context.messages;
            let neuron = session.architecture().describe_neuron(formula.at, messages);
            ElementInfo::new(
                messages.formula_output(neuron),
                context.format_value(formula.output),
            )
        });
        canvas.end_element();
    }
}

/// Returns the sum of the products added so far while stepping through the sum, or `None` if this neuron
/// isn't being stepped through or all products are added.
fn running_sum(context: &PaneContext<'_>, formula: &Formula) -> Option<f64> {
    let step = context
        .session
        .view()
        .forward_step
        .filter(|step| step.neuron_at() == formula.at)?;
    formula.running_sums.get(step.product).copied()
}

const SUM_HEIGHT: f32 = 34.0;

/// Returns the font of an exponent beside `font`.
fn smaller(font: FontId, context: &PaneContext<'_>) -> FontId {
    let min_size = match context.is_presented {
        true => context.scale * type_scale::small().size,
        false => 0.0,
    };
    FontId::new((font.size * 0.7).max(min_size), font.family)
}

fn small_number(context: &PaneContext<'_>) -> FontId {
    smaller(
        context.font(FontId::new(14.0, type_scale::number().family)),
        context,
    )
}
