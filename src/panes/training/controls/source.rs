//! What is learned from: a box with a list of all data.

use std::sync::Arc;

use egui::Ui;

use neurodial_core::data::CustomPoints;
use crate::panes::curves::controls::combo_item_ui;
use neurodial_core::session::{TrainingConfig, TrainingCommand, TrainingSetup, DataSource};

use super::list::list_box_ui;

/// What the list offers.
pub enum DataChoice {
    /// Other data, with the settings that go with it.
    Config(Box<TrainingConfig>),
    /// A file is to be chosen, or read in another way.
    Command(TrainingCommand),
}

/// Draws the box, as wide as it is told; gives back what was chosen.
pub fn source_ui(ui: &mut Ui, setup: Option<&TrainingSetup>, width: f32) -> Option<DataChoice> {
    let value = setup.map_or_else(
        || "choose data".to_owned(),
        |setup| setup.config().source.name(),
    );
    let hint = "What is learned from";
    list_box_ui(ui, ("data", hint), &value, width, |ui| data_list_ui(ui, setup)).flatten()
}

/// Bundled and made sets, points of one's own, and files.
fn data_list_ui(ui: &mut Ui, setup: Option<&TrainingSetup>) -> Option<DataChoice> {
    let present = setup.map(|course| course.config());
    let chosen_source = |source: DataSource| {
        let config = match present {
            Some(config) => config.with_source(source),
            None => TrainingConfig::new(source),
        };
        DataChoice::Config(Box::new(config))
    };
    let mut chosen = None;
    if combo_item_ui(ui, false, "Open a CSV file…") {
        chosen = Some(DataChoice::Command(TrainingCommand::OpenDataFile));
    }
    if matches!(present.map(|config| &config.source), Some(DataSource::Table(_)))
        && combo_item_ui(ui, false, "Columns of this file…")
    {
        chosen = Some(DataChoice::Command(TrainingCommand::EditDataColumns));
    }
    ui.separator();
    let mut before = None;
    for source in DataSource::all() {
        // What is measured, classes, numbers over two inputs, and over one: a line between them.
        let group = match &source {
            DataSource::Generated(made) => (made.input_count(), made.has_classes()),
            _ => (0, false),
        };
        if before.is_some_and(|before| before != group) {
            ui.separator();
        }
        before = Some(group);
        let is_present = present.is_some_and(|config| config.source == source);
        if combo_item_ui(ui, is_present, source.name()) {
            chosen = Some(chosen_source(source));
        }
    }
    ui.separator();
    let own = [
        ("own points: classes", CustomPoints::for_classification()),
        ("own points: numbers over two inputs", CustomPoints::for_regression(2)),
        ("own points: a curve", CustomPoints::for_regression(1)),
    ];
    for (text, points) in own {
        if combo_item_ui(ui, false, text) {
            chosen = Some(chosen_source(DataSource::Custom(Arc::new(points))));
        }
    }
    chosen
}
