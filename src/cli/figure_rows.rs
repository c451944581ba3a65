//! `neurodial figure --rows`: one figure for each row of a table.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{anyhow, bail};

use egui_figure::HeadlessContext;
use neurodial_core::data::{InputName, LoadNote};
use neurodial_core::formats::data_files::{input_names, read_named_rows_at};
use neurodial_core::formats::file::create_parent_folder;
use neurodial_core::session::{Adjustable, Edit, Session};
use neurodial_core::text::shortened;

use super::figure_subject::{FigureSubject, FigureTraining, OutputOptions};
use super::output;
use super::table_args::{TableArgs, print_notes};

/// The highest number of figures.
const MAX_FIGURES: usize = 1_000_000;

pub(crate) struct FigureRows<'a> {
    pub(crate) subject: &'a FigureSubject,
    /// The options by which the table is read.
    pub(crate) table: &'a TableArgs,
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
        let table = RowTable::read(rows, self.table)?;
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
                    .and_then(|bytes| output::write_file(&path, &bytes));
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
    /// Reads a table.
    fn read(path: &Path, arguments: &TableArgs) -> anyhow::Result<Self> {
        let options = arguments.options(&Default::default())?;
        let (headers, table) = read_named_rows_at(path, &options, arguments.skip_bad_rows)?;
        print_notes(path, &table.notes, &table.skipped, table.skipped_count);
        let row = |(row, &line): (usize, &usize)| {
            let numbers = table.values.iter().skip(row).step_by(table.rows);
            (line, numbers.copied().collect())
        };
        let rows = table.lines.iter().enumerate().map(row).collect();
        Ok(Self { headers, rows })
    }
}

/// Returns the knob or input that each column sets, by its address or by the name of an input; `None` for a column
/// that is not used, because others have the names of all inputs.
fn column_adjustables(
    table: &RowTable,
    session: &Session,
    path: &Path,
) -> anyhow::Result<Vec<Option<Adjustable>>> {
    let names = input_names(session.architecture(), session.architecture().input_count());
    let is_input = |name: &InputName, header: &str| header.to_lowercase() == name.name.to_lowercase();
    let target_of = |header: &str| {
        let input = names.iter().position(|name| is_input(name, header));
        Adjustable::parse(header).or(input.map(Adjustable::Input))
    };
    let targets: Vec<Option<Adjustable>> = table.headers.iter().map(|header| target_of(header)).collect();
    let has_all_inputs = names
        .iter()
        .all(|name| table.headers.iter().any(|header| is_input(name, header)));
    let mut unused = Vec::new();
    for (column, (target, header)) in targets.iter().zip(&table.headers).enumerate() {
        match target {
            Some(target) if targets[..column].contains(&Some(*target)) => bail!(
                "{}: there are two columns for {target}; remove one of them",
                path.display()
            ),
            Some(target) if target.is_in(session.architecture()) => {}
            Some(target) => bail!("{}: this network has no {target}", path.display()),
            None if has_all_inputs => unused.push(shortened(header)),
            None => bail!(
                "{}: “{}” is not a knob or an input; write it like w[1,1,2], b[1,1] or x[1]",
                path.display(),
                shortened(header)
            ),
        }
    }
    if !unused.is_empty() {
        print_notes(path, &[LoadNote::LeftOut(unused)], &[], 0);
    }
    Ok(targets)
}

/// Returns the session with a row’s numbers.
fn session_with_row(
    session: &Session,
    columns: &[Option<Adjustable>],
    row: &[f64],
) -> anyhow::Result<Session> {
    let mut session = session.clone();
    for (&target, &value) in columns.iter().zip(row) {
        if let Some(target) = target {
            session.apply(Edit::Set { target, value })?;
        }
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
