//! A pin and the present state side by side: two diagrams, and what differs as a table.

use egui::{Align2, Button, Painter, Rect, RichText, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::canvas::Stage;
use crate::code::Language;
use crate::look::type_scale;
use crate::network::{Blueprint, NeuronAt};
use crate::session::{Action, Face, Session, Target};

use super::plate::Side;
use super::{Labels, Paper, Scene, diagram};

/// Over each diagram, in points.
const TITLE: f32 = 20.0;
/// The height of a row of the table, in points.
const ROW: f32 = 20.0;
/// Between the diagrams, and between them and the table, in points.
const GAP: f32 = 10.0;
/// A diagram lower than this tells nothing, in points.
const LEAST: f32 = 90.0;
/// A diagram lower than this has no room for numbers on its edges, in points.
const LEAST_FOR_LABELS: f32 = 200.0;
/// A diagram narrower than this has no room for numbers on its edges, in points.
const WIDTH_FOR_LABELS: f32 = 320.0;
/// On paper a diagram narrower than this would be unreadable, in points.
const LEAST_WIDTH: f32 = 210.0;
/// In a table wider than this, numbers are too far from what they are of, in points.
const WIDEST_TABLE: f32 = 640.0;
/// The part of the height that the diagrams have where there is room for the table too.
const SHARE: f32 = 0.62;
/// A pane lower than this has room for the diagrams alone, in points.
const LEAST_FOR_TABLE: f32 = 320.0;
/// The most rows: those that differ most.
const MOST_ROWS: usize = 200;
/// The most of them on paper.
const MOST_ON_PAPER: usize = 24;

/// One number that is another one now.
struct Difference {
    name: String,
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
    let height = match scene.paper {
        Some(_) => diagram::paper::height(scene, (rect.width() - GAP) / 2.0).wanted,
        None if rect.height() < LEAST_FOR_TABLE => rect.height() - TITLE,
        None => SHARE * rect.height() - TITLE,
    };
    let mut top = rect.top();
    if height >= LEAST {
        let [left, right] = halves(Rect::from_min_size(rect.min, vec2(rect.width(), TITLE + height)));
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
        top += TITLE + height + GAP;
    }
    drop(beside);
    let right = rect.right().min(rect.left() + WIDEST_TABLE);
    let table = Rect::from_min_max(pos2(rect.left(), top), pos2(right, rect.bottom()));
    table_ui(ui, scene, table);
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

fn halves(rect: Rect) -> [Rect; 2] {
    let width = (rect.width() - GAP) / 2.0;
    let left = Rect::from_min_size(rect.min, vec2(width, rect.height()));
    [left, left.translate(vec2(width + GAP, 0.0))]
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
fn table_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect) {
    if rect.height() < 2.0 * ROW {
        return;
    }
    let rows = differences(scene);
    let name = scene
        .insight
        .ghost()
        .map_or("pin", |ghost| ghost.name())
        .to_owned();
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("differences"));
    row_ui(&mut child, scene, ["", &name, "now", "change"], true);
    let list = |ui: &mut Ui, most: usize| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in rows.iter().take(most) {
            let [was, now] = [row.was, row.now].map(|value| scene.number(value));
            let change = if row.was.to_bits() == row.now.to_bits() {
                "same".to_owned()
            } else {
                scene.delta(row.was, row.now)
            };
            row_ui(ui, scene, [&row.name, &was, &now, &change], false);
        }
    };
    if scene.paper.is_some() {
        list(&mut child, MOST_ON_PAPER);
    } else {
        ScrollArea::vertical()
            .id_salt("differences")
            .auto_shrink(false)
            .show(&mut child, |ui| list(ui, MOST_ROWS));
    }
}

fn row_ui(ui: &mut Ui, scene: &Scene<'_>, cells: [&str; 4], is_head: bool) {
    let look = scene.look;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let column = (0.62 * rect.width() / 3.0).min(110.0);
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
    if scene.paper.is_none() && !is_head {
        let words = format!(
            "{}: {} at the pin, {} now, {}",
            cells[0], cells[1], cells[2], cells[3]
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
    }
}
