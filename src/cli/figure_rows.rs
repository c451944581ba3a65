//! `neurodial figure --rows`: one figure for each row of a CSV file.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{anyhow, bail};

use egui_figure::HeadlessContext;
use neurodial_core::data::lines::{LineCounter, detect_delimiter};
use neurodial_core::formats::file::{create_parent_folder, read_text, write_atomically};
use neurodial_core::session::{Adjustable, Edit, Session};
use neurodial_core::text::{parse_number, shortened};

use super::figure_subject::{FigureSubject, FigureTraining, OutputOptions};

/// The highest number of figures.
const MAX_FIGURES: usize = 1_000_000;

pub(crate) struct FigureRows<'a> {
    pub(crate) subject: &'a FigureSubject,
    /// The training that runs for each row, from the row’s numbers.
    pub(crate) training: Option<FigureTraining<'a>>,
    /// The options of the output files.
    pub(crate) options: OutputOptions,
}

impl FigureRows<'_> {
    fn draw(&self, headless: &mut HeadlessContext, mut session: Session) -> anyhow::Result<Vec<u8>> {
        let Some(training) = self.training else {
            return self.subject.to_bytes(headless, &session, self.options);
        };
        let mut subject = self.subject.clone();
        training.train(&mut subject, &mut session)?;
        subject.to_bytes(headless, &session, self.options)
    }

    /// Draws a figure for each row of the file `rows`: the document with the row’s numbers in place of its own.
    ///
    /// All rows are read and checked before the first figure is written; each file is written whole or not at
    /// all.
    ///
    /// # Errors
    /// Returns an error with the file and the line if a row can’t be read or applied, or if a figure can’t be
    /// drawn or written.
    pub(crate) fn write(&self, session: &Session, rows: &Path, output: &Path) -> anyhow::Result<()> {
        let text = read_text(rows)?;
        let table = RowTable::read(&text).map_err(|e| anyhow!("{}{e}", rows.display()))?;
        let columns = column_adjustables(&table, session, rows)?;
        let pattern = path_pattern(output);
        let path_of = |index| path_of_row(&pattern, index, table.rows.len());
        if table.rows.len() > MAX_FIGURES {
            bail!(
                "{}: it has more than {MAX_FIGURES} rows; split the file",
                rows.display()
            );
        }
        for (line, row) in &table.rows {
            session_with_row(session, &columns, row)
                .map_err(|e| anyhow!("{}, line {line}: {e}", rows.display()))?;
        }
        if let Some(first) = path_of(0) {
            create_parent_folder(&first)?;
        }
        let next = AtomicUsize::new(0);
        let failure: Mutex<Option<anyhow::Error>> = Mutex::new(None);
        let work = || {
            let mut headless = self.subject.headless_context();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let (Some((line, row)), Some(path)) = (table.rows.get(index), path_of(index)) else {
                    return;
                };
                let outcome = session_with_row(session, &columns, row)
                    .and_then(|changed| self.draw(&mut headless, changed))
                    .map_err(|e| anyhow!("{}, line {line}: {e}", rows.display()))
                    .and_then(|bytes| Ok(write_atomically(&path, &bytes)?));
                if let Err(error) = outcome {
                    // The other threads stop at their next figure.
                    next.store(table.rows.len(), Ordering::Relaxed);
                    if let Ok(mut failure) = failure.lock() {
                        failure.get_or_insert(error);
                    }
                }
            }
        };
        let workers = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(table.rows.len().max(1));
        thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(work);
            }
        });
        match failure.into_inner() {
            Ok(Some(error)) => Err(error),
            _ => Ok(()),
        }
    }
}

/// A table of numbers with a header.
struct RowTable {
    headers: Vec<String>,
    /// The line of each row, counted from 1, and its numbers.
    rows: Vec<(usize, Vec<f64>)>,
}

impl RowTable {
    /// Parses a CSV file. An error begins with its position within the file.
    fn read(text: &str) -> anyhow::Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
        let separator = detect_delimiter(&text.replace(']', ""));
        let (header, body) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
        let headers = split_header(header, char::from(separator));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(separator)
            .from_reader(body.as_bytes());
        let mut lines = LineCounter::new(body);
        let mut record = csv::StringRecord::new();
        let mut rows = Vec::new();
        loop {
            let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(e) => bail!(": {e}"),
            }
            if record.len() == 1 && record[0].is_empty() {
                continue;
            }
            let line = lines.line_of_record(start) + 1;
            let cells = record.iter().enumerate().map(|(column, cell)| {
                parse_number(cell).map_err(|e| anyhow!(", line {line}, column {}: {e}", column + 1))
            });
            rows.push((line, cells.collect::<Result<_, _>>()?));
        }
        if rows.is_empty() {
            bail!(": there are no rows below the header; add a row of numbers for each figure");
        }
        Ok(Self { headers, rows })
    }
}

/// Splits the header row into names; separators in quotes or brackets don’t split.
fn split_header(header: &str, separator: char) -> Vec<String> {
    let mut names = vec![String::new()];
    let (mut in_quotes, mut in_brackets) = (false, false);
    for c in header.chars() {
        match c {
            '"' => in_quotes = !in_quotes,
            c if c == separator && !in_quotes && !in_brackets => names.push(String::new()),
            c => {
                in_brackets = (in_brackets || c == '[') && c != ']';
                if let Some(name) = names.last_mut() {
                    name.push(c);
                }
            }
        }
    }
    names.iter().map(|name| name.trim().to_owned()).collect()
}

/// Returns the knob or input that each column sets.
fn column_adjustables(table: &RowTable, session: &Session, path: &Path) -> anyhow::Result<Vec<Adjustable>> {
    let headers = table.headers.iter().enumerate();
    headers
        .map(|(column, header)| match Adjustable::parse(header) {
            Some(target)
                if table.headers[..column]
                    .iter()
                    .any(|other| Adjustable::parse(other) == Some(target)) =>
            {
                Err(anyhow!(
                    "{}, line 1: there are two columns for {target}; remove one of them",
                    path.display()
                ))
            }
            Some(target) if target.is_in(session.architecture()) => Ok(target),
            Some(target) => Err(anyhow!(
                "{}, line 1: this network has no {target}",
                path.display()
            )),
            None => Err(anyhow!(
                "{}, line 1: “{}” is not a knob or an input; write it like w[1,1,2], b[1,1] or x[1]",
                path.display(),
                shortened(header)
            )),
        })
        .collect()
}

/// Returns the session with a row’s numbers.
fn session_with_row(session: &Session, columns: &[Adjustable], row: &[f64]) -> anyhow::Result<Session> {
    if row.len() != columns.len() {
        bail!(
            "the row has {} numbers, but the header has {} names",
            row.len(),
            columns.len()
        );
    }
    let mut session = session.clone();
    for (&target, &value) in columns.iter().zip(row) {
        session.apply(Edit::Set { target, value })?;
    }
    Ok(session)
}

/// Returns the pattern of the paths: `fig-{}.svg` itself, or `fig-{}.svg` for `fig.svg`.
fn path_pattern(output: &Path) -> PathBuf {
    if output.to_string_lossy().contains("{}") {
        return output.to_owned();
    }
    let stem = output.file_stem().unwrap_or_default().to_string_lossy();
    let extension = output.extension().unwrap_or_default().to_string_lossy();
    output.with_file_name(format!("{stem}-{{}}.{extension}"))
}

/// Returns the path for a row, counted from 0. The numbers in the names count from 1 and have leading zeros,
/// so that all have the same length.
fn path_of_row(pattern: &Path, index: usize, count: usize) -> Option<PathBuf> {
    let digits = count.to_string().len();
    let number = format!("{:0digits$}", index + 1);
    Some(pattern.to_str()?.replace("{}", &number).into())
}
