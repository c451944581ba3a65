//! The errors of documents in JSON.

use serde_path_to_error::Segment;

use crate::formats::file::DocumentError;
use crate::nerve_cell::CellValueError;
use crate::network::ArchitectureError;
use crate::network::architecture::MAX_KNOBS;
use crate::session::document::{MAX_NAME_CHARS, MAX_NOTE_CHARS, MAX_SAVED_INPUT_NUMBERS, MAX_SAVED_NUMBERS};
use crate::session::{Adjustable, DataSource, TrainingSetupError, UnknownLayoutError};
use crate::text::{Localized, Messages, SharedText, shortened};

/// The format version that this program writes and reads.
pub(super) const VERSION: u64 = 1;

/// The maximum size of all ignored keys of a document with their values, in bytes. It leaves room for the
/// largest network within a file of the maximum size.
pub const MAX_IGNORED_BYTES: usize = 1 << 20;

/// The maximum number of names in `"ignorable"`.
pub const MAX_IGNORABLE_NAMES: usize = 100;

/// The reason why a text is not a valid document. Layers, rows and entries are counted from 1. Keys are those of
/// the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum JsonError {
    /// The text is not UTF-8.
    NotText,
    /// The text is larger than the largest document.
    TooLarge,
    /// The text has no version.
    NotADocument,
    /// The document has another version.
    OtherVersion(String),
    /// The text is not JSON, or not that of a document.
    Syntax {
        place: Vec<PlacePart>,
        position: [usize; 2],
        problem: SyntaxProblem,
    },
    /// There is no layer.
    NoLayers,
    /// The layers have more or fewer numbers than knobs.
    NumbersDoNotFit,
    /// There is not one number for each input.
    Inputs { found: usize, expected: usize },
    /// The note has this many characters, which is too long.
    NoteLength(usize),
    /// A list has too many entries.
    TooManyEntries {
        key: &'static str,
        found: usize,
        limit: usize,
    },
    /// A row of saved inputs has too few or too many numbers.
    SavedInputLength {
        row: usize,
        found: usize,
        expected: usize,
    },
    /// The saved inputs have too many numbers.
    TooManyInputNumbers,
    /// The saved states have too many numbers.
    TooManySavedNumbers,
    /// A saved state belongs to another network: the numbers of knobs and inputs, found and expected.
    StateSize {
        key: &'static str,
        number: usize,
        found: [usize; 2],
        expected: [usize; 2],
    },
    /// The name of a saved state is not valid.
    StateName { key: &'static str, number: usize },
    /// A row of weights has too few or too many numbers.
    WeightsRow {
        layer: usize,
        row: usize,
        found: usize,
        expected: usize,
    },
    /// There is not one bias for each row of weights.
    Biases {
        layer: usize,
        found: usize,
        expected: usize,
    },
    /// There is not one activation for each neuron.
    Activations {
        layer: usize,
        found: usize,
        expected: usize,
    },
    /// The layer has no activation.
    NoActivation(usize),
    /// The layer has a common activation and one for each neuron.
    TwoActivations(usize),
    /// Another problem in a layer, such as an unknown activation.
    InLayer { layer: usize, error: SharedText },
    /// There is not one name for each input, or for each neuron of this layer.
    NameCount {
        layer: Option<usize>,
        found: usize,
        expected: usize,
    },
    /// A name of an input, or of a neuron of this layer, is not valid.
    Name { layer: Option<usize>, name: String },
    /// The network would be too large.
    Architecture(ArchitectureError),
    /// The network doesn't have this knob or input.
    Address { key: &'static str, address: String },
    /// A range is not valid.
    Range(Adjustable),
    /// An input is listed among the locked knobs.
    LockedInput(String),
    /// There are too many names of ignorable keys.
    IgnorableCount,
    /// The names of ignorable keys are not a list of texts.
    IgnorableType,
    /// A key that every program needs is listed as ignorable.
    IgnorableRequired(String),
    /// The name of an ignorable key is not valid.
    IgnorableName(String),
    /// The ignored keys are too large.
    IgnoredSize,
    /// There are settings of training without data.
    TrainingAlone,
    /// The data can't be created with these settings.
    Training(TrainingSetupError),
    /// A setting of training is not valid.
    TrainingKey { key: &'static str, error: SharedText },
    /// A batch size is not valid.
    BatchSize(String),
    /// A property of the data is not valid.
    DataKey { key: &'static str, error: SharedText },
    /// A checksum is not a hexadecimal number.
    Checksum(String),
    /// A number of the nerve cell is out of range.
    Cell(CellValueError),
    /// The name of the layout is unknown.
    Layout(UnknownLayoutError),
    /// The kind of the targets is unknown.
    Targets(String),
    /// There is no such dataset.
    Dataset(String),
    /// There is a file of inputs without one of targets.
    NoTargetsFile,
    /// No data source is given.
    NoSource,
    /// Several data sources are given.
    SeveralSources,
    /// A key belongs to another kind of data source.
    OtherSource(&'static str),
    /// Points have both classes and a numeric target.
    PointTargets,
    /// A custom point is not valid.
    Point { number: usize, problem: PointProblem },
}

pub(super) fn error<T>(error: JsonError) -> Result<T, DocumentError> {
    Err(error.into())
}

/// A part of the place of a value in a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum PlacePart {
    Layer(usize),
    Entry(usize),
    Key(String),
}

/// The problem of a custom point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PointProblem {
    Empty,
    Input,
    Target,
    Class,
}

/// A problem that the JSON parser has found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SyntaxProblem {
    NumberTooLarge,
    CutOff,
    NotJson(String),
    MissingField(String),
    UnknownField { field: String, names: Vec<String> },
    DuplicateField(String),
    Expected(JsonType),
    WrongType { expected: JsonType, found: JsonType },
    Other(String),
}

/// The type of a value in JSON.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum JsonType {
    Object,
    List,
    /// A text; its beginning if it is known.
    Text(Option<String>),
    /// A number; its digits if they are known.
    Number(Option<String>),
    Integer,
    Boolean,
    Null,
    Schedule,
    Batch,
}

impl JsonError {
    /// Returns the error of the JSON parser at a place of the document.
    pub(super) fn from_serde(error: &serde_json::Error, path: Option<&serde_path_to_error::Path>) -> Self {
        let full = error.to_string();
        let end = format!(" at line {} column {}", error.line(), error.column());
        // A message can quote a whole string of the file, so keep only its beginning.
        let text: String = full
            .strip_suffix(&end)
            .unwrap_or(&full)
            .chars()
            .filter(|c| !c.is_control())
            .take(400)
            .collect();
        let problem = match error.classify() {
            _ if text == "number out of range" => SyntaxProblem::NumberTooLarge,
            serde_json::error::Category::Eof => SyntaxProblem::CutOff,
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
                SyntaxProblem::NotJson(text)
            }
            serde_json::error::Category::Data => SyntaxProblem::from_serde(&text),
        };
        Self::Syntax {
            place: path.map(place_parts).unwrap_or_default(),
            position: [error.line(), error.column()],
            problem,
        }
    }
}

/// Returns the place in the document, with the numbers of layers and entries counted from 1.
fn place_parts(path: &serde_path_to_error::Path) -> Vec<PlacePart> {
    let mut parts = Vec::new();
    let mut is_in_layers = false;
    for segment in path {
        match segment {
            Segment::Map { key } if key == "layers" => {
                is_in_layers = true;
                continue;
            }
            Segment::Seq { index } if is_in_layers => parts.push(PlacePart::Layer(index + 1)),
            Segment::Seq { index } => parts.push(PlacePart::Entry(index + 1)),
            Segment::Map { key } => parts.push(PlacePart::Key(shortened(key))),
            Segment::Enum { .. } | Segment::Unknown => continue,
        }
        is_in_layers = false;
    }
    parts
}

impl SyntaxProblem {
    /// Reads a message of serde, such as “missing field `weights`”.
    fn from_serde(text: &str) -> Self {
        let quoted = |text: &str| -> Vec<String> {
            let parts = text.split('`').skip(1).step_by(2);
            parts.map(shortened).collect()
        };
        let types = || {
            let (found, expected) = text
                .strip_prefix("invalid type: ")
                .or(text.strip_prefix("invalid value: "))?
                .rsplit_once(", expected ")?;
            Some(Self::WrongType {
                expected: JsonType::from_serde(expected)?,
                found: JsonType::from_serde(found)?,
            })
        };
        let mut names = quoted(text).into_iter();
        let field = names.next().unwrap_or_default();
        if text.starts_with("missing field") {
            Self::MissingField(field)
        } else if text.starts_with("duplicate field") {
            Self::DuplicateField(field)
        } else if text.starts_with("unknown field") {
            Self::UnknownField {
                field,
                names: names.collect(),
            }
        } else if let Some(expected) = text.strip_prefix("expected ").and_then(JsonType::from_serde) {
            Self::Expected(expected)
        } else {
            types().unwrap_or_else(|| Self::Other(text.to_owned()))
        }
    }
}

impl JsonType {
    /// Reads the description of a type by serde, or by a visitor of `document_file`.
    fn from_serde(text: &str) -> Option<Self> {
        let value = |quote: char| {
            let (_, rest) = text.split_once(quote)?;
            Some(shortened(rest.rsplit_once(quote)?.0))
        };
        Some(match text {
            "an object in braces" | "a map" | "map" => Self::Object,
            "a sequence" | "sequence" => Self::List,
            "a string" => Self::Text(None),
            "a number" => Self::Number(None),
            "a whole number from 0 on" => Self::Integer,
            "a boolean" => Self::Boolean,
            "null" => Self::Null,
            "a name or a factor" => Self::Schedule,
            "a whole number or \"all\"" => Self::Batch,
            _ if text.starts_with("string ") => Self::Text(value('"')),
            _ if text.starts_with("integer ") || text.starts_with("floating point ") => {
                Self::Number(value('`'))
            }
            _ if text.starts_with("boolean ") => Self::Boolean,
            _ => return None,
        })
    }
}

impl Localized for JsonType {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Text(Some(text)) => return format!("“{text}”"),
            Self::Number(Some(number)) => return number.clone(),
            Self::Object => messages.json_object(),
            Self::List => messages.json_list(),
            Self::Text(None) => messages.json_text(),
            Self::Number(None) => messages.json_number(),
            Self::Integer => messages.json_integer(),
            Self::Boolean => messages.json_boolean(),
            Self::Null => messages.json_null(),
            Self::Schedule => messages.json_schedule(),
            Self::Batch => messages.json_batch(),
        }
        .to_owned()
    }
}

impl Localized for SyntaxProblem {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NumberTooLarge => messages.json_number_too_large().to_owned(),
            Self::CutOff => messages.json_cut_off().to_owned(),
            Self::NotJson(problem) => messages.json_not_json(problem),
            Self::MissingField(field) => messages.json_missing_field(field),
            Self::UnknownField { field, names } if names.is_empty() => {
                messages.json_unknown_field_alone(field)
            }
            Self::UnknownField { field, names } => messages.json_unknown_field(field, messages.list(names)),
            Self::DuplicateField(field) => messages.json_duplicate_field(field),
            Self::Expected(expected) => messages.json_expected(expected.message(messages)),
            Self::WrongType { expected, found } => {
                messages.json_wrong_type(expected.message(messages), found.message(messages))
            }
            Self::Other(problem) => messages.json_unreadable(problem),
        }
    }
}

impl Localized for PlacePart {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Layer(number) => messages.json_layer(number),
            Self::Entry(number) => messages.json_entry(number),
            Self::Key(key) => format!("“{key}”"),
        }
    }
}

impl Localized for PointProblem {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Empty => messages.json_point_empty(),
            Self::Input => messages.json_point_input(),
            Self::Target => messages.json_point_target(),
            Self::Class => messages.json_point_class(),
        }
        .to_owned()
    }
}

impl Localized for JsonError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NotText => messages.io_not_text().to_owned(),
            Self::TooLarge => messages.json_too_large(MAX_KNOBS),
            Self::NotADocument => messages.json_not_a_document().to_owned(),
            Self::OtherVersion(found) => messages.json_other_version(found, VERSION),
            Self::Syntax {
                place,
                position: [line, column],
                problem,
            } => {
                let problem = problem.message(messages);
                if place.is_empty() {
                    return messages.json_position(line, column, problem);
                }
                let parts: Vec<String> = place.iter().map(|part| part.message(messages)).collect();
                messages.json_place(parts.join(messages.list_separator()), line, column, problem)
            }
            Self::NoLayers => messages.json_no_layers().to_owned(),
            Self::NumbersDoNotFit => messages.json_numbers_do_not_fit().to_owned(),
            Self::Inputs { found, expected } => messages.json_inputs(*found, *expected),
            Self::NoteLength(found) => messages.json_note_length(*found, MAX_NOTE_CHARS),
            Self::TooManyEntries { key, found, limit } => messages.json_too_many_rows(key, *found, *limit),
            Self::SavedInputLength { row, found, expected } => {
                messages.json_row_length(row, *found, *expected)
            }
            Self::TooManyInputNumbers => messages.json_too_many_input_numbers(MAX_SAVED_INPUT_NUMBERS),
            Self::TooManySavedNumbers => messages.json_too_many_saved_numbers(MAX_SAVED_NUMBERS),
            Self::StateSize {
                key,
                number,
                found,
                expected,
            } => messages.json_state_size(number, key, found[0], found[1], expected[0], expected[1]),
            Self::StateName { key, number } => messages.json_state_name(number, key, MAX_NAME_CHARS),
            Self::WeightsRow {
                layer: 1,
                row,
                found,
                expected,
            } => messages.json_first_layer_row(row, *found, *expected),
            Self::WeightsRow {
                layer,
                row,
                found,
                expected,
            } => messages.json_layer_row(layer, row, *found, *expected),
            Self::Biases {
                layer,
                found,
                expected,
            } => messages.json_biases(layer, *found, *expected),
            Self::Activations {
                layer,
                found,
                expected,
            } => messages.json_activations(layer, *found, *expected),
            Self::NoActivation(layer) => {
                messages.json_in_layer(layer, messages.json_missing_field("activation"))
            }
            Self::TwoActivations(layer) => messages.json_two_activations(layer),
            Self::InLayer { layer, error } => messages.json_in_layer(layer, error.message(messages)),
            Self::NameCount {
                layer,
                found,
                expected,
            } => match layer {
                Some(layer) => messages.json_neuron_names(layer, *found, *expected),
                None => messages.json_input_names(*found, *expected),
            },
            Self::Name { layer, name } => {
                let problem = messages.json_name(name, MAX_NAME_CHARS);
                match layer {
                    Some(layer) => messages.json_in_layer(layer, problem),
                    None => messages.json_in_key("input_names", problem),
                }
            }
            Self::Architecture(error) => error.message(messages),
            Self::Address { key, address } => messages.json_in_key(key, messages.json_address(address)),
            Self::Range(target) => messages.json_in_key("ranges", messages.json_range(target)),
            Self::LockedInput(address) => messages.json_in_key("locked", messages.json_locked_input(address)),
            Self::IgnorableCount => messages.json_ignorable_count(MAX_IGNORABLE_NAMES),
            Self::IgnorableType => messages.json_ignorable_type("[\"layout\"]"),
            Self::IgnorableRequired(name) => messages.json_ignorable_required(name),
            Self::IgnorableName(name) => messages.json_ignorable_name(name, MAX_NAME_CHARS),
            Self::IgnoredSize => messages.json_ignored_size(MAX_IGNORED_BYTES >> 20),
            Self::TrainingAlone => messages.json_training_alone().to_owned(),
            Self::Training(error) => messages.json_training_data(error.message(messages)),
            Self::TrainingKey { key, error } => messages.json_training_key(key, error.message(messages)),
            Self::BatchSize(text) => messages.json_training_key("batch", messages.json_batch_size(text)),
            Self::DataKey { key, error } => messages.json_data_key(key, error.message(messages)),
            Self::Checksum(text) => messages.json_data_key("checksum", messages.json_checksum(text)),
            Self::Cell(error) => messages.json_in_key("cell", error.message(messages)),
            Self::Layout(error) => messages.json_in_key("layout", error.message(messages)),
            Self::Targets(text) => messages.json_data_key("targets", messages.json_targets(text)),
            Self::Dataset(name) => {
                let names: Vec<String> = DataSource::all().map(|source| source.name()).collect();
                messages.json_dataset(name, names.join(", "))
            }
            Self::NoTargetsFile => messages.json_targets_file().to_owned(),
            Self::NoSource => messages.json_no_source().to_owned(),
            Self::SeveralSources => messages.json_several_sources().to_owned(),
            Self::OtherSource(key) => messages.json_other_source(key),
            Self::PointTargets => messages.json_point_targets().to_owned(),
            Self::Point { number, problem } => messages.json_point(number, problem.message(messages)),
        }
    }
}

impl From<JsonError> for DocumentError {
    fn from(error: JsonError) -> Self {
        Self::new(error)
    }
}
