//! The choice of the data source: pictures of all datasets, a condition that can be typed, custom points and
//! files.

use std::sync::Arc;

use egui::Ui;

use crate::panes::context::PaneRequest;
use crate::panes::curves::controls::combo_item_ui;
use crate::panes::dataset_gallery::gallery_ui;
use crate::theme::ColorTheme;
use neurodial_core::data::CustomPoints;
use neurodial_core::session::{DataSource, TrainingConfig, TrainingSetup};
use neurodial_core::text::Messages;

use super::list::list_box_ui;

/// A choice in the list of data sources.
pub(crate) enum DataChoice {
    /// Another data source, with suitable settings.
    Config(Box<TrainingConfig>),
    /// A request to choose a data file or to change how it is read.
    Request(PaneRequest),
}

/// Draws the list box, `width` points wide; returns the choice of the user.
pub(crate) fn source_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    messages: Messages,
    setup: Option<&TrainingSetup>,
    width: f32,
) -> Option<DataChoice> {
    let value = match setup {
        Some(setup) => setup.config().source.label(messages),
        None => messages.choose_dataset().to_owned(),
    };
    let texts = (messages.dataset_name(), messages.dataset_name_tooltip());
    list_box_ui(ui, texts, &value, width, |ui| {
        /// The space around the list that stays free, in points.
        const MARGIN: f32 = 156.0;
        let max_width = ui.ctx().content_rect().width() - MARGIN;
        data_choices_ui(ui, theme, messages, setup, max_width)
    })
    .flatten()
}

/// Draws all choices, `max_width` points wide: pictures of the bundled and generated datasets, custom points, and commands for files.
pub(crate) fn data_choices_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    messages: Messages,
    setup: Option<&TrainingSetup>,
    max_width: f32,
) -> Option<DataChoice> {
    let current = setup.map(|changed_setup| changed_setup.config());
    let chosen_source = |source: DataSource| {
        let config = match current {
            Some(config) => config.with_source(source),
            None => TrainingConfig::suggested(source),
        };
        DataChoice::Config(Box::new(config))
    };
    let mut chosen = gallery_ui(
        ui,
        theme,
        messages,
        current.map(|config| &config.source),
        max_width,
    )
    .map(chosen_source);
    if chosen.is_some() {
        ui.close();
    }
    ui.separator();
    let choices = [
        (
            messages.custom_classification(),
            CustomPoints::for_classification(),
        ),
        (messages.custom_regression_map(), CustomPoints::for_regression(2)),
        (
            messages.custom_regression_curve(),
            CustomPoints::for_regression(1),
        ),
    ];
    for (text, points) in choices {
        if combo_item_ui(ui, false, text) {
            chosen = Some(chosen_source(DataSource::Custom(Arc::new(points))));
        }
    }
    ui.separator();
    if combo_item_ui(ui, false, messages.open_csv_file()) {
        chosen = Some(DataChoice::Request(PaneRequest::OpenDataFile));
    }
    if matches!(current.map(|config| &config.source), Some(DataSource::Table(_)))
        && combo_item_ui(ui, false, messages.columns_of_file())
    {
        chosen = Some(DataChoice::Request(PaneRequest::EditDataColumns));
    }
    chosen
}
