//! What can stand in a figure.

use egui::{Painter, Ui};

use crate::canvas::Stage;
use neurodial_core::insight::Family;
use crate::panes::{Pane, Scene, family};
use neurodial_core::session::Face;

use super::{PlateError, Side};

/// What can stand in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhibit {
    /// A pane of the window.
    Pane(Pane),
    /// The knobs as a desk of dials.
    Desk,
    /// The knobs as cells of colour.
    HeatMap,
    /// A curve for each of several values of a number, in one plane.
    Family,
    /// The same, each in a plane of its own.
    Multiples,
}

impl From<Pane> for Exhibit {
    fn from(pane: Pane) -> Self {
        Self::Pane(pane)
    }
}

impl Exhibit {
    /// Those that are no panes of their own.
    const OTHERS: [Self; 4] = [Self::Desk, Self::HeatMap, Self::Family, Self::Multiples];

    /// All of them, in the order of menus.
    pub fn all() -> impl Iterator<Item = Self> {
        Pane::ALL.into_iter().map(Self::Pane).chain(Self::OTHERS)
    }

    /// What has this name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        let pane = Pane::named(name).map(Self::Pane);
        pane.or_else(|| {
            let name = if name == "heatmap" { "heat-map" } else { name };
            Self::OTHERS.into_iter().find(|other| other.name() == name)
        })
    }

    /// The names of all.
    pub fn names() -> Vec<&'static str> {
        Self::all().map(|exhibit| exhibit.name()).collect()
    }

    /// Its name on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.name(),
            Self::Desk => "desk",
            Self::HeatMap => "heat-map",
            Self::Family => "family",
            Self::Multiples => "multiples",
        }
    }

    /// Its title in the window.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.title(),
            Self::Desk => "Desk",
            Self::HeatMap => "Heat map",
            Self::Family => "Family",
            Self::Multiples => "Multiples",
        }
    }

    /// The pane that it is, and how that lays out the knobs.
    fn pane(&self) -> Option<(Pane, Face)> {
        match self {
            Self::Pane(pane) => Some((*pane, Face::List)),
            Self::Desk => Some((Pane::Knobs, Face::Desk)),
            Self::HeatMap => Some((Pane::Knobs, Face::HeatMap)),
            Self::Family | Self::Multiples => None,
        }
    }

    /// Lets a scene lay out the knobs as this does.
    fn prepare(&self, scene: &mut Scene<'_>) {
        if let (Some((_, face)), Some(paper)) = (self.pane(), &mut scene.paper) {
            paper.face = face;
        }
    }

    /// Whether it shows a family of curves.
    pub fn is_family(&self) -> bool {
        matches!(self, Self::Family | Self::Multiples)
    }

    /// Whether it is about data, and shows nothing without.
    pub fn needs_data(&self) -> bool {
        self.pane().is_some_and(|(pane, _)| pane.needs_data())
    }

    /// How much of the width it gets beside others.
    pub fn share(&self) -> f32 {
        match self {
            Self::Pane(pane) => pane.share(),
            Self::Desk | Self::HeatMap => 1.0,
            Self::Family => 1.2,
            Self::Multiples => 1.6,
        }
    }

    /// The width that it needs, in points.
    ///
    /// # Errors
    /// If it is longer than a figure can be.
    pub(super) fn width(&self, painter: &Painter, scene: &mut Scene<'_>) -> Result<Side, PlateError> {
        self.prepare(scene);
        match (self.pane(), self) {
            (Some((pane, _)), _) => pane.paper_width(painter, scene),
            (None, Self::Multiples) => Ok(Side::new(150.0, 300.0)),
            (None, _) => Ok(Side::new(170.0, 250.0)),
        }
    }

    /// The height that it needs at this width, both in points.
    pub(super) fn height(
        &self,
        painter: &Painter,
        scene: &mut Scene<'_>,
        width: f32,
        family: Option<&Family>,
    ) -> Result<Side, PlateError> {
        self.prepare(scene);
        let count = family.map_or(1, |family| family.values.len());
        match (self.pane(), self) {
            (Some((pane, _)), _) => pane.paper_height(painter, scene, width),
            (None, Self::Multiples) => Ok(family::multiples_height(width, count)),
            (None, _) => Ok(family::height(width, count)),
        }
    }

    /// Draws it into the whole of `ui`.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        stage: &mut Stage,
        family: Option<&Family>,
    ) {
        self.prepare(scene);
        match (self.pane(), family) {
            (Some((pane, _)), _) => pane.show(ui, scene, stage),
            (None, Some(family)) if *self == Self::Multiples => {
                family::multiples_ui(ui, scene, stage, family);
            }
            (None, Some(family)) => family::family_ui(ui, scene, stage, family),
            (None, None) => {}
        }
    }
}
