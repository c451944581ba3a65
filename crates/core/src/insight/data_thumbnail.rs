//! The small picture by which people recognize a dataset.

use crate::data::{Dataset, Targets};
use crate::session::{DataSource, TrainingConfig, TrainingSetupError};

use super::data_plot::PlotValue;

/// The number of samples that are generated for a picture.
const GENERATED_SAMPLES: usize = 160;
/// The maximum number of points of a picture.
const MAX_POINTS: usize = 160;
/// The number of pixels of a picture of a sample, along each side.
const IMAGE_SIDE: usize = 8;
/// The number of pictures of samples.
const IMAGE_COUNT: usize = 4;

/// A small picture of a dataset.
#[derive(Debug, Clone, PartialEq)]
pub enum DataThumbnail {
    /// Samples as points.
    Points(Vec<ThumbnailPoint>),
    /// Samples that are images of 8 × 8 pixels, each with its pixels from 0 to 1, row by row from the top.
    Images(Vec<Vec<f64>>),
}

/// A sample in a small picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThumbnailPoint {
    /// The distance from the left and from the bottom edge, 0 to 1.
    pub position: [f64; 2],
    /// The class, or the target scaled to −1 to 1; 0 if the target is the vertical position. One of two
    /// classes is −1 or 1.
    pub value: PlotValue,
}

impl DataThumbnail {
    /// Creates the picture of data that is not in a file.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such data, such as for custom points without points.
    pub fn from_source(source: &DataSource) -> Result<Self, TrainingSetupError> {
        let config = TrainingConfig {
            samples: GENERATED_SAMPLES,
            ..TrainingConfig::new(source.clone())
        };
        Ok(Self::new(&config.dataset()?))
    }

    /// Creates the picture of a dataset: the first four samples if they are images of 8 × 8 pixels, the target
    /// over a single input, otherwise the last two inputs with the target as color.
    pub fn new(data: &Dataset) -> Self {
        let inputs = data.feature_names().len();
        let has_classes = matches!(data.targets(), Targets::Classes { .. });
        if inputs == IMAGE_SIDE * IMAGE_SIDE && has_classes {
            return Self::Images(first_images(data));
        }
        let step = data.sample_count().div_ceil(MAX_POINTS);
        let samples = || (0..data.sample_count()).step_by(step);
        let values = point_values(data);
        let (across, up, values) = match (inputs, data.targets()) {
            (1, Targets::Numbers { values: targets, .. }) => (
                data.input(0),
                targets.as_slice(),
                vec![PlotValue::Scaled(0.0); data.sample_count()],
            ),
            (1, Targets::Classes { .. }) => (data.input(0), data.input(0), values),
            _ => (data.input(inputs - 2), data.input(inputs - 1), values),
        };
        let position = |values: &[f64]| {
            let low = values.iter().copied().fold(f64::INFINITY, f64::min);
            let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let (middle, width) = (low / 2.0 + high / 2.0, high - low);
            move |value: f64| match width > 0.0 && width.is_finite() {
                true => 0.5 + (value - middle) / width,
                false => 0.5,
            }
        };
        let (x, y) = (position(across), position(up));
        let points = samples().map(|sample| ThumbnailPoint {
            position: [x(across[sample]), y(up[sample])],
            value: values[sample],
        });
        Self::Points(points.collect())
    }
}

/// Returns the value of each sample, which determines its color.
fn point_values(data: &Dataset) -> Vec<PlotValue> {
    match data.targets() {
        Targets::Classes { names, labels } if names.len() <= 2 => {
            let sign = |&label: &usize| PlotValue::Scaled(if label == 1 { 1.0 } else { -1.0 });
            labels.iter().map(sign).collect()
        }
        Targets::Classes { labels, .. } => labels.iter().map(|&label| PlotValue::Class(label)).collect(),
        Targets::Numbers { values, .. } => {
            let targets = &values[..data.sample_count()];
            let largest = targets.iter().fold(0.0, |most: f64, value| most.max(value.abs()));
            let scaled = |&value: &f64| PlotValue::Scaled(if largest > 0.0 { value / largest } else { 0.0 });
            targets.iter().map(scaled).collect()
        }
    }
}

fn first_images(data: &Dataset) -> Vec<Vec<f64>> {
    let largest = data.inputs().iter().copied().fold(0.0, f64::max);
    let scale = if largest > 0.0 { 1.0 / largest } else { 0.0 };
    (0..data.sample_count().min(IMAGE_COUNT))
        .map(|sample| {
            let pixels = 0..IMAGE_SIDE * IMAGE_SIDE;
            pixels
                .map(|pixel| (scale * data.input(pixel)[sample]).clamp(0.0, 1.0))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dataset_has_a_picture_within_its_frame() {
        for source in DataSource::all() {
            match DataThumbnail::from_source(&source) {
                Ok(DataThumbnail::Points(points)) => {
                    assert!(points.len() >= 75, "{}", source.name());
                    for point in points {
                        assert!(point.position.iter().all(|value| (0.0..=1.0).contains(value)));
                    }
                }
                Ok(DataThumbnail::Images(images)) => {
                    assert_eq!(source.name(), "digits");
                    assert_eq!(images.len(), 4);
                    assert!(
                        images
                            .iter()
                            .all(|pixels| pixels.iter().any(|&pixel| pixel > 0.9))
                    );
                }
                Err(e) => panic!("{}: {e}", source.name()),
            }
        }
    }
}
