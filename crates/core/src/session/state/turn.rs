//! Actions that give numbers other values.

use crate::network::{Follow, Initialisation, Knob};
use crate::session::history::Piece;
use crate::session::{Gesture, Range, Refusal, Target, keep};

use super::Session;

impl Session {
    /// To a value within the range.
    pub(super) fn turn(
        &mut self,
        target: Target,
        value: f64,
        gesture: Option<Gesture>,
    ) -> Result<(), Refusal> {
        self.check_target(target)?;
        if value.is_nan() {
            return Err(Refusal::Unsound(value.to_string()));
        }
        let value = self.document.range(target).clamp(value);
        self.set_value("turn", target, value, gesture)
    }

    pub(super) fn set_range(&mut self, target: Target, range: Range) -> Result<(), Refusal> {
        self.check_target(target)?;
        if !range.is_sound() {
            return Err(Refusal::Unsound(format!("{} to {}", range.min, range.max)));
        }
        let symbol = self.plain(target);
        let range = range.including(self.document.value(target).unwrap_or(0.0));
        let label = || format!("range of {symbol}");
        self.change(label, None, vec![Piece::Range(target, Some(range))]);
        Ok(())
    }

    pub(super) fn set_locked(&mut self, knob: Knob, locked: bool) -> Result<(), Refusal> {
        self.check_target(knob.into())?;
        let mut all = self.document.locked.clone();
        if locked {
            all.insert(knob);
        } else {
            all.remove(&knob);
        }
        let verb = if locked { "lock" } else { "unlock" };
        let symbol = self.plain(knob.into());
        self.change(|| format!("{verb} {symbol}"), None, vec![Piece::Locked(all)]);
        Ok(())
    }

    /// Draws new values for all knobs that are not locked.
    pub(super) fn initialise(&mut self, how: Initialisation) -> Result<(), Refusal> {
        keep::check_all_free(self)?;
        let blueprint = self.document.network.blueprint();
        let mut values = how.values(blueprint);
        for &knob in &self.document.locked {
            if let (Some(index), Some(value)) = (blueprint.index_of(knob), self.document.network.get(knob)) {
                values[index] = value;
            }
        }
        let label = || format!("initialise, {}", how.scheme);
        self.change(label, None, vec![Piece::Knobs(values)]);
        Ok(())
    }

    /// Gives all knobs other values.
    pub(super) fn set_knobs(
        &mut self,
        label: &'static str,
        values: Vec<f64>,
        gesture: Option<Gesture>,
    ) -> Result<(), Refusal> {
        self.check_knobs(&values)?;
        self.change(|| label.into(), gesture, vec![Piece::Knobs(values)]);
        Ok(())
    }

    pub(super) fn set_inputs(&mut self, inputs: Vec<f64>) -> Result<(), Refusal> {
        self.check_rows(std::slice::from_ref(&inputs))?;
        self.change(|| "choose inputs".into(), None, vec![Piece::Inputs(inputs)]);
        Ok(())
    }

    pub(super) fn set_cases(&mut self, mut cases: Vec<Vec<f64>>) -> Result<(), Refusal> {
        self.check_rows(&cases)?;
        let features = self.document.features();
        cases.iter_mut().for_each(|case| features.follow(case));
        self.change(|| "change cases".into(), None, vec![Piece::Cases(cases)]);
        Ok(())
    }

    /// Sets a value, and keeps the range that was in force, widened to hold the new value.
    pub(super) fn set_value(
        &mut self,
        verb: &'static str,
        target: Target,
        value: f64,
        gesture: Option<Gesture>,
    ) -> Result<(), Refusal> {
        self.check_target(target)?;
        if !value.is_finite() {
            return Err(Refusal::Unsound(value.to_string()));
        }
        self.check_free(target)?;
        keep::check_guard(self, target)?;
        if self.document.value(target).map(f64::to_bits) == Some(value.to_bits()) {
            return Ok(());
        }
        let mut pieces = vec![Piece::Value(target, value)];
        let range = self.document.range(target).including(value);
        let kept = self.document.ranges.get(&target).copied().unwrap_or_default();
        if range != kept {
            pieces.push(Piece::Range(target, Some(range)));
        }
        let symbol = target.symbol(self.blueprint());
        self.change(|| format!("{verb} {}", symbol.plain()), gesture, pieces);
        Ok(())
    }

    /// Sets several values in one step, and keeps or widens the range of each.
    pub(super) fn set_many(&mut self, values: &[(Target, f64)]) -> Result<(), Refusal> {
        let mut pieces = Vec::new();
        let mut turned = None;
        for &(target, value) in values {
            self.check_target(target)?;
            if !value.is_finite() {
                return Err(Refusal::Unsound(value.to_string()));
            }
            if self.document.value(target).map(f64::to_bits) == Some(value.to_bits()) {
                continue;
            }
            self.check_free(target)?;
            if let Target::Knob(knob) = target {
                keep::check_guard(self, target)?;
                // Of two knobs in one step the second is one too many.
                match turned {
                    Some(other) if other != knob && self.view.guard => {
                        return Err(Refusal::Guarded(self.blueprint().knob_words(other)));
                    }
                    _ => turned = Some(knob),
                }
            }
            pieces.push(Piece::Value(target, value));
            let range = self.document.range(target).including(value);
            let kept = self.document.ranges.get(&target).copied().unwrap_or_default();
            if range != kept {
                pieces.push(Piece::Range(target, Some(range)));
            }
        }
        let label = match values {
            [(target, _)] => format!("set {}", self.plain(*target)),
            _ => format!("set {} numbers", values.len()),
        };
        let label = || label;
        self.change(label, None, pieces);
        Ok(())
    }

    /// Changes a number of a case, and with it the inputs if they are that case.
    pub(super) fn set_case(&mut self, row: usize, input: usize, value: f64) -> Result<(), Refusal> {
        if !value.is_finite() {
            return Err(Refusal::Unsound(value.to_string()));
        }
        self.check_free(Target::Input(input))?;
        let mut cases = self.document.cases.clone();
        let Some(number) = cases.get_mut(row).and_then(|case| case.get_mut(input)) else {
            return Err(Refusal::NoSuch(format!(
                "input {} in case {}",
                input + 1,
                row + 1
            )));
        };
        *number = value;
        self.document.features().follow(&mut cases[row]);
        let mut pieces = Vec::new();
        if self.document.cases[row] == self.document.inputs {
            pieces.push(Piece::Inputs(cases[row].clone()));
        }
        pieces.push(Piece::Cases(cases));
        self.change(|| format!("change case {}", row + 1), None, pieces);
        Ok(())
    }
}
