//! Round dials laid out in the form of the weight matrix. Only dials in view are laid out.

use egui::{Align2, FontId, Painter, Rect, Ui, pos2, vec2};

use crate::canvas::{Canvas, Elements, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::theme::type_scale;
use crate::widgets::slider::{DIAL_SWEEP, DialGeometry};
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::annotations::{self, KnobAnnotations};
use super::knob_view::{KnobView, neuron_line_ui};
use super::legend;
use super::matrix::{KnobMatrix, MatrixSizes, matrix_scale, matrix_view_ui};

/// The range of a dial's width with its number, in points. The dials of a row share the available width.
const CELL_WIDTH: std::ops::RangeInclusive<f32> = 48.0..=84.0;
/// The maximum width of a dial with its number in a figure, in points.
const MAX_PRINT_CELL_WIDTH: f32 = 130.0;
/// The radius of the largest dial, in points.
const MAX_RADIUS: f32 = 24.0;
/// The height of the number under a dial, in points.
const NUMBER_HEIGHT: f32 = 19.0;
/// The height of the difference from the snapshot, which is below the number, in points.
const DIFFERENCE_HEIGHT: f32 = 14.0;
/// The gap between the last weight and the bias, in points.
const BIAS_GAP: f32 = 6.0;
/// The width of the scroll bar beside the dials, in points.
const SCROLL_BAR_WIDTH: f32 = 12.0;
/// The minimum radius of a dial that has the knob's name in the middle, in points.
const MIN_RADIUS_FOR_NAME: f32 = 15.0;

/// Draws the dials.
pub(crate) fn dials_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let architecture = context.session.architecture();
    let max_cell_width = if context.options.is_some() {
        MAX_PRINT_CELL_WIDTH
    } else {
        *CELL_WIDTH.end()
    };
    let sizes = matrix_sizes(
        context,
        ui.available_width(),
        *CELL_WIDTH.start()..=max_cell_width,
    );
    let legend = legend_height(context);
    if context.options.is_none() {
        let available_size = ui.available_size() - vec2(SCROLL_BAR_WIDTH, legend + 4.0);
        let size = KnobMatrix::new(architecture, sizes).size();
        context.scale = matrix_scale(size, available_size);
    }
    let scale = context.scale;
    let sizes = if scale > 1.0 { sizes.scaled(scale) } else { sizes };
    let matrix = KnobMatrix::new(architecture, sizes);
    let difference_height = scale * difference_height(context);
    let has_profiles = annotations::shows_profiles(context);
    matrix_view_ui(
        ui,
        context,
        elements,
        &matrix,
        "desk",
        legend,
        |canvas, context, origin, view| {
            let annotations = KnobAnnotations::new(context, matrix.knobs(view).map(Adjustable::Knob));
            let color_scale = annotations.color_scale();
            let mut dials = KnobDials {
                context,
                matrix: &matrix,
                annotations,
                origin,
                difference_height,
            };
            for layer in matrix.layers(view) {
                let painter = canvas.painter();
                let place = (origin, view);
                matrix.headers_ui(painter, dials.context, place, layer, origin.x, |header| {
                    let (font, color) = (
                        dials.context.font(type_scale::small()),
                        dials.context.theme.weak_text,
                    );
                    painter.text(
                        header.center(),
                        Align2::CENTER_CENTER,
                        dials.context.messages.knob_bias(),
                        font,
                        color,
                    );
                });
                for neuron in matrix.rows(layer, view) {
                    dials.neuron_ui(canvas, NeuronAddress { layer, neuron });
                }
            }
            for knob in matrix.knobs(view) {
                dials.dial_ui(canvas, knob);
            }
            has_profiles.then_some(color_scale)
        },
    );
    context.scale = 1.0;
}

/// Returns the sizes for an available width in points; `widths` is the range of a dial's width with its
/// number.
fn matrix_sizes(
    context: &PaneContext<'_>,
    available_width: f32,
    widths: std::ops::RangeInclusive<f32>,
) -> MatrixSizes {
    let architecture = context.session.architecture();
    let columns = KnobMatrix::max_columns(architecture) as f32;
    let width = ((available_width - BIAS_GAP) / columns)
        .min(*widths.end())
        .max(*widths.start())
        .floor();
    let sample = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, 100.0));
    let radius = DialGeometry::from_rect(sample, MAX_RADIUS).radius;
    MatrixSizes {
        cell: vec2(
            width,
            DialGeometry::height(radius) + NUMBER_HEIGHT + difference_height(context),
        ),
        gutter: 0.0,
        row_header: 26.0,
        title: MatrixSizes::title_height(architecture),
        column_header: 18.0,
        bias_gap: BIAS_GAP,
    }
}

/// Returns the height of the line for the difference from a snapshot, in points. All dials have that line
/// while a snapshot is shown, so that they stay in place while one is turned.
fn difference_height(context: &PaneContext<'_>) -> f32 {
    if context.insight.snapshot_overlay().is_some() {
        DIFFERENCE_HEIGHT
    } else {
        0.0
    }
}

/// Returns the height of the legend, in points; 0 without profiles.
fn legend_height(context: &PaneContext<'_>) -> f32 {
    match annotations::shows_profiles(context) {
        true => legend::HEIGHT,
        false => 0.0,
    }
}

/// Returns the minimum width of a dial with its number in a figure, in points.
fn min_cell_width(painter: &Painter, context: &PaneContext<'_>) -> f32 {
    let knobs = context.session.document().network.knobs();
    let numbers = knobs.iter().map(|&knob| context.format_adjustable(knob));
    let longest = numbers
        .max_by_key(|text| text.chars().count())
        .unwrap_or_default();
    let galley = painter.layout_no_wrap(longest, number_font(), context.theme.text);
    CELL_WIDTH.start().max(galley.size().x + 8.0).floor()
}

/// Returns the width in a figure at which all dials of a neuron fit side by side, in points.
pub(crate) fn print_width(painter: &Painter, context: &PaneContext<'_>) -> f32 {
    let columns = KnobMatrix::max_columns(context.session.architecture());
    columns as f32 * min_cell_width(painter, context) + BIAS_GAP
}

/// Returns the height in a figure of this width, both in points.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    let sizes = matrix_sizes(
        context,
        width,
        min_cell_width(painter, context)..=MAX_PRINT_CELL_WIDTH,
    );
    legend_height(context) + KnobMatrix::new(context.session.architecture(), sizes).size().y + 2.0
}

struct KnobDials<'a, 's> {
    context: &'a mut PaneContext<'s>,
    matrix: &'a KnobMatrix<'a>,
    annotations: KnobAnnotations,
    origin: egui::Vec2,
    /// The height of the difference from the snapshot below each number, in points.
    difference_height: f32,
}

impl KnobDials<'_, '_> {
    fn neuron_ui(&self, canvas: &mut Canvas<'_>, at: NeuronAddress) {
        let row = self.matrix.row(at).translate(self.origin);
        let scale = self.context.scale;
        let row = Rect::from_min_size(row.min, vec2(row.width(), scale * 24.0));
        // The name stays in view while the row is scrolled sideways.
        let shown = row.intersect(canvas.rect());
        let line = (row.center().y, scale * 15.0, shown.right() - 4.0);
        neuron_line_ui(canvas, self.context, at, [shown, row], line, false);
    }

    fn dial_ui(&mut self, canvas: &mut Canvas<'_>, knob: Knob) {
        let theme = self.context.theme;
        let view = KnobView::new(self.context, canvas, Some(&self.annotations), knob);
        let element = view.element();
        let cell = self.matrix.cell(knob).translate(self.origin);
        let scale = self.context.scale;
        let geometry = DialGeometry::from_rect(cell, scale * MAX_RADIUS);
        canvas.begin_element(element);
        if view.slider.is_highlighted {
            let color = theme.highlighted(view.slider.color);
            canvas.painter().rect_filled(cell.shrink(1.0), 6.0, color);
        }
        geometry.paint(canvas.painter(), theme, view.slider);
        if geometry.radius >= scale * MIN_RADIUS_FOR_NAME {
            let symbol = view.symbol(canvas.painter(), self.context, self.context.symbol_scale(0.85));
            // The corners of the name must lie within the ring as well. With several layers the name has a
            // superscript and a subscript.
            let has_layers = self.context.session.architecture().layers().len() > 1;
            let half = scale * if has_layers { 9.0 } else { 6.0 };
            if (0.5 * symbol.width).hypot(half) < geometry.cap_radius() {
                let left = geometry.center.x - symbol.width / 2.0;
                symbol.paint_scaled(canvas.painter(), left, geometry.center.y - scale, scale);
            }
        }
        if let Some(arrow) = view.arrow {
            let (center, length) = (geometry.gap_center(), 0.8 * geometry.radius);
            arrow.paint(canvas.painter(), theme, center, length, self.annotations.color());
        }
        canvas.place(view.placement(self.context, cell), || view.info(self.context));
        let ring = Handle::dial_drag(view.target(), geometry.center, DIAL_SWEEP, view.range);
        let cap = Handle::vertical_drag(view.target(), view.range);
        for (radius, handle, rank) in [
            (geometry.outer_radius(), ring, 1),
            (geometry.cap_radius(), cap, 2),
        ] {
            let center = geometry.center;
            let disc = Placement::new(element, HitShape::Circle { center, radius });
            canvas.place_again(disc.handle(Some(handle)).rank(rank));
        }
        let corner = pos2(cell.right() - 7.0, cell.top() + 6.0);
        let lock = Rect::from_center_size(corner, vec2(15.0, 16.0));
        view.lock_ui(canvas, self.context, lock);
        let below = pos2(cell.center().x, cell.bottom() - 0.5 * DIFFERENCE_HEIGHT - 1.0);
        view.difference_ui(canvas.painter(), self.context, below, Align2::CENTER_CENTER);
        let bottom = cell.bottom() - self.difference_height;
        let number = Rect::from_min_max(
            pos2(cell.left() + 2.0, bottom - scale * NUMBER_HEIGHT),
            pos2(cell.right() - 2.0, bottom - 1.0),
        );
        let font = self.context.font(number_font());
        view.number_ui(canvas, self.context, number, font, Align2::CENTER_CENTER);
        canvas.end_element();
    }
}

fn number_font() -> FontId {
    type_scale::number()
}
