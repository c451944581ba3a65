//! The axes of a plot with their numbers and names, and the grid between them.

use egui::{Align2, Painter, Rect, Stroke, StrokeKind, Vec2, pos2};

use crate::theme::{ColorTheme, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::named_enum;
use neurodial_core::text::Messages;

use super::axis::{Axis, AxisScale, Tick};
use super::plot_area::PlotArea;

/// The height of the row of numbers below the plot area, and of each row with the name of an axis, in points.
const TEXT_ROW_HEIGHT: f32 = 17.0;
/// The distances between the plot area and its numbers, in points.
const NUMBERS_GAP: [f32; 2] = [4.0, 7.0];
/// The minimum distance between ticks of the horizontal axis, in points.
const X_TICK_DISTANCE: f32 = 44.0;

/// The look of the grid, and the height that it is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameStyle {
    /// Lines at 0, which may be in the middle.
    ZeroLines,
    /// A border around the plot area. Such a plot can be low: its vertical axis always has a name, and more
    /// ticks.
    Border,
}

named_enum! {
    /// The position of the name of a vertical axis.
    pub enum YLabel {
        /// Upright, above the left end of the plot area.
        Above = "above",
        /// Beside the middle of the axis, turned by 90 degrees, as in matplotlib.
        Beside = "beside",
    }
}

/// The sides of a plot area that have numbers; of several plots side by side only the outer sides do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumberedSides {
    /// True if the left side has numbers.
    pub(crate) has_left: bool,
    /// True if the bottom has numbers.
    pub(crate) has_bottom: bool,
}

/// Two axes with their names.
#[derive(Debug, Clone)]
pub(crate) struct PlotFrame {
    /// The horizontal axis.
    x: Axis,
    /// The vertical axis.
    y: Axis,
    /// The name of the horizontal axis, below the plot area.
    x_name: MathBox,
    /// The name of the vertical axis.
    y_name: MathBox,
    y_label: YLabel,
    /// True if there is a row for other texts above the plot area even if the name of the vertical axis isn't there.
    has_top_row: bool,
    /// The width to the right of the plot area, in points.
    right_margin: f32,
    is_square: bool,
    style: FrameStyle,
}

impl PlotFrame {
    /// Creates a frame with linear axes, given the ranges and the names of the horizontal and the vertical one.
    pub(crate) fn new([x_range, y_range]: [[f64; 2]; 2], names: [MathBox; 2]) -> Self {
        Self::with_axes([x_range, y_range].map(Axis::linear), names, FrameStyle::ZeroLines)
    }

    /// Creates a frame with a border for losses over `x`.
    pub(crate) fn for_losses(
        painter: &Painter,
        theme: &ColorTheme,
        x: Axis,
        x_name: MathBox,
        losses: Axis,
        messages: Messages,
    ) -> Self {
        let name = match losses.scale {
            AxisScale::Logarithmic => messages.landscape_loss_log(),
            AxisScale::Linear | AxisScale::Integer => messages.landscape_loss(),
        };
        let y_name = MathBox::text(painter, name, type_scale::small(), theme.weak_text);
        Self::with_axes([x, losses], [x_name, y_name], FrameStyle::Border)
    }

    fn with_axes([x, y]: [Axis; 2], [x_name, y_name]: [MathBox; 2], style: FrameStyle) -> Self {
        Self {
            x,
            y,
            x_name,
            y_name,
            y_label: YLabel::Above,
            has_top_row: false,
            right_margin: 10.0,
            is_square: false,
            style,
        }
    }

    /// Sets the width to the right of the plot area, in points.
    #[must_use]
    pub(crate) fn right_margin(mut self, width: f32) -> Self {
        self.right_margin = width;
        self
    }

    /// Sets the position of the name of the vertical axis.
    #[must_use]
    pub(crate) fn y_label(mut self, y_label: YLabel) -> Self {
        self.y_label = y_label;
        self
    }

    /// Reserves a row for other texts above the plot area.
    #[must_use]
    pub(crate) fn with_top_row(mut self) -> Self {
        self.has_top_row = true;
        self
    }

    /// Makes the plot area a square, at the top of the frame and in its horizontal middle.
    #[must_use]
    pub(crate) fn square(mut self) -> Self {
        self.is_square = true;
        self
    }

    /// Returns the width of the name of the vertical axis above the plot area, in points.
    pub(crate) fn y_name_width(&self) -> f32 {
        match self.y_label {
            YLabel::Above => self.y_name.width,
            YLabel::Beside => 0.0,
        }
    }

    /// Returns the width of the name of the vertical axis beside its numbers, in points.
    fn y_label_width(&self) -> f32 {
        match self.y_label {
            YLabel::Above => 0.0,
            YLabel::Beside => TEXT_ROW_HEIGHT + self.y_name.max_rise() + self.y_name.max_drop(),
        }
    }

    /// Paints the name of the vertical axis beside its numbers, if it is there, with the top of its letters at `left`
    /// and centered at `middle`.
    pub(crate) fn paint_y_label_beside(&self, painter: &Painter, left: f32, middle: f32) {
        if self.y_label == YLabel::Beside {
            /// The distance from the baseline to the numbers, without a subscript, in points.
            const GAP: f32 = 5.0;
            let base = left + self.y_label_width() - self.y_name.max_drop() - GAP;
            self.y_name
                .paint_turned(painter, pos2(base, middle + 0.5 * self.y_name.width));
        }
    }

    /// Paints the axes into `rect`; returns the plot area between them.
    pub(crate) fn paint(&self, painter: &Painter, theme: &ColorTheme, rect: Rect) -> PlotArea {
        let is_low = rect.height() < self.min_height_with_names();
        let has_y_name = !is_low || self.style == FrameStyle::Border;
        let top_height = match self.y_label {
            YLabel::Above if has_y_name => TEXT_ROW_HEIGHT + self.y_name.max_rise(),
            YLabel::Beside if self.has_top_row && !is_low => TEXT_ROW_HEIGHT,
            YLabel::Above | YLabel::Beside => 8.0,
        };
        let bottom_height = if is_low {
            TEXT_ROW_HEIGHT
        } else {
            self.bottom_height()
        };
        let top = rect.top() + top_height;
        let y_range = top..=(rect.bottom() - bottom_height).max(top + 1.0);
        let numbers_width = self.widest_number(painter, theme, y_range.end() - y_range.start());
        let left = rect.left() + self.y_label_width() + numbers_width.min(rect.width() / 3.0) + 8.0;
        let inner = Rect::from_x_y_ranges(left..=(rect.right() - self.right_margin).max(left + 1.0), y_range);
        let inner = match self.is_square {
            true => Align2::CENTER_TOP.align_size_within_rect(Vec2::splat(inner.size().min_elem()), inner),
            false => inner,
        };
        let sides = NumberedSides {
            has_left: true,
            has_bottom: true,
        };
        let area = self.paint_axes(painter, theme, inner, rect.right(), sides);
        if !is_low {
            self.paint_x_name(painter, inner.center().x, inner.bottom() + bottom_height);
        }
        if self.y_label == YLabel::Beside {
            let numbers_left = area.rect.left() - numbers_width - 8.0;
            let middle = area.rect.center().y;
            self.paint_y_label_beside(painter, numbers_left - self.y_label_width(), middle);
        } else if has_y_name {
            let at = pos2(inner.left() + 3.0, inner.top() - 6.0);
            self.y_name.paint(painter, at);
        }
        area
    }

    /// Paints one of several plots side by side with the plot area `inner`; its numbers and the name of its
    /// horizontal axis are outside of `inner`.
    pub(crate) fn paint_around(
        &self,
        painter: &Painter,
        theme: &ColorTheme,
        inner: Rect,
        sides: NumberedSides,
    ) -> PlotArea {
        let area = self.paint_axes(painter, theme, inner, f32::INFINITY, sides);
        if sides.has_bottom {
            self.paint_x_name(painter, inner.center().x, inner.bottom() + self.bottom_height());
        }
        area
    }

    /// Returns the width to the left of a plot area of this height that the numbers need, with the name of the axis
    /// if it is there, in points.
    pub(crate) fn y_numbers_width(&self, painter: &Painter, theme: &ColorTheme, height: f32) -> f32 {
        self.y_label_width() + self.widest_number(painter, theme, height) + 8.0
    }

    /// Returns the height from which on both axes have names, in points.
    fn min_height_with_names(&self) -> f32 {
        match self.style {
            FrameStyle::ZeroLines => 130.0,
            FrameStyle::Border => 100.0,
        }
    }

    /// Returns the height below the plot area, in points: the numbers, and the name of the axis with its
    /// superscript.
    fn bottom_height(&self) -> f32 {
        2.0 * TEXT_ROW_HEIGHT + self.x_name.max_rise()
    }

    fn widest_number(&self, painter: &Painter, theme: &ColorTheme, height: f32) -> f32 {
        let texts = self.y_ticks(height).into_iter().map(|tick| tick.text);
        let galleys = texts.map(|text| painter.layout_no_wrap(text, type_scale::small(), theme.weak_text));
        galleys.map(|galley| galley.size().x).fold(0.0, f32::max)
    }

    fn y_ticks(&self, height: f32) -> Vec<Tick> {
        let min_distance = match self.style {
            FrameStyle::ZeroLines => 34.0,
            FrameStyle::Border => 26.0,
        };
        self.y.ticks(height, min_distance)
    }

    fn paint_x_name(&self, painter: &Painter, middle: f32, bottom: f32) {
        let base = bottom - self.x_name.descent.min(4.0) - 1.0;
        let start = middle - self.x_name.width / 2.0;
        self.x_name.paint(painter, pos2(start, base));
    }

    /// Paints the plot area `inner` with its numbers, none of which ends to the right of `right_limit`.
    fn paint_axes(
        &self,
        painter: &Painter,
        theme: &ColorTheme,
        inner: Rect,
        right_limit: f32,
        sides: NumberedSides,
    ) -> PlotArea {
        let layout = |text: String| painter.layout_no_wrap(text, type_scale::small(), theme.weak_text);
        let area = PlotArea {
            rect: inner,
            x: self.x,
            y: self.y,
        };
        let y_ticks = self.y_ticks(inner.height());
        let x_ticks = self.x.ticks(inner.width(), X_TICK_DISTANCE);
        self.paint_grid(painter, theme, &area, [&x_ticks, &y_ticks]);
        let [below, beside] = NUMBERS_GAP;
        for tick in y_ticks.into_iter().filter(|_| sides.has_left) {
            let galley = layout(tick.text);
            let size = galley.size();
            let middle = area.screen_from_y(tick.value);
            let at = pos2(inner.left() - beside - size.x, middle - size.y / 2.0);
            painter.galley(at, galley, theme.weak_text);
        }
        let mut free_from = f32::NEG_INFINITY;
        for tick in x_ticks.into_iter().filter(|_| sides.has_bottom) {
            let galley = layout(tick.text);
            let width = galley.size().x;
            // In a figure nothing may extend beyond the page.
            let start = (area.screen_from_x(tick.value) - width / 2.0).min(right_limit - width);
            if start > free_from {
                painter.galley(pos2(start, inner.bottom() + below), galley, theme.weak_text);
                free_from = start + width + 6.0;
            }
        }
        area
    }

    /// Paints the grid, and the zero lines or the border.
    fn paint_grid(&self, painter: &Painter, theme: &ColorTheme, area: &PlotArea, ticks: [&[Tick]; 2]) {
        let rect = area.rect;
        let inside = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
        let line = Stroke::new(1.0, theme.grid);
        for tick in ticks[0] {
            inside.vline(area.screen_from_x(tick.value), rect.y_range(), line);
        }
        for tick in ticks[1] {
            inside.hline(rect.x_range(), area.screen_from_y(tick.value), line);
        }
        match self.style {
            FrameStyle::ZeroLines => {
                let axis = Stroke::new(1.25, theme.axis);
                let has_zero = |axis: Axis| axis.range[0] <= 0.0 && 0.0 <= axis.range[1];
                if has_zero(area.y) {
                    inside.hline(rect.x_range(), area.screen_from_y(0.0), axis);
                }
                if has_zero(area.x) {
                    inside.vline(area.screen_from_x(0.0), rect.y_range(), axis);
                }
            }
            FrameStyle::Border => {
                let border = Stroke::new(1.0, theme.axis);
                painter.rect_stroke(rect, 0.0, border, StrokeKind::Middle);
            }
        }
    }
}
