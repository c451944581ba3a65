//! What a neuron makes of two numbers at once: a map in colours, lines of one height, the line where it switches,
//! and the present point, which a hand can move.
//!
//! | file | what |
//! | --- | --- |
//! | [`chart`] | one neuron's map on its plane |
//! | [`heights`] | where the numbers of contour lines stand |
//! | [`held`] | what the map is of, and at which inputs the others are held |
//! | [`legend`] | what the colours mean |
//! | [`shade`] | the colours, and the picture that they make |

pub mod chart;
pub mod heights;
pub mod held;
pub mod legend;
pub mod shade;

use std::sync::Arc;

use egui::mutex::Mutex;
use egui::{Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::canvas::{Canvas, Stage};
use neurodial_core::insight::decision::Axis;
use neurodial_core::insight::picture::Point;
use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use neurodial_core::session::{Action, RunState, Target, Whose};

use super::curves::controls::{choice_ui, combo_ui, have_room, target_ui};
use super::curves::frame::{Frame, swept_name};
use super::{Pane, Scene};
use chart::Chart;
use shade::Picture;

/// Below this height or width nothing is drawn, in points.
const LEAST: f32 = 60.0;
/// Below this width the row of controls scrolls instead of wrapping, in points.
const NARROW: f32 = 300.0;
/// The most maps side by side.
const MOST: usize = 9;
/// The height of the name over each of several maps, in points.
const NAME: f32 = 18.0;
/// Between maps, in points.
const GAP: f32 = 14.0;
/// A map narrower than this has no room for a legend, in points.
const ROOMY: f32 = 190.0;

/// The rows and columns of a single map.
const FINE: usize = 128;
/// The same while a hand turns something.
const COARSE: usize = 64;
/// The same while training goes on and all knobs turn: nothing of the map before can be used again.
const COARSEST: usize = 40;

/// What stands over the pane.
pub fn heading(scene: &Scene<'_>) -> String {
    let view = scene.session.view();
    let blueprint = scene.session.blueprint();
    match view.map_whose {
        Whose::Selected => format!("Map of {}", blueprint.neuron_words(view.selected)),
        Whose::Outputs => "Maps of the outputs".to_owned(),
    }
}

/// The height on paper in a pane of `width` points.
pub fn paper_height(scene: &Scene<'_>, width: f32) -> f32 {
    let shown = shown(scene);
    let (columns, rows) = shape(shown.len(), width, width);
    let cell = (width - GAP * (columns as f32 - 1.0)) / columns as f32;
    let name = if shown.len() > 1 { NAME } else { 0.0 };
    (0.86 * cell + name) * rows as f32 + GAP * (rows as f32 - 1.0)
}

/// The neurons that have maps.
fn shown(scene: &Scene<'_>) -> Vec<NeuronAt> {
    let view = scene.session.view();
    let blueprint = scene.session.blueprint();
    let layer = blueprint.last_layer();
    match view.map_whose {
        Whose::Selected => vec![view.selected],
        Whose::Outputs => (0..blueprint.width(layer).min(MOST))
            .map(|neuron| NeuronAt { layer, neuron })
            .collect(),
    }
}

/// The axes: the ranges of what they are over, and further where samples of the data lie beyond. On paper, where nobody can
/// move anything, as far as the data goes, if there is some.
fn axes(scene: &Scene<'_>) -> [Axis; 2] {
    let document = scene.session.document();
    let over = scene.session.view().map_over;
    let mut axes = over.map(|target| Axis::of(document, target));
    let points = sampled(scene);
    let columns: [Vec<f64>; 2] = [
        points.iter().map(|point| point.x).collect(),
        points.iter().map(|point| point.y).collect(),
    ];
    for (axis, column) in axes.iter_mut().zip(&columns) {
        let present = document.value(axis.target).unwrap_or(0.0);
        let ends = match scene.paper {
            Some(_) => reach(column, [present; 2]).map(|[low, high]| {
                let room = if high > low { 0.06 * (high - low) } else { 1.0 };
                [low - room, high + room]
            }),
            None => reach(column, axis.ends),
        };
        axis.ends = ends.unwrap_or(axis.ends);
    }
    axes
}

/// From the lowest to the highest of the values and `ends`; `None` without values.
fn reach(values: &[f64], ends: [f64; 2]) -> Option<[f64; 2]> {
    (!values.is_empty()).then(|| {
        values
            .iter()
            .fold(ends, |[low, high], &value| [low.min(value), high.max(value)])
    })
}

/// The samples of the data, where a map is over two inputs.
fn sampled(scene: &Scene<'_>) -> Vec<Point> {
    match scene.session.view().map_over {
        [Target::Input(across), Target::Input(up)] => {
            let samples = scene.insight.samples(scene.session);
            samples.map_or_else(Vec::new, |samples| samples.over([across, up]))
        }
        _ => Vec::new(),
    }
}

/// Columns and rows of maps that are about as wide as high.
fn shape(count: usize, width: f32, height: f32) -> (usize, usize) {
    let best = (count as f32 * width / height.max(1.0)).sqrt().round() as usize;
    let columns = best.clamp(1, count.max(1));
    (columns, count.div_ceil(columns).max(1))
}

/// Draws the pane.
pub fn map_ui(ui: &mut Ui, scene: &mut Scene<'_>, stage: &mut Stage) {
    if scene.paper.is_none() && have_room(ui, LEAST) {
        controls_ui(ui, scene);
    }
    let mut rect = ui.available_rect_before_wrap().intersect(ui.clip_rect());
    if scene.paper.is_some() {
        // Beside a long pane a map is not drawn out.
        let height = paper_height(scene, rect.width());
        rect.set_height(rect.height().min(height));
    }
    if rect.width() < LEAST || rect.height() < LEAST {
        return;
    }
    let shown = shown(scene);
    let id = Pane::Map.canvas_id().with("pictures");
    let shared: Arc<Mutex<Vec<Picture>>> = ui.data_mut(|data| {
        data.get_temp_mut_or_default::<Arc<Mutex<Vec<Picture>>>>(id)
            .clone()
    });
    let mut pictures = shared.lock();
    pictures.resize_with(shown.len(), Picture::default);
    let axes = axes(scene);
    let is_playing = scene.paper.is_none() && scene.session.run().state == RunState::Playing;
    let most = match stage.turning {
        _ if is_playing => COARSEST,
        Some(_) => COARSE,
        None => FINE,
    };
    let places = match shown.len() {
        1 => most,
        2..=4 => most / 2,
        _ => 3 * most / 8,
    };
    let (columns, rows) = shape(shown.len(), rect.width(), rect.height());
    let size = vec2(
        (rect.width() - GAP * (columns as f32 - 1.0)) / columns as f32,
        (rect.height() - GAP * (rows as f32 - 1.0)) / rows as f32,
    );
    let mut charts = Vec::new();
    for (index, (&at, picture)) in shown.iter().zip(pictures.iter_mut()).enumerate() {
        picture.update(ui.ctx(), scene, axes, at, places);
        let (column, row) = ((index % columns) as f32, (index / columns) as f32);
        let corner = rect.min + vec2(column * (size.x + GAP), row * (size.y + GAP));
        let mut cell = Rect::from_min_size(corner, size);
        if shown.len() > 1 {
            let name = scene.session.blueprint().neuron_words(at);
            let text = RichText::new(name)
                .font(type_scale::strong())
                .color(scene.identity(at));
            let line = Rect::from_min_size(corner, vec2(size.x, NAME));
            let mut line_ui = ui.new_child(UiBuilder::new().max_rect(line).id_salt(("name", index)));
            line_ui.add(egui::Label::new(text).truncate());
            cell.min.y += NAME;
        }
        let has_legend = cell.width() >= ROOMY;
        let painter = ui.painter().clone();
        let frame = Frame {
            x: axes[0].ends,
            y: axes[1].ends,
            x_name: swept_name(&painter, scene, axes[0].target),
            y_name: swept_name(&painter, scene, axes[1].target),
            margin: if has_legend { legend::ROOM } else { 6.0 },
        };
        let taken = frame.y_name.width + GAP;
        let mut cell_ui = ui.new_child(UiBuilder::new().max_rect(cell).id_salt(("map", index)));
        let plane = frame.show(&mut cell_ui, scene, cell);
        if plane.rect.top() - cell.top() >= held::LINE {
            let right = plane.rect.right_top() - vec2(0.0, 6.0);
            held::held_ui(&painter, scene, at, right, plane.rect.width() - taken);
        }
        if has_legend {
            let scale = picture.landscape().scale();
            let bar = Rect::from_min_max(
                pos2(plane.rect.right() + 12.0, plane.rect.top()),
                pos2(plane.rect.right() + 22.0, plane.rect.bottom()),
            );
            legend::legend_ui(ui.painter(), scene, bar, scale, scene.identity(at));
        }
        charts.push(Chart { at, plane, picture });
    }
    let mut canvas = Canvas::new(ui, stage, rect, Pane::Map.canvas_id());
    let points = sampled(scene);
    for (index, chart) in charts.iter().enumerate() {
        chart.draw_ui(&mut canvas, scene, &points, index == 0);
    }
}

/// The row over the map.
fn controls_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let row = |ui: &mut Ui, scene: &mut Scene<'_>| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let soft = |text: &str| RichText::new(text).color(scene.look.ink_soft);
        let [across, up] = scene.session.view().map_over;
        ui.label(soft("over"));
        let new_across = target_ui(ui, scene, "across the map", across);
        ui.label(soft("and"));
        let new_up = target_ui(ui, scene, "up the map", up);
        if new_across.is_some() || new_up.is_some() {
            let (new_across, new_up) = (new_across.unwrap_or(across), new_up.unwrap_or(up));
            // Who chooses the same twice wants them the other way round.
            let over = match new_across == new_up {
                true => [up, across],
                false => [new_across, new_up],
            };
            scene.outbox.push(Action::MapOver(over));
        }
        whose_ui(ui, scene);
    };
    if ui.available_width() < NARROW {
        ScrollArea::horizontal()
            .id_salt("controls")
            .show(ui, |ui| ui.horizontal(|ui| row(ui, scene)));
    } else {
        ui.horizontal_wrapped(|ui| row(ui, scene));
    }
}

fn whose_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let whose = scene.session.view().map_whose;
    let text = |whose| match whose {
        Whose::Selected => "this neuron",
        Whose::Outputs => "each output",
    };
    let mut chosen = None;
    combo_ui(ui, "shown maps", text(whose), |ui| {
        for other in [Whose::Selected, Whose::Outputs] {
            if choice_ui(ui, other == whose, text(other)) {
                chosen = Some(other);
            }
        }
    });
    scene.outbox.extend(chosen.map(Action::MapWhose));
}
