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

use egui_figure::{Drawing, Studio};
use neurodial_core::insight::{Formula, Insight};
use crate::look::Look;
use neurodial_core::network::NeuronAt;
use crate::panes::plate::PlateError;
use neurodial_core::session::{Action, Document, Origin, Session};
use neurodial_core::words::fixed;
use sheet::Sheet;

/// How many decimals its numbers have.
const DECIMALS: usize = 3;

/// The sums of the last layer's neurons.
fn formulas(document: &Document) -> Result<(Session, Vec<Formula>), PlateError> {
    let mut session = Session::open(document.clone(), Origin::Untitled);
    let layer = session.blueprint().last_layer();
    let mut formulas = Vec::new();
    for neuron in 0..session.blueprint().width(layer) {
        session.apply(Action::Select(NeuronAt { layer, neuron }))?;
        formulas.push(Insight::new(&session).formula().clone());
    }
    Ok((session, formulas))
}

/// Draws it.
///
/// # Errors
/// If something in it can't be drawn.
pub fn draw(studio: &mut Studio, look: &Look, document: &Document) -> Result<Drawing, PlateError> {
    let (session, formulas) = formulas(document)?;
    let sheet = Sheet::new(look, session.blueprint(), &formulas);
    Ok(studio.draw(vec2(super::NARROW, sheet.height()), |ui| sheet.show(ui))?)
}

/// The figure in words.
///
/// # Errors
/// If the document lacks a neuron that it has.
pub fn description(document: &Document) -> Result<String, PlateError> {
    let (session, formulas) = formulas(document)?;
    let number = |value: f64| fixed(value, DECIMALS);
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
            session.blueprint().neuron_words(formula.at),
            terms.join(" + "),
            number(formula.bias),
            number(formula.z),
            formula.activation,
            number(formula.output),
        );
    }
    Ok(text)
}
