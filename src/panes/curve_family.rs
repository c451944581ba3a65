//! A family of curves in a figure: one curve for each value of a varied number, all in one plot with a
//! legend, or as small multiples.

use egui::{Align2, Color32, Id, Painter, Pos2, Rangef, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, HitShape, Placement};
use crate::plot::{NumberedSides, PlotArea, PlotFrame, YLabel};
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use crate::widgets::math::MathBox;
use neurodial_core::insight::{Curve, CurveFamily};
use neurodial_core::network::MathSymbol;
use neurodial_core::session::Quantity;
use neurodial_core::text::{Messages, format_fixed};

use super::context::PaneContext;
use super::curves::{swept_name, symbol_name};
use super::pane_info::{PaneInfo, PlotKind, SizeHint};

/// The properties of a panel with all curves in one plot. It exists only in figures.
pub(crate) static FAMILY: PaneInfo = PaneInfo {
    plot: Some(PlotKind::CurveFamily),
    figure_options: FIGURE_OPTIONS,
    width_share: 1.2,
    print_width: |_, _| SizeHint::new(170.0, 250.0),
    print_height: |_, context, width| Ok(print_height(width, curve_count(context))),
    ..PaneInfo::new(
        &["curve-family", "family"],
        Messages::pane_curve_family,
        |ui, context, elements| {
            if let Some(family) = context.family {
                family_ui(ui, context, elements, family);
            }
        },
    )
};

/// The properties of a panel with each curve in its own plot. It exists only in figures.
pub(crate) static SMALL_MULTIPLES: PaneInfo = PaneInfo {
    plot: Some(PlotKind::CurveFamily),
    figure_options: FIGURE_OPTIONS,
    width_share: 1.6,
    print_width: |_, _| SizeHint::new(150.0, 300.0),
    print_height: |_, context, width| Ok(small_multiples_print_height(width, curve_count(context))),
    ..PaneInfo::new(
        &["small-multiples", "multiples"],
        Messages::pane_small_multiples,
        |ui, context, elements| {
            if let Some(family) = context.family {
                small_multiples_ui(ui, context, elements, family);
            }
        },
    )
};

/// The options of the command line for curve families.
const FIGURE_OPTIONS: &[&str] = &["--vary", "--values", "--y-label"];

/// Returns the number of curves that a figure shows.
fn curve_count(context: &PaneContext<'_>) -> usize {
    context.family.map_or(1, |family| family.values.len())
}

/// The width to the right of the plot area for the legend, in points.
const LEGEND_WIDTH: f32 = 82.0;
/// The maximum distance from one line of the legend to the next, in points.
const MAX_LEGEND_PITCH: f32 = 24.0;
/// The length of a line of the legend, in points.
const LEGEND_LINE_LENGTH: f32 = 18.0;
/// The minimum distance from one number of the legend to the next, in points.
const MIN_LABEL_PITCH: f32 = 14.0;
/// The height of the legend's title, the name of the varied number, in points.
const LEGEND_TITLE_HEIGHT: f32 = 22.0;
/// The minimum width of one of the small multiples, in points.
const MIN_PLOT_WIDTH: f32 = 120.0;
/// The aspect ratios (width by height) of one of the small multiples: with up to two rows, and with more.
const ASPECT_RATIOS: [f32; 2] = [1.3, 1.75];
/// The distance from one of the small multiples to the next, in points.
const GUTTER: f32 = 16.0;
/// The height of the caption above one of the small multiples, in points.
const CAPTION_HEIGHT: f32 = 21.0;
/// The height of the numbers and the name of the axis below the lowest plots, in points.
const X_AXIS_HEIGHT: f32 = 36.0;

/// A curve family with the names of its axes and of the varied number.
pub(crate) struct FamilyPlot<'a, 's> {
    /// The context to draw with.
    pub(crate) context: &'a PaneContext<'s>,
    family: &'a CurveFamily,
    x_name: MathBox,
    y_name: MathBox,
    varied_symbol: MathSymbol,
}

/// Draws all curves in one plot with a legend.
pub(crate) fn family_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    family: &CurveFamily,
) {
    let rect = ui.available_rect_before_wrap();
    let shown = FamilyPlot::new(ui.painter(), context, family);
    let plot_area = shown.plot_ui(ui, elements, rect, LEGEND_WIDTH, "family");
    let left = plot_area.rect.right() + 16.0;
    shown.legend_ui(ui.painter(), left, plot_area.rect.y_range());
}

/// Draws each curve in a plot of its own, with the others faint behind it.
pub(crate) fn small_multiples_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    family: &CurveFamily,
) {
    let painter = ui.painter().clone();
    let rect = ui.available_rect_before_wrap();
    let mut shown = FamilyPlot::new(&painter, context, family);
    // A small plot only has space for the symbol of the swept number.
    let over = context
        .session
        .view()
        .swept
        .symbol(context.session.architecture());
    shown.x_name = symbol_name(&painter, context, &over);
    let columns = columns(rect.width(), family.values.len());
    let rows = family.values.len().div_ceil(columns);
    // The numbers beside the plots are only at the left and below the lowest ones.
    let numbers = shown.numbers_width(&painter, rect.height() / rows as f32 - CAPTION_HEIGHT);
    let width = (rect.width() - numbers - GUTTER * (columns as f32 - 1.0)) / columns as f32;
    let height = (rect.height() - X_AXIS_HEIGHT) / rows as f32;
    for (index, (curve, &value)) in family.curves.iter().zip(&family.values).enumerate() {
        let (column, row) = (index % columns, index / columns);
        let left = rect.left() + numbers + column as f32 * (width + GUTTER);
        let top = rect.top() + row as f32 * height;
        let plot_rect = Rect::from_min_size(
            pos2(left, top + CAPTION_HEIGHT),
            vec2(width, height - CAPTION_HEIGHT - 8.0),
        );
        let caption = MathBox::row([
            MathBox::symbol(&painter, &shown.varied_symbol, 0.9, context.theme.text),
            MathBox::text(
                &painter,
                format!(" = {}", shown.number(value)),
                type_scale::body(),
                context.theme.text,
            ),
        ]);
        let start = plot_rect.center().x - caption.width / 2.0;
        caption.paint_centered(&painter, start, top + CAPTION_HEIGHT / 2.0);
        if index == 0 && context.y_label() == YLabel::Beside {
            let middle = rect.center().y - 0.5 * X_AXIS_HEIGHT;
            shown
                .plot_frame(0.0)
                .paint_y_label_beside(&painter, rect.left(), middle);
        } else if index == 0 {
            let base = plot_rect.top() - 6.0;
            shown.y_name.paint(&painter, pos2(plot_rect.left() + 3.0, base));
        }
        let sides = NumberedSides {
            has_left: column == 0,
            // The lowest plot of a column that the last row doesn't reach also has numbers.
            has_bottom: index + columns >= family.values.len(),
        };
        let child = egui::UiBuilder::new()
            .max_rect(plot_rect)
            .id_salt(("multiple", index));
        let mut child = ui.new_child(child);
        let plot_area = shown
            .plot_frame(0.0)
            .paint_around(&painter, context.theme, plot_rect, sides);
        let id = Id::unique(("multiple", index));
        let mut canvas = Canvas::new(&mut child, elements, plot_area.rect, id);
        for other in &family.curves {
            let line = plot_area.line(&other.points);
            let stroke = Stroke::new(0.9, ColorTheme::mix(context.theme.grid, context.theme.axis, 0.15));
            canvas.painter().add(Shape::line(line, stroke));
        }
        shown.curve_ui(&mut canvas, &plot_area, curve, value);
    }
}

/// Returns the minimum and preferred height in a figure of `count` curves in one plot of `width` points. All
/// numbers of the legend fit.
pub(crate) fn print_height(width: f32, count: usize) -> SizeHint {
    const MARGINS: f32 = 60.0;
    let min_height = LEGEND_TITLE_HEIGHT + MIN_LABEL_PITCH * count.min(9) as f32 + MARGINS;
    SizeHint::new(min_height, (0.64 * width).clamp(150.0, 420.0))
}

/// Returns the minimum and preferred height in a figure of `count` small multiples in a pane of `width`
/// points.
pub(crate) fn small_multiples_print_height(width: f32, count: usize) -> SizeHint {
    const MIN_PLOT_HEIGHT: f32 = 52.0;
    let columns = columns(width, count);
    let rows = count.div_ceil(columns);
    // With more rows the plots are flatter.
    let aspect = if rows > 2 {
        ASPECT_RATIOS[1]
    } else {
        ASPECT_RATIOS[0]
    };
    let height = |plot_height: f32| rows as f32 * (plot_height + CAPTION_HEIGHT) + X_AXIS_HEIGHT;
    SizeHint::new(height(MIN_PLOT_HEIGHT), height(width / columns as f32 / aspect))
}

/// Returns the number of plots in a row: as many as fit, or somewhat fewer if that fills the last row.
fn columns(width: f32, count: usize) -> usize {
    let count = count.max(1);
    let max_columns = ((width / MIN_PLOT_WIDTH) as usize).clamp(1, count);
    let min_columns = max_columns.div_ceil(2);
    let is_even = |columns: &usize| count.is_multiple_of(*columns);
    (min_columns..=max_columns)
        .rev()
        .find(is_even)
        .unwrap_or_else(|| count.div_ceil(count.div_ceil(max_columns)))
}

impl<'a, 's> FamilyPlot<'a, 's> {
    /// Returns a curve family with the names from its network.
    pub(crate) fn new(painter: &Painter, context: &'a PaneContext<'s>, family: &'a CurveFamily) -> Self {
        let architecture = context.session.architecture();
        let at = family
            .curves
            .first()
            .map_or(context.session.view().selected, |curve| curve.at);
        let symbol = match context.session.view().quantity {
            Quantity::Output => architecture.a_symbol(at),
            Quantity::WeightedSum => architecture.z_symbol(at),
        };
        let names = [
            swept_name(painter, context, context.session.view().swept),
            symbol_name(painter, context, &symbol),
        ];
        Self::with_names(context, family, names, family.varied.symbol(architecture))
    }

    /// Returns a curve family with other names: of the horizontal axis, of the vertical axis, and of the
    /// varied number.
    pub(crate) fn with_names(
        context: &'a PaneContext<'s>,
        family: &'a CurveFamily,
        [x_name, y_name]: [MathBox; 2],
        varied_symbol: MathSymbol,
    ) -> Self {
        Self {
            context,
            family,
            x_name,
            y_name,
            varied_symbol,
        }
    }

    /// Draws all curves in one plot within `rect` with `right_margin` points to its right; returns the plot
    /// area.
    pub(crate) fn plot_ui(
        &self,
        ui: &mut Ui,
        elements: &mut Elements,
        rect: Rect,
        right_margin: f32,
        id: &str,
    ) -> PlotArea {
        let plot_area = self
            .plot_frame(right_margin)
            .paint(ui.painter(), self.context.theme, rect);
        let mut canvas = Canvas::new(ui, elements, plot_area.rect, Id::unique(id));
        for (curve, &value) in self.family.curves.iter().zip(&self.family.values) {
            self.curve_ui(&mut canvas, &plot_area, curve, value);
        }
        plot_area
    }

    fn plot_frame(&self, right_margin: f32) -> PlotFrame {
        let names = [self.x_name.clone(), self.y_name.clone()];
        PlotFrame::new([self.family.x, self.family.y], names)
            .y_label(self.context.y_label())
            .right_margin(right_margin)
    }

    /// Returns the width that the numbers to the left of a plot area of this height need, in points.
    fn numbers_width(&self, painter: &Painter, height: f32) -> f32 {
        self.plot_frame(0.0)
            .y_numbers_width(painter, self.context.theme, height)
    }

    fn curve_ui(&self, canvas: &mut Canvas<'_>, plot_area: &PlotArea, curve: &Curve, value: f64) {
        let element = Element::Curve(curve.at);
        let line = plot_area.line(&curve.points);
        canvas.begin_element(element);
        self.line_ui(canvas.painter(), &line, value);
        let hit_shape = HitShape::Polyline {
            points: line,
            tolerance: 0.0,
        };
        canvas.place(Placement::new(element, hit_shape), || {
            let messages = self.context.messages;
            let architecture = self.context.session.architecture();
            let neuron = architecture.describe_neuron(curve.at, messages);
            let varied = self.varied_symbol.to_unicode();
            ElementInfo::new(messages.curve_of_family(neuron, varied), self.number(value))
        });
        canvas.end_element();
    }

    /// Paints a line in the color of a value, dashed if the value is negative. In grayscale the line is the
    /// thicker, the further the value is from 0.
    fn line_ui(&self, painter: &Painter, line: &[Pos2], value: f64) {
        let magnitude = self.relative_magnitude(value);
        let color = self.color(value);
        let width = match self.context.theme.mode {
            ThemeMode::Grayscale => 1.1 + 1.3 * magnitude,
            _ => 1.9,
        };
        let stroke = Stroke::new(width, color);
        if value < 0.0 {
            painter.extend(Shape::dashed_line(line, stroke, 6.0, 3.0));
        } else {
            painter.add(Shape::line(line.to_vec(), stroke));
        }
    }

    /// Returns the color of a value: by its sign, and the stronger the further the value is from 0.
    fn color(&self, value: f64) -> Color32 {
        let theme = self.context.theme;
        let neutral = ColorTheme::mix(theme.card, theme.text, 0.42);
        ColorTheme::mix(
            neutral,
            theme.sign_color(value),
            self.relative_magnitude(value).sqrt(),
        )
    }

    /// Returns the absolute value as a fraction of the largest absolute value, 0 to 1.
    fn relative_magnitude(&self, value: f64) -> f32 {
        let values = self.family.values.iter();
        let max = values.fold(0.0, |max: f64, value| max.max(value.abs()));
        if max > 0.0 {
            (value.abs() / max) as f32
        } else {
            0.0
        }
    }

    fn number(&self, value: f64) -> String {
        trimmed_number(value, self.context.session.view().decimals)
    }

    /// Paints the legend within `heights` and to the right of `left`: a line for each curve, the largest
    /// value at the top, with numbers aligned by their decimal points.
    pub(crate) fn legend_ui(&self, painter: &Painter, left: f32, heights: Rangef) {
        let theme = self.context.theme;
        let mut values = self.family.values.clone();
        values.sort_by(|a, b| b.total_cmp(a));
        let count = values.len().max(1) as f32;
        let room = (heights.span() - LEGEND_TITLE_HEIGHT).max(1.0);
        let pitch = (room / count).min(MAX_LEGEND_PITCH);
        let top = heights.center() + 0.5 * (LEGEND_TITLE_HEIGHT - count * pitch);
        let name = MathBox::symbol(painter, &self.varied_symbol, 0.95, theme.text);
        let font = type_scale::small();
        let label_interval = (MIN_LABEL_PITCH / pitch).ceil().max(1.0) as usize;
        let layout = |text: &str| painter.layout_no_wrap(text.to_owned(), font.clone(), theme.text);
        let integer_part = |text: &str| text.split('.').next().unwrap_or_default().to_owned();
        let widest = values
            .iter()
            .map(|&value| layout(&integer_part(&self.number(value))).size().x)
            .fold(0.0, f32::max);
        let decimal_point_x = left + LEGEND_LINE_LENGTH + 8.0 + widest;
        name.paint(painter, pos2(left, top - 9.0));
        for (index, &value) in values.iter().enumerate() {
            let middle = top + pitch * (index as f32 + 0.5);
            if pitch < 6.0 {
                let block = Rect::from_center_size(
                    pos2(left + LEGEND_LINE_LENGTH / 2.0, middle),
                    vec2(LEGEND_LINE_LENGTH, pitch),
                );
                painter.rect_filled(block, 0.0, self.color(value));
            } else {
                let ends = [pos2(left, middle), pos2(left + LEGEND_LINE_LENGTH, middle)];
                self.line_ui(painter, &ends, value);
            }
            if index % label_interval == 0 {
                let text = self.number(value);
                let start = decimal_point_x - layout(&integer_part(&text)).size().x;
                painter.text(
                    pos2(start, middle),
                    Align2::LEFT_CENTER,
                    text,
                    font.clone(),
                    theme.text,
                );
            }
        }
    }
}

/// Formats a number without trailing zeros.
fn trimmed_number(value: f64, decimals: usize) -> String {
    let text = format_fixed(value, decimals);
    if text.contains('.') && !text.contains('e') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_legend_have_no_trailing_zeros() {
        let numbers = [4.0, 0.5, -2.0, 0.125, -0.0001, 1e9].map(|value| trimmed_number(value, 3));
        assert_eq!(numbers, ["4", "0.5", "−2", "0.125", "0", "1.000e9"]);
        assert_eq!(trimmed_number(20.0, 0), "20");
    }

    #[test]
    fn small_multiples_fill_their_rows_if_possible() {
        assert_eq!(columns(640.0, 9), 3);
        assert_eq!(columns(640.0, 8), 4);
        assert_eq!(columns(640.0, 5), 5);
        assert_eq!(columns(640.0, 7), 4);
        assert_eq!(columns(300.0, 4), 2);
        assert_eq!(columns(50.0, 4), 1);
        assert_eq!(columns(640.0, 0), 1);
    }
}
