//! Describes the computation of the selected neuron in sentences.

use crate::insight::switch_point::SwitchPoint;
use crate::insight::{Formula, FormulaTerm, SwitchPoints};
use crate::network::{Knob, NeuronState, Threshold};
use crate::session::ComputedFeatures;
use crate::text::capitalized;

use super::describer::Describer;
use super::number_writer::RoundingDirection;

/// The maximum number of products with which a sum is written out in full.
const MAX_TERMS: usize = 8;
/// The number of largest products that are listed otherwise.
const SHOWN_TERMS: usize = 3;
/// The maximum number of equal contributions that are named; more of them are counted.
const MAX_EQUAL: usize = 4;

/// Returns the sentences about a neuron: its state and weighted sum, its largest contributions, and the
/// changes that would take it across its threshold.
pub(super) fn sentences(
    describer: &Describer<'_>,
    features: ComputedFeatures<'_>,
    formula: &Formula,
) -> Vec<String> {
    if !formula.z.is_finite() || !formula.output.is_finite() {
        let name = capitalized(&describer.neuron_name(formula.at));
        return vec![describer.messages.description_not_finite(name)];
    }
    let describer = NeuronDescriber {
        describer,
        features,
        formula,
    };
    let mut sentences = vec![describer.state_sentence()];
    sentences.extend(describer.contribution_sentences());
    sentences.extend(describer.threshold_sentence());
    sentences
}

/// Writes the sentences about one neuron.
struct NeuronDescriber<'a> {
    describer: &'a Describer<'a>,
    features: ComputedFeatures<'a>,
    formula: &'a Formula,
}

impl NeuronDescriber<'_> {
    /// Returns the sentence about its state and sum: “Neuron 2 is on: 0.500 − 1.820 + 3.000 = 1.680, which is
    /// its output.”
    fn state_sentence(&self) -> String {
        let Formula { z, activation, .. } = *self.formula;
        let Describer { messages, writer, .. } = *self.describer;
        let neuron = capitalized(&self.describer.neuron_name(self.formula.at));
        let sum = self.sum_text();
        let output = writer.about(self.formula.output);
        match (activation.info().state)(z, activation.apply(z)) {
            NeuronState::Linear => messages.description_linear(neuron, sum),
            NeuronState::Passes => messages.description_passes(neuron, sum),
            NeuronState::On => messages.description_on(neuron, sum, output),
            NeuronState::Off => messages.description_off(neuron, sum, output),
            NeuronState::Leaking => messages.description_leaking(neuron, sum, output),
            NeuronState::AlmostOff => messages.description_almost_off(neuron, sum, output),
            NeuronState::AtZero => messages.description_at_zero(neuron, sum, output),
            NeuronState::SaturatedNear(limit) => messages.description_saturated(neuron, limit, sum, output),
            NeuronState::InTransition => messages.description_transition(neuron, sum, output),
            NeuronState::AboveHalf => messages.description_above_half(neuron, sum, output),
            NeuronState::BelowHalf => messages.description_below_half(neuron, sum, output),
            NeuronState::AtHalf => messages.description_at_half(neuron, sum, output),
            NeuronState::Positive => messages.description_positive(neuron, sum, output),
            NeuronState::Negative => messages.description_negative(neuron, sum, output),
            NeuronState::SlightlyAboveSum => messages.description_slightly_above_sum(neuron, sum, output),
            NeuronState::MostlyOpen => messages.description_mostly_open(neuron, sum, output),
            NeuronState::MostlyClosed => messages.description_mostly_closed(neuron, sum, output),
            NeuronState::Periodic => messages.description_periodic(neuron, sum, output),
            NeuronState::Probability => messages.description_softmax(neuron, sum, output),
        }
    }

    /// Returns the sum written out, or only its largest products if there are many.
    fn sum_text(&self) -> String {
        let Formula { terms, bias, z, .. } = self.formula;
        let Describer { messages, writer, .. } = *self.describer;
        if terms.len() > MAX_TERMS {
            let mut shown: Vec<&FormulaTerm> = terms.iter().collect();
            shown.sort_by(|a, b| b.product.abs().total_cmp(&a.product.abs()));
            shown.truncate(SHOWN_TERMS);
            shown.sort_by_key(|term| term.input);
            let products = messages.list(shown.iter().map(|term| writer.about(term.product)));
            let others = terms.len() - SHOWN_TERMS;
            return messages.sum_of_many(products, others, writer.about(*bias), self.sum_value_text());
        }
        let mut text = String::new();
        let mut total = 0.0;
        for value in terms.iter().map(|term| term.product).chain([*bias]) {
            let shown = writer.fixed(value);
            total += writer.rounded(value);
            match (text.is_empty(), shown.strip_prefix('−')) {
                (true, _) => text += &shown,
                (false, Some(digits)) => text += &format!(" − {digits}"),
                (false, None) => text += &format!(" + {shown}"),
            }
        }
        if writer.rounds_to_zero(*z) {
            return messages.sum_near_zero(text, self.sum_value_text());
        }
        let rounded_z = writer.rounded(*z);
        let scale = terms
            .iter()
            .map(|term| term.product.abs())
            .fold(bias.abs(), f64::max);
        let is_equal = (total - rounded_z).abs() <= 1e-13 * scale.max(rounded_z.abs()) && writer.is_exact(*z);
        format!("{text} {} {}", if is_equal { "=" } else { "≈" }, writer.fixed(*z))
    }

    /// Returns the value of the sum, or “just above 0” or “just below 0” if it would be shown as 0.
    fn sum_value_text(&self) -> String {
        let z = self.formula.z;
        match self.describer.writer.rounds_to_zero(z) {
            true if z > 0.0 => self.describer.messages.number_just_above_zero().to_owned(),
            true => self.describer.messages.number_just_below_zero().to_owned(),
            false => self.describer.writer.about(z),
        }
    }

    /// Returns the name of the input of a term.
    fn term_name(&self, term: &FormulaTerm) -> String {
        self.describer.source_name(term.knob.layer, term.input)
    }

    /// Returns the sentences about its largest positive and its largest negative contribution.
    fn contribution_sentences(&self) -> Vec<String> {
        let Describer { messages, writer, .. } = *self.describer;
        let terms = &self.formula.terms;
        if let [only] = terms.as_slice() {
            let name = self.term_name(only);
            return vec![messages.contribution_only(name, writer.about(only.product))];
        }
        let largest = terms.iter().map(|term| term.product).fold(0.0, f64::max);
        let smallest = terms.iter().map(|term| term.product).fold(0.0, f64::min);
        if largest <= 0.0 && smallest >= 0.0 {
            return vec![messages.contribution_none().to_owned()];
        }
        let equal = |product: f64| -> Vec<String> {
            let equal = terms.iter().filter(|term| term.product == product);
            equal.map(|term| self.term_name(term)).collect()
        };
        let amount = writer.about(largest);
        let positive = match equal(largest).as_slice() {
            _ if largest <= 0.0 => messages.contribution_no_positive().to_owned(),
            [only] => messages.contribution_positive(only, amount),
            several if several.len() <= MAX_EQUAL => {
                messages.contribution_positive_equal(messages.list(several), amount)
            }
            several => messages.contribution_positive_many(several.len(), amount),
        };
        let amount = writer.about(smallest);
        let negative = match equal(smallest).as_slice() {
            _ if smallest >= 0.0 => messages.contribution_no_negative().to_owned(),
            [only] => messages.contribution_negative(only, amount),
            several if several.len() <= MAX_EQUAL => {
                messages.contribution_negative_equal(messages.list(several), amount)
            }
            several => messages.contribution_negative_many(several.len(), amount),
        };
        vec![positive, negative]
    }

    /// Returns the sentence about changes that would take the neuron across `z = 0`; `None` if that has no
    /// meaning for its activation function.
    fn threshold_sentence(&self) -> Option<String> {
        let Formula { z, activation, .. } = *self.formula;
        let Describer {
            messages,
            architecture,
            ..
        } = *self.describer;
        let kind = activation.info().threshold;
        if z == 0.0 {
            return match kind {
                Threshold::Switch | Threshold::LeakySwitch => Some(messages.threshold_exact_on()),
                Threshold::OneHalf => Some(messages.threshold_exact_half()),
                Threshold::Sign | Threshold::SoftSwitch => Some(messages.threshold_exact_positive()),
                Threshold::None => None,
            }
            .map(str::to_owned);
        }
        let switch_points = SwitchPoints::from_formula(self.formula);
        let bias = Knob::bias(self.formula.at.layer, self.formula.at.neuron);
        let mut conditions = Vec::new();
        if let Some(SwitchPoint::At(value)) = switch_points.for_knob(bias) {
            let name = messages.threshold_bias(architecture.symbol(bias).to_unicode());
            conditions.push(self.crossing_condition(name, z > 0.0, value));
        }
        if let Some((term, value)) = self.most_effective_input(&switch_points) {
            let is_downwards = (z > 0.0) == (term.weight > 0.0);
            conditions.push(self.crossing_condition(self.term_name(term), is_downwards, value));
        }
        let condition = match conditions.as_slice() {
            [first, second] => messages.threshold_either(first, second),
            [only] => only.clone(),
            _ => return None,
        };
        match (kind, z > 0.0) {
            (Threshold::Switch | Threshold::LeakySwitch, true) => {
                Some(messages.threshold_turns_off(condition))
            }
            (Threshold::Switch | Threshold::LeakySwitch, false) => {
                Some(messages.threshold_turns_on(condition))
            }
            (Threshold::OneHalf, true) => Some(messages.threshold_below_half(condition)),
            (Threshold::OneHalf, false) => Some(messages.threshold_above_half(condition)),
            (Threshold::Sign | Threshold::SoftSwitch, true) => {
                Some(messages.threshold_becomes_negative(condition))
            }
            (Threshold::Sign | Threshold::SoftSwitch, false) => {
                Some(messages.threshold_becomes_positive(condition))
            }
            (Threshold::None, _) => None,
        }
    }

    /// Returns “its bias b₂ fell below 1.790” or “input 2 rose above 3.330”.
    fn crossing_condition(&self, name: String, is_downwards: bool, value: f64) -> String {
        let Describer { messages, writer, .. } = *self.describer;
        if is_downwards {
            messages.threshold_fell(name, writer.fixed_toward(value, RoundingDirection::Down))
        } else {
            messages.threshold_rose(name, writer.fixed_toward(value, RoundingDirection::Up))
        }
    }

    /// Returns the input with the largest weight among those whose value can bring `z` to 0, and that value:
    /// it has to change least.
    fn most_effective_input(&self, switch_points: &SwitchPoints) -> Option<(&FormulaTerm, f64)> {
        let features = self.features;
        let can_be = |term: &FormulaTerm, value: f64| match term.knob.layer.checked_sub(1) {
            // An input that is computed from others, or that others are computed from, does not change alone.
            None => !features.has_dependents(term.input) && features.feature(term.input).is_none(),
            Some(before) => {
                let activation = self.describer.architecture.layers()[before].neurons[term.input].activation;
                let [from, to] = activation.info().output_range;
                // Values just beyond it have to be in the range, and so does its rounded form.
                let margin = 10_f64.powi(-(self.describer.writer.decimals as i32)).max(1e-9);
                from + margin < value && value < to - margin
            }
        };
        let reachable = self.formula.terms.iter().filter_map(|term| {
            let value = switch_points.for_source(term.input)?.value()?;
            can_be(term, value).then_some((term, value))
        });
        reachable.max_by(|(a, _), (b, _)| {
            a.weight
                .abs()
                .total_cmp(&b.weight.abs())
                .then(b.input.cmp(&a.input))
        })
    }
}
