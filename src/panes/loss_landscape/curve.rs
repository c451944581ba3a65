//! The loss over one knob: an enlarged loss profile.

use egui::{Pos2, Rect, Shape, Stroke, Ui, pos2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::panes::curves::swept_name;
use crate::plot::label_placement::{LabeledMark, place_mark_labels};
use crate::plot::{Axis, LabelObstacle, PlotFrame};
use crate::theme::type_scale;
use neurodial_core::insight::LossLandscape;
use neurodial_core::insight::output_grid::GridAxis;
use neurodial_core::session::ValueRange;
use neurodial_core::text::format_adaptive;

use super::contour_map::lowest_loss_text;

/// Draws the curve into `rect`. The tuple has the axis of the knob and the current loss.
pub(crate) fn curve_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    rect: Rect,
    landscape: &LossLandscape,
    (axis, current_loss): (GridAxis, f64),
) {
    let (theme, messages) = (context.theme, context.messages);
    let target = axis.target;
    let architecture = context.session.architecture();
    let document = context.session.document();
    let value = document.value(target).unwrap_or(0.0);
    let losses = landscape.values().iter().copied().chain([current_loss]);
    let losses = Axis::for_losses(losses, context.session.view().has_log_loss_axis);
    let name = swept_name(ui.painter(), context, target);
    let frame = PlotFrame::for_losses(
        ui.painter(),
        theme,
        Axis::linear(axis.range),
        name,
        losses,
        messages,
    );
    let frame = frame.y_label(context.y_label());
    let plot_area = frame.paint(ui.painter(), theme, rect);
    let plot_rect = plot_area.rect;
    let mut canvas = Canvas::new(ui, elements, rect, context.canvas_id);
    let element = Element::CurrentPoint(target);
    let painter = canvas.painter().clone();
    let inside = painter.with_clip_rect(plot_rect.expand(6.0).intersect(painter.clip_rect()));
    let columns = landscape.size()[0];
    let losses = landscape
        .values()
        .iter()
        .enumerate()
        .filter(|(_, loss)| loss.is_finite());
    let points =
        losses.map(|(index, &loss)| plot_area.screen_from_plot([axis.value_at(index as f64, columns), loss]));
    let points: Vec<Pos2> = points.collect();
    inside.add(Shape::line(points.clone(), Stroke::new(2.25, theme.text)));
    let dot = plot_area.screen_from_plot([value, current_loss]);
    let mut marks = vec![LabeledMark {
        center: dot,
        radius: 7.5,
        text: Some((
            messages.curves_current(format_adaptive(current_loss, 3)),
            theme.text,
        )),
    }];
    let mut lines = vec![
        LabelObstacle::Line { points, cost: 60.0 },
        LabelObstacle::Line {
            points: vec![pos2(dot.x, plot_rect.top()), pos2(dot.x, plot_rect.bottom())],
            cost: 20.0,
        },
    ];
    if let Some(([lowest, _], loss)) = landscape.lowest() {
        let at = plot_area.screen_from_plot([lowest, loss]);
        let foot = vec![at, pos2(at.x, plot_rect.bottom())];
        inside.extend(Shape::dashed_line(
            &foot,
            Stroke::new(1.25, theme.positive),
            4.0,
            3.0,
        ));
        inside.circle(at, 5.0, theme.card, Stroke::new(2.0, theme.positive));
        let text = messages.landscape_lowest_at(
            lowest_loss_text(landscape, loss, messages),
            context.format_number(lowest),
        );
        marks.push(LabeledMark {
            center: at,
            radius: 7.0,
            text: Some((text, theme.positive)),
        });
        lines.push(LabelObstacle::Line {
            points: foot,
            cost: 20.0,
        });
    }
    let font = type_scale::strong();
    for label in place_mark_labels(&inside, &font, plot_rect.shrink(2.0), &marks, &lines) {
        label.paint(&inside, theme.card.gamma_multiply(0.85));
    }
    canvas.begin_element(element);
    inside.vline(dot.x, plot_rect.y_range(), Stroke::new(1.0, theme.axis));
    if canvas.is_under_pointer(element) {
        inside.circle_filled(dot, 11.0, theme.text.gamma_multiply(0.2));
    }
    inside.circle(dot, 5.5, theme.text, Stroke::new(1.5, theme.card));

    let [min, max] = axis.range;
    let range = ValueRange {
        min,
        max,
        ..document.range(target)
    };
    let handle = Handle::track(
        target,
        plot_rect.left_bottom(),
        plot_rect.right_bottom(),
        range,
        value,
    );
    let item = Placement::new(element, HitShape::Rect(plot_rect)).handle(Some(handle));
    canvas.place(item.focusable(FocusLinks::default()), || ElementInfo {
        name: messages.landscape_knob(target.describe_in(architecture, messages)),
        value: Some(
            messages.landscape_knob_value(context.format_number(value), format_adaptive(current_loss, 3)),
        ),
        description: landscape.lowest().map(|([at, _], loss)| {
            messages.landscape_knob_lowest(
                lowest_loss_text(landscape, loss, messages),
                context.format_number(at),
            )
        }),
        numeric_value: Some((value, range)),
        is_disabled: document.is_locked(target),
        ..ElementInfo::default()
    });
    canvas.end_element();
}
