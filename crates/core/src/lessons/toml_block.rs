//! A fenced block of settings, with the line of every value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::outline::FencedBlock;

/// A value of a setting.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TomlValue {
    Text(String),
    Number(f64),
    Boolean(bool),
    List(Vec<(usize, TomlValue)>),
    Table(Vec<TomlEntry>),
    Other,
}

/// A setting with its line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TomlEntry {
    pub(super) key: String,
    pub(super) line: usize,
    pub(super) value: TomlValue,
}

/// Reads the settings of a block, in their order.
///
/// # Errors
///
/// Returns the line and the reason if the block is not TOML.
pub(super) fn read(block: &FencedBlock) -> Result<Vec<TomlEntry>, (usize, String)> {
    let line_of = |span: Range<usize>| {
        let before = block.text.as_bytes().get(..span.start).unwrap_or_default();
        block.first_line + before.iter().filter(|&&byte| byte == b'\n').count()
    };
    match DeTable::parse(&block.text) {
        Ok(table) => Ok(entries(table.get_ref(), &line_of)),
        Err(error) => {
            let line = error.span().map_or(block.first_line, &line_of);
            Err((
                line,
                error.message().lines().next().unwrap_or_default().to_owned(),
            ))
        }
    }
}

fn entries(table: &DeTable<'_>, line_of: &impl Fn(Range<usize>) -> usize) -> Vec<TomlEntry> {
    let mut entries: Vec<(usize, TomlEntry)> = table
        .iter()
        .map(|(key, value)| {
            let entry = TomlEntry {
                key: key.get_ref().to_string(),
                line: line_of(key.span()),
                value: convert(value, line_of),
            };
            (key.span().start, entry)
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

fn convert(value: &Spanned<DeValue<'_>>, line_of: &impl Fn(Range<usize>) -> usize) -> TomlValue {
    let number = |text: &str| {
        text.replace('_', "")
            .parse()
            .map_or(TomlValue::Other, TomlValue::Number)
    };
    match value.get_ref() {
        DeValue::String(text) => TomlValue::Text(text.to_string()),
        DeValue::Integer(integer) if integer.radix() == 10 => number(integer.as_str()),
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(value) => TomlValue::Boolean(*value),
        DeValue::Array(items) => TomlValue::List(
            items
                .iter()
                .map(|item| (line_of(item.span()), convert(item, line_of)))
                .collect(),
        ),
        DeValue::Table(table) => TomlValue::Table(entries(table, line_of)),
        DeValue::Integer(_) | DeValue::Datetime(_) => TomlValue::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> FencedBlock {
        FencedBlock {
            text: text.to_owned(),
            first_line: 10,
            is_closed: true,
        }
    }

    #[test]
    fn every_value_has_its_line() {
        let entries = read(&block(
            "format = 1\nset = [\n  \"b[1,1]=2\",\n  \"x[1]=1\",\n]\nstart = { preset = \"neuron\" }\n",
        ))
        .unwrap();
        let lines: Vec<_> = entries
            .iter()
            .map(|entry| (entry.key.as_str(), entry.line))
            .collect();
        assert_eq!(lines, [("format", 10), ("set", 11), ("start", 15)]);
        let TomlValue::List(items) = &entries[1].value else {
            panic!()
        };
        assert_eq!(items.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [12, 13]);
        let (line, reason) = read(&block("a = 1\nb = \n")).unwrap_err();
        assert_eq!(line, 11);
        assert!(!reason.is_empty());
    }
}
