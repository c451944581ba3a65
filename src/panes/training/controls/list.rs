//! Settings that are chosen from a list.

use egui::{ComboBox, Key, PopupCloseBehavior, TextEdit, Ui};

use neurodial_core::learning::{Loss, Optimizer, Schedule};
use crate::panes::Scene;
use crate::panes::curves::controls::{choice_ui, named, paint_arrow};
use neurodial_core::session::{Choice, Course};
use neurodial_core::words::plain;

/// The schedules that the list offers. Any other factor can be typed.
const SCHEDULES: [Schedule; 6] = [
    Schedule::Constant,
    Schedule::Linear,
    Schedule::Cosine,
    Schedule::Decay(0.999),
    Schedule::Decay(0.99),
    Schedule::Decay(0.95),
];

/// A setting with a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Whether inputs are standardised.
    Scale,
    /// What is made small.
    Loss,
    /// How a gradient turns the knobs.
    Optimizer,
    /// How the learning rate changes.
    Schedule,
}

impl List {
    /// Its accessible name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scale => "standardised inputs",
            Self::Loss => "loss",
            Self::Optimizer => "optimiser",
            Self::Schedule => "schedule of the learning rate",
        }
    }

    /// What it sets, in words.
    const fn hint(self) -> &'static str {
        match self {
            Self::Scale => "Whether training sees every input with mean 0 and deviation 1",
            Self::Loss => "What training makes small",
            Self::Optimizer => "How a gradient turns the knobs",
            Self::Schedule => "How the learning rate changes from epoch to epoch",
        }
    }

    /// What is chosen, in words.
    fn words(self, scene: &Scene<'_>, course: &Course) -> String {
        let choice = course.choice();
        match self {
            Self::Scale => match choice.is_standardised {
                true => "inputs scaled".to_owned(),
                false => "inputs raw".to_owned(),
            },
            Self::Loss => {
                let blueprint = scene.session.blueprint();
                spaced(course.loss(&blueprint.layers()[blueprint.last_layer()]))
            }
            Self::Optimizer => choice.optimizer.name().to_owned(),
            Self::Schedule => schedule_words(choice.schedule),
        }
    }

    /// Draws its entries; gives back the choice with the one that was chosen.
    fn entries_ui(self, ui: &mut Ui, choice: &Choice) -> Option<Choice> {
        match self {
            Self::Scale => {
                let words = |is: &bool| match is {
                    true => "scaled: mean 0, deviation 1 while training".to_owned(),
                    false => "raw: as they are".to_owned(),
                };
                let is = choice_of(ui, &choice.is_standardised, [false, true], words)?;
                Some(Choice {
                    is_standardised: is,
                    ..choice.clone()
                })
            }
            Self::Loss => {
                let words = |loss: &Option<Loss>| {
                    loss.map_or_else(|| "the one that goes with the last layer".to_owned(), spaced)
                };
                let all = std::iter::once(None).chain(Loss::ALL.map(Some));
                let loss = choice_of(ui, &choice.loss, all, words)?;
                Some(Choice {
                    loss,
                    ..choice.clone()
                })
            }
            Self::Optimizer => {
                let words = |optimizer: &Optimizer| optimizer.name().to_owned();
                let optimizer = choice_of(ui, &choice.optimizer, Optimizer::ALL, words)?;
                // Each has a rate of its own that is usual.
                Some(Choice {
                    optimizer,
                    learning_rate: optimizer.usual_rate(),
                    ..choice.clone()
                })
            }
            Self::Schedule => {
                let typed = other_ui(ui, self.name(), |text| text.parse::<Schedule>().ok());
                let words = |schedule: &Schedule| schedule_words(*schedule);
                let chosen = choice_of(ui, &choice.schedule, SCHEDULES, words);
                Some(Choice {
                    schedule: typed.or(chosen)?,
                    ..choice.clone()
                })
            }
        }
    }
}

/// Draws a setting with its list, as wide as it is told; gives back the choice that was made.
pub fn list_ui(ui: &mut Ui, scene: &Scene<'_>, course: &Course, list: List, width: f32) -> Option<Choice> {
    let value = list.words(scene, course);
    box_ui(ui, (list.name(), list.hint()), &value, width, |ui| {
        list.entries_ui(ui, course.choice())
    })
    .flatten()
}

/// A box that opens a list. `None` while it is closed.
pub fn box_ui<T>(
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
    named(ui, &combo.response, name);
    let _shown = combo.response.on_hover_text(hint);
    combo.inner
}

/// Entries of a list, the present one among them; gives back the one that was chosen.
fn choice_of<T: PartialEq + Clone>(
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
        if choice_ui(ui, value == *present, words(&value)) {
            chosen = Some(value);
        }
    }
    chosen
}

/// A field for a value that the list lacks; gives it back when it is entered.
fn other_ui<T>(ui: &mut Ui, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let id = ui.scope_id().with(("other", name));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text)
        .hint_text("a factor, like 0.97")
        .desired_width(110.0);
    let response = ui.add(edit);
    named(ui, &response, &format!("another value for {name}"));
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let value = is_entered.then(|| read(text.trim())).flatten();
    if value.is_some() {
        text.clear();
        ui.close();
    }
    ui.data_mut(|data| data.insert_temp(id, text));
    value
}

fn spaced(loss: Loss) -> String {
    loss.name().replace('_', " ")
}

fn schedule_words(schedule: Schedule) -> String {
    match schedule {
        Schedule::Constant => "constant rate".to_owned(),
        Schedule::Linear => "linear to 0".to_owned(),
        Schedule::Cosine => "cosine to 0".to_owned(),
        Schedule::Decay(factor) => format!("× {} an epoch", plain(factor, 6)),
    }
}
