//! Data and settings.

use std::sync::Arc;

use egui::Ui;

use crate::learning::{Loss, Optimizer};
use crate::panes::Scene;
use crate::panes::curves::controls::{choice_ui, combo_ui};
use crate::session::{Action, Choice, Course, Source};

/// The numbers of samples that the list offers, and what else it offers.
const SAMPLES: [usize; 6] = [50, 100, 200, 500, 1000, 2000];
const NOISES: [f64; 6] = [0.0, 0.1, 0.2, 0.3, 0.5, 1.0];
const TESTS: [f64; 4] = [0.0, 0.1, 0.2, 0.5];
const SEEDS: std::ops::RangeInclusive<u64> = 1..=10;
const RATES: [f64; 12] = [
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 1.0, 3.0,
];
const BATCHES: [Option<usize>; 6] = [Some(1), Some(10), Some(30), Some(100), Some(300), None];

/// Draws the controls.
pub fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let course = scene.session.course().cloned();
    let mut chosen: Option<Choice> = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 5.0);
        let present = course.as_ref().map(|course| course.choice());
        let text = present.map_or_else(|| "choose data".to_owned(), |choice| choice.source.name());
        combo_ui(ui, "data", text, |ui| {
            for source in Source::all() {
                if choice_ui(
                    ui,
                    present.is_some_and(|choice| choice.source == source),
                    source.name(),
                ) {
                    chosen = Some(match present {
                        Some(choice) => choice.with_source(source),
                        None => Choice::of(source),
                    });
                }
            }
        });
        if let (Some(choice), Some(course)) = (present, &course) {
            chosen = chosen.take().or(data_ui(ui, choice));
            chosen = chosen.take().or(settings_ui(ui, scene, course));
        }
    });
    if let Some(choice) = chosen {
        let changed = match &course {
            Some(course) => course.changed(choice),
            None => Course::new(choice),
        };
        // All that the lists offer can be made.
        if let Ok(changed) = changed {
            scene.outbox.push(Action::SetCourse(Some(Arc::new(changed))));
        }
    }
}

/// A list of values, each in words; gives back the one that was chosen.
fn list_ui<T: PartialEq>(
    ui: &mut Ui,
    name: &str,
    present: &T,
    values: impl IntoIterator<Item = T>,
    words: impl Fn(&T) -> String,
) -> Option<T> {
    let mut chosen = None;
    combo_ui(ui, name, words(present), |ui| {
        for value in values {
            if choice_ui(ui, value == *present, words(&value)) {
                chosen = Some(value);
            }
        }
    });
    chosen
}

/// Size, noise, test part and seed.
fn data_ui(ui: &mut Ui, choice: &Choice) -> Option<Choice> {
    let mut chosen = None;
    if matches!(choice.source, Source::Made(_)) {
        let words = |samples: &usize| format!("{samples} points");
        if let Some(samples) = list_ui(ui, "samples", &choice.samples, SAMPLES, words) {
            chosen = Some(Choice {
                samples,
                ..choice.clone()
            });
        }
        let words = |noise: &f64| format!("noise {noise}");
        if let Some(noise) = list_ui(ui, "noise", &choice.noise, NOISES, words) {
            chosen = Some(Choice {
                noise,
                ..choice.clone()
            });
        }
    }
    let words = |test: &f64| match *test {
        0.0 => "no test".to_owned(),
        test => format!("test {} %", (100.0 * test).round()),
    };
    if let Some(test) = list_ui(ui, "test part", &choice.test, TESTS, words) {
        chosen = Some(Choice {
            test,
            ..choice.clone()
        });
    }
    let words = |seed: &u64| format!("seed {seed}");
    if let Some(seed) = list_ui(ui, "seed of the data", &choice.seed, SEEDS, words) {
        chosen = Some(Choice {
            seed,
            ..choice.clone()
        });
    }
    chosen
}

/// Loss, optimiser, rate and batch.
fn settings_ui(ui: &mut Ui, scene: &Scene<'_>, course: &Course) -> Option<Choice> {
    let choice = course.choice();
    let blueprint = scene.session.blueprint();
    let plan = &blueprint.layers()[blueprint.last_layer()];
    let mut chosen = None;
    let spaced = |loss: Loss| loss.name().replace('_', " ");
    combo_ui(ui, "loss", spaced(course.loss(plan)), |ui| {
        if choice_ui(ui, choice.loss.is_none(), "the one that goes with the last layer") {
            chosen = Some(Choice {
                loss: None,
                ..choice.clone()
            });
        }
        for loss in Loss::ALL {
            if choice_ui(ui, choice.loss == Some(loss), spaced(loss)) {
                chosen = Some(Choice {
                    loss: Some(loss),
                    ..choice.clone()
                });
            }
        }
    });
    let words = |optimizer: &Optimizer| optimizer.name().to_owned();
    if let Some(optimizer) = list_ui(ui, "optimiser", &choice.optimizer, Optimizer::ALL, words) {
        chosen = Some(Choice {
            optimizer,
            learning_rate: optimizer.usual_rate(),
            ..choice.clone()
        });
    }
    let words = |rate: &f64| format!("rate {rate}");
    if let Some(learning_rate) = list_ui(ui, "learning rate", &choice.learning_rate, RATES, words) {
        chosen = Some(Choice {
            learning_rate,
            ..choice.clone()
        });
    }
    let words = |batch: &Option<usize>| match batch {
        Some(batch) => format!("batch {batch}"),
        None => "batch: all".to_owned(),
    };
    if let Some(batch) = list_ui(ui, "batch", &choice.batch, BATCHES, words) {
        chosen = Some(Choice {
            batch,
            ..choice.clone()
        });
    }
    chosen
}
