//! The settings of a block, read by name; unknown names and wrong values become problems.

use crate::network::NeuronAddress;
use crate::session::Adjustable;
use crate::session::adjustable::parse_address;

use super::expression::LessonExpression;
use super::function::suggestion;
use super::instruction::Instruction;
use super::lesson::{Display, FreeKnobs, Located, Tracks};
use super::outline::FencedBlock;
use super::problem::ProblemKind;
use super::raw_lesson::Problems;
use super::toml_block::{self, TomlEntry, TomlValue};

/// The settings of one block or of a table in it.
pub(super) struct Settings {
    /// The line of the block.
    pub(super) line: usize,
    entries: Vec<TomlEntry>,
}

impl Settings {
    /// Reads the blocks of settings of a section, of which there should be at most one, and reports unknown names.
    /// Returns `None` if there is none.
    pub(super) fn read<'b>(
        blocks: impl Iterator<Item = (usize, &'b FencedBlock)>,
        known: &[&'static str],
        problems: &mut Problems<'_>,
    ) -> Option<Self> {
        let mut settings: Option<Self> = None;
        for (line, block) in blocks {
            let read = settings.get_or_insert(Self {
                line,
                entries: Vec::new(),
            });
            if !block.is_closed {
                continue;
            }
            match toml_block::read(block) {
                Ok(entries) => read.entries.extend(entries),
                Err((line, reason)) => problems.add(line, ProblemKind::NotToml(reason)),
            }
        }
        let settings = settings?;
        settings.report_unknown(known, problems);
        Some(settings)
    }

    /// Reads a table within a block.
    pub(super) fn of_table(
        line: usize,
        entries: &[TomlEntry],
        known: &[&'static str],
        problems: &mut Problems<'_>,
    ) -> Self {
        let settings = Self {
            line,
            entries: entries.to_vec(),
        };
        settings.report_unknown(known, problems);
        settings
    }

    fn report_unknown(&self, known: &[&'static str], problems: &mut Problems<'_>) {
        for entry in &self.entries {
            if !known.contains(&entry.key.as_str()) {
                let kind = ProblemKind::UnknownKey {
                    key: entry.key.clone(),
                    known: known.to_vec(),
                    suggestion: suggestion(&entry.key, known.iter().copied())
                        .and_then(|name| known.iter().copied().find(|known| *known == name)),
                };
                problems.add(entry.line, kind);
            }
        }
    }

    pub(super) fn entry(&self, key: &str) -> Option<&TomlEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Returns the line of a setting.
    pub(super) fn line_of(&self, key: &str) -> Option<usize> {
        self.entry(key).map(|entry| entry.line)
    }

    /// Returns a value that `convert` accepts; another one is a problem, with the example.
    fn value<T>(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
        convert: impl FnOnce(&TomlValue) -> Option<T>,
    ) -> Option<Located<T>> {
        let entry = self.entry(key)?;
        let value = convert(&entry.value);
        if value.is_none() {
            problems.add(entry.line, ProblemKind::WrongValue(key, example));
        }
        value.map(|value| Located {
            line: entry.line,
            value,
        })
    }

    pub(super) fn text(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Located<String>> {
        self.value(key, example, problems, |value| match value {
            TomlValue::Text(text) => Some(text.clone()),
            _ => None,
        })
    }

    pub(super) fn number(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Located<f64>> {
        self.value(key, example, problems, |value| match value {
            TomlValue::Number(number) if number.is_finite() && *number >= 0.0 => Some(*number),
            _ => None,
        })
    }

    /// Returns a whole number from 1 on.
    pub(super) fn count(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Located<usize>> {
        self.value(key, example, problems, |value| match value {
            TomlValue::Number(number) if *number >= 1.0 && number.fract() == 0.0 && *number <= 1e9 => {
                Some(*number as usize)
            }
            _ => None,
        })
    }

    pub(super) fn boolean(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<bool> {
        let value = self.value(key, example, problems, |value| match value {
            TomlValue::Boolean(value) => Some(*value),
            _ => None,
        });
        value.map(|located| located.value)
    }

    /// Returns the two ends of an axis, in order.
    pub(super) fn ends(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<[f64; 2]> {
        let value = self.value(key, example, problems, |value| match value {
            TomlValue::List(items) => match items.as_slice() {
                [(_, TomlValue::Number(from)), (_, TomlValue::Number(to))]
                    if from < to && (to - from).is_finite() =>
                {
                    Some([*from, *to])
                }
                _ => None,
            },
            _ => None,
        });
        value.map(|located| located.value)
    }

    /// Returns several texts; a single one need not be in brackets.
    pub(super) fn texts(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Vec<Located<String>>> {
        let entry = self.entry(key)?;
        match &entry.value {
            TomlValue::Text(text) => Some(vec![Located {
                line: entry.line,
                value: text.clone(),
            }]),
            TomlValue::List(items) => {
                let mut texts = Vec::new();
                for (line, item) in items {
                    match item {
                        TomlValue::Text(text) => texts.push(Located {
                            line: *line,
                            value: text.clone(),
                        }),
                        _ => problems.add(*line, ProblemKind::WrongValue(key, example)),
                    }
                }
                Some(texts)
            }
            _ => {
                problems.add(entry.line, ProblemKind::WrongValue(key, example));
                None
            }
        }
    }

    pub(super) fn instructions(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Vec<Located<Instruction>>> {
        let texts = self.texts(key, example, problems)?;
        let mut instructions = Vec::new();
        for Located { line, value } in texts {
            match Instruction::parse(&value) {
                Ok(value) => instructions.push(Located { line, value }),
                Err(error) => problems.add_for(line, Some(key), ProblemKind::Instruction(error)),
            }
        }
        Some(instructions)
    }

    pub(super) fn conditions(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Vec<Located<LessonExpression>> {
        let mut conditions = Vec::new();
        for Located { line, value } in self.texts(key, example, problems).unwrap_or_default() {
            match LessonExpression::parse_condition(&value) {
                Ok(value) => conditions.push(Located { line, value }),
                Err(error) => problems.add_for(line, Some(key), ProblemKind::Expression(error)),
            }
        }
        conditions
    }

    /// Returns a number as an expression; it may be written without quotation marks.
    pub(super) fn quantity(
        &self,
        key: &'static str,
        example: &'static str,
        problems: &mut Problems<'_>,
    ) -> Option<Located<LessonExpression>> {
        let text = self.value(key, example, problems, |value| match value {
            TomlValue::Text(text) => Some(text.clone()),
            TomlValue::Number(number) => Some(number.to_string()),
            _ => None,
        })?;
        match LessonExpression::parse_number(&text.value) {
            Ok(value) => Some(Located {
                line: text.line,
                value,
            }),
            Err(error) => {
                problems.add_for(text.line, Some(key), ProblemKind::Expression(error));
                None
            }
        }
    }

    /// Returns the settings of what is shown.
    pub(super) fn display(&self, problems: &mut Problems<'_>) -> Display {
        const PANES: &str = "[\"knobs\", \"curves\"]";
        let select = self.text("select", "\"neuron[1,1]\"", problems);
        let axis = self.text("axis", "\"x[1]\"", problems);
        let tracks = self.text("tracks", "\"loss\"", problems);
        Display {
            show: self.texts("show", PANES, problems),
            hide: self.texts("hide", PANES, problems).unwrap_or_default(),
            select: select.and_then(|Located { line, value }| match parse_address(&value) {
                Some(("neuron", at)) if at.len() == 2 => Some(Located {
                    line,
                    value: NeuronAddress {
                        layer: at[0],
                        neuron: at[1],
                    },
                }),
                _ => {
                    problems.add_for(line, Some("select"), ProblemKind::NotANeuron(value));
                    None
                }
            }),
            tracks: tracks.and_then(|Located { line, value }| {
                let found = Tracks::ALL.into_iter().find(|tracks| tracks.name() == value);
                if found.is_none() {
                    const EXAMPLE: &str = "\"loss\"";
                    problems.add(line, ProblemKind::WrongValue("tracks", EXAMPLE));
                }
                found.map(|value| Located { line, value })
            }),
            axis: axis.and_then(|Located { line, value }| {
                let found = Adjustable::parse(&value);
                if found.is_none() {
                    problems.add_for(line, Some("axis"), ProblemKind::NotAnAddress(value));
                }
                found.map(|value| Located { line, value })
            }),
        }
    }

    /// Returns the knobs that are unlocked.
    pub(super) fn free(&self, problems: &mut Problems<'_>) -> Option<Vec<Located<FreeKnobs>>> {
        let texts = self.texts("free", "[\"w[1,1,1]\", \"b[1,1]\"]", problems)?;
        let mut free = Vec::new();
        for Located { line, value } in texts {
            match parse_free(&value) {
                Some(value) => free.push(Located { line, value }),
                None => problems.add_for(line, Some("free"), ProblemKind::NotAnAddress(value)),
            }
        }
        Some(free)
    }
}

fn parse_free(text: &str) -> Option<FreeKnobs> {
    match text.trim() {
        "all" => Some(FreeKnobs::All),
        "weights" => Some(FreeKnobs::Weights),
        "biases" => Some(FreeKnobs::Biases),
        text => match text.strip_prefix("layer ") {
            Some(layer) => {
                let layer = layer.trim().parse::<usize>().ok()?;
                Some(FreeKnobs::Layer(layer.checked_sub(1)?))
            }
            None => Adjustable::parse(text).map(FreeKnobs::One),
        },
    }
}
