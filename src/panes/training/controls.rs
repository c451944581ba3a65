//! Data and settings: a table of small boxes, each with the name of what it sets.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Button, ComboBox, FontSelection, Key, PopupCloseBehavior, RichText, Sense, TextEdit, Ui, UiBuilder,
    WidgetInfo, vec2,
};

use crate::data::{Feature, Points};
use crate::learning::{Loss, Optimizer, Schedule};
use crate::look::type_scale;
use crate::panes::Scene;
use crate::panes::curves::controls::{choice_ui, named, paint_arrow};
use crate::session::{Action, Choice, Coaching, Course, Source};
use crate::words::plain;

/// The numbers that the lists offer. Any other one can be in a document.
const SAMPLES: [usize; 7] = [50, 100, 200, 500, 1000, 2000, 5000];
const NOISES: [f64; 8] = [0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0];
const TESTS: [f64; 7] = [0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9];
const SEEDS: std::ops::RangeInclusive<u64> = 1..=12;
const RATES: [f64; 14] = [
    0.0001, 0.0003, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 1.0, 3.0,
];
const PENALTIES: [f64; 9] = [0.0, 0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0];
const BATCHES: [Option<usize>; 9] = [
    Some(1),
    Some(5),
    Some(10),
    Some(20),
    Some(30),
    Some(50),
    Some(100),
    Some(300),
    None,
];
const EPOCHS: [usize; 8] = [10, 50, 100, 200, 500, 1000, 5000, 100_000];
const SCHEDULES: [Schedule; 6] = [
    Schedule::Constant,
    Schedule::Linear,
    Schedule::Cosine,
    Schedule::Decay(0.999),
    Schedule::Decay(0.99),
    Schedule::Decay(0.95),
];

/// The least width of a box, and the gap between two, in points.
const LEAST: f32 = 106.0;
const GAP: f32 = 5.0;
/// The height of a box, in points.
const HEIGHT: f32 = 24.0;
/// The room that the bar of a pane that scrolls has beside them, in points.
const BAR: f32 = 9.0;

/// One box of the table, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Data,
    Samples,
    Noise,
    Test,
    Seed,
    Scale,
    Loss,
    Optimizer,
    Rate,
    Schedule,
    Batch,
    Epochs,
    L1,
    L2,
}

impl Cell {
    const ALL: [Self; 14] = [
        Self::Data,
        Self::Samples,
        Self::Noise,
        Self::Test,
        Self::Seed,
        Self::Scale,
        Self::Loss,
        Self::Optimizer,
        Self::Rate,
        Self::Schedule,
        Self::Batch,
        Self::Epochs,
        Self::L1,
        Self::L2,
    ];

    /// What stands in the box before its value, and its accessible name.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Data => ["", "data"],
            Self::Samples => ["points", "samples"],
            Self::Noise => ["noise", "noise"],
            Self::Test => ["test", "test part"],
            Self::Seed => ["seed", "seed of the data"],
            Self::Scale => ["inputs", "standardised inputs"],
            Self::Loss => ["", "loss"],
            Self::Optimizer => ["", "optimiser"],
            Self::Rate => ["rate", "learning rate"],
            Self::Schedule => ["", "schedule of the learning rate"],
            Self::Batch => ["batch", "batch"],
            Self::Epochs => ["epochs", "epochs"],
            Self::L1 => ["L1", "L1 regularisation"],
            Self::L2 => ["L2", "L2 regularisation"],
        }
    }

    fn is_for(self, choice: &Choice) -> bool {
        match self {
            Self::Samples | Self::Noise => matches!(choice.source, Source::Made(_)),
            _ => true,
        }
    }

    /// How many columns of this width it takes: a loss is a long word.
    fn columns(self, width: f32) -> usize {
        const LONG: f32 = 160.0;
        match self {
            Self::Loss if width < LONG => 2,
            _ => 1,
        }
    }
}

/// Draws the controls.
pub fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(course) = scene.session.course().cloned() else {
        let chosen = ui.scope(|ui| box_ui(ui, scene, Cell::Data, None, 220.0)).inner;
        if let Some(chosen) = chosen {
            choose(scene, None, chosen);
        }
        return;
    };
    let choice = course.choice().clone();
    let available = ui.available_width() - BAR;
    let columns = (((available + GAP) / (LEAST + GAP)) as usize).clamp(1, 7);
    let width = (available + GAP) / columns as f32 - GAP;
    let mut chosen = None;
    let mut cells = Cell::ALL
        .into_iter()
        .filter(|cell| cell.is_for(&choice))
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
                // Every box has its place in the table, whatever stands in it.
                let (place, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
                let mut inside = ui.new_child(UiBuilder::new().max_rect(place));
                let spacing = inside.spacing_mut();
                spacing.button_padding.x = 5.0;
                spacing.icon_width = 10.0;
                spacing.icon_spacing = 2.0;
                chosen = box_ui(&mut inside, scene, cell, Some(&course), width).or(chosen.take());
            }
        });
    }
    features_ui(ui, scene, &course);
    if let Some(chosen) = chosen {
        choose(scene, Some(&course), chosen);
    }
}

/// What a list offers.
enum Chosen {
    Choice(Box<Choice>),
    Ask(Coaching),
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
    // All that the lists offer can be made, but for a part for testing of very few samples, which changes nothing.
    if let Ok(changed) = changed {
        scene.outbox.push(Action::SetCourse(Some(Arc::new(changed))));
    }
}

/// A box of the table, as wide as it is told.
fn box_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    cell: Cell,
    course: Option<&Arc<Course>>,
    width: f32,
) -> Option<Chosen> {
    let [short, name] = cell.names();
    let look = scene.look;
    let value = course.map_or_else(|| "choose data".to_owned(), |course| words(scene, cell, course));
    let mut job = LayoutJob::default();
    let font = FontSelection::Default.resolve(ui.style());
    let mut add = |text: &str, color| {
        let format = egui::TextFormat {
            font_id: font.clone(),
            color,
            ..Default::default()
        };
        job.append(text, 0.0, format);
    };
    if !short.is_empty() {
        add(short, look.ink_soft);
        add(" ", look.ink_soft);
    }
    add(&value, look.ink);
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(name)
        .selected_text(job)
        .width(width)
        .height(420.0)
        .truncate()
        .icon(paint_arrow)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| chosen = list_ui(ui, cell, course));
    named(ui, &combo.response, name);
    let _shown = combo.response.on_hover_text(hint(cell));
    chosen
}

/// What a box sets, in words.
const fn hint(cell: Cell) -> &'static str {
    match cell {
        Cell::Data => "What is learned from",
        Cell::Samples => "How many points are made",
        Cell::Noise => "How far points are off, as a standard deviation",
        Cell::Test => "The part of the samples that is held out for testing",
        Cell::Seed => "Makes the data, holds samples out, and orders them; the same seed, the same run",
        Cell::Scale => "Whether training sees every input with mean 0 and deviation 1",
        Cell::Loss => "What training makes small",
        Cell::Optimizer => "How a gradient turns the knobs",
        Cell::Rate => "Learning rate: how far a step goes",
        Cell::Schedule => "How the learning rate changes from epoch to epoch",
        Cell::Batch => "The samples of a step",
        Cell::Epochs => "How often every sample is seen before training ends",
        Cell::L1 => "L1 regularisation: what the size of every weight costs",
        Cell::L2 => "L2 regularisation: what the square of every weight costs",
    }
}

fn spaced(loss: Loss) -> String {
    loss.name().replace('_', " ")
}

fn schedule_words(schedule: Schedule) -> String {
    match schedule {
        Schedule::Constant => "constant".to_owned(),
        Schedule::Linear => "linear to 0".to_owned(),
        Schedule::Cosine => "cosine to 0".to_owned(),
        Schedule::Decay(factor) => format!("× {} an epoch", plain(factor, 6)),
    }
}

fn batch_words(batch: Option<usize>) -> String {
    batch.map_or_else(|| "all".to_owned(), |batch| batch.to_string())
}

fn percent(part: f64) -> String {
    format!("{} %", plain(100.0 * part, 1))
}

fn scale_words(is_standardised: bool) -> &'static str {
    if is_standardised { "scaled" } else { "raw" }
}

/// The value of a box, in words.
fn words(scene: &Scene<'_>, cell: Cell, course: &Course) -> String {
    let choice = course.choice();
    let number = |value: f64| plain(value, 6);
    match cell {
        Cell::Data => choice.source.name(),
        Cell::Samples => choice.samples.to_string(),
        Cell::Noise => number(choice.noise),
        Cell::Test => percent(choice.test),
        Cell::Seed => choice.seed.to_string(),
        Cell::Scale => scale_words(choice.is_standardised).to_owned(),
        Cell::Loss => {
            let blueprint = scene.session.blueprint();
            spaced(course.loss(&blueprint.layers()[blueprint.last_layer()]))
        }
        Cell::Optimizer => choice.optimizer.name().to_owned(),
        Cell::Rate => number(choice.learning_rate),
        Cell::Schedule => schedule_words(choice.schedule),
        Cell::Batch => batch_words(choice.batch),
        Cell::Epochs => choice.epochs.to_string(),
        Cell::L1 => number(choice.penalty.l1),
        Cell::L2 => number(choice.penalty.l2),
    }
}

/// A field for a value that the list lacks; gives it back when it is entered.
fn other_ui<T>(ui: &mut Ui, cell: Cell, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    let [_, name] = cell.names();
    let id = ui.scope_id().with(("other", name));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let edit = TextEdit::singleline(&mut text)
        .hint_text("another one")
        .desired_width(96.0);
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

/// A number of at least 0.
fn number_of(text: &str) -> Option<f64> {
    crate::words::parse_number(text)
        .ok()
        .filter(|number| *number >= 0.0)
}

/// Entries of a list; gives back the choice with the value that was chosen.
fn entries_ui<T: PartialEq + Clone>(
    ui: &mut Ui,
    choice: &Choice,
    slot: impl Fn(&mut Choice) -> &mut T,
    values: impl IntoIterator<Item = T>,
    words: impl Fn(&T) -> String,
    other: Option<T>,
) -> Option<Chosen> {
    let mut changed = choice.clone();
    let present = slot(&mut changed).clone();
    let mut values: Vec<T> = values.into_iter().collect();
    if !values.contains(&present) {
        values.insert(0, present.clone());
    }
    let mut chosen = None;
    if let Some(other) = other {
        *slot(&mut changed) = other;
        return Some(Chosen::Choice(Box::new(changed)));
    }
    for value in values {
        if choice_ui(ui, value == present, words(&value)) {
            *slot(&mut changed) = value;
            chosen = Some(Chosen::Choice(Box::new(changed.clone())));
        }
    }
    chosen
}

fn list_ui(ui: &mut Ui, cell: Cell, course: Option<&Arc<Course>>) -> Option<Chosen> {
    let Some(course) = course.filter(|_| cell != Cell::Data) else {
        return data_list_ui(ui, course);
    };
    let choice = course.choice();
    let number = |value: &f64| plain(*value, 6);
    let whole = |text: &str| text.parse::<usize>().ok();
    match cell {
        Cell::Data => None,
        Cell::Samples => {
            let other = other_ui(ui, cell, whole);
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.samples,
                SAMPLES,
                ToString::to_string,
                other,
            )
        }
        Cell::Noise => {
            let other = other_ui(ui, cell, number_of);
            entries_ui(ui, choice, |choice| &mut choice.noise, NOISES, number, other)
        }
        Cell::Test => {
            let part =
                |text: &str| number_of(text.trim_end_matches(['%', ' '])).map(|percent| percent / 100.0);
            let other = other_ui(ui, cell, part);
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.test,
                TESTS,
                |part| percent(*part),
                other,
            )
        }
        Cell::Seed => {
            let other = other_ui(ui, cell, |text| text.parse::<u64>().ok());
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.seed,
                SEEDS,
                ToString::to_string,
                other,
            )
        }
        Cell::Scale => entries_ui(
            ui,
            choice,
            |choice| &mut choice.is_standardised,
            [false, true],
            |is| match is {
                true => "scaled: mean 0, deviation 1 while training".to_owned(),
                false => "raw: as they are".to_owned(),
            },
            None,
        ),
        Cell::Loss => {
            let words = |loss: &Option<Loss>| {
                loss.map_or_else(|| "the one that goes with the last layer".to_owned(), spaced)
            };
            let all = std::iter::once(None).chain(Loss::ALL.map(Some));
            entries_ui(ui, choice, |choice| &mut choice.loss, all, words, None)
        }
        Cell::Optimizer => {
            let mut with_rate = choice.clone();
            let present = choice.optimizer;
            let mut chosen = None;
            for optimizer in Optimizer::ALL {
                if choice_ui(ui, optimizer == present, optimizer.name()) {
                    with_rate.optimizer = optimizer;
                    with_rate.learning_rate = optimizer.usual_rate();
                    chosen = Some(Chosen::Choice(Box::new(with_rate.clone())));
                }
            }
            chosen
        }
        Cell::Rate => {
            let other = other_ui(ui, cell, number_of);
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.learning_rate,
                RATES,
                number,
                other,
            )
        }
        Cell::Schedule => {
            let other = other_ui(ui, cell, |text| text.parse::<Schedule>().ok());
            let words = |schedule: &Schedule| schedule_words(*schedule);
            entries_ui(ui, choice, |choice| &mut choice.schedule, SCHEDULES, words, other)
        }
        Cell::Batch => {
            let other = other_ui(ui, cell, |text| whole(text).map(Some));
            let words = |batch: &Option<usize>| batch_words(*batch);
            entries_ui(ui, choice, |choice| &mut choice.batch, BATCHES, words, other)
        }
        Cell::Epochs => {
            let other = other_ui(ui, cell, whole);
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.epochs,
                EPOCHS,
                ToString::to_string,
                other,
            )
        }
        Cell::L1 => {
            let other = other_ui(ui, cell, number_of);
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.penalty.l1,
                PENALTIES,
                number,
                other,
            )
        }
        Cell::L2 => {
            let other = other_ui(ui, cell, number_of);
            entries_ui(
                ui,
                choice,
                |choice| &mut choice.penalty.l2,
                PENALTIES,
                number,
                other,
            )
        }
    }
}

/// Bundled and made sets, points of one's own, and files.
fn data_list_ui(ui: &mut Ui, course: Option<&Arc<Course>>) -> Option<Chosen> {
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

/// A switch for each input that can be computed from the others.
fn features_ui(ui: &mut Ui, scene: &mut Scene<'_>, course: &Course) {
    let all: &[Feature] = match (course.raw_inputs(), &course.choice().source) {
        (2, _) => &Feature::OF_TWO,
        (1, _) => &Feature::OF_ONE,
        (0, Source::Made(made)) if made.inputs() == 2 => &Feature::OF_TWO,
        _ => return,
    };
    let features = &course.choice().features;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let text = RichText::new("More inputs")
            .font(type_scale::small())
            .color(scene.look.ink_soft);
        ui.label(text);
        for &feature in all {
            let is_on = features.contains(&feature);
            let symbol = if course.raw_inputs() == 1 {
                feature.symbol().replace('₁', "")
            } else {
                feature.symbol()
            };
            let response = ui.add(Button::selectable(is_on, symbol));
            let name = format!("feature {feature}");
            response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, is_on, &name));
            if response.on_hover_text(&name).clicked() {
                let mut wanted = features.clone();
                match is_on {
                    true => wanted.retain(|other| *other != feature),
                    false => wanted.push(feature),
                }
                scene.outbox.push(Action::SetFeatures(wanted));
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Generator;

    #[test]
    fn every_box_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = Cell::ALL.iter().map(|cell| cell.names()[1]).collect();
        assert_eq!(names.len(), Cell::ALL.len());
        let made = Choice::of(Source::Made(Generator::Xor));
        assert!(Cell::ALL.iter().all(|cell| cell.is_for(&made)));
    }
}
