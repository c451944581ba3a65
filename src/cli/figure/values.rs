//! Parsers for the values of the options of figures.

use anyhow::{Context as _, bail};

use crate::figure_page::FigurePanel;
use crate::panes::EdgeLabels;
use crate::theme::ThemeMode;
use neurodial_core::network::{Architecture, NeuronAddress};
use neurodial_core::session::adjustable::parse_address;
use neurodial_core::session::{Adjustable, CurveScope};
use neurodial_core::text::{Locale, parse_number, shortened};

use crate::cli::option_context::OptionContext as _;

/// Parses the panes of a figure.
///
/// # Errors
/// Returns an error if a name is unknown or there are too many panes.
pub(crate) fn parse_panels(names: &[&str]) -> anyhow::Result<Vec<FigurePanel>> {
    const MAX_PANELS: usize = 6;
    if names.len() > MAX_PANELS {
        bail!("a figure has at most {MAX_PANELS} panes side by side");
    }
    let parse_panel = |&name: &&str| {
        FigurePanel::from_name(name).with_context(|| match name {
            "window" => "the window stands alone: --pane window".to_owned(),
            _ => format!(
                "there is no pane “{}”; the panes are {} and window",
                shortened(name),
                FigurePanel::names().join(", ")
            ),
        })
    };
    names.iter().map(parse_panel).collect()
}

/// Parses the values of a curve family, separated by commas, or by semicolons if there is one; a comma is
/// then a decimal comma.
///
/// # Errors
/// Returns an error if a value is not a number.
pub(crate) fn parse_numbers(text: &str) -> anyhow::Result<Vec<f64>> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator)
        .map(parse_number)
        .collect::<Result<_, _>>()
        .option_context("--values")
}

/// Parses a font size in points (1/72 inch), with or without “pt”.
///
/// # Errors
/// Returns an error if it isn’t from 2 to 200.
pub(crate) fn parse_font_size(text: &str) -> anyhow::Result<f32> {
    const SIZES: std::ops::RangeInclusive<f32> = 2.0..=200.0;
    let number = text.trim().trim_end_matches("pt").trim();
    match number.parse::<f32>() {
        Ok(size) if SIZES.contains(&size) => Ok(size),
        _ => bail!("--font-size is 2pt to 200pt, not “{}”", shortened(text)),
    }
}

/// Parses the name of a color theme.
///
/// # Errors
/// Returns an error if the name is unknown.
pub(crate) fn parse_mode(name: &str) -> anyhow::Result<ThemeMode> {
    let name = if name == "grey" { "gray" } else { name };
    let mode = ThemeMode::ALL.into_iter().find(|mode| mode.name() == name);
    mode.with_context(|| format!("--look is print, light, dark or gray, not “{}”", shortened(name)))
}

/// Parses the language of the texts; it is English if none is given.
///
/// # Errors
/// Returns an error with the available languages if the name is unknown.
pub(crate) fn parse_locale(name: Option<&str>) -> anyhow::Result<Locale> {
    name.map_or(Ok(Locale::English), |name| {
        name.parse().option_context("--language")
    })
}

/// Parses the number of decimals.
///
/// # Errors
/// Returns an error if it isn’t from 0 to 12.
pub(crate) fn parse_decimals(text: &str) -> anyhow::Result<usize> {
    match text.trim().parse::<usize>() {
        Ok(decimals @ 0..=12) => Ok(decimals),
        _ => bail!("--decimals is 0 to 12, not {}", quoted(text)),
    }
}

/// Parses a resolution in dots per inch.
///
/// # Errors
/// Returns an error if it isn’t from 1 to 10,000.
pub(crate) fn parse_dpi(text: &str) -> anyhow::Result<f32> {
    match text.trim().parse::<f32>() {
        Ok(dpi) if (1.0..=10_000.0).contains(&dpi) => Ok(dpi),
        _ => bail!("--dpi is 1 to 10000, not {}", quoted(text)),
    }
}

/// Returns a number as it is and other text in quotes.
fn quoted(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(_) => text.trim().to_owned(),
        Err(_) => format!("“{}”", shortened(text)),
    }
}

/// Parses the choice of the weights that are labeled on their edges.
///
/// # Errors
/// Returns an error if it isn’t `all`, `selected` or `none`.
pub(crate) fn parse_labels(text: &str) -> anyhow::Result<EdgeLabels> {
    match text {
        "all" => Ok(EdgeLabels::All),
        "selected" => Ok(EdgeLabels::Selected),
        "none" => Ok(EdgeLabels::None),
        other => bail!("--labels is all, selected or none, not “{}”", shortened(other)),
    }
}

/// Parses the choice of the neurons whose curves are shown.
///
/// # Errors
/// Returns an error if it isn’t `neuron`, `layer` or `network`.
pub(crate) fn parse_scope(text: &str) -> anyhow::Result<CurveScope> {
    match text {
        "neuron" => Ok(CurveScope::Neuron),
        "layer" => Ok(CurveScope::Layer),
        "network" => Ok(CurveScope::Network),
        other => bail!("--curves is neuron, layer or network, not “{}”", shortened(other)),
    }
}

/// Parses a neuron’s address, such as `neuron[1,2]`: layer and neuron, counted from 1.
///
/// # Errors
/// Returns an error if the text has another form.
pub(crate) fn parse_neuron(text: &str) -> anyhow::Result<NeuronAddress> {
    match parse_address(text) {
        Some(("neuron", at)) if at.len() == 2 => Ok(NeuronAddress {
            layer: at[0],
            neuron: at[1],
        }),
        _ => bail!(
            "“{}” is no neuron; write it like neuron[1,2]: layer and neuron, counted from 1",
            shortened(text)
        ),
    }
}

/// Checks that the network has a knob or input, and returns it.
///
/// # Errors
/// Returns an error with the name of the option if the network doesn’t have it.
pub(crate) fn check_adjustable(
    target: Adjustable,
    architecture: &Architecture,
    option: &str,
) -> anyhow::Result<Adjustable> {
    if !target.is_in(architecture) {
        bail!("{option}: this network has no {target}");
    }
    Ok(target)
}

/// Parses the address of a knob or input that can be swept, such as `w[1,2,3]`, counted from 1.
///
/// # Errors
/// Returns an error if the text has another form.
pub(crate) fn parse_adjustable(text: &str) -> anyhow::Result<Adjustable> {
    Adjustable::parse(text).with_context(|| {
        format!(
            "“{}” can’t be swept; write it like x[1], w[1,2,3] or b[1,2], counted from 1",
            shortened(text)
        )
    })
}
