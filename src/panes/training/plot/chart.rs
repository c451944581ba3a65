//! The plane of a plot of losses, and its axes.

use egui::{Align2, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};

use crate::look::{Look, type_scale};
use crate::panes::curves::geometry::Marks;

/// The least loss that a logarithmic axis shows.
const LEAST: f64 = 1e-12;
/// The height of the row of numbers under the plane, and of the row with the name of the axis, in points.
const TEXT_ROW: f32 = 16.0;
/// Over the plane stands what goes up, in points.
const HEAD: f32 = 16.0;
/// A plot lower than this has no room for the name of the axis across, in points.
const LOW: f32 = 100.0;

/// The axis of the losses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// The heights of its ends: losses, or their logarithms to base 10.
    ends: [f64; 2],
    is_log: bool,
}

impl Scale {
    /// One that shows all of these that are finite.
    pub fn of(losses: impl Iterator<Item = f64>, is_log: bool) -> Self {
        let finite = losses.filter(|loss| loss.is_finite());
        let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], loss| {
            [low.min(loss), high.max(loss)]
        });
        let ends = match (low <= high, is_log) {
            (false, false) => [0.0, 1.0],
            (false, true) => [-2.0, 0.0],
            (true, false) => [low.min(0.0), if high > 0.0 { 1.08 * high } else { 1.0 }],
            (true, true) => {
                let [low, high] = [low, high].map(|loss| libm::log10(loss.max(LEAST)));
                // Half a decade at least.
                let missing = (0.5 - (high - low)).max(0.0) / 2.0;
                let room = 0.06 * (high - low).max(0.5);
                [low - missing - room, high + missing + room]
            }
        };
        Self { ends, is_log }
    }

    /// How high a loss is, 0 at the lower end and 1 at the upper.
    fn fraction(self, loss: f64) -> f64 {
        let [low, high] = self.ends;
        let height = if self.is_log {
            libm::log10(loss.max(LEAST))
        } else {
            loss
        };
        (height - low) / (high - low)
    }

    /// Losses that have a mark, each with its text.
    fn marks(self, height: f32) -> Vec<(f64, String)> {
        const PITCH: f32 = 26.0;
        if !self.is_log {
            let marks = Marks::new(self.ends, height.max(1.0), PITCH);
            let text = |&value: &f64| (value, marks.text(value));
            return marks.values.iter().map(text).collect();
        }
        let [low, high] = self.ends;
        let per_decade = f64::from(height) / (high - low);
        let digits: &[f64] = if per_decade > 120.0 {
            &[1.0, 2.0, 5.0]
        } else if per_decade > 60.0 {
            &[1.0, 3.0]
        } else {
            &[1.0]
        };
        let every = libm::ceil(f64::from(PITCH) / per_decade).max(1.0) as i32;
        let decades = libm::floor(low) as i32..=libm::ceil(high) as i32;
        let all = decades.filter(|decade| decade % every == 0).flat_map(|decade| {
            let digits = digits.iter();
            digits.map(move |digit| (digit * libm::pow(10.0, f64::from(decade)), *digit as i32, decade))
        });
        let inside = all.filter(|(value, ..)| (low..=high).contains(&libm::log10(*value)));
        inside
            .map(|(value, digit, decade)| (value, power_text(digit, decade)))
            .collect()
    }
}

/// `0.02`, `300`, `5e−6`.
fn power_text(digit: i32, decade: i32) -> String {
    match decade {
        0..=4 => format!("{digit}{}", "0".repeat(decade as usize)),
        -4..=-1 => format!("0.{}{digit}", "0".repeat((-decade - 1) as usize)),
        _ => format!("{digit}e{decade}").replace('-', "−"),
    }
}

/// A plane with its axes.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Where it is.
    pub plane: Rect,
    /// What its left and its right end are: epochs, turns or seconds.
    pub epochs: [f64; 2],
    scale: Scale,
    marks: Vec<(f64, String)>,
    /// Whether only whole numbers have a mark across.
    is_whole: bool,
    has_name: bool,
}

impl Chart {
    /// In `rect`, with the numbers left of and under the plane.
    pub fn new(painter: &Painter, rect: Rect, epochs: [f64; 2], scale: Scale) -> Self {
        let has_name = rect.height() >= LOW;
        let foot = if has_name { 2.0 * TEXT_ROW } else { TEXT_ROW };
        let vertical = rect.top() + HEAD..=(rect.bottom() - foot).max(rect.top() + HEAD + 1.0);
        let marks = scale.marks(vertical.end() - vertical.start());
        let width = |text: &str| {
            let galley = painter.layout_no_wrap(text.to_owned(), type_scale::small(), egui::Color32::BLACK);
            galley.size().x
        };
        let widest = marks.iter().map(|(_, text)| width(text)).fold(24.0, f32::max);
        let left = rect.left() + widest + 9.0;
        let horizontal = left..=(rect.right() - 10.0).max(left + 1.0);
        Self {
            plane: Rect::from_x_y_ranges(horizontal, vertical),
            epochs,
            scale,
            marks,
            is_whole: true,
            has_name,
        }
    }

    /// The same over any numbers, not only whole ones.
    #[must_use]
    pub fn over_numbers(mut self) -> Self {
        self.is_whole = false;
        self
    }

    /// Where an epoch is across.
    pub fn x(&self, epoch: f64) -> f32 {
        let [from, to] = self.epochs;
        self.plane.left() + ((epoch - from) / (to - from)) as f32 * self.plane.width()
    }

    /// Where an epoch and a loss are.
    pub fn screen(&self, epoch: f64, loss: f64) -> Pos2 {
        let up = self.scale.fraction(loss).clamp(-1.0, 2.0) as f32;
        pos2(self.x(epoch), self.plane.bottom() - up * self.plane.height())
    }

    /// Whether there is room under the numbers for the name of the axis across.
    pub fn has_name(&self) -> bool {
        self.has_name
    }

    /// Draws the empty plane; `across` is the name of the axis across, if it is only words.
    pub fn paint(&self, painter: &Painter, look: &Look, across: Option<&str>) {
        let plane = self.plane;
        let small = type_scale::small;
        for (loss, text) in &self.marks {
            let y = self.screen(0.0, *loss).y;
            painter.hline(plane.x_range(), y, Stroke::new(1.0, look.grid));
            let at = pos2(plane.left() - 6.0, y);
            painter.text(at, Align2::RIGHT_CENTER, text, small(), look.ink_soft);
        }
        let marks = Marks::new(self.epochs, plane.width(), 48.0);
        let has_mark =
            |value: &f64| !self.is_whole || marks.step >= 1.0 || (value - libm::round(*value)).abs() < 1e-6;
        for &value in marks.values.iter().filter(|value| has_mark(value)) {
            let x = self.x(value);
            painter.vline(x, plane.y_range(), Stroke::new(1.0, look.grid));
            let text = match self.is_whole {
                true => format!("{}", libm::round(value)),
                false => marks.text(value),
            };
            let galley = painter.layout_no_wrap(text, small(), look.ink_soft);
            let left = (x - galley.size().x / 2.0).min(plane.right() + 8.0 - galley.size().x);
            painter.galley(pos2(left, plane.bottom() + 6.0), galley, look.ink_soft);
        }
        let edge = Stroke::new(1.0, look.axis);
        painter.rect_stroke(plane, 0.0, edge, StrokeKind::Middle);
        let name = if self.scale.is_log {
            "loss, logarithmic"
        } else {
            "loss"
        };
        let at = pos2(plane.left(), plane.top() - 3.0);
        painter.text(at, Align2::LEFT_BOTTOM, name, small(), look.ink_soft);
        if let Some(across) = across.filter(|_| self.has_name) {
            let at = pos2(plane.center().x, plane.bottom() + 2.0 * TEXT_ROW - 1.0);
            painter.text(at, Align2::CENTER_BOTTOM, across, small(), look.ink_soft);
        }
    }
}

/// The end of an axis that shows so much, so that it does not move with each epoch: 1, 2 or 5 times a power of ten.
pub fn whole(most: f64) -> f64 {
    let mut end = 10.0;
    while end < most {
        for factor in [2.0, 2.5, 2.0] {
            if end < most {
                end *= factor;
            }
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithmic_axis_has_marks_that_people_read() {
        let scale = Scale::of([0.004, 0.9].into_iter(), true);
        let texts: Vec<String> = scale.marks(150.0).into_iter().map(|(_, text)| text).collect();
        assert!(
            texts.contains(&"0.01".to_owned()) && texts.contains(&"0.1".to_owned()),
            "{texts:?}"
        );
        assert_eq!(power_text(5, -6), "5e−6");
        assert_eq!(power_text(3, 2), "300");
    }

    #[test]
    fn every_loss_lies_on_the_plane() {
        for is_log in [false, true] {
            for losses in [
                vec![],
                vec![0.0],
                vec![0.0, 1e-300],
                vec![3.0, 1e9],
                vec![f64::NAN, 2.0],
            ] {
                let scale = Scale::of(losses.iter().copied(), is_log);
                for loss in losses.into_iter().filter(|loss| loss.is_finite()) {
                    let fraction = scale.fraction(loss);
                    assert!((-1e-9..=1.0 + 1e-9).contains(&fraction), "{loss}: {fraction}");
                }
                assert!(scale.marks(120.0).len() < 12);
            }
        }
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        for (most, end) in [
            (0.0, 10.0),
            (11.0, 20.0),
            (21.0, 50.0),
            (51.0, 100.0),
            (1000.0, 1000.0),
            (1001.0, 2000.0),
        ] {
            assert_eq!(whole(most), end);
        }
    }
}
