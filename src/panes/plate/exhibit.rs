//! What can stand in a figure.

use egui::{Painter, Ui};

use crate::canvas::Stage;
use crate::insight::Family;
use crate::panes::{Pane, Scene, cases, code, diagram, experiments, family, formula, knobs, map, words};

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
            _ => Pane::ALL
                .into_iter()
                .find(|pane| pane.name() == name)
                .map(Self::Pane),
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
            Self::Pane(Pane::Diagram) | Self::Family => 1.2,
            Self::Pane(Pane::Code) => 1.4,
            Self::Pane(
                Pane::Curves
                | Pane::Formula
                | Pane::Words
                | Pane::Map
                | Pane::Experiments
                | Pane::Training
                | Pane::Data,
            ) => 1.0,
            Self::Pane(Pane::Knobs | Pane::Cases) => 0.9,
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
            Self::Pane(Pane::Diagram) => diagram::paper_height(scene, width),
            Self::Pane(Pane::Formula) => formula::paper_height(painter, scene, width),
            Self::Pane(Pane::Knobs) => knobs::paper_height(scene).map_err(PlateError::Rows)?,
            Self::Pane(Pane::Cases) => cases::paper_height(scene),
            Self::Pane(Pane::Code) => code::paper_height(painter, scene, width),
            Self::Pane(Pane::Words) => words::paper_height(painter, scene, width),
            Self::Pane(Pane::Experiments) => experiments::paper_height(scene, width),
            Self::Pane(Pane::Map) => map::paper_height(scene, width),
            Self::Pane(Pane::Data) => (0.85 * width).clamp(150.0, 420.0),
            Self::Pane(Pane::Curves | Pane::Training) | Self::Family => (0.64 * width).clamp(150.0, 420.0),
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
