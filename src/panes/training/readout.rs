//! The numbers that tell at a glance how it goes.

use egui::{Align2, Color32, Rect, Ui, WidgetInfo, pos2, vec2};

use neurodial_core::insight::Score;
use neurodial_core::learning::Measured;
use crate::look::type_scale;
use crate::panes::Scene;
use neurodial_core::session::Duel;
use neurodial_core::session::duel::Lead;
use neurodial_core::words::{fine, fixed};

/// The width of a column of them, in points.
pub const WIDTH: f32 = 136.0;
/// The height of one in a row, in points.
pub const HEIGHT: f32 = 38.0;
/// The least decimals of a loss.
const DECIMALS: usize = 3;

/// A number with its name.
#[derive(Debug, Clone)]
pub struct Readout {
    name: &'static str,
    value: String,
    /// More of it, smaller: beside the number, or where that may be long beside the name.
    more: String,
    is_beside_name: bool,
    color: Color32,
}

/// A loss with few digits.
pub fn loss_text(scene: &Scene<'_>, loss: f64) -> String {
    // More decimals than these have no room.
    const MOST: usize = 5;
    fine(loss, scene.session.view().decimals.clamp(DECIMALS, MOST))
}

/// Epoch, losses and the best so far of a run.
pub fn of_run(scene: &Scene<'_>, score: &Score) -> Vec<Readout> {
    let look = scene.look;
    let run = scene.session.run();
    let right = |measured: &Measured| {
        let text = |part| format!("{} %", fixed(100.0 * part, 1));
        measured.accuracy.map_or_else(String::new, text)
    };
    let some = if score.is_of_some { "of some" } else { "" };
    let mut numbers = vec![Readout {
        name: "train loss",
        value: loss_text(scene, score.train.loss),
        more: if score.train.accuracy.is_some() {
            right(&score.train)
        } else {
            some.to_owned()
        },
        is_beside_name: false,
        color: look.ink,
    }];
    if let Some(test) = &score.test {
        numbers.push(Readout {
            name: "test loss",
            value: loss_text(scene, test.loss),
            more: right(test),
            is_beside_name: false,
            color: look.accent,
        });
    }
    if let Some(best) = run.line.best() {
        let end = run.line.end();
        numbers.insert(
            0,
            Readout {
                name: "epoch",
                value: run.at.to_string(),
                more: if run.at < end {
                    format!("of {end}")
                } else {
                    String::new()
                },
                is_beside_name: false,
                color: look.ink,
            },
        );
        numbers.push(Readout {
            name: "best",
            value: loss_text(scene, best.train.loss),
            more: format!("epoch {}", best.epoch),
            is_beside_name: true,
            color: look.ink_soft,
        });
    }
    numbers
}

/// Who is better in a duel.
pub fn of_duel(scene: &Scene<'_>, duel: &Duel) -> Vec<Readout> {
    let look = scene.look;
    let lead = |losses| match Duel::lead(losses) {
        Lead::Hand => ("you lead", ""),
        Lead::Machine => ("", "it leads"),
        Lead::Even => ("even", "even"),
    };
    let ([hand, machine], [hands_best, machines_best]) = (duel.now(), duel.best());
    let (yours, its) = lead([hand, machine]);
    let turns = duel.hand.last().map_or(0, |shot| shot.turns);
    let epochs = duel.machine.last().map_or(0, |shot| shot.turns);
    let seconds = duel.hand.last().map_or(0.0, |shot| shot.seconds);
    let seconds = duel
        .machine
        .last()
        .map_or(seconds, |shot| seconds.max(shot.seconds));
    let best_word = match Duel::lead([hands_best, machines_best]) {
        Lead::Hand => "the best yet",
        Lead::Machine | Lead::Even => "",
    };
    vec![
        Readout {
            name: "you, loss",
            value: loss_text(scene, hand),
            more: yours.to_owned(),
            is_beside_name: false,
            color: look.positive,
        },
        Readout {
            name: "your best",
            value: loss_text(scene, hands_best),
            more: best_word.to_owned(),
            is_beside_name: false,
            color: look.positive,
        },
        Readout {
            name: "gradient descent",
            value: loss_text(scene, machine),
            more: its.to_owned(),
            is_beside_name: false,
            color: look.negative,
        },
        Readout {
            name: "turns and epochs",
            value: format!("{turns} : {epochs}"),
            more: format!("{} s", fixed(seconds, 0)),
            is_beside_name: false,
            color: look.ink_soft,
        },
    ]
}

/// One under the other.
pub fn column_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, numbers: &[Readout]) {
    let count = numbers.len().max(1) as f32;
    let height = (rect.height() / count).min(HEIGHT + 8.0);
    for (index, readout) in numbers.iter().enumerate() {
        let top = rect.top() + index as f32 * height;
        let place = Rect::from_min_size(pos2(rect.left() + 12.0, top), vec2(rect.width() - 12.0, height));
        readout.show(ui, scene, place);
    }
}

/// Side by side.
pub fn row_ui(ui: &mut Ui, scene: &Scene<'_>, rect: Rect, numbers: &[Readout]) {
    let width = rect.width() / numbers.len().max(1) as f32;
    for (index, readout) in numbers.iter().enumerate() {
        let left = rect.left() + index as f32 * width;
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width - 6.0, rect.height()));
        readout.show(ui, scene, place);
    }
}

impl Readout {
    fn show(&self, ui: &mut Ui, scene: &Scene<'_>, place: Rect) {
        let painter = ui.painter().with_clip_rect(place.intersect(ui.clip_rect()));
        let look = scene.look;
        let has_name = place.height() >= 28.0;
        let line = if has_name { 13.0 } else { 0.0 };
        let small = |text: String| painter.layout_no_wrap(text, type_scale::small(), look.ink_soft);
        if has_name {
            let long = self
                .is_beside_name
                .then(|| format!("{}, {}", self.name, self.more));
            let long = long.map(small).filter(|galley| galley.size().x <= place.width());
            let name = long.unwrap_or_else(|| small(self.name.to_owned()));
            let at = pos2(place.left(), place.top() + 7.0 - name.size().y / 2.0);
            painter.galley(at, name, look.ink_soft);
        }
        let middle = place.top() + line + ((place.height() - line) / 2.0).min(11.0);
        let at = pos2(place.left(), middle);
        let value = painter.text(
            at,
            Align2::LEFT_CENTER,
            &self.value,
            type_scale::big_number(),
            self.color,
        );
        let more = small(self.more.clone());
        let left = value.right() + 6.0;
        // Half a word would tell nothing.
        if !(self.is_beside_name && has_name) && left + more.size().x <= place.right() {
            let at = pos2(left, middle + 1.0 - more.size().y / 2.0);
            painter.galley(at, more, look.ink_soft);
        }
        // One thing to a screen reader.
        let response = ui.interact(place, ui.scope_id().with(self.name), egui::Sense::hover());
        let text = format!("{} {} {}", self.name, self.value, self.more);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text.trim_end()));
    }
}
