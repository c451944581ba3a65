//! What the whole network computes: each neuron's sum term by term, in numbers and as steps, and its output.
//!
//! | file | noun |
//! | --- | --- |
//! | [`sheet`] | [`sheet::Sheet`]: where everything stands |
//! | [`bar`] | the bars that stand for numbers |
//! | [`waterfall`] | [`waterfall::Waterfall`]: a sum as steps |

pub mod bar;
pub mod sheet;
pub mod waterfall;

use egui::vec2;

use egui_figure::{Drawing, HeadlessContext};
use neurodial_core::insight::{Formula, Insight};
use crate::look::ColorTheme;
use neurodial_core::network::NeuronAddress;
use crate::panes::plate::FigurePageError;
use neurodial_core::session::{Action, Document, Origin, Session};
use neurodial_core::words::format_fixed;
use sheet::OutputFigure;

/// How many decimals its numbers have.
const DECIMALS: usize = 3;

/// The sums of the last layer's neurons.
fn formulas(document: &Document) -> Result<(Session, Vec<Formula>), FigurePageError> {
    let mut session = Session::open(document.clone(), Origin::Untitled);
    let layer = session.architecture().last_layer();
    let mut formulas = Vec::new();
    for neuron in 0..session.architecture().width(layer) {
        session.apply(Action::Select(NeuronAddress { layer, neuron }))?;
        formulas.push(Insight::new(&session).formula().clone());
    }
    Ok((session, formulas))
}

/// Draws it.
///
/// # Errors
/// If something in it can't be drawn.
pub fn draw(headless: &mut HeadlessContext, theme: &ColorTheme, document: &Document) -> Result<Drawing, FigurePageError> {
    let (session, formulas) = formulas(document)?;
    let sheet = OutputFigure::new(theme, session.architecture(), &formulas);
    Ok(headless.draw(vec2(super::NARROW_WIDTH, sheet.height()), |ui| sheet.figure_ui(ui))?)
}

/// The figure in words.
///
/// # Errors
/// If the document lacks a neuron that it has.
pub fn description(document: &Document) -> Result<String, FigurePageError> {
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
