//! `neurodial show`: a document in words, or the whole of it as JSON.

use std::fmt::Write as _;
use std::path::PathBuf;

use neurodial_core::network::NeuronAt;
use neurodial_core::session::{Course, Origin, Session, Source, file, format};
use neurodial_core::words::plain;

use super::{counted, source};

/// Up to so many numbers or neurons are listed; a larger network is cut short and says so.
const MOST_LISTED: usize = 16;

/// Decimals of the numbers in words.
pub(super) const DECIMALS: usize = 6;

/// What `show` is told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A preset’s name or a file
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// The whole document, to the last bit
    #[arg(long)]
    json: bool,
}

/// Prints the document.
///
/// # Errors
/// If it can’t be opened.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let session = source::open(&arguments.document)?;
    super::print(&if arguments.json {
        match session.origin() {
            Origin::File(path) => file::text_for(session.document(), path),
            _ => format::write(session.document()),
        }
    } else {
        words(&session)
    })
}

fn words(session: &Session) -> String {
    let document = session.document();
    let blueprint = session.blueprint();
    let mut text = heading(session);
    // Writing to a String cannot fail.
    text.push_str("\nInputs\n");
    for (input, &value) in document.inputs.iter().enumerate().take(MOST_LISTED) {
        let _ = writeln!(
            text,
            "  {}: {}",
            blueprint.input_label(input),
            plain(value, DECIMALS)
        );
    }
    rest(&mut text, document.inputs.len(), "input");
    for layer in 0..blueprint.layers().len() {
        let _ = writeln!(text, "\n{}", layer_heading(session, layer));
        let view = document.network.layer(layer);
        let width = blueprint.width(layer);
        for neuron in 0..width.min(MOST_LISTED) {
            let _ = writeln!(
                text,
                "  {}: {} {}, bias {}",
                neuron_words(session, layer, neuron),
                if view.fan_in == 1 { "weight" } else { "weights" },
                numbers(view.weights_of(neuron)),
                plain(view.biases[neuron], DECIMALS)
            );
        }
        rest(&mut text, width, "neuron");
    }
    if !document.ranges.is_empty() {
        text.push_str("\nRanges (−5 to 5 in steps of 0.1 where nothing else is said)\n");
        for (target, range) in document.ranges.iter().take(MOST_LISTED) {
            let [min, max, step] = [range.min, range.max, range.step].map(|value| plain(value, DECIMALS));
            let _ = writeln!(text, "  {target}: {min} to {max} in steps of {step}");
        }
        rest(&mut text, document.ranges.len(), "range");
    }
    if !document.locked.is_empty() {
        let locked = document.locked.iter().take(MOST_LISTED).map(ToString::to_string);
        let _ = writeln!(text, "\nLocked\n  {}", locked.collect::<Vec<_>>().join(" "));
        rest(&mut text, document.locked.len(), "locked knob");
    }
    if !document.cases.is_empty() {
        text.push_str("\nCases (rows of inputs to choose from)\n");
        for case in document.cases.iter().take(MOST_LISTED) {
            let _ = writeln!(text, "  {}", numbers(case));
        }
        rest(&mut text, document.cases.len(), "case");
    }
    if let Some(course) = &document.course {
        text.push_str(&lesson(course));
    }
    text
}

/// What it learns from, and how.
fn lesson(course: &Course) -> String {
    let choice = course.choice();
    let mut text = format!("\nData\n  {}", choice.source.name());
    // Writing to a String cannot fail.
    let _ = match course.material() {
        Ok(material) => {
            let test = material.test.as_ref().map_or(0, |test| test.samples());
            write!(
                text,
                ": {}, {} to train with and {test} to test with",
                counted(material.train.names().len(), "input"),
                counted(material.train.samples(), "sample")
            )
        }
        Err(reason) => write!(text, ", but {reason}"),
    };
    let made = match choice.source {
        Source::Made(_) => format!("noise {}, ", plain(choice.noise, DECIMALS)),
        _ => String::new(),
    };
    let inputs = if choice.is_standardised {
        "inputs standardised while training"
    } else {
        "inputs as they are"
    };
    let _ = writeln!(text, "\n  {made}seed {}, {inputs}", choice.seed);
    if !choice.features.is_empty() {
        let features: Vec<String> = choice.features.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "  features {}", features.join(", "));
    }
    if let Some(notice) = course.notice() {
        let _ = writeln!(text, "  {notice}");
    }
    let loss = choice
        .loss
        .map_or("the loss of the last layer", |loss| loss.name());
    let batch = choice
        .batch
        .map_or_else(|| "all samples".to_owned(), |batch| counted(batch, "sample"));
    let _ = writeln!(
        text,
        "\nTraining\n  {loss}, l1 {}, l2 {}\n  {} at learning rate {} ({}), {batch} a step, {}",
        plain(choice.penalty.l1, DECIMALS),
        plain(choice.penalty.l2, DECIMALS),
        choice.optimizer.name(),
        plain(choice.learning_rate, DECIMALS),
        choice.schedule,
        counted(choice.epochs, "epoch")
    );
    text
}

/// The title, the sizes and the note.
fn heading(session: &Session) -> String {
    let document = session.document();
    let blueprint = session.blueprint();
    let biases: usize = blueprint.layers().iter().map(|plan| plan.neurons.len()).sum();
    let mut text = format!(
        "{}: {}, {}, {} ({} and {})\n",
        source::title(session),
        counted(blueprint.inputs(), "input"),
        counted(blueprint.layers().len(), "layer"),
        counted(blueprint.knob_count(), "knob"),
        counted(blueprint.knob_count() - biases, "weight"),
        if biases == 1 {
            "1 bias".to_owned()
        } else {
            format!("{biases} biases")
        },
    );
    if !document.note.is_empty() {
        let _ = writeln!(text, "{}", document.note.replace(char::is_control, " "));
    }
    text
}

/// “Layer 1: 3 neurons, relu”.
pub(super) fn layer_heading(session: &Session, layer: usize) -> String {
    let plan = &session.blueprint().layers()[layer];
    let activation = plan
        .activation()
        .map_or("mixed activations", |activation| activation.name());
    format!(
        "Layer {}: {}, {activation}",
        layer + 1,
        counted(plan.neurons.len(), "neuron")
    )
}

/// A neuron’s name or number, with its activation where the layer has several.
pub(super) fn neuron_words(session: &Session, layer: usize, neuron: usize) -> String {
    let blueprint = session.blueprint();
    let label = blueprint.neuron_label(NeuronAt { layer, neuron });
    let plan = &blueprint.layers()[layer];
    match plan.activation() {
        Some(_) => label,
        None => format!("{label} ({})", plan.neurons[neuron].activation),
    }
}

fn numbers(values: &[f64]) -> String {
    let listed = values
        .iter()
        .take(MOST_LISTED)
        .map(|&value| plain(value, DECIMALS));
    let mut text = listed.collect::<Vec<_>>().join(" ");
    if values.len() > MOST_LISTED {
        let _ = write!(text, " … ({} in all)", values.len());
    }
    text
}

fn rest(text: &mut String, count: usize, noun: &str) {
    if let Some(more @ 1..) = count.checked_sub(MOST_LISTED) {
        let _ = writeln!(text, "  … and {} more, all in --json", counted(more, noun));
    }
}
