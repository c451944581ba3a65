//! `neurodial data`: tells how a table is read.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::anyhow;
use serde_json::{Map, Value, json};

use neurodial_core::data::table_options::Separator;
use neurodial_core::data::{SkippedRow, TableAnalysis, TableText, TableValue};
use neurodial_core::formats::data_files;
use neurodial_core::text::{count_with_noun, format_ascii, shortened};

use super::output;
use super::show::DECIMALS;
use super::table_args::TableArgs;

/// The arguments of `data`.
#[derive(Debug, clap::Args)]
pub struct DataReportArgs {
    /// A table: CSV or another text, .xlsx, or .ods
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    table: TableArgs,
    /// Print JSON: {"encoding":…,"separator":…,"decimal":…,"header_line":…,"columns":[…],"rows":…,"skipped":[…],"values":[…]}
    #[arg(long)]
    json: bool,
}

/// Prints how the table is read.
///
/// # Errors
/// Returns an error if the file is no table, or if a cell can be read in two ways and nothing decides.
pub(crate) fn run(arguments: &DataReportArgs) -> anyhow::Result<()> {
    let options = arguments.table.options(&Default::default())?;
    let path = &arguments.file;
    let (source, _) = data_files::read_source(path, &options)?;
    let failed = |e| anyhow!("{}: {e}", path.display());
    let analysis = TableAnalysis::new(&source, &options, 1).map_err(failed)?;
    analysis
        .check_open_choices(0..analysis.columns.len())
        .map_err(failed)?;
    if arguments.json {
        output::print_json(&json_report(&source, &analysis))
    } else {
        output::print(&text_report(&source, &analysis))
    }
}

/// Returns the report as JSON.
fn json_report(source: &TableText, analysis: &TableAnalysis) -> Value {
    let columns: Vec<Value> = analysis
        .columns
        .iter()
        .map(|column| {
            let mut fields = Map::new();
            fields.insert("name".to_owned(), json!(column.name));
            fields.insert("kind".to_owned(), json!(column.kind.name()));
            fields.insert("missing".to_owned(), json!(column.missing));
            if !column.classes.is_empty() {
                fields.insert("classes".to_owned(), json!(column.classes));
            }
            Value::Object(fields)
        })
        .collect();
    let skipped = |row: &SkippedRow| json!({"line": row.line, "reason": row.to_string()});
    let value = |value: &TableValue| match value {
        // A whole number without a point, as people write it.
        TableValue::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => json!(*number as i64),
        TableValue::Number(number) => json!(number),
        TableValue::Text(text) => json!(text),
        TableValue::Missing => Value::Null,
    };
    let values: Vec<Vec<Value>> = analysis
        .values
        .iter()
        .map(|row| row.iter().map(value).collect())
        .collect();
    json!({
        "encoding": source.encoding,
        "separator": analysis.separator.map(separator_text),
        "decimal": analysis.decimal.character().to_string(),
        "header_line": analysis.header_line,
        "columns": columns,
        "rows": analysis.rows,
        "skipped": analysis.skipped.iter().map(skipped).collect::<Vec<_>>(),
        "values": values,
    })
}

/// Returns the separator itself; one space stands for any number of them.
fn separator_text(separator: Separator) -> String {
    match separator {
        Separator::Character(byte) => char::from(byte).to_string(),
        Separator::Spaces => " ".to_owned(),
    }
}

/// Returns the report as text.
fn text_report(source: &TableText, analysis: &TableAnalysis) -> String {
    let mut text = String::new();
    // Writing to a String can’t fail.
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "{name:<11} {value}");
    };
    line("encoding", source.encoding);
    if !source.sheets.is_empty() {
        line("sheets", &source.sheets.join(", "));
    }
    line(
        "separator",
        &analysis
            .separator
            .map_or_else(|| "none".to_owned(), Separator::name),
    );
    line("decimal", &analysis.decimal.character().to_string());
    let header = analysis
        .header_line
        .map_or_else(|| "none".to_owned(), |line| format!("line {line}"));
    line("header", &header);
    line("rows", &analysis.rows.to_string());
    text.push_str("\ncolumns\n");
    for (index, column) in analysis.columns.iter().enumerate() {
        let name = shortened(&column.label(index));
        let missing = match column.missing {
            0 => String::new(),
            count => format!(", {count} missing"),
        };
        let _ = writeln!(text, "  {}. {name}: {}{missing}", index + 1, column.kind.name());
        if !column.classes.is_empty() {
            const MAX_LISTED: usize = 20;
            let listed = column.classes.iter().take(MAX_LISTED);
            let listed: Vec<String> = listed
                .map(|(name, count)| format!("{} {count}", shortened(name)))
                .collect();
            let more = column.classes.len().saturating_sub(MAX_LISTED);
            let dots = if more > 0 {
                format!(", and {more} more")
            } else {
                String::new()
            };
            let _ = writeln!(text, "     {}{dots}", listed.join(", "));
        }
    }
    text.push_str("\nfirst rows\n");
    for row in &analysis.values {
        let cells: Vec<String> = row
            .iter()
            .map(|value| match value {
                TableValue::Number(number) => format_ascii(*number, DECIMALS),
                TableValue::Text(text) => shortened(text),
                TableValue::Missing => "missing".to_owned(),
            })
            .collect();
        let _ = writeln!(text, "  {}", cells.join(" | "));
    }
    if analysis.skipped_count > 0 {
        let _ = writeln!(
            text,
            "\n{} skipped",
            count_with_noun(analysis.skipped_count, "row")
        );
        const MAX_LISTED: usize = 20;
        for row in analysis.skipped.iter().take(MAX_LISTED) {
            let _ = writeln!(text, "  {row}");
        }
        if analysis.skipped_count > MAX_LISTED {
            let _ = writeln!(text, "  and {} more", analysis.skipped_count - MAX_LISTED);
        }
    }
    if !analysis.notes.is_empty() {
        text.push_str("\nnotes\n");
        for note in &analysis.notes {
            let _ = writeln!(text, "  {note}");
        }
    }
    text
}
