//! The kinds of panels in a figure.

use egui::{Painter, Ui};

use crate::canvas::Elements;
use crate::panes::{Pane, PaneContext, SizeHint, curve_family};
use neurodial_core::insight::CurveFamily;
use neurodial_core::session::KnobLayout;

use super::error::FigurePageError;

/// A panel of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigurePanel {
    /// A pane of the window.
    Pane(Pane),
    /// The knobs as dials.
    Dials,
    /// The knobs as a heat map.
    HeatMap,
    /// A curve family: one curve for each of several values of a number, in one plot.
    Family,
    /// A curve family with each curve in its own plot.
    SmallMultiples,
}

impl From<Pane> for FigurePanel {
    fn from(pane: Pane) -> Self {
        Self::Pane(pane)
    }
}

impl FigurePanel {
    /// The panels that are not panes of the window.
    const NON_PANES: [Self; 4] = [Self::Dials, Self::HeatMap, Self::Family, Self::SmallMultiples];

    /// Iterates over all panels, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        Pane::ALL.into_iter().map(Self::Pane).chain(Self::NON_PANES)
    }

    /// Returns the panel with this name on the command line; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|panel| panel.names().contains(&name))
    }

    /// Returns the panel's names on the command line, the default one first.
    pub(crate) fn names(&self) -> &'static [&'static str] {
        match self {
            Self::Pane(pane) => pane.names(),
            Self::Dials => &["desk"],
            Self::HeatMap => &["heat-map", "heatmap"],
            Self::Family => &["family"],
            Self::SmallMultiples => &["multiples"],
        }
    }

    /// Returns the panel's default name on the command line.
    pub fn name(&self) -> &'static str {
        self.names()[0]
    }

    /// Returns the panel's title in the window.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.title(),
            Self::Dials => "Desk",
            Self::HeatMap => "Heat map",
            Self::Family => "Family",
            Self::SmallMultiples => "Multiples",
        }
    }

    /// Returns the pane that is drawn, and its layout of the knobs; `None` for a curve family.
    fn pane(&self) -> Option<(Pane, KnobLayout)> {
        match self {
            Self::Pane(pane) => Some((*pane, KnobLayout::List)),
            Self::Dials => Some((Pane::Knobs, KnobLayout::Desk)),
            Self::HeatMap => Some((Pane::Knobs, KnobLayout::HeatMap)),
            Self::Family | Self::SmallMultiples => None,
        }
    }

    /// Sets the layout of the knobs for this panel in `context`.
    fn set_knob_layout(&self, context: &mut PaneContext<'_>) {
        if let (Some((_, layout)), Some(options)) = (self.pane(), &mut context.options) {
            options.knob_layout = layout;
        }
    }

    /// True if the panel shows a curve family.
    pub(crate) fn is_family(&self) -> bool {
        matches!(self, Self::Family | Self::SmallMultiples)
    }

    /// True if the panel shows nothing without a dataset.
    pub fn needs_data(&self) -> bool {
        self.pane().is_some_and(|(pane, _)| pane.needs_data())
    }

    /// Returns the panel's share of a row's width, relative to the other panels of the row.
    pub(crate) fn width_share(&self) -> f32 {
        match self {
            Self::Pane(pane) => pane.width_share(),
            Self::Dials | Self::HeatMap => 1.0,
            Self::Family => 1.2,
            Self::SmallMultiples => 1.6,
        }
    }

    /// Returns the width that the panel needs, in points.
    ///
    /// # Errors
    /// Returns an error if the panel has more rows than a figure can hold.
    pub(super) fn width(
        &self,
        painter: &Painter,
        context: &mut PaneContext<'_>,
    ) -> Result<SizeHint, FigurePageError> {
        self.set_knob_layout(context);
        match (self.pane(), self) {
            (Some((pane, _)), _) => Ok(pane.print_width(painter, context)?),
            (None, Self::SmallMultiples) => Ok(SizeHint::new(150.0, 300.0)),
            (None, _) => Ok(SizeHint::new(170.0, 250.0)),
        }
    }

    /// Returns the height that the panel needs at this width, both in points.
    ///
    /// # Errors
    /// Returns an error if the panel has more rows than a figure can hold.
    pub(super) fn height(
        &self,
        painter: &Painter,
        context: &mut PaneContext<'_>,
        width: f32,
        family: Option<&CurveFamily>,
    ) -> Result<SizeHint, FigurePageError> {
        self.set_knob_layout(context);
        let count = family.map_or(1, |family| family.values.len());
        match (self.pane(), self) {
            (Some((pane, _)), _) => Ok(pane.print_height(painter, context, width)?),
            (None, Self::SmallMultiples) => Ok(curve_family::small_multiples_print_height(width, count)),
            (None, _) => Ok(curve_family::print_height(width, count)),
        }
    }

    /// Draws the panel into the whole of `ui`.
    pub(super) fn panel_ui(
        &self,
        ui: &mut Ui,
        context: &mut PaneContext<'_>,
        elements: &mut Elements,
        family: Option<&CurveFamily>,
    ) {
        self.set_knob_layout(context);
        match (self.pane(), family) {
            (Some((pane, _)), _) => pane.pane_ui(ui, context, elements),
            (None, Some(family)) if *self == Self::SmallMultiples => {
                curve_family::small_multiples_ui(ui, context, elements, family);
            }
            (None, Some(family)) => curve_family::family_ui(ui, context, elements, family),
            (None, None) => {}
        }
    }
}
