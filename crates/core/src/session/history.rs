//! Undo and redo, a step a gesture.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::network::{Knob, Network};

use super::{Course, Document, Gesture, Kept, Range, Target};

/// How much memory the steps may take together, in bytes. Past it the oldest steps are forgotten; the last
/// one never is. A turned knob takes about a hundred bytes, so that is millions of turns.
pub const MEMORY_BUDGET: usize = 256 << 20;

/// One thing that a step changed. It holds the other value: what is not in the document now.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Value(Target, f64),
    Range(Target, Option<Range>),
    Locked(BTreeSet<Knob>),
    Knobs(Vec<f64>),
    Network(Box<Network>),
    Inputs(Vec<f64>),
    Cases(Vec<Vec<f64>>),
    Pins(Vec<Kept>),
    Records(Vec<Kept>),
    Course(Option<Arc<Course>>),
    Document(Box<Document>),
}

impl Piece {
    /// Exchanges the value kept here and the one in the document. Twice is the identity.
    fn swap(&mut self, document: &mut Document) {
        use std::mem::swap;
        match self {
            Self::Value(Target::Knob(knob), value) => {
                if let Some(index) = document.network.blueprint().index_of(*knob) {
                    swap(&mut document.network.knobs_mut()[index], value);
                }
            }
            Self::Value(Target::Input(input), value) => {
                if let Some(slot) = document.inputs.get_mut(*input) {
                    swap(slot, value);
                }
            }
            Self::Range(target, range) => {
                let before = match *range {
                    Some(range) => document.ranges.insert(*target, range),
                    None => document.ranges.remove(target),
                };
                *range = before;
            }
            Self::Locked(locked) => swap(&mut document.locked, locked),
            Self::Knobs(knobs) => document.network.knobs_mut().swap_with_slice(knobs),
            Self::Network(network) => swap(&mut document.network, network),
            Self::Inputs(inputs) => swap(&mut document.inputs, inputs),
            Self::Cases(cases) => swap(&mut document.cases, cases),
            Self::Pins(pins) => swap(&mut document.pins, pins),
            Self::Records(records) => swap(&mut document.records, records),
            Self::Course(course) => swap(&mut document.course, course),
            Self::Document(other) => swap(document, other),
        }
    }

    /// Whether swapping would change nothing, to the last bit for numbers.
    fn is_idle(&self, document: &Document) -> bool {
        match self {
            Self::Value(target, value) => document.value(*target).map(f64::to_bits) == Some(value.to_bits()),
            Self::Range(target, range) => document.ranges.get(target).copied() == *range,
            Self::Locked(locked) => document.locked == *locked,
            Self::Inputs(inputs) => same_bits(&document.inputs, inputs),
            Self::Cases(cases) => {
                let rows = document.cases.iter().zip(cases);
                document.cases.len() == cases.len() && rows.into_iter().all(|(a, b)| same_bits(a, b))
            }
            Self::Pins(pins) => document.pins == *pins,
            Self::Records(records) => document.records == *records,
            Self::Course(course) => document.course == *course,
            Self::Knobs(knobs) => same_bits(document.network.knobs(), knobs),
            Self::Network(network) => document.network == **network,
            Self::Document(_) => false,
        }
    }

    /// Whether this piece and `other` change the same single thing.
    fn is_about_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(a, _), Self::Value(b, _)) | (Self::Range(a, _), Self::Range(b, _)) => a == b,
            (Self::Course(_), Self::Course(_)) => true,
            _ => false,
        }
    }

    /// Whether it can be merged with others into one gesture.
    fn is_merged(&self) -> bool {
        matches!(
            self,
            Self::Value(..) | Self::Range(..) | Self::Knobs(_) | Self::Course(_)
        )
    }

    /// Whether this piece holds all that `other` would bring back, as all knobs hold each of them.
    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Knobs(_), Self::Knobs(_) | Self::Value(Target::Knob(_), _)) => true,
            _ => self.is_about_the_same(other),
        }
    }

    fn bytes(&self) -> usize {
        let network = |network: &Network| 8 * network.blueprint().knob_count() + 1024;
        let kept = |all: &[Kept]| all.iter().map(|one| 80 + 8 * one.numbers()).sum::<usize>();
        let rows = |rows: &Vec<Vec<f64>>| rows.iter().map(|row| 24 + 8 * row.len()).sum::<usize>();
        let beside = match self {
            Self::Value(..) | Self::Range(..) => 0,
            Self::Locked(locked) => 48 * locked.len(),
            Self::Knobs(values) | Self::Inputs(values) => 8 * values.len(),
            Self::Network(other) => network(other),
            Self::Cases(cases) => rows(cases),
            Self::Pins(all) | Self::Records(all) => kept(all),
            Self::Course(course) => course.as_ref().map_or(0, |course| course.bytes()),
            Self::Document(document) => {
                network(&document.network)
                    + rows(&document.cases)
                    + kept(&document.pins)
                    + kept(&document.records)
            }
        };
        size_of::<Self>() + beside
    }
}

fn same_bits(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

/// One undo step.
#[derive(Debug, Clone)]
struct Step {
    label: String,
    gesture: Option<Gesture>,
    pieces: Vec<Piece>,
    /// The document's version on this step's far side: before it while it can be undone, after it while it
    /// can be redone.
    other_version: u64,
}

impl Step {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.label.len() + self.pieces.iter().map(Piece::bytes).sum::<usize>()
    }
}

/// The steps that can be undone and redone, and the version of the document, which tells whether it is the
/// one that was saved.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: std::collections::VecDeque<Step>,
    undone: Vec<Step>,
    bytes: usize,
    version: u64,
    last_version: u64,
}

impl History {
    /// A number that is the same if and only if the document is the same state of this session.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What undo would take back, like “turn w₂₁”; `None` if there is nothing.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.back().map(|step| step.label.as_str())
    }

    /// What redo would do again; `None` if there is nothing.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    /// The number of steps that can be undone.
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether nothing can be undone.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }

    /// Makes a change, given as the pieces with their *new* values, and remembers it.
    ///
    /// If the last step belongs to the same gesture, both become one. A change that changes nothing leaves
    /// no step, and neither does a gesture that came back to where it began. Says whether anything changed.
    pub(super) fn change(
        &mut self,
        document: &mut Document,
        label: impl FnOnce() -> String,
        gesture: Option<Gesture>,
        mut pieces: Vec<Piece>,
    ) -> bool {
        pieces.retain(|piece| !piece.is_idle(document));
        if pieces.is_empty() {
            return false;
        }
        for piece in &mut pieces {
            piece.swap(document);
        }
        let before = self.version;
        self.last_version += 1;
        self.version = self.last_version;
        self.bytes -= self.undone.drain(..).map(|step| step.bytes()).sum::<usize>();
        match self.done.back_mut() {
            Some(step)
                if gesture.is_some()
                    && step.gesture == gesture
                    && step.pieces.iter().chain(&pieces).all(Piece::is_merged) =>
            {
                self.bytes -= step.bytes();
                for piece in pieces {
                    if !step.pieces.iter().any(|known| known.covers(&piece)) {
                        step.pieces.push(piece);
                    }
                }
                // A turn only makes the range stored that was in force anyway, so values alone decide.
                let is_back = |piece: &Piece| matches!(piece, Piece::Range(..)) || piece.is_idle(document);
                if step.pieces.iter().all(is_back) {
                    for piece in step.pieces.iter_mut().rev() {
                        piece.swap(document);
                    }
                    self.version = step.other_version;
                    self.done.pop_back();
                } else {
                    self.bytes += step.bytes();
                }
            }
            _ => {
                let step = Step {
                    label: label(),
                    gesture,
                    pieces,
                    other_version: before,
                };
                self.bytes += step.bytes();
                self.done.push_back(step);
            }
        }
        while self.bytes > MEMORY_BUDGET && self.done.len() > 1 {
            if let Some(oldest) = self.done.pop_front() {
                self.bytes -= oldest.bytes();
            }
        }
        true
    }

    /// Takes the last step back; says whether there was one.
    pub(super) fn undo(&mut self, document: &mut Document) -> bool {
        let Some(mut step) = self.done.pop_back() else {
            return false;
        };
        self.bytes -= step.bytes();
        for piece in step.pieces.iter_mut().rev() {
            piece.swap(document);
        }
        std::mem::swap(&mut step.other_version, &mut self.version);
        self.bytes += step.bytes();
        self.undone.push(step);
        true
    }

    /// Does the last step that was taken back again; says whether there was one.
    pub(super) fn redo(&mut self, document: &mut Document) -> bool {
        let Some(mut step) = self.undone.pop() else {
            return false;
        };
        self.bytes -= step.bytes();
        for piece in &mut step.pieces {
            piece.swap(document);
        }
        std::mem::swap(&mut step.other_version, &mut self.version);
        // A later turn with the same gesture must not join a step that has been undone in between.
        step.gesture = None;
        self.bytes += step.bytes();
        self.done.push_back(step);
        true
    }
}
