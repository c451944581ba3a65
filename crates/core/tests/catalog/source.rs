//! Reads what matters here in Rust's source code: the literals that people read, and the names that are called.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The attributes whose texts people read.
const VISIBLE_ATTRIBUTES: [&str; 4] = ["error", "arg", "command", "value"];

/// The macros and functions whose texts only programmers read.
const FOR_PROGRAMMERS: [&str; 13] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "unreachable",
    "env",
    "include_str",
    "include_bytes",
    "concat",
    "request_discard",
    "expect",
    "debug_struct",
];

/// The findings in a source file, outside of its unit tests.
#[derive(Debug, Default)]
pub struct Source {
    /// The string literals that people read.
    pub texts: Vec<String>,
    /// The names of methods, functions and fields that are used.
    pub names: Vec<String>,
}

impl Source {
    /// Reads the source code of a file.
    pub fn read(code: &str) -> Self {
        let mut source = Self::default();
        source.read_tokens(code.parse().unwrap());
        source
    }

    fn read_tokens(&mut self, stream: TokenStream) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut index = 0;
        while index < tokens.len() {
            match &tokens[index] {
                TokenTree::Punct(punct) if punct.as_char() == '#' => {
                    if is_punct(tokens.get(index + 1), '!') {
                        index += 1;
                    }
                    if let Some(TokenTree::Group(attribute)) = tokens.get(index + 1) {
                        index += 1;
                        if is_cfg_test(attribute.stream()) {
                            index += item_length(&tokens[index + 1..]);
                        } else {
                            self.read_attribute(attribute.stream());
                        }
                    }
                }
                TokenTree::Group(group) => {
                    if group.delimiter() == Delimiter::Parenthesis {
                        // An argument that is only a name, such as the message of a `named_enum!`.
                        self.names.extend(only_name(group.stream()));
                    }
                    self.read_tokens(group.stream());
                }
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    let before = index.checked_sub(1).and_then(|before| tokens.get(before));
                    if is_punct(before, '.') || is_punct(before, ':') {
                        self.names.push(name.clone());
                    }
                    let is_macro = is_punct(tokens.get(index + 1), '!');
                    let arguments = tokens.get(index + 1 + usize::from(is_macro));
                    if matches!(arguments, Some(TokenTree::Group(_)))
                        && FOR_PROGRAMMERS.contains(&name.as_str())
                    {
                        index += 1 + usize::from(is_macro);
                    }
                }
                TokenTree::Literal(literal) => {
                    let text = string_value(&literal.to_string());
                    self.texts.extend(text.filter(|text| is_visible(text)));
                }
                TokenTree::Punct(_) => {}
            }
            index += 1;
        }
    }

    fn read_attribute(&mut self, stream: TokenStream) {
        if let Some(TokenTree::Ident(name)) = stream.clone().into_iter().next()
            && VISIBLE_ATTRIBUTES.contains(&name.to_string().as_str())
        {
            self.read_tokens(stream);
        }
    }
}

fn is_punct(token: Option<&TokenTree>, expected: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == expected)
}

fn is_cfg_test(attribute: TokenStream) -> bool {
    matches!(
        attribute.to_string().replace(' ', "").as_str(),
        "cfg(test)" | "cfg(doctest)"
    )
}

/// Returns the number of tokens up to the end of an item.
fn item_length(tokens: &[TokenTree]) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    tokens.iter().position(is_end).map_or(tokens.len(), |end| end + 1)
}

fn only_name(stream: TokenStream) -> Option<String> {
    let mut tokens = stream.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), None) => Some(name.to_string()),
        _ => None,
    }
}

/// Returns the text of a string literal, with every escaped line break as a space; `None` for other literals.
fn string_value(literal: &str) -> Option<String> {
    let start = literal.find('"')?;
    let end = literal.rfind('"')?;
    if literal.starts_with('\'') || literal.starts_with('b') || end <= start {
        return None;
    }
    let text = &literal[start + 1..end];
    Some(match literal.starts_with('r') {
        true => text.to_owned(),
        false => text.replace("\\n", " ").replace("\\\"", "\""),
    })
}

/// True if a text is made of words: two of them, one beside a value, or a single one with a capital.
pub fn is_visible(text: &str) -> bool {
    if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return true;
    }
    let mut words = 0;
    let mut values = 0;
    for part in without_values(text).split_whitespace() {
        values += part.matches('\u{1}').count();
        let word = part.trim_matches(|c: char| !c.is_alphabetic());
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '’' | '-'));
        words += usize::from(
            letters && word.chars().count() >= 2 && !part.contains(['=', '_', '<', '>', '/', '\\', '#']),
        );
    }
    let mut letters = text.chars();
    let is_capitalized = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() >= 2
        && letters.all(|c| c.is_lowercase() || c == '…');
    words >= 2 || words >= 1 && values >= 1 && text.trim().contains(' ') || is_capitalized
}

/// Returns the text with a mark in place of every value that `format!` fills in.
fn without_values(text: &str) -> String {
    crate::without_variables(&text.replace("{{", "(").replace("}}", ")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_people_read_are_recognized() {
        for text in [
            "could not read {path}: {reason}",
            "{} epochs",
            "loss {loss:.3}",
            "Undo",
            "Open…",
            "two words",
            "确定",
        ] {
            assert!(is_visible(text), "{text}");
        }
        for text in [
            "",
            "w[{},{}]",
            "knobs",
            "M {} {}",
            "{} × {}",
            "LEFT",
            "fn f(x: f64)",
            "a.json",
            "ReLU",
            "<text x=\"{}\">",
        ] {
            assert!(!is_visible(text), "{text}");
        }
    }

    #[test]
    fn tests_documentation_and_texts_for_programmers_are_left_out() {
        let source = Source::read(
            r##"
            /// Returns the first text.
            #[error("one error {0}")]
            #[allow(unused, reason = "no reason at all")]
            fn f() { assert!(x, "no such thing"); messages.two_words(); g("two words"); named!(one_key) }
            #[cfg(test)]
            mod tests { fn f() { g("three more words") } }
            #[cfg(test)]
            #[path = "some path here"]
            mod other;
            fn after() { format!("and {} words", 3); r#"a raw text"#; }
            "##,
        );
        assert_eq!(
            source.texts,
            ["one error {0}", "two words", "and {} words", "a raw text"]
        );
        assert_eq!(source.names, ["two_words", "one_key"]);
    }
}
