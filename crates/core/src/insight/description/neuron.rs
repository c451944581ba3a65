//! How the selected neuron comes to its number, in sentences.

use crate::insight::flip::Flip;
use crate::insight::{Flips, Formula, FormulaTerm};
use crate::network::{Activation, Blueprint, Follow, Knob};
use crate::session::Features;

use super::figures::{Figures, Side, listed, sentence};
use super::{neuron_name, source_name};

/// Sums of more products than this are not written out.
const MOST_TERMS: usize = 8;
/// So many products stand for the others.
const SHOWN_TERMS: usize = 3;
/// More of equal weight than this are counted instead of named.
const MOST_EQUAL: usize = 4;

/// What is said of it: its state and its sum, who helps and who opposes, and what would switch it.
pub fn sentences(
    (blueprint, features): (&Blueprint, Features<'_>),
    formula: &Formula,
    figures: Figures,
) -> Vec<String> {
    let teller = Teller {
        blueprint,
        features,
        formula,
        figures,
    };
    if !formula.z.is_finite() || !formula.output.is_finite() {
        let name = sentence(&neuron_name(blueprint, formula.at));
        return vec![format!(
            "{name} can’t be computed: its sum is not a finite number."
        )];
    }
    vec![teller.state(), teller.helpers(), teller.switch()]
}

struct Teller<'a> {
    blueprint: &'a Blueprint,
    features: Features<'a>,
    formula: &'a Formula,
    figures: Figures,
}

impl Teller<'_> {
    /// “Neuron 2 is on: 0.500 − 1.820 + 3.000 = 1.680, and it passes that on.”
    fn state(&self) -> String {
        let name = neuron_name(self.blueprint, self.formula.at);
        let Formula { z, activation, .. } = *self.formula;
        let state = state(activation, z);
        let sum = self.sum();
        let end = match activation {
            Activation::Linear => String::new(),
            Activation::Step if z > 0.0 => ", so it gives 1".to_owned(),
            Activation::Step | Activation::Relu if z <= 0.0 => ", so it gives 0".to_owned(),
            Activation::Relu | Activation::LeakyRelu | Activation::Elu if z > 0.0 => {
                ", and it passes that on".to_owned()
            }
            Activation::Softmax => {
                let share = self.figures.about(self.formula.output);
                format!(", and the softmax gives it a share of {share}")
            }
            other => {
                let output = self.figures.about(self.formula.output);
                format!(", and {} makes {output} of it", function(other))
            }
        };
        sentence(&format!("{name} {state}: {sum}{end}."))
    }

    /// The sum written out, if that is not too long.
    fn sum(&self) -> String {
        let Formula { terms, bias, z, .. } = self.formula;
        let figures = self.figures;
        if terms.len() > MOST_TERMS {
            let mut shown: Vec<&FormulaTerm> = terms.iter().collect();
            shown.sort_by(|a, b| b.product.abs().total_cmp(&a.product.abs()));
            shown.truncate(SHOWN_TERMS);
            shown.sort_by_key(|term| term.input);
            let items: Vec<String> = shown.iter().map(|term| figures.about(term.product)).collect();
            return format!(
                "its largest products {}, with {} more and the bias {}, add up to {}",
                listed(&items),
                terms.len() - SHOWN_TERMS,
                figures.about(*bias),
                self.sum_value()
            );
        }
        let mut text = String::new();
        let mut total = 0.0;
        for value in terms.iter().map(|term| term.product).chain([*bias]) {
            let shown = figures.fixed(value);
            total += figures.read(value);
            match (text.is_empty(), shown.strip_prefix('−')) {
                (true, _) => text += &shown,
                (false, Some(digits)) => text += &format!(" − {digits}"),
                (false, None) => text += &format!(" + {shown}"),
            }
        }
        if figures.is_hidden(*z) {
            return format!("{text}, unrounded, is {}", self.sum_value());
        }
        let read = figures.read(*z);
        let scale = terms
            .iter()
            .map(|term| term.product.abs())
            .fold(bias.abs(), f64::max);
        let is_true = (total - read).abs() <= 1e-13 * scale.max(read.abs()) && figures.is_exact(*z);
        format!("{text} {} {}", if is_true { "=" } else { "≈" }, figures.fixed(*z))
    }

    fn sum_value(&self) -> String {
        let z = self.formula.z;
        match self.figures.is_hidden(z) {
            true if z > 0.0 => "just above 0".to_owned(),
            true => "just below 0".to_owned(),
            false => self.figures.about(z),
        }
    }

    /// Its largest helper and its largest opponent.
    fn helpers(&self) -> String {
        let terms = &self.formula.terms;
        if let [only] = terms.as_slice() {
            let name = source_name(self.blueprint, only.knob.layer, only.input);
            let amount = self.figures.about(only.product.abs());
            return if only.product > 0.0 {
                format!("Its only input, {name}, adds {amount}.")
            } else if only.product < 0.0 {
                format!("Its only input, {name}, takes away {amount}.")
            } else {
                format!("Its only input, {name}, adds nothing.")
            };
        }
        let most = terms.iter().map(|term| term.product).fold(0.0, f64::max);
        let least = terms.iter().map(|term| term.product).fold(0.0, f64::min);
        match (most > 0.0, least < 0.0) {
            (false, false) => "None of its inputs adds anything: every product is 0.".to_owned(),
            (true, false) => format!(
                "{}; no input opposes it.",
                sentence(&self.largest("helper", most))
            ),
            (false, true) => format!(
                "{}; no input helps it.",
                sentence(&self.largest("opponent", least))
            ),
            (true, true) => format!(
                "{}, and {}.",
                sentence(&self.largest("helper", most)),
                self.largest("opponent", least)
            ),
        }
    }

    /// “its largest helper is input 3 with 0.780”; several that are equal are named together.
    fn largest(&self, noun: &str, product: f64) -> String {
        let equal: Vec<&FormulaTerm> = self
            .formula
            .terms
            .iter()
            .filter(|term| term.product == product)
            .collect();
        let amount = self.figures.about(product);
        let name = |term: &&FormulaTerm| source_name(self.blueprint, term.knob.layer, term.input);
        match equal.as_slice() {
            [only] => format!("its largest {noun} is {} with {amount}", name(only)),
            several if several.len() <= MOST_EQUAL => {
                let names: Vec<String> = several.iter().map(name).collect();
                format!(
                    "its largest {noun}s are equally {} with {amount} each",
                    listed(&names)
                )
            }
            several => format!(
                "its largest {noun}s are equally {} inputs with {amount} each",
                several.len()
            ),
        }
    }

    /// What would take it to the other side of `z = 0`, where that means something.
    fn switch(&self) -> String {
        let Formula { z, activation, .. } = *self.formula;
        let Some(what) = crossing(activation, z) else {
            return String::new();
        };
        if z == 0.0 {
            return format!("It stands exactly at its threshold: it {what} if its bias rose at all.");
        }
        let flips = Flips::of(self.formula);
        let bias = Knob::bias(self.formula.at.layer, self.formula.at.neuron);
        let symbol = self.blueprint.symbol(bias).plain();
        let mut ways = Vec::new();
        if let Some(Flip::At(value)) = flips.knob(bias) {
            ways.push(format!("its bias {symbol} {}", self.passed(z > 0.0, value)));
        }
        if let Some((term, value)) = self.most_effective(&flips) {
            let name = source_name(self.blueprint, term.knob.layer, term.input);
            ways.push(format!(
                "{name} {}",
                self.passed((z > 0.0) == (term.weight > 0.0), value)
            ));
        }
        if ways.is_empty() {
            return String::new();
        }
        format!("It {what} if {}.", ways.join(", or if "))
    }

    /// “fell below 1.790” or “rose above 1.790”.
    fn passed(&self, is_downwards: bool, value: f64) -> String {
        if is_downwards {
            format!("fell below {}", self.figures.beside(value, Side::NotAbove))
        } else {
            format!("rose above {}", self.figures.beside(value, Side::NotBelow))
        }
    }

    /// The input that has to move least to bring `z` to 0, among those that can get there.
    fn most_effective(&self, flips: &Flips) -> Option<(&FormulaTerm, f64)> {
        let features = self.features;
        let can_be = |term: &FormulaTerm, value: f64| match term.knob.layer.checked_sub(1) {
            // What others follow, or what follows others, does not move alone.
            None => !features.is_followed(term.input) && features.feature(term.input).is_none(),
            Some(before) => {
                let [from, to] = reach(self.blueprint.layers()[before].neurons[term.input].activation);
                // What lies just beyond has to be reachable, and what is shown may be rounded beyond it too.
                let margin = 10_f64.powi(-(self.figures.decimals as i32)).max(1e-9);
                from + margin < value && value < to - margin
            }
        };
        let reachable = self.formula.terms.iter().filter_map(|term| {
            let value = flips.source(term.input)?.value()?;
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

/// Above and below what an output cannot be; open ends.
fn reach(activation: Activation) -> [f64; 2] {
    let infinity = f64::INFINITY;
    match activation {
        Activation::Linear | Activation::LeakyRelu => [-infinity, infinity],
        Activation::Step | Activation::Sigmoid | Activation::Softmax => [0.0, 1.0],
        Activation::Relu | Activation::Softplus => [0.0, infinity],
        Activation::Elu => [-1.0, infinity],
        Activation::Tanh | Activation::Sine => [-1.0, 1.0],
        // Their least values, a little rounded towards 0.
        Activation::Silu => [-0.278, infinity],
        Activation::Gelu => [-0.169, infinity],
    }
}

/// What can be said of a neuron from its sum.
fn state(activation: Activation, z: f64) -> &'static str {
    use Activation as A;
    let a = activation.of(z);
    match activation {
        A::Step | A::Relu if z > 0.0 => "is on",
        A::Step | A::Relu => "is off",
        A::LeakyRelu if z > 0.0 => "is on",
        A::LeakyRelu if z < 0.0 => "is off and only leaks",
        A::Elu if z > 0.0 => "is on",
        A::Elu if z < -3.0 => "is saturated near −1",
        A::Elu if z < 0.0 => "is off, in its bend",
        A::Sigmoid if a > 0.99 => "is saturated near 1",
        A::Sigmoid if a < 0.01 => "is saturated near 0",
        A::Sigmoid if z > 0.0 => "is above one half",
        A::Sigmoid if z < 0.0 => "is below one half",
        A::Sigmoid => "is at one half",
        A::Tanh if a > 0.99 => "is saturated near 1",
        A::Tanh if a < -0.99 => "is saturated near −1",
        A::Tanh if z > 0.0 => "is positive",
        A::Tanh if z < 0.0 => "is negative",
        A::Softplus if z > 5.0 => "passes on a little more than its sum",
        A::Softplus if z < -5.0 => "is almost off",
        A::Softplus => "is in its bend",
        A::Silu | A::Gelu if z > 0.0 => "lets more than half of its sum through",
        A::Silu | A::Gelu if z < 0.0 => "lets less than half of its sum through",
        A::Linear => "passes its sum on",
        A::Sine => "swings with its sum",
        A::Softmax => "competes with its layer",
        _ => "is at 0",
    }
}

/// What the neuron would do if `z` crossed 0.
pub fn crossing(activation: Activation, z: f64) -> Option<&'static str> {
    use Activation as A;
    Some(match activation {
        A::Step | A::Relu | A::LeakyRelu | A::Elu if z > 0.0 => "would switch off",
        A::Step | A::Relu | A::LeakyRelu | A::Elu => "would switch on",
        A::Sigmoid if z > 0.0 => "would drop below one half",
        A::Sigmoid => "would rise above one half",
        A::Linear | A::Tanh | A::Silu | A::Gelu if z > 0.0 => "would turn negative",
        A::Linear | A::Tanh | A::Silu | A::Gelu => "would turn positive",
        A::Softplus | A::Sine | A::Softmax => return None,
    })
}

/// An activation as the subject of a sentence.
fn function(activation: Activation) -> &'static str {
    match activation {
        Activation::LeakyRelu => "the leak",
        Activation::Sigmoid => "the sigmoid",
        Activation::Sine => "the sine",
        other => other.name(),
    }
}
