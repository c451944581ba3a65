//! The options for the content and the style of figures, common to the commands that draw, and their effect on
//! what a session shows.

use std::convert::Infallible;

use anyhow::bail;
use clap::builder::PossibleValue;

use crate::figure_page::length::{PageWidth, parse_font_size};
use crate::figure_page::{FigureCaption, FigureSpec, Length};
use crate::panes::pane_info::PlotKind;
use crate::panes::{BiasStyle, DiagramOptions, DiagramStyle, EdgeLabels, Pane, YLabel};
use crate::theme::ThemeMode;
use egui_figure::FallbackFonts;
use neurodial_core::code::Language;
use neurodial_core::network::NeuronAddress;
use neurodial_core::session::{
    Adjustable, CurveAxes, CurveScope, Document, Quantity, SensitivityTarget, Session, ViewChange,
};
use neurodial_core::text::{Locale, parse_integer, parse_number, shortened};

use super::figure_subject::{FigureSubject, WINDOW_WIDTH};
use super::font_args::FontArgs;
use super::values::{
    Choices, NumberList, change_view, languages, locales, parse_adjustable, parse_decimals, parse_neuron,
    parse_numbers, theme_modes,
};

/// The largest number of panes of a figure.
const MAX_PANELS: usize = 6;

/// The options for the content and the style of figures.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FigureStyleArgs {
    /// The panes to draw, up to 6, separated by commas
    #[arg(long, value_name = "PANE,…", default_value = Pane::default_figure().name(), value_delimiter = ',', value_parser = pane_choices())]
    pane: Vec<PaneChoice>,
    /// The color theme
    #[arg(long, alias = "look", value_name = "THEME", default_value = "print", value_parser = theme_modes())]
    theme: ThemeMode,
    /// The width, such as 85mm, 12cm, 3.5in, 240pt, or 600px, or the name of a publication, with its font size: neurips,
    /// iclr, icml, acl, ieee, or nature, and icml-wide, acl-wide, ieee-wide, or nature-wide for two columns
    /// [default: 170mm; for animations 800px, for the window 1280px]
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub(crate) width: Option<PageWidth>,
    /// The height [default: as much as the panes need]
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    height: Option<Length>,
    /// The font size, such as 10pt [default: 8pt, that of the publication, or that of the window if the width is in
    /// pixels]
    #[arg(long, value_name = "SIZE", allow_hyphen_values = true, value_parser = parse_font_size)]
    font_size: Option<f32>,
    /// Use a serif font for text
    #[arg(long)]
    serif: bool,
    /// The number of decimals, from 0 to 12
    #[arg(long, value_name = "N", default_value = "3", allow_hyphen_values = true, value_parser = parse_decimals)]
    decimals: usize,
    /// The weights whose values are written on their connections; none leaves out all numbers of the diagram [default:
    /// selected with --select, otherwise all if there are at most 30; with --style plain no weights]
    #[arg(long, value_name = "WHICH", value_parser = Choices::new([("all", EdgeLabels::All), ("selected", EdgeLabels::Selected), ("none", EdgeLabels::None)]))]
    labels: Option<EdgeLabels>,
    /// The style of the network diagram; plain is that of a textbook: circles with symbols or names, and edges
    #[arg(long, value_name = "STYLE", default_value = DiagramStyle::Standard.name(), value_parser = Choices::named(DiagramStyle::ALL, DiagramStyle::name))]
    style: DiagramStyle,
    /// The biases in the network diagram: values at the neurons, with --style plain a neuron of its own (node), or none
    /// [default: value, with --style plain none]
    #[arg(long, value_name = "WHICH", value_parser = Choices::named(BiasStyle::ALL, BiasStyle::name))]
    bias: Option<BiasStyle>,
    /// With --style plain: a color for each layer
    #[arg(long)]
    layer_colors: bool,
    /// The name of the vertical axis of plots: above the axis, or beside it and turned, as in matplotlib
    #[arg(long, value_name = "WHERE", default_value = YLabel::Above.name(), value_parser = Choices::named(YLabel::ALL, YLabel::name))]
    y_label: YLabel,
    /// Write a caption below the figure: the description of the network, or TEXT
    #[arg(long, value_name = "TEXT", num_args = 0..=1, require_equals = true, default_missing_value = "", value_parser = parse_caption)]
    caption: Option<FigureCaption>,
    /// Leave out the legends
    #[arg(long)]
    no_legend: bool,
    /// Use a transparent background
    #[arg(long)]
    transparent: bool,
    /// The neuron to highlight, such as 'neuron[1,2]' (layer 1, neuron 2)
    #[arg(long, value_name = "NEURON", allow_hyphen_values = true, value_parser = parse_neuron)]
    select: Option<NeuronAddress>,
    /// The snapshot to overlay, by name or number
    #[arg(long, alias = "pin", value_name = "SNAPSHOT", allow_hyphen_values = true)]
    snapshot: Option<String>,
    /// The knob or input that a curve family varies, such as 'b[1,2]' [default: the bias of the neuron]
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true, value_parser = parse_adjustable)]
    vary: Option<Adjustable>,
    /// The values of a curve family, such as -2,-1,0,1,2 [default: nine values over the range]
    #[arg(long, value_name = "N,N,…", allow_hyphen_values = true, value_parser = parse_numbers)]
    values: Option<NumberList>,
    /// The quantity that curves show: the output or the weighted sum
    #[arg(long, value_name = "WHICH", default_value = "output", value_parser = Choices::new([("output", Quantity::Output), ("sum", Quantity::WeightedSum)]))]
    quantity: Quantity,
    /// The profiles on the tracks of --pane knobs and --pane dials; neuron is that of --select [default: none]
    #[arg(long, alias = "strips", value_name = "WHICH", value_parser = Choices::new([("neuron", Profiles::Neuron), ("loss", Profiles::Loss), ("none", Profiles::None)]))]
    profiles: Option<Profiles>,
    /// The language of the texts
    #[arg(long = "language", value_name = "LANGUAGE", default_value = Locale::English.name(), value_parser = locales())]
    locale: Locale,
    /// The programming language of --pane code [default: python]
    #[arg(long = "as", value_name = "LANGUAGE", value_parser = languages())]
    language: Option<Language>,
    /// The neurons to draw curves of [default: neuron with --select, otherwise network, which is all outputs]
    #[arg(long, value_name = "WHICH", value_parser = Choices::new([("neuron", CurveScope::Neuron), ("layer", CurveScope::Layer), ("network", CurveScope::Network)]))]
    curves: Option<CurveScope>,
    #[command(flatten)]
    pub(crate) fonts: FontArgs,
}

/// A value of `--pane`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PaneChoice {
    /// A panel.
    Panel(Pane),
    /// The whole window.
    Window,
}

/// A value of `--profiles`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Profiles {
    /// Profiles of the selected neuron.
    Neuron,
    /// Profiles of the loss.
    Loss,
    /// No profiles.
    None,
}

fn pane_choices() -> Choices<PaneChoice> {
    let panels = Pane::ALL.into_iter().map(|panel| {
        let aliases = panel.names().iter().skip(1).copied();
        (
            PossibleValue::new(panel.name()).aliases(aliases),
            PaneChoice::Panel(panel),
        )
    });
    Choices::new(panels.chain([(PossibleValue::new("window"), PaneChoice::Window)]))
}

/// Returns the caption of a figure; the description if the text is empty.
fn parse_caption(text: &str) -> Result<FigureCaption, Infallible> {
    Ok(FigureCaption::from_text(text))
}

/// True if a pane has a plot of this kind.
pub(crate) fn has_plot(panes: &[Pane], plot: PlotKind) -> bool {
    panes.iter().any(|pane| pane.has_plot(plot))
}

/// Checks that one of the panes takes an option.
///
/// # Errors
/// Returns an error that names the panes which take the option if none of these does.
pub(crate) fn check_pane_option(option: &str, panes: &[Pane]) -> anyhow::Result<()> {
    let takes_option = |pane: &Pane| pane.info().figure_options.contains(&option);
    if panes.iter().any(takes_option) {
        return Ok(());
    }
    let takers = Pane::ALL.into_iter().filter(takes_option);
    let names: Vec<String> = takers.map(|pane| format!("--pane {}", pane.name())).collect();
    bail!("{option} is for {}", names.join(" or "))
}

impl FigureStyleArgs {
    fn is_window(&self) -> bool {
        self.pane == [PaneChoice::Window]
    }

    /// True if the knob profiles show the loss.
    pub(crate) fn has_loss_profiles(&self) -> bool {
        self.profiles == Some(Profiles::Loss)
    }

    /// Returns the panels of the figure; none for the window.
    ///
    /// # Errors
    /// Returns an error if there are too many, or if an option is given that doesn’t fit them.
    pub(crate) fn panels(&self) -> anyhow::Result<Vec<Pane>> {
        if self.pane.len() > MAX_PANELS {
            bail!(
                "--pane: a figure can have at most {MAX_PANELS} panes, not {}",
                self.pane.len()
            );
        }
        let panels: Vec<Pane> = self
            .pane
            .iter()
            .filter_map(|choice| match choice {
                PaneChoice::Panel(panel) => Some(*panel),
                PaneChoice::Window => None,
            })
            .collect();
        if self.is_window() {
            self.check_window()?;
        } else if panels.len() < self.pane.len() {
            bail!("--pane: the window cannot stand beside other panes; use --pane window alone");
        }
        for (is_given, option) in [
            (self.profiles.is_some(), "--profiles"),
            (self.language.is_some(), "--as"),
            (self.vary.is_some(), "--vary"),
            (self.values.is_some(), "--values"),
            (self.y_label != YLabel::Above, "--y-label"),
        ] {
            if is_given {
                check_pane_option(option, &panels)?;
            }
        }
        if self.profiles == Some(Profiles::Neuron) && self.select.is_none() {
            bail!("--profiles neuron: choose the neuron with --select");
        }
        Ok(panels)
    }

    /// Checks that the options for network diagrams fit the panes and each other. TikZ code is always in the plain
    /// style.
    ///
    /// # Errors
    /// Returns an error that names the option if it doesn’t fit.
    pub(crate) fn check_diagram_options(&self, panels: &[Pane], is_tikz: bool) -> anyhow::Result<()> {
        let is_plain = is_tikz || self.style == DiagramStyle::Plain;
        for (is_given, option) in [
            (self.style != DiagramStyle::Standard, "--style"),
            (self.bias.is_some(), "--bias"),
            (self.layer_colors, "--layer-colors"),
        ] {
            if is_given {
                check_pane_option(option, panels)?;
            }
        }
        match self.bias {
            Some(BiasStyle::Value) if is_plain => {
                bail!("--bias value: the plain style has no values; use --bias node or --bias none")
            }
            Some(BiasStyle::Node) if !is_plain => bail!("--bias node is for --style plain"),
            _ if self.layer_colors && !is_plain => bail!("--layer-colors is for --style plain"),
            _ => Ok(()),
        }
    }

    /// Checks that no option is given that the window as a figure doesn’t support.
    fn check_window(&self) -> anyhow::Result<()> {
        let unsupported = [
            (self.serif, "--serif"),
            (self.font_size.is_some(), "--font-size"),
            (self.labels.is_some(), "--labels"),
            (self.transparent, "--transparent"),
            (self.caption.is_some(), "--caption"),
            (self.theme == ThemeMode::Grayscale, "--theme grayscale"),
        ];
        match unsupported.into_iter().find(|(is_given, _)| *is_given) {
            Some((_, option)) => bail!("--pane window does not support {option}; leave it out"),
            None => Ok(()),
        }
    }

    /// Makes a session show what the figure is to show.
    ///
    /// # Errors
    /// Returns an error with the name of the option if the document lacks the neuron, knob or snapshot.
    pub(crate) fn change_view(&self, panels: &[Pane], session: &mut Session) -> anyhow::Result<()> {
        let has_family = has_plot(panels, PlotKind::CurveFamily);
        if let Some(varied) = self.vary.filter(|varied| !varied.is_in(session.architecture())) {
            bail!("--vary: this network has no {varied}");
        }
        let selected = match (self.select, self.vary) {
            // A curve family shows the neuron whose knob is varied.
            (None, Some(Adjustable::Knob(knob))) => Some(knob.neuron_address()),
            (selected, _) => selected,
        };
        if let Some(selected) = selected {
            change_view(session, "--select", ViewChange::Select(selected))?;
        }
        let shows_outputs = self.select.is_none() && !has_family && !self.is_window();
        if let Some(scope) = self.curves.or(shows_outputs.then_some(CurveScope::Network)) {
            session.apply(ViewChange::SetCurveScope(scope))?;
        }
        if self.has_loss_profiles() {
            change_view(
                session,
                "--profiles",
                ViewChange::SetSensitivityTarget(SensitivityTarget::Loss),
            )?;
        }
        let snapshot = self.snapshot_index(session.document())?;
        change_view(session, "--snapshot", ViewChange::ShowSnapshot(snapshot))?;
        for change in [
            ViewChange::SetDecimals(self.decimals),
            ViewChange::SetQuantity(self.quantity),
            ViewChange::ShowKnobProfiles(matches!(self.profiles, Some(Profiles::Neuron | Profiles::Loss))),
            ViewChange::SetCodeLanguage(self.language.unwrap_or_default()),
        ] {
            session.apply(change)?;
        }
        Ok(())
    }

    /// Returns the index of the snapshot that `--snapshot` names by name or number, or `None` without that option.
    fn snapshot_index(&self, document: &Document) -> anyhow::Result<Option<usize>> {
        let Some(name) = self.snapshot.as_deref().map(str::trim) else {
            return Ok(None);
        };
        let snapshots = &document.snapshots;
        let named = snapshots.iter().position(|snapshot| snapshot.name == name);
        let numbered = || {
            parse_integer::<usize>(name)
                .ok()?
                .checked_sub(1)
                .filter(|&index| index < snapshots.len())
        };
        if let Some(index) = named.or_else(numbered) {
            return Ok(Some(index));
        }
        if snapshots.is_empty() {
            bail!("--snapshot: the document has no snapshots; press P in the window to take one");
        }
        let names: Vec<_> = snapshots
            .iter()
            .map(|snapshot| format!("“{}”", shortened(&snapshot.name)))
            .collect();
        bail!(
            "--snapshot: there is no snapshot “{}”; use {}, or a number from 1 to {}",
            shortened(name),
            names.join(", "),
            snapshots.len()
        );
    }

    /// Returns the content of the figure: these panels, with what the session shows.
    pub(crate) fn subject(
        &self,
        panels: Vec<Pane>,
        session: &Session,
        fonts: FallbackFonts,
    ) -> FigureSubject {
        let is_window = self.is_window();
        let default_width = if is_window {
            WINDOW_WIDTH
        } else {
            Length::millimeters(170.0)
        };
        let spec = FigureSpec {
            panels,
            has_selection: self.select.is_some(),
            varied: self.vary,
            values: self.values.clone().unwrap_or_default(),
            mode: match self.theme {
                ThemeMode::Print if is_window => ThemeMode::Light,
                mode => mode,
            },
            width: self.width.map_or(default_width, |width| width.length),
            height: self.height,
            font_size: self.font_size.or(self.width.and_then(|width| width.font_size)),
            caption: self.caption.clone(),
            edge_labels: self.labels,
            diagram: DiagramOptions {
                style: self.style,
                bias: self.bias,
                has_layer_colors: self.layer_colors,
            },
            y_label: self.y_label,
            has_legend: !self.no_legend,
            locale: self.locale,
            is_transparent: self.transparent,
            ..FigureSpec::new(session.view().clone())
        };
        FigureSubject {
            spec,
            is_window,
            has_serif_text: self.serif,
            fonts,
        }
    }
}

/// The options for the axes of curves, output maps and loss landscapes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct AxisArgs {
    /// The horizontal axis of curves, output maps, and loss landscapes, such as 'x[1]', 'w[1,2,3]', or 'b[1,2]'
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true, value_parser = parse_adjustable)]
    over: Option<Adjustable>,
    /// The vertical axis of output maps and loss landscapes; without it, a loss landscape is a curve over one knob
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true, value_parser = parse_adjustable)]
    up: Option<Adjustable>,
    /// The lower end of the horizontal axis
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = parse_number)]
    from: Option<f64>,
    /// The upper end of the horizontal axis
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = parse_number)]
    to: Option<f64>,
}

impl AxisArgs {
    /// Gives the panels of a session’s figure the chosen axes.
    ///
    /// # Errors
    /// Returns an error with the name of the option if it is invalid for this network or for the panels.
    pub(crate) fn change_view(&self, panels: &[Pane], session: &mut Session) -> anyhow::Result<()> {
        if let Some(over) = self.over {
            change_view(session, "--over", ViewChange::Sweep(over))?;
        }
        if let Some(up) = self.up {
            if !up.is_in(session.architecture()) {
                bail!("--up: this network has no {up}");
            }
            check_pane_option("--up", panels)?;
        }
        let is_given = self.over.is_some() || self.up.is_some();
        if has_plot(panels, PlotKind::OutputMap) && is_given {
            let [first, second] = session.view().map_axes;
            let default = if self.up == Some(first) { second } else { first };
            let horizontal = self.over.unwrap_or(default);
            let other = if horizontal == second { first } else { second };
            let axes = [horizontal, self.up.unwrap_or(other)];
            change_view(session, "--up", ViewChange::SetMapAxes(axes))?;
        }
        if has_plot(panels, PlotKind::LossLandscape) && is_given {
            let knob = |target: Adjustable| match target {
                Adjustable::Knob(knob) => Ok(knob),
                Adjustable::Input(_) | Adjustable::Hyperparameter(_) => {
                    bail!(
                        "{target} cannot be an axis of a loss landscape; choose a weight or a bias, such as w[1,1,1]"
                    )
                }
            };
            let horizontal = self.over.map_or(Ok(session.view().landscape_knobs.0), knob)?;
            let up = self.up.map(knob).transpose()?;
            change_view(session, "--up", ViewChange::SetLandscapeKnobs(horizontal, up))?;
        }
        if self.from.is_some() || self.to.is_some() {
            let range = session.document().range(session.view().swept);
            let [from, to] = [self.from.unwrap_or(range.min), self.to.unwrap_or(range.max)];
            if from >= to {
                bail!("the axis from {from} to {to} has no length; --from must be less than --to");
            }
            let y = session.view().curve_axes.y;
            let axes = CurveAxes {
                x: Some([from, to]),
                y,
            };
            change_view(session, "--from", ViewChange::SetAxes(axes))?;
        }
        Ok(())
    }
}
