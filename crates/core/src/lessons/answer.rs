//! The learner's answers, and their comparison with the true ones.

use crate::session::{Adjustable, Edit, Gesture, Session};
use crate::text::format_ascii;

use super::evaluation::{EvaluatedState, Evaluation, LearnerState};
use super::expression::LessonExpression;
use super::lesson::{Question, QuestionKind, SketchAxis, SketchCurve};
use super::prose::Prose;
use super::sketch::{GOOD_DISTANCE, Sketch, SketchMeasures, TrueCurve};

/// The number of decimals of numbers in the answer log.
const LOG_DECIMALS: usize = 6;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The chosen choices, counted from 0, in order.
    Choices(Vec<usize>),
    /// A number.
    Number(f64),
    /// The numbers in the blanks; `None` for an empty one.
    Blanks(Vec<Option<f64>>),
    /// A curve.
    Sketch(Sketch),
}

/// The true answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Truth {
    /// The right choices, counted from 0, in order.
    Choices(Vec<usize>),
    /// A number.
    Number(f64),
    /// The numbers of the blanks.
    Blanks(Vec<f64>),
    /// A curve.
    Curve(TrueCurve),
}

/// The comparison of an answer with the true one.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// True if the answer is right.
    pub is_right: bool,
    /// For blanks, true for each that is right.
    pub right_blanks: Vec<bool>,
    /// The distance of a number from the true one, or that of a sketch as a part of the axes' height.
    pub distance: Option<f64>,
    /// The replies to this answer.
    pub replies: Vec<Prose>,
}

impl Truth {
    /// Computes the true answer. `given` is the state that the question is about. Returns `None` if it is undefined.
    pub(crate) fn of(question: &Question, given: &Session) -> Option<Self> {
        let evaluation = Evaluation::of_session(given);
        match &question.kind {
            QuestionKind::Choice(choices) | QuestionKind::Choices(choices) => {
                let right = choices.iter().enumerate().filter(|(_, choice)| choice.is_right);
                Some(Self::Choices(right.map(|(index, _)| index).collect()))
            }
            QuestionKind::Number { number, .. } => evaluation.number(&number.value).map(Self::Number),
            QuestionKind::Blanks { .. } => {
                let numbers = question.prose.blanks().map(|blank| evaluation.number(blank));
                numbers.collect::<Option<Vec<f64>>>().map(Self::Blanks)
            }
            QuestionKind::Sketch { curve, .. } => {
                let curve = true_curve(curve, given);
                curve.is_finite().then_some(Self::Curve(curve))
            }
        }
    }

    /// Returns the text of the answer log.
    pub fn to_log(&self) -> String {
        match self {
            Self::Choices(choices) => choice_text(choices),
            Self::Number(number) => format_ascii(*number, LOG_DECIMALS),
            Self::Blanks(numbers) => {
                let texts = numbers.iter().map(|number| format_ascii(*number, LOG_DECIMALS));
                texts.collect::<Vec<_>>().join(";")
            }
            Self::Curve(curve) => curve.to_sketch().to_log(),
        }
    }
}

impl Answer {
    /// Returns the text of the answer log.
    pub fn to_log(&self) -> String {
        match self {
            Self::Choices(choices) => choice_text(choices),
            Self::Number(number) => format_ascii(*number, LOG_DECIMALS),
            Self::Blanks(numbers) => {
                let text = |number: &Option<f64>| {
                    number.map_or_else(String::new, |number| format_ascii(number, LOG_DECIMALS))
                };
                numbers.iter().map(text).collect::<Vec<_>>().join(";")
            }
            Self::Sketch(sketch) => sketch.to_log(),
        }
    }

    /// Returns the number by which conditions know it: a number, or that of a choice, counted from 1.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Choices(choices) => match choices.as_slice() {
                [only] => Some(*only as f64 + 1.0),
                _ => None,
            },
            Self::Number(number) => Some(*number),
            Self::Blanks(numbers) => numbers.last().copied().flatten(),
            Self::Sketch(_) => None,
        }
    }

    /// Compares the answer with the true one; `given` is the state that the question is about.
    pub(crate) fn compare(&self, question: &Question, truth: &Truth, given: &Session) -> Verdict {
        let mut verdict = Verdict {
            is_right: false,
            right_blanks: Vec::new(),
            distance: None,
            replies: Vec::new(),
        };
        match (self, truth, &question.kind) {
            (Self::Choices(chosen), Truth::Choices(right), _) => {
                verdict.is_right = chosen == right;
                let choices = chosen.iter().filter_map(|index| question.choices().get(*index));
                verdict.replies = choices.filter_map(|choice| choice.reply.clone()).collect();
            }
            (Self::Number(number), Truth::Number(truth), QuestionKind::Number { tolerance, .. }) => {
                verdict.distance = Some((number - truth).abs());
                verdict.is_right = is_within(*number, *truth, *tolerance);
                if !verdict.is_right {
                    verdict.replies.extend(reply_to(question, *number, *tolerance));
                }
            }
            (Self::Blanks(numbers), Truth::Blanks(truth), QuestionKind::Blanks { tolerance, .. }) => {
                verdict.right_blanks = truth
                    .iter()
                    .enumerate()
                    .map(|(index, truth)| {
                        let number = numbers.get(index).copied().flatten();
                        number.is_some_and(|number| is_within(number, *truth, *tolerance))
                    })
                    .collect();
                verdict.is_right = verdict.right_blanks.iter().all(|is_right| *is_right);
                let wrong = numbers
                    .iter()
                    .zip(&verdict.right_blanks)
                    .filter(|(_, is_right)| !**is_right);
                let replies: Vec<Prose> = wrong
                    .filter_map(|(number, _)| reply_to(question, (*number)?, *tolerance))
                    .collect();
                verdict.replies = replies;
            }
            (Self::Sketch(sketch), Truth::Curve(curve), QuestionKind::Sketch { good, .. }) => {
                let measures = sketch.measures(curve);
                verdict.distance = Some(measures.off).filter(|off| off.is_finite());
                verdict.is_right = match good {
                    Some(good) => is_good(&good.value, &measures, given),
                    None => measures.off <= GOOD_DISTANCE,
                };
            }
            _ => {}
        }
        verdict
    }
}

/// True if the measures of a sketch meet a condition.
fn is_good(condition: &LessonExpression, measures: &SketchMeasures, given: &Session) -> bool {
    let state = EvaluatedState {
        session: given,
        start: given,
        learner: LearnerState {
            sketch: Some(measures),
            ..LearnerState::default()
        },
    };
    Evaluation::new(state).holds(condition)
}

/// True if a number differs from the true one by at most the tolerance; rounding doesn't decide.
fn is_within(number: f64, truth: f64, tolerance: f64) -> bool {
    (number - truth).abs() <= tolerance + 1e-9 * truth.abs().max(1.0)
}

fn reply_to(question: &Question, number: f64, tolerance: f64) -> Option<Prose> {
    let mut replies = question.replies().iter();
    let reply = replies.find(|reply| is_within(number, reply.number, tolerance.max(1e-9)));
    reply.map(|reply| reply.prose.clone())
}

fn choice_text(choices: &[usize]) -> String {
    let numbers = choices.iter().map(|choice| (choice + 1).to_string());
    numbers.collect::<Vec<_>>().join(";")
}

/// Computes the true curve of a sketch.
fn true_curve(curve: &SketchCurve, given: &Session) -> TrueCurve {
    const GESTURE: Gesture = Gesture(u64::MAX - 2);
    match curve.axis {
        SketchAxis::Adjustable(target) => {
            let range = given.document().range(target);
            let x_range = curve.x_range.unwrap_or([range.min, range.max]);
            let session = std::cell::RefCell::new(unlocked_with_range(given, target, x_range));
            TrueCurve::new(x_range, curve.y_range, |x| {
                let mut session = session.borrow_mut();
                let turn = Edit::Turn {
                    target,
                    value: x,
                    gesture: Some(GESTURE),
                };
                session.apply(turn).ok()?;
                Evaluation::of_session(&session).number(&curve.value.value)
            })
        }
        SketchAxis::Epoch => {
            let branch = &given.run().current_branch;
            let points = branch.metrics.iter().filter_map(|metrics| {
                let name = curve.value.value.text();
                let value = match name {
                    "loss" => Some(metrics.train.loss),
                    "test_loss" => metrics.test.map(|test| test.loss),
                    "accuracy" => metrics.train.accuracy,
                    "test_accuracy" => metrics.test.and_then(|test| test.accuracy),
                    _ => None,
                };
                Some([metrics.epoch as f64, value.filter(|value| value.is_finite())?])
            });
            TrueCurve::from_points(points.collect(), curve.x_range, curve.y_range)
        }
    }
}

/// Returns the session with a knob or an input unlocked, and its range extended to the axis.
fn unlocked_with_range(given: &Session, target: Adjustable, [min, max]: [f64; 2]) -> Session {
    let mut session = given.clone();
    // What the network doesn't have makes every value undefined.
    let _ = session.apply(Edit::UnlockAll);
    let step = session.document().range(target).step;
    let range = crate::session::ValueRange { min, max, step };
    let _ = session.apply(Edit::SetRange { target, range });
    session
}
