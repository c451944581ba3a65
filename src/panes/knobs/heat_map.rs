//! The weights and biases as a heat map: one colored cell for each, which can be dragged like any knob. All
//! cells are painted as one mesh.

use std::sync::Arc;

use egui::{
    Align2, Color32, ColorImage, FontId, Galley, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind,
    TextureId, Ui, Vec2, pos2, vec2,
};

use crate::canvas::{Canvas, Element, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use crate::widgets::cached_texture::cached_texture;
use crate::widgets::math::MathBox;
use crate::widgets::slider::SensitivityArrow;
use crate::widgets::truncated_text;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::annotations::{self, KnobAnnotations};
use super::knob_view::{KnobView, place_neuron};
use super::legend;
use super::matrix::{KnobMatrix, LAYER_GAP, MatrixSizes, matrix_scale, matrix_view_ui};

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
const MIN_HEIGHT_FOR_DIFFERENCE: f32 = 32.0;
/// The maximum number of knobs whose numbers are measured. Networks with more knobs have no cells that are
/// large enough for numbers.
const MAX_MEASURED_NUMBERS: usize = 2_000;
/// The minimum side of cells that have a gap between them, in points.
const MIN_CELL_FOR_GAP: f32 = 6.0;
/// The minimum width of the legend above the heat map, in points.
const MIN_LEGEND_WIDTH: f32 = 330.0;
/// The maximum number of cells in view that are all described to a screen reader. If there are more, only
/// highlighted, held or focused cells are described.
const MAX_DESCRIBED_CELLS: usize = 600;
/// The maximum number of cells of a figure that are drawn as shapes. More become a picture of each layer, which
/// every program can open.
const MAX_DRAWN_CELLS: usize = 20_000;
/// The maximum number of pixels of a side of such a picture.
const MAX_PICTURE_SIDE: usize = 1_200;
/// The minimum side of a cell that has a sensitivity arrow, in points.
const MIN_CELL_FOR_ARROW: f32 = 14.0;
/// The minimum height of a cell that has both a number and an arrow, in points.
const MIN_HEIGHT_FOR_BOTH: f32 = 26.0;
/// The maximum strength of the color under a number, 0 to 1.
const MAX_STRENGTH_UNDER_NUMBER: f32 = 0.4;

/// Draws the heat map.
pub(crate) fn heat_map_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    let architecture = context.session.architecture();
    let names = names_width(ui.painter(), context);
    let sizes = matrix_sizes(context, ui.available_size(), names);
    if context.options.is_none() {
        let available_size = ui.available_size() - vec2(12.0, legend_height(context) + 4.0);
        let size = KnobMatrix::new(architecture, sizes).size();
        context.scale = matrix_scale(size, available_size);
    }
    let scale = context.scale;
    let mut sizes = if scale > 1.0 { sizes.scaled(scale) } else { sizes };
    if context.options.is_none() {
        // The names of the neurons are beside their rows if there is room.
        sizes.gutter = 18.0;
        let names = measured_names_width(ui.painter(), context);
        let width = KnobMatrix::new(architecture, sizes).size().x;
        let is_high = sizes.cell.y >= 1.5 * MIN_ROW_HEIGHT_FOR_NAME;
        if is_high && width + names + 12.0 <= ui.available_width() {
            sizes.gutter += names;
        }
    }
    let matrix = KnobMatrix::new(architecture, sizes);
    let knobs = context.session.document().network.knobs();
    let max_abs = knobs.iter().fold(0.0_f64, |max, knob| max.max(knob.abs()));
    // On a wide page the legend is only as wide as the heat map.
    let across = match context.options {
        Some(_) => matrix.size().x.max(MIN_LEGEND_WIDTH).min(ui.available_width()),
        None => ui.available_width(),
    };
    let legend = Rect::from_min_size(ui.cursor().min, vec2(across, legend::LINE_HEIGHT));
    let are_pictures = context.options.is_some() && knobs.len() > MAX_DRAWN_CELLS;
    let pictures = match are_pictures {
        true => layer_pictures(ui, context, &matrix, max_abs),
        false => Vec::new(),
    };
    let mut colors = [Color32::TRANSPARENT; 3];
    let messages = context.messages;
    let mut text = messages.heat_map_legend();
    matrix_view_ui(
        ui,
        context,
        elements,
        &matrix,
        "heat-map",
        legend_height(context),
        |canvas, context, origin, view| {
            let font = number_font(canvas.painter(), context, sizes.cell);
            let has_numbers = font.is_some();
            let mut heat_map = HeatMap {
                context,
                matrix: &matrix,
                sizes,
                origin,
                max_abs,
                has_numbers,
                number_font: font.unwrap_or_else(type_scale::number),
            };
            colors = [-max_abs, 0.0, max_abs].map(|value| heat_map.color(value));
            for layer in matrix.layers(view) {
                let painter = canvas.painter();
                let title_left = origin.x.max(canvas.rect().left());
                let place = (origin, view);
                matrix.headers_ui(painter, heat_map.context, place, layer, title_left, |header| {
                    let text = if header.width() >= 28.0 {
                        messages.knob_bias()
                    } else {
                        "b"
                    };
                    let color = heat_map.context.theme.weak_text;
                    let text =
                        MathBox::text(painter, text, heat_map.context.font(type_scale::small()), color);
                    let middle = header.center();
                    text.paint_scaled(painter, middle.x - text.width / 2.0, middle.y, scale);
                });
                for neuron in matrix.rows(layer, view) {
                    heat_map.neuron_ui(canvas, NeuronAddress { layer, neuron });
                }
            }
            match are_pictures {
                true => {
                    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
                    for &(texture, area) in &pictures {
                        let area = area.translate(origin);
                        canvas.painter().image(texture, area, whole, Color32::WHITE);
                    }
                }
                false => heat_map.cells_ui(canvas, view),
            }
            if !are_pictures && heat_map.marks_negative_by_stroke() {
                text = messages.heat_map_legend_with_strokes();
            }
            None
        },
    );
    context.scale = 1.0;
    legend::legend_line_ui(ui.painter(), context, legend, text, [-max_abs, max_abs], &colors);
    if has_arrows(context) {
        let line = legend.translate(vec2(0.0, legend::LINE_HEIGHT));
        legend::marks_legend_ui(ui, context, line, true);
    }
}

/// Returns a picture of the weights and one of the biases of each layer, with their places in the matrix. Pixels of a
/// large layer are the means of several cells.
fn layer_pictures(
    ui: &Ui,
    context: &PaneContext<'_>,
    matrix: &KnobMatrix<'_>,
    max_abs: f64,
) -> Vec<(TextureId, Rect)> {
    let architecture = context.session.architecture();
    let network = &context.session.document().network;
    let mut pictures = Vec::new();
    for layer in 0..architecture.layers().len() {
        let (rows, inputs) = (architecture.width(layer), architecture.fan_in(layer));
        for columns in [0..inputs, inputs..inputs + 1] {
            let knob = |row: usize, column: usize| match column < inputs {
                true => Knob::weight(layer, row, column),
                false => Knob::bias(layer, row),
            };
            let first = matrix.cell(knob(0, columns.start));
            let last = matrix.cell(knob(rows - 1, columns.end - 1));
            let size = [columns.len(), rows].map(|side| side.min(MAX_PICTURE_SIDE));
            let sides = [columns.len(), rows];
            // The cells of a pixel along one side.
            let cells = |axis: usize, pixel: usize| {
                let end = |pixel: usize| pixel * sides[axis] / size[axis];
                end(pixel)..end(pixel + 1)
            };
            let mut pixels = Vec::with_capacity(size[0] * size[1]);
            for y in 0..size[1] {
                for x in 0..size[0] {
                    let (mut sum, mut count) = ([0_u32; 3], 0);
                    for row in cells(1, y) {
                        for column in cells(0, x) {
                            let value = network.get(knob(row, columns.start + column)).unwrap_or(0.0);
                            let color = cell_color(context.theme, value, max_abs, false);
                            let channels = [color.r(), color.g(), color.b()];
                            sum.iter_mut()
                                .zip(channels)
                                .for_each(|(sum, channel)| *sum += u32::from(channel));
                            count += 1;
                        }
                    }
                    let [red, green, blue] = sum.map(|sum| (sum / count.max(1)) as u8);
                    pixels.push(Color32::from_rgb(red, green, blue));
                }
            }
            let id = ui.scope_id().with(("heat-map-picture", layer, columns.start));
            let key = (context.session.revision(), context.theme.mode);
            let texture = cached_texture(ui, id, key, || ColorImage::new(size, pixels));
            pictures.push((texture, first.union(last)));
        }
    }
    pictures
}

/// Returns the color of a knob's cell; `max_abs` has the strongest color.
fn cell_color(theme: &ColorTheme, value: f64, max_abs: f64, has_numbers: bool) -> Color32 {
    let strongest = if has_numbers {
        MAX_STRENGTH_UNDER_NUMBER
    } else {
        1.0
    };
    let share = (value.abs() / max_abs.max(f64::MIN_POSITIVE)) as f32;
    if theme.mode == ThemeMode::Grayscale && !has_numbers {
        // Without color and without numbers, light and dark show the sign.
        let middle = ColorTheme::mix(theme.card, theme.text, 0.4);
        let end = if value < 0.0 { theme.card } else { theme.text };
        return ColorTheme::mix(middle, end, share);
    }
    ColorTheme::mix(theme.track, theme.sign_color(value), strongest * share)
}

/// Returns the height of the legend, in points: a line for the colors, and one for the arrows if there are any.
fn legend_height(context: &PaneContext<'_>) -> f32 {
    match has_arrows(context) {
        true => legend::HEIGHT,
        false => legend::LINE_HEIGHT,
    }
}

/// True if cells have arrows, where these fit.
fn has_arrows(context: &PaneContext<'_>) -> bool {
    context.options.is_none() && annotations::shows_profiles(context)
}

/// Returns the largest font in which every number fits its cell; `None` if even the smallest font is too
/// large.
fn number_font(painter: &Painter, context: &PaneContext<'_>, cell: Vec2) -> Option<FontId> {
    if cell.x < MIN_CELL_FOR_NUMBER.x || cell.y < MIN_CELL_FOR_NUMBER.y {
        return None;
    }
    let fits = |font: &FontId| {
        let knobs = context.session.document().network.knobs().iter();
        knobs.take(MAX_MEASURED_NUMBERS).all(|&knob| {
            let galley =
                painter.layout_no_wrap(context.format_adjustable(knob), font.clone(), context.theme.text);
            galley.size().x + 3.0 <= cell.x
        })
    };
    [type_scale::number(), type_scale::small()]
        .map(|font| context.font(font))
        .into_iter()
        .find(fits)
}

/// Returns the sizes for an available size in points: in the window no smaller than can be dragged, in a
/// figure as small as needed to show all cells.
///
/// `names` is the width of the neurons' names in points. In a figure the names are beside their rows if the
/// rows are high enough.
fn matrix_sizes(context: &PaneContext<'_>, available_size: Vec2, names: f32) -> MatrixSizes {
    const GUTTER: f32 = 18.0;
    let architecture = context.session.architecture();
    let layers = architecture.layers().len();
    let is_print = context.options.is_some();
    let columns = KnobMatrix::max_columns(architecture) as f32;
    let rows: usize = (0..layers).map(|layer| architecture.width(layer)).sum();
    let title = MatrixSizes::title_height(architecture);
    let gutter = if is_print { GUTTER + names } else { GUTTER };
    let widths = if is_print { PRINT_CELL_SIDE } else { CELL_WIDTH };
    let width = (available_size.x - gutter - BIAS_GAP - 4.0) / columns;
    let width = width.clamp(*widths.start(), *widths.end());
    let column_header = if width >= 22.0 { 18.0 } else { 4.0 };
    let heads = layers as f32 * (title + column_header + LAYER_GAP) - LAYER_GAP;
    let height = (available_size.y - legend_height(context) - heads) / rows as f32;
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
    legend_height(context) + KnobMatrix::new(context.session.architecture(), sizes).size().y + 0.5
}

/// Returns the width of the widest neuron name with the gap after it in a figure, in points; 0 in the window, where
/// names are drawn only where there is room for them.
fn names_width(painter: &Painter, context: &PaneContext<'_>) -> f32 {
    match context.options {
        None => 0.0,
        Some(_) => measured_names_width(painter, context),
    }
}

/// Returns the width of the widest neuron name with the gap after it, in points.
fn measured_names_width(painter: &Painter, context: &PaneContext<'_>) -> f32 {
    const MAX_NAME_WIDTH: f32 = 110.0;
    let architecture = context.session.architecture();
    let neurons = (0..architecture.layers().len())
        .flat_map(|layer| (0..architecture.width(layer)).map(move |neuron| NeuronAddress { layer, neuron }));
    let max_width = context.scale * MAX_NAME_WIDTH;
    let max_measured = match context.options {
        // Rows of more neurons are too low for names.
        None => 64,
        Some(_) => usize::MAX,
    };
    let neurons = neurons.take(max_measured);
    let widths = neurons.map(|at| name_galley(painter, context, at, max_width).size().x);
    widths.fold(0.0, f32::max) + 6.0
}

/// Lays out a neuron's name in at most `max_width` points.
fn name_galley(
    painter: &Painter,
    context: &PaneContext<'_>,
    at: NeuronAddress,
    max_width: f32,
) -> Arc<Galley> {
    let name = context
        .session
        .architecture()
        .neuron_label_in(at, context.messages);
    let color = context.neuron_color(at);
    painter.layout_job(truncated_text(
        name,
        context.font(type_scale::small()),
        color,
        max_width,
    ))
}

/// True if the cells in an available size, in points, have room for the difference from the snapshot.
pub(crate) fn has_differences(painter: &Painter, context: &PaneContext<'_>, available_size: Vec2) -> bool {
    let cell = matrix_sizes(context, available_size, names_width(painter, context)).cell;
    cell.y >= MIN_HEIGHT_FOR_DIFFERENCE && number_font(painter, context, cell).is_some()
}

/// Paints the corner mark of a cell whose knob differs from the snapshot.
pub(crate) fn snapshot_corner_ui(painter: &Painter, theme: &ColorTheme, cell: Rect) {
    let size = corner_size(cell);
    let corner = cell.right_bottom() - Vec2::splat(0.5);
    let corners = vec![corner, corner - vec2(size, 0.0), corner - vec2(0.0, size)];
    painter.add(Shape::convex_polygon(corners, theme.text, Stroke::NONE));
}

fn corner_size(cell: Rect) -> f32 {
    (0.4 * cell.size().min_elem()).clamp(2.5, 8.0)
}

struct HeatMap<'a, 's> {
    context: &'a mut PaneContext<'s>,
    matrix: &'a KnobMatrix<'a>,
    sizes: MatrixSizes,
    origin: Vec2,
    /// The largest absolute value of all knobs; it has the strongest color.
    max_abs: f64,
    has_numbers: bool,
    /// The font of the numbers in the cells.
    number_font: FontId,
}

impl HeatMap<'_, '_> {
    fn color(&self, value: f64) -> Color32 {
        cell_color(self.context.theme, value, self.max_abs, self.has_numbers)
    }

    /// True if a stroke through a cell marks a negative knob: in figures that are not grayscale, if the cells
    /// have no numbers. The stroke shows the sign to readers who can't tell the colors apart and in
    /// black-and-white copies.
    fn marks_negative_by_stroke(&self) -> bool {
        self.context.options.is_some() && !self.has_numbers && self.context.theme.mode != ThemeMode::Grayscale
    }

    /// Draws the bar to the left of a neuron's row.
    fn neuron_ui(&self, canvas: &mut Canvas<'_>, at: NeuronAddress) {
        let theme = self.context.theme;
        let row = self.matrix.row(at).translate(self.origin);
        let left = row.left().max(canvas.rect().left());
        let gutter = Rect::from_min_max(
            pos2(left, row.top()),
            pos2(left + self.sizes.gutter, row.bottom()),
        );
        let element = Element::Neuron(at);
        let color = self.context.neuron_color(at);
        canvas.begin_element(element);
        let painter = canvas.painter();
        if canvas.is_highlighted(element) {
            painter.rect_filled(gutter, 3.0, theme.tinted(color));
        }
        let width = if self.context.is_selected(at) { 6.0 } else { 3.5 };
        let gap = if row.height() >= 12.0 { 2.0 } else { 0.5 };
        let bar = Rect::from_min_max(
            pos2(gutter.left() + 1.0, gutter.top() + gap),
            pos2(gutter.left() + 1.0 + width, gutter.bottom() - gap),
        );
        painter.rect_filled(bar, 1.5, color);
        let name_width = self.sizes.gutter - 18.0;
        if name_width > 0.0 {
            let name = name_galley(painter, self.context, at, name_width);
            let left = gutter.left() + 12.0;
            painter.galley(pos2(left, row.center().y - name.size().y / 2.0), name, color);
        }
        place_neuron(canvas, self.context, at, gutter, 1);
        canvas.end_element();
    }

    fn cells_ui(&mut self, canvas: &mut Canvas<'_>, view: Rect) {
        let session = self.context.session;
        let document = session.document();
        let knobs: Vec<Knob> = self.matrix.knobs(view).collect();
        let gap = if self.sizes.cell.min_elem() >= MIN_CELL_FOR_GAP {
            0.5
        } else {
            0.0
        };
        let mut mesh = Mesh::default();
        for &knob in &knobs {
            let cell = self.cell(knob);
            let value = document.network.get(knob).unwrap_or(0.0);
            mesh.add_colored_rect(cell.shrink(gap), self.color(value));
        }
        canvas.painter().add(Shape::mesh(mesh));
        if self.context.theme.mode == ThemeMode::Grayscale
            && !self.has_numbers
            && knobs.len() <= MAX_DESCRIBED_CELLS
        {
            // Without an outline, the lightest cells would look like gaps in the page.
            let edge = Stroke::new(0.75, self.context.theme.axis);
            for &knob in &knobs {
                let cell = self.cell(knob).shrink(gap);
                canvas.painter().rect_stroke(cell, 0.0, edge, StrokeKind::Inside);
            }
        }
        if self.marks_negative_by_stroke() && knobs.len() <= MAX_DESCRIBED_CELLS {
            let stroke = Stroke::new(0.75, self.context.theme.text);
            for &knob in &knobs {
                let cell = self.cell(knob).shrink(gap);
                if document.network.get(knob).is_some_and(|value| value < 0.0) {
                    canvas
                        .painter()
                        .line_segment([cell.left_bottom(), cell.right_top()], stroke);
                }
            }
        }
        let id = canvas.id();
        let requested = canvas.elements().focus_request;
        let current = canvas.elements().tab_stop(id).map(|current| current.element);
        let mut active = None;
        let has_arrows = has_arrows(self.context) && self.sizes.cell.min_elem() >= MIN_CELL_FOR_ARROW;
        let in_view = || knobs.iter().map(|&knob| Adjustable::Knob(knob));
        let annotations = has_arrows.then(|| KnobAnnotations::arrows_only(self.context, in_view()));
        // Most of thousands of cells have nothing but their color.
        let are_plain = knobs.len() > MAX_DESCRIBED_CELLS
            && !self.has_numbers
            && annotations.is_none()
            && self.context.insight.snapshot_overlay().is_none();
        let changed = session.view().highlighted;
        let edited = canvas.elements().number_edit.as_ref().map(|edit| edit.adjustable);
        for &knob in &knobs {
            let target = Adjustable::Knob(knob);
            let element = Element::Adjustable(target);
            let needs_view = || {
                changed == Some(target)
                    || edited == Some(target)
                    || current == Some(element)
                    || requested == Some((id, element))
                    || document.is_locked(target)
            };
            if are_plain && !canvas.is_highlighted(element) && !needs_view() {
                let handle = Handle::vertical_drag(target, document.range(target));
                let placement = Placement::new(element, HitShape::Rect(self.cell(knob)));
                canvas.place_again(placement.handle(Some(handle)).focusable(FocusLinks::default()));
                continue;
            }
            let knob_view = KnobView::new(self.context, canvas, annotations.as_ref(), knob);
            let (element, cell) = (knob_view.element(), self.cell(knob));
            let is_active = knob_view.slider.is_highlighted;
            let handle = Some(Handle::vertical_drag(knob_view.target(), knob_view.range));
            // Finding the neighbors of all of thousands of cells would take too long.
            if knobs.len() <= MAX_DESCRIBED_CELLS
                || is_active
                || current == Some(element)
                || requested == Some((id, element))
            {
                let placement = knob_view.placement(self.context, cell).handle(handle);
                canvas.place(placement, || knob_view.info(self.context));
            } else {
                let placement = Placement::new(element, HitShape::Rect(cell)).handle(handle);
                canvas.place_again(placement.focusable(FocusLinks::default()));
            }
            if is_active || canvas.elements().is_editing(id, knob_view.target()) {
                // The cell under the pointer takes precedence over the knob that was held last.
                if active.is_none() || canvas.is_highlighted(element) {
                    active = Some((knob_view, cell));
                }
                self.highlight_ui(canvas, cell);
            }
            let has_delta = self.difference_ui(canvas.painter(), cell, knob_view);
            if knob_view.slider.is_locked {
                let size = (0.3 * cell.size().min_elem()).clamp(2.0, 6.0);
                let badge = Rect::from_center_size(cell.center(), Vec2::splat(size));
                let badge = badge.translate(if self.has_numbers {
                    vec2(0.5 * cell.width() - 6.0, -0.5 * cell.height() + 6.0)
                } else {
                    Vec2::ZERO
                });
                canvas.painter().rect_filled(badge, 1.0, self.context.theme.text);
            }
            let arrow = knob_view.arrow.filter(|_| !has_delta);
            if let Some(arrow) = arrow {
                self.arrow_ui(canvas.painter(), cell, arrow);
            }
            if self.has_numbers {
                let mut rect = cell.shrink2(vec2(1.0, 3.0));
                if arrow.is_some() && cell.height() >= MIN_HEIGHT_FOR_BOTH {
                    rect.max.y -= 7.0;
                }
                if has_delta {
                    rect.max.y -= 12.0;
                }
                let font = self.number_font.clone();
                knob_view.number_ui(canvas, self.context, rect, font, Align2::CENTER_CENTER);
            }
        }
        if let Some((knob_view, cell)) = active.filter(|_| !self.has_numbers) {
            self.number_popup_ui(canvas, knob_view, cell);
        }
    }

    /// Marks a knob that differs from the snapshot: paints the corner, the difference, or both. Returns true
    /// if the difference was painted. In a cell with room for only one of them, the difference is enough.
    fn difference_ui(&self, painter: &Painter, cell: Rect, view: KnobView<'_>) -> bool {
        let theme = self.context.theme;
        if view.snapshot_value.is_none() {
            return false;
        }
        if !self.has_numbers || cell.height() < MIN_HEIGHT_FOR_DIFFERENCE {
            snapshot_corner_ui(painter, theme, cell);
            return false;
        }
        let difference = view.difference(self.context).unwrap_or_default();
        let galley = painter.layout_no_wrap(difference, type_scale::small(), theme.text);
        let half = galley.size().x / 2.0;
        let has_delta = 2.0 * half <= cell.width();
        // The difference is centered, or moved left as far as the corner needs.
        let beside = cell.center().x.min(cell.right() - corner_size(cell) - 1.5 - half);
        let has_both = beside - half >= cell.left();
        if !has_delta || has_both {
            snapshot_corner_ui(painter, theme, cell);
        }
        if has_delta {
            let middle = if has_both { beside } else { cell.center().x };
            let top = cell.bottom() - 9.0 - galley.size().y / 2.0;
            painter.galley(pos2(middle - half, top), galley, theme.text);
        }
        has_delta
    }

    /// Paints the sensitivity arrow: the direction in which the sensitivity target changes when this knob is
    /// raised.
    fn arrow_ui(&self, painter: &Painter, cell: Rect, arrow: SensitivityArrow) {
        let theme = self.context.theme;
        let color = theme.text.gamma_multiply(0.8);
        let center = match self.has_numbers {
            true if cell.height() < MIN_HEIGHT_FOR_BOTH => return,
            true => pos2(cell.center().x, cell.bottom() - 6.0),
            false => cell.center(),
        };
        arrow.paint(painter, theme, center, (cell.width() - 6.0).min(22.0), color);
    }

    fn cell(&self, knob: Knob) -> Rect {
        self.matrix.cell(knob).translate(self.origin)
    }

    /// Draws a frame around a highlighted cell that stands out from every color.
    fn highlight_ui(&self, canvas: &Canvas<'_>, cell: Rect) {
        let theme = self.context.theme;
        let painter = canvas.painter();
        painter.rect_stroke(cell, 1.0, Stroke::new(1.0, theme.card), StrokeKind::Inside);
        painter.rect_stroke(cell, 2.0, Stroke::new(2.0, theme.text), StrokeKind::Outside);
    }

    /// Draws the number of the active cell above it, or the text field while the number is edited.
    fn number_popup_ui(&mut self, canvas: &mut Canvas<'_>, view: KnobView<'_>, cell: Rect) {
        let PaneContext { theme, session, .. } = *self.context;
        let mut text = self.context.format_adjustable(view.value);
        let mut size = vec2(96.0, 24.0);
        if let Some(difference) = view.difference(self.context) {
            text += &format!(" ({difference})");
            size.x += 54.0;
        }
        let around = canvas.rect();
        let mut at = Rect::from_min_size(cell.left_top() - vec2(0.0, size.y + 6.0), size);
        if at.top() < around.top() {
            at = at.translate(vec2(0.0, cell.bottom() + 6.0 - at.top()));
        }
        let top_left = Pos2::new(around.left() + 2.0, around.top());
        let left = at.left().min(around.right() - size.x - 2.0).max(top_left.x);
        let at = Rect::from_min_size(pos2(left, at.top()), size);
        let stroke = Stroke::new(1.0, theme.border);
        let painter = canvas.painter();
        painter.rect(at, 5.0, theme.card_raised, stroke, StrokeKind::Inside);
        let symbol = session.architecture().symbol(view.knob);
        let symbol = MathBox::symbol(
            painter,
            &symbol,
            self.context.symbol_scale(0.85),
            theme.sign_color(view.value),
        );
        symbol.paint_centered(painter, at.left() + 7.0, at.center().y);
        let id = canvas.id();
        if canvas.elements().is_editing(id, view.target()) {
            let field = Rect::from_min_max(
                pos2(at.center().x, at.top() + 3.0),
                at.right_bottom() - vec2(8.0, 3.0),
            );
            let font = type_scale::number();
            view.number_ui(canvas, self.context, field, font, Align2::RIGHT_CENTER);
        } else {
            let right = at.right_center() - vec2(8.0, 0.0);
            let painter = canvas.painter();
            painter.text(
                right,
                Align2::RIGHT_CENTER,
                text,
                type_scale::number(),
                theme.text,
            );
        }
    }
}
