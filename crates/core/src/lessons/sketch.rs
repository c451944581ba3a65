//! A curve that is drawn by hand, and its comparison with the true curve.

/// The number of places at which a sketch is measured.
const PLACES: usize = 401;
/// The distance on either side of a jump of the true curve in which the sketch isn't compared.
const AROUND_JUMP: f64 = 0.3;
/// The width in which the slope of a sketch is measured, as a part of the horizontal axis.
const SLOPE_WIDTH: f64 = 0.04;
/// The part of the horizontal axis that a sketch has to cover to be compared.
const MIN_COVERED: f64 = 0.75;
/// The maximum number of points that are kept in the answer log.
pub const MAX_LOGGED_POINTS: usize = 64;
/// The largest mean distance of a good sketch without a condition of its own.
pub const GOOD_DISTANCE: f64 = 0.12;

/// The true curve of a sketch, with its axes.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueCurve {
    /// The points from left to right.
    pub points: Vec<[f64; 2]>,
    /// The places where the curve jumps.
    pub jumps: Vec<f64>,
    /// The ends of the horizontal axis.
    pub x_range: [f64; 2],
    /// The ends of the vertical axis.
    pub y_range: [f64; 2],
}

/// A curve that was drawn by hand: points from left to right. Two points at the same place are a jump.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sketch {
    points: Vec<[f64; 2]>,
}

/// The quantities `sketch.…` of conditions. NaN is undefined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SketchMeasures {
    /// The mean distance to the true curve, as a part of the height of the axes.
    pub off: f64,
    /// The place where the sketch is steepest.
    pub jump: f64,
    /// The place where it is lowest.
    pub low: f64,
    /// The mean of the left quarter.
    pub left: f64,
    /// The mean of the right quarter.
    pub right: f64,
}

impl Sketch {
    /// Creates a sketch from the points of a stroke, in any order. Points that are not finite are left out.
    pub fn new(points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut points: Vec<[f64; 2]> = points
            .into_iter()
            .filter(|[x, y]| x.is_finite() && y.is_finite())
            .collect();
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        Self { points }
    }

    /// Returns the points, from left to right.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// True if there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.points.len() < 2
    }

    /// Draws a part of the sketch anew: the points of the stroke replace those between its ends.
    pub fn add_stroke(&mut self, stroke: impl IntoIterator<Item = [f64; 2]>) {
        let stroke = Self::new(stroke);
        if let (Some([from, _]), Some([to, _])) = (stroke.points.first(), stroke.points.last()) {
            self.points.retain(|[x, _]| x < from || x > to);
            self.points.extend_from_slice(&stroke.points);
            self.points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        }
    }

    /// Returns the height at a place; `None` where nothing is drawn. At a jump it is that of the right side.
    pub fn at(&self, x: f64) -> Option<f64> {
        height(&self.points, x)
    }

    /// Measures the sketch over the axes of the true curve.
    pub fn measures(&self, curve: &TrueCurve) -> SketchMeasures {
        let [from, to] = curve.x_range;
        let width = to - from;
        let places: Vec<f64> = (0..PLACES)
            .map(|index| from + width * index as f64 / (PLACES - 1) as f64)
            .collect();
        let quarter = |range: [f64; 2]| {
            let inside = places.iter().filter(|x| range[0] <= **x && **x <= range[1]);
            mean(inside.filter_map(|&x| self.at(x)))
        };
        SketchMeasures {
            off: self.distance(curve, &places),
            jump: self.steepest(curve.x_range),
            low: self.lowest(&places),
            left: quarter([from, from + 0.25 * width]),
            right: quarter([to - 0.25 * width, to]),
        }
    }

    fn distance(&self, curve: &TrueCurve, places: &[f64]) -> f64 {
        let compared: Vec<f64> = places
            .iter()
            .copied()
            .filter(|x| curve.jumps.iter().all(|jump| (x - jump).abs() > AROUND_JUMP))
            .collect();
        let height_of_axes = curve.y_range[1] - curve.y_range[0];
        let distances: Vec<f64> = compared
            .iter()
            .filter_map(|&x| Some((self.at(x)? - height(&curve.points, x)?).abs()))
            .collect();
        if compared.is_empty() || (distances.len() as f64) < MIN_COVERED * compared.len() as f64 {
            return f64::NAN;
        }
        mean(distances.into_iter()) / height_of_axes
    }

    /// Returns the place where the sketch is steepest: in the middle of the places where it rises or falls most.
    fn steepest(&self, [from, to]: [f64; 2]) -> f64 {
        const WINDOWS: usize = 2_000;
        let half = 0.5 * SLOPE_WIDTH * (to - from);
        let change = |x: f64| Some((self.at(x + half)? - self.at(x - half)?).abs());
        let places = (0..=WINDOWS).map(|index| from + (to - from) * index as f64 / WINDOWS as f64);
        let changes: Vec<(f64, f64)> = places.filter_map(|x| Some((x, change(x)?))).collect();
        let most = changes.iter().map(|(_, change)| *change).fold(0.0, f64::max);
        if most <= 0.0 {
            return f64::NAN;
        }
        let Some(first) = changes.iter().position(|(_, change)| *change >= most * 0.999) else {
            return f64::NAN;
        };
        let run = changes[first..]
            .iter()
            .take_while(|(_, change)| *change >= most * 0.999);
        mean(run.map(|(x, _)| *x))
    }

    fn lowest(&self, places: &[f64]) -> f64 {
        let drawn = places.iter().filter_map(|&x| Some((x, self.at(x)?)));
        let drawn = drawn.chain(self.points.iter().map(|[x, y]| (*x, *y)));
        let drawn: Vec<(f64, f64)> = drawn.collect();
        let low = drawn.iter().map(|(_, y)| *y).fold(f64::INFINITY, f64::min);
        let high = drawn.iter().map(|(_, y)| *y).fold(f64::NEG_INFINITY, f64::max);
        if high <= low {
            return f64::NAN;
        }
        let tolerance = 1e-9 * (high - low);
        mean(
            drawn
                .iter()
                .filter(|(_, y)| *y <= low + tolerance)
                .map(|(x, _)| *x),
        )
    }

    /// Returns the points for the answer log, `x y;x y`, at most 64 of them.
    pub fn to_log(&self) -> String {
        let points = thinned(&self.points, MAX_LOGGED_POINTS);
        let rounded = |value: f64| crate::text::format_ascii(value, 4);
        let texts = points
            .iter()
            .map(|[x, y]| format!("{} {}", rounded(*x), rounded(*y)));
        texts.collect::<Vec<_>>().join(";")
    }

    /// Reads the points of the answer log; `None` if they are none.
    pub fn from_log(text: &str) -> Option<Self> {
        let point = |text: &str| {
            let (x, y) = text.trim().split_once(' ')?;
            let point = [x.parse::<f64>().ok()?, y.trim().parse::<f64>().ok()?];
            point.iter().all(|number| number.is_finite()).then_some(point)
        };
        let points: Option<Vec<[f64; 2]>> = text.split(';').map(point).collect();
        points.map(Self::new)
    }
}

impl TrueCurve {
    /// Computes a curve. Jumps are found where it changes much within a very small distance.
    pub(crate) fn new(
        x_range: [f64; 2],
        y_range: Option<[f64; 2]>,
        value: impl Fn(f64) -> Option<f64>,
    ) -> Self {
        const SAMPLES: usize = 1_000;
        let [from, to] = x_range;
        let finite = |x: f64| value(x).filter(|y| y.is_finite());
        let mut points: Vec<[f64; 2]> = Vec::new();
        let mut jumps = Vec::new();
        let samples: Vec<[f64; 2]> = (0..=SAMPLES)
            .map(|index| from + (to - from) * index as f64 / SAMPLES as f64)
            .filter_map(|x| Some([x, finite(x)?]))
            .collect();
        let height = |points: &[[f64; 2]]| {
            let low = points.iter().map(|point| point[1]).fold(f64::INFINITY, f64::min);
            let high = points
                .iter()
                .map(|point| point[1])
                .fold(f64::NEG_INFINITY, f64::max);
            [low, high]
        };
        let [low, high] = height(&samples);
        for pair in samples.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            points.push(a);
            if (b[1] - a[1]).abs() > 0.05 * (high - low)
                && let Some((left, right)) = jump_between(a, b, &finite)
            {
                points.extend([left, [left[0], right[1]]]);
                jumps.push(left[0]);
            }
        }
        points.extend(samples.last());
        Self {
            points,
            jumps,
            x_range,
            y_range: y_range.unwrap_or_else(|| padded([low, high])),
        }
    }

    /// Creates a curve from its points, without jumps.
    pub(crate) fn from_points(
        points: Vec<[f64; 2]>,
        x_range: Option<[f64; 2]>,
        y_range: Option<[f64; 2]>,
    ) -> Self {
        let ends = |axis: usize| {
            let values = || points.iter().map(|point| point[axis]);
            [
                values().fold(f64::INFINITY, f64::min),
                values().fold(f64::NEG_INFINITY, f64::max),
            ]
        };
        let [from, to] = ends(0);
        Self {
            x_range: x_range.unwrap_or(if to > from { [from, to] } else { [0.0, 1.0] }),
            y_range: y_range.unwrap_or_else(|| padded(ends(1))),
            jumps: Vec::new(),
            points,
        }
    }

    /// True if there is something to draw.
    pub fn is_finite(&self) -> bool {
        self.points.len() >= 2
    }

    /// Returns the curve with so few points that they fit into the answer log.
    pub fn to_sketch(&self) -> Sketch {
        // Points in a straight line are not needed.
        let tolerance = 0.002 * (self.y_range[1] - self.y_range[0]);
        Sketch::new(simplified(&self.points, tolerance))
    }
}

/// Finds the place of a jump between two points by halving; `None` if the curve is only steep.
fn jump_between(
    mut a: [f64; 2],
    mut b: [f64; 2],
    value: &impl Fn(f64) -> Option<f64>,
) -> Option<([f64; 2], [f64; 2])> {
    let change = (b[1] - a[1]).abs();
    for _ in 0..40 {
        let x = 0.5 * (a[0] + b[0]);
        let middle = [x, value(x)?];
        if (middle[1] - a[1]).abs() >= (b[1] - middle[1]).abs() {
            b = middle;
        } else {
            a = middle;
        }
    }
    ((b[1] - a[1]).abs() >= 0.8 * change).then_some((a, b))
}

/// Returns the ends of a vertical axis with a margin.
fn padded([low, high]: [f64; 2]) -> [f64; 2] {
    if !(low.is_finite() && high.is_finite()) {
        return [0.0, 1.0];
    }
    let height = high - low;
    if height <= 1e-12 * high.abs().max(1.0) {
        return [low - 1.0, high + 1.0];
    }
    [low - 0.1 * height, high + 0.1 * height]
}

/// Returns the height of a polyline at a place; at a vertical part that of the last point there.
fn height(points: &[[f64; 2]], x: f64) -> Option<f64> {
    let after = points.partition_point(|point| point[0] <= x);
    let before = points.get(after.checked_sub(1)?)?;
    if before[0] == x {
        return Some(before[1]);
    }
    let next = points.get(after)?;
    let fraction = (x - before[0]) / (next[0] - before[0]);
    Some(before[1] + fraction * (next[1] - before[1]))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    sum / count as f64
}

/// Returns an even selection of at most `most` points, with the first and the last.
fn thinned(points: &[[f64; 2]], most: usize) -> Vec<[f64; 2]> {
    if points.len() <= most {
        return points.to_vec();
    }
    let [low, high] = points
        .iter()
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], point| {
            [low.min(point[1]), high.max(point[1])]
        });
    let mut tolerance = 1e-4 * (high - low).max(1e-12);
    for _ in 0..24 {
        let simple = simplified(points, tolerance);
        if simple.len() <= most {
            return simple;
        }
        tolerance *= 1.6;
    }
    let last = points.len() - 1;
    (0..most).map(|index| points[index * last / (most - 1)]).collect()
}

/// Returns a polyline without the points that are nearly on a line between others (Douglas and Peucker, 1973), by
/// their vertical distance.
fn simplified(points: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let Some(last) = points.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut is_kept = vec![false; points.len()];
    is_kept[0] = true;
    is_kept[last] = true;
    let mut ranges = vec![(0, last)];
    while let Some((from, to)) = ranges.pop() {
        let [a, b] = [points[from], points[to]];
        let on_line = |point: [f64; 2]| match b[0] - a[0] {
            0.0 => f64::INFINITY,
            width => (point[1] - (a[1] + (point[0] - a[0]) / width * (b[1] - a[1]))).abs(),
        };
        let farthest = (from + 1..to).max_by(|&i, &j| on_line(points[i]).total_cmp(&on_line(points[j])));
        if let Some(index) = farthest.filter(|&index| on_line(points[index]) > tolerance) {
            is_kept[index] = true;
            ranges.extend([(from, index), (index, to)]);
        }
    }
    let kept = points.iter().zip(is_kept).filter(|(_, is_kept)| *is_kept);
    kept.map(|(point, _)| *point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step() -> TrueCurve {
        TrueCurve::new([-5.0, 5.0], None, |x| Some(f64::from(u8::from(x < 2.0))))
    }

    #[test]
    fn the_jump_of_a_curve_is_found_and_a_steep_curve_has_none() {
        let curve = step();
        assert!(
            (curve.jumps[0] - 2.0).abs() < 1e-9 && curve.jumps.len() == 1,
            "{:?}",
            curve.jumps
        );
        let steep = TrueCurve::new([-5.0, 5.0], None, |x| Some(libm::tanh(30.0 * x)));
        assert!(steep.jumps.is_empty());
        assert_eq!(curve.to_sketch().points().len(), 4);
    }

    #[test]
    fn a_good_sketch_is_near_and_a_wrong_one_far() {
        let curve = step();
        let good = Sketch::new([[-5.0, 1.0], [1.8, 1.0], [1.8, 0.0], [5.0, 0.0]]).measures(&curve);
        assert!(good.off < 0.01, "{good:?}");
        assert!((good.jump - 1.8).abs() < 0.02, "{good:?}");
        assert!(good.left > 0.99 && good.right < 0.01, "{good:?}");
        let mirrored = Sketch::new([[-5.0, 0.0], [2.0, 0.0], [2.0, 1.0], [5.0, 1.0]]).measures(&curve);
        assert!(mirrored.off > 0.7, "{mirrored:?}");
        assert!(mirrored.left < mirrored.right);
        let shifted = Sketch::new([[-5.0, 1.0], [-2.0, 1.0], [-2.0, 0.0], [5.0, 0.0]]).measures(&curve);
        assert!(
            shifted.off > 0.2 && (shifted.jump + 2.0).abs() < 0.02,
            "{shifted:?}"
        );
    }

    #[test]
    fn a_slanted_hand_drawn_step_is_steepest_in_its_middle() {
        let curve = step();
        let drawn = Sketch::new([[-5.0, 0.95], [1.6, 1.02], [2.4, 0.03], [5.0, 0.0]]).measures(&curve);
        assert!((drawn.jump - 2.0).abs() < 0.25, "{drawn:?}");
        assert!(drawn.off < 0.05, "{drawn:?}");
    }

    #[test]
    fn the_lowest_place_of_a_parabola() {
        let loss = |w: f64| 11.0 * w * w - 17.0 * w + 6.75;
        let curve = TrueCurve::new([-1.0, 2.5], Some([0.0, 40.0]), |w| Some(loss(w)));
        let points = (0..=35)
            .map(|index| f64::from(index) / 10.0 - 1.0)
            .map(|w| [w, loss(w)]);
        let measures = Sketch::new(points).measures(&curve);
        assert!((measures.low - 0.77).abs() < 0.06, "{measures:?}");
        assert!(measures.off < 0.01);
    }

    #[test]
    fn a_sketch_of_a_part_is_not_compared() {
        let measures = Sketch::new([[-5.0, 1.0], [0.0, 1.0]]).measures(&step());
        assert!(measures.off.is_nan() && measures.right.is_nan() && measures.left == 1.0);
        let empty = Sketch::default().measures(&step());
        assert!(empty.off.is_nan() && empty.jump.is_nan() && empty.low.is_nan());
    }

    #[test]
    fn the_log_has_at_most_64_points_and_reads_back() {
        let many = Sketch::new((0..500).map(|index| {
            let x = f64::from(index) / 50.0 - 5.0;
            [x, libm::sin(3.0 * x)]
        }));
        let log = many.to_log();
        let read = Sketch::from_log(&log).unwrap();
        assert!(read.points().len() <= MAX_LOGGED_POINTS);
        for x in [-4.0, -1.0, 0.5, 3.3] {
            assert!((read.at(x).unwrap() - many.at(x).unwrap()).abs() < 0.1, "{x}");
        }
        let step = Sketch::new([[-5.0, 0.0], [2.0, 0.0], [2.0, 1.0], [5.0, 1.0]]);
        assert_eq!(step.to_log(), "-5 0;2 0;2 1;5 1");
        assert_eq!(Sketch::from_log("-5 0;2 0;2 1;5 1"), Some(step));
        assert_eq!(Sketch::from_log("a b"), None);
    }

    #[test]
    fn a_stroke_replaces_what_it_covers() {
        let mut sketch = Sketch::new([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]);
        sketch.add_stroke([[2.2, 5.0], [0.8, 5.0]]);
        assert_eq!(sketch.points(), [[0.0, 0.0], [0.8, 5.0], [2.2, 5.0], [3.0, 0.0]]);
    }
}
