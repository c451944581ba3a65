//! What can stand in a figure.

use egui::{Painter, Ui};

use crate::canvas::Elements;
use neurodial_core::insight::CurveFamily;
use crate::panes::{Pane, PaneContext, family};
use neurodial_core::session::KnobLayout;

use super::{FigurePageError, SizeHint};

/// What can stand in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigurePanel {
    /// A pane of the window.
    Pane(Pane),
    /// The knobs as a desk of dials.
    Dials,
    /// The knobs as cells of colour.
    HeatMap,
    /// A curve for each of several values of a number, in one plane.
    Family,
    /// The same, each in a plane of its own.
    SmallMultiples,
}

impl From<Pane> for FigurePanel {
    fn from(pane: Pane) -> Self {
        Self::Pane(pane)
    }
}

impl FigurePanel {
    /// Those that are no panes of their own.
    const NON_PANES: [Self; 4] = [Self::Dials, Self::HeatMap, Self::Family, Self::SmallMultiples];

    /// All of them, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        Pane::ALL.into_iter().map(Self::Pane).chain(Self::NON_PANES)
    }

    /// What has this name on the command line.
    pub fn from_name(name: &str) -> Option<Self> {
        let pane = Pane::from_name(name).map(Self::Pane);
        pane.or_else(|| {
            let name = if name == "heatmap" { "heat-map" } else { name };
            Self::NON_PANES.into_iter().find(|other| other.name() == name)
        })
    }

    /// The names of all.
    pub fn names() -> Vec<&'static str> {
        Self::all().map(|panel| panel.name()).collect()
    }

    /// Its name on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.name(),
            Self::Dials => "desk",
            Self::HeatMap => "heat-map",
            Self::Family => "family",
            Self::SmallMultiples => "multiples",
        }
    }

    /// Its title in the window.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.title(),
            Self::Dials => "Desk",
            Self::HeatMap => "Heat map",
            Self::Family => "Family",
            Self::SmallMultiples => "Multiples",
        }
    }

    /// The pane that it is, and how that lays out the knobs.
    fn pane(&self) -> Option<(Pane, KnobLayout)> {
        match self {
            Self::Pane(pane) => Some((*pane, KnobLayout::List)),
            Self::Dials => Some((Pane::Knobs, KnobLayout::Desk)),
            Self::HeatMap => Some((Pane::Knobs, KnobLayout::HeatMap)),
            Self::Family | Self::SmallMultiples => None,
        }
    }

    /// Lets a scene lay out the knobs as this does.
    fn set_knob_layout(&self, context: &mut PaneContext<'_>) {
        if let (Some((_, layout)), Some(options)) = (self.pane(), &mut context.options) {
            options.knob_layout = layout;
        }
    }

    /// Whether it shows a family of curves.
    pub fn is_family(&self) -> bool {
        matches!(self, Self::Family | Self::SmallMultiples)
    }

    /// Whether it is about data, and shows nothing without.
    pub fn needs_data(&self) -> bool {
        self.pane().is_some_and(|(pane, _)| pane.needs_data())
    }

    /// How much of the width it gets beside others.
    pub fn width_share(&self) -> f32 {
        match self {
            Self::Pane(pane) => pane.width_share(),
            Self::Dials | Self::HeatMap => 1.0,
            Self::Family => 1.2,
            Self::SmallMultiples => 1.6,
        }
    }

    /// The width that it needs, in points.
    ///
    /// # Errors
    /// If it is longer than a figure can be.
    pub(super) fn width(&self, painter: &Painter, context: &mut PaneContext<'_>) -> Result<SizeHint, FigurePageError> {
        self.set_knob_layout(context);
        match (self.pane(), self) {
            (Some((pane, _)), _) => pane.print_width(painter, context),
            (None, Self::SmallMultiples) => Ok(SizeHint::new(150.0, 300.0)),
            (None, _) => Ok(SizeHint::new(170.0, 250.0)),
        }
    }

    /// The height that it needs at this width, both in points.
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
            (Some((pane, _)), _) => pane.print_height(painter, context, width),
            (None, Self::SmallMultiples) => Ok(family::small_multiples_print_height(width, count)),
            (None, _) => Ok(family::print_height(width, count)),
        }
    }

    /// Draws it into the whole of `ui`.
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
                family::small_multiples_ui(ui, context, elements, family);
            }
            (None, Some(family)) => family::family_ui(ui, context, elements, family),
            (None, None) => {}
        }
    }
}
