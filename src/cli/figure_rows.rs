//! `neurodial figure --rows`: one figure for each row of a table.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{anyhow, bail};

use egui_figure::HeadlessContext;
use neurodial_core::data::{InputName, LoadNote};
use neurodial_core::formats::data_files::{input_names, read_named_rows_at};
use neurodial_core::formats::file::{create_parent_folder, write_atomically};
use neurodial_core::session::{Adjustable, Edit, Session};
use neurodial_core::text::shortened;

use super::figure_subject::{FigureSubject, FigureTraining, OutputOptions};
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
