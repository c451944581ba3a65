//! `neurodial new`: creates a document with seeded initial values.

use std::path::PathBuf;

use anyhow::bail;

use neurodial_core::network::architecture::MAX_WIDTH;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::session::{Document, Edit, Origin, Session};
use neurodial_core::text::shortened;

use super::count_with_noun;
use super::option_context::OptionContext as _;

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// The number of inputs and the widths of the layers, such as 2,4,1
    #[arg(long, value_name = "N,N,…", allow_hyphen_values = true)]
    layers: String,
    #[arg(long, value_name = "NAME,…", help = activations_help())]
    activations: String,
    /// The initial weights: zeros, uniform, normal, xavier, he
    #[arg(long, value_name = "SCHEME", default_value = "xavier")]
    init: Initializer,
    /// The random seed; the same seed gives the same numbers on every machine
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = parse_seed)]
    seed: u64,
    /// Draw random biases too; otherwise they are 0
    #[arg(long)]
    biases: bool,
    /// The file to write; - is the standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Returns the help of `--activations`.
fn activations_help() -> String {
    let names = Activation::ALL.map(Activation::name).join(", ");
    format!("One activation for each layer, or one for all: {names}")
}

/// Writes the new document.
///
/// # Errors
/// Returns an error if the architecture is invalid or the file can’t be written.
pub(crate) fn run(arguments: &NewArgs) -> anyhow::Result<()> {
    let architecture = parse_architecture(&arguments.layers, &arguments.activations)?;
    let document = Document::new(Network::zeros(architecture));
    let mut session = Session::open(document, Origin::Untitled);
    session.apply(Edit::Initialize(Initialization {
        initializer: arguments.init,
        seed: arguments.seed,
        has_random_biases: arguments.biases,
    }))?;
    super::write_document(session.document(), &arguments.output)
}

/// Parses a random seed.
pub(super) fn parse_seed(text: &str) -> Result<u64, String> {
    let error = |_| format!("a seed is a whole number from 0 to {}", u64::MAX);
    text.trim().parse().map_err(error)
}

/// Parses the architecture from the values of `--layers` and `--activations`.
fn parse_architecture(layers: &str, activations: &str) -> anyhow::Result<Architecture> {
    let widths: Vec<usize> = layers
        .split(',')
        .map(parse_width)
        .collect::<anyhow::Result<_>>()?;
    let [inputs, widths @ ..] = widths.as_slice() else {
        bail!("--layers is empty");
    };
    if widths.is_empty() {
        bail!("--layers {inputs} has inputs only; add at least one layer, such as --layers {inputs},1");
    }
    let named: Vec<Activation> = activations
        .split(',')
        .map(|name| name.trim().parse())
        .collect::<Result<_, _>>()
        .option_context("--activations")?;
    let all = match named.as_slice() {
        [one] => vec![*one; widths.len()],
        each if each.len() == widths.len() => named,
        each => bail!(
            "--activations names {} and --layers makes {} after the inputs; name one for each, or one for all",
            each.len(),
            count_with_noun(widths.len(), "layer")
        ),
    };
    let plan: Vec<_> = widths.iter().copied().zip(all).collect();
    Architecture::dense(*inputs, &plan).option_context("--layers")
}

fn parse_width(text: &str) -> anyhow::Result<usize> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        bail!(
            "--layers: “{}” is not a whole number; write widths like 2,4,1, the inputs first",
            shortened(text)
        );
    }
    let Ok(width) = text.parse() else {
        bail!(
            "--layers: {} is more than any layer has; the most is {MAX_WIDTH}",
            shortened(text)
        );
    };
    Ok(width)
}
