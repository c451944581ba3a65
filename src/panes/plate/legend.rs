//! What a ghost in a figure is: a line under the panes.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::look::{Look, type_scale};
use crate::panes::curves::ghosts;
use crate::panes::diagram::paint;
use crate::panes::knobs::heat;
use crate::panes::{Pane, Scene};

use super::Exhibit;

/// Its height in points, with the gap over it.
const HEIGHT: f32 = 24.0;
/// How long a sample is, in points.
const SAMPLE: f32 = 26.0;
/// Between two samples, and between a sample and its words, in points.
const GAP: f32 = 6.0;

/// The most characters of a pin's name that are tried.
const MOST_NAME: usize = 80;

/// What a ghost looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sample {
    /// A dashed line among the curves.
    Line,
    /// A pale band under an edge, as wide as the edge was.
    Band,
    /// A ring on a track.
    Ring,
    /// A corner of a cell.
    Corner,
}

impl Sample {
    /// That in an exhibit, if a ghost is drawn in it.
    fn of(exhibit: &Exhibit) -> Option<Self> {
        match exhibit {
            Exhibit::Pane(Pane::Curves) => Some(Self::Line),
            Exhibit::Pane(Pane::Diagram) => Some(Self::Band),
            Exhibit::Pane(Pane::Knobs) | Exhibit::Desk => Some(Self::Ring),
            Exhibit::HeatMap => Some(Self::Corner),
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
            Self::Corner => {
                let cell = Rect::from_center_size(from.lerp(to, 0.5), vec2(SAMPLE, 14.0));
                painter.rect_filled(cell, 0.0, look.track);
                heat::corner_ui(painter, look, cell);
            }
        }
    }
}

/// How much of a figure's height it takes, in points: nothing without a ghost.
pub fn height(scene: &Scene<'_>) -> f32 {
    scene.insight.ghost().map_or(0.0, |_| HEIGHT)
}

/// Draws it into `rect`, if there is a ghost: what it looks like in the exhibits, each in its place, and what it is.
pub fn legend_ui(painter: &Painter, scene: &Scene<'_>, shown: &[(Exhibit, Rect)], rect: Rect) {
    let Some(ghost) = scene.insight.ghost() else {
        return;
    };
    let look = scene.look;
    let middle = rect.bottom() - 8.0;
    let mut left = rect.left();
    for sample in [Sample::Line, Sample::Band, Sample::Ring, Sample::Corner] {
        if shown
            .iter()
            .any(|(exhibit, _)| Sample::of(exhibit) == Some(sample))
        {
            sample.paint(painter, look, pos2(left, middle));
            left += SAMPLE + GAP;
        }
    }
    let differing = match ghost.differing {
        0 => "no knob differs".to_owned(),
        1 => "1 knob differs".to_owned(),
        many => format!("{many} knobs differ"),
    };
    let has_deltas = ghost.differing > 0
        && shown.iter().any(|(exhibit, place)| match exhibit {
            Exhibit::Pane(Pane::Knobs) | Exhibit::Desk => true,
            Exhibit::HeatMap => heat::form::has_deltas(painter, scene, place.size()),
            _ => false,
        });
    let room = (rect.right() - left).max(8.0);
    // The numbers that tell how much has been added look like others.
    let by = |what: &str| format!("{what} by the small numbers");
    let long = match has_deltas {
        true => vec![by(&differing), by(&differing.replace(" knobs", ""))],
        false => Vec::new(),
    };
    let name: Vec<char> = ghost.name().chars().collect();
    let text = |name: &[char], end: &str| format!("pinned as “{}”; {end}", String::from_iter(name));
    let whole = long.iter().chain([&differing]).map(|end| text(&name, end));
    // A long name is cut, and not what differs.
    let cut = (1..name.len().min(MOST_NAME)).rev().map(|length| {
        let cut: Vec<char> = name[..length].iter().copied().chain(['…']).collect();
        text(&cut, &differing)
    });
    let layout = |text: String| {
        let mut job = LayoutJob::simple_singleline(text, type_scale::small(), look.ink);
        job.wrap = TextWrapping::truncate_at_width(room);
        painter.layout_job(job)
    };
    let mut galleys = whole.chain(cut).map(layout);
    let galley = galleys
        .find(|galley| !galley.elided)
        .unwrap_or_else(|| layout(text(&name, &differing)));
    painter.galley(pos2(left, middle - galley.size().y / 2.0), galley, look.ink);
}
