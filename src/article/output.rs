//! The computation of the whole network: the weighted sum of each neuron, product by product, as numbers and
//! as a waterfall chart, and its output.
//!
//! | file | content |
//! | --- | --- |
//! | [`output_figure`] | [`output_figure::OutputFigure`]: the layout and drawing of the figure |
//! | [`bar`] | the bars that show numbers |
//! | [`waterfall`] | [`waterfall::Waterfall`]: a sum as steps |

pub(crate) mod bar;
pub(crate) mod output_figure;
pub(crate) mod waterfall;

use egui::vec2;

use crate::figure_page::FigurePageError;
use crate::theme::ColorTheme;
use egui_figure::{Drawing, HeadlessContext};
use neurodial_core::insight::{Formula, Insight};
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{Document, Origin, Session, ViewChange};
use neurodial_core::text::format_fixed;
use output_figure::OutputFigure;

/// The number of decimals in the figure.
const DECIMALS: usize = 3;

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
    theme: &ColorTheme,
    document: &Document,
) -> Result<Drawing, FigurePageError> {
    let (session, formulas) = formulas(document)?;
    let sheet = OutputFigure::new(theme, session.architecture(), &formulas);
    Ok(headless.draw(vec2(super::NARROW_WIDTH, sheet.height()), |ui| {
        sheet.figure_ui(ui)
    })?)
}

/// Returns the alt text of the figure.
///
/// # Errors
/// Returns an error if a neuron of the output layer can't be selected.
pub(crate) fn description(document: &Document) -> Result<String, FigurePageError> {
    let (session, formulas) = formulas(document)?;
    let number = |value: f64| format_fixed(value, DECIMALS);
    let mut text = "What the network computes: output = sum(input · weight) + bias, and then the activation. Each \
                    neuron's products and its bias stand under each other, with a bar for each that begins where the \
                    one before it ended: to the right where it helps, to the left and hatched where it hinders."
        .to_owned();
    for formula in &formulas {
        let terms = formula.terms.iter().map(|term| {
            let (source, weight) = (number(term.source), number(term.weight));
            format!("{source} · ({weight})")
        });
        let terms: Vec<String> = terms.collect();
        text += &format!(
            " {}: {} + {} = {}; {} gives {}.",
            session.architecture().describe_neuron(formula.at),
            terms.join(" + "),
            number(formula.bias),
            number(formula.z),
            formula.activation,
            number(formula.output),
        );
    }
    Ok(text)
}
