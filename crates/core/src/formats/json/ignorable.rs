//! Top-level keys that a program may ignore: the field `"ignorable"`.
//!
//! A newer program lists the keys that it added without a new format version. This program keeps the listed
//! keys that it doesn't know, as text, and writes them back; other unknown keys are refused.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::formats::file::DocumentError;
use crate::session::document::{IgnoredKey, MAX_NAME_CHARS};
use crate::text::shortened;

use super::document_file::DocumentFile;
use super::json_error::{JsonError, MAX_IGNORABLE_NAMES, MAX_IGNORED_BYTES, error};

/// The keys that every program must read.
const REQUIRED_KEYS: [&str; 3] = ["neurodial", "layers", "ignorable"];

/// Returns the names in the field `"ignorable"`.
pub(super) fn names_from_json(json: Option<&RawValue>) -> Result<BTreeSet<String>, DocumentError> {
    let Some(json) = json else {
        return Ok(BTreeSet::new());
    };
    if json.get().len() > MAX_IGNORED_BYTES {
        return error(JsonError::IgnorableCount);
    }
    let Ok(names) = serde_json::from_str::<BTreeSet<String>>(json.get()) else {
        return error(JsonError::IgnorableType);
    };
    if names.len() > MAX_IGNORABLE_NAMES {
        return error(JsonError::IgnorableCount);
    }
    for name in &names {
        if REQUIRED_KEYS.contains(&name.as_str()) {
            return error(JsonError::IgnorableRequired(name.clone()));
        }
        if name.is_empty() || name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
            return error(JsonError::IgnorableName(shortened(name)));
        }
    }
    Ok(names)
}

/// Checks that the ignored keys are small enough to be kept.
pub(super) fn check_size(keys: &[IgnoredKey]) -> Result<(), DocumentError> {
    let bytes: usize = keys.iter().map(IgnoredKey::byte_count).sum();
    if bytes > MAX_IGNORED_BYTES {
        return error(JsonError::IgnoredSize);
    }
    Ok(())
}

/// Reads a [`DocumentFile`] and stores the keys that it doesn't have, if they may be ignored.
pub(super) struct DocumentSeed<'a> {
    ignorable: &'a BTreeSet<String>,
    ignored: &'a mut Vec<IgnoredKey>,
}

impl<'a> DocumentSeed<'a> {
    pub(super) fn new(ignorable: &'a BTreeSet<String>, ignored: &'a mut Vec<IgnoredKey>) -> Self {
        Self { ignorable, ignored }
    }
}

impl<'de> DeserializeSeed<'de> for DocumentSeed<'_> {
    type Value = DocumentFile;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<DocumentFile, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DocumentSeed<'_> {
    type Value = DocumentFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object in braces")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DocumentFile, A::Error> {
        DocumentFile::deserialize(KnownKeys {
            map,
            known: &[],
            seed: self,
        })
    }
}

/// The entries of a document without the ignored ones.
struct KnownKeys<'a, A> {
    map: A,
    /// The fields of [`DocumentFile`], which serde passes to `deserialize_struct`.
    known: &'static [&'static str],
    seed: DocumentSeed<'a>,
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for KnownKeys<'_, A> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_map(Self {
            known: fields,
            ..self
        })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KnownKeys<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, mut seed: K) -> Result<Option<K::Value>, A::Error> {
        loop {
            let key_seed = KeySeed {
                known: self.known,
                ignorable: self.seed.ignorable,
                seed,
            };
            match self.map.next_key_seed(key_seed)? {
                None => return Ok(None),
                Some(Key::Known(key)) => return Ok(Some(key)),
                Some(Key::Ignored(name, unused)) => {
                    if self.seed.ignored.iter().any(|key| key.name == name) {
                        return Err(A::Error::custom(format!("duplicate field `{name}`")));
                    }
                    let json = self.map.next_value::<Box<RawValue>>()?.get().to_owned();
                    self.seed.ignored.push(IgnoredKey { name, json });
                    seed = unused;
                }
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// Reads a key with `seed` unless the key is ignored.
struct KeySeed<'a, K> {
    known: &'static [&'static str],
    ignorable: &'a BTreeSet<String>,
    seed: K,
}

enum Key<K, V> {
    Known(V),
    /// The name, and the seed that was not used.
    Ignored(String, K),
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for KeySeed<'_, K> {
    type Value = Key<K, K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let name = String::deserialize(deserializer)?;
        if self.ignorable.contains(&name) && !self.known.contains(&name.as_str()) {
            return Ok(Key::Ignored(name, self.seed));
        }
        let key: StrDeserializer<'_, D::Error> = name.as_str().into_deserializer();
        self.seed.deserialize(key).map(Key::Known)
    }
}
