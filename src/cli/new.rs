//! `neurodial new`: creates a document with seeded initial values.

use std::path::PathBuf;

use anyhow::{anyhow, bail};

use neurodial_core::network::architecture::MAX_WIDTH;
use neurodial_core::network::{Activation, Architecture, Initialization, Initializer, Network};
use neurodial_core::session::{Document, Edit, Origin, Session};
use neurodial_core::text::{NumberError, count_with_noun, parse_integer, shortened};

use super::output;
use super::values::{Choices, parse_seed};

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    /// The number of inputs and the widths of the layers, such as 2,4,1
    #[arg(long, value_name = "N,N,…", required = true, allow_hyphen_values = true, value_delimiter = ',', value_parser = parse_width)]
    layers: Vec<usize>,
    /// One activation function per layer, or one for all
    #[arg(long, value_name = "NAME,…", required = true, value_delimiter = ',', value_parser = Choices::named(Activation::ALL, Activation::name))]
    activations: Vec<Activation>,
    /// The initialization of the weights
    #[arg(long, value_name = "SCHEME", default_value = "xavier", value_parser = Choices::named(Initializer::ALL, Initializer::name))]
    init: Initializer,
    /// The random seed; the same seed gives the same numbers on every machine
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = parse_seed)]
    seed: u64,
    /// Randomize the biases too; otherwise they are 0
    #[arg(long)]
    biases: bool,
    /// The file to write; - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

/// Writes the new document.
///
/// # Errors
/// Returns an error if the architecture is invalid or the file can’t be written.
pub(crate) fn run(arguments: &NewArgs) -> anyhow::Result<()> {
    let architecture = architecture(&arguments.layers, &arguments.activations)?;
    let document = Document::new(Network::zeros(architecture));
    let mut session = Session::open(document, Origin::Untitled);
    session.apply(Edit::Initialize(Initialization {
        initializer: arguments.init,
        seed: arguments.seed,
        has_random_biases: arguments.biases,
    }))?;
    output::write_document(session.document(), &arguments.output)
}

/// Creates the architecture from the values of `--layers` and `--activations`.
fn architecture(layers: &[usize], activations: &[Activation]) -> anyhow::Result<Architecture> {
    let [inputs, widths @ ..] = layers else {
        bail!("--layers is empty; write the inputs and the width of each layer, such as 2,4,1");
    };
    if widths.is_empty() {
        bail!("--layers {inputs} has inputs only; add at least one layer, such as --layers {inputs},1");
    }
    let all = match activations {
        [one] => vec![*one; widths.len()],
        each if each.len() == widths.len() => each.to_vec(),
        each => bail!(
            "--activations has {}, but --layers has {} after the inputs; give one name per layer, or one for all",
            count_with_noun(each.len(), "name"),
            count_with_noun(widths.len(), "layer")
        ),
    };
    let plan: Vec<_> = widths.iter().copied().zip(all).collect();
    Architecture::dense(*inputs, &plan).map_err(|e| anyhow!("--layers: {e}"))
}

fn parse_width(text: &str) -> Result<usize, String> {
    parse_integer(text).map_err(|e| match e {
        NumberError::TooLarge(text) => {
            format!("{text} is more than any layer has; the most is {MAX_WIDTH}")
        }
        _ => format!(
            "“{}” is not a whole number; write widths like 2,4,1, the inputs first",
            shortened(text.trim())
        ),
    })
}
