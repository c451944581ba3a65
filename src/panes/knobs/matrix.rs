//! The weight matrices of the dials and of the heat map: a row per neuron, a column per input, and the bias in
//! the last column, in a view that scrolls both ways.

use std::ops::Range;

use egui::{Painter, Rangef, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use crate::canvas::{Canvas, Element, Elements};
use crate::panes::context::PaneContext;
use crate::widgets::math::MathBox;
use neurodial_core::network::{Architecture, Knob, KnobKind, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::annotations::ProfileScale;
use super::knob_view::layer_title_ui;
use super::legend;

/// The sizes of a matrix's parts, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MatrixSizes {
    /// The size of one knob.
    pub(crate) cell: Vec2,
    /// The width of the margin to the left of a row.
    pub(crate) gutter: f32,
    /// The height above a row, for the name of its neuron.
    pub(crate) row_header: f32,
    /// The height above a layer, for its title.
    pub(crate) title: f32,
    /// The height above the columns of a layer, for the names of its inputs.
    pub(crate) column_header: f32,
    /// The gap between the last weight and the bias.
    pub(crate) bias_gap: f32,
}

impl MatrixSizes {
    /// Returns the height above each layer of a network, for its title; 0 for a single layer.
    pub(crate) fn title_height(architecture: &Architecture) -> f32 {
        if architecture.layers().len() > 1 {
            22.0
        } else {
            0.0
        }
    }
}

impl MatrixSizes {
    /// Returns the sizes multiplied by `scale`, in whole points.
    #[must_use]
    pub(crate) fn scaled(self, scale: f32) -> Self {
        let scaled = |size: f32| (scale * size).floor();
        Self {
            cell: vec2(scaled(self.cell.x), scaled(self.cell.y)),
            gutter: scaled(self.gutter),
            row_header: scaled(self.row_header),
            title: scaled(self.title),
            column_header: scaled(self.column_header),
            bias_gap: scaled(self.bias_gap),
        }
    }
}

/// Returns the scale at which matrices of `size` at scale 1 fill the available size in one direction: at least 1, and
/// at most 2.5, beyond which they would only be coarser.
pub(crate) fn matrix_scale(size: Vec2, available_size: Vec2) -> f32 {
    const MAX_SCALE: f32 = 2.5;
    (available_size / size.max(Vec2::splat(1.0)))
        .min_elem()
        .clamp(1.0, MAX_SCALE)
}

/// The gap between two layers, in points.
pub(crate) const LAYER_GAP: f32 = 10.0;

/// The weight matrices of all layers, one below the other, with the upper left corner at (0, 0).
#[derive(Debug, Clone)]
pub(crate) struct KnobMatrix<'a> {
    architecture: &'a Architecture,
    sizes: MatrixSizes,
    /// The y coordinates of the tops of all layers, and of the end of the last one.
    tops: Vec<f32>,
}

impl<'a> KnobMatrix<'a> {
    /// Creates the matrices for an architecture with these sizes.
    pub(crate) fn new(architecture: &'a Architecture, sizes: MatrixSizes) -> Self {
        let mut tops = vec![0.0];
        let mut top = 0.0;
        for layer in 0..architecture.layers().len() {
            let rows = architecture.width(layer) as f32 * (sizes.row_header + sizes.cell.y);
            top += sizes.title + sizes.column_header + rows + LAYER_GAP;
            tops.push(top);
        }
        Self {
            architecture,
            sizes,
            tops,
        }
    }

    /// Returns the number of columns of the widest layer, including the bias.
    pub(crate) fn max_columns(architecture: &Architecture) -> usize {
        let columns = (0..architecture.layers().len()).map(|layer| architecture.fan_in(layer) + 1);
        columns.max().unwrap_or(1)
    }

    /// Returns the size of all matrices together, in points.
    pub(crate) fn size(&self) -> Vec2 {
        let columns = Self::max_columns(self.architecture) as f32;
        let width = self.sizes.gutter + columns * self.sizes.cell.x + self.sizes.bias_gap;
        vec2(width, self.tops.last().copied().unwrap_or(0.0) - LAYER_GAP)
    }

    /// Iterates over the layers that are at least partly within `view`.
    pub(crate) fn layers(&self, view: Rect) -> impl Iterator<Item = usize> + use<> {
        let tops = self.tops.clone();
        (0..tops.len() - 1).filter(move |&layer| tops[layer + 1] > view.top() && tops[layer] < view.bottom())
    }

    /// Draws the title of a layer from x = `title_left` on, and the names of the columns' inputs in view.
    /// `bias_ui` draws the header of the biases. `origin` is the offset of the matrix on the screen.
    pub(crate) fn headers_ui(
        &self,
        painter: &Painter,
        context: &PaneContext<'_>,
        (origin, view): (Vec2, Rect),
        layer: usize,
        title_left: f32,
        bias_ui: impl FnOnce(Rect),
    ) {
        if self.sizes.title > 0.0 {
            let bottom = self.tops[layer] + self.sizes.title + origin.y;
            layer_title_ui(painter, context, pos2(title_left, bottom - 3.0), layer);
        }
        if self.sizes.column_header < 12.0 {
            return;
        }
        let columns = self.columns(layer, view);
        let biases = self.architecture.fan_in(layer);
        for column in columns.clone().filter(|&column| column != biases) {
            let symbol = self.architecture.layer_input_symbol(layer, column);
            let symbol = MathBox::symbol(
                painter,
                &symbol,
                context.symbol_scale(0.85),
                context.theme.weak_text,
            );
            let middle = (self.column_header(layer, column).translate(origin)).center();
            symbol.paint_scaled(painter, middle.x - symbol.width / 2.0, middle.y, context.scale);
        }
        if columns.contains(&biases) {
            bias_ui(self.column_header(layer, biases).translate(origin));
        }
    }

    fn first_row_top(&self, layer: usize) -> f32 {
        self.tops[layer] + self.sizes.title + self.sizes.column_header
    }

    fn row_pitch(&self) -> f32 {
        self.sizes.row_header + self.sizes.cell.y
    }

    /// Returns the rows of a layer that are at least partly within `view`.
    pub(crate) fn rows(&self, layer: usize, view: Rect) -> Range<usize> {
        indices_within(
            self.first_row_top(layer),
            self.row_pitch(),
            self.architecture.width(layer),
            view.y_range(),
        )
    }

    /// Returns the columns of a layer that are at least partly within `view`; the last column is the bias.
    pub(crate) fn columns(&self, layer: usize, view: Rect) -> Range<usize> {
        let columns = self.architecture.fan_in(layer) + 1;
        let seen = indices_within(self.sizes.gutter, self.sizes.cell.x, columns, view.x_range());
        // The gap before the bias shifts its column.
        let bias = self.column(layer, columns - 1);
        let is_bias_seen = bias.max > view.left() && bias.min < view.right();
        let end = if is_bias_seen { columns } else { seen.end };
        seen.start.min(end)..end
    }

    fn column(&self, layer: usize, column: usize) -> Rangef {
        let gap = if column == self.architecture.fan_in(layer) {
            self.sizes.bias_gap
        } else {
            0.0
        };
        let left = self.sizes.gutter + column as f32 * self.sizes.cell.x + gap;
        Rangef::new(left, left + self.sizes.cell.x)
    }

    /// Returns the rectangle of a column's header.
    fn column_header(&self, layer: usize, column: usize) -> Rect {
        let bottom = self.first_row_top(layer);
        Rect::from_x_y_ranges(
            self.column(layer, column),
            bottom - self.sizes.column_header..=bottom,
        )
    }

    /// Returns the rectangle of a neuron's row, including its header and all its knobs.
    pub(crate) fn row(&self, at: NeuronAddress) -> Rect {
        let top = self.first_row_top(at.layer) + at.neuron as f32 * self.row_pitch();
        let right = self.column(at.layer, self.architecture.fan_in(at.layer)).max;
        Rect::from_min_max(pos2(0.0, top), pos2(right, top + self.row_pitch()))
    }

    /// Returns the knob in a row and a column.
    pub(crate) fn knob(&self, at: NeuronAddress, column: usize) -> Knob {
        if column == self.architecture.fan_in(at.layer) {
            Knob::bias(at.layer, at.neuron)
        } else {
            Knob::weight(at.layer, at.neuron, column)
        }
    }

    /// Returns the rectangle of a knob.
    pub(crate) fn cell(&self, knob: Knob) -> Rect {
        let column = match knob.kind {
            KnobKind::Weight { input } => input,
            KnobKind::Bias => self.architecture.fan_in(knob.layer),
        };
        let row = self.row(knob.neuron_address());
        Rect::from_x_y_ranges(
            self.column(knob.layer, column),
            row.top() + self.sizes.row_header..=row.bottom(),
        )
    }

    /// Iterates over all knobs that are at least partly within `view`, in ascending order.
    pub(crate) fn knobs(&self, view: Rect) -> impl Iterator<Item = Knob> + '_ {
        self.layers(view).flat_map(move |layer| {
            let columns = self.columns(layer, view);
            self.rows(layer, view).flat_map(move |neuron| {
                let at = NeuronAddress { layer, neuron };
                columns.clone().map(move |column| self.knob(at, column))
            })
        })
    }

    /// Returns the scroll offset that brings a knob into a view of this size; `None` if it is in view at the
    /// current `offset`.
    pub(crate) fn offset_to_show(&self, knob: Knob, offset: Vec2, view: Vec2) -> Option<Vec2> {
        let mut cell = self.cell(knob);
        // Show the name of the neuron as well.
        cell.min.y -= self.sizes.row_header;
        let size = self.size();
        let along = |min: f32, max: f32, offset: f32, view: f32, size: f32| {
            let offset_to_show = if min < offset {
                min
            } else if max > offset + view {
                max - view
            } else {
                offset
            };
            offset_to_show.clamp(0.0, (size - view).max(0.0))
        };
        let offset_to_show = vec2(
            along(cell.left(), cell.right(), offset.x, view.x, size.x),
            along(cell.top(), cell.bottom(), offset.y, view.y, size.y),
        );
        (offset_to_show != offset).then_some(offset_to_show)
    }
}

/// Returns the indices of those of `count` equally large items, the first one at `first`, that are at least
/// partly within `range`.
fn indices_within(first: f32, size: f32, count: usize, range: Rangef) -> Range<usize> {
    let start = ((range.min - first) / size).floor().max(0.0) as usize;
    let end = ((range.max - first) / size).ceil().max(0.0) as usize;
    start.min(count)..end.min(count)
}

/// Returns the knob that is to get the focus and be scrolled into view, if it belongs to this pane.
pub(crate) fn knob_to_focus(context: &PaneContext<'_>, elements: &Elements) -> Option<Knob> {
    match elements.focus_request {
        Some((id, Element::Adjustable(Adjustable::Knob(knob))))
            if id == context.canvas_id && context.session.architecture().contains(knob) =>
        {
            Some(knob)
        }
        _ => None,
    }
}

/// Lays out the matrix in the whole of `ui`, below a legend of `legend` points.
///
/// `draw` gets the canvas, the offset of the matrix on the screen, and the part of the matrix in view. It
/// returns the color scale for the legend, or `None` to draw no legend of profiles.
pub(crate) fn matrix_view_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    elements: &mut Elements,
    matrix: &KnobMatrix<'_>,
    name: &'static str,
    legend: f32,
    draw: impl FnOnce(&mut Canvas<'_>, &mut PaneContext<'_>, Vec2, Rect) -> Option<Option<ProfileScale>>,
) {
    let canvas_id = context.canvas_id;
    let (legend, _) = ui.allocate_exact_size(vec2(ui.available_width(), legend), Sense::hover());
    let size = ui.available_size();
    if context.options.is_some() {
        // All of the matrix is in view.
        let origin = ui.available_rect_before_wrap().min.to_vec2();
        let all = Rect::from_min_size(egui::Pos2::ZERO, matrix.size());
        let mut canvas = Canvas::new(ui, elements, all.translate(origin), canvas_id);
        let scale = draw(&mut canvas, context, origin, all);
        drop(canvas);
        if let Some(scale) = scale {
            legend::profile_legend_ui(ui, context, legend, scale);
        }
        return;
    }
    let mut area = ScrollArea::both().auto_shrink(false).id_salt(name);
    if let Some(knob) = knob_to_focus(context, elements) {
        let state_id = ui.make_persistent_id(egui::IdSalt::new(name));
        let state = egui::scroll_area::State::load(ui.ctx(), state_id);
        let offset = state.map_or(Vec2::ZERO, |state| state.clamped_offset());
        if let Some(offset) = matrix.offset_to_show(knob, offset, size) {
            area = area.scroll_offset(offset);
        }
    }
    let content_size = matrix.size();
    let mut scale = None;
    let shown = area.show_viewport(ui, |ui, view| {
        ui.set_min_size(content_size);
        let origin = ui.max_rect().min.to_vec2();
        let view = Rect::from_min_size(view.min, size);
        let mut canvas = Canvas::new(ui, elements, view.translate(origin), canvas_id);
        scale = draw(&mut canvas, context, origin, view);
    });
    if content_size.x > size.x || content_size.y > size.y {
        elements.set_scroll_area(canvas_id, shown.id);
    } else {
        elements.remove_scroll_area(canvas_id);
    }
    if let Some(scale) = scale {
        legend::profile_legend_ui(ui, context, legend, scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::network::Activation;

    const SIZES: MatrixSizes = MatrixSizes {
        cell: Vec2::new(50.0, 60.0),
        gutter: 10.0,
        row_header: 20.0,
        title: 18.0,
        column_header: 16.0,
        bias_gap: 6.0,
    };

    #[test]
    fn every_knob_has_its_own_cell_and_can_be_scrolled_into_view() {
        let layers = [(4, Activation::Tanh), (2, Activation::Linear)];
        let architecture = Architecture::dense(3, &layers).unwrap();
        let matrix = KnobMatrix::new(&architecture, SIZES);
        let all = Rect::from_min_size(egui::Pos2::ZERO, matrix.size());
        let knobs: Vec<Knob> = matrix.knobs(all).collect();
        assert_eq!(knobs.len(), architecture.knob_count());
        assert!(knobs.is_sorted());
        for (index, &knob) in knobs.iter().enumerate() {
            let cell = matrix.cell(knob);
            assert!(all.contains_rect(cell));
            assert!(
                knobs[..index]
                    .iter()
                    .all(|&other| !matrix.cell(other).shrink(0.1).intersects(cell))
            );
            let view = vec2(120.0, 100.0);
            let offset = matrix
                .offset_to_show(knob, Vec2::ZERO, view)
                .unwrap_or(Vec2::ZERO);
            assert!(Rect::from_min_size(offset.to_pos2(), view).contains_rect(cell));
        }
    }
}
