//! What can stand in a figure.

use egui::{Painter, Ui};

use crate::canvas::Stage;
use crate::insight::Family;
use crate::panes::{Pane, Scene, family};

use super::PlateError;

/// What can stand in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhibit {
    /// A pane of the window.
    Pane(Pane),
    /// A curve for each of several values of a number, in one plane.
    Family,
    /// The same, each in a plane of its own.
    Multiples,
}

impl Exhibit {
    /// What has this name on the command line.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "family" => Some(Self::Family),
            "multiples" => Some(Self::Multiples),
            _ => Pane::named(name).map(Self::Pane),
        }
    }

    /// The names of all.
    pub fn names() -> Vec<&'static str> {
        Pane::ALL
            .into_iter()
            .map(Pane::name)
            .chain(["family", "multiples"])
            .collect()
    }

    /// Its name on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pane(pane) => pane.name(),
            Self::Family => "family",
            Self::Multiples => "multiples",
        }
    }

    /// Whether it shows a family of curves.
    pub fn is_family(&self) -> bool {
        matches!(self, Self::Family | Self::Multiples)
    }

    /// How much of the width it gets beside others.
    pub fn share(&self) -> f32 {
        match self {
            Self::Pane(pane) => pane.share(),
            Self::Family => 1.2,
            Self::Multiples => 1.6,
        }
    }

    /// The height that it needs at this width, both in points.
    pub(super) fn height(
        &self,
        painter: &Painter,
        scene: &Scene<'_>,
        width: f32,
        family: Option<&Family>,
    ) -> Result<f32, PlateError> {
        Ok(match self {
            Self::Pane(pane) => pane.paper_height(painter, scene, width)?,
            Self::Family => Pane::Curves.paper_height(painter, scene, width)?,
            Self::Multiples => {
                let count = family.map_or(1, |family| family.values.len());
                family::multiples_height(width, count)
            }
        })
    }

    /// Draws it into the whole of `ui`.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        stage: &mut Stage,
        family: Option<&Family>,
    ) {
        match (self, family) {
            (Self::Pane(pane), _) => pane.show(ui, scene, stage),
            (Self::Family, Some(family)) => family::family_ui(ui, scene, stage, family),
            (Self::Multiples, Some(family)) => family::multiples_ui(ui, scene, stage, family),
            (Self::Family | Self::Multiples, None) => {}
        }
    }
}
