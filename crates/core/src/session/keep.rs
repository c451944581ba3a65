//! Actions on kept states: pins and the rows of the experiments.

use crate::network::Knob;

use super::history::Piece;
use super::kept::{self, MAX_KEPT_NUMBERS, MAX_PINS, MAX_RECORDS};
use super::{Kept, Refusal, Session, Target, View};

pub(super) fn pin(session: &mut Session, name: String) -> Result<(), Refusal> {
    let mut pins = session.document().pins.clone();
    if pins.len() >= MAX_PINS {
        return Err(Refusal::Cases(format!(
            "There are {MAX_PINS} pins already; remove one first"
        )));
    }
    let name = match kept::tidy(&name) {
        name if name.trim().is_empty() => format!("pin {}", pins.len() + 1),
        name => name,
    };
    pins.push(Kept::of(session.document(), name));
    check_numbers(session, &pins, &session.document().records)?;
    let newest = pins.len() - 1;
    session.change(|| "pin".into(), None, vec![Piece::Pins(pins)]);
    session.view_mut().pin = Some(newest);
    Ok(())
}

pub(super) fn rename_pin(session: &mut Session, pin: usize, name: &str) -> Result<(), Refusal> {
    let mut pins = session.document().pins.clone();
    pins.get_mut(pin).ok_or_else(|| no_pin(pin))?.name = kept::tidy(name);
    session.change(|| "rename a pin".into(), None, vec![Piece::Pins(pins)]);
    Ok(())
}

pub(super) fn unpin(session: &mut Session, pin: usize) -> Result<(), Refusal> {
    let mut pins = session.document().pins.clone();
    if pin >= pins.len() {
        return Err(no_pin(pin));
    }
    pins.remove(pin);
    session.change(|| "remove a pin".into(), None, vec![Piece::Pins(pins)]);
    // The ghost stays that of the same pin.
    let view = session.view_mut();
    view.pin = match view.pin {
        Some(shown) if shown == pin => None,
        Some(shown) if shown > pin => Some(shown - 1),
        shown => shown,
    };
    Ok(())
}

pub(super) fn go_to_pin(session: &mut Session, pin: usize) -> Result<(), Refusal> {
    let state = session
        .document()
        .pins
        .get(pin)
        .cloned()
        .ok_or_else(|| no_pin(pin))?;
    go_to(session, "back to a pin", state, Vec::new())
}

pub(super) fn swap_pin(session: &mut Session, pin: usize) -> Result<(), Refusal> {
    let mut pins = session.document().pins.clone();
    let slot = pins.get_mut(pin).ok_or_else(|| no_pin(pin))?;
    let present = Kept::of(session.document(), slot.name.clone());
    let state = std::mem::replace(slot, present);
    go_to(session, "swap with a pin", state, vec![Piece::Pins(pins)])
}

pub(super) fn show_pin(session: &mut Session, pin: Option<usize>) -> Result<(), Refusal> {
    if let Some(pin) = pin {
        let pins = &session.document().pins;
        let kept = pins.get(pin).ok_or_else(|| no_pin(pin))?;
        if !kept.fits(session.document()) {
            return Err(another_network());
        }
    }
    session.view_mut().pin = pin;
    Ok(())
}

pub(super) fn set_guard(session: &mut Session, is_on: bool) -> Result<(), Refusal> {
    if is_on && session.view().pin.is_none() {
        return Err(Refusal::Cases(
            "Pin a state first; the guard compares with it".to_owned(),
        ));
    }
    session.view_mut().guard = is_on;
    Ok(())
}

/// Whether the guard lets something be turned: a knob that differs from the pin already may go on.
pub(super) fn check_guard(session: &Session, target: Target) -> Result<(), Refusal> {
    match (session.guarding_knob(), target) {
        (Some(other), Target::Knob(knob)) if other != knob && !differs(session, knob) => {
            Err(Refusal::Guarded(session.blueprint().knob_words(other)))
        }
        _ => Ok(()),
    }
}

/// Whether the guard lets all knobs be turned at once: never.
pub(super) fn check_all_free(session: &Session) -> Result<(), Refusal> {
    if session.view().guard && session.document().network.knobs().len() > 1 {
        return Err(Refusal::GuardedAll);
    }
    Ok(())
}

fn differs(session: &Session, knob: Knob) -> bool {
    let document = session.document();
    let index = session.blueprint().index_of(knob);
    let pin = session.view().pin.and_then(|pin| document.pins.get(pin));
    match (pin, index) {
        (Some(pin), Some(index)) => pin.knobs.get(index) != document.network.knobs().get(index),
        _ => false,
    }
}

impl Session {
    /// The session as it was at a pin, under the same view but with no pin shown; `None` if there is no such pin, or it
    /// belongs to another network.
    pub fn at_pin(&self, pin: usize) -> Option<Self> {
        let kept = self.document().pins.get(pin)?;
        if !kept.fits(self.document()) {
            return None;
        }
        let mut there = Self::open(self.document().clone(), self.origin().clone());
        go_to_pin(&mut there, pin).ok()?;
        *there.view_mut() = View {
            pin: None,
            guard: false,
            step: None,
            ..self.view().clone()
        };
        there.view_mut().settle(self.document(), false);
        Some(there)
    }

    /// The first knob that differs from the pin that is shown, while the guard lets only one of them differ.
    pub fn guarding_knob(&self) -> Option<Knob> {
        if !self.view().guard {
            return None;
        }
        let pin = self.document().pins.get(self.view().pin?)?;
        let mut pairs = pin.knobs.iter().zip(self.document().network.knobs());
        let first = pairs.position(|(kept, now)| kept != now)?;
        self.blueprint().knob_at(first)
    }
}

pub(super) fn record(session: &mut Session, note: String) -> Result<(), Refusal> {
    let mut records = session.document().records.clone();
    if records.len() >= MAX_RECORDS {
        return Err(Refusal::Cases(format!(
            "There are {MAX_RECORDS} rows already; remove some first"
        )));
    }
    records.push(Kept::of(session.document(), note));
    check_numbers(session, &session.document().pins, &records)?;
    session.change(|| "record a row".into(), None, vec![Piece::Records(records)]);
    Ok(())
}

pub(super) fn annotate(session: &mut Session, record: usize, note: &str) -> Result<(), Refusal> {
    let mut records = session.document().records.clone();
    records.get_mut(record).ok_or_else(|| no_record(record))?.name = kept::tidy(note);
    session.change(|| "annotate a row".into(), None, vec![Piece::Records(records)]);
    Ok(())
}

pub(super) fn remove_record(session: &mut Session, record: usize) -> Result<(), Refusal> {
    let mut records = session.document().records.clone();
    if record >= records.len() {
        return Err(no_record(record));
    }
    records.remove(record);
    session.change(|| "remove a row".into(), None, vec![Piece::Records(records)]);
    Ok(())
}

pub(super) fn go_to_record(session: &mut Session, record: usize) -> Result<(), Refusal> {
    let state = session
        .document()
        .records
        .get(record)
        .cloned()
        .ok_or_else(|| no_record(record))?;
    go_to(session, "back to a row", state, Vec::new())
}

/// One step: all knobs and inputs, and what else changes with them.
fn go_to(session: &mut Session, label: &str, state: Kept, beside: Vec<Piece>) -> Result<(), Refusal> {
    if !state.fits(session.document()) {
        return Err(another_network());
    }
    let mut pieces = beside;
    pieces.push(Piece::Knobs(state.knobs));
    pieces.push(Piece::Inputs(state.inputs));
    session.change(|| label.to_owned(), None, pieces);
    Ok(())
}

fn check_numbers(session: &Session, pins: &[Kept], records: &[Kept]) -> Result<(), Refusal> {
    let each = session.document().network.knobs().len() + session.document().inputs.len();
    if (pins.len() + records.len()) * each <= MAX_KEPT_NUMBERS {
        return Ok(());
    }
    Err(Refusal::Cases(format!(
        "A document keeps up to {MAX_KEPT_NUMBERS} numbers of pins and experiments; remove some first"
    )))
}

fn another_network() -> Refusal {
    Refusal::Cases("This state belongs to another network".to_owned())
}

fn no_pin(pin: usize) -> Refusal {
    Refusal::NoSuch(format!("pin {}", pin + 1))
}

fn no_record(record: usize) -> Refusal {
    Refusal::NoSuch(format!("row {} of the experiments", record + 1))
}
