//! The content of a lesson.

use std::sync::Arc;

use crate::network::{Architecture, Knob, NeuronAddress};
use crate::session::Adjustable;
use crate::text::Messages;

use super::expression::{Address, LessonExpression, NodeKind};
use super::function::Function;
use super::instruction::Instruction;
use super::prose::Prose;
use super::source::LessonSource;

/// The maximum number of steps of a lesson.
pub const MAX_STEPS: usize = 40;
/// The maximum number of choices of a question.
pub const MAX_CHOICES: usize = 8;
/// The maximum number of hints of a step.
pub const MAX_HINTS: usize = 8;

/// A value with its line in the lesson's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Located<T> {
    /// The line, counted from 1.
    pub line: usize,
    /// The value.
    pub value: T,
}

/// A lesson in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// The text that the lesson was read from, and its folder.
    pub source: LessonSource,
    /// The title.
    pub title: Located<String>,
    /// The settings of the whole lesson.
    pub head: Head,
    /// The text before the first step.
    pub introduction: Prose,
    /// The steps, at least one.
    pub steps: Vec<LessonStep>,
}

/// The settings of a whole lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The line of the block.
    pub line: usize,
    /// The id.
    pub id: String,
    /// The edition, which is raised when a question or a condition changes.
    pub edition: usize,
    /// The time that the lesson takes, in minutes.
    pub minutes: Option<f64>,
    /// The ids of the lessons that should come before.
    pub after: Vec<Located<String>>,
    /// The document that the lesson starts with.
    pub start: Located<StartDocument>,
    /// The changes of that document.
    pub set: Vec<Located<Instruction>>,
    /// The display settings.
    pub display: Display,
}

/// The document that a lesson or a step begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartDocument {
    /// A preset.
    Preset(String),
    /// A file of the lesson's folder.
    File(String),
    /// The JSON block under the head.
    Here(Arc<str>),
}

/// The settings of what is shown. `None` leaves it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Display {
    /// The names of the panes that are shown from here on, in the head the only ones; `None` in the head leaves the
    /// panes as they are.
    pub show: Option<Vec<Located<String>>>,
    /// The names of the panes that are hidden from here on.
    pub hide: Vec<Located<String>>,
    /// The selected neuron.
    pub select: Option<Located<NeuronAddress>>,
    /// The quantity along the tracks of the knobs.
    pub tracks: Option<Located<Tracks>>,
    /// The knob or input that the curves are drawn over.
    pub axis: Option<Located<Adjustable>>,
}

crate::named_enum! {
    /// The quantity whose profile the tracks of the knobs show.
    pub enum Tracks {
        /// The output of the selected neuron.
        Output = "output",
        /// The loss.
        Loss = "loss",
        /// None.
        Nothing = "none",
    }
}

/// A step of a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonStep {
    /// The line of the heading.
    pub line: usize,
    /// The id, which binds the translation and the answer log.
    pub id: String,
    /// The title.
    pub title: String,
    /// The state that it starts with.
    pub setup: StepSetup,
    /// The text before the first part.
    pub introduction: Prose,
    /// The parts, in the order of the text.
    pub parts: Vec<Part>,
}

/// The state that a step starts with: the end of the step before, with these changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepSetup {
    /// The document that is loaded: a preset, or a file of the lesson's folder without its extension.
    pub document: Option<Located<String>>,
    /// The changes, in order.
    pub set: Vec<Located<Instruction>>,
    /// The knobs and inputs that can be changed; all other knobs are locked. `None` leaves the locks as they are in
    /// the document.
    pub free: Option<Vec<Located<FreeKnobs>>>,
    /// The display settings.
    pub display: Display,
    /// The state that is shown behind: the step's start, with these changes.
    pub overlay: Option<Vec<Located<Instruction>>>,
    /// True if the step may be left out.
    pub is_optional: bool,
    /// The edition of the lesson in which the step was changed last.
    pub edition: Option<usize>,
}

/// Knobs that a step unlocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreeKnobs {
    /// All.
    All,
    /// All weights.
    Weights,
    /// All biases.
    Biases,
    /// The knobs of a layer, counted from 0.
    Layer(usize),
    /// A knob, or an input, which is never locked.
    One(Adjustable),
}

impl FreeKnobs {
    /// True if it unlocks the knob.
    pub fn contains(self, knob: Knob) -> bool {
        match self {
            Self::All => true,
            Self::Weights => !knob.is_bias(),
            Self::Biases => knob.is_bias(),
            Self::Layer(layer) => knob.layer == layer,
            Self::One(target) => target == Adjustable::Knob(knob),
        }
    }
}

/// A part of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A question, asked before anything moves.
    Ask(Question),
    /// A task.
    Do(LessonTask),
    /// A hint.
    Hint(Prose),
    /// A text that is shown when the step is passed.
    After(Prose),
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The line of the heading.
    pub line: usize,
    /// The text.
    pub prose: Prose,
    /// The kind of answer.
    pub kind: QuestionKind,
    /// The changes of the step's start that give the state from which the true answer is computed.
    pub given: Vec<Located<Instruction>>,
}

/// The kind of answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum QuestionKind {
    /// One choice is right.
    Choice(Vec<AnswerChoice>),
    /// Several choices are right.
    Choices(Vec<AnswerChoice>),
    /// A number.
    Number {
        /// The true number.
        number: Located<LessonExpression>,
        /// The largest difference of a right answer.
        tolerance: f64,
        /// The replies to wrong numbers.
        replies: Vec<NumberReply>,
    },
    /// A curve that is drawn by hand.
    Sketch {
        /// The true curve.
        curve: SketchCurve,
        /// The condition of a good sketch; `None` for the default.
        good: Option<Located<LessonExpression>>,
    },
    /// Numbers in the gaps of a text; the gaps are those of the prose.
    Blanks {
        /// The largest difference of a right number.
        tolerance: f64,
        /// The replies to wrong numbers in any gap.
        replies: Vec<NumberReply>,
    },
}

/// The kinds of questions, and the task: the `kind` of the answer log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnswerKind {
    /// One choice.
    Choice,
    /// Several choices.
    Choices,
    /// A number.
    Number,
    /// Numbers in gaps.
    Blanks,
    /// A curve.
    Sketch,
    /// A task.
    Do,
}

impl AnswerKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Choice,
        Self::Choices,
        Self::Number,
        Self::Blanks,
        Self::Sketch,
        Self::Do,
    ];

    /// Returns the name in the answer log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Number => "number",
            Self::Blanks => "blanks",
            Self::Sketch => "sketch",
            Self::Do => "do",
        }
    }
}

/// A choice of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerChoice {
    /// The line.
    pub line: usize,
    /// The text.
    pub prose: Prose,
    /// True if it is right.
    pub is_right: bool,
    /// The reply to those who take it.
    pub reply: Option<Prose>,
}

/// The reply to a wrong number.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberReply {
    /// The line.
    pub line: usize,
    /// The wrong number.
    pub number: f64,
    /// The reply.
    pub prose: Prose,
}

/// The true curve of a sketch: `value` over `axis`.
#[derive(Debug, Clone, PartialEq)]
pub struct SketchCurve {
    /// The quantity.
    pub value: Located<LessonExpression>,
    /// The horizontal axis.
    pub axis: SketchAxis,
    /// The ends of the horizontal axis; `None` for the range of the knob or input, or all epochs.
    pub x_range: Option<[f64; 2]>,
    /// The ends of the vertical axis; `None` to fit the curve.
    pub y_range: Option<[f64; 2]>,
}

/// The horizontal axis of a sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SketchAxis {
    /// A knob or an input.
    Adjustable(Adjustable),
    /// The epochs of the run of training.
    Epoch,
}

/// A task.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonTask {
    /// The line of the heading.
    pub line: usize,
    /// The text.
    pub prose: Prose,
    /// The condition by which the step is passed; `None` for a task without one.
    pub pass: Option<Located<LessonExpression>>,
    /// One way to meet it.
    pub solution: Vec<Located<Instruction>>,
    /// The line of the solution.
    pub solution_line: usize,
    /// The conditions of a partial result, each with its sentence.
    pub partly: Vec<(Located<LessonExpression>, Prose)>,
}

impl SketchCurve {
    /// Returns the names of the horizontal and the vertical axis that people read.
    pub fn axis_names(&self, architecture: &Architecture, messages: Messages) -> [String; 2] {
        let across = match self.axis {
            SketchAxis::Adjustable(target) => target.symbol(architecture).to_unicode(),
            SketchAxis::Epoch => messages.lesson_sketch_epoch().to_owned(),
        };
        let up = match &self.value.value.root().kind {
            NodeKind::Address(Address::Output(_)) => messages.lesson_axis_output(),
            NodeKind::Address(Address::WeightedSum(_)) => messages.lesson_axis_weighted_sum(),
            NodeKind::Call { function, .. } => match function {
                Function::Out => messages.lesson_axis_output(),
                Function::Loss => messages.lesson_axis_loss(),
                Function::TestLoss => messages.lesson_axis_test_loss(),
                _ => self.value.value.text(),
            },
            _ => self.value.value.text(),
        };
        [across, up.to_owned()]
    }
}

impl Lesson {
    /// Returns the names of the panes that are shown in a step; `None` if the lesson leaves the panes as they are.
    /// Those that the step itself shows come first: the first pane has the largest part of the window.
    pub fn panes(&self, step: usize) -> Option<Vec<&str>> {
        let mut shown: Option<Vec<&str>> = None;
        let steps = self.steps.iter().take(step.saturating_add(1));
        let displays = steps.map(|step| &step.setup.display);
        for display in std::iter::once(&self.head.display).chain(displays) {
            if let Some(show) = &display.show {
                let before = shown.take().unwrap_or_default();
                let mut panes: Vec<&str> = Vec::new();
                for pane in show.iter().map(|pane| pane.value.as_str()).chain(before) {
                    if !panes.contains(&pane) {
                        panes.push(pane);
                    }
                }
                shown = Some(panes);
            }
            if let Some(shown) = &mut shown {
                shown.retain(|name| display.hide.iter().all(|pane| pane.value != *name));
            }
        }
        shown
    }

    /// Returns the place of the step with an id.
    pub fn step_index(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }
}

impl LessonStep {
    /// Returns the questions, in the order of the text.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.parts.iter().filter_map(|part| match part {
            Part::Ask(question) => Some(question),
            Part::Do(_) | Part::Hint(_) | Part::After(_) => None,
        })
    }

    /// Returns the task.
    pub fn task(&self) -> Option<&LessonTask> {
        self.parts.iter().find_map(|part| match part {
            Part::Do(task) => Some(task),
            Part::Ask(_) | Part::Hint(_) | Part::After(_) => None,
        })
    }

    /// Returns the hints, the weakest first.
    pub fn hints(&self) -> impl Iterator<Item = &Prose> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hint(prose) => Some(prose),
            Part::Ask(_) | Part::Do(_) | Part::After(_) => None,
        })
    }

    /// Returns the texts that are shown when the step is passed.
    pub fn afterwords(&self) -> impl Iterator<Item = &Prose> {
        self.parts.iter().filter_map(|part| match part {
            Part::After(prose) => Some(prose),
            Part::Ask(_) | Part::Do(_) | Part::Hint(_) => None,
        })
    }

    /// Returns the number of questions that stand before the task, which are asked first. Without a task, all do.
    pub fn questions_before_task(&self) -> usize {
        let parts = self.parts.iter();
        let before = parts.take_while(|part| !matches!(part, Part::Do(_)));
        before.filter(|part| matches!(part, Part::Ask(_))).count()
    }
}

impl Question {
    /// Returns the kind of answer.
    pub fn answer_kind(&self) -> AnswerKind {
        match self.kind {
            QuestionKind::Choice(_) => AnswerKind::Choice,
            QuestionKind::Choices(_) => AnswerKind::Choices,
            QuestionKind::Number { .. } => AnswerKind::Number,
            QuestionKind::Sketch { .. } => AnswerKind::Sketch,
            QuestionKind::Blanks { .. } => AnswerKind::Blanks,
        }
    }

    /// Returns the choices; none for other kinds.
    pub fn choices(&self) -> &[AnswerChoice] {
        match &self.kind {
            QuestionKind::Choice(choices) | QuestionKind::Choices(choices) => choices,
            QuestionKind::Number { .. } | QuestionKind::Sketch { .. } | QuestionKind::Blanks { .. } => &[],
        }
    }

    /// Returns the replies to wrong numbers.
    pub fn replies(&self) -> &[NumberReply] {
        match &self.kind {
            QuestionKind::Number { replies, .. } | QuestionKind::Blanks { replies, .. } => replies,
            QuestionKind::Choice(_) | QuestionKind::Choices(_) | QuestionKind::Sketch { .. } => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_that_a_step_shows_come_first_and_hidden_ones_go() {
        let text = "# T\n\n```toml\nformat = 1\nid = \"t\"\nstart = { preset = \"neuron\" }\nshow = [\"knobs\", \"curves\"]\n```\n\n\
            ## A {#a}\n\n## B {#b}\n\n```toml\nshow = [\"code\", \"curves\"]\nhide = [\"knobs\"]\n```\n";
        let (lesson, problems) = Lesson::read(&LessonSource::from_text("t.md", text));
        let lesson = lesson.unwrap();
        assert_eq!(problems, []);
        assert_eq!(lesson.panes(0), Some(vec!["knobs", "curves"]));
        assert_eq!(lesson.panes(1), Some(vec!["code", "curves"]));
    }
}
