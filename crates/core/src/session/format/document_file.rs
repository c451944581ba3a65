//! The fields of a document in JSON, as they are read.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The format version that this program writes and reads.
pub(crate) const VERSION: u64 = 1;

/// The reason that a text is not a valid document: one sentence with the place and the fix, as the text after
/// the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DocumentError(pub(super) String);

pub(super) fn error<T>(message: impl Into<String>) -> Result<T, DocumentError> {
    Err(DocumentError(message.into()))
}

/// A JSON object. Without this wrapper, serde would also accept an array of the fields in order.
pub(super) struct JsonObject<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for JsonObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = JsonObject<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object in braces")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(JsonObject)
            }
        }

        deserializer.deserialize_map(Fields(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentFile {
    #[serde(rename = "neurodial")]
    _version: u64,
    #[serde(rename = "ignorable", default)]
    _ignorable: Vec<String>,
    #[serde(default)]
    pub(crate) note: String,
    pub(crate) inputs: Option<Vec<f64>>,
    pub(crate) input_names: Option<Vec<Option<String>>>,
    pub(crate) layers: Vec<JsonObject<LayerFile>>,
    #[serde(default)]
    pub(crate) ranges: BTreeMap<String, JsonObject<RangeFile>>,
    #[serde(default)]
    pub(crate) locked: Vec<String>,
    #[serde(default)]
    pub(crate) cases: Vec<Vec<f64>>,
    #[serde(default)]
    pub(crate) pins: Vec<JsonObject<SavedStateFile>>,
    #[serde(default)]
    pub(crate) experiments: Vec<JsonObject<SavedStateFile>>,
    pub(crate) data: Option<JsonObject<DataFile>>,
    pub(crate) training: Option<JsonObject<TrainingFile>>,
}

/// A saved state: the values of all knobs in the network's flat order, see [`Architecture::index_of`], and of
/// all inputs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedStateFile {
    #[serde(default)]
    pub(crate) name: String,
    pub(crate) knobs: Vec<f64>,
    pub(crate) inputs: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayerFile {
    pub(crate) activation: Option<String>,
    pub(crate) activations: Option<Vec<String>>,
    pub(crate) names: Option<Vec<Option<String>>>,
    pub(crate) weights: Vec<Vec<f64>>,
    pub(crate) biases: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeFile {
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) step: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DataFile {
    pub(crate) set: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) checksum: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) skip_bad_rows: Option<bool>,
    pub(crate) inputs_file: Option<String>,
    pub(crate) targets_file: Option<String>,
    pub(crate) points: Option<Vec<Vec<serde_json::Value>>>,
    pub(crate) inputs: Option<Vec<String>>,
    pub(crate) classes: Option<Vec<String>>,
    pub(crate) samples: Option<usize>,
    pub(crate) noise: Option<f64>,
    pub(crate) seed: Option<u64>,
    pub(crate) test: Option<f64>,
    #[serde(default)]
    pub(crate) features: Vec<String>,
    pub(crate) standardise: Option<bool>,
    pub(crate) targets: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct TrainingFile {
    pub(crate) loss: Option<String>,
    pub(crate) l1: Option<f64>,
    pub(crate) l2: Option<f64>,
    pub(crate) optimizer: Option<String>,
    pub(crate) learning_rate: Option<f64>,
    pub(crate) schedule: Option<Schedule>,
    pub(crate) batch: Option<Batch>,
    pub(crate) epochs: Option<usize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Schedule {
    Name(String),
    Factor(f64),
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Batch {
    Samples(usize),
    Name(String),
}
