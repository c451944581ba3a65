//! The loss over the epochs: the line of the run, its branches, and the timeline on it, which a hand moves.
//!
//! [`chart`] is the plane with its axes.

pub mod chart;

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Description, FocusLinks, Grip, Item, Part, Place, Stage};
use neurodial_core::learning::{Measured, Record};
use crate::look::{Look, type_scale};
use crate::panes::{Pane, Scene};
use neurodial_core::session::Range;
use neurodial_core::session::{Line, Run, RunState};
use neurodial_core::words::fine;

use chart::{Chart, Scale};

/// How near a hand must come to a branch to mean it, in points.
const REACH: f32 = 5.0;
/// Points of a line nearer to each other than this, in points, are left out.
const FINEST: f32 = 0.75;
/// On a screen a line goes up and down once in so many points of width.
const COLUMN: f32 = 2.0;

/// Draws the plot into `rect`.
pub fn plot_ui(ui: &mut Ui, scene: &Scene<'_>, stage: &mut Stage, rect: Rect) {
    let run = scene.session.run();
    let chart = chart(ui, scene, run, rect);
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Training.canvas_id());
    let painter = canvas.painter().clone();
    chart.paint(&painter, scene.look, Some("epoch"));
    let painter = painter.with_clip_rect(chart.plane.expand(5.0).intersect(painter.clip_rect()));
    let ways: Vec<(usize, Vec<Pos2>)> = run
        .comparable()
        .map(|(branch, line)| (branch, way(&chart, &line.records, |record| Some(record.train))))
        .collect();
    for (branch, points) in &ways {
        let is_lit = canvas.is_under_hand(Part::Branch(*branch)) || canvas.has_focus(Part::Branch(*branch));
        let (width, color) = match is_lit {
            true => (2.25, scene.look.ink_soft),
            false => (1.25, scene.look.ink_faint),
        };
        painter.add(Shape::line(points.clone(), Stroke::new(width, color)));
    }
    // On paper a run is drawn as far as it has come, with the axes of all of it.
    let come = (scene.paper.is_some() && run.at < run.line.end()).then(|| run.line.until(run.at));
    let line = come.as_ref().unwrap_or(&run.line);
    changes_ui(&painter, scene, &chart, line);
    line_ui(&painter, scene, &chart, line);
    match (&come, line.record_at(run.at)) {
        (Some(_), Some(record)) => {
            let at = chart.screen(record.epoch as f64, record.train.loss);
            painter.circle_filled(at, 4.5, scene.look.ink);
        }
        _ => best_ui(&painter, scene.look, &chart, line),
    }
    if scene.paper.is_none() {
        legend_ui(&painter, scene.look, &chart, &run.line, !ways.is_empty());
    }
    if scene.paper.is_some() || run.line.moments.is_empty() {
        if run.line.moments.is_empty() {
            let hint = match scene.paper {
                None => "Play, and the loss is drawn here.",
                Some(_) => "",
            };
            let at = chart.plane.center();
            painter.text(
                at,
                Align2::CENTER_CENTER,
                hint,
                type_scale::small(),
                scene.look.ink_soft,
            );
        }
        return;
    }
    timeline_ui(&mut canvas, scene, &chart, ways);
}

fn chart(ui: &Ui, scene: &Scene<'_>, run: &Run, rect: Rect) -> Chart {
    let lines = || std::iter::once(&run.line).chain(run.comparable().map(|(_, line)| line));
    let losses = lines()
        .flat_map(|line| line.records.iter())
        .flat_map(|record| [Some(record.train.loss), record.test.map(|test| test.loss)]);
    let scale = Scale::of(losses.flatten(), scene.session.view().log_loss);
    let end = lines().map(Line::end).max().unwrap_or(0);
    // What is printed does not grow.
    let end = match scene.paper {
        Some(_) => end.max(1) as f64,
        None => chart::whole(end as f64),
    };
    Chart::new(ui.painter(), rect, [0.0, end], scale)
}

fn way(chart: &Chart, records: &[Record], of: impl Fn(&Record) -> Option<Measured>) -> Vec<Pos2> {
    let mut points: Vec<Pos2> = Vec::new();
    let mut left_out = None;
    for record in records {
        let Some(loss) = of(record)
            .map(|measured| measured.loss)
            .filter(|loss| loss.is_finite())
        else {
            continue;
        };
        let at = chart.screen(record.epoch as f64, loss);
        if points.last().is_some_and(|last| last.distance(at) < FINEST) {
            left_out = Some(at);
        } else {
            left_out = None;
            points.push(at);
        }
    }
    points.extend(left_out);
    points
}

/// The same line without what can't be seen: of the points of a column of the screen the first, the highest, the lowest
/// and the last.
fn within_columns(points: &[Pos2]) -> Vec<Pos2> {
    let column = |point: &Pos2| (point.x / COLUMN).floor();
    let mut thinned = Vec::with_capacity(points.len());
    for points in points.chunk_by(|a, b| column(a) == column(b)) {
        if points.len() <= 4 {
            thinned.extend_from_slice(points);
            continue;
        }
        let by_height = |a: &usize, b: &usize| points[*a].y.total_cmp(&points[*b].y);
        let highest = (0..points.len()).min_by(by_height).unwrap_or(0);
        let lowest = (0..points.len()).max_by(by_height).unwrap_or(0);
        let mut kept = [0, highest.min(lowest), highest.max(lowest), points.len() - 1].to_vec();
        kept.dedup();
        thinned.extend(kept.into_iter().map(|index| points[index]));
    }
    thinned
}

/// How the line of the loss on the samples to train with is drawn.
pub fn train_stroke(look: &Look) -> Stroke {
    Stroke::new(2.25, look.ink)
}

/// The dashed line of the loss on those held out.
pub fn test_line(look: &Look, points: &[Pos2]) -> Vec<Shape> {
    Shape::dashed_line(points, Stroke::new(2.0, look.accent), 6.0, 4.0)
}

fn line_ui(painter: &Painter, scene: &Scene<'_>, chart: &Chart, line: &Line) {
    let look = scene.look;
    for records in line.stretches() {
        let mut train = way(chart, records, |record| Some(record.train));
        let mut test = way(chart, records, |record| record.test);
        if scene.paper.is_none() {
            (train, test) = (within_columns(&train), within_columns(&test));
        }
        painter.extend(test_line(look, &test));
        painter.add(Shape::line(train, train_stroke(look)));
    }
}

/// Where settings or data were changed.
fn changes_ui(painter: &Painter, scene: &Scene<'_>, chart: &Chart, line: &Line) {
    let look = scene.look;
    let mut free_from = f32::NEG_INFINITY;
    for change in line.changes.iter() {
        let x = chart.x(change.epoch as f64);
        let stroke = Stroke::new(1.0, look.ink_faint);
        let ends = [pos2(x, chart.plane.top()), pos2(x, chart.plane.bottom())];
        painter.extend(Shape::dotted_line(&ends, stroke.color, 4.0, 0.75));
        let galley = painter.layout_no_wrap(change.words.clone(), type_scale::small(), look.ink_soft);
        let left = (x + 4.0).min(chart.plane.right() - galley.size().x);
        if left > free_from {
            free_from = left + galley.size().x + 8.0;
            let at = pos2(left, chart.plane.bottom() - galley.size().y - 3.0);
            let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(2.0, 0.0));
            painter.rect_filled(ground, 2.0, look.card.gamma_multiply(0.8));
            painter.galley(at, galley, look.ink_soft);
        }
    }
}

/// The least training loss.
fn best_ui(painter: &Painter, look: &Look, chart: &Chart, line: &Line) {
    if let Some(best) = line.best().filter(|_| line.end() > 0) {
        let at = chart.screen(best.epoch as f64, best.train.loss);
        painter.circle(at, 3.5, look.card, Stroke::new(1.5, look.ink));
    }
}

/// Which line is which.
fn legend_ui(painter: &Painter, look: &Look, chart: &Chart, line: &Line, has_branches: bool) {
    let has_test = line.records.iter().any(|record| record.test.is_some());
    if line.records.is_empty() {
        return;
    }
    let mut right = chart.plane.right() - 6.0;
    let names = [
        ("test", Stroke::new(2.0, look.accent), has_test),
        ("train", Stroke::new(2.25, look.ink), true),
        ("branches", Stroke::new(1.25, look.ink_faint), has_branches),
    ];
    for (name, stroke, _) in names.into_iter().filter(|(.., is_there)| *is_there) {
        let at = pos2(right, chart.plane.top() + 9.0);
        let galley = painter.layout_no_wrap(name.to_owned(), type_scale::small(), look.ink_soft);
        let place = Align2::RIGHT_CENTER.anchor_size(at, galley.size());
        let ground = Rect::from_min_max(pos2(place.left() - 26.0, place.top()), place.max);
        painter.rect_filled(ground.expand(1.0), 2.0, look.card.gamma_multiply(0.8));
        painter.galley(place.min, galley, look.ink_soft);
        let sample = [pos2(place.left() - 24.0, at.y), pos2(place.left() - 5.0, at.y)];
        if name == "test" {
            painter.extend(Shape::dashed_line(&sample, stroke, 6.0, 4.0));
        } else {
            painter.line_segment(sample, stroke);
        }
        right = place.left() - 34.0;
    }
}

/// Where in the run the knobs are, the whole plane to move it, and the branches to be taken up.
fn timeline_ui(canvas: &mut Canvas<'_>, scene: &Scene<'_>, chart: &Chart, ways: Vec<(usize, Vec<Pos2>)>) {
    let run = scene.session.run();
    let look = scene.look;
    let x = chart.x(run.at as f64);
    let handle = pos2(x, chart.plane.bottom());
    let is_under_hand = canvas.is_under_hand(Part::Timeline);
    let painter = canvas.painter();
    let is_still = run.state != RunState::Playing;
    if is_still || is_under_hand {
        painter.vline(x, chart.plane.y_range(), Stroke::new(1.25, look.accent));
    }
    if let Some(record) = run.line.record_at(run.at) {
        let at = chart.screen(run.at as f64, record.train.loss);
        painter.circle(at, 4.5, look.accent, Stroke::new(1.5, look.card));
    }
    let radius = if is_under_hand { 7.0 } else { 6.0 };
    painter.circle(handle, radius, look.card, Stroke::new(2.0, look.accent));
    let grip = Grip::timeline(chart.plane, chart.epochs, true);
    let links = FocusLinks {
        before: None,
        after: ways.first().map(|&(branch, _)| Part::Branch(branch)),
    };
    // The foot of the plane is the slider’s groove.
    let groove = Rect::from_min_max(
        pos2(chart.plane.left(), chart.plane.bottom() - 7.0),
        pos2(chart.plane.right(), chart.plane.bottom() + 7.0),
    );
    // The whole plane has the focus: egui takes it from what is clicked beside.
    let plane = Item::new(Part::Timeline, Place::Rect(chart.plane)).grip(Some(grip));
    canvas.place(plane.focusable(links), || timeline_description(scene));
    let item = Item::new(Part::Timeline, Place::Rect(groove))
        .grip(Some(grip))
        .rank(3);
    canvas.place_more(item.focusable(links));
    let order: Vec<usize> = ways.iter().map(|&(branch, _)| branch).collect();
    for (index, (branch, points)) in ways.into_iter().enumerate() {
        let part = Part::Branch(branch);
        let links = FocusLinks {
            before: Some(
                index
                    .checked_sub(1)
                    .map_or(Part::Timeline, |before| Part::Branch(order[before])),
            ),
            after: order.get(index + 1).map(|&after| Part::Branch(after)),
        };
        let place = Place::Polyline {
            points: shown_part(points, chart),
            reach: REACH,
        };
        let grip = Grip::timeline(chart.plane, chart.epochs, false);
        let item = Item::new(part, place).grip(Some(grip)).rank(1).focusable(links);
        canvas.place(item, || branch_description(scene, branch));
    }
}

/// At least two points, for a place.
fn shown_part(mut points: Vec<Pos2>, chart: &Chart) -> Vec<Pos2> {
    if points.len() < 2 {
        let at = points.first().copied().unwrap_or(chart.plane.min);
        points = vec![at, at];
    }
    points
}

fn timeline_description(scene: &Scene<'_>) -> Description {
    let run = scene.session.run();
    let end = run.line.end();
    let loss = |measured: Measured| fine(measured.loss, 3);
    let mut value = format!("epoch {} of {end}", run.at);
    if let Some(record) = run.line.record_at(run.at) {
        value += &format!(", train loss {}", loss(record.train));
        if let Some(test) = record.test {
            value += &format!(", test loss {}", loss(test));
        }
    }
    let range = Range {
        min: 0.0,
        max: end.max(1) as f64,
        step: 1.0,
    };
    Description {
        name: "timeline of training".to_owned(),
        value: Some(value),
        more: Some("goes back and forth in the epochs; play goes on from there as a branch".to_owned()),
        number: Some((run.at as f64, range)),
        ..Description::default()
    }
}

fn branch_description(scene: &Scene<'_>, branch: usize) -> Description {
    let line = scene.session.run().branches.get(branch);
    let end = line.map_or(0, Line::end);
    let loss = line
        .and_then(|line| line.records.last())
        .map_or(f64::NAN, |last| last.train.loss);
    Description {
        name: format!("branch {} of training", branch + 1),
        value: Some(format!("to epoch {end}, train loss {}", fine(loss, 3))),
        is_button: true,
        ..Description::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_noisy_line_keeps_its_ends_and_its_heights() {
        let noise = |i: u32| f32::from((i.wrapping_mul(2_654_435_761) >> 20) as u16 % 100);
        let points: Vec<Pos2> = (0..2_000).map(|i| pos2(i as f32 * 0.1, noise(i))).collect();
        let thinned = within_columns(&points);
        assert!(thinned.len() <= 4 * 101, "{}", thinned.len());
        assert_eq!((thinned.first(), thinned.last()), (points.first(), points.last()));
        for column in 0..100_u16 {
            let heights = |points: &[Pos2]| {
                let inside = points
                    .iter()
                    .filter(|point| (point.x / COLUMN).floor() == f32::from(column));
                inside.fold([f32::MAX, f32::MIN], |[low, high], point| {
                    [low.min(point.y), high.max(point.y)]
                })
            };
            assert_eq!(heights(&thinned), heights(&points), "column {column}");
        }
        assert_eq!(within_columns(&points[..3]), points[..3]);
    }
}
