//! What panes ask for while they are drawn: which knobs are in view is known only then. Computed at most once a
//! revision, and only if somebody asks.

use std::cell::{Ref, RefCell};
use std::sync::Arc;

use crate::network::Trace;
use crate::session::{RunState, Session, Target};

use super::{Beside, Exam, Sensitivity, Strips};

/// The answers to the last questions, with the revision that they belong to.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    exam: RefCell<Known<Option<Result<Exam, String>>>>,
    sensitivity: RefCell<Known<Sensitivity>>,
    strips: RefCell<Known<Strips>>,
    /// Those that the strips are of.
    targets: RefCell<Vec<Target>>,
    beside: RefCell<Option<Box<Beside>>>,
}

#[derive(Debug, Clone)]
struct Known<T> {
    revision: Option<u64>,
    answer: T,
}

impl<T> Known<T> {
    fn nothing(answer: T) -> RefCell<Self> {
        RefCell::new(Self {
            revision: None,
            answer,
        })
    }
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            exam: Known::nothing(None),
            sensitivity: Known::nothing(Sensitivity::empty()),
            strips: Known::nothing(Strips::default()),
            targets: RefCell::default(),
            beside: RefCell::default(),
        }
    }
}

impl Asked {
    /// The data to train with, run through the network; `None` without data, a sentence if it does not fit.
    pub(super) fn exam(&self, revision: u64, session: &Session) -> Ref<'_, Option<Result<Exam, String>>> {
        if self.exam.borrow().revision != Some(revision) {
            let mut known = self.exam.borrow_mut();
            let (document, course) = (session.document(), session.course());
            known.answer = match (known.answer.take(), course) {
                (_, None) => None,
                (Some(Ok(mut exam)), Some(course)) if exam.is_for(document, course) => {
                    exam.run(&document.network);
                    Some(Ok(exam))
                }
                (_, Some(course)) => Some(Exam::new(document, &Arc::clone(course))),
            };
            known.revision = Some(revision);
        }
        Ref::map(self.exam.borrow(), |known| &known.answer)
    }

    /// Nothing where the loss is asked for and the data does not fit.
    pub(super) fn sensitivity(
        &self,
        revision: u64,
        session: &Session,
        trace: &Trace,
    ) -> Option<Ref<'_, Sensitivity>> {
        let told_of = session.view().neuron_told_of(session.blueprint());
        if self.sensitivity.borrow().revision != Some(revision) {
            let document = session.document();
            let mut known = self.sensitivity.borrow_mut();
            match told_of {
                Some((at, quantity)) => known.answer.update(document, trace, at, quantity),
                None => match &*self.exam(revision, session) {
                    Some(Ok(exam)) => known.answer.update_loss(&document.network, exam),
                    None | Some(Err(_)) => return None,
                },
            }
            known.revision = Some(revision);
        }
        Some(Ref::map(self.sensitivity.borrow(), |known| &known.answer))
    }

    /// The session at the pin that is shown.
    pub(super) fn beside(&self, session: &Session) -> Option<Ref<'_, Beside>> {
        let is_known = self
            .beside
            .borrow()
            .as_ref()
            .is_some_and(|known| known.is_of(session));
        if !is_known {
            *self.beside.borrow_mut() = Beside::of(session).map(Box::new);
        }
        Ref::filter_map(self.beside.borrow(), |known| known.as_deref()).ok()
    }

    /// Where the loss is least along one of the strips that were asked for last.
    pub(super) fn lowest(&self, revision: u64, target: Target) -> Option<f64> {
        let known = self.strips.borrow();
        let index = self.targets.borrow().iter().position(|&other| other == target)?;
        let is_known = known.revision == Some(revision) && known.answer.measured().is_some();
        if is_known {
            known.answer.lowest(index)
        } else {
            None
        }
    }

    /// Nothing where the loss is asked for and the data does not fit.
    pub(super) fn strips(
        &self,
        revision: u64,
        session: &Session,
        trace: &Trace,
        targets: &[Target],
    ) -> Option<Ref<'_, Strips>> {
        let is_known = self.strips.borrow().revision == Some(revision) && *self.targets.borrow() == targets;
        if !is_known {
            let document = session.document();
            let mut known = self.strips.borrow_mut();
            match session.view().neuron_told_of(session.blueprint()) {
                Some((at, quantity)) => known.answer.run(document, trace, at, quantity, targets),
                None => match &*self.exam(revision, session) {
                    Some(Ok(exam)) => {
                        let is_playing = session.run().state == RunState::Playing;
                        known.answer.be_brief(is_playing);
                        known.answer.run_loss(document, exam, targets);
                    }
                    None | Some(Err(_)) => return None,
                },
            }
            known.revision = Some(revision);
            let mut known = self.targets.borrow_mut();
            known.clear();
            known.extend_from_slice(targets);
        }
        Some(Ref::map(self.strips.borrow(), |known| &known.answer))
    }
}
