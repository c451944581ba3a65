//! How many samples are told right.

/// The class that outputs tell for a sample: of a single output 1 if it is above `middle`, else the largest one (the
/// first of equal ones). `outputs` are `[output][sample]`.
pub fn predicted_class(outputs: &[f64], samples: usize, sample: usize, decision_threshold: f64) -> usize {
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

/// How often each class was told as each class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    classes: usize,
    counts: Vec<usize>,
}

impl ConfusionMatrix {
    /// Counts the samples of `outputs` (`[output][sample]`) whose classes are `labels`.
    ///
    /// # Panics
    /// If a label is not below `classes`, or there are not as many outputs as labels or a multiple of it.
    pub fn from_outputs(outputs: &[f64], labels: &[usize], decision_threshold: f64, classes: usize) -> Self {
        let mut counts = vec![0; classes * classes];
        for (sample, &label) in labels.iter().enumerate() {
            counts[label * classes + predicted_class(outputs, labels.len(), sample, decision_threshold)] += 1;
        }
        Self { classes, counts }
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How many samples of class `label` were told as class `told`.
    pub fn count(&self, label: usize, predicted: usize) -> usize {
        self.counts[label * self.classes + predicted]
    }

    /// How many were told right.
    pub fn correct(&self) -> usize {
        (0..self.classes).map(|class| self.count(class, class)).sum()
    }
}
