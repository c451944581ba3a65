//! The document as versioned JSON.
//!
//! The smallest document is one layer with `activation`, `weights` (one row per neuron) and `biases`, and the
//! version, `"neurodial": 1`. Everything else has a default. Unknown fields are rejected by name, so that
//! typing errors are found, except for top-level keys that the document lists in `"ignorable"`. Numbers are
//! written with the fewest digits that give the same bits again.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeSeed as _;
use serde_json::value::RawValue;
use serde_path_to_error::Segment;

use crate::network::architecture::MAX_KNOBS;
use crate::network::{Activation, Architecture, LayerPlan, Network, NeuronPlan};
use crate::session::document::{
    MAX_EXPERIMENT_ROWS, MAX_NAME_CHARS, MAX_SAVED_INPUT_NUMBERS, MAX_SAVED_INPUTS, MAX_SAVED_NUMBERS,
    MAX_SNAPSHOTS, clean_name,
};
use crate::session::{Adjustable, Document, SavedState, ValueRange};
use crate::text::shortened;

use super::document_format::DocumentFormat;
use super::file::{DocumentError, MAX_BYTES};

mod document_file;
mod ignorable;
mod training_setup;
mod write;

pub use ignorable::{MAX_IGNORABLE_NAMES, MAX_IGNORED_BYTES};
pub(crate) use write::write_with;
pub use write::{write, write_for};

use document_file::{
    DocumentFile, JsonObject, LayerFile, Number, RangeFile, RangesFile, SavedStateFile, VERSION, error,
};

/// The entry in the registry of formats.
pub(super) const FORMAT: DocumentFormat = DocumentFormat {
    name: "neurodial document",
    extensions: &["json"],
    recognizes: |bytes| {
        without_byte_order_mark(bytes)
            .trim_ascii_start()
            .starts_with(b"{")
    },
    read: from_bytes,
    write: Ok(|document, path| Ok(write_for(document, path).into_bytes())),
};

/// Some editors write a byte order mark at the beginning.
fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Reads a document from the bytes of a file, as [`read`] does.
fn from_bytes(bytes: &[u8]) -> Result<Document, DocumentError> {
    match std::str::from_utf8(without_byte_order_mark(bytes)) {
        Ok(text) => read(text),
        Err(_) => error("it is not text (UTF-8)"),
    }
}

/// The keys that decide how the rest is read.
#[derive(Deserialize)]
struct HeaderKeys<'a> {
    neurodial: Option<serde_json::Value>,
    #[serde(borrow)]
    ignorable: Option<&'a RawValue>,
}

/// Reads a document from JSON. Allocates no more than in proportion to the text's own size.
///
/// # Errors
/// Returns an error if the text is not JSON, has another version, has a missing or unknown field or a ragged
/// matrix, or if its architecture exceeds the limits.
pub fn read(text: &str) -> Result<Document, DocumentError> {
    // Numbers are separated by commas, so this limits what parsing can allocate: knobs, saved inputs, and as
    // much again for ranges, locks, snapshots and experiment rows.
    const MAX_COMMAS: usize = 2 * (MAX_KNOBS + MAX_SAVED_INPUT_NUMBERS);
    let commas = text.bytes().filter(|&byte| byte == b',').count();
    if text.len() as u64 > MAX_BYTES || commas > MAX_COMMAS {
        return error(format!(
            "this is larger than any document; a network has up to {MAX_KNOBS} knobs"
        ));
    }
    let JsonObject(header): JsonObject<HeaderKeys> =
        serde_json::from_str(text).map_err(|e| json_error(&e))?;
    match header.neurodial {
        None => return error("there is no \"neurodial\": 1 at its top, so it is not a neurodial document"),
        Some(version) if version.as_u64() == Some(VERSION) => {}
        Some(version) => {
            let version = shortened(&version.to_string());
            return error(format!(
                "it has version {version} and this program reads version {VERSION}; open it with a newer neurodial"
            ));
        }
    }
    let ignorable = ignorable::names_from_json(header.ignorable)?;
    let mut ignored_keys = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let read = ignorable::DocumentSeed::new(&ignorable, &mut ignored_keys).deserialize(
        serde_path_to_error::Deserializer::new(&mut deserializer, &mut track),
    );
    let file =
        read.map_err(|e| DocumentError::new(format!("{}{}", json_location(&track.path()), json_error(&e))))?;
    ignorable::check_size(&ignored_keys)?;
    let mut document = document_from_file(file)?;
    document.ignored_keys = ignored_keys.into();
    Ok(document)
}

/// Returns the place in the document, counted from 1 for the user, such as `layer 1, "weights", entry 2: `.
fn json_location(path: &serde_path_to_error::Path) -> String {
    let mut place = String::new();
    let mut is_in_layers = false;
    for segment in path {
        place += &match segment {
            Segment::Map { key } if key == "layers" => {
                is_in_layers = true;
                continue;
            }
            Segment::Seq { index } if is_in_layers => format!("layer {}, ", index + 1),
            Segment::Seq { index } => format!("entry {}, ", index + 1),
            Segment::Map { key } => format!("\"{}\", ", shortened(key)),
            Segment::Enum { .. } | Segment::Unknown => continue,
        };
        is_in_layers = false;
    }
    match place.strip_suffix(", ") {
        Some(place) => format!("{place}: "),
        None => place,
    }
}

fn json_error(e: &serde_json::Error) -> DocumentError {
    let full = e.to_string();
    let place = format!(" at line {} column {}", e.line(), e.column());
    let what = full.strip_suffix(&place).unwrap_or(&full);
    // A message can quote a whole string of the file, so keep only its beginning.
    let what: String = what.chars().filter(|c| !c.is_control()).take(200).collect();
    let at = format!("line {}, column {}", e.line(), e.column());
    if what == "number out of range" {
        return DocumentError::new(format!("{at}: this number is too large"));
    }
    DocumentError::new(match e.classify() {
        serde_json::error::Category::Eof => format!("the text ends too early, at {at}; it was cut off"),
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            format!("{at}: this is not JSON ({what})")
        }
        serde_json::error::Category::Data => format!("{what}, at {at}"),
    })
}

fn document_from_file(file: DocumentFile) -> Result<Document, DocumentError> {
    let Some(JsonObject(first)) = file.layers.first() else {
        return error("\"layers\" is empty; a network has at least one layer");
    };
    let inputs = match (first.weights.first(), &file.inputs) {
        (Some(row), _) => row.len(),
        (None, Some(inputs)) => inputs.len(),
        (None, None) => 0,
    };
    let names = checked_names(file.input_names, inputs, "input_names", "inputs")?;
    let mut plans = Vec::new();
    let mut fan_in = inputs;
    for (index, JsonObject(layer)) in file.layers.iter().enumerate() {
        plans.push(layer_plan_from_file(layer, index + 1, fan_in)?);
        fan_in = layer.weights.len();
    }
    let architecture = Architecture::new(names, plans).map_err(|e| DocumentError::new(e.to_string()))?;
    let mut knobs = Vec::with_capacity(architecture.knob_count());
    for JsonObject(layer) in &file.layers {
        let numbers = layer.weights.iter().flatten().chain(&layer.biases);
        knobs.extend(numbers.map(|number| number.0));
    }
    let Some(network) = Network::from_knobs(architecture, knobs) else {
        return error("the numbers do not fit the layers");
    };
    let mut document = Document::new(network);
    document.note = file.note;
    if let Some(values) = file.inputs {
        if values.len() != inputs {
            return error(format!(
                "\"inputs\" has {} numbers, but each neuron of layer 1 has {inputs} weights; give one number an input",
                values.len()
            ));
        }
        document.inputs = to_values(values);
    }
    add_ranges(&mut document, file.ranges)?;
    add_locks(&mut document, &file.locked)?;
    if file.cases.len() > MAX_SAVED_INPUTS {
        return error(format!(
            "\"cases\" has {} rows; up to {MAX_SAVED_INPUTS} are kept",
            file.cases.len()
        ));
    }
    if let Some(row) = file.cases.iter().position(|row| row.len() != inputs) {
        return error(format!(
            "row {} of \"cases\" has {} numbers; the network has {inputs} inputs",
            row + 1,
            file.cases[row].len()
        ));
    }
    if file.cases.len() * inputs > MAX_SAVED_INPUT_NUMBERS {
        return error(format!(
            "\"cases\" has more than {MAX_SAVED_INPUT_NUMBERS} numbers; fewer rows are kept"
        ));
    }
    document.saved_inputs = file.cases.into_iter().map(to_values).collect();
    let numbers: usize = file
        .pins
        .iter()
        .chain(&file.experiments)
        .map(|JsonObject(kept)| kept.knobs.len() + kept.inputs.len())
        .sum();
    if numbers > MAX_SAVED_NUMBERS {
        return error(format!(
            "\"pins\" and \"experiments\" have more than {MAX_SAVED_NUMBERS} numbers; fewer are kept"
        ));
    }
    document.snapshots = saved_states_from_file(file.pins, &document, "pins", MAX_SNAPSHOTS)?;
    document.experiment_rows =
        saved_states_from_file(file.experiments, &document, "experiments", MAX_EXPERIMENT_ROWS)?;
    document.training_setup = training_setup::training_setup_from_file(file.data, file.training)?;
    Ok(document)
}

fn to_values(numbers: Vec<Number>) -> Vec<f64> {
    numbers.into_iter().map(|number| number.0).collect()
}

fn saved_states_from_file(
    files: Vec<JsonObject<SavedStateFile>>,
    document: &Document,
    place: &str,
    most: usize,
) -> Result<Vec<SavedState>, DocumentError> {
    if files.len() > most {
        return error(format!(
            "\"{place}\" has {} entries; up to {most} are kept",
            files.len()
        ));
    }
    files
        .into_iter()
        .enumerate()
        .map(|(index, JsonObject(SavedStateFile { name, knobs, inputs }))| {
            let kept = SavedState {
                name,
                knobs: to_values(knobs),
                inputs: to_values(inputs),
            };
            let what = format!("entry {} of \"{place}\"", index + 1);
            if !kept.fits(document) {
                return error(format!(
                    "{what} has {} knobs and {} inputs; the network has {} and {}",
                    kept.knobs.len(),
                    kept.inputs.len(),
                    document.network.knobs().len(),
                    document.inputs.len()
                ));
            }
            if clean_name(&kept.name) != kept.name {
                return error(format!(
                    "{what}: its name is one line of up to {MAX_NAME_CHARS} characters"
                ));
            }
            Ok(kept)
        })
        .collect()
}

fn layer_plan_from_file(layer: &LayerFile, number: usize, fan_in: usize) -> Result<LayerPlan, DocumentError> {
    let width = layer.weights.len();
    if let Some(row) = layer.weights.iter().position(|row| row.len() != fan_in) {
        let got = layer.weights[row].len();
        return error(if number == 1 {
            format!(
                "layer 1: row {} of \"weights\" has {got} numbers and row 1 has {fan_in}",
                row + 1
            )
        } else {
            format!(
                "layer {number}: row {} of \"weights\" has {got} numbers; the layer before has {fan_in} neurons",
                row + 1
            )
        });
    }
    if layer.biases.len() != width {
        return error(format!(
            "layer {number}: \"biases\" has {} numbers and \"weights\" has {width} rows; give one of each a neuron",
            layer.biases.len()
        ));
    }
    let activation = |text: &str| -> Result<Activation, DocumentError> {
        text.parse()
            .map_err(|e| DocumentError::new(format!("layer {number}: {e}")))
    };
    let activations = match (&layer.activation, &layer.activations) {
        (Some(text), None) => vec![activation(text)?; width],
        (None, Some(texts)) if texts.len() == width => texts
            .iter()
            .map(|text| activation(text))
            .collect::<Result<_, _>>()?,
        (None, Some(texts)) => {
            return error(format!(
                "layer {number}: \"activations\" has {} names; give one a neuron, {width} in all",
                texts.len()
            ));
        }
        (None, None) => return error(format!("layer {number}: missing field \"activation\"")),
        (Some(_), Some(_)) => {
            return error(format!(
                "layer {number}: \"activations\" stands in place of \"activation\"; give only one of them"
            ));
        }
    };
    let place = format!("layer {number}: \"names\"");
    let names = checked_names(layer.names.clone(), width, &place, "neurons")?;
    let neurons = names.into_iter().zip(activations);
    Ok(LayerPlan {
        neurons: neurons
            .map(|(name, activation)| NeuronPlan { name, activation })
            .collect(),
    })
}

fn checked_names(
    names: Option<Vec<Option<String>>>,
    count: usize,
    place: &str,
    things: &str,
) -> Result<Vec<Option<String>>, DocumentError> {
    let Some(names) = names else {
        return Ok(vec![None; count]);
    };
    if names.len() != count {
        return error(format!(
            "{place} has {} names and there are {count} {things}",
            names.len()
        ));
    }
    for name in names.iter().flatten() {
        if name.trim().is_empty()
            || name.chars().count() > MAX_NAME_CHARS
            || name.chars().any(char::is_control)
        {
            return error(format!(
                "{place}: “{}” can’t be a name; use 1 to {MAX_NAME_CHARS} characters without line breaks, or null",
                shortened(name)
            ));
        }
    }
    Ok(names)
}

fn parse_adjustable(text: &str, document: &Document, place: &str) -> Result<Adjustable, DocumentError> {
    match Adjustable::parse(text) {
        Some(target) if target.is_in(document.network.architecture()) => Ok(target),
        _ => error(format!(
            "\"{place}\": this network has no {}; write w[layer,neuron,input], b[layer,neuron] or x[input]",
            shortened(text)
        )),
    }
}

fn add_ranges(document: &mut Document, RangesFile(ranges): RangesFile) -> Result<(), DocumentError> {
    for (text, JsonObject(RangeFile { min, max, step })) in ranges {
        let target = parse_adjustable(&text, document, "ranges")?;
        let [Number(min), Number(max), Number(step)] = [min, max, step];
        let range = ValueRange { min, max, step };
        if !range.is_valid() {
            return error(format!(
                "range of {target}: min must be below max and step above 0"
            ));
        }
        document.ranges.insert(target, range);
    }
    Ok(())
}

fn add_locks(document: &mut Document, locked: &[String]) -> Result<(), DocumentError> {
    let mut knobs = BTreeSet::new();
    for text in locked {
        match parse_adjustable(text, document, "locked")? {
            Adjustable::Knob(knob) => knobs.insert(knob),
            Adjustable::Input(_) | Adjustable::Hyperparameter(_) => {
                return error(format!(
                    "\"locked\": {text} is an input; only knobs can be locked"
                ));
            }
        };
    }
    document.locked = knobs;
    Ok(())
}
