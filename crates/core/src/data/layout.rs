//! The layout of a table in a text: separator, comments, titles, header and units, judged over many rows.

use super::cell::{NumberReading, date_orders, is_missing_number, parse_boolean};
use super::records::Records;
use super::table_error::{MAX_COLUMNS, TableError};
use super::table_options::{HeaderChoice, Separator, TableOptions};

/// The number of rows from which the layout is judged.
const JUDGED_ROWS: usize = 300;
/// The number of bytes from which the separator is judged, unless a single line is longer.
const JUDGED_BYTES: usize = 1 << 18;
/// The maximum number of cells of a row that are judged.
const JUDGED_COLUMNS: usize = 2_000;
/// The maximum number of lines above the header.
const MAX_TITLES: usize = 30;
/// The maximum number of lines that a cell in quotes is followed while the separator is judged.
const MAX_LINES_OF_CELL: usize = 50;

/// The layout of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) separator: Separator,
    /// The text with which a line of comment begins.
    pub(crate) comment: Option<String>,
    /// The line of the header, counted from 1.
    pub(crate) header_line: Option<usize>,
    /// The last line, counted from 1, before the first row of data; 0 if there is none.
    pub(crate) lines_before_data: usize,
    /// The number of lines of comment.
    pub(crate) comment_lines: usize,
    /// The lines of titles above the header.
    pub(crate) title_lines: Vec<usize>,
    /// The line with the units of the columns.
    pub(crate) units_line: Option<usize>,
    /// True if the names of the columns are in a comment.
    pub(crate) has_names_in_comment: bool,
    /// True if the header consists of numbers.
    pub(crate) has_numbers_as_header: bool,
    /// The names of the columns; empty where there is none.
    pub(crate) names: Vec<String>,
    /// The minimum number of cells of a row: the last columns may be missing if they are empty.
    pub(crate) min_cells: usize,
}

impl Layout {
    /// Returns the byte between the cells of the text that [`Self::prepared_text`] returns.
    pub(crate) fn delimiter(&self) -> u8 {
        match self.separator {
            Separator::Character(byte) => byte,
            Separator::Spaces => b'\t',
        }
    }
}

/// A row of the first rows.
struct JudgedRow {
    line: usize,
    cells: Vec<String>,
}

impl JudgedRow {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// True if no cell is a number.
    fn is_words(&self) -> bool {
        self.filled() > 0 && !self.cells.iter().any(|cell| is_number(cell))
    }
}

/// Returns the layout of a text, and the text in the form that [`Records`] reads if it has another: with commas in place
/// of full-width ones, double quotes in place of single ones, no spaces before quotes, and tabs in place of runs of
/// spaces if these separate the cells.
///
/// # Errors
///
/// Returns an error if there are no rows, fewer than `min_columns` columns, or more than [`MAX_COLUMNS`].
pub(crate) fn detect(
    text: &str,
    options: &TableOptions,
    min_columns: usize,
) -> Result<(Layout, Option<String>), TableError> {
    let wide = has_wide_commas(text, options).then(|| text.replace('，', ","));
    let text = wide.as_deref().unwrap_or(text);
    let stated = stated_separator(text);
    let comment = comment_prefix(text, options);
    let quote = detect_quote(text, comment.as_deref());
    let separator = options
        .separator
        .or(stated.map(Separator::Character))
        .unwrap_or_else(|| detect_separator(text, comment.as_deref(), quote));
    let mut layout = Layout {
        separator,
        comment_lines: 0,
        comment,
        header_line: None,
        lines_before_data: usize::from(stated.is_some()),
        title_lines: Vec::new(),
        units_line: None,
        has_names_in_comment: false,
        has_numbers_as_header: false,
        names: Vec::new(),
        min_cells: 0,
    };
    let comment = layout.comment.as_deref();
    let converted = match separator {
        Separator::Spaces => Some(tabs_for_spaces(text)),
        Separator::Character(delimiter) if quote != b'"' || has_space_before_quote(text, delimiter) => {
            Some(with_usual_quotes(text, delimiter, quote, comment))
        }
        Separator::Character(_) => None,
    };
    let converted = converted.or(wide.clone());
    let text = converted.as_deref().unwrap_or(text);
    if let Some(comment) = comment {
        let is_comment = |line: &&str| line.trim_start().starts_with(comment);
        layout.comment_lines = text.split(['\n', '\r']).filter(is_comment).count();
    }
    let rows = first_rows(text, &layout)?;
    layout.find_rows(&rows, text, options)?;
    if layout.names.len() < min_columns {
        return Err(TableError::Empty);
    }
    Ok((layout, converted))
}

/// True if full-width commas, as Chinese input methods type them, separate the cells: no line has another separator.
fn has_wide_commas(text: &str, options: &TableOptions) -> bool {
    options.separator.is_none()
        && first_lines(text).all(|line| line.contains('，') && !line.contains([',', ';', '\t', '|']))
        && first_lines(text).next().is_some()
}

/// Returns the quotes around cells: single ones if there are no double ones, and most lines have a cell in them.
fn detect_quote(text: &str, comment: Option<&str>) -> u8 {
    let (mut lines, mut opening, mut closing) = (0, 0, 0);
    let is_data = |line: &&str| comment.is_none_or(|prefix| !line.trim_start().starts_with(prefix));
    for line in first_lines(text).filter(is_data) {
        if line.contains('"') {
            return b'"';
        }
        lines += 1;
        let is_separator = |character: char| matches!(character, ',' | ';' | '\t' | '|');
        for (at, _) in line.match_indices('\'') {
            let before = line[..at].trim_end_matches(' ');
            opening += usize::from(before.is_empty() || before.ends_with(is_separator));
            let after = line[at + 1..].trim_start_matches(' ');
            closing += usize::from(after.is_empty() || after.starts_with(is_separator));
        }
    }
    if opening > 0 && opening == closing && 2 * opening >= lines {
        b'\''
    } else {
        b'"'
    }
}

/// True if there are spaces between a separator and a quote.
fn has_space_before_quote(text: &str, delimiter: u8) -> bool {
    let bytes = text.as_bytes();
    text.match_indices(" \"").any(|(at, _)| {
        let before = bytes[..at].trim_ascii_end();
        before.is_empty() || before.ends_with(&[delimiter]) || bytes[before.len()..at].contains(&b'\n')
    })
}

/// Returns a text with double quotes around cells that have this quote, and without the spaces before them.
fn with_usual_quotes(text: &str, delimiter: u8, quote: u8, comment: Option<&str>) -> String {
    let bytes = text.as_bytes();
    let mut converted = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut at = 0;
    let (mut is_line_start, mut is_cell_start) = (true, true);
    while let Some(&byte) = bytes.get(at) {
        if is_line_start && comment.is_some_and(|comment| bytes[at..].starts_with(comment.as_bytes())) {
            let rest = &bytes[at..];
            let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let line = &rest[..end.unwrap_or(rest.len())];
            converted.extend_from_slice(line);
            at += line.len();
            is_line_start = false;
            continue;
        }
        if is_cell_start && matches!(byte, b' ' | b'"' | b'\'') {
            let spaces = bytes[at..].iter().take_while(|&&byte| byte == b' ').count();
            if bytes.get(at + spaces) == Some(&quote) {
                at += spaces + 1;
                converted.push(b'"');
                // A doubled quote stands for one quote.
                while let Some(&byte) = bytes.get(at) {
                    at += 1;
                    if byte == quote && bytes.get(at) == Some(&quote) {
                        at += 1;
                    } else if byte == quote {
                        converted.push(b'"');
                        break;
                    }
                    converted.push(byte);
                    if byte == b'"' {
                        converted.push(b'"');
                    }
                }
                (is_line_start, is_cell_start) = (false, false);
                continue;
            }
        }
        converted.push(byte);
        at += 1;
        is_line_start = matches!(byte, b'\n' | b'\r');
        is_cell_start = is_line_start || byte == delimiter;
    }
    // Only whole characters were copied.
    String::from_utf8(converted).unwrap_or_default()
}

/// Returns the separator that the first line states, as Excel writes it: `sep=;`.
fn stated_separator(text: &str) -> Option<u8> {
    let line = text.split(['\n', '\r']).next()?.trim_matches('"');
    let (key, separator) = line.split_at_checked(4)?;
    match separator.as_bytes() {
        [separator] if key.eq_ignore_ascii_case("sep=") && separator.is_ascii() => Some(*separator),
        // A comma in quotes, as programs write the line that they take for a cell.
        [] if key.eq_ignore_ascii_case("sep=") && text.starts_with("sep=\t") => Some(b'\t'),
        _ => None,
    }
}

/// Returns the first lines that are not blank.
fn first_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut bytes = 0;
    text.split(['\n', '\r'])
        .take_while(move |line| {
            let is_near = bytes < JUDGED_BYTES;
            bytes += line.len() + 1;
            is_near
        })
        .filter(|line| !line.trim().is_empty())
        .take(JUDGED_ROWS)
}

/// Returns the text with which comments begin: the chosen one, or a usual one if some of the lines begin with it.
fn comment_prefix(text: &str, options: &TableOptions) -> Option<String> {
    if let Some(comment) = options.comment {
        return (comment != TableOptions::NO_COMMENT).then(|| comment.to_string());
    }
    let count = first_lines(text).count();
    let found = ["#", "%", "//"].into_iter().find(|&prefix| {
        let is_comment = |line: &&str| {
            let line = line.trim_start();
            let first = line.split([',', ';', '\t']).next().unwrap_or_default();
            line.starts_with(prefix) && !(prefix == "#" && is_missing_number(first.trim()))
        };
        let comments = first_lines(text).filter(is_comment).count();
        // If most lines begin with it, it belongs to their cells, unless the comments are a long head.
        let head = first_lines(text).take_while(|line| is_comment(line)).count();
        comments > 0 && (2 * comments <= count || comments == head && head < count)
    });
    found.map(str::to_owned)
}

/// Splits a line; the separators within quotes don't split.
pub(crate) fn split_cells(line: &str, separator: Separator, quote: u8) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut start = 0;
    let mut in_quotes = false;
    let is_separator = |byte: u8| match separator {
        Separator::Character(separator) => byte == separator,
        Separator::Spaces => matches!(byte, b' ' | b'\t'),
    };
    for (at, &byte) in line.as_bytes().iter().enumerate() {
        in_quotes ^= byte == quote;
        if !in_quotes && is_separator(byte) {
            cells.push(&line[start..at]);
            start = at + 1;
            if cells.len() == JUDGED_COLUMNS {
                return trimmed(&cells);
            }
        }
    }
    cells.push(&line[start..]);
    if separator == Separator::Spaces {
        cells.retain(|cell| !cell.is_empty());
    }
    trimmed(&cells)
}

/// Returns the cells without the spaces and quotes around them.
fn trimmed<'a>(cells: &[&'a str]) -> Vec<&'a str> {
    cells
        .iter()
        .map(|cell| cell.trim().trim_matches(['"', '\'']).trim())
        .collect()
}

/// Returns the separator by which most of the first rows have the same number of cells, and of these the one that
/// gives the most numbers.
pub(crate) fn detect_separator(text: &str, comment: Option<&str>, quote: u8) -> Separator {
    let is_data = |line: &&str| comment.is_none_or(|prefix| !line.trim_start().starts_with(prefix));
    let mut records: Vec<String> = Vec::new();
    let mut open_lines = 0;
    for line in first_lines(text).filter(is_data) {
        match records.last_mut() {
            Some(last) if open_lines > 0 && open_lines < MAX_LINES_OF_CELL => {
                last.push(' ');
                last.push_str(line);
            }
            _ => records.push(line.to_owned()),
        }
        let is_open = records
            .last()
            .is_some_and(|last| last.matches(char::from(quote)).count() % 2 == 1);
        open_lines = if is_open { open_lines + 1 } else { 0 };
    }
    let candidates = [b';', b'\t', b'|', b','].map(Separator::Character);
    let mut best = (Separator::Character(b','), f64::NEG_INFINITY);
    for (rank, separator) in candidates.into_iter().chain([Separator::Spaces]).enumerate() {
        if let Some(score) = separator_score(&records, separator, quote) {
            // Spaces are also between words.
            let penalty = if separator == Separator::Spaces {
                0.1
            } else {
                0.001 * rank as f64
            };
            if score - penalty > best.1 + 1e-9 {
                best = (separator, score - penalty);
            }
        }
    }
    best.0
}

/// Returns how well a separator fits; `None` if most rows have a single cell.
fn separator_score(records: &[String], separator: Separator, quote: u8) -> Option<f64> {
    let rows: Vec<Vec<&str>> = records
        .iter()
        .map(|record| split_cells(record, separator, quote))
        .collect();
    let widths: Vec<usize> = rows.iter().map(Vec::len).collect();
    // The header may have fewer cells, as R writes it.
    let judged = if widths.len() > 2 { &widths[1..] } else { &widths };
    let (width, count) = mode(judged)?;
    if width < 2 {
        return None;
    }
    let consistency = count as f64 / judged.len() as f64;
    let cells = rows.iter().skip(1).filter(|row| row.len() == width).flatten();
    let (mut all, mut typed) = (0, 0);
    for cell in cells.take(20_000) {
        all += 1;
        typed += usize::from(cell.is_empty() || is_number(cell) || date_orders(cell).contains(&true));
    }
    let share = if all > 0 {
        f64::from(typed as u32) / f64::from(all as u32)
    } else {
        0.0
    };
    // Rows of different lengths are prose rather than a table.
    let needed = if separator == Separator::Spaces { 0.75 } else { 0.3 };
    (consistency >= needed).then_some(consistency + 0.5 * share)
}

/// Returns the most frequent number, the larger one of two that are equally frequent, and its count.
fn mode(numbers: &[usize]) -> Option<(usize, usize)> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| a == b)
        .map(|group| (group[0], group.len()))
        .max_by_key(|&(_, count)| count)
}

/// True if a cell is a number in any notation.
fn is_number(cell: &str) -> bool {
    NumberReading::new(cell) != NumberReading::None
}

/// Replaces runs of spaces and tabs outside quotes by one tab each, and removes those at the ends of lines.
fn tabs_for_spaces(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut in_quotes = false;
    let mut is_pending = false;
    let mut is_line_start = true;
    for character in text.chars() {
        in_quotes ^= character == '"';
        match character {
            ' ' | '\t' if !in_quotes => is_pending = true,
            '\n' | '\r' => {
                is_pending = false;
                is_line_start = !in_quotes;
                spaced.push(character);
            }
            _ => {
                if is_pending && !is_line_start {
                    spaced.push('\t');
                }
                (is_pending, is_line_start) = (false, false);
                spaced.push(character);
            }
        }
    }
    spaced
}

/// Reads the first rows that are neither blank nor comments.
fn first_rows(text: &str, layout: &Layout) -> Result<Vec<JudgedRow>, TableError> {
    let mut records = Records::new(text, layout.delimiter(), layout.comment.as_deref());
    let mut rows = Vec::new();
    while rows.len() < JUDGED_ROWS && records.advance() {
        let line = records.line();
        if line <= layout.lines_before_data {
            continue;
        }
        if records.cell_count() > MAX_COLUMNS {
            return Err(TableError::TooManyColumns(records.cell_count()));
        }
        let cells = (0..records.cell_count()).map(|column| records.cell(column).to_owned());
        rows.push(JudgedRow {
            line,
            cells: cells.collect(),
        });
        // Wide tables need fewer rows.
        if rows.len() * rows[0].cells.len() > 500_000 {
            break;
        }
    }
    Ok(rows)
}

impl Layout {
    /// Finds header, titles and units among the first rows.
    fn find_rows(
        &mut self,
        rows: &[JudgedRow],
        text: &str,
        options: &TableOptions,
    ) -> Result<(), TableError> {
        let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        let Some((width, _)) = mode(&counts) else {
            return Err(TableError::Empty);
        };
        let first = match options.header {
            Some(HeaderChoice::Line(line)) => {
                let at = rows.iter().position(|row| row.line == line);
                at.ok_or(TableError::NoHeader(line))?
            }
            _ => title_count(rows, width),
        };
        self.title_lines = rows[..first].iter().map(|row| row.line).collect();
        let has_header = match options.header {
            Some(HeaderChoice::None) => false,
            Some(HeaderChoice::First | HeaderChoice::Line(_)) => true,
            None => self.has_header(&rows[first..], width),
        };
        let data = &rows[(first + usize::from(has_header)).min(rows.len())..];
        let counts: Vec<usize> = data.iter().map(|row| row.cells.len()).collect();
        let (data_width, most) = mode(&counts).unwrap_or((width, 0));
        // If no number of cells is more frequent, it is that of the header.
        let named = rows.get(first).map_or(0, |row| row.cells.len());
        let as_named = counts.iter().filter(|&&count| count == named).count();
        let data_width = match has_header && as_named >= most.max(1) {
            true => named,
            false => data_width,
        };
        let mut names = match has_header {
            true => rows[first].cells.clone(),
            false => match self.names_in_comment(text, rows, data_width) {
                Some((line, names)) => {
                    self.header_line = Some(line);
                    self.has_names_in_comment = true;
                    names
                }
                None => Vec::new(),
            },
        };
        self.has_numbers_as_header = has_header
            && options.header.is_none()
            && names
                .iter()
                .filter(|name| !name.is_empty())
                .all(|name| is_number(name));
        // The row names of R have no name, not even a separator.
        let is_filled = |row: &JudgedRow| row.cells.last().is_some_and(|cell| !cell.is_empty());
        if has_header && names.len() + 1 == data_width && data.iter().any(is_filled) {
            names.insert(0, String::new());
        }
        self.min_cells = data_width;
        names.resize(names.len().max(data_width), String::new());
        // Names above no cell belong to rows that are too short; only separators may be too many.
        if names[data_width..].iter().any(|name| !name.is_empty()) {
            self.min_cells = names.len();
        }
        self.names = names;
        if has_header {
            self.header_line = Some(rows[first].line);
        }
        let before_data = (first + usize::from(has_header)).checked_sub(1);
        if let Some(row) = before_data.and_then(|index| rows.get(index)) {
            self.lines_before_data = row.line;
        }
        if has_header && let Some(row) = data.first().filter(|_| has_units(data, width)) {
            self.units_line = Some(row.line);
            self.lines_before_data = row.line;
        }
        Ok(())
    }

    /// True if the first row has the names of the columns.
    fn has_header(&self, rows: &[JudgedRow], width: usize) -> bool {
        let Some((first, rest)) = rows.split_first() else {
            return false;
        };
        if first.is_words() {
            return !is_first_of_words(first, rest);
        }
        // A word above a number.
        let is_name = |cell: &String| {
            !cell.is_empty()
                && !is_number(cell)
                && !is_missing_number(cell)
                && parse_boolean(cell).is_none()
                && !date_orders(cell).contains(&true)
        };
        let is_above_numbers = |column: usize| {
            let below = rest
                .iter()
                .filter_map(|row| row.cells.get(column))
                .filter(|cell| !is_missing_number(cell));
            let below: Vec<bool> = below.map(|cell| is_number(cell)).collect();
            let numbers = below.iter().filter(|&&is_number| is_number).count();
            2 * numbers > below.len()
        };
        let mut names = first.cells.iter().enumerate().take(JUDGED_COLUMNS);
        if names.any(|(column, cell)| is_name(cell) && is_above_numbers(column)) {
            return true;
        }
        has_numbered_columns(first, rest, width)
    }

    /// Returns the line and the names of the columns in the last comment above the data, as NumPy writes them.
    fn names_in_comment(&self, text: &str, rows: &[JudgedRow], width: usize) -> Option<(usize, Vec<String>)> {
        let prefix = self.comment.as_deref()?;
        let first = rows.first()?.line;
        let above = text
            .lines()
            .enumerate()
            .take(first.saturating_sub(1))
            .filter(|(_, line)| line.trim_start().starts_with(prefix));
        let (index, last) = above.last()?;
        let last = last.trim_start().strip_prefix(prefix)?;
        let mut names: Vec<String> = split_cells(last, self.separator, b'"')
            .into_iter()
            .map(str::to_owned)
            .collect();
        // The name of the first column is the sign itself, as in #,x,y.
        if let Some(first) = names.first_mut().filter(|first| first.is_empty()) {
            prefix.clone_into(first);
        }
        let are_names = names.len() == width
            && width > 1
            && names.iter().all(|name| !name.is_empty() && !is_number(name));
        are_names.then_some((index + 1, names))
    }
}

/// True if the first row of a table of words is like the others: each of its words stands below it again.
fn is_first_of_words(first: &JudgedRow, rest: &[JudgedRow]) -> bool {
    const MIN_ROWS: usize = 4;
    let stands_below = |(column, cell): (usize, &String)| {
        let below = rest.iter().filter_map(|row| row.cells.get(column));
        cell.is_empty() || below.into_iter().any(|other| other == cell)
    };
    rest.len() >= MIN_ROWS
        && first.cells.len() > 1
        && rest.iter().all(JudgedRow::is_words)
        && first.cells.iter().enumerate().all(stands_below)
}

/// True if the first row numbers the columns, or has years: 0, 1, 2 as pandas writes it for columns without
/// names.
fn has_numbered_columns(first: &JudgedRow, rest: &[JudgedRow], width: usize) -> bool {
    let cells: Vec<&String> = first.cells.iter().filter(|cell| !cell.is_empty()).collect();
    let integers: Option<Vec<u32>> = cells.iter().map(|cell| cell.parse().ok()).collect();
    if rest.is_empty() || width < 2 {
        return false;
    }
    let is_consecutive = |numbers: &[u32]| numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let is_year = |number: &u32| (1900..=2100).contains(number);
    let values: Vec<f64> = rest
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| cell.parse::<f64>().ok())
        .collect();
    // Numbers at equal distances, such as wavelengths, above numbers of another size.
    let numbers: Vec<f64> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
    let words: Vec<&&String> = cells.iter().filter(|cell| !is_number(cell)).collect();
    let are_new_words = words
        .iter()
        .all(|word| !rest.iter().any(|row| row.cells.contains(word)));
    if numbers.len() >= 3 && numbers.len() + words.len() == cells.len() && are_new_words {
        let (start, end) = (numbers[0], numbers[numbers.len() - 1]);
        let step = numbers[1] - start;
        let is_even = |pair: &[f64]| (pair[1] - pair[0] - step).abs() <= 1e-9 * end.abs().max(step.abs());
        let is_outside = values.iter().all(|&value| value < start || value > end);
        let counts_columns = (start == 0.0 || start == 1.0) && step == 1.0 && !words.is_empty();
        let are_others = is_outside || counts_columns && values.iter().any(|value| value.fract() != 0.0);
        let mut next = rest[0].cells.iter().filter_map(|cell| cell.parse::<f64>().ok());
        let continues = next.any(|value| (value - end - step).abs() <= 1e-9 * value.abs());
        if step > 0.0 && numbers.windows(2).all(is_even) && are_others && !continues {
            return true;
        }
    }
    match integers {
        Some(numbers) if numbers.len() >= 2 && is_consecutive(&numbers) => {
            let (start, end) = (numbers[0], numbers[numbers.len() - 1]);
            // Rows with the same few numbers continue the first row.
            let is_alike = values
                .iter()
                .all(|&value| value >= 0.0 && value <= f64::from(end) && value.fract() == 0.0);
            let are_years = numbers.iter().all(is_year);
            // So does a row that counts on: 0, 1, 2 and then 3, 4, 5.
            let counts_on = rest[0].cells.iter().any(|cell| cell.parse() == Ok(end + 1));
            let numbers_columns = !counts_on && (start == 0 || start == 1 && numbers.len() > 2);
            !is_alike
                && (numbers_columns
                    || are_years && !values.iter().all(|&value| (1900.0..=2100.0).contains(&value)))
        }
        // A word above words, and years above numbers.
        None => {
            let years: Vec<u32> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
            let words = cells.iter().filter(|cell| !is_number(cell)).count();
            years.len() >= 2
                && years.len() + words == cells.len()
                && is_consecutive(&years)
                && years.iter().all(is_year)
                && !values.iter().all(|&value| (1900.0..=2100.0).contains(&value))
        }
        _ => false,
    }
}

/// Returns the number of rows above the header that have a title and not the cells of a row.
fn title_count(rows: &[JudgedRow], width: usize) -> usize {
    if width < 2 {
        return 0;
    }
    let filled: Vec<usize> = rows.iter().map(JudgedRow::filled).collect();
    let typical = mode(&filled).map_or(0, |(filled, _)| filled);
    let is_title = |row: &JudgedRow| {
        let is_text = row
            .cells
            .first()
            .is_some_and(|cell| !cell.is_empty() && !is_number(cell));
        // A name and its value, with separators up to the last column.
        let is_pair = row.cells.len() > 2
            && row.filled() == 2
            && typical > 2
            && row.cells[2..].iter().all(String::is_empty);
        is_text && (row.filled() <= 1 || is_pair || row.cells.len() + 1 < width)
    };
    let count = rows
        .iter()
        .take(MAX_TITLES)
        .take_while(|row| is_title(row))
        .count();
    // A title stands above a header; otherwise the first row only has many empty cells.
    let is_header = |row: &JudgedRow| row.filled() >= typical.clamp(2, 3) && row.cells.len() + 1 >= width;
    match rows.get(count) {
        Some(row)
            if is_header(row)
                && (row.is_words() || rows[..count].iter().all(|row| row.cells.len() < width)) =>
        {
            count
        }
        _ => 0,
    }
}

/// True if the first row below the header has the units of the columns.
fn has_units(rows: &[JudgedRow], width: usize) -> bool {
    let Some((first, rest)) = rows.split_first() else {
        return false;
    };
    if rest.is_empty() || first.cells.len() < width {
        return false;
    }
    let (mut units, mut certain_units) = (0, 0);
    for (column, cell) in first.cells.iter().enumerate().take(JUDGED_COLUMNS) {
        let below: Vec<&String> = rest.iter().filter_map(|row| row.cells.get(column)).collect();
        let filled = || below.iter().filter(|cell| !is_missing_number(cell));
        let numbers = filled().filter(|cell| is_number(cell)).count();
        let is_numeric = numbers > 0 && 2 * numbers > filled().count();
        let is_blank = cell.is_empty() || matches!(cell.as_str(), "-" | "–" | "/");
        if is_blank {
            continue;
        }
        if !is_numeric {
            if below.contains(&cell) || is_number(cell) {
                return false;
            }
            continue;
        }
        if is_number(cell) || is_missing_number(cell) || cell.chars().count() > 12 {
            return false;
        }
        units += 1;
        certain_units += usize::from(is_unit(cell));
    }
    units > 0 && (certain_units == units || certain_units > 0 && units >= 2)
}

/// True if a text is a unit in brackets or one of the usual units.
fn is_unit(cell: &str) -> bool {
    const UNITS: [&str; 46] = [
        "m", "cm", "mm", "km", "µm", "μm", "nm", "in", "inch", "ft", "mi", "kg", "g", "mg", "lb", "t", "s",
        "ms", "min", "h", "d", "day", "days", "yr", "year", "years", "%", "°c", "c", "°f", "k", "pa", "kpa",
        "hpa", "bar", "v", "mv", "a", "ma", "w", "kw", "hz", "j", "n", "l", "ml",
    ];
    const MORE_UNITS: [&str; 10] = ["usd", "eur", "$", "€", "£", "deg", "rad", "mol", "px", "count"];
    let is_bracketed = matches!(
        (cell.chars().next(), cell.chars().last()),
        (Some('('), Some(')')) | (Some('['), Some(']')) | (Some('（'), Some('）'))
    );
    let lower = cell.to_lowercase();
    is_bracketed
        || UNITS.contains(&lower.as_str())
        || MORE_UNITS.contains(&lower.as_str())
        || lower.contains(['/', '^', '²', '³', '°'])
}
