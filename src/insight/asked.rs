//! What panes ask for while they are drawn: which knobs are in view is known only then. Computed at most once a
//! revision, and only if somebody asks.

use std::cell::{Ref, RefCell};

use crate::network::Trace;
use crate::session::{Session, Target};

use super::{Sensitivity, Strips};

/// The answers to the last questions, with the revision that they belong to.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    sensitivity: RefCell<Option<(u64, Sensitivity)>>,
    strips: RefCell<KnownStrips>,
}

#[derive(Debug, Clone, Default)]
struct KnownStrips {
    revision: Option<u64>,
    targets: Vec<Target>,
    strips: Strips,
}

impl Asked {
    pub(super) fn sensitivity(
        &self,
        revision: u64,
        session: &Session,
        trace: &Trace,
    ) -> Ref<'_, Sensitivity> {
        let is_known = matches!(&*self.sensitivity.borrow(), Some((known, _)) if *known == revision);
        if !is_known {
            let mut answer = self.sensitivity.borrow_mut();
            let view = session.view();
            let network = &session.document().network;
            let (known, sensitivity) =
                answer.get_or_insert_with(|| (revision, Sensitivity::of(session, trace)));
            sensitivity.update(network, trace, view.selected, view.quantity);
            *known = revision;
        }
        Ref::map(self.sensitivity.borrow(), |answer| match answer {
            Some((_, sensitivity)) => sensitivity,
            None => unreachable!("it has just been computed"),
        })
    }

    pub(super) fn strips(
        &self,
        revision: u64,
        session: &Session,
        trace: &Trace,
        targets: &[Target],
    ) -> Ref<'_, Strips> {
        let is_known = {
            let known = self.strips.borrow();
            known.revision == Some(revision) && known.targets == targets
        };
        if !is_known {
            let mut known = self.strips.borrow_mut();
            let view = session.view();
            known.targets.clear();
            known.targets.extend_from_slice(targets);
            known
                .strips
                .run(session.document(), trace, view.selected, view.quantity, targets);
            known.revision = Some(revision);
        }
        Ref::map(self.strips.borrow(), |known| &known.strips)
    }
}
