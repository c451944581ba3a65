//! Round dials laid out in the form of the weight matrix. Only dials in view are laid out.

use egui::{Align2, FontId, Painter, Rect, Ui, pos2, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::PaneContext;
use crate::panes::number_entry::number_entry_ui;
use crate::theme::type_scale;
use crate::widgets::dial::{self, DialGeometry, DialState};
use crate::widgets::math::MathBox;
use neurodial_core::network::{Knob, NeuronAddress};
use neurodial_core::session::Adjustable;

use super::annotations::{self, KnobAnnotations};
use super::legend;
use super::list_rows::KnobListRows;
use super::matrix::{KnobMatrix, MatrixSizes};
use super::matrix_view::matrix_view_ui;

/// The range of a dial's width with its number, in points. The dials of a row share the available width.
const CELL_WIDTH: std::ops::RangeInclusive<f32> = 48.0..=84.0;
/// The maximum width of a dial with its number in a figure, in points.
const MAX_PRINT_CELL_WIDTH: f32 = 110.0;
/// The radius of the largest dial, in points.
const MAX_RADIUS: f32 = 24.0;
/// The height of the number under a dial, in points.
const NUMBER_HEIGHT: f32 = 19.0;
/// The height of the difference from the snapshot, which is below the number, in points.
const DIFFERENCE_HEIGHT: f32 = 14.0;
/// The gap between the last weight and the bias, in points.
const BIAS_GAP: f32 = 6.0;
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
    let matrix = KnobMatrix::new(architecture, sizes);
    let difference_height = difference_height(context);
    let legend = legend_height(context);
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
            let scale = annotations.color_scale();
            let mut dials = KnobDials {
                context,
                matrix: &matrix,
                annotations,
                origin,
                difference_height,
            };
            for layer in matrix.layers(view) {
                dials.header_ui(canvas, layer, view);
                for neuron in matrix.rows(layer, view) {
                    dials.neuron_ui(canvas, NeuronAddress { layer, neuron });
                }
            }
            for knob in matrix.knobs(view) {
                dials.dial_ui(canvas, knob);
            }
            has_profiles.then_some(scale)
        },
    );
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
        title: if architecture.layers().len() > 1 {
            22.0
        } else {
            0.0
        },
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

/// Returns the height of the legend, in points; 0 in a figure without profiles, which has no empty line.
fn legend_height(context: &PaneContext<'_>) -> f32 {
    match context.options {
        Some(_) if !annotations::shows_profiles(context) => 0.0,
        _ => legend::HEIGHT,
    }
}

/// Returns the minimum width of a dial with its number in a figure, in points.
fn min_cell_width(painter: &Painter, context: &PaneContext<'_>) -> f32 {
    let knobs = context.session.document().network.knobs();
    let numbers = knobs.iter().map(|&knob| context.format_number(knob));
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
    /// Draws the title of a layer and the names of the columns' inputs.
    fn header_ui(&self, canvas: &Canvas<'_>, layer: usize, view: Rect) {
        let theme = self.context.theme;
        let architecture = self.context.session.architecture();
        let painter = canvas.painter();
        if architecture.layers().len() > 1 {
            let at = self.matrix.title(layer) + self.origin - vec2(0.0, 3.0);
            let title = super::layer_title(self.context, layer);
            painter.text(
                at,
                Align2::LEFT_BOTTOM,
                title,
                type_scale::small(),
                theme.weak_text,
            );
        }
        for column in self.matrix.columns(layer, view) {
            let header = self.matrix.column_header(layer, column).translate(self.origin);
            if column == architecture.fan_in(layer) {
                let font = type_scale::small();
                painter.text(
                    header.center(),
                    Align2::CENTER_CENTER,
                    "bias",
                    font,
                    theme.weak_text,
                );
            } else {
                let symbol = architecture.layer_input_symbol(layer, column);
                let symbol_box = MathBox::symbol(painter, &symbol, 0.85, theme.weak_text);
                symbol_box.paint_centered(
                    painter,
                    header.center().x - symbol_box.width / 2.0,
                    header.center().y,
                );
            }
        }
    }

    fn neuron_ui(&self, canvas: &mut Canvas<'_>, at: NeuronAddress) {
        let PaneContext { theme, session, .. } = *self.context;
        let row = self.matrix.row(at).translate(self.origin);
        let row = Rect::from_min_size(row.min, vec2(row.width(), 24.0));
        // The name stays in view while the row is scrolled sideways.
        let shown = row.intersect(canvas.rect());
        let color = self.context.neuron_color(at);
        let element = Element::Neuron(at);
        let is_selected = self.context.is_selected(at);
        canvas.begin_element(element);
        let painter = canvas.painter();
        if canvas.is_highlighted(element) {
            painter.rect_filled(shown.shrink2(vec2(0.0, 2.0)), 4.0, theme.tinted(color));
        }
        let middle = row.center().y;
        let bar = Rect::from_center_size(pos2(shown.left() + 1.75, middle), vec2(3.5, 15.0));
        painter.rect_filled(bar, 1.5, color);
        let font = if is_selected {
            type_scale::strong()
        } else {
            type_scale::body()
        };
        let output = self.context.format_number(self.context.output(at));
        let right = pos2(shown.right() - 4.0, middle);
        let end = painter.text(right, Align2::RIGHT_CENTER, &output, type_scale::strong(), color);
        let left = shown.left() + 11.0;
        let label = session.architecture().neuron_label(at);
        let name = painter.layout_job(super::truncated_text(
            label,
            font,
            theme.text,
            end.left() - left - 8.0,
        ));
        painter.galley(pos2(left, middle - name.size().y / 2.0), name, theme.text);
        canvas.place(Placement::new(element, HitShape::Rect(row)), || ElementInfo {
            name: session.architecture().describe_neuron(at),
            value: Some(format!("output {output}")),
            is_button: true,
            is_selected: Some(is_selected),
            ..ElementInfo::default()
        });
        canvas.end_element();
    }

    fn dial_ui(&mut self, canvas: &mut Canvas<'_>, knob: Knob) {
        let PaneContext { theme, session, .. } = *self.context;
        let (document, architecture) = (session.document(), session.architecture());
        let target = Adjustable::Knob(knob);
        let element = Element::Adjustable(target);
        let cell = self.matrix.cell(knob).translate(self.origin);
        let value = document.value(target).unwrap_or(0.0);
        let range = document.range(target);
        let is_locked = document.is_locked(target);
        let is_highlighted = canvas.is_highlighted(element) || session.view().highlighted == Some(target);
        let color = self.context.neuron_color(NeuronAddress {
            layer: knob.layer,
            neuron: knob.neuron,
        });
        let geometry = DialGeometry::from_rect(cell, MAX_RADIUS);
        let snapshot_value = self.context.snapshot_value(target);
        let indicators = self.annotations.indicators(self.context, target);
        canvas.begin_element(element);
        if is_highlighted {
            canvas
                .painter()
                .rect_filled(cell.shrink(1.0), 6.0, theme.tinted(color));
        }
        let state = DialState {
            fraction: range.fraction_of(value),
            zero_fraction: (range.min..=range.max)
                .contains(&0.0)
                .then(|| range.fraction_of(0.0)),
            color,
            is_highlighted,
            is_locked,
            profile: self.annotations.profile(target),
            is_filled: !self.annotations.has_profiles(),
            switch_point: indicators.switch_point,
            lowest_loss: indicators
                .lowest_loss
                .map(|best| (best, self.annotations.color())),
            snapshot_value: snapshot_value.map(|was| range.fraction_of(was)),
        };
        dial::paint(canvas.painter(), theme, geometry, state);
        if geometry.radius >= MIN_RADIUS_FOR_NAME {
            let name_color = if knob.is_bias() {
                theme.text
            } else {
                theme.sign_color(value)
            };
            let symbol = MathBox::symbol(canvas.painter(), &architecture.symbol(knob), 0.85, name_color);
            // The corners of the name must lie within the ring as well. With several layers the name has a
            // superscript and a subscript.
            let half = if architecture.layers().len() > 1 { 9.0 } else { 6.0 };
            if (0.5 * symbol.width).hypot(half) < geometry.cap_radius() {
                let left = geometry.center.x - symbol.width / 2.0;
                symbol.paint_centered(canvas.painter(), left, geometry.center.y - 1.0);
            }
        }
        if let Some(arrow) = indicators.arrow {
            let arrow_length = 0.8 * geometry.radius;
            arrow.paint(
                canvas.painter(),
                theme,
                geometry.gap_center(),
                arrow_length,
                self.annotations.color(),
            );
        }
        let rows = KnobListRows::new(architecture);
        let neighbor = |step| {
            rows.neighbor(knob, step)
                .map(|knob| Element::Adjustable(knob.into()))
        };
        let links = FocusLinks {
            before: neighbor(-1),
            after: neighbor(1),
        };
        let item = Placement::new(element, HitShape::Rect(cell)).focusable(links);
        canvas.place(item, || super::knob_description(self.context, knob));
        let disc = |radius| HitShape::Circle {
            center: geometry.center,
            radius,
        };
        let ring = Handle::dial_drag(target, geometry.center, dial::SWEEP, range);
        let ring = Placement::new(element, disc(geometry.outer_radius()))
            .handle(Some(ring))
            .rank(1);
        canvas.place_again(ring);
        let cap = Handle::vertical_drag(target, range);
        canvas.place_again(
            Placement::new(element, disc(geometry.cap_radius()))
                .handle(Some(cap))
                .rank(2),
        );
        let corner = pos2(cell.right() - 7.0, cell.top() + 6.0);
        let lock = Rect::from_center_size(corner, vec2(15.0, 16.0));
        super::lock_ui(canvas, self.context, lock, knob, is_highlighted);
        if let Some(snapshot_value) = snapshot_value {
            let text = self.context.format_difference(snapshot_value, value);
            let at = pos2(cell.center().x, cell.bottom() - 0.5 * DIFFERENCE_HEIGHT - 1.0);
            let font = type_scale::small();
            let painter = canvas.painter();
            painter.text(at, Align2::CENTER_CENTER, text, font, theme.weak_text);
        }
        let bottom = cell.bottom() - self.difference_height;
        let number = Rect::from_min_max(
            pos2(cell.left() + 2.0, bottom - NUMBER_HEIGHT),
            pos2(cell.right() - 2.0, bottom - 1.0),
        );
        number_entry_ui(
            canvas,
            self.context,
            target,
            number,
            number_font(),
            Align2::CENTER_CENTER,
        );
        canvas.end_element();
    }
}

fn number_font() -> FontId {
    type_scale::number()
}
