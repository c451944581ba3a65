//! Loss and accuracy of the current knobs in the status line, and the lowest loss that the user has reached.

use std::sync::Arc;

use egui::{Button, RichText, Ui, WidgetInfo};

use crate::theme::type_scale;
use neurodial_core::insight::NetworkMetrics;
use neurodial_core::session::training_setup::TrainTestSplit;
use neurodial_core::session::{Action, RunState, Session, TrainingCommand};
use neurodial_core::text::{format_adaptive, format_fixed};
use neurodial_core::training::Loss;

use super::App;
use super::training_controller::{NetworkSignature, network_signature};

/// The smallest number of decimals of a loss.
const MIN_DECIMALS: usize = 3;

/// The lowest loss that the user has reached with a dataset and a network, and its knobs.
#[derive(Debug, Clone)]
pub(crate) struct BestLoss {
    loss: f64,
    loss_function: Loss,
    knobs: Vec<f64>,
    split: Arc<TrainTestSplit>,
    network_signature: NetworkSignature,
    /// The version of the document that was measured last.
    version: u64,
    /// True if the user has changed the document since the data was chosen.
    is_by_hand: bool,
}

impl BestLoss {
    /// Starts with the metrics of the session's current knobs. Returns `None` without data.
    fn new(session: &Session, metrics: &NetworkMetrics) -> Option<Self> {
        Some(Self {
            loss: metrics.train.loss,
            loss_function: metrics.loss,
            knobs: session.document().network.knobs().to_vec(),
            split: Arc::clone(session.setup()?.split().ok()?),
            network_signature: network_signature(session),
            version: session.history().version(),
            is_by_hand: false,
        })
    }

    /// Returns the knobs for a session, in the flat order; locked ones keep their values.
    pub(super) fn knobs_for(&self, session: &Session) -> Vec<f64> {
        let document = session.document();
        let mut knobs = self.knobs.clone();
        for &knob in &document.locked {
            if let (Some(index), Some(value)) =
                (session.architecture().index_of(knob), document.network.get(knob))
                && let Some(slot) = knobs.get_mut(index)
            {
                *slot = value;
            }
        }
        knobs
    }

    /// True if it is about the session's current data, network and loss function.
    fn matches(&self, session: &Session, metrics: &NetworkMetrics) -> bool {
        let split = session.setup().and_then(|setup| setup.split().ok());
        split.is_some_and(|split| Arc::ptr_eq(split, &self.split))
            && self.loss_function == metrics.loss
            && self.network_signature == network_signature(session)
    }
}

impl App {
    /// Updates the lowest loss that the user has reached. Losses found by training do not count.
    pub(super) fn update_best_loss(&mut self) {
        let Some(Ok(metrics)) = self.insight.metrics(&self.session) else {
            self.best_loss = None;
            return;
        };
        let version = self.session.history().version();
        let is_training = self.session.run().state == RunState::Running;
        match &mut self.best_loss {
            Some(best_loss) if best_loss.matches(&self.session, metrics) => {
                if best_loss.version == version {
                    return;
                }
                best_loss.version = version;
                // The last update of a run, or going back to one, is not the user's change.
                let is_training_step = self.session.history().undo_label() == Some("train");
                if is_training || is_training_step || !metrics.train.loss.is_finite() {
                    return;
                }
                best_loss.is_by_hand = true;
                if metrics.train.loss < best_loss.loss {
                    best_loss.loss = metrics.train.loss;
                    best_loss.knobs.clear();
                    best_loss
                        .knobs
                        .extend_from_slice(self.session.document().network.knobs());
                }
            }
            _ => self.best_loss = BestLoss::new(&self.session, metrics),
        }
    }
}

/// Draws, from right to left, the button that restores the best knobs, then loss and accuracy.
pub(crate) fn loss_status_ui(app: &App, ui: &mut Ui, outbox: &mut Vec<Action>) {
    let theme = app.theme();
    let small = |text: String| RichText::new(text).font(type_scale::small());
    let metrics = match app.insight.metrics(&app.session) {
        None => return,
        Some(Err(_)) => {
            ui.separator();
            let has_data = app.session.setup().is_some_and(|setup| setup.split().is_ok());
            let text = if has_data {
                "the data does not fit"
            } else {
                "no data yet"
            };
            ui.label(small(text.to_owned()).color(theme.warning));
            return;
        }
        Some(Ok(metrics)) => metrics,
    };
    let decimals = app.session.view().decimals.clamp(MIN_DECIMALS, 5);
    ui.separator();
    if let Some(best_loss) = app.best_loss.as_ref().filter(|best| best.is_by_hand) {
        let has_best_knobs = best_loss.knobs == app.session.document().network.knobs();
        let text = small(format!("your best {}", format_adaptive(best_loss.loss, decimals)));
        let button = ui.add_enabled(!has_best_knobs, Button::new(text).frame(false));
        button.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, !has_best_knobs, "back to your best knobs")
        });
        if button
            .on_hover_text("Back to the knobs of your least loss")
            .clicked()
        {
            outbox.push(TrainingCommand::RestoreBest.into());
        }
    }
    let accuracy = metrics.train.accuracy.map_or_else(String::new, |fraction| {
        format!(" · {} % right", format_fixed(100.0 * fraction, 1))
    });
    let text = format!("loss {}{accuracy}", format_adaptive(metrics.train.loss, decimals));
    let label = ui.label(small(text).color(theme.text));
    label.on_hover_text(format!(
        "{} of the present knobs on {}",
        metrics.loss.name().replace('_', " "),
        app.session
            .setup()
            .map_or_else(String::new, |setup| setup.config().source.name())
    ));
}
