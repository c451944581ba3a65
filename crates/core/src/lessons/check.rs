//! Checks a lesson as a whole: its text, its translations, and every step by playing it.

use std::sync::Arc;

use crate::session::Session;
use crate::text::Locale;

use super::address;
use super::answer::Truth;
use super::evaluation::{EvaluatedState, Evaluation, LearnerState};
use super::expression::LessonExpression;
use super::expression_check::{self, Scope, false_part, text_of};
use super::function::suggestion;
use super::lesson::{
    AnswerKind, Display, FreeKnobs, Lesson, LessonStep, LessonTask, Located, Question, QuestionKind,
    SketchAxis,
};
use super::play::{given_session, located};
use super::problem::{LessonProblem, ProblemKind};
use super::source::{EXTENSION, LessonSource};
use super::stage::{Stage, StageProblem};

/// A lesson with its translations and all problems.
#[derive(Debug, Clone)]
pub struct CheckedLesson {
    /// The lesson in its own language; `None` if it can't be read at all.
    pub original: Option<Arc<Lesson>>,
    /// The lesson in other languages.
    pub translations: Vec<(Locale, Arc<Lesson>)>,
    /// The problems of the original in the order of lines, then those of each translation.
    pub problems: Vec<LessonProblem>,
    /// The number of steps at the beginning without a problem: how far the lesson can be played.
    pub good_steps: usize,
}

/// A step as it was played with its sample solution.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayedStep {
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The kinds of its questions with their true answers, as in the answer log.
    pub answers: Vec<(AnswerKind, String)>,
    /// The sample solution.
    pub solution: Vec<String>,
    /// True if the step is passed by it; `None` for a step without a condition.
    pub is_passed: Option<bool>,
    /// The quantities of the condition with their values at the end.
    pub values: Vec<(String, String)>,
    /// The texts after the step with their numbers.
    pub afterwords: Vec<String>,
}

impl CheckedLesson {
    /// True if there is a problem that is more than a warning.
    pub fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| !problem.is_warning())
    }

    /// Returns the lesson in a language, or else in its own.
    pub fn in_language(&self, locale: Locale) -> Option<&Arc<Lesson>> {
        let translation = self.translations.iter().find(|(other, _)| *other == locale);
        translation.map(|(_, lesson)| lesson).or(self.original.as_ref())
    }
}

/// Returns the name of the original of a translation: `threshold.md` of `threshold.zh-Hans.md`.
pub fn original_name(name: &str) -> Option<(String, Locale)> {
    let stem = name.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let (stem, language) = stem.rsplit_once('.')?;
    let locale = language.parse::<Locale>().ok()?;
    Some((format!("{stem}.{EXTENSION}"), locale))
}

/// Reads a lesson and the translations beside it, and plays it. `panes` are the names of the panes.
pub fn check(source: &LessonSource, panes: &[&str]) -> CheckedLesson {
    let (lesson, mut problems) = Lesson::read(source);
    let mut good_steps = 0;
    let mut translations = Vec::new();
    if let Some(lesson) = &lesson {
        problems.extend(play(lesson, panes));
        problems.sort_by_key(|problem| problem.line);
        problems.dedup();
        let ends = lesson.steps.iter().skip(1).map(|step| step.line);
        let ends = ends.chain(std::iter::once(usize::MAX));
        let broken = problems.iter().filter(|problem| !problem.is_warning());
        let first = broken.filter_map(|problem| problem.line).min();
        good_steps = first.map_or(lesson.steps.len(), |first| {
            ends.filter(|end| *end <= first).count()
        });
        let stem = source.name.strip_suffix(EXTENSION).unwrap_or(&source.name);
        for locale in Locale::ALL {
            if let Some(translation) = source.sibling(&format!("{stem}{}.{EXTENSION}", locale.name())) {
                let (translated, found) = lesson.translated(&translation);
                problems.extend(found);
                translations.push((locale, Arc::new(translated)));
            }
        }
    }
    CheckedLesson {
        original: lesson.map(Arc::new),
        translations,
        problems,
        good_steps,
    }
}

/// Plays all steps of a lesson with their sample solutions.
///
/// # Errors
///
/// Returns the first problem that ends the play-through.
pub fn played_steps(lesson: &Lesson) -> Result<Vec<PlayedStep>, LessonProblem> {
    let mut played = Vec::new();
    let in_file = |problem| located(lesson, problem);
    let mut stage = Stage::new(lesson).map_err(in_file)?;
    for step in &lesson.steps {
        let start = stage.enter(step, &lesson.source.folder).map_err(in_file)?;
        let mut answers = Vec::new();
        for question in step.questions() {
            let given = given_session(&start, question, lesson).map_err(in_file)?;
            let truth = Truth::of(question, &given);
            let text = truth.map_or_else(
                || text_of(&super::evaluation::Value::Undefined),
                |truth| truth.to_log(),
            );
            answers.push((question.answer_kind(), text));
        }
        let mut end = start.clone();
        let task = step.task();
        if let Some(task) = task {
            end.carry_out_all(&task.solution, "solution", &lesson.source.folder)
                .map_err(in_file)?;
        }
        let evaluation = step_evaluation(&start.session, &end.session);
        let pass = task.and_then(|task| task.pass.as_ref());
        played.push(PlayedStep {
            id: step.id.clone(),
            title: step.title.clone(),
            answers,
            solution: task.map_or_else(Vec::new, |task| texts(&task.solution)),
            is_passed: pass.map(|pass| evaluation.holds(&pass.value)),
            values: pass.map_or_else(Vec::new, |pass| quantities(&pass.value, &evaluation)),
            afterwords: step
                .afterwords()
                .map(|prose| {
                    prose.plain_text(|expression, decimals| {
                        super::evaluation::value_text(&evaluation.value(expression), decimals)
                    })
                })
                .collect(),
        });
        stage = end;
    }
    Ok(played)
}

fn texts(instructions: &[Located<super::instruction::Instruction>]) -> Vec<String> {
    instructions
        .iter()
        .map(|instruction| instruction.value.text().to_owned())
        .collect()
}

/// Evaluates in the state after a solution.
fn step_evaluation<'a>(start: &'a Session, end: &'a Session) -> Evaluation<'a> {
    Evaluation::new(EvaluatedState {
        session: end,
        start,
        learner: LearnerState {
            turns: end.history().len(),
            ..LearnerState::default()
        },
    })
}

/// Returns the quantities of a condition with their values.
fn quantities(condition: &LessonExpression, evaluation: &Evaluation<'_>) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for part in condition.conjuncts() {
        if let Ok(part) = LessonExpression::parse(condition.text_of(part)) {
            for value in false_part(&part, evaluation).1 {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
    }
    values
}

/// Checks everything that needs the states of the lesson.
fn play(lesson: &Lesson, panes: &[&str]) -> Vec<LessonProblem> {
    let mut checker = Checker {
        lesson,
        panes,
        problems: Vec::new(),
    };
    checker.panes(&lesson.head.display);
    match Stage::new(lesson) {
        Ok(stage) => checker.steps(stage),
        Err(problem) => {
            checker.add_stage_problem(problem);
            // Without a state only names can be checked.
            for step in &lesson.steps {
                checker.panes(&step.setup.display);
            }
        }
    }
    checker.problems
}

struct Checker<'a> {
    lesson: &'a Lesson,
    panes: &'a [&'a str],
    problems: Vec<LessonProblem>,
}

impl Checker<'_> {
    fn add(&mut self, line: usize, key: Option<&'static str>, kind: ProblemKind) {
        self.add_stage_problem(StageProblem { line, key, kind });
    }

    fn add_stage_problem(&mut self, problem: StageProblem) {
        self.problems.push(located(self.lesson, problem));
    }

    fn panes(&mut self, display: &Display) {
        for pane in display.show.iter().flatten().chain(&display.hide) {
            if !self.panes.contains(&pane.value.as_str()) {
                let near = suggestion(&pane.value, self.panes.iter().copied()).map(str::to_owned);
                let names = self.panes.iter().map(|name| (*name).to_owned()).collect();
                self.add(
                    pane.line,
                    None,
                    ProblemKind::UnknownPane(pane.value.clone(), near, names),
                );
            }
        }
    }

    fn steps(&mut self, mut stage: Stage) {
        let lesson = self.lesson;
        self.prose(&lesson.introduction, &stage.session);
        for step in &lesson.steps {
            self.panes(&step.setup.display);
            match stage.enter(step, &lesson.source.folder) {
                Ok(start) => stage = self.step(step, start),
                Err(problem) => {
                    // The following steps may still be right from the state that is there.
                    self.add_stage_problem(problem);
                }
            }
        }
    }

    /// Checks a step from its start and returns its end.
    fn step(&mut self, step: &LessonStep, start: Stage) -> Stage {
        self.free(step, &start.session);
        self.prose(&step.introduction, &start.session);
        for question in step.questions() {
            self.question(question, &start);
        }
        for hint in step.hints() {
            self.prose(hint, &start.session);
        }
        let end = match step.task() {
            Some(task) => self.task(step, task, &start),
            None => start,
        };
        for prose in step.afterwords() {
            self.prose(prose, &end.session);
        }
        end
    }

    fn free(&mut self, step: &LessonStep, session: &Session) {
        for free in step.setup.free.iter().flatten() {
            let checked = match free.value {
                FreeKnobs::One(target) => address::check(target, session),
                FreeKnobs::Layer(layer) => {
                    let name = format!("layer {}", layer + 1);
                    address::check_layer(session.architecture(), &name, layer)
                }
                FreeKnobs::All | FreeKnobs::Weights | FreeKnobs::Biases => Ok(()),
            };
            if let Err(kind) = checked {
                self.add(free.line, Some("free"), kind);
            }
        }
    }

    fn prose(&mut self, prose: &super::prose::Prose, session: &Session) {
        let found: Vec<(usize, ProblemKind)> = prose
            .expressions()
            .flat_map(|(line, expression)| {
                let problems = expression_check::check(expression, session, Scope::State);
                problems.into_iter().map(move |kind| (line, kind))
            })
            .collect();
        for (line, kind) in found {
            self.add(line, None, kind);
        }
    }

    /// Checks an expression; returns true if it has no problem.
    fn expression(
        &mut self,
        expression: &Located<LessonExpression>,
        key: &'static str,
        session: &Session,
        scope: Scope,
    ) -> bool {
        let problems = expression_check::check(&expression.value, session, scope);
        let is_good = problems.is_empty();
        for kind in problems {
            self.add(expression.line, Some(key), kind);
        }
        is_good
    }

    fn question(&mut self, question: &Question, start: &Stage) {
        let given = match given_session(start, question, self.lesson) {
            Ok(given) => given,
            Err(problem) => return self.add_stage_problem(problem),
        };
        self.prose(&question.prose, &given);
        for choice in question.choices() {
            self.prose(&choice.prose, &given);
        }
        let (line, text, is_good) = match &question.kind {
            QuestionKind::Choice(_) | QuestionKind::Choices(_) => return,
            QuestionKind::Number { number, .. } => {
                let is_good = self.expression(number, "number", &given, Scope::State);
                (number.line, number.value.text().to_owned(), is_good)
            }
            QuestionKind::Sketch { curve, good } => {
                let scope = match curve.axis {
                    SketchAxis::Epoch => Scope::Epochs,
                    SketchAxis::Adjustable(target) => {
                        if let Err(kind) = address::check(target, &given) {
                            return self.add(curve.value.line, Some("sketch"), kind);
                        }
                        Scope::State
                    }
                };
                let mut is_good = self.expression(&curve.value, "sketch", &given, scope);
                if let Some(good) = good {
                    is_good &= self.expression(good, "good", &given, Scope::Sketch);
                }
                (curve.value.line, curve.value.value.text().to_owned(), is_good)
            }
            QuestionKind::Blanks { .. } => {
                let blanks: Vec<&LessonExpression> = question.prose.blanks().collect();
                let evaluation = Evaluation::of_session(&given);
                let empty = blanks
                    .into_iter()
                    .find(|blank| evaluation.number(blank).is_none());
                let text = empty.map_or_else(String::new, |blank| blank.text().to_owned());
                (question.prose.line, text, true)
            }
        };
        if is_good && Truth::of(question, &given).is_none() {
            self.add(line, None, ProblemKind::AnswerNotFinite(text));
        }
    }

    fn task(&mut self, step: &LessonStep, task: &LessonTask, start: &Stage) -> Stage {
        self.prose(&task.prose, &start.session);
        let mut end = start.clone();
        if let Err(problem) = end.carry_out_all(&task.solution, "solution", &self.lesson.source.folder) {
            self.add_stage_problem(problem);
            return start.clone();
        }
        // What a solution loads or adds may have other knobs.
        let is_same_network = end.session.architecture() == start.session.architecture();
        let checked_session = if is_same_network {
            &start.session
        } else {
            &end.session
        };
        for (partly, prose) in &task.partly {
            self.expression(partly, "partly", checked_session, Scope::State);
            self.prose(prose, &start.session);
        }
        let Some(pass) = &task.pass else {
            return end;
        };
        if !self.expression(pass, "pass", checked_session, Scope::State) {
            return end;
        }
        if step_evaluation(&start.session, &start.session).holds(&pass.value) {
            self.add(
                pass.line,
                None,
                ProblemKind::PassedAtStart {
                    step: step.title.clone(),
                    condition: pass.value.text().to_owned(),
                },
            );
        }
        if task.solution.is_empty() {
            return end;
        }
        let evaluation = step_evaluation(&start.session, &end.session);
        if !evaluation.holds(&pass.value) {
            let (condition, values) = false_part(&pass.value, &evaluation);
            drop(evaluation);
            self.add(
                task.solution_line,
                None,
                ProblemKind::NotPassed {
                    step: step.title.clone(),
                    solution: texts(&task.solution).join(", "),
                    condition,
                    values,
                },
            );
        }
        end
    }
}
