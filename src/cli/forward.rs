//! `neurodial forward`: computes a network’s outputs, layer by layer.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use serde::{Serialize, Serializer};

use neurodial_core::formats::data_files;
use neurodial_core::network::forward_pass::LayerValues;
use neurodial_core::network::{Architecture, ForwardPass, NeuronAddress};
use neurodial_core::session::Session;
use neurodial_core::text::{count_with_noun, format_ascii};

use super::document_arg::DocumentArg;
use super::show::{DECIMALS, layer_heading, neuron_text};
use super::table_args::{TableArgs, print_notes};
use super::values::parse_numbers;
use super::{document_arg, output};

/// The arguments of `forward`.
#[derive(Debug, clap::Args)]
pub struct ForwardArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// One number per input, such as 1,2,3,2.5 [default: the inputs of the document]
    #[arg(
        long,
        value_name = "N,N,…",
        allow_hyphen_values = true,
        conflicts_with = "csv"
    )]
    input: Option<String>,
    /// A table with one sample per row: CSV or another text, .xlsx, or .ods
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    table: TableArgs,
    /// Print the weighted sums and outputs as JSON, to the last bit: {"z":[layer][sample][neuron],"a":…}
    #[arg(long)]
    json: bool,
}

/// Prints the weighted sums and outputs.
///
/// # Errors
/// Returns an error if the samples can’t be read, or if a result isn’t finite.
pub(crate) fn run(arguments: &ForwardArgs) -> anyhow::Result<()> {
    let session = arguments.document.open()?;
    let inputs = session.architecture().input_count();
    if arguments.csv.is_none()
        && let Some(option) = arguments.table.first_given()
    {
        bail!("{option} is for tables, as in --csv FILE.csv");
    }
    let samples = match (&arguments.input, &arguments.csv) {
        (Some(line), _) => InputSamples::from_line(line, inputs)?,
        (None, Some(path)) => InputSamples::from_table(path, &arguments.table, session.architecture())?,
        (None, None) => InputSamples::from_inputs(&session.document().inputs),
    };
    check_memory(session.architecture(), samples.len(), 2)?;
    let forward_pass = session
        .document()
        .network
        .forward_batch(&samples.to_columns(), samples.len());
    check_finite(&session, &forward_pass)?;
    if arguments.json {
        output::print_json(&ForwardJson {
            z: QuantityJson(&forward_pass, |layer| &layer.z),
            a: QuantityJson(&forward_pass, |layer| &layer.a),
        })
    } else if samples.len() == 1 {
        output::print(&one_sample_text(&session, &forward_pass))
    } else {
        output::print_with(|out| write_table(out, &session, &samples, &forward_pass))
    }
}

/// Checks that a number of values of every neuron for every sample fits into memory, 8 bytes each.
pub(super) fn check_memory(
    architecture: &Architecture,
    samples: usize,
    values_per_neuron: usize,
) -> anyhow::Result<()> {
    const MAX_VALUES: usize = 100_000_000;
    let neurons: usize = architecture.layers().iter().map(|plan| plan.neurons.len()).sum();
    if values_per_neuron * neurons * samples > MAX_VALUES {
        bail!(
            "{} and {} need too much memory; use a part of the samples",
            count_with_noun(samples, "sample"),
            count_with_noun(neurons, "neuron")
        );
    }
    Ok(())
}

/// Returns an error with the neuron’s name and number if a result isn’t finite.
fn check_finite(session: &Session, forward_pass: &ForwardPass) -> anyhow::Result<()> {
    let Some((layer, neuron)) = forward_pass.first_non_finite() else {
        return Ok(());
    };
    let architecture = session.architecture();
    let (z, a) = (forward_pass.z(layer, neuron), forward_pass.a(layer, neuron));
    let first_bad = |values: &[f64]| values.iter().position(|value| !value.is_finite());
    let (quantity, sample) = match first_bad(z) {
        Some(sample) => ("weighted sum", sample),
        None => ("output", first_bad(a).unwrap_or(0)),
    };
    let number = format!("neuron {} of layer {}", neuron + 1, layer + 1);
    let label = architecture.neuron_label(NeuronAddress { layer, neuron });
    let is_named = architecture.layers()[layer].neurons[neuron].name.is_some();
    let neuron_label = if is_named {
        format!("“{label}” ({number})")
    } else {
        number
    };
    let location = match forward_pass.sample_count() {
        1 => String::new(),
        _ => format!(" in sample {}", sample + 1),
    };
    bail!(
        "the {quantity} of {neuron_label}{location} is not a finite number (beyond 1.8e308); use smaller weights or \
         inputs"
    )
}

/// The weighted sums and outputs, as JSON.
#[derive(Serialize)]
struct ForwardJson<'a> {
    z: QuantityJson<'a>,
    a: QuantityJson<'a>,
}

/// One quantity of a forward pass, as JSON: `[layer][sample][neuron]`.
struct QuantityJson<'a>(&'a ForwardPass, fn(&LayerValues) -> &[f64]);

impl Serialize for QuantityJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(forward_pass, values_of) = self;
        let samples = forward_pass.sample_count();
        serializer.collect_seq(forward_pass.layers().iter().map(|layer| {
            // Only one layer at a time is in memory in this order.
            let values = values_of(layer);
            let sample = |sample| values.iter().skip(sample).step_by(samples).collect();
            (0..samples).map(sample).collect::<Vec<Vec<&f64>>>()
        }))
    }
}

fn one_sample_text(session: &Session, forward_pass: &ForwardPass) -> String {
    let architecture = session.architecture();
    let number = |value: f64| format_ascii(value, DECIMALS);
    let mut text = document_arg::title(session);
    // Writing to a String can’t fail.
    text.push_str("\n\nInputs\n");
    for input in 0..architecture.input_count() {
        let _ = writeln!(
            text,
            "  {}: {}",
            architecture.input_label(input),
            number(forward_pass.x(input)[0])
        );
    }
    for layer in 0..architecture.layers().len() {
        let _ = writeln!(text, "\n{}", layer_heading(session, layer));
        for neuron in 0..architecture.width(layer) {
            let (z, a) = (forward_pass.z(layer, neuron)[0], forward_pass.a(layer, neuron)[0]);
            let name = neuron_text(session, layer, neuron);
            let _ = writeln!(text, "  {name}: weighted sum {}, output {}", number(z), number(a));
        }
    }
    text.push_str("\nweighted sum = Σ weight × input + bias; output = activation(weighted sum)\n");
    text
}

/// Writes inputs and outputs as a table, one sample on each row.
fn write_table(
    out: &mut dyn Write,
    session: &Session,
    samples: &InputSamples,
    forward_pass: &ForwardPass,
) -> io::Result<()> {
    let architecture = session.architecture();
    let last = architecture.last_layer();
    let outputs = architecture.width(last);
    let titles = std::iter::once("sample".to_owned())
        .chain((0..architecture.input_count()).map(|input| architecture.input_label(input)))
        .chain((0..outputs).map(|neuron| {
            let label = architecture.neuron_label(NeuronAddress { layer: last, neuron });
            format!("output of {label}")
        }));
    let titles: Vec<String> = titles.map(|title| output::safe_text(&title)).collect();
    let cells = |sample: usize| {
        std::iter::once((sample + 1).to_string())
            .chain(
                samples
                    .row(sample)
                    .iter()
                    .map(|&value| format_ascii(value, DECIMALS)),
            )
            .chain(
                (0..outputs).map(move |neuron| format_ascii(forward_pass.a(last, neuron)[sample], DECIMALS)),
            )
    };
    let mut widths: Vec<usize> = titles.iter().map(|title| title.chars().count()).collect();
    for sample in 0..samples.len() {
        for (width, cell) in widths.iter_mut().zip(cells(sample)) {
            *width = (*width).max(cell.len());
        }
    }
    write_line(out, &widths, titles.into_iter())?;
    for sample in 0..samples.len() {
        write_line(out, &widths, cells(sample))?;
    }
    Ok(())
}

fn write_line(out: &mut dyn Write, widths: &[usize], cells: impl Iterator<Item = String>) -> io::Result<()> {
    for (index, (width, cell)) in widths.iter().zip(cells).enumerate() {
        let gap = if index == 0 { "" } else { "  " };
        write!(out, "{gap}{cell:>width$}")?;
    }
    writeln!(out)
}

/// Input values of one or more samples.
#[derive(Debug, Clone, PartialEq)]
struct InputSamples {
    /// The inputs, `[sample][input]`.
    rows: Vec<f64>,
    inputs: usize,
}

impl InputSamples {
    /// Creates a single sample.
    fn from_inputs(inputs: &[f64]) -> Self {
        Self {
            rows: inputs.to_vec(),
            inputs: inputs.len(),
        }
    }

    fn len(&self) -> usize {
        self.rows.len() / self.inputs.max(1)
    }

    /// Returns the inputs of one sample.
    fn row(&self, sample: usize) -> &[f64] {
        &self.rows[sample * self.inputs..][..self.inputs]
    }

    /// Returns all inputs as a forward pass needs them, `[input][sample]`.
    fn to_columns(&self) -> Vec<f64> {
        let count = self.len();
        let at = |index: usize| self.rows[(index % count) * self.inputs + index / count];
        (0..self.rows.len()).map(at).collect()
    }

    /// Parses one sample such as `1,2,3,2.5`. With semicolons as separators a comma is a decimal comma.
    ///
    /// # Errors
    /// Returns an error if a value is not a number, or if there aren’t exactly `inputs` values.
    fn from_line(text: &str, inputs: usize) -> anyhow::Result<Self> {
        let rows = parse_numbers(text).map_err(|e| anyhow!("--input: {e}"))?;
        if rows.len() != inputs {
            bail!(
                "--input has {}, but the network has {}; write one number per input, separated by commas",
                count_with_noun(rows.len(), "number"),
                count_with_noun(inputs, "input")
            );
        }
        Ok(Self { rows, inputs })
    }

    /// Reads a table of inputs, one sample on each row.
    ///
    /// # Errors
    /// Returns an error with the file, the line and the column if the file can’t be read or a row is invalid.
    fn from_table(path: &Path, arguments: &TableArgs, architecture: &Architecture) -> anyhow::Result<Self> {
        if arguments.target.is_some() || arguments.merge_classes() {
            bail!("--target and --merge-classes are for tables with a target; --csv has inputs only");
        }
        let options = arguments.options(&Default::default())?;
        let inputs = architecture.input_count();
        let names = data_files::input_names(architecture, inputs);
        let columns = arguments.columns.as_deref();
        let (table, _) = data_files::read_rows_at(path, &options, &names, columns, arguments.skip_bad_rows)?;
        print_notes(path, &table.notes, &table.skipped, table.skipped_count);
        let at = |index: usize| table.values[(index % inputs) * table.rows + index / inputs];
        Ok(Self {
            rows: (0..table.values.len()).map(at).collect(),
            inputs,
        })
    }
}
