//! The row of controls over the curves: what is swept, whose curves, and what a neuron ends with.

use egui::style::WidgetVisuals;
use egui::{
    ComboBox, PopupCloseBehavior, Rect, Response, RichText, ScrollArea, Stroke, Ui, WidgetText, vec2,
};

use neurodial_core::network::{Activation, Knob, Term};
use crate::panes::Scene;
use neurodial_core::session::{Action, Axes, Quantity, Scope, Target};

/// The most inputs, and the most knobs, that the list of what can be swept shows.
const MOST_LISTED: usize = 200;
/// Below this width the row scrolls instead of wrapping, in points.
const NARROW: f32 = 300.0;

/// The height of the row with the gap under it, in points.
const ROW: f32 = 34.0;
/// The height of the bar under a row that scrolls, in points: it stands under the boxes, not on them.
const BAR: f32 = 6.0;

/// Whether a pane whose picture needs `least` points has room for a row of controls too; in a lower one the picture comes
/// first.
pub(in crate::panes) fn have_room(ui: &Ui, least: f32) -> bool {
    let bar = if ui.available_width() < NARROW { BAR } else { 0.0 };
    ui.available_height() >= least + ROW + bar
}

/// Draws the row.
pub fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let row = |ui: &mut Ui, scene: &mut Scene<'_>| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new("over").color(scene.look.ink_soft));
        swept_ui(ui, scene);
        quantity_ui(ui, scene);
        scope_ui(ui, scene);
        activation_ui(ui, scene);
        super::aims::aim_ui(ui, scene);
        let fit = ui.button("Fit").on_hover_text("Show all of the curves");
        named(ui, &fit, "fit the axes");
        if fit.clicked() {
            scene.outbox.push(Action::SetAxes(Axes { x: None, y: None }));
        }
    };
    if ui.available_width() < NARROW {
        ui.scope(|ui| {
            ui.spacing_mut().scroll.floating_allocated_width = BAR;
            ScrollArea::horizontal()
                .id_salt("controls")
                .show(ui, |ui| ui.horizontal(|ui| row(ui, scene)));
        });
    } else {
        ui.horizontal_wrapped(|ui| row(ui, scene));
    }
}

/// Gives a control the name by which a screen reader and a test find it.
pub(in crate::panes) fn named(ui: &Ui, response: &Response, name: &str) {
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// A box with a list; `name` is its accessible name.
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
    named(ui, &combo.response, name);
    let _shown = combo.response.on_hover_text(name);
}

/// A small arrow down, quieter than the text before it.
pub(in crate::panes) fn paint_arrow(ui: &Ui, rect: Rect, _visuals: &WidgetVisuals, _is_open: bool) {
    let stroke = Stroke::new(1.25, ui.visuals().weak_text_color());
    let tip = rect.center() + vec2(0.0, 2.0);
    let ends = [tip + vec2(-3.5, -3.5), tip, tip + vec2(3.5, -3.5)];
    ui.painter().line(ends.to_vec(), stroke);
}

/// An entry of a list; choosing it closes the list.
pub(in crate::panes) fn choice_ui(ui: &mut Ui, is_chosen: bool, text: impl Into<WidgetText>) -> bool {
    let clicked = ui.selectable_label(is_chosen, text.into()).clicked();
    if clicked {
        ui.close();
    }
    clicked
}

/// The name of what is swept as the list shows it: its symbol, and its name where it has one.
fn swept_text(scene: &Scene<'_>, target: Target) -> String {
    let blueprint = scene.session.blueprint();
    let symbol = target.symbol(blueprint).plain();
    match target {
        Target::Input(input) => match blueprint.input_names().get(input) {
            Some(Some(name)) => format!("{symbol}  {name}"),
            _ => symbol,
        },
        Target::Knob(_) => symbol,
    }
}

fn swept_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let over = scene.session.view().over;
    let chosen = target_ui(ui, scene, "swept number", over);
    scene.outbox.extend(chosen.map(Action::Sweep));
}

/// A box that lists the inputs and the knobs of the selected neuron; gives back what was chosen.
pub(in crate::panes) fn target_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    name: &str,
    over: Target,
) -> Option<Target> {
    let at = scene.session.view().selected;
    let blueprint = scene.session.blueprint();
    let text = swept_text(scene, over);
    let mut chosen = None;
    combo_ui(ui, name, text, |ui| {
        let mut entry = |ui: &mut Ui, target: Target, detail: &str| {
            let text = format!("{}{detail}", swept_text(scene, target));
            if choice_ui(ui, target == over, text) {
                chosen = Some(target);
            }
        };
        let is_listed = match over {
            Target::Input(input) => input < MOST_LISTED && !scene.session.document().is_locked(over),
            Target::Knob(Knob { layer, neuron, term }) => {
                (layer, neuron) == (at.layer, at.neuron)
                    && !matches!(term, Term::Weight { input } if input >= MOST_LISTED)
            }
        };
        if !is_listed {
            entry(ui, over, "");
            ui.separator();
        }
        // What is computed from others does not vary by itself.
        let document = scene.session.document();
        for input in (0..blueprint.inputs().min(MOST_LISTED)).map(Target::Input) {
            if !document.is_locked(input) {
                entry(ui, input, "");
            }
        }
        ui.separator();
        let fan_in = blueprint.fan_in(at.layer);
        for input in 0..fan_in.min(MOST_LISTED) {
            entry(ui, Knob::weight(at.layer, at.neuron, input).into(), "");
        }
        entry(ui, Knob::bias(at.layer, at.neuron).into(), "  bias");
        if blueprint.inputs().max(fan_in) > MOST_LISTED {
            ui.weak("For any other, press C on it");
        }
    });
    chosen
}

fn quantity_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let quantity = scene.session.view().quantity;
    let text = |quantity| match quantity {
        Quantity::Output => "output",
        Quantity::PreActivation => "sum",
    };
    let mut chosen = None;
    combo_ui(ui, "shown number", text(quantity), |ui| {
        for (other, hint) in [
            (Quantity::Output, "output, after the activation"),
            (Quantity::PreActivation, "sum, before the activation"),
        ] {
            if choice_ui(ui, other == quantity, hint) {
                chosen = Some(other);
            }
        }
    });
    scene.outbox.extend(chosen.map(Action::ShowQuantity));
}

fn scope_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let scope = scene.session.view().scope;
    let text = |scope| match scope {
        Scope::Neuron => "this neuron",
        Scope::Layer => "its layer",
        Scope::Network => "the network",
    };
    let mut chosen = None;
    combo_ui(ui, "shown curves", text(scope), |ui| {
        for other in [Scope::Neuron, Scope::Layer, Scope::Network] {
            if choice_ui(ui, other == scope, text(other)) {
                chosen = Some(other);
            }
        }
    });
    scene.outbox.extend(chosen.map(Action::ShowScope));
}

fn activation_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let at = scene.session.view().selected;
    let plan = &scene.session.blueprint().layers()[at.layer];
    let present = plan.neurons[at.neuron].activation;
    // A softmax belongs to a layer; and a layer of one neuron is that neuron.
    let is_shared = plan.is_softmax() || plan.neurons.len() == 1;
    let whole_id = ui.scope_id().with("whole layer");
    let mut is_whole = ui.data(|data| data.get_temp(whole_id)).unwrap_or(false);
    let mut chosen = None;
    combo_ui(ui, "activation", present.name(), |ui| {
        if !is_shared {
            ui.horizontal(|ui| {
                ui.selectable_value(&mut is_whole, false, "this neuron");
                ui.selectable_value(&mut is_whole, true, "whole layer");
            });
            ui.separator();
        }
        for activation in Activation::ALL {
            if choice_ui(ui, activation == present, activation.name()) {
                chosen = Some(activation);
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(whole_id, is_whole));
    if let Some(activation) = chosen {
        let for_layer = is_shared || is_whole || activation == Activation::Softmax;
        scene.outbox.push(Action::SetActivation {
            layer: at.layer,
            neuron: (!for_layer).then_some(at.neuron),
            activation,
        });
    }
}
