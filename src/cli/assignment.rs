//! The assignments of `neurodial set`, such as `w[1,2,3]=1/3`, one action each.

use anyhow::{anyhow, bail};

use neurodial_core::network::NeuronAddress;
use neurodial_core::session::adjustable::parse_address;
use neurodial_core::session::document::MAX_NAME_CHARS;
use neurodial_core::session::{Action, Adjustable, Edit};
use neurodial_core::text::{parse_number, shortened};

/// Parses one assignment. Indices count from 1; they aren’t checked against a network here.
///
/// # Errors
/// Returns an error that quotes the assignment if it can’t be parsed.
pub(crate) fn parse(text: &str) -> anyhow::Result<Action> {
    let Some((address, value)) = text.split_once('=') else {
        bail!("“{}” sets nothing; write it like w[1,2,3]=0.5", shortened(text));
    };
    let address = address.trim();
    let with_address = |e: &dyn std::fmt::Display| anyhow!("{}: {e}", shortened(address));
    if let Some(target) = Adjustable::parse(address) {
        let value = parse_number(value).map_err(|e| with_address(&e))?;
        return Ok(Edit::Set { target, value }.into());
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
            "“{}” is no place in a network; write w[layer,neuron,input], b[layer,neuron], x[input], name[x1], \
             name[layer,neuron], activation[layer] or activation[layer,neuron], counted from 1",
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
        bail!("a name has up to {MAX_NAME_CHARS} characters");
    }
    if text.contains(char::is_control) {
        bail!("a name has no line breaks and no control characters");
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}
