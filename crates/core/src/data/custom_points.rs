//! Points that a person sets by hand.

use crate::text::{Localized, Messages};

use super::dataset::DatasetError;
use super::{Dataset, Targets};

/// The maximum number of points.
pub(crate) const MAX_POINTS: usize = 2_000;
/// The maximum number of classes.
pub(crate) const MAX_POINT_CLASSES: usize = 10;

/// A point that a person has set.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomPoint {
    /// The values of the one or two inputs.
    pub inputs: Vec<f64>,
    /// The numeric target, or the index of the class.
    pub target: f64,
}

/// The kind of target that all points have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointTarget {
    /// A number with this name.
    Number(String),
    /// One of these 1 to `MAX_POINT_CLASSES` classes.
    Classes(Vec<String>),
}

/// Points that a person adds, moves and removes: with one input and a numeric target, or with two inputs and
/// a numeric target or a class. There may be no points.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomPoints {
    input_names: Vec<String>,
    target: PointTarget,
    points: Vec<CustomPoint>,
}

/// The reason why points are rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomPointsError {
    /// There are more than [`MAX_POINTS`] points.
    TooMany(usize),
    /// There are no inputs, or more than two.
    WrongInputCount(usize),
    /// The targets are classes but there is only one input.
    ClassesNeedTwoInputs,
    /// There are no classes or too many, or their names are empty or not distinct.
    InvalidClasses,
    /// The point, counted from 1, has an invalid number of inputs, a number that is not finite, or an invalid
    /// target.
    InvalidPoint(usize),
    /// The dataset can't be edited as points.
    NotEditable,
    /// The point, counted from 1, doesn't exist.
    UnknownPoint(usize),
}

impl Localized for CustomPointsError {
    fn message(&self, messages: Messages) -> String {
        match *self {
            Self::TooMany(count) => messages.too_many_points(count, MAX_POINTS),
            Self::WrongInputCount(count) => messages.wrong_input_count_of_points(count),
            Self::ClassesNeedTwoInputs => messages.classes_need_two_inputs().to_owned(),
            Self::InvalidClasses => messages.invalid_classes_of_points(MAX_POINT_CLASSES),
            Self::InvalidPoint(number) => messages.invalid_point(number),
            Self::NotEditable => messages.not_editable_as_points(MAX_POINTS),
            Self::UnknownPoint(number) => messages.unknown_point(number),
        }
    }
}

crate::localized_errors!(CustomPointsError);

impl PointTarget {
    /// Checks the number and the names of classes. The number comes first, so that the time is limited.
    ///
    /// # Errors
    ///
    /// Returns an error if there are no classes or more than [`MAX_POINT_CLASSES`], or if their names are empty or not
    /// distinct.
    pub(crate) fn check(&self) -> Result<(), CustomPointsError> {
        let Self::Classes(classes) = self else {
            return Ok(());
        };
        let is_valid =
            |(index, name): (usize, &String)| !name.trim().is_empty() && !classes[..index].contains(name);
        if (1..=MAX_POINT_CLASSES).contains(&classes.len()) && classes.iter().enumerate().all(is_valid) {
            Ok(())
        } else {
            Err(CustomPointsError::InvalidClasses)
        }
    }
}

impl CustomPoints {
    /// Creates points with the given names of the inputs.
    ///
    /// # Errors
    ///
    /// Returns an error if the number of inputs is not 1 or 2, the classes are invalid, there are too many
    /// points, or a point doesn't have a finite number for each input and a valid target.
    pub fn new(
        names: Vec<String>,
        target: PointTarget,
        points: Vec<CustomPoint>,
    ) -> Result<Self, CustomPointsError> {
        if !(1..=2).contains(&names.len()) {
            return Err(CustomPointsError::WrongInputCount(names.len()));
        }
        if matches!(target, PointTarget::Classes(_)) && names.len() == 1 {
            return Err(CustomPointsError::ClassesNeedTwoInputs);
        }
        target.check()?;
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

    /// Creates an empty set of points with two inputs and two classes.
    pub fn for_classification() -> Self {
        let classes = ["0", "1"].map(str::to_owned).to_vec();
        Self::empty(&["x1", "x2"], PointTarget::Classes(classes))
    }

    /// Creates an empty set of points with one or two inputs and a numeric target.
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

    /// Converts the samples of a dataset to points.
    ///
    /// # Errors
    ///
    /// Returns an error if the dataset has more than two inputs, several targets, too many samples, or
    /// classes that points can't have.
    pub(crate) fn from_dataset(data: &Dataset) -> Result<Self, CustomPointsError> {
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

    /// True if a point has a finite number for each input, and a valid target.
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

    /// Returns the name of each input.
    pub fn input_names(&self) -> &[String] {
        &self.input_names
    }

    /// Returns the kind of target.
    pub fn target(&self) -> &PointTarget {
        &self.target
    }

    /// Returns all points, oldest first.
    pub fn points(&self) -> &[CustomPoint] {
        &self.points
    }

    /// Returns a copy with another point at the end.
    ///
    /// # Errors
    ///
    /// Returns an error if the point is invalid, or if there are [`MAX_POINTS`] points already.
    pub(crate) fn with_point(&self, point: CustomPoint) -> Result<Self, CustomPointsError> {
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

    /// Returns a copy in which a point, counted from 0, is replaced.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no such point, or if the new one is invalid.
    pub(crate) fn with_point_replaced(
        &self,
        index: usize,
        point: CustomPoint,
    ) -> Result<Self, CustomPointsError> {
        if !self.is_valid(&point) {
            return Err(CustomPointsError::InvalidPoint(index + 1));
        }
        let mut all = self.clone();
        *all.points
            .get_mut(index)
            .ok_or(CustomPointsError::UnknownPoint(index + 1))? = point;
        Ok(all)
    }

    /// Returns a copy without a point, counted from 0.
    pub(crate) fn without_point(&self, index: usize) -> Result<Self, CustomPointsError> {
        if index >= self.points.len() {
            return Err(CustomPointsError::UnknownPoint(index + 1));
        }
        let mut all = self.clone();
        all.points.remove(index);
        Ok(all)
    }

    /// Returns a copy with another class, for points that are added later.
    ///
    /// # Errors
    ///
    /// Returns an error if the target is numeric, or if there are `MAX_POINT_CLASSES` classes already.
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

    /// Returns a copy without any points.
    #[must_use]
    pub fn without_points(&self) -> Self {
        Self {
            points: Vec::new(),
            ..self.clone()
        }
    }

    /// Converts the points to a dataset.
    pub(crate) fn to_dataset(&self) -> Result<Dataset, DatasetError> {
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
