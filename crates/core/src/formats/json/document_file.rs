//! The fields of a document in JSON, as they are read and written.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::data::custom_points::MAX_POINTS;

/// A JSON object. Without this wrapper, serde would also accept an array of the fields in order.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct JsonObject<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for JsonObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = JsonObject<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object in braces")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(JsonObject)
            }
        }

        deserializer.deserialize_map(Fields(PhantomData))
    }
}

/// An array of which at most `LIMIT` entries are kept, but all are counted: what is refused by its number costs
/// nothing.
#[derive(Default, Serialize)]
#[serde(transparent)]
pub(super) struct Counted<T, const LIMIT: usize> {
    pub(super) entries: Vec<T>,
    #[serde(skip)]
    pub(super) count: usize,
}

impl<T, const LIMIT: usize> From<Vec<T>> for Counted<T, LIMIT> {
    fn from(entries: Vec<T>) -> Self {
        let count = entries.len();
        Self { entries, count }
    }
}

impl<'de, T: Deserialize<'de>, const LIMIT: usize> Deserialize<'de> for Counted<T, LIMIT> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T, const LIMIT: usize>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>, const LIMIT: usize> Visitor<'de> for Entries<T, LIMIT> {
            type Value = Counted<T, LIMIT>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while entries.len() < LIMIT {
                    match all.next_element()? {
                        Some(entry) => entries.push(entry),
                        None => return Ok(entries.into()),
                    }
                }
                let mut count = entries.len();
                while all.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Counted { entries, count })
            }
        }

        deserializer.deserialize_seq(Entries(PhantomData))
    }
}

/// A number or a text; what else stands in its place is not kept.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum PointCell {
    Number(f64),
    Text(String),
    Other,
}

impl<'de> Deserialize<'de> for PointCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CellVisitor;

        impl<'de> Visitor<'de> for CellVisitor {
            type Value = PointCell;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E>(self, value: f64) -> Result<PointCell, E> {
                Ok(PointCell::Number(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<PointCell, E> {
                Ok(PointCell::Number(value as f64))
            }

            fn visit_i64<E>(self, value: i64) -> Result<PointCell, E> {
                Ok(PointCell::Number(value as f64))
            }

            fn visit_str<E>(self, value: &str) -> Result<PointCell, E> {
                Ok(PointCell::Text(value.to_owned()))
            }

            fn visit_bool<E>(self, _: bool) -> Result<PointCell, E> {
                Ok(PointCell::Other)
            }

            fn visit_unit<E>(self) -> Result<PointCell, E> {
                Ok(PointCell::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<PointCell, A::Error> {
                while all.next_element::<IgnoredAny>()?.is_some() {}
                Ok(PointCell::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<PointCell, A::Error> {
                while all.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(PointCell::Other)
            }
        }

        deserializer.deserialize_any(CellVisitor)
    }
}

/// A number. Unlike that of `f64`, its error is in plain words.
#[derive(Clone, Copy, Serialize)]
#[serde(transparent)]
pub(super) struct Number(pub(super) f64);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;

        impl Visitor<'_> for NumberVisitor {
            type Value = Number;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
                Ok(Number(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number(value as f64))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                Ok(Number(value as f64))
            }
        }

        deserializer.deserialize_f64(NumberVisitor)
    }
}

/// A whole number from 0 on. Unlike that of `u64`, its error is in plain words.
#[derive(Clone, Copy, Serialize)]
#[serde(transparent)]
pub(super) struct WholeNumber(pub(super) u64);

impl WholeNumber {
    /// Returns the number as a count; a larger one than there can be becomes the largest.
    pub(super) fn count(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl<'de> Deserialize<'de> for WholeNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeNumberVisitor;

        impl Visitor<'_> for WholeNumberVisitor {
            type Value = WholeNumber;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number from 0 on")
            }

            fn visit_u64<E>(self, value: u64) -> Result<WholeNumber, E> {
                Ok(WholeNumber(value))
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<WholeNumber, E> {
                Err(E::invalid_value(Unexpected::Signed(value), &self))
            }
        }

        deserializer.deserialize_u64(WholeNumberVisitor)
    }
}

/// The top level of a document. The order of the fields is that in a written file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentFile {
    pub(super) neurodial: WholeNumber,
    /// The names are read before the rest, and written after it.
    #[serde(rename = "ignorable", default, skip_serializing)]
    pub(super) _ignorable: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inputs: Option<Vec<Number>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) input_names: Option<Vec<Option<String>>>,
    pub(super) layers: Vec<JsonObject<LayerFile>>,
    #[serde(default, skip_serializing_if = "RangesFile::is_empty")]
    pub(super) ranges: RangesFile,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) locked: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) cases: Vec<Vec<Number>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) pins: Vec<JsonObject<SavedStateFile>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) experiments: Vec<JsonObject<SavedStateFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<JsonObject<DataFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) training: Option<JsonObject<TrainingFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cell: Option<JsonObject<CellFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) layout: Option<String>,
}

/// The settings of the nerve cell.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellFile {
    pub(super) current: Option<Number>,
    pub(super) refractory: Option<Number>,
}

/// A saved state: the values of all knobs in the network's flat order, see
/// [`Architecture::index_of`](crate::network::Architecture::index_of), and of all inputs.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedStateFile {
    #[serde(default)]
    pub(super) name: String,
    pub(super) knobs: Vec<Number>,
    pub(super) inputs: Vec<Number>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LayerFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) activation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) activations: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) names: Option<Vec<Option<String>>>,
    pub(super) weights: Vec<Vec<Number>>,
    pub(super) biases: Vec<Number>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeFile {
    pub(super) min: Number,
    pub(super) max: Number,
    pub(super) step: Number,
}

/// The ranges by the addresses of knobs and inputs, in the order of the file.
#[derive(Default)]
pub(super) struct RangesFile(pub(super) Vec<(String, JsonObject<RangeFile>)>);

impl RangesFile {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for RangesFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(address, range)| (address, range)))
    }
}

impl<'de> Deserialize<'de> for RangesFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = RangesFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RangesFile, A::Error> {
                let mut ranges = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    ranges.push(entry);
                }
                Ok(RangesFile(ranges))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

/// The rows of custom points, each with the inputs and then the target.
pub(super) type PointsFile = Counted<Counted<PointCell, 4>, { MAX_POINTS }>;

/// The data source with its settings. The order of the fields is that in a written file.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct DataFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) set: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) points: Option<PointsFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inputs: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inputs_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) targets_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) target: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) classes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) columns: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) separator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) decimal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) thousands: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dates: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) header: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) merge_classes: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) skip_bad_rows: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) checksum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) samples: Option<WholeNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) noise: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) seed: Option<WholeNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) test: Option<Number>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) features: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) standardise: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) targets: Option<String>,
}

/// The settings of training. The order of the fields is that in a written file.
#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct TrainingFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) loss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) l1: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) l2: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) optimizer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) learning_rate: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<ScheduleFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) batch: Option<BatchFile>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) epochs: Option<WholeNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stop_at_loss: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stop_at_accuracy: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) patience: Option<WholeNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) test_patience: Option<WholeNumber>,
}

/// A learning-rate schedule: its name, or the factor of an exponential one.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a name or a factor")]
pub(super) enum ScheduleFile {
    Name(String),
    Factor(f64),
}

/// A batch size: a number of samples, or `all`.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a whole number or \"all\"")]
pub(super) enum BatchFile {
    Samples(usize),
    Name(String),
}
