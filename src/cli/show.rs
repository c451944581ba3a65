//! `neurodial show`: a document in words, or completely as JSON.

use std::fmt::Write as _;

use neurodial_core::formats::json;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{DataSource, Origin, Session, TrainingSetup};
use neurodial_core::text::{Messages, count_with_noun, format_ascii};
use neurodial_core::training::StoppingCriteria;

use super::document_arg::DocumentArg;
use super::{document_arg, output};

/// The highest number of values or neurons that are listed; the rest of a larger network is counted.
const MAX_LISTED: usize = 16;

/// The decimals of numbers in texts.
pub(crate) const DECIMALS: usize = 6;

/// The arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    #[command(flatten)]
    document: DocumentArg,
    /// Print the whole document as JSON, to the last bit
    #[arg(long)]
    json: bool,
}

/// Prints the document.
///
/// # Errors
/// Returns an error if the document can’t be opened or stdout can’t be written.
pub(crate) fn run(arguments: &ShowArgs) -> anyhow::Result<()> {
    let session = match arguments.json {
        true => arguments.document.open()?,
        false => arguments.document.open_with_data()?,
    };
    output::print(&if arguments.json {
        match session.origin() {
            Origin::File(path) => json::write_for(session.document(), path),
            _ => json::write(session.document()),
        }
    } else {
        document_text(&session)
    })
}

fn document_text(session: &Session) -> String {
    let document = session.document();
    let architecture = session.architecture();
    let mut text = heading(session);
    // Writing to a String can’t fail.
    text.push_str("\nInputs\n");
    for (input, &value) in document.inputs.iter().enumerate().take(MAX_LISTED) {
        let _ = writeln!(
            text,
            "  {}: {}",
            architecture.input_label(input),
            format_ascii(value, DECIMALS)
        );
    }
    write_omitted_count(&mut text, document.inputs.len(), "input");
    for layer in 0..architecture.layers().len() {
        let _ = writeln!(text, "\n{}", layer_heading(session, layer));
        let view = document.network.layer(layer);
        let width = architecture.width(layer);
        for neuron in 0..width.min(MAX_LISTED) {
            let _ = writeln!(
                text,
                "  {}: {} {}, bias {}",
                neuron_text(session, layer, neuron),
                if view.fan_in == 1 { "weight" } else { "weights" },
                numbers_text(view.weights_of(neuron)),
                format_ascii(view.biases[neuron], DECIMALS)
            );
        }
        write_omitted_count(&mut text, width, "neuron");
    }
    if !document.ranges.is_empty() {
        text.push_str("\nRanges and increments (default: -5 to 5, increment 0.1)\n");
        for (target, range) in document.ranges.iter().take(MAX_LISTED) {
            let [min, max, step] =
                [range.min, range.max, range.step].map(|value| format_ascii(value, DECIMALS));
            let _ = writeln!(text, "  {target}: {min} to {max}, increment {step}");
        }
        write_omitted_count(&mut text, document.ranges.len(), "range");
    }
    if !document.locked.is_empty() {
        let locked = document.locked.iter().take(MAX_LISTED).map(ToString::to_string);
        let _ = writeln!(text, "\nLocked\n  {}", locked.collect::<Vec<_>>().join(" "));
        write_omitted_count(&mut text, document.locked.len(), "locked knob");
    }
    if !document.saved_inputs.is_empty() {
        text.push_str("\nSaved inputs\n");
        for row in document.saved_inputs.iter().take(MAX_LISTED) {
            let _ = writeln!(text, "  {}", numbers_text(row));
        }
        write_omitted_count(&mut text, document.saved_inputs.len(), "row");
    }
    if let Some(setup) = &document.training_setup {
        text.push_str(&training_text(setup));
    }
    if let Some(notice) = document.ignored_keys_notice(Messages::ENGLISH) {
        let _ = writeln!(text, "\n{notice}");
    }
    text
}

/// Describes the data and the hyperparameters.
fn training_text(setup: &TrainingSetup) -> String {
    let config = setup.config();
    let mut text = format!("\nData\n  {}", config.source.name());
    // Writing to a String can’t fail.
    let _ = match setup.split() {
        Ok(split) => {
            let test = split.test.as_ref().map_or(0, |test| test.sample_count());
            write!(
                text,
                ": {}, {} for training, {test} for testing",
                count_with_noun(split.train.feature_names().len(), "input"),
                count_with_noun(split.train.sample_count(), "sample")
            )
        }
        Err(reason) => write!(text, ": {reason}"),
    };
    let noise = match config.source {
        DataSource::Generated(_) | DataSource::Condition(_) => {
            format!("noise {}, ", format_ascii(config.noise, DECIMALS))
        }
        _ => String::new(),
    };
    let inputs = if config.is_standardized {
        "inputs standardized for training"
    } else {
        "inputs not standardized"
    };
    let _ = writeln!(text, "\n  {noise}seed {}, {inputs}", config.seed);
    if !config.features.is_empty() {
        let features: Vec<String> = config.features.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "  computed features {}", features.join(", "));
    }
    if let Some(notice) = setup.notice() {
        let _ = writeln!(text, "  {notice}");
    }
    let loss = config.loss.map_or("automatic loss function", |loss| loss.name());
    let batch = config
        .batch_size
        .map_or_else(|| "full batch".to_owned(), |batch| format!("batch size {batch}"));
    let _ = writeln!(
        text,
        "\nTraining\n  {loss}, L1 {}, L2 {}\n  {}, learning rate {} ({}), {batch}, {}",
        format_ascii(config.regularization.l1, DECIMALS),
        format_ascii(config.regularization.l2, DECIMALS),
        config.optimizer.name(),
        format_ascii(config.learning_rate, DECIMALS),
        config.schedule,
        count_with_noun(config.epochs, "epoch")
    );
    let StoppingCriteria {
        target_loss,
        target_accuracy,
        patience,
        test_patience,
    } = config.stopping;
    let without_progress = |epochs, loss: &str| {
        format!(
            "after {} without progress of the {loss} loss",
            count_with_noun(epochs, "epoch")
        )
    };
    let criteria = [
        target_loss.map(|loss| format!("at loss {}", format_ascii(loss, DECIMALS))),
        target_accuracy.map(|accuracy| format!("at accuracy {}", format_ascii(accuracy, DECIMALS))),
        patience.map(|epochs| without_progress(epochs, "training")),
        test_patience.map(|epochs| without_progress(epochs, "test")),
    ];
    let criteria: Vec<String> = criteria.into_iter().flatten().collect();
    if !criteria.is_empty() {
        let _ = writeln!(text, "  stops {}", criteria.join(", or "));
    }
    text
}

/// Returns the title, the sizes and the note.
fn heading(session: &Session) -> String {
    let document = session.document();
    let architecture = session.architecture();
    let biases: usize = architecture.layers().iter().map(|plan| plan.neurons.len()).sum();
    let mut text = format!(
        "{}: {}, {}, {} ({} and {})\n",
        document_arg::title(session),
        count_with_noun(architecture.input_count(), "input"),
        count_with_noun(architecture.layers().len(), "layer"),
        count_with_noun(architecture.knob_count(), "knob"),
        count_with_noun(architecture.knob_count() - biases, "weight"),
        count_with_noun(biases, "bias"),
    );
    if !document.note.is_empty() {
        let _ = writeln!(text, "{}", document.note.replace(char::is_control, " "));
    }
    text
}

/// Returns a heading such as “Layer 1: 3 neurons, relu”.
pub(crate) fn layer_heading(session: &Session, layer: usize) -> String {
    let plan = &session.architecture().layers()[layer];
    let activation = plan
        .activation()
        .map_or("mixed activations", |activation| activation.name());
    format!(
        "Layer {}: {}, {activation}",
        layer + 1,
        count_with_noun(plan.neurons.len(), "neuron")
    )
}

/// Returns a neuron’s name or number, with its activation if the layer has several.
pub(crate) fn neuron_text(session: &Session, layer: usize, neuron: usize) -> String {
    let architecture = session.architecture();
    let label = architecture.neuron_label(NeuronAddress { layer, neuron });
    let plan = &architecture.layers()[layer];
    match plan.activation() {
        Some(_) => label,
        None => format!("{label} ({})", plan.neurons[neuron].activation),
    }
}

/// Returns the values, separated by blanks; a long list is shortened.
fn numbers_text(values: &[f64]) -> String {
    let listed = values
        .iter()
        .take(MAX_LISTED)
        .map(|&value| format_ascii(value, DECIMALS));
    let mut text = listed.collect::<Vec<_>>().join(" ");
    if values.len() > MAX_LISTED {
        let _ = write!(text, " … ({} values)", values.len());
    }
    text
}

/// Writes how many of `count` values weren’t listed, if any.
fn write_omitted_count(text: &mut String, count: usize, noun: &str) {
    if let Some(more @ 1..) = count.checked_sub(MAX_LISTED) {
        let _ = writeln!(
            text,
            "  … and {} more; --json shows all",
            count_with_noun(more, noun)
        );
    }
}
