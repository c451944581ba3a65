//! Writing of documents as JSON.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::value::RawValue;

use crate::formats::data_files::relative_name;
use crate::formats::file::parent_folder;
use crate::nerve_cell::{CellSetting, NerveCell};
use crate::session::document::IgnoredKey;
use crate::session::training_config::DataPath;
use crate::session::{Document, SavedState, ValueRange};

use super::document_file::{
    CellFile, DocumentFile, JsonObject, LayerFile, Number, RangeFile, RangesFile, SavedStateFile, WholeNumber,
};
use super::json_error::VERSION;
use super::training_setup::training_setup_to_file;

/// Returns the document as JSON: each row of numbers on its own line, default values left out.
pub fn write(document: &Document) -> String {
    write_with(document, |file| file.path_in_document.clone())
}

/// Returns the document as JSON for the file at `path`: data files are named relative to its folder.
pub fn write_for(document: &Document, path: &Path) -> String {
    let folder = parent_folder(path);
    write_with(document, |file| relative_name(file, folder))
}

/// Returns the document as JSON on one line without spaces.
pub fn write_compact(document: &Document) -> String {
    to_json(
        document,
        |file| file.path_in_document.clone(),
        serde_json::ser::CompactFormatter,
    )
}

/// Returns the document as JSON as [`write()`] does. `name` returns the path to write for a data file.
pub(crate) fn write_with(document: &Document, name: impl Fn(&DataPath) -> String) -> String {
    to_json(document, name, DocumentLayout::default()) + "\n"
}

fn to_json(document: &Document, name: impl Fn(&DataPath) -> String, formatter: impl Formatter) -> String {
    let written = WrittenDocument {
        document: document_to_file(document, &name),
        ignorable: (document.cell.iter().map(|_| "cell"))
            .chain(document.layout.iter().map(|_| "layout"))
            .chain(document.ignored_keys.iter().map(|key| key.name.as_str()))
            .collect(),
        ignored: IgnoredKeys(&document.ignored_keys),
    };
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, formatter);
    // Nothing in a document is without a form in JSON, and a vector can always be written.
    let _ = written.serialize(&mut serializer);
    String::from_utf8(bytes).unwrap_or_default()
}

/// A document with the keys that this program doesn't know, which come last.
#[derive(Serialize)]
struct WrittenDocument<'a> {
    #[serde(flatten)]
    document: DocumentFile,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ignorable: Vec<&'a str>,
    #[serde(flatten)]
    ignored: IgnoredKeys<'a>,
}

/// The ignored keys with their values, byte for byte as they were read.
struct IgnoredKeys<'a>(&'a [IgnoredKey]);

impl Serialize for IgnoredKeys<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|key| {
            let value: Option<&RawValue> = serde_json::from_str(&key.json).ok();
            (&key.name, value)
        }))
    }
}

fn document_to_file(document: &Document, name: &dyn Fn(&DataPath) -> String) -> DocumentFile {
    let architecture = document.network.architecture();
    let input_names = architecture.input_names();
    let setup = document.training_setup.as_ref();
    let (data, training) = setup.map(|setup| training_setup_to_file(setup, name)).unzip();
    let range = |(target, range): (&_, &ValueRange)| {
        let [min, max, step] = [range.min, range.max, range.step].map(Number);
        (format!("{target}"), JsonObject(RangeFile { min, max, step }))
    };
    DocumentFile {
        neurodial: WholeNumber(VERSION),
        _ignorable: Vec::new(),
        note: document.note.clone(),
        inputs: Some(to_numbers(&document.inputs)),
        input_names: input_names
            .iter()
            .any(Option::is_some)
            .then(|| input_names.to_vec()),
        layers: (0..architecture.layers().len())
            .map(|layer| JsonObject(layer_to_file(document, layer)))
            .collect(),
        ranges: RangesFile(document.ranges.iter().map(range).collect()),
        locked: document.locked.iter().map(ToString::to_string).collect(),
        cases: document.saved_inputs.iter().map(|row| to_numbers(row)).collect(),
        pins: document.snapshots.iter().map(saved_state_to_file).collect(),
        experiments: document.experiment_rows.iter().map(saved_state_to_file).collect(),
        data: data.map(JsonObject),
        training: training.map(JsonObject),
        cell: document.cell.map(cell_to_file).map(JsonObject),
        layout: document.layout.map(|layout| layout.name().to_owned()),
    }
}

fn cell_to_file(cell: NerveCell) -> CellFile {
    let number = |setting| Some(Number(cell.value(setting)));
    CellFile {
        current: number(CellSetting::Current),
        refractory: number(CellSetting::Refractory),
    }
}

fn to_numbers(values: &[f64]) -> Vec<Number> {
    values.iter().copied().map(Number).collect()
}

fn saved_state_to_file(state: &SavedState) -> JsonObject<SavedStateFile> {
    JsonObject(SavedStateFile {
        name: state.name.clone(),
        knobs: to_numbers(&state.knobs),
        inputs: to_numbers(&state.inputs),
    })
}

fn layer_to_file(document: &Document, layer: usize) -> LayerFile {
    let view = document.network.layer(layer);
    let neurons = &view.plan.neurons;
    let activation = view.plan.activation().map(|activation| activation.to_string());
    let each = || {
        neurons
            .iter()
            .map(|neuron| neuron.activation.to_string())
            .collect()
    };
    let names = || neurons.iter().map(|neuron| neuron.name.clone()).collect();
    LayerFile {
        activations: activation.is_none().then(each),
        activation,
        names: neurons.iter().any(|neuron| neuron.name.is_some()).then(names),
        weights: (0..neurons.len())
            .map(|neuron| to_numbers(view.weights_of(neuron)))
            .collect(),
        biases: to_numbers(view.biases),
    }
}

/// The layout of a written document: a line for each field, layer, row of weights, range, saved input, saved
/// state and point, so that two versions can be compared line by line.
#[derive(Default)]
struct DocumentLayout {
    /// The objects and arrays around the next value, outermost first.
    frames: Vec<Frame>,
    /// The last key that was written.
    key: Vec<u8>,
    is_in_key: bool,
}

/// An object or array that is being written.
struct Frame {
    /// Its key; empty for an element of an array and for the document itself.
    key: Vec<u8>,
    /// True if each of its values is on a line of its own.
    is_broken: bool,
    is_empty: bool,
}

impl DocumentLayout {
    /// Begins an object or an array.
    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        let key = std::mem::take(&mut self.key);
        let path: Vec<&[u8]> = self
            .frames
            .iter()
            .skip(1)
            .map(|frame| frame.key.as_slice())
            .collect();
        let is_broken = matches!(
            (path.as_slice(), key.as_slice()),
            (
                [],
                b"" | b"layers" | b"ranges" | b"cases" | b"pins" | b"experiments"
            ) | ([b"layers"], _)
                | ([b"layers", b""], b"weights")
                | ([b"data"], b"points")
        );
        self.frames.push(Frame {
            key,
            is_broken,
            is_empty: true,
        });
        writer.write_all(bracket)
    }

    /// Writes what separates a value of the innermost frame from the one before.
    fn separate<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let Some(frame) = self.frames.last_mut() else {
            return Ok(());
        };
        let is_first = std::mem::replace(&mut frame.is_empty, false);
        match (is_first, frame.is_broken) {
            (true, false) => Ok(()),
            (false, false) => writer.write_all(b", "),
            (true, true) => self.break_line(writer),
            (false, true) => {
                writer.write_all(b",")?;
                self.break_line(writer)
            }
        }
    }

    fn break_line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b"\n")?;
        let depth = self.frames.iter().filter(|frame| frame.is_broken).count();
        (0..depth).try_for_each(|_| writer.write_all(b"  "))
    }

    /// Ends the innermost object or array.
    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        if let Some(frame) = self.frames.pop()
            && frame.is_broken
            && !frame.is_empty
            && frame.key != b"points"
        {
            self.break_line(writer)?;
        }
        writer.write_all(bracket)
    }
}

impl Formatter for DocumentLayout {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, _first: bool) -> io::Result<()> {
        self.separate(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, _first: bool) -> io::Result<()> {
        self.key.clear();
        self.is_in_key = true;
        self.separate(writer)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.is_in_key = false;
        Ok(())
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        // The next value may be an element of an array, which has no key.
        self.key.clear();
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if self.is_in_key {
            self.key.extend_from_slice(fragment.as_bytes());
        }
        writer.write_all(fragment.as_bytes())
    }
}
