//! The options by which tables are read, and the notes about what was read.

use std::path::Path;

use anyhow::bail;
use clap::Args;

use neurodial_core::data::table_options::{DateChoice, HeaderChoice, Separator};
use neurodial_core::data::{LoadNote, SkippedRow, TableOptions};
use neurodial_core::text::{DecimalSign, Localized, Messages, capitalized, count_with_noun};

use super::output;

/// The options by which a table is read; what is not given is decided by the content.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct TableArgs {
    /// Tables only: the encoding, such as utf-8, windows-1252, or gb18030 [default: by content]
    #[arg(long, value_name = "NAME", help_heading = "Tables", value_parser = parse_encoding)]
    pub(crate) encoding: Option<String>,
    /// Tables only: the separator of cells, such as ; or tab or spaces [default: by content]
    #[arg(long, value_name = "CHARACTER", help_heading = "Tables", allow_hyphen_values = true, value_parser = parse_separator)]
    separator: Option<Separator>,
    /// Tables only: the decimal sign, . or , [default: by content]
    #[arg(long, value_name = "CHARACTER", help_heading = "Tables", value_parser = parse_decimal)]
    decimal: Option<DecimalSign>,
    /// Tables only: the thousands separator, such as , or . or space [default: by content]
    #[arg(long, value_name = "CHARACTER", help_heading = "Tables", value_parser = parse_thousands)]
    thousands: Option<char>,
    /// Tables only: the order of dates, dmy, mdy, or ymd; or no if 3/4 is a fraction [default: by content]
    #[arg(long, value_name = "ORDER", help_heading = "Tables", value_parser = parse_dates)]
    dates: Option<DateChoice>,
    /// Tables only: yes or no, or the line with the names of the columns [default: by content]
    #[arg(long, value_name = "yes|no|LINE", help_heading = "Tables", value_parser = parse_header)]
    header: Option<HeaderChoice>,
    /// Tables only: the character that begins a line of comment, or no [default: by content]
    #[arg(long, value_name = "CHARACTER", help_heading = "Tables", allow_hyphen_values = true, value_parser = parse_comment)]
    comment: Option<char>,
    /// Tables only: further texts that stand for missing values, such as -999,unknown
    #[arg(
        long,
        value_name = "TEXT,…",
        help_heading = "Tables",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    missing: Vec<String>,
    /// Tables only: the sheet of a spreadsheet, by name or number [default: the first one]
    #[arg(long, value_name = "SHEET", help_heading = "Tables")]
    sheet: Option<String>,
    /// Tables only: the input columns, by name or number [default: those with the names of the inputs, or all others]
    #[arg(long, value_name = "COLUMN,…", help_heading = "Tables", value_delimiter = ',')]
    pub(crate) columns: Option<Vec<String>>,
    /// Tables only: the target column, by name or number [default: the last one]
    #[arg(long, value_name = "COLUMN", help_heading = "Tables")]
    pub(crate) target: Option<String>,
    /// Tables only: treat classes that differ only in letter case, such as yes and Yes, as one
    #[arg(long, help_heading = "Tables")]
    merge_classes: bool,
    /// Tables only: skip rows that can’t be read instead of refusing the file
    #[arg(long, help_heading = "Tables")]
    pub(crate) skip_bad_rows: bool,
}

impl TableArgs {
    /// Returns the name of the first given option.
    pub(crate) fn first_given(&self) -> Option<&'static str> {
        let options = [
            ("--encoding", self.encoding.is_some()),
            ("--separator", self.separator.is_some()),
            ("--decimal", self.decimal.is_some()),
            ("--thousands", self.thousands.is_some()),
            ("--dates", self.dates.is_some()),
            ("--header", self.header.is_some()),
            ("--comment", self.comment.is_some()),
            ("--missing", !self.missing.is_empty()),
            ("--sheet", self.sheet.is_some()),
            ("--columns", self.columns.is_some()),
            ("--target", self.target.is_some()),
            ("--merge-classes", self.merge_classes),
            ("--skip-bad-rows", self.skip_bad_rows),
        ];
        options
            .into_iter()
            .find(|(_, is_given)| *is_given)
            .map(|(name, _)| name)
    }

    /// True if classes that differ in letter case only are one class.
    pub(crate) const fn merge_classes(&self) -> bool {
        self.merge_classes
    }

    /// Returns the choices, with those of `before` where no option is given.
    ///
    /// # Errors
    /// Returns an error if the options contradict each other.
    pub(crate) fn options(&self, before: &TableOptions) -> anyhow::Result<TableOptions> {
        let before = before.clone();
        let options = TableOptions {
            encoding: self.encoding.clone().or(before.encoding),
            separator: self.separator.or(before.separator),
            decimal: self.decimal.or(before.decimal),
            thousands: self.thousands.or(before.thousands),
            dates: self.dates.or(before.dates),
            header: self.header.or(before.header),
            comment: self.comment.or(before.comment),
            missing: if self.missing.is_empty() {
                before.missing
            } else {
                self.missing.clone()
            },
            sheet: self.sheet.clone().or(before.sheet),
            merges_classes: self.merge_classes || before.merges_classes,
        };
        match options.check() {
            Ok(()) => Ok(options),
            Err(e) => bail!("--thousands: {e}"),
        }
    }
}

/// Prints notes about a table to stderr.
pub(crate) fn print_notes(path: &Path, notes: &[LoadNote], skipped: &[SkippedRow], skipped_count: usize) {
    for note in table_notes(path, notes, skipped, skipped_count) {
        output::print_error_line(&format!("note: {note}"));
    }
}

/// Returns notes about a table: what was decided, and the rows that were skipped.
pub(crate) fn table_notes(
    path: &Path,
    notes: &[LoadNote],
    skipped: &[SkippedRow],
    skipped_count: usize,
) -> Vec<String> {
    let mut all: Vec<String> = notes
        .iter()
        .map(|note| format!("{}: {}", path.display(), note.message(Messages::ENGLISH)))
        .collect();
    if skipped_count > 0 {
        let rows = count_with_noun(skipped_count, "row");
        all.push(format!("{}: {rows} skipped", path.display()));
        all.extend(skipped.iter().map(SkippedRow::to_string));
        if skipped_count > skipped.len() {
            all.push(format!("and {} more", skipped_count - skipped.len()));
        }
    }
    all
}

fn sentence(error: impl Localized) -> String {
    capitalized(&error.message(Messages::ENGLISH))
}

fn parse_encoding(text: &str) -> Result<String, String> {
    TableOptions::parse_encoding(text).map_err(sentence)
}

fn parse_separator(text: &str) -> Result<Separator, String> {
    text.parse().map_err(sentence)
}

fn parse_decimal(text: &str) -> Result<DecimalSign, String> {
    text.parse().map_err(sentence)
}

fn parse_thousands(text: &str) -> Result<char, String> {
    TableOptions::parse_thousands(text).map_err(sentence)
}

fn parse_dates(text: &str) -> Result<DateChoice, String> {
    text.parse().map_err(sentence)
}

fn parse_header(text: &str) -> Result<HeaderChoice, String> {
    text.parse().map_err(sentence)
}

fn parse_comment(text: &str) -> Result<char, String> {
    TableOptions::parse_comment(text).map_err(sentence)
}
