//! What the parts of a neuron are for. Both neurons are coloured by it, and both have it in words under them, so that
//! the one can be read beside the other.

use egui::epaint::PathShape;
use egui::{Align2, Color32, Painter, Shape, pos2};

use super::label;
use crate::look::{Look, Mode};

/// The height of the row of words, in points.
const HEIGHT: f32 = 34.0;
/// How far an arrow's point reaches into the next one, in points.
const POINT: f32 = 12.0;

/// What a part of a neuron is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// Dendrites; inputs and weights.
    Receive,
    /// The cell body; the sum.
    AddUp,
    /// The axon; activation and output.
    PassOn,
}

impl Duty {
    /// In the order in which a signal meets them.
    pub const ALL: [Self; 3] = [Self::Receive, Self::AddUp, Self::PassOn];

    const fn words(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::AddUp => "add up",
            Self::PassOn => "decide and pass on",
        }
    }

    /// What is filled with its colour.
    pub fn fill(self, look: &Look) -> Color32 {
        // Without colour the parts are told apart by how dark they are.
        let share = match (self, look.mode) {
            (Self::Receive, Mode::Gray) => 0.06,
            (Self::AddUp, Mode::Gray) => 0.34,
            (Self::PassOn, Mode::Gray) => 0.16,
            (Self::Receive | Self::AddUp, _) => 0.22,
            (Self::PassOn, _) => 0.3,
        };
        Look::mix(look.card, self.color(look), share)
    }

    /// The outline of that.
    pub fn line(self, look: &Look) -> Color32 {
        Look::mix(self.color(look), look.ink, 0.3)
    }

    /// Its colour in full.
    pub fn color(self, look: &Look) -> Color32 {
        look.identity[self as usize]
    }
}

/// The duties as a row of arrows from left to right, in the order of the signal; `ends` are where they begin, and the
/// end of the last one.
pub fn row(painter: &Painter, look: &Look, top: f32, ends: [f32; 4]) {
    for (index, duty) in Duty::ALL.into_iter().enumerate() {
        let (left, right) = (ends[index], ends[index + 1] - 3.0);
        let notch = if index == 0 { 0.0 } else { POINT };
        let (middle, bottom) = (top + HEIGHT / 2.0, top + HEIGHT);
        let points = vec![
            pos2(left, top),
            pos2(right, top),
            pos2(right + POINT, middle),
            pos2(right, bottom),
            pos2(left, bottom),
            pos2(left + notch, middle),
        ];
        painter.add(Shape::Path(PathShape {
            points,
            closed: true,
            fill: duty.fill(look),
            stroke: egui::Stroke::NONE.into(),
        }));
        let at = pos2(0.5 * (left + notch + right + POINT), middle);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            duty.words(),
            label::name_font(),
            look.ink,
        );
    }
}
