//! `neurodial gradients`: a loss and its gradient with respect to every knob, so that anybody can check them.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use serde::Serialize;

use neurodial_core::formats::data_files::{self, PairOptions};
use neurodial_core::network::{Architecture, Network};
use neurodial_core::text::{format_ascii, parse_number};
use neurodial_core::training::objective::Gradient;
use neurodial_core::training::{EncodedDataset, Loss, Objective, Regularization};

use super::document_arg::DocumentArg;
use super::forward::check_memory;
use super::output;
use super::table_args::{TableArgs, print_notes};
use super::values::Choices;

const DECIMALS: usize = 6;

/// The arguments of `gradients`.
#[derive(Debug, clap::Args)]
pub struct GradientsArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// A file with the inputs as numbers, one sample per row
    #[arg(long, value_name = "FILE")]
    inputs: PathBuf,
    /// A file with the targets, one sample per row
    #[arg(long, value_name = "FILE")]
    targets: PathBuf,
    #[command(flatten)]
    table: TableArgs,
    /// The loss function
    #[arg(long, value_name = "NAME", value_parser = Choices::named(Loss::ALL, Loss::name))]
    loss: Loss,
    /// Add l1 · Σ|w| to the loss (L1 regularization)
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = parse_number)]
    l1: f64,
    /// Add l2/2 · Σw² to the loss (L2 regularization)
    #[arg(long, value_name = "NUMBER", default_value = "0", allow_hyphen_values = true, value_parser = parse_number)]
    l2: f64,
    /// Print JSON, to the last bit: {"value":…,"weights":[layer][neuron][input],"biases":[layer][neuron]}
    #[arg(long)]
    json: bool,
}

/// Prints the loss and its gradient.
///
/// # Errors
/// Returns an error if the files can’t be read or don’t fit the network, the loss doesn’t fit the output
/// layer, or a result isn’t finite.
pub(crate) fn run(arguments: &GradientsArgs) -> anyhow::Result<()> {
    let session = arguments.document.open()?;
    let network = &session.document().network;
    let architecture = network.architecture();
    let plan = &architecture.layers()[architecture.last_layer()];
    arguments.loss.check(plan)?;
    for (name, value) in [("--l1", arguments.l1), ("--l2", arguments.l2)] {
        if value < 0.0 {
            bail!("{name} must be a number ≥ 0, not {value}");
        }
    }
    if arguments.table.target.is_some() || arguments.table.merge_classes() {
        bail!(
            "--target and --merge-classes are for tables with a target column; --targets is a file of numbers"
        );
    }
    if arguments.table.skip_bad_rows {
        bail!("--skip-bad-rows can’t be used here, because the rows of both files belong together");
    }
    let options = PairOptions {
        table: &arguments.table.options(&Default::default())?,
        columns: arguments.table.columns.as_deref(),
    };
    let (data, _, notes) =
        data_files::read_pair_at([&arguments.inputs, &arguments.targets], architecture, options)?;
    print_notes(&arguments.inputs, &notes, &[], 0);
    // Weighted sums, outputs and their derivatives.
    check_memory(architecture, data.sample_count(), 3)?;
    let dataset = EncodedDataset::new(&data, architecture.input_count(), plan, arguments.loss)?;
    let objective = Objective {
        loss: arguments.loss,
        regularization: Regularization {
            l1: arguments.l1,
            l2: arguments.l2,
        },
    };
    let forward_pass = network.forward_batch(&dataset.inputs, dataset.samples);
    let value = objective.value(network, &forward_pass, &dataset.targets);
    let mut gradient = Gradient::default();
    objective.compute_gradient(network, &forward_pass, &dataset.targets, &mut gradient);
    let all = gradient.values();
    if !value.is_finite() || all.iter().any(|derivative| !derivative.is_finite()) {
        bail!("the loss or its gradient is not a finite number; use smaller weights or inputs");
    }
    // The gradient has as many numbers as the network has knobs, so it is written as a network.
    let Some(gradient) = Network::from_knobs(architecture.clone(), all.to_vec()) else {
        bail!("the gradient does not match the network");
    };
    if arguments.json {
        output::print_json(&GradientJson::new(value, &gradient))
    } else {
        output::print(&gradient_text(architecture, value, &gradient))
    }
}

/// The loss and its gradient, as JSON.
#[derive(Serialize)]
struct GradientJson<'a> {
    value: f64,
    /// The derivatives by the weights, `[layer][neuron][input]`.
    weights: Vec<Vec<&'a [f64]>>,
    /// The derivatives by the biases, `[layer][neuron]`.
    biases: Vec<&'a [f64]>,
}

impl<'a> GradientJson<'a> {
    fn new(value: f64, gradient: &'a Network) -> Self {
        let layers = 0..gradient.architecture().layers().len();
        let weights = |layer: usize| {
            let neurons = 0..gradient.architecture().width(layer);
            neurons
                .map(|neuron| gradient.layer(layer).weights_of(neuron))
                .collect()
        };
        Self {
            value,
            weights: layers.clone().map(weights).collect(),
            biases: layers.map(|layer| gradient.layer(layer).biases).collect(),
        }
    }
}

fn gradient_text(architecture: &Architecture, value: f64, gradient: &Network) -> String {
    let mut text = format!("loss: {}\n", format_ascii(value, DECIMALS));
    for (knob, &derivative) in architecture.knobs().zip(gradient.knobs()) {
        // Writing to a String can’t fail.
        let _ = writeln!(text, "{knob}: {}", format_ascii(derivative, DECIMALS));
    }
    text
}
