//! The experiment log as a table: recorded values of knobs and inputs, and the outputs.

use std::fmt::Write;

use crate::network::{ForwardPass, Knob, Network, NeuronAddress};
use crate::session::{Adjustable, ExperimentColumn, SavedState, Session};

/// The maximum number of knobs that have a column. An export has columns for all of them.
pub const MAX_KNOB_COLUMNS: usize = 24;

/// Snapshots and recorded rows with their outputs, and the columns in which they differ.
///
/// It is recomputed when a row or a snapshot is added or removed, not while a knob is dragged.
#[derive(Debug, Clone, Default)]
pub struct ExperimentTable {
    /// The knobs whose values are not the same in all rows, all snapshots and the document as it was opened.
    pub changed_knobs: Vec<Knob>,
    /// The outputs of each row.
    pub row_outputs: Vec<Vec<f64>>,
    /// The outputs of each snapshot.
    pub snapshot_outputs: Vec<Vec<f64>>,
}

impl ExperimentTable {
    /// Creates the table of a session.
    pub fn from_session(session: &Session) -> Self {
        let document = session.document();
        let architecture = session.architecture();
        let saved_states = || document.snapshots.iter().chain(&document.experiment_rows);
        let opened = session.opened().network.knobs();
        let mut knob_vectors: Vec<&[f64]> = vec![];
        if opened.len() == architecture.knob_count() {
            knob_vectors.push(opened);
        }
        knob_vectors.extend(saved_states().map(|saved| saved.knobs.as_slice()));
        let differs = |index: usize| {
            let mut values = knob_vectors.iter().filter_map(|knobs| knobs.get(index));
            let first = values.next();
            values.any(|value| Some(value) != first)
        };
        let changed_knobs = if saved_states().next().is_none() {
            Vec::new()
        } else {
            let indices = (0..architecture.knob_count()).filter(|&index| differs(index));
            indices.filter_map(|index| architecture.knob_at(index)).collect()
        };
        let mut runner = OutputRunner {
            network: document.network.clone(),
            forward_pass: ForwardPass::default(),
        };
        Self {
            changed_knobs,
            row_outputs: document
                .experiment_rows
                .iter()
                .map(|saved| runner.outputs(saved))
                .collect(),
            snapshot_outputs: document
                .snapshots
                .iter()
                .map(|saved| runner.outputs(saved))
                .collect(),
        }
    }

    /// Returns the columns in their order: the inputs, at most `max_knobs` of the knobs that differ, the
    /// outputs.
    pub fn columns(&self, session: &Session, max_knobs: usize) -> Vec<ExperimentColumn> {
        let architecture = session.architecture();
        let inputs = (0..architecture.input_count())
            .map(|input| ExperimentColumn::Adjustable(Adjustable::Input(input)));
        let knobs = self.changed_knobs.iter().take(max_knobs);
        let outputs = (0..architecture.width(architecture.last_layer())).map(ExperimentColumn::Output);
        let knobs = knobs.map(|&knob| ExperimentColumn::Adjustable(Adjustable::Knob(knob)));
        inputs.chain(knobs).chain(outputs).collect()
    }

    /// Returns the number of a row in a column, or `None` if there is none.
    pub fn value(&self, session: &Session, row: usize, column: ExperimentColumn) -> Option<f64> {
        let saved = session.document().experiment_rows.get(row)?;
        match column {
            ExperimentColumn::Row => Some((row + 1) as f64),
            ExperimentColumn::Adjustable(target) => saved_value(session, saved, target),
            ExperimentColumn::Output(output) => self.row_outputs.get(row)?.get(output).copied(),
        }
    }

    /// Returns the two plotted columns: those of the view, else the first input or knob that varies and the
    /// first output that varies.
    pub fn plotted_columns(&self, session: &Session) -> [ExperimentColumn; 2] {
        let [x, y] = session.view().plotted_columns;
        let varies = |column: &ExperimentColumn| {
            let mut values = (0..self.row_outputs.len()).filter_map(|row| self.value(session, row, *column));
            let first = values.next();
            values.any(|value| Some(value) != first)
        };
        let columns = self.columns(session, MAX_KNOB_COLUMNS);
        let mut changed = columns
            .iter()
            .filter(|column| matches!(column, ExperimentColumn::Adjustable(_)));
        let first_changed = changed.find(|column| varies(column)).copied();
        let mut outputs = columns
            .iter()
            .filter(|column| matches!(column, ExperimentColumn::Output(_)));
        let first_output = outputs.find(|column| varies(column)).copied();
        [
            x.or(first_changed).unwrap_or(ExperimentColumn::Row),
            y.or(first_output).unwrap_or(ExperimentColumn::Output(0)),
        ]
    }

    /// Returns the points of a plot, in the order of the rows. Points that are not finite are left out.
    pub fn points<'a>(
        &'a self,
        session: &'a Session,
        [x, y]: [ExperimentColumn; 2],
    ) -> impl Iterator<Item = [f64; 2]> + 'a {
        let point = move |row| Some([self.value(session, row, x)?, self.value(session, row, y)?]);
        let points = (0..self.row_outputs.len()).filter_map(point);
        points.filter(|point| point.iter().all(|value| value.is_finite()))
    }

    /// Returns an axis that shows all values of a column, with a margin.
    pub fn axis_range(&self, session: &Session, column: ExperimentColumn) -> [f64; 2] {
        let values = (0..self.row_outputs.len()).filter_map(|row| self.value(session, row, column));
        let [low, high] = values
            .filter(|value| value.is_finite())
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
                [low.min(value), high.max(value)]
            });
        let margin = if high > low { 0.08 * (high - low) } else { 1.0 };
        let range = [low - margin, high + margin];
        if range[0] < range[1] && (range[1] - range[0]).is_finite() {
            range
        } else {
            [-1.0, 1.0]
        }
    }

    /// Returns the rows as CSV with a header, such as `w[1,2,1]`. Every number has all of its digits. A note that a
    /// spreadsheet would read as a formula begins with an apostrophe.
    pub fn to_csv(&self, session: &Session) -> String {
        let cells = |cells: Vec<String>| {
            cells
                .iter()
                .map(|cell| csv_field(cell))
                .collect::<Vec<_>>()
                .join(",")
        };
        let rows = self
            .table_rows(
                session,
                |column| column_address(session, column),
                |value| value.to_string(),
                |note| match is_like_formula(note) {
                    true => format!("'{note}"),
                    false => note.to_owned(),
                },
            )
            .into_iter();
        rows.map(|row| cells(row) + "\n").collect()
    }

    /// Returns the rows as a Markdown table. Numbers have the number of decimals of the view. Notes are plain text:
    /// characters with a meaning in Markdown are escaped.
    pub fn to_markdown(&self, session: &Session) -> String {
        let decimals = session.view().decimals;
        let lines = self.table_rows(
            session,
            |column| column_name(session, column),
            |value| crate::text::format_fixed(value, decimals),
            markdown_text,
        );
        let mut text = String::new();
        for (index, cells) in lines.into_iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {} |", cells.join(" | "));
            if index == 0 {
                let rules: Vec<&str> = cells
                    .iter()
                    .enumerate()
                    .map(|(at, _)| if at + 1 == cells.len() { "---" } else { "---:" })
                    .collect();
                let _ = writeln!(text, "| {} |", rules.join(" | "));
            }
        }
        text
    }

    /// Returns the header and the rows: number, columns, note.
    fn table_rows(
        &self,
        session: &Session,
        name: impl Fn(ExperimentColumn) -> String,
        number: impl Fn(f64) -> String,
        note: impl Fn(&str) -> String,
    ) -> Vec<Vec<String>> {
        let columns = self.columns(session, usize::MAX);
        let names = columns.iter().map(|&column| name(column));
        let header = std::iter::once("row".to_owned())
            .chain(names)
            .chain(["note".to_owned()]);
        let mut lines = vec![header.collect::<Vec<_>>()];
        for (row, saved) in session.document().experiment_rows.iter().enumerate() {
            let values = columns.iter().map(|&column| {
                let value = self.value(session, row, column);
                value.map_or_else(String::new, &number)
            });
            let line = std::iter::once((row + 1).to_string()).chain(values);
            lines.push(line.chain([note(&saved.name)]).collect());
        }
        lines
    }
}

/// True if a spreadsheet could read a text as a formula; some spreadsheets do so after spaces or with full-width signs.
fn is_like_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r'])
        || text
            .trim_start()
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Returns the value of a knob or input in a saved state, or `None` if it has none.
pub fn saved_value(session: &Session, saved: &SavedState, target: Adjustable) -> Option<f64> {
    match target {
        Adjustable::Input(input) => saved.inputs.get(input).copied(),
        Adjustable::Hyperparameter(_) => None,
        Adjustable::Knob(knob) => saved.knobs.get(session.architecture().index_of(knob)?).copied(),
    }
}

/// Returns the name of a column in plain characters.
pub fn column_name(session: &Session, column: ExperimentColumn) -> String {
    let architecture = session.architecture();
    match column {
        ExperimentColumn::Row => "row".to_owned(),
        ExperimentColumn::Adjustable(target) => target.symbol(architecture).to_unicode(),
        ExperimentColumn::Output(neuron) => {
            let layer = architecture.last_layer();
            architecture
                .a_symbol(NeuronAddress { layer, neuron })
                .to_unicode()
        }
    }
}

/// Returns the address of a column: `w[1,2,1]`, or `a[1,2]` for the output of a neuron.
fn column_address(session: &Session, column: ExperimentColumn) -> String {
    match column {
        ExperimentColumn::Row => "row".to_owned(),
        ExperimentColumn::Adjustable(target) => target.to_string(),
        ExperimentColumn::Output(neuron) => {
            let layer = session.architecture().last_layer();
            format!("a[{},{}]", layer + 1, neuron + 1)
        }
    }
}

/// Escapes the characters with a meaning in Markdown, also in a table.
fn markdown_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_[]<>|&~#!".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// Computes the outputs of saved states. The buffers are kept.
struct OutputRunner {
    network: Network,
    forward_pass: ForwardPass,
}

impl OutputRunner {
    /// Returns the outputs of a saved state, or none if it belongs to another architecture.
    fn outputs(&mut self, saved: &SavedState) -> Vec<f64> {
        let architecture = self.network.architecture();
        if saved.knobs.len() != architecture.knob_count() || saved.inputs.len() != architecture.input_count()
        {
            return Vec::new();
        }
        self.network.knobs_mut().copy_from_slice(&saved.knobs);
        self.forward_pass.run(&self.network, &saved.inputs, 1);
        self.forward_pass
            .layers()
            .last()
            .map_or_else(Vec::new, |layer| layer.a.clone())
    }
}

/// Returns a CSV field, quoted if necessary (RFC 4180).
fn csv_field(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Preset;
    use crate::session::{Edit, Origin};

    #[test]
    fn notes_are_plain_text_in_spreadsheets_and_in_markdown() {
        let document = Preset::from_name("neuron").and_then(|preset| preset.document().ok());
        let mut session = Session::open(document.expect("a bundled preset"), Origin::Untitled);
        for (note, csv, markdown) in [
            ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1", r"=cmd\|'/c calc'\!A1"),
            ("@SUM(1)", "'@SUM(1)", "@SUM(1)"),
            ("-2, or so", "\"'-2, or so\"", "-2, or so"),
            (r"a\|b <img>", r"a\|b <img>", r"a\\\|b \<img\>"),
            ("[x](y)", "[x](y)", r"\[x\](y)"),
            ("plain", "plain", "plain"),
        ] {
            session
                .apply(Edit::RecordExperiment(note.to_owned()))
                .expect("there is room");
            let table = ExperimentTable::from_session(&session);
            let (as_csv, as_markdown) = (table.to_csv(&session), table.to_markdown(&session));
            assert!(as_csv.ends_with(&format!(",{csv}\n")), "{as_csv}");
            assert!(
                as_markdown.ends_with(&format!("| {markdown} |\n")),
                "{as_markdown}"
            );
        }
    }
}
