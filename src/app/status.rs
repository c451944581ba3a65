//! The status line below: what the last action said or what the pointer is on, what the knobs score, and how large the
//! network is.

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, Ui};

use crate::canvas::{Part, Topic};
use crate::look::type_scale;
use neurodial_core::network::NeuronAt;
use crate::panes::diagram::paint;
use crate::panes::knobs::told;
use neurodial_core::session::{Action, Target};

use super::{App, score};

/// Draws the status line: what the last action said, or what the pointer is on.
pub fn status_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let look = app.look();
    let frame = Frame::new().fill(look.ground).inner_margin(Margin {
        left: 16,
        right: 16,
        top: 0,
        bottom: 6,
    });
    Panel::bottom("status")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                let blueprint = app.session.blueprint();
                let summary = format!(
                    "{} {}, {} {}, {} knobs",
                    blueprint.inputs(),
                    if blueprint.inputs() == 1 {
                        "input"
                    } else {
                        "inputs"
                    },
                    blueprint.layers().len(),
                    if blueprint.layers().len() == 1 {
                        "layer"
                    } else {
                        "layers"
                    },
                    blueprint.knob_count()
                );
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(
                        RichText::new(summary)
                            .font(type_scale::small())
                            .color(look.ink_soft),
                    );
                    score::score_ui(app, ui, outbox);
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let is_news = app.stage.reason.is_some() || !app.message.text.is_empty();
                        let (text, color) = if let Some(reason) = &app.stage.reason {
                            (reason.clone(), look.warn)
                        } else if app.message.text.is_empty() {
                            (hint(app), look.ink_soft)
                        } else if app.message.is_problem {
                            (app.message.text.clone(), look.warn)
                        } else {
                            (app.message.text.clone(), look.ink)
                        };
                        let text = RichText::new(text).font(type_scale::small()).color(color);
                        let label = ui.add(Label::new(text).truncate());
                        if is_news {
                            // A screen reader says it without being asked.
                            ui.ctx().accesskit_node_builder(label.id, |node| {
                                node.set_live(egui::accesskit::Live::Polite);
                            });
                        }
                    });
                });
            });
        });
}

/// What the pointer is on, and what a hand can do there.
fn hint(app: &App) -> String {
    if app.stage.lit.is_none()
        && let Some(words) = app.step_words()
    {
        return words;
    }
    let about = hint_about(app);
    let hovered = app
        .stage
        .hovered
        .filter(|hovered| !matches!(hovered.part, Part::Number(_) | Part::Point(_)));
    match hovered.and_then(|hovered| super::hint::words(&app.session, hovered.grip)) {
        Some(drag) => format!("{about} · {drag}"),
        None => about,
    }
}

/// Where a branch of training went, and how to come back to it.
fn branch_words(app: &App, branch: usize) -> String {
    let Some(line) = app.session.run().branches.get(branch) else {
        return String::new();
    };
    let changes: Vec<&str> = line.changes.iter().map(|change| change.words.as_str()).collect();
    let changed = if changes.is_empty() {
        String::new()
    } else {
        format!(", with {}", changes.join(", then "))
    };
    let loss = line.records.last().map_or(f64::NAN, |record| record.train.loss);
    format!(
        "Another branch, to epoch {} and a loss of {}{changed}: click to take it up again",
        line.end(),
        neurodial_core::words::fine(loss, app.session.view().decimals)
    )
}

fn hint_about(app: &App) -> String {
    let blueprint = app.session.blueprint();
    let Some(lit) = app.stage.lit else {
        return "Drag a slider, an edge, a rim or a number; click a neuron to look into it. F1 lists the keys."
            .to_owned();
    };
    match (lit, lit.topic()) {
        (Part::Plane, _) => "Drag to move the view, turn the wheel to zoom, double click to fit".to_owned(),
        (Part::Field, _) => "Click to set a point".to_owned(),
        (Part::Sample(sample), _) => format!(
            "Point {}: drag to move it, right click or Delete to take it away",
            sample + 1
        ),
        (Part::Timeline, _) => {
            "Drag back and forth through the epochs; play then goes on from there as a branch".to_owned()
        }
        (Part::Branch(branch), _) => branch_words(app, branch),
        (Part::Point([across, up]), _) => format!(
            "Drag to turn {} and {} together; the arrow keys turn them one by one",
            across.symbol(blueprint).plain(),
            up.symbol(blueprint).plain()
        ),
        (Part::Lock(knob), _) => format!("Click to lock or unlock the {}", blueprint.knob_words(knob)),
        (Part::Number(target), _) => {
            format!("Click to type the {}, drag to turn it", target.words(blueprint))
        }
        (_, Some(Topic::Target(target))) => {
            let range = app.session.document().range(target);
            let locked = match (app.session.document().is_locked(target), target) {
                (true, Target::Knob(_)) => ", locked",
                (true, Target::Input(_)) => ", computed from other inputs",
                (false, _) => "",
            };
            let number = |value: f64| neurodial_core::words::fixed(value, app.session.view().decimals);
            let more = match target {
                Target::Knob(_) => format!("; {}", told::words(&app.session, &app.insight, target)),
                Target::Input(_) => String::new(),
            };
            format!(
                "{} = {}, from {} to {}{locked}{more}",
                target.words(blueprint),
                number(app.session.document().value(target).unwrap_or(0.0)),
                number(range.min),
                number(range.max)
            )
        }
        (_, Some(Topic::Neuron(NeuronAt { layer, neuron }))) => {
            let at = NeuronAt { layer, neuron };
            let score = app.insight.score(&app.session);
            let is_dead = score.is_some_and(|score| score.as_ref().is_ok_and(|score| score.is_dead(at)));
            let dead = if is_dead {
                format!("; {}", paint::DEAD)
            } else {
                String::new()
            };
            format!("Click to look into {}{dead}", blueprint.neuron_words(at))
        }
        (_, None) => String::new(),
    }
}
