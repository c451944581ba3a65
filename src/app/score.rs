//! How well the present knobs do, always in view, and the best that a hand has reached.

use std::sync::Arc;

use egui::{Button, RichText, Ui, WidgetInfo};

use neurodial_core::insight::Score;
use neurodial_core::learning::Loss;
use crate::look::type_scale;
use neurodial_core::session::course::Material;
use neurodial_core::session::{Action, Coaching, RunState, Session};
use neurodial_core::words::{fine, fixed};

use super::App;
use super::coach::{Architecture, architecture};

/// The decimals of a loss.
const DECIMALS: usize = 3;

/// The least loss that a hand has reached with some data and network, and its knobs.
#[derive(Debug, Clone)]
pub struct Best {
    loss: f64,
    kind: Loss,
    knobs: Vec<f64>,
    material: Arc<Material>,
    architecture: Architecture,
    /// The document's version that was measured last.
    version: u64,
    /// Whether a hand has turned anything since the data was chosen.
    is_by_hand: bool,
}

impl Best {
    fn start(session: &Session, score: &Score) -> Option<Self> {
        Some(Self {
            loss: score.train.loss,
            kind: score.loss,
            knobs: session.document().network.knobs().to_vec(),
            material: Arc::clone(session.course()?.material().ok()?),
            architecture: architecture(session),
            version: session.history().version(),
            is_by_hand: false,
        })
    }

    /// The knobs, as a session takes them: what is locked stays.
    pub(super) fn knobs_for(&self, session: &Session) -> Vec<f64> {
        let document = session.document();
        let mut knobs = self.knobs.clone();
        for &knob in &document.locked {
            if let (Some(index), Some(value)) =
                (session.blueprint().index_of(knob), document.network.get(knob))
                && let Some(slot) = knobs.get_mut(index)
            {
                *slot = value;
            }
        }
        knobs
    }

    /// Whether it is about the session's present data, network and loss.
    fn is_of(&self, session: &Session, score: &Score) -> bool {
        let material = session.course().and_then(|course| course.material().ok());
        material.is_some_and(|material| Arc::ptr_eq(material, &self.material))
            && self.kind == score.loss
            && self.architecture == architecture(session)
    }
}

impl App {
    /// Remembers the best that a hand has reached. What training finds does not count.
    pub(super) fn follow_best(&mut self) {
        let Some(Ok(score)) = self.insight.score(&self.session) else {
            self.best = None;
            return;
        };
        let version = self.session.history().version();
        let is_trained = self.session.run().state == RunState::Playing;
        match &mut self.best {
            Some(best) if best.is_of(&self.session, score) => {
                if best.version == version {
                    return;
                }
                best.version = version;
                // The last step of a run, and going back to one, are not a hand's.
                let is_lesson = self.session.history().undo_label() == Some("train");
                if is_trained || is_lesson || !score.train.loss.is_finite() {
                    return;
                }
                best.is_by_hand = true;
                if score.train.loss < best.loss {
                    best.loss = score.train.loss;
                    best.knobs.clear();
                    best.knobs
                        .extend_from_slice(self.session.document().network.knobs());
                }
            }
            _ => self.best = Best::start(&self.session, score),
        }
    }
}

/// Draws it, from right to left: the way back to the best, then loss and accuracy.
pub fn score_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let look = app.look();
    let small = |text: String| RichText::new(text).font(type_scale::small());
    let score = match app.insight.score(&app.session) {
        None => return,
        Some(Err(_)) => {
            ui.separator();
            let has_data = app
                .session
                .course()
                .is_some_and(|course| course.material().is_ok());
            let text = if has_data {
                "the data does not fit"
            } else {
                "no data yet"
            };
            ui.label(small(text.to_owned()).color(look.warn));
            return;
        }
        Some(Ok(score)) => score,
    };
    let decimals = app.session.view().decimals.clamp(DECIMALS, 5);
    ui.separator();
    if let Some(best) = app.best.as_ref().filter(|best| best.is_by_hand) {
        let is_there = best.knobs == app.session.document().network.knobs();
        let text = small(format!("your best {}", fine(best.loss, decimals)));
        let button = ui.add_enabled(!is_there, Button::new(text).frame(false));
        button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, !is_there, "back to your best knobs"));
        if button
            .on_hover_text("Back to the knobs of your least loss")
            .clicked()
        {
            outbox.push(Action::Coach(Coaching::HandsBest));
        }
    }
    let right = score.train.accuracy.map_or_else(String::new, |part| {
        format!(" · {} % right", fixed(100.0 * part, 1))
    });
    let text = format!("loss {}{right}", fine(score.train.loss, decimals));
    let label = ui.label(small(text).color(look.ink));
    label.on_hover_text(format!(
        "{} of the present knobs on {}",
        score.loss.name().replace('_', " "),
        app.session
            .course()
            .map_or_else(String::new, |course| course.choice().source.name())
    ));
}
