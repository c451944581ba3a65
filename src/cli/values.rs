//! Parsers for the values of options, and changes of what is shown that options ask for.

use std::ffi::OsStr;

use anyhow::anyhow;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;

use crate::theme::ThemeMode;
use egui_figure::svg::TextMode;
use neurodial_core::code::Language;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::adjustable::parse_address;
use neurodial_core::session::view::MAX_DECIMALS;
use neurodial_core::session::{ActionError, Adjustable, Session, ViewChange};
use neurodial_core::text::{Locale, parse_integer, parse_number, shortened, to_half_width};

/// A parser for a closed choice: each possible value with what it means. The possible values are in the help
/// and in the error for another value.
#[derive(Clone)]
pub(crate) struct Choices<T>(Vec<(PossibleValue, T)>);

impl<T: Clone + Send + Sync + 'static> Choices<T> {
    /// Creates the parser for these choices.
    pub(crate) fn new<V: Into<PossibleValue>>(choices: impl IntoIterator<Item = (V, T)>) -> Self {
        Self(
            choices
                .into_iter()
                .map(|(value, choice)| (value.into(), choice))
                .collect(),
        )
    }

    fn values(&self) -> impl Iterator<Item = PossibleValue> {
        self.0.iter().map(|(value, _)| value.clone())
    }
}

impl<T: Copy + Send + Sync + 'static> Choices<T> {
    /// Creates the parser for an enum with names.
    pub(crate) fn named(all: impl IntoIterator<Item = T>, name: fn(T) -> &'static str) -> Self {
        Self::new(all.into_iter().map(|choice| (name(choice), choice)))
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Choices<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        // The values of a list may have blanks after the commas.
        let value = value.to_str().map_or(value, |text| OsStr::new(text.trim()));
        let name = PossibleValuesParser::new(self.values()).parse_ref(command, argument, value)?;
        let found = self.0.iter().find(|(value, _)| value.matches(&name, false));
        found
            .map(|(_, choice)| choice.clone())
            .ok_or_else(|| clap::Error::new(ErrorKind::InvalidValue).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.values()))
    }
}

/// Returns the parser for the color themes.
pub(crate) fn theme_modes() -> Choices<ThemeMode> {
    Choices::new(ThemeMode::ALL.map(|mode| match mode {
        ThemeMode::Grayscale => (PossibleValue::new("grayscale").aliases(["gray", "grey"]), mode),
        ThemeMode::Print
        | ThemeMode::Light
        | ThemeMode::Dark
        | ThemeMode::HighContrast
        | ThemeMode::HighContrastDark => (mode.name().into(), mode),
    }))
}

/// Returns the parser for the languages of texts.
pub(crate) fn locales() -> Choices<Locale> {
    Choices::named(Locale::ALL, Locale::name)
}

/// Returns the parser for the languages of code.
pub(crate) fn languages() -> Choices<Language> {
    Choices::named(Language::ALL, Language::name)
}

/// Parses a number of decimals.
///
/// # Errors
/// Returns a sentence if it isn’t from 0 to 12.
pub(crate) fn parse_decimals(text: &str) -> Result<usize, String> {
    match parse_integer(text) {
        Ok(decimals @ 0..=MAX_DECIMALS) => Ok(decimals),
        _ => Err(format!(
            "“{}” is not a number of decimals; write an integer from 0 to {MAX_DECIMALS}",
            shortened(text)
        )),
    }
}

/// Numbers in one argument.
pub(crate) type NumberList = Vec<f64>;

/// Parses numbers separated by commas, or by semicolons if there is one; a comma is then a decimal comma.
///
/// # Errors
/// Returns an error if one of them is not a number.
pub(crate) fn parse_numbers(text: &str) -> Result<NumberList, String> {
    let text = to_half_width(text);
    let separator = if text.contains(';') { ';' } else { ',' };
    let number = |text| parse_number(text).map_err(|e| e.to_string());
    text.split(separator).map(number).collect()
}

/// Parses a resolution in dots per inch.
///
/// # Errors
/// Returns a sentence if it isn’t from 1 to 10,000.
pub(crate) fn parse_dpi(text: &str) -> Result<f32, String> {
    match parse_number(text) {
        Ok(dpi) if (1.0..=10_000.0).contains(&dpi) => Ok(dpi as f32),
        _ => Err(format!(
            "“{}” is not a resolution; write a number from 1 to 10000",
            shortened(text)
        )),
    }
}

/// Parses a random seed.
///
/// # Errors
/// Returns a sentence if it isn’t a whole number from 0 on.
pub(crate) fn parse_seed(text: &str) -> Result<u64, String> {
    let error = |_| {
        format!(
            "“{}” is not a seed; write an integer from 0 to {}",
            shortened(text),
            u64::MAX
        )
    };
    parse_integer(text).map_err(error)
}

/// Parses a neuron’s address, such as `neuron[1,2]`: layer and neuron, counted from 1.
///
/// # Errors
/// Returns a sentence if the text has another form.
pub(crate) fn parse_neuron(text: &str) -> Result<NeuronAddress, String> {
    match parse_address(text) {
        Some(("neuron", at)) if at.len() == 2 => Ok(NeuronAddress {
            layer: at[0],
            neuron: at[1],
        }),
        _ => Err(format!(
            "“{}” is not a neuron; write it like neuron[1,2]: layer and neuron, counted from 1",
            shortened(text)
        )),
    }
}

/// Parses the address of a knob or input that can be swept, such as `w[1,2,3]`, counted from 1.
///
/// # Errors
/// Returns a sentence if the text has another form.
pub(crate) fn parse_adjustable(text: &str) -> Result<Adjustable, String> {
    Adjustable::parse(text).ok_or_else(|| {
        format!(
            "“{}” is not a knob or an input; write it like x[1], w[1,2,3] or b[1,2], counted from 1",
            shortened(text)
        )
    })
}

/// Returns how text is written, depending on the option `--outline`.
pub(crate) fn text_mode(has_outlines: bool) -> TextMode {
    if has_outlines {
        TextMode::Outlines
    } else {
        TextMode::EmbeddedFonts
    }
}

/// Changes what a session shows.
///
/// # Errors
/// Returns an error that begins with the name of the option if the change is rejected.
pub(crate) fn change_view(session: &mut Session, option: &str, change: ViewChange) -> anyhow::Result<()> {
    session
        .apply(change)
        .map_err(|refusal| refusal_error(option, &refusal))
}

/// Returns an error with the option or the place that was to be set, and the reason beginning in lower case.
pub(crate) fn refusal_error(place: &str, refusal: &ActionError) -> anyhow::Error {
    let reason = refusal.to_string();
    let mut characters = reason.chars();
    let first: String = characters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    anyhow!("{place}: {first}{}", characters.as_str())
}
