//! The message catalog: every text that people read, in every language.
//!
//! The texts are in `assets/locales`, in a folder for each language, and have the syntax of Fluent. `build.rs`
//! checks them and generates a method of [`Messages`] for each, so that a missing key, a missing argument or an
//! unused language is an error of the compiler. The texts become Rust code instead of being read when the
//! program starts, because that needs no parser in the program, a label costs no more than a `match`, and
//! nothing can fail while a text is shown.

use std::fmt::{self, Display};
use std::sync::Arc;

use super::Locale;

/// The texts in one language: a method for each message.
///
/// A message without arguments is a `&'static str`. A number of things is an argument of the type `usize`,
/// which also chooses between “sample” and “samples”; everything else is a text or a number that has already
/// been formatted. The arguments have the order of the English text.
///
/// ```
/// use neurodial_core::text::{Locale, Messages};
///
/// assert_eq!(Messages::new(Locale::English).list(["a", "b", "c"]), "a, b, and c");
/// assert_eq!(Messages::new(Locale::SimplifiedChinese).list(["甲", "乙", "丙"]), "甲、乙、丙");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Messages {
    /// The language of the texts.
    pub locale: Locale,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Messages {
    /// The English texts, which are those of the command line.
    pub const ENGLISH: Self = Self::new(Locale::English);

    /// Creates the texts in a language.
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// Returns the items as a list in a sentence: “a, b, and c”.
    pub fn list<T: Display>(self, items: impl IntoIterator<Item = T>) -> String {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        match items.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first, second] => self.list_of_two(first, second),
            [start @ .., last] => self.list_of_several(start.join(self.list_separator()), last),
        }
    }
}

/// A text that is made in the language of the person who reads it, such as that of an error.
pub trait Localized {
    /// Returns the text.
    fn message(&self, messages: Messages) -> String;
}

/// A [`Localized`] text of any type that can be cloned and stored, such as the reason of a failure. Two are
/// equal if their English texts are.
#[derive(Clone)]
pub struct SharedText(Arc<dyn Localized + Send + Sync>);

impl SharedText {
    /// Creates it from a text or an error.
    pub fn new(text: impl Localized + Send + Sync + 'static) -> Self {
        Self(Arc::new(text))
    }
}

impl Localized for SharedText {
    fn message(&self, messages: Messages) -> String {
        self.0.message(messages)
    }
}

impl fmt::Debug for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.message(Messages::ENGLISH))
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        self.message(Messages::ENGLISH) == other.message(Messages::ENGLISH)
    }
}

impl Eq for SharedText {}

crate::localized_errors!(SharedText);

/// Implements `Display` with the English text, and `Error`, for types that are [`Localized`].
///
/// ```
/// use neurodial_core::text::{Localized, Messages};
///
/// #[derive(Debug)]
/// struct NoSuchLanguage(String);
///
/// impl Localized for NoSuchLanguage {
///     fn message(&self, messages: Messages) -> String {
///         messages.unknown_locale(&self.0, "en")
///     }
/// }
///
/// neurodial_core::localized_errors!(NoSuchLanguage);
///
/// let error: Box<dyn std::error::Error> = Box::new(NoSuchLanguage("fr".into()));
/// assert_eq!(error.to_string(), "there is no language “fr”; use one of en");
/// ```
#[macro_export]
macro_rules! localized_errors {
    ($($Error:ty),+ $(,)?) => {
        $(
            impl ::std::fmt::Display for $Error {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(&$crate::text::Localized::message(self, $crate::text::Messages::ENGLISH))
                }
            }

            impl ::std::error::Error for $Error {}
        )+
    };
}

/// Joins the pieces of a Chinese text: between a Chinese character and a letter or digit is a space, beside
/// full-width punctuation and between Chinese characters is none. Pieces are texts of the catalog and values in
/// turn; within a piece nothing changes.
pub(crate) fn join_chinese(pieces: &[&dyn Display]) -> String {
    let is_chinese = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    let is_full_width = |c: char| {
        ('\u{3000}'..='\u{303f}').contains(&c)
            || ('\u{ff01}'..='\u{ff5e}').contains(&c)
            || "“”‘’…—".contains(c)
    };
    let mut text = String::new();
    for piece in pieces {
        let piece = piece.to_string();
        let (before, after) = (
            text.trim_end().chars().next_back(),
            piece.trim_start().chars().next(),
        );
        let (Some(before), Some(after)) = (before, after) else {
            text += &piece;
            continue;
        };
        let has_space = if is_full_width(before) || is_full_width(after) {
            Some(false)
        } else if is_chinese(before) != is_chinese(after) {
            Some(!matches!(after, '%' | '°'))
        } else if is_chinese(before) {
            Some(false)
        } else {
            None
        };
        match has_space {
            None => text += &piece,
            Some(has_space) => {
                text.truncate(text.trim_end().len());
                text += if has_space { " " } else { "" };
                text += piece.trim_start();
            }
        }
    }
    text
}

/// Formats a number of things, with a comma between thousands from 10,000 on.
pub fn format_count(count: usize) -> String {
    let digits = count.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas_from_ten_thousand_on() {
        for (count, text) in [
            (0, "0"),
            (999, "999"),
            (9999, "9999"),
            (10_000, "10,000"),
            (109_386, "109,386"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(format_count(count), text);
        }
    }

    #[test]
    fn values_in_chinese_texts_have_spaces_where_they_belong() {
        let joined = |name: &str, value: &str| join_chinese(&[&"设置 ", &name, &" 为 ", &value, &"。"]);
        for (name, value, text) in [
            ("x₁", "0.5", "设置 x₁ 为 0.5。"),
            ("神经元 2", "−1", "设置神经元 2 为 −1。"),
            ("“身高”", "约 3", "设置“身高”为约 3。"),
            ("“a 第1组”", "", "设置“a 第1组”为。"),
        ] {
            assert_eq!(joined(name, value), text);
        }
        assert_eq!(join_chinese(&[&"准确率 ", &"98", &"%"]), "准确率 98%");
        assert_eq!(join_chinese(&[&"a", &"b ", &"c"]), "ab c");
    }

    #[test]
    fn lists_have_the_punctuation_of_their_language() {
        for (items, english, chinese) in [
            (&[][..], "", ""),
            (&["a"], "a", "a"),
            (&["a", "b"], "a and b", "a、b"),
            (&["a", "b", "c", "d"], "a, b, c, and d", "a、b、c、d"),
        ] {
            assert_eq!(Messages::ENGLISH.list(items), english);
            assert_eq!(Messages::new(Locale::SimplifiedChinese).list(items), chinese);
        }
    }
}
