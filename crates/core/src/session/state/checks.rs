//! Whether an action can be done: what it names is there, and its numbers are sound.

use crate::network::{NeuronAt, Surgery};
use crate::session::{Refusal, Target, document};

use super::Session;

impl Session {
    pub(super) fn check_target(&self, target: Target) -> Result<(), Refusal> {
        if target.is_in(self.blueprint()) {
            Ok(())
        } else {
            Err(Refusal::NoSuch(target.to_string()))
        }
    }

    /// Whether a hand can turn it.
    pub(super) fn check_free(&self, target: Target) -> Result<(), Refusal> {
        if let Target::Input(input) = target
            && let Some(feature) = self.document.features().feature(input)
        {
            let symbol = |source: usize| Target::Input(source).symbol(self.blueprint()).plain();
            let [left, right] = feature.sources();
            let (sources, instead) = if left == right {
                (symbol(left), "that")
            } else {
                (format!("{} and {}", symbol(left), symbol(right)), "those")
            };
            let input = target.words(self.blueprint());
            return Err(Refusal::Follows {
                input,
                sources,
                instead,
            });
        }
        if self.document.is_locked(target) {
            return Err(Refusal::Locked(target.words(self.blueprint())));
        }
        Ok(())
    }

    pub(super) fn check_neuron(&self, layer: usize, neuron: usize) -> Result<(), Refusal> {
        if self.blueprint().has_neuron(layer, neuron) {
            Ok(())
        } else {
            Err(Refusal::NoSuch(format!(
                "neuron {} in layer {}",
                neuron + 1,
                layer + 1
            )))
        }
    }

    pub(super) fn check_surgery(&self, surgery: Surgery) -> Result<(), Refusal> {
        match surgery {
            Surgery::AddInput => {
                check_case_numbers(self.document.cases.len(), self.document.inputs.len() + 1)
            }
            Surgery::RemoveInput(input) => self.check_target(Target::Input(input)),
            Surgery::AddNeuron { layer } | Surgery::RemoveLayer(layer) => self.check_neuron(layer, 0),
            Surgery::RemoveNeuron(NeuronAt { layer, neuron }) => self.check_neuron(layer, neuron),
            Surgery::AddLayer { before } => match before.checked_sub(1) {
                None => Ok(()),
                Some(layer) => self.check_neuron(layer, 0),
            },
        }
    }

    pub(super) fn check_knobs(&self, values: &[f64]) -> Result<(), Refusal> {
        let present = self.document.network.knobs();
        if values.len() != present.len() {
            let (got, wanted) = (values.len(), present.len());
            return Err(Refusal::Knobs(format!(
                "{got} values are not one for each of the {wanted} knobs"
            )));
        }
        let blueprint = self.document.network.blueprint();
        let symbol = |index: usize| blueprint.knob_at(index).map(|knob| blueprint.knob_words(knob));
        if let Some(index) = values.iter().position(|value| !value.is_finite()) {
            let who = symbol(index).unwrap_or_default();
            return Err(Refusal::Knobs(format!("The {who} would not be a finite number")));
        }
        for &knob in &self.document.locked {
            let is_kept = |index: usize| values[index].to_bits() == present[index].to_bits();
            if !blueprint.index_of(knob).is_none_or(is_kept) {
                return Err(Refusal::Locked(blueprint.knob_words(knob)));
            }
        }
        Ok(())
    }

    pub(super) fn check_rows(&self, rows: &[Vec<f64>]) -> Result<(), Refusal> {
        let inputs = self.document.inputs.len();
        if rows.len() > document::MAX_CASES {
            let most = document::MAX_CASES;
            return Err(Refusal::Cases(format!(
                "{} cases are too many; the table holds {most}",
                rows.len()
            )));
        }
        check_case_numbers(rows.len(), inputs)?;
        for (index, row) in rows.iter().enumerate() {
            if row.len() != inputs {
                let (row_number, got) = (index + 1, row.len());
                return Err(Refusal::Cases(format!(
                    "Row {row_number} has {got} numbers; this network has {inputs} inputs"
                )));
            }
            if row.iter().any(|value| !value.is_finite()) {
                return Err(Refusal::Unsound(format!("A value in row {}", index + 1)));
            }
        }
        Ok(())
    }
}

fn check_case_numbers(rows: usize, inputs: usize) -> Result<(), Refusal> {
    let most = document::MAX_CASE_NUMBERS;
    if rows * inputs <= most {
        return Ok(());
    }
    Err(Refusal::Cases(format!(
        "{rows} cases of {inputs} inputs are too many; the table holds {most} numbers"
    )))
}
