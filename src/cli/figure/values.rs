//! What the options of figures may be.

use anyhow::{Context as _, bail};

use crate::look::Mode;
use neurodial_core::network::{Blueprint, NeuronAt};
use crate::panes::Labels;
use crate::panes::plate::Exhibit;
use neurodial_core::session::target::address;
use neurodial_core::session::{Scope, Target};
use neurodial_core::words::{parse_number, shortened};

/// Puts the option in front of what is wrong with it.
pub trait ContextOf<T> {
    /// # Errors
    /// As it is, with the option in front.
    fn context_of(self, option: &'static str) -> anyhow::Result<T>;
}

impl<T, E: std::fmt::Display> ContextOf<T> for Result<T, E> {
    fn context_of(self, option: &'static str) -> anyhow::Result<T> {
        self.map_err(|e| anyhow::anyhow!("{option}: {e}"))
    }
}

/// The panes of a figure.
///
/// # Errors
/// One sentence that says what there is.
pub fn exhibits(names: &[&str]) -> anyhow::Result<Vec<Exhibit>> {
    const MOST: usize = 6;
    if names.len() > MOST {
        bail!("a figure has at most {MOST} panes side by side");
    }
    let exhibit = |&name: &&str| {
        Exhibit::named(name).with_context(|| match name {
            "window" => "the window stands alone: --pane window".to_owned(),
            _ => format!(
                "there is no pane “{}”; the panes are {} and window",
                shortened(name),
                Exhibit::names().join(", ")
            ),
        })
    };
    names.iter().map(exhibit).collect()
}

/// The values of a family, with commas, or semicolons where commas are decimal.
///
/// # Errors
/// One sentence that says what there is.
pub fn numbers(text: &str) -> anyhow::Result<Vec<f64>> {
    let separator = if text.contains(';') { ';' } else { ',' };
    text.split(separator)
        .map(parse_number)
        .collect::<Result<_, _>>()
        .context_of("--values")
}

/// A size of type in points of 1/72 inch.
///
/// # Errors
/// One sentence that says what there is.
pub fn type_size(text: &str) -> anyhow::Result<f32> {
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
pub fn mode(look: &str) -> anyhow::Result<Mode> {
    match look {
        "print" => Ok(Mode::Print),
        "light" => Ok(Mode::Light),
        "dark" => Ok(Mode::Dark),
        "gray" | "grey" => Ok(Mode::Gray),
        other => bail!("--look is print, light, dark or gray, not “{}”", shortened(other)),
    }
}

/// How many decimals numbers have.
///
/// # Errors
/// One sentence that says what there is.
pub fn decimals(text: &str) -> anyhow::Result<usize> {
    match text.trim().parse::<usize>() {
        Ok(decimals @ 0..=12) => Ok(decimals),
        _ => bail!("--decimals is 0 to 12, not {}", quoted(text)),
    }
}

/// Dots per inch.
///
/// # Errors
/// One sentence that says what there is.
pub fn dpi(text: &str) -> anyhow::Result<f32> {
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
pub fn labels(text: &str) -> anyhow::Result<Labels> {
    match text {
        "all" => Ok(Labels::All),
        "selected" => Ok(Labels::Selected),
        "none" => Ok(Labels::None),
        other => bail!("--labels is all, selected or none, not “{}”", shortened(other)),
    }
}

/// Whose curves.
///
/// # Errors
/// One sentence that says what there is.
pub fn scope(text: &str) -> anyhow::Result<Scope> {
    match text {
        "neuron" => Ok(Scope::Neuron),
        "layer" => Ok(Scope::Layer),
        "network" => Ok(Scope::Network),
        other => bail!("--curves is neuron, layer or network, not “{}”", shortened(other)),
    }
}

/// A neuron's address, counted from 1.
///
/// # Errors
/// One sentence that says how it is written.
pub fn neuron(text: &str) -> anyhow::Result<NeuronAt> {
    match address(text) {
        Some(("neuron", at)) if at.len() == 2 => Ok(NeuronAt {
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
pub fn inside(target: Target, blueprint: &Blueprint, option: &str) -> anyhow::Result<Target> {
    if !target.is_in(blueprint) {
        bail!("{option}: this network has no {target}");
    }
    Ok(target)
}

/// The place of something that can be swept.
///
/// # Errors
/// One sentence that says how it is written.
pub fn place(text: &str) -> anyhow::Result<Target> {
    Target::parse(text).with_context(|| {
        format!(
            "“{}” can’t be swept; write it like x[1], w[1,2,3] or b[1,2], counted from 1",
            shortened(text)
        )
    })
}
