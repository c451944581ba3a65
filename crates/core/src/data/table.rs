//! A table read as a dataset, or as rows of numbers for a network.

use std::collections::{BTreeMap, HashMap};

use crate::text::{Localized, Messages, parse_integer, shortened};

use super::cell::is_missing_number;
use super::column_buffer::ColumnBuffer;
use super::column_stats::ColumnKind;
use super::dataset::MAX_NUMBERS;
use super::progress::Progress;
use super::records::Records;
use super::table_analysis::{CellProblem, MAX_REPORTED_ROWS, TableAnalysis, TableNote, merged_classes};
use super::table_error::{SkipReason, SkippedRow, TableError};
use super::table_options::{HeaderChoice, TableOptions};
use super::table_text::TableText;
use super::{Dataset, DatasetError, Targets};

pub use super::table_error::MAX_COLUMNS;

/// The columns to use, each given by its name in the header or its number, counted from 1.
#[derive(Debug, Clone, Default)]
pub struct ColumnSelection {
    /// The target column; `None` for the last one that is not empty.
    pub target: Option<String>,
    /// The input columns, in this order; `None` for the columns that have the names of the network's inputs, or
    /// else all columns but the target, empty ones and the numbers of the rows.
    pub inputs: Option<Vec<String>>,
    /// The names of the network's inputs, to find their columns.
    pub network_inputs: Vec<InputName>,
}

/// The name by which a column belongs to an input or an output of a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputName {
    /// The name, or a symbol such as `x2` if there is none.
    pub name: String,
    /// True if a person has given the name.
    pub is_given: bool,
}

/// A note about what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadNote {
    /// A decision about the table.
    Table(TableNote),
    /// These columns are not used.
    LeftOut(Vec<String>),
    /// No column has the name of an input, so the columns are used in their order.
    ByPosition(Vec<String>),
    /// These input columns have dates, which become days since 1970.
    Dates(Vec<String>),
    /// There is only one class.
    SingleClass(String),
}

impl Localized for LoadNote {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::Table(note) => note.message(messages),
            Self::LeftOut(names) => messages.note_columns_left_out(messages.list(names)),
            Self::ByPosition(names) => messages.note_columns_by_position(messages.list(names)),
            Self::Dates(names) => messages.note_dates_as_days(messages.list(names)),
            Self::SingleClass(name) => messages.note_single_class(name),
        }
    }
}

crate::localized_errors!(LoadNote);

/// The result of reading a table.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedTable {
    /// The dataset of the rows that are usable.
    pub dataset: Dataset,
    /// The first skipped rows in line order, at most `MAX_REPORTED_ROWS`.
    pub skipped: Vec<SkippedRow>,
    /// The number of all skipped rows.
    pub skipped_count: usize,
    /// The notes for the user about how it was read.
    pub notes: Vec<LoadNote>,
    /// The input columns as a document names them, if they were found by the names of the network's inputs.
    pub inputs_by_name: Option<Vec<String>>,
}

/// Rows of numbers for a network.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberRows {
    /// The values, `[column][row]`.
    pub values: Vec<f64>,
    /// The number of rows.
    pub rows: usize,
    /// The line of each row.
    pub lines: Vec<usize>,
    /// The first skipped rows in line order, at most `MAX_REPORTED_ROWS`.
    pub skipped: Vec<SkippedRow>,
    /// The number of all skipped rows.
    pub skipped_count: usize,
    /// The notes for the user about how it was read.
    pub notes: Vec<LoadNote>,
}

/// Reads a text with the default choices. Rows with a missing value, with text in place of a number, or with too
/// few or too many cells are skipped and reported.
///
/// ```
/// use neurodial_core::data::Targets;
/// use neurodial_core::data::table::{self, ColumnSelection};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let text = "height;weight;kind\n1,5;40;cat\n3;x;dog\n2,25;50;cat\n1,75;45;dog\n2;41;dog\n";
/// let dataset = table::read(text, &ColumnSelection::default())?.dataset; // the last column is the target
/// assert_eq!(dataset.feature_names(), ["height", "weight"]);
/// assert_eq!(dataset.input(0), [1.5, 2.25, 1.75, 2.0]); // line 3 is skipped: “x” is not a number
/// assert!(matches!(dataset.targets(), Targets::Classes { .. }));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Returns an error under the same conditions as [`read_with`].
pub fn read(text: &str, selection: &ColumnSelection) -> Result<LoadedTable, TableError> {
    let source = TableText {
        text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        encoding: "UTF-8",
        sheets: Vec::new(),
    };
    read_with(&source, &TableOptions::default(), selection)
}

/// Reads a table as a dataset.
///
/// # Errors
///
/// Returns an error if the text is not a table, a requested column doesn't exist, an input column contains no
/// numbers, a cell of a used column can be read in two ways, no row is usable, or the dataset would be too large.
pub fn read_with(
    source: &TableText,
    options: &TableOptions,
    selection: &ColumnSelection,
) -> Result<LoadedTable, TableError> {
    let analysis = TableAnalysis::new(source, options, 2)?;
    read_analyzed(source, &analysis, options, selection, &Progress::default())
}

/// Reads a table that has been analyzed with the same choices as a dataset, while another thread may watch the
/// progress.
///
/// # Errors
///
/// Returns an error under the same conditions as [`read_with`].
pub fn read_analyzed(
    source: &TableText,
    analysis: &TableAnalysis,
    options: &TableOptions,
    selection: &ColumnSelection,
    progress: &Progress,
) -> Result<LoadedTable, TableError> {
    let columns = Columns(analysis);
    let chosen = columns.resolve(selection)?;
    analysis.check_open_choices(chosen.inputs.iter().copied().chain([chosen.target]))?;
    let all = &analysis.columns;
    let text_input = chosen
        .inputs
        .iter()
        .find(|&&input| !all[input].has_numbers && all[input].kind != ColumnKind::Empty);
    if let Some(&input) = text_input {
        return Err(TableError::NonNumericInput(columns.short_label(input)));
    }
    let read = read_columns(
        source,
        analysis,
        options,
        &chosen.inputs,
        Some(chosen.target),
        progress,
    )?;
    let name = |&column: &usize| all[column].label(column);
    let names = chosen.inputs.iter().map(name).collect();
    let mut notes: Vec<LoadNote> = analysis.notes.iter().cloned().map(LoadNote::Table).collect();
    notes.extend(chosen.notes);
    let dates = chosen
        .inputs
        .iter()
        .filter(|&&input| all[input].kind == ColumnKind::Date);
    let dates: Vec<String> = dates.map(|&input| columns.short_label(input)).collect();
    notes.extend((!dates.is_empty()).then_some(LoadNote::Dates(dates)));
    let targets = match read.targets {
        TargetValues::Numbers(values) => Targets::Numbers {
            names: vec![all[chosen.target].label(chosen.target)],
            values,
        },
        TargetValues::Classes(texts) => {
            let (names, labels) = texts.into_classes(options.merges_classes);
            if let [only] = names.as_slice() {
                notes.push(LoadNote::SingleClass(shortened(only)));
            }
            Targets::Classes { names, labels }
        }
    };
    Ok(LoadedTable {
        dataset: Dataset::new(names, read.values, targets)?,
        skipped: read.skipped,
        skipped_count: read.skipped_count,
        notes,
        inputs_by_name: chosen.inputs_by_name,
    })
}

/// Reads rows with a number for each of these inputs or outputs of a network.
///
/// # Errors
///
/// Returns an error if the text is not a table, only some of the names are found, or there are no such names and
/// another number of columns.
pub fn read_numbers(
    source: &TableText,
    options: &TableOptions,
    names: &[InputName],
    requested: Option<&[String]>,
) -> Result<NumberRows, TableError> {
    let analysis = TableAnalysis::new(source, options, 1).map_err(without_numbers)?;
    let columns = Columns(&analysis);
    let mut notes: Vec<LoadNote> = analysis.notes.iter().cloned().map(LoadNote::Table).collect();
    let used = match (requested, columns.by_name(names)?) {
        (Some(requested), _) => requested
            .iter()
            .map(|name| columns.find(name))
            .collect::<Result<Vec<_>, _>>()?,
        (None, Some(found)) => {
            notes.extend(columns.left_out_note(&found, None));
            found
        }
        (None, None) => {
            let all: Vec<usize> = (0..analysis.columns.len()).collect();
            let useful: Vec<usize> = all
                .iter()
                .copied()
                .filter(|&column| !analysis.columns[column].is_left_out())
                .collect();
            let used = if all.len() == names.len() { all } else { useful };
            notes.extend(columns.left_out_note(&used, None));
            notes.extend(columns.position_note(names, &used));
            used
        }
    };
    if used.len() != names.len() {
        return Err(TableError::WrongColumnCount {
            columns: used
                .iter()
                .take(10)
                .map(|&column| columns.short_label(column))
                .collect(),
            expected: names.len(),
        });
    }
    analysis.check_open_choices(used.iter().copied())?;
    let read = read_columns(source, &analysis, options, &used, None, &Progress::default())
        .map_err(without_numbers)?;
    Ok(NumberRows {
        rows: read.values.len() / names.len().max(1),
        lines: read.lines,
        values: read.values,
        skipped: read.skipped,
        skipped_count: read.skipped_count,
        notes,
    })
}

/// Reads all columns as numbers, except empty ones and the numbers of the rows. Returns their names too.
///
/// # Errors
///
/// Returns an error if the text is not a table, or a cell can be read in two ways.
pub fn read_named_numbers(
    source: &TableText,
    options: &TableOptions,
) -> Result<(Vec<String>, NumberRows), TableError> {
    let mut options = options.clone();
    options.header.get_or_insert(HeaderChoice::First);
    let analysis = TableAnalysis::new(source, &options, 1).map_err(without_numbers)?;
    let used: Vec<usize> = (0..analysis.columns.len())
        .filter(|&column| !analysis.columns[column].name.is_empty())
        .collect();
    if used.is_empty() {
        return Err(TableError::NoNumbers);
    }
    analysis.check_open_choices(used.iter().copied())?;
    let read = read_columns(source, &analysis, &options, &used, None, &Progress::default())
        .map_err(without_numbers)?;
    let names = used
        .iter()
        .map(|&column| analysis.columns[column].name.clone())
        .collect();
    let rows = NumberRows {
        rows: read.values.len() / used.len(),
        values: read.values,
        lines: read.lines,
        skipped: read.skipped,
        skipped_count: read.skipped_count,
        notes: analysis.notes.iter().cloned().map(LoadNote::Table).collect(),
    };
    Ok((names, rows))
}

/// Replaces the error for an empty dataset by that for rows of a network.
fn without_numbers(error: TableError) -> TableError {
    match error {
        TableError::Empty => TableError::NoNumbers,
        other => other,
    }
}

/// The chosen columns.
struct Chosen {
    target: usize,
    inputs: Vec<usize>,
    inputs_by_name: Option<Vec<String>>,
    notes: Vec<LoadNote>,
}

/// The columns of a table, which can be found by name.
struct Columns<'a>(&'a TableAnalysis);

impl Columns<'_> {
    fn short_label(&self, column: usize) -> String {
        shortened(&self.0.columns[column].label(column))
    }

    fn labels(&self) -> impl Iterator<Item = String> {
        self.0
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| column.label(index))
    }

    /// Returns the index of a column given by its name, by its name in other letter case, or by its number,
    /// counted from 1.
    fn find(&self, requested: &str) -> Result<usize, TableError> {
        let requested = requested.trim();
        let names: Vec<String> = self.labels().collect();
        let by_name = |same: &dyn Fn(&str) -> bool| names.iter().position(|name| same(name));
        let by_number = || {
            let number = parse_integer::<usize>(requested).ok()?.checked_sub(1)?;
            (number < names.len()).then_some(number)
        };
        if let Some(first) = by_name(&|name| name == requested)
            && names[first + 1..].iter().any(|name| name == requested)
        {
            return Err(TableError::AmbiguousColumn {
                name: shortened(requested),
                number: first + 1,
            });
        }
        by_name(&|name| name == requested)
            .or_else(|| by_name(&|name| name.eq_ignore_ascii_case(requested)))
            .or_else(by_number)
            .ok_or_else(|| {
                const MAX_LISTED: usize = 10;
                let first = names.iter().take(MAX_LISTED).map(|name| shortened(name));
                TableError::UnknownColumn {
                    requested: shortened(requested),
                    available: first.collect(),
                    count: names.len(),
                }
            })
    }

    /// Returns the column of each name; `None` if no column has one of the names, or there is no header.
    fn by_name(&self, names: &[InputName]) -> Result<Option<Vec<usize>>, TableError> {
        let mut by_name: HashMap<String, (usize, bool)> = HashMap::new();
        for (index, column) in self
            .0
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| !column.name.is_empty())
        {
            let entry = by_name.entry(column.name.to_lowercase());
            entry
                .and_modify(|(_, is_repeated)| *is_repeated = true)
                .or_insert((index, false));
        }
        let column_of = |name: &InputName| match by_name.get(&name.name.trim().to_lowercase()) {
            Some(&(index, is_repeated)) => (Some(index), is_repeated),
            None => (None, false),
        };
        let found: Vec<(Option<usize>, bool)> = names.iter().map(column_of).collect();
        if found.iter().all(|(column, _)| column.is_none()) {
            return Ok(None);
        }
        let columns: Vec<usize> = found.iter().filter_map(|(column, _)| *column).collect();
        if let Some(index) = found.iter().position(|(_, is_repeated)| *is_repeated) {
            return Err(TableError::AmbiguousColumn {
                name: shortened(&names[index].name),
                number: columns[0] + 1,
            });
        }
        if columns.len() < names.len() {
            let listed = |is_found: bool| {
                let pairs = names
                    .iter()
                    .zip(&found)
                    .filter(|(_, (column, _))| column.is_some() == is_found);
                pairs.take(10).map(|(name, _)| shortened(&name.name)).collect()
            };
            return Err(TableError::SomeInputs {
                missing: listed(false),
                found: listed(true),
            });
        }
        Ok(Some(columns))
    }

    /// Returns a note about the columns that are not used.
    fn left_out_note(&self, used: &[usize], target: Option<usize>) -> Option<LoadNote> {
        const MAX_LISTED: usize = 10;
        let unused =
            (0..self.0.columns.len()).filter(|column| !used.contains(column) && Some(*column) != target);
        // Nobody misses an empty column without a name.
        let is_worth = |&column: &usize| {
            let column = &self.0.columns[column];
            column.kind != ColumnKind::Empty || !column.name.is_empty()
        };
        let names: Vec<String> = unused
            .filter(is_worth)
            .take(MAX_LISTED)
            .map(|column| self.short_label(column))
            .collect();
        (!names.is_empty()).then_some(LoadNote::LeftOut(names))
    }

    /// Returns a note that the columns are used in their order, although the inputs have names.
    fn position_note(&self, names: &[InputName], used: &[usize]) -> Option<LoadNote> {
        const MAX_LISTED: usize = 10;
        let has_names = names.iter().any(|name| name.is_given) && self.0.header_line.is_some();
        let listed = used
            .iter()
            .take(MAX_LISTED)
            .map(|&column| self.short_label(column))
            .collect();
        has_names.then_some(LoadNote::ByPosition(listed))
    }

    /// Returns the index of the target column and those of the input columns.
    fn resolve(&self, selection: &ColumnSelection) -> Result<Chosen, TableError> {
        let all = &self.0.columns;
        let by_name = match selection.inputs {
            Some(_) => None,
            None => self.by_name(&selection.network_inputs)?,
        };
        let is_useful = |column: &usize| !all[*column].is_left_out();
        let useful: Vec<usize> = (0..all.len()).filter(is_useful).collect();
        // With fewer columns the numbers of the rows are an input too.
        let useful = if useful.len() < 2 {
            (0..all.len()).collect()
        } else {
            useful
        };
        let is_free = |column: &&usize| by_name.as_ref().is_none_or(|inputs| !inputs.contains(column));
        let target = match &selection.target {
            Some(requested) => self.find(requested)?,
            None => match useful.iter().rev().find(is_free) {
                Some(&last) => last,
                None => return Err(TableError::Empty),
            },
        };
        let mut notes = Vec::new();
        let mut inputs_by_name = None;
        let inputs: Vec<usize> = match (&selection.inputs, by_name) {
            (Some(requested), _) => requested
                .iter()
                .map(|requested| self.find(requested))
                .collect::<Result<_, _>>()?,
            (None, Some(found)) => {
                notes.extend(self.left_out_note(&found, Some(target)));
                let is_default = found.is_sorted() && found.len() + 1 == all.len();
                inputs_by_name =
                    (!is_default).then(|| found.iter().map(|&column| self.key(column)).collect());
                found
            }
            (None, None) => {
                let used: Vec<usize> = useful.into_iter().filter(|&column| column != target).collect();
                notes.extend(self.left_out_note(&used, Some(target)));
                notes.extend(self.position_note(&selection.network_inputs, &used));
                used
            }
        };
        if inputs.contains(&target) {
            return Err(TableError::TargetAmongInputs(self.short_label(target)));
        }
        if inputs.is_empty() {
            return Err(TableError::Empty);
        }
        Ok(Chosen {
            target,
            inputs,
            inputs_by_name,
            notes,
        })
    }

    /// Returns the key of a column in a document.
    fn key(&self, column: usize) -> String {
        self.0.column_key(column)
    }
}

impl TableAnalysis {
    /// Returns the key of a column in a document: its name, or its number (from 1) if the name is not unique or
    /// looks like a number.
    pub fn column_key(&self, column: usize) -> String {
        let name = self.columns[column].label(column);
        let labels = self
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| column.label(index));
        let is_unique = labels.filter(|label| label.eq_ignore_ascii_case(&name)).count() == 1;
        match is_unique && name.parse::<f64>().is_err() {
            true => name,
            false => (column + 1).to_string(),
        }
    }
}

/// The targets of the rows.
enum TargetValues {
    Numbers(Vec<f64>),
    Classes(ClassTexts),
}

/// Texts, each stored once.
#[derive(Default)]
struct ClassTexts {
    indices: HashMap<String, u32>,
    texts: Vec<String>,
    rows: Vec<u32>,
}

impl ClassTexts {
    fn push(&mut self, text: &str) {
        let index = match self.indices.get(text) {
            Some(&index) => index,
            None => {
                let index = self.texts.len() as u32;
                self.texts.push(text.to_owned());
                self.indices.insert(text.to_owned(), index);
                index
            }
        };
        self.rows.push(index);
    }

    /// Returns the class names in alphabetical order, and the index of the class of each row.
    fn into_classes(self, merges_classes: bool) -> (Vec<String>, Vec<usize>) {
        let mut counts = vec![0_usize; self.texts.len()];
        self.rows.iter().for_each(|&row| counts[row as usize] += 1);
        let counted: BTreeMap<String, usize> = self.texts.iter().cloned().zip(counts).collect();
        let merged = if merges_classes {
            merged_classes(&counted)
        } else {
            counted
        };
        let names: Vec<String> = merged.into_keys().collect();
        let class_of = |text: &String| {
            let same =
                |name: &String| name == text || merges_classes && name.to_lowercase() == text.to_lowercase();
            match merges_classes {
                true => names.iter().position(same),
                false => names.binary_search(text).ok(),
            }
            .unwrap_or(0)
        };
        let classes: Vec<usize> = self.texts.iter().map(class_of).collect();
        (
            names,
            self.rows.into_iter().map(|row| classes[row as usize]).collect(),
        )
    }
}

/// The values of the usable rows.
struct ReadColumns {
    /// `[column][row]`.
    values: Vec<f64>,
    targets: TargetValues,
    /// The lines of the rows, if there is no target.
    lines: Vec<usize>,
    skipped: Vec<SkippedRow>,
    skipped_count: usize,
}

/// Reads columns of numbers, and a target.
fn read_columns(
    source: &TableText,
    analysis: &TableAnalysis,
    options: &TableOptions,
    inputs: &[usize],
    target: Option<usize>,
    progress: &Progress,
) -> Result<ReadColumns, TableError> {
    let text = analysis.text(source);
    let layout = &analysis.layout;
    let all = &analysis.columns;
    if let (Some(plain), Some(target)) = (&analysis.plain_numbers, target)
        && options.missing.is_empty()
        && inputs
            .iter()
            .chain([&target])
            .all(|&column| all[column].has_plain_numbers())
    {
        if analysis.rows * inputs.len() > MAX_NUMBERS {
            return Err(DatasetError::Numbers.into());
        }
        if analysis.rows > 0 {
            let columns = inputs.iter().map(|&input| plain.column(input));
            return Ok(ReadColumns {
                values: columns.collect::<Vec<_>>().concat(),
                targets: TargetValues::Numbers(plain.column(target).to_vec()),
                lines: Vec::new(),
                skipped: Vec::new(),
                skipped_count: 0,
            });
        }
    }
    let mut values = ColumnBuffer::new(
        inputs.len(),
        analysis.rows.min(MAX_NUMBERS / inputs.len().max(1) + 1),
    );
    let has_numbers = |column: usize| match all[column].kind {
        ColumnKind::Number | ColumnKind::Index | ColumnKind::Date => true,
        ColumnKind::Class | ColumnKind::Text | ColumnKind::Empty => false,
    };
    let mut targets = match target {
        Some(target) if !has_numbers(target) => TargetValues::Classes(ClassTexts::default()),
        _ => TargetValues::Numbers(Vec::new()),
    };
    let (mut skipped, mut skipped_count, mut lines) = (Vec::new(), 0, Vec::new());
    let mut records = Records::new(text, layout.delimiter(), layout.comment.as_deref());
    while records.advance() {
        records.watch(values.row_count() + skipped_count, progress)?;
        if layout.lines_before_data > 0 && records.line() <= layout.lines_before_data {
            continue;
        }
        let mut reason = layout.ragged(&records);
        if reason.is_none() {
            for (slot, &column) in values.next_row_mut().iter_mut().zip(inputs) {
                match all[column].number(&records, column, options) {
                    Ok(value) => *slot = value,
                    Err(problem) => {
                        let problem = problem.unwrap_or(CellProblem::Missing);
                        reason = Some(problem.reason(shortened(&all[column].label(column))));
                        break;
                    }
                }
            }
        }
        if let (None, Some(column)) = (&reason, target) {
            let cell = records.cell(column);
            let label = || shortened(&all[column].label(column));
            match &mut targets {
                TargetValues::Numbers(numbers) => match all[column].number(&records, column, options) {
                    Ok(value) => numbers.push(value),
                    Err(None) => reason = Some(SkipReason::MissingTarget(label())),
                    Err(Some(problem)) => reason = Some(problem.reason(label())),
                },
                TargetValues::Classes(_) if all[column].is_missing_text(cell, options) => {
                    reason = Some(SkipReason::MissingTarget(label()));
                }
                TargetValues::Classes(_)
                    if all[column].kind == ColumnKind::Empty && is_missing_number(cell) =>
                {
                    reason = Some(SkipReason::MissingTarget(label()));
                }
                TargetValues::Classes(texts) => texts.push(cell),
            }
        }
        match reason {
            None => {
                values.commit_row();
                if target.is_none() {
                    lines.push(records.line());
                }
                if values.row_count() * inputs.len() > MAX_NUMBERS {
                    return Err(DatasetError::Numbers.into());
                }
            }
            Some(reason) => {
                skipped_count += 1;
                if skipped.len() < MAX_REPORTED_ROWS {
                    let line = records.line();
                    skipped.push(SkippedRow { line, reason });
                }
            }
        }
    }
    if values.row_count() == 0 {
        let first = skipped.into_iter().next().ok_or(TableError::Empty)?;
        return Err(TableError::NoUsableRow(first));
    }
    Ok(ReadColumns {
        values: values.into_columns(&[]),
        targets,
        lines,
        skipped,
        skipped_count,
    })
}
