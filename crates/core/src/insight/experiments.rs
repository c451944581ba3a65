//! The experiments as a table: what was tried, and what came of it.

use std::fmt::Write;

use crate::network::{Knob, Network, NeuronAt, Trace};
use crate::session::{Column, Kept, Session, Target};

/// The most knobs that have a column of their own; exported are all of them.
pub const MAX_KNOBS: usize = 24;

/// Pins and recorded rows with their outputs, and the columns that tell them apart.
///
/// It is worked out when a row or a pin comes or goes, not while a knob turns.
#[derive(Debug, Clone, Default)]
pub struct Experiments {
    /// The knobs that are not the same everywhere: in all rows, all pins and the document as it was opened.
    pub changed: Vec<Knob>,
    /// The outputs of each row.
    pub outputs: Vec<Vec<f64>>,
    /// The outputs of each pin.
    pub pin_outputs: Vec<Vec<f64>>,
}

impl Experiments {
    /// The table of a session.
    pub fn of(session: &Session) -> Self {
        let document = session.document();
        let blueprint = session.blueprint();
        let kept = || document.pins.iter().chain(&document.records);
        let opened = session.opened().network.knobs();
        let mut standard: Vec<&[f64]> = vec![];
        if opened.len() == blueprint.knob_count() {
            standard.push(opened);
        }
        standard.extend(kept().map(|kept| kept.knobs.as_slice()));
        let differs = |index: usize| {
            let mut values = standard.iter().filter_map(|knobs| knobs.get(index));
            let first = values.next();
            values.any(|value| Some(value) != first)
        };
        let changed = if kept().next().is_none() {
            Vec::new()
        } else {
            let indices = (0..blueprint.knob_count()).filter(|&index| differs(index));
            indices.filter_map(|index| blueprint.knob_at(index)).collect()
        };
        let mut runner = Runner {
            network: document.network.clone(),
            trace: Trace::default(),
        };
        Self {
            changed,
            outputs: document.records.iter().map(|kept| runner.outputs(kept)).collect(),
            pin_outputs: document.pins.iter().map(|kept| runner.outputs(kept)).collect(),
        }
    }

    /// The columns in their order: the inputs, the knobs that differ, the outputs; of the knobs at most `most`.
    pub fn columns(&self, session: &Session, most: usize) -> Vec<Column> {
        let blueprint = session.blueprint();
        let inputs = (0..blueprint.inputs()).map(|input| Column::Target(Target::Input(input)));
        let knobs = self.changed.iter().take(most);
        let outputs = (0..blueprint.width(blueprint.last_layer())).map(Column::Output);
        let knobs = knobs.map(|&knob| Column::Target(Target::Knob(knob)));
        inputs.chain(knobs).chain(outputs).collect()
    }

    /// The number of a row in a column.
    pub fn value(&self, session: &Session, row: usize, column: Column) -> Option<f64> {
        let kept = session.document().records.get(row)?;
        match column {
            Column::Row => Some((row + 1) as f64),
            Column::Target(target) => value_of(session, kept, target),
            Column::Output(output) => self.outputs.get(row)?.get(output).copied(),
        }
    }

    /// The two columns that are drawn: the chosen ones, else the first that was changed and the first output.
    pub fn plotted(&self, session: &Session) -> [Column; 2] {
        let [x, y] = session.view().plotted;
        let varies = |column: &Column| {
            let mut values = (0..self.outputs.len()).filter_map(|row| self.value(session, row, *column));
            let first = values.next();
            values.any(|value| Some(value) != first)
        };
        let columns = self.columns(session, MAX_KNOBS);
        let mut changed = columns
            .iter()
            .filter(|column| matches!(column, Column::Target(_)));
        let first_changed = changed.find(|column| varies(column)).copied();
        let mut outputs = columns
            .iter()
            .filter(|column| matches!(column, Column::Output(_)));
        let first_output = outputs.find(|column| varies(column)).copied();
        [
            x.or(first_changed).unwrap_or(Column::Row),
            y.or(first_output).unwrap_or(Column::Output(0)),
        ]
    }

    /// The points of a plot, in the order of the rows; those that are not finite are left out.
    pub fn points<'a>(
        &'a self,
        session: &'a Session,
        [x, y]: [Column; 2],
    ) -> impl Iterator<Item = [f64; 2]> + 'a {
        let point = move |row| Some([self.value(session, row, x)?, self.value(session, row, y)?]);
        let points = (0..self.outputs.len()).filter_map(point);
        points.filter(|point| point.iter().all(|value| value.is_finite()))
    }

    /// An axis that shows all values of a column, with a margin.
    pub fn extent(&self, session: &Session, column: Column) -> [f64; 2] {
        let values = (0..self.outputs.len()).filter_map(|row| self.value(session, row, column));
        let [low, high] = values
            .filter(|value| value.is_finite())
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| {
                [low.min(value), high.max(value)]
            });
        let margin = if high > low { 0.08 * (high - low) } else { 1.0 };
        let ends = [low - margin, high + margin];
        if ends[0] < ends[1] && (ends[1] - ends[0]).is_finite() {
            ends
        } else {
            [-1.0, 1.0]
        }
    }

    /// The rows as CSV with a head; every number with all of its digits.
    pub fn csv(&self, session: &Session) -> String {
        let cells = |cells: Vec<String>| {
            cells
                .iter()
                .map(|cell| quoted(cell))
                .collect::<Vec<_>>()
                .join(",")
        };
        let lines = self.lines(session, |value| value.to_string()).into_iter();
        lines.map(|line| cells(line) + "\n").collect()
    }

    /// The rows as a Markdown table; numbers as the window shows them.
    pub fn markdown(&self, session: &Session) -> String {
        let decimals = session.view().decimals;
        let lines = self.lines(session, |value| crate::words::fixed(value, decimals));
        let mut text = String::new();
        for (index, line) in lines.into_iter().enumerate() {
            let cells: Vec<String> = line.iter().map(|cell| cell.replace('|', "\\|")).collect();
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

    /// The head and the rows: number, columns, note.
    fn lines(&self, session: &Session, number: impl Fn(f64) -> String) -> Vec<Vec<String>> {
        let columns = self.columns(session, usize::MAX);
        let names = columns.iter().map(|&column| name(session, column));
        let head = std::iter::once("row".to_owned())
            .chain(names)
            .chain(["note".to_owned()]);
        let mut lines = vec![head.collect::<Vec<_>>()];
        for (row, kept) in session.document().records.iter().enumerate() {
            let values = columns.iter().map(|&column| {
                let value = self.value(session, row, column);
                value.map_or_else(String::new, &number)
            });
            let line = std::iter::once((row + 1).to_string()).chain(values);
            lines.push(line.chain([kept.name.clone()]).collect());
        }
        lines
    }
}

/// The number that a kept state has for a knob or an input.
pub fn value_of(session: &Session, kept: &Kept, target: Target) -> Option<f64> {
    match target {
        Target::Input(input) => kept.inputs.get(input).copied(),
        Target::Knob(knob) => kept.knobs.get(session.blueprint().index_of(knob)?).copied(),
    }
}

/// What a column is called, in plain characters.
pub fn name(session: &Session, column: Column) -> String {
    let blueprint = session.blueprint();
    match column {
        Column::Row => "row".to_owned(),
        Column::Target(target) => target.symbol(blueprint).plain(),
        Column::Output(neuron) => {
            let layer = blueprint.last_layer();
            blueprint.a_symbol(NeuronAt { layer, neuron }).plain()
        }
    }
}

struct Runner {
    network: Network,
    trace: Trace,
}

impl Runner {
    /// The outputs of a kept state; none if it belongs to another architecture.
    fn outputs(&mut self, kept: &Kept) -> Vec<f64> {
        let blueprint = self.network.blueprint();
        if kept.knobs.len() != blueprint.knob_count() || kept.inputs.len() != blueprint.inputs() {
            return Vec::new();
        }
        self.network.knobs_mut().copy_from_slice(&kept.knobs);
        self.trace.run(&self.network, &kept.inputs, 1);
        self.trace
            .layers()
            .last()
            .map_or_else(Vec::new, |layer| layer.a.clone())
    }
}

/// A cell of CSV: in quotes where it has to be (RFC 4180).
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
