//! Inputs computed from the others: they follow them, and are chosen for data and network at once.

use std::sync::Arc;

use crate::data::Feature;
use crate::network::{Follow, Surgery};

use super::history::Piece;
use super::{Choice, Course, Document, Refusal, Session};

/// The inputs of a network that are computed from the others, which come before them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Features<'a> {
    /// How many inputs are not computed.
    raw: usize,
    all: &'a [Feature],
}

impl<'a> Features<'a> {
    /// What an input is computed by; `None` if it is not.
    pub fn feature(&self, input: usize) -> Option<Feature> {
        self.all.get(input.checked_sub(self.raw)?).copied()
    }

    /// The inputs that are computed, ascending, and by what.
    pub fn computed(&self) -> impl Iterator<Item = (usize, Feature)> + use<'a> {
        let raw = self.raw;
        self.all
            .iter()
            .enumerate()
            .map(move |(index, &feature)| (raw + index, feature))
    }

    /// They as they can be kept.
    pub fn to_owned(&self) -> (usize, Vec<Feature>) {
        (self.raw, self.all.to_vec())
    }

    /// Whether they are those that were kept.
    pub fn are(&self, (raw, all): &(usize, Vec<Feature>)) -> bool {
        (self.raw, self.all) == (*raw, all.as_slice())
    }
}

impl Follow for Features<'_> {
    fn is_followed(&self, input: usize) -> bool {
        self.all.iter().any(|feature| feature.sources().contains(&input))
    }

    fn follow(&self, inputs: &mut [f64]) {
        for (input, feature) in self.computed() {
            // What has become too large for a number stays one.
            let value = feature.of(|index| inputs[index]).clamp(-f64::MAX, f64::MAX);
            if let Some(slot) = inputs.get_mut(input) {
                *slot = value;
            }
        }
    }
}

impl Document {
    /// The inputs that are computed from the others: none if the network has not the inputs of the data.
    pub fn features(&self) -> Features<'_> {
        self.features_with(self.course.as_ref())
    }

    /// The same with other data.
    pub(super) fn features_with<'a>(&self, course: Option<&'a Arc<Course>>) -> Features<'a> {
        let Some(course) = course else {
            return Features::default();
        };
        let all = course.choice().features.as_slice();
        let Some(raw) = self.inputs.len().checked_sub(all.len()) else {
            return Features::default();
        };
        // Where the data is not there, they are what they were when it was.
        let fits = match course.material() {
            Ok(_) => course.raw_inputs() == raw,
            Err(_) => all
                .iter()
                .all(|feature| feature.sources().iter().all(|&index| index < raw)),
        };
        if fits {
            Features { raw, all }
        } else {
            Features::default()
        }
    }

    /// Makes the inputs that are computed what the others say.
    pub(super) fn follow(&mut self) {
        let mut inputs = std::mem::take(&mut self.inputs);
        let mut cases = std::mem::take(&mut self.cases);
        self.inputs.clone_from(&inputs);
        let features = self.features();
        features.follow(&mut inputs);
        cases.iter_mut().for_each(|case| features.follow(case));
        (self.inputs, self.cases) = (inputs, cases);
    }
}

/// Chooses the features. A network that fits the data gets and loses inputs with them; a new one changes nothing until
/// its weights are turned.
pub(super) fn set(session: &mut Session, wanted: Vec<Feature>) -> Result<(), Refusal> {
    let course = session.course().ok_or(Refusal::NoData)?;
    let before = course.choice().features.clone();
    // Those that stay keep their place, so that their weights stay theirs.
    let stays = before.iter().filter(|feature| wanted.contains(feature));
    let comes = wanted.iter().filter(|feature| !before.contains(feature));
    let features: Vec<Feature> = stays.chain(comes).copied().collect();
    let choice = Choice {
        features: features.clone(),
        ..course.choice().clone()
    };
    let raw = course.raw_inputs();
    let changed = course.changed(choice).map_err(|e| Refusal::Data(e.to_string()))?;
    let mut document = session.document().clone();
    if document.inputs.len() == raw + before.len() {
        for (index, _) in before
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, feature)| !features.contains(feature))
        {
            document = document.operated(Surgery::RemoveInput(raw + index))?;
        }
        for &feature in features.iter().filter(|feature| !before.contains(feature)) {
            document = document.operated(Surgery::AddInput)?;
            let last = document.inputs.len() - 1;
            document.network.set_input_name(last, Some(feature.symbol()));
        }
    }
    document.course = Some(Arc::new(changed));
    document.follow();
    session.change(
        || "features".into(),
        None,
        vec![Piece::Document(Box::new(document))],
    );
    Ok(())
}

fn value_of(inputs: &[f64], feature: Feature) -> Option<f64> {
    let value = *feature.values(inputs, 1)?.first()?;
    value.is_finite().then_some(value)
}

impl Course {
    /// The inputs of a network for one sample whose raw inputs these are: the features follow them. `None` if there are
    /// fewer than the data has.
    pub fn with_features(&self, raw: &[f64]) -> Option<Vec<f64>> {
        let mut inputs = raw.get(..self.raw_inputs())?.to_vec();
        for &feature in &self.choice().features {
            inputs.push(value_of(raw, feature)?);
        }
        Some(inputs)
    }
}
