//! A choice of datasets by their pictures.

use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use egui::cache::{ComputerMut, FrameCache};
use egui::text::LayoutJob;
use egui::{
    Key, Label, Rect, Response, RichText, Sense, Stroke, StrokeKind, TextBuffer, TextEdit, TextFormat, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::theme::{ColorTheme, type_scale};
use crate::widgets::wrapped_label_ui;
use neurodial_core::data::Condition;
use neurodial_core::insight::DataThumbnail;
use neurodial_core::insight::data_plot::PlotValue;
use neurodial_core::session::{DataSource, TrainingSetupError};
use neurodial_core::text::{Localized as _, Messages, capitalized};

/// The condition in the field at first.
const EXAMPLE_CONDITION: &str = "x2 > sin(x1)";
/// The number of columns, if there is room for them.
const COLUMNS: usize = 6;
/// The width of a cell, in points.
const CELL_WIDTH: f32 = 78.0;
/// The height of a picture, in points.
const PICTURE_HEIGHT: f32 = 52.0;
/// The height of the name below a picture, in points.
const NAME_HEIGHT: f32 = 26.0;
/// The gap between two cells, in points.
const GAP: f32 = 6.0;
/// The margin around the points of a picture, in points.
const MARGIN: f32 = 5.0;

/// Draws a cell for each bundled and generated dataset, in as many columns as there is room for; returns the
/// one that is clicked. `current` is marked. The cells are at most `max_width` points wide together.
pub(crate) fn gallery_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    messages: Messages,
    current: Option<&DataSource>,
    max_width: f32,
) -> Option<DataSource> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    let width = COLUMNS as f32 * (CELL_WIDTH + GAP) - GAP;
    ui.set_width(width.min(max_width));
    let mut group_ui = |ui: &mut Ui, title: &str, is_in_group: &dyn Fn(&DataSource) -> bool| {
        ui.vertical(|ui| {
            ui.label(
                RichText::new(title)
                    .font(type_scale::small())
                    .color(theme.weak_text),
            );
            ui.horizontal_wrapped(|ui| {
                for source in DataSource::all().filter(|source| is_in_group(source)) {
                    let is_current = current == Some(&source);
                    let name = source.label(messages);
                    if thumbnail_ui(ui, theme, &source, &name, is_current).clicked() {
                        chosen = Some(source);
                    }
                }
            });
        });
    };
    group_ui(ui, messages.datasets_classification(), &|source| {
        is_group(source, 2, true)
    });
    let typed = condition_ui(ui, theme, messages, current);
    group_ui(ui, messages.datasets_regression_curve(), &|source| {
        is_group(source, 1, false)
    });
    ui.horizontal_top(|ui| {
        group_ui(ui, messages.datasets_regression_map(), &|source| {
            is_group(source, 2, false)
        });
        group_ui(ui, messages.datasets_measured(), &|source| !source.is_generated());
    });
    chosen.or(typed)
}

/// Draws a field in which a condition is typed, with its picture and what is wrong with it; returns the condition
/// if Enter or the picture is pressed.
fn condition_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    messages: Messages,
    current: Option<&DataSource>,
) -> Option<DataSource> {
    let id = ui.scope_id().with("condition");
    let mut text: String = ui
        .data(|data| data.get_temp(id))
        .unwrap_or_else(|| match current {
            Some(DataSource::Condition(condition)) => condition.text().to_owned(),
            _ => EXAMPLE_CONDITION.to_owned(),
        });
    let parsed = text.parse::<Condition>();
    let source = parsed
        .as_ref()
        .ok()
        .map(|condition| DataSource::Condition(Arc::new(condition.clone())));
    let thumbnail = source.as_ref().map(|source| cached_thumbnail(ui, source));
    let problem = match (&parsed, &thumbnail) {
        (Err(error), _) => Some(error.message(messages)),
        (_, Some(Err(error))) => Some(error.message(messages)),
        _ => None,
    };
    let title = RichText::new(messages.datasets_condition());
    ui.label(title.font(type_scale::small()).color(theme.weak_text));
    let mut is_chosen = false;
    ui.horizontal_top(|ui| {
        let is_current = source.as_ref().is_some_and(|source| current == Some(source));
        let name = messages.dataset_condition_use();
        let response = picture_ui(
            ui,
            theme,
            source.as_ref().filter(|_| problem.is_none()),
            name,
            is_current,
            PICTURE_HEIGHT,
        );
        is_chosen = response.on_hover_text(name).clicked();
        ui.vertical(|ui| {
            let place = parsed.as_ref().err().map(|error| error.place.clone());
            let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
                ui.fonts_mut(|fonts| fonts.layout_job(marked_text(text.as_str(), place.clone(), theme)))
            };
            let edit = TextEdit::singleline(&mut text)
                .desired_width(f32::INFINITY)
                .layouter(&mut layouter);
            let response = ui.add(edit);
            let label = messages.dataset_condition_text();
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label(label));
            let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            is_chosen |= is_entered && problem.is_none();
            let _shown = response.on_hover_text(messages.dataset_condition_text_tooltip());
            if let Some(problem) = &problem {
                wrapped_label_ui(ui, &capitalized(problem), type_scale::small(), theme.warning);
            }
        });
    });
    ui.data_mut(|data| data.insert_temp(id, text));
    source.filter(|_| is_chosen && problem.is_none())
}

/// Lays out a condition; what is wrong is underlined.
fn marked_text(text: &str, place: Option<Range<usize>>, theme: &ColorTheme) -> LayoutJob {
    let byte = |index: usize| {
        text.char_indices()
            .nth(index)
            .map_or(text.len(), |(byte, _)| byte)
    };
    let [from, to] = match place {
        Some(place) => [byte(place.start), byte(place.end)],
        None => [text.len(); 2],
    };
    let mut job = LayoutJob::default();
    for (part, color) in [
        (&text[..from], theme.text),
        (&text[from..to], theme.warning),
        (&text[to..], theme.text),
    ] {
        let underline = match color == theme.warning {
            true => Stroke::new(1.5, theme.warning),
            false => Stroke::NONE,
        };
        let format = TextFormat {
            font_id: type_scale::code(),
            color,
            underline,
            ..TextFormat::default()
        };
        job.append(part, 0.0, format);
    }
    job
}

fn is_group(source: &DataSource, inputs: usize, has_classes: bool) -> bool {
    match source {
        DataSource::Generated(generator) => {
            generator.input_count() == inputs && generator.has_classes() == has_classes
        }
        _ => false,
    }
}

/// Draws the picture of a dataset with its name below, as a button.
pub(crate) fn thumbnail_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    source: &DataSource,
    name: &str,
    is_current: bool,
) -> Response {
    let height = PICTURE_HEIGHT + NAME_HEIGHT;
    let response = picture_ui(ui, theme, Some(source), name, is_current, height);
    let below = response.rect.with_min_y(response.rect.top() + PICTURE_HEIGHT);
    let mut name_ui = ui.new_child(
        UiBuilder::new()
            .max_rect(below.shrink2(vec2(0.0, 1.0)))
            .layout(egui::Layout::top_down(egui::Align::Center)),
    );
    let text = RichText::new(name).font(type_scale::small()).color(theme.text);
    name_ui.set_clip_rect(below.intersect(ui.clip_rect()));
    name_ui.add(Label::new(text).wrap().selectable(false));
    response
}

/// Draws the picture of a dataset as a button of the given height, with space below if it is higher; without a
/// dataset the button is disabled.
fn picture_ui(
    ui: &mut Ui,
    theme: &ColorTheme,
    source: Option<&DataSource>,
    name: &str,
    is_current: bool,
    height: f32,
) -> Response {
    let sense = if source.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let (rect, response) = ui.allocate_exact_size(vec2(CELL_WIDTH, height), sense);
    response
        .widget_info(|| WidgetInfo::selected(egui::Role::RadioButton, source.is_some(), is_current, name));
    let picture = rect.with_max_y(rect.top() + PICTURE_HEIGHT);
    if ui.is_rect_visible(picture) {
        let is_marked = source.is_some() && (response.hovered() || response.has_focus());
        let (fill, stroke) = match (is_current, is_marked) {
            (true, _) => (theme.selection_fill, Stroke::new(2.0, theme.accent)),
            (false, true) => (theme.card, Stroke::new(1.5, theme.accent)),
            (false, false) => (theme.card, Stroke::new(1.0, theme.border)),
        };
        ui.painter().rect(picture, 4.0, fill, stroke, StrokeKind::Inside);
        if let Some(Ok(thumbnail)) = source.map(|source| cached_thumbnail(ui, source)) {
            paint(ui, theme, &thumbnail, picture.shrink(MARGIN));
        }
    }
    response
}

/// Paints a picture into a rectangle.
pub(crate) fn paint(ui: &Ui, theme: &ColorTheme, thumbnail: &DataThumbnail, rect: Rect) {
    let painter = ui.painter();
    match thumbnail {
        DataThumbnail::Points(points) => {
            for point in points {
                let [x, y] = point.position.map(|fraction| fraction as f32);
                let at = pos2(rect.left() + x * rect.width(), rect.bottom() - y * rect.height());
                let color = match point.value {
                    PlotValue::Class(class) => theme.neuron_color(class),
                    // The points of a curve.
                    PlotValue::Scaled(0.0) => theme.weak_text,
                    PlotValue::Scaled(value) => {
                        let strength = 0.35 + 0.65 * value.abs().min(1.0) as f32;
                        ColorTheme::mix(theme.card, theme.sign_color(value), strength)
                    }
                };
                painter.circle_filled(at, 1.5, color);
            }
        }
        DataThumbnail::Images(images) => {
            let side = (rect.width() / images.len().max(1) as f32 - 2.0).min(rect.height());
            for (index, pixels) in images.iter().enumerate() {
                let columns = (pixels.len() as f32).sqrt();
                let left = rect.left() + index as f32 * rect.width() / images.len() as f32 + 1.0;
                let frame = Rect::from_min_size(pos2(left, rect.center().y - side / 2.0), vec2(side, side));
                for (pixel, &value) in pixels.iter().enumerate() {
                    let (row, column) = (pixel / columns as usize, pixel % columns as usize);
                    let cell = side / columns;
                    let min = frame.min + vec2(column as f32 * cell, row as f32 * cell);
                    let color = ColorTheme::mix(theme.card, theme.text, value as f32);
                    painter.rect_filled(Rect::from_min_size(min, vec2(cell, cell)), 0.0, color);
                }
            }
        }
    }
}

/// A picture, or the reason why there is none.
type Thumbnail = Result<Arc<DataThumbnail>, TrainingSetupError>;

/// A dataset as the key of its picture: two with the same name have the same picture.
#[derive(Clone, Copy)]
struct ThumbnailKey<'a>(&'a DataSource);

impl Hash for ThumbnailKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name().hash(state);
    }
}

/// Computes pictures; each is kept while it is shown.
#[derive(Default)]
struct ThumbnailComputer;

impl ComputerMut<ThumbnailKey<'_>, Thumbnail> for ThumbnailComputer {
    fn compute(&mut self, key: ThumbnailKey<'_>) -> Thumbnail {
        DataThumbnail::from_source(key.0).map(Arc::new)
    }
}

/// Returns the picture of a dataset, which is kept while it is shown.
pub(crate) fn cached_thumbnail(ui: &Ui, source: &DataSource) -> Thumbnail {
    type Thumbnails = FrameCache<Thumbnail, ThumbnailComputer>;
    ui.memory_mut(|memory| {
        memory
            .caches
            .cache::<Thumbnails>()
            .get(ThumbnailKey(source))
            .clone()
    })
}
