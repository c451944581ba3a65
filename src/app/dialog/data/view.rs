//! The widgets of the data dialog: the progress, the columns, the target, the first rows and the skipped rows.

use std::sync::Arc;
use std::time::Duration;

use egui::{
    Checkbox, Label, ProgressBar, RadioButton, Rect, Response, RichText, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::app::dialog::outcome::{DialogOutcome, buttons_ui};
use crate::app::file_chooser::file_name;
use crate::theme::{ColorTheme, type_scale};
use neurodial_core::data::{ColumnKind, TableAnalysis, TableColumn, TableValue};
use neurodial_core::session::{Action, Edit, TrainingSetup};
use neurodial_core::text::{Localized, Messages, capitalized, format_ascii, shortened};

use super::{DataDialog, DataProblem, MAX_CLASSES, ReaderMessage};

/// The largest height of the list of columns, in points.
const LIST_HEIGHT: f32 = 150.0;
/// The height of a row of that list, in points.
const ROW_HEIGHT: f32 = 24.0;
/// The largest number of skipped rows that are listed.
const MAX_LISTED_SKIPPED_ROWS: usize = 4;
/// The number of decimals of the first rows.
const VALUE_DECIMALS: usize = 6;
/// The test fractions to choose from.
const TEST_FRACTIONS: [f64; 5] = [0.0, 0.1, 0.2, 0.3, 0.5];

impl DataDialog {
    pub(crate) fn show_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        messages: Messages,
        outbox: &mut Vec<Action>,
    ) -> DialogOutcome {
        let ctx = ui.ctx().clone();
        if let Some(setup) = self.receive(&ctx) {
            outbox.push(Edit::SetTrainingSetup(Some(Arc::new(setup))).into());
            if self.creates_network {
                outbox.push(Edit::NewNetworkForData.into());
            }
            return DialogOutcome::Close;
        }
        self.heading_ui(ui, theme, messages);
        let before = self.options.clone();
        self.reading_ui(ui, messages);
        let mut has_changed = false;
        if let Some(opened) = self.opened.clone() {
            has_changed = ui
                .scope(|ui| self.columns_ui(ui, theme, messages, &opened.analysis))
                .inner;
            self.target_ui(ui, theme, messages);
            self.options_ui(ui, messages);
            self.skipped_rows_ui(ui, theme, messages);
            first_rows_ui(ui, theme, messages, &opened.analysis);
            self.notes_ui(ui, theme, messages);
        }
        if self.options != before {
            self.read_file(&ctx);
        } else if has_changed {
            self.read_rows(&ctx);
        }
        let problem = self.current_problem(messages);
        let is_ready = self.rows.is_some() && self.receiver.is_none() && problem.is_none();
        if let Some(problem) = problem {
            ui.add(Label::new(RichText::new(problem).color(theme.warning)).wrap());
        }
        let buttons = [
            messages.create_matching_network(),
            messages.import_data_use(),
            messages.dialog_cancel(),
        ];
        let pressed = buttons_ui(ui, &buttons);
        match (pressed, &self.opened) {
            (Some(2), _) => DialogOutcome::Close,
            (Some(answer), Some(opened)) if is_ready => {
                let config = self.training_config(opened);
                self.creates_network = answer == 0;
                if let Some(rows) = &self.rows {
                    let data = Arc::clone(&rows.data);
                    self.spawn(&ctx, move |progress| {
                        progress.begin(1.0, 1.0);
                        let setup = TrainingSetup::from_file_data(config, data);
                        ReaderMessage::Setup(setup.map(Box::new).map_err(DataProblem::Setup))
                    });
                }
                DialogOutcome::KeepOpen
            }
            _ => DialogOutcome::KeepOpen,
        }
    }

    /// Draws the file name and the number of rows and inputs, or how much has been read.
    fn heading_ui(&self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
        /// The time until the progress is drawn again.
        const INTERVAL: Duration = Duration::from_millis(50);
        let name = shortened(&file_name(&self.file.path));
        ui.horizontal(|ui| {
            ui.label(RichText::new(name).font(type_scale::strong()));
            if self.receiver.is_some() {
                let fraction = self.progress.fraction();
                ui.label(RichText::new(messages.import_data_loading()).color(theme.weak_text));
                ui.add(ProgressBar::new(fraction).desired_width(160.0).show_percentage());
                ui.ctx().request_repaint_after(INTERVAL);
            } else if let Some(rows) = &self.rows {
                let status =
                    messages.import_data_size(rows.data.sample_count(), rows.data.feature_names().len());
                ui.label(RichText::new(status).color(theme.weak_text));
            }
        });
    }

    /// Draws a row for each column. Returns true if the choice of columns has changed.
    fn columns_ui(
        &mut self,
        ui: &mut Ui,
        theme: &ColorTheme,
        messages: Messages,
        analysis: &TableAnalysis,
    ) -> bool {
        let mut has_changed = false;
        let widths = [52.0, 52.0, 150.0, 110.0];
        ui.horizontal(|ui| {
            let heads = [
                messages.import_data_input(),
                messages.import_data_target(),
                messages.import_data_column(),
                messages.import_data_kind(),
                messages.import_data_classes(),
            ];
            for (text, width) in heads.into_iter().zip(widths.into_iter().chain([200.0])) {
                cell_ui(ui, width, |ui| {
                    ui.label(
                        RichText::new(text)
                            .font(type_scale::small())
                            .color(theme.weak_text),
                    )
                });
            }
        });
        let count = analysis.columns.len();
        ui.spacing_mut().item_spacing.y = 3.0;
        ScrollArea::vertical()
            .id_salt("columns")
            .max_height(LIST_HEIGHT)
            .auto_shrink([false, true])
            .show_rows(ui, ROW_HEIGHT, count, |ui, shown| {
                for index in shown {
                    let column = &analysis.columns[index];
                    let name = shortened(&column.label(index));
                    ui.horizontal(|ui| {
                        let mut is_input = self.is_input[index];
                        let can_be_input = column.can_be_input() && index != self.target;
                        let response = cell_ui(ui, widths[0], |ui| {
                            ui.add_enabled(can_be_input, Checkbox::without_text(&mut is_input))
                        });
                        set_accessible_name(
                            &response,
                            can_be_input,
                            is_input,
                            messages.import_data_use_as_input(&name),
                        );
                        let is_target = index == self.target;
                        let response = cell_ui(ui, widths[1], |ui| ui.add(RadioButton::new(is_target, "")));
                        set_accessible_name(
                            &response,
                            true,
                            is_target,
                            messages.import_data_use_as_target(&name),
                        );
                        has_changed |= is_input != self.is_input[index];
                        self.is_input[index] = is_input;
                        if response.clicked() && !is_target {
                            let before = std::mem::replace(&mut self.target, index);
                            let column = &analysis.columns[before];
                            self.is_input[before] = column.can_be_input() && !column.is_left_out();
                            self.is_input[index] = false;
                            self.has_classes = None;
                            has_changed = true;
                        }
                        cell_ui(ui, widths[2], |ui| ui.add(Label::new(name).truncate()));
                        let kind = kind_text(column, messages);
                        let secondary = |text: &str| {
                            RichText::new(text)
                                .font(type_scale::small())
                                .color(theme.weak_text)
                        };
                        cell_ui(ui, widths[3], |ui| ui.label(secondary(&kind)));
                        ui.add(Label::new(secondary(&classes_text(column, messages))).truncate());
                    });
                }
            });
        has_changed
    }

    /// Draws the choice between numeric and class targets, and the number of samples of each class.
    fn target_ui(&mut self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
        let is_classification = self.is_classification();
        let Some(rows) = &self.rows else { return };
        let can_choose = !rows.has_text_target && !rows.counts.is_empty();
        let mut chosen = is_classification;
        ui.horizontal(|ui| {
            ui.label(RichText::new(messages.target_kind()).color(theme.weak_text));
            if can_choose {
                ui.selectable_value(&mut chosen, false, messages.target_kind_number());
                ui.selectable_value(&mut chosen, true, messages.target_kind_numeric_class());
            } else {
                ui.label(match rows.has_text_target {
                    true => messages.target_kind_text_class(),
                    false => messages.target_kind_number(),
                });
            }
        });
        if rows.has_text_target || is_classification {
            let listed = rows.counts.iter().take(MAX_CLASSES);
            let mut listed: Vec<String> = listed
                .map(|(name, count)| messages.target_class_count(shortened(name), *count))
                .collect();
            if rows.counts.len() > MAX_CLASSES {
                listed.push(messages.target_more_classes(rows.counts.len() - MAX_CLASSES));
            }
            let text = RichText::new(listed.join(" · "))
                .font(type_scale::small())
                .color(theme.weak_text);
            ui.add(Label::new(text).wrap());
        }
        if chosen != is_classification {
            self.has_classes = Some(chosen);
        }
    }

    /// Draws the choice of standardization and test fraction.
    fn options_ui(&mut self, ui: &mut Ui, messages: Messages) {
        ui.horizontal(|ui| {
            ui.checkbox(&mut self.is_standardized, messages.import_data_standardize())
                .on_hover_text(messages.import_data_standardize_tooltip());
            ui.add_space(12.0);
            ui.label(messages.import_data_test_set());
            for test in TEST_FRACTIONS {
                let text = messages.percentage((100.0 * test).round());
                let response = ui.selectable_label(self.test_fraction == test, &text);
                response.widget_info(|| {
                    WidgetInfo::selected(
                        egui::Role::RadioButton,
                        true,
                        self.test_fraction == test,
                        messages.named_value(messages.import_data_test_set(), &text),
                    )
                });
                if response.clicked() {
                    self.test_fraction = test;
                }
            }
        });
    }

    /// Draws what people should know about the table.
    fn notes_ui(&self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
        let notes = self.rows.iter().flat_map(|rows| &rows.notes);
        for note in notes {
            let text = capitalized(&note.message(messages));
            let text = RichText::new(text)
                .font(type_scale::small())
                .color(theme.weak_text);
            ui.add(Label::new(text).wrap());
        }
    }

    fn skipped_rows_ui(&self, ui: &mut Ui, theme: &ColorTheme, messages: Messages) {
        let Some(rows) = self.rows.as_ref().filter(|rows| rows.skipped_count > 0) else {
            return;
        };
        let count = rows.skipped_count;
        let text = match self.skips_bad_rows {
            true => messages.rows_skipped(count),
            false => messages.rows_unreadable(count),
        };
        ui.label(RichText::new(text).color(theme.warning));
        let line_ui = |ui: &mut Ui, text: String| {
            let text = RichText::new(text)
                .font(type_scale::small())
                .color(theme.weak_text);
            ui.add(Label::new(text).truncate());
        };
        for row in rows.skipped.iter().take(MAX_LISTED_SKIPPED_ROWS) {
            line_ui(ui, capitalized(&row.message(messages)));
        }
        if count > MAX_LISTED_SKIPPED_ROWS {
            line_ui(ui, messages.rows_skipped_more(count - MAX_LISTED_SKIPPED_ROWS));
        }
    }
}

/// Returns the classes of a column with the number of rows of each.
fn classes_text(column: &TableColumn, messages: Messages) -> String {
    let listed = column.classes.iter().take(MAX_CLASSES);
    let mut listed: Vec<String> = listed
        .map(|(name, count)| messages.target_class_count(shortened(name), *count))
        .collect();
    if column.classes.len() > MAX_CLASSES {
        listed.push(messages.target_more_classes(column.classes.len() - MAX_CLASSES));
    }
    listed.join(" · ")
}

/// Draws the first rows of all columns as a table; of a wide one only the columns in view.
fn first_rows_ui(ui: &mut Ui, theme: &ColorTheme, messages: Messages, analysis: &TableAnalysis) {
    /// The width of a column in points.
    const WIDTH: f32 = 92.0;
    const HEIGHT: f32 = 18.0;
    let text = |text: String| RichText::new(text).font(type_scale::small());
    ui.label(text(messages.import_data_first_rows().to_owned()).color(theme.weak_text));
    let size = vec2(
        WIDTH * analysis.columns.len() as f32,
        HEIGHT * (analysis.values.len() + 1) as f32,
    );
    // The bar has room of its own below the rows.
    ui.vertical(|ui| {
        ui.spacing_mut().scroll.floating = false;
        ScrollArea::horizontal()
            .id_salt("first-rows")
            .show_viewport(ui, |ui, viewport| {
                let (area, _) = ui.allocate_exact_size(size, Sense::hover());
                let first = (viewport.min.x / WIDTH).max(0.0) as usize;
                let last = ((viewport.max.x / WIDTH) as usize + 1).min(analysis.columns.len());
                for column in first..last {
                    let cell = |row: usize| {
                        let corner = area.min + vec2(WIDTH * column as f32, HEIGHT * row as f32);
                        Rect::from_min_size(corner, vec2(WIDTH - 8.0, HEIGHT))
                    };
                    let mut cell_ui = |row: usize, text: RichText| {
                        let layout = egui::Layout::left_to_right(egui::Align::Center);
                        ui.scope_builder(UiBuilder::new().max_rect(cell(row)).layout(layout), |ui| {
                            ui.add(Label::new(text).truncate());
                        });
                    };
                    let name = shortened(&analysis.columns[column].label(column));
                    cell_ui(0, text(name).strong());
                    for (row, values) in analysis.values.iter().enumerate() {
                        let value = match &values[column] {
                            TableValue::Number(number) => format_ascii(*number, VALUE_DECIMALS),
                            TableValue::Text(text) => shortened(text),
                            TableValue::Missing => "–".to_owned(),
                        };
                        cell_ui(row + 1, text(value).color(theme.weak_text));
                    }
                }
            });
    });
}

/// Returns the kind of a column, and the number of its missing cells if there are any.
fn kind_text(column: &TableColumn, messages: Messages) -> String {
    let kind = match column.kind {
        ColumnKind::Number => messages.column_kind_number(),
        ColumnKind::Class => messages.column_kind_class(),
        ColumnKind::Date => messages.column_kind_date(),
        ColumnKind::Text => messages.column_kind_text(),
        ColumnKind::Empty => messages.column_kind_empty(),
        ColumnKind::Index => messages.column_kind_index(),
    };
    match (column.kind, column.missing) {
        (ColumnKind::Empty, _) | (_, 0) => kind.to_owned(),
        (_, count) => messages.column_kind_with_missing(kind, count),
    }
}

/// Draws a cell of a fixed width in points.
fn cell_ui(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(width, ROW_HEIGHT - 4.0), layout, |ui| {
        ui.set_min_width(width);
        add(ui)
    })
    .inner
}

/// Sets the name that a screen reader says for a checkbox.
fn set_accessible_name(response: &Response, is_enabled: bool, is_chosen: bool, name: String) {
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, is_enabled, is_chosen, &name));
}
