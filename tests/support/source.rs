//! Reads Rust source as far as the rules of the house need it: which paths it names.

/// A piece of source: an identifier, `::`, or one other character. Comments, strings and numbers are gone.
type Token = String;

/// One path that a source names, from its first to its last name: `["std", "fs", "File"]`. A group in braces is
/// as many paths as it has members; `*` is a name.
pub type Path = Vec<String>;

/// Splits source into tokens, without comments, strings, characters, lifetimes and numbers.
pub fn tokens(source: &str) -> Vec<Token> {
    let characters: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        let rest = &characters[at..];
        at += match c {
            '/' if rest.starts_with(&['/', '/']) => {
                rest.iter().position(|&c| c == '\n').unwrap_or(rest.len())
            }
            '/' if rest.starts_with(&['/', '*']) => block_comment(rest),
            '"' => string(rest),
            '\'' => character_or_lifetime(rest),
            _ if c.is_alphabetic() || c == '_' => {
                let word: String = rest.iter().take_while(|&&c| is_word(c)).collect();
                let length = word.chars().count();
                match rest.get(length) {
                    Some('"' | '#') if matches!(word.as_str(), "r" | "br" | "cr") => {
                        length + raw_string(&rest[length..])
                    }
                    Some('"') if matches!(word.as_str(), "b" | "c") => length + string(&rest[length..]),
                    Some('\'') if word == "b" => length + character_or_lifetime(&rest[length..]),
                    _ => {
                        tokens.push(word);
                        length
                    }
                }
            }
            _ if c.is_ascii_digit() => rest.iter().take_while(|&&c| is_word(c)).count(),
            ':' if rest.starts_with(&[':', ':']) => {
                tokens.push("::".to_owned());
                2
            }
            _ if c.is_whitespace() => 1,
            _ => {
                tokens.push(c.to_string());
                1
            }
        };
    }
    tokens
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn block_comment(text: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match text[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(text: &[char]) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != '"' {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// The length of a raw string from its first `#` or quote; 0 for a raw identifier like `r#type`.
fn raw_string(text: &[char]) -> usize {
    let hashes = text.iter().take_while(|&&c| c == '#').count();
    if text.get(hashes) != Some(&'"') {
        return 0;
    }
    let mut end = vec!['"'];
    end.extend(vec!['#'; hashes]);
    let body = &text[hashes + 1..];
    let length = body.windows(end.len()).position(|window| window == end);
    hashes + 1 + length.map_or(body.len(), |length| length + end.len())
}

fn character_or_lifetime(text: &[char]) -> usize {
    match text {
        ['\'', '\\', ..] => {
            let close = text.iter().skip(3).position(|&c| c == '\'');
            close.map_or(text.len(), |close| close + 4)
        }
        ['\'', _, '\'', ..] => 3,
        _ => 1 + text.iter().skip(1).take_while(|&&c| is_word(c)).count(),
    }
}

/// Every path in a source, in `use` lines and anywhere else. `module` is where the source stands
/// (`["session", "file"]`); a path that leads out of it by `self` or `super` is told from `crate`.
pub fn paths(source: &str, module: &[&str]) -> Vec<Path> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    // The modules written inside this source that are open at this token, and the depth of braces of each.
    let (mut inner, mut depth) = (Vec::<(String, usize)>::new(), 0);
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => {
                depth += 1;
                if at >= 2 && tokens[at - 2] == "mod" {
                    inner.push((tokens[at - 1].clone(), depth));
                }
            }
            "}" => {
                if inner.last().is_some_and(|(_, opened)| *opened == depth) {
                    inner.pop();
                }
                depth -= 1;
            }
            _ if starts_path(&tokens, at) => {
                let outer = module.iter().map(|&name| name.to_owned());
                let here: Vec<String> = outer.chain(inner.iter().map(|(name, _)| name.clone())).collect();
                let mut written = Vec::new();
                at = read_path(&tokens, at, &[], &mut written);
                found.extend(written.into_iter().map(|path| from_crate(path, &here)));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Words after which a path that starts with `::` can stand.
const KEYWORDS: [&str; 12] = [
    "use", "in", "as", "dyn", "mut", "impl", "return", "if", "match", "else", "for", "where",
];

fn is_name(token: &str) -> bool {
    token == "*" || token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn starts_path(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before].as_str());
    let is_after_dot = before == Some(".") && tokens.get(at.wrapping_sub(2)).is_none_or(|token| token != ".");
    tokens[at] != "*" && is_name(&tokens[at]) && !is_after_dot && !KEYWORDS.contains(&tokens[at].as_str())
}

/// Reads a path and its groups from `at` on; returns where it ends.
fn read_path(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Path>) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at).map(String::as_str) {
            Some("{") if !path.is_empty() => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    if tokens[at] == "as" {
                        at += 2;
                        continue;
                    }
                    let end = read_path(tokens, at, &path, found);
                    // Whatever is no path, a comma say, is passed over.
                    at = end.max(at + 1);
                }
                return at + 1;
            }
            Some(name) if is_name(name) => {
                path.push(name.to_owned());
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at).is_none_or(|token| token != "::") {
            break;
        }
        at += 1;
    }
    if path.len() > before.len() {
        // `use a::{self}` names `a`.
        if path.len() > 1 && path.last().is_some_and(|name| name == "self") {
            path.pop();
        }
        found.push(path);
    }
    at
}

fn from_crate(path: Path, here: &[String]) -> Path {
    let mut home = here.to_vec();
    let mut rest = path.as_slice();
    match rest.first().map(String::as_str) {
        Some("self") if rest.len() > 1 => rest = &rest[1..],
        Some("super") => {}
        _ => return path,
    }
    while rest.first().is_some_and(|name| name == "super") {
        home.pop();
        rest = &rest[1..];
    }
    let start = std::iter::once("crate".to_owned());
    start.chain(home).chain(rest.iter().cloned()).collect()
}
