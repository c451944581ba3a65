//! The document as versioned JSON.
//!
//! The smallest document is one layer with `activation`, `weights` (one row per neuron) and `biases`, and the
//! version, `"neurodial": 1`. Everything else has a default. Unknown fields are rejected by name, so that
//! typing errors are found, except for top-level keys that the document lists in `"ignorable"`. Numbers are
//! written with the fewest digits that give the same bits again.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use serde::Deserialize;
use serde::de::DeserializeSeed as _;
use serde_json::value::RawValue;

use crate::nerve_cell::{CellSetting, NerveCell};
use crate::network::architecture::MAX_KNOBS;
use crate::network::{Activation, Architecture, LayerPlan, Network, NeuronPlan};
use crate::session::document::{
    MAX_EXPERIMENT_ROWS, MAX_NAME_CHARS, MAX_NOTE_CHARS, MAX_SAVED_INPUT_NUMBERS, MAX_SAVED_INPUTS,
    MAX_SAVED_NUMBERS, MAX_SNAPSHOTS, clean_name,
};
use crate::session::{Adjustable, Document, SavedState, ValueRange};
use crate::text::{Messages, SharedText, shortened};

use super::document_format::DocumentFormat;
use super::file::{DocumentError, MAX_BYTES};

mod document_file;
mod ignorable;
mod json_error;
mod training_setup;
mod write;

pub use json_error::{MAX_IGNORABLE_NAMES, MAX_IGNORED_BYTES};
pub(crate) use write::write_with;
pub use write::{write, write_compact, write_for};

use document_file::{
    CellFile, DocumentFile, JsonObject, LayerFile, Number, RangeFile, RangesFile, SavedStateFile,
};
use json_error::{JsonError, VERSION, error};

/// The entry in the registry of formats.
pub(super) const FORMAT: DocumentFormat = DocumentFormat {
    name: Messages::format_document,
    extensions: &["json"],
    recognizes: |bytes| {
        without_byte_order_mark(bytes)
            .trim_ascii_start()
            .starts_with(b"{")
    },
    read: from_bytes,
    write: Some(|document, path| Ok(write_for(document, path).into_bytes())),
};

/// Some editors write a byte order mark at the beginning.
fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Reads a document from the bytes of a file, as [`read`] does.
fn from_bytes(bytes: &[u8]) -> Result<Document, DocumentError> {
    match std::str::from_utf8(without_byte_order_mark(bytes)) {
        Ok(text) => read(text),
        Err(_) => error(JsonError::NotText),
    }
}

/// The keys that decide how the rest is read.
#[derive(Deserialize)]
struct HeaderKeys<'a> {
    #[serde(borrow)]
    neurodial: Option<&'a RawValue>,
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
        return error(JsonError::TooLarge);
    }
    let JsonObject(header): JsonObject<HeaderKeys> =
        serde_json::from_str(text).map_err(|e| JsonError::from_serde(&e, None))?;
    match header.neurodial {
        None => return error(JsonError::NotADocument),
        Some(version) if version.get().parse() == Ok(VERSION) => {}
        Some(version) => return error(JsonError::OtherVersion(shortened(version.get()))),
    }
    let ignorable = ignorable::names_from_json(header.ignorable)?;
    let mut ignored_keys = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let mut track = serde_path_to_error::Track::new();
    let read = ignorable::DocumentSeed::new(&ignorable, &mut ignored_keys).deserialize(
        serde_path_to_error::Deserializer::new(&mut deserializer, &mut track),
    );
    let file = read.map_err(|e| JsonError::from_serde(&e, Some(&track.path())))?;
    ignorable::check_size(&ignored_keys)?;
    let mut document = document_from_file(file)?;
    document.ignored_keys = ignored_keys.into();
    Ok(document)
}

fn document_from_file(file: DocumentFile) -> Result<Document, DocumentError> {
    let Some(JsonObject(first)) = file.layers.first() else {
        return error(JsonError::NoLayers);
    };
    let inputs = match (first.weights.first(), &file.inputs) {
        (Some(row), _) => row.len(),
        (None, Some(inputs)) => inputs.len(),
        (None, None) => 0,
    };
    let names = checked_names(file.input_names, inputs, None)?;
    let mut plans = Vec::new();
    let mut fan_in = inputs;
    for (index, JsonObject(layer)) in file.layers.iter().enumerate() {
        plans.push(layer_plan_from_file(layer, index + 1, fan_in)?);
        fan_in = layer.weights.len();
    }
    let architecture = Architecture::new(names, plans).map_err(JsonError::Architecture)?;
    let mut knobs = Vec::with_capacity(architecture.knob_count());
    for JsonObject(layer) in &file.layers {
        let numbers = layer.weights.iter().flatten().chain(&layer.biases);
        knobs.extend(numbers.map(|number| number.0));
    }
    let Some(network) = Network::from_knobs(architecture, knobs) else {
        return error(JsonError::NumbersDoNotFit);
    };
    let mut document = Document::new(network);
    let note_chars = file.note.chars().count();
    if note_chars > MAX_NOTE_CHARS {
        return error(JsonError::NoteLength(note_chars));
    }
    document.note = file.note;
    if let Some(values) = file.inputs {
        if values.len() != inputs {
            return error(JsonError::Inputs {
                found: values.len(),
                expected: inputs,
            });
        }
        document.inputs = to_values(values);
    }
    add_ranges(&mut document, file.ranges)?;
    add_locks(&mut document, &file.locked)?;
    if file.cases.len() > MAX_SAVED_INPUTS {
        return error(JsonError::TooManyEntries {
            key: "cases",
            found: file.cases.len(),
            limit: MAX_SAVED_INPUTS,
        });
    }
    if let Some(row) = file.cases.iter().position(|row| row.len() != inputs) {
        return error(JsonError::SavedInputLength {
            row: row + 1,
            found: file.cases[row].len(),
            expected: inputs,
        });
    }
    if file.cases.len() * inputs > MAX_SAVED_INPUT_NUMBERS {
        return error(JsonError::TooManyInputNumbers);
    }
    document.saved_inputs = file.cases.into_iter().map(to_values).collect();
    let numbers: usize = file
        .pins
        .iter()
        .chain(&file.experiments)
        .map(|JsonObject(kept)| kept.knobs.len() + kept.inputs.len())
        .sum();
    if numbers > MAX_SAVED_NUMBERS {
        return error(JsonError::TooManySavedNumbers);
    }
    document.snapshots = saved_states_from_file(file.pins, &document, "pins", MAX_SNAPSHOTS)?;
    document.experiment_rows =
        saved_states_from_file(file.experiments, &document, "experiments", MAX_EXPERIMENT_ROWS)?;
    document.training_setup = training_setup::training_setup_from_file(file.data, file.training)?;
    if let Some(JsonObject(cell)) = file.cell {
        document.cell = Some(nerve_cell_from_file(&cell)?);
    }
    document.layout = match file.layout.as_deref().map(str::parse) {
        None => None,
        Some(Ok(layout)) => Some(layout),
        Some(Err(e)) => return error(JsonError::Layout(e)),
    };
    Ok(document)
}

fn nerve_cell_from_file(file: &CellFile) -> Result<NerveCell, DocumentError> {
    let numbers = [
        (CellSetting::Current, file.current),
        (CellSetting::Refractory, file.refractory),
    ];
    let mut cell = NerveCell::default();
    for (setting, number) in numbers {
        if let Some(Number(value)) = number {
            cell = match cell.with(setting, value) {
                Ok(cell) => cell,
                Err(e) => return error(JsonError::Cell(e)),
            };
        }
    }
    Ok(cell)
}

fn to_values(numbers: Vec<Number>) -> Vec<f64> {
    numbers.into_iter().map(|number| number.0).collect()
}

fn saved_states_from_file(
    files: Vec<JsonObject<SavedStateFile>>,
    document: &Document,
    key: &'static str,
    limit: usize,
) -> Result<Vec<SavedState>, DocumentError> {
    if files.len() > limit {
        return error(JsonError::TooManyEntries {
            key,
            found: files.len(),
            limit,
        });
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
            let number = index + 1;
            if !kept.fits(document) {
                return error(JsonError::StateSize {
                    key,
                    number,
                    found: [kept.knobs.len(), kept.inputs.len()],
                    expected: [document.network.knobs().len(), document.inputs.len()],
                });
            }
            if clean_name(&kept.name) != kept.name {
                return error(JsonError::StateName { key, number });
            }
            Ok(kept)
        })
        .collect()
}

fn layer_plan_from_file(file: &LayerFile, layer: usize, fan_in: usize) -> Result<LayerPlan, DocumentError> {
    let width = file.weights.len();
    if let Some(row) = file.weights.iter().position(|row| row.len() != fan_in) {
        return error(JsonError::WeightsRow {
            layer,
            row: row + 1,
            found: file.weights[row].len(),
            expected: fan_in,
        });
    }
    if file.biases.len() != width {
        return error(JsonError::Biases {
            layer,
            found: file.biases.len(),
            expected: width,
        });
    }
    let activation = |text: &str| -> Result<Activation, DocumentError> {
        Activation::from_str(text).or_else(|e| {
            error(JsonError::InLayer {
                layer,
                error: SharedText::new(e),
            })
        })
    };
    let activations = match (&file.activation, &file.activations) {
        (Some(text), None) => vec![activation(text)?; width],
        (None, Some(texts)) if texts.len() == width => texts
            .iter()
            .map(|text| activation(text))
            .collect::<Result<_, _>>()?,
        (None, Some(texts)) => {
            return error(JsonError::Activations {
                layer,
                found: texts.len(),
                expected: width,
            });
        }
        (None, None) => return error(JsonError::NoActivation(layer)),
        (Some(_), Some(_)) => return error(JsonError::TwoActivations(layer)),
    };
    let names = checked_names(file.names.clone(), width, Some(layer))?;
    let neurons = names.into_iter().zip(activations);
    Ok(LayerPlan {
        neurons: neurons
            .map(|(name, activation)| NeuronPlan { name, activation })
            .collect(),
    })
}

/// Returns the names of the inputs, or of the neurons of a layer.
fn checked_names(
    names: Option<Vec<Option<String>>>,
    count: usize,
    layer: Option<usize>,
) -> Result<Vec<Option<String>>, DocumentError> {
    let Some(names) = names else {
        return Ok(vec![None; count]);
    };
    if names.len() != count {
        return error(JsonError::NameCount {
            layer,
            found: names.len(),
            expected: count,
        });
    }
    for name in names.iter().flatten() {
        if name.trim().is_empty()
            || name.chars().count() > MAX_NAME_CHARS
            || name.chars().any(char::is_control)
        {
            return error(JsonError::Name {
                layer,
                name: shortened(name),
            });
        }
    }
    Ok(names)
}

fn parse_adjustable(text: &str, document: &Document, key: &'static str) -> Result<Adjustable, DocumentError> {
    match Adjustable::parse(text) {
        Some(target) if target.is_in(document.network.architecture()) => Ok(target),
        _ => error(JsonError::Address {
            key,
            address: shortened(text),
        }),
    }
}

fn add_ranges(document: &mut Document, RangesFile(ranges): RangesFile) -> Result<(), DocumentError> {
    for (text, JsonObject(RangeFile { min, max, step })) in ranges {
        let target = parse_adjustable(&text, document, "ranges")?;
        let [Number(min), Number(max), Number(step)] = [min, max, step];
        let range = ValueRange { min, max, step };
        if !range.is_valid() {
            return error(JsonError::Range(target));
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
                return error(JsonError::LockedInput(shortened(text)));
            }
        };
    }
    document.locked = knobs;
    Ok(())
}
