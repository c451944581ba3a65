//! What the parts of a neuron are for. Both neurons are coloured by it, and both have it in words under them, so that
//! the one can be read beside the other.

use egui::epaint::PathShape;
use egui::{Align2, Color32, Painter, Shape, pos2};

use super::label;
use crate::look::{ColorTheme, ThemeMode};

/// The height of the row of words, in points.
const ROW_HEIGHT: f32 = 34.0;
/// How far an arrow's point reaches into the next one, in points.
const ARROW_POINT: f32 = 12.0;

/// What a part of a neuron is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelRole {
    /// Dendrites; inputs and weights.
    Receive,
    /// The cell body; the sum.
    AddUp,
    /// The axon; activation and output.
    PassOn,
}

impl LabelRole {
    /// In the order in which a signal meets them.
    pub const ALL: [Self; 3] = [Self::Receive, Self::AddUp, Self::PassOn];

    const fn text(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::AddUp => "add up",
            Self::PassOn => "decide and pass on",
        }
    }

    /// What is filled with its colour.
    pub fn fill_color(self, theme: &ColorTheme) -> Color32 {
        // Without colour the parts are told apart by how dark they are.
        let share = match (self, theme.mode) {
            (Self::Receive, ThemeMode::Grayscale) => 0.06,
            (Self::AddUp, ThemeMode::Grayscale) => 0.34,
            (Self::PassOn, ThemeMode::Grayscale) => 0.16,
            (Self::Receive | Self::AddUp, _) => 0.22,
            (Self::PassOn, _) => 0.3,
        };
        ColorTheme::mix(theme.card, self.color(theme), share)
    }

    /// The outline of that.
    pub fn outline_color(self, theme: &ColorTheme) -> Color32 {
        ColorTheme::mix(self.color(theme), theme.text, 0.3)
    }

    /// Its colour in full.
    pub fn color(self, theme: &ColorTheme) -> Color32 {
        theme.neuron_colors[self as usize]
    }
}

/// The duties as a row of arrows from left to right, in the order of the signal; `ends` are where they begin, and the
/// end of the last one.
pub fn role_row_ui(painter: &Painter, theme: &ColorTheme, top: f32, ends: [f32; 4]) {
    for (index, role) in LabelRole::ALL.into_iter().enumerate() {
        let (left, right) = (ends[index], ends[index + 1] - 3.0);
        let notch = if index == 0 { 0.0 } else { ARROW_POINT };
        let (middle, bottom) = (top + ROW_HEIGHT / 2.0, top + ROW_HEIGHT);
        let points = vec![
            pos2(left, top),
            pos2(right, top),
            pos2(right + ARROW_POINT, middle),
            pos2(right, bottom),
            pos2(left, bottom),
            pos2(left + notch, middle),
        ];
        painter.add(Shape::Path(PathShape {
            points,
            closed: true,
            fill: role.fill_color(theme),
            stroke: egui::Stroke::NONE.into(),
        }));
        let at = pos2(0.5 * (left + notch + right + ARROW_POINT), middle);
        painter.text(
            at,
            Align2::CENTER_CENTER,
            role.text(),
            label::name_font(),
            theme.text,
        );
    }
}
