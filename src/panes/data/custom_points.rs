//! Custom points: adding, moving and removing samples by hand, and the controls for it.

use std::sync::Arc;

use egui::{Button, Color32, RichText, Ui, WidgetInfo, vec2};

use crate::canvas::{Canvas, Element, ElementInfo, Elements, FocusLinks, Handle, HitShape, Placement};
use crate::panes::context::PaneContext;
use crate::plot::PlotArea;
use crate::theme::{ColorTheme, ThemeMode, type_scale};
use neurodial_core::data::{CustomPoints, PointTarget};
use neurodial_core::insight::DataPlot;
use neurodial_core::insight::data_plot::{DataPoint, PlotValue};
use neurodial_core::session::{DataSource, Edit, TrainingConfig, ViewChange};
use neurodial_core::text::{Messages, format_ascii};

/// The radius around a point within which a press takes it, in points.
const GRAB_RADIUS: f32 = 9.0;
/// The rank of points, above that of the plot area.
const POINT_RANK: u8 = 2;
/// The targets that a new point with two inputs can have.
const NEW_POINT_VALUES: [f64; 5] = [-1.0, -0.5, 0.0, 0.5, 1.0];

/// Returns the custom points; `None` if the dataset is of another kind.
pub(super) fn custom_points<'a>(context: &PaneContext<'a>) -> Option<&'a CustomPoints> {
    match &context.session.setup()?.config().source {
        DataSource::Custom(points) => Some(points),
        _ => None,
    }
}

/// Draws the choice of a new point's target; for another dataset, the button that converts it into custom
/// points.
pub(super) fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let Some(points) = custom_points(context) else {
        edit_copy_ui(ui, context);
        return;
    };
    let messages = context.messages;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let weak = |text: &str| {
            RichText::new(text)
                .font(type_scale::small())
                .color(context.theme.weak_text)
        };
        match points.target() {
            PointTarget::Classes(classes) => {
                ui.label(weak(messages.new_point_class()));
                for (class, name) in classes.iter().enumerate() {
                    let name = neurodial_core::text::shortened(name);
                    let texts = (name.as_str(), messages.new_point_class_name(&name));
                    new_point_button_ui(ui, context, class as f64, texts, class_color(context, class));
                }
                let more = ui.add(Button::new("+").min_size(vec2(24.0, 0.0)));
                more.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, messages.new_class()));
                if more.on_hover_text(messages.new_class_tooltip()).clicked()
                    && let Ok(with_more) = points.with_new_class()
                {
                    context
                        .actions
                        .push(ViewChange::SetNewPointLabel(classes.len() as f64).into());
                    set_points(context, with_more);
                }
            }
            PointTarget::Number(_) if points.input_names().len() == 2 => {
                ui.label(weak(messages.new_point_target()));
                for number in NEW_POINT_VALUES {
                    let color = match number > 0.0 {
                        true => context.theme.positive,
                        false => context.theme.negative,
                    };
                    let text = format_ascii(number, 1);
                    let texts = (text.as_str(), messages.new_point_target_name(&text));
                    new_point_button_ui(ui, context, number, texts, color);
                }
            }
            PointTarget::Number(_) => {
                ui.label(weak(messages.new_point_curve()));
            }
        }
        let is_any = !points.points().is_empty();
        let clear = ui.add_enabled(is_any, Button::new(messages.delete_points()));
        clear.widget_info(|| WidgetInfo::labeled(egui::Role::Button, is_any, messages.delete_points_name()));
        if clear.on_hover_text(messages.delete_points_tooltip()).clicked() {
            set_points(context, points.without_points());
        }
    });
}

/// Draws the button that converts generated or loaded data with one or two features into custom points.
fn edit_copy_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let Some(setup) = context.session.setup() else {
        return;
    };
    if !(1..=2).contains(&setup.raw_inputs()) {
        return;
    }
    let button = ui.add(Button::new(context.messages.edit_points()));
    if button
        .on_hover_text(context.messages.edit_points_tooltip())
        .clicked()
        && let Ok(points) = setup.to_points()
    {
        set_points(context, points);
    }
}

fn set_points(context: &mut PaneContext<'_>, points: CustomPoints) {
    let Some(setup) = context.session.setup() else {
        return;
    };
    let source = DataSource::Custom(Arc::new(points));
    let before = setup.config();
    // A converted dataset keeps the training settings.
    let choice = TrainingConfig {
        source,
        has_class_targets: false,
        ..before.clone()
    };
    if let Ok(changed) = setup.with_config(choice) {
        context
            .actions
            .push(Edit::SetTrainingSetup(Some(Arc::new(changed))).into());
    }
}

/// Returns the color of a class as in the plot.
fn class_color(context: &PaneContext<'_>, class: usize) -> Color32 {
    let has_classes = match context.data_plot() {
        Some(DataPlot::Map(map)) => map.has_classes,
        _ => false,
    };
    point_color(
        context.theme,
        match (has_classes, class) {
            (false, 0) => PlotValue::Scaled(-1.0),
            (false, 1) => PlotValue::Scaled(1.0),
            _ => PlotValue::Class(class),
        },
    )
}

/// Draws the button for the target of new points, with its text and its accessible name.
fn new_point_button_ui(
    ui: &mut Ui,
    context: &mut PaneContext<'_>,
    label: f64,
    (text, name): (&str, String),
    color: Color32,
) {
    let is_chosen = context.session.view().new_point_label == label;
    let rich = RichText::new(text).color(color).font(type_scale::strong());
    let response = ui.add(Button::selectable(is_chosen, rich).min_size(vec2(28.0, 0.0)));
    response.widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, true, is_chosen, &name));
    if response.clicked() {
        context.actions.push(ViewChange::SetNewPointLabel(label).into());
    }
}

/// Places the plot area and the custom points on a canvas, where they can be dragged and focused.
pub(super) fn points_canvas_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    elements: &mut Elements,
    plot_area: &PlotArea,
    drawn: &[DataPoint],
) {
    let Some(points) = custom_points(context).filter(|_| context.options.is_none()) else {
        return;
    };
    let messages = context.messages;
    let id = context.canvas_id;
    let count = points.points().len();
    if let Some(current) = elements.tab_stop(id)
        && matches!(current.element, Element::CustomPoint(sample) if sample >= count)
    {
        elements.remove_tab_stop(id);
    }
    let mut canvas = Canvas::new(ui, elements, plot_area.rect, id);
    let handle = |index| {
        Some(Handle::point_drag(
            index,
            plot_area.rect,
            plot_area.x.range,
            plot_area.y.range,
        ))
    };
    let sample = |index: usize| (index < count).then_some(Element::CustomPoint(index));
    let links = FocusLinks {
        before: count.checked_sub(1).and_then(sample),
        after: sample(0),
    };
    let field = Placement::new(Element::CustomPointArea, HitShape::Rect(plot_area.rect)).focusable(links);
    canvas.place(field.handle(handle(None)), || ElementInfo {
        name: messages.point_area().to_owned(),
        value: Some(messages.point_area_value(count)),
        description: Some(messages.point_area_description().to_owned()),
        is_button: true,
        ..ElementInfo::default()
    });
    for point in drawn {
        let Some(index) = point.custom_index else { continue };
        let center = plot_area.screen_from_plot([point.x, point.y]);
        let hit_shape = HitShape::Circle {
            center,
            radius: GRAB_RADIUS,
        };
        let links = FocusLinks {
            before: index
                .checked_sub(1)
                .map_or(Some(Element::CustomPointArea), sample),
            after: sample(index + 1).or(Some(Element::CustomPointArea)),
        };
        let element = Element::CustomPoint(index);
        let item = Placement::new(element, hit_shape)
            .rank(POINT_RANK)
            .handle(handle(Some(index)))
            .focusable(links);
        canvas.place(item, || point_description(messages, points, index));
        if canvas.is_under_pointer(element) && !canvas.has_focus(element) {
            let stroke = egui::Stroke::new(1.5, context.theme.accent);
            canvas.painter().circle_stroke(center, 8.0, stroke);
        }
    }
}

fn point_description(messages: Messages, points: &CustomPoints, index: usize) -> ElementInfo {
    let point = &points.points()[index];
    let inputs = points.input_names().iter().zip(&point.inputs);
    let inputs = inputs.map(|(name, value)| messages.point_number(name, format_ascii(*value, 3)));
    let target = match points.target() {
        PointTarget::Number(name) => messages.point_number(name, format_ascii(point.target, 3)),
        PointTarget::Classes(classes) => messages.point_class(&classes[point.target as usize]),
    };
    ElementInfo {
        description: Some(messages.point_name_description().to_owned()),
        ..ElementInfo::new(
            messages.point_name(index + 1),
            messages.list(inputs.chain([target])),
        )
    }
}

/// Returns the color of a sample.
pub(super) fn point_color(theme: &ColorTheme, kind: PlotValue) -> Color32 {
    match kind {
        PlotValue::Class(class) => theme.neuron_color(class),
        // White samples would look like hollow ones.
        PlotValue::Scaled(position) if theme.mode == ThemeMode::Grayscale => {
            theme.diverging_color(position.max(MIN_GRAY_POSITION))
        }
        PlotValue::Scaled(position) => theme.diverging_color(position),
    }
}

/// The position on the scale of colors of the lightest samples in grayscale.
const MIN_GRAY_POSITION: f64 = -0.4;

/// Returns the color of the ring of a hollow sample.
pub(super) fn sign_color(theme: &ColorTheme, kind: PlotValue) -> Color32 {
    match kind {
        PlotValue::Class(class) => theme.neuron_color(class),
        PlotValue::Scaled(position) => theme.sign_color(position),
    }
}

/// Returns the color of the outline of a sample. A value has the color of an area with the same value, so only the
/// outline separates them.
pub(super) fn outline_color(theme: &ColorTheme, kind: PlotValue) -> Color32 {
    /// Colors of positions closer to 0 than this are hard to tell from the card.
    const MIN_POSITION: f64 = 0.35;
    let is_for_print = matches!(theme.mode, ThemeMode::Print | ThemeMode::Grayscale);
    match kind {
        PlotValue::Scaled(position) if is_for_print || position.abs() < MIN_POSITION => theme.text,
        PlotValue::Scaled(_) | PlotValue::Class(_) => theme.card,
    }
}
