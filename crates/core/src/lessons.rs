//! Lessons: steps with questions and tasks, in which a person predicts, turns knobs and looks.
//!
//! A lesson is a Markdown file with small `toml` blocks; `docs/lessons.md` describes the format for teachers.
//! [`Lesson::read`] reads it and returns all problems of the text, [`Lesson::translated`] binds a translation to it, and
//! [`check()`] plays it: every condition has to be false at the start of its step and true after the sample solution.
//!
//! # A play-through
//! [`LessonRun`] holds one play-through: the current step, answers, hints and what was passed. It draws nothing and has
//! no clock. A lesson plays in an ordinary [`Session`](crate::session::Session), so that everything can be turned,
//! undone and trained as always. Functions that change the state return the session that is to be shown from then on,
//! as after opening a document; knobs that a step doesn't unlock are locked in its document.
//!
//! ```
//! use std::sync::Arc;
//! use neurodial_core::lessons::{Answer, GoOn, Lesson, LessonRun, LessonSource};
//! use neurodial_core::network::Knob;
//! use neurodial_core::session::{Adjustable, Edit};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let text = concat!(
//!     "# Bias\n\n```toml\nformat = 1\nid = \"bias\"\nstart = { preset = \"neuron\" }\n```\n\n",
//!     "## Raise it {#raise}\n\n```toml\nfree = [\"b[1,1]\"]\n```\n\n",
//!     "### Ask\n\nThe line moves …\n\n- [x] up\n- [ ] down\n  - Each output is the bias larger.\n\n",
//!     "### Do\n\n```toml\npass = \"near(b[1,1], 2, 0.05)\"\nsolution = [\"b[1,1]=2\"]\n```\n",
//! );
//! let (lesson, problems) = Lesson::read(&LessonSource::from_text("bias.md", text));
//! assert_eq!(problems, []);
//! let (mut run, mut session) = LessonRun::new(Arc::new(lesson.ok_or("no lesson")?))?;
//!
//! assert_eq!(run.current_question(), Some(0)); // the prediction comes first
//! let verdict = run.answer(0, Answer::Choices(vec![1]), &session, 4.0).ok_or("no question")?;
//! assert!(!verdict.is_right && verdict.replies.len() == 1);
//!
//! let bias = Adjustable::Knob(Knob::bias(0, 0));
//! session.apply(Edit::Set { target: bias, value: 2.0 })?;
//! assert!(run.update(&session, 9.0)); // passed
//! assert!(matches!(run.go_on(&session, 10.0)?, GoOn::Finished));
//! assert_eq!(run.take_events().len(), 3); // shown, answer, pass
//! # Ok(())
//! # }
//! ```
//!
//! In the window, each frame calls [`LessonRun::update`] and draws [`LessonRun::step`]: the introduction, then the
//! question of [`LessonRun::current_question`], the task once [`LessonRun::is_task_due`], hints on request
//! ([`LessonRun::show_hint`]), and [`LessonRun::afterwords`]. [`Prose::blocks`] divides a text into paragraphs;
//! [`Evaluation::value`] has the numbers in it, and [`value_text`] writes them. [`LessonRun::take_events`] is for the
//! answer log ([`log`]).
//!
//! A module uses only modules above it in this table.
//!
//! | module | contents |
//! | --- | --- |
//! | [`function`] | the quantities and functions of conditions |
//! | [`expression`] | [`LessonExpression`]: a condition or a quantity, and the reader of it |
//! | `prose` | [`Prose`]: Markdown with numbers and blanks |
//! | [`instruction`] | [`Instruction`]: a line of `set`, `given` and `solution` |
//! | [`source`] | [`LessonSource`]: the text of a lesson and its folder, outside of which nothing is read |
//! | [`lesson`] | [`Lesson`]: head, steps, questions and tasks |
//! | [`problem`] | [`LessonProblem`]: file, line, and what is wrong |
//! | `outline`, `raw_lesson`, `toml_block`, `settings`, `reader` | the reader of lessons |
//! | `translation` | the texts of a lesson in another language |
//! | [`sketch`] | [`Sketch`]: a curve drawn by hand, compared with the true one |
//! | `cell_quantity` | the quantities of the nerve cell |
//! | [`evaluation`] | [`Evaluation`]: the values of expressions |
//! | `address` | checks that the network has what an address names |
//! | `training` | training within a sample solution |
//! | `stage` | the session in which a lesson plays, and its changes by instructions |
//! | [`answer`] | [`Answer`] and [`Truth`] |
//! | [`log`] | the answer log: rows, writer and reader |
//! | [`play`] | [`LessonRun`]: one play-through |
//! | `expression_check`, [`check`](mod@check) | the checks of a whole lesson |
//! | [`summary`] | the answers of a class |
//! | [`suggestion`] | conditions suggested from what a teacher did |
//! | [`template`] | the text of a new lesson |

mod address;
pub mod answer;
mod cell_quantity;
pub mod check;
pub mod evaluation;
pub mod expression;
mod expression_check;
pub mod function;
pub mod instruction;
pub mod lesson;
pub mod log;
mod outline;
pub mod play;
pub mod problem;
mod prose;
mod raw_lesson;
mod reader;
mod settings;
pub mod sketch;
pub mod source;
mod stage;
pub mod suggestion;
pub mod summary;
pub mod template;
mod toml_block;
mod training;
mod translation;

pub use answer::{Answer, Truth, Verdict};
pub use check::{CheckedLesson, PlayedStep, check, played_steps};
pub use evaluation::{Evaluation, Value, value_text};
pub use expression::LessonExpression;
pub use instruction::Instruction;
pub use lesson::{
    AnswerChoice, AnswerKind, Display, FreeKnobs, Head, Lesson, LessonStep, LessonTask, Located, NumberReply,
    Part, Question, QuestionKind, SketchAxis, SketchCurve, StartDocument, StepSetup, Tracks,
};
pub use play::{GoOn, LessonRun, QuestionState, StepState};
pub use problem::{LessonProblem, ProblemKind};
pub use prose::{Prose, ProseBlock, ProseSpan};
pub use sketch::{Sketch, SketchMeasures, TrueCurve};
pub use source::{BundledFile, LessonFolder, LessonSource};
