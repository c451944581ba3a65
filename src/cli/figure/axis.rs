//! What curves, maps and landscapes are drawn over.

use anyhow::bail;

use neurodial_core::network::Blueprint;
use crate::panes::Pane;
use crate::panes::plate::Plate;
use neurodial_core::session::{Target, View};
use neurodial_core::words::parse_number;

use super::values::{ContextOf as _, inside, place};

/// What curves, maps and landscapes are drawn over.
#[derive(Debug, Clone, clap::Args)]
pub struct Axis {
    /// What the curves are drawn over, such as 'x[1]', 'w[1,2,3]' or 'b[1,2]'; for a map and a landscape across
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    over: Option<String>,
    /// What a map and a landscape are drawn over upwards; a landscape over one knob is a curve
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    up: Option<String>,
    /// The lower end of that axis
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    from: Option<String>,
    /// The upper end of that axis
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    to: Option<String>,
}

impl Axis {
    /// Gives it to a figure of a network.
    ///
    /// # Errors
    /// One sentence: an option that makes no sense.
    pub fn set(&self, plate: &mut Plate, blueprint: &Blueprint) -> anyhow::Result<()> {
        let named = |text: &Option<String>, option| {
            let target = text.as_deref().map(place).transpose()?;
            target.map(|target| inside(target, blueprint, option)).transpose()
        };
        plate.over = named(&self.over, "--over")?;
        let up = named(&self.up, "--up")?;
        let shows = |pane: Pane| plate.exhibits.contains(&pane.into());
        let [has_map, has_landscape] = [Pane::Map, Pane::Landscape].map(shows);
        if up.is_some() && !has_map && !has_landscape {
            bail!("--up is for --pane map and --pane landscape");
        }
        let is_told = plate.over.is_some() || up.is_some();
        if has_map && is_told {
            let [first, second] = View::of(blueprint).map_over;
            let across = plate
                .over
                .unwrap_or(if up == Some(first) { second } else { first });
            let other = if across == second { first } else { second };
            plate.map_over = Some([across, up.unwrap_or(other)]);
        }
        if has_landscape && is_told {
            let knob = |target: Target| match target {
                Target::Knob(knob) => Ok(knob),
                Target::Input(_) => {
                    bail!("a landscape of the loss is over weights and biases, not over {target}")
                }
            };
            let first = View::of(blueprint).landscape_over.0;
            let across = plate.over.map_or(Ok(first), knob)?;
            plate.landscape_over = Some((across, up.map(knob).transpose()?));
        }
        plate.from = self
            .from
            .as_deref()
            .map(parse_number)
            .transpose()
            .context_of("--from")?;
        plate.to = self
            .to
            .as_deref()
            .map(parse_number)
            .transpose()
            .context_of("--to")?;
        Ok(())
    }
}
