//! Reads a lesson from its text.

use crate::session::Adjustable;
use crate::text::parse_number;

use super::expression::LessonExpression;
use super::lesson::{
    AnswerChoice, Head, Lesson, LessonStep, LessonTask, Located, MAX_CHOICES, MAX_HINTS, MAX_STEPS,
    NumberReply, Part, Question, QuestionKind, SketchAxis, SketchCurve, StartDocument, StepSetup,
};
use super::outline::{BlockKind, ListItem};
use super::problem::{LessonProblem, ProblemKind};
use super::raw_lesson::{PartKind, Problems, RawLesson, RawPart, RawStep, Section, is_prose};
use super::settings::Settings;
use super::source::LessonSource;
use super::toml_block::TomlValue;

/// The settings of the head.
const HEAD_KEYS: [&str; 13] = [
    "format", "id", "edition", "minutes", "after", "start", "set", "show", "hide", "select", "tracks",
    "axis", "license",
];
/// The settings of a step.
const STEP_KEYS: [&str; 11] = [
    "set", "free", "show", "hide", "select", "tracks", "axis", "document", "overlay", "optional", "edition",
];
/// The settings of a question.
const ASK_KEYS: [&str; 8] = [
    "number",
    "sketch",
    "blanks",
    "given",
    "tolerance",
    "good",
    "x",
    "y",
];
/// The settings of a task.
const DO_KEYS: [&str; 3] = ["pass", "solution", "partly"];
/// The tolerance of numbers that have none: that of a number with two decimals.
const DEFAULT_TOLERANCE: f64 = 0.005;
/// The version of the format that this program reads.
const FORMAT: f64 = 1.0;

impl Lesson {
    /// Reads a lesson and returns it with all problems of its text, in the order of lines. Without a title, a head
    /// or a step there is no lesson. [`super::check()`] also plays it.
    pub fn read(source: &LessonSource) -> (Option<Self>, Vec<LessonProblem>) {
        let mut problems = Problems {
            file: &source.name,
            found: Vec::new(),
        };
        let lesson = RawLesson::read(source, &mut problems).and_then(|raw| {
            let mut reader = Reader {
                raw: &raw,
                problems: &mut problems,
            };
            reader.lesson()
        });
        let mut found = problems.found;
        found.sort_by_key(|problem| problem.line);
        (lesson, found)
    }
}

struct Reader<'a, 'b> {
    raw: &'a RawLesson,
    problems: &'a mut Problems<'b>,
}

impl Reader<'_, '_> {
    fn lesson(&mut self) -> Option<Lesson> {
        self.pictures();
        let raw = self.raw;
        let title = raw.title.clone()?;
        let head = self.head(&raw.section, title.line)?;
        let introduction = raw.prose(&raw.section, is_prose, self.problems);
        if raw.steps.is_empty() {
            self.problems.add(title.line, ProblemKind::NoSteps);
            return None;
        }
        if let Some(step) = raw.steps.get(MAX_STEPS) {
            self.problems
                .add(step.line, ProblemKind::TooManySteps(raw.steps.len()));
        }
        let mut ids: Vec<(String, usize)> = Vec::new();
        let mut steps = Vec::new();
        for step in raw.steps.iter().take(MAX_STEPS) {
            let id = self.step_id(step);
            match ids.iter().find(|(known, _)| *known == id) {
                Some(&(_, line)) => self
                    .problems
                    .add(step.line, ProblemKind::DuplicateId(id.clone(), line)),
                None => ids.push((id.clone(), step.line)),
            }
            steps.push(self.step(step, id));
        }
        Some(Lesson {
            source: raw.source.clone(),
            title,
            head,
            introduction,
            steps,
        })
    }

    fn pictures(&mut self) {
        for picture in &self.raw.outline.pictures {
            if !picture.has_alt {
                self.problems
                    .add(picture.line, ProblemKind::NoAltText(picture.path.clone()));
            }
            let is_address = picture.path.contains("://");
            match self.raw.source.folder.read(&picture.path) {
                Ok(_) => {}
                Err(super::source::FolderError::Missing) if !is_address => self
                    .problems
                    .add(picture.line, ProblemKind::MissingFile(picture.path.clone())),
                Err(_) => self
                    .problems
                    .add(picture.line, ProblemKind::OutsideFolder(picture.path.clone())),
            }
        }
    }

    fn head(&mut self, section: &Section, title_line: usize) -> Option<Head> {
        let Some(settings) = Settings::read(section.tomls(), &HEAD_KEYS, self.problems) else {
            self.problems.add(title_line, ProblemKind::NoHead);
            return None;
        };
        let is_closed = section.tomls().all(|(_, block)| block.is_closed);
        if !is_closed {
            return None;
        }
        let problems = &mut *self.problems;
        let format = settings.number("format", "1", problems);
        match format {
            Some(Located { line, value }) if value != FORMAT => {
                problems.add(line, ProblemKind::WrongValue("format", "1"));
            }
            None if settings.entry("format").is_none() => {
                problems.add(settings.line, ProblemKind::MissingKey("format", "1"));
            }
            _ => {}
        }
        let id = settings.text("id", "\"threshold\"", problems);
        if settings.entry("id").is_none() {
            problems.add(settings.line, ProblemKind::MissingKey("id", "\"threshold\""));
        }
        if let Some(Located { line, value }) = &id
            && !is_id(value)
        {
            problems.add(*line, ProblemKind::InvalidId(value.clone()));
        }
        let edition = settings.count("edition", "1", problems);
        let minutes = settings.number("minutes", "9", problems);
        let after = settings.texts("after", "[\"weight-bias\"]", problems);
        let (start, set) = self.start(&settings, section)?;
        let mut set = set;
        set.extend(
            settings
                .instructions("set", "[\"b[1,1]=2\"]", self.problems)
                .unwrap_or_default(),
        );
        Some(Head {
            line: settings.line,
            id: id.map_or_else(String::new, |id| id.value),
            edition: edition.map_or(1, |edition| edition.value),
            minutes: minutes.map(|minutes| minutes.value),
            after: after.unwrap_or_default(),
            start,
            set,
            display: settings.display(self.problems),
        })
    }

    /// Reads the document that the lesson starts with, and its changes.
    fn start(
        &mut self,
        settings: &Settings,
        section: &Section,
    ) -> Option<(
        Located<StartDocument>,
        Vec<Located<super::instruction::Instruction>>,
    )> {
        const EXAMPLE: &str = "{ preset = \"neuron\" }";
        const KEYS: [&str; 4] = ["preset", "file", "here", "set"];
        let json = section.jsons().next();
        let here = || {
            let (_, block) = json.as_ref()?;
            Some(StartDocument::Here(block.text.as_str().into()))
        };
        let Some(entry) = settings.entry("start") else {
            // A block alone says enough.
            if let (Some((line, _)), Some(value)) = (json, here()) {
                return Some((Located { line, value }, Vec::new()));
            }
            self.problems
                .add(settings.line, ProblemKind::MissingKey("start", EXAMPLE));
            return None;
        };
        let line = entry.line;
        let table = match &entry.value {
            TomlValue::Table(entries) => Settings::of_table(line, entries, &KEYS, self.problems),
            _ => {
                self.problems.add(line, ProblemKind::WrongValue("start", EXAMPLE));
                return None;
            }
        };
        let preset = table.text("preset", "\"neuron\"", self.problems);
        let file = table.text("file", "\"memory.json\"", self.problems);
        let is_here = table.boolean("here", "true", self.problems) == Some(true);
        let set = table.instructions("set", "[\"b[1,1]=2\"]", self.problems);
        let value = match (preset, file, is_here) {
            (Some(preset), None, false) => StartDocument::Preset(preset.value),
            (None, Some(file), false) => StartDocument::File(file.value),
            (None, None, true) => match here() {
                Some(value) => value,
                None => {
                    self.problems.add(line, ProblemKind::NoJsonBlock);
                    return None;
                }
            },
            _ => {
                self.problems.add(line, ProblemKind::WrongValue("start", EXAMPLE));
                return None;
            }
        };
        if let Some((line, _)) = json.filter(|_| !is_here) {
            self.problems.add(line, ProblemKind::UnusedJsonBlock);
        }
        Some((Located { line, value }, set.unwrap_or_default()))
    }

    fn step_id(&mut self, step: &RawStep) -> String {
        if step.id.is_empty() {
            let proposal = proposed_id(&step.title);
            self.problems
                .add(step.line, ProblemKind::NoId(step.title.clone(), proposal.clone()));
            return proposal;
        }
        if !is_id(&step.id) {
            self.problems
                .add(step.line, ProblemKind::InvalidId(step.id.clone()));
        }
        step.id.clone()
    }

    fn step(&mut self, raw_step: &RawStep, id: String) -> LessonStep {
        let raw = self.raw;
        let setup = Settings::read(raw_step.section.tomls(), &STEP_KEYS, self.problems)
            .map(|settings| self.step_setup(&settings));
        self.no_json(&raw_step.section);
        let introduction = raw.prose(&raw_step.section, is_prose, self.problems);
        let mut parts = Vec::new();
        for part in &raw_step.parts {
            match part.kind {
                PartKind::Ask => {
                    if let Some(question) = self.question(part) {
                        parts.push(Part::Ask(question));
                    }
                }
                PartKind::Do => {
                    if parts.iter().any(|part| matches!(part, Part::Do(_))) {
                        self.problems.add(part.line, ProblemKind::SecondTask);
                    } else {
                        let task = self.task(part, &raw_step.title);
                        parts.push(Part::Do(task));
                    }
                }
                PartKind::Hint | PartKind::After => {
                    if let Some((line, _)) = part.section.tomls().next() {
                        self.problems.add(line, ProblemKind::MisplacedBlock("toml"));
                    }
                    let prose = raw.prose(&part.section, is_prose, self.problems);
                    parts.push(match part.kind {
                        PartKind::Hint => Part::Hint(prose),
                        _ => Part::After(prose),
                    });
                }
            }
            self.no_json(&part.section);
        }
        let hints = raw_step.parts.iter().filter(|part| part.kind == PartKind::Hint);
        let hint_count = hints.clone().count();
        if let Some(hint) = hints.clone().nth(MAX_HINTS) {
            self.problems
                .add(hint.line, ProblemKind::TooManyHints(hint_count));
        }
        LessonStep {
            line: raw_step.line,
            id,
            title: raw_step.title.clone(),
            setup: setup.unwrap_or_default(),
            introduction,
            parts,
        }
    }

    fn no_json(&mut self, section: &Section) {
        if let Some((line, _)) = section.jsons().next() {
            self.problems.add(line, ProblemKind::MisplacedBlock("json"));
        }
    }

    fn step_setup(&mut self, settings: &Settings) -> StepSetup {
        let problems = &mut *self.problems;
        let overlay = match settings.entry("overlay").map(|entry| &entry.value) {
            // The step's start itself.
            Some(TomlValue::Boolean(true)) => Some(Vec::new()),
            Some(_) => settings.instructions("overlay", "[\"b[1,1]=0\"]", problems),
            None => None,
        };
        StepSetup {
            document: settings.text("document", "\"xor\"", problems),
            set: settings
                .instructions("set", "[\"b[1,1]=2\"]", problems)
                .unwrap_or_default(),
            free: settings.free(problems),
            display: settings.display(problems),
            overlay,
            is_optional: settings.boolean("optional", "true", problems) == Some(true),
            edition: settings
                .count("edition", "2", problems)
                .map(|edition| edition.value),
        }
    }

    fn question(&mut self, part: &RawPart) -> Option<Question> {
        let raw = self.raw;
        let section = &part.section;
        let settings = Settings::read(section.tomls(), &ASK_KEYS, self.problems);
        let settings = settings.as_ref();
        let has = |key| settings.is_some_and(|settings| settings.entry(key).is_some());
        let choices = section.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::List(items) if items.iter().any(|item| item.mark.is_some()) => Some((block, items)),
            _ => None,
        });
        let replies = section.list(|item| reply_number(raw.item_text(item)).is_some());
        let is_used = |range: &std::ops::Range<usize>| {
            choices.is_some_and(|(block, _)| block.range == *range)
                || replies.is_some_and(|(block, _)| block.range == *range)
        };
        if replies.is_none() {
            self.unnumbered_replies(section);
        }
        let prose = raw.prose(
            section,
            |block| is_prose(block) && !is_used(&block.range),
            self.problems,
        );
        let given = settings
            .and_then(|settings| settings.instructions("given", "[\"b[1,1]=2\"]", self.problems))
            .unwrap_or_default();
        let tolerance = settings
            .and_then(|settings| settings.number("tolerance", "0.01", self.problems))
            .map_or(DEFAULT_TOLERANCE, |tolerance| tolerance.value);
        let has_blanks = prose.blanks().next().is_some();
        let kinds = [
            choices.is_some(),
            has("number"),
            has("sketch"),
            has("blanks") || has_blanks,
        ];
        match kinds.iter().filter(|is_kind| **is_kind).count() {
            0 => {
                // A setting that could not be read was reported.
                self.problems.add(part.line, ProblemKind::NoQuestion);
                return None;
            }
            1 => {}
            _ => {
                self.problems.add(part.line, ProblemKind::SeveralKinds);
                return None;
            }
        }
        let replies = replies.map_or(Vec::new(), |(_, items)| self.replies(items));
        let kind = if let Some((_, items)) = choices {
            self.choices(items)
        } else if has("number") {
            QuestionKind::Number {
                number: settings?.quantity("number", "\"threshold\"", self.problems)?,
                tolerance,
                replies,
            }
        } else if has("sketch") {
            let settings = settings?;
            let mut good = settings.conditions("good", "\"sketch.off <= 0.12\"", self.problems);
            QuestionKind::Sketch {
                curve: self.sketch_curve(settings)?,
                good: (!good.is_empty()).then(|| good.remove(0)),
            }
        } else {
            if !has_blanks {
                self.problems.add(part.line, ProblemKind::NoBlanks);
                return None;
            }
            QuestionKind::Blanks { tolerance, replies }
        };
        Some(Question {
            line: part.line,
            prose,
            kind,
            given,
        })
    }

    fn choices(&mut self, items: &[ListItem]) -> QuestionKind {
        let raw = self.raw;
        let first_line = items.first().map_or(0, |item| item.line);
        let choices: Vec<AnswerChoice> = items
            .iter()
            .map(|item| {
                if item.mark.is_none() {
                    self.problems.add(item.line, ProblemKind::MixedList);
                }
                AnswerChoice {
                    line: item.line,
                    prose: raw.prose_of(std::iter::once(item.text.clone()), self.problems),
                    is_right: item.mark == Some(true),
                    reply: raw.reply(item, self.problems),
                }
            })
            .collect();
        if choices.len() > MAX_CHOICES {
            self.problems.add(
                choices[MAX_CHOICES].line,
                ProblemKind::TooManyChoices(choices.len()),
            );
        }
        if choices.len() == 1 {
            self.problems.add(first_line, ProblemKind::SingleChoice);
        }
        match choices.iter().filter(|choice| choice.is_right).count() {
            0 => {
                self.problems.add(first_line, ProblemKind::NoRightChoice);
                QuestionKind::Choice(choices)
            }
            1 => QuestionKind::Choice(choices),
            _ => QuestionKind::Choices(choices),
        }
    }

    /// Reports the items without a number in lists of replies.
    fn unnumbered_replies(&mut self, section: &Section) {
        let raw = self.raw;
        for block in &section.blocks {
            let BlockKind::List(items) = &block.kind else {
                continue;
            };
            let has_number = |item: &&ListItem| reply_number(raw.item_text(item)).is_some();
            if items.iter().any(|item| has_number(&item)) && items.iter().all(|item| item.mark.is_none()) {
                for item in items.iter().filter(|item| !has_number(item)) {
                    let text = raw.item_text(item).to_owned();
                    self.problems
                        .add(item.line, ProblemKind::ReplyWithoutNumber(text));
                }
            }
        }
    }

    fn replies(&mut self, items: &[ListItem]) -> Vec<NumberReply> {
        let raw = self.raw;
        let mut replies = Vec::new();
        for item in items {
            if let Some((number, length)) = reply_number(raw.item_text(item)) {
                let text = &raw.source.text[item.text.clone()];
                let indent = text.len() - text.trim_start().len();
                let range = item.text.start + indent + length..item.text.end;
                replies.push(NumberReply {
                    line: item.line,
                    number,
                    prose: raw.prose_of(std::iter::once(range), self.problems),
                });
            }
        }
        replies
    }

    fn sketch_curve(&mut self, settings: &Settings) -> Option<SketchCurve> {
        let text = settings.text("sketch", "\"a[1,1] over x[1]\"", self.problems)?;
        let Located { line, value: text } = text;
        let Some((value, axis)) = text.rsplit_once(" over ") else {
            self.problems
                .add_for(line, Some("sketch"), ProblemKind::SketchForm(text));
            return None;
        };
        let axis = match axis.trim() {
            "epoch" => SketchAxis::Epoch,
            axis => match Adjustable::parse(axis) {
                Some(axis) => SketchAxis::Adjustable(axis),
                None => {
                    self.problems
                        .add_for(line, Some("sketch"), ProblemKind::NotAnAddress(axis.to_owned()));
                    return None;
                }
            },
        };
        match LessonExpression::parse_number(value) {
            Ok(value) => Some(SketchCurve {
                value: Located { line, value },
                axis,
                x_range: settings.ends("x", "[-1, 2.5]", self.problems),
                y_range: settings.ends("y", "[0, 40]", self.problems),
            }),
            Err(error) => {
                self.problems
                    .add_for(line, Some("sketch"), ProblemKind::Expression(error));
                None
            }
        }
    }

    fn task(&mut self, part: &RawPart, title: &str) -> LessonTask {
        let raw = self.raw;
        let section = &part.section;
        let settings = Settings::read(section.tomls(), &DO_KEYS, self.problems);
        let mut task = LessonTask {
            line: part.line,
            prose: super::prose::Prose::default(),
            pass: None,
            solution: Vec::new(),
            solution_line: part.line,
            partly: Vec::new(),
        };
        let mut conditions = Vec::new();
        if let Some(settings) = &settings {
            let mut pass = settings.conditions("pass", "\"near(b[1,1], 2, 0.05)\"", self.problems);
            task.pass = (!pass.is_empty()).then(|| pass.remove(0));
            task.solution = settings
                .instructions("solution", "[\"b[1,1]=2\"]", self.problems)
                .unwrap_or_default();
            task.solution_line = settings.line_of("solution").unwrap_or(settings.line);
            conditions = settings.conditions("partly", "\"b[1,1] > 1\"", self.problems);
            match (settings.line_of("pass"), settings.line_of("solution")) {
                (Some(line), None) => self.problems.add(line, ProblemKind::NoSolution(title.to_owned())),
                (None, Some(line)) => self.problems.add(line, ProblemKind::NoPass(title.to_owned())),
                _ => {}
            }
        }
        let sentences = match conditions.is_empty() {
            true => None,
            false => section.list(|_| true),
        };
        task.prose = raw.prose(
            section,
            |block| is_prose(block) && sentences.is_none_or(|(list, _)| list.range != block.range),
            self.problems,
        );
        let sentences = sentences.map_or(&[][..], |(_, items)| items);
        if let Some(first) = conditions.first()
            && sentences.len() != conditions.len()
        {
            let kind = ProblemKind::PartlySentences {
                conditions: conditions.len(),
                sentences: sentences.len(),
            };
            self.problems.add(first.line, kind);
        }
        let sentences = sentences.iter().map(|item| item.text.clone());
        for (condition, range) in conditions.into_iter().zip(sentences) {
            let prose = raw.prose_of(std::iter::once(range), self.problems);
            task.partly.push((condition, prose));
        }
        task
    }
}

/// Returns the number at the beginning of a reply, as in `−2: …`, and the length up to the colon, in bytes.
pub(super) fn reply_number(text: &str) -> Option<(f64, usize)> {
    let at = text.find([':', '：'])?;
    let colon = text[at..].chars().next()?;
    let number = parse_number(&text[..at]).ok()?;
    Some((number, at + colon.len_utf8()))
}

/// True for letters, digits and hyphens.
fn is_id(text: &str) -> bool {
    const MAX_LENGTH: usize = 60;
    !text.is_empty()
        && text.len() <= MAX_LENGTH
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Returns the id that a title suggests: its letters and digits, joined by hyphens.
pub(super) fn proposed_id(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    match words.is_empty() {
        true => "step-1".to_owned(),
        false => words.join("-").chars().take(40).collect(),
    }
}
