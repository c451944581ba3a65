//! Conditions and solutions that are suggested from what a teacher did between two states.

use crate::session::{Adjustable, Hyperparameter, Session};
use crate::text::{Localized, Messages, format_ascii};

use super::evaluation::{EvaluatedState, Evaluation, LearnerState};
use super::expression::LessonExpression;

/// The maximum number of knobs that are named one by one.
const MAX_KNOBS: usize = 6;

/// A condition that is true after what was done, and false before.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestedCondition {
    /// The condition, as it is written in `pass`.
    pub condition: String,
    /// The kind of the condition.
    pub kind: SuggestionKind,
    /// True for the likeliest, which are ticked at first.
    pub is_likely: bool,
}

/// The meaning of a suggested condition.
#[derive(Debug, Clone, PartialEq)]
pub enum SuggestionKind {
    /// Nothing but these knobs was changed; with their symbols.
    OnlyChanged(Vec<String>),
    /// A knob or an input is near a value; with its symbol, the value and the distance.
    Near(String, String, String),
    /// The selected neuron turns on near a place.
    TurnsOn(String),
    /// The output is near a value.
    OutputNear(String),
    /// The loss is below a value.
    LossBelow(String),
    /// The accuracy is at least a value.
    AccuracyFrom(String),
    /// So many epochs were trained.
    Trained(usize),
    /// The activation of a layer, counted from 1, is the one with this name.
    ActivationIs(usize, String),
}

impl Localized for SuggestedCondition {
    fn message(&self, messages: Messages) -> String {
        // Conditions have the minus sign of keyboards, sentences that of print.
        let shown = |number: &str| number.replace('-', "−");
        match &self.kind {
            SuggestionKind::OnlyChanged(knobs) => {
                messages.suggestion_only_changed(messages.list(knobs), knobs.len())
            }
            SuggestionKind::Near(symbol, value, distance) => {
                messages.suggestion_near(symbol, shown(value), distance)
            }
            SuggestionKind::TurnsOn(place) => messages.suggestion_turns_on(shown(place)),
            SuggestionKind::OutputNear(value) => messages.suggestion_output_near(shown(value)),
            SuggestionKind::LossBelow(value) => messages.suggestion_loss_below(value),
            SuggestionKind::AccuracyFrom(value) => messages.suggestion_accuracy_from(value),
            SuggestionKind::Trained(epochs) => messages.suggestion_trained(*epochs),
            SuggestionKind::ActivationIs(layer, name) => messages.suggestion_activation(layer, name),
        }
    }
}

/// Returns the conditions that are false before and true after, the likeliest first.
pub fn suggested_conditions(before: &Session, after: &Session) -> Vec<SuggestedCondition> {
    let mut suggestions = Vec::new();
    let mut add = |condition: String, kind: SuggestionKind, is_likely: bool| {
        suggestions.push(SuggestedCondition {
            condition,
            kind,
            is_likely,
        });
    };
    let changed = changed_values(before, after);
    let has_trained = after.run().current_epoch > 0 && before.run() != after.run();
    let knobs: Vec<&(Adjustable, f64, f64)> = changed
        .iter()
        .filter(|(target, ..)| matches!(target, Adjustable::Knob(_)))
        .collect();
    let symbol = |target: Adjustable| target.symbol(after.architecture()).to_unicode();
    if has_trained {
        let epochs = after.run().current_epoch;
        add(
            format!("epoch >= {epochs}"),
            SuggestionKind::Trained(epochs),
            true,
        );
    } else if (1..=MAX_KNOBS).contains(&knobs.len()) {
        let names: Vec<String> = knobs.iter().map(|(target, ..)| target.to_string()).collect();
        let symbols = knobs.iter().map(|(target, ..)| symbol(*target)).collect();
        add(
            format!("only({})", names.join(", ")),
            SuggestionKind::OnlyChanged(symbols),
            true,
        );
    }
    if !has_trained && changed.len() <= MAX_KNOBS {
        for (target, old, new) in &changed {
            let distance = distance(*old, *new);
            let [value, distance] = [*new, distance].map(|number| format_ascii(number, 3));
            add(
                format!("near({target}, {value}, {distance})"),
                SuggestionKind::Near(symbol(*target), value, distance),
                true,
            );
        }
    }
    for (layer, plan) in after.architecture().layers().iter().enumerate() {
        let old = before.architecture().layers().get(layer);
        if let Some(activation) = plan.activation()
            && old.and_then(crate::network::LayerPlan::activation) != Some(activation)
        {
            let name = activation.name().to_owned();
            let condition = format!("activation({}) == \"{name}\"", layer + 1);
            add(condition, SuggestionKind::ActivationIs(layer + 1, name), true);
        }
    }
    let number = |session: &Session, text: &str| {
        let expression = LessonExpression::parse_number(text).ok()?;
        Evaluation::of_session(session).number(&expression)
    };
    if let Some(place) = number(after, "threshold") {
        let text = format_ascii(place, 3);
        let distance = number(before, "threshold").map_or(0.05, |old| distance(old, place));
        let condition = format!("near(threshold, {text}, {})", format_ascii(distance, 3));
        add(condition, SuggestionKind::TurnsOn(text), false);
    }
    if let Some(output) = number(after, "out") {
        let text = format_ascii(output, 3);
        let distance = number(before, "out").map_or(0.05, |old| distance(old, output));
        let condition = format!("near(out, {text}, {})", format_ascii(distance, 3));
        add(condition, SuggestionKind::OutputNear(text), false);
    }
    if let Some(loss) = number(after, "loss") {
        let limit = rounded_up(loss);
        let text = format_ascii(limit, 4);
        add(
            format!("loss < {text}"),
            SuggestionKind::LossBelow(text.clone()),
            has_trained,
        );
    }
    if let Some(accuracy) = number(after, "accuracy") {
        let limit = libm::floor(accuracy * 100.0) / 100.0;
        let text = format_ascii(limit, 2);
        let percent = format!("{}%", format_ascii(limit * 100.0, 0));
        add(
            format!("accuracy >= {text}"),
            SuggestionKind::AccuracyFrom(percent),
            has_trained,
        );
    }
    suggestions.retain(|suggestion| {
        let Ok(condition) = LessonExpression::parse_condition(&suggestion.condition) else {
            return false;
        };
        let holds = |session| {
            Evaluation::new(EvaluatedState {
                session,
                start: before,
                learner: LearnerState::default(),
            })
            .holds(&condition)
        };
        holds(after) && !holds(before)
    });
    suggestions
}

/// Returns the instructions that lead from one state to the other.
pub fn suggested_solution(before: &Session, after: &Session) -> Vec<String> {
    let mut lines = Vec::new();
    for (layer, plan) in after.architecture().layers().iter().enumerate() {
        let old = before.architecture().layers().get(layer);
        if let Some(activation) = plan.activation()
            && old.and_then(crate::network::LayerPlan::activation) != Some(activation)
        {
            lines.push(format!("activation[{}]={}", layer + 1, activation.name()));
        }
    }
    let [old, new] = [before, after].map(|session| session.setup().map(|setup| setup.config()));
    if let (Some(old), Some(new)) = (old, new) {
        for (name, hyperparameter) in [
            ("learning_rate", Hyperparameter::LearningRate),
            ("batch", Hyperparameter::BatchSize),
            ("seed", Hyperparameter::Seed),
            ("test", Hyperparameter::TestFraction),
            ("l2", Hyperparameter::L2),
        ] {
            let [from, to] = [old, new].map(|config| hyperparameter.value(config));
            if from != to {
                let text = match to.is_finite() {
                    true => format_ascii(to, 6),
                    false => "all".to_owned(),
                };
                lines.push(format!("{name}={text}"));
            }
        }
    }
    let has_trained = after.run().current_epoch > 0 && before.run() != after.run();
    if has_trained {
        lines.push(format!("train {}", after.run().current_branch.last_epoch()));
        if after.run().current_epoch != after.run().current_branch.last_epoch() {
            lines.push(format!("epoch {}", after.run().current_epoch));
        }
    }
    for (target, _, value) in changed_values(before, after) {
        if !(has_trained && matches!(target, Adjustable::Knob(_))) {
            lines.push(format!("{target}={}", format_ascii(value, 6)));
        }
    }
    lines
}

/// Returns the knobs and inputs that differ, with the values before and after.
fn changed_values(before: &Session, after: &Session) -> Vec<(Adjustable, f64, f64)> {
    let architecture = after.architecture();
    let knobs = architecture.knobs().map(Adjustable::Knob);
    let inputs = (0..architecture.input_count()).map(Adjustable::Input);
    let values = knobs.chain(inputs).filter_map(|target| {
        let old = before.document().value(target)?;
        let new = after.document().value(target)?;
        (old != new).then_some((target, old, new))
    });
    values.collect()
}

/// Returns the distance of a condition: 0.05, or less where the change itself is small.
fn distance(old: f64, new: f64) -> f64 {
    const USUAL: f64 = 0.05;
    let change = (new - old).abs();
    match change > 2.0 * USUAL {
        true => USUAL,
        false => (0.4 * change).max(0.001),
    }
}

/// Returns a round number a little above a loss.
fn rounded_up(loss: f64) -> f64 {
    let scale = libm::pow(10.0, 1.0 - libm::floor(libm::log10(loss.max(1e-9))));
    (libm::floor(loss * 1.05 * scale) + 1.0) / scale
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Preset;
    use crate::lessons::Instruction;
    use crate::network::Knob;
    use crate::session::{Edit, Origin};

    #[test]
    fn a_turned_knob_suggests_its_value_and_that_nothing_else_changed() {
        let document = Preset::from_name("neuron").unwrap().document().unwrap();
        let before = Session::open(document, Origin::Untitled);
        let mut after = before.clone();
        after
            .apply(Edit::Set {
                target: Knob::bias(0, 0).into(),
                value: 2.0,
            })
            .unwrap();
        let suggestions = suggested_conditions(&before, &after);
        let likely: Vec<&str> = suggestions
            .iter()
            .filter(|suggestion| suggestion.is_likely)
            .map(|suggestion| suggestion.condition.as_str())
            .collect();
        assert_eq!(likely, ["only(b[1,1])", "near(b[1,1], 2, 0.05)"]);
        let others: Vec<String> = suggestions
            .iter()
            .map(|suggestion| suggestion.message(Messages::ENGLISH))
            .collect();
        assert_eq!(others[0], "Only b was changed");
        assert_eq!(others[1], "b is near 2 (±0.05)");
        assert!(
            others.contains(&"The neuron turns on near −2".to_owned()),
            "{others:?}"
        );
        assert_eq!(suggested_solution(&before, &after), ["b[1,1]=2"]);
        assert!(Instruction::parse("b[1,1]=2").is_ok());
        assert_eq!(suggested_conditions(&before, &before), []);
    }
}
