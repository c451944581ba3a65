//! A hyperparameter as a small slider, dragged through the app's gesture input; it can also be entered as
//! text.

use egui::{FontSelection, Id, Rect, Sense, Ui, WidgetInfo, accesskit};

use crate::panes::context::PaneContext;
use crate::panes::saved_inputs::cell::{error_popup_ui, focus_ring_ui};
use crate::widgets::compact_slider::{self, CompactSliderGeometry, CompactSliderState};
use crate::widgets::number_field::{FieldOutcome, value_field_ui};
use neurodial_core::session::{Hyperparameter, TrainingConfig, TrainingSetup};
use neurodial_core::text::FieldDraft;

/// A hyperparameter whose value is being entered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HyperparameterEdit {
    /// The hyperparameter.
    pub(crate) hyperparameter: Hyperparameter,
    /// The text entered so far.
    pub(crate) draft: FieldDraft,
}

impl HyperparameterEdit {
    /// Returns the current entry, if any.
    pub(crate) fn load(ctx: &egui::Context) -> Option<Self> {
        ctx.data(|data| data.get_temp(Self::id()))
    }

    /// Begins or updates an entry, or ends it if `None`.
    pub(crate) fn store(ctx: &egui::Context, typing: Option<Self>) {
        ctx.data_mut(|data| match typing {
            Some(typing) => {
                data.insert_temp(Self::id(), typing);
            }
            None => data.remove::<Self>(Self::id()),
        });
    }

    fn id() -> Id {
        Id::unique("a setting that is being typed")
    }
}

/// Returns the id of a hyperparameter's slider, by which the gesture input finds it.
pub(crate) fn slider_id(hyperparameter: Hyperparameter) -> Id {
    Id::unique(("setting", hyperparameter))
}

/// Returns the short name in front of the value.
const fn short_name(hyperparameter: Hyperparameter) -> &'static str {
    match hyperparameter {
        Hyperparameter::Samples => "points",
        Hyperparameter::Noise => "noise",
        Hyperparameter::TestFraction => "test",
        Hyperparameter::Seed => "seed",
        Hyperparameter::LearningRate => "rate",
        Hyperparameter::BatchSize => "batch",
        Hyperparameter::Epochs => "epochs",
        Hyperparameter::L1 => "L1",
        Hyperparameter::L2 => "L2",
    }
}

/// Returns a description for the tooltip.
const fn hint(hyperparameter: Hyperparameter) -> &'static str {
    match hyperparameter {
        Hyperparameter::Samples => "How many points are made",
        Hyperparameter::Noise => "How far points are off, as a standard deviation",
        Hyperparameter::TestFraction => "The part of the samples that is held out for testing",
        Hyperparameter::Seed => {
            "Makes the data, holds samples out, and orders them; the same seed, the same run"
        }
        Hyperparameter::LearningRate => "Learning rate: how far a step goes",
        Hyperparameter::BatchSize => "The samples of a step",
        Hyperparameter::Epochs => "How often every sample is seen before training ends",
        Hyperparameter::L1 => "L1 regularisation: what the size of every weight costs",
        Hyperparameter::L2 => "L2 regularisation: what the square of every weight costs",
    }
}

/// Draws a hyperparameter into `rect`; returns the config with the entered value, if one was entered.
pub(crate) fn slider_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    setup: &TrainingSetup,
    hyperparameter: Hyperparameter,
    rect: Rect,
) -> Option<TrainingConfig> {
    let config = setup.config();
    let id = slider_id(hyperparameter);
    let typing = HyperparameterEdit::load(ui.ctx()).filter(|typing| typing.hyperparameter == hyperparameter);
    let response = ui.interact(rect, id, Sense::drag());
    let text = hyperparameter.value_text(config);
    let scale = hyperparameter.slider_scale(setup);
    let value = hyperparameter.value(config);
    let number = if value.is_finite() { value } else { scale.max };
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), number, hyperparameter.name()));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(hyperparameter.name());
        node.set_value(text.clone());
        node.set_numeric_value(number);
        node.set_min_numeric_value(if scale.has_zero { 0.0 } else { scale.min });
        node.set_max_numeric_value(scale.max);
        node.add_action(accesskit::Action::Click);
        node.add_action(accesskit::Action::SetValue);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
    });
    ui.ctx().memory_mut(|memory| {
        let filter = egui::EventFilter {
            horizontal_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(id, filter);
    });
    if let Some(typing) = typing {
        return field_ui(ui, context, config, typing, rect);
    }
    let geometry = CompactSliderGeometry::from_rect(rect);
    let is_in_hand = response.is_pointer_button_down_on();
    let is_highlighted = is_in_hand || response.hovered();
    let state = CompactSliderState {
        name: short_name(hyperparameter),
        value: &text,
        fraction: scale.fraction_of(value),
        is_highlighted,
    };
    let font = FontSelection::Default.resolve(ui.style());
    compact_slider::paint(ui.painter(), context.theme, geometry, state, font);
    focus_ring_ui(ui, &response, rect);
    if is_highlighted {
        let is_on_track = ui
            .input(|input| input.pointer.hover_pos())
            .is_some_and(|pos| geometry.is_on_track(pos));
        ui.set_cursor_icon(match is_on_track || is_in_hand {
            true => egui::CursorIcon::ResizeHorizontal,
            false => egui::CursorIcon::Text,
        });
    }
    response.on_hover_text(hint(hyperparameter));
    None
}

/// Draws the text field in place of the slider; returns the config with the entered value, if one was
/// entered.
fn field_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    config: &TrainingConfig,
    mut typing: HyperparameterEdit,
    rect: Rect,
) -> Option<TrainingConfig> {
    let hyperparameter = typing.hyperparameter;
    let id = slider_id(hyperparameter);
    let read = |draft: &FieldDraft| match draft.text.trim() {
        "" => Ok(None),
        text => hyperparameter.parse(config, text).map(Some),
    };
    let problem = read(&typing.draft).err();
    let name = format!("type {}", hyperparameter.name());
    let field = rect.shrink2(egui::vec2(0.0, 3.0));
    let font = FontSelection::Default.resolve(ui.style());
    let typed = value_field_ui(
        ui,
        (field, id.with("field")),
        (&name, font),
        &mut typing.draft,
        problem.clone(),
        |draft| read(draft).ok(),
    );
    match typed {
        FieldOutcome::Pending => {
            if let Some(problem) = problem {
                error_popup_ui(ui, context, rect.left_bottom() + egui::vec2(0.0, 3.0), &problem);
            }
            HyperparameterEdit::store(ui.ctx(), Some(typing));
            None
        }
        FieldOutcome::Ended { value, returns_focus } => {
            HyperparameterEdit::store(ui.ctx(), None);
            if returns_focus {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            value
        }
    }
}
