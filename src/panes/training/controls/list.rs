//! Settings that are chosen from a list.

use egui::{ComboBox, Key, PopupCloseBehavior, TextEdit, Ui};

use crate::panes::context::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, paint_arrow, set_accessible_name};
use neurodial_core::session::{TrainingConfig, TrainingSetup};
use neurodial_core::text::Messages;
use neurodial_core::training::{LearningRateSchedule, Loss, Optimizer};

/// The schedules in the list. Other factors can be entered.
const SCHEDULES: [LearningRateSchedule; 6] = [
    LearningRateSchedule::Constant,
    LearningRateSchedule::Linear,
    LearningRateSchedule::Cosine,
    LearningRateSchedule::Exponential(0.999),
    LearningRateSchedule::Exponential(0.99),
    LearningRateSchedule::Exponential(0.95),
];

/// A setting that is chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListSetting {
    /// Standardization of the inputs.
    Standardization,
    /// The loss function.
    Loss,
    /// The optimizer.
    Optimizer,
    /// The learning-rate schedule.
    Schedule,
}

impl ListSetting {
    /// Returns the accessible name.
    const fn name(self, messages: Messages) -> &'static str {
        match self {
            Self::Standardization => messages.standardization_name(),
            Self::Loss => messages.loss_function_name(),
            Self::Optimizer => messages.optimizer_name(),
            Self::Schedule => messages.schedule_name(),
        }
    }

    /// Returns the tooltip.
    const fn tooltip(self, messages: Messages) -> &'static str {
        match self {
            Self::Standardization => messages.standardization_name_tooltip(),
            Self::Loss => messages.loss_function_name_tooltip(),
            Self::Optimizer => messages.optimizer_name_tooltip(),
            Self::Schedule => messages.schedule_name_tooltip(),
        }
    }

    /// Returns the current value as text.
    fn value_text(self, context: &PaneContext<'_>, setup: &TrainingSetup) -> String {
        let (config, messages) = (setup.config(), context.messages);
        match self {
            Self::Standardization => match config.is_standardized {
                true => messages.inputs_standardized().to_owned(),
                false => messages.inputs_not_standardized().to_owned(),
            },
            Self::Loss => {
                let architecture = context.session.architecture();
                let loss = setup.loss(&architecture.layers()[architecture.last_layer()]);
                loss.label(messages).to_owned()
            }
            Self::Optimizer => config.optimizer.label(messages).to_owned(),
            Self::Schedule => config.schedule.label(messages),
        }
    }

    /// Draws the entries; returns the config with the chosen one.
    fn entries_ui(self, ui: &mut Ui, messages: Messages, config: &TrainingConfig) -> Option<TrainingConfig> {
        match self {
            Self::Standardization => {
                let text = |is_standardized: &bool| match is_standardized {
                    true => messages.standardize_inputs().to_owned(),
                    false => messages.inputs_not_standardized().to_owned(),
                };
                let is_standardized = choices_ui(ui, &config.is_standardized, [false, true], text)?;
                Some(TrainingConfig {
                    is_standardized,
                    ..config.clone()
                })
            }
            Self::Loss => {
                let text = |loss: &Option<Loss>| {
                    loss.map_or(messages.loss_automatic(), |loss| loss.label(messages))
                        .to_owned()
                };
                let all = std::iter::once(None).chain(Loss::ALL.map(Some));
                let loss = choices_ui(ui, &config.loss, all, text)?;
                Some(TrainingConfig {
                    loss,
                    ..config.clone()
                })
            }
            Self::Optimizer => {
                let text = |optimizer: &Optimizer| optimizer.label(messages).to_owned();
                let optimizer = choices_ui(ui, &config.optimizer, Optimizer::ALL, text)?;
                // Each optimizer has its own learning rate.
                Some(TrainingConfig {
                    optimizer,
                    learning_rate: config.source.suggested_learning_rate(optimizer),
                    ..config.clone()
                })
            }
            Self::Schedule => {
                let typed = other_schedule_ui(ui, messages);
                let text = |schedule: &LearningRateSchedule| schedule.label(messages);
                let chosen = choices_ui(ui, &config.schedule, SCHEDULES, text);
                Some(TrainingConfig {
                    schedule: typed.or(chosen)?,
                    ..config.clone()
                })
            }
        }
    }
}

/// Draws a setting with its list, `width` points wide; returns the config with the chosen value.
pub(crate) fn list_ui(
    ui: &mut Ui,
    context: &PaneContext<'_>,
    setup: &TrainingSetup,
    list: ListSetting,
    width: f32,
) -> Option<TrainingConfig> {
    let messages = context.messages;
    let value = list.value_text(context, setup);
    let texts = (list.name(messages), list.tooltip(messages));
    list_box_ui(ui, texts, &value, width, |ui| {
        list.entries_ui(ui, messages, setup.config())
    })
    .flatten()
}

/// Draws a combo box with an accessible name and a tooltip and, while it is open, its `entries`. Returns `None`
/// while it is closed.
pub(crate) fn list_box_ui<T>(
    ui: &mut Ui,
    (name, tooltip): (&str, &str),
    value: &str,
    width: f32,
    entries: impl FnOnce(&mut Ui) -> T,
) -> Option<T> {
    let combo = ComboBox::from_id_salt(name)
        .selected_text(value)
        .width(width)
        .height(520.0)
        .truncate()
        .icon(paint_arrow)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, entries);
    set_accessible_name(ui, &combo.response, name);
    let _shown = combo.response.on_hover_text(tooltip);
    combo.inner
}

/// Draws the entries of a list, with the current value among them; returns the chosen one.
fn choices_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    current: &T,
    values: impl IntoIterator<Item = T>,
    text: impl Fn(&T) -> String,
) -> Option<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    if !values.contains(current) {
        values.insert(0, current.clone());
    }
    let mut chosen = None;
    for value in values {
        if combo_item_ui(ui, value == *current, text(&value)) {
            chosen = Some(value);
        }
    }
    chosen
}

/// Draws a field for a schedule that is not in the list; returns the schedule once Enter is pressed.
fn other_schedule_ui(ui: &mut Ui, messages: Messages) -> Option<LearningRateSchedule> {
    let id = ui.scope_id().with("other");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text)
        .hint_text(messages.schedule_factor())
        .desired_width(110.0);
    let response = ui.add(edit);
    set_accessible_name(ui, &response, messages.schedule_factor_name());
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let value = is_entered.then(|| text.trim().parse().ok()).flatten();
    if value.is_some() {
        text.clear();
        ui.close();
    }
    ui.data_mut(|data| data.insert_temp(id, text));
    value
}
