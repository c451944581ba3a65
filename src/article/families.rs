//! The effect of weight and bias: the weighted sum and the output of one neuron as curve families, side by
//! side.

use egui::{Align2, Painter, Rangef, Rect, Ui, pos2, vec2};

use super::labels::{NARROW_WIDTH, symbol};
use crate::canvas::Elements;
use crate::figure_page::FigurePageError;
use crate::panes::curve_family::FamilyPlot;
use crate::panes::curves::symbol_name;
use crate::panes::diagram::paint::MIN_NUMBER_SIZE;
use crate::panes::{PaneContext, PrintOptions};
use crate::plot::PlotArea;
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use egui_figure::{Drawing, HeadlessContext};
use neurodial_core::insight::{CurveFamily, Insight};
use neurodial_core::network::{Knob, MathSymbol};
use neurodial_core::session::{Adjustable, CurveAxes, Document, Origin, Quantity, Session, ViewChange};
use neurodial_core::text::Messages;

/// The height of the drawing, in points.
pub(crate) const HEIGHT: f32 = 268.0;
/// The margin of the page, in points.
const MARGIN: f32 = 8.0;
/// The height of the heading above a plot, in points.
const HEADING_HEIGHT: f32 = 40.0;
/// The width of one plot with its axis labels, in points.
const PLOT_WIDTH: f32 = 163.0;
/// The gap between the two plots, in points.
const GAP: f32 = 10.0;
/// The axis range of the input, and of the weighted sum.
const INPUT_RANGE: [f64; 2] = [-5.0, 5.0];
/// The axis range of the output; it shows that a curve runs along 0 or 1.
const OUTPUT_RANGE: [f64; 2] = [-0.06, 1.06];

/// The knob that varies from curve to curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VariedKnob {
    /// The weight; the bias is fixed at 0.
    Weight,
    /// The bias; the weight is fixed at 1.
    Bias,
}

impl VariedKnob {
    fn symbol(self) -> MathSymbol {
        let letter = match self {
            Self::Weight => 'w',
            Self::Bias => 'b',
        };
        symbol(letter, None)
    }

    /// Returns the other knob, its value, and the note that it is fixed.
    const fn fixed(self, messages: Messages) -> (Self, &'static str, &'static str) {
        match self {
            Self::Weight => (Self::Bias, "0", messages.article_bias_fixed()),
            Self::Bias => (Self::Weight, "1", messages.article_weight_fixed()),
        }
    }

    const fn knob(self) -> Knob {
        match self {
            Self::Weight => Knob::weight(0, 0, 0),
            Self::Bias => Knob::bias(0, 0),
        }
    }

    const fn values(self) -> [f64; 9] {
        match self {
            // A weight multiplies, so it doubles from curve to curve; a bias is added, so it grows evenly.
            Self::Weight => [-4.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 4.0],
            Self::Bias => [-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0],
        }
    }

    /// Returns the captions of the two plots.
    const fn captions(self, messages: Messages) -> [&'static str; 2] {
        match self {
            Self::Weight => [
                messages.article_weight_slope(),
                messages.article_weight_steepness(),
            ],
            Self::Bias => [messages.article_bias_line(), messages.article_bias_curve()],
        }
    }

    /// Returns the session that a plot is drawn from, and its curves.
    fn plot_session(
        self,
        document: &Document,
        quantity: Quantity,
        y: [f64; 2],
    ) -> Result<(Session, CurveFamily), FigurePageError> {
        let mut session = Session::open(document.clone(), Origin::Untitled);
        session.apply(ViewChange::SetQuantity(quantity))?;
        let axes = CurveAxes {
            x: Some(INPUT_RANGE),
            y: Some(y),
        };
        session.apply(ViewChange::SetAxes(axes))?;
        let family = CurveFamily::new(&session, Adjustable::Knob(self.knob()), &self.values(), Some(y))?;
        Ok((session, family))
    }
}

/// Draws both plots and their scale.
///
/// # Errors
/// Returns an error if something in the figure can't be drawn.
pub(crate) fn draw(
    varied: VariedKnob,
    headless: &mut HeadlessContext,
    (theme, messages): (&'static ColorTheme, Messages),
    document: &Document,
) -> Result<Drawing, FigurePageError> {
    let planes = [
        varied.plot_session(document, Quantity::WeightedSum, INPUT_RANGE)?,
        varied.plot_session(document, Quantity::Output, OUTPUT_RANGE)?,
    ];
    let drawing = headless.draw(vec2(NARROW_WIDTH, HEIGHT), |ui| {
        let mut right = MARGIN;
        for (index, (session, family)) in planes.iter().enumerate() {
            let insight = Insight::new(session);
            let options = PrintOptions::without_labels(MIN_NUMBER_SIZE);
            let (actions, requests) = (&mut Vec::new(), &mut Vec::new());
            let context = PaneContext::new(
                session,
                &insight,
                theme,
                messages,
                Some(options),
                actions,
                requests,
            );
            let left = right + if index == 0 { 0.0 } else { GAP };
            right = left + PLOT_WIDTH;
            let rect = Rect::from_min_max(pos2(left, MARGIN), pos2(right, HEIGHT - MARGIN));
            let plot_area = plot_ui(ui, &context, family, varied, index, rect);
            if index == 1 {
                let painter = ui.painter().clone();
                let shown = FamilyPlot::with_names(
                    &context,
                    family,
                    axis_names(&painter, &context, index),
                    varied.symbol(),
                );
                scale_ui(&painter, &shown, varied, right + 11.0, plot_area.rect.y_range());
            }
        }
    })?;
    Ok(drawing)
}

/// Returns the names of the axes of a plot.
fn axis_names(painter: &Painter, context: &PaneContext<'_>, index: usize) -> [MathBox; 2] {
    ['x', ['z', 'a'][index]].map(|letter| symbol_name(painter, context, &symbol(letter, None)))
}

/// Draws one plot below its heading.
fn plot_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    family: &CurveFamily,
    varied: VariedKnob,
    index: usize,
    rect: Rect,
) -> PlotArea {
    let painter = ui.painter().clone();
    let theme = context.theme;
    heading_ui(&painter, theme, index, rect);
    let finding = varied.captions(context.messages)[index];
    let under = pos2(rect.left() + 24.0, rect.top() + 30.0);
    painter.text(
        under,
        Align2::LEFT_CENTER,
        finding,
        type_scale::small(),
        theme.weak_text,
    );
    let below = Rect::from_min_max(rect.min + vec2(0.0, HEADING_HEIGHT), rect.max);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(below).id_salt(index));
    let mut elements = Elements::for_figure();
    let shown = FamilyPlot::with_names(
        context,
        family,
        axis_names(&painter, context, index),
        varied.symbol(),
    );
    shown.plot_ui(&mut child, &mut elements, below, 6.0, ["sum", "output"][index])
}

/// Draws the letter of a plot, and the formula of the quantity that it shows.
fn heading_ui(painter: &Painter, theme: &ColorTheme, index: usize, rect: Rect) {
    let upright = |text: &str| MathBox::text(painter, text, type_scale::math_upright(), theme.text);
    let name = |letter: char| MathBox::symbol(painter, &symbol(letter, None), 1.0, theme.text);
    let formula = if index == 0 {
        MathBox::row([
            name('z'),
            upright(" = "),
            name('w'),
            upright(" · "),
            name('x'),
            upright(" + "),
            name('b'),
        ])
    } else {
        MathBox::row([name('a'), upright(" = sigmoid("), name('z'), upright(")")])
    };
    let row = MathBox::row([
        MathBox::text(
            painter,
            ["(a)  ", "(b)  "][index],
            type_scale::strong(),
            theme.text,
        ),
        formula,
    ]);
    row.paint(painter, pos2(rect.left(), rect.top() + 13.0));
}

/// Draws the scale of the varied knob, and the value of the fixed one.
fn scale_ui(painter: &Painter, shown: &FamilyPlot<'_, '_>, varied: VariedKnob, left: f32, heights: Rangef) {
    let theme = shown.context.theme;
    let (fixed, value, note) = varied.fixed(shown.context.messages);
    let bottom = heights.max;
    shown.legend_ui(painter, left, Rangef::new(heights.min - 32.0, bottom - 38.0));
    painter.text(
        pos2(left, bottom - 22.0),
        Align2::LEFT_CENTER,
        note,
        type_scale::small(),
        theme.weak_text,
    );
    let row = MathBox::row([
        MathBox::symbol(painter, &fixed.symbol(), 0.95, theme.text),
        MathBox::text(painter, format!(" = {value}"), type_scale::body(), theme.text),
    ]);
    row.paint(painter, pos2(left, bottom));
}
