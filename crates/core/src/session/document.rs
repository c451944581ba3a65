//! The document: the content of a saved file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::data::Targets;
use crate::nerve_cell::NerveCell;
use crate::network::{ArchitectureEdit, ArchitectureError, ImageShape, Knob, Network};
use crate::text::{Messages, shortened};

use super::adjustable::{Adjustable, ValueRange};
use super::computed_features::ComputedFeatures;
use super::slider_scale::SliderScale;
use super::training_setup::TrainingSetup;
use super::window_layout::WindowLayout;

/// The maximum number of saved input rows in a document.
pub(crate) const MAX_SAVED_INPUTS: usize = 10_000;
/// The maximum count of numbers in all saved input rows together. Within it, every document that is written
/// can be read.
pub(crate) const MAX_SAVED_INPUT_NUMBERS: usize = 4_000_000;
/// The maximum number of snapshots in a document.
pub(crate) const MAX_SNAPSHOTS: usize = 20;
/// The maximum number of experiment rows in a document.
pub(crate) const MAX_EXPERIMENT_ROWS: usize = 10_000;
/// The maximum number of values in all saved states together. Within it, every document that is written can
/// be read.
pub(crate) const MAX_SAVED_NUMBERS: usize = 4_000_000;
/// The maximum length of a name, in characters.
pub const MAX_NAME_CHARS: usize = 200;
/// The maximum number of characters of a document's note.
pub const MAX_NOTE_CHARS: usize = 10_000;

/// A network with everything that is saved, opened and undone together with it.
///
/// Every number in it is finite. It changes only through [`super::Session::apply`].
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// A short description, shown below the document's name; may be empty.
    pub note: String,
    /// The network.
    pub network: Network,
    /// The current input values, one for each input of the network.
    pub inputs: Vec<f64>,
    /// The ranges that differ from [`ValueRange::default`].
    pub ranges: BTreeMap<Adjustable, ValueRange>,
    /// The locked knobs, which can't be changed.
    pub locked: BTreeSet<Knob>,
    /// The saved input rows, `[row][input]`, at most `MAX_SAVED_INPUTS`.
    pub saved_inputs: Vec<Vec<f64>>,
    /// The snapshots, oldest first.
    pub snapshots: Vec<SavedState>,
    /// The rows of the experiment log, oldest first.
    pub experiment_rows: Vec<SavedState>,
    /// The training data and settings; `None` until data is chosen.
    pub training_setup: Option<Arc<TrainingSetup>>,
    /// The nerve cell; `None` if it was never changed.
    pub cell: Option<NerveCell>,
    /// The layout of the window in which the document opens; `None` for the one that the user chose last.
    pub layout: Option<WindowLayout>,
    /// The keys of the file that this program doesn't know and that the file allows to ignore, in the order
    /// of the file. They are kept and written back.
    pub ignored_keys: Arc<[IgnoredKey]>,
}

/// A top-level key of a document file that this program doesn't know, with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredKey {
    /// The key.
    pub name: String,
    /// The value: JSON, byte for byte as it was read.
    pub json: String,
}

impl IgnoredKey {
    /// Returns the size of the key and its value, in bytes.
    pub(crate) fn byte_count(&self) -> usize {
        self.name.len() + self.json.len()
    }
}

impl Document {
    /// Creates a document for a network, with all inputs 0.
    pub fn new(network: Network) -> Self {
        let inputs = vec![0.0; network.architecture().input_count()];
        Self {
            note: String::new(),
            network,
            inputs,
            ranges: BTreeMap::new(),
            locked: BTreeSet::new(),
            saved_inputs: Vec::new(),
            snapshots: Vec::new(),
            experiment_rows: Vec::new(),
            training_setup: None,
            cell: None,
            layout: None,
            ignored_keys: Arc::new([]),
        }
    }

    /// Returns the sentence that names the keys of the file that this program doesn't know; `None` if there
    /// are none.
    pub fn ignored_keys_notice(&self, messages: Messages) -> Option<String> {
        const MAX_LISTED: usize = 5;
        let keys = &self.ignored_keys;
        let mut names: Vec<String> = keys
            .iter()
            .take(MAX_LISTED)
            .map(|key| format!("“{}”", shortened(&key.name)))
            .collect();
        if keys.len() > MAX_LISTED {
            names.push(messages.ignored_keys_more(keys.len() - MAX_LISTED));
        }
        (!names.is_empty()).then(|| messages.ignored_keys(messages.list(names)))
    }

    /// Returns the value of an adjustable, or `None` if the network doesn't have it or there is no training
    /// setup.
    pub fn value(&self, target: Adjustable) -> Option<f64> {
        match target {
            Adjustable::Knob(knob) => self.network.get(knob),
            Adjustable::Input(input) => self.inputs.get(input).copied(),
            Adjustable::Hyperparameter(hyperparameter) => {
                let setup = self.training_setup.as_ref()?;
                Some(hyperparameter.value(setup.config()))
            }
        }
    }

    /// Returns the value of an adjustable as text, with which an entry field opens: with the fewest digits
    /// that represent it exactly.
    pub fn entry_text(&self, target: Adjustable, messages: Messages) -> String {
        match (target, &self.training_setup) {
            (Adjustable::Hyperparameter(hyperparameter), Some(setup)) => {
                hyperparameter.value_text(setup.config(), messages)
            }
            _ => format!("{:?}", self.value(target).unwrap_or(0.0)),
        }
    }

    /// Returns the scale along which a slider, keys and the wheel change an adjustable.
    pub fn slider_scale(&self, target: Adjustable) -> SliderScale {
        match (target, &self.training_setup) {
            (Adjustable::Hyperparameter(hyperparameter), Some(setup)) => setup.slider_scale(hyperparameter),
            _ => self.range(target).into(),
        }
    }

    /// Returns the range of a knob or an input, widened to include its current value, or the range of a
    /// hyperparameter's slider.
    pub fn range(&self, target: Adjustable) -> ValueRange {
        if let (Adjustable::Hyperparameter(hyperparameter), Some(setup)) = (target, &self.training_setup) {
            return setup.slider_scale(hyperparameter).into();
        }
        let range = self.ranges.get(&target).copied().unwrap_or_default();
        range.including(self.value(target).unwrap_or(0.0))
    }

    /// True if the user can't change it: a locked knob, or an input that is computed from other inputs.
    pub fn is_locked(&self, target: Adjustable) -> bool {
        match target {
            Adjustable::Knob(knob) => self.locked.contains(&knob),
            Adjustable::Input(input) => self.features().feature(input).is_some(),
            Adjustable::Hyperparameter(_) => false,
        }
    }

    /// True if the documents are equal and all their numbers have the same bits, including the signs of
    /// zeros.
    pub fn is_bitwise_equal(&self, other: &Self) -> bool {
        let bits = |document: &Self| -> Vec<u64> {
            let ranges = document
                .ranges
                .values()
                .flat_map(|range| [range.min, range.max, range.step]);
            let numbers = document.network.knobs().iter().chain(&document.inputs);
            let numbers = numbers.chain(document.saved_inputs.iter().flatten());
            let states = document.snapshots.iter().chain(&document.experiment_rows);
            let numbers = numbers.chain(states.flat_map(|kept| kept.knobs.iter().chain(&kept.inputs)));
            numbers.copied().chain(ranges).map(f64::to_bits).collect()
        };
        self == other && bits(self) == bits(other)
    }

    /// Returns the size of the image that the inputs are, as the names of the inputs say, or, if they have no names,
    /// those of the columns of a dataset with as many inputs; see [`ImageShape::from_names`].
    pub fn image_shape(&self) -> Option<ImageShape> {
        let architecture = self.network.architecture();
        if architecture.input_names().iter().any(Option::is_some) {
            return architecture.image_shape();
        }
        let data = &self.training_setup.as_ref()?.split().ok()?.train;
        let has_same_inputs = data.feature_names().len() == architecture.input_count();
        data.image_shape().filter(|_| has_same_inputs)
    }

    /// Returns the name of an output neuron, or, if it has none, that of the class that it stands for in the data.
    pub fn output_name(&self, neuron: usize) -> Option<&str> {
        let layer = self.network.architecture().layers().last()?;
        if let Some(name) = &layer.neurons.get(neuron)?.name {
            return Some(name);
        }
        let data = &self.training_setup.as_ref()?.split().ok()?.train;
        match data.targets() {
            Targets::Classes { names, .. } if names.len() == layer.neurons.len() => {
                names.get(neuron).map(String::as_str)
            }
            Targets::Classes { .. } | Targets::Numbers { .. } => None,
        }
    }

    /// Returns the computed inputs; none if the number of the network's inputs doesn't fit the data.
    pub fn features(&self) -> ComputedFeatures<'_> {
        self.features_for(self.training_setup.as_ref())
    }

    /// Returns the computed inputs that the document would have with another training setup; none if the
    /// number of its inputs doesn't fit.
    pub(super) fn features_for<'a>(&self, setup: Option<&'a Arc<TrainingSetup>>) -> ComputedFeatures<'a> {
        let Some(setup) = setup else {
            return ComputedFeatures::default();
        };
        let features = setup.config().features.as_slice();
        let Some(raw) = self.inputs.len().checked_sub(features.len()) else {
            return ComputedFeatures::default();
        };
        // If the data couldn't be loaded, its number of inputs is unknown; the features fit if their source
        // inputs exist.
        let fits = match setup.split() {
            Ok(_) => setup.raw_inputs() == raw,
            Err(_) => features
                .iter()
                .all(|feature| feature.inputs().iter().all(|&index| index < raw)),
        };
        if fits {
            ComputedFeatures::new(raw, features)
        } else {
            ComputedFeatures::default()
        }
    }

    /// Recomputes the computed inputs, in the current inputs and in all saved input rows.
    pub(super) fn update_computed_inputs(&mut self) {
        let mut inputs = std::mem::take(&mut self.inputs);
        let mut saved_inputs = std::mem::take(&mut self.saved_inputs);
        self.inputs.clone_from(&inputs);
        let features = self.features();
        features.update(&mut inputs);
        saved_inputs.iter_mut().for_each(|row| features.update(row));
        (self.inputs, self.saved_inputs) = (inputs, saved_inputs);
    }

    /// Returns the document after an edit of its architecture. Ranges, locks, inputs, saved inputs, the
    /// training setup, the nerve cell, the layout and ignored keys are carried over; snapshots and experiment rows are dropped, because they no longer
    /// fit.
    pub(crate) fn with_edit(&self, edit: ArchitectureEdit) -> Result<Self, ArchitectureError> {
        let network = edit.apply(&self.network)?;
        let architecture = network.architecture();
        let moved_knob = |knob: Knob| edit.new_knob(knob, architecture);
        let moved_target = |target: Adjustable| match target {
            Adjustable::Knob(knob) => moved_knob(knob).map(Adjustable::Knob),
            Adjustable::Input(input) => edit.new_input(input).map(Adjustable::Input),
            Adjustable::Hyperparameter(_) => None,
        };
        let moved_row = |row: &Vec<f64>| {
            let remaining = row
                .iter()
                .enumerate()
                .filter(|&(i, _)| edit.new_input(i).is_some());
            let mut row: Vec<f64> = remaining.map(|(_, &value)| value).collect();
            row.resize(architecture.input_count(), 0.0);
            row
        };
        Ok(Self {
            note: self.note.clone(),
            inputs: moved_row(&self.inputs),
            ranges: self
                .ranges
                .iter()
                .filter_map(|(&target, &range)| Some((moved_target(target)?, range)))
                .collect(),
            locked: self.locked.iter().filter_map(|&knob| moved_knob(knob)).collect(),
            saved_inputs: self.saved_inputs.iter().map(moved_row).collect(),
            // They belong to the old architecture; undo restores them together with it.
            snapshots: Vec::new(),
            experiment_rows: Vec::new(),
            cell: self.cell,
            layout: self.layout,
            training_setup: self.training_setup.clone(),
            ignored_keys: self.ignored_keys.clone(),
            network,
        })
    }
}

/// All knobs and inputs at one time, with a name: a snapshot or a row of the experiment log.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedState {
    /// The name of the snapshot or the note of the row; may be empty.
    pub name: String,
    /// The values of the knobs, in the network's flat order.
    pub knobs: Vec<f64>,
    /// The values of the inputs.
    pub inputs: Vec<f64>,
}

impl SavedState {
    /// Saves the document's current state.
    pub fn from_document(document: &Document, name: String) -> Self {
        Self {
            name: clean_name(&name),
            knobs: document.network.knobs().to_vec(),
            inputs: document.inputs.clone(),
        }
    }

    /// True if it has as many knobs and inputs as the document's network.
    pub fn fits(&self, document: &Document) -> bool {
        self.knobs.len() == document.network.knobs().len() && self.inputs.len() == document.inputs.len()
    }

    /// Returns the number of its values: knobs and inputs.
    pub(crate) fn number_count(&self) -> usize {
        self.knobs.len() + self.inputs.len()
    }

    /// Returns the number of knobs whose value differs from the document's.
    pub(crate) fn differing_knobs(&self, document: &Document) -> usize {
        let knobs = self.knobs.iter().zip(document.network.knobs());
        knobs.filter(|(saved, now)| saved != now).count()
    }
}

/// Returns the name without control characters such as line breaks, cut to [`MAX_NAME_CHARS`] characters.
pub(crate) fn clean_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(MAX_NAME_CHARS)
        .collect()
}

/// Returns the name as [`clean_name`] does, without the spaces around it; `None` if nothing remains.
pub(super) fn non_empty_name(name: &str) -> Option<String> {
    let name = clean_name(name);
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
