//! What the pieces of a line of code are, for quiet colours.

use std::ops::Range;

use super::Language;

/// What a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Names, numbers and signs.
    Plain,
    /// A word that the language keeps for itself, or a LaTeX command.
    Keyword,
    /// What only people read.
    Comment,
    /// Quoted text.
    Text,
}

const PYTHON: [&str; 17] = [
    "and", "class", "def", "else", "False", "for", "from", "if", "import", "in", "not", "or", "return",
    "self", "super", "True", "with",
];
const RUST: [&str; 17] = [
    "as", "const", "else", "false", "fn", "for", "if", "in", "let", "match", "mut", "pub", "return",
    "static", "true", "use", "f64",
];

/// The pieces of one line, in order, without gaps.
pub fn pieces(language: Language, line: &str) -> Vec<(Range<usize>, Kind)> {
    let (mark, keywords): (&str, &[&str]) = match language {
        Language::Python | Language::NumPy | Language::PyTorch => ("#", &PYTHON),
        Language::Rust => ("//", &RUST),
        Language::Latex => ("%", &[]),
    };
    let mut pieces: Vec<(Range<usize>, Kind)> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let (length, kind) = if rest.starts_with(mark) {
            (rest.len(), Kind::Comment)
        } else if let Some(quoted) = rest.strip_prefix('"') {
            let end = quoted.find('"').map_or(rest.len(), |end| end + 2);
            (end, Kind::Text)
        } else if language == Language::Latex && rest.starts_with('\\') {
            let letters = word(&rest[1..]).max(1);
            (1 + letters, Kind::Keyword)
        } else {
            match word(rest) {
                0 => (rest.chars().next().map_or(1, char::len_utf8), Kind::Plain),
                length if keywords.contains(&&rest[..length]) => (length, Kind::Keyword),
                length => (length, Kind::Plain),
            }
        };
        let end = (at + length).min(line.len());
        match pieces.last_mut() {
            Some((range, last)) if *last == kind => range.end = end,
            _ => pieces.push((at..end, kind)),
        }
        at = end;
    }
    pieces
}

/// The bytes of the word that a text starts with.
fn word(text: &str) -> usize {
    let belongs = |c: char| c.is_alphanumeric() || c == '_';
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_language_and_comments_are_told_from_the_rest() {
        let line = "for x in inputs:  # “for” all";
        let kinds: Vec<(&str, Kind)> = pieces(Language::Python, line)
            .into_iter()
            .map(|(range, kind)| (&line[range], kind))
            .collect();
        assert_eq!(
            kinds,
            [
                ("for", Kind::Keyword),
                (" x ", Kind::Plain),
                ("in", Kind::Keyword),
                (" inputs:  ", Kind::Plain),
                ("# “for” all", Kind::Comment),
            ]
        );
        for (language, line) in [
            (Language::Latex, "\\begin{align*} x &= \\\\"),
            (Language::Rust, "fn f() -> f64 { \"fn\" }"),
            (Language::Latex, "\\"),
            (Language::Python, "\"open"),
        ] {
            let covered: String = pieces(language, line)
                .into_iter()
                .map(|(range, _)| &line[range])
                .collect();
            assert_eq!(covered, line);
        }
    }
}
