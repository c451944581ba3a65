//! The legend of a snapshot overlay: a line below the panels.

use egui::{Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::panes::curves::snapshot_curves;
use crate::panes::diagram::paint;
use crate::panes::knobs::heat_map;
use crate::panes::pane_info::SnapshotSample;
use crate::panes::{Pane, PaneContext};
use crate::theme::{ColorTheme, type_scale};
use crate::widgets::truncated_text;

/// The height of the legend with the gap above it, in points.
const HEIGHT: f32 = 24.0;
/// The width of a sample, in points.
const SAMPLE_WIDTH: f32 = 26.0;
/// The gap between two samples, and between a sample and the text, in points.
const GAP: f32 = 6.0;

/// The maximum number of characters of a snapshot's name when the text has to be shortened.
const MAX_NAME_LENGTH: usize = 80;

impl SnapshotSample {
    fn paint(self, painter: &Painter, theme: &ColorTheme, from: Pos2) {
        let to = pos2(from.x + SAMPLE_WIDTH, from.y);
        match self {
            Self::Line => {
                let dashes = Shape::dashed_line(
                    &[from, to],
                    snapshot_curves::snapshot_stroke(theme),
                    snapshot_curves::DASH_LENGTH,
                    snapshot_curves::DASH_GAP,
                );
                painter.extend(dashes);
            }
            Self::Band => {
                painter.line_segment([from, to], Stroke::new(7.0, paint::snapshot_color(theme)));
            }
            Self::Ring => {
                let stroke = Stroke::new(1.5, theme.weak_text);
                painter.circle(from.lerp(to, 0.5), 3.5, theme.card, stroke);
            }
            Self::Corner => {
                let cell = Rect::from_center_size(from.lerp(to, 0.5), vec2(SAMPLE_WIDTH, 14.0));
                painter.rect_filled(cell, 0.0, theme.track);
                heat_map::snapshot_corner_ui(painter, theme, cell);
            }
        }
    }
}

/// Returns the height of the legend, in points; 0 without an overlay.
pub(crate) fn height(context: &PaneContext<'_>) -> f32 {
    context.insight.snapshot_overlay().map_or(0.0, |_| HEIGHT)
}

/// Draws the legend into `rect`, if there is an overlay: a sample of each appearance in the `shown` panels,
/// the snapshot's name and the number of knobs that differ.
pub(crate) fn legend_ui(painter: &Painter, context: &PaneContext<'_>, shown: &[(Pane, Rect)], rect: Rect) {
    let Some(overlay) = context.insight.snapshot_overlay() else {
        return;
    };
    let theme = context.theme;
    let middle = rect.bottom() - 8.0;
    let mut left = rect.left();
    for sample in [
        SnapshotSample::Line,
        SnapshotSample::Band,
        SnapshotSample::Ring,
        SnapshotSample::Corner,
    ] {
        if shown
            .iter()
            .any(|(pane, _)| pane.info().snapshot_sample == Some(sample))
        {
            sample.paint(painter, theme, pos2(left, middle));
            left += SAMPLE_WIDTH + GAP;
        }
    }
    let count = overlay.differing_knobs;
    let has_deltas = count > 0
        && shown
            .iter()
            .any(|(pane, rect)| (pane.info().has_differences)(painter, context, rect.size()));
    let max_width = (rect.right() - left).max(8.0);
    let messages = context.messages;
    let name = overlay.name();
    let short = |name: &str| messages.figure_snapshot(name, count);
    // The differences are explained in the text, as they look like other numbers.
    let long = match has_deltas {
        true => vec![
            messages.figure_snapshot_with_differences(name, count),
            messages.figure_snapshot_with_differences_short(name, count),
        ],
        false => Vec::new(),
    };
    let whole = long.into_iter().chain([short(name)]);
    // Shorten a long name rather than the number of knobs that differ.
    let characters: Vec<char> = name.chars().collect();
    let cut = (1..characters.len().min(MAX_NAME_LENGTH)).rev().map(|length| {
        let cut: String = characters[..length].iter().copied().chain(['…']).collect();
        short(&cut)
    });
    let layout =
        |text: String| painter.layout_job(truncated_text(text, type_scale::small(), theme.text, max_width));
    let mut galleys = whole.chain(cut).map(layout);
    let galley = galleys
        .find(|galley| !galley.elided)
        .unwrap_or_else(|| layout(short(name)));
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, theme.text);
}
