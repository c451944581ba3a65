//! The predicted class of a sample, and the confusion matrix.

/// Returns the predicted class of a sample. A single output predicts class 1 if it is above
/// `decision_threshold`; of several outputs the largest one predicts its class (the first of equal ones).
/// `outputs` are `[output][sample]` with `samples` columns.
pub(crate) fn predicted_class(
    outputs: &[f64],
    samples: usize,
    sample: usize,
    decision_threshold: f64,
) -> usize {
    if outputs.len() == samples {
        return usize::from(outputs[sample] > decision_threshold);
    }
    let mut best = 0;
    let mut largest = f64::NEG_INFINITY;
    for (output, &value) in outputs.iter().skip(sample).step_by(samples.max(1)).enumerate() {
        if value > largest {
            (best, largest) = (output, value);
        }
    }
    best
}

/// The number of samples of each true class that were predicted as each class.
///
/// ```
/// use neurodial_core::training::ConfusionMatrix;
///
/// // Two outputs for each of three samples, `[output][sample]`; the larger output predicts the class.
/// let outputs = [0.9, 0.2, 0.6, 0.1, 0.8, 0.4];
/// let confusion = ConfusionMatrix::from_outputs(&outputs, &[0, 1, 1], 0.5, 2);
/// assert_eq!(confusion.count(0, 0) + confusion.count(1, 1), 2); // two are correct
/// assert_eq!(confusion.count(1, 0), 1); // one sample of class 1 was predicted as class 0
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    classes: usize,
    /// The counts, `[true class][predicted class]`.
    counts: Vec<usize>,
}

impl ConfusionMatrix {
    /// Counts the samples of `outputs` by their true class in `labels` and their predicted class. `outputs`
    /// must be `[output][sample]`, with as many samples as `labels` and at most `classes` outputs.
    ///
    /// # Panics
    ///
    /// Panics if a label isn't below `classes`.
    pub fn from_outputs(outputs: &[f64], labels: &[usize], decision_threshold: f64, classes: usize) -> Self {
        let mut counts = vec![0; classes * classes];
        for (sample, &label) in labels.iter().enumerate() {
            counts[label * classes + predicted_class(outputs, labels.len(), sample, decision_threshold)] += 1;
        }
        Self { classes, counts }
    }

    /// Returns the number of classes.
    pub(crate) fn class_count(&self) -> usize {
        self.classes
    }

    /// Returns the number of samples of class `label` that were predicted as class `predicted`.
    pub fn count(&self, label: usize, predicted: usize) -> usize {
        self.counts[label * self.classes + predicted]
    }

    /// Returns the number of samples that were predicted correctly.
    pub fn correct_count(&self) -> usize {
        (0..self.classes).map(|class| self.count(class, class)).sum()
    }
}
