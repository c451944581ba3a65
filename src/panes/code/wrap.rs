//! Wrapping of lines that are too long for a figure. Only the drawing is affected; the text stays as it is.

use std::ops::Range;

/// The indentation of the rest of a line beyond that of the line itself, in columns.
const HANGING_INDENT: usize = 4;
/// The minimum number of columns for the rest of a line: any number and the comma after it fit.
const MIN_REST_COLUMNS: usize = 38;
/// The minimum number of columns of source code in a figure.
pub(crate) const MIN_COLUMNS: usize = 48;

/// A line, or a part of one that is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrappedRow {
    /// The bytes of the row within the line.
    pub(crate) bytes: Range<usize>,
    /// The column in which the row starts.
    pub(crate) column: usize,
}

impl WrappedRow {
    /// True if the row continues the one before.
    pub(crate) fn is_continuation(&self) -> bool {
        self.bytes.start > 0
    }
}

/// Divides a line into rows of at most `columns` columns. It is broken between words if possible, and never
/// within one of its `numbers`, which are ranges of bytes in the line. `width` returns the number of columns
/// of a character.
pub(crate) fn wrap_line(
    line: &str,
    numbers: &[Range<usize>],
    columns: usize,
    width: impl Fn(char) -> usize,
) -> Vec<WrappedRow> {
    let text = line.trim_end();
    let indent = text.len() - text.trim_start().len();
    let hanging_indent = (indent + HANGING_INDENT).min(columns.saturating_sub(MIN_REST_COLUMNS));
    let mut rows = Vec::new();
    let (mut start, mut column) = (0, 0);
    while let Some(overflow) = first_overflow(&text[start..], columns.saturating_sub(column), &width) {
        // A line is never broken within its indentation.
        let end = break_position(text, numbers, start.max(indent), start + overflow);
        rows.push(WrappedRow {
            bytes: start..start + text[start..end].trim_end().len(),
            column,
        });
        start = end + text[end..].len() - text[end..].trim_start().len();
        column = hanging_indent;
    }
    if start < text.len() || rows.is_empty() {
        rows.push(WrappedRow {
            bytes: start..text.len(),
            column,
        });
    }
    rows
}

/// Returns the byte of the first character that doesn't fit into `columns` columns, or `None` if all do.
fn first_overflow(text: &str, columns: usize, width: impl Fn(char) -> usize) -> Option<usize> {
    let mut used = 0;
    let outside = text.char_indices().find(|&(_, c)| {
        used += width(c);
        used > columns
    });
    outside.map(|(at, _)| at)
}

/// Returns the byte after `from` at which to break a text whose characters from byte `overflow` on don't fit.
fn break_position(text: &str, numbers: &[Range<usize>], from: usize, overflow: usize) -> usize {
    let number_at = |at: usize| numbers.iter().find(|number| number.start < at && at < number.end);
    let is_allowed = |at: &usize| *at > from && number_at(*at).is_none();
    if text[overflow..].starts_with(' ') && is_allowed(&overflow) {
        return overflow;
    }
    let spaces = text[..overflow].rmatch_indices(' ').map(|(at, _)| at + 1);
    if let Some(at) = spaces.take_while(|at| *at > from).find(is_allowed) {
        return at;
    }
    // There is no space to break at.
    let min_end = from + text[from..].chars().next().map_or(1, char::len_utf8);
    let at = overflow.max(min_end);
    match number_at(at) {
        Some(number) if number.start > from => number.start,
        Some(number) => number.end,
        None => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped_text(line: &str, numbers: &[Range<usize>], columns: usize) -> Vec<String> {
        let rows = wrap_line(line, numbers, columns, |c| if c.is_ascii() { 1 } else { 2 });
        rows.iter()
            .map(|row| format!("{}{}", " ".repeat(row.column), &line[row.bytes.clone()]))
            .collect()
    }

    #[test]
    fn a_line_that_fits_is_one_row() {
        for line in ["", "    ", "x = 1", "    return z"] {
            assert_eq!(wrapped_text(line, &[], 40), [line.trim_end()]);
        }
        let exact = "a".repeat(40);
        assert_eq!(wrapped_text(&exact, &[], 40), [exact.as_str()]);
        assert_eq!(wrapped_text(&format!("{exact}   "), &[], 40), [exact.as_str()]);
    }

    #[test]
    fn a_long_line_is_broken_between_words_with_a_hanging_indent() {
        let line = "    weights = [0.25, -0.75, 1.25, 3.5, 0.125, 4.875],";
        let found = wrapped_text(line, &[], MIN_COLUMNS);
        assert_eq!(
            found,
            ["    weights = [0.25, -0.75, 1.25, 3.5, 0.125,", "        4.875],"]
        );
        let found = wrap_line(line, &[], MIN_COLUMNS, |_| 1);
        assert!(!found[0].is_continuation() && found[1].is_continuation());
    }

    #[test]
    fn wrapping_keeps_all_text_and_breaks_no_number() {
        let number = "-2.2250738585072014e-308";
        let mut line = "            rows=(".to_owned();
        let mut numbers = Vec::new();
        for index in 0..9 {
            numbers.push(line.len()..line.len() + number.len());
            line += number;
            line += [",", ", ", "; "][index % 3];
        }
        line += "）＃一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十)";
        for columns in MIN_COLUMNS..120 {
            let rows = wrap_line(&line, &numbers, columns, |c| if c.is_ascii() { 1 } else { 2 });
            let text: String = rows.iter().map(|row| &line[row.bytes.clone()]).collect();
            let words = |text: &str| text.replace(' ', "");
            assert_eq!(words(&text), words(&line), "{columns}");
            for row in &rows {
                let row_text = &line[row.bytes.clone()];
                let width: usize = row_text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
                assert!(row.column + width <= columns, "{columns}: {row_text}");
                let is_cut = |at: usize| numbers.iter().any(|number| number.start < at && at < number.end);
                assert!(
                    !is_cut(row.bytes.start) && !is_cut(row.bytes.end),
                    "{columns}: {row_text}"
                );
            }
        }
    }
}
