//! Settings that are chosen from a list.

use egui::{ComboBox, Key, PopupCloseBehavior, TextEdit, Ui};

use neurodial_core::learning::{Loss, Optimizer, LearningRateSchedule};
use crate::panes::PaneContext;
use crate::panes::curves::controls::{combo_item_ui, set_accessible_name, paint_arrow};
use neurodial_core::session::{TrainingConfig, TrainingSetup};
use neurodial_core::words::format_ascii;

/// The schedules that the list offers. Any other factor can be typed.
const SCHEDULES: [LearningRateSchedule; 6] = [
    LearningRateSchedule::Constant,
    LearningRateSchedule::Linear,
    LearningRateSchedule::Cosine,
    LearningRateSchedule::Exponential(0.999),
    LearningRateSchedule::Exponential(0.99),
    LearningRateSchedule::Exponential(0.95),
];

/// A setting with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListSetting {
    /// Whether inputs are standardised.
    Standardization,
    /// What is made small.
    Loss,
    /// How a gradient turns the knobs.
    Optimizer,
    /// How the learning rate changes.
    Schedule,
}

impl ListSetting {
    /// Its accessible name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standardization => "standardised inputs",
            Self::Loss => "loss",
            Self::Optimizer => "optimiser",
            Self::Schedule => "schedule of the learning rate",
        }
    }

    /// What it sets, in words.
    const fn hint(self) -> &'static str {
        match self {
            Self::Standardization => "Whether training sees every input with mean 0 and deviation 1",
            Self::Loss => "What training makes small",
            Self::Optimizer => "How a gradient turns the knobs",
            Self::Schedule => "How the learning rate changes from epoch to epoch",
        }
    }

    /// What is chosen, in words.
    fn value_text(self, scene: &PaneContext<'_>, setup: &TrainingSetup) -> String {
        let config = setup.config();
        match self {
            Self::Standardization => match config.is_standardized {
                true => "inputs scaled".to_owned(),
                false => "inputs raw".to_owned(),
            },
            Self::Loss => {
                let architecture = scene.session.architecture();
                loss_text(setup.loss(&architecture.layers()[architecture.last_layer()]))
            }
            Self::Optimizer => config.optimizer.name().to_owned(),
            Self::Schedule => schedule_text(config.schedule),
        }
    }

    /// Draws its entries; gives back the choice with the one that was chosen.
    fn entries_ui(self, ui: &mut Ui, config: &TrainingConfig) -> Option<TrainingConfig> {
        match self {
            Self::Standardization => {
                let words = |is: &bool| match is {
                    true => "scaled: mean 0, deviation 1 while training".to_owned(),
                    false => "raw: as they are".to_owned(),
                };
                let is = choices_ui(ui, &config.is_standardized, [false, true], words)?;
                Some(TrainingConfig {
                    is_standardized: is,
                    ..config.clone()
                })
            }
            Self::Loss => {
                let words = |loss: &Option<Loss>| {
                    loss.map_or_else(|| "the one that goes with the last layer".to_owned(), loss_text)
                };
                let all = std::iter::once(None).chain(Loss::ALL.map(Some));
                let loss = choices_ui(ui, &config.loss, all, words)?;
                Some(TrainingConfig {
                    loss,
                    ..config.clone()
                })
            }
            Self::Optimizer => {
                let words = |optimizer: &Optimizer| optimizer.name().to_owned();
                let optimizer = choices_ui(ui, &config.optimizer, Optimizer::ALL, words)?;
                // Each has a rate of its own that is usual.
                Some(TrainingConfig {
                    optimizer,
                    learning_rate: optimizer.default_learning_rate(),
                    ..config.clone()
                })
            }
            Self::Schedule => {
                let typed = other_value_ui(ui, self.name(), |text| text.parse::<LearningRateSchedule>().ok());
                let words = |schedule: &LearningRateSchedule| schedule_text(*schedule);
                let chosen = choices_ui(ui, &config.schedule, SCHEDULES, words);
                Some(TrainingConfig {
                    schedule: typed.or(chosen)?,
                    ..config.clone()
                })
            }
        }
    }
}

/// Draws a setting with its list, as wide as it is told; gives back the choice that was made.
pub fn list_ui(ui: &mut Ui, scene: &PaneContext<'_>, setup: &TrainingSetup, list: ListSetting, width: f32) -> Option<TrainingConfig> {
    let value = list.value_text(scene, setup);
    list_box_ui(ui, (list.name(), list.hint()), &value, width, |ui| {
        list.entries_ui(ui, setup.config())
    })
    .flatten()
}

/// A box that opens a list. `None` while it is closed.
pub fn list_box_ui<T>(
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

/// Entries of a list, the present one among them; gives back the one that was chosen.
fn choices_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    present: &T,
    values: impl IntoIterator<Item = T>,
    words: impl Fn(&T) -> String,
) -> Option<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    if !values.contains(present) {
        values.insert(0, present.clone());
    }
    let mut chosen = None;
    for value in values {
        if combo_item_ui(ui, value == *present, words(&value)) {
            chosen = Some(value);
        }
    }
    chosen
}

/// A field for a value that the list lacks; gives it back when it is entered.
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
