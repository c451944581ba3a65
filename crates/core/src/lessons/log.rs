//! The answer log: one row for each event, as CSV.

use std::collections::HashMap;

use crate::text::{Localized, Messages, format_ascii, shortened};

use super::lesson::AnswerKind;

/// The first bytes of a log, by which spreadsheets know that it is UTF-8.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

crate::named_enum! {
    /// An event of the answer log.
    pub enum LogEventKind {
        /// A step was shown.
        Shown = "shown",
        /// A question was answered.
        Answer = "answer",
        /// A hint was shown.
        Hint = "hint",
        /// A step was passed.
        Pass = "pass",
        /// The learner went on without passing.
        Skip = "skip",
        /// The learner went back.
        Back = "back",
        /// The sample solution was shown.
        SolutionShown = "solution_shown",
    }
}

crate::named_enum! {
    /// A column of the answer log.
    pub enum LogColumn {
        /// The time, as in `2026-03-02T09:14:31+08:00`.
        Time = "time",
        /// A random code, or what the learner wrote.
        Learner = "learner",
        /// The id of the lesson.
        Lesson = "lesson",
        /// The edition of the lesson.
        Edition = "edition",
        /// The language.
        Language = "language",
        /// The id of the step.
        Step = "step",
        /// The event.
        Event = "event",
        /// The kind of answer.
        Kind = "kind",
        /// The number of the try within the step.
        Attempt = "try",
        /// The answer.
        Answer = "answer",
        /// The true answer.
        Expected = "expected",
        /// `yes` or `no`, or empty where nothing is judged.
        IsRight = "is_right",
        /// The distance from the true answer.
        Distance = "distance",
        /// The hints seen so far in this step.
        Hints = "hints",
        /// The time since the step was shown, in seconds.
        Seconds = "seconds",
        /// The knobs that differ from the step's start.
        Changed = "changed",
        /// The version of the program.
        Program = "program",
    }
}

/// An event of a play-through, without what only the program around it knows.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEvent {
    /// The id of the lesson.
    pub lesson: String,
    /// The edition of the lesson.
    pub edition: usize,
    /// The id of the step.
    pub step: String,
    /// The event.
    pub event: LogEventKind,
    /// The kind of answer.
    pub kind: Option<AnswerKind>,
    /// The number of the try within the step, counted from 1.
    pub attempt: usize,
    /// The answer: numbers of choices counted from 1, a number, or the points of a sketch.
    pub answer: String,
    /// The same for the true answer.
    pub expected: String,
    /// True or false for an answer.
    pub is_right: Option<bool>,
    /// The distance of a number from the true one, or that of a sketch.
    pub distance: Option<f64>,
    /// The hints seen so far in this step.
    pub hints: usize,
    /// The time since the step was shown, in seconds.
    pub seconds: f64,
    /// The knobs that differ from the step's start.
    pub changed: String,
}

/// A row of the answer log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRow {
    /// The time, as in `2026-03-02T09:14:31+08:00`.
    pub time: String,
    /// A random code, or what the learner wrote.
    pub learner: String,
    /// The language, as in `zh-Hans`.
    pub language: String,
    /// The version of the program.
    pub program: String,
    /// The event.
    pub event: LogEvent,
}

/// The reason why a text is no answer log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogError {
    /// The text is no CSV.
    NotCsv {
        /// The line.
        line: usize,
    },
    /// A column is missing.
    MissingColumn(&'static str),
    /// A value can't be read.
    Value {
        /// The line.
        line: usize,
        /// The column.
        column: &'static str,
        /// The value.
        found: String,
    },
    /// There are too many rows.
    TooLarge,
}

/// The maximum number of rows of a log.
const MAX_ROWS: usize = 200_000;

impl Localized for LogError {
    fn message(&self, messages: Messages) -> String {
        match self {
            Self::NotCsv { line } => messages.answer_log_not_csv(*line),
            Self::MissingColumn(column) => messages.answer_log_missing_column(column),
            Self::Value { line, column, found } => messages.answer_log_value(*line, shortened(found), column),
            Self::TooLarge => messages.answer_log_too_large(MAX_ROWS),
        }
    }
}

crate::localized_errors!(LogError);

/// Returns rows as CSV (RFC 4180) without a header.
pub fn write_rows(rows: &[LogRow]) -> String {
    let mut text = String::new();
    for row in rows {
        let cells = LogColumn::ALL.map(|column| quoted(&cell(row, column)));
        text += &cells.join(",");
        text += "\r\n";
    }
    text
}

/// Returns the byte-order mark and the header of a log.
pub fn header() -> String {
    let names = LogColumn::ALL.map(LogColumn::name);
    format!("{BYTE_ORDER_MARK}{}\r\n", names.join(","))
}

fn cell(row: &LogRow, column: LogColumn) -> String {
    let event = &row.event;
    match column {
        LogColumn::Time => row.time.clone(),
        LogColumn::Learner => row.learner.clone(),
        LogColumn::Lesson => event.lesson.clone(),
        LogColumn::Edition => event.edition.to_string(),
        LogColumn::Language => row.language.clone(),
        LogColumn::Step => event.step.clone(),
        LogColumn::Event => event.event.name().to_owned(),
        LogColumn::Kind => event.kind.map_or("", AnswerKind::name).to_owned(),
        LogColumn::Attempt => event.attempt.to_string(),
        LogColumn::Answer => event.answer.clone(),
        LogColumn::Expected => event.expected.clone(),
        LogColumn::IsRight => match event.is_right {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        }
        .to_owned(),
        LogColumn::Distance => event
            .distance
            .map_or_else(String::new, |distance| format_ascii(distance, 6)),
        LogColumn::Hints => event.hints.to_string(),
        LogColumn::Seconds => format_ascii(event.seconds, 1),
        LogColumn::Changed => event.changed.clone(),
        LogColumn::Program => row.program.clone(),
    }
}

/// Returns a cell, in quotation marks if needed. A text that a spreadsheet would take for a formula begins with an
/// apostrophe.
fn quoted(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok()
        || cell.starts_with(|c: char| c == '-' && cell.len() > 1) && {
            // Points of a sketch and lists of numbers.
            cell.chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | ' ' | ';' | 'e' | '+'))
        };
    let guarded = match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    };
    match guarded.contains([',', '"', '\n', '\r']) || guarded.starts_with(' ') || guarded.ends_with(' ') {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}

/// Reads an answer log. Columns may have any order, and unknown ones are ignored.
///
/// # Errors
///
/// Returns the line and the reason if the text is no answer log.
pub fn read(text: &str) -> Result<Vec<LogRow>, LogError> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    // Spreadsheets of some languages save with semicolons.
    let first = text.lines().next().unwrap_or_default();
    let delimiter = match first.contains(',') {
        true => b',',
        false => b';',
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut columns: HashMap<LogColumn, usize> = HashMap::new();
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| LogError::NotCsv {
            line: error
                .position()
                .map_or(0, |position| line_at(text, position.byte() as usize)),
        })?;
        if index == 0 {
            for column in LogColumn::ALL {
                let place = record.iter().position(|name| name.trim() == column.name());
                match place {
                    Some(place) => {
                        columns.insert(column, place);
                    }
                    None => return Err(LogError::MissingColumn(column.name())),
                }
            }
            continue;
        }
        if rows.len() == MAX_ROWS {
            return Err(LogError::TooLarge);
        }
        let line = record
            .position()
            .map_or(0, |position| line_at(text, position.byte() as usize));
        let cell = |column: LogColumn| {
            let place = columns.get(&column).copied().unwrap_or(usize::MAX);
            let cell = record.get(place).unwrap_or_default();
            match cell.strip_prefix('\'') {
                Some(guarded) if guarded.starts_with(['=', '+', '-', '@']) => guarded,
                _ => cell,
            }
        };
        rows.push(read_row(line, cell)?);
    }
    match columns.is_empty() {
        true => Err(LogError::MissingColumn(LogColumn::Time.name())),
        false => Ok(rows),
    }
}

/// Returns the line of a record, counted from 1. The reader places it before the second character of a line break.
fn line_at(text: &str, byte: usize) -> usize {
    let bytes = text.as_bytes();
    let end = byte + usize::from(bytes.get(byte) == Some(&b'\n'));
    let before = bytes.get(..end).unwrap_or_default();
    before.iter().filter(|&&byte| byte == b'\n').count() + 1
}

fn read_row<'a>(line: usize, cell: impl Fn(LogColumn) -> &'a str) -> Result<LogRow, LogError> {
    let wrong = |column: LogColumn| LogError::Value {
        line,
        column: column.name(),
        found: cell(column).to_owned(),
    };
    let count = |column: LogColumn| cell(column).trim().parse::<usize>().map_err(|_| wrong(column));
    let number = |column: LogColumn| {
        let value = cell(column).trim().replace(',', ".").parse::<f64>();
        value
            .ok()
            .filter(|value| value.is_finite())
            .ok_or_else(|| wrong(column))
    };
    let event = LogEventKind::ALL
        .into_iter()
        .find(|event| event.name() == cell(LogColumn::Event).trim());
    let kind = match cell(LogColumn::Kind).trim() {
        "" => None,
        name => {
            let found = AnswerKind::ALL.into_iter().find(|kind| kind.name() == name);
            Some(found.ok_or_else(|| wrong(LogColumn::Kind))?)
        }
    };
    Ok(LogRow {
        time: cell(LogColumn::Time).to_owned(),
        learner: cell(LogColumn::Learner).to_owned(),
        language: cell(LogColumn::Language).to_owned(),
        program: cell(LogColumn::Program).to_owned(),
        event: LogEvent {
            lesson: cell(LogColumn::Lesson).to_owned(),
            edition: count(LogColumn::Edition)?,
            step: cell(LogColumn::Step).to_owned(),
            event: event.ok_or_else(|| wrong(LogColumn::Event))?,
            kind,
            attempt: count(LogColumn::Attempt)?,
            answer: cell(LogColumn::Answer).to_owned(),
            expected: cell(LogColumn::Expected).to_owned(),
            is_right: match cell(LogColumn::IsRight).trim() {
                "yes" => Some(true),
                "no" => Some(false),
                "" => None,
                _ => return Err(wrong(LogColumn::IsRight)),
            },
            distance: match cell(LogColumn::Distance).trim() {
                "" => None,
                _ => Some(number(LogColumn::Distance)?),
            },
            hints: count(LogColumn::Hints)?,
            seconds: number(LogColumn::Seconds)?,
            changed: cell(LogColumn::Changed).to_owned(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(learner: &str, answer: &str) -> LogRow {
        LogRow {
            time: "2026-03-02T09:14:31+08:00".into(),
            learner: learner.into(),
            language: "zh-Hans".into(),
            program: "0.1.0".into(),
            event: LogEvent {
                lesson: "threshold".into(),
                edition: 1,
                step: "more-bias".into(),
                event: LogEventKind::Answer,
                kind: Some(AnswerKind::Sketch),
                attempt: 1,
                answer: answer.into(),
                expected: "-2".into(),
                is_right: Some(false),
                distance: Some(0.25),
                hints: 2,
                seconds: 12.5,
                changed: "b[1,1]=2;w[1,1,1]=1".into(),
            },
        }
    }

    #[test]
    fn a_row_is_written_as_specified() {
        assert_eq!(
            header(),
            "\u{feff}time,learner,lesson,edition,language,step,event,kind,try,answer,expected,is_right,distance,hints,\
             seconds,changed,program\r\n"
        );
        assert_eq!(
            write_rows(&[row("张 \"三\"", "-5 0;2 0;2 1;5 1")]),
            "2026-03-02T09:14:31+08:00,\"张 \"\"三\"\"\",threshold,1,zh-Hans,more-bias,answer,sketch,1,-5 0;2 0;2 1;5 1,-2,no,0.25,2,\
             12.5,\"b[1,1]=2;w[1,1,1]=1\",0.1.0\r\n"
        );
    }

    #[test]
    fn problems_name_the_line_and_the_column() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(
            error("a,b\n1,2\n"),
            "there is no column “time”, so this is not an answer log"
        );
        let text = header() + &write_rows(&[row("a", "2")]).replace(",no,", ",maybe,");
        assert_eq!(
            error(&text),
            "line 2: “maybe” does not belong into the column “is_right”"
        );
        assert_eq!(
            error(""),
            "there is no column “time”, so this is not an answer log"
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(learner in "[ -~\n\r张=+@']{0,12}", answer in "[-0-9;. ]{0,12}|=x") {
            let rows = vec![row(&learner, &answer), row("b", "1;3")];
            let read = read(&(header() + &write_rows(&rows)));
            prop_assume!(!learner.starts_with('\'') && !learner.contains('\r'));
            prop_assert_eq!(read, Ok(rows));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "(time,learner|[a-z\",;\r\n\u{feff}]){0,40}") {
            let _ = read(&text);
        }
    }
}
