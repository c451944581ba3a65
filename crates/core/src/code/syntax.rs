//! Syntax highlighting of a line of code.

use std::ops::Range;

use super::Language;

/// The kind of a part of a line, which decides its color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxKind {
    /// Names, numbers and punctuation.
    Plain,
    /// A keyword of the language, or a LaTeX command.
    Keyword,
    /// A comment.
    Comment,
    /// A quoted string.
    StringLiteral,
}

const PYTHON_KEYWORDS: [&str; 17] = [
    "and", "class", "def", "else", "False", "for", "from", "if", "import", "in", "not", "or", "return",
    "self", "super", "True", "with",
];
const RUST_KEYWORDS: [&str; 17] = [
    "as", "const", "else", "false", "fn", "for", "if", "in", "let", "match", "mut", "pub", "return",
    "static", "true", "use", "f64",
];

/// Returns the byte ranges of one line with their kinds, in order and without gaps.
pub fn highlight(language: Language, line: &str) -> Vec<(Range<usize>, SyntaxKind)> {
    let (comment_mark, keywords): (&str, &[&str]) = match language {
        Language::Python | Language::NumPy | Language::PyTorch => ("#", &PYTHON_KEYWORDS),
        Language::Rust => ("//", &RUST_KEYWORDS),
        Language::Latex => ("%", &[]),
    };
    let mut parts: Vec<(Range<usize>, SyntaxKind)> = Vec::new();
    let mut position = 0;
    while position < line.len() {
        let rest = &line[position..];
        let (length, kind) = if rest.starts_with(comment_mark) {
            (rest.len(), SyntaxKind::Comment)
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').map_or(rest.len(), |end| end + 2);
            (end, SyntaxKind::StringLiteral)
        } else if language == Language::Latex && rest.starts_with('\\') {
            let letters = word_length(&rest[1..]).max(1);
            (1 + letters, SyntaxKind::Keyword)
        } else {
            match word_length(rest) {
                0 => (rest.chars().next().map_or(1, char::len_utf8), SyntaxKind::Plain),
                length if keywords.contains(&&rest[..length]) => (length, SyntaxKind::Keyword),
                length => (length, SyntaxKind::Plain),
            }
        };
        let end = (position + length).min(line.len());
        match parts.last_mut() {
            Some((range, last)) if *last == kind => range.end = end,
            _ => parts.push((position..end, kind)),
        }
        position = end;
    }
    parts
}

/// Returns the length in bytes of the word at the start of a text; 0 if there is none.
fn word_length(text: &str) -> usize {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_and_comments_are_distinguished_from_other_text() {
        let line = "for x in inputs:  # “for” all";
        let kinds: Vec<(&str, SyntaxKind)> = highlight(Language::Python, line)
            .into_iter()
            .map(|(range, kind)| (&line[range], kind))
            .collect();
        assert_eq!(
            kinds,
            [
                ("for", SyntaxKind::Keyword),
                (" x ", SyntaxKind::Plain),
                ("in", SyntaxKind::Keyword),
                (" inputs:  ", SyntaxKind::Plain),
                ("# “for” all", SyntaxKind::Comment),
            ]
        );
        for (language, line) in [
            (Language::Latex, "\\begin{align*} x &= \\\\"),
            (Language::Rust, "fn f() -> f64 { \"fn\" }"),
            (Language::Latex, "\\"),
            (Language::Python, "\"open"),
        ] {
            let covered: String = highlight(language, line)
                .into_iter()
                .map(|(range, _)| &line[range])
                .collect();
            assert_eq!(covered, line);
        }
    }
}
