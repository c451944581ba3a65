//! The axes of a plot and the grid between them.

use egui::{Color32, Painter, Rect, Sense, Stroke, Ui, Vec2b, pos2, vec2};
use egui_plot::{GridMark, HLine, Plot, VLine};

use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::math::MathBox;
use neurodial_core::network::MathSymbol;
use neurodial_core::session::Adjustable;

use super::geometry::{AxisTicks, PlotArea};

/// The height of the row of numbers below the plot area, and of each row with the name of an axis, in points.
const TEXT_ROW_HEIGHT: f32 = 17.0;
/// The minimum height at which the axes have names, in points.
const MIN_HEIGHT_WITH_NAMES: f32 = 130.0;

/// Two axes with their names.
pub(crate) struct PlotFrame {
    /// The range of the horizontal axis.
    pub(crate) x_range: [f64; 2],
    /// The range of the vertical axis.
    pub(crate) y_range: [f64; 2],
    /// The name of the horizontal axis, below the plot area.
    pub(crate) x_name: MathBox,
    /// The name of the vertical axis, above the left end of the plot area.
    pub(crate) y_name: MathBox,
    /// The width to the right of the plot area, in points.
    pub(crate) right_margin: f32,
}

/// Lays out a symbol as the name of an axis.
pub(crate) fn symbol_name(painter: &Painter, context: &PaneContext<'_>, symbol: &MathSymbol) -> MathBox {
    MathBox::symbol(painter, symbol, 0.9, context.theme.weak_text)
}

/// Lays out the name of the swept number: its symbol, and the name that the user gave it.
pub(crate) fn swept_name(painter: &Painter, context: &PaneContext<'_>, over: Adjustable) -> MathBox {
    let architecture = context.session.architecture();
    let symbol = symbol_name(painter, context, &over.symbol(architecture));
    match over {
        Adjustable::Input(input) if architecture.input_names().get(input).is_some_and(Option::is_some) => {
            let name = architecture.input_names()[input].clone().unwrap_or_default();
            let text = format!("  {name}");
            let name = MathBox::text(painter, text, type_scale::small(), context.theme.weak_text);
            MathBox::row([symbol, name])
        }
        _ => symbol,
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

impl PlotFrame {
    /// Draws the axes into `rect`; returns the plot area between them.
    pub(crate) fn show(self, ui: &mut Ui, context: &PaneContext<'_>, rect: Rect) -> PlotArea {
        let has_names = rect.height() >= MIN_HEIGHT_WITH_NAMES;
        let (top_height, bottom_height) = match has_names {
            true => (TEXT_ROW_HEIGHT + self.y_name.max_rise(), self.bottom_height()),
            false => (8.0, TEXT_ROW_HEIGHT),
        };
        let y_range = rect.top() + top_height..=rect.bottom() - bottom_height;
        let numbers_width = self.widest_number(ui.painter(), context, y_range.end() - y_range.start());
        let left = rect.left() + numbers_width.min(rect.width() / 3.0) + 8.0;
        let inner = Rect::from_x_y_ranges(left..=(rect.right() - self.right_margin).max(left + 1.0), y_range);
        let sides = NumberedSides {
            has_left: true,
            has_bottom: true,
        };
        let painter = ui.painter().clone();
        let area = self.axes_ui(ui, context, inner, rect.right(), sides);
        if has_names {
            self.x_name_ui(&painter, inner.center().x, rect.bottom());
            let at = pos2(inner.left() + 3.0, inner.top() - 6.0);
            self.y_name.paint(&painter, at);
        }
        area
    }

    /// Returns the height below the plot area, in points: the numbers, and the name of the axis with its
    /// superscript.
    pub(crate) fn bottom_height(&self) -> f32 {
        2.0 * TEXT_ROW_HEIGHT + self.x_name.max_rise()
    }

    /// Draws one of several plots side by side with the plot area `inner`; its numbers and the name of its
    /// axis are outside of `inner`.
    pub(crate) fn show_in(
        &self,
        ui: &mut Ui,
        context: &PaneContext<'_>,
        inner: Rect,
        sides: NumberedSides,
    ) -> PlotArea {
        let painter = ui.painter().clone();
        let area = self.axes_ui(ui, context, inner, f32::INFINITY, sides);
        if sides.has_bottom {
            self.x_name_ui(&painter, inner.center().x, inner.bottom() + self.bottom_height());
        }
        area
    }

    /// Returns the width to the left of a plot area of this height that the numbers need, in points.
    pub(crate) fn y_numbers_width(&self, painter: &Painter, context: &PaneContext<'_>, height: f32) -> f32 {
        self.widest_number(painter, context, height) + 8.0
    }

    fn widest_number(&self, painter: &Painter, context: &PaneContext<'_>, height: f32) -> f32 {
        let ticks = self.y_ticks(height);
        let texts = ticks.values.iter().map(|&value| ticks.label(value));
        let galleys =
            texts.map(|text| painter.layout_no_wrap(text, type_scale::small(), context.theme.weak_text));
        galleys.map(|galley| galley.size().x).fold(0.0, f32::max)
    }

    fn y_ticks(&self, height: f32) -> AxisTicks {
        AxisTicks::new(self.y_range, height.max(1.0), 34.0)
    }

    fn x_name_ui(&self, painter: &Painter, middle: f32, bottom: f32) {
        let base = bottom - self.x_name.descent.min(4.0) - 1.0;
        let start = middle - self.x_name.width / 2.0;
        self.x_name.paint(painter, pos2(start, base));
    }

    /// Draws the plot area `inner` with its numbers, none of which ends to the right of `right_limit`.
    fn axes_ui(
        &self,
        ui: &mut Ui,
        context: &PaneContext<'_>,
        inner: Rect,
        right_limit: f32,
        sides: NumberedSides,
    ) -> PlotArea {
        let theme = context.theme;
        let font = type_scale::small();
        let painter = ui.painter().clone();
        let layout = |text: String| painter.layout_no_wrap(text, font.clone(), theme.weak_text);
        let area = PlotArea {
            rect: inner,
            x_range: self.x_range,
            y_range: self.y_range,
        };
        let y_ticks = self.y_ticks(inner.height());
        let x_ticks = AxisTicks::new(self.x_range, inner.width(), 44.0);
        grid_ui(ui, &area, [&x_ticks, &y_ticks], [theme.grid, theme.axis]);

        if sides.has_left {
            for &value in &y_ticks.values {
                let galley = layout(y_ticks.label(value));
                let size = galley.size();
                let at = pos2(
                    inner.left() - 7.0 - size.x,
                    area.screen_from_y(value) - size.y / 2.0,
                );
                painter.galley(at, galley, theme.weak_text);
            }
        }
        let mut free_from = f32::NEG_INFINITY;
        let x_values = x_ticks.values.iter().filter(|_| sides.has_bottom);
        for &value in x_values {
            let galley = layout(x_ticks.label(value));
            let width = galley.size().x;
            let start = area.screen_from_x(value) - width / 2.0;
            // In a figure nothing may extend beyond the page.
            let end = right_limit + if context.options.is_some() { 0.0 } else { 10.0 };
            if start > free_from && start + width <= end {
                painter.galley(pos2(start, inner.bottom() + 4.0), galley, theme.weak_text);
                free_from = start + width + 6.0;
            }
        }
        area
    }
}

/// Draws the grid and the zero lines. Gestures are handled elsewhere, so the plot itself has no interaction.
fn grid_ui(ui: &mut Ui, area: &PlotArea, ticks: [&AxisTicks; 2], [grid, axis]: [Color32; 2]) {
    let [x_grid, y_grid] = ticks.map(|marks| {
        let step_size = marks.step;
        let marks = marks
            .values
            .iter()
            .map(move |&value| GridMark { value, step_size });
        marks.collect::<Vec<_>>()
    });
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(area.rect));
    let axis = Stroke::new(1.25, axis);
    Plot::new("plane")
        .width(area.rect.width())
        .height(area.rect.height())
        .min_size(vec2(1.0, 1.0))
        .sense(Sense::hover())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_axes(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .cursor_color(Color32::TRANSPARENT)
        .grid_color(grid)
        .grid_spacing(0.0..=0.5)
        .x_grid_spacer(move |_| x_grid.clone())
        .y_grid_spacer(move |_| y_grid.clone())
        .auto_bounds(Vec2b::FALSE)
        .show(&mut inner, |plot| {
            plot.set_plot_bounds_x(area.x_range[0]..=area.x_range[1]);
            plot.set_plot_bounds_y(area.y_range[0]..=area.y_range[1]);
            plot.hline(HLine::new("y = 0", 0.0).stroke(axis).allow_hover(false));
            plot.vline(VLine::new("x = 0", 0.0).stroke(axis).allow_hover(false));
        });
}
