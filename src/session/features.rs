//! Inputs computed from the others, chosen in the window: data and network change together.

use std::sync::Arc;

use crate::data::Feature;
use crate::network::Surgery;

use super::history::Piece;
use super::{Choice, Course, Document, Refusal, Session};

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
            follow(&mut document, raw, feature, last);
        }
    }
    document.course = Some(Arc::new(changed));
    session.change(
        || "features".into(),
        None,
        vec![Piece::Document(Box::new(document))],
    );
    Ok(())
}

/// Makes the present value of an input what the feature says of the others.
fn follow(document: &mut Document, raw: usize, feature: Feature, input: usize) {
    if let Some(value) = value_of(&document.inputs[..raw], feature) {
        document.inputs[input] = value;
    }
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
