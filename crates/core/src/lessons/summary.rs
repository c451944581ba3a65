//! The answers of a class: per step the part that was right at first, the commonest wrong answer, time, hints and
//! sketches.

use std::collections::{BTreeMap, BTreeSet};

use super::lesson::{AnswerKind, Lesson, Question};
use super::log::{LogEventKind, LogRow};
use super::sketch::Sketch;

/// The answers to one lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonSummary {
    /// The id.
    pub id: String,
    /// The editions that were answered.
    pub editions: Vec<usize>,
    /// The title, if the lesson is known.
    pub title: Option<String>,
    /// The number of learners.
    pub learners: usize,
    /// The steps, in the order of the lesson, or else in that of the log.
    pub steps: Vec<StepSummary>,
}

/// The answers to one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepSummary {
    /// The id.
    pub id: String,
    /// The title, if the lesson is known.
    pub title: Option<String>,
    /// The number of learners who saw it.
    pub shown: usize,
    /// The number of learners who passed.
    pub passed: usize,
    /// The number of learners who saw the sample solution or went on without passing.
    pub skipped: usize,
    /// The median time until it was passed or left, in seconds.
    pub median_seconds: Option<f64>,
    /// The median number of hints.
    pub median_hints: Option<f64>,
    /// The questions, in the order in which they were answered.
    pub questions: Vec<QuestionSummary>,
}

/// The answers to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionSummary {
    /// The kind.
    pub kind: AnswerKind,
    /// The text of the question, if the lesson is known.
    pub text: Option<String>,
    /// The number of learners who answered.
    pub answered: usize,
    /// The number of learners whose first answer was right.
    pub right_at_first: usize,
    /// The wrong first answer that was given most often, with its text if the lesson is known, and how often.
    pub commonest_wrong: Option<(String, Option<String>, usize)>,
    /// The first sketches.
    pub sketches: Vec<Sketch>,
    /// The true curve of the sketches.
    pub curve: Option<Sketch>,
}

/// Returns the summaries of all lessons in some logs, `[log][row]`, in the order of their first row. `lesson` finds a
/// lesson by its id.
pub fn summaries<'a>(
    logs: &[Vec<LogRow>],
    lesson: impl Fn(&str) -> Option<&'a Lesson>,
) -> Vec<LessonSummary> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut rows: Vec<(String, &LogRow)> = Vec::new();
    for (index, log) in logs.iter().enumerate() {
        for row in log {
            // A learner without a name is another one in each file.
            let learner = match row.learner.is_empty() {
                true => format!("\u{0}{index}"),
                false => row.learner.clone(),
            };
            // The same rows may be in two exports.
            if seen.insert(format!("{learner}{row:?}")) {
                rows.push((learner, row));
            }
        }
    }
    let mut ids: Vec<&str> = Vec::new();
    for (_, row) in &rows {
        if !ids.contains(&row.event.lesson.as_str()) {
            ids.push(&row.event.lesson);
        }
    }
    let summarize = |id: &str| {
        let rows: Vec<&(String, &LogRow)> = rows.iter().filter(|(_, row)| row.event.lesson == id).collect();
        lesson_summary(id, &rows, lesson(id))
    };
    ids.into_iter().map(summarize).collect()
}

fn lesson_summary(id: &str, rows: &[&(String, &LogRow)], lesson: Option<&Lesson>) -> LessonSummary {
    let learners: BTreeSet<&str> = rows.iter().map(|(learner, _)| learner.as_str()).collect();
    let editions: BTreeSet<usize> = rows.iter().map(|(_, row)| row.event.edition).collect();
    let mut steps: Vec<String> = Vec::new();
    for step in lesson.iter().flat_map(|lesson| &lesson.steps) {
        steps.push(step.id.clone());
    }
    for (_, row) in rows {
        if !steps.contains(&row.event.step) {
            steps.push(row.event.step.clone());
        }
    }
    let summarize = |step: String| {
        let rows: Vec<&(String, &LogRow)> = rows
            .iter()
            .copied()
            .filter(|(_, row)| row.event.step == step)
            .collect();
        step_summary(step, &rows, lesson)
    };
    LessonSummary {
        id: id.to_owned(),
        editions: editions.into_iter().collect(),
        title: lesson.map(|lesson| lesson.title.value.clone()),
        learners: learners.len(),
        steps: steps.into_iter().map(summarize).collect(),
    }
}

fn step_summary(id: String, rows: &[&(String, &LogRow)], lesson: Option<&Lesson>) -> StepSummary {
    let step = lesson.and_then(|lesson| lesson.steps.iter().find(|step| step.id == id));
    let mut ends: BTreeMap<&str, f64> = BTreeMap::new();
    let mut hints: BTreeMap<&str, usize> = BTreeMap::new();
    let mut passed: BTreeSet<&str> = BTreeSet::new();
    let mut skipped: BTreeSet<&str> = BTreeSet::new();
    for (learner, row) in rows {
        let event = &row.event;
        let seen = hints.entry(learner).or_default();
        *seen = (*seen).max(event.hints);
        match event.event {
            LogEventKind::Pass => {
                passed.insert(learner);
                ends.entry(learner).or_insert(event.seconds);
            }
            LogEventKind::Skip | LogEventKind::SolutionShown => {
                skipped.insert(learner);
                ends.entry(learner).or_insert(event.seconds);
            }
            LogEventKind::Shown | LogEventKind::Answer | LogEventKind::Hint | LogEventKind::Back => {}
        }
    }
    let questions: Vec<&Question> = step.map_or_else(Vec::new, |step| step.questions().collect());
    StepSummary {
        title: step.map(|step| step.title.clone()),
        shown: hints.len(),
        passed: passed.len(),
        skipped: skipped.len(),
        median_seconds: median(ends.into_values().collect()),
        median_hints: median(hints.into_values().map(|count| count as f64).collect()),
        questions: question_summaries(rows, &questions),
        id,
    }
}

/// Divides the answers of a step by question. The log doesn't number them; they are told apart by their kind and the
/// true answer, in the order in which they appear.
fn question_summaries(rows: &[&(String, &LogRow)], questions: &[&Question]) -> Vec<QuestionSummary> {
    let mut groups: Vec<((AnswerKind, &str), Vec<&(String, &LogRow)>)> = Vec::new();
    for &entry in rows {
        let event = &entry.1.event;
        let (LogEventKind::Answer, Some(kind)) = (event.event, event.kind) else {
            continue;
        };
        // The digits of a sketch's true curve depend on nothing but the question.
        let key = (kind, event.expected.as_str());
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(entry),
            None => groups.push((key, vec![entry])),
        }
    }
    let mut used = vec![false; questions.len()];
    let mut summaries = Vec::new();
    for ((kind, expected), group) in groups {
        let fits = |index: &usize| !used[*index] && is_question(questions[*index], kind, expected);
        let found = (0..questions.len()).find(fits);
        if let Some(index) = found {
            used[index] = true;
        }
        let question = found.map(|index| questions[index]);
        summaries.push((found, question_summary(kind, expected, &group, question)));
    }
    summaries.sort_by_key(|(index, _)| index.unwrap_or(usize::MAX));
    summaries.into_iter().map(|(_, summary)| summary).collect()
}

/// True if a question is of a kind and, for choices, has these right ones.
fn is_question(question: &Question, kind: AnswerKind, expected: &str) -> bool {
    let choices = question.choices();
    let right = choices.iter().enumerate().filter(|(_, choice)| choice.is_right);
    let right: Vec<String> = right.map(|(index, _)| (index + 1).to_string()).collect();
    question.answer_kind() == kind && (choices.is_empty() || right.join(";") == expected)
}

fn question_summary(
    kind: AnswerKind,
    expected: &str,
    group: &[&(String, &LogRow)],
    question: Option<&Question>,
) -> QuestionSummary {
    let mut first: BTreeMap<&str, &LogRow> = BTreeMap::new();
    for (learner, row) in group {
        let earliest = first.entry(learner).or_insert(row);
        if (row.event.attempt, &row.time) < (earliest.event.attempt, &earliest.time) {
            *earliest = row;
        }
    }
    let is_sketch = kind == AnswerKind::Sketch;
    let mut wrong: BTreeMap<&str, usize> = BTreeMap::new();
    for row in first.values() {
        if row.event.is_right == Some(false) && !is_sketch {
            *wrong.entry(&row.event.answer).or_default() += 1;
        }
    }
    let commonest = wrong
        .into_iter()
        .max_by(|(a, a_count), (b, b_count)| a_count.cmp(b_count).then_with(|| b.cmp(a)));
    let sketches = match is_sketch {
        true => first
            .values()
            .filter_map(|row| Sketch::from_log(&row.event.answer))
            .collect(),
        false => Vec::new(),
    };
    QuestionSummary {
        kind,
        text: question.map(|question| question.prose.markdown().to_owned()),
        answered: first.len(),
        right_at_first: first
            .values()
            .filter(|row| row.event.is_right == Some(true))
            .count(),
        commonest_wrong: commonest.map(|(answer, count)| {
            let text = question.and_then(|question| choice_texts(question, answer));
            (answer.to_owned(), text, count)
        }),
        sketches,
        curve: is_sketch.then(|| Sketch::from_log(expected)).flatten(),
    }
}

/// Returns the texts of the choices with these numbers.
fn choice_texts(question: &Question, answer: &str) -> Option<String> {
    let text = |number: &str| {
        let index = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
        Some(question.choices().get(index)?.prose.markdown())
    };
    let texts: Option<Vec<&str>> = answer.split(';').map(text).collect();
    texts.map(|texts| texts.join("; "))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        length if length % 2 == 1 => values.get(middle).copied(),
        _ => Some(0.5 * (values.get(middle - 1)? + values.get(middle)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::log::LogEvent;
    use crate::lessons::{Lesson, LessonSource};

    const LESSON: &str = "# Bias\n\n```toml\nformat = 1\nid = \"bias\"\nstart = { preset = \"neuron\" }\n```\n\n\
        ## Raise it {#raise}\n\n### Ask\n\nThe line moves …\n\n- [x] up\n- [ ] down\n- [ ] nowhere\n\n\
        ### Ask\n\nSketch it.\n\n```toml\nsketch = \"out over x[1]\"\n```\n";

    fn row(
        learner: &str,
        event: LogEventKind,
        kind: Option<AnswerKind>,
        answer: &str,
        seconds: f64,
    ) -> LogRow {
        let expected = match kind {
            Some(AnswerKind::Choice) => "1",
            Some(AnswerKind::Sketch) => "-5 -5;5 5",
            _ => "",
        };
        LogRow {
            time: format!("2026-03-02T09:14:{seconds:04.1}+08:00"),
            learner: learner.into(),
            language: "en".into(),
            program: "0.1.0".into(),
            event: LogEvent {
                lesson: "bias".into(),
                edition: 1,
                step: "raise".into(),
                event,
                kind,
                attempt: 1,
                answer: answer.into(),
                expected: expected.into(),
                is_right: (!answer.is_empty()).then_some(answer == "1"),
                distance: None,
                hints: usize::from(learner == "b"),
                seconds,
                changed: String::new(),
            },
        }
    }

    #[test]
    fn a_class_is_summarized_per_step() {
        let (lesson, problems) = Lesson::read(&LessonSource::from_text("bias.md", LESSON));
        assert_eq!(problems, []);
        let lesson = lesson.unwrap();
        let choice = Some(AnswerKind::Choice);
        let logs: Vec<Vec<LogRow>> = [
            ("a", "1", 10.0),
            ("b", "2", 20.0),
            ("c", "2", 40.0),
            ("d", "3", 30.0),
        ]
        .into_iter()
        .map(|(learner, answer, seconds)| {
            vec![
                row(learner, LogEventKind::Shown, None, "", 0.0),
                row(learner, LogEventKind::Answer, choice, answer, seconds - 5.0),
                row(learner, LogEventKind::Answer, choice, "1", seconds - 2.0),
                row(
                    learner,
                    LogEventKind::Answer,
                    Some(AnswerKind::Sketch),
                    "-5 0;5 0",
                    seconds - 1.0,
                ),
                row(learner, LogEventKind::Pass, None, "", seconds),
            ]
        })
        .collect();
        let found = summaries(&logs, |id| (id == "bias").then_some(&lesson));
        assert_eq!(found.len(), 1);
        let summary = &found[0];
        assert_eq!((summary.learners, summary.title.as_deref()), (4, Some("Bias")));
        let step = &summary.steps[0];
        assert_eq!((step.shown, step.passed, step.skipped), (4, 4, 0));
        assert_eq!((step.median_seconds, step.median_hints), (Some(25.0), Some(0.0)));
        let question = &step.questions[0];
        assert_eq!((question.answered, question.right_at_first), (4, 1));
        assert_eq!(
            question.commonest_wrong,
            Some(("2".into(), Some("down".into()), 2))
        );
        assert_eq!(step.questions[1].sketches.len(), 4);
        assert!(step.questions[1].curve.is_some());
        // The same export twice changes nothing.
        let twice: Vec<Vec<LogRow>> = logs.iter().chain(&logs).cloned().collect();
        assert_eq!(summaries(&twice, |_| Some(&lesson)), found);
    }
}
