//! Settings that are chosen from a list.

use egui::{ComboBox, Key, PopupCloseBehavior, TextEdit, Ui};

use crate::panes::context::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, paint_arrow, set_accessible_name};
use neurodial_core::session::{TrainingConfig, TrainingSetup};
use neurodial_core::text::format_ascii;
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
    Optimizer,
    /// The learning-rate schedule.
    Schedule,
}

impl ListSetting {
    /// Returns the accessible name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Standardization => "standardised inputs",
            Self::Loss => "loss",
            Self::Optimizer => "optimiser",
            Self::Schedule => "schedule of the learning rate",
        }
    }

    /// Returns a description for the tooltip.
    const fn hint(self) -> &'static str {
        match self {
            Self::Standardization => "Whether training sees every input with mean 0 and deviation 1",
            Self::Loss => "What training makes small",
            Self::Optimizer => "How a gradient turns the knobs",
            Self::Schedule => "How the learning rate changes from epoch to epoch",
        }
    }

    /// Returns the current value as text.
    fn value_text(self, context: &PaneContext<'_>, setup: &TrainingSetup) -> String {
        let config = setup.config();
        match self {
            Self::Standardization => match config.is_standardized {
                true => "inputs scaled".to_owned(),
                false => "inputs raw".to_owned(),
            },
            Self::Loss => {
                let architecture = context.session.architecture();
                loss_text(setup.loss(&architecture.layers()[architecture.last_layer()]))
            }
            Self::Optimizer => config.optimizer.name().to_owned(),
            Self::Schedule => schedule_text(config.schedule),
        }
    }

    /// Draws the entries; returns the config with the chosen one.
    fn entries_ui(self, ui: &mut Ui, config: &TrainingConfig) -> Option<TrainingConfig> {
        match self {
            Self::Standardization => {
                let text = |is_standardized: &bool| match is_standardized {
                    true => "scaled: mean 0, deviation 1 while training".to_owned(),
                    false => "raw: as they are".to_owned(),
                };
                let is_standardized = choices_ui(ui, &config.is_standardized, [false, true], text)?;
                Some(TrainingConfig {
                    is_standardized,
                    ..config.clone()
                })
            }
            Self::Loss => {
                let text = |loss: &Option<Loss>| {
                    loss.map_or_else(|| "the one that goes with the last layer".to_owned(), loss_text)
                };
                let all = std::iter::once(None).chain(Loss::ALL.map(Some));
                let loss = choices_ui(ui, &config.loss, all, text)?;
                Some(TrainingConfig {
                    loss,
                    ..config.clone()
                })
            }
            Self::Optimizer => {
                let text = |optimizer: &Optimizer| optimizer.name().to_owned();
                let optimizer = choices_ui(ui, &config.optimizer, Optimizer::ALL, text)?;
                // Each optimizer has its own default learning rate.
                Some(TrainingConfig {
                    optimizer,
                    learning_rate: optimizer.default_learning_rate(),
                    ..config.clone()
                })
            }
            Self::Schedule => {
                let typed = other_value_ui(ui, self.name(), |text| text.parse::<LearningRateSchedule>().ok());
                let text = |schedule: &LearningRateSchedule| schedule_text(*schedule);
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
    let value = list.value_text(context, setup);
    list_box_ui(ui, (list.name(), list.hint()), &value, width, |ui| {
        list.entries_ui(ui, setup.config())
    })
    .flatten()
}

/// Draws a combo box and, while it is open, its `entries`. Returns `None` while it is closed.
pub(crate) fn list_box_ui<T>(
    ui: &mut Ui,
    (name, hint): (&str, &str),
    value: &str,
    width: f32,
    entries: impl FnOnce(&mut Ui) -> T,
) -> Option<T> {
    let combo = ComboBox::from_id_salt(name)
        .selected_text(value)
        .width(width)
        .height(420.0)
        .truncate()
        .icon(paint_arrow)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, entries);
    set_accessible_name(ui, &combo.response, name);
    let _shown = combo.response.on_hover_text(hint);
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

/// Draws a field for a value that is not in the list; returns the value once Enter is pressed.
fn other_value_ui<T>(ui: &mut Ui, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let id = ui.scope_id().with(("other", name));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text)
        .hint_text("a factor, like 0.97")
        .desired_width(110.0);
    let response = ui.add(edit);
    set_accessible_name(ui, &response, &format!("another value for {name}"));
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let value = is_entered.then(|| read(text.trim())).flatten();
    if value.is_some() {
        text.clear();
        ui.close();
    }
    ui.data_mut(|data| data.insert_temp(id, text));
    value
}

fn loss_text(loss: Loss) -> String {
    loss.name().replace('_', " ")
}

fn schedule_text(schedule: LearningRateSchedule) -> String {
    match schedule {
        LearningRateSchedule::Constant => "constant rate".to_owned(),
        LearningRateSchedule::Linear => "linear to 0".to_owned(),
        LearningRateSchedule::Cosine => "cosine to 0".to_owned(),
        LearningRateSchedule::Exponential(factor) => format!("× {} an epoch", format_ascii(factor, 6)),
    }
}
