//! The axes and the plot area of a plot of losses.

use egui::{Align2, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};

use crate::panes::curves::geometry::AxisTicks;
use crate::theme::{ColorTheme, type_scale};

/// The lowest loss on a logarithmic axis.
const MIN_LOG_LOSS: f64 = 1e-12;
/// The height of the row of tick labels below the plot area, and of the row with the axis name, in points.
const TEXT_ROW_HEIGHT: f32 = 16.0;
/// The height above the plot area, for the name of the vertical axis, in points.
const TOP_MARGIN: f32 = 16.0;
/// In a plot lower than this, in points, the horizontal axis has no name.
const MIN_HEIGHT_FOR_AXIS_NAME: f32 = 100.0;

/// The vertical axis, for losses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LossScale {
    /// The lower and the upper end: losses, or their logarithms to base 10.
    ends: [f64; 2],
    is_log: bool,
}

impl LossScale {
    /// Creates an axis that shows all finite losses.
    pub(crate) fn from_losses(losses: impl Iterator<Item = f64>, is_log: bool) -> Self {
        let finite = losses.filter(|loss| loss.is_finite());
        let [low, high] = finite.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], loss| {
            [low.min(loss), high.max(loss)]
        });
        let ends = match (low <= high, is_log) {
            (false, false) => [0.0, 1.0],
            (false, true) => [-2.0, 0.0],
            (true, false) => [low.min(0.0), if high > 0.0 { 1.08 * high } else { 1.0 }],
            (true, true) => {
                let [low, high] = [low, high].map(|loss| libm::log10(loss.max(MIN_LOG_LOSS)));
                // The axis shows at least half a decade.
                let missing = (0.5 - (high - low)).max(0.0) / 2.0;
                let room = 0.06 * (high - low).max(0.5);
                [low - missing - room, high + missing + room]
            }
        };
        Self { ends, is_log }
    }

    /// Returns the position of a loss, 0 at the lower end and 1 at the upper.
    fn fraction(self, loss: f64) -> f64 {
        let [low, high] = self.ends;
        let height = if self.is_log {
            libm::log10(loss.max(MIN_LOG_LOSS))
        } else {
            loss
        };
        (height - low) / (high - low)
    }

    /// Returns the losses with a tick on an axis of `height` points, with their labels.
    fn ticks(self, height: f32) -> Vec<(f64, String)> {
        const PITCH: f32 = 26.0;
        if !self.is_log {
            let ticks = AxisTicks::new(self.ends, height.max(1.0), PITCH);
            let text = |&value: &f64| (value, ticks.label(value));
            return ticks.values.iter().map(text).collect();
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

/// Returns the text of a number such as `0.02`, `300` or `5e−6`.
fn power_text(digit: i32, decade: i32) -> String {
    match decade {
        0..=4 => format!("{digit}{}", "0".repeat(decade as usize)),
        -4..=-1 => format!("0.{}{digit}", "0".repeat((-decade - 1) as usize)),
        _ => format!("{digit}e{decade}").replace('-', "−"),
    }
}

/// A plot area with its axes.
#[derive(Debug, Clone)]
pub(crate) struct LossChart {
    /// The plot area on the screen.
    pub(crate) plot_area: Rect,
    /// The left and the right end of the horizontal axis: epochs, turns or seconds.
    pub(crate) x_range: [f64; 2],
    scale: LossScale,
    ticks: Vec<(f64, String)>,
    /// True if the horizontal axis has ticks only at integers.
    has_integer_ticks: bool,
    has_x_axis_name: bool,
}

impl LossChart {
    /// Creates a chart within `rect`, with tick labels to the left of the plot area and below.
    pub(crate) fn new(painter: &Painter, rect: Rect, x_range: [f64; 2], scale: LossScale) -> Self {
        let has_x_axis_name = rect.height() >= MIN_HEIGHT_FOR_AXIS_NAME;
        let foot = if has_x_axis_name {
            2.0 * TEXT_ROW_HEIGHT
        } else {
            TEXT_ROW_HEIGHT
        };
        let vertical = rect.top() + TOP_MARGIN..=(rect.bottom() - foot).max(rect.top() + TOP_MARGIN + 1.0);
        let ticks = scale.ticks(vertical.end() - vertical.start());
        let width = |text: &str| {
            let galley = painter.layout_no_wrap(text.to_owned(), type_scale::small(), egui::Color32::BLACK);
            galley.size().x
        };
        let widest = ticks.iter().map(|(_, text)| width(text)).fold(24.0, f32::max);
        let left = rect.left() + widest + 9.0;
        let horizontal = left..=(rect.right() - 10.0).max(left + 1.0);
        Self {
            plot_area: Rect::from_x_y_ranges(horizontal, vertical),
            x_range,
            scale,
            ticks,
            has_integer_ticks: true,
            has_x_axis_name,
        }
    }

    /// Returns the chart with horizontal ticks at any numbers, not only at integers.
    #[must_use]
    pub(crate) fn with_fractional_ticks(mut self) -> Self {
        self.has_integer_ticks = false;
        self
    }

    /// Returns the horizontal screen position of an epoch.
    pub(crate) fn screen_x(&self, epoch: f64) -> f32 {
        let [from, to] = self.x_range;
        self.plot_area.left() + ((epoch - from) / (to - from)) as f32 * self.plot_area.width()
    }

    /// Returns the screen position of an epoch and a loss.
    pub(crate) fn screen_pos(&self, epoch: f64, loss: f64) -> Pos2 {
        let up = self.scale.fraction(loss).clamp(-1.0, 2.0) as f32;
        pos2(
            self.screen_x(epoch),
            self.plot_area.bottom() - up * self.plot_area.height(),
        )
    }

    /// True if there is space below the tick labels for the name of the horizontal axis.
    pub(crate) fn has_x_axis_name(&self) -> bool {
        self.has_x_axis_name
    }

    /// Draws the axes. `x_axis_name` is the name of the horizontal axis, drawn if there is space for it.
    pub(crate) fn paint(&self, painter: &Painter, theme: &ColorTheme, x_axis_name: Option<&str>) {
        let plot_area = self.plot_area;
        let small = type_scale::small;
        for (loss, text) in &self.ticks {
            let y = self.screen_pos(0.0, *loss).y;
            painter.hline(plot_area.x_range(), y, Stroke::new(1.0, theme.grid));
            let at = pos2(plot_area.left() - 6.0, y);
            painter.text(at, Align2::RIGHT_CENTER, text, small(), theme.weak_text);
        }
        let ticks = AxisTicks::new(self.x_range, plot_area.width(), 48.0);
        let has_mark = |value: &f64| {
            !self.has_integer_ticks || ticks.step >= 1.0 || (value - libm::round(*value)).abs() < 1e-6
        };
        for &value in ticks.values.iter().filter(|value| has_mark(value)) {
            let x = self.screen_x(value);
            painter.vline(x, plot_area.y_range(), Stroke::new(1.0, theme.grid));
            let text = match self.has_integer_ticks {
                true => format!("{}", libm::round(value)),
                false => ticks.label(value),
            };
            let galley = painter.layout_no_wrap(text, small(), theme.weak_text);
            let left = (x - galley.size().x / 2.0).min(plot_area.right() + 8.0 - galley.size().x);
            painter.galley(pos2(left, plot_area.bottom() + 6.0), galley, theme.weak_text);
        }
        let edge = Stroke::new(1.0, theme.axis);
        painter.rect_stroke(plot_area, 0.0, edge, StrokeKind::Middle);
        let name = if self.scale.is_log {
            "loss, logarithmic"
        } else {
            "loss"
        };
        let at = pos2(plot_area.left(), plot_area.top() - 3.0);
        painter.text(at, Align2::LEFT_BOTTOM, name, small(), theme.weak_text);
        if let Some(across) = x_axis_name.filter(|_| self.has_x_axis_name) {
            let at = pos2(
                plot_area.center().x,
                plot_area.bottom() + 2.0 * TEXT_ROW_HEIGHT - 1.0,
            );
            painter.text(at, Align2::CENTER_BOTTOM, across, small(), theme.weak_text);
        }
    }
}

/// Returns a round axis end that is at least `max`: 10, 20, 50, 100 and so on, so that it doesn't change with
/// every epoch.
pub(crate) fn round_axis_end(max: f64) -> f64 {
    let mut end = 10.0;
    while end < max {
        for factor in [2.0, 2.5, 2.0] {
            if end < max {
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
    fn a_logarithmic_axis_has_readable_ticks() {
        let scale = LossScale::from_losses([0.004, 0.9].into_iter(), true);
        let texts: Vec<String> = scale.ticks(150.0).into_iter().map(|(_, text)| text).collect();
        assert!(
            texts.contains(&"0.01".to_owned()) && texts.contains(&"0.1".to_owned()),
            "{texts:?}"
        );
        assert_eq!(power_text(5, -6), "5e−6");
        assert_eq!(power_text(3, 2), "300");
    }

    #[test]
    fn every_loss_is_within_the_plot_area() {
        for is_log in [false, true] {
            for losses in [
                vec![],
                vec![0.0],
                vec![0.0, 1e-300],
                vec![3.0, 1e9],
                vec![f64::NAN, 2.0],
            ] {
                let scale = LossScale::from_losses(losses.iter().copied(), is_log);
                for loss in losses.into_iter().filter(|loss| loss.is_finite()) {
                    let fraction = scale.fraction(loss);
                    assert!((-1e-9..=1.0 + 1e-9).contains(&fraction), "{loss}: {fraction}");
                }
                assert!(scale.ticks(120.0).len() < 12);
            }
        }
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        for (max, end) in [
            (0.0, 10.0),
            (11.0, 20.0),
            (21.0, 50.0),
            (51.0, 100.0),
            (1000.0, 1000.0),
            (1001.0, 2000.0),
        ] {
            assert_eq!(round_axis_end(max), end);
        }
    }
}
