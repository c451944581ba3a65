//! `neurodial describe`: describes in words what a network computes.

use std::path::PathBuf;

use anyhow::bail;

use neurodial_core::insight::{Insight, description};
use neurodial_core::session::state::MAX_DECIMALS;
use neurodial_core::session::{Session, ViewChange};
use neurodial_core::text::Messages;

use super::{document_arg, figure};

/// The arguments of `describe`.
#[derive(Debug, clap::Args)]
pub struct DescribeArgs {
    /// The name of a preset, or a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// The number of decimals, 0 to 12
    #[arg(long, value_name = "N", default_value_t = 3)]
    decimals: usize,
    /// The neuron to describe, such as 'neuron[1,2]' (layer, neuron)
    #[arg(long, value_name = "NEURON")]
    select: Option<String>,
    /// The language: en or zh-Hans
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

/// Prints the description.
///
/// # Errors
/// Returns an error if the document can’t be opened, an option is invalid, or the network lacks the neuron.
pub(crate) fn run(arguments: &DescribeArgs) -> anyhow::Result<()> {
    let mut session: Session = document_arg::open(&arguments.document)?;
    if arguments.decimals > MAX_DECIMALS {
        bail!("--decimals is 0 to {MAX_DECIMALS}, not {}", arguments.decimals);
    }
    session.apply(ViewChange::SetDecimals(arguments.decimals))?;
    if let Some(select) = &arguments.select {
        session.apply(ViewChange::Select(figure::values::parse_neuron(select)?))?;
    }
    let messages = Messages::new(figure::values::parse_locale(arguments.language.as_deref())?);
    let insight = Insight::new(&session);
    super::print(&format!(
        "{}\n",
        description::describe(&session, &insight, messages)
    ))
}
