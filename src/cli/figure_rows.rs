//! `neurodial figure --rows`: one figure for each row of a CSV file.

use std::ffi::{OsStr, OsString};
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
        let paths = RowPaths::new(output, table.rows.len());
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
        create_parent_folder(&paths.path(0))?;
        let next = AtomicUsize::new(0);
        let failure: Mutex<Option<anyhow::Error>> = Mutex::new(None);
        let work = || {
            let mut headless = self.subject.headless_context();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((line, row)) = table.rows.get(index) else {
                    return;
                };
                let path = paths.path(index);
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

/// The paths of the figures: `fig-01.svg` for `fig-{}.svg` and for `fig.svg`.
struct RowPaths {
    /// The parts of the path before, between and after the numbers.
    parts: Vec<OsString>,
    /// The number of digits, so that all names have the same length.
    digits: usize,
}

impl RowPaths {
    /// Returns the paths for this number of rows.
    fn new(output: &Path, count: usize) -> Self {
        let parts = match split_at_braces(output.as_os_str()) {
            parts if parts.len() > 1 => parts,
            _ => {
                let mut before = output.with_extension("").into_os_string();
                before.push("-");
                let mut after = OsString::from(".");
                after.push(output.extension().unwrap_or_default());
                vec![before, after]
            }
        };
        let digits = count.to_string().len();
        Self { parts, digits }
    }

    /// Returns the path for a row, counted from 0. The numbers in the names count from 1.
    fn path(&self, index: usize) -> PathBuf {
        let number = format!("{:0digits$}", index + 1, digits = self.digits);
        self.parts.join(OsStr::new(&number)).into()
    }
}

/// Splits a path at each `{}`; a path that is not Unicode, too, where the system has such.
fn split_at_braces(path: &OsStr) -> Vec<OsString> {
    if let Some(text) = path.to_str() {
        return text.split("{}").map(OsString::from).collect();
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        let bytes = path.as_bytes();
        let (mut parts, mut start) = (Vec::new(), 0);
        for at in 0..bytes.len() {
            if at >= start && bytes[at..].starts_with(b"{}") {
                parts.push(OsStr::from_bytes(&bytes[start..at]).to_owned());
                start = at + 2;
            }
        }
        parts.push(OsStr::from_bytes(&bytes[start..]).to_owned());
        parts
    }
    #[cfg(not(unix))]
    vec![path.to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_numbered_paths() {
        for (output, first) in [
            ("a/fig.svg", "a/fig-01.svg"),
            ("fig-{}.svg", "fig-01.svg"),
            ("{}/x{}.png", "01/x01.png"),
        ] {
            assert_eq!(RowPaths::new(Path::new(output), 12).path(0), Path::new(first));
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_unicode_are_written_as_given() {
        use std::os::unix::ffi::OsStrExt as _;
        for (output, second) in [
            (&b"\xff{}.svg"[..], &b"\xff2.svg"[..]),
            (b"a\xfe.svg", b"a\xfe-2.svg"),
        ] {
            let paths = RowPaths::new(Path::new(OsStr::from_bytes(output)), 3);
            assert_eq!(paths.path(1).as_os_str().as_bytes(), second);
        }
    }
}
