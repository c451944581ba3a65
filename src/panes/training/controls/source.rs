//! What is learned from: a box with a list of all data.

use std::sync::Arc;

use egui::Ui;

use neurodial_core::data::Points;
use crate::panes::curves::controls::choice_ui;
use neurodial_core::session::{Choice, Coaching, Course, Source};

use super::list::box_ui;

/// What the list offers.
pub enum Chosen {
    /// Other data, with the settings that go with it.
    Choice(Box<Choice>),
    /// A file is to be chosen, or read in another way.
    Ask(Coaching),
}

/// Draws the box, as wide as it is told; gives back what was chosen.
pub fn source_ui(ui: &mut Ui, course: Option<&Course>, width: f32) -> Option<Chosen> {
    let value = course.map_or_else(
        || "choose data".to_owned(),
        |course| course.choice().source.name(),
    );
    let hint = "What is learned from";
    box_ui(ui, ("data", hint), &value, width, |ui| data_list_ui(ui, course)).flatten()
}

/// Bundled and made sets, points of one's own, and files.
fn data_list_ui(ui: &mut Ui, course: Option<&Course>) -> Option<Chosen> {
    let present = course.map(|course| course.choice());
    let chosen_source = |source: Source| {
        let choice = match present {
            Some(choice) => choice.with_source(source),
            None => Choice::of(source),
        };
        Chosen::Choice(Box::new(choice))
    };
    let mut chosen = None;
    if choice_ui(ui, false, "Open a CSV file…") {
        chosen = Some(Chosen::Ask(Coaching::OpenData));
    }
    if matches!(present.map(|choice| &choice.source), Some(Source::Table(_)))
        && choice_ui(ui, false, "Columns of this file…")
    {
        chosen = Some(Chosen::Ask(Coaching::EditData));
    }
    ui.separator();
    let mut before = None;
    for source in Source::all() {
        // What is measured, classes, numbers over two inputs, and over one: a line between them.
        let group = match &source {
            Source::Made(made) => (made.inputs(), made.has_classes()),
            _ => (0, false),
        };
        if before.is_some_and(|before| before != group) {
            ui.separator();
        }
        before = Some(group);
        let is_present = present.is_some_and(|choice| choice.source == source);
        if choice_ui(ui, is_present, source.name()) {
            chosen = Some(chosen_source(source));
        }
    }
    ui.separator();
    let own = [
        ("own points: classes", Points::of_classes()),
        ("own points: numbers over two inputs", Points::of_numbers(2)),
        ("own points: a curve", Points::of_numbers(1)),
    ];
    for (text, points) in own {
        if choice_ui(ui, false, text) {
            chosen = Some(chosen_source(Source::Own(Arc::new(points))));
        }
    }
    chosen
}
