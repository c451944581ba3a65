//! The options for the axes of curves, maps and loss landscapes.

use anyhow::bail;

use crate::figure_page::FigureSpec;
use crate::panes::Pane;
use neurodial_core::network::Architecture;
use neurodial_core::session::{Adjustable, View};
use neurodial_core::text::parse_number;

use crate::cli::option_context::OptionContext as _;

use super::values::{check_adjustable, parse_adjustable};

/// The options for the axes of curves, maps and landscapes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct AxisArgs {
    /// The horizontal axis of curves, maps and landscapes, such as 'x[1]', 'w[1,2,3]' or 'b[1,2]'
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    over: Option<String>,
    /// The vertical axis of maps and landscapes; a landscape over one knob is a curve
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    up: Option<String>,
    /// The lower end of the horizontal axis
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    from: Option<String>,
    /// The upper end of the horizontal axis
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    to: Option<String>,
}

impl AxisArgs {
    /// Applies the options to a figure of a network with this architecture.
    ///
    /// # Errors
    /// Returns an error if an option is invalid for this network or for the panes of the figure.
    pub(crate) fn apply(&self, spec: &mut FigureSpec, architecture: &Architecture) -> anyhow::Result<()> {
        let parse = |text: &Option<String>, option| {
            let target = text.as_deref().map(parse_adjustable).transpose()?;
            target
                .map(|target| check_adjustable(target, architecture, option))
                .transpose()
        };
        spec.swept = parse(&self.over, "--over")?;
        let up = parse(&self.up, "--up")?;
        let shows = |pane: Pane| spec.panels.contains(&pane.into());
        let [has_map, has_landscape] = [Pane::Map, Pane::Landscape].map(shows);
        if up.is_some() && !has_map && !has_landscape {
            bail!("--up is for --pane map and --pane landscape");
        }
        let is_given = spec.swept.is_some() || up.is_some();
        if has_map && is_given {
            let [first, second] = View::new(architecture).map_axes;
            let horizontal = spec
                .swept
                .unwrap_or(if up == Some(first) { second } else { first });
            let other = if horizontal == second { first } else { second };
            spec.map_axes = Some([horizontal, up.unwrap_or(other)]);
        }
        if has_landscape && is_given {
            let knob = |target: Adjustable| match target {
                Adjustable::Knob(knob) => Ok(knob),
                Adjustable::Input(_) | Adjustable::Hyperparameter(_) => {
                    bail!("a landscape of the loss is over weights and biases, not over {target}")
                }
            };
            let first = View::new(architecture).landscape_knobs.0;
            let horizontal = spec.swept.map_or(Ok(first), knob)?;
            spec.landscape_knobs = Some((horizontal, up.map(knob).transpose()?));
        }
        spec.x_min = self
            .from
            .as_deref()
            .map(parse_number)
            .transpose()
            .option_context("--from")?;
        spec.x_max = self
            .to
            .as_deref()
            .map(parse_number)
            .transpose()
            .option_context("--to")?;
        Ok(())
    }
}
