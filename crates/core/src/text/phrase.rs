//! Short texts within messages: counts, capitals and quoted beginnings.

/// Returns a count with its noun: “1 layer”, “2 layers”, “2 biases”.
pub fn count_with_noun(count: usize, noun: &str) -> String {
    let plural = match count {
        1 => "",
        _ if noun.ends_with('s') => "es",
        _ => "s",
    };
    format!("{count} {noun}{plural}")
}

/// Returns the text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + characters.as_str(),
        None => String::new(),
    }
}

/// Returns the text with its first letter in lower case, unless the word is a name such as “L1” or “ReLU”.
pub(crate) fn uncapitalized(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().collect::<String>() + characters.as_str()
        }
        _ => text.to_owned(),
    }
}

/// Returns the beginning of a text, to be quoted in a message: at most 40 characters, without control
/// characters, followed by “…” if the text is longer.
pub fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut characters = text.chars();
    let start: String = characters
        .by_ref()
        .take(MAX_CHARS)
        .filter(|c| !c.is_control())
        .collect();
    if characters.next().is_some() {
        start + "…"
    } else {
        start
    }
}
