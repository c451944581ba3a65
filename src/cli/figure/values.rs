//! What the options of figures may be.

use anyhow::{Context as _, bail};

use crate::look::ThemeMode;
use neurodial_core::network::{Architecture, NeuronAddress};
use crate::panes::EdgeLabels;
use crate::panes::plate::FigurePanel;
use neurodial_core::session::target::parse_address;
use neurodial_core::session::{CurveScope, Adjustable};
use neurodial_core::words::{parse_number, shortened};

/// Puts the option in front of what is wrong with it.
pub trait OptionContext<T> {
    /// # Errors
    /// As it is, with the option in front.
    fn option_context(self, option: &'static str) -> anyhow::Result<T>;
}

impl<T, E: std::fmt::Display> OptionContext<T> for Result<T, E> {
    fn option_context(self, option: &'static str) -> anyhow::Result<T> {
        self.map_err(|e| anyhow::anyhow!("{option}: {e}"))
    }
}

/// The panes of a figure.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_panels(names: &[&str]) -> anyhow::Result<Vec<FigurePanel>> {
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

/// The values of a family, with commas, or semicolons where commas are decimal.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_numbers(text: &str) -> anyhow::Result<Vec<f64>> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator)
        .map(parse_number)
        .collect::<Result<_, _>>()
        .option_context("--values")
}

/// A size of type in points of 1/72 inch.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_font_size(text: &str) -> anyhow::Result<f32> {
    const SIZES: std::ops::RangeInclusive<f32> = 2.0..=200.0;
    let number = text.trim().trim_end_matches("pt").trim();
    match number.parse::<f32>() {
        Ok(size) if SIZES.contains(&size) => Ok(size),
        _ => bail!("--font-size is 2pt to 200pt, not “{}”", shortened(text)),
    }
}

/// The colours that a look means.
///
/// # Errors
/// One sentence that says how it is written.
pub fn parse_mode(name: &str) -> anyhow::Result<ThemeMode> {
    match name {
        "print" => Ok(ThemeMode::Print),
        "light" => Ok(ThemeMode::Light),
        "dark" => Ok(ThemeMode::Dark),
        "gray" | "grey" => Ok(ThemeMode::Grayscale),
        other => bail!("--look is print, light, dark or gray, not “{}”", shortened(other)),
    }
}

/// How many decimals numbers have.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_decimals(text: &str) -> anyhow::Result<usize> {
    match text.trim().parse::<usize>() {
        Ok(decimals @ 0..=12) => Ok(decimals),
        _ => bail!("--decimals is 0 to 12, not {}", quoted(text)),
    }
}

/// Dots per inch.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_dpi(text: &str) -> anyhow::Result<f32> {
    match text.trim().parse::<f32>() {
        Ok(dpi) if (1.0..=10_000.0).contains(&dpi) => Ok(dpi),
        _ => bail!("--dpi is 1 to 10000, not {}", quoted(text)),
    }
}

/// A number as it stands, other text in quotes.
fn quoted(text: &str) -> String {
    match text.trim().parse::<f64>() {
        Ok(_) => text.trim().to_owned(),
        Err(_) => format!("“{}”", shortened(text)),
    }
}

/// Which weights are written on their edges.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_labels(text: &str) -> anyhow::Result<EdgeLabels> {
    match text {
        "all" => Ok(EdgeLabels::All),
        "selected" => Ok(EdgeLabels::Selected),
        "none" => Ok(EdgeLabels::None),
        other => bail!("--labels is all, selected or none, not “{}”", shortened(other)),
    }
}

/// Whose curves.
///
/// # Errors
/// One sentence that says what there is.
pub fn parse_scope(text: &str) -> anyhow::Result<CurveScope> {
    match text {
        "neuron" => Ok(CurveScope::Neuron),
        "layer" => Ok(CurveScope::Layer),
        "network" => Ok(CurveScope::Network),
        other => bail!("--curves is neuron, layer or network, not “{}”", shortened(other)),
    }
}

/// A neuron's address, counted from 1.
///
/// # Errors
/// One sentence that says how it is written.
pub fn parse_neuron(text: &str) -> anyhow::Result<NeuronAddress> {
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

/// A target of this network.
///
/// # Errors
/// One sentence with the option: the network has none such.
pub fn check_adjustable(target: Adjustable, architecture: &Architecture, option: &str) -> anyhow::Result<Adjustable> {
    if !target.is_in(architecture) {
        bail!("{option}: this network has no {target}");
    }
    Ok(target)
}

/// The place of something that can be swept.
///
/// # Errors
/// One sentence that says how it is written.
pub fn parse_adjustable(text: &str) -> anyhow::Result<Adjustable> {
    Adjustable::parse(text).with_context(|| {
        format!(
            "“{}” can’t be swept; write it like x[1], w[1,2,3] or b[1,2], counted from 1",
            shortened(text)
        )
    })
}
