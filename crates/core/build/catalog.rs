//! Checks the message catalog and writes its methods in Rust. `build.rs` runs this; the crate compiles it for
//! the tests below.
//!
//! Of [Fluent](https://projectfluent.org/fluent/guide/), messages, attributes, variables, references to messages
//! without variables, quoted texts and numeric selectors are supported: what a sentence of this program needs.
//! Everything else is an error of the build.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fluent_syntax::ast::{self, Entry, Expression, InlineExpression, PatternElement};
use fluent_syntax::{parser, unicode};

/// A file of one language.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// The name without the folder, which is the same in both languages.
    pub(crate) name: String,
    /// The text in Fluent's syntax.
    pub(crate) text: String,
}

/// The languages: the name of the folder, and the variant of `Locale`.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("zh-Hans", "SimplifiedChinese")];

/// A message, or an attribute of one.
#[derive(Debug, Clone)]
struct Message {
    /// `file.ftl: key` or `file.ftl: key.attribute`, for problems.
    place: String,
    /// The order in the catalog.
    index: usize,
    parts: Vec<Part>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    /// The value of an argument.
    Argument(String),
    /// The value of an argument that is a number of things.
    Count(String),
    /// The text of another message.
    Reference(String),
    /// One text for a number of things, by the first key that matches; the last one always matches.
    Select(String, Vec<(Option<usize>, Vec<Part>)>),
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Argument {
    name: String,
    /// True if it is a number of things, which chooses between texts.
    is_count: bool,
}

type Messages = BTreeMap<String, Message>;

/// Returns the Rust code of the messages.
///
/// # Errors
/// Returns a sentence with the file and the key if the catalog is malformed, or if its languages differ.
pub(crate) fn generate(english: &[SourceFile], chinese: &[SourceFile]) -> Result<String, String> {
    let english = read(english, LANGUAGES[0].0)?;
    let chinese = read(chinese, LANGUAGES[1].0)?;
    check_keys(&english, &chinese, LANGUAGES[1].0)?;
    check_keys(&chinese, &english, LANGUAGES[0].0)?;
    let mut in_order: Vec<(&String, &Message)> = english.iter().collect();
    in_order.sort_by_key(|(_, message)| message.index);
    let mut code = concat!(
        "#[allow(clippy::too_many_arguments, reason = \"a message takes as many as its sentence needs\")]\n",
        "impl Messages {\n",
    )
    .to_owned();
    for (key, message) in in_order {
        write_method(&mut code, key, [message, &chinese[key]])?;
    }
    code += "}\n";
    Ok(code)
}

/// Reads the messages of a language, with references replaced by their texts.
fn read(files: &[SourceFile], language: &str) -> Result<Messages, String> {
    let mut messages = Messages::new();
    for file in files {
        let file_name = format!("{language}/{}", file.name);
        let resource = parser::parse(file.text.as_str()).map_err(|(_, errors)| {
            let first = errors.first();
            let position = first.map_or(0, |error| error.pos.start.min(file.text.len()));
            let line = file.text.as_bytes()[..position]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
                + 1;
            let reason = first.map_or_else(String::new, |error| error.kind.to_string());
            format!("{file_name}, line {line}: this is not a message of Fluent: {reason}")
        })?;
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => add_message(&mut messages, &file_name, message)?,
                Entry::Term(term) => {
                    return Err(format!(
                        "{file_name}: the term -{} is not supported; write a message and refer to it by its key",
                        term.id.name
                    ));
                }
                Entry::Junk { content } => {
                    let line = content.lines().next().unwrap_or_default();
                    return Err(format!("{file_name}: “{line}” is not a message of Fluent"));
                }
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            }
        }
    }
    let resolved: Result<Messages, String> = messages
        .iter()
        .map(|(key, message)| {
            let parts = merged(resolve(&message.parts, &messages, message, 0)?);
            Ok((
                key.clone(),
                Message {
                    parts,
                    ..message.clone()
                },
            ))
        })
        .collect();
    resolved
}

/// Adds a message and its attributes.
fn add_message(messages: &mut Messages, file: &str, message: &ast::Message<&str>) -> Result<(), String> {
    let key = message.id.name;
    let texts = message
        .value
        .iter()
        .map(|pattern| (key.to_owned(), pattern))
        .chain(
            message
                .attributes
                .iter()
                .map(|attribute| (format!("{key}.{}", attribute.id.name), &attribute.value)),
        );
    for (key, pattern) in texts {
        let place = format!("{file}: {key}");
        check_name(&key).map_err(|reason| format!("{place}: {reason}"))?;
        let parts = read_pattern(pattern).map_err(|reason| format!("{place}: {reason}"))?;
        let index = messages.len();
        // Two keys that differ only in `-` and `.` would be the same method.
        if let Some(other) = messages.insert(
            method_name(&key),
            Message {
                place: place.clone(),
                index,
                parts,
            },
        ) {
            return Err(format!("{place}: this key is defined twice; see {}", other.place));
        }
    }
    Ok(())
}

/// Checks that a key can be the name of a method.
fn check_name(key: &str) -> Result<(), String> {
    const KEYWORDS: [&str; 23] = [
        "as", "break", "const", "continue", "else", "enum", "for", "if", "impl", "in", "let", "loop",
        "match", "mod", "move", "new", "pub", "ref", "return", "static", "type", "use", "where",
    ];
    let is_simple = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    if !key.chars().all(is_simple) {
        return Err("use lower case letters, digits and hyphens in keys and variables".to_owned());
    }
    if KEYWORDS.contains(&key) {
        return Err(format!("“{key}” is a word of Rust; use a longer key"));
    }
    Ok(())
}

fn method_name(key: &str) -> String {
    key.replace(['-', '.'], "_")
}

/// Reads a text with its variables.
fn read_pattern(pattern: &ast::Pattern<&str>) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => parts.push(Part::Text((*value).to_owned())),
            PatternElement::Placeable { expression } => parts.push(read_expression(expression)?),
        }
    }
    Ok(merged(parts))
}

/// Reads what stands in braces.
fn read_expression(expression: &Expression<&str>) -> Result<Part, String> {
    match expression {
        Expression::Inline(inline) => read_inline(inline),
        Expression::Select { selector, variants } => {
            let (Part::Argument(name) | Part::Count(name)) = read_inline(selector)? else {
                return Err("only a variable can choose between texts".to_owned());
            };
            let mut texts = Vec::new();
            let mut other = None;
            for variant in variants {
                let parts = read_pattern(&variant.value)?;
                let key = match &variant.key {
                    ast::VariantKey::Identifier { name: "one" } => Some(1),
                    ast::VariantKey::Identifier { name: "other" } => None,
                    ast::VariantKey::NumberLiteral { value } => Some(
                        value
                            .parse()
                            .map_err(|_| format!("the choice [{value}] is not a whole number"))?,
                    ),
                    ast::VariantKey::Identifier { name } => {
                        return Err(format!(
                            "the choice [{name}] is none of [one], [other] and a number"
                        ));
                    }
                };
                match (key, variant.default) {
                    (None, true) => other = Some(parts),
                    (Some(_), false) => texts.push((key, parts)),
                    _ => return Err("the last choice has to be *[other], and no other one".to_owned()),
                }
            }
            texts.extend(other.map(|parts| (None, parts)));
            Ok(Part::Select(name, texts))
        }
    }
}

/// Reads a variable, a reference or a quoted text.
fn read_inline(inline: &InlineExpression<&str>) -> Result<Part, String> {
    match inline {
        InlineExpression::StringLiteral { value } => Ok(Part::Text(
            unicode::unescape_unicode_to_string(value).into_owned(),
        )),
        InlineExpression::VariableReference { id } => {
            check_name(id.name)?;
            Ok(Part::Argument(method_name(id.name)))
        }
        InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            match (arguments.positional.as_slice(), arguments.named.is_empty()) {
                ([InlineExpression::VariableReference { id }], true) => {
                    check_name(id.name)?;
                    Ok(Part::Count(method_name(id.name)))
                }
                _ => Err("NUMBER takes one variable and nothing else".to_owned()),
            }
        }
        InlineExpression::MessageReference { id, attribute } => Ok(Part::Reference(match attribute {
            None => method_name(id.name),
            Some(attribute) => method_name(&format!("{}.{}", id.name, attribute.name)),
        })),
        InlineExpression::Placeable { expression } => read_expression(expression),
        InlineExpression::NumberLiteral { .. }
        | InlineExpression::FunctionReference { .. }
        | InlineExpression::TermReference { .. } => {
            Err("only variables, keys, quoted texts and NUMBER can stand in braces".to_owned())
        }
    }
}

/// Joins texts that follow each other.
fn merged(parts: Vec<Part>) -> Vec<Part> {
    let mut merged: Vec<Part> = Vec::new();
    for part in parts {
        match (merged.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(text)) => *before += &text,
            (_, part) => merged.push(part),
        }
    }
    merged
}

/// Replaces references by the texts of their messages.
fn resolve(parts: &[Part], messages: &Messages, from: &Message, depth: usize) -> Result<Vec<Part>, String> {
    const MAX_DEPTH: usize = 4;
    let place = &from.place;
    if depth > MAX_DEPTH {
        return Err(format!("{place}: its references lead in a circle"));
    }
    let mut resolved = Vec::new();
    for part in parts {
        match part {
            Part::Reference(key) => {
                let Some(target) = messages.get(key) else {
                    return Err(format!("{place}: there is no message {key} to refer to"));
                };
                if !arguments_of(&target.parts).is_empty() {
                    return Err(format!(
                        "{place}: the message {key} has variables, so nothing can refer to it"
                    ));
                }
                resolved.extend(resolve(&target.parts, messages, from, depth + 1)?);
            }
            Part::Select(name, variants) => {
                let variants: Result<_, String> = variants
                    .iter()
                    .map(|(key, parts)| Ok((*key, merged(resolve(parts, messages, from, depth)?))))
                    .collect();
                resolved.push(Part::Select(name.clone(), variants?));
            }
            part => resolved.push(part.clone()),
        }
    }
    Ok(resolved)
}

/// Checks that the other language has all messages, in the same files and with the same arguments.
fn check_keys(messages: &Messages, others: &Messages, language: &str) -> Result<(), String> {
    for (key, message) in messages {
        let file_and_key = |message: &Message| message.place.split_once('/').map(|(_, rest)| rest.to_owned());
        let file = file_and_key(message).unwrap_or_default();
        let Some(other) = others.get(key) else {
            return Err(format!(
                "{language}/{file}: this key is missing; see {}",
                message.place
            ));
        };
        if file_and_key(other) != Some(file) {
            return Err(format!(
                "{}: this key is in another file in the other language; see {}",
                other.place, message.place
            ));
        }
        let names = |message: &Message| {
            let mut names: Vec<String> = arguments_of(&message.parts)
                .into_iter()
                .map(|argument| format!("${}", argument.name))
                .collect();
            names.sort();
            names.join(", ")
        };
        if names(message) != names(other) {
            return Err(format!(
                "{}: its variables are ({}), but in {} they are ({})",
                message.place,
                names(message),
                other.place,
                names(other)
            ));
        }
    }
    Ok(())
}

/// Returns the arguments in the order in which they first appear.
fn arguments_of(parts: &[Part]) -> Vec<Argument> {
    fn add(arguments: &mut Vec<Argument>, name: &str, is_count: bool) {
        match arguments.iter_mut().find(|argument| argument.name == name) {
            Some(argument) => argument.is_count |= is_count,
            None => arguments.push(Argument {
                name: name.to_owned(),
                is_count,
            }),
        }
    }
    let mut arguments = Vec::new();
    for part in parts {
        match part {
            Part::Text(_) | Part::Reference(_) => {}
            Part::Argument(name) => add(&mut arguments, name, false),
            Part::Count(name) => add(&mut arguments, name, true),
            Part::Select(name, variants) => {
                add(&mut arguments, name, true);
                for argument in variants.iter().flat_map(|(_, parts)| arguments_of(parts)) {
                    add(&mut arguments, &argument.name, argument.is_count);
                }
            }
        }
    }
    arguments
}

/// Writes the method of a message, which is given in English and Chinese.
fn write_method(code: &mut String, name: &str, languages: [&Message; 2]) -> Result<(), String> {
    let mut arguments = arguments_of(&languages[0].parts);
    for other in arguments_of(&languages[1].parts) {
        for argument in &mut arguments {
            argument.is_count |= argument.name == other.name && other.is_count;
        }
    }
    let text = described(&languages[0].parts)
        .replace('`', "’")
        .replace('\n', " ");
    let _ = writeln!(code, "    #[doc = {:?}]", format!("Returns `{text}`"));
    let parameters: String = arguments
        .iter()
        .map(|argument| match argument.is_count {
            true => format!(", {}: usize", argument.name),
            false => format!(", {}: impl ::std::fmt::Display", argument.name),
        })
        .collect();
    let (qualifier, result) = match arguments.is_empty() {
        true => ("const ", "&'static str"),
        false => ("", "String"),
    };
    let _ = writeln!(
        code,
        "    pub {qualifier}fn {name}(self{parameters}) -> {result} {{"
    );
    if languages[0].parts == languages[1].parts {
        let _ = writeln!(
            code,
            "        {}",
            expression(&languages[0].parts, &arguments, false)
        );
    } else {
        let _ = writeln!(code, "        match self.locale {{");
        for (message, (language, variant)) in languages.into_iter().zip(LANGUAGES) {
            let expression = expression(&message.parts, &arguments, language == "zh-Hans");
            let _ = writeln!(code, "            Locale::{variant} => {expression},");
        }
        let _ = writeln!(code, "        }}");
    }
    let _ = writeln!(code, "    }}");
    Ok(())
}

/// Returns the text with its variables, for documentation.
fn described(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Argument(name) | Part::Count(name) => format!("{{{name}}}"),
            Part::Reference(_) => String::new(),
            Part::Select(_, variants) => variants
                .iter()
                .map(|(_, parts)| described(parts))
                .collect::<Vec<_>>()
                .join(" | "),
        })
        .collect()
}

/// Returns the Rust expression of a text. In Chinese, the values determine the spaces beside them.
fn expression(parts: &[Part], arguments: &[Argument], is_chinese: bool) -> String {
    let select = parts.iter().position(|part| matches!(part, Part::Select(..)));
    if let Some(index) = select
        && let Part::Select(name, variants) = &parts[index]
    {
        let arms: Vec<String> = variants
            .iter()
            .map(|(key, variant)| {
                let whole = [&parts[..index], variant, &parts[index + 1..]].concat();
                let pattern = key.map_or("_".to_owned(), |key| key.to_string());
                format!(
                    "{pattern} => {}",
                    expression(&merged(whole), arguments, is_chinese)
                )
            })
            .collect();
        return format!("match {name} {{ {} }}", arms.join(", "));
    }
    let is_count = |name: &String| {
        arguments
            .iter()
            .any(|argument| argument.name == *name && argument.is_count)
    };
    if is_chinese && parts.iter().any(|part| !matches!(part, Part::Text(_))) {
        let pieces: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Part::Text(plain) => format!("&{plain:?}"),
                Part::Argument(name) | Part::Count(name) if is_count(name) => {
                    format!("&format_count({name})")
                }
                Part::Argument(name) | Part::Count(name) => format!("&{name}"),
                Part::Reference(_) | Part::Select(..) => String::new(),
            })
            .collect();
        return format!("join_chinese(&[{}])", pieces.join(", "));
    }
    let mut text = String::new();
    let mut values = String::new();
    for part in parts {
        match part {
            Part::Text(plain) if parts.len() == 1 => text += plain,
            Part::Text(plain) => text += &plain.replace('{', "{{").replace('}', "}}"),
            Part::Argument(name) | Part::Count(name) => {
                let value = format!(", {name} = format_count({name})");
                if is_count(name) && !values.contains(&value) {
                    values += &value;
                }
                let _ = write!(text, "{{{name}}}");
            }
            Part::Reference(_) | Part::Select(..) => {}
        }
    }
    match arguments.is_empty() {
        true => format!("{text:?}"),
        false if parts.iter().all(|part| matches!(part, Part::Text(_))) => format!("{text:?}.to_owned()"),
        false => format!("format!({text:?}{values})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> [SourceFile; 1] {
        [SourceFile {
            name: "a.ftl".to_owned(),
            text: text.to_owned(),
        }]
    }

    fn generated(english: &str, chinese: &str) -> Result<String, String> {
        generate(&file(english), &file(chinese))
    }

    #[test]
    fn a_message_becomes_a_method() {
        let code = generated(
            "open-file = Open “{ $path }”: { $reason }\n    .tooltip = Open a file.\n",
            "open-file = 打开“{ $path }”：{ $reason }\n    .tooltip = 打开一个文件。\n",
        )
        .unwrap();
        for part in [
            "pub fn open_file(self, path: impl ::std::fmt::Display, reason: impl ::std::fmt::Display) -> String {",
            r#"Locale::English => format!("Open “{path}”: {reason}"),"#,
            r#"Locale::SimplifiedChinese => join_chinese(&[&"打开“", &path, &"”：", &reason]),"#,
            "pub const fn open_file_tooltip(self) -> &'static str {",
            r#"#[doc = "Returns `Open a file.`"]"#,
        ] {
            assert!(code.contains(part), "{part} in {code}");
        }
    }

    #[test]
    fn a_number_of_things_chooses_the_text() {
        let english = "samples = { $count ->\n    [0] No samples\n    [one] One sample\n   *[other] { $count } samples\n } of { $name }\n";
        let code = generated(english, "samples = { $name }的 { $count } 个样本\n").unwrap();
        for part in [
            "pub fn samples(self, count: usize, name: impl ::std::fmt::Display) -> String {",
            r#"match count { 0 => format!("No samples of {name}"), 1 => format!("One sample of {name}"), _ => format!("{count} samples of {name}", count = format_count(count)) }"#,
            r#"join_chinese(&[&name, &"的 ", &format_count(count), &" 个样本"])"#,
        ] {
            assert!(code.contains(part), "{part} in {code}");
        }
    }

    #[test]
    fn a_reference_is_replaced_by_the_text_of_its_message() {
        let code = generated(
            "pane = Training\nchoose = Choose data in { pane }: { \"{\" } { NUMBER($count) }\n",
            "pane = 训练\nchoose = 在“{ pane }”中选择数据：{ \"{\" } { NUMBER($count) }\n",
        )
        .unwrap();
        assert!(
            code.contains(r#"format!("Choose data in Training: {{ {count}", "#),
            "{code}"
        );
        assert!(code.contains("fn choose(self, count: usize)"), "{code}");
    }

    #[test]
    fn a_broken_catalog_is_refused_with_the_file_and_the_key() {
        for (english, chinese, problem) in [
            (
                "a = A\nb = B\n",
                "a = 甲\n",
                "zh-Hans/a.ftl: b: this key is missing; see en/a.ftl: b",
            ),
            (
                "a = A\n",
                "a = 甲\nb = 乙\n",
                "en/a.ftl: b: this key is missing; see zh-Hans/a.ftl: b",
            ),
            (
                "a = A\n    .t = T\n",
                "a = 甲\n",
                "zh-Hans/a.ftl: a.t: this key is missing",
            ),
            (
                "a = A { $x }\n",
                "a = 甲 { $y }\n",
                "en/a.ftl: a: its variables are ($x), but in zh-Hans/a.ftl: a they are ($y)",
            ),
            (
                "a = A\na = B\n",
                "a = 甲\n",
                "en/a.ftl: a: this key is defined twice; see en/a.ftl: a",
            ),
            (
                "a = A\n    .b = B\na-b = C\n",
                "a = 甲\n",
                "en/a.ftl: a-b: this key is defined twice",
            ),
            (
                "a = A\n\nb B\n",
                "a = 甲\n",
                "en/a.ftl, line 3: this is not a message of Fluent",
            ),
            ("a = A { $x\n", "a = 甲\n", "en/a.ftl, line "),
            ("-a = A\n", "a = 甲\n", "en/a.ftl: the term -a is not supported"),
            (
                "a = { b }\n",
                "a = 甲\n",
                "en/a.ftl: a: there is no message b to refer to",
            ),
            (
                "a = { b }\nb = { a }\n",
                "a = 甲\nb = 乙\n",
                "its references lead in a circle",
            ),
            (
                "a = { b }\nb = { $x }\n",
                "a = 甲\nb = { $x }\n",
                "en/a.ftl: a: the message b has variables",
            ),
            (
                "match = A\n",
                "match = 甲\n",
                "en/a.ftl: match: “match” is a word of Rust",
            ),
            ("aB = A\n", "aB = 甲\n", "en/a.ftl: aB: use lower case letters"),
            (
                "a = { $x ->\n    [few] A\n   *[other] B\n }\n",
                "a = 甲{ $x }\n",
                "en/a.ftl: a: the choice [few]",
            ),
            (
                "a = { $x ->\n   *[one] A\n }\n",
                "a = 甲{ $x }\n",
                "en/a.ftl: a: the last choice",
            ),
            (
                "a = { DATETIME($x) }\n",
                "a = 甲{ $x }\n",
                "en/a.ftl: a: only variables, keys",
            ),
        ] {
            let error = generated(english, chinese).unwrap_err();
            assert!(error.contains(problem), "{error} has no {problem}");
        }
        let english = [SourceFile {
            name: "b.ftl".to_owned(),
            text: "a = A\n".to_owned(),
        }];
        let error = generate(&english, &file("a = 甲\n")).unwrap_err();
        assert!(
            error.contains("this key is in another file in the other language"),
            "{error}"
        );
    }
}
