//! Data and settings: a table of small boxes, each with the name of what it sets.
//!
//! | file | noun |
//! | --- | --- |
//! | [`source`] | what is learned from |
//! | [`gauge`] | a number as a small slider |
//! | [`list`] | what is chosen from a list |
//! | [`features`] | inputs that are computed from the others |

pub mod features;
pub mod gauge;
pub mod list;
pub mod source;

use std::sync::Arc;

use egui::{Sense, Ui, UiBuilder, vec2};

use crate::panes::Scene;
use neurodial_core::session::{Action, Choice, Course, Setting};
use crate::widgets::gauge::HEIGHT;

use list::List;
use source::Chosen;

/// The least width of a box, and the gap between two, in points.
const LEAST: f32 = 106.0;
const GAP: f32 = 5.0;
/// The room that the bar of a pane that scrolls has beside them, in points.
const BAR: f32 = 9.0;

/// One box of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Data,
    Number(Setting),
    List(List),
}

impl Cell {
    /// In the order in which they stand: what is learned from, and then how.
    const ALL: [Self; 14] = [
        Self::Data,
        Self::Number(Setting::Samples),
        Self::Number(Setting::Noise),
        Self::Number(Setting::Test),
        Self::Number(Setting::Seed),
        Self::List(List::Scale),
        Self::List(List::Loss),
        Self::List(List::Optimizer),
        Self::Number(Setting::Rate),
        Self::List(List::Schedule),
        Self::Number(Setting::Batch),
        Self::Number(Setting::Epochs),
        Self::Number(Setting::L1),
        Self::Number(Setting::L2),
    ];

    const fn is_for(self, choice: &Choice) -> bool {
        match self {
            Self::Number(setting) => setting.is_for(choice),
            Self::Data | Self::List(_) => true,
        }
    }

    /// How many columns of this width it takes: a loss is a long word.
    fn columns(self, width: f32) -> usize {
        const LONG: f32 = 160.0;
        match self {
            Self::List(List::Loss) if width < LONG => 2,
            _ => 1,
        }
    }
}

/// Draws the controls.
pub fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(course) = scene.session.course().cloned() else {
        let chosen = ui.scope(|ui| source::source_ui(ui, None, 220.0)).inner;
        if let Some(chosen) = chosen {
            choose(scene, None, chosen);
        }
        return;
    };
    let choice = course.choice();
    let available = ui.available_width() - BAR;
    let columns = (((available + GAP) / (LEAST + GAP)) as usize).clamp(1, 7);
    let width = (available + GAP) / columns as f32 - GAP;
    let mut chosen = None;
    let mut cells = Cell::ALL
        .into_iter()
        .filter(|cell| cell.is_for(choice))
        .peekable();
    ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
    while cells.peek().is_some() {
        ui.horizontal(|ui| {
            let mut free = columns;
            let taken_by = |cell: Cell| cell.columns(width).min(columns);
            while let Some(cell) = cells.next_if(|&cell| taken_by(cell) <= free) {
                let taken = taken_by(cell);
                free -= taken;
                let width = width * taken as f32 + GAP * (taken - 1) as f32;
                chosen = cell_ui(ui, scene, &course, cell, width).or(chosen.take());
            }
        });
    }
    features::features_ui(ui, scene, &course);
    if let Some(chosen) = chosen {
        choose(scene, Some(&course), chosen);
    }
}

/// A box of the table. Every one has its place there, whatever stands in it.
fn cell_ui(ui: &mut Ui, scene: &Scene<'_>, course: &Arc<Course>, cell: Cell, width: f32) -> Option<Chosen> {
    let (place, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    let mut inside = ui.new_child(UiBuilder::new().max_rect(place));
    let spacing = inside.spacing_mut();
    spacing.interact_size.y = HEIGHT;
    spacing.button_padding.x = 5.0;
    spacing.icon_width = 10.0;
    spacing.icon_spacing = 2.0;
    let choice = match cell {
        Cell::Data => return source::source_ui(&mut inside, Some(course), width),
        Cell::Number(setting) => gauge::gauge_ui(&mut inside, scene, course, setting, place),
        Cell::List(list) => list::list_ui(&mut inside, scene, course, list, width),
    };
    choice.map(|choice| Chosen::Choice(Box::new(choice)))
}

fn choose(scene: &mut Scene<'_>, course: Option<&Arc<Course>>, chosen: Chosen) {
    let choice = match chosen {
        Chosen::Ask(asked) => return scene.outbox.push(Action::Coach(asked)),
        Chosen::Choice(choice) => *choice,
    };
    let changed = match course {
        Some(course) => course.changed(choice),
        None => Course::new(choice),
    };
    // All that is offered can be made, but for a part for testing of very few samples, which changes nothing.
    if let Ok(changed) = changed {
        scene.outbox.push(Action::SetCourse(Some(Arc::new(changed))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurodial_core::data::Generator;
    use neurodial_core::session::Source;

    #[test]
    fn every_setting_has_a_box() {
        let made = Choice::of(Source::Made(Generator::Xor));
        assert!(Cell::ALL.iter().all(|cell| cell.is_for(&made)));
        for setting in Setting::ALL {
            let count = Cell::ALL
                .iter()
                .filter(|&&cell| cell == Cell::Number(setting))
                .count();
            assert_eq!(count, 1, "{}", setting.name());
        }
    }
}
