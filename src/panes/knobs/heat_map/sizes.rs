//! The sizes of the heat map's parts, computed from the available size.

use std::sync::Arc;

use egui::{FontId, Galley, Painter, Vec2, vec2};

use crate::panes::PaneContext;
use crate::panes::knobs::matrix::{KnobMatrix, LAYER_GAP, MatrixSizes};
use crate::panes::knobs::{legend, truncated_text};
use crate::theme::type_scale;
use neurodial_core::network::NeuronAddress;

/// The ranges of a cell's width and height, in points. All cells share the available size.
const CELL_WIDTH: std::ops::RangeInclusive<f32> = 8.0..=64.0;
const CELL_HEIGHT: std::ops::RangeInclusive<f32> = 8.0..=34.0;
/// The range of a cell's width and height in a figure, in points: all cells are shown, as small as that makes
/// them.
const PRINT_CELL_SIDE: std::ops::RangeInclusive<f32> = 0.1..=110.0;
/// The minimum height of rows with the names of their neurons beside them in a figure, in points.
const MIN_ROW_HEIGHT_FOR_NAME: f32 = 12.0;
/// The gap between the last weight and the bias, in points.
const BIAS_GAP: f32 = 4.0;
/// The minimum size of a cell that contains its number, in points.
const MIN_CELL_FOR_NUMBER: Vec2 = vec2(40.0, 20.0);
/// The minimum height of a cell with room for the difference from the snapshot below its number, in points.
pub(crate) const MIN_HEIGHT_FOR_DIFFERENCE: f32 = 32.0;
/// The maximum number of knobs whose numbers are measured. Networks with more knobs have no cells that are
/// large enough for numbers.
const MAX_MEASURED_NUMBERS: usize = 2_000;

/// Returns the largest font in which every number fits its cell; `None` if even the smallest font is too
/// large.
pub(crate) fn number_font(painter: &Painter, context: &PaneContext<'_>, cell: Vec2) -> Option<FontId> {
    if cell.x < MIN_CELL_FOR_NUMBER.x || cell.y < MIN_CELL_FOR_NUMBER.y {
        return None;
    }
    let fits = |font: &FontId| {
        let knobs = context.session.document().network.knobs().iter();
        knobs.take(MAX_MEASURED_NUMBERS).all(|&knob| {
            let galley =
                painter.layout_no_wrap(context.format_number(knob), font.clone(), context.theme.text);
            galley.size().x + 3.0 <= cell.x
        })
    };
    [type_scale::number(), type_scale::small()].into_iter().find(fits)
}

/// Returns the sizes for an available size in points: in the window no smaller than can be dragged, in a
/// figure as small as needed to show all cells.
///
/// `names` is the width of the neurons' names in points. In a figure the names are beside their rows if the
/// rows are high enough.
pub(crate) fn matrix_sizes(context: &PaneContext<'_>, available_size: Vec2, names: f32) -> MatrixSizes {
    const GUTTER: f32 = 18.0;
    let architecture = context.session.architecture();
    let layers = architecture.layers().len();
    let is_print = context.options.is_some();
    let columns = KnobMatrix::max_columns(architecture) as f32;
    let rows: usize = (0..layers).map(|layer| architecture.width(layer)).sum();
    let title = if layers > 1 { 22.0 } else { 0.0 };
    let gutter = if is_print { GUTTER + names } else { GUTTER };
    let widths = if is_print { PRINT_CELL_SIDE } else { CELL_WIDTH };
    let width = (available_size.x - gutter - BIAS_GAP - 4.0) / columns;
    let width = width.clamp(*widths.start(), *widths.end());
    let column_header = if width >= 22.0 { 18.0 } else { 4.0 };
    let heads = layers as f32 * (title + column_header + LAYER_GAP) - LAYER_GAP;
    let height = (available_size.y - legend::HEIGHT - heads) / rows as f32;
    let min_height = if is_print {
        *PRINT_CELL_SIDE.start()
    } else {
        *CELL_HEIGHT.start()
    };
    let height = height.clamp(min_height, *CELL_HEIGHT.end()).min(1.2 * width);
    if is_print && names > 0.0 && height < MIN_ROW_HEIGHT_FOR_NAME {
        return matrix_sizes(context, available_size, 0.0);
    }
    let rounded = |side: f32| if is_print { side } else { side.floor() };
    MatrixSizes {
        cell: vec2(rounded(width), rounded(height)),
        gutter,
        row_header: 0.0,
        title,
        column_header,
        bias_gap: BIAS_GAP,
    }
}

/// Returns the height in a figure of this width, both in points: as high as needed, but the cells shrink to
/// fit a height of 1.5 times the width, or of 200 if that is more.
pub(crate) fn print_height(painter: &Painter, context: &PaneContext<'_>, width: f32) -> f32 {
    let available_size = vec2(width, (1.5 * width).max(200.0));
    let sizes = matrix_sizes(context, available_size, names_width(painter, context));
    legend::HEIGHT + KnobMatrix::new(context.session.architecture(), sizes).size().y + 0.5
}

/// Returns the width of the widest neuron name with the gap after it, in points; 0 in the window, where names
/// are not drawn.
pub(crate) fn names_width(painter: &Painter, context: &PaneContext<'_>) -> f32 {
    const MAX_NAME_WIDTH: f32 = 110.0;
    if context.options.is_none() {
        return 0.0;
    }
    let architecture = context.session.architecture();
    let neurons = (0..architecture.layers().len())
        .flat_map(|layer| (0..architecture.width(layer)).map(move |neuron| NeuronAddress { layer, neuron }));
    let widths = neurons.map(|at| name_galley(painter, context, at, MAX_NAME_WIDTH).size().x);
    widths.fold(0.0, f32::max) + 6.0
}

/// Lays out a neuron's name in at most `max_width` points.
pub(crate) fn name_galley(
    painter: &Painter,
    context: &PaneContext<'_>,
    at: NeuronAddress,
    max_width: f32,
) -> Arc<Galley> {
    let name = context.session.architecture().neuron_label(at);
    let color = context.neuron_color(at);
    painter.layout_job(truncated_text(name, type_scale::small(), color, max_width))
}

/// True if the cells in an available size, in points, have room for the difference from the snapshot.
pub(crate) fn has_differences(painter: &Painter, context: &PaneContext<'_>, available_size: Vec2) -> bool {
    let cell = matrix_sizes(context, available_size, names_width(painter, context)).cell;
    cell.y >= MIN_HEIGHT_FOR_DIFFERENCE && number_font(painter, context, cell).is_some()
}
