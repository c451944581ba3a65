//! `neurodial describe`: describes in words what a network computes.

use neurodial_core::insight::{Insight, description};
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::ViewChange;
use neurodial_core::text::{Locale, Messages};

use super::document_arg::DocumentArg;
use super::output;
use super::values::{change_view, locales, parse_decimals, parse_neuron};

/// The arguments of `describe`.
#[derive(Debug, clap::Args)]
pub struct DescribeArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// The number of decimals, from 0 to 12
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = parse_decimals)]
    decimals: usize,
    /// The neuron to describe, such as 'neuron[1,2]' (layer 1, neuron 2) [default: the second output, or the
    /// only one]
    #[arg(long, value_name = "NEURON", value_parser = parse_neuron)]
    select: Option<NeuronAddress>,
    /// The language of the description
    #[arg(long, value_name = "LANGUAGE", default_value = Locale::English.name(), value_parser = locales())]
    language: Locale,
}

/// Prints the description.
///
/// # Errors
/// Returns an error if the document can’t be opened, an option is invalid, or the network lacks the neuron.
pub(crate) fn run(arguments: &DescribeArgs) -> anyhow::Result<()> {
    let mut session = arguments.document.open()?;
    session.apply(ViewChange::SetDecimals(arguments.decimals))?;
    if let Some(select) = arguments.select {
        change_view(&mut session, "--select", ViewChange::Select(select))?;
    }
    let messages = Messages::new(arguments.language);
    let insight = Insight::new(&session);
    output::print(&format!(
        "{}\n",
        description::describe(&session, &insight, messages)
    ))
}
