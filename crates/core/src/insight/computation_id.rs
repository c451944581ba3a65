//! Identifies one computation of a model.

use std::sync::Arc;

/// Identifies one computation of a model, so that something made from its values, such as a texture, can tell
/// whether it is still up to date.
///
/// Two ids are equal exactly if they are of the same computation, whichever [`Insight`](super::Insight) it
/// belongs to.
#[derive(Debug, Clone, Default)]
pub struct ComputationId(Arc<()>);

impl PartialEq for ComputationId {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ComputationId {}
