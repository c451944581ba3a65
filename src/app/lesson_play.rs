//! Starting and leaving a lesson, and going through its steps.
//!
//! A lesson plays in sessions of its own. The user's own session and arrangement of the panes are put aside until the
//! lesson ends.

use std::path::Path;
use std::sync::Arc;

use egui::Context;

use crate::lessons;
use crate::panes::Pane;
use neurodial_core::formats::file;
use neurodial_core::lessons::template::lesson_text;
use neurodial_core::lessons::{
    Answer, CheckedLesson, GoOn, Lesson, LessonProblem, LessonRun, LessonSource, Truth, check,
};
use neurodial_core::session::{RunState, Session, TrainingCommand};
use neurodial_core::text::{Locale, Localized as _};

use super::dialog::{Dialog, StartScreen};
use super::file_chooser::file_name;
use super::file_watch::FileWatch;
use super::layout;
use super::lesson::answer::AnswerDraft;
use super::lesson::{ActiveLesson, LessonRequest, OwnLayout, lesson_tree, presented_tree};
use super::presentation::{PRESENTED_SHARE, tree_of};
use super::state::App;

/// Reads a lesson with its translations. A bundled one is known to have no problems.
fn read_lesson(source: &LessonSource, is_bundled: bool) -> CheckedLesson {
    if !is_bundled {
        return check(source, &lessons::pane_names());
    }
    let (original, problems) = Lesson::read(source);
    let mut translations = Vec::new();
    if let Some(original) = &original {
        let stem = source.name.trim_end_matches(".md");
        for locale in Locale::ALL {
            if let Some(text) = source.sibling(&format!("{stem}.{}.md", locale.name())) {
                translations.push((locale, Arc::new(original.translated(&text).0)));
            }
        }
    }
    CheckedLesson {
        good_steps: original.as_ref().map_or(0, |lesson| lesson.steps.len()),
        original: original.map(Arc::new),
        translations,
        problems,
    }
}

impl App {
    /// Shows the choice of what to do, unless it was switched off.
    pub fn show_start_screen(&mut self) {
        if self.preferences.has_start_screen && self.dialog.is_none() {
            self.open_start_screen();
        }
    }

    /// Shows the choice of what to do.
    pub(super) fn open_start_screen(&mut self) {
        let continued = self.preferences.last_lesson.is_some();
        let is_shown_at_start = self.preferences.has_start_screen;
        self.dialog = Some(Dialog::Start(StartScreen::new(continued, is_shown_at_start)));
    }

    /// Returns the lesson that is played, if there is one.
    pub fn lesson_run(&self) -> Option<&LessonRun> {
        self.lesson.as_ref().map(|lesson| &lesson.run)
    }

    /// Starts a bundled lesson.
    pub fn start_bundled_lesson(&mut self, ctx: &Context, id: &'static str) {
        if let Some(source) = lessons::bundled(id) {
            self.start_lesson(ctx, &source, Some(id), None);
        }
    }

    /// Starts the lesson in a file.
    pub fn open_lesson(&mut self, ctx: &Context, path: &Path) {
        match lessons::open(path) {
            Ok(source) => self.start_lesson(ctx, &source, None, Some(path)),
            Err(e) => {
                self.dialog = Some(Dialog::Problem {
                    title: self.messages.could_not_open(file_name(path)),
                    text: e.message(self.messages),
                });
            }
        }
    }

    fn start_lesson(
        &mut self,
        ctx: &Context,
        source: &LessonSource,
        bundled_id: Option<&'static str>,
        path: Option<&Path>,
    ) {
        let checked = read_lesson(source, bundled_id.is_some());
        let begun = checked.in_language(self.messages.locale).map(|lesson| {
            let good_steps = checked.good_steps.max(1);
            begin(Arc::clone(lesson), None, good_steps)
        });
        let first_problem = checked.problems.iter().find(|problem| !problem.is_warning());
        let (mut run, session) = match begun {
            Some(Ok(begun)) if checked.good_steps > 0 => begun,
            outcome => {
                let problem = match &outcome {
                    Some(Err(problem)) => Some(problem),
                    _ => first_problem,
                };
                let text = problem.map(|problem| problem.message(self.messages));
                self.dialog = Some(Dialog::Problem {
                    title: self.messages.could_not_open(&source.name),
                    text: text.unwrap_or_default(),
                });
                return;
            }
        };
        let problem = first_problem.map(|problem| problem.message(self.messages));
        self.leave_lesson();
        if self.session.run().state == RunState::Running {
            self.apply_action(TrainingCommand::TrainOrPause);
        }
        run.put_aside(self.session.clone());
        let own_layout = OwnLayout {
            tree: self.tree.clone(),
            is_rearranged: self.is_rearranged,
            maximized_pane: self.maximized_pane.take(),
        };
        let file = path.map(|path| (path.to_owned(), FileWatch::start(ctx, path)));
        let is_first = run.step_index() == 0;
        let lesson = ActiveLesson {
            draft: AnswerDraft::default(),
            checked,
            bundled_id,
            file,
            shown_at: 0.0,
            // A lesson that is played to its last good step says why it stops there.
            problem,
            is_finished: false,
            panes: None,
            own_layout,
            run,
        };
        self.lesson = Some(Box::new(lesson));
        if is_first {
            self.remember_lesson();
        }
        self.show_step(ctx, session);
    }

    /// Ends the lesson: the user's own work is shown again.
    pub(super) fn leave_lesson(&mut self) {
        let Some(mut lesson) = self.lesson.take() else {
            return;
        };
        self.write_answers(&mut lesson);
        let OwnLayout {
            tree,
            is_rearranged,
            maximized_pane,
        } = lesson.own_layout;
        (self.tree, self.is_rearranged, self.maximized_pane) = (tree, is_rearranged, maximized_pane);
        if let Some(own) = lesson.run.take_own_work() {
            self.replace_session(own);
        }
        self.present_lesson_panes();
    }

    /// Shows the session of the current step, and the panes that the step wants.
    fn show_step(&mut self, ctx: &Context, session: Session) {
        self.show_session(session);
        let Some(lesson) = &mut self.lesson else {
            return;
        };
        lesson.shown_at = ctx.input(|input| input.time);
        lesson.draft = AnswerDraft::default();
        let panes = lesson.wanted_panes();
        if let Some(panes) = &panes
            && lesson.panes.as_ref() != Some(panes)
        {
            self.tree = lesson_tree(panes);
            self.is_rearranged = true;
            self.maximized_pane = None;
        }
        if panes.is_some() {
            lesson.panes = panes;
        }
        self.present_lesson_panes();
    }

    /// In presentation mode, shows the panes of the lesson, or after it those that were chosen.
    pub(super) fn present_lesson_panes(&mut self) {
        let panes = self.lesson.as_ref().and_then(|lesson| lesson.shown_panes());
        let tree = match panes {
            Some(panes) => presented_tree(panes),
            None => tree_of(&self.preferences.presented_panes, PRESENTED_SHARE),
        };
        if let Some(presentation) = &mut self.presentation {
            presentation.tree = tree;
        }
    }

    /// Evaluates the condition of the step, writes the answer log, and reads a lesson again that was saved.
    pub(super) fn update_lesson(&mut self, ctx: &Context) {
        let Some(mut lesson) = self.lesson.take() else {
            return;
        };
        let seconds = lesson.seconds(ctx);
        lesson.run.update(&self.session, seconds);
        self.write_answers(&mut lesson);
        let mut is_saved = false;
        if let Some((_, watch)) = &mut lesson.file {
            watch.receive(ctx);
            is_saved = watch.noticed_change().is_some();
        }
        let language = lesson.checked.in_language(self.messages.locale);
        if let Some(language) = language
            && !Arc::ptr_eq(language, lesson.run.lesson())
        {
            lesson.run.set_lesson(Arc::clone(language));
        }
        self.lesson = Some(lesson);
        if is_saved {
            self.reload_lesson(ctx);
        }
    }

    /// Reads the lesson again after its file was saved, and goes to the step where it was.
    fn reload_lesson(&mut self, ctx: &Context) {
        let Some(lesson) = &mut self.lesson else {
            return;
        };
        let Some((path, watch)) = &mut lesson.file else {
            return;
        };
        let path = path.clone();
        *watch = FileWatch::start(ctx, &path);
        let source = match lessons::open(&path) {
            Ok(source) => source,
            Err(e) => {
                lesson.problem = Some(e.message(self.messages));
                return;
            }
        };
        let checked = read_lesson(&source, false);
        let step = lesson.run.step().id.clone();
        let first_problem = checked.problems.iter().find(|problem| !problem.is_warning());
        lesson.problem = first_problem.map(|problem| problem.message(self.messages));
        let Some(read) = checked.in_language(self.messages.locale).cloned() else {
            return;
        };
        if checked.good_steps == 0 {
            return;
        }
        match begin(read, Some(&step), checked.good_steps) {
            Ok((mut run, session)) => {
                if let Some(own) = lesson.run.take_own_work() {
                    run.put_aside(own);
                }
                lesson.run = run;
                lesson.checked = checked;
                self.show_step(ctx, session);
            }
            Err(problem) => lesson.problem = Some(problem.message(self.messages)),
        }
    }

    /// Does what the panel asks for.
    pub(super) fn run_lesson_request(&mut self, ctx: &Context, request: LessonRequest) {
        let Some(lesson) = &mut self.lesson else {
            return;
        };
        let seconds = lesson.seconds(ctx);
        let session = &self.session;
        match request {
            LessonRequest::Answer(question, answer) => {
                lesson.run.answer(question, answer, session, seconds);
                lesson.draft = AnswerDraft::default();
            }
            LessonRequest::Reveal(question) => {
                let truth = lesson.run.truth(question);
                let given = lesson.run.step().questions().nth(question);
                let drawn = given.and_then(|question| lesson.draft.answer(question));
                if let Some(answer) = drawn.or_else(|| truth.as_ref().map(true_answer)) {
                    lesson.run.answer(question, answer, session, seconds);
                    lesson.draft = AnswerDraft::default();
                }
            }
            LessonRequest::Hint => {
                lesson.run.show_hint(session, seconds);
            }
            LessonRequest::Reset => {
                let session = lesson.run.reset_step();
                lesson.problem = None;
                self.show_step(ctx, session);
            }
            LessonRequest::Solve => match lesson.run.solve(session, seconds) {
                Ok(session) => drop(self.show_session(session)),
                Err(problem) => lesson.problem = Some(problem.message(self.messages)),
            },
            LessonRequest::Back => {
                lesson.is_finished = false;
                if let Some(session) = lesson.run.go_back(session, seconds) {
                    self.show_step(ctx, session);
                }
            }
            LessonRequest::Next => match lesson.run.go_on(session, seconds) {
                Ok(GoOn::Step(session)) => {
                    lesson.problem = None;
                    self.show_step(ctx, *session);
                    self.remember_lesson();
                }
                Ok(GoOn::Finished) => lesson.is_finished = true,
                Err(problem) => lesson.problem = Some(problem.message(self.messages)),
            },
            LessonRequest::Leave => self.leave_lesson(),
            LessonRequest::OpenLink(address) => ctx.open_url(egui::OpenUrl::new_tab(address)),
        }
    }

    /// Remembers the step, to continue there after the next start of the program.
    fn remember_lesson(&mut self) {
        let Some(lesson) = &self.lesson else {
            return;
        };
        if let Some(id) = lesson.bundled_id {
            let step = lesson.run.step().id.clone();
            self.preferences.last_lesson = Some((id.to_owned(), step));
            self.save_preferences();
        }
    }

    /// Continues the bundled lesson that was left last, at its step.
    pub(super) fn continue_lesson(&mut self, ctx: &Context) {
        let Some((id, step)) = self.preferences.last_lesson.clone() else {
            return;
        };
        let Some(id) = lessons::bundled_ids().into_iter().find(|bundled| *bundled == id) else {
            return;
        };
        self.start_bundled_lesson(ctx, id);
        let Some(lesson) = &mut self.lesson else {
            return;
        };
        let read = Arc::clone(lesson.run.lesson());
        let steps = read.steps.len();
        if let Ok((mut run, session)) = begin(read, Some(&step), steps) {
            if let Some(own) = lesson.run.take_own_work() {
                run.put_aside(own);
            }
            lesson.run = run;
            self.show_step(ctx, session);
            self.remember_lesson();
        }
    }

    /// Writes a new lesson that starts with the current state, and starts it.
    pub(super) fn write_new_lesson(&mut self, ctx: &Context, path: &Path) {
        let path = match path.extension() {
            Some(_) => path.to_owned(),
            None => path.with_extension("md"),
        };
        let title = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let shown = Pane::in_window().filter(|&pane| layout::is_shown(&self.tree, pane));
        let panes: Vec<&str> = shown.map(Pane::name).collect();
        let text = lesson_text(&title, Some(self.session.document()), &panes, self.messages);
        match file::write_atomically(&path, text.as_bytes()) {
            Ok(()) => {
                self.open_lesson(ctx, &path);
                self.show_message(self.messages.file_exported(path.display()));
            }
            Err(e) => self.show_could_not_save(&path, &e),
        }
    }
}

/// Begins a lesson and goes to the step with an id, or else to the last step without a problem if the lesson is
/// broken. Steps before it are solved.
fn begin(
    lesson: Arc<Lesson>,
    step: Option<&str>,
    good_steps: usize,
) -> Result<(LessonRun, Session), LessonProblem> {
    let is_broken = good_steps < lesson.steps.len();
    let found = step.and_then(|id| lesson.step_index(id));
    let target = match (found, is_broken) {
        (Some(step), _) => step.min(good_steps.saturating_sub(1)),
        (None, true) => good_steps.saturating_sub(1),
        (None, false) => 0,
    };
    let (mut run, mut session) = LessonRun::new(lesson)?;
    while run.step_index() < target {
        match run.go_on(&session, 0.0)? {
            GoOn::Step(next) => session = *next,
            GoOn::Finished => break,
        }
    }
    if target > 0 {
        run.take_events();
    }
    Ok((run, session))
}

/// Returns the answer that is right.
fn true_answer(truth: &Truth) -> Answer {
    match truth {
        Truth::Choices(choices) => Answer::Choices(choices.clone()),
        Truth::Number(number) => Answer::Number(*number),
        Truth::Blanks(numbers) => Answer::Blanks(numbers.iter().copied().map(Some).collect()),
        Truth::Curve(curve) => Answer::Sketch(curve.to_sketch()),
    }
}
