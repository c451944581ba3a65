//! What a ghost in a figure is: a line under the panes.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Painter, Pos2, Rect, Shape, Stroke, pos2};

use crate::look::{Look, type_scale};
use crate::panes::curves::ghosts;
use crate::panes::diagram::paint;
use crate::panes::{Pane, Scene};

use super::Exhibit;

/// Its height in points, with the gap over it.
const HEIGHT: f32 = 24.0;
/// How long a sample is, in points.
const SAMPLE: f32 = 26.0;
/// Between two samples, and between a sample and its words, in points.
const GAP: f32 = 6.0;

/// What a ghost looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sample {
    /// A dashed line among the curves.
    Line,
    /// A pale band under an edge, as wide as the edge was.
    Band,
    /// A ring on a track.
    Ring,
}

impl Sample {
    /// That in an exhibit, if a ghost is drawn in it.
    fn of(exhibit: &Exhibit) -> Option<Self> {
        match exhibit {
            Exhibit::Pane(Pane::Curves) => Some(Self::Line),
            Exhibit::Pane(Pane::Diagram) => Some(Self::Band),
            Exhibit::Pane(Pane::Knobs) => Some(Self::Ring),
            _ => None,
        }
    }

    fn paint(self, painter: &Painter, look: &Look, from: Pos2) {
        let to = pos2(from.x + SAMPLE, from.y);
        match self {
            Self::Line => {
                let dashes = Shape::dashed_line(&[from, to], ghosts::stroke(look), ghosts::DASH, ghosts::GAP);
                painter.extend(dashes);
            }
            Self::Band => {
                painter.line_segment([from, to], Stroke::new(7.0, paint::ghost_color(look)));
            }
            Self::Ring => {
                let stroke = Stroke::new(1.5, look.ink_soft);
                painter.circle(from.lerp(to, 0.5), 3.5, look.card, stroke);
            }
        }
    }
}

/// How much of a figure's height it takes, in points: nothing without a ghost.
pub fn height(scene: &Scene<'_>) -> f32 {
    scene.insight.ghost().map_or(0.0, |_| HEIGHT)
}

/// Draws it into `rect`, if there is a ghost.
pub fn legend_ui(painter: &Painter, scene: &Scene<'_>, exhibits: &[Exhibit], rect: Rect) {
    let Some(ghost) = scene.insight.ghost() else {
        return;
    };
    let look = scene.look;
    let middle = rect.bottom() - 8.0;
    let mut left = rect.left();
    for sample in [Sample::Line, Sample::Band, Sample::Ring] {
        if exhibits.iter().any(|exhibit| Sample::of(exhibit) == Some(sample)) {
            sample.paint(painter, look, pos2(left, middle));
            left += SAMPLE + GAP;
        }
    }
    let differing = match ghost.differing {
        0 => "no knob differs".to_owned(),
        1 => "1 knob differs".to_owned(),
        many => format!("{many} knobs differ"),
    };
    let text = format!("pinned as “{}”; {differing}", ghost.name());
    let mut job = LayoutJob::simple_singleline(text, type_scale::small(), look.ink);
    job.wrap = TextWrapping::truncate_at_width((rect.right() - left).max(8.0));
    let galley = painter.layout_job(job);
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, look.ink);
}
