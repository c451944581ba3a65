//! The roles of a neuron's parts. Both neurons have their parts colored by role and the roles written below
//! them, so that the two figures can be compared.

use egui::epaint::PathShape;
use egui::{Align2, Color32, Painter, Shape, pos2};

use super::callout;
use crate::theme::{ColorTheme, ThemeMode};

/// The height of the row of arrows, in points.
const ROW_HEIGHT: f32 = 34.0;
/// The length by which an arrow's point overlaps the next arrow, in points.
const ARROW_POINT: f32 = 12.0;

/// The role of a part of a neuron.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LabelRole {
    /// Receiving signals: dendrites; inputs and weights.
    Receive,
    /// Adding the signals: the cell body; the weighted sum.
    AddUp,
    /// Passing the result on: the axon; activation and output.
    PassOn,
}

impl LabelRole {
    /// All roles, in the order in which a signal passes them.
    pub(crate) const ALL: [Self; 3] = [Self::Receive, Self::AddUp, Self::PassOn];

    const fn text(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::AddUp => "add up",
            Self::PassOn => "decide and pass on",
        }
    }

    /// Returns the fill color of parts with this role.
    pub(crate) fn fill_color(self, theme: &ColorTheme) -> Color32 {
        // In grayscale the parts differ by how dark they are.
        let share = match (self, theme.mode) {
            (Self::Receive, ThemeMode::Grayscale) => 0.06,
            (Self::AddUp, ThemeMode::Grayscale) => 0.34,
            (Self::PassOn, ThemeMode::Grayscale) => 0.16,
            (Self::Receive | Self::AddUp, _) => 0.22,
            (Self::PassOn, _) => 0.3,
        };
        ColorTheme::mix(theme.card, self.color(theme), share)
    }

    /// Returns the outline color of parts with this role.
    pub(crate) fn outline_color(self, theme: &ColorTheme) -> Color32 {
        ColorTheme::mix(self.color(theme), theme.text, 0.3)
    }

    /// Returns the color of this role at full strength.
    pub(crate) fn color(self, theme: &ColorTheme) -> Color32 {
        theme.neuron_colors[self as usize]
    }
}

/// Draws the roles as a row of arrows from left to right, in the order of the signal. `ends` are the x
/// coordinates of the three starts and of the end of the last arrow, in points.
pub(crate) fn role_row_ui(painter: &Painter, theme: &ColorTheme, top: f32, ends: [f32; 4]) {
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
            callout::name_font(),
            theme.text,
        );
    }
}
