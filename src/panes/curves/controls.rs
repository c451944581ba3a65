//! The row of controls above the curves: the swept number, the shown number, the shown curves, the activation
//! function and the target curve.

use std::sync::Arc;

use egui::style::WidgetVisuals;
use egui::{ComboBox, PopupCloseBehavior, Rect, Response, RichText, Stroke, Ui, WidgetText, vec2};

use crate::panes::context::PaneContext;
use crate::widgets::menu::{ROW_BAR_HEIGHT, scrolling_row_ui};
use neurodial_core::data::{CustomPoints, DatasetGenerator};
use neurodial_core::network::{Activation, Knob, KnobKind};
use neurodial_core::session::{
    Adjustable, CurveAxes, CurveScope, DataSource, Edit, Quantity, TrainingConfig, TrainingSetup, ViewChange,
};

/// The maximum number of inputs, and of knobs, in the list of numbers to sweep.
const MAX_LISTED: usize = 200;
/// The width below which the row scrolls instead of wrapping, in points.
const MIN_WRAPPING_WIDTH: f32 = 300.0;

/// The height of the row with the gap below it, in points.
const ROW_HEIGHT: f32 = 34.0;

/// True if a pane whose content needs at least `min_height` points also has space for a row of controls. In a
/// lower pane the row is left out.
pub(in crate::panes) fn has_room(ui: &Ui, min_height: f32) -> bool {
    let bar = if ui.available_width() < MIN_WRAPPING_WIDTH {
        ROW_BAR_HEIGHT
    } else {
        0.0
    };
    ui.available_height() >= min_height + ROW_HEIGHT + bar
}

/// Draws the row of controls.
pub(crate) fn controls_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let row = |ui: &mut Ui, context: &mut PaneContext<'_>| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(context.messages.axis_horizontal()).color(context.theme.weak_text));
        swept_combo_ui(ui, context);
        quantity_combo_ui(ui, context);
        scope_combo_ui(ui, context);
        activation_combo_ui(ui, context);
        target_combo_ui(ui, context);
        let has_family = context.session.view().has_curve_family;
        let family = ui.selectable_label(has_family, context.messages.curves_family());
        if family
            .on_hover_text(context.messages.curves_family_tooltip())
            .clicked()
        {
            context
                .actions
                .push(ViewChange::ShowCurveFamily(!has_family).into());
        }
        let fit = ui.button(context.messages.curves_fit());
        if fit.on_hover_text(context.messages.curves_fit_tooltip()).clicked() {
            context
                .actions
                .push(ViewChange::SetAxes(CurveAxes { x: None, y: None }).into());
        }
    };
    if ui.available_width() < MIN_WRAPPING_WIDTH {
        scrolling_row_ui(ui, |ui| row(ui, context));
    } else {
        ui.horizontal_wrapped(|ui| row(ui, context));
    }
}

/// Sets the accessible name of a control, by which screen readers and tests find it.
pub(crate) fn set_accessible_name(ui: &Ui, response: &Response, name: &str) {
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// Draws a combo box; `name` is its accessible name and tooltip.
pub(in crate::panes) fn combo_ui(
    ui: &mut Ui,
    name: &str,
    text: impl Into<WidgetText>,
    menu: impl FnOnce(&mut Ui),
) {
    let combo = ComboBox::from_id_salt(name)
        .selected_text(text.into())
        .width(0.0)
        .height(380.0)
        .icon(paint_arrow)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, menu);
    set_accessible_name(ui, &combo.response, name);
    let _shown = combo.response.on_hover_text(name);
}

/// Paints a small arrow down, less prominent than the text before it.
pub(in crate::panes) fn paint_arrow(ui: &Ui, rect: Rect, _visuals: &WidgetVisuals, _is_open: bool) {
    let stroke = Stroke::new(1.25, ui.visuals().weak_text_color());
    let tip = rect.center() + vec2(0.0, 2.0);
    let ends = [tip + vec2(-3.5, -3.5), tip, tip + vec2(3.5, -3.5)];
    ui.painter().line(ends.to_vec(), stroke);
}

/// Draws an item of a combo box; returns true if it was clicked, which also closes the list.
pub(in crate::panes) fn combo_item_ui(ui: &mut Ui, is_selected: bool, text: impl Into<WidgetText>) -> bool {
    let clicked = ui.selectable_label(is_selected, text.into()).clicked();
    if clicked {
        ui.close();
    }
    clicked
}

/// Returns the text of a number in the list: its symbol, and its name if it has one.
fn swept_text(context: &PaneContext<'_>, target: Adjustable) -> String {
    let architecture = context.session.architecture();
    let symbol = target.symbol(architecture).to_unicode();
    match target {
        Adjustable::Input(input) => match architecture.input_names().get(input) {
            Some(Some(name)) => format!("{symbol}  {name}"),
            _ => symbol,
        },
        Adjustable::Knob(_) | Adjustable::Hyperparameter(_) => symbol,
    }
}

fn swept_combo_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let swept = context.session.view().swept;
    let chosen = adjustable_combo_ui(ui, context, context.messages.axis_horizontal_name(), swept);
    context
        .actions
        .extend(chosen.map(|chosen| ViewChange::Sweep(chosen).into()));
}

/// Draws a combo box of the inputs and the knobs of the selected neuron; returns the chosen one.
pub(in crate::panes) fn adjustable_combo_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    name: &str,
    over: Adjustable,
) -> Option<Adjustable> {
    let at = context.session.view().selected;
    let architecture = context.session.architecture();
    let text = swept_text(context, over);
    let mut chosen = None;
    combo_ui(ui, name, text, |ui| {
        let mut entry = |ui: &mut Ui, target: Adjustable| {
            let symbol = swept_text(context, target);
            let text = match target == Knob::bias(at.layer, at.neuron).into() {
                true => context.messages.curves_bias_item(symbol),
                false => symbol,
            };
            if combo_item_ui(ui, target == over, text) {
                chosen = Some(target);
            }
        };
        let is_listed = match over {
            Adjustable::Input(input) => input < MAX_LISTED && !context.session.document().is_locked(over),
            Adjustable::Knob(Knob {
                layer,
                neuron,
                kind: term,
            }) => {
                (layer, neuron) == (at.layer, at.neuron)
                    && !matches!(term, KnobKind::Weight { input } if input >= MAX_LISTED)
            }
            Adjustable::Hyperparameter(_) => false,
        };
        if !is_listed {
            entry(ui, over);
            ui.separator();
        }
        // A computed feature can't be varied by itself.
        let document = context.session.document();
        for input in (0..architecture.input_count().min(MAX_LISTED)).map(Adjustable::Input) {
            if !document.is_locked(input) {
                entry(ui, input);
            }
        }
        ui.separator();
        let fan_in = architecture.fan_in(at.layer);
        for input in 0..fan_in.min(MAX_LISTED) {
            entry(ui, Knob::weight(at.layer, at.neuron, input).into());
        }
        entry(ui, Knob::bias(at.layer, at.neuron).into());
        if architecture.input_count().max(fan_in) > MAX_LISTED {
            ui.weak(context.messages.curves_other_items());
        }
    });
    chosen
}

fn quantity_combo_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let quantity = context.session.view().quantity;
    let messages = context.messages;
    let text = match quantity {
        Quantity::Output => messages.curves_quantity_output(),
        Quantity::WeightedSum => messages.curves_quantity_sum(),
    };
    let mut chosen = None;
    combo_ui(ui, messages.curves_quantity(), text, |ui| {
        for (other, hint) in [
            (Quantity::Output, messages.curves_quantity_output_item()),
            (Quantity::WeightedSum, messages.curves_quantity_sum_item()),
        ] {
            if combo_item_ui(ui, other == quantity, hint) {
                chosen = Some(other);
            }
        }
    });
    context
        .actions
        .extend(chosen.map(|chosen| ViewChange::SetQuantity(chosen).into()));
}

fn scope_combo_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let scope = context.session.view().curve_scope;
    let messages = context.messages;
    let text = |scope| match scope {
        CurveScope::Neuron => messages.curves_scope_neuron(),
        CurveScope::Layer => messages.curves_scope_layer(),
        CurveScope::Network => messages.curves_scope_network(),
    };
    let mut chosen = None;
    combo_ui(ui, messages.curves_scope(), text(scope), |ui| {
        for other in [CurveScope::Neuron, CurveScope::Layer, CurveScope::Network] {
            if combo_item_ui(ui, other == scope, text(other)) {
                chosen = Some(other);
            }
        }
    });
    context
        .actions
        .extend(chosen.map(|chosen| ViewChange::SetCurveScope(chosen).into()));
}

fn activation_combo_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let at = context.session.view().selected;
    let layer = &context.session.architecture().layers()[at.layer];
    let current = layer.neurons[at.neuron].activation;
    // A softmax belongs to a whole layer, and a layer with one neuron is that neuron.
    let is_shared = layer.is_softmax() || layer.neurons.len() == 1;
    let was_whole = context.session.view().is_activation_for_layer;
    let mut is_whole = was_whole;
    let mut chosen = None;
    let messages = context.messages;
    combo_ui(ui, messages.curves_activation(), current.label(messages), |ui| {
        if !is_shared {
            ui.horizontal(|ui| {
                ui.selectable_value(&mut is_whole, false, messages.curves_activation_of_neuron());
                ui.selectable_value(&mut is_whole, true, messages.curves_activation_of_layer());
            });
            ui.separator();
        }
        for activation in Activation::ALL {
            if combo_item_ui(ui, activation == current, activation.label(messages)) {
                chosen = Some(activation);
            }
        }
    });
    if is_whole != was_whole {
        context
            .actions
            .push(ViewChange::SetActivationForLayer(is_whole).into());
    }
    if let Some(activation) = chosen {
        let for_layer = is_shared || is_whole || activation.is_per_layer();
        context.actions.push(
            Edit::SetActivation {
                layer: at.layer,
                neuron: (!for_layer).then_some(at.neuron),
                activation,
            }
            .into(),
        );
    }
}

/// Draws the combo box of the target curves, if the network has one input that isn't a computed feature.
fn target_combo_ui(ui: &mut Ui, context: &mut PaneContext<'_>) {
    let computed = context.session.document().features().computed().count();
    if context.session.architecture().input_count() - computed != 1 {
        return;
    }
    let messages = context.messages;
    let current = context
        .session
        .setup()
        .map(|changed_setup| changed_setup.config());
    let text = current.map_or_else(
        || messages.curves_target_none().to_owned(),
        |choice| messages.curves_target_chosen(choice.source.label(messages)),
    );
    let mut chosen = None;
    combo_ui(ui, messages.curves_target(), text, |ui| {
        if combo_item_ui(ui, current.is_none(), messages.curves_target_none()) {
            chosen = Some(None);
        }
        for generator in DatasetGenerator::ALL
            .into_iter()
            .filter(|made| made.input_count() == 1)
        {
            let source = DataSource::Generated(generator);
            let is_current = current.is_some_and(|choice| choice.source == source);
            if combo_item_ui(ui, is_current, generator.label(messages)) {
                chosen = Some(Some(source));
            }
        }
        if combo_item_ui(ui, false, messages.curves_target_custom()) {
            chosen = Some(Some(DataSource::Custom(Arc::new(CustomPoints::for_regression(
                1,
            )))));
        }
    });
    match chosen {
        Some(None) => context.actions.push(Edit::SetTrainingSetup(None).into()),
        Some(Some(source)) => {
            let choice = match current {
                Some(choice) => choice.with_source(source),
                None => TrainingConfig::suggested(source),
            };
            let setup = TrainingSetup::new(choice).ok().map(Arc::new);
            context
                .actions
                .extend(setup.map(|changed_setup| Edit::SetTrainingSetup(Some(changed_setup)).into()));
        }
        None => {}
    }
}
