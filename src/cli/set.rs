//! `neurodial set`: changes a document; either all assignments are applied or none.

use std::path::PathBuf;

use anyhow::{anyhow, bail};

use neurodial_core::nerve_cell::CellSetting;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::adjustable::parse_address;
use neurodial_core::session::document::MAX_NAME_CHARS;
use neurodial_core::session::{Action, Adjustable, Edit, Origin};
use neurodial_core::text::{parse_number, shortened, to_half_width};

use super::document_arg::DocumentArg;
use super::values::refusal_error;
use super::{document_arg, output};

/// The arguments of `set`.
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// The places to set, in order, such as 'w[1,2,3]=1/3' 'b[1,2]=-2e-3' 'x[1]=4' 'name[x1]=height' 'name[1,2]=yes'
    /// 'activation[1]=step' 'activation[1,2]=tanh' 'cell.current=3' 'cell.refractory=2'; layers, neurons, and inputs are counted from 1
    #[arg(value_name = "PLACE=VALUE")]
    assignments: Vec<String>,
    /// The file to write; - for standard output [default: DOCUMENT itself]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Applies the assignments in order and writes the document.
///
/// # Errors
/// Returns an error if an assignment is invalid, a preset is given without `-o`, or the file can’t be
/// written.
pub(crate) fn run(arguments: &SetArgs) -> anyhow::Result<()> {
    let mut session = arguments.document.open()?;
    let output = match (&arguments.output, session.origin()) {
        (Some(output), _) => output.clone(),
        (None, Origin::File(path)) => path.clone(),
        (None, _) => bail!(
            "{} is a preset, which cannot be changed; name the file to write with -o FILE",
            document_arg::title(&session)
        ),
    };
    if arguments.assignments.is_empty() && arguments.output.is_none() {
        bail!("there is nothing to set; add a value such as 'w[1,2,3]=0.5'");
    }
    for text in &arguments.assignments {
        let action = parse_assignment(text)?;
        let place = shortened(text.split(['=', '＝']).next().unwrap_or(text).trim());
        session
            .apply(action)
            .map_err(|refusal| refusal_error(&place, &refusal))?;
    }
    output::write_document(session.document(), &output)
}

/// Parses one assignment. Indices count from 1; they aren’t checked against a network here.
///
/// # Errors
/// Returns an error that quotes the assignment if it can’t be parsed.
fn parse_assignment(text: &str) -> anyhow::Result<Action> {
    let Some((address, value)) = text.split_once(['=', '＝']) else {
        bail!("“{}” has no value; write it like w[1,2,3]=0.5", shortened(text));
    };
    let address = to_half_width(address);
    let address = address.trim();
    let with_address = |e: &dyn std::fmt::Display| anyhow!("{}: {e}", shortened(address));
    if let Some(target) = Adjustable::parse(address) {
        let value = parse_number(value).map_err(|e| with_address(&e))?;
        return Ok(Edit::Set { target, value }.into());
    }
    if let Some(setting) = CellSetting::from_address(address) {
        let value = parse_number(value).map_err(|e| with_address(&e))?;
        let gesture = None;
        return Ok(Edit::SetCell {
            setting,
            value,
            gesture,
        }
        .into());
    }
    if let Some(input) = parse_named_input(address) {
        let name = parse_name(value).map_err(|e| with_address(&e))?;
        return Ok(Edit::NameInput { input, name }.into());
    }
    match parse_address(address) {
        Some(("name", at)) if at.len() == 2 => Ok(Edit::NameNeuron {
            at: NeuronAddress {
                layer: at[0],
                neuron: at[1],
            },
            name: parse_name(value).map_err(|e| with_address(&e))?,
        }
        .into()),
        Some(("activation", at)) if (1..=2).contains(&at.len()) => Ok(Edit::SetActivation {
            layer: at[0],
            neuron: at.get(1).copied(),
            activation: value.trim().parse().map_err(|e| with_address(&e))?,
        }
        .into()),
        _ => bail!(
            "“{}” is not a place in a network; write w[layer,neuron,input], b[layer,neuron], x[input], name[x1], \
             name[layer,neuron], activation[layer] or activation[layer,neuron], counted from 1, or cell.current or \
             cell.refractory",
            shortened(address)
        ),
    }
}

/// Returns the index of the input, counted from 0, in `name[x1]`.
fn parse_named_input(address: &str) -> Option<usize> {
    let index = address
        .strip_prefix("name")?
        .trim_start()
        .strip_prefix('[')?
        .strip_suffix(']')?;
    let index = index.trim().strip_prefix('x')?;
    index.trim().parse::<usize>().ok()?.checked_sub(1)
}

/// Parses a name; an empty one is `None`.
fn parse_name(text: &str) -> anyhow::Result<Option<String>> {
    let text = text.trim();
    if text.chars().count() > MAX_NAME_CHARS {
        bail!("a name can have at most {MAX_NAME_CHARS} characters; shorten it");
    }
    if text.contains(char::is_control) {
        bail!("a name cannot have line breaks or control characters; remove them");
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
