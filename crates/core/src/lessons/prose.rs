//! The text of a lesson: Markdown with current numbers in braces, and blanks in double brackets.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::expression::{LessonExpression, LessonExpressionError};

/// The longest run of decimals of a number in a text.
const MAX_DECIMALS: usize = 12;

/// Markdown with expressions and blanks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prose {
    markdown: String,
    /// The line of the first character, counted from 1; 0 if there is no text.
    pub line: usize,
    insertions: Vec<Insertion>,
}

/// A place in a text that is filled.
#[derive(Debug, Clone, PartialEq)]
struct Insertion {
    range: Range<usize>,
    line: usize,
    content: Content,
}

#[derive(Debug, Clone, PartialEq)]
enum Content {
    /// A current number, with a fixed number of decimals or as many as needed.
    Value(LessonExpression, Option<usize>),
    /// A blank with its answer, counted from 0.
    Blank(LessonExpression, usize),
    /// An escaped brace.
    Brace(char),
}

/// A problem of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProseError {
    /// A brace or a bracket is not closed.
    Unclosed(&'static str),
    /// Its content is no expression.
    Expression(String, LessonExpressionError),
}

/// A block of a text, for drawing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProseBlock {
    /// A paragraph.
    Paragraph(Vec<ProseSpan>),
    /// An item of a list.
    Item {
        /// The depth, 0 for an item of the outermost list.
        depth: usize,
        /// The number of an item of a numbered list.
        number: Option<u64>,
        /// The text.
        spans: Vec<ProseSpan>,
    },
    /// Code, as it is written.
    Code(String),
    /// A picture.
    Picture {
        /// The path in the lesson's folder.
        path: String,
        /// The words for those who don't see it.
        alt: String,
    },
    /// A row of a table.
    TableRow {
        /// True for the first row.
        is_header: bool,
        /// The cells.
        cells: Vec<Vec<ProseSpan>>,
    },
}

/// A part of a paragraph in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProseSpan {
    /// The text; of a blank it is empty.
    pub text: String,
    /// True if it is bold.
    pub is_strong: bool,
    /// True if it is italic.
    pub is_emphasized: bool,
    /// True if it is code.
    pub is_code: bool,
    /// The address of a link, which is opened only when it is clicked.
    pub link: Option<String>,
    /// The number of a blank, counted from 0.
    pub blank: Option<usize>,
}

/// The character that marks a blank in filled Markdown, followed by its number as a private character.
const BLANK_MARK: char = '\u{f0000}';

impl Prose {
    /// Reads a text. `line_of` returns the line of a byte.
    pub(crate) fn read(
        markdown: String,
        line_of: impl Fn(usize) -> usize,
        mut problem: impl FnMut(usize, ProseError),
    ) -> Self {
        let mut prose = Self {
            line: if markdown.is_empty() { 0 } else { line_of(0) },
            ..Self::default()
        };
        let mut at = 0;
        let mut blanks = 0;
        while let Some(c) = markdown[at..].chars().next() {
            let rest = &markdown[at..];
            let line = line_of(at);
            match c {
                '\\' => {
                    let escaped = rest[1..].chars().next();
                    if let Some(brace @ ('{' | '}')) = escaped {
                        prose.insertions.push(Insertion {
                            range: at..at + 2,
                            line,
                            content: Content::Brace(brace),
                        });
                    }
                    at += 1 + escaped.map_or(0, char::len_utf8);
                }
                '`' => at += code_length(rest),
                '{' => {
                    let Some(end) = rest.find(['}', '\n']).filter(|&end| rest[end..].starts_with('}')) else {
                        problem(line, ProseError::Unclosed("{"));
                        at += 1;
                        continue;
                    };
                    let (text, decimals) = split_decimals(&rest[1..end]);
                    match LessonExpression::parse(text) {
                        Ok(expression) => prose.insertions.push(Insertion {
                            range: at..at + end + 1,
                            line,
                            content: Content::Value(expression, decimals),
                        }),
                        Err(error) => problem(line, ProseError::Expression(rest[..=end].to_owned(), error)),
                    }
                    at += end + 1;
                }
                '[' if rest.starts_with("[[") => {
                    let Some(length) = blank_length(rest) else {
                        problem(line, ProseError::Unclosed("[["));
                        at += 2;
                        continue;
                    };
                    let text = rest[2..length - 2].trim();
                    match LessonExpression::parse_number(text.strip_prefix('=').unwrap_or(text)) {
                        Ok(expression) => {
                            prose.insertions.push(Insertion {
                                range: at..at + length,
                                line,
                                content: Content::Blank(expression, blanks),
                            });
                            blanks += 1;
                        }
                        Err(error) => problem(line, ProseError::Expression(rest[..length].to_owned(), error)),
                    }
                    at += length;
                }
                _ => at += c.len_utf8(),
            }
        }
        prose.markdown = markdown;
        prose
    }

    /// True if there is no text.
    pub fn is_empty(&self) -> bool {
        self.markdown.trim().is_empty()
    }

    /// Returns the Markdown, with expressions and blanks as they are written.
    pub fn markdown(&self) -> &str {
        &self.markdown
    }

    /// Returns the answers of the blanks, in order.
    pub fn blanks(&self) -> impl Iterator<Item = &LessonExpression> {
        self.insertions
            .iter()
            .filter_map(|insertion| match &insertion.content {
                Content::Blank(expression, _) => Some(expression),
                Content::Value(..) | Content::Brace(_) => None,
            })
    }

    /// Returns the expressions of numbers and blanks with their lines.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (usize, &LessonExpression)> {
        self.insertions
            .iter()
            .filter_map(|insertion| match &insertion.content {
                Content::Value(expression, _) | Content::Blank(expression, _) => {
                    Some((insertion.line, expression))
                }
                Content::Brace(_) => None,
            })
    }

    /// Returns the texts of the expressions and blanks as they are written, in a fixed order.
    pub(crate) fn expression_texts(&self) -> Vec<&str> {
        let mut texts: Vec<&str> = self
            .insertions
            .iter()
            .filter(|insertion| !matches!(insertion.content, Content::Brace(_)))
            .map(|insertion| &self.markdown[insertion.range.clone()])
            .collect();
        texts.sort_unstable();
        texts
    }

    /// Returns the blocks of the text. `value` writes the number of an expression with so many decimals, or with as
    /// many as it needs.
    pub fn blocks(&self, value: impl Fn(&LessonExpression, Option<usize>) -> String) -> Vec<ProseBlock> {
        blocks(&self.filled(value))
    }

    /// Returns the text without Markdown, a line for each block; blanks are lines to write on.
    pub fn plain_text(&self, value: impl Fn(&LessonExpression, Option<usize>) -> String) -> String {
        let mut lines: Vec<String> = Vec::new();
        for block in self.blocks(value) {
            let spans_text = |spans: &[ProseSpan]| -> String {
                let text = spans.iter().map(|span| match span.blank {
                    Some(_) => "____",
                    None => span.text.as_str(),
                });
                text.collect()
            };
            match block {
                ProseBlock::Paragraph(spans) => lines.push(spans_text(&spans)),
                ProseBlock::Item { depth, number, spans } => {
                    let mark = number.map_or_else(|| "-".to_owned(), |number| format!("{number}."));
                    lines.push(format!("{}{mark} {}", "  ".repeat(depth), spans_text(&spans)));
                }
                ProseBlock::Code(code) => lines.extend(code.lines().map(str::to_owned)),
                ProseBlock::Picture { alt, .. } => lines.push(format!("[{alt}]")),
                ProseBlock::TableRow { cells, .. } => {
                    let cells: Vec<String> = cells.iter().map(|cell| spans_text(cell)).collect();
                    lines.push(cells.join(" | "));
                }
            }
        }
        lines.join("\n")
    }

    /// Returns the Markdown with numbers in place of expressions, and marks in place of blanks.
    fn filled(&self, value: impl Fn(&LessonExpression, Option<usize>) -> String) -> String {
        let mut text = String::new();
        let mut end = 0;
        for insertion in &self.insertions {
            text += &self.markdown[end..insertion.range.start];
            end = insertion.range.end;
            match &insertion.content {
                Content::Value(expression, decimals) => {
                    text += &escaped(&value(expression, *decimals));
                }
                Content::Blank(_, index) => {
                    text.push(BLANK_MARK);
                    text.extend(char::from_u32(u32::from(BLANK_MARK) + 1 + *index as u32));
                }
                Content::Brace(brace) => text.push(*brace),
            }
        }
        text + &self.markdown[end..]
    }
}

/// Returns a text with marks of Markdown escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the length of the code at the beginning of a text, with its backticks; of the backticks alone if it is not
/// closed.
fn code_length(text: &str) -> usize {
    let ticks = text.bytes().take_while(|&byte| byte == b'`').count();
    let mut at = ticks;
    while let Some(start) = text[at..].find('`') {
        let run = text[at + start..]
            .bytes()
            .take_while(|&byte| byte == b'`')
            .count();
        at += start + run;
        if run == ticks {
            return at;
        }
    }
    ticks
}

/// Returns the length of `[[…]]` at the beginning of a text; brackets in it are counted.
fn blank_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.checked_sub(1)?,
            '\n' => return None,
            _ => {}
        }
        if depth == 0 {
            return (at + 1 >= 4 && text[..=at].ends_with("]]")).then_some(at + 1);
        }
    }
    None
}

/// Splits `threshold:2` into the expression and the number of decimals.
fn split_decimals(text: &str) -> (&str, Option<usize>) {
    let Some((expression, decimals)) = text.rsplit_once([':', '：']) else {
        return (text, None);
    };
    match decimals.trim().parse::<usize>() {
        Ok(decimals) if decimals <= MAX_DECIMALS => (expression, Some(decimals)),
        _ => (text, None),
    }
}

/// Returns the options with which lessons are read.
pub(super) fn markdown_options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Returns the blocks of Markdown. HTML is text.
fn blocks(markdown: &str) -> Vec<ProseBlock> {
    let mut builder = BlockBuilder::default();
    for event in Parser::new_ext(markdown, markdown_options()) {
        builder.add(event);
    }
    builder.end_block();
    builder.blocks
}

#[derive(Default)]
struct BlockBuilder {
    blocks: Vec<ProseBlock>,
    spans: Vec<ProseSpan>,
    style: ProseSpan,
    /// The next number of each open list; `None` for a list with dots.
    lists: Vec<Option<u64>>,
    /// The item whose text is being collected.
    item: Option<(usize, Option<u64>)>,
    code: Option<String>,
    picture: Option<(String, String)>,
    /// The cells of a row of a table, and true for the first row.
    row: Option<(bool, Vec<Vec<ProseSpan>>)>,
}

impl BlockBuilder {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push_text(&text),
            Event::Code(text) => {
                let outer = std::mem::replace(&mut self.style.is_code, true);
                self.push_text(&text);
                self.style.is_code = outer;
            }
            Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.push_text(&text),
            Event::SoftBreak => self.push_text(" "),
            Event::HardBreak => self.push_text("\n"),
            Event::Rule => self.end_block(),
            Event::TaskListMarker(is_checked) => self.push_text(if is_checked { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.style.is_strong = true,
            Tag::Emphasis => self.style.is_emphasized = true,
            Tag::Link { dest_url, .. } => self.style.link = Some(dest_url.into_string()),
            Tag::List(first) => {
                self.end_block();
                self.lists.push(first);
            }
            Tag::Item => {
                self.end_block();
                let depth = self.lists.len().saturating_sub(1);
                let number = self.lists.last().copied().flatten();
                if let Some(Some(next)) = self.lists.last_mut() {
                    *next += 1;
                }
                self.item = Some((depth, number));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.end_block();
                self.code = Some(String::new());
            }
            Tag::Image { dest_url, .. } => self.picture = Some((dest_url.into_string(), String::new())),
            Tag::TableHead => self.row = Some((true, Vec::new())),
            Tag::TableRow => self.row = Some((false, Vec::new())),
            Tag::TableCell => self.spans.clear(),
            Tag::Paragraph | Tag::Heading { .. } | Tag::HtmlBlock | Tag::BlockQuote(_) | Tag::Table(_)
                if !self.spans.is_empty() =>
            {
                self.end_block();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.style.is_strong = false,
            TagEnd::Emphasis => self.style.is_emphasized = false,
            TagEnd::Link => self.style.link = None,
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.blocks.push(ProseBlock::Code(code));
                }
            }
            TagEnd::Image => {
                if let Some((path, alt)) = self.picture.take() {
                    self.end_block();
                    self.blocks.push(ProseBlock::Picture { path, alt });
                }
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.spans);
                if let Some((_, cells)) = &mut self.row {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some((is_header, cells)) = self.row.take() {
                    self.blocks.push(ProseBlock::TableRow { is_header, cells });
                }
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::HtmlBlock | TagEnd::Item => self.end_block(),
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            *code += text;
            return;
        }
        if let Some((_, alt)) = &mut self.picture {
            *alt += text;
            return;
        }
        let mut rest = text;
        while let Some(at) = rest.find(BLANK_MARK) {
            self.push_span(&rest[..at]);
            let mut characters = rest[at..].chars();
            let index = characters
                .by_ref()
                .nth(1)
                .map_or(0, |c| u32::from(c).saturating_sub(u32::from(BLANK_MARK) + 1));
            self.spans.push(ProseSpan {
                blank: Some(index as usize),
                ..self.style.clone()
            });
            rest = characters.as_str();
        }
        self.push_span(rest);
    }

    fn push_span(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let has_same_style = |last: &&mut ProseSpan| {
            last.blank.is_none()
                && ProseSpan {
                    text: String::new(),
                    ..(**last).clone()
                } == self.style
        };
        match self.spans.last_mut().filter(has_same_style) {
            Some(last) => last.text += text,
            None => self.spans.push(ProseSpan {
                text: text.to_owned(),
                ..self.style.clone()
            }),
        }
    }

    fn end_block(&mut self) {
        let mut spans = std::mem::take(&mut self.spans);
        let item = self.item.take();
        if let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        match (item, spans.is_empty()) {
            (None, true) => {}
            (Some((depth, number)), _) => self.blocks.push(ProseBlock::Item { depth, number, spans }),
            (None, false) => self.blocks.push(ProseBlock::Paragraph(spans)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Prose, Vec<ProseError>) {
        let mut problems = Vec::new();
        let prose = Prose::read(text.to_owned(), |_| 1, |_, problem| problems.push(problem));
        (prose, problems)
    }

    fn value(expression: &LessonExpression, decimals: Option<usize>) -> String {
        format!("<{expression}|{decimals:?}>")
    }

    #[test]
    fn numbers_and_blanks_are_found_in_markdown() {
        let text =
            "At {threshold:2}, **w** is [[= z[1,2]]] and [[1.21]]; `{x}` and \\{y\\}.\n\n- one {b[1,1]}";
        let (prose, problems) = read(text);
        assert_eq!(problems, []);
        assert_eq!(
            prose.blanks().map(LessonExpression::text).collect::<Vec<_>>(),
            ["z[1,2]", "1.21"]
        );
        assert_eq!(
            prose.plain_text(value),
            "At <threshold|Some(2)>, w is ____ and ____; {x} and {y}.\n- one <b[1,1]|None>"
        );
        let ProseBlock::Paragraph(spans) = &prose.blocks(value)[0] else {
            panic!()
        };
        let blanks: Vec<_> = spans.iter().filter_map(|span| span.blank).collect();
        assert_eq!(blanks, [0, 1]);
        assert!(spans.iter().any(|span| span.is_strong && span.text == "w"));
    }

    #[test]
    fn what_is_not_closed_or_no_expression_is_a_problem() {
        assert_eq!(read("a {b").1, [ProseError::Unclosed("{")]);
        assert_eq!(read("a [[1").1, [ProseError::Unclosed("[[")]);
        assert!(matches!(read("a {treshold}").1[..], [ProseError::Expression(..)]));
    }

    #[test]
    fn html_is_text_and_a_picture_has_its_alt_text() {
        let (prose, _) = read("<b>x</b> y\n\n![A cell](cell.png)");
        let blocks = prose.blocks(value);
        let ProseBlock::Paragraph(spans) = &blocks[0] else {
            panic!("{blocks:?}")
        };
        assert_eq!(spans[0].text, "<b>x</b> y");
        let picture = ProseBlock::Picture {
            path: "cell.png".into(),
            alt: "A cell".into(),
        };
        assert_eq!(blocks[1], picture);
    }
}
