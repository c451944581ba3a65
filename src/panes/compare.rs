//! A pin and the present state side by side: two diagrams, and what differs as a table. [`places`] says where they are.

pub mod places;

use egui::{Align2, Button, Painter, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::canvas::Stage;
use neurodial_core::code::Language;
use neurodial_core::insight::Beside;
use crate::look::type_scale;
use neurodial_core::network::{Blueprint, NeuronAt};
use neurodial_core::session::{Action, Face, Session, Target};

use super::plate::Side;
use super::{Labels, Paper, Scene, diagram};
use places::{GAP, Places, ROW, TITLE, halves};

/// A diagram lower than this has no room for numbers on its edges, in points.
const LEAST_FOR_LABELS: f32 = 200.0;
/// A diagram narrower than this has no room for numbers on its edges, in points.
const WIDTH_FOR_LABELS: f32 = 320.0;
/// On paper a diagram narrower than this would be unreadable, in points.
const LEAST_WIDTH: f32 = 210.0;
/// The most rows: those that differ most.
const MOST_ROWS: usize = 200;
/// The most of them on paper.
const MOST_ON_PAPER: usize = 24;

/// A table narrower than this has symbols instead of names in words, in points.
const WIDTH_FOR_WORDS: f32 = 380.0;

/// One number that is another one now.
struct Difference {
    /// In words: “weight from input 2 to neuron 1”.
    name: String,
    /// As a symbol: “w₁₂”.
    symbol: String,
    was: f64,
    now: f64,
}

/// What stands over the pane.
pub fn heading(scene: &Scene<'_>) -> String {
    match scene.insight.ghost() {
        Some(ghost) => format!("{} and now", ghost.name()),
        None => "Compare".to_owned(),
    }
}

/// The height on paper in a pane of `width` points; without a pin that of a sentence.
pub fn paper_height(scene: &Scene<'_>, width: f32) -> f32 {
    if scene.insight.ghost().is_none() {
        return 3.0 * ROW;
    }
    let rows = differences(scene).len().min(MOST_ON_PAPER) + 1;
    let diagram = diagram::paper::height(scene, (width - GAP) / 2.0).wanted;
    TITLE + diagram + GAP + rows as f32 * ROW
}

/// The width on paper in points: two networks have room side by side.
pub fn paper_width(painter: &Painter, scene: &Scene<'_>) -> Side {
    if scene.insight.ghost().is_none() {
        return Side::fixed(LEAST_WIDTH);
    }
    let one = diagram::paper::width(painter, scene);
    let both = |width: f32| 2.0 * width.max(LEAST_WIDTH / 2.0) + GAP;
    Side::new(both(one.least), both(one.wanted))
}

/// Draws the pane.
pub fn compare_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let Some(beside) = scene.insight.beside(scene.session) else {
        nothing_ui(ui, scene);
        return;
    };
    let rect = ui.available_rect_before_wrap();
    let rows = differences(scene);
    let places = match scene.paper {
        Some(_) => {
            let diagram = diagram::paper::height(scene, (rect.width() - GAP) / 2.0).wanted;
            Places::on_paper(rect, diagram)
        }
        None => Places::new(rect, rows.len()),
    };
    if !places.is_scrolled {
        both_ui(ui, scene, &beside, places, &rows);
        return;
    }
    ScrollArea::vertical()
        .id_salt("comparison")
        .auto_shrink(false)
        .show(ui, |ui| {
            let (content, _) = ui.allocate_exact_size(places.whole().size(), Sense::hover());
            let moved = content.min - rect.min;
            let places = Places {
                diagrams: places.diagrams.map(|rect| rect.translate(moved)),
                table: places.table.translate(moved),
                ..places
            };
            both_ui(ui, scene, &beside, places, &rows);
        });
}

/// Draws diagrams and table in their places.
fn both_ui(ui: &mut Ui, scene: &Scene<'_>, beside: &Beside, places: Places, rows: &[Difference]) {
    if let Some(diagrams) = places.diagrams {
        let height = diagrams.height() - TITLE;
        let [left, right] = halves(diagrams);
        let mut paper = Some(scene.paper.unwrap_or(Paper {
            // In a low picture they would hide the edges.
            labels: if height < LEAST_FOR_LABELS {
                Labels::None
            } else {
                Labels::Selected
            },
            has_selection: true,
            face: Face::List,
            language: Language::default(),
            least_number: diagram::paint::LEAST_NUMBER,
        }));
        if let Some(paper) = paper.as_mut().filter(|_| left.width() < WIDTH_FOR_LABELS) {
            paper.labels = Labels::None;
        }
        let name = scene.insight.ghost().map_or("pin", |ghost| ghost.name());
        title_ui(ui.painter(), scene, left, name);
        title_ui(ui.painter(), scene, right, "now");
        let was = Scene {
            session: beside.session(),
            insight: beside.insight(),
            look: scene.look,
            paper,
            outbox: &mut Vec::new(),
        };
        let now = Scene {
            session: scene.session,
            insight: scene.insight,
            look: scene.look,
            paper,
            outbox: &mut Vec::new(),
        };
        for (mut shown, place, id) in [(was, left, "pin"), (now, right, "now")] {
            let place = Rect::from_min_max(place.min + vec2(0.0, TITLE), place.max);
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(id));
            child.set_clip_rect(place.intersect(ui.clip_rect()));
            diagram::diagram_ui(&mut child, &mut shown, &mut Stage::still());
        }
    }
    table_ui(ui, scene, places, rows);
}

fn nothing_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    if scene.paper.is_some() {
        ui.label(RichText::new("Nothing is pinned.").color(scene.look.ink_soft));
        return;
    }
    let text = "Nothing is pinned. A pin keeps the present state; here it stands beside what you make of it.";
    ui.label(RichText::new(text).color(scene.look.ink_soft));
    ui.add_space(4.0);
    if ui.add(Button::new("Pin the present state")).clicked() {
        scene.outbox.push(Action::Pin(String::new()));
    }
    for (index, pin) in scene.session.document().pins.iter().enumerate() {
        if pin.fits(scene.session.document()) && ui.button(format!("Show {}", pin.name)).clicked() {
            scene.outbox.push(Action::ShowPin(Some(index)));
        }
    }
}

fn title_ui(painter: &Painter, scene: &Scene<'_>, half: Rect, text: &str) {
    let mut job =
        egui::text::LayoutJob::simple_singleline(text.to_owned(), type_scale::strong(), scene.look.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(half.width().max(8.0));
    let galley = painter.layout_job(job);
    let at = Align2::CENTER_CENTER.align_size_within_rect(
        galley.size(),
        Rect::from_min_size(half.min, vec2(half.width(), TITLE)),
    );
    painter.galley(at.min, galley, scene.look.ink);
}

/// The outputs, and then the knobs and inputs that differ, those that differ most first.
fn differences(scene: &Scene<'_>) -> Vec<Difference> {
    let Some(ghost) = scene.insight.ghost() else {
        return Vec::new();
    };
    let blueprint = scene.session.blueprint();
    let layer = blueprint.last_layer();
    let outputs = (0..blueprint.width(layer)).map(|neuron| {
        let at = NeuronAt { layer, neuron };
        Difference {
            name: output_name(blueprint, at),
            symbol: format!("output {}", neuron + 1),
            was: ghost.output(at),
            now: scene.output(at),
        }
    });
    let mut turned: Vec<Difference> = targets(scene.session)
        .filter_map(|target| {
            Some(Difference {
                was: scene.was(target)?,
                now: scene.session.document().value(target)?,
                name: target.words(blueprint),
                symbol: target.symbol(blueprint).plain(),
            })
        })
        .collect();
    turned.sort_by(|a, b| (b.now - b.was).abs().total_cmp(&(a.now - a.was).abs()));
    outputs.chain(turned).take(MOST_ROWS).collect()
}

fn targets(session: &Session) -> impl Iterator<Item = Target> + '_ {
    let knobs = session.blueprint().knobs().map(Target::Knob);
    knobs.chain((0..session.blueprint().inputs()).map(Target::Input))
}

fn output_name(blueprint: &Blueprint, at: NeuronAt) -> String {
    match &blueprint.layers()[at.layer].neurons[at.neuron].name {
        Some(name) => format!("output {}, {name}", at.neuron + 1),
        None => format!("output {}", at.neuron + 1),
    }
}

/// The table: what, the pin’s number, the present one, and how much has been added.
fn table_ui(ui: &mut Ui, scene: &Scene<'_>, places: Places, rows: &[Difference]) {
    let rect = places.table;
    if rect.height() < 2.0 * ROW {
        return;
    }
    let name = scene
        .insight
        .ghost()
        .map_or("pin", |ghost| ghost.name())
        .to_owned();
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("differences"));
    let cells = |row: &Difference| {
        let change = if row.was.to_bits() == row.now.to_bits() {
            "same".to_owned()
        } else {
            scene.delta(row.was, row.now)
        };
        [scene.number(row.was), scene.number(row.now), change]
    };
    let column = column_width(ui.painter(), scene, rect.width(), rows.iter().flat_map(cells));
    let has_words = rect.width() >= WIDTH_FOR_WORDS;
    row_ui(&mut child, scene, column, ["", &name, "now", "change"], None);
    let list = |ui: &mut Ui, most: usize| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in rows.iter().take(most) {
            let [was, now, change] = cells(row);
            let name = if has_words { &row.name } else { &row.symbol };
            row_ui(ui, scene, column, [name, &was, &now, &change], Some(&row.name));
        }
    };
    if scene.paper.is_some() {
        list(&mut child, MOST_ON_PAPER);
    } else if places.is_scrolled {
        list(&mut child, MOST_ROWS);
    } else {
        ScrollArea::vertical()
            .id_salt("differences")
            .auto_shrink(false)
            .show(&mut child, |ui| list(ui, MOST_ROWS));
    }
}

/// The width of each column of numbers in a table of `width` points: what they need, as far as the names have room too.
fn column_width(
    painter: &Painter,
    scene: &Scene<'_>,
    width: f32,
    numbers: impl Iterator<Item = String>,
) -> f32 {
    let needed = numbers.map(|number| {
        let galley = painter.layout_no_wrap(number, type_scale::body(), scene.look.ink);
        galley.size().x + 10.0
    });
    let most = (0.75 * width / 3.0).max(1.0);
    needed.fold((0.62 * width / 3.0).min(110.0), f32::max).min(most)
}

/// A row of the table, its last three cells in columns of `column` points; `name` is what it is of in words, of a head
/// nothing.
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, column: f32, cells: [&str; 4], name: Option<&str>) {
    let is_head = name.is_none();
    let look = scene.look;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let right = rect.right() - 12.0;
    let (font, color) = if is_head {
        (type_scale::small(), look.ink_soft)
    } else {
        (type_scale::body(), look.ink)
    };
    let mut job = egui::text::LayoutJob::simple_singleline(cells[0].to_owned(), font.clone(), color);
    let room = right - 3.0 * column - rect.left() - 8.0;
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(8.0));
    let painter = ui.painter();
    let galley = painter.layout_job(job);
    let at = pos2(rect.left() + 2.0, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, color);
    for (place, text) in cells[1..].iter().enumerate() {
        let color = if place == 0 { look.ink_soft } else { color };
        let mut job = egui::text::LayoutJob::simple_singleline((*text).to_owned(), font.clone(), color);
        job.wrap = egui::text::TextWrapping::truncate_at_width(column - 8.0);
        let galley = painter.layout_job(job);
        let x = right - (2 - place) as f32 * column - galley.size().x;
        painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, color);
    }
    painter.hline(
        rect.x_range(),
        rect.bottom(),
        egui::Stroke::new(0.75, look.hairline),
    );
    if let Some(name) = name.filter(|_| scene.paper.is_none()) {
        let [_, was, now, change] = cells;
        let words = format!("{name}: {was} at the pin, {now} now, {change}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    }
}
