//! The texts of a lesson in another language. Logic exists only in the original; ids bind the two.

use super::lesson::{
    AnswerChoice, Lesson, LessonStep, LessonTask, NumberReply, Part, Question, QuestionKind,
};
use super::problem::{CountedPart, LessonProblem, ProblemKind};
use super::prose::Prose;
use super::raw_lesson::{PartKind, Problems, RawLesson, RawPart, RawStep, Section, is_prose};
use super::reader::reply_number;
use super::source::LessonSource;

impl Lesson {
    /// Returns the lesson with the texts of a translation, and the problems of the translation in the order of lines.
    /// Missing parts stay in the original language.
    pub fn translated(&self, source: &LessonSource) -> (Self, Vec<LessonProblem>) {
        let mut problems = Problems {
            file: &source.name,
            found: Vec::new(),
        };
        let mut lesson = self.clone();
        if let Some(raw) = RawLesson::read(source, &mut problems) {
            let mut translator = Translator {
                original: self,
                raw: &raw,
                problems: &mut problems,
                differing: Vec::new(),
            };
            translator.translate(&mut lesson);
        }
        lesson.source.name.clone_from(&self.source.name);
        let mut found = problems.found;
        found.sort_by_key(|problem| problem.line);
        (lesson, found)
    }
}

struct Translator<'a, 'b> {
    original: &'a Lesson,
    raw: &'a RawLesson,
    problems: &'a mut Problems<'b>,
    /// The ids of the steps that differ in more than their words.
    differing: Vec<String>,
}

impl Translator<'_, '_> {
    fn original_name(&self) -> String {
        self.original.source.name.clone()
    }

    fn translate(&mut self, lesson: &mut Lesson) {
        let raw = self.raw;
        if let Some(title) = &raw.title {
            lesson.title.clone_from(title);
        }
        self.no_blocks(&raw.section);
        let introduction = raw.prose(&raw.section, is_prose, self.problems);
        let line = raw.title.as_ref().map_or(1, |title| title.line);
        self.replace(&mut lesson.introduction, introduction, "", line);
        for step in &mut lesson.steps {
            match raw.steps.iter().find(|raw_step| raw_step.id == step.id) {
                Some(raw_step) => self.translate_step(step, raw_step),
                None => {
                    self.differing.push(step.id.clone());
                    let kind = ProblemKind::MissingStep {
                        step: step.id.clone(),
                        original: self.original_name(),
                    };
                    self.add_without_line(kind);
                }
            }
        }
        for raw_step in &raw.steps {
            if self.original.step_index(&raw_step.id).is_none() {
                let kind = ProblemKind::UnknownStep {
                    step: match raw_step.id.is_empty() {
                        true => raw_step.title.clone(),
                        false => raw_step.id.clone(),
                    },
                    original: self.original_name(),
                };
                self.problems.add(raw_step.line, kind);
            }
        }
        self.check_edition(line);
    }

    fn add_without_line(&mut self, kind: ProblemKind) {
        self.problems.found.push(LessonProblem {
            file: self.problems.file.to_owned(),
            line: None,
            key: None,
            kind: Box::new(kind),
        });
    }

    fn check_edition(&mut self, title_line: usize) {
        let there = self.original.head.edition;
        match self.raw.translated_edition {
            None => self.problems.add(title_line, ProblemKind::NoEdition(there)),
            Some(here) if here != there => {
                let steps = self.original.steps.iter();
                let marked = steps.clone().filter(|step| {
                    step.setup
                        .edition
                        .is_some_and(|edition| here < edition && edition <= there)
                });
                let mut changed: Vec<String> = marked.map(|step| step.id.clone()).collect();
                if changed.is_empty() {
                    // Steps that differ in numbers, choices or expressions were changed in one language only.
                    let differs = |step: &&LessonStep| self.differing.contains(&step.id);
                    changed = steps.filter(differs).map(|step| step.id.clone()).collect();
                }
                self.add_without_line(ProblemKind::OtherEdition {
                    here,
                    there,
                    original: self.original_name(),
                    changed,
                });
            }
            Some(_) => {}
        }
    }

    fn no_blocks(&mut self, section: &Section) {
        for (line, _) in section.tomls().chain(section.jsons()) {
            self.problems.add(line, ProblemKind::BlockInTranslation);
        }
    }

    /// Replaces a text by its translation, if that has the same expressions.
    fn replace(&mut self, original: &mut Prose, translated: Prose, step: &str, line: usize) {
        if translated.is_empty() {
            return;
        }
        let [here, there] = [&translated, &*original].map(Prose::expression_texts);
        if here != there {
            self.differing.push(step.to_owned());
            let line = if translated.line > 0 {
                translated.line
            } else {
                line
            };
            let kind = match here.len() == there.len() {
                true => ProblemKind::DifferentExpressions {
                    step: step.to_owned(),
                    here: here.join(", "),
                    there: there.join(", "),
                    original: self.original_name(),
                },
                false => ProblemKind::DifferentCount {
                    step: step.to_owned(),
                    part: CountedPart::Expressions,
                    here: here.len(),
                    there: there.len(),
                    original: self.original_name(),
                },
            };
            self.problems.add(line, kind);
        }
        *original = translated;
    }

    fn count(&mut self, step: &str, part: CountedPart, line: usize, [here, there]: [usize; 2]) -> bool {
        if here != there {
            self.differing.push(step.to_owned());
            let kind = ProblemKind::DifferentCount {
                step: step.to_owned(),
                part,
                here,
                there,
                original: self.original_name(),
            };
            self.problems.add(line, kind);
        }
        here == there
    }

    fn translate_step(&mut self, step: &mut LessonStep, raw_step: &RawStep) {
        let raw = self.raw;
        let before = self.problems.found.len();
        let original_text = step_text(step);
        step.title.clone_from(&raw_step.title);
        self.no_blocks(&raw_step.section);
        let introduction = raw.prose(&raw_step.section, is_prose, self.problems);
        let id = step.id.clone();
        self.replace(&mut step.introduction, introduction, &id, raw_step.line);
        for part in &raw_step.parts {
            self.no_blocks(&part.section);
        }
        let raw_parts = |kind: PartKind| raw_step.parts.iter().filter(move |part| part.kind == kind);
        for (kind, counted) in [
            (PartKind::Ask, Some(CountedPart::Questions)),
            (PartKind::Hint, Some(CountedPart::Hints)),
            (PartKind::Do, None),
            (PartKind::After, None),
        ] {
            let there = step.parts.iter().filter(|part| kind_of(part) == kind).count();
            let here = raw_parts(kind).count();
            match counted {
                Some(counted) => {
                    let line = raw_parts(kind).next().map_or(raw_step.line, |part| part.line);
                    self.count(&id, counted, line, [here, there]);
                }
                None if here < there => {
                    self.differing.push(id.clone());
                    let missing = ProblemKind::MissingPart {
                        step: id.clone(),
                        part: kind.words()[0],
                        original: self.original_name(),
                    };
                    self.problems.add(raw_step.line, missing);
                }
                None => {}
            }
        }
        let mut seen = [0_usize; PartKind::ALL.len()];
        for part in &mut step.parts {
            let kind = kind_of(part);
            let slot = &mut seen[PartKind::ALL.iter().position(|known| *known == kind).unwrap_or(0)];
            let translated = raw_parts(kind).nth(*slot);
            *slot += 1;
            let Some(translated) = translated else { continue };
            match part {
                Part::Ask(question) => self.translate_question(question, translated, &id),
                Part::Do(task) => self.translate_task(task, translated, &id),
                Part::Hint(prose) | Part::After(prose) => {
                    let text = raw.prose(&translated.section, is_prose, self.problems);
                    self.replace(prose, text, &id, translated.line);
                }
            }
        }
        let has_problem = self.problems.found.len() > before;
        let [here, there] = differing_digits(&step_text(step), &original_text);
        let is_same = here.is_empty() && there.is_empty();
        if !is_same && !has_problem {
            self.differing.push(id.clone());
            let [here, there] = [here, there].map(|numbers| match numbers.is_empty() {
                true => "–".to_owned(),
                false => numbers,
            });
            let kind = ProblemKind::DifferentDigits {
                step: id,
                here,
                there,
                original: self.original_name(),
            };
            self.problems.add(raw_step.line, kind);
        }
    }

    fn translate_question(&mut self, question: &mut Question, part: &RawPart, step: &str) {
        let raw = self.raw;
        let section = &part.section;
        let choices = section.list(|item| item.mark.is_some());
        let replies = section.list(|item| reply_number(raw.item_text(item)).is_some());
        let is_used = |range: &std::ops::Range<usize>| {
            choices.is_some_and(|(block, _)| block.range == *range)
                || replies.is_some_and(|(block, _)| block.range == *range)
        };
        let prose = raw.prose(
            section,
            |block| is_prose(block) && !is_used(&block.range),
            self.problems,
        );
        self.replace(&mut question.prose, prose, step, part.line);
        let choice_items = choices.map_or(&[][..], |(_, items)| items);
        let reply_items = replies.map_or(&[][..], |(_, items)| items);
        match &mut question.kind {
            QuestionKind::Choice(originals) | QuestionKind::Choices(originals) => {
                let line = choice_items.first().map_or(part.line, |item| item.line);
                let counts = [choice_items.len(), originals.len()];
                if !self.count(step, CountedPart::Choices, line, counts) {
                    return;
                }
                for (original, item) in originals.iter_mut().zip(choice_items) {
                    let prose = raw.prose_of(std::iter::once(item.text.clone()), self.problems);
                    self.replace(&mut original.prose, prose, step, item.line);
                    let reply = raw.reply(item, self.problems);
                    let counts = [
                        usize::from(reply.is_some()),
                        usize::from(original.reply.is_some()),
                    ];
                    self.count(step, CountedPart::Replies, item.line, counts);
                    if let (Some(original), Some(reply)) = (&mut original.reply, reply) {
                        self.replace(original, reply, step, item.line);
                    }
                }
            }
            QuestionKind::Number {
                replies: originals, ..
            }
            | QuestionKind::Blanks {
                replies: originals, ..
            } => {
                let line = reply_items.first().map_or(part.line, |item| item.line);
                let counts = [reply_items.len(), originals.len()];
                if !self.count(step, CountedPart::Items, line, counts) {
                    return;
                }
                for (original, item) in originals.iter_mut().zip(reply_items) {
                    let text = &raw.source.text[item.text.clone()];
                    let indent = text.len() - text.trim_start().len();
                    let length = reply_number(text.trim()).map_or(0, |(_, length)| length);
                    let range = item.text.start + indent + length..item.text.end;
                    let prose = raw.prose_of(std::iter::once(range), self.problems);
                    self.replace(&mut original.prose, prose, step, item.line);
                }
            }
            QuestionKind::Sketch { .. } => {}
        }
    }

    fn translate_task(&mut self, task: &mut LessonTask, part: &RawPart, step: &str) {
        let raw = self.raw;
        let sentences = match task.partly.is_empty() {
            true => None,
            false => part.section.list(|_| true),
        };
        let prose = raw.prose(
            &part.section,
            |block| is_prose(block) && sentences.is_none_or(|(list, _)| list.range != block.range),
            self.problems,
        );
        self.replace(&mut task.prose, prose, step, part.line);
        let items = sentences.map_or(&[][..], |(_, items)| items);
        if !task.partly.is_empty()
            && self.count(
                step,
                CountedPart::Items,
                part.line,
                [items.len(), task.partly.len()],
            )
        {
            for ((_, original), item) in task.partly.iter_mut().zip(items) {
                let prose = raw.prose_of(std::iter::once(item.text.clone()), self.problems);
                self.replace(original, prose, step, item.line);
            }
        }
    }
}

fn kind_of(part: &Part) -> PartKind {
    match part {
        Part::Ask(_) => PartKind::Ask,
        Part::Do(_) => PartKind::Do,
        Part::Hint(_) => PartKind::Hint,
        Part::After(_) => PartKind::After,
    }
}

/// Returns all texts of a step but its title.
fn step_text(step: &LessonStep) -> String {
    let mut texts: Vec<&Prose> = vec![&step.introduction];
    for part in &step.parts {
        match part {
            Part::Ask(question) => {
                texts.push(&question.prose);
                for AnswerChoice { prose, reply, .. } in question.choices() {
                    texts.push(prose);
                    texts.extend(reply);
                }
                for NumberReply { prose, .. } in question.replies() {
                    texts.push(prose);
                }
            }
            Part::Do(task) => {
                texts.push(&task.prose);
                texts.extend(task.partly.iter().map(|(_, prose)| prose));
            }
            Part::Hint(prose) | Part::After(prose) => texts.push(prose),
        }
    }
    let texts: Vec<&str> = texts.into_iter().map(Prose::markdown).collect();
    texts.join("\n")
}

/// Returns the numbers in a text in a fixed order: runs of digits with a point or commas between thousands.
fn digits(text: &str) -> Vec<String> {
    // Chinese marks between two numbers are neither points nor commas of one.
    let text = crate::text::to_half_width(&text.replace(['，', '。'], " "));
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        // The 1 of x1 is a name, not a number.
        let is_name = at > 0 && (characters[at - 1].is_ascii_alphanumeric() || characters[at - 1] == '_');
        if !is_digit(at) || is_name {
            at += 1;
            continue;
        }
        let mut number = String::new();
        loop {
            match characters.get(at) {
                Some(c) if c.is_ascii_digit() => number.push(*c),
                Some('.') if is_digit(at + 1) && !number.contains('.') => number.push('.'),
                Some(',') if (1..=3).all(|next| is_digit(at + next)) && !is_digit(at + 4) => {}
                _ => break,
            }
            at += 1;
        }
        numbers.push(number);
    }
    // A number that is only said more often is no difference.
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// True if a text says a small number in words.
fn has_number_word(text: &str, number: &str) -> bool {
    const WORDS: [[&str; 2]; 11] = [
        ["zero", "零"],
        ["one", "一"],
        ["two", "两"],
        ["three", "三"],
        ["four", "四"],
        ["five", "五"],
        ["six", "六"],
        ["seven", "七"],
        ["eight", "八"],
        ["nine", "九"],
        ["ten", "十"],
    ];
    let words = number.parse::<usize>().ok().and_then(|number| WORDS.get(number));
    let text = text.to_lowercase();
    words.is_some_and(|[english, chinese]| {
        let mut words = text.split(|c: char| !c.is_alphabetic());
        words.any(|word| word == *english) || text.contains(chinese)
    })
}

/// Returns the numbers that are only in one text and only in the other. A number in words counts too.
fn differing_digits(here: &str, there: &str) -> [String; 2] {
    let only = |a: &str, b: &str| {
        let others = digits(b);
        let only: Vec<String> = digits(a)
            .into_iter()
            .filter(|number| !others.contains(number) && !has_number_word(b, number))
            .collect();
        only.join(", ")
    };
    [only(here, there), only(there, here)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_texts_are_compared_without_names_and_thousands() {
        assert_eq!(digits("109,386 knobs, x1 is −0.5 at 2."), ["0.5", "109386", "2"]);
        assert_eq!(digits("在 x = 2 处，２ 个"), ["2"]);
        assert_eq!(digits("0 还是 0，1 变成 ２．５。3 个"), ["0", "1", "2.5", "3"]);
        assert_eq!(digits("0.5，3 和 0。0,1 or (0, 1)"), ["0", "0.5", "1", "3"]);
        assert_eq!(differing_digits("第 1 步，2", "the one step, 2 and 5"), ["", "5"]);
    }
}
