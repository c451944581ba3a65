//! One play-through of a lesson: the current step, answers, hints, and what was passed.

use std::sync::Arc;

use crate::session::Session;

use super::answer::{Answer, Truth, Verdict};
use super::evaluation::{EvaluatedState, Evaluation, LearnerState};
use super::lesson::{AnswerKind, Lesson, LessonStep, LessonTask, Question};
use super::log::{LogEvent, LogEventKind};
use super::problem::LessonProblem;
use super::prose::Prose;
use super::stage::{Stage, StageProblem};

/// The maximum number of knobs that a row of the answer log lists.
const MAX_LOGGED_KNOBS: usize = 20;

/// One play-through of a lesson.
///
/// It holds everything about the play-through but the session itself: functions that change the state return the
/// session that is to be shown from then on. The learner's own session can be put aside in it.
#[derive(Debug, Clone)]
pub struct LessonRun {
    lesson: Arc<Lesson>,
    before_first: Stage,
    step: usize,
    states: Vec<StepState>,
    own_work: Option<Box<Session>>,
    events: Vec<LogEvent>,
}

/// The progress of a step.
#[derive(Debug, Clone, Default)]
pub struct StepState {
    start: Option<Stage>,
    /// The session as the step was left.
    latest: Option<Session>,
    questions: Vec<QuestionState>,
    is_passed: bool,
    is_skipped: bool,
    is_solution_shown: bool,
    hints: usize,
    tries: usize,
    /// The length of the undo history for which the condition was evaluated last, and the revision.
    evaluated_revision: Option<u64>,
}

/// The answers to a question.
#[derive(Debug, Clone, Default)]
pub struct QuestionState {
    answers: Vec<(Answer, Verdict)>,
    truth: Option<Truth>,
}

/// The end of a step.
#[derive(Debug, Clone)]
pub enum GoOn {
    /// The next step begins in this session.
    Step(Box<Session>),
    /// The lesson is finished.
    Finished,
}

impl StepState {
    /// True if the condition was met, or all questions of a step without a task were answered.
    pub fn is_passed(&self) -> bool {
        self.is_passed
    }

    /// True if the learner went on without passing.
    pub fn is_skipped(&self) -> bool {
        self.is_skipped
    }

    /// True if the sample solution was shown.
    pub fn is_solution_shown(&self) -> bool {
        self.is_solution_shown
    }

    /// Returns the number of hints that were shown.
    pub fn hints(&self) -> usize {
        self.hints
    }

    /// Returns the number of answers and tries.
    pub fn tries(&self) -> usize {
        self.tries
    }

    /// Returns the session at the step's start; `None` if it was not shown yet.
    pub fn start(&self) -> Option<&Session> {
        self.start.as_ref().map(|stage| &stage.session)
    }

    /// Returns the progress of a question.
    pub fn question(&self, question: usize) -> Option<&QuestionState> {
        self.questions.get(question)
    }
}

impl QuestionState {
    /// Returns the last answer with its verdict.
    pub fn last(&self) -> Option<&(Answer, Verdict)> {
        self.answers.last()
    }

    /// Returns the number of answers.
    pub fn count(&self) -> usize {
        self.answers.len()
    }

    /// Returns the true answer, once the learner has answered.
    pub fn revealed(&self) -> Option<&Truth> {
        self.truth.as_ref().filter(|_| !self.answers.is_empty())
    }
}

impl LessonRun {
    /// Begins a lesson. Returns the run and the session of the first step.
    ///
    /// # Errors
    ///
    /// Returns the problem if the start can't be prepared.
    pub fn new(lesson: Arc<Lesson>) -> Result<(Self, Session), LessonProblem> {
        let before_first = Stage::new(&lesson).map_err(|problem| located(&lesson, problem))?;
        let states = lesson
            .steps
            .iter()
            .map(|step| StepState {
                questions: vec![QuestionState::default(); step.questions().count()],
                ..StepState::default()
            })
            .collect();
        let mut run = Self {
            lesson,
            before_first,
            step: 0,
            states,
            own_work: None,
            events: Vec::new(),
        };
        let session = run.enter(0)?;
        Ok((run, session))
    }

    /// Puts the learner's own session aside until the lesson ends.
    pub fn put_aside(&mut self, own_work: Session) {
        self.own_work = Some(Box::new(own_work));
    }

    /// Returns the learner's own session, which is shown again after the lesson.
    pub fn take_own_work(&mut self) -> Option<Session> {
        self.own_work.take().map(|session| *session)
    }

    /// Returns the learner's own session while it is put aside.
    pub fn own_work(&self) -> Option<&Session> {
        self.own_work.as_deref()
    }

    /// Returns the lesson.
    pub fn lesson(&self) -> &Arc<Lesson> {
        &self.lesson
    }

    /// Exchanges the lesson for the same in another language. Returns false if the steps differ; then nothing
    /// changes.
    pub fn set_lesson(&mut self, lesson: Arc<Lesson>) -> bool {
        let shape = |lesson: &Lesson| -> Vec<(String, usize)> {
            let steps = lesson.steps.iter();
            steps
                .map(|step| (step.id.clone(), step.questions().count()))
                .collect()
        };
        let fits = shape(&lesson) == shape(&self.lesson);
        if fits {
            self.lesson = lesson;
        }
        fits
    }

    /// Returns the number of the current step, counted from 0.
    pub fn step_index(&self) -> usize {
        self.step
    }

    /// Returns the current step.
    pub fn step(&self) -> &LessonStep {
        &self.lesson.steps[self.step]
    }

    /// Returns the task of the current step.
    pub fn task(&self) -> Option<&LessonTask> {
        self.step().task()
    }

    /// Returns the progress of the current step.
    pub fn state(&self) -> &StepState {
        &self.states[self.step]
    }

    /// Returns the progress of all steps.
    pub fn states(&self) -> &[StepState] {
        &self.states
    }

    /// Returns the session at the current step's start.
    pub fn start(&self) -> &Session {
        self.state().start().unwrap_or(&self.before_first.session)
    }

    /// Returns the number of the question that is asked now, counted from 0: the first one without an answer.
    /// Questions after the task are asked when the task is done.
    pub fn current_question(&self) -> Option<usize> {
        let questions = &self.state().questions;
        let open = questions
            .iter()
            .position(|question| question.answers.is_empty())?;
        let is_now = open < self.step().questions_before_task() || self.is_task_done();
        is_now.then_some(open)
    }

    fn is_task_done(&self) -> bool {
        let has_condition = self.task().is_some_and(|task| task.pass.is_some());
        self.state().is_passed || !has_condition
    }

    /// True if the task can be shown: the questions before it are answered.
    pub fn is_task_due(&self) -> bool {
        let before = self.step().questions_before_task();
        let questions = self.state().questions.iter().take(before);
        questions.into_iter().all(|question| !question.answers.is_empty())
    }

    /// Returns the texts that are shown after the step: none before it is passed and all questions are answered.
    pub fn afterwords(&self) -> Vec<&Prose> {
        let is_done = self.state().is_passed && self.current_question().is_none();
        match is_done || self.state().is_solution_shown {
            true => self.step().afterwords().collect(),
            false => Vec::new(),
        }
    }

    /// Evaluates expressions in the current state.
    pub fn evaluation<'a>(&'a self, session: &'a Session, seconds: f64) -> Evaluation<'a> {
        Evaluation::new(EvaluatedState {
            session,
            start: self.start(),
            learner: self.learner(session, seconds),
        })
    }

    fn learner(&self, session: &Session, seconds: f64) -> LearnerState<'_> {
        let state = self.state();
        let answers = state.questions.iter().filter_map(QuestionState::last);
        let last = answers.last();
        LearnerState {
            answer: last.and_then(|(answer, _)| answer.number()),
            has_answered: last.is_some(),
            tries: state.tries,
            hints: state.hints,
            turns: session.history().len(),
            seconds,
            sketch: None,
        }
    }

    /// Evaluates the condition of the step if the session has changed. Returns true if the step is passed by that.
    /// Call it once a frame; `seconds` is the time since the step was shown.
    pub fn update(&mut self, session: &Session, seconds: f64) -> bool {
        let revision = session.revision();
        if self.state().is_passed || self.state().evaluated_revision == Some(revision) {
            return false;
        }
        let pass = self.task().and_then(|task| task.pass.as_ref());
        let is_passed = match pass {
            Some(pass) => self.evaluation(session, seconds).holds(&pass.value),
            None => self.has_all_answers(),
        };
        let state = &mut self.states[self.step];
        state.evaluated_revision = Some(revision);
        if is_passed {
            self.pass(session, seconds);
        }
        is_passed
    }

    /// True if the step has questions or no task, and all of its questions are answered.
    fn has_all_answers(&self) -> bool {
        let questions = &self.state().questions;
        questions.iter().all(|question| !question.answers.is_empty())
            && (!questions.is_empty() || self.task().is_none())
    }

    fn pass(&mut self, session: &Session, seconds: f64) {
        self.states[self.step].is_passed = true;
        let kind = self.task().map(|_| AnswerKind::Do);
        self.log(LogEventKind::Pass, kind, session, seconds);
    }

    /// Returns the sentence of a partial result, if its condition holds.
    pub fn partly(&self, session: &Session, seconds: f64) -> Option<&Prose> {
        let evaluation = self.evaluation(session, seconds);
        let partly = &self.task()?.partly;
        let found = partly
            .iter()
            .find(|(condition, _)| evaluation.holds(&condition.value));
        found.map(|(_, prose)| prose)
    }

    /// Returns the true answer to a question of the current step. Show it only after an answer.
    pub fn truth(&mut self, question: usize) -> Option<Truth> {
        let known = self.state().questions.get(question)?.truth.clone();
        if known.is_some() {
            return known;
        }
        let given = self.given(question)?;
        let truth = Truth::of(self.step().questions().nth(question)?, &given);
        self.states[self.step].questions[question]
            .truth
            .clone_from(&truth);
        truth
    }

    /// Returns the session that a question is about: the step's start with what is given.
    fn given(&self, question: usize) -> Option<Session> {
        let question = self.step().questions().nth(question)?;
        given_session(self.state().start.as_ref()?, question, &self.lesson).ok()
    }

    /// Answers a question of the current step. Returns the comparison with the true answer.
    pub fn answer(
        &mut self,
        question: usize,
        answer: Answer,
        session: &Session,
        seconds: f64,
    ) -> Option<Verdict> {
        let truth = self.truth(question)?;
        let given = self.given(question)?;
        let asked = self.step().questions().nth(question)?;
        let kind = asked.answer_kind();
        let verdict = answer.compare(asked, &truth, &given);
        let state = &mut self.states[self.step];
        state.tries += 1;
        let mut event = self.event(LogEventKind::Answer, Some(kind), session, seconds);
        event.answer = answer.to_log();
        event.expected = truth.to_log();
        event.is_right = Some(verdict.is_right);
        event.distance = verdict.distance;
        self.events.push(event);
        let state = &mut self.states[self.step];
        state.questions[question].answers.push((answer, verdict.clone()));
        // An answer may be the last thing that the step waits for.
        state.evaluated_revision = None;
        self.update(session, seconds);
        Some(verdict)
    }

    /// True if there is a further hint and it may be shown: the last one needs a try first.
    pub fn can_show_hint(&self, session: &Session) -> bool {
        let count = self.step().hints().count();
        let shown = self.state().hints;
        let is_last = shown + 1 == count;
        let has_tried = self.state().tries > 0 || !session.history().is_empty();
        shown < count && (!is_last || has_tried)
    }

    /// Shows the next hint, if it may be shown.
    pub fn show_hint(&mut self, session: &Session, seconds: f64) -> Option<&Prose> {
        if !self.can_show_hint(session) {
            return None;
        }
        self.states[self.step].hints += 1;
        self.log(LogEventKind::Hint, None, session, seconds);
        self.step().hints().nth(self.state().hints - 1)
    }

    /// Returns the session with the sample solution, from the step's start. Without a solution it is the session as
    /// it is.
    ///
    /// # Errors
    ///
    /// Returns the problem if the solution can't be carried out.
    pub fn solve(&mut self, session: &Session, seconds: f64) -> Result<Session, LessonProblem> {
        let solved = self.solved_stage()?;
        let session = solved.unwrap_or_else(|| session.clone());
        self.states[self.step].is_solution_shown = true;
        self.log(LogEventKind::SolutionShown, None, &session, seconds);
        self.states[self.step].evaluated_revision = None;
        Ok(session)
    }

    fn solved_stage(&self) -> Result<Option<Session>, LessonProblem> {
        let Some((task, start)) = self.task().zip(self.state().start.as_ref()) else {
            return Ok(None);
        };
        if task.solution.is_empty() {
            return Ok(None);
        }
        let mut stage = start.clone();
        stage
            .carry_out_all(&task.solution, "solution", &self.lesson.source.folder)
            .map_err(|problem| located(&self.lesson, problem))?;
        Ok(Some(stage.session))
    }

    /// Goes to the next step. If the current one is not passed, its solution is applied first.
    ///
    /// # Errors
    ///
    /// Returns the problem if the next step can't be prepared; then nothing has changed.
    pub fn go_on(&mut self, session: &Session, seconds: f64) -> Result<GoOn, LessonProblem> {
        let is_passed = self.state().is_passed;
        let latest = match is_passed {
            true => session.clone(),
            false => self.solved_stage()?.unwrap_or_else(|| session.clone()),
        };
        let next = self.step + 1;
        if next == self.states.len() {
            self.leave_step(latest, is_passed, session, seconds);
            return Ok(GoOn::Finished);
        }
        let prepared = match &self.states[next].start {
            Some(_) => None,
            None => Some(self.stage_after(&latest)?),
        };
        self.leave_step(latest, is_passed, session, seconds);
        self.step = next;
        if let Some(stage) = prepared {
            self.states[next].start = Some(stage);
        }
        self.states[next].evaluated_revision = None;
        let session = self.kept_session();
        self.log(LogEventKind::Shown, None, &session, 0.0);
        Ok(GoOn::Step(Box::new(session)))
    }

    fn leave_step(&mut self, latest: Session, is_passed: bool, session: &Session, seconds: f64) {
        if !is_passed && !self.state().is_skipped {
            self.states[self.step].is_skipped = true;
            self.log(LogEventKind::Skip, None, session, seconds);
        }
        self.states[self.step].latest = Some(latest);
    }

    /// Returns the start of the next step after this session.
    fn stage_after(&self, session: &Session) -> Result<Stage, LessonProblem> {
        let mut stage = self
            .state()
            .start
            .clone()
            .unwrap_or_else(|| self.before_first.clone());
        stage.session = session.clone();
        let step = &self.lesson.steps[self.step + 1];
        let stage = stage.enter(step, &self.lesson.source.folder);
        stage.map_err(|problem| located(&self.lesson, problem))
    }

    fn enter(&mut self, step: usize) -> Result<Session, LessonProblem> {
        let stage = self
            .before_first
            .enter(&self.lesson.steps[step], &self.lesson.source.folder);
        let stage = stage.map_err(|problem| located(&self.lesson, problem))?;
        let session = stage.session.clone();
        self.states[step].start = Some(stage);
        self.log(LogEventKind::Shown, None, &session, 0.0);
        Ok(session)
    }

    /// Returns the session of the current step as it was left, or its start.
    fn kept_session(&self) -> Session {
        let state = self.state();
        state.latest.clone().unwrap_or_else(|| self.start().clone())
    }

    /// Goes to the step before; `None` at the first one.
    pub fn go_back(&mut self, session: &Session, seconds: f64) -> Option<Session> {
        let before = self.step.checked_sub(1)?;
        self.log(LogEventKind::Back, None, session, seconds);
        self.states[self.step].latest = Some(session.clone());
        self.step = before;
        self.states[before].evaluated_revision = None;
        let session = self.kept_session();
        self.log(LogEventKind::Shown, None, &session, 0.0);
        Some(session)
    }

    /// Returns the session at the step's start. Answers and hints stay; the condition is evaluated anew.
    pub fn reset_step(&mut self) -> Session {
        let session = self.start().clone();
        let state = &mut self.states[self.step];
        state.latest = None;
        state.is_solution_shown = false;
        state.evaluated_revision = None;
        session
    }

    /// True if every step that is not optional was passed.
    pub fn is_complete(&self) -> bool {
        let steps = self.lesson.steps.iter().zip(&self.states);
        let mut needed = steps.filter(|(step, _)| !step.setup.is_optional);
        needed.all(|(_, state)| state.is_passed)
    }

    /// Returns the events since the last call, for the answer log.
    pub fn take_events(&mut self) -> Vec<LogEvent> {
        std::mem::take(&mut self.events)
    }

    fn log(&mut self, event: LogEventKind, kind: Option<AnswerKind>, session: &Session, seconds: f64) {
        let event = self.event(event, kind, session, seconds);
        self.events.push(event);
    }

    fn event(
        &self,
        event: LogEventKind,
        kind: Option<AnswerKind>,
        session: &Session,
        seconds: f64,
    ) -> LogEvent {
        let state = self.state();
        LogEvent {
            lesson: self.lesson.head.id.clone(),
            edition: self.lesson.head.edition,
            step: self.step().id.clone(),
            event,
            kind,
            attempt: state.tries.max(1),
            answer: String::new(),
            expected: String::new(),
            is_right: None,
            distance: None,
            hints: state.hints,
            seconds,
            changed: changed_text(self.start(), session),
        }
    }
}

/// Returns the session that a question is about.
pub(super) fn given_session(
    start: &Stage,
    question: &Question,
    lesson: &Lesson,
) -> Result<Session, StageProblem> {
    let mut stage = start.clone();
    stage.unlock();
    stage.carry_out_all(&question.given, "given", &lesson.source.folder)?;
    Ok(stage.session)
}

/// Returns the problem with the name of the file.
pub(super) fn located(lesson: &Lesson, problem: StageProblem) -> LessonProblem {
    LessonProblem {
        file: lesson.source.name.clone(),
        line: Some(problem.line),
        key: problem.key,
        kind: problem.kind,
    }
}

/// Returns the knobs that differ from the step's start, `b[1,1]=2;w[1,1,1]=1`.
fn changed_text(start: &Session, session: &Session) -> String {
    let [start, now] = [start, session].map(|session| &session.document().network);
    if start.architecture() != now.architecture() {
        return String::new();
    }
    let changed = start.knobs().iter().zip(now.knobs()).enumerate();
    let mut changed = changed.filter(|(_, (before, now))| before != now);
    let mut texts: Vec<String> = changed
        .by_ref()
        .take(MAX_LOGGED_KNOBS)
        .filter_map(|(index, (_, value))| {
            let knob = now.architecture().knob_at(index)?;
            Some(format!("{knob}={}", crate::text::format_ascii(*value, 6)))
        })
        .collect();
    if changed.next().is_some() {
        texts.push("…".to_owned());
    }
    texts.join(";")
}
