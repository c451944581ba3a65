//! What neurons make of one number: curves over an input or a knob, with the present point on them.
//!
//! | file | what |
//! | --- | --- |
//! | [`frame`] | the axes and the empty plane between them |
//! | [`geometry`] | where things are on the plane |
//! | `aims` | the data that the curve of a network with one input is to meet |
//! | [`ghosts`] | the curves of the pin |
//! | [`controls`] | the row of controls over it |
//! | [`names`] | on paper, whose curve is whose |
//! | [`notes`] | the words on it: thresholds and the present point |

mod aims;
pub mod controls;
pub mod frame;
pub mod geometry;
pub mod ghosts;
pub mod names;
pub mod notes;

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::canvas::{Canvas, ElementInfo, FocusLinks, Handle, Placement, Element, HitShape, Elements};
use neurodial_core::insight::{CurveDrag, Curve, Sweep};
use crate::look::type_scale;
use neurodial_core::network::{Knob, MathSymbol};
use neurodial_core::session::{Quantity, ValueRange, CurveScope};

use super::{Pane, PaneContext};
use frame::PlotFrame;
use geometry::PlotArea;

/// Below this height or width nothing is drawn, in points.
const MIN_SIZE: f32 = 36.0;
/// Of so many curves each has its present point.
const MAX_POINTS: usize = 16;

/// What stands over the pane.
pub fn heading(context: &PaneContext<'_>) -> String {
    let view = context.session.view();
    let architecture = context.session.architecture();
    let (one, many) = match view.quantity {
        Quantity::Output => ("Output", "Outputs"),
        Quantity::WeightedSum => ("Sum", "Sums"),
    };
    match view.curve_scope {
        CurveScope::Neuron => format!("{one} of {}", architecture.describe_neuron(view.selected)),
        CurveScope::Layer => format!("{many} of layer {}", view.selected.layer + 1),
        CurveScope::Network => format!("{many} of the network"),
    }
}

/// Draws the pane.
pub fn curves_ui(ui: &mut Ui, context: &mut PaneContext<'_>, elements: &mut Elements) {
    if context.options.is_none() && controls::has_room(ui, MIN_SIZE) {
        controls::controls_ui(ui, context);
    }
    let rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if rect.width() < MIN_SIZE || rect.height() < MIN_SIZE {
        return;
    }
    let plane = plot_frame(ui.painter(), context).show(ui, context, rect);
    let mut canvas = Canvas::new(ui, elements, plane.rect, Pane::Curves.canvas_id());
    CurvesPlot { context: context, area: plane }.draw_ui(&mut canvas);
}

/// The axes of the curves as they are now.
fn plot_frame(painter: &Painter, context: &PaneContext<'_>) -> PlotFrame {
    let sweep = context.insight.sweep();
    let architecture = context.session.architecture();
    let selected = context.session.view().selected;
    let selected_symbol = match sweep.quantity {
        Quantity::Output => architecture.a_symbol(selected),
        Quantity::WeightedSum => architecture.z_symbol(selected),
    };
    let symbol = match sweep.curves.as_slice() {
        [curve] if curve.at == selected => selected_symbol,
        _ => MathSymbol {
            subscript: String::new(),
            superscript: None,
            ..selected_symbol
        },
    };
    PlotFrame {
        x_range: sweep.x,
        y_range: sweep.y,
        x_name: frame::swept_name(painter, context, sweep.swept),
        y_name: frame::symbol_name(painter, context, &symbol),
        right_margin: if names::is_enabled(context) {
            names::LABELS_WIDTH
        } else {
            10.0
        },
    }
}

/// The curves on their plane.
struct CurvesPlot<'a, 's> {
    context: &'a PaneContext<'s>,
    area: PlotArea,
}

impl CurvesPlot<'_, '_> {
    fn draw_ui(&self, canvas: &mut Canvas<'_>) {
        let sweep = self.context.insight.sweep();
        let selected = self.context.session.view().selected;
        let lines: Vec<Vec<Pos2>> = sweep
            .curves
            .iter()
            .map(|curve| self.area.line(&curve.points))
            .collect();
        // The selected one is drawn last, so over the others.
        let is_main = |curve: &Curve| curve.at == selected;
        let main = sweep.curves.iter().position(is_main).unwrap_or(0);
        let Some(main_curve) = sweep.curves.get(main) else {
            return;
        };
        let main_line = lines.get(main).cloned().unwrap_or_default();
        // The first one placed is the one that Tab leads to; what a hand means is a matter of rank.
        let dot = self.dot(main_curve);
        self.place_current_point(canvas, sweep, main_curve, dot);
        aims::target_samples_ui(canvas.painter(), self.context, &self.area);
        ghosts::snapshot_curves_ui(canvas, self.context, &self.area);
        let order = (0..lines.len()).filter(|&index| index != main).chain([main]);
        let mut lines = lines;
        for index in order {
            let line = std::mem::take(&mut lines[index]);
            self.curve_ui(canvas, &sweep.curves[index], line, index == main);
        }
        self.place_plot_area(canvas);
        if names::is_enabled(self.context) {
            names::curve_labels_ui(canvas, self.context, &self.area);
        }
        if !self.context.is_selected(selected) && sweep.curves.len() > 1 {
            self.points_ui(canvas, sweep, None);
            return;
        }
        let labels = notes::thresholds_ui(canvas, self.context, &self.area, &main_line);
        self.points_ui(canvas, sweep, Some(main));
        let color = self.context.neuron_color(main_curve.at);
        notes::CurrentPoint {
            dot,
            color,
            curve: main_curve,
            line: &main_line,
        }
        .draw_ui(canvas, self.context, &self.area, &labels);
    }

    /// The present point, brought to the nearest edge where it lies outside.
    fn dot(&self, curve: &Curve) -> Pos2 {
        let rect = self.area.rect;
        self.area.screen_from_plot(curve.current).clamp(rect.min, rect.max)
    }

    fn curve_ui(&self, canvas: &mut Canvas<'_>, curve: &Curve, line: Vec<Pos2>, is_main: bool) {
        let PaneContext { session, .. } = *self.context;
        let part = Element::Curve(curve.at);
        let identity = self.context.neuron_color(curve.at);
        canvas.begin_element(part);
        // On paper without a selection no curve stands out.
        let is_emphasized = is_main || canvas.is_highlighted(part) || !self.context.is_selected(session.view().selected);
        let color = if is_emphasized {
            identity
        } else {
            crate::look::ColorTheme::mix(self.context.theme.card, identity, 0.45)
        };
        let width = match (is_main && is_emphasized, self.context.options) {
            (true, None) => 2.5,
            (_, Some(_)) if is_emphasized => 2.0,
            _ => 1.5,
        };
        let stroke = Stroke::new(width, color);
        match self.context.theme.dash_pattern(self.context.neuron_index(curve.at)) {
            Some([dash, gap]) => canvas
                .painter()
                .extend(Shape::dashed_line(&line, stroke, dash, gap)),
            None => {
                canvas.painter().add(Shape::line(line.clone(), stroke));
            }
        }
        let drag_points = if self.context.options.is_none() {
            line.clone()
        } else {
            Vec::new()
        };
        let item = Placement::new(
            part,
            HitShape::Polyline {
                points: line,
                tolerance: 7.0,
            },
        )
        .rank(1);
        canvas.place(item, || ElementInfo {
            name: format!("curve of {}", session.architecture().describe_neuron(curve.at)),
            value: Some(self.context.format_number(curve.current[1])),
            is_button: true,
            is_selected: Some(session.view().selected == curve.at),
            ..ElementInfo::default()
        });
        if self.context.options.is_none() {
            self.place_curve_drags(canvas, curve, &drag_points);
        }
        canvas.end_element();
    }

    /// The pieces of a curve, each with the knob that follows a hand there.
    fn place_curve_drags(&self, canvas: &mut Canvas<'_>, curve: &Curve, line: &[Pos2]) {
        let PlotArea { rect, x_range: x, y_range: y } = self.area;
        let Some(curve_drag) = CurveDrag::new(self.context.session, self.context.insight.forward_pass(), curve.at, x) else {
            return;
        };
        let knob_at = |screen_x: f32| {
            let across = f64::from((screen_x - rect.left()) / rect.width().max(1.0));
            curve_drag.knob(x[0] + across * (x[1] - x[0]))
        };
        for (knob, points) in segments_by_knob(line, knob_at) {
            let place = HitShape::Polyline { points, tolerance: 7.0 };
            let grip = Handle::curve_drag(knob.into(), rect, x, y);
            canvas.place_again(Placement::new(Element::Curve(curve.at), place).handle(Some(grip)).rank(1));
        }
    }

    fn place_plot_area(&self, canvas: &mut Canvas<'_>) {
        let PlotArea { rect, x_range: x, y_range: y } = self.area;
        let over = Element::CurrentPoint(self.context.insight.sweep().swept);
        let item = Placement::new(Element::PlotArea, HitShape::Rect(rect))
            .handle(Some(Handle::plot_pan(rect, x, y)))
            .focusable(FocusLinks {
                before: Some(over),
                after: None,
            });
        canvas.place(item, || {
            let number = |value| self.context.format_number(value);
            let [left, right, low, high] = [x[0], x[1], y[0], y[1]].map(number);
            ElementInfo::new(
                "plane of the curves",
                format!("{left} to {right} across, {low} to {high} up"),
            )
        });
    }

    fn place_current_point(&self, canvas: &mut Canvas<'_>, sweep: &Sweep, curve: &Curve, dot: Pos2) {
        let PaneContext { session, .. } = *self.context;
        let document = session.document();
        let range = document.range(sweep.swept);
        let part = Element::CurrentPoint(sweep.swept);
        let place = HitShape::Circle {
            center: dot,
            radius: 12.0,
        };
        let item = Placement::new(part, place)
            .handle(Some(self.current_point_handle(sweep, dot.y)))
            .rank(3)
            .focusable(FocusLinks {
                before: None,
                after: Some(Element::PlotArea),
            });
        canvas.place(item, || {
            let architecture = session.architecture();
            let neuron = architecture.describe_neuron(curve.at);
            ElementInfo {
                name: format!(
                    "present point of {neuron} over {}",
                    sweep.swept.symbol(architecture).to_unicode()
                ),
                value: Some(self.context.format_number(curve.current[1])),
                numeric_value: Some((sweep.current, range)),
                is_disabled: document.is_locked(sweep.swept),
                ..ElementInfo::default()
            }
        });
    }

    /// Along the plane at the height of a point, so that the point is the handle.
    fn current_point_handle(&self, sweep: &Sweep, y: f32) -> Handle {
        let rect = self.area.rect;
        let range = ValueRange {
            min: sweep.x[0],
            max: sweep.x[1],
            step: self.context.session.document().range(sweep.swept).step,
        };
        Handle::track(
            sweep.swept,
            pos2(rect.left(), y),
            pos2(rect.right(), y),
            range,
            sweep.current,
        )
    }

    /// The present points of the curves other than the main one.
    fn points_ui(&self, canvas: &mut Canvas<'_>, sweep: &Sweep, main: Option<usize>) {
        let theme = self.context.theme;
        let others = sweep
            .curves
            .iter()
            .enumerate()
            .filter(|&(index, _)| Some(index) != main);
        for (_, curve) in others.take(MAX_POINTS) {
            let center = self.area.screen_from_plot(curve.current);
            if !self.area.rect.expand(1.0).contains(center) || !curve.current[1].is_finite() {
                continue;
            }
            canvas.painter().circle(
                center,
                3.5,
                self.context.neuron_color(curve.at),
                Stroke::new(1.0, theme.card),
            );
        }
    }
}

/// A line in pieces along which the same knob follows; neighbours share their points.
fn segments_by_knob(line: &[Pos2], knob_at: impl Fn(f32) -> Knob) -> Vec<(Knob, Vec<Pos2>)> {
    // A long straight stretch may be two points: it is cut finely enough for a hand, in points.
    const MAX_SEGMENT: f32 = 8.0;
    let mut segments: Vec<(Knob, Vec<Pos2>)> = Vec::new();
    for pair in line.windows(2) {
        let parts = ((pair[1].x - pair[0].x).abs() / MAX_SEGMENT).ceil().max(1.0) as usize;
        let at = |part: usize| pair[0].lerp(pair[1], part as f32 / parts as f32);
        for part in 0..parts {
            let (from, to) = (at(part), at(part + 1));
            let knob = knob_at(0.5 * (from.x + to.x));
            match segments.last_mut() {
                Some((last, points)) if *last == knob => points.push(to),
                _ => segments.push((knob, vec![from, to])),
            }
        }
    }
    segments
}

/// Text as large as it is, for labels on the plane.
fn label_ui(
    painter: &Painter,
    at: Rect,
    text: &str,
    color: egui::Color32,
    background: egui::Color32,
    is_strong: bool,
) {
    painter.rect_filled(at.expand2(vec2(3.0, 0.0)), 3.0, background.gamma_multiply(0.85));
    let font = if is_strong {
        type_scale::strong()
    } else {
        type_scale::body()
    };
    painter.text(at.center(), Align2::CENTER_CENTER, text, font, color);
}
