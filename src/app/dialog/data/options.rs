//! The choices by which a file is read: encoding, separator, signs in numbers, dates, header, comments, missing values,
//! sheet, bad rows, and classes.

use egui::{ComboBox, DragValue, Response, TextEdit, Ui};

use neurodial_core::data::TableOptions;
use neurodial_core::data::cell::DateOrder;
use neurodial_core::data::table_options::{DateChoice, HeaderChoice, Separator};
use neurodial_core::text::{DecimalSign, Messages};

use super::DataDialog;

/// The encodings to choose from.
const ENCODINGS: [&str; 9] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1251",
    "gb18030",
    "Big5",
    "Shift_JIS",
    "EUC-KR",
];
/// The separators to choose from.
const SEPARATORS: [Separator; 5] = [
    Separator::Character(b','),
    Separator::Character(b';'),
    Separator::Character(b'\t'),
    Separator::Character(b'|'),
    Separator::Spaces,
];
/// The signs that begin comments to choose from.
const COMMENTS: [char; 5] = [TableOptions::NO_COMMENT, '#', '%', ';', '!'];
/// The characters between thousands to choose from.
const THOUSANDS: [char; 4] = [',', '.', ' ', '\''];
/// The order of dates to choose from.
const DATES: [DateChoice; 4] = [
    DateChoice::Order(DateOrder::DayMonthYear),
    DateChoice::Order(DateOrder::MonthDayYear),
    DateChoice::Order(DateOrder::YearMonthDay),
    DateChoice::None,
];

impl DataDialog {
    /// Draws the choices, each with what the content decides.
    pub(super) fn reading_ui(&mut self, ui: &mut Ui, messages: Messages) {
        let opened = self.opened.as_ref();
        let is_spreadsheet = opened.is_some_and(|opened| !opened.source.sheets.is_empty());
        let encoding = opened.map(|opened| opened.source.encoding.to_owned());
        let analysis = opened.map(|opened| &opened.analysis);
        let separator = analysis.and_then(|analysis| analysis.separator);
        let decimal = analysis.map(|analysis| analysis.decimal.character().to_string());
        let header = analysis.map(|analysis| match analysis.header_line {
            Some(line) => messages.header_on_line(line),
            None => messages.header_none().to_owned(),
        });
        let sheets = opened
            .map(|opened| opened.source.sheets.clone())
            .unwrap_or_default();
        let comment = analysis.map(|analysis| match analysis.comment() {
            Some(comment) => comment.to_owned(),
            None => messages.comment_none().to_owned(),
        });
        let header_line = analysis.and_then(|analysis| analysis.header_line).unwrap_or(1);
        let options = &mut self.options;
        let missing_text = &mut self.missing_text;
        let skips_bad_rows = &mut self.skips_bad_rows;
        ui.horizontal_wrapped(|ui| {
            let mut choice = Choice { ui, messages };
            if is_spreadsheet {
                let sheet = options.sheet.clone().or_else(|| sheets.first().cloned());
                choice.show_ui(
                    messages.read_sheet(),
                    sheet,
                    &mut options.sheet,
                    sheets,
                    String::clone,
                );
            } else {
                let all = ENCODINGS.map(str::to_owned);
                choice.show_ui(
                    messages.read_encoding(),
                    encoding,
                    &mut options.encoding,
                    all,
                    String::clone,
                );
                let text = |separator: &Separator| separator_text(*separator, messages);
                let found = separator.as_ref().map(text);
                choice.show_ui(
                    messages.read_separator(),
                    found,
                    &mut options.separator,
                    SEPARATORS,
                    text,
                );
                let text = |sign: &DecimalSign| match sign {
                    DecimalSign::Point => messages.decimal_point().to_owned(),
                    DecimalSign::Comma => messages.decimal_comma().to_owned(),
                };
                let all = [DecimalSign::Point, DecimalSign::Comma];
                choice.show_ui(messages.read_decimal(), decimal, &mut options.decimal, all, text);
                let text = |character: &char| thousands_text(*character, messages).to_owned();
                let thousands = &mut options.thousands;
                // Both signs can't be the same.
                let taken = options.decimal.map(DecimalSign::character);
                *thousands = thousands.filter(|character| Some(*character) != taken);
                let all = THOUSANDS
                    .into_iter()
                    .filter(|character| Some(*character) != taken);
                choice.show_ui(messages.read_thousands(), None, thousands, all, text);
            }
            let text = |dates: &DateChoice| dates_text(*dates, messages).to_owned();
            choice.show_ui(messages.read_dates(), None, &mut options.dates, DATES, text);
            let text = |header: &HeaderChoice| match header {
                HeaderChoice::First => messages.header_first().to_owned(),
                HeaderChoice::None => messages.header_none().to_owned(),
                HeaderChoice::Line(line) => messages.header_on_line(line),
            };
            let line = match options.header {
                Some(HeaderChoice::Line(line)) => line,
                _ => header_line,
            };
            let all = [HeaderChoice::First, HeaderChoice::None, HeaderChoice::Line(line)];
            choice.show_ui(messages.read_header(), header, &mut options.header, all, text);
            if let Some(HeaderChoice::Line(line)) = &mut options.header {
                let response = choice.ui.add(DragValue::new(line).range(1..=1_000_000));
                choice.name(&response, messages.read_header_line());
            }
            let text = |character: &char| match *character {
                TableOptions::NO_COMMENT => messages.comment_none().to_owned(),
                character => character.to_string(),
            };
            choice.show_ui(
                messages.read_comment(),
                comment,
                &mut options.comment,
                COMMENTS,
                text,
            );
            let label = ui.label(messages.read_missing());
            let field = TextEdit::singleline(missing_text)
                .desired_width(90.0)
                .hint_text("-999");
            let response = ui
                .add(field)
                .labelled_by(label.id)
                .on_hover_text(messages.read_missing_tooltip());
            if response.changed() {
                let words = missing_text.split([',', '，']).map(str::trim);
                options.missing = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
            }
            ui.checkbox(skips_bad_rows, messages.read_skip_bad_rows())
                .on_hover_text(messages.read_skip_bad_rows_tooltip());
            ui.checkbox(&mut options.merges_classes, messages.read_merge_classes())
                .on_hover_text(messages.read_merge_classes_tooltip());
        });
    }
}

/// Draws one choice.
struct Choice<'a> {
    ui: &'a mut Ui,
    messages: Messages,
}

impl Choice<'_> {
    /// Draws the name and a list of values, with the automatic one first.
    fn show_ui<T: PartialEq + Clone>(
        &mut self,
        name: &str,
        found: Option<String>,
        chosen: &mut Option<T>,
        values: impl IntoIterator<Item = T>,
        text: impl Fn(&T) -> String,
    ) {
        let messages = self.messages;
        let automatic = match found {
            Some(found) => messages.read_automatic_value(found),
            None => messages.read_automatic().to_owned(),
        };
        let shown = chosen.as_ref().map_or_else(|| automatic.clone(), &text);
        let combo = ComboBox::from_id_salt(name)
            .selected_text(messages.named_value(name, shown))
            .width(0.0)
            .show_ui(self.ui, |ui| {
                ui.selectable_value(chosen, None, &automatic);
                for value in values {
                    let label = text(&value);
                    ui.selectable_value(chosen, Some(value), label);
                }
            });
        self.name(&combo.response, name);
    }

    /// Sets the name that a screen reader says.
    fn name(&self, response: &Response, name: &str) {
        self.ui
            .ctx()
            .accesskit_node_builder(response.id, |node| node.set_label(name));
    }
}

const fn thousands_text(character: char, messages: Messages) -> &'static str {
    match character {
        ',' => messages.thousands_comma(),
        '.' => messages.thousands_point(),
        ' ' => messages.thousands_space(),
        _ => messages.thousands_apostrophe(),
    }
}

fn separator_text(separator: Separator, messages: Messages) -> String {
    match separator {
        Separator::Character(b',') => messages.separator_comma().to_owned(),
        Separator::Character(b';') => messages.separator_semicolon().to_owned(),
        Separator::Character(b'\t') => messages.separator_tab().to_owned(),
        Separator::Character(b'|') => messages.separator_pipe().to_owned(),
        Separator::Character(byte) => char::from(byte).to_string(),
        Separator::Spaces => messages.separator_spaces().to_owned(),
    }
}

const fn dates_text(dates: DateChoice, messages: Messages) -> &'static str {
    match dates {
        DateChoice::Order(DateOrder::DayMonthYear) => messages.dates_day_month_year(),
        DateChoice::Order(DateOrder::MonthDayYear) => messages.dates_month_day_year(),
        DateChoice::Order(DateOrder::YearMonthDay) => messages.dates_year_month_day(),
        DateChoice::None => messages.dates_none(),
    }
}
