//! Points that a person sets by hand.

use super::dataset::DatasetError;
use super::{Dataset, Targets};

/// The most points that are kept.
pub const MAX_POINTS: usize = 2_000;
/// The most classes that points can have.
pub const MAX_POINT_CLASSES: usize = 10;

/// One point.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomPoint {
    /// One number or two.
    pub inputs: Vec<f64>,
    /// The number that belongs to it, or its class, counted from 0.
    pub target: f64,
}

/// What the points tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointTarget {
    /// A number of this name.
    Number(String),
    /// One of these classes, 1 to [`MAX_POINT_CLASSES`] of them.
    Classes(Vec<String>),
}

/// Points that a person sets, moves and takes away: with one input and a number, or with two inputs and a number or a
/// class. There may be none.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomPoints {
    input_names: Vec<String>,
    target: PointTarget,
    points: Vec<CustomPoint>,
}

/// Why points are none. Each is one sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustomPointsError {
    /// Too many.
    #[error("{0} points are too many; the most is {MAX_POINTS}")]
    TooMany(usize),
    /// No inputs, or too many.
    #[error("points have one or two inputs, not {0}")]
    WrongInputCount(usize),
    /// Classes on a line.
    #[error("points of classes have two inputs")]
    ClassesNeedTwoInputs,
    /// Classes without names, or too many.
    #[error("points have 1 to {MAX_POINT_CLASSES} different classes, each with a name")]
    InvalidClasses,
    /// A point of another kind, counted from 1.
    #[error("point {0} is not a finite number for each input, and a target")]
    InvalidPoint(usize),
    /// Data that can’t be edited by hand.
    #[error("only data of one or two inputs and up to {MAX_POINTS} samples can be edited as points")]
    NotEditable,
    /// A point that is not there, counted from 1.
    #[error("there is no point {0}")]
    UnknownPoint(usize),
}

impl CustomPoints {
    /// Points with these inputs; none of them may be missing a number.
    ///
    /// # Errors
    /// One sentence: another number of inputs, no classes, too many points, or a number that is not finite.
    pub fn new(names: Vec<String>, target: PointTarget, points: Vec<CustomPoint>) -> Result<Self, CustomPointsError> {
        if !(1..=2).contains(&names.len()) {
            return Err(CustomPointsError::WrongInputCount(names.len()));
        }
        if let PointTarget::Classes(classes) = &target {
            if names.len() == 1 {
                return Err(CustomPointsError::ClassesNeedTwoInputs);
            }
            let has_names = classes.iter().all(|name| !name.trim().is_empty());
            let is_distinct = classes
                .iter()
                .enumerate()
                .all(|(index, name)| !classes[..index].contains(name));
            if !(1..=MAX_POINT_CLASSES).contains(&classes.len()) || !has_names || !is_distinct {
                return Err(CustomPointsError::InvalidClasses);
            }
        }
        if points.len() > MAX_POINTS {
            return Err(CustomPointsError::TooMany(points.len()));
        }
        let empty = Self {
            input_names: names,
            target,
            points: Vec::new(),
        };
        if let Some(index) = points.iter().position(|point| !empty.is_valid(point)) {
            return Err(CustomPointsError::InvalidPoint(index + 1));
        }
        Ok(Self { points, ..empty })
    }

    /// No points yet: of two classes over two inputs.
    pub fn for_classification() -> Self {
        let classes = ["0", "1"].map(str::to_owned).to_vec();
        Self::empty(&["x1", "x2"], PointTarget::Classes(classes))
    }

    /// No points yet: of numbers over one input or two.
    pub fn for_regression(inputs: usize) -> Self {
        let names: &[&str] = if inputs == 1 { &["x"] } else { &["x1", "x2"] };
        Self::empty(names, PointTarget::Number("y".to_owned()))
    }

    fn empty(names: &[&str], target: PointTarget) -> Self {
        Self {
            input_names: names.iter().map(|&name| name.to_owned()).collect(),
            target,
            points: Vec::new(),
        }
    }

    /// The samples of a data set as points.
    ///
    /// # Errors
    /// If it has more than two inputs, several targets, or too many samples.
    pub fn from_dataset(data: &Dataset) -> Result<Self, CustomPointsError> {
        let inputs = data.feature_names().len();
        if data.sample_count() > MAX_POINTS || !(1..=2).contains(&inputs) {
            return Err(CustomPointsError::NotEditable);
        }
        let (target, values) = match data.targets() {
            Targets::Numbers { names, values } if names.len() == 1 => {
                (PointTarget::Number(names[0].clone()), values.clone())
            }
            Targets::Numbers { .. } => return Err(CustomPointsError::NotEditable),
            Targets::Classes { names, labels } => {
                let values = labels.iter().map(|&label| label as f64).collect();
                (PointTarget::Classes(names.clone()), values)
            }
        };
        let point = |(sample, target): (usize, f64)| CustomPoint {
            inputs: (0..inputs).map(|input| data.input(input)[sample]).collect(),
            target,
        };
        let points = values.into_iter().enumerate().map(point).collect();
        Self::new(data.feature_names().to_vec(), target, points).map_err(|_| CustomPointsError::NotEditable)
    }

    /// Whether a point fits the others.
    fn is_valid(&self, point: &CustomPoint) -> bool {
        let is_finite = point
            .inputs
            .iter()
            .chain([&point.target])
            .all(|value| value.is_finite());
        let has_target = match &self.target {
            PointTarget::Number(_) => true,
            PointTarget::Classes(classes) => {
                point.target >= 0.0
                    && point.target < classes.len() as f64
                    && libm::floor(point.target) == point.target
            }
        };
        is_finite && has_target && point.inputs.len() == self.input_names.len()
    }

    /// A name for each input.
    pub fn input_names(&self) -> &[String] {
        &self.input_names
    }

    /// What the points tell.
    pub fn target(&self) -> &PointTarget {
        &self.target
    }

    /// All points, oldest first.
    pub fn points(&self) -> &[CustomPoint] {
        &self.points
    }

    /// With one more, the last.
    ///
    /// # Errors
    /// If it does not fit, or there are too many.
    pub fn with_point(&self, point: CustomPoint) -> Result<Self, CustomPointsError> {
        let index = self.points.len();
        if index == MAX_POINTS {
            return Err(CustomPointsError::TooMany(index + 1));
        }
        if !self.is_valid(&point) {
            return Err(CustomPointsError::InvalidPoint(index + 1));
        }
        let mut all = self.clone();
        all.points.push(point);
        Ok(all)
    }

    /// With another one in place of a point, counted from 0.
    ///
    /// # Errors
    /// If there is none, or it does not fit.
    pub fn with_point_replaced(&self, index: usize, point: CustomPoint) -> Result<Self, CustomPointsError> {
        if !self.is_valid(&point) {
            return Err(CustomPointsError::InvalidPoint(index + 1));
        }
        let mut all = self.clone();
        *all.points.get_mut(index).ok_or(CustomPointsError::UnknownPoint(index + 1))? = point;
        Ok(all)
    }

    /// Without a point, counted from 0.
    ///
    /// # Errors
    /// If there is none.
    pub fn without_point(&self, index: usize) -> Result<Self, CustomPointsError> {
        if index >= self.points.len() {
            return Err(CustomPointsError::UnknownPoint(index + 1));
        }
        let mut all = self.clone();
        all.points.remove(index);
        Ok(all)
    }

    /// With another class, for points that are set from now on.
    ///
    /// # Errors
    /// If these are numbers, or there are too many classes already.
    pub fn with_new_class(&self) -> Result<Self, CustomPointsError> {
        let PointTarget::Classes(classes) = &self.target else {
            return Err(CustomPointsError::InvalidClasses);
        };
        let is_new = |name: &String| !classes.contains(name);
        let name = (classes.len()..).map(|number| number.to_string()).find(is_new);
        let mut classes = classes.clone();
        classes.extend(name);
        let target = PointTarget::Classes(classes);
        Self::new(self.input_names.clone(), target, self.points.clone())
    }

    /// Without any point.
    #[must_use]
    pub fn without_points(&self) -> Self {
        Self {
            points: Vec::new(),
            ..self.clone()
        }
    }

    /// The points as a data set.
    ///
    /// # Errors
    /// If there are none.
    pub fn to_dataset(&self) -> Result<Dataset, DatasetError> {
        let inputs = (0..self.input_names.len())
            .flat_map(|input| self.points.iter().map(move |point| point.inputs[input]))
            .collect();
        let targets = match &self.target {
            PointTarget::Number(name) => Targets::Numbers {
                names: vec![name.clone()],
                values: self.points.iter().map(|point| point.target).collect(),
            },
            PointTarget::Classes(names) => Targets::Classes {
                names: names.clone(),
                labels: self.points.iter().map(|point| point.target as usize).collect(),
            },
        };
        Dataset::new(self.input_names.clone(), inputs, targets)
    }
}
