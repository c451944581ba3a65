//! Where the numbers of contour lines stand: each on its own line, turned along it, clear of all others.

use egui::{Pos2, Rect, Vec2, pos2};

use crate::insight::Contour;

/// From the end of a number to what is beside it, in points.
const CLEAR: f32 = 4.0;
/// From one place on a line that is looked at to the next, in points.
const STRIDE: f32 = 9.0;
/// How far a line may leave the number that stands on it, in points.
const STRAIGHT: f32 = 3.5;

/// The lines of a contour of a grid with `places` columns and rows that fills `rect`.
pub fn on_screen(contour: &Contour, places: usize, rect: Rect) -> Vec<Vec<Pos2>> {
    /// Points nearer to each other than this, in points, are left out.
    const FINEST: f32 = 0.75;
    let cells = (places.max(2) - 1) as f64;
    let screen = |point: &[f64; 2]| {
        let [across, up] = point.map(|place| (place / cells) as f32);
        pos2(
            rect.left() + across * rect.width(),
            rect.bottom() - up * rect.height(),
        )
    };
    let thin = |line: &[[f64; 2]]| {
        let mut points: Vec<Pos2> = Vec::with_capacity(line.len());
        for (index, point) in line.iter().enumerate() {
            let at = screen(point);
            let is_end = index + 1 == line.len();
            if is_end || points.last().is_none_or(|last| last.distance(at) > FINEST) {
                points.push(at);
            }
        }
        points
    };
    contour.lines().map(thin).collect()
}

/// A number on a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its middle.
    pub center: Pos2,
    /// The direction in which it is read, of length 1, never to the left: it does not stand on its head.
    pub way: Vec2,
    /// Its width and height before it is turned.
    pub size: Vec2,
}

impl Place {
    /// Half of its way along the line, and half of its height.
    fn reach(self) -> [Vec2; 2] {
        [self.size.x / 2.0 * self.way, self.size.y / 2.0 * self.way.rot90()]
    }

    /// Its corners.
    pub fn corners(self) -> [Pos2; 4] {
        let [along, across] = self.reach();
        [along + across, along - across, -along - across, across - along].map(|corner| self.center + corner)
    }

    /// The square of the distance of a point from it; 0 inside.
    fn distance_sq(self, point: Pos2) -> f32 {
        let from = point - self.center;
        let along = (from.dot(self.way).abs() - self.size.x / 2.0).max(0.0);
        let across = (from.dot(self.way.rot90()).abs() - self.size.y / 2.0).max(0.0);
        along * along + across * across
    }

    /// Points on it, close together, for distances from other numbers.
    fn samples(self) -> impl Iterator<Item = Pos2> {
        let [along, across] = self.reach();
        (-3..=3).flat_map(move |step| {
            let middle = self.center + step as f32 / 3.0 * along;
            [middle + across, middle, middle - across]
        })
    }

    /// Whether two of them are clear of one another.
    fn is_clear_of(self, other: Self) -> bool {
        let apart = self.size.length() / 2.0 + other.size.length() / 2.0 + CLEAR;
        self.center.distance_sq(other.center) >= apart * apart
            || other
                .samples()
                .all(|point| self.distance_sq(point) >= CLEAR * CLEAR)
    }
}

/// For each line the place of its number, of the given size; `None` where it has no room. All is within `within` and
/// clear of `taken`; the longest lines come first.
pub fn places(lines: &[Vec<Pos2>], sizes: &[Vec2], within: Rect, taken: &[Rect]) -> Vec<Option<Place>> {
    let mut found: Vec<Option<Place>> = vec![None; lines.len()];
    let sparse: Vec<Vec<Pos2>> = lines.iter().map(|line| sparse(line)).collect();
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|&line| std::cmp::Reverse(sparse[line].len()));
    for index in order {
        let size = sizes[index];
        let mut best: Option<(f32, Place)> = None;
        for place in candidates(&lines[index], size) {
            let is_inside = place
                .corners()
                .iter()
                .all(|&corner| within.shrink(CLEAR).contains(corner));
            let is_clear = |rect: &Rect| {
                let mut samples = place.samples();
                samples.all(|point| rect.distance_to_pos(point) >= CLEAR)
            };
            let is_free = |&other: &Place| place.is_clear_of(other);
            if !is_inside || !taken.iter().all(is_clear) || !found.iter().flatten().all(is_free) {
                continue;
            }
            let others = sparse.iter().enumerate().filter(|&(other, _)| other != index);
            let near = others
                .flat_map(|(_, points)| points)
                .map(|&point| place.distance_sq(point))
                .fold(4.0 * size.y * size.y, f32::min)
                .sqrt();
            // Away from other lines, nearly level, and not at the rim.
            let middle = within.center().distance(place.center) / within.size().length();
            let cost = 1.5 * place.way.y.abs() - 2.0 * near / size.y + middle;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, place));
            }
        }
        found[index] = best.map(|(_, place)| place);
    }
    found
}

/// Points of a line that are some way apart, for distances.
fn sparse(line: &[Pos2]) -> Vec<Pos2> {
    const APART: f32 = 6.0;
    let mut points: Vec<Pos2> = Vec::new();
    for &point in line {
        if points.last().is_none_or(|last| last.distance(point) >= APART) {
            points.push(point);
        }
    }
    points
}

/// The stretches of a line that are straight enough and longer than the number.
fn candidates(line: &[Pos2], size: Vec2) -> impl Iterator<Item = Place> {
    let mut ways = vec![0.0];
    for pair in line.windows(2) {
        ways.push(ways.last().copied().unwrap_or(0.0) + pair[0].distance(pair[1]));
    }
    let whole = ways.last().copied().unwrap_or(0.0);
    let room = size.x + 2.0 * CLEAR;
    let count = if whole > room {
        ((whole - room) / STRIDE) as usize + 1
    } else {
        0
    };
    let line = line.to_vec();
    (0..count).filter_map(move |index| {
        let from = index as f32 * STRIDE;
        let at = |way: f32| {
            let next = ways
                .partition_point(|&known| known < way)
                .clamp(1, ways.len() - 1);
            let (before, after) = (ways[next - 1], ways[next]);
            let share = if after > before {
                (way - before) / (after - before)
            } else {
                0.0
            };
            line[next - 1].lerp(line[next], share.clamp(0.0, 1.0))
        };
        let (start, end) = (at(from), at(from + room));
        let chord = end - start;
        if chord.length() < 0.8 * room {
            return None;
        }
        let way = chord.normalized();
        let is_straight = (1..8).all(|step| {
            let point = at(from + room * step as f32 / 8.0);
            (point - start).dot(way.rot90()).abs() <= STRAIGHT
        });
        is_straight.then(|| Place {
            center: start.lerp(end, 0.5),
            way: if way.x < 0.0 { -way } else { way },
            size,
        })
    })
}

/// A line without what lies under a number.
pub fn gaps(line: &[Pos2], place: Option<Place>) -> Vec<Vec<Pos2>> {
    let Some(place) = place else {
        return vec![line.to_vec()];
    };
    let mut parts = vec![Vec::new()];
    for &point in line {
        if place.distance_sq(point) < 1.0 {
            if parts.last().is_some_and(|part| !part.is_empty()) {
                parts.push(Vec::new());
            }
        } else if let Some(part) = parts.last_mut() {
            part.push(point);
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    fn wave(height: f32) -> Vec<Pos2> {
        (0..=300_u16)
            .map(|x| pos2(f32::from(x), height + 20.0 * (f32::from(x) / 40.0).sin()))
            .collect()
    }

    #[test]
    fn every_line_with_room_has_its_number_on_it_and_no_two_overlap() {
        let within = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 300.0));
        let lines: Vec<Vec<Pos2>> = (1..=8_u8).map(|i| wave(30.0 * f32::from(i))).collect();
        let sizes = vec![vec2(26.0, 12.0); lines.len()];
        let taken = [Rect::from_min_size(pos2(100.0, 100.0), vec2(60.0, 60.0))];
        let found = places(&lines, &sizes, within, &taken);
        for (line, place) in lines.iter().zip(&found) {
            let place = place.unwrap();
            assert!(line.iter().any(|point| point.distance(place.center) < 4.0));
            assert!(place.way.x >= 0.0 && (place.way.length() - 1.0).abs() < 1e-4);
            assert!(place.corners().iter().all(|&corner| within.contains(corner)));
            assert!(place.samples().all(|point| !taken[0].contains(point)));
            let parts = gaps(line, Some(place));
            assert_eq!(parts.len(), 2, "the line leaves room for it");
        }
        let placed: Vec<Place> = found.into_iter().flatten().collect();
        for (index, place) in placed.iter().enumerate() {
            for other in &placed[..index] {
                assert!(
                    other
                        .samples()
                        .all(|point| place.distance_sq(point) >= CLEAR * CLEAR)
                );
            }
        }
    }

    #[test]
    fn a_line_without_room_has_no_number() {
        let within = Rect::from_min_size(Pos2::ZERO, vec2(300.0, 300.0));
        let short = vec![pos2(10.0, 10.0), pos2(30.0, 10.0)];
        let ring = (0..=40_u8).map(|step| {
            pos2(150.0, 150.0) + 9.0 * Vec2::angled(f32::from(step) / 40.0 * std::f32::consts::TAU)
        });
        for line in [short, ring.collect(), Vec::new()] {
            assert_eq!(places(&[line], &[vec2(26.0, 12.0)], within, &[]), [None]);
        }
    }
}
