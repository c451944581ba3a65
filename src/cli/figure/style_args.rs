//! The options for the style and content of a figure.

use anyhow::bail;

use crate::figure_page::{FigurePanel, FigureSpec, Length};
use crate::theme::ThemeMode;
use egui_figure::HeadlessContext;
use neurodial_core::code::Language;
use neurodial_core::network::Architecture;
use neurodial_core::session::{self, Document, Quantity};
use neurodial_core::text::shortened;

use super::values::{
    check_adjustable, parse_adjustable, parse_decimals, parse_font_size, parse_labels, parse_locale,
    parse_mode, parse_neuron, parse_numbers, parse_panels, parse_scope,
};
use crate::cli::figure_subject::FigureSubject;
use crate::cli::option_context::OptionContext as _;
use crate::cli::window;

/// The options for the style and the contents of figures, common to all commands that draw.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FigureStyleArgs {
    #[arg(long, value_name = "PANE,…", default_value = "diagram", help = panes_help(), allow_hyphen_values = true)]
    pane: String,
    /// The color theme: print, light, dark or gray
    #[arg(
        long,
        value_name = "LOOK",
        default_value = "print",
        allow_hyphen_values = true
    )]
    look: String,
    /// The width: 85mm, 12cm, 3.5in, 240pt or 600px; by default 170mm
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub(in crate::cli) width: Option<String>,
    /// The height; by default as much as the panes need
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    height: Option<String>,
    /// The font size in points, such as 8pt
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true)]
    font_size: Option<String>,
    /// Draw text in a serif font
    #[arg(long)]
    serif: bool,
    /// The number of decimals, 0 to 12
    #[arg(long, value_name = "N", default_value = "3", allow_hyphen_values = true)]
    decimals: String,
    /// The weights to label on their connections: all, selected or none
    #[arg(long, value_name = "WHICH", allow_hyphen_values = true)]
    labels: Option<String>,
    /// Leave the background transparent
    #[arg(long)]
    transparent: bool,
    /// The selected neuron, such as 'neuron[1,2]' (layer, neuron)
    #[arg(long, value_name = "NEURON", allow_hyphen_values = true)]
    select: Option<String>,
    /// The pin to draw behind the current state, by name or number
    #[arg(long, value_name = "PIN", allow_hyphen_values = true)]
    pin: Option<String>,
    /// The knob or input that a curve family varies, such as 'b[1,2]'; by default the bias of the neuron
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    vary: Option<String>,
    /// The values of a curve family, such as -2,-1,0,1,2; by default nine over the range
    #[arg(long, value_name = "N,N,…", allow_hyphen_values = true)]
    values: Option<String>,
    /// The quantity that curves show: output or sum
    #[arg(
        long,
        value_name = "WHICH",
        default_value = "output",
        allow_hyphen_values = true
    )]
    quantity: String,
    /// The profiles on the tracks of --pane knobs and --pane desk: neuron (that of --select), loss or none
    #[arg(long, value_name = "WHICH", allow_hyphen_values = true)]
    strips: Option<String>,
    /// The language of the texts: en or zh-Hans; by default en
    #[arg(long = "language", value_name = "LANGUAGE", allow_hyphen_values = true)]
    locale: Option<String>,
    /// The language of --pane code: python, numpy, pytorch, rust or latex; by default python
    #[arg(long = "as", value_name = "LANGUAGE", allow_hyphen_values = true)]
    language: Option<String>,
    /// The neurons to draw curves of: neuron, layer or network; by default the selected neuron, or all outputs
    #[arg(long, value_name = "WHICH", allow_hyphen_values = true)]
    curves: Option<String>,
}

impl FigureStyleArgs {
    /// Creates the headless context that draws the figure, with the chosen fonts.
    pub(crate) fn headless_context(&self) -> HeadlessContext {
        if self.serif {
            HeadlessContext::with_serif_text()
        } else {
            HeadlessContext::new()
        }
    }

    /// Checks that no option is given that the window as a figure doesn’t support.
    fn check_window(&self) -> anyhow::Result<()> {
        let unsupported = [
            (self.serif, "--serif"),
            (self.font_size.is_some(), "--font-size"),
            (self.labels.is_some(), "--labels"),
            (self.transparent, "--transparent"),
            (matches!(self.look.as_str(), "gray" | "grey"), "--look gray"),
        ];
        match unsupported.into_iter().find(|(is_given, _)| *is_given) {
            Some((_, option)) => bail!("the window is drawn as it is on a screen, without {option}"),
            None => Ok(()),
        }
    }

    /// Checks that the network has what the figure is to show.
    ///
    /// # Errors
    /// Returns an error with the name of the option if the network lacks the neuron or knob, or if the option
    /// doesn’t fit the panes.
    pub(crate) fn check(&self, spec: &FigureSpec, architecture: &Architecture) -> anyhow::Result<()> {
        if let Some(at) = spec.selected
            && !architecture.has_neuron(at.layer, at.neuron)
        {
            let (layer, neuron) = (at.layer + 1, at.neuron + 1);
            bail!("--select: this network has no neuron {neuron} in layer {layer}");
        }
        if let Some(varied) = spec.varied {
            check_adjustable(varied, architecture, "--vary")?;
        }
        let given = [
            (self.vary.is_some(), "--vary"),
            (self.values.is_some(), "--values"),
        ];
        let option = given.into_iter().find(|(is_given, _)| *is_given);
        if let Some((_, option)) = option.filter(|_| !spec.panels.iter().any(FigurePanel::is_family)) {
            bail!("{option} is for --pane family and --pane multiples");
        }
        Ok(())
    }

    /// Returns the quantity whose effect the knob profiles show.
    fn sensitivity_target(&self, names: &[&str]) -> anyhow::Result<session::SensitivityTarget> {
        let has_tracks = names.iter().any(|name| matches!(*name, "knobs" | "desk"));
        match self.strips.as_deref() {
            None => Ok(session::SensitivityTarget::Selected),
            Some(_) if !has_tracks => bail!("--strips is for --pane knobs and --pane desk"),
            Some("none") => Ok(session::SensitivityTarget::Selected),
            Some("neuron") if self.select.is_some() => Ok(session::SensitivityTarget::Selected),
            Some("neuron") => bail!("--strips neuron: say with --select which neuron"),
            Some("loss") => Ok(session::SensitivityTarget::Loss),
            Some(other) => bail!("--strips is neuron, loss or none, not “{}”", shortened(other)),
        }
    }

    /// True if the knob profiles show the loss.
    pub(crate) fn has_loss_profiles(&self) -> bool {
        self.strips.as_deref() == Some("loss")
    }

    /// Returns the index of the snapshot that `--pin` names by name or number, or `None` without that option.
    ///
    /// # Errors
    /// Returns an error if the document doesn’t have that snapshot.
    pub(crate) fn snapshot_index(&self, document: &Document) -> anyhow::Result<Option<usize>> {
        let Some(name) = self.pin.as_deref().map(str::trim) else {
            return Ok(None);
        };
        let snapshots = &document.snapshots;
        let named = snapshots.iter().position(|index| index.name == name);
        let numbered = || {
            name.parse::<usize>()
                .ok()?
                .checked_sub(1)
                .filter(|&index| index < snapshots.len())
        };
        if let Some(index) = named.or_else(numbered) {
            return Ok(Some(index));
        }
        if snapshots.is_empty() {
            bail!("--pin: this document has no pins; P in the window keeps its state as one");
        }
        let names: Vec<_> = snapshots
            .iter()
            .map(|index| format!("“{}”", shortened(&index.name)))
            .collect();
        bail!(
            "--pin: there is no pin “{}”; the pins are {}, or 1 to {}",
            shortened(name),
            names.join(", "),
            snapshots.len()
        );
    }

    /// Returns the content of the figure.
    ///
    /// # Errors
    /// Returns an error with the name of the option and its possible values if an option is invalid.
    pub(crate) fn figure_subject(&self) -> anyhow::Result<FigureSubject> {
        let names: Vec<&str> = self.pane.split(',').map(str::trim).collect();
        let is_window = names == ["window"];
        if is_window {
            self.check_window()?;
        }
        let width = match &self.width {
            Some(text) => text.parse().option_context("--width")?,
            None if is_window => window::WIDTH,
            None => Length::millimeters(170.0),
        };
        let sensitivity_target = self.sensitivity_target(&names)?;
        let spec = FigureSpec {
            panels: if is_window {
                Vec::new()
            } else {
                parse_panels(&names)?
            },
            mode: match parse_mode(&self.look)? {
                ThemeMode::Print if is_window => ThemeMode::Light,
                mode => mode,
            },
            width,
            height: self
                .height
                .as_deref()
                .map(str::parse)
                .transpose()
                .option_context("--height")?,
            allows_clipping: false,
            font_size: self.font_size.as_deref().map(parse_font_size).transpose()?,
            edge_labels: self.labels.as_deref().map(parse_labels).transpose()?,
            decimals: parse_decimals(&self.decimals)?,
            selected: self.select.as_deref().map(parse_neuron).transpose()?,
            sensitivity_target,
            has_knob_profiles: self.strips.as_deref() != Some("none"),
            varied: self.vary.as_deref().map(parse_adjustable).transpose()?,
            values: self
                .values
                .as_deref()
                .map(parse_numbers)
                .transpose()?
                .unwrap_or_default(),
            quantity: match self.quantity.as_str() {
                "output" => Quantity::Output,
                "sum" => Quantity::WeightedSum,
                other => bail!("--quantity is output or sum, not “{}”", shortened(other)),
            },
            curve_scope: self.curves.as_deref().map(parse_scope).transpose()?,
            locale: parse_locale(self.locale.as_deref())?,
            language: match &self.language {
                Some(_) if !names.contains(&"code") => bail!("--as is for --pane code"),
                Some(name) => name.parse().option_context("--as")?,
                None => Language::default(),
            },
            is_transparent: self.transparent,
            embeds_document: true,
            ..FigureSpec::default()
        };
        Ok(if is_window {
            FigureSubject::Window(Box::new(spec))
        } else {
            FigureSubject::Panes(Box::new(spec))
        })
    }
}

fn panes_help() -> String {
    let names = FigurePanel::names().join(", ");
    format!("What is shown: {names}, or window; several side by side with commas")
}
